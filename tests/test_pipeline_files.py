"""The files of the pipeline are tried: the action's script, the hook, every command of the docs, the JSON contract."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from mocalign import Config, api, cli, corpora
from mocalign.drift import drift
from mocalign.verbs.common import config_of
from mocalign.verbs.explain import reference

ROOT = Path(__file__).resolve().parent.parent
PIPELINE = (ROOT / "docs" / "pipeline.md").read_text(encoding="utf-8")
CONTRACT = (ROOT / "docs" / "json.md").read_text(encoding="utf-8")
SETTINGS = 'select = ["LIN001"]\nembedder = "lexical"\ncache = false\nlang = "en"\n'
BASH = shutil.which("bash")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A checkout of somebody's texts: a pair with faults, its old draft, a folder of pairs, quick settings."""
    place = corpora.folder() / "japan-singapore-quantum"
    ja, en = (place / "ja.md").read_text(encoding="utf-8"), (place / "en.md").read_text(encoding="utf-8")
    (tmp_path / "texts").mkdir()
    for name in ("moc", "old", "texts/moc"):
        (tmp_path / f"{name}.ja.md").write_text(ja, encoding="utf-8")
        (tmp_path / f"{name}.en.md").write_text(en, encoding="utf-8")
    (tmp_path / "mocalign.toml").write_text(SETTINGS, encoding="utf-8")
    (tmp_path / "pairs.csv").write_text("ja,en\nmoc.ja.md,moc.en.md\n", encoding="utf-8")
    return tmp_path


def environment(folder: Path) -> dict[str, str]:
    """A PATH on which `mocalign` is this checkout and `python -m pip` does nothing."""
    tools = folder / ".tools"
    tools.mkdir(exist_ok=True)
    run = f'#!/bin/sh\nexec "{sys.executable}" -m mocalign "$@"\n'
    for name, text in (("mocalign", run), ("python", "#!/bin/sh\nexit 0\n")):
        (tools / name).write_text(text)
        (tools / name).chmod(0o755)
    return {**os.environ, "PATH": f"{tools}{os.pathsep}{os.environ['PATH']}", "PYTHONUTF8": "1"}


def bash(script: str, folder: Path, **variables: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [BASH or "bash", "-c", script],
        cwd=folder,
        env={**environment(folder), **variables},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


def blocks(kind: str) -> list[str]:
    return re.findall(rf"^```{kind}\n(.*?)^```", PIPELINE, re.DOTALL | re.MULTILINE)


# ---------------------------------------------------------------- docs/pipeline.md


@pytest.mark.skipif(BASH is None, reason="bash")
def test_the_commands_of_the_docs_run_in_order(folder: Path) -> None:
    """Every bash block of the pipeline page works as printed and leaves what it says."""
    script = "set -e\n" + "\n".join(blocks("bash"))
    done = bash(script, folder)
    assert done.returncode == 0, done.stderr
    for path in ("report.json", "decisions.json", "drift.html", "drift.sarif", "nightly/summary.html"):
        assert (folder / path).stat().st_size > 100, path
    assert (folder / "nightly" / "reports" / "moc.sarif").is_file()
    assert (folder / "nightly-csv" / "reports" / "moc.html").is_file()


def test_the_python_of_the_docs_runs(folder: Path) -> None:
    """The library example prints one line a pair."""
    (code,) = blocks("python")
    done = subprocess.run(
        [sys.executable, "-c", code.replace('("LIN", "ACC")', '("LIN001",), embedder="lexical", cache=False')],
        cwd=folder,
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    first, second = done.stdout.splitlines()
    assert first.endswith(" major")
    assert second.startswith("failed: ")


def test_the_settings_of_the_docs_are_settings() -> None:
    """The TOML block is a valid configuration."""
    import tomllib

    from mocalign.config import config_from_mapping

    (text,) = blocks("toml")
    config = config_from_mapping(tomllib.loads(text))
    assert config.paths[0][0] == "treaties/**"
    assert dict(config.checks)["number-mismatch"].severity


def test_the_yaml_of_the_docs_is_yaml_and_names_real_inputs() -> None:
    """The example workflow uses inputs and outputs that the action has, and hook and format names that exist."""
    yaml = pytest.importorskip("yaml")
    workflow, _server, hooks = (yaml.safe_load(text) for text in blocks("yaml"))
    action = yaml.safe_load((ROOT / "action.yml").read_text(encoding="utf-8"))
    steps = workflow["jobs"]["mocalign"]["steps"]
    ours = next(step for step in steps if step.get("id") == "mocalign")
    assert set(ours["with"]) <= set(action["inputs"])
    for name in re.findall(r"steps\.mocalign\.outputs\.(\w+)", blocks("yaml")[0]):
        assert name in action["outputs"]
    offered = {hook["id"] for hook in yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))}
    assert {hook["id"] for hook in hooks["repos"][0]["hooks"]} <= offered


# ---------------------------------------------------------------- the action


def action_script() -> tuple[str, dict[str, str]]:
    yaml = pytest.importorskip("yaml")
    action = yaml.safe_load((ROOT / "action.yml").read_text(encoding="utf-8"))
    step = next(step for step in action["runs"]["steps"] if step.get("id") == "check")
    defaults = {}
    for variable, expression in step["env"].items():
        name = re.fullmatch(r"\$\{\{ inputs\.([\w-]+) \}\}", expression)
        assert name, expression
        defaults[variable] = action["inputs"][name[1]]["default"]
    assert "${{" not in step["run"], "inputs reach the script as variables only"
    return step["run"], defaults


@pytest.mark.skipif(BASH is None, reason="bash")
@pytest.mark.parametrize(
    ("given", "status", "files"),
    [
        ({"JA": "moc.ja.md", "EN": "moc.en.md"}, 1, ["report.sarif", "report.html"]),
        ({"JA": "moc.ja.md", "EN": "moc.en.md", "FAIL_ON": "never"}, 0, ["report.sarif"]),
        ({"SOURCE": "texts"}, 1, ["summary.html", "reports/moc.sarif", "reports/moc.html"]),
        ({"SOURCE": "texts", "ARGUMENTS": "--ignore LIN001 --jobs 1"}, 0, ["summary.html"]),
        ({"SOURCE": "nowhere"}, 2, []),
        ({"JA": "$(touch hacked); moc.ja.md"}, 2, []),
    ],
    ids=["pair", "never", "folder", "arguments", "missing", "injection"],
)
def test_the_script_of_the_action(folder: Path, given: dict[str, str], status: int, files: list[str]) -> None:
    """Run as a runner runs it: exit code, reports, annotations, job summary, outputs; no input is read as code."""
    script, variables = action_script()
    summary, outputs = folder / "summary.md", folder / "outputs"
    done = bash(script, folder, **{**variables, **given}, GITHUB_STEP_SUMMARY=str(summary), GITHUB_OUTPUT=str(outputs))
    assert done.returncode == status, done.stderr
    for path in files:
        assert (folder / "mocalign-report" / path).is_file(), path
    assert not (folder / "hacked").exists()
    if status == 1:
        assert done.stdout.count("::error file=") == 3
        assert "simplified-character" in summary.read_text(encoding="utf-8")
    if status < 2:
        assert outputs.read_text() == "reports=mocalign-report\n"


# ---------------------------------------------------------------- the hook


@pytest.mark.skipif(BASH is None, reason="bash")
def test_the_hook_checks_the_pairs_of_changed_files(folder: Path) -> None:
    """As pre-commit calls it: the entry with file names; files of no pair are no business of the hook."""
    yaml = pytest.importorskip("yaml")
    (hook,) = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
    assert {"id", "name", "entry", "language", "files"} <= set(hook)
    assert re.search(hook["files"], "texts/moc.ja.md")
    assert not re.search(hook["files"], "setup.py")
    assert hook["entry"].split()[0] == "mocalign"
    entry = hook["entry"]
    assert bash(f"{entry} texts/moc.en.md", folder).returncode == 1
    both = bash(f"{entry} texts/moc.en.md texts/moc.ja.md mocalign.toml", folder)
    assert both.stdout.count("simplified-character") == 3, "a pair is checked once"
    (folder / "README.md").write_text("x")
    assert bash(f"{entry} README.md", folder).returncode == 0
    assert bash(entry, folder).returncode == 0
    (folder / "alone.ja.md").write_text("学术の振興を図る。\n", encoding="utf-8")
    assert bash(f"{entry} alone.ja.md", folder).returncode == 1


# ---------------------------------------------------------------- the contract


def test_reports_keep_the_contract() -> None:
    """Reports of all kinds fit the schema of the docs, and the page names every key."""
    schema = json.loads((ROOT / "docs" / "report.schema.json").read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    validator = jsonschema.Draft202012Validator(schema)
    corpus = corpora.load("japan-singapore-quantum")
    config = Config(embedder="lexical", cache=False)
    report = api.review(corpus.ja, corpus.en, config=config)
    assert report.findings
    first = report.findings[0].fingerprint
    decided = report.since(
        {"schema": "mocalign-decisions/1", "decisions": [{"fingerprint": f} for f in (first, "gone")]}
    )
    changed = api.parse(corpus.en.text.replace("six months", "three months"), "en", source="new.md")
    drifted = drift(corpus.ja, corpus.en, corpus.ja, changed, config=config)
    for made in (report, api.review(corpus.ja, config=config), decided, drifted):
        data = json.loads(made.to_json())
        validator.validate(data)
        for key in (*data, *(k for f in data["findings"] for k in f), *data["documents"]["ja"]):
            assert re.search(rf"[`.]{key}(?:\[\])?[`.]", CONTRACT), key


def test_the_reference_of_checks_is_current() -> None:
    """docs/checks.md is what `mocalign explain --markdown` prints; make it again when this fails."""
    assert (ROOT / "docs" / "checks.md").read_text(encoding="utf-8") == reference()


# ---------------------------------------------------------------- settings


def test_settings_of_checks_folders_and_the_command_line(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    """A table of a check, an entry of a folder and an option override each other in this order."""
    monkeypatch.chdir(folder)
    (folder / "mocalign.toml").write_text(
        SETTINGS + 'profile = "moc"\n[checks.simplified-character]\nseverity = "minor"\n'
        '[[paths]]\nglob = "texts/**"\nprofile = "treaty"\nfail-on = "minor"\n',
        encoding="utf-8",
    )
    assert cli.main(["check", "moc.ja.md"]) == 0
    assert cli.main(["check", "texts/moc.ja.md"]) == 1
    assert cli.main(["check", "texts/moc.ja.md", "--fail-on", "major"]) == 0
    assert cli.main(["check", "texts/moc.ja.md", "--ignore", "LIN001"]) == 0
    capfd.readouterr()
    assert cli.main(["check", "texts/moc.ja.md", "--format", "json"]) == 1
    data = json.loads(capfd.readouterr().out)
    assert {f["severity"] for f in data["findings"]} == {"minor"}
    (folder / "mocalign.toml").write_text(SETTINGS + "[checks.simplified-caracter]\nenabled = false\n")
    assert cli.main(["check", "moc.ja.md"]) == 2
    assert "did you mean 'simplified-character'?" in capfd.readouterr().err


@pytest.mark.parametrize("profile", ["moc", "treaty", "law", "contract"])
def test_every_profile_is_known_everywhere(profile: str, folder: Path) -> None:
    """Profiles reach the signature from the file, the folder entry and the option."""
    import argparse

    (folder / "mocalign.toml").write_text(f'[[paths]]\nglob = "texts/*"\nprofile = "{profile}"\n', encoding="utf-8")
    empty: Any = argparse.Namespace(config=None)
    assert config_of(empty, folder / "texts" / "moc.ja.md").profile == profile
    assert config_of(empty, folder / "moc.ja.md").profile == "auto"
    assert config_of(argparse.Namespace(config=None, profile=profile), folder / "moc.ja.md").profile == profile
