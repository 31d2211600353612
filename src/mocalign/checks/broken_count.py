"""A number of items is announced and the list keeps another.

Why it matters: "the following eight areas" with seven items means that one was lost or one was added without anybody
noticing.

What to do: restore the item or correct the number.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from mocalign.checks.base import Check, Example, Hit
from mocalign.checks.tools import documents, marker, sides
from mocalign.config import Config
from mocalign.kanji import kanji_number
from mocalign.model import Document, Lang, Segment, Severity
from mocalign.pair import Pair

__all__ = ["CHECK"]

_JA = re.compile(
    r"(?:次|(?<!点)以下|下記|左記)(?:に掲げる|に定める|に示す|の)?の?(?P<n>[0-9一二三四五六七八九十]{1,3})(?:つ|個|箇|か|件|種類|種|項目|点)?の?(?!桁|位|字|ページ|頁)"
    r"(?:分野|事項|条件|原則|項目|活動|措置|事業|形態|方法|場合|要件|基準|目的|段階|手段|課題|領域|区分|者|機関|鉱物|国|都市|種類|書類|文書|要素|柱|施策|行動|義務|権利|事由|[一-鿿]{1,4})"
)
_WORDS = {
    w: n
    for n, w in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen".split()
    )
}
_EN = re.compile(
    rf"\b(?:the\s+)?(?:following|these)\s+(?P<n>\d{{1,2}}|{'|'.join(_WORDS)})\s+(?:[a-z-]+\s+){{0,3}}?[a-z]+s\b"
    rf"|\b(?P<m>\d{{1,2}}|{'|'.join(_WORDS)})\s+(?:[a-z-]+\s+){{0,3}}?[a-z]+s\s+(?:listed|set\s+out|set\s+forth|specified|mentioned)\s+below\b",
    re.I,
)


def find(pair: Pair, config: Config) -> Iterator[Hit]:
    """Yield announced numbers that the list right after them does not keep."""
    for lang, document in documents(pair):
        for segment in document.segments:
            view = pair.body(document, segment)
            for match in (_JA if lang == "ja" else _EN).finditer(view.text):
                said = _number(match, lang)
                if said is None or not 2 <= said <= 40:
                    continue
                # The announcement must close its sentence, or the list belongs to something else.
                if len(re.findall("。" if lang == "ja" else r"\.\s", view.text[match.end() :])) > 1:
                    continue
                count, sure = _items(document, segment)
                if count >= 2 and count != said:
                    yield Hit(
                        f"“{match[0]}” announces {said}, {count} follow.",
                        f"「{match[0]}」とあるが、続く項目は{count}ある。",
                        **sides(lang, view.span(*match.span())),
                        confidence=0.9 if sure else 0.7,
                    )


def _number(match: re.Match[str], lang: Lang) -> int | None:
    text = match["n"] if lang == "ja" else (match["n"] or match["m"]).lower()
    return _WORDS[text] if text in _WORDS else kanji_number(text)


def _items(document: Document, segment: Segment) -> tuple[int, bool]:
    """How many items of one list follow, and whether their marks make it plain that they are one list."""
    following = document.segments[segment.index + 1 :]
    if not following:
        return 0, False
    first = following[0]
    if first.kind != "item":
        return 0, False
    if marker(first) is None:
        count = 0
        for item in following:
            if item.kind != "item" or marker(item) is not None or item.text[:1] != first.text[:1]:
                break
            count += 1
        return count, False
    if segment.kind == "item" and len(first.label) <= len(segment.label):
        return 0, False  # the next item of the list this paragraph belongs to
    parent = first.label[:-1]
    count = 0
    for item in following:
        if item.label[: len(parent)] != parent or item.kind not in ("item", "paragraph"):
            break
        if item.label[:-1] == parent and marker(item) is not None:
            if len(item.label[-1]) != len(first.label[-1]) and item.label[-1].isalpha() != first.label[-1].isalpha():
                break
            count += 1
    return count, True


CHECK = Check(
    code="LOC002",
    name="broken-count",
    mqm="accuracy/omission",
    severity=Severity.major,
    needs="either",
    doc=__doc__,
    doc_ja="予告した数と実際の項目の数が合わない。\n\nなぜ問題か：項目の脱落又は追加が見過ごされている。\n\n対処：項目を戻すか、数を直す。",
    find=find,
    examples=(
        Example(ja="緯度は小数点以下2桁に丸める。\n\n- 都市\n\n- 地区\n\n- 街路", presegmented=False),
        Example(
            ja="1. 当事者は、⟦次の4分野⟧において協力する。\n\n(a) 人材の育成\n(b) 情報の交換\n(c) 共同研究\n\n2. 費用を負担する。",
            presegmented=False,
        ),
        Example(
            en="1. The Participants will cooperate in ⟦the following four areas⟧:\n\n(a) training;\n(b) data;\n(c) research.\n\n2. Costs are shared.",
            presegmented=False,
        ),
        Example(
            ja="1. 当事者は、次の三つの分野において協力する。\n\n(a) 人材の育成\n(b) 情報の交換\n(c) 共同研究",
            presegmented=False,
        ),
        Example(
            ja="1. 次の2か月の間に、両国は協議する。\n\n2. 費用を負担する。\n\n3. 期間を定める。\n\n4. 終了",
            presegmented=False,
        ),
    ),
)
