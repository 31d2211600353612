"""An Alignment with its annotations, each computed once, on demand, for all checks."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, TypeVar

from mocalign import english, japanese, quantities
from mocalign.config import Config
from mocalign.model import Alignment, Bead, Document, Lang, Segment, Span, View

if TYPE_CHECKING:
    from mocalign.lexicon import Lexicon

__all__ = ["Pair", "Passage"]

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Passage:
    """One side of a bead as one folded text: the bodies of its segments, a line feed between them.

    `pieces` are (start in `text`, segment, view), in order.
    """

    text: str
    pieces: tuple[tuple[int, Segment, View], ...]

    def span(self, start: int, end: int) -> Span:
        """The place in the document of `text[start:end]`; what runs over several segments is cut at the first one."""
        at, _, view = next(p for p in reversed(self.pieces) if p[0] <= start)
        return view.span(start - at, min(end - at, len(view.text)))


class Pair:
    """What checks see: the beads of an `Alignment`, the folded views of their segments, tokens and document facts.

    Everything is computed on first use and kept; nothing is written back to the nouns. One thread uses one pair.
    """

    def __init__(self, alignment: Alignment, config: Config) -> None:
        self.alignment = alignment
        self.config = config
        self._views: dict[tuple[str, int], View] = {}
        self._bodies: dict[tuple[str, int], View] = {}
        self._ja_tokens: dict[tuple[int, str], tuple[japanese.Token, ...]] = {}
        self._en_tokens: dict[int, tuple[english.Token, ...]] = {}
        self._memo: dict[str, Any] = {}

    @property
    def ja(self) -> Document:
        """The Japanese document."""
        return self.alignment.ja

    @property
    def en(self) -> Document:
        """The English document; empty when there is none."""
        return self.alignment.en

    @property
    def beads(self) -> tuple[Bead, ...]:
        """The beads in order."""
        return self.alignment.beads

    @property
    def has_english(self) -> bool:
        """Tell whether there is an English side."""
        return bool(self.en.segments)

    @property
    def has_japanese(self) -> bool:
        """Tell whether there is a Japanese side."""
        return bool(self.ja.segments)

    def view(self, document: Document, segment: Segment) -> View:
        """The folded reading of a whole segment, marker included."""
        key = (document.lang, segment.index)
        if key not in self._views:
            self._views[key] = segment.view(document.lang)
        return self._views[key]

    def body(self, document: Document, segment: Segment) -> View:
        """The folded reading of a segment without its marker."""
        key = (document.lang, segment.index)
        if key not in self._bodies:
            self._bodies[key] = segment.body_view(document.lang)
        return self._bodies[key]

    def ja_views(self, bead: Bead) -> Iterator[tuple[Segment, View]]:
        """The Japanese segments of a bead with the views of their bodies."""
        for segment in bead.ja:
            yield segment, self.body(self.ja, segment)

    def en_views(self, bead: Bead) -> Iterator[tuple[Segment, View]]:
        """The English segments of a bead with the views of their bodies."""
        for segment in bead.en:
            yield segment, self.body(self.en, segment)

    def ja_tokens(self, segment: Segment, *, mode: str = "C") -> tuple[japanese.Token, ...]:
        """Morphemes of the body view of a Japanese segment; positions are indices of that view."""
        key = (segment.index, mode)
        if key not in self._ja_tokens:
            self._ja_tokens[key] = japanese.tokens(self.body(self.ja, segment).text, mode=mode)
        return self._ja_tokens[key]

    def en_tokens(self, segment: Segment) -> tuple[english.Token, ...]:
        """Words of the body view of an English segment; positions are indices of that view."""
        if segment.index not in self._en_tokens:
            self._en_tokens[segment.index] = english.tokens(self.body(self.en, segment).text)
        return self._en_tokens[segment.index]

    def passage(self, lang: Lang, number: int) -> Passage:
        """One side of the bead with this number, joined; empty when the side is."""

        def make() -> Passage:
            document = self.ja if lang == "ja" else self.en
            bead = self.beads[number]
            parts, pieces, at = [], [], 0
            for segment in bead.ja if lang == "ja" else bead.en:
                view = self.body(document, segment)
                pieces.append((at, segment, view))
                parts.append(view.text)
                at += len(view.text) + 1
            return Passage("\n".join(parts), tuple(pieces))

        return self.memo(f"passage {lang} {number}", make)

    def values(self, lang: Lang, number: int) -> tuple[quantities.Quantity, ...]:
        """The typed values of one side of a bead; positions are indices of its passage."""
        read = quantities.read_ja if lang == "ja" else quantities.read_en
        return self.memo(f"values {lang} {number}", lambda: read(self.passage(lang, number).text))

    def matching(self, number: int) -> quantities.Matching:
        """Which value answers which inside a bead."""
        return self.memo(
            f"matching {number}", lambda: quantities.compare(self.values("ja", number), self.values("en", number))
        )

    def memo(self, key: str, make: Callable[[], T]) -> T:
        """Compute once, keep, return."""
        if key not in self._memo:
            self._memo[key] = make()
        found: T = self._memo[key]
        return found

    @cached_property
    def ja_text(self) -> str:
        """All Japanese bodies, folded, one a line: for questions about the document as a whole."""
        return "\n".join(self.body(self.ja, s).text for s in self.ja.segments)

    @cached_property
    def en_text(self) -> str:
        """All English bodies, folded, one a line."""
        return "\n".join(self.body(self.en, s).text for s in self.en.segments)

    @cached_property
    def lexicon(self) -> Lexicon:
        """Which word answers which, bead by bead; opened only by checks that compare words."""
        from mocalign.contextual import open_encoder
        from mocalign.embed import get_embedder
        from mocalign.glossary import terms_for
        from mocalign.lexicon import Lexicon, open_dictionary

        return Lexicon(
            self,
            terms=terms_for(self.config),
            dictionary=open_dictionary() if self.config.dictionary else None,
            embedder=get_embedder(self.config.embedder, cache=self.config.cache),
            encoder=open_encoder() if self.config.context else None,
            cache=self.config.cache,
        )

    @cached_property
    def bead_of(self) -> dict[tuple[str, int], int]:
        """(side, segment index) to bead index."""
        return {
            (side, segment.index): number
            for number, bead in enumerate(self.beads)
            for side, segments in (("ja", bead.ja), ("en", bead.en))
            for segment in segments
        }
