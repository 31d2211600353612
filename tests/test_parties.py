"""Parties and names, each sentence beside its faithful renderings and its wrong ones; what is read for it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from mocalign.checks import CHECKS, run
from mocalign.checks.mainclause import head, main_clause
from mocalign.checks.named import mentions
from mocalign.checks.persons import misspelt
from mocalign.config import config_from_mapping
from mocalign.model import Alignment, Bead, Document, Finding
from mocalign.pair import Pair

TABLE = Path(__file__).with_name("parties.tsv")
LINES = [line for line in TABLE.read_text(encoding="utf-8").splitlines() if not line.startswith("#")][1:]
ROWS = [tuple(line.split("\t")) for line in LINES]
CHOSEN = tuple(c for c in CHECKS if re.match("ACC[46]", c.code))


def _pair(ja: str, en: str) -> Pair:
    a, b = Document.from_segments("ja", ja.split("\n")), Document.from_segments("en", en.split("\n"))
    beads = tuple(Bead((x,), (y,), 0.9, "match") for x, y in zip(a.segments, b.segments, strict=True))
    return Pair(Alignment(a, b, beads), config_from_mapping({}))


def _said(ja: str, en: str) -> tuple[Finding, ...]:
    pair = _pair(ja, en)
    return tuple(f for f in run(pair, pair.config, CHOSEN) if f.severity > 0)


@pytest.mark.parametrize("topic", sorted({row[0] for row in ROWS}))
def test_faithful_renderings_pass(topic: str) -> None:
    """However parties and names are rendered faithfully, nothing is said."""
    found = [
        (ja, f.message) for t, en, right, _ in ROWS if t == topic for ja in right.split("|") for f in _said(ja, en)
    ]
    assert found == []


@pytest.mark.parametrize("topic", sorted({row[0] for row in ROWS}))
def test_other_parties_and_names_are_found(topic: str) -> None:
    """A sentence that speaks of somebody else is reported."""
    missed = [(en, ja) for t, en, _, wrong in ROWS if t == topic for ja in wrong.split("|") if ja and not _said(ja, en)]
    assert missed == []


@pytest.mark.parametrize(
    ("text", "subject", "verb", "passive"),
    [
        ("The requesting Party shall promptly inform the requested Party.", "The requesting Party", "inform", False),
        ("An employee who is dismissed may request a certificate.", "An employee", "request", False),
        ("If the purchaser does not pay, the vendor may cancel the contract.", "the vendor", "cancel", False),
        ("The judge is, on the advice of the council, appointed by the Queen.", "The judge", "appointed", True),
        ("The Library is entitled to receive one copy.", "The Library", "receive", False),
        ("The documents that the Party has received shall be returned by it.", "The documents", "returned", True),
    ],
)
def test_main_clause(text: str, subject: str, verb: str, passive: bool) -> None:
    """The subject and the verb of the main clause are told from those of clauses inside and before it."""
    clause = main_clause(text)
    assert clause is not None
    assert text[slice(*head(text, *clause.subject))].strip() == subject
    assert (clause.verb, clause.passive) == (verb, passive)


def test_no_main_clause_where_it_cannot_be_told() -> None:
    """A list of subjects with commas, a heading: nothing is guessed."""
    assert main_clause("Offences and penalties") is None
    assert main_clause("Rights of workers, employers and unions, of which more below; see Annex 2") is None


@pytest.mark.parametrize(
    ("ja", "en", "kinds"),
    [
        ("東京大学は、京都で会合を開く。", "The University of Tokyo will meet in Kyoto.", ["organisation", "place"]),
        ("インド洋におけるインドネシアの船舶", "Indonesian vessels in the Indian Ocean", ["region", "country"]),
        ("ソヴィエト社会主義共和国連邦", "the Union of Soviet Socialist Republics", ["country"]),
        ("東京都", "the Tokyo Metropolis", ["place"]),
        ("単独の行為", "a single act", []),
    ],
)
def test_longest_names_are_read(ja: str, en: str, kinds: list[str]) -> None:
    """A name inside a longer one is not read on its own, in neither language."""
    pair = _pair(ja, en)
    assert [m.kind for m in mentions(pair, "ja", 0)[0]] == kinds
    assert sorted(m.row for m in mentions(pair, "en", 0)[0]) == sorted(m.row for m in mentions(pair, "ja", 0)[0])


@pytest.mark.parametrize(
    ("ja", "en"),
    [
        ("フランソワ・デュポン", "François Dupont"),
        ("ウラジーミル・ペトロフ", "Vladimir Petrov"),
        ("グエン・ヴァン・ミン", "Nguyen Van Minh"),
        ("ホアキン・ガルシア", "Joaquín García"),
        ("キャサリン・ライト", "Catherine Wright"),
        ("アレクサンダー・シュミット", "Alexander Schmidt"),
        ("モハメド・アブドゥル", "Mohamed Abdul"),
        ("アンデルセン・ラース", "Lars Andersen"),
    ],
)
def test_spelling_against_the_letters_passes(ja: str, en: str) -> None:
    """Silent letters, other countries' sounds and the order of the parts are no misspelling."""
    assert list(misspelt(_pair(ja, en), 0)) == []
