"""The numbers or letters of provisions skip, repeat or run backwards.

Why it matters: a reference to item (c) points nowhere, or at two places; a gap often means that a provision was lost.

What to do: restore the missing provision or number anew, and correct the references.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence

from mocalign.checks.base import Check, Example, Hit
from mocalign.checks.series import Break, Entry, breaks, joined, series, value, written
from mocalign.checks.tools import also, at, documents, marker, once, sides
from mocalign.config import Config
from mocalign.model import Document, Lang, Segment, Severity, Span
from mocalign.pair import Pair

__all__ = ["CHECK", "value"]

_EXCERPT = re.compile(r"[（(\[［]?(?:抄|抜粋|抄訳)[）)\]］]?\s*$|\b(?:extracts?|excerpts?)\b", re.IGNORECASE)
_DELETED = re.compile(r"削\s?除|廃\s?止|欠番|省略|略\s?[）)]|…|\b(?:deleted|repealed|omitted|reserved)\b|\.\.\.", re.I)
_CUTS = 3  # jumps from which on a document reads as an excerpt
_LEAP = 3  # a jump over more numbers than that is a cut, no slip


def _excerpt(pair: Pair, document: Document, *, unit: bool) -> bool:
    """Whether a document leaves provisions (or items) out on purpose: it says so, or numbers jump often, or far."""

    def make() -> bool:
        if any(_EXCERPT.search(pair.view(document, s).text) for s in document.segments[:2]):
            return True
        found = [b for g in series(pair, document) for b in breaks(g) if b.kind == "gap"]
        mine = [b for b in found if b.entry.unit == unit]
        few = _CUTS if unit else _CUTS - 1
        return len(found) >= _CUTS or len(mine) >= few or any(b.size > _LEAP and not b.last for b in mine)

    return once(pair, f"excerpt {document.lang} {unit}", lambda _: make())


def _steps(pair: Pair) -> dict[tuple[str, int], tuple[int | None, int]]:
    """For each marked segment the place of the mark before it in its series (None for the first) and its own."""
    out: dict[tuple[str, int], tuple[int | None, int]] = {}
    for lang, document in documents(pair):
        for group in series(pair, document):
            before: int | None = None
            for entry in group:
                out[lang, entry.segment.index] = (before, entry.value)
                before = entry.value
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
    told: set[tuple[Lang, int]] = set()
    for lang, document in documents(pair):
        groups = series(pair, document)
        inline = {(e.segment.index, number) for _, _, number, e in joined(pair, document)}
        begins = [g for g in groups if len(g) > 1]
        for group in groups:
            if len(group) < 2 and group[0].value != 2:
                continue
            for fault in breaks(group):
                before = fault.before.segment.index if fault.before else fault.entry.segment.index
                if (before, fault.before.value + 1 if fault.before else 1) in inline:
                    continue  # the missing mark stands inside a paragraph, which is said there
                hits = list(_hit(pair, lang, document, group, fault, begins))
                told |= {(lang, s.start) for h in hits for s in (h.ja, h.en, *h.also_ja, *h.also_en) if s}
                yield from hits
    if pair.has_english and pair.has_japanese:
        yield from _unmarked(pair, told)


def _hit(
    pair: Pair,
    lang: Lang,
    document: Document,
    group: Sequence[Entry],
    fault: Break,
    begins: Sequence[Sequence[Entry]],
) -> Iterator[Hit]:
    name, place, now = fault.entry.mark, fault.entry.span, fault.entry.value
    before = fault.before
    mirrored = _mirrored(pair, lang, fault.entry.segment, now)
    if fault.kind == "wrong":
        right = written((before.value if before else 0) + 1, name)
        yield Hit(
            f"Numbering: {name} stands where {right or 'another number'} belongs.",
            f"番号：「{right or '別の番号'}」となるべきところに「{name}」とある。",
            **sides(lang, place),
            confidence=0.9,
            suggestion=right,
        )
        return
    if fault.kind == "start":
        lost = _first(document, group, begins)
        if lost is None or mirrored:
            return
        yield Hit(
            f"The list begins with {name}; the first mark is missing here.",
            f"箇条が「{name}」から始まっており、最初の番号がここで欠けている。",
            **sides(lang, lost),
            **also(lang, (place,)),
            confidence=0.78,
        )
        return
    if fault.kind == "gap":
        if mirrored or before is None:
            return
        between = document.segments[before.segment.index : fault.entry.segment.index]
        if any(_DELETED.search(pair.view(document, s).text) for s in between[1:]):
            return
        if _excerpt(pair, document, unit=fault.entry.unit):
            return
        lost = _lost(document, before.segment, fault.entry.segment) if fault.size == 1 else None
        if lost is not None:
            yield Hit(
                f"The mark before {name} is missing here.",
                f"「{name}」の前の項目番号がここで欠けている。",
                **sides(lang, lost),
                **also(lang, (place,)),
                confidence=0.85,
            )
            return
        many = fault.size
        yield Hit(
            f"Numbering: {many} number{'s' if many > 1 else ''} missing before {name}.",
            f"番号：「{name}」の前で番号が{many}つ欠けている。",
            **sides(lang, place),
            confidence=0.9 if many == 1 else 0.75,
        )
        return
    if fault.kind == "twice":
        what, what_ja = f"{name} stands twice", f"「{name}」が重複している"
    else:
        what, what_ja = f"{name} comes after a later one", f"「{name}」の順序が逆になっている"
    yield Hit(
        f"Numbering: {what}.",
        f"番号：{what_ja}。",
        **sides(lang, place),
        **also(lang, (before.span,) if before and fault.kind == "twice" else ()),
        confidence=0.88,
        # What both sides number alike is no fault of the translation.
        severity=Severity.neutral if mirrored else None,
    )


def _unmarked(pair: Pair, told: set[tuple[Lang, int]]) -> Iterator[Hit]:
    """Paragraphs without the mark that their counterpart has, in a document that otherwise marks both or none."""
    rows: dict[tuple[Lang, str], list[tuple[Segment, Segment, str, Span]]] = {}
    marked: Counter[tuple[Lang, str]] = Counter()
    firsts: Counter[tuple[Lang, str]] = Counter()
    for bead in pair.beads:
        if len(bead.ja) != 1 or len(bead.en) != 1 or bead.relation != "match" or bead.score < 0.5:
            continue
        for lang, ours, theirs in (("ja", bead.ja[0], bead.en[0]), ("en", bead.en[0], bead.ja[0])):
            side: Lang = "ja" if lang == "ja" else "en"
            found = marker(theirs)
            if found is None or theirs.kind == "heading" or not theirs.label:
                continue
            key = (side, _shape(found[0]))
            if marker(ours) is not None:
                marked[key] += 1
                firsts[key] += theirs.label[-1] in ("1", "a")
            elif ours.kind in ("paragraph", "item"):
                rows.setdefault(key, []).append((ours, theirs, *found))
    for key, missing in rows.items():
        if marked[key] < 4 or len(missing) > max(1, marked[key] // 10):
            continue
        for ours, theirs, name, place in missing:
            # the first paragraph of an article often has no number in one language
            if (theirs.label[-1] in ("1", "a") and firsts[key] < 2) or (key[0], ours.span.start) in told:
                continue
            lead = ours.body - ours.span.start
            here = at(ours, lead, min(len(ours.text), lead + 8))
            if any(lang == key[0] and ours.span.start <= p < ours.span.end for lang, p in told):
                continue
            core = re.search(r"\w+", unicodedata.normalize("NFKC", name))
            text = unicodedata.normalize("NFKC", ours.text.lstrip("（( "))
            if core is not None and text.startswith(core[0]):
                continue  # the mark is there, written closer to the words than marks are
            yield Hit(
                f"The mark {name} of the counterpart is missing here.",
                f"対応する段落の番号「{name}」がここにはない。",
                ja=here if key[0] == "ja" else place,
                en=place if key[0] == "ja" else here,
                confidence=0.78,
                rests_on_bead=True,
            )


def _first(document: Document, group: Sequence[Entry], begins: Sequence[Sequence[Entry]]) -> Span | None:
    """Where the first mark of a list is lost: the paragraph without mark before a list that begins with its second.

    An article's first paragraph often has no number; that shows in the other lists of the document.
    """
    entry = group[0]
    if entry.value != 2 or entry.unit or entry.segment.index == 0:
        return None
    above = document.segments[entry.segment.index - 1]
    if marker(above) is not None or above.kind not in ("paragraph", "item") or above.label != entry.segment.label[:-1]:
        return None
    shape = _shape(entry.mark)
    alike = [g[0].value for g in begins if g is not group and _shape(g[0].mark) == shape]
    bare = shape == "#" or len(group) < 2
    if alike.count(1) < (2 if bare else 0) or alike.count(2):
        return None
    return at(above, 0, min(len(above.text), 8))


def _shape(mark: str) -> str:
    """A mark without what counts: (c) and (d) have one shape."""
    return re.sub(r"[0-9０-９a-zａ-ｚァ-ヺ一二三四五六七八九十①-⑳]+", "#", mark)


def _lost(document: Document, before: Segment, after: Segment) -> Span | None:
    """Where the one mark between two is lost: the paragraph without mark that can have carried it."""
    between = document.segments[before.index + 1 : after.index]
    plain = [s for s in between if marker(s) is None and s.kind in ("paragraph", "item", "heading")]
    if not plain:
        return None
    captions = [s for s in between if s.kind == "caption"]
    if captions:  # （見出し） stands above the article that has lost its number
        plain = [s for s in plain if s.index > captions[-1].index] or plain
    else:
        heads = [s for s in plain if s.kind == "heading"]
        plain = heads or [s for s in plain if s.kind == before.kind] or plain
    text = plain[0].text
    lead = len(text) - len(text.lstrip("# \u3000*-"))
    return at(plain[0], lead if lead < len(text) else 0, min(len(text), lead + 8))


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
            ja="## 第1条 目的\n\n目的を定める。\n\n## ⟦第2条⟧ 定義\n\n用語を定める。\n\n## ⟦第2条⟧ 費用\n\n費用を定める。",
            presegmented=False,
        ),
        Example(
            en="The Participants will cooperate in:\n(a) training;\n(b) exchange of data;\n⟦(d)⟧ joint research.",
            presegmented=False,
        ),
        Example(
            ja="次の分野において協力する。\n\n(a) 人材の育成\n\n(b) 情報の交換\n\n⟦(b)⟧ 共同研究\n\n(d) 実証",
            presegmented=False,
            suggestion="(c)",
        ),
        Example(
            ja="次の分野において協力する。\n\n(a) 人材の育成\n\n(b) 情報の交換\n\n⟦共同研究の実施⟧\n\n⟦(d)⟧ 実証",
            presegmented=False,
        ),
        Example(
            ja="第1条 会費は、毎年納める。\n\n第2条及び第3条 削除\n\n第4条 会議は、毎年開く。\n\n第4条の2 会議は、公開する。\n\n第5条 記録は、保管する。",
            presegmented=False,
        ),
        Example(ja="次の分野において協力する。\n(a) 人材の育成\n(b) 情報の交換\n(c) 共同研究", presegmented=False),
        Example(
            ja="### 第1章　総則\n\n#### 第1.1条（目的）\n\n目的を定める。\n\n#### 第1.2条（定義）\n\n用語を定める。\n\n### 第2章　会費\n\n#### 第2.1条（会費）\n\n会費を納める。",
            en="### Section 1\n\n#### Article 1.1 (Object)\n\nThe object.\n\n#### Article 1.2 (Terms)\n\nThe terms.\n\n### Section 2\n\n#### Article 2.1 (Fees)\n\nFees are paid.",
            presegmented=False,
        ),
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
