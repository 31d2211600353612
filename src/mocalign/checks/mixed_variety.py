"""British and American spellings stand side by side in the English text.

Why it matters: organisation beside organization shows that several hands worked on the text, and splits a word for search.

What to do: use one variety. Names of bodies keep their own spelling (World Health Organization).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from mocalign.checks.base import Check, Example, Hit
from mocalign.config import Config
from mocalign.model import Severity, Span
from mocalign.pair import Pair

__all__ = ["CHECK"]

# Stems of which one half of the English-speaking world writes s and the other z. Written for this project.
_ISE = (
    "organi author recogni utili reali standardi harmoni moderni minimi maximi optimi commerciali formali normali prioriti"
    " summari emphasi finali speciali characteri categori digiti globali locali mobili neutrali penali privati rationali"
    " stabili subsidi synchroni visuali materiali capitali criminali institutionali operationali internationali"
).split()
_PAIRS = (
    ("favour", "favor"), ("colour", "color"), ("labour", "labor(?=s?\\b|ed|ing)"), ("honour", "honor"), ("endeavour", "endeavor"),
    ("behaviour", "behavior"), ("neighbour", "neighbor"), ("harbour", "harbor"), ("centre", "center"), ("metre", "meter"),
    ("litre", "liter"), ("fibre", "fiber"), ("theatre", "theater"), ("defence", "defense"), ("offence", "offense"),
    ("programme", "program"), ("fulfil", "fulfill"), ("enrol", "enroll"), ("cancelled", "canceled"),
    ("travelling", "traveling"), ("labelled", "labeled"), ("modelling", "modeling"),
    ("aluminium", "aluminum"), ("grey", "gray"),
    ("skilful", "skillful"), ("analyse", "analyze"), ("co-operation", "cooperation"), ("co-ordinat", "coordinat"),
    ("acknowledgement", "acknowledgment"),
)  # fmt: skip
_SKIP = {"programme", "fulfil", "enrol"}
_WORD = re.compile(r"[A-Za-z]+(?:-[a-z]+)?")
_FORMS = [
    (re.compile(rf"\b({stem})(s)(?=e|ing|ation)", re.I), re.compile(rf"\b({stem})(z)(?=e|ing|ation)", re.I))
    for stem in _ISE
]


def find(pair: Pair, config: Config) -> Iterator[Hit]:
    """Yield the minority spelling of each word that stands in both."""
    text = pair.en_text
    for british, american in _FORMS:
        if british.search(text) and american.search(text):
            yield from _report(pair, british, american)
    for left, right in _PAIRS:
        if left in _SKIP:
            tail = r"(?:s|d|ed|ing|ment)?\b"
            a, b = re.compile(rf"\b{left}(?!l|me){tail}", re.I), re.compile(rf"\b{right}(?!me|ue){tail}", re.I)
        else:
            a, b = re.compile(rf"\b{left}", re.I), re.compile(rf"\b{right}", re.I)
        if a.search(text) and b.search(text):
            yield from _report(pair, a, b)


def _places(pair: Pair, pattern: re.Pattern[str]) -> list[Span]:
    out = []
    for segment in pair.en.segments:
        view = pair.body(pair.en, segment)
        for match in pattern.finditer(view.text):
            whole = _WORD.match(view.text, match.start())
            end = max(match.end(), whole.end() if whole else 0)
            # Names of bodies keep their spelling.
            if (
                match[0][0].isupper()
                and match.start()
                and re.search(r"[A-Z][a-z]+ (?:of |for |and )?(?:the )?$", view.text[: match.start()])
            ):
                continue
            out.append(view.span(match.start(), end))
    return out


def _report(pair: Pair, a: re.Pattern[str], b: re.Pattern[str]) -> Iterator[Hit]:
    left, right = _places(pair, a), _places(pair, b)
    if not left or not right:
        return
    few, many = (left, right) if len(left) <= len(right) else (right, left)
    yield Hit(
        f"{few[0].text} stands beside {many[0].text}: two varieties of English spelling.",
        f"{few[0].text} と {many[0].text} が混在している（英国式と米国式の綴り）。",
        en=few[0],
        also_en=tuple(few[1:]),
        confidence=0.85,
    )


CHECK = Check(
    code="STY005",
    name="mixed-variety",
    mqm="style/inconsistent-style",
    severity=Severity.minor,
    needs="en",
    doc=__doc__,
    doc_ja="英文に英国式と米国式の綴りが混在している。\n\nなぜ問題か：複数の手が入った跡に見え、検索で語が分かれる。\n\n対処：一方に統一する。機関名は固有の綴りのままでよい。",
    find=find,
    examples=(
        Example(en="The organisation of work\nThe organisation meets.\nThe ⟦organization⟧ reports."),
        Example(en="The centre reports.\nThe centre meets.\nIts ⟦center⟧ is Tokyo."),
        Example(en="The organisation works with the World Health Organization."),
    ),
)
