"""The mutation engine: plants one realistic error at a time in a clean pair, seeded and reproducible.

A `Source` is a clean pair: two texts, their paragraphs and which of them answer each other. An operator is a function of
a `Source` that lists every `Edit` it could make; the engine samples some of them and applies each to the clean texts,
one a `Mutant`. A mutant knows the characters that are wrong, the words a reviewer would point at on the other side, and
the paragraphs in which a finding about it must stand.

Operators rest on general resources (SudachiDict readings, JMdict, KANJIDIC2, KRADFILE, OpenCC's character tables, rules of
conjugation), never on the word lists of the checks. Each tests its own preconditions: what is still a correct
translation, or the same text, is not a mutant.

    python -m benchmarks.mutate [CORPUS] [--operator NAME] [-n 5]     # samples to read
"""

from __future__ import annotations

import argparse
import itertools
import random
import re
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from mocalign import corpora
from mocalign.japanese import Token, tokens
from mocalign.model import Alignment

__all__ = [
    "CLASSES",
    "Bead",
    "Class",
    "Edit",
    "Mutant",
    "Operator",
    "Part",
    "Source",
    "apply",
    "mutants",
    "operators",
    "source_from_alignment",
    "source_from_corpus",
    "source_from_texts",
]


@dataclass(frozen=True, slots=True)
class Class:
    """A class of error. `taxonomy` names the row of the public taxonomy; `group` says which requirement it falls under.

    Groups: 1 characters, 2 slips, 3 orthography, 4 drafting, 5 structure, 6 typography and residue, 7 values (all
    visible in the Japanese alone), 8 the English side, X needs both languages.
    """

    name: str
    title: str
    taxonomy: str
    group: str


CLASSES: tuple[Class, ...] = (
    Class("characters", "simplified, traditional, compatibility and invisible characters", "C1", "1"),
    Class("look-alikes", "characters of similar shape", "C2", "2"),
    Class("homophones", "characters or words of the same reading", "C3", "X"),
    Class("slips", "doubled, lost, stray and transposed characters", "C4", "2"),
    Class("figures", "figures", "C10", "X"),
    Class("dates", "dates and eras", "C10", "X"),
    Class("units", "units and currencies", "C10", "X"),
    Class("bounds", "bounds (at least, at most, before, after)", "C10", "X"),
    Class("inclusion", "including, excluding, other than", "C9", "X"),
    Class("negation", "negation gained or lost", "C9", "X"),
    Class("modality", "may, shall, will, endeavour", "C13", "X"),
    Class("parties", "who does it, to whom", "C18", "X"),
    Class("quantifiers", "each, either, both, all, some", "C12", "X"),
    Class("names", "names of people, places and organisations", "C18", "X"),
    Class("terms", "a term rendered by another one", "C15", "X"),
    Class("consistency", "one term, several renderings", "C16", "X"),
    Class("defined-terms", "defined terms", "C17", "4"),
    Class("omission-item", "a paragraph or item left out", "C7", "X"),
    Class("omission-sentence", "a sentence left out", "C7", "X"),
    Class("omission-phrase", "a phrase left out", "C7", "X"),
    Class("duplication", "a paragraph, sentence or phrase twice", "C8", "5"),
    Class("addition", "a sentence or phrase the other side lacks", "C8", "X"),
    Class("enumeration", "a member of an enumeration", "C7", "X"),
    Class("conjunction", "and, or and their nesting", "C11", "X"),
    Class("cross-reference", "references to provisions", "C6", "X"),
    Class("numbering", "numbers and marks of provisions", "C6", "5"),
    Class("heading", "headings", "C6", "5"),
    Class("order", "order of items and paragraphs", "C6", "X"),
    Class("untranslated", "words left in English", "C7", "X"),
    Class("binding", "wording of the wrong kind of instrument", "C14", "4"),
    Class("orthography", "one word in two spellings", "C19", "3"),
    Class("broken-paragraph", "paragraphs cut or run together", "C5", "5"),
    Class("punctuation", "brackets, punctuation, spaces", "C20", "6"),
    Class("residue", "placeholders and drafting residue", "C20", "6"),
    Class("values", "impossible dates, counts not kept", "C10", "7"),
    Class("english-side", "damage in the English text", "C21", "8"),
)


@dataclass(frozen=True, slots=True)
class Part:
    """A paragraph of one side: `text[start:end]`; `body` is the offset after markup and label."""

    index: int
    start: int
    body: int
    end: int
    label: str
    heading: bool
    bead: int


@dataclass(frozen=True, slots=True)
class Bead:
    """Indices of the parts that answer each other; one side may be empty."""

    ja: tuple[int, ...]
    en: tuple[int, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Source:
    """A clean pair. `split` is "dev", "test" or "real"; `binding` tells a treaty, law or contract from the rest."""

    name: str
    split: str
    kind: str
    binding: bool
    ja: str
    en: str
    ja_parts: tuple[Part, ...]
    en_parts: tuple[Part, ...]
    beads: tuple[Bead, ...]

    def text(self, side: str) -> str:
        """Return the text of a side."""
        return self.ja if side == "ja" else self.en

    def parts(self, side: str) -> tuple[Part, ...]:
        """Return the parts of a side."""
        return self.ja_parts if side == "ja" else self.en_parts

    def ja_of(self, part: Part) -> str:
        """Return the text of a Japanese part without its label."""
        return self.ja[part.body : part.end]

    def en_of(self, part: Part) -> str:
        """Return the text of an English part without its label."""
        return self.en[part.body : part.end]

    def other(self, part: Part, side: str) -> str:
        """Return what answers a part of `side` on the other side, one part a line; "" when nothing does."""
        bead = self.beads[part.bead]
        if side == "ja":
            return "\n".join(self.en_of(self.en_parts[i]) for i in bead.en)
        return "\n".join(self.ja_of(self.ja_parts[i]) for i in bead.ja)


@dataclass(frozen=True, slots=True)
class Edit:
    """Put `new` in the place of `text[start:end]` of a side.

    `core` (start, end inside `new`) is what a reviewer would point at, by default what differs; `other` are quotes on the
    other side, any of which answers the fault; `document` says that the fault is one of the document and may be reported
    at another place of the same words; `words` are those words.
    """

    side: str
    start: int
    end: int
    new: str
    core: tuple[int, int] | None = None
    other: tuple[str, ...] = ()
    document: bool = False
    words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Operator:
    """One way to go wrong. `split` "dev" operators may be looked at while checks are tuned, "test" ones are held out.

    `japanese` tells whether a careful reader of the Japanese alone could see the fault.
    """

    name: str
    cls: str
    split: str
    find: Callable[[Source], Iterable[Edit]]
    japanese: bool = False


@dataclass(frozen=True, slots=True)
class Mutant:
    """A pair with one error. Spans are (start, end) in the mutated texts.

    `span` is the wrong place on `side` (empty where something is missing); `before` and `after` are the words before and
    after; `other` are the quotes that answer it on the other side, with `other_spans` their places; the zones are the
    paragraphs in which a finding must stand, `beads` the gold beads they belong to; `edit` is (start, end in the clean text,
    length of what was put there).
    """

    source: str
    split: str
    operator: str
    cls: str
    held_out: bool
    japanese: bool
    side: str
    ja_text: str
    en_text: str
    span: tuple[int, int]
    before: str
    after: str
    other: tuple[str, ...]
    other_spans: tuple[tuple[int, int], ...]
    ja_zone: tuple[tuple[int, int], ...]
    en_zone: tuple[tuple[int, int], ...]
    beads: tuple[int, ...]
    document: bool
    words: tuple[str, ...]
    edit: tuple[int, int, int]

    @property
    def bead(self) -> int:
        """Index of the first gold bead that the error touches, -1 for none."""
        return self.beads[0] if self.beads else -1

    @property
    def key(self) -> str:
        """A stable name of the mutant, for lists of misses."""
        return f"{self.source}/{self.operator}/{self.edit[0]}-{self.edit[1]}-{zlib.crc32(self.after.encode()):08x}"


# --- sources -----------------------------------------------------------------------------------------------------------

_MARK = re.compile(r"\s*(?:#+\s+|[-*・•]\s+(?=\S))?")
_LABEL = {
    "ja": re.compile(
        r"(?:第[一二三四五六七八九十百0-9０-９]+(?:条|項|節|章|部|款|号)(?:の[一二三四五六七八九十0-9０-９]+)?(?=[\s　（(]|$)"
        r"|[(（][0-9０-９a-zA-Zａ-ｚivxア-ン一二三四五六七八九十]{1,4}[)）]|[0-9０-９]{1,2}[.．)）](?![0-9０-９])|[a-zａ-ｚ][.)）]"
        r"|[ivx]{1,4}[.)]|[0-9０-９]{1,2}(?=[\s　])|[一二三四五六七八九十]{1,3}(?=[\s　])|[ア-ン](?=[\s　])|[①-⑳])[\s　]*"
    ),
    "en": re.compile(
        r"(?:(?:Article|Paragraph|Section|Chapter|Part|Annex|ARTICLE|PARAGRAPH|SECTION|PART)\s+[0-9IVXA-Z]+(?=[\s:.]|$)[:.]?"
        r"|\([0-9a-zA-Zivx]{1,4}\)|[0-9]{1,2}[.)](?![0-9])|[a-z][.)]|[ivx]{1,4}[.)])\s*"
    ),
}


def _part(text: str, start: int, end: int, index: int, side: str, bead: int) -> Part:
    line = text[start:end]
    mark = _MARK.match(line)
    at = mark.end() if mark else 0
    heading = line.lstrip().startswith("#")
    label = ""
    found = _LABEL[side].match(line, at)
    if found and (found.end() < len(line) or heading):
        label = found[0].strip()
        at = found.end()
    return Part(index, start + (mark.end() if mark else 0), start + at, end, label, heading, bead)


def _source(
    name: str,
    split: str,
    kind: str,
    binding: bool,
    ja: str,
    en: str,
    ja_spans: Sequence[tuple[int, int]],
    en_spans: Sequence[tuple[int, int]],
    beads: Sequence[Bead],
) -> Source:
    of_ja = {i: n for n, b in enumerate(beads) for i in b.ja}
    of_en = {i: n for n, b in enumerate(beads) for i in b.en}
    return Source(
        name,
        split,
        kind,
        binding,
        ja,
        en,
        tuple(_part(ja, s, e, i, "ja", of_ja[i]) for i, (s, e) in enumerate(ja_spans)),
        tuple(_part(en, s, e, i, "en", of_en[i]) for i, (s, e) in enumerate(en_spans)),
        tuple(beads),
    )


def _lines(text: str) -> dict[int, tuple[int, int]]:
    out, at = {}, 0
    for number, line in enumerate(text.split("\n"), 1):
        if line.strip():
            out[number] = (at, at + len(line))
        at += len(line) + 1
    return out


def source_from_corpus(name: str) -> Source:
    """Make a source of a bundled instrument and its gold beads."""
    corpus = corpora.load(name)
    ja = (corpus.path / "ja.md").read_text(encoding="utf-8")
    en = (corpus.path / "en.md").read_text(encoding="utf-8")
    ja_lines, en_lines = _lines(ja), _lines(en)
    ja_at = {line: i for i, line in enumerate(ja_lines)}
    en_at = {line: i for i, line in enumerate(en_lines)}
    beads = [Bead(tuple(ja_at[x] for x in a), tuple(en_at[x] for x in b)) for a, b, _ in corpus.beads]
    about = corpus.about
    return _source(
        name,
        str(about["split"]),
        str(about["kind"]),
        bool(about["binding"]),
        ja,
        en,
        list(ja_lines.values()),
        list(en_lines.values()),
        beads,
    )


def _laid_out(texts: Mapping[str, Sequence[str]]) -> tuple[dict[str, str], dict[str, list[tuple[int, int]]]]:
    """Set the paragraphs of each language one after the other, a blank line between; return texts and places."""
    spans: dict[str, list[tuple[int, int]]] = {}
    for lang, parts in texts.items():
        starts = itertools.accumulate((len(text) + 2 for text in parts), initial=0)
        spans[lang] = [(at, at + len(text)) for at, text in zip(starts, parts, strict=False)]
    return {lang: "\n\n".join(parts) + "\n" for lang, parts in texts.items()}, spans


def source_from_texts(
    name: str,
    pairs: Iterable[tuple[str, str]],
    *,
    split: str = "dev",
    kind: str = "moc",
    binding: bool = False,
) -> Source:
    """Make a source of paragraphs that answer each other, in order; an empty text means no counterpart."""
    texts: dict[str, list[str]] = {"ja": [], "en": []}
    beads = []
    for ja, en in pairs:
        side: list[tuple[int, ...]] = []
        for lang, text in (("ja", ja), ("en", en)):
            if text.strip():
                side.append((len(texts[lang]),))
                texts[lang].append(text.strip("\n"))
            else:
                side.append(())
        beads.append(Bead(*side))
    whole, spans = _laid_out(texts)
    return _source(name, split, kind, binding, whole["ja"], whole["en"], spans["ja"], spans["en"], beads)


def source_from_alignment(name: str, alignment: Alignment, *, split: str = "real", kind: str = "moc") -> Source:
    """Make a source of any aligned pair; its paragraphs are set one after the other, with a blank line between."""
    texts: dict[str, list[str]] = {"ja": [], "en": []}
    where: dict[tuple[str, int], int] = {}
    for lang, document in (("ja", alignment.ja), ("en", alignment.en)):
        for segment in document.segments:
            text = segment.view(document.lang).text.strip()
            if text:
                where[lang, segment.index] = len(texts[lang])
                texts[lang].append(text)
    beads = []
    for bead in alignment.beads:
        ja = tuple(sorted(where["ja", s.index] for s in bead.ja if ("ja", s.index) in where))
        en = tuple(sorted(where["en", s.index] for s in bead.en if ("en", s.index) in where))
        if ja or en:
            beads.append(Bead(ja, en))
    whole, spans = _laid_out(texts)
    return _source(
        name,
        split,
        kind,
        kind in ("treaty", "law", "contract"),
        whole["ja"],
        whole["en"],
        spans["ja"],
        spans["en"],
        beads,
    )


# --- annotations that several operators use ------------------------------------------------------------------------------


@lru_cache(maxsize=4096)
def words(text: str) -> tuple[Token, ...]:
    """Morphemes of a paragraph, mode C."""
    return tokens(text)


# --- applying ----------------------------------------------------------------------------------------------------------


def _trim(old: str, new: str) -> tuple[int, int, int]:
    """Common prefix and suffix left out: (first difference, its end in old, its end in new)."""
    head = 0
    while head < min(len(old), len(new)) and old[head] == new[head]:
        head += 1
    tail = 0
    while tail < min(len(old), len(new)) - head and old[-1 - tail] == new[-1 - tail]:
        tail += 1
    return head, len(old) - tail, len(new) - tail


def apply(source: Source, operator: Operator, edit: Edit) -> Mutant | None:
    """Apply an edit to the clean texts; None when nothing would change."""
    text = source.text(edit.side)
    old = text[edit.start : edit.end]
    if old == edit.new:
        return None
    head, old_end, new_end = _trim(old, edit.new)
    mutated = text[: edit.start] + edit.new + text[edit.end :]
    core = edit.core or (head, new_end)
    span = (edit.start + core[0], edit.start + core[1])
    delta = len(edit.new) - len(old)
    first, last = edit.start, edit.end  # places of the clean text that belong to the edit

    def moved(at: int, *, right: bool) -> int:
        if at <= edit.start:
            return at
        if at >= edit.end:
            return at + delta
        return edit.start + len(edit.new) if right else edit.start

    parts = source.parts(edit.side)
    touched = [p for p in parts if p.start <= last and first <= p.end and (p.start < last or first < p.end)]
    if first == last:
        touched = [p for p in parts if p.start <= first <= p.end] or touched
    if not touched:
        before = [p for p in parts if p.end <= first]
        touched = before[-1:] or list(parts[:1])
    beads = sorted({p.bead for p in touched})
    here = [(edit.start, edit.start + len(edit.new))]
    there = []
    for number in beads:
        bead = source.beads[number]
        own, far = (bead.ja, bead.en) if edit.side == "ja" else (bead.en, bead.ja)
        here += [(moved(parts[i].start, right=False), moved(parts[i].end, right=True)) for i in own]
        there += [(p.start, p.end) for p in (source.parts("en" if edit.side == "ja" else "ja")[i] for i in far)]
    far_text = source.text("en" if edit.side == "ja" else "ja")
    spans = []
    for quote in edit.other:
        for start, end in there:
            for hit in re.finditer(re.escape(quote), far_text[start:end]):
                spans.append((start + hit.start(), start + hit.end()))
    ja_text, en_text = (mutated, source.en) if edit.side == "ja" else (source.ja, mutated)
    ja_zone, en_zone = (here, there) if edit.side == "ja" else (there, here)
    wide = 0 if edit.core is None and old_end > head else 1
    return Mutant(
        source.name,
        source.split,
        operator.name,
        operator.cls,
        operator.split == "test",
        operator.japanese,
        edit.side,
        ja_text,
        en_text,
        span,
        old[max(0, head - wide) : old_end + wide] if edit.core is None else old,
        edit.new[max(0, head - wide) : new_end + wide] if edit.core is None else edit.new,
        edit.other,
        tuple(sorted(set(spans))),
        tuple(sorted(set(ja_zone))),
        tuple(sorted(set(en_zone))),
        tuple(beads),
        edit.document,
        edit.words,
        (edit.start, edit.end, len(edit.new)),
    )


def operators() -> tuple[Operator, ...]:
    """Return all operators, by class."""
    from benchmarks import operators_form, operators_meaning, operators_text

    found = operators_text.OPERATORS + operators_meaning.OPERATORS + operators_form.OPERATORS
    order = {c.name: n for n, c in enumerate(CLASSES)}
    return tuple(sorted(found, key=lambda o: (order[o.cls], o.split, o.name)))


def mutants(
    source: Source,
    *,
    number: int | Mapping[str, int],
    seed: int = 0,
    only: Sequence[str] = (),
    chosen: Sequence[Operator] | None = None,
) -> Iterator[Mutant]:
    """Yield up to `number` mutants of a source for each operator, the same ones for the same seed.

    `number` may name an amount for each operator. `only` names classes or operators. No two mutants of one operator touch the same characters as long as there are
    others.
    """
    for operator in chosen if chosen is not None else operators():
        if only and operator.cls not in only and operator.name not in only:
            continue
        wanted = number if isinstance(number, int) else number.get(operator.name, 0)
        rng = random.Random(f"{seed}/{source.name}/{operator.name}")
        edits = list(operator.find(source))
        rng.shuffle(edits)
        seen: set[object] = set()
        later = []
        made = 0
        for edit in edits:
            place = (edit.side, edit.start)
            if place in seen:
                later.append(edit)
                continue
            seen.add(place)
            mutant = apply(source, operator, edit)
            if mutant is not None:
                yield mutant
                made += 1
            if made >= wanted:
                break
        for edit in later:
            if made >= wanted:
                break
            mutant = apply(source, operator, edit)
            if mutant is not None:
                yield mutant
                made += 1


def main() -> None:
    """Print samples to read."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.mutate", description="print mutants to read")
    parser.add_argument("corpus", nargs="*", help="names of bundled instruments (default: all)")
    parser.add_argument("--operator", action="append", default=[], help="only this operator or class")
    parser.add_argument("-n", type=int, default=2, help="mutants for each operator and instrument")
    parser.add_argument("--seed", type=int, default=0)
    args = parser.parse_args()
    count: dict[str, int] = {}
    for name in args.corpus or corpora.names():
        for m in mutants(source_from_corpus(name), number=args.n, seed=args.seed, only=args.operator):
            count[m.operator] = count.get(m.operator, 0) + 1
            text = m.ja_text if m.side == "ja" else m.en_text
            s, e = m.span
            left, right = text[max(0, s - 14) : s], text[e : e + 14]
            shown = f"{left}⟦{text[s:e][:60]}⟧{right}".replace("\n", "↵")
            print(f"{m.operator:28} {m.before[:30]!r} → {shown}  | {', '.join(m.other)[:70]}")
    print({o.name: count.get(o.name, 0) for o in operators()})


if __name__ == "__main__":
    main()
