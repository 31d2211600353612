"""Precedents and terms: how a phrase was rendered before, and what the words of a pair are."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import openpyxl
import pytest

import mocalign
from mocalign import cli, corpora, memory, termlist
from mocalign.embed import LexicalEmbedder
from mocalign.errors import ConfigError, MissingExtraError, ReadError, WriteError
from mocalign.glossary import read_glossary
from mocalign.model import Alignment, Bead, Document

UNITS = (
    ("本書2通に英語により署名した。", "Signed in duplicate in the English language."),
    ("各参加者は、自らの費用を負担する。", "Each Participant will bear its own costs."),
    ("参加者は、予算の範囲内で協力する。", "The Participants will cooperate within the limits of their budgets."),
    ("この覚書は、署名の日に開始する。", "This Memorandum will commence on the date of signature."),
    ("参加者は、情報を秘密に取り扱う。", "The Participants will treat the information as confidential."),
)
LEXICAL = LexicalEmbedder()


@pytest.fixture
def tmx(tmp_path: Path) -> Path:
    """A small translation memory."""
    body = "".join(
        f'<tu><tuv xml:lang="en"><seg>{en}</seg></tuv><tuv xml:lang="ja-JP"><seg>{ja}</seg></tuv></tu>'
        for ja, en in UNITS
    )
    path = tmp_path / "old.tmx"
    header = (
        '<header creationtool="x" creationtoolversion="1" segtype="sentence" o-tmf="x" adminlang="en" srclang="en" '
        'datatype="plaintext"/>'
    )
    path.write_text(f'<?xml version="1.0"?><tmx version="1.4">{header}<body>{body}</body></tmx>', encoding="utf-8")
    return path


QUERIES = (
    # query, language, which unit comes first, what is lit on its Japanese and on its English side
    ("in duplicate in the English language", "en", 0, "英語", "in duplicate in the English language"),
    ("bears its own cost", "en", 1, "費用", "own costs"),
    ("予算の範囲内で", "ja", 2, "予算の範囲内で", "budgets"),
    ("署名の日に", "ja", 3, "署名の日に", "signature"),
    ("confidential information", "en", 4, "情報", "information"),
)


@pytest.mark.parametrize(("query", "lang", "first", "ja", "en"), QUERIES)
def test_the_nearest_unit_comes_first_with_its_words_lit(
    tmx: Path, query: str, lang: str, first: int, ja: str, en: str
) -> None:
    """Either language may be asked; the words that match are lit, and on the other side those that answer them."""
    found = memory.precedents(query, corpus=tmx, embedder=LEXICAL)
    assert found.lang == lang
    hit = found[0]
    assert (hit.ja, hit.en) == UNITS[first]
    assert hit.source == "old.tmx"
    assert 0 <= hit.score <= 1
    assert any(ja in hit.ja[a:b] or hit.ja[a:b] in ja for a, b in hit.ja_matches)
    assert any(en in hit.en[a:b] or hit.en[a:b] in en for a, b in hit.en_matches)
    assert list(found) == sorted(found, key=lambda h: -h.score)


def test_the_phrase_itself_scores_one(tmx: Path) -> None:
    """A unit that holds the whole query is a perfect precedent."""
    assert memory.precedents("will bear its own costs", corpus=tmx, embedder=LEXICAL)[0].score == 1.0


def test_what_is_unlike_is_no_precedent(tmx: Path) -> None:
    """Nothing is shown rather than something far."""
    assert len(memory.precedents("zebra crossing", corpus=tmx, embedder=LEXICAL)) == 0
    assert len(memory.precedents("航空機の型式証明", corpus=tmx, embedder=LEXICAL)) == 0


def test_meaning_finds_what_shares_no_words(tmx: Path) -> None:
    """The encoder finds a paraphrase."""
    hit = memory.precedents("the text takes effect when it is signed", corpus=tmx)[0]
    assert hit.en == UNITS[3][1]
    assert hit.how == "meaning"


def test_a_folder_of_pairs_is_searched(tmp_path: Path) -> None:
    """Files x.ja.* and x.en.* are aligned, sentence by sentence where the counts agree."""
    ja = "# 協力覚書\n\n第1項 各参加者は、自らの費用を負担する。参加者は、情報を秘密に取り扱う。\n"
    en = (
        "# Memorandum of Cooperation\n\nParagraph 1 Each Participant will bear its own costs. The Participants will treat "
        "the information as confidential.\n"
    )
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub" / "a.ja.md").write_text(ja, encoding="utf-8")
    (tmp_path / "sub" / "a.en.txt").write_text(en, encoding="utf-8")
    (tmp_path / "b.ja.md").write_text("英文のない覚書\n", encoding="utf-8")
    hit = memory.precedents("treat the information as confidential", corpus=tmp_path)[0]
    assert hit.ja == "参加者は、情報を秘密に取り扱う。"
    assert hit.source == "sub/a.ja.md"
    (tmp_path / "empty").mkdir()
    with pytest.raises(ReadError, match="holds no pairs"):
        memory.precedents("x", corpus=tmp_path / "empty", embedder=LEXICAL)


def test_bundled_instruments_carry_their_labels() -> None:
    """A hit names its instrument and its place; instruments with planted defects are no precedents by default."""
    found = memory.precedents("予算の範囲内で", corpus="chile-education-moc", embedder=LEXICAL)
    assert found[0].source == "chile-education-moc"
    assert found[0].label
    assert "予算" in found[0].ja
    everywhere = memory.precedents("量子センシング", embedder=LEXICAL, limit=50)
    assert not any((corpora.folder() / h.source / "planted.tsv").is_file() for h in everywhere)


def test_bad_input_is_one_clear_line(tmp_path: Path) -> None:
    """An empty query, an unknown corpus, a limit of nothing."""
    with pytest.raises(ConfigError, match="empty"):
        memory.precedents("  ")
    with pytest.raises(ConfigError, match="no bundled corpus"):
        memory.precedents("x", corpus="nowhere")
    with pytest.raises(ConfigError, match="limit"):
        memory.precedents("x", limit=0)


def test_the_verb_prints_marks_and_json(tmx: Path, capfd: pytest.CaptureFixture[str]) -> None:
    """Matching words stand in brackets where there is no colour; JSON has a schema."""
    assert cli.main(["precedents", "bear its own costs", "--in", str(tmx), "--limit", "1"]) == 0
    assert "⟦bear its own costs⟧" in capfd.readouterr().out
    assert cli.main(["precedents", "予算の範囲内で", "--in", str(tmx), "--format", "json"]) == 0
    data = json.loads(capfd.readouterr().out)
    assert data["schema"] == "mocalign-precedents/1"
    start, end = data["hits"][0]["ja"]["matches"][0]
    assert data["hits"][0]["ja"]["text"][start:end] == "予算の範囲内で"
    assert cli.main(["precedents", "x", "--in", "nowhere"]) == 2


# --- terms -------------------------------------------------------------------------------------------------------------

PAIRS = (
    ("感染症の研究に関する協力", "Cooperation on research into infectious diseases"),
    ("参加者は、感染症の監視を行う。", "The Participants conduct surveillance of infectious diseases."),
    ("研究の成果は、委員会に報告する。", "The results of the research are reported to the Committee."),
    ("委員会は、毎年会合する。", "The Committee meets every year."),
    ("参加者は、委員会の議長を指名する。", "The Participants appoint the chair of the Committee."),
)


def _alignment() -> Alignment:
    ja = Document.from_segments("ja", [a for a, _ in PAIRS])
    en = Document.from_segments("en", [b for _, b in PAIRS])
    beads = tuple(Bead((a,), (b,), 0.9, "match") for a, b in zip(ja.segments, en.segments, strict=True))
    return Alignment(ja, en, beads)


@pytest.fixture(scope="module")
def found() -> termlist.TermList:
    """The terms of a small pair."""
    return mocalign.terms(_alignment())


RENDERINGS = (
    ("感染症", "infectious diseases", 2),
    ("委員会", "Committee", 3),
    ("研究", "research", 2),
    ("参加者", "Participants", 2),
    ("議長", "chair", 1),
    ("協力", "Cooperation", 1),
)


@pytest.mark.parametrize(("ja", "en", "count"), RENDERINGS)
def test_terms_have_their_renderings_and_counts(found: termlist.TermList, ja: str, en: str, count: int) -> None:
    """The commonest rendering first, with the number of places."""
    term = next(t for t in found if t.ja == ja)
    assert (term.en, term.count) == (en, count)


def test_places_quote_the_text(found: termlist.TermList) -> None:
    """Every place is exact on both sides."""
    alignment = _alignment()
    for term in found:
        for rendering in term.renderings:
            for place in rendering.places:
                assert alignment.ja.text[place.ja.start : place.ja.end] == place.ja.text == term.ja
                assert alignment.en.text[place.en.start : place.en.end] == place.en.text
    counts = [t.count for t in found]
    assert counts == sorted(counts, reverse=True)


def test_nouns_of_grammar_are_no_terms(found: termlist.TermList) -> None:
    """こと and its like never appear, nor does one side alone give terms."""
    assert not {"こと", "もの", "ため"} & {t.ja for t in found}
    ja = Document.from_segments("ja", ["感染症"])
    alone = Alignment(ja, Document.empty("en"), (Bead(ja.segments, (), 0.0, "ja-only"),))
    assert len(mocalign.terms(alone)) == 0


@pytest.mark.parametrize("suffix", [".xlsx", ".csv", ".tbx"])
def test_terms_are_ready_to_become_a_glossary(found: termlist.TermList, tmp_path: Path, suffix: str) -> None:
    """What is saved can be given to --glossary."""
    path = tmp_path / f"terms{suffix}"
    found.save(path)
    entries = {(t.en, t.ja[0]) for t in read_glossary(path)}
    assert ("infectious diseases", "感染症") in entries
    before = path.read_bytes()
    found.save(path)
    assert path.read_bytes() == before
    with pytest.raises(WriteError, match="terms are written to"):
        found.save(tmp_path / "terms.docx")


def test_the_verb_writes_terms(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    """Tab-separated on standard output, files by suffix."""
    (tmp_path / "a.ja.txt").write_text("\n\n".join(a for a, _ in PAIRS), encoding="utf-8")
    (tmp_path / "a.en.txt").write_text("\n\n".join(b for _, b in PAIRS), encoding="utf-8")
    files = [str(tmp_path / "a.ja.txt"), str(tmp_path / "a.en.txt")]
    assert cli.main(["terms", *files, "--min-count", "2"]) == 0
    lines = [line.split("\t") for line in capfd.readouterr().out.splitlines()]
    assert ["3", "委員会", "Committee (3)"] in [line[:3] for line in lines]
    assert all(int(line[0]) >= 2 for line in lines)
    assert cli.main(["terms", *files, "-o", str(tmp_path / "t.xlsx"), "-o", str(tmp_path / "t.csv")]) == 0
    sheet = openpyxl.load_workbook(tmp_path / "t.xlsx").active
    assert [c.value for c in sheet[1]][:2] == ["Japanese", "English"]
    rows = list(csv.reader(io.StringIO((tmp_path / "t.csv").read_text(encoding="utf-8-sig"))))
    assert rows[0][:2] == ["ja", "en"]
    assert cli.main(["terms", *files, "-o", "t.docx"]) == 2
    assert cli.main(["terms", files[0]]) == 2


def test_a_frame_needs_pandas(found: termlist.TermList, monkeypatch: pytest.MonkeyPatch) -> None:
    """With pandas a tidy frame, without it the command that installs it."""
    import sys

    frame = found.to_frame()
    assert list(frame.columns) == ["ja", "en", "count", "score", "places"]
    monkeypatch.setitem(sys.modules, "pandas", None)
    with pytest.raises(MissingExtraError, match=r"mocalign\[frame\]"):
        found.to_frame()
