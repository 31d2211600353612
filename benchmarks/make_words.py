"""Make the word tables of mocalign from what is installed: `python -m benchmarks.make_words`.

`common_words.tsv`: two-kanji words of SudachiDict core (Apache-2.0), written in joyo kanji, that the dictionary holds cheap
or makes longer entries of. A word counts as cheap where the path 、word を costs no more than 9,500 points.
"""

from __future__ import annotations

import re
from collections import Counter
from importlib.metadata import version
from importlib.resources import files
from pathlib import Path
from typing import Any

from mocalign import data, japanese

_CHEAP = 9_500
_PARTS = 2
_WORD = re.compile(r"[一-龥]{2}")


def _dictionary() -> Any:
    from sudachipy import Dictionary

    return Dictionary()


def common_words() -> dict[str, str]:
    """First kanji to every second kanji that makes a word with it."""
    from sudachipy import SplitMode

    joyo = {char for row in data.rows("readings") for char in row["kanji"]}
    joyo |= {char for row in data.rows("shapes") for char in row["like"]}
    words: set[str] = set()
    units: Counter[str] = Counter()
    for entry in _dictionary().entries():
        surface, pos = entry.raw_surface(), entry.part_of_speech()
        if _WORD.fullmatch(surface) and set(surface) <= joyo:
            if pos[1] != "固有名詞" and pos[0] not in ("感動詞", "記号", "接頭辞", "接尾辞") and pos[1] != "数詞":
                words.add(surface)
        elif len(surface) > 2:
            units.update({unit.surface() for unit in entry.split(SplitMode.A)})
    kept: dict[str, str] = {}
    for word in sorted(words):
        if japanese.in_dictionary(word) and (japanese.path_cost(f"、{word}を") <= _CHEAP or units[word] >= _PARTS):
            kept[word[0]] = kept.get(word[0], "") + word[1]
    return kept


def main() -> None:
    """Write the tables into the package."""
    out = Path(str(files("mocalign.data").joinpath("common_words.tsv")))
    lines = [
        "# Two-kanji words in use: first kanji, then every second kanji that makes one.",
        f"# Made by benchmarks/make_words.py from SudachiDict core {version('sudachidict_core')} (Apache-2.0): nouns, adverbs and",
        "# adjectives of joyo kanji that are cheap in its lattice or part of longer entries.",
        "first\tseconds\tsource",
    ]
    lines += [f"{first}\t{seconds}\tSudachiDict" for first, seconds in common_words().items()]
    out.write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
