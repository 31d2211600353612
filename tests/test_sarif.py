"""SARIF and the other formats for machines: valid against the published schema, exact places, nothing leaks."""

from __future__ import annotations

import dataclasses
import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from mocalign import writers
from mocalign.decisions import Decision
from mocalign.model import Alignment, Bead, Document, Finding, Severity, Span
from mocalign.report import Report

SCHEMA = Path(__file__).parent / "data" / "sarif-2.1.0-rtm.5.json"
JA = "題名\r\n\r\n1. 学术界と😀产業界\n2. 費用は、各当事者が負担する。"
EN = "Title\n\n1. academia, 100% of it\n2. Each Participant meets its costs."


def document(lang: Any, text: str, source: str) -> Document:
    """One segment a line that is not blank."""
    made = Document.from_segments(lang, [line for line in text.split("\n") if line.strip()])
    at, segments = 0, []
    for segment in made.segments:
        at = text.index(segment.text, at)
        segments.append(dataclasses.replace(segment, span=Span(at, segment.text.rstrip("\r")), body=-1))
        at += len(segment.text)
    return Document(lang, source, text, tuple(segments))


def span(text: str, quote: str) -> Span:
    return Span(text.index(quote), quote)


def finding(**changes: Any) -> Finding:
    base = Finding(
        code="LIN001",
        name="simplified-character",
        mqm="linguistic-conventions/character-encoding",
        severity=Severity.major,
        confidence=0.99,
        message="Simplified 术, 50%: see [a](b)\nhere",
        message_ja="簡体字「术」",
        bead=1,
        label=("1",),
        ja=span(JA, "术"),
        en=None,
        suggestion="術",
        fingerprint="0123456789abcdef",
    )
    return dataclasses.replace(base, **changes)


def report(*findings: Finding, ja: str = "drafts/覚書 1.ja.md", en: str = "drafts/moc.en.md") -> Report:
    a, b = document("ja", JA, ja), document("en", EN, en)
    beads = tuple(Bead((x,), (y,), 0.9, "match") for x, y in zip(a.segments, b.segments, strict=True))
    return Report(Alignment(a, b, beads), findings, {"mocalign": "0.1.0", "checks": ["LIN001"]})


FULL = report(
    finding(),
    finding(
        code="AUD901",
        name="english-changed-alone",
        severity=Severity.critical,
        ja=span(JA, "費用は"),
        en=span(EN, "Each Participant"),
        also_en=(span(EN, "100% of it"),),
        suggestion=None,
        label=("2",),
        fingerprint="fedcba9876543210",
    ),
    finding(severity=Severity.minor, ja=None, en=span(EN, "academia"), fingerprint="1111111111111111"),
    finding(severity=Severity.neutral, ja=Span(4, ""), suggestion="", label=(), fingerprint="2222222222222222"),
)


def sarif(made: Report, lang: str = "en") -> dict[str, Any]:
    text = writers.render(made, "sarif", writers.Options(lang=lang))
    assert isinstance(text, str)
    log: dict[str, Any] = json.loads(text)
    schema = json.loads(SCHEMA.read_text(encoding="utf-8"))
    jsonschema.Draft4Validator(schema, format_checker=jsonschema.FormatChecker()).validate(log)
    return log["runs"][0]  # type: ignore[no-any-return]


@pytest.mark.parametrize("lang", ["en", "ja"])
@pytest.mark.parametrize("made", [FULL, report(), report(finding(), en="")], ids=["full", "empty", "no-english-name"])
def test_every_report_is_valid_sarif(made: Report, lang: str) -> None:
    """The OASIS schema accepts what the writer makes, in both languages."""
    run = sarif(made, lang)
    assert run["tool"]["driver"]["language"] == lang
    assert len(run["results"]) == len(made.findings)


def test_regions_count_lines_and_code_points() -> None:
    """A region quotes its text by line, column and offset, counted in code points; CR LF is one line end."""
    run = sarif(FULL)
    assert run["columnKind"] == "unicodeCodePoints"
    for result in run["results"]:
        for place in [*result["locations"], *result.get("relatedLocations", [])]:
            physical = place["physicalLocation"]
            text = JA if "ja.md" in physical["artifactLocation"]["uri"] else EN
            region = physical["region"]
            quote = region["snippet"]["text"]
            assert text[region["charOffset"] : region["charOffset"] + region["charLength"]] == quote
            line = text.replace("\r\n", "\n").split("\n")[region["startLine"] - 1]
            if region["startLine"] == region["endLine"]:
                assert line[region["startColumn"] - 1 : region["endColumn"] - 1] == quote
    assert run["results"][0]["locations"][0]["physicalLocation"]["region"]["startLine"] == 3
    assert run["results"][0]["locations"][0]["physicalLocation"]["region"]["startColumn"] == 5


def test_rules_carry_their_page_in_both_languages() -> None:
    """Every rule that reports has help in English and Japanese, and its index points at it."""
    run = sarif(FULL)
    rules = run["tool"]["driver"]["rules"]
    for result in run["results"]:
        rule = rules[result["ruleIndex"]]
        assert rule["id"] == result["ruleId"]
        for word in ("Why it matters", "なぜ問題か"):
            assert word in rule["help"]["text"]
            assert word in rule["help"]["markdown"]


def test_the_other_side_and_other_places_are_related_locations() -> None:
    """A finding on both sides stands at the Japanese; the English and further places are related."""
    result = sarif(FULL)["results"][1]
    assert result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"].endswith("ja.md")
    messages = [place["message"]["text"] for place in result["relatedLocations"]]
    assert messages == ["the other side", "another place of the same fault"]


def test_decisions_become_suppressions_with_justification() -> None:
    """A settled finding stays as a suppressed result; a decision without a finding is a notification."""
    decision = Decision(
        fingerprint="0123456789abcdef", reason="Name of a Chinese body.", person="Sato", date="2026-01-08"
    )
    gone = Decision(fingerprint="ffffffffffffffff", code="LIN001", reason="old")
    made = dataclasses.replace(report(finding(), finding(fingerprint="3333333333333333", ja=span(JA, "产"))))
    made = made.since(
        {"schema": "mocalign-decisions/1", "decisions": [dataclasses.asdict(d) for d in (decision, gone)]}
    )
    run = sarif(made)
    shown, settled = run["results"]
    assert shown["suppressions"] == []
    assert settled["suppressions"][0]["justification"] == "Name of a Chinese body."
    assert settled["suppressions"][0]["properties"] == {"decision": "accepted", "person": "Sato", "date": "2026-01-08"}
    assert settled["partialFingerprints"] == {"mocalignFingerprint/v1": "0123456789abcdef"}
    assert "ffffffffffffffff" in run["invocations"][0]["toolConfigurationNotifications"][0]["message"]["text"]


@pytest.mark.parametrize(
    ("source", "uri"),
    [
        ("drafts/覚書 1.md", "drafts/%E8%A6%9A%E6%9B%B8%201.md"),
        ("./a.md", "a.md"),
        ("/srv/a b.md", "file:///srv/a%20b.md"),
        (r"C:\drafts\a.docx", "file:///C:/drafts/a.docx"),
        ("<text>", "%3Ctext%3E"),
    ],
)
def test_addresses_are_relative_where_they_were_given_so(source: str, uri: str) -> None:
    """No machine path appears that was not given; everything is a valid URI reference."""
    run = sarif(report(finding(), ja=source))
    assert run["artifacts"][0]["location"]["uri"] == uri
    assert run["results"][0]["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] == uri


def test_fixes_only_for_files_whose_offsets_are_real() -> None:
    """A suggestion is a fix in plain text; in DOCX the offsets are those of the extracted text, so there is none."""
    plain = sarif(report(finding()))["results"][0]
    change = plain["fixes"][0]["artifactChanges"][0]["replacements"][0]
    assert change["insertedContent"]["text"] == "術"
    run = sarif(report(finding(), ja="moc.docx"))
    assert "fixes" not in run["results"][0]
    assert "extracted" in run["artifacts"][0]["description"]["text"]


def test_lone_surrogates_do_not_break_the_file() -> None:
    """What cannot be UTF-8 is replaced, not raised."""
    text = writers.render(report(finding(message="bad \ud800")), "sarif")
    assert isinstance(text, str)
    text.encode("utf-8")


def test_github_annotations_escape_and_order() -> None:
    """Severe first; data and properties escaped as the runner reads them; no line where the file is no text."""
    made = report(*FULL.findings)
    lines = str(writers.render(made, "github")).splitlines()
    assert [line.split(" ")[0] for line in lines] == ["::error", "::error", "::warning", "::notice"]
    first = next(line for line in lines if "LIN001" in line)
    assert first == (
        "::error file=drafts/覚書 1.ja.md,line=3,endLine=3,col=5,endColumn=5,title=LIN001 simplified-character::"
        "[1] Simplified 术, 50%25: see [a](b)%0Ahere"
    )
    docx = str(writers.render(report(finding(), ja="a,b:c.docx"), "github"))
    assert docx.startswith("::error file=a%2Cb%3Ac.docx,title=LIN001")


def test_markdown_keeps_quotations_plain() -> None:
    """No link, mention, pipe or tag of a document survives as markup; long reports are cut and say so."""
    hostile = finding(message="| @team <img src=x> [l](http://e.x) `c` #12 **b**")
    text = str(writers.render(report(hostile), "markdown"))
    row = text.splitlines()[6]
    assert row.count(" | ") == 5
    for raw in ("<img", "@team", "[l](", " `c`", " #12", "**b**"):
        assert raw not in row
    many = report(*[finding(fingerprint=f"{n:016x}", ja=Span(12 + n % 5, JA[12 + n % 5])) for n in range(200)])
    long = str(writers.render(many, "markdown"))
    assert "… and 140 more." in long
    assert len(long) < 65_536
    assert "Nothing was found." in str(writers.render(report(), "markdown"))
    assert "指摘はありません。" in str(writers.render(report(), "markdown", writers.Options(lang="ja")))
