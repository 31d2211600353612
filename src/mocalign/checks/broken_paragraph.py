"""A paragraph is cut in two by a page break or a line end, often in the middle of a word.

Why it matters: the two halves are numbered, searched and translated as two paragraphs; where a character stands on both
sides of the cut (エコシ / システム) the joined word is misspelt.

What to do: join the halves; delete the doubled character.
"""

from __future__ import annotations

from collections.abc import Iterator

from mocalign.checks.base import Check, Example, Hit
from mocalign.checks.tools import documents, sides
from mocalign.config import Config
from mocalign.model import Severity
from mocalign.pair import Pair

__all__ = ["CHECK"]


def find(pair: Pair, config: Config) -> Iterator[Hit]:
    """Yield each seam that a reader of the page would see as a fault."""
    for lang, document in documents(pair):
        for segment in document.segments:
            for seam in segment.seams:
                if seam.kind != "paragraph":
                    continue
                raw = seam.span.text
                first, last = raw[:1], raw[-1:]
                glue = " " if lang == "en" and first.isalnum() else ""
                joined = (
                    first if seam.doubled and len(seam.doubled) == 1 else None if seam.doubled else first + glue + last
                )
                note = f"; {seam.doubled} stands on both sides" if seam.doubled else ""
                note_ja = f"「{seam.doubled}」が前後で重複している。" if seam.doubled else ""
                yield Hit(
                    f"The paragraph is cut here and goes on after the break{note}.",
                    f"段落がここで切れ、改行の後に続いている。{note_ja}",
                    **sides(lang, seam.span),
                    confidence=0.95 if seam.doubled else 0.85,
                    severity=Severity.major if seam.doubled else None,
                    suggestion=joined,
                )


CHECK = Check(
    code="DES001",
    name="broken-paragraph",
    mqm="design-and-markup/layout",
    severity=Severity.minor,
    needs="either",
    doc=__doc__,
    doc_ja="段落がページの区切りや行末で二つに切れている。語の途中で切れていることも多い。\n\nなぜ問題か：前後が別の段落として扱われ、文字が重複していれば語が誤記となる。\n\n対処：一つの段落に戻し、重複した文字を除く。",
    find=find,
    examples=(
        Example(
            ja="本覚書は、信頼性の高い国際的なエコ⟦シ\n\nシ⟧ステムの構築に向けた取組を支援する。",
            presegmented=False,
            suggestion="シ",
        ),
        Example(
            ja="五月以降は検査所の数値、四月は保健所のみの数値により算出。三月は窓口のみのデータ\n\n休業の要請の緩和については、施設の特性から段階を定め、順に行った。",
            presegmented=False,
        ),
        Example(
            ja="次の情報を提供する。\n\n- 登録の日付\n\n- 調査に関連して指定された時刻又は事象で利用された端末のアドレス\n\n組織の口座の場合、当社は、所有者の氏名を提供できます。",
            presegmented=False,
        ),
        Example(
            ja="本覚書は、国際的なエコシステムの構築に向けた取組を支援する。\n\n当事者は、協力する。",
            presegmented=False,
        ),
    ),
)
