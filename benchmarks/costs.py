"""What each stage and each check costs: `python -m benchmarks.costs [NAME]`.

In a process of its own one instrument is reviewed to load the models and dictionaries; then another goes through the
stages: once *new* (no vector known), once *known* (every vector at hand, as from the cache). Seconds of the wall clock;
the time inside the encoder is counted apart. Checks are timed in their order, the dearest are listed: what several
share (tokens, word links) is paid by the first that asks for it.
"""

from __future__ import annotations

import argparse
import itertools
import json
import subprocess
import sys
import time
from collections.abc import Sequence
from typing import Any

from mocalign import corpora
from mocalign.embed import Embedder, Vectors

__all__ = ["run"]

MEASURED, WARM = "nordland-customs-agreement", "kenya-health-moc"
LISTED = 12  # checks shown one by one


class _Watched:
    """An embedder that keeps what it has encoded and counts the seconds of the rest."""

    def __init__(self, inner: Embedder) -> None:
        self.name = inner.name
        self._inner = inner
        self._known: dict[str, Any] = {}
        self.seconds = 0.0
        self.texts = 0

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Return vectors of shape (len(texts), dimensions)."""
        new = [t for t in dict.fromkeys(texts) if t not in self._known]
        if new:
            begun = time.perf_counter()
            self._known.update(zip(new, self._inner.encode(new), strict=True))
            self.seconds += time.perf_counter() - begun
            self.texts += len(new)
        import numpy as np

        return np.asarray([self._known[t] for t in texts], dtype=np.float32) if texts else self._inner.encode([])


def _pass(name: str, embedder: _Watched) -> dict[str, Any]:
    from mocalign import api, embed
    from mocalign.checks.base import run as run_checks
    from mocalign.checks.installed import all_checks
    from mocalign.config import Config
    from mocalign.pair import Pair

    embed.get_embedder = lambda *_a, **_k: embedder  # type: ignore[assignment]
    folder = corpora.folder() / name
    config = Config(cache=False)
    before = embedder.seconds
    marks = [time.perf_counter()]
    ja = api.read(folder / "ja.md", "ja")
    en = api.read(folder / "en.md", "en")
    marks.append(time.perf_counter())
    alignment = api.align(ja, en, config=config, embedder=embedder)
    marks.append(time.perf_counter())
    encoding = embedder.seconds - before
    pair = Pair(alignment, config)
    spent: dict[str, float] = {}
    inner = embedder.seconds
    for check in all_checks():
        begun = time.perf_counter()
        run_checks(pair, config, [check])
        spent[f"{check.code} {check.name}"] = time.perf_counter() - begun
    marks.append(time.perf_counter())
    words = embedder.seconds - inner
    read, align, checks = (b - a for a, b in itertools.pairwise(marks))
    return {
        "segments": [len(ja.segments), len(en.segments)],
        "total": marks[-1] - marks[0],
        "read": read,
        "encode": encoding,
        "align": align - encoding,
        "encode words": words,
        "checks": checks - words,
        "by check": dict(sorted(spent.items(), key=lambda kv: -kv[1])),
    }


def measure(name: str = MEASURED) -> dict[str, Any]:
    """Return seconds of each stage for an instrument, new and with known vectors; call it in a fresh process."""
    from mocalign.embed import get_embedder

    begun = time.perf_counter()
    embedder = _Watched(get_embedder("auto", cache=False))
    _pass(WARM, embedder)
    loading = time.perf_counter() - begun
    new = _pass(name, embedder)
    return {"instrument": name, "first review, loading included": loading, "new": new, "known": _pass(name, embedder)}


def run(name: str = MEASURED) -> dict[str, Any]:
    """Return the seconds of each stage, measured in a process of its own."""
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.costs", name, "--json"], capture_output=True, text=True, check=True
    )
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def table(result: dict[str, Any]) -> str:
    """Return the costs as two Markdown tables: stages and the dearest checks."""
    new, known = result["new"], result["known"]
    lines = [
        f"{result['instrument']}, {new['segments'][0]} + {new['segments'][1]} segments, seconds; the first review of a process, "
        f"loading included, took {result['first review, loading included']:.1f} s.",
        "",
        "| stage | every text new | vectors known |",
        "| --- | ---: | ---: |",
    ]
    for stage in ("read", "encode", "align", "encode words", "checks", "total"):
        lines.append(f"| {stage} | {new[stage]:.3f} | {known[stage]:.3f} |")
    lines += ["", "| check | seconds, vectors known |", "| --- | ---: |"]
    listed = list(known["by check"].items())
    lines += [f"| {check} | {spent:.3f} |" for check, spent in listed[:LISTED]]
    rest = listed[LISTED:]
    lines.append(f"| the other {len(rest)} | {sum(s for _, s in rest):.3f} |")
    return "\n".join(lines)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.costs", description="what each stage and check costs")
    parser.add_argument("name", nargs="?", default=MEASURED, help="a bundled instrument")
    parser.add_argument("--json", action="store_true", help="measure in this process and print JSON")
    args = parser.parse_args()
    print(json.dumps(measure(args.name)) if args.json else table(run(args.name)))


if __name__ == "__main__":
    main()
