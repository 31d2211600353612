"""A defined term is rendered by another word than the one its definition fixes.

Why it matters: 作業班 for the defined 作業部会, or 参加者ら for 当事者ら, reads as another body or another party.

What to do: write the defined word.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from mocalign.checks.base import Check, Example, Hit
from mocalign.checks.defined_terms import definitions
from mocalign.checks.tools import once
from mocalign.config import Config
from mocalign.kanji import is_kanji
from mocalign.lexicon import Answer, stem
from mocalign.model import Severity, Span
from mocalign.pair import Pair

__all__ = ["CHECK"]


def find(pair: Pair, config: Config) -> Iterator[Hit]:
    """Yield near variants of a defined word in beads whose English uses the defined term and whose Japanese lacks it."""
    fixed = once(pair, "fixed terms", _fixed)
    words = [ja for ja, _ in fixed]
    for ja, en in fixed:
        core = ja.removeprefix("両").removeprefix("本").removesuffix("ら").removesuffix("等")
        pattern = re.compile(rf"(?<![\w“\"]){re.escape(en)}(?![\w”\"])")
        for number, bead in enumerate(pair.beads):
            if not bead.ja or not bead.en or any(s.kind in ("heading", "title", "signature") for s in bead.ja):
                continue
            english, japanese = pair.passage("en", number), pair.passage("ja", number).text
            match = pattern.search(english.text)
            if match is None or _named_otherwise(words, ja, japanese):
                continue
            # the paragraph uses the term elsewhere, too: only a compound built on it can be meant for it
            beside = core in japanese
            if beside and (len(core) < 3 or japanese.count(core) >= len(pattern.findall(english.text))):
                continue
            place = english.span(match.start(), match.end())
            found = _variant(pair, pair.lexicon.answer(number), ja, core, en, words)
            if found is not None and (
                not beside or found.text[: max(2, len(core) // 2)] == core[: max(2, len(core) // 2)]
            ):
                yield Hit(
                    f'"{en}" is defined as 「{ja}」; here it is 「{found.text}」.',
                    f"「{en}」は「{ja}」と定義されているが、ここでは「{found.text}」と書かれている。",
                    ja=found,
                    en=place,
                    confidence=0.8,
                    suggestion=ja,
                )


def _fixed(pair: Pair) -> tuple[tuple[str, str], ...]:
    """(Japanese, English) of the terms that both sides define in one bead, in the same order."""
    out = []
    for bead in pair.beads:
        ja = [t.word for t in definitions(pair, "ja") if t.segment in {s.index for s in bead.ja}]
        en = [t.word for t in definitions(pair, "en") if t.segment in {s.index for s in bead.en}]
        if len(ja) == len(en):
            out += [(a, b) for a, b in zip(ja, en, strict=True) if len(a) > 1 and not a.isascii()]
    return tuple(out)


def _named_otherwise(words: Sequence[str], own: str, japanese: str) -> bool:
    """Tell whether another defined word of the same kind stands there: 双方 and 一方, 甲 and 乙, both of two."""
    return any(w != own and w in japanese and (set(w) & set(own) or len(w) <= 2) for w in words)


def _variant(pair: Pair, answer: Answer, ja: str, core: str, en: str, words: Sequence[str]) -> Span | None:
    stems = {stem(w) for w in re.findall(r"\w+", en)}
    linked = {x.ja for x in answer.links if x.strength >= 0.5 and answer.words[x.en].stem in stems}
    pieces = answer.pieces
    k = 0
    while k < len(pieces):
        last = k
        while (
            last + 1 < len(pieces)
            and pieces[last + 1].start == pieces[last].end
            and pieces[last + 1].run == pieces[k].run
        ):
            last += 1
        text = pair.ja.text[pieces[k].start : pieces[last].end]
        first, k = k, last + 1
        if not all(is_kanji(c) or "ァ" <= c <= "ー" for c in text) or abs(len(text) - len(core)) > 2 or len(text) < 2:
            continue
        if text in words or pair.ja_text.count(text) > 1:
            continue
        alike = text[0] == core[0] or text[-1] == core[-1]
        unanswered = all(answer.ja_best[i] < 0.5 or i in linked for i in range(first, last + 1) if not pieces[i].light)
        if unanswered and (
            alike and (len(set(text) & set(core)) >= min(2, len(core) - 1) or linked & set(range(first, last + 1)))
        ):
            return Span(pieces[first].start, text)
    return None


CHECK = Check(
    code="TER013",
    name="defined-term-drift",
    mqm="terminology/inconsistent-use",
    severity=Severity.minor,
    doc=__doc__,
    doc_ja="定義された語の代わりに、よく似た別の語が書かれている。\n\nなぜ問題か：定義した「作業部会」を「作業班」と書くと、別の機関と読まれる。\n\n対処：定義した語を書く。",
    find=find,
    examples=(
        Example(
            ja="参加者は、合同作業部会（以下「作業部会」という。）を設置する。\n作業部会は、毎年会合する。\n⟦作業班⟧は、その結果を報告する。",
            en="The Participants will establish a Joint Working Group (hereinafter referred to as “JWG”).\nThe JWG will meet every year.\nThe ⟦JWG⟧ will report on the results.",
            suggestion="作業部会",
        ),
        Example(
            ja="参加者は、合同作業部会（以下「作業部会」という。）を設置する。\n作業部会は、毎年会合する。\nその結果を報告する。",
            en="The Participants will establish a Joint Working Group (hereinafter referred to as “JWG”).\nThe JWG will meet every year.\nThe JWG will report on the results.",
        ),
    ),
)
