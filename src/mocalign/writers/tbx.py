"""TBX: the terms of a pair as a term base (ISO 30042:2019, dialect TBX-Basic, style dca).

The commonest rendering of a term is marked preferred, the others admitted; counts and places stand in notes.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from mocalign.report import Report
from mocalign.termlist import Term, terms
from mocalign.writers import Options
from mocalign.writers.shared import embedder_of, serialise, xml_safe

__all__ = ["render", "term_base"]

NS = "urn:iso:std:iso:30042:ed-2"
_XML = "{http://www.w3.org/XML/1998/namespace}"


def render(report: Report, options: Options) -> bytes:
    """Return the terms of a report's alignment as a term base."""
    return term_base(terms(report.alignment, embedder=embedder_of(report)).terms)


def term_base(found: Sequence[Term]) -> bytes:
    """Return terms as a term base."""
    from lxml import etree

    names: dict[Any, str] = {None: NS}
    root = etree.Element(f"{{{NS}}}tbx", {"type": "TBX-Basic", "style": "dca", f"{_XML}lang": "en"}, nsmap=names)
    header = etree.SubElement(root, f"{{{NS}}}tbxHeader")
    source = etree.SubElement(etree.SubElement(header, f"{{{NS}}}fileDesc"), f"{{{NS}}}sourceDesc")
    etree.SubElement(source, f"{{{NS}}}p").text = "Terms of a Japanese and English pair of texts, made with mocalign"
    body = etree.SubElement(etree.SubElement(root, f"{{{NS}}}text"), f"{{{NS}}}body")
    for number, term in enumerate(found, 1):
        entry = etree.SubElement(body, f"{{{NS}}}conceptEntry", id=f"c{number}")
        ja = etree.SubElement(entry, f"{{{NS}}}langSec", {f"{_XML}lang": "ja"})
        section = etree.SubElement(ja, f"{{{NS}}}termSec")
        etree.SubElement(section, f"{{{NS}}}term").text = xml_safe(term.ja)
        etree.SubElement(section, f"{{{NS}}}note").text = f"count: {term.count}"
        en = etree.SubElement(entry, f"{{{NS}}}langSec", {f"{_XML}lang": "en"})
        for at, rendering in enumerate(term.renderings):
            section = etree.SubElement(en, f"{{{NS}}}termSec")
            etree.SubElement(section, f"{{{NS}}}term").text = xml_safe(rendering.en)
            status = "preferredTerm-admn-sts" if at == 0 else "admittedTerm-admn-sts"
            etree.SubElement(section, f"{{{NS}}}termNote", type="administrativeStatus").text = status
            places = ", ".join(rendering.labels)
            note = f"count: {rendering.count}" + (f"; places: {places}" if places else "")
            etree.SubElement(section, f"{{{NS}}}note").text = xml_safe(note)
    return serialise(root, leaves=frozenset({"term", "termNote", "note", "p"}))
