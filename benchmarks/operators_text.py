"""Operators on characters: foreign forms, look-alikes, homophones, slips of the keyboard, orthography."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from benchmarks import resources as r
from benchmarks.mutate import Edit, Operator, Part, Source, words
from mocalign.japanese import Token, in_dictionary

__all__ = ["OPERATORS"]

_KANJI = re.compile(r"[\u4e00-\u9fff]")


def parts(source: Source) -> Iterator[tuple[Part, str]]:
    """The Japanese paragraphs with a body."""
    for part in source.ja_parts:
        text = source.ja_of(part)
        if text.strip():
            yield part, text


def nouns(source: Source) -> Iterator[tuple[Part, str, Token]]:
    """Common nouns of two or more kanji with their paragraph; names are left out."""
    for part, text in parts(source):
        for t in words(text):
            if t.pos[0] == "名詞" and t.pos[1] == "普通名詞" and re.fullmatch(r"[\u4e00-\u9fff]{2,}", t.surface):
                yield part, text, t


def _put(part: Part, start: int, end: int, new: str, **more: object) -> Edit:
    return Edit("ja", part.body + start, part.body + end, new, **more)  # type: ignore[arg-type]


def _named(text: str, at: int) -> bool:
    """Tell whether a character stands in a name of a person."""
    return any(t.start <= at < t.end and t.pos[1:3] == ("固有名詞", "人名") for t in words(text))


def _foreign(source: Source, column: int, shared: bool) -> Iterator[Edit]:
    for part, text in parts(source):
        for at, char in enumerate(text):
            form = r.foreign_forms().get(char, ("", ""))[column]
            if not form or _named(text, at):
                continue
            try:
                form.encode("cp932")
                japanese_too = True
            except UnicodeEncodeError:
                japanese_too = False
            if japanese_too == shared:
                yield _put(part, at, at + 1, form)


def simplified(source: Source) -> Iterator[Edit]:
    """術 as 术: a simplified form that Japanese encodings do not have."""
    yield from _foreign(source, 0, False)


def simplified_shared(source: Source) -> Iterator[Edit]:
    """機 as 机: a simplified form that is a Japanese character too."""
    yield from _foreign(source, 0, True)


def traditional(source: Source) -> Iterator[Edit]:
    """学 as 學: a traditional or old form."""
    yield from _foreign(source, 1, True)
    yield from _foreign(source, 1, False)


def compatibility(source: Source) -> Iterator[Edit]:
    """人 as ⼈: a Kangxi radical or compatibility ideograph, as PDF extraction leaves them."""
    for part, text in parts(source):
        for at, char in enumerate(text):
            for form in r.compatibility().get(char, ())[:2]:
                yield _put(part, at, at + 1, form)


def invisible(source: Source) -> Iterator[Edit]:
    """A zero-width, control or private-use character inside a word."""
    for part, text in parts(source):
        for t in words(text):
            if len(t.surface) >= 2 and re.fullmatch(r"[\u3040-\u30ff\u4e00-\u9fff]+", t.surface):
                at = t.start + 1
                char = "\u200b\u00ad\ue000\ufffd\u0008"[(part.body + at) % 5]
                yield _put(part, at, at, char)


def half_width(source: Source) -> Iterator[Edit]:
    """Half-width katakana in the middle of a text."""
    table = {unicodedata.normalize("NFKC", chr(c)): chr(c) for c in range(0xFF66, 0xFF9E)}
    for part, text in parts(source):
        for hit in re.finditer(r"[ァ-ヴー]{3,}", text):
            word = unicodedata.normalize("NFD", hit[0]).replace("\u3099", "ﾞ").replace("\u309a", "ﾟ")
            if all(c in table or c in "ﾞﾟ" for c in word):
                yield _put(part, hit.start(), hit.end(), "".join(table.get(c, c) for c in word), core=(0, len(word)))


def detached_dakuten(source: Source) -> Iterator[Edit]:
    """が as か followed by a combining or spacing voiced mark."""
    for part, text in parts(source):
        for at, char in enumerate(text):
            apart = unicodedata.normalize("NFD", char)
            if len(apart) == 2 and apart[1] in "\u3099\u309a" and "ぁ" <= char <= "ヶ":
                mark = apart[1] if (part.body + at) % 2 else {"\u3099": "゛", "\u309a": "゜"}[apart[1]]
                yield _put(part, at, at + 1, apart[0] + mark, core=(0, 2))


def lookalike_kanji(source: Source) -> Iterator[Edit]:
    """関係 as 閑係: a kanji of similar shape."""
    for part, _, t in nouns(source):
        for k, char in enumerate(t.surface):
            for other in r.similar_shape(char):
                word = t.surface[:k] + other + t.surface[k + 1 :]
                if not in_dictionary(word):
                    yield _put(part, t.start, t.end, word)


_SCRIPTS = (
    "力カ 口ロ 工エ 夕タ 二ニ 八ハ 一ー 卜ト 干チ 才オ 千チ 三ミ 又ヌ 匕ヒ 乙ス 艹サ へヘ べベ ぺペ りリ やヤ つっ よょ ゆゅ ツッ ヨョ ャヤ ュユ ァア ィイ ェエ ォオ"
).split()


def lookalike_script(source: Source) -> Iterator[Edit]:
    """エコ as 工コ: a kanji for a kana of the same look, or the reverse, or hiragana for katakana."""
    pairs = [(a, b) for a, b in (tuple(p) for p in _SCRIPTS[:22])]
    for part, text in parts(source):
        for hit in re.finditer(r"[ァ-ヴー]{3,}", text):
            for at in range(hit.start(), hit.end()):
                for a, b in pairs:
                    if text[at] == b and a not in "千艹":
                        yield _put(part, at, at + 1, a)
        for t in words(text):
            for k, char in enumerate(t.surface):
                for a, b in pairs[:8]:
                    if char == a and len(t.surface) > 1 and t.pos[0] == "名詞" and t.pos[1] != "数詞":
                        yield _put(part, t.start + k, t.start + k + 1, b)


def lookalike_small_kana(source: Source) -> Iterator[Edit]:
    """よって as よつて, により as にょり: a small kana for a large one or the reverse."""
    swap = {a: b for p in _SCRIPTS[22:] for a, b in ((p[0], p[1]), (p[1], p[0]))}
    for part, text in parts(source):
        for at, char in enumerate(text):
            if char not in swap or not 0 < at < len(text) - 1:
                continue
            if char in "ッャュョァィェォっゃゅょ" or text[at - 1] in "にしちジシチティキ" or char in "つツ":
                token = next((t for t in words(text) if t.start <= at < t.end), None)
                if token and len(token.surface) > 1:
                    word = token.surface[: at - token.start] + swap[char] + token.surface[at - token.start + 1 :]
                    if not in_dictionary(word):
                        yield _put(part, at, at + 1, swap[char])


_SHAPES = "にこ らち るろ めぬ われ ねれ さき シツ ソン ワク クケ ラヲ コユ ウワ マア テラ バパ ビピ ブプ ベペ ボポ ばぱ びぴ ぶぷ べぺ ほは".split()


def lookalike_kana(source: Source) -> Iterator[Edit]:
    """システム as ツステム: kana that resemble each other."""
    swap: dict[str, list[str]] = {}
    for a, b in (tuple(p) for p in _SHAPES):
        swap.setdefault(a, []).append(b)
        swap.setdefault(b, []).append(a)
    for part, text in parts(source):
        for t in words(text):
            if len(t.surface) < 2 or t.pos[1] == "固有名詞" or (t.pos[0] == "助詞" and len(t.surface) < 3):
                continue
            for k, char in enumerate(t.surface):
                for other in swap.get(char, ()):
                    word = t.surface[:k] + other + t.surface[k + 1 :]
                    if not in_dictionary(word):
                        yield _put(part, t.start + k, t.start + k + 1, other)


def lookalike_latin(source: Source) -> Iterator[Edit]:
    """2026 as 2O26, MDDI as MDDl: a letter for a figure, a figure for a letter, a Cyrillic letter."""
    digits = {"0": "O", "1": "l", "5": "S", "０": "Ｏ", "１": "ｌ"}
    letters = {"I": "l", "O": "0", "A": "А", "C": "С", "E": "Е", "H": "Н", "l": "1", "o": "0", "a": "а", "e": "е"}
    for part, text in parts(source):
        for hit in re.finditer(r"[0-9０-９]{2,}|[A-Za-z]{2,}", text):
            for at in range(hit.start(), hit.end()):
                new = (digits if hit[0][0] in "0123456789０１２３４５６７８９" else letters).get(text[at])
                if new:
                    yield _put(part, at, at + 1, new)


def homophone_word(source: Source) -> Iterator[Edit]:
    """発効 as 発行: another word of the same reading, by a wrong conversion."""
    for part, _, t in nouns(source):
        for word in r.homophones(t.surface, t.reading):
            quotes = r.english_quotes(source.other(part, "ja"), t.surface)
            yield _put(part, t.start, t.end, word, core=(0, len(word)), other=quotes)


def homophone_kanji(source: Source) -> Iterator[Edit]:
    """保健省 as 保険省, 協議 as 協義: one kanji of the same reading."""
    for part, _, t in nouns(source):
        if len(t.surface) > 4:
            continue
        for k, char in enumerate(t.surface):
            for other in r.same_reading(char):
                word = t.surface[:k] + other + t.surface[k + 1 :]
                found = [x for x in words(word) if x.reading]
                reading = "".join(x.reading for x in found)
                if reading == t.reading and not in_dictionary(word):
                    quotes = r.english_quotes(source.other(part, "ja"), t.surface)
                    yield _put(part, t.start, t.end, word, core=(0, len(word)), other=quotes)


_REPEAT = frozenset("いおこうたすなまはもだきし々ー〇")


def doubled(source: Source) -> Iterator[Edit]:
    """エコシステム as エコシシステム, 協力を as 協力をを."""
    for part, text in parts(source):
        for t in words(text):
            if t.pos[0] in ("補助記号", "記号", "空白") or t.pos[1] == "数詞" or t.surface.isascii():
                continue
            if t.pos[0] == "助詞" and len(t.surface) == 1 and t.surface in "をはがにの":
                yield _put(part, t.end, t.end, t.surface)
            for k, char in enumerate(t.surface):
                around = text[max(0, t.start + k - 1) : t.start + k + 2]
                if len(t.surface) >= 2 and char not in _REPEAT and around.count(char) == 1 and char not in "0123456789":
                    if "一" <= char <= "鿿" and in_dictionary(t.surface[:k] + char + t.surface[k:]):
                        continue
                    yield _put(part, t.start + k + 1, t.start + k + 1, char)


_FUNCTION = (
    "について において における に関する により に基づき に基づく ことができる に従い に従って とともに のために に対する に対し "
    "を通じて しなければならない ものとする しようとする に応じて に当たり を目的とする からなる に係る に伴い"
).split()


def lost(source: Source) -> Iterator[Edit]:
    """において as におて, システム as シテム, 両政府は、 as 両政府、: a character gone."""
    for part, text in parts(source):
        for phrase in _FUNCTION:
            for hit in re.finditer(phrase, text):
                for k in range(len(phrase)):
                    left = phrase[:k] + phrase[k + 1 :]
                    if (
                        _KANJI.match(phrase[k])
                        or left in ("に対る", "に応て")
                        or (k + 1 < len(phrase) and phrase[k] == phrase[k + 1])
                    ):
                        continue
                    if phrase in ("に基づく", "に基づき", "に従って", "について", "に対し", "ことができる") and k in (
                        0,
                        2,
                        3,
                    ):
                        continue
                    if len(left) >= 3 and (k > 0 or text[hit.end() : hit.end() + 1] not in "、。"):
                        yield _put(part, hit.start(), hit.end(), left)
        for hit in re.finditer(r"[ァ-ヴー]{4,}", text):
            for k in range(1, len(hit[0]) - 1):
                if hit[0][k] != "ー" and not in_dictionary(hit[0][:k] + hit[0][k + 1 :]):
                    yield _put(part, hit.start(), hit.end(), hit[0][:k] + hit[0][k + 1 :])
        for hit in re.finditer(r"(?<=[\u4e00-\u9fff])は(?=、)", text):
            yield _put(part, hit.start(), hit.end(), "")
        for t in words(text):
            if t.pos[0] == "名詞" and t.pos[1] == "普通名詞" and re.fullmatch(r"[\u4e00-\u9fff]{3,}", t.surface):
                for k in range(len(t.surface)):
                    left = t.surface[:k] + t.surface[k + 1 :]
                    if not in_dictionary(left) and len(words(left)) > 1 and k not in (0, len(t.surface) - 1):
                        yield _put(part, t.start, t.end, left)


def stray(source: Source) -> Iterator[Edit]:
    """これにより、 as これによりい、: a stray kana after a word."""
    for part, text in parts(source):
        for t in words(text):
            if t.pos[0] in ("助詞", "動詞", "接続詞") and t.surface[-1] in "りてはをにがき" and t.end < len(text):
                char = "いっりのしきと"[(part.body + t.end) % 7]
                after = text[t.end]
                if char in (t.surface[-1], after) or in_dictionary(t.surface + char):
                    continue
                if after in "、。" or ("一" <= after <= "鿿" and char in "いっりき"):
                    yield _put(part, t.end, t.end, char)


def transposed(source: Source) -> Iterator[Edit]:
    """において as におてい, 協力 as 力協: two characters exchanged."""
    named = list(nouns(source))
    for part, text in parts(source):
        spans = [(h.start(), h.end()) for p in _FUNCTION for h in re.finditer(p, text)]
        spans += [(t.start, t.end) for p, _, t in named if p is part]
        spans += [(h.start(), h.end()) for h in re.finditer(r"[ァ-ヴー]{4,}", text)]
        for start, end in sorted(set(spans)):
            word = text[start:end]
            for k in range(len(word) - 1):
                new = word[:k] + word[k + 1] + word[k] + word[k + 2 :]
                if new != word and not in_dictionary(new) and word[k + 1] != "ー":
                    yield _put(part, start, end, new)


_SPELL = (
    ("並びに", "ならびに"), ("及び", "および"), ("又は", "または"), ("若しくは", "もしくは"), ("全て", "すべて"),
    ("か月", "ヶ月"), ("箇月", "ヶ月"), ("ただし", "但し"), ("できる", "出来る"), ("こと", "事"), ("ため", "為"),
    ("に当たり", "にあたり"), ("に従い", "にしたがい"), ("基づき", "もとづき"), ("行う", "行なう"), ("定める", "さだめる"),
    ("既に", "すでに"), ("更に", "さらに"), ("当たっては", "あたっては"), ("優れた", "すぐれた"), ("取組", "取り組み"), ("取決め", "取り決め"),
    ("手続", "手続き"), ("引き続き", "引続き"), ("打合せ", "打ち合わせ"), ("申立て", "申し立て"),
)  # fmt: skip
_DEV_SPELL = 6


def _spelling(source: Source, pairs: tuple[tuple[str, str], ...]) -> Iterator[Edit]:
    whole = source.ja
    for usual, other in pairs:
        if whole.count(usual) < 3 or other in whole.replace(usual, ""):
            continue
        for part, text in parts(source):
            for hit in re.finditer(re.escape(usual), text):
                token = next((t for t in words(text) if t.start <= hit.start() < t.end), None)
                if usual in ("とき", "こと", "ため") and (token is None or token.surface != usual):
                    continue
                yield _put(
                    part, hit.start(), hit.end(), other, core=(0, len(other)), document=True, words=(usual, other)
                )


def spelling_conjunction(source: Source) -> Iterator[Edit]:
    """並びに as ならびに, か月 as ヶ月, once."""
    yield from _spelling(source, _SPELL[:_DEV_SPELL])


def spelling_other(source: Source) -> Iterator[Edit]:
    """手続 as 手続き, 既に as すでに, once, against two or more of the other kind."""
    yield from _spelling(source, _SPELL[_DEV_SPELL:])


def long_vowel(source: Source) -> Iterator[Edit]:
    """センター as センタ (or センターー less its ー), once, where the word recurs."""
    for part, text in parts(source):
        for hit in re.finditer(r"[ァ-ヴー]{4,}", text):
            word = hit[0]
            new = word[:-1] if word.endswith("ー") else word + "ー" if re.search(r"[タダリサザナ]$", word) else ""
            if (
                new
                and len(re.findall(rf"(?<![ァ-ヴー]){word}(?![ァ-ヴー])", source.ja)) >= 2
                and new + "・" not in source.ja
            ):
                if new.endswith("ー") and not in_dictionary(new):
                    continue
                yield _put(part, hit.start(), hit.end(), new, core=(0, len(new)), document=True, words=(word, new))


def digit_width(source: Source) -> Iterator[Edit]:
    """A figure in the other width, once."""
    half, full = len(re.findall(r"[0-9]+", source.ja)), len(re.findall(r"[０-９]+", source.ja))
    if max(half, full) < 6 or min(half, full) > 1:
        return
    shift = 0xFEE0 if half > full else -0xFEE0
    for part, text in parts(source):
        for hit in re.finditer(r"[0-9]+|[０-９]+", text):
            if (hit[0][0] <= "9") == (half > full):
                new = "".join(chr(ord(c) + shift) for c in hit[0])
                yield _put(part, hit.start(), hit.end(), new, core=(0, len(new)), document=True, words=(hit[0], new))


OPERATORS = (
    Operator("simplified-kanji", "characters", "dev", simplified, True),
    Operator("simplified-shared-kanji", "characters", "test", simplified_shared, True),
    Operator("traditional-kanji", "characters", "dev", traditional, True),
    Operator("compatibility-kanji", "characters", "dev", compatibility, True),
    Operator("invisible-character", "characters", "dev", invisible, True),
    Operator("half-width-kana", "characters", "test", half_width, True),
    Operator("detached-dakuten", "characters", "test", detached_dakuten, True),
    Operator("lookalike-kanji", "look-alikes", "dev", lookalike_kanji, True),
    Operator("lookalike-script", "look-alikes", "dev", lookalike_script, True),
    Operator("lookalike-small-kana", "look-alikes", "test", lookalike_small_kana, True),
    Operator("lookalike-kana", "look-alikes", "test", lookalike_kana, True),
    Operator("lookalike-latin", "look-alikes", "dev", lookalike_latin, True),
    Operator("homophone-word", "homophones", "dev", homophone_word),
    Operator("homophone-kanji", "homophones", "test", homophone_kanji, True),
    Operator("doubled-character", "slips", "dev", doubled, True),
    Operator("lost-character", "slips", "dev", lost, True),
    Operator("stray-character", "slips", "test", stray, True),
    Operator("transposed-characters", "slips", "test", transposed, True),
    Operator("spelling-conjunction", "orthography", "dev", spelling_conjunction, True),
    Operator("spelling-other", "orthography", "test", spelling_other, True),
    Operator("long-vowel", "orthography", "test", long_vowel, True),
    Operator("digit-width", "orthography", "dev", digit_width, True),
)
