"""A word stands for another of the same reading: 発行 for 発効, 保険省 for 保健省.

Why it matters: both are good words, so no spelling checker stops at them; 発行する日 is no date of entry into force.

What to do: write the word that was meant.

How it is found: two kinds of evidence are asked for: the word does not go with its neighbours (a list of such combinations),
or the document writes the other word several times in the very same surroundings.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from functools import lru_cache

from mocalign import data, kanji
from mocalign.checks.base import Check, Example, Hit
from mocalign.checks.tools import once
from mocalign.config import Config
from mocalign.japanese import Token
from mocalign.japanese import tokens as tokens_of
from mocalign.lexicon import open_dictionary
from mocalign.model import Severity
from mocalign.pair import Pair

__all__ = ["CHECK"]


# What a bound after a figure, or before a definition, is read like.
_BOUNDS = {
    "イジョウ": "以上",
    "イカ": "以下",
    "イナイ": "以内",
    "ミマン": "未満",
    "イゼン": "以前",
    "イゴ": "以後",
    "イコウ": "以降",
}


def _bound(tokens: tuple[Token, ...], i: int) -> str | None:
    """The bound that is meant where another word of its reading follows a figure with its counter: 二十六度移譲."""
    token = tokens[i]
    meant = _BOUNDS.get(token.reading)
    if meant is None or token.surface == meant or not _content(token) or not i:
        return None
    before, after = tokens[i - 1], tokens[i + 1].surface if i + 1 < len(tokens) else ""
    if meant == "以下" and before.surface in "（(" and after == "「":
        return meant
    counted = i > 1 and before.pos[2] == "助数詞可能" and tokens[i - 2].pos[1] == "数詞"
    return meant if counted or before.pos[1] == "数詞" else None


@lru_cache(maxsize=1)
def _pairs() -> tuple[tuple[re.Pattern[str], str, str], ...]:
    """Pattern with the wrong word in group 1, that word's replacement, and the certainty."""
    return tuple((re.compile(row["pattern"]), row["right"], row["level"]) for row in data.rows("homophones"))


def _content(token: Token) -> bool:
    return len(token.surface) > 1 and not token.oov and all(kanji.is_kanji(c) for c in token.surface)


def _contexts(pair: Pair) -> dict[str, Counter[tuple[str, str]]]:
    """Kanji word to its neighbours: ("<", word before) and (">", word after) with their counts."""

    def collect(p: Pair) -> dict[str, Counter[tuple[str, str]]]:
        out: dict[str, Counter[tuple[str, str]]] = {}
        for segment in p.ja.segments:
            tokens = p.ja_tokens(segment)
            for i, token in enumerate(tokens):
                if _content(token):
                    out.setdefault(token.surface, Counter()).update(_around(tokens, i))
        return out

    return once(pair, "contexts", collect)


def _around(tokens: tuple[Token, ...], i: int) -> list[tuple[str, str]]:
    """Neighbours that say something: content words next to it, or beyond one particle."""
    out = []
    if i and tokens[i - 1].pos[0] in ("名詞", "接頭辞", "形状詞"):
        out.append(("<", tokens[i - 1].surface))
    elif i > 1 and tokens[i - 1].surface in "のをにな" and tokens[i - 2].pos[0] in ("名詞", "接尾辞"):
        out.append(("<<", tokens[i - 2].surface + tokens[i - 1].surface))
    if i + 1 < len(tokens) and tokens[i + 1].pos[0] in ("名詞", "接尾辞"):
        out.append((">", tokens[i + 1].surface))
    elif i + 2 < len(tokens) and tokens[i + 1].surface in "のをにが" and _content(tokens[i + 2]):
        out.append((">>", tokens[i + 1].surface + tokens[i + 2].surface))
    return out


def find(pair: Pair, config: Config) -> Iterator[Hit]:
    """Yield words that a word of the same reading should replace."""
    contexts = _contexts(pair)
    readings = once(pair, "word readings", _readings)
    for segment in pair.ja.segments:
        view = pair.body(pair.ja, segment)
        taken: set[int] = set()
        for pattern, right, level in _pairs():
            for match in pattern.finditer(view.text):
                start, end = match.span(1)
                taken.update(range(start, end))
                new = right
                if level != "sure" and pair.ja_text.count(match[1]) > 2:
                    continue  # the text means its word
                yield Hit(
                    f"{match[1]} does not go with its neighbours here ({match[0]}); {new}, read alike, does.",
                    f"「{match[0]}」の「{match[1]}」は同音の「{new}」の誤りと思われる。",
                    ja=view.span(start, end),
                    confidence=0.9 if level == "sure" else 0.7,
                    severity=None if level == "sure" else Severity.minor,
                    suggestion=new,
                )
        tokens = pair.ja_tokens(segment)
        for i, token in enumerate(tokens):
            meant = _bound(tokens, i)
            if meant is not None and token.start not in taken:
                taken.update(range(token.start, token.end))
                yield Hit(
                    f"{token.surface} stands where {meant}, read alike, is due.",
                    f"「{token.surface}」は同音の「{meant}」の誤りと思われる。",
                    ja=view.span(token.start, token.end),
                    confidence=0.9,
                    suggestion=meant,
                )
                continue
            verb = _verb(tokens, i)
            if verb and token.start not in taken:
                taken.update(range(token.start, token.end))
                yield Hit(
                    f"{token.surface} takes no する; {verb[0]}, read alike, does.",
                    f"「{token.surface}」は「する」を伴わない。同音の「{verb[0]}」の誤りと思われる。",
                    ja=view.span(token.start, token.end),
                    confidence=0.85 if len(verb) == 1 else 0.75,
                    suggestion=verb[0] if len(verb) == 1 else None,
                )
                continue
            if not _content(token) or token.start in taken or sum(contexts[token.surface].values()) > 4:
                continue
            mine = _around(tokens, i)
            for other in sorted(readings.get(token.reading, ())):
                if other == token.surface or not set(other) & set(token.surface):
                    continue
                there = contexts[other]
                shared = [n for n in mine if there[n] >= 2 and contexts[token.surface][n] == 1]
                lone = sum(contexts[token.surface].values()) <= len(mine)
                if shared and lone:
                    yield Hit(
                        f"{token.surface} stands once where the document writes {other} in the same surroundings ({shared[0][1]}).",
                        f"「{token.surface}」は同音の「{other}」の誤りと思われる（本文では同じ文脈で「{other}」と書いている）。",
                        ja=view.span(token.start, token.end),
                        confidence=0.8,
                        suggestion=other,
                    )
                    break


_DO = re.compile(r"^(?:する|し|され|させ|せず|すれ)")


def _verb(tokens: tuple[Token, ...], i: int) -> tuple[str, ...]:
    """The verbs of the same reading where a noun that takes no する is followed by it: 核心する for 確信する."""
    token = tokens[i]
    if not _content(token) or len(token.surface) != 2 or i + 1 >= len(tokens) or tokens[i + 1].start != token.end:
        return ()
    if token.pos[:3] != ("名詞", "普通名詞", "一般") or not _DO.match(tokens[i + 1].surface):
        return ()
    if tokens[i + 1].lemma not in ("する", "為る") or (
        i and tokens[i - 1].end == token.start and _joins(tokens[i - 1])
    ):
        return ()
    dictionary = open_dictionary()
    if dictionary is None:
        return ()
    same = dictionary.homophones(token.surface, token.reading)
    return tuple(sorted(w for w in same if len(w) == 2 and _does(w)))


def _joins(token: Token) -> bool:
    return token.pos[0] in ("名詞", "接頭辞", "接尾辞", "形状詞")


def _does(word: str) -> bool:
    found = tokens_of(word)
    return len(found) == 1 and found[0].pos[2] == "サ変可能"


def _readings(pair: Pair) -> dict[str, set[str]]:
    out: dict[str, set[str]] = {}
    for segment in pair.ja.segments:
        for token in pair.ja_tokens(segment):
            if _content(token):
                out.setdefault(token.reading, set()).add(token.surface)
    return out


CHECK = Check(
    code="LIN011",
    name="homophone-slip",
    mqm="accuracy/mistranslation",
    severity=Severity.major,
    needs="ja",
    doc=__doc__,
    doc_ja="同音の別の語に誤変換されている。\n\nなぜ問題か：どちらも正しい語なので見過ごされやすく、意味が変わる。\n\n対処：文脈に合う語に直す。",
    find=find,
    examples=(
        Example(ja="本協定は、署名の日の後三十日で⟦発行⟧する。", suggestion="発効"),
        Example(
            ja="ケニア共和国保健省は、協力する。\n双方の保健省は、協議する。\nケニア共和国⟦保険⟧省を代表して",
            suggestion="保健",
        ),
        Example(ja="⟦意志⟧表示は、書面による。", suggestion="意思"),
        Example(ja="室温を二十六度⟦移譲⟧に保つ。", suggestion="以上"),
        Example(ja="経済資源省（⟦医科⟧「資源省」という。）は、協力する。", suggestion="以下"),
        Example(ja="室温を二十六度以上に保つ。医科大学（以下「大学」という。）に移譲する。三つの意向を確認する。"),
        Example(ja="参加者は、協力が実を結ぶことを⟦核心⟧する。"),
        Example(ja="参加者は、協力が実を結ぶことを確信する。協力の核心をなす。"),
        Example(ja="書面を発行する。本協定は、署名の日に発効する。"),
        Example(ja="保健及び保険に関する制度について協力する。"),
    ),
)
