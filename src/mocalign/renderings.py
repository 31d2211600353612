"""What English words and phrases become in legal and diplomatic Japanese: renderings that no dictionary gives.

`data/renderings.tsv` holds an English headword or phrase and the Japanese words that translators use for it, free ones
included (facilitate: 円滑化, 便宜, 資する …). It says that two words *may* answer each other, never that they must: a term
base prescribes, this list explains. The rows are the project's own compilation from the usage of treaties, memoranda,
statutes and contracts.
"""

from __future__ import annotations

import itertools
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Container, Iterable, Mapping
from functools import cached_property

__all__ = ["Renderings"]

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")


class Renderings:
    """The list, indexed by the stems of its English words; the Japanese is split when it is first asked for."""

    def __init__(self, table: Iterable[Mapping[str, str]], stem: Callable[[str], str], skip: Container[str]) -> None:
        self._words: dict[str, list[str]] = defaultdict(list)
        self._phrases: dict[str, list[tuple[tuple[str, ...], str]]] = defaultdict(list)
        self._split: dict[str, frozenset[str]] = {}
        self._split_phrases: dict[str, tuple[tuple[tuple[str, ...], frozenset[str]], ...]] = {}
        for row in table:
            stems = tuple(stem(w) for w in _WORD.findall(row["en"]) if w.lower() not in skip)
            if len(stems) == 1:
                self._words[stems[0]].append(row["ja"])
            elif stems:
                self._phrases[stems[0]].append((stems, row["ja"]))

    def of_word(self, stem: str) -> frozenset[str]:
        """Return the Japanese words for a stem, in dictionary form; empty for an unknown one."""
        if stem not in self._split:
            self._split[stem] = frozenset(r for ja in self._words.get(stem, ()) for r in ja.split(";"))
        return self._split[stem]

    def phrases_from(self, stem: str) -> tuple[tuple[tuple[str, ...], frozenset[str]], ...]:
        """Return the phrases that begin with a stem: (stems without function words, Japanese words)."""
        if stem not in self._split_phrases:
            found = self._phrases.get(stem, ())
            self._split_phrases[stem] = tuple((stems, frozenset(ja.split(";"))) for stems, ja in found)
        return self._split_phrases[stem]

    @cached_property
    def japanese(self) -> Mapping[str, int]:
        """Every Japanese word of the list, with the number of English words and phrases it renders."""
        every = [*itertools.chain(*self._words.values()), *(ja for row in self._phrases.values() for _, ja in row)]
        return Counter(r for ja in every for r in ja.split(";"))
