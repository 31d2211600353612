"""What the checks of sentences share: which stretch of the Japanese answers which stretch of the English in a bead."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from mocalign import clauses, english, japanese
from mocalign.clauses import Cue
from mocalign.model import Lang, Span
from mocalign.pair import Pair, Passage

if TYPE_CHECKING:
    from mocalign.aligner_sentences import SentenceBead

__all__ = ["Unit", "inner", "units"]


@dataclass(frozen=True, slots=True)
class Unit:
    """Two stretches that answer each other inside a bead, with their cues; positions are indices of the passages."""

    bead: int
    ja: tuple[int, int]
    en: tuple[int, int]
    ja_text: str
    en_text: str
    ja_cues: tuple[Cue, ...]
    en_cues: tuple[Cue, ...]
    whole: bool

    def of(self, lang: Lang, *sorts: str) -> list[Cue]:
        """The cues of these sorts."""
        return [c for c in (self.ja_cues if lang == "ja" else self.en_cues) if c.sort in sorts]

    def count(self, lang: Lang, *sorts: str) -> int:
        """How many cues of these sorts."""
        return len(self.of(lang, *sorts))

    def span(self, pair: Pair, lang: Lang, cue: Cue) -> Span:
        """Where a cue stands in the document."""
        return pair.passage(lang, self.bead).span(cue.start, cue.end)


def units(pair: Pair) -> tuple[Unit, ...]:
    """All units of the pair, computed once: sentences where they pair off, else whole beads."""
    return pair.memo("units", lambda: tuple(_units(pair)))


def _units(pair: Pair) -> Iterator[Unit]:
    for number, bead in enumerate(pair.beads):
        if not (bead.ja and bead.en):
            continue
        yield from _cut(pair, number)


def inner(pair: Pair, number: int) -> tuple[SentenceBead, ...]:
    """The sentences of a bead that answer each other, computed once."""

    def make() -> tuple[SentenceBead, ...]:
        from mocalign.aligner_sentences import sentence_beads  # numpy and the aligner, which one language needs not
        from mocalign.embed import get_embedder

        embedder = get_embedder(pair.config.embedder, cache=pair.config.cache)
        return sentence_beads(pair.beads[number], embedder=embedder)

    return pair.memo(f"sentence beads {number}", make)


def _range(passage: Passage, spans: tuple[Span, ...]) -> tuple[int, int] | None:
    """Where sentences stand in a passage; None when others stand between them."""
    places = sorted((_offset(passage, s.start), _offset(passage, s.end - 1) + 1) for s in spans)
    for (_, end), (start, _) in itertools.pairwise(places):
        if passage.text[end:start].strip():
            return None
    return places[0][0], places[-1][1]


def _offset(passage: Passage, at: int) -> int:
    """The index of a document offset in a passage."""
    for base, segment, view in passage.pieces:
        if segment.span.start <= at < segment.span.end:
            return base + min(view.index(at), len(view.text))
    return 0


def _finer(pair: Pair, number: int) -> list[tuple[tuple[int, int], tuple[int, int]]]:
    """Ranges of the sentences that answer each other, or nothing when they cannot be told apart."""
    out = []
    ja_passage, en_passage = pair.passage("ja", number), pair.passage("en", number)
    for found in inner(pair, number):
        if not found.ja or not found.en:
            continue
        ja, en = _range(ja_passage, found.ja), _range(en_passage, found.en)
        if ja is None or en is None:
            return []
        out.append((ja, en))
    return out


def _cut(pair: Pair, number: int) -> Iterator[Unit]:
    ja, en = pair.passage("ja", number).text, pair.passage("en", number).text
    cues_ja, cues_en = clauses.cues_ja(ja), clauses.cues_en(en)
    parts_ja, parts_en = _sentences(ja, "ja"), _sentences(en, "en")
    pairs = [((0, len(ja)), (0, len(en)))]
    if len(parts_ja) == len(parts_en) > 1 and _even(parts_ja, parts_en):
        pairs = list(zip(parts_ja, parts_en, strict=True))
    elif len(parts_ja) > 1 and len(parts_en) > 1:
        pairs = _finer(pair, number) or pairs
    for (a, b), (c, d) in pairs:
        yield Unit(
            number,
            (a, b),
            (c, d),
            ja[a:b],
            en[c:d],
            tuple(x for x in cues_ja if a <= x.start < b),
            tuple(x for x in cues_en if c <= x.start < d),
            len(pairs) == 1,
        )


def _sentences(text: str, lang: Lang) -> list[tuple[int, int]]:
    cut = japanese.sentences if lang == "ja" else english.sentences
    out = []
    at = 0
    for line in text.split("\n"):
        out += [(at + s, at + e) for s, e in cut(line)]
        at += len(line) + 1
    return out


def _even(ja: list[tuple[int, int]], en: list[tuple[int, int]]) -> bool:
    """Whether two runs of sentences pair off by length: else one side merged what the other split."""
    size_ja, size_en = max(1, sum(e - s for s, e in ja)), max(1, sum(e - s for s, e in en))
    return all(
        0.45 <= ((b - a) / size_ja) / max(1e-9, (d - c) / size_en) <= 2.2 for (a, b), (c, d) in zip(ja, en, strict=True)
    )
