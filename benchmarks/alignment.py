"""The alignment benchmark: `python -m benchmarks.alignment` prints a table and writes one JSON.

Strict and lax precision, recall and F1 of beads as in vecalign's score.py (Thompson and Koehn 2019): a strict hit is a
bead equal to a gold bead; a lax hit shares a segment on both sides with one; beads with an empty side do not count in
either. Segments without a counterpart and moved segments have their own precision and recall.
"""

from __future__ import annotations

import argparse
import json
import random
from collections import defaultdict
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from benchmarks.alignment_data import (
    CONDITIONS,
    Gold,
    corpus_gold,
    real_gold,
    real_sentences,
    sentence_gold,
    without_labels,
)
from benchmarks.alignment_peers import PEERS, Peer
from mocalign import corpora
from mocalign.aligner import Options, align
from mocalign.aligner_search import heaviest_chain
from mocalign.embed import Embedder, get_embedder
from mocalign.model import Document

__all__ = ["benchmark", "evaluate", "golds", "markdown", "measure"]

Bead = tuple[tuple[int, ...], tuple[int, ...]]


def golds(split: str, *, real: Path | None = None, sentences: bool = False) -> list[Gold]:
    """The gold of a split ("dev", "test", "real")."""
    if split == "real":
        if real is None:
            return []
        return real_sentences(real) if sentences else real_gold(real)
    names = [n for n in corpora.names() if corpora.load(n).about.get("split") == split]
    return [sentence_gold(n) if sentences else corpus_gold(n) for n in names]


def _crossing(beads: Sequence[Bead]) -> tuple[set[Bead], int]:
    """The beads that cross another one, and how few would have to go to leave the rest in order."""
    both = [b for b in beads if b[0] and b[1]]
    chain = heaviest_chain([(b[0][0], b[1][0], 1.0) for b in both])
    crossing = set()
    for x in both:
        for y in both:
            if (x[0][0] - y[0][0]) * (x[1][0] - y[1][0]) < 0:
                crossing.add(x)
                break
    return crossing, len(both) - len(chain)


def measure(
    gold: Sequence[Bead], found: Sequence[Bead], moved: Sequence[Bead], *, crossing: bool = True
) -> dict[str, int]:
    """Count hits; sums over documents give precision and recall."""
    true, mine = {b for b in gold if b[0] and b[1]}, {b for b in found if b[0] and b[1]}
    cells = {(i, j) for x, y in true for i in x for j in y}
    own = {(i, j) for x, y in mine for i in x for j in y}
    lonely = {(s, k) for b in gold if not (b[0] and b[1]) for s in (0, 1) for k in b[s]}
    left = {(s, k) for b in found if not (b[0] and b[1]) for s in (0, 1) for k in b[s]}
    crosses, fewest = _crossing(gold) if crossing else (set(), 0)
    right = [b for b in moved if b in crosses]
    return {
        "gold": len(true),
        "found": len(mine),
        "strict": len(true & mine),
        "lax_precise": sum(any((i, j) in cells for i in x for j in y) for x, y in mine),
        "lax_recalled": sum(any((i, j) in own for i in x for j in y) for x, y in true),
        "alone_gold": len(lonely),
        "alone_found": len(left),
        "alone_right": len(lonely & left),
        "moved_gold": fewest,
        "moved_found": len(moved),
        "moved_precise": len(right),
        "moved_recalled": min(fewest, len(right)),
    }


def _ratio(a: float, b: float) -> float | None:
    return round(a / b, 4) if b else None


def summary(counts: Sequence[dict[str, int]]) -> dict[str, Any]:
    """Turn counts of documents into the figures of the table; F1 is the mean over documents, the rest is pooled."""

    def f1(hit_p: int, p: int, hit_r: int, r: int) -> float:
        precision, recall = hit_p / p if p else 1.0, hit_r / r if r else 1.0
        return 2 * precision * recall / (precision + recall) if precision + recall else 0.0

    total: dict[str, int] = defaultdict(int)
    for c in counts:
        for k, v in c.items():
            total[k] += v
    mean = sum(f1(c["strict"], c["found"], c["strict"], c["gold"]) for c in counts) / max(1, len(counts))
    lax = sum(f1(c["lax_precise"], c["found"], c["lax_recalled"], c["gold"]) for c in counts) / max(1, len(counts))
    return {
        "strict_f1": round(mean, 4),
        "strict_precision": _ratio(total["strict"], total["found"]),
        "strict_recall": _ratio(total["strict"], total["gold"]),
        "lax_f1": round(lax, 4),
        "alone_precision": _ratio(total["alone_right"], total["alone_found"]),
        "alone_recall": _ratio(total["alone_right"], total["alone_gold"]),
        "alone": total["alone_gold"],
        "moved_precision": _ratio(total["moved_precise"], total["moved_found"]),
        "moved_recall": _ratio(total["moved_recalled"], total["moved_gold"]),
        "moved": total["moved_gold"],
        "beads": total["gold"],
        "documents": len(counts),
    }


Run = Callable[[Gold], tuple[list[Bead], list[Bead], list[tuple[float, Bead]]]]


def own(embedder: Embedder, options: Options) -> Run:
    """The aligner under test."""

    def run(gold: Gold) -> tuple[list[Bead], list[Bead], list[tuple[float, Bead]]]:
        ja, en = Document.from_segments("ja", gold.ja), Document.from_segments("en", gold.en)
        found = align(ja, en, embedder=embedder, options=options)
        beads = [(tuple(s.index for s in b.ja), tuple(s.index for s in b.en)) for b in found.beads]
        moved = [x for x, b in zip(beads, found.beads, strict=True) if b.relation == "moved"]
        return beads, moved, [(b.score, x) for x, b in zip(beads, found.beads, strict=True)]

    return run


def evaluate(
    sets: Sequence[Gold],
    run: Run,
    *,
    seeds: Sequence[int],
    conditions: Sequence[str] = tuple(CONDITIONS),
    verbose: bool = False,
) -> tuple[dict[str, dict[str, Any]], list[tuple[float, bool, str]]]:
    """Run an aligner over every gold and condition; return the figures of each condition and (score, right) of beads."""
    table: dict[str, dict[str, Any]] = {}
    reliability: list[tuple[float, bool, str]] = []
    for condition in conditions:
        for bare in (False, True):
            counts = []
            for base in sets:
                gold0 = without_labels(base) if bare else base
                for seed in seeds if condition != "clean" else seeds[:1]:
                    gold = CONDITIONS[condition](gold0, random.Random(f"{base.name} {condition} {seed}"))
                    beads, moved, scored = run(gold)
                    truth = set(gold.beads)
                    reliability += [(s, x in truth, "both" if x[0] and x[1] else "alone") for s, x in scored]
                    counts.append(measure(gold.beads, beads, moved))
                    if verbose:
                        _explain(gold, beads, f"{condition}{' bare' if bare else ''} {base.name} {seed}", scored)
            table[f"{condition}{', labels removed' if bare else ''}"] = summary(counts)
    return table, reliability


def _explain(gold: Gold, beads: Sequence[Bead], where: str, scored: Sequence[tuple[float, Bead]]) -> None:
    wrong = sorted(set(beads) - set(gold.beads))
    missed = sorted(set(gold.beads) - set(beads))
    if wrong or missed:
        print(f"--- {where}")
        score = {b: s for s, b in scored}
        for mark, some in (("found", wrong), ("gold ", missed)):
            for b in some:
                ja = " / ".join(gold.ja[i][:40] for i in b[0])
                en = " / ".join(gold.en[j][:70] for j in b[1])
                print(f"  {mark} {b[0]}-{b[1]} {score.get(b, '')} {ja} || {en}")


def calibration(reliability: Sequence[tuple[float, bool, str]]) -> list[dict[str, Any]]:
    """The reliability table: of beads scored so, how many are right."""
    rows = []
    for kind in ("both", "alone"):
        for low, high in ((0, 0.5), (0.5, 0.7), (0.7, 0.8), (0.8, 0.9), (0.9, 0.95), (0.95, 0.99), (0.99, 1.01)):
            here = [(s, r) for s, r, k in reliability if k == kind and low <= s < high]
            if here:
                rows.append(
                    {
                        "beads": kind,
                        "from": low,
                        "to": min(high, 1.0),
                        "number": len(here),
                        "mean score": round(sum(s for s, _ in here) / len(here), 3),
                        "right": round(sum(r for _, r in here) / len(here), 3),
                    }
                )
    return rows


def peer(found: Peer) -> Run:
    """An aligner of someone else; it knows neither moved segments nor scores."""

    def run(gold: Gold) -> tuple[list[Bead], list[Bead], list[tuple[float, Bead]]]:
        beads = found.align(list(gold.ja), list(gold.en))
        single = [b for b in beads if b[0] and b[1]]
        single += [((i,), ()) for b in beads if not b[1] for i in b[0]]
        single += [((), (j,)) for b in beads if not b[0] for j in b[1]]
        return single, [], []

    return run


def benchmark(
    *,
    real: Path | None = None,
    peers: str | None = None,
    seeds: Sequence[int] = (1, 2, 3),
    splits: Sequence[str] = ("test", "real"),
    conditions: Sequence[str] = tuple(CONDITIONS),
    embedder: Embedder | None = None,
    options: Options | None = None,
    verbose: bool = False,
) -> dict[str, Any]:
    """Run everything and return it as plain data: one table a set and aligner, and the reliability of scores."""
    embedder = embedder or get_embedder("use")
    out: dict[str, Any] = {"embedder": embedder.name, "seeds": list(seeds), "sets": {}}
    every: list[tuple[float, bool, str]] = []
    for split in splits:
        for sentences in (False, True):
            sets = golds(split, real=real, sentences=sentences)
            if not sets:
                continue
            name = f"{split}{', sentences' if sentences else ''}"
            table, reliability = evaluate(
                sets, own(embedder, options or Options()), seeds=seeds, conditions=conditions, verbose=verbose
            )
            every += reliability
            out["sets"][name] = {"mocalign": table}
            for other in PEERS if peers else ():
                with Peer(str(peers), other, embedder) as process:
                    table, _ = evaluate(sets, peer(process), seeds=seeds, conditions=conditions)
                out["sets"][name][other] = table
    out["reliability"] = calibration(every)
    return out


def markdown(result: dict[str, Any]) -> str:
    """The tables of a result for people."""
    lines = []
    for name, tables in result["sets"].items():
        lines += [f"### {name}", "", "| condition | " + " | ".join(tables) + " | alone P / R | moved P / R |"]
        lines.append("|---|" + "---:|" * len(tables) + "---|---|")
        for condition, row in tables["mocalign"].items():
            cells = [f"{t[condition]['strict_f1']:.3f} ({t[condition]['lax_f1']:.3f})" for t in tables.values()]
            pairs = [
                f"{row[a]} / {row[b]} ({row[n]})"
                for a, b, n in (
                    ("alone_precision", "alone_recall", "alone"),
                    ("moved_precision", "moved_recall", "moved"),
                )
            ]
            lines.append(f"| {condition} | " + " | ".join(cells + pairs) + " |")
        lines.append("")
    lines += ["| beads | scored | number | mean score | right |", "|---|---|---:|---:|---:|"]
    for r in result["reliability"]:
        lines.append(
            f"| {r['beads']} | {r['from']} to {r['to']} | {r['number']} | {r['mean score']:.3f} | {r['right']:.3f} |"
        )
    return "\n".join(lines) + "\n"


def main() -> None:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--split", default="test,real", help="dev, test or real, with commas")
    parser.add_argument("--real", type=Path, default=Path("../shared/real"), help="folder of real documents")
    parser.add_argument("--peers", metavar="PYTHON", help="a Python that has galechurch and sentalign")
    parser.add_argument("--embedder", default="auto")
    parser.add_argument("--seeds", type=int, default=3)
    parser.add_argument("--conditions", default=",".join(CONDITIONS))
    parser.add_argument("--verbose", action="store_true", help="print every wrong bead")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the figures")
    parser.add_argument("--set", action="append", default=[], metavar="NAME=VALUE", help="an option of the search")
    args = parser.parse_args()
    result = benchmark(
        real=args.real,
        peers=args.peers,
        seeds=range(1, args.seeds + 1),
        splits=args.split.split(","),
        conditions=args.conditions.split(","),
        embedder=get_embedder(args.embedder),
        options=Options(**{k: float(v) for k, v in (s.split("=") for s in args.set)}),  # type: ignore[arg-type]
        verbose=args.verbose,
    )
    print(markdown(result))
    if args.json:
        args.json.write_text(json.dumps(result, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
