"""A date of one text is another date, or none, in the other.

Why it matters: dates fix when an instrument binds and which instrument is meant. Eras are converted (令和8年 is 2026); a
lost day or year counts.

What to do: write the date of the governing text.
"""

from __future__ import annotations

from collections.abc import Iterator

from mocalign.checks.base import Check, Example, Hit
from mocalign.checks.values import divergences, written
from mocalign.config import Config
from mocalign.model import Severity
from mocalign.pair import Pair

__all__ = ["CHECK"]


def find(pair: Pair, config: Config) -> Iterator[Hit]:
    """Yield each date that the other side does not answer with the same date."""
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
        Example(ja="⟦2024年3月⟧日付けの書簡", en="the letter dated ⟦5 March 2024⟧"),
        Example(ja="2024年3月5日付けの書簡", en="the letter dated 5 March 2024"),
        Example(ja="令和八年四月一日に効力を生ずる。", en="It enters into force on April 1, 2026."),
        Example(ja="⟦令和八年四月一日⟧に効力を生ずる。", en="It enters into force on ⟦April 1, 2025⟧."),
        Example(ja="令和7年8月20日から22日まで開催する。", en="It will be held from 20 to 22 August 2025."),
        Example(ja="締約国は、終了させることができる。", en="The Parties may terminate it."),
    ),
)
