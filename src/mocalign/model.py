"""The nouns. All frozen; a constructor refuses what would break its promise.

Offsets count code points of `Document.text` from 0, end excluded, absolute, in the text as read. Matching happens on a
`View` (a folded reading that knows where each character came from), reporting on the text.
"""

from __future__ import annotations

import enum
import hashlib
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from mocalign.errors import PromiseError

__all__ = [
    "Alignment",
    "Bead",
    "Document",
    "Finding",
    "Lang",
    "Relation",
    "Seam",
    "Segment",
    "Severity",
    "Span",
    "View",
    "fingerprint",
]

Lang = Literal["ja", "en"]
Relation = Literal["match", "moved", "ja-only", "en-only"]

KINDS = (
    "title",
    "heading",
    "preamble",
    "recital",
    "paragraph",
    "item",
    "table-cell",
    "signature",
    "note",
    "caption",
)


class Severity(enum.IntEnum):
    """Severity levels of MQM (Multidimensional Quality Metrics), ordered."""

    neutral = 0
    minor = 1
    major = 2
    critical = 3


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A piece of a document: `document.text[span.start:span.end] == span.text`."""

    start: int
    text: str

    def __post_init__(self) -> None:
        if self.start < 0:
            raise PromiseError(f"a span starts at 0 or later, not at {self.start}")

    @property
    def end(self) -> int:
        """Offset after the last code point."""
        return self.start + len(self.text)

    def sub(self, start: int, end: int) -> Span:
        """Return the part between two absolute offsets.

        Raises `PromiseError` when the part is not inside this span.
        """
        if not self.start <= start <= end <= self.end:
            raise PromiseError(f"{start}:{end} is not inside {self.start}:{self.end}")
        return Span(start, self.text[start - self.start : end - self.start])

    def overlaps(self, other: Span) -> bool:
        """Tell whether the two spans share a code point."""
        return self.start < other.end and other.start < self.end


@dataclass(frozen=True, slots=True)
class View:
    """A folded reading of a piece of text in which every character knows where it came from.

    Folded: NFKC, no line breaks, no page furniture, no markup; in Japanese no spaces beside a Japanese character.
    `starts[i]` and `ends[i]` are absolute offsets of the source of `text[i]`; both have the length of `text`.
    """

    origin: Span
    text: str
    starts: tuple[int, ...]
    ends: tuple[int, ...]

    def __post_init__(self) -> None:
        if not len(self.text) == len(self.starts) == len(self.ends):
            raise PromiseError("a view needs one start and one end for each character")

    def span(self, start: int, end: int) -> Span:
        """Return the source of `text[start:end]` as a `Span` of the document; an empty range gives an empty span."""
        if not 0 <= start <= end <= len(self.text):
            raise PromiseError(f"{start}:{end} is not inside a view of {len(self.text)} characters")
        if start == end:
            at = self.starts[start] if start < len(self.text) else self.origin.end
            return Span(at, "")
        return self.origin.sub(self.starts[start], self.ends[end - 1])

    def find(self, needle: str, start: int = 0) -> Span | None:
        """Return the source of the first place of `needle`, or None."""
        at = self.text.find(needle, start)
        return None if at < 0 else self.span(at, at + len(needle))

    def index(self, offset: int) -> int:
        """Return the index of the first view character whose source ends after the absolute `offset`."""
        import bisect

        return bisect.bisect_right(self.ends, offset)

    @classmethod
    def of(cls, origin: Span, lang: Lang, *, holes: Sequence[Span] = ()) -> View:
        """Fold a piece of text; `holes` (absolute spans) are left out."""
        text, starts, ends = _fold(origin, holes)
        text, starts, ends = _join(text, starts, ends, lang)
        return cls(origin, text, tuple(starts), tuple(ends))


_INVISIBLE = frozenset("\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff")


def _fold(origin: Span, holes: Sequence[Span]) -> tuple[str, list[int], list[int]]:
    """NFKC cluster by cluster (a base with what combines with it), holes left out."""
    out: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    skip = [(h.start, h.end) for h in holes]
    raw, base, at, size = origin.text, origin.start, 0, len(origin.text)
    while at < size:
        inside = next((e for s, e in skip if s <= base + at < e), None)
        if inside is not None:
            at = inside - base
            continue
        stop = at + 1
        if raw[at] >= "\u0300" or (stop < size and raw[stop] >= "\u0300"):
            while stop < size and (unicodedata.combining(raw[stop]) or raw[stop] in "\uff9e\uff9f"):
                stop += 1
        piece = raw[at:stop]
        if piece not in _INVISIBLE:
            # ①10時: an item's mark must not run into the figure behind it
            plain = piece.isascii() or ("①" <= piece <= "⑳" and raw[stop : stop + 1].isdecimal())
            for char in piece if plain else unicodedata.normalize("NFKC", piece):
                out.append(char)
                starts.append(base + at)
                ends.append(base + stop)
        at = stop
    return "".join(out), starts, ends


def is_japanese(char: str) -> bool:
    """Tell whether a character is kana, kanji or Japanese punctuation."""
    return (
        "\u3040" <= char <= "\u30ff"
        or "\u4e00" <= char <= "\u9fff"
        or "\u3400" <= char <= "\u4dbf"
        or "\u3001" <= char <= "\u303f"
        or "\u2e80" <= char <= "\u2fdf"
        or "\uf900" <= char <= "\ufaff"
        or char >= "\U00020000"
    )


def _join(text: str, starts: list[int], ends: list[int], lang: Lang) -> tuple[str, list[int], list[int]]:
    """White space runs become one space; in Japanese they vanish beside a Japanese character or inside a figure."""
    out: list[str] = []
    keep_s: list[int] = []
    keep_e: list[int] = []
    at, size = 0, len(text)
    while at < size:
        char = text[at]
        if not char.isspace():
            out.append(char)
            keep_s.append(starts[at])
            keep_e.append(ends[at])
            at += 1
            continue
        stop = at
        while stop < size and text[stop].isspace():
            stop += 1
        before = out[-1] if out else ""
        after = text[stop] if stop < size else ""
        if before and after:
            if lang == "ja" and (is_japanese(before) or is_japanese(after)):
                pass
            elif (
                lang == "en"
                and before == "-"
                and "\n" in text[at:stop]
                and len(out) > 1
                and out[-2].islower()
                and after.islower()
            ):
                out.pop(), keep_s.pop(), keep_e.pop()
            else:
                out.append(" ")
                keep_s.append(starts[at])
                keep_e.append(ends[stop - 1])
        at = stop
    return "".join(out), keep_s, keep_e


@dataclass(frozen=True, slots=True)
class Seam:
    """The place where a broken paragraph was joined.

    `span` runs from the last character before the break to the first after it; `doubled` holds the characters that
    stand on both sides (シ in エコシ + システム), "" when none do; `kind` is "paragraph" for a break a person would see
    as a fault and "page" for one that layout explains.
    """

    span: Span
    doubled: str = ""
    kind: Literal["paragraph", "page"] = "paragraph"


@dataclass(frozen=True, slots=True)
class Segment:
    """One paragraph, heading, item or cell of a document.

    `label` is the place in the instrument, outermost first: ``("2", "1", "b")``. `body` is the absolute offset after
    the written marker ("b) "). `holes` are parts of the span that nobody reads (page furniture, markup, the doubled
    half of a seam). `cell` is (table, row, column) of a table cell, from 0.
    """

    index: int
    span: Span
    kind: str = "paragraph"
    label: tuple[str, ...] = ()
    body: int = -1
    holes: tuple[Span, ...] = ()
    seams: tuple[Seam, ...] = ()
    cell: tuple[int, int, int] | None = None

    def __post_init__(self) -> None:
        if self.kind not in KINDS:
            raise PromiseError(f"unknown kind of segment {self.kind!r}; one of {', '.join(KINDS)}")
        if self.body < 0:
            object.__setattr__(self, "body", self.span.start)
        if not self.span.start <= self.body <= self.span.end:
            raise PromiseError(f"the body of segment {self.index} starts outside its span")

    @property
    def text(self) -> str:
        """The segment as it stands in the document, verbatim."""
        return self.span.text

    def view(self, lang: Lang) -> View:
        """Fold the whole segment, marker included."""
        return View.of(self.span, lang, holes=self.holes)

    def body_view(self, lang: Lang) -> View:
        """Fold the segment without its marker."""
        return View.of(self.span.sub(self.body, self.span.end), lang, holes=self.holes)


@dataclass(frozen=True, slots=True)
class Document:
    """One language version as read. Segments are verbatim, in order and disjoint.

    `furniture` holds what is no part of the instrument (page numbers, running headers); `notices` what the reader had
    to say ("2 tracked deletions left out").
    """

    lang: Lang
    source: str
    text: str
    segments: tuple[Segment, ...]
    furniture: tuple[Span, ...] = ()
    notices: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if self.lang not in ("ja", "en"):
            raise PromiseError(f"a document is 'ja' or 'en', not {self.lang!r}")
        last = 0
        for at, segment in enumerate(self.segments):
            span = segment.span
            if segment.index != at:
                raise PromiseError(f"segment {at} of {self.source} carries index {segment.index}")
            if span.start < last:
                raise PromiseError(f"segment {at} of {self.source} overlaps the one before it")
            if self.text[span.start : span.end] != span.text:
                raise PromiseError(f"segment {at} of {self.source} does not quote the text")
            last = span.end
        for hole in self.furniture:
            if self.text[hole.start : hole.end] != hole.text:
                raise PromiseError(f"furniture of {self.source} does not quote the text")

    @classmethod
    def from_segments(cls, lang: Lang, texts: Iterable[str], *, source: str = "<segments>") -> Document:
        """Make a document of texts that are already cut, one segment each, joined by line feeds.

        Line breaks inside a text stay part of it. An empty text gives an empty segment.
        """
        segments: list[Segment] = []
        at = 0
        parts = list(texts)
        for index, part in enumerate(parts):
            segments.append(Segment(index, Span(at, part)))
            at += len(part) + 1
        return cls(lang, source, "\n".join(parts), tuple(segments))

    @classmethod
    def empty(cls, lang: Lang) -> Document:
        """The missing side of a check without a counterpart."""
        return cls(lang, "", "", ())

    @property
    def sha256(self) -> str:
        """Digest of the text as read, UTF-8."""
        return hashlib.sha256(self.text.encode("utf-8", "surrogatepass")).hexdigest()

    def segment_at(self, offset: int) -> Segment | None:
        """Return the segment that holds an absolute offset, or None."""
        import bisect

        at = bisect.bisect_right(self.segments, offset, key=lambda s: s.span.start) - 1
        if at >= 0 and (offset < self.segments[at].span.end or offset == self.segments[at].span.start):
            return self.segments[at]
        return None

    def __len__(self) -> int:
        return len(self.segments)

    def __repr__(self) -> str:
        return f"Document({self.lang!r}, {self.source!r}, {len(self.segments)} segments)"

    def _repr_html_(self) -> str:
        from mocalign.display import document_html

        return document_html(self)

    def to_frame(self) -> Any:
        """One segment a row, as a pandas frame. Raises `MissingExtraError` without pandas."""
        from mocalign.display import document_frame

        return document_frame(self)


@dataclass(frozen=True, slots=True)
class Bead:
    """Segments of the two sides that answer each other; one side may be empty."""

    ja: tuple[Segment, ...]
    en: tuple[Segment, ...]
    score: float
    relation: Relation

    def __post_init__(self) -> None:
        if not 0.0 <= self.score <= 1.0:
            raise PromiseError(f"the score of a bead lies between 0 and 1, not {self.score}")
        expected = "ja-only" if not self.en else "en-only" if not self.ja else ""
        if not self.ja and not self.en:
            raise PromiseError("a bead needs at least one segment")
        if expected and self.relation != expected:
            raise PromiseError(f"a bead with one empty side is {expected}, not {self.relation}")
        if not expected and self.relation not in ("match", "moved"):
            raise PromiseError(f"a bead with two sides is match or moved, not {self.relation}")

    @property
    def label(self) -> tuple[str, ...]:
        """The place in the instrument: the Japanese label if there is one, else the English."""
        for segment in self.ja + self.en:
            if segment.label:
                return segment.label
        return ()


@dataclass(frozen=True, slots=True)
class Alignment:
    """Two documents and their beads; every segment of each side stands in exactly one bead."""

    ja: Document
    en: Document
    beads: tuple[Bead, ...]

    def __post_init__(self) -> None:
        for side, document in (("ja", self.ja), ("en", self.en)):
            seen = sorted(segment.index for bead in self.beads for segment in getattr(bead, side))
            if seen != list(range(len(document.segments))):
                raise PromiseError(f"every {side} segment stands in exactly one bead; got {seen[:20]}")

    def __len__(self) -> int:
        return len(self.beads)

    def __repr__(self) -> str:
        return f"Alignment({self.ja!r}, {self.en!r}, {len(self.beads)} beads)"

    def _repr_html_(self) -> str:
        from mocalign.display import alignment_html

        return alignment_html(self)

    def to_frame(self) -> Any:
        """One bead a row, as a pandas frame. Raises `MissingExtraError` without pandas."""
        from mocalign.display import alignment_frame

        return alignment_frame(self)


@dataclass(frozen=True, slots=True)
class Finding:
    """A divergence or fault at its exact characters; self-contained.

    `bead` is the index in `Alignment.beads`, -1 when it concerns the document as a whole. `also_ja` and `also_en` are
    further places of the same fault.
    """

    code: str
    name: str
    mqm: str
    severity: Severity
    confidence: float
    message: str
    message_ja: str
    bead: int
    label: tuple[str, ...]
    ja: Span | None
    en: Span | None
    suggestion: str | None = None
    fingerprint: str = ""
    also_ja: tuple[Span, ...] = ()
    also_en: tuple[Span, ...] = ()

    def __post_init__(self) -> None:
        if not 0.0 <= self.confidence <= 1.0:
            raise PromiseError(f"confidence lies between 0 and 1, not {self.confidence}")
        if self.ja is None and self.en is None:
            raise PromiseError(f"{self.code} points at no text")

    def _repr_html_(self) -> str:
        from mocalign.display import finding_html

        return finding_html(self)


def fingerprint(code: str, quotes: Iterable[str], paragraph: str) -> str:
    """Digest that survives edits elsewhere, renumbering and moves (16 hex digits)."""
    fold = unicodedata.normalize("NFKC", paragraph)
    body = "\x1f".join([code, *quotes, "".join(fold.split())])
    return hashlib.sha256(body.encode("utf-8", "surrogatepass")).hexdigest()[:16]
