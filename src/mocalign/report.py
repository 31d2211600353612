"""A report: findings with their alignment and the signature of what made them. Plain data."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from mocalign.errors import ConfigError
from mocalign.model import Alignment, Document, Finding, Severity, Span

__all__ = ["SCHEMA", "Report", "read_baseline"]

SCHEMA = "mocalign-report/1"


@dataclass(frozen=True, slots=True)
class Report:
    """Findings with their `Alignment` and `signature` (versions, dictionary, embedder, checks).

    `links` says which words answer each other: bead number to (Japanese span, English span); for highlighting only.
    """

    alignment: Alignment
    findings: tuple[Finding, ...]
    signature: Mapping[str, Any]
    links: Mapping[int, tuple[tuple[Span, Span], ...]] = field(default_factory=dict, compare=False, repr=False)

    @property
    def counts(self) -> dict[str, int]:
        """Number of findings by severity, most severe first; every severity is present."""
        found = Counter(f.severity for f in self.findings)
        return {s.name: found.get(s, 0) for s in sorted(Severity, reverse=True)}

    def at_least(self, severity: str) -> tuple[Finding, ...]:
        """The findings at or above a severity; "never" gives none."""
        if severity == "never":
            return ()
        return tuple(f for f in self.findings if f.severity >= Severity[severity])

    def to_dict(self) -> dict[str, Any]:
        """The report as plain data, in the shape of JSON version 1."""
        alignment = self.alignment
        return {
            "schema": SCHEMA,
            "signature": dict(self.signature),
            "documents": {"ja": _document(alignment.ja), "en": _document(alignment.en)},
            "beads": [
                {
                    "ja": [s.index for s in b.ja],
                    "en": [s.index for s in b.en],
                    "score": round(b.score, 4),
                    "relation": b.relation,
                }
                for b in alignment.beads
            ],
            "findings": [_finding(f) for f in self.findings],
            "summary": {
                "segments": {"ja": len(alignment.ja), "en": len(alignment.en)},
                "beads": len(alignment.beads),
                "findings": self.counts,
            },
        }

    def to_json(self) -> str:
        """The report as JSON version 1, ending in a line feed."""
        return json.dumps(self.to_dict(), ensure_ascii=False, indent=1, sort_keys=False) + "\n"

    def since(self, baseline: Report | Mapping[str, Any] | str | Path) -> Report:
        """Return the report without what a baseline (a report, its JSON, or its path) already holds.

        The baseline is a multiset of fingerprints: two equal findings need two entries.
        """
        if isinstance(baseline, Report):
            known = Counter(f.fingerprint for f in baseline.findings)
        elif isinstance(baseline, Mapping):
            known = _fingerprints(baseline, "baseline")
        else:
            known = read_baseline(baseline)
        new = []
        for finding in self.findings:
            if known[finding.fingerprint] > 0:
                known[finding.fingerprint] -= 1
            else:
                new.append(finding)
        return replace(self, findings=tuple(new))


def read_baseline(path: str | Path) -> Counter[str]:
    """Read the fingerprints of a JSON report. Raises `ConfigError` when the file is no report."""
    try:
        data = json.loads(Path(path).read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, json.JSONDecodeError) as error:
        raise ConfigError(f"{path}: not a readable JSON report: {error}") from None
    return _fingerprints(data, str(path))


def _fingerprints(data: object, where: str) -> Counter[str]:
    if not isinstance(data, Mapping) or not str(data.get("schema", "")).startswith("mocalign-"):
        raise ConfigError(f'{where}: not a mocalign report (expected "schema": "{SCHEMA}")')
    findings = data.get("findings", [])
    if not isinstance(findings, list) or not all(isinstance(f, Mapping) and "fingerprint" in f for f in findings):
        raise ConfigError(f"{where}: its findings have no fingerprints")
    return Counter(str(f["fingerprint"]) for f in findings)


def _document(document: Document) -> dict[str, Any]:
    return {
        "source": document.source,
        "sha256": document.sha256,
        "segments": [
            {
                "index": s.index,
                "kind": s.kind,
                "label": list(s.label),
                "start": s.span.start,
                "end": s.span.end,
                "text": s.text,
            }
            for s in document.segments
        ],
    }


def _span(span: Span | None) -> dict[str, Any] | None:
    return None if span is None else {"start": span.start, "end": span.end, "text": span.text}


def _finding(f: Finding) -> dict[str, Any]:
    out: dict[str, Any] = {
        "code": f.code,
        "name": f.name,
        "mqm": f.mqm,
        "severity": f.severity.name,
        "confidence": f.confidence,
        "message": f.message,
        "message_ja": f.message_ja,
        "bead": f.bead,
        "label": ".".join(f.label),
        "ja": _span(f.ja),
        "en": _span(f.en),
        "suggestion": f.suggestion,
        "fingerprint": f.fingerprint,
    }
    if f.also_ja or f.also_en:
        out["also"] = {"ja": [_span(s) for s in f.also_ja], "en": [_span(s) for s in f.also_en]}
    return out
