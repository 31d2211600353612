"""`__all__` is the API: sorted, complete, importable."""

from __future__ import annotations

import pytest

import mocalign


def test_all_is_sorted_and_true() -> None:
    """Every name resolves and nothing that resolves is left out."""
    assert mocalign.__all__ == sorted(set(mocalign.__all__))
    for name in mocalign.__all__:
        assert getattr(mocalign, name) is not None
    assert set(mocalign._HOME) | set(mocalign._MODULES) == set(mocalign.__all__)


def test_an_unknown_name_is_an_attribute_error() -> None:
    """A misspelt name fails as for any module."""
    assert not hasattr(mocalign, "reviw")


def test_corpora_load_and_name_the_nearest() -> None:
    """The bundled instruments are there by name."""
    corpus = mocalign.corpora.load("japan-singapore-quantum")
    assert corpus.ja.segments
    assert corpus.en.segments
    assert "japan-singapore-quantum" in mocalign.corpora.names()
    with pytest.raises(mocalign.ConfigError, match="did you mean 'japan-singapore-quantum'"):
        mocalign.corpora.load("japan-singapore-quantun")
