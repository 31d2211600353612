"""Figures are written in two ways: full and half width, or with and without spaces round them.

Why it matters: １０ beside 10 and 2 通 beside 2通 defeat search and make a signed text look unfinished.

What to do: write all figures of the document alike.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from mocalign.checks.base import Check, Example, Hit
from mocalign.checks.tools import at, clean
from mocalign.config import Config
from mocalign.model import Severity, Span
from mocalign.pair import Pair

__all__ = ["CHECK"]

_FIGURE = re.compile(r"[0-9][0-9,.]*|[０-９][０-９，．]*")
_SPACED = re.compile(r"(?<=[ぁ-ヿ一-鿿、。（「]) (?=[0-9０-９])|(?<=[0-9０-９]) (?=[一-鿿ぁ-ヿ])")
_UNIT = r"(?:年|月|日|か|箇|ヶ|カ|件|人|名|通|回|部|円|分|時|号|項|条|節|章|週|歳|度|つ|者|国|社|倍|割|万|億|千|百|以|パ|キ|メ|ト|ド|ユ|営|か月|分野|種|台|基|隻|機|校|点)"


def find(pair: Pair, config: Config) -> Iterator[Hit]:
    """Yield the minority width, and the minority of spaced or closed figures, once with all places."""
    half: list[Span] = []
    full: list[Span] = []
    spaced: list[tuple[Span, str]] = []
    closed = 0
    for segment in pair.ja.segments:
        text = clean(segment)
        base = segment.body - segment.span.start
        for match in _FIGURE.finditer(text, base):
            if re.search(r"[A-Za-zＡ-Ｚａ-ｚ./:_-]$", text[: match.start()]) or re.match(
                r"[A-Za-zＡ-Ｚａ-ｚ/:_-]", text[match.end() :]
            ):
                continue  # part of a code, an address, a name
            span = at(segment, *match.span())
            (half if match[0][0] <= "9" else full).append(span)
            before, after = text[: match.start()][-2:], text[match.end() :][:2]
            if re.search(r"[A-Za-z]\s$", text[: match.start()]):
                continue  # Linux 5.10: a version belongs to its name
            left = len(before) == 2 and before[1] == " " and bool(re.match("[ぁ-ヿ一-鿿、。（]", before[0]))
            right = len(after) == 2 and after[0] == " " and bool(re.match(_UNIT, after[1]))
            if right or (left and re.match(_UNIT, after)):
                start = match.start() - (1 if left else 0)
                end = match.end() + (1 if right else 0)
                end += len(re.match(_UNIT, text[end:])[0]) if re.match(_UNIT, text[end:]) else 0  # type: ignore[index]
                spaced.append((at(segment, start, end), text[start:end].replace(" ", "")))
            elif re.match(_UNIT, after):
                closed += 1
    if half and full:
        wide_single = all(len(s.text) == 1 for s in full) and all(len(s.text) > 1 for s in half)
        few, many = (full, half) if len(full) < len(half) else (half, full)
        if not wide_single and len(many) >= 2 * len(few):
            name, name_ja = ("full", "全角") if few is full else ("half", "半角")
            text = few[0].text
            turned = "".join(chr(ord(c) + (-0xFEE0 if few is full else 0xFEE0)) for c in text)
            yield Hit(
                f"{text} is in {name}-width figures, {len(many)} others are not.",
                f"「{text}」は{name_ja}数字。本文の他の{len(many)}箇所と異なる。",
                ja=few[0],
                also_ja=tuple(few[1:]),
                confidence=0.85,
                suggestion=turned,
            )
    counts = Counter(s.text for s, _ in spaced)
    # a name that holds a figure is written so each time: 表示 4.0 国際
    spaced = [(s, new) for s, new in spaced if not (counts[s.text] > 1 and "." in s.text)]
    if spaced and closed >= len(spaced):
        span, new = spaced[0]
        yield Hit(
            f"{span.text.strip()} has spaces round the figure, {closed} others have none.",
            f"「{span.text.strip()}」は数字の前後に空白がある。本文の他の{closed}箇所にはない。",
            ja=span,
            also_ja=tuple(s for s, _ in spaced[1:]),
            confidence=0.85,
            suggestion=new,
        )
    elif spaced and closed and len(spaced) > closed:
        span, new = spaced[0]
        yield Hit(
            f"Figures stand with spaces round them in {len(spaced)} places and without in {closed}.",
            f"数字の前後に空白がある箇所（{len(spaced)}箇所）とない箇所（{closed}箇所）が混在している。",
            ja=span,
            also_ja=tuple(s for s, _ in spaced[1:]),
            confidence=0.75,
            suggestion=new,
        )


CHECK = Check(
    code="STY002",
    name="mixed-digits",
    mqm="style/inconsistent-style",
    severity=Severity.minor,
    needs="ja",
    doc=__doc__,
    doc_ja="数字の書き方（全角と半角、前後の空白の有無）が揃っていない。\n\nなぜ問題か：検索から漏れ、仕上がりが不揃いに見える。\n\n対処：一つの書き方に統一する。",
    find=find,
    examples=(
        Example(ja="2026年1月9日に署名した。\n20人以内とする。\n第⟦５⟧回会合", suggestion="5"),
        Example(ja="2026年1月9日に署名した。\n英語により本書⟦ 2 通⟧を作成した。", suggestion="2通"),
        Example(ja="2026年1月9日に20人が署名した。"),
        Example(ja="第１条から第10条までの規定及び第12条の規定は、第３項により適用する。"),
        Example(ja="表示 4.0 国際は、20人が用いる。\n表示 4.0 国際の写し2通を3者が持つ。"),
        Example(ja="Linux 5.10 以降及び Windows 10 以降で動作し、3つの値を設定する。"),
        Example(ja="ISO 9001 の認証及び COVID-19 への対応"),
    ),
)
