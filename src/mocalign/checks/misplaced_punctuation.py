"""A full stop or comma is missing, doubled or out of place.

Why it matters: two stops in a row or a sentence without its end show a cut or a paste; a reader looks for the lost words.

What to do: write one mark, in the place where the sentence ends or pauses.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from mocalign.checks.base import Check, Example, Hit
from mocalign.checks.tools import at, clean, documents, once, sides
from mocalign.config import Config
from mocalign.model import Segment, Severity
from mocalign.pair import Pair

__all__ = ["CHECK"]

_JA = re.compile(
    r"(?<!。)。[ \t　]*。(?!。)|(?<!、)、[ \t　]*、(?!、)|。、|、。|、(?=[）」』】])|(?<=[（「『【])[、。]|[・，][、。]|[、。][・，]|：：|；；"
)
_EN = re.compile(r"(?<!\.)\.\.(?!\.)|,,|;;|::|,\.|\.,(?! ?\d)|;\.|\s,(?=\s)|\s\.(?=\s|$)|\?\?|(?<=\w) ;(?=\s)")
_ABBREVIATION = re.compile(
    r"(?:etc|No|Nos|Inc|Ltd|Co|Corp|e\.g|i\.e|al|p|pp|Art|vol|St|Dr|Mr|Mrs|Ms)$|\b(?:[A-Za-z]\.)+[A-Za-z]$|\b[A-Z]$"
)
# A clause that ends so is a sentence.
_SENTENCE = re.compile(
    r"(?:する|した|ない|なかった|である|であった|できる|できない|ものとする|とする|される|された|ならない|という|いう|図る|行う|"
    r"努める|定める|有する|ある|あった|生ずる|生じる|負う|負担する|支払う|及ぼす|及ぼさない|基づく|従う|認める|求める|促す|与える|"
    r"ません|ます|ました|べきである|にすぎない|限りでない)$"
)
_LAST = re.compile(r"[。．.！？!?：:」』）)】〕…・、，,;；―─-]$")


def find(pair: Pair, config: Config) -> Iterator[Hit]:
    """Yield doubled and misplaced marks, and sentences without a full stop where the document writes it."""
    for lang, document in documents(pair):
        pattern = _JA if lang == "ja" else _EN
        for segment in document.segments:
            text = clean(segment)
            for match in pattern.finditer(text):
                old = match[0]
                marks = [c for c in old if not c.isspace()]
                if lang == "en" and old.startswith(".") and _ABBREVIATION.search(text[: match.start()]):
                    continue
                if lang == "en" and (text[max(0, match.start() - 1) : match.start()] in "._" or "\0" in old):
                    continue
                if lang == "ja" and old == "、":
                    new: str | None = ""
                elif len(set(marks)) == 1 and len(marks) == 2:
                    new = marks[0]
                elif "。" in marks:
                    new = "。"
                elif len(marks) == 1:
                    new = marks[0]
                else:
                    new = None
                if len(marks) == 1 and lang == "ja":
                    what, what_ja = f"{marks[0]} is out of place beside a bracket", f"括弧の隣に「{marks[0]}」がある"
                elif len(marks) == 1:
                    what, what_ja = f"a space stands before {marks[0]}", f"「{marks[0]}」の前に空白がある"
                elif len(set(marks)) == 1:
                    what, what_ja = f"{marks[0]} stands twice", f"「{marks[0]}」が重複している"
                else:
                    what, what_ja = f"{''.join(marks)} stand together", f"「{''.join(marks)}」と句読点が連続している"
                yield Hit(
                    f"Punctuation: {what}.",
                    f"句読点：{what_ja}。",
                    **sides(lang, at(segment, match.start(), match.end())),
                    confidence=0.85 if len(marks) == 2 else 0.7,
                    suggestion=new,
                )
    if pair.has_japanese and once(pair, "stops", _stops):
        for segment in pair.ja.segments:
            headed = segment.kind == "heading"  # an article without its full stop looks like a heading
            if segment.kind not in ("paragraph", "item", "note") and not (headed and len(segment.text) > 24):
                continue
            view = pair.body(pair.ja, segment)
            text = view.text.rstrip()
            if len(text) < 8 or _LAST.search(text) or not _SENTENCE.search(text) or segment.seams:
                continue
            if not re.search(r"(?:は|が)、.*[^、]{3}$" if headed else r"[はがを、]", text):
                continue
            if headed and (not segment.label or _answers_heading(pair, segment)):
                continue
            if _bare(pair, segment):
                continue  # nor does the English close the line: a heading, a list without full stops
            listed = segment.kind == "item" or re.match(r"[*・•●○-]", segment.text)
            if listed and not _stopped(pair, segment):
                continue  # a list whose items go without
            size = min(4, len(text))
            yield Hit(
                "The sentence has no full stop, unlike the others of this document.",
                "文末に句点「。」がない（本文の他の文にはある）。",
                ja=view.span(len(text) - size, len(text)),
                confidence=0.8,
                suggestion=view.span(len(text) - size, len(text)).text + "。",
            )


def _bare(pair: Pair, segment: Segment) -> bool:
    """Whether the English that a line answers ends without any mark."""
    number = pair.bead_of.get(("ja", segment.index), -1)
    if number < 0 or len(pair.beads[number].ja) != 1 or not pair.beads[number].en:
        return False
    return pair.body(pair.en, pair.beads[number].en[-1]).text.rstrip(" *_")[-1:].isalnum()


def _answers_heading(pair: Pair, segment: Segment) -> bool:
    """Whether the English of a paragraph is a heading too: one that is a whole sentence."""
    number = pair.bead_of.get(("ja", segment.index), -1)
    return number >= 0 and any(s.kind == "heading" for s in pair.beads[number].en)


def _stopped(pair: Pair, segment: Segment) -> bool:
    """Whether the other items of the list this segment stands in mostly end with a full stop."""
    if segment.label:
        items = [
            s for s in pair.ja.segments if s.kind == "item" and s is not segment and len(s.label) == len(segment.label)
        ]
        peers = [s for s in items if s.label[:-1] == segment.label[:-1]]
        told = [pair.body(pair.ja, s).text.rstrip() for s in (peers if len(peers) > 1 else items)]
        told = [text for text in told if text.endswith("。") or _SENTENCE.search(text)]
        return sum(text.endswith("。") for text in told) * 2 > len(told) > 0
    around = []
    for step in (-1, 1):
        index = segment.index + step
        while 0 <= index < len(pair.ja.segments) and pair.ja.segments[index].kind in ("item", segment.kind):
            around.append(pair.body(pair.ja, pair.ja.segments[index]).text.rstrip().endswith("。"))
            index += step
            if len(around) >= 12 or (not around[-1] and segment.kind != "item"):
                break
    return bool(around) and sum(around) * 2 > len(around)


def _stops(pair: Pair) -> bool:
    """Whether the document closes its sentences with 。."""
    ends = [
        pair.body(pair.ja, s).text.rstrip()[-1:]
        for s in pair.ja.segments
        if s.kind in ("paragraph", "item") and _SENTENCE.search(pair.body(pair.ja, s).text.rstrip("。 "))
    ]
    closed = sum(1 for e in ends if e == "。")
    return closed >= 2 and closed >= 4 * (len(ends) - closed)


CHECK = Check(
    code="DES005",
    name="misplaced-punctuation",
    mqm="linguistic-conventions/punctuation",
    severity=Severity.minor,
    needs="either",
    doc=__doc__,
    doc_ja="句読点の欠落・重複・位置の誤り。\n\nなぜ問題か：文が切れたり貼り付けられたりした跡であり、語の脱落が疑われる。\n\n対処：正しい位置に一つだけ置く。",
    find=find,
    examples=(
        Example(ja="当事者は、情報を交換する⟦。。⟧", suggestion="。"),
        Example(ja="当事者は⟦、、⟧情報を交換する。", suggestion="、"),
        Example(
            ja="当事者は、情報を交換する。\n当事者は、専門家を派遣する。\n当事者は、費用を負担する。\n当事者は、協議する。\n当事者は、会合を⟦開催する⟧"
        ),
        Example(en="The Participants will exchange data⟦..⟧", suggestion="."),
        Example(en="The Participants⟦ ,⟧ will exchange data.", suggestion=","),
        Example(ja="当事者は、情報を交換する。\n情報の交換\n次の事項を含む。"),
        Example(
            ja="会費を納める。\n\n会議を開く。\n\n記録を保管する。\n\n- 相手の話を遮って責める\n- 人前で笑い物にする\n- 他の事由",
            presegmented=False,
        ),
        Example(ja="では、その先はどうなるのか。。。次の節で答える。"),
        Example(
            ja="会費を納める。\n会議を開く。\n記録を保管する。\n申請は書面によらなければならない",
            en="Fees are paid.\nA meeting is held.\nRecords are kept.\nApplications Must Be in Writing",
        ),
        Example(en="Open from 2:00 p.m. to 5:30 p.m., and in the U.S., by appointment."),
        Example(en="The Participants will exchange data, etc. They may also meet … as needed, e.g., yearly."),
    ),
)
