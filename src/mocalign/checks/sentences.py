"""What the checks of lost and added sentences share."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from mocalign import english, japanese
from mocalign.checks.onesided import ratio
from mocalign.checks.tools import untranslated
from mocalign.checks.units import inner
from mocalign.model import Lang, Span
from mocalign.pair import Pair

__all__ = ["alone"]

_SHORT = 0.66  # the share of the expected length below which something is missing; clean texts stay above 0.69
_SHORT_JA = 0.5  # Japanese says in a sentence what English says in a participle


def alone(pair: Pair, lang: Lang) -> Iterator[tuple[int, Span, float]]:
    """Yield (bead, sentence, confidence) of each sentence of a side without a counterpart inside a matched bead."""
    factor = ratio(pair)
    for number, bead in enumerate(pair.beads):
        if not (bead.ja and bead.en):
            continue
        here, there = (pair.passage("ja", number).text, pair.passage("en", number).text)
        if len(here) < 4 or len(there) < 24 or untranslated(here):
            continue
        share = len(here) / (factor * len(there))  # Japanese length against what the English leads one to expect
        lack = share if lang == "en" else 1 / share
        found = [
            s
            for b in inner(pair, number)
            for s in ((b.en if not b.ja else ()) if lang == "en" else (b.ja if not b.en else ()))
        ]
        text = there if lang == "en" else here
        cut = english.sentences if lang == "en" else japanese.sentences
        count = sum(len(cut(line)) for line in text.split("\n"))
        if lang == "ja" and re.search(r"https?://|@", here + there):
            continue  # addresses make lengths mean nothing
        other = japanese.sentences if lang == "en" else english.sentences
        found = [s for s in found if not (lang == "en" and _run_in(s.text))]
        if found and 1 < count == sum(len(other(line)) for line in (here if lang == "en" else there).split("\n")):
            continue  # as many here as there: freely worded, not lost
        found = [s for s in found if not _told(pair, number, lang, s)]
        strange = None if count < 2 else _strange(pair, number, lang)
        if found and lack < (0.9 if lang == "en" else 0.7):
            for span in found:
                yield number, span, 0.85 if lack < 0.72 else 0.62
        elif strange is not None and lack < 0.95:
            yield number, strange, 0.8
        elif count > 1 and lack < (_SHORT if lang == "en" else _SHORT_JA):
            least = _least(pair, number, lang)
            if not _told(pair, number, lang, least):
                yield number, least, 0.82 if lack < 0.55 else 0.7


_ANSWERED = 0.5  # least link of a word that has a counterpart
_FORMULA: Mapping[Lang, int] = {"ja": 18, "en": 40}  # shorter sentences may be formulas that one language alone has
_FEW, _MOST = 0.25, 0.7  # a sentence nothing answers, among sentences that are answered


def _strange(pair: Pair, number: int, lang: Lang) -> Span | None:
    """The one sentence of a side of which hardly a word is answered, where nearly all words of the others are."""
    answer = pair.lexicon.answer(number)
    # what another word of the passage has taken is no answer for the strange sentence, but one for the others
    units: list[tuple[int, bool, bool, bool]]
    if lang == "en":
        rows = zip(answer.words, answer.en_best, answer.en_match, strict=True)
        units = [(w.start, w.light, b >= _ANSWERED, m >= _ANSWERED) for w, b, m in rows]
    else:
        lines = zip(answer.pieces, answer.ja_best, answer.ja_match, strict=True)
        units = [(p.start, p.light, b >= _ANSWERED, m >= _ANSWERED) for p, b, m in lines]
    found = []
    rest: list[bool] = []
    for span in _cut(pair, number, lang):
        if len(span.text) < _FORMULA[lang]:
            continue  # 書簡をもって啓上いたします。
        inside = [(light, told, own) for at, light, told, own in units if span.start <= at < span.end]
        mine = [own for light, _, own in inside if not light]
        if len(mine) >= 2 and max(sum(mine) / len(mine), sum(own for *_, own in inside) / len(inside)) <= _FEW:
            found.append(span)
        else:
            rest += [told for light, told, _ in inside if not light]
    return found[0] if len(found) == 1 and len(rest) >= 4 and sum(rest) >= _MOST * len(rest) else None


_TOLD = 0.7  # the share of answered words from which a sentence is there, in whatever sentences the other side cuts it


def _told(pair: Pair, number: int, lang: Lang, span: Span) -> bool:
    """Whether the other side says what a sentence says: nearly each of its words has an answer of its own."""
    answer = pair.lexicon.answer(number)
    if lang == "en":
        own = [
            m >= _ANSWERED
            for w, m in zip(answer.words, answer.en_match, strict=True)
            if span.start <= w.start < span.end and not w.light
        ]
    else:
        own = [
            m >= _ANSWERED
            for p, m in zip(answer.pieces, answer.ja_match, strict=True)
            if span.start <= p.start < span.end and not p.light
        ]
    return len(own) >= 3 and sum(own) >= _TOLD * len(own)


def _cut(pair: Pair, number: int, lang: Lang) -> Iterator[Span]:
    passage = pair.passage(lang, number)
    cut = english.sentences if lang == "en" else japanese.sentences
    at = 0
    for line in passage.text.split("\n"):
        for s, e in cut(line):
            if line[s:e].strip():
                yield passage.span(at + s, at + s + len(line[s:e].rstrip()))
        at += len(line) + 1


def _run_in(text: str) -> bool:
    """Whether a "sentence" is a heading on the line of its paragraph: "Waiver.", "Term and Termination."."""
    words = text.rstrip(" .:").split()
    return len(words) <= 4 and all(w[:1].isupper() or w in ("and", "of", "or", "the", "for", "to", "in") for w in words)


def _least(pair: Pair, number: int, lang: Lang) -> Span:
    """The sentence that resembles the other side least."""
    other = pair.passage("ja" if lang == "en" else "en", number).text
    spans = tuple(_cut(pair, number, lang))
    from mocalign.embed import get_embedder  # numpy, which one language needs not

    embedder = get_embedder(pair.config.embedder, cache=pair.config.cache)
    vectors = embedder.encode([other, *(" ".join(s.text.split()) for s in spans)])
    scores = [float(v @ vectors[0]) for v in vectors[1:]]
    return spans[min(range(len(spans)), key=lambda n: (round(scores[n], 4), n))]
