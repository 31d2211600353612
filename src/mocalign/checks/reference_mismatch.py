"""A reference points at another provision.

Why it matters: Article 9 is not 前条 in Article 12, and paragraph 5 is not paragraph 6; after renumbering, one language is
often left behind.

What to do: follow the reference in the governing text. References are compared by number and letter, in whatever form
they are written: Paragraph 2(1)(b), 第2項1(b), 第二項(1)(b).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from mocalign import quantities
from mocalign.checks.base import Check, Example, Hit
from mocalign.checks.tools import untranslated
from mocalign.config import Config
from mocalign.model import Lang, Severity, Span
from mocalign.pair import Pair
from mocalign.quantities import Reference

__all__ = ["CHECK"]


@dataclass(frozen=True, slots=True)
class _Atom:
    ranks: frozenset[str]
    ref: Reference
    level: str


def _atoms(refs: tuple[Reference, ...]) -> tuple[list[_Atom], list[_Atom]]:
    def levelled(ref: Reference) -> list[_Atom]:
        levels = ref.levels + ("",) * (len(ref.ranks) - len(ref.levels))
        return [_Atom(r, ref, level) for r, level in zip(ref.ranks, levels, strict=False) if r]

    hard = [a for ref in refs if ref.explicit and not ref.own for a in levelled(ref)]
    soft = [a for ref in refs if not (ref.explicit and not ref.own) for a in levelled(ref)]
    return hard, soft


def _match(a: list[_Atom], b: list[_Atom]) -> tuple[list[_Atom], list[_Atom]]:
    rest = list(b)
    left = []
    for atom in a:
        found = next((x for x in rest if x.ranks & atom.ranks), None)
        if found is None:
            left.append(atom)
        else:
            rest.remove(found)
    return left, rest


def _own_numbers(pair: Pair, number: int, refs: tuple[Reference, ...], level: str) -> set[int]:
    """Numbers that the provision itself may carry, from its first words or its label."""
    out = {int(r) for ref in refs if ref.own and level in ref.levels for r in ref.ranks[0] if r.isdigit()}
    if out:
        return out
    for segment in pair.beads[number].ja + pair.beads[number].en:
        out |= {int(part) for part in segment.label if part.isdigit()}
    return out


def find(pair: Pair, config: Config) -> Iterator[Hit]:
    """Yield each reference that the other side answers with another provision, or not at all."""
    for number, bead in enumerate(pair.beads):
        if not (bead.ja and bead.en):
            continue
        ja = quantities.references_ja(pair.passage("ja", number).text)
        en = quantities.references_en(pair.passage("en", number).text)
        if not any(r.explicit or r.relative for r in ja + en) or untranslated(pair.passage("ja", number).text):
            continue
        yield from _bead(pair, number, ja, en)


def _bead(pair: Pair, number: int, ja: tuple[Reference, ...], en: tuple[Reference, ...]) -> Iterator[Hit]:
    hard_ja, soft_ja = _atoms(ja)
    hard_en, soft_en = _atoms(en)
    if any(r.own for r in ja) and any(r.own for r in en):  # the provision's own number answers only itself
        soft_ja, soft_en = [a for a in soft_ja if not a.ref.own], [a for a in soft_en if not a.ref.own]
    left_ja, left_en = _match(hard_ja, hard_en)
    left_ja, soft_en = _match(left_ja, soft_en)
    left_en, soft_ja = _match(left_en, soft_ja)
    # a number said again on one side only ("that Article") is no divergence
    left_ja = [a for a in left_ja if not any(a.ranks & b.ranks for b in hard_en)]
    left_en = [a for a in left_en if not any(a.ranks & b.ranks for b in hard_ja)]
    rel_ja, rel_en = [r for r in ja if r.relative], [r for r in en if r.relative]
    yield from _levels(pair, number, hard_ja, hard_en)
    marks_ja = [a for a in soft_ja if not a.ref.own and not a.ref.relative and a not in hard_ja]
    marks_en = [a for a in soft_en if not a.ref.own and not a.ref.relative]
    for left, marks, ja_first in ((left_en, marks_ja, False), (left_ja, marks_en, True)):
        # a letter or figure in brackets that nothing answers faces one that nothing answers
        for atom in [
            a for a in left if a.level in ("", "item", "subparagraph", "sub-paragraph", "point", "paragraph", "para")
        ]:
            facing = next(
                (m for m in marks if not any(m.ranks & x.ranks for x in (hard_en if not ja_first else hard_ja))), None
            )
            if facing is not None and len(marks) <= 3:
                left.remove(atom)
                marks.remove(facing)
                yield _hit(
                    pair, number, *((atom.ref, facing.ref) if ja_first else (facing.ref, atom.ref)), confidence=0.78
                )
    while left_ja and left_en:
        x, y = left_ja.pop(0), left_en.pop(0)
        yield _hit(pair, number, x.ref, y.ref, confidence=0.88)
    for side, left, other in (("en", left_en, rel_ja), ("ja", left_ja, rel_en)):
        mine = ja if side == "en" else en
        for atom in left:
            if not other:
                text = pair.passage("ja" if side == "en" else "en", number).text
                if side == "en" and _by_title(pair, number, atom.ref, text):
                    continue
                if any(r.isdigit() and r in text for r in atom.ranks) or _carried(
                    text,
                    side,
                    part=_part(atom, hard_en if side == "en" else hard_ja, hard_ja if side == "en" else hard_en),
                ):
                    continue
                yield _hit(pair, number, *((None, atom.ref) if side == "en" else (atom.ref, None)), confidence=0.62)
                continue
            pointer = other[0]
            wrong = _resolved(pair, number, mine, pointer, atom)
            if wrong:
                yield _hit(
                    pair, number, *((pointer, atom.ref) if side == "en" else (atom.ref, pointer)), confidence=0.8
                )
    ahead = [r for r in rel_ja if r.relative == "following"]
    back = [r for r in rel_en if r.relative == "preceding"]
    words = pair.passage("en", number).text
    if (
        ahead
        and back
        and not any(r.relative == "preceding" for r in rel_ja)
        and not re.search(
            r"\b(?:the following|the next|subsequent) (?:Article|paragraph|item|section|chapter|subparagraph)\b",
            words,
            re.I,
        )
    ):
        yield _hit(pair, number, ahead[0], back[0], confidence=0.85)
        return
    high = [a for a in hard_ja + hard_en if a.level in ("article", "paragraph", "chapter", "section")]
    if not (left_ja or left_en or high) and len(rel_ja) == len(rel_en) == 1:
        x_, y_ = rel_ja[0], rel_en[0]
        if {x_.relative, y_.relative} == {"preceding", "following"}:
            yield _hit(pair, number, x_, y_, confidence=0.85)
        elif (
            x_.relative == y_.relative in ("preceding", "following") and (y_.levels[0], x_.levels[0]) in _RELATIVE_CLASH
        ):
            yield _hit(pair, number, x_, y_, confidence=0.75)


_KANJI = "〇一二三四五六七八九十"


def _by_title(pair: Pair, number: int, ref: Reference, japanese: str) -> bool:
    """Whether the Japanese names by its title, or in words, what the English cites by number.

    Section 4.1, “How to apply” and 「申込みの方法」; Rule No. 1 and 第一の規則.
    """
    after = pair.passage("en", number).text[ref.end : ref.end + 4]
    if re.match(r"[,:]? ?[(]?[“\"‘]", after) and re.search("[「『“]", japanese):
        return True
    ranks = [r for atom in ref.ranks for r in atom if r.isdigit() and int(r) <= 10]
    return any(re.search(rf"第[{_KANJI[int(r)]}{r}](?:の|に|は|が|番|位|[、。])|{r}番|{r}位", japanese) for r in ranks)


def _part(atom: _Atom, mine: list[_Atom], other: list[_Atom]) -> bool:
    """Whether the rest of the same reference is answered: Article 12(3) by 第十二条 alone."""
    return any(a is not atom and a.ref is atom.ref and any(a.ranks & b.ranks for b in other) for a in mine)


_LEVEL_CLASH = {
    ("article", "paragraph"), ("article", "item"), ("article", "chapter"), ("article", "section"),
    ("chapter", "article"), ("chapter", "paragraph"), ("chapter", "section"),
}  # fmt: skip


_RELATIVE_CLASH = {
    ("article", "paragraph"), ("article", "chapter"), ("article", "item"), ("paragraph", "article"), ("paragraph", "chapter"),
    ("chapter", "article"), ("chapter", "paragraph"), ("item", "article"), ("item", "paragraph"),
}  # fmt: skip


def _levels(pair: Pair, number: int, ja: list[_Atom], en: list[_Atom]) -> Iterator[Hit]:
    """Article 5 is no 第五項, where the document writes 条 for Article everywhere else."""
    for y in en:
        if y.ref.ranks[0] != y.ranks or sum(a.ranks == y.ranks for a in en) != 1:
            continue
        x = next((a for a in ja if a.ranks & y.ranks), None)
        if x is None or (y.level, x.level) not in _LEVEL_CLASH or sum(bool(a.ranks & y.ranks) for a in ja) != 1:
            continue
        if _usual(pair, y.level, x.level) > 1:
            continue
        yield _hit(pair, number, x.ref, y.ref, confidence=0.78)


def _usual(pair: Pair, en: str, ja: str) -> int:
    """In how many passages this English level is answered by this Japanese one with the same number."""

    def count() -> dict[tuple[str, str], int]:
        found: dict[tuple[str, str], int] = {}
        for n, bead in enumerate(pair.beads):
            if bead.ja and bead.en:
                a = [
                    (r, x.levels[0])
                    for x in quantities.references_ja(pair.passage("ja", n).text)
                    if x.ranks
                    for r in x.ranks[0]
                ]
                b = [
                    (r, x.levels[0])
                    for x in quantities.references_en(pair.passage("en", n).text)
                    if x.ranks
                    for r in x.ranks[0]
                ]
                for key in {(lb, la) for ra, la in a for rb, lb in b if ra == rb}:
                    found[key] = found.get(key, 0) + 1
        return found

    return pair.memo("reference levels", count).get((en, ja), 0)


def _carried(text: str, side: str, *, part: bool = False) -> bool:
    """Whether a pointer in words may stand for the reference."""
    if part and side == "en":
        return re.search(r"前[二三]?[条項号]|本[条項]|同[条項号]|この[条項]|次[条項号]|各号|これら", text) is not None
    pattern = (
        r"前[二三]?[条項号]|本[条項]|同[条項号]|この[条項]|次[条項号]|各号|上記|前記|前述|次の|当該|同様|これら|附属書|規定"
        if side == "en"
        else r"\b(?:preceding|foregoing|above|below|following|this|that|such|same|thereof|these|those|it|them|said)\b"
    )
    return re.search(pattern, text, re.I) is not None


def _resolved(pair: Pair, number: int, refs: tuple[Reference, ...], pointer: Reference, atom: _Atom) -> bool:
    """Whether a relative pointer, worked out from the provision's own number, names another provision than the atom."""
    if pointer.relative not in ("preceding", "following") or pointer.levels[:1] not in (("article",), ("paragraph",)):
        return False
    if atom.level in ("article", "paragraph") and atom.level != pointer.levels[0]:
        return False  # 前条１ and "article 9, paragraph 1": the paragraph is not what 前条 answers
    own = _own_numbers(pair, number, refs, pointer.levels[0])
    if not own:
        return False
    step = -1 if pointer.relative == "preceding" else 1
    return not any(str(n + step) in atom.ranks for n in own)


def _span(pair: Pair, lang: Lang, number: int, ref: Reference | None) -> Span | None:
    return None if ref is None else pair.passage(lang, number).span(ref.start, ref.end)


def _hit(pair: Pair, number: int, ja: Reference | None, en: Reference | None, *, confidence: float) -> Hit:
    a, b = _span(pair, "ja", number, ja), _span(pair, "en", number, en)
    if a and b:
        message, message_ja = (
            f"English “{b.text}”, Japanese {a.text}.",
            f"英文は「{b.text}」、和文は「{a.text}」を指す。",
        )
    elif b:
        message, message_ja = (
            f"The reference “{b.text}” is not in the Japanese.",
            f"英文の「{b.text}」への参照が和文にない。",
        )
    else:
        text = a.text if a else ""
        message, message_ja = f"The reference {text} is not in the English.", f"和文の「{text}」への参照が英文にない。"
    return Hit(message, message_ja, ja=a, en=b, confidence=confidence)


CHECK = Check(
    code="ACC105",
    name="reference-mismatch",
    mqm="accuracy/mistranslation/cross-reference",
    severity=Severity.major,
    doc=__doc__,
    doc_ja="参照先の条項が異なる。\n\nなぜ問題か：条項の番号を改めたとき、一方の言語だけが古いまま残りやすい。前条・前項は自らの番号から数えて比べる。\n\n対処：正文の参照先に合わせる。",
    find=find,
    examples=(
        Example(
            ja="第七条　前条１の規定に基づく届出は、事務局が扱う。",
            en="Article 7 Notices under article 6, paragraph 1, are handled by the secretariat.",
        ),
        Example(
            ja="第五条　この場合には、前条第一項の規定を準用する。",
            en="Article 5 In this case, paragraph one of the preceding article applies.",
        ),
        Example(
            ja="第三条、第五条１及び２並びに第九条の規定は、免除しない。",
            en="No exemption is granted from articles 3, 5 (paragraphs 1 and 2) and 9.",
        ),
        Example(ja="第4項及び⟦第5項⟧は、引き続き適用する。", en="⟦Paragraphs 4 and 6⟧ will continue to apply."),
        Example(ja="第4項及び第6項は、引き続き適用する。", en="Paragraphs 4 and 6 will continue to apply."),
        Example(
            ja="第十二条 ⟦前条⟧に規定する一覧表は、見直す。",
            en="Article 12: The list referred to in ⟦Article 9⟧ shall be reviewed.",
        ),
        Example(
            ja="第十二条 前条に規定する一覧表は、見直す。",
            en="Article 12: The list referred to in Article 11 shall be reviewed.",
        ),
        Example(
            ja="詳しくは、「入会の申込みをするには」を参照する。これが第一の規則である。",
            en="For details see Section 4.1, “How do I apply for membership?”. This is Rule No. 1.",
        ),
        Example(ja="これは、Open License 2.0 の下で配布される。", en="It is distributed under the Open License."),
        Example(ja="#### 第1.1条（目的）", en="#### Article 1.1 (Object)", presegmented=False),
        Example(ja="第2項1(b)に掲げる活動", en="the activities set out in Paragraph 2(1)(b)"),
        Example(
            ja="第五条第二項の規定により提供される更新版", en="any update provided pursuant to Article 5, paragraph 2"
        ),
        Example(ja="前項の規定にかかわらず", en="Notwithstanding the provisions of the preceding paragraph"),
        Example(ja="⟦次項⟧の規定にかかわらず", en="Notwithstanding the provisions of ⟦the preceding paragraph⟧"),
    ),
)
