"""CSV: one finding a row (RFC 4180), UTF-8 with a byte order mark so that spreadsheets read Japanese.

Text that a spreadsheet would run as a formula gets an apostrophe before it.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

from mocalign.report import Report
from mocalign.writers import Options
from mocalign.writers.shared import formula_safe, message, text_of

__all__ = ["COLUMNS", "render", "table"]

COLUMNS = (
    "severity",
    "code",
    "name",
    "mqm",
    "label",
    "ja_start",
    "ja",
    "en_start",
    "en",
    "message",
    "suggestion",
    "confidence",
    "bead",
    "fingerprint",
)


def table(head: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """Return a CSV table; strings are made safe, numbers stay numbers."""
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\r\n")
    writer.writerow(head)
    for row in rows:
        writer.writerow([formula_safe(v) if isinstance(v, str) else "" if v is None else v for v in row])
    return "\ufeff" + stream.getvalue().encode("utf-8", "replace").decode("utf-8")


def render(report: Report, options: Options) -> str:
    """Return the findings as a table."""
    return table(
        COLUMNS,
        (
            (
                f.severity.name,
                f.code,
                f.name,
                f.mqm,
                ".".join(f.label),
                f.ja.start if f.ja else None,
                text_of(f.ja),
                f.en.start if f.en else None,
                text_of(f.en),
                message(f, options.lang),
                f.suggestion,
                f.confidence,
                f.bead,
                f.fingerprint,
            )
            for f in report.findings
        ),
    )
