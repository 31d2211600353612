"""A word is rendered by its opposite: import by 輸出, deemed by 推定する.

Why it matters: such a slip turns the clause round and reads perfectly well in Japanese.

What to do: write the word of the governing text. A pair is reported only when the English has one word of it and the
Japanese only the other.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from mocalign import data
from mocalign.checks.base import Check, Example, Hit
from mocalign.checks.near import links
from mocalign.checks.units import units
from mocalign.config import Config
from mocalign.model import Severity
from mocalign.pair import Pair

__all__ = ["CHECK"]

_Side = tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]

_SEVERITY = {"": Severity.critical, "critical": Severity.critical, "major": Severity.major, "minor": Severity.minor}


def _side(en: str, ja: str, also: str) -> _Side:
    """English words, their Japanese, and all that may answer them."""
    return re.compile(rf"\b(?:{en})\b", re.I), re.compile(ja), re.compile(f"{ja}|{also}" if also else ja)


@lru_cache(maxsize=1)
def _pairs() -> tuple[tuple[_Side, _Side, Severity], ...]:
    out = []
    for row in data.rows("opposites"):
        first = _side(row["en"], row["ja"], row["ja_also"])
        second = _side(row["en_opposite"], row["ja_opposite"], row["ja_opposite_also"])
        severity = _SEVERITY[row["severity"]]
        out.append((first, second, severity))
        if not row["severity"]:
            out.append((second, first, severity))
    return tuple(out)


def find(pair: Pair, config: Config) -> Iterator[Hit]:
    """Yield each word that stands opposite to its English counterpart."""
    for unit in units(pair):
        for (en, _, ja), (en_other, ja_other, _), severity in _pairs():
            there = en.search(unit.en_text)
            if there is None or en_other.search(unit.en_text) or ja.search(unit.ja_text):
                continue
            wrong = ja_other.search(unit.ja_text)
            if wrong is None or _denied(unit.en_text, there) or _denied_ja(unit.ja_text, wrong):
                continue
            a = pair.passage("ja", unit.bead).span(unit.ja[0] + wrong.start(), unit.ja[0] + wrong.end())
            b = pair.passage("en", unit.bead).span(unit.en[0] + there.start(), unit.en[0] + there.end())
            if any(y.overlaps(b) and not x.overlaps(a) for x, y in links(pair, unit.bead)):
                continue  # the English word has its own counterpart
            yield Hit(
                f"English “{b.text}”, Japanese {a.text}: the opposite.",
                f"英文は「{b.text}」、和文は「{a.text}」で、意味が逆である。",
                ja=a,
                en=b,
                confidence=0.8 if severity is Severity.critical else 0.75,
                severity=severity,
            )


def _denied(text: str, m: re.Match[str]) -> bool:
    return (
        re.search(r"\b(?:not|no|never|without|cease to|fail to)\W+(?:\w+\W+){0,3}$", text[: m.start()], re.I)
        is not None
    )


def _denied_ja(text: str, m: re.Match[str]) -> bool:
    return re.match(r"[^、。]{0,8}(?:ない|ず|なく|ません|ぬ)", text[m.end() :]) is not None


CHECK = Check(
    code="ACC206",
    name="opposite-word",
    mqm="accuracy/mistranslation",
    severity=Severity.critical,
    doc=__doc__,
    doc_ja="語が反対の意味の語で訳されている。\n\nなぜ問題か：輸入と輸出、みなすと推定するの取違えは、和文だけを読んでも気付かない。\n\n対処：正文の語に合わせる。英文に一方だけがあり、和文に反対の語だけがある場合に限って報告する。",
    find=find,
    examples=(
        Example(ja="⟦輸出⟧に係る手数料は、無料とする。", en="Fees for ⟦importation⟧ are waived."),
        Example(ja="輸入に係る手数料は、無料とする。", en="Fees for importation are waived."),
        Example(ja="受領されたものと⟦みなす⟧。", en="It shall be ⟦presumed⟧ to have been received."),
        Example(ja="輸入及び輸出を管理する。", en="It controls imports and exports."),
    ),
)
