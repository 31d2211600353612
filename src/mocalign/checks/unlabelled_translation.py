"""The instrument was made in English alone, and the Japanese does not say that it is a translation.

Why it matters: where the final clause names no Japanese text, the Japanese binds nobody; ministries print 仮訳 or 参考訳 over it,
so that nobody quotes it as the text that was signed. The label may stand on the page that carries the file: this is a note.

What to do: write （仮訳） or （参考訳） under the title, or leave it to the page.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from mocalign.checks.base import Check, Example, Hit
from mocalign.checks.final_clause import languages
from mocalign.config import Config
from mocalign.model import Severity
from mocalign.pair import Pair

__all__ = ["CHECK"]

_LABEL = re.compile(
    r"仮訳|仮翻訳|参考訳|参考翻訳|試訳|非公式|訳文|[和邦]訳|日本語訳|翻訳文|参考のため|正文は英|英文が正文|英語を正文|provisional translation|tentative translation",
    re.I,
)

_SIGNED = re.compile(r"[一二三四五六1-9１-９]\s?通|本書|署名|調印|作成した|作成され")


def find(pair: Pair, config: Config) -> Iterator[Hit]:
    """Yield the title of a Japanese text without a label, and the language of its final clause."""
    made = languages(pair, "ja")
    if set(made) != {"English"} or _LABEL.search(pair.ja.text):
        return
    segment = pair.ja.segment_at(made["English"].start)
    if segment is None or not _SIGNED.search(segment.text):
        return  # 報告書は、英語により作成する
    there = languages(pair, "en") if pair.has_english else {}
    if there and set(there) != {"English"}:
        return  # the final clauses differ, which is another check's finding
    yield Hit(
        "The final clause says that the text was made in English alone; nothing labels the Japanese as a translation (仮訳).",
        "末文によれば英語のみで作成されているが、和文に仮訳・参考訳の表示がない。",
        ja=made["English"],
        en=there.get("English"),
        confidence=0.7,
        rests_on_bead=False,
    )


CHECK = Check(
    code="AUD003",
    name="unlabelled-translation",
    mqm="audience-appropriateness/end-user-suitability",
    severity=Severity.neutral,
    needs="ja",
    doc=__doc__,
    doc_ja="英語のみで作成された文書の和文に、仮訳・参考訳の表示がない。\n\nなぜ問題か：正文でない和文が、署名された本文として引用されるおそれがある。\n\n対処：標題の下に（仮訳）などと表示する。掲載するページに表示があれば足りる。",
    find=find,
    examples=(
        Example(
            ja="水素に関する協力覚書\n参加者は、協力する。\n参加者は、情報を交換する。\n2026年1月9日に東京で、⟦英語⟧により2通を作成した。"
        ),
        Example(
            ja="水素に関する協力覚書（仮訳）\n参加者は、協力する。\n参加者は、情報を交換する。\n2026年1月9日に東京で、英語により2通を作成した。"
        ),
        Example(
            ja="水素に関する協力覚書\n参加者は、協力する。\n参加者は、情報を交換する。\n2026年1月9日に東京で、日本語及び英語により2通を作成した。"
        ),
        Example(
            ja="水素に関する協力覚書\n連絡は、英語により行う。\n参加者は、協力する。\n年次報告は、英語により作成する。"
        ),
    ),
)
