"""CSV, TMX, XLIFF and TBX: valid, read back by others, the same bytes each time.

The schemas are this project's own wording of the parts of the standards that the writers use: stricter than the
standards where those leave room, never looser.
"""

from __future__ import annotations

import csv
import io
import xml.etree.ElementTree as ET
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from mocalign import readers, termlist, writers
from mocalign.glossary import read_glossary
from mocalign.model import Alignment, Bead, Document, Finding, Severity, Span
from mocalign.report import Report
from mocalign.writers.csv import COLUMNS
from mocalign.writers.tbx import term_base

XLF = "{urn:oasis:names:tc:xliff:document:2.0}"
XML = "{http://www.w3.org/XML/1998/namespace}"

TMX_DTD = """
<!ELEMENT tmx (header, body)>
<!ATTLIST tmx version CDATA #FIXED "1.4">
<!ELEMENT header (note | prop)*>
<!ATTLIST header creationtool CDATA #REQUIRED creationtoolversion CDATA #REQUIRED
  segtype (block | paragraph | sentence | phrase) #REQUIRED o-tmf CDATA #REQUIRED adminlang CDATA #REQUIRED
  srclang CDATA #REQUIRED datatype CDATA #REQUIRED>
<!ELEMENT body (tu*)>
<!ELEMENT tu ((note | prop)*, tuv+)>
<!ATTLIST tu tuid CDATA #IMPLIED>
<!ELEMENT note (#PCDATA)>
<!ELEMENT prop (#PCDATA)>
<!ATTLIST prop type CDATA #REQUIRED>
<!ELEMENT tuv ((note | prop)*, seg)>
<!ATTLIST tuv xml:lang CDATA #REQUIRED>
<!ELEMENT seg (#PCDATA)>
"""

XLIFF_XSD = """
<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:x="urn:oasis:names:tc:xliff:document:2.0"
  targetNamespace="urn:oasis:names:tc:xliff:document:2.0" elementFormDefault="qualified">
  <xs:import namespace="http://www.w3.org/XML/1998/namespace" schemaLocation="xml.xsd"/>
  <xs:import namespace="urn:oasis:names:tc:xliff:metadata:2.0" schemaLocation="metadata.xsd"/>
  <xs:element name="xliff"><xs:complexType><xs:sequence><xs:element ref="x:file" maxOccurs="unbounded"/></xs:sequence>
    <xs:attribute name="version" fixed="2.1" use="required"/><xs:attribute name="srcLang" type="xs:language" use="required"/>
    <xs:attribute name="trgLang" type="xs:language"/></xs:complexType></xs:element>
  <xs:element name="file"><xs:complexType><xs:sequence><xs:element ref="x:notes" minOccurs="0"/>
    <xs:element ref="x:unit" maxOccurs="unbounded"/></xs:sequence>
    <xs:attribute name="id" type="xs:NMTOKEN" use="required"/><xs:attribute name="original" type="xs:string"/></xs:complexType></xs:element>
  <xs:element name="notes"><xs:complexType><xs:sequence><xs:element ref="x:note" maxOccurs="unbounded"/></xs:sequence></xs:complexType></xs:element>
  <xs:element name="note"><xs:complexType><xs:simpleContent><xs:extension base="xs:string">
    <xs:attribute name="id" type="xs:NMTOKEN"/><xs:attribute name="category" type="xs:string"/>
    <xs:attribute name="appliesTo"><xs:simpleType><xs:restriction base="xs:string"><xs:enumeration value="source"/>
      <xs:enumeration value="target"/></xs:restriction></xs:simpleType></xs:attribute>
    <xs:attribute name="priority"><xs:simpleType><xs:restriction base="xs:positiveInteger"><xs:maxInclusive value="10"/>
      </xs:restriction></xs:simpleType></xs:attribute></xs:extension></xs:simpleContent></xs:complexType></xs:element>
  <xs:element name="unit"><xs:complexType><xs:sequence>
    <xs:any namespace="urn:oasis:names:tc:xliff:metadata:2.0" minOccurs="0" processContents="strict"/>
    <xs:element ref="x:notes" minOccurs="0"/><xs:element ref="x:segment" maxOccurs="unbounded"/></xs:sequence>
    <xs:attribute name="id" type="xs:NMTOKEN" use="required"/><xs:attribute name="name" type="xs:string"/></xs:complexType></xs:element>
  <xs:element name="segment"><xs:complexType><xs:sequence><xs:element name="source" type="x:content"/>
    <xs:element name="target" type="x:content" minOccurs="0"/></xs:sequence><xs:attribute name="id" type="xs:NMTOKEN"/>
    <xs:attribute name="state"><xs:simpleType><xs:restriction base="xs:string"><xs:enumeration value="initial"/>
      <xs:enumeration value="translated"/><xs:enumeration value="reviewed"/><xs:enumeration value="final"/>
      </xs:restriction></xs:simpleType></xs:attribute></xs:complexType></xs:element>
  <xs:complexType name="content" mixed="true"><xs:sequence><xs:element name="mrk" minOccurs="0" maxOccurs="unbounded">
    <xs:complexType mixed="true"><xs:attribute name="id" type="xs:NMTOKEN" use="required"/>
    <xs:attribute name="type" fixed="comment" use="required"/><xs:attribute name="ref" type="xs:anyURI" use="required"/>
    </xs:complexType></xs:element></xs:sequence><xs:attribute ref="xml:space"/></xs:complexType>
</xs:schema>
"""
METADATA_XSD = """
<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:m="urn:oasis:names:tc:xliff:metadata:2.0"
  targetNamespace="urn:oasis:names:tc:xliff:metadata:2.0" elementFormDefault="qualified">
  <xs:element name="metadata"><xs:complexType><xs:sequence><xs:element name="metaGroup"><xs:complexType><xs:sequence>
    <xs:element name="meta" maxOccurs="unbounded"><xs:complexType><xs:simpleContent><xs:extension base="xs:string">
    <xs:attribute name="type" type="xs:string" use="required"/></xs:extension></xs:simpleContent></xs:complexType></xs:element>
  </xs:sequence><xs:attribute name="category"/></xs:complexType></xs:element></xs:sequence></xs:complexType></xs:element>
</xs:schema>
"""
SPACE_XSD = """
<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" targetNamespace="http://www.w3.org/XML/1998/namespace">
  <xs:attribute name="space"><xs:simpleType><xs:restriction base="xs:NCName"><xs:enumeration value="default"/>
    <xs:enumeration value="preserve"/></xs:restriction></xs:simpleType></xs:attribute>
  <xs:attribute name="lang" type="xs:language"/>
</xs:schema>
"""
TBX_XSD = """
<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:t="urn:iso:std:iso:30042:ed-2"
  targetNamespace="urn:iso:std:iso:30042:ed-2" elementFormDefault="qualified">
  <xs:import namespace="http://www.w3.org/XML/1998/namespace" schemaLocation="xml.xsd"/>
  <xs:element name="tbx"><xs:complexType><xs:sequence>
    <xs:element name="tbxHeader"><xs:complexType><xs:sequence><xs:element name="fileDesc"><xs:complexType><xs:sequence>
      <xs:element name="sourceDesc"><xs:complexType><xs:sequence><xs:element name="p" type="xs:string"/></xs:sequence></xs:complexType>
      </xs:element></xs:sequence></xs:complexType></xs:element></xs:sequence></xs:complexType></xs:element>
    <xs:element name="text"><xs:complexType><xs:sequence><xs:element name="body"><xs:complexType><xs:sequence>
      <xs:element name="conceptEntry" maxOccurs="unbounded"><xs:complexType><xs:sequence>
        <xs:element name="langSec" maxOccurs="unbounded"><xs:complexType><xs:sequence>
          <xs:element name="termSec" maxOccurs="unbounded"><xs:complexType><xs:sequence>
            <xs:element name="term" type="xs:string"/>
            <xs:element name="termNote" minOccurs="0"><xs:complexType><xs:simpleContent><xs:extension base="t:status">
              <xs:attribute name="type" fixed="administrativeStatus" use="required"/></xs:extension></xs:simpleContent></xs:complexType></xs:element>
            <xs:element name="note" type="xs:string" minOccurs="0"/></xs:sequence></xs:complexType></xs:element></xs:sequence>
          <xs:attribute ref="xml:lang" use="required"/></xs:complexType></xs:element></xs:sequence>
        <xs:attribute name="id" type="xs:ID" use="required"/></xs:complexType></xs:element></xs:sequence></xs:complexType></xs:element>
    </xs:sequence></xs:complexType></xs:element></xs:sequence>
    <xs:attribute name="type" fixed="TBX-Basic" use="required"/><xs:attribute name="style" fixed="dca" use="required"/>
    <xs:attribute ref="xml:lang" use="required"/></xs:complexType></xs:element>
  <xs:simpleType name="status"><xs:restriction base="xs:string"><xs:enumeration value="preferredTerm-admn-sts"/>
    <xs:enumeration value="admittedTerm-admn-sts"/></xs:restriction></xs:simpleType>
</xs:schema>
"""


@pytest.fixture(scope="module")
def schemas(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The schemas as files, so that they can import each other."""
    folder = tmp_path_factory.mktemp("schemas")
    for name, text in (("xliff", XLIFF_XSD), ("metadata", METADATA_XSD), ("xml", SPACE_XSD), ("tbx", TBX_XSD)):
        (folder / f"{name}.xsd").write_text(text, encoding="utf-8")
    return folder


def _finding(document: Document, quote: str, bead: int, **more: Any) -> Finding:
    at = document.text.index(quote)
    span = Span(at, quote)
    values: dict[str, Any] = {
        "code": "ACC001",
        "name": "some-fault",
        "mqm": "accuracy/mistranslation",
        "severity": Severity.major,
        "confidence": 0.9,
        "message": "This is wrong.",
        "message_ja": "これは誤りである。",
        "bead": bead,
        "label": (),
        "ja": span if document.lang == "ja" else None,
        "en": span if document.lang == "en" else None,
    }
    return Finding(**{**values, **more})


JA = Document.from_segments(
    "ja",
    ["協力覚書", "参加者は、学术界の協力を\n強化する。", "=SUM(1)<&>\x07 の条", "英文にない条"],
    source="drafts/moc.ja.md",
)
EN = Document.from_segments(
    "en",
    ["Memorandum of Cooperation", "The Participants strengthen\ncooperation.", "=Article & <more>", "Only English"],
)


def _report(*findings: Finding) -> Report:
    beads = (
        Bead(JA.segments[:1], EN.segments[:1], 0.95, "match"),
        Bead(JA.segments[1:2], EN.segments[1:2], 0.9, "match"),
        Bead(JA.segments[2:3], EN.segments[2:3], 0.8, "moved"),
        Bead(JA.segments[3:], (), 0.0, "ja-only"),
        Bead((), EN.segments[3:], 0.0, "en-only"),
    )
    return Report(Alignment(JA, EN, beads), findings, {})


FINDINGS = (
    _finding(JA, "术", 1, suggestion="術"),
    _finding(JA, "学术界", 1),  # overlaps the one before
    _finding(EN, "cooperation.", 1, severity=Severity.minor),
    _finding(JA, "=SUM(1)", 2, message="+1 is <wrong>", suggestion="-1"),
    _finding(JA, "協力覚書", -1, severity=Severity.critical),
)


@pytest.mark.parametrize("name", ["csv", "tmx", "xliff", "tbx"])
def test_the_same_report_gives_the_same_bytes(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """No clock, no chance."""
    from mocalign import embed

    monkeypatch.setattr(embed, "get_embedder", lambda *_, **__: embed.LexicalEmbedder())
    assert writers.render(_report(*FINDINGS), name) == writers.render(_report(*FINDINGS), name)


def test_csv_holds_the_findings_and_no_formula() -> None:
    """One row a finding, readable by the csv module; what a spreadsheet would run gets an apostrophe."""
    text = writers.render(_report(*FINDINGS), "csv")
    assert isinstance(text, str)
    assert text.startswith("\ufeff")
    rows = list(csv.reader(io.StringIO(text[1:])))
    assert tuple(rows[0]) == COLUMNS
    assert len(rows) == 1 + len(FINDINGS)
    assert not any(
        cell[:1] in set("=+-@\t\r＝＋－＠") and not cell.lstrip("-").isdigit() for r in rows[1:] for cell in r
    )
    row = dict(zip(rows[0], rows[4], strict=True))
    assert (row["ja"], row["message"], row["suggestion"]) == ("'=SUM(1)", "'+1 is <wrong>", "'-1")


def test_tmx_is_valid_and_holds_the_pairs() -> None:
    """One unit a bead with two sides; line breaks are joined as each language joins them."""
    content = writers.render(_report(*FINDINGS), "tmx")
    assert isinstance(content, bytes)
    dtd = etree.DTD(io.StringIO(TMX_DTD))
    assert dtd.validate(etree.fromstring(content)), dtd.error_log
    root = ET.fromstring(content)
    pairs = [tuple(v.findtext("seg") for v in u.findall("tuv")) for u in root.iter("tu")]
    assert pairs == [
        ("Memorandum of Cooperation", "協力覚書"),
        ("The Participants strengthen cooperation.", "参加者は、学术界の協力を強化する。"),
        ("=Article & <more>", "=SUM(1)<&>\ufffd の条"),
    ]
    assert len(list(root.iter("note"))) == 4


@pytest.mark.parametrize("findings", [FINDINGS, ()])
def test_xliff_is_valid(schemas: Path, findings: tuple[Finding, ...]) -> None:
    """Valid against the schema with and without findings, for a pair, one side and nothing."""
    schema = etree.XMLSchema(etree.parse(str(schemas / "xliff.xsd")))
    full = _report(*findings)
    alone = Alignment(JA, Document.empty("en"), tuple(Bead((s,), (), 0.0, "ja-only") for s in JA.segments))
    nothing = Alignment(Document.empty("ja"), Document.empty("en"), ())
    for report in (full, Report(alone, (), {}), Report(nothing, (), {})):
        content = writers.render(report, "xliff")
        assert isinstance(content, bytes)
        assert schema.validate(etree.fromstring(content)), schema.error_log


def test_xliff_holds_findings_as_notes_at_their_words() -> None:
    """Each finding is a note; its words are marked where marks do not overlap; the text is whole."""
    content = writers.render(_report(*FINDINGS), "xliff")
    assert isinstance(content, bytes)
    assert b"drafts/" not in content  # a file that travels names nobody's disk
    root = ET.fromstring(content)
    unit = root.findall(f".//{XLF}unit")[1]
    target = unit.find(f".//{XLF}target")
    assert target is not None
    assert "".join(target.itertext()) == "参加者は、学术界の協力を強化する。"
    notes = {n.get("id"): n for n in unit.iter(f"{XLF}note")}
    assert [n.get("appliesTo") for n in notes.values()] == ["target", "target", "source"]
    marks = {m.get("ref"): "".join(m.itertext()) for m in unit.iter(f"{XLF}mrk")}
    assert marks == {"#n=n1": "学术界", "#n=n2": "cooperation."}
    assert "→ 術" in "".join(notes["n0"].itertext())
    assert root.find(f"{XLF}file/{XLF}notes/{XLF}note") is not None


@pytest.mark.parametrize(("name", "suffix"), [("xliff", "xlf"), ("tmx", "tmx")])
def test_what_is_written_can_be_read_again(tmp_path: Path, name: str, suffix: str) -> None:
    """The project's own reader gives back both sides in order."""
    path = tmp_path / f"job.{suffix}"
    writers.write(_report(*FINDINGS), path)
    ja, en = readers.read_pair(path)
    wanted = 4 if name == "xliff" else 3
    assert [len(ja), len(en)] == [wanted, wanted]
    assert ja.segments[1].text == "参加者は、学术界の協力を強化する。"
    assert en.segments[1].text == "The Participants strengthen cooperation."


def _terms() -> tuple[termlist.Term, ...]:
    place = termlist.Place(0, ("1", "a"), Span(0, "協力覚書"), Span(0, "Memorandum of Cooperation"))
    other = termlist.Place(3, (), Span(9, "協力覚書"), Span(40, "memorandum"))
    return (
        termlist.Term(
            "協力覚書",
            3,
            (
                termlist.Rendering("Memorandum of Cooperation", (place, place)),
                termlist.Rendering("memorandum", (other,)),
            ),
            0.9,
        ),
        termlist.Term("参加者", 1, (termlist.Rendering("Participant <&>", (place,)),), 0.8),
    )


def test_tbx_is_valid_and_is_a_glossary(schemas: Path, tmp_path: Path) -> None:
    """Valid against the schema; the glossary reader takes it with its renderings."""
    content = term_base(_terms())
    schema = etree.XMLSchema(etree.parse(str(schemas / "tbx.xsd")))
    assert schema.validate(etree.fromstring(content)), schema.error_log
    (tmp_path / "terms.tbx").write_bytes(content)
    found = read_glossary(tmp_path / "terms.tbx")
    assert [(t.en, t.ja) for t in found] == [
        ("Memorandum of Cooperation", ("協力覚書",)),
        ("memorandum", ("協力覚書",)),
        ("Participant <&>", ("参加者",)),
    ]
    assert "1.a" in content.decode()
