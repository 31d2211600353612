"""Japanese characters stand in the English text.

Why it matters: a word that was pasted from the other version is unreadable for readers of the English.

What to do: translate it, or put the original in brackets behind its translation.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from mocalign.checks.base import Check, Example, Hit
from mocalign.checks.tools import quoted
from mocalign.config import Config
from mocalign.model import Severity
from mocalign.pair import Pair

__all__ = ["CHECK"]


_JAPANESE = re.compile(r"[\u3040-\u30ff\u4e00-\u9fff々]{2,}")


def find(pair: Pair, config: Config) -> Iterator[Hit]:
    """Yield Japanese words in English sentences, outside brackets and quotation marks."""
    for segment in pair.en.segments:
        view = pair.body(pair.en, segment)
        if sum(c.isascii() and c.isalpha() for c in view.text) < 10:
            continue
        skip = quoted(view) + [m.span() for m in re.finditer(r"[(（\[][^()（）\[\]]*[)）\]]", view.text)]
        for match in _JAPANESE.finditer(view.text):
            if not any(a < match.end() and match.start() < b for a, b in skip):
                yield Hit(
                    f"Japanese 「{match[0]}」 stands in the English text.",
                    f"英語の文中に日本語の「{match[0]}」がある。",
                    en=view.span(match.start(), match.end()),
                    confidence=0.9,
                    rests_on_bead=False,
                )


CHECK = Check(
    code="ACC702",
    name="japanese-in-english",
    mqm="accuracy/untranslated",
    severity=Severity.major,
    needs="en",
    doc=__doc__,
    doc_ja="英語の文中に日本語が残っている。\n\nなぜ問題か：英語版の読者には読めない。\n\n対処：訳すか、訳語の後の括弧に入れる。",
    find=find,
    examples=(
        Example(en="The Participants will exchange ⟦統計⟧ every year."),
        Example(en="The Participants will exchange statistics (統計) every year."),
    ),
)
