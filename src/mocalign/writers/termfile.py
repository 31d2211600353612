"""The terms of a pair as a file of their own: Excel, CSV or TBX, ready to become a glossary."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from mocalign.errors import WriteError
from mocalign.termlist import Term
from mocalign.writers import write_bytes

__all__ = ["SUFFIXES", "render", "save"]

SUFFIXES = (".xlsx", ".csv", ".tbx")
COLUMNS = ("ja", "en", "other renderings", "count", "score", "places")


def render(found: Sequence[Term], kind: str, *, lang: str = "en") -> bytes:
    """Return the bytes of a term file; `kind` is "xlsx", "csv" or "tbx". Raises `WriteError` for another."""
    if kind == "xlsx":
        from mocalign.writers.xlsx import terms_book

        return terms_book(found, lang=lang)
    if kind == "tbx":
        from mocalign.writers.tbx import term_base

        return term_base(found)
    if kind == "csv":
        from mocalign.writers.csv import table

        rows = []
        for t in found:
            others = "; ".join(f"{r.en} ({r.count})" for r in t.renderings[1:])
            places = ", ".join(dict.fromkeys(label for r in t.renderings for label in r.labels))
            rows.append((t.ja, t.en, others, t.count, t.score, places))
        return table(COLUMNS, rows).encode("utf-8")
    raise WriteError(f"terms are written as {', '.join(s[1:] for s in SUFFIXES)}, not as {kind!r}")


def save(found: Sequence[Term], path: str | Path, *, lang: str = "en") -> None:
    """Write a term file; the suffix says the format. Raises `WriteError`."""
    kind = Path(path).suffix.lower()
    if kind not in SUFFIXES:
        raise WriteError(f"{path}: terms are written to {', '.join(SUFFIXES)}")
    write_bytes(path, render(found, kind[1:], lang=lang))
