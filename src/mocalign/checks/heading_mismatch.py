"""A heading says something else in the other language.

Why it matters: headings steer the reader; one that was exchanged or left over from another draft sends readers astray.

What to do: translate the heading that stands there.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from mocalign.checks.base import Check, Example, Hit
from mocalign.config import Config
from mocalign.model import Severity, Span
from mocalign.pair import Pair

__all__ = ["CHECK"]


_LINKED = 0.45  # strength from which a word answers another
_GAIN = 0.08  # by how much each of two exchanged headings fits better in the place of the other
_LOW, _HIGH = 0.42, 0.6  # similarity of headings that say different things, and the same thing


def find(pair: Pair, config: Config) -> Iterator[Hit]:
    """Yield paired headings without a common word and with little similarity."""
    rows = []
    for number, bead in enumerate(pair.beads):
        if len(bead.ja) == len(bead.en) == 1 and bead.ja[0].kind == bead.en[0].kind in ("heading", "caption"):
            answer = pair.lexicon.answer(number)
            words = [w for w in answer.words if not w.light]
            pieces = [p for p in answer.pieces if not p.light]
            if words and pieces:
                rows.append((number, words, pieces))
    if not rows:
        return
    texts = {n: (" ".join(w.text for w in ws), "".join(p.text for p in ps)) for n, ws, ps in rows}
    vectors = pair.lexicon.vectors([t for both in texts.values() for t in both])
    if not vectors:
        return
    swapped = _swapped(texts, vectors)
    for number, words, pieces in rows:
        answer = pair.lexicon.answer(number)
        english, japanese = texts[number]
        own = float(vectors[english] @ vectors[japanese])
        # in a heading the plainest word counts: 場所 for place
        linked = any(link.strength >= _LINKED for link in answer.links)
        if number not in swapped and (linked or own >= _LOW):
            odd = _member(pair, number)
            if odd is not None:
                yield odd
            continue
        rival = max((float(vectors[e] @ vectors[japanese]) for n, (e, _) in texts.items() if n != number), default=0.0)
        if number not in swapped and rival < _HIGH and own >= 0.2:
            odd = _member(pair, number)
            if odd is not None:
                yield odd
            continue  # only a loose rendering
        start, end = words[0].start, words[-1].end
        first, last = pieces[0].start, pieces[-1].end
        yield Hit(
            f'The headings "{pair.en.text[start:end]}" and 「{pair.ja.text[first:last]}」 say different things.',
            f"見出し「{pair.en.text[start:end]}」と「{pair.ja.text[first:last]}」の内容が異なる。",
            ja=Span(first, pair.ja.text[first:last]),
            en=Span(start, pair.en.text[start:end]),
            confidence=0.92 if rival >= _HIGH else 0.7,
        )


_JA_AND = re.compile(r"及び|並びに|又は|若しくは|および|ならびに|または|もしくは|、|・|と(?=[一-鿿ァ-ヴ])")
_EN_AND = re.compile(r",?\s+(?:and|or|as well as)\s+|,\s+|\s*/\s*", re.I)


def _members(text: str, cut: re.Pattern[str]) -> list[tuple[int, int]]:
    out, at = [], 0
    for match in cut.finditer(text):
        out.append((at, match.start()))
        at = match.end()
    out.append((at, len(text)))
    return [(a, b) for a, b in out if re.search(r"\w", text[a:b])]


def _swapped(texts: Mapping[int, tuple[str, str]], vectors: Mapping[str, Any]) -> set[int]:
    """The headings that fit better when two of them change places."""
    numbers = list(texts)
    fit = {(i, j): float(vectors[texts[i][0]] @ vectors[texts[j][1]]) for i in numbers for j in numbers}
    out: set[int] = set()
    for place, i in enumerate(numbers):
        for j in numbers[place + 1 :]:
            one, two = fit[i, j] - fit[i, i], fit[j, i] - fit[j, j]
            if min(one, two) >= _GAIN and one + two >= 3 * _GAIN:
                out |= {i, j}
    return out


def _member(pair: Pair, number: int) -> Hit | None:
    """A member of a coordinated heading that the other language does not have: 費用及び責任 for Costs."""
    bead = pair.beads[number]
    ja, en = pair.body(pair.ja, bead.ja[0]), pair.body(pair.en, bead.en[0])
    answer = pair.lexicon.answer(number)
    ours, theirs = _members(ja.text, _JA_AND), _members(en.text, _EN_AND)
    if len(ours) == len(theirs) or not ours or not theirs:
        return None
    if re.search(r"[?？。]", ja.text) or "?" in en.text:
        return None  # nor does a question
    if any(ja.text[a:b].rstrip().endswith(("は", "が", "を", "に", "で")) for a, b in ours):
        return None  # a heading that is a sentence enumerates nothing
    links = [x for x in answer.links if x.strength >= _LINKED]
    more = len(ours) > len(theirs)
    lonely: list[tuple[int, int]] = []
    for a, b in ours if more else theirs:
        span = (ja if more else en).span(a, b)
        if more:
            own = [k for k, p in enumerate(answer.pieces) if span.start <= p.start < span.end and not p.light]
            tied = any(x.ja in own for x in links) or any(answer.ja_best[k] >= _LINKED for k in own)
        else:
            own = [k for k, w in enumerate(answer.words) if span.start <= w.start < span.end and not w.light]
            tied = any(x.en in own for x in links) or any(answer.en_best[k] >= _LINKED for k in own)
        if own and not tied:
            lonely.append((a, b))
    if len(lonely) != 1:
        return None
    a, b = lonely[0]
    part, whole = (ja.text[a:b], en.text) if more else (en.text[a:b], ja.text)
    vectors = pair.lexicon.vectors([part, whole])
    if vectors and float(vectors[part] @ vectors[whole]) >= _LOW:
        return None
    span = (ja if more else en).span(a, b)
    side, side_ja = ("Japanese", "和文") if more else ("English", "英文")
    return Hit(
        f"“{span.text}” stands in the {side} heading alone.",
        f"見出しの「{span.text}」は{side_ja}にしかない。",
        ja=span if more else ja.span(0, len(ja.text)),
        en=en.span(0, len(en.text)) if more else span,
        confidence=0.72,
        severity=Severity.minor,
    )


CHECK = Check(
    code="ACC703",
    name="heading-mismatch",
    mqm="accuracy/mistranslation",
    severity=Severity.major,
    doc=__doc__,
    doc_ja="見出しの内容が両言語で異なる。\n\nなぜ問題か：見出しは読者の手引きであり、入れ替わった見出しや旧案の見出しは誤読を招く。\n\n対処：その位置にある見出しを訳す。",
    find=find,
    examples=(
        Example(
            ja="# 1 日時・場所\n東京で開く。\n# 2 議題\n安全の基準を扱う。\n# 3 会場の費用\n費用を定める。",
            en="# 1 Date and place\nIt is held in Tokyo.\n# 2 Agenda\nSafety standards are dealt with.\n# 3 Cost of the place\nCosts are fixed.",
            presegmented=False,
        ),
        Example(
            ja="# 会の目的は分かりました。では会費は?\n会費は、年額とする。",
            en="# OK, I see what the society is for... and the fees?!\nFees are paid yearly.",
            presegmented=False,
        ),
        Example(
            ja="# 第1条 ⟦費用負担⟧\n各当事者は、自己の費用を負担する。\n# 第2条 ⟦秘密保持⟧\n情報は、秘密とする。",
            en="# Article 1 ⟦Confidentiality⟧\nEach Participant will bear its own costs.\n# Article 2 ⟦Bearing of Costs⟧\nInformation will be kept confidential.",
            presegmented=False,
        ),
        Example(
            ja="# 第1条 費用負担\n各当事者は、自己の費用を負担する。\n# 第2条 秘密保持\n情報は、秘密とする。",
            en="# Article 1 Bearing of Costs\nEach Participant will bear its own costs.\n# Article 2 Confidentiality\nInformation will be kept confidential.",
            presegmented=False,
        ),
    ),
)
