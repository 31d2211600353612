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
            if "　" in match[0] and re.match(r"[一-鿿ァ-ヺー]{1,8}[：:]", text[match.end() :]):
                continue  # 正午まで　於：東京
            if _named(text, match) or (segment.kind == "title" and _nouns(text, match)):
                continue
            if match is here[0] and _run_in_heading(text[base : match.start()]) and _english_heading(pair, segment):
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
    told: dict[str, list[tuple[Segment, str, re.Match[str]]]] = {}  # spaces of one kind have one cause
    for segment, text, match in places:
        kind = _kind(text, match)
        if (kinds[kind] >= HABIT and 4 * kinds[kind] >= tight[kind]) or (kind == "ァァ" and kinds[kind] > 1):
            continue  # a habit: after every full stop, between the words of a katakana term, round brackets
        if kind == "ァァ" and _two_words(text, match):
            continue
        if spelled[_around(text, match)] > 1 or _NUMBERED.match(text, match.end()):
            continue  # a name written so each time; a spaced 第 17 条
        told.setdefault(kind, []).append((segment, text, match))
    for found in told.values():
        segment, text, match = found[0]
        before, after = text[match.start() - 1], text[match.end()]
        head, tail = text[max(0, match.start() - 4) : match.start()], text[match.end() : match.end() + 4]
        more = f" and in {len(found) - 1} more place{'s' if len(found) > 2 else ''}" if len(found) > 1 else ""
        more_ja = f"ほか{len(found) - 1}箇所" if len(found) > 1 else ""
        yield Hit(
            f"A space stands inside the sentence: {head}␣{tail}{more}.",
            f"文中に空白がある（「{head}␣{tail}」{more_ja}）。",
            ja=at(segment, match.start() - 1, match.end() + 1),
            also_ja=tuple(at(s, m.start() - 1, m.end() + 1) for s, _, m in found[1:]),
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


def _nouns(text: str, match: re.Match[str]) -> bool:
    """Tell whether a space in a title stands between whole nouns: みどりの会 定款, not 科 学技術."""
    found = japanese.tokens(text[: match.start()] + text[match.end() :])
    one = next((t for t in found if t.end == match.start()), None)
    two = next((t for t in found if t.start == match.start()), None)
    return one is not None and two is not None and one.pos[0] in ("名詞", "接尾辞") and two.pos[0] in ("名詞", "接頭辞")


_PART = r"[一-鿿々ァ-ヺー・]{1,12}"


def _named(text: str, match: re.Match[str]) -> bool:
    """Tell whether a space parts the words of a name that holds a figure: 標準契約 様式 2.0 改訂 版."""
    return (
        re.match(rf"{_PART} [0-9A-Za-z.]+(?: |[^0-9A-Za-z.])", text[match.end() :]) is not None
        or re.search(rf" [0-9A-Za-z.]+ {_PART}$", text[: match.start()]) is not None
    )


_EN_HEADING = re.compile(r"\W*[A-Z][^.:]{2,70}[.:–—](?=\s+\S)")


def _english_heading(pair: Pair, segment: Segment) -> bool:
    """Tell whether the English of a paragraph begins with a heading on its line: "Term. The term of …"."""
    number = pair.bead_of.get(("ja", segment.index), -1)
    if number < 0 or not pair.beads[number].en:
        return False
    text = pair.body(pair.en, pair.beads[number].en[0]).text
    lead = _EN_HEADING.match(text)
    return lead is not None and len(lead[0].split()) <= 10


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
        r"[一-鿿々ぁ-ん]{1,4}?(?=大臣|長官|長|大使|氏|博士|教授|様|殿|代表|次官|総裁|（|、|，|及び|$)", text[end:]
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
        Example(ja="両国は、両国の間⟦の 量⟧子科学に関する協⟦力 を⟧促進する。"),
        Example(
            ja="1. 有効期間 この契約の有効期間は、一年とする。",
            en="1. Term. The term of this contract is one year.",
            presegmented=False,
        ),
        Example(ja="当事者は、共通仕様 基本 3.1 拡張 プロファイルに従い、製品を設計する。"),
        Example(ja="10月2日、9時30分から12時まで　於：東京"),
        Example(ja="# 一般社団法人あおばの会 定款\n\n会費は、毎年納める。", presegmented=False),
        Example(ja="連絡先は、山本 花子，名古屋市中区一丁目とし、変更を通知する。"),
        Example(ja="山田 太郎大臣は、MoC を署名し、6 か月以内に公表する。"),
    ),
)
