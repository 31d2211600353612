"""Cues and modal heads, and the set phrases that look like them."""

from __future__ import annotations

import itertools

import pytest

from mocalign.clauses import count, cues_en, cues_ja, modality_en, modality_ja

NEGATIONS_JA = [
    ("開示しない。", 1),
    ("開示してはならない。", 1),
    ("返還しなければならない。", 0),
    ("少なくとも年一回", 0),
    ("遅滞なく通知する。", 0),
    ("これらに限られない。", 0),
    ("30日を超えない。", 0),
    ("要請を待つことなく", 1),
    ("同意しない限り、使用しない。", 1),
    ("国籍を問わず", 0),
    ("譲ることのできない権利", 0),
    ("生じさせるものではない。", 1),
    ("にほかならない。", 0),
    ("必ず、速やかに", 0),
    ("公表せずに保管する", 1),
]
NEGATIONS_EN = [
    ("will not disclose", 1),
    ("not later than 30 April", 0),
    ("not only goods but also services", 0),
    ("including but not limited to", 0),
    ("whether or not it is used", 0),
    ("Neither Party will use nor copy it.", 1),
    ("No one shall be obliged", 1),
    ("no fewer than two", 0),
    ("does not apply to fuel", 0),
]


@pytest.mark.parametrize(("text", "expected"), NEGATIONS_JA)
def test_negations_of_japanese(text: str, expected: int) -> None:
    """Set phrases are no negations."""
    assert count(cues_ja(text), "not") == expected


@pytest.mark.parametrize(("text", "expected"), NEGATIONS_EN)
def test_negations_of_english(text: str, expected: int) -> None:
    """“Not later than” and its like are none; “does not apply” is an exception."""
    assert count(cues_en(text), "not", "neither") == expected


@pytest.mark.parametrize(
    ("text", "sort"),
    [
        ("燃料を除く。", "except"),
        ("燃料以外の物品", "except"),
        ("この限りでない。", "except"),
        ("費用を含む。", "include"),
        ("同意しない限り", "unless"),
        ("いずれか一方", "either"),
        ("双方の同意", "both"),
        ("次の全てを満たす", "all"),
        ("各当事者", "each"),
        ("英語又は日本語", "or"),
        ("並びに", "and"),
        ("評価目的にのみ用いる", "only"),
    ],
)
def test_sorts_of_japanese(text: str, sort: str) -> None:
    """Each cue is read as what it is."""
    assert count(cues_ja(text), sort) == 1


def test_cues_quote_the_text() -> None:
    """Every cue stands where it says, and none overlaps another."""
    text = "いずれの当事者も、他方の当事者が同意しない限り、燃料を除く物品及び役務を提供してはならない。"
    cues = cues_ja(text)
    assert all(text[c.start : c.end] == c.text for c in cues)
    assert all(a.end <= b.start for a, b in itertools.pairwise(cues))


@pytest.mark.parametrize(
    ("text", "modes"),
    [
        ("返還しなければならない。", ["must"]),
        ("返還することができる。", ["may"]),
        ("返還してはならない。", ["mustnot"]),
        ("返還するものとする。", ["mono"]),
        ("返還する。", ["plain"]),
        ("返還しない。", ["not"]),
        ("返還するよう努める。", ["endeavour"]),
        ("返還する意図を有する。", ["intend"]),
        ("返還すべきである。", ["should"]),
        ("返還することが望ましい。", ["should"]),
        ("返還する。ただし、延期することができる。", ["plain", "may"]),
        ("第一条 目的", []),
    ],
)
def test_modal_heads_of_japanese(text: str, modes: list[str]) -> None:
    """The end of the sentence decides."""
    assert [m.mode for m in modality_ja(text)] == modes


@pytest.mark.parametrize(
    ("text", "modes"),
    [
        ("The Party shall return it.", ["shall"]),
        ("The Party may return it.", ["may"]),
        ("The Party shall not return it.", ["mustnot", "shall"]),
        ("The Party will endeavour to return it.", ["will", "endeavour"]),
        ("The Party intends to return it.", ["intend"]),
        ("It is due on May 31.", []),
    ],
)
def test_modal_heads_of_english(text: str, modes: list[str]) -> None:
    """The month is no modal."""
    assert sorted(m.mode for m in modality_en(text)) == sorted(modes)
