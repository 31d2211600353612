"""A figure of one text has no equal in the other.

Why it matters: a changed figure changes what was promised: fifty per cent is not twenty, six copies are not two. Figures
are compared as values, so 二十五, ２５, "twenty-five (25)" and 25 are the same, and 両国 answers "the two countries".

What to do: put the figure of the governing text into the other one. Where the figure moved to a neighbouring paragraph
nothing is reported.
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
    """Yield each figure that the other side answers with another one, or not at all."""
    for d in divergences(pair):
        if d.sort != "number":
            continue
        ja = written(pair, "ja", d.bead, d.ja) if d.ja else None
        en = written(pair, "en", d.bead, d.en) if d.en else None
        if ja and en:
            message = f"English “{en.text}”, Japanese {ja.text}."
            message_ja = f"英文は「{en.text}」、和文は「{ja.text}」。"
        elif en:
            message = f"English “{en.text}” has no equal in the Japanese."
            message_ja = f"英文の「{en.text}」に当たる数値が和文にない。"
        else:
            text = ja.text if ja else ""
            message, message_ja = (
                f"Japanese {text} has no equal in the English.",
                f"和文の「{text}」に当たる数値が英文にない。",
            )
        yield Hit(message, message_ja, ja=ja, en=en, confidence=d.confidence)


CHECK = Check(
    code="ACC101",
    name="number-mismatch",
    mqm="accuracy/mistranslation/number",
    severity=Severity.major,
    doc=__doc__,
    doc_ja="一方の文の数値に等しい数値が他方にない。\n\nなぜ問題か：数値が変われば約束の内容が変わる。漢数字、全角数字、綴りの数は値として比べ、両国などに含まれる数も数える。\n\n対処：正文の数値に合わせる。",
    find=find,
    examples=(
        Example(
            ja="総会を代表する一又は二以上の会員をいう。", en="means a member or members who represent the assembly."
        ),
        Example(ja="１及び２の権利は、いかなる制限も受けない。", en="The above-mentioned rights are not restricted."),
        Example(
            ja="価額の⟦20パーセント⟧を超えてはならない。", en="The value shall not exceed ⟦50 per cent⟧ of the price."
        ),
        Example(
            ja="価額の五十パーセントを超えてはならない。", en="The value shall not exceed 50 per cent of the price."
        ),
        Example(
            ja="委員会は、委員⟦六⟧人で構成する。".replace("⟦六⟧人", "⟦六人⟧"),
            en="The committee is composed of ⟦five⟧ members.",
        ),
        Example(ja="委員会は、委員5人で構成する。", en="The committee is composed of five (5) members."),
        Example(
            ja="両国は、第三者に一切の情報を提供しない。",
            en="The two countries will not provide any information to a third party.",
        ),
        Example(
            ja="参加者は2万5,000人、予算は1億2,000万円である。",
            en="There are 25,000 participants, with a budget of 120 million yen.",
        ),
        Example(
            ja="一方の当事者は、他方の当事者に十分な資料を提供する。",
            en="One Participant will provide the other with sufficient data.",
        ),
        Example(ja="期間は⟦三箇月⟧とする。", en="The period is ⟦six months⟧."),
    ),
)
