"""Text for a terminal: one finding a paragraph, the words on both sides, a summary. Colour only where it is asked for."""

from __future__ import annotations

import io
from collections.abc import Mapping

from mocalign.model import Document, Finding, Severity, Span
from mocalign.report import Report
from mocalign.writers import Options
from mocalign.writers.html import SHAPES, STRINGS

__all__ = ["render"]

_STYLE = {Severity.critical: "bold red", Severity.major: "bold yellow", Severity.minor: "cyan", Severity.neutral: "dim"}
AROUND = 14  # characters of context on each side of a quotation


def render(report: Report, options: Options) -> str:
    """Return the findings in the order of the text and a summary; ANSI colours only with `options.colour`."""
    from rich.console import Console
    from rich.text import Text

    t = STRINGS[options.lang]
    stream = io.StringIO()
    console = Console(
        file=stream,
        width=options.width,
        force_terminal=options.colour,
        no_color=not options.colour,
        color_system="standard" if options.colour else None,
        highlight=False,
        emoji=False,
        markup=False,
        soft_wrap=True,
    )
    for finding in report.findings:
        head = Text()
        head.append(f"{SHAPES[finding.severity]} {t[finding.severity.name]}", style=_STYLE[finding.severity])
        place = _place(finding, report)
        head.append(f"  {finding.code} {finding.name}", style="bold")
        head.append(f"  {place}", style="dim")
        console.print(head)
        console.print(Text("  " + (finding.message_ja if options.lang == "ja" else finding.message)))
        for document, span in ((report.alignment.ja, finding.ja), (report.alignment.en, finding.en)):
            if span is not None:
                console.print(_quote(document, span, finding.severity, Text))
        if finding.suggestion is not None:
            console.print(Text(f"    {t['suggestion']}: {finding.suggestion or '∅'}", style="green"))
    console.print(_summary(report, t))
    return stream.getvalue()


def _place(finding: Finding, report: Report) -> str:
    document, span = (report.alignment.ja, finding.ja) if finding.ja else (report.alignment.en, finding.en)
    line = document.text.count("\n", 0, span.start if span else 0) + 1
    label = ".".join(finding.label)
    return f"{document.source}:{line}" + (f" [{label}]" if label else "")


def _quote(document: Document, span: Span, severity: Severity, text_type: type) -> object:
    def flat(piece: str) -> str:
        return " ".join(piece.split())

    segment = document.segment_at(span.start)
    low, high = (segment.span.start, segment.span.end) if segment else (0, len(document.text))
    before = document.text[max(low, span.start - AROUND) : span.start]
    after = document.text[span.end : min(high, span.end + AROUND)]
    line = text_type(f"    {document.lang}: ", style="dim")
    line.append(("…" if span.start - AROUND > low else "") + flat(before) + (" " if before[-1:].isspace() else ""))
    line.append(f"[{flat(span.text)}]", style=_STYLE[severity])
    line.append((" " if after[:1].isspace() else "") + flat(after) + ("…" if span.end + AROUND < high else ""))
    return line


def _summary(report: Report, t: Mapping[str, str]) -> str:
    counts = ", ".join(f"{n} {t[name]}" for name, n in report.counts.items())
    segments = t["segments"].format(ja=len(report.alignment.ja), en=len(report.alignment.en))
    return f"{counts} ({segments})"
