"""What is a word, and what may follow what: the tables the checks of slips rest on."""

from __future__ import annotations

import itertools

import pytest

import mocalign
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


def test_siblings_never_forbid_what_they_allow() -> None:
    """Each English term once; everything it may be called, and nothing of that among the words put in its place."""
    from mocalign.data import rows

    table = rows("siblings")
    assert len({row["en"] for row in table}) == len(table)
    for row in table:
        right, wrong = row["right"].split(";"), row["wrong"].split(";")
        assert all(right), row["en"]
        assert all(len(w) > 1 for w in wrong), row["en"]
        assert not [w for w in wrong for r in right if w in r or r in w], row["en"]


SIBLINGS = (
    # English, Japanese, the word that is another concept ("" for a right rendering)
    ("The herbicide shall not be sold to households.", "当該殺菌剤は、一般家庭に販売してはならない。", "殺菌剤"),
    ("The herbicide shall not be sold to households.", "当該除草剤は、一般家庭に販売してはならない。", ""),
    ("The herbicide and the fungicide shall not be sold.", "当該除草剤及び殺菌剤は、販売してはならない。", ""),
    ("The shares of the subsidiary are not listed.", "子会社の株式は、上場されていない。", ""),
    ("The parent company holds the shares of the subsidiary.", "親会社は、子会社の株式を保有する。", ""),
    ("The nitrogen content shall be measured every year.", "水素含有量を毎年測定する。", "水素"),
    ("The nitrogen content shall be measured every year.", "窒素含有量を毎年測定する。", ""),
    ("The non-resident shall notify the authority.", "非居住者は、当局に通報する。", ""),
)


@pytest.mark.parametrize(("english", "japanese", "wrong"), SIBLINGS)
def test_a_sibling_is_found_and_its_twin_passes(english: str, japanese: str, wrong: str) -> None:
    """TER003 quotes the neighbouring concept; what another English word accounts for passes."""
    report = mocalign.review(
        mocalign.parse(japanese, "ja"), mocalign.parse(english, "en"), config=mocalign.Config(select=("TER003",))
    )
    assert [f.ja.text for f in report.findings if f.ja] == ([wrong] if wrong else [])
