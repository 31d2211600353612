"""The one dynamic programme: the best monotone path through a band of gains.

Rows are Japanese segments, columns English ones. A band holds, for each row, the gains of a window of columns; with a
window as wide as the English side the result is the exact optimum. Time and memory are rows times width.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

__all__ = ["Band", "Step", "best_path", "heaviest_chain"]

Floats = npt.NDArray[np.float64]
Step = tuple[int, int, int, int]
"""(i, j, a, b): `a` rows from i answer `b` columns from j; a or b may be 0."""


@dataclass(frozen=True, slots=True)
class Band:
    """`values[i, k]` belongs to the pair (i, lo[i] + k); `lo` never falls; the last window ends at `columns`."""

    lo: npt.NDArray[np.int64]
    values: npt.NDArray[Any]
    columns: int

    @property
    def rows(self) -> int:
        """Number of Japanese segments."""
        return int(self.values.shape[0])

    @property
    def width(self) -> int:
        """Number of columns in a window."""
        return int(self.values.shape[1])

    def at(self, i: int, j: int, default: float = -1e9) -> float:
        """Return the value of a pair, `default` outside the band."""
        k = j - int(self.lo[i])
        return float(self.values[i, k]) if 0 <= k < self.width else default


def best_path(
    band: Band,
    *,
    skip_rows: Floats | None = None,
    skip_columns: Floats | None = None,
    beads: Iterable[tuple[int, int, int, int, float]] = (),
) -> list[Step]:
    """Return the path with the highest sum of gains.

    A pair gains its value in the band, a row or column left alone `skip_rows[i]` or `skip_columns[j]` (0 without),
    a bead (i, j, a, b, gain) its gain. Of equal paths the one with pairs before gaps is taken, so that the result is
    the same everywhere. Raises `ValueError` for a band whose windows leave holes.
    """
    n, m, width = band.rows, band.columns, band.width
    down = np.zeros(n) if skip_rows is None else np.asarray(skip_rows, dtype=np.float64)
    right = np.zeros(m) if skip_columns is None else np.asarray(skip_columns, dtype=np.float64)
    before = np.concatenate([[0.0], np.cumsum(right)])
    starts = np.concatenate([[0], band.lo]).astype(np.int64)
    if n and (band.lo[0] != 0 or band.lo[-1] + width != m or np.any(np.diff(band.lo) < 0)):
        raise ValueError("the windows of a band begin at 0, never fall and end at the last column")
    by_end: dict[int, list[tuple[int, int, int, int, float]]] = {}
    for bead in beads:
        by_end.setdefault(bead[0] + bead[2], []).append(bead)
    size = width + 1
    reach = 5  # rows that stay in memory for beads of up to four segments
    table: list[Floats] = []
    # 0 pair, 1 row alone, 2 + k a bead of by_end; left moves are kept apart
    source = np.zeros((n + 1, size), dtype=np.int16)
    moved_left = np.zeros((n + 1, size), dtype=bool)
    for i in range(n + 1):
        lo = int(starts[i])
        value = np.full(size, -np.inf)
        if i == 0:
            value[0] = 0.0
        else:
            last, shift = table[-1], lo - int(starts[i - 1])
            up = np.full(size, -np.inf)
            if shift < size:
                up[: size - shift] = last[shift:]
            diagonal = np.full(size, -np.inf)
            if shift == 0:
                diagonal[1:] = last[:-1]
            elif shift <= size:
                diagonal[: size - shift + 1] = last[shift - 1 :]
            gain = np.full(size, -np.inf)
            gain[1:] = band.values[i - 1]
            value = diagonal + gain
            alone = up + down[i - 1]
            better = alone > value + 1e-9
            value = np.where(better, alone, value)
            source[i] = better
        for code, (bi, bj, _, b, bonus) in enumerate(by_end.get(i, ())):
            k, back = bj + b - lo, i - bi
            if not 0 <= k < size or back >= reach + 1:
                continue
            row = value if back == 0 else table[-back]
            at = bj - int(starts[bi])
            if back and 0 <= at < size and row[at] + bonus > value[k] + 1e-9:
                value[k] = row[at] + bonus
                source[i, k] = 2 + code
        # columns left alone: a running maximum of what it costs to come from the left
        base = before[lo : lo + size]
        if len(base) < size:
            base = np.concatenate([base, np.full(size - len(base), before[-1])])
            value[m - lo + 1 :] = -np.inf
        running = np.maximum.accumulate(value - base)
        best = running + base
        moved_left[i] = best > value + 1e-9
        table.append(np.where(moved_left[i], best, value))
        if len(table) > reach:
            table.pop(0)
    path: list[Step] = []
    i, j = n, m
    while i or j:
        k = j - int(starts[i])
        if moved_left[i, k]:
            path.append((i, j - 1, 0, 1))
            j -= 1
            continue
        code = int(source[i, k])
        if i == 0:
            raise ValueError("no path")
        if code == 0:
            path.append((i - 1, j - 1, 1, 1))
            i, j = i - 1, j - 1
        elif code == 1:
            path.append((i - 1, j, 1, 0))
            i -= 1
        else:
            bi, bj, a, b, _ = by_end[i][code - 2]
            path.append((bi, bj, a, b))
            i, j = bi, bj
    path.reverse()
    return path


def heaviest_chain(pairs: Sequence[tuple[int, int, float]]) -> list[int]:
    """Return the indices of the heaviest subset of (i, j, weight) that rises in i and j (patience with weights)."""
    order = sorted(range(len(pairs)), key=lambda k: (pairs[k][0], -pairs[k][1]))
    ranks = {j: r for r, j in enumerate(sorted({p[1] for p in pairs}), 1)}
    tree: list[tuple[float, int]] = [(0.0, -1)] * (len(ranks) + 1)
    total: dict[int, float] = {}
    back: dict[int, int] = {}
    for k in order:
        r = ranks[pairs[k][1]] - 1
        best = (0.0, -1)
        while r > 0:
            best = max(best, tree[r], key=lambda t: t[0])
            r -= r & -r
        total[k], back[k] = best[0] + pairs[k][2], best[1]
        r = ranks[pairs[k][1]]
        while r < len(tree):
            if total[k] > tree[r][0]:
                tree[r] = (total[k], k)
            r += r & -r
    at = max(total, key=lambda k: (total[k], -k)) if total else -1
    chain = []
    while at >= 0:
        chain.append(at)
        at = back[at]
    return chain[::-1]
