"""Plug-ins of other packages: found by entry point, loaded on use; a broken one gets one clear line."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

MODULE = """
from mocalign import Document
from mocalign.checks import Check, Example, Hit
from mocalign.embed import LexicalEmbedder
from mocalign.model import Severity
from mocalign.readers.text import blocks

def find(pair, config):
    for segment in pair.ja.segments:
        span = pair.body(pair.ja, segment).find("禁句")
        if span:
            yield Hit("A word the house avoids.", "使わない語。", ja=span)

CHECK = Check(code="TER950", name="house-word", mqm="terminology", severity=Severity.minor, needs="ja", doc="House word.",
              doc_ja="使わない語", find=find, examples=())
TAKEN = Check(code="LIN001", name="other", mqm="m", severity=Severity.minor, doc="d", doc_ja="d", find=find, examples=())
NO_CHECK = 7

def read(path):
    return blocks(path.read_text(encoding="utf-8").replace("%%", ""))

def write(report, options):
    return f"{len(report.findings)} findings\\n"

def embedder():
    return LexicalEmbedder()
"""


def install(folder: Path, **groups: str) -> None:
    """Put a small package with entry points where Python finds it."""
    (folder / "houserules.py").write_text(MODULE, encoding="utf-8")
    info = folder / "houserules-1.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: houserules\nVersion: 1.0\n")
    (info / "entry_points.txt").write_text("".join(f"[mocalign.{g}]\n{line}\n" for g, line in groups.items()))


def mocalign(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    code = "import sys; sys.path.insert(0, sys.argv.pop(1)); from mocalign.cli import main; sys.exit(main())"
    return subprocess.run(
        [sys.executable, "-c", code, str(folder), *arguments],
        capture_output=True,
        encoding="utf-8",
        cwd=folder,
        check=False,
    )


def test_a_package_brings_a_check_a_reader_a_writer_and_an_embedder(tmp_path: Path) -> None:
    """All four kinds work by name alone, and the check is explained and signed like any other."""
    install(
        tmp_path,
        checks="house = houserules:CHECK",
        readers="hos = houserules:read",
        writers="count = houserules:write",
        embedders="mine = houserules:embedder",
    )
    (tmp_path / "a.hos").write_text("%%この禁句を使う。\n", encoding="utf-8")
    (tmp_path / "b.hos").write_text("%%This word is used.\n", encoding="utf-8")
    tail = ["--select", "TER950", "--fail-on", "minor", "--embedder", "plugin:mine", "--no-cache"]
    done = mocalign(tmp_path, "check", "a.hos", "b.hos", "--format", "count", "-o", "r.json", "-o", "r.count", *tail)
    assert (done.returncode, done.stdout, done.stderr) == (1, "1 findings\n", "")
    assert (tmp_path / "r.count").read_text() == "1 findings\n"
    assert '"TER950"' in (tmp_path / "r.json").read_text(encoding="utf-8")
    assert "House word." in mocalign(tmp_path, "explain", "TER950", "--lang", "en").stdout


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("house = houserules:MISSING", "cannot be loaded: AttributeError"),
        ("house = no_such_module:CHECK", "cannot be loaded: ModuleNotFoundError"),
        ("house = houserules:TAKEN", "LIN001 other, which is taken"),
        ("house = houserules:NO_CHECK", "is no Check"),
    ],
)
def test_a_broken_plug_in_gets_one_line(tmp_path: Path, line: str, words: str) -> None:
    """Exit 2, one line that names the plug-in, no traceback."""
    install(tmp_path, checks=line)
    (tmp_path / "a.md").write_text("文。\n", encoding="utf-8")
    done = mocalign(tmp_path, "check", "a.md", "--no-cache")
    assert done.returncode == 2
    assert done.stderr.count("\n") == 1
    assert words in done.stderr
    assert "house" in done.stderr


def test_an_unused_broken_plug_in_disturbs_nobody(tmp_path: Path) -> None:
    """Readers, writers and embedders are loaded on use only."""
    install(tmp_path, readers="hos = gone:read", writers="count = gone:write", embedders="mine = gone:make")
    (tmp_path / "a.md").write_text("文を書く。\n", encoding="utf-8")
    assert mocalign(tmp_path, "check", "a.md", "--no-cache").returncode == 0
    assert "cannot be loaded" in mocalign(tmp_path, "check", "a.md", "--no-cache", "-o", "x.count").stderr
