"""A report: findings with their alignment and the signature of what made them. Plain data."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any, overload

from mocalign.decisions import Decision, decisions_from, is_decisions
from mocalign.errors import ConfigError, nearest
from mocalign.model import Alignment, Document, Finding, Severity, Span

__all__ = ["SCHEMA", "Report", "check_baseline", "read_baseline", "read_findings"]

SCHEMA = "mocalign-report/1"


@dataclass(frozen=True, slots=True)
class Report:
    """Findings with their `Alignment` and `signature` (versions, dictionary, embedder, checks).

    `links` says which words answer each other: bead number to (Japanese span, English span); for highlighting only.
    `suppressed` holds the findings that a decision hides, each with its decision; `stale` the decisions that fit no
    finding any more; `extras` further top-level keys of the JSON report (the changes that `mocalign drift` lists).
    """

    alignment: Alignment
    findings: tuple[Finding, ...]
    signature: Mapping[str, Any]
    links: Mapping[int, tuple[tuple[Span, Span], ...]] = field(default_factory=dict, compare=False, repr=False)
    suppressed: tuple[tuple[Finding, Decision], ...] = ()
    stale: tuple[Decision, ...] = ()
    extras: Mapping[str, Any] = field(default_factory=dict)

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
        out: dict[str, Any] = {
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
        if self.suppressed:
            out["suppressed"] = [{**_finding(f), "decision": asdict(d)} for f, d in self.suppressed]
        if self.stale:
            out["stale"] = [asdict(d) for d in self.stale]
        return {**out, **self.extras}

    def to_json(self) -> str:
        """The report as JSON version 1, ending in a line feed."""
        return json.dumps(self.to_dict(), ensure_ascii=False, indent=1, sort_keys=False) + "\n"

    def to_html(self, *, lang: str = "en") -> str:
        """The report as the self-contained HTML page; `lang` is the language of interface and messages."""
        from mocalign.writers import Options, render

        page = render(self, "html", Options(lang=lang))
        return page if isinstance(page, str) else page.decode("utf-8")

    def to_frame(self) -> Any:
        """One finding a row, as a pandas frame. Raises `MissingExtraError` without pandas."""
        from mocalign.display import findings_frame

        return findings_frame(self)

    def save(self, path: str | Path, *, lang: str = "en", suggest: bool = False, side: str = "ja") -> None:
        """Write the report to a file; the suffix says the format. Raises `WriteError`.

        `suggest` and `side` concern .docx: exact suggestions as tracked changes, and which of the two files it is.
        """
        from mocalign.writers import Options, write

        write(self, path, Options(lang=lang, suggest=suggest, side=side))

    @overload
    def __getitem__(self, key: int) -> Finding: ...
    @overload
    def __getitem__(self, key: str | slice) -> Report: ...
    def __getitem__(self, key: int | str | slice) -> Finding | Report:
        """Return a finding by number, or the report with only the findings of a place.

        ``report["2.1"]`` holds what stands at 2.1 or below it (2.1.b); ``report["2":"4"]`` what stands from 2 to the end
        of 4, both included. Raises `KeyError` for a label that neither text has.
        """
        if isinstance(key, int):
            return self.findings[key]
        if isinstance(key, slice) and not any(isinstance(k, str) for k in (key.start, key.stop)):
            return replace(self, findings=self.findings[key])
        first, last = (key, key) if isinstance(key, str) else (key.start, key.stop)
        start = 0 if first is None else self._beads_at(str(first))[0]
        stop = len(self.alignment.beads) - 1 if last is None else self._beads_at(str(last))[-1]
        wanted = set(self._beads_at(key)) if isinstance(key, str) else set(range(start, stop + 1))
        return replace(self, findings=tuple(f for f in self.findings if f.bead in wanted))

    def _beads_at(self, label: str) -> list[int]:
        path = tuple(label.split("."))
        found = [n for n, b in enumerate(self.alignment.beads) if b.label[: len(path)] == path]
        if not found:
            known = dict.fromkeys(".".join(b.label) for b in self.alignment.beads if b.label)
            raise KeyError(f"no place is labelled {label!r}{nearest(label, known)}")
        return found

    def __repr__(self) -> str:
        counts = ", ".join(f"{n} {name}" for name, n in self.counts.items())
        return f"Report({self.alignment!r}, {counts})"

    def _repr_html_(self) -> str:
        from mocalign.display import report_html

        return report_html(self)

    def since(self, *baselines: Report | Mapping[str, Any] | str | Path) -> Report:
        """Return the report without what baselines (a report, its JSON, a decisions file, or a path) already hold.

        A report is a multiset of fingerprints: two equal findings need two entries. A decision that accepts or
        dismisses hides every finding with its fingerprint, which then stands in `suppressed`; one that fits no finding
        stands in `stale`. Raises `ConfigError` for a file that is neither.
        """
        known: Counter[str] = Counter()
        decisions: list[Decision] = []
        for baseline in baselines:
            if isinstance(baseline, Report):
                known += Counter(f.fingerprint for f in (*baseline.findings, *(f for f, _ in baseline.suppressed)))
                continue
            where = "baseline" if isinstance(baseline, Mapping) else str(baseline)
            data = baseline if isinstance(baseline, Mapping) else _read(baseline)
            if is_decisions(data):
                decisions += decisions_from(data, where)
            else:
                known += _fingerprints(data, where)
        return _without(self._decided(decisions), known)

    def _decided(self, decisions: Iterable[Decision]) -> Report:
        by_print = {d.fingerprint: d for d in decisions}
        kept, hidden = [], list(self.suppressed)
        for finding in self.findings:
            decision = by_print.get(finding.fingerprint)
            if decision is not None and decision.hides:
                hidden.append((finding, decision))
            else:
                kept.append(finding)
        present = {f.fingerprint for f in self.findings} | {f.fingerprint for f, _ in self.suppressed}
        stale = tuple(d for d in by_print.values() if d.fingerprint not in present)
        return replace(self, findings=tuple(kept), suppressed=tuple(hidden), stale=self.stale + stale)


def _without(report: Report, known: Counter[str]) -> Report:
    left = Counter(known)
    for finding, _ in report.suppressed:
        left[finding.fingerprint] -= 1
    new = []
    for finding in report.findings:
        if left[finding.fingerprint] > 0:
            left[finding.fingerprint] -= 1
        else:
            new.append(finding)
    return replace(report, findings=tuple(new))


def check_baseline(path: str | Path) -> None:
    """Raise `ConfigError` unless a file is a JSON report or a decisions file."""
    data = _read(path)
    if is_decisions(data):
        decisions_from(data, str(path))
    else:
        _findings(data, str(path))


def read_baseline(path: str | Path) -> Counter[str]:
    """Read the fingerprints of a JSON report. Raises `ConfigError` when the file is no report."""
    return _fingerprints(_read(path), str(path))


def _read(path: str | Path) -> object:
    try:
        return json.loads(Path(path).read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, json.JSONDecodeError) as error:
        raise ConfigError(f"{path}: not a readable JSON report or decisions file: {error}") from None


def read_findings(path: str | Path) -> tuple[Mapping[str, Any], ...]:
    """Read the findings of a JSON report, settled ones included, as plain data. Raises `ConfigError`."""
    return _findings(_read(path), str(path))


def _fingerprints(data: object, where: str) -> Counter[str]:
    return Counter(str(f["fingerprint"]) for f in _findings(data, where))


def _findings(data: object, where: str) -> tuple[Mapping[str, Any], ...]:
    if not isinstance(data, Mapping) or not str(data.get("schema", "")).startswith("mocalign-"):
        raise ConfigError(f'{where}: not a mocalign report (expected "schema": "{SCHEMA}")')
    findings = data.get("findings", [])
    if isinstance(findings, list) and isinstance(data.get("suppressed"), list):
        findings = findings + data["suppressed"]
    if not isinstance(findings, list) or not all(isinstance(f, Mapping) and "fingerprint" in f for f in findings):
        raise ConfigError(f"{where}: its findings have no fingerprints")
    return tuple(findings)


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
