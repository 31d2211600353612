"""Many pairs at once: pairs a core-second and peak memory, against the same pairs one process at a time.

    python -m benchmarks.batch [--pairs 500] [--segments 60] [--jobs N] [--alone 10]

The pairs are made of the aligned paragraphs of the bundled corpora, drawn with a fixed seed, so that no two are alike. Each
figure is measured on whole processes: processor time of the command and its workers (`getrusage`), and the largest sum of the
proportional set sizes (PSS) of its processes, sampled ten times a second. `--alone` pairs are run one process each, and their
mean stands for all.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import resource
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Sequence
from pathlib import Path

from mocalign import corpora


def material() -> list[tuple[str, str]]:
    """Paragraph pairs of all bundled corpora, 1-1 beads only, as written."""
    out = []
    for name in corpora.names():
        corpus = corpora.load(name)
        texts = [(corpus.path / f"{lang}.md").read_text(encoding="utf-8").split("\n") for lang in ("ja", "en")]
        for ja, en, _ in corpus.beads:
            if len(ja) == len(en) == 1:
                out.append((texts[0][ja[0] - 1], texts[1][en[0] - 1]))
    return out


def make(folder: Path, pairs: int, segments: int) -> None:
    """Write pairs of files; the same arguments give the same bytes."""
    chance = random.Random(20260109)
    stock = material()
    for number in range(pairs):
        drawn = [stock[chance.randrange(len(stock))] for _ in range(segments)]
        for side, lang in enumerate(("ja", "en")):
            text = "\n\n".join(pair[side] for pair in drawn) + "\n"
            (folder / f"p{number:04}.{lang}.md").write_text(text, encoding="utf-8")


def _memory(root: int) -> int:
    """Sum of the proportional set sizes of a process and its descendants, in bytes."""
    children: dict[int, list[int]] = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                parent = int((entry / "stat").read_text().rsplit(")", 1)[1].split()[1])
            except (OSError, IndexError, ValueError):
                continue
            children.setdefault(parent, []).append(int(entry.name))
    total, todo = 0, [root]
    while todo:
        at = todo.pop()
        todo += children.get(at, [])
        try:
            for line in Path(f"/proc/{at}/smaps_rollup").read_text().splitlines():
                if line.startswith("Pss:"):
                    total += int(line.split()[1]) * 1024
        except OSError:
            continue
    return total


def measure(command: Sequence[str]) -> tuple[float, float, int]:
    """Run a command; return seconds, processor seconds and peak memory in bytes (0 where /proc is missing)."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    begun = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    peak = [0]

    def watch() -> None:
        while process.poll() is None:
            if Path("/proc").is_dir():
                peak[0] = max(peak[0], _memory(process.pid))
            time.sleep(0.1)

    watcher = threading.Thread(target=watch)
    watcher.start()
    code = process.wait()
    watcher.join()
    seconds = time.perf_counter() - begun
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    if code not in (0, 1):
        raise SystemExit(f"{' '.join(command)}: exit {code}")
    return seconds, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, peak[0]


def main(argv: Sequence[str] | None = None) -> int:
    """Print the figures as JSON."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pairs", type=int, default=500)
    parser.add_argument("--segments", type=int, default=60)
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--alone", type=int, default=10, help="pairs run one process each, for comparison")
    args = parser.parse_args(argv)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name, "in")
        folder.mkdir()
        make(folder, args.pairs, args.segments)
        tool = [sys.executable, "-m", "mocalign"]
        common = ["--no-cache", "--fail-on", "never"]
        seconds, cpu, peak = measure(
            [*tool, "batch", str(folder), "-o", f"{name}/out", "--jobs", str(args.jobs), "--quiet", *common]
        )
        alone = [
            measure(
                [
                    *tool,
                    "check",
                    str(folder / f"p{n:04}.ja.md"),
                    str(folder / f"p{n:04}.en.md"),
                    "-o",
                    f"{name}/x.json",
                    "-o",
                    f"{name}/x.html",
                    *common,
                ]
            )
            for n in range(min(args.alone, args.pairs))
        ]
    one_seconds = sum(a[0] for a in alone) / len(alone) if alone else 0.0
    one_cpu = sum(a[1] for a in alone) / len(alone) if alone else 0.0
    figures = {
        "pairs": args.pairs,
        "segments": args.segments,
        "jobs": args.jobs,
        "batch": {
            "seconds": round(seconds, 1),
            "core_seconds": round(cpu, 1),
            "pairs_per_core_second": round(args.pairs / cpu, 2),
            "pairs_per_second": round(args.pairs / seconds, 2),
            "peak_megabytes": round(peak / 1e6),
        },
        "one_process_a_pair": {
            "measured": len(alone),
            "seconds_a_pair": round(one_seconds, 2),
            "pairs_per_core_second": round(1 / one_cpu, 2) if one_cpu else None,
            "peak_megabytes": round(max((a[2] for a in alone), default=0) / 1e6),
        },
        "times_fewer_core_seconds": round(one_cpu * args.pairs / cpu, 2) if alone else None,
    }
    sys.stdout.write(json.dumps(figures, indent=1) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
