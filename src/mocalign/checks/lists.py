"""Enumerations of both languages, member by member.

English members are separated by commas, ``and``, ``or``; Japanese ones by 、・及び並びに又は若しくは. A member ends where a
preposition, a case particle or a verb shows that the enumeration is over.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from mocalign.japanese import Token

__all__ = ["Range", "english_lists", "japanese_lists"]

Range = tuple[int, int]

_EN_MARK = re.compile(r"\s*[,;]\s+(?:as well as|and/or|and|or)\s+|\s+(?:as well as|and/or|and|or)\s+|\s*[,;]\s+")
_EN_STOP = re.compile(
    r"\b(?:to|by|with|for|in|on|at|from|that|which|who|whose|where|when|if|shall|will|may|must|can|should|is|are|was|were|"
    r"be|been|has|have|had|not|between|among|through|under|within|without|into|upon|as|than|during|the|a|an|its|their|any|"
    r"such|other|each|this|these|those|including|include|includes|relating|concerning|regarding|against|until|unless)\b",
    re.IGNORECASE,
)
_JA_MARK = re.compile(r"、?(?:及び|並びに|又は|若しくは|および|ならびに|または|もしくは|かつ)|、|・|，")
_WORDS = 6
_CHARS = 24


def english_lists(text: str) -> tuple[tuple[Range, ...], ...]:
    """Return the enumerations of an English text: half-open ranges of their members, two or more each."""
    out: list[tuple[Range, ...]] = []
    for sentence in re.finditer(r"[^.:()“”\"]+(?:\.(?=\w)[^.:()“”\"]+)*", text):
        start = sentence.start()
        marks = [(m.start() + start, m.end() + start, m[0]) for m in _EN_MARK.finditer(sentence[0])]
        if not marks:
            continue
        chunks = []
        at = start
        for a, b, _ in marks:
            chunks.append((at, a))
            at = b
        chunks.append((at, sentence.end()))
        out += _chains(text, chunks, [m for _, _, m in marks])
    return tuple(out)


def _chains(text: str, chunks: Sequence[Range], marks: Sequence[str]) -> list[tuple[Range, ...]]:
    out = []
    first = 0
    while first < len(chunks) - 1:
        members = [_tail(text, chunks[first])]
        last = first + 1
        while last < len(chunks):
            head = _head(text, chunks[last])
            members.append(head)
            whole = head[1] >= chunks[last][1] - 1 and head[0] <= chunks[last][0] + 4
            if not whole or len(text[head[0] : head[1]].split()) > _WORDS or last == len(chunks) - 1:
                break
            if re.search(r"and|or", marks[last - 1]) and not re.search(
                r"and|or", marks[last] if last < len(marks) else ""
            ):
                break
            last += 1
        joined = any(re.search(r"\b(?:and|or)\b", m) for m in marks[first:last])
        good = tuple(m for m in members if m[1] > m[0] and text[m[0] : m[1]].strip())
        if joined and len(good) == len(members) >= 2:
            out.append(good)
        first = max(last, first + 1)
    return out


def _tail(text: str, chunk: Range) -> Range:
    """The last words of a chunk, after the last word that cannot stand in a member."""
    a, b = chunk
    for match in _EN_STOP.finditer(text, a, b):
        a = match.end()
    words = list(re.finditer(r"\S+", text[a:b]))
    if len(words) > _WORDS:
        a += words[-_WORDS].start()
    while a < b and text[a].isspace():
        a += 1
    return a, b


def _head(text: str, chunk: Range) -> Range:
    a, b = chunk
    article = re.match(r"(?:the|a|an|its|their|any|other|such)\s+", text[a:b], re.IGNORECASE)
    if article:
        a += article.end()
    found = _EN_STOP.search(text, a, b)
    end = found.start() if found else b
    while end > a and text[end - 1].isspace():
        end -= 1
    return a, end - 3 if text[a:end].endswith(" of") else end


def japanese_lists(text: str, tokens: Sequence[Token]) -> tuple[tuple[Range, ...], ...]:
    """Return the enumerations of a Japanese text: half-open ranges of their members, two or more each."""
    marks = [m.span() for m in _JA_MARK.finditer(text)]
    stops = [
        (t.start, t.end)
        for t in tokens
        if (
            t.pos[0] == "助詞"
            and (t.pos[1] in ("係助詞", "接続助詞") or (t.pos[1] == "格助詞" and t.surface not in ("の", "と")))
        )
        or t.pos[0] in ("動詞", "助動詞")
        or t.surface in "。（）()「」：:;；"
    ]
    stops = [s for s in stops if not any(a <= s[0] < b for a, b in marks)]
    out: list[tuple[Range, ...]] = []
    run: list[Range] = []
    for number, (a, b) in enumerate(marks):
        left = max([e for _, e in stops if e <= a] + [marks[number - 1][1] if number else 0])
        right_mark = marks[number + 1][0] if number + 1 < len(marks) else len(text)
        right = min([s for s, _ in stops if s >= b] + [right_mark])
        if not run or run[-1][1] != a:
            if len(run) > 1:
                out.append(tuple(run))
            run = [(left, a)] if 0 < a - left <= _CHARS else []
        if run and 0 < right - b <= _CHARS:
            run.append((b, right))
        else:
            if len(run) > 1:
                out.append(tuple(run))
            run = []
    if len(run) > 1:
        out.append(tuple(run))
    return tuple(out)
