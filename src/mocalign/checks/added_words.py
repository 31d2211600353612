"""The Japanese says something that the English does not.

Why it matters: a condition, an adjective or an object that stands in the translation alone binds readers of the Japanese
to something that was never agreed.

What to do: compare the quoted words; strike what the English does not say, or leave it where it only makes the sense plain.
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
    """Yield the Japanese phrases without counterpart."""
    for verdict in once(pair, "verdicts", verdicts):
        if verdict.kind in ("added", "added by context"):
            confidence, severity = rank(verdict.probability, verdict.kind)
            yield Hit(
                f"Japanese 「{verdict.what}」 has no counterpart in the English.",
                f"日本語の「{verdict.what}」に当たる語が英語にない。",
                ja=verdict.ja,
                en=verdict.en,
                confidence=confidence,
                severity=severity,
            )


CHECK = Check(
    code="ACC502",
    name="added-words",
    mqm="accuracy/addition",
    severity=Severity.major,
    doc=__doc__,
    doc_ja="英語にない語句が日本語に加わっている。\n\nなぜ問題か：条件や形容詞が訳文だけにあると、合意していないことを定めたように読める。\n\n対処：引用された語句を見比べ、英語にない語を削る。意味を明らかにするだけの語であればそのままでよい。",
    find=find,
    examples=(
        Example(
            ja="参加者は、病院における⟦家畜⟧の感染症の予防に関する情報を交換する。\n大学は、農業に関する研究を行う。",
            en="The Participants will exchange information on the prevention of infectious diseases in hospitals.\nThe university will conduct research on agriculture.",
        ),
        Example(
            ja="参加者は、病院における感染症の予防に関する情報を交換する。\n大学は、農業に関する研究を行う。",
            en="The Participants will exchange information on the prevention of infectious diseases in hospitals.\nThe university will conduct research on agriculture.",
        ),
    ),
)
