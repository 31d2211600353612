"""Something of a program is in the text: an error message of a field, an entity, a tag, an asterisk of Markdown.

Why it matters: "Error! Reference source not found." in a signed text is a reference that nobody can follow; the rest is
noise that readers and programs stumble over.

What to do: update the fields, take out the marks.
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

_FIELD = re.compile(
    r"(?:Error!|エラー[!！])\s*(?:Reference source not found|Bookmark not defined|No text of specified style[^.。]*|Unknown [^.。]{0,40}"
    r"|参照元が見つかりません|ブックマークが(?:定義されていません|自己参照を行っています)|指定したスタイル[^。]*)[.。]?"
    r"|\{\s*(?:REF|PAGEREF|MERGEFIELD|HYPERLINK|TOC|SEQ|NUMPAGES|PAGE|DATE)\b[^}]*\}|#REF!|#N/A|#VALUE!|#NAME\?"
)
_MARKUP = re.compile(
    r"&(?:amp|nbsp|lt|gt|quot|apos|#\d{2,5}|#x[0-9a-fA-F]{2,5}|ldquo|rdquo|lsquo|rsquo|mdash|ndash|hellip);"
    r"|</?(?:b|i|u|p|br|div|span|strong|em|a|font|table|tr|td|th|li|ul|ol|h[1-6]|sup|sub|img|ruby|rt)(?:\s[^<>]*)?/?>"
    r"|\*\*+|~~|(?<!\w)__(?=\w)|(?<=\w)__(?!\w)|\[\[|\]\]|\{\{[^}]*\}\}|\$\{[^}]*\}|\\(?:n|t|r)(?![A-Za-z])|\\u[0-9a-fA-F]{4}"
    r"|!\[[^\]]*\]\([^)]*\)"
)


def find(pair: Pair, config: Config) -> Iterator[Hit]:
    """Yield error texts of fields, entities, tags and marks of markup."""
    for lang, document in documents(pair):
        if not re.search(r"[&<*_{}\\#~\[]|Error|エラー", document.text):
            continue
        for segment in document.segments:
            text = clean(segment)
            for match in _FIELD.finditer(text):
                yield Hit(
                    f"“{match[0]}” is an error message or code of a word processor; the reference is lost.",
                    f"「{match[0]}」はワープロのフィールドのエラー又はコードであり、参照先が失われている。",
                    **sides(lang, at(segment, match.start(), match.end())),
                    confidence=0.98,
                    severity=Severity.major,
                )
            for match in _MARKUP.finditer(text):
                yield Hit(
                    f"{match[0]} is left over from markup.",
                    f"「{match[0]}」はマークアップの残りである。",
                    **sides(lang, at(segment, match.start(), match.end())),
                    confidence=0.85,
                )


CHECK = Check(
    code="DES008",
    name="markup-residue",
    mqm="design-and-markup/markup",
    severity=Severity.minor,
    needs="either",
    doc=__doc__,
    doc_ja="フィールドのエラー表示、実体参照、タグ、Markdown の記号などが本文に残っている。\n\nなぜ問題か：参照先が失われ、読者にも機械にも読みにくい。\n\n対処：フィールドを更新し、不要な記号を除く。",
    find=find,
    examples=(
        Example(ja="⟦エラー! 参照元が見つかりません。⟧に定める手続に従う。"),
        Example(ja="研究⟦&amp;⟧開発を促進する。"),
        Example(en="as provided in ⟦Error! Reference source not found.⟧"),
        Example(en="research ⟦&amp;⟧ development"),
        Example(ja="研究開発を促進する。", en="Research & development (R&D) is promoted."),
    ),
)
