"""The score of a bead and the one dynamic programme."""

from __future__ import annotations

import numpy as np

from mocalign.embed import Embedder
from mocalign.model import Alignment, Bead, Document

__all__ = ["align"]


def align(ja: Document, en: Document, *, embedder: Embedder) -> Alignment:
    """Align two non-empty documents (first version: 1-1 and empty sides over cosine)."""
    a = embedder.encode([s.body_view("ja").text for s in ja.segments])
    b = embedder.encode([s.body_view("en").text for s in en.segments])
    sim = a @ b.T
    n, m = sim.shape
    best = np.zeros((n + 1, m + 1))
    for i in range(n + 1):
        for j in range(m + 1):
            options = [0.0] if i == j == 0 else []
            if i:
                options.append(best[i - 1, j])
            if j:
                options.append(best[i, j - 1])
            if i and j:
                options.append(best[i - 1, j - 1] + sim[i - 1, j - 1] - 0.2)
            best[i, j] = max(options)
    beads = []
    i, j = n, m
    while i or j:
        if i and j and best[i, j] == best[i - 1, j - 1] + sim[i - 1, j - 1] - 0.2:
            score = float(min(1.0, max(0.0, sim[i - 1, j - 1])))
            beads.append(Bead((ja.segments[i - 1],), (en.segments[j - 1],), score, "match"))
            i, j = i - 1, j - 1
        elif i and best[i, j] == best[i - 1, j]:
            beads.append(Bead((ja.segments[i - 1],), (), 0.0, "ja-only"))
            i -= 1
        else:
            beads.append(Bead((), (en.segments[j - 1],), 0.0, "en-only"))
            j -= 1
    return Alignment(ja, en, tuple(reversed(beads)))
