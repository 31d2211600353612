"""Remarks in brackets, counted side against side: which one the other language lacks.

Translators keep the brackets of a text. Where nearly all passages of a document have as many remarks in brackets on one
side as on the other, a passage that has one fewer has lost it, provided that what stands in it is not said elsewhere.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from mocalign.model import Span

if TYPE_CHECKING:
    from mocalign.pair import Pair

__all__ = ["Remark", "missing"]

_BRACKET = re.compile(r"[(（]([^()（）]{3,})[)）]")
_NO_REMARK = re.compile(
    # definitions, abbreviations, figures and references belong to other checks
    r"^\s*(?:hereinafter|hereafter|以下|「|[\"“]|[A-Z][A-Za-z&.\-]{1,9}\s*$|[ivxlc]+\s*$|[0-9０-９,.%]+\s*$|[a-z]{1,2}\s*$)|[\"“][^\"”]+[\"”]\s*$"
)
_LEAST_BEADS, _HABIT = 4, 0.8
_SAID = 0.5  # share of answered words from which a remark is said elsewhere


@dataclass(frozen=True, slots=True)
class Remark:
    """A remark in brackets of one `side` ("ja", "en") of a bead that the other side lacks."""

    bead: int
    side: str
    span: Span


def missing(pair: Pair) -> tuple[Remark, ...]:
    """Return the remarks of a document that one side lacks."""
    return pair.memo("remarks", lambda: tuple(_missing(pair)))


def _missing(pair: Pair) -> Iterator[Remark]:
    found = {
        number: {side: _remarks(pair, number, side) for side in ("ja", "en")}
        for number, bead in enumerate(pair.beads)
        if bead.ja and bead.en
    }
    held = {number: sides for number, sides in found.items() if sides["ja"] or sides["en"]}
    even = {number for number, sides in held.items() if len(sides["ja"]) == len(sides["en"])}
    for number, sides in held.items():
        others = len(held) - 1
        if number in even or others < _LEAST_BEADS or len(even) < _HABIT * others:
            continue
        more, fewer = ("en", "ja") if len(sides["en"]) > len(sides["ja"]) else ("ja", "en")
        if len(sides[more]) != len(sides[fewer]) + 1:
            continue
        said = sorted((_said(pair, number, more, span), span.start, span) for span in sides[more])
        if said and said[0][0] < _SAID and (len(said) == 1 or said[1][0] >= _SAID):
            yield Remark(number, more, said[0][2])


def _remarks(pair: Pair, number: int, side: str) -> tuple[Span, ...]:
    bead = pair.beads[number]
    views = pair.ja_views(bead) if side == "ja" else pair.en_views(bead)
    return tuple(
        view.span(m.start(), m.end())
        for _, view in views
        for m in _BRACKET.finditer(view.text)
        if not _NO_REMARK.search(m[1])
    )


def _said(pair: Pair, number: int, side: str, span: Span) -> float:
    """The share of a remark's words that the other side of the bead answers."""
    answer = pair.lexicon.answer(number)
    if side == "en":
        mine = [(w, b) for w, b in zip(answer.words, answer.en_match, strict=True) if span.start <= w.start < span.end]
        own = [b for w, b in mine if not w.light] or [b for _, b in mine]
    else:
        pieces = [
            (p, b) for p, b in zip(answer.pieces, answer.ja_match, strict=True) if span.start <= p.start < span.end
        ]
        own = [b for p, b in pieces if not p.light] or [b for _, b in pieces]
    return sum(b >= 0.75 for b in own) / len(own) if own else 1.0
