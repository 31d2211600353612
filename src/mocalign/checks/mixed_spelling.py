"""One word is written in two ways in one document.

Why it matters: 並びに beside ならびに, コンピュータ beside コンピューター split a word for search and index and show that
several hands worked on the text.

What to do: write it one way; the house style decides (official texts write 及び, 並びに, 又は and 若しくは in kanji), else the
way the document usually writes it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from mocalign import data
from mocalign.checks.base import Check, Example, Hit
from mocalign.checks.tools import quoted
from mocalign.config import Config
from mocalign.model import Severity, Span
from mocalign.pair import Pair

__all__ = ["CHECK"]

_KATAKANA = re.compile(r"[ァ-ヴー]{3,}")


@lru_cache(maxsize=1)
def _groups() -> tuple[tuple[dict[str, re.Pattern[str]], str], ...]:
    """Variants with their patterns, and the official form."""
    out = []
    for row in data.rows("spellings"):
        forms = {}
        for form in row["forms"].split("｜"):
            word, _, guard = form.partition("~")
            forms[word] = re.compile(guard or re.escape(word))
        for word in forms:
            longer = [re.escape(other[len(word) :]) for other in forms if other != word and other.startswith(word)]
            if longer:  # 支払 is not read out of 支払い, nor out of 支払う
                # before another noun both spellings are the rule: 支払方法 beside 支払い
                forms[word] = re.compile(rf"{forms[word].pattern}(?!{'|'.join(longer)}|[うっわえお一-鿿])")
        out.append((forms, row["koyobun"]))
    return tuple(out)


def _places(pair: Pair, pattern: re.Pattern[str]) -> list[tuple[Span, str]]:
    found = []
    for segment in pair.ja.segments:
        view = pair.body(pair.ja, segment)
        marks = None
        for match in pattern.finditer(view.text):
            marks = quoted(view) if marks is None else marks
            if any(a < match.start() and match.end() < b and b - a > 24 for a, b in marks):
                continue  # the title of another instrument keeps its spelling
            found.append((view.span(*match.span()), match[0]))
    return found


def find(pair: Pair, config: Config) -> Iterator[Hit]:
    """Yield the minority spelling of each word once, with all its places."""
    text = pair.ja_text
    if config.style == "koyobun":
        yield from _kana_conjunction(pair)
    for forms, koyobun in _groups():
        there = {word: _places(pair, pattern) for word, pattern in forms.items() if pattern.search(text)}
        there = {word: places for word, places in there.items() if places}
        if len(there) < 2:
            continue
        usual = max(there, key=lambda w: (len(there[w]), w == koyobun))
        if config.style == "koyobun" and koyobun in there and len(there[koyobun]) * 4 >= len(there[usual]):
            usual = koyobun
        for word, places in there.items():
            if word != usual:
                yield _hit(places, word, usual, len(there[usual]))
    yield from _katakana(pair)


_FOUR = (("及び", "および(?!腰)"), ("並びに", "ならびに"), ("又は", "または"), ("若しくは", "もしくは"))


def _kana_conjunction(pair: Pair) -> Iterator[Hit]:
    """One of the four conjunctions in kana throughout, where the document writes another in kanji."""
    text = pair.ja_text
    if sum(text.count(kanji) for kanji, _ in _FOUR) < 3:
        return
    for kanji, kana in _FOUR:
        pattern = re.compile(kana)
        if kanji in text or not pattern.search(text):
            continue
        places = _places(pair, pattern)
        if places:
            spans = [s for s, _ in places]
            yield Hit(
                f"{places[0][1]} is in kana ({len(spans)} places) where the other conjunctions are in kanji; official texts write {kanji}.",
                f"「{places[0][1]}」（{len(spans)}箇所）が仮名書き。他の接続詞は漢字であり、公用文では「{kanji}」と書く。",
                ja=spans[0],
                also_ja=tuple(spans[1:]),
                confidence=0.8,
                suggestion=kanji,
            )


def _hit(places: list[tuple[Span, str]], word: str, usual: str, count: int) -> Hit:
    spans = [s for s, _ in places]
    many = f" ({len(spans)} places)" if len(spans) > 1 else ""
    return Hit(
        f"{word} stands beside {usual}{many}; the document writes {usual} {count} time{'s' if count > 1 else ''}.",
        f"「{word}」と「{usual}」が混在している（「{usual}」は{count}箇所）。",
        ja=spans[0],
        also_ja=tuple(spans[1:]),
        confidence=0.9,
        suggestion=_instead(spans[0].text, word, usual),
    )


def _instead(text: str, word: str, usual: str) -> str | None:
    """The usual spelling of what stands there, its inflection kept."""
    if text == word:
        return usual
    end = len(word) - 1
    while end and not text.startswith(word[:end]):
        end -= 1
    if end and word[end:] and usual.endswith(word[end:]):
        return usual[: len(usual) - len(word[end:])] + text[end:]
    return None


def _katakana(pair: Pair) -> Iterator[Hit]:
    """Loan words that differ in a long vowel mark or a small kana alone."""
    words: dict[str, list[Span]] = {}
    for segment in pair.ja.segments:
        view = pair.body(pair.ja, segment)
        for match in _KATAKANA.finditer(view.text):
            if view.text[match.start() - 1 : match.start()] in "・＝=" and match.start():
                continue
            if view.text[match.end() : match.end() + 1] in ("・", "＝", "="):
                continue
            words.setdefault(match[0], []).append(view.span(*match.span()))
    by_key: dict[str, list[str]] = {}
    for word in words:
        key = (
            re.sub("ー", "", word)
            .translate(str.maketrans("ィェァォゥヴ", "イエアオウブ"))
            .replace("ブア", "バ")
            .replace("ブイ", "ビ")
        )
        by_key.setdefault(key, []).append(word)
    for forms in by_key.values():
        if len(forms) < 2:
            continue
        forms.sort(key=lambda w: (-len(words[w]), -len(w), w))
        for word in forms[1:]:
            yield _hit([(s, word) for s in words[word]], word, forms[0], len(words[forms[0]]))
    # コンピュータ inside スーパーコンピュータ beside コンピューター
    ends = [w for w in words if len(w) > 3]
    for word in ends:
        longer = word if word.endswith("ー") else word + "ー"
        short = longer[:-1]
        if word != longer:
            continue
        for other in ends:
            if (
                other != short
                and other.endswith(short)
                and len(short) > 3
                and not other.endswith("ー")
                and other + "ー" not in words
            ):
                yield _hit([(s, other) for s in words[other]], other, other + "ー", len(words[word]))


CHECK = Check(
    code="STY001",
    name="mixed-spelling",
    mqm="style/inconsistent-style",
    severity=Severity.minor,
    needs="ja",
    doc=__doc__,
    doc_ja="一つの語が二通りに書かれている。\n\nなぜ問題か：検索や索引で語が分かれ、複数の手が入った跡に見える。\n\n対処：一方に統一する。公用文では「及び」「並びに」「又は」「若しくは」を漢字で書く。",
    find=find,
    examples=(
        Example(ja="日本又は豪州\n書面又は電子メール\n⟦または⟧口頭", suggestion="又は"),
        Example(ja="開発及び普及⟦ならびに⟧評価\n情報並びに人員", suggestion="並びに"),
        Example(ja="センターの設置\nセンターの運営\n⟦センタ⟧の廃止", suggestion="センター"),
        Example(ja="三か月以内\n六か月以内\n四⟦ヶ月⟧以内", suggestion="か月"),
        Example(ja="日本及び豪州\n書面及び電子メール\n情報及び人員\n直接⟦または⟧間接", suggestion="又は"),
        Example(ja="日本および豪州\n直接または間接\n開発ならびに評価"),
        Example(ja="日本又は豪州\n書面又は電子メール"),
        Example(ja="支払方法及び支払期日を定める。支払いは、毎月行う。支払いが遅れたときは、通知する。"),
        Example(ja="支払いの方法を定める。金額は、甲が支払った日に確定する。"),
        Example(ja="取組を進める。また、問題に取り組む。このとおり、事を進めることとする。"),
        Example(ja="マリア・センタ氏がセンターを訪れた。"),
    ),
)
