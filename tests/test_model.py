"""The nouns keep their promises."""

from __future__ import annotations

import random
import unicodedata

import pytest

from mocalign.errors import PromiseError
from mocalign.model import Alignment, Bead, Document, Finding, Segment, Severity, Span, View, fingerprint

JA = Document.from_segments("ja", ["第1項　目的", "本覚書は、2026 年に署名された。"])
EN = Document.from_segments("en", ["Paragraph 1 Purpose", "This Memorandum was signed in 2026."])


def _bead(ja: int, en: int) -> Bead:
    return Bead((JA.segments[ja],), (EN.segments[en],), 0.5, "match")


BROKEN = [
    ("a span before the text", lambda: Span(-1, "x")),
    ("a part outside its span", lambda: Span(3, "abc").sub(2, 4)),
    ("an unknown kind", lambda: Segment(0, Span(0, "x"), "chapter")),
    ("a body outside its span", lambda: Segment(0, Span(0, "x"), body=5)),
    ("an unknown language", lambda: Document("fr", "", "", ())),  # type: ignore[arg-type]
    ("a segment that does not quote", lambda: Document("ja", "s", "abc", (Segment(0, Span(0, "x")),))),
    ("a wrong index", lambda: Document("ja", "s", "abc", (Segment(1, Span(0, "a")),))),
    (
        "overlapping segments",
        lambda: Document("ja", "s", "abc", (Segment(0, Span(0, "ab")), Segment(1, Span(1, "bc")))),
    ),
    ("furniture that does not quote", lambda: Document("ja", "s", "abc", (), (Span(0, "z"),))),
    ("a score above one", lambda: Bead((JA.segments[0],), (), 1.1, "ja-only")),
    ("an empty bead", lambda: Bead((), (), 0.0, "match")),
    ("a one-sided match", lambda: Bead((JA.segments[0],), (), 0.0, "match")),
    ("a two-sided ja-only", lambda: Bead((JA.segments[0],), (EN.segments[0],), 0.0, "ja-only")),
    ("a lost segment", lambda: Alignment(JA, EN, (_bead(0, 0),))),
    ("a segment twice", lambda: Alignment(JA, EN, (_bead(0, 0), _bead(0, 1), _bead(1, 1)))),
    ("a view without its offsets", lambda: View(Span(0, "ab"), "ab", (0,), (1, 2))),
    (
        "a finding that points nowhere",
        lambda: Finding("LIN001", "x", "y", Severity.minor, 0.5, "m", "m", 0, (), None, None),
    ),
    (
        "a confidence above one",
        lambda: Finding("LIN001", "x", "y", Severity.minor, 1.5, "m", "m", 0, (), Span(0, "a"), None),
    ),
]


@pytest.mark.parametrize("make", [pytest.param(f, id=name) for name, f in BROKEN])
def test_a_constructor_refuses_what_breaks_its_promise(make: object) -> None:
    """PromiseError, which is a ValueError as well."""
    with pytest.raises(PromiseError):
        make()  # type: ignore[operator]


VIEWS = [
    ("ja", "2026 年 1 月 9 日", "2026年1月9日"),
    ("ja", "第１項　目的", "第1項目的"),
    ("ja", "ｶﾞｲﾄﾞライン", "ガイドライン"),
    ("ja", "か\u3099いこく", "がいこく"),
    ("ja", "Josephine TEO", "Josephine TEO"),
    ("ja", "学術\n界と\r\nAI 技術", "学術界とAI技術"),
    ("ja", "㈱と㎡と①", "(株)とm2と1"),
    ("en", "co-\noperation  of\n both", "cooperation of both"),
    ("en", "non-\nBinding", "non- Binding"),
    ("en", "ﬁnal\u00adly", "finally"),
]


@pytest.mark.parametrize(("lang", "text", "folded"), VIEWS)
def test_a_view_folds_and_knows_where_it_came_from(lang: str, text: str, folded: str) -> None:
    """NFKC, no line breaks, no spaces inside Japanese; every character maps back to its source."""
    view = View.of(Span(7, text), lang)  # type: ignore[arg-type]
    assert view.text == folded
    assert view.span(0, len(folded)).start == 7 + len(text) - len(text.lstrip())
    for at in range(len(folded)):
        source = view.span(at, at + 1).text
        assert folded[at] in unicodedata.normalize("NFKC", source) or folded[at] == " "


def test_views_of_random_text_keep_their_promise() -> None:
    """Offsets are in order, inside the origin, and holes are never read."""
    chance = random.Random(7)
    alphabet = "aB1 \n\t　、。（）ｶﾞ学术エ①㍿が\u3099\u0301\ufeff\u200b-￥\U00020bb7"
    for _ in range(300):
        text = "".join(chance.choice(alphabet) for _ in range(chance.randrange(0, 40)))
        start = chance.randrange(0, 100)
        low = chance.randrange(0, len(text) + 1)
        hole = Span(start + low, text[low : chance.randrange(low, len(text) + 1)])
        for lang in ("ja", "en"):
            view = View.of(Span(start, text), lang, holes=(hole,))  # type: ignore[arg-type]
            assert list(view.starts) == sorted(view.starts)
            assert all(start <= s < e <= start + len(text) for s, e in zip(view.starts, view.ends, strict=True))
            if hole.text:
                assert not any(hole.start <= s < hole.end for s in view.starts)


def test_from_segments_keeps_every_text_verbatim() -> None:
    """Empty texts and line breaks inside a text survive."""
    texts = ["a", "", "b\nc", " d "]
    document = Document.from_segments("en", texts)
    assert [s.text for s in document.segments] == texts
    assert document.segment_at(0) is document.segments[0]
    assert document.segment_at(len(document.text) + 5) is None


def test_fingerprints_survive_space_and_width_only() -> None:
    """White space and width do not matter; words, quotations and codes do."""
    base = fingerprint("LIN001", ["术"], "学术 界")
    assert base == fingerprint("LIN001", ["术"], "学术界")
    assert len({base, fingerprint("LIN002", ["术"], "学术界"), fingerprint("LIN001", ["术"], "学术界隈")}) == 3
