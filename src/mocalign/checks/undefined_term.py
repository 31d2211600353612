"""A term is used like a defined one, and its definition is gone.

Why it matters: 本覚書 or 当事者 without 以下「…」という leaves open what is meant; the English fixes it, the Japanese does not.

What to do: restore the definition where the term stands first.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from mocalign import japanese
from mocalign.checks.base import Check, Example, Hit
from mocalign.checks.defined_terms import Term, definitions, uses
from mocalign.checks.tools import profile
from mocalign.config import Config
from mocalign.model import Severity, Span
from mocalign.pair import Pair

__all__ = ["CHECK"]

_SELF = "(?:協力)?(?:覚書|協定|条約|議定書|取決め|取極|契約|契約書|規約|指針|声明|宣言|文書|計画)"
_THIS = re.compile(rf"(?:この(?P<long>{_SELF})|本(?P<own>協力{_SELF}))(?![一-鿿])")
_QUOTE = re.compile(r"[「『“\"][^「」『』“”\"]{1,40}[」』”\"]|以下[^。]{0,30}(?:という|とする|と呼)")
_NOTE_JA = re.compile(r"[（(][^（）()]*[「『“\"][^（）()]+[」』”\"][^（）()]*[）)]")
_NOTE_EN = re.compile(r"\([^()]*[“\"][^()]+[”\"][^()]*\)")
_PARTIES = ("両当事者", "当事者ら", "当事者", "両参加者", "参加者ら", "締約者")
_SIDES = ("甲", "乙")


def find(pair: Pair, config: Config) -> Iterator[Hit]:
    """Yield the places where a definition is lost: what the other side defines, 本覚書 after この覚書, parties nobody named."""
    told: set[str] = set()
    if pair.has_english and pair.has_japanese:
        yield from _lost(pair, told)
    if pair.has_japanese:
        yield from _self(pair, told)
        yield from _parties(pair, told)
        yield from _short(pair, told)


def _lost(pair: Pair, told: set[str]) -> Iterator[Hit]:
    """A bead in which the English defines more terms than the Japanese quotes."""
    english: dict[int, list[Term]] = {}
    for term in definitions(pair, "en"):
        number = pair.bead_of.get(("en", term.segment))
        if number is not None and term.short:
            english.setdefault(number, []).append(term)
    fixed = {t.word for t in definitions(pair, "ja")}
    if not english or not fixed:
        return  # a translation that defines nothing has its reasons
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
        used = [t for t in terms if uses(pair, "en", t) > 0]
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
            confidence=0.6 if own else 0.75,
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
    words = _PARTIES if kind == "moc" else _SIDES
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


_RUN = re.compile(
    r"[一-鿿ァ-ヴー]{5,24}(?=を(?:設置|設け|置[くき]|定め|作成|策定|開催|指定|締結|実施|構成)|であって|をいう)"
)
_SPREAD = re.compile(r"(?P<a>[一-鿿]{2,4})(?:的な|の)(?P<b>[一-鿿]{2,4})(?=を|に|が|は|、)")
_OFTEN = 3  # uses from which on a short form is one


def _short(pair: Pair, told: set[str]) -> Iterator[Hit]:
    """合同作業部会を設置する … 作業部会は …, 基本的な方針 … 基本方針: a short form, in a text that defines its others."""
    if len(definitions(pair, "ja")) < 2:
        return
    text = "\n".join(
        pair.body(pair.ja, s).text for s in pair.ja.segments if s.kind not in ("title", "heading", "caption", "note")
    )
    place = 0
    for segment in pair.ja.segments:
        if segment.kind in ("title", "heading", "caption", "note"):
            continue
        view = pair.body(pair.ja, segment)
        found = [(m, _tails(m[0])) for m in _RUN.finditer(view.text)]
        found += [(m, [m["a"] + m["b"]]) for m in _SPREAD.finditer(view.text)]
        for match, shorts in found:
            for short in shorts:
                if text.count(short) < _OFTEN:
                    continue  # a pattern with wide classes takes a thousandth of a second to compile
                alone = re.compile(rf"(?<![一-鿿ァ-ヴー「]){re.escape(short)}(?![一-鿿ァ-ヴー」])")
                after = len(alone.findall(text, place + match.end()))
                if short in told or after < _OFTEN or text.count(match[0]) > 1 or f"「{short}」" in text:
                    continue
                if short in text[: place + match.start()]:
                    continue
                told.add(short)
                yield Hit(
                    f"{short} is used {after} times for {match[0]} and defined nowhere.",
                    f"「{match[0]}」が以後{after}回「{short}」と略されているが、定義されていない。",
                    ja=view.span(*match.span()),
                    confidence=0.62,
                )
                break
        place += len(view.text) + 1


def _tails(run: str) -> list[str]:
    """The ends of a compound that are compounds themselves, longest first: 合同作業部会 gives 作業部会."""
    words = [t.start for t in japanese.tokens(run, mode="A")][1:]
    return [run[at:] for at in words if len(run) - at >= 4 and at >= 2]


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
            ja="水素に関する協定\nこの協定は、協力の促進を目的とする。\n締約国は、協力する。\n締約国は、会合する。"
        ),
    ),
)
