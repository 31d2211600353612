"""Commas and full stops of two systems stand in one text: 、。 and ，．

Why it matters: a half-width comma between Japanese words is a relic of another keyboard or another text, and 、 beside ，
shows that passages were joined.

What to do: write the marks the document usually writes (official texts since 2022: 、 and 。).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from mocalign.checks.base import Check, Example, Hit
from mocalign.checks.tools import at, clean
from mocalign.config import Config
from mocalign.model import Severity, Span
from mocalign.pair import Pair

__all__ = ["CHECK"]

_COMMA = re.compile(r"、|，|(?<=[ぁ-ヿ一-鿿）」]),(?=\s?[ぁ-ヿ一-鿿（「])")
_STOP = re.compile(r"。|(?<=[ぁ-ん一-鿿）」])．|(?<=[ぁ-んァ-ヴ）」])\.(?=\s*(?:[ぁ-ヿ一-鿿]|$))")


def find(pair: Pair, config: Config) -> Iterator[Hit]:
    """Yield the minority marks once with all their places."""
    for pattern, names in ((_COMMA, ("comma", "読点")), (_STOP, ("full stop", "句点"))):
        places: dict[str, list[Span]] = {}
        for segment in pair.ja.segments:
            text = clean(segment)
            for match in pattern.finditer(text, segment.body - segment.span.start):
                if match[0] == "，" and re.search(r"[0-9０-９]$", text[: match.start()]):
                    continue
                sentence = re.split("[。\n]", text[: match.start()])[-1]
                if len(re.findall("[A-Za-z]", sentence)) * 2 > len(sentence) > 8:
                    continue  # the mark of a sentence that is English
                places.setdefault(match[0], []).append(at(segment, *match.span()))
        if len(places) < 2:
            continue
        usual = max(places, key=lambda c: len(places[c]))
        for char, spans in places.items():
            if char == usual or len(spans) * 2 >= len(places[usual]):
                continue
            yield Hit(
                f"The {names[0]} {char} stands beside {usual} ({len(places[usual])} times).",
                f"{names[1]}「{char}」と「{usual}」（{len(places[usual])}箇所）が混在している。",
                ja=spans[0],
                also_ja=tuple(spans[1:]),
                confidence=0.88,
                suggestion=usual,
            )


CHECK = Check(
    code="STY006",
    name="mixed-commas",
    mqm="style/inconsistent-style",
    severity=Severity.minor,
    needs="ja",
    doc=__doc__,
    doc_ja="句読点に「、。」と「，．」など二通りの書き方が混在している。\n\nなぜ問題か：別の文書から貼り付けた跡に見える。\n\n対処：一方に統一する（公用文は「、」「。」）。",
    find=find,
    examples=(
        Example(ja="日本は、情報を交換する。また、協議する。\nただし⟦，⟧費用は、各自が負担する。", suggestion="、"),
        Example(ja="目録には⟦,⟧ 名称を記載し、毎年、更新する。また、公表する。"),
        Example(ja="情報を交換する。協議する。公表する。\nMore is found in the chapter on 「公開の範囲」."),
        Example(ja="日本は、1,000件の情報を、毎年、交換する。"),
    ),
)
