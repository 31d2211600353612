"""How often something is done, in either language: twice a year, once every two years, 年に二回, 隔年."""

from __future__ import annotations

import re
from fractions import Fraction

from mocalign.quantities import kanji_value

__all__ = ["frequencies_en", "frequencies_ja"]

Found = tuple[Fraction, int, int]  # times a month, where it stands

_N = r"[0-9〇一二三四五六七八九十]{1,3}"
_MONTHS_JA = {"年": 12, "会計年度": 12, "年度": 12, "月": 1, "箇月": 1, "か月": 1, "ヶ月": 1, "カ月": 1}
_JA = re.compile(
    rf"(?P<n>{_N})?(?P<u>年度|年|箇月|か月|ヶ月|カ月|月)間?(?:に(?:つき)?|ごとに)?、?(?:少なくとも|原則として|最低|最大|通常)?(?P<t>{_N})[回度](?!目|の会合の)"
    rf"|(?:毎|各)(?P<e>年度?|月)(?:に?(?:少なくとも|原則として|最低|通常)?(?P<et>{_N})[回度])?"
    rf"|隔(?P<o>年|月)|(?P<h>半年)(?:に(?:少なくとも)?(?P<ht>{_N})[回度]|ごと|毎)|年次(?=会合|会議|報告|総会|協議|審査|見直)"
)
_WORDS = {w: n for n, w in enumerate("zero one two three four five six seven eight nine ten eleven twelve".split())} | {
    "once": 1,
    "twice": 2,
    "thrice": 3,
    "a": 1,
    "an": 1,
}
_NUM = r"(?:\d{1,2}|one|two|three|four|five|six|seven|eight|nine|ten|twelve)"
_UNIT_EN = {"year": 12, "calendar year": 12, "fiscal year": 12, "financial year": 12, "month": 1}
_EN = re.compile(
    rf"\b(?P<t>once|twice|thrice|{_NUM} times?)(?:,? (?:in|a|an|per|each|every|during|within)){{1,2}} ?(?P<n>{_NUM}|other|second)? ?(?P<u>(?:calendar |fiscal |financial )?years?|months?)\b"
    rf"|\b(?:every|each) (?P<n2>{_NUM}|other|second)? ?(?P<u2>(?:calendar |fiscal |financial )?years?|months?)\b"
    rf"|\b(?P<w>annually|yearly|annual|monthly|quarterly|semi-?annually|half-yearly|biennially|biennial|bimonthly)\b",
    re.I,
)
_ADVERB = {
    "annually": Fraction(1, 12), "yearly": Fraction(1, 12), "annual": Fraction(1, 12), "monthly": Fraction(1), "quarterly": Fraction(1, 3),
    "semiannually": Fraction(1, 6), "semi-annually": Fraction(1, 6), "half-yearly": Fraction(1, 6), "biennially": Fraction(1, 24),
    "biennial": Fraction(1, 24), "bimonthly": Fraction(1, 2),
}  # fmt: skip


def frequencies_ja(text: str) -> list[Found]:
    """Times a month of each frequency in a folded Japanese text."""
    out: list[Found] = []
    for m in _JA.finditer(text):
        if m["u"]:
            if re.search(r"[第昭平令][〇一二三四五六七八九十0-9]*$", text[max(0, m.start() - 4) : m.start()]):
                continue
            span, times = kanji_value(m["n"]) if m["n"] else Fraction(1), kanji_value(m["t"])
            if not span or not times or span > 40:
                continue
            out.append((times / (span * _MONTHS_JA[m["u"]]), *m.span()))
        elif m["e"]:
            times = kanji_value(m["et"]) if m["et"] else Fraction(1)
            out.append(((times or Fraction(1)) / (12 if m["e"].startswith("年") else 1), *m.span()))
        elif m["o"]:
            out.append((Fraction(1, 24 if m["o"] == "年" else 2), *m.span()))
        elif m["h"]:
            out.append(((kanji_value(m["ht"]) or Fraction(1)) / 6 if m["ht"] else Fraction(1, 6), *m.span()))
        else:
            out.append((Fraction(1, 12), *m.span()))
    return out


def frequencies_en(text: str) -> list[Found]:
    """Times a month of each frequency in a folded English text."""
    out: list[Found] = []
    for m in _EN.finditer(text):
        if m["w"]:
            out.append((_ADVERB[m["w"].lower()], *m.span()))
            continue
        unit = (m["u"] or m["u2"]).lower().removesuffix("s").split()[-1]
        every = _count(m["n"] or m["n2"])
        times = _count(m["t"].split()[0]) if m["t"] else 1
        if every and times:
            out.append((Fraction(times, every * _UNIT_EN[unit]), *m.span()))
    return out


def _count(word: str | None) -> int:
    if word is None:
        return 1
    low = word.lower()
    if low in ("other", "second"):
        return 2
    return int(low) if low.isdigit() else _WORDS.get(low, 0)
