"""What the checks of typed values share: which values of a bead have no answer, and what explains them away."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from mocalign import english, japanese, quantities
from mocalign.checks.tools import untranslated
from mocalign.model import Lang, Span
from mocalign.pair import Pair
from mocalign.quantities import Quantity

__all__ = ["Divergence", "divergences", "written"]

_TYPED = ("duration", "money", "measure", "percent")
_REACH = 2  # beads on either side in which a value may have moved


@dataclass(frozen=True, slots=True)
class Divergence:
    """Two values that face each other and differ, or one without an answer.

    `sort` is "unit" when the figure is the same and the unit is not, "date", "number", "bound" or "when".
    """

    sort: str
    bead: int
    ja: Quantity | None
    en: Quantity | None
    confidence: float


def written(pair: Pair, lang: str, bead: int, q: Quantity, *, outer: bool = False) -> Span:
    """Where a value is written in the document, with its bound words if `outer`."""
    start, end = q.outer if outer else (q.start, q.end)
    text = pair.passage("ja" if lang == "ja" else "en", bead).text
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return pair.passage("ja" if lang == "ja" else "en", bead).span(start, end)


def _group(q: Quantity) -> str:
    return "count" if q.kind in ("number", "ordinal", "times") else q.kind


def divergences(pair: Pair) -> tuple[Divergence, ...]:
    """Every divergence of values in the pair, computed once."""
    return pair.memo("value divergences", lambda: tuple(_all(pair)))


def _all(pair: Pair) -> Iterator[Divergence]:
    for number, bead in enumerate(pair.beads):
        if bead.ja and bead.en and not untranslated(pair.passage("ja", number).text):
            yield from _facing(pair, number)
            yield from _bounds(pair, number)


def _bounds(pair: Pair, number: int) -> Iterator[Divergence]:
    for ja, en in pair.matching(number).pairs:
        if ja.kind == en.kind == "ordinal" and ja.unit and en.unit and ja.unit != en.unit:
            yield Divergence("unit", number, ja, en, 0.9)
            continue
        if ja.bound and en.bound and ja.bound != en.bound:
            strict = ja.bound[0] == en.bound[0]
            if ja.kind == "date" and strict:
                continue  # "before 1 April" and 4月1日までに: prose is not so exact about days
            yield Divergence("bound", number, ja, en, 0.9)
        elif en.bound == "<=" and ja.kind == "duration" and not ja.bound and ja.when == "after" and not en.when:
            yield Divergence("bound", number, ja, en, 0.78)
        elif ja.when and en.when and ja.when != en.when:
            yield Divergence("when", number, ja, en, 0.8)
        elif _carried(pair, number, ja, en):
            continue
        elif bool(ja.bound) != bool(en.bound) and ja.kind != "date" and not _loose(pair, number, ja, en):
            yield Divergence("bound", number, ja, en, 0.68)


def _carried(pair: Pair, number: int, ja: Quantity, en: Quantity) -> bool:
    """Whether a bound lies in the construction: 三分の二以上の多数 is a two-thirds majority, 三年間行使しない not within three years."""
    rest = pair.passage("ja", number).text[ja.end : ja.end + 20]
    if not en.bound and ja.kind == "percent" and re.match(r"以上の(?:多数|賛成|同意|出席|要求|議決)", rest):
        return True
    return (
        en.bound == "<="
        and ja.kind == "duration"
        and re.match(r"間?[^。、]{0,10}(?:ない|なかった|ず)", rest) is not None
    )


def _loose(pair: Pair, number: int, ja: Quantity, en: Quantity) -> bool:
    """Whether a bound that one side does not state may be carried by other words."""
    side: Lang = "ja" if en.bound else "en"
    passage, q = pair.passage(side, number), (ja if side == "ja" else en)
    cut = japanese.sentences if side == "ja" else english.sentences
    start, end = next(((s, e) for s, e in cut(passage.text) if s <= q.start < e), (0, len(passage.text)))
    text = passage.text[start:end]
    pattern = (
        r"以[上下内]|未満|超|最[低高大小長短]|限|まで|少なくとも|上回|下回|間に|うちに|満たな"
        if side == "ja"
        else r"\b(?:least|most|than|exceed\w*|within|up to|maximum|minimum|limit\w*|more|less|over|above|below|ceiling|floor|cap|later|fewer|larger|longer|greater|radius|as (?:many|much|long) as)\b"
    )
    return re.search(pattern, text) is not None


def _facing(pair: Pair, number: int) -> Iterator[Divergence]:
    matching = pair.matching(number)
    ja = [q for q in matching.ja if not _moved(pair, number, q, "en")]
    en = [q for q in matching.en if not _moved(pair, number, q, "ja")]
    done_ja: set[Quantity] = set()
    done_en: set[Quantity] = set()
    for x in ja:
        for y in en:
            if (
                y not in done_en
                and x not in done_ja
                and x.kind in _TYPED
                and y.kind in _TYPED
                and x.value == y.value
                and (x.kind != y.kind or x.unit != y.unit)
            ):
                done_ja.add(x)
                done_en.add(y)
                yield Divergence("unit", number, x, y, 0.92)
    for x in ja:
        rest = [y for y in en if y not in done_en and _group(y) == _group(x)]
        if x in done_ja or not rest:
            continue
        y = min(rest, key=lambda q: (q.unit != x.unit, q.bound != x.bound, abs(q.start / 2.5 - x.start)))
        if x.kind in _TYPED and x.unit != y.unit and len(rest) > 1:
            pass
        done_ja.add(x)
        done_en.add(y)
        yield Divergence("date" if x.kind == "date" else "number", number, x, y, 0.92)
    for x in ja:
        if (
            x not in done_ja
            and not _numbers(pair, number, x, "en")
            and not _said(x, pair.passage("en", number).text, "en")
        ):
            yield Divergence("date" if x.kind == "date" else "number", number, x, None, _lonely(x))
    for y in en:
        if (
            y not in done_en
            and not _numbers(pair, number, y, "ja")
            and not _said(y, pair.passage("ja", number).text, "ja")
        ):
            yield Divergence("date" if y.kind == "date" else "number", number, None, y, _lonely(y))


def _numbers(pair: Pair, number: int, q: Quantity, other: str) -> bool:
    """Whether a figure at the head of a passage is the number that the other side has as its label: 議題2 for Item 2."""
    bead = pair.beads[number]
    segments = bead.en if other == "en" else bead.ja
    return q.start <= 8 and any(s.label[-1:] == (str(q.value),) for s in segments)


def _lonely(q: Quantity) -> float:
    if q.kind in ("date", "money", "percent", "measure", "clock"):
        return 0.8
    if q.kind == "duration":
        return 0.75
    return 0.6 if q.kind == "ordinal" or q.value <= 2 else 0.7


def _said(q: Quantity, text: str, lang: str) -> bool:
    """Whether the figure stands in the other text in some form that was not read as a value (a code, a reference)."""
    figures = [Fraction(n) for n in q.date if n] if q.kind == "date" else [q.value]
    there = {Fraction(n.replace(",", "")) for n in re.findall(r"\d[\d,]*(?:\.\d+)?(?<!,)", text)}
    if lang == "ja":
        there |= {
            v
            for n in re.findall(r"[〇一二三四五六七八九十百千万億]+", text)
            if (v := quantities.kanji_value(n)) is not None
        }
    else:
        found = quantities.read_en(text)
        there |= {v.value for v in found if not (q.unit == "occasion" and v.unit == "side")}
    return all(f in there for f in figures)


def _moved(pair: Pair, number: int, q: Quantity, side: str) -> bool:
    """Whether a neighbouring bead holds, unanswered, the value that is missing here."""
    for other in range(max(0, number - _REACH), min(len(pair.beads), number + _REACH + 1)):
        if other == number:
            continue
        if (side == "en" and not pair.beads[other].en) or (side == "ja" and not pair.beads[other].ja):
            continue
        m = pair.matching(other)
        if any(quantities.agree(q, x) >= 2 for x in (m.en if side == "en" else m.ja)):
            return True
    return False
