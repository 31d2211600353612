"""PDF with a text layer: lines put together to paragraphs, running heads and page numbers set apart as furniture.

What a line is comes from the positions of its characters; what a paragraph is from the space between lines, the margins,
indents, type size and list markers. A line that reaches the right margin goes on; a block whose last line does is `open`,
so that `segment()` can join it with what follows on the next page. Vertical text and scanned pages are refused.
"""

from __future__ import annotations

import itertools
import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from typing import Any

from mocalign.errors import ReadError
from mocalign.model import Lang, is_japanese
from mocalign.readers.encoding import kind_of, load
from mocalign.segment import Block, Raw, starts_item

__all__ = ["read"]


@dataclass(slots=True)
class _Line:
    """A line of a page: its text, its box in points (origin top left), type size, weight."""

    page: int
    text: str
    x0: float
    x1: float
    top: float
    bottom: float
    size: float
    bold: bool
    head: float = 0.0
    font: str = ""
    furniture: bool = False


@dataclass(slots=True)
class _Page:
    number: int
    width: float
    height: float
    lines: list[_Line] = field(default_factory=list)
    chars: int = 0


def read(path: Path) -> Raw:
    """Read a PDF that has a text layer. Raises `ReadError` for scans, encrypted and damaged files and vertical text."""
    data = load(path)
    if not data[:1024].lstrip().startswith(b"%PDF-"):
        raise ReadError(
            f"{path}: is {kind_of(data) or 'no PDF (it does not begin with %PDF-)'}; give it the suffix of its format"
        )
    pages = _pages(path)
    if not any(page.lines for page in pages):
        raise ReadError(f"{path}: holds no text on its {len(pages)} pages (a scan?); run text recognition (OCR) first")
    _mark_furniture(pages)
    return _raw(pages)


def _pages(path: Path) -> list[_Page]:
    import logging

    import pdfplumber
    from pdfminer.pdfdocument import PDFPasswordIncorrect
    from pdfplumber.utils.exceptions import PdfminerException

    # what a library has to say about fonts is of no use to a reader of reports
    for name in ("pdfminer", "pdfplumber"):
        logging.getLogger(name).setLevel(logging.ERROR)
    out: list[_Page] = []
    upright = turned = 0
    try:
        with pdfplumber.open(path) as pdf:
            for number, page in enumerate(pdf.pages, 1):
                chars = [c for c in page.chars if c["text"]]
                upright += sum(1 for c in chars if c["upright"])
                turned += sum(1 for c in chars if not c["upright"])
                made = _Page(number, float(page.width), float(page.height), chars=len(chars))
                made.lines = _lines([c for c in chars if c["upright"]], number)
                out.append(made)
                page.close()
    except PdfminerException as error:
        cause = error.args[0] if error.args else error
        if (
            isinstance(cause, PDFPasswordIncorrect)
            or "Password" in type(cause).__name__
            or "Encryption" in type(cause).__name__
        ):
            raise ReadError(f"{path}: is encrypted; save it without a password") from None
        raise ReadError(f"{path}: is a damaged PDF: {_reason(cause)}") from None
    except PDFPasswordIncorrect:
        raise ReadError(f"{path}: is encrypted; save it without a password") from None
    except RecursionError:
        raise ReadError(f"{path}: is a damaged PDF: it refers to itself") from None
    except Exception as error:  # pdfminer lets errors of many kinds out of damaged files
        raise ReadError(f"{path}: is a damaged PDF: {_reason(error)}") from None
    if turned > upright and turned > 50:
        raise ReadError(
            f"{path}: is set in vertical or turned lines, which are not read; give the text as DOCX or Markdown"
        )
    if _vertical(out):
        raise ReadError(f"{path}: is set in vertical lines, which are not read; give the text as DOCX or Markdown")
    return out


def _reason(error: object) -> str:
    text = " ".join(str(error).split())[:120]
    return text or type(error).__name__


def _vertical(pages: Sequence[_Page]) -> bool:
    """Tell whether nearly all lines hold one character (upright glyphs set downwards)."""
    lines = [line for page in pages for line in page.lines]
    single = sum(1 for line in lines if len(line.text.strip()) == 1)
    return len(lines) > 30 and single > 0.7 * len(lines)


def _lines(chars: list[dict[str, Any]], page: int) -> list[_Line]:
    """Group characters to lines by their base line, in reading order from left to right."""
    chars = [c for c in chars if c["size"] > 0.5]
    if not chars:
        return []
    usual = median(c["size"] for c in chars)
    rows: list[list[dict[str, Any]]] = []
    seen: set[tuple[str, int, int]] = set()
    for c in sorted(chars, key=lambda c: (c["bottom"], c["x0"])):
        key = (c["text"], round(c["x0"]), round(c["top"]))
        if key in seen and not c["text"].isspace():
            continue  # bold made by printing twice
        seen.add(key)
        middle = (c["top"] + c["bottom"]) / 2
        for row in reversed(rows[-4:]):
            head = row[0]
            if abs(middle - (head["top"] + head["bottom"]) / 2) < 0.45 * max(c["size"], head["size"]):
                row.append(c)
                break
        else:
            rows.append([c])
    out = []
    for row in rows:
        row.sort(key=lambda c: c["x0"])
        size = (
            median(c["size"] for c in row if not c["text"].isspace())
            if any(not c["text"].isspace() for c in row)
            else usual
        )
        text: list[str] = []
        last: dict[str, Any] | None = None
        for c in row:
            if last is not None and not c["text"].isspace() and text and not text[-1].isspace():
                gap = c["x0"] - last["x1"]
                wide = is_japanese(c["text"][0]) or is_japanese(last["text"][-1])
                if gap > size * (0.6 if wide else 0.18):
                    text.append("\u3000" if wide and gap > 0.75 * size else " ")
            text.append(c["text"].translate(_RADICALS))
            last = c
        joined = "".join(text)
        if not joined.strip():
            continue
        inked = [c for c in row if not c["text"].isspace()]
        bold = sum(1 for c in inked if _is_bold(c["fontname"]))
        first_word = _UNBROKEN.match(joined.strip())
        head = sum(c["x1"] - c["x0"] for c in inked[: len(first_word[0]) if first_word else 0])
        fonts = Counter(str(c["fontname"]) for c in inked)
        out.append(
            _Line(
                page,
                joined.strip(),
                inked[0]["x0"],
                inked[-1]["x1"],
                min(c["top"] for c in inked),
                max(c["bottom"] for c in inked),
                size,
                bold > 0.9 * len(inked),
                head,
                fonts.most_common(1)[0][0] if len(fonts) == 1 else "",
            )
        )
    # readings above kanji are small and belong to no line
    big = [line for line in out if line.size >= 0.62 * usual or not _is_reading(line.text)]
    return sorted(big, key=lambda line: (line.top, line.x0))


def _is_reading(text: str) -> bool:
    return all("\u3040" <= c <= "\u30ff" or c.isspace() for c in text)


def _is_bold(font: object) -> bool:
    name = str(font).rpartition("+")[2].lower()
    return any(word in name for word in ("bold", "black", "heavy", "semibold", "demi")) or name.endswith(
        ("-w6", "-w7", "-w8", "-bd")
    )


# Fonts that draw 長 and the radical ⻑ with one glyph make a PDF say ⻑: nobody wrote it. Kangxi radicals have a
# compatibility mapping, the supplement does not (Unicode: EquivalentUnifiedIdeograph.txt).
_RADICALS = {code: unicodedata.normalize("NFKC", chr(code)) for code in range(0x2F00, 0x2FD6)} | {
    ord(radical): kanji
    for radical, kanji in zip(
        "⺒⺓⺛⺝⺟⺠⺩⺫⺬⺯⺶⺷⺻⺼⺽⻁⻄⻆⻑⻓⻔⻕⻗⻘⻝⻡⻣⻤⻨⻩⻫⻬⻭⻮⻯⻰⻱⻲⻳⻢⻦⻥⻅⻉⻋",
        "巳幺旡月母民王罒示糹羊羊聿月臼虎西角長长门阜雨青食首骨鬼麦黄斉齐歯齿竜龙龜亀龟马鸟鱼见贝车",
        strict=True,
    )
}
# what no line break may stand in: a Latin word or figure; Japanese breaks anywhere
_UNBROKEN = re.compile(r"[^\s\u3001-\u9fff\uf900-\ufaff\uff01-\uffee]+")
_PAGE_NUMBER = re.compile(
    r"[-–—―ー−\[(（〔]?\s*(?:(?:page|p\.?)\s*)?[0-9ivxlc]{1,4}\s*(?:(?:/|of|／)\s*[0-9]{1,4})?\s*(?:ページ|頁)?\s*[-–—―ー−\])）〕]?",
    re.I,
)


def _shape(text: str) -> str:
    return re.sub(r"\d+", "0", re.sub(r"\s", "", unicodedata.normalize("NFKC", text)))


def _mark_furniture(pages: list[_Page]) -> None:
    """Mark what stands alike at the top or bottom of most pages, and page numbers there."""
    edges: dict[str, list[_Line]] = defaultdict(list)
    filled = [p for p in pages if p.lines]
    for page in filled:
        for zone, lines in (("top", page.lines[:3]), ("bottom", page.lines[-3:])):
            for line in lines:
                if zone == "top" and line.bottom > 0.16 * page.height:
                    continue
                if zone == "bottom" and line.top < 0.84 * page.height:
                    continue
                edges[zone + _shape(line.text)].append(line)
    limit = max(2, 0.5 * len(filled))
    for lines in edges.values():
        at = {line.page for line in lines}
        places = Counter(round(line.top / 6) for line in lines)
        steady = places.most_common(1)[0][1] >= 0.6 * len(lines)
        if len(at) >= limit and steady:
            for line in lines:
                line.furniture = True
    for page in filled:
        for line in (page.lines[0], page.lines[-1]):
            plain = unicodedata.normalize("NFKC", line.text)
            edge = line.bottom < 0.1 * page.height or line.top > 0.88 * page.height
            if edge and _PAGE_NUMBER.fullmatch(plain) and any(c.isdigit() or c in "ivxlc" for c in plain.lower()):
                line.furniture = True
        # a running head of the even or odd pages alone, above the rest by a clear gap
    heads: dict[str, list[_Line]] = defaultdict(list)
    for page in filled:
        first = page.lines[0]
        if not first.furniture and first.bottom < 0.1 * page.height:
            heads[_shape(first.text)].append(first)
    for lines in heads.values():
        if len(lines) >= 2 and len(filled) >= 3:
            for line in lines:
                line.furniture = True


def _raw(pages: list[_Page]) -> Raw:
    lines = [line for page in pages for line in page.lines]
    body = [line for line in lines if not line.furniture]
    text_all = "\n".join(line.text for line in body)
    japanese = sum(map(is_japanese, text_all)) > 0.2 * max(1, len(text_all))
    lang: Lang = "ja" if japanese else "en"
    if not body:
        body = lines
        for line in lines:
            line.furniture = False
    size = _usual(body)
    _mark_strong(body)
    left, right = _margins(body, size)
    pitch = _pitch(pages, size)
    words = {w.lower() for w in re.findall(r"[A-Za-z]+(?:-[A-Za-z]+)*(?!-\n|[A-Za-z])", text_all)}
    groups: list[list[_Line]] = []
    for page in pages:
        last: _Line | None = None
        for line in page.lines:
            if line.furniture:
                groups.append([line])
            elif (
                last is not None
                and groups
                and groups[-1][-1] is last
                and _goes_on(groups[-1], line, lang, left, right, pitch, size)
            ):
                groups[-1].append(line)
                last = line
            else:
                groups.append([line])
                last = line
    sizes = sorted({round(g[0].size * 2) / 2 for g in groups if _is_heading(g, size)}, reverse=True)
    chunks: list[str] = []
    blocks: list[Block] = []
    at = 0
    for group in groups:
        text = _join(group, words)
        first, tail = group[0], group[-1]
        kind, level = "", 0
        if first.furniture:
            kind = "furniture"
        elif _is_heading(group, size):
            kind, level = "heading", min(6, 1 + sizes.index(round(first.size * 2) / 2))
        full = tail.x1 >= right - (1.6 if lang == "ja" else 5.0) * tail.size
        blocks.append(
            Block(at, at + len(text), kind, level, page=first.page, joined=True, open=full and not first.furniture)
        )
        chunks += [text, "\n\n"]
        at += len(text) + 2
    return Raw("".join(chunks), tuple(blocks))


def _is_heading(group: Sequence[_Line], size: float) -> bool:
    if group[0].furniture:
        return False
    length = sum(len(line.text) for line in group)
    if group[0].size > 1.15 * size:
        return length < 300
    return all(line.bold for line in group) and length <= 100 and group[-1].text.rstrip()[-1] not in "。.;；、,，"


def _mark_strong(lines: Sequence[_Line]) -> None:
    """Take lines wholly in a second, rarer face for bold: Gothic among Mincho is the Japanese way of setting headings."""
    count: Counter[str] = Counter()
    for line in lines:
        count[line.font] += len(line.text)
    total = sum(count.values()) or 1
    usual = max((f for f in count if f), key=lambda f: count[f], default="")
    for line in lines:
        if line.font and line.font != usual and count[line.font] < 0.2 * total and _family(line.font) != _family(usual):
            line.bold = line.bold or any(map(is_japanese, line.text))


def _family(font: str) -> str:
    return re.split(r"[-,]", font.rpartition("+")[2])[0].lower()


def _usual(lines: Sequence[_Line]) -> float:
    count: Counter[float] = Counter()
    for line in lines:
        count[round(line.size * 2) / 2] += len(line.text)
    return count.most_common(1)[0][0] if count else 10.0


def _margins(lines: Sequence[_Line], size: float) -> tuple[float, float]:
    """Left and right margin of the running text."""
    text = [line for line in lines if abs(line.size - size) < 0.15 * size] or list(lines)
    rights = sorted(line.x1 for line in text)
    lefts = Counter(round(line.x0) for line in text)
    return float(lefts.most_common(1)[0][0]), rights[min(len(rights) - 1, int(0.97 * len(rights)))]


def _pitch(pages: Sequence[_Page], size: float) -> float:
    """Distance of base lines inside a paragraph: the smallest distance that is common."""
    gaps: list[float] = []
    for page in pages:
        own = [line for line in page.lines if not line.furniture]
        for a, b in itertools.pairwise(own):
            gap = b.bottom - a.bottom
            if 0.9 * size < gap < 4 * size:
                gaps.append(gap)
    if not gaps:
        return 1.6 * size
    count = Counter(round(g * 2) / 2 for g in gaps)
    common = [g for g, n in count.items() if n >= max(1, 0.12 * len(gaps))]
    return min(common) if common else median(gaps)


def _goes_on(group: list[_Line], line: _Line, lang: Lang, left: float, right: float, pitch: float, size: float) -> bool:
    last = group[-1]
    gap = line.bottom - last.bottom
    large = line.size > 1.12 * size and abs(line.size - last.size) < 0.05 * size
    if large and gap < 2.1 * line.size and line.bold == last.bold and not starts_item(line.text, lang):
        return True
    if gap > 1.15 * pitch + 0.6 or gap < 0.3 * size:
        return False
    if abs(line.size - last.size) > 0.12 * size or (
        line.bold != last.bold and (line.bold or (len(group) == 1 and all(g.bold for g in group)))
    ):
        return False
    em = line.size
    centred = abs((line.x0 + line.x1) / 2 - (left + right) / 2) < 1.5 * em and line.x0 > left + 2 * em
    if centred and abs((last.x0 + last.x1) / 2 - (left + right) / 2) < 1.5 * em and last.x1 > right - 8 * em:
        return True
    room = right - last.x1
    if room > line.head + (2.2 if lang == "ja" else 0.6) * em:
        return False
    marked = starts_item(line.text, lang)
    if marked and (line.x0 <= group[0].x0 + 0.6 * em or last.text.rstrip()[-1] in "。.;:；：、,"):
        return False
    # an indented first line opens a paragraph; a hanging indent goes on
    return not (line.x0 > last.x0 + 0.7 * em and len(group) > 1 and line.x0 > group[1].x0 + 0.7 * em)


_PREFIXES = frozenset(
    "non co self well semi sub multi pre post cross high low long short ex anti inter intra re so half mid near full all "
    "one two three four five six ten end day year".split()
)

_TAILS = frozenset(
    "based free related term wide binding numbered minded governing profit border making sharing building led owned "
    "level scale party minded specific year month day time up".split()
)


def _is_compound(line: str, follow: str, words: set[str]) -> bool:
    """Tell whether a hyphen at the end of a line is the word's own (non-binding) and not the typesetter's (coopera-tion)."""
    first, second = re.search(r"([A-Za-z]+)-$", line), re.match(r"[a-z]+", follow)
    if not first or not second:
        return True
    one, two = first[1].lower(), second[0]
    if one + two in words:
        return False
    return f"{one}-{two}" in words or one in _PREFIXES or two in _TAILS or (one in words and two in words)


_FIGURE_END = re.compile(r"\d[,.，．]?$")
_ADDRESS_END = re.compile(r"(?:https?://|www\.)[!-~]*$")


def _join(group: Sequence[_Line], words: set[str]) -> str:
    out = group[0].text
    for line in group[1:]:
        head, tail = line.text[:1], out[-1:]
        if (tail in "/?&=_-" or head in "/?&=._") and _ADDRESS_END.search(out) and head.isascii():
            out += line.text
        elif tail == "-" and head.islower():
            keep = _is_compound(out, line.text, words)
            out += line.text if keep else "\n" + line.text
        elif head.isdigit() and _FIGURE_END.search(out) and any(map(is_japanese, out[-16:] + line.text[:16])):
            out += line.text
        else:
            out += "\n" + line.text
    return out
