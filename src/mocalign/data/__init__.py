"""Word lists: TSV files, each row with its source."""

from __future__ import annotations

from functools import lru_cache
from importlib.resources import files

__all__ = ["rows"]


@lru_cache(maxsize=64)
def rows(name: str) -> tuple[dict[str, str], ...]:
    """Return the rows of `data/NAME.tsv` as dictionaries; lines that begin with # are comments."""
    text = files("mocalign.data").joinpath(f"{name}.tsv").read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if line and not line.startswith("#")]
    head = lines[0].split("\t")
    return tuple(dict(zip(head, [*line.split("\t"), *[""] * len(head)], strict=False)) for line in lines[1:])


def binary(name: str) -> bytes:
    """Return the bytes of a data file."""
    return (files(__name__) / name).read_bytes()
