"""A sentence of the English is missing inside a translated paragraph.

Why it matters: the paragraph is there, so nobody counts its sentences; a condition or a duty is gone.

What to do: translate it. Merged sentences do not alarm: the Japanese must also be too short for what the English says.
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
    """Yield each English sentence without a counterpart in its paragraph."""
    for number, span, confidence in alone(pair, "en"):
        short = span.text if len(span.text) <= 60 else span.text[:57].rstrip() + "…"
        passage = pair.passage("ja", number)
        yield Hit(
            f"“{short}” is not in the Japanese paragraph.",
            f"英文の「{short}」が和文の段落にない。",
            ja=passage.span(max(0, len(passage.text) - 12), len(passage.text)) if "\n" not in passage.text else None,
            en=span,
            confidence=confidence,
        )


CHECK = Check(
    code="ACC003",
    name="missing-sentence",
    mqm="accuracy/omission",
    severity=Severity.major,
    doc=__doc__,
    doc_ja="訳された段落の中で、英文の一文が訳されていない。\n\nなぜ問題か：段落そのものはあるため気付かれにくく、条件や義務が失われる。\n\n対処：訳出する。文を一つにまとめた訳は、和文の長さが足りていれば報告しない。",
    find=find,
    examples=(
        Example(
            ja="各当事者は、自己の費用を負担する。",
            en="Each Participant will bear its own costs. ⟦The travel expenses of invited experts will be borne by the inviting side.⟧",
        ),
        Example(
            ja="会員の状況から段階を定め、施設の特性に応じて順に緩和し、六月にはほとんどの施設で休業の要請を終えた。",
            en="Stages were set from the state of the members. Restrictions were then eased in turn according to the features of the facilities. In June the request to close ended at almost all facilities.",
        ),
        Example(
            ja="各当事者は、自己の費用を負担する。招へいされた専門家の旅費については、招へいした側が負担する。",
            en="Each Participant will bear its own costs. The travel expenses of invited experts will be borne by the inviting side.",
        ),
    ),
)
