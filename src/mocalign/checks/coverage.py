"""Coverage of content words: what one side of a bead says and the other does not.

Shared by the checks ACC501 to ACC504. Words without counterpart (`lexicon`) are grouped into phrases; each phrase is
judged by features that a logistic model weighs. The weights were fitted on errors planted at random into the bundled
development instruments (`benchmarks`), clean phrases without counterpart being the negatives.
"""

from __future__ import annotations

import itertools
import math
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from mocalign.checks import brackets, enumerations, evidence, wordwise
from mocalign.model import Severity, Span

if TYPE_CHECKING:
    from mocalign.checks.replaced import Candidate
    from mocalign.lexicon import Answer, Lexicon
    from mocalign.pair import Pair

__all__ = [
    "Exchange",
    "Phrase",
    "Stretch",
    "Swap",
    "Verdict",
    "exchanges",
    "phrases",
    "place",
    "rank",
    "stretches",
    "swaps",
    "verdicts",
]

EXPLAINED = 0.5  # a word whose best link is weaker has no counterpart
_WHOLE = 40  # beads with more words than this many times the other side's are nobody's phrase


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words of one side of a bead that nothing on the other side answers.

    `first:last` are indices of `Answer.words` or `.pieces` (last excluded); `span` is the place in the document;
    `probability` that the other side really lacks it.
    """

    bead: int
    side: str
    first: int
    last: int
    span: Span
    features: tuple[float, ...]
    probability: float
    partner: int = -1
    likeness: float = 0.0


@dataclass(frozen=True, slots=True)
class Swap:
    """An English phrase and a Japanese one in the same place that do not answer each other."""

    en: Phrase
    ja: Phrase
    features: tuple[float, ...]
    probability: float


SWAP_NAMES = ("bias", "english", "japanese", "likeness", "closeness", "delta", "name", "rivals", "verbs", "best")

NAMES = (
    "bias", "hard", "strong", "unexplained here", "unexplained there", "likeness", "delta", "elsewhere", "known here",
    "renderings", "length", "name", "bead", "alone", "inside", "verb", "long", "alone delta",
)  # fmt: skip


def _sigmoid(x: float) -> float:
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, x))))


def phrases(pair: Pair, *, only: int | None = None) -> Mapping[int, tuple[Phrase, ...]]:
    """Return the unanswered phrases of each bead (or of one), both sides, with their probabilities."""
    lexicon = pair.lexicon
    raw = {}
    texts: set[str] = set()
    for number, bead in enumerate(pair.beads):
        if not bead.ja or not bead.en or only not in (None, number):
            continue
        if any(s.kind in ("heading", "title", "caption", "signature") for s in (*bead.ja, *bead.en)):
            continue  # headings are compared as wholes, names by sound
        answer = lexicon.answer(number)
        if not answer.words or not answer.pieces:
            continue
        en = _groups(answer, "en")
        ja = _groups(answer, "ja")
        if not en and not ja:
            continue
        raw[number] = (en, ja)
        for side, groups in (("en", en), ("ja", ja)):
            document = pair.en if side == "en" else pair.ja
            units: Sequence[Any] = answer.words if side == "en" else answer.pieces
            for first, last in groups:
                texts.add(document.text[units[first].start : units[last - 1].end])
        texts.add(_body(pair, number, "en"))
        texts.add(_body(pair, number, "ja"))
        for first, last in en:
            texts.add(_without(pair, number, "en", answer.words[first].start, answer.words[last - 1].end))
        for first, last in ja:
            texts.add(_without(pair, number, "ja", answer.pieces[first].start, answer.pieces[last - 1].end))
    vectors = lexicon.vectors(texts)
    known = _known(lexicon)
    judged = {number: _judge(pair, number, en, ja, vectors, known) for number, (en, ja) in raw.items()}
    return _refined(pair, judged)


def _candidates(answer: Answer, side: str, skip: Phrase) -> list[tuple[int, int]]:
    """What a phrase may mean on the other side: words, neighbouring pairs, whole compounds."""
    units: Sequence[Any] = answer.words if side == "en" else answer.pieces
    out = [(k, k + 1) for k, u in enumerate(units) if not u.light]
    for k in range(len(units) - 1):
        a, b = units[k], units[k + 1]
        if a.run == b.run and (side == "en" or a.end == b.start):
            out.append((k, k + 2))
    return out


def _refined(pair: Pair, first: Mapping[int, tuple[Phrase, ...]]) -> dict[int, tuple[Phrase, ...]]:
    """Ask the encoder what the suspicious phrases may mean on the other side; the rest keeps its probability."""
    wanted: dict[Phrase, tuple[str, list[str]]] = {}
    for number, found in first.items():
        answer = pair.lexicon.answer(number)
        for phrase in found:
            if phrase.probability < SUSPICIOUS:
                continue
            other = "ja" if phrase.side == "en" else "en"
            document = pair.ja if other == "ja" else pair.en
            units: Sequence[Any] = answer.pieces if other == "ja" else answer.words
            texts = [document.text[units[a].start : units[b - 1].end] for a, b in _candidates(answer, other, phrase)]
            wanted[phrase] = (phrase.span.text, [t for t in texts if len(t) < 60])
    vectors = pair.lexicon.vectors({t for mine, texts in wanted.values() for t in (mine, *texts)})
    out: dict[int, tuple[Phrase, ...]] = {}
    for number, found in first.items():
        changed = []
        for phrase in found:
            if phrase in wanted and vectors:
                mine, texts = wanted[phrase]
                likes = sorted((float(vectors[mine] @ vectors[t]) for t in texts), reverse=True)
                reach = likes[0] if likes else 0.0
                base = _logit(phrase.probability)
                spread = reach - (sum(likes) / len(likes) if likes else 0.0)
                extra = (1.0, base, reach, spread)
                weights = REFINE[phrase.side]
                probability = _sigmoid(sum(w * f for w, f in zip(weights, extra, strict=True)))
                phrase = replace(phrase, probability=probability, features=(*phrase.features, *extra))
            changed.append(phrase)
        out[number] = tuple(changed)
    return out


def _known(lexicon: Lexicon) -> dict[tuple[str, str], list[int]]:
    """(side, word) to [times explained, times seen] over the document."""
    out: dict[tuple[str, str], list[int]] = defaultdict(lambda: [0, 0])
    for number in range(len(lexicon.words)):
        answer = lexicon.answer(number)
        if not answer.words or not answer.pieces:
            continue
        for word, best in zip(answer.words, answer.en_best, strict=True):
            entry = out["en", word.stem]
            entry[0] += best >= 0.75
            entry[1] += 1
        for piece, best in zip(answer.pieces, answer.ja_best, strict=True):
            entry = out["ja", piece.normalized]
            entry[0] += best >= 0.75
            entry[1] += 1
    return out


def _groups(answer: Answer, side: str) -> list[tuple[int, int]]:
    """Runs of neighbours without counterpart that hold at least one word with a meaning of its own."""
    units: Sequence[Any] = answer.words if side == "en" else answer.pieces
    match = answer.en_match if side == "en" else answer.ja_match
    out: list[tuple[int, int]] = []
    at = 0
    while at < len(units):
        if match[at] >= EXPLAINED or units[at].light:
            at += 1
            continue
        stop = at + 1
        while stop < len(units) and units[stop].run == units[at].run and match[stop] < EXPLAINED:
            stop += 1
        while stop > at + 1 and units[stop - 1].light and side == "en":
            stop -= 1
        out.append((at, stop))
        at = stop
    return out


def _body(pair: Pair, number: int, side: str) -> str:
    bead = pair.beads[number]
    if side == "en":
        return " ".join(pair.body(pair.en, s).text for s in bead.en)
    return "".join(pair.body(pair.ja, s).text for s in bead.ja)


def _without(pair: Pair, number: int, side: str, start: int, end: int) -> str:
    """The text of one side of a bead with a phrase left out."""
    bead = pair.beads[number]
    out = []
    document = pair.en if side == "en" else pair.ja
    for segment in bead.en if side == "en" else bead.ja:
        view = pair.body(document, segment)
        if segment.span.start <= start < segment.span.end:
            a, b = view.index(start), view.index(end - 1) + 1
            rest = view.text[b:]
            if side == "ja" and rest[:1] in ("の", "な", "、", "・"):
                rest = rest[1:]
            out.append(view.text[:a] + (rest.lstrip(" ,") if side == "en" else rest))
        else:
            out.append(view.text)
    return (" " if side == "en" else "").join(out)


def _judge(
    pair: Pair,
    number: int,
    en: Sequence[tuple[int, int]],
    ja: Sequence[tuple[int, int]],
    vectors: Mapping[str, Any],
    known: Mapping[tuple[str, str], list[int]],
) -> tuple[Phrase, ...]:
    lexicon = pair.lexicon
    answer = lexicon.answer(number)
    whole: dict[str, Any] = {side: vectors.get(_body(pair, number, side)) for side in ("en", "ja")}
    base = float(whole["en"] @ whole["ja"]) if vectors else 0.0

    def text(side: str, first: int, last: int) -> str:
        units: Sequence[Any] = answer.words if side == "en" else answer.pieces
        document = pair.en if side == "en" else pair.ja
        return document.text[units[first].start : units[last - 1].end]

    def mass(side: str) -> int:
        units: Sequence[Any] = answer.words if side == "en" else answer.pieces
        best = answer.en_best if side == "en" else answer.ja_best
        return sum(b < EXPLAINED and not u.light for b, u in zip(best, units, strict=True))

    out = []
    total = {"en": mass("en"), "ja": mass("ja")}
    for side, groups, others in (("en", en, ja), ("ja", ja, en)):
        other = "ja" if side == "en" else "en"
        units: Sequence[Any] = answer.words if side == "en" else answer.pieces
        best = answer.en_best if side == "en" else answer.ja_best
        elsewhere = answer.en_else if side == "en" else answer.ja_else
        for first, last in groups:
            mine = text(side, first, last)
            partner, likeness = -1, 0.0
            for k, (f, t) in enumerate(others):
                if vectors:
                    value = float(vectors[mine] @ vectors[text(other, f, t)])
                    if value > likeness:
                        partner, likeness = k, value
            span_start, span_end = units[first].start, units[last - 1].end
            delta = 0.0
            if vectors:
                rest = vectors.get(_without(pair, number, side, span_start, span_end))
                delta = float(rest @ whole[other]) - base if rest is not None else -0.5
            strong = [k for k in range(first, last) if not units[k].light]
            hard = max(1 - best[k] for k in strong)
            seen = [known[side, units[k].stem if side == "en" else units[k].normalized] for k in strong]
            share = min((s[0] / s[1] if s[1] > 1 else 0.3) for s in seen)
            if lexicon.dictionary is None:
                rendered = 0.0
            elif side == "en":
                rendered = max(math.log1p(len(lexicon.dictionary.renderings(units[k].lemma))) for k in strong)
            else:
                rendered = max(math.log1p(len(lexicon.dictionary.glosses(units[k].normalized))) for k in strong)
            inside = 0.0
            if vectors:
                inside = float(vectors[mine] @ whole[side]) - float(vectors[mine] @ whole[other])
            if side == "ja":
                tail = pair.ja.text[span_end : span_end + 2]
                verb = 1.0 if units[strong[-1]].pos[0] == "動詞" or (tail[:1] in "しさすせ" and tail) else 0.0
                if units[last - 1].pos[0] == "動詞" and last - 1 not in strong:
                    verb = 1.0
            else:
                verb = lexicon.dictionary.is_verb(units[strong[0]].lemma) if lexicon.dictionary else 0.0
            said = wordwise.said_near(pair, number, side, [units[k] for k in strong])
            name = any(u.name for u in units[first:last]) if side == "en" else units[strong[0]].pos[1] == "固有名詞"
            features = (
                1.0,
                hard,
                min(3.0, len(strong)),
                math.log1p(total[side]),
                math.log1p(total[other]),
                likeness,
                10 * delta,
                max(elsewhere[k] for k in strong),
                share,
                rendered / 3,
                math.log1p(len(units)) / 3,
                1.0 if name else 0.0,
                0.0,
                1.0 if not others else 0.0,
                inside,
                verb,
                1.0 if len(strong) > 1 else 0.0,
                0.0 if others else 10 * delta,
            )
            document = pair.en if side == "en" else pair.ja
            weights = WEIGHTS[side]
            out.append(
                Phrase(
                    number,
                    side,
                    first,
                    last,
                    Span(span_start, document.text[span_start:span_end]),
                    features,
                    _sigmoid(
                        sum(w * f for w, f in zip(weights, features, strict=True))
                        - (SOFT if hard <= 0.5 else 0.0)
                        - (UNDERSTOOD if said else 0.0)
                    ),
                    partner,
                    likeness,
                )
            )
    return tuple(out)


def place(answer: Answer, phrase: Phrase) -> tuple[int, ...]:
    """Return the indices of the other side's units that answer the neighbours of a phrase, nearest first."""
    english = phrase.side == "en"
    units: Sequence[Any] = answer.words if english else answer.pieces
    best: dict[int, tuple[float, list[int]]] = {}
    for link in answer.links:
        mine, theirs = (link.en, link.ja) if english else (link.ja, link.en)
        strength, held = best.get(mine, (0.0, []))
        if link.strength > strength:
            best[mine] = (link.strength, [theirs])
        elif link.strength == strength:
            held.append(theirs)
    out: list[int] = []
    for step in range(1, 4):
        for near in (phrase.last - 1 + step, phrase.first - step):
            if 0 <= near < len(units) and best.get(near, (0.0, []))[0] >= 0.7 and len(best[near][1]) <= 4:
                out += [k for k in best[near][1] if k not in out]
    return tuple(out)


def swaps(pair: Pair, found: Sequence[Phrase]) -> tuple[Swap, ...]:
    """Return the English and Japanese phrases of one bead that stand in the same place, most probable first."""
    if not found:
        return ()
    answer = pair.lexicon.answer(found[0].bead)
    vectors = pair.lexicon.vectors(())
    en = [p for p in found if p.side == "en"]
    ja = [p for p in found if p.side == "ja"]
    likeness = {
        (a, b): float(vectors[e.span.text] @ vectors[j.span.text]) if vectors else 0.0
        for a, e in enumerate(en)
        for b, j in enumerate(ja)
    }
    out = []
    for a, e in enumerate(en):
        near = place(answer, e)[:6]
        for b, j in enumerate(ja):
            back = place(answer, j)[:6]
            steps = [min(abs(k - j.first), abs(k - j.last + 1)) for k in near]
            steps += [min(abs(k - e.first), abs(k - e.last + 1)) for k in back]
            closeness = 1 / min(steps) if steps and min(steps) > 0 else 0.0
            features = (
                1.0,
                _logit(e.probability),
                _logit(j.probability),
                likeness[a, b],
                closeness,
                max(-2.0, min(2.0, e.features[6] + j.features[6])),
                max(e.features[11], j.features[11]),
                math.log(len(en) + len(ja)),
                max(e.features[15], j.features[15]),
                1.0 if likeness[a, b] >= max(likeness[x, b] for x in range(len(en))) else 0.0,
            )
            out.append(Swap(e, j, features, _sigmoid(sum(w * f for w, f in zip(SWAP_WEIGHTS, features, strict=True)))))
    return tuple(sorted(out, key=lambda s: (-s.probability, s.en.span.start, s.ja.span.start)))


@dataclass(frozen=True, slots=True)
class Verdict:
    """What is to be reported of one bead: kind is "omitted", "added", "swapped", each also "by context", "member-omitted" or "member-added"."""

    kind: str
    bead: int
    en: Span | None
    ja: Span | None
    probability: float
    what: str
    instead: str = ""


_LOST = 0.55  # a bead of which more than this share is unanswered on both sides is misaligned or freely rewritten


# What of the findings on clean texts and on texts with one error in ten beads was right, by probability.
_RANKS: Mapping[str, tuple[tuple[float, float], ...]] = {
    "omitted": ((0.80, 0.5), (0.86, 0.6), (0.938, 0.7), (0.965, 0.8), (1.0, 0.95)),
    "added": ((0.80, 0.5), (0.86, 0.6), (0.925, 0.7), (0.965, 0.85), (1.0, 0.95)),
    "swapped": ((0.72, 0.5), (0.80, 0.6), (0.86, 0.7), (0.945, 0.8), (1.0, 0.95)),
    "omitted by context": ((0.6, 0.5), (0.8, 0.7), (0.92, 0.8), (0.98, 0.9), (1.0, 0.95)),
    "added by context": ((0.8, 0.5), (0.97, 0.7), (0.985, 0.8), (0.995, 0.9), (1.0, 0.92)),
    "swapped by context": ((0.6, 0.5), (0.7, 0.7), (0.9, 0.8), (0.99, 0.92), (1.0, 0.95)),
}
_GRAVE = 0.93  # free translations leave words unanswered: only what is nearly certain is called major


def rank(probability: float, kind: str = "added") -> tuple[float, Severity]:
    """Return the confidence and the severity of a verdict of some kind and probability.

    The models are fitted on texts in which every second phrase is an error; in real ones few are. Below 0.7 a finding is
    a hint (neutral).
    """
    confidence = 0.0
    for (a, low), (b, high) in itertools.pairwise(_RANKS.get(kind, _RANKS["added"])):
        if a <= probability <= b:
            confidence = low + (high - low) * (probability - a) / (b - a)
    severity = Severity.neutral if confidence < 0.7 else Severity.minor if confidence < _GRAVE else Severity.major
    return round(confidence, 4), severity


@dataclass(frozen=True, slots=True)
class Stretch:
    """Neighbouring phrases of one side without counterpart; `together` the probability that any of them is missing."""

    phrases: tuple[Phrase, ...]
    together: float
    span: Span
    figures: Mapping[str, float]


def stretches(
    pair: Pair, found: Mapping[int, tuple[Phrase, ...]], *, rivals: Mapping[str, Sequence[float]] | None = None
) -> tuple[Stretch, ...]:
    """Return the stretches of the phrases of beads with the figures that speak for and against them.

    `rivals` are the probabilities of the stretches of the document, by side; by default those that are found.
    """
    raw: list[tuple[list[Phrase], float, Span, tuple[str, str, str]]] = []
    texts: set[str] = set()
    for number, phrases_ in found.items():
        answer = pair.lexicon.answer(number)
        for side in ("en", "ja"):
            document = pair.en if side == "en" else pair.ja
            low = _NEAR if side == "ja" else _FAINT
            for cluster in _clusters(answer, [p for p in phrases_ if p.side == side and p.probability >= low], side):
                together = _together(cluster)
                if together < _LEAST:
                    continue
                start, end = cluster[0].span.start, cluster[-1].span.end
                span = Span(start, document.text[start:end])
                mine, theirs = _body(pair, number, side), _body(pair, number, "ja" if side == "en" else "en")
                keys = (_without(pair, number, side, start, end), mine, theirs)
                texts |= {*keys, span.text}
                raw.append((cluster, together, span, keys))
    vectors = pair.lexicon.vectors(texts)
    odd = _odd(pair)
    if rivals is None:
        rivals = {side: sorted(t for c, t, _, _ in raw if c[0].side == side) for side in ("en", "ja")}
    out = []
    for cluster, together, span, (rest, mine, theirs) in raw:
        figures: Mapping[str, float] = {}
        if vectors:
            own, other = float(vectors[span.text] @ vectors[mine]), float(vectors[span.text] @ vectors[theirs])
            whole = float(vectors[mine] @ vectors[theirs])
            others = list(rivals[cluster[0].side])
            figures = evidence.stretch(
                pair,
                cluster,
                together=together,
                delta=float(vectors[rest] @ vectors[theirs]) - whole if rest.strip() else -0.5,
                inside=own - other,
                other=other,
                whole=whole,
                rivals=_but_one(others, together),
                candidates=odd.get(cluster[0].bead, ()),
            )
        out.append(Stretch(tuple(cluster), together, span, figures))
    return tuple(out)


def _odd(pair: Pair) -> Mapping[int, list[Candidate]]:
    """Words that nothing answers and what could have been meant, by bead."""
    from mocalign.checks.replaced import candidates
    from mocalign.checks.tools import once

    def group(p: Pair) -> Mapping[int, list[Candidate]]:
        out = defaultdict(list)
        for c in once(p, "replaced", candidates):
            if c.kind == "odd":
                out[c.bead].append(c)
        return out

    return once(pair, "odd words", group)


def _but_one(values: list[float], mine: float) -> list[float]:
    """The values, sorted, without one that is `mine`."""
    out = list(values)
    if mine in out:
        out.remove(mine)
    return out


def _together(cluster: Sequence[Phrase]) -> float:
    missing = 1.0
    for n, phrase in enumerate(sorted(cluster, key=lambda p: -p.probability)):
        missing *= 1 - phrase.probability * (1.0 if n == 0 else _FURTHER)
    return 1 - missing


@dataclass(frozen=True, slots=True)
class Exchange:
    """A `Swap` with the figures of all that is known of it."""

    swap: Swap
    figures: Mapping[str, float]


def exchanges(
    pair: Pair,
    found: Mapping[int, tuple[Phrase, ...]],
    *,
    least: float = 0.05,
    rivals: Mapping[int, float] | None = None,
) -> tuple[Exchange, ...]:
    """Return the swaps of beads with the figures that speak for and against them; `rivals` are the best of each bead."""
    odd = _odd(pair)
    every = {number: swaps(pair, phrases_)[:10] for number, phrases_ in found.items()}
    best = rivals if rivals is not None else {n: ss[0].probability for n, ss in every.items() if ss}
    out = []
    for number, ss in every.items():
        others = sorted(p for n, p in best.items() if n != number)
        for swap in ss:
            if swap.probability >= least:
                figures = evidence.exchange(pair, swap, candidates=odd.get(number, ()), rivals=others, names=SWAP_NAMES)
                out.append(Exchange(swap, figures))
    return tuple(out)


def verdicts(pair: Pair, *, only: int | None = None) -> tuple[Verdict, ...]:
    """Return what the words of each bead (or of one) give reason to report; each phrase at most once."""
    out: list[Verdict] = []
    found = {}
    for number, phrases_ in phrases(pair, only=only).items():
        answer = pair.lexicon.answer(number)
        if _share(answer.words, answer.en_best) <= _LOST or _share(answer.pieces, answer.ja_best) <= _LOST:
            found[number] = phrases_
    used: set[Phrase] = set()
    for number, bead in enumerate(pair.beads):
        if not bead.ja or not bead.en or only not in (None, number):
            continue
        phrases_ = found.get(number, ())
        for member in enumerations.members(pair, number):
            mine = {p for p in phrases_ if _within(p, member.en if p.side == "en" else member.ja)}
            if member.kind == "member-omitted":
                mine = {p for p in mine if p.side == "en"}
            elif member.kind == "member-added":
                mine = {p for p in mine if p.side == "ja"}
            what, instead = (member.ja, None) if member.kind == "member-added" else (member.en, member.ja)
            if mine & used or what is None:
                continue
            used |= mine
            sure = 0.965 if member.others > 2 else 0.945
            named = instead.text if instead is not None else ""
            out.append(Verdict(member.kind, number, member.en, member.ja, sure, what.text, named))
        for verdict, phrase in _members(pair, number, phrases_):
            if phrase not in used:
                out.append(verdict)
                used.add(phrase)
    for remark in brackets.missing(pair):
        if only not in (None, remark.bead):
            continue
        mine = {p for p in found.get(remark.bead, ()) if p.side == remark.side and _within(p, remark.span)}
        if mine & used:
            continue
        used |= mine
        en, ja = (remark.span, None) if remark.side == "en" else (None, remark.span)
        kind, quoted = "omitted" if remark.side == "en" else "added", " ".join(remark.span.text.split())
        out.append(Verdict(kind, remark.bead, en, ja, REMARK, quoted))
    weighed = [(evidence.weigh(evidence.EXCHANGE, x.figures), x.swap) for x in exchanges(pair, found)]
    weighed.sort(key=lambda w: (-w[0], w[1].en.span.start, w[1].ja.span.start))
    for probability, swap in weighed:
        if probability < EXCHANGED or swap.en in used or swap.ja in used or _answered(pair, (swap.en, swap.ja)):
            continue
        used |= {swap.en, swap.ja}
        en, ja = swap.en.span, swap.ja.span
        out.append(Verdict("swapped", swap.en.bead, en, ja, probability, en.text, ja.text))
    out += _by_context(pair, found, used, only)
    odd, every = _odd(pair), stretches(pair, found)
    recurring = Counter(_words(pair, one) for one in every)
    for one in every:
        side, number = one.phrases[0].side, one.phrases[0].bead
        kind = "omitted" if side == "en" else "added"
        if used & set(one.phrases) or recurring[_words(pair, one)] > 1:
            continue  # what is missing again and again is how this translator writes
        if _answered(pair, one.phrases):
            continue
        weights = evidence.STRETCH if side == "en" else evidence.SURPLUS
        probability = evidence.weigh(weights, one.figures) if one.figures else 0.0
        if side == "ja" and one.together >= PLAIN:
            probability = max(probability, one.together)
        if probability < (ADDED if side == "ja" else OMITTED):
            continue
        partner = next((w for w in weighed if len(one.phrases) == 1 and one.phrases[0] in (w[1].en, w[1].ja)), None)
        if partner is not None and partner[0] >= _MAYBE and not {partner[1].en, partner[1].ja} & used:
            # what stands in its place is known: one word for another
            used |= {partner[1].en, partner[1].ja}
            en, ja = partner[1].en.span, partner[1].ja.span
            sure = max(partner[0], _alike(kind, probability, "swapped"))
            out.append(Verdict("swapped", number, en, ja, sure, en.text, ja.text))
            continue
        inside = [c for c in odd.get(number, ()) if one.span.start <= c.span.start and c.span.end <= one.span.end]
        meant = max(inside, key=lambda c: c.probability, default=None)
        if side == "ja" and meant is not None and meant.probability >= 0.5:
            sure = _alike(kind, probability, "swapped")
            out.append(Verdict("swapped", number, meant.word, one.span, sure, meant.word.text, one.span.text))
            continue
        whole = replace(one.phrases[0], last=one.phrases[-1].last, span=one.span)
        spot = _spot(pair, number, pair.lexicon.answer(number), whole)
        span_en, span_ja = (one.span, spot) if side == "en" else (spot, one.span)
        out.append(Verdict(kind, number, span_en, span_ja, min(probability, 0.99), " ".join(one.span.text.split())))
    return tuple(out)


def _answered(pair: Pair, phrases_: Sequence[Phrase]) -> bool:
    """Whether the context finds a counterpart for every word of phrases that the lexicon cannot link."""
    for phrase in phrases_:
        odds = wordwise.unanswered(pair, phrase.bead).get(phrase.side)
        if odds is None:
            return False
        answer = pair.lexicon.answer(phrase.bead)
        units: Sequence[Any] = answer.words if phrase.side == "en" else answer.pieces
        if any(odds[k] >= _FOUND for k in range(phrase.first, phrase.last) if not units[k].light):
            return False
    return True


def _by_context(
    pair: Pair, found: Mapping[int, tuple[Phrase, ...]], used: set[Phrase], only: int | None
) -> list[Verdict]:
    """What the context says is unanswered, and not yet used; phrases of the same words become used."""
    out: list[Verdict] = []
    for loss in wordwise.losses(pair):
        if loss.bead not in found or only not in (None, loss.bead):
            continue
        spans = [s for s in (loss.en, loss.ja) if s is not None]
        mine = {
            p
            for p in found[loss.bead]
            for side, span in (("en", loss.en), ("ja", loss.ja))
            if p.side == side and _within(p, span)
        }
        if mine & used or any(_overlaps(v, loss.bead, spans) for v in out):
            continue
        used |= mine
        answer = pair.lexicon.answer(loss.bead)
        en, ja = loss.en, loss.ja
        if en is not None and ja is not None:
            out.append(Verdict("swapped by context", loss.bead, en, ja, loss.probability, _quoted(en), ja.text))
        elif en is not None:
            spot = _spot(pair, loss.bead, answer, _as_phrase(loss, "en", en))
            out.append(Verdict("omitted by context", loss.bead, en, spot, loss.probability, _quoted(en)))
        elif ja is not None:
            spot = _spot(pair, loss.bead, answer, _as_phrase(loss, "ja", ja))
            out.append(Verdict("added by context", loss.bead, spot, ja, loss.probability, _quoted(ja)))
    return out


def _as_phrase(loss: wordwise.Loss, side: str, span: Span) -> Phrase:
    return Phrase(loss.bead, side, loss.first, loss.last, span, (), loss.probability)


def _quoted(span: Span) -> str:
    return " ".join(span.text.split())


def _overlaps(verdict: Verdict, bead: int, spans: Sequence[Span]) -> bool:
    mine = [s for s in (verdict.en, verdict.ja) if s is not None]
    return verdict.bead == bead and any(
        s.start < t.end and t.start < s.end and s.text == t.text for s in mine for t in spans
    )


def _words(pair: Pair, stretch: Stretch) -> tuple[str, ...]:
    """The side and the words of a stretch in their base forms."""
    first = stretch.phrases[0]
    answer = pair.lexicon.answer(first.bead)
    if first.side == "en":
        return ("en", *(w.stem for p in stretch.phrases for w in answer.words[p.first : p.last] if not w.light))
    return ("ja", *(q.normalized for p in stretch.phrases for q in answer.pieces[p.first : p.last] if not q.light))


def _within(phrase: Phrase, span: Span | None) -> bool:
    return span is not None and phrase.span.start < span.end and span.start < phrase.span.end


def _alike(kind: str, probability: float, other: str) -> float:
    """The probability at which a verdict of another kind is as sure."""
    confidence, _ = rank(probability, kind)
    for (a, low), (b, high) in itertools.pairwise(_RANKS[other]):
        if low <= confidence <= high:
            return a + (b - a) * (confidence - low) / (high - low)
    return 0.0


_FOUND = 0.15  # a word less probably unanswered, by its context, has a counterpart
_MAYBE = 0.3  # least probability of an exchange for its words to be quoted together
OMITTED, ADDED, EXCHANGED = 0.8, 0.8, 0.72  # least probability, by the evidence, of what is reported at all
REMARK = 0.965  # what a remark in brackets that one side lacks is worth
PLAIN = 0.965  # an addition this probable by its words alone needs no further evidence
_FAINT, _LEAST = 0.12, 0.35  # English phrases and stretches less probable than this are not weighed
_NEAR = 0.45  # a phrase less probable than this does not support its neighbour
_FURTHER = 0.5  # how much a further phrase of the same stretch counts


def _clusters(answer: Answer, found: Sequence[Phrase], side: str) -> list[list[Phrase]]:
    """Phrases of one stretch: nothing that is answered stands between them."""
    units: Sequence[Any] = answer.words if side == "en" else answer.pieces
    best = answer.en_best if side == "en" else answer.ja_best
    out: list[list[Phrase]] = []
    for phrase in sorted(found, key=lambda p: p.first):
        before = out[-1][-1] if out else None
        if (
            before is not None
            and units[before.first].segment == units[phrase.first].segment
            and phrase.first - before.last <= 4
            and all(units[k].light or best[k] < EXPLAINED for k in range(before.last, phrase.first))
        ):
            out[-1].append(phrase)
        else:
            out.append([phrase])
    return out


def _share(units: Sequence[Any], best: Sequence[float]) -> float:
    strong = [b for u, b in zip(units, best, strict=True) if not u.light]
    return sum(b < EXPLAINED for b in strong) / len(strong) if strong else 0.0


def _spot(pair: Pair, number: int, answer: Answer, phrase: Phrase) -> Span | None:
    """The words of the other side between which a phrase is missing: what answers its neighbours."""
    english = phrase.side == "en"
    units: Sequence[Any] = answer.pieces if english else answer.words
    document = pair.ja if english else pair.en
    near = place(answer, phrase)
    if not near:
        return None
    first = last = near[0]
    for k in near[1:2]:
        gap = units[max(k, last)].start - units[min(k, first)].end
        if units[k].segment == units[first].segment and gap <= (14 if english else 30):
            first, last = min(first, k), max(last, k)
    return Span(units[first].start, document.text[units[first].start : units[last].end])


def _members(pair: Pair, number: int, found: Sequence[Phrase]) -> Iterator[tuple[Verdict, Phrase]]:
    """Compare enumerations: a member without counterpart in a list that is one shorter on the other side."""
    if not found:
        return
    from mocalign.checks.lists import english_lists, japanese_lists

    answer = pair.lexicon.answer(number)
    bead = pair.beads[number]
    en_lists: list[list[tuple[int, int]]] = []
    ja_lists: list[list[tuple[int, int]]] = []
    for segment in bead.en:
        view = pair.body(pair.en, segment)
        for found_list in english_lists(view.text):
            en_lists.append([(view.starts[a], view.ends[b - 1]) for a, b in found_list])
    for segment in bead.ja:
        view = pair.body(pair.ja, segment)
        for found_list in japanese_lists(view.text, pair.ja_tokens(segment)):
            ja_lists.append([(view.starts[a], view.ends[b - 1]) for a, b in found_list])
    rivals = swaps(pair, found)
    strong = [(link.en, link.ja) for link in answer.links if link.strength >= 0.35]

    def held(units: Sequence[Any], member: tuple[int, int]) -> set[int]:
        return {k for k, u in enumerate(units) if member[0] <= u.start and u.end <= member[1]}

    sides = (
        ("en", en_lists, ja_lists, answer.words, answer.pieces),
        ("ja", ja_lists, en_lists, answer.pieces, answer.words),
    )
    for side, lists, others, units, theirs in sides:
        pairs = strong if side == "en" else [(j, e) for e, j in strong]
        for one in lists:
            inside = [held(units, m) for m in one]
            best: list[tuple[int, int]] | None = None
            shared = 0
            for candidate in others:
                outside = [held(theirs, m) for m in candidate]
                hits = sum(any(a in i and b in o for a, b in pairs for o in outside) for i in inside)
                if hits > shared:
                    best, shared = candidate, hits
            short = len(best) if best is not None else 1
            alone = best is None and len(one) == 2
            if side == "en" and all(pair.en.text[a].isupper() for a, _ in one):
                continue  # the words of one long name
            if (best is None and not alone) or short >= len(one) or (shared < len(one) - 1 and not alone):
                continue
            for member, content in zip(one, inside, strict=True):
                phrase = next(
                    (
                        p
                        for p in found
                        if p.side == side
                        and content
                        and {k for k in content if not units[k].light} <= set(range(p.first, p.last))
                        and any(not units[k].light for k in content)
                        and len(content) <= p.last - p.first
                    ),
                    None,
                )
                # Real translations name a member otherwise far more often than they lose it: the words must say so, too.
                least = 0.97 if alone else 0.55 if short == len(one) - 1 else 0.85
                if phrase is None or phrase.probability < least:
                    continue
                if any(s.features[4] >= 0.5 and s.features[9] for s in rivals if phrase in (s.en, s.ja)):
                    continue  # something unexplained stands in its place: not left out but said otherwise
                rest = [i for m, i in zip(one, inside, strict=True) if m != member]
                if not any(a in i for a, _ in pairs for i in rest):
                    continue
                spot = _spot(pair, number, answer, phrase)
                probability = max(phrase.probability, 0.94 if not alone else 0.84)
                document = pair.en if side == "en" else pair.ja
                span = Span(member[0], document.text[member[0] : member[1]])
                kind = "member-omitted" if side == "en" else "member-added"
                en, ja = (span, spot) if side == "en" else (spot, span)
                yield Verdict(kind, number, en, ja, probability, span.text), phrase


def _logit(p: float) -> float:
    return math.log(max(p, 1e-4) / max(1 - p, 1e-4))


SWAP_WEIGHTS: tuple[float, ...] = (-0.558, 0.651, 1.142, -0.014, 0.557, -0.108, 0.678, -0.487, -0.418, -0.239)

SOFT = 0.7  # what a phrase loses whose counterpart exists but is held by another word
UNDERSTOOD = 1.5  # what a phrase loses that the neighbouring provisions say: the right in question, the treaty
SUSPICIOUS = 0.4  # below this the encoder is not asked again
REFINE: Mapping[str, tuple[float, ...]] = {"en": (0.426, 1.24, -0.525, -0.755), "ja": (1.055, 1.276, -1.342, -1.188)}
WEIGHTS: Mapping[str, tuple[float, ...]] = {
    "en": (-2.718, 1.616, 0.444, -0.168, 0.562, -2.397, 2.624, 1.088, 1.281, 0.786, 0.014, -0.599, 0.0, -0.242, 0.608, -0.4, 0.42, 0.983),
    "ja": (0.139, 3.225, 0.186, -0.857, -0.391, -2.384, 2.138, -0.474, 0.893, 0.048, -1.573, -1.036, 0.0, -0.697, 1.944, -1.914, 0.186, 0.356),
}  # fmt: skip
