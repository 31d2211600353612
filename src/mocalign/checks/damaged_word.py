"""An English word is damaged: a letter lost or exchanged, two words run together.

Why it matters: Governent, Nevember and ofGermany stand in published texts; a name or a date that is misspelt may be another.

What to do: write the word.

How it is found: a word that stands in no word list, is made from none and occurs once is one slip of hand or scanner away from
a word the document writes, from a month, or from a frequent word; two words run together or one is cut in two.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from mocalign import english
from mocalign.checks.base import Check, Example, Hit
from mocalign.checks.tools import once
from mocalign.config import Config
from mocalign.model import Severity, View
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
_WORD = re.compile(r"(?<![\w@./'’&-])[A-Za-z]{4,}(?![\w@/&]|\.[a-z]|-[a-z]|['’][a-rt-z])")
_DIGIT_INSIDE = re.compile(
    r"(?<![\w@./-])(?=[A-Za-z]*[01][A-Za-z]*(?![\w@/]))[A-Za-z]{2,}[01][A-Za-z]*|(?<![\w@./-])[A-Za-z][01][A-Za-z]{3,}(?![\w@/])"
)
_GLUED = re.compile(r"(?<![\w@./-])(of|the|and|for|with|between|from|under|by)([A-Z][a-z]{2,})(?![\w@])")
_SMALL = ("of", "the", "and", "for", "with", "between", "from", "under", "by", "to", "in", "on", "at", "or", "is", "be", "that", "its", "this", "will", "shall", "as")  # fmt: skip
_LETTERS = "abcdefghijklmnopqrstuvwxyz"
# What scanning makes of a letter or two, and what it was.
_SCANNED = (("rn", "m"), ("m", "rn"), ("d", "cl"), ("cl", "d"), ("h", "li"), ("li", "h"), ("c", "e"), ("e", "c"), ("vv", "w"), ("ii", "u"), ("u", "ii"), ("in", "m"), ("1", "l"), ("0", "o"), ("i", "l"), ("l", "i"), ("l", "t"), ("n", "u"), ("u", "n"), ("h", "b"), ("f", "t"))  # fmt: skip
_ROMAJI = re.compile(r"(?:(?:[kgsztdnhbpmrw]y?|sh|ch|ts|[jfy])?[aiueo]|n(?![aiueo])|([kstp])(?=\1))+")


def _near(word: str) -> Iterator[tuple[str, str]]:
    """Words one slip away, with what happened: scanned, lost, stray, turned, wrong."""
    for wrong, right in _SCANNED:
        at = word.find(wrong)
        while at >= 0:
            yield word[:at] + right + word[at + len(wrong) :], "scanned"
            at = word.find(wrong, at + 1)
    for i in range(len(word) + 1):
        if i < len(word):
            yield word[:i] + word[i + 1 :], "stray"
            if i + 1 < len(word) and word[i] != word[i + 1]:
                yield word[:i] + word[i + 1] + word[i] + word[i + 2 :], "turned"
        for c in _LETTERS:
            yield word[:i] + c + word[i:], "lost"
            if i < len(word) and c != word[i]:
                yield word[:i] + c + word[i + 1 :], "wrong"


def _ending(a: str, b: str) -> bool:
    """Two forms of one word: plural, tense, agent, derivation."""
    at = next((i for i, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), min(len(a), len(b)))
    return at >= min(len(a), len(b)) - 1 and a[at:] + b[at:] not in ("ce", "ec")


def _counts(pair: Pair) -> Counter[str]:
    return once(pair, "english words", lambda p: Counter(w.lower() for w in re.findall("[A-Za-z]{2,}", p.en_text)))


def _meant(word: str, counts: Counter[str], *, name: bool) -> tuple[str, float] | None:
    """The word that a damaged one was, and how sure that is; None where it may be sound."""
    best: tuple[float, str] | None = None
    for other, kind in _near(word):
        there, log = counts[other], english.frequency(other)
        known = other in _GENRE or there > 1 or (there and english.is_word(other))
        if other == word or len(other) < 4 or not (known or log > -99) or (name and not known):
            continue
        if not english.is_word(other) and there < 3:
            continue
        if _ending(word, other) and kind != "scanned":
            continue
        if not known and log < (-12 if len(other) < 6 else -14 if len(other) < 8 else -16):
            continue
        if len(word) < 6 and not (kind in ("scanned", "turned") or there > 1 or log > -10):
            continue
        score = (log if log > -99 else -14) + (6 if there > 1 else 4 if known else 0)
        score += {"scanned": 3, "turned": 2, "lost": 1, "stray": 1, "wrong": -1}[kind]
        if best is None or score > best[0]:
            best = (score, other)
    if best is None:
        return None
    return best[1], 0.9 if best[0] > -8 else 0.84 if best[0] > -12 else 0.72


def _sound(word: str, counts: Counter[str], config: Config) -> bool:
    """Whether a word is written so on purpose: in a word list, often in this text, romanised Japanese, Latin."""
    if english.is_word(word) or word in _GENRE or counts[word] > 1:
        return True
    return _in_dictionary(word, config)


def find(pair: Pair, config: Config) -> Iterator[Hit]:
    """Yield words that are no words and one slip away from one, words run together, words cut in two."""
    counts = _counts(pair)
    months = {m.lower() for m in _MONTHS}
    for segment in pair.en.segments:
        view = pair.body(pair.en, segment)
        text = view.text
        for match in _GLUED.finditer(text):
            yield _glued(view, match.start(), match.end(), match[1] + " " + match[2], 0.88)
        for match in _DIGIT_INSIDE.finditer(text):
            if any(c.isupper() for c in match[0][1:]):
                continue
            mended = match[0].replace("1", "l").replace("0", "o")
            if english.is_word(mended.lower()) and len(mended) > 3:
                yield _hit(view, match.start(), match.end(), mended, 0.9)
        taken = -1
        for match in _WORD.finditer(text):
            word, low = match[0], match[0].lower()
            if match.start() < taken or low in months or _GLUED.match(text, match.start()):
                continue
            dated = re.search(r"\d(?:st|nd|rd|th)?(?: day)?(?: of)? $", text[: match.start()]) or re.match(
                r",? \d", text[match.end() :]
            )
            if dated and word[0].isupper():
                month = next((n for n, _ in _near(low) if n in months and len(n) > 3), None)
                if month is not None and not english.is_word(low):
                    yield _hit(view, match.start(), match.end(), month.capitalize(), 0.88)
                    continue
            cut = _cut(text, match.start(), match.end(), low) if english.frequency(low) < -15 else None
            if cut is not None:
                taken = cut[1]
                yield _hit(view, *cut, 0.85)
                continue
            if _sound(low, counts, config):
                continue
            head = re.search(r"(?:^|[.:;!?]\s+|[\"“(\n])$", text[: match.start()]) is not None
            # Marco Lenox opens the line, Mr. Marco O. Lenox stands in it
            beside = re.match(r" [A-Z][a-z.]", text[match.end() :]) is not None
            name = word != low and (beside or not (head and word[1:] == low[1:]))
            if not name:
                small = next(
                    (
                        s
                        for s in _SMALL
                        for rest in ([low[len(s) :]] if low.startswith(s) else [])
                        if len(rest) > 1 and (rest in _SMALL or (english.frequency(rest) > -12 and len(rest) > 4))
                    ),
                    None,
                )
                if small is not None:
                    yield _glued(view, match.start(), match.end(), word[: len(small)] + " " + word[len(small) :], 0.84)
                    continue
                if _ROMAJI.fullmatch(low) and not counts.keys() & {n for n, _ in _near(low) if len(n) > 6}:
                    continue
            meant = _meant(low, counts, name=name)
            if meant is not None and not (word[0].isupper() and meant[1] < 0.8):
                new, confidence = meant
                if name and len(low) < 7 and not counts[new]:
                    continue  # Marco, Lenox: names are short and many
                if word.isupper():
                    new = new.upper()
                elif word[0].isupper():
                    new = new.capitalize()
                yield _hit(view, match.start(), match.end(), new, confidence - (0.04 if name else 0))


def _cut(text: str, start: int, end: int, low: str) -> tuple[int, int, str] | None:
    """A word written as two, one of which is none: Govern ment."""
    after = re.match(r" ([a-z]{2,})(?![\w'’-])", text[end:])
    if after and len(low) > 2 and english.frequency(low + after[1]) > -13:
        return start, end + after.end(), text[start:end] + after[1]
    before = re.search(r"(?<![\w'’-])([A-Za-z]{2,}) $", text[:start])
    if before and english.frequency(before[1].lower() + low) > -13:
        return before.start(1), end, before[1] + text[start:end]
    return None


def _hit(view: View, start: int, end: int, new: str, confidence: float) -> Hit:
    word = view.text[start:end]
    return Hit(
        f"{word} is no word; {new} is meant.",
        f"{word}という語はない。{new}と思われる。",
        en=view.span(start, end),
        confidence=confidence,
        suggestion=new,
    )


def _glued(view: View, start: int, end: int, new: str, confidence: float) -> Hit:
    word = view.text[start:end]
    return Hit(
        f"{word}: two words run together.",
        f"{word}：二語がつながっている。",
        en=view.span(start, end),
        confidence=confidence,
        suggestion=new,
    )


def _in_dictionary(word: str, config: Config) -> bool:
    """Whether the bilingual dictionary knows the word or what it is a form of."""
    from mocalign.lexicon import open_dictionary

    dictionary = open_dictionary() if config.dictionary else None
    if dictionary is None:
        return False
    lemmas = {word, *(t.lemma.lower() for t in english.tokens(word))}
    return any(dictionary.renderings(lemma) for lemma in lemmas)


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
        Example(en="Marco Lenox, Director\nThe letter was signed by Mr. Marco O. Lenox."),
        Example(en="The letter is signed by Marco Lenox on behalf of the Institute."),
        Example(en="DONE at Tokyo on the 28th day of AUGUST 1951."),
        Example(en="The ⟦Governent⟧ of Canada will issue the permits.", suggestion="Government"),
        Example(en="The exemption takes effect on 1 ⟦Nevember⟧.", suggestion="November"),
        Example(en="The Republic ⟦ofGermany⟧ will host the conference.", suggestion="of Germany"),
        Example(en="Contracts already ⟦concludcd⟧ remain valid.", suggestion="concluded"),
        Example(en="A ⟦cornmon⟧ format will be used.", suggestion="common"),
        Example(en="Expenses ⟦inthe⟧ area are borne by each side.", suggestion="in the"),
        Example(en="The ⟦Govern ment⟧ will issue permits.", suggestion="Government"),
        Example(
            en="Sublicensees, microgrids and decarbonisation, mutatis mutandis, at Sandvika by Mr Halvorsen, the amicus and the shogun."
        ),
        Example(en="The programme was organised in AUGUST 1951 by Fujitsu and harmonised by the co-operating centres."),
        Example(
            en="The Government of Canada will issue the permits on 1 November, in cooperation with the corporation."
        ),
        Example(en="Governmental bodies, participating agencies and the organisers will be protected."),
    ),
)
