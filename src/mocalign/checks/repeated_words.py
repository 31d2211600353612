"""The same words stand twice in a row.

Why it matters: 自国の法令を自国の法令を is a paste that nobody read; in English "the the" is its twin.

What to do: delete one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from mocalign import japanese
from mocalign.checks.base import Check, Example, Hit
from mocalign.checks.tools import documents, sides
from mocalign.config import Config
from mocalign.model import Severity
from mocalign.pair import Pair

__all__ = ["CHECK"]

_JA = re.compile(r"(?=(?P<all>(?P<one>[^\s、。「」（）()・]{2,40}[、]?)(?P=one)))")
_EN = re.compile(r"\b(?P<one>[A-Za-z]+(?:[ ,]+[A-Za-z]+){0,7}?)[ ,]+(?P=one)\b", re.I)
_MEANT = frozenset(
    "それ これ いろ さま ますます それぞれ いよいよ しばしば たびたび なかなか わざわざ ところどころ 着々 そもそも 個々 各々 様々 ここ ああ"
    " めい もの ただ また 何度も 何回も 幾度も もっと とても ずっと ゆっくり だんだん".split()
)
_MEANT_EN = frozenset("that had very more bye so on is do no".split())


def find(pair: Pair, config: Config) -> Iterator[Hit]:
    """Yield words that stand twice in a row."""
    for lang, document in documents(pair):
        for segment in document.segments:
            view = pair.body(document, segment)
            text = view.text
            last = -1
            if lang == "en":
                for match in _EN.finditer(text):
                    one = match["one"]
                    if one.lower() in _MEANT_EN or len(one) < 2 or _goes_on(text, match):
                        continue
                    yield Hit(
                        f"“{one}” stands twice in a row.",
                        f"“{one}”が続けて二度現れる。",
                        **sides(lang, view.span(*match.span())),
                        confidence=0.9,
                        suggestion=one,
                    )
                continue
            for match in _JA.finditer(text):
                start, end = match.span("all")
                one = match["one"]
                if start < last or not _twice(text, start, one):
                    continue
                last = end
                if re.search(r"\S[ \t\u3000\u00a0]+\S", view.span(start, end).text) and not re.search(
                    "[、。]", text[:start]
                ):
                    continue  # a heading, a space, and the sentence that begins with its words
                yield Hit(
                    f"{one} stands twice in a row.",
                    f"「{one}」が続けて二度現れる。",
                    ja=view.span(start, end),
                    confidence=0.93 if len(one) > 3 else 0.85,
                    suggestion=one,
                )


def _goes_on(text: str, match: re.Match[str]) -> bool:
    """Whether the second copy belongs to what follows: a member, a member's head; under the Act, the Act applies.

    Nor is anything doubled in "from time to time to", "day by day by".
    """
    after = text[match.end() :]
    if re.fullmatch(r"[a-z]+ (?:to|by|after|upon|in|for)", match["one"], re.I):
        return True
    if re.match(r"['’]s?\b|-", after):
        return True
    comma = "," in match[0][len(match["one"]) : -len(match["one"])]
    return comma and not re.match(r"\s*(?:[,;.:)]|$|(?:and|or)\b)", after)


def _twice(text: str, start: int, one: str) -> bool:
    if one in _MEANT or one.isdigit() or re.fullmatch(r"[0-9０-９.,〇一二三四五六七八九十百千万%％A-Za-z.…ー―]+", one):
        return False
    if len(set(one)) == 1:
        return False
    if (
        one[0] == "の"
        and re.match(r"[一-龥ァ-ヴ]", text[start + 2 * len(one) :])
        and re.search(r"[一-龥ァ-ヴー]$", one)
    ):
        return False  # 規約の条文の条文案: the second begins a compound
    if re.fullmatch(r"[ぁ-ん]{2}", one) or re.fullmatch(r"[ァ-ヴー]{2}", one):
        return False
    if re.fullmatch(r"[ぁ-ん]+", one) and len(one) < 3:
        return False
    # The second copy must begin and end where words do: 国際機関間 is no 関間関間.
    cuts = {t.start for t in japanese.tokens(text[max(0, start - 12) : start + 2 * len(one) + 8])}
    shift = start - max(0, start - 12)
    return {shift, shift + len(one)} <= cuts and (shift + 2 * len(one) in cuts or start + 2 * len(one) >= len(text))


CHECK = Check(
    code="LIN009",
    name="repeated-words",
    mqm="accuracy/addition",
    severity=Severity.major,
    needs="either",
    doc=__doc__,
    doc_ja="同じ語句が続けて二度現れる。\n\nなぜ問題か：貼り付けの誤りであり、読み返されていないことを示す。\n\n対処：一方を削除する。",
    find=find,
    examples=(
        Example(ja="同じ内容を何度も何度も投稿しないでください。"),
        Example(ja="申込み－標準の条件 標準の条件を受諾した者は、申込みの日から拘束される。"),
        Example(ja="税関手続に関する⟦自国の法令を自国の法令を⟧公表する。", suggestion="自国の法令を"),
        Example(ja="その⟦第一回会合において第一回会合において⟧手続規則を採択する。"),
        Example(ja="⟦協力協力⟧を促進する。", suggestion="協力"),
        Example(en="The Participants will ⟦the the⟧ exchange data."),
        Example(ja="それぞれの国のいろいろな機関は、ますます協力する。"),
        Example(en="He noted that that had had an effect."),
        Example(en="The rules are amended from time to time to reflect practice."),
        Example(en="It binds a member, a member's heirs and, under the Act, the Act applies to all."),
        Example(ja="この協定の条文の条文案を公表する。"),
        Example(en="Reports cover ⟦training, training⟧, and exchange."),
    ),
)
