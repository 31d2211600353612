"""Divergences found together: bare errors alarm, their faithful twins do not, clean documents stay silent."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from mocalign import api, corpora
from mocalign.checks import CHECKS, run
from mocalign.checks.causes import free_rendering, one_cause
from mocalign.config import Config
from mocalign.model import Alignment, Bead, Document, Finding, Severity, Span
from mocalign.pair import Pair

PREFIXES = ("ACC0", "ACC1", "ACC2", "ACC3", "ACC4")
CONFIG = Config(select=PREFIXES, embedder="lexical", dictionary=False, cache=False)


def _check(ja: list[str], en: list[str]) -> tuple[Finding, ...]:
    a, b = Document.from_segments("ja", ja), Document.from_segments("en", en)
    beads = tuple(Bead((x,), (y,), 0.9, "match") for x, y in zip(a.segments, b.segments, strict=True))
    return run(Pair(Alignment(a, b, beads), CONFIG), CONFIG, CHECKS)


FAITHFUL = [
    ("両国は、相互に協力する。", "The two countries will cooperate with each other."),
    ("権利及び義務を生じさせない。", "It does not create rights or obligations."),
    (
        "当事者らは、書面により別途決定する場合を除き、その費用を負担する。",
        "Unless they decide otherwise in writing, the Participants will bear their costs.",
    ),
    (
        "第三者に付託することなく、円満に解決する。",
        "It will be resolved amicably without reference to any third party.",
    ),
    (
        "いずれの当事者も、他の当事者に通知することにより、終了させることができる。",
        "Either Participant may terminate it by notifying the other Participant.",
    ),
    ("量子通信を含むがこれに限られない。", "including but not limited to quantum communication"),
    ("締約国は、速やかに回答する。", "The Parties shall promptly reply."),
    (
        "情報は、受領の日から30日以内に限り、保存することができる。",
        "Information may be kept only within 30 days of receipt.",
    ),
    ("本書二通を英語により作成した。", "Done in duplicate, in the English language."),
    ("同意を得ないで公表してはならない。", "It must not be made public without consent."),
]


@pytest.mark.parametrize(("ja", "en"), FAITHFUL)
def test_faithful_translations_pass(ja: str, en: str) -> None:
    """Free and formulaic renderings raise nothing."""
    assert [f.message for f in _check([ja], [en])] == []


TURNED = [
    ("情報は、第三者に開示する。", "The information will not be disclosed to a third party.", "negation-mismatch"),
    ("費用を負担しない。", "It will bear the costs.", "negation-mismatch"),
    ("専門家は、同行しなければならない。", "Experts may come along.", "modality-mismatch"),
    ("当事者らは、協力する。", "The Participants intend to cooperate.", "modality-mismatch"),
    (
        "申請書及び証明書の双方を提出する。",
        "Either an application form or a certificate will be submitted.",
        "and-or-mismatch",
    ),
    ("会合は、年2回開催する。", "Meetings will be held at least twice a year.", "bound-mismatch"),
    ("物品の輸出を許可する。", "It will permit the importation of goods.", "opposite-word"),
    ("期間は、3年とする。", "The period will be three months.", "unit-mismatch"),
]


@pytest.mark.parametrize(("ja", "en", "name"), TURNED)
def test_turned_sentences_alarm(ja: str, en: str, name: str) -> None:
    """One word turned is found by the check whose matter it is."""
    assert name in {f.name for f in _check([ja], [en])}


def test_a_value_in_the_next_paragraph_is_no_divergence() -> None:
    """What moved to a neighbouring passage is explained."""
    ja = ["委員会を設置する。", "委員会は、12人の委員から成り、毎年会合する。"]
    en = ["A committee of 12 members is established.", "The committee meets every year."]
    assert not [f for f in _check(ja, en) if f.code.startswith("ACC10")]


def test_a_doubtful_bead_is_demoted() -> None:
    """What rests on a bead nobody is sure of is not shouted."""
    a, b = (
        Document.from_segments("ja", ["期間は、3年とする。"]),
        Document.from_segments("en", ["The period is four years."]),
    )
    sure, unsure = (
        run(Pair(Alignment(a, b, (Bead(a.segments, b.segments, score, "match"),)), CONFIG), CONFIG, CHECKS)[0]
        for score in (0.9, 0.1)
    )
    assert unsure.confidence < sure.confidence
    assert unsure.severity < sure.severity


@pytest.mark.parametrize("name", sorted(corpora.names()))
def test_clean_corpora_are_silent(name: str) -> None:
    """A document without planted errors raises at most one finding."""
    folder = corpora.folder() / name
    if (folder / "planted.tsv").exists():
        pytest.skip("errors are planted in this one")
    config = Config(select=PREFIXES, cache=False)
    report = api.review(folder / "ja.md", folder / "en.md", config=config)
    assert len(report.findings) <= 1, [f.message for f in report.findings]


MINE = frozenset(
    "number date-or-era unit-or-currency bound cross-reference conjunction include-exclude polarity-negation modality omission-sentence".split()
)


def test_published_errata(shared: Path) -> None:
    """Every published case of these classes is found; its right half stays silent."""
    lines = (shared / "errata" / "errata-dev.jsonl").read_text(encoding="utf-8").splitlines()
    config = Config(select=PREFIXES, cache=False)
    missed, alarmed = [], []
    for case in map(json.loads, lines):
        ja, en = case.get("context_ja", []), case.get("context_en", [])

        def findings(text: str, ja: list[str] = ja, en: list[str] = en, last: str = case["en"]) -> tuple[Finding, ...]:
            return api.review(
                api.parse("\n\n".join([*ja, text]), "ja"), api.parse("\n\n".join([*en, last]), "en"), config=config
            ).findings

        if case["class"] in MINE and not findings(case["ja_wrong"]):
            missed.append(case["id"])
        if case["class"] in MINE and not case.get("contested") and findings(case["ja_right"]):
            alarmed.append(case["id"])
    assert (missed, alarmed) == ([], [])


def _finding(
    code: str, bead: int, ja: tuple[int, str] | None, en: tuple[int, str] | None, confidence: float = 0.8
) -> Finding:
    return Finding(
        code, code.lower(), "accuracy", Severity.major, confidence, "m", "m", bead, (),
        Span(*ja) if ja else None, Span(*en) if en else None,
    )  # fmt: skip


def test_symptoms_of_one_cause_become_one_finding() -> None:
    """A lost sentence takes its figures with it, a slip its unexplained word, a missing item its gap."""
    sentence = _finding("ACC003", 0, None, (10, "It lasts for six months."))
    figure = _finding("ACC101", 0, None, (23, "six months"))
    elsewhere = _finding("ACC101", 0, (5, "三通"), (0, "duplicate"))
    assert one_cause([figure, sentence, elsewhere]) == (sentence, elsewhere)
    slip, word = _finding("LIN001", 1, (40, "术"), None, 0.99), _finding("ACC503", 1, (39, "学术界"), (80, "academia"))
    assert one_cause([slip, word]) == (slip,)
    item, gap = _finding("ACC001", 4, None, (200, "(c) training;")), _finding("DES002", 5, (300, "(d)"), None)
    far = _finding("DES002", 40, (900, "(d)"), None)
    assert one_cause([item, gap, far]) == (item, far)


def test_words_left_unanswered_all_over_are_a_way_of_translating() -> None:
    """Five in eighty passages are hints, but for the nearly certain; four are not, nor five in two hundred."""
    words = [_finding("ACC502", n, (10 * n, "範囲"), None, 0.8) for n in range(5)]
    sure, figure = _finding("ACC501", 7, None, (90, "free"), 0.94), _finding("ACC101", 8, (99, "三"), None)
    made = free_rendering([*words, sure, figure], 80)
    assert [f.severity for f in made] == [Severity.neutral] * 5 + [Severity.major] * 2
    assert all(f.confidence <= 0.6 for f in made[:5])
    for kept in (
        free_rendering(words[:4], 20),
        free_rendering(words, 200),
        free_rendering(words, 80, {"ACC502"}),
    ):
        assert {f.severity for f in kept} == {Severity.major}


def test_two_names_of_one_fault_strengthen_each_other() -> None:
    """The surer finding stays, surer still; findings about other words stay as they are."""
    a = _finding("ACC203", 0, (10, "いずれか"), (5, "both"), 0.8)
    b = _finding("ACC204", 0, (10, "いずれか"), (5, "both"), 0.6)
    c = _finding("ACC204", 0, (30, "又は"), (50, "and"), 0.6)
    merged = one_cause([a, b, c])
    assert [(f.code, f.confidence) for f in merged] == [("ACC203", 0.92), ("ACC204", 0.6)]
