"""Gold alignments and the damage the alignment benchmark does to them.

A `Gold` is two lists of texts and the beads between them (0-based indices, one side may be empty). Corpora come with
their beads; the two real documents are paired by rule (articles and paragraphs in order) when the benchmark runs. A
condition is a function of a `Gold` and a seeded `random.Random` that returns a new `Gold`.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import unescape
from itertools import pairwise
from pathlib import Path

from mocalign import corpora, english, japanese
from mocalign.aligner_evidence import marker
from mocalign.model import Lang

__all__ = [
    "CONDITIONS",
    "Gold",
    "corpus_gold",
    "joined",
    "real_gold",
    "real_sentences",
    "sentence_gold",
    "without_labels",
]

SIDES: tuple[Lang, Lang] = ("ja", "en")

Beads = tuple[tuple[tuple[int, ...], tuple[int, ...]], ...]


@dataclass(frozen=True, slots=True)
class Gold:
    """Two lists of texts and their gold beads; `split` is dev, test or real."""

    name: str
    split: str
    ja: tuple[str, ...]
    en: tuple[str, ...]
    beads: Beads

    def __post_init__(self) -> None:
        for side, texts in ((0, self.ja), (1, self.en)):
            seen = sorted(i for bead in self.beads for i in bead[side])
            if seen != list(range(len(texts))):
                raise ValueError(f"{self.name}: the gold beads do not cover the {('ja', 'en')[side]} side")


def _plain(line: str) -> str:
    return re.sub(r"\*\*", "", re.sub(r"^\s*(?:#+\s+|[-*]\s+)?", "", line)).strip()


def corpus_gold(name: str) -> Gold:
    """Return the paragraph gold of a bundled instrument, Markdown marks taken off."""
    corpus = corpora.load(name)
    lines = {s: (corpus.path / f"{s}.md").read_text(encoding="utf-8").splitlines() for s in ("ja", "en")}
    number: dict[str, dict[int, int]] = {"ja": {}, "en": {}}
    texts: dict[str, list[str]] = {"ja": [], "en": []}
    for side in ("ja", "en"):
        for at, line in enumerate(lines[side], 1):
            if _plain(line):
                number[side][at] = len(texts[side])
                texts[side].append(_plain(line))
    beads = tuple(
        (tuple(number["ja"][i] for i in ja), tuple(number["en"][j] for j in en)) for ja, en, _ in corpus.beads
    )
    return Gold(name, str(corpus.about.get("split", "dev")), tuple(texts["ja"]), tuple(texts["en"]), beads)


def sentence_gold(name: str) -> Gold:
    """Return the sentence gold of a bundled instrument as one list of sentences a side."""
    corpus = corpora.load(name)
    ja: list[str] = []
    en: list[str] = []
    beads = []
    rows = (corpus.path / "sentences.tsv").read_text(encoding="utf-8").splitlines()[1:]
    order_en: list[tuple[int, int, tuple[int, ...], list[str]]] = []
    for row in rows:
        if not row.strip():
            continue
        _, en_lines, left, right = row.split("\t")
        a = [p for p in (_plain(x) for x in left.split(" | ")) if p]
        b = [p for p in (_plain(x) for x in right.split(" | ")) if p]
        here = tuple(range(len(ja), len(ja) + len(a)))
        ja += a
        order_en.append((int(en_lines.split()[0]) if en_lines.split() else -1, len(order_en), here, b))
    # the English in its own order, so that moved paragraphs stay moved
    last = 0
    keyed = []
    for line, at, here, b in order_en:
        last = line if line >= 0 else last
        keyed.append((last, at, here, b))
    for _, _, here, b in sorted(keyed, key=lambda k: (k[0], k[1])):
        there = tuple(range(len(en), len(en) + len(b)))
        en += b
        if here or there:
            beads.append((here, there))
    return Gold(f"{name} (sentences)", str(corpus.about.get("split", "dev")), tuple(ja), tuple(en), tuple(beads))


def _paragraphs(path: Path) -> list[str]:
    text = path.read_text(encoding="utf-8")
    if path.suffix == ".html":
        text = re.sub(r"(?s)<(script|style)\b.*?</\1>", "", text[text.find("<body") :])
        return [t for t in (" ".join(unescape(p).split()) for p in re.split(r"<[^>]*>", text)) if t]
    text = text.split("+++", 2)[2]
    parts = re.split(r"\n\s*\n|\n(?=\* )", text)
    return [_plain(" ".join(p.split())) for p in parts if p.strip() and not p.strip().startswith("[homepage]")]


def real_gold(folder: Path) -> list[Gold]:
    """Return the gold of the real documents in a folder, made by rule; nothing is copied.

    The Universal Declaration: articles by number, their paragraphs in order; in the preamble the recital on friendly
    relations is joined with the next one in Japanese, and "the General Assembly" stands on a line of its own in
    English. The Contributor Covenant: its paragraphs correspond one to one.
    """
    found = []
    if (folder / "udhr.ja.html").is_file():
        ja, en = _paragraphs(folder / "udhr.ja.html"), _paragraphs(folder / "udhr.en.html")
        heads = [[i for i, t in enumerate(x) if re.fullmatch(r"[第弟]\s*\d+\s*条|Article\s*\d+", t)] for x in (ja, en)]
        beads: list[tuple[tuple[int, ...], tuple[int, ...]]] = [((i,), (i,)) for i in range(5)]
        beads += [((5,), (5, 6)), ((6,), (7,)), ((7,), (8,)), ((8,), (9, 10)), ((9,), (11,))]
        stops = [[*h, len(x)] for h, x in zip(heads, (ja, en), strict=True)]
        for k in range(30):
            a, b = range(stops[0][k], stops[0][k + 1]), range(stops[1][k], stops[1][k + 1])
            if len(a) != len(b):
                raise ValueError(f"article {k + 1} has {len(a)} and {len(b)} paragraphs")
            beads += [((i,), (j,)) for i, j in zip(a, b, strict=True)]
        found.append(Gold("udhr", "real", tuple(ja), tuple(en), tuple(beads)))
    if (folder / "covenant-2.1.ja.md").is_file():
        ja, en = _paragraphs(folder / "covenant-2.1.ja.md"), _paragraphs(folder / "covenant-2.1.en.md")
        if len(ja) == len(en):
            found.append(Gold("covenant", "real", tuple(ja), tuple(en), tuple(((i,), (i,)) for i in range(len(ja)))))
    return found + [_line_by_line(name, ja, en) for name, ja, en in _line_pairs(folder)]


def _line_pairs(folder: Path) -> Iterator[tuple[str, list[str], list[str]]]:
    """Texts `NAME.ja.txt` and `NAME.en.txt` whose lines answer each other one to one."""
    for path in sorted(folder.glob("*.ja.txt")):
        name = path.name.removesuffix(".ja.txt")
        other = path.with_name(f"{name}.en.txt")
        if other.is_file():
            ja, en = ([t for t in p.read_text(encoding="utf-8").splitlines() if t.strip()] for p in (path, other))
            if len(ja) == len(en):
                yield name, ja, en


def _line_by_line(name: str, ja: Sequence[str], en: Sequence[str]) -> Gold:
    return Gold(name, "real", tuple(ja), tuple(en), tuple(((i,), (i,)) for i in range(len(ja))))


def real_sentences(folder: Path) -> list[Gold]:
    """Return the sentence gold of texts that answer each other line by line.

    Inside a line as many sentences on both sides answer each other in order, and a single sentence answers all of the
    other side; a line in which neither holds is left out.
    """
    out = []
    for name, ja, en in _line_pairs(folder):
        left: list[str] = []
        right: list[str] = []
        beads: list[tuple[tuple[int, ...], tuple[int, ...]]] = []
        for texts in zip(ja, en, strict=True):
            a, b = (_in_sentences(text, side) for text, side in zip(texts, SIDES, strict=True))
            here, there = range(len(left), len(left) + len(a)), range(len(right), len(right) + len(b))
            if len(a) == len(b):
                beads += [((i,), (j,)) for i, j in zip(here, there, strict=True)]
            elif len(a) == 1 or len(b) == 1:
                beads.append((tuple(here), tuple(there)))
            else:
                continue
            left += a
            right += b
        out.append(Gold(f"{name} (sentences)", "real", tuple(left), tuple(right), tuple(beads)))
    return out


def _in_sentences(text: str, side: Lang) -> list[str]:
    """The sentences of a paragraph; the first keeps the marker."""
    mark = marker(text, side).end
    found = [s for s, _ in (japanese if side == "ja" else english).sentences(text[mark:])]
    cuts = [0, *(mark + s for s in found[1:]), len(text)]
    return [t for t in (text[x:y].strip() for x, y in pairwise(cuts)) if t]


_END = re.compile(r"[。．.;；:：、,，）)」』\s]*$")


def _marked(text: str, mark: str) -> str:
    """Set a mark before the last stop of a text."""
    stop = _END.search(text)
    return text if stop is None else text[: stop.start()] + mark + text[stop.start() :]


def joined(golds: Sequence[Gold], *, size: int, seed: int = 7) -> Gold:
    """Return one long pair of `size` segments a side or a little more: sections of the golds, repeated and renumbered.

    Every repetition gets a serial number in its text, before the last stop, so that no two segments are the same text.
    """
    ja: list[str] = []
    en: list[str] = []
    beads = []
    lap = 0
    while len(ja) < size:
        for gold in golds:
            a, b = len(ja), len(en)
            mark = f" [{lap}-{a}]" if lap else ""
            ja += [_marked(t, mark) for t in gold.ja]
            en += [_marked(t, mark) for t in gold.en]
            beads += [(tuple(i + a for i in x), tuple(j + b for j in y)) for x, y in gold.beads]
            if len(ja) >= size:
                break
        lap += 1
    return Gold(f"joined-{size}", "dev", tuple(ja), tuple(en), tuple(beads))


def _rebuild(gold: Gold, ja: Sequence[int], en: Sequence[int]) -> Gold:
    """Return the gold with the sides in a new order or without some segments (given as old indices)."""
    new = ({old: at for at, old in enumerate(ja)}, {old: at for at, old in enumerate(en)})
    beads = []
    for x, y in gold.beads:
        left = tuple(sorted(new[0][i] for i in x if i in new[0]))
        right = tuple(sorted(new[1][j] for j in y if j in new[1]))
        if left and right:
            beads.append((left, right))
        else:  # each segment without a counterpart stands alone
            beads += [((i,), ()) for i in left] + [((), (j,)) for j in right]
    return Gold(gold.name, gold.split, tuple(gold.ja[i] for i in ja), tuple(gold.en[j] for j in en), tuple(beads))


def clean(gold: Gold, rng: random.Random) -> Gold:
    """As it is."""
    return gold


def deleted(gold: Gold, rng: random.Random) -> Gold:
    """8 % of the beads lose one of their sides, half of them the Japanese."""
    picked = rng.sample(range(len(gold.beads)), max(1, round(0.16 * len(gold.beads))))
    gone: tuple[set[int], set[int]] = (set(), set())
    for n, k in enumerate(picked):
        gone[n % 2].update(gold.beads[k][n % 2])
    return _rebuild(
        gold,
        [i for i in range(len(gold.ja)) if i not in gone[0]],
        [j for j in range(len(gold.en)) if j not in gone[1]],
    )


def merged(gold: Gold, rng: random.Random) -> Gold:
    """10 % of the beads have two neighbouring paragraphs of one side written as one."""
    order = sorted(range(len(gold.beads)), key=lambda k: gold.beads[k][0] or (10**9,))
    starts = [
        k
        for k in range(len(order) - 1)
        if all(len(s) == 1 for b in (gold.beads[order[k]], gold.beads[order[k + 1]]) for s in b)
        and all(gold.beads[order[k]][s][0] + 1 == gold.beads[order[k + 1]][s][0] for s in (0, 1))
    ]
    rng.shuffle(starts)
    used: set[int] = set()
    joins: list[tuple[int, int]] = []
    for k in starts:
        if len(joins) >= max(1, round(0.05 * len(gold.beads))):
            break
        if k not in used and k + 1 not in used:
            used |= {k, k + 1}
            joins.append((order[k], order[k + 1]))
    ja, en = list(gold.ja), list(gold.en)
    merged_into: tuple[dict[int, int], dict[int, int]] = ({}, {})
    together = dict(joins)
    beads = []
    skip = set(together.values())
    for n, (first, second) in enumerate(joins):
        side = n % 2
        x, y = gold.beads[first][side][0], gold.beads[second][side][0]
        texts = ja if side == 0 else en
        texts[x] = texts[x] + ("" if side == 0 else " ") + texts[y]
        merged_into[side][y] = x
    for k, (x_, y_) in enumerate(gold.beads):
        if k in skip:
            continue
        a, b = list(x_), list(y_)
        if k in together:
            a += gold.beads[together[k]][0]
            b += gold.beads[together[k]][1]
        beads.append((tuple(i for i in a if i not in merged_into[0]), tuple(j for j in b if j not in merged_into[1])))
    middle = Gold.__new__(Gold)
    for name, value in (("name", gold.name), ("split", gold.split), ("ja", tuple(ja)), ("en", tuple(en))):
        object.__setattr__(middle, name, value)
    object.__setattr__(middle, "beads", tuple(beads))
    return _rebuild(
        middle,
        [i for i in range(len(ja)) if i not in merged_into[0]],
        [j for j in range(len(en)) if j not in merged_into[1]],
    )


def swapped(gold: Gold, rng: random.Random) -> Gold:
    """10 % of the English paragraphs change places with a neighbour."""
    en = list(range(len(gold.en)))
    single = {y[0] for x, y in gold.beads if len(y) == 1}
    places = [j for j in range(len(en) - 1) if j in single and j + 1 in single]
    rng.shuffle(places)
    used: set[int] = set()
    done = 0
    for j in places:
        if done >= max(1, round(0.05 * len(en))):
            break
        if j in used or j + 1 in used:
            continue
        used |= {j, j + 1}
        en[j], en[j + 1] = en[j + 1], en[j]
        done += 1
    return _rebuild(gold, range(len(gold.ja)), en)


def moved(gold: Gold, rng: random.Random) -> Gold:
    """Two blocks of two to six English paragraphs stand in another place."""
    en = list(range(len(gold.en)))
    # a block ends and goes where no bead is cut in two
    tied = {(y[k], y[k + 1]) for _, y in gold.beads for k in range(len(y) - 1)}

    def whole(order: list[int]) -> bool:
        return all(order.index(b) == order.index(a) + 1 for a, b in tied)

    tied = {t for t in tied if en.index(t[1]) == en.index(t[0]) + 1}
    for _ in range(2):
        while True:
            size = rng.randint(2, 6)
            at = rng.randrange(0, len(en) - size)
            rest = en[:at] + en[at + size :]
            to = rng.randrange(0, len(rest) + 1)
            new = rest[:to] + en[at : at + size] + rest[to:]
            if abs(to - at) > size and whole(new):
                break
        en = new
    return _rebuild(gold, range(len(gold.ja)), en)


CONDITIONS: Mapping[str, Callable[[Gold, random.Random], Gold]] = {
    "clean": clean,
    "deleted": deleted,
    "merged": merged,
    "swapped": swapped,
    "moved": moved,
}


def without_labels(gold: Gold) -> Gold:
    """Return the gold with every leading marker taken off; segments that were nothing else are dropped."""
    ja = [t[marker(t, "ja").end :].strip() for t in gold.ja]
    en = [t[marker(t, "en").end :].strip() for t in gold.en]
    middle = Gold(gold.name, gold.split, tuple(ja), tuple(en), gold.beads)
    # a bare "Article 5" on one side and a heading with words on the other: keep both as they were
    keep_ja, keep_en = set(range(len(ja))), set(range(len(en)))
    for x, y in gold.beads:
        if not any(ja[i] for i in x) and not any(en[j] for j in y):
            keep_ja -= set(x)
            keep_en -= set(y)
    middle = Gold(
        gold.name,
        gold.split,
        tuple(t or gold.ja[i] for i, t in enumerate(ja)),
        tuple(t or gold.en[j] for j, t in enumerate(en)),
        gold.beads,
    )
    return _rebuild(middle, sorted(keep_ja), sorted(keep_en))
