"""The wrong party: one side's name or defined term stands for the other's, or giver and taker are exchanged.

Why it matters: "the Licensor shall deliver" rendered as 乙は…引き渡す moves the duty to the other side. Sentence similarity
does not see it at all.

What to do: follow the governing text. The names of the parties are learnt from the definitions (以下「甲」という,
hereinafter "the Licensor"), and a swap is reported only when both languages name their subject plainly.
"""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace

from mocalign import english, japanese
from mocalign.checks.actors import replaced
from mocalign.checks.base import Check, Example, Hit
from mocalign.checks.frames import place, turned
from mocalign.checks.roles import Exchange, exchanges
from mocalign.checks.units import Unit, units
from mocalign.config import Config
from mocalign.model import Lang, Severity
from mocalign.pair import Pair

__all__ = ["CHECK"]

_JA_TERM = re.compile(r"[「『]([^」』]{1,24})[」』]")
_EN_TERM = re.compile(r"[\"“]([^\"”]{2,48})[\"”]")
_PLURAL = frozenset("両 双方 併せて 各".split())


@dataclass(frozen=True, slots=True)
class _Party:
    ja: str
    en: str


def _parties(pair: Pair) -> tuple[tuple[_Party, _Party], ...]:
    """Couples of defined terms that stand opposite each other: defined side by side, each answering its own."""
    return pair.memo("party couples", lambda: tuple(_couples(pair)))


def _couples(pair: Pair) -> Iterator[tuple[_Party, _Party]]:
    runs: list[list[_Party]] = []
    for number, bead in enumerate(pair.beads):
        if not (bead.ja and bead.en):
            continue
        ja = [m[1] for m in _JA_TERM.finditer(pair.passage("ja", number).text)]
        en = [
            re.sub(r"^(?:the|this) ", "", m[1], flags=re.I) for m in _EN_TERM.finditer(pair.passage("en", number).text)
        ]
        if len(ja) == len(en) and 1 <= len(ja) <= 4:
            runs.append([_Party(a, b) for a, b in zip(ja, en, strict=True)])
    for run in runs:
        for first, second in itertools.pairwise(run):
            if first.ja != second.ja and first.en.lower() != second.en.lower() and _opposed(pair, first, second):
                yield first, second


def _opposed(pair: Pair, a: _Party, b: _Party) -> bool:
    """Whether each term keeps to its own counterpart through the document, and neither is the plural of the other."""
    if any(p in t.ja for t in (a, b) for p in _PLURAL) or a.en.lower().rstrip("s") == b.en.lower().rstrip("s"):
        return False
    own = cross = 0
    for unit in units(pair):
        for x, y in ((a, b), (b, a)):
            if _has_en(unit.en_text, x) and not _has_en(unit.en_text, y):
                own += bool(_mentions_ja(unit.ja_text, x, y))
                cross += not _mentions_ja(unit.ja_text, x, y) and bool(_mentions_ja(unit.ja_text, y, x))
    return (own >= 1 or (a.ja == a.en and b.ja == b.en)) and (cross <= 1 or own >= 3 * cross)


def _has_en(text: str, party: _Party) -> bool:
    return re.search(rf"(?<![\w-]){re.escape(party.en)}(?![\w-])", text, re.I if " " in party.en else 0) is not None


def _mentions_ja(text: str, party: _Party, other: _Party) -> list[int]:
    """Places of a term that are not part of the other one (要請当局 in 被要請当局) or of a longer word."""
    if party.ja in other.ja and party.ja != other.ja:
        text = text.replace(other.ja, "\x00" * len(other.ja))
    kanji = len(party.ja) == 1
    pattern = re.escape(party.ja) + (r"(?=[はがをにとのへ、。若又及並」)]|から|より)" if kanji else "")
    return [m.start() for m in re.finditer((r"(?<![一-龥])" if kanji else "") + pattern, text)]


def find(pair: Pair, config: Config) -> Iterator[Hit]:
    """Yield each passage that names the other party."""
    couples = _parties(pair)
    for number, bead in enumerate(pair.beads):
        if bead.ja and bead.en:
            yield from _definitions(pair, number)
    for unit in units(pair):
        named = [hit for a, b in couples for hit in _named(pair, unit, a, b)] + list(_one_other(pair, unit))
        yield from named
        if named:
            continue
        for found in _exchanged(pair, unit):
            en = found.en.text if found.en else ""
            yield Hit(
                f"English “{en}”, Japanese {found.ja.text}: who does it and to whom is exchanged.",
                f"英文の「{en}」と和文の「{found.ja.text}」とで、する側とされる側が入れ替わっている。",
                ja=found.ja,
                en=found.en,
                confidence=found.confidence,
            )


def _exchanged(pair: Pair, unit: Unit) -> Iterator[Exchange]:
    others = list(exchanges(pair, unit))
    if not others:
        part = _proviso(unit)
        one_each = len(japanese.sentences(part.ja_text.strip())) == len(english.sentences(part.en_text.strip())) == 1
        turn = turned(pair, part) if one_each else None
        if turn is not None:
            yield Exchange(*place(pair, part, turn), turn.confidence)
            return
        for ja, en, confidence in replaced(pair, unit):
            yield Exchange(
                pair.passage("ja", unit.bead).span(unit.ja[0] + ja[0], unit.ja[0] + ja[1]),
                pair.passage("en", unit.bead).span(unit.en[0] + en[0], unit.en[0] + en[1]),
                confidence,
            )
    yield from others


_DEFINED = re.compile(r"(?P<long>[一-龥々ァ-ヴー・]{3,40})[（(]以下[「『](?P<short>[^」』]{2,24})[」』]")


def _definitions(pair: Pair, number: int) -> Iterator[Hit]:
    """A long name that is not the one its short form is taken from, while the short form is taken from another's."""
    passage = pair.passage("ja", number)
    found = list(_DEFINED.finditer(passage.text))
    for m in found:
        others = [o for o in found if o is not m]
        own = m["short"] in m["long"] or bool(set(m["short"]) & set(m["long"]) - set("国省庁府所会社者"))
        twice = [o for o in others if o["long"] == m["long"] and o["short"] != m["short"]]
        if own or not (twice or any(m["short"] in o["long"] for o in others)):
            continue
        yield Hit(
            f"{m['long']} is shortened to {m['short']}, which is no part of it.",
            f"「{m['long']}」の略称が「{m['short']}」となっているが、その名称に由来しない。",
            ja=passage.span(m.start("long"), m.end("long")),
            confidence=0.8,
        )


def _proviso(unit: Unit) -> Unit:
    """What stands before ただし in the one language and before "; provided" in the other: two sentences of one."""
    ja, en = (
        re.search(r"。\s*ただし", unit.ja_text),
        re.search(r"[;.,] (?:provided|however|except)\b", unit.en_text, re.I),
    )
    if ja is None or en is None:
        return unit
    return replace(
        unit,
        ja=(unit.ja[0], unit.ja[0] + ja.start() + 1),
        en=(unit.en[0], unit.en[0] + en.start()),
        ja_text=unit.ja_text[: ja.start() + 1],
        en_text=unit.en_text[: en.start()],
        whole=False,
    )


def _named(pair: Pair, unit: Unit, a: _Party, b: _Party) -> Iterator[Hit]:
    if _JA_TERM.search(unit.ja_text):
        return
    there = {p: (_has_en(unit.en_text, p), _mentions_ja(unit.ja_text, p, q)) for p, q in ((a, b), (b, a))}
    for p, q in ((a, b), (b, a)):
        if there[p][0] and not there[q][0] and there[q][1] and not there[p][1]:
            yield _hit(pair, unit, p, q, there[q][1][0], 0.85)
            return
    if all(en for en, _ in there.values()) and any(ja for _, ja in there.values()):
        subject, topic = _subject_en(unit, a, b), _topic_ja(unit, a, b)
        if subject and topic and subject is not topic:
            yield _hit(pair, unit, subject, topic, there[topic][1][0], 0.8)


def _subject_en(unit: Unit, a: _Party, b: _Party) -> _Party | None:
    """The party before the first modal or main verb, when the sentences of the unit have one subject only."""
    found: Counter[str] = Counter()
    for p in (a, b):
        pattern = rf"(?<![\w-])(?:the )?{re.escape(p.en)}(?:,[^,;.]{{1,60}},)? (?:shall|will|may|must|intends?|agrees|is|has|does|hereby|grants|undertakes)\b(?! be\b)"
        for m in re.finditer(pattern, unit.en_text, re.I):
            before = unit.en_text[max(0, m.start() - 70) : m.start()]
            if not re.search(
                r"\b(?:if|where|when|that|which|unless|who|until|after|before|as|by|from)\b[^,;.]*$", before, re.I
            ):
                found[p.en] += 1
    if len(found) != 1:
        return None
    return a if a.en in found else b


def _topic_ja(unit: Unit, a: _Party, b: _Party) -> _Party | None:
    found = set()
    for p, q in ((a, b), (b, a)):
        for at in _mentions_ja(unit.ja_text, p, q):
            if unit.ja_text[at + len(p.ja) : at + len(p.ja) + 1] == "は":
                found.add(p.ja)
    if len(found) != 1:
        return None
    return a if a.ja in found else b


_ONE_OTHER_JA = re.compile(
    r"他方の?(?:当事者|締約国|締約者|参加者|機関|国|側|者)?(?:は|が)[^。]{0,40}?(?<!いずれか)(?<!い)一方の?(?:当事者|締約国|締約者|参加者|機関|国|側|者)?(?:に|へ|を|から|の)"
)
_EN_ONE_FIRST = re.compile(r"\b(?:either|one|a|each|any|neither)\b (?:of the )?\w+ [^.;]{0,90}?\bthe other\b", re.I)


_THE_OTHER = re.compile(
    r"\bthe other (?:Contracting )?(?:part(?:y|ies)|participants?|countr(?:y|ies)|service|side|state|government|institution|university|ministry|agency|member)\b",
    re.I,
)


_OTHER_JA = re.compile(r"他方|相手(?:方|国|側)|もう一方|先方")
_PARTY_EN = r"(?:Contracting )?(?:Part(?:y|ies)|Participants?|State|Side|country|Government)"
_SELF_JA = re.compile(r"自己の|自らの|自国の|自分の|自社の|自身の")


def _self_other(unit: Unit) -> tuple[re.Match[str], re.Match[str]] | None:
    """Its own for the other's, or the reverse, where the sentence has no word of the kind it should have."""
    own = re.search(r"\b(?:its|their|his or her|his|her) own\b", unit.en_text, re.I)
    other = re.search(r"\bother(?:s|['’]s)?\b|\bcounterpart|\beach other|\brecipient|\bforeign", unit.en_text, re.I)
    said_other, said_self = _OTHER_JA.search(unit.ja_text), _SELF_JA.search(unit.ja_text)
    if own and not other and said_other and not said_self and not re.search("それぞれ|各自|固有|独自", unit.ja_text):
        return said_other, own
    named = _THE_OTHER.search(unit.en_text)
    mine = len(re.findall(r"\bown\b|\bits\b|\btheir\b|sel(?:f|ves)\b", unit.en_text))
    selves = len(_SELF_JA.findall(unit.ja_text))
    theirs = re.search(r"他の|相互|互い|双方|両|別の|他国|当該|前者|後者", unit.ja_text)
    if named and said_self and selves > mine and not (said_other or theirs):
        return said_self, named
    one = re.search(rf"\b(?:either|one|a|any|the|that|such) {_PARTY_EN}\b", unit.en_text, re.I)
    latter = re.search(
        r"\blatter\b|\bpartner|\bmutual|\breciprocal|\bopposite\b|\bbetween\b|\banother\b", unit.en_text, re.I
    )
    alone = re.search(r"他方の(?=当事者|締約国|締約者|参加者|機関|国|側|者)", unit.ja_text)
    if alone and one and not (other or latter or re.search("一方|いずれ|両|双方|各", unit.ja_text)):
        return alone, one
    return None


def _one_other(pair: Pair, unit: Unit) -> Iterator[Hit]:
    named = _THE_OTHER.search(unit.en_text)
    if named and not re.search(r"他方|他の|相手|もう一方|双方|相互|互い|別の|他国|それぞれ|両|先方|当該", unit.ja_text):
        one = list(re.finditer(r"(?<!い)(?<!か)一方の", unit.ja_text))
        if one:
            at = one[-1]
            yield Hit(
                f"English “{named[0]}”, Japanese {at[0]}: one for the other.",
                f"英文は「{named[0]}」、和文は「{at[0]}」で、一方と他方が入れ替わっている。",
                ja=pair.passage("ja", unit.bead).span(unit.ja[0] + at.start(), unit.ja[0] + at.end()),
                en=pair.passage("en", unit.bead).span(unit.en[0] + named.start(), unit.en[0] + named.end()),
                confidence=0.78,
            )
            return
    turned_self = _self_other(unit)
    if turned_self is not None:
        ja, en = turned_self
        yield Hit(
            f"English “{en[0]}”, Japanese {ja[0]}: one for the other.",
            f"英文は「{en[0]}」、和文は「{ja[0]}」で、自己と相手とが入れ替わっている。",
            ja=pair.passage("ja", unit.bead).span(unit.ja[0] + ja.start(), unit.ja[0] + ja.end()),
            en=pair.passage("en", unit.bead).span(unit.en[0] + en.start(), unit.en[0] + en.end()),
            confidence=0.75,
        )
        return
    wrong = re.search(r"いずれか他方", unit.ja_text) or _ONE_OTHER_JA.search(unit.ja_text)
    right = _EN_ONE_FIRST.search(unit.en_text)
    if wrong and right and not re.search(r"\bthe other \w+ (?:shall|will|may|must|has|is)\b", unit.en_text, re.I):
        yield Hit(
            f"English “{right[0][:60]}”, Japanese {wrong[0][:30]}: one and other exchanged.",
            f"和文の「{wrong[0][:30]}」では一方と他方が入れ替わっている。",
            ja=pair.passage("ja", unit.bead).span(unit.ja[0] + wrong.start(), unit.ja[0] + wrong.end()),
            en=pair.passage("en", unit.bead).span(unit.en[0] + right.start(), unit.en[0] + right.end()),
            confidence=0.7,
        )


def _hit(pair: Pair, unit: Unit, right: _Party, wrong: _Party, at: int, confidence: float) -> Hit:
    ja = pair.passage("ja", unit.bead).span(unit.ja[0] + at, unit.ja[0] + at + len(wrong.ja))
    m = re.search(rf"(?<![\w-]){re.escape(right.en)}(?![\w-])", unit.en_text, re.I)
    lang: Lang = "en"
    en = pair.passage(lang, unit.bead).span(unit.en[0] + m.start(), unit.en[0] + m.end()) if m else None
    return Hit(
        f"English “{right.en}” ({right.ja}), Japanese {wrong.ja}: the other party.",
        f"英文は「{right.en}」（{right.ja}）、和文は「{wrong.ja}」で、当事者が入れ替わっている。",
        ja=ja,
        en=en,
        confidence=confidence,
        suggestion=right.ja,
    )


_DEFINITION = (
    "研究所（以下「甲」という。）と会社（以下「乙」という。）とは、契約を締結する。\n",
    'The Institute (hereinafter "Licensor") and the Company (hereinafter "Licensee") enter into an agreement.\n',
)

CHECK = Check(
    code="ACC401",
    name="party-mismatch",
    mqm="accuracy/mistranslation",
    severity=Severity.critical,
    doc=__doc__,
    doc_ja="一方の当事者の名称や定義語が、他方のものと入れ替わっている。\n\nなぜ問題か：義務や権利が相手側に移る。文の類似度には現れない。\n\n対処：正文に合わせる。当事者の名称は定義（以下「甲」という。）から学び、両言語で主語が明らかな場合に限って報告する。",
    find=find,
    examples=(
        Example(
            ja=_DEFINITION[0] + "甲は、更新版を提供する。\n⟦乙⟧は、料金を請求する。",
            en=_DEFINITION[1] + "The Licensor shall provide updates.\nThe ⟦Licensor⟧ shall charge a fee.",
            suggestion="甲",
        ),
        Example(
            ja=_DEFINITION[0] + "甲は、乙に対し更新版を提供する。\n乙は、甲に料金を支払う。",
            en=_DEFINITION[1]
            + "The Licensor shall provide the Licensee with updates.\nThe Licensee shall pay the Licensor a fee.",
        ),
        Example(
            ja="被要請締約国は、状況の変更について⟦要請締約国⟧に通報する。",
            en="The ⟦requesting Party⟧ shall inform the requested Party of any change in the circumstances.",
        ),
        Example(
            ja="要請締約国は、状況の変更について被要請締約国に通報する。",
            en="The requesting Party shall inform the requested Party of any change in the circumstances.",
        ),
        Example(
            ja="⟦大学⟧が研究所に提供した試料は、公表してはならない。",
            en="Samples provided by the ⟦Institute⟧ to the University shall not be published.",
        ),
        Example(
            ja="研究所から大学に提供された試料は、公表してはならない。",
            en="Samples provided by the Institute to the University shall not be published.",
        ),
        Example(
            ja="⟦医師⟧は、四時間ごとに体温を記録する。",
            en="The ⟦nurse⟧ shall record the temperature every four hours.",
        ),
        Example(
            ja="看護師は、四時間ごとに体温を記録する。",
            en="The nurse shall record the temperature every four hours.",
        ),
        Example(
            ja="各当事者は、⟦他方⟧の当事者の費用を負担する。",
            en="Each Party shall bear ⟦its own⟧ costs.",
        ),
        Example(ja="各当事者は、自己の費用を負担する。", en="Each Party shall bear its own costs."),
    ),
)
