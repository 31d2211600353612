"""The page in a real browser: keys, filters, decisions, export, print; nothing leaves and nothing errs."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from typing import Any

import pytest

from mocalign import writers
from mocalign.model import Alignment, Bead, Document, Finding, Severity, Span, fingerprint
from mocalign.report import Report
from mocalign.writers.html import STRINGS

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")


def _finding(code: str, severity: Severity, ja: Document, start: int, end: int, bead: int, mqm: str) -> Finding:
    span = Span(start, ja.text[start:end])
    return Finding(
        code,
        "made-up",
        mqm,
        severity,
        0.9,
        f"Message <b>{code}</b>",
        f"指摘 {code}",
        bead,
        (str(bead + 1),),
        span,
        None,
        "直" if bead == 0 else None,
        fingerprint(code, [span.text], ja.segments[bead].text),
    )


def make_report(beads: int = 6) -> Report:
    """A report with three findings, two of them overlapping, and hostile text."""
    ja = Document.from_segments("ja", [f"第{n + 1}段落の<script>alert(1)</script>本文𠮷である。" for n in range(beads)])
    en = Document.from_segments("en", [f"The text & of paragraph {n + 1} </script><!--." for n in range(beads)])
    pairs = tuple(Bead((a,), (b,), 0.9, "match") for a, b in zip(ja.segments, en.segments, strict=True))
    second = ja.segments[1].span.start
    findings = (
        _finding("LIN901", Severity.major, ja, 0, 3, 0, "linguistic-conventions/x"),
        _finding("ACC901", Severity.critical, ja, second, second + 4, 1, "accuracy/x"),
        _finding("ACC902", Severity.minor, ja, second + 2, second + 6, 1, "accuracy/y"),
    )
    return Report(Alignment(ja, en, pairs), findings, {"mocalign": "0", "checks": ["ACC901"]})


def test_page_is_self_contained_and_escaped() -> None:
    """No address outside the page, a strict policy, nothing from the documents as markup."""
    page = writers.render(make_report(), "html")
    assert isinstance(page, str)
    assert not re.search(r"(?:src|href)\s*=\s*[\"']?(?:https?:)?//", page)
    assert "<script>alert(1)" not in page
    assert "default-src &#x27;none&#x27;" in page
    assert "unsafe-inline" not in page
    assert page == writers.render(make_report(), "html")


def test_page_marks_show_exactly_the_quoted_characters() -> None:
    """Overlapping findings are cut at each other's edges; together their marks spell their quotations."""
    report = make_report()
    page = str(writers.render(report, "html"))
    for number, finding in enumerate(report.findings):
        pieces = re.findall(rf'<mark class="[a-z ]+" data-f="(?:\d+ )*{number}(?: \d+)*">(.*?)</mark>', page)
        assert finding.ja is not None
        assert unescape("".join(pieces)) == finding.ja.text


def test_page_of_a_hundred_segments_is_light() -> None:
    """Under 400 kB for a pair of 100 segments."""
    assert len(str(writers.render(make_report(100), "html")).encode()) < 400_000


def test_page_speaks_japanese() -> None:
    """The interface and the messages follow `lang`."""
    page = str(writers.render(make_report(), "html", writers.Options(lang="ja")))
    assert "指摘 LIN901" in page
    assert "判断を書き出す" in page
    assert "Export decisions" not in page


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    """A headless Chromium, or a skip."""
    api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    if CHROMIUM is None:
        pytest.skip("no Chromium on this machine")
    flags = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]
    with api.sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=flags)
        yield chromium
        chromium.close()


@pytest.fixture
def page(browser: Any, tmp_path: Path) -> Iterator[Any]:
    """The report open in a fresh context that records errors and requests."""
    target = tmp_path / "report.html"
    writers.write(make_report(), target)
    context = browser.new_context(accept_downloads=True, viewport={"width": 1300, "height": 800})
    tab = context.new_page()
    tab.errors = []
    tab.requests = []
    tab.on("console", lambda m: tab.errors.append(m.text) if m.type in ("error", "warning") else None)
    tab.on("pageerror", lambda e: tab.errors.append(str(e)))
    tab.on("request", lambda r: tab.requests.append(r.url))
    tab.goto(target.as_uri())
    tab.wait_for_selector("html[data-ready]")
    yield tab
    assert tab.errors == []
    assert [u for u in tab.requests if not u.startswith(("file:", "blob:"))] == []
    context.close()


def test_keys_walk_through_the_findings(page: Any) -> None:
    """j goes on, k goes back, both wrap; the focus follows."""
    seen = []
    for key in "jjjjk":
        page.keyboard.press(key)
        seen.append(page.evaluate("document.activeElement.id"))
    assert seen == ["f0", "f1", "f2", "f0", "f2"]
    assert page.inner_text("#place") == "3 of 3"
    assert page.locator("mark.now").count() > 0


def test_filters_hide_and_show(page: Any) -> None:
    """Severity, category, text and the two switches."""
    page.click("[data-sev=minor]")
    assert page.locator(".card:visible").count() == 2
    page.select_option("#category", "accuracy")
    assert page.locator(".card:visible").count() == 1
    page.select_option("#category", "")
    page.click("#only")
    assert page.locator(".bead:visible").count() == 2
    page.click("#only")
    page.fill("#search", "paragraph 5")
    page.wait_for_selector("#b0", state="hidden")
    assert page.locator(".bead:visible").count() == 1
    page.fill("#search", "no such words")
    page.wait_for_selector("#none", state="visible")


def test_decisions_are_kept_and_exported(page: Any, tmp_path: Path) -> None:
    """Accept, dismiss and note by keyboard alone; the export is a decisions file; a reload keeps them."""
    page.keyboard.press("j")
    page.keyboard.press("a")
    page.keyboard.press("j")
    page.keyboard.press("d")
    page.keyboard.press("n")
    page.keyboard.type("as agreed on Monday")
    page.keyboard.press("Escape")
    with page.expect_download() as download:
        page.keyboard.press("e")
    download.value.save_as(tmp_path / "d.json")
    data = json.loads((tmp_path / "d.json").read_text(encoding="utf-8"))
    assert data["schema"] == "mocalign-decisions/1"
    report = make_report()
    rows = {d["fingerprint"]: d for d in data["decisions"]}
    assert rows[report.findings[0].fingerprint]["status"] == "accepted"
    assert rows[report.findings[1].fingerprint]["status"] == "dismissed"
    assert rows[report.findings[1].fingerprint]["reason"] == "as agreed on Monday"
    page.reload()
    page.wait_for_selector("html[data-ready]")
    assert page.locator(".card.decided").count() == 2


def test_page_prints_to_pdf_and_fits_a_phone(page: Any) -> None:
    """A4 without the toolbar; no sideways scrolling at 360 pixels."""
    assert page.pdf(format="A4")[:5] == b"%PDF-"
    page.emulate_media(media="print")
    assert page.locator(".bar").is_hidden()
    page.emulate_media(media="screen")
    page.set_viewport_size({"width": 360, "height": 700})
    assert page.evaluate("document.documentElement.scrollWidth") <= 360


def test_thirty_thousand_segments_open(browser: Any, tmp_path: Path) -> None:
    """A very long instrument opens and answers a key."""
    target = tmp_path / "long.html"
    writers.write(make_report(30_000), target)
    tab = browser.new_page()
    tab.goto(target.as_uri(), timeout=60_000)
    tab.wait_for_selector("html[data-ready]", timeout=60_000)
    tab.keyboard.press("j")
    assert tab.evaluate("document.activeElement.id") == "f0"
    tab.close()


def test_both_interface_languages_say_everything() -> None:
    """No word of the interface is missing in either language, and no placeholder differs."""
    english, japanese = STRINGS["en"], STRINGS["ja"]
    assert set(english) == set(japanese)
    for key, text in english.items():
        assert japanese[key].strip()
        assert set(re.findall(r"\{\w+\}", text)) == set(re.findall(r"\{\w+\}", japanese[key]))
