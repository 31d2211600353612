"""Translation files: XLIFF 1.2 and 2.x, TMX 1.4. Each side becomes a text of one unit a paragraph.

Inline codes are left out (their equivalent text, where it is given, is read); units marked as deleted or empty on both
sides are skipped. No entity is expanded and nothing is fetched.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from mocalign.errors import ReadError
from mocalign.model import Document, Lang
from mocalign.readers.encoding import kind_of, load
from mocalign.readers.xml import parse_xml
from mocalign.segment import Block, Raw, segment

__all__ = ["read_pair", "units"]

_CODES = frozenset("bpt ept ph it ut x bx ex sc ec cp sm em hi-code context-group prop note".split())
_LANG = "{http://www.w3.org/XML/1998/namespace}lang"


def read_pair(path: Path) -> tuple[Document, Document]:
    """Read an XLIFF or TMX file into (ja, en). Raises `ReadError` when it is damaged or a language is missing."""
    found = units(path)
    return _document(found, "ja", str(path)), _document(found, "en", str(path))


def units(path: Path) -> list[dict[str, str]]:
    """Return the units of an XLIFF or TMX file in order: language to text. Raises `ReadError` as `read_pair` does."""
    data = load(path)
    kind = kind_of(data)
    if kind:
        raise ReadError(f"{path}: is {kind}, not XLIFF or TMX")
    root = parse_xml(data, str(path), doctype=True)
    name = _bare(root)
    if name == "xliff":
        found = list(_xliff(root, str(path)))
    elif name == "tmx":
        found = list(_tmx(root))
    else:
        raise ReadError(f"{path}: is XML with the root <{name}>; accepted: <xliff> and <tmx>")
    if not any(u.get("ja", "").strip() for u in found) or not any(u.get("en", "").strip() for u in found):
        missing = "Japanese" if not any(u.get("ja", "").strip() for u in found) else "English"
        raise ReadError(f"{path}: holds no {missing} text; a Japanese (ja) and an English (en) side are needed")
    return found


def _document(units: list[dict[str, str]], lang: Lang, source: str) -> Document:
    chunks: list[str] = []
    blocks: list[Block] = []
    at = 0
    for unit in units:
        text = unit.get(lang, "")
        body = text.strip()
        if not body:
            continue
        blocks.append(Block(at, at + len(body), joined=True))
        chunks += [body, "\n"]
        at += len(body) + 1
    raw = Raw("".join(chunks), tuple(blocks))
    segments, furniture = segment(raw, lang)
    return Document(lang, source, raw.text, segments, furniture)


def _bare(element: Any) -> str:
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def _side(code: str) -> str:
    return code.replace("_", "-").split("-")[0].lower()


def _plain(element: Any) -> str:
    """Text of a segment: inline codes give nothing, marked and grouped text is kept."""
    out = [element.text or ""]
    for child in element:
        name = _bare(child)
        if name in _CODES:
            equivalent = child.get("equiv-text") or child.get("equiv") or ""
            out.append(equivalent if equivalent.strip() == "" or len(equivalent) < 40 else "")
        elif name == "sub":
            pass
        elif name:
            out.append(_plain(child))
        out.append(child.tail or "")
    return "".join(out)


def _xliff(root: Any, where: str) -> Iterator[dict[str, str]]:
    version = str(root.get("version", ""))
    source, target = _side(str(root.get("srcLang", ""))), _side(str(root.get("trgLang", "")))
    for element in root.iter():
        name = _bare(element)
        if name == "file" and not version.startswith("2"):
            source, target = (
                _side(str(element.get("source-language", ""))),
                _side(str(element.get("target-language", ""))),
            )
        elif name == "trans-unit":
            parts = {_bare(c): c for c in element if _bare(c) in ("source", "target")}
            yield _unit(parts, source, target)
        elif name == "segment" and version.startswith("2"):
            yield _unit({_bare(c): c for c in element if _bare(c) in ("source", "target")}, source, target)


def _unit(parts: dict[str, Any], source: str, target: str) -> dict[str, str]:
    out: dict[str, str] = {}
    for name, default in (("source", source), ("target", target)):
        if name in parts:
            out[_side(str(parts[name].get(_LANG) or "")) or default] = _plain(parts[name])
    return out


def _tmx(root: Any) -> Iterator[dict[str, str]]:
    for unit in root.iter():
        if _bare(unit) != "tu":
            continue
        out: dict[str, str] = {}
        for variant in unit:
            if _bare(variant) != "tuv":
                continue
            seg = next((c for c in variant if _bare(c) == "seg"), None)
            code = _side(str(variant.get(_LANG) or variant.get("lang") or ""))
            if seg is not None and code and code not in out:
                out[code] = _plain(seg)
        yield out
