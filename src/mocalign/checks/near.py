"""Which English words answer a stretch of Japanese inside a unit: what checks of single words ask of the word links."""

from __future__ import annotations

from mocalign.checks.units import Unit
from mocalign.lexicon import word_links
from mocalign.model import Span
from mocalign.pair import Pair

__all__ = ["answers", "links", "place_of"]


def links(pair: Pair, bead: int) -> tuple[tuple[Span, Span], ...]:
    """The word links of a bead, (Japanese, English), computed once for all checks."""
    return pair.memo(f"word links {bead}", lambda: word_links(pair, bead))


def answers(pair: Pair, unit: Unit, start: int, end: int) -> list[tuple[int, int]]:
    """Ranges in `unit.en_text` of the words linked to `unit.ja_text[start:end]`, in order."""
    span = pair.passage("ja", unit.bead).span(unit.ja[0] + start, unit.ja[0] + end)
    out = set()
    for a, b in links(pair, unit.bead):
        if span.start <= a.start and a.end <= span.end:
            at = place_of(pair, unit, b.start)
            if at is not None:
                out.add((at, at + len(b.text)))
    return sorted(out)


def place_of(pair: Pair, unit: Unit, offset: int) -> int | None:
    """The index in `unit.en_text` of an offset of the English document; None outside the unit."""
    for base, segment, view in pair.passage("en", unit.bead).pieces:
        if segment.span.start <= offset < segment.span.end:
            at = base + view.index(offset)
            return at - unit.en[0] if unit.en[0] <= at < unit.en[1] else None
    return None
