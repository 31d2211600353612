"""The notebooks run from top to bottom, and their outputs are stored without a trace of the machine."""

from __future__ import annotations

import importlib.util
import json
import re
from pathlib import Path
from typing import Any

import pytest

FOLDER = Path(__file__).resolve().parent.parent / "notebooks"
NAMES = ("01_translator", "02_reviewer", "03_pipeline")


@pytest.fixture(scope="module")
def refresh() -> Any:
    """The script that stores the outputs, so that test and script run notebooks the same way."""
    for needed in ("ipykernel", "nbclient", "nbformat", "pandas"):
        pytest.importorskip(needed, reason=f"{needed} is not installed: pip install 'mocalign[notebook]'")
    spec = importlib.util.spec_from_file_location("refresh", FOLDER / "refresh.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("name", NAMES)
def test_the_notebook_runs(name: str, refresh: Any, tmp_path: Path) -> None:
    """No cell fails; nothing is left behind in the working folder."""
    book = refresh.execute(FOLDER / f"{name}.ipynb", tmp_path)
    assert all(o.output_type != "error" for c in book.cells if c.cell_type == "code" for o in c.outputs)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", NAMES)
def test_outputs_are_stored_without_machine_paths(name: str) -> None:
    """Every code cell was run in order, most show something, and no absolute path or warning is among it."""
    text = (FOLDER / f"{name}.ipynb").read_text(encoding="utf-8")
    cells = [c for c in json.loads(text)["cells"] if c["cell_type"] == "code"]
    assert [c["execution_count"] for c in cells] == list(range(1, len(cells) + 1))
    assert sum(bool(c["outputs"]) for c in cells) >= len(cells) - 1
    stored = json.dumps([c["outputs"] for c in cells])
    assert not re.search(r"(?<![\w.<])/(?:home|root|tmp|usr|work|Users|opt|var)/|[A-Z]:\\\\", stored)
    assert '"stderr"' not in stored
    assert len(text) < 200_000
