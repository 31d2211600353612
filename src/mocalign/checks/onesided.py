"""What the checks of one-sided passages share."""

from __future__ import annotations

import re
from collections.abc import Iterator

from mocalign.aligner_evidence import words
from mocalign.checks.base import Hit
from mocalign.checks.tools import sides
from mocalign.model import Lang, Segment, Severity, Span
from mocalign.pair import Pair

__all__ = ["alone", "onesided", "ratio"]

_STATUS = re.compile(
    r"^\W*(?:仮訳|参考訳|仮翻訳|試訳|抄訳|和訳|日本語訳|参考仮訳|正文|原文|案|未定稿|目次|以上|別添|記|印|署名)\W*$"
    r"|^\W*(?:訳注|訳者注|訳者による注|編集注|注記?[:：]|editorial note|translator['’]?s note|note by the translator)"
    r"|^\W*(?:(?:provisional|tentative|unofficial|informal|courtesy) translation|translation|draft|contents|table of contents|\(?signed\)?|seal|signature)\W*$",
    re.I,
)
_NUMBERED = re.compile(r"[0-9０-９一二三四五六七八九十]|\b[IVXLC]+\b|\b[A-Z]\b")
_PAGE = re.compile(r"^\W*(?:page |p\. ?)?\d{0,4}(?:\W+(?:of )?\d{1,4})?\W*$", re.I)


def ratio(pair: Pair) -> float:
    """Japanese characters for one English character in the matched beads of this document; 0.4 when unknown."""

    def make() -> float:
        ja = en = 0
        for number, bead in enumerate(pair.beads):
            if bead.ja and bead.en:
                ja += len(pair.passage("ja", number).text)
                en += len(pair.passage("en", number).text)
        return ja / en if en > 400 else 0.4

    return pair.memo("length ratio", make)


def onesided(pair: Pair, lang: Lang) -> Iterator[tuple[Span, str, float]]:
    """Yield (span, kind, confidence) of each segment of a side that stands alone."""
    if not (pair.has_english and pair.has_japanese):
        return
    alone = [(n, b) for n, b in enumerate(pair.beads) if not (b.en if lang == "ja" else b.ja)]
    document = pair.ja if lang == "ja" else pair.en
    share = sum(len(b.ja) + len(b.en) for _, b in alone) / max(1, len(document.segments))
    for number, bead in alone:
        for segment in bead.ja if lang == "ja" else bead.en:
            text = pair.body(document, segment).text.strip(" *#-|")
            if not text and segment.kind == "heading" and not _NUMBERED.search(segment.span.text):
                text = segment.span.text.strip(" *#-|")  # 附則: a heading that is its own label
            if _runs_in(pair, number, segment, lang):
                continue
            if not any(c.isalpha() for c in text) or _STATUS.match(text) or _PAGE.match(text):
                continue
            confidence = 0.88
            if segment.kind in ("note", "caption", "signature"):
                confidence = 0.6
            elif len(text) < (6 if lang == "ja" else 14):
                confidence = 0.65
            if _absorbed(pair, number, text, lang, whole=segment.kind in ("heading", "title", "caption")):
                confidence *= 0.6
            if share > 0.4:
                confidence *= 0.7
            span = segment.span
            cut = len(span.text) - len(span.text.lstrip())
            yield span.sub(span.start + cut, span.start + len(span.text.rstrip())), segment.kind, confidence


def alone(pair: Pair, lang: Lang) -> Iterator[Hit]:
    """Yield a hit for each segment of a side that has no counterpart; what only labels or signs is minor."""
    limit = 40 if lang == "ja" else 60
    left, right, other, other_ja = ("「", "」", "English", "英文") if lang == "ja" else ("“", "”", "Japanese", "和文")
    for span, kind, confidence in onesided(pair, lang):
        short = span.text if len(span.text) <= limit else span.text[: limit - 2].rstrip() + "…"
        yield Hit(
            f"{left}{short}{right} has no counterpart in the {other}.",
            f"「{short}」に当たる部分が{other_ja}にない。",
            **sides(lang, span),
            confidence=confidence,
            severity=Severity.minor if kind in ("heading", "note", "caption", "signature") else None,
            rests_on_bead=False,
        )


_LEAD = re.compile(r"[-*・•\s]*(?:\*\*[^*\n]{1,60}\*\*|[^\s。、.,][^。、.\n]{1,40}?\s[—–―]\s)")


def _runs_in(pair: Pair, number: int, segment: Segment, lang: Lang) -> bool:
    """Whether a line of its own ("**With consent:**") answers the words with which the other side's next paragraph begins."""
    text = segment.text.strip()
    if len(text) > 60 or not re.search(r"[:：](?:\*\*)?$", text) or number + 1 >= len(pair.beads):
        return False
    bead = pair.beads[number + 1]
    there = bead.ja if lang == "en" else bead.en
    return bool(bead.ja and bead.en) and _LEAD.match(there[0].text) is not None


def _absorbed(pair: Pair, number: int, text: str, lang: Lang, *, whole: bool) -> bool:
    """Whether a neighbouring bead is so long on the other side that it may hold this passage, and holds words of it.

    All of them where the `whole` must be there: a heading.
    """
    factor, size = ratio(pair), len(text)
    for step in (-1, 1):
        at = number + step
        while 0 <= at < len(pair.beads) and not (pair.beads[at].ja and pair.beads[at].en):
            at += step
        if not 0 <= at < len(pair.beads):
            continue
        ja, en = len(pair.passage("ja", at).text), len(pair.passage("en", at).text)
        expected, extra, there = (en * factor, size * factor, ja) if lang == "en" else (ja / factor, size / factor, en)
        if there > expected * 1.1 + extra * 0.6 and extra > 8:
            here = pair.passage("ja" if lang == "en" else "en", at).text
            held, spoken = words([here], [text]) if lang == "en" else words([text], [here])
            mine = len(spoken[0] if lang == "en" else held[0])
            if not mine or len(held[0] & spoken[0]) >= (mine if whole else mine / 2 if lang == "en" else 1):
                return True
    return False
