"""A paragraph, a sentence or a heading stands twice.

Why it matters: a provision pasted twice is numbered twice, and the two copies drift apart at the next revision.

What to do: delete one; if both are meant, say why they differ.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from mocalign.checks.base import Check, Example, Hit
from mocalign.checks.tools import also, documents, sides
from mocalign.config import Config
from mocalign.model import Lang, Severity, Span
from mocalign.pair import Pair

__all__ = ["CHECK"]


def find(pair: Pair, config: Config) -> Iterator[Hit]:
    """Yield the second of two equal paragraphs, neighbouring sentences or headings."""
    for lang, document in documents(pair):
        seen: dict[str, tuple[Span, int]] = {}
        sentences: dict[str, int] = {}
        floor = 14 if lang == "ja" else 40
        for segment in document.segments:
            if segment.kind in ("signature", "table-cell", "note", "title"):
                continue
            view = pair.body(document, segment)
            text = view.text.strip()
            short = segment.kind in ("heading", "caption")
            if len(text) < (2 if short else floor):
                continue
            key = segment.kind * short + re.sub(r"\W+", "", text).lower()
            if not re.search(r"\w", text):
                continue
            if key in seen:
                span = view.span(0, len(view.text))
                what, what_ja = ("heading", "見出し") if short else ("paragraph", "段落")
                both = _both(pair, lang, seen[key][1], segment.index)
                if both and (short or segment.kind == "item"):
                    continue  # a chapter of one article; an item that two lists share
                yield Hit(
                    f"The same {what} stands twice in the document.",
                    f"同じ{what_ja}が二度現れる。",
                    **sides(lang, span),
                    confidence=0.7 if short else 0.9,
                    severity=Severity.minor if short else Severity.neutral if both else None,
                    **also(lang, (seen[key][0],) if short else ()),
                )
                continue
            seen[key] = (view.span(0, len(view.text)), segment.index)
            if short:
                continue
            place = 0
            for sentence in re.findall(r"[^。]+。" if lang == "ja" else r"[^.]+\.(?=\s|$)", view.text):
                start = view.text.index(sentence, place)
                place = start + len(sentence)
                core = re.sub(r"\W+", "", sentence).lower()
                if len(core) < floor or sentence[0] in "）)」』":
                    continue
                last = sentences.get(core)
                sentences[core] = segment.index
                if last is not None and (segment.index - last <= 3 or len(core) > 2 * floor):
                    lead = len(sentence) - len(sentence.lstrip())
                    yield Hit(
                        "The same sentence stands twice.",
                        "同じ文が二度現れる。",
                        **sides(lang, view.span(start + lead, place)),
                        confidence=0.85,
                        # Provisions far apart often share a sentence on purpose.
                        severity=None
                        if segment.index - last <= 1 and not _both(pair, lang, last, segment.index)
                        else Severity.neutral,
                    )


def _both(pair: Pair, lang: Lang, one: int, two: int) -> bool:
    """Whether the other side says the same in both places too: what both texts repeat is no slip of either."""
    beads = [pair.bead_of.get((lang, index)) for index in (one, two)]
    if None in beads or beads[0] == beads[1]:
        return False
    other: Lang = "en" if lang == "ja" else "ja"
    told = []
    for number in beads:
        bead = pair.beads[number or 0]
        if not (bead.en if other == "en" else bead.ja):
            return False
        text = pair.passage(other, number or 0).text
        parts = [
            re.sub(r"\W+|^[0-9]+", "", s).lower()
            for s in re.split(r"[。\n]|\.\s" if other == "ja" else r"\.(?:\s|$)|\n", text)
        ]
        told.append({p for p in parts if len(p) > 3})
    return bool(told[0] & told[1])


CHECK = Check(
    code="DES009",
    name="repeated-paragraph",
    mqm="accuracy/addition",
    severity=Severity.major,
    needs="either",
    doc=__doc__,
    doc_ja="同じ段落・文・見出しが二度現れる。\n\nなぜ問題か：二重に番号が付き、改訂の際に内容が食い違う。\n\n対処：一方を削除する。",
    find=find,
    examples=(
        Example(
            ja="当事者は、毎年情報を交換するものとする。\n当事者は、会合を開催する。\n⟦当事者は、毎年情報を交換するものとする。⟧"
        ),
        Example(ja="当事者は、毎年情報を交換するものとする。⟦当事者は、毎年情報を交換するものとする。⟧"),
        Example(
            en="The Participants will exchange data every year.\n⟦The Participants will exchange data every year.⟧"
        ),
        Example(
            ja="### 第2章 会員の権利\n\n#### 第5条（会員の権利）\n\n会員は、投票する。",
            en="### Chapter 2 Rights of Members\n\n#### Article 5 (Rights of Members)\n\nMembers vote.",
            presegmented=False,
        ),
        Example(ja="当事者は、毎年情報を交換するものとする。\n当事者は、毎年会合を開催するものとする。"),
        Example(ja="以下余白\n以下余白"),
    ),
)
