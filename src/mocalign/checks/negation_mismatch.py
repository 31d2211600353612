"""One text denies what the other affirms.

Why it matters: a lost ない turns a prohibition into a promise. Similarity hardly moves, so only the words tell.

What to do: restore the negation, or remove it. Set phrases (しなければならない, 少なくとも, これらに限られない) and words that deny
by themselves (refrain, without, 差し控える, 無効) are taken into account.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from mocalign import clauses
from mocalign.checks.base import Check, Example, Hit
from mocalign.checks.units import Unit, units
from mocalign.config import Config
from mocalign.model import Severity
from mocalign.pair import Pair

__all__ = ["CHECK"]

_EXPLAINED_EN = ("lexneg", "unless", "except", "only", "notlimited", "notonly", "xregard")
_EXPLAINED_JA = ("lexneg", "unless", "except", "only", "notlimited", "notonly", "xregard", "xbound")


def find(pair: Pair, config: Config) -> Iterator[Hit]:
    """Yield each sentence that is negative on one side alone."""
    for unit in units(pair):
        ja, en = unit.of("ja", "not"), unit.of("en", "not", "neither")
        if ja and not en and not unit.count("en", "xnumber"):
            yield from _only_ja(pair, unit)
        elif en and not ja:
            yield from _only_en(pair, unit)
        elif en and ja and _lost_predicate(unit):
            yield from _predicate(pair, unit)


def _only_ja(pair: Pair, unit: Unit) -> Iterator[Hit]:
    cue = unit.of("ja", "not")[-1]
    final = _final(unit)
    soft = unit.of("en", *_EXPLAINED_EN)
    if soft and not (final and unit.whole and len(unit.ja_text) < 60 and all(c.sort == "only" for c in soft) and False):
        return
    yield Hit(
        "The Japanese denies (" + cue.text + "), the English does not.",
        "和文は「" + cue.text + "」と否定しているが、英文に否定がない。",
        ja=unit.span(pair, "ja", cue),
        confidence=0.85 if final else 0.6,
    )


def _only_en(pair: Pair, unit: Unit) -> Iterator[Hit]:
    cue = unit.of("en", "not", "neither")[0]
    if unit.of("ja", *_EXPLAINED_JA) or re.search(r"[不無非未]|反対|逆|別|異", unit.ja_text):
        return
    modal = re.search(
        r"(?:shall|will|may|must|can|should|do|does|did|is|are|has|have|was|were|would|could) not|cannot|neither|nothing|\bno\b|never|nor",
        unit.en_text,
        re.I,
    )
    modes = list(clauses.modality_ja(unit.ja_text))
    spot = (
        pair.passage("ja", unit.bead).span(unit.ja[0] + modes[-1].start, unit.ja[0] + modes[-1].end) if modes else None
    )
    yield Hit(
        f"The English denies (“{cue.text}”), the Japanese does not.",
        f"英文は「{cue.text}」と否定しているが、和文に否定がない。",
        ja=spot,
        en=unit.span(pair, "en", cue),
        confidence=0.85 if modal else 0.6,
    )


def _final(unit: Unit) -> bool:
    return any(m.mode in ("not", "mustnot") for m in clauses.modality_ja(unit.ja_text))


_PREDICATE = re.compile(r"\b(?:shall|will|may|must|can|should|do|does|did|would|could) not\b|\bcannot\b", re.I)


def _lost_predicate(unit: Unit) -> bool:
    """One clear sentence a side whose main verb is denied in English and affirmed in Japanese, all else accounted for."""
    modes = clauses.modality_ja(unit.ja_text)
    if len(modes) != 1 or modes[0].mode in ("not", "mustnot"):
        return False
    denied = len(_PREDICATE.findall(unit.en_text))
    if denied != unit.count("en", "not", "neither") or len(re.findall(r"[.;]\s", unit.en_text.strip() + " ")) > 1:
        return False
    ja = unit.count("ja", "not", "lexneg", "unless", "only", "except")
    others = unit.count("en", "lexneg", "unless", "except", "only")
    return ja < denied + others and ja <= others


def _predicate(pair: Pair, unit: Unit) -> Iterator[Hit]:
    cue = unit.of("en", "not", "neither")[0]
    mode = clauses.modality_ja(unit.ja_text)[0]
    yield Hit(
        f"The English denies its main verb (“{cue.text}”), the Japanese affirms it.",
        f"英文は主動詞を否定（{cue.text}）しているが、和文は肯定している。",
        ja=pair.passage("ja", unit.bead).span(unit.ja[0] + mode.start, unit.ja[0] + mode.end),
        en=unit.span(pair, "en", cue),
        confidence=0.7,
    )


CHECK = Check(
    code="ACC201",
    name="negation-mismatch",
    mqm="accuracy/mistranslation",
    severity=Severity.critical,
    doc=__doc__,
    doc_ja="一方の文だけが否定している。\n\nなぜ問題か：「ない」が落ちれば禁止が約束に変わる。\n\n対処：否定を正文に合わせる。「しなければならない」「少なくとも」などの決まり文句や、それ自体が否定を表す語は考慮している。",
    find=find,
    examples=(
        Example(
            ja="当事者らは、情報を第三者に⟦開示する⟧。",
            en="The Participants will ⟦not⟧ disclose the information to a third party.",
        ),
        Example(
            ja="当事者らは、情報を第三者に開示しない。",
            en="The Participants will not disclose the information to a third party.",
        ),
        Example(
            ja="当事者らは、情報を第三者に開示⟦しない⟧。",
            en="The Participants will disclose the information to a third party.",
        ),
        Example(
            ja="受入締約国は、機材を返還しなければならない。", en="The receiving Party shall return the equipment."
        ),
        Example(ja="当事者らは、公表を差し控える。", en="The Participants will not make it public."),
        Example(ja="当事者らは、公表しない。", en="The Participants will refrain from publication."),
        Example(ja="期間は、30日を超えない。", en="The period will be up to 30 days."),
    ),
)
