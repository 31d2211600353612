"""A space stands inside a Japanese sentence.

Why it matters: a space between two Japanese characters is the relic of a line break or of typesetting; it splits words for
search and indexing.

What to do: delete it. Between family and personal name, and after the number of a provision, a space is usual.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise

from mocalign import japanese
from mocalign.checks.base import Check, Example, Hit
from mocalign.checks.tools import at, clean
from mocalign.config import Config
from mocalign.model import Segment, Severity
from mocalign.pair import Pair

__all__ = ["CHECK"]

_JAPANESE = "ぁ-ヿ一-鿿々〇、。「」（）・ー"
_SPACE = re.compile(rf"(?<=[{_JAPANESE}])[ \t　\u00a0]+(?=[{_JAPANESE}])")
_MARK = re.compile(
    r"(?:第[0-9０-９一二三四五六七八九十百]+(?:条|項|節|章|部|編|号)(?:の[0-9０-９一二三四五六七八九十]+)?|附則|附属書|別表|別添|別紙|前文|備考|注|(?<![ァ-ヺー])[ァ-ヶ]|[一二三四五六七八九十]+)[ \t　\u00a0]*$"
)

_NUMBERED = re.compile(r"第[ \t　\u00a0]+[0-9０-９一二三四五六七八九十百]")
HABIT = 3  # so many spaces of one kind, and one in four of the places where they could stand, are a way of writing


def find(pair: Pair, config: Config) -> Iterator[Hit]:
    """Yield spaces between two Japanese characters of running text, unless the document writes so as a habit."""
    places: list[tuple[Segment, str, re.Match[str]]] = []
    for segment in pair.ja.segments:
        if segment.kind in ("signature", "table-cell", "caption", "note"):
            continue
        text = clean(segment)
        base = segment.body - segment.span.start
        running = segment.kind in ("paragraph", "recital", "preamble", "item", "title") and (
            "。" in text or "、" in text or segment.kind == "title" or len(text) > 30
        )
        if not running:
            continue
        here = [
            m for m in _SPACE.finditer(text) if m.start() >= base and not _MARK.search(text[base : m.start()][-16:])
        ]
        if len(here) > 3 and len(here) * 6 > len(text):
            continue  # spaced lettering
        for match in here:
            before = text[match.start() - 1]
            if match[0] == "　" and (segment.kind == "title" or before in "。」）"):
                continue
            if "　" in match[0] and (len(match[0]) > 1 or _run_in_heading(text[base : match.start()])):
                continue
            if not _name(text, match.start(), match.end()):
                places.append((segment, text, match))
    if not places:
        return
    kinds = Counter(_kind(text, match) for _, text, match in places)
    spelled = Counter(_around(text, match) for _, text, match in places)
    tight = Counter(
        kind for segment in pair.ja.segments for a, b in pairwise(clean(segment)) if (kind := _classes(a, b)) in kinds
    )
    for segment, text, match in places:
        kind = _kind(text, match)
        if (kinds[kind] >= HABIT and 4 * kinds[kind] >= tight[kind]) or (kind == "ァァ" and kinds[kind] > 1):
            continue  # a habit: after every full stop, between the words of a katakana term, round brackets
        if kind == "ァァ" and _two_words(text, match):
            continue
        if spelled[_around(text, match)] > 1 or _NUMBERED.match(text, match.end()):
            continue  # a name written so each time; a spaced 第 17 条
        before, after = text[match.start() - 1], text[match.end()]
        head, tail = text[max(0, match.start() - 4) : match.start()], text[match.end() : match.end() + 4]
        yield Hit(
            f"A space stands inside the sentence: {head}␣{tail}.",
            f"文中に空白がある（「{head}␣{tail}」）。",
            ja=at(segment, match.start() - 1, match.end() + 1),
            confidence=0.85,
            suggestion=before + after,
        )


def _class(char: str) -> str:
    if char in "。、":
        return char
    if char in "（）":
        return "（"
    if char in "「」":
        return "「"
    return "ァ" if "ァ" <= char <= "ヿ" else "あ"


def _classes(before: str, after: str) -> str:
    one, two = _class(before), _class(after)
    return "。" if one == "。" else next((mark for mark in "（「" if mark in (one, two)), one + two)


def _kind(text: str, match: re.Match[str]) -> str:
    return _classes(text[match.start() - 1], text[match.end()])


def _around(text: str, match: re.Match[str]) -> str:
    return text[max(0, match.start() - 2) : match.end() + 3]


def _two_words(text: str, match: re.Match[str]) -> bool:
    """Tell whether a space between katakana parts two words: ユーザー エクスペリエンス, not コンピ ュータ."""
    head = re.search(r"[ァ-ヺー]+$", text[: match.start()])
    tail = re.match(r"[ァ-ヺー]+", text[match.end() :])
    if head is None or tail is None:
        return False
    return all(t.end <= len(head[0]) or t.start >= len(head[0]) for t in japanese.tokens(head[0] + tail[0]))


def _run_in_heading(lead: str) -> bool:
    """Tell whether the words before a wide space are a heading that the paragraph follows on the same line."""
    if not lead or len(lead) > 30 or "。" in lead or "、" in lead:
        return False
    last = japanese.tokens(lead)[-1:]
    return bool(last) and last[0].pos[0] not in ("助詞", "助動詞")


def _name(text: str, start: int, end: int) -> bool:
    """Two short runs of kanji followed by a title or a bracket: family and personal name."""
    head = re.search(r"[一-鿿々]{1,4}$", text[:start])
    tail = re.match(
        r"[一-鿿々ぁ-ん]{1,4}?(?=大臣|長官|長|大使|氏|博士|教授|様|殿|代表|次官|総裁|（|、|及び|$)", text[end:]
    )
    if head and tail and not any(t.pos[2] == "人名" for t in japanese.tokens(head[0])):
        return False
    return bool(head and tail and (head.start() == 0 or not re.match(r"[一-鿿]", text[head.start() - 1])))


CHECK = Check(
    code="DES006",
    name="stray-space",
    mqm="design-and-markup/whitespace",
    severity=Severity.minor,
    needs="ja",
    doc=__doc__,
    doc_ja="和文の文中に空白が入っている。\n\nなぜ問題か：改行や組版の名残であり、検索や索引で語が分断される。\n\n対処：空白を削除する。姓名の間や条項番号の後の空白はそのままでよい。",
    find=find,
    examples=(
        Example(ja="両国は、両国の間⟦の 量⟧子科学技術に関する協力を促進する。", suggestion="の量"),
        Example(ja="第1項 目的\n両国は、量子科学技術に関する協力を促進する。"),
        Example(ja="第1項 権利の放棄　両国は、この権利を放棄し、その後も主張しない。"),
        Example(ja="両国は協力する。 両国は協議する。 両国は公表する。 両国は通報する。"),
        Example(ja="クラウド サービスは、両国が提供する。エッジ サービスは、両国が検討する。"),
        Example(ja="利用者は、ユーザー エクスペリエンスの向上に努める。"),
        Example(ja="両国は、コン⟦ピ ュ⟧ータの利用を促進する。", suggestion="ピュ"),
        Example(ja="山田 太郎大臣は、MoC を署名し、6 か月以内に公表する。"),
    ),
)
