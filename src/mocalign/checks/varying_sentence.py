"""A sentence that the English repeats word for word is translated in two ways.

Why it matters: a formula that recurs (These Rules come into effect on …) has one effect; two Japanese sentences look like two.

What to do: write the sentence as it stands elsewhere.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator

from mocalign import english
from mocalign.checks.base import Check, Example, Hit
from mocalign.config import Config
from mocalign.model import Segment, Severity, View
from mocalign.pair import Pair

__all__ = ["CHECK"]

_LEAST = 8  # characters that two Japanese renderings of one sentence must share to be a formula


def find(pair: Pair, config: Config) -> Iterator[Hit]:
    """Yield the Japanese of a repeated English sentence that lacks what all the others share."""
    places: dict[str, list[tuple[int, View, Segment, View]]] = defaultdict(list)
    for number, bead in enumerate(pair.beads):
        if len(bead.ja) != 1 or len(bead.en) != 1:
            continue
        view, japanese = pair.body(pair.en, bead.en[0]), pair.body(pair.ja, bead.ja[0])
        for start, end in english.sentences(view.text):
            sentence = view.text[start:end].strip()
            tail = re.split(r":\s+", sentence)[-1]
            if len(tail.split()) >= 6:
                places[tail.casefold()].append((number, view, bead.ja[0], japanese))
    for sentence, uses in sorted(places.items()):
        if len(uses) < 3:
            continue
        texts = [japanese.text for *_, japanese in uses]
        shared = Counter(
            common for k, a in enumerate(texts) for b in texts[k + 1 :] if len(common := _common(a, b)) >= _LEAST
        )
        nearly = [c for c in shared if sum(c in t for t in texts) == len(texts) - 1]
        formula = max(nearly, key=lambda c: (len(c), c), default="")
        odd = next((t for t in texts if formula not in t), "")
        if len(texts) < 3 or len(_common(formula, odd)) > 0.8 * len(formula):
            continue
        for _number, view, _segment, japanese in uses:
            if formula in japanese.text:
                continue
            start, end = _odd(japanese.text, formula)
            at = view.text.casefold().find(sentence)
            if end <= start:
                continue
            yield Hit(
                f"The English repeats this sentence; elsewhere the Japanese is 「{formula.strip('。')}」.",
                f"英語は同じ文を繰り返しているが、他の箇所の日本語は「{formula.strip('。')}」である。",
                ja=japanese.span(start, end),
                en=view.span(at, at + len(sentence)) if at >= 0 else None,
                confidence=0.85,
            )


def _common(a: str, b: str) -> str:
    from difflib import SequenceMatcher

    match = SequenceMatcher(None, a, b, autojunk=False).find_longest_match()
    return a[match.a : match.a + match.size]


def _odd(text: str, formula: str) -> tuple[int, int]:
    """The part of a text that differs from a formula: what follows their longest common beginning, without the end."""
    start, size = 0, 0
    for at in range(len(text)):
        k = 0
        while at + k < len(text) and k < len(formula) and text[at + k] == formula[k]:
            k += 1
        if k > size:
            start, size = at + k, k
    comma = text.rfind("、", 0, start)
    if 0 <= start - comma - 1 <= 6:
        start = comma + 1
    end = len(text)
    while end > start and text[end - 1] in "。 ":
        end -= 1
    return start, end


CHECK = Check(
    code="TER012",
    name="varying-sentence",
    mqm="terminology/inconsistent-use-of-terminology",
    severity=Severity.minor,
    doc=__doc__,
    doc_ja="英語が同じ文を繰り返しているのに、日本語の訳が異なる。\n\nなぜ問題か：定型の文は一つの効果を持つ。訳が二つあると別のことに見える。\n\n対処：他の箇所と同じ文にする。",
    find=find,
    examples=(
        Example(
            ja="甲規則　この規則は、公布の日から施行する。\n乙規則　この規則は、公布の日から施行する。\n丙規則　この規則は、⟦公にした日をもって有効とする⟧。",
            en="Rules A: These Rules come into effect on the date of promulgation.\nRules B: These Rules come into effect on the date of promulgation.\nRules C: ⟦These Rules come into effect on the date of promulgation.⟧",
        ),
        Example(
            ja="甲規則　この規則は、公布の日から施行する。\n乙規則　この規則は、公布の日から施行する。\n丙規則　この規則は、公布の日から施行する。",
            en="Rules A: These Rules come into effect on the date of promulgation.\nRules B: These Rules come into effect on the date of promulgation.\nRules C: These Rules come into effect on the date of promulgation.",
        ),
    ),
)
