"""A term is rendered one way through the text and another way here.

Why it matters: in an instrument another word is another thing; readers look for the difference that is meant.

What to do: write the rendering used elsewhere, or keep both where the senses differ.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from mocalign.checks.base import Check, Example, Hit
from mocalign.checks.replaced import Candidate, candidates
from mocalign.checks.tools import once
from mocalign.config import Config
from mocalign.lexicon import Answer, is_katakana, stem
from mocalign.model import Severity, Span
from mocalign.pair import Pair

__all__ = ["CHECK"]

_LEAST, _SURE = 0.45, 0.75  # of a model of words that answer but are not this document's
_LOAN = 0.25  # the same for a loan word where the document has a native one: hardly ever meant
_OFTEN, _MOSTLY = 3, 0.8  # passages and share of passages of a rendering that is the usual one
_CLOSE = 0.45  # cosine in context from which a word is taken to be the counterpart
_VERB = re.compile(r"\w{3,}(?:ed|ing|en)|chosen|made|held|given|taken", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Use:
    bead: int
    word: Span
    name: bool
    rendering: str
    place: Span
    term: bool


def find(pair: Pair, config: Config) -> Iterator[Hit]:
    """Yield the one use of a term that is rendered otherwise than all the rest."""
    seen = set()
    for hit in _uses(pair):
        if hit.ja is not None:
            seen.add(hit.ja.start)
        yield hit
    for c in once(pair, "replaced", candidates):
        if c.kind == "variant" and c.probability >= _LEAST and c.span.start not in seen:
            # a verb is rendered by what its object asks for; only a noun is a term
            if _otherwise(pair, c.bead, c.span.text, c.stem):
                continue
            sure = c.probability >= _SURE and not _VERB.fullmatch(c.word.text) and not _two_senses(pair, c)
            yield Hit(
                f'"{c.word.text}" is 「{c.span.text}」 here and 「{c.instead}」 elsewhere.',
                f"「{c.word.text}」がここでは「{c.span.text}」、他では「{c.instead}」と訳されている。",
                ja=c.span,
                en=c.word,
                confidence=0.75 if sure else 0.6,
                severity=None if sure else Severity.neutral,
            )


def _otherwise(pair: Pair, bead: int, japanese: str, key: str) -> bool:
    """Tell whether another English word of the passage is what the Japanese word answers: 拠点 for based, not for site."""
    dictionary = pair.lexicon.dictionary
    if dictionary is None:
        return False
    others = {w.stem for w in pair.lexicon.answer(bead).words} - {key, stem(key)}
    return any(len(g.stems) == 1 and g.stems[0] in others for g in dictionary.glosses(japanese))


def _is_loan(pair: Pair, c: Candidate) -> bool:
    """A loan word that stands for a native term and is no part of a longer loan: マネージャー for 管理者."""
    beside = pair.ja.text[max(0, c.span.start - 1) : c.span.start] + pair.ja.text[c.span.end : c.span.end + 1]
    return is_katakana(c.span.text) and not is_katakana(c.instead) and not any("ァ" <= x <= "ヿ" for x in beside)


def _two_senses(pair: Pair, c: Candidate) -> bool:
    """this Agreement and an agreement: the capital tells an instrument from the word."""
    words = [w for w in pair.lexicon.answer(c.bead).words if w.stem == c.stem]
    return len({w.text[:1].isupper() for w in words}) > 1


def _uses(pair: Pair) -> Iterator[Hit]:
    uses: dict[str, list[_Use]] = defaultdict(list)
    for number, bead in enumerate(pair.beads):
        if bead.ja and bead.en:
            answer = pair.lexicon.answer(number)
            for e, word in enumerate(answer.words):
                if not word.light or word.name:
                    use = _use(pair, number, answer, e)
                    if use is not None:
                        uses[word.lemma.removesuffix("s")].append(use)
    for key in sorted(uses):
        yield from _odd(pair, key, uses[key])
        yield from _lost(pair, key, uses[key])
        yield from _strayed(pair, key, uses[key])


def _use(pair: Pair, number: int, answer: Answer, e: int) -> _Use | None:
    word = answer.words[e]
    links = [link for link in answer.links if link.en == e and link.strength >= 0.75]
    if not links:
        return None
    top = max(link.strength for link in links)
    held = sorted(link.ja for link in links if link.strength >= top - 0.15)
    while len(held) > 1 and answer.pieces[held[0]].pos[0] in ("接頭辞", "連体詞"):
        del held[0]  # 各当事者, 本規程
    first = last = held[0]
    for k in held[1:]:
        if answer.pieces[k].start != answer.pieces[last].end:
            return None  # several places: which one answers is open
        last = k
    while last + 1 < len(answer.pieces) and answer.pieces[last + 1].start == answer.pieces[last].end:
        if answer.pieces[last + 1].pos[0] != "接尾辞" or answer.pieces[last + 1].text in ("的", "等", "間", "中"):
            break
        last += 1
    start, end = answer.pieces[first].start, answer.pieces[last].end
    rivals = {link.en for link in answer.links if link.ja in held and link.strength >= top}
    if any(answer.words[k].stem != word.stem and not answer.words[k].light for k in rivals):
        return None  # the Japanese answers a compound of which this word is a part
    if answer.pieces[first].pos[0] not in ("名詞", "形状詞"):
        return None
    text = "".join(p.normalized if p.pos[0] != "接尾辞" else p.text for p in answer.pieces[first : last + 1])
    return _Use(
        number,
        Span(word.start, pair.en.text[word.start : word.end]),
        word.name,
        text.removeprefix("本")
        .removeprefix("同")
        .removeprefix("両")
        .removesuffix("ら")
        .removesuffix("達")
        .removesuffix("等"),
        Span(start, pair.ja.text[start:end]),
        any(link.source == "term" for link in links),
    )


def _odd(pair: Pair, key: str, uses: list[_Use]) -> Iterator[Hit]:
    beads: dict[str, set[int]] = defaultdict(set)
    for use in uses:
        beads[use.rendering].add(use.bead)
    if len(beads) < 2:
        return
    main, count = Counter({r: len(b) for r, b in beads.items()}).most_common(1)[0]
    named = all(u.name for u in uses) and (stem(key) in pair.lexicon.aliases or count >= 3)
    for use in uses:
        other = use.rendering
        if len(beads[other]) > 1 or count < 2 or (count < 3 and not named and len(uses) < 3):
            continue
        if use.place.text.isascii() or main.isascii():
            continue  # left in English: another check's matter
        if use.bead in beads[main] or other in main or main in other:
            continue
        mixed = is_katakana(main) != is_katakana(other)
        same = _glossed(pair, main, key) and (use.term or _glossed(pair, other, key))
        if not (named or (mixed and same and count >= 3)):
            continue
        if _everywhere(pair, other, key, use.bead):
            continue
        after = pair.ja.text[use.place.end : use.place.end + 2]
        if (mixed and re.match(r"[一-鿿ァ-ヴ]{2}", after)) or _otherwise(pair, use.bead, use.place.text, key):
            continue  # 社会経済的: part of another word
        yield Hit(
            f'"{use.word.text}" is 「{use.place.text}」 here and 「{main}」 elsewhere ({count} times).',
            f"「{use.word.text}」がここでは「{use.place.text}」、他では「{main}」（{count}か所）と訳されている。",
            ja=use.place,
            en=use.word,
            confidence=0.8 if named else 0.7,
        )


def _lost(pair: Pair, key: str, uses: list[_Use]) -> Iterator[Hit]:
    """A defined name whose rendering is missing where the English uses it, and an unexplained noun in its stead."""
    renderings = {u.rendering for u in uses}
    if len(renderings) != 1 or len({u.bead for u in uses}) < 2 or not all(u.name for u in uses):
        return
    (main,) = renderings
    if is_katakana(main) or stem(key) not in pair.lexicon.aliases:
        return
    for number, bead in enumerate(pair.beads):
        if not bead.ja or not bead.en or any(u.bead == number for u in uses):
            continue
        answer = pair.lexicon.answer(number)
        words = [
            w
            for w, best in zip(answer.words, answer.en_best, strict=True)
            if best < 0.5 and w.name and w.lemma.removesuffix("s") == key
        ]
        if not words or any(main in pair.body(pair.ja, s).text for s in bead.ja):
            continue
        nouns = [
            p
            for p, best in zip(answer.pieces, answer.ja_best, strict=True)
            if best < 0.5
            and not p.light
            and p.pos[0] == "名詞"
            and len(p.text) == len(main)
            and set(p.text) & set(main)
        ]
        if len(nouns) == 1:
            word, noun = words[0], nouns[0]
            yield Hit(
                f'"{word.text}" is 「{noun.text}」 here and 「{main}」 elsewhere.',
                f"「{word.text}」がここでは「{noun.text}」、他では「{main}」と訳されている。",
                ja=Span(noun.start, pair.ja.text[noun.start : noun.end]),
                en=Span(word.start, pair.en.text[word.start : word.end]),
                confidence=0.8,
            )


def _strayed(pair: Pair, key: str, uses: list[_Use]) -> Iterator[Hit]:
    """A term whose rendering is missing here, while its context finds it in a noun that no dictionary links with it."""
    beads: dict[str, set[int]] = defaultdict(set)
    for use in uses:
        beads[use.rendering].add(use.bead)
    if not beads:
        return
    main, count = Counter({r: len(b) for r, b in beads.items()}).most_common(1)[0]
    if count < _OFTEN or count < _MOSTLY * len({u.bead for u in uses}):
        return
    for number, bead in enumerate(pair.beads):
        close = pair.lexicon.closeness(number) if bead.ja and bead.en else None
        if close is None or main in pair.passage("ja", number).text:
            continue
        answer = pair.lexicon.answer(number)
        for e, word in enumerate(answer.words):
            if word.lemma.removesuffix("s") != key or word.light or _VERB.fullmatch(word.text):
                continue
            row = close.across[e]
            j = int(row.argmax())
            piece = answer.pieces[j]
            if row[j] < _CLOSE or int(close.across[:, j].argmax()) != e or answer.ja_best[j] >= 0.5:
                continue
            if (
                piece.light
                or piece.pos[0] != "名詞"
                or piece.text in main
                or piece.text.isascii()  # left in English: another check's matter
                or _everywhere(pair, piece.normalized, key, number)
            ):
                continue
            yield Hit(
                f'"{word.text}" is 「{piece.text}」 here and 「{main}」 elsewhere ({count} times).',
                f"「{word.text}」がここでは「{piece.text}」、他では「{main}」（{count}か所）と訳されている。",
                ja=Span(piece.start, pair.ja.text[piece.start : piece.end]),
                en=Span(word.start, pair.en.text[word.start : word.end]),
                confidence=0.72,
            )
            break


def _glossed(pair: Pair, japanese: str, key: str) -> bool:
    dictionary = pair.lexicon.dictionary
    if dictionary is None:
        return is_katakana(japanese)
    if is_katakana(japanese):
        return True
    forms = {japanese, japanese.removesuffix("性"), japanese.removesuffix("化")}
    return any(stem(key) in g.stems and len(g.stems) <= 2 for f in forms for g in dictionary.glosses(f))


def _everywhere(pair: Pair, japanese: str, key: str, here: int) -> bool:
    """Tell whether the other word also answers other English words elsewhere: then the senses differ."""
    for number in range(len(pair.beads)):
        if number == here:
            continue
        answer = pair.lexicon.answer(number)
        if any(p.normalized == japanese for p in answer.pieces) and not any(
            w.lemma.removesuffix("s") == key for w in answer.words
        ):
            return True
    return False


CHECK = Check(
    code="TER010",
    name="varying-rendering",
    mqm="terminology/inconsistent-use-of-terminology",
    severity=Severity.minor,
    doc=__doc__,
    doc_ja="同じ用語が、ここだけ別の語に訳されている。\n\nなぜ問題か：法的文書では、語が違えば別のものを指すと読まれる。\n\n対処：他の箇所の訳語に合わせる。意味が異なる場合はそのままでよい。",
    find=find,
    examples=(
        Example(
            ja="社会のレジリエンスは、重要である。\n双方は、レジリエンスの研究を行う。\n講座は、レジリエンスを扱う。\n⟦強靱性⟧の測定方法は、公表する。",
            en="Societal resilience is important.\nBoth sides will do research on resilience.\nThe course deals with resilience.\nMethods of measuring ⟦resilience⟧ will be published.",
        ),
        Example(
            ja="社会のレジリエンスは、重要である。\n双方は、レジリエンスの研究を行う。\n講座は、レジリエンスを扱う。\nレジリエンスの測定方法は、公表する。",
            en="Societal resilience is important.\nBoth sides will do research on resilience.\nThe course deals with resilience.\nMethods of measuring resilience will be published.",
        ),
    ),
)
