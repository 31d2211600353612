"""A text cut into labelled segments: provisions, list markers, tables, annexes, broken paragraphs.

A reader hands over `Raw`: the text as read and the blocks it is made of. `segment()` turns blocks into segments.
"""

from __future__ import annotations

from dataclasses import dataclass

from mocalign.errors import PromiseError
from mocalign.model import Lang, Segment, Span

__all__ = ["Block", "Raw", "segment"]


@dataclass(frozen=True, slots=True)
class Block:
    """A piece of the text that the reader's format keeps apart: a paragraph, heading, list item or cell.

    `kind`: "", "heading", "item", "cell", "note", "furniture" ("" where the format does not say). `level` is the depth of
    a heading (1 = topmost) or list item (0 = outermost). `cell` is (table, row, column). `page` counts from 1 where pages
    exist, else 0. `holes` are (start, end) ranges nobody reads (markup).
    """

    start: int
    end: int
    kind: str = ""
    level: int = 0
    cell: tuple[int, int, int] | None = None
    page: int = 0
    holes: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Raw:
    """What a reader returns: the text as read, its blocks in order, and what there is to say about the reading."""

    text: str
    blocks: tuple[Block, ...]
    notices: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        last = 0
        for block in self.blocks:
            if not last <= block.start <= block.end <= len(self.text):
                raise PromiseError(f"block {block.start}:{block.end} overlaps or leaves the text")
            last = block.end


def segment(raw: Raw, lang: Lang) -> tuple[tuple[Segment, ...], tuple[Span, ...]]:
    """Return the segments of a text and its furniture."""
    out: list[Segment] = []
    furniture = []
    for block in raw.blocks:
        span = Span(block.start, raw.text[block.start : block.end])
        holes = tuple(Span(s, raw.text[s:e]) for s, e in block.holes)
        if block.kind == "furniture":
            furniture.append(span)
        else:
            out.append(Segment(len(out), span, "paragraph", holes=holes))
    return tuple(out), tuple(furniture)
