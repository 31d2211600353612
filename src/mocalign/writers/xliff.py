"""XLIFF 2.1: a unit for each bead, the findings as notes at their words (OASIS Standard, 13 February 2018).

The English text is the source and the Japanese the target. A check of one side alone has a source only. What the
alignment says (score, relation, label) stands in the metadata module.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from typing import Any

from mocalign.model import Bead, Finding, Lang, Segment, Severity
from mocalign.report import Report
from mocalign.writers import Options
from mocalign.writers.shared import base_name, message, pieces, serialise, xml_safe

__all__ = ["render"]

NS = "urn:oasis:names:tc:xliff:document:2.0"
MDA = "urn:oasis:names:tc:xliff:metadata:2.0"
_PRIORITY = {Severity.critical: "1", Severity.major: "2", Severity.minor: "4", Severity.neutral: "7"}
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"


def render(report: Report, options: Options) -> bytes:
    """Return the bilingual file."""
    from lxml import etree

    alignment = report.alignment
    paired = bool(alignment.ja.segments and alignment.en.segments)
    source: Lang = "en" if alignment.en.segments else "ja"
    attributes = {"version": "2.1", "srcLang": source} | ({"trgLang": "ja"} if paired else {})
    names: dict[Any, str] = {None: NS, "mda": MDA}
    root = etree.Element(f"{{{NS}}}xliff", attributes, nsmap=names)
    documents = [d for d in (alignment.en, alignment.ja) if d.segments]
    file = etree.SubElement(root, f"{{{NS}}}file", id="f1")
    if documents:
        file.set("original", xml_safe(" ".join(base_name(d) for d in documents)))
    by_bead: dict[int, list[Finding]] = {}
    for f in report.findings:
        by_bead.setdefault(f.bead, []).append(f)
    if -1 in by_bead:
        _notes(file, by_bead[-1], source, options)
    for number, bead in enumerate(alignment.beads):
        _unit(file, number, bead, by_bead.get(number, []), options, source=source, paired=paired)
    if not alignment.beads:  # a file holds at least one unit
        unit = etree.SubElement(file, f"{{{NS}}}unit", id="u0")
        etree.SubElement(etree.SubElement(unit, f"{{{NS}}}segment"), f"{{{NS}}}source")
    return serialise(root, leaves=frozenset({"source", "target", "note", "meta"}))


def _notes(parent: Any, findings: Sequence[Finding], source: Lang, options: Options) -> None:
    from lxml import etree

    notes = etree.SubElement(parent, f"{{{NS}}}notes")
    for at, f in enumerate(findings):
        note = etree.SubElement(notes, f"{{{NS}}}note", id=f"n{at}", category=f.code, priority=_PRIORITY[f.severity])
        if parent.tag.endswith("unit") and bool(f.ja) != bool(f.en):
            note.set("appliesTo", "source" if (f.en if source == "en" else f.ja) else "target")
        text = f"{f.severity.name} {f.name}: {message(f, options.lang)}"
        if f.suggestion is not None:
            text += f" → {f.suggestion or '∅'}"
        note.text = xml_safe(text)


def _unit(
    file: Any,
    number: int,
    bead: Bead,
    findings: Sequence[Finding],
    options: Options,
    *,
    source: Lang,
    paired: bool,
) -> None:
    from lxml import etree

    unit = etree.SubElement(file, f"{{{NS}}}unit", id=f"u{number}")
    if bead.label:
        unit.set("name", xml_safe(".".join(bead.label)))
    group = etree.SubElement(etree.SubElement(unit, f"{{{MDA}}}metadata"), f"{{{MDA}}}metaGroup", category="mocalign")
    facts = [("relation", bead.relation), ("score", f"{bead.score:.4f}")] if paired else []
    facts += [("kind", s.kind) for s in (bead.ja + bead.en)[:1]]
    for kind, value in facts:
        etree.SubElement(group, f"{{{MDA}}}meta", type=kind).text = value
    if findings:
        _notes(unit, findings, source, options)
    segment = etree.SubElement(unit, f"{{{NS}}}segment", id="s1")
    _fill(etree.SubElement(segment, f"{{{NS}}}source"), bead, source, findings)
    if paired and bead.ja:
        segment.set("state", "translated")
        _fill(etree.SubElement(segment, f"{{{NS}}}target"), bead, "ja", findings)


def _fill(parent: Any, bead: Bead, lang: Lang, findings: Sequence[Finding]) -> None:
    """Write a side of a bead; a finding whose words stand free of other findings' words is marked there."""
    from lxml import etree

    segments: tuple[Segment, ...] = bead.ja if lang == "ja" else bead.en
    runs: list[tuple[int, int, str]] = []
    for at, s in enumerate(segments):
        if at:
            runs.append((s.span.start, s.span.start, "\n"))
        runs.extend(pieces(s, lang))
    if any(text != text.strip() or "\n" in text for _, _, text in runs) or len(runs) > 1:
        parent.set(_SPACE, "preserve")
    marks: list[tuple[int, int, int]] = []
    for at, f in enumerate(findings):
        span = f.ja if lang == "ja" else f.en
        if span is not None and span.text and any(s.span.start <= span.start < s.span.end for s in segments):
            marks.append((span.start, span.end, at))
    free: list[tuple[int, int, int]] = []
    for mark in sorted(marks):
        if not free or mark[0] >= free[-1][1]:
            free.append(mark)

    node, tail = parent, False

    def put(text: str) -> None:
        text = xml_safe(text)
        if tail:
            node[-1].tail = (node[-1].tail or "") + text
        else:
            node.text = (node.text or "") + text

    opened = -1
    for start, end, text in runs:
        verbatim = len(text) == end - start
        cuts = sorted({start, end, *(c for a, b, _ in free for c in (a, b) if verbatim and start < c < end)})
        for a, b in itertools.pairwise(cuts) if start < end else [(start, end)]:
            piece = text[a - start : b - start] if verbatim else text
            inside = next((m for m in free if m[0] <= a and b <= m[1] and a < b), None)
            if inside is None:
                if opened >= 0:
                    node, tail, opened = parent, True, -1
                put(piece)
            else:
                if opened != inside[2]:
                    node, tail = parent, False
                    side = "s" if lang != "ja" else "t"
                    mark_id = f"m{side}{inside[2]}"
                    node = etree.SubElement(parent, f"{{{NS}}}mrk", id=mark_id, type="comment", ref=f"#n=n{inside[2]}")
                    opened = inside[2]
                put(piece)
