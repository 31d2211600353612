"""The signature block has lost its order: the sides first, the names after them.

Why it matters: when two columns are read line by line, name and office no longer stand under the side they sign for.

What to do: put name and office under their side.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from mocalign.checks.base import Check, Example, Hit
from mocalign.checks.tools import documents, sides
from mocalign.config import Config
from mocalign.model import Severity
from mocalign.pair import Pair

__all__ = ["CHECK"]

_SIDE = re.compile(r"(?:を代表して|のために|に代わって)$|^(?:For|On behalf of)\s+(?:the\s+)?[A-Z]", re.I)


def find(pair: Pair, config: Config) -> Iterator[Hit]:
    """Yield the second of two lines that name a side without a signatory between them."""
    for lang, document in documents(pair):
        block = [s for s in document.segments if s.kind == "signature"] or list(document.segments[-10:])
        named = [bool(_SIDE.search(pair.view(document, s).text.strip(" :："))) for s in block]
        for i in range(1, len(block)):
            if named[i] and named[i - 1] and i + 1 < len(block) and not any(named[i + 1 :]) and not any(named[: i - 1]):
                view = pair.view(document, block[i])
                yield Hit(
                    "Both sides are named before any signatory: names and offices no longer stand under their side.",
                    "双方の名称が署名者より先に並んでおり、氏名と職名がどちらのものか分からない。",
                    **sides(lang, view.span(0, len(view.text))),
                    confidence=0.75,
                )


CHECK = Check(
    code="DES010",
    name="signature-order",
    mqm="design-and-markup/layout",
    severity=Severity.minor,
    needs="either",
    doc=__doc__,
    doc_ja="署名欄の順序が崩れている（双方の名称が先に並び、氏名が後に続く）。\n\nなぜ問題か：二段組を行ごとに読んだ跡で、誰がどちらを代表するのか分からない。\n\n対処：氏名と職名をそれぞれの名称の下に置く。",
    find=find,
    examples=(
        Example(
            ja="英語により作成した。\n日本国内務省を代表して\n⟦チリ共和国内務省を代表して⟧\n山田花子\n内務大臣\nカルロス・ペレス\n内務大臣"
        ),
        Example(
            ja="英語により作成した。\n日本国内務省を代表して\n山田花子\nチリ共和国内務省を代表して\nカルロス・ペレス"
        ),
    ),
)
