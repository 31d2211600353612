"""HTML: the main content of a page, with lists numbered as a browser shows them.

Left out: scripts, styles, navigation, the page's own header and footer, asides, forms, hidden elements, readings above
kanji (ruby), tracked deletions (``<del>``). A ``<header>`` that holds text of the instrument (a preamble) is kept.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from mocalign.errors import ReadError
from mocalign.readers.docx import format_number
from mocalign.readers.encoding import decode, kind_of, load
from mocalign.segment import Block, Raw

__all__ = ["from_text", "read"]

_DROP = frozenset(
    "script style noscript template nav aside iframe object embed svg canvas audio video map button input select textarea "
    "option datalist dialog rt rp del s head title meta link progress meter form".split()
)
_BLOCKS = frozenset(
    "address article aside blockquote body caption center dd details dialog dir div dl dt fieldset figcaption figure footer "
    "form h1 h2 h3 h4 h5 h6 header hgroup hr li main menu nav ol optgroup p pre search section summary table tbody td "
    "tfoot th thead tr ul".split()
)
_ROLES = frozenset(
    "navigation banner contentinfo search complementary menu menubar toolbar dialog alert status".split()
)
_CLASSES = frozenset(
    "breadcrumb breadcrumbs skip skip-link skiplink navbar nav menu sidebar side-bar toc cookie cookies cookie-banner "
    "pagination pager share social site-header site-footer global-nav gnav lnav footer-nav print-only visually-hidden "
    "sr-only screen-reader-text noprint pankuzu topicpath back-to-top pagetop".split()
)
_CHARSET = re.compile(
    rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([\w.:-]+)|<\?xml[^>]{0,100}?encoding\s*=\s*["']([\w.:-]+)""", re.I
)


def read(path: Path) -> Raw:
    """Read an HTML file; its encoding comes from the byte order mark, the bytes, or the page's own declaration."""
    data = load(path)
    kind = kind_of(data)
    if kind:
        raise ReadError(f"{path}: is {kind}, not HTML; give it the suffix of its format")
    found = _CHARSET.search(data[:4096])
    declared = (found[1] or found[2]).decode("ascii", "replace") if found else ""
    return from_text(decode(data, str(path), declared=declared), str(path))


def from_text(text: str, where: str = "<html>") -> Raw:
    """Read HTML that is already in memory."""
    from lxml import etree, html

    parser = html.HTMLParser(encoding="utf-8", no_network=True, huge_tree=False, remove_comments=True, remove_pis=True)
    try:
        root = html.document_fromstring(text.encode("utf-8", "replace"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError, AssertionError) as error:
        raise ReadError(f"{where}: holds no readable HTML: {str(error)[:120]}") from None
    walk = _Walk(_styles(root))
    for top in _main(root, walk):
        walk.element(top)
        walk.flush()
    made = "".join(walk.chunks)
    if not walk.blocks:
        raise ReadError(f"{where}: holds no text")
    return Raw(made, tuple(walk.blocks))


def _styles(root: Any) -> dict[str, dict[str, str]]:
    """Read the few declarations that matter (display, visibility, list-style) of simple selectors in the page's styles."""
    out: dict[str, dict[str, str]] = {}
    for element in root.iter("style"):
        if "print" in (element.get("media") or ""):
            continue
        sheet = re.sub(r"/\*.*?\*/", "", element.text_content()[:200_000], flags=re.S)
        sheet = re.sub(r"@media[^{]{0,200}\{(?:[^{}]{0,2000}\{[^{}]{0,2000}\}){0,200}\s*\}", "", sheet)
        for match in re.finditer(r"([^{}]{1,500})\{([^{}]{0,5000})\}", sheet):
            found = dict(_declarations(match[2]))
            for selector in match[1].split(","):
                name = selector.strip().lower()
                if found and re.fullmatch(r"[\w.#-]+", name):
                    out.setdefault(name, {}).update(found)
    return out


def _declarations(text: str) -> list[tuple[str, str]]:
    out = []
    for part in text.split(";"):
        name, _, value = part.partition(":")
        name, value = name.strip().lower(), value.strip().lower().removesuffix("!important").strip()
        if name in ("display", "visibility", "list-style-type", "list-style", "font-weight"):
            out.append(("list-style-type" if name == "list-style" else name, value))
    return out


def _main(root: Any, walk: _Walk) -> list[Any]:
    """Return the elements that hold the main content."""
    body = root.find("body")
    top = body if body is not None else root
    mains = [e for e in top.iter("main") if not walk.hidden(e)] or [
        e for e in top.iter() if isinstance(e.tag, str) and e.get("role") == "main"
    ]
    if mains:
        return [e for e in mains if not any(a in mains for a in e.iterancestors())]
    articles = list(top.iter("article"))
    outer = [e for e in articles if not any(a.tag == "article" for a in e.iterancestors())]
    if (
        len(outer) == 1
        and len(outer[0].text_content().strip()) > 0.6 * len(top.text_content().strip())
        and not _outside(top, outer[0])
    ):
        return outer
    return [top]


def _outside(top: Any, article: Any) -> bool:
    """Tell whether a heading of the first level stands outside the article (then the page is the document)."""
    return any(not any(a is article for a in e.iterancestors()) for e in top.iter("h1"))


@dataclass(slots=True)
class _List:
    form: str
    value: int
    step: int
    pending: str = ""
    bullet: bool = False


@dataclass(slots=True)
class _Walk:
    styles: dict[str, dict[str, str]]
    chunks: list[str] = field(default_factory=list)
    size: int = 0
    blocks: list[Block] = field(default_factory=list)
    buffer: list[str] = field(default_factory=list)
    bold: list[int] = field(default_factory=lambda: [0, 0])
    kind: str = ""
    level: int = 0
    cell: tuple[int, int, int] | None = None
    lists: list[_List] = field(default_factory=list)
    tables: int = -1
    numbered: bool = False
    item: bool = False
    note: bool = False

    def style(self, element: Any, name: str) -> str:
        own = dict(_declarations(element.get("style") or ""))
        if name in own:
            return own[name]
        tag = element.tag
        keys = [f"#{element.get('id')}".lower()] if element.get("id") else []
        for cls in (element.get("class") or "").lower().split():
            keys += [f"{tag}.{cls}", f".{cls}"]
        for key in [*keys, tag]:
            if name in self.styles.get(key, {}):
                return self.styles[key][name]
        return ""

    def hidden(self, element: Any) -> bool:
        if element.get("hidden") is not None or (element.get("aria-hidden") or "").lower() == "true":
            return True
        return self.style(element, "display") == "none" or self.style(element, "visibility") in ("hidden", "collapse")

    def dropped(self, element: Any) -> bool:
        tag = element.tag
        if not isinstance(tag, str) or tag in _DROP:
            # an old page may wrap all of its text in one form
            return not (tag == "form" and len(element.text_content()) > 2000)
        role = (element.get("role") or "").lower()
        if role in _ROLES:
            return True
        if self.hidden(element):
            return True
        if tag in ("header", "footer") and not any(
            a.tag in ("main", "article", "section") for a in element.iterancestors()
        ):
            return not _holds_text(element, tag)
        if set((element.get("class") or "").lower().split()) & _CLASSES and _links(element) > 0.3:
            return True
        if tag == "sup":
            link = element if element.tag == "a" else next(element.iter("a"), None)
            return (
                link is not None
                and (link.get("href") or "").startswith("#")
                and len(element.text_content().strip()) <= 6
            )
        return False

    def flush(self) -> None:
        text = "".join(self.buffer)
        self.buffer.clear()
        bold, self.bold = self.bold, [0, 0]
        lines = [re.sub(r"[ \t\r\f]+", " ", line).strip() for line in text.split("\n")]
        body = "\n".join(lines).strip("\n ")
        label = ""
        if body.strip() and self.lists and self.lists[-1].pending:
            label = self.lists[-1].pending
            self.lists[-1].pending = ""
            if _typed(body, label):
                label = ""
        if body.strip():
            kind, level = self.kind, self.level
            if self.cell is not None and kind != "heading":
                kind = "cell"
            elif not kind and self.note:
                kind = "note"
            elif not kind and self.item and not label:
                kind, level = "item", max(0, len(self.lists) - 1)
            elif (
                not kind
                and not label
                and bold[1]
                and bold[0] == bold[1] <= 100
                and "\n" not in body
                and body[-1] not in "。.;；、,，：:"
            ):
                kind, level = "heading", 7
            self.item = False
            start = self.size
            self._put(label + body)
            self.blocks.append(
                Block(start, self.size, kind, level, cell=self.cell if kind == "cell" else None, numbered=bool(label))
            )
            self._put("\n")

    def _put(self, text: str) -> None:
        self.chunks.append(text)
        self.size += len(text)

    def text(self, text: str | None, bold: bool, pre: bool) -> None:
        if not text:
            return
        clean = text if pre else re.sub(r"[ \t\r\n\f]+", " ", text)
        self.buffer.append(clean)
        seen = sum(not c.isspace() for c in clean)
        self.bold[1] += seen
        self.bold[0] += seen if bold else 0

    def element(self, element: Any, bold: bool = False, pre: bool = False) -> None:
        if self.dropped(element):
            return
        tag = element.tag
        weight = self.style(element, "font-weight")
        bold = (bold or tag in ("b", "strong") or weight in ("bold", "bolder", "700", "800", "900")) and weight not in (
            "normal",
            "400",
        )
        if tag == "br":
            self.buffer.append("\n")
            return
        if tag == "table":
            self.table(element)
            return
        block = tag in _BLOCKS or self.style(element, "display") == "block"
        if not block:
            self.inside(element, bold, pre)
            return
        self.flush()
        saved = self.kind, self.level, self.note
        if re.fullmatch(r"h[1-6]", tag):
            self.kind, self.level = "heading", int(tag[1])
        elif (element.get("role") or "") in ("doc-footnote", "doc-endnotes", "note") or re.search(
            r"\b(?:foot|end)notes?\b", (element.get("class") or "").lower()
        ):
            self.note = True
        if tag in ("ul", "ol", "menu", "dir"):
            self.list(element, bold)
        else:
            if tag == "li" and not self.lists:
                self.item = True
            self.inside(element, bold, pre or tag == "pre")
            self.flush()
        self.kind, self.level, self.note = saved

    def inside(self, element: Any, bold: bool, pre: bool) -> None:
        self.text(element.text, bold, pre)
        for child in element:
            if isinstance(child.tag, str):
                self.element(child, bold, pre)
            self.text(child.tail, bold, pre)

    def list(self, element: Any, bold: bool) -> None:
        form = _form(element, self.style(element, "list-style-type"))
        items = [c for c in element if c.tag == "li"]
        step = -1 if element.get("reversed") is not None else 1
        start = _number(element.get("start"), len(items) if step < 0 else 1)
        self.lists.append(_List(form, start, step, bullet=form in ("bullet", "none")))
        for child in element:
            if not isinstance(child.tag, str) or self.dropped(child):
                continue
            if child.tag != "li":
                self.element(child, bold)
                continue
            here = self.lists[-1]
            here.value = _number(child.get("value"), here.value)
            own = self.style(child, "list-style-type")
            kind = _FORMS.get(child.get("type") or "", "") or (_css(own) if own else form)
            here.pending = "" if kind in ("bullet", "none") else f"{format_number(here.value, kind)}. "
            self.item = kind == "bullet" or (kind == "none" and element.tag != "ol")
            self.flush()
            saved = self.kind
            self.inside(child, bold, False)
            self.flush()
            self.kind = saved
            here.pending, self.item = "", False
            here.value += step
        self.lists.pop()

    def table(self, element: Any) -> None:
        self.flush()
        rows = [
            r
            for r in element.iter("tr")
            if next((a for a in r.iterancestors("table")), None) is element and not self.dropped(r)
        ]
        cells = [[c for c in r if c.tag in ("td", "th")] for r in rows]
        layout = (element.get("role") or "") in ("presentation", "none") or max((len(c) for c in cells), default=0) <= 1
        outer = self.cell
        caption = next((c for c in element if c.tag == "caption"), None)
        if caption is not None:
            self.inside(caption, False, False)
            self.flush()
        if not layout:
            self.tables += 1
        number = self.tables
        taken: dict[tuple[int, int], bool] = {}
        for row, found in enumerate(cells):
            column = 0
            for cell in found:
                while taken.get((row, column)):
                    column += 1
                wide, deep = min(50, _number(cell.get("colspan"), 1)), min(500, _number(cell.get("rowspan"), 1))
                for r in range(deep):
                    for c in range(wide):
                        taken[(row + r, column + c)] = True
                if not self.dropped(cell):
                    self.cell = outer if layout else (number, row, column)
                    lists, self.lists = self.lists, []
                    self.inside(cell, False, False)
                    self.flush()
                    self.lists = lists
                column += max(1, wide)
        self.cell = outer


def _holds_text(element: Any, tag: str) -> bool:
    """Tell whether a header or footer of the page holds text of the instrument: sentences, hardly any links."""
    if any(True for _ in element.iter("nav")) or _links(element) > 0.2:
        return False
    long = [p for p in element.iter("p", "li") if len((p.text_content() or "").strip()) > 40]
    text = (element.text_content() or "").strip()
    if tag == "header":
        return len(long) >= 2 or len(text) > 300 or any(True for _ in element.iter("h1"))
    return len(long) >= 2 and "©" not in text and "copyright" not in text.lower()


def _links(element: Any) -> float:
    """Share of an element's text that stands in links."""
    size = len((element.text_content() or "").strip()) or 1
    return sum(len((a.text_content() or "").strip()) for a in element.iter("a")) / size


def _number(text: str | None, default: int) -> int:
    try:
        return max(-9999, min(99999, int(text))) if text else default
    except ValueError:
        return default


_FORMS = {"1": "decimal", "a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman"}
_CSS = {
    "decimal": "decimal",
    "decimal-leading-zero": "decimalZero",
    "lower-alpha": "lowerLetter",
    "lower-latin": "lowerLetter",
    "upper-alpha": "upperLetter",
    "upper-latin": "upperLetter",
    "lower-roman": "lowerRoman",
    "upper-roman": "upperRoman",
    "katakana": "aiueoFullWidth",
    "katakana-iroha": "irohaFullWidth",
    "cjk-ideographic": "japaneseCounting",
    "japanese-informal": "japaneseCounting",
    "japanese-formal": "japaneseLegal",
    "cjk-decimal": "ideographDigital",
    "none": "none",
    "disc": "bullet",
    "circle": "bullet",
    "square": "bullet",
}


def _css(value: str) -> str:
    return next((_CSS[word] for word in value.split() if word in _CSS), "decimal" if not value else "bullet")


def _form(element: Any, style: str) -> str:
    if style and any(word in _CSS for word in style.split()):
        return _css(style)
    if element.tag != "ol":
        return "bullet"
    return _FORMS.get(element.get("type") or "1", "decimal")


_TYPED = re.compile(
    r"\s*[(（\[]?\s*(?:[0-9０-９]{1,3}|[a-zA-Z]|[ivxIVX]{1,5}|[一二三四五六七八九十]{1,3}|[ァ-ヺ])\s*(?:[)）\].．、]|[ \u3000])\s*\S|\s*第"
)


def _typed(body: str, label: str) -> bool:
    """Tell whether an item carries its number in its text already, so that the browser's is not shown too."""
    found = _TYPED.match(body)
    core = label.rstrip(". ")
    return bool(found) and (body.lstrip("(（[ ").lower().startswith(core.lower()) or body.lstrip()[0] in "(（第")
