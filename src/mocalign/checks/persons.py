"""Names of persons in katakana against their Latin spelling, sound by sound.

A name of several parts is read part by part. Where all parts but one sound like the Latin ones and the last is written
nearly so, with a consonant that no spelling of that Latin letter has, it is misspelt; where it is another name altogether,
it is another person.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from functools import lru_cache

from mocalign.checks.named import Mistaken
from mocalign.lexicon import is_katakana, romaji, sounds_like
from mocalign.pair import Pair

__all__ = ["misspelt"]

_JA = re.compile(r"(?<![ァ-ヴー・])[ァ-ヴー]{2,}(?:[・=＝][ァ-ヴー]{2,}){1,3}(?![ァ-ヴー・])")
_PART = r"[A-ZÀ-Þ][A-Za-zÀ-ÿ'’-]+"
_EN = re.compile(rf"{_PART}(?: (?:de |la |van |von |da |dos |del |bin |al-)?(?:[A-Z]\. )?{_PART}){{1,3}}")

# Latin letters and the consonants of Hepburn they may be heard as; "" where they may be silent.
_HEARD = {
    "b": "b", "c": "k s", "C": "t k s h", "S": "s z", "T": "t d s", "d": "d z j t", "f": "h f b", "g": "g j z h k", "h": "h", "j": "j z y h", "k": "k", "l": "r",
    "m": "m n", "n": "n m", "p": "p h f", "q": "k t", "r": "r", "s": "s z j", "t": "t s z d", "v": "b w h f u",
    "w": "w b u", "x": "k s z h", "y": "y j i", "z": "z s t j d",
}  # fmt: skip
_SILENT = frozenset("hrwygkdlST")
_GIVEN = frozenset("nywhgu")  # sounds a reading may put in


def _sounds(kana: str) -> str:
    low = romaji(kana).replace("sh", "s").replace("ch", "t").replace("ts", "t")
    return re.sub(r"(.)\1+", r"\1", re.sub(r"[aiueo]", "", low))


def _letters(latin: str) -> str:
    low = re.sub(r"[^a-z]", "", unicodedata.normalize("NFKD", latin.lower()))
    low = (
        low.replace("sch", "s")
        .replace("tch", "t")
        .replace("ph", "f")
        .replace("th", "t")
        .replace("ck", "k")
        .replace("qu", "k")
    )
    # silent ends and beginnings: François, Jacques, Nguyen, Vladimir (ウラ), Alexander (クサ)
    low = re.sub(r"cois$", "sois", low).replace("ch", "C").replace("x", "ks")
    low = re.sub(r"[st]$", lambda m: m[0].upper(), re.sub(r"^n(?=g)|^p(?=[nst])|^v(?=[lr])", "", low))
    return re.sub(r"(.)\1+", r"\1", re.sub(r"[aiueo]", "", low))


@lru_cache(maxsize=4096)
def _distance(kana: str, latin: str) -> float:
    """How many consonants of a katakana form no spelling explains: 0 for a good rendering."""
    a, b = _sounds(kana), _letters(latin)
    row = [0.0]
    for letter in b:
        row.append(row[-1] + (0.0 if letter in _SILENT else 1.0))
    for sound in a:
        new = [row[0] + (0.4 if sound in _GIVEN else 1.0)]
        for k, letter in enumerate(b, 1):
            same = sound in _HEARD.get(letter, "").split() or sound == letter
            new.append(
                min(
                    row[k - 1] + (0.0 if same else 1.0),
                    row[k] + (0.4 if sound in _GIVEN else 1.0),
                    new[k - 1] + (0.0 if letter in _SILENT or letter == "t" else 1.0),
                )
            )
        row = new
    return row[-1]


def misspelt(pair: Pair, number: int) -> Iterator[Mistaken]:
    """Yield the parts of names in a bead whose katakana is not that of the Latin name beside it."""
    ja, en = pair.passage("ja", number), pair.passage("en", number)
    names = list(_JA.finditer(ja.text))
    if not names or len(ja.text) > 4000:
        return
    latin = [[(w.start(), w[0]) for w in re.finditer(_PART, m[0])] for m in _EN.finditer(en.text)]
    latin = [
        [(m + s, w) for s, w in part] for m, part in zip([m.start() for m in _EN.finditer(en.text)], latin, strict=True)
    ]
    for name in names:
        parts = [(m.start() + name.start(), m[0]) for m in re.finditer(r"[ァ-ヴー]+", name[0])]
        found = _best(parts, latin)
        if found is None:
            continue
        (at, kana), (there, word) = found
        dictionary = pair.lexicon.dictionary
        if dictionary is not None and kana in dictionary.name_kana(word):
            continue
        yield Mistaken(ja.span(at, at + len(kana)), en.span(there, there + len(word)), 0.75)


def _best(
    parts: Sequence[tuple[int, str]], latin: Sequence[Sequence[tuple[int, str]]]
) -> tuple[tuple[int, str], tuple[int, str]] | None:
    """The one part of a name that does not sound like its Latin counterpart while all others do."""
    for words in latin:
        for shift in range(len(words) - len(parts) + 1):
            window = words[shift : shift + len(parts)]
            for order in (window, [*window[1:], window[0]]):  # 姓 first in one of the two
                costs = [_distance(k, w) for (_, k), (_, w) in zip(parts, order, strict=True)]
                if all(c == 0 for c in costs) and not _vowel(parts, order):
                    return None
    for words in latin:
        for shift in range(len(words) - len(parts) + 1):
            window = words[shift : shift + len(parts)]
            for order in (window, [*window[1:], window[0]]):
                pairs = list(zip(parts, order, strict=True))
                costs = [_distance(k, w) for (_, k), (_, w) in pairs]
                good = [c == 0 and sounds_like(k, w) >= 0.6 for c, ((_, k), (_, w)) in zip(costs, pairs, strict=True)]
                if sum(good) == len(pairs) - 1:
                    wrong = good.index(False)
                    if costs[wrong] >= 1 and len(pairs[wrong][1][1]) >= 4:
                        return pairs[wrong]
                if all(good):
                    odd = _vowel(parts, order)
                    if odd is not None:
                        return pairs[odd]
    return None


def _vowel(parts: Sequence[tuple[int, str]], order: Sequence[tuple[int, str]]) -> int | None:
    """A part written letter by letter but for one vowel (アティオノ for Atieno)."""
    for k, ((_, kana), (_, word)) in enumerate(zip(parts, order, strict=True)):
        a, b = romaji(kana), word.lower().replace("l", "r").replace("v", "b").replace("c", "k")
        if len(a) == len(b) >= 5 and b[-1] in "aiueo" and is_katakana(kana) and "ー" not in kana:
            odd = [(x, y) for x, y in zip(a, b, strict=True) if x != y]
            if len(odd) == 1 and odd[0][0] in "aiueo" and odd[0][1] in "aiueo":
                return k
    return None
