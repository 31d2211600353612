"""One mark of a list is written unlike its neighbours.

Why it matters: `- f)` followed by a bare `g)`, or (3) followed by 4), shows that a list was cut or pasted; layout and
automatic numbering fall apart there.

What to do: write all marks of a list alike.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator

from mocalign.checks.base import Check, Example, Hit
from mocalign.checks.series import siblings
from mocalign.checks.tools import also, documents, marker, sides
from mocalign.config import Config
from mocalign.model import Document, Lang, Segment, Severity
from mocalign.pair import Pair

__all__ = ["CHECK"]


def _style(segment: Segment) -> str:
    """The shape of a mark with its bullet: digits, letters and kana stand for their kind and width."""
    head = segment.text[: segment.body - segment.span.start]
    head = re.sub(r"^#+\s*|[*`“”\"「『（(]+$|\*+|\\", "", head.rstrip())  # 1\. is 1. to a reader
    # A first paragraph whose number shares the line of its article, and inserted articles, are no style of their own.
    head = re.sub(r"^((?:Article|ARTICLE|Section)\s+\d+)(?:-\d+)?[.:]?(?:\s*\(1\))?\s*$", r"\1", head.strip())
    head = re.sub(r"^(第[^条]+条)(?:の[〇一二三四五六七八九十百0-9０-９]+)*", r"\1", head)
    out = []
    for char in head.strip():
        wide = unicodedata.east_asian_width(char) in "FW"
        if char.isdigit() and char not in "一二三四五六七八九":
            out.append("９" if wide else "9")
        elif char in "〇一二三四五六七八九十百":
            out.append("十")
        elif "ァ" <= char <= "ヶ":
            out.append("ア")
        elif char.isalpha() and char.isascii():
            out.append("a" if char.islower() else "A")
        else:
            out.append(char)
    return re.sub(r"(９|9|十|a|A)\1+", r"\1", "".join(out))


_DOTTED = re.compile(r"[9９][.．][9９]")  # 2.1 below 2. is a level, no style


def find(pair: Pair, config: Config) -> Iterator[Hit]:
    """Yield the marks of the minority style of each list of three or more."""
    for lang, document in documents(pair):
        yield from _alone(document, lang)
        for group in ([s for s, _ in g] for g in siblings(document)):
            kinds = Counter(s.kind for s in group)
            if len(group) < 3 or kinds.total() - kinds.most_common(1)[0][1] > 1:
                continue
            styles = [_style(s) for s in group]
            if any(len(re.findall("[0-9]", s.text[: s.body - s.span.start])) > 1 for s in group):
                styles = [
                    style.replace("９", "9") for style in styles
                ]  # １ … ９, 10: full width for one figure, half for two
            counts = Counter(styles).most_common()
            if len(counts) < 2 or counts[0][1] * 2 <= len(group):
                continue
            usual = counts[0][0]
            odd = [s for s, style in zip(group, styles, strict=True) if style != usual and not _DOTTED.search(style)]
            places = [m[1] for s in odd if (m := marker(s)) is not None]
            if not places or len(odd) * 2 >= len(group):
                continue
            example = group[styles.index(usual)]
            shown = example.text[: example.body - example.span.start].strip()
            yield Hit(
                f"{odd[0].text[: odd[0].body - odd[0].span.start].strip()} is written unlike {shown} and the other marks of this list.",
                f"項目記号の書き方が「{shown}」など他の項目と異なる。",
                **sides(lang, places[0]),
                **also(lang, tuple(places[1:])),
                confidence=0.8,
            )


def _alone(document: Document, lang: Lang) -> Iterator[Hit]:
    """A mark of a short list that no other list of the document writes so."""
    groups = [[s for s, _ in g] for g in siblings(document)]
    shapes: dict[tuple[int, str], Counter[str]] = {}
    for group in groups:
        for segment in group:
            style = _style(segment)
            shapes.setdefault((len(group[0].label), _core(style)), Counter())[style] += 1
    for group in groups:
        if len(group) > 2:
            continue
        mixed = len({_style(s) for s in group}) > 1  # two marks of one list, written in two ways
        for segment in group:
            style = _style(segment)
            counts = shapes[len(group[0].label), _core(style)]
            usual, many = counts.most_common(1)[0]
            mark = marker(segment)
            if (
                style == usual
                or counts[style] > 1
                or many < (2 if mixed else 4)
                or mark is None
                or style.replace("９", "9") == usual.replace("９", "9")
            ):
                continue
            yield Hit(
                f"{mark[0]} is written unlike the other marks of its kind in this document.",
                f"「{mark[0]}」の書き方が本文の他の同種の項目記号と異なる。",
                **sides(lang, mark[1]),
                confidence=0.7,
            )


def _core(style: str) -> str:
    return re.sub(r"[^9９十アaA編部章節款条項号]", "", style).replace("９", "9")


CHECK = Check(
    code="DES003",
    name="mixed-marker",
    mqm="design-and-markup/numbering",
    severity=Severity.minor,
    needs="either",
    doc=__doc__,
    doc_ja="一つの箇条書きの中で項目記号の書き方が揃っていない。\n\nなぜ問題か：箇条書きが途中で切れたり、別の文書から貼り付けられたりした跡である。\n\n対処：書き方を揃える。",
    find=find,
    examples=(
        Example(
            ja="協力する。\n\n- a) 人材の育成\n- b) 情報の交換\n- c) 共同研究\n\n⟦d)⟧ 実証",
            presegmented=False,
        ),
        Example(ja="協力する。\n\n(1) 人材の育成\n(2) 情報の交換\n⟦3)⟧ 共同研究\n(4) 実証", presegmented=False),
        Example(ja="協力する。\n\n- a) 人材の育成\n- b) 情報の交換\n- c) 共同研究", presegmented=False),
        Example(
            ja="問答を掲げる。\n\nA. 会費は、年額とする。\n\nB. 会議は、毎年開く。\n\nC. `config` に記す。",
            presegmented=False,
        ),
        Example(
            en="#### 1\\. Fees\n\nFees are paid.\n\n#### 2\\. Records\n\nRecords are kept.\n\n#### 3. Term\n\nOne year.",
            presegmented=False,
        ),
        Example(
            en="Article 1 (1) Fees are paid yearly.\n\n(2) Fees are kept.\n\nArticle 2 A meeting is held.\n\nArticle 3 Records are kept.",
            presegmented=False,
        ),
    ),
)
