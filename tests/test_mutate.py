"""The mutation engine: seeded, one place at a time, honest spans, on pairs it has never seen."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

pytest.importorskip("jamdict_data")

from benchmarks import resources
from benchmarks.mutate import CLASSES, Edit, Operator, apply, mutants, operators, source_from_corpus, source_from_texts
from mocalign import corpora
from mocalign.japanese import tokens

DEV = next(n for n in corpora.names() if corpora.load(n).about["split"] == "dev" and n != "japan-singapore-quantum")
PAIRS = [
    ("第1条 目的", "Article 1 Purpose"),
    (
        "1. 各締約国は、要請を受けた日から30日以内に、書面により回答しなければならない。",
        "1. Each Party shall reply in writing within thirty (30) days from receipt of the request.",
    ),
    (
        "2. この協定は、情報の交換及び職員の派遣を含むが、軍事に関する事項を除く。",
        "2. This Agreement includes exchange of information and dispatch of staff, but excludes military matters.",
    ),
    (
        "3. いずれの締約国も、当該情報を第三者に提供してはならない。",
        "3. Neither Party shall provide such information to any third party.",
    ),
]


def test_there_are_operators_for_every_class_in_both_splits() -> None:
    found = operators()
    assert len(found) >= 25
    assert len({o.name for o in found}) == len(found)
    assert {o.cls for o in found} == {c.name for c in CLASSES}
    assert {o.cls for o in found if o.split == "dev"} == {c.name for c in CLASSES}


@pytest.fixture(scope="module")
def some() -> list[object]:
    return list(mutants(source_from_corpus(DEV), number=2, seed=5))


def test_the_same_seed_gives_the_same_mutants(some: list[object]) -> None:
    again = list(mutants(source_from_corpus(DEV), number=2, seed=5))
    assert [m.key for m in again] == [m.key for m in some]  # type: ignore[attr-defined]
    assert [m.key for m in mutants(source_from_corpus(DEV), number=2, seed=6)] != [m.key for m in again]


def test_one_place_of_one_side_is_changed(some: list[object]) -> None:
    source = source_from_corpus(DEV)
    for m in some:
        start, end, size = m.edit  # type: ignore[attr-defined]
        for side, text in (("ja", m.ja_text), ("en", m.en_text)):  # type: ignore[attr-defined]
            clean = source.text(side)
            if side != m.side:  # type: ignore[attr-defined]
                assert text == clean
            else:
                assert text != clean
                assert text[:start] == clean[:start]
                assert text[start + size :] == clean[end:]


def test_the_place_lies_in_the_paragraphs_of_the_mutant(some: list[object]) -> None:
    for m in some:
        zones = m.ja_zone if m.side == "ja" else m.en_zone  # type: ignore[attr-defined]
        assert any(s <= m.span[0] <= e for s, e in zones), m.key  # type: ignore[attr-defined]


def test_what_answers_it_is_quoted_from_the_other_side(some: list[object]) -> None:
    for m in some:
        far = m.en_text if m.side == "ja" else m.ja_text  # type: ignore[attr-defined]
        for s, e in m.other_spans:  # type: ignore[attr-defined]
            assert far[s:e] in m.other  # type: ignore[attr-defined]


def test_every_class_is_planted_somewhere() -> None:
    count = Counter(m.cls for n in corpora.names()[:4] for m in mutants(source_from_corpus(n), number=1))
    assert {c.name for c in CLASSES} - set(count) == set()


def test_unseen_texts_of_four_paragraphs_can_be_damaged() -> None:
    source = source_from_texts("unseen", PAIRS, kind="treaty", binding=True)
    found = {m.operator: m for m in mutants(source, number=1)}
    assert {"figure", "negation-lost", "include-exclude", "simplified-kanji", "omitted-item", "modality-weak"} <= set(
        found
    )
    assert found["figure"].other_spans
    assert "30" not in found["figure"].ja_text


def test_the_errata_are_mutants(shared: Path) -> None:
    from benchmarks.findings import errata_cases

    cases = errata_cases()
    assert len(cases) > 50
    for source, m, _ in cases:
        text = m.ja_text if m.side == "ja" else m.en_text
        assert text[m.span[0] : m.span[1]] == m.after
        assert (m.ja_text, m.en_text) != (source.ja, source.en)


def test_an_edit_that_changes_nothing_is_no_mutant() -> None:
    source = source_from_texts("x", PAIRS)
    operator = Operator("none", "slips", "dev", lambda _source: ())
    assert apply(source, operator, Edit("ja", 0, 2, source.ja[:2])) is None


def test_a_deletion_points_at_the_gap() -> None:
    source = source_from_texts("x", PAIRS)
    at = source.ja.index("書面により")
    mutant = apply(
        source, Operator("gap", "slips", "dev", lambda _s: ()), Edit("ja", at, at + 5, "", other=("in writing",))
    )
    assert mutant is not None
    assert mutant.span == (at, at)
    assert mutant.ja_zone == ((source.ja_parts[1].start, source.ja_parts[1].end - 5), (at, at))
    assert [mutant.en_text[s:e] for s, e in mutant.other_spans] == ["in writing"]


@pytest.mark.parametrize(
    ("verb", "expected"),
    [
        ("求める", "求めない"),
        ("行う", "行わない"),
        ("従う", "従わない"),
        ("有する", "有しない"),
        ("認める", "認めない"),
        ("及ぶ", "及ばない"),
    ],
)
def test_verbs_are_negated_by_rule(verb: str, expected: str) -> None:
    assert resources.negative(tokens(verb + "。")[0]) == expected


@pytest.mark.parametrize(
    ("value", "text"), [(6, "六"), (10, "十"), (2026, "二千二十六"), (65_000, "六万五千"), (1_000_000, "百万")]
)
def test_kanji_numerals_go_both_ways(value: int, text: str) -> None:
    assert resources.to_kanji(value) == text
    assert resources.kanji_value(text) == value


def test_english_numbers_are_read() -> None:
    found = [
        v for _, _, v in resources.english_values("thirty (30) days, 1,200 miles, three million yen, twenty-four hours")
    ]
    assert found == [30, 30, 1200, 3_000_000, 24]


def test_homophones_are_other_words() -> None:
    assert "発行" in resources.homophones("発効", "ハッコウ")
    assert "発効" not in resources.homophones("発効", "ハッコウ")


def test_similar_shapes_share_components() -> None:
    assert "系" in resources.similar_shape("係")
    assert "術" not in resources.similar_shape("術")
