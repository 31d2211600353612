"""Decisions about findings: accepted or dismissed, by whom, when and why.

A decision names a finding by its fingerprint (code, quoted text, text of its paragraph without its marker), so it
survives edits elsewhere, renumbering and moves, and it ends when the paragraph itself changes. The file, which the HTML
page exports too:

    {"schema": "mocalign-decisions/1",
     "decisions": [{"fingerprint": "…", "code": "LIN001", "status": "accepted", "reason": "…", "person": "…",
                    "date": "2026-01-08", "label": "2.1.b", "quote": "…"}, …]}

`status` is "accepted" (the finding is right, the text stays), "dismissed" (the finding is wrong) or "open" (a note only).
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from mocalign.errors import ConfigError, nearest

__all__ = ["SCHEMA", "STATUSES", "Decision", "decisions_from", "is_decisions", "merge", "read_decisions", "to_json"]

SCHEMA = "mocalign-decisions/1"
STATUSES = ("accepted", "dismissed", "open")
_FIELDS = ("fingerprint", "code", "status", "reason", "person", "date", "label", "quote")


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """What a person decided about every finding with one fingerprint. `date` is YYYY-MM-DD or ""."""

    fingerprint: str
    code: str = ""
    status: str = "accepted"
    reason: str = ""
    person: str = ""
    date: str = ""
    label: str = ""
    quote: str = ""

    def __post_init__(self) -> None:
        if not self.fingerprint:
            raise ConfigError("a decision needs the fingerprint of its finding")
        if self.status not in STATUSES:
            raise ConfigError(f"the status of a decision is unknown: {self.status!r}{nearest(self.status, STATUSES)}")
        if self.date and not re.fullmatch(r"\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])", self.date):
            raise ConfigError(f"the date of a decision is YYYY-MM-DD, not {self.date!r}")

    @property
    def hides(self) -> bool:
        """Tell whether findings with this fingerprint are settled and no longer shown."""
        return self.status in ("accepted", "dismissed")

    @property
    def justification(self) -> str:
        """One line for people: status, reason, person and date."""
        who = ", ".join(part for part in (self.person, self.date) if part)
        return f"{self.status}: {self.reason or 'no reason given'}{f' ({who})' if who else ''}"


def is_decisions(data: object) -> bool:
    """Tell whether parsed JSON claims to be a decisions file."""
    return isinstance(data, Mapping) and str(data.get("schema", "")).startswith("mocalign-decisions/")


def decisions_from(data: object, where: str = "decisions") -> tuple[Decision, ...]:
    """Make decisions of parsed JSON. Raises `ConfigError` when it is no decisions file of version 1."""
    if not isinstance(data, Mapping) or not is_decisions(data):
        raise ConfigError(f'{where}: not a decisions file (expected "schema": "{SCHEMA}")')
    if data["schema"] != SCHEMA:
        raise ConfigError(f"{where}: schema {data['schema']!r} is newer than this mocalign reads ({SCHEMA})")
    rows = data.get("decisions")
    if not isinstance(rows, list) or not all(isinstance(row, Mapping) for row in rows):
        raise ConfigError(f'{where}: "decisions" is a list of objects')
    out = []
    for at, row in enumerate(rows, 1):
        # Unknown keys are kept out quietly: the format only grows.
        values = {key: row[key] for key in _FIELDS if row.get(key) is not None}
        wrong = next((key for key, value in values.items() if not isinstance(value, str)), None)
        if wrong is not None:
            raise ConfigError(f"{where}: decision {at}: {wrong} is a string, not {values[wrong]!r}")
        if "fingerprint" not in values:
            raise ConfigError(f"{where}: decision {at} has no fingerprint")
        try:
            out.append(Decision(**values))
        except ConfigError as error:
            raise ConfigError(f"{where}: decision {at}: {error}") from None
    return tuple(out)


def read_decisions(path: str | Path) -> tuple[Decision, ...]:
    """Read a decisions file. Raises `ConfigError` with one clear line when it is none."""
    try:
        data = json.loads(Path(path).read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, json.JSONDecodeError) as error:
        raise ConfigError(f"{path}: not a readable decisions file: {error}") from None
    return decisions_from(data, str(path))


def merge(old: Iterable[Decision], new: Iterable[Decision]) -> tuple[Decision, ...]:
    """Return the decisions of both, one a fingerprint; the later one holds and keeps the place of the earlier."""
    found: dict[str, Decision] = {}
    for decision in (*old, *new):
        found[decision.fingerprint] = decision
    return tuple(found.values())


def to_json(decisions: Iterable[Decision]) -> str:
    """Return the decisions as a file, ending in a line feed."""
    rows: list[dict[str, Any]] = [asdict(decision) for decision in decisions]
    return json.dumps({"schema": SCHEMA, "decisions": rows}, ensure_ascii=False, indent=1) + "\n"
