"""A term is defined and never used.

Why it matters: the reader looks for the rule that uses it; often the text once used it and a later edit wrote the full name
again.

What to do: use the term or delete its definition.
"""

from __future__ import annotations

from collections.abc import Iterator

from mocalign.checks.base import Check, Example, Hit
from mocalign.checks.defined_terms import definitions, uses
from mocalign.checks.tools import documents, sides
from mocalign.config import Config
from mocalign.model import Lang, Severity
from mocalign.pair import Pair

__all__ = ["CHECK"]


def find(pair: Pair, config: Config) -> Iterator[Hit]:
    """Yield terms without a use outside their definition, and terms defined twice."""
    two = pair.has_japanese and pair.has_english
    idle: dict[Lang, set[int]] = {"ja": _idle(pair, "ja") if two else set(), "en": _idle(pair, "en") if two else set()}
    for lang, document in documents(pair):
        if len(document.segments) < 3:
            continue
        seen: dict[str, int] = {}
        for term in definitions(pair, lang):
            if term.word in seen and not term.local and seen[term.word] != term.segment:
                yield Hit(
                    f"{term.word} is defined a second time.",
                    f"「{term.word}」が二度定義されている。",
                    **sides(lang, term.span),
                    confidence=0.85,
                )
                continue
            seen[term.word] = term.segment
            if uses(pair, lang, term) > 0:
                continue
            # Idle in both languages, the definition is the original's own and no matter of the translation.
            both = pair.bead_of.get((lang, term.segment)) in idle["en" if lang == "ja" else "ja"]
            yield Hit(
                f"{term.word} is defined here and never used.",
                f"「{term.word}」は定義されているが、その後使われていない。",
                **sides(lang, term.span),
                confidence=0.85,
                severity=Severity.neutral if both else None,
            )


def _idle(pair: Pair, lang: Lang) -> set[int]:
    """The beads in which a side defines a term that it never uses."""
    return {
        pair.bead_of.get((lang, term.segment), -1) for term in definitions(pair, lang) if uses(pair, lang, term) == 0
    }


CHECK = Check(
    code="TER101",
    name="unused-definition",
    mqm="terminology/inconsistent-use",
    severity=Severity.minor,
    needs="either",
    doc=__doc__,
    doc_ja="定義された語が使われていない、又は二度定義されている。\n\nなぜ問題か：その語を使う規定が脱落した疑いがあり、読者を迷わせる。\n\n対処：語を使うか、定義を削除する。",
    find=find,
    examples=(
        Example(ja="経済省（以下「⟦ＭＥＴ⟧」という。）は、\n情報を交換する。\n費用を負担する。"),
        Example(
            en="The Ministry of Economy (hereinafter referred to as “⟦METI⟧”)\nwill exchange data.\nCosts are shared."
        ),
        Example(ja="経済省（以下「経済省」という。）は、\n経済省は、情報を交換する。\n費用を負担する。"),
        Example(
            ja="甲省及び乙省（以下それぞれを「当事者」といい、併せて「当事者ら」という。）は、\n当事者らは、情報を交換する。\n各当事者は、費用を負担する。"
        ),
    ),
)
