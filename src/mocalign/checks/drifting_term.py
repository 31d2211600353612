"""A defined term gives way to another word for the same thing, or a term is used that nothing defines.

Why it matters: 参加者ら in a text that defines 当事者ら makes the reader ask who is meant.

What to do: write the defined term.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from mocalign import japanese, kanji
from mocalign.checks.base import Check, Example, Hit
from mocalign.checks.defined_terms import definitions, uses
from mocalign.checks.tools import quoted
from mocalign.config import Config
from mocalign.model import Severity
from mocalign.pair import Pair

__all__ = ["CHECK"]

# Words for the parties and for the instrument: one of each is defined, the others are drift.
_PARTIES = (
    "当事者ら",
    "参加者ら",
    "締約国",
    "締約者",
    "両締約国",
    "両当事者",
    "両参加者",
    "参加国",
    "当事国",
    "双方",
    "両者",
    "当事者",
    "参加者",
    "加盟国",
)
_INSTRUMENTS = (
    "本覚書",
    "この覚書",
    "本協力覚書",
    "この協力覚書",
    "本協定",
    "この協定",
    "本条約",
    "この条約",
    "本契約",
    "この契約",
    "本取決め",
    "この取決め",
    "本議定書",
    "この議定書",
    "本文書",
    "この文書",
)


def find(pair: Pair, config: Config) -> Iterator[Hit]:
    """Yield rare words for what a defined term stands for."""
    terms = definitions(pair, "ja")
    defined = {t.word for t in terms}
    text = pair.ja_text
    for family in (_PARTIES, _INSTRUMENTS):
        mine = [w for w in family if w in defined]
        if not mine:
            continue
        strong = [w for w in mine if text.count(w) >= 2]
        if not strong:
            continue
        for word in family:
            if word in defined or any(word in d or d in word for d in defined):
                continue
            # 双方, 両者 and 参加者 are ordinary words; alone they prove nothing.
            if word in ("参加者", "加盟国", "参加国"):
                continue
            if word in ("双方", "両者") and not set(mine) & {"双方", "両者"}:
                continue
            yield from _places(pair, word, strong[0], 0.85)
    for term in terms:
        if len(term.word) < 3 or uses(pair, "ja", term) < 3:
            continue
        for new in _heads(pair, term.word, defined):
            if 0 < _alone(text, new) == text.count(new) <= 2 and term.segment < _segment(pair, new):
                yield from _places(pair, new, term.word, 0.72)
    # One kanji of a defined term exchanged for one of the same reading: 規約 for 規程 where 規程 is defined.
    for term in terms:
        word = term.word
        if not 2 <= len(word) <= 6 or not all(kanji.is_kanji(c) for c in word) or uses(pair, "ja", term) < 2:
            continue
        stem = word[:-1]
        near = (
            {m[0] for m in re.finditer(rf"(?<![一-鿿]){re.escape(stem)}[一-鿿](?![一-鿿])", text)}
            if len(word) == 2
            else set()
        )
        for other in sorted(near - {word} - defined):
            if text.count(other) == 1 and japanese.in_dictionary(other) and _same_kind(word, other):
                yield from _places(pair, other, word, 0.7)


# Heads of one kind: the same first word with another of them names the same thing anew (作業部会, 作業班).
_HEADS = (
    ("部会", "班", "委員会", "小委員会", "協議会", "会議", "会議体", "グループ", "チーム", "フォーラム", "会合"),
    ("機関", "当局", "官庁", "省庁", "事務局", "組織"),
    ("者", "人", "国", "側", "元", "主体"),
    ("規程", "規約", "規則", "要綱", "要領", "指針", "基準"),
    ("計画", "構想", "プログラム", "事業", "プロジェクト"),
    ("水域", "海域", "区域", "地域", "地区"),
    ("情報", "事項", "資料", "データ"),
    ("報告書", "報告", "結果書", "記録書"),
    ("設備", "装置", "機器", "施設"),
    ("期間", "期限", "時期"),
)


def _heads(pair: Pair, word: str, defined: set[str]) -> Iterator[str]:
    """Words of the text that share the first part of a defined one and end in another head of the same kind."""
    for family in _HEADS:
        for head in family:
            stem = word.removesuffix(head)
            if stem == word or len(stem) < 2 or any(word.endswith(h) and len(h) > len(head) for h in family):
                continue
            for other in family:
                new = stem + other
                if other != head and new not in defined and not any(new in d for d in defined):
                    yield new


def _segment(pair: Pair, word: str) -> int:
    """The segment in which a word stands first."""
    return next((s.index for s in pair.ja.segments if word in pair.body(pair.ja, s).text), -1)


def _alone(text: str, word: str) -> int:
    """How often a word stands by itself, in no compound."""
    return len(re.findall(rf"(?<![一-鿿ァ-ヴー]){re.escape(word)}(?![一-鿿ァ-ヴー])", text))


def _same_kind(word: str, other: str) -> bool:
    """Both name an instrument or a body: 規程 規約 規則, 機関 機構."""
    kinds = ("程約則定款律令", "約定書領綱", "関構団体会局")
    return any(word[-1] in k and other[-1] in k for k in kinds)


def _places(pair: Pair, word: str, usual: str, confidence: float) -> Iterator[Hit]:
    spans = []
    for segment in pair.ja.segments:
        if segment.kind in ("title", "signature"):
            continue
        view = pair.body(pair.ja, segment)
        marks = quoted(view)
        for match in re.finditer(re.escape(word), view.text):
            if any(a <= match.start() < b for a, b in marks):
                continue
            # 同条約の締約国, 気候変動枠組条約の締約国: the parties of another instrument.
            if re.search(r"(?:条約|協定|議定書|同)の?(?:全ての|各)?$", view.text[: match.start()]):
                continue
            if re.match(r"[（(]以下", view.text[match.end() : match.end() + 3]):
                continue  # the long form that the definition shortens
            spans.append(view.span(*match.span()))
    if not spans or len(spans) > 3:
        return
    yield Hit(
        f"{word} is not defined; the text defines {usual}.",
        f"「{word}」は定義されていない。本文で定義されているのは「{usual}」。",
        ja=spans[0],
        also_ja=tuple(spans[1:]),
        confidence=confidence,
        suggestion=usual,
    )


CHECK = Check(
    code="TER102",
    name="drifting-term",
    mqm="terminology/inconsistent-use",
    severity=Severity.major,
    needs="ja",
    doc=__doc__,
    doc_ja="定義された語と同じものを指す別の語が使われている。\n\nなぜ問題か：誰・何を指すのか疑いが生じる。\n\n対処：定義された語に統一する。",
    find=find,
    examples=(
        Example(
            ja="甲省及び乙省（以下それぞれを「当事者」といい、併せて「当事者ら」という。）は、\n当事者らは、統計を交換する。\n各当事者は、費用を負担する。\n⟦参加者ら⟧は、連絡窓口を指定する。",
            suggestion="当事者ら",
        ),
        Example(
            ja="合同作業部会（以下「作業部会」という。）を置く。\n作業部会は、毎年会合する。\n作業部会は、記録を作る。\n作業部会は、公開しない。\n⟦作業班⟧は、結果を報告する。",
            suggestion="作業部会",
        ),
        Example(
            ja="会議の規程（以下「規程」という。）を採択した。\n規程に従って指定する。\n規程は、開放しておく。\n⟦規約⟧の改正を通報する。",
            suggestion="規程",
        ),
        Example(
            ja="甲省及び乙省（以下併せて「両者」という。）は、\n両者は、気候変動条約の締約国として協力する。\n両者は、参加者を募集する。"
        ),
    ),
)
