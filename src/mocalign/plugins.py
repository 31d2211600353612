"""Checks, readers, writers and embedders of other packages, found by their entry points and loaded on use.

| group                | name of the entry point | object it points at                                          |
|----------------------|-------------------------|--------------------------------------------------------------|
| `mocalign.checks`    | any                     | a `Check` or an iterable of them                              |
| `mocalign.readers`   | a suffix without dot    | a function `(pathlib.Path) -> mocalign.segment.Raw`           |
| `mocalign.writers`   | a format, also a suffix | a function `(Report, Options) -> str or bytes`                |
| `mocalign.embedders` | NAME of `plugin:NAME`   | a function `() -> Embedder`                                   |

A plug-in that cannot be loaded is a `ConfigError` of one line that names the package; nothing is skipped in silence.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from mocalign.errors import ConfigError

__all__ = ["GROUPS", "load", "names"]

GROUPS = ("mocalign.checks", "mocalign.embedders", "mocalign.readers", "mocalign.writers")


@lru_cache(maxsize=8)
def _points(group: str) -> tuple[Any, ...]:
    from importlib.metadata import entry_points

    return tuple(sorted(entry_points(group=group), key=lambda point: (point.name, point.value)))


def names(group: str) -> tuple[str, ...]:
    """Return the names of the entry points of a group, sorted; nothing is loaded."""
    return tuple(dict.fromkeys(point.name for point in _points(group)))


@lru_cache(maxsize=64)
def load(group: str, name: str) -> Any:
    """Load the object of an entry point.

    Raises `ConfigError` when two packages offer the name, or when loading fails for whatever reason.
    """
    fits = [point for point in _points(group) if point.name == name]
    if not fits:
        raise ConfigError(f"no plug-in {name!r} is installed in {group} (known: {', '.join(names(group)) or 'none'})")
    if len({point.value for point in fits}) > 1:
        packages = " and ".join(sorted({_package(point) for point in fits}))
        raise ConfigError(f"{packages} both offer the plug-in {name!r} of {group}: uninstall one")
    point = fits[0]
    try:
        return point.load()
    except Exception as error:  # a plug-in may fail in any way; the person needs its name
        raise ConfigError(
            f"the plug-in {name!r} of {group} ({point.value}, package {_package(point)}) cannot be loaded: "
            f"{type(error).__name__}: {error}"
        ) from error


def _package(point: Any) -> str:
    return str(point.dist.name) if point.dist is not None else "unknown"
