"""An English word is damaged: a letter lost or exchanged, two words run together.

Why it matters: Governent, Nevember and ofGermany stand in published texts; a name or a date that is misspelt may be another.

What to do: write the word.

How it is found: a word that occurs once is one letter away from a word the document writes several times, from a month, or
from a word every such instrument uses; or a small word runs into a capital.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from mocalign import english
from mocalign.checks.base import Check, Example, Hit
from mocalign.config import Config
from mocalign.model import Severity
from mocalign.pair import Pair

__all__ = ["CHECK"]

_MONTHS = "January February March April June July August September October November December".split()
# Words of the genre that a careful text spells so and not otherwise; seven letters or more. Written for this project.
_GENRE = frozenset(
    """agreement agreements arrangement authority authorities cabinet commission committee competent concerning conclusion conditions
    conference confidential confirm consultation consultations convention cooperation coordination countries customs declaration
    democratic department development diplomatic dispute documents economic education effective embassy environment equipment
    equivalent established establishment exchange exchanges expenses federal financial following foreign government governments
    implementation including individual industry industrial information infrastructure innovation institute institutions
    intellectual intention international investment kingdom language legislation measures memorandum minister ministers ministry
    national negotiations notification obligations observance organisation organization parliament participant participants
    parties partners period permanent personnel possible president principles procedures programme projects property protection
    protocol provisions publication purposes quantum receiving referred regional regulations relating relations representatives
    republic request requirements research resources respective responsible scientific secretary security separate services
    settlement signature signatures sovereign standards statement strategic subject support technical technology territory
    together trading training transfer translation transport treaty understanding university validity written""".split()
)
_WORD = re.compile(r"(?<![\w@./-])[A-Za-z]{5,}(?![\w@/-]|\.[a-z])")
_GLUED = re.compile(r"(?<![\w@./-])(of|the|and|for|with|between|from|under|by)([A-Z][a-z]{2,})(?![\w@])")
_LETTERS = "abcdefghijklmnopqrstuvwxyz"


def _near(word: str) -> Iterator[str]:
    for i in range(len(word) + 1):
        if i < len(word):
            yield word[:i] + word[i + 1 :]
            if i + 1 < len(word):
                yield word[:i] + word[i + 1] + word[i] + word[i + 2 :]
        for c in _LETTERS:
            yield word[:i] + c + word[i:]
            if i < len(word):
                yield word[:i] + c + word[i + 1 :]


def _ending(a: str, b: str) -> bool:
    """Two forms of one word: plural, tense, British and American spelling, derivation."""
    if a[:3] != b[:3] and a[-3:] != b[-3:]:
        return False
    short, long = sorted((a, b), key=len)
    if len(short) != len(long):
        at = next((i for i, (x, y) in enumerate(zip(short, long, strict=False)) if x != y), len(short))
        if at >= len(short) - 2 and long[at] in "sdernlyti":
            return True
        return (
            long[at] in "ul"
            and short[:at] + long[at] + short[at:] == long
            and long[max(0, at - 1) : at + 2] in ("our", "ell", "all", "ull", "oll")
        )
    at = next(i for i, (x, y) in enumerate(zip(short, long, strict=True)) if x != y)
    return {a[at], b[at]} in ({"s", "z"}, {"c", "s"}) or at >= len(a) - 3


def find(pair: Pair, config: Config) -> Iterator[Hit]:
    """Yield words one letter away from a well-attested one, and words run together."""
    counts: Counter[str] = Counter(w.lower() for w in _WORD.findall(pair.en_text))
    for segment in pair.en.segments:
        view = pair.body(pair.en, segment)
        text = view.text
        for match in _GLUED.finditer(text):
            yield Hit(
                f"{match[0]}: two words run together.",
                f"{match[0]}：二語がつながっている。",
                en=view.span(*match.span()),
                confidence=0.88,
                suggestion=f"{match[1]} {match[2]}",
            )
        for match in _WORD.finditer(text):
            word = match[0]
            low = word.lower()
            if _GLUED.match(text, match.start()) or counts[low] > 1 or low in _GENRE:
                continue
            new = None
            dated = re.search(r"\d(?:st|nd|rd|th)?(?: day)?(?: of)? $", text[: match.start()]) or re.match(
                r",? \d", text[match.end() :]
            )
            if dated and word[0].isupper() and word.capitalize() not in _MONTHS and word != "March":
                new = next((m for m in _MONTHS if m.lower() in set(_near(low)) and len(m) > 3), None)
            if new is None and len(low) >= 7:
                near = {n for n in _near(low) if n != low and (n in _GENRE or counts[n] >= 3) and len(n) >= 7}
                good = sorted((n for n in near if not _ending(low, n)), key=lambda n: (-counts[n], n))
                if good and not _real(low) and not _in_dictionary(low, config):
                    new = good[0].capitalize() if word[0].isupper() else good[0]
            if new is None:
                continue
            yield Hit(
                f"{word} is one letter away from {new}.",
                f"{word}は{new}と一字違いである。",
                en=view.span(*match.span()),
                confidence=0.85,
                suggestion=new,
            )


_REAL = frozenset(
    "contention convection contentions corporation conformation detection election elections erection exception intervention prevention"
    " reception perception affective respecting expanses receding reliance relation realities commissions committees services"
    " competence ministries resources translating propriety prosperity procedure protection projection parties partner prevision"
    " provision stationary statements territorial transports adherence observant repression immigration emigration inclusion seclusion"
    " conclusions dispatch reforms informing transforming".split()
)


def _in_dictionary(word: str, config: Config) -> bool:
    """Whether the bilingual dictionary knows the word or what it is a form of."""
    from mocalign.lexicon import open_dictionary

    dictionary = open_dictionary() if config.dictionary else None
    if dictionary is None:
        return False
    lemmas = {word, *(t.lemma.lower() for t in english.tokens(word))}
    return any(dictionary.renderings(lemma) for lemma in lemmas)


def _real(word: str) -> bool:
    """An ordinary word that happens to be near another one."""
    return word in _REAL or any(
        word == w + e or word + e == w for w in _GENRE for e in ("s", "d", "ed", "al", "ly", "ing", "er", "or")
    )


CHECK = Check(
    code="LIN013",
    name="damaged-word",
    mqm="linguistic-conventions/spelling",
    severity=Severity.major,
    needs="en",
    doc=__doc__,
    doc_ja="英単語の綴りが損なわれている（文字の脱落・取り違え、二語の連結）。\n\nなぜ問題か：名称や日付が別のものになることがある。\n\n対処：正しい綴りに直す。",
    find=find,
    examples=(
        Example(en="DONE at Tokyo on the 28th day of AUGUST 1951."),
        Example(en="The ⟦Governent⟧ of Canada will issue the permits.", suggestion="Government"),
        Example(en="The exemption takes effect on 1 ⟦Nevember⟧.", suggestion="November"),
        Example(en="The Republic ⟦ofGermany⟧ will host the conference.", suggestion="of Germany"),
        Example(
            en="The Government of Canada will issue the permits on 1 November, in cooperation with the corporation."
        ),
        Example(en="Governmental bodies, participating agencies and the organisers will be protected."),
    ),
)
