"""Readers: a path becomes a `Document`. One file a format; a reader is a function of a path that returns `Raw`."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from pathlib import Path

from mocalign import plugins
from mocalign.errors import ReadError
from mocalign.model import Document, Lang
from mocalign.readers import text as _text
from mocalign.readers.encoding import check_path
from mocalign.segment import Raw, segment

__all__ = ["SUFFIXES", "document", "is_bilingual", "is_read", "parse", "raw", "read", "read_pair"]


def _reader(name: str) -> Callable[[Path], Raw]:
    """Return the reader of a format, imported on first use."""

    def read_format(path: Path) -> Raw:
        made: Raw = import_module(f"mocalign.readers.{name}").read(path)
        return made

    return read_format


_HTML, _DOCX = _reader("html"), _reader("docx")
SUFFIXES: dict[str, Callable[[Path], Raw]] = {
    ".txt": _text.read,
    ".text": _text.read,
    ".md": _text.read,
    ".markdown": _text.read,
    "": _text.read,
    ".html": _HTML,
    ".htm": _HTML,
    ".xhtml": _HTML,
    ".docx": _DOCX,
    ".docm": _DOCX,
    ".pdf": _reader("pdf"),
}
_PAIRS = (".xlf", ".xliff", ".mxliff", ".sdlxliff", ".tmx")


def raw(path: str | Path) -> Raw:
    """Read a file as its format keeps it, before it is cut into segments. Raises `ReadError`."""
    place = Path(path)
    check_path(place)
    suffix = place.suffix.lower()
    reader = SUFFIXES.get(suffix)
    if reader is None and suffix[1:] in plugins.names("mocalign.readers"):
        made: Raw = plugins.load("mocalign.readers", suffix[1:])(place)
        return made
    if reader is None:
        accepted = ", ".join([*(k for k in SUFFIXES if k), *_PAIRS])
        hint = " as DOCX" if suffix in (".doc", ".rtf", ".odt", ".pages", ".wps", ".jtd") else ""
        hint = hint and f"; save it{hint}"
        raise ReadError(f"{place}: the suffix {place.suffix!r} is not read{hint}; accepted: {accepted}")
    return reader(place)


def is_read(path: str | Path) -> bool:
    """Tell by its suffix whether a file is of a kind that is read; a name without suffix is not."""
    suffix = Path(path).suffix.lower()
    return bool(suffix) and (suffix in SUFFIXES or suffix in _PAIRS or suffix[1:] in plugins.names("mocalign.readers"))


def read(path: str | Path, lang: Lang) -> Document:
    """Read a file into a `Document`. Raises `ReadError` with one clear line.

    Of a file that holds both languages in units of a translation (XLIFF, TMX) the side `lang` is returned.
    """
    if Path(path).suffix.lower() in _PAIRS:
        ja, en = read_pair(path)
        return ja if lang == "ja" else en
    return document(raw(path), lang, source=str(path))


def parse(text: str, lang: Lang, *, source: str = "<text>") -> Document:
    """Cut plain text or Markdown into a `Document`."""
    return document(_text.blocks(text), lang, source=source)


def document(raw: Raw, lang: Lang, *, source: str) -> Document:
    """Cut what a reader returned into a `Document`."""
    segments, furniture = segment(raw, lang)
    return Document(lang, source, raw.text, segments, furniture, raw.notices)


def read_pair(path: str | Path) -> tuple[Document, Document]:
    """Read a file that holds both languages: XLIFF 1.2/2.x, TMX 1.4, or a document with both in turn or side by side.

    Returns (ja, en). Both documents of a mixed file share its text; of XLIFF and TMX each has its own. Raises `ReadError`
    when one of the languages is missing.
    """
    from mocalign.readers import bilingual, xliff

    place = Path(path)
    check_path(place)
    if place.suffix.lower() in _PAIRS:
        return xliff.read_pair(place)
    return bilingual.split(raw(place), source=str(path))


def is_bilingual(path: str | Path) -> bool:
    """Tell whether a file holds both languages, paragraph by paragraph or side by side. Raises `ReadError`."""
    from mocalign.readers import bilingual

    place = Path(path)
    if place.suffix.lower() in _PAIRS:
        check_path(place)
        return True
    return bilingual.is_mixed(raw(place))
