"""Denials, modals and quantifiers bound to their words: damage on the English side, and what answers what."""

from __future__ import annotations

from pathlib import Path

import pytest

from mocalign.checks.amounts import amounts, contrary
from mocalign.checks.denials import left_over, sweep
from mocalign.checks.moods import mood_en
from mocalign.checks.units import Unit, units
from mocalign.pair import Pair
from tests.test_meaning import _pair, _said

LINES = Path(__file__).with_name("meaning_english.tsv").read_text(encoding="utf-8").splitlines()[2:]
ROWS = [tuple(line.split("\t")) for line in LINES]


@pytest.mark.parametrize("topic", sorted({row[0] for row in ROWS}))
def test_faithful_english_passes(topic: str) -> None:
    """However the English is worded, nothing is said of a faithful pair."""
    found = [
        (en, f.message) for t, ja, right, _ in ROWS if t == topic for en in right.split("|") for f in _said(ja, en)
    ]
    assert found == []


@pytest.mark.parametrize("topic", sorted({row[0] for row in ROWS}))
def test_damaged_english_is_found(topic: str) -> None:
    """A not, an unless, a modal or a quantifier changed in the English is reported."""
    assert [en for t, ja, _, wrong in ROWS if t == topic for en in wrong.split("|") if not _said(ja, en)] == []


def _one(ja: str, en: str) -> tuple[Pair, Unit]:
    pair = _pair(ja, en)
    return pair, units(pair)[0]


@pytest.mark.parametrize(
    ("ja", "en", "ja_left", "en_left"),
    [
        ("会社は、報告書を提出し、帳簿を廃棄しない。", "The company shall submit reports and shall not destroy its books.", [], []),
        (
            "会社は、報告書を提出せず、帳簿を廃棄しない。",
            "The company shall submit reports and shall not destroy its books.",
            ["ず"],
            [],
        ),
        ("会社は、報告書を提出し、帳簿を廃棄する。", "The company shall submit reports and shall not destroy its books.", [], ["not"]),
        ("同意がある場合に限り、公表する。", "It shall not be published without consent.", [], []),
        ("危ない物品を運搬する。", "Dangerous goods are carried.", [], []),
    ],
)  # fmt: skip
def test_each_denial_finds_its_own(ja: str, en: str, ja_left: list[str], en_left: list[str]) -> None:
    """What is left over on either side; a restriction answers two denials, an adjective in ない is none."""
    mine, theirs, _, _ = left_over(*_one(ja, en))
    assert [[d.text for d in mine if d.strong], [d.text for d in theirs if d.strong]] == [ja_left, en_left]


@pytest.mark.parametrize(
    ("ja", "word", "ruled"),
    [
        ("情報を開示することを禁止する。", "開示", "することを禁止する"),
        ("費用について責任を負わないが、通知する。", "責任", "を負わないが"),
        ("使用し、又は複製してはならない。", "使用", "し、又は複製してはならない"),
        ("支払うときは、解除することができない。", "支払う", ""),
    ],
)
def test_what_rules_a_japanese_word(ja: str, word: str, ruled: str) -> None:
    """A noun is ruled by the verb that takes it, a linking form by the end of the sentence, a condition by itself."""
    pair, unit = _one(ja, "The parties shall act.")
    start = ja.index(word)
    assert ja[start + len(word) : sweep(pair, unit, start, start + len(word))[1]] == ruled


@pytest.mark.parametrize(
    ("en", "word", "mode"),
    [
        ("The Parties shall, as far as possible, exchange data.", "exchange", "shall"),
        ("The Parties will: appoint experts; publish results.", "publish", "will"),
        ("The owner may sell the land and shall notify the office.", "notify", "shall"),
        ("They intend to share data and to publish it.", "publish", "intend"),
        ("Members are entitled to inspect the books.", "inspect", "may"),
        ("No member may inspect the books.", "inspect", "not"),
        ("The ways in which students inspect the books are many.", "inspect", None),
    ],
)
def test_the_modal_of_an_english_verb(en: str, word: str, mode: str | None) -> None:
    """The nearest modal before the verb in its own clause rules it."""
    pair, unit = _one("会員は、帳簿を閲覧する。", en)
    found = mood_en(pair, unit, en.index(word))
    assert (found.mode if found else None) == mode


@pytest.mark.parametrize(
    ("ja", "en", "wrong"),
    [
        ("全ての証書は、書庫に保管する。", "All deeds are kept in the archive.", False),
        ("一部の証書は、書庫に保管する。", "All deeds are kept in the archive.", True),
        ("証書の大部分は、書庫に保管する。", "All of the deeds are kept in the archive.", True),
        ("いずれの証書も、書庫に保管する。", "Each deed is kept in the archive.", False),
    ],
)
def test_quantifiers_of_one_noun(ja: str, en: str, wrong: bool) -> None:
    """The word beside the noun counts, before or behind it."""
    found = amounts(*_one(ja, en))
    assert [contrary(a) for a in found] == [wrong]
