"""A compatibility form stands for an ordinary character: a radical, a ligature, half-width kana, a loose dakuten.

Why it matters: ⽇ (a Kangxi radical) looks like 日 but is another character; search, comparison and screen readers miss it.
PDF extraction leaves such forms behind.

What to do: write the ordinary character.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from mocalign.checks.base import Check, Example, Hit
from mocalign.checks.tools import at, clean, documents
from mocalign.config import Config
from mocalign.model import Severity
from mocalign.pair import Pair

__all__ = ["CHECK"]

# CJK radicals for which Unicode gives no decomposition: the ideograph each one is drawn as.
_RADICALS = dict(
    zip(
        "⺃⺅⺉⺋⺖⺘⺡⺢⺣⺩⺭⺮⺼⺾⻀⻌⻍⻎⻏⻖⻝⻞⻟⻠⻤⻨⻩⻭⻯⻲⺟⺠⻄⻑⻘⻓",
        "乚亻刂㔾忄扌氵氺灬王礻竹月艹艹辶辶辶阝阝食食飠飠鬼麦黄歯竜亀母民西長青長",
        strict=True,
    )
)
_PATTERN = re.compile(
    "[ｦ-ﾟ]+|[぀-ヿ][゙゚゛゜ﾞﾟ]|[⺀-⿕]|[\uf900-\ufa0d\ufa10\ufa12\ufa15-\ufa1e\ufa20\ufa22\ufa25\ufa26\ufa2a-\ufa6d\ufa70-\ufad9]|[ﬀ-ﬆ]|[㈱-㉀㊀-㊰㌀-㍗㍻-㍿]"
)
# 﨑, 﨟 and their like have no decomposition and are ordinary in names.


def find(pair: Pair, config: Config) -> Iterator[Hit]:
    """Yield each run of compatibility forms with its ordinary form."""
    for lang, document in documents(pair):
        for segment in document.segments:
            text = clean(segment)
            if text.isascii():
                continue
            for match in _PATTERN.finditer(text):
                old = match[0]
                new = unicodedata.normalize("NFKC", old)
                if len(old) == 2 and old[1] in "゛゜":
                    new = unicodedata.normalize("NFC", old[0] + {"゛": "゙", "゜": "゚"}[old[1]])
                    if len(new) != 1:
                        continue
                new = "".join(_RADICALS.get(c, c) for c in new)
                if new == old or old in "㈱㈲" or "㊀" <= old[0] <= "㊰":
                    continue
                name, name_ja = _kind(old)
                span = at(segment, match.start(), match.end())
                yield Hit(
                    f"{old} is {name}; the ordinary form is {new}.",
                    f"「{old}」は{name_ja}。通常の文字では「{new}」。",
                    ja=span if lang == "ja" else None,
                    en=span if lang == "en" else None,
                    confidence=0.6 if "\uf900" <= old[0] <= "\ufaff" else 0.95,
                    suggestion=new,
                )


def _kind(old: str) -> tuple[str, str]:
    if "ｦ" <= old[0] <= "ﾟ":
        return "half-width kana", "半角カナ"
    if len(old) == 2:
        return "a kana with a loose voicing mark", "濁点・半濁点が分離した仮名"
    if "⺀" <= old <= "⿕":
        return f"a radical (U+{ord(old):04X})", f"部首用の文字（U+{ord(old):04X}）"
    if "\uf900" <= old <= "\ufaff":
        return f"a compatibility ideograph (U+{ord(old):04X})", f"互換漢字（U+{ord(old):04X}）"
    if "ﬀ" <= old <= "ﬆ":
        return "a ligature", "合字"
    return "a squared or circled form", "組文字・囲み文字"


CHECK = Check(
    code="LIN003",
    name="compatibility-character",
    mqm="linguistic-conventions/character-encoding",
    severity=Severity.minor,
    needs="either",
    doc=__doc__,
    doc_ja="部首・互換漢字・合字・半角カナ・分離した濁点など、互換用の文字が使われている。\n\nなぜ問題か：見た目は同じでも別の文字であり、検索・照合・読み上げで漏れる。\n\n対処：通常の文字に直す。",
    find=find,
    examples=(
        Example(ja="⟦⽇⟧本国政府は、", suggestion="日"),
        Example(ja="両国の⟦ﾃﾞｰﾀ⟧を共有する。", suggestion="データ"),
        Example(ja="協力の⟦か゛⟧いよう", suggestion="が"),
        Example(en="The con⟦ﬁ⟧dential information", suggestion="fi"),
        Example(ja="⟦㌔⟧を単位とする。", suggestion="キロ"),
        Example(ja="日本国政府は、データを共有する。"),
        Example(ja="山﨑大使及び①から③までの事項"),
    ),
)
