"""Embedders: the cache and what is refused."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from mocalign.embed import (
    CachedEmbedder,
    LexicalEmbedder,
    LocalServerEmbedder,
    MultilingualEmbedder,
    Vectors,
    get_embedder,
)
from mocalign.errors import ConfigError


class Counting:
    """A lexical embedder that counts the texts it is given."""

    def __init__(self, name: str = "counting") -> None:
        self.name = name
        self.seen: list[str] = []

    def encode(self, texts: Sequence[str]) -> Vectors:
        self.seen += texts
        return LexicalEmbedder().encode(texts)


def test_a_second_run_encodes_nothing(tmp_path: Path) -> None:
    """Vectors survive in the file, once for each distinct text."""
    path = tmp_path / "cache" / "e.sqlite"
    first = Counting()
    a = CachedEmbedder(first, path).encode(["甲", "b", "甲", ""])
    assert sorted(first.seen) == ["", "b", "甲"]
    second = Counting()
    b = CachedEmbedder(second, path).encode(["b", "甲"])
    assert second.seen == []
    assert np.array_equal(b, a[[1, 0]])


def test_another_embedder_has_its_own_vectors(tmp_path: Path) -> None:
    """The key holds the name of the embedder."""
    CachedEmbedder(Counting("one"), tmp_path / "e").encode(["a"])
    other = Counting("two")
    CachedEmbedder(other, tmp_path / "e").encode(["a"])
    assert other.seen == ["a"]


@pytest.mark.parametrize("content", [b"", b"not a database at all" * 99, b"SQLite format 3\0" + b"\xff" * 5000])
def test_a_damaged_file_is_rebuilt(tmp_path: Path, content: bytes) -> None:
    """A file that is no cache is ignored and made anew."""
    path = tmp_path / "e.sqlite"
    path.write_bytes(content)
    expected = LexicalEmbedder().encode(["甲乙"])
    assert np.array_equal(CachedEmbedder(Counting(), path).encode(["甲乙"]), expected)
    again = Counting()
    assert np.array_equal(CachedEmbedder(again, path).encode(["甲乙"]), expected)
    assert again.seen == []


def test_a_foreign_database_is_rebuilt(tmp_path: Path) -> None:
    """A database of another program is not read as ours."""
    path = tmp_path / "e.sqlite"
    with sqlite3.connect(path) as other:
        other.execute("CREATE TABLE vectors (key BLOB PRIMARY KEY, crc INTEGER, data BLOB)")
    inner = Counting()
    CachedEmbedder(inner, path).encode(["x"])
    assert inner.seen == ["x"]


def test_a_changed_row_is_computed_again(tmp_path: Path) -> None:
    """A row whose checksum does not fit is not believed."""
    path = tmp_path / "e.sqlite"
    CachedEmbedder(Counting(), path).encode(["x"])
    with sqlite3.connect(path) as connection:
        connection.execute("UPDATE vectors SET data = zeroblob(2048)")
    inner = Counting()
    CachedEmbedder(inner, path).encode(["x"])
    assert inner.seen == ["x"]


def test_a_cache_that_cannot_be_written_is_no_error(tmp_path: Path) -> None:
    """Work goes on without a cache."""
    (tmp_path / "file").write_text("x")
    inner = CachedEmbedder(Counting(), tmp_path / "file" / "e.sqlite")
    assert inner.encode(["x"]).shape == (1, 512)


@pytest.mark.parametrize(
    "url",
    [
        "http://example.com/v1",
        "https://127.0.0.1/v1",
        "http://127.0.0.1.example.com/v1",
        "http://user@localhost/v1",
        "http://127.0.0.1@evil.example/v1",
        "http://[::1/v1",
        "ftp://localhost/",
    ],
)
def test_only_this_machine_is_asked(url: str) -> None:
    """A server anywhere else is refused before anything is sent."""
    with pytest.raises(ConfigError, match="this machine"):
        LocalServerEmbedder(url)
    with pytest.raises(ConfigError):
        get_embedder(url)


def test_unknown_names_are_refused() -> None:
    """The message names what is known."""
    with pytest.raises(ConfigError, match="lexical"):
        get_embedder("lexica")


def test_built_in_encoder_takes_anything() -> None:
    """Empty texts and lone surrogates are no error; equal texts get equal vectors wherever they stand."""
    vectors = MultilingualEmbedder().encode(["", "協力", "\ud800", "cooperation", "協力", " "])
    assert not vectors[0].any()
    assert not vectors[5].any()
    assert np.array_equal(vectors[1], vectors[4])
    assert float(vectors[1] @ vectors[3]) > 0.5
