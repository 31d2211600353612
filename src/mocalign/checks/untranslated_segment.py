"""A passage of the English has no counterpart in the Japanese.

Why it matters: a paragraph or item that was left out is a right or a duty the Japanese reader never sees.

What to do: translate it. Where a neighbouring passage is long enough to hold it, the confidence is low: the aligner may
have missed a merged paragraph.
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
    """Yield each English segment without a Japanese one."""
    yield from alone(pair, "en")


CHECK = Check(
    code="ACC001",
    name="untranslated-segment",
    mqm="accuracy/omission",
    severity=Severity.major,
    doc=__doc__,
    doc_ja="英文の一節に当たる和文がない。\n\nなぜ問題か：訳し落とされた項や号は、和文の読者には存在しない権利や義務となる。\n\n対処：訳出する。前後の段落に含まれている可能性がある場合は確信度を下げている。",
    find=find,
    examples=(
        Example(
            ja="1. 当事者らは、量子技術に関する情報を交換する。\n3. この覚書は、2026年4月1日に開始する。",
            en="1. The Participants will exchange information on quantum technology.\n⟦2. Each Participant will bear its own costs of the activities described above.⟧\n3. This Memorandum will commence on 1 April 2026.",
        ),
        Example(
            ja="情報を開示する場合は、次のとおりである。\n- **本人の同意** — 本人が書面により同意したときは、会は、口座の情報を開示する。",
            en="Information is disclosed in these cases.\n* **With consent:**\nIf the person consents in writing, the society discloses information on the account.",
        ),
        Example(
            ja="1. 当事者らは、情報を交換する。\n2. この覚書は、2026年4月1日に開始する。",
            en="1. The Participants will exchange information.\n2. This Memorandum will commence on 1 April 2026.",
        ),
    ),
)
