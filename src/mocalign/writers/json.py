"""JSON version 1: the contract other programs read. See `docs/json.md`."""

from __future__ import annotations

from mocalign.report import Report
from mocalign.writers import Options

__all__ = ["render"]


def render(report: Report, options: Options) -> str:
    """Return the report as JSON version 1."""
    return report.to_json()
