"""Every check's examples are its tests: what stands inside ⟦ ⟧ is found and nothing else."""

from __future__ import annotations

import re

import pytest

from mocalign.api import align
from mocalign.checks import CHECKS, Check, Example, run
from mocalign.config import config_from_mapping
from mocalign.embed import LexicalEmbedder
from mocalign.model import Alignment, Bead, Document, Lang
from mocalign.pair import Pair
from mocalign.readers import parse

CASES = [pytest.param(c, e, id=f"{c.code}-{n}") for c in CHECKS for n, e in enumerate(c.examples)]


def _plain(marked: str, lang: Lang) -> tuple[str, list[tuple[int, int]]]:
    text, spans, start = "", [], 0
    for piece in re.split(r"([⟦⟧])", marked):
        if piece == "⟦":
            start = len(text)
        elif piece == "⟧":
            spans.append((start, len(text)))
        else:
            text += piece
    return text, spans


def _document(text: str, lang: Lang, presegmented: bool) -> Document:
    if not text:
        return Document.empty(lang)
    return Document.from_segments(lang, text.split("\n")) if presegmented else parse(text, lang)


@pytest.mark.parametrize(("check", "example"), CASES)
def test_example(check: Check, example: Example) -> None:
    """The marked characters, and only they, are found on either side."""
    (ja, ja_spans), (en, en_spans) = _plain(example.ja, "ja"), _plain(example.en, "en")
    config = config_from_mapping(dict(example.settings))
    a, b = _document(ja, "ja", example.presegmented), _document(en, "en", example.presegmented)
    if a.segments and b.segments and len(a) == len(b):
        beads = tuple(Bead((x,), (y,), 0.9, "match") for x, y in zip(a.segments, b.segments, strict=True))
        alignment = Alignment(a, b, beads)
    else:
        alignment = align(a, b, embedder=LexicalEmbedder())
    findings = run(Pair(alignment, config), config, (check,))
    found_ja = sorted({(s.start, s.end) for f in findings for s in (f.ja, *f.also_ja) if s})
    found_en = sorted({(s.start, s.end) for f in findings for s in (f.en, *f.also_en) if s})
    if example.flagged:
        assert findings, "nothing was found"
        assert not ja_spans or found_ja == ja_spans, [ja[s:e] for s, e in found_ja]
        assert not en_spans or found_en == en_spans, [en[s:e] for s, e in found_en]
        if example.suggestion is not None:
            assert findings[0].suggestion == example.suggestion
    else:
        assert [f.message for f in findings] == []


@pytest.mark.parametrize("check", CHECKS, ids=lambda c: c.code)
def test_check_owes_examples_and_pages(check: Check) -> None:
    """A check has a flagged and a clean example and a page in both languages."""
    assert any(e.flagged for e in check.examples)
    assert any(not e.flagged for e in check.examples)
    for word in ("Why it matters", "What to do"):
        assert word in check.doc
    for word in ("なぜ問題か", "対処"):
        assert word in check.doc_ja


def test_codes_and_names_are_unique_and_sorted() -> None:
    """The tuple is sorted by code; no two checks share a code or a name."""
    codes = [c.code for c in CHECKS]
    assert codes == sorted(set(codes))
    assert len({c.name for c in CHECKS}) == len(CHECKS)
