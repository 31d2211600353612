"""What the office and exchange writers share: plain cell text, characters XML allows, archives without a clock."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable, Sequence
from pathlib import PurePosixPath, PureWindowsPath
from typing import TYPE_CHECKING, Any

from mocalign.model import Bead, Document, Finding, Lang, Segment, Span, is_japanese
from mocalign.report import Report

if TYPE_CHECKING:
    from mocalign.embed import Embedder

__all__ = [
    "MOMENT",
    "archive",
    "base_name",
    "bead_text",
    "embedder_of",
    "formula_safe",
    "message",
    "pieces",
    "plain",
    "serialise",
    "side_of",
    "text_of",
    "xml_safe",
]

MOMENT = "2000-01-01T00:00:00Z"  # stands wherever a format demands a time: the same report gives the same bytes
_BREAK = re.compile(r"[ \t\u3000]*[\r\n\v\f\x85\u2028\u2029]\s*")
_ILLEGAL = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def xml_safe(text: str) -> str:
    """Replace what XML 1.0 cannot hold (control characters, lone surrogates) by U+FFFD, one for one."""
    return _ILLEGAL.sub("\ufffd", text)


def pieces(segment: Segment, lang: Lang) -> tuple[tuple[int, int, str], ...]:
    """Return (start, end, text) runs of a segment in document offsets; holes left out, line breaks joined.

    A break becomes a space between Latin letters and nothing beside a Japanese character. Nothing is folded: where
    `len(text) == end - start` the run is verbatim.
    """
    base, raw = segment.span.start, segment.span.text
    keep: list[tuple[int, int]] = []
    at = 0
    for hole in sorted(segment.holes):
        if hole.start - base > at:
            keep.append((at, hole.start - base))
        at = max(at, hole.end - base)
    if at < len(raw):
        keep.append((at, len(raw)))
    out: list[tuple[int, int, str]] = []
    for start, end in keep:
        cut = start
        for found in _BREAK.finditer(raw, start, end):
            if found.start() > cut:
                out.append((base + cut, base + found.start(), raw[cut : found.start()]))
            before = raw[found.start() - 1 : found.start()] if found.start() else ""
            after = raw[found.end() : found.end() + 1]
            tight = lang == "ja" and any(c and is_japanese(c) for c in (before, after))
            if before and after and not tight:
                out.append((base + found.start(), base + found.end(), " "))
            cut = found.end()
        if cut < end:
            out.append((base + cut, base + end, raw[cut:end]))
    while out and not out[0][2].strip():
        out.pop(0)
    while out and not out[-1][2].strip():
        out.pop()
    if out:
        s, e, t = out[0]
        out[0] = (s + len(t) - len(t.lstrip()), e, t.lstrip()) if len(t) == e - s else out[0]
        s, e, t = out[-1]
        out[-1] = (s, e - (len(t) - len(t.rstrip())), t.rstrip()) if len(t) == e - s else out[-1]
    return tuple(out)


def plain(segment: Segment, lang: Lang) -> str:
    """The text of a segment on one line, characters as written."""
    return "".join(text for _, _, text in pieces(segment, lang))


def bead_text(segments: Sequence[Segment], lang: Lang, *, between: str = "\n") -> str:
    """The text of one side of a bead."""
    return between.join(plain(s, lang) for s in segments)


def message(finding: Finding, lang: str) -> str:
    """The message of a finding in the interface language."""
    return finding.message_ja if lang == "ja" else finding.message


def text_of(span: Span | None) -> str:
    """The quoted text, or ""."""
    return span.text if span else ""


def side_of(bead: Bead, lang: Lang) -> tuple[Segment, ...]:
    """The segments of one side of a bead."""
    return bead.ja if lang == "ja" else bead.en


def base_name(document: Document) -> str:
    """The file name of a source, without its folders: a report that travels names nobody's disk."""
    source = document.source
    return PureWindowsPath(source).name if "\\" in source else PurePosixPath(source).name


def embedder_of(report: Report) -> Embedder:
    """The embedder a report was made with, for what a writer still has to compute: lexical stays lexical."""
    from mocalign import embed

    return embed.get_embedder("lexical" if str(report.signature.get("embedder", "")).startswith("lexical") else "auto")


def formula_safe(text: str) -> str:
    """Put an apostrophe before text that a spreadsheet would run as a formula (OWASP, CSV injection)."""
    return f"'{text}" if text[:1] in "=+-@\t\r\n＝＋－＠" and text else text


def serialise(root: Any, *, leaves: frozenset[str]) -> bytes:
    """Return XML with one element a line; inside the elements named in `leaves` (local names) nothing is added."""
    from lxml import etree

    def lay(element: Any, depth: int) -> None:
        if etree.QName(element).localname in leaves or not len(element):
            return
        element.text = "\n" + " " * (depth + 1)
        for child in element:
            lay(child, depth + 1)
            child.tail = "\n" + " " * (depth + 1)
        element[-1].tail = "\n" + " " * depth

    lay(root, 0)
    content: bytes = etree.tostring(root, encoding="UTF-8", xml_declaration=True)
    return content + b"\n"


def archive(members: Iterable[tuple[str, bytes]]) -> bytes:
    """Return a zip archive of members in the order given, with a fixed time."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as out:
        for name, content in members:
            info = zipfile.ZipInfo(name, (2000, 1, 1, 0, 0, 0))
            info.compress_type = zipfile.ZIP_DEFLATED
            info.external_attr = 0o600 << 16
            info.create_system = 0
            out.writestr(info, content)
    return stream.getvalue()
