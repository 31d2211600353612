"""Word: the very file that was read, with a comment at the exact words of each finding.

From a DOCX input every member of the file comes back byte for byte, but for the main text (comment ranges, split runs),
the comments and what registers them. Runs are split without changing their look. With `suggest` exact suggestions become
tracked changes by "mocalign", which Word and LibreOffice accept or reject; rejecting all gives back the input's text.
From other inputs the document is a bilingual table with the same comments. No clock: the same report gives the same bytes.

Word keeps comments out of text boxes and footnotes: there they stand at the paragraph or note mark that holds them.
(ECMA-376 part 1, 17.13: annotations.)
"""

from __future__ import annotations

import bisect
import copy
import io
import posixpath
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from mocalign.errors import WriteError
from mocalign.model import Alignment, Document, Finding, Lang, Segment, Severity, Span
from mocalign.report import Report
from mocalign.writers import Options
from mocalign.writers.shared import MOMENT, archive, message, pieces, side_of, xml_safe

__all__ = ["AUTHOR", "render"]

AUTHOR = "mocalign"
SHAPES = {Severity.critical: "◆", Severity.major: "▲", Severity.minor: "●", Severity.neutral: "○"}
_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_MC = "http://schemas.openxmlformats.org/markup-compatibility/2006"
_REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
_COMMENTS_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml"
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"

_EN = {
    "critical": "critical",
    "major": "major",
    "minor": "minor",
    "neutral": "neutral",
    "suggestion": "Suggestion",
    "ja": "Japanese",
    "en": "English",
    "place": "Place",
    "delete": "(delete)",
    "title": "Bilingual table",
}
_JA = {
    "critical": "致命的",
    "major": "重大",
    "minor": "軽微",
    "neutral": "参考",
    "suggestion": "修正案",
    "ja": "日本語",
    "en": "英語",
    "place": "箇所",
    "delete": "（削除）",
    "title": "対訳表",
}
STRINGS = {"en": _EN, "ja": _JA}


def _w(name: str) -> str:
    return f"{{{_W}}}{name}"


@dataclass(slots=True)
class _Atom:
    """A stretch of the text as read and the element that holds it.

    `element` is a w:t whose text is exactly the stretch. Where `anchor` is set, the stretch lies in a footnote or text
    box and comments go to that run instead.
    """

    start: int
    end: int
    element: Any
    anchor: Any = None


def render(report: Report, options: Options) -> bytes:
    """Return the document.

    `options.side` says which of the two files comes back; `options.suggest` adds tracked changes. Raises `WriteError`
    when the file has changed since it was read.
    """
    document = report.alignment.en if options.side == "en" else report.alignment.ja
    path = Path(document.source)
    if path.suffix.lower() in (".docx", ".docm") and path.is_file():
        return _annotated(path, document, report, options)
    return _bilingual(report, options)


# --- the package -------------------------------------------------------------------------------------------------------


@dataclass(slots=True)
class _Package:
    """A DOCX file: its members in order, and the trees of those that are worked on."""

    infos: list[zipfile.ZipInfo]
    content: dict[str, bytes]
    main: str
    tree: Any

    def related(self, kind: str) -> str | None:
        """The member that the main text names by a relationship of this kind."""
        rels = self.content.get(_rels_of(self.main))
        if rels is None:
            return None
        for item in _parse(rels):
            if item.get("Type", "").endswith(f"/{kind}") and item.get("TargetMode") != "External":
                return _resolve(self.main, item.get("Target", ""))
        return None


def _parse(content: bytes) -> Any:
    from lxml import etree

    return etree.fromstring(content, etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True))


def _serialise(tree: Any) -> bytes:
    from lxml import etree

    content: bytes = etree.tostring(tree, encoding="UTF-8", xml_declaration=True, standalone=True)
    return content


def _rels_of(member: str) -> str:
    folder, name = posixpath.split(member)
    return posixpath.join(folder, "_rels", f"{name}.rels")


def _resolve(member: str, target: str) -> str:
    if target.startswith("/"):
        return target.lstrip("/")
    return posixpath.normpath(posixpath.join(posixpath.dirname(member), target))


def _open(content: bytes, where: str) -> _Package:
    from lxml import etree

    try:
        with zipfile.ZipFile(io.BytesIO(content)) as source:
            infos = source.infolist()
            members = {i.filename: source.read(i) for i in infos}
        main = "word/document.xml"
        for item in _parse(members["_rels/.rels"]):
            if item.get("Type", "").endswith("/officeDocument"):
                main = _resolve("", item.get("Target", main))
        return _Package(infos, members, main, _parse(members[main]))
    except (zipfile.BadZipFile, KeyError, OSError, RuntimeError, etree.XMLSyntaxError) as error:
        raise WriteError(f"{where}: cannot be opened again as a DOCX file: {error}") from None


def _closed(package: _Package, comments: Sequence[Any]) -> bytes:
    """Return the bytes of the package with its new main text and comments; other members stay as they are."""
    changed = {package.main: _serialise(package.tree)}
    added: dict[str, bytes] = {}
    if comments:
        name = package.related("comments")
        if name is not None and name in package.content:
            tree = _parse(package.content[name])
            tree.extend(comments)
            changed[name] = _serialise(tree)
        else:
            from lxml import etree

            folder = posixpath.dirname(package.main)
            taken = set(package.content)
            name = next(n for n in (f"{folder}/comments{i or ''}.xml".lstrip("/") for i in range(99)) if n not in taken)
            tree = etree.Element(_w("comments"), nsmap={"w": _W})
            tree.extend(comments)
            added[name] = _serialise(tree)
            changed["[Content_Types].xml"] = _with_type(package.content["[Content_Types].xml"], f"/{name}")
            rels = _rels_of(package.main)
            made = _with_relation(package.content.get(rels), posixpath.basename(name))
            (changed if rels in package.content else added)[rels] = made
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as out:
        for old in package.infos:
            if old.is_dir():
                continue
            info = zipfile.ZipInfo(old.filename, old.date_time)
            info.compress_type = old.compress_type
            info.external_attr, info.create_system = old.external_attr, old.create_system
            out.writestr(info, changed.get(old.filename, package.content[old.filename]))
        for name, content in added.items():
            info = zipfile.ZipInfo(name, (2000, 1, 1, 0, 0, 0))
            info.compress_type = zipfile.ZIP_DEFLATED
            info.create_system = 0
            out.writestr(info, content)
    return stream.getvalue()


def _with_type(content: bytes, part: str) -> bytes:
    from lxml import etree

    tree = _parse(content)
    etree.SubElement(tree, f"{{{_TYPES}}}Override", PartName=part, ContentType=_COMMENTS_TYPE)
    return _serialise(tree)


def _with_relation(content: bytes | None, target: str) -> bytes:
    from lxml import etree

    names: dict[Any, str] = {None: _PACKAGE}
    tree = _parse(content) if content is not None else etree.Element(f"{{{_PACKAGE}}}Relationships", nsmap=names)
    taken = {item.get("Id") for item in tree}
    number = next(n for n in range(1, len(taken) + 2) if f"rIdMocalign{n}" not in taken)
    etree.SubElement(
        tree, f"{{{_PACKAGE}}}Relationship", Id=f"rIdMocalign{number}", Type=f"{_REL}/comments", Target=target
    )
    return _serialise(tree)


# --- where the text stands ---------------------------------------------------------------------------------------------


def _annotated(path: Path, document: Document, report: Report, options: Options) -> bytes:
    try:
        content = path.read_bytes()
    except OSError as error:
        raise WriteError(f"{path}: cannot be read again: {error.strerror}") from None
    package = _open(content, str(path))
    if not str(package.tree.tag).startswith(f"{{{_W}}}"):
        raise WriteError(f"{path}: is saved as Strict Open XML, which takes no comments here; save it as ordinary DOCX")
    atoms = _atoms(package, path, document.text)
    if document.text.strip() and not atoms:
        raise WriteError(f"{path}: holds another text than the one that was checked; check it again")
    other = report.alignment.ja if document.lang == "en" else report.alignment.en
    both = other.source == document.source and other.text == document.text  # one file in two languages
    sides: tuple[Lang, ...] = (document.lang, other.lang) if both else (document.lang,)
    work = _Work(package, dict.fromkeys(sides, atoms), options)
    work.put(report, sides)
    return _closed(package, work.comments)


def _atoms(package: _Package, path: Path, text: str) -> list[_Atom]:
    """Return the w:t elements that hold the text as read, in order; none when the file holds another text."""
    from mocalign.readers import docx as reader

    trees: dict[str, Any] = {package.main: package.tree}
    elements: dict[str, list[Any]] = {}
    marks: dict[Any, Any] = {}
    out: list[_Atom] = []
    for place in reader.runs(path):
        if place.part not in trees:
            trees[place.part] = _parse(package.content[place.part])
            marks.update(_note_marks(package.tree, trees[place.part]))
        if place.part not in elements:
            elements[place.part] = list(trees[place.part].iter(_w("t")))
        if place.index >= len(elements[place.part]):
            return []
        element = elements[place.part][place.index]
        piece = (element.text or "")[place.offset : place.offset + place.end - place.start]
        if piece != text[place.start : place.end]:
            return []
        if len(element.text) != len(piece):
            element.text = piece  # Word shows no blanks at the edges of a w:t that does not preserve them
        if place.part == package.main:
            paragraph = next(element.iterancestors(_w("p")), None)
            out.append(_Atom(place.start, place.end, element, None if paragraph is None else _outer_run(paragraph)))
        else:
            note = next(element.iterancestors(_w("footnote"), _w("endnote")), None)
            if note in marks:
                out.append(_Atom(place.start, place.end, element, marks[note]))
    return out


def _note_marks(main: Any, notes: Any) -> dict[Any, Any]:
    """Note element to the run of the main text that refers to it."""
    out = {}
    for kind in ("footnote", "endnote"):
        runs = {e.get(_w("id")): _outer_run(e) for e in main.iter(_w(f"{kind}Reference"))}
        out.update({n: runs[n.get(_w("id"))] for n in notes.iter(_w(kind)) if runs.get(n.get(_w("id"))) is not None})
    return out


def _outer_run(element: Any) -> Any:
    """The outermost run around an element, None outside runs."""
    run = None
    for run in element.iterancestors(_w("r")):  # noqa: B007 - the last one is the outermost
        pass
    return run


# --- comments and changes ----------------------------------------------------------------------------------------------


class _Work:
    """The pen: splits runs, sets comment ranges and tracked changes. Used once for one document."""

    def __init__(self, package: _Package, atoms: Mapping[Lang, list[_Atom]], options: Options) -> None:
        self.package = package
        self.atoms = dict(atoms)
        self.options = options
        self.comments: list[Any] = []
        self.changed: list[Span] = []
        tree = package.tree
        ids = [int(e.get(_w("id"))) for e in tree.iter() if _number(e.get(_w("id")))]
        name = package.related("comments")
        if name is not None and name in package.content:
            ids += [int(c.get(_w("id"))) for c in _parse(package.content[name]) if _number(c.get(_w("id")))]
        self.next = max(ids, default=-1) + 1
        styles = package.content.get(package.related("styles") or "", b"")
        self.styles = {n for n in ("CommentReference", "CommentText") if f'"{n}"'.encode() in styles}

    def put(self, report: Report, sides: Sequence[Lang]) -> None:
        """Write one comment for each finding, and its change where that is asked for and possible."""
        for finding in report.findings:
            lang, span, exact = _target(finding, sides, report.alignment, self.atoms)
            if span is None:
                continue
            first, last = self._range(lang, span, finding if exact else None)
            if first is None:
                continue
            self._comment(first, last, finding, lang)

    def _range(self, lang: Lang, span: Span, finding: Finding | None) -> tuple[Any, Any]:
        """Return the first and last element of a stretch, runs split at its edges; change it where asked."""
        atoms = self.atoms[lang]
        start, end = span.start, span.end
        if start == end:
            start, end = _widened(atoms, start)
        inside = _within(atoms, start, end)
        if not inside:
            return None, None
        for at in (start, end):
            self._cut(lang, at)
        inside = _within(self.atoms[lang], start, end)
        elements = [_anchor(a) for a in inside]
        if self.options.suggest and finding is not None and finding.suggestion is not None:
            owner: Lang = "ja" if finding.ja is not None else "en"
            if owner == lang:
                changed = self._change(lang, span, finding.suggestion)
                if changed:
                    return changed
        return elements[0], elements[-1]

    def _cut(self, lang: Lang, at: int) -> None:
        """Split the run at an offset so that a run begins there."""
        atoms = self.atoms[lang]
        for number in range(bisect.bisect_right(atoms, at, key=lambda a: a.end), len(atoms)):
            atom = atoms[number]
            if atom.start > at:
                return
            if atom.anchor is not None or not _plain(atom.element):
                continue
            run, element = atom.element.getparent(), atom.element
            if at > atom.start:
                second = copy.deepcopy(element)
                element.text, second.text = element.text[: at - atom.start], element.text[at - atom.start :]
                element.set(_SPACE, "preserve")
                second.set(_SPACE, "preserve")
                second.tail = element.tail
                element.tail = None
                element.addnext(second)
                atoms.insert(number + 1, _Atom(at, atom.end, second))
                atom.end = at
                element = second
            before = [c for c in element.itersiblings(preceding=True) if c.tag != _w("rPr")]
            if before:
                other = run.makeelement(run.tag, dict(run.attrib), nsmap={"w": _W})
                look = run.find(_w("rPr"))
                if look is not None:
                    other.append(copy.deepcopy(look))
                rest = [element, *element.itersiblings()]
                run.addnext(other)
                other.extend(rest)
            return

    def _change(self, lang: Lang, span: Span, suggestion: str) -> tuple[Any, Any] | None:
        """Replace a stretch as a tracked change; None where the file's structure does not allow it exactly."""
        old = span.text
        if any(c in suggestion for c in "\r\n\t") or old == suggestion:
            return None
        head = _shared(old, suggestion)
        tail = _shared(old[head:][::-1], suggestion[head:][::-1])
        start, end = span.start + head, span.end - tail
        new = suggestion[head : len(suggestion) - tail]
        if any(s.start < end and start < s.end for s in self.changed if start < end) or any(
            s.start <= start <= s.end for s in self.changed
        ):
            return None
        covering = self._covering(lang, span)
        parents = {id(a.element.getparent().getparent()) for a in covering}
        whole = not old or "".join(a.element.text for a in covering) == old
        if not covering or len(parents) > 1 or not whole or any(a.anchor is not None for a in covering):
            return None
        if not all(_plain(a.element) for a in covering) or _revised(covering[0].element):
            return None
        for at in (start, end):
            self._cut(lang, at)
        covering = self._covering(lang, span)
        doomed = _within(covering, start, end)
        first, last = covering[0].element.getparent(), covering[-1].element.getparent()
        if any(len([c for c in a.element.getparent() if c.tag not in (_w("rPr"), _w("t"))]) for a in doomed):
            return None
        made = None
        for atom in doomed:
            run = atom.element.getparent()
            wrap = self._mark("del")
            run.addprevious(wrap)
            wrap.append(run)
            for t in run.findall(_w("t")):
                t.tag = _w("delText")
                t.set(_SPACE, "preserve")
            made = wrap
            first = wrap if run is first else first
            last = wrap if run is last else last
        if new:
            wrap = self._mark("ins")
            model = doomed[0].element.getparent() if doomed else None
            if model is None:
                near = next((a for a in covering if a.end == start), covering[0])
                model = near.element.getparent()
                made = model if near.end == start else None
            run = model.makeelement(_w("r"), nsmap={"w": _W})
            look = model.find(_w("rPr"))
            if look is not None:
                run.append(copy.deepcopy(look))
            t = run.makeelement(_w("t"), nsmap={"w": _W})
            t.text = xml_safe(new)
            t.set(_SPACE, "preserve")
            run.append(t)
            wrap.append(run)
            if made is not None:
                made.addnext(wrap)
                last = wrap if made is last else last
            else:
                model.addprevious(wrap)
                first = wrap if model is first else first
        for a in doomed:
            a.anchor = _Holder(a.element)
        self.changed.append(Span(start, old[head : len(old) - tail]))
        return first, last

    def _covering(self, lang: Lang, span: Span) -> list[_Atom]:
        """The atoms of a stretch; for a place between two characters the one before it, else the one after."""
        atoms = self.atoms[lang]
        if span.text:
            return _within(atoms, span.start, span.end)
        beside = [a for a in atoms if a.end == span.start] or [a for a in atoms if a.start == span.start]
        return beside[:1]

    def _mark(self, name: str) -> Any:
        mark = self.package.tree.makeelement(
            _w(name), {_w("id"): str(self.next), _w("author"): AUTHOR, _w("date"): MOMENT}, nsmap={"w": _W}
        )
        self.next += 1
        return mark

    def _comment(self, first: Any, last: Any, finding: Finding, lang: Lang) -> None:
        number = str(self.next)
        self.next += 1
        make = partial(self.package.tree.makeelement, nsmap={"w": _W})
        begin, stop = make(_w("commentRangeStart")), make(_w("commentRangeEnd"))
        begin.set(_w("id"), number)
        stop.set(_w("id"), number)
        first.addprevious(begin)
        last.addnext(stop)
        run = make(_w("r"))
        if "CommentReference" in self.styles:
            look = make(_w("rPr"))
            style = make(_w("rStyle"))
            style.set(_w("val"), "CommentReference")
            look.append(style)
            run.append(look)
        mark = make(_w("commentReference"))
        mark.set(_w("id"), number)
        run.append(mark)
        top = stop
        while top.getparent() is not None and top.getparent().tag != _w("p"):
            top = top.getparent()
        top.addnext(run)
        self.comments.append(self._note(number, _lines(finding, lang, self.options.lang)))

    def _note(self, number: str, lines: Sequence[str]) -> Any:
        make = partial(self.package.tree.makeelement, nsmap={"w": _W})
        comment = make(_w("comment"), {_w("id"): number, _w("author"): AUTHOR, _w("initials"): "MA"})
        for at, line in enumerate(lines):
            paragraph = make(_w("p"))
            if "CommentText" in self.styles:
                look = make(_w("pPr"))
                style = make(_w("pStyle"))
                style.set(_w("val"), "CommentText")
                look.append(style)
                paragraph.append(look)
            if at == 0:
                mark = make(_w("r"))
                mark.append(make(_w("annotationRef")))
                paragraph.append(mark)
            run, text = make(_w("r")), make(_w("t"))
            if at == 0:
                look = make(_w("rPr"))
                look.append(make(_w("b")))
                run.append(look)
            text.text = xml_safe(line)
            text.set(_SPACE, "preserve")
            run.append(text)
            paragraph.append(run)
            comment.append(paragraph)
        return comment


@dataclass(frozen=True, slots=True)
class _Holder:
    """Stands for the tracked change that now holds an element."""

    element: Any


def _within(atoms: Sequence[_Atom], start: int, end: int) -> list[_Atom]:
    """The atoms that share a character with start..end; atoms are in order and disjoint."""
    out = []
    for at in range(bisect.bisect_right(atoms, start, key=lambda a: a.end), len(atoms)):
        if atoms[at].start >= end:
            break
        out.append(atoms[at])
    return out


def _shared(a: str, b: str) -> int:
    """Length of the common beginning."""
    at = 0
    while at < min(len(a), len(b)) and a[at] == b[at]:
        at += 1
    return at


def _number(value: str | None) -> bool:
    return value is not None and value.lstrip("-").isdigit()


def _plain(element: Any) -> bool:
    """Tell whether a w:t stands in a run of its own paragraph, not inside another run (ruby, text box)."""
    run = element.getparent()
    return run is not None and run.tag == _w("r") and next(run.iterancestors(_w("r")), None) is None


def _revised(element: Any) -> bool:
    """Tell whether an element is part of someone else's tracked change."""
    return next(element.iterancestors(_w("ins"), _w("del"), _w("moveTo"), _w("moveFrom")), None) is not None


def _anchor(atom: _Atom) -> Any:
    """The element a comment range goes beside."""
    if isinstance(atom.anchor, _Holder):
        return next(atom.element.iterancestors(_w("del")))
    if atom.anchor is not None:
        return atom.anchor
    return _outer_run(atom.element)


def _widened(atoms: Sequence[_Atom], at: int) -> tuple[int, int]:
    """A stretch of one character for a finding between two characters: the one before, else the one after."""
    for start, end in ((at - 1, at), (at, at + 1)):
        if any(a.start <= start and end <= a.end for a in atoms):
            return start, end
    near = min(atoms, key=lambda a: min(abs(a.start - at), abs(a.end - at)), default=None)
    return (near.start, near.end) if near is not None else (at, at)


def _target(
    finding: Finding, sides: Sequence[Lang], alignment: Alignment, atoms: Mapping[Lang, Sequence[_Atom]]
) -> tuple[Lang, Span | None, bool]:
    """Where the comment of a finding goes: its own words, else the paragraph that answers, else the nearest before."""
    for lang in sides:
        span = finding.ja if lang == "ja" else finding.en
        if span is not None:
            if _within(atoms[lang], span.start, max(span.end, span.start + 1)):
                return lang, span, True
            if not span.text and atoms[lang]:
                return lang, span, True
    lang = sides[0]
    here = max(finding.bead, 0)
    order = [*range(here, -1, -1), *range(here + 1, len(alignment.beads))]
    for number in order:
        for segment in side_of(alignment.beads[number], lang):
            if _within(atoms[lang], segment.span.start, segment.span.end):
                return lang, segment.span, False
    return lang, None, False


def _lines(finding: Finding, lang: Lang, interface: str) -> list[str]:
    """The paragraphs of a comment: what it is, what is wrong, what to write, and what the other side says."""
    t = STRINGS[interface]
    lines = [f"{SHAPES[finding.severity]} {t[finding.severity.name]} · {finding.code} {finding.name}"]
    lines.append(message(finding, interface))
    if finding.suggestion is not None:
        old = (finding.ja or finding.en or Span(0, "")).text
        lines.append(f"{t['suggestion']}: {old} → {finding.suggestion or t['delete']}")
    other = finding.en if lang == "ja" else finding.ja
    if other is not None and other.text:
        quote = " ".join(other.text.split())
        lines.append(f"{t['en' if lang == 'ja' else 'ja']}: {quote[:400]}")
    return lines


# --- the bilingual table -----------------------------------------------------------------------------------------------


def _bilingual(report: Report, options: Options) -> bytes:
    """A table of the two texts, one bead a row, with the comments."""
    import docx
    from docx.enum.section import WD_ORIENT
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn
    from docx.shared import Mm, Pt

    t = STRINGS[options.lang]
    book = docx.Document()
    normal = book.styles["Normal"]
    normal.font.name, normal.font.size = "Times New Roman", Pt(10.5)
    normal.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), "Yu Mincho")
    page = book.sections[0]
    page.orientation, page.page_width, page.page_height = WD_ORIENT.LANDSCAPE, Mm(297), Mm(210)
    page.left_margin = page.right_margin = page.top_margin = page.bottom_margin = Mm(15)
    alignment = report.alignment
    sides: tuple[Lang, ...] = tuple(d.lang for d in (alignment.ja, alignment.en) if d.segments) or ("ja",)
    widths = [Mm(16), *[Mm((267 - 16) / len(sides))] * len(sides)]
    table = book.add_table(rows=1, cols=len(widths))
    table.style = "Table Grid"
    table.autofit = False
    for cell, title in zip(table.rows[0].cells, [t["place"], *(t[s] for s in sides)], strict=True):
        cell.paragraphs[0].add_run(title).bold = True
    flag = OxmlElement("w:tblHeader")
    table.rows[0]._tr.get_or_add_trPr().append(flag)
    atoms: dict[Lang, list[_Atom]] = {s: [] for s in sides}
    body = table._tbl
    model = copy.deepcopy(_row(len(widths)))
    for bead in alignment.beads:
        row = copy.deepcopy(model)
        cells = row.findall(_w("tc"))
        _fill(cells[0], [(0, 0, ".".join(bead.label))], [])
        for cell, lang in zip(cells[1:], sides, strict=True):
            for at, segment in enumerate(side_of(bead, lang)):
                _fill(cell, _runs(segment, lang), atoms[lang], fresh=at > 0, head=segment.kind in ("title", "heading"))
        body.append(row)
    for grid, width in zip(body.tblGrid.findall(_w("gridCol")), widths, strict=True):
        grid.set(_w("w"), str(int(width.twips)))
    for row in body.iter(_w("tr")):
        for cell, width in zip(row.findall(_w("tc")), widths, strict=True):
            properties = cell.find(_w("tcPr"))
            if properties is None:
                properties = cell.makeelement(_w("tcPr"))
                cell.insert(0, properties)
            for old in properties.findall(_w("tcW")):
                properties.remove(old)
            size = cell.makeelement(_w("tcW"), {_w("w"): str(int(width.twips)), _w("type"): "dxa"})
            properties.insert(0, size)
    book.core_properties.author = AUTHOR
    book.core_properties.title = t["title"]
    stream = io.BytesIO()
    book.save(stream)
    with zipfile.ZipFile(stream) as parts:
        members = [(name, parts.read(name)) for name in parts.namelist()]
    # read back: python-docx serialised a copy, the atoms must point into the tree that is written
    package = _open(archive(members), "the bilingual table")
    moved = dict(zip(body.getroottree().getroot().iter(_w("t")), package.tree.iter(_w("t")), strict=True))
    for lang in sides:
        for atom in atoms[lang]:
            atom.element = moved[atom.element]
        atoms[lang].sort(key=lambda a: a.start)
    work = _Work(package, atoms, options)
    first: tuple[Lang, ...] = tuple(sorted(sides, key=lambda s: s != options.side))
    work.put(report, first)
    return _closed(package, work.comments)


def _row(columns: int) -> Any:
    from docx.oxml import OxmlElement

    row = OxmlElement("w:tr")
    keep = OxmlElement("w:trPr")
    keep.append(OxmlElement("w:cantSplit"))
    row.append(keep)
    for _ in range(columns):
        cell = OxmlElement("w:tc")
        cell.append(OxmlElement("w:tcPr"))
        cell.append(OxmlElement("w:p"))
        row.append(cell)
    return row


def _runs(segment: Segment, lang: Lang) -> list[tuple[int, int, str]]:
    return list(pieces(segment, lang))


def _fill(
    cell: Any, runs: Sequence[tuple[int, int, str]], atoms: list[_Atom], *, fresh: bool = False, head: bool = False
) -> None:
    """Write runs into the last (or a new) paragraph of a cell; verbatim ones become atoms."""
    from docx.oxml import OxmlElement

    if fresh:
        cell.append(OxmlElement("w:p"))
    paragraph = cell.findall(_w("p"))[-1]
    for start, end, text in runs:
        if not text:
            continue
        run, t = OxmlElement("w:r"), OxmlElement("w:t")
        if head:
            look = OxmlElement("w:rPr")
            look.append(OxmlElement("w:b"))
            run.append(look)
        t.text = xml_safe(text)
        t.set(_SPACE, "preserve")
        run.append(t)
        paragraph.append(run)
        if len(text) == end - start:
            atoms.append(_Atom(start, end, t))
