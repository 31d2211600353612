"""Readers: a path becomes a `Document`. One file a format; a reader is a function of a path that returns `Raw`."""

from __future__ import annotations

from pathlib import Path

from mocalign.errors import ReadError
from mocalign.model import Document, Lang
from mocalign.readers import text as _text
from mocalign.segment import Raw, segment

__all__ = ["SUFFIXES", "parse", "read"]

SUFFIXES = {".txt": _text.read, ".md": _text.read, ".markdown": _text.read, "": _text.read}


def read(path: str | Path, lang: Lang) -> Document:
    """Read a file into a `Document`. Raises `ReadError` with one clear line."""
    place = Path(path)
    reader = SUFFIXES.get(place.suffix.lower())
    if reader is None:
        raise ReadError(
            f"{place}: the suffix {place.suffix!r} is not read; accepted: {', '.join(k for k in SUFFIXES if k)}"
        )
    return document(reader(place), lang, source=str(path))


def parse(text: str, lang: Lang, *, source: str = "<text>") -> Document:
    """Cut plain text or Markdown into a `Document`."""
    return document(_text.blocks(text), lang, source=source)


def document(raw: Raw, lang: Lang, *, source: str) -> Document:
    """Cut what a reader returned into a `Document`."""
    segments, furniture = segment(raw, lang)
    return Document(lang, source, raw.text, segments, furniture, raw.notices)
