"""A bound was turned round, tightened, loosened or lost.

Why it matters: "more than ten" leaves out ten, 10人以上 takes it in; "at least six months before" and 六か月前以内 are
opposites. The figure agrees, so nobody looks again.

What to do: 以上 is "or more, not less than", 以下 "or less, not more than", を超える "more than", 未満 "less than", 以内
"within", 前までに "at least … before".
"""

from __future__ import annotations

from collections.abc import Iterator

from mocalign.checks.base import Check, Example, Hit
from mocalign.checks.values import divergences, written
from mocalign.config import Config
from mocalign.model import Severity
from mocalign.pair import Pair

__all__ = ["CHECK"]


def find(pair: Pair, config: Config) -> Iterator[Hit]:
    """Yield each pair of equal values whose bounds differ."""
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
        yield Hit(
            message,
            message_ja,
            ja=ja,
            en=en,
            confidence=d.confidence,
            severity=Severity.critical if turned else None,
        )


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
