"""What a whole document says about its words: how much of it is answered, how words are rendered, how long it is.

Shared by `wordwise` and `evidence`; computed once for a pair.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mocalign.pair import Pair

__all__ = ["EXPLAINED", "Facts", "facts", "ratio", "sizes"]

EXPLAINED = 0.5  # a word whose best link is weaker has no counterpart
_USUAL = 0.96  # what an ordinary translation answers
_SHORT = 30  # words of an average translation that a short document is filled up with


@dataclass(frozen=True, slots=True)
class Facts:
    """What the whole document says: `middle` of log(Japanese length / English length) over the beads; `seen[side, word]`
    the beads of a word; `partners[side, word]` how many beads each of its counterparts shares with it at most, as the set
    of beads; `covered[side][bead]` (answered, all) words; `sums[side]` their sums.
    """

    middle: float
    seen: Mapping[tuple[str, str], frozenset[int]]
    partners: Mapping[tuple[str, str], tuple[frozenset[int], ...]]
    covered: Mapping[str, Mapping[int, tuple[int, int]]]
    sums: Mapping[str, tuple[int, int]]

    def share(self, side: str, bead: int) -> float:
        """The share of words of a side that the other side answers, this bead left out."""
        (got, size), (mine, all_) = self.sums[side], self.covered[side].get(bead, (0, 0))
        return (got - mine + _USUAL * _SHORT) / (size - all_ + _SHORT)

    def habit(self, side: str, word: str, bead: int) -> tuple[int, float]:
        """In how many other beads a word stands, and in what share of them its commonest counterpart does."""
        there = self.seen.get((side, word), frozenset()) - {bead}
        if not there:
            return 0, 0.0
        most = max((len(p) - (bead in p) for p in self.partners.get((side, word), ())), default=0)
        return len(there), most / len(there)


def facts(pair: Pair) -> Facts:
    """Return what the whole document says, computed once for a pair."""
    return pair.memo("facts of words", lambda: _facts(pair))


def _facts(pair: Pair) -> Facts:
    lexicon = pair.lexicon
    ratios = sorted(ratio(pair, n) for n, b in enumerate(pair.beads) if b.ja and b.en)
    seen: dict[tuple[str, str], set[int]] = defaultdict(set)
    partners: dict[tuple[str, str], dict[str, set[int]]] = defaultdict(lambda: defaultdict(set))
    covered: dict[str, dict[int, tuple[int, int]]] = {"en": {}, "ja": {}}
    for number, bead in enumerate(pair.beads):
        if not bead.ja or not bead.en:
            continue
        answer = lexicon.answer(number)
        for word in answer.words:
            seen["en", word.stem].add(number)
        for piece in answer.pieces:
            seen["ja", piece.normalized].add(number)
        for link in answer.links:
            if link.strength >= 0.7:
                e, j = answer.words[link.en].stem, answer.pieces[link.ja].normalized
                partners["en", e][j].add(number)
                partners["ja", j][e].add(number)
        for side, units, best in (("en", answer.words, answer.en_best), ("ja", answer.pieces, answer.ja_best)):
            strong = [b >= EXPLAINED for u, b in zip(units, best, strict=True) if not u.light]  # type: ignore[attr-defined]
            covered[side][number] = (sum(strong), len(strong))
    return Facts(
        _middle(ratios),
        {k: frozenset(v) for k, v in seen.items()},
        {k: tuple(frozenset(b) for b in v.values()) for k, v in partners.items()},
        covered,
        {side: (sum(a for a, _ in c.values()), sum(b for _, b in c.values())) for side, c in covered.items()},
    )


def _middle(values: Sequence[float]) -> float:
    if not values:
        return 0.0
    return (values[(len(values) - 1) // 2] + values[len(values) // 2]) / 2


def sizes(pair: Pair, number: int) -> tuple[int, int]:
    """Characters of the Japanese and of the English of a bead, as they are read: line breaks of a page do not count."""
    return len(pair.passage("ja", number).text), len(pair.passage("en", number).text)


def ratio(pair: Pair, number: int) -> float:
    ja, en = sizes(pair, number)
    return math.log(max(1, ja) / max(1, en))
