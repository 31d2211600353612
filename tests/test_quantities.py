"""Typed values: what is read, what answers what, and what is no figure."""

from __future__ import annotations

import random
import unicodedata
from fractions import Fraction

import pytest

from mocalign.quantities import compare, kanji_value, read_en, read_ja, references_en, references_ja, valid_date


def _hard(values: tuple) -> list[tuple[object, ...]]:  # type: ignore[type-arg]
    return [
        (q.kind, q.date if q.kind == "date" else int(q.value) if q.value.denominator == 1 else q.value, q.unit, q.bound)
        for q in values
        if not q.soft
    ]


JAPANESE = [
    ("2026年1月9日", [("date", (2026, 1, 9), "", "")]),
    ("二千二十六年一月九日", [("date", (2026, 1, 9), "", "")]),
    ("二〇二六年一月九日", [("date", (2026, 1, 9), "", "")]),
    ("令和8年1月9日", [("date", (2026, 1, 9), "", "")]),
    ("令和元年五月一日", [("date", (2019, 5, 1), "", "")]),
    ("昭和二十五年", [("date", (1950, 0, 0), "", "")]),
    ("令和7年8月20日から22日まで", [("date", (2025, 8, 20), "", ">="), ("date", (2025, 8, 22), "", "<=")]),
    ("百二十億円", [("money", 12_000_000_000, "JPY", "")]),
    ("2万5,000人以上", [("number", 25_000, "", ">=")]),
    ("1億2,000万円", [("money", 120_000_000, "JPY", "")]),
    ("六箇月前までに", [("duration", 6, "month", ">=")]),
    ("少なくとも6か月前に", [("duration", 6, "month", ">=")]),
    ("遅くとも72時間前までに", [("duration", 72, "hour", ">=")]),
    ("30営業日以内に", [("duration", 30, "business day", "<=")]),
    ("五十パーセントを超えない", [("percent", 50, "", "<=")]),
    ("3年を超えて保存されない", [("duration", 3, "year", "<=")]),
    ("2割以上", [("percent", 20, "", ">=")]),
    ("三分の一以内", [("percent", Fraction(100, 3), "", "<=")]),
    ("10人を超える代表団", [("number", 10, "", ">")]),
    ("5人未満の学生", [("number", 5, "", "<")]),
    ("二・五メートル", [("measure", Fraction(5, 2), "metre", "")]),
    ("第九回会合", [("ordinal", 9, "", "")]),
    ("正本二通", [("number", 2, "", "")]),
    ("総額250万米ドルを上限として", [("money", 2_500_000, "USD", "<=")]),
]
NO_FIGURES_JA = "第三者 一切の権利 一般に 十分な資料 今回の会合 一層の努力 その一方 唯一の 統一的な 万が一 一部の 千葉県 四半期 数十の".split(
    " "
)
ENGLISH = [
    ("on 9 January 2026", [("date", (2026, 1, 9), "", "")]),
    ("January 9, 2026", [("date", (2026, 1, 9), "", "")]),
    ("on the fifth day of March, 2026", [("date", (2026, 3, 5), "", "")]),
    ("from 20 to 22 August 2025", [("date", (2025, 8, 20), "", ">="), ("date", (2025, 8, 22), "", "<=")]),
    ("by 30 June each year", [("date", (0, 6, 30), "", "<=")]),
    ("at least six months' prior written notice", [("duration", 6, "month", ">=")]),
    ("no later than 90 days before the date", [("duration", 90, "day", ">=")]),
    ("twenty-five (25) persons", [("number", 25, "", "")]),
    ("two thirds of the members", [("percent", Fraction(200, 3), "", "")]),
    ("USD 2.5 million", [("money", 2_500_000, "USD", "")]),
    ("120 million yen", [("money", 120_000_000, "JPY", "")]),
    ("ten Business Days", [("duration", 10, "business day", "")]),
    ("shall not exceed 50 per cent", [("percent", 50, "", "<=")]),
    ("will not be kept for more than three years", [("duration", 3, "year", "<=")]),
    ("more than ten persons", [("number", 10, "", ">")]),
    ("fifteen (15) or fewer", [("number", 15, "", "<=")]),
    ("1 in 10,000", [("percent", Fraction(1, 100), "", "")]),
    ("grow tenfold", [("times", 10, "", "")]),
    ("Done in triplicate", [("number", 3, "", "")]),
    ("exceeding 24 metres in length", [("measure", 24, "metre", ">")]),
]
NO_FIGURES_EN = [
    "inform one another",
    "one or more experts",
    "No one shall be obliged",
    "Secondly, the Parties may consult",
    "The Parties may terminate it",
    "a third party",
    "COVID-19 and the G7",
]


@pytest.mark.parametrize(("text", "expected"), JAPANESE)
def test_japanese_values(text: str, expected: list[tuple[object, ...]]) -> None:
    """Kanji, digits, eras, units and bounds are read as values."""
    assert _hard(read_ja(unicodedata.normalize("NFKC", text))) == expected


@pytest.mark.parametrize("text", NO_FIGURES_JA)
def test_japanese_guards(text: str) -> None:
    """Words that hold a numeral and are none ask for no answer."""
    assert _hard(read_ja(text)) == []


@pytest.mark.parametrize(("text", "expected"), ENGLISH)
def test_english_values(text: str, expected: list[tuple[object, ...]]) -> None:
    """Words, figures, months, currencies and bounds are read as values."""
    assert _hard(read_en(text)) == expected


@pytest.mark.parametrize("text", NO_FIGURES_EN)
def test_english_guards(text: str) -> None:
    """“One another”, “No one” and “may” are no figures."""
    assert _hard(read_en(text)) == []


def _kanji(value: int) -> str:
    """The slow obvious way to write a figure below 10,000."""
    out = ""
    for size, mark in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit, value = divmod(value, size)
        if digit:
            out += ("" if digit == 1 and mark else "一二三四五六七八九"[digit - 1]) + mark
    return out


def test_kanji_values_round_trip() -> None:
    """Every figure written in kanji is read back, with 万 and 億 too."""
    chance = random.Random(3)
    for _ in range(300):
        low, mid, high = chance.randrange(1, 10_000), chance.randrange(1, 10_000), chance.randrange(1, 10_000)
        assert kanji_value(_kanji(low)) == low
        assert kanji_value(f"{_kanji(mid)}万{_kanji(low)}") == mid * 10_000 + low
        assert kanji_value(f"{high}億{mid}万{low}") == high * 10**8 + mid * 10**4 + low


@pytest.mark.parametrize(
    ("ja", "en"),
    [
        ("両国は、2通を作成した。", "The two countries have done it in duplicate."),
        ("毎年一回会合する。", "They will meet once a year."),
        ("有効期間は、一年とする。", "It is valid for twelve months."),
        ("4月1日から", "from 1 April 2026"),
        ("2週間以内に", "within fourteen days"),
        ("6か月(六か月)の期間", "a period of six (6) months"),
        ("半数以上", "at least half"),
    ],
)
def test_equal_values_leave_nothing(ja: str, en: str) -> None:
    """Implied counts, other units and other notations answer each other."""
    found = compare(read_ja(ja), read_en(en))
    assert (found.ja, found.en) == ((), ())


@pytest.mark.parametrize(
    ("ja", "en"),
    [
        ("30日以内", "within 30 business days"),
        ("2024年3月", "5 March 2024"),
        ("20パーセント", "50 per cent"),
        ("三通", "in duplicate"),
    ],
)
def test_different_values_are_left(ja: str, en: str) -> None:
    """Another unit, a lost day, another figure stay without an answer on both sides."""
    found = compare(read_ja(ja), read_en(en))
    assert len(found.ja) == len(found.en) == 1


@pytest.mark.parametrize(
    ("ja", "en"),
    [
        ("第五条第二項の規定", "the provisions of Article 5, paragraph 2"),
        ("第2項1(b)", "Paragraph 2(1)(b)"),
        ("第四条及び第六条", "Articles 4 and 6"),
        ("11.1に定める修正", "an amendment as provided for in paragraph 11.1"),
        ("附属書IIに掲げる物品", "the goods listed in Annex II"),
    ],
)
def test_references_answer(ja: str, en: str) -> None:
    """The numbers of a reference are the same in both notations."""
    a = [rank for r in references_ja(ja) for rank in r.ranks]
    b = [rank for r in references_en(en) for rank in r.ranks]
    assert len(a) == len(b)
    assert all(x & y for x, y in zip(a, b, strict=True))


def test_own_number_is_no_reference() -> None:
    """Article 12 at its own head is its number; before a particle it is a reference."""
    assert references_ja("第十二条 前条に規定する")[0].own
    assert not references_ja("第4項及び第6項は")[0].own
    assert references_en("Article 12: The list")[0].own
    assert not references_en("Paragraphs 4 and 6 will apply")[0].own


def test_calendar() -> None:
    """29 February exists in leap years only."""
    assert valid_date(2024, 2, 29)
    assert not valid_date(2025, 2, 29)
    assert not valid_date(2025, 13, 1)
    assert not valid_date(2025, 4, 31)


def test_months_of_statutes_are_no_dates() -> None:
    """六月以内 is within six months; 六月三日まで is by 3 June."""
    assert [(q.kind, int(q.value), q.unit, q.bound) for q in read_ja("勧告の日から六月以内に")] == [
        ("duration", 6, "month", "<=")
    ]
    assert [q.date for q in read_ja("六月三日までに")] == [(0, 6, 3)]


def test_dates_in_capitals() -> None:
    """Preambles are set in capitals."""
    assert [q.date for q in read_en("DATED AUGUST 28, 1951")] == [(1951, 8, 28)]
    assert [q.date for q in read_en("ON 2ND FEBRUARY 1971")] == [(1971, 2, 2)]


def test_marks_without_a_space_are_no_figures() -> None:
    """The mark of a paragraph may stand right before its first word."""
    assert [q for q in read_en("4.If any Recipient extracts fonts") if not q.soft] == []


def test_references_without_第() -> None:
    """Contracts write 3条2項 and 前条6項."""
    assert [sorted(r.ranks[0]) for r in references_ja("3条2項の定めに従い") if r.ranks] == [["3"]]
    first = next(iter(references_ja("第六十八条の二第一項に規定する")))
    assert [sorted(r) for r in first.ranks] == [["68"], ["2"]]
