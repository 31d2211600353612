"""Other aligners on the same gold: galechurch (lengths alone) and sentalign (vecalign's programme over the same vectors).

Both live in a virtual environment of their own under the folder for temporary files and are never dependencies. sentalign
asks for the vectors that mocalign uses, so that what is compared is the search.
"""

from __future__ import annotations

import atexit
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from benchmarks.alignment import Bead, Run
from benchmarks.alignment_data import Gold
from benchmarks.alignment_peers import Peer
from benchmarks.peers import HOME, Absent
from mocalign.embed import Embedder

__all__ = ["TOOLS", "peer"]

TOOLS = {"galechurch": "galechurch==0.1.0", "sentalign": "sentalign==0.3.0"}


def _python(tool: str) -> Path:
    place = HOME / "alignment"
    python = place / "bin" / "python"
    mark = place / f"{tool}.installed"
    if not mark.is_file():
        steps = [
            [sys.executable, "-m", "venv", str(place)],
            [str(python), "-m", "pip", "install", "--quiet", TOOLS[tool]],
        ]
        for step in steps:
            done = subprocess.run(step, capture_output=True, text=True, check=False)
            if done.returncode != 0:
                shutil.rmtree(place, ignore_errors=True)
                raise Absent(f"{TOOLS[tool]} cannot be installed: {done.stderr.strip().splitlines()[-1][:200]}")
        mark.touch()
    return python


def peer(tool: str, embedder: Embedder) -> Run:
    """Return another aligner in the shape of `benchmarks.alignment.own`; it asks for the vectors of `embedder`.

    Raises `Absent` when it cannot be installed or gives no answer within ten minutes.
    """
    process = Peer(str(_python(tool)), tool, embedder, limit=600.0).__enter__()
    atexit.register(process.__exit__)

    def run(gold: Gold) -> tuple[list[Bead], list[Bead], list[tuple[float, Bead]]]:
        try:
            beads = process.align([t or " " for t in gold.ja], [t or " " for t in gold.en])
        except OSError as error:
            raise Absent(str(error)) from error
        return _whole(beads, gold), [], []

    return run


def _whole(beads: Sequence[Bead], gold: Gold) -> list[Bead]:
    """Add what a tool leaves without a counterpart, each segment alone."""
    out = [b for b in beads if b[0] and b[1]]
    for side, texts in ((0, gold.ja), (1, gold.en)):
        seen = {i for b in beads for i in b[side]}
        out += [((i,), ()) if side == 0 else ((), (i,)) for i in range(len(texts)) if i not in seen]
    return out
