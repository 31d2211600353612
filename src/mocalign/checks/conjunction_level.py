"""並びに or 若しくは stands where there is only one level.

Why it matters: in Japanese drafting 及び joins the lowest level and 並びに only a higher one, 又は the highest and 若しくは only a
lower one; the reader builds the grouping from them.

What to do: with one level write 及び and 又は.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from mocalign.checks.base import Check, Example, Hit
from mocalign.checks.tools import polite
from mocalign.config import Config
from mocalign.model import Severity
from mocalign.pair import Pair

__all__ = ["CHECK"]

_UPPER = re.compile(r"並びに|ならびに")
_LOWER = re.compile(r"若しくは|もしくは")


def find(pair: Pair, config: Config) -> Iterator[Hit]:
    """Yield 並びに without 及び, and 若しくは without 又は, in one sentence."""
    everyday = polite(pair) or pair.ja_text.count("または") + pair.ja_text.count("および") > 2
    for segment in pair.ja.segments:
        view = pair.body(pair.ja, segment)
        place = 0
        for sentence in re.findall(r"[^。]+。?", view.text):
            start = place
            place += len(sentence)
            for pattern, partner, loose, instead in (
                (_UPPER, "及び|および", r"と[、一-鿿ァ-ヴ]|・|や(?!む)", "及び"),
                (_LOWER, "又は|または", r"・|か(?!月|つ|ら)", "又は"),
            ):
                found = list(pattern.finditer(sentence))
                if not found or re.search(partner, sentence):
                    continue
                match = found[0]
                if not sentence[: match.start()].strip() or sentence[match.end() : match.end() + 1] == "、":
                    continue  # it joins clauses or paragraphs, whose levels are not in this sentence
                if sentence[match.end() :].startswith("附則"):
                    continue  # the main part and 附則 are always apart
                # と, や and ・ join a lower level only inside the very group
                left = re.split(r"[はがをし]|。|に[、関よ]", sentence[: match.start()])[-1]
                right = re.split(r"[はがをに。]", sentence[match.end() :])[0]
                if re.search(loose, left) or re.search(loose, right):
                    continue
                yield Hit(
                    f"{match[0]} stands at the only level of this sentence; one level takes {instead}.",
                    f"一段階の接続に「{match[0]}」が使われている。一段階では「{instead}」を用いる。",
                    ja=view.span(start + match.start(), start + match.end()),
                    also_ja=tuple(view.span(start + m.start(), start + m.end()) for m in found[1:]),
                    confidence=0.8,
                    # In kana it is the word of everyday prose, which knows no levels.
                    severity=Severity.neutral if match[0] in ("もしくは", "ならびに") and everyday else None,
                    suggestion=instead,
                )


CHECK = Check(
    code="STY004",
    name="conjunction-level",
    mqm="style/unidiomatic-style",
    severity=Severity.minor,
    needs="ja",
    doc=__doc__,
    doc_ja="段階が一つしかないのに「並びに」「若しくは」が使われている。\n\nなぜ問題か：法令・条約では接続詞の段階によって語句のまとまりを示すため、読み誤られる。\n\n対処：一段階では「及び」「又は」を用いる。",
    find=find,
    examples=(
        Example(ja="並びに、このために、寛容を実行し、"),
        Example(ja="開発の加速⟦並びに⟧人材の育成を支援する。", suggestion="及び"),
        Example(ja="書面⟦若しくは⟧口頭により通知する。", suggestion="又は"),
        Example(ja="量子通信及び量子センシング並びに人材の育成を支援する。"),
        Example(ja="第五条の規定並びに附則第十九条の規定は、公布の日から施行する。"),
        Example(ja="秘密を漏らし、若しくは盗用し、又はこれを提供してはならない。"),
    ),
)
