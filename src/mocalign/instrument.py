"""Facts about an instrument as a whole: which of its texts governs, read from the final clause."""

from __future__ import annotations

import re
from typing import Literal

__all__ = ["Governs", "governing_text"]

Governs = Literal["en", "ja", "both", ""]

_EN_PREVAILS = re.compile(
    r"\b(english|japanese)\b(?:\s+(?:language|text|version|translation))*\s+(?:shall|will|is\s+to|must)?\s*(?:prevail|govern|control)"
)
_EN_EQUAL = re.compile(r"(?:equally|both|all)[^.;]{0,40}\b(?:authentic|valid|authoritative|effective)\b")
_EN_ONLY = re.compile(
    r"\bin\s+(?:the\s+)?(english|japanese)\b(?:\s+language)?(?!\s*(?:,|and|or)\s*(?:the\s+)?[a-z]+\s+language)"
)
_EN_MANY = re.compile(r"\bin\s+(?:the\s+)?([a-z]+(?:\s*(?:,|and|,\s*and)\s*(?:the\s+)?[a-z]+)+)\s+languages\b")
_EN_AUTHENTIC = re.compile(
    r"\b(?:only\s+)?the\s+(english|japanese)\s+(?:text|version)\s+(?:is|being|shall\s+be)\s+(?:the\s+)?(?:only\s+)?authentic"
)
_EN_SIGNED = re.compile(r"\b(?:done|signed|prepared|executed|made)\b[^.]{0,200}")

_JA_PREVAILS = re.compile(r"(英語|日本語|英文|和文)[^。]{0,20}?(?:が優先|を優先|による(?:ものとする)?。|に従う)")
_JA_DIVERGENCE = re.compile(r"(?:解釈|相違|疑義|齟齬)[^。]*")
_JA_EQUAL = re.compile(r"(?:ひとしく|等しく|共に|ともに|いずれも)[^。]{0,10}(?:正文|有効|効力)")
_JA_MADE = re.compile(r"[^。]*(?:作成|署名|調印)[^。]*。?")
_JA_LABEL = re.compile(r"（?(?:仮訳|仮翻訳|参考訳|和訳)）?|正文は英[文語]")


def governing_text(ja: str, en: str) -> Governs:
    """Return which text governs: "en", "ja", "both" (equally authentic or valid), or "" where nothing says so.

    A clause on divergence of interpretation wins over "equally authentic", which wins over the language in which the
    instrument was done, which wins over a 仮訳 label. Texts are folded, whole documents, segments apart by line feeds.
    """
    low = " ".join(en.lower().split())
    for match in _EN_PREVAILS.finditer(low):
        return "en" if match[1] == "english" else "ja"
    for clause in _JA_DIVERGENCE.finditer(ja):
        found = _JA_PREVAILS.search(clause[0] + "。")
        if found:
            return "en" if found[1] in ("英語", "英文") else "ja"
    authentic = _EN_AUTHENTIC.search(low)
    if authentic:
        return "en" if authentic[1] == "english" else "ja"
    for clause in _EN_SIGNED.finditer(low):
        many = _EN_MANY.search(clause[0])
        if many and {"english", "japanese"} <= set(re.findall(r"[a-z]+", many[1])):
            return "both"
    if _EN_EQUAL.search(low) and "japanese" in low and "english" in low:
        return "both"
    if _JA_EQUAL.search(ja) and "日本語" in ja and "英語" in ja:
        return "both"
    made: list[Governs] = []
    for clause in _EN_SIGNED.finditer(low):
        only = _EN_ONLY.search(clause[0])
        if only:
            made.append("en" if only[1] == "english" else "ja")
    for clause in _JA_MADE.finditer(ja):
        if "英語" in clause[0] or "英文" in clause[0]:
            made.append("both" if "日本語" in clause[0] else "en")
        elif "日本語" in clause[0]:
            made.append("ja")
    if made:
        return made[-1]
    return "en" if _JA_LABEL.search(ja) else ""
