"""SARIF 2.1.0 (OASIS Standard, 27 March 2020), for code hosts, editors and dashboards.

Columns and offsets count Unicode code points (`columnKind`). Regions refer to the text as read; for DOCX, PDF and HTML
that is the extracted text, and the artifact says so. `partialFingerprints` hold the fingerprint of the finding, which
survives edits elsewhere, renumbering and moves. A finding that a decision hides stays in the file as a suppressed result.
"""

from __future__ import annotations

import json
from typing import Any

from mocalign.checks import Check
from mocalign.model import Document, Finding, Severity, Span
from mocalign.report import Report
from mocalign.writers import Options
from mocalign.writers.places import Lines, as_uri, is_text, main_side, pages

__all__ = ["FINGERPRINT", "render"]

FINGERPRINT = "mocalignFingerprint/v1"
_LEVELS = {Severity.critical: "error", Severity.major: "error", Severity.minor: "warning", Severity.neutral: "note"}


def render(report: Report, options: Options) -> str:
    """Return the report as one SARIF run, ending in a line feed."""
    rules = pages(report)
    places = {"ja": Lines(report.alignment.ja.text), "en": Lines(report.alignment.en.text)}
    documents = [d for d in (report.alignment.ja, report.alignment.en) if d.source or d.segments]
    at: dict[str, int] = {d.lang: number for number, d in enumerate(documents)}
    numbers = {rule.code: number for number, rule in enumerate(rules)}

    def result(finding: Finding) -> dict[str, Any]:
        return _result(finding, report, options, numbers=numbers, at=at, places=places)

    results = [result(f) for f in report.findings]
    for finding, decision in report.suppressed:
        entry = result(finding)
        entry["suppressions"] = [
            {
                "kind": "external",
                "status": "accepted",
                "justification": decision.reason or decision.status,
                "properties": {"decision": decision.status, "person": decision.person, "date": decision.date},
            }
        ]
        results.append(entry)
    if report.suppressed:
        for entry in results:
            entry.setdefault("suppressions", [])  # SARIF 3.27.23: if one result has the property, all have
    log = {
        "$schema": "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json",
        "version": "2.1.0",
        "runs": [
            {
                "tool": {
                    "driver": {
                        "name": "mocalign",
                        "semanticVersion": str(report.signature.get("mocalign", "0")),
                        "language": "ja" if options.lang == "ja" else "en",
                        "shortDescription": {
                            "text": "Compares the Japanese translation of an international instrument with its English text."
                        },
                        "rules": [_rule(rule, options.lang) for rule in rules],
                    }
                },
                "columnKind": "unicodeCodePoints",
                "newlineSequences": ["\r\n", "\n"],
                "invocations": [_invocation(report, at)],
                "artifacts": [_artifact(document) for document in documents],
                "results": results,
                "properties": {"signature": dict(report.signature)},
            }
        ],
    }
    # A lone surrogate cannot leave as UTF-8; everything else stays readable.
    text = json.dumps(log, ensure_ascii=False, indent=1)
    return text.encode("utf-8", "replace").decode("utf-8") + "\n"


def _rule(check: Check, lang: str) -> dict[str, Any]:
    english, japanese = check.doc.strip(), check.doc_ja.strip()
    first, second = (japanese, english) if lang == "ja" else (english, japanese)
    title, _, body = first.partition("\n")
    return {
        "id": check.code,
        "name": check.name,
        "shortDescription": {"text": title.strip()},
        "fullDescription": {"text": body.strip() or title.strip()},
        "help": {"text": f"{first}\n\n{second}\n", "markdown": f"{_markdown(first)}\n\n---\n\n{_markdown(second)}\n"},
        "defaultConfiguration": {"level": _LEVELS[check.severity]},
        "properties": {"tags": [check.code[:3], check.mqm], "severity": check.severity.name, "needs": check.needs},
    }


def _markdown(page: str) -> str:
    title, _, body = page.partition("\n")
    for head in ("Why it matters:", "What to do:", "なぜ問題か：", "対処："):
        body = body.replace(head, f"**{head.rstrip(':：')}**{head[-1]}")
    return f"## {title.strip()}\n\n{body.strip()}"


def _result(
    finding: Finding,
    report: Report,
    options: Options,
    *,
    numbers: dict[str, int],
    at: dict[str, int],
    places: dict[str, Lines],
) -> dict[str, Any]:
    document, span = main_side(report, finding)
    main = _location(document, span, finding, at=at, places=places)
    others: list[tuple[Document, Span]] = []
    if finding.ja is not None and finding.en is not None:
        others.append((report.alignment.en, finding.en))
    others += [(report.alignment.ja, s) for s in finding.also_ja] + [(report.alignment.en, s) for s in finding.also_en]
    other_side = {"ja": "対応箇所", "en": "the other side"} if finding.ja is not None and finding.en is not None else {}
    related = []
    for number, (side, place) in enumerate(others):
        counterpart = number == 0 and bool(other_side)
        text = {"ja": "同じ指摘の別の箇所", "en": "another place of the same fault"}
        related.append(
            {
                "id": number + 1,
                **_location(side, place, finding, at=at, places=places),
                "message": {"text": (other_side if counterpart else text)["ja" if options.lang == "ja" else "en"]},
            }
        )
    out: dict[str, Any] = {
        "ruleId": finding.code,
        "level": _LEVELS[finding.severity],
        "message": {"text": finding.message_ja if options.lang == "ja" else finding.message},
        "locations": [main],
        "partialFingerprints": {FINGERPRINT: finding.fingerprint},
        "rank": round(finding.confidence * 100, 2),
        "properties": {
            "severity": finding.severity.name,
            "confidence": finding.confidence,
            "label": ".".join(finding.label),
            "mqm": finding.mqm,
            "message_en": finding.message,
            "message_ja": finding.message_ja,
        },
    }
    if finding.code in numbers:
        out["ruleIndex"] = numbers[finding.code]
    if related:
        out["relatedLocations"] = related
    if finding.suggestion is not None:
        out["properties"]["suggestion"] = finding.suggestion
        if is_text(document):  # elsewhere the offsets are those of the extracted text: no tool may edit by them
            out["fixes"] = [
                {
                    "description": {"text": finding.suggestion or "∅"},
                    "artifactChanges": [
                        {
                            "artifactLocation": {"uri": as_uri(document), "index": at[document.lang]},
                            "replacements": [
                                {
                                    "deletedRegion": _region(span, places[document.lang]),
                                    "insertedContent": {"text": finding.suggestion},
                                }
                            ],
                        }
                    ],
                }
            ]
    return out


def _region(span: Span, lines: Lines) -> dict[str, Any]:
    start_line, start_column = lines.place(span.start)
    end_line, end_column = lines.place(span.end)
    return {
        "startLine": start_line,
        "startColumn": start_column,
        "endLine": end_line,
        "endColumn": end_column,
        "charOffset": span.start,
        "charLength": len(span.text),
    }


def _location(
    document: Document, span: Span, finding: Finding, *, at: dict[str, int], places: dict[str, Lines]
) -> dict[str, Any]:
    label = ".".join(finding.label)
    return {
        "physicalLocation": {
            "artifactLocation": {"uri": as_uri(document), "index": at[document.lang]},
            "region": {**_region(span, places[document.lang]), "snippet": {"text": span.text}},
        },
        **({"logicalLocations": [{"fullyQualifiedName": label, "kind": "provision"}]} if label else {}),
    }


def _artifact(document: Document) -> dict[str, Any]:
    out: dict[str, Any] = {
        "location": {"uri": as_uri(document)},
        "roles": ["analysisTarget"],
        "properties": {"language": document.lang, "sha256OfTextAsRead": document.sha256},
    }
    if is_text(document):
        out["encoding"] = "UTF-8"
    else:
        out["description"] = {"text": "Regions refer to the text that mocalign extracted from this file."}
    return out


def _invocation(report: Report, at: dict[str, int]) -> dict[str, Any]:
    out: dict[str, Any] = {"executionSuccessful": True}
    notes: list[dict[str, Any]] = [
        {
            "level": "note",
            "descriptor": {"id": "stale-decision"},
            "message": {
                "text": f"The decision {d.fingerprint} ({d.code}, {d.justification}) fits no finding any more."
            },
        }
        for d in report.stale
    ]
    if notes:
        out["toolConfigurationNotifications"] = notes
    notices = [
        {
            "level": "note",
            "message": {"text": notice},
            "locations": [{"physicalLocation": {"artifactLocation": {"uri": as_uri(d), "index": at[d.lang]}}}],
        }
        for d in (report.alignment.ja, report.alignment.en)
        for notice in d.notices
    ]
    if notices:
        out["toolExecutionNotifications"] = notices
    return out
