"""Plain text and Markdown."""

from __future__ import annotations

from pathlib import Path

from mocalign.errors import ReadError
from mocalign.segment import Block, Raw

__all__ = ["blocks", "read"]


def read(path: Path) -> Raw:
    """Read a text file."""
    try:
        return blocks(path.read_bytes().decode("utf-8-sig"))
    except OSError as error:
        raise ReadError(f"{path}: cannot be read: {error.strerror}") from None


def blocks(text: str) -> Raw:
    """One block a line that is not blank."""
    out = []
    at = 0
    for line in text.splitlines(keepends=True):
        body = line.strip()
        if body:
            start = at + line.index(body)
            out.append(Block(start, start + len(body)))
        at += len(line)
    return Raw(text, tuple(out))
