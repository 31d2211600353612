"""A word that qualifies a duty stands on one side only.

Why it matters: "for the time being", "in principle", "free of charge" or "as far as possible" changes what must be done; added or
lost, it makes two agreements out of one.

What to do: strike the word, or write it on the other side too.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from mocalign.checks.base import Check, Example, Hit
from mocalign.config import Config
from mocalign.data import rows
from mocalign.model import Severity
from mocalign.pair import Pair

__all__ = ["CHECK"]

_DOUBTFUL = 0.5  # beads scored below this are not asked


@dataclass(frozen=True, slots=True)
class _Qualifier:
    ja: re.Pattern[str]
    ja_any: re.Pattern[str]
    en: re.Pattern[str]
    en_any: re.Pattern[str]


@lru_cache(maxsize=1)
def _qualifiers() -> tuple[_Qualifier, ...]:
    return tuple(
        _Qualifier(
            re.compile(r["ja"]),
            re.compile(f"{r['ja']}|{r['ja_also']}"),
            re.compile(rf"\b{r['en']}\b", re.I),
            re.compile(f"{r['en']}|{r['en_also']}", re.I),
        )
        for r in rows("qualifiers")
    )


def find(pair: Pair, config: Config) -> Iterator[Hit]:
    """Yield qualifying words that the other side of the bead and its neighbours do not have in any wording."""
    for number, bead in enumerate(pair.beads):
        if not bead.ja or not bead.en or bead.score < _DOUBTFUL:
            continue
        ja, en = pair.passage("ja", number), pair.passage("en", number)
        for q in _qualifiers():
            for match in q.ja.finditer(ja.text):
                if q.en_any.search(en.text) is None and not _near(pair, number, "en", q.en):
                    span = ja.span(match.start(), match.end())
                    yield Hit(
                        f"Japanese 「{span.text}」 has no counterpart in the English.",
                        f"日本語の「{span.text}」に当たる語が英語にない。",
                        ja=span,
                        confidence=0.8,
                    )
                    break
            found = q.en.search(en.text)
            if found is not None and q.ja_any.search(ja.text) is None and not _near(pair, number, "ja", q.ja_any):
                span = en.span(found.start(), found.end())
                yield Hit(
                    f'English "{span.text}" has no counterpart in the Japanese.',
                    f"英語の「{span.text}」に当たる語が日本語にない。",
                    en=span,
                    confidence=0.8,
                )


def _near(pair: Pair, number: int, lang: str, pattern: re.Pattern[str]) -> bool:
    """Tell whether a neighbouring bead has it: a sentence may have been divided otherwise."""
    return any(
        0 <= other < len(pair.beads)
        and (pair.beads[other].relation != "match")
        and pattern.search(pair.passage("ja" if lang == "ja" else "en", other).text) is not None
        for other in (number - 1, number + 1)
    )


CHECK = Check(
    code="ACC507",
    name="qualifier-mismatch",
    mqm="accuracy/addition",
    severity=Severity.major,
    doc=__doc__,
    doc_ja="義務や権利を限定する語句が一方の言語にしかない。\n\nなぜ問題か：「当分の間」「原則として」「無償で」「可能な限り」は、なすべきことの範囲を変える。\n\n対処：その語句を削るか、他方の言語にも書く。",
    find=find,
    examples=(
        Example(
            ja="参加者は、⟦原則として⟧、研修に要する費用を負担する。",
            en="The Participants will bear the expenses of the training.",
        ),
        Example(
            ja="研修員は、実験室を使用することができる。",
            en="Trainees may use the laboratories ⟦free of charge⟧.",
        ),
        Example(
            ja="参加者は、原則として、研修に要する費用を負担する。参加者は、その結果を遅滞なく通報する。",
            en="The Participants will, as a rule, bear the expenses of the training. They will notify the results promptly.",
        ),
    ),
)
