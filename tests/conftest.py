"""Shared fixtures: where the reference texts lie, and a skip where they do not."""

from __future__ import annotations

from pathlib import Path

import pytest

SHARED = Path(__file__).resolve().parent.parent.parent / "shared"


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of reference texts, or a skip."""
    if not SHARED.is_dir():
        pytest.skip("the shared reference texts are not here")
    return SHARED
