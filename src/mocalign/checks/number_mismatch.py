"""A figure of one text has no equal in the other.

Why it matters: a changed figure changes what was promised: fifty per cent is not twenty, six copies are not two. Figures
are compared as values, so 二十五, ２５, "twenty-five (25)" and 25 are the same, and 両国 answers "the two countries".

What to do: put the figure of the governing text into the other one. Where the figure moved to a neighbouring paragraph
nothing is reported.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from mocalign import quantities
from mocalign.checks.base import Check, Example, Hit
from mocalign.checks.values import divergences, written
from mocalign.config import Config
from mocalign.model import Severity
from mocalign.pair import Pair

__all__ = ["CHECK"]


_TWICE = re.compile(
    r"\b(?P<w>(?:(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)[- ])?(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen)|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety) \((?P<f>\d{1,3})\)(?= [a-z])",
    re.I,
)


def _twice(pair: Pair) -> Iterator[Hit]:
    """Figures written in words and in digits that disagree: six (5)."""
    for number, bead in enumerate(pair.beads):
        if not bead.en:
            continue
        passage = pair.passage("en", number)
        for m in _TWICE.finditer(passage.text):
            words = quantities.read_en(m["w"] + " persons")
            if words and words[0].value != int(m["f"]):
                span = passage.span(*m.span())
                yield Hit(
                    f"“{span.text}”: words and figure disagree.",
                    f"「{span.text}」は、綴りと数字が食い違っている。",
                    en=span,
                    confidence=0.9,
                    rests_on_bead=False,
                )


def find(pair: Pair, config: Config) -> Iterator[Hit]:
    """Yield each figure that the other side answers with another one, or not at all."""
    yield from _twice(pair)
    for d in divergences(pair):
        if d.sort != "number":
            continue
        ja = written(pair, "ja", d.bead, d.ja) if d.ja else None
        en = written(pair, "en", d.bead, d.en) if d.en else None
        if ja and en:
            message = f"English “{en.text}”, Japanese {ja.text}."
            message_ja = f"英文は「{en.text}」、和文は「{ja.text}」。"
        elif en:
            message = f"English “{en.text}” has no equal in the Japanese."
            message_ja = f"英文の「{en.text}」に当たる数値が和文にない。"
        else:
            text = ja.text if ja else ""
            message, message_ja = (
                f"Japanese {text} has no equal in the English.",
                f"和文の「{text}」に当たる数値が英文にない。",
            )
        lone = d.ja or d.en
        weak = (
            not (d.ja and d.en) and d.confidence <= 0.6 and lone is not None and lone.kind == "number" and not lone.unit
        )
        severity = Severity.neutral if weak or _counted(ja.text if ja and not en else "") else None
        yield Hit(message, message_ja, ja=ja, en=en, confidence=d.confidence, severity=severity)


def _counted(text: str) -> bool:
    """A small count that Japanese adds to an enumeration (この三つ, 三者), which the English names one by one."""
    return re.fullmatch(r"[二三四五六2-6] ?(?:つ|者|点|項目|種類)", text) is not None


CHECK = Check(
    code="ACC101",
    name="number-mismatch",
    mqm="accuracy/mistranslation/number",
    severity=Severity.major,
    doc=__doc__,
    doc_ja="一方の文の数値に等しい数値が他方にない。\n\nなぜ問題か：数値が変われば約束の内容が変わる。漢数字、全角数字、綴りの数は値として比べ、両国などに含まれる数も数える。\n\n対処：正文の数値に合わせる。",
    find=find,
    examples=(
        Example(ja="### 議題2　規約の改正", en="### Item 2: Amendment of the rules", presegmented=False),
        Example(
            ja="区分1：100床 → レベル2：300床（法典第3104条(b)による。）",
            en="Level 1: 100 beds -> Level 2: 300 beds (Section 3104(b) of the Code)",
        ),
        Example(
            ja="Any amendment requires a three-quarter majority of the members present.",
            en="Any amendment requires a three-quarter majority of the members present.",
        ),
        Example(ja="期間は、六箇月とする。", en="The period is ⟦six (5)⟧ months."),
        Example(ja="更に⟦2回⟧、五年間更新される。", en="It is renewed once for five years by either side."),
        Example(
            ja="総会を代表する一又は二以上の会員をいう。", en="means a member or members who represent the assembly."
        ),
        Example(ja="１及び２の権利は、いかなる制限も受けない。", en="The above-mentioned rights are not restricted."),
        Example(
            ja="価額の⟦20パーセント⟧を超えてはならない。", en="The value shall not exceed ⟦50 per cent⟧ of the price."
        ),
        Example(
            ja="価額の五十パーセントを超えてはならない。", en="The value shall not exceed 50 per cent of the price."
        ),
        Example(
            ja="委員会は、委員⟦六⟧人で構成する。".replace("⟦六⟧人", "⟦六人⟧"),
            en="The committee is composed of ⟦five⟧ members.",
        ),
        Example(ja="委員会は、委員5人で構成する。", en="The committee is composed of five (5) members."),
        Example(
            ja="両国は、第三者に一切の情報を提供しない。",
            en="The two countries will not provide any information to a third party.",
        ),
        Example(
            ja="参加者は2万5,000人、予算は1億2,000万円である。",
            en="There are 25,000 participants, with a budget of 120 million yen.",
        ),
        Example(
            ja="一方の当事者は、他方の当事者に十分な資料を提供する。",
            en="One Participant will provide the other with sufficient data.",
        ),
        Example(ja="期間は⟦三箇月⟧とする。", en="The period is ⟦six months⟧."),
    ),
)
