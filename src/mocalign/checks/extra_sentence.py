"""A sentence of the Japanese has no counterpart in its English paragraph.

Why it matters: a condition was added that nobody negotiated.

What to do: remove it, or find the version of the English that has it.
"""

from __future__ import annotations

from collections.abc import Iterator

from mocalign.checks.base import Check, Example, Hit
from mocalign.checks.sentences import alone
from mocalign.config import Config
from mocalign.model import Severity
from mocalign.pair import Pair

__all__ = ["CHECK"]


def find(pair: Pair, config: Config) -> Iterator[Hit]:
    """Yield each Japanese sentence without a counterpart in its paragraph."""
    for _, span, confidence in alone(pair, "ja"):
        short = span.text if len(span.text) <= 40 else span.text[:38] + "…"
        yield Hit(
            f"「{short}」 is not in the English paragraph.",
            f"和文の「{short}」が英文の段落にない。",
            ja=span,
            confidence=confidence,
        )


CHECK = Check(
    code="ACC004",
    name="extra-sentence",
    mqm="accuracy/addition",
    severity=Severity.major,
    doc=__doc__,
    doc_ja="和文の一文に当たる英文が、その段落にない。\n\nなぜ問題か：交渉されていない条件が加わっている。\n\n対処：削除するか、それを含む英文の版を探す。",
    find=find,
    examples=(
        Example(
            ja="各当事者は、自己の費用を負担する。⟦招へいされた専門家の旅費については、招へいした側が負担する。⟧",
            en="Each Participant will bear its own costs.",
        ),
        Example(
            ja="各当事者は、自己の費用を負担する。招へいされた専門家の旅費については、招へいした側が負担する。",
            en="Each Participant will bear its own costs. The travel expenses of invited experts will be borne by the inviting side.",
        ),
    ),
)
