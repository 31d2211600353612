"""How many of a thing: the quantifier beside a noun, in either language, where word links say that the nouns answer each other.

全ての構成員 is held against the word before "members", not against whatever "some" or "each" stands in the sentence.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from mocalign.checks.denials import linked
from mocalign.checks.moods import words_en
from mocalign.checks.units import Unit
from mocalign.pair import Pair

__all__ = ["Amount", "amounts", "contrary"]


@dataclass(frozen=True, slots=True)
class Amount:
    """A Japanese quantifier at `ja`, the English one of the same noun at `en`, and the grade of each."""

    ja: tuple[int, int]
    en: tuple[int, int]
    grade_ja: str
    grade_en: str


_NOUN = r"(?P<n>[一-龥ァ-ヴー々]{1,12})"
# before the noun, then behind it
_BEFORE = (
    ("all", r"(?:全て|すべて|凡て|あらゆる|一切|全部|全員)の?"),
    ("all", r"(?<![一-龥])全(?!般|体|面|力|国|球|文|世界|権|部|員|額|て|く|日本)"),
    ("each", r"(?<![一-龥])各(?!位|種|般|自|々)|それぞれの|おのおのの|個々の|全ての各"),
    ("both", r"双方の|両者の|(?<![一-龥])両(?!替|立|面|論|用|極|性|方|者|側|名)"),
    ("any", r"いかなる|(?<!ん)どの(?!よう|程度|くらい)|いずれの(?!一方)"),
    (
        "pick",
        r"いずれか(?:一方|一つ|一|ひとつ)?の|どちらかの|いずれか(?=一)|(?<!いずれか)(?<!他の)(?<![一-龥の])一方の",
    ),
    ("some", r"一部の|幾つかの|いくつかの|若干の|数多くのうちの"),
    ("most", r"大部分の|大半の|ほとんどの|殆どの|大多数の|過半数の"),
    ("many", r"多くの|多数の|数多くの"),
    ("few", r"少数の|わずかな|僅かな|ごく一部の"),
    ("main", r"主要な|主な|主たる"),
    ("certain", r"特定の"),
)
_BEHIND = (
    ("all", r"(?:の|が|は、?)(?:全て|すべて|全部|全員|全体|全額|一切|全量)(?!の?一部)(?!又は|若しくは|または)"),
    ("both", r"の(?:双方|両方)"),
    ("any", r"の(?:いずれ(?:も|に|を|の|から|と)(?=[^。]*(?:ない|なく|ず|ません))|何れも)"),
    ("pick", r"の(?:いずれか|どちらか)|の一方(?!的)"),
    ("some", r"の(?:一部|幾つか|いくつか|若干)"),
    ("most", r"の(?:大部分|大半|ほとんど|大多数|過半数)"),
    ("half", r"の(?:半分|半数|半額|半量)(?!以上|以下|未満|を超)"),
    ("few", r"の(?:少数|ごく一部)"),
)
_JA = tuple((grade, re.compile(rf"(?P<q>{q}){_NOUN}")) for grade, q in _BEFORE) + tuple(
    (grade, re.compile(rf"{_NOUN}(?P<q>{q})")) for grade, q in _BEHIND
)
_OTHERS = re.compile(r"(?:他の|残りの|残る|別の)$")
_GRADE_EN = {
    **dict.fromkeys("all every whole entire full entirety totality".split(), "all"),
    **dict.fromkeys("each respective".split(), "each"),
    **dict.fromkeys("any whatever whichever such".split(), "any"),
    "both": "both",
    "either": "either",
    **dict.fromkeys("no none neither".split(), "none"),
    **dict.fromkeys("some several certain few part parts portion portions partial".split(), "some"),
    **dict.fromkeys("most majority bulk".split(), "most"),
    **dict.fromkeys("many numerous".split(), "many"),
    **dict.fromkeys("half".split(), "half"),
    **dict.fromkeys("main major principal key primary leading chief significant important".split(), "main"),
    **dict.fromkeys("specific particular specified designated given identified selected".split(), "certain"),
}
_PASS = frozenset(
    "of the its their his her our your these those this that other own and or such , - two three four five six".split()
)
_END = frozenset(
    "to in on for with by from at as into upon over under between among within without through against about during per than is "
    "are was were be been being has have had do does did shall will may must should can could would not . ; : ( ) which who that "
    "where when if unless whether including include includes".split()
)

# What a Japanese grade cannot stand for, though the noun is the same. What is not listed may be a faithful rendering.
_CONTRARY = {
    "all": frozenset(("either", "some", "most", "half", "many")),
    "each": frozenset(("some", "most", "half", "many")),
    "both": frozenset(("either", "some", "none", "any")),
    "any": frozenset(("some", "most", "half", "many")),
    "pick": frozenset(("all", "each", "both", "none", "most", "some", "many")),
    "some": frozenset(("all", "each", "both", "none", "most", "half", "any", "either")),
    "most": frozenset(("all", "each", "both", "none", "some", "half", "any", "either", "few")),
    "many": frozenset(("all", "each", "none", "few")),
    "few": frozenset(("all", "each", "most", "many")),
    "main": frozenset(("all", "each", "any", "none", "both", "either")),
    "certain": frozenset(("all", "each", "any", "none", "both", "either")),
    "half": frozenset(("all", "most")),
}


def contrary(amount: Amount) -> bool:
    """Whether the two quantifiers of one noun cannot both be right."""
    return amount.grade_en in _CONTRARY[amount.grade_ja]


def amounts(pair: Pair, unit: Unit) -> tuple[Amount, ...]:
    """Every noun of a unit that has a quantifier on both sides."""
    return pair.memo(f"amounts {unit.bead} {unit.ja} {unit.en}", lambda: tuple(_amounts(pair, unit)))


def _amounts(pair: Pair, unit: Unit) -> Iterator[Amount]:
    taken: list[tuple[int, int]] = []
    for grade, pattern in _JA:
        for m in pattern.finditer(unit.ja_text):
            if any(a < m.end("q") and m.start("q") < b for a, b in taken):
                continue
            taken.append(m.span("q"))
            before = m.start("n") > m.start("q")
            words = _answers(pair, unit, m.span("n"), first=before)
            found = [q for w in words if (q := _grade_en(pair, unit, w)) is not None]
            if words and len(found) == len(words) and len({q[1] for q in found}) == 1:
                yield Amount(m.span("q"), found[0][0], grade, found[0][1])


def _answers(pair: Pair, unit: Unit, noun: tuple[int, int], *, first: bool) -> list[tuple[int, int]]:
    """The English words of a Japanese noun; where it is said as often on either side, its own one."""
    ties = linked(pair, unit)
    inside = [t for t in ties if noun[0] <= t.ja[0] and t.ja[1] <= noun[1]]
    if not inside:
        return []
    # a compound is answered by its last word, the head: 構成員, 締約国
    heads = sorted({t.ja for t in inside})
    for head in (heads[-1], heads[0]):
        words = sorted({t.en for t in inside if t.ja == head})
        text = unit.ja_text[slice(*head)]
        mine = sorted({t.ja for t in ties if unit.ja_text[slice(*t.ja)] == text})
        if len(words) == len(mine):
            return [words[mine.index(head)]]
        if len(words) == 1 and mine[0] == head and not _OTHERS.search(unit.ja_text[: noun[0]]):
            return words  # said again in Japanese where English has a pronoun
    words = sorted({t.en for t in inside if t.ja == heads[-1]})
    return (
        words if sum(unit.ja_text[slice(*heads[-1])] == unit.ja_text[slice(*t.ja)] for t in ties) == len(words) else []
    )


def _grade_en(pair: Pair, unit: Unit, word: tuple[int, int]) -> tuple[tuple[int, int], str] | None:
    """The quantifier of an English noun: before it in its phrase (all of the remaining members)."""
    words = words_en(pair, unit)
    k = next((n for n, t in enumerate(words) if t.start <= word[0] < t.end), None)
    if k is None:
        return None
    if unit.en_text[word[0] :].lower().startswith("others"):
        return None
    free = 2  # adjectives and parts of a compound
    for n in range(k - 1, max(-1, k - 8), -1):
        low = words[n].surface.lower()
        if low in _END:
            return None
        grade = _GRADE_EN.get(low)
        if low == "such" or (low == "few" and n and words[n - 1].surface.lower() != "a"):
            return None
        if low == "any" and words[n + 1].surface.lower() == "of":
            return None
        if low == "one" or (low in ("least", "more") and n):
            return None
        if low == "two" and n and words[n - 1].surface.lower() == "the" and grade is None:
            return (words[n - 1].start, words[n].end), "both"
        if grade is not None:
            if grade in ("main", "certain") and n and words[n - 1].surface.lower() in _GRADE_EN:
                continue
            return (words[n].start, words[n].end), grade
        if low in _PASS or "'" in low or "’" in low:
            if low in ("and", "or", ",") and n == k - 1:
                return None
            continue
        free -= 1
        if free < 0:
            return None
    return None
