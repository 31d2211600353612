"""A bracket or quotation mark has no partner, or one of another kind or width.

Why it matters: the reader cannot tell where a definition or an exception ends.

What to do: supply the missing bracket, or make the pair alike.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from mocalign.checks.base import Check, Example, Hit
from mocalign.checks.tools import at, clean, documents, sides, untranslated
from mocalign.config import Config
from mocalign.model import Lang, Segment, Severity
from mocalign.pair import Pair

__all__ = ["CHECK"]

_PAIRS = {
    "（": "）", "(": ")", "［": "］", "[": "]", "「": "」", "『": "』", "【": "】", "〈": "〉", "《": "》", "〔": "〕",
    "｛": "｝", "{": "}", "“": "”",
}  # fmt: skip
_CLOSING = {close: opening for opening, close in _PAIRS.items()}
_TWIN = {"（": "(", "(": "（", "）": ")", ")": "）", "［": "[", "[": "［", "］": "]", "]": "］"}
_LIST = re.compile(r"(?:^|[\s\0、；;：:])[（(]?(?:[0-9０-９]{1,2}|[a-zａ-ｚ]|[ivxⅰ-ⅹ]{1,4}|[ァ-ヶ])$", re.I)

_NOTE = re.compile(r"(?:^|[。．.、,;；\s\0])(?:例|注|※|参考|備考|補足|出典|凡例)[0-9０-９]*$")  # 例）三名の職員


def find(pair: Pair, config: Config) -> Iterator[Hit]:
    """Yield brackets without a partner and pairs of mixed width, segment by segment."""
    for lang, document in documents(pair):
        openings: list[tuple[Segment, int]] = []
        bodies = [s.text[s.body - s.span.start :] for s in document.segments]
        wide = sum(b.count("（") for b in bodies) >= sum(b.count("(") for b in bodies)
        hits: list[tuple[Segment, Hit]] = []
        for segment in document.segments:
            if lang == "ja" and untranslated(segment.text):
                continue  # its marks are those of the English
            for kind, i, hit in _segment(segment, lang, wide):
                if kind == "open":
                    openings.append((segment, i))
                elif kind == "close" and openings and segment.index - openings[-1][0].index <= 12:
                    # A bracket may span several paragraphs: the item of a list, a long definition.
                    opened, j = openings[-1]
                    if _PAIRS[opened.text[j]] in (segment.text[i], _TWIN.get(segment.text[i])):
                        openings.pop()
                        hits = [(s, h) for s, h in hits if not (s is opened and _starts(h, s, j))]
                        continue
                hits.append((segment, hit))
        yield from (hit for _, hit in hits)


def _starts(hit: Hit, segment: Segment, i: int) -> bool:
    return any(span is not None and span.start == segment.span.start + i for span in (hit.ja, hit.en)) or (
        hit.suggestion is not None and "という。" in hit.suggestion
    )


def _segment(segment: Segment, lang: Lang, wide: bool) -> Iterator[tuple[str, int, Hit]]:
    text = clean(segment)
    base = segment.body - segment.span.start
    stack: list[tuple[str, int]] = []
    for i in range(base, len(text)):
        char = text[i]
        if char in _PAIRS:
            stack.append((char, i))
        elif char in _CLOSING:
            if stack and stack[-1][0] == _CLOSING[char]:
                stack.pop()
                continue
            if stack and _TWIN.get(_PAIRS[stack[-1][0]]) == char:
                opening, j = stack.pop()
                # The one of the pair whose width the document does not use is the odd one.
                mark, where = (opening, j) if (opening in "（［") != wide else (char, i)
                yield (
                    "width",
                    where,
                    Hit(
                        f"{opening} is closed by {char}: brackets of mixed width.",
                        f"「{opening}」が「{char}」で閉じられている（括弧の全角・半角が混在）。",
                        **sides(lang, at(segment, where, where + 1)),
                        confidence=0.9,
                        severity=Severity.minor,
                        suggestion=_TWIN[mark],
                    ),
                )
                continue
            if char in ")）" and (_LIST.search(text[:i]) or _NOTE.search(text[:i])):
                continue
            deeper = [k for k, (o, _) in enumerate(stack) if o == _CLOSING[char]]
            if deeper:
                for opening, j in stack[deeper[-1] + 1 :]:
                    yield "open", j, _unclosed(segment, lang, text, opening, j)
                del stack[deeper[-1] :]
                continue
            yield (
                "close",
                i,
                Hit(
                    f"{char} closes nothing.",
                    f"「{char}」に対応する開き括弧がない。",
                    **sides(lang, at(segment, i, i + 1)),
                    confidence=0.9,
                ),
            )
    straight = [k for k in range(base, len(text)) if text[k] == '"']
    if len(straight) % 2:
        odd = straight[-1]
        for k, quote in enumerate(straight):
            opens = quote == base or (not text[quote - 1].isalnum() and text[quote - 1] not in ".,;)」")
            if opens != (k % 2 == 0):
                odd = straight[k - 1] if opens and k else quote
                break
        yield (
            "quote",
            odd,
            Hit(
                "A quotation mark has no partner in this paragraph.",
                "引用符の対応が取れていない。",
                **sides(lang, at(segment, odd, odd + 1)),
                confidence=0.85,
            ),
        )
    for one, two in [(a, b) for (x, a), (y, b) in pairwise(stack) if x == y == "“"]:
        if text[two - 1 : two].strip() and not text[two + 1 : two + 2].isalnum() and "”" not in text[one:two]:
            stack = [(c, j) for c, j in stack if j not in (one, two)]
            yield "quote", two, _wrong_way(segment, lang, two)
    for opening, j in stack:
        if lang == "en" and opening == "“" and segment.text.count("”") == 0 and segment.text.count('"'):
            continue
        yield "open", j, _unclosed(segment, lang, text, opening, j)


def _wrong_way(segment: Segment, lang: Lang, i: int) -> Hit:
    return Hit(
        "“ stands where ” closes.",
        "「”」で閉じるべきところに「“」がある。",
        **sides(lang, at(segment, i, i + 1)),
        confidence=0.9,
        severity=Severity.minor,
        suggestion="”",
    )


def _unclosed(segment: Segment, lang: Lang, text: str, opening: str, j: int) -> Hit:
    close = _PAIRS[opening]
    named = (
        re.compile(r"[」』](?:という|といい、[^。（）]*という|と総称する|とする)。").search(text, j)
        if opening in "（("
        else None
    )
    if named is not None and "）" not in text[j : named.end()]:
        stop = min(len(text), named.end() + 1)
        start = named.end() - 1
        return Hit(
            f"The bracket opened before {text[j + 1 : j + 9]}… is not closed after という。",
            f"「{text[j + 1 : j + 9]}…」の括弧が「という。」の後で閉じられていない。",
            **sides(lang, at(segment, start, stop)),
            confidence=0.92,
            suggestion="。" + close + text[named.end() : stop],
        )
    return Hit(
        f"{opening} is not closed.",
        f"「{opening}」が閉じられていない。",
        **sides(lang, at(segment, j, j + 1)),
        confidence=0.9,
    )


CHECK = Check(
    code="DES004",
    name="unbalanced-bracket",
    mqm="linguistic-conventions/punctuation",
    severity=Severity.major,
    needs="either",
    doc=__doc__,
    doc_ja="括弧や引用符の対応が取れていない、又は全角と半角が混在している。\n\nなぜ問題か：定義や例外がどこまで及ぶのか読み取れない。\n\n対処：欠けた括弧を補うか、種類と幅を揃える。",
    find=find,
    examples=(
        Example(ja="第二次の取決め（以下「第二次取決め」という⟦。に⟧ついて協議する。", suggestion="。）に"),
        Example(ja="研究機関⟦（⟧大学を含む。と協力する。"),
        Example(ja="研究機関（大学を含む。⟦)⟧と協力する。", suggestion="）"),
        Example(ja="研究機関⟦」⟧と協力する。"),
        Example(en="The Participants ⟦(⟧the Ministry and the Agency will cooperate."),
        Example(en="Small files, so called “firmware⟦“⟧, are needed as well."),
        Example(ja="職員の人数を公表する。例）専従の職員三名。注１）臨時の職員を除く。"),
        Example(ja="研究機関（大学（短期大学を含む。）を含む。）と協力する。"),
        Example(en="The Participants will: a) exchange data; b) train staff (including nurses)."),
    ),
)
