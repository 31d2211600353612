"""Word documents: numbering as Word shows it, the accepted view, the places of the words."""

from __future__ import annotations

import zipfile
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from mocalign import readers
from mocalign.errors import ReadError
from mocalign.readers import docx as reader
from mocalign.readers.docx import format_number

CORPORA = Path(__file__).resolve().parent.parent / "corpora"
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
FRAME = f'<w:{{0}} xmlns:w="{W}" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006">{{1}}</w:{{0}}>'


def make(path: Path, body: str, *, numbering: str = "", styles: str = "", footnotes: str = "") -> Path:
    """Write a DOCX of raw WordprocessingML."""
    parts = {"document": f"<w:body>{body}</w:body>", "numbering": numbering, "styles": styles, "footnotes": footnotes}
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in parts.items():
            if content:
                archive.writestr(f"word/{name}.xml", FRAME.format(name, content))
    return path


def p(text: str, num: int = 0, level: int = 0, *, ppr: str = "", rpr: str = "") -> str:
    """A paragraph of one run."""
    numbers = f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{num}"/></w:numPr>' if num else ""
    return (
        f'<w:p><w:pPr>{numbers}{ppr}</w:pPr><w:r><w:rPr>{rpr}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r></w:p>'
    )


def levels(*rows: tuple[str, str], extra: str = "") -> str:
    """An abstract numbering 0 and the number 1 that uses it."""
    inner = "".join(
        f'<w:lvl w:ilvl="{at}"><w:start w:val="1"/><w:numFmt w:val="{form}"/><w:lvlText w:val="{text}"/></w:lvl>'
        for at, (form, text) in enumerate(rows)
    )
    return f'<w:abstractNum w:abstractNumId="0">{inner}</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>{extra}'


def texts(path: Path, lang: Any = "ja") -> list[str]:
    """The segments as they stand."""
    return [s.text for s in readers.read(path, lang).segments]


FORMATS = [
    ("decimal", "1 2 3"),
    ("decimalFullWidth", "１ ２ ３"),
    ("lowerLetter", "a b c"),
    ("upperRoman", "I II III"),
    ("lowerRoman", "i ii iii"),
    ("japaneseCounting", "一 二 三"),
    ("aiueo", "ｱ ｲ ｳ"),
    ("aiueoFullWidth", "ア イ ウ"),
    ("irohaFullWidth", "イ ロ ハ"),
    ("decimalEnclosedCircle", "① ② ③"),
    ("decimalEnclosedParen", "⑴ ⑵ ⑶"),
    ("ideographTraditional", "甲 乙 丙"),
    ("decimalZero", "01 02 03"),
    ("ordinal", "1st 2nd 3rd"),
    ("ordinalText", "First Second Third"),
]


@pytest.mark.parametrize(("form", "expected"), FORMATS)
def test_number_formats(form: str, expected: str) -> None:
    """The formats of ST_NumberFormat that Japanese and English instruments use."""
    assert " ".join(format_number(n, form) for n in (1, 2, 3)) == expected


def test_larger_numbers() -> None:
    """Letters repeat, kanji count, rings end."""
    assert format_number(28, "lowerLetter") == "bb"
    assert format_number(231, "japaneseCounting") == "二百三十一"
    assert format_number(21, "decimalEnclosedCircle") == "㉑"
    assert format_number(42, "ordinalText") == "Forty-second"
    assert format_number(1994, "upperRoman") == "MCMXCIV"


def test_multi_level_numbering_restarts_and_continues(tmp_path: Path) -> None:
    """%1.%2 shows both levels; a deeper level begins anew under the next number; empty paragraphs count."""
    numbering = levels(("japaneseCounting", "第%1条"), ("decimal", "%1.%2"), ("aiueoFullWidth", "（%3）"))
    body = (
        p("目的", 1)
        + p("甲", 1, 1)
        + p("乙", 1, 1)
        + p("丙", 1, 2)
        + p("定義", 1)
        + p("丁", 1, 1)
        + p("", 1, 1)
        + p("戊", 1, 1)
    )
    path = make(tmp_path / "x.docx", body, numbering=numbering)
    assert texts(path) == ["第一条 目的", "一.1 甲", "一.2 乙", "（ア） 丙", "第二条 定義", "二.1 丁", "二.3 戊"]


def test_legal_numbering_and_start_override(tmp_path: Path) -> None:
    """isLgl shows figures; startOverride begins a list anew, the list without one goes on."""
    numbering = (
        '<w:abstractNum w:abstractNumId="0">'
        '<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="upperRoman"/><w:lvlText w:val="%1."/></w:lvl>'
        '<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:isLgl/><w:lvlText w:val="%1.%2"/><w:suff w:val="space"/></w:lvl>'
        "</w:abstractNum>"
        '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
        '<w:num w:numId="2"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/></w:lvlOverride></w:num>'
    )
    body = p("one;", 1) + p("two;", 1) + p("sub;", 1, 1) + p("five;", 2) + p("six;", 2) + p("seven.", 1)
    path = make(tmp_path / "x.docx", body, numbering=numbering)
    assert texts(path, "en") == ["I. one;", "II. two;", "2.1 sub;", "V. five;", "VI. six;", "VII. seven."]


def test_numbering_and_outline_of_a_style(tmp_path: Path) -> None:
    """A style may carry the number and the level of a heading; numId 0 takes the number away."""
    styles = (
        '<w:style w:type="paragraph" w:styleId="H"><w:name w:val="heading 1"/><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr><w:outlineLvl w:val="0"/></w:pPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="I"><w:name w:val="Mine"/><w:basedOn w:val="H"/></w:style>'
    )
    body = p("目的", ppr='<w:pStyle w:val="H"/>') + p("文である。") + p("定義", ppr='<w:pStyle w:val="I"/>')
    body += p("雑則", ppr='<w:pStyle w:val="I"/><w:numPr><w:numId w:val="0"/></w:numPr>')
    path = make(tmp_path / "x.docx", body, numbering=levels(("decimal", "第%1項")), styles=styles)
    document = readers.read(path, "ja")
    assert [(s.kind, s.text) for s in document.segments] == [
        ("heading", "第1項 目的"),
        ("paragraph", "文である。"),
        ("heading", "第2項 定義"),
        ("heading", "雑則"),
    ]


def test_the_accepted_view_of_tracked_changes(tmp_path: Path) -> None:
    """Insertions are kept, deletions are not, a deleted paragraph mark joins two paragraphs, and a notice says so."""
    body = (
        '<w:p><w:r><w:t>当事者は、</w:t></w:r><w:del w:id="1"><w:r><w:delText>三</w:delText></w:r></w:del>'
        '<w:ins w:id="2"><w:r><w:t>六</w:t></w:r></w:ins><w:r><w:t>か月前に通知する。</w:t></w:r></w:p>'
        '<w:p><w:pPr><w:rPr><w:del w:id="3"/></w:rPr></w:pPr><w:r><w:t>前の文</w:t></w:r></w:p><w:p><w:r><w:t>と後の文。</w:t></w:r></w:p>'
    )
    path = make(tmp_path / "x.docx", body)
    document = readers.read(path, "ja")
    assert [s.text for s in document.segments] == ["当事者は、六か月前に通知する。", "前の文と後の文。"]
    assert "1 deletions left out" in document.notices[0]


def test_hidden_text_fields_and_ruby(tmp_path: Path) -> None:
    """Hidden runs, field codes, page numbers and readings are left out; results of fields are read."""
    field = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'
    body = (
        p("隠す。", rpr="<w:vanish/>")
        + "<w:p><w:r><w:t>第</w:t></w:r>"
        + field.format("begin")
        + "<w:r><w:instrText> REF x </w:instrText></w:r>"
        + field.format("separate")
        + "<w:r><w:t>3</w:t></w:r>"
        + field.format("end")
        + "<w:r><w:ruby><w:rt><w:r><w:t>じょう</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>条</w:t></w:r></w:rubyBase></w:ruby></w:r>"
        + "<w:r><w:t>による。</w:t></w:r>"
        + field.format("begin")
        + "<w:r><w:instrText>PAGE</w:instrText></w:r>"
        + field.format("separate")
        + "<w:r><w:t>9</w:t></w:r>"
        + field.format("end")
        + "</w:p>"
    )
    path = make(tmp_path / "x.docx", body)
    assert texts(path) == ["第3条による。"]
    assert "hidden" in readers.read(path, "ja").notices[0]


def test_tables_boxes_and_notes(tmp_path: Path) -> None:
    """Cells know their place, a text box is read once, footnotes stand at the end as notes."""
    box = "<w:txbxContent>" + p("枠の文。") + "</w:txbxContent>"
    body = (
        "<w:tbl><w:tr><w:tc>"
        + p("甲")
        + "</w:tc><w:tc><w:tcPr><w:gridSpan w:val='2'/></w:tcPr>"
        + p("乙")
        + "</w:tc></w:tr></w:tbl>"
        "<w:p><w:r><w:t>本文。</w:t></w:r><w:r><mc:AlternateContent><mc:Choice Requires='wps'><w:drawing>"
        + box
        + "</w:drawing></mc:Choice>"
        "<mc:Fallback><w:pict>" + box + "</w:pict></mc:Fallback></mc:AlternateContent></w:r></w:p>"
    )
    notes = (
        '<w:footnote w:type="separator" w:id="-1">'
        + p("――")
        + '</w:footnote><w:footnote w:id="2">'
        + p("脚の文。")
        + "</w:footnote>"
    )
    path = make(tmp_path / "x.docx", body, footnotes=notes)
    document = readers.read(path, "ja")
    assert [(s.kind, s.cell, s.text) for s in document.segments] == [
        ("table-cell", (0, 0, 0), "甲"),
        ("table-cell", (0, 0, 1), "乙"),
        ("paragraph", None, "本文。"),
        ("paragraph", None, "枠の文。"),
        ("note", None, "脚の文。"),
    ]


def test_runs_give_the_place_of_every_typed_character(tmp_path: Path) -> None:
    """Places quote the w:t elements exactly; generated numbers have none."""
    body = p("甲", 1) + p(" 乙と丙 ", 1)
    paths = [make(tmp_path / "x.docx", body, numbering=levels(("lowerLetter", "%1)")))]
    paths += sorted(CORPORA.glob("*/??.docx"))
    for path in paths:
        text = reader.read(path).text
        places = reader.runs(path)
        with zipfile.ZipFile(path) as archive:
            elements = {
                part: list(etree.fromstring(archive.read(part)).iter(f"{{{W}}}t")) for part in {x.part for x in places}
            }
        last = 0
        for place in places:
            assert last <= place.start < place.end
            last = place.end
            quoted = (elements[place.part][place.index].text or "")[place.offset :][: place.end - place.start]
            assert quoted == text[place.start : place.end]
    covered = {at for x in reader.runs(paths[0]) for at in range(x.start, x.end)}
    assert [c for at, c in enumerate(reader.read(paths[0]).text) if at not in covered] == list("a) \nb) \n")


def test_docx_corpora_read_like_the_markdown() -> None:
    """Segments, labels and kinds are those of the Markdown version, seams included."""
    for path in sorted(CORPORA.glob("*/??.docx")):
        lang: Any = path.stem
        word, plain = readers.read(path, lang), readers.read(path.with_suffix(".md"), lang)
        assert [(s.kind, s.label, s.view(lang).text) for s in word.segments] == [
            (s.kind, s.label, s.view(lang).text) for s in plain.segments
        ], path
        assert sum(len(s.seams) for s in word.segments) == sum(len(s.seams) for s in plain.segments)


def test_a_part_that_unpacks_to_too_much_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A ZIP bomb is refused by the size it declares and by the size it has."""
    monkeypatch.setattr(reader, "_PART_LIMIT", 1000)
    path = make(tmp_path / "x.docx", p("あ" * 5000))
    with pytest.raises(ReadError, match="unpacks to"):
        readers.read(path, "ja")
