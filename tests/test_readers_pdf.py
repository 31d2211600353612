"""PDF: lines rejoined, running heads set apart, paragraphs over pages, refusals."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from mocalign import readers
from mocalign.errors import ReadError
from mocalign.model import Document

CORPORA = Path(__file__).resolve().parent.parent / "corpora"
pytest.importorskip("reportlab")


def views(document: Document) -> list[str]:
    """What a reader sees of each segment."""
    return [s.view(document.lang).text for s in document.segments]


def build(path: Path, paragraphs: list[str], *, lang: str, head: str = "", **options: Any) -> Path:
    """Set paragraphs as a PDF; a line that begins with # is a heading."""
    from reportlab.lib.pagesizes import A5
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.cidfonts import UnicodeCIDFont
    from reportlab.platypus import Paragraph, SimpleDocTemplate

    pdfmetrics.registerFont(UnicodeCIDFont("HeiseiMin-W3"))
    pdfmetrics.registerFont(UnicodeCIDFont("HeiseiKakuGo-W5"))
    plain, strong = ("HeiseiMin-W3", "HeiseiKakuGo-W5") if lang == "ja" else ("Times-Roman", "Times-Bold")
    wrap = "CJK" if lang == "ja" else None
    body = ParagraphStyle("b", fontName=plain, fontSize=10, leading=15, spaceAfter=8, wordWrap=wrap)
    title = ParagraphStyle("h", fontName=strong, fontSize=13, leading=19, spaceAfter=8, wordWrap=wrap)

    def decorate(canvas: Any, template: Any) -> None:
        canvas.setFont(plain, 8)
        canvas.drawString(50, A5[1] - 30, head)
        canvas.drawCentredString(A5[0] / 2, 25, f"- {template.page} -")

    flow: list[Any] = [Paragraph(t.lstrip("# "), title if t.startswith("#") else body) for t in paragraphs]
    SimpleDocTemplate(str(path), pagesize=A5, topMargin=60, bottomMargin=60, **options).build(flow, decorate, decorate)
    return path


@pytest.mark.parametrize("lang", ["ja", "en"])
@pytest.mark.parametrize("name", ["kenya-health-moc", "nordland-customs-agreement", "japan-singapore-quantum"])
def test_set_corpora_read_like_the_markdown(name: str, lang: Any, tmp_path: Path) -> None:
    """A corpus set on small pages with running heads gives the segments and labels of its Markdown."""
    plain = readers.read(CORPORA / name / f"{lang}.md", lang)
    # the View has closed the space after a marker that a typesetter leaves open
    flow = []
    for s in plain.segments:
        text = s.view(lang).text
        marker = plain.text[s.span.start : s.body].strip("#-* \u3000")
        if marker and lang == "ja":
            text = f"{marker}\u3000{s.body_view(lang).text}"
        flow.append(("# " if s.kind in ("title", "heading") else "") + text.replace("术", "術"))  # no glyph for 术
    page = readers.read(build(tmp_path / "x.pdf", flow, lang=lang, head="覚書" if lang == "ja" else "Memorandum"), lang)
    assert ["".join(v.split()) for v in views(page)] == ["".join(v.replace("术", "術").split()) for v in views(plain)]
    assert [s.label for s in page.segments] == [s.label for s in plain.segments]
    assert len(page.furniture) >= 4


def test_pdf_corpora_read_like_the_markdown() -> None:
    """The PDF versions of the corpora give the same texts and labels."""
    for path in sorted(CORPORA.glob("*/??.pdf")):
        lang: Any = path.stem
        page, plain = readers.read(path, lang), readers.read(path.with_suffix(".md"), lang)
        assert views(page) == views(plain), path
        assert [s.label for s in page.segments] == [s.label for s in plain.segments], path


def test_a_paragraph_over_a_page_is_one_segment(tmp_path: Path) -> None:
    """The seam is one of the page, and the running head between its halves is a hole."""
    text = "当事者らは、この覚書に基づく協力の進捗を共同で点検し、その結果を公表する。" * 12
    flow = ["# 題", *["短い文である。"] * 8, text, "終わりの文である。"]
    document = readers.read(build(tmp_path / "x.pdf", flow, lang="ja", head="覚書"), "ja")
    assert views(document)[-2:] == [text, "終わりの文である。"]
    assert [m.kind for m in document.segments[-2].seams] == ["page"]


def test_hyphens_at_line_ends(tmp_path: Path) -> None:
    """A word divided at the end of a line reads as one."""
    flow = [
        "# Title",
        "The Participants promote coopera-<br/>tion and non-binding talks on a non-<br/>binding basis of trust.",
    ]
    document = readers.read(build(tmp_path / "x.pdf", flow, lang="en"), "en")
    assert "cooperation and non-binding talks" in views(document)[-1]


def test_a_scan_and_an_encrypted_file_are_refused(tmp_path: Path) -> None:
    """A page without text asks for OCR, a password is named."""
    from reportlab.pdfgen.canvas import Canvas

    scan = Canvas(str(tmp_path / "scan.pdf"))
    scan.rect(50, 50, 200, 200, fill=1)
    scan.save()
    with pytest.raises(ReadError, match="OCR"):
        readers.read(tmp_path / "scan.pdf", "ja")
    locked = Canvas(str(tmp_path / "locked.pdf"), encrypt="secret")
    locked.drawString(50, 50, "text")
    locked.save()
    with pytest.raises(ReadError, match="encrypted"):
        readers.read(tmp_path / "locked.pdf", "ja")


def test_turned_text_is_refused(tmp_path: Path) -> None:
    """Lines set downwards are not guessed at."""
    from reportlab.pdfgen.canvas import Canvas

    canvas = Canvas(str(tmp_path / "x.pdf"))
    canvas.rotate(90)
    for line in range(8):
        canvas.drawString(100, -100 - 20 * line, "turned by ninety degrees")
    canvas.save()
    with pytest.raises(ReadError, match="vertical"):
        readers.read(tmp_path / "x.pdf", "en")
