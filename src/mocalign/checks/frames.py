"""Who is the doer of a sentence, in either language, and who gives and receives inside it: read without a parser.

English: the subject of the main clause, or what stands behind "by" when the clause is passive; behind "by", "from" and "to"
inside it. Japanese: the topic before は, the が before the last verb, により where the verb is passive; か from, に to inside
it. Two actors that answer each other by their words and have each other's part are exchanged.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from mocalign.checks.mainclause import LEAD, Clause, head, main_clause
from mocalign.checks.named import mentions
from mocalign.checks.near import place_of
from mocalign.checks.roles import couples, learned, role
from mocalign.checks.units import Unit
from mocalign.lexicon import Source
from mocalign.model import Span
from mocalign.pair import Pair

__all__ = ["Noun", "Turn", "nouns", "place", "turned"]


@dataclass(frozen=True, slots=True)
class Noun:
    """A Japanese noun phrase, without the particle behind it. `start:end` in the unit; `answers`: (place of an English word that
    answers it, how well)."""

    start: int
    end: int
    text: str
    particle: str
    answers: tuple[tuple[tuple[int, int], float], ...]

    def own(self, *others: Noun) -> frozenset[tuple[int, int]]:
        """The English words that answer this phrase better than the others; of equals, those that answer nothing better."""
        best = max((s for _, s in self.answers), default=0.0)
        theirs: dict[tuple[int, int], tuple[float, bool]] = {}
        for other in others:
            most = max((s for _, s in other.answers), default=0.0)
            for place, strength in other.answers:
                theirs[place] = max((strength, strength == most), theirs.get(place, (0.0, False)))
        return frozenset(p for p, s in self.answers if (s, s == best) > theirs.get(p, (0.0, False)))


@dataclass(frozen=True, slots=True)
class Turn:
    """The Japanese phrase that has the part of another, and the English phrase whose part it has; offsets of the unit."""

    ja: tuple[int, int]
    en: tuple[int, int]
    confidence: float


# --- Japanese ----------------------------------------------------------------------------------------------------------

_PARTICLES = r"に対しては?|に対して?|に対する|によって|により|による|に代わって|とともに|のために|からの|への|との|から|より|へ|には|に|は|が|を|の|と|も"
_NOUN = re.compile(rf"(?P<np>[一-龥々ァ-ヴー・A-Za-z0-9]+)(?P<p>{_PARTICLES})")
_ACTOR = re.compile(
    r"(?:[者人主国側省府庁臣会局所社関長員官院校団隊使師王相領村県市町母親族民衆童徒園館軍署客督生婦甲乙丙丁]|銀行|企業|政府|事業体|法人|組織|団体|機構|大学|日本|党|委|センター|チーム|グループ|(?<!サー)(?<!コンピュー)[ァ-ヴー]+(?:[サザシジチナヤダカラマバターティ]ー|スト|アント|エント|イヤー|プロバイダ|ベンダ|ユーザ))$"
)
_THING = re.compile(
    r"(?:場所|箇所|住所|長所|役所内|事項|場合|全て|一部|規則|紛争|何人|期間|社会|機会|都市|国民性|世界)$"
)
_GIVE = re.compile(
    r"提供|提出|支払|引き?渡|通知|通報|通告|報告|送付|送信|送達|移転|移管|返還|返却|返納|開示|与え|付与|供与|交付|供給|派遣|伝達|割り?当て|譲渡|発行|委託|委任|償還|払い?戻|貸与|貸付|貸し|売却|輸出|授与|回付|納付|納入|連絡|照会|配布"
)
_TAKE = re.compile(
    r"受け(?!入れ|付け|渡)|受領|受理|受取|取得|入手|購入|買い|買受|借り|借用|譲り受|徴収|回収|収集|輸入|得る|得た|得て|得な|得よう|求め|請求|要求|要請"
)
_RECEIVE = re.compile(
    r"(?:受け|受領|受理|受取|取得|入手|購入|買い|買受|借り|借用|譲り受|輸入|(?<!し)(?<!り)得(?:る|た|て|な|よう))"
)
_PASSIVE = re.compile(
    r"(?:さ|ら|か|た|ま|わ|ば|な)れ(?:て(?:いる|いない|はならない|おり|いた)|る|た|ない|ず|ます|ません|なければならない|得る|るべきである|てきた)"
    r"(?:もの(?:とする|である)|こと(?:が(?:できる|ある)|となる|とする|になる)|ようにする|権利を有する)?$"
)
# a verb that qualifies a noun; what it says is not what the sentence says
_QUALIFIES = re.compile(r"[たるうくすぬ](?=(?!権利|義務|責任|必要|意図|意向|予定|旨|限り)[一-龥ァ-ヴ])")
_LAST_SUBJECT = re.compile(r"が[^、。は]{1,24}$")


def nouns(pair: Pair, unit: Unit) -> tuple[Noun, ...]:
    """The noun phrases of a unit that may act, with the English words that answer them; computed once."""
    return pair.memo(f"nouns {unit.bead} {unit.ja} {unit.en}", lambda: tuple(_nouns(pair, unit)))


def _nouns(pair: Pair, unit: Unit) -> Iterator[Noun]:
    passage = pair.passage("ja", unit.bead)
    answer = pair.lexicon.answer(unit.bead)
    strength: dict[int, list[tuple[float, int]]] = {}
    for link in answer.links:
        if link.strength >= 0.6 and link.source != Source.VECTOR:
            strength.setdefault(link.ja, []).append((link.strength, link.en))
    for m in _NOUN.finditer(unit.ja_text):
        named = any(n.text in m["np"] and n.kind == "country" for n in mentions(pair, "ja", unit.bead)[0])
        if not (named or _ACTOR.search(m["np"])) or _THING.search(m["np"]):
            continue
        span = passage.span(unit.ja[0] + m.start("np"), unit.ja[0] + m.end("np"))
        pieces = [
            k for k, p in enumerate(answer.pieces) if span.start <= p.start and p.end <= span.end and k in strength
        ]
        pieces = [k for k in pieces if not answer.pieces[k].light] or pieces
        places: dict[tuple[int, int], float] = {}
        for k in pieces:
            best = max(s for s, _ in strength[k])
            for s, e in strength[k]:
                word = answer.words[e]
                at = place_of(pair, unit, word.start) if s >= best - 0.15 else None
                if at is not None:
                    spot = (at, at + word.end - word.start)
                    places[spot] = max(s, places.get(spot, 0.0))
        yield Noun(
            m.start("np"), m.end("np"), m["np"], m["p"], _told(pair, unit, m["np"]) or tuple(sorted(places.items()))
        )


def _told(pair: Pair, unit: Unit, text: str) -> tuple[tuple[tuple[int, int], float], ...]:
    """What the table of roles and the habits of the document say: they know better than single words."""
    rows = {
        m.row
        for m in mentions(pair, "ja", unit.bead)[0]
        if m.kind in ("country", "organisation")
        and re.fullmatch(rf"{re.escape(m.text)}(?:国|政府|側|当局|代表団)?", text)
    }
    if rows:
        spots = [m for m in mentions(pair, "en", unit.bead)[0] if m.row in rows and unit.en[0] <= m.start < unit.en[1]]
        if spots:
            return tuple(((m.start - unit.en[0], m.end - unit.en[0]), 2.0) for m in spots)
    for one, two, _ in couples():
        if one[0].search(unit.en_text) and two[0].search(unit.en_text):
            named = role(text, one, two)
            if named is not None:
                return tuple((m.span(), 2.0) for m in named[0].finditer(unit.en_text))
    counterpart = learned(pair).get(text)
    if counterpart is None:
        return ()
    said = re.finditer(r"\W+".join(rf"{re.escape(w)}s?" for w in counterpart), unit.en_text, re.I)
    return tuple((m.span(), 2.0) for m in said)


_LIABLE = re.compile(r"(?:responsible|liable|accountable|answerable|indebted)$", re.I)
_RECEIVE_EN = re.compile(
    r"(?:receiv|obtain|acquir|purchas|borrow|buy|bought|get|gets|got|import|inherit|accept|enjoy|benefit)\w*$", re.I
)


def _plain_clause(pair: Pair, unit: Unit, edge: int) -> Clause | None:
    """A sentence without auxiliary (The Minister appointed …): its verb answers the Japanese verb behind `edge`."""
    passage = pair.passage("ja", unit.bead)
    text = unit.en_text
    if LEAD.match(text):
        return None
    if edge < 1:
        return None
    first, last = passage.span(unit.ja[0] + edge - 1, unit.ja[0] + edge).end, passage.span(*unit.ja).end
    answer = pair.lexicon.answer(unit.bead)
    for link in sorted(answer.links, key=lambda link: link.en):
        piece, word = answer.pieces[link.ja], answer.words[link.en]
        if not (first <= piece.start and piece.end <= last) or not re.search(r"(?:ed|s)$", word.text):
            continue
        at = place_of(pair, unit, word.start)
        if at is None or at < 4:
            continue
        before = text[:at]
        if re.search(r"\b(?:who|which|that|if|where|when)\b|[,;:]", before) or re.search(
            r"\b(?:the|a|an|of|to|and|or|be|is|are|was|were|been|all|any|its|their) $", before, re.I
        ):
            continue
        return Clause((0, at), word.text, at + len(word.text), False, False)
    return None


def _inside(places: frozenset[tuple[int, int]], zone: tuple[int, int]) -> bool:
    return bool(places) and all(zone[0] <= s and e <= zone[1] for s, e in places)


def _outside(places: frozenset[tuple[int, int]], zone: tuple[int, int]) -> bool:
    return bool(places) and not any(zone[0] <= s < zone[1] for s, _ in places)


# --- the comparison ----------------------------------------------------------------------------------------------------


def turned(pair: Pair, unit: Unit) -> Turn | None:
    """Return the two actors of a unit that have each other's part, or None."""
    found = nouns(pair, unit)
    if not found:
        return None
    return _parts(unit, found) or _doer(pair, unit, found) or _itself(pair, unit, found)


def _itself(pair: Pair, unit: Unit, found: Sequence[Noun]) -> Turn | None:
    """管理者は … 管理者に届け出る where the English names somebody else whom this sentence has lost."""
    topic = next((n for n in found if n.particle == "は"), None)
    if topic is None:
        return None
    again = next(
        (
            n
            for n in found
            if n.text == topic.text and n is not topic and n.particle in ("に", "に対し", "に対して", "へ", "から")
        ),
        None,
    )
    if again is None or re.search(r"(?:当該|その|他の|各)$", unit.ja_text[: again.start]):
        return None
    for actor, phrase in learned(pair).items():
        if actor in unit.ja_text or _part_of(actor, topic.text):
            continue
        there = re.search(r"\W+".join(rf"{re.escape(w)}s?" for w in phrase), unit.en_text, re.I)
        if there is not None:
            return Turn((again.start, again.end), there.span(), 0.75)
    return None


def _tail(unit: Unit, found: Sequence[Noun]) -> str:
    return unit.ja_text[max(n.end for n in found) :].rstrip("。 \n)")[-26:]


def _doer(pair: Pair, unit: Unit, found: Sequence[Noun]) -> Turn | None:
    ja, en = unit.ja_text.rstrip("。 \n"), unit.en_text
    topic = next((n for n in found if n.particle == "は"), None)
    before = topic.end if topic else 0
    own = next((n for n in reversed(found) if n.particle == "が" and _LAST_SUBJECT.match(ja, n.end)), None)
    if own is not None and (_QUALIFIES.search(ja, own.end) or re.search("ことを|よう", ja[own.end :])):
        own = None
    doer = topic
    last = max((n.end for n in found), default=0)
    tail = _QUALIFIES.split(ja[max(last, len(ja) - 18) :])[-1]
    if _PASSIVE.search(ja):
        doer = next((n for n in reversed(found) if n.particle in ("によって", "により", "から")), None)
    elif own is not None:
        doer = own
    clause = main_clause(en) or _plain_clause(pair, unit, max(before, doer.end if doer else 0))
    if clause is None or doer is None or not doer.answers:
        return None
    if re.search(r"\n", ja.strip() + en.strip()) or re.match(r"\s*\w+ing\b", en[slice(*clause.subject)]):
        return None
    if clause.copula and not _LIABLE.match(clause.verb):
        return None
    take_ja, take_en = _RECEIVE.search(tail) is not None, _RECEIVE_EN.match(clause.verb) is not None
    if take_ja and not take_en:  # 通報を受ける for "notify": the giver stands before から
        doer = next((n for n in reversed(found) if n.particle in ("から", "より") and n is not topic), None)
        if doer is None or not _GIVEN.match(clause.verb) or _QUALIFIES.search(ja, doer.end):
            return None
    if clause.passive:
        by = re.compile(r"\bby (?!means|virtue|way|reason|the end|the use|\d)").search(en, clause.after)
        if by is None or re.search(r"[,;]", en[clause.after : by.start()]):
            return None
        zone = head(en, by.end(), len(en))
        whole = head(en, by.end(), len(en), whole=True)
    elif take_en and not take_ja:
        source = re.compile(r"[^,;]*\bfrom ").match(en, clause.after)
        if source is None or not _GIVE.search(tail) or doer.particle not in ("は", "が"):
            return None
        zone = head(en, source.end(), len(en))
        whole = head(en, source.end(), len(en), whole=True)
    else:
        zone, whole = head(en, *clause.subject), head(en, *clause.subject, whole=True)
        if re.match(r"\s*(?:it|they)\s*$", en[slice(*clause.subject)]):
            lead = LEAD.match(en)
            if lead is None:
                return None
            zone = whole = head(en, lead.end(), clause.subject[0])
    for other in found:
        mine, theirs = doer.own(other), other.own(doer)
        if other.particle == "が" == doer.particle or (
            other.particle == "は" and (doer.particle == "は" or (doer.particle == "が" and not clause.passive))
        ):
            continue  # each the subject of its own clause
        near = zone if other.particle == "の" else whole
        if _part_of(other.text, doer.text) or not _outside(mine, whole) or _outside(theirs, near) or not theirs:
            continue
        if any(_inside(n.own(other), zone) for n in found if n.text == doer.text):
            continue
        sure = _verbs(pair, unit, clause, tail)
        at = min(t for t in theirs if near[0] <= t[0] < near[1])
        return Turn((doer.start, doer.end), at, 0.8 if sure else 0.66)
    return _lost(pair, unit, found, doer, whole)


def _lost(pair: Pair, unit: Unit, found: Sequence[Noun], doer: Noun, zone: tuple[int, int]) -> Turn | None:
    """The English doer is an actor of the document that this Japanese sentence does not name at all."""
    own = frozenset(p for p, s in doer.answers if s >= 1.0)
    if not _outside(own, zone):
        return None
    said = unit.en_text[slice(*zone)]
    for actor, phrase in learned(pair).items():
        if actor in unit.ja_text or _part_of(actor, doer.text):
            continue
        there = re.search(r"\W+".join(rf"{re.escape(w)}s?" for w in phrase), said, re.I)
        if there is not None:
            return Turn((doer.start, doer.end), (zone[0] + there.start(), zone[0] + there.end()), 0.75)
    return None


def _part_of(one: str, two: str) -> bool:
    """国際連合加盟国 and 加盟国 are one; 要請国 and 被要請国 are not."""
    short, long = sorted((one, two), key=len)
    return one == two or (short in long and len(long) - len(short) > 2)


def _verbs(pair: Pair, unit: Unit, clause: Clause, tail: str) -> bool:
    """Whether the verb of the clause is answered by the end of the Japanese sentence."""
    passage = pair.passage("ja", unit.bead)
    end = passage.span(*unit.ja).end
    answer = pair.lexicon.answer(unit.bead)
    return any(
        answer.words[link.en].text == clause.verb and end - answer.pieces[link.ja].start <= 34 for link in answer.links
    )


_BY = re.compile(
    r"\b(?P<p>by|from|to) (?:(?:the|a|an|each|either|its|their|such|that|any|both|said|this|all|other|another) )*$",
    re.I,
)
_GIVEN = re.compile(
    r"\b(?:provi[ds]|submit|submission|pa(?:y|id)|deliver|notif|report|transmit|transmission|transfer|return|disclos|grant|accord|suppl|sen[dt]|inform|communicat|assign|issue|present|entrust|delegat|furnish|giv|forward|reimburs|refund|lend|lent|lease|s[eo]l[dl]|award|convey|made|make|request|paid|collect|receiv|obtain|address|notice|payment|export|import|ship|loan|fees?|contribut)\w*",
    re.I,
)


def _part_en(text: str, places: frozenset[tuple[int, int]]) -> str:
    """by, from, to: the part of a phrase beside a verb of giving; "" when it has none or it cannot be told."""
    parts = set()
    for start, _ in places:
        before = re.compile(r"(?:[A-Z][\w'’-]* |[a-z]+(?:ing|ed) )*$").search(text, 0, start)
        for at in (start, before.start() if before else start):
            found = _BY.search(text[:at])
            if found is not None:
                near = text[max(0, found.start() - 70) : found.start()]
                if _GIVEN.search(near) and ";" not in near:
                    parts.add(found["p"].lower())
    return parts.pop() if len(parts) == 1 else ""


def _part_ja(noun: Noun, text: str, other: Noun) -> str:
    rest = re.split(r"[、。]", text[noun.end :].removeprefix("は、"))[0]
    verb = _GIVE.search(rest) or _TAKE.search(rest)
    if verb is None:
        return ""
    if noun.particle in ("から", "より", "からの"):
        return "from"
    if noun.particle in ("が", "により", "によって", "による"):
        return "by"
    if noun.particle == "は" and other.particle in ("から", "より") and _TAKE.search(rest):
        return "by"
    if noun.particle in ("に", "へ", "への", "に対し", "に対して", "に対する"):
        if other.particle not in ("から", "より", "が", "により", "によって") and re.match(
            r"(?:に対し(?:て)?|に|へ)[^をがに]{0,10}(?:さ|ら|わ)れ", text[noun.end :]
        ):
            return ""  # 国に認められた: by, not to
        return "to"
    return ""


def _parts(unit: Unit, found: Sequence[Noun]) -> Turn | None:
    """Two actors of a phrase (provided by A to B) that both have another part in Japanese, and each the other's."""
    text = unit.en_text
    single = [n for n in found if sum(o.text == n.text for o in found) == 1]
    for k, one in enumerate(single):
        for two in single[k + 1 :]:
            mine, theirs = one.own(two), two.own(one)
            if not mine or not theirs:
                continue
            if re.search(r"[、。]", unit.ja_text[one.end : two.start].removeprefix("は、")):
                continue
            ja = _part_ja(one, unit.ja_text, two), _part_ja(two, unit.ja_text, one)
            en = _part_en(text, mine), _part_en(text, theirs)
            if not all(ja) or not all(en) or en[0] == en[1]:
                continue
            strict = set(ja) == set(en) == {"by", "from"}
            straight = _same(ja[0], en[0], strict) and _same(ja[1], en[1], strict)
            crossed = _same(ja[0], en[1], strict) and _same(ja[1], en[0], strict)
            if crossed and not straight:
                return Turn((one.start, one.end), min(theirs), 0.8)
    return None


def _same(ja: str, en: str, strict: bool) -> bool:
    """Whether two parts are one; who gives is "by" or "from" where nobody else is either."""
    return ja == en or (not strict and {ja, en} == {"by", "from"})


def place(pair: Pair, unit: Unit, turn: Turn) -> tuple[Span, Span]:
    """Where a turn stands in the documents."""
    ja, en = pair.passage("ja", unit.bead), pair.passage("en", unit.bead)
    return (
        ja.span(unit.ja[0] + turn.ja[0], unit.ja[0] + turn.ja[1]),
        en.span(unit.en[0] + turn.en[0], unit.en[0] + turn.en[1]),
    )
