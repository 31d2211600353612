"""What the definitions of an instrument say, for the checks on defined terms."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from mocalign.checks.tools import once
from mocalign.model import Lang, Span
from mocalign.pair import Pair

__all__ = ["Term", "definitions", "uses"]

_JA = re.compile(
    r"(?:以下、?(?:それぞれ|単に|個別に|併せて|総称して|個別には|この[条項節号章]において)?(?:を|は)?、?「(?P<a>[^「」]{1,30})」(?=という|といい|と総称|と略|とする|と呼)"
    r"|(?:併せて|総称して|個別には|それぞれ|まとめて)(?:を|は)?、?「(?P<b>[^「」]{1,30})」(?=という|といい|と総称|、|と呼)"
    r"|(?:^|[。\n])?「(?P<c>[^「」]{1,30})」とは、)"
)
_EN = re.compile(
    r"(?:hereinafter|hereafter|referred\s+to|collectively|individually)[^“\"()]{0,60}(?:the\s+)?[“\"](?P<a>[^”\"]{2,50})[”\"]"
    r"|\((?:the\s+)?[“\"](?P<b>[^”\"]{2,50})[”\"]\)|[“\"](?P<c>[^”\"]{2,50})[”\"]\s+means\b"
)


@dataclass(frozen=True, slots=True)
class Term:
    """A defined term: where the word stands in its definition, and the segment."""

    word: str
    span: Span
    segment: int
    local: bool
    long: str = ""  # the name that the short form shortens, where it ends in it: 日本国内閣府 for 内閣府
    short: bool = True  # 以下「…」という: a short form; False for 「…」とは, a meaning


def definitions(pair: Pair, lang: Lang) -> tuple[Term, ...]:
    """The terms that one side defines, in the order of the text."""
    return once(pair, f"definitions {lang}", lambda p: tuple(_find(p, lang)))


def _find(pair: Pair, lang: Lang) -> Iterator[Term]:
    document = pair.ja if lang == "ja" else pair.en
    for segment in document.segments:
        view = pair.view(document, segment)
        for match in (_JA if lang == "ja" else _EN).finditer(view.text):
            name = next(g for g in ("a", "b", "c") if match[g])
            word = re.sub(r"^[Tt]he\s+", "", match[name])
            start = match.end(name) - len(word)
            if re.search(r"[。]|以下|及び「", word):
                continue
            local = bool(re.search(r"この(?:条|項|節|号|章)において", match[0]))
            before = re.search(r"[一-鿿ァ-ヴー・]+(?=[（(]$)", view.text[: match.start()])
            long = before[0] if before and lang == "ja" and before[0].endswith(word) and before[0] != word else ""
            yield Term(word, view.span(start, start + len(word)), segment.index, local, long, name != "c")


def uses(pair: Pair, lang: Lang, term: Term) -> int:
    """How often the word stands in the document outside its definition."""
    text = pair.ja_text if lang == "ja" else pair.en_text
    if lang == "ja":
        # 当事者 and 当事者ら are defined in one breath; using the one is using the other
        longer = sum(
            text.count(t.word)
            for t in definitions(pair, lang)
            if term.word in t.word and t.word != term.word and t.segment != term.segment
        )
        return text.count(term.word) - longer - (text.count(term.long) if term.long else 0) - 1
    # "investor of a Contracting Party" is used as "investors of the other Contracting Party"
    head = re.split(r"\s+(?:of|in|for|to|from|with)\s", term.word)[0]
    stem = re.sub(r"s$", "", head)
    return len(re.findall(rf"\b{re.escape(stem)}(?:s|’s|'s)?\b", text, re.I)) - 1
