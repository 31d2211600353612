"""A kanji stands for another of similar shape or the same reading, and what it makes is no word.

Why it matters: 閑係 for 関係 or 基磯 for 基礎 survives a spelling checker that looks at single characters; a reader of a treaty
does not forgive it.

What to do: write the word that was meant.

How it is found: a kanji that stands alone where the dictionary would have a word is exchanged for kanji that look like it or
share a reading; one exchange must give a word of two kanji or more that is in common use or occurs elsewhere in the text,
and make the passage much cheaper for the dictionary's lattice.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from mocalign import japanese, kanji
from mocalign.checks.base import Check, Example, Hit
from mocalign.checks.tools import ngrams, once
from mocalign.config import Config
from mocalign.japanese import Token
from mocalign.model import Severity, View
from mocalign.pair import Pair

__all__ = ["CHECK"]

# Kanji that stand alone in official prose: counters, affixes, numerals, conjunctions, short nouns and verb stems.
_ALONE = frozenset(
    "一二三四五六七八九十百千万億兆〇零第条項号章節款目編部巻枚個箇名人者社校国州省庁局課係室院会委員長官府県市区町村郡都道"
    "年月日時分秒週期間内外前後中上下左右以未満超約各両本当該同此其当他別毎全総副正準次元現旧新再非不無被要可未最高大小多少多"
    "又及並若但且其乃即則為故等的性化用上法案書状表図文語字句言題式型種類系論学界家士師手側方面点線面量率数値額費料金賃税"
    "代度回番組班隊団党派族民身体力気心目口手足頭首顔形色音声光火水木金土地山川海空天風雨雪石砂田野花草米魚牛馬犬鳥虫肉"
    "父母子女男兄弟姉妹夫妻孫親友君王臣民神仏宝財物品具器機車船舶港駅橋路街店屋館所場席処先後隣奥裏表端角底縁際折旨訳由件"
    "使例証跡印鍵鉱鉄銅銀油薬毒病傷害罪罰刑役職業務事物者業績利益損益得失差異同感情愛憎喜怒夢命死生甲乙丙丁署域幅形状"
    "条約結締成立行為作出入送受給与取得持有置付加減増除去来往返通過経由含示見聞知思考決定議約束守破解開閉始終止続継"
    "改変換替移動転回帰復進退昇降立座起寝食飲住着脱洗買売貸借払支納収集散配布分割合併統一致違反対比較計測量算数"
    "氏様殿君帝嬢宛着発行版刷訂写冊頁刊誌紙巻軸基台両隻艘機羽匹頭本株口座枠層階段級位等級流派風産製造元祖先輩"
)
_NUMBER = re.compile(r"[0-9〇一二三四五六七八九十百千万億]")


@dataclass(frozen=True, slots=True)
class _Found:
    margin: int
    index: int
    char: str
    word: str
    start: int
    by: str


def find(pair: Pair, config: Config) -> Iterator[Hit]:
    """Yield what `_slips` finds, less what the bilingual dictionary holds as it is written."""
    for hit in _slips(pair):
        replaced = hit.ja is not None and hit.suggestion is not None and len(hit.ja.text) == len(hit.suggestion)
        if not (replaced and hit.ja is not None and _vouched(hit.ja.text, config)):
            yield hit


def _slips(pair: Pair) -> Iterator[Hit]:
    """Yield each kanji that makes no word where a near one does, one too many or too few, and two turned round."""
    for segment in pair.ja.segments:
        view = pair.body(pair.ja, segment)
        taken = -1
        for position, token in _suspects(view.text, pair.ja_tokens(segment)):
            if position <= taken:
                continue
            moved = _moved(pair, view, position)
            if moved is not None:
                taken = position + 1
                yield moved
                continue
            other_kind = _stray(pair, view, position)
            found = None if other_kind else _best(pair, view.text, position, token)
            if found is None:
                other_kind = other_kind or _lost(pair, view, position)
                if other_kind is not None:
                    taken = position + 1
                    yield other_kind
                continue
            # The neighbour may be the wrong one of the two.
            other = next(
                (
                    f
                    for q, t in _suspects(view.text, pair.ja_tokens(segment))
                    if q == position + 1 and (f := _best(pair, view.text, q, t)) is not None and f.margin > found.margin
                ),
                None,
            )
            found = other or found
            taken = found.index + 1
            yield _hit(view, found)


def _suspects(text: str, tokens: tuple[Token, ...]) -> Iterator[tuple[int, Token]]:
    for token in tokens:
        if not any(kanji.is_kanji(c) for c in token.surface):
            continue
        if len(token.surface) >= 2 and not token.oov and token.pos[1] != "固有名詞":
            continue
        if token.pos[2] == "地名" and len(token.surface) > 1 and not token.oov:
            continue
        for i in range(token.start, token.end):
            beside = text[i - 1 : i] + text[i + 1 : i + 2]
            if kanji.is_kanji(text[i]) and any(kanji.is_kanji(c) for c in beside) and not _NUMBER.search(beside[:1]):
                yield i, token


def _words(text: str) -> list[Token]:
    return list(japanese.tokens(text))


@lru_cache(maxsize=4096)
def _candidates(char: str) -> tuple[tuple[str, str], ...]:
    out = dict.fromkeys(kanji.like(char)[:14], "shape")
    for c in kanji.same_reading(char):
        out.setdefault(c, "reading")
    return tuple(out.items())


def _partners(pair: Pair, text: str, i: int) -> tuple[tuple[str, str], ...]:
    """Kanji that make a word of this document with one of the neighbours, whatever their shape."""
    before, after = text[i - 1 : i], text[i + 1 : i + 2]
    return tuple(
        (new, "word")
        for word in sorted(_kept(pair))
        if len(word) == 2
        for new in ([word[1]] if word[0] == before else [word[0]] if word[1] == after else [])
    )


def _kept(pair: Pair) -> frozenset[str]:
    """Kanji words of the document that the dictionary holds."""

    def collect(p: Pair) -> frozenset[str]:
        return frozenset(
            t.surface
            for s in p.ja.segments
            for t in p.ja_tokens(s)
            if len(t.surface) > 1 and not t.oov and kanji.is_kanji(t.surface[0])
        )

    return once(pair, "kanji words", collect)


def _best(pair: Pair, text: str, i: int, token: Token) -> _Found | None:
    char = text[i]
    if _NUMBER.match(char):
        return None
    if text[i - 1 : i] and char in "又及並若" and text[i + 1 : i + 2] in "はびし":
        return None
    name = token.pos[1] == "固有名詞" and len(token.surface) > 1
    alone = char in _ALONE and not token.oov
    trigram = text[max(0, i - 1) : i + 2]
    if ngrams(pair, len(trigram))[trigram] > 1:
        return None
    best: _Found | None = None
    low, high = max(0, i - 8), i + 9
    near = _candidates(char)
    for new, by in (*near, *(() if alone else _partners(pair, text, i))):
        gained = kanji.gain(text, (i, i + 1, new))
        if gained < 2500:
            continue
        if best is not None and gained <= best.margin:
            continue
        whole = text[low:i] + new + text[i + 1 : high]
        word = next((t for t in _words(whole) if t.start <= i - low < t.end), None)
        if word is None or word.oov or len(word.surface) < 2 or word.pos[1] == "固有名詞":
            continue
        if not all(kanji.is_kanji(c) for c in word.surface[:2]):
            continue
        here = word.surface in _kept(pair)
        if alone and by == "reading" and not here:
            continue
        common = kanji.common_word(word.surface[:2]) or kanji.common_word(word.surface[-2:])
        if not here and not common:
            continue
        floor = 3000 if here else 4000
        if alone:
            floor = 6000 if here else 9000
        if name:
            floor += 3500
        floor += {"shape": 0, "reading": 500, "word": 3500}[by]
        if gained >= floor:
            best = _Found(gained - floor + (1500 if here else 0), i, new, word.surface, word.start + low, by)
    return best


def _moved(pair: Pair, view: View, i: int) -> Hit | None:
    """A kanji written twice, or two kanji in the wrong order."""
    text = view.text
    low, high = max(0, i - 8), i + 9
    for j in (i - 1, i):
        if j < 0 or j + 1 >= len(text) or not (kanji.is_kanji(text[j]) and kanji.is_kanji(text[j + 1])):
            continue
        if _NUMBER.match(text[j]) or _NUMBER.match(text[j + 1]) or "々" in text[j : j + 2]:
            continue
        pairing = text[max(0, j - 1) : j + 3]
        if ngrams(pair, len(pairing))[pairing] > 1:
            continue
        twice = text[j] == text[j + 1]
        if twice and kanji.is_kanji(text[j + 2 : j + 3] or " ") and ngrams(pair, 3)[text[j : j + 3]] > 1:
            continue  # 表表紙: the document writes it again elsewhere
        both = not twice and text[j] in _ALONE and text[j + 1] in _ALONE
        new = text[j] if twice else text[j + 1] + text[j]
        gained = kanji.gain(text, (j, j + 2, new))
        word = next(
            (
                t
                for t in _words(text[low:j] + new + text[j + 2 : high])
                if t.start <= j - low and t.end >= j - low + len(new) and len(t.surface) > 1 and not t.oov
            ),
            None,
        )
        if twice and gained > 0 and _lone_double(text, j):
            return _double(view, j)
        if word is None or (word.pos[1] == "固有名詞" and not twice):
            continue
        known = twice or word.surface in _kept(pair) or kanji.common_word(word.surface[:2])
        if gained >= (2500 if twice else 7000 if both else 4500) and known and new != "前日":
            if twice:
                return _double(view, j)
            return Hit(
                f"{text[j : j + 2]} are turned round: {word.surface} is meant.",
                f"「{text[j : j + 2]}」の順序が逆である。「{word.surface}」と思われる。",
                ja=view.span(j, j + 2),
                confidence=0.9,
                suggestion=new,
            )
    return None


def _double(view: View, j: int) -> Hit:
    char = view.text[j]
    head, tail = view.text[max(0, j - 2) : j], view.text[j + 2 : j + 4]
    return Hit(
        f"{char} stands twice: {head}{char}{tail} is meant.",
        f"「{char}」が重複している。「{head}{char}{tail}」と思われる。",
        ja=view.span(j, j + 2),
        confidence=0.9,
        suggestion=char,
    )


def _lone_double(text: str, j: int) -> bool:
    """Whether one of two equal kanji is a word of its own: 分担額額, not 各国国内."""
    low = max(0, j - 8)
    around = [t for t in _words(text[low : j + 10]) if t.start <= j + 1 - low and t.end > j - low]
    return len(around) == 2 and any(len(t.surface) == 1 for t in around) and "々" not in text[j : j + 2]


def _token_at(text: str, i: int) -> Token | None:
    return next((t for t in _words(text) if t.start <= i < t.end), None)


def _stray(pair: Pair, view: View, i: int) -> Hit | None:
    """A kanji that cuts a word in two: 区条域内 for 区域内."""
    text = view.text
    if not 0 < i < len(text) - 1:
        return None
    before, char, after = text[i - 1], text[i], text[i + 1]
    if not (kanji.is_kanji(before) and kanji.is_kanji(after)) or _NUMBER.search(before + char + after):
        return None
    two, three = ngrams(pair, 2), ngrams(pair, 3)
    if three[before + char + after] > 1 or (two[before + char] > 2 and two[char + after] > 2):
        return None
    gained = kanji.gain(text, (i, i + 1, ""))
    if gained < 2500:
        return None
    low = max(0, i - 8)
    word = _token_at(text[low:i] + text[i + 1 : i + 9], i - 1 - low)
    if word is None or word.oov or word.pos[1] == "固有名詞" or word.end <= i - low:
        return None
    start, end = low + word.start, low + word.end + 1
    return Hit(
        f"{text[start:end]} is no word; {word.surface} is: {char} is stray.",
        f"「{text[start:end]}」という語はない。「{word.surface}」と思われる（「{char}」が余分である）。",
        ja=view.span(start, end),
        confidence=min(0.93, 0.8 + gained / 150000 + (0.04 if two[before + after] else 0)),
        suggestion=word.surface,
    )


def _lost(pair: Pair, view: View, i: int) -> Hit | None:
    """A kanji lost inside a word: 事局 for 事務局."""
    return next((hit for at in (i, i + 1) if (hit := _lost_at(pair, view, at)) is not None), None)


def _lost_at(pair: Pair, view: View, i: int) -> Hit | None:
    text = view.text
    if not 0 < i < len(text):
        return None
    one, two = text[i - 1], text[i]
    if not (kanji.is_kanji(one) and kanji.is_kanji(two)) or _NUMBER.search(one + two):
        return None
    written = ngrams(pair, 2)[one + two]
    around = ngrams(pair, 3)
    if written > 1 and around[text[max(0, i - 2) : i + 1]] > 1 and around[text[i - 1 : i + 2]] > 1:
        return None
    low = max(0, i - 8)
    best: tuple[int, str, Token, int] | None = None
    for char in dict.fromkeys(kanji.between(one, two) + _inserted(pair).get(one + two, "")):
        if char in (one, two) or _NUMBER.match(char):
            continue
        here = around[one + char + two] if written == 1 else 0
        gained = kanji.gain(text, (i, i, char))
        if gained < (-3500 if here > 2 else -3000 if here else 3000 if two in "間内外上下中" else 1600):
            continue
        word = _token_at(text[low:i] + char + text[i : i + 8], i - low)
        if word is None or word.oov or word.pos[1] == "固有名詞":
            continue
        whole = word.start < i - low and word.end > i - low + 1
        if whole and not here and _suffixed(text, i):
            continue
        if not whole and _suffixed(text, i):
            continue  # 利用|法 beside 利用方法
        if not (whole or here > 2 or (here and gained > 1000)):
            continue
        score = gained + (8000 if here > 1 else 3000 if here else 0) + (2000 if whole else 0)
        if best is None or score > best[0]:
            best = (score, char, word, here)
    if best is None:
        return None
    _, char, word, here = best
    start, end = (low + word.start, low + word.end - 1) if word.start < i - low else (i - 1, low + word.end - 1)
    end = max(end, i + 1)
    new = text[start:i] + char + text[i:end]
    where, where_ja = ("the document writes", "本文の他の箇所には") if here else ("the dictionary has", "辞書には")
    return Hit(
        f"{text[start:end]}: a kanji is lost; {where} {new}.",
        f"「{text[start:end]}」は漢字が脱落している。{where_ja}「{new}」がある。",
        ja=view.span(start, end),
        confidence=0.88 if here > 1 else 0.8,
        suggestion=new,
    )


def _suffixed(text: str, i: int) -> bool:
    """Whether a word of the dictionary ends or begins here beside one kanji: 臨時|会, 副|大臣."""
    low = max(0, i - 8)
    cut = {edge: len(t.surface) for t in _words(text[low : i + 8]) if not t.oov for edge in (t.end, -t.start)}
    return max(cut.get(i - low, 0), cut.get(low - i, 0)) > 1


def _vouched(word: str, config: Config) -> bool:
    """Whether the bilingual dictionary holds the word as it is written, which Sudachi's core may not."""
    if not config.dictionary:
        return False
    from mocalign.lexicon import open_dictionary

    dictionary = open_dictionary()
    return dictionary is not None and bool(dictionary.glosses(word))


def _inserted(pair: Pair) -> dict[str, str]:
    """Outer kanji of each three kanji the document writes three times, with those that stand between them."""

    def collect(p: Pair) -> dict[str, str]:
        out: dict[str, str] = {}
        for three, count in ngrams(p, 3).items():
            if count > 2 and all(kanji.is_kanji(c) for c in three):
                out[three[0] + three[2]] = out.get(three[0] + three[2], "") + three[1]
        return out

    return once(pair, "kanji between", collect)


def _hit(view: View, found: _Found) -> Hit:
    i = found.index
    char = view.text[i]
    start, end = found.start, min(len(view.text), found.start + len(found.word))
    written = view.text[start:end]
    like = found.by == "shape"
    if found.by == "word":
        return Hit(
            f"{written} is no word; the document writes {found.word} elsewhere.",
            f"「{written}」という語はない。本文の他の箇所にある「{found.word}」と思われる。",
            ja=view.span(start, end),
            confidence=0.7,
            suggestion=found.word,
        )
    return Hit(
        f"{written} is no word; {found.word} is. {char} {'looks like' if like else 'is read like'} {found.char}.",
        f"「{written}」という語はない。「{found.word}」と思われる（「{char}」は「{found.char}」と{'形が似ている' if like else '読みが同じ'}）。",
        ja=view.span(start, end),
        confidence=min(0.95, 0.75 + found.margin / 30000),
        suggestion=found.word,
    )


CHECK = Check(
    code="LIN007",
    name="kanji-slip",
    mqm="linguistic-conventions/spelling",
    severity=Severity.major,
    needs="ja",
    doc=__doc__,
    doc_ja="字形の似た漢字や同じ読みの漢字を取り違え、語になっていない。\n\nなぜ問題か：一字ずつの検査では見つからず、条約や覚書の信頼性を損なう。\n\n対処：本来の語に直す。",
    find=find,
    examples=(
        Example(
            ja="表表紙及び裏表紙に題名を記す。表表紙の題名は短くする。適用法に従い、利用方法を定める。利用方法は、利用方法の表に記す。"
        ),
        Example(ja="研究機関の間の緊密な⟦閑係⟧を強化する。", suggestion="関係"),
        Example(ja="互恵的な⟦基磯⟧の上に実施する。", suggestion="基礎"),
        Example(ja="電気通信に関する交換⟦公交⟧は、効力を有する。", suggestion="公文"),
        Example(ja="個人情報を取得する。\n⟦個人情法⟧の保護に関する措置をとる。", suggestion="個人情報"),
        Example(ja="⟦力協⟧を促進する意図を有する。", suggestion="協力"),
        Example(ja="遅⟦滞滞⟧なく通知する。", suggestion="滞"),
        Example(ja="一方の分担⟦額額⟧は、毎年見直す。", suggestion="額"),
        Example(ja="自国の⟦区条域⟧内で使用する。", suggestion="区域"),
        Example(ja="水の⟦使量⟧を減らす。", suggestion="使用量"),
        Example(ja="締約国は協議し、締約国は通報し、締約国は公表する。他方の⟦締国⟧に要請する。", suggestion="締約国"),
        Example(ja="国会の臨時会及び副大臣の会合に関する投資家の意見並びに国交の樹立"),
        Example(ja="各国国内法及び機関関係者に係る事項"),
        Example(ja="研究機関の間の緊密な関係を強化する。"),
        Example(ja="甲又は乙は、前二項の規定により、尾鉱を第三者に引き渡すことができる。"),
        Example(ja="被要請当局は、要請を受領した日から十日以内に回答する。"),
    ),
)
