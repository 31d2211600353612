"""Make the word tables of mocalign from what is installed: `python -m benchmarks.make_words [SENTENCES…]`.

`common_words.tsv`: two-kanji words of SudachiDict core (Apache-2.0), written in joyo kanji, that the dictionary holds cheap
or makes longer entries of. A word counts as cheap where the path 、word を costs no more than 9,500 points.

`english_words.tsv`: frequent English words of spacy-lookups-data, by their probability.

`kana_pairs.tsv`: which class of token follows which where kana is involved, counted over plain text files of proof-read
Japanese given on the command line, a sentence a line; in a file whose name ends in `.legal.txt` once is enough, elsewhere
twice. The table holds classes and function words, nothing of the texts.
"""

from __future__ import annotations

import gzip
import itertools
import json
import math
import re
import sys
from collections import Counter
from importlib.metadata import version
from importlib.resources import files
from pathlib import Path
from typing import Any

from mocalign import data, japanese, kanji

_CHEAP = 9_500
_PARTS = 2
_OFTEN = 2
_RARE = -16
_PLAIN = -11
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


# Sound and rare: what the counted texts happen not to hold. Each line: words that may follow one another.
_SOUND = """お読みください。|お送りください。|人たるに値する。|理解したうえで行う。|条件のもと、行う。|使うことなどを制限する。|効力を生ぜしめる。|生ぜしめている。
|免責せしめることに合意する。|協力につき、更に協議する。|更に協議するにつき、及び|権限を有するであろう者|課したりするもの|起きうる直接、間接の損害|よくお読みください。|そのまま、または|もっぱら目的とする|このほか、|それぞれの|必要なそれぞれの者|障害から生じた損害|から生じる
|権利をいい、かかる権利|はかかる行為|知られてもいない。|同意するよう試みる。|名誉にかけ、全力をあげる。|英文のみとする。|議長の決するところによる。|目に見えるまたは見えない。
|生ずるが、既に|その他これに類するもの|これらのうち、次の|次のいずれかに該当する。|いつでも、これを行うことができる。|なおその効力を有する。|なお従前の例による。|この限りでない。
|その旨を通知するものとする。|定めるところにより、行うものとする。|適当と認めるときは、|必要と認められるとき。|されたものとみなす。|でなければならない。|としてはならない。|させることができる。|に対してする通知
|するまでの間、|するに至ったとき。|せざるを得ない。|することを妨げない。|するにとどまる。|しようとするときは、あらかじめ通知する。|とともに、かつ、|によってのみ行う。|についてのみ適用する。|からのみ成る。|までをいう。|ごとに行う。
|そのいずれをも問わない。|としての資格|にあっては、|であるか否かを問わない。|であるかを問わず、|するか又はしないかを決める。|いかなる方法によるかを問わず、|であるにせよ、|に限らず、|に限られない。|のみならず、|ばかりでなく、|するや否や、
|にもかかわらず、|にかかわらず、|とはいえ、|とはみなされない。|とはならない。|とされる。|とするほか、|によるほか、|のほか、|をも含む。|とも協力する。|へも通知する。|での使用|からの通知|までの期間|との協議|への加入|よりも多い。|ほどの|くらいの|だけの|など、""".replace(
    "\n", ""
).split("|")


def kana_pairs(paths: list[Path]) -> dict[str, list[str]]:
    """Class of a token to the classes that follow it."""
    counts: Counter[tuple[str, str]] = Counter()
    for line in _SOUND:
        counts.update(dict.fromkeys(itertools.pairwise([kanji.part(t) for t in japanese.tokens(line)]), _OFTEN))
    for path in paths:
        weight = _OFTEN if path.name.endswith(".legal.txt") else 1
        for line in path.read_text(encoding="utf-8").splitlines():
            parts = [kanji.part(token) for token in japanese.tokens(line)]
            for pair in itertools.pairwise(parts):
                counts[pair] += weight
    out: dict[str, list[str]] = {}
    for (one, two), count in sorted(counts.items()):
        if count >= _OFTEN and one not in ("|", "?", "。") and two not in ("|", "?"):
            out.setdefault(one, []).append(two)
    return out


def english_words() -> dict[int, list[str]]:
    """Lower-case words by their log probability, rounded up; words that a word list holds, and very frequent others."""
    folder = files("spacy_lookups_data").joinpath("data")

    def table(name: str) -> Any:
        return json.loads(gzip.decompress(folder.joinpath(f"en_{name}.json.gz").read_bytes()))

    lookup, index = table("lemma_lookup"), table("lemma_index")
    listed = {*lookup, *lookup.values(), *(w for words in index.values() for w in words)}
    mass: Counter[str] = Counter()
    for word, log in table("lexeme_prob").items():
        if re.fullmatch("[A-Za-z]{2,}", word):
            mass[word.lower()] += math.exp(log)  # type: ignore[assignment]
    out: dict[int, list[str]] = {}
    for word, share in sorted(mass.items()):
        log = math.log(share)
        if log > _RARE and (word in listed or log > _PLAIN):
            out.setdefault(math.ceil(log), []).append(word)
    return dict(sorted(out.items(), reverse=True))


def _write(name: str, lines: list[str]) -> None:
    Path(str(files("mocalign.data").joinpath(name))).write_text("\n".join(lines) + "\n", encoding="utf-8")


def main(arguments: list[str]) -> None:
    """Write the tables into the package."""
    lines = [
        "# Two-kanji words in use: first kanji, then every second kanji that makes one.",
        f"# Made by benchmarks/make_words.py from SudachiDict core {version('sudachidict_core')} (Apache-2.0): nouns, adverbs and",
        "# adjectives of joyo kanji that are cheap in its lattice or part of longer entries.",
        "first\tseconds\tsource",
    ]
    lines += [f"{first}\t{seconds}\tSudachiDict" for first, seconds in common_words().items()]
    _write("common_words.tsv", lines)
    lines = [
        "# Frequent English words by the logarithm of their share of running text, rounded up. Made by benchmarks/make_words.py from",
        "# the word lists and the table of probabilities in spacy-lookups-data (MIT; lists from WordNet, WordNet licence).",
        "log\twords\tsource",
    ]
    lines += [f"{log}\t{' '.join(words)}\tspacy-lookups-data" for log, words in english_words().items()]
    _write("english_words.tsv", lines)
    if arguments:
        lines = [
            "# Which class of token follows which where one of them is kana (see mocalign.kanji.part): one row for each class.",
            "# Counted by benchmarks/make_words.py over proof-read Japanese: technical manuals (47,000 sentences), statutes, treaties.",
            "part\tnext\tsource",
        ]
        lines += [
            f"{one}\t{' '.join(after)}\tcounted" for one, after in kana_pairs([Path(a) for a in arguments]).items()
        ]
        _write("kana_pairs.tsv", lines)


if __name__ == "__main__":
    main(sys.argv[1:])
