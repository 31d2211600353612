"""English terms with everything that may render them, found in the passages of a pair.

`data/siblings.tsv` lists renderings exhaustively, so that it means something when none of them stands in the Japanese: TER003
looks for the word of a neighbouring concept in their place, `wordwise` trusts its own doubts more.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from mocalign.checks.forbidden_rendering import mentions
from mocalign.data import rows
from mocalign.model import Span

if TYPE_CHECKING:
    from mocalign.lexicon import Answer
    from mocalign.pair import Pair

__all__ = ["Row", "Use", "table", "unrendered", "uses"]


@dataclass(frozen=True, slots=True)
class Row:
    """An English term, everything that may render it, and words that are put in its place by mistake."""

    en: str
    right: tuple[str, ...]
    wrong: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Use:
    """A term in a bead: the row, its English span and the indices of its words."""

    row: Row
    span: Span
    words: frozenset[int]


@lru_cache(maxsize=1)
def table() -> Mapping[str, Sequence[Row]]:
    """The rows by their first word, longest terms first."""
    out: dict[str, list[Row]] = defaultdict(list)
    for row in rows("siblings"):
        out[row["en"].split()[0]].append(
            Row(
                row["en"], tuple(row["right"].split(";")), tuple(sorted(row["wrong"].split(";"), key=lambda w: -len(w)))
            )
        )
    return {k: sorted(v, key=lambda r: (-len(r.en.split()), r.en)) for k, v in out.items()}


def uses(pair: Pair, number: int) -> tuple[Use, ...]:
    """Return the terms of a bead, looked for once; inside a longer term a shorter one does not count."""
    return pair.memo(f"siblings {number}", lambda: tuple(_uses(pair, pair.lexicon.answer(number))))


def _uses(pair: Pair, answer: Answer) -> Iterator[Use]:
    text = pair.en.text
    taken: set[int] = set()
    for e, word in enumerate(answer.words):
        if e in taken or text[max(0, word.start - 4) : word.start].lower().endswith(("non-", "non ")):
            continue
        forms = {word.text.lower(), word.lemma.lower()}
        for row in (r for f in sorted(forms) for r in table().get(f, ())):
            found = mentions(row.en).match(text, word.start)
            if found is None:
                continue
            inside = {k for k, w in enumerate(answer.words) if found.start() <= w.start and w.end <= found.end()}
            if inside:
                taken |= inside
                yield Use(row, Span(found.start(), found[0]), frozenset(inside))
                break


def unrendered(pair: Pair, number: int) -> frozenset[int]:
    """Return the English words of a bead that belong to a term of which neither the bead nor its neighbours hold a rendering."""
    near = "".join(
        pair.passage("ja", n).text
        for n in (number - 1, number, number + 1)
        if 0 <= n < len(pair.beads) and pair.beads[n].ja
    )
    found = (u for u in uses(pair, number) if not any(r in near for r in u.row.right))
    return frozenset(k for use in found for k in use.words)
