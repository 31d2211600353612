"""A term is rendered by the word for its neighbour: a sibling concept, another sense, a word that looks or sounds alike.

Why it matters: 合資会社 for a limited partnership, 腎臓 for the liver or 計算 for an account are good Japanese, so nobody
stumbles over them, and mean another thing.

What to do: write a rendering the message names, or keep the word where another English word asks for it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from mocalign.checks.base import Check, Example, Hit
from mocalign.checks.siblings import Use
from mocalign.checks.siblings import uses as uses_of
from mocalign.config import Config
from mocalign.glossary import read_glossary
from mocalign.lexicon import Answer, Source
from mocalign.model import Severity
from mocalign.pair import Pair

__all__ = ["CHECK"]

_TAKEN = 0.6  # strength of a link from which another English word accounts for the Japanese one
_DOUBTFUL = 0.8  # beads scored lower are not judged


def find(pair: Pair, config: Config) -> Iterator[Hit]:
    """Yield words that stand for the neighbour of what the English says, where nothing else accounts for them."""
    mine = {t.en.casefold() for t in read_glossary(config.glossary)} if config.glossary else set()
    for number, bead in enumerate(pair.beads):
        if not bead.ja or not bead.en or bead.score < _DOUBTFUL:
            continue
        answer = pair.lexicon.answer(number)
        uses = [u for u in uses_of(pair, number) if u.row.en not in mine]
        if not uses:
            continue
        japanese = pair.passage("ja", number).text
        for use in uses:
            if any(r in japanese for r in use.row.right) or not any(w in japanese for w in use.row.wrong):
                continue
            yield from _hit(pair, answer, number, use, uses)


def _hit(pair: Pair, answer: Answer, number: int, use: Use, uses: Sequence[Use]) -> Iterator[Hit]:
    for wrong in use.row.wrong:
        if any(wrong in r or r in wrong for u in uses if u is not use for r in u.row.right):
            continue  # the right word for another term of the passage
        for segment in pair.beads[number].ja:
            view = pair.body(pair.ja, segment)
            tokens = pair.ja_tokens(segment, mode="A")
            starts, ends = {t.start for t in tokens}, {t.end for t in tokens}
            at = view.text.find(wrong)
            while at >= 0 and not (at in starts and at + len(wrong) in ends):
                at = view.text.find(wrong, at + 1)
            if at < 0:
                continue
            place = view.span(at, at + len(wrong))
            pieces = {j for j, p in enumerate(answer.pieces) if place.start <= p.start and p.end <= place.end}
            links = [k for k in answer.links if k.ja in pieces]
            if any(k.strength >= _TAKEN and k.en not in use.words for k in links):
                continue
            listed = any(
                k.en in use.words and k.strength >= _TAKEN and k.source in (Source.DICTIONARY, Source.TERM)
                for k in links
            )
            wanted = "、".join(use.row.right[:3])
            yield Hit(
                f'"{use.span.text}" is rendered 「{wrong}」, which is something else; usual: {wanted}.',
                f"「{use.span.text}」を「{wrong}」と訳しているが、別の概念である。通常は：{wanted}。",
                ja=place,
                en=use.span,
                confidence=0.7 if listed else 0.85,
                severity=Severity.minor if listed else None,
                suggestion=use.row.right[0] if len(use.row.right) == 1 else None,
            )
            return


CHECK = Check(
    code="TER003",
    name="sibling-rendering",
    mqm="terminology/wrong-term",
    severity=Severity.major,
    doc=__doc__,
    doc_ja="用語が、隣接する別の概念を表す語、別の語義の訳語、又は形や音の似た語で訳されている。\n\nなぜ問題か：日本語としては自然であるため読み過ごされるが、意味が異なる。\n\n対処：示された訳語に直す。他の英語に対応する語であればそのままとする。",
    find=find,
    examples=(
        Example(
            ja="この補助金は、⟦大麦⟧の生産者に対して交付する。",
            en="This subsidy shall be granted to producers of ⟦wheat⟧.",
        ),
        Example(
            ja="この補助金は、小麦の生産者に対して交付する。", en="This subsidy shall be granted to producers of wheat."
        ),
        Example(
            ja="この補助金は、小麦及び大麦の生産者に対して交付する。",
            en="This subsidy shall be granted to producers of wheat and barley.",
        ),
    ),
)
