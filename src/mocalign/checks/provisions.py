"""What provisions a document has: articles, their paragraphs and items, annexes; for the checks of references."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field

from mocalign.checks.series import breaks, series
from mocalign.checks.tools import marker, once
from mocalign.kanji import kanji_number
from mocalign.model import Document, Segment
from mocalign.pair import Pair

__all__ = ["Home", "Inventory", "inventory"]

_UNIT = re.compile(
    r"[第弟](?P<n>[0-9〇一二三四五六七八九十百]+)(?P<unit>条|項|節|章)(?:の(?P<branch>[0-9一二三四五六七八九十]+))?|(?P<en>Article|Section|Paragraph|Chapter)\s+(?P<m>\d+)",
    re.I,
)
_EN = {"article": "条", "section": "節", "paragraph": "項", "chapter": "章"}
_PARAGRAPH = re.compile(r"[0-9０-９]+[.．]?$")


@dataclass(slots=True)
class Home:
    """One top-level provision: its number, its paragraphs in order (each a list of segments), its items by paragraph."""

    number: int
    segments: list[Segment] = field(default_factory=list)
    paragraphs: list[list[Segment]] = field(default_factory=list)
    items: list[int] = field(default_factory=list)  # the highest mark of an item, paragraph by paragraph
    broken: bool = False  # its own numbers jump

    def paragraph_of(self, segment: Segment) -> int | None:
        """The place of the paragraph that holds a segment, from 1."""
        for place, group in enumerate(self.paragraphs, 1):
            if any(s.index == segment.index for s in group):
                return place
        return None


@dataclass(slots=True)
class Inventory:
    """The provisions of one side. `units` maps 条, 項, 節, 章 to the numbers that exist; `homes` are articles in order."""

    units: dict[str, set[int]]
    homes: list[Home]
    unit: str  # what the top-level provisions are called: 条, 項 or ""
    annexes: tuple[str, ...]
    home_of: dict[int, Home]
    excerpt: bool


def inventory(pair: Pair, document: Document) -> Inventory:
    """Read the provisions of a document once for a pair."""
    return once(pair, f"provisions {document.lang}", lambda _: _read(pair, document))


def _read(pair: Pair, document: Document) -> Inventory:
    units: dict[str, set[int]] = {}
    homes: list[Home] = []
    home_of: dict[int, Home] = {}
    annexes: list[str] = []
    jumping = {
        b.entry.segment.index for g in series(pair, document) for b in breaks(g) if b.kind != "start" or b.size > 1
    }
    open_: Home | None = None
    counts: dict[str, int] = {}
    for segment in document.segments:
        found = marker(segment)
        text = pair.view(document, segment).text
        if re.match(
            r"(?:附属書|付属書|別表|別添|別紙|別記|様式|附録|付録|Annex|Appendix|Schedule|Exhibit|Attachment)", text
        ) and (len(text) < 60 and not text.endswith("。")):
            annexes.append(text)
        if segment.label and segment.label[0].startswith(("annex", "supplement")):
            open_ = None
            continue
        match = _UNIT.match(unicodedata.normalize("NFKC", found[0])) if found else None
        if match is not None and segment.label:
            number = kanji_number(match["n"] or match["m"])
            unit = match["unit"] or _EN[match["en"].lower()]
            if number is not None:
                units.setdefault(unit, set()).add(number)
                if unit in "条項" and not match["branch"]:
                    counts[unit] = counts.get(unit, 0) + 1
                if unit in "条項":
                    open_ = Home(number)
                    homes.append(open_)
                elif unit == "章":
                    open_ = None
        if open_ is None or segment.kind in ("caption", "signature", "note", "table-cell", "title"):
            continue
        if not segment.label:
            open_ = None
            continue
        _add(open_, segment, found[0] if found else "", match is not None)
        home_of[segment.index] = open_
        if segment.index in jumping and match is None:
            open_.broken = True
    unit = max(counts, key=lambda u: counts[u], default="")
    have = sorted(units.get(unit, ()))
    missing = (have[-1] - have[0] + 1 - len(have)) if have else 0
    return Inventory(units, homes, unit, tuple(annexes), home_of, missing > 1 or bool(have and have[0] > 1))


def _add(home: Home, segment: Segment, mark: str, opens: bool) -> None:
    home.segments.append(segment)
    if opens:
        has_text = segment.kind != "heading" and segment.body < segment.span.end
        if has_text:
            home.paragraphs.append([segment])
            home.items.append(0)
        return
    if not mark:
        numbered = any(_PARAGRAPH.match(_mark(g[0])) for g in home.paragraphs if g)
        if segment.kind == "heading":
            return
        if segment.kind == "paragraph" and not numbered:
            home.paragraphs.append([segment])
            home.items.append(0)
            return
    elif _PARAGRAPH.match(mark):
        home.paragraphs.append([segment])
        home.items.append(0)
        return
    if not home.paragraphs:
        home.paragraphs.append([])
        home.items.append(0)
    home.paragraphs[-1].append(segment)
    last = segment.label[-1]
    value = int(last) if last.isdigit() else ord(last) - 96 if len(last) == 1 and "a" <= last <= "z" else 0
    home.items[-1] = max(home.items[-1], value)


def _mark(segment: Segment) -> str:
    found = marker(segment)
    return found[0] if found else ""
