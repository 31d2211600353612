"""A text cut into labelled segments: provisions, list markers, tables, annexes, broken paragraphs.

A reader hands over `Raw`: the text as read and the blocks it is made of. `segment()` turns blocks into segments in four
steps: lines of a block that are paragraphs of their own are taken apart, markers are read, broken paragraphs are joined,
and the stack of open provisions gives every segment its label.

Labels have one normal form, so that both languages give the same one:

* numbers, whatever the script (1, １, 一, ①, (i), Ⅳ), are written in ASCII figures: 第二条 and Article 2 are ``"2"``;
* letters (a, A, ア of the gojuon order, イ of the iroha order) are written as the Latin letter of the same position: ``"b"``;
* annexes, supplementary provisions and the chapters above continuously numbered Articles carry a name:
  ``"annex"``, ``"annex-1"``, ``"supplement"``, ``"chapter-2"``.

`ordinals()` gives the positions alone, for texts that number the same list with ア in one language and (i) in the other.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Literal

from mocalign.errors import PromiseError
from mocalign.kanji import kanji_number
from mocalign.model import Lang, Seam, Segment, Span, is_japanese

__all__ = ["Block", "Raw", "ordinals", "segment", "starts_item"]


@dataclass(frozen=True, slots=True)
class Block:
    """A piece of the text that the reader's format keeps apart: a paragraph, heading, list item or cell.

    `kind`: "", "title", "heading", "item", "cell", "note", "furniture" ("" where the format does not say). `level` is the
    depth of a heading (1 = topmost, 7 = a line in bold) or list item (0 = outermost). `cell` is (table, row, column).
    `page` counts from 1 where pages exist, else 0. `holes` are (start, end) ranges nobody reads (markup). `joined` says
    that the reader knows the line breaks inside to be layout; `numbered` that the number at its head is the format's own; `open` that the last line runs to the margin, so that the
    paragraph may go on in the next block.
    """

    start: int
    end: int
    kind: str = ""
    level: int = 0
    cell: tuple[int, int, int] | None = None
    page: int = 0
    holes: tuple[tuple[int, int], ...] = ()
    joined: bool = False
    open: bool = False
    numbered: bool = False


@dataclass(frozen=True, slots=True)
class Raw:
    """What a reader returns: the text as read, its blocks in order, and what there is to say about the reading."""

    text: str
    blocks: tuple[Block, ...]
    notices: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        last = 0
        for block in self.blocks:
            if not last <= block.start <= block.end <= len(self.text):
                raise PromiseError(f"block {block.start}:{block.end} overlaps or leaves the text")
            last = block.end


def ordinals(label: Sequence[str]) -> tuple[int, ...]:
    """Return the positions of a label's parts: ``("2", "1", "b")`` gives ``(2, 1, 2)``; a name without number gives 0."""
    return tuple(_ordinal(part) for part in label)


def _ordinal(part: str) -> int:
    core = part.rpartition("-")[2]
    if core.isdigit():
        return int(core)
    if core.isascii() and core.isalpha() and len(core) <= 2 and core.islower():
        value = 0
        for char in core:
            value = value * 26 + ord(char) - 96
        return value
    return 0


def segment(raw: Raw, lang: Lang) -> tuple[tuple[Segment, ...], tuple[Span, ...]]:
    """Return the segments of a text and its furniture. Linear in the length of the text."""
    pieces, furniture = _pieces(raw, lang)
    furniture += _number_lines(raw.text, pieces)
    for piece in pieces:
        piece.mark = _mark(piece, lang)
    pieces = _join_broken(raw.text, pieces, lang, sorted(furniture))
    _demote(pieces)
    _find_headings(pieces, lang)
    _label(pieces, lang)
    _find_kinds(pieces, lang)
    text = raw.text
    out: list[Segment] = []
    for piece in pieces:
        out.append(
            Segment(
                len(out),
                Span(piece.start, text[piece.start : piece.end]),
                piece.kind or "paragraph",
                piece.label,
                min(piece.body, piece.end),
                tuple(Span(s, text[s:e]) for s, e in sorted(piece.holes)),
                tuple(piece.seams),
                piece.cell,
            )
        )
    return tuple(out), tuple(Span(s, raw.text[s:e]) for s, e in sorted(furniture))


# ---------------------------------------------------------------------------------------------------------------------
# Pieces: what may become a segment


@dataclass(slots=True)
class _Mark:
    """A marker read at the head of a piece.

    `choices` are the readings (style, value) in order of preference; `rank` is that of a unit (条 6), 0 for list markers;
    `weak` readings need a neighbour to be believed, `doubtful` ones (2 円と …) the very predecessor; `length` counts visible characters, the blanks after it included.
    """

    form: Literal["unit", "dotted", "list", "scope"]
    length: int
    choices: tuple[tuple[str, int], ...] = ()
    rank: int = 0
    name: str = ""
    dots: tuple[int, ...] = ()
    weak: bool = False
    doubtful: bool = False
    sub: _Mark | None = None
    suffix: str = ""


@dataclass(slots=True)
class _Piece:
    start: int
    end: int
    block: Block
    visible: str
    where: list[int]
    holes: list[tuple[int, int]]
    tight: bool = False
    kind: str = ""
    level: int = 0
    bullet: bool = False
    bullet_holes: list[tuple[int, int]] = field(default_factory=list)
    mark: _Mark | None = None
    body: int = 0
    label: tuple[str, ...] = ()
    seams: list[Seam] = field(default_factory=list)
    page: int = 0
    open: bool = False
    cell: tuple[int, int, int] | None = None
    plain: str = ""
    last: Block | None = None


def _visible(text: str, start: int, end: int, holes: Sequence[tuple[int, int]]) -> tuple[str, list[int]]:
    """Return what a reader sees of a range, and where each character stands."""
    if not holes:
        return text[start:end], list(range(start, end))
    where: list[int] = []
    at = start
    for s, e in sorted(holes):
        where.extend(range(at, max(at, min(s, end))))
        at = max(at, min(e, end))
    where.extend(range(at, end))
    return "".join(text[i] for i in where), where


def _pieces(raw: Raw, lang: Lang) -> tuple[list[_Piece], list[tuple[int, int]]]:
    pieces: list[_Piece] = []
    furniture: list[tuple[int, int]] = []
    width = _wrap_width(raw, lang)
    for block in raw.blocks:
        if block.kind == "furniture":
            furniture.append((block.start, block.end))
            continue
        tight = False
        for start, end in _lines(raw.text, block, lang, width):
            holes = [(max(s, start), min(e, end)) for s, e in block.holes if s < end and e > start]
            visible, where = _visible(raw.text, start, end, holes)
            if not visible.strip():
                furniture.append((start, end))
                continue
            piece = _Piece(start, end, block, visible, where, holes, tight=tight, page=block.page, open=block.open)
            piece.kind = {
                "title": "title",
                "heading": "heading",
                "item": "item",
                "cell": "table-cell",
                "note": "note",
            }.get(block.kind, "")
            piece.level = block.level
            piece.bullet = block.kind == "item"
            piece.cell = block.cell
            piece.body = where[len(visible) - len(visible.lstrip())]
            piece.plain = visible.strip()
            piece.last = block
            pieces.append(piece)
            tight = True
    return pieces, furniture


def _columns(line: str) -> int:
    """Width of a line in half-width columns."""
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in line)


def _wrap_width(raw: Raw, lang: Lang) -> int:
    """Width at which the lines of the text were wrapped, in columns; 0 when they were not.

    Wrapped text shows in lines that go on: their widths crowd just below one value.
    """
    widths: list[int] = []
    stops = 0
    for block in raw.blocks:
        if block.kind in ("furniture", "cell") or block.joined:
            continue
        body = raw.text[block.start : block.end]
        if "\n" in body:
            inner = [line.rstrip() for line in body.splitlines()[:-1] if line.strip()]
            widths += [_columns(line) for line in inner]
            stops += sum(line[-1] in "。.;；:：、" for line in inner)
    if len(widths) < 3 or stops > 0.5 * len(widths):
        return 0
    widths.sort()
    top = widths[min(len(widths) - 1, int(len(widths) * 0.95))]
    slack = 6 if lang == "ja" else 16
    full = sum(1 for w in widths if top - slack <= w <= top + slack)
    return top if 40 <= top <= 160 and full >= max(3, 0.4 * len(widths)) else 0


WIDEST = 200  # columns: a line beyond was never wrapped
_JA_END = frozenset("。．！？!?")
_CLOSERS = "」』）)］]〉》】\"'”’*_` \t\u3000"
_LINE = re.compile(r"[^\n\r\v\f\x1c-\x1e\x85\u2028\u2029]+")


def _lines(text: str, block: Block, lang: Lang, width: int) -> Iterator[tuple[int, int]]:
    """Cut a block into the ranges that are paragraphs of their own."""
    body = text[block.start : block.end]
    lines = []
    for match in _LINE.finditer(body):
        line = match[0].strip()
        if line:
            at = block.start + match.start() + match[0].index(line[0])
            lines.append((at, at + len(line)))
    if not lines:
        return
    if len(lines) == 1 or block.joined or block.kind in ("title", "heading", "cell"):
        yield lines[0][0], lines[-1][1]
        return
    prose = lang == "en" and any(e - s >= 0.8 * (width or 80) for s, e in lines[:-1])
    if not width and any(e - s > WIDEST for s, e in lines):
        prose = False  # nobody wraps so late: every line is a paragraph
    start, end = lines[0]
    last = lines[0]
    for following in lines[1:]:
        if not _line_goes_on(text, last, following, lang, width, prose):
            yield start, end
            start = following[0]
        end = following[1]
        last = following
    yield start, end


def _line_goes_on(text: str, one: tuple[int, int], two: tuple[int, int], lang: Lang, width: int, prose: bool) -> bool:
    head = text[two[0] : min(two[1], two[0] + 60)]
    if _looks_marked(head, lang):
        return False
    last = text[one[0] : one[1]]
    tail = last.rstrip(_CLOSERS)[-1:]
    if lang == "en":
        if head[:1] in "*_#|>":
            return False
        lower = head[:1].islower() and tail not in (".", ";", ":")
        if lower or (prose and (width or not (tail in (".", ";", ":", "?", "!") and head[:1].isupper()))):
            return True
        return len(last) > 30 and tail.islower() and last.rsplit(" ", 1)[-1].lower() in _EN_OPEN
    return bool(width) and _columns(last) >= width - 6 and text[two[0]] != "\u3000"


def _looks_marked(head: str, lang: Lang) -> bool:
    probe = _Piece(0, len(head), _NO_BLOCK, head, list(range(len(head))), [])
    return _mark(probe, lang) is not None or probe.bullet or probe.kind == "note"


_NO_BLOCK = Block(0, 0)

_NUMBER_LINE = re.compile(
    r"[-–—ー−‐－]\s*\d{1,4}\s*[-–—ー−‐－]|(?:page|p\.)\s*\d{1,4}(?:\s*(?:of|/)\s*\d{1,4})?|\d{1,4}\s*/\s*\d{1,4}|\d{1,4}\s*(?:ページ|頁)",
    re.I,
)


def _number_lines(text: str, pieces: list[_Piece]) -> list[tuple[int, int]]:
    """Take page numbers out of the pieces: "- 3 -", "Page 3 of 9", and bare numbers that count up."""
    sure = []
    bare = []
    for at, piece in enumerate(pieces):
        if len(piece.visible) > 24 or piece.kind in ("heading", "title", "table-cell"):
            continue
        plain = unicodedata.normalize("NFKC", piece.visible).strip()
        if _NUMBER_LINE.fullmatch(plain):
            sure.append(at)
        elif plain.isdecimal() and len(plain) <= 4:
            bare.append((at, int(plain)))
    if len(bare) >= 2 and all(w == v + 1 for (_, v), (_, w) in pairwise(bare)):
        sure += [at for at, _ in bare]
    gone = set(sure)
    spans = [(pieces[at].start, pieces[at].end) for at in sorted(gone)]
    if gone:
        pieces[:] = [p for at, p in enumerate(pieces) if at not in gone]
    return spans


# ---------------------------------------------------------------------------------------------------------------------
# Markers

_GOJUON = "アイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワヲン"
_IROHA = "イロハニホヘトチリヌルヲワカヨタレソツネナラムウヰノオクヤマケフコエテアサキユメミシヱヒモセス"
_ROMAN = re.compile(r"m{0,3}(?:cm|cd|d?c{0,3})(?:xc|xl|l?x{0,3})(?:ix|iv|v?i{0,3})")
_RVALUE = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100, "d": 500, "m": 1000}


def roman_number(text: str) -> int | None:
    """Read a Roman number in either case; None when it is none."""
    low = text.lower()
    if not low or len(low) > 12 or not _ROMAN.fullmatch(low):
        return None
    values = [_RVALUE[c] for c in low]
    return sum(-v if v < w else v for v, w in zip(values, [*values[1:], 0], strict=True))


def letter(value: int) -> str:
    """Return the letter of a position: 1 is a, 27 is aa."""
    out = ""
    while value > 0:
        value, rest = divmod(value - 1, 26)
        out = chr(97 + rest) + out
    return out or "0"


_LETTERS = frozenset("aAアイあい")


def _component(style: str, value: int) -> str:
    return letter(value) if style[0] in _LETTERS else str(value)


def _readings(core: str, bracket: str) -> tuple[tuple[str, int], ...]:
    """Return how a marker without its brackets can be read: (style, value), best first when nothing else is known."""
    if core.isascii() and core.isdigit():
        return (("1" + bracket, int(core)),) if len(core) <= 3 else ()
    kanji = kanji_number(core)
    if kanji:
        return (("一" + bracket, kanji),)
    out: list[tuple[str, int]] = []
    if core.isascii() and core.isalpha() and (core.islower() or core.isupper()):
        low = core.lower()
        roman = roman_number(core)
        if len(low) == 1 or (len(low) == 2 and low[0] == low[1]):
            value = ord(low[0]) - 96 + 26 * (len(low) - 1)
            out.append((("a" if core.islower() else "A") + bracket, value))
        if roman:
            style = ("i" if core.islower() else "I") + bracket
            out.insert(0 if len(low) > 1 or roman == 1 else len(out), (style, roman))
        return tuple(out)
    if len(core) == 1:
        kata = chr(ord(core) + 0x60) if "ぁ" <= core <= "ゖ" else core
        hira = kata != core
        for order, style in ((_GOJUON, "あ" if hira else "ア"), (_IROHA, "い" if hira else "イ")):
            at = order.find(kata)
            if at >= 0:
                out.append((style + bracket, at + 1))
        if core == "イ" or core == "い":
            out.reverse()
    return tuple(out)


_NUM = r"[0-9]+|[〇一二三四五六七八九十百千]+"
_RANKS = {"編": 1, "部": 1, "章": 2, "節": 3, "款": 4, "目": 5, "条": 6, "項": 7, "号": 8}
_RANK_NAMES = {1: "part", 2: "chapter", 3: "section", 4: "subsection", 5: "division"}
# 弟 is the slip for 第 that input methods make
_UNIT_JA = re.compile(
    rf"[第弟苐㐧]\s?({_NUM}|[ivxlc]+)\s?([編部章節款目条項号])((?:の(?:{_NUM}))*)(?=$|[\s(\[【〔「:.、\-―—–])", re.I
)
# 第1.2条: the number of its chapter and its own
_UNIT_DOTTED_JA = re.compile(r"第\s?([0-9]{1,3}(?:\.[0-9]{1,3})+)\s?[条項節](?=$|[\s(\[【〔「:.、\-―—–])")
_ITEM_JA = re.compile(rf"項目\s?({_NUM})(?=$|[\s(:.])")
_SCOPE_JA = re.compile(
    rf"(附属書|付属書|別表|別添|別紙|別記|附録|付録|様式|附則|付則|附\s則)\s?(?:第?\s?({_NUM}|[A-Za-z]{{1,4}})(?:号)?)?(?=$|[\s(:.、「【〔])"
)
_RANKS_EN = {
    "part": 1,
    "title": 1,
    "chapter": 2,
    "section": 3,
    "sec.": 3,
    "article": 6,
    "art.": 6,
    "clause": 6,
    "rule": 6,
    "regulation": 6,
    "paragraph": 7,
    "para.": 7,
    "item": 8,
}
_UNIT_EN = re.compile(
    r"(part|title|chapter|section|sec\.|article|art\.|clause|rule|regulation|paragraph|para\.|item)\s+"
    r"([0-9]+|[ivxlc]+|[a-z])((?:[-–.][0-9]+)*)(?:\s?(?:bis|ter))?(?=$|[\s(\[:.\-–—,])",
    re.I,
)
_SCOPE_EN = re.compile(
    r"(annex|appendix|schedule|exhibit|attachment|appended table|supplementary provisions?)\b\s?"
    r"(?:(?:no\.?\s?)?([0-9]+|[ivxlc]+|[a-z])(?=$|[\s(:.\-–—]))?(?=$|[\s(\[:.\-–—])",
    re.I,
)
_DOTTED = re.compile(r"([0-9]{1,3}(?:\.[0-9]{1,3})+)\.?(?=\s|$)")
_BRACKET = re.compile(
    r"\(\s?([0-9]{1,3}|[ivxlc]{1,6}|[IVXLC]{1,6}|[a-zA-Z]|([a-z])\2|[一二三四五六七八九十百]{1,4}|[ァ-ヺぁ-ん])\s?\)\s*"
)
_PAREN = re.compile(r"([0-9]{1,3}|[ivxlc]{1,6}|[IVXLC]{1,6}|[a-zA-Z]|[ァ-ヺ]|[一二三四五六七八九十]{1,3})\)\s*")
_POINT = re.compile(r"([0-9]{1,3}|[ivxlc]{1,6}|[IVXLC]{1,6}|[a-zA-Z]|[ァ-ヺ]|[一二三四五六七八九十]{1,3})([.、:])(\s*)")
_BARE = re.compile(r"([0-9]{1,3}|[IVXLC]{1,6}|[A-H]|[ァ-ヺ]|[一二三四五六七八九十百]{1,4})(\s+)")
# what follows a number that is cited, not opened: （１）に掲げる …
_REFERENCE = re.compile(
    r"(?:に(?:掲|定め|規定|係|基|よ|関|つい|おい|対|従|該当|いう)|の(?:[一-龯ァ-ヺ]|いず|うち)|を除|から\(|まで|及び\(|又は\(|並びに|若しくは|と同)"
)
_BULLET = re.compile(r"(?:[・•●○◆◇■□▪▫‣⁃◦⚫►▶✓➢·\ue000-\uf8ff]\s*|[-–—*+‐−](?:\s+|$))")
_CIRCLED = {chr(0x2460 + i): i + 1 for i in range(20)} | {chr(0x3251 + i): i + 21 for i in range(15)}
_CIRCLED |= {chr(0x32B1 + i): i + 36 for i in range(15)} | {chr(0x2776 + i): i + 1 for i in range(10)}
_CIRCLED |= {chr(0x2780 + i): i + 1 for i in range(10)} | {chr(0x24D0 + i): i + 1 for i in range(26)}
_NOTE = re.compile(
    r"[(\[【〔<]?\s?(?:訳?注|訳者注|編注|備考|注記|脚注|footnote|note|translator.?s note|editorial note|n\.b\.)\s?\d*\s?(?:[)\]】〕>:.]|$)|※"
    r"|[(\[]?(?:仮訳|暫定訳|参考訳|(?:provisional|unofficial|tentative|courtesy) translation)[)\]]?$",
    re.I,
)
_MONTHS = re.compile(
    r"(?:january|february|march|april|may|june|july|august|september|october|november|december)\b", re.I
)
# what follows a figure that counts: "3 年ごとに" opens no item, "3 年次計画" and "8.2 個人" may
_COUNTERS = re.compile(
    r"年(?!次|度計画)|月|日(?!本)|時(?!間外|期)|分(?!野|科|担|析|類)|秒|人(?![材権身員工々類])|名(?![称簿])|件(?!名)|回(?![答収])|個(?![人別])|台(?!帳)"
    r"|円(?!滑)|本(?![覚協条契項書指規文国])|枚|通(?![知信報関貨常訳商告])|部(?![分門会局品隊])|冊|校|社(?!会)|州|項(?!目)|条(?![約件])|号|章|節"
    r"|種(?!類)|つ|歳|度|倍|割(?!当)|か[国月所年]|箇[国月所年]|[ヶヵカケ][国月所年]|%|点|票|パーセント|キロ|メートル|ドル|ユーロ|トン|グラム"
    r"|週(?!報)|営業日|以[上下内]|未満|[万億兆千百]"
)
_MEASURES = re.compile(r"%|パーセント|キロ|メートル|ドル|ユーロ|トン|グラム|倍|[万億兆]")


def _folded(text: str) -> tuple[str, list[int]]:
    """NFKC with blanks as spaces, and for each character the index of its source."""
    out: list[str] = []
    where: list[int] = []
    for at, char in enumerate(text):
        plain = " " if char.isspace() else char if char in _CIRCLED else unicodedata.normalize("NFKC", char)
        for c in plain:
            out.append(c)
            where.append(at)
    where.append(len(text))
    return "".join(out), where


def _mark(piece: _Piece, lang: Lang) -> _Mark | None:
    """Read the marker at the head of a piece; sets `bullet`, `body` and the holes of a bullet on the way."""
    head = piece.visible[:90]
    at = len(head) - len(head.lstrip())
    while True:
        match = _BULLET.match(head, at)
        if not match or (match.end() >= len(piece.visible) and not match[0].strip()):
            break
        if match.end() >= len(piece.visible.rstrip()):
            break
        piece.bullet = True
        piece.bullet_holes.append((at, match.end()))
        at = match.end()
    fold, where = _folded(head[at:])
    if piece.bullet_holes and at < len(piece.where):
        piece.body = piece.where[at]
    if _NOTE.match(fold):
        piece.kind = piece.kind or "note"
        return None
    sure = piece.block.numbered
    wide = sure or "\u3000" in head[at : at + 5]
    mark = _read_mark(fold, head[at : at + 1], lang, heading=sure or piece.kind == "heading", wide=wide)
    if mark is None:
        return None
    mark.weak = mark.weak and not sure
    mark.length = at + where[min(mark.length, len(where) - 1)]
    if mark.sub is not None:
        mark.sub.length = at + where[min(mark.sub.length, len(where) - 1)]
    return mark


def _skip(fold: str, at: int) -> int:
    while at < len(fold) and fold[at].isspace():
        at += 1
    return at


def _read_mark(fold: str, first: str, lang: Lang, *, heading: bool, wide: bool) -> _Mark | None:
    unit = _unit(fold, lang, heading=heading)
    if unit is not None:
        rest = fold[unit.length :]
        match = _BRACKET.match(rest)
        if match and unit.form == "unit" and len(rest) > match.end():
            sub = _list_mark(rest, "", lang)
            if sub is not None:
                sub.length += unit.length
                unit.sub = sub
        return unit
    match = _DOTTED.match(fold)
    if match:
        dots = tuple(int(n) for n in match[1].split("."))
        if all(dots) and not _MONTHS.match(fold[match.end() :].lstrip()):
            rest = fold[match.end() :].lstrip()
            if len(dots) > 2 or not _MEASURES.match(rest):
                return _Mark("dotted", _skip(fold, match.end()), dots=dots)
    return _list_mark(fold, first, lang, heading=heading, wide=wide)


def _unit(fold: str, lang: Lang, *, heading: bool) -> _Mark | None:
    if lang == "ja":
        match = _UNIT_DOTTED_JA.match(fold)
        if match:
            dots = tuple(int(n) for n in match[1].split("."))
            return _Mark("dotted", _skip(fold, match.end()), dots=dots) if all(dots) else None
        match = _UNIT_JA.match(fold)
        if match:
            value = _value(match[1])
            rank = _RANKS[match[2]]
            suffix = "".join("-" + str(_value(p)) for p in match[3].split("の")[1:])
            end = match.end()
            end = end + 1 if fold[end : end + 1] in (":", ".", "、") else end
            return _Mark("unit", _skip(fold, end), (("unit", value or 0),), rank, suffix=suffix) if value else None
        match = _ITEM_JA.match(fold)
        if match:
            end = match.end() + (fold[match.end() : match.end() + 1] in (":", "."))
            return _Mark("unit", _skip(fold, end), (("unit", _value(match[1]) or 0),), 7)
        match = _SCOPE_JA.match(fold)
        if match:
            rest = fold[match.end() :]
            if not heading and rest.startswith("、"):
                return None
            name = "supplement" if match[1].replace(" ", "")[-1] == "則" else "annex"
            return _Mark("scope", _skip(fold, match.end()), name=name, suffix=_scope_number(match[2]))
    match = _UNIT_EN.match(fold)
    if match and (match[0][0].isupper() or match[0][0] == "§"):
        rest = fold[match.end() :]
        if _runs_on(rest):
            return None
        value = _value(match[2]) or (ord(match[2].lower()) - 96 if len(match[2]) == 1 else 0)
        end = match.end() + (rest[:1] in (":", ".", "-", "–", "—"))
        suffix = "".join("-" + n for n in re.findall(r"[0-9]+", match[3]))
        rank = _RANKS_EN[match[1].lower()]
        if match[3].startswith(".") and value:
            dots = (value, *(int(n) for n in re.findall(r"[0-9]+", match[3])))
            return _Mark("dotted", _skip(fold, end), dots=dots)
        return _Mark("unit", _skip(fold, end), (("unit", value),), rank, suffix=suffix) if value else None
    match = _SCOPE_EN.match(fold)
    if match and match[0][0].isupper():
        rest = fold[match.end() :]
        if _runs_on(rest):
            return None
        if not heading and not match[2] and rest.strip() and not match[1].isupper():
            return None
        name = "supplement" if match[1].lower().startswith("supp") else "annex"
        return _Mark("scope", _skip(fold, match.end()), name=name, suffix=_scope_number(match[2]))
    return None


def _runs_on(rest: str) -> bool:
    """Tell whether what follows "Article 5" makes a sentence of it ("Article 5 of …", "Section 3 and …")."""
    body = rest.lstrip()
    return bool(body) and (body[0].islower() or body[0] == ",") and not rest.startswith((":", ".", " -", " –", " —"))


def _value(text: str) -> int | None:
    if text.isascii() and text.isdigit():
        return int(text) if len(text) < 6 else None
    return kanji_number(text) or roman_number(text)


def _scope_number(text: str | None) -> str:
    if not text:
        return ""
    value = _value(text)
    if value:
        return str(value)
    return text.lower() if text.isalpha() and len(text) == 1 else ""


def _list_mark(fold: str, first: str, lang: Lang, *, heading: bool = False, wide: bool = False) -> _Mark | None:
    if first in _CIRCLED:
        return _Mark("list", _skip(fold, 1), (("①", _CIRCLED[first]),))
    match = _BRACKET.match(fold)
    if match:
        if _REFERENCE.match(fold, match.end()):
            return None
        choices = _readings(match[1], "()")
        return _Mark("list", match.end(), choices) if choices else None
    match = _PAREN.match(fold)
    if match:
        choices = _readings(match[1], ")")
        return _Mark("list", match.end(), choices) if choices else None
    match = _POINT.match(fold)
    if match:
        core, point, blank = match[1], match[2], match[3]
        after = fold[match.end() : match.end() + 1]
        unicode_roman = "Ⅰ" <= first <= "ⅿ"
        if (
            (after and (blank or (lang == "ja" and is_japanese(after)) or (core.isdigit() and _opens(after))))
            or unicode_roman
            or not after
        ):
            weak = not (core.isdigit() or unicode_roman) or (lang == "en" and not blank)
            if core.isascii() and core.isalpha() and len(core) == 1 and not blank:
                return None
            if point == "、" and not (core.isdigit() or kanji_number(core)):
                return None
            if point == ":" and not core.isdigit():
                return None
            weak = weak or point in "、:"
            choices = _readings(core, ".")
            if len(core) == 1 and core.islower() and core.isascii() and lang == "en":
                weak = True
            return _Mark("list", match.end(), choices, weak=weak) if choices else None
    match = _BARE.match(fold)
    if match:
        core, after = match[1], fold[match.end() : match.end() + 10]
        unicode_roman = "Ⅰ" <= first <= "ⅿ"
        if not after or (core.isascii() and core.isalpha() and not unicode_roman and not heading):
            return None
        if lang == "en" and (not after[0].isupper() or _MONTHS.match(after) or not core.isascii()):
            return None
        doubtful = lang == "ja" and core.isdigit() and not wide and _COUNTERS.match(after) is not None
        choices = _readings(core, "")
        return _Mark("list", match.end(), choices, weak=not heading, doubtful=doubtful) if choices else None
    return None


def _opens(char: str) -> bool:
    """Tell whether a sentence can begin with a character: "1.The Recipient", "2.“Program”"."""
    if char.isascii():
        return char.isupper() or char in "\"'(["
    return char.isalpha() or unicodedata.category(char) in ("Pi", "Ps")


def _demote(pieces: list[_Piece]) -> None:
    """Forget weak markers that nothing supports: no first, no predecessor, no wide blank behind them."""
    last: dict[str, int] = {}
    for at, piece in enumerate(pieces):
        mark = piece.mark
        if mark is None:
            continue
        if mark.form in ("unit", "scope"):
            if mark.form == "scope":
                last.clear()
            if mark.sub is None:
                if mark.rank == 6:
                    # 第一条 … is its own first paragraph: ２ may follow without a １
                    last.update({"1": 1, "1.": 1, "1()": 1})
                continue
            mark_list = mark.sub
        else:
            mark_list = mark
        if mark_list.form != "list":
            continue
        if mark_list.weak and (mark_list.doubtful or not piece.bullet):
            wide = "\u3000" in piece.visible[: mark_list.length]
            fits = wide or any(v == 1 or last.get(s, -9) in (v - 1, v - 2) for s, v in mark_list.choices)
            if mark_list.doubtful:
                fits = any(last.get(s) == v - 1 for s, v in mark_list.choices)
            elif not fits:
                follow = pieces[at + 1].mark if at + 1 < len(pieces) else None
                nexts = dict(follow.choices) if follow is not None else {}
                fits = any(nexts.get(s) == v + 1 for s, v in mark_list.choices)
            if not fits:
                piece.mark = None
                continue
        for style, value in mark_list.choices:
            last[style] = value


# ---------------------------------------------------------------------------------------------------------------------
# Broken paragraphs

_NO_START = frozenset("、。ぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮーんンゝゞヽヾ々〻")
_SIGN_TAIL = re.compile(r"(?:を代表して|のために|の代表者?|代理)\s*[:：]?$")
_JA_OPEN_PARTICLES = frozenset("をがのにとでへや")
_JA_OPEN_WORDS = ("及び", "又は", "並びに", "若しくは", "および", "または", "ならびに", "もしくは", "かつ")
_JA_NOT_OPEN = (
    "のために",
    "とともに",
    "ごとに",
    "もとに",
    "下に",
    "際に",
    "共に",
    "について",
    "として",
    "において",
    "のもの",
    "その他の",
)
_JA_LEAD = re.compile(r"(?:とおり|通り|次|以下|下記|左記|左の各号)$")
_FIGURE_TAIL = re.compile(r"[0-9０-９〇一二三四五六七八九十百千万]$")
_FIGURE_HEAD = re.compile(r"[0-9０-９〇二三四五六七八九十百千万]")
_JA_BOUND_START = re.compile(
    r"(?:つい(?:て|ては)|つき|よ(?:り|って|る)|おい(?:て|ては)|対(?:して|し|する)|関(?:し|して|する)|係る|当た(?:り|って)|伴(?:う|い)|基づ(?:き|く|いて)|従(?:い|って)|際して|かかわらず|こと(?:が|を|に|と|の|は|で)|もの(?:と|を|で|に|が)|ため(?:に|の)|よう(?:に|努)|とき(?:は|に|の)|(?:さ|し)(?:れ|せ)て|する(?:こと|もの|ため|とき)|される|した。|する。|できる。|される。)"
)
_MOST_SEAMS = 16  # more breaks than that are the way a text is set, not faults; it also keeps joining linear
_EN_OPEN = frozenset(
    "a an the of in on at by for from to with without and or nor but as into under over between among upon within "
    "through its their his her this that these those which who whose any each either such shall will may must should "
    "be been is are was were has have had not than".split()
)

# what no item of a list begins with
_EN_GOES_ON = frozenset(
    "of that which who whose than and or nor but was were is are be been has have will shall may".split()
)


def _join_broken(text: str, pieces: list[_Piece], lang: Lang, furniture: list[tuple[int, int]]) -> list[_Piece]:
    out: list[_Piece] = []
    known: set[str] | None = None
    marks: set[tuple[str, int]] = set()
    for at, piece in enumerate(pieces):
        one = out[-1] if out else None
        counted = piece.mark is not None and any((s, v - 1) in marks for s, v in piece.mark.choices)
        marks.update(piece.mark.choices if piece.mark is not None else ())
        # a mark that goes on counting opens an item, whatever the line before it looks like
        if one is None or counted or not _may_join(one, piece, lang):
            out.append(piece)
            continue
        at_top = at == 1 or len(out) == 1 or (one.kind == "title" and piece.kind == "title")
        if at_top and _title_goes_on(one, piece, lang):
            _merge(text, one, piece, lang, "", None, furniture)
            continue
        if lang == "ja":
            doubled = _broken_ja(one, piece)
        else:
            if known is None and _en_candidate(one, piece):
                known = _words(pieces)
            doubled = _broken_en(one, piece, known or set())
        if doubled is None:
            out.append(piece)
            continue
        page = bool(one.page and piece.page and one.page != piece.page)
        _merge(text, one, piece, lang, doubled, "page" if page else "paragraph", furniture)
    return out


def _may_join(one: _Piece, two: _Piece, lang: Lang) -> bool:
    if len(one.seams) >= _MOST_SEAMS:
        return False
    if two.mark is not None and (not two.mark.weak or two.bullet or "\u3000" in two.visible[: two.mark.length]):
        return False
    apart = two.bullet or two.kind in ("table-cell", "note", "title") or one.kind == "table-cell"
    if apart and not (one.kind == "title" and two.kind == "title"):
        return False
    if (one.kind == "heading") != (two.kind == "heading"):
        return False
    if one.kind == "note" and two.kind != "note" and one.block.kind == "note":
        return False
    if one.kind == "heading" and one.level != two.level:
        return False
    if two.kind == "item" and not two.block.open and one.kind != "item":
        return False
    tail = one.plain[-1]
    head = two.plain[0]
    if lang == "ja":
        page = one.open and one.page != two.page
        return (
            not (tail in "。．！？!?」』）)】〕:：;；,.，" or (tail == "、" and not page))
            and (is_japanese(head) or head.isalnum())
            and head not in "「『（【〔・※"
        )
    return not (tail in '.;:!?)]"”’»' and tail != "-") and (
        head.islower() or head.isdigit() or two.kind == "title" or head.isupper()
    )


_TITLE_END_JA = re.compile(r"(?:との|間の|に関する|に係る|における|のための|及び|並びに|と|の|に対する|に基づく)$")
_TITLE_WORDS = frozenset("between and of on in for concerning regarding with to the relating by as under among".split())


def _title_goes_on(one: _Piece, two: _Piece, lang: Lang) -> bool:
    """Tell whether two lines at the head of a text are one title, centred on several lines."""
    if two.mark is not None or one.mark is not None or two.kind not in ("", "title", "heading"):
        return False
    a, b = one.plain, two.plain
    if len(a) + len(b) > 400:
        return False
    if lang == "ja":
        return (
            not ("、" in b[-1:] or "。" in b or "。" in a or "以下" in b)
            and bool(_TITLE_END_JA.search(a))
            and len(b) < 80
        )
    if b[-1] in ".,;:" or "hereinafter" in b.lower():
        return False
    caps = (a.isupper() and b.isupper()) or one.kind in ("title", "heading")
    first = b.split()[0].strip("(").lower()
    last = a.split()[-1].lower()
    return (first in _TITLE_WORDS or last in _TITLE_WORDS) and (
        caps or (len(a) < 90 and len(b) < 90 and a[0].isupper())
    )


def _overlap(a: str, b: str, limit: int = 12) -> str:
    """Return the longest end of `a` that is also the beginning of `b`."""
    for size in range(min(limit, len(a), len(b)), 0, -1):
        if a.endswith(b[:size]):
            return b[:size]
    return ""


def _tail(piece: _Piece, size: int = 30) -> str:
    return "".join(piece.plain[-size - 20 :].split())[-size:]


def _broken_ja(one: _Piece, two: _Piece) -> str | None:
    """Return what `_seam_ja` finds, with the echo of the last word where the beginning repeats it."""
    found = _seam_ja(one, two)
    if found == "":
        return _echo(_tail(one), "".join(two.plain[:40].split())[:30])
    return found


def _echo(a: str, b: str) -> str:
    """Return the characters at the head of `b` that repeat the end of `a` as a word of its own: 複製 + 製の, に + には."""
    from mocalign.japanese import tokens

    head = tokens(b, mode="A")[0].surface
    if not a.endswith(head):
        return b[0] if b[0] in _NO_START and a.endswith(b[0]) and not a.endswith(b[0] * 2) else ""
    if "\u4e00" <= head[0] <= "\u9fff":
        return "" if head in _DIGITS else head
    last = tokens(a, mode="A")[-1]
    return head if last.surface == head and last.pos[0] in ("助詞", "助動詞") else ""


_DIGITS = frozenset("〇一二三四五六七八九十百千万")


def _seam_ja(one: _Piece, two: _Piece) -> str | None:
    """Return the doubled characters ("" for none) when the dictionary shows that one paragraph was cut in two.

    None when nothing shows it: headings, signature lines, items without a full stop and recitals stay apart.
    """
    from mocalign.japanese import in_dictionary, tokens

    a, b = _tail(one), "".join(two.plain[:40].split())[:30]
    if one.open and one.page != two.page and one.kind in ("", "item", "note"):
        return _doubled(a, b) or ""
    if one.kind == "heading" or one.kind == "title":
        return None
    body = one.plain[one.mark.length if one.mark else 0 :]
    running = len(body) >= 8 and ("、" in body or "は" in body or "を" in body)
    sign = bool(_SIGN_TAIL.search(two.plain)) and len(two.plain) <= 60 and not _SIGN_TAIL.search(one.plain)
    clause = len(a) >= 8 and two.plain[-1] == "。"
    if not (running or sign or clause or (two.tight and len(a) >= 8)):
        return None
    if b[0] in _NO_START:
        return _doubled(a, b) or ""
    clausal = not one.bullet and len(body) >= 20 and bool(_CLAUSE.search(body)) and two.plain[-1] == "。"
    clausal = clausal and (one.mark is None or one.mark.form == "unit" or _has_topic(body))
    doubled = _doubled(a, b)
    if doubled and (running or sign or (clause and doubled in _fragments(a))):
        return doubled
    seam = len(a)
    joined = tokens(a + b, mode="A")
    across = next((t for t in joined if t.start < seam < t.end), None)
    if across is not None:
        if across.oov or across.pos[0] in ("補助記号", "空白") or across.pos[1] == "数詞":
            return None
        front, back = across.surface[: seam - across.start], across.surface[seam - across.start :]
        fragment = not in_dictionary(front) or not in_dictionary(back)
        single = len(front) == 1 or len(back) == 1
        long_back = len(back) >= 2 and in_dictionary(back)
        if fragment and (running or sign or not long_back):
            return ""
        if (single or fragment) and (running or sign):
            return ""
        # a word of the dictionary stands across the seam of a sentence that goes on
        return "" if clausal and across.pos[0] in ("名詞", "動詞", "形容詞", "形状詞") else None
    first = next((t for t in joined if t.start == seam), None)
    alone = tokens(b, mode="A")[0]
    if first is not None and first.surface == alone.surface:
        if first.pos[0] in ("助詞", "助動詞") and alone.pos[0] in ("助詞", "助動詞") and (running or sign):
            return ""
        if first.pos[0] == "接尾辞" and alone.pos[0] != "接頭辞" and (running or sign):
            whole = tokens(b, mode="C")[0]
            if whole.surface == first.surface:
                return ""
    if not running or two.plain[-1] not in "。）)、":
        return None
    last = next((t for t in joined if t.end == seam), None)
    if _JA_BOUND_START.match(b) or (_FIGURE_TAIL.search(a) and (_FIGURE_HEAD.match(b) or _COUNTERS.match(b))):
        return ""
    if last is not None and first is not None and last.pos[2:3] == ("サ変可能",) and first.lemma in ("する", "できる"):
        return ""
    if a.endswith(_JA_OPEN_WORDS):
        return ""
    open_end = last is not None and last.pos[0] == "助詞" and last.surface in _JA_OPEN_PARTICLES
    open_end = open_end or (clausal and last is not None and (last.surface in ("に", "な") or last.pos[0] == "副詞"))
    if open_end and (clausal or not a.endswith(_JA_NOT_OPEN)) and two.plain[-1] in "。、":
        return ""
    # a sentence with a topic that stops at a noun has not come to its verb
    unfinished = last is not None and last.pos[0] in ("名詞", "接頭辞", "連体詞", "代名詞", "形状詞", "接続詞", "副詞")
    if one.bullet or _own_topic(two.plain):
        return None  # the last item of a list, a note that ends with a noun: a sentence of its own follows
    if unfinished and clausal and not _JA_LEAD.search(one.plain):
        return ""
    long = len(body) >= 30 and two.plain[-1] == "。" and "は" in body and not _JA_LEAD.search(one.plain)
    if unfinished and long and _has_topic(body[-200:]):
        return ""
    return None


# what shows that a line is prose on its way to a verb, and no name or heading
_CLAUSE = re.compile(r"(?:は|が|て|に|し|り|で|も|ら|め|き|い)、|。[^。]{4,}$")


_TOPIC = re.compile(r"[^、。]{2,40}(?:について|に関して|において|場合|の|と)?は、")


def _own_topic(text: str) -> bool:
    """Tell whether a paragraph opens with a topic of its own: 申請の手続については、…"""
    match = _TOPIC.match(text)
    return match is not None and (match[0].endswith(("ついては、", "関しては、", "おいては、")) or _has_topic(match[0]))


def _has_topic(text: str) -> bool:
    """Whether a は marks a topic; that of してはならない belongs to the verb before it."""
    from mocalign.japanese import tokens

    found = tokens(text)
    return any(
        t.surface == "は" and t.pos[1] == "係助詞" and (at == 0 or found[at - 1].pos[1] != "接続助詞")
        for at, t in enumerate(found)
    )


def _fragments(a: str) -> tuple[str, ...]:
    """Return the ends of a text whose last word is none: エコシ is not in the dictionary, so シ and コシ may be doubled."""
    from mocalign.japanese import tokens

    last = tokens(a, mode="A")[-1]
    return tuple(last.surface[-n:] for n in range(1, len(last.surface) + 1)) if last.oov else ()


def _doubled(a: str, b: str) -> str:
    """Return the characters that stand on both sides of a seam, when leaving one copy out mends a word."""
    from mocalign.japanese import in_dictionary, tokens

    run = _overlap(a, b)
    for size in range(len(run), 0, -1):
        part = b[:size]
        if not a.endswith(part) or a.endswith(part * 2):
            continue
        seam = len(a)
        mended = tokens(a + b[size:], mode="A")
        across = next((t for t in mended if t.start < seam < t.end), None)
        if across is not None:
            if across.oov or len(across.surface) < 2 or across.pos[1] == "数詞":
                continue
            plain = tokens(a + b, mode="A")
            whole = next((t for t in plain if t.start == seam), None)
            # 目的 + 的確: each half is whole as it stands, so nothing is doubled
            if whole is not None and not whole.oov and len(whole.surface) >= 2:
                before = next((t for t in plain if t.end == seam), None)
                if before is not None and not before.oov and len(before.surface) >= 2:
                    continue
            front = across.surface[: seam - across.start]
            if (
                in_dictionary(front)
                and len(front) >= 2
                and len(part) < 2
                and in_dictionary(across.surface[seam - across.start - 1 :])
            ):
                continue
            return part
        if size >= 3:
            first = next((t for t in mended if t.start == seam), None)
            if first is not None and first.pos[0] in ("助詞", "助動詞", "接尾辞") and len(a) >= 30:
                return part
    return ""


_WORD = re.compile(r"[A-Za-z]+(?:['’-][A-Za-z]+)*")


def _words(pieces: Sequence[_Piece]) -> set[str]:
    return {w.lower() for p in pieces for w in _WORD.findall(p.plain)}


def _en_candidate(one: _Piece, two: _Piece) -> bool:
    return (two.plain[:1].islower() or (one.open and one.page != two.page)) and one.kind in ("", "item", "note")


def _broken_en(one: _Piece, two: _Piece, known: set[str]) -> str | None:
    """Return the doubled word ("" for none) when an English paragraph stops in mid-sentence and goes on in lower case."""
    if not _en_candidate(one, two):
        return None
    a, b = one.plain, two.plain
    if one.open and one.page != two.page:
        return _doubled_word(a, b)
    words = a.split()
    if a[-1] == "-" and len(a) > 1 and a[-2].islower():
        return ""
    last, first = words[-1].strip('("“'), b.split()[0].strip(",.;:)")
    if len(words) < 3 or (last.lower() in ("and", "or") and len(words) > 1 and words[-2][-1] in ",;"):
        return None  # an item of a list, "…; and"
    sentence = a[one.mark.length if one.mark else 0 :][:1].isupper()
    if last.lower() == first.lower() and last.isalpha() and sentence:
        return _doubled_word(a, b)
    if last.lower() in _EN_OPEN and (sentence or len(words) >= 8):
        return ""
    if len(words) < 8 and not (len(words) >= 4 and first in _EN_GOES_ON):
        return None
    ends = b[-1] in ".;:," or b.endswith((".”", '."', ".)"))
    if a[-1] == ",":
        return "" if sentence and ends and not a.isupper() and first in _EN_OPEN and len(words) >= 12 else None
    return "" if sentence and ends and last.islower() else None


def _doubled_word(a: str, b: str) -> str:
    last, first = a.split()[-1], b.split()[0]
    return first if last == first and last.isalpha() else ""


def _merge(
    text: str,
    one: _Piece,
    two: _Piece,
    lang: Lang,
    doubled: str,
    kind: Literal["paragraph", "page"] | None,
    furniture: Sequence[tuple[int, int]],
) -> None:
    """Make `one` cover both pieces; the doubled half and what stands between them become holes."""
    import bisect

    gap = (one.end, two.start)
    at = bisect.bisect_left(furniture, (gap[0], -1))
    holes = []
    while at < len(furniture) and furniture[at][0] < gap[1]:
        holes.append((furniture[at][0], min(furniture[at][1], gap[1])))
        at += 1
    if kind is not None:
        head = two.where[len(two.visible) - len(two.visible.lstrip())]
        tail = one.where[len(one.visible.rstrip()) - 1]
        one.seams.append(Seam(Span(tail, text[tail : head + 1]), doubled, kind))
        if doubled:
            left, seen = len(doubled), len(two.visible) - len(two.visible.lstrip())
            while left and seen < len(two.where):
                if not two.visible[seen].isspace():
                    holes.append((two.where[seen], two.where[seen] + 1))
                    left -= 1
                seen += 1
        word_cut = lang == "ja" or (one.plain[-1] == "-" and two.plain[:1].islower())
        if word_cut and gap[1] > gap[0]:
            holes = [h for h in holes if not gap[0] <= h[0] < gap[1]] + [gap]
        if lang == "en" and one.plain[-1] == "-" and two.plain[:1].islower():
            holes.append((tail, tail + 1))
    one.holes += holes + two.holes
    one.end = two.end
    between = "" if lang == "ja" else " "
    one.visible = one.visible + between + two.visible
    one.where = one.where + ([two.start - 1] if between else []) + two.where
    one.plain = one.visible.strip()
    one.page = two.page
    one.open = two.open


# ---------------------------------------------------------------------------------------------------------------------
# Headings, labels, kinds


def _is_sentence(text: str) -> bool:
    tail = text.rstrip(_CLOSERS)[-1:]
    return tail in "。．.！？!?;；:：、,，" or text[-1:] in "。."


def _find_headings(pieces: list[_Piece], lang: Lang) -> None:
    """Recognise headings that the format does not mark: 第1項 目的, 1. Purpose (before 1.1 or a sentence), 前文."""
    limit = 60 if lang == "ja" else 100
    for at, piece in enumerate(pieces):
        mark = piece.mark
        if piece.kind not in ("", "item"):
            continue
        if mark is None:
            plain = unicodedata.normalize("NFKC", piece.plain).strip("<>〈〉《》[]【】").replace(" ", "").lower()
            if plain in ("前文", "preamble", "目次", "contents", "tableofcontents", "本則"):
                piece.kind = "heading"
            continue
        rest = piece.visible[mark.length :].strip()
        if mark.form in ("unit", "scope"):
            if len(rest) <= limit and not (rest and _is_sentence(rest) and rest[-1] not in "）)") and mark.sub is None:
                piece.kind = "heading"
            continue
        if piece.bullet or not rest or len(rest) > limit or _is_sentence(rest):
            continue
        follow = pieces[at + 1] if at + 1 < len(pieces) else None
        if follow is None:
            continue
        if mark.form == "list" and any(s[0] in "1I一A" for s, _ in mark.choices):
            value = mark.choices[0][1]
            if (
                follow.mark is not None
                and follow.mark.form == "dotted"
                and follow.mark.dots[0] == value
                and len(follow.mark.dots) == 2
            ) or (
                follow.mark is None
                and _is_sentence(follow.plain)
                and follow.kind == ""
                and not follow.bullet
                and not (rest[:1].islower() or rest[-1] in "もの者")
            ):
                piece.kind = "heading"


@dataclass(slots=True)
class _Open:
    style: str
    value: int
    part: str
    rank: int
    level: int = 0
    section: bool = False


def _scopes(pieces: list[_Piece]) -> list[tuple[int, int]]:
    starts = [0] + [
        at for at, p in enumerate(pieces) if p.mark and p.mark.form == "scope" and p.kind in ("heading", "title")
    ]
    ends = [*starts[1:], len(pieces)]
    return [(s, e) for s, e in zip(starts, ends, strict=True) if s < e]


def _label(pieces: list[_Piece], lang: Lang) -> None:
    seen: dict[str, int] = {}
    for start, end in _scopes(pieces):
        prefix: tuple[str, ...] = ()
        head = pieces[start]
        if head.mark and head.mark.form == "scope" and head.kind in ("heading", "title"):
            name = head.mark.name
            if head.mark.suffix:
                name = f"{name}-{head.mark.suffix}"
            seen[name] = seen.get(name, 0) + 1
            prefix = (name if seen[name] == 1 else f"{name}-{seen[name]}",)
        _label_scope(pieces[start:end], prefix, lang)


def _label_scope(pieces: list[_Piece], prefix: tuple[str, ...], lang: Lang) -> None:
    units = [(p.mark.rank, p.mark.choices[0][1]) for p in pieces if p.mark and p.mark.form == "unit"]
    articles = [v for r, v in units if r == 6]
    restarts = articles.count(1) > 1
    stack: list[_Open] = []
    divisions: list[_Open] = []
    for at, piece in enumerate(pieces):
        mark = piece.mark
        if piece.kind in ("table-cell", "note"):
            mark = None if piece.kind == "note" else mark
            if piece.kind == "table-cell":
                mark = None
        if mark is not None and mark.form == "scope":
            if piece.kind in ("heading", "title"):
                stack, divisions = [], []
                piece.label = prefix
                _set_body(piece, mark.length)
                continue
            mark = piece.mark = None
        if piece.kind == "title" and mark is None:
            continue
        if mark is None:
            if piece.kind == "heading":
                # a heading that the format marks stands above those that only the text shows
                keep = piece.level or 1
                stack = [o for o in stack if o.section and (keep == 7 or 0 < o.level < keep)]
            inside = stack if piece.bullet else [o for o in stack if o.section]
            base = tuple(o.part for o in divisions) if restarts and not stack and divisions else ()
            piece.label = prefix + (base if base and not inside else tuple(o.part for o in inside))
            continue
        _set_body(piece, (mark.sub or mark).length)
        if mark.form == "unit":
            rank, value = mark.rank, mark.choices[0][1]
            part = f"{value}{mark.suffix}"
            if articles and rank < 6:
                divisions = [d for d in divisions if d.rank < rank]
                divisions.append(_Open("unit", value, f"{_RANK_NAMES[rank]}-{part}", rank))
                stack = []
                piece.label = prefix + tuple(d.part for d in divisions)
                continue
            if rank == 6 and restarts and divisions:
                base_open = [_Open("div", 0, d.part, 0, section=True) for d in divisions]
                stack = base_open
            else:
                stack = [
                    o
                    for o in stack
                    if (o.section and o.rank < rank and o.style != "div") or (o.style == "div" and rank > 6)
                ]
                stack = [
                    o
                    for o in stack
                    if not (o.style == "head" and piece.kind == "heading" and piece.level and o.level >= piece.level)
                ]
            stack.append(_Open("unit", value, part, rank, piece.level if piece.kind == "heading" else 0, section=True))
            if mark.sub is not None:
                _push_list(stack, mark.sub, piece, heading=False)
            elif rank == 6 and piece.kind != "heading":
                implied = _implied_first(pieces, at)
                if implied:
                    piece.label = prefix + tuple(o.part for o in stack)
                    stack.append(_Open(implied, 1, "1", 90))
        elif mark.form == "dotted":
            _push_dotted(stack, mark.dots, heading=piece.kind == "heading", level=piece.level)
        else:
            heading = piece.kind == "heading"
            if heading and piece.level:
                # V after IV is five, before its elder sisters are closed
                after = {(o.style, o.value + 1) for o in stack if o.level == piece.level}
                fits = tuple(c for c in mark.choices if ("h" + c[0], c[1]) in after)
                mark.choices = fits or mark.choices
                stack = [o for o in stack if o.section and (o.level or 1) < piece.level]
            _push_list(stack, mark, piece, heading=heading)
        piece.label = prefix + tuple(o.part for o in stack)


def _set_body(piece: _Piece, length: int) -> None:
    piece.body = piece.where[length] if length < len(piece.where) else piece.end


def _implied_first(pieces: list[_Piece], at: int) -> str:
    """Return the style of the paragraphs of an Article whose first is not numbered (第一条 …, ２ …), "" when there are none."""
    for piece in pieces[at + 1 :]:
        mark = piece.mark
        if mark is None:
            continue
        if mark.form != "list":
            return ""
        for style, value in mark.choices:
            if style[0] == "1":
                return style if value == 2 else ""
    return ""


def _push_list(stack: list[_Open], mark: _Mark, piece: _Piece, *, heading: bool) -> None:
    """Open or continue a level for a list marker: what continues an open list is believed before what begins one."""
    depth, pick = _choose(stack, mark.choices, heading)
    style, value = pick
    del stack[depth:]
    stack.append(
        _Open(
            ("h" if heading else "") + style,
            value,
            _component(style, value),
            5 if heading else 90,
            piece.level if heading else 0,
            section=heading,
        )
    )


def _choose(stack: list[_Open], choices: Sequence[tuple[str, int]], heading: bool) -> tuple[int, tuple[str, int]]:
    sign = "h" if heading else ""
    for depth in range(len(stack) - 1, -1, -1):
        for style, value in choices:
            if stack[depth].style == sign + style and stack[depth].value + 1 == value:
                return depth, (style, value)
    fresh = next((c for c in choices if c[1] == 1), None)
    for depth in range(len(stack) - 1, -1, -1):
        for style, value in choices:
            if stack[depth].style == sign + style and (fresh is None or (style, value) == fresh):
                return depth, (style, value)
    base = len(stack)
    if heading:
        base = next((d for d, o in enumerate(stack) if not o.section), base)
    return base, fresh or choices[0]


def _push_dotted(stack: list[_Open], dots: tuple[int, ...], *, heading: bool, level: int) -> None:
    first = str(dots[0])
    at = next((d for d, o in enumerate(stack) if o.part == first and (o.section or o.style == "dot1")), None)
    if at is None:
        del stack[:]
        stack.append(_Open("dot1", dots[0], first, 7, level, section=True))
    else:
        del stack[at + 1 :]
    for depth, value in enumerate(dots[1:], 2):
        stack.append(_Open(f"dot{depth}", value, str(value), 80, level, section=heading))


_CAPTION = re.compile(r"[（(〔\[【][^（(〔\[【]{1,60}[）)〕\]】]")
_RECITAL_EN = re.compile(r"(?:whereas|now,? therefore|[A-Z][A-Za-z-]*ing\b)", re.I)
_SIGN_EN = re.compile(
    r"(?:for|on behalf of|for and on behalf of)\s*:?\s+(?!the purposes?\b|purposes\b)(?:the\s+)?[A-Z].{0,160}", re.I
)
_SIGN_JA = re.compile(r".{1,80}(?:を代表して|のために|の代表|代理として)\s*[:：]?")
_DONE = re.compile(
    r"作成|署名|締結|証(?:と|拠)|記名|押印|\b(?:done|signed|executed|witness|duplicate|originals?)\b", re.I
)


def _find_kinds(pieces: list[_Piece], lang: Lang) -> None:
    if not pieces:
        return
    _find_title(pieces, lang)
    _find_captions(pieces)
    _find_preamble(pieces, lang)
    for start, end in _scopes(pieces):
        _find_signatures(pieces[start:end], lang)
    for piece in pieces:
        if not piece.kind and (piece.bullet or (piece.mark is not None and piece.mark.form != "unit")):
            piece.kind = "item"
        elif piece.kind == "item" and piece.mark is not None and piece.mark.form == "unit":
            piece.kind = "paragraph"
        if piece.bullet_holes:
            # a bullet says no more than that this is an item: both languages read alike without it
            for s, e in piece.bullet_holes:
                first, last = piece.where[s], piece.where[e - 1] + 1
                piece.holes.append((first, last))


def _find_title(pieces: list[_Piece], lang: Lang) -> None:
    if any(p.kind == "title" for p in pieces[:4]):
        return
    top = [at for at, p in enumerate(pieces) if p.kind == "heading" and p.level == 1]
    if top and top[0] <= 3 and pieces[top[0]].mark is None:
        if len(top) == 1 and all(p.kind != "heading" for p in pieces[: top[0]]):
            pieces[top[0]].kind = "title"
        return
    first = next((p for p in pieces if p.kind != "note"), pieces[0])
    if first.kind in ("", "heading") and first.mark is None and not first.bullet and len(pieces) > 2:
        short = len(first.plain) <= (160 if lang == "ja" else 400)
        if short and not _is_sentence(first.plain) and not _SIGN_JA.fullmatch(first.plain):
            first.kind = "title"
            first.label = ()


def _find_captions(pieces: list[_Piece]) -> None:
    for piece, follow in pairwise(pieces):
        mark = follow.mark
        if (
            (
                piece.kind == ""
                and mark is not None
                and mark.form == "unit"
                and mark.rank == 6
                and follow.kind != "heading"
            )
            and piece.mark is None
            and _CAPTION.fullmatch(piece.plain)
        ):
            piece.kind = "caption"
            depth = len(follow.label)
            if mark.sub is not None or (depth and _was_implied(follow)):
                depth -= 1
            piece.label = follow.label[:depth]


def _was_implied(piece: _Piece) -> bool:
    """The label of an Article's body ends in the implied paragraph 1."""
    return (
        piece.mark is not None
        and piece.mark.sub is None
        and len(piece.label) >= 2
        and piece.label[-2].split("-")[0] == str(piece.mark.choices[0][1])
    )


def _find_preamble(pieces: list[_Piece], lang: Lang) -> None:
    zone = []
    at = next((n + 1 for n, p in enumerate(pieces[:4]) if p.kind == "title"), 0)
    while at < len(pieces):
        piece = pieces[at]
        if piece.kind == "heading":
            plain = unicodedata.normalize("NFKC", piece.plain).strip("<>〈〉《》[]【】").replace(" ", "").lower()
            if plain not in ("前文", "preamble", "recitals"):
                break
        elif piece.kind in ("caption", "title", "table-cell") or (piece.mark is not None and piece.mark.form != "list"):
            break
        else:
            zone.append(piece)
        at += 1
    if at >= len(pieces) or at == 0:
        return
    comma = [p for p in zone if p.plain[-1] in "、,，"]
    if not comma or zone[0].mark is not None:
        return
    first = zone.index(comma[0])
    joints = [n for n, p in enumerate(zone) if p.plain[-1] in "、,，;；"]
    for number, piece in enumerate(zone):
        if piece.kind not in ("", "item") or number < first or number > joints[-1] + 1:
            continue
        tail = piece.plain[-1]
        lead = piece.plain.endswith(("は、", "は,", "は，"))
        joint = tail in "、,，;；" or re.search(r"[,;]\s*and$", piece.plain)
        begins = lang == "en" and _RECITAL_EN.match(piece.plain) is not None
        if (joint and (number > first or not (lead or (tail == "," and not begins)))) or begins or piece.bullet:
            piece.kind = "recital"
        else:
            piece.kind = "preamble"


def _find_signatures(pieces: list[_Piece], lang: Lang) -> None:
    """Mark the lines after the last provision: For …, names, offices."""
    last = -1
    for at, piece in enumerate(pieces):
        if piece.mark is not None or piece.kind in ("heading", "caption", "title") or piece.bullet:
            last = at
    if last < 0 and len(pieces) < 3:
        return
    pattern = _SIGN_JA if lang == "ja" else _SIGN_EN
    tail = list(range(last + 1, len(pieces)))
    first = next((at for at in tail if pieces[at].kind == "" and pattern.fullmatch(pieces[at].plain)), None)
    if first is None:
        run = len(pieces)
        while run > last + 1 and pieces[run - 1].kind == "" and _is_name_line(pieces[run - 1].plain):
            run -= 1
        if (
            run < len(pieces)
            and run - 1 > last - 1
            and run >= 1
            and _DONE.search(pieces[run - 1].plain)
            and _is_sentence(pieces[run - 1].plain)
        ):
            first = run
    if first is None:
        return
    for at in range(first, len(pieces)):
        piece = pieces[at]
        if piece.kind == "" and (pattern.fullmatch(piece.plain) or _is_name_line(piece.plain)):
            piece.kind = "signature"
            piece.label = ()
    listed = any(p.mark is not None and p.mark.form != "unit" for p in pieces[: last + 1])
    if listed:
        for at in range(last + 1, first):
            if pieces[at].kind == "":
                pieces[at].label = ()


def _is_name_line(text: str) -> bool:
    return len(text) <= 120 and (text[-1] not in "。;；!！?？、," and not (text[-1] == "." and len(text.split()) > 12))


def starts_item(text: str, lang: Lang) -> bool:
    """Tell whether a line begins with a marker (第2条, 1., (a), ・ …) that opens a segment of its own."""
    return _looks_marked(text[:60], lang)
