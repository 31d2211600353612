"""General resources of the mutation engine: dictionary, shapes, readings, conjugation, numerals.

JMdict, KANJIDIC2 and KRADFILE come with the packages ``jamdict`` and ``jamdict-data`` (CC BY-SA 4.0, EDRDG), the readings
with SudachiDict. Nothing here is shared with the checks.
"""

from __future__ import annotations

import re
import sqlite3
import unicodedata
from functools import lru_cache
from importlib.resources import files
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from mocalign.errors import MissingExtraError
from mocalign.japanese import Token, in_dictionary

__all__ = [
    "english_quotes",
    "english_values",
    "foreign_forms",
    "glosses",
    "hiragana",
    "homophones",
    "kanji_value",
    "negative",
    "neighbours",
    "same_reading",
    "similar_shape",
    "synonyms",
    "to_kanji",
]


@lru_cache(maxsize=1)
def _db() -> Any:
    spec = find_spec("jamdict_data")
    if spec is None or not spec.submodule_search_locations:
        raise MissingExtraError("the mutation engine", "dictionary")
    path = Path(next(iter(spec.submodule_search_locations))) / "jamdict.db"
    return sqlite3.connect(f"file:{path}?mode=ro&immutable=1", uri=True, check_same_thread=False)


def hiragana(text: str) -> str:
    """Return katakana as hiragana."""
    return "".join(chr(ord(c) - 0x60) if "ァ" <= c <= "ヶ" else c for c in text)


def katakana(text: str) -> str:
    """Return hiragana as katakana."""
    return "".join(chr(ord(c) + 0x60) if "ぁ" <= c <= "ゖ" else c for c in text)


@lru_cache(maxsize=65536)
def _entries(word: str) -> frozenset[int]:
    rows = _db().execute(
        "select idseq from Kanji where text = ? union select idseq from Kana where text = ?", (word, word)
    )
    return frozenset(r[0] for r in rows)


_STOP = frozenset(
    "a an the of to in on at for by with from or and be is as one's oneself someone something etc e.g esp not that it "
    "into out up down make do have get used being thing act state way kind sort".split()
)


def _key(word: str) -> str:
    low = word.lower()
    return low[:5] if len(low) > 5 else low


@lru_cache(maxsize=65536)
def glosses(word: str) -> frozenset[str]:
    """Return the first letters (up to five) of the content words of all English glosses of a Japanese word."""
    out = set()
    for entry in _entries(word):
        rows = _db().execute(
            "select g.text from SenseGloss g join Sense s on g.sid = s.id where s.idseq = ? and +g.lang in ('eng', '')",
            (entry,),
        )
        for (gloss,) in rows:
            bare = re.sub(r"\([^)]*\)", " ", gloss)
            out |= {_key(w) for w in re.findall(r"[A-Za-z]{3,}", bare) if w.lower() not in _STOP}
    return frozenset(out)


@lru_cache(maxsize=65536)
def english_quotes(text: str, japanese: str | tuple[str, ...]) -> tuple[str, ...]:
    """Return the words of an English text that a gloss of one of the Japanese words answers."""
    keys: set[str] = set()
    for word in (japanese,) if isinstance(japanese, str) else japanese:
        keys |= glosses(word)
    found = []
    for hit in re.finditer(r"[A-Za-z]{3,}", text):
        if hit[0].lower() not in _STOP and _key(hit[0]) in keys and hit[0] not in found:
            found.append(hit[0])
    return tuple(found)


@lru_cache(maxsize=1)
def _common() -> tuple[dict[int, list[str]], dict[str, list[tuple[int, str]]]]:
    """Common words of two or more kanji (those with a priority mark): by entry, and two-kanji ones by each kanji."""
    by_entry: dict[int, list[str]] = {}
    by_kanji: dict[str, list[tuple[int, str]]] = {}
    rows = _db().execute(
        "select distinct k.idseq, k.text from Kanji k join KJP p on p.kid = k.ID order by k.idseq, k.ID"
    )
    for entry, text in rows:
        if re.fullmatch(r"[\u4e00-\u9fff]{2,}", text):
            by_entry.setdefault(entry, []).append(text)
            if len(text) == 2:
                by_kanji.setdefault(text[0] + "_", []).append((entry, text))
                by_kanji.setdefault("_" + text[1], []).append((entry, text))
    return by_entry, by_kanji


@lru_cache(maxsize=16384)
def _read(reading: str) -> tuple[int, ...]:
    return tuple(
        r[0] for r in _db().execute("select distinct idseq from Kana where text = ? order by idseq", (reading,))
    )


@lru_cache(maxsize=16384)
def homophones(word: str, reading: str) -> tuple[str, ...]:
    """Return common words with the reading of a word (katakana) that are other words: no spelling variants of it.

    Near synonyms (a shared word in the glosses) are left out.
    """
    own, mine = _entries(word), glosses(word)
    out = []
    rows = [(e, w) for e in _read(hiragana(reading)) for w in _common()[0].get(e, ())]
    for entry, text in rows:
        if entry in own or text == word:
            continue
        if glosses(text) & mine or not in_dictionary(text):
            continue
        out.append(text)
    return tuple(dict.fromkeys(out))


@lru_cache(maxsize=16384)
def neighbours(word: str) -> tuple[str, ...]:
    """Return common two-kanji words that share one kanji with a two-kanji word and no word of their glosses."""
    mine = glosses(word)
    if not mine or len(word) != 2:
        return ()
    out = []
    for pattern in (word[0] + "_", "_" + word[1]):
        for _, text in _common()[1].get(pattern, ()):
            if text != word and in_dictionary(text):
                other = glosses(text)
                if other and not other & mine and not _entries(text) & _entries(word):
                    out.append(text)
    return tuple(dict.fromkeys(out))


@lru_cache(maxsize=16384)
def synonyms(word: str) -> tuple[str, ...]:
    """Return common words of two or more kanji with a gloss equal to one of the word's first glosses."""
    out: list[str] = []
    for entry in sorted(_entries(word)):
        first = _db().execute(
            "select g.text from SenseGloss g join Sense s on g.sid = s.id where s.idseq = ? and +g.lang in ('eng', '') limit 1",
            (entry,),
        )
        for (gloss,) in first.fetchall():
            rows = _db().execute(
                "select distinct s.idseq from SenseGloss g join Sense s on g.sid = s.id where g.text = ?", (gloss,)
            )
            for (other,) in rows.fetchall():
                for text in _common()[0].get(other, ()):
                    if other not in _entries(word) and len(text) <= 4 and in_dictionary(text):
                        out.append(text)
    return tuple(dict.fromkeys(out))


@lru_cache(maxsize=1)
def _kanji() -> dict[str, tuple[int, frozenset[str], frozenset[str]]]:
    """The 2,500 most frequent kanji: stroke count, components, on readings."""
    from jamdict.krad import KRad

    krad = KRad()
    readings: dict[str, set[str]] = {}
    rows = _db().execute(
        "select c.literal, r.value from character c join rm_group g on g.cid = c.ID join reading r on r.gid = g.ID "
        "where r.r_type = 'ja_on' and c.freq is not null"
    )
    for literal, value in rows:
        readings.setdefault(literal, set()).add(value)
    out = {}
    for literal, strokes in _db().execute("select literal, stroke_count from character where freq is not null"):
        parts = frozenset(krad.krad.get(literal, ()))
        out[literal] = (int(strokes or 0), parts, frozenset(readings.get(literal, ())))
    return out


@lru_cache(maxsize=4096)
def similar_shape(char: str) -> tuple[str, ...]:
    """Return up to four frequent kanji of the most similar shape: shared components, about as many strokes."""
    table = _kanji()
    if char not in table:
        return ()
    strokes, parts, _ = table[char]
    scored = []
    for other, (count, components, _) in table.items():
        if other == char or not parts or not components or abs(count - strokes) > 2:
            continue
        share = len(parts & components) / len(parts | components)
        if share >= 0.5 and len(parts) > 1:
            scored.append((-share, abs(count - strokes), other))
    return tuple(c for _, _, c in sorted(scored)[:4])


@lru_cache(maxsize=4096)
def same_reading(char: str) -> tuple[str, ...]:
    """Return frequent kanji that share an on reading of two or more kana with a kanji, at most twelve."""
    table = _kanji()
    if char not in table:
        return ()
    mine = {r for r in table[char][2] if len(r) >= 2}
    return tuple(sorted(c for c, (_, _, on) in table.items() if c != char and on & mine))[:12]


@lru_cache(maxsize=1)
def foreign_forms() -> dict[str, tuple[str, str]]:
    """Return kanji to (simplified form, traditional form), "" where it is the same."""
    text = files("benchmarks").joinpath("data/foreign_forms.tsv").read_text(encoding="utf-8")
    rows = [line.split("\t") for line in text.splitlines() if line and not line.startswith("#")][1:]
    return {r[0]: (r[1], r[2]) for r in rows}


@lru_cache(maxsize=1)
def compatibility() -> dict[str, tuple[str, ...]]:
    """Return kanji to their Kangxi radicals and compatibility ideographs (Unicode decomposition)."""
    out: dict[str, list[str]] = {}
    for code in (*range(0x2F00, 0x2FD6), *range(0xF900, 0xFADA)):
        char = chr(code)
        plain = unicodedata.normalize("NFKC", char)
        if plain != char and len(plain) == 1:
            out.setdefault(plain, []).append(char)
    return {k: tuple(v) for k, v in out.items()}


# --- conjugation -------------------------------------------------------------------------------------------------------

_A_ROW = dict(zip("うくぐすつぬぶむる", "わかがさたなばまら", strict=True))
_I_ROW = dict(zip("うくぐすつぬぶむる", "いきぎしちにびみり", strict=True))


def mizen(token: Token) -> str | None:
    """Return the form of a verb before ない (求める: 求め), or None when the verb is irregular."""
    lemma, kind = token.lemma, token.pos[4]
    if kind.startswith("サ行変格") and lemma.endswith("する"):
        return lemma[:-2] + "し"
    if kind.startswith("五段") and lemma[-1:] in _A_ROW and lemma != "ある":
        return lemma[:-1] + _A_ROW[lemma[-1]]
    if kind.startswith(("上一段", "下一段")) and lemma.endswith("る"):
        return lemma[:-1]
    return None


def renyou(token: Token) -> str | None:
    """Return the form of a verb before ます (進む: 進み), or None when the verb is irregular."""
    lemma, kind = token.lemma, token.pos[4]
    if kind.startswith("サ行変格") and lemma.endswith("する"):
        return lemma[:-2] + "し"
    if kind.startswith("五段") and lemma[-1:] in _I_ROW:
        return lemma[:-1] + _I_ROW[lemma[-1]]
    if kind.startswith(("上一段", "下一段")) and lemma.endswith("る"):
        return lemma[:-1]
    return None


def negative(token: Token) -> str | None:
    """Return the plain negative of a verb (求める: 求めない), or None when it cannot be made by rule."""
    stem = mizen(token)
    return None if stem is None else stem + "ない"


# --- numerals ----------------------------------------------------------------------------------------------------------

_DIGIT = {c: i for i, c in enumerate("〇一二三四五六七八九")} | {"零": 0}
_SMALL = {"十": 10, "百": 100, "千": 1000}
_LARGE = {"万": 10**4, "億": 10**8, "兆": 10**12}


def kanji_value(text: str) -> int | None:
    """Return the value of a kanji numeral, positional (二〇二六) or with places (二千二十六); None when it is none."""
    if not text or any(c not in _DIGIT and c not in _SMALL and c not in _LARGE for c in text):
        return None
    if all(c in _DIGIT for c in text):
        return int("".join(str(_DIGIT[c]) for c in text))
    total, section, digit = 0, 0, None
    for char in text:
        if char in _DIGIT:
            if digit is not None:
                return None
            digit = _DIGIT[char]
        elif char in _SMALL:
            section += (1 if digit is None else digit) * _SMALL[char]
            digit = None
        else:
            section += digit or 0
            if not section:
                return None
            total += section * _LARGE[char]
            section, digit = 0, None
    return total + section + (digit or 0)


def to_kanji(value: int) -> str:
    """Write a number below 10**12 in kanji with places."""
    if value == 0:
        return "零"
    out = ""
    for name, size in (("億", 10**8), ("万", 10**4), ("", 1)):
        part, value = divmod(value, size)
        if not part:
            continue
        text = ""
        for small, place in (("千", 1000), ("百", 100), ("十", 10), ("", 1)):
            digit, part = divmod(part, place)
            if digit:
                text += ("" if digit == 1 and small else "〇一二三四五六七八九"[digit]) + small
        out += text + name
    return out


_ONES = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen"
).split()
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()
_ORDINALS = (
    "zeroth first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth "
    "fifteenth sixteenth seventeenth eighteenth nineteenth twentieth"
).split()
_WORDS = {w: i for i, w in enumerate(_ONES)} | {w: 20 + 10 * i for i, w in enumerate(_TENS)}
_WORDS |= {f"{t}-{o}": 20 + 10 * i + n for i, t in enumerate(_TENS) for n, o in enumerate(_ONES[:10]) if n}
_WORDS |= {w: i for i, w in enumerate(_ORDINALS)} | {"once": 1, "twice": 2, "thirtieth": 30}
_SCALE = {"hundred": 100, "thousand": 1000, "million": 10**6, "billion": 10**9, "trillion": 10**12}


def english_values(text: str) -> list[tuple[int, int, float]]:
    """Return the numbers of an English text as (start, end, value), figures and words."""
    out: list[tuple[int, int, float]] = []
    for hit in re.finditer(r"\d[\d,]*(?:\.\d+)?|[A-Za-z]+(?:-[A-Za-z]+)?", text):
        low = hit[0].lower()
        if low[0].isdigit():
            value = float(low.replace(",", "").rstrip("."))
        elif low in _WORDS:
            value = float(_WORDS[low])
        elif low in _SCALE and out and text[out[-1][1] : hit.start()].strip() in ("", "-"):
            start, _, last = out.pop()
            out.append((start, hit.end(), last * _SCALE[low]))
            continue
        else:
            continue
        out.append((hit.start(), hit.end(), value))
    return out
