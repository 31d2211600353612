"""A foreign name is written in a katakana form nobody uses.

Why it matters: a name that is spelled against usage is not found by search and makes readers doubt who is meant.

What to do: write the established form; the dictionary's is suggested.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from mocalign import japanese
from mocalign.checks.base import Check, Example, Hit
from mocalign.config import Config
from mocalign.model import Severity, Span
from mocalign.pair import Pair

__all__ = ["CHECK"]


_FOLD = (
    ("ヴァ", "バ"), ("ヴィ", "ビ"), ("ヴェ", "ベ"), ("ヴォ", "ボ"), ("ヴ", "ブ"), ("ヂ", "ジ"), ("ヅ", "ズ"), ("ァ", "ア"),
    ("ィ", "イ"), ("ゥ", "ウ"), ("ェ", "エ"), ("ォ", "オ"), ("ー", ""), ("ッ", ""), ("・", ""), ("ヤ", "ア"),
)  # fmt: skip


def find(pair: Pair, config: Config) -> Iterator[Hit]:
    """Yield katakana names that differ a little from every form on record for the English name."""
    from rapidfuzz.distance import Levenshtein

    dictionary = pair.lexicon.dictionary
    if dictionary is None:
        return
    for number, bead in enumerate(pair.beads):
        if not bead.ja or not bead.en:
            continue
        names = {w.text: w for w in pair.lexicon.answer(number).words if w.text[:1].isupper() and len(w.text) > 3}
        for _segment, view in pair.ja_views(bead):
            for run in _RUN.finditer(view.text):
                written = run[0]
                if japanese.in_dictionary(written):
                    continue
                if dictionary.glosses(written):
                    continue
                readings = dictionary.name_readings(written)
                if any(n.casefold() in readings for n in names):
                    continue
                for name, word in names.items():
                    known = dictionary.name_kana(name)
                    if not known or any(_fold(k) in _fold(view.text) for k in known):
                        continue
                    best = min(
                        sorted(known),
                        key=lambda k: (
                            Levenshtein.distance(_fold(k), _fold(written)),
                            not japanese.in_dictionary(k),
                        ),
                    )
                    room = 1 if len(_fold(best)) < 6 else 2
                    if len(_fold(best)) < 3 or Levenshtein.distance(_fold(best), _fold(written)) > room:
                        continue
                    yield Hit(
                        f'"{word.text}" is written 「{written}」; on record is 「{best}」.',
                        f"「{word.text}」が「{written}」と表記されている。通用の表記は「{best}」。",
                        ja=view.span(run.start(), run.end()),
                        en=Span(word.start, pair.en.text[word.start : word.end]),
                        confidence=0.75,
                        suggestion=best,
                    )
                    break


_RUN = re.compile(r"[ァ-ヴー]{3,}")


def _fold(kana: str) -> str:
    for a, b in _FOLD:
        kana = kana.replace(a, b)
    kana = re.sub(r"(?<=[エケセテネヘメレゲゼデベペ])イ|(?<=[オコソトノホモヨロゴゾドボポョ])ウ", "", kana)
    return re.sub(r"(.)\1", r"\1", kana)


CHECK = Check(
    code="ACC602",
    name="name-spelling",
    mqm="linguistic-conventions/spelling",
    severity=Severity.minor,
    doc=__doc__,
    doc_ja="外国の名称の片仮名表記が通用のものと異なる。\n\nなぜ問題か：検索で見つからず、誰を指すのか疑われる。\n\n対処：通用の表記に直す。",
    find=find,
    examples=(
        Example(
            ja="船舶の一覧表は、⟦ソヴィート⟧側に送付された。",
            en="The list of vessels was transmitted to the ⟦Soviet⟧ side.",
        ),
        Example(ja="署名者は、⟦グレーク⟧とする。", en="It is signed by ⟦Grace⟧."),
        Example(ja="署名者は、グレースとする。", en="It is signed by Grace."),
        Example(
            ja="船舶の一覧表は、ソヴィエト側に送付された。",
            en="The list of vessels was transmitted to the Soviet side.",
        ),
    ),
)
