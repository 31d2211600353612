"""Words of the other language stand untranslated in the text.

Why it matters: wind farms in a Japanese sentence is a gap in the translation; the reader of the Japanese text should not need
the English one.

What to do: translate them. Names, abbreviations, addresses and terms that are glossed in brackets stay.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from mocalign.checks.base import Check, Example, Hit
from mocalign.checks.tools import identifier, quoted, untranslated
from mocalign.config import Config
from mocalign.model import Severity
from mocalign.pair import Pair

__all__ = ["CHECK"]

_WORDS = re.compile(r"(?<![A-Za-z@./:_-])[A-Za-z][A-Za-z'’-]+(?:[ ,]+[A-Za-z][A-Za-z'’-]+)*(?![A-Za-z@/:_]|\.[a-z])")
_NAME = re.compile(
    r"(?<![A-Za-z] )[A-Z][a-z]+ (?:[A-Z]\. )?[A-Z][a-z]+(?= ?(?:さん|氏|博士|教授|は|が|を|に|と|の|や|、|及び|および))"
)
_KEPT = frozenset(
    "et al de la van von der den di da du le el ad hoc in vitro vivo situ mutatis mutandis bona fide pro rata de facto jure inter alia per se vs iOS iPad eBook pH kWh mol cm mm km kg ml the of and for to".split()
)


def find(pair: Pair, config: Config) -> Iterator[Hit]:
    """Yield lower-case English words in Japanese sentences, and Latin names among Japanese ones."""
    # a text that writes the names of foreigners in Latin letters has its house style
    latin_names = len(set(_NAME.findall(pair.ja_text))) > 1
    for segment in pair.ja.segments:
        if segment.kind in ("note", "title"):
            continue
        view = pair.body(pair.ja, segment)
        text = view.text
        if len(re.findall("[ぁ-んァ-ヴ一-鿿]", text)) * 2 < len(text):
            if untranslated(text) and segment.kind != "signature":
                yield Hit(
                    "The paragraph is left in English.",
                    "段落が英語のまま残っている。",
                    ja=view.span(0, len(text)),
                    confidence=0.9,
                )
            continue
        marks = quoted(view) + [m.span() for m in re.finditer(r"[（(][^（）()]*[）)]|<[^<>]*>|\[[^\[\]]*\]", text)]
        for match in _WORDS.finditer(text):
            start, end = match.span()
            if any(a < start and end < b for a, b in marks):
                continue
            words = re.findall(r"[A-Za-z'’-]+", match[0])
            plain = [w for w in words if w.islower() and len(w) > 2 and w not in _KEPT]
            if plain and len(plain) * 2 >= len(words) and (len(words) > 1 or len(plain[0]) > 4):
                if pair.has_english and match[0].replace(" ", "").islower():
                    continue  # ACC701 says it
                if identifier(pair, text, start, end):
                    continue
                yield Hit(
                    f"“{match[0]}” is left in English.",
                    f"“{match[0]}”が英語のまま残っている。",
                    ja=view.span(start, end),
                    confidence=0.85,
                )
            elif (
                not latin_names
                and segment.kind not in ("signature",)
                and re.fullmatch(r"[A-Z][a-z]+ [A-Z]{2,}|[A-Z][a-z]+(?: [A-Z]\.)? [A-Z][a-z]+", match[0])
                and re.match(r"(?:氏|博士|大臣|教授|大使|長官|議員|さん)", text[end:])
            ):
                yield Hit(
                    f"The name {match[0]} stands in Latin letters in a Japanese sentence.",
                    f"人名「{match[0]}」がローマ字のまま和文中にある。",
                    ja=view.span(start, end),
                    confidence=0.6,
                    severity=Severity.minor,
                )


CHECK = Check(
    code="LIN012",
    name="foreign-words",
    mqm="accuracy/untranslated",
    severity=Severity.major,
    needs="ja",
    doc=__doc__,
    doc_ja="和文の中に英語の語が訳されずに残っている。\n\nなぜ問題か：訳し漏れであり、和文だけでは意味が通じない。\n\n対処：訳す。固有名詞・略語・括弧内の原語はそのままでよい。",
    find=find,
    examples=(
        Example(ja="試行段階は、海水淡水化施設及び⟦wind farms⟧を対象とする。"),
        Example(ja="試行段階は、風力発電所（wind farms）及びAI、IoT並びにMDDIの施設を対象とする。"),
        Example(ja="legal-notices@office.example.org, https://office.example.org/a/very/long/path"),
        Example(ja="再配布できないものは、non-free ディレクトリに置く。派生物には、qrml や GNOME がある。"),
        Example(ja="この計画は、Anna Berg さんと John Smith さんが始めた。Anna Berg さんは、現在の代表である。"),
        Example(ja="詳細はinfo@example.org又はwww.example.org/aboutを参照する。"),
    ),
)
