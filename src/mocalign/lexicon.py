"""Which Japanese word answers which English one.

Evidence, in this order: the user's glossary and the built-in term base; JMdict (optional, read in place); the renderings
that translators of this genre use (`renderings`); sound (katakana and readings against Latin spelling); this document's
own habits (association over its beads); JMdict at second order (two English words that gloss the same Japanese senses);
the encoder at word level, asked only for what is still unexplained and in one batch for the whole document. Every link has a strength between 0 and 1.

JMdict (Breen 2004, EDRDG licence, CC BY-SA 4.0) comes with the package ``jamdict-data``; without it everything here
still works with less evidence, and `dictionary_name()` says so.
"""

from __future__ import annotations

import bisect
import hashlib
import itertools
import math
import os
import re
import threading
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Protocol

from mocalign import english, japanese
from mocalign.data import rows
from mocalign.model import Bead, Document, Segment, Span, View
from mocalign.renderings import Renderings

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    from mocalign.contextual import ContextEncoder, TokenVectors
    from mocalign.embed import Embedder

    Matrix = npt.NDArray[np.float32]

__all__ = [
    "FUNCTION_WORDS",
    "Answer",
    "Dictionary",
    "Lexicon",
    "Link",
    "Piece",
    "Source",
    "Word",
    "built_in_renderings",
    "dictionary_name",
    "light_words",
    "open_dictionary",
    "romaji",
    "sound_key",
    "sounds_like",
    "stem",
    "unit_vectors",
    "word_links",
]


# --- English forms -----------------------------------------------------------------------------------------------------

_SPELLING = (
    (re.compile(r"isation"), "ization"),
    (re.compile(r"is(e|ed|ing|es|er)$"), r"iz\1"),
    (re.compile(r"yse"), "yze"),
    (re.compile(r"(?<=[a-z]{2})our(?=$|s$|ed|ing|al|able|er)"), "or"),
    (re.compile(r"(?<=[bt])re$"), "er"),
    (re.compile(r"ll(?=ed$|ing$)"), "l"),
    (re.compile(r"(?<=[a-z]{3})ogue$"), "og"),
    (re.compile(r"aes|aem"), "e"),
    (re.compile(r"^programme"), "program"),
    (re.compile(r"(?<=efen|icen|ffen|eten)ce$"), "se"),
)
_IRREGULAR = {
    "maintenance": "maintain", "sustenance": "sustain", "explanation": "explain", "retention": "retain",
    "knowledge": "know", "children": "child", "men": "man", "women": "woman", "people": "person", "data": "datum",
    "held": "hold", "met": "meet", "taken": "take", "given": "give", "made": "make", "written": "write", "sent": "send",
    "choice": "choose", "growth": "grow", "strength": "strong", "strengthen": "strong", "length": "long", "criteria": "criterion",
    "receipt": "receive", "reception": "receive", "decision": "decide", "analysis": "analyze", "analyses": "analyze",
    "permission": "permit", "admission": "admit", "submission": "submit", "transmission": "transmit", "borne": "bear",
    "expansion": "expand", "extension": "extend", "provision": "provide", "division": "divide", "conclusion": "conclude",
    "inclusion": "include", "exclusion": "exclude", "response": "respond", "defence": "defend", "defense": "defend",
    "loss": "lose", "lost": "lose", "paid": "pay", "payment": "pay", "sold": "sell", "sale": "sell", "bought": "buy",
    "fell": "fall", "fallen": "fall", "sought": "seek", "thought": "think", "brought": "bring", "built": "build", "spent": "spend",
    "kept": "keep", "left": "leave", "led": "lead", "arisen": "arise", "begun": "begin", "began": "begin", "begin": "begin",
    "drawn": "draw", "drew": "draw", "understood": "understand", "removal": "remove", "renewal": "renew",
    "approval": "approve", "arrival": "arrive", "belief": "believe", "relief": "relieve", "proof": "prove",
}  # fmt: skip
_SUFFIXES = sorted(
    "izational ization ational ability ibility fulness ousness iveness ation ition ement ment ness ship ance ence "
    "ancy ency able ible ally ical ion ity ety ive ative ism ist ous ful ery ary ory ant ent ial ian ize yze ate ure "
    "er or al ly ic th cy".split(),
    key=lambda s: (-len(s), s),
)
_VOWEL = re.compile(r"[aeiouy]")


@lru_cache(maxsize=65536)
def stem(word: str) -> str:
    """Return a key that inflected, derived and respelled forms of an English word share (standardisation, standard).

    Cruder than Porter's algorithm (1980) on purpose: it serves to compare with dictionary glosses, not to be read.
    """
    low = _plain(word)
    if low.endswith(("ee", "ees")) or low in ("licensor", "lessor", "grantor", "guarantor"):
        return low.removesuffix("s")  # the party that acts and the one that is acted upon
    for pattern, to in _SPELLING:
        low = pattern.sub(to, low)
    low = _IRREGULAR.get(low, low)
    if low.endswith("ies") and len(low) > 4:
        low = low[:-3] + "y"
    elif low.endswith(("sses", "shes", "ches", "xes")):
        low = low[:-2]
    elif low.endswith("s") and not low.endswith(("ss", "us", "is")) and len(low) > 3:
        low = low[:-1]
    low = _IRREGULAR.get(low, low)
    for suffix in ("ing", "ed"):
        if low.endswith(suffix) and len(low) - len(suffix) >= 3 and _VOWEL.search(low[: -len(suffix)]):
            low = low[: -len(suffix)]
            if low[-1] == low[-2] and low[-1] not in "lsz":
                low = low[:-1]
            low += "e" * low.endswith(("at", "iz"))
            break
    for least in (4, 5):
        for suffix in _SUFFIXES:
            if low.endswith(suffix) and len(low) - len(suffix) >= least + (suffix == "ly"):
                low = low[: -len(suffix)]
                break
    low = low.rstrip("eiy") if len(low.rstrip("eiy")) >= 3 else low
    return low[:-1] if len(low) > 4 and low[-1] == low[-2] else low


def _plain(word: str) -> str:
    low = unicodedata.normalize("NFKD", word.casefold().replace("’", "'"))
    return "".join(c for c in low if not unicodedata.combining(c)).removesuffix("'s").strip("'")


# --- sounds ------------------------------------------------------------------------------------------------------------

_KANA = {
    "ア": "a", "イ": "i", "ウ": "u", "エ": "e", "オ": "o", "カ": "ka", "キ": "ki", "ク": "ku", "ケ": "ke", "コ": "ko",
    "サ": "sa", "シ": "shi", "ス": "su", "セ": "se", "ソ": "so", "タ": "ta", "チ": "chi", "ツ": "tsu", "テ": "te",
    "ト": "to", "ナ": "na", "ニ": "ni", "ヌ": "nu", "ネ": "ne", "ノ": "no", "ハ": "ha", "ヒ": "hi", "フ": "fu",
    "ヘ": "he", "ホ": "ho", "マ": "ma", "ミ": "mi", "ム": "mu", "メ": "me", "モ": "mo", "ヤ": "ya", "ユ": "yu",
    "ヨ": "yo", "ラ": "ra", "リ": "ri", "ル": "ru", "レ": "re", "ロ": "ro", "ワ": "wa", "ヰ": "i", "ヱ": "e", "ヲ": "o",
    "ン": "n", "ガ": "ga", "ギ": "gi", "グ": "gu", "ゲ": "ge", "ゴ": "go", "ザ": "za", "ジ": "ji", "ズ": "zu",
    "ゼ": "ze", "ゾ": "zo", "ダ": "da", "ヂ": "ji", "ヅ": "zu", "デ": "de", "ド": "do", "バ": "ba", "ビ": "bi",
    "ブ": "bu", "ベ": "be", "ボ": "bo", "パ": "pa", "ピ": "pi", "プ": "pu", "ペ": "pe", "ポ": "po", "ヴ": "vu",
}  # fmt: skip
_SMALL = {"ァ": "a", "ィ": "i", "ゥ": "u", "ェ": "e", "ォ": "o", "ャ": "ya", "ュ": "yu", "ョ": "yo", "ヮ": "wa"}


def romaji(kana: str) -> str:
    """Return kana in Hepburn letters, long marks dropped: コンピューター gives ``konpyuta``."""
    text = "".join(chr(ord(c) + 0x60) if "ぁ" <= c <= "ゖ" else c for c in kana)
    out = ""
    for at, char in enumerate(text):
        if char in _SMALL:
            small = _SMALL[char]
            if small.startswith("y") and out.endswith("i"):
                out = out[:-1] + (small[1:] if out[:-1].endswith(("sh", "ch", "j")) else small)
            else:
                glide = "w" if text[at - 1 : at] == "ウ" else ""
                out = (out[:-1] if out and out[-1] in "aiueo" else out) + glide + small
        elif char == "ッ":
            following = _KANA.get(text[at + 1 : at + 2], "")
            out += following[:1]
        elif char in "ー・＝= ":
            continue
        else:
            out += _KANA.get(char, char.lower() if char.isascii() else "")
    return out


_LATIN = (
    ("sch", "sh"), ("tion", "shon"), ("sion", "jon"), ("ph", "f"), ("th", "s"), ("ck", "k"), ("qu", "ku"), ("x", "ks"),
    ("tch", "ch"), ("dge", "j"), ("wh", "h"), ("ce", "se"), ("ci", "si"), ("cy", "si"), ("c", "k"), ("l", "r"), ("v", "b"),
    ("ge", "je"), ("gi", "ji"),
)  # fmt: skip


def _skeleton(latin: str, *, kana: bool) -> str:
    """Consonants as Japanese hears them; the first sound keeps its vowel."""
    low = _plain(latin)
    if not kana:
        low = low.replace("ch", "\0")
        for a, b in _LATIN:
            low = low.replace(a, b)
        low = low.replace("\0", "ch")
    low = low.replace("tsu", "t").replace("shi", "si").replace("sh", "s").replace("chi", "ti").replace("ch", "t")
    low = (
        low.replace("ji", "zi")
        .replace("j", "z")
        .replace("f", "h")
        .replace("v", "b")
        .replace("m", "n")
        .replace("l", "r")
    )
    head = "a" if low[:1] in "aeiou" and low[:1] else ""
    body = "".join(c for c in low if c.isalpha() and c not in "aeiouyhw")
    return head + re.sub(r"(.)\1+", r"\1", body)


_MERGED = str.maketrans("zjdfmc", "ssthns")


@lru_cache(maxsize=65536)
def sound_key(word: str) -> str:
    """Return the consonants of a word in katakana or Latin letters, coarse enough that a name has one key in both."""
    if is_katakana(word):
        heard = _skeleton(romaji(word), kana=True)
    else:
        # a silent r before a consonant or at the end, a soft g
        low = re.sub(r"r(?=[^aeiouy]|$)", "", _plain(word))
        heard = _skeleton(re.sub(r"g(?=[ei])", "j", low), kana=False)
    return re.sub(r"(.)\1+", r"\1", heard.lstrip("a").translate(_MERGED))


@lru_cache(maxsize=65536)
def sounds_like(kana: str, latin: str) -> float:
    """Tell how well kana may be the sound of a Latin spelling, 0 to 1 (センシング, sensing: 1.0)."""
    from rapidfuzz.distance import Levenshtein

    a, b = _skeleton(romaji(kana), kana=True), _skeleton(latin, kana=False)
    if not a or not b:
        return 0.0
    consonants = Levenshtein.normalized_similarity(a, b)
    # a silent r before a consonant or at the end (port, ポート)
    soft = re.sub(r"r(?=[^aeiou]|$)", "", _plain(latin))
    consonants = max(consonants, Levenshtein.normalized_similarity(a, _skeleton(soft, kana=False)))
    letters = Levenshtein.normalized_similarity(romaji(kana), _plain(latin).replace("l", "r").replace("c", "k"))
    score = 0.7 * consonants + 0.3 * letters if consonants < 1 else max(0.8, min(1.0, 0.7 + 0.4 * letters))
    return round(score, 4)


def is_katakana(text: str) -> bool:
    """Tell whether a text is written in katakana only."""
    return bool(text) and all("ァ" <= c <= "ヿ" for c in text)


# --- the dictionary ----------------------------------------------------------------------------------------------------

_GLOSS_STOP = frozenset(
    "a an the to of in on for with by from at and or as be is are was were being been one's one someone something "
    "somebody oneself etc e.g esp i.e sth sb etc. not".split()
)
_BRACKET = re.compile(r"\([^)]*\)")


@dataclass(frozen=True, slots=True)
class Gloss:
    """One English gloss of a Japanese word: its stems in order; `sense` is the id of the sense."""

    stems: tuple[str, ...]
    sense: int


@dataclass(frozen=True, slots=True)
class Profile:
    """How many of an English word's `size` Japanese renderings hold each kanji."""

    count: Mapping[str, int]
    size: int

    def get(self, *forms: str) -> float:
        """Return how much the kanji of a Japanese word are those of the renderings, 0 to 1."""
        if not self.size:
            return 0.0
        return max((self.count.get(c, 0) for form in forms for c in form), default=0) / (self.size + 2)


class Dictionary:
    """JMdict and JMnedict, read in place and only for the words a document holds."""

    def __init__(self, path: str) -> None:
        import sqlite3

        self._lock = threading.Lock()
        self._db = sqlite3.connect(f"file:{path}?mode=ro&immutable=1", uri=True, check_same_thread=False)
        self._glosses: dict[str, tuple[Gloss, ...]] = {}
        self._near: dict[str, Mapping[str, int]] = {}
        self._names: dict[str, frozenset[str]] = {}
        self._kana: dict[str, frozenset[str]] = {}
        self._known: dict[str, frozenset[str]] = {}
        self._verbs: dict[str, float] = {}
        self._same: dict[str, tuple[str, ...]] = {}
        self._profiles: dict[str, Profile] = {}

    def load(self, words: Iterable[str]) -> None:
        """Look up Japanese words in one go."""
        todo = sorted({w for w in words if w not in self._glosses})
        found: dict[str, list[Gloss]] = {w: [] for w in todo}
        with self._lock:
            for table in ("Kanji", "Kana"):
                for at in range(0, len(todo), 400):
                    part = todo[at : at + 400]
                    marks = ",".join("?" * len(part))
                    sql = (
                        f"select k.text, s.ID, g.text from {table} k join Sense s on s.idseq = k.idseq "
                        f"join SenseGloss g on g.sid = s.ID where +g.lang = 'eng' and k.text in ({marks})"
                    )
                    for word, sense, text in self._db.execute(sql, part):
                        if table == "Kana" and len(word) < 3 and not is_katakana(word):
                            continue
                        found[word] += [Gloss(stems, sense) for stems in gloss_stems(text)]
        for word, glosses in found.items():
            self._glosses[word] = tuple(glosses)

    def glosses(self, word: str) -> tuple[Gloss, ...]:
        """Return the English glosses of a Japanese word."""
        if word not in self._glosses:
            self.load([word])
        return self._glosses[word]

    def near(self, word: str) -> Mapping[str, int]:
        """Return English stems that gloss the same Japanese senses as an English word, with the number of senses."""
        low = _plain(word)
        if low not in self._near:
            forms = sorted({low, f"to {low}", *(p.sub(t, low) for p, t in _SPELLING), stem_verb(low)})
            marks = ",".join("?" * len(forms))
            with self._lock:
                sql = (
                    "select g.sid, h.text from SenseGloss g join SenseGloss h on h.sid = g.sid "
                    f"where g.text in ({marks}) and +h.lang = 'eng' limit 4000"
                )
                pairs = self._db.execute(sql, forms).fetchall()
            count: Counter[str] = Counter()
            seen = set()
            for sid, text in pairs:
                for stems in gloss_stems(text):
                    if len(stems) == 1 and (sid, stems[0]) not in seen:
                        seen.add((sid, stems[0]))
                        count[stems[0]] += 1
            self._near[low] = count
        return self._near[low]

    def profile(self, word: str) -> Profile:
        """Return the kanji with which Japanese renders an English word, its inflections undone."""
        if word not in self._profiles:
            forms = {word}
            for suffix in ("ly", "s", "ing", "ed", "al", "ity", "ness"):
                if word.endswith(suffix) and len(word) - len(suffix) > 3:
                    forms.add(word[: -len(suffix)])
                    if suffix in ("ing", "ed"):
                        forms.add(word[: -len(suffix)] + "e")
            count: Counter[str] = Counter()
            size = 0
            for rendering in {r for f in sorted(forms) for r in self.renderings(f)}:
                kanji = {c for c in rendering if "\u4e00" <= c <= "\u9fff"}
                size += bool(kanji)
                count.update(kanji)
            self._profiles[word] = Profile(count, size)
        return self._profiles[word]

    def is_verb(self, word: str) -> float:
        """Return the share of an English word's exact glosses that are infinitives (0 for an unknown word)."""
        low = english_lemma(_plain(word))
        if low not in self._verbs:
            with self._lock:
                sql = "select count(*) from SenseGloss where text = ?"
                verb = self._db.execute(sql, (f"to {low}",)).fetchone()[0]
                noun = self._db.execute(sql, (low,)).fetchone()[0]
            self._verbs[low] = verb / (verb + noun) if verb + noun else 0.0
        return self._verbs[low]

    def renderings(self, phrase: str) -> frozenset[str]:
        """Return the Japanese words with exactly this English gloss."""
        low = _plain(phrase)
        if low not in self._known:
            forms = sorted({low, f"to {low}", phrase, phrase.capitalize(), *(p.sub(t, low) for p, t in _SPELLING)})
            marks = ",".join("?" * len(forms))
            out: set[str] = set()
            with self._lock:
                for table in ("Kanji", "Kana"):
                    sql = (
                        f"select k.text from SenseGloss g join Sense s on s.ID = g.sid "
                        f"join {table} k on k.idseq = s.idseq where g.text in ({marks})"
                    )
                    out |= {text for (text,) in self._db.execute(sql, forms)}
            self._known[low] = frozenset(out)
        return self._known[low]

    def homophones(self, word: str, reading: str) -> frozenset[str]:
        """Return the common kanji words of a reading (katakana) that share no gloss with a word."""
        kana = "".join(chr(ord(c) - 0x60) if "ァ" <= c <= "ヶ" else c for c in reading)
        if kana not in self._same:
            with self._lock:
                sql = (
                    "select distinct j.text from Kana k join Kanji j on j.idseq = k.idseq join KJP p on p.kid = j.ID "
                    "where k.text = ?"
                )
                self._same[kana] = tuple(sorted(text for (text,) in self._db.execute(sql, (kana,))))
        others = [w for w in self._same[kana] if w != word and len(w) > 1]
        if not others:
            return frozenset()
        self.load([word, *others])
        mine = {s for g in self.glosses(word) for s in g.stems}
        return frozenset(w for w in others if not mine & {s for g in self.glosses(w) for s in g.stems})

    def name_readings(self, name: str) -> frozenset[str]:
        """Return the Latin spellings JMnedict gives a Japanese name (lower case, marks dropped)."""
        if name not in self._names:
            out: set[str] = set()
            with self._lock:
                for table in ("NEKanji", "NEKana"):
                    sql = (
                        f"select g.text from {table} k join NETranslation t on t.idseq = k.idseq "
                        "join NETransGloss g on g.tid = t.ID where k.text = ? limit 200"
                    )
                    out |= {_plain(_BRACKET.sub("", text).strip()) for (text,) in self._db.execute(sql, (name,))}
            self._names[name] = frozenset(out)
        return self._names[name]

    def name_kana(self, latin: str) -> frozenset[str]:
        """Return the katakana spellings on record for a Latin name, from JMnedict and JMdict."""
        key = latin.strip()
        if key not in self._kana:
            forms = sorted({key, key.capitalize(), _ascii(key), _ascii(key).capitalize()})
            marks = ",".join("?" * len(forms))
            out: set[str] = set()
            with self._lock:
                sql = (
                    "select k.text from NETransGloss g join NETranslation t on t.ID = g.tid "
                    f"join NEKana k on k.idseq = t.idseq where g.text in ({marks}) limit 400"
                )
                out |= {text for (text,) in self._db.execute(sql, forms)}
            out |= self.renderings(key)
            self._kana[key] = frozenset(k for k in out if is_katakana(k.replace("・", "")))
        return self._kana[key]


def _ascii(text: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))


def stem_verb(word: str) -> str:
    """Return the infinitive gloss form of an English word."""
    return f"to {english_lemma(word)}"


@lru_cache(maxsize=65536)
def english_lemma(word: str) -> str:
    """Return a lemma without opening spaCy: a guess by suffix, for queries only."""
    for suffix, to in (("ies", "y"), ("sses", "ss"), ("ing", ""), ("ed", ""), ("s", "")):
        if word.endswith(suffix) and len(word) - len(suffix) >= 3:
            return word[: -len(suffix)] + to
    return word


_ALTERNATIVE = re.compile(r"\s+(?:and|or)\s+|\s*[/,;]\s*")


@lru_cache(maxsize=65536)
def gloss_stems(text: str) -> tuple[tuple[str, ...], ...]:
    """Return the stems of a gloss without brackets and function words; "laws and ordinances" gives two alternatives."""
    bare = _BRACKET.sub(" ", text)
    parts = [p for p in _ALTERNATIVE.split(bare) if p.strip()]
    if any(len(p.split()) > 2 for p in parts):
        parts = [bare]
    out = []
    for part in parts:
        words = re.findall(r"[^\W\d_]+(?:['’][^\W\d_]+)?", part)
        out.append(tuple(stem(w) for w in words if w.lower() not in _GLOSS_STOP))
    return tuple(o for o in out if o)


def open_dictionary() -> Dictionary | None:
    """Return JMdict when the package ``jamdict-data`` is installed, else None."""
    return _opened(os.getpid())  # a database connection must not cross a fork


@lru_cache(maxsize=2)
def _opened(_process: int) -> Dictionary | None:
    import importlib.util
    from pathlib import Path

    spec = importlib.util.find_spec("jamdict_data")
    for folder in (spec.submodule_search_locations or []) if spec else []:
        path = Path(folder) / "jamdict.db"
        if path.is_file():
            return Dictionary(str(path))
    return None


def dictionary_name() -> str:
    """Name and version of the bilingual dictionary, for the signature of a report; "none" without it."""
    if open_dictionary() is None:
        return "none"
    from importlib.metadata import PackageNotFoundError, version

    try:
        return f"jmdict (jamdict-data {version('jamdict-data')})"
    except PackageNotFoundError:
        return "jmdict"


# --- words and pieces --------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Word:
    """An English content word. `start:end` are offsets of the document; `run` numbers stretches without a break.

    `light` says that Japanese habitually leaves the word out or expresses it by grammar.
    """

    start: int
    end: int
    text: str
    lemma: str
    stem: str
    run: int
    light: bool
    name: bool
    segment: int


@dataclass(frozen=True, slots=True)
class Piece:
    """A Japanese content morpheme (Sudachi mode A). `start:end` are offsets of the document; see `Word`."""

    start: int
    end: int
    text: str
    lemma: str
    normalized: str
    pos: tuple[str, ...]
    reading: str
    run: int
    light: bool
    segment: int


class Source:
    """Where a link comes from, strongest first."""

    TERM = "term"
    DICTIONARY = "dictionary"
    USAGE = "usage"
    SOUND = "sound"
    HABIT = "habit"
    NEAR = "near"
    VECTOR = "vector"


@dataclass(frozen=True, slots=True)
class Link:
    """Word `en` and piece `ja` of one bead answer each other with `strength` 0 to 1."""

    en: int
    ja: int
    strength: float
    source: str


@dataclass(frozen=True, slots=True)
class Answer:
    """What is known of one bead: its words, its pieces, the links between them and the best strength of each.

    `en_else` and `ja_else` are the best strengths found in the neighbouring beads; `en_match` and `ja_match` are 0 where
    every counterpart of a word is taken by another word.
    """

    words: tuple[Word, ...]
    pieces: tuple[Piece, ...]
    links: tuple[Link, ...]
    en_best: tuple[float, ...]
    ja_best: tuple[float, ...]
    en_else: tuple[float, ...]
    ja_else: tuple[float, ...]
    en_match: tuple[float, ...]
    ja_match: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Closeness:
    """Cosines of the words of a bead: `across` of shape (words, pieces) in context, `low` the same of a lower layer.

    `en_own` and `ja_own`: of each word the greatest cosine to another word of its own side, and the sum over all of them.
    """

    across: Matrix
    low: Matrix
    en_own: Matrix
    ja_own: Matrix

    @classmethod
    def of(cls, words: Matrix, pieces: Matrix, low: Matrix) -> Closeness:
        """Make it from unit vectors, rounded as the cache keeps them: what is read back is what was computed."""
        found = (words @ pieces.T, low, _own(words), _own(pieces))
        return cls(*(m.astype("float16").astype("float32") for m in found))

    def packed(self) -> bytes:
        """The figures in half precision, for the cache."""
        every = (self.across, self.low, self.en_own, self.ja_own)
        return b"".join(m.astype("<f2").tobytes() for m in every)

    @classmethod
    def unpacked(cls, data: bytes, words: int, pieces: int) -> Closeness | None:
        """The reverse; None when the data is for other numbers of words."""
        import numpy as np

        sizes = (words * pieces, words * pieces, 2 * words, 2 * pieces)
        if not data or len(data) != 2 * sum(sizes):
            return None
        flat = np.frombuffer(data, dtype="<f2").astype(np.float32)
        a, b, c = sizes[0], sizes[0] + sizes[1], sizes[0] + sizes[1] + sizes[2]
        return cls(
            flat[:a].reshape(words, pieces),
            flat[a:b].reshape(words, pieces),
            flat[b:c].reshape(-1, 2),
            flat[c:].reshape(-1, 2),
        )


def _own(rows: Matrix) -> Matrix:
    import numpy as np

    every = rows @ rows.T
    sums = every.sum(axis=1)
    np.fill_diagonal(every, -1.0)
    return np.stack([every.max(axis=1), sums], axis=1)


class Annotated(Protocol):
    """The part of a `Pair` that the lexicon reads."""

    @property
    def beads(self) -> tuple[Bead, ...]: ...
    @property
    def ja(self) -> Document: ...
    @property
    def en(self) -> Document: ...
    def body(self, document: Document, segment: Segment) -> View: ...
    def ja_tokens(self, segment: Segment, *, mode: str = "C") -> tuple[japanese.Token, ...]: ...
    def en_tokens(self, segment: Segment) -> tuple[english.Token, ...]: ...


@lru_cache(maxsize=1)
def built_in_renderings() -> Renderings:
    """Return the renderings that come with mocalign, read once."""
    return Renderings(rows("renderings"), stem, FUNCTION_WORDS)


@lru_cache(maxsize=4)
def light_words(lang: str) -> frozenset[str]:
    """Words that the other language habitually leaves out or expresses by grammar."""
    return frozenset(row["word"] for row in rows("light_words") if row["lang"] == lang)


def english_words(view: View, tokens: Sequence[english.Token], segment: int) -> tuple[Word, ...]:
    """Return the content words of an English segment."""
    out: list[Word] = []
    run, last = 0, None
    light = light_words("en")
    shouted = sum(t.surface.isupper() for t in tokens) > len(tokens) / 2
    for at, token in enumerate(tokens):
        word = token.is_word and (
            token.surface.lower() not in FUNCTION_WORDS or (token.surface in ("US", "IT") and not shouted)
        )
        if token.surface in ("'s", "’s", "'", "s"):
            continue
        if not word or len(token.surface) < 2:
            last = None
            continue
        if last is None:
            run += 1
        last = token
        span = view.span(token.start, token.end)
        first = at == 0 or tokens[at - 1].surface in (".", ":", ";", "“", '"', "(", "•")
        low = token.lemma.lower() if shouted else token.lemma
        name = token.surface[:1].isupper() and (not first or token.surface.isupper()) and not shouted
        out.append(
            Word(
                span.start,
                span.end,
                token.surface,
                low,
                stem(token.surface if token.surface.isupper() and not shouted else low),
                run,
                token.is_stop or low in light or token.surface.lower() in light or _is_currency(tokens, at),
                name,
                segment,
            )
        )
    return tuple(out)


FUNCTION_WORDS = frozenset(
    """a an the this that these those of to in on for with by from at as into onto upon over and or but nor so if then than
    when where while which who whom whose what how why it its they them their theirs he him his she her hers we us our ours
    you your yours i me my mine myself itself themselves be is are was were been being am do does did done doing have has had
    having shall will would may might can could should must ought not no n't 's ’s there here such about also very too
    because though although yet just even ca wo ll re ve""".split()
)
_EMPTY = frozenset(
    "する 為る ある 有る 在る なる 成る いる 居る おる 居る できる 出来る いう 言う れる られる せる".split()
)


def _is_currency(tokens: Sequence[english.Token], at: int) -> bool:
    """A code such as KES before or after a figure."""
    code = tokens[at].surface
    beside = [t.surface for t in (*tokens[max(0, at - 1) : at], *tokens[at + 1 : at + 2])]
    return len(code) == 3 and code.isupper() and any(b[:1].isdigit() for b in beside)


_CONTENT = ("名詞", "動詞", "形容詞", "形状詞", "副詞", "代名詞", "接頭辞", "接尾辞", "連体詞")


def japanese_pieces(view: View, tokens: Sequence[japanese.Token], segment: int) -> tuple[Piece, ...]:
    """Return the content morphemes of a Japanese segment."""
    out: list[Piece] = []
    run, gap, denied = 0, True, False
    light = light_words("ja")
    for token in tokens:
        before, denied = denied, token.surface in ("非", "不", "未", "無", "反")
        tag = token.pos[0]
        number = tag == "名詞" and token.pos[1] == "数詞"
        latin = tag in ("名詞", "記号", "補助記号") and token.surface.isascii() and token.surface.isalpha()
        if (tag not in _CONTENT or number) and not latin:
            gap = token.surface not in ("・", "=", "＝")
            continue
        if gap:
            run += 1
        gap = False
        span = view.span(token.start, token.end)
        affix = tag in ("接頭辞", "接尾辞", "連体詞", "代名詞")
        dependent = tag in ("動詞", "形容詞") and token.pos[1] == "非自立可能"
        counter = "助数詞可能" in token.pos[2] if len(token.pos) > 2 else False
        weak = before or affix or dependent or counter or token.lemma in light or token.normalized in light
        out.append(
            Piece(
                span.start,
                span.end,
                token.surface,
                token.lemma,
                token.normalized,
                token.pos,
                token.reading,
                run,
                weak or (len(token.surface) == 1 and "ぁ" <= token.surface <= "ん"),
                segment,
            )
        )
    return tuple(out)


_ALIAS = re.compile(r"\((?:[^()]{0,60}?)[\"“](?P<name>[^\"”]{2,40})[\"”]")
_NAMED = re.compile(r"[\"“](?:the\s+)?(?P<name>[A-Z][^\"”]{0,40})[\"”]")
_NAMED_JA = re.compile(r"「(?P<name>[^「」]{1,20})」と(?:いう|総称|称)")
_NGRAM = 5  # pieces in a compound that is looked up as a whole
_USUAL = 0.9  # strength of a link by a rendering that translators use
_PART = 0.55  # the same where the rendering is only part of a longer one


class Lexicon:
    """The links of a pair, computed bead by bead on demand; `prepare()` reads the whole document once.

    `terms` are (English phrase, Japanese renderings) of the user's glossary and the term base.
    """

    def __init__(
        self,
        pair: Annotated,
        *,
        terms: Sequence[tuple[str, tuple[str, ...]]] = (),
        dictionary: Dictionary | None = None,
        embedder: Embedder | None = None,
        encoder: ContextEncoder | None = None,
        cache: bool = False,
    ) -> None:
        self.pair = pair
        self.dictionary = dictionary
        self.embedder = embedder
        self.encoder = encoder
        self.cache = cache
        self._closeness: dict[int, Closeness] | None = None
        self.words: list[tuple[Word, ...]] = []
        self.pieces: list[tuple[Piece, ...]] = []
        for bead in pair.beads:
            words: list[Word] = []
            for segment in bead.en:
                found = english_words(pair.body(pair.en, segment), pair.en_tokens(segment), segment.index)
                base = words[-1].run if words else 0
                words += [_shift_word(w, base) for w in found]
            pieces: list[Piece] = []
            for segment in bead.ja:
                got = japanese_pieces(pair.body(pair.ja, segment), pair.ja_tokens(segment, mode="A"), segment.index)
                top = pieces[-1].run if pieces else 0
                pieces += [_shift_piece(p, top) for p in got]
            self.words.append(tuple(words))
            self.pieces.append(tuple(pieces))
        self._terms = [
            (tuple(stem(w) for w in re.findall(r"[^\W\d_]+(?:['’][^\W\d_]+)?", en)), tuple(j for j in ja if j))
            for en, ja in terms
        ]
        self._first: dict[str, list[int]] = defaultdict(list)
        for number, (stems, _) in enumerate(self._terms):
            if stems:
                self._first[stems[0]].append(number)
        self._answers: dict[int, Answer] = {}
        self._vectors: dict[str, Any] = {}
        if dictionary is not None:
            dictionary.load(
                form
                for pieces in self.pieces
                for i in range(len(pieces))
                for j in range(i + 1, min(i + _NGRAM, len(pieces)) + 1)
                for form in self._forms(pieces, i, j)
            )
        self._base: dict[tuple[int, int], dict[tuple[int, int], tuple[float, str]]] = {}
        self.aliases: dict[str, frozenset[str]] = {}
        self.habits = self._habits()
        self._find_aliases()

    # -- forms and evidence

    def _forms(self, pieces: Sequence[Piece], i: int, j: int) -> tuple[str, ...]:
        """Return the strings under which the pieces i..j are looked up; () when they do not stand together."""
        if any(a.end != b.start or a.run != b.run for a, b in zip(pieces[i : j - 1], pieces[i + 1 : j], strict=True)):
            return ()
        if j - i == 1:
            piece = pieces[i]
            forms = {piece.text, piece.lemma, piece.normalized}
            return tuple(sorted(f for f in forms if f))
        head = "".join(p.text for p in pieces[i : j - 1])
        last = pieces[j - 1]
        return tuple(sorted({head + last.text, head + last.lemma}))

    def _links(self, b: int, c: int) -> dict[tuple[int, int], tuple[float, str]]:
        """Evidence without habits and vectors between the words of bead b and the pieces of bead c."""
        if (b, c) in self._base:
            return self._base[b, c]
        words, pieces = self.words[b], self.pieces[c]
        out: dict[tuple[int, int], tuple[float, str]] = {}

        def put(e: int, j: int, strength: float, source: str) -> None:
            if out.get((e, j), (0.0, ""))[0] < strength:
                out[e, j] = (strength, source)

        at: dict[str, list[int]] = defaultdict(list)
        for e, word in enumerate(words):
            at[word.stem].append(e)
        self._term_links(words, pieces, c, put)
        self._usage_links(words, pieces, put)
        if self.dictionary is not None:
            for i in range(len(pieces)):
                for j in range(i + 1, min(i + _NGRAM, len(pieces)) + 1):
                    if j == i + 1 and pieces[i].lemma in _EMPTY:
                        continue
                    for form in self._forms(pieces, i, j):
                        for gloss in self.dictionary.glosses(form):
                            hits = [s for s in gloss.stems if s in at]
                            if not hits:
                                continue
                            share = len(hits) / len(gloss.stems)
                            strength = 1.0 if share == 1 else 0.75 * share if len(gloss.stems) <= 4 else 0.3
                            if j - i > 1 and share < 1:
                                strength *= 0.8
                            for s in hits:
                                for e in at[s]:
                                    for k in range(i, j):
                                        put(e, k, strength, Source.DICTIONARY)
        for e, word in enumerate(words):
            for j, piece in enumerate(pieces):
                if piece.text.isascii():
                    if piece.text.casefold() == word.text.casefold():
                        put(e, j, 1.0, Source.SOUND)
                elif is_katakana(piece.text) and len(piece.text) > 1:
                    like = sounds_like(piece.text, word.text)
                    if like >= 0.7:
                        put(e, j, like, Source.SOUND)
                elif (
                    word.text[:1].isupper()
                    and piece.pos[1] == "固有名詞"
                    and romaji(piece.reading) == _long_vowels(word.text)
                ):
                    put(e, j, 1.0, Source.SOUND)
        self._base[b, c] = out
        return out

    def _term_links(self, words: Sequence[Word], pieces: Sequence[Piece], c: int, put: Any) -> None:
        if not pieces:
            return
        text = {s.index: self.pair.body(self.pair.ja, s) for s in self.pair.beads[c].ja}
        for e in range(len(words)):
            for number in self._first.get(words[e].stem, ()):
                stems, renderings = self._terms[number]
                span = self._phrase_at(words, e, stems)
                if span is None:
                    continue
                for rendering in renderings:
                    for view in text.values():
                        start = view.text.find(rendering)
                        while start >= 0:
                            place = view.span(start, start + len(rendering))
                            for j, piece in enumerate(pieces):
                                if place.start <= piece.start and piece.end <= place.end:
                                    for k in span:
                                        put(k, j, 1.0, Source.TERM)
                            start = view.text.find(rendering, start + 1)

    def _usage_links(self, words: Sequence[Word], pieces: Sequence[Piece], put: Any) -> None:
        """Link words and phrases with what translators of this genre make of them."""
        places: dict[str, list[tuple[int, int]]] = defaultdict(list)
        for i in range(len(pieces)):
            for j in range(i + 1, min(i + _NGRAM, len(pieces)) + 1):
                if j == i + 1 and pieces[i].lemma in _EMPTY:
                    continue
                for form in self._forms(pieces, i, j):
                    places[form].append((i, j))
        usage = built_in_renderings()
        found: list[tuple[Sequence[int], str]] = []
        for e, word in enumerate(words):
            found += [((e,), rendering) for rendering in usage.of_word(word.stem) & places.keys()]
            for stems, renderings in usage.phrases_from(word.stem):
                whole = self._phrase_at(words, e, stems) or ()
                for rendering in renderings & places.keys():
                    # 義務 in "rights and obligations" is one word's, 人材育成 for "capacity building" the whole phrase's
                    own = [k for k in whole if rendering in usage.of_word(words[k].stem)]
                    found.append((own or whole, rendering))
        longest = [1] * len(pieces)
        for _, rendering in found:
            for i, j in places[rendering]:
                longest[i:j] = [max(j - i, old) for old in longest[i:j]]
        for span, rendering in found:
            for i, j in places[rendering]:
                for k in range(i, j):
                    # the 会 of 理事会 belongs to what 理事会 renders
                    for at in span:
                        put(at, k, _USUAL if j - i == longest[k] else _PART, Source.USAGE)

    @staticmethod
    def _phrase_at(words: Sequence[Word], e: int, stems: tuple[str, ...]) -> tuple[int, ...] | None:
        """Return the words of a phrase that begins at word e; function words of the phrase are passed over."""
        out, k = [e], e
        for s in stems[1:]:
            if s in _GLOSS_STOP or len(s) < 3:
                continue
            k += 1
            if k >= len(words) or words[k].stem != s:
                return None
            out.append(k)
        return tuple(out)

    def _habits(self) -> dict[tuple[str, str], float]:
        """Association of English stems and Japanese words over the beads, by Dunning's log-likelihood ratio (1993).

        A pair needs at least two beads. Pairs that are each other's best are links of 0.6 and more, by Dice's coefficient;
        pairs that nearly always come together explain each other weakly.
        """
        en_in: Counter[str] = Counter()
        ja_in: Counter[str] = Counter()
        both: Counter[tuple[str, str]] = Counter()
        total = 0
        for words, pieces in zip(self.words, self.pieces, strict=True):
            if not words or not pieces:
                continue
            total += 1
            es = {w.stem for w in words}
            js = {p.normalized for p in pieces if not p.light}
            en_in.update(es)
            ja_in.update(js)
            if len(es) * len(js) < 20000:
                both.update((e, j) for e in es for j in js)
        best_e: dict[str, float] = {}
        best_j: dict[str, float] = {}
        score: dict[tuple[str, str], float] = {}
        for (e, j), n in both.items():
            if n < 2 or n / (en_in[e] + ja_in[j] - n) < 0.4:
                continue
            value = _llr(n, en_in[e], ja_in[j], total)
            score[e, j] = value
            best_e[e] = max(best_e.get(e, 0.0), value)
            best_j[j] = max(best_j.get(j, 0.0), value)
        out = {}
        for (e, j), value in score.items():
            dice = 2 * both[e, j] / (en_in[e] + ja_in[j])
            if value >= 10.83 and value >= 0.98 * best_e[e] and value >= 0.98 * best_j[j]:
                out[e, j] = 0.6 + 0.4 * dice
            elif value >= 6.63 and dice >= 0.66:
                out[e, j] = 0.3 + 0.3 * dice
        return out

    def _find_aliases(self) -> None:
        """Names that the English defines for a longer one ("MER") answer what the longer one answers."""
        for b, bead in enumerate(self.pair.beads):
            for segment in bead.en:
                view = self.pair.body(self.pair.en, segment)
                for match in _ALIAS.finditer(view.text):
                    name = match["name"]
                    if " " in name.strip() or not name.strip():
                        continue
                    end = view.starts[match.start()]
                    before = [e for e, w in enumerate(self.words[b]) if w.segment == segment.index and w.end <= end]
                    wanted = set(before[-8:])
                    found = self._links(b, b)
                    answers = {
                        self.pieces[b][j].normalized
                        for (e, j), (strength, _) in found.items()
                        if e in wanted and strength >= 0.7
                    }
                    key = stem(name.strip())
                    self.aliases[key] = self.aliases.get(key, frozenset()) | answers
            named_en = [
                m["name"].strip() for s in bead.en for m in _NAMED.finditer(self.pair.body(self.pair.en, s).text)
            ]
            named_ja = [m["name"] for s in bead.ja for m in _NAMED_JA.finditer(self.pair.body(self.pair.ja, s).text)]
            if len(named_en) == len(named_ja):
                for en, ja in zip(named_en, named_ja, strict=True):
                    for word in en.split():
                        if word.lower() not in _GLOSS_STOP:
                            got = frozenset(t.normalized for t in japanese.tokens(ja, mode="A"))
                            self.aliases[stem(word)] = self.aliases.get(stem(word), frozenset()) | got

    def _all_links(self, b: int) -> dict[tuple[int, int], tuple[float, str]]:
        out = dict(self._links(b, b))
        words, pieces = self.words[b], self.pieces[b]
        for e, word in enumerate(words):
            for j, piece in enumerate(pieces):
                habit = self.habits.get((word.stem, piece.normalized), 0.0)
                if habit and out.get((e, j), (0.0, ""))[0] < habit:
                    out[e, j] = (habit, Source.HABIT)
                if piece.normalized in self.aliases.get(word.stem, ()) and out.get((e, j), (0.0, ""))[0] < 0.9:
                    out[e, j] = (0.9, Source.HABIT)
        if self.dictionary is not None:
            best_e, best_j = _best(out, 0, len(words)), _best(out, 1, len(pieces))
            open_e = {e for e, w in enumerate(words) if best_e[e] < 0.75 and not w.light}
            open_j = {j for j, p in enumerate(pieces) if best_j[j] < 0.5 and not p.light}
            if open_e or open_j:
                self._near_links(words, pieces, open_e, open_j, out)
        return out

    def _near_links(
        self,
        words: Sequence[Word],
        pieces: Sequence[Piece],
        open_e: set[int],
        open_j: set[int],
        out: dict[tuple[int, int], tuple[float, str]],
    ) -> None:
        """Link words of which one still lacks a counterpart through glosses of the same Japanese senses."""
        if self.dictionary is None:
            return
        taken_by = {k: e for (e, k), (strength, _) in sorted(out.items()) if strength >= 0.9}
        single: dict[tuple[int, int], set[str]] = {}
        for j in range(len(pieces)):
            for i in range(max(0, j - 2), j + 1):
                if all(p.light for p in pieces[i : j + 1]) or pieces[i].lemma in _EMPTY:
                    continue
                got = {
                    g.stems[0]
                    for form in self._forms(pieces, i, j + 1)
                    for g in self.dictionary.glosses(form)
                    if len(g.stems) == 1
                }
                if got:
                    single[i, j] = got
        for e, word in enumerate(words):
            if e not in open_e and not open_j:
                continue
            near = self.dictionary.near(word.text if word.text.isupper() else word.lemma)
            if not near:
                continue
            for (i, j), got in single.items():
                if e not in open_e and not any(k in open_j for k in range(i, j + 1)):
                    continue
                n = max((near.get(g, 0) for g in got), default=0)
                if n:
                    strength = min(0.8, 0.5 + 0.08 * n) if n > 1 else 0.45
                    for k in range(i, j + 1):
                        taken = e in open_e and k not in open_j and taken_by.get(k, -1) not in (-1, e)
                        value = min(strength, 0.45) if taken else strength
                        if out.get((e, k), (0.0, ""))[0] < value:
                            out[e, k] = (value, Source.NEAR)

    def answer(self, number: int) -> Answer:
        """Return what is known of one bead."""
        if number not in self._answers:
            words, pieces = self.words[number], self.pieces[number]
            found = self._all_links(number)
            en_else, ja_else = [0.0] * len(words), [0.0] * len(pieces)
            for other in (number - 1, number + 1):
                if 0 <= other < len(self.words):
                    en_else = list(map(max, en_else, _best(self._links(number, other), 0, len(words))))
                    ja_else = list(map(max, ja_else, _best(self._links(other, number), 1, len(pieces))))
            best_e, best_j = _best(found, 0, len(words)), _best(found, 1, len(pieces))
            free_e, free_j = _unmatched(words, pieces, found)
            self._answers[number] = Answer(
                words,
                pieces,
                tuple(Link(e, j, s, source) for (e, j), (s, source) in sorted(found.items())),
                tuple(best_e),
                tuple(best_j),
                tuple(en_else),
                tuple(ja_else),
                tuple(0.0 if w.stem in free_e else best_e[e] for e, w in enumerate(words)),
                tuple(0.0 if p.normalized in free_j else best_j[j] for j, p in enumerate(pieces)),
            )
        return self._answers[number]

    def closeness(self, number: int) -> Closeness | None:
        """Return how much the words of a bead are alike in context; None without the encoder of words.

        Only beads with a word that the lexicon cannot link are encoded, all of them at once when the first is asked for:
        where every word has its counterpart on record, the context adds nothing.
        """
        if self.encoder is None:
            return None
        if self._closeness is None:
            self._closeness = self._all_closeness(self.encoder)
        return self._closeness.get(number)

    def _all_closeness(self, encoder: ContextEncoder) -> dict[int, Closeness]:
        from mocalign.embed import cache_path, keep, kept

        pair = self.pair
        sides = {
            n: ([pair.body(pair.en, s) for s in bead.en], [pair.body(pair.ja, s) for s in bead.ja])
            for n, bead in enumerate(pair.beads)
            if self.words[n] and self.pieces[n] and self._in_doubt(n)
        }
        keys = {n: self._key(n, en, ja, encoder.name) for n, (en, ja) in sides.items()}
        found = kept(cache_path(), "closeness", list(dict.fromkeys(keys.values()))) if self.cache else {}
        out: dict[int, Closeness] = {}
        for n, key in keys.items():
            old = Closeness.unpacked(found.get(key, b""), len(self.words[n]), len(self.pieces[n]))
            if old is not None:
                out[n] = old
        new = [n for n in sides if n not in out]
        vectors = encoder.encode({view.text for n in new for views in sides[n] for view in views})
        for n in new:
            en, ja = sides[n]
            words, low_words = unit_vectors(self.words[n], [(view, vectors[view.text]) for view in en])
            pieces, low_pieces = unit_vectors(self.pieces[n], [(view, vectors[view.text]) for view in ja])
            out[n] = Closeness.of(encoder.projected(words), encoder.projected(pieces), low_words @ low_pieces.T)
        if self.cache and new:
            keep(cache_path(), "closeness", {keys[n]: out[n].packed() for n in new})
        return out

    def _in_doubt(self, n: int) -> bool:
        """Whether a word with a meaning of its own lacks a counterpart in a bead."""
        answer = self.answer(n)
        return any(m < 0.5 and not w.light for m, w in zip(answer.en_match, answer.words, strict=True)) or any(
            m < 0.5 and not p.light for m, p in zip(answer.ja_match, answer.pieces, strict=True)
        )

    def _key(self, n: int, en: Sequence[View], ja: Sequence[View], name: str) -> bytes:
        """What the closeness of a bead depends on: the encoder, both texts and how they are cut into words."""
        parts: list[Any] = [name]
        for views, units in ((en, self.words[n]), (ja, self.pieces[n])):
            first = {v.origin.start: k for k, v in enumerate(views)}
            starts = sorted(first)
            parts.append([v.text for v in views])
            parts.append([(u.start - starts[bisect.bisect_right(starts, u.start) - 1], u.end - u.start) for u in units])
        return hashlib.sha256(repr(parts).encode("utf-8", "backslashreplace")).digest()

    def vectors(self, texts: Iterable[str]) -> Mapping[str, Any]:
        """Return unit vectors of short texts, encoded in one batch and kept; {} without an encoder."""
        if self.embedder is None:
            return {}
        todo = sorted({t for t in texts if t.strip() and t not in self._vectors})
        if todo:
            for text, row in zip(todo, self.embedder.encode(todo), strict=True):
                self._vectors[text] = row
        return self._vectors


def unit_vectors(units: Sequence[Word | Piece], parts: Sequence[tuple[View, TokenVectors]]) -> tuple[Matrix, Matrix]:
    """The mean of the vectors of the tokens of each word, of length 1, in context and low; zero where it has no token."""
    import numpy as np

    solid = [[b > a for a, b in zip(t.starts, t.ends, strict=True)] for _, t in parts]
    first = np.asarray([v.starts[a] for v, t in parts for a, b in zip(t.starts, t.ends, strict=True) if b > a])
    last = np.asarray([v.ends[b - 1] for v, t in parts for a, b in zip(t.starts, t.ends, strict=True) if b > a])
    rows = np.concatenate([np.stack([t.vectors[k], t.low[k]]) for (_, t), k in zip(parts, solid, strict=True)], axis=1)
    out = np.zeros((2, len(units), rows.shape[2]), dtype=np.float32)
    for k, unit in enumerate(units):
        mine = (first < unit.end) & (last > unit.start)
        if mine.any():
            mean = rows[:, mine].mean(axis=1)
            out[:, k] = mean / np.maximum(np.linalg.norm(mean, axis=1, keepdims=True), 1e-9)
    return out[0], out[1]


def _shift_word(word: Word, by: int) -> Word:
    from dataclasses import replace

    return replace(word, run=word.run + by) if by else word


def _shift_piece(piece: Piece, by: int) -> Piece:
    from dataclasses import replace

    return replace(piece, run=piece.run + by) if by else piece


def _long_vowels(text: str) -> str:
    """Latin spelling of a Japanese name as `romaji` writes it: macrons and long marks dropped."""
    return re.sub(r"(?<=o)h(?![aeiou])", "", _plain(text))


def _best(found: Mapping[tuple[int, int], tuple[float, str]], side: int, size: int) -> list[float]:
    out = [0.0] * size
    for key, (strength, _) in found.items():
        out[key[side]] = max(out[key[side]], strength)
    return out


def _unmatched(
    words: Sequence[Word], pieces: Sequence[Piece], found: Mapping[tuple[int, int], tuple[float, str]]
) -> tuple[set[str], set[str]]:
    """Return the stems and the Japanese words that a one-to-one assignment leaves over (Kuhn's augmenting paths).

    A word whose counterpart is held by its own neighbour is not left over: a compound is answered as a whole.
    """
    edges: dict[str, dict[str, float]] = defaultdict(dict)
    near: dict[str, set[str]] = defaultdict(set)
    for a, b in itertools.pairwise(words):
        if a.run == b.run:
            near[a.stem].add(b.stem)
            near[b.stem].add(a.stem)
    beside: dict[str, set[str]] = defaultdict(set)
    for p, q in itertools.pairwise(pieces):
        if p.end == q.start:
            beside[p.normalized].add(q.normalized)
            beside[q.normalized].add(p.normalized)
    together: dict[int, set[str]] = defaultdict(set)
    for (e, j), (_, source) in found.items():
        if source == Source.TERM:
            together[j].add(words[e].stem)
    for stems in together.values():
        for one in stems:
            near[one] |= stems - {one}
    for (e, j), (strength, _) in found.items():
        if strength >= 0.5:
            row = edges[words[e].stem]
            row[pieces[j].normalized] = max(row.get(pieces[j].normalized, 0.0), strength)
    held: dict[str, str] = {}

    def grow(stem_: str, seen: set[str]) -> bool:
        for other in sorted(edges[stem_], key=lambda o: (-edges[stem_][o], o)):
            if other in seen:
                continue
            seen.add(other)
            if other not in held or grow(held[other], seen):
                held[other] = stem_
                return True
        return False

    for stem_ in sorted(edges, key=lambda s: (-max(edges[s].values()), s)):
        grow(stem_, set())
    holder = {s: o for o, s in held.items()}
    left_e = {s for s in edges if s not in holder and not any(held.get(o) in near[s] for o in edges[s])}
    back: dict[str, set[str]] = defaultdict(set)
    for s, row in edges.items():
        for o in row:
            back[o].add(s)
    left_j = {o for o in back if o not in held and not any(holder.get(s) in beside[o] for s in back[o])}
    return left_e, left_j


def _llr(n: int, a: int, b: int, total: int) -> float:
    """Dunning's G² of a 2x2 table: together n, alone a and b, of total."""

    def h(*ks: int) -> float:
        size = sum(ks)
        return sum(k * math.log(k / size) for k in ks if k)

    k11, k12, k21, k22 = n, a - n, b - n, total - a - b + n
    if k22 < 0:
        return 0.0
    return 2 * (h(k11, k12, k21, k22) - h(k11 + k12, k21 + k22) - h(k11 + k21, k12 + k22))


def word_links(pair: Any, bead: int) -> tuple[tuple[Span, Span], ...]:
    """Return which words answer which in a bead: (Japanese span, English span), best links only, in order.

    Each word keeps its strongest links. Cheap once the checks have run: everything is read from `pair.lexicon`.
    """
    lexicon: Lexicon = pair.lexicon
    answer = lexicon.answer(bead)
    best_e: dict[int, float] = {}
    best_j: dict[int, float] = {}
    for link in answer.links:
        best_e[link.en] = max(best_e.get(link.en, 0.0), link.strength)
        best_j[link.ja] = max(best_j.get(link.ja, 0.0), link.strength)
    holds = {k.en for k in answer.links if k.strength >= max(0.6, best_j[k.ja], best_e[k.en])}
    out = []
    for link in answer.links:
        # 委員会 is the committee's, though a council may be one, too: 理事会 is left for it
        first = link.strength >= best_j[link.ja]
        if link.strength >= 0.6 and (first or (link.strength >= best_e[link.en] and link.en not in holds)):
            word, piece = answer.words[link.en], answer.pieces[link.ja]
            en = Span(word.start, pair.en.text[word.start : word.end])
            ja = Span(piece.start, pair.ja.text[piece.start : piece.end])
            out.append((ja, en))
    return tuple(sorted(out))
