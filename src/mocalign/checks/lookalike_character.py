"""A character stands for another of the same look: ニ for 二, 一 for ー, 力 for カ, 0 for O, l for 1.

Why it matters: the eye reads the right word, search and screen readers do not; figures and names become other figures and
names. Scanning and typing leave such characters behind.

What to do: write the character that belongs to the run it stands in.

How it is found: a character is judged by its neighbours, and by whether the dictionary reads the passage more easily with
its look-alike.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from mocalign import japanese, kanji
from mocalign.checks.base import Check, Example, Hit
from mocalign.checks.tools import at, clean, documents, once, sides
from mocalign.config import Config
from mocalign.model import Document, Lang, Segment, Severity
from mocalign.pair import Pair

__all__ = ["CHECK"]

_TO_KATA = dict(
    zip("力口工夕二八一卜三千才又匕乙丿厶へべぺりやせ", "カロエタニハートミチオヌヒズノムヘベペリヤセ", strict=True)
)
_TO_KANJI = dict(zip("カロエタニハートミチオヌ", "力口工夕二八一卜三千才又", strict=True))
_KATA = re.compile(r"[ァ-ヴー]")
_DASHES = "―－–—‐−ｰ─—-"
_CYRILLIC = dict(zip("АВЕЗКМНОРСТХаеорсухіјѕԁΑΒΕΖΗΙΚΜΝΟΡΤΥΧο", "ABE3KMHOPCTXaeopcyxijsdABEZHIKMNOPTYXo", strict=True))
_COUNTER = re.compile(r"[0-9０-９〇一二三四五六七八九十百千数何]$")


def find(pair: Pair, config: Config) -> Iterator[Hit]:
    """Yield look-alikes in runs of katakana, kanji, hiragana, figures and Latin letters."""
    for lang, document in documents(pair):
        for segment in document.segments:
            text = clean(segment)
            base = segment.body - segment.span.start
            if lang == "ja":
                for i in range(base, len(text)):
                    new = _japanese(pair, text, i)
                    if new is not None:
                        yield _hit(segment, lang, i, i + 1, new, 0.9)
            yield from _latin(document, segment, lang, text, base)


def _known(pair: Pair) -> dict[str, int]:
    """Katakana words of the document, counted."""

    def count(p: Pair) -> dict[str, int]:
        out: dict[str, int] = {}
        for word in re.findall(r"[ァ-ヴー]{2,}", p.ja_text):
            out[word] = out.get(word, 0) + 1
        return out

    return once(pair, "katakana", count)


def _series(document: Document, letter: str, code: str) -> bool:
    """Whether the text numbers things with this letter: Q1, Q2 in questions, O1, O2 among objectives."""
    if not code[1:].isdigit():
        return False
    found = set(re.findall(rf"(?<![A-Za-z0-9]){re.escape(letter)}\d{{1,2}}(?![0-9A-Za-z])", document.text))
    return len(found - {code}) > 0


def _word(text: str, i: int, new: str) -> str:
    """The katakana run that a replacement makes."""
    start, end = i, i + 1
    while start and _KATA.match(text[start - 1]):
        start -= 1
    while end < len(text) and _KATA.match(text[end]):
        end += 1
    return text[start:i] + new + text[i + 1 : end]


def _sound(word: str) -> bool:
    tokens = japanese.tokens(word)
    return all(not t.oov and len(t.surface) > 1 for t in tokens) and len(tokens) <= 2


def _japanese(pair: Pair, text: str, i: int) -> str | None:
    char = text[i]
    before, after = text[i - 1 : i] if i else "", text[i + 1 : i + 2]
    left, right = bool(_KATA.match(before)), bool(_KATA.match(after))
    if char in _DASHES and left:
        # A dash inside a katakana word is a long vowel mark; between two words it may be a dash.
        word = _word(text, i, "ー")
        if right and char != "ｰ":
            return "ー" if word in _known(pair) or _sound(word) else None
        if not after or not after.isspace():
            return "ー" if len(word) > 2 and (word in _known(pair) or _sound(word)) and after not in _DASHES else None
        return None
    if char in _TO_KATA and (left or right):
        new = _TO_KATA[char]
        word = _word(text, i, new)
        known = word in _known(pair) or _sound(word)
        if char in "へべぺりやせ":
            return new if left and right and known else None
        if len(word) < 3 and not known:
            return None
        if kanji.is_kanji(before) or kanji.is_kanji(after):
            # 薬夕ンク, エネルギ一技術: the rest of the word must need the character (サービス一般, データ一式).
            rest = word[1:] if right else word[:-1]
            if char in "二八千三" or (char == "一" and right) or not known or _known(pair).get(rest, 0) > 1:
                return None
            return new if not (len(rest) > 1 and _sound(rest)) and kanji.gain(text, (i, i + 1, new)) > 0 else None
        if char in "一二三八千" and _COUNTER.search(text[:i]):
            return None
        return new if known or (left and right and kanji.gain(text, (i, i + 1, new)) > 1000) else None
    if char in _TO_KANJI and not left and not right:
        new = _TO_KANJI[char]
        if (
            char in "ニハミ"
            and re.search(r"[和成正治]$|[第十百後前]$", text[:i])
            and re.match(r"[章条項部節号編回次年月日千百]|十", after)
        ):
            return new
        if char in "ニー" and re.match(
            r"国間|者間|酸化|重に|方の|方が|方は|般|部を|部の|の締約|層|環として|括|切の|定の|致", text[i + 1 : i + 5]
        ):
            return new if not _COUNTER.search(text[:i]) else None
        if char == "ー" and i > 1 and _KATA.match(text[i - 2]):
            return None
        if char != "ー" and before in _DASHES + "一":
            return None
        if char == "ー":
            if not kanji.is_kanji(after) or re.match(r"[A-Za-z0-9]", before):
                return None
        elif not (kanji.is_kanji(before) or kanji.is_kanji(after)):
            return None
        if char in "カ" and _COUNTER.search(text[:i]) and after in "国月所年条村店":
            return None
        if char in "ハニ" and before in "イロハニホヘト、・":
            return None
        gained = kanji.gain(text, (i, i + 1, new))
        low = max(0, i - 6)
        token = next(
            (t for t in japanese.tokens(text[low:i] + new + text[i + 1 : i + 7]) if t.start <= i - low < t.end), None
        )
        word_ok = token is not None and not token.oov and (len(token.surface) > 1 or char in "ニーハミチ")
        return new if word_ok and gained > 2000 else None
    if char in "ヘベペリ" and not left and not right and re.match(r"[ぁ-ん一-鿿]", before) and after:
        new = dict(zip("ヘベペリ", "へべぺり", strict=True))[char]
        return new if kanji.gain(text, (i, i + 1, new)) > 1500 else None
    if char in "ヮゎヵヶ" and left and not _COUNTER.search(text[:i]):
        return {"ヮ": "ワ", "ゎ": "わ", "ヵ": "カ", "ヶ": "ケ"}[char]
    return None


def _latin(document: Document, segment: Segment, lang: Lang, text: str, base: int) -> Iterator[Hit]:
    for match in re.finditer(r"[A-Za-z0-9Ａ-Ｚａ-ｚ０-９А-я\u0370-\u03ffіјѕԁ|〇○,.]+", text):
        if match.end() <= base:
            continue
        run = match[0]
        offset = match.start()
        plain = unicodedata.normalize("NFKC", run)
        if len(plain) != len(run):
            continue
        strange = [k for k, c in enumerate(run) if c in _CYRILLIC]
        if strange and any(c.isascii() and c.isalpha() for c in run):
            for k in strange:
                yield _hit(segment, lang, offset + k, offset + k + 1, _CYRILLIC[run[k]], 0.95)
            continue
        digits = sum(c.isdigit() for c in plain)
        # A letter among figures: 2O26, 1l, 3O
        for k, c in enumerate(plain):
            beside = plain[k - 1 : k] + plain[k + 1 : k + 2]
            if c in "OoQ〇○lI|SB" and digits >= 1 and not any(x.isalpha() and x not in "OolISBQ" for x in plain):
                new = {
                    "O": "0",
                    "o": "0",
                    "Q": "0",
                    "〇": "0",
                    "○": "0",
                    "l": "1",
                    "I": "1",
                    "|": "1",
                    "S": "5",
                    "B": "8",
                }[c]
                near = plain[k - 1 : k].isdigit() or plain[k + 1 : k + 2].isdigit()
                unit = text[match.end() : match.end() + 1]
                figure = digits > 1 or not unit or not re.match(r"[A-Za-z_/-]", unit)
                if (
                    near
                    and figure
                    and not (k == 0 and (c == "Q" or _series(document, c, plain)))
                    and not (
                        c in "SB"
                        and k in (0, len(plain) - 1)
                        and not (k and re.match("[年月日人件か％%パ分時条項]", unit))
                    )
                    and offset + k >= base
                ):
                    if run[k] in "ＯＳＢＩｌｏ":
                        new = chr(ord(new) + 0xFEE0)
                    yield _hit(segment, lang, offset + k, offset + k + 1, new, 0.9)
            elif c in "01" and beside and all(x.isalpha() for x in beside) and len(beside) == 2 and digits == 1:
                # A figure inside a word: c0operation, M0C
                upper = beside.isupper()
                new = ("O" if upper else "o") if c == "0" else ("I" if upper else "l")
                if len(plain) > 3:
                    yield _hit(segment, lang, offset + k, offset + k + 1, new, 0.8)
        # A capital word with a small l: MDDl, AlCHI
        if re.fullmatch(r"[A-Z]*l[A-Z]+|[A-Z]{2,}l", plain) and len(plain) > 2:
            k = plain.index("l")
            yield _hit(segment, lang, offset + k, offset + k + 1, "I", 0.85)
        # A zero that stands for an initial: マルコ・0・ルイス
        if (
            plain in ("0", "1")
            and re.search(r"[ァ-ヴー][・\s]$", text[:offset])
            and re.match(r"[・.．\s]+[ァ-ヴ]", text[match.end() :])
        ):
            yield _hit(segment, lang, offset, offset + 1, {"0": "O", "1": "I"}[plain], 0.92)
        if (
            lang == "en"
            and re.fullmatch(r"0\.?", plain)
            and re.search(r"[A-Z][a-z]+\s$", text[:offset])
            and re.match(r"\s[A-Z][a-z]+", text[match.end() :])
            and plain.endswith(".")
        ):
            yield _hit(segment, lang, offset, offset + 1, "O", 0.85)


def _hit(segment: Segment, lang: Lang, start: int, end: int, new: str, confidence: float) -> Hit:
    old = segment.text[start:end]
    head, tail = segment.text[max(0, start - 5) : start], segment.text[end : end + 5]
    return Hit(
        f"{_name(old)} stands where {_name(new)} belongs: {head}{new}{tail}.",
        f"{_name_ja(old)}が{_name_ja(new)}の代わりに使われている（{head}{new}{tail}）。",
        **sides(lang, at(segment, start, end)),
        confidence=confidence,
        suggestion=new,
    )


def _kind(char: str) -> tuple[str, str]:
    if "ァ" <= char <= "ヺ":
        return "katakana", "片仮名"
    if "ぁ" <= char <= "ゖ":
        return "hiragana", "平仮名"
    if char == "ー":
        return "the long vowel mark", "長音符号"
    if kanji.is_kanji(char):
        return "kanji", "漢字"
    if char.isdigit():
        return "the figure", "数字"
    if char.isalpha():
        script = unicodedata.name(char, "").split(" ")[0].capitalize()
        return f"the {script} letter", {"Latin": "ラテン文字", "Cyrillic": "キリル文字", "Greek": "ギリシア文字"}.get(
            script, "英字"
        )
    return "the mark", "記号"


def _name(char: str) -> str:
    return f"{_kind(char)[0]} {char}"


def _name_ja(char: str) -> str:
    return f"{_kind(char)[1]}「{char}」"


CHECK = Check(
    code="LIN005",
    name="lookalike-character",
    mqm="linguistic-conventions/character-encoding",
    severity=Severity.major,
    needs="either",
    doc=__doc__,
    doc_ja="形の似た別の文字が使われている（二とニ、ーと一、カと力、Oと0、1とl など）。\n\nなぜ問題か：目には同じに見えても検索・照合・読み上げで別の語になり、数値や名称が変わる。\n\n対処：前後の文字種に合う文字に直す。",
    find=find,
    examples=(
        Example(ja="Q1. 会費はいくらですか。\nQ2. 退会できますか。\n目標O1及びO2は、Q3に達成する。"),
        Example(ja="両国の⟦ニ⟧国間の協力を促進する。", suggestion="二"),
        Example(ja="量子コンピュ⟦一⟧タの開発", suggestion="ー"),
        Example(ja="サイバ⟦―⟧セキュリティに関する協力", suggestion="ー"),
        Example(ja="⟦工⟧ネルギーの効率化を図る。", suggestion="エ"),
        Example(ja="この書簡には、マルコ・⟦0⟧・ルイス氏が署名した。", suggestion="O"),
        Example(ja="2⟦O⟧26年1月9日に署名した。", suggestion="0"),
        Example(ja="次回会合は、モスク⟦ヮ⟧において開催する。", suggestion="ワ"),
        Example(en="The MDD⟦l⟧ will cooperate with the Agency.", suggestion="I"),
        Example(en="The c⟦о⟧operation begins.", suggestion="o"),
        Example(ja="サービス一般及びデータ一式について、10カ国の二国間協力を行う。"),
        Example(ja="イ　口頭による通知　ロ　書面　ハ　工場の検査", en="H2O, CO2, B2B and Article 10"),
    ),
)
