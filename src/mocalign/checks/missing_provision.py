"""A reference points at a provision that is not there, or at one that does not say what it is quoted for.

Why it matters: 第十五条 in an instrument of twelve articles is a relic of an earlier draft; nobody can apply the rule.

What to do: correct the number.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from mocalign import quantities
from mocalign.checks.base import Check, Example, Hit
from mocalign.checks.impossible_date import kanji_number
from mocalign.checks.tools import documents, marker, quoted, sides
from mocalign.config import Config
from mocalign.model import Document, Lang, Segment, Severity
from mocalign.pair import Pair

__all__ = ["CHECK"]

_N = r"[0-9〇一二三四五六七八九十百]+"
_JA = re.compile(
    rf"第(?P<n>{_N})(?P<unit>条|項|節|章)(?!の[0-9二三四五六七八九])(?:第?(?P<p>{_N})項?(?![0-9か箇年月日回件人名通者つ]))?"
)
_EN = re.compile(
    r"\b(?P<unit>Article|Section|Paragraph|Chapter)s?\s+(?P<n>\d{1,3})\b(?!\s*(?:of|,\s*(?:of|paragraph[^.]{0,20}of))\s+(?:the\s+)?(?:[A-Z]|said|same))",
    re.I,
)
_OTHER = re.compile(
    r"(?:法|令|規則|条約|協定|議定書|憲章|規程|規約|覚書|宣言|同法|同条約|同協定|旧法|[」）)])(?:の?(?:附則|附属書)?)?(?:第[0-9〇一二三四五六七八九十百]+章)?$"
)
_OWN = re.compile(r"(?:本|この)(?:法律|協定|条約|議定書|覚書|契約|協力覚書|取決め|規則)の?$")
_ABOUT = re.compile(
    rf"(?:(?P<rel>前)(?P<unit>条|項)|第(?P<n>{_N})条)(?:第{_N}項)?(?:に|の)(?:規定する|規定による|定める|掲げる)(?P<noun>[一-鿿ァ-ヴー]{{3,12}})(?=[はがをにのと、])"
)


def find(pair: Pair, config: Config) -> Iterator[Hit]:
    """Yield references to top-level provisions and their paragraphs that do not exist."""
    for lang, document in documents(pair):
        units = _units(document, lang)
        for segment in document.segments:
            view = pair.view(document, segment)
            body = segment.body - segment.span.start
            start = view.index(segment.span.start + body) if body else 0
            marks = quoted(view)
            for match in (_JA if lang == "ja" else _EN).finditer(view.text, start):
                if any(a < match.start() and match.end() < b for a, b in marks):
                    continue
                unit = _unit(match["unit"])
                have = units.get(unit)
                number = kanji_number(match["n"])
                if have is None or number is None or len(have) < 2:
                    continue
                if len(have) < max(have) - min(have) + 1 and number not in have:
                    continue  # an excerpt: what it cites may stand in the parts left out
                before = view.text[max(0, match.start() - 16) : match.start()]
                if lang == "ja" and _OTHER.search(before) and not _OWN.search(before):
                    continue
                if lang == "ja" and unit == "項" and re.search(rf"第?{_N}条$|[同前次]条$", before):
                    continue
                if lang == "en" and (
                    re.search(r"(?:Convention|Agreement|Treaty|Act|Charter|Law),?\s+(?:under\s+)?$", before)
                    or (re.search(r"[a-z]$", match["unit"]) and match["unit"][0].islower())
                ):
                    continue
                if number not in have:
                    shown = f"{min(have)}–{max(have)}"
                    yield Hit(
                        f"{match[0]} does not exist; the provisions of this text are {shown}.",
                        f"「{match[0]}」は存在しない（本文にあるのは{shown}）。",
                        **sides(lang, view.span(*match.span())),
                        confidence=0.88 if number > max(have) else 0.75,
                        # What both sides cite is no fault of the translation.
                        severity=Severity.neutral if _cited(pair, lang, segment, number) else None,
                    )
                elif lang == "ja" and match["p"] and unit in ("条", "項", "節"):
                    inner = kanji_number(match["p"])
                    count = have[number]
                    if inner is not None and count >= 2 and inner > count and inner < 60:
                        yield Hit(
                            f"{match[0]}: that provision has {count} paragraphs.",
                            f"「{match[0]}」：当該規定には{count}項までしかない。",
                            ja=view.span(*match.span()),
                            confidence=0.8,
                        )
        if lang == "ja":
            yield from _about(pair, document)


def _cited(pair: Pair, lang: Lang, segment: Segment, number: int) -> bool:
    """Whether the other side cites a provision of the same number in the same place."""
    bead = pair.bead_of.get((lang, segment.index))
    if bead is None or not (pair.has_japanese and pair.has_english):
        return False
    if lang == "ja":
        found = quantities.references_en(pair.passage("en", bead).text)
    else:
        found = quantities.references_ja(pair.passage("ja", bead).text)
    return any(str(number) in ranks for ref in found for ranks in ref.ranks)


def _unit(word: str) -> str:
    return {"article": "条", "section": "節", "paragraph": "項", "chapter": "章"}.get(word.lower().rstrip("s"), word)


def _units(document: Document, lang: Lang) -> dict[str, dict[int, int]]:
    """Unit of the top-level marks to {number: how many numbered paragraphs it has}."""
    out: dict[str, dict[int, int]] = {}
    for segment in document.segments:
        found = marker(segment)
        if found is None or not segment.label or segment.label[0] in ("annex", "supplement"):
            continue
        match = re.match(rf"第({_N})(条|項|節|章)|(Article|Section|Paragraph|Chapter)\s+(\d+)", found[0], re.I)
        if match is None:
            continue
        number = kanji_number(match[1] or match[4])
        if number is not None:
            unit = _unit(match[2] or match[3])
            inner = [
                int(s.label[1])
                for s in document.segments
                if len(s.label) == 2 and s.label[0] == segment.label[0] and s.label[1].isdigit()
            ]
            out.setdefault(unit, {})[number] = max(inner, default=0)
    return out


def _about(pair: Pair, document: Document) -> Iterator[Hit]:
    """前条に規定する一覧表: the provision referred to must mention the thing."""
    articles: dict[int, list[Segment]] = {}
    order: list[int] = []
    for segment in document.segments:
        if segment.label and segment.label[0].isdigit():
            number = int(segment.label[0])
            if number not in articles:
                order.append(number)
            articles.setdefault(number, []).append(segment)
    if len(order) < 3:
        return
    texts = {n: "".join(pair.view(document, s).text for s in group) for n, group in articles.items()}
    for place, number in enumerate(order):
        for segment in articles[number]:
            view = pair.body(document, segment)
            for match in _ABOUT.finditer(view.text):
                before = view.text[max(0, match.start() - 12) : match.start()]
                if (
                    match["rel"] == "項"
                    or (match["unit"] or "条") != "条"
                    or (_OTHER.search(before) and not _OWN.search(before))
                ):
                    continue
                target = (
                    order[place - 1] if match["rel"] and place else kanji_number(match["n"]) if match["n"] else None
                )
                noun = match["noun"]
                if target is None or target not in texts or noun in texts[target] or noun[-2:] in texts[target]:
                    continue
                homes = [n for n in order if n != number and noun in texts[n]]
                if len(homes) == 1:
                    span = view.span(match.start(), match.start() + match[0].index("に" if "に" in match[0] else "の"))
                    yield Hit(
                        f"{span.text} does not mention {noun}; provision {homes[0]} does.",
                        f"「{span.text}」に「{noun}」の規定はない。第{homes[0]}条にある。",
                        ja=span,
                        confidence=0.75,
                    )


CHECK = Check(
    code="DES011",
    name="missing-provision",
    mqm="accuracy/mistranslation",
    severity=Severity.major,
    needs="either",
    doc=__doc__,
    doc_ja="存在しない条項、又は引用された内容を定めていない条項を参照している。\n\nなぜ問題か：旧案の番号が残ったもので、規定を適用できない。\n\n対処：番号を直す。",
    find=find,
    examples=(
        Example(
            ja="## 第1条 目的\n\n⟦第5条⟧に定める手続に従う。\n\n## 第2条 費用\n\n費用を負担する。\n\n## 第3条 終了\n\n通告により終了する。",
            presegmented=False,
        ),
        Example(
            ja="第九条　締約国は、指定試験所の一覧表を作成する。\n第十条　事務局を設置する。\n第十一条　事務局は、記録を保管する。\n第十二条　⟦前条⟧に規定する一覧表は、三年ごとに見直す。",
            presegmented=False,
        ),
        Example(
            ja="第1条　第40条に定める会費を納める。\n第7条　会費は、返さない。\n第9条　記録は、保管する。",
            presegmented=False,
        ),
        Example(
            ja="## 第1条 目的\n\n第2条及びウィーン条約第31条に従う。\n\n## 第2条 費用\n\n費用を負担する。\n\n## 第3条 終了\n\n前条に規定する費用は、終了後に精算する。",
            presegmented=False,
        ),
    ),
)
