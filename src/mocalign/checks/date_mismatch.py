"""A date of one text is another date, or none, in the other.

Why it matters: dates fix when an instrument binds and which instrument is meant. Eras are converted (令和8年 is 2026); a
lost day or year counts.

What to do: write the date of the governing text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from mocalign.checks.base import Check, Example, Hit
from mocalign.checks.values import divergences, written
from mocalign.config import Config
from mocalign.model import Severity
from mocalign.pair import Pair

__all__ = ["CHECK"]


_DAYS_EN = re.compile(r"\b(Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)days?\b", re.I)
_DAYS_JA = re.compile(r"([月火水木金土日])曜日?")
_DAYS = dict(zip("月火水木金土日", ("mon", "tues", "wednes", "thurs", "fri", "satur", "sun"), strict=True))


def _weekdays(pair: Pair) -> Iterator[Hit]:
    """Days of the week that stand on either side of a bead and differ."""
    for number, bead in enumerate(pair.beads):
        if not (bead.ja and bead.en):
            continue
        ja_passage, en_passage = pair.passage("ja", number), pair.passage("en", number)
        ja, en = list(_DAYS_JA.finditer(ja_passage.text)), list(_DAYS_EN.finditer(en_passage.text))
        said_ja, said_en = {_DAYS[m[1]] for m in ja}, {m[1].lower() for m in en}
        if len(said_ja) != len(said_en) or said_ja == said_en:
            continue
        a = next(m for m in ja if _DAYS[m[1]] not in said_en)
        b = next(m for m in en if m[1].lower() not in said_ja)
        yield Hit(
            f"English “{b[0]}”, Japanese {a[0]}.",
            f"英文は「{b[0]}」、和文は「{a[0]}」。",
            ja=ja_passage.span(*a.span()),
            en=en_passage.span(*b.span()),
            confidence=0.9,
        )


def find(pair: Pair, config: Config) -> Iterator[Hit]:
    """Yield each date that the other side does not answer with the same date."""
    yield from _weekdays(pair)
    for d in divergences(pair):
        if d.sort != "date":
            continue
        ja = written(pair, "ja", d.bead, d.ja) if d.ja else None
        en = written(pair, "en", d.bead, d.en) if d.en else None
        if ja and en:
            message = f"English “{en.text}”, Japanese {ja.text}."
            message_ja = f"英文は「{en.text}」、和文は「{ja.text}」。"
        elif en:
            message = f"The date “{en.text}” is not in the Japanese."
            message_ja = f"英文の日付「{en.text}」が和文にない。"
        else:
            text = ja.text if ja else ""
            message, message_ja = f"The date {text} is not in the English.", f"和文の日付「{text}」が英文にない。"
        yield Hit(message, message_ja, ja=ja, en=en, confidence=d.confidence)


CHECK = Check(
    code="ACC102",
    name="date-mismatch",
    mqm="accuracy/mistranslation/date-time",
    severity=Severity.major,
    doc=__doc__,
    doc_ja="日付が他方の文と異なるか、他方にない。\n\nなぜ問題か：日付は効力の時期や引用する文書を定める。元号は西暦に直して比べる。\n\n対処：正文の日付に合わせる。",
    find=find,
    examples=(
        Example(ja="会合は、⟦火曜日⟧に開く。", en="The meeting is held on ⟦Thursday⟧."),
        Example(ja="会合は、月曜から金曜までに開く。", en="The meeting is held from Monday to Friday."),
        Example(ja="⟦2024年3月⟧日付けの書簡", en="the letter dated ⟦5 March 2024⟧"),
        Example(
            ja="会合は、3月4日、5日及び9日並びに4月2日に開いた。",
            en="Meetings were held on 4th, 5th and 9th March and 2nd April.",
        ),
        Example(ja="会合は、3月4日、⟦5日⟧及び9日に開いた。", en="Meetings were held on 4th, ⟦6th⟧ and 9th March."),
        Example(
            ja="昨年12月の会合は、10時から正午まで開いた。",
            en="The meeting last December was held from 10 a.m. to noon.",
        ),
        Example(
            ja="開催日は2024/8/3（土）及び8/4（日）、時間は①10:00～12:00 ②13:30～15:30とする。",
            en="The dates are Saturday, August 3 and Sunday, August 4, 2024; the time is (1) 10:00 to 12:00, (2) 13:30 to 15:30.",
        ),
        Example(ja="2024年3月5日付けの書簡", en="the letter dated 5 March 2024"),
        Example(ja="令和八年四月一日に効力を生ずる。", en="It enters into force on April 1, 2026."),
        Example(ja="⟦令和八年四月一日⟧に効力を生ずる。", en="It enters into force on ⟦April 1, 2025⟧."),
        Example(ja="令和7年8月20日から22日まで開催する。", en="It will be held from 20 to 22 August 2025."),
        Example(ja="締約国は、終了させることができる。", en="The Parties may terminate it."),
    ),
)
