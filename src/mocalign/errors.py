"""The error tree. One line says what is wrong, where, and what would be accepted.

    MocalignError
    ├── ReadError            a file cannot be read as what it claims to be
    ├── ConfigError          an unknown or unusable setting, glossary, baseline or beads file
    ├── WriteError           an output cannot be written
    ├── MissingExtraError    an optional part is not installed
    └── PromiseError         a value that would break the promise of a noun (a bug in the caller)

A divergence between two texts is never an exception: it is a `Finding`.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable

__all__ = [
    "ConfigError",
    "MissingExtraError",
    "MocalignError",
    "PromiseError",
    "ReadError",
    "WriteError",
    "nearest",
]


class MocalignError(Exception):
    """Base of everything mocalign raises on purpose; the command line prints it in one line and exits with 2."""


class ReadError(MocalignError):
    """A file cannot be read as what it claims to be."""


class ConfigError(MocalignError):
    """A setting, glossary, baseline or beads file is unknown or cannot be used."""


class WriteError(MocalignError):
    """An output cannot be written."""


class MissingExtraError(MocalignError):
    """An optional part is needed and not installed; the message holds the command that installs it."""

    def __init__(self, what: str, extra: str) -> None:
        super().__init__(f"{what} needs an optional part: pip install 'mocalign[{extra}]'")


class PromiseError(MocalignError, ValueError):
    """A value that would break the promise of a noun."""


def nearest(name: str, known: Iterable[str]) -> str:
    """Return `` (did you mean 'x'?)`` for the known name nearest to `name`, else the list of known names."""
    names = sorted(known)
    close = difflib.get_close_matches(name, names, n=1, cutoff=0.6)
    return f" (did you mean {close[0]!r}?)" if close else f" (known: {', '.join(names)})"
