"""Sentences that answer each other inside a bead, and the words that answer each other inside a sentence."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from mocalign import english, japanese
from mocalign.aligner import Options, match
from mocalign.aligner_evidence import figures, names
from mocalign.aligner_score import item
from mocalign.embed import Embedder
from mocalign.model import Alignment, Bead, Document, Lang, Relation, Segment, Span, View

__all__ = [
    "SentenceBead",
    "WordLink",
    "by_sentences",
    "sentence_alignment",
    "sentence_beads",
    "sentences_of",
    "word_links",
]

INSIDE = Options(order=2.0, anchor=5.0, moved=3.0, sandwich=6.0, square=2.0, join=1.0)
"""Inside a bead nearly everything has a counterpart, and sentences are divided and joined more often than moved."""


@dataclass(frozen=True, slots=True)
class SentenceBead:
    """Sentences of a bead that answer each other, as spans of the two documents; one side may be empty."""

    ja: tuple[Span, ...]
    en: tuple[Span, ...]
    score: float


@dataclass(frozen=True, slots=True)
class WordLink:
    """Words that answer each other; `score` is 0 to 1."""

    ja: Span
    en: Span
    score: float


def sentences_of(segment: Segment, lang: Lang) -> tuple[tuple[Span, str], ...]:
    """Cut a segment into sentences: the span in the document and the folded text, marker left out."""
    view = segment.body_view(lang)
    cut = japanese.sentences if lang == "ja" else english.sentences
    out = []
    for start, end in cut(view.text):
        while start < end and view.text[start].isspace():
            start += 1
        while end > start and view.text[end - 1].isspace():
            end -= 1
        if end > start:
            out.append((view.span(start, end), view.text[start:end]))
    return tuple(out)


def sentence_beads(bead: Bead, *, embedder: Embedder) -> tuple[SentenceBead, ...]:
    """Align the sentences of a bead.

    Where one side is a single sentence, all of the other answers it. A bead with an empty side gives one
    `SentenceBead` a sentence.
    """
    ja = [s for segment in bead.ja for s in sentences_of(segment, "ja")]
    en = [s for segment in bead.en for s in sentences_of(segment, "en")]
    if not ja or not en:
        lonely = [SentenceBead((s,), (), bead.score) for s, _ in ja]
        return tuple(lonely + [SentenceBead((), (s,), bead.score) for s, _ in en])
    if (len(ja) == 1 and len(en) <= 4) or (len(en) == 1 and len(ja) <= 4):
        return (SentenceBead(tuple(s for s, _ in ja), tuple(s for s, _ in en), bead.score),)
    found = match([item(t, "ja") for _, t in ja], [item(t, "en") for _, t in en], embedder=embedder, options=INSIDE)
    return tuple(
        SentenceBead(tuple(ja[i][0] for i in x), tuple(en[j][0] for j in y), round(min(score, 1.0), 4))
        for x, y, score in found
    )


def sentence_alignment(alignment: Alignment, *, embedder: Embedder) -> Iterator[tuple[Bead, tuple[SentenceBead, ...]]]:
    """Align the sentences of every bead of an alignment, in its order."""
    for bead in alignment.beads:
        yield bead, sentence_beads(bead, embedder=embedder)


def by_sentences(alignment: Alignment, *, embedder: Embedder) -> Alignment:
    """Return the alignment with sentences in the place of segments: the same documents, cut finer.

    A segment whose folded text is empty stays whole, so that nothing is lost.
    """
    parts: dict[Lang, list[Segment]] = {"ja": [], "en": []}
    at: dict[tuple[Lang, int], Segment] = {}
    for document in (alignment.ja, alignment.en):
        lang = document.lang
        for segment in document.segments:
            spans = [s for s, _ in sentences_of(segment, lang)] or [segment.span]
            for n, span in enumerate(spans):
                # the first sentence keeps the marker
                start = segment.span.start if n == 0 else span.start
                whole = Span(start, document.text[start : span.end])
                body = max(segment.body, start) if n == 0 else start
                holes = tuple(h for h in segment.holes if whole.start <= h.start and h.end <= whole.end)
                piece = Segment(len(parts[lang]), whole, segment.kind, segment.label, min(body, whole.end), holes)
                parts[lang].append(piece)
                at[lang, span.start] = piece
    ja, en = (
        Document(d.lang, d.source, d.text, tuple(parts[d.lang]), d.furniture, d.notices)
        for d in (alignment.ja, alignment.en)
    )
    beads = []
    for bead, inner in sentence_alignment(alignment, embedder=embedder):
        got: set[tuple[Lang, int]] = set()
        for found in inner:
            x = tuple(at["ja", s.start] for s in found.ja)
            y = tuple(at["en", s.start] for s in found.en)
            relation: Relation = bead.relation if x and y else "ja-only" if x else "en-only"
            beads.append(Bead(x, y, found.score, relation))
            got |= {("ja", p.index) for p in x} | {("en", p.index) for p in y}
        for segment in bead.ja:
            if ("ja", segment.span.start) in at and not segment.body_view("ja").text.strip():
                piece = at["ja", segment.span.start]
                if ("ja", piece.index) not in got:
                    beads.append(Bead((piece,), (), bead.score, "ja-only"))
        for segment in bead.en:
            if ("en", segment.span.start) in at and not segment.body_view("en").text.strip():
                piece = at["en", segment.span.start]
                if ("en", piece.index) not in got:
                    beads.append(Bead((), (piece,), bead.score, "en-only"))
    return Alignment(ja, en, tuple(beads))


def word_links(ja: View, en: View, *, embedder: Embedder, threshold: float = 0.5) -> tuple[WordLink, ...]:
    """Link words and short phrases of two texts that answer each other, for highlighting.

    Evidence: equal figures, equal Latin strings, names that sound alike, and the similarity of their vectors, a word
    or compound on the Japanese side against one to three words on the English. The surest links are taken first; no
    character is linked twice.
    """
    left = list(_ja_units(ja.text))
    right = list(_en_units(en.text))
    if not left or not right:
        return ()
    texts = sorted({ja.text[s:e] for s, e in left} | {en.text[s:e] for s, e in right})
    row = {t: k for k, t in enumerate(texts)}
    vectors = embedder.encode(texts)
    a = vectors[[row[ja.text[s:e]] for s, e in left]]
    b = vectors[[row[en.text[s:e]] for s, e in right]]
    score = np.asarray(np.round(a @ b.T, 5), dtype=np.float64)
    # what is similar to everything says little
    score -= 0.5 * (np.median(score, axis=1, keepdims=True) + np.median(score, axis=0, keepdims=True)) - 0.1
    left_keys = [figures(ja.text[s:e], "ja") | names(ja.text[s:e], "ja") for s, e in left]
    right_keys = [figures(en.text[s:e], "en") | names(en.text[s:e], "en") for s, e in right]
    for i, keys in enumerate(left_keys):
        for j, other in enumerate(right_keys):
            if keys and other and keys & other:
                # of two phrases with the same figure the shorter one
                words = en.text[slice(*right[j])].count(" ")
                score[i, j] += 0.5 * len(keys & other) / max(len(keys), len(other)) - 0.1 * words
            elif keys and any(k[0].isdigit() for k in keys):
                score[i, j] -= 0.3
    order = np.dstack(np.unravel_index(np.argsort(-score, axis=None, kind="stable"), score.shape))[0]
    used: tuple[set[int], set[int]] = (set(), set())
    out = []
    for i, j in order.tolist():
        if score[i, j] < threshold:
            break
        x, y = range(*left[i]), range(*right[j])
        if used[0].isdisjoint(x) and used[1].isdisjoint(y):
            used[0].update(x)
            used[1].update(y)
            out.append(WordLink(ja.span(*left[i]), en.span(*right[j]), round(min(1.0, float(score[i, j])), 4)))
    return tuple(sorted(out, key=lambda w: w.ja.start))


def _ja_units(text: str) -> Iterator[tuple[int, int]]:
    """Content words, and runs of nouns as one."""
    tokens = japanese.tokens(text, mode="C")
    run: list[int] = []
    for at, token in enumerate(tokens):
        noun = token.pos[0] in ("名詞", "接頭辞", "接尾辞") or token.surface in "・ー"
        if noun and (not run or tokens[run[-1]].end == token.start):
            run.append(at)
            continue
        yield from _noun_runs(tokens, run)
        run = [at] if noun else []
        if not noun and token.is_content:
            yield token.start, token.end
    yield from _noun_runs(tokens, run)


def _noun_runs(tokens: Sequence[japanese.Token], run: Sequence[int]) -> Iterator[tuple[int, int]]:
    run = [k for k in run if tokens[k].surface not in "・ー"] if len(run) == 1 else list(run)
    if not run:
        return
    yield tokens[run[0]].start, tokens[run[-1]].end
    if 1 < len(run) <= 8:
        for k in run:
            if tokens[k].end - tokens[k].start > 1:
                yield tokens[k].start, tokens[k].end


def _en_units(text: str) -> Iterator[tuple[int, int]]:
    """One to three words that begin and end with a content word."""
    tokens = english.tokens(text)
    for first in range(len(tokens)):
        if not _says(tokens[first]):
            continue
        for last in range(first, min(first + 3, len(tokens))):
            if not (tokens[last].is_word or tokens[last].surface[0].isdigit() or tokens[last].surface == "-"):
                break
            if _says(tokens[last]):
                yield tokens[first].start, tokens[last].end


def _says(token: english.Token) -> bool:
    return token.is_content or token.surface[:1].isdigit()
