"""Imports point down."""

from __future__ import annotations

import ast
from pathlib import Path

import mocalign

LAYERS = (
    ("errors",),
    ("model",),
    ("config", "data", "plugins", "renderings"),
    ("japanese", "english", "embed", "contextual"),
    ("instrument", "quantities", "clauses", "lexicon", "glossary", "kanji"),
    ("segment",),
    ("readers",),
    ("corpora",),
    ("aligner_search", "aligner_evidence"),
    ("aligner_score",),
    ("aligner",),
    ("aligner_sentences",),
    ("pair",),
    ("checks",),
    ("decisions",),
    ("report",),
    ("termlist",),
    ("writers", "display"),
    ("api",),
    ("memory", "drift", "batch", "bench"),
    ("verbs", "cli", "__main__"),
)
# the nouns show and save themselves: a method imports how, when it is asked
SHOWN = {(noun, how) for noun in ("model", "report", "termlist") for how in ("display", "writers")}
RANK = {name: rank for rank, names in enumerate(LAYERS) for name in names}
ROOT = Path(mocalign.__file__).parent


def _imports(tree: ast.AST) -> set[str]:
    found = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module and node.module.split(".")[0] == "mocalign":
            parts = node.module.split(".")
            found |= {parts[1]} if len(parts) > 1 else {a.name for a in node.names}
        elif isinstance(node, ast.Import):
            found |= {a.name.split(".")[1] for a in node.names if a.name.startswith("mocalign.")}
    return {name for name in found if not name.startswith("__version")}


def test_imports_point_down() -> None:
    """A module imports only from its own layer or a lower one."""
    wrong = []
    for path in sorted(ROOT.rglob("*.py")):
        module = path.relative_to(ROOT).parts[0].removesuffix(".py")
        if module in ("__init__", "_corpora"):
            continue
        assert module in RANK, f"{module} has no layer"
        for name in _imports(ast.parse(path.read_text(encoding="utf-8"))):
            if RANK[name] > RANK[module] and (module, name) not in SHOWN:
                wrong.append(f"{path.relative_to(ROOT)} imports {name}")
    assert wrong == []
