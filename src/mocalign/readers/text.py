"""Plain text and Markdown: the text as read, its marks as holes.

Blocks are headings (``#``, underlined, or a whole line in bold), list items, table cells, quotations and paragraphs.
Front matter, rules and link definitions are furniture. Markdown marks inside a block are holes, never removed.
"""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

from mocalign.errors import ReadError
from mocalign.readers.encoding import decode, kind_of, load
from mocalign.segment import Block, Raw

__all__ = ["blocks", "read"]


def read(path: Path) -> Raw:
    """Read a text or Markdown file in UTF-8, UTF-16, Shift_JIS (CP932), EUC-JP or ISO-2022-JP."""
    data = load(path)
    kind = kind_of(data)
    if kind:
        raise ReadError(f"{path}: is {kind}, not text; give it the suffix of its format")
    return blocks(decode(data, str(path)))


_FENCE = re.compile(r"\s{0,3}(```+|~~~+)")
_ATX = re.compile(r"\s{0,3}(#{1,6})(?:[ \t\u3000]+|$)")
_ATX_END = re.compile(r"[ \t]+#+[ \t]*$")
_RULE = re.compile(r"\s{0,3}(?:(?:\*[ \t]*){3,}|(?:-[ \t]*){3,}|(?:_[ \t]*){3,}|[-=_─━*＊]{5,})\s*$")
_SETEXT = re.compile(r"\s{0,3}(=+|-{2,})\s*$")
_DEFINITION = re.compile(r"\s{0,3}\[(?!\^)[^\]\n]+\]:\s*\S+")
_FOOTNOTE = re.compile(r"\s{0,3}\[\^[^\]\n]+\]:[ \t]*")
_ITEM = re.compile(r"([ \t]*)([-*+])([ \t]+)(?=\S)")
_ORDERED = re.compile(r"([ \t]*)(\d{1,3}[.)])[ \t]+(?=\S)")
_QUOTE = re.compile(r"\s{0,3}>[ \t]?")
_TABLE_RULE = re.compile(r"\s*\|?\s*:?-{2,}:?\s*(?:\|\s*:?-{2,}:?\s*)*\|?\s*$")
_MATTER_LINE = re.compile(r"\s*(?:$|#|[-\w.\"' ]+\s*[:=]|-\s|\]|[\[{\"'])")
_BREAKS = re.compile(r"(\r\n|[\n\r\v\f\x1c-\x1e\x85\u2028\u2029])")


def _split(text: str) -> list[tuple[int, int, str]]:
    """Lines as (start, end, line break)."""
    out = []
    at = 0
    for match in _BREAKS.finditer(text):
        out.append((at, match.start(), match[0]))
        at = match.end()
    out.append((at, len(text), ""))
    return out


def blocks(text: str) -> Raw:
    """Cut plain text or Markdown into blocks. Linear in the length of the text."""
    lines = _split(text)
    out: list[Block] = []
    para: list[tuple[int, int]] = []
    kind, level, page = "", 0, 1
    pages = "\f" in text
    quote: list[tuple[int, int]] = []

    def flush() -> None:
        nonlocal kind, level
        if para:
            out.append(_paragraph(text, para, kind, level, quote, page if pages else 0))
        para.clear()
        quote.clear()
        kind, level = "", 0

    at = _front_matter(text, lines, out)
    table, row = -1, 0
    fenced = ""
    while at < len(lines):
        start, end, stop = lines[at]
        line = text[start:end]
        follow = text[lines[at + 1][0] : lines[at + 1][1]] if at + 1 < len(lines) else ""
        at += 1
        fence = _FENCE.match(line)
        in_table = False
        if fence and (not fenced or fence[1][0] == fenced):
            flush()
            fenced = "" if fenced else fence[1][0]
            _furniture(text, out, start, end)
        elif not line.strip():
            flush()
        elif fenced:
            para.append((start, end))
        elif (atx := _ATX.match(line)) and line.strip("# \t\u3000"):
            flush()
            tail = _ATX_END.search(line)
            holes = [(start, start + atx.end())]
            if tail:
                holes.append((start + tail.start(), end))
            holes += _inline(text, start + atx.end(), end)
            first = start + len(line) - len(line.lstrip())
            out.append(
                Block(
                    first,
                    start + len(line.rstrip()),
                    "heading",
                    len(atx[1]),
                    holes=_clean(holes, first, end),
                    page=page if pages else 0,
                )
            )
        elif (
            para
            and kind == ""
            and _SETEXT.match(line)
            and not _ITEM.match(text[para[0][0] : para[0][1]])
            and _headish(text, para, line)
        ):
            kind, level = "heading", 1 if "=" in line else 2
            flush()
            _furniture(text, out, start, end)
        elif _RULE.match(line):
            flush()
            _furniture(text, out, start, end)
        elif not para and _DEFINITION.match(line):
            _furniture(text, out, start, end)
        elif note := _FOOTNOTE.match(line):
            flush()
            kind = "note"
            quote.append((start, start + note.end()))
            para.append((start, end))
        elif "|" in line and (
            (line.lstrip().startswith("|") and line.rstrip().endswith("|"))
            or (table >= 0 and row)
            or (_TABLE_RULE.match(follow) and "|" in follow)
        ):
            flush()
            in_table = True
            if not row:
                table += 1
            if _TABLE_RULE.match(line) and "-" in line:
                _furniture(text, out, start, end)
            else:
                _cells(text, start, end, out, table, row)
            row += 1
        else:
            mark = _QUOTE.match(line)
            if mark and len(mark[0]) < len(line):
                if not quote:
                    flush()
                quote.append((start, start + mark.end()))
            item = _ITEM.match(line)
            ordered = _ORDERED.match(line)
            if item or ordered:
                flush()
                kind = "item" if item else ""
                level = len(line[: len(line) - len(line.lstrip())].expandtabs(4)) // 2
            para.append((start, end))
        if not in_table:
            row = 0
        if stop == "\f":
            flush()
            page += 1
    flush()
    out.sort(key=lambda b: b.start)
    made = tuple(_running_heads(text, out)) if pages else tuple(out)
    return Raw(text, made)


def _headish(text: str, para: list[tuple[int, int]], line: str) -> bool:
    return (
        len(para) == 1 and (len(line.strip()) >= 3) and not text[para[0][0] : para[0][1]].rstrip().endswith(("。", "."))
    )


def _furniture(text: str, out: list[Block], start: int, end: int) -> None:
    line = text[start:end]
    if line.strip():
        first = start + len(line) - len(line.lstrip())
        out.append(Block(first, start + len(line.rstrip()), "furniture"))


def _front_matter(text: str, lines: list[tuple[int, int, str]], out: list[Block]) -> int:
    """Take TOML (+++) or YAML (---) front matter; return the number of the first line after it."""
    at = 0
    while at < len(lines) and not text[lines[at][0] : lines[at][1]].strip("\ufeff \t"):
        at += 1
    if at == len(lines):
        return 0
    mark = text[lines[at][0] : lines[at][1]].strip("\ufeff \t")
    if mark not in ("+++", "---"):
        return 0
    for stop in range(at + 1, min(len(lines), at + 200)):
        line = text[lines[stop][0] : lines[stop][1]]
        if line.strip() == mark or (mark == "---" and line.strip() == "..."):
            if stop > at + 1:
                start = text.index(mark, lines[at][0])
                out.append(Block(start, lines[stop][0] + len(line.rstrip()), "furniture"))
                return stop + 1
            return 0
        if not _MATTER_LINE.match(line):
            return 0
    return 0


def _paragraph(
    text: str, para: list[tuple[int, int]], kind: str, level: int, quote: list[tuple[int, int]], page: int
) -> Block:
    start, end = para[0][0], para[-1][1]
    body = text[start:end]
    holes = list(quote) + _inline(text, start, end)
    joined = (
        kind == "item"
        and len(para) > 1
        and all(text[s:e][:2] in ("  ", "\t") or text[s:e][:1] == "\t" for s, e in para[1:])
    )
    first = start + len(body) - len(body.lstrip("\ufeff \t\u3000"))
    last = start + len(body.rstrip())
    made = Block(min(first, last), last, kind, level, page=page, holes=_clean(holes, first, last), joined=joined)
    if kind == "" and len(para) == 1 and _all_bold(text, made):
        made = replace(made, kind="heading", level=7)
    return made


_BOLD_LINE = re.compile(r"(\*\*|__)(?=\S)(.+?)(?<=\S)\1[ \t]*\\?")


def _all_bold(text: str, block: Block) -> bool:
    line = text[block.start : block.end]
    match = _BOLD_LINE.fullmatch(line)
    return (
        bool(match) and match[1] not in match[2] and len(match[2]) <= 100 and match[2][-1] not in "。.;；、,，"
        if match
        else False
    )


def _clean(holes: list[tuple[int, int]], start: int, end: int) -> tuple[tuple[int, int], ...]:
    """Sort holes, clip them to the block and unite those that touch."""
    out: list[tuple[int, int]] = []
    for s, e in sorted((max(s, start), min(e, end)) for s, e in holes):
        if s >= e:
            continue
        if out and s <= out[-1][1]:
            out[-1] = (out[-1][0], max(e, out[-1][1]))
        else:
            out.append((s, e))
    return tuple(out)


_INLINE = re.compile(
    r"\\(?P<escape>[!-/:-@\[-`{-~])"
    r"|(?P<code>`+)(?P<coded>[^`\n](?:[^`]{0,400}[^`])?|[^`\n])(?P=code)(?!`)"
    r"|(?P<comment><!--(?:(?!-->).){0,2000}-->)"
    r"|(?P<tag></?(?:br|b|i|u|em|strong|sup|sub|span|small|ins|del|mark|p|div|center|a|font|ruby|rt|rp)\b[^<>\n]{0,200}/?>)"
    r"|(?P<image>!\[[^\]\n]{0,300}\]\([^()\n]{0,600}\))"
    r"|(?P<footref>\[\^[^\]\n]{1,40}\])"
    r"|(?P<open>\[)(?P<label>[^\[\]\n]{1,400}(?:\n[^\[\]\n]{1,400})?)(?P<close>\](?:\([^()\n]{0,600}(?:\([^()\n]{0,200}\))?[^()\n]{0,100}\)|\[[^\[\]\n]{0,200}\]))"
    r"|(?P<strong>\*\*\*|\*\*|___|__|~~)"
    r"|(?P<emphasis>[*_])",
    re.S,
)


def _inline(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Return the ranges of the marks inside a block: emphasis in pairs, code ticks, links, tags, escapes."""
    holes: list[tuple[int, int]] = []
    marks: list[tuple[str, int, int]] = []
    at = start
    while match := _INLINE.search(text, at, end):
        at = match.end()
        name = match.lastgroup
        s, e = match.span()
        if match["escape"]:
            holes.append((s, s + 1))
        elif match["code"]:
            size = len(match["code"])
            holes += [(s, s + size), (e - size, e)]
        elif match["comment"] or match["tag"] or match["image"] or match["footref"]:
            holes.append((s, e))
        elif match["open"]:
            holes += [(s, s + 1), match.span("close")]
            holes += _inline(text, *match.span("label"))
        elif name in ("strong", "emphasis"):
            _pair(text, match[0], s, e, start, end, marks, holes)
    return holes


def _pair(
    text: str,
    mark: str,
    s: int,
    e: int,
    start: int,
    end: int,
    marks: list[tuple[str, int, int]],
    holes: list[tuple[int, int]],
) -> None:
    before = text[s - 1] if s > start else " "
    after = text[e] if e < end else " "
    closes = not before.isspace()
    opens = not after.isspace()
    if mark in ("_", "__", "___") and before.isalnum() and after.isalnum():
        return
    if before.isdigit() and after.isdigit():
        return  # a product, 2*3*4
    if closes:
        for at in range(len(marks) - 1, max(-1, len(marks) - 9), -1):
            if marks[at][0] == mark:
                holes += [marks[at][1:], (s, e)]
                del marks[at:]
                return
    if opens:
        marks.append((mark, s, e))


def _cells(text: str, start: int, end: int, out: list[Block], table: int, row: int) -> None:
    line = text[start:end]
    bounds = [m.start() for m in re.finditer(r"(?<!\\)\|", line)]
    edges = [-1, *bounds, len(line)]
    column = 0
    for left, right in pairwise(edges):
        cell = line[left + 1 : right]
        outer = (left == -1 and not cell.strip()) or (right == len(line) and not cell.strip())
        if outer:
            continue
        if cell.strip():
            first = start + left + 1 + len(cell) - len(cell.lstrip())
            last = first + len(cell.strip())
            out.append(
                Block(
                    first,
                    last,
                    "cell",
                    cell=(table, row, column),
                    holes=_clean(_inline(text, first, last), first, last),
                )
            )
        column += 1


def _running_heads(text: str, made: list[Block]) -> list[Block]:
    """Make the first and last lines that pages share furniture (text with form feeds)."""
    pages: dict[int, list[int]] = {}
    for at, block in enumerate(made):
        if block.kind != "furniture" and block.page:
            pages.setdefault(block.page, []).append(at)
    if len(pages) < 3:
        return made
    count: dict[str, set[int]] = {}
    for page, found in pages.items():
        for at in {found[0], found[-1]}:
            count.setdefault(_shape(text[made[at].start : made[at].end]), set()).add(page)
    common = {shape for shape, on in count.items() if len(on) >= max(3, 0.6 * len(pages)) and shape}
    edge = {at for found in pages.values() for at in (found[0], found[-1])}
    return [
        replace(b, kind="furniture", holes=()) if at in edge and _shape(text[b.start : b.end]) in common else b
        for at, b in enumerate(made)
    ]


def _shape(line: str) -> str:
    return re.sub(r"\d+", "0", "".join(line.split()))
