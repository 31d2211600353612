"""Glossaries in every format, and what is refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from mocalign.config import Config
from mocalign.errors import ConfigError
from mocalign.glossary import read_glossary, term_base, terms_for

CSV = (
    "en,ja,variants,forbidden,note\nsteering committee,運営委員会,,,\nminutes,議事録,会議録;議事要旨,分,not the time\n"
)
TBX2 = """<?xml version="1.0"?><martif type="TBX" xml:lang="en"><text><body>
<termEntry><langSet xml:lang="en"><tig><term>minutes</term></tig></langSet>
<langSet xml:lang="ja"><tig><term>議事録</term></tig>
<tig><term>分</term><termNote type="administrativeStatus">deprecatedTerm-admn-sts</termNote></tig></langSet></termEntry>
</body></text></martif>"""
TBX3 = """<?xml version="1.0"?><tbx xmlns="urn:iso:std:iso:30042:ed-2" type="TBX-Basic" style="dca" xml:lang="en"><text><body>
<conceptEntry><langSec xml:lang="en"><termSec><term>minutes</term></termSec></langSec>
<langSec xml:lang="ja"><termSec><term>議事録</term></termSec></langSec></conceptEntry></body></text></tbx>"""


def test_csv(tmp_path: Path) -> None:
    """Variants follow the preferred rendering; forbidden ones stand apart."""
    path = tmp_path / "g.csv"
    path.write_text(CSV, encoding="utf-8-sig")
    first, second = read_glossary(path)
    assert (first.en, first.ja) == ("steering committee", ("運営委員会",))
    assert second.ja == ("議事録", "会議録", "議事要旨")
    assert second.forbidden == ("分",)


@pytest.mark.parametrize("encoding", ["utf-8", "cp932", "utf-16"])
def test_tsv_in_the_encodings_of_spreadsheets(tmp_path: Path, encoding: str) -> None:
    """UTF-8, Shift_JIS and UTF-16 are told apart; Japanese headers are known."""
    path = tmp_path / "g.tsv"
    path.write_text("英語\t訳語\t禁止\nminutes\t議事録\t分\n", encoding=encoding)
    (term,) = read_glossary(path)
    assert (term.en, term.ja, term.forbidden) == ("minutes", ("議事録",), ("分",))


def test_xlsx(tmp_path: Path) -> None:
    """The first sheet is read."""
    import openpyxl

    book = openpyxl.Workbook()
    book.active.append(["English", "Japanese"])
    book.active.append(["minutes", "議事録"])
    book.active.append([None, None])
    path = tmp_path / "g.xlsx"
    book.save(path)
    (term,) = read_glossary(path)
    assert (term.en, term.ja) == ("minutes", ("議事録",))


@pytest.mark.parametrize(("text", "forbidden"), [(TBX2, ("分",)), (TBX3, ())], ids=["2008", "2019"])
def test_tbx(tmp_path: Path, text: str, forbidden: tuple[str, ...]) -> None:
    """Both editions of ISO 30042; a deprecated term is a forbidden one."""
    path = tmp_path / "g.tbx"
    path.write_text(text, encoding="utf-8")
    (term,) = read_glossary(path)
    assert (term.en, term.ja, term.forbidden) == ("minutes", ("議事録",), forbidden)


REFUSED = [
    ("g.csv", "", "empty"),
    ("g.csv", "english_term,japanese_term\na,b\n", "no column 'en'"),
    ("g.csv", "en,ja\nminutes,\n", "row 2"),
    ("g.tbx", "<martif>", "not well-formed"),
    ("g.tbx", "<html></html>", "<martif> or <tbx>"),
    ("g.tbx", "<martif></martif>", "no entry"),
    ("g.xlsx", "not a workbook", "not a readable workbook"),
    ("g.doc", "en,ja", "expected"),
]


@pytest.mark.parametrize(("name", "text", "message"), REFUSED)
def test_what_cannot_be_read_is_refused_in_one_line(tmp_path: Path, name: str, text: str, message: str) -> None:
    """The line names the file and what would be accepted."""
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ConfigError, match=message) as caught:
        read_glossary(path)
    assert name in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    """No traceback of the operating system."""
    with pytest.raises(ConfigError, match=r"g\.csv"):
        read_glossary(tmp_path / "g.csv")


def test_external_entities_are_not_read(tmp_path: Path) -> None:
    """A TBX file cannot make the reader open another file."""
    secret = tmp_path / "secret.txt"
    secret.write_text("議事録", encoding="utf-8")
    path = tmp_path / "g.tbx"
    path.write_text(
        f'<?xml version="1.0"?><!DOCTYPE martif [<!ENTITY x SYSTEM "{secret.as_uri()}">]>'
        '<martif><text><body><termEntry><langSet xml:lang="en"><tig><term>minutes</term></tig></langSet>'
        '<langSet xml:lang="ja"><tig><term>&x;</term></tig></langSet></termEntry></body></text></martif>',
        encoding="utf-8",
    )
    assert all("議事録" not in form for term in read_glossary(path) for form in term.ja)


def test_every_row_of_the_term_base_names_its_source() -> None:
    """And has an English term and a rendering; no rendering is allowed and forbidden at once."""
    base = term_base()
    assert len(base) > 250
    for term in base:
        assert term.en
        assert term.ja
        assert term.source, term.en
        assert not set(term.ja) & set(term.forbidden), term.en


def test_the_users_terms_come_first(tmp_path: Path) -> None:
    """Then the term base."""
    path = tmp_path / "g.csv"
    path.write_text(CSV, encoding="utf-8")
    terms = terms_for(Config(glossary=str(path)))
    assert terms[0] == ("steering committee", ("運営委員会",))
    assert len(terms) > 250
