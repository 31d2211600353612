"""Something of the draft is still there: a placeholder, a pending mark, a note to oneself.

Why it matters: 【P】, ●●, TBD or 〇年〇月〇日 in a final text means that a decision is open or a date was never filled in.

What to do: fill it in or take it out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from mocalign.checks.base import Check, Example, Hit
from mocalign.checks.tools import at, clean, documents, sides
from mocalign.config import Config
from mocalign.model import Severity
from mocalign.pair import Pair

__all__ = ["CHECK"]

_PATTERN = re.compile(
    r"[【\[［(（](?:P|Ｐ|p|ｐ|PP|ペンディング|pending|要確認|要検討|要修正|要調整|要相談|未定|未確定|調整中|検討中|確認中|作業中|コメント|メモ|"
    r"note to (?:self|draft)|drafting note|placeholder|insert[^\]）)】]*|date|place|name|名称|日付|氏名|挿入[^】］)）]*|削除|追記|案\d?|TBD|TBC|TBA)[】\]］)）]"
    r"|[●○◯〇■□△▲×✕＊]{2,}"
    r"|(?<![〇一二三四五六七八九十百千万0-9])[●○◯〇×](?=[年月日条項号円人回件％%か箇])"
    r"|(?<=[年月])[●○◯〇×](?=[月日])"
    r"|(?<![A-Za-z0-9])(?:X{2,}|x{3,}|Y{3,}|N{3,})(?![A-Za-z0-9])|(?<![A-Za-z])(?:XX+|xx+)(?=[年月日])"
    r"|(?<![A-Za-z])(?:TBD|TBC|TBA|TODO|FIXME)(?![A-Za-z])|\?\?\?+|？？+|[（(][?？][)）]|<<[^<>]{1,20}>>|《(?:[^《》]{0,8}(?:確認|検討|調整|未定)[^《》]{0,6})》|\[(?:コメント|comment|[A-Z]{1,2})\s?\d{1,3}\]|［(?:コメント|[A-Z]{1,2})\s?\d{1,3}］|_{3,}|＿{3,}|\.{6,}|…{3,}"
    r"|要確認|要検討|要修正|要調整|要追記|(?:※|★)(?=[^。]{0,20}(?:確認|検討|修正|調整))"
    r"|(?:ここに|以下に)(?:挿入|追記|記入)|仮置き|ダミー(?:テキスト|文)|lorem ipsum",
)
_EN_ONLY = re.compile(
    r"\b(?:to be (?:confirmed|determined|completed|inserted|decided later))\b(?=[\])】]|\s*$)|<[A-Z][A-Za-z ]{2,30}>"
)


def find(pair: Pair, config: Config) -> Iterator[Hit]:
    """Yield placeholders, pending marks and notes left in the text."""
    for lang, document in documents(pair):
        for segment in document.segments:
            text = clean(segment)
            base = segment.body - segment.span.start
            for match in (*_PATTERN.finditer(text), *(_EN_ONLY.finditer(text) if lang == "en" else ())):
                if match.start() < base or _allowed(text, match) or _caption(text[base:], match[0]):
                    continue
                yield Hit(
                    f"{match[0]} looks like a placeholder or a note left from the draft.",
                    f"「{match[0]}」は草案の仮の記載又はメモが残ったものと思われる。",
                    **sides(lang, at(segment, match.start(), match.end())),
                    confidence=0.9,
                )


def _caption(body: str, found: str) -> bool:
    """Whether a provision is headed by the word in brackets and nothing else: 第1条（名称）, Article 3 (Name), 第5条（削除）."""
    return (
        body.strip(" \0\u3000") == found
        and re.fullmatch(r"[（(](?:date|place|name|名称|日付|氏名|削除)[）)]", found, re.I) is not None
    )


def _allowed(text: str, match: re.Match[str]) -> bool:
    old = match[0]
    if re.fullmatch(r"〇{2,}", old) and re.search(
        r"[一二三四五六七八九十]$|[一二三四五六七八九]", text[max(0, match.start() - 1) : match.end() + 1]
    ):
        return True
    if re.fullmatch(r"X{2,}", old):
        # XX and XXX are Roman numerals: Article XX, 第XX条 is not.
        return (
            len(old) <= 3
            and bool(re.search(r"(?:Article|Chapter|Annex|Part|Section|第)\s*$", text[: match.start()], re.I))
            and not text[: match.start()].rstrip().endswith("第")
        )
    if re.fullmatch(r"[（(]案\d?[）)]", old):
        return match.end() >= len(text.rstrip()) - 4  # a title that calls itself a draft
    return bool(re.fullmatch(r"[_＿.…]+", old) and len(text.strip("\0 _＿.…")) < 12)


CHECK = Check(
    code="DES007",
    name="draft-residue",
    mqm="accuracy/addition",
    severity=Severity.major,
    needs="either",
    doc=__doc__,
    doc_ja="仮の記載・保留の印・作業メモなど、草案の名残がある。\n\nなぜ問題か：未決の点や記入漏れが残ったまま確定版になっている。\n\n対処：内容を確定して書くか、削除する。",
    find=find,
    examples=(
        Example(ja="本覚書は、⟦【P】⟧署名の日に効力を生ずる。"),
        Example(ja="令和⟦〇⟧年⟦〇⟧月⟦〇⟧日に署名した。"),
        Example(ja="費用は、⟦●●⟧が負担する⟦（要確認）⟧。"),
        Example(en="The Memorandum will come into effect on ⟦[date]⟧."),
        Example(en="The amount is ⟦TBD⟧."),
        Example(ja="### 第1条 (名称)\n\nこの会は、研究会と称する。\n\n### 第2条（削除）", presegmented=False),
        Example(ja="二〇二六年十月十日及び二〇〇〇年に、第一〇条により署名した。"),
        Example(ja="● 情報の交換\n○ 専門家の派遣", presegmented=False),
        Example(en="Article XX of the Convention and 1,000 items (etc.)"),
    ),
)
