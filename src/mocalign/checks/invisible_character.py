"""An invisible, control or private character stands in the text.

Why it matters: a zero-width space inside a word makes it unfindable; a control or private-use character or U+FFFD shows that
something was lost in conversion.

What to do: delete it, or restore what was lost.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from mocalign.checks.base import Check, Example, Hit
from mocalign.checks.tools import at, clean, documents
from mocalign.config import Config
from mocalign.model import Severity
from mocalign.pair import Pair

__all__ = ["CHECK"]

_PATTERN = re.compile(
    "[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff\u180e\u061c]+"
    "|[\u0001-\u0008\u000e-\u001f\u007f-\u0084\u0086-\u009f\ufff9-\ufffc]+"
    "|[\ue000-\uf8ff\U000f0000-\U000ffffd]+|\ufffd+"
)


def find(pair: Pair, config: Config) -> Iterator[Hit]:
    """Yield each run of invisible, control, private-use or replacement characters."""
    for lang, document in documents(pair):
        if not _PATTERN.search(document.text):
            continue
        for segment in document.segments:
            for match in _PATTERN.finditer(clean(segment)):
                char = match[0][0]
                code = f"U+{ord(char):04X}"
                if char == "\ufffd":
                    what, what_ja, new = (
                        "a replacement character: something was lost here",
                        "置換文字（文字が失われている）",
                        None,
                    )
                elif "\ue000" <= char <= "\uf8ff" or char >= "\U000f0000":
                    what, what_ja, new = (
                        "a private-use character that other fonts do not show",
                        "外字（私用領域）",
                        None,
                    )
                elif char < "\u00a0":
                    what, what_ja, new = "a control character", "制御文字", ""
                else:
                    what, what_ja, new = "an invisible character", "見えない文字", ""
                span = at(segment, match.start(), match.end())
                yield Hit(
                    f"{code} is {what}.",
                    f"{code} は{what_ja}。",
                    ja=span if lang == "ja" else None,
                    en=span if lang == "en" else None,
                    confidence=0.95,
                    suggestion=new,
                )


CHECK = Check(
    code="LIN004",
    name="invisible-character",
    mqm="linguistic-conventions/character-encoding",
    severity=Severity.minor,
    needs="either",
    doc=__doc__,
    doc_ja="見えない文字・制御文字・外字・置換文字が本文に混じっている。\n\nなぜ問題か：語が検索できず、変換で失われた文字がある疑いもある。\n\n対処：削除するか、失われた文字を復元する。",
    find=find,
    examples=(
        Example(ja="量子⟦\u200b⟧通信", suggestion=""),
        Example(ja="協力⟦\ufffd⟧書"),
        Example(ja="当事者⟦\ue000⟧"),
        Example(en="co⟦\u00ad⟧operation", suggestion=""),
        Example(ja="量子通信に関する協力覚書"),
        Example(en="cooperation"),
    ),
)
