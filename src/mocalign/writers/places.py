"""What the formats for machines share: lines and columns, addresses of sources, the pages behind codes."""

from __future__ import annotations

import bisect
import re
from collections.abc import Iterable
from pathlib import PurePosixPath
from urllib.parse import quote

from mocalign.checks import Check
from mocalign.checks.drift_pages import DRIFT
from mocalign.checks.installed import all_checks
from mocalign.errors import PromiseError
from mocalign.model import Document, Finding, Span
from mocalign.report import Report

__all__ = ["Lines", "as_uri", "is_text", "main_side", "pages", "shown_path"]

_NEWLINE = re.compile(r"\r\n|\n")


class Lines:
    """Lines and columns of a text, both from 1, columns in code points; a line ends in CR LF or LF."""

    def __init__(self, text: str) -> None:
        self._starts = [0, *(found.end() for found in _NEWLINE.finditer(text))]

    def place(self, offset: int) -> tuple[int, int]:
        """Return (line, column) of an absolute offset."""
        line = bisect.bisect_right(self._starts, offset)
        return line, offset - self._starts[line - 1] + 1


def is_text(document: Document) -> bool:
    """Tell whether offsets of the text as read are offsets of the file: plain text and Markdown, nothing else."""
    suffix = PurePosixPath(document.source.replace("\\", "/")).suffix.lower()
    return suffix in ("", ".txt", ".text", ".md", ".markdown")


def shown_path(document: Document) -> str:
    """The source with forward slashes, relative where it was given relative."""
    path = document.source.replace("\\", "/")
    return path.removeprefix("./")


def as_uri(document: Document) -> str:
    """The source as a URI reference (RFC 3986): relative where it was given relative, else `file:`."""
    path = shown_path(document)
    if re.match(r"[A-Za-z]:/", path):
        return "file:///" + path[0] + ":" + quote(path[2:])
    if path.startswith("//"):
        return "file:" + quote(path)
    return ("file://" if path.startswith("/") else "") + quote(path)


def main_side(report: Report, finding: Finding) -> tuple[Document, Span]:
    """The document and characters a finding is shown at: the Japanese ones where there are any."""
    if finding.ja is not None:
        return report.alignment.ja, finding.ja
    if finding.en is not None:
        return report.alignment.en, finding.en
    raise PromiseError(f"{finding.code} points at no text")


def pages(report: Report, extra: Iterable[str] = ()) -> tuple[Check, ...]:
    """The pages of every check that ran or reported, by code."""
    wanted = {str(code) for code in report.signature.get("checks", ())} | set(extra)
    wanted |= {f.code for f in report.findings} | {f.code for f, _ in report.suppressed}
    return tuple(sorted((c for c in (*all_checks(), *DRIFT) if c.code in wanted), key=lambda c: c.code))
