"""Enumerations of a bead, member by member: which one the other language lacks, which one it names otherwise.

Two enumerations answer each other when all their members but one do (one word of each is enough, each member once). A
member left over on one side alone, none of whose words has a counterpart, is missing; one left over on both sides is
exchanged. Nothing is said where the members that answer each other stand too far apart or where a list is cut wrongly.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from mocalign.checks.lists import english_lists, japanese_lists
from mocalign.model import Span

if TYPE_CHECKING:
    from mocalign.lexicon import Answer
    from mocalign.pair import Pair

__all__ = ["Member", "members"]

EXPLAINED = 0.5
MATCHED = 0.35  # least link between members that stand in the same order
_NEAR = 0.4  # cosine from which a member left over may be held by a member of the other list
_ALIKE = 0.3  # cosine from which two members may mean the same


@dataclass(frozen=True, slots=True)
class Member:
    """A member of an enumeration without counterpart.

    `en` and `ja` are the member and where the other side lacks it (or what it names instead); `others` are the members that
    answer each other.
    """

    bead: int
    kind: str
    en: Span | None
    ja: Span | None
    others: int


@dataclass(frozen=True, slots=True)
class _List:
    """The units (word indices) of each member, and the places of the members."""

    units: tuple[tuple[int, ...], ...]
    places: tuple[tuple[int, int], ...]


def members(pair: Pair, number: int) -> Iterator[Member]:
    """Yield the members of a bead's enumerations that have no counterpart."""
    answer = pair.lexicon.answer(number)
    if not answer.words or not answer.pieces:
        return
    en_lists = list(_lists(pair, number, "en", answer))
    ja_lists = list(_lists(pair, number, "ja", answer))
    if not en_lists and not ja_lists:
        return
    links: dict[tuple[int, int], float] = {}
    for link in answer.links:
        links[link.en, link.ja] = max(links.get((link.en, link.ja), 0.0), link.strength)
    done: set[tuple[str, int]] = set()
    for one in en_lists:
        for other in ja_lists:
            held = _matched(one, other, links)
            if len(held) < 2 or not _in_order(held):
                continue
            for en, ja in _left(one, other, held):
                key = ("en", one.places[en][0]) if isinstance(en, int) else ("ja", other.places[_int(ja)][0])
                found = None if key in done else _member(pair, number, answer, one, other, en, ja, len(held))
                if found is not None:
                    done.add(key)
                    yield found


_Place = int | tuple[int, ...]


def _int(place: _Place) -> int:
    return place if isinstance(place, int) else place[0]


def _left(one: _List, other: _List, held: Mapping[int, int]) -> Iterator[tuple[_Place, _Place]]:
    """Yield (English, Japanese) members left over: an index, or the indices of the members round the gap.

    A member between two that are answered by neighbours, or at the end of a list all the rest of which is answered.
    """
    n, m = len(one.units), len(other.units)
    back = {b: a for a, b in held.items()}
    for a in range(n):
        if a in held:
            continue
        x, y = held.get(a - 1), held.get(a + 1)
        if x is not None and y is not None and y - x == 1:
            yield a, (x, y)
        elif x is not None and y is not None and y - x == 2 and x + 1 not in back:
            yield a, x + 1
        elif a in (0, n - 1) and len(held) == n - 1 == m:
            yield a, (0,) if a == 0 else (m - 1,)
        elif a in (0, n - 1) and len(held) == n - 1 == m - 1 and (0 if a == 0 else m - 1) not in back:
            yield a, 0 if a == 0 else m - 1
    for b in range(m):
        if b in back:
            continue
        x, y = back.get(b - 1), back.get(b + 1)
        if x is not None and y is not None and y - x == 1:
            yield (x, y), b
        elif b in (0, m - 1) and len(held) == m - 1 == n:
            yield (0,) if b == 0 else (n - 1,), b


def _member(
    pair: Pair, number: int, answer: Answer, one: _List, other: _List, en: _Place, ja: _Place, others: int
) -> Member | None:
    here = _free(answer, "en", one, en) if isinstance(en, int) else True
    there = _free(answer, "ja", other, ja) if isinstance(ja, int) else True
    if here is None or there is None:
        return None
    if isinstance(en, int) and isinstance(ja, int):
        a, b = _span(pair, "en", one.places[en]), _span(pair, "ja", other.places[ja])
        if not (here and there) or _alike(pair, answer, one.units[en], other.units[ja], a.text, b.text):
            return None
        return Member(number, "swapped", a, b, others)
    if not here or not there:
        return None
    if isinstance(en, int):
        text = _between(pair, "ja", other)
        if _open(answer, "ja", other, ja) or re.search(r"その他|[^平同対初高]等", text):
            return None
        if others < 3 and _resembles(pair, "en", one.places[en], "ja", other):
            return None
        places = [other.places[k] for k in _all(ja)]
        spot = _span(pair, "ja", (places[0][0], places[-1][1]))
        return Member(number, "member-omitted", _span(pair, "en", one.places[en]), spot, others)
    if _open(answer, "en", one, en):
        return None
    if others < 3 and _resembles(pair, "ja", other.places[_int(ja)], "en", one):
        return None
    places = [one.places[k] for k in _all(en)]
    spot = _span(pair, "en", (places[0][0], places[-1][1]))
    return Member(number, "member-added", spot, _span(pair, "ja", other.places[_int(ja)]), others)


def _resembles(pair: Pair, side: str, place: tuple[int, int], against: str, members: _List) -> bool:
    """Tell whether a member of a short list is near a member of the other list: two may be put in one word (恩赦)."""
    text = _span(pair, side, place).text
    others = [_span(pair, against, p).text for p in members.places]
    vectors = pair.lexicon.vectors([text, *others])
    return bool(vectors) and any(float(vectors[text] @ vectors[t]) >= _NEAR for t in others)


def _all(place: _Place) -> tuple[int, ...]:
    return (place,) if isinstance(place, int) else place


def _between(pair: Pair, side: str, one: _List) -> str:
    return (pair.en if side == "en" else pair.ja).text[one.places[0][0] : one.places[-1][1] + 4]


def _open(answer: Answer, side: str, one: _List, at: _Place) -> bool:
    """Tell whether something unanswered stands where the member should: then it is said otherwise."""
    units: Sequence[Any] = answer.words if side == "en" else answer.pieces
    best = answer.en_best if side == "en" else answer.ja_best
    held = [k for m in _all(at) for k in one.units[m]]
    near = range(max(0, min(held) - 2), min(len(units), max(held) + 3))
    return any(best[k] < MATCHED and not units[k].light for k in near)


def _alike(pair: Pair, answer: Answer, words: Sequence[int], pieces: Sequence[int], en: str, ja: str) -> bool:
    """Tell whether two members may well mean the same, though no dictionary says so."""
    dictionary = pair.lexicon.dictionary
    vectors = pair.lexicon.vectors([en, ja])
    if vectors and float(vectors[en] @ vectors[ja]) >= _ALIKE:
        return True
    return dictionary is not None and any(
        dictionary.profile(answer.words[e].lemma.lower()).get(answer.pieces[j].normalized, answer.pieces[j].text) >= 0.1
        for e in words
        for j in pieces
    )


def _span(pair: Pair, side: str, place: tuple[int, int]) -> Span:
    return Span(place[0], (pair.en if side == "en" else pair.ja).text[place[0] : place[1]])


def _lists(pair: Pair, number: int, side: str, answer: Answer) -> Iterator[_List]:
    bead = pair.beads[number]
    units: Sequence[Any] = answer.words if side == "en" else answer.pieces
    document = pair.en if side == "en" else pair.ja
    for segment in bead.en if side == "en" else bead.ja:
        view = pair.body(document, segment)
        found = english_lists(view.text) if side == "en" else japanese_lists(view.text, pair.ja_tokens(segment))
        for ranges in found:
            places = tuple((view.starts[a], view.ends[b - 1]) for a, b in ranges if b > a)
            inside = tuple(tuple(k for k, u in enumerate(units) if a <= u.start and u.end <= b) for a, b in places)
            if len(places) == len(ranges) and all(inside):
                yield _List(inside, places)


def _matched(one: _List, other: _List, links: dict[tuple[int, int], float]) -> dict[int, int]:
    """Which English member answers which Japanese one, each once, the strongest first."""
    options = []
    for a, words in enumerate(one.units):
        for b, pieces in enumerate(other.units):
            best = max((links.get((e, j), 0.0) for e in words for j in pieces), default=0.0)
            if best >= MATCHED:
                options.append((-best, abs(a - b), a, b))
    held: dict[int, int] = {}
    for _, _, a, b in sorted(options):
        if a not in held and b not in held.values():
            held[a] = b
    return held


def _in_order(held: dict[int, int]) -> bool:
    """Lists are translated in order."""
    values = [held[a] for a in sorted(held)]
    return values == sorted(values)


def _free(answer: Answer, side: str, one: _List, at: int) -> bool | None:
    """True when no word of a member has a counterpart, False when only weak or contested ones, None when it has."""
    units: Sequence[Any] = answer.words if side == "en" else answer.pieces
    best = answer.en_best if side == "en" else answer.ja_best
    match = answer.en_match if side == "en" else answer.ja_match
    strong = [k for k in one.units[at] if not units[k].light]
    if not strong:
        return None
    # the first and the last member may have words that belong to the sentence
    if side == "en" and at == 0:
        strong = strong[-1:]
    elif side == "en" and at == len(one.units) - 1:
        strong = strong[:1]
    if all(match[k] < EXPLAINED for k in strong):
        return all(best[k] < EXPLAINED for k in strong)
    return None
