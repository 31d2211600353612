"""A hiragana is lost, doubled, stray, transposed or another than was meant.

Why it matters: におてい, これによりい or にょって in a published text show that nobody read it; in a treaty a lost particle can
change who does what.

What to do: restore the usual wording.

How it is found: words of such classes never follow one another in proof-read Japanese (まで and を, a verb's stem and a
noun), or the dictionary does not hold the kana; and leaving out, putting in, exchanging or turning round one character
mends that and makes the reading of the passage cheaper for the dictionary's lattice. Where every word may follow the one
before it, only a very large gain speaks.
"""

from __future__ import annotations

import itertools
import re
import unicodedata
from collections.abc import Iterator, Sequence
from functools import lru_cache

from mocalign import data, japanese, kanji
from mocalign.checks.base import Check, Example, Hit
from mocalign.checks.tools import ngrams, once, polite
from mocalign.config import Config
from mocalign.model import Severity, View
from mocalign.pair import Pair

__all__ = ["CHECK"]

_RUN = re.compile("[ぁ-ゖ]+")
_PUT_IN = "はがをにでとのもやしてるたいなれさらりくきかまけえよびつ"
# What an inserted character must win, when it would make another sound phrase of a sound one (いつも, 長さ, ときでは).
_HARD = frozenset("はでもかさやとな")
_SIMILAR = {
    "よ": "ょ", "ょ": "よ", "や": "ゃ", "ゃ": "や", "ゆ": "ゅ", "ゅ": "ゆ", "つ": "っ", "っ": "つ",
    "わ": "れね", "れ": "ねわ", "ね": "れわ", "は": "ほ", "ほ": "は", "る": "ろ", "ろ": "る", "き": "さ", "さ": "き",
    "い": "り", "り": "い", "め": "ぬ", "ぬ": "め", "ぁ": "あ", "ぃ": "い", "ぅ": "う", "ぇ": "え", "ぉ": "お", "ゎ": "わ",
    "あ": "お", "お": "あ", "ま": "も", "も": "ま", "ら": "ろ", "す": "む", "む": "す", "を": "お",
}  # fmt: skip
_PARTICLE_TWICE = re.compile(
    r"((?<!も)のの(?!し)|はの(?!ち|べ|ぞ|み|り)|をを|はは(?!は|の|親|と)|がが|にに|へへ|もも(?!ちろ|の|も)|でで(?!き|な|は|す|あ|し)|てて(?=[、。おいくもはき])|(?<!こ)とと(?!も|の|っ|お|き|な|り)|しし(?!つ)|するする|れれ(?!ば)|をは(?!じ|か|り|っ|め|ぐ|な|ず|る|い|や)|はを(?!$)|がを|をが|にを(?!い)|がは(?!い|か|た|っ|ん)|をの(?!ぞ|み|べ|こ|せ|ば))"
)


# Sequences in which each character has its work, however dear the lattice finds them.
_SOUND = re.compile(
    "行われ|とにかか?|かかわ|とについ|いつでも|もの(?!も)|こと(?!と)|ごと|もと(?=づ)|らの|定め|その後|否とに|又は|も(?=し)|応ずるか|いつでも|いつも|か否か|否かの?|をも(?!の)|とを|とに(?!か)|とが|とは|とも(?!の)|との|にも|でも|とし|すると|れば|のほか|なんらか|何らか"
    "|[うすいるただ]し(?=、)|までで(?=[すはあし])|ようにと|にお(?:ける|いて)|にかかわ|かつ|みな(?=[さしす])|るかいない|たかいない|(?<=[れらさせかわたまばなえけめべねげて])ず(?=、)"
    "|るが、|たが、|及ぼすと|であると|とと(?:も|の)|うち|ごろ|ここ|いい(?=、)|こうした|こうして|ではない|とき|ところ|しつつ|つつ|ぞれ"
)


# Kana as they were spelt before 1946: ふ for う, つ for っ, やう for よう, ゐ, づ; 日本国憲法 still reads so.
_HISTORIC = re.compile(
    "[ゐゑ]|(?<=[一-龥思言従行負伴養問誓])(?:ふ|はな|はれ|はし|ひ(?=、|ま|た|つ)|へ(?=ら|て|た|る|ば|、))"
    "|[やたらまかだせ]う(?=と|に|な|が|で|。|、)|いづ[れこ]|づつ|[あかたなもよらわ]つ(?=て|た)|[いか]ふ"
)


def _historic(pair: Pair) -> bool:
    """Whether the text is written in the orthography of before 1946."""
    return bool(re.search("[ゐゑ]|やう[になでだ]|いづれ", pair.ja_text)) and len(_HISTORIC.findall(pair.ja_text)) >= 3


def _sounds(char: str) -> str:
    """The same kana with its voicing changed."""
    base = unicodedata.normalize("NFD", char)[0]
    forms = {base, *(unicodedata.normalize("NFC", base + mark) for mark in "\u3099\u309a")}
    return "".join(sorted(f for f in forms if len(f) == 1 and f != char and f != "ゔ"))


@lru_cache(maxsize=128)
def _others(char: str) -> str:
    return _SIMILAR.get(char, "") + _sounds(char)


@lru_cache(maxsize=1)
def _known() -> frozenset[str]:
    return frozenset(row["run"] for row in data.rows("kana_runs"))


def _candidates(text: str, start: int, end: int, *, torn: bool) -> Iterator[tuple[kanji.Edit, int, str]]:
    """Edits of one run with what each must win, and a word for the kind; more of them where the words do not join."""
    put_in = _PUT_IN + "こずせめちどみへおあうわば" if torn else _PUT_IN
    sound = {i for m in _SOUND.finditer(text, max(0, start - 1), min(len(text), end + 1)) for i in range(*m.span())}
    for i in range(start, end):
        char = text[i]
        twice = (i > start and text[i - 1] == char) or text[i - 2 : i] == text[i : i + 2]
        floor = 2200 if twice else 7500 if char in "もでとのをにはかやが" else 4800
        if text[i : i + 1] != text[i + 1 : i + 2] or i + 1 == end:  # of two equal ones the second is left out
            yield (i, i + 1, ""), floor + (7000 if i in sound else 0), "twice" if twice else "stray"
        if text[i : i + 2] == text[i - 2 : i] and i - 2 >= start and i + 2 <= end:
            yield (i, i + 2, ""), 3500, "twice"
        if i + 1 < end and text[i + 1] != char:
            kept = i in sound and i + 1 in sound
            yield (i, i + 2, text[i + 1] + char), 8500 if kept else 4500, "turned"
        for other in dict.fromkeys(_others(char) + (put_in if torn else "")):
            if other != char:
                near = other in _others(char)
                yield (i, i + 1, other), 7000 if i in sound and near else 3000 if near else 14000, "wrong"
    if end - start < 2:
        return  # beside a lone particle too much could be missing
    for i in range(start, end + 1):
        before, after = text[max(0, i - 1) : i], text[i : i + 1]
        for char in put_in:
            if char in (before, after):
                continue
            if i in sound and i - 1 in sound:
                continue
            if i == start and char in "さるたいれりくきけえし":
                continue  # 長 → 長さ: another word, not a slip
            yield (i, i, char), 4800 if char in _HARD else 3500, "lost"


_EVERYDAY = 1300  # what an edit must win besides where the words of everyday speech are many and their sequences free
_TORN = 600  # what an edit must win where the words as written do not follow one another
_SOUNDS = 6000  # what it must win beyond the floor of its kind where they do
_KINDS = {
    "twice": ("stands twice", "が重複している"),
    "stray": ("is stray", "が余分である"),
    "turned": ("are turned round", "の順序が逆である"),
    "wrong": ("is hardly meant", "は誤りと思われる"),
    "lost": ("is lost", "が脱落している"),
}


def find(pair: Pair, config: Config) -> Iterator[Hit]:
    """Yield the best correction of each suspicious run of hiragana."""
    for segment in pair.ja.segments:
        view = pair.body(pair.ja, segment)
        broken = _broken(pair.ja_tokens(segment))
        for match in _RUN.finditer(view.text):
            hit = _run(pair, view, match.start(), match.end(), broken)
            if hit is not None:
                yield hit


def _broken(tokens: Sequence[japanese.Token]) -> list[tuple[int, int, bool]]:
    """Ranges of two words that do not follow one another; true where both are particles, auxiliaries or no words."""
    return [
        (a.start, b.end, not any(kanji.part(t)[-2:-1] == ":" and kanji.part(t)[-1] in "名副形接感代" for t in (a, b)))
        for k, (a, b) in enumerate(itertools.pairwise(tokens))
        if not kanji.joined(a, b) and not _idiom(tokens, k)
    ]


_ALL_OF = frozenset("誰 だれ 何 なに どれ いずれ 両者 双方 皆 みな".split())
_CERTAIN = frozenset("種 種類 程度 特定 意味 時点 場合 日 一定 部分 期間 範囲".split())


def _idiom(tokens: Sequence[japanese.Token], k: int) -> bool:
    """Whether two words follow one another because of a third: 誰もが, によってはある種の."""
    one, two = tokens[k].surface, tokens[k + 1].surface
    if one[0] in "おご" and len(one) > 1 and tokens[k + 1].pos[0] == "動詞":
        return True  # ご承知おき
    if k > 0 and tokens[k - 1].surface in ("お", "ご") and tokens[k].pos[0] in ("動詞", "名詞"):
        return two in ("で", "に", "の", "です") or tokens[k + 1].pos[0] == "動詞"  # おかけして, お持ちでない
    if one == "も" and two == "が":
        return k > 0 and tokens[k - 1].surface in _ALL_OF
    return two == "ある" and one.endswith("は") and k + 2 < len(tokens) and tokens[k + 2].surface in _CERTAIN


def _mends(text: str, edit: kanji.Edit) -> bool:
    """Whether all words may follow one another round the place of an edit once it is made."""
    start, end, new = edit
    low = max(0, start - 14, *(text.rfind(mark, 0, start) + 1 for mark in "、。"))
    whole = text[low:start] + new + text[end : end + 14]
    first, last = start - low, start - low + len(new)
    return not any(a < last + 2 and b > first - 2 for a, b, _ in _broken(japanese.tokens(whole)) if b < len(whole))


_FIRM = re.compile("(?:会社|法人|商店|財団|協会|組合|学園|医院)$")


def _run(pair: Pair, view: View, start: int, end: int, broken: list[tuple[int, int, bool]]) -> Hit | None:
    text = view.text
    run = text[start:end]
    if once(pair, "historic kana", _historic) and _HISTORIC.search(text[max(0, start - 1) : end + 1]):
        return None
    found = _PARTICLE_TWICE.search(text, max(0, start - 1), end)
    if found is not None and _inside_word(text, found.start()):
        found = None  # けがを, ながが
    if re.search("[るたうくすつぬむぐぶ]か(?:ない|どう|否)か", text[max(0, start - 1) : end + 1]):
        return None  # the lattice reads か, な, いかに
    if _FIRM.search(text[max(0, start - 4) : start]):
        return None  # 合同会社かぜ: a name
    here = [sure for a, b, sure in broken if a < end + 1 and b > start - 1]
    torn, surely = bool(here), any(here)
    usual = run in _known() and found is None
    if usual and (len(run) > 2 or not torn):
        return None
    if (
        ngrams(pair, 4)[text[max(0, start - 1) : start + 3]] >= 3
        and ngrams(pair, 4)[text[max(0, end - 3) : end + 1]] >= 3
    ):
        return None  # the text writes it so all the time
    everyday = _EVERYDAY if polite(pair) else 0
    best: tuple[int, kanji.Edit, str] | None = None
    second: tuple[int, kanji.Edit, str] | None = None  # kana that neither look nor sound alike
    for edit, floor, kind in _candidates(text, start, end, torn=surely):
        if not torn and kind in ("lost", "wrong"):
            continue  # dear to try and seldom true where all words follow one another
        gained = kanji.gain(text, edit)
        if gained < (_TORN if torn else floor):
            continue
        if not torn:
            floor += _SOUNDS
            if kind == "stray" and not _mends(text, edit):
                continue
        elif not _mends(text, edit):
            floor += 1500
        elif surely:
            floor = _TORN if kind == "twice" else floor // 3
        if usual:
            if kind == "stray" or text[max(0, start - 1) : end] == "又は":
                continue
            floor += 2500
        else:
            mended = text[start : edit[0]] + edit[2] + text[edit[1] : end]
            # An everyday run comes out: half the evidence is enough.
            if len(mended) > 2 and mended in _known() and floor < 7000:
                floor = 300 if kind == "twice" else floor // 2
        if gained < floor + everyday or (kind == "stray" and _object(text, edit)):
            continue
        far = kind == "wrong" and text[edit[0]] not in _others(edit[2])
        if far and (second is None or gained - floor > second[0]):
            second = (gained - floor, edit, kind)
        elif not far and (best is None or gained - floor > best[0]):
            best = (gained - floor, edit, kind)
    best = best or second
    if best is None and found is not None:
        at = found.start()
        edit = (at + 1, at + 2, "") if found[0][0] == found[0][1] else (at, at + 2, "")
        if edit[1] - edit[0] == 1 and _two_words(text, edit):
            return None
        return _hit(view, edit, "twice" if edit[1] - edit[0] == 1 else "wrong", 0.8, known=edit[1] - edit[0] == 1)
    if best is None:
        return None
    margin, edit, kind = best
    if kind == "stray" and not torn and ngrams(pair, 4)[text[max(0, edit[0] - 3) : edit[0] + 1]] >= 3:
        return None  # 当事者ら: the document's own word
    if text[edit[0] : edit[1]] == "つ" and edit[2] == "っ" and len(re.findall("[あたよなもか]つて", pair.ja_text)) > 1:
        return None  # the older orthography writes the geminate large throughout
    if _repeats(pair, text, edit) or (kind == "twice" and _two_words(text, edit)):
        return None
    return _hit(view, edit, kind, min(0.95, 0.7 + margin / 16000), known=True)


def _two_words(text: str, edit: kanji.Edit) -> bool:
    """Whether the two copies are the end of one word and the beginning of another: 隔て + て, 法により + より早く."""
    start, end, _ = edit
    size = end - start
    low = max(0, start - 12)
    found = japanese.tokens(text[low : end + 8])
    for one, two in itertools.pairwise(found):
        at = low + two.start
        if text[start:end] == "より" and at == end and two.pos[0] in ("形容詞", "形状詞", "副詞"):
            return True
        if (
            at == start
            and two.surface == text[start:end] == "し"
            and two.pos[0] == "動詞"
            and one.pos[0] in ("動詞", "名詞")
        ):
            noun = one.pos[0] == "名詞" or sum(map(kanji.is_kanji, one.surface)) > 1
            noun = noun or text[low + one.start - 1 : low + one.start] in ("お", "ご")
            return (
                noun and len(one.surface) > 1 and not one.oov and one.surface.endswith("し")
            )  # お示しして, 抜き差しし
        if at != start or two.surface != text[start:end] or two.pos[0] not in ("助詞", "助動詞"):
            continue
        if one.pos[0] in ("動詞", "形容詞") and len(one.surface) > size and one.surface.endswith(two.surface):
            return not one.oov
    return False


def _inside_word(text: str, at: int) -> bool:
    """Whether the first of two supposed particles is the end of a word of the dictionary: けが + を."""
    low = max(0, at - 10)
    token = next((t for t in japanese.tokens(text[low : at + 8]) if t.start <= at - low < t.end), None)
    if token is None or token.oov or token.start == at - low:
        return False
    return token.pos[0] in ("名詞", "動詞", "形容詞", "副詞")


def _object(text: str, edit: kanji.Edit) -> bool:
    """Whether what is left out may stand there as well: 連絡をする beside 連絡する, お返事 beside 返事."""
    if text[edit[0] : edit[1]] in ("お", "ご") and kanji.is_kanji(text[edit[1] : edit[1] + 1] or " "):
        return True
    return (
        text[edit[0] : edit[1]] == "を"
        and re.match(r"する|し[てたまなよ、]|し|さ[れせ]|行[うわっい]", text[edit[1] :]) is not None
    )


def _repeats(pair: Pair, text: str, edit: kanji.Edit) -> bool:
    """Whether the document writes the suspected passage again in the same surroundings."""
    start, end, _ = edit
    grams = ngrams(pair, 6)
    return any(grams[text[low : low + 6]] >= 3 for low in range(max(0, end - 5), start) if low + 6 <= len(text))


def _hit(view: View, edit: kanji.Edit, kind: str, confidence: float, *, known: bool) -> Hit:
    start, end, new = edit
    text = view.text
    what, what_ja = _KINDS[kind]
    about = text[start:end] or new
    if start == end:
        # A lost character has no place of its own: its neighbours are quoted.
        start, end = max(0, start - 1), min(len(text), end + 1)
        new = text[start : edit[0]] + new + text[edit[1] : end]
    head, tail = text[max(0, start - 4) : start], text[end : end + 4]
    return Hit(
        f"{about} {what}: …{head}{text[start:end]}{tail}… reads as no Japanese, …{head}{new}{tail}… does."
        if known
        else f"{about}: these particles do not follow one another.",
        f"「{about}」{what_ja}。「…{head}{text[start:end]}{tail}…」は「…{head}{new}{tail}…」と思われる。"
        if known
        else f"「{about}」：助詞がこのようには続かない。",
        ja=view.span(start, end),
        confidence=confidence,
        suggestion=new if known else None,
    )


CHECK = Check(
    code="LIN006",
    name="kana-slip",
    mqm="linguistic-conventions/spelling",
    severity=Severity.major,
    needs="ja",
    doc=__doc__,
    doc_ja="平仮名の脱落・重複・余分・転倒・取り違え。\n\nなぜ問題か：校正されていない印象を与え、助詞の脱落は主体や客体を変えることがある。\n\n対処：本来の表記に直す。",
    find=find,
    examples=(
        Example(ja="この書簡の日付の日にお⟦てい⟧、いかなる請求も提出されていない。", suggestion="いて"),
        Example(ja="相違は、協議に⟦ょ⟧って解決する。", suggestion="よ"),
        Example(ja="毎年意見を交換し、これにより⟦い⟧相互理解を深める。", suggestion=""),
        Example(ja="この協定の⟦の⟧規定に従う。", suggestion=""),
        Example(ja="当事者は、事務局に送付する⟦こが⟧できる。", suggestion="ことが"),
        Example(ja="書面を⟦を⟧もって通知する。", suggestion=""),
        Example(ja="当事者は、事務局に送付することができる。"),
        Example(ja="「本プログラム」とは、ソフトウェアをいいます。権利を有するであろう者は、これに限られません。"),
        Example(ja="使用しまたは複製する者は、よくお読みください。人たるに値する生活を図り、もつて福祉に資する。"),
        Example(
            ja="自分の業務に利用することはできますか。どのように位置づけられているのでしょうか。評価は高かったでしょうし、"
        ),
        Example(ja="両者の違いを特徴づける重要な点であり、長く受け入れられ続けている。署名してもらう必要がある。"),
        Example(
            ja="誰もが出席できる。法令によってはある種の決定を求めず又は妨げない。望めば取得でき、照会先に連絡をするために用いる。"
        ),
        Example(ja="株式会社みなと（以下「甲」という。）及び合同会社かぜ（以下「乙」という。）は、契約を締結する。"),
        Example(ja="投稿でやってほしいことを掲げる。申し立ては1件につき1回までです。"),
        Example(ja="長さが十メートルを超えるもの及びその他のもの"),
        Example(ja="いつでも、かつ、いかなる場合にも、ここに定めるところによる。"),
        Example(ja="川が二つの町を隔てている。当事者は、協議によりより広い合意に達する。"),
        Example(
            ja="会員は、出席しかつ投票する。届け出たものとみなされる。何らかの理由があるかないかにかかわりなく、償わない。"
        ),
        Example(ja="会員は、規約に従ひ、会費を払ふ。いづれの会員も、除かれない。会長は、会を代表するやうに努める。"),
    ),
)
