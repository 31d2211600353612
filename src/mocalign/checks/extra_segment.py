"""A passage of the Japanese has no counterpart in the English.

Why it matters: text that the negotiated version does not hold was added in translation, or belongs to another draft.

What to do: remove it or find out where it comes from. Labels such as 仮訳 do not count.
"""

from __future__ import annotations

from collections.abc import Iterator

from mocalign.checks.base import Check, Example, Hit
from mocalign.checks.onesided import alone
from mocalign.config import Config
from mocalign.model import Severity
from mocalign.pair import Pair

__all__ = ["CHECK"]


def find(pair: Pair, config: Config) -> Iterator[Hit]:
    """Yield each Japanese segment without an English one."""
    yield from alone(pair, "ja")


CHECK = Check(
    code="ACC002",
    name="extra-segment",
    mqm="accuracy/addition",
    severity=Severity.major,
    doc=__doc__,
    doc_ja="和文の一節に当たる英文がない。\n\nなぜ問題か：交渉された本文にない内容が訳文に加わっている。\n\n対処：削除するか、由来を確かめる。「仮訳」などの表示は数えない。",
    find=find,
    examples=(
        Example(
            ja="1. 当事者らは、量子技術に関する情報を交換する。\n⟦2. 各当事者は、上記の活動に要する費用を負担する。⟧\n3. この覚書は、2026年4月1日に開始する。",
            en="1. The Participants will exchange information on quantum technology.\n3. This Memorandum will commence on 1 April 2026.",
        ),
        Example(
            ja="（仮訳）\n1. 当事者らは、量子技術に関する情報を交換する。\n2. この覚書は、2026年4月1日に開始する。",
            en="1. The Participants will exchange information on quantum technology.\n2. This Memorandum will commence on 1 April 2026.",
        ),
    ),
)
