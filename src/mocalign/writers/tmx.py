"""TMX 1.4b: the pairs of an alignment as a translation memory (LISA OSCAR, Translation Memory eXchange 1.4b, 2005).

Beads with one empty side have no place in a translation memory and are left out.
"""

from __future__ import annotations

from mocalign import __version__
from mocalign.model import Alignment
from mocalign.report import Report
from mocalign.writers import Options
from mocalign.writers.shared import bead_text, message, serialise, xml_safe

__all__ = ["memory", "render"]

_XML = "{http://www.w3.org/XML/1998/namespace}"


def render(report: Report, options: Options) -> bytes:
    """Return the pairs with their findings as notes."""
    notes: dict[int, list[str]] = {}
    for f in report.findings:
        notes.setdefault(f.bead, []).append(f"{f.severity.name} {f.code} {f.name}: {message(f, options.lang)}")
    return memory(report.alignment, notes=notes)


def memory(alignment: Alignment, *, notes: dict[int, list[str]] | None = None) -> bytes:
    """Return an alignment as a translation memory; `notes` are texts by bead number."""
    from lxml import etree

    root = etree.Element("tmx", version="1.4")
    etree.SubElement(
        root,
        "header",
        {
            "creationtool": "mocalign",
            "creationtoolversion": __version__,
            "segtype": "paragraph",
            "o-tmf": "mocalign",
            "adminlang": "en",
            "srclang": "en",
            "datatype": "plaintext",
        },
    )
    body = etree.SubElement(root, "body")
    for number, bead in enumerate(alignment.beads):
        if not bead.ja or not bead.en:
            continue
        unit = etree.SubElement(body, "tu", tuid=str(number))
        for text in (notes or {}).get(number, ()):
            etree.SubElement(unit, "note").text = xml_safe(text)
        for kind, value in (("x-label", ".".join(bead.label)), ("x-score", f"{bead.score:.4f}")):
            if value:
                etree.SubElement(unit, "prop", type=kind).text = xml_safe(value)
        for lang, segments in (("en", bead.en), ("ja", bead.ja)):
            variant = etree.SubElement(unit, "tuv", {f"{_XML}lang": lang})
            side = "en" if lang == "en" else "ja"
            etree.SubElement(variant, "seg").text = xml_safe(bead_text(segments, side))  # type: ignore[arg-type]
    return serialise(root, leaves=frozenset({"seg", "note", "prop"}))
