"""How the nouns look in a notebook, as frames, and by label."""

from __future__ import annotations

import re
import sys
from html.parser import HTMLParser
from typing import Any

import pytest

from mocalign import display
from mocalign.errors import MissingExtraError
from mocalign.memory import Precedent, Precedents
from mocalign.model import Alignment, Bead, Document, Finding, Segment, Severity, Span
from mocalign.report import Report
from mocalign.termlist import Place, Rendering, Term, TermList

NASTY = "<script>alert(1)</script> & \"'"


def _segments(texts: list[tuple[str, tuple[str, ...]]]) -> tuple[str, tuple[Segment, ...]]:
    at, out = 0, []
    for index, (text, label) in enumerate(texts):
        out.append(Segment(index, Span(at, text), label=label))
        at += len(text) + 1
    return "\n".join(t for t, _ in texts), tuple(out)


LABELS = (("1",), ("2",), ("2", "1"), ("2", "1", "b"), ("2", "2"), ("3",))


def _finding(at: int, ja: Document, severity: Severity = Severity.major, **more: Any) -> Finding:
    span = ja.segments[at].span
    values: dict[str, Any] = {
        "code": "LIN001",
        "name": "some-fault",
        "mqm": "x/y",
        "severity": severity,
        "confidence": 0.9,
        "message": f"Wrong {NASTY}",
        "message_ja": "誤り",
        "bead": at,
        "label": LABELS[at],
        "ja": Span(span.start, span.text[:2]),
        "en": None,
        "suggestion": "直し",
        "fingerprint": str(at),
    }
    return Finding(**{**values, **more})


@pytest.fixture
def report() -> Report:
    """Six provisions, a finding at four of them."""
    ja_text, ja_segments = _segments([(f"条文{n}{NASTY}", label) for n, label in enumerate(LABELS)])
    en_text, en_segments = _segments([(f"Provision {n} {NASTY}", label) for n, label in enumerate(LABELS)])
    ja, en = Document("ja", f"x/{NASTY}.md", ja_text, ja_segments), Document("en", "x/en.md", en_text, en_segments)
    beads = tuple(Bead((a,), (b,), 0.9, "match") for a, b in zip(ja_segments, en_segments, strict=True))
    findings = (
        _finding(0, ja, Severity.minor),
        _finding(2, ja),
        _finding(3, ja, Severity.critical, suggestion=None),
        _finding(5, ja, Severity.neutral, suggestion=""),
    )
    return Report(Alignment(ja, en, beads), findings, {})


class _Balance(HTMLParser):
    """Checks that tags close in order and that no script or link slips in."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.seen: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002
        self.seen.add(tag)
        if tag not in ("br", "col"):
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def _shown(report: Report) -> dict[str, str]:
    term = Term("協力", 1, (Rendering(NASTY, (Place(0, ("1",), Span(0, "協力"), Span(0, NASTY)),)),), 0.5)
    hit = Precedent(0.9, "協力する。", f"They {NASTY}", "a<b>", ("1",), ((0, 2),), ((0, 4),))
    things: dict[str, Any] = {
        "report": report,
        "empty": Report(report.alignment, (), {}),
        "finding": report.findings[0],
        "document": report.alignment.ja,
        "alignment": report.alignment,
        "terms": TermList((term,)),
        "precedents": Precedents("x", "ja", (hit,)),
        "precedent": hit,
        "none": Precedents("x", "ja", ()),
    }
    return {name: thing._repr_html_() for name, thing in things.items()}


def test_html_is_whole_and_escaped(report: Report) -> None:
    """Tags balance; what stands in a document stays text; nothing is fetched or run."""
    for name, html in _shown(report).items():
        parser = _Balance()
        parser.feed(html)
        assert parser.open == [], name
        assert not parser.seen & {"script", "link", "img", "style", "iframe"}, name
        assert "<script" not in html


def test_colours_suit_light_and_dark(report: Report) -> None:
    """Text has the theme's own colour; no background is opaque."""
    for html in _shown(report).values():
        assert set(re.findall(r"(?<![-\w])color:([^;\"']+)", html)) <= {"inherit"}
        assert all(b.startswith("rgba(") or b == "transparent" for b in re.findall(r"background:([^;\"']+)", html))


def test_severity_shows_by_shape(report: Report) -> None:
    """Each severity has its own mark, not a colour alone."""
    html = report._repr_html_()
    assert all(shape in html for shape in "◆▲●○")


def test_long_things_say_how_much_more_there_is() -> None:
    """A table ends after some rows."""
    document = Document.from_segments("ja", [f"条文{n}" for n in range(100)])
    html = document._repr_html_()
    assert html.count("<tr") == display.ROWS + 1
    assert "70 more" in html


def test_plain_repr_is_short(report: Report) -> None:
    """A repr never holds the whole text."""
    for thing in (report, report.alignment, report.alignment.ja):
        assert len(repr(thing)) < 400


KEYS = (
    ("2", ["2.1", "2.1.b"]),
    ("2.1", ["2.1", "2.1.b"]),
    ("2.1.b", ["2.1.b"]),
    ("2.2", []),
    (slice("2", "3"), ["2.1", "2.1.b", "3"]),
    (slice(None, "2.1"), ["1", "2.1", "2.1.b"]),
    (slice("2.2", None), ["3"]),
    (slice(1, 3), ["2.1", "2.1.b"]),
)


@pytest.mark.parametrize(("key", "labels"), KEYS)
def test_a_report_by_label(report: Report, key: Any, labels: list[str]) -> None:
    """A label gives what stands there and below; a slice of labels includes both ends."""
    part = report[key]
    assert [".".join(f.label) for f in part.findings] == labels
    assert part.alignment is report.alignment


def test_a_report_by_number_and_by_unknown_label(report: Report) -> None:
    """A number gives a finding; an unknown label is refused with the nearest."""
    assert report[0] is report.findings[0]
    with pytest.raises(KeyError, match=r"2\.9.*did you mean"):
        report["2.9"]


def test_frames_are_tidy(report: Report, monkeypatch: pytest.MonkeyPatch) -> None:
    """One row a finding, bead or segment; severity is ordered; without pandas the command that installs it."""
    pytest.importorskip("pandas")
    frame = report.to_frame()
    assert list(frame["label"]) == ["1", "2.1", "2.1.b", "3"]
    assert frame["severity"].max() == "critical"
    assert frame["en_start"].isna().all()
    assert len(report.alignment.to_frame()) == 6
    assert list(report.alignment.ja.to_frame()["kind"].unique()) == ["paragraph"]
    assert list(Report(report.alignment, (), {}).to_frame().columns) == list(frame.columns)
    monkeypatch.setitem(sys.modules, "pandas", None)
    with pytest.raises(MissingExtraError, match=r"mocalign\[frame\]"):
        report.to_frame()


def test_save_and_to_html(report: Report, tmp_path: Any) -> None:
    """The suffix says the format; the page is the one the command line writes."""
    from mocalign import writers

    for name in ("a.json", "a.html", "a.csv", "a.xlf", "a.docx"):
        report.save(tmp_path / name)
        assert (tmp_path / name).stat().st_size > 0
    page = report.to_html(lang="ja")
    assert page == writers.render(report, "html", writers.Options(lang="ja"))
    assert "対照結果" in page


def test_a_progress_bar_takes_both_forms(monkeypatch: pytest.MonkeyPatch) -> None:
    """(done, total) and (stage, done, total) both move it; without tqdm the command that installs it."""
    pytest.importorskip("tqdm")
    tell = display.progress_bar("x")
    for done in (1, 2, 3):
        tell(done, 3)
        tell("encode", done, 3)
    monkeypatch.setitem(sys.modules, "tqdm.auto", None)
    with pytest.raises(MissingExtraError, match=r"mocalign\[notebook\]"):
        display.progress_bar()
