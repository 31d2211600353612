"""Two numbered paragraphs have run together: the mark of the second stands inside the first.

Why it matters: the second provision cannot be found or cited, and everything after it seems to be missing one.

What to do: begin a new paragraph at the mark.
"""

from __future__ import annotations

from collections.abc import Iterator

from mocalign.checks.base import Check, Example, Hit
from mocalign.checks.series import joined
from mocalign.checks.tools import documents, sides
from mocalign.config import Config
from mocalign.model import Severity
from mocalign.pair import Pair

__all__ = ["CHECK"]


def find(pair: Pair, config: Config) -> Iterator[Hit]:
    """Yield each mark that belongs at the head of a paragraph and stands inside one."""
    for lang, document in documents(pair):
        for _, span, _, _ in joined(pair, document):
            yield Hit(
                f"{span.text} begins a provision of its own and stands inside the paragraph before it.",
                f"「{span.text}」は独立の項目の番号だが、前の段落の中に続けて書かれている。",
                **sides(lang, span),
                confidence=0.88,
            )


CHECK = Check(
    code="DES013",
    name="joined-paragraphs",
    mqm="design-and-markup/layout",
    severity=Severity.major,
    needs="ja",
    doc=__doc__,
    doc_ja="番号の付いた二つの段落が一つにつながっている。\n\nなぜ問題か：後の規定を探すことも引用することもできず、番号が一つ欠けたように見える。\n\n対処：番号の前で改行する。",
    find=find,
    examples=(
        Example(
            ja="次の分野において協力する。\n\n(a) 人材の育成\n\n(b) 情報の交換⟦(c)⟧ 共同研究\n\n(d) 実証",
            presegmented=False,
        ),
        Example(
            ja="第一条　会費は、毎年納める。⟦２⟧　会費は、返さない。\n\n第二条　記録は、保管する。\n\n２　記録は、公開する。",
            presegmented=False,
        ),
        Example(
            ja="数値は次のとおり。\n\n(1) 相談の件数\n\n(2) 検査の件数\n\n(2)は日曜日に更新しない。(3)は土曜日にも更新しない。",
            presegmented=False,
        ),
        Example(
            ja="次の分野において協力する。\n\n(a) 人材の育成\n\n(b) 情報の交換\n\n(c) (a)及び(b)に掲げる分野における共同研究",
            presegmented=False,
        ),
    ),
)
