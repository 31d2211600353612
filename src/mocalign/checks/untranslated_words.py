"""English words were left in the Japanese.

Why it matters: a phrase that nobody translated is unreadable for those the translation is made for.

What to do: translate it. Names, abbreviations, units and addresses may stay in Latin letters.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from mocalign.checks.base import Check, Example, Hit
from mocalign.checks.tools import identifier, quoted, untranslated
from mocalign.config import Config
from mocalign.model import Severity, is_japanese
from mocalign.pair import Pair

__all__ = ["CHECK"]


_LATIN = re.compile(r"[A-Za-z][A-Za-z'’-]*(?: [A-Za-z][A-Za-z'’-]*)*")
_ADDRESS = re.compile(
    r"[A-Za-z0-9._%+~/:@?=&#-]*(?:://|www\.|@|(?<=[A-Za-z0-9_])\.(?:[a-z][a-z0-9]{0,4}(?![A-Za-z0-9]))|~?/[A-Za-z])[A-Za-z0-9._%+~/:@?=&#-]*|`[^`]*`|\[[A-Z _]+\]"
)
_KEEP = frozenset(
    "kg km cm mm ml ha kw kwh mw mol ppm bit byte bytes online vs pdf doi email e-mail version ver wiki web".split()
)


def find(pair: Pair, config: Config) -> Iterator[Hit]:
    """Yield runs of lower-case English words in Japanese text."""
    english = pair.en_text.casefold() if pair.has_english else ""
    for segment in pair.ja.segments:
        view = pair.body(pair.ja, segment)
        if sum(map(is_japanese, view.text)) < 3 or untranslated(view.text):
            continue  # a name, an address, or a line that is English as a whole
        skip = [m.span() for m in _ADDRESS.finditer(view.text)] + quoted(view)
        skip += [m.span() for m in re.finditer(r"\([^()]*\)|\[[^\[\]]*\]|<[^<>]*>|\{[^{}]*\}", view.text)]
        for match in _LATIN.finditer(view.text):
            if any(a < match.end() and match.start() < b for a, b in skip):
                continue
            words = [w for w in match[0].split() if w.islower() and len(w) > 2 and w not in _KEEP]
            if not words or (len(words) == 1 and len(words[0]) < 4):
                continue
            if any(not w.islower() for w in match[0].split()):
                continue
            low = match[0].casefold()
            if identifier(pair, view.text, match.start(), match.end()):
                continue
            here = re.search(rf"\b{re.escape(low)}", english) is not None
            confidence = 0.95 if here else 0.85 if len(words) > 1 else 0.6
            yield Hit(
                f'"{match[0]}" was left in English.',
                f"「{match[0]}」が英語のまま残っている。",
                ja=view.span(match.start(), match.end()),
                confidence=confidence,
                rests_on_bead=False,
            )


CHECK = Check(
    code="ACC701",
    name="untranslated-words",
    mqm="accuracy/untranslated",
    severity=Severity.major,
    needs="ja",
    doc=__doc__,
    doc_ja="英語の語句が日本語の中に訳されずに残っている。\n\nなぜ問題か：訳されていない語句は、訳文を必要とする読者には読めない。\n\n対処：訳出する。固有名詞、略語、単位、アドレスは欧字のままでよい。",
    find=find,
    examples=(
        Example(
            ja="試行段階は、淡水化施設及び⟦solar panels⟧を対象とする。",
            en="The pilot phase covers desalination plants and solar panels.",
        ),
        Example(
            ja="main 区域は、配布物である。main以外は、配布物でない。追加は、main 区域に行う。",
            en="The main area is the distribution. What is not in main is no part of it. Additions go to the main area.",
        ),
        Example(
            ja="次の値を設定する。\n* timeout － 待ち時間\ntimeout を変えたときは、{count}件の通知が届く。data.tar.gz を開き、setup スクリプトを動かす。",
            en="Set these values.\n* timeout – time to wait\nWhen timeout is changed, {count} notices arrive. Open data.tar.gz and run the setup script.",
        ),
        Example(ja="署名は⟦digital signature⟧による。"),
        Example(
            ja="試行段階は、ＩＳＯ規格に基づき、MDDI及びPython（programming language）について、連絡先info@example.orgを用いる。",
            en="The pilot phase is based on ISO standards.",
        ),
    ),
)
