"""Order: what has changed places, with marks or without, and what may stand in any order."""

from __future__ import annotations

import pytest

import mocalign
from mocalign import Alignment, Bead, Config

_JA = (
    "会費は、総会の定めるところにより毎年四月に納めるものとする。",
    "会議は、会長の招集により毎年一回東京において開催する。",
    "記録は、事務局が五年間保管する。",
)
_EN = (
    "Fees will be paid every year in April.",
    "A meeting will be held once a year in Tokyo.",
    "Records will be kept by the secretariat for five years.",
)

# (marks of the Japanese, of the English, order in which the Japanese stands, whether it is reported)
CASES = (
    (("", "", ""), ("", "", ""), (0, 1, 2), False),
    (("", "", ""), ("", "", ""), (1, 0, 2), True),
    (("(a) ", "(b) ", "(c) "), ("(a) ", "(b) ", "(c) "), (0, 2, 1), True),
    (("ア　", "イ　", "ウ　"), ("(i) ", "(ii) ", "(iii) "), (1, 0, 2), False),  # lists of two kinds
    (("・", "・", "・"), ("- ", "- ", "- "), (1, 0, 2), False),  # a list without letters
)


@pytest.mark.parametrize(("ja_marks", "en_marks", "order", "reported"), CASES)
def test_what_has_changed_places_is_reported_once(
    ja_marks: tuple[str, ...], en_marks: tuple[str, ...], order: tuple[int, ...], reported: bool
) -> None:
    """One finding where neighbours are exchanged under marks or as plain paragraphs; none for free lists."""
    ja_text = "協会の規程\n\n次のとおりとする。\n\n" + "\n\n".join(
        m + _JA[k] for m, k in zip(ja_marks, order, strict=True)
    )
    en_text = "Rules\n\nThe following applies.\n\n" + "\n\n".join(m + t for m, t in zip(en_marks, _EN, strict=True))
    ja, en = mocalign.parse(ja_text, "ja"), mocalign.parse(en_text, "en")
    head = len(ja.segments) - 3
    beads = [Bead((ja.segments[n],), (en.segments[n],), 0.9, "match") for n in range(head)]
    last = -1
    for place, k in enumerate(order):
        beads.append(
            Bead((ja.segments[head + place],), (en.segments[head + k],), 0.9, "moved" if k < last else "match")
        )
        last = max(last, k)
    found = mocalign.check(Alignment(ja, en, tuple(beads)), Config(select=("ACC005",)))
    assert len(found) == reported
