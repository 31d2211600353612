"""The scorer: what counts as found, in the paragraph and at the words; figures, tables and comparisons."""

from __future__ import annotations

import copy
import dataclasses
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("jamdict_data")

from benchmarks import costs, table
from benchmarks import findings as bench
from benchmarks.mutate import Edit, Mutant, Operator, apply, source_from_texts
from mocalign import embed, english, japanese
from mocalign.model import Finding, Severity, Span

SOURCE = source_from_texts(
    "x",
    [
        ("第1条 目的", "Article 1 Purpose"),
        ("締約国は、三十日以内に回答する。", "The Parties shall reply within thirty days."),
        ("費用は、各自が負担する。", "Each bears its own costs."),
    ],
)
AT = SOURCE.ja.index("三十")


def mutant(**more: Any) -> Mutant:
    found = apply(
        SOURCE,
        Operator("figure", "figures", "dev", lambda _s: ()),
        Edit("ja", AT, AT + 2, "六十", other=("thirty",), **more),
    )
    assert found is not None
    return found


def finding(ja: tuple[int, int] | None = None, en: tuple[int, int] | None = None, **more: Any) -> Finding:
    m = mutant()
    facts: dict[str, Any] = {
        "code": "ACC101", "name": "number-mismatch", "mqm": "accuracy", "severity": Severity.major, "confidence": 0.9,
        "message": "m", "message_ja": "m", "bead": 1, "label": (),
        "ja": Span(ja[0], m.ja_text[ja[0] : ja[1]]) if ja else None,
        "en": Span(en[0], m.en_text[en[0] : en[1]]) if en else None,
    }  # fmt: skip
    return Finding(**{**facts, **more})


def test_a_quote_of_the_wrong_figure_counts_twice() -> None:
    found = finding((AT, AT + 3))
    assert bench.in_place(found, mutant())
    assert bench.at_words(found, mutant())


def test_the_words_that_answer_it_count_too() -> None:
    at = SOURCE.en.index("thirty")
    assert bench.at_words(finding(en=(at, at + 6)), mutant())


def test_another_word_of_the_paragraph_counts_once() -> None:
    at = SOURCE.ja.index("回答する。")
    found = finding((at + 2, at + 5))
    assert bench.in_place(found, mutant())
    assert not bench.at_words(found, mutant())


def test_another_paragraph_does_not_count() -> None:
    at = SOURCE.ja.index("費用")
    assert not bench.in_place(finding((at, at + 2)), mutant())


def test_a_quote_of_everything_is_no_quote_of_the_words() -> None:
    long = source_from_texts(
        "y", [("締約国は、" + "次の各号に掲げる事項に関して" * 6 + "三十日以内に回答する。", "within thirty days")]
    )
    at = long.ja.index("三十")
    m = apply(long, Operator("figure", "figures", "dev", lambda _s: ()), Edit("ja", at, at + 2, "六十"))
    assert m is not None
    whole = dataclasses.replace(finding((0, 1)), ja=Span(0, m.ja_text[:100]))
    assert bench.in_place(whole, m)
    assert not bench.at_words(whole, m)


def test_a_fault_of_the_document_may_be_reported_elsewhere() -> None:
    at = SOURCE.ja.index("費用")
    m = mutant(document=True, words=("費用",))
    assert bench.in_place(finding((at, at + 2)), m)


def test_what_the_clean_twin_has_is_not_new() -> None:
    at = SOURCE.ja.index("費用")
    old, new = finding((at, at + 2)), finding((AT, AT + 2))
    assert bench.new_findings([old, new], [old]) == [new]
    assert bench.new_findings([old, old], [old]) == [old]
    assert bench.new_findings([finding((AT, AT + 2), severity=Severity.neutral)], []) == []


def test_intervals_are_the_same_every_time_and_hold_the_share() -> None:
    flags = [True] * 15 + [False] * 5
    assert bench.interval(flags) == bench.interval(flags)
    low, high = bench.interval(flags)
    assert low < 0.75 < high


def test_every_vector_is_encoded_once() -> None:
    from mocalign.embed import LexicalEmbedder

    class Counting(LexicalEmbedder):
        asked = 0

        def encode(self, texts: Any) -> Any:
            self.asked += len(texts)
            return super().encode(texts)

    inner = Counting()
    cached = bench.CachedEmbedder(inner)
    first = cached.encode(["a", "b", "a"])
    assert first.shape == (3, 512)
    assert (cached.encode(["b"])[0] == first[1]).all()
    assert inner.asked == 2


def result() -> dict[str, Any]:
    outcomes = [
        bench.Outcome(mutant(), True, True, ("ACC101",), None, None, (), 0, ((0.9, True),)),
        bench.Outcome(mutant(), False, False, (), None, None, (), 1, ((0.6, False),)),
    ]
    row = {"source": "x", "code": "ACC101", "name": "n", "severity": "major", "confidence": 0.9, "ja": "費用", "en": None,
           "message": "m", "fingerprint": "f", "accepted": False}  # fmt: skip
    facts = [
        {"name": "x", "split": "test", "beads": 50, "segments": [50, 50], "findings": [row], "findings_ja_only": []}
    ]
    found = bench.summary(outcomes, facts)
    found["settings"] = {"corpora": ["x"]}
    signature = {
        "mocalign": "0",
        "embedder": "e",
        "dictionary": "d",
        "bilingual": "b",
        "seed": 0,
        "number": 1,
        "split": "test",
    }
    return {"signature": signature, "findings": found}


def test_the_summary_counts_mutants_alarms_and_confidence() -> None:
    found = result()["findings"]
    assert found["overall"]["paragraph"] == 0.5
    assert found["clean"]["findings"]["minor_or_above_per_100"] == 2.0
    assert [row["findings"] for row in found["calibration"]] == [0, 1, 0, 0, 2]


def test_the_table_goes_between_the_marks_of_a_readme(tmp_path: Path) -> None:
    readme = tmp_path / "README.md"
    readme.write_text("before\n<!-- bench -->\nold\n<!-- /bench -->\nafter\n", encoding="utf-8")
    assert table.refresh(readme, result())
    text = readme.read_text(encoding="utf-8")
    assert text.startswith("before\n")
    assert text.endswith("after\n")
    assert "| figures | 2 |" in text
    assert "old" not in text
    readme.write_text("no marks", encoding="utf-8")
    assert not table.refresh(readme, result())


def test_a_comparison_names_classes_and_findings() -> None:
    old, new = result(), result()
    assert table.compare(old, copy.deepcopy(old)) == "nothing changed"
    new["findings"]["classes"]["figures"]["paragraph"] = 1.0
    new["findings"]["clean"]["findings"]["list"] = []
    text = table.compare(old, new)
    assert "figures: paragraph 0.50 → 1.00" in text
    assert "clean - x ACC101 major '費用'" in text


def test_a_class_that_comes_short_gets_more_of_its_operators() -> None:
    def places(source: Any) -> tuple[Edit, ...]:
        return tuple(Edit("ja", i, i + 1, "※") for i, char in enumerate(source.ja) if char == "、")

    many = Operator("comma", "figures", "dev", places)
    source = source_from_texts("y", [("甲は、" * 40 + "行う。", "A shall act.")])
    amount = bench.quota([many], 4)
    found = bench.filled([source], [many], amount, 0)
    assert amount["comma"] < bench.WANTED <= found["comma"]
    few = source_from_texts("z", [("甲は、行う。", "A shall act.")])
    assert bench.filled([few], [many], amount, 0)["comma"] <= amount["comma"] + 1


def test_two_runs_give_the_same_figures(monkeypatch: pytest.MonkeyPatch) -> None:
    for module, name in ((embed, "get_embedder"), (japanese, "tokens"), (english, "tokens")):
        monkeypatch.setattr(module, name, getattr(module, name))  # the benchmark replaces them for its process
    runs = [
        bench.run(split="dev", number=2, only=["figures"], names=["space-debris-statement"], processes=1, real=False)
        for _ in range(2)
    ]
    assert runs[0] == runs[1]
    assert runs[0]["overall"]["mutants"] >= 2


def test_costs_are_shown_by_stage_and_check() -> None:
    part = {
        "segments": [9, 8], "total": 2.0, "read": 0.1, "encode": 0.2, "align": 0.3, "encode words": 0.4, "checks": 1.0,
        "by check": {f"ACC{n} x": 0.1 for n in range(20)},
    }  # fmt: skip
    text = costs.table({"instrument": "i", "first review, loading included": 3.0, "new": part, "known": part})
    assert "| encode | 0.200 | 0.200 |" in text
    assert f"| the other {20 - costs.LISTED} | 0.800 |" in text


def test_results_hold_no_sentences_of_texts_that_are_not_ours() -> None:
    row = {
        "source": "real/x",
        "code": "LIN001",
        "severity": "major",
        "ja": "他人の文",
        "en": None,
        "message": "他人の文",
    }
    part = {"misses": {"slips": [{"key": "k", "before": "他人", "context": "他人の文"}]}, "clean": {"findings": [row]}}
    more = {"misses": {}, "clean": {"beads": 3, "findings": {"list": [dict(row)]}, "findings_ja_only": {"list": []}}}
    kept = table.without_texts({"signature": {}, "findings": {"errata": part, "real": more, "classes": {}}})
    assert "他人" not in str(kept)
    assert kept["findings"]["real"]["clean"]["findings"]["list"][0]["ja"]
    assert part["misses"]["slips"][0]["before"] == "他人"
