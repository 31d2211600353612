"""Other tools on the same mutants: translate-toolkit's pofilter and textlint with its Japanese presets.

Both are optional and live outside the project, in a virtual environment and a `node_modules` folder of their own under the
folder for temporary files; neither is a dependency. pofilter (GPL) gets the paragraphs as units of a PO file, English as
the source, Japanese as the translation. textlint (MIT) gets the Japanese of the paragraphs, one file each. A mutant counts
as found when the tool says something about its paragraph that it does not say about the clean twin; neither tool looks at
the document as a whole, and textlint does not see the English.
"""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
import tempfile
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from benchmarks.mutate import Mutant, Source

__all__ = ["run"]

HOME = Path(tempfile.gettempdir()) / "mocalign-peers"
POFILTER = "translate-toolkit==3.14.1"
TEXTLINT = (
    "textlint@14",
    "textlint-rule-preset-japanese@10",
    "textlint-rule-preset-ja-technical-writing@10",
    "textlint-rule-preset-jtf-style@3",
    "textlint-rule-preset-ja-spacing@2",
)
PRESETS = ("preset-japanese", "preset-ja-technical-writing", "preset-jtf-style", "preset-ja-spacing")
Texts = Mapping[str, tuple[str, str]]


class Absent(Exception):
    """A tool cannot be run here; the message says why."""


def _shown(done: subprocess.CompletedProcess[str]) -> str:
    lines = (done.stderr or done.stdout).strip().splitlines()
    return lines[-1][:200] if lines else f"exit code {done.returncode}"


def _pofilter(texts: Texts) -> dict[str, Counter[str]]:
    """Return the names of the tests that each pair (English, Japanese) fails."""
    place = HOME / "pofilter"
    tool = place / "bin" / "pofilter"
    if not tool.is_file():
        done = subprocess.run([sys.executable, "-m", "venv", str(place)], capture_output=True, text=True, check=False)
        if done.returncode == 0:
            done = subprocess.run(
                [str(place / "bin" / "pip"), "install", "--quiet", POFILTER],
                capture_output=True,
                text=True,
                check=False,
            )
        if done.returncode != 0 or not tool.is_file():
            shutil.rmtree(place, ignore_errors=True)
            raise Absent(f"{POFILTER} cannot be installed: {_shown(done)}")
    with tempfile.TemporaryDirectory() as folder:
        source, target = Path(folder) / "in.po", Path(folder) / "out.po"
        units = ['msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=UTF-8\\n"\n"Language: ja\\n"\n']
        for key, (ja, en) in texts.items():
            units.append(f"msgctxt {json.dumps(key)}\nmsgid {_po(en)}\nmsgstr {_po(ja)}\n")
        source.write_text("\n".join(units), encoding="utf-8")
        done = subprocess.run(
            [str(tool), "--language=ja", "--progress=none", str(source), str(target)],
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode != 0:
            raise Absent(f"pofilter failed: {_shown(done)}")
        found: dict[str, Counter[str]] = defaultdict(Counter)
        text = target.read_text(encoding="utf-8") if target.is_file() else ""
        for unit in re.split(r"\n\s*\n", text):
            context = re.search(r"^msgctxt (\".*\")$", unit, re.MULTILINE)
            if context:
                for test in re.findall(r"^#[_.]? ?\(pofilter\) (\w+):", unit, re.MULTILINE):
                    found[json.loads(context[1])][test] += 1
        return found


def _po(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def _textlint(texts: Texts) -> dict[str, Counter[str]]:
    """Return the messages of each Japanese text, by rule."""
    npm, node = shutil.which("npm"), shutil.which("node")
    if not npm or not node:
        raise Absent("node and npm are not installed")
    place = HOME / "textlint"
    script = place / "node_modules" / "textlint" / "bin" / "textlint.js"
    if not script.is_file():
        place.mkdir(parents=True, exist_ok=True)
        (place / "package.json").write_text('{"private": true}', encoding="utf-8")
        done = subprocess.run(
            [npm, "install", "--no-audit", "--no-fund", "--silent", *TEXTLINT],
            cwd=place,
            capture_output=True,
            text=True,
            check=False,
        )
        if not script.is_file():
            shutil.rmtree(place, ignore_errors=True)
            raise Absent(f"textlint cannot be installed: {_shown(done)}")
    (place / ".textlintrc.json").write_text(json.dumps({"rules": dict.fromkeys(PRESETS, True)}), encoding="utf-8")
    with tempfile.TemporaryDirectory(dir=place) as folder:
        names = {}
        for number, (key, (ja, _)) in enumerate(texts.items()):
            path = Path(folder) / f"{number:05}.txt"
            path.write_text(ja + "\n", encoding="utf-8", errors="replace")
            names[path.name] = key
        done = subprocess.run(
            [node, str(script), "--config", str(place / ".textlintrc.json"), "--format", "json", folder],
            cwd=place,
            capture_output=True,
            text=True,
            check=False,
        )
        if not done.stdout.startswith("["):
            raise Absent(f"textlint failed: {_shown(done)}")
        found: dict[str, Counter[str]] = defaultdict(Counter)
        for result in json.loads(done.stdout):
            key = names[Path(result["filePath"]).name]
            for message in result["messages"]:
                found[key][message["ruleId"] + re.sub(r"\d+", "", message["message"])] += 1
        return found


def _join(text: str, spans: Sequence[tuple[int, int]]) -> str:
    """The paragraphs of a zone, one a line, each once."""
    out = []
    last = -1
    for start, end in sorted(spans):
        start = max(start, last)
        if end > start:
            out.append(text[start:end].strip("\n"))
            last = end
    return "\n".join(out)


def _bead(source: Source, beads: Sequence[int]) -> tuple[str, str]:
    ja = [source.ja_parts[i] for b in beads for i in source.beads[b].ja]
    en = [source.en_parts[i] for b in beads for i in source.beads[b].en]
    return _join(source.ja, [(p.start, p.end) for p in ja]), _join(source.en, [(p.start, p.end) for p in en])


def run(sources: Sequence[Source], mutants: Sequence[Mutant]) -> dict[str, Any]:
    """Return what each tool finds: recall by class, and what it says about the clean paragraphs per 100."""
    by_name = {s.name: s for s in sources}
    texts: dict[str, tuple[str, str]] = {}
    twin: dict[int, str] = {}
    for source in sources:
        for number in range(len(source.beads)):
            texts[f"clean/{source.name}/{number}"] = _bead(source, [number])
    for at, m in enumerate(mutants):
        texts[f"mutant/{at}"] = (_join(m.ja_text, m.ja_zone), _join(m.en_text, m.en_zone))
        if len(m.beads) == 1:
            twin[at] = f"clean/{m.source}/{m.beads[0]}"
        else:
            twin[at] = f"twin/{at}"
            texts[twin[at]] = _bead(by_name[m.source], m.beads)
    out: dict[str, Any] = {}
    for name, tool in (("pofilter", _pofilter), ("textlint", _textlint)):
        usable = {k: v for k, v in texts.items() if v[0].strip() and (name == "textlint" or v[1].strip())}
        try:
            found = tool(usable)
        except (Absent, OSError) as error:
            out[name] = {"skipped": str(error)}
            continue
        classes: dict[str, list[bool]] = defaultdict(list)
        for at, m in enumerate(mutants):
            if name == "textlint" and m.side == "en":
                continue
            classes[m.cls].append(bool(found.get(f"mutant/{at}", Counter()) - found.get(twin[at], Counter())))
        clean = [k for k in usable if k.startswith("clean/")]
        total = sum(sum(found.get(k, Counter()).values()) for k in clean)
        out[name] = {
            "version": POFILTER if name == "pofilter" else " ".join(TEXTLINT),
            "classes": {
                c: {"mutants": len(v), "paragraph": round(sum(v) / len(v), 4)} for c, v in sorted(classes.items())
            },
            "overall": round(sum(map(sum, classes.values())) / max(1, sum(map(len, classes.values()))), 4),
            "clean_per_100": round(100 * total / max(1, len(clean)), 2),
            "clean_beads": len(clean),
        }
    return out
