"""Writers: a format is one file with a function of a `Report`. `write(report, path)` takes the format from the suffix."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path

from mocalign import plugins
from mocalign.errors import WriteError, nearest
from mocalign.report import Report

__all__ = ["FORMATS", "Format", "Options", "format_named", "format_of", "render", "write", "write_bytes"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """What a writer may be told: the language of messages, exact suggestions as tracked changes, colour on a terminal."""

    lang: str = "en"
    suggest: bool = False
    colour: bool = False
    width: int = 100
    side: str = "ja"
    fail_on: str = "major"


@dataclass(frozen=True, slots=True)
class Format:
    """A format: its name, suffixes and the module in `mocalign.writers` whose `render(report, options)` makes it.

    `plugin` says that an entry point of that name makes it instead. `render` returns `str` (text formats, UTF-8) or `bytes`.
    """

    name: str
    suffixes: tuple[str, ...]
    module: str
    plugin: bool = False

    @property
    def render(self) -> Callable[[Report, Options], str | bytes]:
        """The writer, imported on first use."""
        if self.plugin:
            return plugins.load("mocalign.writers", self.name)  # type: ignore[no-any-return]
        return import_module(f"mocalign.writers.{self.module}").render  # type: ignore[no-any-return]


_ALL = (
    Format("text", (".txt",), "text"),
    Format("json", (".json",), "json"),
    Format("html", (".html", ".htm"), "html"),
    Format("docx", (".docx",), "docx"),
    Format("xlsx", (".xlsx",), "xlsx"),
    Format("csv", (".csv",), "csv"),
    Format("tmx", (".tmx",), "tmx"),
    Format("xliff", (".xlf", ".xliff"), "xliff"),
    Format("tbx", (".tbx",), "tbx"),
    Format("sarif", (".sarif", ".sarif.json"), "sarif"),
    Format("junit", (".junit.xml", ".xml"), "junit"),
    Format("github", (), "github"),
    Format("markdown", (".md", ".markdown"), "markdown"),
)
FORMATS: Mapping[str, Format] = {f.name: f for f in _ALL}


def _plugin(name: str) -> Format:
    return Format(name, (f".{name}",), "", plugin=True)


def format_of(path: str | Path) -> Format:
    """Return the format of a path by its (longest) suffix. Raises `WriteError` for an unknown one."""
    name = Path(path).name.lower()
    suffix = Path(name).suffix[1:]
    fits = [(s, f) for f in _ALL for s in f.suffixes if name.endswith(s)]
    if not fits and suffix in plugins.names("mocalign.writers"):
        return _plugin(suffix)
    if not fits:
        known = sorted(s for f in _ALL for s in f.suffixes)
        raise WriteError(f"{path}: no format is known for this suffix; accepted: {', '.join(known)}")
    return max(fits, key=lambda item: len(item[0]))[1]


def format_named(name: str) -> Format:
    """Return a format by its name. Raises `WriteError` for an unknown one, with the nearest."""
    if name in plugins.names("mocalign.writers") and name not in FORMATS:
        return _plugin(name)
    if name not in FORMATS:
        raise WriteError(f"format {name!r} is unknown{nearest(name, FORMATS)}")
    return FORMATS[name]


def render(report: Report, name: str, options: Options | None = None) -> str | bytes:
    """Return a report in a format by name. Raises `WriteError` for an unknown format."""
    return format_named(name).render(report, options or Options())


def write(report: Report, path: str | Path, options: Options | None = None) -> None:
    """Write a report to a file, whole or not at all; the format comes from the suffix."""
    content = format_of(path).render(report, options or Options())
    write_bytes(path, content.encode("utf-8") if isinstance(content, str) else content)


def write_bytes(path: str | Path, content: bytes) -> None:
    """Write a file atomically: a reader sees the old content or the new, never a part. Raises `WriteError`."""
    place = Path(path)
    try:
        handle, name = tempfile.mkstemp(prefix=f".{place.name}.", dir=place.parent)
        try:
            with os.fdopen(handle, "wb") as stream:
                stream.write(content)
                stream.flush()
                os.fsync(stream.fileno())
            mask = os.umask(0)
            os.umask(mask)
            Path(name).chmod(0o666 & ~mask)
            Path(name).replace(place)
        except BaseException:
            Path(name).unlink(missing_ok=True)
            raise
    except OSError as error:
        raise WriteError(f"{place}: cannot be written: {error.strerror}") from None
