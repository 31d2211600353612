"""Stems, sounds and the links between the words of two languages."""

from __future__ import annotations

import re

import pytest

from mocalign.config import Config
from mocalign.data import rows
from mocalign.glossary import terms_for
from mocalign.lexicon import Lexicon, light_words, open_dictionary, romaji, sounds_like, stem, word_links
from mocalign.model import Alignment, Bead, Document
from mocalign.pair import Pair


def pair_of(*rows: tuple[str, str]) -> Pair:
    """A pair whose paragraphs answer each other in order."""
    ja = Document.from_segments("ja", [j for j, _ in rows])
    en = Document.from_segments("en", [e for _, e in rows])
    beads = tuple(Bead((a,), (b,), 0.9, "match") for a, b in zip(ja.segments, en.segments, strict=True))
    return Pair(Alignment(ja, en, beads), Config())


SAME_STEM = [
    ("standardisation", "standardization"),
    ("standardise", "standardized"),
    ("cooperation", "cooperate"),
    ("cooperative", "cooperation"),
    ("designated", "designation"),
    ("policies", "policy"),
    ("supplier", "supply"),
    ("society", "social"),
    ("maintenance", "maintain"),
    ("programme", "program"),
    ("behaviour", "behavior"),
    ("analysis", "analyses"),
]
OTHER_STEM = [("licensor", "licensee"), ("import", "export"), ("construction", "instruction"), ("employer", "employee")]


@pytest.mark.parametrize(("a", "b"), SAME_STEM)
def test_forms_of_one_word_share_a_stem(a: str, b: str) -> None:
    """Inflection, derivation and spelling do not matter."""
    assert stem(a) == stem(b)


@pytest.mark.parametrize(("a", "b"), OTHER_STEM)
def test_other_words_do_not(a: str, b: str) -> None:
    """Words that look alike and mean other things stay apart."""
    assert stem(a) != stem(b)


@pytest.mark.parametrize(
    ("kana", "latin"),
    [
        ("コンピューター", "konpyuta"),
        ("シンガポール", "shingaporu"),
        ("ウィリアムズ", "wiriamuzu"),
        ("おのだ", "onoda"),
        ("チェック", "chekku"),
    ],
)
def test_romaji(kana: str, latin: str) -> None:
    """Hepburn letters without long marks."""
    assert romaji(kana) == latin


ALIKE = [
    ("センシング", "sensing"),
    ("ナイロビ", "Nairobi"),
    ("サンティアゴ", "Santiago"),
    ("データ", "data"),
    ("ケニア", "Kenya"),
]
UNLIKE = [("モンバサ", "Nairobi"), ("ヨハンソン", "Eriksson"), ("リスク", "budget"), ("バルセロナ", "Copenhagen")]


@pytest.mark.parametrize(("kana", "latin"), ALIKE)
def test_loanwords_sound_like_their_source(kana: str, latin: str) -> None:
    """At least 0.8."""
    assert 0.8 <= sounds_like(kana, latin) <= 1.0


@pytest.mark.parametrize(("kana", "latin"), UNLIKE)
def test_other_names_do_not_sound_alike(kana: str, latin: str) -> None:
    """Below 0.55."""
    assert sounds_like(kana, latin) < 0.55


def test_links_come_from_terms_dictionary_and_sound() -> None:
    """Each source of evidence links its words; light words need none."""
    if open_dictionary() is None:
        pytest.skip("jamdict-data is not installed")
    pair = pair_of(
        ("機関投資家は、病院及びセンサーに投資する。", "Institutional investors will invest in hospitals and sensors.")
    )
    answer = pair.lexicon.answer(0)
    found = {(answer.words[k.en].text, answer.pieces[k.ja].text): k for k in answer.links if k.strength >= 0.7}
    assert found["Institutional", "機関"].source == "term"
    assert found["hospitals", "病院"].source == "dictionary"
    assert found["sensors", "センサー"].strength >= 0.8
    assert all(best >= 0.5 for word, best in zip(answer.words, answer.en_best, strict=True) if not word.light)


def test_everything_works_without_a_dictionary() -> None:
    """Terms, sounds and usual renderings remain; nothing fails."""
    pair = pair_of(("量子センシングの灯心の研究を行う。", "They will do research on quantum sensing wicks."))
    lexicon = Lexicon(pair, terms=terms_for(Config()), dictionary=None, embedder=None)
    answer = lexicon.answer(0)
    linked = {answer.words[k.en].text: k.source for k in answer.links if k.strength >= 0.8}
    assert linked["quantum"] == "term"
    assert linked["sensing"] == "term"
    assert linked["research"] == "usage"
    assert "wicks" not in linked
    assert lexicon.vectors(["a"]) == {}


def _linked(ja: str, en: str) -> set[tuple[str, str]]:
    answer = Lexicon(pair_of((ja, en)), dictionary=None, embedder=None).answer(0)
    return {(answer.words[k.en].text, answer.pieces[k.ja].text) for k in answer.links if k.strength >= 0.8}


@pytest.mark.parametrize(
    ("ja", "en", "wanted", "unwanted"),
    [
        (
            "情報の共有の円滑化を図る。",
            "They will facilitate the sharing of information.",
            ("facilitate", "円滑"),
            None,
        ),
        ("法令に基づき処分する。", "It is disposed of pursuant to the law.", ("pursuant", "基づき"), None),
        ("人材育成に資する。", "It contributes to capacity building.", ("capacity", "育成"), ("capacity", "資する")),
        (
            "権利及び義務を生じさせない。",
            "It creates no rights or obligations.",
            ("rights", "権利"),
            ("rights", "義務"),
        ),
        ("輸出を許可する。", "Imports are permitted.", ("permitted", "許可"), ("Imports", "輸出")),
    ],
)
def test_usual_renderings(ja: str, en: str, wanted: tuple[str, str], unwanted: tuple[str, str] | None) -> None:
    """What translators use answers, word by word and phrase by phrase; what means something else does not."""
    found = _linked(ja, en)
    assert wanted in found
    assert unwanted not in found


def test_the_list_of_renderings_is_clean() -> None:
    """Every row has Japanese, every word is Japanese or an abbreviation, no rendering stands twice."""
    for row in rows("renderings"):
        words = row["ja"].split(";")
        assert re.fullmatch(r"[a-z][a-z '/-]*", row["en"]), row
        assert len(words) == len(set(words)), row
        assert all(re.fullmatch(r"[぀-ヿ㐀-鿿々ー・A-Za-z0-9]+", w) for w in words), row


def test_habits_of_the_document_link_what_no_list_knows() -> None:
    """Words that always come together answer each other."""
    rows = [
        (f"ゾルグ規約は、{x}に適用する。", f"The Xanthic Code applies to {y}.")
        for x, y in [("港", "ports"), ("船", "ships"), ("橋", "bridges"), ("道", "roads")]
    ]
    rows += [
        (f"{x}を建てる。", f"They build {y}.")
        for x, y in [
            ("家", "houses"),
            ("塔", "towers"),
            ("壁", "walls"),
            ("門", "gates"),
            ("庭", "gardens"),
            ("城", "castles"),
        ]
    ]
    pair = pair_of(*rows)
    lexicon = Lexicon(pair, dictionary=None, embedder=None)
    assert any(e == stem("xanthic") for e, _ in lexicon.habits)


def test_defined_abbreviations_answer_their_full_name() -> None:
    """ "MER" stands for what the definition names."""
    if open_dictionary() is None:
        pytest.skip("jamdict-data is not installed")
    pair = pair_of(
        (
            "経済資源省は、次のとおり決定した。",
            'The Ministry of Economy and Resources (hereinafter referred to as "MER") has decided:',
        ),
        ("経済資源省は、会合を開く。", "MER will hold a meeting."),
    )
    answer = pair.lexicon.answer(1)
    spot = next(k for k, w in enumerate(answer.words) if w.text == "MER")
    assert answer.en_best[spot] >= 0.9


def test_word_links_quote_the_documents() -> None:
    """Pairs of spans, Japanese first, each verbatim."""
    pair = pair_of(("量子センシングの研究を行う。", "They will do research on quantum sensing."))
    links = word_links(pair, 0)
    assert ("センシング", "sensing") in {(ja.text, en.text) for ja, en in links}
    for ja, en in links:
        assert pair.ja.text[ja.start : ja.end] == ja.text
        assert pair.en.text[en.start : en.end] == en.text


def test_light_words_name_their_source() -> None:
    """Both lists exist and hold what drafting leaves out."""
    assert "respective" in light_words("en")
    assert "当該" in light_words("ja")
