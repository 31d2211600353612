"""Time and memory of the aligner from cached embeddings: `python -m benchmarks.speed [SIZE …] [--peers PYTHON]`.

The pairs are the corpora, repeated; every repetition gets a serial number in its text and a small step aside in its
vector, so that no two segments are the same. Each size runs in a process of its own; memory is the highest resident
size of that process. With `--peers` other aligners get the same pair and the same vectors in a process of their own
(`benchmarks.alignment_peers` says how that Python is made), fifteen minutes each; the seconds leave out those spent on
making vectors, and the memory is the peer's alone.
"""

from __future__ import annotations

import json
import re
import resource
import subprocess
import sys
import time
import zlib
from collections.abc import Sequence
from typing import Any

import numpy as np

from benchmarks.alignment import measure, summary
from benchmarks.alignment_data import corpus_gold, joined
from benchmarks.alignment_peers import PEERS, Peer
from mocalign import corpora
from mocalign.aligner import align
from mocalign.embed import Embedder, Vectors, get_embedder
from mocalign.model import Document

__all__ = ["peer", "run", "sizes"]

SIZES = (100, 1_000, 10_000, 30_000)
_MARK = re.compile(r" ?\[\d+-\d+\]")


class Prepared:
    """Vectors of texts that were all encoded before the clock starts; a text that was not is encoded then."""

    def __init__(self, inner: Embedder, texts: Sequence[str]) -> None:
        self.name = inner.name
        self._inner = inner
        self._known: dict[str, Vectors] = {}
        self.asked = 0
        self._add(texts)

    def _add(self, texts: Sequence[str]) -> None:
        plain = [_MARK.sub("", t) for t in texts]
        base = dict(zip(dict.fromkeys(plain), self._inner.encode(list(dict.fromkeys(plain))), strict=True))
        for text, key in zip(texts, plain, strict=True):
            mark = "".join(_MARK.findall(text))
            step = (
                np.random.default_rng(zlib.crc32(mark.encode())).standard_normal(512).astype(np.float32) if mark else 0
            )
            vector = base[key] + np.float32(0.005) * step
            self._known[text] = np.asarray(vector / max(1e-9, float(np.linalg.norm(vector))), dtype=np.float32)

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Return the vectors of texts."""
        new = [t for t in dict.fromkeys(texts) if t not in self._known]
        if new:
            self.asked += len(new)
            self._add(new)
        return np.stack([self._known[t] for t in texts])


def run(size: int) -> dict[str, Any]:
    """Align a pair of `size` segments a side; seconds, megabytes and quality."""
    gold = joined([corpus_gold(n) for n in corpora.names()], size=size)
    ja, en = Document.from_segments("ja", gold.ja), Document.from_segments("en", gold.en)
    from mocalign.aligner_score import items

    embedder = Prepared(get_embedder("use"), [x.text for d in (ja, en) for x in items(d)])
    align(ja, en, embedder=embedder)  # larger beads ask for texts of their own; the cache would hold them
    before, cpu = time.perf_counter(), time.process_time()
    found = align(ja, en, embedder=embedder)
    seconds, used = time.perf_counter() - before, time.process_time() - cpu
    beads = [(tuple(s.index for s in b.ja), tuple(s.index for s in b.en)) for b in found.beads]
    quality = summary([measure(gold.beads, beads, [], crossing=False)])
    return {
        "segments": [len(gold.ja), len(gold.en)],
        "seconds": round(seconds, 2),
        "cpu_seconds": round(used, 2),
        "megabytes": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024),
        "strict_f1": quality["strict_f1"],
        "lax_f1": quality["lax_f1"],
    }


def peer(size: int, name: str, python: str, limit: float = 900.0) -> dict[str, Any]:
    """Let another aligner align the same pair; what it needed, or why it gave no answer."""
    gold = joined([corpus_gold(n) for n in corpora.names()], size=size)
    embedder = Prepared(get_embedder("use"), [*gold.ja, *gold.en])
    row: dict[str, Any] = {"aligner": name, "segments": [len(gold.ja), len(gold.en)]}
    try:
        with Peer(python, name, embedder, limit=limit) as process:
            before = time.perf_counter()
            beads = process.align(list(gold.ja), list(gold.en))
            row["seconds"] = round(time.perf_counter() - before - process.asking, 2)
    except (OSError, ValueError) as error:
        return {**row, "failed": f"{error}; the limit was {limit:.0f} s"}
    row["megabytes"] = round(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024)
    quality = summary([measure(gold.beads, beads, [], crossing=False)])
    return {**row, "strict_f1": quality["strict_f1"], "lax_f1": quality["lax_f1"]}


def sizes(wanted: Sequence[int] = SIZES, *, peers: str | None = None) -> list[dict[str, Any]]:
    """Run every size and every aligner in its own process; `peers` is the Python that has the others."""
    out = []
    for size in wanted:
        tasks = [["--one", str(size)]]
        tasks += [["--peer", str(size), name, peers] for name in PEERS if peers]
        for task in tasks:
            command = [sys.executable, "-m", "benchmarks.speed", *task]
            done = subprocess.run(command, capture_output=True, text=True, check=True)
            out.append(json.loads(done.stdout.splitlines()[-1]))
    return out


def main() -> None:
    """Run from the command line."""
    if sys.argv[1:2] == ["--one"]:
        print(json.dumps({"aligner": "mocalign", **run(int(sys.argv[2]))}))
    elif sys.argv[1:2] == ["--peer"]:
        print(json.dumps(peer(int(sys.argv[2]), sys.argv[3], sys.argv[4])))
    else:
        words = sys.argv[1:]
        at = words.index("--peers") if "--peers" in words else len(words)
        python = words[at + 1] if at + 1 < len(words) else None
        for row in sizes([int(a) for a in words[:at]] or SIZES, peers=python):
            print(row, flush=True)


if __name__ == "__main__":
    main()
