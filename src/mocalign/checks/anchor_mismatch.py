"""A period counts from an event that the other language does not name.

Why it matters: "within one year after the entry into force" and 一年以内 begin on different days; who counts from the wrong
one misses the term.

What to do: write the event from which, or up to which, the period counts.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from mocalign.checks.base import Check, Example, Hit
from mocalign.checks.units import Unit, units
from mocalign.config import Config
from mocalign.model import Lang, Severity
from mocalign.pair import Pair
from mocalign.quantities import Quantity

__all__ = ["CHECK"]

_EVENT_EN = re.compile(
    r"\s+(?:after|before|following|prior to|of|from|upon)\s+(?:(?:the|its|his|her|their|such|that|this|each|any)\s+)(?:[\w’'-]+\s*){1,6}",
    re.I,
)
# Whatever may name the event in Japanese, or make it plain that one is meant.
_EVENT_JA = re.compile(
    r"後|前|から|より|以降|起算|経過|先立|翌|満了|際|時|とき|日に|日まで|ごと|毎|目|たら|れば|場合|次第|始期|以来|いずれか"
)
_EVENT_EN_ANY = re.compile(
    r"\b(?:after|before|following|prior|from|upon|since|once|when|of|on|until|elaps\w*|expir\w*|advance|earlier|later|ago|notice|anniversary)\b",
    re.I,
)


def find(pair: Pair, config: Config) -> Iterator[Hit]:
    """Yield periods of one sentence whose event the sentence of the other side does not have in any wording."""
    for unit in units(pair):
        ours, theirs = _durations(pair, "ja", unit), _durations(pair, "en", unit)
        if len(ours) != 1 or len(theirs) != 1 or ours[0].sized != theirs[0].sized:
            continue
        ja, en = ours[0], theirs[0]
        event = _EVENT_EN.match(unit.en_text, en.end - unit.en[0])
        if event is not None and not re.match(r"\s+of\b", event[0]) and not _EVENT_JA.search(unit.ja_text):
            words = event[0].strip()
            start = unit.en[0] + event.start() + len(event[0]) - len(event[0].lstrip())
            yield Hit(
                f"The English counts “{words}”; the Japanese does not say from or up to when.",
                f"英文は期間を「{words}」と起算・終期を定めるが、和文にはない。",
                ja=pair.passage("ja", unit.bead).span(ja.start, ja.end),
                en=pair.passage("en", unit.bead).span(start, start + len(words)),
                confidence=0.85,
            )
        lead = re.search(
            r"[^、。]{2,24}(?:の日の?後|の日から|した後|してから|する前|の後)\s*$",
            unit.ja_text[: ja.start - unit.ja[0]],
        )
        if lead is not None and not _EVENT_EN_ANY.search(unit.en_text):
            yield Hit(
                f"The Japanese counts from an event (「{lead[0].strip()}」); the English names none.",
                f"和文は「{lead[0].strip()}」と起算点を定めるが、英文にはない。",
                ja=pair.passage("ja", unit.bead).span(unit.ja[0] + lead.start(), unit.ja[0] + lead.end()),
                en=pair.passage("en", unit.bead).span(en.start, en.end),
                confidence=0.8,
            )


def _durations(pair: Pair, lang: Lang, unit: Unit) -> list[Quantity]:
    """The durations of a unit, from the values of its passage, which are read once for all checks."""
    start, end = unit.ja if lang == "ja" else unit.en
    return [q for q in pair.values(lang, unit.bead) if q.kind == "duration" and start <= q.start and q.end <= end]


CHECK = Check(
    code="ACC106",
    name="anchor-mismatch",
    mqm="accuracy/omission",
    severity=Severity.major,
    doc=__doc__,
    doc_ja="期間の起算点又は終期となる出来事が、他方の言語にない。\n\nなぜ問題か：「効力発生の日の後一年以内」と「一年以内」とでは期間の始まりが異なり、期限を誤る。\n\n対処：どの時から（又はどの時まで）の期間であるかを書く。",
    find=find,
    examples=(
        Example(
            ja="両者は、第二回の会合を⟦六か月⟧以内に開催する。",
            en="The Sides will hold the second meeting within six months ⟦after the first exchange of notes⟧.",
        ),
        Example(
            ja="両者は、公文の最初の交換の後六か月以内に第二回の会合を開催する。",
            en="The Sides will hold the second meeting within six months after the first exchange of notes.",
        ),
        Example(
            ja="両者は、⟦この取決めの署名の日から⟧三十日以内に名簿を交換する。",
            en="The Sides will exchange their lists within ⟦thirty days⟧.",
        ),
        Example(
            ja="受領した締約国は、三十日以内に回答する。",
            en="The receiving Party shall reply within thirty days of receipt.",
        ),
    ),
)
