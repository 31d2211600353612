"""Fit the aligner's weights and print them as code: `python -m benchmarks.alignment_fit [calibrate] [FOLDER]`.

What is fitted on: the dev part of the corpora and, where a folder is named, its texts `NAME.ja.txt` and `NAME.en.txt`
whose lines answer each other. The test part and `--real` documents of the benchmark are never used.
"""

from __future__ import annotations

import random
import sys
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.alignment_data import (
    CONDITIONS,
    Gold,
    corpus_gold,
    real_gold,
    real_sentences,
    sentence_gold,
    without_labels,
)
from mocalign import corpora
from mocalign.aligner import search
from mocalign.aligner_score import FEATURES, GROWTH, Growth, Weights, items, joined, odds, pair_features, table
from mocalign.aligner_score import WEIGHTS as START
from mocalign.embed import Embedder, get_embedder
from mocalign.model import Document

Array = np.ndarray[Any, Any]


def logistic(x: Array, y: Array, weight: Array, *, ridge: float = 1.0) -> Array:
    """Weighted logistic regression by Newton's method; the first column is the bias and is not shrunk."""
    beta = np.zeros(x.shape[1])
    penalty = np.full(x.shape[1], ridge)
    penalty[0] = 1e-6
    for _ in range(60):
        p = 1 / (1 + np.exp(-np.clip(x @ beta, -30, 30)))
        gradient = x.T @ (weight * (y - p)) - penalty * beta
        hessian = (x * (weight * p * (1 - p) + 1e-9)[:, None]).T @ x + np.diag(penalty)
        step = np.linalg.solve(hessian, gradient)
        beta += step
        if np.abs(step).max() < 1e-8:
            break
    return beta


def dev_golds(folder: Path | None = None) -> list[Gold]:
    """The dev part and the line-paired texts of a folder: paragraphs and sentences."""
    names = [n for n in corpora.names() if corpora.load(n).about.get("split") == "dev"]
    more = real_gold(folder) + real_sentences(folder) if folder else []
    return [corpus_gold(n) for n in names] + [sentence_gold(n) for n in names] + more


def variants(golds: Sequence[Gold], seeds: Sequence[int]) -> list[Gold]:
    """Every gold in every condition, with and without labels."""
    out = []
    for gold in golds:
        for kind, damage in CONDITIONS.items():
            for seed in seeds if kind != "clean" else seeds[:1]:
                for bare in (False, True):
                    g = without_labels(gold) if bare else gold
                    out.append(damage(g, random.Random(f"{gold.name} {kind} {seed}")))
    return out


def examples(gold: Gold, embedder: Embedder) -> tuple[Array, Array, Array]:
    """Feature rows, truth and weights of the pairs worth telling apart."""
    ja = items(Document.from_segments("ja", gold.ja))
    en = items(Document.from_segments("en", gold.en))
    a, b = embedder.encode([x.text for x in ja]), embedder.encode([x.text for x in en])
    cosine = np.round(a @ b.T, 5)
    lo = np.zeros(len(ja), dtype=np.int64)
    features = pair_features(table(ja, en, a, b, lo, len(en), START[embedder.name.split(" ")[0]]))
    truth = np.zeros(cosine.shape, dtype=np.int8)
    for x, y in gold.beads:
        for i in x:
            for j in y:
                truth[i, j] = 1 if len(x) == len(y) == 1 else 2
    rank_row = (-cosine).argsort(axis=1).argsort(axis=1)
    rank_column = (-cosine).argsort(axis=0).argsort(axis=0)
    hard = (rank_row < 4) | (rank_column < 4)
    # neighbours of true pairs: what a missing counterpart tempts one to take
    near = np.zeros_like(hard)
    for x, y in gold.beads:
        for i in x:
            for j in y:
                near[max(0, i - 1) : i + 2, max(0, j - 1) : j + 2] = True
    use = ((truth == 1) | ((truth == 0) & (hard | near))).nonzero()
    x_ = np.stack([np.ones(len(use[0]))] + [f[use] for f in features], axis=1)
    y_ = (truth[use] == 1).astype(float)
    return x_, y_, np.ones(len(y_))


def growth(gold: Gold, embedder: Embedder, weights: Weights) -> tuple[Array, Array, Array]:
    """Feature rows, truth and weights of segments that may join a bead."""
    sides = (
        items(Document.from_segments("ja", gold.ja)),
        items(Document.from_segments("en", gold.en)),
    )
    vectors = [embedder.encode([x.text for x in side]) for side in sides]
    lo = np.zeros(len(sides[0]), dtype=np.int64)
    value = odds(table(*sides, vectors[0], vectors[1], lo, len(sides[1]), weights))
    partner: tuple[dict[int, float], dict[int, float]] = ({}, {})
    for x, y in gold.beads:
        if len(x) == len(y) == 1:
            partner[0][x[0]] = partner[1][y[0]] = float(value[x[0], y[0]])
    todo: list[tuple[tuple[tuple[int, ...], tuple[int, ...]], int, int, bool]] = []
    for bead in gold.beads:
        if not bead[0] or not bead[1]:
            continue
        for base in _parts(bead):
            for side in (0, 1):
                for k in (base[side][0] - 1, base[side][-1] + 1):
                    if not 0 <= k < len(sides[side]):
                        continue
                    inside = k in bead[side]
                    if inside or (base == bead and partner[side].get(k, -9.0) < 2.5):
                        todo.append((base, side, k, inside))

    def run(side: int, ks: tuple[int, ...]) -> Any:
        return joined([sides[side][k] for k in ks], "en" if side else "ja")

    questions = [
        Growth(
            (run(0, base[0]), run(1, base[1])),
            sides[side][k],
            side,
            k < base[side][0],
            -9.0 if inside else partner[side].get(k, -9.0),
        )
        for base, side, k, inside in todo
    ]
    flat = sorted({t for q in questions for t in q.texts()})
    known = dict(zip(flat, embedder.encode(flat), strict=True))
    rows = [q.features([known[t] for t in q.texts()], weights) for q in questions]
    truth = [float(inside) for *_, inside in todo]
    return np.array(rows).reshape(len(rows), len(GROWTH)), np.array(truth), np.ones(len(rows))


def _parts(bead: tuple[tuple[int, ...], tuple[int, ...]]) -> list[tuple[tuple[int, ...], tuple[int, ...]]]:
    """The bead itself and the smaller beads inside it."""
    if any(s[-1] - s[0] + 1 != len(s) for s in bead):
        return [bead]
    runs = [[s[i:j] for i in range(len(s)) for j in range(i + 1, len(s) + 1)] for s in bead]
    return [(x, y) for x in runs[0] for y in runs[1]]


def calibrate(embedder: Embedder, golds: Sequence[Gold]) -> None:
    """Fit and print the constants that turn the log odds of a found bead into the share of such beads that are right."""
    rows: dict[str, list[tuple[float, bool]]] = defaultdict(list)
    for gold in variants(golds, (11, 12, 13)):
        ja, en = items(Document.from_segments("ja", gold.ja)), items(Document.from_segments("en", gold.en))
        truth = set(gold.beads)
        for found in search(ja, en, embedder=embedder):
            rows[found.kind].append((found.odds, (found.ja, found.en) in truth))
    for kind, pairs in sorted(rows.items()):
        x = np.array([[1.0, max(-6.0, min(9.0, odds_))] for odds_, _ in pairs])
        y = np.array([float(right) for _, right in pairs])
        offset, slope = logistic(x, y, np.ones(len(y)), ridge=1.0)
        if slope < 0.25:
            # nearly all are right: keep the order that the odds give, and the share that is right
            slope = 0.25
            low, high = -10.0, 20.0
            for _ in range(60):
                offset = (low + high) / 2
                mean = (1 / (1 + np.exp(-(slope * x[:, 1] + offset)))).mean()
                low, high = (offset, high) if mean < y.mean() else (low, offset)
        print(f'    "{kind}": ({slope:.3f}, {offset:.3f}),  # {len(y)} beads, {y.mean():.3f} right')


def main() -> None:
    """Fit and print."""
    folders = [Path(a) for a in sys.argv[1:] if a != "calibrate"]
    golds = dev_golds(folders[0] if folders else None)
    if "calibrate" in sys.argv[1:]:
        calibrate(get_embedder("use"), golds)
        return
    for name in ("use", "lexical"):
        embedder = get_embedder(name)
        rows = [examples(g, embedder) for g in variants(golds, (1, 2))]
        x, y, w = (np.concatenate(part) for part in zip(*rows, strict=True))
        beta = logistic(x, y, w, ridge=2.0)
        p = x @ beta > 0
        print(
            name,
            len(y),
            int(y.sum()),
            "accuracy",
            round(float((p == (y > 0)).mean()), 5),
            "missed",
            int(((~p) & (y > 0)).sum()),
            "false",
            int((p & (y == 0)).sum()),
        )
        print("   pair=(" + ", ".join(f"{v:.3f}" for v in beta) + "),")
        for f, v in zip(FEATURES, beta, strict=True):
            print(f"      {f:16} {v:7.3f}")
        pair = replace(START[embedder.name.split(" ")[0]], pair=tuple(beta))
        rows = [growth(g, embedder, pair) for g in variants(golds, (1, 2))]
        gx, gy, gw = (np.concatenate(part) for part in zip(*rows, strict=True))
        more = logistic(gx, gy, gw, ridge=2.0)
        p = gx @ more > 0
        print(
            "growth",
            len(gy),
            int(gy.sum()),
            "missed",
            int(((~p) & (gy > 0)).sum()),
            "false",
            int((p & (gy == 0)).sum()),
        )
        print("   growth=(" + ", ".join(f"{v:.3f}" for v in more) + "),")
        for f, v in zip(GROWTH, more, strict=True):
            print(f"      {f:16} {v:7.3f}")
        true = x[y > 0][:, 1]
        print(
            "   cosine (scaled): true",
            np.percentile(true, [5, 50, 95]).round(3),
            "chance",
            np.percentile(x[y == 0][:, 1], [5, 50, 95]).round(3),
        )


if __name__ == "__main__":
    main()
