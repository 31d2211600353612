"""A katakana word is misspelt: a character doubled, lost, exchanged or turned round.

Why it matters: エコシシステム or センシグ is in no dictionary and no index.

What to do: write the word as the dictionary or the rest of the document does.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from functools import lru_cache

from mocalign import japanese
from mocalign.checks.base import Check, Example, Hit
from mocalign.checks.tools import once
from mocalign.config import Config
from mocalign.model import Severity, View
from mocalign.pair import Pair

__all__ = ["CHECK"]

_WORD = re.compile(r"[ァ-ヴー]{4,}")
_ALL = "アイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワンガギグゲゴザジズゼゾダデドバビブベボパピプペポァィェォッャュョヴー"
_SIMILAR = {
    a + b
    for pair in "シツ ソン ワク クケ ラヲ コユ ウワ マア テラ バパ ビピ ブプ ベペ ボポ ハバ ヒビ フブ ヘベ ホボ カガ キギ クグ ケゲ コゴ サザ シジ スズ セゼ ソゾ タダ チヂ ツヅ テデ トド アァ イィ エェ オォ ツッ ヤャ ユュ ヨョ ノソ メナ ルレ スヌ チテ ニミ セヤ ロコ ヲフ リソ リン ミシ モキ".split()
    for a, b in (tuple(pair), tuple(reversed(pair)))
}


@lru_cache(maxsize=16384)
def _entry(word: str) -> str:
    """How the dictionary holds a word: "", "common" or "name"."""
    found = japanese.tokens(word)
    if len(found) != 1 or found[0].oov:
        return ""
    return "name" if found[0].pos[1] == "固有名詞" else "common"


def _sound(word: str) -> bool:
    """Whether the dictionary holds the word, or two or three words that make it, or a word and a short affix."""
    if (
        _entry(word)
        or (word[:2] in _PREFIXES and len(word) > 4 and _sound(word[2:]))
        or (word[-2:] in _SUFFIXES and _entry(word[:-2]))
    ):
        return True
    cuts = range(3, len(word) - 2)
    return any(
        _entry(word[:k])
        and (_entry(word[k:]) or any(_entry(word[k:m]) and _entry(word[m:]) for m in range(k + 3, len(word) - 2)))
        for k in cuts
    )


# Parts of two kana that make new words freely; others of two are too likely to be found by accident (シシ + ステム).
_PREFIXES = frozenset(
    "サブ プレ ノン モノ エコ ゼロ ミニ プロ メガ ギガ ナノ バイ トリ ポリ メタ ジオ ネオ キー リモ マイ ログ タグ".split()
)
_SUFFIXES = frozenset("キー カー バス バー ビル デー キロ テロ デモ".split())


def _parts(word: str) -> tuple[str, str, str]:
    """Dictionary word before, unknown rest, dictionary word after; the longest known end is taken off."""
    ends = [
        *((k, (word[:k], word[k:], "")) for k in range(len(word) - 3, 2, -1) if _entry(word[:k]) == "common"),
        *((k, ("", word[:-k], word[-k:])) for k in range(len(word) - 3, 2, -1) if _entry(word[-k:]) == "common"),
    ]
    return max(ends, key=lambda e: e[0])[1] if ends else ("", word, "")


def _edits(word: str) -> Iterator[tuple[str, str]]:
    """Words one slip away, each with its kind; the likeliest kinds first."""
    for i, char in enumerate(word):
        yield word[:i] + word[i + 1 :], "twice" if char in (word[i - 1 : i], word[i + 1 : i + 2]) else "stray"
        if i + 1 < len(word) and word[i + 1] != char:
            yield word[:i] + word[i + 1] + char + word[i + 2 :], "turned"
    for i, char in enumerate(word):
        for other in _ALL:
            if other != char:
                kind = "similar" if char + other in _SIMILAR else "long" if "ー" in char + other else "other"
                yield word[:i] + other + word[i + 1 :], kind
    for i in range(len(word) + 1):
        for other in _ALL:
            yield word[:i] + other + word[i:], "lost"


def find(pair: Pair, config: Config) -> Iterator[Hit]:
    """Yield each katakana word that is one slip away from a word of the document or the dictionary."""
    counts = once(pair, "katakana words", lambda p: Counter(_WORD.findall(p.ja_text)))
    judged: dict[str, tuple[str, float, str] | None] = {}
    for segment in pair.ja.segments:
        view = pair.body(pair.ja, segment)
        for match in _WORD.finditer(view.text):
            word = match[0]
            if _name(view.text, *match.span()):
                continue
            if word not in judged:
                judged[word] = _judge(word, counts)
            verdict = judged[word]
            if verdict is not None:
                yield _hit(view, match.start(), match.end(), *verdict)


def _name(text: str, start: int, end: int) -> bool:
    """Part of a foreign name: between middle dots, or before a title."""
    if re.match(r"[・＝=]", text[end : end + 1]) and re.match(r"[・＝=]?[ァ-ヴ]", text[end : end + 2]):
        return bool(
            re.match(r"[・＝=][ァ-ヴー]{1,12}(?![ァ-ヴー])(?:[・＝=]|氏|大臣|大使|長官|博士|教授|$)", text[end:])
        )
    if start and text[start - 1] in "・＝=":
        return bool(re.match(r"氏|大臣|大使|長官|博士|教授|$|　|・", text[end:]))
    return bool(re.match(r"氏|大臣|大使|博士|教授|さん|・クローネ", text[end:]))


_BASE = {"twice": 0.9, "turned": 0.87, "similar": 0.86, "long": 0.8, "lost": 0.76, "stray": 0.74, "other": 0.64}


def _judge(word: str, counts: Counter[str]) -> tuple[str, float, str] | None:
    mine = counts[word]
    # what the text writes again inside longer words is a word of its trade: キーサイン beside キーサインパーティ
    held = sum(n for w, n in counts.items() if w != word and len(word) > 4 and w.startswith(word))
    if mine + held >= 3 or _entry(word):
        return None
    sound = _sound(word)
    best: tuple[float, str, str] | None = None
    for other, there in counts.items():
        if other == word or abs(len(other) - len(word)) > 1 or not _one_slip(word, other):
            continue
        if there >= 2 * mine and not sound:
            score = 0.88 + min(0.07, there / 50)
        elif there >= 3 and there >= 3 * mine and len(word) > 5:
            score = 0.7
        else:
            continue
        if best is None or score > best[0]:
            best = (score, other, "document")
    if best is None and not sound:
        head, rest, tail = _parts(word)
        for whole, (before, core, after) in ((True, ("", word, "")), (False, (head, rest, tail))):
            if not whole and core == word:
                break
            for other, kind in _near(core):
                entry = _entry(other)
                if not entry or len(other) < (3 if kind == "twice" else 4):
                    continue
                if entry == "name" and kind not in ("twice", "turned", "long"):
                    continue
                if kind in ("lost", "stray", "other") and len(other) < (5 if kind == "lost" else 6):
                    continue
                score = _BASE[kind] - (0 if whole else 0.04) + min(0.05, 0.01 * len(core))
                if best is None or score > best[0]:
                    best = (score, before + other + after, "dictionary")
    if best is None or best[0] < 0.72:
        return None
    # A long vowel mark more or less is a matter of spelling custom, a small vowel of a name.
    custom = other_vowels(word) == other_vowels(best[1]) and "ーー" not in word
    if custom and (best[2] == "document" or "ー" in word.replace("ー", "", 1) or len(word) != len(best[1])):
        return None
    return best[1], min(0.95, best[0]), best[2]


def _one_slip(a: str, b: str) -> bool:
    """Whether one character left out, put in, exchanged or turned round makes one word of the other."""
    i = next((k for k, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), min(len(a), len(b)))
    if len(a) == len(b):
        return a[i + 1 :] == b[i + 1 :] or (a[i : i + 2] == b[i : i + 2][::-1] and a[i + 2 :] == b[i + 2 :])
    return a[i + 1 :] == b[i:] if len(a) > len(b) else a[i:] == b[i + 1 :]


def _near(word: str) -> Iterator[tuple[str, str]]:
    seen = set()
    for other, kind in _edits(word):
        if other not in seen and len(other) > 2:
            seen.add(other)
            yield other, kind


def other_vowels(word: str) -> str:
    """A katakana word without what spelling customs differ in: long vowel marks and small vowels."""
    return word.replace("ー", "").translate(str.maketrans("ァィゥェォ", "アイウエオ"))


def _hit(view: View, start: int, end: int, new: str, confidence: float, source: str) -> Hit:
    word = view.text[start:end]
    where, where_ja = ("the document itself", "本文の他の箇所") if source == "document" else ("the dictionary", "辞書")
    return Hit(
        f"{word} is in no dictionary; {where} has {new}.",
        f"「{word}」は辞書にない。{where_ja}には「{new}」がある。",
        ja=view.span(start, end),
        confidence=confidence,
        suggestion=new,
    )


CHECK = Check(
    code="LIN008",
    name="katakana-slip",
    mqm="linguistic-conventions/spelling",
    severity=Severity.major,
    needs="ja",
    doc=__doc__,
    doc_ja="片仮名語の誤記（重複・脱落・取り違え・転倒）。\n\nなぜ問題か：辞書にも索引にもない語になる。\n\n対処：辞書又は本文の他の箇所の表記に直す。",
    find=find,
    examples=(
        Example(ja="候補者は、キーサインの会に出る。キーサインパーティは、毎年開く。"),
        Example(ja="サブライセンス及びプレリリースのセキュリティキーは、プロフェッショナルサービスデータとする。"),
        Example(ja="量子⟦エコシシステム⟧の成長を支援する。", suggestion="エコシステム"),
        Example(ja="量子⟦センシグ⟧の研究を行う。", suggestion="センシング"),
        Example(ja="⟦イノベーシヨン⟧の推進を図る。", suggestion="イノベーション"),
        Example(ja="量子エコシステムの成長及びイノベーションを支援する。"),
        Example(ja="マイケル・ハルヴォルセン氏がオスロのサンドヴィカに到着した。"),
    ),
)
