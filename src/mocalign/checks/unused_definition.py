"""A term is defined and never used.

Why it matters: the reader looks for the rule that uses it; often the text once used it and a later edit wrote the full name
again.

What to do: use the term or delete its definition.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from mocalign.checks.base import Check, Example, Hit
from mocalign.checks.defined_terms import Term, definitions, uses
from mocalign.checks.tools import documents, profile, sides
from mocalign.config import Config
from mocalign.model import Lang, Severity
from mocalign.pair import Pair

__all__ = ["CHECK"]

_NAME = re.compile(
    r"(?<!当)[省庁府局院国署]$|(?:政府|機構|大学|公社|財団|協会|銀行|研究所|センター|連合|Ministry|Agency|Office)$"
)


def find(pair: Pair, config: Config) -> Iterator[Hit]:
    """Yield terms without a use outside their definition, and terms defined twice."""
    twins: dict[int, list[Term]] = {}  # by bead: idle in the English
    if pair.has_japanese and pair.has_english:
        for term in definitions(pair, "en"):
            if uses(pair, "en", term) == 0:
                twins.setdefault(pair.bead_of.get(("en", term.segment), -1), []).append(term)
    told: set[tuple[Lang, Term]] = set()
    kind = profile(pair)
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
            if (lang, term) in told or uses(pair, lang, term) > 0:
                continue
            there = twins.get(pair.bead_of.get((lang, term.segment), -2), []) if lang == "ja" else []
            other = next((t for t in there if t.word == term.word), there[0] if there else None)
            if other is not None:
                # Idle in both languages, the definition is the original's own and no matter of the translation.
                told.add(("en", other))
                there.remove(other)
                yield Hit(
                    f"{term.word} ({other.word}) is defined here and never used, in either language.",
                    f"「{term.word}」（{other.word}）は定義されているが、両言語ともその後使われていない。",
                    ja=term.span,
                    en=other.span,
                    confidence=0.85,
                    severity=Severity.neutral,
                )
                continue
            rival = _rival(pair, lang, term)
            name = not rival and _is_name(term.word)
            idle = not rival and (not term.short or (name and (lang == "en" or kind != "moc")))
            yield Hit(
                f"{term.word} is defined here and never used" + (f"; the text writes {rival}." if rival else "."),
                f"「{term.word}」は定義されているが、その後使われていない"
                + (f"（本文では「{rival}」）。" if rival else "。"),
                **sides(lang, term.span),
                confidence=0.85 if rival else 0.6 if name else 0.8,
                # A meaning fixed for parts of the text that are not here, or the short name of a body, harms nobody.
                severity=Severity.neutral if idle else None,
            )


def _is_name(word: str) -> bool:
    return (word.isascii() and sum(c.isupper() for c in word) >= 2) or _NAME.search(word) is not None


def _rival(pair: Pair, lang: Lang, term: Term) -> str:
    """A word that the text uses again and again and that differs from the defined one in a part of it."""
    word = term.word
    if lang == "en":
        return ""
    text = pair.ja_text
    known = {t.word for t in definitions(pair, lang)}
    for cut in range(1, len(word) - 1):
        part = word[cut:]
        if (
            len(part) >= 2
            and len(part) * 2 >= len(word)
            and part not in known
            and text.count(part) - text.count(word) >= 3
        ):
            return part
    return ""


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
        Example(ja="資源の共同開発（以下「⟦開発計画⟧」という。）は、\n情報を交換する。\n費用を負担する。"),
        Example(
            ja="合同作業部会（以下「⟦新作業部会⟧」という。）を置く。\n作業部会は、毎年会合する。\n作業部会は、二人の議長を置く。\n作業部会は、記録を作る。"
        ),
        Example(
            en="The Ministry of Economy (hereinafter referred to as “⟦METI⟧”)\nwill exchange data.\nCosts are shared."
        ),
        Example(ja="経済省（以下「経済省」という。）は、\n経済省は、情報を交換する。\n費用を負担する。"),
        Example(
            ja="甲省及び乙省（以下それぞれを「当事者」といい、併せて「当事者ら」という。）は、\n当事者らは、情報を交換する。\n各当事者は、費用を負担する。"
        ),
    ),
)
