"""What several checks ask of a segment or of the whole document; each answer is computed once for a `Pair`."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any, TypeVar

from mocalign import english
from mocalign.kanji import is_kanji
from mocalign.model import Document, Lang, Segment, Span, View
from mocalign.pair import Pair

__all__ = [
    "also",
    "at",
    "clean",
    "documents",
    "identifier",
    "kanji_runs",
    "marker",
    "ngrams",
    "once",
    "polite",
    "profile",
    "quoted",
    "runs",
    "sides",
    "untranslated",
]

T = TypeVar("T")


def once(pair: Pair, name: str, make: Callable[[Pair], T]) -> T:
    """Compute something for a pair the first time it is asked for, and keep it as long as the pair lives."""
    return pair.memo(f"tools {name}", lambda: make(pair))


def documents(pair: Pair) -> Iterator[tuple[Lang, Document]]:
    """The sides that are there."""
    if pair.has_japanese:
        yield "ja", pair.ja
    if pair.has_english:
        yield "en", pair.en


def clean(segment: Segment) -> str:
    """The segment as it stands with its holes (markup, page furniture) blanked by NUL: same length, same offsets."""
    if not segment.holes:
        return segment.text
    out = list(segment.text)
    base = segment.span.start
    for hole in segment.holes:
        for i in range(max(0, hole.start - base), min(len(out), hole.end - base)):
            out[i] = "\0"
    return "".join(out)


def at(segment: Segment, start: int, end: int) -> Span:
    """The span of `segment.text[start:end]`."""
    base = segment.span.start
    return segment.span.sub(base + start, base + end)


def marker(segment: Segment) -> tuple[str, Span] | None:
    """The written mark of a segment ("a)", "第1項", "１") without bullet, markup and white space; None where there is none."""
    head = clean(segment)[: segment.body - segment.span.start]
    match = re.search(r"[^\s\0#>*・•-](?:.*[^\s\0])?", head)
    if match is None:
        return None
    return match[0].replace("\0", ""), at(segment, match.start(), match.end())


def sides(lang: Lang, span: Span) -> dict[str, Any]:
    """The keyword that puts a span on its side of a `Hit`."""
    return {lang: span}


def also(lang: Lang, spans: tuple[Span, ...]) -> dict[str, Any]:
    """The keyword that puts further places on their side of a `Hit`."""
    return {f"also_{lang}": spans}


def runs(text: str, test: Callable[[str], bool]) -> Iterator[tuple[int, int]]:
    """Maximal ranges of characters that pass a test."""
    start = -1
    for i, char in enumerate(text):
        if test(char):
            if start < 0:
                start = i
        elif start >= 0:
            yield start, i
            start = -1
    if start >= 0:
        yield start, len(text)


def kanji_runs(text: str) -> Iterator[tuple[int, int]]:
    """Maximal runs of kanji."""
    return runs(text, is_kanji)


def ngrams(pair: Pair, size: int) -> Counter[str]:
    """How often each string of `size` characters stands in the Japanese document."""

    def count(p: Pair) -> Counter[str]:
        text = p.ja_text
        return Counter(text[i : i + size] for i in range(len(text) - size + 1))

    return once(pair, f"ngrams{size}", count)


def polite(pair: Pair) -> bool:
    """Whether the text speaks to its reader (です, ます) as no statute, treaty or contract does."""

    def make(p: Pair) -> bool:
        text = p.ja_text
        return len(re.findall("(?:ます|ません|です|ました|でした|ください)。", text)) * 2 > text.count("。")

    return once(pair, "polite", make)


_LATIN_WORD = re.compile(r"\b[a-z]{2,}\b")
_ADDRESS = re.compile(r"\S+@\S+|\S+://\S+|www\.\S+|\S+/\S+")


def untranslated(text: str) -> bool:
    """Whether a passage of the Japanese side is English: an untranslated paragraph, said once and not compared further."""
    japanese = len(re.findall("[ぁ-んァ-ヴ一-鿿]", text))
    return japanese * 5 < len(text) and len(_LATIN_WORD.findall(_ADDRESS.sub(" ", text))) >= 4


_THING = re.compile(
    r" ?(?:ディレクトリ|フォルダ|ファイル|セクション|ブランチ|コマンド|パッケージ|関数|メソッド|オプション|パラメ|引数|変数|アーカイブ"
    r"|リポジトリ|タグ|モジュール|ライブラリ|コンポーネント|属性|テーブル|カラム|フィールド|キーワード|スクリプト)"
)
_KEY = re.compile(r"(?m)^[\s*・•+-]*([a-z][A-Za-z0-9_.-]*)(?=\s*(?:[－–—:：=＝]|- ))")


def identifier(pair: Pair, text: str, start: int, end: int) -> bool:
    """Whether a lower-case Latin word of a Japanese sentence is a name and no word left over.

    The text writes it so throughout; it names a directory, a command, a field; or it is no English word (grml).
    """
    word = text[start:end]
    if len(re.findall(rf"(?<![a-z]){re.escape(word.lower())}(?![a-z])", pair.ja_text.lower())) > 2:
        return True
    if " " in word:
        return False
    parts = [p for p in re.split(r"[-'’]", word.lower()) if len(p) > 1]
    if word in once(pair, "keys", lambda p: frozenset(_KEY.findall(p.ja.text))):
        return True  # timeout － 待ち時間: what a list explains
    return _THING.match(text, end) is not None or not any(len(p) > 3 and english.is_word(p) for p in parts)


_QUOTES = re.compile(r"「[^「」]*」|『[^『』]*』|“[^“”]*”|《[^《》]*》|\"[^\"\n]*\"")


def quoted(view: View) -> list[tuple[int, int]]:
    """Ranges of a view inside quotation marks."""
    return [m.span() for m in _QUOTES.finditer(view.text)]


_KINDS: tuple[tuple[str, str], ...] = (
    (
        "moc",
        r"覚書|メモランダム|共同声明|共同宣言|共同プレス|行動計画|指針|ガイドライン|memorand|joint (?:statement|declaration)|guideline",
    ),
    ("contract", r"契約書|使用許諾|利用規約|約款|合意書|contract\b|licen[cs]e agreement|terms of (?:use|service)"),
    ("treaty", r"条約|協定|議定書|憲章|取極|交換公文|treaty|convention|protocol|agreement between|charter"),
    ("law", r"(?:に関する|の)?法律|(?:施行)?(?:令|規則)(?=$|\s|（|\()|\bact\b|\blaw\b|ordinance"),
)


def profile(pair: Pair) -> str:
    """The kind of instrument: the setting, else what title and wording say; "" when they say nothing."""
    if pair.config.profile != "auto":
        return pair.config.profile
    return once(pair, "profile", _profile)


def _profile(pair: Pair) -> str:
    scores: dict[str, int] = {}
    for lang, document in documents(pair):
        head = [pair.view(document, s).text for s in document.segments[:3]]
        title = head[0].lower() if head else ""
        body = pair.ja_text if lang == "ja" else pair.en_text.lower()
        for kind, pattern in _KINDS:
            found = list(re.finditer(pattern, title))
            # The last noun of a Japanese title and the first of an English one name the instrument.
            if found:
                last = max(m.end() for m in found)
                scores[kind] = scores.get(kind, 0) + (5 if lang == "en" and found[0].start() < 12 else 3)
                if lang == "ja" and len(re.sub(r"[（(].*$", "", title)) - last <= 1:
                    scores[kind] += 4
        for kind, words in (
            ("moc", ("覚書", "認識に達した", "participants", "法的拘束力を有")),
            ("treaty", ("締約国は", "批准", "協定した", "contracting parties", "the parties shall")),
            ("law", ("この法律", "政令で定める", "主務大臣", "this act")),
            ("contract", ("甲は、", "乙は、", "本契約", "licensee")),
        ):
            scores[kind] = scores.get(kind, 0) + sum(min(2, body.count(w)) for w in words)
    best = sorted(scores.items(), key=lambda item: -item[1])
    if not best or best[0][1] < 3 or (len(best) > 1 and best[0][1] == best[1][1]):
        return ""
    return best[0][0]
