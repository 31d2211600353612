"""Provisions stand in another order than in the other language.

Why it matters: "(a)" is cited elsewhere; when (a) and (b) change places, every reference to them means something else, and
a paragraph that has moved may belong to another provision.

What to do: restore the order of the governing text. Lists that carry no letters, or other ones in each language, may be
in any order and are left alone, as are English lists in alphabetical order.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence

from mocalign.checks.base import Check, Example, Hit
from mocalign.checks.tools import marker
from mocalign.config import Config
from mocalign.model import Bead, Segment, Severity, Span
from mocalign.pair import Pair

__all__ = ["CHECK"]

_SURE = 0.55  # score of a bead whose counterpart is certain
_MARGIN = 0.12  # by how much the crossed reading of a bead must be the better one
_FAR = 4  # beads that a paragraph without mark may have moved over
_PROSE = 20  # characters of a paragraph that is no member of a list
_SENTENCE = 28  # characters of a member of a list that is a sentence of its own
_LISTED = re.compile(r"[*・\-•●○](?!\*)")


def find(pair: Pair, config: Config) -> Iterator[Hit]:
    """Yield one hit for each group of provisions that have changed places."""
    single = [
        (n, b.ja[0], b.en[0]) for n, b in enumerate(pair.beads) if len(b.ja) == len(b.en) == 1 and b.score >= _SURE
    ]
    done: set[int] = set()
    for number, ja, en in single:
        if pair.beads[number].relation != "moved" or number in done:
            continue
        crossed = [(n, a, b) for n, a, b in single if n != number and (a.index < ja.index) != (b.index < en.index)]
        done |= {n for n, _, _ in crossed} | {number}
        group = [(ja, en), *((a, b) for _, a, b in crossed)]
        hit = _marked(pair, group) or _plain(pair, group)
        if hit is not None:
            yield hit
    lists: dict[tuple[tuple[str, ...], tuple[str, ...]], list[tuple[Segment, Segment]]] = defaultdict(list)
    for number, ja, en in single:
        if number not in done and len(ja.label) > 1 and len(en.label) > 1:
            lists[ja.label[:-1], en.label[:-1]].append((ja, en))
    for items in lists.values():  # the marks have changed places, not what stands behind them
        swapped = [(a, b) for a, b in items if a.label[-1] != b.label[-1] and _differ(a, b)]
        if swapped and {a.label[-1] for a, _ in swapped} == {b.label[-1] for _, b in swapped}:
            hit = _marked(pair, items)
            if hit is not None:
                yield hit
    for number, bead in enumerate(pair.beads):
        if len(bead.ja) == len(bead.en) == 2 and bead.relation == "match":
            yield from _inside(pair, number, bead)


def _marked(pair: Pair, group: Sequence[tuple[Segment, Segment]]) -> Hit | None:
    """The items of a group that stand under another mark of the same kind than their counterpart."""
    wrong = [(a, b) for a, b in group if _differ(a, b)]
    if not wrong:
        return None
    words = [pair.body(pair.en, b).text.lower() for _, b in sorted(group, key=lambda i: i[1].index)]
    if len(group) > 3 and words == sorted(words):
        return None
    first = wrong[0]
    one, two = _name(first[0]), _name(first[1])
    return Hit(
        f"{one} of the Japanese is {two} of the English.",
        f"和文の{one}は、英文の{two}に当たる。",
        ja=_body(first[0]),
        en=_body(first[1]),
        also_ja=tuple(_body(a) for a, _ in wrong[1:6]),
        also_en=tuple(_body(b) for _, b in wrong[1:6]),
        confidence=0.78 if len(wrong) <= 3 else 0.66,
    )


def _differ(ja: Segment, en: Segment) -> bool:
    """Whether both carry a mark, of one kind, and not the same one."""
    if not ja.label or not en.label or marker(ja) is None or marker(en) is None:
        return False
    a, b = ja.label[-1], en.label[-1]
    return a.isdigit() == b.isdigit() and ja.label != en.label


def _name(segment: Segment) -> str:
    found = marker(segment)
    return found[0] if found else ""


def _plain(pair: Pair, group: Sequence[tuple[Segment, Segment]]) -> Hit | None:
    """A paragraph without mark that has changed places with its neighbours inside one provision."""
    ja, en = group[0]
    if not 1 < len(group) <= _FAR:
        return None
    for a, b in group:
        text, other = pair.body(pair.ja, a).text, pair.body(pair.en, b).text
        if a.kind not in ("paragraph", "item") or b.kind not in ("paragraph", "preamble", "item") or a.label != b.label:
            return None
        if marker(a) is not None or marker(b) is not None or len(text) < _PROSE or not text.endswith("。"):
            return None
        if _LISTED.match(a.text) and (len(text) < _SENTENCE or not other.rstrip("*_ ").endswith((".", ";"))):
            return None  # names and headwords are sorted anew in each language, sentences are not
        if (
            re.match(r"\W*「[^」]{1,40}」とは", text)
            or re.match(r"\W*[\"“'‘]", other)
            or re.search(r"\bmeans\b", other[:60])
        ):
            return None  # so are definitions
    if _sorted(pair, en):
        return None
    return Hit(
        "This paragraph stands in another place than in the English.",
        "この段落の位置が英文と異なる。",
        ja=_body(ja),
        en=_body(en),
        also_ja=tuple(_body(a) for a, _ in group[1:]),
        confidence=0.7,
    )


def _sorted(pair: Pair, en: Segment) -> bool:
    """Whether an English paragraph stands in a list in alphabetical order."""
    near = [s for s in pair.en.segments if s.kind == en.kind and s.label == en.label and abs(s.index - en.index) < 12]
    words = [re.sub(r"^\W+", "", pair.body(pair.en, s).text.lower())[:12] for s in near]
    return len(words) > 3 and words == sorted(words)


def _inside(pair: Pair, number: int, bead: Bead) -> Iterator[Hit]:
    """Two and two segments in one bead, of which the first answers the second and the second the first."""
    (a, b), (x, y) = bead.ja, bead.en
    if any(marker(s) is None for s in (a, b, x, y)) or _differ(a, x) or _differ(b, y) or a.label[-1:] != x.label[-1:]:
        return
    ja = [pair.body(pair.ja, s).text for s in (a, b)]
    en = [pair.body(pair.en, s).text for s in (x, y)]
    if not all(t.strip() for t in ja + en):
        return
    v = pair.lexicon.vectors(ja + en)
    if not v:
        return
    straight = float(v[ja[0]] @ v[en[0]] + v[ja[1]] @ v[en[1]]) / 2
    crossed = float(v[ja[0]] @ v[en[1]] + v[ja[1]] @ v[en[0]]) / 2
    if crossed < straight + _MARGIN:
        return
    yield Hit(
        f"{_name(a)} of the Japanese is {_name(y)} of the English.",
        f"和文の{_name(a)}は、英文の{_name(y)}に当たる。",
        ja=_body(a),
        en=_body(y),
        also_ja=(_body(b),),
        also_en=(_body(x),),
        confidence=0.78,
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
