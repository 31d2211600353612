"""Persons and bodies by what they do: one that stands for another one (原告 for the defendant).

A Japanese noun of the table (`data/actors.tsv`) is open when no English word that may render it stands in its sentence and no
word link answers it; an English noun is open when none of its renderings does. Open on either side, they are mistaken.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from mocalign import data
from mocalign.checks.near import place_of
from mocalign.checks.roles import learned
from mocalign.checks.units import Unit
from mocalign.lexicon import Source
from mocalign.pair import Pair

__all__ = ["replaced"]

_CERTAIN = (Source.TERM, Source.DICTIONARY, Source.USAGE, Source.SOUND)
_NOUNLIKE = re.compile(
    r"(?:er|or|ee|ant|ent|ist|ian|man|men|child|children|pupil|victim|judge|king|queen|crew|consul|witness|patient|insured|nurse|attorney|counsel|premier|author|tenant|client|parliament|congress|captain|master|mayor|refugee|suspect|landlord|plaintiff|hospital|court|police|president|user)s?$|(?:i|a)ar(?:y|ies)$",
    re.I,
)


# the flag State, the requested Party: the word before says which
_STATE = re.compile(r"[\w-]+ (?:Contracting )?(?:States?|Part(?:y|ies)|countr(?:y|ies)|authorit(?:y|ies))\b", re.I)


@dataclass(frozen=True, slots=True)
class _Row:
    ja: str
    en: re.Pattern[str]


@lru_cache(maxsize=1)
def _rows() -> tuple[_Row, ...]:
    out = []
    for row in data.rows("actors"):
        pattern = re.compile(rf"(?<![A-Za-z])(?:{row['en']})(?:s|es|['’]s|s['’])?(?![A-Za-z])", re.I)
        out += [_Row(word, pattern) for word in row["ja"].replace("?", "").split("|")]
    return tuple(sorted(out, key=lambda r: (-len(r.ja), r.ja)))


@lru_cache(maxsize=1)
def _any() -> re.Pattern[str]:
    words = "|".join(r.ja for r in _rows())
    return re.compile(rf"(?P<word>{words})(?=[はがをにのとへ、。も等ら側及又並若]|から|より|による|によ|であ|で|$)")


@lru_cache(maxsize=1)
def _by_word() -> dict[str, re.Pattern[str]]:
    return {r.ja: r.en for r in _rows()}


def replaced(pair: Pair, unit: Unit) -> Iterator[tuple[tuple[int, int], tuple[int, int], float]]:
    """Yield (place in the Japanese, place in the English, how sure) of a noun that stands for another one."""
    open_ja = []
    known = learned(pair)
    for m in _any().finditer(unit.ja_text):
        if _by_word()[m["word"]].search(unit.en_text) is not None:
            continue
        run = re.search(r"[一-龥々ァ-ヴー]*$", unit.ja_text[: m.end()])
        start = run.start() if run else m.start()
        if unit.ja_text[start : m.end()] in known or m["word"] in known:
            continue  # the document has a habit, and another check watches it
        open_ja.append((m.start(), m.end()))
    if not open_ja:
        return
    answer = pair.lexicon.answer(unit.bead)
    passage = pair.passage("ja", unit.bead)
    answered_ja, answered_en = set(), set()
    for link in answer.links:
        if link.source in _CERTAIN and link.strength >= 0.55:
            answered_ja.add(link.ja)
            answered_en.add(link.en)
    for start, end in open_ja:
        span = passage.span(unit.ja[0] + start, unit.ja[0] + end)
        pieces = [k for k, p in enumerate(answer.pieces) if span.start <= p.start and p.end <= span.end]
        main = [k for k in pieces if not answer.pieces[k].light] or pieces
        if not main or any(k in answered_ja for k in main):
            continue
        for e, word in enumerate(answer.words):
            at = place_of(pair, unit, word.start)
            if at is None or e in answered_en or word.light:
                continue
            state = _STATE.match(unit.en_text, at) if at is not None else None
            if not _NOUNLIKE.search(word.text) and state is None:
                continue
            renderings = [r.ja for r in _rows() if r.en.fullmatch(word.text)]
            if not renderings or any(r in unit.ja_text for r in renderings):
                continue
            yield (start, end), (at, at + len(word.text)), 0.75
            return
