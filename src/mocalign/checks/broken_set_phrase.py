"""A set phrase of legal drafting is not in its set form.

Why it matters: この限りでない and its like are read as formulas; a variation makes the reader ask what is different.

What to do: write the formula.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from mocalign import data
from mocalign.checks.base import Check, Example, Hit
from mocalign.config import Config
from mocalign.model import Severity
from mocalign.pair import Pair

__all__ = ["CHECK"]


@lru_cache(maxsize=1)
def _phrases() -> tuple[tuple[re.Pattern[str], str, str], ...]:
    return tuple((re.compile(row["pattern"]), row["set"], row["level"]) for row in data.rows("set_phrases"))


def find(pair: Pair, config: Config) -> Iterator[Hit]:
    """Yield each variation with the formula."""
    for segment in pair.ja.segments:
        view = pair.body(pair.ja, segment)
        for pattern, formula, level in _phrases():
            for match in pattern.finditer(view.text):
                new = match.expand(formula)
                if new == match[0]:
                    continue
                yield Hit(
                    f"{match[0]} varies a set phrase; legal drafting writes {new}.",
                    f"「{match[0]}」は法令・条約の定型句と異なる。「{new}」と書く。",
                    ja=view.span(*match.span()),
                    confidence=0.9 if level == "sure" else 0.6,
                    severity=Severity.minor,
                    suggestion=new,
                )


CHECK = Check(
    code="STY003",
    name="broken-set-phrase",
    mqm="style/unidiomatic-style",
    severity=Severity.minor,
    needs="ja",
    doc=__doc__,
    doc_ja="法令・条約の定型句が崩れている。\n\nなぜ問題か：定型句は一定の意味で読まれるため、違う書き方には違う意味があると受け取られる。\n\n対処：定型句に直す。",
    find=find,
    examples=(
        Example(ja="ただし、別段の決定を行う場合は、⟦この限りではない⟧。", suggestion="この限りでない"),
        Example(ja="⟦以下のとおりに協定した⟧。", suggestion="以下のとおり協定した"),
        Example(ja="ただし、別段の決定を行う場合は、この限りでない。"),
    ),
)
