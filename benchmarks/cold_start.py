"""Cold start: `mocalign --version`, and `mocalign check` on a small pair as a ratio to its imports.

    python -m benchmarks.cold_start [--runs 7]

Every figure is the median wall clock of whole processes. "Imports" is a process that imports, in the same order, every module
that the check had loaded when it ended, and does nothing else; the ratio says what opening the model, the dictionaries and
the work itself add.
"""

from __future__ import annotations

import argparse
import json
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

_CHECK = """
import json, sys
from mocalign.cli import main
code = main(sys.argv[2:])
json.dump([n for n in sys.modules if not n.startswith("__")], open(sys.argv[1], "w"))
sys.exit(0)
"""
_IMPORT = """
import importlib, json, sys
for name in json.load(open(sys.argv[1])):
    try:
        importlib.import_module(name)
    except Exception:
        pass
"""
JA = "# 覚書\n\n1. 双方は、費用を負担する。\n\n2. 双方は、毎年1回会合を開催する。\n"
EN = "# Memorandum\n\n1. Both sides meet the costs.\n\n2. Both sides meet once every year.\n"


def seconds(command: Sequence[str], runs: int) -> float:
    """Median seconds of a process."""
    taken = []
    for _ in range(runs):
        begun = time.perf_counter()
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
        taken.append(time.perf_counter() - begun)
    return statistics.median(taken)


def main(argv: Sequence[str] | None = None) -> int:
    """Print the figures as JSON."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=7)
    runs = parser.parse_args(argv).runs
    with tempfile.TemporaryDirectory() as name:
        ja, en, modules = Path(name, "a.ja.md"), Path(name, "a.en.md"), Path(name, "modules.json")
        ja.write_text(JA, encoding="utf-8")
        en.write_text(EN, encoding="utf-8")
        tail = [str(modules), "check", str(ja), str(en), "--no-cache", "--fail-on", "never"]
        check = seconds([sys.executable, "-c", _CHECK, *tail], runs)
        imports = seconds([sys.executable, "-c", _IMPORT, str(modules)], runs)
    figures = {
        "version_seconds": round(seconds([sys.executable, "-m", "mocalign", "--version"], runs), 3),
        "check_seconds": round(check, 2),
        "imports_seconds": round(imports, 2),
        "check_over_imports": round(check / imports, 2),
    }
    sys.stdout.write(json.dumps(figures, indent=1) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
