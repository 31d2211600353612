"""The numbers or letters of provisions skip, repeat or run backwards.

Why it matters: a reference to item (c) points nowhere, or at two places; a gap often means that a provision was lost.

What to do: restore the missing provision or number anew, and correct the references.
"""

from __future__ import annotations

import itertools
import re
import unicodedata
from collections.abc import Iterator

from mocalign.checks.base import Check, Example, Hit
from mocalign.checks.tools import also, at, clean, documents, marker, once, sides
from mocalign.config import Config
from mocalign.model import Document, Segment, Severity, Span
from mocalign.pair import Pair

__all__ = ["CHECK", "siblings", "value"]


def value(part: str) -> int | None:
    """The place of a normalised label part in its series: "3" is 3, "c" is 3, "chapter-2" is 2; None for others."""
    if part.isdigit():
        return int(part)
    if len(part) == 1 and "a" <= part <= "z":
        return ord(part) - 96
    match = re.fullmatch(r"[a-z]+-(\d+)", part)
    return int(match[1]) if match else None


def _place(segment: Segment) -> tuple[tuple[str, ...], str]:
    """Parent and last part of a label; an article whose first paragraph shares its line counts as the article."""
    label = segment.label
    found = marker(segment)
    mark = found[0] if found else ""
    if len(label) > 1 and label[-1] == "1" and label[-2].isdigit() and re.match(r"第.+条|Article\s", mark):
        label = label[:-1]
    if mark and "Ⅰ" <= mark[0] <= "ⅿ":
        return label[:-1], str(int(unicodedata.numeric(mark[0])))
    return label[:-1], label[-1]


def siblings(document: Document) -> Iterator[list[tuple[Segment, int]]]:
    """Marked segments that share a parent, each with its place in the series, in the order of the text."""
    groups: dict[tuple[object, ...], list[tuple[Segment, int]]] = {}
    last: tuple[object, ...] | None = None
    marked = [
        s for s in document.segments if s.label and s.kind in ("heading", "paragraph", "item") and marker(s) is not None
    ]
    for index, segment in enumerate(marked):
        parent, part = _place(segment)
        number = value(part)
        if number is None:
            continue
        kind = "a" if part.isalpha() else re.sub(r"\d+$", "", part)
        key: tuple[object, ...] = (parent, kind)
        if key not in groups and last is not None and groups[last]:
            # A mark of another shape between two of one list hangs below the one before it: take it back.
            before, count = groups[last][-1]
            after = marked[index + 1] if index + 1 < len(marked) else None
            if (
                number == count + 1
                and parent == before.label
                and after is not None
                and _place(after)[0] == last[0]
                and value(_place(after)[1]) == number + 1
            ):
                key = last
        groups.setdefault(key, []).append((segment, number))
        last = key
    yield from groups.values()


_EXCERPT = re.compile(r"[（(\[［]?(?:抄|抜粋|抄訳)[）)\]］]?\s*$|\b(?:extracts?|excerpts?)\b", re.IGNORECASE)
_CUTS = 3  # gaps in one series of articles from which on the document reads as an excerpt


def _excerpt(pair: Pair, document: Document, group: list[tuple[Segment, int]]) -> bool:
    """Whether a document leaves provisions out on purpose: it says so, or its articles jump again and again."""
    if any(_EXCERPT.search(pair.view(document, s).text) for s in document.segments[:2]):
        return True
    jumps = sum(b - a > 1 for (_, a), (_, b) in itertools.pairwise(group))
    return jumps >= _CUTS and bool(re.match(r"第|Article|ARTICLE|Section|SECTION", (marker(group[0][0]) or ("",))[0]))


def _steps(pair: Pair) -> dict[tuple[str, int], tuple[int | None, int]]:
    """For each marked segment the place of the mark before it in its series (None for the first) and its own."""
    out: dict[tuple[str, int], tuple[int | None, int]] = {}
    for lang, document in documents(pair):
        for group in siblings(document):
            before: int | None = None
            for segment, now in group:
                out[lang, segment.index] = before, now
                before = now
    return out


def _mirrored(pair: Pair, lang: str, segment: Segment, now: int) -> bool:
    """Whether the other side jumps to the same number at the same place: both leave the same provisions out."""
    number = pair.bead_of.get((lang, segment.index))
    if number is None or not (pair.has_japanese and pair.has_english):
        return False
    steps = once(pair, "numbering steps", _steps)
    other = "en" if lang == "ja" else "ja"
    for near in range(max(0, number - 1), min(len(pair.beads), number + 2)):
        bead = pair.beads[near]
        for twin in bead.en if other == "en" else bead.ja:
            before, there = steps.get((other, twin.index), (0, 0))
            if there == now and before != now - 1 and now > 1:
                return True
    return False


def find(pair: Pair, config: Config) -> Iterator[Hit]:
    """Yield each mark that does not follow the one before it."""
    for lang, document in documents(pair):
        labels = {s.label for s in document.segments}
        for group in siblings(document):
            if len(group) < 2:
                continue
            excerpt = _excerpt(pair, document, group)
            before: int | None = None
            last_one = group[0][0]
            for segment, now in group:
                mark = marker(segment)
                if mark is None:
                    continue
                name, span = mark
                onward = before is None or now > before
                if onward and (excerpt or _mirrored(pair, lang, segment, now)):
                    before, last_one = now, segment
                    continue
                if before is not None and now != before + 1 and now != 1:
                    lost = _lost(document, last_one, segment, before, now)
                    if lost is not None:
                        yield Hit(
                            f"The mark before {name} is missing here.",
                            f"「{name}」の前の項目番号がここで欠けている。",
                            **sides(lang, lost),
                            **also(lang, (span,)),
                            confidence=0.85,
                        )
                        before, last_one = now, segment
                        continue
                    if now == before:
                        what, what_ja = f"{name} stands twice", f"「{name}」が重複している"
                    elif now > before:
                        missing = now - before - 1
                        what = f"{missing} number{'s' if missing > 1 else ''} missing before {name}"
                        what_ja = f"「{name}」の前で番号が{missing}つ欠けている"
                    else:
                        what, what_ja = f"{name} comes after a later one", f"「{name}」の順序が逆になっている"
                    yield Hit(
                        f"Numbering: {what}.",
                        f"番号：{what_ja}。",
                        **sides(lang, span),
                        confidence=0.9,
                    )
                elif (
                    before is None
                    and 1 < now <= 4
                    and len(group) > 2
                    and not re.match(r"第|[0-9０-９]+$", name)
                    and (*_place(segment)[0], str(now - 1))
                    not in labels  # "Article 2 (1)" holds the first in its own line
                ):
                    yield Hit(
                        f"Numbering begins with {name}.",
                        f"番号が「{name}」から始まっている。",
                        **sides(lang, span),
                        confidence=0.75,
                    )
                before, last_one = now, segment


def _lost(document: Document, before: Segment, after: Segment, low: int, high: int) -> Span | None:
    """Where the one mark between two is lost: a paragraph without mark, or a mark inside the paragraph before."""
    if high != low + 2:
        return None
    between = document.segments[before.index + 1 : after.index]
    plain = [s for s in between if marker(s) is None and s.kind in ("paragraph", "item", "heading")]
    if len(plain) == 1 and len(plain) == len([s for s in between if s.kind != "caption"]):
        text = plain[0].text
        return at(plain[0], 0, min(len(text), 8))
    mark = marker(before)
    if mark is None:
        return None
    found = re.search(r"[0-9０-９]+|[a-z]|[ァ-ヶ]|[一二三四五六七八九十]+", mark[0])
    if found is None:
        return None
    old = found[0]
    for segment in (before, *between):
        text = clean(segment)
        body = segment.body - segment.span.start
        for other in (
            str(low + 1),
            chr(ord(old[-1]) + 1),
            "〇一二三四五六七八九十"[low + 1] if low < 9 else "",
            _wide(low + 1),
        ):
            written = mark[0].replace(old, other)
            place = text.find(written, body + 1) if other and len(written) > 1 else -1
            if place > 0:
                return at(segment, place, place + len(written))
    return None


def _wide(number: int) -> str:
    return "".join(chr(ord(c) + 0xFEE0) for c in str(number))


CHECK = Check(
    code="DES002",
    name="numbering-gap",
    mqm="design-and-markup/numbering",
    severity=Severity.major,
    needs="either",
    doc=__doc__,
    doc_ja="条項の番号が飛び、重複し、又は逆順になっている。\n\nなぜ問題か：参照先が定まらず、規定が脱落した疑いもある。\n\n対処：脱落した規定を戻すか、番号を振り直して参照を直す。",
    find=find,
    examples=(
        Example(
            ja="次の分野において協力する。\n(a) 人材の育成\n(b) 情報の交換\n⟦(d)⟧ 共同研究",
            presegmented=False,
        ),
        Example(
            ja="## 第1条 目的\n\n目的を定める。\n\n## 第2条 定義\n\n用語を定める。\n\n## ⟦第2条⟧ 費用\n\n費用を定める。",
            presegmented=False,
        ),
        Example(
            en="The Participants will cooperate in:\n(a) training;\n(b) exchange of data;\n⟦(d)⟧ joint research.",
            presegmented=False,
        ),
        Example(
            ja="次の分野において協力する。\n(a) 人材の育成\n(b) 情報の交換⟦(c)⟧ 共同研究\n⟦(d)⟧ 実証",
            presegmented=False,
        ),
        Example(ja="次の分野において協力する。\n(a) 人材の育成\n(b) 情報の交換\n(c) 共同研究", presegmented=False),
        Example(en="\n\n".join(f"## {n}. Part\n\nText." for n in ("III", "IV", "V", "VI")), presegmented=False),
        Example(
            ja="規程（抄）\n\n第1条 会費は、毎年納める。\n\n第4条 会議は、毎年開く。\n\n第9条 記録は、保管する。",
            presegmented=False,
        ),
        Example(
            ja="第1条 会費は、毎年納める。\n\n第4条 会議は、毎年開く。\n\n第5条 記録は、保管する。",
            en="Article 1 Fees are paid every year.\n\nArticle 4 A meeting is held every year.\n\nArticle 5 Records are kept.",
            presegmented=False,
        ),
        Example(
            en="Article 1 (1) Fees are paid yearly.\n\n(2) Fees are not returned.\n\n(3) Fees are published.\n\n(4) Fees are low.",
            presegmented=False,
        ),
        Example(
            ja="## 第1条 目的\n\n1 目的を定める。\n\n2 範囲を定める。\n\n## 第2条 定義\n\n1 用語を定める。\n\n2 解釈を定める。",
            presegmented=False,
        ),
    ),
)
