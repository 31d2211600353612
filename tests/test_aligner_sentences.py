"""Sentences inside beads, words inside sentences, and the verb that prints an alignment."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from mocalign.aligner import align
from mocalign.aligner_sentences import by_sentences, sentence_beads, word_links
from mocalign.cli import main
from mocalign.embed import LexicalEmbedder, get_embedder
from mocalign.model import Bead, Document, Span, View

JA = "運営委員会は、毎年2回会合する。委員長は、議事録を30日以内に配布する。"
EN = "The Steering Committee meets twice a year. The chair circulates the minutes within 30 days."


def pair(ja: str, en: str) -> tuple[Document, Document, Bead]:
    a, b = Document.from_segments("ja", [ja]), Document.from_segments("en", [en])
    return a, b, Bead(a.segments, b.segments, 0.9, "match")


def test_sentences_are_spans_of_the_documents() -> None:
    """Two sentences answer two, each quoted exactly."""
    a, b, bead = pair(JA, EN)
    found = sentence_beads(bead, embedder=get_embedder("use"))
    assert [([s.text for s in x.ja], [s.text for s in x.en]) for x in found] == [
        (["運営委員会は、毎年2回会合する。"], ["The Steering Committee meets twice a year."]),
        (["委員長は、議事録を30日以内に配布する。"], ["The chair circulates the minutes within 30 days."]),
    ]
    for x in found:
        assert all(a.text[s.start : s.end] == s.text for s in x.ja)
        assert all(b.text[s.start : s.end] == s.text for s in x.en)


def test_one_sentence_answers_all() -> None:
    """A sentence that was divided in the translation is one bead."""
    _, _, bead = pair(JA, EN.replace(". The", " and the"))
    assert [(len(x.ja), len(x.en)) for x in sentence_beads(bead, embedder=LexicalEmbedder())] == [(2, 1)]


def test_sentence_level_keeps_every_sentence_once() -> None:
    """An alignment by sentences is an alignment: every piece of text stands in one bead."""
    ja = Document.from_segments("ja", ["1. " + JA, "この覚書は、署名の日に効力を生ずる。", "　"])
    en = Document.from_segments("en", ["1. " + EN, "This Memorandum comes into effect on the date of signature."])
    fine = by_sentences(align(ja, en, embedder=get_embedder("use")), embedder=get_embedder("use"))
    assert [len(fine.ja), len(fine.en)] == [4, 3]
    assert fine.ja.text == ja.text


def test_words_that_answer_each_other() -> None:
    """Names, terms and figures are linked; no character twice."""
    ja, en = "シンガポールは、30日以内に委員会に報告する。", "Singapore will report to the Committee within 30 days."
    links = word_links(View.of(Span(0, ja), "ja"), View.of(Span(0, en), "en"), embedder=get_embedder("use"))
    found = {w.ja.text: w.en.text for w in links}
    assert found["シンガポール"] == "Singapore"
    assert found["委員会"] == "Committee"
    assert "30" in next(v for k, v in found.items() if "30" in k)


@pytest.fixture
def files(tmp_path: Path) -> tuple[str, str]:
    (tmp_path / "a.txt").write_text("目的\n協力分野\n署名\n", encoding="utf-8")
    (tmp_path / "b.txt").write_text("Purpose\nAreas of cooperation\nSignature\n", encoding="utf-8")
    return str(tmp_path / "a.txt"), str(tmp_path / "b.txt")


def test_verb_prints_beads(files: tuple[str, str], capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    """JSON is a list of [ja, en, score]."""
    assert main(["align", *files, "--presegmented", "--format", "json"]) == 0
    beads = json.loads(capfdbinary.readouterr().out)
    assert [b[:2] for b in beads] == [[[0], [0]], [[1], [1]], [[2], [2]]]
    assert all(0 <= b[2] <= 1 for b in beads)


def test_verb_keeps_decided_beads(files: tuple[str, str], capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    """What --beads says is kept, and its own output can be given back."""
    table = Path(files[0]).with_name("beads.tsv")
    table.write_text("ja\ten\n1\t\n0\t0 1\n", encoding="utf-8")
    assert main(["align", *files, "--presegmented", "--beads", str(table), "--format", "json"]) == 0
    beads = [b[:2] for b in json.loads(capfdbinary.readouterr().out)]
    assert [[1], []] in beads
    assert [[0], [0, 1]] in beads
    assert main(["align", *files, "--presegmented"]) == 0
    table.write_bytes(capfdbinary.readouterr().out)
    assert main(["align", *files, "--presegmented", "--beads", str(table)]) == 0


@pytest.mark.parametrize("content", ["0\tx\n", "9\t0\n", "0\t0\n0\t1\n"])
def test_verb_refuses_bad_beads(
    files: tuple[str, str], content: str, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    """One clear line and exit 2."""
    table = Path(files[0]).with_name("beads.tsv")
    table.write_text(content, encoding="utf-8")
    assert main(["align", *files, "--presegmented", "--beads", str(table)]) == 2
    assert capfdbinary.readouterr().err.count(b"\n") == 1


def test_verb_writes_every_format(files: tuple[str, str], tmp_path: Path) -> None:
    """TSV, JSON, TMX and XLSX, the format from the suffix."""
    names = [str(tmp_path / f"out.{s}") for s in ("tsv", "json", "tmx", "xlsx")]
    assert main(["align", *files, "--presegmented", *(x for n in names for x in ("-o", n))]) == 0
    assert all(Path(n).stat().st_size > 20 for n in names)
    assert main(["align", *files, "--presegmented", "-o", str(tmp_path / "out.doc")]) == 2
    assert main(["align", *files, "--presegmented", "--level", "sentence"]) == 0
