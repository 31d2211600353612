"""A bound was turned round, tightened, loosened or lost.

Why it matters: "more than ten" leaves out ten, 10人以上 takes it in; "at least six months before" and 六か月前以内 are
opposites. The figure agrees, so nobody looks again.

What to do: 以上 is "or more, not less than", 以下 "or less, not more than", を超える "more than", 未満 "less than", 以内
"within", 前までに "at least … before".
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from mocalign import quantities
from mocalign.checks.base import Check, Example, Hit
from mocalign.checks.units import Unit, units
from mocalign.checks.values import divergences, written
from mocalign.config import Config
from mocalign.model import Severity
from mocalign.pair import Pair

__all__ = ["CHECK"]


_AT_LEAST_EN = re.compile(r"\bat least\b|\b(?:not|no) (?:less|fewer) than\b|\bat a minimum\b|\bas a minimum\b", re.I)
_AT_LEAST_JA = re.compile(
    r"少なくとも|少くとも|以上|最低|最小|最短|最少|下限|前まで|以前|下回ら|下らな|超|くらい|せめて|まず|遅くとも|早くとも|以降"
)
_AT_MOST_EN = re.compile(
    r"\bat most\b|\b(?:not|no) (?:more|longer|later|greater) than\b|\bup to (?:a |the |one|two|three|four|five|six|seven|eight|nine|ten|\d)|\bnot (?:to )?exceed|\ba maximum of\b",
    re.I,
)
_AT_MOST_JA = re.compile(
    r"以下|以内|まで|超え(?:て|な|ず|る[^。]{0,12}な)|限|最大|最長|最高|未満|うち|内|遅く|多く|間に|上回|満た|にすぎ|に過ぎ|のみ|だけ|前|以上"
)


def find(pair: Pair, config: Config) -> Iterator[Hit]:
    """Yield each pair of equal values whose bounds differ, and bounds in words that the other side has not at all."""
    seen = set()
    for hit, bead in _valued(pair):
        seen.add(bead)
        yield hit
    for unit in units(pair):
        if unit.bead in seen:
            continue
        for en, ja, word in ((_AT_LEAST_EN, _AT_LEAST_JA, "at least"), (_AT_MOST_EN, _AT_MOST_JA, "at most")):
            there = en.search(unit.en_text)
            if there and not ja.search(unit.ja_text):
                at = _counterpart(unit, there)
                yield Hit(
                    f"The bound “{there[0]}” is not in the Japanese.",
                    f"英文の限度「{there[0]}」が和文にない。",
                    ja=pair.passage("ja", unit.bead).span(*at),
                    en=pair.passage("en", unit.bead).span(unit.en[0] + there.start(), unit.en[0] + there.end()),
                    confidence=0.75 if word == "at least" else 0.65,
                )
        lost = re.search(r"少なくとも", unit.ja_text)
        if lost and not re.search(
            r"\bleast\b|\bminimum\b|\b(?:not|no) (?:less|fewer|later|earlier)\b|\bor (?:more|longer|over)\b|\bmore than\b|\bone or\b|\bor above\b|\bexceed|\badvance\b|\bprior\b|\bbefore\b|\ban?y\b",
            unit.en_text,
            re.I,
        ):
            yield Hit(
                "The Japanese bound 少なくとも is not in the English.",
                "和文の「少なくとも」に当たる語が英文にない。",
                ja=pair.passage("ja", unit.bead).span(unit.ja[0] + lost.start(), unit.ja[0] + lost.end()),
                confidence=0.7,
            )


def _counterpart(unit: Unit, there: re.Match[str]) -> tuple[int, int]:
    """Where the Japanese would say it: before the figure that follows the English words, else the whole stretch."""
    values = [v for v in quantities.read_en(unit.en_text) if there.end() - 1 <= v.start <= there.end() + 12]
    for value in values:
        for other in quantities.read_ja(unit.ja_text):
            if quantities.agree(value, other) >= 1:
                return unit.ja[0] + other.start, unit.ja[0] + other.end
    return unit.ja


def _valued(pair: Pair) -> Iterator[tuple[Hit, int]]:
    for d in divergences(pair):
        if d.sort not in ("bound", "when") or not d.ja or not d.en:
            continue
        ja, en = written(pair, "ja", d.bead, d.ja, outer=True), written(pair, "en", d.bead, d.en, outer=True)
        if d.sort == "when":
            message = f"English “{en.text}” lies {d.en.when} the event, Japanese {ja.text} {d.ja.when} it."
            message_ja = f"英文の「{en.text}」と和文の「{ja.text}」とでは前後が逆である。"
        elif d.ja.bound and d.en.bound:
            message = f"English “{en.text}” ({d.en.bound}), Japanese {ja.text} ({d.ja.bound})."
            message_ja = f"英文は「{en.text}」（{d.en.bound}）、和文は「{ja.text}」（{d.ja.bound}）。"
        elif d.en.bound:
            message = f"The bound of “{en.text}” is not in the Japanese {ja.text}."
            message_ja = f"英文の「{en.text}」の限度が和文の「{ja.text}」にない。"
        else:
            message = f"The bound of {ja.text} is not in the English “{en.text}”."
            message_ja = f"和文の「{ja.text}」の限度が英文の「{en.text}」にない。"
        turned = bool(d.ja.bound and d.en.bound and d.ja.bound[0] != d.en.bound[0])
        severity = Severity.critical if turned else None
        yield Hit(message, message_ja, ja=ja, en=en, confidence=d.confidence, severity=severity), d.bead


CHECK = Check(
    code="ACC104",
    name="bound-mismatch",
    mqm="accuracy/mistranslation/number",
    severity=Severity.major,
    doc=__doc__,
    doc_ja="限度の表現が逆になり、広がり、狭まり、又は失われている。\n\nなぜ問題か：「10人以上」は10人を含み、more than ten は含まない。数値が合っているため見落とされやすい。\n\n対処：以上、以下、を超える、未満、以内、前までにを正文に合わせる。",
    find=find,
    examples=(
        Example(
            ja="規約の改正は、出席した会員の三分の二以上の多数で議決する。",
            en="The rules are amended by a vote of two thirds of the members present.",
        ),
        Example(ja="会費の請求を四年間行使しないとき。", en="the claim for fees is not made within four years;"),
        Example(
            ja="⟦10人以上⟧の代表団については、通知を必要とする。",
            en="Delegations of ⟦more than ten⟧ persons require notification.",
        ),
        Example(
            ja="10人を超える代表団については、通知を必要とする。",
            en="Delegations of more than ten persons require notification.",
        ),
        Example(ja="受領の日から⟦60日以降⟧に回答する。", en="It shall reply ⟦within sixty days⟧ of receipt."),
        Example(ja="少なくとも6か月前に書面により通告する。", en="by giving at least six months' prior written notice"),
        Example(
            ja="会合の10営業日前までに提出する。",
            en="They will be submitted at least ten working days before the meeting.",
        ),
        Example(
            ja="終了の日の⟦前6か月以内⟧に通知する。".replace("⟦前6か月以内⟧", "前⟦6か月以内⟧"),
            en="by notifying the other ⟦at least six months⟧ before the date of termination",
        ),
        Example(ja="価額は、50パーセントを超えてはならない。", en="The value shall not exceed 50 per cent."),
        Example(
            ja="滞在は、2週間以上6か月以下とする。",
            en="The stay will be not less than two weeks and not more than six months.",
        ),
    ),
)
