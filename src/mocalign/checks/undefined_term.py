"""A term is used like a defined one, and its definition is gone.

Why it matters: 本覚書 or 当事者 without 以下「…」という leaves open what is meant; the English fixes it, the Japanese does not.

What to do: restore the definition where the term stands first.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from mocalign import japanese
from mocalign.checks.base import Check, Example, Hit
from mocalign.checks.defined_terms import Term, definitions, uses
from mocalign.checks.tools import profile
from mocalign.config import Config
from mocalign.model import Segment, Severity, Span, View
from mocalign.pair import Pair

__all__ = ["CHECK"]

_SELF = "(?:協力)?(?:覚書|協定|条約|議定書|取決め|取極|契約|契約書|規約|指針|声明|宣言|文書|計画)"
_THIS = re.compile(rf"(?:この(?P<long>{_SELF})|本(?P<own>協力{_SELF}))(?![一-鿿])")
_QUOTE = re.compile(r"[「『“\"][^「」『』“”\"]{1,40}[」』”\"]|以下[^。]{0,30}(?:という|とする|と呼)")
_NOTE_JA = re.compile(r"[（(][^（）()]*[「『“\"][^（）()]+[」』”\"][^（）()]*[）)]")
_NOTE_EN = re.compile(r"\([^()]*[“\"][^()]+[”\"][^()]*\)")
_PARTIES = ("両当事者", "当事者ら", "当事者", "両参加者", "参加者ら", "締約者")
_SIDES = ("甲", "乙")
# The parties of a contract, each the counterpart of another.
_ROLES = (
    ("委託者", "受託者"), ("委任者", "受任者"), ("発注者", "受注者"), ("売主", "買主"), ("貸主", "借主"), ("賃貸人", "賃借人"),
    ("許諾者", "被許諾者"), ("ライセンサー", "ライセンシー"), ("開示者", "受領者"), ("使用者", "労働者"), ("譲渡人", "譲受人"),
    ("会員",), ("契約者",), ("加盟店",), ("寄託者", "受寄者"), ("荷主", "運送人"), ("注文者", "請負人"),
)  # fmt: skip


def find(pair: Pair, config: Config) -> Iterator[Hit]:
    """Yield the places where a definition is lost: what the other side defines, 本覚書 after この覚書, parties nobody named."""
    told: set[str] = set()
    if pair.has_english and pair.has_japanese:
        yield from _lost(pair, told)
    if pair.has_japanese:
        yield from _self(pair, told)
        yield from _parties(pair, told)
        yield from _short(pair, told)
        yield from _bare(pair, told)
        yield from _known(pair, told)


def _lost(pair: Pair, told: set[str]) -> Iterator[Hit]:
    """A bead in which the English defines more terms than the Japanese quotes."""
    english: dict[int, list[Term]] = {}
    for term in definitions(pair, "en"):
        number = pair.bead_of.get(("en", term.segment))
        if number is not None and term.short:
            english.setdefault(number, []).append(term)
    fixed = {t.word for t in definitions(pair, "ja")}
    if not english or (not fixed and (len(english) > 1 or _QUOTE.search(pair.ja_text))):
        return  # a translation that defines nothing has its reasons; one that lost its only definition has none
    for number, terms in english.items():
        bead = pair.beads[number]
        if not bead.ja:
            continue
        near = range(max(0, number - 1), min(len(pair.beads), number + 2))
        own = len(_QUOTE.findall(pair.passage("ja", number).text))
        # Participant and Participants are one quote in the English and one or two in the Japanese.
        wanted = len({t.word.removesuffix("s") for t in terms})
        few = len(_NOTE_JA.findall(pair.passage("ja", number).text)) < len(
            _NOTE_EN.findall(pair.passage("en", number).text)
        )
        if own >= wanted and not (own and few):
            continue
        if own and (not few or re.search(r"とは、|における「", pair.passage("ja", number).text)):
            continue
        if not own and any(_QUOTE.search(pair.passage("ja", n).text) for n in near if n != number and n not in english):
            continue
        used = [t for t in terms if uses(pair, "en", t) > (0 if fixed else 3)]
        place = _anchor(pair, number)
        if not used or place is None:
            continue
        term = used[0]
        told.add("parties")
        told.add("self")
        yield Hit(
            f'The English defines "{term.word}" here; the Japanese defines nothing.',
            f"英文はここで「{term.word}」を定義しているが、和文には定義がない。",
            ja=place,
            en=term.span,
            confidence=0.75 if fixed and not own else 0.6,
        )


def _anchor(pair: Pair, number: int) -> Span | None:
    """The Japanese words that answer where the definition belongs: the topic of the passage."""
    passage = pair.passage("ja", number)
    match = re.search(r"この[一-鿿]{2,8}|[^、。（）\s]{2,24}(?=[はをが、])", passage.text)
    return passage.span(*match.span()) if match else None


def _self(pair: Pair, told: set[str]) -> Iterator[Hit]:
    """この協力覚書 … 本覚書 … 本覚書: the short name of the instrument was fixed at the long one."""
    if "self" in told:
        return
    text = pair.ja_text
    for segment in pair.ja.segments:
        if segment.kind in ("title", "heading", "signature", "note"):
            continue
        view = pair.body(pair.ja, segment)
        match = _THIS.search(view.text)
        if match is None:
            continue
        long = match["long"] or match["own"]
        short = "本" + long.removeprefix("協力")
        count = text.count(short)
        if (
            count >= 3
            and text.count(match[0]) <= 2
            and f"「{short}」" not in text
            and f"「{match[0]}」" not in text
            and not re.search(rf"{short}(?:という|と呼|と略)", text)
            and text.find(short) > text.find(match[0])
        ):
            yield Hit(
                f"{short} is used {count} times and defined nowhere; {match[0]} stands here.",
                f"「{short}」が{count}回用いられているが、定義されていない（ここでは「{match[0]}」）。",
                ja=view.span(*match.span()),
                confidence=0.75,
            )
        return


def _parties(pair: Pair, told: set[str]) -> Iterator[Hit]:
    """当事者 (or 甲, 乙) again and again in a memorandum or contract that never says who they are."""
    kind = profile(pair)
    if "parties" in told or kind not in ("moc", "contract"):
        return
    text = pair.ja_text
    memorandum = re.search(r"覚書|取決め|取極", pair.view(pair.ja, pair.ja.segments[0]).text) is not None
    words = (*_PARTIES, *(("双方", "両者") if memorandum else ())) if kind == "moc" else _SIDES
    used = [
        w for w in words if len(re.findall(rf"{w}(?=[はがのをに及、]|及び|又は)", text)) >= (4 if kind == "moc" else 3)
    ]
    if not used or any(f"{q}{w}" in text for w in words for q in '「『“"') or re.search(r"[甲乙]\s?[:：]", text):
        return
    if any(w.strip("両ら") in t.word for w in used for t in definitions(pair, "ja")):
        return
    word = used[0]
    for segment in pair.ja.segments:
        view = pair.body(pair.ja, segment)
        span = view.find(word)
        if span is not None and segment.kind not in ("title", "heading"):
            yield Hit(
                f"{word} is used {text.count(word)} times and defined nowhere.",
                f"「{word}」が{text.count(word)}回用いられているが、定義されていない。",
                ja=span,
                confidence=0.7,
                severity=Severity.minor,
            )
            return


_RUN = re.compile(r"[一-鿿ァ-ヴー]{5,24}(?=[をはがにのとで、（(]|であって|をいう)")
_SET_UP = re.compile(r"を(?:設置|設け|置[くき]|定め|作成|策定|開催|指定|締結|実施|構成)|であって|をいう")
# What a short form names when it is used as an actor or a text: these heads are defined in careful drafting.
_BODY = re.compile(
    r"(?:部会|委員会|審議会|協議会|理事会|評議会|会議|機構|機関|センター|事務局|当局|研究所|財団|基金|グループ|チーム|フォーラム|プログラム|計画|宣言|条約|協定|議定書|要綱)$"
)
_SPREAD = re.compile(r"(?P<a>[一-鿿]{2,4})(?:的な|の)(?P<b>[一-鿿]{2,4})(?=を|に|が|は|、)")
_OFTEN = 3  # uses from which on a short form is one


def _running(pair: Pair) -> Iterator[tuple[Segment, View]]:
    """The segments of running text."""
    for segment in pair.ja.segments:
        if segment.kind not in ("title", "heading", "caption", "note"):
            yield segment, pair.body(pair.ja, segment)


def _short(pair: Pair, told: set[str]) -> Iterator[Hit]:
    """合同作業部会を設置する … 作業部会は …, 基本的な方針 … 基本方針: a short form, in a text that defines its others."""
    habit = len(definitions(pair, "ja"))
    if habit < 1:
        return
    text = "\n".join(view.text for _, view in _running(pair))
    place = 0
    for _, view in _running(pair):
        found = [(m, _tails(m[0])) for m in _RUN.finditer(view.text)]
        found += [(m, [m["a"] + m["b"]]) for m in _SPREAD.finditer(view.text)] if habit > 1 else []
        for match, shorts in found:
            for short in shorts:
                if text.count(short) < _OFTEN or short in told or f"「{short}」" in text:
                    continue  # a pattern with wide classes takes a thousandth of a second to compile
                if (
                    "a" not in match.groupdict()
                    and not _SET_UP.match(view.text, match.end())
                    and not _BODY.search(short)
                ):
                    continue
                if habit < 2 and not _BODY.search(short):
                    continue
                alone = re.compile(rf"(?:(?<![一-鿿ァ-ヴー「])|(?<=条)){re.escape(short)}(?![一-鿿ァ-ヴー」])")
                after = len(alone.findall(text, place + match.end()))
                if after < _OFTEN or text.count(match[0]) > 1:
                    continue
                if short in text[: place + match.start()]:
                    continue
                told.add(short)
                yield _undefined(view.span(*match.span()), short, after, match[0])
                break
        place += len(view.text) + 1


def _tails(run: str) -> list[str]:
    """The ends of a compound that are words themselves, longest first: 合同作業部会 gives 作業部会."""
    words = [t.start for t in japanese.tokens(run, mode="A")][1:]
    return [run[at:] for at in words if len(run) - at >= 3 and at >= 2]


def _undefined(span: Span, short: str, count: int, long: str = "") -> Hit:
    return Hit(
        f"{short} is used {count} times{' for ' + long if long else ''} and defined nowhere.",
        f"「{short}」が{count}回{'「' + long + '」の意味で' if long else ''}用いられているが、定義されていない。",
        ja=span,
        confidence=0.62,
    )


# Words that say nothing without a definition: which ones are 特定, 対象, 指定?
_POINTS = (
    r"(?:本件?|特定|対象|指定|認定|適格|秘密|機密|許諾|除外|適用|調整|実施|試験|評価|運営|登録|届出|申請|受入|派遣)"
)
_COMPOUND = re.compile(
    rf"(?<![一-鿿ァ-ヴー「]){_POINTS}[一-鿿ァ-ヴー]{{1,8}}(?=[はがをにのとへで、]|から|及び|又は|による|により)"
)
_MEN = re.compile(r"(?:者|人|員|官|機関|法人|団体|当局)$")
_SURE = re.compile(r"(?:特定|対象|指定|認定|適格|秘密|機密|許諾|除外|適用|本件)")
_OWN = re.compile(
    rf"本(?:{_SELF}|[条項号節章款編文則]|規約|規程|規定|要領|書|件|人|日|年|月|国|社|校|会|質|格|的|来|当|法)"
)


def _bare(pair: Pair, told: set[str]) -> Iterator[Hit]:
    """特定事業者は… where …する事業者は… came before and nothing says that this is a 特定事業者; 委託者 beside a defined 受託者.

    Only in a text that defines others. What lost its definition stands where a clause ends in the head of the term.
    """
    terms = [t for t in definitions(pair, "ja") if t.short]
    if len(terms) < 2 or told & {"parties"}:
        return
    text = "\n".join(view.text for _, view in _running(pair))
    quotes = "".join(re.findall(r"[「『“\"][^「」『』“”\"]{1,40}[」』”\"]", text))
    known = {t.word for t in terms}
    for pairs in _ROLES:
        for word in pairs:
            if word in quotes or text.count(word) < 4 or not (known & (set(pairs) - {word}) or len(pairs) == 1):
                continue
            if profile(pair) != "contract" and len(pairs) == 1:
                continue
            span = next((span for _, view in _running(pair) if (span := view.find(word)) is not None), None)
            if span is not None and word not in told:
                told.add(word)
                yield _undefined(span, word, text.count(word))
    habit = any(w.startswith("本") for w in known) or profile(pair) == "contract"
    for word in dict.fromkeys(m[0] for m in _COMPOUND.finditer(text)):
        count = text.count(word)
        if count < _OFTEN or word in told or word in quotes or any(word in k or k in word for k in known):
            continue
        if _OWN.match(word) or (word.startswith("本") and not habit) or japanese.in_dictionary(word):
            continue
        if re.search(rf"{re.escape(word)}(?:とは|[（(](?:[^（）()]*をいう|以下))", text):
            continue
        if not (_SURE.match(word) or _MEN.search(word) or word.startswith("本")):
            continue
        first = text.find(word)
        named = re.search(rf"[一-鿿ァ-ヴー]{{2,}}の?{re.escape(word[1:])}(?=[はがをにのとで、])", text[:first])
        # 動画配信サービスの… 本サービスは
        host = named.start() if named is not None and word.startswith("本") else _hosted(word, text[:first])
        if host < 0 and _SURE.match(word) and profile(pair) in ("moc", "contract"):
            host = first  # 秘密情報は… in a text that defines its other terms
        if host < 0:
            continue
        place = 0
        for _, view in _running(pair):
            if place <= host < place + len(view.text):
                head = re.match(r"[一-鿿ァ-ヴー]+", view.text[host - place :])
                if head is not None:
                    told.add(word)
                    yield _undefined(view.span(host - place, host - place + len(head[0])), word, count, head[0])
                break
            place += len(view.text) + 1


def _hosted(word: str, before: str) -> int:
    return next((h for tail in _heads(word) if (h := _host(before, tail)) >= 0), -1)


_ACTORS = re.compile(
    r"(?:^|(?<=[。、\n]))(?:各|両|いずれの)?(?P<word>[一-鿿ァ-ヴー]{2,12})(?=[はがの])",
)
_DOER = re.compile(r"(?:[^両]者|側|締約国|参加国|当事国|機関|当局)$")
_HALL = re.compile(
    r"(?:部会|委員会|審議会|協議会|評議会|機構|センター|事務局|フォーラム|ネットワーク|プラットフォーム|コンソーシアム)$"
)


def _known(pair: Pair, told: set[str]) -> Iterator[Hit]:
    """フォーラムは… where no フォーラム was set up: a body that the text knows from its first word on.

    The same for the actor of a memorandum: what does most of its acts has been named in full before.
    """
    if not definitions(pair, "ja"):
        return
    text = "\n".join(view.text for _, view in _running(pair))
    heads = " ".join(pair.view(pair.ja, s).text for s in pair.ja.segments if s.kind in ("title", "heading"))
    memorandum = profile(pair) == "moc" and re.search(r"覚書|取決め|取極", heads[:120]) is not None
    subjects = Counter(m["word"] for m in _ACTORS.finditer(text))
    for word, count in subjects.most_common():
        body = _HALL.search(word) is not None and count >= _OFTEN
        actor = memorandum and count >= 5 and _DOER.search(word) is not None
        if not (body or actor) or word in told or "parties" in told:
            continue
        if any(word in t.word or t.word in word for t in definitions(pair, "ja")) or f"「{word}" in pair.ja_text:
            continue
        first = text.find(word)
        # What comes with a name, or is set up, is introduced: 合同委員会, 委員会を置く.
        if not re.search(r"(?:^|[。、\n各両])$", text[:first]) or text[first + len(word)] not in "はがの":
            continue
        if body and word in heads.split(" ", 1)[0]:
            continue
        place = 0
        for _, view in _running(pair):
            if place <= first < place + len(view.text):
                told.add(word)
                yield _undefined(view.span(first - place, first - place + len(word)), word, text.count(word))
                break
            place += len(view.text) + 1


def _heads(word: str) -> list[str]:
    """The ends of a compound: 事業者 and 者 of 特定事業者."""
    starts = [t.start for t in japanese.tokens(word, mode="A")][1:]
    return [word[at:] for at in starts]


def _host(before: str, head: str) -> int:
    """Where a clause of some length ends in a head that stands alone, last before the first use; -1 where none does."""
    for match in reversed(list(re.finditer(rf"[るたうの]{re.escape(head)}(?=[はがをにのとで、])", before))):
        lead = re.split(r"[。\n]", before[: match.start() + 1])[-1]
        if len(lead) >= 10 and re.search(r"[るた](?:[一-鿿]{1,6}(?:及び|又は|、|の))*[^。はが]{0,12}$", lead):
            return match.start() + 1
    return -1


CHECK = Check(
    code="TER103",
    name="undefined-term",
    mqm="terminology/inconsistent-use",
    severity=Severity.minor,
    needs="ja",
    doc=__doc__,
    doc_ja="定義された語として使われているのに、定義がない。\n\nなぜ問題か：「本覚書」「当事者」が何を指すのかが定まらない。英文にある定義が和文で脱落していることが多い。\n\n対処：初出の箇所に定義を置く。",
    find=find,
    examples=(
        Example(
            ja="水素に関する協力覚書\n⟦この協力覚書⟧は、協力の促進を目的とする。\n本覚書は、署名の日に開始する。\n本覚書は、改正することができる。\n本覚書は、終了することができる。"
        ),
        Example(
            ja="水素に関する協力覚書\nこの協力覚書（以下「本覚書」という。）は、協力の促進を目的とする。\n本覚書は、署名の日に開始する。\n本覚書は、改正することができる。\n本覚書は、終了することができる。"
        ),
        Example(
            ja="水素に関する協力覚書\n甲省（以下「甲」という。）は、次のとおり決定した。\n⟦合同作業部会⟧を設置する。\n作業部会は、毎年会合する。\n作業部会は、記録を作る。",
            en="Memorandum of Cooperation on Hydrogen\nThe Ministry (hereinafter referred to as “MoA”) has decided as follows.\nA Joint Working Group (hereinafter referred to as “⟦JWG⟧”) is set up.\nThe JWG will meet every year.\nThe JWG will keep records.",
        ),
        Example(
            ja="水素に関する協力覚書\n甲省（以下「甲」という。）は、次のとおり決定した。\n合同作業部会（以下「作業部会」という。）を設置する。\n作業部会は、毎年会合する。\n作業部会は、記録を作る。",
            en="Memorandum of Cooperation on Hydrogen\nThe Ministry (hereinafter referred to as “MoA”) has decided as follows.\nA Joint Working Group (hereinafter referred to as “JWG”) is set up.\nThe JWG will meet every year.\nThe JWG will keep records.",
        ),
        Example(
            ja="河川環境の保全に関する法律\n河川の流水を一日に千立方メートル以上使用する⟦事業者⟧は、毎年、使用の状況を報告しなければならない。\n知事は、特定事業者に助言をする。\n特定事業者は、水質の測定を行う。\n特定事業者は、結果を記録する。\n測定機関（以下「機関」という。）及び河川審議会（以下「審議会」という。）を置く。"
        ),
        Example(
            ja="河川環境の保全に関する法律\n河川の流水を一日に千立方メートル以上使用する事業者（以下「特定事業者」という。）は、毎年、使用の状況を報告しなければならない。\n知事は、特定事業者に助言をする。\n特定事業者は、水質の測定を行う。\n特定事業者は、結果を記録する。\n測定機関（以下「機関」という。）及び河川審議会（以下「審議会」という。）を置く。"
        ),
        Example(
            ja="港湾の脱炭素化に関する協力覚書\n甲国運輸省及び乙国運輸省（以下「参加者」という。）は、協力する。\n参加者は、意見を交換するための会合を設ける。\n⟦フォーラム⟧は、毎年開催する。\nフォーラムの議長は、交代する。\nフォーラムは、提言をまとめる。"
        ),
        Example(
            ja="港湾の脱炭素化に関する協力覚書\n甲国運輸省及び乙国運輸省（以下「参加者」という。）は、協力する。\n参加者は、意見を交換するため、フォーラムを設ける。\nフォーラムは、毎年開催する。\nフォーラムの議長は、交代する。\nフォーラムは、提言をまとめる。"
        ),
        Example(
            ja="業務委託契約書\n株式会社アルファと株式会社ベータ（以下「受託者」という。）は、契約（以下「本契約」という。）を締結する。\n⟦委託者⟧は、検査をする。\n受託者は、委託者に報告する。\n委託者は、本契約を解除することができる。\n受託者は、委託者の指示に従う。"
        ),
        Example(
            ja="水素に関する協定\nこの協定は、協力の促進を目的とする。\n締約国は、協力する。\n締約国は、会合する。"
        ),
    ),
)
