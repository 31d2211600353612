"""本項 can mean two things: the numbered item, or the section that is itself called 第N項.

Why it matters: where the top level is 第5項 and its items are numbered 1, 2, 3, a reader takes 本項 for either.

What to do: name the provision (第5項, 1).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from mocalign.checks.base import Check, Example, Hit
from mocalign.checks.tools import marker
from mocalign.config import Config
from mocalign.model import Severity
from mocalign.pair import Pair

__all__ = ["CHECK"]


def find(pair: Pair, config: Config) -> Iterator[Hit]:
    """Yield 本項, この項 and 前項 inside numbered items of a section called 第N項."""
    tops = {s.label[0] for s in pair.ja.segments if s.label and (m := marker(s)) and re.match(r"第.+項", m[0])}
    for segment in pair.ja.segments:
        if len(segment.label) < 2 or segment.label[0] not in tops or not segment.label[1].isdigit():
            continue
        view = pair.body(pair.ja, segment)
        for match in re.finditer(r"本項|この項|同項|前項(?!第)", view.text):
            place = f"第{segment.label[0]}項"
            yield Hit(
                f"{match[0]} may mean {place} or its item {segment.label[1]}: both are 項 here.",
                f"「{match[0]}」が{place}を指すのか{segment.label[1]}を指すのか曖昧である。",
                ja=view.span(*match.span()),
                confidence=0.75,
            )


CHECK = Check(
    code="DES012",
    name="ambiguous-reference",
    mqm="accuracy/ambiguity",
    severity=Severity.minor,
    needs="ja",
    doc=__doc__,
    doc_ja="「本項」が二通りに読める（第N項の中の番号付きの項）。\n\nなぜ問題か：参照の範囲が定まらない。\n\n対処：「第5項」「第5項1」のように番号で示す。",
    find=find,
    examples=(
        Example(
            ja="## 第1項 目的\n\n協力する。\n\n## 第2項 期間\n\n1. ⟦本項⟧の規定に従って終了する。\n\n2. 六か月前に通知する。",
            presegmented=False,
        ),
        Example(
            ja="## 第1条 目的\n\n協力する。\n\n## 第2条 期間\n\n1. 本項の規定に従って終了する。\n\n2. 六か月前に通知する。",
            presegmented=False,
        ),
    ),
)
