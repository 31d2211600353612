"""A name stands for another name in the other language.

Why it matters: a person, a place or an organisation that was exchanged makes the instrument speak of somebody else.

What to do: compare the two names and write the one that is meant.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from mocalign.checks.base import Check, Example, Hit
from mocalign.config import Config
from mocalign.lexicon import Piece, Word, is_katakana, romaji, sounds_like
from mocalign.model import Severity, Span
from mocalign.pair import Pair

__all__ = ["CHECK"]


_ROMAJI = re.compile(r"(?:(?:[kgsztdnhbpmyrwjf]|sh|ch|ts|[kgnhbpmr]y)?[aiueoāīūēō]h?|n(?![aiueo])|tt|kk|pp|ss)+", re.I)


def find(pair: Pair, config: Config) -> Iterator[Hit]:
    """Yield names of a bead that have no counterpart on either side and do not sound alike."""
    for number, bead in enumerate(pair.beads):
        if not bead.ja or not bead.en:
            continue
        answer = pair.lexicon.answer(number)
        english = [w for w, best in zip(answer.words, answer.en_best, strict=True) if best < 0.5 and _is_name(pair, w)]
        foreign = [
            p
            for p, best in zip(answer.pieces, answer.ja_best, strict=True)
            if best < 0.5 and is_katakana(p.text) and len(p.text) > 2 and _unknown(pair, p)
        ]
        if len(english) == len(foreign) == 1:
            like = sounds_like(foreign[0].text, english[0].text)
            if like < 0.55 and romaji(foreign[0].text)[:3] != english[0].text.casefold().replace("l", "r")[:3]:
                yield _hit(pair, english[0], foreign[0], 0.9 if like < 0.4 else 0.75)
            continue
        dictionary = pair.lexicon.dictionary
        kanji = [
            p
            for p, best in zip(answer.pieces, answer.ja_best, strict=True)
            if best < 0.5 and p.pos[:2] == ("名詞", "固有名詞") and p.pos[2] == "人名" and not is_katakana(p.text)
        ]
        romanised = [w for w in english if _ROMAJI.fullmatch(w.text) and len(w.text) > 2]
        if dictionary is not None and len(kanji) == len(romanised) == 1:
            readings = {r.replace("ō", "o").replace("ū", "u") for r in dictionary.name_readings(kanji[0].text)}
            if readings and not any(_same(r, romanised[0].text) for r in readings):
                yield _hit(pair, romanised[0], kanji[0], 0.8)


def _is_name(pair: Pair, word: Word) -> bool:
    if not word.text[:1].isupper() or word.light or len(word.text) < 4 or not word.text[1:].replace("-", "").isalpha():
        return False
    before = pair.en.text[max(0, word.start - 2) : word.start]
    if word.text.isupper() and len(word.text) < 5:
        return False  # an abbreviation
    dictionary = pair.lexicon.dictionary
    if dictionary is not None and dictionary.near(word.lemma) and not dictionary.name_kana(word.text):
        return False  # a common word with a capital
    return before.endswith(" ") and not before.startswith((".", ":", ";", "#", "*"))


def _unknown(pair: Pair, piece: Piece) -> bool:
    if piece.pos[1] == "固有名詞":
        return True
    dictionary = pair.lexicon.dictionary
    return dictionary is not None and not dictionary.glosses(piece.text)


def _same(reading: str, name: str) -> bool:
    fold = re.compile(r"h(?![aiueoy])|(?<=[ou])[ou]")
    return fold.sub("", reading.casefold()) == fold.sub("", name.casefold())


def _hit(pair: Pair, word: Word, piece: Piece, confidence: float) -> Hit:
    return Hit(
        f'English "{word.text}", Japanese 「{piece.text}」: not the same name.',
        f"英語は「{word.text}」、日本語は「{piece.text}」で、名称が一致しない。",
        ja=Span(piece.start, pair.ja.text[piece.start : piece.end]),
        en=Span(word.start, pair.en.text[word.start : word.end]),
        confidence=confidence,
    )


CHECK = Check(
    code="ACC601",
    name="name-mismatch",
    mqm="accuracy/mistranslation",
    severity=Severity.major,
    doc=__doc__,
    doc_ja="人名、地名又は組織名が他方の言語では別の名称になっている。\n\nなぜ問題か：名称を取り違えると、別の者や場所について定めたことになる。\n\n対処：二つの名称を見比べ、正しいものに直す。",
    find=find,
    examples=(
        Example(
            ja="会議は、⟦バルセロナ⟧で開催する。",
            en="The meeting will be held in ⟦Copenhagen⟧.",
        ),
        Example(ja="会議は、コペンハーゲンで開催する。", en="The meeting will be held in Copenhagen."),
        Example(ja="船舶は、ロッテルダムに寄港する。", en="The vessel will call at Rotterdam."),
    ),
)
