"""Word documents (DOCX): the accepted view, with automatic numbering written out as Word shows it.

Read: paragraphs, tables cell by cell, text boxes, footnotes and endnotes. Left out: tracked deletions, hidden text,
headers and footers, field codes (their results are read), readings above kanji (ruby). Numbers come from
``numbering.xml`` (ECMA-376-1, 17.9): levels, start overrides, restarts and the number formats used in Japanese and English.

`runs()` tells a writer where every character of the text stands in the file.
"""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from mocalign.errors import ReadError
from mocalign.readers.encoding import kind_of, load
from mocalign.readers.xml import parse_xml
from mocalign.segment import Block, Raw

__all__ = ["RunPlace", "format_number", "read", "runs"]

_W = (
    "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}",
    "{http://purl.oclc.org/ooxml/wordprocessingml/main}",
)
_PART_LIMIT = 120_000_000  # bytes of XML in one part; a longer one is a bomb or no text
_BOLD_LIMIT = 100


@dataclass(frozen=True, slots=True)
class RunPlace:
    """Where a piece of `Raw.text` stands in a DOCX file.

    ``raw.text[start:end]`` are the characters from `offset` on of the `index`-th ``w:t`` element of the ZIP member
    `part` (``word/document.xml``, ``word/footnotes.xml`` …), counted from 0 over *all* ``w:t`` of that part in document
    order, those inside deletions, hidden runs and text boxes included:
    ``[e for e in root.iter(W + "t")][index].text[offset:offset + end - start] == raw.text[start:end]``.

    Places are in the order of the text and disjoint. Characters that stand in no ``w:t`` (generated numbers such as
    "a) ", tabs, line breaks, the line feeds between paragraphs) have no place.
    """

    start: int
    end: int
    part: str
    index: int
    offset: int


@dataclass(slots=True)
class _Level:
    start: int = 1
    form: str = "decimal"
    text: str = ""
    after: str = "tab"
    restart: int = -1
    legal: bool = False
    style: str = ""


@dataclass(slots=True)
class _Style:
    name: str = ""
    base: str = ""
    outline: int = -1
    num: str = ""
    depth: int = -1
    bold: bool | None = None
    hidden: bool | None = None


@dataclass(slots=True)
class _State:
    """What a reading has gathered so far."""

    chunks: list[str] = field(default_factory=list)
    size: int = 0
    blocks: list[Block] = field(default_factory=list)
    places: list[RunPlace] = field(default_factory=list)
    counters: dict[str, dict[int, int]] = field(default_factory=dict)
    begun: set[tuple[str, int]] = field(default_factory=set)
    deletions: int = 0
    insertions: int = 0
    hidden: int = 0
    tables: int = -1
    boxes: list[Any] = field(default_factory=list)
    carry: tuple[int, Any] | None = None


def read(path: Path) -> Raw:
    """Read a DOCX file. Raises `ReadError` for anything that is no readable DOCX."""
    return _read(path)[0]


def runs(path: Path | str) -> tuple[RunPlace, ...]:
    """Return the places of the characters of ``read(path).text`` in the file, see `RunPlace`.

    To put a comment on ``text[a:b]``: take the places that overlap it, clip each to ``a:b``, split the runs that hold
    those ``w:t`` at the clipped offsets, and bracket the pieces. A range without any place is generated text; use the
    paragraph's first place instead.
    """
    return _read(Path(path))[1]


def _read(path: Path) -> tuple[Raw, tuple[RunPlace, ...]]:
    data = load(path)
    kind = kind_of(data)
    if "OLE" in kind:
        raise ReadError(f"{path}: is encrypted or an old .doc; save it as DOCX without a password")
    if not kind.startswith(("a ZIP", "an empty ZIP")):
        raise ReadError(f"{path}: is {kind or 'no Word document (it is no ZIP archive)'}; accepted: DOCX")
    try:
        with zipfile.ZipFile(path) as archive:
            return _Reader(archive, str(path)).read()
    except (
        zipfile.BadZipFile,
        zipfile.LargeZipFile,
        EOFError,
        OSError,
        NotImplementedError,
        RuntimeError,
        ValueError,
    ) as error:
        if isinstance(error, ReadError):
            raise
        raise ReadError(f"{path}: is a damaged DOCX (ZIP) file: {str(error) or type(error).__name__}") from None
    except Exception as error:  # zlib.error and its like have no common base
        if isinstance(error, ReadError) or type(error).__module__ not in ("zlib", "lzma", "_lzma"):
            raise
        raise ReadError(f"{path}: is a damaged DOCX (ZIP) file: {error}") from None


def _local(element: Any) -> str:
    """Local name of an element of the Word namespace, "" of any other."""
    tag = element.tag
    if not isinstance(tag, str):
        return ""
    for space in _W:
        if tag.startswith(space):
            return tag[len(space) :]
    return ""


def _bare(element: Any) -> str:
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def _child(element: Any, *names: str) -> Any:
    for name in names:
        element = next((c for c in element if _local(c) == name), None) if element is not None else None
    return element


def _value(element: Any, name: str = "val") -> str:
    if element is None:
        return ""
    for space in _W:
        found = element.get(space + name)
        if found is not None:
            return str(found)
    return ""


def _on(element: Any) -> bool | None:
    """Read a toggle property (w:b, w:vanish): None when it is not there."""
    if element is None:
        return None
    return _value(element).lower() not in ("0", "false", "off")


def _int(text: str, default: int) -> int:
    try:
        return int(text)
    except ValueError:
        return default


class _Reader:
    """One reading of one archive; a class because every step needs styles, numbering and the state."""

    def __init__(self, archive: zipfile.ZipFile, where: str) -> None:
        self.archive = archive
        self.where = where
        self.names = set(archive.namelist())
        self.main = self._main_part()
        self.folder = self.main.rpartition("/")[0]
        self.styles: dict[str, _Style] = {}
        self.default_style = ""
        self.levels: dict[str, dict[int, _Level]] = {}
        self.nums: dict[str, tuple[str, dict[int, int], dict[int, _Level]]] = {}
        self.state = _State()
        self.part = ""
        self.index: dict[Any, int] = {}

    # parts -----------------------------------------------------------------------------------------------------------

    def _part(self, name: str) -> Any:
        if name not in self.names:
            return None
        info = self.archive.getinfo(name)
        if info.flag_bits & 1:
            raise ReadError(f"{self.where}: is encrypted; save it without a password")
        if info.file_size > _PART_LIMIT:
            raise ReadError(f"{self.where}: {name} unpacks to {info.file_size:,} bytes, more than a document holds")
        with self.archive.open(name) as stream:
            data = stream.read(_PART_LIMIT + 1)
        if len(data) > _PART_LIMIT:
            raise ReadError(f"{self.where}: {name} unpacks to more than {_PART_LIMIT:,} bytes")
        return parse_xml(data, f"{self.where}: {name}")

    def _main_part(self) -> str:
        rels = self._part("_rels/.rels")
        if rels is not None:
            for rel in rels:
                if str(rel.get("Type", "")).endswith("/officeDocument"):
                    name = str(rel.get("Target", "")).lstrip("/")
                    if name in self.names and "document" in name:
                        return name
        if "word/document.xml" in self.names:
            return "word/document.xml"
        for folder, what in (("xl/", "an Excel workbook"), ("ppt/", "a PowerPoint presentation")):
            if any(n.startswith(folder) for n in self.names):
                raise ReadError(f"{self.where}: is {what}, not a Word document; accepted: DOCX")
        what = "an OpenDocument or EPUB file" if "mimetype" in self.names else "a ZIP archive"
        raise ReadError(f"{self.where}: is {what} without a Word document in it; accepted: DOCX")

    def read(self) -> tuple[Raw, tuple[RunPlace, ...]]:
        root = self._part(self.main)
        self._read_styles(self._part(f"{self.folder}/styles.xml"))
        self._read_numbering(self._part(f"{self.folder}/numbering.xml"))
        body = _child(root, "body")
        if body is None:
            raise ReadError(f"{self.where}: its document has no body; accepted: DOCX")
        self._open(self.main, root)
        self._blocks(body, None)
        for name in ("footnotes", "endnotes"):
            notes = self._part(f"{self.folder}/{name}.xml")
            if notes is not None:
                self._open(f"{self.folder}/{name}.xml", notes)
                for note in notes:
                    if _local(note) in ("footnote", "endnote") and _value(note, "type") in ("", "normal"):
                        self._blocks(note, None, kind="note")
        state = self.state
        text = "".join(state.chunks)
        if not text.strip():
            raise ReadError(f"{self.where}: holds no text")
        notices = []
        if state.deletions or state.insertions:
            notices.append(
                f"tracked changes are read as accepted: {state.insertions} insertions kept, {state.deletions} deletions left out"
            )
        if state.hidden:
            notices.append(f"{state.hidden} pieces of hidden text left out")
        return Raw(text, tuple(state.blocks), tuple(notices)), tuple(state.places)

    def _open(self, part: str, root: Any) -> None:
        self.part = part
        self.index = {}
        for space in _W:
            self.index.update({e: n for n, e in enumerate(root.iter(space + "t"))})

    # styles and numbering --------------------------------------------------------------------------------------------

    def _read_styles(self, root: Any) -> None:
        for element in root if root is not None else ():
            if _local(element) != "style":
                continue
            key = _value(element, "styleId")
            style = _Style(_value(_child(element, "name")).lower(), _value(_child(element, "basedOn")))
            ppr, rpr = _child(element, "pPr"), _child(element, "rPr")
            if ppr is not None:
                style.outline = _int(_value(_child(ppr, "outlineLvl")), -1)
                style.num = _value(_child(ppr, "numPr", "numId"))
                style.depth = _int(_value(_child(ppr, "numPr", "ilvl")), -1)
            if rpr is not None:
                style.bold, style.hidden = _on(_child(rpr, "b")), _on(_child(rpr, "vanish"))
            self.styles[key] = style
            if _value(element, "type") == "paragraph" and _value(element, "default") in ("1", "true"):
                self.default_style = key

    def _chain(self, key: str) -> Iterator[_Style]:
        seen = set()
        while key and key not in seen and key in self.styles:
            seen.add(key)
            yield self.styles[key]
            key = self.styles[key].base

    def _read_numbering(self, root: Any) -> None:
        if root is None:
            return
        links: dict[str, str] = {}
        for element in root:
            name = _local(element)
            if name == "abstractNum":
                key = _value(element, "abstractNumId")
                self.levels[key] = {_int(_value(e, "ilvl"), 0): _level(e) for e in element if _local(e) == "lvl"}
                link = _value(_child(element, "numStyleLink"))
                if link:
                    links[key] = link
            elif name == "num":
                starts: dict[int, int] = {}
                own: dict[int, _Level] = {}
                for over in element:
                    if _local(over) != "lvlOverride":
                        continue
                    depth = _int(_value(over, "ilvl"), 0)
                    start = _child(over, "startOverride")
                    if start is not None:
                        starts[depth] = _int(_value(start), 1)
                    lvl = _child(over, "lvl")
                    if lvl is not None:
                        own[depth] = _level(lvl)
                self.nums[_value(element, "numId")] = (_value(_child(element, "abstractNumId")), starts, own)
        for key, link in links.items():
            target = next((s.num for s in self._chain(link) if s.num), "")
            if target in self.nums and self.nums[target][0] in self.levels:
                self.levels[key] = self.levels[self.nums[target][0]]

    def _number(self, ppr: Any, style: str) -> tuple[str, bool, int]:
        """Return the number of a paragraph as Word shows it with its blank, whether it is a bullet, and its depth.

        Counts as a side effect: call it once for each paragraph.
        """
        num, depth = "", -1
        direct = _child(ppr, "numPr") if ppr is not None else None
        if direct is not None:
            num = _value(_child(direct, "numId"))
            depth = _int(_value(_child(direct, "ilvl")), -1)
        if not num:
            num = next((s.num for s in self._chain(style) if s.num), "")
            if depth < 0:
                depth = next((s.depth for s in self._chain(style) if s.depth >= 0), -1)
        if not num or num == "0" or num not in self.nums:
            return "", False, 0
        abstract, starts, own = self.nums[num]
        levels = dict(self.levels.get(abstract, {}))
        levels.update(own)
        if depth < 0:
            depth = next((d for d, lvl in levels.items() if lvl.style and lvl.style == style), 0)
        level = levels.get(depth)
        if level is None:
            return "", False, depth
        counts = self.state.counters.setdefault(abstract, {})
        if depth in starts and (num, depth) not in self.state.begun:
            counts[depth] = starts[depth]
        else:
            counts[depth] = counts[depth] + 1 if depth in counts else level.start
        self.state.begun.add((num, depth))
        for deeper in [d for d in counts if d > depth]:
            limit = levels[deeper].restart if deeper in levels else -1
            if limit != 0 and (limit < 0 or depth < limit):
                del counts[deeper]
        if level.form == "bullet":
            return "", True, depth
        if level.form == "none" and "%" not in level.text:
            return "", False, depth
        out = level.text
        for other in range(9):
            mark = f"%{other + 1}"
            if mark in out:
                lvl = levels.get(other, _Level())
                form = "decimal" if level.legal else lvl.form
                out = out.replace(mark, format_number(counts.get(other, lvl.start), form))
        if not out.strip():
            return "", False, depth
        return out + ("" if level.after == "nothing" else " "), False, depth

    # the walk --------------------------------------------------------------------------------------------------------

    def _put(self, text: str) -> None:
        self.state.chunks.append(text)
        self.state.size += len(text)

    def _blocks(self, parent: Any, cell: tuple[int, int, int] | None, *, kind: str = "") -> None:
        for element in parent:
            name = _local(element)
            if name == "p":
                self._paragraph(element, cell, kind)
            elif name == "tbl":
                self._table(element, kind)
            elif name == "sdt":
                gallery = next((e for e in element.iter() if _local(e) == "docPartGallery"), None)
                content = _child(element, "sdtContent")
                if content is not None and "contents" not in _value(gallery).lower():
                    self._blocks(content, cell, kind=kind)
            elif name in ("ins", "moveTo", "customXml", "smartTag"):
                self._blocks(element, cell, kind=kind)
            elif _bare(element) == "AlternateContent":
                choice = _alternative(element)
                if choice is not None:
                    self._blocks(choice, cell, kind=kind)

    def _table(self, table: Any, kind: str) -> None:
        self.state.tables += 1
        number = self.state.tables
        row = 0
        for tr in _rows(table):
            trpr = _child(tr, "trPr")
            if trpr is not None and _child(trpr, "del") is not None:
                self.state.deletions += 1
                continue
            column = _int(_value(_child(trpr, "gridBefore")), 0) if trpr is not None else 0
            for tc in _cells(tr):
                tcpr = _child(tc, "tcPr")
                span = _int(_value(_child(tcpr, "gridSpan")), 1) if tcpr is not None else 1
                self._blocks(tc, (number, row, column), kind=kind)
                column += max(1, span)
            row += 1

    def _paragraph(self, p: Any, cell: tuple[int, int, int] | None, kind: str) -> None:
        state = self.state
        ppr = _child(p, "pPr")
        style = _value(_child(ppr, "pStyle")) if ppr is not None else ""
        style = style or self.default_style
        marks = _child(ppr, "rPr") if ppr is not None else None
        chain = list(self._chain(style))
        base_bold = next((s.bold for s in chain if s.bold is not None), False) or False
        base_hidden = next((s.hidden for s in chain if s.hidden is not None), False) or False
        carried = state.carry
        state.carry = None
        start = carried[0] if carried else state.size
        label, bullet, depth = "", False, 0
        has_text = any(_local(e) == "t" and (e.text or "").strip() for e in p.iter())
        gone = marks is not None and _child(marks, "del") is not None
        if carried is None and (has_text or not gone):
            label, bullet, depth = self._number(ppr, style)  # Word numbers empty paragraphs too
            label = label if has_text else ""
            self._put(label)
        bold = [0, 0]
        self._inline(p, base_bold, base_hidden, bold, [])
        if gone and has_text:
            state.carry = (start, None)
            return
        text = "".join(state.chunks)[start:] if carried else None
        content = text if text is not None else self._since(start)
        end = start + len(content.rstrip())
        first = start + len(content) - len(content.lstrip())
        if content.strip() and content.strip() != label.strip():
            made = kind
            level = depth
            if not made:
                outline = _int(_value(_child(ppr, "outlineLvl")), -1) if ppr is not None else -1
                made, level = self._kind(chain, outline, bullet, depth)
            if cell is not None and made in ("", "item", "heading"):
                made = "cell"
            if (
                made == ""
                and bold[1]
                and bold[0] == bold[1] <= _BOLD_LIMIT
                and "\n" not in content.strip()
                and content.strip()[-1] not in "。.;；、,，：:"
            ):
                made, level = "heading", 7
            state.blocks.append(
                Block(first, end, made, level, cell=cell if made == "cell" else None, numbered=bool(label))
            )
        self._put("\n")
        boxes, state.boxes = state.boxes, []
        for box in boxes:
            self._blocks(box, None, kind=kind)

    def _since(self, start: int) -> str:
        back: list[str] = []
        size = self.state.size
        for chunk in reversed(self.state.chunks):
            if size <= start:
                break
            back.append(chunk)
            size -= len(chunk)
        return "".join(reversed(back))

    def _kind(self, chain: list[_Style], outline: int, bullet: bool, depth: int) -> tuple[str, int]:
        names = [s.name for s in chain]
        if any(n in ("title", "表題", "document title") for n in names[:2]):
            return "title", 0
        if any(n.startswith(("toc ", "目次", "table of figures")) and n != "toc heading" for n in names[:1]):
            return "furniture", 0
        found = outline if outline >= 0 else next((s.outline for s in chain if s.outline >= 0), -1)
        if 0 <= found <= 8:
            return "heading", found + 1
        for n in names:
            if n.startswith(("heading ", "見出し ")) and n.split()[-1].isdigit():
                return "heading", int(n.split()[-1])
        return ("item", depth) if bullet else ("", depth)

    def _inline(self, parent: Any, bold: bool, hidden: bool, count: list[int], fields: list[str]) -> None:
        state = self.state
        for element in parent:
            name = _local(element)
            if name == "r":
                self._run(element, bold, hidden, count, fields)
            elif name in ("del", "moveFrom"):
                if any(_local(e) in ("delText", "t") for e in element.iter()):
                    state.deletions += 1
            elif name in ("ins", "moveTo"):
                state.insertions += 1
                self._inline(element, bold, hidden, count, fields)
            elif name in ("hyperlink", "smartTag", "sdtContent", "fldSimple", "bdo", "dir", "customXml", "rubyBase"):
                if name == "fldSimple" and _value(element, "instr").strip().upper().startswith(("PAGE", "NUMPAGES")):
                    continue
                self._inline(element, bold, hidden, count, fields)
            elif name == "sdt":
                content = _child(element, "sdtContent")
                if content is not None:
                    self._inline(content, bold, hidden, count, fields)
            elif _bare(element) in ("oMath", "oMathPara"):
                for piece in element.iter():
                    if _bare(piece) == "t" and piece.text:
                        self._put(piece.text)
            elif _bare(element) == "AlternateContent":
                choice = _alternative(element)
                if choice is not None:
                    self._inline(choice, bold, hidden, count, fields)

    def _run(self, run: Any, bold: bool, hidden: bool, count: list[int], fields: list[str]) -> None:
        rpr = _child(run, "rPr")
        if rpr is not None:
            style = _value(_child(rpr, "rStyle"))
            chain = list(self._chain(style)) if style else []
            own = _on(_child(rpr, "vanish"))
            hidden = (
                own if own is not None else next((s.hidden for s in chain if s.hidden is not None), hidden) or False
            )
            own = _on(_child(rpr, "b"))
            bold = own if own is not None else next((s.bold for s in chain if s.bold is not None), bold) or False
        self._content(run, bold, hidden, count, fields)

    def _content(self, parent: Any, bold: bool, hidden: bool, count: list[int], fields: list[str]) -> None:
        state = self.state
        for element in parent:
            name = _local(element)
            if name == "fldChar":
                kind = _value(element, "fldCharType")
                if kind == "begin":
                    fields.append("code")
                elif kind == "separate" and fields:
                    fields[-1] = "skip" if fields[-1] == "page" else "result"
                elif kind == "end" and fields:
                    fields.pop()
            elif name == "instrText":
                if (fields and (element.text or "").strip().upper().startswith(("PAGE ", "NUMPAGES"))) or (
                    element.text or ""
                ).strip().upper() == "PAGE":
                    fields[-1:] = ["page"]
            elif name in ("drawing", "pict", "object") or _bare(element) == "AlternateContent":
                source = element if name else _alternative(element)
                if source is not None:
                    state.boxes += [] if hidden else _text_boxes(source)
            elif name == "ruby":
                base = _child(element, "rubyBase")
                if base is not None:
                    self._inline(base, bold, hidden, count, fields)
            elif name == "t":
                text = element.text or ""
                if not text or any(f in ("code", "page", "skip") for f in fields):
                    continue
                if hidden:
                    state.hidden += 1
                    continue
                offset = 0
                if element.get("{http://www.w3.org/XML/1998/namespace}space") != "preserve":
                    offset = len(text) - len(text.lstrip(" \t\r\n"))
                    text = text.strip(" \t\r\n")
                if text:
                    state.places.append(
                        RunPlace(state.size, state.size + len(text), self.part, self.index[element], offset)
                    )
                    self._put(text)
                    seen = sum(not c.isspace() for c in text)
                    count[1] += seen
                    count[0] += seen if bold else 0
            elif hidden:
                continue
            elif name == "tab":
                self._put("\t")
            elif name in ("br", "cr"):
                self._put("\n")
            elif name == "noBreakHyphen":
                self._put("\u2011")
            elif name == "sym":
                code = _int_hex(_value(element, "char"))
                if 0x20 < code < 0xE000:
                    self._put(chr(code))


def _int_hex(text: str) -> int:
    try:
        return int(text, 16)
    except ValueError:
        return 0


def _alternative(element: Any) -> Any:
    """Return the branch of mc:AlternateContent that Word would show: the first choice, else the fallback."""
    choice = next((c for c in element if _bare(c) == "Choice"), None)
    return choice if choice is not None else next((c for c in element if _bare(c) == "Fallback"), None)


def _text_boxes(element: Any) -> list[Any]:
    """Return the outermost text boxes of a drawing, each once."""
    out: list[Any] = []
    stack = [element]
    while stack:
        at = stack.pop()
        if _local(at) == "txbxContent":
            out.append(at)
            continue
        if _bare(at) == "AlternateContent":
            choice = _alternative(at)
            if choice is not None:
                stack.append(choice)
            continue
        stack.extend(reversed([c for c in at if isinstance(c.tag, str)]))
    return out


def _rows(table: Any) -> Iterator[Any]:
    for element in table:
        name = _local(element)
        if name == "tr":
            yield element
        elif name in ("sdt", "customXml", "ins"):
            content = _child(element, "sdtContent") if name == "sdt" else element
            if content is not None:
                yield from _rows(content)


def _cells(row: Any) -> Iterator[Any]:
    for element in row:
        name = _local(element)
        if name == "tc":
            yield element
        elif name in ("sdt", "customXml"):
            content = _child(element, "sdtContent") if name == "sdt" else element
            if content is not None:
                yield from _cells(content)


def _level(element: Any) -> _Level:
    form = _value(_child(element, "numFmt")) or "decimal"
    for alternative in element:
        if _bare(alternative) == "AlternateContent":
            choice = _alternative(alternative)
            inner = _child(choice, "numFmt") if choice is not None else None
            form = _value(inner) or form
    return _Level(
        _int(_value(_child(element, "start")), 1),
        form,
        _value(_child(element, "lvlText")),
        _value(_child(element, "suff")) or "tab",
        _int(_value(_child(element, "lvlRestart")), -1),
        bool(_on(_child(element, "isLgl"))),
        _value(_child(element, "pStyle")),
    )


# ---------------------------------------------------------------------------------------------------------------------
# Number formats (ECMA-376-1, 17.18.59 ST_NumberFormat)

_AIUEO = "アイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワヲン"
_AIUEO_HALF = "ｱｲｳｴｵｶｷｸｹｺｻｼｽｾｿﾀﾁﾂﾃﾄﾅﾆﾇﾈﾉﾊﾋﾌﾍﾎﾏﾐﾑﾒﾓﾔﾕﾖﾗﾘﾙﾚﾛﾜｦﾝ"
_IROHA = "イロハニホヘトチリヌルヲワカヨタレソツネナラムウヰノオクヤマケフコエテアサキユメミシヱヒモセスン"
_IROHA_HALF = "ｲﾛﾊﾆﾎﾍﾄﾁﾘﾇﾙｦﾜｶﾖﾀﾚｿﾂﾈﾅﾗﾑｳヰﾉｵｸﾔﾏｹﾌｺｴﾃｱｻｷﾕﾒﾐｼヱﾋﾓｾｽﾝ"
_STEMS = "甲乙丙丁戊己庚辛壬癸"
_BRANCHES = "子丑寅卯辰巳午未申酉戌亥"
_ONES = "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen".split()
_TENS = "zero ten twenty thirty forty fifty sixty seventy eighty ninety".split()
_ORDINALS = {
    "one": "first",
    "two": "second",
    "three": "third",
    "five": "fifth",
    "eight": "eighth",
    "nine": "ninth",
    "twelve": "twelfth",
}
_LEGAL = dict(zip("一二三十百千", "壱弐参拾百阡", strict=True))


def format_number(value: int, form: str) -> str:
    """Write a number in one of Word's number formats; an unknown format gives ASCII figures."""
    if form in ("bullet", "none"):
        return ""
    if value < 1:
        return str(value)
    if form in ("lowerLetter", "upperLetter"):
        text = chr(97 + (value - 1) % 26) * ((value - 1) // 26 + 1)
        return text if form == "lowerLetter" else text.upper()
    if form in ("lowerRoman", "upperRoman"):
        text = roman(value)
        return text if form == "upperRoman" else text.lower()
    if form in ("decimalFullWidth", "decimalFullWidth2"):
        return "".join(chr(ord(c) + 0xFEE0) for c in str(value))
    if form == "decimalZero":
        return f"{value:02d}"
    if form == "numberInDash":
        return f"- {value} -"
    rings = {
        "decimalEnclosedCircle": (0x2460, 20),
        "decimalEnclosedFullstop": (0x2488, 20),
        "decimalEnclosedParen": (0x2474, 20),
        "decimalEnclosedCircleChinese": (0x2460, 20),
    }
    if form in rings:
        base, count = rings[form]
        if value <= count:
            return chr(base + value - 1)
        return chr(0x3251 + value - 21) if 21 <= value <= 35 and base == 0x2460 else str(value)
    orders = {
        "aiueo": _AIUEO_HALF,
        "aiueoFullWidth": _AIUEO,
        "iroha": _IROHA_HALF,
        "irohaFullWidth": _IROHA,
        "ideographTraditional": _STEMS,
        "ideographZodiac": _BRANCHES,
    }
    if form in orders:
        order = orders[form]
        return order[(value - 1) % len(order)]
    if form in (
        "japaneseCounting",
        "chineseCounting",
        "chineseCountingThousand",
        "taiwaneseCounting",
        "taiwaneseCountingThousand",
        "koreanCounting",
    ):
        return kanji(value)
    if form in ("japaneseDigitalTenThousand", "ideographDigital", "taiwaneseDigital", "koreanDigital"):
        return "".join("〇一二三四五六七八九"[int(c)] for c in str(value))
    if form == "japaneseLegal":
        return "".join(_LEGAL.get(c, c) for c in kanji(value))
    if form == "ordinal":
        tail = "th" if 10 <= value % 100 <= 20 else {1: "st", 2: "nd", 3: "rd"}.get(value % 10, "th")
        return f"{value}{tail}"
    if form in ("cardinalText", "ordinalText"):
        text = _words(value)
        if form == "ordinalText":
            head, gap, last = text.rpartition("-") if "-" in text else text.rpartition(" ")
            last = _ORDINALS.get(last, last[:-1] + "ieth" if last.endswith("y") else last + "th")
            text = head + gap + last
        return text.capitalize()
    return str(value)


def _words(value: int) -> str:
    if value < 20:
        return _ONES[value]
    if value < 100:
        return _TENS[value // 10] + (f"-{_ONES[value % 10]}" if value % 10 else "")
    if value < 1000:
        return f"{_ONES[value // 100]} hundred" + (f" {_words(value % 100)}" if value % 100 else "")
    return str(value)


def roman(value: int) -> str:
    """Write a number in upper-case Roman figures."""
    out = ""
    for size, mark in zip(
        (1000, 900, 500, 400, 100, 90, 50, 40, 10, 9, 5, 4, 1), "M CM D CD C XC L XL X IX V IV I".split(), strict=True
    ):
        while value >= size:
            out += mark
            value -= size
    return out


def kanji(value: int) -> str:
    """Write a number below a hundred million in kanji (二百三十一)."""
    if value >= 10000:
        return kanji(value // 10000) + "万" + (kanji(value % 10000) if value % 10000 else "")
    out = ""
    for size, mark in ((1000, "千"), (100, "百"), (10, "十")):
        digit, value = divmod(value, size)
        if digit:
            out += ("" if digit == 1 else "〇一二三四五六七八九"[digit]) + mark
    return out + ("〇一二三四五六七八九"[value] if value else "")
