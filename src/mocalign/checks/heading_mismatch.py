"""A heading says something else in the other language.

Why it matters: headings steer the reader; one that was exchanged or left over from another draft sends readers astray.

What to do: translate the heading that stands there.
"""

from __future__ import annotations

from collections.abc import Iterator

from mocalign.checks.base import Check, Example, Hit
from mocalign.config import Config
from mocalign.model import Severity, Span
from mocalign.pair import Pair

__all__ = ["CHECK"]


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
    for number, words, pieces in rows:
        answer = pair.lexicon.answer(number)
        english, japanese = texts[number]
        own = float(vectors[english] @ vectors[japanese])
        linked = any(
            link.strength >= 0.45 and not answer.words[link.en].light and not answer.pieces[link.ja].light
            for link in answer.links
        )
        if linked or own >= _LOW:
            continue
        rival = max((float(vectors[e] @ vectors[japanese]) for n, (e, _) in texts.items() if n != number), default=0.0)
        if rival < _HIGH and own >= 0.2:
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
