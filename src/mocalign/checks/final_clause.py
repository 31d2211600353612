"""The final clauses of the two texts do not say the same about languages and their standing.

Why it matters: the final clause says in which languages the instrument was made and which of them decides; a language, or
the sentence on authenticity, that stands on one side alone changes which text governs.

What to do: make both final clauses name the same languages and give them the same standing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from mocalign.checks.base import Check, Example, Hit
from mocalign.config import Config
from mocalign.model import Lang, Segment, Severity, Span
from mocalign.pair import Pair

__all__ = ["CHECK", "languages"]

_NAMES = (
    ("英", "English"), ("日本", "Japanese"), ("フランス|仏", "French"), ("スペイン|西班牙", "Spanish"), ("中国|中", "Chinese"), ("ロシア|露", "Russian"), ("アラビア", "Arabic"), ("ドイツ|独", "German"),
    ("イタリア|伊", "Italian"), ("ポルトガル", "Portuguese"), ("韓国|朝鮮", "Korean"), ("ベトナム", "Vietnamese"), ("タイ", "Thai"), ("インドネシア", "Indonesian"), ("モンゴル", "Mongolian"),
    ("オランダ", "Dutch"), ("ポーランド", "Polish"), ("トルコ", "Turkish"), ("ヒンディー", "Hindi"), ("ペルシャ|ペルシア", "Persian"), ("ウズベク", "Uzbek"), ("カザフ", "Kazakh"), ("ウクライナ", "Ukrainian"),
    ("ハンガリー", "Hungarian"), ("チェコ", "Czech"), ("スウェーデン", "Swedish"), ("フィンランド", "Finnish"), ("ノルウェー", "Norwegian"), ("デンマーク", "Danish"), ("ギリシャ", "Greek"), ("ヘブライ", "Hebrew"),
    ("クメール", "Khmer"), ("ラオス|ラオ", "Lao"), ("ミャンマー|ビルマ", "Burmese"), ("マレー|マレーシア", "Malay"), ("ベンガル", "Bengali"), ("ネパール", "Nepali"), ("シンハラ", "Sinhala"), ("スワヒリ", "Swahili"),
)  # fmt: skip
_JA_MADE = re.compile(r"作成|署名|本書|[二三四2-9２-９]通|正文|認証|本文|有効|優先")
_EN_MADE = re.compile(
    r"\b(?:done|signed|executed|made|duplicate|triplicate|originals?|copies|texts?|authentic|versions?)\b", re.I
)
_JA_EQUAL = re.compile(r"ひとしく|有効|等しく|均しく|同等|同一の効力|正文|正本|いずれも(?:真正|有効)")
_EN_EQUAL = re.compile(
    r"\bequally\b|\bauthentic\b|\bauthoritative\b|\bofficial text|\boriginal text|\bequal (?:validity|authenticity)",
    re.I,
)
_JA_PREVAIL = re.compile(r"優先|優越|(?:本文|版|文)によ[りる]")
_EN_PREVAIL = re.compile(
    r"\bprevails?\b|\bgoverns?\b|\bcontrols?\b|\bdecisive\b|\bthe English text\b[^.]{0,30}\bused\b|\bcontrolling\b",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Clause:
    """The languages a final clause names, with their places, and what it says of their standing."""

    languages: dict[str, Span]
    equal: Span | None
    prevails: Span | None
    whole: Span


def find(pair: Pair, config: Config) -> Iterator[Hit]:
    """Yield the languages and the standing that one final clause has and the other lacks."""
    if not (pair.has_japanese and pair.has_english):
        return
    ja, en = _clause(pair, "ja"), _clause(pair, "en")
    if ja is None or en is None or not (ja.languages and en.languages):
        return
    only_ja, only_en = set(ja.languages) - set(en.languages), set(en.languages) - set(ja.languages)
    if only_ja or only_en:
        here = ja.languages[min(only_ja)] if only_ja else _last(ja)
        there = en.languages[min(only_en)] if only_en else _last(en)
        names = f"English: {', '.join(sorted(en.languages))}; Japanese: {', '.join(sorted(ja.languages))}"
        yield Hit(
            f"The final clauses name different languages ({names}).",
            f"末文の言語が両言語で異なる（英文：{'、'.join(sorted(en.languages))}、和文：{'、'.join(sorted(ja.languages))}）。",
            ja=here,
            en=there,
            confidence=0.85,
        )
        return
    for name, name_ja, one, two in (
        ("that the texts are equally authentic", "ひとしく正文である旨", ja.equal, en.equal),
        ("which text prevails", "いずれの本文が優先するか", ja.prevails, en.prevails),
    ):
        if (one is None) == (two is None) or len(ja.languages) < 2 or (name.startswith("which") and _standing(ja, en)):
            continue
        side, side_ja = ("English", "英文") if one is None else ("Japanese", "和文")
        yield Hit(
            f"Only the {side} says {name}.",
            f"{name_ja}が{side_ja}にしかない。",
            ja=one or _last(ja),
            en=two or _last(en),
            confidence=0.72,
        )


def _standing(ja: Clause, en: Clause) -> bool:
    """Whether the side that does not say which text prevails says it in other words: 日本語を正文とし."""
    return (ja.prevails is None and ja.equal is not None and en.equal is None) or (
        en.prevails is None and en.equal is not None and ja.equal is None
    )


def _last(clause: Clause) -> Span:
    return max(clause.languages.values(), key=lambda s: s.start)


def languages(pair: Pair, lang: Lang) -> dict[str, Span]:
    """The languages that the final clause of one side names, by their English names, with their places."""
    clause = _clause(pair, lang)
    return clause.languages if clause is not None else {}


def _clause(pair: Pair, lang: Lang) -> Clause | None:
    """The paragraphs of the second half that speak of the languages of the instrument."""
    document = pair.ja if lang == "ja" else pair.en
    found: dict[str, Span] = {}
    equal = prevails = None
    whole: Span | None = None
    half = len(document.segments) // 2
    for segment in document.segments[half:]:
        if not _speaks(pair, lang, segment):
            continue
        view = pair.body(document, segment)
        whole = whole or view.span(0, len(view.text))
        for ja, en in _NAMES:
            pattern = (
                rf"(?:{ja})(?=語|文(?:及び|並びに|で|により|の))"
                if lang == "ja"
                else rf"\b{en}\b(?! (?:Government|Ministry|law|yen|Embassy|side|nationals?))"
            )
            match = re.search(pattern, view.text)
            if match and en not in found:
                end = match.end() + (lang == "ja" and view.text[match.end() : match.end() + 1] == "語")
                found[en] = view.span(match.start(), end)
        m = (_JA_EQUAL if lang == "ja" else _EN_EQUAL).search(view.text)
        equal = equal or (view.span(*m.span()) if m else None)
        m = (_JA_PREVAIL if lang == "ja" else _EN_PREVAIL).search(view.text)
        prevails = prevails or (view.span(*m.span()) if m else None)
    return Clause(found, equal, prevails, whole) if whole is not None else None


def _speaks(pair: Pair, lang: Lang, segment: Segment) -> bool:
    document = pair.ja if lang == "ja" else pair.en
    text = pair.body(document, segment).text
    if lang == "ja":
        return bool(
            re.search(r"[一-鿿ァ-ヴー]語(?:で|により|及び|、|の(?:本文|正文)|並びに|を)|正文", text)
            and _JA_MADE.search(text)
        )
    languages = "|".join(en for _, en in _NAMES)
    return bool(
        re.search(
            rf"\b(?:{languages})\b[^.]{{0,60}}\b(?:languages?|texts?|versions?|originals?)\b|\blanguages?\b[^.]{{0,20}}\b(?:{languages})\b|\b(?:authentic|duplicate)\b|\bin\s+(?:the\s+)?(?:{languages})\b",
            text,
        )
        and _EN_MADE.search(text)
    )


CHECK = Check(
    code="ACC008",
    name="final-clause-mismatch",
    mqm="accuracy/mistranslation",
    severity=Severity.major,
    doc=__doc__,
    doc_ja="末文（作成の言語、正文、優先する本文）が両言語で一致しない。\n\nなぜ問題か：どの言語の本文が基準となるかが変わる。\n\n対処：両言語の末文を一致させる。",
    find=find,
    examples=(
        Example(
            ja="覚書\n協力する。\n2026年1月9日に東京で、⟦日本語⟧及び英語により2通を作成した。",
            en="Memorandum\nThey will cooperate.\nSigned in duplicate at Tokyo on 9 January 2026 in the ⟦English⟧ language.",
        ),
        Example(
            ja="覚書\n協力する。\n2026年1月9日に東京で、英語により2通を作成した。",
            en="Memorandum\nThey will cooperate.\nSigned in duplicate at Tokyo on 9 January 2026 in the English language.",
        ),
        Example(
            ja="協定\n協力する。\n2026年1月9日に東京で、日本語及び⟦英語⟧により本書二通を作成した。",
            en="Agreement\nThey shall cooperate.\nDone in duplicate at Tokyo on 9 January 2026 in the Japanese and English languages, both texts being ⟦equally⟧ authentic.",
        ),
        Example(
            ja="協定\n協力する。\n2026年1月9日に東京で、ひとしく正文である日本語及び英語により本書二通を作成した。",
            en="Agreement\nThey shall cooperate.\nDone in duplicate at Tokyo on 9 January 2026 in the Japanese and English languages, both texts being equally authentic.",
        ),
    ),
)
