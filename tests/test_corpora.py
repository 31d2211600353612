"""Every bundled instrument is consistent: beads, sentences, facts, variants, planted defects; nothing is copied."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from pathlib import Path

import pytest

from mocalign import corpora, readers

NAMES = corpora.names()
KEYS = (
    "title_ja",
    "title_en",
    "kind",
    "binding",
    "split",
    "authentic",
    "layout",
    "translation",
    "variant",
    "note",
    "license",
)
KINDS = ("moc", "treaty", "law", "contract", "statement", "guideline")


def lines(name: str, side: str) -> dict[int, str]:
    text = (corpora.folder() / name / f"{side}.md").read_text(encoding="utf-8")
    return {n: line for n, line in enumerate(text.split("\n"), 1) if line.strip()}


def plain(line: str) -> str:
    return re.sub(r"\*\*|`", "", re.sub(r"^\s*(#+\s+|[-*・]\s+)", "", line)).strip()


def table(path: Path) -> list[list[str]]:
    return [row.split("\t") for row in path.read_text(encoding="utf-8").splitlines()[1:] if row.strip()]


def test_there_are_at_least_eight_instruments_of_both_splits() -> None:
    splits = [corpora.load(n).about["split"] for n in NAMES]
    assert len(NAMES) >= 8
    assert splits.count("dev") >= 3
    assert splits.count("test") >= 3


@pytest.mark.parametrize("name", NAMES)
def test_every_line_stands_in_exactly_one_bead(name: str) -> None:
    corpus = corpora.load(name)
    for side, column in (("ja", 0), ("en", 1)):
        numbers = [n for bead in corpus.beads for n in bead[column]]  # type: ignore[attr-defined]
        assert sorted(numbers) == sorted(lines(name, side))
    for ja, en, relation in corpus.beads:
        assert relation in ("match", "moved", "ja-only", "en-only")
        assert (relation == "ja-only") == (not en)
        assert (relation == "en-only") == (not ja)


@pytest.mark.parametrize("name", NAMES)
def test_sentences_quote_their_lines(name: str) -> None:
    seen: dict[str, list[str]] = {"ja": [], "en": []}
    for ja_lines, en_lines, ja, en in table(corpora.folder() / name / "sentences.tsv"):
        for side, numbers, text in (("ja", ja_lines, ja), ("en", en_lines, en)):
            there = [plain(lines(name, side)[int(n)]) for n in numbers.split()]
            for sentence in filter(None, text.split(" | ")):
                assert any(sentence in line for line in there), sentence
                seen[side].append(sentence)
    for side, sentences in seen.items():
        whole = "".join("".join(plain(t) for t in lines(name, side).values()).split())
        assert sum(len("".join(s.split())) for s in sentences) == len(whole)


@pytest.mark.parametrize("name", NAMES)
def test_about_says_what_it_is(name: str) -> None:
    folder = corpora.folder() / name
    about = tomllib.loads((folder / "about.toml").read_text(encoding="utf-8"))
    assert [k for k in KEYS if k not in about] == []
    assert about["kind"] in KINDS
    assert about["split"] in ("dev", "test")
    assert isinstance(about["binding"], bool)
    assert about["license"] == "Apache-2.0"
    variant = folder / about["variant"]
    assert variant.is_file()
    assert variant.with_name(variant.name.replace("ja.", "en.", 1)).is_file()


@pytest.mark.parametrize("name", NAMES)
def test_the_variant_holds_the_same_words(name: str) -> None:
    folder = corpora.folder() / name
    about = tomllib.loads((folder / "about.toml").read_text(encoding="utf-8"))
    document = readers.read(folder / about["variant"], "ja")

    def letters(text: str) -> str:
        return "".join(c for c in unicodedata.normalize("NFKC", text) if c.isalnum())

    ours = letters("".join(s.view("ja").text for s in document.segments))
    body = [plain(line) for line in lines(name, "ja").values() if len(plain(line)) > 25]
    missing = [line for line in body if letters(re.sub(r"^\S{1,6}[ 　]", "", line)) not in ours]
    assert len(missing) <= len(body) // 10, missing[:3]


@pytest.mark.parametrize("name", [n for n in NAMES if (corpora.folder() / n / "planted.tsv").is_file()])
def test_planted_defects_are_quoted_from_their_line(name: str) -> None:
    for number, text, _what, cls, _right in table(corpora.folder() / name / "planted.tsv"):
        assert lines(name, "ja")[int(number)].count(text) == 1, text
        assert re.fullmatch(r"C\d{1,2}", cls)


@pytest.mark.parametrize("name", NAMES)
def test_no_sentence_is_copied_from_the_reference_texts(name: str, shared: Path) -> None:
    """Long runs of characters that a reference text has too would be copies; titles and set phrases are shorter."""
    theirs: dict[str, set[str]] = {"ja": set(), "en": set()}
    size = {"ja": 48, "en": 110}
    for folder in ("seed", "real"):
        for path in (shared / folder).glob("*"):
            side = "ja" if ".ja." in path.name else "en" if ".en." in path.name else ""
            if side:
                text = "".join(re.sub(r"<[^>]+>", "", path.read_text(encoding="utf-8")).split())
                theirs[side].update(text[i : i + size[side]] for i in range(len(text) - size[side] + 1))
    for side, grams in theirs.items():
        for line in lines(name, side).values():
            text = "".join(plain(line).split())
            if "hereinafter" in text or "以下「" in text:  # official names and their short forms are facts
                continue
            copied = [
                text[i : i + size[side]] for i in range(len(text) - size[side] + 1) if text[i : i + size[side]] in grams
            ]
            assert copied == []
