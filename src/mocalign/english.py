"""Tokens and sentences of English text: `spacy.blank("en")` with the lookup lemmatizer, opened on first use.

spaCy is imported inside the function that needs it (1 to 2 s). Positions are indices into the string given.
"""

from __future__ import annotations

import re
import threading
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

__all__ = ["Token", "lemma", "sentences", "tokens"]

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
    before = text[start:stop]
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
