"""What the checks of sentences share: which stretch of the Japanese answers which stretch of the English in a bead."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from mocalign import clauses, english, japanese
from mocalign.clauses import Cue
from mocalign.model import Lang, Span
from mocalign.pair import Pair

__all__ = ["Unit", "units"]


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
        ja, en = pair.passage("ja", number).text, pair.passage("en", number).text
        yield from _cut(number, ja, en)


def _cut(number: int, ja: str, en: str) -> Iterator[Unit]:
    cues_ja, cues_en = clauses.cues_ja(ja), clauses.cues_en(en)
    parts_ja, parts_en = _sentences(ja, "ja"), _sentences(en, "en")
    pairs = [((0, len(ja)), (0, len(en)))]
    if len(parts_ja) == len(parts_en) > 1 and _even(parts_ja, parts_en):
        pairs = list(zip(parts_ja, parts_en, strict=True))
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
    size_ja, size_en = sum(e - s for s, e in ja), sum(e - s for s, e in en)
    return all(
        0.45 <= ((b - a) / size_ja) / max(1e-9, (d - c) / size_en) <= 2.2 for (a, b), (c, d) in zip(ja, en, strict=True)
    )
