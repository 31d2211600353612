"""Time and memory of the aligner from cached embeddings: `python -m benchmarks.speed [SIZE …]`.

The pairs are the corpora, repeated; every repetition gets a serial number in its text and a small step aside in its
vector, so that no two segments are the same. Each size runs in a process of its own; memory is the highest resident
size of that process.
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
from mocalign import corpora
from mocalign.aligner import align
from mocalign.embed import Embedder, Vectors, get_embedder
from mocalign.model import Document

__all__ = ["run", "sizes"]

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


def sizes(wanted: Sequence[int] = SIZES) -> list[dict[str, Any]]:
    """Run every size in its own process."""
    out = []
    for size in wanted:
        done = subprocess.run(
            [sys.executable, "-m", "benchmarks.speed", "--one", str(size)], capture_output=True, text=True, check=True
        )
        out.append(json.loads(done.stdout.splitlines()[-1]))
    return out


if __name__ == "__main__":
    if sys.argv[1:2] == ["--one"]:
        print(json.dumps(run(int(sys.argv[2]))))
    else:
        for row in sizes([int(a) for a in sys.argv[1:]] or SIZES):
            print(row, flush=True)
