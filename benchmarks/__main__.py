"""The benchmark: `python -m benchmarks` runs everything and writes results/latest.json and results/latest.md.

python -m benchmarks [--quick] [--split dev|test|all] [--only CLASS] [--seed N] [--readme] [--compare OLD.json]
                     [--part findings|peers|alignment|costs|speed]
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import mocalign
from benchmarks import findings, table
from mocalign import corpora
from mocalign.embed import get_embedder
from mocalign.japanese import dictionary_version
from mocalign.lexicon import dictionary_name

__all__ = ["main", "signature"]

HERE = Path(__file__).resolve().parent
PARTS = ("findings", "peers", "alignment")


def signature(*, split: str, seed: int, number: int | None, embedder: str = "auto") -> dict[str, Any]:
    """What was run: versions, embedder, dictionaries, digests of the instruments, seed."""
    from mocalign.checks import CHECKS

    digests = {}
    for name in corpora.names():
        digest = hashlib.sha256()
        for part in ("ja.md", "en.md", "beads.tsv"):
            digest.update((corpora.folder() / name / part).read_bytes())
        digests[name] = digest.hexdigest()[:16]
    return {
        "mocalign": mocalign.__version__,
        "python": ".".join(map(str, sys.version_info[:2])),
        "embedder": get_embedder(embedder).name,
        "dictionary": dictionary_version(),
        "bilingual": dictionary_name(),
        "checks": " ".join(c.code for c in CHECKS),
        "split": split,
        "seed": seed,
        "number": number or f"{findings.WANTED} a class",
        "corpora": digests,
    }


def alignment(*, quick: bool = False, split: str = "test") -> list[dict[str, Any]]:
    """Return the figures of the aligner and of its peers on the gold, one entry for each aligner and set of texts."""
    from benchmarks import alignment as bench
    from benchmarks.peers import Absent
    from benchmarks.peers_alignment import TOOLS, peer
    from mocalign.aligner import Options

    sets = [(f"{split} instruments, paragraphs", bench.golds(split), True)]
    if not quick:
        sets.append((f"{split} instruments, sentences", bench.golds(split, sentences=True), False))
        sets.append(("real documents, paragraphs", bench.golds("real", real=findings.SHARED / "real"), False))
    out = []
    for name in ("mocalign", *TOOLS):
        for texts, golds, headline in sets:
            if not golds:
                continue
            entry: dict[str, Any] = {"aligner": name, "texts": texts, "headline": headline}
            try:
                run = (
                    bench.own(get_embedder("auto"), Options())
                    if name == "mocalign"
                    else peer(name, get_embedder("auto"))
                )
                found, scores = bench.evaluate(golds, run, seeds=range(1, 2 if quick else 4))
                entry["table"] = found
                if name == "mocalign":
                    entry["calibration"] = bench.calibration(scores)
            except (Absent, OSError) as error:
                entry["skipped"] = str(error)
            out.append(entry)
    return out


def main(argv: Sequence[str] | None = None) -> int:
    """Run the benchmark."""
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks", description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--split", choices=("dev", "test", "all"), default="test")
    parser.add_argument(
        "--quick", action="store_true", help="one mutant for each operator and instrument, findings alone"
    )
    parser.add_argument(
        "--only",
        action="append",
        default=[],
        metavar="CLASS",
        help="only this class or operator; prints, writes nothing",
    )
    parser.add_argument("-n", type=int, default=None, help="mutants for each operator and instrument")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument(
        "--part",
        action="append",
        choices=(*PARTS, "costs", "speed"),
        default=[],
        help="only this part; the others stay as they were",
    )
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument(
        "--readme", action="store_true", help="put the table of the last results into README.md, without a run"
    )
    parser.add_argument("--compare", metavar="OLD.json", help="print what changed against another result")
    parser.add_argument("--no-run", action="store_true", help="with --compare: compare the last results, without a run")
    parser.add_argument(
        "-o", default=str(HERE / "results" / "latest.json"), metavar="FILE", help="where the results are"
    )
    args = parser.parse_args(argv)
    target = Path(args.o)
    if args.readme:
        if not table.refresh(HERE.parent / "README.md", json.loads(target.read_text(encoding="utf-8"))):
            print(f"README.md has no line {table.BEGIN}", file=sys.stderr)
            return 2
        return 0
    old = json.loads(Path(args.compare).read_text(encoding="utf-8")) if args.compare else None
    if args.no_run:
        if old is not None:
            print(table.compare(old, json.loads(target.read_text(encoding="utf-8"))))
        return 0
    begun = time.perf_counter()

    def log(line: str) -> None:
        print(f"{time.perf_counter() - begun:6.0f} s {line}", file=sys.stderr, flush=True)

    parts = args.part or (["findings"] if args.quick or args.only else list(PARTS))
    kept = json.loads(target.read_text(encoding="utf-8")) if args.part and target.is_file() else {}
    result: dict[str, Any] = {"schema": "mocalign-benchmark/1", **kept}
    result["signature"] = signature(split=args.split, seed=args.seed, number=args.n)
    if "findings" in parts:
        log("findings")
        result["findings"] = findings.run(
            split=args.split, number=args.n, quick=args.quick, only=args.only, seed=args.seed, real=not args.quick,
            errata=not args.quick, processes=args.processes, log=log,
        )  # fmt: skip
    if "peers" in parts:
        from benchmarks import peers
        from benchmarks.mutate import mutants

        log("peers")
        found = findings.sources(args.split)
        chosen = findings.usable(args.split)
        number = findings.amounts(found, chosen, number=args.n, quick=args.quick, seed=args.seed)
        planted = [m for s in found for m in mutants(s, number=number, seed=args.seed, chosen=chosen)]
        result["peers"] = peers.run(found, planted)
    if "alignment" in parts:
        log("alignment")
        result["alignment"] = alignment(quick=args.quick, split="dev" if args.split == "dev" else "test")
    if "costs" in parts:
        from benchmarks import costs

        log("costs")
        result["costs"] = costs.run()
    if "speed" in parts:
        from benchmarks import speed

        log("speed")
        result["speed"] = speed.sizes()
    log("done")
    text = table.markdown(result) if "findings" in result else json.dumps(result, ensure_ascii=False, indent=1)
    if args.quick or args.only:
        print(text)
    else:
        target.parent.mkdir(parents=True, exist_ok=True)
        kept = table.without_texts(result)
        target.write_text(json.dumps(kept, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
        target.with_suffix(".md").write_text(text, encoding="utf-8")
        print(f"wrote {target} and {target.with_suffix('.md').name}")
    if old is not None:
        print(table.compare(old, table.without_texts(result)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
