"""Who does it, to whom, in either language: read from particles and from word order, compared through the word links.

A Japanese actor stands before a particle (は, が, に, から, により), an English one before the modal or behind "to", "from" or
"by". Nothing is parsed: a sentence whose shape is not plain is left alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from mocalign import data, english, japanese
from mocalign.checks.mainclause import head, main_clause
from mocalign.checks.near import links
from mocalign.checks.units import Unit, units
from mocalign.model import Span
from mocalign.pair import Pair, Passage

__all__ = ["Exchange", "couples", "exchanges", "learned", "role"]


@dataclass(frozen=True, slots=True)
class Exchange:
    """An actor in the place of another: its Japanese words, the English words it answers, how sure."""

    ja: Span
    en: Span | None
    confidence: float


@dataclass(frozen=True, slots=True)
class _Actor:
    """A noun phrase before a particle; `start:end` in the passage, particle excluded. `en`: ranges of the words it answers."""

    start: int
    end: int
    text: str
    particle: str
    en: frozenset[tuple[int, int]]


# What an actor ends in: a person, a body, a State, a party.
_ACTOR = re.compile(
    r"(?:者|人|主|国|側|省|府|庁|臣|会|局|所|学|社|関|行|長|員|官|院|校|団|隊|使|甲|乙|丙|丁|署|企業|政府|事業体|事務|日本|センター|[ァ-ヴー]{3,})$"
)
_PARTICLE = r"に対し(?:て)?(?=[^すて])|によって|により|から|より|へ(?!の)|に(?=[、一-龥ァ-ヴ0-9A-Za-z「そ全こ])(?!関す|関し|基づ|従[いうっ]|係[るり]|伴|当た|向け|応じ|加え|限[りるっ]|先立|含|代わ|代え|際し|定め|掲げ|規定)|は(?=、|[一-龥])|が(?=、|[一-龥])|を"
_PHRASE = re.compile(rf"(?P<np>[一-龥々ァ-ヴー・A-Za-z0-9]+(?:の[一-龥々ァ-ヴー・A-Za-z0-9]+)*)(?P<p>{_PARTICLE})")

_GIVE_EN = re.compile(
    r"\b(?:provi[ds]\w*|submit\w*|submission\w*|pay(?:s|ing|ments?)?|paid|deliver\w*|notif\w*|report\w*|transmit\w*|transmission\w*|transfer\w*|return\w*|disclos\w*|grant\w*|accord\w*|suppl(?:y|ies|ied)\w*|send\w*|sent|inform\w*|communicat\w*|extend\w*|alloca\w*|assign\w*|issue[sd]?|present(?:s|ed)?|entrust\w*|delegat\w*|hand\w*|furnish\w*|giv(?:e|es|en|ing)|gave|forward\w*|reimburs\w*|refund\w*|lend\w*|lent|lease[sd]?|sell\w*|sold|available|award\w*|convey\w*|make|made)\b",
    re.I,
)
_TAKE_EN = re.compile(
    r"(?:receiv\w*|obtain\w*|acquir\w*|purchas\w*|borrow\w*|accept\w*|buy\w*|bought|get|gets|got|recover\w*|collect\w*|import\w*|inherit\w*)$",
    re.I,
)
_GIVE_JA = re.compile(
    r"提供|提出|支払|引き?渡|通知|通報|通告|報告|送付|送信|送達|移転|移管|返還|返却|返納|開示|与え|付与|供与|交付|供給|派遣|伝達|割り?当て|譲渡|発行|委託|委任|償還|払い?戻|貸与|貸付|貸し|売却|輸出|授与|回付|納付|納入|連絡|照会"
)
_TAKE_JA = re.compile(
    r"受け(?!入れ|付け|た)|受ける|受領|受理|受取|受け取|取得|入手|購入|買い|買受|借り|借用|譲り受|徴収|回収|輸入|得る|得た|得て"
)
_PASSIVE_JA = re.compile(r"(?:さ|ら|か|た|ま|わ|ば|な)れ(?:る|た|な|て|ず|ます|なければ)[^、。]{0,14}$")
_ASK_EN = re.compile(r"\b(?:request\w*|seek\w*|sought|ask\w*|requir\w*|demand\w*|solicit\w*|invit\w*|claim\w*)\b", re.I)
_MODAL = re.compile(
    r"\b(?:shall|will|may|must|should|can|intends?|agrees?|undertakes?|has|have|is|are|was|were|had)\b(?: not| also| \w+ly)*(?= )",
    re.I,
)
_SUBORDINATE = re.compile(
    r"\b(?:which|that|who|whom|whose|where|when|whenever|if|as|unless|whether|until|before|after|because|since|provided|than|such)\b[^,;:]{0,80}$",
    re.I,
)
_PARTICIPLE = re.compile(r"(?: (?:not|also|\w+ly|been|be|being))* (\w+(?:ed|en|wn|id|nt|ld|ught|ade))\b")
_DETERMINED = r"(?:(?:the|a|an|each|either|its|their|such|that|other|one|any|both|said|this|those|these|all|every|[A-Z][\w'’-]*|\w+(?:ing|ed|ese|ian|ish)|of|and) )*"
_PREP = re.compile(rf"\b(to|from|by) {_DETERMINED}$")
_PREP_NOT = re.compile(
    r"\b(?:due|owing|pursuant|according|subject|attributable|prior|next|thanks|compared|relat\w+|belong\w*|appl\w+|refer\w*|respect|regard|relation|addition|view|access|up|entitled|as|contrary|party|parties|different|differ\w*|exempt\w*|protect\w*|prevent\w*|prohibit\w*|restrain\w*|far|away|apart|aris\w+|result\w*|separat\w+|independen\w+)[, ]+(?:\w+ )?$",
    re.I,
)


_Side = tuple[re.Pattern[str], re.Pattern[str]]


@lru_cache(maxsize=1)
def couples() -> tuple[tuple[_Side, _Side, bool], ...]:
    """Roles that face each other: (English, Japanese) of either, and whether one alone betrays an exchange."""
    out = []
    for row in data.rows("roles"):
        one = re.compile(rf"\b(?:{row['en']})\b", re.I), re.compile(row["ja"])
        two = re.compile(rf"\b(?:{row['en_opposite']})\b", re.I), re.compile(row["ja_opposite"])
        out.append((one, two, row["alone"] == "yes"))
    return tuple(out)


def role(text: str, one: _Side, two: _Side) -> _Side | None:
    """Which of two facing roles a Japanese phrase names; None when neither or both."""
    first, second = one[1].search(text) is not None, two[1].search(text) is not None
    return None if first == second else one if first else two


def _alone(pair: Pair, unit: Unit) -> Iterator[Exchange]:
    """The role of the English is nowhere in the Japanese, and the one that faces it is."""
    for one, two, betrays in couples():
        if not betrays:
            continue
        for mine, other in ((one, two), (two, one)):
            there = mine[0].search(unit.en_text)
            if there is None or other[0].search(unit.en_text) or mine[1].search(unit.ja_text):
                continue
            wrong = other[1].search(unit.ja_text)
            if wrong is None:
                continue
            a = pair.passage("ja", unit.bead).span(unit.ja[0] + wrong.start(), unit.ja[0] + wrong.end())
            b = pair.passage("en", unit.bead).span(unit.en[0] + there.start(), unit.en[0] + there.end())
            found = links(pair, unit.bead)
            if any(y.overlaps(b) and not x.overlaps(a) for x, y in found):
                continue
            if any(x.overlaps(a) and not y.overlaps(b) for x, y in found):
                continue
            yield Exchange(a, b, 0.8)


_RUN = re.compile(
    r"[一-龥々ァ-ヴー]{2,14}(?=(?:は|が|に|を|の|と|から|及び|又は|若しくは|並びに|、|により|に対し|へ)(?![一-龥]*ため))"
)
# An actor whose English can be learnt: a person or a body with a name of its own, no thing.
_PERSON = re.compile(
    r"(?:者|主|国|側|省|府|庁|臣|会|局|所|関|社|行|長|員|官|団|当局|政府|甲|乙|丙|[ァ-ヴー]+(?:サー|シー|ティー|ナー|ヤー|スト|アント|エント|イヤー))$"
)
_WORD = re.compile(r"[A-Za-z][A-Za-z'’-]+")
_STOP = frozenset(
    "the a an of and or to in for by with on at from as is are be shall will may must not its their such this that any each other which under if it has have been no who whom".split()
)
_SURE = 0.8  # share of passages in which a term and its counterpart stand together


def _stems(text: str) -> list[str]:
    return [w.lower().removesuffix("s") for w in _WORD.findall(text)]


def _phrases(words: list[str]) -> set[tuple[str, ...]]:
    out = set()
    for size in (1, 2, 3):
        for at in range(len(words) - size + 1):
            part = tuple(words[at : at + size])
            if part[0] not in _STOP and part[-1] not in _STOP:
                out.add(part)
    return out


def learned(pair: Pair) -> dict[str, tuple[str, ...]]:
    """Actors of this document with the English words that answer them nearly everywhere (主務大臣: competent minister)."""
    return pair.memo("learned actors", lambda: _learn(pair))


def _learn(pair: Pair) -> dict[str, tuple[str, ...]]:
    actors: dict[str, set[int]] = {}
    phrases: dict[tuple[str, ...], set[int]] = {}
    all_units = units(pair)
    for n, unit in enumerate(all_units):
        for m in _RUN.finditer(unit.ja_text):
            if _PERSON.search(m[0]):
                actors.setdefault(m[0], set()).add(n)
        for phrase in _phrases(_stems(unit.en_text)):
            phrases.setdefault(phrase, set()).add(n)
    out: dict[str, tuple[str, ...]] = {}
    for actor, places in actors.items():
        if len(places) < 4:
            continue
        near = {p for n in places for p in _phrases(_stems(all_units[n].en_text))}
        scored = [(2 * len(places & phrases[p]) / (len(places) + len(phrases[p])), len(p), p) for p in near]
        best = max(scored, default=None)
        if best is None or best[0] < _SURE:
            continue
        rival = max((s for s, _, p in scored if not set(p) & set(best[2])), default=0.0)
        if rival < best[0] - 0.08:  # else two words go together here, and which of them answers cannot be told
            out[actor] = best[2]
    taken: dict[tuple[str, ...], int] = {}
    for phrase in out.values():
        taken[phrase] = taken.get(phrase, 0) + 1
    return {a: p for a, p in out.items() if taken[p] == 1}


def _times(words: list[str], phrase: tuple[str, ...]) -> int:
    return sum(tuple(words[i : i + len(phrase)]) == phrase for i in range(len(words) - len(phrase) + 1))


def _named_otherwise(pair: Pair, unit: Unit) -> Iterator[Exchange]:
    """An actor of the document stands where the English names another one of it."""
    known = learned(pair)
    if len(known) < 2:
        return
    words = _stems(unit.en_text)
    said = [m for m in _RUN.finditer(unit.ja_text) if m[0] in known]
    for m in said:
        spoken = sum(o[0] == m[0] for o in said)
        if spoken <= _times(words, known[m[0]]) or unit.ja_text.count(m[0]) != spoken:
            continue
        own = not _times(words, known[m[0]])
        for other, phrase in known.items():
            if other == m[0] or other in m[0] or m[0] in other:
                continue
            if _times(words, phrase) <= unit.ja_text.count(other) or (own and other in unit.ja_text):
                continue
            if set(phrase) & set(known[m[0]]) or not _times(words, phrase):
                continue
            there = re.search(r"\W+(?:[\w]+\W+)?".join(rf"{re.escape(w)}s?" for w in phrase), unit.en_text, re.I)
            if there is None:
                continue
            yield Exchange(
                pair.passage("ja", unit.bead).span(unit.ja[0] + m.start(), unit.ja[0] + m.end()),
                pair.passage("en", unit.bead).span(unit.en[0] + there.start(), unit.en[0] + there.end()),
                0.75 if own else 0.66,
            )
            return


def exchanges(pair: Pair, unit: Unit) -> Iterator[Exchange]:
    """Yield the actors of a sentence that stand in each other's place, and those whose direction is turned."""
    named = list(_named_otherwise(pair, unit)) or list(_alone(pair, unit))
    if named:
        yield from named
        return
    ja, en = unit.ja_text.strip(), unit.en_text.strip()
    if len(ja) > 260 or len(en) > 700 or len(japanese.sentences(ja)) != 1 or len(english.sentences(en)) != 1:
        return
    actors = list(_actors(pair, unit))
    if not actors:
        return
    found = _half(pair, unit, actors)
    if found is not None:
        yield found
        return
    yield from _turned(pair, unit, actors)


def _actors(pair: Pair, unit: Unit) -> Iterator[_Actor]:
    depth_text = re.sub(r"[（(「『][^（()）「」『』]*[）)」』]", lambda m: "\x00" * len(m[0]), unit.ja_text)
    for m in _PHRASE.finditer(depth_text):
        if not _ACTOR.search(m["np"]):
            owner = re.match(r"[^の]+(?=の)", m["np"])
            if owner and _ACTOR.search(owner[0]) and m["p"] == "を":
                yield from _actor(pair, unit, m.start("np"), owner[0], "の")
            continue
        yield from _actor(pair, unit, m.start("np"), m["np"], m["p"])


def _actor(pair: Pair, unit: Unit, start: int, text: str, particle: str) -> Iterator[_Actor]:
    passage, other = pair.passage("ja", unit.bead), pair.passage("en", unit.bead)
    start += unit.ja[0]
    span = passage.span(start, start + len(text))
    answers = set()
    for a, b in links(pair, unit.bead):
        if span.start <= a.start and a.end <= span.end:
            at = _place(other, b)
            if at is not None and unit.en[0] <= at < unit.en[1]:
                answers.add((at - unit.en[0], at - unit.en[0] + len(b.text)))
    counterpart = learned(pair).get(text)
    if counterpart is not None:
        spots = re.finditer(r"\W+".join(rf"{re.escape(w)}s?" for w in counterpart), unit.en_text, re.I)
        answers = {m.span() for m in spots} or answers
    for one, two, _ in couples():
        if one[0].search(unit.en_text) and two[0].search(unit.en_text):
            named = role(text, one, two)
            if named is not None:  # both roles are spoken of: the table knows better than the links
                answers = {f.span() for f in named[0].finditer(unit.en_text)}
    yield _Actor(start, start + len(text), text, particle, frozenset(answers))


def _place(passage: Passage, span: Span) -> int | None:
    for base, segment, view in passage.pieces:
        if segment.span.start <= span.start < segment.span.end:
            return base + view.index(span.start)
    return None


def _inside(places: frozenset[tuple[int, int]], zone: tuple[int, int]) -> bool:
    return bool(places) and all(zone[0] <= s and e <= zone[1] for s, e in places)


def _tail(unit: Unit, actors: list[_Actor]) -> str:
    """The end of the sentence, where its verb stands, without the actors."""
    last = max((a.end for a in actors), default=unit.ja[0]) - unit.ja[0]
    return unit.ja_text[last:].rstrip("。 \n)")[-26:]


def _half(pair: Pair, unit: Unit, actors: list[_Actor]) -> Exchange | None:
    """One actor alone that stands in the other's place: who gives in one language receives in the other."""
    clause = main_clause(unit.en_text)
    if clause is None or clause.passive:
        return None
    tail = _tail(unit, actors)
    take_en, take_ja = _TAKE_EN.search(clause.verb) is not None, _TAKE_JA.search(tail) is not None
    give = _GIVE_EN.match(clause.verb) is not None and _GIVE_JA.search(tail) is not None and not take_ja
    if _PASSIVE_JA.search(tail) or not (give or (take_en and take_ja)):
        return None
    for actor in actors:
        own = actor.en - frozenset(p for a in actors if a is not actor for p in a.en)
        if not own:
            continue
        if actor.particle == "は" and actor is actors[0]:
            prep = _PREP.search(unit.en_text[: min(own)[0]])
            turned = (
                prep is not None
                and prep[1] == ("from" if take_en else "to")
                and _inside(own, (clause.after, len(unit.en_text)))
                and not _PREP_NOT.search(unit.en_text[: prep.start()])
            )
        else:
            turned = actor.particle in (
                ("から", "より") if take_en else ("に", "に対し", "に対して", "へ")
            ) and _inside(own, head(unit.en_text, *clause.subject))
        if turned:
            at = min(own)
            return Exchange(
                pair.passage("ja", unit.bead).span(actor.start, actor.end),
                pair.passage("en", unit.bead).span(unit.en[0] + at[0], unit.en[0] + at[1]),
                0.7,
            )
    return None


_AGAINST = {
    "to": ("から", "より", "により", "によって"),
    "from": ("に対し", "に対して", "へ", "に"),
    "by": ("に対し", "に対して", "へ", "に"),
}


def _turned(pair: Pair, unit: Unit, actors: list[_Actor]) -> Iterator[Exchange]:
    """An actor behind "to" that Japanese marks as the source, or the reverse."""
    text = unit.en_text
    tail = _tail(unit, actors)
    for actor in actors:
        own = actor.en - frozenset(p for a in actors if a is not actor for p in a.en)
        if not own or actor.particle in ("は", "が", "を"):
            continue
        start = min(own)[0]
        if max(own)[1] - start > 60:
            continue
        prep = _PREP.search(text[:start])
        if prep is None or actor.particle not in _AGAINST[prep[1]] or _PREP_NOT.search(text[: prep.start()]):
            continue
        word = text[min(own)[0] : min(own)[1]]
        if len(re.findall(rf"\b{re.escape(word)}\b", text, re.I)) > 1 or unit.ja_text.count(actor.text) > 1:
            continue
        before = text[max(0, prep.start() - 90) : prep.start()]
        if prep[1] == "to":
            verbs = list(_GIVE_EN.finditer(before))
            if not verbs or re.search(r"\b(?:from|by)\b", before[verbs[-1].end() :]):
                continue
            if actor.particle in ("により", "によって") and not _PASSIVE_JA.search(tail):
                continue
        elif prep[1] == "from":
            if not re.search(
                r"\b(?:receiv|obtain|acquir|purchas|borrow|buy|recover|collect)\w*\b[^,;]{0,60}$", before, re.I
            ):
                continue
            if _ASK_EN.search(before) or not _GIVE_JA.search(tail):
                continue
        elif not _GIVE_EN.search(before) or (
            actor.particle == "に" and not (_PASSIVE_JA.search(tail) and _GIVE_JA.search(tail))
        ):
            continue
        at = min(own)
        yield Exchange(
            pair.passage("ja", unit.bead).span(actor.start, actor.end),
            pair.passage("en", unit.bead).span(unit.en[0] + prep.start(), unit.en[0] + at[1]),
            0.72,
        )
