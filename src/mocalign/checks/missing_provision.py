"""A reference points at a provision that is not there, or at one that does not say what it is quoted for.

Why it matters: 第十五条 in an instrument of twelve articles is a relic of an earlier draft; nobody can apply the rule.

What to do: correct the number.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from mocalign import quantities
from mocalign.checks.base import Check, Example, Hit
from mocalign.checks.provisions import Home, Inventory, inventory
from mocalign.checks.tools import documents, quoted, sides
from mocalign.config import Config
from mocalign.kanji import kanji_number
from mocalign.model import Document, Lang, Segment, Severity, View
from mocalign.pair import Pair

__all__ = ["CHECK"]

_N = r"[0-9〇一二三四五六七八九十百]+"
_JA = re.compile(
    rf"第(?P<n>{_N})(?P<unit>条|項(?!目)|節|章|号)(?P<branch>の[0-9二三四五六七八九十]+(?![一-鿿]))?"
    rf"(?:第(?P<p>{_N})項|(?P<q>[0-9]{{1,2}})項?(?![0-9か箇年月日回件人名通者つ%パ]))?"
)
_EN = re.compile(
    r"\b(?P<unit>Article|Section|Paragraph|Chapter)s?\s+(?P<n>\d{1,3})\b(?!\s*(?:of|,\s*(?:of|paragraph[^.]{0,20}of))\s+(?:the\s+)?(?:[A-Z]|said|same))",
    re.I,
)
_OTHER = re.compile(
    r"(?:法|令|規則|条約|協定|議定書|憲章|規程|規約|覚書|宣言|同法|同条約|同協定|旧法|法律|省令|政令|告示|条例|定款|約款|[」）)])(?:の?(?:附則|附属書))?(?:第[0-9〇一二三四五六七八九十百]+[編章節])*$"
)
_OWN = re.compile(r"(?:本|この)(?:法律|協定|条約|議定書|覚書|契約|協力覚書|取決め|規則|規約|規程|指針|憲章)の?$")
_CHAIN = re.compile(
    rf"(?:及び|又は|並びに|若しくは|、|から|まで|第?{_N}[項号]|[同前]項|第{_N}条|の規定|に規定する|ただし書|前段|後段|\([^)]*\))*$"
)
_FIGURE = re.compile(
    r"(?<![0-9.第条項号章節のA-Za-z一-鿿(])(?P<n>\d{1,2})(?:\([a-z0-9]{1,2}\))?(?=に(?:規定|定め|掲げ|いう|基づ)|の規定)"
)
_BRACKET = re.compile(
    r"(?<![0-9第条項号章節])\((?P<n>\d{1,2}|[a-z])\)(?=号|に(?:規定|定め|掲げ|いう|該当)|の(?:規定|いずれ)|(?:及び|又は|から|、)\((?:\d{1,2}|[a-z])\))"
)
_RELATIVE = re.compile(
    r"(?<![第事直以午従目腕寸])(?P<rel>前|次)(?P<count>[二三四五六七八九2-9々]?|各)(?P<unit>条|項|号)(?!目)"
)
_ANNEX = re.compile(
    r"(?<![一-鿿])(?P<name>附属書|付属書|別表|別添|別紙)(?P<n>第?(?:[0-9]{1,2}|[一二三四五六七八九十]{1,3}|[IVX]{1,4}|[A-H])(?![A-Za-z0-9一-鿿]))?"
)
_ABOUT = re.compile(
    rf"(?:(?P<rel>前)(?P<unit>条|項)|第(?P<n>{_N})条)(?:第{_N}項)?(?:に|の)(?:規定する|規定による|定める|掲げる)(?P<noun>[一-鿿ァ-ヴー]{{3,12}})(?=[はがをにのと、])"
)


_TRUNCATED = 3


def find(pair: Pair, config: Config) -> Iterator[Hit]:
    """Yield references to provisions that do not exist: articles, paragraphs, items, the one before the first, annexes."""
    for lang, document in documents(pair):
        have = inventory(pair, document)
        beyond: dict[int, list[Hit]] = {}  # by the number cited
        for segment in document.segments:
            if segment.kind == "signature":
                continue
            view = pair.view(document, segment)
            body = segment.body - segment.span.start
            start = view.index(segment.span.start + body) if body else 0
            marks = quoted(view)
            for first, last, what, what_ja, sure, number in (
                _japanese(have, segment, view, start) if lang == "ja" else _english(have, view, start)
            ):
                if any(a < first and last < b for a, b in marks):
                    continue
                text = view.text[first:last]
                hit = Hit(
                    f"{text} does not exist; {what}.",
                    f"「{text}」は存在しない（{what_ja}）。",
                    **sides(lang, view.span(first, last)),
                    confidence=sure,
                    # What both sides cite is no fault of the translation.
                    severity=Severity.neutral if number and _cited(pair, lang, segment, number) else None,
                )
                if number:
                    beyond.setdefault(number, []).append(hit)
                else:
                    yield hit
        if len(beyond) < _TRUNCATED:  # a text that cites many provisions it has not is cut off
            for hits in beyond.values():
                yield from hits
        if lang == "ja":
            yield from _about(pair, document)


_Found = tuple[int, int, str, str, float, int]


def _japanese(have: Inventory, segment: Segment, view: View, start: int) -> Iterator[_Found]:
    text = view.text
    home = have.home_of.get(segment.index)
    foreign, before_end = False, -1
    target: Home | None = home
    for match in _JA.finditer(text, start):
        before = text[max(start, match.start() - 16) : match.start()]
        linked = before_end >= 0 and _CHAIN.fullmatch(text[before_end : match.start()]) is not None
        other = bool(_OTHER.search(before) and not _OWN.search(before))
        foreign = other or (linked and foreign)
        before_end = match.end()
        number, unit = kanji_number(match["n"]), match["unit"]
        if number is None or foreign:
            continue
        if re.search(r"[一-鿿ァ-ヴ]$", before) and not re.search(
            r"(?:[条項号章節本]|及び|又は|並びに|若しくは|から|[前同次][条項]|本文|本覚書|本契約|本協定|この.{1,6})$",
            before,
        ):
            continue  # 法律第五号, 昭和三十年条約第二号: the number of an instrument
        if unit == "項" and have.unit == "条":
            if re.search(r"[同次]条(?:第?[^第]{1,3}項(?:及び|又は|、))*$|附則$", before):
                continue
            away = re.search(
                rf"(?:第{_N}|前)条(?:の{_N})?(?:[^第。]{{0,4}}第{_N}項(?:及び|又は|、|から|まで|並びに|若しくは))*$",
                text[: match.start()],
            )
            if away is not None and away[0].startswith("前") and home is not None:
                place = have.homes.index(home)
                target = have.homes[place - 1] if place else None
            elif away is None:
                target = home
            if target is not None:
                yield from _paragraph(target, number, match.start(), match.end(), own=target is home)
            continue
        if unit == "号":
            if target is None or not re.search(r"(?:項|条|^|[、。はがをにで]|及び|又は|から|前条|前項)$", before):
                continue
            yield from _item(target, number, match.start(), match.end(), before, segment)
            continue
        numbers = have.units.get(unit)
        if not numbers or len(numbers) < 2:
            continue
        if unit == "条":
            target = next((h for h in have.homes if h.number == number), None)
        if unit == "節" and have.unit == "条":
            continue  # sections begin anew in each chapter
        if number not in numbers and not match["branch"]:
            if have.excerpt and number > 1:
                continue  # an excerpt: what it cites may stand in the parts left out
            shown = f"{min(numbers)}–{max(numbers)}"
            end = match.start() + len(match["n"]) + 2
            yield (
                match.start(), end, f"the provisions of this text are {shown}", f"本文にあるのは{shown}",
                0.88 if number > max(numbers) else 0.75, number,
            )  # fmt: skip
        elif (match["p"] or match["q"]) and not match["branch"]:
            inner = kanji_number(match["p"] or match["q"])
            place_ = next((h for h in have.homes if h.number == number), None)
            if inner is not None and place_ is not None and inner < 100:
                yield from _paragraph(place_, inner, match.start(), match.end(), own=False)
    if home is not None:
        yield from _near(have, home, segment, text, start)
    yield from _annexes(have, text, start)


def _paragraph(home: Home, number: int, first: int, last: int, *, own: bool) -> Iterator[_Found]:
    count = len(home.paragraphs)
    if home.broken or count == 0 or number <= count:
        return
    if count == 1 and own and number <= 2 and len(home.segments) < 2:
        return
    s = "s" if count != 1 else ""
    yield first, last, f"that provision has {count} paragraph{s}", f"当該規定には{count}項までしかない", 0.82, 0


def _item(home: Home, number: int, first: int, last: int, before: str, segment: Segment) -> Iterator[_Found]:
    items = home.items
    place = home.paragraph_of(segment)
    named = re.search(rf"(?:第(?P<n>{_N})|(?P<rel>前))項$", before)
    if named is not None:
        at = kanji_number(named["n"]) if named["n"] else place - 1 if place else None
        if at is None or not 1 <= at <= len(items):
            return
        most = items[at - 1]
    else:
        most = max(items, default=0)
    if home.broken or number <= most or not items or (most == 0 and number < 20):
        return
    yield first, last, f"that provision has {most} items", f"当該規定には{most}号までしかない", 0.82, 0


def _near(have: Inventory, home: Home, segment: Segment, text: str, start: int) -> Iterator[_Found]:
    """References inside an article, and to the one before or after it."""
    place = have.homes.index(home)
    paragraph = home.paragraph_of(segment)
    for match in _RELATIVE.finditer(text, start):
        rel, unit = match["rel"], match["unit"]
        many = {"": 1, "各": 1, "々": 2}.get(match["count"]) or kanji_number(match["count"])
        before = text[max(start, match.start() - 8) : match.start()]
        if re.search(r"(?:条|法|令|条約|協定)の?$", before) or many is None:
            continue
        first = last = False
        if unit == "条" and have.unit == "条":
            first = rel == "前" and place < many and home.number <= many
            last = rel == "次" and place == len(have.homes) - 1 and not have.excerpt and home.number > 2
        elif unit == "項" and have.unit == "条" and paragraph is not None and not home.broken:
            first = rel == "前" and paragraph <= many
            last = rel == "次" and paragraph == len(home.paragraphs) and home.paragraphs[-1][-1].index == segment.index
            last = last and not text.endswith(("次項", "次項の"))
        elif unit == "項" and have.unit == "項" and paragraph is not None:
            first = rel == "前" and place < many and len(home.paragraphs) < 2
        if first or last:
            yield (
                match.start(), match.end(),
                f"nothing stands {'before' if first else 'after'} this provision to refer to",
                "この規定の前に該当する規定がない" if first else "この規定の後に該当する規定がない",
                # the English may cite the same one by number: then both are right, or the text is an excerpt
                0.82, home.number + 1 if last and unit == have.unit == "条" else 0,
            )  # fmt: skip
    for match in _FIGURE.finditer(text, start):
        number = int(match["n"])
        count = len(home.paragraphs)
        if have.unit == "条" and count >= 1 and number > count and not home.broken:
            yield (
                match.start(),
                match.end("n"),
                f"this provision has {count} paragraphs",
                f"この規定には{count}項までしかない",
                0.8,
                0,
            )
    for match in _BRACKET.finditer(text, start):
        mark = match["n"]
        if mark in ("i", "v", "x"):
            continue  # a Roman number, or a letter
        wanted = int(mark) if mark.isdigit() else ord(mark) - 96
        most = 0
        for other in home.segments:
            last_ = other.label[-1]
            value = int(last_) if last_.isdigit() else ord(last_) - 96 if len(last_) == 1 else 0
            if last_.isdigit() == mark.isdigit() or mark in "ivx":
                most = max(most, value)
        if wanted > most and most > 0 and not home.broken and not re.search(r"[条項号0-9I-X]$", text[: match.start()]):
            yield (
                match.start(),
                match.end("n") + 1,
                "this provision has no such item",
                "この規定に該当する項目はない",
                0.8,
                0,
            )


def _annexes(have: Inventory, text: str, start: int) -> Iterator[_Found]:
    """Annexes cited by a name or number that none of the annexes has."""
    if not have.annexes:
        return
    for match in _ANNEX.finditer(text, start):
        if _OTHER.search(text[: match.start()]) or match.start() == 0:
            continue
        if not re.match(r"[にのをはがと、。及又並若で]|から|まで|$", text[match.end() :]):
            continue
        names = [a for a in have.annexes if a.startswith(match["name"])]
        mark = (match["n"] or "").removeprefix("第")
        if names and (not mark or any(a[len(match["name"]) :].lstrip(" 第").startswith(mark) for a in names)):
            continue
        if not names and re.search(r"(?:条約|協定|同|議定書)", text[max(0, match.start() - 12) : match.start()]):
            continue
        shown = names[0] if names else have.annexes[0]
        shown = re.split(r"[\s　:：]", shown)[0]
        yield match.start(), match.end(), f"the text has {shown}", f"本文にあるのは「{shown}」", 0.75, 0


def _english(have: Inventory, view: View, start: int) -> Iterator[_Found]:
    for match in _EN.finditer(view.text, start):
        unit = {"article": "条", "section": "節", "paragraph": "項", "chapter": "章"}[match["unit"].lower()]
        numbers = have.units.get(unit)
        number = int(match["n"])
        if not numbers or len(numbers) < 2 or number in numbers or (have.excerpt and number > 1):
            continue
        before = view.text[max(0, match.start() - 16) : match.start()]
        if re.search(r"(?:Convention|Agreement|Treaty|Act|Charter|Law),?\s+(?:under\s+)?$", before) or (
            match["unit"][0].islower()
        ):
            continue
        shown = f"{min(numbers)}–{max(numbers)}"
        yield (
            match.start(), match.end(), f"the provisions of this text are {shown}", f"本文にあるのは{shown}",
            0.88 if number > max(numbers) else 0.75, number,
        )  # fmt: skip


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
