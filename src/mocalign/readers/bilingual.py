"""One file, two languages: paragraph by paragraph, or in the columns of a table.

Every block is given its language from its script; runs of figures and marks without letters belong to both neighbours and
follow the block before. In a table the language of a column decides for cells that do not show one.
"""

from __future__ import annotations

import itertools
from collections import Counter, defaultdict
from dataclasses import replace

from mocalign.errors import ReadError
from mocalign.model import Document, Lang
from mocalign.segment import Block, Raw, segment

__all__ = ["block_language", "is_mixed", "split"]


def block_language(text: str) -> Lang | None:
    """Return the language of a piece of text by its script, None when it holds no letters that tell."""
    japanese = latin = 0
    for char in text:
        if "\u3040" <= char <= "\u30ff" or "\u4e00" <= char <= "\u9fff" or "\u3400" <= char <= "\u4dbf":
            japanese += 1
        elif char.isalpha() and (char < "\u0250" or "\uff21" <= char <= "\uff5a"):
            latin += 1
    if japanese == 0 and latin < 2:
        return None
    # a Japanese paragraph may quote English at length; an English one hardly holds a Japanese character
    return "ja" if japanese * 4 >= latin else "en"


def _lines(raw: Raw) -> list[Block]:
    """Take apart blocks whose lines change the language (English under Japanese without a blank line)."""
    out: list[Block] = []
    for block in raw.blocks:
        body = raw.text[block.start : block.end]
        if block.kind == "furniture" or "\n" not in body:
            out.append(block)
            continue
        parts: list[tuple[int, int, Lang | None]] = []
        at = block.start
        for line in body.splitlines(keepends=True):
            start, stop = at, at + len(line)
            at = stop
            if not line.strip():
                continue
            lang = block_language(line)
            if parts and (lang is None or lang == parts[-1][2]):
                parts[-1] = (parts[-1][0], stop, parts[-1][2])
            else:
                parts.append((start, stop, lang))
        if len({lang for _, _, lang in parts if lang}) < 2:
            out.append(block)
            continue
        for start, stop, _ in parts:
            end = start + len(raw.text[start:stop].rstrip())
            holes = tuple((max(s, start), min(e, end)) for s, e in block.holes if s < end and e > start)
            out.append(replace(block, start=start, end=end, holes=holes))
    return out


def _languages(raw: Raw, blocks: list[Block]) -> list[Lang | None]:
    found: list[Lang | None] = [
        None if b.kind == "furniture" else block_language(raw.text[b.start : b.end]) for b in blocks
    ]
    columns: dict[tuple[int, int], Counter[Lang]] = defaultdict(Counter)
    for block, lang in zip(blocks, found, strict=True):
        if block.cell and lang:
            columns[block.cell[0], block.cell[2]][lang] += 1
    last: Lang | None = next((lang for lang in found if lang), None)
    for at, block in enumerate(blocks):
        if found[at] is None and block.kind != "furniture":
            votes = columns.get((block.cell[0], block.cell[2])) if block.cell else None
            found[at] = votes.most_common(1)[0][0] if votes else last
        last = found[at] or last
    return found


def is_mixed(raw: Raw) -> bool:
    """Tell whether a text holds both languages in comparable measure.

    Each must have at least 2 blocks of running text and a fifth of all, and they must change often: one annex in the
    other language is no bilingual document.
    """
    blocks = _lines(raw)
    seen = [
        lang
        for block, lang in zip(blocks, _languages(raw, blocks), strict=True)
        if lang and len(raw.text[block.start : block.end].strip()) >= 4
    ]
    count = Counter(seen)
    if min(count["ja"], count["en"]) < max(2, len(seen) // 5):
        return False
    changes = sum(a != b for a, b in itertools.pairwise(seen))
    halves = sum(1 for a, b in itertools.pairwise(seen) if a != b) == 1 and min(count.values()) >= 0.3 * len(seen)
    return changes >= 0.3 * min(count["ja"], count["en"]) or halves


def split(raw: Raw, *, source: str) -> tuple[Document, Document]:
    """Return (ja, en): two documents over the same text, each with the blocks of its language.

    Cells of a table whose columns each hold one language become paragraphs. Raises `ReadError` when a language is missing.
    """
    blocks = _lines(raw)
    langs = _languages(raw, blocks)
    tables: dict[int, set[Lang]] = defaultdict(set)
    column_of: dict[tuple[int, int], Counter[Lang]] = defaultdict(Counter)
    for block, lang in zip(blocks, langs, strict=True):
        if block.cell and lang:
            tables[block.cell[0]].add(lang)
            column_of[block.cell[0], block.cell[2]][lang] += 1
    made: dict[Lang, Document] = {}
    for side in ("ja", "en"):
        lang_side: Lang = "ja" if side == "ja" else "en"
        own: list[Block] = []
        for block, lang in zip(blocks, langs, strict=True):
            if block.kind == "furniture":
                own.append(block)
            elif lang == lang_side:
                beside = block.cell is not None and len(tables[block.cell[0]]) == 2
                own.append(replace(block, kind="", cell=None) if beside and block.kind == "cell" else block)
        if not any(b.kind != "furniture" for b in own):
            name = "Japanese" if lang_side == "ja" else "English"
            raise ReadError(f"{source}: holds no {name} text; give the two languages as two files")
        segments, furniture = segment(Raw(raw.text, tuple(own), raw.notices), lang_side)
        made[lang_side] = Document(lang_side, source, raw.text, segments, furniture, raw.notices)
    return made["ja"], made["en"]
