"""The Japanese leaves out words of the English.

Why it matters: an adjective, a noun or a phrase that the translation drops narrows or widens what was agreed, and nobody
who reads the Japanese alone can notice.

What to do: compare the quoted words; supply what is missing, or leave it where the Japanese says the same in another way.

In a text that is rendered freely throughout (such words in more than one passage of twenty) all but the nearly certain are
hints, severity neutral; set the severity of the check to keep them.
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
    """Yield the English phrases without counterpart."""
    for verdict in once(pair, "verdicts", verdicts):
        if verdict.kind in ("omitted", "omitted by context"):
            confidence, severity = rank(verdict.probability, verdict.kind)
            yield Hit(
                f'English "{verdict.what}" has no counterpart in the Japanese.',
                f"英語の「{verdict.what}」に当たる語が日本語にない。",
                ja=verdict.ja,
                en=verdict.en,
                confidence=confidence,
                severity=severity,
            )


CHECK = Check(
    code="ACC501",
    name="omitted-words",
    mqm="accuracy/omission",
    severity=Severity.major,
    doc=__doc__,
    doc_ja="英語にある語句が日本語に訳されていない。\n\nなぜ問題か：形容詞や名詞、句が一つ落ちるだけで合意の範囲が変わり、日本語だけを読む人は気付けない。\n\n対処：引用された語句を見比べ、欠けている語を補う。別の言い方で表されていればそのままでよい。\n\n全体が意訳の文書（二十段落に一つを超える場合）では、ほぼ確実なものを除き参考（neutral）とする。残すには重要度を設定する。",
    find=find,
    examples=(
        Example(
            ja="参加者は、病院における感染症の予防に関する情報を交換する。\n大学は、農業に関する研究を行う。",
            en="The Participants will exchange information on the prevention of infectious diseases in hospitals.\nThe university will conduct research on agriculture.",
        ),
        Example(
            ja="参加者は、感染症の予防に関する情報を交換する。\n大学は、農業に関する研究を行う。",
            en="The Participants will exchange information on the prevention of infectious diseases in ⟦rural hospitals⟧.\nThe university will conduct research on agriculture.",
        ),
    ),
)
