"""Whether the other side answers a word, judged word by word from its context.

Two kinds of evidence meet: the links of the lexicon (dictionary, renderings, habits) and how much a word in its sentence
is like the words of the other sentence (`contextual`). A word of a faithful translation has a counterpart that is liked
by no other word as much; a word that was left out, or rendered by another one, has none, whatever the dictionary finds.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from mocalign.checks.facts import facts
from mocalign.data import rows
from mocalign.lexicon import Source, built_in_renderings

if TYPE_CHECKING:
    from mocalign.lexicon import Answer
    from mocalign.pair import Pair

__all__ = ["FEATURES", "features", "readable", "unanswered"]

Floats = npt.NDArray[np.float32]

_SHARP = 15.0  # how much a softmax over cosines prefers the best
_SKIP = ("heading", "title", "caption", "signature")  # compared as wholes; names by sound

FEATURES = (
    "like", "forward", "backward", "both", "margin", "csls", "mutual", "rival", "free", "near like", "bead like", "ratio like",
    "best", "match", "elsewhere", "linked like", "linked rank", "linked both", "dictionary", "usage", "sound", "habit", "second",
    "renderings", "light", "name", "capital", "length", "units", "units there", "covered", "covered there", "document", "document there",
    "balance", "before", "after", "before like", "after like", "again", "verb", "noun", "kana", "loan",
    "plain", "own", "ablation", "uses", "habit share", "usual like", "usual known",
)  # fmt: skip


@lru_cache(maxsize=1)
def _weights() -> Mapping[str, tuple[float, Floats]]:
    """The constant and the weights of the figures, by side."""
    table = {row["figure"]: row for row in rows("word_weights")}
    return {
        side: (float(table["constant"][side]), np.asarray([float(table[f][side]) for f in FEATURES], dtype=np.float32))
        for side in ("en", "ja")
    }


def unanswered(pair: Pair, number: int) -> Mapping[str, tuple[float, ...]]:
    """Return for each word of a bead the probability that the other side does not say it, by side; {} without context."""

    def make() -> Mapping[str, tuple[float, ...]]:
        out = {}
        for side, figures in features(pair, number).items():
            constant, weights = _weights()[side]
            odds = np.clip(figures @ weights + constant, -30, 30)
            out[side] = tuple((1 / (1 + np.exp(-odds))).tolist())
        return out

    return pair.memo(f"unanswered {number}", make)


def readable(pair: Pair) -> tuple[int, ...]:
    """Return the beads whose words can be compared."""
    return tuple(
        n for n, b in enumerate(pair.beads) if b.ja and b.en and not any(s.kind in _SKIP for s in (*b.ja, *b.en))
    )


def _soft(w: Floats, axis: int) -> Floats:
    e = np.exp(_SHARP * (w - w.max(axis=axis, keepdims=True)))
    out: Floats = e / e.sum(axis=axis, keepdims=True)
    return out


@dataclass(frozen=True, slots=True)
class Usual:
    """How close the counterpart of each word is over the document: (side, word) to the sum and the number, by bead too."""

    total: Mapping[tuple[str, str], tuple[float, int]]
    here: Mapping[tuple[int, str, str], tuple[float, int]]

    def of(self, side: str, word: str, bead: int) -> tuple[float, int]:
        """The mean over the other beads and their number."""
        total, count = self.total.get((side, word), (0.0, 0))
        mine, n = self.here.get((bead, side, word), (0.0, 0))
        return ((total - mine) / (count - n), count - n) if count > n else (0.0, 0)


def usual(pair: Pair) -> Usual:
    """Read the whole document once."""

    def make() -> Usual:
        total: dict[tuple[str, str], tuple[float, int]] = {}
        here: dict[tuple[int, str, str], tuple[float, int]] = {}
        for number in readable(pair):
            close = pair.lexicon.closeness(number)
            if close is None:
                continue
            for side, names, best in (
                ("en", [w.stem for w in pair.lexicon.words[number]], close.across.max(axis=1)),
                ("ja", [p.normalized for p in pair.lexicon.pieces[number]], close.across.max(axis=0)),
            ):
                for name, like in zip(names, best.tolist(), strict=True):
                    key = (side, name)
                    a, n = total.get(key, (0.0, 0))
                    total[key] = (a + like, n + 1)
                    a, n = here.get((number, *key), (0.0, 0))
                    here[(number, *key)] = (a + like, n + 1)
        return Usual(total, here)

    return pair.memo("usual closeness", make)


def features(pair: Pair, number: int) -> dict[str, Floats]:
    """Return the figures of the words of a bead: {"en": (words, features), "ja": (pieces, features)}; {} without context."""
    close = pair.lexicon.closeness(number)
    if close is None or not close.across.size:
        return {}
    answer, w = pair.lexicon.answer(number), close.across
    forward, backward = _soft(w, 1), _soft(w, 0)
    k = min(3, *w.shape)
    top_e = np.sort(w, axis=1)[:, -k:].mean(axis=1)
    top_j = np.sort(w, axis=0)[-k:, :].mean(axis=0)
    csls = 2 * w - top_e[:, None] - top_j[None, :]
    return {
        "en": _side(pair, number, "en", answer, w, forward, backward, csls, close.plain, close.en_own, close.ja_own),
        "ja": _side(
            pair, number, "ja", answer, w.T, backward.T, forward.T, csls.T, close.plain.T, close.ja_own, close.en_own
        ),
    }


def _side(
    pair: Pair,
    number: int,
    side: str,
    answer: Answer,
    w: Floats,
    forward: Floats,
    backward: Floats,
    csls: Floats,
    plain: Floats,
    own: Floats,
    other_own: Floats,
) -> Floats:
    known_facts, usually = facts(pair), usual(pair)
    both = forward * backward
    size, width = w.shape
    # the two sides as means of their words; what the likeness of the sides gains when a word is left out
    whole, mine = float(w.sum()), float(own[:, 1].sum())
    theirs = max(float(other_own[:, 1].sum()), 1e-6)
    base = whole / math.sqrt(max(mine, 1e-6) * theirs)
    rest = np.maximum(mine - 2 * own[:, 1] + 1, 1e-6)
    ablation = (
        (whole - w.sum(axis=1)) / np.sqrt(rest * theirs) - base if size > 1 else np.full(1, -0.5, dtype=np.float32)
    )
    english = side == "en"
    there = "ja" if english else "en"
    units: Sequence[Any] = answer.words if english else answer.pieces
    best = answer.en_best if english else answer.ja_best
    match = answer.en_match if english else answer.ja_match
    elsewhere = answer.en_else if english else answer.ja_else
    strength = np.zeros((size, width), dtype=np.float32)
    source: dict[tuple[int, int], str] = {}
    for link in answer.links:
        a, b = (link.en, link.ja) if english else (link.ja, link.en)
        if link.strength > strength[a, b]:
            strength[a, b] = link.strength
            source[a, b] = link.source
    # how strongly another word of this side holds each word of the other one
    order = np.sort(strength, axis=0)
    first, second = order[-1], order[-2] if size > 1 else np.zeros(width, dtype=np.float32)
    held = np.where(strength >= first[None, :], second[None, :], first[None, :])
    arg = w.argmax(axis=1)
    mutual = w.argmax(axis=0)[arg] == np.arange(size)
    ranked = np.sort(w, axis=1)
    like = ranked[:, -1]
    margin = like - (ranked[:, -2] if width > 1 else 0)
    rival = np.array([np.delete(w[:, j], i).max() if size > 1 else 0.0 for i, j in enumerate(arg)])
    free = np.where(held < 0.7, w, -1).max(axis=1)
    strong = np.array([not u.light for u in units])
    bead_like = float(like[strong].mean()) if strong.any() else float(like.mean())
    spread = float(like[strong].std()) + 0.05 if strong.any() else 0.1
    place = np.arange(size) / max(1, size - 1)
    spots = np.arange(width) / max(1, width - 1)
    near = np.where(np.abs(place[:, None] - spots[None, :]) < 0.35, w, -1).max(axis=1)
    (got, all_), (got2, all2) = (
        known_facts.covered[side].get(number, (0, 0)),
        known_facts.covered[there].get(number, (0, 0)),
    )
    document, document_there = known_facts.share(side, number), known_facts.share(there, number)
    usage = built_in_renderings()
    out = []
    for i, unit in enumerate(units):
        linked = [j for j in range(width) if strength[i, j] >= 0.5]
        at = max(linked, key=lambda j: (strength[i, j], w[i, j]), default=-1)
        closest = max(linked, key=lambda j: w[i, j], default=-1)
        kinds = {source[i, j] for j in linked}
        text = unit.text
        if english:
            known = math.log1p(len(usage.of_word(unit.stem)))
            again = sum(u.stem == unit.stem for u in units)
            verb = float(text.endswith(("ing", "ed")))
            noun = kana = loan = 0.0
        else:
            known = math.log1p(max(usage.japanese.get(f, 0) for f in (unit.text, unit.normalized, unit.lemma)))
            again = sum(u.normalized == unit.normalized for u in units)
            verb, noun = float(unit.pos[0] == "動詞"), float(unit.pos[0] == "名詞")
            kana = float(all("ぁ" <= c <= "ん" for c in text))
            loan = float(all("ァ" <= c <= "ヿ" for c in text))
        key = unit.stem if english else unit.normalized
        uses, share = known_facts.habit(side, key, number)
        mean, count = usually.of(side, key, number)
        before = i - 1 if i and units[i - 1].run == unit.run else -1
        after = i + 1 if i + 1 < size and units[i + 1].run == unit.run else -1
        out.append((
            like[i], forward[i].max(), backward[i].max(), both[i].max(), margin[i], csls[i].max(), float(mutual[i]),
            like[i] - rival[i], free[i], near[i], bead_like, (like[i] - bead_like) / spread,
            best[i], match[i], elsewhere[i],
            w[i, closest] if linked else 0.3, like[i] - (w[i, closest] if linked else 0.0), both[i, closest] if linked else 0.0,
            float(Source.DICTIONARY in kinds or Source.TERM in kinds), float(Source.USAGE in kinds), float(Source.SOUND in kinds),
            float(Source.HABIT in kinds), float(held[i, at]) if linked else 0.0,
            known, float(unit.light), float(unit.name) if english else float(unit.pos[1] == "固有名詞"),
            float(text.isupper()), math.log1p(len(text)), math.log1p(size), math.log1p(width),
            got / max(1, all_), got2 / max(1, all2), document, document_there, math.log(max(1, all2) / max(1, all_)),
            best[before] if before >= 0 else 0.5, best[after] if after >= 0 else 0.5,
            like[before] if before >= 0 else bead_like, like[after] if after >= 0 else bead_like,
            math.log1p(again), verb, noun, kana, loan,
            plain[i].max(), own[i, 0], 10 * ablation[i] * size, math.log1p(uses), share, mean - like[i] if count else 0.0, math.log1p(count),
        ))  # fmt: skip
    return np.asarray(out, dtype=np.float32)
