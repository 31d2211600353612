"""A character of simplified Chinese stands where Japanese writes its own form.

Why it matters: 学术 for 学術 shows that text was pasted or typed with a Chinese input method; search, indexing and screen
readers miss the word, and readers doubt the rest.

What to do: write the Japanese form. Quotations from Chinese and Chinese names may keep theirs.

How it is found: no Japanese encoding holds the character; where one does (机 云 后 气), the word with the Japanese form is in
the dictionary or elsewhere in the text and the word as written is not.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import product

from mocalign import japanese, kanji
from mocalign.checks.base import Check, Example, Hit
from mocalign.checks.tools import kanji_runs, quoted
from mocalign.config import Config
from mocalign.model import Severity, View
from mocalign.pair import Pair

__all__ = ["CHECK", "restored", "token_at"]

_CHINESE = re.compile(r"中国語|漢語|簡体字|繁体字|中文|華文|原語|原文|ピンイン|拼音")
# Shared code points that Japanese does not write outside names, whatever the word.
_NEVER = frozenset("从个决况冲搜净减凉气网听迹韵脉耻儿广盖愿挂荐并")
_PERSON = re.compile(
    r"(?:国家主席|主席|首相|総理|外相|外交部長|部長|大臣|大使|長官|委員長|博士|教授|氏|さん|女史|閣下)"
)


def restored(text: str, start: int, end: int, kinds: tuple[str, ...]) -> str | None:
    """The run `text[start:end]` with every variant of the given kinds in its likeliest Japanese form; None if none is there."""
    table = kanji.variants()
    options: list[str] = []
    size = 1
    for char in text[start:end]:
        kind, forms = table.get(char, ("", ""))
        if kind in kinds and size <= 32:
            here = forms if kind != "shared" or char in _NEVER else char + forms
            options.append(here[:4])
            size *= len(here[:4])
        else:
            options.append(char)
    if all(len(o) == 1 and o == c for o, c in zip(options, text[start:end], strict=True)):
        return None
    head, tail = text[max(0, start - 6) : start], text[end : end + 6]
    candidates = ["".join(p) for p in product(*options)]
    # The first form of the table wins a tie: forms stand in the order of use.
    return min(candidates, key=lambda c: kanji.cost(head + c + tail))


def token_at(text: str, position: int) -> japanese.Token | None:
    """The morpheme that covers a position, read in a window of ten characters either side."""
    low = max(0, position - 10)
    for token in japanese.tokens(text[low : position + 10]):
        if token.start + low <= position < token.end + low:
            return token
    return None


def _chinese(view: View, start: int, end: int, foreign: set[int]) -> bool:
    """A quotation or gloss of Chinese: marked as such, or quoted and foreign through and through."""
    for a, b in quoted(view):
        if a <= start and end <= b:
            inside = view.text[a + 1 : b - 1]
            if _CHINESE.search(view.text[max(0, a - 12) : a]) or _CHINESE.search(view.text[b : b + 12]):
                return True
            strange = sum(1 for i in range(a, b) if i in foreign)
            return strange >= 4 and not re.search(r"[ぁ-んァ-ヴ]", inside)
    before = view.text[max(0, start - 14) : start]
    return bool(re.search(r"(?:中国語|漢語|簡体字|中文|華文|原語)(?:で|では|名)?[は:：、「]{0,2}[^。]{0,6}$", before))


def find(pair: Pair, config: Config) -> Iterator[Hit]:
    """Yield each simplified character outside quotations of Chinese and names of persons."""
    table = kanji.variants()
    if not {c for c in pair.ja.text if c in table or (kanji.is_kanji(c) and not kanji.in_japanese_encoding(c))}:
        return
    for segment in pair.ja.segments:
        view = pair.view(pair.ja, segment)
        text = view.text
        foreign = {i for i, c in enumerate(text) if kanji.is_kanji(c) and not kanji.in_japanese_encoding(c)}
        if len(foreign) >= 4 and not re.search(r"[ぁ-ん]", text):
            continue  # a line of Chinese
        for start, end in kanji_runs(text):
            kinds = {table[c][0] for c in text[start:end] if c in table}
            strange = [i for i in range(start, end) if i in foreign]
            if not kinds & {"simplified", "shared"} and not strange:
                continue
            if _chinese(view, start, end, foreign):
                continue
            fixed = restored(text, start, end, ("simplified", "shared", "old")) or text[start:end]
            whole = text[:start] + fixed + text[end:]
            for i in range(start, end):
                yield from _judge(pair, view, whole, i, fixed[i - start], bool(strange))


def _judge(pair: Pair, view: View, whole: str, i: int, new: str, beside: bool) -> Iterator[Hit]:
    text, char = view.text, view.text[i]
    kind = kanji.variants().get(char, ("", ""))[0]
    if kind == "old":
        return
    if kind == "simplified":
        token = token_at(whole, i)
        if token is not None and token.pos[2] == "人名":
            return
        titled = any(_PERSON.match(text, i + n) for n in (1, 2, 3))
        if titled and (token is None or token.oov or len(token.surface) < 2):
            return
        sure = token is not None and not token.oov and len(token.surface) > 1
        yield _hit(view, i, char, new, 0.99 if sure else 0.85)
    elif kind == "shared":
        if char == new or (kanji.same_reading(char) and not kanji.same_reading(new)):
            return
        word, old = token_at(whole, i), token_at(text, i)
        after = char == "后" and (i == 0 or text[i - 1] not in "、。「（ 皇太王母")
        if (char in _NEVER or after) and word is not None and word.pos[1] != "固有名詞":
            if old is None or old.pos[1] != "固有名詞" or len(old.surface) == 1:
                yield _hit(view, i, char, new, 0.8)
            return
        if word is None or word.oov or len(word.surface) < 2 or word.pos[1] == "固有名詞":
            return
        known = old is not None and not old.oov and len(old.surface) > 1
        if known and old is not None and old.normalized != word.normalized:
            return
        lost = known or old is None or old.oov or word.surface in pair.ja_text
        if not beside and not lost and kanji.gain(text, (i, i + 1, new)) < 1500:
            return
        yield _hit(view, i, char, new, 0.95 if beside else 0.9)
    elif kanji.is_kanji(char) and not kanji.in_japanese_encoding(char):
        if kanji.in_japanese_encoding(char, "euc_jis_2004") or "\uf900" <= char <= "\ufaff":
            return
        span = view.span(i, i + 1)
        yield Hit(
            f"{char} (U+{ord(char):04X}) is in no Japanese character set; it is probably Chinese.",
            f"「{char}」（U+{ord(char):04X}）は日本の文字集合にない。中国語の漢字と思われる。",
            ja=span,
            confidence=0.75,
        )


def _hit(view: View, i: int, char: str, new: str, confidence: float) -> Hit:
    return Hit(
        f"Simplified Chinese {char}; Japanese writes {new}.",
        f"簡体字「{char}」。日本語では「{new}」と書く。",
        ja=view.span(i, i + 1),
        confidence=confidence,
        suggestion=new,
    )


CHECK = Check(
    code="LIN001",
    name="simplified-character",
    mqm="linguistic-conventions/character-encoding",
    severity=Severity.major,
    needs="ja",
    doc=__doc__,
    doc_ja="簡体字が日本語の字体の代わりに使われている。\n\nなぜ問題か：検索や索引で語が見つからず、本文の信頼性が疑われる。\n\n対処：日本語の字体に直す。中国語の引用や人名はそのままでよい。",
    find=find,
    examples=(
        Example(ja="学⟦术⟧界と産業界との連携", suggestion="術"),
        Example(ja="当事者は、学⟦术⟧協⟦议⟧会を開催する。"),
        Example(ja="⟦机⟧関間の協力を促進する。", suggestion="機"),
        Example(ja="⟦气⟧候変動への対応について協力する。", suggestion="気"),
        Example(ja="これに際し、閣下の御多幸を祈るとともに、幸いに存ずる。"),
        Example(ja="学術界と産業界との連携"),
        Example(ja="机の上に置かれた書類は、后の位を記したものである。"),
        Example(ja="覚書は、中国語では「谅解备忘录」という。"),
        Example(ja="習近平国家主席及び李强首相が出席した。"),
    ),
)
