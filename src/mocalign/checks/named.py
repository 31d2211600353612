"""Names that both languages have a settled form for: which stand in a passage, and which stand for another one.

A State, a place, a body of the table (`data/names.tsv`) is a *mention*. A Japanese mention is open when the English of its
passage neither names it nor hints at it; so is an English one. One that is open on either side, both of a kind, are taken
for each other; so are two of which one stands once too often and the other once too rarely.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from mocalign import data
from mocalign.lexicon import Source
from mocalign.model import Lang, Span
from mocalign.pair import Pair

__all__ = ["Mention", "Mistaken", "exchanged", "mentions", "mistaken"]


@dataclass(frozen=True, slots=True)
class Mention:
    """A name in a passage: `start:end` of its text; `row` is its line in the table."""

    kind: str
    row: int
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Mistaken:
    """A Japanese name where the English has another: their places in the document, how sure."""

    ja: Span
    en: Span
    confidence: float


@dataclass(frozen=True, slots=True)
class _Row:
    """One name: (head, pattern) of each of its forms; the head is literal, so that most rows cost one search of a string."""

    number: int
    kind: str
    ja: tuple[tuple[str, str], ...]
    en: tuple[tuple[str, str], ...]
    ja_weak: tuple[tuple[str, str], ...]
    en_weak: tuple[tuple[str, str], ...]


_META = re.compile(r"[\\(\[?*.+|]")


_OLD = {
    "バ": "(?:バ|ヴァ)",
    "ビ": "(?:ビ|ヴィ)",
    "ブ": "(?:ブ|ヴ)",
    "ベ": "(?:ベ|ヴェ)",
    "ボ": "(?:ボ|ヴォ)",
}  # ソヴィエト


def _forms(patterns: str, lang: Lang) -> tuple[tuple[str, str], ...]:
    out, depth, at = [], 0, 0
    for k, char in enumerate(patterns + "|"):
        depth += (char in "([") - (char in ")]")
        if char == "|" and not depth:
            form = patterns[at:k]
            at = k + 1
            if not form:
                continue
            meta = _META.search(form)
            head = form[: meta.start()] if meta else form
            if meta and meta[0] in "?*":
                head = head[:-1]
            if lang == "ja":
                head = re.split("[バビブベボ]", head)[0]
                form = re.sub("[バビブベボ]", lambda m: _OLD[m[0]], form)
            out.append((head, _bounded(form, lang)))
    return tuple(out)


_BESIDE = "日米英仏独伊中露韓豪印加"


def _bounded(form: str, lang: Lang) -> str:
    if lang == "ja" and len(form) == 1:  # 独 in 日独 and 独側, not in 単独
        return rf"(?<=[{_BESIDE}対在訪駐・]){form}|{form}(?=[{_BESIDE}国語側系軍人・]|政府|ドル|大統領|首相|外相|大使)"
    if lang == "en" or form[:1].isascii():
        return rf"(?<![A-Za-z])(?:{form})(?![A-Za-z])"
    kana = re.match(r"[ァ-ヴー]|\(\?:[ァ-ヴ]", form) is not None
    left = r"(?<![ァ-ヴー])" if kana else "(?<!東)" if form.startswith("京都") else ""
    return rf"{left}(?:{form})(?![ァ-ヴー])" if kana else f"{left}(?:{form})"


@lru_cache(maxsize=1)
def _rows() -> tuple[_Row, ...]:
    return tuple(
        _Row(
            number,
            row["kind"],
            _forms(row["ja"], "ja"),
            _forms(row["en"], "en"),
            _forms(row["ja_weak"], "ja"),
            _forms(row["en_weak"], "en"),
        )
        for number, row in enumerate(data.rows("names"))
    )


@lru_cache(maxsize=4096)
def _compiled(form: str) -> re.Pattern[str]:
    return re.compile(form)


def _active(pair: Pair, lang: Lang) -> tuple[tuple[_Row, tuple[re.Pattern[str], ...]], ...]:
    """The rows of which a form stands somewhere in the document, with those forms."""

    def make() -> tuple[tuple[_Row, tuple[re.Pattern[str], ...]], ...]:
        text = pair.ja_text if lang == "ja" else pair.en_text
        out = []
        for row in _rows():
            forms = tuple(_compiled(f) for head, f in (row.ja if lang == "ja" else row.en) if head in text)
            if forms and any(f.search(text) for f in forms):
                out.append((row, forms))
        return tuple(out)

    return pair.memo(f"active names {lang}", make)


def mentions(pair: Pair, lang: Lang, number: int) -> tuple[tuple[Mention, ...], frozenset[int]]:
    """The names of one side of a bead, longest first where they overlap, and the rows of all, those inside longer ones too."""

    def make() -> tuple[tuple[Mention, ...], frozenset[int]]:
        text = pair.passage(lang, number).text
        found = [
            Mention(row.kind, row.number, m.start(), m.end(), m[0])
            for row, forms in _active(pair, lang)
            for form in forms
            for m in form.finditer(text)
        ]
        found.sort(key=lambda m: (m.start, -m.end))
        kept: list[Mention] = []
        inside: set[int] = set()
        for mention in found:
            over = [k for k in kept if k.start <= mention.start and mention.end <= k.end]
            if not over:
                kept.append(mention)
            elif all(k.kind != mention.kind for k in over):
                inside.add(mention.row)
        return tuple(kept), frozenset(inside | {m.row for m in kept})

    return pair.memo(f"names {lang} {number}", make)


def _hinted(forms: Sequence[tuple[str, str]], text: str) -> bool:
    return any(head in text and _compiled(form).search(text) is not None for head, form in forms)


def mistaken(pair: Pair, number: int) -> Iterator[Mistaken]:
    """Yield the names of a bead that stand for another one of their kind."""
    ja, ja_rows = mentions(pair, "ja", number)
    en, en_rows = mentions(pair, "en", number)
    if not ja or not en:
        return
    ja_text, en_text = pair.passage("ja", number).text, pair.passage("en", number).text
    rows = _rows()
    open_ja: dict[str, list[Mention]] = defaultdict(list)
    open_en: dict[str, list[Mention]] = defaultdict(list)
    for m in ja:
        if m.row not in en_rows and not _hinted(rows[m.row].en_weak, en_text):
            open_ja[m.kind].append(m)
    for m in en:
        if m.row not in ja_rows and not _hinted(rows[m.row].ja_weak, ja_text):
            open_en[m.kind].append(m)
    for kind in sorted({m.kind for m in ja}):
        if open_ja[kind] and open_en[kind]:
            for one, other in zip(open_ja[kind], open_en[kind], strict=False):
                yield _pair(pair, number, one, other, 0.9)
            continue
        counts = Counter(m.row for m in ja if m.kind == kind), Counter(m.row for m in en if m.kind == kind)
        if counts[0].total() != counts[1].total():
            continue
        more, less = counts[0] - counts[1], counts[1] - counts[0]
        if more.total() != 1 or less.total() != 1:
            continue
        (surplus,), (lacking,) = more, less
        if _hinted(rows[lacking].ja_weak, ja_text) or _hinted(rows[surplus].en_weak, en_text):
            continue
        one = [m for m in ja if m.row == surplus][-1]
        gone = next(m for m in en if m.row == lacking)
        yield _pair(pair, number, one, gone, 0.85 if lacking not in ja_rows else 0.7)


_FROM_JA, _TO_JA = (
    re.compile(r"(?:国|側|港|政府)?(?:から|より|発)"),
    re.compile(r"(?:国|側|港|政府)?(?:へ|まで|に向|宛|向け|に(?!お|よ|関|つ))"),
)
_FROM_EN, _TO_EN = re.compile(r"\bfrom (?:the )?$", re.I), re.compile(r"\b(?:to|for|towards?) (?:the )?$", re.I)


def exchanged(pair: Pair, number: int) -> Iterator[Mistaken]:
    """Yield names of a bead that have changed places: each stands beside what belongs to the other."""
    ja, _ = mentions(pair, "ja", number)
    en, _ = mentions(pair, "en", number)
    for kind in ("country", "place", "region"):
        mine, theirs = [m for m in ja if m.kind == kind], [m for m in en if m.kind == kind]
        if len(mine) != 2 or len(theirs) != 2 or mine[0].row == mine[1].row:
            continue
        if {m.row for m in mine} != {m.row for m in theirs}:
            continue
        a, b = mine
        x, y = sorted(theirs, key=lambda m: m.row != a.row)
        if _way(pair, number, a, b, x, y) or _beside(pair, number, (a, b), (x, y)):
            yield _pair(pair, number, a, y, 0.74)


def _way(pair: Pair, number: int, a: Mention, b: Mention, x: Mention, y: Mention) -> bool:
    """Whether Japanese goes from a to b and English from b to a."""
    ja, en = pair.passage("ja", number).text, pair.passage("en", number).text
    out = [_FROM_JA.match(ja, m.end) is not None for m in (a, b)], [_TO_JA.match(ja, m.end) is not None for m in (a, b)]
    back = (
        [_FROM_EN.search(en[: m.start]) is not None for m in (x, y)],
        [_TO_EN.search(en[: m.start]) is not None for m in (x, y)],
    )
    here = (out[0][0] and out[1][1]) - (out[0][1] and out[1][0])
    there = (back[0][0] and back[1][1]) - (back[0][1] and back[1][0])
    return here * there < 0


_PARALLEL = re.compile(r"(?:共和国|国|政府|側)?(は|が|については|では|における|:|：|\(|（)")
_CERTAIN = (Source.TERM, Source.DICTIONARY, Source.USAGE, Source.SOUND)


def _beside(pair: Pair, number: int, ja: tuple[Mention, Mention], en: tuple[Mention, Mention]) -> bool:
    """Whether the words behind either name answer words behind the other, and none those behind their own."""
    told = [_PARALLEL.match(pair.passage("ja", number).text, m.end) for m in ja]
    if told[0] is None or told[1] is None or told[0][1] != told[1][1]:
        return False  # AはBに: what stands behind a name belongs to it only where each has a clause of its own
    places = [_behind(pair, "ja", number, m, ja) for m in ja], [_behind(pair, "en", number, m, en) for m in en]
    answer = pair.lexicon.answer(number)
    found: set[tuple[int, int, int, int]] = set()
    for link in answer.links:
        piece, word = answer.pieces[link.ja], answer.words[link.en]
        if link.strength < 0.8 or link.source not in _CERTAIN or piece.light or word.light:
            continue
        for i, (s, e) in enumerate(places[0]):
            for k, (t, u) in enumerate(places[1]):
                if s <= piece.start < e and t <= word.start < u:
                    found.add((i, k, link.ja, link.en))
    # a Ministry on either side tells nothing
    found = {
        f for f in found if not any((g[2] == f[2] and g[1] != f[1]) or (g[3] == f[3] and g[0] != f[0]) for g in found)
    }
    count = Counter((i, k) for i, k, _, _ in found)
    return count[0, 1] > count[0, 0] and count[1, 0] > count[1, 1]


def _behind(pair: Pair, lang: Lang, number: int, mention: Mention, both: tuple[Mention, Mention]) -> tuple[int, int]:
    """The stretch behind a name, up to the next one or the end of the sentence; offsets of the document."""
    passage = pair.passage(lang, number)
    stop = re.compile(r"[。\n]" if lang == "ja" else r"\.\s|\n").search(passage.text, mention.end)
    end = stop.start() if stop else len(passage.text)
    end = min([end, *(m.start for m in both if m.start > mention.start)])
    if not mention.end < end <= mention.end + (40 if lang == "ja" else 100):
        return (0, 0)  # what is far away belongs to something else
    span = passage.span(mention.end, end)
    return span.start, span.end


def _pair(pair: Pair, number: int, ja: Mention, en: Mention, confidence: float) -> Mistaken:
    return Mistaken(
        pair.passage("ja", number).span(ja.start, ja.end), pair.passage("en", number).span(en.start, en.end), confidence
    )
