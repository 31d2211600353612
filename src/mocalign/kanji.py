"""What kanji and kana could have been meant: variant forms, look-alikes, readings, and the cost of a reading.

The cost of a string is the cost of the best path through SudachiPy's lattice (`MorphemeList.get_internal_cost`): a wrong
character breaks a word into pieces that seldom stand side by side, which the path pays for; the right one wins thousands
of points back. Costs compare readings of one window; they are no probabilities.
"""

from __future__ import annotations

from functools import lru_cache

from mocalign import data, japanese

__all__ = [
    "Edit",
    "between",
    "common_word",
    "cost",
    "gain",
    "in_japanese_encoding",
    "is_kanji",
    "joined",
    "kanji_number",
    "like",
    "part",
    "same_reading",
    "variants",
]


def is_kanji(char: str) -> bool:
    """Tell whether a character is an ideograph (々 counts)."""
    return (
        "一" <= char <= "鿿"
        or "㐀" <= char <= "䶿"
        or char == "々"
        or "\uf900" <= char <= "\ufaff"
        or char >= "\U00020000"
    )


_DIGIT = {c: i for i, c in enumerate("〇一二三四五六七八九")} | {"零": 0}
_UNIT = {"十": 10, "百": 100, "千": 1000}
_BIG = {"万": 10**4, "億": 10**8, "兆": 10**12}


def kanji_number(text: str) -> int | None:
    """Read a whole number in figures or kanji, positional (二〇二六) or with places (二千二十六); None when it is none."""
    if not text:
        return None
    if text.isdecimal():
        return int(text)
    if all(c in _DIGIT for c in text):
        return int("".join(str(_DIGIT[c]) for c in text))
    total = part = digit = 0
    unit, big = 10**4, 10**16
    for char in text:
        if char in _DIGIT and not digit:
            digit = _DIGIT[char]
        elif char in _UNIT and _UNIT[char] < unit:
            unit = _UNIT[char]
            part, digit = part + (digit or 1) * unit, 0
        elif char in _BIG and _BIG[char] < big:
            big = _BIG[char]
            total += (part + digit or 1) * big
            part, digit, unit = 0, 0, 10**4
        else:
            return None
    return total + part + digit


@lru_cache(maxsize=8192)
def in_japanese_encoding(char: str, encoding: str = "cp932") -> bool:
    """Tell whether a Japanese character set holds the character (cp932; "euc_jis_2004" is the widest)."""
    try:
        char.encode(encoding)
    except UnicodeEncodeError:
        return False
    return True


@lru_cache(maxsize=1)
def variants() -> dict[str, tuple[str, str]]:
    """Character to (kind, Japanese forms): kind is "simplified", "shared" or "old"."""
    return {row["char"]: (row["kind"], row["forms"]) for row in data.rows("variants")}


@lru_cache(maxsize=1)
def _shapes() -> dict[str, str]:
    return {row["kanji"]: row["like"] for row in data.rows("shapes")}


def like(char: str) -> str:
    """Kanji in general use that look like this one, nearest first."""
    return _shapes().get(char, "")


@lru_cache(maxsize=1)
def _readings() -> tuple[dict[str, str], dict[str, tuple[str, ...]]]:
    by_reading = {row["reading"]: row["kanji"] for row in data.rows("readings")}
    by_kanji: dict[str, list[str]] = {}
    for reading, chars in by_reading.items():
        for char in chars:
            by_kanji.setdefault(char, []).append(reading)
    return by_reading, {char: tuple(found) for char, found in by_kanji.items()}


@lru_cache(maxsize=4096)
def same_reading(char: str) -> str:
    """Kanji in general use that share a Sino-Japanese reading of two morae or more, or any reading, with this one."""
    by_reading, by_kanji = _readings()
    found = dict.fromkeys(c for reading in by_kanji.get(char, ()) for c in by_reading[reading])
    found.pop(char, None)
    return "".join(found)


@lru_cache(maxsize=1)
def _common() -> tuple[dict[str, str], dict[str, str]]:
    after = {row["first"]: row["seconds"] for row in data.rows("common_words")}
    before: dict[str, list[str]] = {}
    for first, seconds in after.items():
        for second in seconds:
            before.setdefault(second, []).append(first)
    return after, {second: "".join(firsts) for second, firsts in before.items()}


def common_word(word: str) -> bool:
    """Tell whether a two-kanji word is in use."""
    return len(word) == 2 and word[1] in _common()[0].get(word[0], "")


def between(one: str, two: str) -> str:
    """Kanji that make a word with the kanji before them or with the one after them."""
    after, before = _common()
    return "".join(dict.fromkeys(after.get(one, "") + before.get(two, "")))


@lru_cache(maxsize=65536)
def cost(text: str) -> int:
    """Cost of the best path through a short text, closed by a full stop."""
    return japanese.path_cost(text + "。")


_CONJUNCTIONS = frozenset("又 又は または 及び および 並びに ならびに 若しくは もしくは 且つ かつ".split())
_FORMAL = frozenset("こと もの ため とき ところ よう うち ほか とおり まま そう はず わけ ごと".split())


def part(token: japanese.Token) -> str:
    """What a token is to its neighbours: a particle or auxiliary by itself, other words by class and inflection.

    "|" stands for a mark that ends or opens a phrase, "?" for kana that the dictionary does not hold.
    """
    word, pos = token.surface, token.pos
    if pos[0] in ("補助記号", "記号", "空白"):
        return word if word in "、。" else "|"
    kana = all("ぁ" <= c <= "ゖ" or c == "ー" for c in word)
    if token.oov:
        return "?" if "ぁ" <= word[0] <= "ゖ" else "N"
    if pos[0] == "接続詞" or word in _CONJUNCTIONS:
        return "CONJ"
    if pos[0] in ("助詞", "助動詞"):
        return word
    if pos[0] in ("動詞", "形容詞"):
        form, _, kind = pos[5].partition("-")
        form = {"終止形": "連体", "意志推量形": "意志"}.get(form, form[:2])  # the same in all but the old language
        if kana and pos[1] == "非自立可能":
            return f"{word}:{form}"
        group = pos[4][:1] if form == "未然" else ""
        return ("V" if pos[0] == "動詞" else "A") + f"{group}:{form}{'' if kind == '一般' else kind}"
    if word in _FORMAL:
        return f"{word}:"
    if kana and pos[0] in ("名詞", "副詞", "形状詞", "接尾辞", "感動詞"):
        return f"{word}:{pos[0][:1]}"
    if kana and pos[0] == "代名詞" and len(word) < 3:
        return f"{word}:代"
    return {"副詞": "ADV", "接尾辞": "SUF", "感動詞": "INT"}.get(pos[0], "N")


@lru_cache(maxsize=1)
def _pairs() -> dict[str, frozenset[str]]:
    return {row["part"]: frozenset(row["next"].split()) for row in data.rows("kana_pairs")}


def joined(one: japanese.Token, two: japanese.Token) -> bool:
    """Tell whether such a token is ever followed by such another; true where neither is kana, or where a phrase ends."""
    a, b = part(one), part(two)
    if b in _POLITE.get(a, ()) or _compound(one, two) or _courteous(one, two, b):
        return True
    if a in ("|", "。") or b == "|":
        return True
    if "?" in (a, b):
        return False
    if not ("ぁ" <= one.surface[-1] <= "ゖ" or "ぁ" <= two.surface[0] <= "ゖ"):
        return True
    if one.surface[-1] == "つ" and two.surface[0] in "てた":
        return True  # もつて, なつた: the geminate written large
    if a.endswith(":連体") and one.pos[0] in ("動詞", "形容詞") and len(one.surface) > 1 and b in _pairs()["V:連体"]:
        return True  # もらう必要: what follows a verb follows one that helps another, however seldom it was counted
    # The texts that were counted know few of the words of everyday speech: a long one stands for its class.
    heads, tails = {a, _class(one, a)}, {b, _class(two, b)}
    return any(tail in _pairs().get(head, ()) or tail in _POLITE.get(head, ()) for head in heads for tail in tails)


_COURTEOUS = frozenset(
    "頂く 下さる 御座る 致す 為さる いらっしゃる 貰う くれる 居る 仰る ござる いただく くださる いたす なさる もらう おる".split()
)


_SHORT = frozenset(
    "つい ふと もう まだ ただ ほぼ ごく ぜひ もし どう なぜ やや まち いま はじめ つもり まわり となり あいだ しくみ くふう きまり おかげ ふだん みんな ごみ そば ひとり みな ささい".split()
)


def _class(token: japanese.Token, own: str) -> str:
    """The class of a kana word that is too long to be an accident of the lattice, or a verb of courtesy; else its own part."""
    if not own.startswith(token.surface + ":") or token.oov:
        return own
    pos = token.pos
    if pos[0] in ("動詞", "形容詞"):
        if len(token.surface) < 3 and token.lemma not in _COURTEOUS:
            return own
        form, _, kind = pos[5].partition("-")
        form = {"終止形": "連体", "意志推量形": "意志"}.get(form, form[:2])
        group = pos[4][:1] if form == "未然" else ""
        kind = "" if kind in ("一般", "イ音便") and form == "連用" and token.surface[-1] == "い" else kind
        return ("V" if pos[0] == "動詞" else "A") + f"{group}:{form}{'' if kind == '一般' else kind}"
    if len(token.surface) < (4 if pos[0] == "名詞" else 3) and token.surface not in _SHORT:
        return own
    return {"副詞": "ADV", "感動詞": "ADV"}.get(pos[0], "N")


# What questions, polite prose and answers to questions add: the texts that were counted are statutes and manuals.
_POLITE = {
    "ます": frozenset("か が から ので し と でしょう よう: よ ね 、 。".split()),
    "まし": frozenset("たら て ては".split()),
    "も": frozenset({"ADV"}),
    "は": frozenset({"ADV"}),
    "に": frozenset({"ADV"}),
    "が": frozenset({"ADV"}),
    "、": frozenset({"ADV", "N"}),
    "ADV": frozenset({"N", "ADV", "V:連用", "V:連体", "も", "でしょう"}),
    "たり": frozenset({"せ:未然"}),
    "でし": frozenset("た て たら".split()),
    "だっ": frozenset("た て たら".split()),
    "さん:接": frozenset("は が も を に の と".split()),
    "さま:接": frozenset("は が も を に の と".split()),
    "よう:": frozenset("でし だっ です だ".split()),
    "ところ:": frozenset({"V:連用", "N", "ADV"}),
    "ほか:": frozenset({"V:連用", "V:連体", "N", "ADV"}),
    "たく": frozenset("なっ:連用 なり:連用 なる:連体 なれ:仮定 て".split()),
    "で": frozenset("ない なかっ なく".split()),
    "しも": frozenset({"N"}),
    "N": frozenset({"です", "で", "も"}),
    "まで": frozenset({"。"}),
    "V五:未然": frozenset({"なかっ", "なく", "ない", "なけれ"}),
    "です": frozenset("か が から ので し と 、 。".split()),
    "でしょう": frozenset("か が から し 、 。".split()),
    "ましょう": frozenset("か 。".split()),
    "ん": frozenset("か が から ので し でし 、 。".split()),
    "の": frozenset("でしょう です ほど:名".split()),
    "ず": frozenset({"CONJ"}),
    "か": frozenset({"V:仮定"}),
    "ため:": frozenset({"など"}),
    "させる": frozenset({"よう:", "ため:", "こと:", "もの:", "N"}),
}


_ENDINGS = frozenset("ます まし ませ ましょう たい たく た て つつ ながら".split())


_CASE = frozenset("をがはもと")
_NO_COURTESY = frozenset("おく 置く 於く おる 居る よる 因る".split())
_ADVERBIAL = frozenset("くらい ぐらい ほど だけ など ばかり ずつ しか のみ".split())
_NOT = frozenset("なかっ なく ない なけれ".split())


def _courteous(one: japanese.Token, two: japanese.Token, after: str) -> bool:
    """Whether two words follow one another in polite speech: お待ちしております, よろしくお願い, ご迷惑をおかけします."""
    word, own = one.surface, two.surface
    content = two.pos[0] in ("動詞", "形容詞", "形状詞", "名詞", "副詞", "代名詞") and not two.oov and len(own) > 1
    if two.pos[0] == "接頭辞" or (word == "、" and content):
        return True
    if word in _ADVERBIAL and one.pos[1] == "副助詞":
        return content or own in "ではもがをにのと"
    if two.pos[0] in ("動詞", "形容詞") and content and (word in _CASE or one.pos[1] == "接続助詞"):
        return one.pos[1] == "接続助詞" or two.lemma in _COURTEOUS
    if own in _FORMAL and one.pos[5].startswith("連体形"):
        return True
    if one.pos[0] == "接頭辞":
        plain = len(two.surface) < 3 and all("ぁ" <= c <= "ゖ" for c in two.surface)
        if two.pos[0] == "動詞":
            return not (plain and two.lemma in _NO_COURTESY)
        return two.pos[0] in ("名詞", "形容詞", "形状詞", "副詞") and not plain
    if one.pos[0] != "動詞":
        return False
    if one.pos[5].startswith("未然形-一般") and len(one.surface) > 1:
        return after in _NOT
    if not one.pos[5].startswith("連用形-一般"):
        return False
    return after in _ENDINGS or two.lemma in ("いたす", "致す", "できる", "出来る")


def _compound(one: japanese.Token, two: japanese.Token) -> bool:
    """Whether two words make a compound verb, or the second verb follows a clause that no comma closes."""
    if one.surface in ("られ", "れ", "せ", "させ"):
        return two.surface[0] in "続始終得過"  # 受け入れられ続ける
    if one.surface.startswith("づ") and one.pos[0] == "動詞":  # 位置づける, 関連づけた
        return two.pos[0] in ("名詞", "形状詞") or two.surface in (
            "た",
            "て",
            "ら",
            "られ",
            "られる",
            "ず",
            "ない",
            "、",
            "。",
        )
    return one.surface == "し" and two.pos[:2] == ("動詞", "一般") and not two.pos[5].startswith("仮定形")


Edit = tuple[int, int, str]


def gain(text: str, edit: Edit, *, left: int = 8, right: int = 8) -> int:
    """How much cheaper a window of the text becomes when `text[start:end]` is replaced; positive is better."""
    start, end, new = edit
    head, tail = text[max(0, start - left) : start], text[end : end + right]
    return cost(head + text[start:end] + tail) - cost(head + new + tail)
