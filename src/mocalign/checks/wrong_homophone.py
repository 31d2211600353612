"""A word of the same reading stands where the English means another one.

Why it matters: a wrong conversion (発行 for 発効, 衛生 for 衛星) makes a proper word, so that no spelling check sees it, and
the provision speaks of something else.

What to do: write the word the message names, unless the text means what it says.
"""

from __future__ import annotations

from collections.abc import Iterator

from mocalign.checks.base import Check, Example, Hit
from mocalign.checks.replaced import candidates
from mocalign.checks.tools import once
from mocalign.config import Config
from mocalign.model import Severity
from mocalign.pair import Pair

__all__ = ["CHECK"]

_LEAST = 0.8


def find(pair: Pair, config: Config) -> Iterator[Hit]:
    """Yield words that nothing in the English answers and whose homophone the English licenses."""
    for c in once(pair, "replaced", candidates):
        if c.kind == "reading" and c.probability >= _LEAST:
            yield Hit(
                f'Nothing in the English is 「{c.span.text}」; "{c.word.text}" is 「{c.instead}」, which is read the same.',
                f"英語に「{c.span.text}」に当たる語がない。「{c.word.text}」は同音の「{c.instead}」である。",
                ja=c.span,
                en=c.word,
                confidence=0.9 if c.probability >= 0.95 else 0.7,
                severity=None if c.probability >= 0.95 else Severity.minor,
                suggestion=c.instead,
            )


CHECK = Check(
    code="ACC505",
    name="wrong-homophone",
    mqm="linguistic-conventions/spelling",
    severity=Severity.major,
    doc=__doc__,
    doc_ja="英語が指す語と同音の別の語が書かれている。\n\nなぜ問題か：変換の誤り（発効を発行、衛星を衛生など）は正しい語になるため綴りの検査では見付からず、規定の意味が変わる。\n\n対処：示された語に直す。文意どおりならそのままでよい。",
    find=find,
    examples=(
        Example(
            ja="運用者は、⟦衛生⟧の位置に関する情報を公表する。\n参加者は、廃棄の計画を作成する。",
            en="Operators will publish information on the position of the ⟦satellites⟧.\nThe Participants will draw up plans for disposal.",
            suggestion="衛星",
        ),
        Example(
            ja="運用者は、衛星の位置に関する情報を公表する。\n参加者は、廃棄の計画を作成する。",
            en="Operators will publish information on the position of the satellites.\nThe Participants will draw up plans for disposal.",
        ),
        Example(
            ja="参加者は、食品の衛生に関する情報を公表する。\n参加者は、廃棄の計画を作成する。",
            en="The Participants will publish information on food hygiene.\nThe Participants will draw up plans for disposal.",
        ),
    ),
)
