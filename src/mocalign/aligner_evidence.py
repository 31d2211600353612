"""What a segment offers to be recognised by: its marker, figures, names and words, besides its meaning.

A document made of bare lists of texts carries no labels, so markers are read from the text itself: 第三条, Article 3, 1.,
(a), ア. Names written in katakana are compared with English words by their consonants.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from mocalign.kanji import kanji_number
from mocalign.lexicon import FUNCTION_WORDS, built_in_renderings, light_words, sound_key, stem
from mocalign.model import Lang

__all__ = ["Marker", "figures", "marker", "markers", "names", "ordinals", "words"]

_KANJI = "〇零一二三四五六七八九十百千万"
_PROVISION = re.compile(
    rf"第\s*[0-9０-９{_KANJI}]+\s*(?P<unit>[条項号章節款編部])(?:の[0-9０-９{_KANJI}]+)*|"
    rf"(?:附属書|別紙|別表|別添|付録|附則|附録)\s*[0-9０-９{_KANJI}A-ZＡ-Ｚ]*(?=[\s　（(]|$)"
)
_PROVISION_EN = re.compile(
    r"(?:Article|Section|Paragraph|Chapter|Part|Annex|Appendix|Schedule|Clause|Rule|Title|Division|Item)"
    r"\s+(?:[0-9]+(?:[-.][0-9]+)*|[IVXLC]+|[A-Z])(?![\w])[.:]?",
    re.I,
)
_BELOW = re.compile(r"([(（]?[0-9０-９]{1,3}(?:[)）.．]|(?=[\s　])))[\s　]*(?=\S)")
_LIST = re.compile(
    rf"(?:[0-9０-９]+(?:[.．][0-9０-９]+)+[.．]?(?![0-9０-９])|"
    rf"[（(][0-9０-９a-zａ-ｚA-Zア-ン{_KANJI}ivxlc]{{1,4}}[)）]|"
    r"[0-9０-９]{1,3}[)）.．、]|[0-9０-９]{1,3}(?=　|\s(?![0-9０-９]))|[a-zａ-ｚ][)）.．]|"
    r"[IVXLCⅠ-Ⅻ]{1,5}[.．)）、]|[Ⅰ-Ⅻⅰ-ⅻ①-⑳]|[ivxlc]{1,5}[)）.]|"
    rf"[{_KANJI}]{{1,4}}(?=[\s　])|[ア-ン](?=[\s　]|[)）.．]\s*))"
)
_BULLET = re.compile(r"(?:[・•●○◆◇■□▪‣–—*-]|\u2022)(?=[\s　]|[^\s\w])\s*|[・•●○◆◇■□▪‣]\s*")


@dataclass(frozen=True, slots=True)
class Marker:
    """A leading marker: `end` is the offset after it; `path` its ordinals, one set of possible values a level.

    (i) may be the first roman or the ninth letter: `({1, 9},)`. A bullet has no path.
    """

    end: int = 0
    path: tuple[frozenset[int], ...] = ()
    provision: bool = False


@lru_cache(maxsize=65536)
def marker(text: str, lang: Lang) -> Marker:
    """Read the marker a text begins with; `end` is 0 when there is none."""
    at = len(text) - len(text.lstrip("#*>_ \t\u3000\n"))
    at = 0 if at == len(text) else at
    head = text[at : at + 60]
    found = (_PROVISION if lang == "ja" else _PROVISION_EN).match(head)
    if found:
        end = _after(text, at + found.end())
        # 第3条の規定により… and "Article 3 applies" are sentences, not markers
        rest = text[end:]
        # Article 2 (1) The term … and 第九条１　すべて… carry the number of their paragraph as well
        below = _BELOW.match(rest)
        if below and (lang == "ja" or rest[below.end() : below.end() + 1].isupper()):
            return Marker(end + below.end(), (*_path(found[0]), *_path(below[1])), True)
        sentence = re.match(r"[にのをがはでとかへ及又]" if lang == "ja" else r"[a-z]|\([0-9a-z]{1,3}\)", rest)
        return Marker() if sentence else Marker(end, _path(found[0]), True)
    out: list[frozenset[int]] = []
    bullet = _BULLET.match(text[at:])
    if bullet:
        at += bullet.end()
    found = _LIST.match(text[at : at + 20])
    if found and not (
        lang == "en" and re.fullmatch(r"[0-9]{1,3}", found[0]) and re.match(r"\s*[a-z]", text[at + found.end() :])
    ):
        end = _after(text, at + found.end())
        # 3 か月 and 2026 年 are quantities, whatever stands between
        unit = found[0].isdigit() and re.match(
            r" ?(?:年|月|日(?!本)|か月|箇月|人|名|件|回|%)", text[at + found.end() :]
        )
        if not unit:
            out.extend(_path(found[0]))
            return Marker(end, tuple(out))
    return Marker(_after(text, at) if bullet else 0)


_INSIDE = {
    "ja": re.compile(
        rf"第\s*[0-9０-９{_KANJI}]+\s*[条項章節款編部]|(?<![\s　])[\s　]*[（(][0-9０-９a-zａ-ｚ{_KANJI}]{{1,4}}[)）]|"
        rf"(?<![0-9０-９])[0-9０-９]{{1,3}}(?=[.．、\s　])|[{_KANJI}]{{1,4}}(?=[\s　])|[①-⑳]"
    ),
    "en": re.compile(
        r"(?<=\s)(?:(?:Article|Section|Paragraph|Chapter|Part|Annex|Appendix|Schedule|Title)\s+[0-9IVXLC]+|"
        r"\([0-9a-z]{1,4}\)|[0-9]{1,3}[.)]|[a-z][.)]|[IVXLC]{1,5}\.)(?=[\s.:]|$)",
        re.I,
    ),
}


@lru_cache(maxsize=65536)
def markers(text: str, lang: Lang) -> tuple[tuple[bool, frozenset[int]], ...]:
    """Read the marker a text begins with and those inside it, where paragraphs were run together: (provision, number)."""
    first = marker(text, lang)
    out = [(first.provision, first.path[0])] if first.path else []
    out += [(False, number) for number in first.path[1:]]
    for match in _INSIDE[lang].finditer(text, first.end):
        at = match.start() + len(match[0]) - len(match[0].lstrip())
        found = marker(text[at : at + 80], lang)
        if found.path:
            out += [(found.provision, found.path[0]), *((False, number) for number in found.path[1:])]
    return tuple(out)


def _after(text: str, at: int) -> int:
    while at < len(text) and text[at] in " \t\u3000*　":
        at += 1
    return at


_GOJUON = "アイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモ"
_IROHA = "イロハニホヘトチリヌルヲワカヨタレソツネナラム"
_ROMAN = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100}


def _path(mark: str) -> tuple[frozenset[int], ...]:
    folded = unicodedata.normalize("NFKC", mark)
    pieces = re.findall(rf"[0-9]+|[{_KANJI}]+|[A-Za-z]+|[ア-ン]", re.sub(r"(?i)^(?:[a-z]{3,})\s+", "", folded))
    return tuple(v for v in (ordinals(p) for p in pieces) if v)


def ordinals(piece: str) -> frozenset[int]:
    """Return the numbers that one counter may mean: "b" 2, "i" 1 or 9, イ 1 (iroha) or 2, 十二 12."""
    if piece.isdigit():
        return frozenset({int(piece[:9])})
    if all(c in _KANJI for c in piece):
        value = kanji_number(piece)
        return frozenset() if value is None else frozenset({value})
    low = piece.lower()
    out = set()
    if len(low) == 1 and "a" <= low <= "z":
        out.add(ord(low) - 96)
    if low and all(c in _ROMAN for c in low):
        total = 0
        for here, after in zip(low, low[1:] + " ", strict=True):
            value = _ROMAN[here]
            total += -value if _ROMAN.get(after, 0) > value else value
        out.add(total)
    if piece in _GOJUON:
        out.add(_GOJUON.index(piece) + 1)
    if piece in _IROHA:
        out.add(_IROHA.index(piece) + 1)
    return frozenset(out)


_BIG = {"万": 10**4, "億": 10**8, "兆": 10**12}

_ERAS = {"明治": 1867, "大正": 1911, "昭和": 1925, "平成": 1988, "令和": 2018}
_ERA = re.compile(rf"(明治|大正|昭和|平成|令和)\s*([0-9]+|元|[{_KANJI}]+)年")
_NUMBER = re.compile(rf"[0-9][0-9,]*(?:\.[0-9]+)?[万億兆]?|[{_KANJI}億兆]+")
_COUNTED = "年月日条項号章節箇か個回名人件％パ歳通円ド時分週倍枚部メキトヘ国以未を頁度者法機分隻海"
_WORDS = {
    w: i
    for i, w in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
        "eighteen nineteen".split()
    )
} | {w: 10 * i for i, w in enumerate("twenty thirty forty fifty sixty seventy eighty ninety".split(), 2)}
_ORDINALS = {
    w: i
    for i, w in enumerate(
        "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth "
        "fifteenth sixteenth seventeenth eighteenth nineteenth twentieth".split(),
        1,
    )
}
_SCALE = {"hundred": 100, "thousand": 1000, "million": 10**6, "billion": 10**9, "trillion": 10**12}
_MONTHS = {
    m: i
    for i, m in enumerate(
        "january february march april may june july august september october november december".split(), 1
    )
}
_EN_TOKEN = re.compile(r"[0-9][0-9,]*(?:\.[0-9]+)?|[A-Za-z]+")


@lru_cache(maxsize=65536)
def figures(text: str, lang: Lang) -> frozenset[str]:
    """Return the numbers a text mentions as plain decimals: years of an era as Gregorian years, months as numbers."""
    folded = unicodedata.normalize("NFKC", text)
    out: set[str] = set()
    if lang == "ja":
        for era in _ERA.finditer(folded):
            year = 1 if era[2] == "元" else int(era[2]) if era[2].isdigit() else kanji_number(era[2])
            if year:
                out.add(str(_ERAS[era[1]] + year))
        folded = _ERA.sub("年", folded)
        for match in _NUMBER.finditer(folded):
            piece = match[0].replace(",", "")
            if piece[0].isdigit():
                scale = _BIG.get(piece[-1], 1)
                out.add(_decimal(float(piece.rstrip("万億兆")) * scale))
                continue
            before, after = folded[match.start() - 1 : match.start()], folded[match.end() : match.end() + 1]
            # a kanji numeral inside a word (一般, 統一, 万一) is no figure
            if len(piece) > 1 or before == "第" or after in _COUNTED:
                value = kanji_number(piece)
                if value is not None and not (len(piece) == 1 and piece in "万億兆千百十" and before != "第"):
                    out.add(_decimal(float(value)))
        return frozenset(out)
    run: list[int] = []
    tokens: list[re.Match[str] | None] = [*_EN_TOKEN.finditer(folded), None]
    for token in tokens:
        word = token[0].lower() if token else ""
        if word in _WORDS or (word in _SCALE and run):
            run.append(_WORDS.get(word, _SCALE.get(word, 0)))
            continue
        if word == "and" and run and run[-1] in _SCALE.values():
            continue
        if word in _ORDINALS and run and run[-1] in range(20, 100, 10):
            run.append(_ORDINALS[word])
            word = ""
        if run:
            out.add(str(_spell(run)))
            run = []
        if not word:
            continue
        if word[0].isdigit():
            rest = folded[token.end() :] if token else ""
            unit = re.match(r"\s*(thousand|million|billion|trillion)", rest, re.I)
            out.add(_decimal(float(word.replace(",", "")) * (_SCALE[unit[1].lower()] if unit else 1)))
        elif word in _ORDINALS:
            out.add(str(_ORDINALS[word]))
        elif word in _MONTHS and token and (word not in ("may", "march") or token[0][0].isupper()):
            near = folded[max(0, token.start() - 5) : token.end() + 6]
            if any(c.isdigit() for c in near):
                out.add(str(_MONTHS[word]))
    # "one" is more often an article than a figure
    return frozenset(out - {"1"} if "1" not in folded else out)


def _spell(run: list[int]) -> int:
    total = part = 0
    for n in run:
        if n == 100:
            part = (part or 1) * 100
        elif n >= 1000:
            total += (part or 1) * n
            part = 0
        else:
            part += n
    return total + part


def _decimal(value: float) -> str:
    return str(int(value)) if value == int(value) else repr(value)


_KANA = re.compile(r"[ァ-ヴー]{2,}(?:[・=＝][ァ-ヴー]{2,})*")
_LATIN = re.compile(r"[A-Za-zÀ-ÿ][A-Za-zÀ-ÿ]+(?:-[0-9]+)?")


@lru_cache(maxsize=65536)
def names(text: str, lang: Lang) -> frozenset[str]:
    """Return keys of Latin strings and of names by sound: equal keys on both sides are evidence of a counterpart."""
    folded = unicodedata.normalize("NFKC", text)
    out = {f"={w.lower()}" for w in _LATIN.findall(folded) if lang == "ja" or any(c.isupper() for c in w)}
    if lang == "ja":
        for run in _KANA.findall(folded):
            out.update(f"~{s}" for s in (sound_key(p) for p in re.split("[・=]", run)) if len(s) > 2)
    else:
        words = set(_LATIN.findall(folded))
        # a final -re is heard in シンガポール and not in ソフトウェア
        words |= {w[:-2] for w in words if w.endswith("re")}
        out.update(f"~{s}" for s in map(sound_key, words) if len(s) > 2)
    return frozenset(out)


_LEAST = 2  # characters of a rendering that is looked for in running text
_LONGEST = 8


def words(ja: Sequence[str], en: Sequence[str]) -> tuple[list[frozenset[str]], list[frozenset[str]]]:
    """Return keys of the content words of two lists of texts: equal keys say that the Japanese holds a usual rendering.

    The keys are the stems of the English words; of the English only words are kept that have renderings at all. Verbs and
    adjectives are looked for without their last kana (高める in 高めて).
    """
    usage = built_in_renderings()
    skip = FUNCTION_WORDS | light_words("en")
    spoken = [{stem(w) for w in _ENGLISH.findall(text.lower()) if w not in skip} for text in en]
    meant: dict[str, set[str]] = defaultdict(set)
    for key in sorted(set().union(*spoken)):
        for rendering in usage.of_word(key):
            stripped = rendering[:-1] if "ぁ" <= rendering[-1] <= "ん" else rendering
            if _LEAST <= len(stripped) <= _LONGEST:
                meant[stripped].add(key)
    known = {key for keys in meant.values() for key in keys}
    sizes = sorted({len(m) for m in meant})
    held = []
    for text in ja:
        pieces = {text[i : i + size] for size in sizes for i in range(len(text) - size + 1)}
        held.append(frozenset(key for piece in pieces & meant.keys() for key in meant[piece]))
    return held, [frozenset(keys & known) for keys in spoken]


_ENGLISH = re.compile(r"[a-z]{3,}")


def shared(left: Iterable[str], right: Iterable[str]) -> frozenset[str]:
    """Return the keys both sides hold."""
    return frozenset(left) & frozenset(right)
