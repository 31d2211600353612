"""Word and Excel reports."""

from __future__ import annotations

import copy
import io
import shutil
import subprocess
import zipfile
from dataclasses import replace
from pathlib import Path
from typing import Any

import docx
import openpyxl
import pytest
from docx.oxml import parse_xml
from lxml import etree

from mocalign import corpora, readers, writers
from mocalign.errors import WriteError
from mocalign.model import Alignment, Bead, Document, Finding, Severity, Span
from mocalign.readers import docx as docx_reader
from mocalign.report import Report
from mocalign.writers import Options

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
NS = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def _document(path: Path, lang: str = "ja") -> Document:
    return readers.document(docx_reader.read(path), lang, source=str(path))  # type: ignore[arg-type]


def _finding(document: Document, quote: str, suggestion: str | None = None, *, nth: int = 0, **more: Any) -> Finding:
    at = -1
    for _ in range(nth + 1):
        at = document.text.find(quote, at + 1)
    assert at >= 0, quote
    segment = document.segment_at(at)
    span = Span(at, quote)
    values: dict[str, Any] = {
        "code": "LIN001",
        "name": "some-fault",
        "mqm": "linguistic-conventions/spelling",
        "severity": Severity.major,
        "confidence": 0.9,
        "message": "This is wrong.",
        "message_ja": "これは誤りである。",
        "bead": segment.index if segment else -1,
        "label": segment.label if segment else (),
        "ja": span if document.lang == "ja" else None,
        "en": span if document.lang == "en" else None,
        "suggestion": suggestion,
        "fingerprint": f"{at:016x}",
    }
    return Finding(**{**values, **more})


def _alone(document: Document, *findings: Finding) -> Report:
    """A report on one side: one bead a segment."""
    if document.lang == "ja":
        beads = tuple(Bead((s,), (), 0.0, "ja-only") for s in document.segments)
        return Report(Alignment(document, Document.empty("en"), beads), findings, {})
    beads = tuple(Bead((), (s,), 0.0, "en-only") for s in document.segments)
    return Report(Alignment(Document.empty("ja"), document, beads), findings, {})


def _pair(ja: Document, en: Document, *findings: Finding) -> Report:
    """A report on two sides, segments paired by order."""
    beads = []
    for at in range(max(len(ja), len(en))):
        a, b = ja.segments[at : at + 1], en.segments[at : at + 1]
        beads.append(Bead(a, b, 0.9 if a and b else 0.0, "match" if a and b else "ja-only" if a else "en-only"))
    return Report(Alignment(ja, en, tuple(beads)), findings, {"mocalign": "0"})


def _part(content: bytes, name: str = "word/document.xml") -> Any:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return etree.fromstring(archive.read(name))


def _commented(content: bytes) -> list[str]:
    """The text inside each comment range of the main part, in order of the comments."""
    tree = _part(content)
    out: dict[str, str] = {}
    open_: set[str] = set()
    for element in tree.iter():
        if element.tag == f"{W}commentRangeStart":
            open_.add(element.get(f"{W}id"))
            out[element.get(f"{W}id")] = ""
        elif element.tag == f"{W}commentRangeEnd":
            open_.discard(element.get(f"{W}id"))
        elif element.tag in (f"{W}t", f"{W}delText"):
            for key in open_:
                out[key] += element.text or ""
    return [out[c.get(f"{W}id")] for c in _part(content, "word/comments.xml")]


def _comment_texts(content: bytes) -> list[str]:
    return [
        "\n".join("".join(t.text or "" for t in p.iter(f"{W}t")) for p in c)
        for c in _part(content, "word/comments.xml")
    ]


def _rejected(content: bytes, path: Path) -> Path:
    """The file with all tracked changes rejected, by the textbook."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        members = {n: archive.read(n) for n in archive.namelist()}
    tree = etree.fromstring(members["word/document.xml"])
    for insertion in list(tree.iter(f"{W}ins")):
        insertion.getparent().remove(insertion)
    for deletion in list(tree.iter(f"{W}del")):
        for run in list(deletion):
            deletion.addprevious(run)
        deletion.getparent().remove(deletion)
    for text in tree.iter(f"{W}delText"):
        text.tag = f"{W}t"
    members["word/document.xml"] = etree.tostring(tree)
    with zipfile.ZipFile(path, "w") as archive:
        for name, member in members.items():
            archive.writestr(name, member)
    return path


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A DOCX with formatted runs, a table, a text box, a footnote, a hyperlink and a comment of someone else's."""
    book = docx.Document()
    first = book.add_paragraph()
    first.add_run("この学")
    bold = first.add_run("术界の")
    bold.bold = True
    bold.font.size = 177800
    first.add_run("つながりは、三箇月以内に強化される。")
    table = book.add_table(rows=1, cols=2)
    table.cell(0, 0).text = "表の中の机関"
    table.cell(0, 1).text = "右の欄"
    box = book.add_paragraph("箱のある段落")
    box._p.append(
        parse_xml(
            f'<w:r {NS} xmlns:v="urn:schemas-microsoft-com:vml"><w:pict><v:shape><v:textbox><w:txbxContent><w:p><w:r>'
            "<w:t>箱の中の术語</w:t></w:r></w:p></w:txbxContent></v:textbox></v:shape></w:pict></w:r>"
        )
    )
    noted = book.add_paragraph("注のある段落")
    noted._p.append(parse_xml(f'<w:r {NS}><w:footnoteReference w:id="2"/></w:r>'))
    noted.add_run("の続き")
    linked = book.add_paragraph("見よ")
    linked._p.append(
        parse_xml(f'<w:hyperlink w:anchor="x" {NS}><w:r><w:t>この连结先</w:t></w:r></w:hyperlink>'),
    )
    linked.add_run("を。")
    old = book.add_paragraph("前からの注釈")
    book.add_comment(old.runs, "前から", author="someone")
    plain = tmp_path / "plain.docx"
    book.save(str(plain))
    path = tmp_path / "draft.docx"
    with zipfile.ZipFile(plain) as source, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as out:
        for name in source.namelist():
            member = source.read(name)
            if name == "word/_rels/document.xml.rels":
                member = member.replace(
                    b"</Relationships>",
                    b'<Relationship Id="rIdF" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/'
                    b'footnotes" Target="footnotes.xml"/></Relationships>',
                )
            if name == "[Content_Types].xml":
                member = member.replace(
                    b"</Types>",
                    b'<Override PartName="/word/footnotes.xml" ContentType="application/vnd.openxmlformats-officedocument.'
                    b'wordprocessingml.footnotes+xml"/></Types>',
                )
            out.writestr(name, member)
        out.writestr(
            "word/footnotes.xml",
            f'<w:footnotes {NS}><w:footnote w:id="2"><w:p><w:r><w:t>注の中の云々</w:t></w:r></w:p></w:footnote></w:footnotes>',
        )
    return path


CASES = (
    # what is quoted, what the comment range holds
    ("术界", "术界"),
    ("学术界", "学术界"),
    ("の", "の"),
    ("三箇月", "三箇月"),
    ("机", "机"),
    ("连结", "连结"),
    ("を。", "を。"),
)


@pytest.mark.parametrize(("quote", "held"), CASES)
def test_a_comment_stands_at_the_exact_words(file: Path, quote: str, held: str) -> None:
    """A range begins and ends at the very characters, whatever runs the file is made of."""
    document = _document(file)
    made = writers.render(_alone(document, _finding(document, quote)), "docx")
    assert isinstance(made, bytes)
    assert _commented(made)[-1] == held


@pytest.mark.parametrize(("quote", "mark"), [("术語", f"{W}pict"), ("云々", f"{W}footnoteReference")])
def test_text_boxes_and_notes_get_their_comment_at_the_mark(file: Path, quote: str, mark: str) -> None:
    """Word keeps comments out of boxes and notes, so the range surrounds the run that holds the box or the mark."""
    document = _document(file)
    made = writers.render(_alone(document, _finding(document, quote)), "docx")
    assert isinstance(made, bytes)
    assert len(_comment_texts(made)) == 2
    held = [
        e.getnext()
        for e in _part(made).iter(f"{W}commentRangeStart")
        if not any(True for _ in e.iterancestors(f"{W}txbxContent"))
    ]
    assert any(r.tag == f"{W}r" and r.find(mark) is not None for r in held)


def test_the_file_comes_back_untouched_but_for_comments(file: Path) -> None:
    """Every other member is the same byte for byte, and runs keep their look."""
    document = _document(file)
    made = writers.render(_alone(document, _finding(document, "术"), _finding(document, "月以内")), "docx")
    assert isinstance(made, bytes)
    with zipfile.ZipFile(file) as before, zipfile.ZipFile(io.BytesIO(made)) as after:
        assert after.namelist() == before.namelist()
        changed = [n for n in before.namelist() if before.read(n) != after.read(n)]
    assert set(changed) <= {"word/document.xml", "word/comments.xml"}
    runs = {r.findtext(f"{W}t"): r for r in _part(made).iter(f"{W}r")}
    look = [etree.tostring(runs[k].find(f"{W}rPr")) for k in ("术", "界の")]
    assert look[0] == look[1]
    assert b"w:sz" in look[0]
    assert runs["学" if "学" in runs else "この学"].find(f"{W}rPr") is None
    assert [c.get(f"{W}author") for c in _part(made, "word/comments.xml")] == ["someone", "mocalign", "mocalign"]


def test_comments_are_registered_in_a_file_that_had_none(tmp_path: Path) -> None:
    """A comments part, its content type and its relationship are added; python-docx reads them."""
    path = tmp_path / "a.docx"
    book = docx.Document()
    book.add_paragraph("この覚书は、署名の日に開始する。")
    book.save(str(path))
    document = _document(path)
    report = _alone(document, _finding(document, "书", "書"))
    made = writers.render(report, "docx")
    assert isinstance(made, bytes)
    again = docx.Document(io.BytesIO(made))
    comments = list(again.comments)
    assert [c.author for c in comments] == ["mocalign"]
    assert "This is wrong." in comments[0].text
    assert "书 → 書" in comments[0].text
    assert "これは誤りである。" in _comment_texts(writers.render(report, "docx", Options(lang="ja")))[0]  # type: ignore[arg-type]


SUGGESTIONS = (
    (("术", "術"),),
    (("学术界の", "学術界の"),),  # across two runs: only the differing character changes
    (("三箇月", "六箇月"), ("机", "機")),
    (("连结先", "リンク先"),),
    (("つながり", ""),),
    (("強化される", "一層強化される"),),
    (("术", "術"), ("术界", "術界")),  # the second overlaps the first and stays a comment
)


@pytest.mark.parametrize("changes", SUGGESTIONS)
def test_suggestions_are_tracked_changes(file: Path, tmp_path: Path, changes: tuple[tuple[str, str], ...]) -> None:
    """All rejected gives the input's text; all accepted gives the corrected text."""
    document = _document(file)
    report = _alone(document, *(_finding(document, a, b) for a, b in changes))
    made = writers.render(report, "docx", Options(suggest=True))
    assert isinstance(made, bytes)
    assert made == writers.render(report, "docx", Options(suggest=True))
    back = _rejected(made, tmp_path / "rejected.docx")
    assert docx_reader.read(back).text == document.text
    accepted = tmp_path / "accepted.docx"
    accepted.write_bytes(made)
    wanted = document.text
    for a, b in changes:
        wanted = wanted.replace(a, b, 1)
    assert docx_reader.read(accepted).text == wanted
    authors = {e.get(f"{W}author") for e in _part(made).iter(f"{W}ins", f"{W}del")}
    assert authors == {"mocalign"}
    assert len(_comment_texts(made)) == 1 + len(changes)


def test_without_suggest_the_text_stays(file: Path, tmp_path: Path) -> None:
    """A suggestion alone changes nothing."""
    document = _document(file)
    made = writers.render(_alone(document, _finding(document, "术", "術")), "docx")
    assert isinstance(made, bytes)
    (tmp_path / "b.docx").write_bytes(made)
    assert docx_reader.read(tmp_path / "b.docx").text == document.text
    assert not list(_part(made).iter(f"{W}ins", f"{W}del"))


def test_an_omission_stands_at_the_paragraph_that_answers(file: Path, tmp_path: Path) -> None:
    """A finding that points at English alone is still one comment in the Japanese file, with the English words."""
    ja = _document(file)
    en = Document.from_segments("en", ["The academia", "table", "right", "box", "Nobody translated this."])
    finding = _finding(en, "Nobody translated this.", bead=4)
    made = writers.render(_pair(ja, en, finding), "docx")
    assert isinstance(made, bytes)
    assert len(_comment_texts(made)) == 2
    assert "Nobody translated this." in _comment_texts(made)[-1]


def test_the_english_file_comes_back_on_request(tmp_path: Path) -> None:
    """`side="en"` annotates the English file."""
    path = tmp_path / "en.docx"
    book = docx.Document()
    book.add_paragraph("Either Participant may terminate within three month.")
    book.save(str(path))
    en = _document(path, "en")
    ja = Document.from_segments("ja", ["いずれの参加者も終了することができる。"])
    finding = _finding(en, "three month", "three months", bead=0)
    made = writers.render(_pair(ja, en, finding), "docx", Options(side="en", suggest=True))
    assert isinstance(made, bytes)
    assert _commented(made) == ["three months"]
    back = _rejected(made, tmp_path / "r.docx")
    assert docx_reader.read(back).text == en.text


def test_a_file_that_changed_meanwhile_is_refused(tmp_path: Path) -> None:
    """No comment lands on words that are no longer there."""
    path = tmp_path / "a.docx"
    book = docx.Document()
    book.add_paragraph("古い文")
    book.save(str(path))
    document = _document(path)
    book.paragraphs[0].runs[0].text = "新しい文"
    book.save(str(path))
    with pytest.raises(WriteError, match="another text"):
        writers.render(_alone(document, _finding(document, "古い")), "docx")


def test_a_file_in_two_languages_is_annotated_on_both_sides(tmp_path: Path) -> None:
    """Findings of either language stand at their own words of the one file."""
    path = tmp_path / "both.docx"
    book = docx.Document()
    table = book.add_table(rows=3, cols=2)
    rows = (
        ("協力覚書", "Memorandum of Cooperation"),
        ("参加者は学术界と協力する。", "The Participants cooperates with academia."),
        ("以上", "End of the text"),
    )
    for row, texts in zip(table.rows, rows, strict=True):
        for cell, text in zip(row.cells, texts, strict=True):
            cell.text = text
    book.save(str(path))
    ja, en = readers.read_pair(path)
    report = _pair(ja, en, _finding(ja, "术", "術", bead=1), _finding(en, "cooperates", "cooperate", bead=1))
    made = writers.render(report, "docx", Options(suggest=True))
    assert isinstance(made, bytes)
    assert _commented(made) == ["术術", "cooperates"]
    assert docx_reader.read(_rejected(made, tmp_path / "r.docx")).text == ja.text


def test_other_inputs_give_a_bilingual_table(tmp_path: Path) -> None:
    """Both texts stand in a table with one comment a finding at its words, on the side that has them."""
    ja = Document.from_segments("ja", ["表題", "学术界の\n协力", "末尾"])
    en = Document.from_segments("en", ["Title", "Cooperation of academia", "End, and more"])
    report = _pair(ja, en, _finding(ja, "术"), _finding(en, "and more", bead=2))
    made = writers.render(report, "docx", Options(suggest=True))
    assert isinstance(made, bytes)
    assert made == writers.render(report, "docx", Options(suggest=True))
    table = docx.Document(io.BytesIO(made)).tables[0]
    assert [[c.text for c in r.cells][1:] for r in table.rows][2] == ["学术界の协力", "Cooperation of academia"]
    assert _commented(made) == ["术", "and more"]


@pytest.mark.parametrize(
    "name", ["japan-singapore-quantum", "nordland-customs-agreement", "software-evaluation-licence"]
)
def test_real_files_survive_many_comments(name: str, tmp_path: Path) -> None:
    """A comment on every fourth character of a whole instrument, overlapping, and the text is still the same."""
    path = corpora.folder() / name / "ja.docx"
    document = _document(path)
    spans = [(at, min(at + 3 + at % 7, len(document.text))) for at in range(0, len(document.text) - 1, 40)]
    findings = [_finding(document, "", ja=Span(a, document.text[a:b]), bead=0) for a, b in spans]
    made = writers.render(_alone(document, *findings), "docx")
    assert isinstance(made, bytes)
    (tmp_path / "x.docx").write_bytes(made)
    assert docx_reader.read(tmp_path / "x.docx").text == document.text
    assert len(_comment_texts(made)) == len(findings)


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_libreoffice_opens_the_file(file: Path, tmp_path: Path) -> None:
    """LibreOffice reads every comment and every tracked change."""
    document = _document(file)
    report = _alone(
        document, _finding(document, "术", "術"), _finding(document, "机", "機"), _finding(document, "云々")
    )
    source = tmp_path / "review.docx"
    writers.write(report, source, Options(suggest=True))
    subprocess.run(
        ["soffice", f"-env:UserInstallation=file://{tmp_path}/profile", "--headless", "--convert-to", "fodt", str(source)],
        cwd=tmp_path, check=True, capture_output=True, timeout=180,
    )  # fmt: skip
    tree = etree.parse(str(tmp_path / "review.fodt"))
    names = {k: v for k, v in tree.getroot().nsmap.items() if k}
    authors = [e.findtext("dc:creator", namespaces=names) for e in tree.iterfind(".//office:annotation", names)]
    assert sorted(filter(None, authors)) == ["mocalign", "mocalign", "mocalign", "someone"]
    assert len(tree.findall(".//text:insertion", names)) == 2
    assert len(tree.findall(".//text:deletion", names)) == 2


EDGES = ("empty", "ja", "en", "nasty")


@pytest.mark.parametrize("edge", EDGES)
@pytest.mark.parametrize("name", ["docx", "xlsx", "csv", "tmx", "xliff", "tbx"])
def test_every_format_takes_every_report(name: str, edge: str) -> None:
    """One side alone, nothing at all, and texts with characters that XML cannot hold."""
    nasty = "=1\x00\x0b\ufffe\ud800𠮷 <&>'\"\u2028終"
    nothing = Report(Alignment(Document.empty("ja"), Document.empty("en"), ()), (), {})
    ja, en = Document.from_segments("ja", ["", nasty, " "]), Document.from_segments("en", [nasty, "", "x"])
    made = {
        "empty": nothing,
        "ja": _alone(ja, _finding(ja, "𠮷", "吉", bead=1)),
        "en": _alone(en, _finding(en, "x", "y", bead=2)),
        "nasty": _pair(ja, en, _finding(ja, "\ud800", message="\x00 \ud800", suggestion="\x01")),
    }[edge]
    for suggest in (False, True):
        content = writers.render(made, name, Options(suggest=suggest, side="en" if edge == "en" else "ja"))
        data = content if isinstance(content, bytes) else content.encode("utf-8")
        if name in ("docx", "xlsx"):
            with zipfile.ZipFile(io.BytesIO(data)) as archive:
                for member in archive.namelist():
                    if member.endswith((".xml", ".rels")):
                        etree.fromstring(archive.read(member))
        elif name != "csv":
            etree.fromstring(data)


# --- Excel -------------------------------------------------------------------------------------------------------------

NASTY = ("=1+1", "+81-3", "-注", "@SUM(A1)", "\t=1", "#N/A", "=cmd|'/c calc'!A0", "'x", "_x0041_", "1/2")


def _workbook(*, lang: str = "en") -> tuple[Report, bytes]:
    ja = Document.from_segments("ja", ["表題 学术界", *NASTY, "末尾\x07と\x00終わり"])
    en = Document.from_segments("en", ["Title of academia", *NASTY, "The end"])
    findings = (
        _finding(ja, "术", "術"),
        _finding(ja, "=1+1", "=2+2", severity=Severity.critical, message="=HYPERLINK(1)"),
        _finding(en, "The end", bead=len(NASTY) + 1, severity=Severity.minor),
    )
    report = _pair(ja, en, *findings)
    made = writers.render(report, "xlsx", Options(lang=lang))
    assert isinstance(made, bytes)
    return report, made


@pytest.fixture(autouse=True)
def _no_encoder(monkeypatch: pytest.MonkeyPatch) -> None:
    """The terms sheet needs no model here."""
    from mocalign import embed

    lexical = embed.LexicalEmbedder()
    monkeypatch.setattr(embed, "get_embedder", lambda *_, **__: lexical)


def test_the_workbook_has_its_sheets_panes_and_filters() -> None:
    """Four sheets; the tables are frozen, filtered and wrapped."""
    _, made = _workbook()
    book = openpyxl.load_workbook(io.BytesIO(made))
    assert book.sheetnames == ["Bilingual table", "Findings", "Terms", "Summary"]
    for name in book.sheetnames[:3]:
        assert book[name].freeze_panes == "B2"
        assert book[name].auto_filter.ref.startswith("A1:")
    assert book["Bilingual table"]["B2"].alignment.wrap_text
    assert book["Findings"]["H3"].value == "=HYPERLINK(1)"
    assert openpyxl.load_workbook(io.BytesIO(_workbook(lang="ja")[1])).sheetnames == ["対訳表", "指摘", "用語", "概要"]


def test_no_cell_is_ever_a_formula() -> None:
    """Whatever a text begins with, it stays text; legal text comes back as it was."""
    report, made = _workbook()
    book = openpyxl.load_workbook(io.BytesIO(made))
    for sheet in book:
        for row in sheet.iter_rows():
            for cell in row:
                assert cell.data_type != "f", cell
                if isinstance(cell.value, str) and cell.value[:1] in "=+-@":
                    assert cell.quotePrefix or cell.row == 3, cell
    column = [book["Bilingual table"].cell(r, 3).value for r in range(2, len(report.alignment) + 2)]
    assert column[1:3] == ["=1+1", "+81-3"]
    assert column[9] == "_x005F_x0041_"  # what Excel shows as _x0041_
    assert "\ufffd" in book["Bilingual table"].cell(len(NASTY) + 3, 2).value


def test_findings_are_coloured_in_the_text() -> None:
    """The words of a finding are a run of their own in the bilingual table."""
    _, made = _workbook()
    book = openpyxl.load_workbook(io.BytesIO(made), rich_text=True)
    runs = book["Bilingual table"]["B2"].value
    assert [str(r) for r in runs] == ["表題 学", "术", "界"]
    assert runs[1].font.b


def test_the_same_report_gives_the_same_workbook() -> None:
    """No clock in the file."""
    assert _workbook()[1] == _workbook()[1]


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_libreoffice_opens_the_workbook(tmp_path: Path) -> None:
    """LibreOffice shows the text of a cell that begins with an equals sign, not its value."""
    report, _ = _workbook()
    report = replace(report, findings=copy.copy(report.findings))
    writers.write(report, tmp_path / "r.xlsx")
    subprocess.run(
        ["soffice", f"-env:UserInstallation=file://{tmp_path}/profile", "--headless", "--convert-to", "csv:Text - txt - csv (StarCalc):44,34,76",
         str(tmp_path / "r.xlsx")], cwd=tmp_path, check=True, capture_output=True, timeout=180,
    )  # fmt: skip
    text = (tmp_path / "r.csv").read_text(encoding="utf-8")
    assert "=1+1" in text
    assert "_x0041_" in text
    assert "学术界" in text
