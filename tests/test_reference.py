"""The whole way on real input: the reference instrument, the other real documents, the bundled instruments in every format."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

import mocalign
from mocalign import corpora
from mocalign.config import Config
from mocalign.report import Report

REAL = [("covenant-2.1.ja.md", "covenant-2.1.en.md"), ("udhr.ja.html", "udhr.en.html")]
FIRST_FOUR = Config(select=("simplified-character", "number-mismatch", "untranslated-segment", "broken-paragraph"))


def _key(report: Report) -> list[tuple[str, str, str]]:
    """Code and quotations without white space and Markdown marks, which other formats do not have."""

    def plain(text: str) -> str:
        return "".join(text.replace("*", "").split())

    return sorted(
        (f.code, plain(f.ja.text if f.ja else ""), plain(f.en.text if f.en else ""))
        for f in report.findings
        if f.name != "mixed-marker"  # "- a)" beside "g)" is a matter of Markdown
    )


def _beads(report: Report) -> list[tuple[list[int], list[int], str]]:
    return [([s.index for s in b.ja], [s.index for s in b.en], b.relation) for b in report.alignment.beads]


@pytest.fixture(scope="module")
def seed(shared: Path) -> Report:
    """The report on the reference instrument."""
    return mocalign.review(shared / "seed/moc-quantum.ja.md", shared / "seed/moc-quantum.en.md", config=Config())


def test_the_three_simplified_characters_of_the_reference_instrument(seed: Report) -> None:
    """All three 术 with 術 as the suggestion, and neither of the correct 学術."""
    found = [f for f in seed.findings if f.name == "simplified-character"]
    assert [(f.ja.text if f.ja else "", f.suggestion) for f in found] == [("术", "術")] * 3


def test_every_segment_of_the_reference_instrument_has_its_counterpart(seed: Report) -> None:
    """Item by item, with the broken word and the broken name joined."""
    for bead in seed.alignment.beads:
        assert bead.relation == "match"
        assert (len(bead.ja), len(bead.en)) == (1, 1)
        assert bead.ja[0].label == bead.en[0].label
    joined = [s.view("ja").text for s in seed.alignment.ja.segments if s.seams]
    assert any("エコシステム" in text for text in joined)
    assert any("情報省" in text for text in joined)


def test_the_figures_of_the_reference_instrument_raise_nothing(seed: Report) -> None:
    """Both dates, six months and two copies agree with the English."""
    assert [f.message for f in seed.findings if f.code.startswith("ACC1")] == []


def test_few_false_alarms_on_the_reference_instrument(seed: Report) -> None:
    """Beyond 术 and the word cut at a page break at most two findings at major or above."""
    rest = [f for f in seed.at_least("major") if f.name not in ("simplified-character", "broken-paragraph")]
    assert len(rest) <= 2, [(f.code, f.message) for f in rest]


@pytest.mark.parametrize(("ja", "en"), REAL)
def test_no_false_alarm_of_the_first_checks_on_real_documents(ja: str, en: str, shared: Path) -> None:
    """The Covenant and the Universal Declaration are faithful."""
    report = mocalign.review(shared / "real" / ja, shared / "real" / en, config=FIRST_FOUR)
    assert [(f.code, f.message) for f in report.at_least("major")] == []


VARIANTS = [
    pytest.param(name, suffix, id=f"{name}.{suffix}")
    for name in corpora.names()
    for suffix in ("docx", "html", "pdf")
    if (corpora.folder() / name / f"ja.{suffix}").is_file()
]


@pytest.mark.parametrize(("name", "suffix"), VARIANTS)
def test_every_format_gives_the_same_beads_and_findings(name: str, suffix: str) -> None:
    """DOCX, HTML and PDF are read as the Markdown is."""
    place = corpora.folder() / name
    plain = mocalign.review(place / "ja.md", place / "en.md", config=Config())
    other = mocalign.review(place / f"ja.{suffix}", place / f"en.{suffix}", config=Config())
    assert _beads(other) == _beads(plain)
    assert _key(other) == _key(plain)


def _lines(document: mocalign.Document) -> list[tuple[int, int]]:
    """First and last line of each segment, from 1."""
    text = document.text
    return [(text.count("\n", 0, s.span.start) + 1, text.count("\n", 0, s.span.end) + 1) for s in document.segments]


def test_the_demo_instrument_is_aligned_as_its_gold_says() -> None:
    """`beads.tsv` by lines, broken paragraphs included."""
    corpus = corpora.load("japan-singapore-quantum")
    alignment = mocalign.align(corpus.ja, corpus.en)
    ja, en = _lines(corpus.ja), _lines(corpus.en)
    found = {
        (
            tuple(n for s in b.ja for n in range(ja[s.index][0], ja[s.index][1] + 1)),
            tuple(n for s in b.en for n in range(en[s.index][0], en[s.index][1] + 1)),
        )
        for b in alignment.beads
    }
    ja_text, en_text = corpus.ja.text.split("\n"), corpus.en.text.split("\n")
    found = {
        (tuple(n for n in a if ja_text[n - 1].strip()), tuple(n for n in b if en_text[n - 1].strip())) for a, b in found
    }
    assert found == {(a, b) for a, b, _ in corpus.beads}


def test_the_demo_instrument_gives_its_snapshot() -> None:
    """`findings.json`; UPDATE_SNAPSHOT=1 writes it anew."""
    corpus = corpora.load("japan-singapore-quantum")
    report = mocalign.review(corpus.ja, corpus.en, config=Config())
    rows = [
        {
            "code": f.code,
            "severity": f.severity.name,
            "label": ".".join(f.label),
            "ja": f.ja.text if f.ja else None,
            "en": f.en.text if f.en else None,
            "suggestion": f.suggestion,
        }
        for f in report.findings
    ]
    path = corpus.path / "findings.json"
    if os.environ.get("UPDATE_SNAPSHOT"):
        path.write_text(json.dumps(rows, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    assert rows == json.loads(path.read_text(encoding="utf-8"))
