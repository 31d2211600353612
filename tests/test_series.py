"""Series of marks: which provisions count up together, where a mark breaks the count, what provisions a text has."""

from __future__ import annotations

import pytest

import mocalign
from mocalign import Config, Document
from mocalign.checks.provisions import inventory
from mocalign.checks.series import breaks, joined, series, written
from mocalign.pair import Pair


def _pair(ja: str, en: str = "") -> Pair:
    sides = mocalign.parse(ja, "ja"), mocalign.parse(en, "en") if en else Document.empty("en")
    return Pair(mocalign.align(*sides), Config())


def _codes(ja: str, *codes: str) -> list[tuple[str, str]]:
    found = mocalign.check(_pair(ja).alignment, Config(select=codes))
    return [(f.code, f.ja.text) for f in found if f.ja is not None and f.severity > 0]


def _items(*marks: str) -> str:
    return "次の分野において協力する。\n\n" + "\n\n".join(f"{m}　共同研究の実施" for m in marks)


WRITTEN = (
    (4, "(c)", "(d)"),
    (4, "三", "四"),
    (21, "第二十条", "第二十一条"),
    (10, "９", "１０"),
    (3, "②", "③"),
    (3, "イ", "ウ"),
    (4, "(iii)", "(iv)"),
    (5, "Ⅳ", "Ⅴ"),
    (3, "第2項", "第3項"),
)


@pytest.mark.parametrize(("number", "mark", "expected"), WRITTEN)
def test_a_mark_is_written_in_its_own_script(number: int, mark: str, expected: str) -> None:
    """The next mark of a list keeps brackets, width and script."""
    assert written(number, mark) == expected


# marks in order, (kind, the mark it is reported at) of each break
BREAKS = (
    (("(a)", "(b)", "(c)"), []),
    (("(a)", "(c)", "(c)", "(d)"), [("wrong", "(c)")]),
    (("(a)", "(b)", "(b)", "(d)"), [("wrong", "(b)")]),
    (("(b)", "(b)", "(c)"), [("wrong", "(b)")]),
    (("(a)", "(b)", "(d)"), [("gap", "(d)")]),
    (("(a)", "(b)", "(c)", "(c)"), [("twice", "(c)")]),
    (("（一）", "（二）", "（四）", "（五）"), [("gap", "（四）")]),
    (("①", "②", "②", "④"), [("wrong", "②")]),
    (("1.", "2.", "(3)", "4."), []),
)


@pytest.mark.parametrize(("marks", "expected"), BREAKS)
def test_each_wrong_mark_is_one_break(marks: tuple[str, ...], expected: list[tuple[str, str]]) -> None:
    """One slip gives one break, at the mark that is wrong; a list that changes its style goes on counting."""
    pair = _pair(_items(*marks))
    found = [(b.kind, b.entry.mark) for g in series(pair, pair.ja) for b in breaks(g)]
    assert found == expected


def test_a_restart_and_an_inserted_article_are_no_breaks() -> None:
    """第一条の二 stands between 第一条 and 第二条, and each article begins with its own first paragraph."""
    text = "\n\n".join(
        (
            "第一条　会費を納める。",
            "２　会費は、返さない。",
            "第一条の二　会議を開く。",
            "第二条　記録を作る。",
            "２　記録を保管する。",
        )
    )
    assert _codes(text, "DES002") == []


GAPS = (
    ("第五条　削除", []),
    ("第五条　会議は、毎年開く。", []),
    ("", [("DES002", "第六条")]),
)


@pytest.mark.parametrize(("middle", "expected"), GAPS)
def test_deleted_articles_fill_their_place(middle: str, expected: list[tuple[str, str]]) -> None:
    """An article that says 削除 is there; one that is missing is said once."""
    lines = [f"第{n}条　会費は、第{n}回の総会において定める。" for n in "一二三四"]
    text = "\n\n".join(
        [*lines, *([middle] if middle else []), "第六条　記録は、公開する。", "第七条　記録は、保管する。"]
    )
    assert _codes(text, "DES002") == expected


def test_an_excerpt_is_silent() -> None:
    """Articles that jump again and again were left out on purpose."""
    text = "\n\n".join(f"第{n}条　会費は、第{n}回の総会において定める。" for n in (1, 4, 9, 15, 16))
    assert _codes(text, "DES002", "DES011") == []


RUNS = (
    ("(b) 情報の交換(c) 共同研究の実施", ["(c)"]),
    ("(b) 情報の交換\n\n(c) (a)及び(b)に掲げる分野における研究", []),
)


@pytest.mark.parametrize(("rest", "expected"), RUNS)
def test_a_mark_inside_a_paragraph_is_a_joint(rest: str, expected: list[str]) -> None:
    """A mark that goes on counting inside a paragraph begins one of its own; a citation does not."""
    pair = _pair(f"次の分野において協力する。\n\n(a) 人材の育成\n\n{rest}\n\n(d) 実証の支援")
    assert [span.text for _, span, _, _ in joined(pair, pair.ja)] == expected


_LAW = """第一条　会費は、毎年納める。

２　会費の額は、{one}。

第二条　会議は、次に掲げる事項を議決する。

一　予算に関する事項

二　{two}

第三条　{three}。

別表第一　会費の額
"""
_PLAIN = {"one": "総会が定める", "two": "決算に関する事項", "three": "記録は、公開する"}

REFERENCES = (
    ({"one": "前項の規定により総会が定める"}, []),
    ({"one": "前条の規定により総会が定める"}, ["前条"]),
    ({"one": "第三項の規定により総会が定める"}, ["第三項"]),
    ({"one": "第一項の規定により総会が定める"}, []),
    ({"one": "第九条の規定により総会が定める"}, ["第九条"]),
    ({"one": "民法第九条の規定により総会が定める"}, []),
    ({"one": "民法第九条及び第十二条の規定により総会が定める"}, []),
    ({"two": "前号に掲げるもののほか決算に関する事項"}, []),
    ({"three": "第一条第二項の額は、別表第一に定める"}, []),
    ({"three": "第一条第五項の額は、総会が定める"}, ["第一条第五項"]),
    ({"three": "第二条第三号に掲げる事項は、公開する"}, ["第三号"]),
    ({"three": "第二条第二号に掲げる事項は、公開する"}, []),
    ({"three": "会費の額は、別表第四に定める"}, ["別表第四"]),
    ({"three": "前条の規定により議決した事項は、公開する"}, []),
    ({"three": "次条の規定により議決した事項は、公開する"}, ["次条"]),
)


@pytest.mark.parametrize(("change", "expected"), REFERENCES)
def test_references_point_at_something(change: dict[str, str], expected: list[str]) -> None:
    """Articles, paragraphs, items, neighbours and annexes that are cited exist; those of other laws are left alone."""
    text = _LAW.format(**(_PLAIN | change))
    assert [q for _, q in _codes(text, "DES011")] == expected


def test_the_inventory_counts_paragraphs_and_items() -> None:
    """An article whose paragraphs have no numbers has as many as it has lines."""
    pair = _pair(_LAW.format(**_PLAIN))
    homes = inventory(pair, pair.ja).homes
    assert [(h.number, len(h.paragraphs), max(h.items)) for h in homes] == [(1, 2, 0), (2, 1, 2), (3, 1, 0)]
