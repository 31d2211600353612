"""Execute the notebooks and store their outputs: python notebooks/refresh.py

What changes from run to run (times, progress bars, execution metadata) is left out, so that a second run gives the same
files.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).resolve().parent


def execute(path: Path, folder: Path) -> Any:
    """Return a notebook with fresh outputs; it runs in `folder`."""
    import nbformat
    from nbclient import NotebookClient

    book = nbformat.read(path, as_version=4)
    NotebookClient(book, timeout=300, kernel_name="python3", resources={"metadata": {"path": str(folder)}}).execute()
    for cell in book.cells:
        cell.metadata.pop("execution", None)
        if cell.cell_type == "code":
            cell.outputs = [o for o in cell.outputs if o.get("name") != "stderr" and not _is_bar(o)]
    book.metadata["language_info"] = {"name": "python"}
    nbformat.validate(book)
    return book


def _is_bar(output: Any) -> bool:
    return "application/vnd.jupyter.widget-view+json" in output.get("data", {})


def main() -> int:
    """Refresh every notebook beside this file."""
    import tempfile

    import nbformat

    for path in sorted(FOLDER.glob("*.ipynb")):
        with tempfile.TemporaryDirectory() as folder:
            nbformat.write(execute(path, Path(folder)), path)
    return 0


if __name__ == "__main__":
    sys.exit(main())
