"""Decisions: they hide what they name, survive edits elsewhere, renumbering and moves, and are reported when they end."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from mocalign import cli
from mocalign.api import review
from mocalign.config import Config
from mocalign.decisions import Decision, decisions_from, merge, read_decisions, to_json
from mocalign.errors import ConfigError
from mocalign.readers import parse
from mocalign.report import Report, read_baseline

BEFORE = """# 協力覚書

1. 両国の学术界は、対話を行う。

2. 当事者は、費用を負担する。

3. 当事者は、学术に関する情報を交換する。
"""
# A paragraph is inserted (so that all numbers move), another edited, and the two that matter change places.
AFTER = """# 協力覚書

1. この覚書は、協力を目的とする。

2. 当事者は、学术に関する情報を交換する。

3. 当事者は、自らの費用を負担する。

4. 両国の学术界は、対話を行う。
"""
CONFIG = Config(select=("LIN001",), embedder="lexical", cache=False)


def made(text: str) -> Report:
    return review(parse(text, "ja", source="a.md"), config=CONFIG)


def decided(report: Report, status: str = "accepted") -> dict[str, Any]:
    rows = [Decision(fingerprint=f.fingerprint, code=f.code, status=status, reason="r") for f in report.findings]
    return json.loads(to_json(rows))  # type: ignore[no-any-return]


@pytest.mark.parametrize("status", ["accepted", "dismissed"])
def test_decisions_survive_edits_renumbering_and_moves(status: str) -> None:
    """The paragraphs keep their words, so the decisions hold though number, place and neighbours changed."""
    first = made(BEFORE)
    assert len(first.findings) == 2
    later = made(AFTER).since(decided(first, status))
    assert later.findings == ()
    assert len(later.suppressed) == 2
    assert later.stale == ()


def test_a_decision_ends_with_its_paragraph() -> None:
    """When the paragraph itself is edited the finding is shown again and the decision is reported as stale."""
    later = made(BEFORE.replace("対話を行う", "定期的に対話を行う")).since(decided(made(BEFORE)))
    assert [f.ja.text for f in later.findings if f.ja] == ["术"]
    assert len(later.stale) == 1
    data = later.to_dict()
    assert data["stale"][0]["fingerprint"] == later.stale[0].fingerprint
    assert data["suppressed"][0]["decision"]["reason"] == "r"


def test_an_open_note_hides_nothing() -> None:
    """Status "open" is a note only, and is not stale while its finding stands."""
    later = made(BEFORE).since(decided(made(BEFORE), "open"))
    assert len(later.findings) == 2
    assert later.stale == ()


def test_a_report_is_a_multiset_and_a_decision_is_not() -> None:
    """Two equal findings need two entries in a report; one decision covers every finding of its fingerprint."""
    twice = made("学术の会議\n\n学术の会議\n")
    once = made("学术の会議\n")
    assert len({f.fingerprint for f in twice.findings}) == 1
    assert len(twice.since(once).findings) == 1
    assert len(twice.since(decided(once)).findings) == 0


def test_a_report_with_settled_findings_is_a_full_baseline(tmp_path: Path) -> None:
    """What a decision hid when the baseline was made is known to that baseline too."""
    first = made(BEFORE)
    settled = first.since(decided(first))
    path = tmp_path / "old.json"
    path.write_text(settled.to_json(), encoding="utf-8")
    assert sum(read_baseline(path).values()) == 2
    assert made(BEFORE).since(path).findings == ()
    assert made(BEFORE).since(settled).findings == ()
    assert made(BEFORE).since(path, decided(first)).stale == ()


@pytest.mark.parametrize(
    ("data", "words"),
    [
        ([], "not a decisions file"),
        ({"schema": "mocalign-decisions/2", "decisions": []}, "newer"),
        ({"schema": "mocalign-decisions/1", "decisions": {}}, "list"),
        ({"schema": "mocalign-decisions/1", "decisions": [{}]}, "decision 1 has no fingerprint"),
        ({"schema": "mocalign-decisions/1", "decisions": [{"fingerprint": 7}]}, "fingerprint is a string"),
        ({"schema": "mocalign-decisions/1", "decisions": [{"fingerprint": "a", "status": "acepted"}]}, "accepted"),
        ({"schema": "mocalign-decisions/1", "decisions": [{"fingerprint": "a", "date": "8.1.2026"}]}, "YYYY-MM-DD"),
    ],
)
def test_a_bad_file_gets_one_clear_line(data: object, words: str) -> None:
    """What, where, and what would be accepted."""
    with pytest.raises(ConfigError, match=words):
        decisions_from(data, "d.json")


def test_merge_keeps_one_decision_a_finding() -> None:
    """The later decision holds, at the place of the earlier."""
    a, b = Decision(fingerprint="a", reason="1"), Decision(fingerprint="b")
    again = Decision(fingerprint="a", reason="2", status="dismissed")
    assert merge((a, b), (again,)) == (again, b)


def test_accept_and_baseline_on_the_command_line(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    """check, accept, check again: exit 1, 0, 0; a decision that fits nothing any more is noted on standard error."""
    text, report, decisions = tmp_path / "a.md", tmp_path / "r.json", tmp_path / "d.json"
    text.write_text(BEFORE, encoding="utf-8")
    check = ["check", str(text), "--select", "LIN001", "--no-cache", "--lang", "en"]
    assert cli.main([*check, "-o", str(report)]) == 1
    accept = ["accept", str(report), "--reason", "quoted", "--person", "Sato", "-o", str(decisions)]
    assert cli.main([*accept, "--date", "2026-01-08", "LIN001"]) == 0
    rows = read_decisions(decisions)
    assert {(r.person, r.date, r.quote, r.status) for r in rows} == {("Sato", "2026-01-08", "术", "accepted")}
    assert cli.main([*check, "--baseline", str(decisions)]) == 0
    assert cli.main([*accept, "--dismiss", rows[0].fingerprint, "--date", "2026-01-09"]) == 0
    assert [r.status for r in read_decisions(decisions)] == ["dismissed", "accepted"]
    capfd.readouterr()
    text.write_text(BEFORE.replace("対話を行う", "会う").replace("学术界", "学術界"), encoding="utf-8")
    assert cli.main([*check, "--baseline", str(decisions)]) == 0
    assert f"decision {rows[0].fingerprint} (LIN001" in capfd.readouterr().err
    assert cli.main([*accept, "LIN01"]) == 2
    assert "did you mean 'LIN001'?" in capfd.readouterr().err
    assert cli.main(["accept", str(report), "LIN001", "--reason", "x", "-o", str(report)]) == 2
    assert "not a decisions file" in capfd.readouterr().err
