"""A date cannot be: no such day, no such year of the era, a day left out, a weekday that does not fit.

Why it matters: 昭和65年 or 30 February names no day at all; the date of a signature or of entry into force must.

What to do: check the date against the original.
"""

from __future__ import annotations

import calendar
import datetime
import re
from collections.abc import Iterator

from mocalign.checks.base import Check, Example, Hit
from mocalign.config import Config
from mocalign.kanji import kanji_number
from mocalign.model import Severity
from mocalign.pair import Pair

__all__ = ["CHECK"]

# Era, first day, last day (元号: cabinet orders on the change of era).
_ERAS = {
    "明治": (datetime.date(1868, 1, 25), datetime.date(1912, 7, 30)),
    "大正": (datetime.date(1912, 7, 30), datetime.date(1926, 12, 25)),
    "昭和": (datetime.date(1926, 12, 25), datetime.date(1989, 1, 7)),
    "平成": (datetime.date(1989, 1, 8), datetime.date(2019, 4, 30)),
    "令和": (datetime.date(2019, 5, 1), datetime.date(2119, 12, 31)),
}
_N = r"[0-9〇零一二三四五六七八九十百千]+"
_DATE = re.compile(
    rf"(?:(?P<era>明治|大正|昭和|平成|令和)(?P<eyear>元|{_N})年|(?P<year>[0-9]{{4}}|[〇一二三四五六七八九]{{4}}|[一二]千[〇一二三四五六七八九十百]*)年)?"
    rf"(?:(?P<month>{_N})月(?:(?P<day>{_N})日)?)?"
    r"(?P<week>[（(][月火水木金土日](?:曜日?)?[)）]|[月火水木金土日]曜日)?"
)
_LOST = re.compile(rf"(?:[0-9]{{2,4}}|[〇一二三四五六七八九十百千]{{2,}})年(?:{_N}月日|月{_N}?日)")
_RUN = re.compile(
    r"(?P<year>千[一二三四五六七八九]?百?[一二三四五六七八九十]{2,}|[一二]千[〇一二三四五六七八九十百]{3,})月(?P<day>[一二三四五六七八九十]+日)?"
)
_MONTHS = "January February March April May June July August September October November December".split()
_DAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()
_EN = re.compile(
    rf"(?:(?P<week>{'|'.join(_DAYS)}),?\s+(?:the\s+)?)?(?:(?P<d1>\d{{1,2}})(?:st|nd|rd|th)?(?:\s+day\s+of|\s+of)?\s+(?P<m1>{'|'.join(_MONTHS)}),?(?:\s+(?P<y1>\d{{4}}))?"
    rf"|(?P<m2>{'|'.join(_MONTHS)})\s+(?P<d2>\d{{1,2}})(?:st|nd|rd|th)?(?:,?\s+(?P<y2>\d{{4}}))?)\b"
)


def find(pair: Pair, config: Config) -> Iterator[Hit]:
    """Yield dates that no calendar holds."""
    for segment in pair.ja.segments if pair.has_japanese else ():
        view = pair.body(pair.ja, segment)  # 二　十二月一日: the mark of the item is no part of the date
        text = view.text
        if "月" not in text and "年" not in text and "曜" not in text:
            continue
        for match in _LOST.finditer(text):
            if "年月" in match[0] and match[0].endswith("年月日"):
                continue
            yield Hit(
                f"In {match[0]} a figure of the date is missing.",
                f"「{match[0]}」の日付に数字が欠けている。",
                ja=view.span(*match.span()),
                confidence=0.93,
            )
        for match in _RUN.finditer(text):
            if kanji_number(match["year"]) is not None and (kanji_number(match["year"]) or 0) <= 12:
                continue
            cut = re.fullmatch(r"(.*[一二三四五六七八九十])十?([一二三四五六七八九]|十[一二]?)", match["year"])
            new = None
            for at in range(len(match["year"]) - 2, 2, -1):
                head, tail = match["year"][:at], match["year"][at + 1 :]
                year, month = kanji_number(head), kanji_number(tail)
                if match["year"][at] == "十" and year and month and 1850 <= year <= 2100 and 1 <= month <= 12:
                    new = f"{head}年{tail}月{match['day'] or ''}"
                    break
            if cut is None:
                continue
            yield Hit(
                f"{match[0]} is no date: {match['year']} is no month.",
                f"「{match[0]}」は日付として読めない（「{match['year']}月」という月はない）。",
                ja=view.span(*match.span()),
                confidence=0.92,
                suggestion=new,
            )
        for match in _DATE.finditer(text):
            wrong = _wrong_ja(match)
            if wrong is None:
                continue
            yield Hit(
                f"{match[0]}: {wrong[0]}.",
                f"「{match[0]}」：{wrong[1]}。",
                ja=view.span(*match.span()),
                confidence=0.95,
            )
    for segment in pair.en.segments if pair.has_english else ():
        view = pair.view(pair.en, segment)
        for match in _EN.finditer(view.text):
            month = _MONTHS.index(match["m1"] or match["m2"]) + 1
            day, year = int(match["d1"] or match["d2"]), int(match["y1"] or match["y2"] or 0)
            wrong = _wrong(year, month, day, _DAYS.index(match["week"]) if match["week"] else None)
            if wrong is not None:
                yield Hit(
                    f"{match[0]}: {wrong[0]}.",
                    f"“{match[0]}”：{wrong[1]}。",
                    en=view.span(*match.span()),
                    confidence=0.95,
                )


def _wrong(year: int, month: int, day: int, week: int | None) -> tuple[str, str] | None:
    if not 1 <= month <= 12:
        return f"there is no month {month}", f"{month}月は存在しない"
    last = calendar.monthrange(year or 2024, month)[1]
    if day and not 1 <= day <= last:
        return f"month {month} has {last} days", f"{month}月は{last}日まで"
    if week is not None and year and day:
        real = datetime.date(year, month, day).weekday()
        if real != week:
            return f"that day is a {_DAYS[real]}", f"その日は{'月火水木金土日'[real]}曜日である"
    return None


def _wrong_ja(match: re.Match[str]) -> tuple[str, str] | None:
    if not match["month"] and not match["era"]:
        return None
    before = match.string[max(0, match.start() - 1) : match.start()]
    after = match.string[match.end() : match.end() + 2]
    month = kanji_number(match["month"]) if match["month"] else 0
    day = kanji_number(match["day"]) if match["day"] else 0
    if month is None or day is None:
        return None
    if (
        match["month"]
        and not match["day"]
        and (after[:1] in "間前後以目" or month > 31 or not (match["year"] or match["era"]))
    ):
        if not match["era"]:
            return None
        month = 0
    if (
        match["month"]
        and not match["era"]
        and not match["year"]
        and before
        and before in "0123456789〇一二三四五六七八九十第・."
    ):
        return None
    year = 0
    if match["era"]:
        n = 1 if match["eyear"] == "元" else kanji_number(match["eyear"])
        if n is None:
            return None
        first, last = _ERAS[match["era"]]
        year = first.year + n - 1
        if n < 1 or year > last.year:
            top = last.year - first.year + 1
            return f"{match['era']} ended with its year {top}", f"{match['era']}は{top}年までである"
        if month and 1 <= month <= 12:
            low = datetime.date(year, month, min(day or 28, calendar.monthrange(year, month)[1]))
            if low < first or datetime.date(year, month, max(1, min(day or 1, 28))) > last:
                return (
                    f"{match['era']} ran from {first.isoformat()} to {last.isoformat()}",
                    f"{match['era']}は{first.isoformat()}から{last.isoformat()}までである",
                )
    elif match["year"]:
        year = kanji_number(match["year"]) or 0
    week = None
    if match["week"]:
        week = "月火水木金土日".index(match["week"].strip("（）()")[0])
    if not match["month"] or (not month and match["era"] and not match["day"]):
        return None
    return _wrong(year if 1 <= year <= 9999 else 0, month, day, week)


CHECK = Check(
    code="LOC001",
    name="impossible-date",
    mqm="locale-conventions/date-format",
    severity=Severity.major,
    needs="either",
    doc=__doc__,
    doc_ja="存在しない日付、元号の範囲外の年、日の欠落、曜日の不一致。\n\nなぜ問題か：署名や効力発生の日が定まらない。\n\n対処：原本と照合して直す。",
    find=find,
    examples=(
        Example(
            ja="休日は、次のとおりとする。\n\n一　毎月第三月曜日\n\n二　十二月二十九日から一月三日まで",
            presegmented=False,
        ),
        Example(ja="⟦昭和65年3月1日⟧に署名された協定"),
        Example(ja="⟦2026年2月30日⟧に署名した。"),
        Example(ja="⟦平成元年1月7日⟧に公布された。"),
        Example(ja="⟦2024年3月日⟧付けの書簡"),
        Example(ja="⟦千九百五十六十八月十日⟧に署名された協定", suggestion="千九百五十六年八月十日"),
        Example(ja="⟦2026年1月9日（月）⟧に会合する。"),
        Example(en="signed on ⟦30 February 2026⟧ in Tokyo"),
        Example(en="on ⟦Monday, 9 January 2026⟧"),
        Example(ja="2026年1月9日（金）に署名し、令和八年四月一日から六箇月間、二十四か月以内に13か月分を支払う。"),
        Example(ja="昭和64年1月7日及び平成31年4月30日並びに二千二十六年二月二十八日"),
        Example(en="signed on Friday, 9 January 2026 and on 29 February 2024"),
    ),
)
