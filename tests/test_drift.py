"""Drift between drafts: exactly the one-sided changes, nothing for what is no change."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from mocalign import cli, corpora, writers
from mocalign.config import Config
from mocalign.drift import Link, drift, matches, overview
from mocalign.errors import ConfigError
from mocalign.model import Document
from mocalign.readers import parse
from mocalign.report import Report

CONFIG = Config(cache=False)


def texts(name: str) -> tuple[str, str]:
    """Both sides of a bundled instrument as they are written."""
    place = corpora.folder() / name
    return (place / "ja.md").read_text(encoding="utf-8"), (place / "en.md").read_text(encoding="utf-8")


def changed(text: str, *edits: tuple[str, str]) -> str:
    """The text with edits, each of which must fit exactly once."""
    for old, new in edits:
        assert text.count(old) == 1, (old, text.count(old))
        text = text.replace(old, new)
    return text


def compare(old_ja: str, old_en: str | None, new_ja: str, new_en: str, **options: Any) -> Report:
    return drift(
        parse(old_ja, "ja", source="old.ja.md"),
        None if old_en is None else parse(old_en, "en", source="old.en.md"),
        parse(new_ja, "ja", source="new.ja.md"),
        parse(new_en, "en", source="new.en.md"),
        config=options.pop("config", CONFIG),
        **options,
    )


JA, EN = texts("japan-singapore-quantum")
# Six changes of the English; four are followed in the Japanese, the notice period and the costs are not.
EN_EDITS = (
    ("at least six months before", "at least three months before"),
    (
        "The Participants will jointly review progress in the areas listed in item 1 of Paragraph 2 once a year.",
        "The Participants will jointly review progress in the areas listed in item 1 of Paragraph 2 twice a year.",
    ),
    (
        "Each Participant will meet the costs of its own activities",
        "Unless otherwise decided, each Participant will meet the costs of its own activities",
    ),
    (
        "including but not limited to quantum computing, quantum communication and quantum sensing",
        "including quantum computing and quantum sensing",
    ),
    ("\n4. The Participants may modify this Memorandum at any time by a decision in writing.\n", ""),
    ("in mutual respect and through consultations in good faith", "through consultations in good faith"),
)
JA_EDITS = (
    ("年1回共同で確認する", "年2回共同で確認する"),
    (
        "量子コンピューティング、量子通信及び量子センシングを含むがこれらに限られない、",
        "量子コンピューティング及び量子センシングを含む、",
    ),
    ("\n4. 当事者らは、書面による決定により、いつでも本覚書を修正することができる。\n", ""),
    ("相互尊重の下、誠実な協議により", "誠実な協議により"),
)


@pytest.fixture(scope="module")
def six() -> Report:
    """Six planted changes, four followed and two not."""
    return compare(JA, EN, changed(JA, *JA_EDITS), changed(EN, *EN_EDITS))


def test_exactly_the_two_that_were_not_followed(six: Report) -> None:
    """Of six changes the four that the Japanese followed are no findings."""
    assert [(f.code, f.severity.name) for f in six.findings] == [("AUD901", "major"), ("AUD901", "major")]
    costs, notice = six.findings
    assert "“Each” → “Unless otherwise decided, each”" in costs.message
    assert "“six” → “three”" in notice.message
    assert "「six」→「three」" in notice.message_ja
    for finding in six.findings:
        assert finding.en is not None
        assert finding.ja is not None
        assert six.alignment.en.text[finding.en.start : finding.en.end] == finding.en.text
        assert six.alignment.ja.text[finding.ja.start : finding.ja.end] == finding.ja.text
    assert "終了を希望する当事者" in (notice.ja.text if notice.ja else "")


def test_all_six_are_listed(six: Report) -> None:
    """The JSON report and the overview name every change of both languages with its answer."""
    data = json.loads(six.to_json())["drift"]
    assert data["summary"]["en"] == {"followed": 4, "alone": 2, "unknown": 0, "moved": 0}
    assert data["summary"]["ja"] == {"followed": 4, "alone": 0, "unknown": 0, "moved": 0}
    text = overview(six, "en")
    marks = [line[:2] for line in text.splitlines()]
    assert marks.count("= ") == 8 + 1  # and the key
    assert marks.count("! ") == 2


@pytest.mark.parametrize("name", sorted(writers.FORMATS))
def test_every_format_shows_drift(six: Report, name: str) -> None:
    """Output in all formats."""
    content = writers.render(six, name)
    assert content


def test_followed_changes_can_be_reported_too() -> None:
    """With `followed` they are neutral findings, which change no exit code."""
    report = compare(JA, EN, changed(JA, *JA_EDITS), changed(EN, *EN_EDITS), followed=True)
    assert sorted({f.code for f in report.findings}) == ["AUD901", "AUD907"]
    assert len(report.at_least("minor")) == 2


def test_the_same_drafts_have_no_drift() -> None:
    """Nothing changed, nothing reported, on every bundled instrument."""
    for name in corpora.names():
        ja, en = texts(name)
        report = compare(ja, en, ja, en)
        assert report.findings == (), name
        assert report.extras["drift"]["changes"] == [], name


NO_CHANGE_JA = (
    ("## 第4項 相違の解決", "##   第4項　相違の解決"),
    ("**インフラ及び試験施設**：", "インフラ及び試験施設："),
    ("2026 年 1 月 9 日に", "2026年1月9日に"),
    ("本覚書に基づく自らの活動", "本覚書に\n基づく自らの活動"),
)
NO_CHANGE_EN = (
    ("- a) **Dialogue on research and innovation**:", "* a) Dialogue on research and innovation:"),
    ("in mutual respect and through", "in mutual\nrespect and  through"),
    ("today's fastest", "today’s fastest"),
)


def test_white_space_markup_and_renumbering_are_no_change() -> None:
    """A reflowed, reformatted and renumbered draft says what it said."""
    report = compare(JA, EN, changed(JA, *NO_CHANGE_JA), changed(EN, *NO_CHANGE_EN))
    assert report.extras["drift"]["changes"] == []
    renumbered = EN.replace("\n2. ", "\n3. ").replace("- h) ", "- i) ")
    assert compare(JA, EN, JA, renumbered).findings == ()


PAIR = (
    "1. 双方は、費用を負担する。\n\n2. 双方は、毎年会合を開催する。\n\n3. 双方は、情報を交換する。\n",
    "1. The Participants meet the costs.\n\n2. The Participants meet every year.\n\n3. The Participants exchange information.\n",
)
CASES = {
    "english-changed": (PAIR[0], PAIR[1].replace("every year", "every month"), ["AUD901"]),
    "japanese-changed": (PAIR[0].replace("毎年", "毎月"), PAIR[1], ["AUD904"]),
    "both-changed": (PAIR[0].replace("毎年", "毎月"), PAIR[1].replace("every year", "every month"), []),
    "english-added": (PAIR[0], PAIR[1] + "\n4. Nothing here binds a third State in any way.\n", ["AUD902"]),
    "japanese-added": (PAIR[0] + "\n4. この文書は、第三国を拘束しない。\n", PAIR[1], ["AUD905"]),
    "both-added": (
        PAIR[0] + "\n4. この文書は、第三国を拘束しない。\n",
        PAIR[1] + "\n4. Nothing here binds a third State in any way.\n",
        [],
    ),
    "english-deleted": (PAIR[0], PAIR[1].replace("2. The Participants meet every year.\n\n", ""), ["AUD903"]),
    "japanese-deleted": (PAIR[0].replace("2. 双方は、毎年会合を開催する。\n\n", ""), PAIR[1], ["AUD906"]),
    "both-deleted": (
        PAIR[0].replace("2. 双方は、毎年会合を開催する。\n\n", ""),
        PAIR[1].replace("2. The Participants meet every year.\n\n", ""),
        [],
    ),
    "moved-together": (
        "2. 双方は、情報を交換する。\n\n1. 双方は、費用を負担する。\n\n3. 双方は、毎年会合を開催する。\n",
        "2. The Participants exchange information.\n\n1. The Participants meet the costs.\n\n3. The Participants meet every year.\n",
        [],
    ),
}


def presegmented(text: str, lang: Any) -> Document:
    return Document.from_segments(lang, [line for line in text.split("\n") if line], source=f"x.{lang}")


@pytest.mark.parametrize("case", CASES)
def test_each_kind_of_one_sided_change(case: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """One edit, one finding of its kind; the twin that both sides made is silent."""
    monkeypatch.setattr("mocalign.api.align", _by_meaning)
    ja, en, codes = CASES[case]
    report = drift(
        presegmented(PAIR[0], "ja"),
        presegmented(PAIR[1], "en"),
        presegmented(ja, "ja"),
        presegmented(en, "en"),
        config=CONFIG,
    )
    assert [f.code for f in report.findings] == codes
    for finding in report.findings:
        assert finding.message
        assert finding.message_ja


_ANSWERS = {"費用": "costs", "会合": "every", "情報": "exchange", "第三国": "third"}


def _by_meaning(ja: Document, en: Document, **_: object) -> Any:
    """A perfect alignment of the small pair, so that the cases test drift and not the aligner."""
    from mocalign.model import Alignment, Bead

    left = list(en.segments)
    beads = []
    for s in ja.segments:
        word = next(e for j, e in _ANSWERS.items() if j in s.text)
        fit = next((t for t in left if word in t.text), None)
        if fit is not None:
            left.remove(fit)
        beads.append(Bead((s,), (fit,), 0.9, "match") if fit else Bead((s,), (), 0.0, "ja-only"))
    return Alignment(ja, en, (*beads, *(Bead((), (t,), 0.0, "en-only") for t in left)))


def test_changes_in_the_same_paragraph_that_do_not_answer_each_other() -> None:
    """A figure changed in English beside another edit of the Japanese; and edits in different sentences."""
    ja = "双方は、六か月前に通知する。双方は、費用を負担する。"
    en = "The Participants give six months' notice. The Participants meet the costs."
    figures = compare(ja, en, ja.replace("通知する", "書面で通知する"), en.replace("six", "three"))
    assert "figures did not" in next(f for f in figures.findings if f.code == "AUD901").message
    apart = compare(ja, en, ja.replace("費用", "経費"), en.replace("notice", "written notice"))
    assert "another sentence" in next(f for f in apart.findings if f.code == "AUD901").message
    same = compare(ja, en, ja.replace("六か月", "三か月"), en.replace("six", "three"))
    assert same.findings == ()


def test_with_the_old_japanese_only() -> None:
    """Without the old English every Japanese change is listed, neutral, with its words."""
    report = compare(JA, None, changed(JA, *JA_EDITS), changed(EN, *EN_EDITS))
    assert {f.code for f in report.findings} == {"AUD908"}
    assert {f.severity.name for f in report.findings} == {"neutral"}
    assert any("“1” → “2”" in f.message for f in report.findings)
    assert report.extras["drift"]["old"]["en"] is None


def test_a_paragraph_split_in_two_is_no_change() -> None:
    """The same words in two paragraphs instead of one, and back."""
    whole = presegmented("双方は、費用を負担する。双方は、情報を交換する。\nその他の事項を定める。", "ja")
    split = presegmented("双方は、費用を負担する。\n双方は、情報を交換する。\nその他の事項を定める。", "ja")
    assert matches(whole, split) == (Link((0,), (0, 1), True), Link((1,), (2,), True))
    assert matches(split, whole) == (Link((0, 1), (0,), True), Link((2,), (1,), True))


def test_settings_reach_drift() -> None:
    """A code can be ignored, its severity changed; a selection of other checks does not silence drift."""
    new_en = changed(EN, *EN_EDITS[:1])
    from mocalign.config import config_from_mapping

    base: dict[str, Any] = {"cache": False}
    for extra, expected in (
        ({"ignore": ["AUD901"]}, []),
        ({"ignore": ["english-changed-alone"]}, []),
        ({"select": ["LIN"]}, ["major"]),
        ({"checks": {"english-changed-alone": {"severity": "critical"}}}, ["critical"]),
        ({"checks": {"english-changed-alone": {"enabled": False}}}, []),
    ):
        report = compare(JA, EN, JA, new_en, config=config_from_mapping({**base, **extra}))
        assert [f.severity.name for f in report.findings] == expected, extra
    with pytest.raises(ConfigError, match="no check is called"):
        compare(JA, EN, JA, new_en, config=config_from_mapping({**base, "ignore": ["AUD99"]}))


def test_the_verb(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    """Exit 1 for drift, 0 for none or once accepted, 2 for a wrong call; the overview goes to standard output."""
    files = {
        "old.ja.md": JA,
        "old.en.md": EN,
        "new.ja.md": changed(JA, *JA_EDITS),
        "new.en.md": changed(EN, *EN_EDITS),
    }
    for name, text in files.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    oj, oe, nj, ne = (str(tmp_path / name) for name in files)
    tail = ["--no-cache", "--lang", "en"]
    assert cli.main(["drift", "--old", oj, oe, "--new", nj, ne, *tail]) == 1
    printed = capfd.readouterr().out
    assert "! English" in printed
    assert "= Japanese" in printed
    out = tmp_path / "drift.json"
    assert cli.main(["drift", "--old", oj, oe, "--new", nj, ne, "-o", str(out), *tail]) == 1
    decisions = tmp_path / "d.json"
    assert cli.main(["accept", str(out), "AUD901", "--reason", "agreed on the phone", "-o", str(decisions)]) == 0
    assert cli.main(["drift", "--old", oj, oe, "--new", nj, ne, "--baseline", str(decisions), *tail]) == 0
    assert cli.main(["drift", "--old", oj, "--new", nj, ne, *tail]) == 0
    assert cli.main(["drift", "--old", oj, oe, "--new", oj, oe, *tail]) == 0
    assert cli.main(["drift", "--old", oj, oe, ne, "--new", nj, ne, *tail]) == 2
