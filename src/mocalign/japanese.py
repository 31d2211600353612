"""Tokens and sentences of Japanese text: SudachiPy, opened on first use, core dictionary, mode C or A.

Positions are indices into the string given (normally `View.text`).
"""

from __future__ import annotations

import re
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

__all__ = ["Token", "dictionary_version", "in_dictionary", "path_cost", "sentences", "tokens"]

_LOCAL = threading.local()


@dataclass(frozen=True, slots=True)
class Token:
    """A morpheme: `text[start:end] == surface`; `pos` is Sudachi's six-part tag; `reading` in katakana."""

    start: int
    end: int
    surface: str
    lemma: str
    normalized: str
    pos: tuple[str, ...]
    reading: str
    oov: bool

    @property
    def is_content(self) -> bool:
        """Noun, verb, adjective or adverb that carries meaning of its own."""
        return self.pos[0] in ("名詞", "動詞", "形容詞", "形状詞", "副詞") and self.pos[1] not in ("非自立可能", "数詞")


@lru_cache(maxsize=1)
def _dictionary() -> Any:
    from sudachipy import Dictionary

    return Dictionary()


def _tokenizer() -> Any:
    found = getattr(_LOCAL, "tokenizer", None)
    if found is None:
        from sudachipy import SplitMode

        dictionary = _dictionary()
        make = getattr(dictionary, "tokenizer", None) or dictionary.create
        found = _LOCAL.tokenizer = {"A": (make(mode=SplitMode.A)), "C": (make(mode=SplitMode.C))}
    return found


_LIMIT = 12_000  # SudachiPy refuses more than 49,149 bytes in one call


def _pieces(text: str) -> list[tuple[int, str]]:
    if len(text) <= _LIMIT:
        return [(0, text)]
    pieces, at = [], 0
    while at < len(text):
        stop = min(len(text), at + _LIMIT)
        if stop < len(text):
            cut = max(text.rfind(mark, at, stop) for mark in "。、 \n")
            stop = cut + 1 if cut > at else stop
        pieces.append((at, text[at:stop]))
        at = stop
    return pieces


def tokens(text: str, *, mode: str = "C") -> tuple[Token, ...]:
    """Cut a text into morphemes.

    `mode` is Sudachi's: "C" keeps compounds and names whole, "A" cuts shortest. Lone surrogates are read as a
    replacement character. The result covers the text without gaps.
    """
    safe = text.encode("utf-8", "replace").decode("utf-8")
    out: list[Token] = []
    for offset, piece in _pieces(safe):
        for m in _tokenizer()[mode].tokenize(piece):
            out.append(
                Token(
                    offset + m.begin(),
                    offset + m.end(),
                    m.surface(),
                    m.dictionary_form(),
                    m.normalized_form(),
                    tuple(m.part_of_speech()),
                    m.reading_form(),
                    m.is_oov(),
                )
            )
    return tuple(out)


@lru_cache(maxsize=65536)
def in_dictionary(word: str) -> bool:
    """Tell whether SudachiDict holds the word as one entry."""
    found = tokens(word)
    return len(found) == 1 and not found[0].oov


def path_cost(text: str) -> int:
    """Cost of the best path through Sudachi's lattice for a short text (lower is more usual)."""
    safe = text.encode("utf-8", "replace").decode("utf-8")
    return int(_tokenizer()["C"].tokenize(safe).get_internal_cost())


def dictionary_version() -> str:
    """Name and version of the dictionary, for the signature of a report."""
    from importlib.metadata import PackageNotFoundError, version

    for name in ("sudachidict_core", "sudachidict_full", "sudachidict_small"):
        try:
            return f"{name} {version(name)}"
        except PackageNotFoundError:
            continue
    return "none"


_OPEN = {"「": "」", "『": "』", "（": "）", "(": ")", "［": "］", "[": "]", "〈": "〉", "《": "》", "【": "】"}
_CLOSE = frozenset(_OPEN.values())
_END = frozenset("。．！？!?")


def sentences(text: str) -> tuple[tuple[int, int], ...]:
    """Cut a text at 。！？ outside quotation marks and brackets; half-open ranges that cover the text.

    A bracket that never closes does not swallow the rest: it is ignored.
    """
    depth = _depths(text)
    out: list[tuple[int, int]] = []
    start, at, size = 0, 0, len(text)
    while at < size:
        char = text[at]
        if char in _END and depth[at] == 0 and not (char in ".．" and at + 1 < size and text[at + 1].isalnum()):
            stop = at + 1
            while stop < size and (text[stop] in _END or text[stop].isspace()):
                stop += 1
            if stop - start > 1:
                out.append((start, stop))
                start = stop
            at = stop
        elif char in _CLOSE and depth[at] == 0 and _whole(text, start, at):
            # 「…。」 or （…。） that is a sentence of its own, not one that is quoted in another
            stop = at + 1
            while stop < size and text[stop].isspace():
                stop += 1
            out.append((start, stop))
            start = at = stop
        else:
            at += 1
    if start < size:
        out.append((start, size))
    return tuple(out)


_GOES_ON = re.compile(
    r"[とはがをにのもでやかへな、，。．」』）)＞〉》】]|より|から|まで|いう|程度|及び|並びに|又は|若しくは|等"
)


def _whole(text: str, start: int, at: int) -> bool:
    """Tell whether a bracket that closes holds all of the sentence so far, and what follows begins another."""
    first = text[start:at].lstrip()[:1]
    inner = text[:at].rstrip()[-1:]
    if _OPEN.get(first) != text[at] or inner not in _END or text.find(text[at], start) != at:
        return False
    return at + 1 < len(text) and not _GOES_ON.match(text[at + 1 :].lstrip())


def _depths(text: str) -> Sequence[int]:
    stack: list[tuple[int, str]] = []
    pairs: list[tuple[int, int]] = []
    for at, char in enumerate(text):
        if char in _OPEN:
            stack.append((at, _OPEN[char]))
        elif char in _CLOSE:
            for back in range(len(stack) - 1, -1, -1):
                if stack[back][1] == char:
                    pairs.append((stack[back][0], at))
                    del stack[back:]
                    break
    change = [0] * (len(text) + 1)
    for first, last in pairs:
        change[first] += 1
        change[last] -= 1
    depth, now = [], 0
    for at in range(len(text)):
        now += change[at]
        depth.append(now)
    return depth
