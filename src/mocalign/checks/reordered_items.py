"""Items of a list stand in another order under the same letters.

Why it matters: "(a)" is cited elsewhere; when (a) and (b) change places, every reference to them means something else.

What to do: restore the order of the governing text. Lists that carry no letters, or other ones in each language, may be
in any order and are left alone, as are English lists in alphabetical order.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from mocalign.checks.base import Check, Example, Hit
from mocalign.config import Config
from mocalign.model import Segment, Severity, Span
from mocalign.pair import Pair

__all__ = ["CHECK"]


def find(pair: Pair, config: Config) -> Iterator[Hit]:
    """Yield one hit for each list whose items are exchanged under their letters."""
    lists: dict[tuple[tuple[str, ...], tuple[str, ...]], list[tuple[Segment, Segment]]] = defaultdict(list)
    for bead in pair.beads:
        if len(bead.ja) == 1 and len(bead.en) == 1 and bead.score >= 0.3:
            ja, en = bead.ja[0], bead.en[0]
            if len(ja.label) > 1 and len(en.label) > 1:
                lists[ja.label[:-1], en.label[:-1]].append((ja, en))
    for items in lists.values():
        wrong = [(a, b) for a, b in items if a.label[-1] != b.label[-1]]
        if not wrong or {a.label[-1] for a, _ in wrong} != {b.label[-1] for _, b in wrong}:
            continue
        words = [pair.body(pair.en, b).text.lower() for _, b in sorted(items, key=lambda i: i[1].index)]
        if len(items) > 3 and words == sorted(words):
            continue
        first = wrong[0]
        yield Hit(
            f"Item {first[0].label[-1]} of the Japanese is item {first[1].label[-1]} of the English.",
            f"和文の{first[0].label[-1]}は、英文の{first[1].label[-1]}に当たる。",
            ja=_body(first[0]),
            en=_body(first[1]),
            also_ja=tuple(_body(a) for a, _ in wrong[1:]),
            also_en=tuple(_body(b) for _, b in wrong[1:]),
            confidence=0.75 if len(wrong) == 2 else 0.62,
        )


def _body(segment: Segment) -> Span:
    return segment.span.sub(segment.body, segment.span.end)


CHECK = Check(
    code="ACC005",
    name="reordered-items",
    mqm="accuracy/mistranslation",
    severity=Severity.minor,
    doc=__doc__,
    doc_ja="列挙の項目が、同じ記号の下で入れ替わっている。\n\nなぜ問題か：(a)と(b)が入れ替わると、それを引用する規定の意味が変わる。\n\n対処：正文の順序に合わせる。記号のない列挙や、言語ごとに記号の異なる列挙、英語のアルファベット順の列挙は報告しない。",
    find=find,
    examples=(
        Example(
            ja="1 計画は、次のものから成る。\n\n(b) ⟦科学者の交換⟧\n\n(a) ⟦刊行物の交換⟧\n",
            en="1. The programme consists of the following:\n\n(a) ⟦exchange of scientists; and⟧\n\n(b) ⟦exchange of publications.⟧\n",
            presegmented=False,
        ),
        Example(
            ja="1 計画は、次のものから成る。\n\n(a) 科学者の交換\n\n(b) 刊行物の交換\n",
            en="1. The programme consists of the following:\n\n(a) exchange of scientists; and\n\n(b) exchange of publications.\n",
            presegmented=False,
        ),
    ),
)
