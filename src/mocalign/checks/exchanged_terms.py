"""A term of the document stands where its English names another term of the document.

Why it matters: the manager for the trustee, Japan for Australia: both words belong to the text, so nobody stumbles over
them, and the duty falls on somebody else.

What to do: compare the two terms and write the one that the English names.

How it is found: terms that stand side by side throughout the document, as often in the one language as in the other,
are taken to answer each other. Where one side has one of them too often and lacks another at the same time, they have been
exchanged.
"""

from __future__ import annotations

import itertools
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from mocalign.checks.base import Check, Example, Hit
from mocalign.config import Config
from mocalign.lexicon import Answer
from mocalign.model import Severity, Span
from mocalign.pair import Pair

__all__ = ["CHECK"]

_BEADS = 3  # passages, besides the one in question, in which two terms must answer each other
_EQUAL = 0.85  # share of the passages with either in which both stand equally often
_LONGEST = 4  # morphemes or words of a term
_ANSWERED = 0.6  # strength of a link from which a word is answered
_SURE = 0.5  # beads scored below this are not asked

_Places = Mapping[str, Sequence[tuple[int, int]]]


@dataclass(frozen=True, slots=True)
class _Passage:
    """Where each term of either side of a bead stands, in offsets of the document."""

    number: int
    ja: _Places
    en: _Places


@dataclass(frozen=True, slots=True)
class _Couple:
    """A Japanese and an English term that answer each other in `equal` of `beads` passages."""

    ja: str
    en: str
    equal: int
    beads: int

    def without(self, passage: _Passage) -> bool:
        """Tell whether the two answer each other in the passages but this one."""
        a, b = len(passage.ja.get(self.ja, ())), len(passage.en.get(self.en, ()))
        here = bool(a or b)
        beads, equal = self.beads - here, self.equal - (here and a == b)
        return equal >= _BEADS and equal >= _EQUAL * beads

    def surplus(self, passage: _Passage) -> int:
        """How much oftener the Japanese term stands in a passage than the English one."""
        return len(passage.ja.get(self.ja, ())) - len(passage.en.get(self.en, ()))


def _passages(pair: Pair) -> list[_Passage]:
    out = []
    for number, bead in enumerate(pair.beads):
        if bead.ja and bead.en:
            answer = pair.lexicon.answer(number)
            out.append(_Passage(number, _japanese(answer, pair.ja.text), _english(answer, pair.en.text)))
    return out


def _japanese(answer: Answer, document: str) -> _Places:
    """Runs of morphemes without a gap, of two characters or more."""
    places: dict[str, list[tuple[int, int]]] = defaultdict(list)
    pieces = answer.pieces
    for first in range(len(pieces)):
        text = ""
        for last in range(first, min(first + _LONGEST, len(pieces))):
            # a line may end inside a term
            if last > first and document[pieces[last - 1].end : pieces[last].start].strip():
                break
            text += pieces[last].text
            if pieces[first].pos[0] not in ("名詞", "接頭辞") or pieces[last].pos[0] not in ("名詞", "接尾辞"):
                continue
            acting = "サ変可能" in pieces[last].pos  # 協議, 解除: what is done, not who or what
            if len(text) > 1 and not acting and not (first == last and pieces[first].light):
                places[text].append((pieces[first].start, pieces[last].end))
    return places


def _english(answer: Answer, document: str) -> _Places:
    """Words and groups of two or three neighbouring words, by their stems."""
    places: dict[str, list[tuple[int, int]]] = defaultdict(list)
    words = answer.words
    for first in range(len(words)):
        stems: list[str] = []
        for last in range(first, min(first + 3, len(words))):
            if last > first and document[words[last - 1].end : words[last].start].strip():
                break
            stems.append(words[last].stem)
            if not (first == last and words[first].light):
                places[" ".join(stems)].append((words[first].start, words[last].end))
    return places


def _couples(pair: Pair) -> tuple[list[_Passage], list[_Couple]]:
    """The terms of a document that answer each other, the surest and longest first."""
    passages = _passages(pair)
    in_ja: dict[str, set[int]] = defaultdict(set)
    in_en: dict[str, set[int]] = defaultdict(set)
    for n, passage in enumerate(passages):
        for term in passage.ja:
            in_ja[term].add(n)
        for term in passage.en:
            in_en[term].add(n)
    out = []
    for term, beads in in_ja.items():
        if len(beads) < _BEADS or len(beads) > 0.6 * len(passages) + _BEADS:
            continue
        near = Counter(e for n in beads for e in passages[n].en if len(in_en[e]) >= _BEADS)
        for other, both in near.items():
            either = len(beads | in_en[other])
            if both < _BEADS or both < 0.7 * either:
                continue
            equal = sum(
                len(passages[n].ja.get(term, ())) == len(passages[n].en.get(other, ())) for n in beads | in_en[other]
            )
            if equal >= _BEADS and equal >= 0.7 * either:
                out.append(_Couple(term, other, equal, either))
    out.sort(key=lambda c: (-c.equal / c.beads, -len(c.ja), -len(c.en), c.ja, c.en))
    return passages, out


def find(pair: Pair, config: Config) -> Iterator[Hit]:
    """Yield each term that stands in a passage for another term of the document."""
    passages, couples = _couples(pair)
    by_ja: dict[str, list[_Couple]] = defaultdict(list)
    by_en: dict[str, list[_Couple]] = defaultdict(list)
    for couple in couples:
        by_ja[couple.ja].append(couple)
        by_en[couple.en].append(couple)
    for passage in passages:
        if pair.beads[passage.number].score < _SURE:
            continue
        known = {c for t in passage.ja for c in by_ja[t]} | {c for t in passage.en for c in by_en[t]}
        odd = [c for c in known if c.surplus(passage) and c.without(passage)]
        more = sorted((c for c in odd if c.surplus(passage) > 0), key=_rank)
        less = sorted((c for c in odd if c.surplus(passage) < 0), key=_rank)
        # every couple of the two terms must tell the same
        settled = [c for c in known if not c.surplus(passage)]
        for one, other in itertools.product(more, less):
            if one.surplus(passage) + other.surplus(passage) or _tied(one, other, settled):
                continue
            answer = pair.lexicon.answer(passage.number)
            ja = next((p for p in passage.ja[one.ja] if _open(answer.pieces, answer.ja_match, p)), None)
            en = next((p for p in passage.en[other.en] if _open(answer.words, answer.en_match, p)), None)
            if ja is None and en is None:
                continue
            sure = ja is not None and en is not None
            ja, en = ja or passage.ja[one.ja][-1], en or passage.en[other.en][-1]
            yield Hit(
                f'Japanese 「{one.ja}」 stands here for "{pair.en.text[en[0] : en[1]]}", which is 「{other.ja}」 elsewhere in this document.',
                f"「{pair.en.text[en[0] : en[1]]}」に当たる箇所に「{one.ja}」とある。本文の他の箇所では「{other.ja}」である。",
                ja=Span(ja[0], pair.ja.text[ja[0] : ja[1]]),
                en=Span(en[0], pair.en.text[en[0] : en[1]]),
                confidence=0.88 if sure else 0.72,
                severity=None if sure else Severity.minor,
                suggestion=other.ja if pair.ja.text[ja[0] : ja[1]] == one.ja else None,
            )
            break


def _open(units: Sequence[Any], match: Sequence[float], place: tuple[int, int]) -> bool:
    """Whether no word of a term has found its counterpart in the passage."""
    own = [k for k, u in enumerate(units) if place[0] <= u.start and u.end <= place[1] and not u.light]
    return bool(own) and all(match[k] < _ANSWERED for k in own)


def _rank(couple: _Couple) -> tuple[int, int, str, str]:
    return -len(couple.ja), -len(couple.en), couple.ja, couple.en


def _tied(one: _Couple, other: _Couple, settled: Sequence[_Couple]) -> bool:
    """Whether either term is answered in the passage by another term that answers it elsewhere, or holds the other."""
    if one.ja in other.ja or other.ja in one.ja or set(one.en.split()) & set(other.en.split()):
        return True
    return any(c.ja == one.ja or c.en == other.en for c in settled)


CHECK = Check(
    code="ACC403",
    name="exchanged-terms",
    mqm="accuracy/mistranslation",
    severity=Severity.major,
    doc=__doc__,
    doc_ja="英語が指す語の位置に、本文中の別の用語が書かれている。\n\nなぜ問題か：どちらも本文にある語なので読み過ごされ、義務や権利を負う者や対象が入れ替わる。\n\n対処：二つの用語を見比べ、英語が指すものに直す。",
    find=find,
    examples=(
        Example(
            ja="管理者は、帳簿を作成する。\n受託者は、管理者に報告する。\n管理者は、受託者を監督する。\n受託者は、費用を負担する。\n管理者は、検査を行う。\n受託者は、記録を保存する。\n⟦管理者⟧は、写しを公表する。",
            en="The manager shall keep the books.\nThe trustee shall report to the manager.\nThe manager shall supervise the trustee.\nThe trustee shall bear the costs.\nThe manager shall carry out the inspection.\nThe trustee shall keep records.\nThe ⟦trustee⟧ shall publish a copy.",
            suggestion="受託者",
        ),
        Example(
            ja="管理者は、帳簿を作成する。\n受託者は、管理者に報告する。\n管理者は、受託者を監督する。\n受託者は、費用を負担する。\n管理者は、検査を行う。\n受託者は、記録を保存する。\n受託者は、写しを公表する。",
            en="The manager shall keep the books.\nThe trustee shall report to the manager.\nThe manager shall supervise the trustee.\nThe trustee shall bear the costs.\nThe manager shall carry out the inspection.\nThe trustee shall keep records.\nThe trustee shall publish a copy.",
        ),
    ),
)
