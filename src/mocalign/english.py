"""Tokens and sentences of English text: `spacy.blank("en")` with the lookup lemmatizer, opened on first use.

spaCy is imported inside the function that needs it (1 to 2 s). Positions are indices into the string given.
"""

from __future__ import annotations

import re
import threading
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Any

from mocalign import data

__all__ = ["Token", "frequency", "is_word", "lemma", "sentences", "tokens"]

_LOCK = threading.Lock()


@dataclass(frozen=True, slots=True)
class Token:
    """A word or mark: `text[start:end] == surface`; `lemma` is lower case."""

    start: int
    end: int
    surface: str
    lemma: str
    is_word: bool
    is_stop: bool

    @property
    def is_content(self) -> bool:
        """A word that carries meaning of its own."""
        return self.is_word and not self.is_stop


@lru_cache(maxsize=1)
def _nlp() -> Any:
    import spacy

    nlp = spacy.blank("en")
    nlp.add_pipe("lemmatizer", config={"mode": "lookup"})
    nlp.initialize()
    return nlp


def tokens(text: str) -> tuple[Token, ...]:
    """Cut a text into words and marks with their lemmas. Lone surrogates are read as a replacement character."""
    text = text.encode("utf-8", "replace").decode("utf-8")
    with _LOCK:
        nlp = _nlp()
        out: list[Token] = []
        for offset in range(0, max(len(text), 1), 900_000):
            doc = nlp(text[offset : offset + 900_000])
            for t in doc:
                if t.is_space:
                    continue
                low = t.lower_
                lem = (t.lemma_ or low).lower()
                out.append(
                    Token(
                        offset + t.idx,
                        offset + t.idx + len(t),
                        t.text,
                        lem,
                        any(c.isalpha() for c in t.text),
                        t.is_stop,
                    )
                )
    return tuple(out)


@lru_cache(maxsize=65536)
def lemma(word: str) -> str:
    """Return the lemma of one word, lower case."""
    found = tokens(word)
    return found[0].lemma if len(found) == 1 else word.lower()


@lru_cache(maxsize=1)
def _frequent() -> dict[str, int]:
    return {word: int(row["log"]) for row in data.rows("english_words") for word in row["words"].split()}


def frequency(word: str) -> int:
    """Natural logarithm of a lower-case word's share of running text, rounded up; -99 for a rare or unknown word."""
    return _frequent().get(word, -99)


@lru_cache(maxsize=1)
def _listed() -> frozenset[str]:
    """Words of the lemma tables of spacy-lookups-data (about 110,000; a tenth of a second to read)."""
    import gzip
    import json

    folder = files("spacy_lookups_data").joinpath("data")
    out: set[str] = set()
    for name in ("lemma_lookup", "lemma_index"):
        table = json.loads(gzip.decompress(folder.joinpath(f"en_{name}.json.gz").read_bytes()))
        for key, value in table.items():
            out.update([key, value] if isinstance(value, str) else value)
    return frozenset(out)


_PREFIX = re.compile(
    r"(?:non|un|re|pre|sub|inter|multi|co|over|under|out|mis|dis|in|im|anti|counter|micro|macro|mini|cyber|geo|bio|eco|nano|electro|"
    r"hydro|photo|tele|trans|ultra|semi|post|de|en|fore|up|down|cross|self|bi|tri|intra|extra|super|hyper|meta|mono|poly|pro|quasi|"
    r"radio|thermo|infra|neuro|cardio|agro|aero|astro|socio|techno|ultra)(?=[a-z]{4})"
)
_SUFFIXES = (
    ("s", ""), ("es", ""), ("ies", "y"), ("ed", ""), ("ed", "e"), ("ied", "y"), ("ing", ""), ("ing", "e"), ("ly", ""), ("ily", "y"),
    ("er", ""), ("er", "e"), ("or", ""), ("or", "e"), ("ee", ""), ("ee", "e"), ("able", ""), ("able", "e"), ("ability", "able"), ("ability", ""),
    ("ness", ""), ("iness", "y"), ("ise", ""), ("ize", ""), ("ise", "e"), ("ize", "e"), ("ise", "y"), ("ize", "y"), ("isation", "ize"), ("isation", ""), ("ization", ""), ("isation", "y"),
    ("ization", "y"), ("isation", "e"), ("ization", "ize"), ("al", ""), ("al", "e"), ("ical", "y"), ("ally", ""), ("ship", ""), ("less", ""), ("ful", ""), ("like", ""),
    ("wise", ""), ("hood", ""), ("ism", ""), ("ist", ""), ("ic", ""), ("ic", "y"), ("our", "or"), ("oured", "ored"), ("re", "er"), ("ence", "ense"), ("ogue", "og"),
    ("ment", ""), ("yse", "yze"), ("ise", "ize"), ("ised", "ized"), ("ising", "izing"), ("iser", "izer"), ("lled", "led"), ("lling", "ling"), ("ation", "e"), ("ation", ""), ("ity", ""), ("ity", "e"), ("ive", ""), ("ive", "e"),
)  # fmt: skip


_LEGAL = frozenset(
    h + t
    for h in ("here", "there", "where")
    for t in "of to by in under with for on upon at from after into about inafter tofore".split()
) | frozenset(
    "whereas notwithstanding aforesaid aforementioned hereinbelow hereinabove hereunto thereunto heretofore mutandis mutatis "
    "inter alia prima facie bona fide pari passu acquis renvoi amicus estoppel novation sublicense sublicence licensor licensee "
    "demarche communique chapeau chargé verbale plenipotentiary plenipotentiaries".split()
)


@lru_cache(maxsize=65536)
def is_word(word: str) -> bool:
    """Tell whether a lower-case word is in the lists, or made from a listed one by prefix, suffix or composition."""
    return word in _listed() or word in _LEGAL or _made(word, 3)


def _made(word: str, depth: int) -> bool:
    if word in _frequent() or (len(word) > 6 and word in _listed()):
        return True
    if depth == 0 or len(word) < 4:
        return False
    for suffix, back in _SUFFIXES:
        stem = word[: -len(suffix)] + back
        if word.endswith(suffix) and len(stem) > 2:
            if _made(stem, depth - 1):
                return True
            if suffix in ("ed", "ing", "er") and not back and stem[-1:] == stem[-2:-1] and _made(stem[:-1], depth - 1):
                return True
    prefix = _PREFIX.match(word)
    if prefix and _made(word[prefix.end() :], depth - 1):
        return True
    return any(frequency(word[:cut]) > -13 and frequency(word[cut:]) > -13 for cut in range(4, len(word) - 3))


_ABBREVIATIONS = frozenset(
    [
        "no",
        "nos",
        "art",
        "arts",
        "para",
        "paras",
        "sec",
        "secs",
        "ch",
        "chs",
        "vol",
        "vols",
        "fig",
        "figs",
        "p",
        "pp",
        "cf",
        "e.g",
        "i.e",
        "viz",
        "etc",
        "al",
        "ca",
        "approx",
        "mr",
        "mrs",
        "ms",
        "dr",
        "prof",
        "st",
        "jr",
        "sr",
        "inc",
        "ltd",
        "co",
        "corp",
        "dept",
        "est",
        "govt",
        "gov",
        "sgt",
        "gen",
        "col",
        "lt",
        "rev",
        "hon",
        "min",
        "max",
        "u.s",
        "u.k",
        "u.n",
        "u.s.a",
        "a.m",
        "p.m",
        "jan",
        "feb",
        "mar",
        "apr",
        "jun",
        "jul",
        "aug",
        "sep",
        "sept",
        "oct",
        "nov",
        "dec",
    ]
)
_HEAD = re.compile(r"(?:Article|Section|Chapter|Part|Annex|Appendix|Schedule|Paragraph)\s+[0-9IVXLC]+", re.I)
_BREAK = re.compile(r"[.!?]+[\"'”’)\]]*(?=\s+|$)")


def sentences(text: str) -> tuple[tuple[int, int], ...]:
    """Cut a text into sentences; half-open ranges that cover the text.

    Abbreviations (No. 5, Art. 3, U.S., e.g.), initials, decimals, list heads ("1. The …") and stops inside brackets or
    quotations that go on do not end a sentence.
    """
    out: list[tuple[int, int]] = []
    start, size = 0, len(text)
    for match in _BREAK.finditer(text):
        at, stop = match.start(), match.end()
        if stop < size and not _ends(text, start, at, stop):
            continue
        while stop < size and text[stop].isspace():
            stop += 1
        out.append((start, stop))
        start = stop
    if start < size:
        out.append((start, size))
    return tuple(out)


def _ends(text: str, start: int, at: int, stop: int) -> bool:
    after = text[stop:].lstrip()
    if not after:
        return True
    head = after[0]
    if text[at] != ".":
        return head.isupper() or head in "\"'“‘([" or head.isdigit()
    word = re.search(r"[\w.]*$", text[start:at])
    last = (word[0] if word else "").lower()
    if last in _ABBREVIATIONS:
        return last in ("etc", "p.m", "a.m", "u.s", "u.k", "u.n", "u.s.a") and after.split(" ", 1)[0] in _STARTERS
    if len(last) == 1 and last.isalpha() and text[start:at].strip().lower() != "":
        return False
    if start + len(text[start:at].strip()) <= start + 4 and re.fullmatch(
        r"\(?[0-9ivxlc]+\)?|[A-Za-z]", text[start:at].strip(), re.I
    ):
        return False
    if _HEAD.fullmatch(text[start:at].strip()):
        return False
    before = text[start:stop]
    if before.count('"') % 2 and '"' in after[:400]:
        return False
    if before.count("(") > before.count(")") and ")" in after[:200]:
        return False
    if before.count("“") > before.count("”") and "”" in after[:400]:
        return False
    return head.isupper() or head.isdigit() or head in "\"'“‘([" or head == "*"


_STARTERS = frozenset(
    [
        "The",
        "This",
        "These",
        "Those",
        "A",
        "An",
        "In",
        "It",
        "If",
        "Each",
        "Either",
        "Any",
        "All",
        "No",
        "Both",
        "For",
        "On",
        "At",
        "When",
        "Where",
        "Such",
        "They",
    ]
)
