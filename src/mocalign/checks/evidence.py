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
from typing import TYPE_CHECKING, Any

from mocalign.checks.facts import EXPLAINED, facts, ratio, sizes
from mocalign.lexicon import Word, built_in_renderings

if TYPE_CHECKING:
    from mocalign.checks.coverage import Phrase, Swap
    from mocalign.checks.replaced import Candidate
    from mocalign.lexicon import Answer, Piece
    from mocalign.pair import Pair

__all__ = ["EXCHANGE", "STRETCH", "SURPLUS", "exchange", "stretch", "weigh"]

_FAR = 20.0


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
    candidates: Sequence[Candidate],
) -> dict[str, float]:
    """Return the figures of a stretch of phrases.

    `together` is the probability that any is missing; `delta` the cosine that the bead wins without it; `inside` how much
    more it is like its own side than like the other, `other` how much it is like the other, `whole` how much the two sides
    are alike; `rivals` the probabilities of all other stretches of the side, sorted upwards; `candidates` the words of the
    bead that may stand for others.
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
    ja_size, en_size = sizes(pair, number)
    sign = -1 if english else 1
    meant = [c for c in candidates if not english and start <= c.span.start < end]
    here, away = known.covered[side].get(number, (0, 0)), known.covered[there].get(number, (0, 0))
    beads = len(known.covered[side])
    return {
        "together": _logit(together),
        "first": _logit(sure[0]),
        "second": _logit(sure[1]) if len(sure) > 1 else -5.0,
        "phrases": float(len(cluster)),
        "words": float(min(6, len(strong))),
        "size": len(" ".join(text[start:end].split())) / max(1, en_size if english else ja_size),
        "ratio": sign * (ratio(pair, number) - known.middle),
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
        "listed": min(_listed(units[k]) for k in strong),
        "fixed": float(english and _fixed(answer, strong)),
        "meant": max((c.probability for c in meant), default=0.0),
        "mended": max((c.features["delta"] for c in meant), default=-1.0),
        "surplus": max((c.features["surplus"] for c in meant), default=0.0),
    }


def _listed(unit: Word | Piece) -> float:
    """How many renderings of a word are known, in logarithms: of a word known well it means more that none is there."""
    known = built_in_renderings()
    if isinstance(unit, Word):
        return math.log1p(len(known.of_word(unit.stem)))
    return math.log1p(max(known.japanese.get(form, 0) for form in (unit.text, unit.normalized, unit.lemma)))


def _fixed(answer: Answer, strong: Sequence[int]) -> bool:
    """Whether words that lack an answer make up a phrase that has renderings of its own."""
    words = answer.words
    for first in strong:
        for stems, _ in built_in_renderings().phrases_from(words[first].stem):
            if tuple(w.stem for w in words[first : first + len(stems)]) == stems and first + 1 in strong:
                return True
    return False


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
            "listed": min(_listed(units[k]) for k in strong),
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
    out["ratio"] = ratio(pair, number) - known.middle
    return out


def weigh(weights: Mapping[str, float], figures: Mapping[str, float]) -> float:
    """Return the probability that logistic weights give to figures; the constant has the empty name."""
    total = weights[""] + sum(weight * figures[name] for name, weight in weights.items() if name)
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, total))))


# Fitted as the module says; a figure that is missing is refused by `weigh`.
STRETCH: Mapping[str, float] = {"": -26.170, "balance": 0.6327, "bracket": -0.1292, "capitals": -2.044, "commas": 0.3101, "covered": 0.1189, "covered there": -1.977, "delta": 0.2623, "distance": -0.02139, "document": 32.12, "document there": -4.264, "elsewhere": -0.102, "first": 0.07596, "fixed": 0.9627, "gap": -0.02713, "gap open": -0.004158, "habit": 0.8029, "hard": 1.512, "inside": 3.39, "kin": 0.1032, "known": 0.2126, "likeness": 0.2173, "listed": 0.01259, "lost": 0.4336, "name": 0.2186, "open": -0.2983, "open light": -0.02996, "other": 0.8321, "phrases": 0.06663, "rare": -0.1513, "rare half": 0.3656, "ratio": 0.863, "reach": 0.3254, "renderings": 0.2525, "second": 0.009295, "size": -2.128, "spread": -1.063, "together": 0.05557, "units": -0.04908, "units there": -0.158, "uses": -0.07418, "verb": -0.09842, "whole": -0.5997, "words": 0.2379}  # fmt: skip
SURPLUS: Mapping[str, float] = {"": -11.380, "balance": -0.3212, "bracket": 0.1032, "commas": 0.04787, "covered": 0.839, "covered there": -1.131, "delta": -0.0952, "distance": -0.05163, "document": 9.221, "document there": 5.237, "elsewhere": -0.02145, "first": 0.2756, "gap": -0.04142, "gap open": 0.001559, "habit": 0.7949, "hard": -0.3606, "inside": -0.522, "kin": 0.4688, "known": 0.4394, "likeness": 0.4176, "listed": 0.3742, "lost": 0.9915, "meant": 2.06, "mended": 0.2913, "name": 2.401, "open": -0.2295, "open light": -0.1001, "other": -0.9656, "phrases": -0.3643, "rare": 0.01184, "rare half": 0.00547, "ratio": -0.09415, "reach": 0.6518, "renderings": 0.2102, "second": 0.1395, "size": 3.652, "spread": -0.7332, "surplus": 0.3372, "together": 0.2616, "units": -0.447, "units there": -0.03571, "uses": -0.008632, "verb": 1.347, "whole": 0.1886, "words": -0.7999}  # fmt: skip
EXCHANGE: Mapping[str, float] = {"": -18.566, "beside": 0.1429, "candidate": 1.43, "en covered": -1.755, "en delta": -0.1438, "en distance": 0.02295, "en document": 17.86, "en elsewhere": 0.5274, "en gap": 0.004708, "en gap open": 0.04305, "en habit": 0.6794, "en hard": 1.029, "en inside": 4.741, "en kin": 1.128, "en kin open": -0.8737, "en known": 1.028, "en likeness": -0.9855, "en listed": 0.265, "en name": -0.02603, "en open": -0.1708, "en reach": 0.2181, "en renderings": 0.3714, "en size": 0.1736, "en spread": -0.01367, "en uses": 0.04122, "en verb": 0.2572, "en words": -1.985, "gain": 0.5701, "ja covered": 0.3647, "ja delta": 0.1073, "ja distance": -0.0942, "ja document": 0.1806, "ja elsewhere": -0.1637, "ja gap": -0.05031, "ja gap open": -0.03537, "ja habit": 1.829, "ja hard": -0.3271, "ja inside": -0.5319, "ja kin": 0.7559, "ja kin open": -0.5485, "ja known": 0.7152, "ja likeness": -0.9981, "ja listed": 0.1476, "ja name": 0.5713, "ja open": -0.07717, "ja reach": 0.7251, "ja renderings": 0.5957, "ja size": 0.06071, "ja spread": 1.412, "ja uses": 0.2674, "ja verb": -0.04757, "ja words": -1.34, "kin": 2.531, "length": 0.09342, "mended": 0.2988, "place": 0.04825, "rare": -0.1263, "ratio": -0.8204, "same": 1.271, "swap": 0.077, "swap best": 0.8255, "swap bias": 0, "swap closeness": 1.388, "swap delta": 0.01194, "swap english": 0.09156, "swap japanese": 0.08286, "swap likeness": 1.072, "swap name": -0.01057, "swap rivals": -0.1137, "swap verbs": -0.1887}  # fmt: skip
