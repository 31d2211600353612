"""Segmentation: labels, kinds, broken paragraphs; on small texts, the bundled corpora and the reference texts."""

from __future__ import annotations

import csv
import random
import subprocess
import sys
import time
from pathlib import Path

import pytest

from mocalign import readers
from mocalign.model import Document, Lang
from mocalign.segment import ordinals

CORPORA = Path(__file__).resolve().parent.parent / "corpora"


def labels(text: str, lang: Lang) -> list[str]:
    """Labels of the segments, dotted."""
    return [".".join(s.label) for s in readers.parse(text, lang).segments]


def kinds(text: str, lang: Lang) -> list[str]:
    """Kinds of the segments."""
    return [s.kind for s in readers.parse(text, lang).segments]


def views(document: Document) -> list[str]:
    """What a reader sees of each segment."""
    return [s.view(document.lang).text for s in document.segments]


LABELS = [
    ("ja", "第1項 目的\n\n本覚書は、協力を促進する。", "1 1"),
    ("en", "Paragraph 1 Purpose\n\nThis Memorandum promotes cooperation.", "1 1"),
    ("ja", "第二条　次のとおりとする。\n\n一　甲に関する事項\n\n二　乙に関する事項", "2 2.1 2.2"),
    ("en", "Article 2 As follows:\n\n(i) matters of A;\n\n(ii) matters of B.", "2 2.1 2.2"),
    ("ja", "第三条　国は、計画を作る。\n\n２　国は、これを公表する。\n\n第四条　細則は、別に定める。", "3.1 3.2 4"),
    (
        "en",
        "Article 3 (1) The State makes a plan.\n\n(2) The State publishes it.\n\nArticle 4 Details follow.",
        "3.1 3.2 4",
    ),
    (
        "ja",
        "第五条　次の各号とする。\n\n一　建物\n\nイ　大きいもの\n\nロ　小さいもの\n\n二　道路",
        "5 5.1 5.1.a 5.1.b 5.2",
    ),
    ("ja", "## 1. 目的\n\n1.1 覚書を作る。\n\n1.1.1 細目\n\n1.2 これを守る。", "1 1.1 1.1.1 1.2"),
    (
        "ja",
        "## Ⅱ. 定義\n\n1. 用語は、次による。\n\n（1）甲\n\n（a）乙\n\n（2）丙\n\n2. 前項を準用する。",
        "2 2.1 2.1.1 2.1.1.a 2.1.2 2.2",
    ),
    (
        "ja",
        "## 第１節　協力\n\n（１）次のとおりとする。\nア　研修\nイ　派遣\n\n（２）終わる。",
        "1 1.1 1.1.a 1.1.b 1.2",
    ),
    ("ja", "1. 次の分野とする。\n\n① 医療\n\n② 教育\n\n2. 以上とする。", "1 1.1 1.2 2"),
    ("ja", "1. 分野は次のとおり。\n\n- a) 甲\n- b) 乙\n\nc) 丙\n\n2. 終わる。", "1 1.a 1.b 1.c 2"),
    ("en", "(g) one;\n\n(h) two;\n\n(i) three;\n\n(j) four.", "g h i j"),
    ("en", "(i) one;\n\n(ii) two;\n\n(v) five.", "1 2 5"),
    ("ja", "## 第一章 総則\n\n第一条　定める。\n\n## 第二章 雑則\n\n第二条　定める。", "chapter-1 1 chapter-2 2"),
    (
        "en",
        "## Chapter I General\n\nArticle 1 It is laid down.\n\n## Chapter II Other\n\nArticle 2 So it is.",
        "chapter-1 1 chapter-2 2",
    ),
    (
        "ja",
        "第一条　定める。\n\n## 附則\n\n第一条　施行する。\n\n## 附属書 一覧\n\n1　甲\n\n2　乙",
        "1 supplement supplement.1 annex annex.1 annex.2",
    ),
    ("ja", "第四条の二　特例を定める。", "4-2"),
    ("ja", "第三条の規定により、計画を作る。", ""),
    ("ja", "（１）に掲げる分野のほか、新たな分野を加える。", ""),
    ("ja", "（１）がん対策", "1"),
    ("en", "Article 5 of the Agreement applies to this matter.", ""),
    ("ja", "# 題\n\n2 通を作成した。\n\n6 か月前に通知する。", "  "),
]


@pytest.mark.parametrize(("lang", "text", "expected"), LABELS)
def test_labels_have_one_normal_form(lang: Lang, text: str, expected: str) -> None:
    """The place in the instrument is written the same way in both languages."""
    assert labels(text, lang) == expected.split(" ")


def test_ordinals_compare_letters_with_numbers() -> None:
    """ア and (i), （１） and (a) stand in the same place."""
    assert ordinals(("3", "1", "b")) == ordinals(("3", "1", "2")) == (3, 1, 2)
    assert ordinals(("annex-1", "4-2", "aa")) == (1, 2, 27)
    assert ordinals(("annex",)) == (0,)


KINDS = [
    (
        "ja",
        "甲国と乙国との間の協力覚書\n\n甲国及び乙国は、\n\n平和を希求し、\n\n次のとおり認識に達した。\n\n第1項 目的\n\n協力する。",
        "title preamble recital preamble heading paragraph",
    ),
    (
        "en",
        "# Memorandum\n\nThe two Participants,\n\nRECALLING peace;\n\nHave decided:\n\n## Paragraph 1 Purpose\n\nThey cooperate.",
        "title preamble recital preamble heading paragraph",
    ),
    ("ja", "# 題\n\n**背景**\n\n文である。\n\n※ 注である。", "title heading paragraph note"),
    ("ja", "（目的）\n\n第一条　目的を定める。", "caption paragraph"),
    (
        "ja",
        "1. 終わる。\n\n本書2通を作成した。\n\n甲省を代表して\n\n山田太郎\n\n大臣",
        "item paragraph signature signature signature",
    ),
    (
        "en",
        "1. It ends.\n\nSigned in duplicate.\n\nFor the Ministry of Health of Utopia\n\nJane DOE\n\nMinister",
        "item paragraph signature signature signature",
    ),
    ("ja", "| 項目 | 額 |\n|---|---|\n| 会費 | 3円 |", "table-cell table-cell table-cell table-cell"),
]


@pytest.mark.parametrize(("lang", "text", "expected"), KINDS)
def test_kinds(lang: Lang, text: str, expected: str) -> None:
    """Titles, recitals, captions, notes and signatures are told apart."""
    assert kinds(text, lang) == expected.split(" ")


BROKEN = [
    ("信頼性の高い国際的なエコシ\n\nシステムへと成長するよう支援する。", "シ"),
    ("当事者らは、量子技術の研究開\n\n発を共同で進める。", ""),
    ("当事者らは、研究の成果を共同で公表する\n\nことができる。", ""),
    ("当事者らは、研究の成果及び\n\n関係する資料を保存する。", ""),
    ("当事者らは、必要な資料を複製\n\n製の上、相手方に送付する。", "製"),
    ("両国の関係者は、6\n\nか月前に書面で通知する。", ""),
    ("甲国デジタル開発・情報\n省を代表して", ""),
]


@pytest.mark.parametrize(("text", "doubled"), BROKEN)
def test_broken_paragraphs_are_joined_and_remembered(text: str, doubled: str) -> None:
    """The segment covers both parts, its view reads on, and the seam says what is doubled."""
    document = readers.parse(f"# 題\n\n前の文である。\n\n{text}\n\n1. 次の文である。", "ja")
    found = [s for s in document.segments if s.seams]
    assert len(found) == 1
    assert [m.doubled for m in found[0].seams] == [doubled]
    first, second = text.split("\n\n") if "\n\n" in text else text.split("\n")
    assert found[0].view("ja").text == first + second[len(doubled) :]
    assert found[0].text == text


WHOLE = [
    "目的\n\n的確な実施を図る。",
    "平和を認識し、\n\n協力を希望し、\n\n次のとおり決定する。",
    "甲省を代表して\n\n山田太郎\n\n乙大臣",
    "人材の育成\n\n成果の公表\n\n情報の交換",
    "定義\n\nこの協定の適用上、次のとおりとする。",
    "当事者らは、協力を促進する\n\n当事者らは、毎年会合する。",
    "協力覚書\n\n覚書の当事者は、次のとおりである。",
    "- 情報の共有\n- 有識者の会合",
]


@pytest.mark.parametrize("text", WHOLE)
def test_whole_paragraphs_stay_apart(text: str) -> None:
    """Headings, recitals, items without a stop, names and offices are not joined."""
    document = readers.parse(text, "ja")
    assert len(document.segments) == len([line for line in text.split("\n") if line])
    assert not any(s.seams for s in document.segments)


def test_english_paragraph_that_goes_on_in_lower_case_is_joined() -> None:
    """A sentence that stops at an article goes on; list items and headings do not."""
    text = "The Participants will cooperate in building the\n\nthe trusted international network of laboratories."
    document = readers.parse(text, "en")
    assert [m.doubled for m in document.segments[0].seams] == ["the"]
    assert "building the trusted" in views(document)[0]
    whole = readers.parse("The areas are:\n\nexchange of data; and\n\nexchange of staff.", "en")
    assert len(whole.segments) == 3


def test_corpora_give_no_false_seams_and_equal_labels() -> None:
    """In the corpora only planted breaks are seams, and gold pairs stand in the same place."""
    planted = {"japan-singapore-quantum": 2}
    for place in sorted(CORPORA.iterdir()):
        if not (place / "beads.tsv").is_file():
            continue
        sides: dict[str, Document] = {
            "ja": readers.read(place / "ja.md", "ja"),
            "en": readers.read(place / "en.md", "en"),
        }
        assert sum(len(s.seams) for s in sides["ja"].segments) == planted.get(place.name, 0), place.name
        assert not any(s.seams for s in sides["en"].segments), place.name
        lines = {
            (lang, number): s
            for lang, document in sides.items()
            for s in document.segments
            for number in range(
                document.text.count("\n", 0, s.span.start) + 1, document.text.count("\n", 0, s.span.end) + 2
            )
        }
        equal = total = 0
        with (place / "beads.tsv").open(encoding="utf-8", newline="") as stream:
            for row in csv.DictReader(stream, delimiter="\t"):
                if row["relation"] != "match" or not row["ja"] or not row["en"]:
                    continue
                one = lines["ja", int(row["ja"].split()[0])]
                two = lines["en", int(row["en"].split()[0])]
                total += 1
                equal += ordinals(one.label) == ordinals(two.label) and one.kind == two.kind
        # lists that the translation reorders are gold matches with other labels
        assert equal >= 0.9 * total, place.name


def test_cut_corpora_paragraphs_are_mended_and_shuffled_ones_are_not() -> None:
    """Seeded: most cuts inside Japanese sentences are found, no join is made between whole paragraphs."""
    rng = random.Random(11)
    texts = [
        s.body_view("ja").text
        for place in sorted(CORPORA.iterdir())
        if (place / "ja.md").is_file()
        for s in readers.read(place / "ja.md", "ja").segments
        if s.kind in ("paragraph", "item") and s.text.endswith("。") and len(s.text) > 60
    ]
    found = cuts = 0
    for text in rng.sample(texts, 60):
        at = rng.randrange(20, len(text) - 12)
        if text[at - 1] in "。、，" or text[at] in "。、」）":
            continue
        cuts += 1
        found += any(s.seams for s in readers.parse(f"前の文。\n\n{text[:at]}\n\n{text[at:]}", "ja").segments)
    assert found >= 0.6 * cuts
    rng.shuffle(texts)
    for joined in ("\n\n".join(texts), "\n\n".join(t.rstrip("。") for t in texts)):
        assert not any(s.seams for s in readers.parse(joined, "ja").segments)


def test_reference_instrument(shared: Path) -> None:
    """Every Japanese segment has its counterpart's label, a) to h) included; both breaks are joined."""
    ja = readers.read(shared / "seed" / "moc-quantum.ja.md", "ja")
    en = readers.read(shared / "seed" / "moc-quantum.en.md", "en")
    assert [(s.kind, s.label) for s in ja.segments] == [(s.kind, s.label) for s in en.segments]
    assert [s.label for s in ja.segments if s.label[:2] == ("2", "1")][1:] == [("2", "1", c) for c in "abcdefgh"]
    assert sum(s.text.count("术") for s in ja.segments) == 3
    assert [m.doubled for s in ja.segments for m in s.seams] == ["シ", ""]
    text = "\n".join(views(ja))
    assert "国際的エコシステム及び" in text
    assert "デジタル開発・情報省を代表して" in text
    assert not any(mark in text for mark in ("**", "- a)", "\n#"))


def test_covenant_and_declaration(shared: Path) -> None:
    """Hard-wrapped English is one paragraph; front matter and link definitions are furniture."""
    ja = readers.read(shared / "real" / "covenant-2.1.ja.md", "ja")
    en = readers.read(shared / "real" / "covenant-2.1.en.md", "en")
    assert [(s.kind, s.label) for s in ja.segments] == [(s.kind, s.label) for s in en.segments]
    assert en.furniture[0].text.startswith("+++")
    assert not any(s.seams for s in (*ja.segments, *en.segments))
    ja = readers.read(shared / "real" / "udhr.ja.html", "ja")
    en = readers.read(shared / "real" / "udhr.en.html", "en")
    assert {s.label for s in ja.segments} == {s.label for s in en.segments}
    assert views(en)[2].startswith("Whereas recognition")


def test_any_text_keeps_the_promises() -> None:
    """Seeded random text never breaks a promise; every view and hole lies inside its segment."""
    rng = random.Random(3)
    pieces = [
        *"あアイ一二第条項(（)）.．、。・-*#|`[]_>　 \n\n12１①ⅠabcA\u3000\ufeff\u2028\x0c\ud800👍\u0301",
        "第一条　",
        "(a) ",
        "\n\n",
        "**",
        "## ",
        "附属書",
        "エコシ",
        "システム",
        "the ",
        "| a | b |\n|---|---|\n",
        "---\n",
    ]
    for _ in range(400):
        text = "".join(rng.choice(pieces) for _ in range(rng.randrange(120)))
        for lang in ("ja", "en"):
            document = readers.parse(text, lang)
            for s in document.segments:
                s.body_view(lang)
                assert all(s.span.start <= h.start <= h.end <= s.span.end for h in s.holes)
                assert all(document.text[m.span.start : m.span.end] == m.span.text for m in s.seams)


def test_time_grows_with_length() -> None:
    """Thirty thousand lines take seconds."""
    body = (CORPORA / "energy-efficiency-act" / "ja.md").read_text(encoding="utf-8") + "\n\n"
    text = body * (30_000 // body.count("\n"))
    start = time.perf_counter()
    assert len(readers.parse(text, "ja").segments) > 10_000
    assert time.perf_counter() - start < 15


def test_dictionary_stays_closed_without_a_candidate() -> None:
    """A text without a possible break does not open SudachiPy."""
    code = "import sys; from mocalign import readers; readers.parse('第1項 目的\\n\\n協力する。\\n\\n1. 会合する。', 'ja'); sys.exit('sudachipy' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("en", "Article 1\n\n1.“Program” means code.\n\n2.“User” means a person.\n\n3.(Reserved) Nothing."),
        ("en", 'Article 1\n\n1."Program" means code.\n\n2.The user may act.\n\n3.It ends.'),
        ("ja", "第1条\n\n1.「プログラム」とは、符号をいう。\n\n2.IPAは、行う。\n\n3.終わる。"),
    ],
)
def test_a_number_and_its_point_need_no_blank(lang: Lang, text: str) -> None:
    assert [s.label for s in readers.parse(text, lang).segments][1:] == [("1", "1"), ("1", "2"), ("1", "3")]


def test_lines_that_nobody_wraps_so_late_are_paragraphs() -> None:
    long = "The Participants intend to cooperate in the areas named below and in others. " * 4
    text = f"Preamble\n{long}\nCooperation\n{long}\n"
    assert len(readers.parse(text, "en").segments) == 4


def test_a_counted_thing_behind_a_bullet_is_no_number() -> None:
    text = "費用は次のとおりとする。\n\n- 一件の検索: 100 円\n- 5 つを超える写しの生成: 20 円\n- 2 回目の検索: 10 円\n"
    assert labels(text, "ja") == ["", "", "", ""]
