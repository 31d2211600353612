"""Text for a terminal."""

from __future__ import annotations

from mocalign.report import Report
from mocalign.writers import Options

__all__ = ["render"]


def render(report: Report, options: Options) -> str:
    """Return one line a finding and a summary."""
    lines = []
    for f in report.findings:
        message = f.message_ja if options.lang == "ja" else f.message
        lines.append(f"{'.'.join(f.label) or '-'}: {f.severity.name} {f.code} {f.name}: {message}")
    return "\n".join([*lines, ", ".join(f"{n} {k}" for k, n in report.counts.items())]) + "\n"
