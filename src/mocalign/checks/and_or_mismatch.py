"""And stands for or, or the other way round.

Why it matters: a business plan *and* financial statements is more to hand in than one *or* the other.

What to do: 及び, 並びに and かつ are "and", 又は and 若しくは "or". Under a negation "not A or B" is A及びBを…ない, and such
sentences are left alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from mocalign.checks.base import Check, Example, Hit
from mocalign.checks.near import links
from mocalign.checks.units import Unit, units
from mocalign.clauses import Cue, modality_ja
from mocalign.config import Config
from mocalign.model import Severity, Span
from mocalign.pair import Pair

__all__ = ["CHECK"]

_OTHER_OR_JA = re.compile(
    r"か、|か(?=又|を|否|ど)|や|・|/|等|など|その他|いずれ|いかなる|ないし|とも|でも|たり|を問わ|かかわらず|ほか"
)
_OTHER_OR_EN = re.compile(
    r"\b(?:any|either|whether|alternatively|and/or|nor|neither|not|no|without|unless|except|else|if|each|such as|rang\w+|regardless|irrespective|never|nothing|prohibit\w*|prevent\w*|fail\w*)\b|/|n['’]t\b|\bun(?!i|der|til|less)\w+|\bnon-?\w+",
    re.I,
)


def find(pair: Pair, config: Config) -> Iterator[Hit]:
    """Yield each conjunction that the other side turns."""
    for unit in units(pair):
        yield from _unit(pair, unit)


def _unit(pair: Pair, unit: Unit) -> Iterator[Hit]:
    ja_or = [c for c in unit.of("ja", "or") if c.text not in ("あるいは", "或いは")]  # loose: 個別に、あるいは共同で
    ja_and = unit.of("ja", "and")
    en_or, en_and = unit.of("en", "or"), unit.of("en", "and")
    both = any("/" in c.text for c in en_or)
    if both:
        return
    en_and = [c for c in en_and if c.text.lower() == "and"]
    if ja_or and not en_or and en_and and not _OTHER_OR_EN.search(unit.en_text):
        if len(ja_and) < len(en_and) and not _ends_denied(unit, ja_or) and not _attributive(unit, ja_or[0]):
            yield _hit(pair, unit, en_and[_place(unit, ja_or[0], en_and)], ja_or[0], 0.85)
    elif (
        en_or and not ja_or and ja_and and not _denied(unit) and not _OTHER_OR_JA.search(_without_bounds(unit.ja_text))
    ):
        joined = ja_and[_place_ja(unit, en_or[0], ja_and)]
        if len(ja_and) > len(en_and) and not _alternative_cases(unit, joined):
            yield _hit(pair, unit, en_or[0], ja_and[_place_ja(unit, en_or[0], ja_and)], 0.82)
    elif len(ja_or) != len(en_or) and not _negative(unit):
        yield from _linked(pair, unit)


def _ends_denied(unit: Unit, ors: list[Cue]) -> bool:
    """Whether all these stand under a negation: 脱退し又は休会する自由を奪われない is freedom to leave and to pause."""
    ends = [m for m in modality_ja(unit.ja_text) if m.mode in ("not", "mustnot")]
    return all(any(m.sentence[0] <= c.start - unit.ja[0] < m.sentence[1] for m in ends) for c in ors)


def _linked(pair: Pair, unit: Unit) -> Iterator[Hit]:
    """Conjunctions whose two members, followed through the word links, are joined the other way in English."""
    found = links(pair, unit.bead)
    ja_passage, en_passage = pair.passage("ja", unit.bead), pair.passage("en", unit.bead)
    text_en = pair.en.text
    en_from, en_to = en_passage.span(*unit.en).start, en_passage.pieces[-1][2].origin.end
    for cue in unit.of("ja", "or", "and"):
        if cue.text in ("かつ", "且つ"):
            continue
        at = ja_passage.span(cue.start, cue.end)
        before = [(a, b) for a, b in found if a.end <= at.start and at.start - a.end <= 6]
        after = [(a, b) for a, b in found if a.start >= at.end and a.start - at.end <= 8]
        if not before or not after:
            continue
        near = max(a.end for a, _ in before)
        next_ = min(a.start for a, _ in after)
        lefts = [b for a, b in before if a.end == near and en_from <= b.start < en_to]
        rights = [b for a, b in after if a.start == next_ and en_from <= b.start < en_to]
        joined = set()
        spots = []
        for x, y in ((x, y) for x in lefts for y in rights if x.end < y.start and y.start - x.end <= 60):
            between = text_en[x.end : y.start]
            words = re.findall(r"\b(and|or|nor)\b", between, re.I)
            if len(words) == 1 and not re.search(r"[.;:]", between):
                joined.add("and" if words[0].lower() == "and" else "or")
                m = re.search(r"\b(?:and|or|nor)\b", between, re.I)
                spots.append(Span(x.end + m.start(), m[0])) if m else None
            else:
                joined.add("?")
        if len(joined) == 1 and joined <= {"and", "or"} and cue.sort not in joined and len(spots) == 1:
            lead = text_en[max(en_from, spots[0].start - 70) : spots[0].start]
            if cue.sort == "and" and re.search(
                r"\b(?:if|when|where|whether|any|either|each|every|unless|case)\b[^,;]*$", lead, re.I
            ):
                continue  # "when A or B is asked" is A及びBは…ときは
            yield Hit(
                f"English “{spots[0].text}”, Japanese {at.text}.",
                f"英文は「{spots[0].text}」、和文は「{at.text}」。",
                ja=at,
                en=spots[0],
                confidence=0.75,
            )


def _without_bounds(text: str) -> str:
    return re.sub(r"以[上下]|場合", "", text)


def _negative(unit: Unit) -> bool:
    return bool(unit.count("en", "not", "neither", "lexneg", "unless", "except") or unit.count("ja", "not", "unless"))


def _attributive(unit: Unit, cue: Cue) -> bool:
    """Nouns of an attribute: the design, production and use of arms is 設計、製造又は使用に係る."""
    if not re.search(r"[、・][^、。]{1,14}$", unit.ja_text[: cue.start - unit.ja[0]]):
        return False  # two members are told apart, three in a row are a list
    after = unit.ja_text[cue.end - unit.ja[0] :]
    return re.match(r"[^、。はがを]{1,14}に(?:専ら)?(?:係る|関する|関連する|関わる|用いる|必要な)", after) is not None


def _alternative_cases(unit: Unit, cue: Cue) -> bool:
    """Nouns of a condition or a purpose: where A or B is asked is A及びBを…場合, and both say the same."""
    if cue.text in ("かつ", "且つ"):
        return False
    return re.match(r"[^、。]{0,24}(?:場合|とき|目的|ため)", unit.ja_text[cue.end - unit.ja[0] :]) is not None


def _denied(unit: Unit) -> bool:
    """Whether the sentence denies in its verb, so that "or" is 及び; a negative word (incomplete) does not make it so."""
    return bool(
        unit.count("en", "not", "neither", "unless", "except")
        or unit.count("ja", "not", "unless")
        or re.search(r"\b(?:without|prohibit\w*|refrain\w*|prevent\w*|preclude\w*|avoid\w*)\b", unit.en_text, re.I)
        or any(c.text.endswith(("ない", "なく", "ず")) for c in unit.of("ja", "lexneg"))
    )


def _place(unit: Unit, ja: Cue, en: list[Cue]) -> int:
    at = (ja.start - unit.ja[0]) / max(1, len(unit.ja_text))
    return min(range(len(en)), key=lambda n: abs((en[n].start - unit.en[0]) / max(1, len(unit.en_text)) - at))


def _place_ja(unit: Unit, en: Cue, ja: list[Cue]) -> int:
    at = (en.start - unit.en[0]) / max(1, len(unit.en_text))
    return min(range(len(ja)), key=lambda n: abs((ja[n].start - unit.ja[0]) / max(1, len(unit.ja_text)) - at))


def _hit(pair: Pair, unit: Unit, en: Cue, ja: Cue, confidence: float) -> Hit:
    return Hit(
        f"English “{en.text}”, Japanese {ja.text}.",
        f"英文は「{en.text}」、和文は「{ja.text}」。",
        ja=unit.span(pair, "ja", ja),
        en=unit.span(pair, "en", en),
        confidence=confidence,
    )


CHECK = Check(
    code="ACC204",
    name="and-or-mismatch",
    mqm="accuracy/mistranslation",
    severity=Severity.major,
    doc=__doc__,
    doc_ja="and と or が入れ替わっている。\n\nなぜ問題か：「及び」と「又は」では、求められるものや認められるものの範囲が変わる。\n\n対処：正文に合わせる。否定文の not A or B は「A及びBを…ない」であり、報告しない。",
    find=find,
    examples=(
        Example(
            ja="申請者は、事業計画書⟦又は⟧財務諸表を提出しなければならない。",
            en="The applicant must submit a business plan ⟦and⟧ financial statements.",
        ),
        Example(
            ja="申請者は、事業計画書及び財務諸表を提出しなければならない。",
            en="The applicant must submit a business plan and financial statements.",
        ),
        Example(
            ja="通知は、英語⟦及び⟧日本語により行うことができる。",
            en="Notifications may be made in English ⟦or⟧ in Japanese.",
        ),
        Example(
            ja="通知は、英語又は日本語により行うことができる。",
            en="Notifications may be made in English or in Japanese.",
        ),
        Example(ja="権利及び義務を生じさせない。", en="It does not create rights or obligations."),
    ),
)
