"""It never calls out: every verb runs with sockets blocked, and parts that could download are told not to."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from mocalign import corpora, writers
from mocalign.verbs import VERBS

BLOCK = '''
"""Placed on the path as sitecustomize: no process of the test opens a socket to anywhere, or even looks a name up."""
import os, socket

def _refuse(*arguments, **_):
    with open(os.environ["CALLS_OUT"], "a") as log:
        log.write(repr(arguments) + "\\n")
    raise RuntimeError("mocalign tried to use the network")

def _guarded(real):
    def call(self, *arguments, **options):
        if self.family == getattr(socket, "AF_UNIX", None):  # between processes of this machine
            return real(self, *arguments, **options)
        return _refuse(*arguments)
    return call

for name in ("connect", "connect_ex", "sendto"):
    setattr(socket.socket, name, _guarded(getattr(socket.socket, name)))
for name in ("getaddrinfo", "gethostbyname", "create_connection"):
    setattr(socket, name, _refuse)
'''
SOCKETS = """
import socket, sys
try:
    socket.create_connection(("127.0.0.1", 9))
except RuntimeError as error:
    sys.exit(0 if "network" in str(error) else 1)
sys.exit(1)
"""


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A bundled pair, a bilingual set of files and a report, with the block in force."""
    folder = tmp_path_factory.mktemp("offline")
    (folder / "block").mkdir()
    (folder / "block" / "sitecustomize.py").write_text(BLOCK.replace("\\\\n", "\\n"), encoding="utf-8")
    source = corpora.folder() / "japan-singapore-quantum"
    (folder / "pairs").mkdir()
    for lang in ("ja", "en"):
        text = (source / f"{lang}.md").read_text(encoding="utf-8")
        (folder / f"{lang}.md").write_text(text, encoding="utf-8")
        (folder / "pairs" / f"x.{lang}.md").write_text(text, encoding="utf-8")
        (folder / f"{lang}.docx").write_bytes((source / f"{lang}.docx").read_bytes())
    return folder


def run(place: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run a verb with its own empty home and cache, so that nothing earlier hides a download."""
    environment = {
        **os.environ,
        "PYTHONPATH": str(place / "block"),
        "CALLS_OUT": str(place / "calls"),
        "HOME": str(place / "home"),
        "XDG_CACHE_HOME": str(place / "home" / "cache"),
        "PYTHONUTF8": "1",
    }
    (place / "home").mkdir(exist_ok=True)
    return subprocess.run(
        [sys.executable, *arguments], cwd=place, env=environment, capture_output=True, encoding="utf-8", check=False
    )


def test_the_block_works(place: Path) -> None:
    """The test would notice."""
    assert run(place, "-c", SOCKETS).returncode == 0
    assert (place / "calls").exists()
    (place / "calls").unlink()


OUTPUTS = [option for f in writers.FORMATS.values() for s in f.suffixes[:1] for option in ("-o", f"report{s}")]
RUNS = {
    "check": [
        ["check", "ja.md", "en.md", *OUTPUTS],
        ["check", "ja.docx", "en.docx", "--format", "github"],
        ["check", "ja.md", "--embedder", "lexical"],
    ],
    "align": [["align", "ja.md", "en.md"], ["align", "ja.md", "en.md", "--presegmented", "--format", "json"]],
    "segment": [["segment", "ja", "ja.md"], ["segment", "en", "en.docx"]],
    "explain": [["explain"], ["explain", "LIN001"], ["explain", "--markdown"]],
    "demo": [["demo"]],
    "accept": [["accept", "report.json", "LIN001", "--reason", "x", "-o", "decisions.json"]],
    "drift": [["drift", "--old", "ja.md", "en.md", "--new", "ja.docx", "en.docx", "-o", "drift.html"]],
    "batch": [["batch", "pairs", "-o", "out1", "-j", "1"], ["batch", "pairs", "-o", "out2", "-j", "2"]],
    "changed": [["changed", "pairs/x.ja.md"]],
    "precedents": [["precedents", "quantum communication", "--in", "pairs"], ["precedents", "量子通信"]],
    "terms": [["terms", "ja.md", "en.md"]],
}


@pytest.mark.parametrize("verb", VERBS)
def test_verbs_run_with_sockets_blocked(verb: str, place: Path) -> None:
    """Each verb does its work (exit 0 or 1) and nobody asked for the network."""
    assert verb in RUNS, f"say in RUNS how {verb} is called"
    if verb == "accept" and not (place / "report.json").exists():
        run(place, "-m", "mocalign", "check", "ja.md", "-o", "report.json")
    for arguments in RUNS[verb]:
        done = run(place, "-m", "mocalign", *arguments)
        assert done.returncode in (0, 1), (arguments, done.stderr)
        assert "Traceback" not in done.stderr
    assert not (place / "calls").exists(), (place / "calls").read_text()


FAKE = """
import json, os
class SentenceTransformer:
    def __init__(self, name, **options):
        with open("asked.json", "w") as out:
            json.dump({"options": options, "HF_HUB_OFFLINE": os.environ.get("HF_HUB_OFFLINE")}, out)
        raise OSError(f"{name} is not on this machine")
"""


def test_a_model_of_sentence_transformers_is_not_downloaded(place: Path) -> None:
    """The optional part is told to use what is on the machine; a missing model is one clear line."""
    (place / "block" / "sentence_transformers.py").write_text(FAKE, encoding="utf-8")
    try:
        done = run(place, "-m", "mocalign", "check", "ja.md", "en.md", "--embedder", "st:some/model", "--no-cache")
    finally:
        (place / "block" / "sentence_transformers.py").unlink()
    assert done.returncode == 2
    assert done.stderr.count("\n") == 1
    asked = json.loads((place / "asked.json").read_text())
    assert asked["options"]["local_files_only"] is True
