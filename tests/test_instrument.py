"""Which text governs is read from the final clause."""

from __future__ import annotations

import pytest

from mocalign import corpora
from mocalign.instrument import governing_text

CASES = [
    ("", "Signed in duplicate in the English language in Tokyo on 1 March 2026.", "en"),
    ("本覚書は、東京において、英語により2通作成された。", "", "en"),
    ("ひとしく正文である日本語及び英語により本書二通を作成した。", "", "both"),
    ("", "DONE in duplicate in the Japanese and English languages, both texts being equally authentic.", "both"),
    (
        "解釈に相違がある場合には、英語の本文による。",
        "Done in the Japanese, Spanish and English languages, all texts being equally authentic. In case of divergence "
        "of interpretation, the English text will prevail.",
        "en",
    ),
    ("日本語により2通作成した。", "Executed in two originals in the Japanese language.", "ja"),
    ("本協力覚書（仮訳）", "", "en"),
    ("両者は英語教育に関する協力を行う。", "The Participants will cooperate on English education.", ""),
    ("", "The texts of both Participants will be published.", ""),
]


@pytest.mark.parametrize(("ja", "en", "expected"), CASES)
def test_governing_text(ja: str, en: str, expected: str) -> None:
    """Divergence clause, equal authenticity, language of signature, label, in this order."""
    assert governing_text(ja, en) == expected


@pytest.mark.parametrize("name", corpora.names())
def test_governing_text_of_the_corpora(name: str) -> None:
    """The bundled instruments say in about.toml what governs."""
    corpus = corpora.load(name)
    found = governing_text(corpus.ja.text, corpus.en.text)
    authentic = set(corpus.about["authentic"])
    expected = "both" if {"ja", "en"} <= authentic else "en" if "en" in authentic else "ja"
    assert found in (expected, "") or (found == "en" and "prevail" in corpus.en.text)
