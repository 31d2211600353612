"""What is a word, and what may follow what: the tables the checks of slips rest on."""

from __future__ import annotations

import itertools

import pytest

from mocalign import english, japanese, kanji


@pytest.mark.parametrize(
    "word",
    "government sublicensee decarbonisation harmonised whereof notwithstanding licensor subparagraphs the upon".split(),
)
def test_english_word(word: str) -> None:
    """Listed words, forms of drafting and words made from listed ones are words."""
    assert english.is_word(word)


@pytest.mark.parametrize("word", "cooperaton concludcd inforrnation inthe ofthe oblgations partcipants".split())
def test_no_english_word(word: str) -> None:
    """Slips and words run together are none."""
    assert not english.is_word(word)


@pytest.mark.parametrize(
    "text",
    [
        "この協定は、署名の日に効力を生ずる。",
        "権利を有するであろう者は、これに限られません。",
        "「本プログラム」とは、次のものをいいます。",
        "使用しまたは複製する者は、その責任を負う。",
        "福祉に資することを目的とし、もつて平和に寄与する。",
    ],
)
def test_sound_sequences(text: str) -> None:
    """In proof-read prose every word may follow the one before it."""
    assert [
        (a.surface, b.surface) for a, b in itertools.pairwise(japanese.tokens(text)) if not kanji.joined(a, b)
    ] == []


@pytest.mark.parametrize("text", ["書面をを送付する。", "情報を提供すことができる。", "協定の規定によよる措置"])
def test_torn_sequences(text: str) -> None:
    """Where a character is doubled or lost, some words never follow one another."""
    assert any(not kanji.joined(a, b) for a, b in itertools.pairwise(japanese.tokens(text)))


@pytest.mark.parametrize(("one", "two", "meant"), [("事", "局", "務"), ("製", "業", "造"), ("使", "量", "用")])
def test_kanji_between(one: str, two: str, meant: str) -> None:
    """The lost kanji is among those that make a word with a neighbour."""
    assert meant in kanji.between(one, two)


def test_common_words() -> None:
    """The list holds words of two joyo kanji, and no pair that is none."""
    assert all(kanji.common_word(w) for w in ("関係", "基礎", "協力", "情報"))
    assert not any(kanji.common_word(w) for w in ("閑係", "基磯", "力協"))
