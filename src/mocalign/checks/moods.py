"""Which modal rules which verb, on either side: may, shall, endeavour, しなければならない, each bound to its own verb.

In English the modal stands before its verb, often far before it ("shall, subject to paragraph 2, exchange and publish"); in
Japanese behind it. Word links tell which verb answers which, so that two clauses of a sentence are not confused.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from mocalign import english
from mocalign.checks.denials import linked, morphemes, sweep
from mocalign.checks.units import Unit
from mocalign.pair import Pair

__all__ = ["Mood", "clause_ja", "mood_en", "moods_ja", "predicate", "ruled_ja", "words_en"]


@dataclass(frozen=True, slots=True)
class Mood:
    """A mode and the words that carry it, as indices of the text of a unit."""

    mode: str
    start: int
    end: int


# --------------------------------------------------------------------------------------------------------------- English

_MODAL = {
    "shall": "shall",
    "must": "must",
    "will": "will",
    "may": "may",
    "can": "may",
    "should": "should",
    "ought": "should",
}
_OPEN_MODAL = frozenset(("could", "might", "would"))
_FINITE = frozenset("is are was were does do did".split())
_BREAKS = frozenset(
    "which that who whom whose if when whenever where whereas because while unless whether what how than as before after "
    "until since although though except".split()
)
_ADJECTIVE = {
    **dict.fromkeys("required obliged obligated bound compelled necessary mandatory".split(), "must"),
    **dict.fromkeys(
        "entitled permitted allowed authorized authorised able free empowered eligible competent".split(), "may"
    ),
    **dict.fromkeys(
        "encouraged expected recommended desirable advised invited urged advisable requested".split(), "should"
    ),
    **dict.fromkeys("prohibited forbidden barred precluded excluded prevented".split(), "not"),
}
_TO = {
    **dict.fromkeys(
        "endeavour endeavours endeavor endeavors seek seeks seeking strive strives aim aims attempt attempts try tries effort "
        "efforts endeavouring endeavoring striving trying aiming".split(),
        "endeavour",
    ),
    **dict.fromkeys(
        "intend intends intended intending plan plans planned propose proposes intention intent".split(),
        "intend",
    ),
    **dict.fromkeys(
        "right rights power powers discretion option freedom authority liberty possibility opportunity".split(), "may"
    ),
    **dict.fromkeys("duty obligation obligations need needs responsibility responsible has have had".split(), "must"),
    **_ADJECTIVE,
}
_THROUGH = frozenset("continue continues begin begins start come agree agrees undertake undertakes".split())


_ASIDE = re.compile(
    r"\bas (?:far|soon|much|early|closely|widely) as (?:possible|practicable|feasible|practical)\b|\b(?:as|if|where|when|wherever|whenever) (?:and (?:when|where|as) )?(?:appropriate|necessary|required|requested|needed|possible|applicable|practicable|feasible)\b|\bas well as\b|\bas a (?:rule|general rule|minimum)\b|\bbefore (?:the )?[^,;.]{1,20}(?=,)",
    re.I,
)


def words_en(pair: Pair, unit: Unit) -> tuple[english.Token, ...]:
    """The words of the English of a unit; positions are indices of its text."""

    def make() -> tuple[english.Token, ...]:
        out = []
        for start, segment, _ in pair.passage("en", unit.bead).pieces:
            for t in pair.en_tokens(segment):
                at = t.start + start - unit.en[0]
                if 0 <= at < len(unit.en_text):
                    out.append(english.Token(at, at + len(t.surface), t.surface, t.lemma, t.is_word, t.is_stop))
        return tuple(out)

    return pair.memo(f"words {unit.bead} {unit.en}", make)


def mood_en(pair: Pair, unit: Unit, at: int) -> Mood | None:
    """The modal that rules the English word at an index: the nearest one before it in its clause, None if there is none."""
    words = words_en(pair, unit)
    k = next((n for n, t in enumerate(words) if t.start <= at < t.end), None)
    if k is None:
        return None
    low = [t.surface.lower() for t in words]
    aside = [m.span() for m in _ASIDE.finditer(unit.en_text)]
    n = k - 1
    while n >= 0 and k - n <= 40:
        word = low[n]
        if any(a <= words[n].start < b for a, b in aside):
            n -= 1
            continue
        if word in (";", ":"):  # shall: (a) …; (b) …
            chapeau = next((c for c in range(n, 0, -1) if low[c] == ":"), None)
            if chapeau is None or low[chapeau - 1] not in _MODAL:
                return None
            n = chapeau - 1
            return Mood(_MODAL[low[n]], words[n].start, words[n].end)
        if word == "." or word in _BREAKS:
            return None
        if word == "to":
            before = low[n - 1] if n else ""
            if before in ("and", "or", ",", "nor") or before in _THROUGH:
                n -= 2
                continue
            mode = _TO.get(before)
            if mode is None:
                return None
            left = n - 1
            if mode in ("must", "may", "should", "not") and _denied(low, n):
                return Mood("free" if mode == "must" else "not", words[left].start, words[left].end)
            if mode in ("endeavour", "intend") and left and low[left - 1] == "not":
                mode = "not"
            return Mood(mode, words[left].start, words[left].end)
        if word in _MODAL or word in _OPEN_MODAL:
            after = low[n + 1] if n + 1 < len(low) else ""
            if word in _OPEN_MODAL or (word == "should" and words[n].surface == "Should"):
                return None
            if word == "may" and words[n].surface == "May" and n and low[n - 1] not in (".",):
                return None  # the month
            if after in ("not", "n't", "never", "neither") or _denied(low, n):
                return Mood("not", words[n].start, words[n].end)
            return Mood(_MODAL[word], words[n].start, words[n].end)
        if word in _FINITE:
            nearby = [w for w in low[n + 1 : k] if w in _ADJECTIVE]
            if not nearby:
                return Mood("plain", words[n].start, words[n].end)
        if word in ("has", "have", "had") and (n == 0 or low[n - 1] not in _MODAL):
            return Mood("plain", words[n].start, words[n].end)
        n -= 1
    return None


def _denied(low: list[str], at: int) -> bool:
    """Whether the subject or the verb before an index denies: no one may, is not required to."""
    for n in range(at - 1, max(-1, at - 12), -1):
        if low[n] in (".", ";", ",", ":", "and", "but", "which", "that"):
            return False
        if low[n] in ("not", "no", "neither", "nor", "nothing", "none", "nobody", "never", "n't"):
            return True
    return False


# -------------------------------------------------------------------------------------------------------------- Japanese

_JA = (
    ("free", r"(?:義務|責任|責務|必要)(?:を|は|も|が)?(?:負わ|有し|な)[いくずせ]|要しな|なくてもよ|及ばな"),
    (
        "not",
        r"て(?:は|も)なら(?:ない|ず|なかった|なりません)|こと(?:が|は|も)?(?:でき|出来)(?:ない|ず|ません|なかった)",
    ),
    (
        "must",
        r"なければなら(?:ない|ず|なかった)|なければなりません|ねばなら(?:ない|ず)|義務を負(?:う|い)|義務があ(?:る|り)",
    ),
    (
        "may",
        r"こと(?:が|も)(?:でき|出来)(?:る|ます|、|るものと)|こと(?:が|も)可能(?:である|であり|です)|ても(?:よい|良い|よく|差し支えない|かまわない|構わない)|(?<=[一-龥])でき(?:る|ます)(?=[。、が])|権利を有(?:する|し)|て(?:よい|良い)",
    ),
    (
        "endeavour",
        r"(?:よう(?:に)?|に|を)?(?:最善を尽くして)?努め(?:る|、|ます|なければ|て)|(?:よう)?努力(?:する|し)|ことを目指(?:す|し)",
    ),
    (
        "should",
        r"べき(?:である|であり|で、|です|ものとする)|ことが望まし(?:い|く)|ことが(?:推奨|奨励|期待)され(?:る|、|ます)",
    ),
    ("intend", r"(?:意図|意向|意思)を有(?:する|し)|(?:意図|意向|予定|つもり|考え)(?:である|であり|です|とする)"),
)
_JA_RE = tuple((mode, re.compile(pattern)) for mode, pattern in _JA)


def moods_ja(unit: Unit) -> tuple[Mood, ...]:
    """Every modal of the Japanese of a unit that stands in a clause of its own, in order; the first reading counts."""
    out: list[Mood] = []
    for mode, pattern in _JA_RE:
        for m in pattern.finditer(unit.ja_text):
            if any(x.start < m.end() and m.start() < x.end for x in out):
                continue
            after = unit.ja_text[m.end() : m.end() + 12]
            if (
                re.match(r"(?:もの(?:と(?:する|し)|です)|こととする)?(?:が|けれども|とともに)?(?:[。、]|$|\))", after)
                or m[0][-1] in "、ずくりしいてび"
            ):
                if re.match(r"(?:こと|もの(?!と)|旨|場合|とき|者|よう)", after):
                    continue
                out.append(Mood(mode, m.start(), m.start() + len(m[0].rstrip("、"))))
    return tuple(sorted(out, key=lambda m: m.start))


def ruled_ja(pair: Pair, unit: Unit, mood: Mood) -> list[tuple[int, int]]:
    """The English words that answer the verb a Japanese modal rules, or what that verb takes; none without a link."""
    ties = linked(pair, unit)
    edge = max((m.end() for m in re.finditer(r"[、。;(「]", unit.ja_text[: mood.start])), default=0)
    inside = [t for t in ties if max(edge, mood.start - 18) <= t.ja[0] and t.ja[1] <= mood.start + 1]
    head = max((t.ja for t in inside), default=None)
    if head is None or not _BETWEEN.fullmatch(unit.ja_text[head[1] : mood.start]):
        return []
    words = sorted(t.en for t in inside if t.ja == head)
    if len(words) > 1:  # a word said twice on either side: the first answers the first
        text = unit.ja_text[slice(*head)]
        mine = sorted({t.ja for t in ties if unit.ja_text[slice(*t.ja)] == text})
        if len(mine) == len(words):
            return [words[mine.index(head)]]
    return words


_BETWEEN = re.compile(r"(?:[をにへとはが][一-龥]{1,3}[ぁ-ん]?[一-龥]{0,2})?[ぁ-ん]{0,7}")


def clause_ja(unit: Unit, word: tuple[int, int]) -> str:
    """The Japanese from a word to the end of its sentence, where a modal may stand."""
    end = unit.ja_text.find("。", word[1])
    return unit.ja_text[word[0] : end if end >= 0 else len(unit.ja_text)]


def predicate(pair: Pair, unit: Unit, word: tuple[int, int]) -> bool:
    """Whether a Japanese word is the verb of a main clause: it ends its sentence or links to what follows."""
    start, stop = sweep(pair, unit, *word, joined=False)
    base = unit.ja[0]
    at = next((t for t in morphemes(pair, unit) if t.start < base + word[1] <= t.end), None)
    if at is None or not (at.pos[0] == "動詞" or (len(at.pos) > 2 and "サ変可能" in at.pos[2])):
        return False
    after = unit.ja_text[word[1] : word[1] + 3]
    if at.pos[0] != "動詞" and not re.match(r"[をのが]?(?:する|し|さ|せ|を行|を実)", after):
        return False
    return unit.ja_text[stop : stop + 1] in ("。", "、", "") and not re.search(
        r"(?:とき|場合|ため|ば|は|も)$", unit.ja_text[start:stop]
    )
