"""How likely a pair of segments answer each other: features of a pair and the weights that turn them into log odds.

The weights were fitted on the dev part of the corpora and on line-paired texts outside the project (`python -m
benchmarks.alignment_fit FOLDER`), never on the test part nor on the real documents of the benchmark.
"""

from __future__ import annotations

import math
import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

import numpy as np
import numpy.typing as npt

from mocalign.aligner_evidence import Marker, figures, marker, markers, names, words
from mocalign.embed import Vectors
from mocalign.model import Document, Lang

__all__ = [
    "FEATURES",
    "GROWTH",
    "Growth",
    "Item",
    "Table",
    "Weights",
    "fold",
    "item",
    "items",
    "joined",
    "odds",
    "pair_features",
    "table",
    "weights_for",
]

Array = npt.NDArray[Any]


@dataclass(frozen=True, slots=True)
class Item:
    """What the aligner knows of one segment (or of several read as one)."""

    text: str
    size: float
    figures: frozenset[str]
    names: frozenset[str]
    mark: Marker
    label: tuple[str, ...] = ()
    whole: str = ""
    """The text with its marker."""
    place: int = -1
    """The number of the article or section it stands in; a heading stands in the one that follows."""


def items(document: Document) -> tuple[Item, ...]:
    """Read the segments of a document; a segment that is nothing but its marker keeps it as its text."""
    out = []
    lang = document.lang
    for segment in document.segments:
        # the marker is read before folding, which takes the space out of "２　この"
        pieced = segment.holes or segment.seams
        whole = segment.view(lang).text if pieced else segment.text
        mark = marker(whole, lang)
        body = segment.body_view(lang).text if segment.body > segment.span.start else fold(whole[mark.end :], lang)
        if not body.strip(" .。、:："):
            body = fold(whole, lang)
        out.append(item(body.strip(), lang, mark, segment.label, whole))
    return _placed(out)


def _placed(found: Sequence[Item]) -> tuple[Item, ...]:
    """Fill in the places: by the provisions of a text that has some, else by its outermost numbers."""

    def number(x: Item, provisions: bool) -> int:
        if not x.mark.path or x.mark.provision != provisions:
            return -1
        return min(x.mark.path[0]) if provisions or x.whole.lstrip("#*_ 　")[:1].isalnum() else -1

    provisions = sum(number(x, True) >= 0 for x in found) >= 3
    out: list[Item] = []
    here = -1
    for at, x in enumerate(found):
        own, place = number(x, provisions), here
        if own >= 0:
            place = here = own
        elif at + 1 < len(found) and not x.mark.path and bare(x.text):
            following = number(found[at + 1], provisions)
            place = following if following >= 0 else here
        out.append(replace(x, place=place))
    return tuple(out)


_SPACE = re.compile(r"\s+")
_BESIDE = re.compile(r"(?<=[\u3001-\u30ff\u3400-\u9fff]) | (?=[\u3001-\u30ff\u3400-\u9fff])")


def fold(text: str, lang: Lang) -> str:
    """Fold a text nearly as a `View` does, without keeping where each character came from: ten times as fast."""
    out = _SPACE.sub(" ", unicodedata.normalize("NFKC", text))
    return _BESIDE.sub("", out) if lang == "ja" else out


def item(
    text: str,
    lang: Lang,
    mark: Marker = Marker(),  # noqa: B008 - frozen
    label: tuple[str, ...] = (),
    whole: str = "",
) -> Item:
    """Read one text; `whole` is the text with its marker, where it has one."""
    if lang == "en" and text.isupper() and len(text) > 12:
        text = text.capitalize()  # a heading in capitals says what it says in small letters, and names nobody
    # a Japanese character says about as much as two and a half Latin letters
    size = sum(2.5 if c > "\u2e80" else 1.0 for c in text) if lang == "ja" else float(len(text))
    return Item(text, size, figures(text, lang), names(text, lang), mark, label, whole or text)


def length_z(left: Array | float, right: Array | float) -> Array:
    """Return how far the ratio of two lengths lies from what is usual, in standard deviations."""
    ratio = np.log((np.asarray(right) + 8.0) / (np.asarray(left) + 8.0))
    return np.asarray((ratio - _LENGTH[0]) / _LENGTH[1])


_LENGTH = (0.05, 0.24)

FEATURES = (
    "bias",
    "cosine",
    "margin",
    "row gap",
    "column gap",
    "length",
    "figures agree",
    "figures differ",
    "names agree",
    "words agree",
    "words row gap",
    "words column gap",
    "label agrees",
    "label differs",
    "both bare",
    "one bare",
    "place agrees",
    "place differs",
)
GROWTH = (
    "bias",
    "cosine gain",
    "length gain",
    "own cosine",
    "edge cosine",
    "rest gain",
    "figures covered",
    "figures strange",
    "already matched",
    "marker covered",
    "marker strange",
    "marker repairs",
    "heading",
    "heading answered",
    "clauses covered",
    "clauses answered",
)


@dataclass(frozen=True, slots=True)
class Weights:
    """Log-odds weights of `FEATURES` and `GROWTH`, and what cosine a true and a chance pair have."""

    pair: tuple[float, ...]
    growth: tuple[float, ...]
    chance: float
    typical: float
    moved: float = 2.5


def sparse(
    left: Sequence[frozenset[str]], right: Sequence[frozenset[str]], limit: int = 4000
) -> tuple[Array, Array, Array, Array, Array]:
    """Return (i, j, shared weight) of pairs that share a key, and the total weight of each row and column.

    Rare keys weigh more; a key so common that it would need more than `limit` pairs is left out.
    """
    where: tuple[dict[str, list[int]], dict[str, list[int]]] = (defaultdict(list), defaultdict(list))
    for side, keys in enumerate((left, right)):
        for at, found in enumerate(keys):
            for key in found:
                where[side][key].append(at)
    total = max(1, len(left) + len(right))
    weights = (np.zeros(len(left)), np.zeros(len(right)))
    ii: list[Array] = []
    jj: list[Array] = []
    ww: list[Array] = []
    for key in sorted(set(where[0]) | set(where[1])):
        a, b = where[0].get(key, []), where[1].get(key, [])
        weight = math.log(1.0 + total / (1.0 + len(a) + len(b)))
        weights[0][a] += weight
        weights[1][b] += weight
        if a and b and len(a) * len(b) <= limit:
            ii.append(np.repeat(np.array(a), len(b)))
            jj.append(np.tile(np.array(b), len(a)))
            ww.append(np.full(len(a) * len(b), weight))
    if not ii:
        return np.zeros(0, int), np.zeros(0, int), np.zeros(0), weights[0], weights[1]
    rows, columns, shared = np.concatenate(ii), np.concatenate(jj), np.concatenate(ww)
    order = np.argsort(rows, kind="stable")
    return rows[order], columns[order], shared[order], weights[0], weights[1]


def cosines(a: Vectors, b: Vectors, lo: npt.NDArray[np.int64], width: int) -> npt.NDArray[np.float32]:
    """Return the cosines of a band, in strips so that memory stays rows times width; rounded to be reproducible."""
    n, m = len(a), len(b)
    out = np.zeros((n, width), dtype=np.float32)
    if width >= m:
        out[:, :m] = a @ b.T
    else:
        strip = max(32, min(256, width // 2))
        for start in range(0, n, strip):
            stop = min(n, start + strip)
            first, last = int(lo[start]), min(m, int(lo[stop - 1]) + width)
            block = a[start:stop] @ b[first:last].T
            for i in range(start, stop):
                at = int(lo[i]) - first
                out[i] = block[i - start, at : at + width]
    return np.round(out, 5)


TOP = 8
_SAME = 0.95


def twins(vectors: Vectors, reach: int) -> npt.NDArray[np.int64]:
    """Return for every text the first text within `reach` before it that says nearly the same, or itself."""
    n = len(vectors)
    out = np.arange(n)
    for start in range(0, n, 512):
        stop, first = min(n, start + 512), max(0, start - reach)
        same = vectors[start:stop] @ vectors[first:stop].T >= _SAME
        same[np.arange(stop - start), np.arange(start, stop) - first] = True
        out[start:stop] = np.minimum(out[start:stop], first + same.argmax(axis=1))
    return out


@dataclass(frozen=True, slots=True)
class Best:
    """The best pair of every segment of a side, the best one that is no twin of it, and what is usual beside them."""

    best: Array
    group: Array
    second: Array
    usual: Array


def _best(values: Array, index: Array, groups: Array, chance: float) -> Best:
    """Read the `TOP` best (value, index) of each row."""
    if values.shape[1] < TOP:
        fill = np.full((len(values), TOP - values.shape[1]), chance, values.dtype)
        values = np.concatenate([values, fill], axis=1)
        index = np.concatenate([index, np.full(fill.shape, -1)], axis=1)
    order = np.argsort(-values, axis=1, kind="stable")
    values, index = np.take_along_axis(values, order, axis=1), np.take_along_axis(index, order, axis=1)
    group = np.where(index >= 0, groups[np.maximum(index, 0)], -1)
    other = group != group[:, :1]
    # what says the same as the best pair is no rival of it: the order decides between the two
    rivals = np.where(other, values, -2.0)
    rivals = -np.sort(-rivals, axis=1)[:, :3]
    last = values[:, -1:]
    rivals = np.where(rivals < -1.5, last, rivals)
    return Best(values[:, 0], group[:, 0], rivals[:, 0], rivals.mean(axis=1))


@dataclass(frozen=True, slots=True)
class Table:
    """A band of cosines with all that is needed to judge its pairs, row by row."""

    cosine: npt.NDArray[np.float32]
    lo: npt.NDArray[np.int64]
    rows: Best
    columns: Best
    twins: tuple[Array, Array]
    sizes: tuple[Array, Array]
    bare: tuple[Array, Array]
    figures: tuple[Array, Array, Array, Array, Array]
    names: tuple[Array, Array, Array, Array, Array]
    words: Spoken
    kinds: tuple[Array, Array, list[tuple[tuple[frozenset[int], ...], bool, tuple[str, ...]]]]
    places: tuple[Array, Array]
    trust: tuple[float, float]
    """How far this very pair of texts numbers alike: its markers, its places (0 to 1)."""
    weights: Weights


def table(
    ja: Sequence[Item],
    en: Sequence[Item],
    a: Vectors,
    b: Vectors,
    lo: npt.NDArray[np.int64],
    width: int,
    weights: Weights,
) -> Table:
    """Look at every pair of a band once."""
    cosine = cosines(a, b, lo, width)
    n, m = len(ja), len(en)
    groups = (twins(a, width), twins(b, width))
    k = min(TOP, width)
    values, index = np.empty((n, k), np.float32), np.empty((n, k), np.int64)
    for start in range(0, n, 1024):
        block = cosine[start : start + 1024]
        at = np.argpartition(-block, k - 1, axis=1)[:, :k]
        values[start : start + 1024] = np.take_along_axis(block, at, axis=1)
        index[start : start + 1024] = at + lo[start : start + 1024, None]
    rows = _best(values, index, groups[1], weights.chance)
    # the rows whose window holds a column stand side by side
    first, last = np.searchsorted(lo, np.arange(m) - width, "right"), np.searchsorted(lo, np.arange(m), "right")
    k = int(min(TOP, n))
    values, index = np.full((m, k), weights.chance, np.float32), np.full((m, k), -1, np.int64)
    for start in range(0, m, 512):
        stop = min(m, start + 512)
        r0, r1 = int(first[start]), int(last[stop - 1])
        here = np.arange(r0, r1)
        columns = np.arange(start, stop)[:, None] - lo[here][None, :]
        inside = (columns >= 0) & (columns < width)
        block = np.where(inside, cosine[here[None, :], np.clip(columns, 0, width - 1)], -2.0)
        k2 = min(k, block.shape[1])
        at = np.argpartition(-block, k2 - 1, axis=1)[:, :k2]
        got = np.take_along_axis(block, at, axis=1)
        values[start:stop, :k2] = np.where(got > -1.5, got, weights.chance)
        index[start:stop, :k2] = np.where(got > -1.5, at + r0, -1)
    best = _best(values, index, groups[0], weights.chance)
    kinds, places = _kinds(ja, en), (np.array([x.place for x in ja]), np.array([x.place for x in en]))
    return Table(
        cosine,
        lo,
        rows,
        best,
        groups,
        (np.array([x.size for x in ja]), np.array([x.size for x in en])),
        (np.array([bare(x.text) for x in ja]), np.array([bare(x.text) for x in en])),
        sparse([x.figures for x in ja], [x.figures for x in en]),
        sparse([x.names for x in ja], [x.names for x in en]),
        _spoken(ja, en, None if width >= m else _RARE),
        kinds,
        places,
        _trust(cosine, lo, best.best, kinds, places),
        weights,
    )


_RARE = 300  # pairs that one word may speak for in texts too long to look at every pair
_FEW = 2.0  # a text of few words says little: as if one more word of this weight were half answered


@dataclass(frozen=True, slots=True)
class Spoken:
    """What share of its words each English text finds rendered: of the pairs (i, j) that share any, sorted by i."""

    i: Array
    j: Array
    share: Array
    least: Array
    """The share of an English text of which nothing is rendered."""
    rows: tuple[Array, Array]
    """The best and the second best share of every Japanese text."""
    columns: tuple[Array, Array]


def _spoken(ja: Sequence[Item], en: Sequence[Item], limit: int | None) -> Spoken:
    left, right = words([x.text for x in ja], [x.text for x in en])
    ii, jj, ww, _, total = sparse(left, right, len(ja) * len(en) if limit is None else limit)
    pairs, where = np.unique(ii * len(en) + jj, return_inverse=True)
    i, j = pairs // len(en), pairs % len(en)
    share = (np.bincount(where, ww, len(pairs)) + 0.5 * _FEW) / (total[j] + _FEW)
    return Spoken(i, j, share, 0.5 * _FEW / (total + _FEW), _two(i, share, len(ja)), _two(j, share, len(en)))


def _two(index: Array, values: Array, size: int) -> tuple[Array, Array]:
    """The best and the second best value of every index."""
    order = np.lexsort((-values, index))
    index, values = index[order], values[order]
    start = np.searchsorted(index, np.arange(size))
    after = np.searchsorted(index, np.arange(size), "right")
    padded = np.append(values, [0.0, 0.0])
    best = np.where(after > start, padded[start], 0.0)
    return best, np.where(after > start + 1, padded[np.minimum(start + 1, len(values))], 0.0)


def _trust(
    cosine: npt.NDArray[np.float32],
    lo: npt.NDArray[np.int64],
    columns: Array,
    kinds: tuple[Array, Array, list[tuple[tuple[frozenset[int], ...], bool, tuple[str, ...]]]],
    places: tuple[Array, Array],
) -> tuple[float, float]:
    """Ask the pairs that are each other's best by meaning how often markers and places agree."""
    at = cosine.argmax(axis=1)
    j = np.minimum(lo + at, len(columns) - 1)
    i = np.nonzero(cosine[np.arange(len(at)), at] >= columns[j])[0]
    j = j[i]
    marks = [
        _compare(kinds[2][x], kinds[2][y]) for x, y in zip(kinds[0][i].tolist(), kinds[1][j].tolist(), strict=True)
    ]
    agree, differ = sum(a > 0 for a, _ in marks), sum(d == 1 for _, d in marks)
    both = (places[0][i] >= 0) & (places[1][j] >= 0)
    same = both & (places[0][i] == places[1][j])

    def share(yes: int, no: int) -> float:
        return max(0.0, (yes - 2.0 * no) / (yes + no + 2.0))

    return share(agree, differ), share(int(same.sum()), int((both & ~same).sum()))


def pair_features(t: Table, start: int = 0, stop: int | None = None) -> list[Array]:
    """Return the features of the cells of some rows of a band, in the order of `FEATURES` without the bias."""
    stop = len(t.cosine) if stop is None else stop
    cosine, lo = t.cosine[start:stop], t.lo[start:stop]
    width = cosine.shape[1]
    columns = np.minimum(lo[:, None] + np.arange(width)[None, :], len(t.sizes[1]) - 1)
    scale = max(0.05, t.weights.typical - t.weights.chance)
    value = (cosine - t.weights.chance) / scale
    margin = (cosine - 0.5 * (t.rows.usual[start:stop, None] + t.columns.usual[columns])) / scale
    # the distance to the best other pair of the row: to the second best where this one, or its twin, is the best
    mine = t.twins[1][columns] == t.rows.group[start:stop, None]
    rival = np.where(mine, t.rows.second[start:stop, None], t.rows.best[start:stop, None])
    row_gap = np.clip((cosine - rival) / scale, -0.5, 0.5)
    mine = t.twins[0][start:stop, None] == t.columns.group[columns]
    rival = np.where(mine, t.columns.second[columns], t.columns.best[columns])
    column_gap = np.clip((cosine - rival) / scale, -0.5, 0.5)
    length = np.minimum(length_z(t.sizes[0][start:stop, None], t.sizes[1][columns]) ** 2, 12.0)
    agree, differ = overlap(t.figures, start, stop, lo, width, columns)
    called, _ = overlap(t.names, start, stop, lo, width, columns)
    spoken, row_lead, column_lead = _leads(t.words, start, stop, lo, width, columns)
    same, other = labels(t.kinds, start, stop, columns)
    left, right = t.bare[0][start:stop, None], t.bare[1][columns]
    both, one = (left & right).astype(np.float32), (left ^ right).astype(np.float32)
    here, there = t.places[0][start:stop, None], t.places[1][columns]
    known, equal = (here >= 0) & (there >= 0), here == there
    placed, elsewhere = np.float32(t.trust[1]) * (known & equal), np.float32(t.trust[1]) * (known & ~equal)
    # a marker that contradicts says little where the two texts number differently
    other = np.where(other == 1, np.float32(t.trust[0]), other)
    return [
        value,
        margin,
        row_gap,
        column_gap,
        length,
        agree,
        differ,
        called,
        spoken,
        row_lead,
        column_lead,
        same,
        other,
        both,
        one,
        placed,
        elsewhere,
    ]


def odds(t: Table) -> npt.NDArray[np.float64]:
    """Return the log odds of every cell of a band; some rows at a time, so that memory stays small."""
    out = np.empty(t.cosine.shape, dtype=np.float64)
    step = max(16, 400_000 // max(1, t.cosine.shape[1]))
    for start in range(0, len(out), step):
        stop = min(len(out), start + step)
        out[start:stop] = logits(pair_features(t, start, stop), t.weights.pair)
    return out


def bare(text: str) -> bool:
    """Tell whether a text ends without any mark, as headings, names and cells do."""
    return text.rstrip("*_ ").rstrip("）)」』]")[-1:] not in (*"。．.!?！？;；:：、,，",)


def overlap(
    found: tuple[Array, Array, Array, Array, Array],
    start: int,
    stop: int,
    lo: npt.NDArray[np.int64],
    width: int,
    columns: Array,
) -> tuple[Array, Array]:
    """Return, for some rows, the weighted share of common keys, and 1 where both sides have keys and share none."""
    ii, jj, ww, wa, wb = found
    out = np.zeros((stop - start, width), dtype=np.float32)
    first, last = np.searchsorted(ii, start), np.searchsorted(ii, stop)
    rows = ii[first:last] - start
    kk = jj[first:last] - lo[rows]
    inside = (kk >= 0) & (kk < width)
    np.add.at(out, (rows[inside], kk[inside]), ww[first:last][inside])
    total = np.sqrt(wa[start:stop, None] * wb[columns])
    agree = np.where(total > 0, out / np.maximum(total, 1e-9), 0.0)
    differ = np.where((total > 0) & (out == 0), 1.0, 0.0)
    return agree.astype(np.float32), differ.astype(np.float32)


def _leads(
    found: Spoken, start: int, stop: int, lo: npt.NDArray[np.int64], width: int, columns: Array
) -> tuple[Array, Array, Array]:
    """Return, for some rows, the share of each column's words that the row renders, and its lead in row and column."""
    share = found.least[columns].astype(np.float32)
    first, last = np.searchsorted(found.i, start), np.searchsorted(found.i, stop)
    rows = found.i[first:last] - start
    kk = found.j[first:last] - lo[rows]
    inside = (kk >= 0) & (kk < width)
    share[rows[inside], kk[inside]] = found.share[first:last][inside]
    leads = []
    for best, second in (
        (found.rows[0][start:stop, None], found.rows[1][start:stop, None]),
        (found.columns[0][columns], found.columns[1][columns]),
    ):
        leads.append((share - np.where(share >= best.astype(np.float32), second, best)).astype(np.float32))
    return share, leads[0], leads[1]


def _kinds(
    ja: Sequence[Item], en: Sequence[Item]
) -> tuple[Array, Array, list[tuple[tuple[frozenset[int], ...], bool, tuple[str, ...]]]]:
    """Number the distinct markers of both sides."""
    kinds: dict[tuple[tuple[frozenset[int], ...], bool, tuple[str, ...]], int] = {}

    def key(x: Item) -> int:
        return kinds.setdefault((x.mark.path, x.mark.provision, x.label), len(kinds))

    return np.array([key(x) for x in ja]), np.array([key(x) for x in en]), list(kinds)


def labels(
    kinds: tuple[Array, Array, list[tuple[tuple[frozenset[int], ...], bool, tuple[str, ...]]]],
    start: int,
    stop: int,
    columns: Array,
) -> tuple[Array, Array]:
    """Return, for some rows, how far the markers agree (0 to 1) and 1 where they contradict each other."""
    left, right, known = kinds
    here, row = np.unique(left[start:stop], return_inverse=True)
    low, high = int(columns.min(initial=0)), int(columns.max(initial=0)) + 1
    there, column = np.unique(right[low:high], return_inverse=True)
    pairs = np.array([[_compare(known[x], known[y]) for y in there.tolist()] for x in here.tolist()], dtype=np.float32)
    found = pairs[row[:, None], column[columns - low]]
    return found[..., 0], found[..., 1]


@lru_cache(maxsize=1 << 20)
def _compare(
    a: tuple[tuple[frozenset[int], ...], bool, tuple[str, ...]],
    b: tuple[tuple[frozenset[int], ...], bool, tuple[str, ...]],
) -> tuple[float, float]:
    return compare(a, b)


def compare(
    a: tuple[tuple[frozenset[int], ...], bool, tuple[str, ...]],
    b: tuple[tuple[frozenset[int], ...], bool, tuple[str, ...]],
) -> tuple[float, float]:
    """Return (agreement, contradiction) of two markers; the innermost level counts most."""
    if a[2] and b[2]:
        if a[2] == b[2]:
            return 1.0, 0.0
        return (0.5, 0.0) if a[2][-1] == b[2][-1] else (0.0, 1.0)
    if not a[0] or not b[0]:
        # one side has a counter and the other none
        return 0.0, 0.3 if bool(a[0]) != bool(b[0]) else 0.0
    if a[1] and b[1] and len(a[0]) != len(b[0]):
        # 第二条 is Article 2 (1): the first paragraph of an article has no number in Japanese
        short, long = sorted((a[0], b[0]), key=len)
        if all(x & y for x, y in zip(short, long, strict=False)) and all(1 in x for x in long[len(short) :]):
            return 1.0, 0.0
    if a[0][-1] & b[0][-1]:
        whole = len(a[0]) == len(b[0]) and all(x & y for x, y in zip(a[0], b[0], strict=True))
        return (1.0 if whole and (len(a[0]) > 1 or a[1] == b[1]) else 0.7), 0.0
    return 0.0, 1.0


def logits(features: Sequence[Array], weights: Sequence[float]) -> npt.NDArray[np.float64]:
    """Return the weighted sum of features, bias first in `weights`, rounded to be reproducible."""
    total = np.full(features[0].shape, weights[0], dtype=np.float64)
    for weight, feature in zip(weights[1:], features, strict=True):
        if weight:
            total += weight * feature
    return np.round(total, 4)


WEIGHTS = {
    "use-multilingual-3": Weights(
        pair=(
            0.177,
            -2.678,
            -2.783,
            8.213,
            11.742,
            -0.069,
            -0.068,
            -1.362,
            -0.196,
            3.648,
            2.927,
            -0.388,
            0.966,
            -5.540,
            0.576,
            -0.526,
            1.775,
            -2.648,
        ),
        growth=(
            -1.636,
            4.387,
            1.061,
            -1.307,
            1.600,
            0.239,
            1.685,
            1.423,
            -3.742,
            2.487,
            -2.857,
            0.773,
            -3.601,
            2.431,
            5.022,
            0.151,
        ),
        chance=0.2,
        typical=0.7,
    ),
    "lexical-1": Weights(
        pair=(
            -5.890,
            3.720,
            -5.672,
            5.635,
            -7.309,
            -0.336,
            1.976,
            -4.317,
            4.334,
            7.667,
            3.595,
            2.225,
            2.886,
            -5.024,
            -0.306,
            -1.392,
            -1.610,
            -2.534,
        ),
        growth=(
            -1.207,
            -0.909,
            1.441,
            3.992,
            0.262,
            -0.235,
            7.218,
            0.373,
            -6.201,
            3.137,
            -3.155,
            1.043,
            -2.311,
            -0.424,
            -1.594,
            1.025,
        ),
        chance=0.2,
        typical=0.7,
    ),
}


@dataclass(frozen=True, slots=True)
class Growth:
    """The question whether a segment belongs to the bead beside it.

    `base` is the bead as it is, `added` would join its side 0 (ja) or 1 (en), before it when `first`. `elsewhere` is
    the log odds of the best pair the added segment has outside the bead.
    """

    base: tuple[Item, Item]
    added: Item
    side: int
    first: bool
    elsewhere: float = -9.0

    def texts(self) -> tuple[str, ...]:
        """The texts whose vectors decide.

        Both sides, the grown side, the added segment, its part of the other side, the rest of that, and its part taken
        shorter and longer; then the clauses of the grown side as it is, of the added segment and of the other side.
        """
        own, other = self.base[self.side], self.base[1 - self.side]
        parts = (self.added, own) if self.first else (own, self.added)
        lang: Lang = "en" if self.side else "ja"
        share = self.added.size / max(1.0, self.added.size + own.size)
        edges = []
        for wide in (share, 0.6 * share, min(1.6 * share, 0.5 + 0.5 * share)):
            edge, rest = cut(other.text, wide if self.first else 1.0 - wide)
            edges += [edge, rest] if self.first else [rest, edge]
        whole = ("" if lang == "ja" else " ").join(p.text for p in parts)
        edge, rest, less, _, more, _ = edges
        return (
            self.base[0].text, self.base[1].text, whole, self.added.text, edge, rest, less, more, *self._clauses()
        )  # fmt: skip

    def _clauses(self) -> tuple[str, ...]:
        own, other = self.base[self.side], self.base[1 - self.side]
        return (*clauses(own.text), *clauses(self.added.text), *clauses(other.text))

    def features(self, vectors: Sequence[Vectors], weights: Weights) -> tuple[float, ...]:
        """The features in the order of `GROWTH`; `vectors` belong to `texts()`."""
        left, right, grown, added, edge, rest, less, more_ = vectors[:8]
        mine_, theirs = self.base[self.side], self.base[1 - self.side]
        own, other = (left, right) if self.side == 0 else (right, left)
        scale = max(0.05, weights.typical - weights.chance)
        sizes = [self.base[0].size, self.base[1].size]
        short = abs(float(length_z(*sizes)))
        sizes[self.side] += self.added.size
        long = abs(float(length_z(*sizes)))
        opposite, mine = theirs.figures, mine_.figures
        covered = len((self.added.figures & opposite) - mine)
        strange = len(self.added.figures - opposite)
        # clause by clause: what of the other side does the added segment say, that its own side has not said
        a, b = len(clauses(mine_.text)), len(clauses(self.added.text))
        parts = np.array(vectors[8:])
        sizes_ = np.array([len(t) for t in clauses(theirs.text)], dtype=np.float64)
        said, more = parts[a + b :] @ parts[:a].T, parts[a + b :] @ parts[a : a + b].T
        surplus = np.maximum(0.0, more.max(axis=1) - said.max(axis=1)) / scale
        share = self.added.size / max(1.0, self.added.size + mine_.size)
        gained = float((sizes_ / sizes_.sum()) @ surplus) / max(share, 0.05)
        known, unknown, repaired = self._marks()
        heading = bare(self.added.text) and not bare(mine_.text) and not bare(theirs.text) and not known
        answered = (max(float(added @ e) for e in (edge, less, more_)) - weights.chance) / scale
        return (
            1.0,
            float(grown @ other - own @ other) / scale,
            min(short, 4.0) - min(long, 4.0),
            (float(added @ other) - weights.chance) / scale,
            answered,
            float(own @ rest - own @ other) / scale,
            min(covered, 2) / 2,
            min(strange, 2) / 2,
            min(max(self.elsewhere, 0.0), 6.0),
            known,
            unknown,
            repaired,
            float(heading),
            answered if heading else 0.0,
            min(gained, 2.0),
            (float(more.max(axis=0).mean()) - weights.chance) / scale,
        )

    def _marks(self) -> tuple[float, float, float]:
        """Ask whether the marker of the added segment stands on the other side.

        Returns 1 where it does, 1 where it does not, and 1 where the bead had two different markers without it.
        """
        if not self.added.mark.path:
            return 0.0, 0.0, 0.0
        langs: tuple[Lang, Lang] = ("en", "ja") if self.side else ("ja", "en")
        added = markers(self.added.whole, langs[0])[:1]
        mine = markers(self.base[self.side].whole, langs[0])
        theirs = list(markers(self.base[1 - self.side].whole, langs[1]))
        torn = bool(mine and theirs) and not _same_mark(mine[0], theirs[0])
        for mark in mine:
            answer = next((t for t in theirs if _same_mark(t, mark)), None)
            if answer:
                theirs.remove(answer)
        found = any(_same_mark(t, m) for m in added for t in theirs)
        return float(found), 0.0 if found else 1.0, float(found and torn and self.first)


def _same_mark(a: tuple[bool, frozenset[int]], b: tuple[bool, frozenset[int]]) -> bool:
    return a[0] == b[0] and bool(a[1] & b[1])


@lru_cache(maxsize=65536)
def clauses(text: str) -> tuple[str, ...]:
    """Cut a text at commas and stops into at most eight pieces of about the same length, whole where it is short."""
    pieces = [p for p in re.split(r"(?<=[。．;；、，,:：])|(?<=\. )", text) if p.strip()]
    least = max(12.0, len(text) / 8)
    out: list[str] = []
    for piece in pieces:
        if out and (len(out[-1]) < least or len(piece) < 6):
            out[-1] += piece
        else:
            out.append(piece)
    return tuple(p.strip() for p in out) or (text,)


_STRONG = frozenset("。．.!?！？;；:：\n")
_BOUNDARY = re.compile(r"[。．.!?！？;；:：\n、,，）)」』\]\s]")


@lru_cache(maxsize=65536)
def _boundaries(text: str) -> tuple[tuple[int, ...], tuple[float, ...]]:
    """The offsets after stops, commas and blanks, with what it costs to cut there."""
    found = [(m.end(), 0.0 if m[0] in _STRONG else 1.0 if m[0].isspace() else 0.5) for m in _BOUNDARY.finditer(text)]
    return tuple(at for at, _ in found), tuple(cost for _, cost in found)


def cut(text: str, share: float) -> tuple[str, str]:
    """Cut a text near a share of its length, at the end of a sentence if one is near, else of a clause or word."""
    size = len(text)
    aim = round(size * min(max(share, 0.02), 0.98))
    reach = max(6, round(0.4 * min(aim, size - aim)))
    best, cost = aim, 2.0
    places, costs = _boundaries(text)
    for k in range(bisect_left(places, max(1, aim - reach)), bisect_right(places, aim + reach)):
        value = costs[k] + abs(places[k] - aim) / reach
        if value < cost:
            best, cost = places[k], value
    return text[:best].strip(), text[best:].strip()


def weights_for(name: str) -> Weights | None:
    """Return the fitted weights of an embedder by the first word of its name, None for one that was not fitted."""
    return WEIGHTS.get(name.split(" ")[0])


def joined(parts: Sequence[Item], lang: Lang) -> Item:
    """Read several segments as one."""
    if len(parts) == 1:
        return parts[0]
    glue = "" if lang == "ja" else " "
    return Item(
        glue.join(p.text for p in parts),
        sum(p.size for p in parts),
        frozenset().union(*(p.figures for p in parts)),
        frozenset().union(*(p.names for p in parts)),
        parts[0].mark,
        parts[0].label,
        " ".join(p.whole for p in parts),
    )
