"""All is not any, both is not either.

Why it matters: "with the consent of both Participants" and 一方の同意を得て give one side a power it does not have.

What to do: both is 双方 or いずれも, either いずれか, each 各, all 全て, any いずれか or いかなる.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from mocalign import english, japanese
from mocalign.checks.amounts import amounts, contrary
from mocalign.checks.base import Check, Example, Hit
from mocalign.checks.denials import left_over, wide
from mocalign.checks.near import answers, links
from mocalign.checks.units import Unit, units
from mocalign.clauses import Cue
from mocalign.config import Config
from mocalign.model import Severity, Span
from mocalign.pair import Pair

__all__ = ["CHECK"]


# A word that narrows, and what may stand behind it in English.
_NARROW = (
    (
        re.compile(r"特定の"),
        re.compile(
            r"\b(?:specif\w+|certain|particular\w*|identif\w+|designated|given|selected|special|named|determin\w+|individual\w*)\b",
            re.I,
        ),
    ),
    (
        re.compile(r"一部の(?!者)"),
        re.compile(r"\b(?:some|part\w*|portion\w*|certain|several|few|select\w*|among|sub\w+|one of)\b", re.I),
    ),
    (
        re.compile(r"主要な|主な"),
        re.compile(
            r"\b(?:major|main\w*|principal\w*|key|primar\w+|core|leading|chief|important|significant|essential|central|prominent)\b",
            re.I,
        ),
    ),
    (
        re.compile(r"大部分の|大半の|ほとんどの|多くの"),
        re.compile(r"\b(?:most\w*|major\w*|many|much|large\w*|almost|nearly|bulk|numerous|great\w*|more)\b", re.I),
    ),
    (
        re.compile(r"隔年|隔月|隔週"),
        re.compile(r"\b(?:every (?:other|second|two)|bi\w+|alternat\w+|two|second|2)\b", re.I),
    ),
    (
        re.compile(r"若干の|いくつかの|幾つかの"),
        re.compile(r"\b(?:some|several|few|number|certain|various|couple|limited|one or more)\b", re.I),
    ),
)
_OVERALL = re.compile(
    r"\ball (?:over|around|across|the same|along|but)\b|\babove all\b|\bfirst of all\b|\bat all\b|\bafter all\b", re.I
)
_WIDE_EN = re.compile(
    r"\b(?:all|every\w*|each|any\w*|no|nothing|none|whole|entire\w*|both|full\w*|universal\w*)\b", re.I
)


def _held(unit: Unit, narrow: str) -> bool:
    """Whether the Japanese has as many words for all as the English: what is narrowed is something else."""
    if "一部" in narrow and unit.count("ja", "not") and re.search(r"\bnot\b.{0,20}\bany\b", unit.en_text):
        return True
    return unit.count("ja", "all", "both", "each", "allany") >= len(_WIDE_EN.findall(unit.en_text))


_EITHER_FIRST = re.compile(r"(?:^|[,;.] )(?:\(?\w{1,4}[.)] )*either \w+ (?:may|will|shall|can)\b", re.I)


def _narrowed(pair: Pair, unit: Unit) -> Iterator[Hit]:
    """Words that narrow in Japanese what the English says of all or of any."""
    wide = _WIDE_EN.search(_OVERALL.sub(lambda m: "\x00" * len(m[0]), unit.en_text))
    for ja, en in _NARROW:
        there = ja.search(unit.ja_text)
        if there and wide and not en.search(unit.en_text) and not _held(unit, there[0]):
            a = pair.passage("ja", unit.bead).span(unit.ja[0] + there.start(), unit.ja[0] + there.end())
            b = pair.passage("en", unit.bead).span(unit.en[0] + wide.start(), unit.en[0] + wide.end())
            yield Hit(
                f"Japanese {a.text} narrows; the English says “{b.text}”.",
                f"和文の「{a.text}」は範囲を狭めている。英文は「{b.text}」。",
                ja=a,
                en=b,
                confidence=0.75,
            )
    first = _EITHER_FIRST.search(unit.en_text)
    both = re.search(
        r"(?:双方|両者)の?[^、。]{0,12}[もは]|両(?:締約国|締約者|当事者|参加者|国|政府|機関)は", unit.ja_text
    )
    if first and both and not re.search(r"いずれ|どちら|一方|各|それぞれ", unit.ja_text):
        at = unit.en_text.lower().index("either", first.start())
        yield Hit(
            f"English “either”, Japanese {both[0][:2]}.",
            f"英文は「either」、和文は「{both[0][:2]}」。",
            ja=pair.passage("ja", unit.bead).span(unit.ja[0] + both.start(), unit.ja[0] + both.start() + 2),
            en=pair.passage("en", unit.bead).span(unit.en[0] + at, unit.en[0] + at + 6),
            confidence=0.75,
        )


# Grades of quantity. A passage that has one grade on either side, and not the same, says another number of things.
_GRADES: tuple[tuple[str, re.Pattern[str], re.Pattern[str]], ...] = (
    (
        "all",
        re.compile(r"\b(?:all|every|each|entire|whole|both|any)\b", re.I),
        re.compile(
            r"全て|すべて|あらゆる|いずれも|全員|全部|一切|(?<!安)全(?=[一-龥])(?!般|体|面|力|国|球|文|日|世界|権)|各(?!位|種|般)(?=[一-龥ァ-ヴ])"
        ),
    ),
    (
        "most",
        re.compile(r"\bmost (?:of|[a-z]+s)\b(?! favou?red)|\bthe (?:\w+ )?majority of\b|\bthe bulk of\b", re.I),
        re.compile(r"大部分|大半|大多数|ほとんど|殆ど|過半"),
    ),
    (
        "many",
        re.compile(r"\b(?:many|numerous|a (?:large|great) number of)\b(?! as)", re.I),
        re.compile(r"多くの|多数の|数多"),
    ),
    (
        "some",
        re.compile(r"\b(?:some(?! \d)|several|a few|part of|a portion of|a number of)\b", re.I),
        re.compile(r"一部|幾つか|いくつか|若干|複数|数(?=[かヶ箇カ]国|件|社|名|回|人|年|日|機関)"),
    ),
    (
        "few",
        re.compile(r"\b(?:few(?!er)|only a few|a small number of)\b(?<!a few)", re.I),
        re.compile(r"少数の|わずかな|僅かな|ごく一部"),
    ),
    ("one", re.compile(r"\b(?:only one|a single|one of)\b", re.I), re.compile(r"一つの|一の(?=[一-龥])|単一の|ただ一")),
)
_NEAR = {
    frozenset(("many", "some")),
    frozenset(("many", "most")),
    frozenset(("one", "some")),
    frozenset(("few", "some")),
}


def _graded(pair: Pair, unit: Unit) -> Iterator[Hit]:
    """Most against all, some against all, many against few."""
    if len(japanese.sentences(unit.ja_text.strip())) > 1 or len(english.sentences(unit.en_text.strip())) > 1:
        return
    en = [(name, m) for name, pattern, _ in _GRADES if (m := pattern.search(_OVERALL.sub("", unit.en_text)))]
    ja = [(name, m) for name, _, pattern in _GRADES if (m := pattern.search(unit.ja_text))]
    if len(en) != 1 or len(ja) != 1 or en[0][0] == ja[0][0] or en[0][0] in ("all", "one"):
        return
    (mine, there), (theirs, here) = en[0], ja[0]
    if theirs == "one" and not here[0].startswith(("一つの", "単一")):
        return
    if frozenset((mine, theirs)) in _NEAR and (mine, theirs) != ("some", "one"):
        return
    if unit.count("en", "not", "neither") or unit.count("ja", "not"):
        return
    there = re.search(re.escape(there[0]), unit.en_text, re.I) or there
    a = pair.passage("ja", unit.bead).span(unit.ja[0] + here.start(), unit.ja[0] + here.end())
    b = pair.passage("en", unit.bead).span(unit.en[0] + there.start(), unit.en[0] + there.end())
    if any(y.overlaps(b) and not x.overlaps(a) for x, y in links(pair, unit.bead)):
        return
    yield Hit(
        f"English “{b.text}”, Japanese {a.text}.",
        f"英文は「{b.text}」、和文は「{a.text}」。",
        ja=a,
        en=b,
        confidence=0.75,
    )


_PICKS_JA = re.compile(r"(?P<q>いずれか(?:一方)?の|一部の)(?P<n>[一-龥ァ-ヴー]{2,8})")
_TAKES_ALL_JA = re.compile(r"(?P<q>双方の|(?:全て|すべて)の)(?P<n>[一-龥ァ-ヴー]{2,8})")


def _beside(pair: Pair, unit: Unit) -> Iterator[Hit]:
    """The quantifier right before a noun in either language: each State Party is no いずれかの締約国."""
    if re.search(r"\bor\b", unit.en_text, re.I) is None:
        for m in _PICKS_JA.finditer(unit.ja_text):
            for start, _ in answers(pair, unit, m.start("n"), m.end("n")):
                q = re.search(
                    r"\b(each|every|all|both)(?: (?:of )?(?:the |these |its |their )?(?:\w+ ){0,2})$",
                    unit.en_text[:start],
                    re.I,
                )
                if q:
                    yield _quoted(pair, unit, q.span(1), m.span("q"), 0.78)
                    return
    if unit.count("en", "not", "neither") or unit.count("ja", "not"):
        return
    for m in _TAKES_ALL_JA.finditer(unit.ja_text):
        for start, _ in answers(pair, unit, m.start("n"), m.end("n")):
            q = re.search(
                r"\b(either|some|several|certain)(?: (?:of )?(?:the |these |its |their )?(?:\w+ )?)$",
                unit.en_text[:start],
                re.I,
            )
            if q:
                yield _quoted(pair, unit, q.span(1), m.span("q"), 0.75)
                return
    two = re.search(r"双方の", unit.ja_text)
    if two and not re.search(
        r"\b(?:both|two|each|either|neither|bilateral\w*|mutual\w*|joint\w*|between|part(?:y|ies)|participants|governments|sides?|other|respective\w*|countries|reciprocal\w*|double|dual|all)\b",
        unit.en_text,
        re.I,
    ):
        any_ = re.search(r"\b(?:any|some|one)\b", unit.en_text, re.I)
        if any_:
            yield _quoted(pair, unit, any_.span(), two.span(), 0.75)


def _quoted(pair: Pair, unit: Unit, en: tuple[int, int], ja: tuple[int, int], confidence: float) -> Hit:
    a = pair.passage("ja", unit.bead).span(unit.ja[0] + ja[0], unit.ja[0] + ja[1])
    b = pair.passage("en", unit.bead).span(unit.en[0] + en[0], unit.en[0] + en[1])
    return Hit(
        f"English “{b.text}”, Japanese {a.text}.",
        f"英文は「{b.text}」、和文は「{a.text}」。",
        ja=a,
        en=b,
        confidence=confidence,
    )


_OTHER_EN = re.compile(
    r"\b(?:with|of|to|from|by) (?:the )?other (?:Contracting )?(?:part(?:y|ies)|participants?|countr(?:y|ies)|side|state|government)\b",
    re.I,
)


def _told_apart(pair: Pair, unit: Unit) -> Iterator[Hit]:
    """The other one against both, neither against one of them, at least one against all."""
    other = _OTHER_EN.search(unit.en_text)
    both = re.search(
        r"(?:双方|全て|すべて|両)の?(?:締約国|締約者|当事者|参加者|国|政府)(?:の|に|へ|から)", unit.ja_text
    )
    if (
        other
        and both
        and not re.search(r"他方|他の|相手|もう一方|相互|互い|別の|他国|それぞれ|先方", unit.ja_text)
        and not re.search(
            r"\b(?:both|each|two|all|every|mutual\w*|neither|either|joint\w*|between)\b", unit.en_text, re.I
        )
    ):
        yield _pair_hit(pair, unit, other, both, 0.75)
    none = re.search(
        r"\b(?:neither|no) (?:of the )?(?:Contracting )?(?:part(?:y|ies)|participants?|countr(?:y|ies)|side|state|government|person|member)\b",
        unit.en_text,
        re.I,
    )
    one = re.search(r"いずれか(?:一方)?|一部の(?!者)", unit.ja_text)
    if (
        none
        and one
        and not re.search(r"\b(?:either|any|one of|other|some|part)\b", unit.en_text, re.I)
        and not re.search(r"いずれ(?:の|も)|何人|いかなる", unit.ja_text)
    ):
        yield _pair_hit(pair, unit, none, one, 0.72)
    torn = re.search(r"双方の(?:一方|いずれ)", unit.ja_text)
    some = re.search(r"\b(?:n?either|any)\b", unit.en_text, re.I)
    if torn and some:
        yield _pair_hit(pair, unit, some, torn, 0.82)
    least = re.search(
        r"\b(?:at least one|one or more) of\b|\bany (?:one )?of the (?:following\b|\w+ (?:listed|mentioned|specified|referred))",
        unit.en_text,
        re.I,
    )
    full = re.search(
        r"(?:条件|事項|要件|場合|もの|各号|いずれか|次)(?:に掲げる[^、。]{1,8})?の(?:全て|すべて|全員|全部)|をいずれも|のいずれにも|の全てを",
        unit.ja_text,
    )
    if (
        least
        and full
        and not re.search(r"一(?:以上|又は|若しくは)|少なくとも|いずれか", unit.ja_text)
        and not re.search(r"\b(?:all|every|each|both)\b", unit.en_text, re.I)
    ):
        yield _pair_hit(pair, unit, least, full, 0.78)


def _pair_hit(pair: Pair, unit: Unit, en: re.Match[str], ja: re.Match[str], confidence: float) -> Hit:
    a = pair.passage("ja", unit.bead).span(unit.ja[0] + ja.start(), unit.ja[0] + ja.end())
    b = pair.passage("en", unit.bead).span(unit.en[0] + en.start(), unit.en[0] + en.end())
    return Hit(
        f"English “{b.text}”, Japanese {a.text}.",
        f"英文は「{b.text}」、和文は「{a.text}」。",
        ja=a,
        en=b,
        confidence=confidence,
    )


_PICK = re.compile(
    r"\bor\b|\bnor\b|\bwhichever\b|\bwhich of\b|(?<!least )\bone\b(?! (?:vote|year|month|copy|week|day|hour|half|seat))|\ba (?:party|participant|side|country|state|member|service|government)\b|\bsuch\b|\bthe following\b(?=.{0,4}:)|:\s*$"
    # the former, whichever is earlier: いずれか早い日
    r"|\bthe (?:former|latter|first|last)\b|\b(?:earli|lat|short|long|great|small|high|low|larg|few)er\b|\bmore\b|\bless\b",
    re.I,
)


def find(pair: Pair, config: Config) -> Iterator[Hit]:
    """Yield each quantifier that the other side answers with a contrary one."""
    for unit in units(pair):
        bound = list(_bound(pair, unit))
        if bound:
            yield from bound
            continue
        found = [*_unit(pair, unit, defined=_defined(pair)), *_narrowed(pair, unit)]
        found = found or [*_beside(pair, unit)] or [*_told_apart(pair, unit), *_graded(pair, unit)]
        agreed = _agreed(pair, unit)
        yield from (h for h in found if not (h.ja and any(h.ja.overlaps(a) for a in agreed)))


def _bound(pair: Pair, unit: Unit) -> Iterator[Hit]:
    """Quantifiers of the same noun that cannot both be right."""
    for amount in amounts(pair, unit):
        if amount.grade_en == "any" and unit.count("en", "not", "neither", "lexneg"):
            continue  # not any of the two: 双方の … ない
        if contrary(amount):
            ja, en = amount.ja, amount.en
            if unit.ja_text[ja[1] - 1] == "の":
                ja = (ja[0], ja[1] - 1)
            if unit.ja_text[ja[0]] in "のがは":
                ja = (ja[0] + 1, ja[1])
            yield _quoted(pair, unit, en, ja, 0.8)
    yield from _one_denied(pair, unit)


_PICKED_OBJECT = re.compile(r"いずれか(?:一方|一つ|一|ひとつ)?を")
_FREE_EN = re.compile(r"\b(?:either|any)(?: one)? of\b", re.I)


def _one_denied(pair: Pair, unit: Unit) -> Iterator[Hit]:
    """Not either is neither: いずれか一方を…ない leaves the other one in."""
    m, there = _PICKED_OBJECT.search(unit.ja_text), _FREE_EN.search(unit.en_text)
    if m is None or there is None:
        return
    _, _, _, denied = left_over(pair, unit)
    if any(d.start < there.start() < wide(unit, d)[1] for d in denied if d.strong or d.text.lower() == "without"):
        clause = re.match(r"[^。、]*(?:ない|なく|なかった|ず|ません)", unit.ja_text[m.end() :])
        if clause:
            yield _quoted(pair, unit, there.span(), (m.start(), m.end()), 0.72)


def _agreed(pair: Pair, unit: Unit) -> list[Span]:
    """Japanese quantifiers whose noun has a quantifier of the same sense in English."""
    passage = pair.passage("ja", unit.bead)
    return [passage.span(unit.ja[0] + a.ja[0], unit.ja[0] + a.ja[1]) for a in amounts(pair, unit) if not contrary(a)]


def _defined(pair: Pair) -> bool:
    """Whether 一方 or 双方 are defined as names of the parties."""
    return pair.memo("party words", lambda: re.search(r"[「『](?:一方|双方|両者)[」』]", pair.ja_text) is not None)


def _unit(pair: Pair, unit: Unit, *, defined: bool) -> Iterator[Hit]:
    ja_all = unit.of("ja", "both", "all", "each", "allany")
    ja_one = unit.of("ja", "either", "some") + ([] if defined else unit.of("ja", "one"))
    if defined:  # 一方 is a name here; 一方の国 is not
        ja_one += [
            c
            for c in unit.of("ja", "one")
            if re.match(r"の(?:国|締約国|当事者|政府)", unit.ja_text[c.end - unit.ja[0] :])
        ]
    ja_one = [c for c in ja_one if c.text not in ("一の", "一つ", "ひとつ")]
    en_all = unit.of("en", "both", "all", "each")
    en_all = [c for c in en_all if not (c.text.lower() in ("two", "the two") and _counted(unit, c))]
    en_one = unit.of("en", "either", "one", "some", "any", "neither")
    other = unit.of("en", "other") or unit.of("ja", "other")
    negative = unit.count("en", "not", "neither", "lexneg") + unit.count("ja", "not")
    strong_all = [c for c in en_all if re.match(r"both|all|every|each|entire|whole|the two", c.text, re.I)]
    strong_all = [c for c in strong_all if not _paired(unit, c)]
    if strong_all and ja_one and not ja_all and not en_one and not other:
        yield _hit(pair, unit, strong_all[0], ja_one[0], 0.82)
    elif strong_all and ja_one and re.match(r"both|the two", strong_all[0].text, re.I) and not en_one:
        # いかなる and 各 speak of something else; 両, 双方 and 相互 would answer
        one = [c for c in ja_one if not re.match(r"一部|若干|幾つ|いくつ", c.text)]
        if one and not re.search(r"両|双方|二国|相互|互い|他方|共同|それぞれ|当事者ら", unit.ja_text):
            yield _hit(pair, unit, strong_all[0], one[0], 0.78)
            return
    picked = [c for c in unit.of("ja", "either") if c.text.startswith(("いずれか", "どちらか", "片方"))]
    chosen = [c for c in en_one if c.sort in ("either", "any", "neither")]
    if picked and not chosen and not _PICK.search(unit.en_text):
        yield _hit(pair, unit, next(iter(strong_all or en_all), None), picked[0], 0.82 if strong_all else 0.7)
        return
    group = re.search(r"\bany (?:one )?of (?:the|these|those|them|such)\b", unit.en_text, re.I)
    full = [c for c in ja_all if re.match(r"全て|すべて|全部|双方", c.text)]
    if group and full and not negative and not unit.of("ja", "either", "one", "or", "allany") and not strong_all:
        cue = Cue("any", unit.en[0] + group.start(), unit.en[0] + group.end(), group[0])
        yield _hit(pair, unit, cue, full[0], 0.8)
        return
    strong_one = [c for c in en_one if c.sort in ("either", "some") or re.match(r"one$", c.text, re.I)]
    wide = [c for c in ja_all if c.sort in ("both", "all") and not c.text.startswith("両")]
    if strong_one and wide and not ja_one and not en_all and not negative and not unit.of("ja", "one", "other", "or"):
        yield _hit(pair, unit, strong_one[0], wide[0], 0.78)


def _counted(unit: Unit, cue: Cue) -> bool:
    after = unit.en_text[cue.end - unit.en[0] :][:14]
    return re.match(r" (?:months?|years?|days?|weeks?|copies|thirds?|or|and)\b", after) is not None


def _paired(unit: Unit, cue: Cue) -> bool:
    """both A and B, which Japanese may leave unsaid; at all."""
    before, after = unit.en_text[: cue.start - unit.en[0]], unit.en_text[cue.end - unit.en[0] :]
    return (
        re.search(r"\bat $|\bfirst of $|\babove $|\bfor $", before, re.I) is not None
        or re.match(r" other\b", after) is not None
    )


def _hit(pair: Pair, unit: Unit, en: Cue | None, ja: Cue, confidence: float) -> Hit:
    if en is None:
        return Hit(
            f"The Japanese says {ja.text} (one of them), the English does not.",
            f"和文の「{ja.text}」に当たる語が英文にない。",
            ja=unit.span(pair, "ja", ja),
            confidence=confidence,
        )
    return Hit(
        f"English “{en.text}”, Japanese {ja.text}.",
        f"英文は「{en.text}」、和文は「{ja.text}」。",
        ja=unit.span(pair, "ja", ja),
        en=unit.span(pair, "en", en),
        confidence=confidence,
    )


CHECK = Check(
    code="ACC203",
    name="quantifier-mismatch",
    mqm="accuracy/mistranslation",
    severity=Severity.major,
    doc=__doc__,
    doc_ja="「全て」と「いずれか」、「双方」と「一方」が入れ替わっている。\n\nなぜ問題か：双方の同意が一方の同意で足りることになり、権限が変わる。\n\n対処：both は双方・いずれも、either はいずれか、each は各、all は全て。",
    find=find,
    examples=(
        Example(ja="通知が届いた日のいずれか遅い日に始まる。", en="It starts on the latter of the dates of receipt."),
        Example(
            ja="会員は、すべての権利の享有を妨げられない。", en="Members shall not be kept from any of the rights."
        ),
        Example(
            ja="当事者らの⟦一方⟧の同意を得て公表する。",
            en="It will be published with the consent of ⟦both⟧ Participants.",
        ),
        Example(
            ja="当事者らの双方の同意を得て公表する。", en="It will be published with the consent of both Participants."
        ),
        Example(
            ja="次の条件の⟦いずれか⟧を満たさなければならない。", en="⟦All⟧ of the following conditions must be met."
        ),
        Example(ja="次の条件の⟦全て⟧を満たす場合", en="where ⟦either⟧ of the following conditions is met"),
        Example(
            ja="いずれの当事者も、他の当事者に通知することができる。",
            en="Either Participant may notify the other Participant.",
        ),
        Example(ja="いずれか一方の当事者が要請する場合", en="if either Participant so requests"),
        Example(
            ja="車両の⟦大部分⟧は、毎年検査を受ける。",
            en="⟦All⟧ vehicles are inspected every year, and some drivers take a test.",
        ),
        Example(
            ja="全ての車両は、毎年検査を受け、一部の運転者は、試験を受ける。",
            en="All vehicles are inspected every year, and some drivers take a test.",
        ),
        Example(
            ja="区長は、二の案の⟦いずれか一方を⟧採択しなかった。",
            en="The mayor did not adopt ⟦either of⟧ the two drafts.",
        ),
        Example(ja="区長は、二の案のいずれも採択しなかった。", en="The mayor did not adopt either of the two drafts."),
    ),
)
