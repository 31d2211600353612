"""The aligner: beads, gaps, moves, decided beads; the search against a slow obvious one."""

from __future__ import annotations

import random

import numpy as np
import pytest

from mocalign.aligner import Options, align
from mocalign.aligner_evidence import figures, marker, markers, names, words
from mocalign.aligner_score import cut, items
from mocalign.aligner_search import Band, best_path, heaviest_chain
from mocalign.embed import Vectors, get_embedder
from mocalign.errors import ConfigError
from mocalign.model import Alignment, Document


class Topics:
    """An embedder for tests: a text "t3 …" points in the direction of its topic; "t3+t4" in between."""

    name = "topics"

    def encode(self, texts: list[str]) -> Vectors:
        out = np.full((len(texts), 64), 0.02, dtype=np.float32)
        for row, text in enumerate(texts):
            for word in text.replace("+", " ").split():
                if word[0] == "t" and word[1:].isdigit():
                    out[row, int(word[1:])] += 1.0
        return out / np.linalg.norm(out, axis=1, keepdims=True)


def beads(alignment: Alignment) -> list[tuple[list[int], list[int], str]]:
    return [([s.index for s in b.ja], [s.index for s in b.en], b.relation) for b in alignment.beads]


def run(ja: str, en: str, **more: object) -> list[tuple[list[int], list[int], str]]:
    a, b = Document.from_segments("ja", ja.split("|")), Document.from_segments("en", en.split("|"))
    return beads(align(a, b, embedder=Topics(), **more))  # type: ignore[arg-type]


def slow_best(gain: np.ndarray, extra: dict[tuple[int, int, int, int], float]) -> float:
    """The optimum by looking at every cell and move."""
    n, m = gain.shape
    best = {(0, 0): 0.0}
    for i in range(n + 1):
        for j in range(m + 1):
            options = [best[i, j]] if (i, j) in best else []
            options += [best[i - 1, j]] if i else []
            options += [best[i, j - 1]] if j else []
            options += [best[i - 1, j - 1] + gain[i - 1, j - 1]] if i and j else []
            options += [best[x, y] + g for (x, y, a, b), g in extra.items() if x + a == i and y + b == j]
            best[i, j] = max(options)
    return best[n, m]


@pytest.mark.parametrize("seed", range(20))
def test_search_finds_the_exact_optimum(seed: int) -> None:
    """The fast search and a slow obvious one agree on the value of the best path."""
    rng = random.Random(seed)
    n, m = rng.randint(1, 9), rng.randint(1, 9)
    gain = np.array([[round(rng.uniform(-2, 2), 2) for _ in range(m)] for _ in range(n)])
    extra = {}
    for _ in range(6):
        a, b = rng.randint(1, 4), rng.randint(1, 4)
        if a <= n and b <= m:
            extra[rng.randint(0, n - a), rng.randint(0, m - b), a, b] = round(rng.uniform(0, 4), 2)
    path = best_path(Band(np.zeros(n, dtype=np.int64), gain, m), beads=[(*k, g) for k, g in extra.items()])
    value = sum(
        max(gain[i, j] if (a, b) == (1, 1) else -99, extra.get((i, j, a, b), -99)) for i, j, a, b in path if a and b
    )
    assert value == pytest.approx(slow_best(gain, extra))
    assert [i for x, _, a, _ in path for i in range(x, x + a)] == list(range(n))
    assert [j for _, y, _, b in path for j in range(y, y + b)] == list(range(m))


def test_heaviest_chain_keeps_what_weighs_most() -> None:
    """One heavy pair outweighs two light ones that cross it."""
    assert heaviest_chain([(0, 2, 1.0), (1, 0, 1.0), (2, 1, 1.0)]) == [1, 2]
    assert heaviest_chain([(0, 2, 3.0), (1, 0, 1.0), (2, 1, 1.0)]) == [0]


def test_pairs_in_order() -> None:
    """Equal lists align one to one."""
    assert run("t1|t2|t3", "t1|t2|t3") == [([k], [k], "match") for k in range(3)]


def test_a_segment_without_counterpart_stays_alone() -> None:
    """A missing paragraph is not forced into its neighbour, on either side."""
    assert run("t1|t2|t3|t4|t5", "t1|t2|t4|t5") == [
        ([0], [0], "match"),
        ([1], [1], "match"),
        ([2], [], "ja-only"),
        ([3], [2], "match"),
        ([4], [3], "match"),
    ]
    assert run("t1|t2|t4|t5", "t1|t2|t3|t4|t5")[2] == ([], [2], "en-only")


def test_a_moved_segment_is_found() -> None:
    """A clause that went to another place is a moved bead, not two gaps."""
    found = run("t1|t2|t3|t4|t5|t6", "t1|t3|t4|t5|t6|t2")
    assert ([1], [5], "moved") in found
    assert sum(r == "match" for _, _, r in found) == 5


def test_decided_beads_are_kept() -> None:
    """What a person decided stays as it is, and the rest is aligned around it."""
    found = run("t1|t2|t3|t4", "t1|t2|t3|t4", fixed=[([1], []), ([2], [1, 2])])
    assert ([1], [], "ja-only") in found
    assert ([2], [1, 2], "match") in found
    assert ([0], [0], "match") in found
    assert ([3], [3], "match") in found


@pytest.mark.parametrize("fixed", [[([9], [0])], [([0], [0]), ([0], [1])]])
def test_impossible_decisions_are_refused(fixed: list[tuple[list[int], list[int]]]) -> None:
    """A bead that names a segment twice or one that does not exist is an error of configuration."""
    with pytest.raises(ConfigError):
        run("t1|t2", "t1|t2", fixed=fixed)


def test_one_empty_side() -> None:
    """Without any text on one side every segment stands alone."""
    a, b = Document.from_segments("ja", ["甲", "乙"]), Document.empty("en")
    assert beads(align(a, b, embedder=Topics())) == [([0], [], "ja-only"), ([1], [], "ja-only")]


@pytest.mark.parametrize(
    ("text", "lang", "rest", "path"),
    [
        ("第31条　目的", "ja", "目的", [{31}]),
        ("第三条の規定により、", "ja", "第三条の規定により、", []),
        ("（１）日本", "ja", "日本", [{1}]),
        ("イ　日本", "ja", "日本", [{1, 2}]),
        ("２　前項の規定", "ja", "前項の規定", [{2}]),
        ("3か月以内に", "ja", "3か月以内に", []),
        ("・データの共有", "ja", "データの共有", []),
        ("2.1.1 exchange of students", "en", "exchange of students", [{2}, {1}, {1}]),
        ("Article 3 (Definitions)", "en", "(Definitions)", [{3}]),
        ("Article 3 applies to", "en", "Article 3 applies to", []),
        ("(i) an item", "en", "an item", [{1, 9}]),
        ("3 months after", "en", "3 months after", []),
    ],
)
def test_markers_are_read_from_the_text(text: str, lang: str, rest: str, path: list[set[int]]) -> None:
    """Documents without labels still have counters; a sentence about an article is no marker."""
    found = marker(text, lang)  # type: ignore[arg-type]
    assert text[found.end :] == rest
    assert [set(p) for p in found.path] == path


@pytest.mark.parametrize(
    ("ja", "en"),
    [
        ("令和八年一月九日", "9 January 2026"),
        ("六箇月前に", "six (6) months"),
        ("一億二千万円", "120 million yen"),
        ("二十五人", "twenty-five persons"),
        ("第二百五条", "Article 205"),
    ],
)
def test_figures_agree_across_the_languages(ja: str, en: str) -> None:
    """Kanji numerals, eras, months and words are the same numbers."""
    assert figures(en, "en") <= figures(ja, "ja")


def test_words_with_numerals_are_no_figures() -> None:
    """一般 and 統一 hold no figure."""
    assert figures("一般に統一的な基準", "ja") == frozenset()


@pytest.mark.parametrize(
    ("ja", "en"), [("シンガポール", "Singapore"), ("ノルドランド", "Nordland"), ("ケニア", "ASEAN")]
)
def test_names_are_compared_by_sound(ja: str, en: str) -> None:
    """A name in katakana meets its Latin form, and not another name."""
    shared = names(ja, "ja") & names(en, "en")
    assert bool(shared) == (en == "Singapore") or en == "Nordland"


def test_band_gives_the_same_beads_as_the_whole() -> None:
    """The coarse search of long pairs finds what the exact one finds."""
    rng = random.Random(3)
    topics = [rng.sample(range(60), 4) for _ in range(900)]
    ja = [" ".join(f"t{k}" for k in t) for t in topics]
    en = [text for k, text in enumerate(ja) if k % 50 != 7]
    a, b = Document.from_segments("ja", ja), Document.from_segments("en", en)
    whole = beads(align(a, b, embedder=Topics()))
    assert beads(align(a, b, embedder=Topics(), options=Options(full=1000))) == whole


def test_duplicated_paragraph_stays_alone() -> None:
    """Of two equal paragraphs one answers the English; the other is left alone, not joined and not moved."""
    found = run("t1 x|t2 y|t2 y|t3 z", "t1 x|t2 y|t3 z")
    assert sum(r == "match" for _, _, r in found) == 3
    assert [r for _, _, r in found if r != "match"] == ["ja-only"]


def test_same_input_same_beads_whatever_was_cached() -> None:
    """Scores do not depend on what an embedder was asked before."""
    a = Document.from_segments("ja", ["目的", "協力の分野は、次のとおりとする。", "署名"])
    b = Document.from_segments("en", ["Purpose", "The areas of cooperation are as follows:", "Signature"])
    embedder = get_embedder("use", cache=False)
    first = align(a, b, embedder=embedder)
    embedder.encode(["something else", "another", "協力"])
    assert align(a, b, embedder=embedder) == first


@pytest.mark.parametrize(
    ("text", "lang", "expected"),
    [
        ("２　この法律において", "ja", [{2}]),
        ("一　国会を召集すること。", "ja", [{1}]),
        ("２　１の規定の適用については", "ja", [{2}]),
        ("第九条１　すべての者は", "ja", [{9}, {1}]),
        ("Article 2 (1) The term means", "en", [{2}, {1}]),
        ("Article 2 (1) applies to them", "en", []),
        ("Article 3 applies to them", "en", []),
    ],
)
def test_markers_of_statutes(text: str, lang: str, expected: list[set[int]]) -> None:
    """Numbers set off by a blank, and paragraph numbers that follow the article's, are markers; citations are not."""
    assert [set(p) for p in marker(text, lang).path] == expected  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "lang", "expected"),
    [
        ("一　錯誤二　詐欺", "ja", [1, 2]),
        ("(a) offshore wind; (b) hydrogen", "en", [1, 2]),
        ("第八条の規定により第九条を準用する。", "ja", []),
        ("They agree as follows: ARTICLE X", "en", [10]),
    ],
)
def test_markers_inside_a_paragraph(text: str, lang: str, expected: list[int]) -> None:
    """Paragraphs that were run together keep their markers."""
    assert [e in values for e, (_, values) in zip(expected, markers(text, lang), strict=True)] == [True] * len(expected)  # type: ignore[arg-type]


def test_a_heading_stands_in_the_article_that_follows() -> None:
    """Without the words in common, the article tells which heading answers which."""
    found = items(
        Document.from_segments("ja", ["第一条　甲とする。", "（目的）", "第二条　乙とする。", "第三条　丙とする。"])
    )
    assert [x.place for x in found] == [1, 2, 2, 3]


def test_neighbours_that_changed_places() -> None:
    """A pair of neighbours exchanged is one match and one move, and no segment is left alone."""
    found = run("t1|t2|t3|t4|t5", "t1|t3|t2|t4|t5")
    assert sorted(r for _, _, r in found) == ["match"] * 4 + ["moved"]


@pytest.mark.parametrize("share", [0.0, 0.2, 0.5, 0.9, 1.0])
@pytest.mark.parametrize(
    "text", ["ab", "甲は、乙に通知する。乙は、これを公表する。", "One clause, another; and a third."]
)
def test_a_cut_keeps_all_of_a_text(text: str, share: float) -> None:
    """Both parts together are the text."""
    assert "".join(cut(text, share)).replace(" ", "") == text.replace(" ", "")


def test_words_find_the_texts_that_render_them() -> None:
    """The key of an English word stands on both sides where the Japanese holds a usual rendering, inflected or not."""
    left, right = words(
        ["情報の共有を円滑化する。", "水準を高めた。", "港に入る。"],
        ["facilitating the sharing of information", "enhanced standards", "of the and"],
    )
    assert right[0]
    assert left[0] >= right[0] - {"shar"}
    assert left[1] & right[1]
    assert not left[2] & (right[0] | right[1])
    assert right[2] == frozenset()


def test_words_tell_look_alikes_apart() -> None:
    """Two provisions that a weak encoder cannot tell apart are told apart by their words; the third stays alone."""
    ja = ["職員は、書類を閲覧することができる。", "職員は、休暇を取得することができる。"]
    en = ["Officials may refuse to testify.", "Officials may inspect documents.", "Officials may take leave."]
    found = align(Document.from_segments("ja", ja), Document.from_segments("en", en), embedder=get_embedder("lexical"))
    pairs = {(b.ja[0].index, b.en[0].index) for b in found.beads if b.ja and b.en}
    assert pairs == {(0, 1), (1, 2)}
