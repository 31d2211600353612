"""Two terms of the English are rendered by one Japanese word.

Why it matters: the Agreement and the Arrangement, the Parties and the Participants are different things; where both are
取決め or 当事者, nobody can tell which is meant.

What to do: give each term a rendering of its own, or confirm that the English means the same by both.

How it is found: definitions of two terms name the same Japanese word, or two capitalised terms that the English uses side by
side are both rendered by one word throughout the document.
"""

from __future__ import annotations

import itertools
import re
from collections import defaultdict
from collections.abc import Iterator

from mocalign.checks.base import Check, Example, Hit
from mocalign.config import Config
from mocalign.lexicon import Answer, Word, stem
from mocalign.model import Severity, Span
from mocalign.pair import Pair

__all__ = ["CHECK"]

_ENGLISH = re.compile(r"[\"“](?:the\s+)?(?P<name>[A-Z][^\"”]{1,40})[\"”]")
_JAPANESE = re.compile(r"「(?P<name>[^「」]{1,20})」(?=と(?:は|い|総称|略|称))")
_COORDINATED = re.compile(r"\s*,?\s+(?:and|or|nor|as well as)\s+(?:the\s+|any\s+|this\s+|each\s+)?")
_BEADS, _SHARE = 3, 0.8  # passages in which a term has the rendering, and their share


def find(pair: Pair, config: Config) -> Iterator[Hit]:
    """Yield the second of two English terms that share a rendering, where it is defined or first stands beside the other."""
    yield from _defined(pair)
    yield from _side_by_side(pair)


def _stems(name: str) -> frozenset[str]:
    return frozenset(stem(w) for w in re.findall(r"[A-Za-z]+", name))


def _defined(pair: Pair) -> Iterator[Hit]:
    first: dict[str, tuple[str, frozenset[str]]] = {}
    for bead in pair.beads:
        if not bead.ja or not bead.en:
            continue
        en = [(m, v) for _, v in pair.en_views(bead) for m in _ENGLISH.finditer(v.text)]
        ja = [(m, v) for _, v in pair.ja_views(bead) for m in _JAPANESE.finditer(v.text)]
        if len(en) != len(ja):
            continue
        for (a, left), (b, right) in zip(en, ja, strict=True):
            name, stems = a["name"].rstrip(" ,."), _stems(a["name"])
            known = first.setdefault(b["name"], (name, stems))
            # "the Agreement" and "this Agreement", "MoC" and "Memorandum of Cooperation" are one term
            if known[1] & stems or not stems or name.isupper() != known[0].isupper():
                continue
            yield _hit(
                name,
                known[0],
                b["name"],
                right.span(*b.span("name")),
                left.span(a.start("name"), a.start("name") + len(name)),
                0.85,
            )


def _side_by_side(pair: Pair) -> Iterator[Hit]:
    told = [list(_rendered(pair.lexicon.answer(n))) for n in range(len(pair.beads))]
    seen: dict[str, set[int]] = defaultdict(set)
    words: dict[str, dict[str, set[int]]] = defaultdict(lambda: defaultdict(set))
    for number, found in enumerate(told):
        for word, places in found:
            seen[word.stem].add(number)
            for first, last in places:
                words[word.stem][pair.ja.text[first:last]].add(number)
    main: dict[str, str] = {}
    for key, runs in words.items():
        best = max(runs, key=lambda r: (len(runs[r]), len(r), r))
        if len(runs[best]) >= _BEADS and len(runs[best]) >= _SHARE * len(seen[key]) and len(best) > 1:
            main[key] = best
    done: set[frozenset[str]] = set()
    for found in told:
        named = {word.stem: (word, places) for word, places in found if word.stem in main}
        for (a, (one, mine)), (b, (two, other)) in itertools.combinations(named.items(), 2):
            both = frozenset((a, b))
            start, end = min(one.end, two.end), max(one.start, two.start)
            if main[a] != main[b] or both in done or not _COORDINATED.fullmatch(pair.en.text[start:end]):
                continue  # words of one name, or too far apart to be told from each other
            stretches = {*mine, *other}
            if {pair.ja.text[x:y] for x, y in stretches} != {main[a]} or len(stretches) < 2:
                continue  # once for both: "the United States of America"
            done.add(both)
            first, last = max((*mine, *other))
            en = Span(two.start, pair.en.text[two.start : two.end])
            yield _hit(two.text, one.text, main[a], Span(first, pair.ja.text[first:last]), en, 0.7)


def _rendered(answer: Answer) -> Iterator[tuple[Word, list[tuple[int, int]]]]:
    """The capitalised words of a bead with the stretches of Japanese that answer each."""
    for e, word in enumerate(answer.words):
        if not word.name or word.light or word.text.isupper():
            continue
        out: list[tuple[int, int]] = []
        for j in sorted({k.ja for k in answer.links if k.en == e and k.strength >= 0.75}):
            piece = answer.pieces[j]
            if out and out[-1][1] == piece.start:
                out[-1] = (out[-1][0], piece.end)
            else:
                out.append((piece.start, piece.end))
        if out:
            yield word, out


def _hit(name: str, other: str, rendering: str, ja: Span, en: Span, confidence: float) -> Hit:
    return Hit(
        f'"{name}" and "{other}" are both 「{rendering}」.',
        f"「{name}」と「{other}」がいずれも「{rendering}」と訳されている。",
        ja=ja,
        en=en,
        confidence=confidence,
    )


CHECK = Check(
    code="TER011",
    name="merged-terms",
    mqm="terminology/inconsistent-use-of-terminology",
    severity=Severity.minor,
    doc=__doc__,
    doc_ja="英文の二つの用語が、和文では一つの語に訳されている。\n\nなぜ問題か：いずれを指すのか和文からは分からない。\n\n対処：訳語を分けるか、英文が同じものを指すことを確かめる。",
    find=find,
    examples=(
        Example(
            ja="「秘密情報」とは、開示された情報をいう。\n「⟦秘密情報⟧」とは、所有権の対象となる情報をいう。",
            en="“Confidential Information” means information that is disclosed.\n“⟦Proprietary Know-how⟧” means information subject to ownership.",
        ),
        Example(
            ja="「秘密情報」とは、開示された情報をいう。\n「専有情報」とは、所有権の対象となる情報をいう。",
            en="“Confidential Information” means information that is disclosed.\n“Proprietary Know-how” means information subject to ownership.",
        ),
        Example(
            ja="理事会は、方針を定める。\n理事会は、報告を審査する。\n理事会は、毎年会合する。\n担当の理事会は、予算を決める。\n毎年、理事会は公開で会合する。\n理事会は、通知する。\n方針は、理事会及び⟦理事会⟧が見直す。",
            en="The Council lays down policy.\nThe Council examines reports.\nThe Council meets yearly.\nThe Board in charge decides the budget.\nEvery year the Board meets in public.\nThe Board notifies.\nPolicy is reviewed by the Council and the ⟦Board⟧.",
        ),
        Example(
            ja="協力覚書（以下「覚書」という。）を作成する。\nこの協力覚書（以下「覚書」という。）を改正する。",
            en="They draw up a Memorandum of Cooperation (“Memorandum”).\nThey amend this Memorandum of Cooperation (the “Memorandum of Cooperation”).",
        ),
    ),
)
