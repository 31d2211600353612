"""Which denial answers which: every word that denies, on either side, beside the words it denies, told by word links.

Counting denials sees a lost ない in a short sentence only. In a paragraph of several clauses each denial is bound to its own
words here: 使用せず answers "shall not employ" because 使用 is linked to "employ". What is left over on one side is a denial
that the other side has not, if its words are there and stand undenied.
"""

from __future__ import annotations

import dataclasses
import re
from collections import Counter
from dataclasses import dataclass

from mocalign import english, japanese
from mocalign.checks.near import links
from mocalign.checks.units import Unit
from mocalign.model import Lang
from mocalign.pair import Pair

__all__ = ["Denial", "Tie", "left_over", "linked", "morphemes", "sweep", "wide"]


@dataclass(frozen=True, slots=True)
class Tie:
    """Two words that answer each other; positions are indices of the texts of a unit."""

    ja: tuple[int, int]
    en: tuple[int, int]


@dataclass(frozen=True, slots=True)
class Denial:
    """A word that denies at `start:end` of the text of a unit.

    `strong` is a plain negation; others deny by what they mean (refuse, 未検査), restrict (only) or except. `words` are
    the English words it denies, as indices of the English text with a weight; `scope` is where they were looked for.
    """

    start: int
    end: int
    text: str
    sort: str
    strong: bool
    scope: tuple[int, int]


def linked(pair: Pair, unit: Unit) -> tuple[Tie, ...]:
    """The word links inside a unit, computed once."""

    def make() -> tuple[Tie, ...]:
        ja, en = _places(pair, unit, "ja"), _places(pair, unit, "en")
        out = []
        for a, b in links(pair, unit.bead):
            at, there = _at(ja, a.start), _at(en, b.start)
            if at is None or there is None:
                continue
            if 0 <= at < len(unit.ja_text) and 0 <= there < len(unit.en_text) and not _EMPTY.fullmatch(a.text):
                out.append(Tie((at, at + len(a.text)), (there, there + len(b.text))))
        many = Counter(t.ja for t in out)  # a word that answers everything answers nothing
        return tuple(t for t in out if many[t.ja] <= _MANY)

    return pair.memo(f"ties {unit.bead} {unit.ja} {unit.en}", make)


_MANY = 4
_EMPTY = re.compile(r"[ぁ-ん]|する|した|こと|もの|その|この|ため|とき|場合|つい|より|よる|よっ|おい|おけ")


def _places(pair: Pair, unit: Unit, side: Lang) -> list[tuple[int, int, int, object]]:
    base = unit.ja[0] if side == "ja" else unit.en[0]
    passage = pair.passage(side, unit.bead)
    return [(s.span.start, s.span.end, start - base, view) for start, s, view in passage.pieces]


def _at(places: list[tuple[int, int, int, object]], offset: int) -> int | None:
    for start, end, base, view in places:
        if start <= offset < end:
            return base + view.index(offset)  # type: ignore[attr-defined, no-any-return]
    return None


# ------------------------------------------------------------------------------------------------------------- Japanese

_PREFIX = re.compile(
    r"(?<![一-龥])(?:未(?!来|亡|然|知数|曽|成年)|不(?!動産|可欠|可抗力|思議|断|意|審|可分|朽|満|振|測|祥|況)|非(?!常|難|行|業)|無(?!線|事|論|料|形|窮|上|我|尽))[一-龥]"
)
_FUSED = re.compile(r"(?:な(?:い|く|かった|ければ)?|ず|ません|ぬ)$")
_SOFT_JA = ("lexneg", "unless", "except", "only", "notlimited", "notonly", "xregard", "xbound")


def morphemes(pair: Pair, unit: Unit) -> tuple[japanese.Token, ...]:
    """The morphemes of the Japanese passage of a bead; positions are indices of the passage."""

    def make() -> tuple[japanese.Token, ...]:
        out = []
        for start, segment, _ in pair.passage("ja", unit.bead).pieces:
            for t in pair.ja_tokens(segment, mode="A"):
                out.append(dataclasses.replace(t, start=t.start + start, end=t.end + start))
        return tuple(out)

    return pair.memo(f"morphemes {unit.bead}", make)


def _adjectives(pair: Pair, unit: Unit) -> list[tuple[int, int]]:
    """Adjectives that end in ない and deny nothing: 危ない, 少ない."""
    if "ない" not in unit.ja_text and "なく" not in unit.ja_text:
        return []
    return [
        (t.start - unit.ja[0], t.end - unit.ja[0])
        for t in morphemes(pair, unit)
        if t.pos[0] == "形容詞" and t.lemma not in ("ない", "無い") and t.lemma.endswith("ない")
    ]


def _denials_ja(pair: Pair, unit: Unit) -> list[Denial]:
    out = []
    quiet = _adjectives(pair, unit)
    for cue in unit.ja_cues:
        start, end = cue.start - unit.ja[0], cue.end - unit.ja[0]
        if any(s < end and start < e for s, e in quiet):
            continue
        strong = cue.sort == "not" or (cue.sort == "lexneg" and _FUSED.search(cue.text) is not None)
        if not strong and cue.sort not in _SOFT_JA and not (cue.sort == "xleast" and _FUSED.search(cue.text)):
            continue
        if strong and re.match(r"[^。]{0,3}(?:か|かな|かしら)[。?？]", unit.ja_text[end:]):
            continue  # a question: ませんか
        edge = max((m.end() for m in re.finditer(r"[、。;(「」)]", unit.ja_text[:start])), default=0)
        out.append(Denial(start, end, cue.text, cue.sort, strong, (max(edge, start - 26), end)))
    for m in _PREFIX.finditer(unit.ja_text):
        if not any(d.start <= m.start() < d.end for d in out):
            out.append(Denial(m.start(), m.end(), m[0], "lexneg", False, (m.start(), m.end() + 3)))
    return sorted(out, key=lambda d: d.start)


_FORMAL = frozenset("こと もの の よう 必要 義務 権利 権限 意図 意向 意思 予定 可能 努力 とおり".split())


def sweep(pair: Pair, unit: Unit, start: int, end: int, *, joined: bool = True) -> tuple[int, int]:
    """Where stands what rules a Japanese word at `start:end`: its predicate to the end of its clause.

    A noun is ruled by the verb that takes it (責任を負わない), a verb in its linking form by the end of the sentence (使用し、
    … してはならない) if `joined`, a clause in こと by the verb that follows (開示することを禁ずる).
    """
    text, base = unit.ja_text, unit.ja[0]
    tokens = [t for t in morphemes(pair, unit) if base + end <= t.start < unit.ja[1]]
    at = max((t for t in morphemes(pair, unit) if t.start < base + end <= t.end), key=lambda t: t.start, default=None)
    found = at is not None and at.pos[0] in ("動詞", "形容詞")
    stop = end
    verb = found
    last = at
    for k, t in enumerate(tokens):
        after = tokens[k + 1] if k + 1 < len(tokens) else None
        mark = t.surface in ("。", ";", "\n") or (t.surface == "、" and verb)
        if mark:
            break
        chain = (
            t.pos[0] in ("助動詞", "助詞")
            or t.pos[1] == "非自立可能"
            or (t.pos[0] == "名詞" and t.surface in _FORMAL)
            or t.lemma in ("ない", "無い")
        )
        if t.pos[0] == "接続詞" and verb:
            break
        if verb and not chain:
            over = last is not None and (
                last.surface in _FORMAL
                or (
                    (last.pos[0] == "助詞" and last.surface in ("を", "に", "は", "が", "も", "と") and k >= 2)
                    and tokens[k - 2].surface in _FORMAL
                )
            )
            if not over:
                break
            verb = False  # … ことを: on to the verb that takes it
        if t.pos[0] in ("動詞", "形容詞") or (t.pos[0] == "助動詞" and t.surface in ("で", "だ", "な")):
            verb = True
        if verb and t.surface in ("とき", "時", "ため", "から", "ので", "まで", "ところ"):
            break
        stop = t.end - base
        last = t
        if after is None:
            break
    if joined and last is not None and text[stop : stop + 1] == "、":
        linking = last.pos[0] in ("動詞", "助動詞") and last.pos[5].startswith("連用形")
        if linking:
            ends = text.find("。", stop)
            stop = ends if ends >= 0 else len(text)
    return max(0, start - 1), stop


# -------------------------------------------------------------------------------------------------------------- English

_SOFT_EN = ("lexneg", "unless", "except", "only", "notlimited", "notonly", "xregard", "xnumber")
_STOP_EN = re.compile(
    r"[.;:](?:\s|$)|\b(?:which|who|whose|that|if|when|where|unless|except|but|because|provided|whereas)\b|,? (?:and|or) (?:(?:the|a|an|its|any|each)\b[^,;.]{0,30})?\b(?:shall|will|may|must|should|can|is|are|has|have|does|do|did|not)\b",
    re.I,
)
_BEFORE = re.compile(
    r"(?:prohibited|forbidden|barred|precluded|void|null|invalid|unable|absent|lacking|denied|refused|rejected|waived|avoided|prevented|withheld|violated|missing|omitted|neglected)$",
    re.I,
)


_NOR = re.compile(
    r"nor (?:shall|will|may|must|should|can|could|would|is|are|was|were|has|have|had|does|do|did)\b", re.I
)
# words that deny by their making: harassment-free, useless, incompatible
_DENYING_WORD = re.compile(
    r"\b\w+-(?:free|proof)\b|\bfree(?:dom)? from\b|\bfree(?:dom)?\b|\b\w{3,}less(?:ly|ness)?\b(?<!unless)(?<!regardless)(?<!nevertheless)(?<!nonetheless)"
    r"|\bdis(?:agree|approv|allow|satisf|continu|prov|honou?r|similar|proportion|advantag|abl)\w*|\b(?:in|im|ir|il|ab)(?P<base>\w+(?:[ai]bl[ey]|[ai]bility|ent|ently|ence|ency|ant|ance|ive|ively|ate|acy|act|ect|al|ally|ous|ed|tion|ment|ing))\b(?<!instance)(?<!information)(?<!immediate)(?<!immediately)",
    re.I,
)
_FINITE = re.compile(
    r"\b(?:shall|will|may|must|should|can|could|would|is|are|was|were|has|have|had|does|do|did|been)\b", re.I
)
_VERBS = r"(?:shall|will|may|must|should|can|could|would|is|are|was|were|has|have|had|does|do|did)"
_UNDER = r"\b(?:which|who|whose|that|where|when|if|because|while|unless|except|provided|although|but|instead)\b"
_OTHER_VERB = re.compile(rf"(?:(?:[,:]|\b(?:and|or)\b)[^.;,]{{0,40}}?)?\b{_VERBS}\b(?! not)|{_UNDER}", re.I)
_OTHER_SUBJECT = re.compile(
    rf"\band\b[^.;,]{{0,40}}?\b{_VERBS}\b(?! not)|, (?:the|a|an|its|their|each|any|such|this|these|that|it|they|he|she)\b[^,;.]{{0,40}}?\b{_VERBS}\b|\bbut\b|\bunless\b|\bexcept\b",
    re.I,
)
_CLAUSE_START = re.compile(r"(?:^|[.;:,]\s|\b(?:and|or|but|that|if|when|where|nor|which|in|to|by|with)\s)\W*$", re.I)


def _denials_en(unit: Unit) -> list[Denial]:
    text = unit.en_text
    out = []
    for cue in unit.en_cues:
        start, end = cue.start - unit.en[0], cue.end - unit.en[0]
        denies = cue.sort == "except" and re.search(r"\bnot\b", cue.text, re.I) is not None
        strong = cue.sort in ("not", "neither") or denies or (cue.sort == "or" and _NOR.match(text, start) is not None)
        if not strong and cue.sort not in _SOFT_EN:
            continue
        if strong and text[end : end + 1] == "-":
            strong = False  # not-for-profit
        if cue.sort == "lexneg" and re.match(r"uniqu|unifor|universi|unit|under|until|union", cue.text, re.I):
            continue
        far = (
            100
            if cue.sort == "neither" or (re.match(r"no|none|nothing|nobody", cue.text, re.I) and cue.text != "not")
            else 60
        )
        close = _STOP_EN.search(text, end, min(len(text), end + far))
        left, right = start, close.start() if close else min(len(text), end + far)
        if _BEFORE.search(cue.text):
            left = max(0, start - 70)
        if denies:
            left = start
        out.append(Denial(start, end, cue.text, cue.sort, strong, (left, right)))
    for m in _DENYING_WORD.finditer(text):
        if any(d.start <= m.start() < d.end for d in out):
            continue
        if m["base"] and not (len(m["base"]) > 3 and english.is_word(m["base"].lower())):
            continue
        out.append(Denial(m.start(), m.end(), m[0], "lexneg", False, (max(0, m.start() - 30), m.end())))
    return sorted(out, key=lambda d: d.start)


def wide(unit: Unit, denial: Denial) -> tuple[int, int]:
    """How far an English denial reaches at most: over what is joined to its words, to the next verb of its own."""
    text, at = unit.en_text, denial.end
    subject = denial.text.lower() not in ("not", "cannot", "n't", "n’t", "never") and _CLAUSE_START.search(
        text[: denial.start]
    )
    if subject:  # no one may: the first verb is its own
        first = _FINITE.search(text, at)
        at = first.end() if first else at
    stop = re.compile(r"[.;](?:\s|$)").search(text, at)
    end = stop.start() if stop else len(text)
    own = (_OTHER_SUBJECT if subject else _OTHER_VERB).search(text, at, end)
    return denial.start, own.start() if own else end


_REGARD = ("xregard", "notlimited", "notonly")  # these answer their like alone


def _score(ja: Denial, en: Denial, ties: tuple[Tie, ...], near: dict[Denial, tuple[int, int] | None]) -> float:
    """How well two denials answer each other: by the words they deny."""
    if ja.sort in _REGARD and en.sort != ja.sort and not en.strong:
        return 0.0
    head = near[ja]
    inside = [t for t in ties if en.scope[0] <= t.en[0] < en.scope[1]]
    first = min((t.en for t in inside if t.en[0] >= en.end), default=None)
    got = 8.0 if ja.sort == en.sort and ja.sort in ("only", "unless", "except", "notlimited", "xregard") else 0.0
    for t in ties:
        if ja.start <= t.ja[0] < ja.end and en.start <= t.en[0] < en.end:
            got += 6  # 拒否 is "refuse" itself
    for t in inside:
        if ja.scope[0] <= t.ja[0] and t.ja[1] <= ja.scope[1] + 1:
            got += (3 if head == t.ja else 1) + (2 if t.en == first else 0)
    return got / 2 if ja.sort == "xleast" else got


# what denies by its form or stands for a denial whatever word renders it
_FORMED = re.compile(
    r"without|free(?:dom)? |fail|refrain|unable|lack|absen|inabilit|un|non|(?:in|im|ir|il)(?:[a-z])|dis|\w+less|\w+-free|[未不非無]",
    re.I,
)


def _content(denial: Denial, ties: tuple[Tie, ...], others: list[Denial], side: str) -> bool:
    """A word that denies by its meaning and answers a word of the other side that does not: a plain word here (停止)."""
    if denial.strong or denial.sort != "lexneg" or " " in denial.text or _FORMED.match(denial.text):
        return False
    mine, theirs = (0, 1) if side == "ja" else (1, 0)
    spans = [((t.ja, t.en)[mine], (t.ja, t.en)[theirs]) for t in ties]
    tied = [b for a, b in spans if a[0] < denial.end and denial.start < a[1]]
    return bool(tied) and not any(d.start < b[1] and b[0] < d.end for b in tied for d in others)


def _head(denial: Denial, ties: tuple[Tie, ...]) -> tuple[int, int] | None:
    """The last linked Japanese word before a denial: what is denied."""
    inside = [t.ja for t in ties if denial.scope[0] <= t.ja[0] and t.ja[1] <= max(denial.start + 1, denial.scope[0])]
    if denial.sort == "lexneg" and not denial.strong:
        inside = [t.ja for t in ties if denial.scope[0] <= t.ja[0] < denial.scope[1]]
    return max(inside) if inside else None


def left_over(pair: Pair, unit: Unit) -> tuple[list[Denial], list[Denial], list[Denial], list[Denial]]:
    """Denials of the Japanese and of the English that none of the other side answers: (ja, en), then the answered ones.

    Pairs that deny the same words are taken first, the best before the others; then whatever denies on one side absorbs
    one denial of the other, and a restriction (only, のみ) two, since "not … without" is のみ.
    """

    def make() -> tuple[list[Denial], list[Denial], list[Denial], list[Denial]]:
        return _left_over(pair, unit)

    return pair.memo(f"denials {unit.bead} {unit.ja} {unit.en}", make)


def _left_over(pair: Pair, unit: Unit) -> tuple[list[Denial], list[Denial], list[Denial], list[Denial]]:
    ties = linked(pair, unit)
    all_ja, all_en = _denials_ja(pair, unit), _denials_en(unit)
    ja = [d for d in all_ja if not _content(d, ties, all_en, "ja")]
    en = [d for d in all_en if not _content(d, ties, all_ja, "en")]
    near = {d: _head(d, ties) for d in ja}
    scored = sorted(
        (
            (-_score(a, b, ties, near), -(a.strong + b.strong), abs(i / max(1, len(ja)) - k / max(1, len(en))), i, k)
            for i, a in enumerate(ja)
            for k, b in enumerate(en)
        )
    )
    own: dict[int, int] = {}
    took_ja: set[int] = set()
    took_en: set[int] = set()
    for score, _, _, i, k in scored:
        if score < 0 and i not in took_ja and k not in took_en:
            own[i] = k
            took_ja.add(i)
            took_en.add(k)
    rest_ja, rest_en = [i for i in range(len(ja)) if i not in took_ja], [k for k in range(len(en)) if k not in took_en]
    # what is left answers without shared words: strong ones first
    for i in sorted(rest_ja, key=lambda i: not ja[i].strong):
        room = sorted(
            (k for k in rest_en if k not in took_en), key=lambda k: (not en[k].strong, abs(k / len(en) - i / len(ja)))
        )
        if ja[i].sort in _REGARD:
            room = [k for k in room if en[k].sort == ja[i].sort]
        if ja[i].text == "ほか":  # in addition, oftener than except
            room = [k for k in room if not en[k].strong]
        if ja[i].strong and near[ja[i]] is not None:  # it denies a word that stands out of reach of that denial
            words = [t.en[0] for t in ties if t.ja == near[ja[i]]]
            room = [
                k for k in room if en[k].strong or any(en[k].start - 60 <= w < wide(unit, en[k])[1] + 20 for w in words)
            ]
        for k in room[:1]:
            own[i] = k
            took_ja.add(i)
            took_en.add(k)
    # one more for a restriction, though it has found its own: only if, … ない限り … ない
    for mine, others, took, pairs, sorts in (
        (ja, en, took_en, own, ("only",)),
        (en, ja, took_ja, {k: i for i, k in own.items()}, ("only", "unless")),
    ):
        for n, d in enumerate(mine):
            room = [k for k, o in enumerate(others) if k not in took and o.strong]
            partner = others[pairs[n]].sort if n in pairs else ""
            alike = partner == "only" if d.sort == "only" else partner in ("unless", "except")
            if d.sort in sorts and room and not alike:
                took.add(room[0])
    # not … without, not … unless: two denials make none
    for side, took in ((en, took_en), (ja, took_ja)):
        left = [k for k in range(len(side)) if k not in took]
        plain = [k for k in left if side[k].strong]
        undone = [
            k for k in left if side[k].sort in ("unless", "except") or re.match(r"without|until|なければ", side[k].text)
        ]
        if plain and undone and plain[0] != undone[0]:
            took |= {plain[0], undone[0]}
    return (
        [d for i, d in enumerate(ja) if i not in took_ja],
        [d for k, d in enumerate(en) if k not in took_en],
        [d for i, d in enumerate(ja) if i in took_ja],
        [d for k, d in enumerate(en) if k in took_en],
    )
