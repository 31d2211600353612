"""An enumeration has a member that the other language lacks.

Why it matters: what is listed is what is covered; a member that is lost or added changes the scope.

What to do: compare the two enumerations member by member and supply or strike the quoted one.
"""

from __future__ import annotations

from collections.abc import Iterator

from mocalign.checks.base import Check, Example, Hit
from mocalign.checks.coverage import rank, verdicts
from mocalign.checks.tools import once
from mocalign.config import Config
from mocalign.model import Severity
from mocalign.pair import Pair

__all__ = ["CHECK"]


def find(pair: Pair, config: Config) -> Iterator[Hit]:
    """Yield members of one side's enumerations that the other side lacks."""
    for verdict in once(pair, "verdicts", verdicts):
        confidence, severity = rank(verdict.probability, verdict.kind)
        if verdict.kind == "member-omitted":
            yield Hit(
                f'The English enumerates "{verdict.what}"; the Japanese enumeration lacks it.',
                f"英語の列挙にある「{verdict.what}」が日本語の列挙にない。",
                ja=verdict.ja,
                en=verdict.en,
                confidence=confidence,
                severity=severity,
            )
        elif verdict.kind == "member-added":
            yield Hit(
                f"The Japanese enumerates 「{verdict.what}」; the English enumeration lacks it.",
                f"日本語の列挙にある「{verdict.what}」が英語の列挙にない。",
                ja=verdict.ja,
                en=verdict.en,
                confidence=confidence,
                severity=severity,
            )


CHECK = Check(
    code="ACC504",
    name="list-member",
    mqm="accuracy/omission",
    severity=Severity.major,
    doc=__doc__,
    doc_ja="列挙の一員が他方の言語の列挙にない。\n\nなぜ問題か：列挙されたものが対象となるので、一つの過不足で範囲が変わる。\n\n対処：二つの列挙を一員ずつ見比べ、引用された語を補うか削る。",
    find=find,
    examples=(
        Example(
            ja="この規則は、小麦、大豆及びとうもろこしについて適用する。\n検査は、病院において行う。",
            en="These rules apply to wheat, soybeans, ⟦scrap metal⟧ and maize.\nThe inspection will be carried out in hospitals.",
        ),
        Example(
            ja="この規則は、小麦、大豆及びとうもろこしについて適用する。\n検査は、病院において行う。",
            en="These rules apply to wheat, soybeans and maize.\nThe inspection will be carried out in hospitals.",
        ),
    ),
)
