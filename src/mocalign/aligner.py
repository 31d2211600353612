"""Paragraphs that answer each other: the score of a bead and the one dynamic programme.

The way of a pair of documents: every segment is read for its meaning (embeddings), figures, names and marker; every
pair in a band gets log odds; confident pairs that stand out of order are set aside as moved; one dynamic programme
finds the best monotone path, with a fair price for leaving a segment alone; segments left beside a pair are tried as
part of it (n-m, each candidate encoded as one text); what is still left on both sides is matched without regard to
order.
"""

from __future__ import annotations

import math
from bisect import bisect_left
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from mocalign.aligner_score import (
    Growth,
    Item,
    Weights,
    bare,
    cosines,
    items,
    joined,
    table,
    weights_for,
)
from mocalign.aligner_score import odds as pair_odds
from mocalign.aligner_search import Band, best_path, heaviest_chain
from mocalign.embed import Embedder, Vectors, encode
from mocalign.errors import ConfigError
from mocalign.model import Alignment, Bead, Document, Relation

__all__ = ["Found", "Options", "align", "match", "search"]

Progress = Callable[[str, int, int], None]
"""Told the stage ("encode", "join"), how much is done and how much there is."""

_FULL = 4_000_000  # cells up to which every pair is looked at and the path is the exact optimum


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """What the search may be told; the defaults were tuned on the dev part of the corpora."""

    order: float = 2.0
    """Log odds a pair gains for standing in order."""
    anchor: float = 3.0
    """Log odds from which a pair out of order is set aside as moved before the search."""
    moved: float = 1.0
    """Log odds from which two segments left over are a moved pair."""
    swapped: float = 3.0
    """How much less they need where a single matched bead stands between their places."""
    shift: float = 1.0
    """How much the clear cases of a pair of texts weigh in that."""
    lead: float = 2.0
    """By how much a moved pair must beat every other pair of its segments."""
    grow: float = -2.0
    """Log odds below which a larger bead is not followed any further."""
    square: float = 3.0
    """What a bead of several segments on both sides must be worth more than its parts, for each row of them."""
    sandwich: float = 2.5
    """Log odds two lonely segments gain for being all that stands between the same two matched neighbours."""
    bare: float = 2.0
    """How much more they gain where both are headings, names or cells."""
    habit: float = 0.5
    """How much the clear cases of a pair of texts weigh in its doubtful ones."""
    join: float = 0.1
    """Log odds added to every segment that joins a bead."""
    full: int = _FULL
    """Cells up to which every pair is looked at."""


@dataclass(frozen=True, slots=True)
class Found:
    """A bead of indices with the log odds of its least sure member; `kind` chooses how they become a score."""

    ja: tuple[int, ...]
    en: tuple[int, ...]
    odds: float
    relation: Relation
    kind: str


def align(
    ja: Document,
    en: Document,
    *,
    embedder: Embedder,
    fixed: Iterable[tuple[Sequence[int], Sequence[int]]] = (),
    progress: Progress | None = None,
    options: Options = Options(),
) -> Alignment:
    """Align two documents; every segment of each side stands in exactly one bead, in Japanese order.

    `fixed` are beads a person has decided, as segment indices of both sides (one may be empty): they are kept as they
    are, with score 1, and the rest is aligned around them. Raises `ConfigError` when they name a segment twice or one
    that does not exist.
    """
    decided = _checked(fixed, len(ja), len(en))
    left, right = items(ja), items(en)
    beads = _Aligner(left, right, embedder, decided, progress, options).run() if left and right else []
    if not left or not right:
        beads = [Found((i,), (), 9.0, "ja-only", "only") for i in range(len(left))]
        beads += [Found((), (j,), 9.0, "en-only", "only") for j in range(len(right))]
    return Alignment(
        ja,
        en,
        tuple(
            Bead(
                tuple(ja.segments[i] for i in f.ja),
                tuple(en.segments[j] for j in f.en),
                _score(f),
                f.relation,
            )
            for f in _ordered(beads)
        ),
    )


def _checked(
    fixed: Iterable[tuple[Sequence[int], Sequence[int]]], n: int, m: int
) -> list[tuple[tuple[int, ...], tuple[int, ...]]]:
    out = []
    seen: tuple[set[int], set[int]] = (set(), set())
    for x, y in fixed:
        for side, (name, part, size) in enumerate((("ja", x, n), ("en", y, m))):
            for index in part:
                if not 0 <= index < size:
                    raise ConfigError(f"beads: {name} segment {index} does not exist; there are 0 to {size - 1}")
                if index in seen[side]:
                    raise ConfigError(f"beads: {name} segment {index} stands in two beads")
                seen[side].add(index)
        if x or y:
            out.append((tuple(sorted(x)), tuple(sorted(y))))
    return out


def search(ja: Sequence[Item], en: Sequence[Item], *, embedder: Embedder, options: Options = Options()) -> list[Found]:
    """Align two lists of texts that are already read, in Japanese order; neither may be empty."""
    return _ordered(_Aligner(tuple(ja), tuple(en), embedder, [], None, options).run())


def match(
    ja: Sequence[Item], en: Sequence[Item], *, embedder: Embedder, options: Options = Options()
) -> list[tuple[tuple[int, ...], tuple[int, ...], float]]:
    """Align two lists of texts that are already read; beads of indices with their scores, in Japanese order."""
    return [(f.ja, f.en, _score(f)) for f in search(ja, en, embedder=embedder, options=options)]


class _Aligner:
    """The state of one alignment; lives for one call."""

    def __init__(
        self,
        ja: tuple[Item, ...],
        en: tuple[Item, ...],
        embedder: Embedder,
        fixed: list[tuple[tuple[int, ...], tuple[int, ...]]],
        progress: Progress | None,
        options: Options,
    ) -> None:
        self.ja, self.en, self.embedder, self.fixed, self.options = ja, en, embedder, fixed, options
        self.progress = progress
        self.n, self.m = len(ja), len(en)
        self._known: dict[str, Vectors] = {}

    def _encode(self, texts: Sequence[str], stage: str) -> Vectors:
        tell = self.progress
        return encode(self.embedder, texts, progress=(lambda d, t: tell(stage, d, t)) if tell else None)

    def run(self) -> list[Found]:
        """Return the beads in no particular order."""
        vectors = self._encode([x.text for x in (*self.ja, *self.en)], "encode")
        self.a, self.b = vectors[: self.n], vectors[self.n :]
        self._known.update(zip((x.text for x in (*self.ja, *self.en)), vectors, strict=True))
        lo, width = self._windows()
        self.weights = weights_for(self.embedder.name) or self._own_scale(lo, width)
        self.table = table(self.ja, self.en, self.a, self.b, lo, width, self.weights)
        odds = pair_odds(self.table)
        self.odds = Band(lo, odds, self.m)
        self.cosine = Band(lo, self.table.cosine, self.m)

        found: list[Found] = []
        for x, y in self.fixed:
            relation: Relation = "match" if x and y else "ja-only" if x else "en-only"
            found.append(Found(x, y, 99.0, relation, "fixed"))
        rows_gone = {i for x, _ in self.fixed for i in x}
        columns_gone = {j for _, y in self.fixed for j in y}
        barrier = self._barrier()
        moved = self._out_of_order(rows_gone, columns_gone, barrier)
        for i, j, value in moved:
            found.append(Found((i,), (j,), value, "moved", "moved"))
            rows_gone.add(i)
            columns_gone.add(j)
        steps, gains = self._path(rows_gone, columns_gone, barrier)
        alone: tuple[list[int], list[int]] = ([], [])
        for i, j, a, b in steps:
            if (i, j, a, b) in barrier:
                continue
            if a and b:
                kind = "pair" if a == b == 1 else "many"
                value = self.odds.at(i, j) if kind == "pair" else gains[(i, j, a, b)][1]
                found.append(Found(tuple(range(i, i + a)), tuple(range(j, j + b)), value, "match", kind))
            elif a and i not in rows_gone:
                alone[0].append(i)
            elif b and j not in columns_gone:
                alone[1].append(j)
        for i, j, value in self._left_over(*alone, found):
            found.append(Found((i,), (j,), value, "moved", "moved"))
            alone[0].remove(i)
            alone[1].remove(j)
        found = self._grow_moved(found, alone)
        for i in alone[0]:
            found.append(Found((i,), (), self._temptation(0, i), "ja-only", "only"))
        for j in alone[1]:
            found.append(Found((), (j,), self._temptation(1, j), "en-only", "only"))
        return _marked(_beside(found))

    def _windows(self) -> tuple[npt.NDArray[np.int64], int]:
        if self.n * self.m <= self.options.full:
            return np.zeros(self.n, dtype=np.int64), self.m
        return coarse_windows(self.a, self.b)

    def _own_scale(self, lo: npt.NDArray[np.int64], width: int) -> Weights:
        """The weights of the built-in encoder with this embedder's own scale of cosines, read from this very pair."""
        base = weights_for("use-multilingual-3")
        if base is None:
            raise ConfigError("no weights")
        cosine = cosines(self.a, self.b, lo, width)
        best = np.sort(cosine.max(axis=1))
        chance, typical = float(np.median(cosine)), float(np.median(best[len(best) // 3 :]))
        return Weights(base.pair, base.growth, chance, max(typical, chance + 0.1))

    def _barrier(self) -> set[tuple[int, int, int, int]]:
        """Decided beads that stand in order and without gaps: the path goes through them."""
        whole = [
            (x[0], y[0], len(x), len(y))
            for x, y in self.fixed
            if x and y and x[-1] - x[0] + 1 == len(x) <= 4 and y[-1] - y[0] + 1 == len(y) <= 4
        ]
        chain = heaviest_chain([(i, j, float(a + b)) for i, j, a, b in whole])
        return {whole[k] for k in chain if self.odds.at(whole[k][0], whole[k][1]) > -1e8}

    def _out_of_order(
        self, rows: set[int], columns: set[int], barrier: set[tuple[int, int, int, int]]
    ) -> list[tuple[int, int, float]]:
        """Confident mutual best pairs off the heaviest chain of such pairs."""
        odds, lo = self.odds.values, self.odds.lo
        best = odds.argmax(axis=1)
        second = _second(odds)
        column_best, column_second = self._column_best()
        sure = []
        for i in range(self.n):
            j = int(lo[i] + best[i])
            value = float(odds[i, best[i]])
            if j >= self.m or i in rows or j in columns or value < self.options.anchor:
                continue
            rival = max(float(second[i]), float(column_second[j]))
            if column_best[j] <= value and value - rival >= self.options.lead:
                sure.append((i, j, min(value, 12.0)))
        every = sure + [(i, j, 1000.0) for i, j, _, _ in sorted(barrier)]
        chain = set(heaviest_chain(every))
        return [p for k, p in enumerate(sure) if k not in chain]

    def _column_best(self) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]]:
        best = np.full(self.m + self.odds.width, -99.0)
        second = np.full(self.m + self.odds.width, -99.0)
        for i in range(self.n):
            at = int(self.odds.lo[i])
            row = self.odds.values[i]
            b, s = best[at : at + len(row)], second[at : at + len(row)]
            np.maximum(s, np.minimum(b, row), out=s)
            np.maximum(b, row, out=b)
        return best, second

    def _path(
        self, rows: set[int], columns: set[int], barrier: set[tuple[int, int, int, int]]
    ) -> tuple[list[tuple[int, int, int, int]], dict[tuple[int, int, int, int], tuple[float, float]]]:
        """The best path without larger beads, then with those that grew beside it."""
        gain = self.odds.values + self.options.order
        lo = self.odds.lo
        gain[sorted(rows)] = -60.0
        for j in columns:
            inside = (lo <= j) & (j < lo + self.odds.width)
            at = np.nonzero(inside)[0]
            gain[at, j - lo[at]] = -60.0
        band = Band(lo, gain, self.m)
        forced = [(i, j, a, b, 10_000.0) for i, j, a, b in sorted(barrier)]
        steps = best_path(band, beads=forced)
        grown, answers = self._grow(steps, rows, columns)
        shift = self._habit(steps, answers, rows, columns)
        grown = {
            (i, j, a, b): (gain + shift * (a + b - 2), least + shift) for (i, j, a, b), (gain, least) in grown.items()
        }
        if grown:
            beads = [(i, j, a, b, g) for (i, j, a, b), (g, _) in sorted(grown.items())]
            steps = best_path(band, beads=forced + beads)
        return self._sandwiched(steps, rows, columns, max(shift, 0.0)), grown

    def _habit(
        self,
        steps: Sequence[tuple[int, int, int, int]],
        answers: dict[tuple[int, int], float],
        rows: set[int],
        columns: set[int],
    ) -> float:
        """What this very pair of texts says of a doubtful neighbour: divided by the translator, or without counterpart.

        Half the log of the ratio of clear cases, one added to each: a text in which many segments clearly belong to the
        bead beside them and none is clearly alone gets the benefit of the doubt, and the other way round.
        """
        lonely = [(0, i) for i, _, a, b in steps if not b and i not in rows]
        lonely += [(1, j) for _, j, a, b in steps if not a and j not in columns]
        joins = sum(answers.get(k, -9.0) > 1.5 for k in lonely)
        alone = sum(answers.get(k, -9.0) < -1.0 for k in lonely)
        return max(-0.2, min(0.8, self.options.habit * math.log((joins + 1) / (alone + 1))))

    def _sandwiched(
        self, steps: Sequence[tuple[int, int, int, int]], rows: set[int], columns: set[int], shift: float
    ) -> list[tuple[int, int, int, int]]:
        """Pair two lonely segments that are all that stands between the same two matched neighbours."""
        out: list[tuple[int, int, int, int]] = []
        gap: list[tuple[int, int, int, int]] = []
        for step in [*steps, (self.n, self.m, 1, 1)]:
            if not step[2] or not step[3]:
                gap.append(step)
                continue
            left = [i for i, _, a, _ in gap if a and i not in rows]
            right = [j for _, j, _, b in gap if b and j not in columns]
            if len(left) == len(right) == 1 and len(gap) == 2:
                # a long text that answers would have shown it by itself; a heading of two characters could not
                pair = (self.ja[left[0]], self.en[right[0]])
                short = min(x.size for x in pair) < 60
                bonus = self.options.sandwich if short else 0.4 * self.options.sandwich
                if all(bare(x.text.rstrip(":： ")) for x in pair):
                    bonus += self.options.bare
                if self.odds.at(left[0], right[0]) + self.options.order + bonus + shift > 0:
                    gap = [(left[0], right[0], 1, 1)]
            out += [*gap, step]
            gap = []
        return out[:-1]

    def _grow(
        self, steps: Sequence[tuple[int, int, int, int]], rows: set[int], columns: set[int]
    ) -> tuple[dict[tuple[int, int, int, int], tuple[float, float]], dict[tuple[int, int], float]]:
        """Larger beads beside the path: (i, j, a, b) -> (gain for the search, log odds of the least sure member).

        Also, for every segment (side, index) that was asked about, the best answer a pair beside it gave.
        """
        answers: dict[tuple[int, int], float] = {}
        opt = self.options
        partner: tuple[dict[int, int], dict[int, int]] = ({}, {})
        for i, j, a, b in steps:
            if a == b == 1:
                partner[0][i], partner[1][j] = j, i
        gone = (rows, columns)
        size = (self.n, self.m)

        def weak(side: int, k: int) -> bool:
            if not 0 <= k < size[side] or k in gone[side]:
                return False
            other = partner[side].get(k)
            if other is None:
                return True
            return (self.odds.at(k, other) if side == 0 else self.odds.at(other, k)) < 1.5

        states: dict[tuple[int, int, int, int], tuple[float, float]] = {}
        for i, j in partner[0].items():
            states[i, j, 1, 1] = (self.odds.at(i, j) + opt.order,) * 2
        # in a gap of the path any likely pair may be the beginning of a larger bead
        for gap_rows, gap_columns in _gaps(steps):
            block = [(self.odds.at(i, j), i, j) for i in gap_rows[:12] for j in gap_columns[:12]]
            for value, i, j in sorted(block, reverse=True)[:6]:
                if value > -4.0 and i not in rows and j not in columns:
                    states.setdefault((i, j, 1, 1), (value + opt.order, value + opt.order))
        frontier = dict(states)
        out: dict[tuple[int, int, int, int], tuple[float, float]] = {}
        for _ in range(6):
            proposals: list[tuple[tuple[int, int, int, int], tuple[int, int, int, int], int, int]] = []
            for i, j, a, b in sorted(frontier):
                options = []
                if a < 4:
                    options += [((i - 1, j, a + 1, b), 0, i - 1), ((i, j, a + 1, b), 0, i + a)]
                if b < 4:
                    options += [((i, j - 1, a, b + 1), 1, j - 1), ((i, j, a, b + 1), 1, j + b)]
                for new, side, k in options:
                    if weak(side, k) and new not in out and not self._twin(new, side, k):
                        proposals.append(((i, j, a, b), new, side, k))
            if not proposals:
                break
            questions = [
                Growth(
                    (self._run(0, old[0], old[2]), self._run(1, old[1], old[3])),
                    (self.ja, self.en)[side][k],
                    side,
                    new[side] == k,
                    self._elsewhere(old, side, k, partner),
                )
                for old, new, side, k in proposals
            ]
            frontier = {}
            for (old, new, side, k), step in zip(proposals, self._judge(questions), strict=True):
                gain, least = states[old]
                if old[2] == old[3] == 1:
                    answers[side, k] = max(step, answers.get((side, k), -9.0))
                # a bead of several segments on both sides must be worth more than its parts
                step += opt.join - (opt.square if min(new[2], new[3]) > min(old[2], old[3]) else 0.0)
                if step < opt.grow:
                    continue
                reached = (gain + step, min(least, step))
                if new not in frontier or reached > frontier[new]:
                    frontier[new] = reached
            states.update(frontier)
            out.update(frontier)
        return out, answers

    def _twin(self, new: tuple[int, int, int, int], side: int, k: int) -> bool:
        """Tell whether the segment repeats another of the bead: a duplicate is left alone, not joined."""
        from rapidfuzz.fuzz import ratio

        i, j, a, b = new
        own, start, count = (self.ja, i, a) if side == 0 else (self.en, j, b)
        return any(
            x != k and ratio(own[x].text, own[k].text, score_cutoff=88) >= 88 for x in range(start, start + count)
        )

    def _run(self, side: int, start: int, count: int) -> Item:
        """Several neighbours read as one."""
        return joined((self.ja, self.en)[side][start : start + count], "en" if side else "ja")

    def _judge(self, questions: Sequence[Growth]) -> list[float]:
        """Log odds that each segment belongs to the bead beside it; every text is encoded once."""
        texts = [q.texts() for q in questions]
        new = sorted({t for row in texts for t in row} - set(self._known))
        if new:
            self._known.update(zip(new, self._encode(new, "join"), strict=True))
        out = []
        for question, row in zip(questions, texts, strict=True):
            features = question.features([self._known[t] for t in row], self.weights)
            out.append(round(sum(w * f for w, f in zip(self.weights.growth, features, strict=True)), 4))
        return out

    def _elsewhere(
        self, bead: tuple[int, int, int, int], side: int, k: int, partner: tuple[dict[int, int], dict[int, int]]
    ) -> float:
        """Log odds of the pair a segment has outside a bead."""
        answer = partner[side].get(k)
        start, count = (bead[1], bead[3]) if side == 0 else (bead[0], bead[2])
        if answer is None or start <= answer < start + count:
            return -9.0
        return self.odds.at(k, answer) if side == 0 else self.odds.at(answer, k)

    def _left_over(
        self, rows: Sequence[int], columns: Sequence[int], found: Sequence[Found]
    ) -> list[tuple[int, int, float]]:
        """Pairs among what the path left alone, wherever they stand; a pair beside another moved one needs less."""
        if not rows or not columns:
            return []
        table = self._table(rows, columns)
        beside = {(f.ja[0], f.en[0]) for f in found if f.relation == "moved"}
        # how many matched beads stand before each: neighbours that changed places are one bead apart
        before = [
            sorted(part[0] for f in found if f.relation == "match" for part in ((f.ja, f.en)[s],)) for s in (0, 1)
        ]
        rank = [[bisect_left(before[s], k) for k in ks] for s, ks in enumerate((rows, columns))]
        # a text that shows clear moves, or clear gaps, decides the doubtful cases
        mutual = (table == table.max(axis=1, keepdims=True)) & (table == table.max(axis=0, keepdims=True))
        moves = len(beside) + int((mutual & (table >= self.options.moved + 1.0)).sum())
        gaps = int((table.max(axis=1) < -3.0).sum() + (table.max(axis=0) < -3.0).sum())
        shift = max(-2.5, min(1.5, self.options.shift * math.log((moves + 1) / (gaps / 2 + 1))))
        out: list[tuple[int, int, float]] = []
        free: tuple[set[int], set[int]] = (set(range(len(rows))), set(range(len(columns))))
        candidates = sorted(
            (
                (float(table[x, y]), -x, -y)
                for x, y in zip(
                    *np.nonzero(table > self.options.moved - max(2.5, self.options.swapped + 1.5)), strict=True
                )
            ),
            reverse=True,
        )
        changed = True
        while changed:
            changed = False
            for value, x_, y_ in candidates:
                x, y = -x_, -y_
                if x not in free[0] or y not in free[1]:
                    continue
                i, j = rows[x], columns[y]
                near = any((i + d, j + d) in beside for d in (-1, 1))
                swapped = abs(rank[0][x] - rank[1][y]) == 1
                need = self.options.moved - (self.options.swapped + shift if swapped else 2.0 if near else 0.0)
                rivals = [float(table[x, k]) for k in free[1] if k != y] + [
                    float(table[k, y]) for k in free[0] if k != x
                ]
                if value < need or value - max(rivals, default=-99.0) < (0.0 if near or swapped else 1.0):
                    continue
                out.append((i, j, value))
                beside.add((i, j))
                free[0].discard(x)
                free[1].discard(y)
                changed = True
                break
        return out

    def _grow_moved(self, found: list[Found], alone: tuple[list[int], list[int]]) -> list[Found]:
        """Lonely segments beside a moved pair join it where they belong to it."""
        out = [f for f in found if f.relation != "moved"]
        for f in sorted((f for f in found if f.relation == "moved"), key=lambda f: f.ja):
            grown = f
            while True:
                asked = []
                for side, ks in ((0, grown.ja), (1, grown.en)):
                    for k in (ks[0] - 1, ks[-1] + 1):
                        if k in alone[side] and len(ks) < 4 and not self._twin((*_box(grown),), side, k):
                            asked.append((side, k))
                if not asked:
                    break
                i, j, a, b = _box(grown)
                base = (self._run(0, i, a), self._run(1, j, b))
                answers = self._judge(
                    [Growth(base, (self.ja, self.en)[s][k], s, k < (grown.ja, grown.en)[s][0]) for s, k in asked]
                )
                value, (side, k) = max(zip(answers, asked, strict=True))
                if value <= 0:
                    break
                alone[side].remove(k)
                ja = tuple(sorted((*grown.ja, k))) if side == 0 else grown.ja
                en = tuple(sorted((*grown.en, k))) if side == 1 else grown.en
                grown = Found(ja, en, min(grown.odds, value), "moved", "many")
            out.append(grown)
        return out

    def _table(self, rows: Sequence[int], columns: Sequence[int]) -> npt.NDArray[np.float64]:
        if self.odds.width >= self.m:
            return self.odds.values[np.ix_(list(rows), list(columns))]
        left, right = [self.ja[i] for i in rows], [self.en[j] for j in columns]
        lo = np.zeros(len(left), dtype=np.int64)
        a, b = self.a[list(rows)], self.b[list(columns)]
        return pair_odds(table(left, right, a, b, lo, len(right), self.weights))

    def _temptation(self, side: int, k: int) -> float:
        """Minus the log odds of the best pair a lonely segment could have had."""
        if side == 0:
            return -float(self.odds.values[k].max())
        lo = self.odds.lo
        at = np.nonzero((lo <= k) & (k < lo + self.odds.width))[0]
        return -float(self.odds.values[at, k - lo[at]].max()) if len(at) else 9.0


def _box(found: Found) -> tuple[int, int, int, int]:
    return found.ja[0], found.en[0], len(found.ja), len(found.en)


def _second(values: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    if values.shape[1] < 2:
        return np.full(len(values), -99.0)
    return np.asarray(np.partition(values, -2, axis=1)[:, -2])


def _gaps(steps: Sequence[tuple[int, int, int, int]]) -> list[tuple[list[int], list[int]]]:
    out = []
    rows: list[int] = []
    columns: list[int] = []
    for i, j, a, b in [*steps, (0, 0, 1, 1)]:
        if a and b:
            if rows and columns:
                out.append((rows, columns))
            rows, columns = [], []
        elif a:
            rows.append(i)
        else:
            columns.append(j)
    return out


def coarse_windows(
    a: Vectors, b: Vectors, *, blocks: int = 600, margin: int = 140
) -> tuple[npt.NDArray[np.int64], int]:
    """Return a band around the best path between blocks of segments, for pairs too long to look at every cell.

    Blocks are means of centred vectors; at most `blocks` a side, so the coarse search does not grow with the text; a gap
    has a price, so that a text that repeats itself is not followed into another repetition. The
    band reaches `margin` segments and two blocks beyond the path on either side.
    """
    n, m = len(a), len(b)
    size = max(2, math.ceil(max(n, m) / blocks))

    def means(x: Vectors, first: int = 0) -> npt.NDArray[np.float64]:
        edges = np.arange(0, len(x), size)
        sums = np.add.reduceat(x.astype(np.float64), np.minimum(edges + first, len(x) - 1), axis=0)
        return np.asarray(sums / np.maximum(np.linalg.norm(sums, axis=1, keepdims=True), 1e-9))

    left, right = a - a.mean(axis=0), b - b.mean(axis=0)
    rows_ = means(left)
    similarity = rows_ @ means(right).T
    # blocks of the two sides seldom begin at the same place: those half a block on are looked at as well
    between = rows_ @ means(right, size // 2).T
    similarity = np.maximum(similarity, between)
    similarity[:, 1:] = np.maximum(similarity[:, 1:], between[:, :-1])
    gain = np.round(similarity, 5) - 0.1
    path = best_path(
        Band(np.zeros(len(gain), dtype=np.int64), gain, gain.shape[1]),
        skip_rows=np.full(len(gain), -0.3),
        skip_columns=np.full(gain.shape[1], -0.3),
    )
    low = np.full(n, m, dtype=np.int64)
    high = np.zeros(n, dtype=np.int64)
    for i, j, rows, columns in path:
        r0, r1 = max(0, (i - (0 if rows else 1)) * size), min(n, (i + 1) * size)
        c0, c1 = j * size, min(m, (j + max(columns, 1)) * size)
        low[r0:r1] = np.minimum(low[r0:r1], c0)
        high[r0:r1] = np.maximum(high[r0:r1], c1)
    reach = margin + size
    low = np.maximum(0, np.minimum.accumulate(low[::-1])[::-1] - reach)
    high = np.minimum(m, np.maximum.accumulate(high) + reach)
    low[0], high[-1] = 0, m
    low = np.minimum.accumulate(low[::-1])[::-1]
    width = int(min(m, (high - low).max()))
    lo = np.minimum(low, m - width)
    lo[-1] = m - width
    # the last window must end at the last column and no step may leave a hole
    for i in range(n - 2, -1, -1):
        lo[i] = min(lo[i], lo[i + 1])
        lo[i] = max(lo[i], lo[i + 1] - width + 1)
    if lo[0] != 0:
        return np.minimum(np.arange(n) * max(1, m - width) // max(1, n - 1), m - width).astype(np.int64), width
    return lo, width


def _marked(found: list[Found]) -> list[Found]:
    """Call moved what stands out of order: everything off the heaviest chain of beads with two sides."""
    both = [f for f in found if f.ja and f.en]
    weight = [sum(1.0 for _ in (*f.ja, *f.en)) + min(max(f.odds, 0.0), 12.0) / 100 for f in both]
    chain = set(heaviest_chain([(f.ja[0], f.en[0], w) for f, w in zip(both, weight, strict=True)]))
    out = [f for f in found if not (f.ja and f.en)]
    for k, f in enumerate(both):
        relation: Relation = "match" if k in chain else "moved"
        out.append(Found(f.ja, f.en, f.odds, relation, f.kind))
    return out


_WEAK = 2.0


def _beside(found: list[Found]) -> list[Found]:
    """Mark pairs that only their place recommends, and those with a lonely neighbour, which may lack a member."""
    lonely = {(0, i) for f in found if not f.en for i in f.ja} | {(1, j) for f in found if not f.ja for j in f.en}
    out = []
    for f in found:
        if f.kind == "pair":
            near = any((s, k + d) in lonely for s, (k,) in ((0, f.ja), (1, f.en)) for d in (-1, 1))
            kind = "weak" if f.odds < _WEAK else "beside" if near else "pair"
            f = Found(f.ja, f.en, f.odds, f.relation, kind)
        out.append(f)
    return out


def _ordered(found: list[Found]) -> list[Found]:
    """Japanese order; English segments without a counterpart follow what they follow in the English text."""
    after: dict[int, tuple[int, int]] = {}
    for f in found:
        if f.ja and f.en and f.relation == "match":
            for j in f.en:
                after[j] = (f.ja[0], 1)
    place = -1
    keys: dict[int, int] = {}
    last_en = max((j for f in found for j in f.en), default=-1)
    for j in range(last_en + 1):
        if j in after:
            place = after[j][0]
        keys[j] = place
    return sorted(found, key=lambda f: (f.ja[0], 0, 0) if f.ja else (keys[f.en[0]], 1, f.en[0]))


# slope and offset from log odds to the share of beads that are right: `python -m benchmarks.alignment_fit calibrate`
_CALIBRATION = {
    "beside": (0.250, 1.449),
    "many": (0.956, 1.718),
    "moved": (0.396, 2.997),
    "only": (0.295, 0.486),
    "pair": (0.250, 4.633),
    "weak": (0.452, 3.700),
}


def _score(found: Found) -> float:
    if found.kind == "fixed":
        return 1.0
    slope, offset = _CALIBRATION[found.kind]
    return round(1.0 / (1.0 + math.exp(-max(-30.0, min(30.0, slope * max(-6.0, min(9.0, found.odds)) + offset)))), 4)
