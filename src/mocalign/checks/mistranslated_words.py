"""A Japanese word stands in the place of an English one and means something else.

Why it matters: a wrong noun or verb (計算 for an account, 皮膚科学 for epidemiology) turns the provision into another one.

What to do: compare the two quoted words and write the Japanese for the English one.
"""

from __future__ import annotations

from collections.abc import Iterator

from mocalign.checks.base import Check, Example, Hit
from mocalign.checks.coverage import rank, verdicts
from mocalign.checks.replaced import candidates
from mocalign.checks.tools import once
from mocalign.config import Config
from mocalign.model import Severity
from mocalign.pair import Pair

__all__ = ["CHECK"]

_LEAST, _LIKELY, _SURE = 0.6, 0.78, 0.9
_GAIN = 0.15  # what the passage must win by the other word (ten times the cosine) for the model to be called sure


def find(pair: Pair, config: Config) -> Iterator[Hit]:
    """Yield pairs of phrases in the same place that do not answer each other."""
    seen = set()
    for c in once(pair, "replaced", candidates):
        if c.kind == "odd" and c.probability >= _LEAST:
            seen.add(c.span.start)
            gain = c.features["delta"] >= _GAIN
            likely = c.probability >= _LIKELY
            sure = c.probability >= _SURE and gain
            yield Hit(
                f'English "{c.word.text}", Japanese 「{c.span.text}」: the words do not answer each other (「{c.instead}」?).',
                f"英語は「{c.word.text}」、日本語は「{c.span.text}」で、意味が対応しない（「{c.instead}」か）。",
                ja=c.span,
                en=c.word,
                confidence=0.82 if sure else 0.72 if likely else 0.6,
                severity=Severity.minor if likely else Severity.neutral,
            )
    for verdict in once(pair, "verdicts", verdicts):
        if verdict.kind in ("swapped", "swapped by context") and (verdict.ja is None or verdict.ja.start not in seen):
            confidence, severity = rank(verdict.probability, verdict.kind)
            yield Hit(
                f'English "{verdict.what}", Japanese 「{verdict.instead}」: the words do not answer each other.',
                f"英語は「{verdict.what}」、日本語は「{verdict.instead}」で、意味が対応しない。",
                ja=verdict.ja,
                en=verdict.en,
                confidence=confidence,
                severity=severity,
            )


CHECK = Check(
    code="ACC503",
    name="mistranslated-words",
    mqm="accuracy/mistranslation",
    severity=Severity.major,
    doc=__doc__,
    doc_ja="英語の語の位置に、意味の異なる日本語の語がある。\n\nなぜ問題か：名詞や動詞を一つ取り違えると別の規定になる。\n\n対処：引用された二つの語を見比べ、英語の語に当たる日本語に直す。",
    find=find,
    examples=(
        Example(
            ja="参加者は、病院における感染症の予防に関する情報を交換する。\n大学は、⟦漁業⟧に関する研究を行う。",
            en="The Participants will exchange information on the prevention of infectious diseases in hospitals.\nThe university will conduct research on ⟦agriculture⟧.",
        ),
        Example(
            ja="参加者は、病院における感染症の予防に関する情報を交換する。\n大学は、農業に関する研究を行う。",
            en="The Participants will exchange information on the prevention of infectious diseases in hospitals.\nThe university will conduct research on agriculture.",
        ),
    ),
)
