"""Excel: the bilingual table, the findings, the terms and a summary, in one workbook.

Text stays text whatever it begins with: no cell is ever a formula. The words of a finding are coloured in the bilingual
table. No clock: the same report gives the same bytes.
"""

from __future__ import annotations

import io
import itertools
import re
import unicodedata
import zipfile
from collections.abc import Iterable, Sequence
from typing import Any

from mocalign.model import Document, Finding, Lang, Segment, Severity, Span
from mocalign.report import Report
from mocalign.termlist import Term, terms
from mocalign.writers import Options
from mocalign.writers.shared import MOMENT, archive, base_name, embedder_of, message, pieces, xml_safe

__all__ = ["render", "terms_book"]

SHAPES = {Severity.critical: "◆", Severity.major: "▲", Severity.minor: "●", Severity.neutral: "○"}
COLOURS = {Severity.critical: "B3003B", Severity.major: "C04A00", Severity.minor: "7A5C00", Severity.neutral: "55606B"}
FILLS = {Severity.critical: "FBE3EA", Severity.major: "FCE9DC", Severity.minor: "FBF3D5", Severity.neutral: "EEF1F4"}
_LIMIT = 32_767  # characters a cell can hold
_TERM_BEADS = 2_000  # beyond it the terms would take longer than all the rest

_EN = {
    "_lang": "en",
    "table": "Bilingual table",
    "findings": "Findings",
    "terms": "Terms",
    "summary": "Summary",
    "place": "Place",
    "ja": "Japanese",
    "en": "English",
    "score": "Score",
    "relation": "Relation",
    "kind": "Kind",
    "severity": "Severity",
    "code": "Code",
    "name": "Check",
    "mqm": "MQM category",
    "message": "Message",
    "suggestion": "Suggestion",
    "confidence": "Confidence",
    "decision": "Decision",
    "note": "Note",
    "fingerprint": "Fingerprint",
    "renderings": "Other renderings",
    "count": "Count",
    "places": "Places",
    "documents": "Documents",
    "segments": "Segments",
    "beads": "Beads",
    "number": "No.",
    "made": "Made with",
    "total": "Total",
    "critical": "critical",
    "major": "major",
    "minor": "minor",
    "neutral": "neutral",
    "match": "match",
    "moved": "moved",
    "ja-only": "Japanese only",
    "en-only": "English only",
    "choices": "accepted,dismissed",
}
_JA = {
    "_lang": "ja",
    "table": "対訳表",
    "findings": "指摘",
    "terms": "用語",
    "summary": "概要",
    "place": "箇所",
    "ja": "日本語",
    "en": "英語",
    "score": "対応度",
    "relation": "対応関係",
    "kind": "種類",
    "severity": "重大度",
    "code": "コード",
    "name": "点検項目",
    "mqm": "MQM分類",
    "message": "内容",
    "suggestion": "修正案",
    "confidence": "確信度",
    "decision": "判断",
    "note": "メモ",
    "fingerprint": "識別子",
    "renderings": "その他の訳語",
    "count": "件数",
    "places": "出現箇所",
    "documents": "文書",
    "segments": "段落数",
    "beads": "対応数",
    "number": "番号",
    "made": "作成",
    "total": "計",
    "critical": "致命的",
    "major": "重大",
    "minor": "軽微",
    "neutral": "参考",
    "match": "対応",
    "moved": "移動",
    "ja-only": "日本語のみ",
    "en-only": "英語のみ",
    "choices": "承認,却下",
}
STRINGS = {"en": _EN, "ja": _JA}
_JA_FONT = "Yu Gothic"
_EN_FONT = "Calibri"


def render(report: Report, options: Options) -> bytes:
    """Return the workbook."""
    from openpyxl import Workbook

    t = STRINGS[options.lang]
    book = Workbook()
    book.remove(book.active)
    first = _table(book.create_sheet(t["table"]), report, t)
    _findings(book.create_sheet(t["findings"]), report, t, options.lang, first)
    few = len(report.alignment.beads) <= _TERM_BEADS
    _terms(book.create_sheet(t["terms"]), terms(report.alignment, embedder=embedder_of(report)).terms if few else (), t)
    _summary(book.create_sheet(t["summary"]), report, t)
    return _saved(book)


def terms_book(found: Sequence[Term], *, lang: str = "en") -> bytes:
    """Return a workbook with the terms alone."""
    from openpyxl import Workbook

    t = STRINGS[lang]
    book = Workbook()
    book.remove(book.active)
    _terms(book.create_sheet(t["terms"]), found, t)
    return _saved(book)


# --- sheets ------------------------------------------------------------------------------------------------------------


def _table(sheet: Any, report: Report, t: dict[str, str]) -> dict[int, int]:
    """The bilingual table; returns the row of each bead."""
    widths = (10, 58, 58, 9, 14, 44)
    _head(sheet, [t[k] for k in ("place", "ja", "en", "score", "relation", "findings")], widths)
    by_bead: dict[int, list[Finding]] = {}
    for f in report.findings:
        by_bead.setdefault(f.bead, []).append(f)
    marks = _marks(report)
    row_of: dict[int, int] = {}
    paired = bool(report.alignment.ja.segments and report.alignment.en.segments)
    for row, (number, bead) in enumerate(enumerate(report.alignment.beads), 2):
        row_of[number] = row
        here = by_bead.get(number, [])
        _text(sheet, row, 1, ".".join(bead.label))
        ja = _rich(sheet, row, 2, bead.ja, report.alignment.ja, marks)
        en = _rich(sheet, row, 3, bead.en, report.alignment.en, marks)
        if paired:
            cell = sheet.cell(row, 4, round(bead.score, 2))
            cell.number_format = "0.00"
            cell.alignment = _alignment()
        _text(sheet, row, 5, t[bead.relation] if paired else "")
        lines = [f"{SHAPES[f.severity]} {f.code} {message(f, t['_lang'])}" for f in here]
        _text(sheet, row, 6, "\n".join(lines))
        if here:
            _fill(sheet, row, 6, FILLS[max(f.severity for f in here)])
        texts = ((ja, widths[1]), (en, widths[2]), ("\n".join(lines), widths[5]))
        sheet.row_dimensions[row].height = _height(texts)
    _close(sheet, len(report.alignment.beads) + 1, 6)
    return row_of


def _findings(sheet: Any, report: Report, t: dict[str, str], lang: str, row_of: dict[int, int]) -> None:
    from openpyxl.worksheet.datavalidation import DataValidation
    from openpyxl.worksheet.hyperlink import Hyperlink

    keys = "number severity code name place ja en message suggestion confidence decision note mqm fingerprint".split()
    widths = (6, 13, 10, 26, 10, 30, 30, 56, 24, 11, 12, 24, 34, 20)
    _head(sheet, [t[k] for k in keys], widths)
    for row, (number, f) in enumerate(enumerate(report.findings, 1), 2):
        values: tuple[object, ...] = (
            number,
            f"{SHAPES[f.severity]} {t[f.severity.name]}",
            f.code,
            f.name,
            ".".join(f.label) or (f"#{f.bead + 1}" if f.bead >= 0 else ""),
            f.ja.text if f.ja else "",
            f.en.text if f.en else "",
            message(f, lang),
            f.suggestion or "",
            round(f.confidence, 2),
            "",
            "",
            f.mqm,
            f.fingerprint,
        )
        for column, value in enumerate(values, 1):
            if isinstance(value, str):
                _text(sheet, row, column, value)
            else:
                sheet.cell(row, column, value).alignment = _alignment()
        _fill(sheet, row, 2, FILLS[f.severity])
        if f.bead in row_of:
            link = Hyperlink(ref=f"E{row}", location=f"'{t['table']}'!A{row_of[f.bead]}")
            sheet.cell(row, 5).hyperlink = link
        texts = [(str(values[c]), widths[c]) for c in (3, 5, 6, 7, 8, 12)]
        sheet.row_dimensions[row].height = _height(texts)
    if report.findings:
        rule = DataValidation(type="list", formula1=f'"{t["choices"]}"', allow_blank=True)
        rule.add(f"K2:K{len(report.findings) + 1}")
        sheet.add_data_validation(rule)
    _close(sheet, len(report.findings) + 1, len(keys))


def _terms(sheet: Any, found: Sequence[Term], t: dict[str, str]) -> None:
    widths = (30, 36, 44, 9, 9, 30)
    _head(sheet, [t[k] for k in ("ja", "en", "renderings", "count", "score", "places")], widths)
    for row, term in enumerate(found, 2):
        others = ", ".join(f"{r.en} ({r.count})" for r in term.renderings[1:])
        places = ", ".join(dict.fromkeys(label for r in term.renderings for label in r.labels))
        for column, value in enumerate((term.ja, term.en, others), 1):
            _text(sheet, row, column, value)
        sheet.cell(row, 4, term.count).alignment = _alignment()
        cell = sheet.cell(row, 5, round(term.score, 2))
        cell.number_format, cell.alignment = "0.00", _alignment()
        _text(sheet, row, 6, places)
        sheet.row_dimensions[row].height = _height(((others, widths[2]), (places, widths[5]), (term.en, widths[1])))
    _close(sheet, len(found) + 1, 6)


def _summary(sheet: Any, report: Report, t: dict[str, str]) -> None:
    from openpyxl.styles import Font

    row = 0

    def line(*values: object, bold: bool = False) -> None:
        nonlocal row
        row += 1
        for column, value in enumerate(values, 1):
            if isinstance(value, str):
                _text(sheet, row, column, value)
            else:
                sheet.cell(row, column, value).alignment = _alignment()
            if bold:
                sheet.cell(row, column).font = Font(name=_EN_FONT, size=11, bold=True)

    line(t["severity"], t["count"], bold=True)
    for severity in sorted(Severity, reverse=True):
        line(f"{SHAPES[severity]} {t[severity.name]}", report.counts[severity.name])
        _fill(sheet, row, 1, FILLS[severity])
    line(t["total"], len(report.findings), bold=True)
    row += 1
    line(t["code"], t["count"], t["name"], t["mqm"], bold=True)
    seen: dict[str, list[Finding]] = {}
    for f in report.findings:
        seen.setdefault(f.code, []).append(f)
    for code, findings in sorted(seen.items()):
        line(code, len(findings), findings[0].name, findings[0].mqm)
    row += 1
    line(t["documents"], t["segments"], bold=True)
    for document in (report.alignment.ja, report.alignment.en):
        if document.segments:
            line(base_name(document), len(document), t[document.lang])
    line(t["beads"], len(report.alignment.beads))
    row += 1
    line(t["made"], bold=True)
    for key, value in report.signature.items():
        line(str(key), ", ".join(map(str, value)) if isinstance(value, list | tuple) else str(value))
    for column, width in zip("ABCD", (34, 44, 34, 44), strict=True):
        sheet.column_dimensions[column].width = width
    sheet.sheet_view.showGridLines = False


# --- cells -------------------------------------------------------------------------------------------------------------


def _alignment() -> Any:
    from openpyxl.styles import Alignment

    return Alignment(vertical="top", wrap_text=True)


def _safe(text: str) -> str:
    """What a cell can hold: legal characters, no more than the limit, no accidental _xHHHH_ escapes."""
    text = xml_safe(text.replace("\r\n", "\n").replace("\r", "\n").replace("\v", "\n"))
    text = re.sub(r"_(?=x[0-9A-Fa-f]{4}_)", "_x005F_", text)
    return text if len(text) <= _LIMIT else text[: _LIMIT - 1] + "…"


def _text(sheet: Any, row: int, column: int, text: str) -> None:
    """Write a string that stays a string: "=1+1" is text to every spreadsheet."""
    from openpyxl.styles import Font

    cell = sheet.cell(row, column)
    if text:
        cell.value = _safe(text)
        cell.data_type = "s"
        if text[0] in "=+-@\t\r\n＝＋－＠'":
            cell.quotePrefix = True
    ja = any(ord(c) > 0x2E7F for c in text)
    cell.font = Font(name=_JA_FONT if ja else _EN_FONT, size=11)
    cell.alignment = _alignment()


def _marks(report: Report) -> dict[tuple[Lang, int], list[tuple[Span, Severity]]]:
    out: dict[tuple[Lang, int], list[tuple[Span, Severity]]] = {}
    for f in report.findings:
        for document, spans in ((report.alignment.ja, (f.ja, *f.also_ja)), (report.alignment.en, (f.en, *f.also_en))):
            for span in spans:
                segment = document.segment_at(span.start) if span is not None else None
                if span is not None and span.text and segment is not None:
                    out.setdefault((document.lang, segment.index), []).append((span, f.severity))
    return out


def _rich(
    sheet: Any,
    row: int,
    column: int,
    segments: Sequence[Segment],
    document: Document,
    marks: dict[tuple[Lang, int], list[tuple[Span, Severity]]],
) -> str:
    """Write a side of a bead with the words of its findings coloured; returns the text."""
    lang = document.lang
    runs: list[tuple[str, Severity | None]] = []
    for at, segment in enumerate(segments):
        if at:
            runs.append(("\n", None))
        over = marks.get((lang, segment.index), [])
        for start, end, text in pieces(segment, lang):
            verbatim = len(text) == end - start
            edges = {start, end, *(e for s, _ in over for e in (s.start, s.end) if verbatim and start < e < end)}
            cuts = sorted(edges)
            for a, b in itertools.pairwise(cuts):
                worst = max((v for s, v in over if s.start < b and a < s.end), default=None)
                runs.append((text[a - start : b - start] if verbatim else text, worst))
    whole = "".join(text for text, _ in runs)
    _text(sheet, row, column, whole)
    if any(s is not None for _, s in runs) and len(whole) < _LIMIT:
        from openpyxl.cell.rich_text import CellRichText, TextBlock
        from openpyxl.cell.text import InlineFont

        font = _JA_FONT if lang == "ja" else _EN_FONT
        blocks: list[Any] = []
        for text, severity in runs:
            look = {} if severity is None else {"b": True, "color": COLOURS[severity]}
            blocks.append(TextBlock(InlineFont(rFont=font, sz=11, **look), _safe(text)))
        sheet.cell(row, column).value = CellRichText(*blocks)
    return whole


def _fill(sheet: Any, row: int, column: int, colour: str) -> None:
    from openpyxl.styles import PatternFill

    sheet.cell(row, column).fill = PatternFill("solid", fgColor=colour)


def _height(texts: Iterable[tuple[str, float]]) -> float:
    """Points a row needs: spreadsheets do not grow rows of files they did not write."""
    most = 1
    for text, width in texts:
        lines = 0
        for part in text.split("\n"):
            cells = sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in part)
            lines += max(1, -(-cells * 11 // int(width * 10)))
        most = max(most, lines)
    return min(409.0, 4 + 16.0 * most)


def _head(sheet: Any, titles: Sequence[str], widths: Sequence[float]) -> None:
    from openpyxl.styles import Alignment, Font, PatternFill
    from openpyxl.utils import get_column_letter

    for column, (title, width) in enumerate(zip(titles, widths, strict=True), 1):
        cell = sheet.cell(1, column, title)
        cell.font = Font(name=_EN_FONT, size=11, bold=True, color="FFFFFF")
        cell.fill = PatternFill("solid", fgColor="2F4858")
        cell.alignment = Alignment(vertical="center", wrap_text=True)
        sheet.column_dimensions[get_column_letter(column)].width = width
    sheet.row_dimensions[1].height = 24


def _close(sheet: Any, rows: int, columns: int) -> None:
    from openpyxl.utils import get_column_letter

    sheet.freeze_panes = "B2"
    sheet.auto_filter.ref = f"A1:{get_column_letter(columns)}{max(rows, 1)}"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = 9
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.print_title_rows = "1:1"


def _saved(book: Any) -> bytes:
    """Return the bytes of a workbook without a clock in them."""
    book.properties.creator = "mocalign"
    stream = io.BytesIO()
    book.save(stream)
    with zipfile.ZipFile(stream) as parts:
        members = [(name, parts.read(name)) for name in parts.namelist()]
    times = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*")
    return archive(
        (name, times.sub(rb"\g<1>" + MOMENT.encode(), content) if name == "docProps/core.xml" else content)
        for name, content in members
    )
