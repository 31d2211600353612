"""Sentences that turn their sense in Japanese, each beside its faithful renderings: bounds, denials, modes, roles …"""

from __future__ import annotations

import re
from fractions import Fraction
from pathlib import Path

import pytest

from mocalign.checks import CHECKS, run
from mocalign.checks.frequency import frequencies_en, frequencies_ja
from mocalign.checks.roles import learned
from mocalign.config import config_from_mapping
from mocalign.model import Alignment, Bead, Document, Finding
from mocalign.pair import Pair

TABLE = Path(__file__).with_name("meaning.tsv")
LINES = [line for line in TABLE.read_text(encoding="utf-8").splitlines() if not line.startswith("#")][1:]
ROWS = [tuple(line.split("\t")) for line in LINES]
CHOSEN = tuple(c for c in CHECKS if re.match("ACC[1-4]", c.code))


def _pair(ja: str, en: str) -> Pair:
    a, b = Document.from_segments("ja", ja.split("\n")), Document.from_segments("en", en.split("\n"))
    beads = tuple(Bead((x,), (y,), 0.9, "match") for x, y in zip(a.segments, b.segments, strict=True))
    return Pair(Alignment(a, b, beads), config_from_mapping({}))


def _said(ja: str, en: str) -> tuple[Finding, ...]:
    pair = _pair(ja, en)
    return tuple(f for f in run(pair, pair.config, CHOSEN) if f.severity > 0)


@pytest.mark.parametrize("topic", sorted({row[0] for row in ROWS}))
def test_faithful_renderings_pass(topic: str) -> None:
    """However a sentence is rendered faithfully, nothing is said."""
    found = [
        (ja, f.message) for t, en, right, _ in ROWS if t == topic for ja in right.split("|") for f in _said(ja, en)
    ]
    assert found == []


@pytest.mark.parametrize("topic", sorted({row[0] for row in ROWS}))
def test_turned_sentences_are_found(topic: str) -> None:
    """A sentence that says something else is reported."""
    missed = [(en, ja) for t, en, _, wrong in ROWS if t == topic for ja in wrong.split("|") if not _said(ja, en)]
    assert missed == []


@pytest.mark.parametrize(
    ("text", "times"),
    [
        ("年に二回開催する", Fraction(1, 6)),
        ("二年に一回開催する", Fraction(1, 24)),
        ("隔年で開催する", Fraction(1, 24)),
        ("毎年開催する", Fraction(1, 12)),
        ("毎月二回開催する", Fraction(2)),
        ("半年ごとに開催する", Fraction(1, 6)),
    ],
)
def test_frequencies_of_japanese(text: str, times: Fraction) -> None:
    """Times a month."""
    assert [f[0] for f in frequencies_ja(text)] == [times]


@pytest.mark.parametrize(
    ("text", "times"),
    [
        ("twice a year", Fraction(1, 6)),
        ("once every two years", Fraction(1, 24)),
        ("every other year", Fraction(1, 24)),
        ("annually", Fraction(1, 12)),
        ("three times per month", Fraction(3)),
        ("at the end of the year", None),
    ],
)
def test_frequencies_of_english(text: str, times: Fraction | None) -> None:
    """Times a month; a plain year is none."""
    assert [f[0] for f in frequencies_en(text)] == ([] if times is None else [times])


def test_actors_are_learnt_from_the_document() -> None:
    """A term that always stands where one English phrase stands is its answer, and an exchange shows."""
    ja = [
        "監督官は、書類を検査する。",
        "監督官は、証票を示す。",
        "監督官は、報告を求める。",
        "監督官は、記録を作成する。",
    ]
    ja += [
        "事業者は、設備を点検する。",
        "事業者は、費用を負担する。",
        "事業者は、台帳を備える。",
        "事業者は、職員を訓練する。",
    ]
    en = ["The inspector examines documents.", "The inspector shows a card.", "The inspector asks for a report."]
    en += ["The inspector keeps minutes.", "The operator checks equipment.", "The operator bears costs."]
    en += ["The operator keeps a ledger.", "The operator trains staff."]
    pair = _pair("\n".join(ja), "\n".join(en))
    assert learned(pair) == {"監督官": ("inspector",), "事業者": ("operator",)}
    assert _said("\n".join(ja), "\n".join(en)) == ()
    wrong = [*ja, "事業者は、標識を掲げる。"]
    found = _said("\n".join(wrong), "\n".join([*en, "The inspector puts up a sign."]))
    assert [(f.code, f.ja.text if f.ja else "", f.en.text if f.en else "") for f in found] == [
        ("ACC401", "事業者", "inspector")
    ]
