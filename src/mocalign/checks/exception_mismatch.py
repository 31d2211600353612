"""An exception was lost, added, or turned into its opposite (除く for 含む).

Why it matters: without "except for" a reservation covers the very services it leaves out.

What to do: restore を除く, 以外の, …ない限り or remove it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from mocalign.checks.base import Check, Example, Hit
from mocalign.checks.denials import linked
from mocalign.checks.near import answers, links
from mocalign.checks.units import Unit, units
from mocalign.config import Config
from mocalign.model import Severity, Span
from mocalign.pair import Pair

__all__ = ["CHECK"]

_STRONG_EN = re.compile(
    r"\b(?:except(?:ing|ed)?(?! (?:ional|ion))|with the exceptions? of|excluding|exclud(?:es?|ed)|exclusive of|other than|apart from|aside from|save (?:for|as|where|when|in|those|that))\b",
    re.I,
)
_ANSWER_EN = re.compile(
    r"\bexcept\w*|\bexclud\w+|\bexclusi\w+|\bother\b|\bothers\b|\bapart\b|\baside\b|\bsave\b|\bunless\b|\botherwise\b|\bnot\b|\bno\b|\bnor\b|\bwithout\b|\bonly\b|\boutside\b|\bbeyond\b|\bbut\b|\bnon-?\w*"
    r"|\bexempt\w*|\bremov\w+|\beliminat\w+|\bdelet\w+|\bnet\b|\brather\b|\binstead\b|\bneither\b|\bfree\b|\bdisregard\w*|\bunaffected\b|\bnotwithstanding\b|\bbarring\b|\bless\b|\bremainder\b|\brest\b|\bclear\w*",
    re.I,
)
_ANSWER_JA = re.compile(
    r"除|以外|ほか|他の|その他|例外|別段|別途|別に|限り|限る|限って|のみ|だけ|ただし|免|対象外|外(?:の|で|に)|適用し?な|適用され|及ばな|含ま(?:な|ず|れな)|含めな|ない(?:場合|とき|限)|なければ|しない|でない|異なる|別の|別なく|非|不|無|未|ことなく|を問わ|かかわらず"
)
_UNLESS_JA = re.compile(
    r"(?:ない|ぬ|なき)限り|限りで(?:は)?な|除|以外|ない(?:場合|とき|かぎり|とする)|なければ|ざれば|別段|別途|反対|ただし|までは|まで(?:の間)?(?=、|効|有|引)|後で(?:は|なければ)|ことなく|なしに|なく(?:して|、)|ときは(?:、)?この限り|ずに|得て(?:のみ|から)|なくば|経て"
)
_EXC_JA = re.compile(
    r"を?除(?:く|き、|いた|いて|外(?:する|し|さ|の))|以外の|(?:は|を)含まない|(?:は|を)含まず|含めない"
)


def find(pair: Pair, config: Config) -> Iterator[Hit]:
    """Yield each exception or inclusion that the other side does not answer."""
    for unit in units(pair):
        yield from _unit(pair, unit)


def _unit(pair: Pair, unit: Unit) -> Iterator[Hit]:
    strong = list(_STRONG_EN.finditer(unit.en_text))
    exc_ja = list(_EXC_JA.finditer(unit.ja_text))
    inc_en, inc_ja = unit.of("en", "include"), unit.of("ja", "include")
    if strong and not exc_ja and inc_ja and len(inc_ja) > len(inc_en) + unit.count("en", "notlimited"):
        cue = inc_ja[0]
        yield _hit(pair, unit, (cue.start - unit.ja[0], cue.end - unit.ja[0]), strong[0].span(), 0.88, turned=True)
    elif (
        exc_ja
        and not strong
        and not re.search(
            r"\b(?:an)?others?\b|\boutside\b|\belse\b|\bwithout\b|\bnot\b(?! (?:be )?(?:limited|restricted))|\bno\b|-free\b",
            unit.en_text,
            re.I,
        )
        and inc_en
        and len(inc_en) > len(inc_ja)
        and len(exc_ja) + unit.count("ja", "unless")
        > len([c for c in unit.of("en", "unless", "except") if c.text.lower() != "otherwise"])
    ):
        cue = inc_en[0]
        yield _hit(pair, unit, exc_ja[0].span(), (cue.start - unit.en[0], cue.end - unit.en[0]), 0.88, turned=True)
    elif strong and not _answered(unit, strong[0][0]):
        yield _hit(pair, unit, None, strong[0].span(), 0.8)
    elif exc_ja and not _ANSWER_EN.search(unit.en_text):
        yield _hit(pair, unit, exc_ja[0].span(), None, 0.78)
    elif (
        inc_ja
        and len(inc_ja) > len(inc_en)
        and re.search(r"場合を含|ときを含", unit.ja_text)
        and (reserves := [c for c in unit.of("en", "unless", "except") if c.text.lower() != "otherwise"])
    ):
        cue, reserve = inc_ja[0], reserves[0]
        yield _hit(
            pair,
            unit,
            (cue.start - unit.ja[0], cue.end - unit.ja[0]),
            (reserve.start - unit.en[0], reserve.end - unit.en[0]),
            0.8,
            turned=True,
        )
        return
    else:
        yield from _turned(pair, unit)
    yield from _limited(pair, unit, strong)
    unless = re.search(r"\bunless\b", unit.en_text, re.I)
    flat = re.search(r"(?<!でき)(?<!可能な)(?<!な)[うくすつぬむるた]限り(?!で)", unit.ja_text)
    if unless and unit.count("en", "not", "neither") and unit.count("ja", "only"):
        unless = None  # not … unless is 場合に限り
    plain = re.sub(r"な(?:ければ|くては)なら", "", unit.ja_text)
    if unless and (not _UNLESS_JA.search(plain) or (flat and not re.search(r"[なぬ][いき]?限り|除", unit.ja_text))):
        yield _hit(pair, unit, flat.span() if flat else None, unless.span(), 0.88 if flat else 0.75)
    elif unless:
        yield from _condition(pair, unit)


_CONDITION_JA = re.compile(
    r"(?:る|た|う|く|す|つ|む|ぶ|ぐ|の)(?:限り|場合(?:に(?:は|おいて(?:は)?)?|は)?|とき(?:に)?は)(?=、)"
)


def _condition(pair: Pair, unit: Unit) -> Iterator[Hit]:
    """The clause behind "unless", found by its words, is a plain condition in Japanese: if instead of if not."""
    for there in re.finditer(r"\bunless\b(?! otherwise)", unit.en_text, re.I):
        stop = re.compile(r"[,;.](?:\s|$)").search(unit.en_text, there.end())
        end = stop.start() if stop else len(unit.en_text)
        spots = [t.ja for t in linked(pair, unit) if there.end() <= t.en[0] < end]
        for m in _CONDITION_JA.finditer(unit.ja_text):
            start = max((x.end() for x in re.finditer(r"[、。]", unit.ja_text[: m.start()])), default=0)
            mine = {a for a in spots if start <= a[0] < m.end()}
            elsewhere = {a for a in spots if not start <= a[0] < m.end()}
            after = unit.ja_text[m.end() : m.end() + 6]
            said = re.search(r"な[いくけ]|ず|除|ぬ|以外|ほか|別段|のみ|不|未|無|非", unit.ja_text[start : m.end()])
            if len(mine) >= 2 and len(mine) > len(elsewhere) and not said and not re.search("除|この限り", after):
                if unit.count("en", "not", "neither") and not unit.count("ja", "not"):
                    continue  # not … unless: する場合に … する
                yield _hit(pair, unit, (m.start() + 1, m.end()), there.span(), 0.78, turned=True)
                return


_CUE_EN = re.compile(
    r"\b(?:(?P<inc>includ(?:e|es|ed|ing)|inclusive of|together with)|(?P<exc>except(?:ing|ed)?(?: for)?|exclud(?:e|es|ed|ing)|other than|exclusive of|apart from|with the exception of|save (?:for|as|where|when|in|those|that))|(?P<no>not|without|unless|such as|only|no))\b",
    re.I,
)
_CUE_JA = re.compile(r"(?P<exc>を除(?:く|き|いた|いて))|(?P<inc>を含(?:む|み|め)(?!て?い?な))")


def _turned(pair: Pair, unit: Unit) -> Iterator[Hit]:
    """The member that Japanese takes in stands behind "except" in English, or the reverse; told by its words."""
    for cue in _CUE_JA.finditer(unit.ja_text):
        if re.match(r"[^。]{0,3}(?:ない|ず|ません)", unit.ja_text[cue.end() :]):
            continue
        member = re.search(r"[^、。()「」]{2,30}$", unit.ja_text[: cue.start()])
        if member is None:
            continue
        words = answers(pair, unit, member.start(), member.end())
        if not words:
            continue
        governing = []
        for start, _ in words:
            window = unit.en_text[max(0, start - 45) : start]
            cues = [m for m in _CUE_EN.finditer(window) if not re.search(r"[.;]\s", window[m.end() :])]
            if cues:
                governing.append((max(0, start - 45) + cues[-1].start(), cues[-1]))
        if not governing or any(m["no"] for _, m in governing):
            continue
        if len({bool(m["inc"]) for _, m in governing}) > 1 or bool(governing[0][1]["inc"]) == bool(cue["inc"]):
            continue
        at, last = governing[0]
        yield _hit(pair, unit, (cue.start() + 1, cue.end()), (at, at + len(last[0])), 0.82, turned=True)
        return


_LIMIT_JA = re.compile(r"に限(?:り|る|って|られる|定され?る)|のみ")
_LEAVES_OUT_JA = re.compile(
    r"除|以外|ほか|例外|別段|別途|この限り|限りで|ない限り|ただし[^。]*ない|含ま|対象外|適用しな|に限られ(?:な|ず|るもの)|限定され(?:な|ず|るもの|ません)|に限らな|など|等"
)


def _limited(pair: Pair, unit: Unit, strong: list[re.Match[str]]) -> Iterator[Hit]:
    """An exception, or a list left open, that the Japanese turns into a limit."""
    limit = _LIMIT_JA.search(unit.ja_text)
    if limit is None or re.search(r"\bonly\b|\bsole\w*\b|\bexclusive\w*\b", unit.en_text, re.I):
        return
    reserve = strong[0] if strong else re.search(r"\bunless\b", unit.en_text, re.I)
    open_list = re.search(r"\bnot (?:be )?limited to\b|\bwithout limitation\b", unit.en_text, re.I)
    there = None
    if reserve and re.search(r"別段の[^、。]{1,14}(?:場合|とき)に限", unit.ja_text):
        there = reserve
    elif open_list and limit[0] != "のみ" and not _LEAVES_OUT_JA.search(unit.ja_text):
        there = open_list
    elif reserve and not _LEAVES_OUT_JA.search(unit.ja_text):
        denied_en = bool(unit.count("en", "not", "neither"))
        denied_ja = bool(unit.count("ja", "not")) or any(c.text[-1] in "いくず" for c in unit.of("ja", "lexneg"))
        if denied_en == denied_ja:  # "none except X" and "only X" differ in their denial
            there = reserve
    if there is not None:
        yield _hit(pair, unit, limit.span(), there.span(), 0.82, turned=True)


def _answered(unit: Unit, words: str) -> bool:
    if re.match("exclusive of", words, re.I) and "抜き" in unit.ja_text:
        return True
    if re.match("other than", words, re.I):
        return re.search(r"以外|除|ほか|(?<!その)他|別|異な|外の|でない|非|のみ|限", unit.ja_text) is not None
    return _ANSWER_JA.search(unit.ja_text) is not None


def _hit(
    pair: Pair,
    unit: Unit,
    ja: tuple[int, int] | None,
    en: tuple[int, int] | None,
    confidence: float,
    *,
    turned: bool = False,
) -> Hit:
    a = pair.passage("ja", unit.bead).span(unit.ja[0] + ja[0], unit.ja[0] + ja[1]) if ja else None
    b = pair.passage("en", unit.bead).span(unit.en[0] + en[0], unit.en[0] + en[1]) if en else None
    if a and b:
        message, message_ja = f"English “{b.text}”, Japanese {a.text}.", f"英文は「{b.text}」、和文は「{a.text}」。"
    elif b:
        message, message_ja = f"“{b.text}” is not in the Japanese.", f"英文の「{b.text}」に当たる語が和文にない。"
    else:
        text = a.text if a else ""
        message, message_ja = (
            f"The exception {text} is not in the English.",
            f"和文の「{text}」に当たる語が英文にない。",
        )
    if b and not a:
        a = _spot(pair, unit, b) if unit.ja_text.strip() else None
    return Hit(message, message_ja, ja=a, en=b, confidence=confidence, severity=Severity.critical if turned else None)


def _spot(pair: Pair, unit: Unit, words: Span) -> Span | None:
    """Where a reader would look for the missing words: what answers the words behind them, else a bracket, else nothing."""
    passage = pair.passage("ja", unit.bead)
    bracket = re.search(r"\([^()]*\)", unit.ja_text)
    if bracket and "(" in unit.en_text:
        return passage.span(unit.ja[0] + bracket.start(), unit.ja[0] + bracket.end())
    whole = passage.span(*unit.ja)
    near = [
        a
        for a, b in links(pair, unit.bead)
        if words.end <= b.start <= words.end + 40 and whole.start <= a.start and a.end <= whole.end
    ]
    return near[0] if near else None


CHECK = Check(
    code="ACC202",
    name="exception-mismatch",
    mqm="accuracy/mistranslation",
    severity=Severity.major,
    doc=__doc__,
    doc_ja="例外（除く、以外、ない限り）が落ちているか、加わっているか、「含む」と入れ替わっている。\n\nなぜ問題か：except for が落ちると、除いたはずのものが対象になる。\n\n対処：正文に合わせる。",
    find=find,
    examples=(
        Example(
            ja="事業サービス⟦（会計監査及び法律相談）⟧は、この約束の対象とする。",
            en="Business services (⟦except⟧ for auditing and legal advice) are covered by this commitment.",
        ),
        Example(
            ja="事業サービス（会計監査及び法律相談を除く。）は、この約束の対象とする。",
            en="Business services (except for auditing and legal advice) are covered by this commitment.",
        ),
        Example(ja="費用（税金を⟦含む⟧。）を負担する。", en="It will bear the costs (⟦excluding⟧ taxes)."),
        Example(
            ja="双方の当事者が同意⟦する限り⟧、使用しない。".replace("⟦する限り⟧", "す⟦る限り⟧"),
            en="It will not be used ⟦unless⟧ both Participants consent.",
        ),
        Example(
            ja="双方の当事者が同意しない限り、使用しない。", en="It will not be used unless both Participants consent."
        ),
        Example(ja="燃料以外の物品", en="goods other than fuel"),
        Example(
            ja="貸主が異議を述べた場合は、契約は、自動的に更新する。",
            en="The contract is renewed automatically if the lender has objected.",
        ),
    ),
)
