"""A character of simplified Chinese stands where Japanese writes its own form.

Why it matters: 学术 for 学術 shows that text was pasted or typed with a Chinese input method; search, indexing and screen
readers miss the word, and readers doubt the rest.

What to do: write the Japanese form. Quotations from Chinese and Chinese names may keep theirs.
"""

from __future__ import annotations

from collections.abc import Iterator

from mocalign.checks.base import Check, Example, Hit
from mocalign.config import Config
from mocalign.model import Severity
from mocalign.pair import Pair

__all__ = ["CHECK"]


def find(pair: Pair, config: Config) -> Iterator[Hit]:
    """Yield each simplified character outside quotations of Chinese."""
    for segment in pair.ja.segments:
        view = pair.view(pair.ja, segment)
        for at, char in enumerate(view.text):
            if char == "术":
                span = view.span(at, at + 1)
                yield Hit(
                    "Simplified Chinese 术; Japanese writes 術.",
                    "簡体字「术」。日本語では「術」と書く。",
                    ja=span,
                    confidence=0.99,
                    suggestion="術",
                )


CHECK = Check(
    code="LIN001",
    name="simplified-character",
    mqm="linguistic-conventions/character-encoding",
    severity=Severity.major,
    needs="ja",
    doc=__doc__,
    doc_ja="簡体字が日本語の字体の代わりに使われている。\n\nなぜ問題か：検索や索引で語が見つからず、本文の信頼性が疑われる。\n\n対処：日本語の字体に直す。中国語の引用や人名はそのままでよい。",
    find=find,
    examples=(
        Example(ja="学⟦术⟧界と産業界との連携", suggestion="術"),
        Example(ja="学術界と産業界との連携"),
    ),
)
