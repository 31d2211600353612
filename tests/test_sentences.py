"""Where sentences end, in Japanese and in English."""

from __future__ import annotations

import pytest

from mocalign import english, japanese

JA = [
    # 。 inside quotation marks and brackets ends nothing
    "委員会は「直ちに着手する。」と決定した。|次に、議長が報告した。",
    "甲は『承諾する。異議はない。』と回答し、署名した。",
    "本覚書（以下「覚書」という。）は、署名の日に効力を生ずる。|当事者は、これを公表する。",
    "研究機関（大学を含む。以下同じ。）は、これを定める。",
    "「締約国」とは、次のものをいう。|ただし、附属書に掲げるものを除く。",
    # a quotation that is a sentence of its own
    "「直ちに着手する。」|これが決定である。",
    "（この規定は、準用する。）|次条も同様とする。",
    # no stop inside figures and addresses
    "税率は10.5パーセントとする。|改定は年2回とする。",
    "３．５メートルを超えるものは除く。",
    "詳細は www.example.jp/a.html を参照する。|以上。",
    # several marks, stop without space, a bracket that never closes
    "誰が負担するのか？|定めはない！",
    "両者は（協議する。|その後、決定する。",
    "決定した。\n次に進む。",
    "第1条（目的）　この覚書は、協力を定める。",
    "次のとおりとする：（1）調査　（2）研修",
]
EN = [
    # abbreviations and citations
    "The Act (Act No. 5 of 2003) applies.|It binds the State.",
    "Art. 3 applies to them.|Para. 2 does not.",
    "See Fig. 2 and Annex B, Sec. 4, for details.",
    "Costs (e.g. travel) are shared.|Fees (i.e. the charges in Art. 5) are not.",
    "The U.S. Government and the U.K. side agreed.|They signed.",
    "Experts of the U.S. The two sides met.".replace("U.S. The", "U.S.|The"),
    "Mr. Tanaka and Dr. A. B. Smith attended.|Prof. Lee spoke.",
    "It met at 9 a.m. on 5 Jan. 2026.|The session closed at 6 p.m.|The chair left.",
    "Papers, minutes, etc. are kept.",
    "Company Ltd. is the licensee.|Company Inc. is not.",
    "Tokyo Corp. v. Osaka Co. was cited.",
    # figures, list heads
    "The rate is 10.5 percent.|It may change.",
    "1. The Participants will meet.|They may invite others.",
    "(a) The term is five years.|(b) Renewal is possible.",
    "Article 5. The Council decides.",
    "II. Definitions",
    # quotations and brackets
    'The chair said, "We will begin. All agree." The minutes record it.'.replace('." The', '."|The'),
    "The Parties (who met in Tokyo. They agreed.) will report.",
    "They signed it.”|The text follows.",
    "(This clause does not apply.)|The next clause does.",
    # one sentence however long: recitals joined by semicolons, a list head
    "Recognizing the need for growth; recalling the Statement of 2020; and desiring to cooperate;",
    "The following apply: (a) records; (b) reports; and (c) plans.",
    "Does it apply?|Yes!|It does.",
    "The period is 30 days.|12 members form a quorum.",
    "It is governed by No. 12/2019.|The list is in Vol. II, p. 3.",
]


@pytest.mark.parametrize("text", JA)
def test_japanese(text: str) -> None:
    """The bar marks where one sentence ends and the next begins."""
    whole = text.replace("|", "")
    assert [whole[s:e].strip() for s, e in japanese.sentences(whole)] == [
        t.strip() for part in text.split("|") for t in part.split("\n")
    ]


@pytest.mark.parametrize("text", EN)
def test_english(text: str) -> None:
    """The bar marks where one sentence ends and the next begins."""
    whole = text.replace("|", " ")
    assert [whole[s:e].strip() for s, e in english.sentences(whole)] == text.split("|")


@pytest.mark.parametrize("text", ["", "。", "...", "第1条", "(", "a", "…。」。", "No."])
def test_the_whole_text_is_covered(text: str) -> None:
    """Ranges follow each other without a gap, whatever the text."""
    for cut in (japanese.sentences, english.sentences):
        found = cut(text)
        assert "".join(text[s:e] for s, e in found) == text
