"""A provision has no heading where all its sisters have one.

Why it matters: headings steer the reader; where one is lost, the provision looks like a part of the one before it.

What to do: restore the heading.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from mocalign.checks.base import Check, Example, Hit
from mocalign.checks.series import Entry, series
from mocalign.checks.tools import documents, sides
from mocalign.config import Config
from mocalign.model import Document, Lang, Segment, Severity, Span
from mocalign.pair import Pair

__all__ = ["CHECK"]

_LEAST = 4  # provisions that must have a heading before its absence is a fault
_SHARE = 0.8  # their share of the series


def find(pair: Pair, config: Config) -> Iterator[Hit]:
    """Yield the marks of provisions whose heading is lost: none where the others, or the other language, have one."""
    for lang, document in documents(pair):
        for group in series(pair, document):
            if len(group) < 2 or not group[0].unit:
                continue
            titled = [_title(pair, document, e) for e in group]
            alone = [_bare(document, e) for e in group]
            have = sum(bool(t) for t in titled)
            enough = have >= _LEAST and have >= _SHARE * len(group)
            for entry, title, bare in zip(group, titled, alone, strict=True):
                if title or not bare:
                    continue
                other = _counterpart(pair, lang, entry) if have * 2 >= len(group) else None
                if enough or other is not None:
                    yield _hit(lang, entry, 0.85 if other is not None else 0.75, other)
            yield from _captions(pair, lang, document, group)


def _hit(lang: Lang, entry: Entry, confidence: float, other: Span | None) -> Hit:
    both = sides(lang, entry.span)
    if other is not None:
        both["en" if lang == "ja" else "ja"] = other
    return Hit(
        f"{entry.mark} has no heading; the other provisions have one.",
        f"「{entry.mark}」に見出しがない。他の条項には見出しがある。",
        **both,
        confidence=confidence,
    )


def _title(pair: Pair, document: Document, entry: Entry) -> str:
    """The heading in the line of a mark."""
    return pair.body(document, entry.segment).text.strip() if entry.segment.kind == "heading" else ""


def _bare(document: Document, entry: Entry) -> bool:
    """Whether a mark stands alone in its line."""
    text = entry.segment.text[entry.segment.body - entry.segment.span.start :]
    return not re.search(r"\w", text)


def _counterpart(pair: Pair, lang: Lang, entry: Entry) -> Span | None:
    """The heading of the other language that answers a mark without one."""
    number = pair.bead_of.get((lang, entry.segment.index))
    if number is None or not (pair.has_japanese and pair.has_english):
        return None
    bead = pair.beads[number]
    document = pair.en if lang == "ja" else pair.ja
    for segment in bead.en if lang == "ja" else bead.ja:
        if segment.kind == "heading":
            view = pair.body(document, segment)
            if re.search(r"\w", view.text):
                return view.span(0, len(view.text))
    return None


def _captions(pair: Pair, lang: Lang, document: Document, group: Sequence[Entry]) -> Iterator[Hit]:
    """（目的） above 第一条: articles without such a line where the other language has one and does not find it."""
    if not (pair.has_japanese and pair.has_english):
        return
    above = [_caption(document, e.segment) for e in group]
    if sum(c is not None for c in above) < max(2, 0.5 * len(group)):
        return
    other = pair.en if lang == "ja" else pair.ja
    for entry, caption in zip(group, above, strict=True):
        if caption is not None:
            continue
        number = pair.bead_of.get((lang, entry.segment.index))
        if number is None:
            continue
        there = pair.beads[number].en if lang == "ja" else pair.beads[number].ja
        twin = _caption(other, there[0]) if there else None
        if twin is None:
            continue
        place = pair.bead_of.get((other.lang, twin.index))
        if place is not None and not (pair.beads[place].ja if lang == "ja" else pair.beads[place].en):
            view = pair.body(other, twin)
            yield _hit(lang, entry, 0.85, view.span(0, len(view.text)))


def _caption(document: Document, segment: Segment) -> Segment | None:
    if segment.index == 0:
        return None
    above = document.segments[segment.index - 1]
    return above if above.kind == "caption" else None


CHECK = Check(
    code="DES014",
    name="missing-heading",
    mqm="accuracy/omission",
    severity=Severity.minor,
    needs="either",
    doc=__doc__,
    doc_ja="他の条項にはある見出しが、この条項にはない。\n\nなぜ問題か：見出しは読者の手引きであり、欠けると前の条項の一部のように見える。\n\n対処：見出しを補う。",
    find=find,
    examples=(
        Example(
            ja="\n\n".join(
                f"## {m}\n\n会費を納める。"
                for m in ("第1条 目的", "第2条 会費", "⟦第3条⟧", "第4条 会議", "第5条 記録", "第6条 改正")
            ),
            presegmented=False,
        ),
        Example(
            ja="\n\n".join(f"## 第{n}条\n\n会費を納める。" for n in range(1, 6)),
            presegmented=False,
        ),
    ),
)
