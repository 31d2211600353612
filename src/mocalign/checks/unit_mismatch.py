"""The figure is the same and the unit is another: days for business days, yen for dollars.

Why it matters: 30 business days are six weeks, 30 days are four; readers see the familiar figure and read on.

What to do: write the unit of the governing text.
"""

from __future__ import annotations

from collections.abc import Iterator

from mocalign.checks.base import Check, Example, Hit
from mocalign.checks.frequency import frequencies_en, frequencies_ja
from mocalign.checks.units import units
from mocalign.checks.values import divergences, written
from mocalign.config import Config
from mocalign.model import Severity
from mocalign.pair import Pair

__all__ = ["CHECK"]


def find(pair: Pair, config: Config) -> Iterator[Hit]:
    """Yield each pair of equal figures with units that differ, and how often where it differs."""
    yield from _frequencies(pair)
    for d in divergences(pair):
        if d.sort == "unit" and d.ja and d.en:
            ja, en = written(pair, "ja", d.bead, d.ja), written(pair, "en", d.bead, d.en)
            yield Hit(
                f"The figure is the same, the unit is not: English “{en.text}”, Japanese {ja.text}.",
                f"数値は同じで単位が異なる。英文は「{en.text}」、和文は「{ja.text}」。",
                ja=ja,
                en=en,
                confidence=d.confidence,
            )


def _frequencies(pair: Pair) -> Iterator[Hit]:
    for unit in units(pair):
        ja, en = frequencies_ja(unit.ja_text), frequencies_en(unit.en_text)
        if len(ja) != 1 or len(en) != 1 or ja[0][0] == en[0][0]:
            continue
        a = pair.passage("ja", unit.bead).span(unit.ja[0] + ja[0][1], unit.ja[0] + ja[0][2])
        b = pair.passage("en", unit.bead).span(unit.en[0] + en[0][1], unit.en[0] + en[0][2])
        yield Hit(
            f"English “{b.text}”, Japanese {a.text}: not as often.",
            f"英文は「{b.text}」、和文は「{a.text}」で、頻度が異なる。",
            ja=a,
            en=b,
            confidence=0.82,
        )


CHECK = Check(
    code="ACC103",
    name="unit-mismatch",
    mqm="accuracy/mistranslation/unit-conversion",
    severity=Severity.major,
    doc=__doc__,
    doc_ja="数値は同じで単位が異なる。\n\nなぜ問題か：30営業日と30日では期限が異なる。数値が合っているため見落とされやすい。\n\n対処：正文の単位に合わせる。",
    find=find,
    examples=(
        Example(ja="委員会は、⟦二年に一回⟧会合する。", en="The committee meets ⟦twice a year⟧."),
        Example(ja="委員会は、年に二回会合する。", en="The committee meets twice a year."),
        Example(ja="委員会は、隔年で会合する。", en="The committee meets once every two years."),
        Example(ja="委員会は、半年に一回会合する。", en="The committee meets twice in each year."),
        Example(
            ja="受領の日から⟦30日⟧以内に回答する。", en="A reply shall be given within ⟦30 business days⟧ of receipt."
        ),
        Example(
            ja="受領の日から30営業日以内に回答する。", en="A reply shall be given within 30 working days of receipt."
        ),
        Example(ja="上限は⟦50万円⟧とする。", en="The ceiling is ⟦USD 500,000⟧."),
        Example(ja="有効期間は、一年とする。", en="It is valid for twelve months."),
    ),
)
