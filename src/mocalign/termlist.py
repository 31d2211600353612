"""The terms of a pair with their renderings, counts and places.

Candidates are Japanese noun compounds and English word groups of the same bead. A pair of them is as good as the encoder
finds the two alike, as often as they occur in the same beads (Dice coefficient, damped where the evidence is thin) and
as well as their sizes fit. Within a bead the best pair is taken first and its words are used up (competitive linking,
Melamed 2000, "Models of translational equivalence among words").
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, overload

from mocalign import english, japanese
from mocalign.lexicon import light_words
from mocalign.model import Alignment, Segment, Span, View

if TYPE_CHECKING:
    from mocalign.embed import Embedder

__all__ = ["Place", "Rendering", "Term", "TermList", "terms"]

THRESHOLD = 0.46  # a pair below this is no rendering
LIMIT = 4000  # different word groups; beyond it those that occur once are left out
_DETERMINERS = frozenset("other such any each both whole following certain same said shall".split())
_LINKS = frozenset(("of", "for", "to", "in", "on", "and"))


@dataclass(frozen=True, slots=True)
class Place:
    """One occurrence of a term with its rendering: bead number, label, and the exact words on both sides."""

    bead: int
    label: tuple[str, ...]
    ja: Span
    en: Span


@dataclass(frozen=True, slots=True)
class Rendering:
    """An English rendering of a term and where it stands."""

    en: str
    places: tuple[Place, ...]

    @property
    def count(self) -> int:
        """Number of places."""
        return len(self.places)

    @property
    def labels(self) -> tuple[str, ...]:
        """The labels of the places, each once, in order; beads without a label count from 1 with a number sign."""
        return tuple(dict.fromkeys(".".join(p.label) or f"#{p.bead + 1}" for p in self.places))


@dataclass(frozen=True, slots=True)
class Term:
    """A Japanese term; `renderings` stand commonest first; `score` (0 to 1) says how sure the first one is."""

    ja: str
    count: int
    renderings: tuple[Rendering, ...]
    score: float

    @property
    def en(self) -> str:
        """The commonest rendering."""
        return self.renderings[0].en


@dataclass(frozen=True, slots=True)
class _Group:
    """A candidate: its key (folded), its words and its source."""

    key: str
    size: int
    span: Span
    text: str
    whole: bool = True


@dataclass(frozen=True, slots=True)
class TermList:
    """The terms of a pair, commonest first; a sequence of `Term`."""

    terms: tuple[Term, ...]

    def __iter__(self) -> Iterator[Term]:
        return iter(self.terms)

    def __len__(self) -> int:
        return len(self.terms)

    @overload
    def __getitem__(self, at: int) -> Term: ...
    @overload
    def __getitem__(self, at: slice) -> tuple[Term, ...]: ...
    def __getitem__(self, at: int | slice) -> Term | tuple[Term, ...]:
        return self.terms[at]

    def to_frame(self) -> Any:
        """One rendering a row, as a pandas frame. Raises `MissingExtraError` without pandas."""
        from mocalign.display import frame

        rows = [
            {"ja": t.ja, "en": r.en, "count": r.count, "score": t.score, "places": ", ".join(r.labels)}
            for t in self
            for r in t.renderings
        ]
        return frame(rows, ("ja", "en", "count", "score", "places"))

    def save(self, path: str | Path, *, lang: str = "en") -> None:
        """Write the terms to a file: .xlsx, .csv or .tbx. Raises `WriteError` for another suffix."""
        from mocalign.writers.termfile import save

        save(self.terms, path, lang=lang)

    def __repr__(self) -> str:
        return f"TermList({len(self.terms)} terms)"

    def _repr_html_(self) -> str:
        from mocalign.display import terms_html

        return terms_html(self)


def terms(alignment: Alignment, *, embedder: Embedder | None = None, minimum: int = 1) -> TermList:
    """Return the terms of an aligned pair, commonest first, then in the order of the text.

    `minimum` is the least number of places. Without two sides there are none.
    """
    from mocalign.embed import get_embedder

    sides: list[tuple[int, list[_Group], list[_Group]]] = []
    for number, bead in enumerate(alignment.beads):
        if bead.ja and bead.en:
            ja = [g for s in bead.ja for g in japanese_groups(s.body_view("ja"))]
            en = [g for s in bead.en for g in _english_groups(s)]
            if ja and en:
                sides.append((number, ja, en))
    if not sides:
        return TermList(())
    ja_in, en_in, both = Counter[str](), Counter[str](), Counter[tuple[str, str]]()
    for _, ja, en in sides:
        ja_keys, en_keys = {g.key for g in ja}, {g.key for g in en}
        ja_in.update(ja_keys)
        en_in.update(en_keys)
        both.update((a, b) for a in ja_keys for b in en_keys)
    whole = {g.key for _, _, en in sides for g in en if g.whole}
    ja_keys_all, en_keys_all = sorted(ja_in), sorted(k for k in en_in if k in whole or en_in[k] > 1)
    if len(ja_keys_all) + len(en_keys_all) > LIMIT:  # a long text: only what comes back
        ja_keys_all = [k for k in ja_keys_all if ja_in[k] > 1]
        en_keys_all = [k for k in en_keys_all if en_in[k] > 1]
    forms: dict[str, Counter[str]] = defaultdict(Counter)
    for _, _, en in sides:
        for g in en:
            forms[g.key][g.text.lower()] += 1
    written = [min(forms[k].items(), key=lambda item: (-item[1], item[0]))[0] for k in en_keys_all]
    embedder = embedder or get_embedder()
    left = dict(zip(ja_keys_all, embedder.encode(ja_keys_all), strict=True))
    right = dict(zip(en_keys_all, embedder.encode(written), strict=True))

    nested = _nested([en for _, _, en in sides])

    def score(a: _Group, b: _Group) -> float:
        together = both[a.key, b.key]
        dice = 2 * together / (ja_in[a.key] + en_in[b.key])
        # one shared bead says little, five say much
        weight = 0.5 * (1 - 1 / (1 + 0.5 * (together - 1)))
        alike = max(0.0, float(left[a.key] @ right[b.key]))
        fit = math.exp(-0.18 * max(a.size - b.size, b.size - _most(a), 0))
        part = 0.85 if b.key in nested and a.size < _most(a) else 1.0
        return ((1 - weight) * alike + weight * dice) * fit * part

    found: dict[str, list[tuple[float, str, Place]]] = defaultdict(list)
    for number, ja, en in sides:
        bead = alignment.beads[number]
        options = []
        for a in ja:
            for b in en:
                if a.key in left and b.key in right:
                    value = score(a, b)
                    if value >= THRESHOLD:
                        rank = value + 0.05 * (min(_most(a), b.size) - 1)  # a compound before its parts
                        options.append((-round(rank, 6), value, a.span.start, b.span.start, -a.size, -b.size, a, b))
        taken_ja: list[Span] = []
        taken_en: list[Span] = []
        for _, value, *_, a, b in sorted(options, key=lambda o: o[:6]):
            if any(a.span.overlaps(t) for t in taken_ja) or any(b.span.overlaps(t) for t in taken_en):
                continue
            taken_ja.append(a.span)
            taken_en.append(b.span)
            found[a.key].append((value, b.key, Place(number, bead.label, a.span, b.span)))
    return TermList(_terms(found, minimum))


def _nested(sides: Sequence[Sequence[_Group]]) -> frozenset[str]:
    """Keys that come back and never without the same larger group: "infectious" in "infectious diseases"."""
    seen: Counter[str] = Counter()
    inside: Counter[tuple[str, str]] = Counter()
    for groups in sides:
        for g in groups:
            seen[g.key] += 1
        for large in groups:
            if large.size > 1:
                for g in groups:
                    if g is not large and large.span.start <= g.span.start and g.span.end <= large.span.end:
                        inside[g.key, large.key] += 1
    return frozenset(small for (small, _), n in inside.items() if n > 1 and n == seen[small])


def _most(group: _Group) -> int:
    """How many English words a Japanese group may need: 感染症 is one word to the dictionary and two to the English."""
    return max(group.size, (len(group.text) + 1) // 2)


def _terms(found: Mapping[str, Sequence[tuple[float, str, Place]]], minimum: int) -> tuple[Term, ...]:
    out = []
    for key, hits in found.items():
        if len(hits) < minimum:
            continue
        groups: dict[str, list[tuple[float, Place]]] = defaultdict(list)
        for value, en, place in hits:
            groups[en].append((value, place))
        ordered = sorted(groups.items(), key=lambda item: (-len(item[1]), -max(v for v, _ in item[1]), item[0]))
        renderings = tuple(
            Rendering(_shown(p for _, p in places), tuple(sorted((p for _, p in places), key=_order)))
            for _, places in ordered
        )
        best = max(v for v, _ in ordered[0][1])
        out.append(Term(key, len(hits), renderings, round(min(1.0, best), 4)))
    out.sort(key=lambda t: (-t.count, min(_order(p) for r in t.renderings for p in r.places)))
    return tuple(out)


def _order(place: Place) -> tuple[int, int, int]:
    return (place.bead, place.ja.start, place.en.start)


def _shown(places: Iterable[Place]) -> str:
    """A rendering as the text most often writes it, in the form with the fewest capitals."""
    forms = Counter(" ".join(p.en.text.split()) for p in places)
    best = sorted(forms.items(), key=lambda item: (sum(c.isupper() for c in item[0]), -item[1], item[0]))[0][0]
    return best.lower() if best.isupper() and len(best) > 5 else best


def japanese_groups(view: View) -> list[_Group]:
    """Noun compounds of a Japanese view: each whole compound, and its single words of two characters or more."""
    out: list[_Group] = []
    run: list[japanese.Token] = []
    light = light_words("ja")

    def close() -> None:
        while run and (run[-1].pos[0] in ("接頭辞", "補助記号") or run[-1].surface in "・=＝"):
            run.pop()
        while run and (run[0].pos[0] in ("接尾辞", "補助記号")):
            run.pop(0)
        words = [t for t in run if t.pos[0] in ("名詞", "形状詞")]
        if words:
            parts = [(run[0].start, run[-1].end, len(words))]
            if len(words) > 1:
                parts += [(t.start, t.end, 1) for t in words]
            for start, end, size in parts:
                text = view.text[start:end]
                if text in light or all("ぁ" <= c <= "ん" for c in text):
                    continue  # こと, もの, ため, 以下: nouns of grammar
                if len(text) > 1 or (size == 1 and len(run) == 1 and "\u4e00" <= text <= "\u9fff"):
                    out.append(_Group(text, size, view.span(start, end), text))
        run.clear()

    for token in japanese.tokens(view.text):
        noun = token.pos[0] == "名詞" and token.pos[1] not in ("数詞", "助動詞語幹") and token.pos[2] != "助数詞可能"
        noun = noun and "非自立" not in token.pos[1]
        glue = token.surface == "・" and bool(run)
        affix = token.pos[0] == "接頭辞" or (token.pos[0] == "接尾辞" and token.pos[1] == "名詞的" and bool(run))
        if noun or affix or glue or token.pos[0] == "形状詞":
            run.append(token)
        else:
            close()
    close()
    return out


def _english_groups(segment: Segment) -> list[_Group]:
    view = segment.body_view("en")
    out: list[_Group] = []
    light = light_words("en")
    words = list(english.tokens(view.text))
    for at, first in enumerate(words):
        if not first.is_content or first.lemma in _DETERMINERS:
            continue
        size = 0
        for stop in range(at, min(len(words), at + 6)):
            token = words[stop]
            if stop > at and view.text[words[stop - 1].end : token.start].strip():
                break
            if token.is_content:
                size += 1
            elif not (token.surface.lower() in _LINKS or (token.surface.lower() == "the" and stop > at + 1)):
                break
            else:
                continue
            if size > 4:
                break
            if size == 1 and stop == at and english.lemma(first.surface.lower()) in light:
                continue
            keys = [english.lemma(w.surface.lower()) for w in words[at : stop + 1]]
            whole = size == 1 or (not (at and _joined(words, at - 1, view)) and not _joined(words, stop, view))
            span = view.span(first.start, token.end)
            out.append(_Group(" ".join(keys), size, span, view.text[first.start : token.end], whole))
    return out


def _joined(words: Sequence[english.Token], at: int, view: View) -> bool:
    """Tell whether a word and the next are content words with nothing between them."""
    if at + 1 >= len(words) or not (words[at].is_content and words[at + 1].is_content):
        return False
    return not view.text[words[at].end : words[at + 1].start].strip()
