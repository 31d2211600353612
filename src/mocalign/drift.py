"""Drift between drafts: what changed in each language, and where one side followed the other and where it did not.

Each language is compared with its own older draft: paragraphs by their words without markers, markup and white space
(so renumbering, reformatting and moving change nothing), first whole, then by the best order-preserving match of what is
left (Needleman-Wunsch over the Indel similarity of tokens, 1-1, 1-2 and 2-1), then anywhere. The alignments of the two
drafts say which paragraphs answer each other. An English change counts as followed when a Japanese counterpart, by the
new alignment or through the old one, changed too; where both changed, figures and the place among the sentences may
still show that the Japanese changed for another reason.
"""

from __future__ import annotations

import bisect
import difflib
import itertools
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Literal

from mocalign.config import Config, load_config
from mocalign.model import Alignment, Document, Finding, Lang, Segment, Severity, Span, View, fingerprint
from mocalign.report import Report

__all__ = ["Change", "drift", "matches", "overview"]

Kind = Literal["changed", "added", "deleted", "moved"]
Answer = Literal["followed", "alone", "unknown", ""]

_QUOTE = 60  # characters of one quoted change in a message
_MOST = 4  # quoted changes in a message
_SAME = 0.45  # similarity from which two paragraphs in one gap are one paragraph, edited
_SAME_LABEL = 0.3  # ... when they carry the same label
_ELSEWHERE = 0.7  # ... when they stand in different places
_MARKUP = frozenset("*_#`>|\\~")
_FOLDED = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "‐": "-", "‑": "-", "–": "-", "—": "-", "―": "-"})
_NUMBER_JA = re.compile(
    r"\s*(?:第[0-9一二三四五六七八九十百千]+(?:条|項|節|章|部|編|号|款|目)(?:の[0-9一二三四五六七八九十]+)*"
    r"|[(（]?(?:[0-9]{1,3}|[a-z]|[ivx]{1,5}|[一二三四五六七八九十]{1,3}|[ア-ン])(?:[)）.．、]|(?=[\s　])))[\s　]*"
)
_NUMBER_EN = re.compile(
    r"\s*(?:(?:article|paragraph|section|chapter|part|clause|item)\s+(?:[0-9]{1,3}|[ivxlc]{1,6})\b[.:]?"
    r"|\(?(?:[0-9]{1,3}(?:\.[0-9]{1,3})*|[a-z]|[ivx]{1,5})[).](?=\s))\s*",
    re.IGNORECASE,
)
_BULLET = re.compile(r"\s*[-•·・*+○●■□◆◇–—]\s+")
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*|\S")


@dataclass(frozen=True, slots=True)
class Token:
    """A word of one paragraph: `key` is what is compared, `start` and `end` are indices of the paragraph's view."""

    key: str
    piece: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Piece:
    """A paragraph as it is compared: its folded body, its words and their keys joined."""

    segment: Segment
    view: View
    tokens: tuple[Token, ...]
    key: str


@dataclass(frozen=True, slots=True)
class Link:
    """Paragraphs of the old and the new draft of one language that are the same; one side may be empty."""

    old: tuple[int, ...]
    new: tuple[int, ...]
    same: bool
    moved: bool = False


@dataclass(frozen=True, slots=True)
class Change:
    """One change of one language between the drafts.

    `words` are pairs (old words, new words), either of which may be "". `span` is where the change stands in the new
    draft (None when the passage is gone). `answer` says whether the other language followed.
    """

    side: Lang
    kind: Kind
    label: str
    words: tuple[tuple[str, str], ...]
    span: Span | None
    link: Link
    answer: Answer = ""
    reason: str = ""


def _pieces(document: Document) -> tuple[Piece, ...]:
    from mocalign import japanese

    out = []
    for segment in document.segments:
        view = segment.body_view(document.lang)
        begin = _content(view.text, document.lang)
        if document.lang == "ja":
            found = [(t.start, t.end, t.surface) for t in japanese.tokens(view.text)]
        else:
            found = [(m.start(), m.end(), m[0]) for m in _WORD.finditer(view.text)]
        tokens = []
        for start, end, surface in found:
            key = "".join(c for c in surface.translate(_FOLDED) if c not in _MARKUP and not c.isspace())
            if start >= begin and key:
                tokens.append(Token(key, segment.index, start, end))
        out.append(Piece(segment, view, tuple(tokens), "".join(t.key for t in tokens)))
    return tuple(out)


def _content(text: str, lang: Lang) -> int:
    """Where the words begin, after bullets and numbers that the segmenter may have left in the body."""
    at = 0
    while found := _BULLET.match(text, at):
        at = found.end()
    number = (_NUMBER_JA if lang == "ja" else _NUMBER_EN).match(text, at)
    return number.end() if number else at


def matches(old: Document, new: Document) -> tuple[Link, ...]:
    """Say which paragraphs of two drafts of one language are the same, in the order of the new draft.

    Every paragraph that has words stands in exactly one link. Deterministic; ties go to the earlier paragraph.
    """
    return _matches(_pieces(old), _pieces(new))


def _matches(old: Sequence[Piece], new: Sequence[Piece]) -> tuple[Link, ...]:
    a = [p for p in old if p.key]
    b = [p for p in new if p.key]
    links: list[Link] = []
    anchors: list[tuple[int, int]] = []
    # The whole paragraph first: a stretch of equal keys in order, then the same words at another place.
    for i, j, size in difflib.SequenceMatcher(
        None, [p.key for p in a], [p.key for p in b], False
    ).get_matching_blocks():
        anchors += [(i + k, j + k) for k in range(size)]
    used_a, used_b = {i for i, _ in anchors}, {j for _, j in anchors}
    links += [Link((a[i].segment.index,), (b[j].segment.index,), True) for i, j in anchors]
    waiting: dict[str, list[int]] = {}
    for i, piece in enumerate(a):
        if i not in used_a:
            waiting.setdefault(piece.key, []).append(i)
    for j, piece in enumerate(b):
        if j not in used_b and waiting.get(piece.key):
            i = waiting[piece.key].pop(0)
            used_a.add(i)
            used_b.add(j)
            links.append(Link((a[i].segment.index,), (piece.segment.index,), True, moved=True))
    left_a: list[Piece] = []
    left_b: list[Piece] = []
    edges = [(-1, -1), *anchors, (len(a), len(b))]
    for (i0, j0), (i1, j1) in itertools.pairwise(edges):
        gap_a = [a[i] for i in range(i0 + 1, i1) if i not in used_a]
        gap_b = [b[j] for j in range(j0 + 1, j1) if j not in used_b]
        for x, y in _gap(gap_a, gap_b):
            if x and y:
                same = "".join(p.key for p in x) == "".join(p.key for p in y)
                links.append(Link(tuple(p.segment.index for p in x), tuple(p.segment.index for p in y), same))
            else:
                left_a += x
                left_b += y
    links += _elsewhere(left_a, left_b)
    return tuple(sorted(links, key=lambda k: (k.new or (1 << 30,), k.old)))


def _like(x: Sequence[Piece], y: Sequence[Piece]) -> float:
    from rapidfuzz.distance import Indel

    return float(
        Indel.normalized_similarity([t.key for p in x for t in p.tokens], [t.key for p in y for t in p.tokens])
    )


def _gap(a: Sequence[Piece], b: Sequence[Piece]) -> list[tuple[list[Piece], list[Piece]]]:
    """The best order-preserving pairing of what lies between two anchors."""
    n, m = len(a), len(b)
    if not n or not m:
        return [([p], []) for p in a] + [([], [p]) for p in b]
    if n * m > 250_000:  # two texts without a paragraph in common: nothing to gain from a full table
        return [([p], []) for p in a] + [([], [p]) for p in b]
    best = [[0.0] * (m + 1) for _ in range(n + 1)]
    step: list[list[tuple[int, int]]] = [[(0, 0)] * (m + 1) for _ in range(n + 1)]
    for i in range(n + 1):
        for j in range(m + 1):
            if i == j == 0:
                continue
            options: list[tuple[float, tuple[int, int]]] = []
            for di, dj in ((1, 1), (1, 2), (2, 1)):
                if di <= i and dj <= j:
                    x, y = a[i - di : i], b[j - dj : j]
                    like = _like(x, y)
                    label = bool(x[0].segment.label) and x[0].segment.label == y[0].segment.label
                    bar = _SAME_LABEL if label else _SAME
                    single = like if (di, dj) == (1, 1) else max(_like(x[:1], y[:1]), _like(x[-1:], y[-1:]))
                    # Two for one only where both parts are needed: the join must be clearly better than its parts.
                    if like >= bar and ((di, dj) == (1, 1) or like > single + 0.1):
                        options.append((best[i - di][j - dj] + like * max(di, dj), (di, dj)))
            if i:
                options.append((best[i - 1][j], (1, 0)))
            if j:
                options.append((best[i][j - 1], (0, 1)))
            best[i][j], step[i][j] = max(options, key=lambda o: o[0])
    out: list[tuple[list[Piece], list[Piece]]] = []
    i, j = n, m
    while i or j:
        di, dj = step[i][j]
        out.append((list(a[i - di : i]), list(b[j - dj : j])))
        i, j = i - di, j - dj
    return out[::-1]


def _elsewhere(a: Sequence[Piece], b: Sequence[Piece]) -> list[Link]:
    """Pairs of what is left that were moved and edited; the rest is deleted or added."""
    out: list[Link] = []
    pairs = sorted(
        ((-_like([x], [y]), x.segment.index, y.segment.index) for x in a for y in b)
        if len(a) * len(b) <= 40_000
        else ()
    )
    gone: set[int] = set()
    come: set[int] = set()
    for cost, i, j in pairs:
        if -cost < _ELSEWHERE:
            break
        if i not in gone and j not in come:
            gone.add(i)
            come.add(j)
            out.append(Link((i,), (j,), False, moved=True))
    out += [Link((p.segment.index,), (), False) for p in a if p.segment.index not in gone]
    out += [Link((), (p.segment.index,), False) for p in b if p.segment.index not in come]
    return out


def _words(
    old: Sequence[Piece], new: Sequence[Piece]
) -> tuple[tuple[tuple[str, str], ...], Span | None, set[int], set[int]]:
    """The changed words of both drafts, their span in the new one, and the positions of the changed tokens."""
    a = [t for p in old for t in p.tokens]
    b = [t for p in new for t in p.tokens]
    by_old = {p.segment.index: p for p in old}
    by_new = {p.segment.index: p for p in new}
    runs: list[tuple[int, int, int, int]] = []
    for tag, i0, i1, j0, j1 in difflib.SequenceMatcher(
        None, [t.key for t in a], [t.key for t in b], False
    ).get_opcodes():
        if tag == "equal":
            continue
        if runs and i0 - runs[-1][1] <= 1 and j0 - runs[-1][3] <= 1:
            runs[-1] = (runs[-1][0], i1, runs[-1][2], j1)
        else:
            runs.append((i0, i1, j0, j1))
    words = tuple((_text(a[i0:i1], by_old), _text(b[j0:j1], by_new)) for i0, i1, j0, j1 in runs)
    span: Span | None = None
    if runs and b:
        _, _, j0, j1 = runs[0]
        if j0 == j1:  # words are gone: point at the word before the gap, or after it at the beginning
            j0, j1 = (j0 - 1, j0) if j0 else (0, 1)
        first = b[j0]
        last = (
            b[j1 - 1]
            if b[j1 - 1].piece == first.piece
            else next(t for t in reversed(b[j0:j1]) if t.piece == first.piece)
        )
        span = by_new[first.piece].view.span(first.start, last.end)
    gone = {k for i0, i1, _, _ in runs for k in range(i0, i1)}
    come = {k for _, _, j0, j1 in runs for k in (range(j0, j1) if j1 > j0 else [max(0, min(j0, len(b) - 1))])}
    return words, span, gone, come


def _text(tokens: Sequence[Token], pieces: Mapping[int, Piece]) -> str:
    out = []
    at = 0
    while at < len(tokens):
        stop = at
        while stop < len(tokens) and tokens[stop].piece == tokens[at].piece:
            stop += 1
        out.append(pieces[tokens[at].piece].view.text[tokens[at].start : tokens[stop - 1].end])
        at = stop
    return " / ".join(out)


class _Side:
    """One language in two drafts: its links and what became of every paragraph."""

    def __init__(self, old: Document, new: Document) -> None:
        self.old, self.new = old, new
        self.old_pieces, self.new_pieces = _pieces(old), _pieces(new)
        self.links = _matches(self.old_pieces, self.new_pieces)
        self.link_of_old = {i: link for link in self.links for i in link.old}
        self.link_of_new = {j: link for link in self.links for j in link.new}

    def forward(self, old: Iterable[int]) -> set[int]:
        """The new paragraphs of old ones."""
        return {j for i in old if i in self.link_of_old for j in self.link_of_old[i].new}

    def touched_old(self, indices: Iterable[int]) -> bool:
        """Tell whether one of these old paragraphs was changed or deleted."""
        return any(i in self.link_of_old and not self.link_of_old[i].same for i in indices)

    def touched_new(self, indices: Iterable[int]) -> bool:
        """Tell whether one of these new paragraphs was changed or added."""
        return any(j in self.link_of_new and not self.link_of_new[j].same for j in indices)

    def change(self, link: Link) -> Change | None:
        """What a link says happened."""
        if link.same and not link.moved:
            return None
        old = [self.old_pieces[i] for i in link.old]
        new = [self.new_pieces[j] for j in link.new]
        segments = [p.segment for p in new] or [p.segment for p in old]
        label = next((".".join(s.label) for s in segments if s.label), "")
        lang = self.new.lang
        if link.same:
            return Change(lang, "moved", label, (), _whole(new[0]), link)
        if not new:
            return Change(lang, "deleted", label, ((_all(old), ""),), None, link)
        if not old:
            return Change(lang, "added", label, (("", _all(new)),), _whole(new[0]), link)
        words, span, _, _ = _words(old, new)
        return Change(lang, "changed", label, words, span or _whole(new[0]), link)


def _all(pieces: Sequence[Piece]) -> str:
    return " / ".join(p.view.text[p.tokens[0].start : p.tokens[-1].end] for p in pieces if p.tokens)


def _whole(piece: Piece) -> Span:
    if not piece.tokens:
        return piece.segment.span
    return piece.view.span(piece.tokens[0].start, piece.tokens[-1].end)


def _beads(alignment: Alignment) -> tuple[dict[int, set[int]], dict[int, set[int]]]:
    """Japanese paragraph to its English ones, and back."""
    ja: dict[int, set[int]] = {}
    en: dict[int, set[int]] = {}
    for bead in alignment.beads:
        left, right = {s.index for s in bead.ja}, {s.index for s in bead.en}
        for i in left:
            ja[i] = right
        for j in right:
            en[j] = left
    return ja, en


@dataclass(frozen=True, slots=True)
class _Drafts:
    """The two sides with the alignments of both drafts; `mine` is the side whose change is being judged."""

    mine: _Side
    other: _Side
    to_other_old: Mapping[int, set[int]]
    to_other_new: Mapping[int, set[int]]

    def counterparts(self, link: Link) -> tuple[set[int], set[int], set[int]]:
        """Old counterparts, new ones by the new alignment, new ones through the old draft."""
        old = {k for i in link.old for k in self.to_other_old.get(i, ())}
        direct = {k for j in link.new for k in self.to_other_new.get(j, ())}
        return old, direct, self.other.forward(old)

    def answer(self, change: Change) -> tuple[Answer, str, set[int]]:
        """Whether the other side followed, why that is believed, and its paragraphs in the new draft."""
        old, direct, through = self.counterparts(change.link)
        other = self.other
        if change.kind == "deleted":
            stands = {k for k in through if not other.touched_new([k])}
            # A counterpart shared with paragraphs that stay may well stay too: it answers those.
            kept = {
                k
                for i in range(len(self.mine.old_pieces))
                if i not in change.link.old and self.mine.forward([i])
                for k in self.to_other_old.get(i, ())
            }
            if not old or other.touched_old(old):
                return "followed", "", through
            return ("followed", "shared", through) if old <= kept else ("alone", "", stands)
        if other.touched_old(old) or other.touched_new(direct) or other.touched_new(through):
            both = (direct & through) or direct or through
            return self._looked_into(change, both)
        return (
            "alone",
            "" if direct & through or not change.link.old else "unsure",
            (direct & through) or direct or through,
        )

    def _looked_into(self, change: Change, others: set[int]) -> tuple[Answer, str, set[int]]:
        """Both sides changed. Figures that moved on one side alone and changes in different sentences say: not followed."""
        links = [self.other.link_of_new[k] for k in sorted(others) if k in self.other.link_of_new]
        changed = [link for link in links if not link.same]
        if change.kind != "changed" or len(changed) != 1 or not changed[0].old or not changed[0].new:
            return "followed", "", others
        link = changed[0]
        mine_old = [self.mine.old_pieces[i] for i in change.link.old]
        mine_new = [self.mine.new_pieces[j] for j in change.link.new]
        other_old = [self.other.old_pieces[i] for i in link.old]
        other_new = [self.other.new_pieces[j] for j in link.new]
        lang, other_lang = self.mine.new.lang, self.other.new.lang
        moved = _figures(mine_old, lang) != _figures(mine_new, lang)
        if (
            moved
            and _figures(other_old, other_lang) == _figures(other_new, other_lang)
            and _figures(other_new, other_lang)
        ):
            return "alone", "figures", others
        if len(mine_new) == len(other_new) == len(mine_old) == len(other_old) == 1:
            here = _sentences(mine_old[0], mine_new[0], lang)
            there = _sentences(other_old[0], other_new[0], other_lang)
            if here and there and here[0] == there[0] >= 2 and not here[1] & there[1]:
                return "alone", "sentence", others
        return "followed", "", others


def _figures(pieces: Sequence[Piece], lang: Lang) -> Counter[tuple[object, ...]]:
    from mocalign import quantities

    read = quantities.read_ja if lang == "ja" else quantities.read_en
    return Counter(
        (q.kind, q.sized, q.date, q.bound)
        for p in pieces
        for q in read(p.view.text)
        if not q.soft and q.kind != "ordinal"
    )


def _sentences(old: Piece, new: Piece, lang: Lang) -> tuple[int, set[int]] | None:
    """Number of sentences and those with a change, when both drafts have equally many."""
    from mocalign import english, japanese

    cut = japanese.sentences if lang == "ja" else english.sentences
    before, after = cut(old.view.text), cut(new.view.text)
    if len(before) != len(after):
        return None
    _, _, gone, come = _words([old], [new])

    def of(piece: Piece, ranges: Sequence[tuple[int, int]], positions: Iterable[int]) -> set[int]:
        starts = [start for start, _ in ranges]
        return {bisect.bisect_right(starts, piece.tokens[k].start) - 1 for k in positions if k < len(piece.tokens)}

    return len(after), of(old, before, gone) | of(new, after, come)


def drift(
    old_ja: Document | str | Path,
    old_en: Document | str | Path | None,
    new_ja: Document | str | Path,
    new_en: Document | str | Path,
    *,
    config: Config | None = None,
    followed: bool = False,
) -> Report:
    """Compare two drafts and report where one language changed and the other did not.

    The report stands on the new pair: findings AUD901 to AUD906 for one-sided changes; with `followed` also AUD907 for
    what changed on both sides. Without `old_en` every Japanese change is AUD908, severity neutral. All changes stand
    under "drift" in the JSON report (`Report.extras`).
    """
    from mocalign import api

    config = config or load_config()

    def document(given: Document | str | Path, lang: Lang) -> Document:
        return given if isinstance(given, Document) else api.read(given, lang)

    ja, en = document(new_ja, "ja"), document(new_en, "en")
    before_ja = document(old_ja, "ja")
    before_en = document(old_en, "en") if old_en is not None else None
    alignment = api.align(ja, en, config=config)
    japanese_side = _Side(before_ja, ja)
    ja_to_en, en_to_ja = _beads(alignment)
    judged: list[tuple[Change, set[int]]] = []
    if before_en is None:
        for link in japanese_side.links:
            change = japanese_side.change(link)
            if change is not None:
                near = {k for j in link.new for k in ja_to_en.get(j, ())}
                judged.append((replace(change, answer="" if change.kind == "moved" else "unknown"), near))
    else:
        english_side = _Side(before_en, en)
        old_alignment = api.align(before_ja, before_en, config=config)
        old_ja_to_en, old_en_to_ja = _beads(old_alignment)
        for drafts in (
            _Drafts(english_side, japanese_side, old_en_to_ja, en_to_ja),
            _Drafts(japanese_side, english_side, old_ja_to_en, ja_to_en),
        ):
            for link in drafts.mine.links:
                change = drafts.mine.change(link)
                if change is None:
                    continue
                if change.kind == "moved":
                    judged.append((change, set()))
                    continue
                answer, reason, others = drafts.answer(change)
                judged.append((replace(change, answer=answer, reason=reason), others))
    findings = tuple(_findings(judged, alignment, config, followed=followed))
    signature = dict(api.signature(config, paired=bool(ja.segments and en.segments)))
    signature["checks"] = [c.code for c in _enabled(config)]
    extras = {"drift": _listing(judged, before_ja, before_en)}
    return Report(alignment, findings, signature, extras=extras)


def _enabled(config: Config) -> tuple[Any, ...]:
    """The pages that the settings leave on. A selection of checks of a pair alone says nothing about drift."""
    from mocalign.checks import selected
    from mocalign.checks.drift_pages import DRIFT
    from mocalign.checks.installed import all_checks

    codes = {c.code for c in DRIFT}
    if not any(c.name == s or c.code.startswith(s) for s in config.select for c in DRIFT):
        config = replace(config, select=tuple(c.code for c in DRIFT))
    return tuple(c for c in selected((*all_checks(), *DRIFT), config) if c.code in codes)


_CODES = {
    ("en", "changed"): "AUD901",
    ("en", "added"): "AUD902",
    ("en", "deleted"): "AUD903",
    ("ja", "changed"): "AUD904",
    ("ja", "added"): "AUD905",
    ("ja", "deleted"): "AUD906",
}


def _findings(
    judged: Sequence[tuple[Change, set[int]]], alignment: Alignment, config: Config, *, followed: bool
) -> Iterator[Finding]:
    pages = {c.code: c for c in _enabled(config)}
    found = []
    for change, others in judged:
        if change.answer == "alone":
            code = _CODES[change.side, change.kind]
        elif change.answer == "unknown":
            code = "AUD908"
        elif change.answer == "followed" and followed:
            code = "AUD907"
        else:
            continue
        if code not in pages:
            continue
        page, settings = pages[code], config.for_check(pages[code].name)
        finding = _finding(change, others, alignment, page, settings.severity)
        if finding is not None and finding.confidence >= max(settings.min_confidence, config.min_confidence):
            found.append(finding)
    yield from sorted(
        found,
        key=lambda f: (
            f.bead if f.bead >= 0 else 1 << 30,
            f.ja.start if f.ja else -1,
            f.en.start if f.en else -1,
            f.code,
            f.message,
        ),
    )


def _finding(
    change: Change, others: set[int], alignment: Alignment, page: Any, override: Severity | None
) -> Finding | None:
    ja, en = alignment.ja, alignment.en
    other = ja if change.side == "en" else en
    counterpart = other.segments[min(others)] if others else None
    near = _body(counterpart, other.lang) if counterpart is not None else None
    mine = change.span
    if mine is None and near is None:
        return None  # gone on both sides
    en_span, ja_span = (mine, near) if change.side == "en" else (near, mine)
    number = _bead_number(alignment, ja_span, en_span)
    label = _label(alignment, number, change)
    confidence = {"": 0.9, "unsure": 0.7, "figures": 0.85, "sentence": 0.6}.get(change.reason, 0.9)
    if change.answer == "alone" and counterpart is None and change.kind == "changed":
        confidence = 0.6  # nothing stands against it: an omission rather than drift
    if page.code in ("AUD907", "AUD908"):
        confidence = 0.9
    quoted = "; ".join(_quoted(old, new) for old, new in change.words[:_MOST])
    more = len(change.words) - _MOST
    en_text = quoted + (f"; and {more} more" if more > 0 else "")
    ja_text = "、".join(_quoted_ja(old, new) for old, new in change.words[:_MOST]) + (
        f"ほか{more}か所" if more > 0 else ""
    )
    message, message_ja = _message(page.code, change, en_text, ja_text)
    return Finding(
        code=page.code,
        name=page.name,
        mqm=page.mqm,
        severity=override or page.severity,
        confidence=confidence,
        message=message,
        message_ja=message_ja,
        bead=number,
        label=label,
        ja=ja_span,
        en=en_span,
        fingerprint=fingerprint(page.code, [f"{o}\x1e{n}" for o, n in change.words], near.text if near else ""),
    )


def _message(code: str, change: Change, quoted: str, quoted_ja: str) -> tuple[str, str]:
    why = {
        "figures": (
            " (the Japanese changed too, but its figures did not)",
            "（和文にも変更があるが、数値は変わっていない）",
        ),
        "sentence": (" (the Japanese changed in another sentence)", "（和文は別の文が改められている）"),
    }.get(change.reason, ("", ""))
    if change.side == "ja":
        why = {
            "figures": (
                " (the English changed too, but its figures did not)",
                "（英文にも変更があるが、数値は変わっていない）",
            ),
            "sentence": (" (the English changed in another sentence)", "（英文は別の文が改められている）"),
        }.get(change.reason, ("", ""))
    texts = {
        "AUD901": (
            "The English changed between the drafts, the Japanese did not: {q}{w}.",
            "英文だけが改められた：{j}{w}。",
        ),
        "AUD902": ("New in the English, not taken up in the Japanese: {q}.", "英文に加えられたが和文にない：{j}。"),
        "AUD903": ("Struck from the English, still in the Japanese: {q}.", "英文から削られたが和文に残っている：{j}。"),
        "AUD904": (
            "The Japanese changed between the drafts, the English did not: {q}{w}.",
            "和文だけが改められた：{j}{w}。",
        ),
        "AUD905": (
            "New in the Japanese without a change in the English: {q}.",
            "英文に変更がないまま和文に加えられた：{j}。",
        ),
        "AUD906": ("Struck from the Japanese, still in the English: {q}.", "和文から削られたが英文に残っている：{j}。"),
        "AUD907": ("Changed on both sides; in the {s}: {q}.", "双方が改められた。{t}：{j}。"),
        "AUD908": ("The Japanese changed since the old draft: {q}.", "和文が旧案から改められた：{j}。"),
    }
    english, japanese = texts[code]
    names = {"en": ("English", "英文"), "ja": ("Japanese", "和文")}[change.side]
    return (
        english.format(q=quoted or "moved", w=why[0], s=names[0]),
        japanese.format(j=quoted_ja or "移動", w=why[1], t=names[1]),
    )


def _cut(text: str) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= _QUOTE else flat[: _QUOTE // 2] + " … " + flat[-_QUOTE // 2 :]


def _quoted(old: str, new: str) -> str:
    if old and new:
        return f"“{_cut(old)}” → “{_cut(new)}”"
    return f"added “{_cut(new)}”" if new else f"deleted “{_cut(old)}”"


def _quoted_ja(old: str, new: str) -> str:
    if old and new:
        return f"「{_cut(old)}」→「{_cut(new)}」"
    return f"「{_cut(new)}」を追加" if new else f"「{_cut(old)}」を削除"


def _body(segment: Segment, lang: Lang) -> Span:
    view = segment.body_view(lang)
    text = view.text
    return view.span(0, len(text)) if text else segment.span


def _bead_number(alignment: Alignment, ja: Span | None, en: Span | None) -> int:
    for document, span in ((alignment.en, en), (alignment.ja, ja)):
        segment = document.segment_at(span.start) if span is not None else None
        if segment is not None:
            for number, bead in enumerate(alignment.beads):
                if segment in (bead.ja if document.lang == "ja" else bead.en):
                    return number
    return -1


def _label(alignment: Alignment, number: int, change: Change) -> tuple[str, ...]:
    if change.label:
        return tuple(change.label.split("."))
    return alignment.beads[number].label if number >= 0 else ()


def _listing(judged: Sequence[tuple[Change, set[int]]], old_ja: Document, old_en: Document | None) -> dict[str, Any]:
    rows = [
        {
            "side": change.side,
            "kind": change.kind,
            "label": change.label,
            "old": list(change.link.old),
            "new": list(change.link.new),
            "counterparts": sorted(others),
            "words": [{"old": old, "new": new} for old, new in change.words],
            "answer": change.answer or None,
        }
        for change, others in judged
    ]
    counts = Counter((c.side, c.answer or c.kind) for c, _ in judged)
    return {
        "old": {
            "ja": {"source": old_ja.source, "sha256": old_ja.sha256},
            "en": None if old_en is None else {"source": old_en.source, "sha256": old_en.sha256},
        },
        "changes": rows,
        "summary": {
            side: {name: counts.get((side, name), 0) for name in ("followed", "alone", "unknown", "moved")}
            for side in ("en", "ja")
        },
    }


def overview(report: Report, lang: str) -> str:
    """All changes of a drift report as text: one line a change, with a mark for what was followed and what was not."""
    data = report.extras.get("drift", {})
    marks = {"followed": "=", "alone": "!", "unknown": "?", None: "~"}
    heads = {"en": "英文" if lang == "ja" else "English", "ja": "和文" if lang == "ja" else "Japanese"}
    lines = []
    for side in ("en", "ja"):
        for row in data.get("changes", ()):
            if row["side"] != side:
                continue
            quote = _quoted_ja if lang == "ja" else _quoted
            moved = "移動" if lang == "ja" else "moved"
            what = "; ".join(quote(w["old"], w["new"]) for w in row["words"][:_MOST]) or moved
            label = f" [{row['label']}]" if row["label"] else ""
            lines.append(f"{marks[row['answer']]} {heads[side]}{label}: {what}")
    key = (
        "= 双方が改められた  ! 片方だけ  ? 旧英文なし  ~ 移動のみ"
        if lang == "ja"
        else "= the other side followed  ! it did not  ? no old English given  ~ moved only"
    )
    none = "変更なし" if lang == "ja" else "no changes"
    return "\n".join([*lines, key] if lines else [none]) + "\n"
