"""The bundled corpora by name, wherever the package is installed."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from mocalign.errors import ConfigError, nearest
from mocalign.model import Document, Lang

__all__ = ["Corpus", "folder", "load", "names"]


def folder() -> Path:
    """Return the folder that holds the corpora: inside an installed wheel, or beside `src` in a checkout."""
    here = Path(__file__).resolve().parent
    for place in (here / "_corpora", here.parent.parent / "corpora"):
        if place.is_dir():
            return place
    raise ConfigError("the bundled corpora are not installed; reinstall mocalign")


def names() -> tuple[str, ...]:
    """Return the names of the bundled instruments, sorted."""
    return tuple(sorted(p.name for p in folder().iterdir() if (p / "about.toml").is_file()))


@dataclass(frozen=True, slots=True)
class Corpus:
    """A bundled instrument. `beads` are gold: (ja line numbers, en line numbers, relation), lines from 1."""

    name: str
    path: Path
    about: Mapping[str, Any]
    ja: Document
    en: Document
    beads: tuple[tuple[tuple[int, ...], tuple[int, ...], str], ...]


def load(name: str) -> Corpus:
    """Load a bundled instrument. Raises `ConfigError` for an unknown name, with the nearest."""
    from mocalign import readers

    place = folder() / name
    if not (place / "about.toml").is_file():
        raise ConfigError(f"no corpus is called {name!r}{nearest(name, names())}")

    def side(lang: Lang) -> Document:
        text = readers.read(place / f"{lang}.md", lang)
        return Document(lang, f"corpora/{name}/{lang}.md", text.text, text.segments, text.furniture, text.notices)

    beads = []
    for row in (place / "beads.tsv").read_text(encoding="utf-8").splitlines()[1:]:
        if row.strip():
            ja, en, relation = row.split("\t")
            beads.append((tuple(map(int, ja.split())), tuple(map(int, en.split())), relation))
    about = tomllib.loads((place / "about.toml").read_text(encoding="utf-8"))
    return Corpus(name, place, about, side("ja"), side("en"), tuple(beads))
