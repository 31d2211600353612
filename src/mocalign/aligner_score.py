"""How likely a pair of segments answer each other: features of a pair and the weights that turn them into log odds.

The weights were fitted on the dev part of the corpora (`python -m benchmarks.alignment_fit`); no text of the test part
nor any real document was used.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from mocalign.aligner_evidence import Marker, figures, marker, names
from mocalign.embed import Vectors
from mocalign.model import Document, Lang

__all__ = ["FEATURES", "GROWTH", "Growth", "Item", "Weights", "items", "length_z", "sparse", "windows"]

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


def items(document: Document) -> tuple[Item, ...]:
    """Read the segments of a document; a segment that is nothing but its marker keeps it as its text."""
    out = []
    for segment in document.segments:
        body = segment.body_view(document.lang).text
        mark = marker(segment.view(document.lang).text, document.lang)
        if segment.body == segment.span.start and mark.end:
            body = segment.view(document.lang).text[mark.end :]
        if len(body.strip(" .。、:：")) < 1:
            body = segment.view(document.lang).text
        out.append(item(body.strip(), document.lang, mark, segment.label))
    return tuple(out)


def item(text: str, lang: Lang, mark: Marker = Marker(), label: tuple[str, ...] = ()) -> Item:  # noqa: B008 - frozen
    """Read one text."""
    # a Japanese character says about as much as two and a half Latin letters
    size = sum(2.5 if c > "\u2e80" else 1.0 for c in text) if lang == "ja" else float(len(text))
    return Item(text, size, figures(text, lang), names(text, lang), mark, label)


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
    "label agrees",
    "label differs",
    "both bare",
    "one bare",
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
    return np.concatenate(ii), np.concatenate(jj), np.concatenate(ww), weights[0], weights[1]


def windows(n: int, m: int, lo: npt.NDArray[np.int64], width: int) -> tuple[Array, Array]:
    """Return the row and column numbers of every cell of a band, both of shape (n, width)."""
    rows = np.repeat(np.arange(n)[:, None], width, axis=1)
    return rows, lo[:, None] + np.arange(width)[None, :]


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


def _top(values: Array, k: int) -> Array:
    """The k highest of every row, falling."""
    k = min(k, values.shape[1])
    part = -np.partition(-values, k - 1, axis=1)[:, :k]
    return np.asarray(-np.sort(-part, axis=1))


def transposed(cosine: npt.NDArray[np.float32], lo: npt.NDArray[np.int64], m: int, top: int) -> Array:
    """Return the `top` highest values of every column of a band, falling."""
    n, width = cosine.shape
    if width >= m:
        values = _top(np.ascontiguousarray(cosine[:, :m].T), top)
    else:
        values = np.full((m, top), -1.0, dtype=np.float32)
        for i in range(n):
            at = int(lo[i])
            block = values[at : at + width]
            low = cosine[i][:, None] > block
            if not low.any():
                continue
            here = np.concatenate([block, cosine[i][:, None]], axis=1)
            values[at : at + width] = -np.sort(-here, axis=1)[:, :top]
    return values


def _pad(values: Array, top: int, chance: float) -> Array:
    """Fill up with what a chance pair has, so that a short list is judged like a long one."""
    if values.shape[1] < top:
        fill = np.full((len(values), top - values.shape[1]), chance, values.dtype)
        values = np.concatenate([values, fill], axis=1)
    return values


TOP = 4


def pair_features(
    ja: Sequence[Item],
    en: Sequence[Item],
    cosine: npt.NDArray[np.float32],
    lo: npt.NDArray[np.int64],
    weights: Weights,
) -> list[Array]:
    """Return the features of every cell of a band, each of shape (n, width), in the order of `FEATURES` without bias."""
    n, width = cosine.shape
    m = len(en)
    scale = max(0.05, weights.typical - weights.chance)
    row_top = _pad(_top(cosine, TOP), TOP, weights.chance)
    column_top = _pad(transposed(cosine, lo, m, TOP), TOP, weights.chance)
    rows, columns = windows(n, m, lo, width)
    columns = np.minimum(columns, m - 1)
    usual_row, usual_column = row_top[:, 1:].mean(axis=1), column_top[:, 1:].mean(axis=1)
    value = (cosine - weights.chance) / scale
    margin = (cosine - 0.5 * (usual_row[:, None] + usual_column[columns])) / scale
    # the distance to the best other pair of the row: to the second best where this one is the best
    other_row = np.where(cosine >= row_top[:, :1], row_top[:, 1:2], row_top[:, :1])
    other_column = np.where(cosine >= column_top[columns, 0], column_top[columns, 1], column_top[columns, 0])
    row_gap = np.clip((cosine - other_row) / scale, -0.5, 0.5)
    column_gap = np.clip((cosine - other_column) / scale, -0.5, 0.5)
    size_ja, size_en = np.array([x.size for x in ja]), np.array([x.size for x in en])
    length = np.minimum(length_z(size_ja[:, None], size_en[columns]) ** 2, 12.0)
    agree, differ = overlap([x.figures for x in ja], [x.figures for x in en], lo, width, columns)
    called, _ = overlap([x.names for x in ja], [x.names for x in en], lo, width, columns)
    same, other = labels(ja, en, rows, columns)
    bare_ja, bare_en = np.array([bare(x.text) for x in ja]), np.array([bare(x.text) for x in en])
    both = (bare_ja[:, None] & bare_en[columns]).astype(np.float32)
    one = (bare_ja[:, None] ^ bare_en[columns]).astype(np.float32)
    return [value, margin, row_gap, column_gap, length, agree, differ, called, same, other, both, one]


def bare(text: str) -> bool:
    """Tell whether a text ends without any mark, as headings, names and cells do."""
    return text.rstrip("*_ ").rstrip("）)」』]")[-1:] not in (*"。．.!?！？;；:：、,，",)


def overlap(
    left: Sequence[frozenset[str]],
    right: Sequence[frozenset[str]],
    lo: npt.NDArray[np.int64],
    width: int,
    columns: Array,
) -> tuple[Array, Array]:
    """Return two bands: the weighted share of common keys, and 1 where both sides have keys and share none."""
    ii, jj, ww, wa, wb = sparse(left, right)
    n = len(left)
    out = np.zeros((n, width), dtype=np.float32)
    kk = jj - lo[ii] if len(ii) else ii
    inside = (kk >= 0) & (kk < width)
    np.add.at(out, (ii[inside], kk[inside]), ww[inside])
    total = np.sqrt(wa[:, None] * wb[columns])
    agree = np.where(total > 0, out / np.maximum(total, 1e-9), 0.0)
    # a very rare figure in common says more than two page-long lists with one number in common
    differ = np.where((total > 0) & (out == 0), 1.0, 0.0)
    return agree.astype(np.float32), differ.astype(np.float32)


def labels(ja: Sequence[Item], en: Sequence[Item], rows: Array, columns: Array) -> tuple[Array, Array]:
    """Return two bands: how far the markers agree (0 to 1) and 1 where they contradict each other."""
    kinds: dict[tuple[tuple[frozenset[int], ...], bool, tuple[str, ...]], int] = {}

    def key(x: Item) -> int:
        return kinds.setdefault((x.mark.path, x.mark.provision, x.label), len(kinds))

    left, right = np.array([key(x) for x in ja]), np.array([key(x) for x in en])
    known = list(kinds)
    same = np.zeros((len(known), len(known)), dtype=np.float32)
    other = np.zeros_like(same)
    if len(known) > 3000:  # a table of all kinds would be too big: by rows
        a = np.zeros(rows.shape, dtype=np.float32)
        b = np.zeros(rows.shape, dtype=np.float32)
        for i in range(len(ja)):
            for k in range(rows.shape[1]):
                a[i, k], b[i, k] = compare(known[left[i]], known[right[columns[i, k]]])
        return a, b
    for x in set(left.tolist()):
        for y in set(right.tolist()):
            same[x, y], other[x, y] = compare(known[x], known[y])
    return same[left[rows], right[columns]], other[left[rows], right[columns]]


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
        pair=(-0.421, -0.879, 1.194, 6.476, 9.597, -0.060, 2.713, -1.469, 0.556, 3.738, -1.648, 0.829, 0.484),
        growth=(-1.300, 3.855, 1.013, 1.805, 1.408, -0.073, 3.014, 0.450, -3.815),
        chance=0.2,
        typical=0.7,
    ),
    "lexical-1": Weights(
        pair=(-1.791, -4.240, -2.769, 0.171, 0.832, -0.422, 3.935, -4.504, 8.958, 2.959, -2.558, 0.559, -0.673),
        growth=(-2.132, -0.190, 1.524, 5.259, 1.269, -2.249, 6.778, 0.014, -4.622),
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

    def texts(self) -> tuple[str, str, str, str, str, str]:
        """The texts whose vectors decide: both sides, the grown side, the added segment, its part of the other side, the rest."""
        own, other = self.base[self.side], self.base[1 - self.side]
        parts = (self.added, own) if self.first else (own, self.added)
        lang: Lang = "en" if self.side else "ja"
        share = self.added.size / max(1.0, self.added.size + own.size)
        edge, rest = cut(other.text, share if self.first else 1.0 - share)
        if not self.first:
            edge, rest = rest, edge
        return self.base[0].text, self.base[1].text, joined(parts, lang).text, self.added.text, edge, rest

    def features(self, vectors: Sequence[Vectors], weights: Weights) -> tuple[float, ...]:
        """The features in the order of `GROWTH`; `vectors` belong to `texts()`."""
        left, right, grown, added, edge, rest = vectors
        own, other = (left, right) if self.side == 0 else (right, left)
        scale = max(0.05, weights.typical - weights.chance)
        sizes = [self.base[0].size, self.base[1].size]
        short = abs(float(length_z(*sizes)))
        sizes[self.side] += self.added.size
        long = abs(float(length_z(*sizes)))
        opposite, mine = self.base[1 - self.side].figures, self.base[self.side].figures
        covered = len((self.added.figures & opposite) - mine)
        strange = len(self.added.figures - opposite)
        return (
            1.0,
            float(grown @ other - own @ other) / scale,
            min(short, 4.0) - min(long, 4.0),
            (float(added @ other) - weights.chance) / scale,
            (float(added @ edge) - weights.chance) / scale,
            float(own @ rest - own @ other) / scale,
            min(covered, 2) / 2,
            min(strange, 2) / 2,
            min(max(self.elsewhere, 0.0), 6.0),
        )


_STRONG = frozenset("。．.!?！？;；:：\n")
_WEAK = frozenset("、,，）)」』]")


def cut(text: str, share: float) -> tuple[str, str]:
    """Cut a text near a share of its length, at the end of a sentence if one is near, else of a clause or word."""
    size = len(text)
    aim = round(size * min(max(share, 0.02), 0.98))
    reach = max(6, round(0.4 * min(aim, size - aim)))
    best, cost = aim, math.inf
    for at in range(max(1, aim - reach), min(size, aim + reach + 1)):
        mark = text[at - 1]
        weight = 0.0 if mark in _STRONG else 0.5 if mark in _WEAK else 1.0 if mark.isspace() else 2.0
        value = weight + abs(at - aim) / reach
        if value < cost:
            best, cost = at, value
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
    )
