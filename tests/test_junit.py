"""JUnit XML: one test case a check; what is below the bar does not fail."""

from __future__ import annotations

import dataclasses

import pytest
from lxml import etree

from mocalign import writers
from mocalign.model import Alignment, Bead, Document, Finding, Severity, Span
from mocalign.report import Report

JA = Document.from_segments("ja", ["学术界 <a> & \x01"], source="a.ja.md")
BASE = Finding(
    "LIN001",
    "simplified-character",
    "m",
    Severity.major,
    0.9,
    'Bad <术> & "q" \x01',
    "簡体字",
    0,
    ("1", "a"),
    Span(1, "术"),
    None,
)


def junit(*findings: Finding, fail_on: str = "major", checks: tuple[str, ...] = ("LIN001",)) -> etree._Element:
    alignment = Alignment(JA, Document.empty("en"), (Bead(JA.segments, (), 0.0, "ja-only"),))
    made = Report(alignment, findings, {"mocalign": "0.1.0", "checks": list(checks)})
    text = writers.render(made, "junit", writers.Options(fail_on=fail_on))
    assert isinstance(text, str)
    return etree.fromstring(text.encode("utf-8"))


def test_a_check_without_findings_is_a_passed_test() -> None:
    """What was looked for and not found shows as passed."""
    root = junit(checks=("LIN001", "AUD901"))
    assert [c.get("name") for c in root.iter("testcase")] == [
        "AUD901 english-changed-alone",
        "LIN001 simplified-character",
    ]
    assert root.get("failures") == "0"
    assert next(root.iter("testsuite")).get("name") == "a.ja.md"


@pytest.mark.parametrize(
    ("severity", "fail_on", "fails"),
    [
        (Severity.major, "major", True),
        (Severity.minor, "major", False),
        (Severity.minor, "minor", True),
        (Severity.critical, "never", False),
        (Severity.neutral, "minor", False),
    ],
)
def test_the_bar_is_that_of_the_exit_code(severity: Severity, fail_on: str, fails: bool) -> None:
    """A test case fails exactly when the verb would exit with 1; the rest is output."""
    root = junit(dataclasses.replace(BASE, severity=severity), fail_on=fail_on)
    assert bool(list(root.iter("failure"))) is fails
    assert bool(list(root.iter("system-out"))) is not fails


def test_text_is_well_formed_whatever_the_document_holds() -> None:
    """Markup is escaped, control characters are replaced, findings of a check stand together with their place."""
    root = junit(BASE, dataclasses.replace(BASE, ja=Span(2, "界"), message="second"))
    (failure,) = root.iter("failure")
    assert failure.get("message") == 'Bad <术> & "q" \ufffd (+1)'
    assert (failure.text or "").splitlines()[1] == "a.ja.md:1:3 [1.a]: major: second"
    assert root.get("tests") == "1"
