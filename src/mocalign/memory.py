"""How a phrase or clause was rendered before: the bundled corpora, a folder of pairs, or a translation memory.

Each unit (a sentence or paragraph with its translation) is compared with the query in the query's own language by tokens
(the best window of the unit, `rapidfuzz.fuzz.partial_ratio_alignment` over lemmas; rare words count more, as in Spärck
Jones 1972) and across both languages by the encoder. Words that answer the matched ones are found with the lexicon.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, Literal, overload

from mocalign import english, japanese
from mocalign.errors import ConfigError, ReadError
from mocalign.model import Alignment, Bead, Document, Lang, is_japanese

if TYPE_CHECKING:
    from mocalign.embed import Embedder

__all__ = ["Precedent", "Precedents", "precedents"]

Ranges = tuple[tuple[int, int], ...]
FLOOR = 0.35  # a unit below this is no precedent
_SEMANTIC = 5_000  # units the encoder reads; of a larger memory only those that share words with the query
_ALIKE = 0.72  # cosine from which two single words count as the same


@dataclass(frozen=True, slots=True)
class Precedent:
    """A unit that resembles the query.

    `score` is 0 to 1. `ja_matches` and `en_matches` are half-open ranges of the texts: the words that match the query,
    and those of the other side that answer them. `how` says what spoke for it: "words" or "meaning".
    """

    score: float
    ja: str
    en: str
    source: str
    label: tuple[str, ...] = ()
    ja_matches: Ranges = ()
    en_matches: Ranges = ()
    how: Literal["words", "meaning"] = "words"

    def _repr_html_(self) -> str:
        from mocalign.display import precedents_html

        return precedents_html((self,))


@dataclass(frozen=True, slots=True)
class Precedents:
    """The hits of a query, best first. `lang` is the language the query was read as."""

    query: str
    lang: Lang
    hits: tuple[Precedent, ...]

    def __iter__(self) -> Iterator[Precedent]:
        return iter(self.hits)

    def __len__(self) -> int:
        return len(self.hits)

    @overload
    def __getitem__(self, at: int) -> Precedent: ...
    @overload
    def __getitem__(self, at: slice) -> tuple[Precedent, ...]: ...
    def __getitem__(self, at: int | slice) -> Precedent | tuple[Precedent, ...]:
        return self.hits[at]

    def to_dict(self) -> dict[str, Any]:
        """The hits as plain data."""
        return {
            "schema": "mocalign-precedents/1",
            "query": self.query,
            "lang": self.lang,
            "hits": [
                {
                    "score": h.score,
                    "how": h.how,
                    "source": h.source,
                    "label": ".".join(h.label),
                    "ja": {"text": h.ja, "matches": [list(m) for m in h.ja_matches]},
                    "en": {"text": h.en, "matches": [list(m) for m in h.en_matches]},
                }
                for h in self.hits
            ],
        }

    def to_frame(self) -> Any:
        """The hits as a pandas frame. Raises `MissingExtraError` without pandas."""
        from mocalign.display import frame

        rows = [
            {"score": h.score, "source": h.source, "label": ".".join(h.label), "ja": h.ja, "en": h.en} for h in self
        ]
        return frame(rows, ("score", "source", "label", "ja", "en"))

    def __repr__(self) -> str:
        return f"Precedents({self.query!r}, {len(self.hits)} hits)"

    def _repr_html_(self) -> str:
        from mocalign.display import precedents_html

        return precedents_html(self.hits)


@dataclass(frozen=True, slots=True)
class _Unit:
    ja: str
    en: str
    source: str
    label: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Word:
    start: int
    end: int
    key: str
    content: bool


def precedents(
    query: str,
    *,
    corpus: str | Path | Sequence[str | Path] | None = None,
    limit: int = 10,
    minimum: float = FLOOR,
    embedder: Embedder | None = None,
) -> Precedents:
    """Return earlier renderings of a phrase or clause, in either language, best first.

    `corpus` is the name of a bundled instrument, a folder of pairs (``x.ja.docx`` beside ``x.en.docx``), a TMX or XLIFF
    file, or several of these; without it all bundled instruments are searched, except those with planted defects.
    Raises `ConfigError` for an empty query or an unknown corpus and `ReadError` for a file that cannot be read.
    """
    query = " ".join(query.split())
    if not query:
        raise ConfigError("precedents: the query is empty; a word, phrase or clause is expected")
    if limit < 1:
        raise ConfigError(f"precedents: limit is 1 or more, not {limit}")
    lang: Lang = "ja" if any(is_japanese(c) for c in query) else "en"
    units = _units(corpus, embedder)
    if not units:
        return Precedents(query, lang, ())
    own = [u.ja if lang == "ja" else u.en for u in units]
    words = [_words(t, lang) for t in own]
    asked = _words(query, lang)
    fuzzy = _fuzzy(asked, words)
    meaning = _meaning(query, units, fuzzy, embedder)
    scored = []
    for at, (f, window) in enumerate(fuzzy):
        m = meaning.get(at, 0.0)
        score = max(f, 0.55 * f + 0.45 * m, 0.9 * m)
        if score >= minimum:
            scored.append((-round(score, 4), at, window, "words" if f >= 0.5 * score else "meaning"))
    scored.sort(key=lambda s: (s[0], len(own[s[1]]), s[1]))
    best, seen = [], set()
    for item in scored:
        unit = units[item[1]]
        if (unit.ja, unit.en) not in seen:
            seen.add((unit.ja, unit.en))
            best.append(item)
        if len(best) == limit:
            break
    lit = _lit([units[b[1]] for b in best], [words[b[1]] for b in best], [b[2] for b in best], asked, lang, embedder)
    hits = []
    for (score, at, _, how), (ja, en) in zip(best, lit, strict=True):
        u = units[at]
        hits.append(Precedent(-score, u.ja, u.en, u.source, u.label, ja, en, how))  # type: ignore[arg-type]
    return Precedents(query, lang, tuple(hits))


# --- what is searched --------------------------------------------------------------------------------------------------


def _units(corpus: str | Path | Sequence[str | Path] | None, embedder: Embedder | None) -> tuple[_Unit, ...]:
    from mocalign import corpora

    if corpus is None:
        names = [n for n in corpora.names() if not (corpora.folder() / n / "planted.tsv").is_file()]
        return tuple(u for n in names for u in _bundled(n))
    places = [corpus] if isinstance(corpus, str | Path) else list(corpus)
    out: list[_Unit] = []
    for place in places:
        if isinstance(place, str) and place in corpora.names():
            out += _bundled(place)
        elif Path(place).is_dir():
            out += _folder(Path(place), embedder)
        elif Path(place).is_file():
            out += _memory(Path(place))
        else:
            known = ", ".join(corpora.names())
            raise ConfigError(f"precedents: {place}: no such file or folder, and no bundled corpus (known: {known})")
    return tuple(out)


@lru_cache(maxsize=64)
def _bundled(name: str) -> tuple[_Unit, ...]:
    """The sentences of a bundled instrument, with the labels of their paragraphs."""
    from mocalign import corpora

    corpus = corpora.load(name)
    starts = {side: _line_starts(getattr(corpus, side).text) for side in ("ja", "en")}
    out = []
    for row in (corpus.path / "sentences.tsv").read_text(encoding="utf-8").splitlines()[1:]:
        ja_lines, en_lines, ja, en = row.split("\t")
        if not (ja and en):
            continue
        label: tuple[str, ...] = ()
        for side, lines in (("ja", ja_lines), ("en", en_lines)):
            document: Document = getattr(corpus, side)
            line = int(lines.split()[0]) - 1
            if not label and line < len(starts[side]):
                start = starts[side][line]
                label = next((s.label for s in document.segments if s.span.end > start), ())
        out.append(_Unit(ja.replace(" | ", ""), en.replace(" | ", " "), name, label))
    return tuple(out)


def _line_starts(text: str) -> list[int]:
    starts = [0]
    for line in text.splitlines(keepends=True):
        starts.append(starts[-1] + len(line))
    return starts


def _folder(folder: Path, embedder: Embedder | None) -> list[_Unit]:
    """The aligned paragraphs of all pairs of a folder, and its translation memories."""
    from mocalign import readers

    out: list[_Unit] = []
    files = sorted(p for p in folder.rglob("*") if p.is_file() and not p.name.startswith((".", "~")))
    for path in files:
        if path.suffix.lower() in (".tmx", ".xlf", ".xliff"):
            out += _memory(path)
            continue
        stem, dot, _ = path.name.partition(".ja.")
        if not dot:
            continue
        partner = next((p for p in files if p.parent == path.parent and p.name.startswith(f"{stem}.en.")), None)
        if partner is not None:
            ja, en = readers.read(path, "ja"), readers.read(partner, "en")
            out += _aligned(ja, en, str(path.relative_to(folder)), embedder)
    if not out:
        raise ReadError(f"{folder}: holds no pairs; files named x.ja.docx and x.en.docx, or .tmx, are expected")
    return out


def _aligned(ja: Document, en: Document, source: str, embedder: Embedder | None) -> list[_Unit]:
    from mocalign.api import align

    out = []
    for bead in align(ja, en, embedder=embedder).beads:
        if not bead.ja or not bead.en or bead.score < 0.3:
            continue
        left = "".join(s.body_view("ja").text for s in bead.ja)
        right = " ".join(s.body_view("en").text for s in bead.en)
        cuts_ja, cuts_en = japanese.sentences(left), english.sentences(right)
        if len(cuts_ja) == len(cuts_en) > 1:
            for a, b in zip(cuts_ja, cuts_en, strict=True):
                out.append(_Unit(left[slice(*a)].strip(), right[slice(*b)].strip(), source, bead.label))
        else:
            out.append(_Unit(left, right, source, bead.label))
    return out


def _memory(path: Path) -> list[_Unit]:
    """The units of a TMX or XLIFF file."""
    from mocalign.readers.xliff import units

    out = []
    for number, unit in enumerate(units(path), 1):
        ja, en = (" ".join(unit.get(side, "").split()) for side in ("ja", "en"))
        if ja and en:
            out.append(_Unit(ja, en, path.name, (f"#{number}",)))
    return out


# --- likeness ----------------------------------------------------------------------------------------------------------


def _words(text: str, lang: Lang) -> tuple[_Word, ...]:
    if lang == "ja":
        return tuple(
            _Word(t.start, t.end, t.lemma, t.is_content)
            for t in japanese.tokens(text, mode="A")
            if t.pos[0] not in ("補助記号", "空白")
        )
    return tuple(
        _Word(t.start, t.end, english.lemma(t.surface.lower()) if t.is_word else t.surface, t.is_content)
        for t in english.tokens(text)
        if any(c.isalnum() for c in t.surface)
    )


def _fuzzy(asked: Sequence[_Word], units: Sequence[Sequence[_Word]]) -> list[tuple[float, tuple[int, int]]]:
    """Likeness of words and the window of words that is alike, for each unit."""
    from rapidfuzz import fuzz

    spread = Counter(key for unit in units for key in {w.key for w in unit})
    total = len(units)

    def weight(word: _Word) -> float:
        rarity = math.log((total + 1) / (spread[word.key] + 1)) + 0.2
        return rarity if word.content else 0.15 * rarity

    keys = [w.key for w in asked]
    wanted = sum(weight(w) for w in asked)
    out: list[tuple[float, tuple[int, int]]] = []
    for unit in units:
        there = [w.key for w in unit]
        if not keys or not there or not set(keys) & set(there):
            out.append((0.0, (0, 0)))
            continue
        found = fuzz.partial_ratio_alignment(keys, there)
        if found is None:
            out.append((0.0, (0, 0)))
            continue
        start, end = found.dest_start, found.dest_end
        held = [0.0, 0.0]
        for at, place in enumerate((there[max(0, start - 1) : end + 1], there)):
            left = Counter(place)
            for word in asked:
                if left[word.key] > 0:
                    left[word.key] -= 1
                    held[at] += weight(word)
        cover = (0.5 * held[0] + 0.5 * held[1]) / wanted if wanted else 0.0
        short = min(1.0, len(there) / len(keys)) ** 0.5
        out.append(((0.3 * found.score / 100 + 0.7 * cover) * short, (start, end)))
    return out


def _meaning(
    query: str, units: Sequence[_Unit], fuzzy: Sequence[tuple[float, tuple[int, int]]], embedder: Embedder | None
) -> dict[int, float]:
    """Likeness of meaning of the query and the nearer side of each unit, 0 to 1."""
    from mocalign.embed import get_embedder

    embedder = embedder or get_embedder()
    chosen = range(len(units))
    if len(units) > _SEMANTIC:
        chosen = sorted(range(len(units)), key=lambda i: (-fuzzy[i][0], i))[:500]  # type: ignore[assignment]
    wanted = list(chosen)
    asked = embedder.encode([query])[0]
    ja = embedder.encode([units[i].ja for i in wanted])
    en = embedder.encode([units[i].en for i in wanted])
    return {i: _scaled(max(float(a @ asked), float(b @ asked))) for i, a, b in zip(wanted, ja, en, strict=True)}


def _scaled(cosine: float) -> float:
    """Map the encoder's cosine to 0..1: a phrase and an unrelated clause lie near 0.1, a free paraphrase at 0.4 to 0.6."""
    return min(1.0, max(0.0, (cosine - 0.05) / 0.7))


# --- the words that match ----------------------------------------------------------------------------------------------


def _lit(
    units: Sequence[_Unit],
    words: Sequence[Sequence[_Word]],
    windows: Sequence[tuple[int, int]],
    asked: Sequence[_Word],
    lang: Lang,
    embedder: Embedder | None,
) -> list[tuple[Ranges, Ranges]]:
    """Ranges to light on (ja, en) of each unit."""
    from mocalign.embed import get_embedder

    if not units:
        return []
    embedder = embedder or get_embedder()
    keys = {w.key for w in asked}
    content = sorted({w.key for w in asked if w.content})
    spare = sorted({w.key for unit in words for w in unit if w.content} - keys)
    alike: set[str] = set()
    if content and spare:
        near = embedder.encode(spare) @ embedder.encode(content).T
        alike = {w for w, row in zip(spare, near, strict=True) if float(row.max()) >= _ALIKE}
    links = _links(units)
    out: list[tuple[Ranges, Ranges]] = []
    for number, (unit, there, (start, end)) in enumerate(zip(units, words, windows, strict=True)):
        hits = [
            w
            for at, w in enumerate(there)
            if (w.key in keys and (w.content or start <= at < end)) or (w.content and w.key in alike)
        ]
        solid = [w for w in hits if w.content] or hits
        own = _joined([(w.start, w.end) for w in hits], unit.ja if lang == "ja" else unit.en)
        other = []
        for ja, en in links[number]:
            mine, theirs = (ja, en) if lang == "ja" else (en, ja)
            if any(w.start < mine[1] and mine[0] < w.end for w in solid):
                other.append(theirs)
        across = _joined(other, unit.en if lang == "ja" else unit.ja)
        out.append((own, across) if lang == "ja" else (across, own))
    return out


def _links(units: Sequence[_Unit]) -> list[list[tuple[tuple[int, int], tuple[int, int]]]]:
    """Which words of each unit answer each other: (ja range, en range)."""
    from mocalign.config import Config
    from mocalign.glossary import terms_for
    from mocalign.lexicon import Lexicon, light_words, open_dictionary, word_links
    from mocalign.pair import Pair

    ja = Document.from_segments("ja", [u.ja for u in units])
    en = Document.from_segments("en", [u.en for u in units])
    beads = tuple(Bead((a,), (b,), 1.0, "match") for a, b in zip(ja.segments, en.segments, strict=True))
    config = Config()
    pair = Pair(Alignment(ja, en, beads), config)
    lexicon = Lexicon(pair, terms=terms_for(config), dictionary=open_dictionary())
    holder = SimpleNamespace(lexicon=lexicon, ja=ja, en=en)
    light = light_words("ja") | {"する", "し", "した", "行う", "行い"}
    out = []
    for number, bead in enumerate(beads):
        left, right = bead.ja[0].span.start, bead.en[0].span.start
        out.append(
            [
                ((a.start - left, a.end - left), (b.start - right, b.end - right))
                for a, b, *_ in word_links(holder, number)
                if a.text not in light
            ]
        )
    return out


def _joined(ranges: Iterable[tuple[int, int]], text: str) -> Ranges:
    """Merge ranges that touch or have only a blank between them."""
    out: list[tuple[int, int]] = []
    for start, end in sorted(set(ranges)):
        if out and (start <= out[-1][1] or not text[out[-1][1] : start].strip()):
            out[-1] = (out[-1][0], max(end, out[-1][1]))
        else:
            out.append((start, end))
    return tuple(out)
