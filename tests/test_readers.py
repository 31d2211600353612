"""Readers: text encodings, Markdown marks, HTML, errors in one line, bilingual files."""

from __future__ import annotations

import random
import zipfile
from pathlib import Path

import pytest

from mocalign import readers
from mocalign.errors import ReadError
from mocalign.model import Document
from mocalign.readers import html
from mocalign.readers.bilingual import block_language

CORPORA = Path(__file__).resolve().parent.parent / "corpora"
JAPANESE = "協力覚書\n\n当事者らは、ソフトウェアの研究を促進する。\n\n1. 毎年、会合を開催する。\n"
ENGLISH = "Memorandum\n\nThe Participants — both “sides” — cooperate.\n\n1. They meet every year.\n"


def views(document: Document) -> list[str]:
    """What a reader sees of each segment."""
    return [s.view(document.lang).text for s in document.segments]


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "cp932", "euc_jp", "iso2022_jp", "utf-16", "utf-16-le", "utf-16-be"]
)
def test_japanese_encodings_give_the_same_text(encoding: str, tmp_path: Path) -> None:
    """The encoding is found without being told."""
    path = tmp_path / "x.txt"
    path.write_bytes(JAPANESE.encode(encoding))
    assert readers.read(path, "ja").text.lstrip("\ufeff") == JAPANESE


def test_windows_english_is_read(tmp_path: Path) -> None:
    """Dashes and curly quotes of cp1252 are not taken for Japanese."""
    path = tmp_path / "x.txt"
    path.write_bytes(ENGLISH.encode("cp1252"))
    assert readers.read(path, "en").text == ENGLISH


MARKS = [
    ("a **bold** and *slanted* word", "a bold and slanted word"),
    ("- item with `code`", "item with code"),
    ("see [the page](https://example.org/a_(b)) and [this][ref]", "see the page and this"),
    ("> quoted line", "quoted line"),
    ("## Heading ##", "Heading"),
    ("1\\. no list, 2 \\* 3", "1. no list, 2 * 3"),
    ("snake_case_name and 2*3*4", "snake_case_name and 2*3*4"),
    ("line<br>break<!-- hidden -->", "linebreak"),
    ("[INSERT CONTACT]", "[INSERT CONTACT]"),
]


@pytest.mark.parametrize(("text", "seen"), MARKS)
def test_markdown_marks_are_holes(text: str, seen: str) -> None:
    """Marks stay in the text and never reach the view."""
    document = readers.parse(text, "en")
    assert document.text == text
    assert views(document) == [seen]


def test_tables_are_read_by_cell() -> None:
    """A cell knows its table, row and column; the rule under the head is furniture."""
    document = readers.parse("| 国 | 額 |\n|---|---|\n| 甲 | **3**円 |", "ja")
    assert [(s.cell, s.view("ja").text) for s in document.segments] == [
        ((0, 0, 0), "国"),
        ((0, 0, 1), "額"),
        ((0, 2, 0), "甲"),
        ((0, 2, 1), "3円"),
    ]
    assert [f.text for f in document.furniture] == ["|---|---|"]


def test_page_numbers_and_heads_of_plain_text_are_furniture() -> None:
    """Page numbers and what the pages of a text share are set apart; a paragraph over the page is one."""
    page = "覚書案\n\n{}\n\n- {} -\n\f"
    text = page.format("第一の文である。\n\n当事者らは、研究を共同で行うこと及び", 1)
    text += page.format("成果を公表することを決定する。", 2) + page.format("第三の文である。", 3)
    document = readers.parse(text, "ja")
    assert views(document) == [
        "第一の文である。",
        "当事者らは、研究を共同で行うこと及び成果を公表することを決定する。",
        "第三の文である。",
    ]
    assert [m.kind for s in document.segments for m in s.seams] == ["page"]
    assert sum("覚書案" in f.text for f in document.furniture) == 3


PAGES = [
    ("<h1>T</h1><p>One.</p><script>x()</script><style>p{}</style>", ["T", "One."]),
    ("<nav>menu</nav><main><h1>T</h1><p>One.</p></main><footer>© X</footer>", ["T", "One."]),
    ("<p>a<br>b</p>", ["a b"]),
    (
        "<p>Kept <ins>new</ins><del>old</del><span hidden>no</span><span style='display: none'>no</span></p>",
        ["Kept new"],
    ),
    ("<style>.x{display:none}</style><p>Seen.</p><p class='x'>Unseen.</p>", ["Seen."]),
    ("<p>One.</p><ol start=3 type=a><li>x;</li><li value=7>y.</li></ol>", ["One.", "c. x;", "g. y."]),
    ("<p>One.</p><ol><li>(1) x;</li><li>(2) y.</li></ol>", ["One.", "(1) x;", "(2) y."]),
    (
        "<p>One.</p><ol style='list-style-type: upper-roman'><li>x;<ol><li>z;</li></ol></li></ol>",
        ["One.", "I. x;", "1. z;"],
    ),
    ("<table><tr><th>A</th><td>B</td></tr></table>", ["A", "B"]),
    ("<header><nav>x</nav><p>Site</p></header><p>Text.</p>", ["Text."]),
]


@pytest.mark.parametrize(("page", "seen"), PAGES)
def test_html(page: str, seen: list[str]) -> None:
    """Main content only, lists numbered as a browser shows them, hidden elements out."""
    raw = html.from_text(f"<html><body>{page}</body></html>")
    assert views(readers.document(raw, "en", source="x")) == seen


def test_ruby_readings_are_left_out() -> None:
    """Readings above kanji are no text."""
    raw = html.from_text("<p><ruby>漢字<rp>(</rp><rt>かんじ</rt><rp>)</rp></ruby>である。</p>")
    assert views(readers.document(raw, "ja", source="x")) == ["漢字である。"]


@pytest.mark.parametrize("encoding", ["cp932", "euc_jp", "utf-8"])
def test_html_charset_of_the_page(encoding: str, tmp_path: Path) -> None:
    """The page's own declaration is read."""
    path = tmp_path / "x.html"
    name = {"cp932": "Shift_JIS", "euc_jp": "EUC-JP", "utf-8": "UTF-8"}[encoding]
    path.write_bytes(
        f"<html><head><meta charset='{name}'></head><body><p>覚書である。</p></body></html>".encode(encoding)
    )
    assert views(readers.read(path, "ja")) == ["覚書である。"]


def test_html_corpora_read_like_the_markdown() -> None:
    """Segments, labels and kinds are those of the Markdown version."""
    for path in sorted(CORPORA.glob("*/*.html")):
        lang = path.stem
        page, plain = readers.read(path, lang), readers.read(path.with_suffix(".md"), lang)  # type: ignore[arg-type]
        assert views(page) == views(plain), path
        assert [(s.label, s.kind) for s in page.segments] == [(s.label, s.kind) for s in plain.segments], path


def _zip(path: Path, names: dict[str, str]) -> None:
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in names.items():
            archive.writestr(name, content)


ERRORS = [
    ("missing.md", None, "no such file"),
    ("empty.txt", b"", "is empty"),
    ("blank.txt", b" \n\t ", "is empty"),
    ("junk.txt", bytes(range(256)) * 4, "binary data"),
    ("pdf.docx", b"%PDF-1.7 xxx", "is a PDF"),
    ("zip.pdf", b"PK\x03\x04xxxx", "is a ZIP archive"),
    ("pdf.txt", b"%PDF-1.7 xxx", "is a PDF"),
    ("image.html", b"\x89PNG\r\n\x1a\nxxxx", "is a PNG image"),
    ("ole.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"x" * 60, "encrypted"),
    ("cut.docx", b"PK\x03\x04" + b"x" * 60, "damaged DOCX"),
    ("text.docx", "ただの文。".encode(), "no ZIP archive"),
    ("cut.pdf", b"%PDF-1.7\n1 0 obj << /Type", "PDF"),
    ("old.doc", b"xxxx", "save it as DOCX"),
    ("odd.xyz", b"xxxx", "accepted: .txt"),
    ("nothing.html", b"<html><body><script>1</script></body></html>", "holds no text"),
    ("bad.xlf", b"<xliff><file>", "damaged XML"),
    ("other.tmx", b"<html/>", "accepted: <xliff> and <tmx>"),
    (
        "one.tmx",
        b"<tmx version='1.4'><body><tu><tuv xml:lang='en'><seg>A</seg></tuv></tu></body></tmx>",
        "no Japanese text",
    ),
    ("bomb.tmx", b"<!DOCTYPE tmx [<!ENTITY a 'aaaa'><!ENTITY b '&a;&a;'>]><tmx><body>&b;</body></tmx>", "entities"),
    ("fetch.xlf", b"<!DOCTYPE xliff [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><xliff>&x;</xliff>", "entities"),
]


@pytest.mark.parametrize(("name", "content", "says"), ERRORS)
def test_bad_input_gives_one_clear_line(name: str, content: bytes | None, says: str, tmp_path: Path) -> None:
    """What is wrong, where, in one line."""
    path = tmp_path / name
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(ReadError) as caught:
        readers.read(path, "ja")
    message = str(caught.value)
    assert says in message
    assert name in message
    assert "\n" not in message


def test_a_folder_and_other_archives_are_refused(tmp_path: Path) -> None:
    """A folder, a workbook called DOCX, a DOCX with an entity bomb."""
    with pytest.raises(ReadError, match="is a folder"):
        readers.read(tmp_path, "ja")
    _zip(tmp_path / "x.docx", {"xl/workbook.xml": "<x/>"})
    with pytest.raises(ReadError, match="Excel"):
        readers.read(tmp_path / "x.docx", "ja")
    bomb = "<!DOCTYPE d [<!ENTITY a 'aaaa'>]><d>&a;</d>"
    _zip(tmp_path / "y.docx", {"word/document.xml": bomb})
    with pytest.raises(ReadError, match="entities"):
        readers.read(tmp_path / "y.docx", "ja")


def test_random_bytes_raise_nothing_else(tmp_path: Path) -> None:
    """Seeded bytes in every suffix give a Document or a ReadError."""
    rng = random.Random(7)
    heads = [b"", b"PK\x03\x04", b"%PDF-1.7\n", b"<html>", b"\xff\xfe", b"\x1b$B", b"<tmx>"]
    for _ in range(40):
        data = rng.choice(heads) + rng.randbytes(rng.randrange(300))
        for suffix in (".txt", ".html", ".docx", ".pdf", ".xlf", ""):
            path = tmp_path / f"x{suffix}"
            path.write_bytes(data)
            try:
                readers.read(path, "ja")
            except ReadError as error:
                assert "\n" not in str(error)  # noqa: PT017


# ---------------------------------------------------------------------------------------------------------------------
# Both languages in one file

BOTH = """# 協力覚書

# Memorandum of Cooperation

## 第1項 目的

## Paragraph 1 Purpose

当事者らは、AI（artificial intelligence）の研究を促進する。

The Participants promote research on AI.

1. 毎年、会合する。
1. They meet every year.
"""


def test_paragraphs_in_turn_are_split_by_language(tmp_path: Path) -> None:
    """Each language gets its blocks, with equal labels."""
    path = tmp_path / "both.md"
    path.write_text(BOTH, encoding="utf-8")
    assert readers.is_bilingual(path)
    ja, en = readers.read_pair(path)
    assert [(s.kind, s.label) for s in ja.segments] == [(s.kind, s.label) for s in en.segments]
    assert views(ja)[-1] == "1.毎年、会合する。"
    assert views(en)[-2] == "The Participants promote research on AI."


def test_two_columns_are_split_by_language(tmp_path: Path) -> None:
    """The cells of a bilingual table become the paragraphs of two documents."""
    path = tmp_path / "both.html"
    rows = [
        ("第1条 目的", "Article 1 Purpose"),
        ("協力を促進する。", "They promote cooperation."),
        ("（1）研修", "(1) training"),
        ("2026", "2026"),
    ]
    body = "".join(f"<tr><td>{a}</td><td>{b}</td></tr>" for a, b in rows)
    path.write_text(f"<html><body><table>{body}</table></body></html>", encoding="utf-8")
    assert readers.is_bilingual(path)
    ja, en = readers.read_pair(path)
    assert [s.label for s in ja.segments[:3]] == [s.label for s in en.segments[:3]] == [("1",), ("1",), ("1", "1")]
    assert views(ja)[3] == views(en)[3] == "2026"


def test_one_language_is_not_bilingual(tmp_path: Path) -> None:
    """A text with names and quotations in the other language is one document."""
    for path in sorted(CORPORA.glob("*/??.md")):
        assert not readers.is_bilingual(path), path
    path = tmp_path / "one.md"
    path.write_text("協力覚書\n\n当事者らは、協力する。\n\nJosephine TEO\n\n大臣", encoding="utf-8")
    assert not readers.is_bilingual(path)
    (tmp_path / "en.md").write_text(ENGLISH, encoding="utf-8")
    with pytest.raises(ReadError, match="no Japanese text"):
        readers.read_pair(tmp_path / "en.md")


def test_language_of_a_piece() -> None:
    """Script decides; figures alone do not."""
    assert block_language("2026.1.9") is None
    assert block_language("MDDIは協力する。") == "ja"
    assert block_language("Article 1") == "en"


XLIFF_12 = """<?xml version="1.0"?><xliff version="1.2" xmlns="urn:oasis:names:tc:xliff:document:1.2">
<file source-language="en-US" target-language="ja-JP" original="x" datatype="plaintext"><body>
<trans-unit id="1"><source>Article 1 Purpose</source><target>第1条 目的</target></trans-unit>
<trans-unit id="2"><source>They <g id="1">promote</g> it<x id="2"/>.</source><target>これを<g id="1">促進</g>する。</target></trans-unit>
</body></file></xliff>"""
XLIFF_20 = """<?xml version="1.0"?><xliff version="2.1" xmlns="urn:oasis:names:tc:xliff:document:2.0" srcLang="ja" trgLang="en">
<file id="f"><unit id="1"><segment><source>第1条 目的</source><target>Article 1 Purpose</target></segment></unit>
<unit id="2"><segment><source>これを<pc id="1">促進</pc>する。</source><target>They <pc id="1">promote</pc> it.</target></segment></unit></file></xliff>"""
TMX = """<?xml version="1.0"?><!DOCTYPE tmx SYSTEM "tmx14.dtd"><tmx version="1.4"><header srclang="en"/><body>
<tu><tuv xml:lang="en-GB"><seg>Article 1 Purpose</seg></tuv><tuv xml:lang="ja"><seg>第1条 目的</seg></tuv></tu>
<tu><tuv lang="EN"><seg>They <bpt i="1">&lt;b></bpt>promote<ept i="1">&lt;/b></ept> it.</seg></tuv><tuv lang="JA"><seg>これを促進する。</seg></tuv></tu>
</body></tmx>"""


@pytest.mark.parametrize(("name", "content"), [("a.xlf", XLIFF_12), ("b.xliff", XLIFF_20), ("c.tmx", TMX)])
def test_translation_files(name: str, content: str, tmp_path: Path) -> None:
    """XLIFF 1.2 and 2.1 and TMX 1.4 in either direction, inline codes left out."""
    path = tmp_path / name
    path.write_text(content, encoding="utf-8")
    ja, en = readers.read_pair(path)
    assert views(ja) == ["第1条目的", "これを促進する。"]
    assert views(en) == ["Article 1 Purpose", "They promote it."]
    assert [s.label for s in ja.segments] == [s.label for s in en.segments] == [("1",), ("1",)]
    assert views(readers.read(path, "en")) == views(en)
