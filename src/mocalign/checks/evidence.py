"""What speaks for and against a stretch of words being left out, or standing for other words.

Shared by ACC501 to ACC504. The figures of `stretch` and `exchange` are weighed by logistic models, fitted on errors planted at random into clean instruments, the unanswered words of the
clean instruments being the negatives. A free translation leaves many words unanswered, a literal one hardly any: what the
rest of the document does is part of the evidence.
"""

from __future__ import annotations

import bisect
import math
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from mocalign.checks.coverage import Phrase, Swap
    from mocalign.checks.replaced import Candidate
    from mocalign.lexicon import Answer
    from mocalign.pair import Pair

__all__ = ["EXCHANGE", "STRETCH", "Facts", "exchange", "facts", "stretch", "weigh"]

EXPLAINED = 0.5
_FAR = 20.0
_USUAL = 0.93  # what an ordinary translation answers
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
    ratios = sorted(_ratio(pair, n) for n, b in enumerate(pair.beads) if b.ja and b.en)
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


def _sizes(pair: Pair, number: int) -> tuple[int, int]:
    """Characters of the Japanese and of the English of a bead."""
    bead = pair.beads[number]
    return sum(len(s.span.text) for s in bead.ja), sum(len(s.span.text) for s in bead.en)


def _ratio(pair: Pair, number: int) -> float:
    ja, en = _sizes(pair, number)
    return math.log(max(1, ja) / max(1, en))


def _logit(p: float) -> float:
    return math.log(max(p, 1e-4) / max(1 - p, 1e-4))


def _place(answer: Answer, phrase: Phrase) -> dict[str, float]:
    """Where the counterpart of a phrase should stand, and what stands there unanswered."""
    from mocalign.checks.coverage import place

    english = phrase.side == "en"
    units: Sequence[Any] = answer.words if english else answer.pieces
    others: Sequence[Any] = answer.pieces if english else answer.words
    best = answer.ja_best if english else answer.en_best
    near = place(answer, phrase)[:4]
    open_ = [k for k, u in enumerate(others) if best[k] < EXPLAINED]
    strong = [k for k in open_ if not others[k].light]
    links: dict[int, list[tuple[float, int]]] = defaultdict(list)
    for link in answer.links:
        if link.strength >= 0.7:
            links[link.en if english else link.ja].append((link.strength, link.ja if english else link.en))

    def anchor(steps: Iterable[int]) -> list[int]:
        for k in steps:
            if 0 <= k < len(units) and links[k]:
                top = max(s for s, _ in links[k])
                held = [j for s, j in links[k] if s == top]
                if len(held) <= 3:
                    return held
        return []

    left = anchor(range(phrase.first - 1, phrase.first - 4, -1))
    right = anchor(range(phrase.last, phrase.last + 3))
    gap = gap_open = 9
    between = [(abs(a - b), min(a, b), max(a, b)) for a in left for b in right if a != b]
    if between:
        width, a, b = min(between)
        gap, gap_open = min(9, width - 1), min(9, sum(k in strong for k in range(a + 1, b)))
    return {
        "distance": min((abs(a - b) for a in near for b in strong), default=_FAR),
        "gap": float(gap),
        "gap open": float(gap_open),
        "open": float(len(strong)),
        "open light": float(len(open_)),
    }


def _kin(pair: Pair, answer: Answer, phrase: Phrase) -> tuple[float, float, float]:
    """How much a phrase's words share the kanji of the other side's: all of it, what is unanswered; renderings known."""
    dictionary = pair.lexicon.dictionary
    if dictionary is None:
        return 0.0, 0.0, 0.0
    every, open_ = [], []
    english = phrase.side == "en"
    units: Sequence[Any] = answer.words if english else answer.pieces
    strong = [k for k in range(phrase.first, phrase.last) if not units[k].light]
    for k in strong:
        if english:
            profile = dictionary.profile(answer.words[k].lemma.lower())
            got = [(profile.get(p.normalized, p.text), b) for p, b in zip(answer.pieces, answer.ja_best, strict=True)]
        else:
            piece = answer.pieces[k]
            got = [
                (dictionary.profile(w.lemma.lower()).get(piece.normalized, piece.text), b)
                for w, b in zip(answer.words, answer.en_best, strict=True)
            ]
        every.append(max((v for v, _ in got), default=0.0))
        open_.append(max((v for v, b in got if b < EXPLAINED), default=0.0))
    if english:
        known = math.log1p(dictionary.profile(answer.words[strong[0]].lemma.lower()).size)
    else:
        known = math.log1p(len(dictionary.glosses(answer.pieces[strong[0]].normalized)))
    return min(every), max(open_), known


def _rare(value: float, others: Sequence[float], beads: int) -> float:
    """How many of the others in a hundred beads are as high (`others` sorted upwards), in logarithms."""
    return math.log1p(100 * (len(others) - bisect.bisect_left(others, value)) / max(1, beads))


def stretch(
    pair: Pair,
    cluster: Sequence[Phrase],
    *,
    together: float,
    delta: float,
    inside: float,
    other: float,
    whole: float,
    rivals: Sequence[float],
) -> dict[str, float]:
    """Return the figures of a stretch of phrases.

    `together` is the probability that any is missing; `delta` the cosine that the bead wins without it; `inside` how much
    more it is like its own side than like the other, `other` how much it is like the other, `whole` how much the two sides
    are alike; `rivals` the probabilities of all other stretches of the side, sorted upwards.
    """
    number = cluster[0].bead
    answer = pair.lexicon.answer(number)
    known = facts(pair)
    english = cluster[0].side == "en"
    side, there = ("en", "ja") if english else ("ja", "en")
    units: Sequence[Any] = answer.words if english else answer.pieces
    others: Sequence[Any] = answer.pieces if english else answer.words
    text = (pair.en if english else pair.ja).text
    start, end = cluster[0].span.start, cluster[-1].span.end
    strong = [k for p in cluster for k in range(p.first, p.last) if not units[k].light]
    habits = [known.habit(side, units[k].stem if english else units[k].normalized, number) for k in strong]
    spots = [_place(answer, p) for p in cluster]
    kin = [_kin(pair, answer, p) for p in cluster]
    sure = sorted((p.probability for p in cluster), reverse=True)
    top = max(cluster, key=lambda p: p.probability)
    more = [p.features[_BASE:] for p in cluster if len(p.features) > _BASE]
    before, after = text[max(0, start - 12) : start], text[end : end + 3]
    if english:
        bare = re.sub(r"\b(?:and|or|the|a|in|of|with|by|for|on|at|to)\s*$", "", before.lower())
        commas = bool(re.search(r"[,;(]\s*$|^$", bare)) + bool(re.match(r"\s*[,;.)]", after))
    else:
        commas = (before[-1:] in "、（。・\n") + (after[:1] in "、）。・" or after[1:2] == "、")
    ja_size, en_size = _sizes(pair, number)
    sign = -1 if english else 1
    here, away = known.covered[side].get(number, (0, 0)), known.covered[there].get(number, (0, 0))
    beads = len(known.covered[side])
    return {
        "together": _logit(together),
        "first": _logit(sure[0]),
        "second": _logit(sure[1]) if len(sure) > 1 else -5.0,
        "phrases": float(len(cluster)),
        "words": float(min(6, len(strong))),
        "size": (end - start) / max(1, en_size if english else ja_size),
        "ratio": sign * (_ratio(pair, number) - known.middle),
        "delta": 10 * delta,
        "inside": inside,
        "other": other,
        "whole": whole,
        "commas": float(commas),
        "bracket": float(before[-1:] in ("(", "（") or after[:1] in (")", "）")),
        "lost": float(sum(n >= 2 and share >= 0.6 for n, share in habits)),
        "uses": math.log1p(max(n for n, _ in habits)),
        "habit": max(share for _, share in habits),
        "distance": min(s["distance"] for s in spots),
        "gap": min(s["gap"] for s in spots),
        "gap open": min(s["gap open"] for s in spots),
        "open": spots[0]["open"],
        "open light": spots[0]["open light"],
        "covered": here[0] / max(1, here[1]),
        "covered there": away[0] / max(1, away[1]),
        "units": math.log1p(len(units)),
        "units there": math.log1p(len(others)),
        "balance": sign * math.log(max(1, away[1] if english else here[1]) / max(1, here[1] if english else away[1])),
        "kin": min(k[0] for k in kin),
        "renderings": min(k[2] for k in kin),
        "capitals": float(english and any(units[k].text.isupper() for k in strong)),
        "likeness": max(p.likeness for p in cluster),
        "elsewhere": max(p.features[7] for p in cluster),
        "known": max(p.features[8] for p in cluster),
        "name": max(p.features[11] for p in cluster),
        "verb": top.features[15],
        "hard": max(p.features[1] for p in cluster),
        "reach": max((m[2] for m in more), default=0.4),
        "spread": min((m[3] for m in more), default=0.3),
        "document": known.share(side, number),
        "document there": known.share(there, number),
        "rare": _rare(together, rivals, beads),
        "rare half": _rare(0.5, rivals, beads),
    }


_BASE = 18  # features of a phrase before the encoder was asked again


def exchange(
    pair: Pair, swap: Swap, *, candidates: Sequence[Candidate], rivals: Sequence[float], names: Sequence[str]
) -> dict[str, float]:
    """Return the figures of an English and a Japanese phrase that may stand for each other wrongly.

    `candidates` are the words of the bead that may stand for others; `rivals` the best exchanges of the other beads,
    sorted upwards; `names` those of the features of an exchange.
    """
    number = swap.en.bead
    answer = pair.lexicon.answer(number)
    known = facts(pair)
    dictionary = pair.lexicon.dictionary
    out = {f"swap {n}": v for n, v in zip(names, swap.features, strict=True)}
    out["swap"] = _logit(swap.probability)
    for phrase in (swap.en, swap.ja):
        side = phrase.side
        units: Sequence[Any] = answer.words if side == "en" else answer.pieces
        strong = [k for k in range(phrase.first, phrase.last) if not units[k].light]
        spot, (kin, kin_open, renderings) = _place(answer, phrase), _kin(pair, answer, phrase)
        got, all_ = known.covered[side].get(number, (0, 0))
        habits = [known.habit(side, units[k].stem if side == "en" else units[k].normalized, number) for k in strong]
        uses, share = max(habits, key=lambda h: math.log1p(h[0]) * h[1])
        letters = sum(len(u.text) for u in units)
        more = phrase.features[_BASE:]
        mine = {
            "kin": kin,
            "kin open": kin_open,
            "renderings": renderings,
            "distance": spot["distance"],
            "gap": spot["gap"],
            "gap open": spot["gap open"],
            "open": spot["open"],
            "covered": got / max(1, all_),
            "size": math.log((sum(len(units[k].text) for k in strong) + 1) / max(1, letters)),
            "words": float(len(strong)),
            "uses": math.log1p(uses),
            "habit": share,
            "hard": phrase.features[1],
            "likeness": phrase.features[5],
            "delta": phrase.features[6],
            "elsewhere": phrase.features[7],
            "known": phrase.features[8],
            "name": phrase.features[11],
            "inside": phrase.features[14],
            "verb": phrase.features[15],
            "reach": more[2] if more else -0.1,
            "spread": more[3] if more else -0.1,
            "document": known.share(side, number),
        }
        out |= {f"{side} {k}": v for k, v in mine.items()}
    there = [c for c in candidates if swap.ja.span.start <= c.span.start < swap.ja.span.end]
    same = [c for c in there if swap.en.span.start <= c.word.start < swap.en.span.end]
    out["candidate"] = max((c.probability for c in there), default=0.0)
    out["same"] = max((c.probability for c in same), default=0.0)
    out["mended"] = max((c.features["delta"] for c in same), default=-1.0)
    out["gain"] = max((c.features["gain"] for c in same), default=-1.0)
    out["beside"] = max((c.features["beside"] for c in same), default=-1.0)
    out["kin"] = 0.0
    if dictionary is not None:
        out["kin"] = max(
            dictionary.profile(w.lemma.lower()).get(p.normalized, p.text)
            for w in answer.words[swap.en.first : swap.en.last]
            for p in answer.pieces[swap.ja.first : swap.ja.last]
        )
    out["place"] = abs(swap.en.first / len(answer.words) - swap.ja.first / len(answer.pieces))
    out["length"] = float(len(swap.ja.span.text))
    out["rare"] = _rare(swap.probability, rivals, len(known.covered["en"]))
    out["ratio"] = _ratio(pair, number) - known.middle
    return out


def weigh(weights: Mapping[str, float], figures: Mapping[str, float]) -> float:
    """Return the probability that logistic weights give to figures; the constant has the empty name."""
    total = weights[""] + sum(weights[name] * value for name, value in figures.items())
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, total))))


# Fitted as the module says; a figure more or less is refused by `weigh`.
STRETCH: Mapping[str, float] = {"": -16.049, "balance": 0.3709, "bracket": 0.1898, "capitals": -2.697, "commas": 0.3358, "covered": 0.03594, "covered there": -1.035, "delta": 0.06746, "distance": -0.04506, "document": 15.02, "document there": 1.893, "elsewhere": 0.4572, "first": 0.08013, "gap": -0.02539, "gap open": -0.002113, "habit": 0.7808, "hard": 0.6261, "inside": 4.937, "kin": -1.3, "known": 0.2293, "likeness": 0.2617, "lost": 0.3498, "name": -0.2657, "open": -0.2133, "open light": -0.02256, "other": 1.199, "phrases": 0.09102, "rare": -0.2332, "rare half": 0.3647, "ratio": 1.867, "reach": -1.004, "renderings": 0.1858, "second": -0.06489, "size": -0.05345, "spread": -1.115, "together": 0.03059, "units": 0.2108, "units there": -0.1775, "uses": 0.1981, "verb": 0.09132, "whole": 0.087, "words": -0.04463}  # fmt: skip
EXCHANGE: Mapping[str, float] = {"": -13.100, "beside": 0.5335, "candidate": 0.934, "en covered": -0.4383, "en delta": -0.09613, "en distance": 0.04651, "en document": 14.2, "en elsewhere": 0.471, "en gap": 0.05364, "en gap open": -0.02022, "en habit": 1.008, "en hard": 0.1846, "en inside": 2.829, "en kin": -0.7557, "en kin open": -0.5316, "en known": -0.3232, "en likeness": -2.967, "en name": -0.005409, "en open": -0.01856, "en reach": -0.04688, "en renderings": 0.05913, "en size": 0.3514, "en spread": 0.176, "en uses": 0.2661, "en verb": 0.6565, "en words": -0.7631, "gain": 0.1551, "ja covered": -0.3852, "ja delta": 0.1681, "ja distance": -0.03336, "ja document": 2.173, "ja elsewhere": -0.127, "ja gap": 0.01073, "ja gap open": 0.03482, "ja habit": 1.118, "ja hard": 0.06823, "ja inside": 1.427, "ja kin": -1.78, "ja kin open": -2.824, "ja known": 0.9431, "ja likeness": -1.508, "ja name": -0.5743, "ja open": -0.1234, "ja reach": -0.09727, "ja renderings": 0.1273, "ja size": -0.1815, "ja spread": -0.2001, "ja uses": -0.002054, "ja verb": 0.8422, "ja words": -1.42, "kin": 4.232, "length": -0.09002, "mended": 0.3244, "place": 0.009999, "rare": -0.3262, "ratio": -0.8538, "same": 0.8322, "swap": 0.1607, "swap best": 0.1397, "swap bias": 0, "swap closeness": 1.627, "swap delta": 0.04693, "swap english": 0.07655, "swap japanese": 0.1912, "swap likeness": 2.053, "swap name": -0.07957, "swap rivals": -0.3047, "swap verbs": -0.4029}  # fmt: skip
