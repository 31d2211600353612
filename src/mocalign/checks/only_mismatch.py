"""A limit to one thing alone ("only", のみ, に限り) was lost, added, or widened.

Why it matters: "may be used only for evaluation" and 評価のためにも使用することができる are two licences.

What to do: only and solely are のみ, に限り, だけ or 以外…ない; leave out what the governing text does not limit.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from mocalign.checks.base import Check, Example, Hit
from mocalign.checks.denials import linked
from mocalign.checks.units import Unit, units
from mocalign.config import Config
from mocalign.model import Severity
from mocalign.pair import Pair

__all__ = ["CHECK"]

_ONLY_EN = re.compile(
    r"(?<!not )\b(?:only|solely|exclusively)\b(?! (?:if and|a few|recently|become|been|just|after|then))", re.I
)
_ANSWER_JA = re.compile(
    r"のみ|限(?:り|る|って|定|度|ら(?:れる|れた|れて)|ん)|だけ|しか|専|もっぱら|単[にな独一]|過ぎ|すぎ|唯一|以外|ほか|なければ|ないで|初めて|はじめて|ない限|除|得て|後(?:に|で)|固有|自体|ばかり|至って|ものに|必要が|必ず|(?:1|一|ひと)つを"
)
_ONLY_JA = re.compile(
    r"(?:に|から|で|まで|と)?のみ(?!なら)|に限り|に限って|に限る|に限定(?:する|し|さ)|(?<!できる)(?<!なる)(?<!必要な)(?<!それ)(?<!これ)だけ(?!で(?:は|も)?な|に(?:とどま|限)ら|あって)|専ら|もっぱら"
)
_ANSWER_EN = re.compile(
    r"\b(?:only|sole\w*|exclusiv\w*|limit\w*|unless|except\w*|alone|mere\w*|just|single|restrict\w*|pure\w*|confin\w*|but|other than|nothing|no more|if|provided|once|until|unique\w*|specific\w*|simply|one|first|strict\w*|particular\w*|dedicated|as long as|so far as|where|no|not|neither|within|to the extent|for the purposes? of|enough|suffic\w*|somewhat|part\w*)\b",
    re.I,
)
_WIDER_JA = re.compile(
    r"に(?:も)?限らず|だけでなく|のみならず|によっても|にも(?=[^。]{0,8}(?:係|適用|使|用|開|対))|のほか(?:にも)?"
)


def find(pair: Pair, config: Config) -> Iterator[Hit]:
    """Yield each limit that one side has and the other has not."""
    for unit in units(pair):
        yield from _unit(pair, unit)


def _unit(pair: Pair, unit: Unit) -> Iterator[Hit]:
    if not re.search("[ぁ-ん]", unit.ja_text):
        return
    limit = _ONLY_EN.search(unit.en_text)
    wider = _WIDER_JA.search(unit.ja_text)
    narrow = re.sub(r"に(?:も)?限らず|だけでなく|のみならず", "", unit.ja_text)
    if limit and not _ANSWER_JA.search(narrow):
        a = pair.passage("ja", unit.bead).span(unit.ja[0] + wider.start(), unit.ja[0] + wider.end()) if wider else None
        b = pair.passage("en", unit.bead).span(unit.en[0] + limit.start(), unit.en[0] + limit.end())
        yield Hit(
            f"English “{b.text}”; the Japanese sets no such limit.",
            f"英文は「{b.text}」と限定しているが、和文に限定がない。",
            ja=a,
            en=b,
            confidence=0.85 if wider else 0.7,
        )
        return
    turned = _turned(pair, unit, limit) if limit else None
    if turned:
        yield turned
        return
    beyond = re.search(
        r"以外(?:の|に|で(?!は?な))|(?:場合|とき)を除(?:き|く(?:ほか)?|いて)|ない(?:場合|とき)に限り", unit.ja_text
    )
    if (
        (
            limit
            and beyond
            and not re.search(r"のみ|(?<!ない場合)(?<!ないとき)に限|限定|だけ|しか|専|もっぱら|単に|唯一", unit.ja_text)
        )
        and (beyond[0].startswith("ない") or not unit.count("ja", "not", "lexneg", "unless"))
        and not re.search(r"other than|except", unit.en_text, re.I)
    ):
        yield Hit(
            f"English “{limit[0]}”, Japanese {beyond[0]}: the others instead of these alone.",
            f"英文は「{limit[0]}」と限定しているが、和文は「{beyond[0]}」となっている。",
            ja=pair.passage("ja", unit.bead).span(unit.ja[0] + beyond.start(), unit.ja[0] + beyond.end()),
            en=pair.passage("en", unit.bead).span(unit.en[0] + limit.start(), unit.en[0] + limit.end()),
            confidence=0.72,
        )
        return
    there = _ONLY_JA.search(unit.ja_text)
    if there and not _ANSWER_EN.search(unit.en_text):
        a = pair.passage("ja", unit.bead).span(unit.ja[0] + there.start(), unit.ja[0] + there.end())
        yield Hit(
            f"Japanese {a.text} limits; the English does not.",
            f"和文は「{a.text}」と限定しているが、英文に限定がない。",
            ja=a,
            confidence=0.75,
        )


def _turned(pair: Pair, unit: Unit, limit: re.Match[str]) -> Hit | None:
    """What English allows alone is what Japanese leaves out: "only to staff", 職員を除く."""
    if unit.count("ja", "not", "unless") or unit.count("en", "except", "unless"):
        return None
    for t in linked(pair, unit):
        after = re.match(r"[一-龥]{0,4}(?:を除(?:く|き|いた|いて)|以外)", unit.ja_text[t.ja[1] :])
        if after and 0 <= t.en[0] - limit.end() <= 30 and not re.search(r"[.;,]", unit.en_text[limit.end() : t.en[0]]):
            a = pair.passage("ja", unit.bead).span(unit.ja[0] + t.ja[0], unit.ja[0] + t.ja[1] + after.end())
            b = pair.passage("en", unit.bead).span(unit.en[0] + limit.start(), unit.en[0] + limit.end())
            return Hit(
                f"English “{b.text}”, Japanese {a.text}: the others instead of these alone.",
                f"英文は「{b.text}」と限定しているが、和文は「{a.text}」となっている。",
                ja=a,
                en=b,
                confidence=0.78,
            )
    return None


CHECK = Check(
    code="ACC205",
    name="only-mismatch",
    mqm="accuracy/mistranslation",
    severity=Severity.major,
    doc=__doc__,
    doc_ja="「のみ」「に限り」（only、solely）という限定が落ちているか、加わっているか、広がっている。\n\nなぜ問題か：許される範囲や条件が変わる。\n\n対処：正文に合わせる。only・solely は、のみ、に限り、だけ、以外…ない。",
    find=find,
    examples=(
        Example(ja="資料は、評価の目的⟦にも⟧使用する。", en="The materials will be used ⟦only⟧ for evaluation."),
        Example(ja="資料は、評価の目的にのみ使用する。", en="The materials will be used only for evaluation."),
        Example(ja="資料は、評価の目的以外に使用しない。", en="The materials will be used solely for evaluation."),
        Example(ja="会議⟦に限り⟧公開する。", en="The meetings will be open to the public."),
        Example(
            ja="割引は、⟦学生を除く⟧来館者に適用する。",
            en="The discount applies ⟦only⟧ to students.",
        ),
    ),
)
