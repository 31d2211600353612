"""Series of marks: which provisions of a document count up together, and where a mark breaks the count."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from mocalign.checks.tools import at, clean, marker, once
from mocalign.model import Document, Segment, Span
from mocalign.pair import Pair

__all__ = ["Break", "Entry", "breaks", "joined", "series", "siblings", "value", "written"]

_GOJUON = "アイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワヲン"
_IROHA = "イロハニホヘトチリヌルヲワカヨタレソツネナラムウヰノオクヤマケフコエテアサキユメミシヱヒモセス"
_UNIT = re.compile(
    r"[第弟].*[編部章節款目条項号]|項目|(?:Part|Title|Chapter|Section|Sec\.|Article|Art\.|Clause|Rule|Regulation|Paragraph|Para\.|Item)\s",
    re.I,
)
_CORE = re.compile(
    r"[0-9]+|[０-９]+|[〇一二三四五六七八九十百]+|[ⅰ-ⅿⅠ-Ⅻ]|[①-⑳]|(?<![A-Za-z])[ivxlcIVXLC]+(?![A-Za-z])|(?<![A-Za-z])[a-zA-Z](?![A-Za-z])|[ａ-ｚＡ-Ｚ]|[ァ-ヺ]"
)


@dataclass(frozen=True, slots=True)
class Entry:
    """A marked segment: its mark as written and the place in the series that the mark names."""

    segment: Segment
    mark: str
    span: Span
    value: int

    @property
    def unit(self) -> bool:
        """Tell whether the mark names its kind (第2条, Article 2) and is no mark of a list."""
        return _UNIT.match(self.mark) is not None


@dataclass(frozen=True, slots=True)
class Break:
    """A place where a series does not count up.

    `kind`: "wrong" (the marks on both sides show which one belongs there), "twice", "gap", "back" (a later one stands
    before it), "start" (the series does not begin with its first). `before` is the entry before it, None at the start;
    `size` how many numbers are missing; `last` tells that no entry follows.
    """

    kind: Literal["wrong", "twice", "gap", "back", "start"]
    entry: Entry
    before: Entry | None
    size: int = 0
    last: bool = False


def value(part: str) -> int | None:
    """The place of a normalised label part in its series: "3" is 3, "c" is 3, "chapter-2" is 2; None for others."""
    if part.isdigit():
        return int(part)
    if len(part) == 1 and "a" <= part <= "z":
        return ord(part) - 96
    match = re.fullmatch(r"[a-z]+-(\d+)", part)
    return int(match[1]) if match else None


def _place(segment: Segment, mark: str) -> tuple[tuple[str, ...], str]:
    """Parent and last part of a label; an article whose first paragraph shares its line counts as the article."""
    label = segment.label
    shared = len(label) > 1 and label[-1] == "1" and label[-2].isdigit() and re.match(r"第.+条|Article\s", mark)
    if shared and not re.search(r"[0-9０-９][.．][0-9０-９]", mark):  # Article 2.1 is no Article 2
        label = label[:-1]
    if mark and "Ⅰ" <= mark[0] <= "ⅿ":
        return label[:-1], str(int(unicodedata.numeric(mark[0])))
    return label[:-1], label[-1]


def _script(mark: str) -> str:
    match = _CORE.search(mark)
    return script(match[0]) if match else ""


def script(core: str) -> str:
    """The script of what counts in a mark: one character that stands for it."""
    first = core[0]
    if first in "〇一二三四五六七八九十百":
        return "十"
    if "0" <= first <= "9" or "０" <= first <= "９":
        return "9"
    if first.isalpha() and unicodedata.normalize("NFKC", first).isascii():
        return "a"
    return "ア" if "ァ" <= first <= "ヺ" else "①"


def siblings(document: Document) -> Iterator[list[tuple[Segment, int]]]:
    """Marked segments that share a parent, each with its place in the series, in the order of the text."""
    for group in _groups(document):
        yield [(e.segment, e.value) for e in group]


def series(pair: Pair, document: Document) -> tuple[tuple[Entry, ...], ...]:
    """The series of a document: entries in the order of the text, computed once for a pair."""
    return once(pair, f"series {document.lang}", lambda _: tuple(tuple(g) for g in _groups(document)))


def _groups(document: Document) -> list[list[Entry]]:
    groups: dict[tuple[object, ...], list[Entry]] = {}
    last: tuple[object, ...] | None = None
    for segment in document.segments:
        found = marker(segment) if segment.label and segment.kind in ("heading", "paragraph", "item") else None
        if found is None:
            continue
        mark, span = found
        parent, part = _place(segment, mark)
        number = value(part)
        if number is None:
            continue
        kind = "a" if part.isalpha() else re.sub(r"\d+$", "", part)
        entry = Entry(segment, mark, span, number)
        # where 第2項 has lost its mark, its 1. and 2. are no part of 第1項, 第3項 …
        key: tuple[object, ...] = (parent, kind, entry.unit)
        if key not in groups and number > 1 and last is not None:
            # A mark of another shape that goes on counting hangs below the one before it: take it back.
            before = groups[last][-1]
            if (
                number == before.value + 1
                and parent == before.segment.label
                and not entry.unit
                and not before.unit
                and _script(mark) == _script(before.mark)
            ):
                key = last
        groups.setdefault(key, []).append(entry)
        last = key
    return list(groups.values())


def breaks(group: Sequence[Entry]) -> Iterator[Break]:
    """The places where a series does not count up by one; one for each wrong mark, at the mark that is wrong."""
    values = [e.value for e in group]
    count = len(values)
    before: int | None = None  # the index of the last entry that stands where it belongs
    at = 0
    while at < count:
        now = values[at]
        after = values[at + 1] if at + 1 < count else None
        if before is None:
            if after == 2 and now != 1:
                yield Break("wrong", group[at], None)
            elif now != 1:
                yield Break("start", group[at], None, now - 1, at + 1 == count)
            before = at
            at += 1
            continue
        was = values[before]
        if now == was + 1:
            before = at
            at += 1
            continue
        if at == 1 and was != 1 and now == 2:  # the first was wrong
            before = at
            at += 1
            continue
        if after is not None and after == was + 2 and now != after - 1:
            yield Break("wrong", group[at], group[before])
            before = at + 1
            at += 2
            continue
        if now == 1 and not (was == 1 and _touching(group[before], group[at], after)):
            before = at
            at += 1
            continue
        if now == was:
            yield Break("twice", group[at], group[before], last=at + 1 == count)
        elif now > was:
            yield Break("gap", group[at], group[before], now - was - 1, at + 1 == count)
        else:
            yield Break("back", group[at], group[before], last=at + 1 == count)
        before = at
        at += 1


def _touching(one: Entry, two: Entry, after: int | None) -> bool:
    """Whether two first marks stand side by side and no list of its own begins with the second."""
    return two.segment.index == one.segment.index + 1 and after is None


def written(number: int, mark: str) -> str | None:
    """The mark with another number: written(4, "(c)") is "(d)", written(4, "三") is "四"; None where it cannot be told."""
    cores = list(_CORE.finditer(mark))
    if not cores or number < 1:
        return None
    match = cores[-1] if not mark.startswith(("第", "弟")) else cores[0]
    new = _like(number, match[0])
    return None if new is None else mark[: match.start()] + new + mark[match.end() :]


def _like(number: int, core: str) -> str | None:
    first = core[0]
    if first.isdecimal():
        text = str(number)
        return text if first <= "9" else "".join(chr(ord(c) + 0xFEE0) for c in text)
    if first in "〇一二三四五六七八九十百":
        return _kanji(number)
    if "①" <= first <= "⑳":
        return chr(0x245F + number) if number <= 20 else None
    if "ァ" <= first <= "ヺ":
        return _GOJUON[number - 1] if number <= len(_GOJUON) else None
    if "Ⅰ" <= first <= "ⅿ":
        return chr((0x215F if first <= "Ⅻ" else 0x216F) + number) if number <= 12 else None
    plain = unicodedata.normalize("NFKC", core)
    if len(plain) > 1 or plain.lower() == "i":
        text = _roman(number)
        return text if plain.islower() else text.upper()
    if number > 26:
        return None
    base = ord(first) - (ord(plain.lower()) - 97)
    return chr(base + number - 1)


@lru_cache(maxsize=512)
def _kanji(number: int) -> str:
    digits = "〇一二三四五六七八九"
    out = ""
    for power, name in ((100, "百"), (10, "十")):
        count, number = divmod(number, power)
        out += ("" if count == 1 else digits[count]) + name if 0 < count < 10 else ""
    return out + (digits[number] if number else "")


def _roman(number: int) -> str:
    out = ""
    for size, text in ((50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i")):
        count, number = divmod(number, size)
        out += text * count
    return out


# --- paragraphs that run together ------------------------------------------------------------------------------------

_CITED = re.compile(
    r"\s*(?:に(?:掲|定め|規定|係|基|よ|関|つい|おい|対|従|該当|いう|示)|の(?:[一-鿿ァ-ヺ]|いず|うち)|を|は|が|から|まで|及び|又は|並びに|若しくは|と同|、|。|で|[)）」])"
)
_CITING = re.compile(r"(?:及び|又は|並びに|若しくは|から|、|[前同上下本各第条項号]|次の|規定|[A-Za-z0-9０-９])$")


def joined(pair: Pair, document: Document) -> tuple[tuple[Segment, Span, int, Entry], ...]:
    """Marks that stand inside a paragraph and belong at the head of one: (segment, the mark, its number, the entry before).

    A mark counts when it is written like the marks of the series, goes on counting there, is missing in the series and
    does not read as a citation.
    """
    return once(pair, f"joined {document.lang}", lambda _: tuple(_joined(pair, document)))


def _joined(pair: Pair, document: Document) -> Iterator[tuple[Segment, Span, int, Entry]]:
    if document.lang != "ja":
        return
    groups = series(pair, document)
    taken: set[int] = set()
    for group in groups:
        for number, entry in enumerate(group):
            follow = group[number + 1] if number + 1 < len(group) else None
            if follow is not None and follow.value == entry.value + 1:
                continue
            stop = follow.segment.index if follow is not None else _end(document, entry)
            wanted = written(entry.value + 1, entry.mark)
            if wanted is None:
                continue
            for segment in document.segments[entry.segment.index : max(stop, entry.segment.index + 1)]:
                place = _inside(segment, wanted, entry)
                if place is not None and place.start not in taken:
                    taken.add(place.start)
                    yield segment, place, entry.value + 1, entry
                    break
        first = group[0]
        if first.value == 2 and first.segment.index > 0 and not first.unit:
            wanted = written(1, first.mark)
            above = document.segments[first.segment.index - 1]
            place = _inside(above, wanted, first) if wanted else None
            if place is not None and place.start not in taken:
                taken.add(place.start)
                yield above, place, 1, first
    yield from _paragraphs(document, taken)


def _end(document: Document, entry: Entry) -> int:
    """The index of the first segment after an entry that is no part of it."""
    depth = entry.segment.label
    at = entry.segment.index + 1
    while at < len(document.segments):
        segment = document.segments[at]
        if segment.kind == "heading" or segment.label[: len(depth)] != depth or not segment.label:
            break
        at += 1
    return at


def _inside(segment: Segment, wanted: str, like: Entry) -> Span | None:
    """The place of a mark in the running text of a segment."""
    text = clean(segment)
    body = segment.body - segment.span.start
    bare = re.fullmatch(r"[0-9０-９〇一二三四五六七八九十百]+|[ア-ン]", wanted) is not None
    gap = like.segment.text[like.span.end - like.segment.span.start :][:1]
    at_ = text.find(wanted, body + 4)
    while at_ > 0:
        end = at_ + len(wanted)
        rest, before = text[end:], text[:at_].rstrip(" \u3000\0-*")
        stopped = before[-1:] in "。．"
        spaced = rest[:1] in " \u3000"
        good = False
        if like.unit:
            good = (spaced and bool(rest.strip())) or (stopped and not rest.strip()) or (stopped and spaced)
        elif bare:
            good = spaced and (stopped or (gap == "\u3000" == rest[:1])) and len(rest.strip()) >= 4
        else:
            decimal = wanted[-1:] in ".．" and rest[:1].isdigit()  # 4.1節 cites
            good = len(rest.strip(" \u3000\0*")) >= 4 and (stopped or not _CITED.match(rest)) and not decimal
            good = good and not re.match("[はがをもの]", rest)  # (7)は: the mark is a word of the sentence
        if good and (stopped or not _CITING.search(before)) and text[at_ - 1 : at_] not in "「『(（":
            return at(segment, at_, end)
        at_ = text.find(wanted, end)
    return None


_SECOND = re.compile(r"。\s?([2２二])(?=[\u3000 ][一-鿿ぁ-んァ-ヴ])")


def _paragraphs(document: Document, taken: set[int]) -> Iterator[tuple[Segment, Span, int, Entry]]:
    """第五条 … 。２　… : the second paragraph of an article in the line of the first."""
    for segment in document.segments:
        found = marker(segment)
        if found is None or not re.match(r"[第弟].+条", found[0]):
            continue
        text = clean(segment)
        for match in _SECOND.finditer(text):
            place = at(segment, match.start(1), match.end(1))
            if place.start not in taken:
                taken.add(place.start)
                yield segment, place, 2, Entry(segment, found[0], found[1], 1)
