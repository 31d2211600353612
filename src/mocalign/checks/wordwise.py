"""Whether the other side answers a word, judged word by word from its context.

Two kinds of evidence meet: the links of the lexicon (dictionary, renderings, habits) and how much a word in its sentence
is like the words of the other sentence (`contextual`). A word of a faithful translation has a counterpart that is liked
by no other word as much; a word that was left out, or rendered by another one, has none, whatever the dictionary finds.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from mocalign.checks.facts import facts
from mocalign.checks.siblings import unrendered
from mocalign.data import rows
from mocalign.lexicon import Source, built_in_renderings
from mocalign.model import Span

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    from mocalign.lexicon import Answer
    from mocalign.model import Document
    from mocalign.pair import Pair

    Floats = npt.NDArray[np.float32]

__all__ = ["FEATURES", "Loss", "features", "losses", "readable", "said_near", "unanswered"]

_SHARP = 15.0  # how much a softmax over cosines prefers the best
_SKIP = ("heading", "title", "caption", "signature")  # compared as wholes; names by sound

FEATURES = (
    "like", "forward", "backward", "both", "margin", "csls", "mutual", "rival", "free", "near like", "bead like", "ratio like",
    "best", "match", "elsewhere", "linked like", "linked rank", "linked both", "dictionary", "usage", "sound", "habit", "second",
    "renderings", "light", "name", "capital", "length", "units", "units there", "covered", "covered there", "document", "document there",
    "balance", "before", "after", "before like", "after like", "again", "verb", "noun", "kana", "loan",
    "low", "low there", "low linked", "own", "ablation", "uses", "habit share", "usual like", "usual known",
)  # fmt: skip


@lru_cache(maxsize=1)
def _weights() -> Mapping[str, tuple[float, Floats]]:
    """The constant and the weights of the figures, by side."""
    import numpy as np

    table = {row["figure"]: row for row in rows("word_weights")}
    return {
        side: (float(table["constant"][side]), np.asarray([float(table[f][side]) for f in FEATURES], dtype=np.float32))
        for side in ("en", "ja")
    }


def unanswered(pair: Pair, number: int) -> Mapping[str, tuple[float, ...]]:
    """Return for each word of a bead the probability that the other side does not say it, by side; {} without context."""
    import numpy as np

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
    import numpy as np

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
    import numpy as np

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
        "en": _side(pair, number, "en", answer, w, forward, backward, csls, close.low, close.en_own, close.ja_own),
        "ja": _side(
            pair, number, "ja", answer, w.T, backward.T, forward.T, csls.T, close.low.T, close.ja_own, close.en_own
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
    low: Floats,
    own: Floats,
    other_own: Floats,
) -> Floats:
    import numpy as np

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
            low[i].max(), low[i, arg[i]], low[i, closest] if linked else 0.2, own[i, 0], 10 * ablation[i] * size, math.log1p(uses), share, mean - like[i] if count else 0.0, math.log1p(count),
        ))  # fmt: skip
    return np.asarray(out, dtype=np.float32)


@dataclass(frozen=True, slots=True)
class Loss:
    """Words of a bead that the other side does not say: English ones, Japanese ones, or both, one in place of the other.

    `first:last` are the indices of the words of the side that is there alone, of the English ones where both are.
    """

    bead: int
    en: Span | None
    ja: Span | None
    probability: float
    first: int
    last: int


OMITTED, ADDED = 0.6, 0.8  # least probability of what is said at all
BOTH = 0.5  # least of an English and a Japanese word together, each for itself above `_EACH`
_EACH, _BESIDE = 0.25, 0.3
# from what probability a term without any listed rendering is believed lost, and by how much its odds rise
_DOUBT, _LISTED = 0.3, 6.0
_NEIGHBOURS = (-1, -2, -3, 1)


def losses(pair: Pair) -> tuple[Loss, ...]:
    """Return the words that stand unanswered, most probable first; what is missing again and again is left out."""
    return pair.memo("losses", lambda: _losses(pair))


def _losses(pair: Pair) -> tuple[Loss, ...]:
    found: list[tuple[Loss, tuple[str, ...]]] = []
    for number in readable(pair):
        odds = unanswered(pair, number)
        if not odds:
            continue
        answer = pair.lexicon.answer(number)
        english, certain = _unrendered(pair, number, odds["en"])
        en = [
            (a, b, p)
            for a, b, p in _runs(answer.words, english, certain)
            if not said_near(pair, number, "en", answer.words[a:b])
        ]
        ja = [
            (a, b, p)
            for a, b, p in _runs(answer.pieces, odds["ja"])
            if not said_near(pair, number, "ja", answer.pieces[a:b])
        ]
        names_en = [" ".join(w.stem for w in answer.words[a:b]) for a, b, _ in en]
        names_ja = ["".join(q.normalized for q in answer.pieces[a:b]) for a, b, _ in ja]
        taken_e: set[int] = set()
        taken_j: set[int] = set()
        together = sorted(
            ((_together(p, q), x, y) for x, (_, _, p) in enumerate(en) for y, (_, _, q) in enumerate(ja)), reverse=True
        )
        for p, x, y in together:
            if p < BOTH or min(en[x][2], ja[y][2]) < _EACH or x in taken_e or y in taken_j:
                continue
            if all(w.name for w in answer.words[en[x][0] : en[x][1]]) or not _same_place(answer, en[x], ja[y]):
                continue
            taken_e.add(x)
            taken_j.add(y)
            a, b, _ = en[x]
            c, d, _ = ja[y]
            loss = Loss(number, _span(pair.en, answer.words, a, b), _span(pair.ja, answer.pieces, c, d), p, a, b)
            found.append((loss, (names_en[x], names_ja[y])))
        for x, (a, b, p) in enumerate(en):
            if x not in taken_e and p >= OMITTED and not all(w.name for w in answer.words[a:b]):
                found.append((Loss(number, _span(pair.en, answer.words, a, b), None, p, a, b), (names_en[x],)))
        for y, (c, d, q) in enumerate(ja):
            if y not in taken_j and q >= ADDED:
                found.append((Loss(number, None, _span(pair.ja, answer.pieces, c, d), q, c, d), (names_ja[y],)))
    again = Counter(name for _, names in found for name in names)
    return tuple(
        sorted(
            (loss for loss, names in found if all(again[name] == 1 for name in names)),
            key=lambda x: (-x.probability, x.bead, x.first),
        )
    )


def _together(p: float, q: float) -> float:
    """The probability that an English and a Japanese word stand for each other wrongly: their odds multiplied."""
    odds = p / max(1e-6, 1 - p) * (q / max(1e-6, 1 - q))
    return odds / (1 + odds)


def _unrendered(pair: Pair, number: int, odds: Sequence[float]) -> tuple[list[float], frozenset[int]]:
    """The probabilities of the English words, raised where no rendering of a term stands in the Japanese, and those words."""
    words = pair.lexicon.answer(number).words
    raised = frozenset(k for k in unrendered(pair, number) if odds[k] >= _DOUBT and not words[k].name)
    return [p * _LISTED / (1 - p + p * _LISTED) if k in raised else p for k, p in enumerate(odds)], raised


def _runs(
    units: Sequence[Any], odds: Sequence[float], certain: frozenset[int] = frozenset()
) -> list[tuple[int, int, float]]:
    """Stretches of words that are probably unanswered, with the greatest probability of each.

    A light word counts only where it is `certain`: a term of which no rendering is there.
    """
    out: list[tuple[int, int, float]] = []
    at = 0
    while at < len(units):
        if (units[at].light and at not in certain) or odds[at] < _EACH:
            at += 1
            continue
        stop = at + 1
        while (
            stop < len(units) and units[stop].run == units[at].run and odds[stop] >= _BESIDE and not units[stop].light
        ):
            stop += 1
        out.append((at, stop, max(odds[at:stop])))
        at = stop
    return out


def _same_place(answer: Answer, en: tuple[int, int, float], ja: tuple[int, int, float]) -> bool:
    """Whether two stretches may stand for each other: both alone in the bead, or neighbours of what answers each other."""
    near: set[int] = set()
    for e in (en[0] - 2, en[0] - 1, en[1], en[1] + 1):
        near |= {link.ja for link in answer.links if link.en == e and link.strength >= 0.7}
    if not near:
        return True
    return min(min(abs(k - ja[0]), abs(k - ja[1] + 1)) for k in near) <= 3


def said_near(pair: Pair, number: int, side: str, units: Sequence[Any]) -> bool:
    """Whether the neighbouring provisions say these words, so that one language may leave them to be understood here."""
    lexicon = pair.lexicon
    every: Sequence[Sequence[Any]] = lexicon.words if side == "en" else lexicon.pieces
    name = "stem" if side == "en" else "normalized"
    wanted = {getattr(u, name) for u in units if not u.light}
    for step in _NEIGHBOURS:
        if 0 <= number + step < len(every):
            wanted -= {getattr(u, name) for u in every[number + step]}
    return not wanted


def _span(document: Document, units: Sequence[Any], first: int, last: int) -> Span:
    start = units[first].start
    return Span(start, document.text[start : units[last - 1].end])
