"""An old or traditional form of a kanji stands where the modern one belongs.

Why it matters: 會議 beside 会議 splits one word in two for search and index, and shows that a passage was pasted from
another source.

What to do: write the modern form. Names of persons and places, and titles quoted as printed, keep theirs.

How it is found: the table of old and traditional forms; the word with the modern form is an ordinary word of the dictionary,
and the word as written is no name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from mocalign import kanji
from mocalign.checks.base import Check, Example, Hit
from mocalign.checks.simplified_character import restored, token_at
from mocalign.checks.tools import kanji_runs, once
from mocalign.config import Config
from mocalign.japanese import Token
from mocalign.model import Severity
from mocalign.pair import Pair

__all__ = ["CHECK"]

_COUNTED = re.compile(r"[〇一二三四五六七八九十百千万億0-9]$")


def find(pair: Pair, config: Config) -> Iterator[Hit]:
    """Yield each old form that is no part of a name."""
    table = kanji.variants()
    present = {c for c in pair.ja.text if table.get(c, ("", ""))[0] == "old"}
    if not present:
        return
    for segment in pair.ja.segments:
        view = pair.view(pair.ja, segment)
        text = view.text
        if not present.intersection(text):
            continue
        for start, end in kanji_runs(text):
            if not present.intersection(text[start:end]):
                continue
            fixed = restored(text, start, end, ("old", "simplified"))
            if fixed is None:
                continue
            whole = text[:start] + fixed + text[end:]
            for i in range(start, end):
                char, new = text[i], fixed[i - start]
                if char not in present or char == new:
                    continue
                old, word = token_at(text, i), token_at(whole, i)
                counted = bool(_COUNTED.search(text, 0, i)) and new in "条万円号項"
                strange = not kanji.in_japanese_encoding(char)
                if (
                    old is not None
                    and old.pos[1] == "固有名詞"
                    and not strange
                    and len(old.surface) > 1
                    and not counted
                ):
                    continue
                if word is None or word.pos[2] == "人名":
                    continue
                if word.pos[1] == "固有名詞" and (word.pos[2] != "地名" or len(word.surface) < 2):
                    continue
                single = len(word.surface) == 1
                if word.oov or (single and not strange and new not in _modern(pair) and not _works(word)):
                    continue
                yield Hit(
                    f"Old form {char}; modern Japanese writes {new} ({word.surface}).",
                    f"旧字体・繁体字「{char}」。現代の表記は「{new}」（{word.surface}）。",
                    ja=view.span(i, i + 1),
                    confidence=0.8 if single else 0.95,
                    suggestion=new,
                )


def _works(word: Token) -> bool:
    """A single kanji that does the work of a numeral, counter or affix (条, 万, 号)."""
    return word.pos[0] in ("接尾辞", "接頭辞") or word.pos[1] == "数詞" or word.pos[2] == "助数詞可能"


def _modern(pair: Pair) -> set[str]:
    return once(pair, "characters", lambda p: set(p.ja_text))


CHECK = Check(
    code="LIN002",
    name="old-form-character",
    mqm="linguistic-conventions/spelling",
    severity=Severity.minor,
    needs="ja",
    doc=__doc__,
    doc_ja="旧字体・繁体字が現代の字体の代わりに使われている。\n\nなぜ問題か：同じ語が二つの表記に分かれ、検索や索引から漏れる。\n\n対処：現代の字体に直す。人名・地名や原典どおりの題名はそのままでよい。",
    find=find,
    examples=(
        Example(ja="⟦會⟧議の結果は、大臣に報告する。", suggestion="会"),
        Example(ja="各国の国⟦內⟧法に従う。", suggestion="内"),
        Example(ja="⟦產⟧業界との連携を図る。", suggestion="産"),
        Example(ja="当事者は、⟦條⟧約に基づく権利を有する。", suggestion="条"),
        Example(ja="会議の結果は、大臣に報告する。"),
        Example(ja="齋藤博士、廣瀬教授及び澤田大使が出席した。"),
        Example(ja="慶應義塾大学との連携を図る。"),
    ),
)
