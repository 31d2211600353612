"""その他 and その他の have changed places.

Why it matters: A、Bその他のC makes A and B examples of C, A、Bその他C sets them beside it; a noun that follows その他 directly
leaves open which is meant.

What to do: その他の before a plain noun, その他 before これに類する, やむを得ない and the other phrases that set apart.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from mocalign import japanese
from mocalign.checks.base import Check, Example, Hit
from mocalign.checks.tools import polite
from mocalign.config import Config
from mocalign.model import Severity
from mocalign.pair import Pair

__all__ = ["CHECK"]

_BARE = re.compile(
    r"(?<=[一-鿿ァ-ヴーぁ-ん）」])、?その他(?P<noun>[一-鿿ァ-ヴー]{2,12})"
    r"(?=を|に|が|は|と|、|。|及び|又は|並びに|若しくは|から|へ|で)"
    r"(?!に(?:関|係|対|必要|基|つい|適|よ|お)|を(?:有|含|構成)|が(?:適|認|定|必)|によ|で(?:定|あ))"
)
_AFTER_VERB = re.compile(r"(?<=[るいた])その他(?=[一-鿿ァ-ヴ][一-鿿ァ-ヴーの]+(?:を|に|が|は|、|。|$))")
_APART = re.compile(
    r"その他(?P<no>の)(?=これ(?:ら)?(?:に|と)(?:類|準|関連|付随|相当|同等)|やむを得ない(?:理由|事由|事情)|正当な(?:理由|事由)|の)"
)
_STANDS = re.compile(r"(?:や|政令|省令|主務|必要|適当|適切|別|特|法令|所要|前|当|相当|同|類似|関係法)")


def find(pair: Pair, config: Config) -> Iterator[Hit]:
    """Yield その他 before a plain noun, and その他の before a phrase that sets apart."""
    text = pair.ja_text
    loose = len(_BARE.findall(text))
    everyday = polite(pair)  # no rule of drafting binds it
    for segment in pair.ja.segments:
        if segment.kind in ("title", "heading", "caption", "signature"):
            continue
        view = pair.body(pair.ja, segment)
        for match in _BARE.finditer(view.text):
            noun = match["noun"]
            if everyday or re.match(r"が[^、。]{1,16}[るたう](?=[一-鿿ァ-ヴ])", view.text[match.end() :]):
                continue  # その他本人が提供する情報: a clause that qualifies
            if _STANDS.match(noun) or loose > 2 or not _plain(noun) or not _listed(view.text[: match.start() + 1]):
                continue
            start = match.start("noun") - 3
            yield Hit(
                f"その他{noun}: before a plain noun legal drafting writes その他の.",
                f"「その他{noun}」：名詞の前では「その他の」とするのが通例である。",
                ja=view.span(start, match.end()),
                confidence=0.72,
                suggestion=f"その他の{noun}",
            )
        for match in _AFTER_VERB.finditer(view.text):
            yield Hit(
                "その他 after a verb that qualifies the noun: the noun takes その他の.",
                "連体修飾の後の「その他」には「の」が要る。",
                ja=view.span(*match.span()),
                confidence=0.7,
                suggestion="その他の",
            )
        for match in _APART.finditer(view.text):
            yield Hit(
                "その他の before a phrase that sets apart: legal drafting writes その他.",
                "並列する語句の前では「その他」とする。",
                ja=view.span(*match.span()),
                confidence=0.72,
                suggestion="その他",
            )


def _plain(noun: str) -> bool:
    """Whether the run is one noun, no noun that begins a clause of its own."""
    found = japanese.tokens(noun, mode="C")
    return all(t.pos[0] in ("名詞", "接頭辞", "接尾辞") and t.pos[1] not in ("数詞",) for t in found) and (
        found[-1].pos[2:3] != ("副詞可能",)
    )


def _listed(before: str) -> bool:
    """Whether members stand before その他."""
    return (
        re.search(r"(?:及び|又は|、|・)[^、。はがを]{1,24}、?$", before) is not None
        or re.search(r"[一-鿿ァ-ヴー]{2,}$", before) is not None
    )


CHECK = Check(
    code="STY010",
    name="other-conjunction",
    mqm="style/unidiomatic-style",
    severity=Severity.minor,
    needs="ja",
    doc=__doc__,
    doc_ja="「その他」と「その他の」が取り違えられている。\n\nなぜ問題か：「Ａ、Ｂその他のＣ」ではＡ、ＢはＣの例示、「Ａ、Ｂその他Ｃ」ではＣと並列であり、範囲が変わる。\n\n対処：名詞の前では「その他の」、「これに類する」などの前では「その他」とする。",
    find=find,
    examples=(
        Example(ja="会議、研修⟦その他活動⟧を行う。", suggestion="その他の活動"),
        Example(ja="会議、研修その他の活動を行う。"),
        Example(ja="天災⟦その他の⟧やむを得ない事由により遅延した場合は、通知する。", suggestion="その他"),
        Example(ja="天災その他やむを得ない事由により遅延した場合は、通知する。"),
        Example(ja="会議、研修、その他活動を行います。届出が必要です。手続は簡単です。"),
        Example(ja="氏名、住所、その他本人が提供する情報を記録する。"),
        Example(ja="氏名、生年月日その他政令で定める事項を通知する。その他必要な事項は、別に定める。"),
    ),
)
