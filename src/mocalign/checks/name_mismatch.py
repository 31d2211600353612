"""A name stands for another name in the other language.

Why it matters: a person, a place or an organisation that was exchanged makes the instrument speak of somebody else.

What to do: compare the two names and write the one that is meant.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from mocalign import english
from mocalign.checks.base import Check, Example, Hit
from mocalign.checks.named import Mistaken, exchanged, mistaken
from mocalign.checks.offices import misnamed
from mocalign.checks.persons import misspelt
from mocalign.config import Config
from mocalign.lexicon import Answer, Piece, Source, Word, is_katakana, romaji, sounds_like, stem
from mocalign.model import Severity, Span
from mocalign.pair import Pair

__all__ = ["CHECK"]


WEAK = 0.65  # what habit alone says of a name is not enough
_ORGANISATION_JA = re.compile(
    r"省|庁|府|局|部|室|課|委員会|大学|大学校|機構|銀行|協会|財団|公社|研究所|事務所|裁判所|大臣"
)
_ORGANISATION = re.compile(
    r"(?:Minist(?:ry|er|ers|ries)|Department|Secretar(?:y|iat)|Agency|Bureau|Office|Division|Commission|Committee|Council|"
    r"University|College|Institut(?:e|ion)|Organi[sz]ation|Bank|Association|Society|Foundation|Corporation|Authority|Court|"
    r"Centre|Center|Board)s?"
)


def find(pair: Pair, config: Config) -> Iterator[Hit]:
    """Yield names of a bead that have no counterpart on the other side, with the name that stands there."""
    for number, bead in enumerate(pair.beads):
        if not bead.ja or not bead.en:
            continue
        known = [*mistaken(pair, number), *misnamed(pair, number), *misspelt(pair, number)]
        known = known or list(exchanged(pair, number))
        for found in known:
            yield _mistaken(found)
        if pair.lexicon.dictionary is None:
            continue
        answer = pair.lexicon.answer(number)
        for hit in (*_places_and_persons(pair, number, answer), *_organisations(pair, answer)):
            if not any(hit.ja is not None and hit.ja.overlaps(f.ja) for f in known):
                yield hit


def _mistaken(found: Mistaken) -> Hit:
    return Hit(
        f'English "{found.en.text}", Japanese 「{found.ja.text}」: not the same name.',
        f"英語は「{found.en.text}」、日本語は「{found.ja.text}」で、名称が一致しない。",
        ja=found.ja,
        en=found.en,
        confidence=found.confidence,
    )


def _places_and_persons(pair: Pair, number: int, answer: Answer) -> Iterator[Hit]:
    own = _own_best(answer)
    open_en = [w for w, best in zip(answer.words, own, strict=True) if best < WEAK and _is_name(pair, w)]
    open_ja = [
        k
        for k, piece in enumerate(answer.pieces)
        # a neighbour that names it is no excuse while a name of this passage waits for its answer
        if answer.ja_best[k] < 0.5 and (open_en or answer.ja_else[k] < 0.5) and _is_foreign(pair, answer, k)
    ]
    for k in open_ja:
        piece = answer.pieces[k]
        if piece.text in ("米国", "合衆国") and re.search(
            r"\bU\.? ?S\b|United States|America", pair.passage("en", number).text
        ):
            continue
        if any(_answers(pair, piece, w.text) for w in answer.words if w.text[:1].isupper()) or _joined(piece, answer):
            continue
        if _glossed(pair, piece, answer):
            continue
        if not open_en:
            if piece.pos[2] == "地名" and _known(pair, piece) and any(w.text[:1].isupper() for w in answer.words):
                # an adjective, a compound or an abbreviation may hold it: worth a look, not an alarm
                yield replace(_hit(pair, None, piece, 0.6), severity=Severity.neutral)
            continue
        near = _nearest(answer, k, open_en) if len(open_en) > 1 else open_en[0]
        yield _hit(pair, near, piece, 0.9 if len(open_en) == len(open_ja) == 1 else 0.8)


def _own_best(answer: Answer) -> list[float]:
    """The best link of each English word; what another word says by itself is no answer that habit could give."""
    taken = {link.ja: link.en for link in answer.links if link.source != Source.HABIT and link.strength >= 0.8}
    out = [0.0] * len(answer.words)
    for link in answer.links:
        if link.source != Source.HABIT or taken.get(link.ja, link.en) == link.en:
            out[link.en] = max(out[link.en], link.strength)
    return out


def _glossed(pair: Pair, piece: Piece, answer: Answer) -> bool:
    """欧州 beside European, アメリカ beside U.S.A.: the English has a form or the initials of what the word means."""
    following = next((p.text for p in answer.pieces if p.start == piece.end), "")
    return _named([piece.text, piece.text + following], pair, answer)


def _named(texts: Sequence[str], pair: Pair, answer: Answer) -> bool:
    """Whether the English has a form, or the initials, of what the dictionary gives for a name; offices by their field."""
    dictionary = pair.lexicon.dictionary
    if dictionary is None:
        return False
    glosses = [g for text in texts if text for g in dictionary.glosses(text)]
    names = {w.text for w in answer.words if w.text[:1].isupper() and not _ORGANISATION.fullmatch(w.text)}
    short = {n.replace(".", "").casefold() for n in names if len(n) > 1 and n.replace(".", "").isupper()}
    for gloss in glosses:
        if any(len(s) > 3 and n.casefold().startswith(s[: max(5, len(s) - 2)]) for s in gloss.stems for n in names):
            return True
        initials = "".join(s[0] for s in gloss.stems if s)
        if len(initials) > 1 and any(s.startswith(initials) for s in short):
            return True
    return False


def _nearest(answer: Answer, k: int, words: Sequence[Word]) -> Word:
    """The open English name whose place in its passage is nearest to that of the Japanese one."""
    here = k / len(answer.pieces)
    return min(words, key=lambda w: (abs(answer.words.index(w) / len(answer.words) - here), w.start))


def _organisations(pair: Pair, answer: Answer) -> Iterator[Hit]:
    """An office whose own words nothing in the English answers, beside an English office of which the same is true."""
    dictionary = pair.lexicon.dictionary
    if dictionary is None:
        return
    offices = [e for e, w in enumerate(answer.words) if _ORGANISATION.fullmatch(w.text)]
    if not offices:
        return
    open_en = [
        w
        for e, w in enumerate(answer.words)
        if answer.en_best[e] < 0.5 and w.name and not w.light and any(abs(e - o) <= 4 for o in offices)
    ]
    pieces = answer.pieces
    for k, piece in enumerate(pieces):
        if not _ORGANISATION_JA.fullmatch(piece.text) or k == 0 or pieces[k - 1].end != piece.start:
            continue
        first = k
        while first and pieces[first - 1].end == pieces[first].start and pieces[first - 1].run == piece.run:
            if answer.ja_best[first - 1] >= 0.5:
                break
            first -= 1
        head = [p for p in pieces[first:k] if not p.light]
        if not head or any(max(answer.ja_else[x], answer.ja_best[x]) >= 0.5 for x in range(first, k)):
            continue
        whole = pair.ja.text[pieces[first].start : piece.end]
        if _named([whole], pair, answer):
            continue
        if open_en and len(whole) > 2 and piece.text in ("省", "庁", "府", "大臣", "大学", "銀行"):
            yield _office(pair, open_en[0], Span(pieces[first].start, whole), 0.8)
        elif dictionary.glosses(whole) and len(whole) > 2:
            yield _office(pair, answer.words[offices[0]], Span(pieces[first].start, whole), 0.75)


def _office(pair: Pair, word: Word, span: Span, confidence: float) -> Hit:
    return Hit(
        f'English "{word.text}", Japanese 「{span.text}」: not the same office.',
        f"英語は「{word.text}」、日本語は「{span.text}」で、機関の名称が一致しない。",
        ja=span,
        en=Span(word.start, pair.en.text[word.start : word.end]),
        confidence=confidence,
    )


def _is_name(pair: Pair, word: Word) -> bool:
    text = word.text
    if not text[:1].isupper() or word.light or len(text) < 3 or not text[1:].replace("-", "").isalpha():
        return False
    if (text.isupper() and len(text) < 5) or text in ("Bldg", "Inc", "Ltd", "Corp", "Ave", "Dept", "Univ", "Apt"):
        return False  # an abbreviation
    dictionary = pair.lexicon.dictionary
    if dictionary is None:
        return word.name
    if not word.name and english.is_word(text.lower()) and not dictionary.name_kana(text):
        return False  # the first word of a sentence or of a bracket
    return not dictionary.near(word.lemma)


def _is_foreign(pair: Pair, answer: Answer, k: int) -> bool:
    piece = answer.pieces[k]
    dictionary = pair.lexicon.dictionary
    if re.search(r"[ぁ-ん]|^[〇一二三四五六七八九十百千]+[条項号章節]", piece.text):
        return False  # とるこ in とることができる, 十八条
    given = piece.pos[2:4] == ("人名", "名") and k > 0 and answer.pieces[k - 1].pos[2:4] == ("人名", "姓")
    if (len(piece.text) < 2 and not given) or piece.text.endswith(("又", "及")) or piece.text.isascii():
        return False  # 国又は read as a surname
    if is_katakana(piece.text):
        if piece.pos[1] == "固有名詞":
            return piece.pos[2] in ("地名", "人名")
        return len(piece.text) > 2 and dictionary is not None and not dictionary.glosses(piece.text)
    if piece.pos[1] != "固有名詞" or piece.pos[2] not in ("地名", "人名"):
        return False
    if k + 1 < len(answer.pieces) and answer.pieces[k + 1].start == piece.end:
        longer = piece.text + answer.pieces[k + 1].text
        if dictionary is not None and dictionary.glosses(longer):
            return False  # 太平洋
    return _known(pair, piece)


def _known(pair: Pair, piece: Piece) -> bool:
    dictionary = pair.lexicon.dictionary
    return dictionary is not None and bool(dictionary.glosses(piece.text) or dictionary.name_readings(piece.text))


def _answers(pair: Pair, piece: Piece, name: str) -> bool:
    dictionary = pair.lexicon.dictionary
    readings = dictionary.name_readings(piece.text) if dictionary is not None else frozenset()
    if is_katakana(piece.text):
        glosses = dictionary.glosses(piece.text) if dictionary is not None else ()
        if glosses and piece.pos[1:3] == ("固有名詞", "地名"):  # a place on record: its English name, not a like sound
            return any(stem(name) in g.stems for g in glosses) or sounds_like(piece.text, name) >= 0.8
        head = romaji(piece.text)[:3] == name.casefold().replace("l", "r")[:3]
        return head or name.casefold() in readings or sounds_like(piece.text, name) >= 0.55
    return any(_same(r, name) for r in (romaji(piece.reading), *readings))


def _joined(piece: Piece, answer: Answer) -> bool:
    """リフトバレー and Rift Valley: two words in one."""
    whole = _run(piece, answer)
    if whole != piece.text and any(sounds_like(whole, w.text) >= 0.5 for w in answer.words if w.text[:1].isupper()):
        return True
    return is_katakana(piece.text) and any(
        sounds_like(piece.text, a.text + b.text) >= 0.55
        for a, b in itertools.pairwise(answer.words)
        if a.text[:1].isupper() and b.text[:1].isupper()
    )


def _run(piece: Piece, answer: Answer) -> str:
    """The katakana that stands without a gap round a piece: マック + アーサー."""
    if not is_katakana(piece.text):
        return piece.text
    first = last = answer.pieces.index(piece)
    pieces = answer.pieces
    while first and pieces[first - 1].end == pieces[first].start and is_katakana(pieces[first - 1].text):
        first -= 1
    while last + 1 < len(pieces) and pieces[last].end == pieces[last + 1].start and is_katakana(pieces[last + 1].text):
        last += 1
    return "".join(p.text for p in pieces[first : last + 1])


def _same(reading: str, name: str) -> bool:
    fold = re.compile(r"h(?![aiueoy])|(?<=[ou])[ou]")
    return fold.sub("", reading.casefold()) == fold.sub("", name.casefold())


def _hit(pair: Pair, word: Word | None, piece: Piece, confidence: float) -> Hit:
    if word is None:
        return Hit(
            f"Japanese 「{piece.text}」: the English does not name it.",
            f"「{piece.text}」に当たる名称が英語にない。",
            ja=Span(piece.start, pair.ja.text[piece.start : piece.end]),
            confidence=confidence,
        )
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
        Example(ja="欧州の規則に従う。", en="The European rules apply."),
        Example(ja="船舶は、ロッテルダムに寄港する。", en="The vessel will call at Rotterdam."),
        Example(
            ja="会合は、日本及び⟦タイ⟧において交互に開催する。",
            en="The meetings will be held in Japan and ⟦Kenya⟧ alternately.",
        ),
        Example(
            ja="会合は、日本及びケニアにおいて交互に開催する。",
            en="The meetings will be held in Japan and Kenya alternately.",
        ),
        Example(
            ja="登録簿を公表する（主導：⟦スペイン⟧）。",
            en="The register will be published (lead: ⟦Kenya⟧).",
        ),
        Example(ja="登録簿を公表する（主導：ケニア）。", en="The register will be published (lead: Kenya)."),
        Example(ja="早瀬⟦誠⟧（日本国外務大臣）", en="HAYASE ⟦Naoki⟧, Minister for Foreign Affairs of Japan"),
        Example(ja="早瀬直樹（日本国外務大臣）", en="HAYASE Naoki, Minister for Foreign Affairs of Japan"),
        Example(
            ja="⟦財務省⟧は、企業の一覧を公表する。",
            en="The ⟦Ministry of Foreign Affairs⟧ will publish a list of companies.",
        ),
        Example(
            ja="外務省は、企業の一覧を公表する。",
            en="The Ministry of Foreign Affairs will publish a list of companies.",
        ),
        Example(ja="イグナシオ・⟦レタサル⟧が報告書を提出した。", en="Ignacio ⟦Retamal⟧ submitted the report."),
        Example(ja="イグナシオ・レタマルが報告書を提出した。", en="Ignacio Retamal submitted the report."),
        Example(
            ja="船舶は、⟦釜山⟧からハンブルクに向けて航海した。",
            en="The vessel sailed from ⟦Hamburg⟧ to Busan.",
        ),
        Example(
            ja="船舶は、ハンブルクから釜山に向けて航海した。",
            en="The vessel sailed from Hamburg to Busan.",
        ),
    ),
)
