"""Annotations for GitHub Actions: one workflow command a finding, shown beside the line in a pull request.

GitHub shows ten errors and ten warnings a step, so the most severe come first. A file that is not plain text (DOCX, PDF)
gets no line: there the place stands in the message. Critical and major are errors, minor is a warning, neutral a notice.
"""

from __future__ import annotations

from mocalign.model import Finding, Severity
from mocalign.report import Report
from mocalign.writers import Options
from mocalign.writers.places import Lines, is_text, main_side, shown_path

__all__ = ["render"]

_COMMANDS = {
    Severity.critical: "error",
    Severity.major: "error",
    Severity.minor: "warning",
    Severity.neutral: "notice",
}


def render(report: Report, options: Options) -> str:
    """Return one line a finding, the most severe first, each ending in a line feed."""
    lines = {"ja": Lines(report.alignment.ja.text), "en": Lines(report.alignment.en.text)}
    ordered = sorted(report.findings, key=lambda f: -f.severity)  # stable: the order of the text within a severity
    out = [_command(f, report, options, lines) for f in ordered]
    out += [
        f"::notice title={_property('stale decision')}::{_data(f'{d.fingerprint} ({d.code}) fits no finding any more')}"
        for d in report.stale
    ]
    return "".join(f"{line}\n" for line in out)


def _command(finding: Finding, report: Report, options: Options, lines: dict[str, Lines]) -> str:
    document, span = main_side(report, finding)
    where = [f"file={_property(shown_path(document))}"]
    if is_text(document):
        line, column = lines[document.lang].place(span.start)
        end_line, end_column = lines[document.lang].place(span.end)
        where += [f"line={line}", f"endLine={end_line}"]
        if line == end_line:  # the Checks API takes columns only on one line
            where += [f"col={column}", f"endColumn={max(column, end_column - 1)}"]
    where.append(f"title={_property(f'{finding.code} {finding.name}')}")
    message = finding.message_ja if options.lang == "ja" else finding.message
    label = f"[{'.'.join(finding.label)}] " if finding.label else ""
    return f"::{_COMMANDS[finding.severity]} {','.join(where)}::{_data(label + message)}"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
