"""Words that stand where another word belongs: what the English and the rest of the document would have there.

Shared by ACC505, ACC506 and TER010. For each Japanese word of a bead the words are gathered that an English word of the
bead licenses and that could have been meant: words of the same reading (a wrong conversion), words that share a kanji
in the same place, and words that render the English word in the rest of the document. Each (word, instead, English)
triple carries the evidence as numbers; a logistic model weighs them.
"""

from __future__ import annotations

import itertools
import math
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING

from mocalign.data import rows
from mocalign.kanji import is_kanji
from mocalign.lexicon import built_in_renderings, is_katakana
from mocalign.model import Span

if TYPE_CHECKING:
    from mocalign.lexicon import Answer, Dictionary, Lexicon, Piece
    from mocalign.pair import Pair

__all__ = ["Candidate", "Renderings", "candidates", "renderings"]

EXPLAINED = 0.5  # a word whose best link is weaker has no counterpart
_LOANED = 0.6  # the same where one of the two words is a loan word: dictionaries gloss these less fully
LICENSED = 0.75  # least strength of the link between an English word and what should have stood


@dataclass(frozen=True, slots=True)
class Renderings:
    """How often words come together over the beads: `en[stem]`, `ja[word]` and `both[stem, word]` are sets of beads."""

    en: Mapping[str, frozenset[int]]
    ja: Mapping[str, frozenset[int]]
    of: Mapping[str, Mapping[str, frozenset[int]]]
    beside: Mapping[str, Counter[str]]


@dataclass(frozen=True, slots=True)
class Candidate:
    """In bead `bead` the Japanese `span` may stand for `instead`, which the English word `word` licenses.

    `how` is "reading", "kanji" or "document"; `kind` is "reading" (a wrong conversion), "odd" (nothing in the English
    answers the word) or "variant" (it answers, but the document says it otherwise); `probability` that it is so.
    """

    bead: int
    piece: int
    span: Span
    instead: str
    word: Span
    stem: str
    how: str
    features: Mapping[str, float]
    kind: str = ""
    probability: float = 0.0


def renderings(pair: Pair) -> Renderings:
    """Return which Japanese words come with which English stems over the beads of a pair."""
    lexicon = pair.lexicon
    en: dict[str, set[int]] = defaultdict(set)
    ja: dict[str, set[int]] = defaultdict(set)
    of: dict[str, dict[str, set[int]]] = defaultdict(lambda: defaultdict(set))
    beside: dict[str, Counter[str]] = defaultdict(Counter)
    for number in range(len(lexicon.words)):
        answer = lexicon.answer(number)
        for word in answer.words:
            en[word.stem].add(number)
        for k, piece in enumerate(answer.pieces):
            ja[piece.normalized].add(number)
            for key in _context(answer.pieces, k):
                beside[piece.normalized][key] += 1
        for link in answer.links:
            if link.strength >= LICENSED and link.source in ("dictionary", "term", "habit"):
                of[answer.words[link.en].stem][answer.pieces[link.ja].normalized].add(number)
    return Renderings(
        {k: frozenset(v) for k, v in en.items()},
        {k: frozenset(v) for k, v in ja.items()},
        {k: {j: frozenset(b) for j, b in v.items()} for k, v in of.items()},
        beside,
    )


def _context(pieces: Sequence[Piece], k: int) -> list[str]:
    """The neighbours that touch a piece, or stand behind one の."""
    out = []
    if k and pieces[k].start - pieces[k - 1].end <= 1 and pieces[k - 1].segment == pieces[k].segment:
        out.append("<" + pieces[k - 1].normalized)
    if k + 1 < len(pieces) and pieces[k + 1].start - pieces[k].end <= 1 and pieces[k].segment == pieces[k + 1].segment:
        out.append(">" + pieces[k + 1].normalized)
    return out


def _eligible(piece: Piece) -> bool:
    return (
        piece.pos[0] in ("名詞", "形状詞")
        and len(piece.text) >= 2
        and (all(is_kanji(c) for c in piece.text) or is_katakana(piece.text))
        and piece.pos[1] != "数詞"
    )


def candidates(pair: Pair, *, only: int | None = None) -> tuple[Candidate, ...]:
    """Return what could have been meant instead of the words of each bead (or of one), at most one for each word."""
    lexicon = pair.lexicon
    dictionary = lexicon.dictionary
    if dictionary is None:
        return ()
    table = renderings(pair)
    out: list[Candidate] = []
    for number, bead in enumerate(pair.beads):
        if not bead.ja or not bead.en or only not in (None, number):
            continue
        answer = lexicon.answer(number)
        if not answer.words or not answer.pieces:
            continue
        out += [c for c in _of_bead(pair, lexicon, table, number, answer) if _worth(c.features)]
    return _weighed(pair, out)


def _worth(f: Mapping[str, float]) -> bool:
    """Tell whether a candidate deserves the encoder's time."""
    if f["piece light"]:
        return False
    if f["opposite"]:
        return f["best"] < EXPLAINED and (f["rest"] < EXPLAINED or f["surplus"] > 0 or not f["present"])
    if f["mine"] > math.log1p(1):
        return False
    usual = (f["kanji"] or f["loan"]) and f["there"] >= math.log1p(2)
    if f["light"] and not f["name"] and not f["reading"] and not usual:
        return False
    if f["reading"]:
        # the English word has nothing else, or says it more often than the Japanese does
        return f["best"] < 0.8 and (f["rest"] < 0.5 or f["theirs"] > 0 or (f["present"] > 0 and not f["count"]))
    steady = f["there"] >= math.log1p(2) and f["share"] >= 0.6
    if f["best"] < EXPLAINED:
        if f["kanji"]:
            return f["rest"] < EXPLAINED or (steady and f["beside"] > 0) or f["surplus"] > 0
        return steady and (f["rest"] < EXPLAINED or f["beside"] > 0)
    own = _LOANED if f["loan"] else LICENSED
    return steady and f["own"] >= own and (f["rest"] < EXPLAINED or f["beside"] > 0 or f["loan"] > 0)


def _weighed(pair: Pair, found: Sequence[Candidate]) -> tuple[Candidate, ...]:
    """Add what the encoder says: of the two words against the English word, of the passage as it is and mended."""
    texts: set[str] = set()
    bodies: dict[int, tuple[str, str]] = {}
    for c in found:
        bead = pair.beads[c.bead]
        if c.bead not in bodies:
            bodies[c.bead] = (
                "".join(pair.body(pair.ja, s).text for s in bead.ja),
                " ".join(pair.body(pair.en, s).text for s in bead.en),
            )
        texts |= {*bodies[c.bead], c.span.text, c.instead, c.word.text, _mended(pair, c)}
    vectors = pair.lexicon.vectors(texts)
    out = []
    for c in found:
        extra = {"delta": 0.0, "like": 0.0, "kin": 0.0, "gain": 0.0}
        if vectors:
            ja, en = bodies[c.bead]
            extra = {
                "delta": 10 * (float(vectors[_mended(pair, c)] @ vectors[en]) - float(vectors[ja] @ vectors[en])),
                "like": float(vectors[c.span.text] @ vectors[c.word.text]),
                "gain": float(vectors[c.instead] @ vectors[c.word.text])
                - float(vectors[c.span.text] @ vectors[c.word.text]),
                "kin": float(vectors[c.span.text] @ vectors[c.instead]),
            }
        features = {**c.features, **extra}
        kind = _kind(features)
        score = sum(w * features[n] for n, w in WEIGHTS[kind].items())
        if kind == "reading" and (features["like"] >= ALIKE or features["words"] < math.log1p(3)):
            score = -9.0  # the word says what the English says, or there is too little English to tell
        out.append(
            replace(c, kind=kind, features=features, probability=1 / (1 + math.exp(-max(-30.0, min(30.0, score)))))
        )
    best: dict[tuple[int, int], Candidate] = {}
    for c in out:
        if (c.bead, c.piece) not in best or c.probability > best[c.bead, c.piece].probability:
            best[c.bead, c.piece] = c
    return tuple(best.values())


def _kind(f: Mapping[str, float]) -> str:
    return "reading" if f["reading"] else "odd" if f["best"] < EXPLAINED else "variant"


def _mended(pair: Pair, c: Candidate) -> str:
    parts = []
    for segment in pair.beads[c.bead].ja:
        view = pair.body(pair.ja, segment)
        if segment.span.start <= c.span.start < segment.span.end:
            a, b = view.index(c.span.start), view.index(c.span.end - 1) + 1
            parts.append(view.text[:a] + c.instead + view.text[b:])
        else:
            parts.append(view.text)
    return "".join(parts)


def _of_bead(pair: Pair, lexicon: Lexicon, table: Renderings, number: int, answer: Answer) -> list[Candidate]:
    dictionary = lexicon.dictionary
    if dictionary is None:
        return []
    here = Counter(p.normalized for p in answer.pieces)
    text = "".join(pair.body(pair.ja, s).text for s in pair.beads[number].ja)
    at: dict[str, list[int]] = defaultdict(list)
    for e, word in enumerate(answer.words):
        at[word.stem].append(e)
    # what each English word has in this bead apart from one piece
    held: dict[int, list[tuple[float, int]]] = defaultdict(list)
    sure: dict[int, list[tuple[float, int]]] = defaultdict(list)
    for link in answer.links:
        held[link.en].append((link.strength, link.ja))
        if link.source in ("dictionary", "term", "sound"):
            sure[link.en].append((link.strength, link.ja))
    licensed: dict[str, list[str]] = {}
    usual_words = built_in_renderings()
    for stem_, places in at.items():
        word = answer.words[places[0]]
        got = {j for j in dictionary.renderings(word.lemma) if 2 <= len(j) <= 4 and all(map(is_kanji, j))}
        got |= {j for j in usual_words.of_word(stem_) if 2 <= len(j) <= 4 and all(map(is_kanji, j))}
        got |= {j for j, beads in table.of.get(stem_, {}).items() if len(beads - {number}) >= 1 and len(j) > 1}
        licensed[stem_] = sorted(got)
    # licensed words by the characters in their places, and those that are usual in this document
    shaped: dict[tuple[int, int, str], list[tuple[str, str]]] = defaultdict(list)
    usual: list[tuple[str, str]] = []
    for stem_, options_ in licensed.items():
        for c in options_:
            for position, char in enumerate(c):
                shaped[len(c), position, char].append((c, stem_))
            if len(table.of.get(stem_, {}).get(c, frozenset()) - {number}) >= 2:
                usual.append((c, stem_))
    out = []
    for j, piece in enumerate(answer.pieces):
        if not _eligible(piece) or piece.light:
            continue
        turned = _opposites().get(piece.normalized, frozenset()) | _opposites().get(piece.text, frozenset())
        home = len(table.ja.get(piece.normalized, frozenset()) - {number}) > 1
        if home and (not turned or answer.ja_best[j] >= EXPLAINED):
            continue  # at home in this document (see `_worth`)
        found: dict[tuple[str, str], Candidate] = {}
        same = dictionary.homophones(piece.text, piece.reading) if not is_katakana(piece.text) else frozenset()
        options: dict[tuple[str, str], str] = {}
        for c in same:
            for gloss in dictionary.glosses(c):
                if len(gloss.stems) <= 2 and all(s in at for s in gloss.stems):
                    options.setdefault((c, gloss.stems[0]), "reading")
            for stem_ in at:
                if c in table.of.get(stem_, {}):
                    options.setdefault((c, stem_), "reading")
            if c in table.ja:
                for stem_ in at:
                    if c in licensed[stem_]:
                        options.setdefault((c, stem_), "reading")
        own = (piece.text, piece.normalized, piece.lemma)
        size = len(piece.text)
        for place, char in enumerate(piece.text):
            for c, stem_ in shaped.get((size, place, char), ()):
                if c not in own:
                    options.setdefault((c, stem_), "kanji")
        for stem_, words in licensed.items() if turned else ():
            for c in turned & set(words):
                options.setdefault((c, stem_), "kanji")
        for c, stem_ in usual:
            if c not in own:
                options.setdefault((c, stem_), "document")
        for (c, stem_), how in options.items():
            if home and c not in turned:
                continue
            features = _features(pair, lexicon, table, number, answer, j, c, stem_, how, here, text, at, held, sure)
            if features is not None:
                features["opposite"] = float(c in turned)
                word = answer.words[at[stem_][0]]
                best = max(
                    at[stem_],
                    key=lambda e: (-max((s for s, k in held[e] if k != j), default=0.0), -e),
                )
                word = answer.words[best]
                found[c, stem_] = Candidate(
                    number,
                    j,
                    Span(piece.start, pair.ja.text[piece.start : piece.end]),
                    c,
                    Span(word.start, pair.en.text[word.start : word.end]),
                    stem_,
                    how,
                    features,
                )
        out += list(found.values())
    return out


@lru_cache(maxsize=1)
def _opposites() -> Mapping[str, frozenset[str]]:
    """Japanese words with the words that mean the opposite."""
    out: dict[str, set[str]] = defaultdict(set)
    for row in rows("opposites"):
        one, other = (
            [w for w in row[k].split("|") if len(w) == 2 and all(map(is_kanji, w))] for k in ("ja", "ja_opposite")
        )
        for a, b in itertools.product(one, other):
            out[a].add(b)
            out[b].add(a)
    return {k: frozenset(v) for k, v in out.items()}


def _features(
    pair: Pair,
    lexicon: Lexicon,
    table: Renderings,
    number: int,
    answer: Answer,
    j: int,
    c: str,
    stem_: str,
    how: str,
    here: Counter[str],
    text: str,
    at: Mapping[str, list[int]],
    held: Mapping[int, list[tuple[float, int]]],
    sure: Mapping[int, list[tuple[float, int]]],
) -> dict[str, float] | None:
    piece = answer.pieces[j]
    places = sum(answer.words[e].stem == stem_ for e in at[stem_])
    if how != "reading" and here[c] >= places:
        return None
    mine = table.ja.get(piece.normalized, frozenset()) - {number}
    theirs = table.ja.get(c, frozenset()) - {number}
    with_e = table.of.get(stem_, {})
    there = with_e.get(c, frozenset()) - {number}
    seen = table.en.get(stem_, frozenset()) - {number}
    own = max((s for e in at[stem_] for s, k in held[e] if k == j), default=0.0)
    rest = min(max((s for s, k in held[e] if k != j), default=0.0) for e in at[stem_])
    named = {k for k, p in enumerate(answer.pieces) if p.normalized == c}
    spoken = named | {k for e in at[stem_] for s, k in sure[e] if k != j and s >= LICENSED}
    context = _context(answer.pieces, j)
    beside = sum(table.beside[c][k] > 0 for k in context) if c in table.beside else 0
    alone = sum(table.beside[piece.normalized][k] > 1 for k in context)
    return {
        "bias": 1.0,
        "reading": float(how == "reading"),
        "kanji": float(how == "kanji"),
        "document": float(how == "document"),
        "best": answer.ja_best[j],
        "own": own,
        "match": answer.ja_match[j],
        "else": answer.ja_else[j],
        "rest": rest,
        "rest else": min(answer.en_else[e] for e in at[stem_]),
        "mine": math.log1p(len(mine)),
        "theirs": math.log1p(len(theirs)),
        "there": math.log1p(len(there)),
        "share": len(there) / len(seen) if seen else 0.0,
        "seen": math.log1p(len(seen)),
        "beside": float(beside),
        "alone": float(alone),
        "present": float(c in here),
        "in text": float(c in text),
        "count": float(here[c] >= places),
        "surplus": float(len(spoken) < places),
        "alien": float(not built_in_renderings().japanese.keys() & {piece.text, piece.normalized, piece.lemma}),
        "loan": float(is_katakana(piece.text) != is_katakana(c)),
        "light": float(all(answer.words[e].light for e in at[stem_])),
        "piece light": float(piece.light),
        "words": math.log1p(len(answer.words)),
        "name": float(any(answer.words[e].name for e in at[stem_])),
        "glossed": float(lexicon.dictionary is not None and _means(lexicon.dictionary, piece.text, stem_)),
    }


def _means(dictionary: Dictionary, japanese: str, stem_: str) -> bool:
    """Whether the dictionary renders a Japanese word by this one English word."""
    return any(g.stems == (stem_,) for g in dictionary.glosses(japanese))


ALIKE = 0.5  # cosine of a Japanese word and an English one from which they may mean the same

# Logistic weights, fitted on words exchanged in the development instruments against all that clean instruments hold.
WEIGHTS: Mapping[str, Mapping[str, float]] = {
    "reading": {"bias": 5.0, "best": -1.6, "rest": -0.7, "theirs": 0.3, "share": 1.4, "present": 1.0, "name": -1.3, "like": -6.0, "kin": -1.5},
    "odd": {"bias": -0.346, "alien": 0.376, "beside": 0.388, "best": -2.695, "delta": 1.150, "document": -0.911, "else": -0.570, "gain": 3.114, "kanji": 0.911, "kin": -1.528, "light": -2.010, "like": -0.194, "name": -0.069, "opposite": 0.2, "present": -0.701, "rest": -1.626, "rest else": 0.483, "seen": 0.126, "share": 0.592, "surplus": 1.261, "theirs": 0.127, "there": 0.264, "words": -0.427},
    "variant": {"bias": 2.229, "alone": -1.231, "beside": 1.151, "best": -4.191, "delta": 0.443, "document": -0.592, "else": 0.550, "gain": 2.883, "glossed": 1.835, "in text": -0.166, "kanji": 0.592, "kin": 2.171, "like": -0.632, "match": -0.719, "mine": -3.377, "name": 0.131, "own": -4.035, "present": -0.071, "rest": 0.251, "rest else": 0.175, "seen": 0.402, "share": 1.330, "theirs": -0.022, "there": 0.490, "words": 0.050},
}  # fmt: skip
