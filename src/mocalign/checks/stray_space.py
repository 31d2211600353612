"""A space stands inside a Japanese sentence.

Why it matters: a space between two Japanese characters is the relic of a line break or of typesetting; it splits words for
search and indexing.

What to do: delete it. Between family and personal name, and after the number of a provision, a space is usual.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from mocalign import japanese
from mocalign.checks.base import Check, Example, Hit
from mocalign.checks.tools import at, clean
from mocalign.config import Config
from mocalign.model import Severity
from mocalign.pair import Pair

__all__ = ["CHECK"]

_JAPANESE = "ぁ-ヿ一-鿿々〇、。「」（）・ー"
_SPACE = re.compile(rf"(?<=[{_JAPANESE}])[ \t　\u00a0]+(?=[{_JAPANESE}])")
_MARK = re.compile(
    r"(?:第[0-9０-９一二三四五六七八九十百]+(?:条|項|節|章|部|編|号)(?:の[0-9０-９一二三四五六七八九十]+)?|附則|附属書|別表|別添|別紙|前文|備考|注|[ァ-ヶ]|[一二三四五六七八九十]+)[ \t　\u00a0]*$"
)


def find(pair: Pair, config: Config) -> Iterator[Hit]:
    """Yield spaces between two Japanese characters of running text."""
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
        places = [
            m for m in _SPACE.finditer(text) if m.start() >= base and not _MARK.search(text[base : m.start()][-16:])
        ]
        if len(places) > 3 and len(places) * 6 > len(text):
            continue  # spaced lettering
        for match in places:
            before, after = text[match.start() - 1], text[match.end()]
            if segment.kind == "title" and match[0] == "　":
                continue
            if match[0] == "　" and (before in "。」）" or len(match[0]) > 1):
                continue
            if _name(text, match.start(), match.end()):
                continue
            head, tail = text[max(0, match.start() - 4) : match.start()], text[match.end() : match.end() + 4]
            yield Hit(
                f"A space stands inside the sentence: {head}␣{tail}.",
                f"文中に空白がある（「{head}␣{tail}」）。",
                ja=at(segment, match.start() - 1, match.end() + 1),
                confidence=0.85,
                suggestion=before + after,
            )


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
        Example(ja="山田 太郎大臣は、MoC を署名し、6 か月以内に公表する。"),
    ),
)
