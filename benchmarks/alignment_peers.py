"""Peers of the aligner, run by a Python of their own so that they are never dependencies.

    python -m venv peers && peers/bin/pip install galechurch sentalign
    python -m benchmarks.alignment --peers peers/bin/python

This file is both sides of the conversation: imported, it starts the other Python; run as a script by that Python, it
answers one JSON line for every JSON line. Vectors are asked back from the parent, so that every aligner works from the
same embeddings.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path
from typing import IO, Any

import numpy as np

__all__ = ["PEERS", "Peer"]

PEERS = ("galechurch", "sentalign")


class Peer:
    """One peer in its own process; use as a context manager. A text pair gets `limit` seconds."""

    def __init__(self, python: str, name: str, embedder: Any, *, limit: float = 3600.0) -> None:
        self._python, self._name, self._embedder, self._limit = python, name, embedder, limit
        self.asking = 0.0
        """Seconds spent on the vectors the peer asked for."""

    def __enter__(self) -> Peer:
        self._folder = tempfile.TemporaryDirectory()
        self._process = subprocess.Popen(
            [self._python, __file__, self._name], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        return self

    def __exit__(self, *_: object) -> None:
        assert self._process.stdin
        self._process.stdin.close()
        self._process.wait(timeout=60)
        self._folder.cleanup()

    def align(self, ja: list[str], en: list[str]) -> list[tuple[tuple[int, ...], tuple[int, ...]]]:
        """Return the beads of two lists of texts."""
        stdin, stdout = self._process.stdin, self._process.stdout
        assert stdin
        assert stdout
        _say(stdin, {"ja": ja, "en": en})
        timer = threading.Timer(self._limit, self._process.kill)
        timer.start()
        try:
            while True:
                line = stdout.readline()
                if not line:
                    raise TimeoutError(f"{self._name} gave no answer (exit code {self._process.wait()})")
                answer = json.loads(line)
                if "beads" in answer:
                    return [(tuple(x), tuple(y)) for x, y in answer["beads"]]
                before = time.perf_counter()
                path = Path(self._folder.name) / "vectors.npy"
                np.save(path, self._embedder.encode(answer["encode"]))
                self.asking += time.perf_counter() - before
                _say(stdin, {"path": str(path)})
        finally:
            timer.cancel()


def _say(stream: IO[str], what: dict[str, Any]) -> None:
    stream.write(json.dumps(what) + "\n")
    stream.flush()


def _ask(texts: list[str]) -> Any:
    _say(sys.stdout, {"encode": list(texts)})
    return np.load(json.loads(sys.stdin.readline())["path"])


def _galechurch(ja: list[str], en: list[str]) -> list[tuple[list[int], list[int]]]:
    import galechurch  # type: ignore[import-not-found]

    # the expected ratio of lengths is that of the two texts; the program's own value is for like scripts
    block = galechurch.align(ja, en, mean_xy=sum(map(len, ja)) / max(1, sum(map(len, en))))
    out = []
    for line in block.to_pharaoh_lines():
        left, right = line.split(":")
        out.append((json.loads(left), json.loads(right)))
    return out


def _sentalign(ja: list[str], en: list[str]) -> list[tuple[list[int], list[int]]]:
    from sentalign import sentalign  # type: ignore[import-not-found]

    found = sentalign(ja, en, _ask, alignment_max_size=5)
    return [([int(i) for i in a.src_indices], [int(j) for j in a.tgt_indices]) for a in found.alignments]


def _answer(name: str) -> None:
    run = {"galechurch": _galechurch, "sentalign": _sentalign}[name]
    for line in sys.stdin:
        task = json.loads(line)
        _say(sys.stdout, {"beads": run(task["ja"], task["en"])})


if __name__ == "__main__":
    _answer(sys.argv[1])
