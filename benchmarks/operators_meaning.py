"""Operators on meaning: what only a comparison with the English can be sure of."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from datetime import date

from benchmarks import resources as r
from benchmarks.mutate import Edit, Operator, Part, Source, words
from benchmarks.operators_text import nouns, parts
from mocalign.japanese import Token, in_dictionary

__all__ = ["OPERATORS"]

_FINITE = r"\b(?:shall|will|may|must|should|can|could|would|is|are|has|have|does|do|need|intends?|endeavou?rs?|seeks?|entitled)\b"
_NEGATION = (
    r"\b(?:not|no|neither|nor|without|unless|none|never|nothing|cannot|except|otherwise|unable|prohibited|non)\b"
)


def quotes(text: str, pattern: str, *, exact: bool = False) -> tuple[str, ...]:
    """Return what a pattern finds in an English text, each wording once; `exact` heeds capitals."""
    return tuple(dict.fromkeys(h[0] for h in re.finditer(pattern, text, 0 if exact else re.IGNORECASE)))


def _names(text: str) -> tuple[str, ...]:
    """Capitalised words of an English text that do not begin a sentence."""
    return quotes(text, r"(?<![.:] )(?<!^)\b[A-Z][A-Za-z'’-]{2,}\b", exact=True)


def _put(part: Part, start: int, end: int, new: str, **more: object) -> Edit:
    return Edit("ja", part.body + start, part.body + end, new, **more)  # type: ignore[arg-type]


def _paired(source: Source) -> Iterator[tuple[Part, str, str]]:
    """Paragraphs that have an English counterpart, with it."""
    for part, text in parts(source):
        english = source.other(part, "ja")
        if english:
            yield part, text, english


# --- figures, dates, units, bounds ---------------------------------------------------------------------------------------

_NUMERAL = re.compile(r"[0-9０-９][0-9０-９,，]*(?:[.．・][0-9０-９]+)?|[一二三四五六七八九十百千万億〇]+")
_COUNTER = re.compile(
    r"\s?(?:万|億)?(?:年間|年|か月|箇月|ヶ月|週間|日間|日|時間|分|秒|回|人|名|通|件|個|隻|機|基|台|枚|つ|海里|メートル|キロ|センチ|ミリ|フィート|ノット"
    r"|度|パーセント|％|%|グラム|トン|円|ドル|ユーロ|クローネ|営業日|単位|歳|校|部|社|か国|箇国|カ国|か所|箇所|分の|平方|立方|倍|割|ヘルツ|[A-Zァ-ヴ])"
)
_ORDER = re.compile(r"第$|次の$|以下の$|上記の$|前記の$|下記の$|、第$")


def _value(text: str) -> float | None:
    plain = r"".join(chr(ord(c) - 0xFEE0) if "０" <= c <= "９" else {"，": ",", "．": "."}.get(c, c) for c in text)
    if re.fullmatch(r"[0-9,]+(?:\.[0-9]+)?", plain):
        return float(plain.replace(",", ""))
    return None if "・" in text else (lambda v: None if v is None else float(v))(r_kanji(text))


def r_kanji(text: str) -> int | None:
    """Return the value of a kanji numeral."""
    return r.kanji_value(text)


def _written(value: int, like: str) -> str:
    """Write a value in the manner of another numeral."""
    if re.match(r"[一二三四五六七八九十百千万億〇]", like):
        if "〇" in like or (len(like) > 1 and all(c in "一二三四五六七八九〇" for c in like)):
            return "".join("〇一二三四五六七八九"[int(c)] for c in str(value))
        return r.to_kanji(value)
    text = f"{value:,}" if re.search(r"[,，]", like) else str(value)
    if "０" <= like[0] <= "９":
        text = "".join(chr(ord(c) + 0xFEE0) if c.isdigit() else "，" if "，" in like and c == "," else c for c in text)
    return text


_DATE = re.compile(
    r"(?:(令和|平成|昭和|西暦)?([0-9０-９]{1,4}|[一二三四五六七八九十百千〇元]+)\s?年\s?)?"
    r"([0-9０-９]{1,2}|[一二三四五六七八九十]+)\s?月\s?([0-9０-９]{1,2}|[一二三四五六七八九十]+)\s?日(?!間)"
)
_MONTHS = "January February March April May June July August September October November December".split()


def _figures(source: Source) -> Iterator[tuple[Part, re.Match[str], int, str, tuple[str, ...], set[float]]]:
    """Counted figures that the English has too: their match, value, the English quotes, all values of both."""
    for part, text, english in _paired(source):
        if part.heading:
            continue
        dates = [(h.start(), h.end()) for h in _DATE.finditer(text)]
        there = r.english_values(english)
        for hit in _NUMERAL.finditer(text):
            value = _value(hit[0])
            if value is None or value != int(value) or not _COUNTER.match(text, hit.end()):
                continue
            if _ORDER.search(text[: hit.start()]) or any(s <= hit.start() < e for s, e in dates):
                continue
            if text[hit.end() : hit.end() + 1] in "つ" or re.match(
                r"\s?(?:分野|の分野|の事項|つの|項|条|号)", text[hit.end() :]
            ):
                continue
            if re.match(r"[一]", hit[0]) and text[hit.end() : hit.end() + 1] not in "年箇か回人名通日時":
                continue
            scale = (
                10**4
                if text[hit.end() : hit.end() + 1] == "万"
                else 10**8
                if text[hit.end() : hit.end() + 1] == "億"
                else 1
            )
            match = tuple(english[s:e] for s, e, v in there if v == value * scale or v == value)
            if match:
                known = {v for _, _, v in there} | {
                    v for h in _NUMERAL.finditer(text) if (v := _value(h[0])) is not None
                }
                yield part, hit, int(value), english, match, known


def figure(source: Source) -> Iterator[Edit]:
    """30日 as 60日, 三年 as 五年: another figure."""
    for part, hit, value, _, match, known in _figures(source):
        for new in (value * 2, value + 1, value + 10, value - 1, value + 5):
            if new > 1 and new not in known:
                yield _put(part, hit.start(), hit.end(), _written(new, hit[0]), other=match, core=None)


def figure_places(source: Source) -> Iterator[Edit]:
    """1,000 as 10,000, 15 as 51: a place gained or lost, two figures exchanged."""
    for part, hit, value, _, match, known in _figures(source):
        for new in (value * 10, value // 10 if value % 10 == 0 else 0, int(str(value)[::-1]) if value > 9 else 0):
            if new > 1 and new not in known and new != value:
                yield _put(part, hit.start(), hit.end(), _written(new, hit[0]), other=match)


def figure_english(source: Source) -> Iterator[Edit]:
    """thirty as sixty, on the English side."""
    for part in source.en_parts:
        text, japanese = source.en_of(part), source.other(part, "en")
        if not japanese or part.heading:
            continue
        values = [(h[0], _value(h[0])) for h in _NUMERAL.finditer(japanese)]
        there = r.english_values(text)
        for start, end, value in there:
            quoted = tuple(t for t, v in values if v == value and len(t) + (value > 9) > 1)
            before = text[max(0, start - 12) : start].lower()
            if (
                not quoted
                or value != int(value)
                or value > 90
                or re.search(r"article |paragraph |section |part |\($", before)
            ):
                continue
            if re.match(
                r"\s*(?:\(\d|January|February|March|April|May |June|July|August|Sept|Octo|Nov|Dec|[:.]\d)", text[end:]
            ):
                continue
            word = text[start:end]
            for new in (int(value) + 1, int(value) * 2, int(value) + 3):
                if new in {v for _, v in values} | {v for _, _, v in there} or new > 99:
                    continue
                put = str(new) if word[0].isdigit() else next((w for w, v in _cardinals() if v == new), "")
                if put and word.lower() in {w for w, _ in _cardinals()} | {str(int(value))}:
                    yield Edit("en", part.body + start, part.body + end, put, core=(0, len(put)), other=quoted)


def _cardinals() -> list[tuple[str, int]]:
    small = "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen".split()
    tens = {
        "twenty": 20,
        "thirty": 30,
        "forty": 40,
        "fifty": 50,
        "sixty": 60,
        "seventy": 70,
        "eighty": 80,
        "ninety": 90,
    }
    return [(w, i + 1) for i, w in enumerate(small)] + list(tens.items())


def _english_dates(text: str) -> tuple[str, ...]:
    month = "|".join(_MONTHS)
    return quotes(
        text,
        rf"(?:\d{{1,2}}(?:st|nd|rd|th)? (?:day of )?(?:{month})(?:,? \d{{4}})?|(?:{month}) \d{{1,2}}(?:, \d{{4}})?|(?:\w+ )?day of (?:{month}),? \d{{4}}|(?:{month}) \d{{4}})",
    )


def _dates(source: Source) -> Iterator[tuple[Part, re.Match[str], str, tuple[str, ...]]]:
    for part, text, english in _paired(source):
        there = _english_dates(english)
        if there:
            for hit in _DATE.finditer(text):
                yield part, hit, english, there


def date_day(source: Source) -> Iterator[Edit]:
    """1月9日 as 1月6日: another day that exists."""
    for part, hit, _, there in _dates(source):
        value = _value(hit[4])
        for new in (3, 8, 12, 17, 21, 26):
            if value is not None and int(value) != new and _written(new, hit[4]) not in source.ja[part.body : part.end]:
                yield _put(part, hit.start(4), hit.end(4), _written(new, hit[4]), other=there)


def date_month(source: Source) -> Iterator[Edit]:
    """1月 as 7月: another month."""
    for part, hit, english, there in _dates(source):
        value = _value(hit[3])
        for new in (1, 3, 5, 7, 8, 10, 12):
            if value is not None and int(value) != new and _MONTHS[new - 1] not in english:
                yield _put(part, hit.start(3), hit.end(3), _written(new, hit[3]), other=there)


def date_year(source: Source) -> Iterator[Edit]:
    """2026年 as 2025年, 令和8年 as 令和9年: another year."""
    for part, text, english in _paired(source):
        for hit in re.finditer(r"(令和|平成|昭和)?([0-9０-９]{1,4}|[二千〇一三四五六七八九十百]{3,})年(?!間|以)", text):
            value = _value(hit[2])
            if value is None or not (hit[1] or 1800 < value < 2200):
                continue
            gregorian = int(value) + {"令和": 2018, "平成": 1988, "昭和": 1925}.get(hit[1] or "", 0)
            if str(gregorian) not in english:
                continue
            for new in (int(value) - 1, int(value) + 1, int(value) + 10):
                if new > 0 and str(gregorian - int(value) + new) not in english and not (hit[1] == "平成" and new > 31):
                    there = tuple(q for q in _english_dates(english) if str(gregorian) in q)
                    yield _put(part, hit.start(2), hit.end(2), _written(new, hit[2]), other=(*there, str(gregorian)))


def date_era(source: Source) -> Iterator[Edit]:
    """2026年 as 令和9年: a year converted wrongly, or an era exchanged."""
    for part, text, english in _paired(source):
        for hit in re.finditer(r"(?<![0-9０-９和成])(20(?:19|2[0-9]|3[0-9]))年(?=[0-9０-９]{1,2}月)", text):
            year = int(hit[1])
            if str(year) in english and year > 2020:
                for shift in (1, -1):
                    new = f"令和{year - 2018 + shift}年"
                    yield _put(
                        part,
                        hit.start(),
                        hit.end(),
                        new,
                        core=(0, len(new)),
                        other=(*_english_dates(english), str(year)),
                    )
        for hit in re.finditer(r"令和(?=[0-9０-９一二三四五六七八九十]{1,2}年)", text):
            if _english_dates(english) or re.search(r"\b20\d\d\b", english):
                yield _put(part, hit.start(), hit.end(), "平成", core=(0, 2), other=quotes(english, r"\b20\d\d\b"))


_UNITS = (
    ("営業日", ("日", "か月"), r"(?:business|working) days?"), ("か月", ("年", "日", "週間"), r"months?"), ("箇月", ("年", "日"), r"months?"),
    ("海里", ("キロメートル", "マイル"), r"nautical miles?"), ("キロメートル", ("メートル", "海里"), r"kilomet\w+"), ("ノット", ("キロメートル毎時",), r"knots?"),
    ("フィート", ("メートル",), r"feet|foot"), ("センチメートル", ("ミリメートル", "メートル"), r"centimet\w+"), ("キログラム", ("トン", "グラム"), r"kilograms?"),
    ("平方メートル", ("平方キロメートル", "メートル"), r"square met\w+"), ("時間", ("日", "分"), r"hours?"), ("週間", ("か月", "日間"), r"weeks?"), ("分", ("時間", "秒"), r"minutes?"), ("日", ("か月", "時間", "営業日"), r"days?"),
    ("年間", ("か月間",), r"years?"), ("円", ("ドル", "ユーロ"), r"yen|JPY"), ("ユーロ", ("円", "ドル"), r"euros?|EUR"), ("シリング", ("円",), r"shillings?"),
    ("パーセント", ("割",), r"per ?cent|%|percent"), ("メートル", ("キロメートル", "フィート"), r"met(?:re|er)s?"), ("トン", ("キログラム",), r"tonn?e?s?"),
    ("キロヘルツ", ("メガヘルツ",), r"kHz|kilohertz"), ("人", ("機関", "社"), r"persons?|people|members?|students?|experts?|representatives?"),
)  # fmt: skip


def unit(source: Source) -> Iterator[Edit]:
    """6か月 as 6年, 10営業日 as 10日: another unit."""
    for part, hit, _, english, match, _ in _figures(source):
        text = source.ja_of(part)
        for name, others, pattern in _UNITS:
            if re.match(r"\s?" + name, text[hit.end() :]) and quotes(english, rf"\b(?:{pattern})"):
                if (name == "日" and text[hit.end() :].startswith(("日本", "日間"))) or (
                    name == "分" and "度" in text[max(0, hit.start() - 1) : hit.start()]
                ):
                    break
                at = hit.end() + text[hit.end() :].index(name)
                for other in others:
                    if other == "割" and not re.fullmatch(r"[0-9０-９]+", hit[0]):
                        continue
                    yield _put(
                        part,
                        at,
                        at + len(name),
                        other,
                        core=(0, len(other)),
                        other=(*quotes(english, rf"\b(?:{pattern})"), *match),
                    )
                break


_BOUND_EN = (
    r"(?:at least|not less than|no less than|not fewer than|or more|or over|at most|not more than|no more than|not exceed(?:ing)?|or less|or fewer|"
    r"up to|more than|less than|fewer than|exceed(?:s|ing)?|above|below|over|under|within|before|after|by|until|from|prior to|minimum|maximum|"
    r"in advance|older|younger|limit of|not later than|no later than)"
)
_BOUND_SWAP = (
    ("以上", "以下"), ("以下", "以上"), ("以内", "以上"), ("未満", "以上"), ("を超える", "未満の"), ("を超えない", "を超える"), ("を超えてはならない", "を下回ってはならない"),
    ("を上限", "を下限"), ("を限度", "を下限"), ("前までに", "後までに"), ("日前に", "日後に"), ("月前に", "月後に"), ("前に", "後に"), ("の後", "の前"), ("少なくとも", "多くとも"),
    ("以前", "以後"), ("以後", "以前"), ("までに", "以降に"), ("を下回らない", "を上回らない"),
)  # fmt: skip
_BOUND_EDGE = (
    ("以上の", "を超える"), ("以上", "超"), ("以下の", "未満の"), ("以下", "未満"), ("未満", "以下"), ("を超える", "以上の"), ("以内に", "後に"),
    ("少なくとも", ""), ("を超えない", "未満の"), ("以内の", "以上の"),
)  # fmt: skip


def _bound(source: Source, pairs: tuple[tuple[str, str], ...]) -> Iterator[Edit]:
    for part, text, english in _paired(source):
        there = quotes(english, rf"\b{_BOUND_EN}\b")
        if not there:
            continue
        for old, new in pairs:
            for hit in re.finditer(re.escape(old), text):
                before = text[max(0, hit.start() - 14) : hit.start()]
                after = text[hit.end() : hit.end() + 6]
                number = re.search(r"[0-9０-９一二三四五六七八九十百千]", before) is not None
                if (
                    old
                    in (
                        "以上",
                        "以下",
                        "以上の",
                        "以下の",
                        "未満",
                        "以内に",
                        "以内の",
                        "以内",
                        "を超える",
                        "を超えない",
                    )
                    and not number
                ):
                    continue
                if old in ("以下", "以上") and after[:1] in "「この「の同":
                    continue
                if old == "少なくとも" and not re.match(
                    r"[^、。]{0,8}[0-9０-９一二三四五六七八九十]", text[hit.end() :]
                ):
                    continue
                if old == "の後" and not re.search(r"[日時年月了換]$", before):
                    continue
                if old in ("前に", "までに") and not (number or re.search(r"[日時年月了]$", before)):
                    continue
                if old == "前に" and text[max(0, hit.start() - 1) : hit.start()] in "事以従":
                    continue
                if old == "までに" and new == "以降に" and before.endswith("前"):
                    continue
                if old == "を超えない" and new == "未満の" and not after.startswith(("期", "範", "額", "数")):
                    continue
                if new == "超" and after[:1] not in "とのでを":
                    continue
                yield _put(part, hit.start(), hit.end(), new, core=(0, len(new)) if new else None, other=there)


def bound_turned(source: Source) -> Iterator[Edit]:
    """以上 as 以下, 前 as 後: a bound turned round."""
    yield from _bound(source, _BOUND_SWAP)


def bound_edge(source: Source) -> Iterator[Edit]:
    """以上 as を超える, 少なくとも dropped: the number itself in or out, a bound lost."""
    yield from _bound(source, _BOUND_EDGE)


# --- polarity ------------------------------------------------------------------------------------------------------------

_IN = r"\b(?:includ\w+|contain\w*|compris\w+|together with|along with)\b"
_OUT = r"\b(?:except\w*|exclud\w+|other than|unless|but not|save|apart from|only|solely|limited to)\b"
_INCLUDE = (
    ("を含む", "を除く", _IN), ("を除く", "を含む", _OUT), ("を含み", "を除き", _IN), ("を除き、", "を含め、", _OUT), ("に限る", "に限らない", _OUT), ("以外の", "を含む", _OUT),
    ("を含むがこれらに限られない", "に限られる", _IN), ("を含むが、これらに限られない", "に限られる", _IN), ("以外の者", "を含む者", _OUT),
)  # fmt: skip
_ONLY = (
    ("にのみ", "にも", _OUT), ("のみに", "にも", _OUT), ("によってのみ", "によっても", _OUT), ("によってのみ", "によって", _OUT), ("にのみ", "に", _OUT), ("に限り、", "に限らず、", _OUT), ("専ら", "主として", _OUT),
    ("を除くほか", "を含め", _OUT), ("場合を除き、", "場合に限り、", _OUT), ("に加えて", "を除いて", r"\bin addition to\b"), ("ない限り、", "る限り、", _OUT),
)  # fmt: skip


def _inclusion(source: Source, table: tuple[tuple[str, str, str], ...]) -> Iterator[Edit]:
    for part, text, english in _paired(source):
        for old, new, pattern in table:
            there = quotes(english, pattern)
            if not there:
                continue
            for hit in re.finditer(re.escape(old), text):
                if (old == "を含む" and text[hit.end() : hit.end() + 1] in "がも") or (
                    old == "ない限り、" and text[hit.start() - 1] not in "しれけ"
                ):
                    continue
                if old == "ない限り、":
                    if text[hit.start() - 1] != "し":
                        continue
                    yield _put(part, hit.start() - 1, hit.end(), "する限り、", core=(0, 5), other=there)
                    continue
                yield _put(part, hit.start(), hit.end(), new, core=(0, len(new)), other=there)


def include_exclude(source: Source) -> Iterator[Edit]:
    """を含む as を除く and the reverse."""
    yield from _inclusion(source, _INCLUDE)


def only_also(source: Source) -> Iterator[Edit]:
    """にのみ as にも, に限り as に限らず: a restriction lifted."""
    yield from _inclusion(source, _ONLY)


_KEEP = frozenset("努める 希望する 有する いう 目的とする 過ぎる".split())


def negation_gained(source: Source) -> Iterator[Edit]:
    """求める as 求めない at the end of a sentence or clause."""
    for part, text, english in _paired(source):
        there = (*quotes(english, _FINITE), *quotes(english, r"\b(?:to|for) \w+\b")[:0])
        if part.heading or (re.search(_NEGATION, english.split(".")[0]) is not None and "ない" in text):
            continue
        tokens = words(text)
        for k, t in enumerate(tokens):
            end = tokens[k + 1].surface if k + 1 < len(tokens) else ""
            stop = end == "。" or (k + 1 == len(tokens) and part.label)
            if t.surface == "できる" and stop:
                yield _put(part, t.start, t.end, "できない", core=(0, 4), other=there)
            elif t.pos[0] == "動詞" and t.pos[5].startswith(("終止形", "連体形")) and t.surface == t.lemma:
                new = r.negative(t)
                if new is None or t.lemma in _KEEP or not there:
                    continue
                after = "".join(x.surface for x in tokens[k + 1 : k + 4])
                if stop and not text[: t.start].endswith(
                    ("もの", "こと", "よう", "目的", "もって", "ものと", "ことと")
                ):
                    if text[: t.start].endswith(("と",)) and t.lemma == "する":
                        continue
                    yield _put(
                        part,
                        t.start,
                        t.end,
                        new,
                        core=(0, len(new)),
                        other=(*there, *r.english_quotes(english, _stem(tokens, k))),
                    )
                elif after.startswith("ものとする"):
                    yield _put(
                        part,
                        t.start,
                        t.end,
                        new,
                        core=(0, len(new)),
                        other=(*there, *r.english_quotes(english, _stem(tokens, k))),
                    )
        for hit in re.finditer(r"しなければならない", text):
            yield _put(part, hit.start(), hit.end(), "してはならない", core=(0, 7), other=there)


def _stem(tokens: tuple[Token, ...], at: int) -> tuple[str, ...]:
    """The words of a predicate: the verb, or the noun before する."""
    out = [tokens[at].lemma]
    if tokens[at].lemma == "する" and at:
        out.append(tokens[at - 1].surface)
    return tuple(out)


def negation_lost(source: Source) -> Iterator[Edit]:
    """妨げない as 妨げる: a negation gone."""
    for part, text, english in _paired(source):
        there = quotes(english, _NEGATION)
        if not there:
            continue
        for hit in re.finditer(r"([しけべめれえ]|[一-龥]え|[一-龥])てはならない|(?<=し)なければならない", text):
            if hit[1] == "し":
                yield _put(part, hit.start(), hit.end(), "しなければならない", core=(0, 9), other=there)
        tokens = words(text)
        for k in range(1, len(tokens)):
            t, before = tokens[k], tokens[k - 1]
            after = tokens[k + 1].surface if k + 1 < len(tokens) else "。"
            if (
                (
                    t.surface == "ない"
                    and t.pos[0] == "助動詞"
                    and before.pos[0] == "動詞"
                    and "".join(x.surface for x in tokens[max(0, k - 3) : k + 1]).find("なら") < 0
                )
                and after in ("。", "もの", "こと", "場合", "、")
                and before.lemma not in ("限る", "過ぎる", "かかわる")
            ):
                yield _put(part, before.start, t.end, before.lemma, core=(0, len(before.lemma)), other=there)
        for old, new in (
            ("ものではない", "ものである"),
            ("を問わず", "に応じて"),
            ("ことなく、", "とともに、"),
            ("この限りでない", "この限りとする"),
        ):
            for hit in re.finditer(old, text):
                if new != "この限りとする":
                    yield _put(part, hit.start(), hit.end(), new, core=(0, len(new)), other=there)


def negation_english(source: Source) -> Iterator[Edit]:
    """will not as will, on the English side."""
    for part in source.en_parts:
        text, japanese = source.en_of(part), source.other(part, "en")
        if not japanese:
            continue
        for hit in re.finditer(r"\b(shall|will|may|must|should|does|do|is|are|has been) not (?=\w)", text):
            if hit[1] in ("does", "do") or re.match(r"(?:only|later|less|more|exceed|fewer)\b", text[hit.end() :]):
                continue
            there = tuple(dict.fromkeys(h[0] for h in re.finditer(r"ない|なく|ず|せず", japanese)))
            if there:
                yield Edit(
                    "en",
                    part.body + hit.start(),
                    part.body + hit.end(),
                    hit[1] + " ",
                    core=(0, len(hit[1]) + 12 if False else len(hit[1])),
                    other=there,
                )


# --- modality, parties, quantifiers ----------------------------------------------------------------------------------------

_MODAL = r"\b(?:shall|will|may|must|should|can|intends? to|endeavou?rs? to|seeks? to|(?:is|are) (?:required|entitled|encouraged|desirable)|desirable)\b"


def _endings(text: str) -> Iterator[tuple[int, int, Token, str]]:
    """Sentence ends with a plain verb: (start, end, verb, what stands before it)."""
    tokens = words(text)
    for k, t in enumerate(tokens):
        after = tokens[k + 1].surface if k + 1 < len(tokens) else ""
        if after == "。" and t.pos[0] == "動詞" and t.surface == t.lemma:
            yield t.start, t.end, t, text[: t.start]


def modality_strong(source: Source) -> Iterator[Edit]:
    """することができる, よう努める, する as しなければならない."""
    for part, text, english in _paired(source):
        there = quotes(english, _MODAL)
        if not there or re.search(r"\bmust\b|required to|obliged", english):
            continue
        for pattern, new in ((r"(?<=[一-龥])することができる(?=。)", "しなければならない"), (r"(?<=[一-龥])するよう努める(?=。)", "しなければならない"),
                             (r"(?<=[一-龥])する意図を有する(?=。)", "しなければならない"), (r"(?<=[一-龥])することが望ましい(?=。)", "しなければならない"), (r"(?<=[一-龥])すべきである(?=。)", "しなければならない"),
                             (r"(?<=[一-龥])するよう努めるものとする(?=。)", "しなければならない")):  # fmt: skip
            for hit in re.finditer(pattern, text):
                yield _put(part, hit.start(), hit.end(), new, core=(0, len(new)), other=there)
        if re.search(r"\bwill\b", english) and not re.search(r"\bshall\b", english):
            for start, end, t, before in _endings(text):
                stem = r.mizen(t)
                if (
                    stem
                    and not before.endswith(("と", "もの", "こと", "よう", "意図を", "義務を", "効力を", "目的と"))
                    and t.lemma not in ("努める", "生ずる", "ある", "できる", "なる", "有する")
                ):
                    new = stem + "なければならない"
                    yield _put(part, start, end, new, core=(0, len(new)), other=there)


def modality_weak(source: Source) -> Iterator[Edit]:
    """しなければならない, ものとする, する as することができる or するよう努める."""
    for part, text, english in _paired(source):
        there = quotes(english, _MODAL)
        if not there or re.search(r"\bmay\b|endeavou?r", english):
            continue
        for pattern, new in ((r"(?<=[一-龥])しなければならない(?=。)", "することができる"), (r"(?<=[一-龥])するものとする(?=。)", "することができる"), (r"(?<=[一-龥])するものとする(?=。)", "するよう努めるものとする"),
                             (r"(?<=[一-龥])すべきである(?=。)", "することができる"), (r"(?<=[一-龥])してはならない(?=。)", "しないことが望ましい"), (r"(?<=[一-龥])する意図を有する(?=。)", "することができる")):  # fmt: skip
            for hit in re.finditer(pattern, text):
                yield _put(part, hit.start(), hit.end(), new, core=(0, len(new)), other=there)
        if re.search(r"\bwill\b", english):
            for start, end, t, before in _endings(text):
                if not before.endswith(
                    ("と", "もの", "こと", "よう", "意図を", "効力を", "義務を")
                ) and t.lemma not in ("努める", "生ずる", "ある", "できる", "有する", "なる", "示す", "いる", "目指す"):
                    for tail in ("ことができる", "よう努める"):
                        new = t.lemma + tail
                        yield _put(part, start, end, new, core=(0, len(new)), other=there)


def modality_endeavour(source: Source) -> Iterator[Edit]:
    """するよう努める as する, することができる as する: the modal gone."""
    for part, text, english in _paired(source):
        there = quotes(english, r"\b(?:endeavou?rs? to|seeks? to|may|intends? to|aims? to|should|desirable)\b")
        if not there:
            continue
        for pattern, new in ((r"するよう努める(?=。)", "する"), (r"することができる(?=。)", "する"), (r"する意図を有する(?=。)", "する"), (r"するよう努めるものとする(?=。)", "するものとする"),
                             (r"すべきである(?=。)", "する"), (r"することが望ましい(?=。)", "する"), (r"ることができる(?=。)", "る")):  # fmt: skip
            for hit in re.finditer(pattern, text):
                yield _put(part, hit.start(), hit.end(), new, core=(0, len(new)), other=there)


_ROLE_PAIRS = (
    ("要請当局", "被要請当局"), ("受入", "派遣"), ("派遣側", "受入側"), ("一方の", "他方の"), ("自国", "相手国"), ("開示者", "受領者"), ("許諾者", "被許諾者"), ("提供者", "受領者"),
    ("委託者", "受託者"), ("甲", "乙"), ("供給者", "購入者"), ("売主", "買主"), ("貸主", "借主"), ("国", "地方公共団体"), ("主務大臣", "管理者"), ("発注者", "受注者"), ("使用者", "所有者"), ("債権者", "債務者"),
)  # fmt: skip


def _roles(source: Source) -> list[tuple[str, str]]:
    """Pairs of roles of this instrument: the table, and the two names in the title."""
    pairs = [p for p in _ROLE_PAIRS if p[0] in source.ja and p[1] in source.ja]
    out = pairs + [(b, a) for a, b in pairs]
    title = next((source.ja_of(p) for p in source.ja_parts if "との間の" in source.ja_of(p)), "")
    hit = re.search(
        r"(?:に関する|における)?([一-龥ァ-ヴー・]{2,24})(?:政府)?と([一-龥ァ-ヴー・]{2,24}?)(?:政府)?との間の", title
    )
    if hit:
        names = [hit[1], hit[2]]
        out += [(names[0], names[1]), (names[1], names[0])]
        lands = [re.match(r"日本国|[ァ-ヴー]+(?:共和国|王国|連邦)?", n) for n in names]
        if lands[0] and lands[1]:
            out += [(lands[0][0], lands[1][0]), (lands[1][0], lands[0][0])]
    return out


def party_exchanged(source: Source) -> Iterator[Edit]:
    """要請当局 as 被要請当局, 甲 as 乙: the other party."""
    for part, text, english in _paired(source):
        if part.heading or len(text) < 16:
            continue
        for old, new in _roles(source):
            if old == "国" or new == "国":
                continue
            for hit in re.finditer(re.escape(old), text):
                around = text[max(0, hit.start() - 1) : hit.end() + 1]
                if (old == "要請当局" and around[0] == "被") or (
                    len(old) == 1 and re.search(r"[一-龥]", around.replace(old, ""))
                ):
                    continue
                if re.search(
                    rf"{new}(?:及び|又は|と|、)$|^(?:及び|又は|と|、){new}",
                    text[max(0, hit.start() - len(new) - 2) : hit.start()] or "x",
                ) or re.match(rf"(?:及び|又は|と|、){re.escape(new)}", text[hit.end() :]):
                    continue
                if old.startswith("一方の") and "いずれか" in text[max(0, hit.start() - 6) : hit.start()]:
                    continue
                if (
                    re.search(r"「$|以下", text[max(0, hit.start() - 3) : hit.start()])
                    or "いう" in text[hit.end() : hit.end() + 4]
                ):
                    continue
                there = _role_quotes(source, old, english)
                yield _put(part, hit.start(), hit.end(), new, core=(0, len(new)), other=there)


def _role_quotes(source: Source, name: str, english: str) -> tuple[str, ...]:
    """English words for a role or a name: by gloss, by the definition, by pattern."""
    table = {"甲": r"Licensor|Party A|first party", "乙": r"Licensee|Party B|second party", "他方の": r"other", "一方の": r"one|either|a", "自国": r"its(?: own)? \w+|own", "相手国": r"other",
             "日本国": r"Japan(?:ese)?", "要請当局": r"requesting \w+", "被要請当局": r"requested \w+", "受入": r"host|receiving", "派遣": r"home|sending"}  # fmt: skip
    out: list[str] = []
    if name in table:
        out += quotes(english, rf"\b(?:{table[name]})\b")
    out += r.english_quotes(english, tuple(t.surface for t in words(name) if len(t.surface) > 1))
    return tuple(dict.fromkeys(out))


def party_swapped(source: Source) -> Iterator[Edit]:
    """AはBに as BはAに: subject and object exchanged."""
    for part, text, english in _paired(source):
        if part.heading:
            continue
        for one, two in _roles(source):
            if len(one) == 1 and one not in "甲乙":
                continue
            hit = re.search(
                rf"(?<![一-龥]){re.escape(one)}(は、?[^。]{{0,40}}?)(?<![一-龥]){re.escape(two)}(?=[にをのか])", text
            )
            if hit and one != two and "いずれ" not in hit[0]:
                yield _put(
                    part,
                    hit.start(),
                    hit.end(),
                    two + hit[1] + one,
                    core=(0, hit.end() - hit.start()),
                    other=(*_role_quotes(source, one, english), *_role_quotes(source, two, english)),
                )


_QUANT = (
    ("いずれの", "双方の", r"either|neither|any|each"), ("いずれかの", "双方の", r"either|any|one of"), ("いずれか一方の", "双方の", r"either|one"), ("各", "いずれかの", r"each|respective|every|both"),
    ("それぞれの", "いずれかの", r"their respective|each|respective"), ("全ての", "一部の", r"all|every|any"), ("全部", "一部", r"all|whole|entire|full"), ("両国の", "一方の国の", r"both|the two|of the two countries"),
    ("双方の", "一方の", r"both|the two|each"), ("全額", "半額", r"full"),
)  # fmt: skip
_QUANT_TEST = (
    ("全ての", "主要な", r"all|every|any"), ("いかなる", "特定の", r"any|no|nothing|neither"), ("毎年", "隔年で", r"each year|every year|annually|per year"), ("複数の", "単一の", r"several|multiple|two or more|more than one"),
    ("全部又は一部", "全部", r"in whole or in part|all or part"), ("両参加者", "いずれかの参加者", r"the Participants|both"), ("両者", "一方", r"the Participants|both|the Sides"),
    ("少なくとも一の", "全ての", r"at least one"), ("一部の", "全ての", r"some|certain|part"), ("大部分", "全て", r"most"), ("いずれも", "一方は", r"both|neither|each"), ("各国", "一部の国", r"each|all"),
)  # fmt: skip


def _quantifier(source: Source, table: tuple[tuple[str, str, str], ...]) -> Iterator[Edit]:
    for part, text, english in _paired(source):
        if part.heading:
            continue
        for old, new, pattern in table:
            there = quotes(english, rf"\b(?:{pattern})\b")
            if not there:
                continue
            for hit in re.finditer(re.escape(old), text):
                token = next((t for t in words(text) if t.start <= hit.start() < t.end), None)
                if old == "各" and (token is None or token.surface != "各"):
                    continue
                if old in ("全部",) and "又は一部" in text[hit.end() : hit.end() + 4]:
                    continue
                if re.search(r"[「以]$", text[: hit.start()]) or text[hit.end() : hit.end() + 1] == "」":
                    continue
                if old == "各国" and re.match(r"[一-龥]", text[hit.end() :]):
                    continue
                if old in ("両参加者", "両者", "両機関") and re.match(r"(?:間|の間|が共同)", text[hit.end() :]):
                    continue
                yield _put(part, hit.start(), hit.end(), new, core=(0, len(new)), other=there)


def quantifier(source: Source) -> Iterator[Edit]:
    """いずれの as 双方の, 全ての as 一部の."""
    yield from _quantifier(source, _QUANT)


def quantifier_other(source: Source) -> Iterator[Edit]:
    """毎年 as 隔年で, いかなる as 特定の."""
    yield from _quantifier(source, _QUANT_TEST)


# --- names, terms ----------------------------------------------------------------------------------------------------------

_PLACES = (
    "アメリカ イギリス フランス ドイツ イタリア スペイン ポルトガル カナダ ブラジル アルゼンチン チリ ペルー メキシコ インド タイ ベトナム マレーシア シンガポール フィリピン "
    "インドネシア オーストラリア ニュージーランド エジプト ケニア モロッコ トルコ ロンドン パリ ベルリン ジュネーブ ウィーン ローマ バンコク ナイロビ ハンブルク 東京 大阪 横浜 京都 神戸 札幌 福岡"
).split()


def place(source: Source) -> Iterator[Edit]:
    """シンガポール as マレーシア: another place."""
    for part, text, english in _paired(source):
        for t in words(text):
            beside = text[max(0, t.start - 1) : t.start] + text[t.end : t.end + 1]
            if t.pos[1:3] == ("固有名詞", "地名") and len(t.surface) > 1 and t.surface not in ("日本", "日", "アジア"):
                if "・" in beside or re.match(r"[一-龥ァ-ヴ]", beside):
                    continue
                pool = (
                    _PLACES[:25]
                    if t.pos[3] == "国" or text[t.end : t.end + 2] in ("共和", "王国", "政府")
                    else _PLACES[25:]
                )
                for other in pool[len(t.surface) % 3 :: 3]:
                    same = ("ァ" <= other[0] <= "ー") == ("ァ" <= t.surface[0] <= "ー")
                    if same and other not in source.ja and other != t.surface:
                        yield _put(
                            part,
                            t.start,
                            t.end,
                            other,
                            core=(0, len(other)),
                            other=_names(english),
                        )


def organisation(source: Source) -> Iterator[Edit]:
    """厚生労働省 as 経済産業省: another office of the same kind."""
    table = ("経済産業省", "外務省", "財務省", "環境省", "国土交通省", "総務省", "文部科学省")
    for part, text, english in _paired(source):
        for hit in re.finditer(r"[一-龥ァ-ヴー・]{2,12}省(?![令庁略エ])", text):
            word = hit[0]
            tail = re.search(r"(?:国|府|及び|又は)?([一-龥・]{2,10}省)$", word)
            if not tail or "主務" in word:
                continue
            start = hit.start() + tail.start(1)
            start += max(0, tail[1].rfind("国") + 1)
            for other in table:
                if other not in source.ja:
                    yield _put(
                        part,
                        start,
                        hit.end(),
                        other,
                        core=(0, len(other)),
                        other=_names(english),
                    )


def person(source: Source) -> Iterator[Edit]:
    """有馬聡 as 有馬悟, ロハス as ロサス: a name misspelt."""
    for part, text, english in _paired(source):
        if len(text) > 60 or "。" in text or part.index == 0:
            continue
        capital = quotes(english, r"\b[A-Z][A-Z'’-]{2,}\b|\b[A-Z][a-z]+\b", exact=True)
        for t in words(text):
            if t.pos[1:3] == ("固有名詞", "人名") and re.fullmatch(r"[一-龥]{1,3}", t.surface) and capital:
                for other in ("佐藤", "田中", "鈴木") if t.pos[3] == "姓" else ("一郎", "恵子", "誠"):
                    if other != t.surface:
                        yield _put(part, t.start, t.end, other, core=(0, len(other)), other=capital)
        if re.search(r"\b[A-Z]{4,}\b", english) and re.search(r"[ァ-ヴー]+・[ァ-ヴー]+", text):
            found = re.search(r"[ァ-ヴー]+・([ァ-ヴー・]+)", text)
            assert found is not None
            swap = {
                "ラ": "タ",
                "ル": "ス",
                "ロ": "ト",
                "マ": "サ",
                "ハ": "カ",
                "バ": "ダ",
                "ン": "ー",
                "リ": "ミ",
                "デ": "ケ",
                "ソ": "モ",
                "ス": "ク",
                "エ": "オ",
            }
            for k in range(found.start(), found.end()):
                if text[k] in swap:
                    yield _put(part, k, k + 1, swap[text[k]], other=capital)


def term_near(source: Source) -> Iterator[Edit]:
    """参照 as 参加: a word that shares a kanji and means something else."""
    for part, _, t in nouns(source):
        english = source.other(part, "ja")
        there = r.english_quotes(english, t.surface)
        if len(t.surface) != 2 or not there:
            continue
        for other in r.neighbours(t.surface):
            if not r.english_quotes(english, other) and other not in source.ja:
                yield _put(part, t.start, t.end, other, core=(0, 2), other=there)


def term_from_document(source: Source) -> Iterator[Edit]:
    """情報の交換 as 情報の監視: a word from elsewhere in the instrument, of the same kind."""
    pool: dict[tuple[str, ...], list[str]] = {}
    found = list(nouns(source))
    for _, _, t in found:
        pool.setdefault(t.pos[:3], []).append(t.surface)
    count = Counter(t.surface for _, _, t in found)
    for part, text, t in found:
        english = source.other(part, "ja")
        there = r.english_quotes(english, t.surface)
        if not there or len(t.surface) != 2 or part.heading:
            continue
        options = [w for w in sorted(set(pool[t.pos[:3]])) if count[w] == 1 and len(w) == 2 and w not in text]
        start = (part.body + t.start) % max(1, len(options))
        for other in (options[start:] + options[:start])[:6]:
            if (
                not r.glosses(other) & r.glosses(t.surface)
                and not r.english_quotes(english, other)
                and r.glosses(other)
            ):
                yield _put(part, t.start, t.end, other, core=(0, 2), other=there)
                break


_OPPOSITES = (
    "輸入/輸出 輸出/輸入 開始/終了 終了/開始 増加/減少 減少/増加 受領/送付 送付/受領 提供/受領 公開/秘密 国内/国外 国際/国内 事前/事後 直接/間接 明示/黙示 積極/消極 民間/公的 公的/民間 最初/最後 最後/最初 "
    "最大/最小 最高/最低 供給/需要 需要/供給 承認/拒否 拒否/承認 許可/禁止 禁止/許可 勝訴/敗訴 債権/債務 権利/義務 義務/権利 有償/無償 無償/有償 短期/長期 長期/短期 前項/次項 次の/前の 前条/次条 上記/下記 東経/西経 北緯/南緯 "
    "緊急/通常 促進/抑制 抑制/促進 拡大/縮小 強化/緩和 向上/低下 改善/悪化 賛成/反対 可能/不能 共同/単独 共通/固有 定期/随時 任意/強制"
).split()


def term_opposite(source: Source) -> Iterator[Edit]:
    """輸入 as 輸出: the opposite."""
    pairs = [tuple(p.split("/")) for p in _OPPOSITES]
    for part, text, english in _paired(source):
        for old, new in pairs:
            for hit in re.finditer(re.escape(old), text):
                near = text[max(0, hit.start() - 8) : hit.end() + 8]
                there = r.english_quotes(english, old)
                if new in near or not there or old in ("次の", "前の"):
                    continue
                token = next((t for t in words(text) if t.start <= hit.start() < t.end), None)
                if token is None or token.start != hit.start():
                    continue
                yield _put(part, hit.start(), hit.end(), new, core=(0, len(new)), other=there)


def term_variant(source: Source) -> Iterator[Edit]:
    """職員 as 従業員 in one of many places: a second rendering of a term."""
    count = Counter(t.surface for _, _, t in nouns(source))
    for part, _, t in nouns(source):
        if count[t.surface] < 4 or part.heading:
            continue
        there = r.english_quotes(source.other(part, "ja"), t.surface)
        for other in r.synonyms(t.surface)[:3]:
            if other not in source.ja and there and set(other) & set(t.surface):
                yield _put(
                    part,
                    t.start,
                    t.end,
                    other,
                    core=(0, len(other)),
                    other=there,
                    document=True,
                    words=(other, t.surface),
                )


def term_loan(source: Source) -> Iterator[Edit]:
    """技術 as テクノロジー in one of many places: a loan word for the usual term, or the reverse."""
    table = (
        ("技術", "テクノロジー"), ("技術革新", "イノベーション"), ("協力", "コラボレーション"), ("情報", "インフォメーション"), ("計画", "プラン"), ("基準", "スタンダード"), ("訓練", "トレーニング"), ("会合", "ミーティング"), ("研究者", "リサーチャー"),
        ("データ", "資料"), ("システム", "体系"), ("プロジェクト", "事業計画"), ("ネットワーク", "連絡網"), ("費用", "コスト"), ("支援", "サポート"), ("分野", "セクター"), ("運用者", "オペレーター"), ("衛星", "サテライト"), ("管理者", "マネージャー"), ("枠組み", "フレームワーク"),
    )  # fmt: skip
    for part, text, english in _paired(source):
        for old, new in table:
            if source.ja.count(old) < 4 or new in source.ja or part.heading:
                continue
            for hit in re.finditer(re.escape(old), text):
                token = next((t for t in words(text) if t.start <= hit.start() < t.end), None)
                if token is None or token.surface != old:
                    continue
                yield _put(
                    part,
                    hit.start(),
                    hit.end(),
                    new,
                    core=(0, len(new)),
                    other=r.english_quotes(english, old),
                    document=True,
                    words=(new, old),
                )


# --- omission and addition ---------------------------------------------------------------------------------------------------


def _line_end(text: str, end: int) -> int:
    """The offset of the next paragraph: line feeds after `end` belong to the paragraph before."""
    while end < len(text) and text[end] == "\n":
        end += 1
    return end


def omission_item(source: Source) -> Iterator[Edit]:
    """A whole item or paragraph left out, its label with it."""
    for k, part in enumerate(source.ja_parts):
        bead = source.beads[part.bead]
        text = source.ja_of(part)
        if part.heading or len(text) < 12 or len(bead.ja) != 1 or not bead.en or k == 0:
            continue
        line = source.ja.rfind("\n", 0, part.start) + 1
        end = _line_end(source.ja, part.end)
        english = tuple(source.en_of(source.en_parts[i]).strip() for i in bead.en)
        yield Edit("ja", line, end, "", core=(0, 0), other=english)


def omission_english_item(source: Source) -> Iterator[Edit]:
    """The same on the English side."""
    for k, part in enumerate(source.en_parts):
        bead = source.beads[part.bead]
        if part.heading or part.end - part.body < 30 or len(bead.en) != 1 or not bead.ja or k == 0:
            continue
        line = source.en.rfind("\n", 0, part.start) + 1
        japanese = tuple(source.ja_of(source.ja_parts[i]).strip() for i in bead.ja)
        yield Edit("en", line, _line_end(source.en, part.end), "", core=(0, 0), other=japanese)


def omission_sentence(source: Source) -> Iterator[Edit]:
    """A sentence left out of a paragraph with several."""
    for part, text, english in _paired(source):
        cuts = [h.end() for h in re.finditer(r"。(?![）」])", text)]
        if len(cuts) < 2:
            continue
        for start, end in zip([0, *cuts], cuts, strict=False):
            if end - start > 10:
                content = tuple(t.surface for t in words(text[start:end]) if t.is_content)
                there = r.english_quotes(english, content)
                pieces = [
                    h[0].strip() for h in re.finditer(r"[^.;]+(?:[.;](?!\s|$)[^.;]*)*[.;]?", english) if len(h[0]) > 10
                ]
                if len(pieces) == len(cuts):
                    best: tuple[str, ...] = (pieces[cuts.index(end)],)
                else:
                    best = tuple(sorted(pieces, key=lambda p: -len(r.english_quotes(p, content)))[:1])
                yield _put(part, start, end, "", core=(0, 0), other=(*best, *there))


_PHRASE_END = re.compile(
    r"(?:に従い|に基づき|に基づいて|により|によって|において|のために|に対し|に対して|を通じて|に応じて|に際して|とともに|の下で|の下に|の範囲内で|までに|以内に|として|ため|場合に|場合には|ときは|ことなく|を除き|につき|に関し|について|までの間|ごとに|なく|に)$"
)


def omission_phrase(source: Source) -> Iterator[Edit]:
    """An adverbial phrase between commas left out: 遅滞なく、 or 自国の法令に従い、."""
    for part, text, english in _paired(source):
        for hit in re.finditer(r"(?<=、)[^、。「」（）]{3,40}、", text):
            phrase = hit[0][:-1]
            if (
                not _PHRASE_END.search(phrase)
                or "が" in phrase
                or re.search(r"(?:及び|又は|並びに|若しくは)", phrase[:3])
                or phrase.endswith(("し", "は"))
            ):
                continue
            content = tuple(t.surface for t in words(phrase) if t.is_content)
            there = r.english_quotes(english, content)
            if content and there:
                yield _put(part, hit.start(), hit.end(), "", core=(0, 0), other=there)


def omission_bracket(source: Source) -> Iterator[Edit]:
    """A qualification in brackets left out: （病院を除く。）."""
    for part, text, english in _paired(source):
        for hit in re.finditer(r"（[^（）]{4,60}）", text):
            if "以下" in hit[0] or "いう" in hit[0] or part.heading or hit.start() == 0:
                continue
            content = tuple(t.surface for t in words(hit[0]) if t.is_content)
            there = r.english_quotes(english, content)
            if there:
                yield _put(part, hit.start(), hit.end(), "", core=(0, 0), other=there)


def omission_modifier(source: Source) -> Iterator[Edit]:
    """A modifier left out: 書面による事前の同意 as 書面による同意, 関連する国際標準 as 国際標準."""
    for part, text, english in _paired(source):
        for hit in re.finditer(
            r"(?<=[、のをにはがで」］])(?:[一-龥]{2,4}的な|[一-龥]{2,4}の|[一-龥]{2}する|合理的な|十分な|適切な)(?=[一-龥]{2})",
            text,
        ):
            content = tuple(t.surface for t in words(hit[0]) if t.is_content and t.lemma != "する")
            there = r.english_quotes(english, content)
            if (
                there
                and text.count(hit[0]) == 1
                and content
                and not re.search(r"の$", text[: hit.start()])
                and not re.match(r"(?:間|場合|ため|うち|後|前|下|規定)", text[hit.end() :])
            ):
                if hit[0] in ("自国の", "双方の", "両国の", "他方の", "一方の", "前項の", "本項の") or "する" in hit[0]:
                    continue
                yield _put(part, hit.start(), hit.end(), "", core=(0, 0), other=there)


_SMALL_ADD = (
    "原則として",
    "必要に応じて",
    "可能な限り",
    "あらかじめ書面により",
    "例外的に",
    "当分の間",
    "速やかに",
    "毎年",
    "自国の費用により",
    "無償で",
)


def addition_phrase(source: Source) -> Iterator[Edit]:
    """原則として、 or a like phrase put after the topic."""
    near = {"原則として": "principle", "必要に応じて": "necessary|appropriate|need", "可能な限り": "possible", "あらかじめ書面により": "writ|advance|prior", "例外的に": "except", "当分の間": "time being", "速やかに": "prompt|speed|soon|delay|immediate", "毎年": "year|annual", "自国の費用により": "cost|expense", "無償で": "free|charge|gratis"}  # fmt: skip
    for part, text, english in _paired(source):
        if part.heading or not text.rstrip().endswith("。"):
            continue
        for hit in re.finditer(r"(?<=[^でに])は、", text):
            phrase = _SMALL_ADD[(part.body + hit.end()) % len(_SMALL_ADD)]
            if phrase[:4] not in text and not re.search(near[phrase], english, re.IGNORECASE) and hit.end() < 60:
                yield _put(part, hit.end(), hit.end(), phrase + "、", core=(0, len(phrase)))


_FOREIGN = (
    "ただし、当該措置に要する費用は、要請した側が負担する。", "この場合において、双方は、第三者の意見を聴くことができる。", "また、その結果を公表するものとし、定期的に見直しを行う。", "事務局は、これに関する記録を十年間保存する。",
    "これに違反した者は、責任を負う。", "詳細は、別に定める実施要領による。", "なお、緊急を要する場合には、口頭によることを妨げない。", "これに係る紛争については、東京地方裁判所を管轄裁判所とする。",
)  # fmt: skip


def addition_sentence(source: Source) -> Iterator[Edit]:
    """A sentence that the English lacks put at the end of a paragraph."""
    for part, text, english in _paired(source):
        if part.heading or not text.rstrip().endswith("。") or len(text) < 30:
            continue
        sentence = _FOREIGN[(part.body * 7) % len(_FOREIGN)]
        content = tuple(t.surface for t in words(sentence) if t.is_content)
        if len(r.english_quotes(english, content)) <= 2:
            yield _put(part, len(text.rstrip()), len(text.rstrip()), sentence, core=(0, len(sentence)))


def addition_item(source: Source) -> Iterator[Edit]:
    """A paragraph that the English lacks, after another."""
    for k, part in enumerate(source.ja_parts[:-1]):
        text = source.ja_of(part)
        after = source.ja_parts[k + 1]
        if (
            part.heading
            or not text.rstrip().endswith("。")
            or not source.beads[part.bead].en
            or (part.label and after.label)
        ):
            continue
        sentence = (
            _FOREIGN[(part.body * 5) % len(_FOREIGN)]
            .removeprefix("ただし、")
            .removeprefix("また、")
            .removeprefix("なお、")
        )
        yield Edit("ja", part.end, part.end, "\n\n" + sentence, core=(2, 2 + len(sentence)))


def addition_english(source: Source) -> Iterator[Edit]:
    """A sentence that the Japanese lacks, on the English side."""
    table = (
        "The secretariat will keep records of such matters for ten years.",
        "Any such cost will be borne by the side that makes the request.",
        "Third parties may be heard for this purpose.",
        "Details will be laid down in separate guidelines.",
    )
    for part in source.en_parts:
        text = source.en_of(part)
        if source.other(part, "en") and text.rstrip().endswith(".") and len(text) > 60 and not part.heading:
            sentence = " " + table[part.body % len(table)]
            at = part.body + len(text.rstrip())
            yield Edit("en", at, at, sentence, core=(1, len(sentence)))


_NP = r"[一-龥ァ-ヴーA-Za-z]{2,14}"


def enumeration_dropped(source: Source) -> Iterator[Edit]:
    """A、B及びC as A及びC: a member gone."""
    for part, text, english in _paired(source):
        for hit in re.finditer(rf"({_NP})、({_NP})(及び|又は|並びに|若しくは)({_NP})", text):
            for new, gone in ((hit[2] + hit[3] + hit[4], hit[1]), (hit[1] + hit[3] + hit[4], hit[2])):
                there = r.english_quotes(english, tuple(t.surface for t in words(gone) if t.is_content))
                if there and not re.search(r"[はをにでがもと]$", hit[1]):
                    if gone == hit[1] and not re.search(r"(?:^|[、。はのをにがで」）\s])$", text[: hit.start()]):
                        continue
                    yield _put(part, hit.start(), hit.end(), new, other=there)


def enumeration_swapped(source: Source) -> Iterator[Edit]:
    """A、B及びC as A、D及びC: another member."""
    pool = sorted({t.surface for _, _, t in nouns(source)})
    for part, text, english in _paired(source):
        for hit in re.finditer(rf"({_NP})、({_NP})(及び|又は)({_NP})", text):
            gone = hit[2]
            there = r.english_quotes(english, tuple(t.surface for t in words(gone) if t.is_content))
            options = [
                w
                for w in pool
                if len(w) == len(gone)
                and w not in text
                and r.glosses(w)
                and not r.english_quotes(english, w)
                and not set(w) & set(gone)
            ]
            if there and options:
                new = options[(part.body + hit.start()) % len(options)]
                yield _put(part, hit.start(2), hit.end(2), new, core=(0, len(new)), other=there)


# --- conjunctions, references, order, untranslated, binding ------------------------------------------------------------------


def _conjunction(source: Source, pairs: tuple[tuple[str, str], ...]) -> Iterator[Edit]:
    for part, text, english in _paired(source):
        if part.heading:
            continue
        for old, new in pairs:
            pattern = r"\band\b" if old in ("及び", "並びに", "かつ") else r"\bor\b"
            there = quotes(english, pattern)
            wrong = r"\bor\b" if pattern == r"\band\b" else r"\band\b"
            if not there or re.search(wrong, english) or re.search(r"and/or", english):
                continue
            for hit in re.finditer(old, text):
                rest = text[hit.start() :].split("。")[0]
                if re.search(r"ない|ず、|いずれ|ことなく|以外|除", rest) or re.search(
                    _NEGATION + r"|\bany\b|\beither\b", english
                ):
                    continue
                if re.match(r"[をに]", text[hit.end() :]):
                    continue
                yield _put(part, hit.start(), hit.end(), new, core=(0, len(new)), other=there)


def and_or(source: Source) -> Iterator[Edit]:
    """及び as 又は and the reverse."""
    yield from _conjunction(source, (("及び", "又は"), ("又は", "及び")))


def and_or_upper(source: Source) -> Iterator[Edit]:
    """並びに as 又は, 若しくは as 及び, かつ as 又は."""
    yield from _conjunction(
        source, (("並びに", "又は"), ("若しくは", "及び"), ("、かつ、", "、又は"), ("とともに", "又は"))
    )


def nesting(source: Source) -> Iterator[Edit]:
    """A及びB並びにC as A並びにB及びC, その他の as その他: the nesting turned."""
    for part, text in parts(source):
        for one, two in (("及び", "並びに"), ("若しくは", "又は")):
            hit = re.search(rf"{one}([^。、「」]{{2,16}}){two}", text) or re.search(
                rf"{two}([^。、「」]{{2,16}}){one}", text
            )
            if hit:
                first, second = (one, two) if hit[0].startswith(one) else (two, one)
                new = second + hit[1] + first
                yield _put(part, hit.start(), hit.end(), new, core=(0, len(new)))


def single_upper(source: Source) -> Iterator[Edit]:
    """A及びB as A並びにB where nothing is nested."""
    for part, text in parts(source):
        for sentence in re.finditer(r"[^。]+。?", text):
            for one, two in (("及び", "並びに"), ("又は", "若しくは")):
                if sentence[0].count(one) == 1 and two not in sentence[0]:
                    at = sentence.start() + sentence[0].index(one)
                    if re.search(r"[一-龥ァ-ヴー）」]$", text[:at]) and not text[at + len(one) :].startswith("、"):
                        yield _put(part, at, at + len(one), two, core=(0, len(two)))


_REF = re.compile(
    r"第?([0-9０-９]+(?:[.．][0-9０-９]+)*|[一二三四五六七八九十]+)(条|項|節|号|章)(?!目)|(?<![0-9０-９.．第A-Za-z])([0-9]{1,2}\.[0-9]{1,2}(?:\.[0-9]{1,2})?)(?=[にのはを又及])|(?<![0-9０-９.．第条項])([0-9])(?=(?:に(?:規定|定め|掲げ)|及び[0-9]|の規定))"
)


def _references(source: Source) -> Iterator[tuple[Part, int, int, str, str]]:
    for part, text, english in _paired(source):
        if part.heading:
            continue
        for hit in _REF.finditer(text):
            group = next(g for g in (1, 3, 4) if hit[g])
            if hit.start() == 0 and not part.label:
                continue
            yield part, hit.start(group), hit.end(group), hit[group], english


def reference_other(source: Source) -> Iterator[Edit]:
    """第3項 as 第2項: a reference to another provision that exists."""
    for part, start, end, number, english in _references(source):
        last = re.split(r"[.．]", number)[-1]
        value = _value(last)
        if value is None or value < 1:
            continue
        there = tuple(
            q
            for q in quotes(
                english,
                r"\b(?:Articles?|paragraphs?|Sections?|sections?|items?|subparagraphs?|Paragraphs?|Parts?)\s+\(?[0-9IVX]+(?:\.[0-9]+)*\)?|\b[0-9]+\.[0-9]+(?:\.[0-9]+)?\b|\([a-z0-9]+\)",
            )
        )
        if not there:
            continue
        for new in (int(value) - 1, int(value) + 1):
            if new >= 1:
                put = number[: len(number) - len(last)] + _written(new, last)
                if put not in source.ja_of(part):
                    yield _put(part, start, end, put, core=(0, len(put)), other=there)


def reference_dangling(source: Source) -> Iterator[Edit]:
    """第3項 as 第33項: a reference to a provision that does not exist."""
    for part, start, end, number, english in _references(source):
        last = re.split(r"[.．]", number)[-1]
        value = _value(last)
        if value is None or value < 1:
            continue
        there = quotes(
            english,
            r"\b(?:Articles?|[Pp]aragraphs?|[Ss]ections?|items?)\s+\(?[0-9IVX]+(?:\.[0-9]+)*\)?|\b[0-9]+\.[0-9]+(?:\.[0-9]+)?\b|\([a-z0-9]+\)",
        )
        put = number[: len(number) - len(last)] + _written(int(value) + 30, last)
        yield _put(part, start, end, put, core=(0, len(put)), other=there)


def order_items(source: Source) -> Iterator[Edit]:
    """The contents of two neighbouring items exchanged, labels kept."""
    for one, two in zip(source.ja_parts, source.ja_parts[1:], strict=False):
        if (
            one.heading
            or two.heading
            or one.bead == two.bead
            or bool(one.label) != bool(two.label)
            or len(source.ja_of(two)) < 8
            or len(source.ja_of(one)) < 8
        ):
            continue
        left, right = source.beads[one.bead], source.beads[two.bead]
        if not (len(left.en) == len(right.en) == len(left.ja) == len(right.ja) == 1 and left.en[0] + 1 == right.en[0]):
            continue
        a, b = source.ja_of(one), source.ja_of(two)
        between = source.ja[one.end : two.body]
        if len(between) < 8 and "。" in a[-1:] + "x" and a[-1:] == b[-1:]:
            yield Edit("ja", one.body, two.end, b + between + a, core=(0, len(b) + len(between) + len(a)))


def order_far(source: Source) -> Iterator[Edit]:
    """A paragraph moved two or more places down."""
    kept = list(source.ja_parts)
    for k in range(1, len(kept) - 4):
        block = kept[k : k + 4]
        if any(
            p.heading
            or len(source.beads[p.bead].ja) != 1
            or len(source.beads[p.bead].en) != 1
            or len(source.ja_of(p)) < 12
            for p in block
        ):
            continue
        order = [source.beads[p.bead].en[0] for p in block]
        if order != sorted(order) or len({bool(p.label) for p in block}) != 1:
            continue
        texts = [source.ja_of(p) for p in block]
        if len({t[-1] for t in texts}) != 1:
            continue
        moved = [*texts[1:], texts[0]]
        new = ""
        for p, q, t in zip(block, [*block[1:], None], moved, strict=True):
            new += t + (source.ja[p.end : q.body] if q else "")
        yield Edit("ja", block[0].body, block[-1].end, new, core=(0, len(new)))


def untranslated_word(source: Source) -> Iterator[Edit]:
    """協力 as cooperation: a word left in English."""
    for part, _, t in nouns(source):
        there = [q for q in r.english_quotes(source.other(part, "ja"), t.surface) if q.islower() and len(q) > 4]
        if there and not part.heading:
            yield _put(part, t.start, t.end, there[0], core=(0, len(there[0])), other=(there[0],))


def untranslated_sentence(source: Source) -> Iterator[Edit]:
    """A paragraph left in English, label kept."""
    for part, text, english in _paired(source):
        if (
            len(english.strip()) > 30
            and "\n" not in english
            and len(source.beads[part.bead].ja) == 1
            and len(text) > 15
        ):
            yield _put(
                part, 0, len(text), english.strip(), core=(0, len(english.strip())), other=(english.strip()[:60],)
            )


_BIND_JA = (
    (r"次のとおり共通の認識に達した|以下の(?:相互)?認識に達した|以下の認識に到達した", "次のとおり協定した"), (r"(?:各)?当事者(?=[はがにの])", "締約国"), (r"協力覚書(?!」)", "協定"), (r"効果を生じ", "効力を発生し"),
    (r"(?<=[一-龥])する意図を有する(?=。)", "する義務を負う"), (r"(?<=[一-龥])するよう努める(?=。)", "するよう努めなければならない"), (r"(?<=[一-龥]{2})する(?=。)", "する義務を負う"), (r"決定(?=する。|した)", "合意"), (r"相違", "紛争"), (r"参加者(?=[はがにの])", "締約国"),
)  # fmt: skip
_BIND_EN = (
    (r"\bwill\b(?! be (?:held|charged))", "shall"), (r"\bParticipants?\b", "Party"), (r"\bdecide[sd]?\b", "agree"), (r"\bcomes? into effect\b", "enter into force"), (r"\bParagraph\b", "Article"),
    (r"\bintends? to\b", "agree to"), (r"\bunderstanding\b", "agreement"), (r"\brecognition\b", "agreement"),
)  # fmt: skip
_LOOSE_JA = (
    (r"(?<=[一-龥])するものとする(?=。)", "する意図を有する"), (r"(?<=[一-龥])しなければならない(?=。)", "することが期待される"), (r"締約国(?=[はがにの])", "参加者"), (r"協定した", "認識に達した"), (r"この協定", "この覚書"), (r"本契約", "本覚書"),
)  # fmt: skip
_LOOSE_EN = (
    (r"\bshall\b", "intend to"),
    (r"\bContracting Part(?:y|ies)\b", "Participants"),
    (r"\bmust\b", "may wish to"),
    (r"\bHAVE AGREED\b", "Have reached the following recognition"),
)


def _replace(source: Source, side: str, table: tuple[tuple[str, str], ...]) -> Iterator[Edit]:
    for part in source.parts(side):
        if part.heading and side == "ja":
            continue
        text = source.text(side)[part.body : part.end]
        for pattern, new in table:
            for hit in re.finditer(pattern, text):
                if new in source.text(side) and len(new) > 5 and side == "ja" and new != "する義務を負う":
                    continue
                if re.search(r"[「『以下\"“]$", text[: hit.start()]):
                    continue
                yield Edit(side, part.body + hit.start(), part.body + hit.end(), new, core=(0, len(new)))


def binding_japanese(source: Source) -> Iterator[Edit]:
    """締約国, 義務を負う, 協定した in an instrument that does not bind; the reverse in one that does."""
    yield from _replace(source, "ja", _LOOSE_JA if source.binding else _BIND_JA)


def binding_english(source: Source) -> Iterator[Edit]:
    """shall, Party, agree, enter into force in an instrument that does not bind; the reverse in one that does."""
    yield from _replace(source, "en", _LOOSE_EN if source.binding else _BIND_EN)


# --- values -------------------------------------------------------------------------------------------------------------------


def announced_count(source: Source) -> Iterator[Edit]:
    """次の8分野 before eight items as 次の7分野."""
    for part, text in parts(source):
        for hit in re.finditer(
            r"(?:次の|以下の|上記の)([0-9０-９]+|[一二三四五六七八九十]+)(?=つ|の|分野|項目|種類|事項|点|原則|か国|機関)",
            text,
        ):
            value = _value(hit[1])
            if value is None or not 2 <= value <= 15:
                continue
            follows = [p for p in source.ja_parts if p.start > part.start][: int(value)]
            if len(follows) < value or any(p.heading for p in follows):
                continue
            english = source.other(part, "ja")
            there = tuple(english[s:e] for s, e, v in r.english_values(english) if v == value)
            for new in (int(value) - 1, int(value) + 1):
                if new > 9 and "つ" in text[hit.end() : hit.end() + 1]:
                    continue
                put = _written(new, hit[1])
                yield _put(part, hit.start(1), hit.end(1), put, core=(0, len(put)), other=there)


def impossible_date(source: Source) -> Iterator[Edit]:
    """2月30日, 4月31日, 13月: a day or month that does not exist."""
    for part, text in parts(source):
        for hit in _DATE.finditer(text):
            month = _value(hit[3])
            if month is None:
                continue
            there = _english_dates(source.other(part, "ja"))
            bad = {2: 30, 4: 31, 6: 31, 9: 31, 11: 31}.get(int(month), 32)
            put = _written(bad, hit[4])
            yield _put(part, hit.start(4), hit.end(4), put, core=(0, len(put)), other=there)
            if (part.body + hit.start()) % 2:
                put = _written(13, hit[3])
                yield _put(part, hit.start(3), hit.end(3), put, core=(0, len(put)), other=there)


def impossible_era(source: Source) -> Iterator[Edit]:
    """昭和65年, 平成33年: a year that its era does not have."""
    for part, text, english in _paired(source):
        for hit in re.finditer(
            r"(令和|平成)([0-9０-９]{1,2}|[一二三四五六七八九十]+)年|(?<![0-9０-９])((?:19|20)[0-9]{2})年(?=[0-9])",
            text,
        ):
            there = quotes(english, r"\b(?:19|20)\d\d\b")
            old = _value(hit[2]) if hit[2] else None
            if hit[2] and old is not None:
                new, like = f"平成{_written(int(old) + 30, hit[2])}年", hit[0]
            else:
                year = int(hit[3])
                new, like = (
                    (f"平成{year - 1988}年", hit[0]) if year > 2019 else (f"昭和{max(65, year - 1925)}年", hit[0])
                )
            del like
            yield _put(part, hit.start(), hit.end(), new, core=(0, len(new)), other=there)


def wrong_weekday(source: Source) -> Iterator[Edit]:
    """（月曜日）after a date that was a Tuesday."""
    names = "月火水木金土日"
    for part, text in parts(source):
        for hit in re.finditer(
            r"((?:19|20)[0-9]{2})年([0-9]{1,2})月([0-9]{1,2})日(（[月火水木金土日](?:曜日)?）)?(?!まで|から)", text
        ):
            try:
                day = date(int(hit[1]), int(hit[2]), int(hit[3])).weekday()
            except ValueError:
                continue
            for shift in (1, 3):
                new = f"（{names[(day + shift) % 7]}曜日）"
                start = hit.start(4) if hit[4] else hit.end()
                yield _put(part, start, hit.end(), new, core=(0, len(new)))


_ = in_dictionary
OPERATORS = (
    Operator("figure", "figures", "dev", figure),
    Operator("figure-places", "figures", "test", figure_places),
    Operator("figure-english", "figures", "test", figure_english),
    Operator("date-day", "dates", "dev", date_day),
    Operator("date-month", "dates", "test", date_month),
    Operator("date-year", "dates", "dev", date_year),
    Operator("date-era", "dates", "test", date_era),
    Operator("unit", "units", "dev", unit),
    Operator("bound-turned", "bounds", "dev", bound_turned),
    Operator("bound-edge", "bounds", "test", bound_edge),
    Operator("include-exclude", "inclusion", "dev", include_exclude),
    Operator("only-also", "inclusion", "test", only_also),
    Operator("negation-gained", "negation", "dev", negation_gained),
    Operator("negation-lost", "negation", "dev", negation_lost),
    Operator("negation-english", "negation", "test", negation_english),
    Operator("modality-strong", "modality", "dev", modality_strong),
    Operator("modality-weak", "modality", "dev", modality_weak),
    Operator("modality-gone", "modality", "test", modality_endeavour),
    Operator("party-exchanged", "parties", "dev", party_exchanged),
    Operator("party-swapped", "parties", "test", party_swapped),
    Operator("quantifier", "quantifiers", "dev", quantifier),
    Operator("quantifier-other", "quantifiers", "test", quantifier_other),
    Operator("place-name", "names", "dev", place),
    Operator("organisation-name", "names", "test", organisation),
    Operator("person-name", "names", "dev", person),
    Operator("term-near", "terms", "dev", term_near),
    Operator("term-from-document", "terms", "test", term_from_document),
    Operator("term-opposite", "terms", "dev", term_opposite),
    Operator("term-variant", "consistency", "dev", term_variant),
    Operator("term-loan", "consistency", "test", term_loan),
    Operator("omitted-item", "omission-item", "dev", omission_item),
    Operator("omitted-item-english", "omission-item", "test", omission_english_item),
    Operator("omitted-sentence", "omission-sentence", "dev", omission_sentence),
    Operator("omitted-phrase", "omission-phrase", "dev", omission_phrase),
    Operator("omitted-bracket", "omission-phrase", "dev", omission_bracket),
    Operator("omitted-modifier", "omission-phrase", "test", omission_modifier),
    Operator("added-phrase", "addition", "dev", addition_phrase),
    Operator("added-sentence", "addition", "dev", addition_sentence),
    Operator("added-paragraph", "addition", "test", addition_item),
    Operator("added-sentence-english", "addition", "test", addition_english),
    Operator("member-dropped", "enumeration", "dev", enumeration_dropped),
    Operator("member-exchanged", "enumeration", "test", enumeration_swapped),
    Operator("and-or", "conjunction", "dev", and_or),
    Operator("and-or-upper", "conjunction", "test", and_or_upper),
    Operator("nesting-turned", "conjunction", "dev", nesting, True),
    Operator("upper-alone", "conjunction", "test", single_upper, True),
    Operator("reference-other", "cross-reference", "dev", reference_other),
    Operator("reference-dangling", "cross-reference", "test", reference_dangling, True),
    Operator("items-exchanged", "order", "dev", order_items),
    Operator("paragraph-moved", "order", "test", order_far),
    Operator("word-untranslated", "untranslated", "dev", untranslated_word, True),
    Operator("paragraph-untranslated", "untranslated", "test", untranslated_sentence, True),
    Operator("binding-japanese", "binding", "dev", binding_japanese, True),
    Operator("binding-english", "binding", "test", binding_english),
    Operator("announced-count", "values", "dev", announced_count, True),
    Operator("impossible-date", "values", "dev", impossible_date, True),
    Operator("impossible-era", "values", "test", impossible_era, True),
    Operator("wrong-weekday", "values", "test", wrong_weekday, True),
)
