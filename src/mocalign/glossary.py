"""Term lists: the user's glossary (CSV, TSV, XLSX, TBX) and the built-in term base of instruments.

A glossary holds, for an English term, the Japanese renderings that are allowed (the first is preferred) and those that
are forbidden. TBX is ISO 30042 (2008 ``martif`` and 2019 ``tbx``); its ``administrativeStatus`` values
``deprecatedTerm`` and ``supersededTerm`` mark what is forbidden.
"""

from __future__ import annotations

import csv
import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from mocalign.config import Config
from mocalign.data import rows
from mocalign.errors import ConfigError, nearest

__all__ = ["Term", "fold", "read_glossary", "term_base", "terms_for"]


@dataclass(frozen=True, slots=True)
class Term:
    """An English term with its renderings; `ja` are allowed (the first is preferred), `forbidden` are not.

    `register` is "any", "moc", "treaty" or "contract"; `source` says where the row comes from.
    """

    en: str
    ja: tuple[str, ...]
    forbidden: tuple[str, ...] = ()
    domain: str = ""
    register: str = "any"
    sense: str = ""
    source: str = ""

    @property
    def allowed(self) -> tuple[str, ...]:
        """The allowed renderings as a `View` reads them."""
        return tuple(map(fold, self.ja))

    @property
    def refused(self) -> tuple[str, ...]:
        """The forbidden renderings as a `View` reads them."""
        return tuple(map(fold, self.forbidden))


@lru_cache(maxsize=8192)
def fold(rendering: str) -> str:
    """Return a Japanese rendering as a `View` reads it: NFKC, no spaces."""
    return "".join(unicodedata.normalize("NFKC", rendering).split())


_COLUMNS = {
    "en": ("en", "english", "source", "source term", "term", "英語", "原語", "英語用語"),
    "ja": ("ja", "japanese", "target", "target term", "translation", "日本語", "訳語", "日本語用語"),
    "variants": ("variants", "allowed", "also", "synonyms", "許容", "別訳", "異形"),
    "forbidden": ("forbidden", "not", "do not use", "avoid", "禁止", "禁止訳", "不可"),
    "domain": ("domain", "field", "subject", "分野"),
    "note": ("note", "notes", "comment", "remarks", "備考", "注"),
}
_SPLIT = re.compile(r"\s*[;；|\n]\s*")


def read_glossary(path: str | Path) -> tuple[Term, ...]:
    """Read a glossary; the kind is told by the suffix (.csv, .tsv, .txt, .xlsx, .tbx, .xml).

    Tables need a header with at least an English and a Japanese column (``en``, ``ja``; optional ``variants``,
    ``forbidden``, ``domain``, ``note``); several renderings in a cell are separated by semicolons.
    Raises `ConfigError` when the file cannot be read as what it claims to be.
    """
    path = Path(path)
    return _read(str(path), path.stat().st_mtime_ns if path.is_file() else 0)


@lru_cache(maxsize=8)
def _read(name: str, _changed: int) -> tuple[Term, ...]:
    path = Path(name)
    kind = path.suffix.lower()
    try:
        if kind in (".tbx", ".xml"):
            return _tbx(path)
        if kind in (".xlsx", ".xlsm"):
            return _table(_sheet(path), name)
        if kind in (".csv", ".tsv", ".txt"):
            return _table(_lines(path, kind), name)
    except OSError as error:
        raise ConfigError(f"glossary {name}: {error.strerror or error}") from None
    raise ConfigError(f"glossary {name}: a .csv, .tsv, .xlsx or .tbx file is expected")


def _lines(path: Path, kind: str) -> list[list[str]]:
    data = path.read_bytes()
    for encoding in ("utf-8-sig", "utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "cp932"):
        try:
            text = data.decode(encoding)
            break
        except UnicodeDecodeError:
            continue
    else:
        raise ConfigError(f"glossary {path}: neither UTF-8 nor Shift_JIS text")
    first = text.split("\n", 1)[0]
    mark = (
        "\t"
        if kind != ".csv" or ("\t" in first and "," not in first)
        else ";"
        if first.count(";") > first.count(",")
        else ","
    )
    return [[cell.strip() for cell in row] for row in csv.reader(text.splitlines(), delimiter=mark)]


def _sheet(path: Path) -> list[list[str]]:
    import zipfile

    import openpyxl
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        book = openpyxl.load_workbook(path, read_only=True, data_only=True)
    except (InvalidFileException, zipfile.BadZipFile, KeyError, ValueError) as error:
        raise ConfigError(f"glossary {path}: not a readable workbook: {error}") from None
    try:
        sheet: Any = book.worksheets[0]
        return [["" if c is None else str(c).strip() for c in row] for row in sheet.iter_rows(values_only=True)]
    finally:
        book.close()


def _table(table: Sequence[Sequence[str]], where: str) -> tuple[Term, ...]:
    body = [(n, row) for n, row in enumerate(table, 1) if any(row) and not row[0].startswith("#")]
    if not body:
        raise ConfigError(f"glossary {where}: it is empty; a header with the columns en and ja is expected")
    head = [cell.casefold().strip() for cell in body[0][1]]
    at = {key: head.index(name) for key, names in _COLUMNS.items() for name in reversed(names) if name in head}
    for key in ("en", "ja"):
        if key not in at:
            raise ConfigError(
                f"glossary {where}: no column {key!r} among {', '.join(repr(h) for h in head[:8])}"
                f"{nearest(key, head)}; a header with the columns en and ja is expected"
            )

    def cell(row: Sequence[str], key: str) -> str:
        return row[at[key]] if key in at and at[key] < len(row) else ""

    out = []
    for number, row in body[1:]:
        en, ja = cell(row, "en"), _parts(cell(row, "ja")) + _parts(cell(row, "variants"))
        forbidden = _parts(cell(row, "forbidden"))
        if not en and not ja:
            continue
        if not en or not (ja or forbidden):
            raise ConfigError(f"glossary {where}, row {number}: an English term and a rendering are expected")
        out.append(Term(en, ja, forbidden, cell(row, "domain"), source=f"{where} row {number}"))
    return tuple(out)


def _parts(cell: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(p for p in _SPLIT.split(cell.strip()) if p))


def _tbx(path: Path) -> tuple[Term, ...]:
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.parse(str(path), parser).getroot()
    except etree.XMLSyntaxError as error:
        raise ConfigError(f"glossary {path}: not well-formed XML: {error}") from None

    def local(node: Any) -> str:
        return etree.QName(node).localname if isinstance(node.tag, str) else ""

    if local(root) not in ("martif", "tbx"):
        raise ConfigError(f"glossary {path}: <martif> or <tbx> is expected, not <{local(root)}>")
    out = []
    for number, entry in enumerate((n for n in root.iter() if local(n) in ("termEntry", "conceptEntry")), 1):
        sides: dict[str, list[tuple[str, bool]]] = {"en": [], "ja": []}
        for lang in (n for n in entry.iter() if local(n) in ("langSet", "langSec")):
            code = (lang.get("{http://www.w3.org/XML/1998/namespace}lang") or "").lower()[:2]
            if code not in sides:
                continue
            for term in (n for n in lang.iter() if local(n) == "term"):
                text = "".join(map(str, term.itertext())).strip()
                holder = term.getparent()
                holder = holder.getparent() if holder is not None and local(holder) == "termGrp" else holder
                status = " ".join(
                    "".join(map(str, n.itertext()))
                    for n in (holder.iter() if holder is not None else ())
                    if n.get("type") == "administrativeStatus" or local(n) == "administrativeStatus"
                )
                if text:
                    sides[code].append((text, "deprecated" in status or "superseded" in status))
        ja = tuple(t for t, bad in sides["ja"] if not bad)
        forbidden = tuple(t for t, bad in sides["ja"] if bad)
        if ja or forbidden:
            out += [Term(en, ja, forbidden, source=f"{path} entry {number}") for en, bad in sides["en"] if not bad]
    if not out:
        raise ConfigError(f"glossary {path}: no entry with an English and a Japanese term")
    return tuple(out)


@lru_cache(maxsize=1)
def term_base() -> tuple[Term, ...]:
    """Return the built-in terms of memoranda, treaties and contracts."""
    return tuple(
        Term(
            row["en"],
            (row["ja"], *_parts(row["variants"])),
            _parts(row["forbidden"]),
            row["domain"],
            row["register"] or "any",
            row["sense"],
            row["source"],
        )
        for row in rows("terms")
    )


def terms_for(config: Config) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Return (English, renderings) of the user's glossary and then of the term base, for looking words up."""
    own: Iterable[Term] = read_glossary(config.glossary) if config.glossary else ()
    return tuple((t.en, t.allowed) for t in (*own, *term_base()) if t.ja)
