"""Typed values in either language: numbers, dates and eras, durations, money, percentages, bounds, references.

`read_ja` and `read_en` take a folded text (`View.text`) and return the values that stand in it; `compare` matches the
values of two passages. Figures come from the text alone, never from a tokenizer's normalisation. A value that is only
implied (両国, "both", 毎年, "a year") is *soft*: it may answer a value of the other side but never asks for an answer.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Literal

__all__ = [
    "Matching",
    "Quantity",
    "Reference",
    "compare",
    "read_en",
    "read_ja",
    "references_en",
    "references_ja",
    "valid_date",
]

Kind = Literal["number", "ordinal", "date", "duration", "money", "percent", "measure", "times", "clock", "code"]
Bound = Literal["", ">=", ">", "<=", "<"]


@dataclass(frozen=True, slots=True)
class Quantity:
    """A value in a text: `text[start:end]` is how it is written, its bound words included in `outer`.

    `value` is exact. For a date it is unused and `date` holds (year, month, day) with 0 for what is not said. `unit` is
    a canonical name ("month", "business day", "JPY", "kilometre"), "" where a bare count stands. `bound` compares the
    thing spoken of with the value (以上 is ">="). `when` says on which side of an event a duration lies.
    """

    kind: Kind
    value: Fraction
    unit: str
    start: int
    end: int
    bound: Bound = ""
    when: Literal["", "before", "after"] = ""
    soft: bool = False
    date: tuple[int, int, int] = (0, 0, 0)
    outer: tuple[int, int] = (0, 0)

    @property
    def sized(self) -> tuple[str, Fraction]:
        """Unit family and value in its base unit: 1 year = 12 months, 2 weeks = 14 days."""
        family, factor = _BASE.get(self.unit, (self.unit, 1))
        return family, self.value * factor


_BASE: dict[str, tuple[str, int]] = {
    "year": ("month", 12),
    "month": ("month", 1),
    "week": ("day", 7),
    "day": ("day", 1),
    "hour": ("minute", 60),
    "minute": ("minute", 1),
    "kilometre": ("metre", 1000),
    "metre": ("metre", 1),
    "kilogram": ("gram", 1000),
    "gram": ("gram", 1),
    "tonne": ("gram", 1_000_000),
    "kilolitre": ("litre", 1000),
    "litre": ("litre", 1),
}


def valid_date(year: int, month: int, day: int) -> bool:
    """Tell whether a calendar date exists; year 0 stands for any year."""
    if not 1 <= month <= 12:
        return False
    return (
        1
        <= day
        <= (calendar.monthrange(year, month)[1] if year else (29 if month == 2 else 31 - (month in (4, 6, 9, 11))))
    )


# ---------------------------------------------------------------------------------------------- Japanese numerals

_DIGIT = {c: n for n, c in enumerate("〇一二三四五六七八九")} | {"零": 0, "壱": 1, "弐": 2, "参": 3, "両": 2}
_SMALL = {"十": 10, "百": 100, "千": 1000, "拾": 10}
_LARGE = {"万": 10**4, "億": 10**8, "兆": 10**12, "萬": 10**4}
_JA_NUM = (
    r"(?:\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?|[〇零一二三四五六七八九十百千壱弐拾])"
    r"(?:\d{1,3}(?:,\d{3})+|[\d〇零一二三四五六七八九十百千万億兆壱弐参拾]|(?<=[〇零一二三四五六七八九十])・(?=[〇零一二三四五六七八九]+[^〇零一二三四五六七八九・人名国件]))*"
)


def kanji_value(text: str) -> Fraction | None:
    """Read a figure written in kanji, digits or both: 二〇二六, 二千二十六, 百二十億, 2万5,000. None when it is no figure."""
    text = text.replace(",", "")
    if "・" in text:
        whole, _, rest = text.partition("・")
        head, tail = kanji_value(whole), "".join(str(_DIGIT[c]) for c in rest if c in _DIGIT)
        return None if head is None or len(tail) != len(rest) else head + Fraction(int(tail), 10 ** len(tail))
    if re.fullmatch(r"\d+(?:\.\d+)?", text):
        return Fraction(text)
    if re.fullmatch(r"[〇零一二三四五六七八九]{2,}", text):
        return Fraction(int("".join(str(_DIGIT[c]) for c in text)))
    total, part, now = Fraction(0), Fraction(0), None
    for token in re.findall(r"\d+(?:\.\d+)?|.", text):
        if token[0].isdigit():
            if now is not None:
                return None
            now = Fraction(token)
        elif token in _DIGIT:
            if now is not None:
                return None
            now = Fraction(_DIGIT[token])
        elif token in _SMALL:
            part += (Fraction(1) if now is None else now) * _SMALL[token]
            now = None
        elif token in _LARGE:
            part += now or 0
            if not part:
                return None
            total += part * _LARGE[token]
            part, now = Fraction(0), None
        else:
            return None
    return total + part + (now or 0)


_ERAS = {"明治": (1868, 45), "大正": (1912, 15), "昭和": (1926, 64), "平成": (1989, 31), "令和": (2019, 99)}

# Words in which a numeral is no figure; masked before anything is read.
_JA_GUARD = re.compile(
    r"一(?:又は|若しくは|または|もしくは)二以上|第三(?:者|国(?!会))|第一線|第一義|第一人者|一(?:切|般|層|方|部|定|致|環|貫|括|元|律|因|覧|時|体|同|連|旦|応|概|義|新|種|瞬|族|斉|任|案|過|掃|巡|番|目"
    r"|様|流|例|端|線|存|段|堂|挙|口|見|読|緒|世|次|身|躍|途|均|隅|角|助|矢|旗|翼|言|説|歩|息|式|遍|変|蹴|際|昨|夜|生|心|丸|転|面的|対一|意的)"
    r"|(?:唯|統|単|同|均|専|随|逐|画|純|万)一|万が一|万(?:全|能|人|国|物|博|事)|十(?:分(?!の|間|以内|前|後)|全|字|二支|指)|充分|百(?:科|貨|姓|聞)|千(?:葉|代|歳|島)|三(?:権|角|重(?:県|市)|省|菱|井)"
    r"|四(?:半期|季|国(?:地方|電)|川|肢|方|捨五入)|五(?:感|輪|月雨)|六(?:本木|甲)|七夕|八(?:百屋|王子|幡|戸)|九州|二(?:酸化|次(?!の|会|回)|級|重|者択一|項|義|人三脚)|八方"
    r"|[数何幾][十百千万億]+|億劫|今(?:回|後)|前(?:回|者)|両(?:親|替)"
)

_JA_UNITS: tuple[tuple[str, str, str, int], ...] = (
    # pattern after the figure, kind, unit, factor
    (r"(?:か|ヶ|カ|箇|ヵ|個|ケ)月(?:間)?", "duration", "month", 1),
    (r"(?:営業日|就業日|労働日|業務日|開庁日|執務日)(?:間)?", "duration", "business day", 1),
    (r"(?:暦日)(?:間)?", "duration", "day", 1),
    (r"(?:会計年度|年度)(?:間)?", "duration", "year", 1),
    (r"週(?:間)?", "duration", "week", 1),
    (r"年(?:間)?(?!度|目|次|代|生)", "duration", "year", 1),
    (r"日(?:間)?(?!目|本|付)", "duration", "day", 1),
    (r"時間", "duration", "hour", 1),
    (r"分間?(?!の|野|科|析|類|割|担|配|岐|冊|裂)", "duration", "minute", 1),
    (r"秒(?:間)?", "duration", "second", 1),
    (r"世紀", "ordinal", "century", 1),
    (r"回(?!目|復|収|答|避|転|線|路|覧)", "number", "occasion", 1),
    (r"(?:パーセント(?:・?ポイント)?|%|百分率)", "percent", "", 1),
    (r"割(?!合|当|り|引|増)", "percent", "", 10),
    (r"(?:米ドル|合衆国ドル|アメリカ・?ドル|米国ドル)", "money", "USD", 1),
    (r"(?:豪ドル|オーストラリア・?ドル)", "money", "AUD", 1),
    (r"(?:シンガポール・?ドル|星ドル)", "money", "SGD", 1),
    (r"(?:カナダ・?ドル|加ドル)", "money", "CAD", 1),
    (r"(?:ニュージーランド・?ドル)", "money", "NZD", 1),
    (r"(?:香港ドル)", "money", "HKD", 1),
    (r"ドル", "money", "dollar", 1),
    (r"円(?!滑|形|卓|周|筒|満|借)", "money", "JPY", 1),
    (r"ユーロ", "money", "EUR", 1),
    (r"(?:英)?ポンド(?!当)", "money", "GBP", 1),
    (r"(?:人民元|元)(?!年|本|素|来|の)", "money", "CNY", 1),
    (r"ウォン", "money", "KRW", 1),
    (r"スイス・?フラン", "money", "CHF", 1),
    (r"フラン", "money", "franc", 1),
    (r"(?:インド・?|パキスタン・?|スリランカ・?)?ルピー", "money", "rupee", 1),
    (r"(?:インドネシア・?)?ルピア", "money", "IDR", 1),
    (r"(?:[ァ-ヴー]+・?)?シリング", "money", "shilling", 1),
    (r"(?:[ァ-ヴー]+・?)?ペソ", "money", "peso", 1),
    (r"(?:[ァ-ヴー]+・?)?(?:リンギット|リンギ)", "money", "MYR", 1),
    (r"バーツ", "money", "THB", 1),
    (r"ドン(?![ァ-ヴー])", "money", "VND", 1),
    (r"(?:[ァ-ヴー]+・?)?クローネ", "money", "krone", 1),
    (r"(?:[ァ-ヴー]+・?)?クローナ", "money", "krona", 1),
    (r"(?:[ァ-ヴー]+・?)?ディルハム", "money", "dirham", 1),
    (r"(?:[ァ-ヴー]+・?)?リヤル", "money", "riyal", 1),
    (r"(?:[ァ-ヴー]+・?)?ランド", "money", "rand", 1),
    (r"レアル", "money", "real", 1),
    (r"ルーブル", "money", "rouble", 1),
    (r"特別引出権|SDR", "money", "SDR", 1),
    (r"平方キロメートル|km2|平方キロ", "measure", "square kilometre", 1),
    (r"平方メートル|m2", "measure", "square metre", 1),
    (r"立方メートル|m3", "measure", "cubic metre", 1),
    (r"キロメートル|キロ(?![ァ-ヴー])|km(?![a-z])", "measure", "kilometre", 1),
    (r"センチメートル|センチ|cm(?![a-z])", "measure", "centimetre", 1),
    (r"ミリメートル|ミリ(?![ァ-ヴー])|mm(?![a-z])", "measure", "millimetre", 1),
    (r"マイクロメートル|μm", "measure", "micrometre", 1),
    (r"ナノメートル|nm(?![a-z])", "measure", "nanometre", 1),
    (r"メートル|m(?![a-z0-9])", "measure", "metre", 1),
    (r"海里", "measure", "nautical mile", 1),
    (r"マイル", "measure", "mile", 1),
    (r"ノット", "measure", "knot", 1),
    (r"フィート", "measure", "foot", 1),
    (r"インチ", "measure", "inch", 1),
    (r"ヘクタール|ha(?![a-z])", "measure", "hectare", 1),
    (r"エーカー", "measure", "acre", 1),
    (r"キログラム|kg(?![a-z])", "measure", "kilogram", 1),
    (r"ミリグラム|mg(?![a-z])", "measure", "milligram", 1),
    (r"グラム|g(?![a-z0-9])", "measure", "gram", 1),
    (r"メートル・?トン|総トン|トン|t(?![a-z])", "measure", "tonne", 1),
    (r"キロリットル|kl(?![a-z])", "measure", "kilolitre", 1),
    (r"ミリリットル|ml(?![a-z])", "measure", "millilitre", 1),
    (r"リットル", "measure", "litre", 1),
    (r"バレル", "measure", "barrel", 1),
    (r"(?:キロワット時|kWh)", "measure", "kilowatt hour", 1),
    (r"(?:メガワット時|MWh)", "measure", "megawatt hour", 1),
    (r"キロワット|kW", "measure", "kilowatt", 1),
    (r"メガワット|MW", "measure", "megawatt", 1),
    (r"ギガワット|GW", "measure", "gigawatt", 1),
    (r"テラバイト|TB", "measure", "terabyte", 1),
    (r"ギガバイト|GB", "measure", "gigabyte", 1),
    (r"メガバイト|MB", "measure", "megabyte", 1),
    (r"ギガヘルツ|GHz", "measure", "gigahertz", 1),
    (r"メガヘルツ|MHz", "measure", "megahertz", 1),
    (r"キロヘルツ|kHz", "measure", "kilohertz", 1),
    (r"ヘルツ|Hz", "measure", "hertz", 1),
    (r"キュービット|量子ビット", "measure", "qubit", 1),
    (r"(?:セ氏|摂氏)?度(?:C)?(?!目|と|合|量)", "number", "", 1),
    (r"日目", "ordinal", "day", 1),
    (r"(?:か|箇|ヶ|カ)月目", "ordinal", "month", 1),
    (r"年目", "ordinal", "year", 1),
    (r"週(?:間)?目", "ordinal", "week", 1),
    (r"(?:回|度)目|(?:番|つ|時間)目|年次|番(?!号|組|人)", "ordinal", "", 1),
    (r"倍", "times", "", 1),
    (
        r"(?:通|部(?!門|分|会|局|署|品)|回|件|人|名(?!称|簿|義)|者|個|か国|ヵ国|箇国|カ国|ヶ国|国(?!際|家|民|内|連|籍|営|益)|つ|台|隻|機(?!関)|校|社|団体|機関|言語|種類|種|分野|箇所|か所|カ所|段階|位"
        r"|本|枚|冊|頁|ページ|期|班|項目|区分|要素|原則|点|面(?!会)|者間|当事者|締約国|締約者|参加者|政府|大臣|省|庁|課題|側|方(?!法|針|式|向|策)|歳|才|周年|室|棟|床|席|票|分の|の(?:概念|国|活動|事業|者|場合|言語|分野|要素|会合|機関|契約|締約国|当事者|事項|要件|条件|締約者|政府|党|州|県|都市)|地域|都市|州|県|都道府県|市|町|村"
        r"|施設|事業|計画|案件|地点|戸|世帯|組|層|系統|プロジェクト|センター|コース|グループ|チーム|ヶ所|講座|単位|科目|学期|対)",
        "number",
        "",
        1,
    ),
)
_JA_UNIT = tuple((re.compile(p), k, u, f) for p, k, u, f in _JA_UNITS)
_JA_NUMBER = re.compile(_JA_NUM)
_JA_DATE = re.compile(
    rf"(?:(?P<era>明治|大正|昭和|平成|令和)(?P<ey>元|{_JA_NUM})年|(?:西暦)?(?P<y>\d{{4}}|[一二三四五六七八九][〇零一二三四五六七八九]{{3}}|[一二]?千[〇一二三四五六七八九十百]*|二千[一二三四五六七八九十百]*)年)"
    rf"(?P<fy>度)?(?:(?P<m>{_JA_NUM})月(?!間)(?:(?P<d>{_JA_NUM})日(?!間))?)?"
    rf"|(?P<m2>{_JA_NUM})月(?!間)(?:(?P<d2>{_JA_NUM})日(?!間))?"
)
# 2024/8/3, 8/4(日)
_JA_SLASHED = re.compile(
    r"(?<![\d/.])(?:(?P<y>(?:19|20)\d\d)/)?(?P<m>1[0-2]|0?[1-9])/(?P<d>3[01]|[12]\d|0?[1-9])(?![\d/])(?P<week>\s?\([月火水木金土日][^()]{0,3}\))?"
)
_JA_FRACTION = re.compile(rf"(?P<den>{_JA_NUM})分の(?P<num>{_JA_NUM})")
_JA_CLOCK = re.compile(
    rf"(?P<half>午前|午後)?(?P<h>{_JA_NUM})時(?!間|点|期|代|刻|系)(?:(?P<m>{_JA_NUM})分)?|(?<![\d.A-Za-zァ-ヺー])(?P<h2>\d{{1,2}}):(?P<m2>\d\d)(?![\d,])"
)  # レベル1:100床 tells no time
_CODE = re.compile(
    r"https?://\S+|[\w.+-]+@[\w.-]+|\+\d[\d ()-]{6,}\d|[A-Za-z]+[-‐‑/]?\d[\w.\-]*|\d+[A-Z](?![a-z])[\w-]*"
)
_PREFIX_MONEY = re.compile(
    r"(?P<cur>US\$|S\$|A\$|HK\$|C\$|NZ\$|\$|¥|€|£|(?:JPY|USD|EUR|GBP|AUD|CAD|CHF|CNY|RMB|SGD|KRW|INR|IDR|THB|MYR|PHP|VND|KES|NZD|HKD|BRL|CLP|ZAR|AED|SAR|MXN|TWD|NOK|SEK|DKK)) ?"
)
_CURRENCY = {
    "US$": "USD", "$": "dollar", "S$": "SGD", "A$": "AUD", "HK$": "HKD", "C$": "CAD", "NZ$": "NZD", "¥": "JPY", "€": "EUR",
    "£": "GBP", "RMB": "CNY", "KES": "shilling", "INR": "rupee", "PHP": "peso", "CLP": "peso", "MXN": "peso", "NOK": "krone",
    "DKK": "krone", "SEK": "krona", "AED": "dirham", "SAR": "riyal", "ZAR": "rand", "BRL": "real",
}  # fmt: skip

_JA_SOFT: tuple[tuple[str, int, str], ...] = (
    (r"両(?=[一-龥])(?!替|立|面|論|用)|双方|二国間|二者|相互|併せて|それぞれ|共に|ともに|互い", 2, ""),
    (r"三国間|三者", 3, ""),
    (r"二重|倍(?!率)", 2, ""),
    (r"毎年|年次|年間(?!\d)|年ごと|毎年度|一年|年(?=\d|[一二三四五六七八九])", 1, "year"),
    (r"毎月|月次|月ごと|ひと月|月(?=[一二三四1-9]回)", 1, "month"),
    (r"毎週|週(?=[一二三四1-9]回)", 1, "week"),
    (r"毎日|日次|一日|当日", 1, "day"),
    (r"隔年", 2, "year"),
    (r"隔月", 2, "month"),
    (r"隔週", 2, "week"),
    (r"半年", 6, "month"),
    (r"四半期", 3, "month"),
    (
        r"初(?:回|めて|年度?|日)|最初|第一(?![〇一二三四五六七八九十百千条項号章節部])|まず|一(?=[^〇一二三四五六七八九十百千万])|単[一独]|唯一|同一",
        1,
        "",
    ),
    (r"ダース", 12, ""),
)
_JA_SOFT_RE = tuple((re.compile(p), Fraction(v), u) for p, v, u in _JA_SOFT)


def _mask(text: str, pattern: re.Pattern[str]) -> str:
    return pattern.sub(lambda m: "\x00" * len(m[0]), text)


def _span_taken(taken: list[tuple[int, int]], start: int, end: int) -> bool:
    return any(s < end and start < e for s, e in taken)


def _year(match: re.Match[str]) -> int | None:
    if match["era"]:
        first, last = _ERAS[match["era"]]
        count = Fraction(1) if match["ey"] == "元" else kanji_value(match["ey"])
        return None if count is None or count.denominator != 1 or not 1 <= count <= last else first + int(count) - 1
    if match["y"]:
        value = kanji_value(match["y"])
        return int(value) if value is not None and 1000 <= value <= 2999 else None
    return 0


# 六月以内 in a statute is six months, not June.
_JA_MONTHS = re.compile(
    rf"(?<!年)({_JA_NUM})月(?=以[内上下]|未満|を(?:超|経過|下回|限度)|の期間|に満たな|前(?!半|年|期)|後(?!半|期))"
)
_CITED = re.compile(
    r"(?:(?:及び|又は|、|から)\d{1,2}(?:まで)?)*の(?:規定|権利|義務|場合|定め|要件|措置|適用|手続|通告|申請|期間)"
)


def read_ja(text: str) -> tuple[Quantity, ...]:
    """Read the values of a folded Japanese text, in order; references to provisions are left to `references_ja`."""
    out: list[Quantity] = []
    taken: list[tuple[int, int]] = [(r.start, r.end) for r in references_ja(text) if r.explicit]
    masked = _mask(_mask(text, _CODE), _JA_GUARD)
    for m in _CODE.finditer(text):
        taken.append(m.span())
    for span in taken:
        masked = masked[: span[0]] + "\x00" * (span[1] - span[0]) + masked[span[1] :]

    def put(q: Quantity) -> None:
        out.append(q)
        taken.append((q.start, q.end))

    for m in _JA_MONTHS.finditer(masked):
        months = kanji_value(m[1])
        if months and not _span_taken(taken, *m.span()):
            put(Quantity("duration", months, "month", m.start(), m.end()))
    dates: list[Quantity] = []
    for m in _JA_DATE.finditer(masked):
        year = _year(m)
        month, day = m["m"] or m["m2"], m["d"] or m["d2"]
        mv, dv = (kanji_value(month) if month else Fraction(0)), (kanji_value(day) if day else Fraction(0))
        if year is None or mv is None or dv is None or mv > 12 or dv > 31 or mv.denominator != 1:
            continue
        if m["m2"] and not m["d2"] and (m["m2"].startswith("〇") or not 1 <= mv <= 12):
            continue
        if _span_taken(taken, *m.span()):
            continue
        dates.append(Quantity("date", Fraction(0), "", m.start(), m.end(), date=(year, int(mv), int(dv))))
        put(dates[-1])
    for m in _JA_SLASHED.finditer(masked):
        year = int(m["y"] or 0)
        if (year or m["week"]) and not _span_taken(taken, *m.span()):
            dates.append(
                Quantity("date", Fraction(0), "", m.start(), m.end("d"), date=(year, int(m["m"]), int(m["d"])))
            )
            put(dates[-1])
    for m in _JA_FRACTION.finditer(masked):
        den, num = kanji_value(m["den"]), kanji_value(m["num"])
        if den and num and not _span_taken(taken, *m.span()):
            put(Quantity("percent", num * 100 / den, "", m.start(), m.end()))
    for m in _JA_CLOCK.finditer(masked):
        if _span_taken(taken, *m.span()):
            continue
        hour, minute = kanji_value(m["h"] or m["h2"]), kanji_value(m["m"] or m["m2"] or "0")
        if hour is not None and minute is not None and hour <= 24 and minute < 60:
            put(
                Quantity(
                    "clock",
                    (hour % 24 + (12 if m["half"] == "午後" and hour < 12 else 0)) * 60 + minute,
                    "",
                    m.start(),
                    m.end(),
                )
            )
    for m in re.finditer("正午", masked):
        out.append(Quantity("clock", Fraction(720), "", m.start(), m.end(), soft=True))
    for m in _PREFIX_MONEY.finditer(text):
        n = _JA_NUMBER.match(text, m.end())
        value = kanji_value(n[0]) if n else None
        if (
            n
            and value is not None
            and not any(s < n.end() and m.end() < e for s, e in taken if text[s:e] != text[m.start() : e])
        ):
            put(Quantity("money", value, _CURRENCY.get(m["cur"], m["cur"]), m.start(), n.end()))
    for m in _JA_NUMBER.finditer(masked):
        start, end = m.span()
        if _span_taken(taken, start, end):
            continue
        value = kanji_value(m[0])
        if value is None:
            continue
        digits = m[0][0].isdigit() or m[0][0] in "0123456789"
        kind: Kind = "number"
        unit, factor, stop = "", 1, end
        known = False
        for pattern, k, u, f in _JA_UNIT:
            after = pattern.match(masked, end + 1 if masked[end : end + 1] == " " else end)
            if after:
                kind, unit, factor, stop, known = k, u, f, after.end(), True  # type: ignore[assignment]
                break
        ordinal = start > 0 and text[start - 1] == "第"
        if ordinal:
            kind, unit = "ordinal", ""
            start -= 1
        if not digits and not known and not ordinal:
            bounded = re.match(r"以上|以下|未満|を超え|を下回|を下らない", masked[end : end + 5])
            if not bounded:
                continue
        if start > 0 and masked[start - 1 : start] in ("数", "何", "幾", "十", "\x00") and not ordinal and not digits:
            continue
        soft = (value == 1 and kind in ("number", "ordinal", "times")) or (value == 0 and not digits)
        if not known and not ordinal and (start == 0 or text[start - 1] == "\n"):
            soft = True  # the marker of the segment itself
        last = max((d for d in dates if d.end <= start), key=lambda d: d.end, default=None)
        if kind == "duration" and unit == "day" and last is not None and value <= 31:
            between = masked[last.end : start]
            if re.fullmatch(r"(?:\(.{1,5}\))?(?:から|及び|、|~|-|・|又は|と)(?:同月)?", between):
                q = Quantity("date", Fraction(0), "", start, stop, date=(last.date[0], last.date[1], int(value)))
                put(q)
                dates.append(q)
                continue
        if digits and not known and not ordinal and _CITED.match(text, end):
            soft = True  # 1及び2の規定: paragraphs of the provision itself
        if kind in ("number", "ordinal") and text[max(0, start - 1) : start] == "(" and text[end : end + 1] == ")":
            soft = True  # an item marker or a gloss
        put(Quantity(kind, value * factor, unit, start, stop, soft=soft))
    for pattern, value, unit in _JA_SOFT_RE:
        for m in pattern.finditer(text):
            if not _span_taken(taken, *m.span()):
                out.append(Quantity("duration" if unit else "number", value, unit, m.start(), m.end(), soft=True))
    for m in re.finditer(r"過?半数|半分|半額|半ば|半(?=[年日])", text):
        out.append(
            Quantity("percent", Fraction(50), "", m.start(), m.end(), soft=True, bound=">" if m[0] == "過半数" else "")
        )
    return tuple(sorted((_bound_ja(text, q) for q in out), key=lambda q: (q.start, q.end)))


_JA_AFTER: tuple[tuple[str, Bound], ...] = (
    (
        r"(?:の(?:者|もの|額|範囲|割合|期間|場合))?を超え(?:てはなら)?な(?:い|く|か)|を超え(?:ては)?なら(?:ない|ず)|を超えず|を超えることは?(?:でき)?な|を超えるものではな|を上回らな|を上回ってはならな",
        "<=",
    ),
    (r"を(?:超え|超過|上回)|超(?![高電音伝小])", ">"),
    (r"を(?:下回|下)(?:ら(?:ない|ず)|ってはならな|ることはな)", ">="),
    (r"を(?:下回)|に(?:満たな|達しな)", "<"),
    (r"(?:の)?以上|(?:の)?以降|以後|(?:を|の)(?:最低|下限)|を下限", ">="),
    (r"(?:の)?以下|以内|を(?:限度|上限|最長|最大)|(?:の)?範囲内", "<="),
    (r"未満", "<"),
)
_JA_AFTER_RE = tuple((re.compile(p), b) for p, b in _JA_AFTER)
_JA_BEFORE: tuple[tuple[str, Bound], ...] = (
    (r"少なくとも|少くとも|最低(?:で|でも|限)?|最短(?:で|でも)?|最少|最小(?:で)?", ">="),
    (r"最長(?:で|でも)?|最大(?:で|でも)?|多くとも|最高(?:で|でも)?|高々|遅くとも|長くとも|最多", "<="),
)
_JA_BEFORE_RE = tuple((re.compile(rf"(?:{p})(?:、|の|として)?(?:[^、。]{{0,6}}?)$"), b) for p, b in _JA_BEFORE)


def _bound_ja(text: str, q: Quantity) -> Quantity:
    bound: Bound = q.bound
    when: Literal["", "before", "after"] = ""
    left, right = q.start, q.end
    after = text[q.end : q.end + 14]
    gap = re.match(r"\([^()]{1,12}\)", after)
    base = q.end + (gap.end() if gap else 0)
    after = text[base : base + 14]
    if q.kind == "date":
        for pattern, b in (
            (r"(?:の日)?(?:まで|以前)", "<="),
            (r"(?:の日)?(?:から|以降|以後|より)", ">="),
            (r"(?:の日)?(?:より)?前(?!記|項)", "<"),
            (r"(?:の日)?(?:より)?後(?!記)", ">"),
        ):
            m = re.match(pattern, after)
            if m:
                bound, right = b, base + m.end()  # type: ignore[assignment]
                break
    else:
        for p, b2 in _JA_AFTER_RE:
            m = p.match(after)
            if m:
                bound, right = b2, base + m.end()
                if b2 == ">" and re.match(
                    r"(?:て|る)?[^。、]{0,16}(?:ない|なかった|せず|されず|ならず|なく)", text[right:]
                ):
                    bound = "<="
                break
        before = text[max(0, q.start - 14) : q.start]
        if not bound and not re.match(r"に(?:少なくとも)?[一1]回", after):
            for p, b2 in _JA_BEFORE_RE:
                m = p.search(before)
                if m and not re.search(r"[\d一二三四五六七八九十]", before[m.start() :].replace("一の", "")):
                    bound, left = b2, q.start - len(before) + m.start()
                    break
        if q.kind == "duration":
            rest = text[right : right + 6]
            m = re.match(r"(?:より)?前(?!記|項|条|号)(?P<by>まで)?", rest)
            if m:
                when, right = "before", right + m.end()
                if m["by"] and (not bound or text[left : left + 4] == "遅くとも"):
                    bound = ">="
            else:
                m = re.match(r"(?:を)?(?:経過|後(?!記|援|継|任|続|段|者))", rest)
                if m:
                    when, right = "after", right + m.end()
            lead = re.search(r"(?:の|する|した)?(?:日|時|時点)?の?(前|後|から)(?:の)?$", text[max(0, left - 8) : left])
            if not when and lead and bound == "<=":
                when = "before" if lead[1] == "前" else "after"
    return replace(q, bound=bound, when=when, outer=(left, right))


# ------------------------------------------------------------------------------------------------ English numerals

_ONES = {
    w: n
    for n, w in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen".split()
    )
}
_TENS = {w: 10 * n for n, w in enumerate("twenty thirty forty fifty sixty seventy eighty ninety".split(), 2)}
_SCALE = {
    "hundred": 100,
    "thousand": 1000,
    "million": 10**6,
    "billion": 10**9,
    "trillion": 10**12,
    "bn": 10**9,
    "mn": 10**6,
}
_ORD = {
    w: n
    for n, w in enumerate(
        "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth".split(),
        1,
    )
} | {"twentieth": 20, "thirtieth": 30, "fortieth": 40, "fiftieth": 50, "sixtieth": 60, "hundredth": 100}
_WORD = "|".join([*_ONES, *_TENS, "hundred", "thousand", "million", "billion", "trillion"])
_EN_WORDS = rf"(?:(?:{_WORD})(?:(?:[ -]|(?: and ))(?=(?:{_WORD})\b))?)+"
_EN_DIGITS = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
_EN_NUMBER = re.compile(
    rf"(?<![\w.])(?:(?P<fig>{_EN_DIGITS})(?:[ -](?P<scale>hundred|thousand|million|billion|trillion|bn|mn)\b)?|\b(?P<words>{_EN_WORDS})\b)"
    rf"(?P<ord>(?<=\d)(?:st|nd|rd|th)\b)?(?: \((?:{_EN_DIGITS}|{_EN_WORDS})\))?",
    re.I,
)
_MONTHS = {
    m: n
    for n, names in enumerate(
        (
            ("January", "Jan"), ("February", "Feb"), ("March", "Mar"), ("April", "Apr"), ("May",), ("June", "Jun"), ("July", "Jul"),
            ("August", "Aug"), ("September", "Sept", "Sep"), ("October", "Oct"), ("November", "Nov"), ("December", "Dec"),
        ),
        1,
    )
    for m in names
}  # fmt: skip
_MONTHS |= {m.upper(): n for m, n in _MONTHS.items() if len(m) > 3 or m == "May"}
_MONTH = "(?:" + "|".join(sorted(_MONTHS, key=len, reverse=True)) + r")\b\.?"
_ORD_DAY = rf"(?:(?:twenty|thirty)-)?(?:{'|'.join(_ORD)})"
_EN_DAY = rf"(?:\d{{1,2}}(?i:st|nd|rd|th)?|{_ORD_DAY}(?= day of |,? (?:of )?(?:January|February|March|April|May|June|July|August|September|October|November|December)))"
_EN_DATE = re.compile(
    rf"\b(?:the )?(?P<d1>{_EN_DAY})(?: day)?(?:(?: of)?,? )(?P<m1>{_MONTH})(?:,? (?:in the year )?(?P<y1>\d{{4}}))?"
    rf"|\b(?P<m2>{_MONTH}) (?P<d2>{_EN_DAY})\b(?!\d|,\d)(?:,? (?P<y2>\d{{4}}))?"
    rf"|\b(?P<m3>{_MONTH}),? (?:of )?(?P<y3>\d{{4}})"
    rf"|(?P<y5>\d{{4}})-(?P<m5>\d\d)-(?P<d5>\d\d)"
    rf"|(?:(?<=\b(?P<prep>in|by|of|on|to|or) )|(?<=\b(?:last|next|late|from|till) )|(?<=\b(?:since|until|early|every) ))(?P<m4>{_MONTH})(?! (?:be|not|also|only|by|have|terminate|request))"
)
_EN_DAYS_RANGE = re.compile(
    rf"\b(?P<list>(?:\d{{1,2}}(?:st|nd|rd|th), ?(?:(?:and|or) )?)*)"
    rf"(?:(?P<a>{_EN_DAY})(?: (?:to|and|or|until|through) |-|–)|(?<=[, ]))(?={_EN_DAY} (?:of )?{_MONTH})"
)  # 3 to 5 May; 3rd, 4th and 5th May
_EN_LISTED = re.compile(r"(\d{1,2})(?:st|nd|rd|th)")
_EN_MONTH_RANGE = re.compile(
    rf"\b(?P<m>{_MONTH}) (?P<a>\d{{1,2}})(?: (?:to|and|or|until|through) |-|–)(?P<b>\d{{1,2}})(?:,? (?P<y>\d{{4}}))?"
)
_EN_UNITS: tuple[tuple[str, str, str, int], ...] = (
    (r"(?:business|working|official working)[ -]days?(?:'|’)?", "duration", "business day", 1),
    (r"(?:(?:consecutive|calendar|full|successive|clear)[ -])?days?(?:'|’)?", "duration", "day", 1),
    (r"(?:(?:consecutive|calendar|full|successive)[ -])?months?(?:'|’)?(?:'s)?", "duration", "month", 1),
    (
        r"(?:(?:consecutive|calendar|full|successive|Japanese)[ -])?(?:fiscal |academic |financial )?years?(?:'|’)?(?!-old)",
        "duration",
        "year",
        1,
    ),
    (r"(?:(?:consecutive|calendar|full|successive)[ -])?weeks?(?:'|’)?", "duration", "week", 1),
    (r"hours?(?:'|’)?", "duration", "hour", 1),
    (r"minutes?(?:'|’)?", "duration", "minute", 1),
    (r"seconds?\b(?:'|’)?", "duration", "second", 1),
    (r"decades?", "duration", "year", 10),
    (r"per ?cent(?:um)?(?:age points?)?|percentage points?|%", "percent", "", 1),
    (r"(?:US|U\.S\.|United States|American) dollars?", "money", "USD", 1),
    (r"Australian dollars?", "money", "AUD", 1),
    (r"Singapore dollars?", "money", "SGD", 1),
    (r"Canadian dollars?", "money", "CAD", 1),
    (r"New Zealand dollars?", "money", "NZD", 1),
    (r"Hong Kong dollars?", "money", "HKD", 1),
    (r"dollars?", "money", "dollar", 1),
    (r"(?:Japanese )?yen", "money", "JPY", 1),
    (r"euros?", "money", "EUR", 1),
    (r"pounds?(?: sterling)?", "money", "GBP", 1),
    (r"(?:Chinese )?(?:yuan|renminbi)", "money", "CNY", 1),
    (r"(?:Korean |South Korean )?won\b", "money", "KRW", 1),
    (r"Swiss francs?", "money", "CHF", 1),
    (r"francs?", "money", "franc", 1),
    (r"(?:Indian |Pakistani? )?rupees?", "money", "rupee", 1),
    (r"(?:Indonesian )?rupiah", "money", "IDR", 1),
    (r"(?:[A-Z]\w+ )?shillings?", "money", "shilling", 1),
    (r"(?:[A-Z]\w+ )?pesos?", "money", "peso", 1),
    (r"(?:Malaysian )?ringgit", "money", "MYR", 1),
    (r"(?:Thai )?baht", "money", "THB", 1),
    (r"(?:[A-Z]\w+ )?krone[rs]?", "money", "krone", 1),
    (r"(?:[A-Z]\w+ )?kron(?:or|as?)", "money", "krona", 1),
    (r"(?:[A-Z]\w+ )?dirhams?", "money", "dirham", 1),
    (r"(?:[A-Z]\w+ )?riyals?", "money", "riyal", 1),
    (r"(?:South African )?rand\b", "money", "rand", 1),
    (r"(?:Brazilian )?reais\b|Brazilian reals?", "money", "real", 1),
    (r"(?:Russian )?r(?:o)?ubles?", "money", "rouble", 1),
    (r"square kilomet(?:re|er)s?|km2|km²|sq km", "measure", "square kilometre", 1),
    (r"square met(?:re|er)s?|m2|m²", "measure", "square metre", 1),
    (r"cubic met(?:re|er)s?|m3|m³", "measure", "cubic metre", 1),
    (r"kilomet(?:re|er)s?|km\b", "measure", "kilometre", 1),
    (r"centimet(?:re|er)s?|cm\b", "measure", "centimetre", 1),
    (r"millimet(?:re|er)s?|mm\b", "measure", "millimetre", 1),
    (r"micromet(?:re|er)s?|microns?", "measure", "micrometre", 1),
    (r"nanomet(?:re|er)s?|nm\b", "measure", "nanometre", 1),
    (r"met(?:re|er)s?|m\b", "measure", "metre", 1),
    (r"(?:nautical|sea) miles?", "measure", "nautical mile", 1),
    (r"miles?", "measure", "mile", 1),
    (r"knots?", "measure", "knot", 1),
    (r"feet|foot", "measure", "foot", 1),
    (r"inch(?:es)?", "measure", "inch", 1),
    (r"hectares?|ha\b", "measure", "hectare", 1),
    (r"acres?", "measure", "acre", 1),
    (r"kilogram(?:me)?s?|kg\b", "measure", "kilogram", 1),
    (r"milligram(?:me)?s?|mg\b", "measure", "milligram", 1),
    (r"gram(?:me)?s?|g\b", "measure", "gram", 1),
    (r"(?:metric )?ton(?:ne)?s?|gross (?:registered )?ton(?:ne|nage)s?|t\b", "measure", "tonne", 1),
    (r"kilolit(?:re|er)s?|kl\b", "measure", "kilolitre", 1),
    (r"millilit(?:re|er)s?|ml\b", "measure", "millilitre", 1),
    (r"lit(?:re|er)s?", "measure", "litre", 1),
    (r"barrels?", "measure", "barrel", 1),
    (r"kilowatt[- ]hours?|kWh\b", "measure", "kilowatt hour", 1),
    (r"megawatt[- ]hours?|MWh\b", "measure", "megawatt hour", 1),
    (r"kilowatts?|kW\b", "measure", "kilowatt", 1),
    (r"megawatts?|MW\b", "measure", "megawatt", 1),
    (r"gigawatts?|GW\b", "measure", "gigawatt", 1),
    (r"terabytes?|TB\b", "measure", "terabyte", 1),
    (r"gigabytes?|GB\b", "measure", "gigabyte", 1),
    (r"megabytes?|MB\b", "measure", "megabyte", 1),
    (r"gigahertz|GHz\b", "measure", "gigahertz", 1),
    (r"megahertz|MHz\b", "measure", "megahertz", 1),
    (r"kilohertz|kHz\b", "measure", "kilohertz", 1),
    (r"hertz|Hz\b", "measure", "hertz", 1),
    (r"qubits?", "measure", "qubit", 1),
    (r"times\b|-?fold\b", "times", "", 1),
    (r"orders? of magnitude", "times", "", 1),
)
_EN_UNIT = tuple((re.compile(rf"[ -]?(?:{p})(?![A-Za-z])", re.I), k, u, f) for p, k, u, f in _EN_UNITS)
_EN_FRACTION = re.compile(
    r"\b(?P<num>one|two|three|four|five|a|seven|nine)[ -](?P<den>half|halves|thirds?|quarters?|fourths?|fifths?|sixths?|sevenths?|eighths?|tenths?)\b(?! (?:meeting|session|paragraph|part(?:y|ies)|day|year|countr|State|round|person|instance))"
    r"|(?<![\d/.])(?P<n2>\d{1,2})(?:/|⁄)(?P<d2>\d{1,2})(?![\d/])",
    re.I,
)
_EN_ONE_IN = re.compile(
    rf"\b(?:(?P<nf>\d{{1,2}})|(?P<nw>one|two|three|four|five)) (?:in(?: a| an| every)?|out of(?: every)?) (?:(?P<df>{_EN_DIGITS})|(?P<dw>{_EN_WORDS}))\b(?! (?:years?|months?|days?))",
    re.I,
)
_DENOMINATOR = {
    "half": 2,
    "halves": 2,
    "third": 3,
    "quarter": 4,
    "fourth": 4,
    "fifth": 5,
    "sixth": 6,
    "seventh": 7,
    "eighth": 8,
    "tenth": 10,
}
_EN_ORDINAL = re.compile(
    rf"\b(?:(?P<ten>{'|'.join(_TENS)})-)?(?P<one>{'|'.join(_ORD)})\b(?!ly)(?!-(?:party|hand))(?! (?:part(?:y|ies)|countr(?:y|ies)|States?|persons?)\b)",
    re.I,
)
_EN_CLOCK = re.compile(
    r"\b(?P<h>\d{1,2})(?:[:.](?P<m>\d\d))? ?(?P<half>a\.m\.|p\.m\.|am\b|pm\b|o'clock)|\b(?P<h2>\d{1,2}):(?P<m2>\d\d)\b"
)
_EN_GUARD = re.compile(
    r"\bone another\b|\bone or (?:more|several|other)\b|\bno[ -]one\b|\bone's\b|\bany ?one\b|\bevery ?one\b|\bone['’]s own\b|\bat one\b|\bthe one hand\b|\bone-sided\b|\bone-off\b"
    r"|\bin the second place\b|\bin the first (?:place|instance)\b|\bfirst[- ]?hand\b|\bfirst aid\b|\bfirst and foremost\b|\bnumber one\b|\bseconded\b|\bsecond-hand\b|\b(?:one|two|three|four)-dimensional\b|\bzero[- ](?:sum|tolerance|emission)\w*\b"
    r"|\b(?:none|everyone|someone)\b|\bsecondly\b|\bthirdly\b|\bfirstly\b|\bcarbon[- ]neutral\b|\bnet[- ]zero\b|\bone[- ]stop\b|\bone by one\b",
    re.I,
)
_EN_SOFT: tuple[tuple[str, int, str], ...] = (
    (
        r"\b(?:both|bilateral(?:ly)?|either|neither|each other|mutual(?:ly)?|pairs?|reciprocal|between)\b",
        2,
        "side",
    ),
    (r"\b(?:twice|double|dual|two-?fold)\b", 2, ""),
    (r"\b(?:trilateral(?:ly)?|tripl\w+|tripartite|thrice)\b", 3, ""),
    (r"\b(?:once|single|sole(?:ly)?|first|initial|a|an|one|another|same)\b", 1, ""),
    (r"\b(?:second(?:ly|ary)?|latter)\b", 2, ""),
    (r"\bthird\b", 3, ""),
    (
        r"\b(?:annual(?:ly)?|yearly|(?:a|an|each|every|per|the(?: \w+)?|this|that|one|any|preceding|following) (?:(?:fiscal|academic|calendar|financial|preceding|following) )?year)\b",
        1,
        "year",
    ),
    (r"\b(?:monthly|(?:a|each|every|per|the|one) (?:calendar )?month)\b", 1, "month"),
    (r"\b(?:weekly|(?:a|each|every|per|the|one) week)\b", 1, "week"),
    (r"\b(?:daily|(?:a|each|every|per|the|one) day)\b", 1, "day"),
    (r"\b(?:hourly|(?:an|each|every|per|the|one) hour)\b", 1, "hour"),
    (r"\b(?:biennial(?:ly)?|every other year|every second year)\b", 2, "year"),
    (r"\b(?:semi-?annual(?:ly)?|half-?year(?:ly)?|biannual(?:ly)?)\b", 6, "month"),
    (r"\b(?:semi-?annual(?:ly)?|half-?year(?:ly)?|biannual(?:ly)?)\b", 2, ""),
    (r"\bquarter(?:s|ly)?\b", 3, "month"),
    (r"\bquarter(?:s|ly)?\b", 4, ""),
    (r"\bfortnight(?:ly)?\b", 2, "week"),
    (r"\bdozen\b", 12, ""),
    (r"\bcentury\b", 100, "year"),
    (r"\bnil\b|\bnone\b|\bno\b", 0, ""),
)
_EN_SOFT_RE = tuple((re.compile(p, re.I), Fraction(v), u) for p, v, u in _EN_SOFT)
_COPIES = re.compile(r"\bin (?P<n>duplicate|triplicate|quadruplicate)\b", re.I)
_COPY = {"duplicate": 2, "triplicate": 3, "quadruplicate": 4}
_TWO_SIDES = re.compile(
    r" (?:countr|governments?|sides?|part(?:y|ies)\b|participants?|nations?|peoples?|ministers?|leaders|economies|ministries|contracting|signator|states\b)",
    re.I,
)


def _words_value(words: str) -> Fraction | None:
    total, part = 0, 0
    for word in re.findall(r"[a-z]+", words.lower()):
        if word in _ONES:
            part += _ONES[word]
        elif word in _TENS:
            part += _TENS[word]
        elif word == "hundred":
            part = (part or 1) * 100
        elif word in _SCALE:
            total += (part or 1) * _SCALE[word]
            part = 0
        elif word != "and":
            return None
    return Fraction(total + part)


def read_en(text: str) -> tuple[Quantity, ...]:
    """Read the values of a folded English text, in order; references to provisions are left to `references_en`."""
    out: list[Quantity] = []
    taken: list[tuple[int, int]] = [(r.start, r.end) for r in references_en(text) if r.explicit]
    masked = text
    for span in taken:
        masked = masked[: span[0]] + "\x00" * (span[1] - span[0]) + masked[span[1] :]
    masked = _mask(masked, _EN_GUARD)

    def put(q: Quantity) -> None:
        out.append(q)
        taken.append((q.start, q.end))

    for m in _EN_MONTH_RANGE.finditer(masked):
        year, month = int(m["y"] or 0), _MONTHS[m["m"].rstrip(".")]
        for day in (m["a"], m["b"]):
            out.append(Quantity("date", Fraction(0), "", *m.span(), date=(year, month, int(day))))
        taken.append(m.span())
    ranges: list[tuple[int, int, int, int]] = []  # where the first of several days stands, where its month, the day
    for m in _EN_DAYS_RANGE.finditer(masked):
        ranges += [
            (m.start() + d.start(), m.start() + d.end(), m.end(), int(d[1])) for d in _EN_LISTED.finditer(m["list"])
        ]
        if m["a"]:
            ranges.append((m.start("a"), m.end("a"), m.end(), _day(m["a"])))
    for m in _EN_DATE.finditer(masked):
        if _span_taken(taken, *m.span()):
            continue
        g = m.groupdict()
        month_name = g["m1"] or g["m2"] or g["m3"] or g["m4"]
        month = int(g["m5"]) if g["m5"] else _MONTHS[month_name.rstrip(".")]
        day_text = g["d1"] or g["d2"] or g["d5"]
        day = _day(day_text) if day_text else 0
        year = int(g["y1"] or g["y2"] or g["y3"] or g["y5"] or 0)
        if day > 31:
            continue
        put(Quantity("date", Fraction(0), "", m.start(), m.end(), date=(year, month, day)))
        for s, e, at, first in ranges:
            if at == m.start() and first <= 31:
                put(Quantity("date", Fraction(0), "", s, e, date=(year, month, first)))
    for m in _EN_CLOCK.finditer(masked):
        if _span_taken(taken, *m.span()):
            continue
        hour, minute, half = int(m["h"] or m["h2"]), int(m["m"] or m["m2"] or 0), (m["half"] or "").replace(".", "")
        if hour <= 24 and minute < 60:
            hour = hour % 12 + (12 if half == "pm" else 0) if half in ("am", "pm") else hour
            put(Quantity("clock", Fraction(hour * 60 + minute), "", m.start(), m.end()))
    for m in re.finditer(r"\b(?P<noon>noon|midday)\b|\bmidnight\b", masked, re.I):
        out.append(Quantity("clock", Fraction(720 if m["noon"] else 0), "", m.start(), m.end(), soft=True))
    for m in _COPIES.finditer(masked):
        put(Quantity("number", Fraction(_COPY[m["n"].lower()]), "", m.start(), m.end()))
    for m in _EN_FRACTION.finditer(masked):
        if _span_taken(taken, *m.span()):
            continue
        if m["n2"]:
            num, den = int(m["n2"]), int(m["d2"])
            if not 0 < num < den:
                continue
        else:
            word = m["num"].lower()
            num = 1 if word == "a" else _ONES[word]
            den = _DENOMINATOR.get(m["den"].lower(), 0) or _DENOMINATOR[m["den"].lower().rstrip("s")]
            if num >= den or (
                word == "one" and m["den"].lower() not in ("half", "third", "quarter", "fourth", "fifth", "tenth")
            ):
                continue
        put(Quantity("percent", Fraction(num * 100, den), "", m.start(), m.end()))
    for m in _EN_ONE_IN.finditer(masked):
        per = _words_value(m["dw"]) if m["dw"] else Fraction(m["df"].replace(",", ""))
        part = Fraction(m["nf"]) if m["nf"] else _words_value(m["nw"])
        if part and per and per > part and not _span_taken(taken, *m.span()):
            put(Quantity("percent", part * 100 / per, "", m.start(), m.end()))
    for m in _PREFIX_MONEY.finditer(masked):
        n = _EN_NUMBER.match(masked, m.end())
        if n is None or _span_taken(taken, m.start(), n.end()):
            continue
        value = _figure(n)
        if value is not None:
            put(Quantity("money", value, _CURRENCY.get(m["cur"], m["cur"]), m.start(), n.end()))
    codes = [m.span() for m in _CODE.finditer(masked) if not re.fullmatch(r"\d+[A-Z]", m[0])]
    for m in _EN_NUMBER.finditer(masked):
        start, end = m.span()
        if _span_taken(taken, start, end) or _span_taken(codes, start, end):
            continue
        value = _figure(m)
        if value is None:
            continue
        rest = masked[end : end + 1]
        if (
            rest
            and (rest.isalpha() and not m["ord"])
            and not re.match(r"(?:km|m|kg|g|t|ha|cm|mm|nm|ml|kl)\b", masked[end:])
        ):
            continue
        if (
            m["fig"]
            and re.match(r"[.)](?=[ “\"A-Z(\[])|\)", masked[end:])
            and not masked[masked.rfind("\n", 0, start) + 1 : start].strip("( -")
        ):
            continue  # the marker of the segment itself
        ordinal = bool(m["ord"])
        follow = re.match(rf"-(?={'|'.join(_ORD)})", masked[end:])
        if follow:
            continue
        kind: Kind = "ordinal" if ordinal else "number"
        unit, factor, stop = "", 1, end
        plus = re.match(r" and a half\b", masked[end:])
        if plus:
            value, end, stop = value + Fraction(1, 2), end + plus.end(), end + plus.end()
        if not ordinal:
            for pattern, k, u, f in _EN_UNIT:
                after = pattern.match(masked, end)
                if after and (u != "second" or value != 1):
                    kind, unit, factor, stop = k, u, f, after.end()  # type: ignore[assignment]
                    break
        word = not m["fig"]
        soft = (
            (value == 1 and kind in ("number", "times"))
            or value == 0
            or (word and value == 2 and kind == "number" and bool(_TWO_SIDES.match(masked[end : end + 16])))
        )
        if m["fig"] and text[max(0, start - 1) : start] == "(" and text[end : end + 1] == ")":
            soft = True
        if (
            m["fig"]
            and kind == "number"
            and re.fullmatch(r"(?:1[5-9]|20|21)\d\d", m["fig"])
            and not re.match(r" [a-z]", masked[end : end + 2])
        ):
            put(Quantity("date", Fraction(0), "", start, stop, date=(int(m["fig"]), 0, 0)))
            continue
        put(Quantity(kind, value * factor, unit, start, stop, soft=soft))
    for m in re.finditer(rf"\b(?P<w>{_EN_WORDS})-?fold\b", masked, re.I):
        value = _words_value(m["w"])
        if value is not None and not _span_taken(taken, *m.span()):
            put(Quantity("times", value, "", m.start(), m.end()))
    for m in _EN_ORDINAL.finditer(masked):
        if _span_taken(taken, *m.span()):
            continue
        value = Fraction(_TENS.get((m["ten"] or "").lower(), 0) + _ORD[m["one"].lower()])
        of = re.match(r" (day|month|year|week)\b", masked[m.end() :])
        put(Quantity("ordinal", value, of[1] if of else "", m.start(), m.end(), soft=value <= 2))
    for pattern, value, unit in _EN_SOFT_RE:
        for m in pattern.finditer(masked):
            kind_: Kind = "number" if unit in ("", "side") else "duration"
            out.append(Quantity(kind_, value, unit, m.start(), m.end(), soft=True))
    for m in re.finditer(r"\bhalf\b|\bhalves\b|\bhalved?\b|\bmajority\b|\bfifty-fifty\b", masked, re.I):
        if not _span_taken(taken, *m.span()):
            out.append(Quantity("percent", Fraction(50), "", m.start(), m.end(), soft=True))
    return tuple(sorted((_bound_en(text, q) for q in out), key=lambda q: (q.start, q.end)))


def _day(text: str) -> int:
    figures = re.match(r"\d+", text)
    if figures:
        return int(figures[0])
    return sum(_TENS.get(part, 0) or _ORD.get(part, 0) for part in text.lower().split("-"))


def _figure(m: re.Match[str]) -> Fraction | None:
    if m["fig"]:
        return Fraction(m["fig"].replace(",", "")) * _SCALE.get((m["scale"] or "").lower(), 1)
    return _words_value(m["words"])


_EN_BEFORE: tuple[tuple[str, Bound], ...] = (
    (
        r"(?:at least|not less than|no less than|no fewer than|not fewer than|a minimum(?: period)? of|minimum|(?:not|n't|never) (?:be |to be |fall )?(?:less than|fewer than|below|under)|no earlier than|not earlier than|no shorter than|not shorter than)",
        ">=",
    ),
    (
        r"(?:up to|at most|not more than|no more than|(?:not|n't|never|nor) (?:to )?(?:be )?(?:exceed(?:ing)?|more than|in excess of|over|above|longer than|greater than)|neither \w+ exceed|no(?:t)? later than|no longer than|no greater than|no higher than|within(?: a radius of| a distance of)?|a maximum(?: period)? of|maximum|by the latest|limit(?:ed)? (?:of|to)|a ceiling of|as many as)",
        "<=",
    ),
    (
        r"(?:more than|over(?! the(?! age of))|exceed(?:s|ed|ing)?|in excess of|above(?! the(?! age of))|greater than|larger than|bigger than|heavier than|wider than|older than|longer than|upwards of|beyond(?! the)|higher than|surpass(?:es|ed|ing)?)",
        ">",
    ),
    (
        r"(?:less than|fewer than|under(?! the(?! age of))|below(?! the(?! age of))|smaller than|lighter than|younger than|shorter than|lower than|short of)",
        "<",
    ),
)
_EN_BEFORE_RE = tuple(
    (
        re.compile(
            rf"\b(?:{p})(?: (?:a |the |an )?(?:total|period|term|amount|length|duration|sum|rate|limit|ages?)?(?: of)?| a further| the)?[ (]*(?:(?:USD|JPY|EUR|¥|\$|US\$) ?)?$",
            re.I,
        ),
        b,
    )
    for p, b in _EN_BEFORE
)
_EN_NO_RANGE = re.compile(r"\b(?:prohibit|not|never|no|n't|nor|neither)\b[^,;.]{0,24}$", re.I)
_EN_AFTER: tuple[tuple[str, Bound], ...] = (
    (
        r"or (?:more|over|above|longer|greater|older|higher|later|upwards?)|and (?:over|above|older|more)|minimum|at (?:the )?(?:least|minimum)",
        ">=",
    ),
    (
        r"or (?:less|fewer|below|under|shorter|lower|younger|earlier)|at (?:the )?(?:most|latest|maximum)|maximum|and (?:below|under)",
        "<=",
    ),
)
_EN_AFTER_RE = tuple((re.compile(rf"[^.;,]{{0,22}}?\b(?:{p})\b", re.I), b) for p, b in _EN_AFTER)
_EN_DATE_BEFORE: tuple[tuple[str, Bound], ...] = (
    (
        r"(?:by|until|till|up to|through|no later than|not later than|on or before|to)(?: and including)?(?: the end of)?",
        "<=",
    ),
    (r"(?:before|prior to|earlier than)", "<"),
    (
        r"(?:from|since|as from|as of|starting(?: on| from)?|beginning(?: on| from| in)?|on or after|no earlier than|not earlier than|on and after|on and from)",
        ">=",
    ),
    (r"(?:after|following|later than)", ">"),
)
_EN_DATE_BEFORE_RE = tuple((re.compile(rf"\b{p}(?: the)? $", re.I), b) for p, b in _EN_DATE_BEFORE)


def _bound_en(text: str, q: Quantity) -> Quantity:
    bound: Bound = q.bound
    when: Literal["", "before", "after"] = ""
    left, right = q.start, q.end
    before, after = text[max(0, q.start - 48) : q.start], text[q.end : q.end + 40]
    if q.kind == "date":
        for p, b in _EN_DATE_BEFORE_RE:
            m = p.search(before)
            if m:
                bound, left = b, q.start - len(before) + m.start()
                break
    elif not (q.soft and q.kind == "number" and not q.unit and q.value == 0):
        for p, b in _EN_BEFORE_RE:
            m = p.search(before)
            if m:
                bound, left = b, q.start - len(before) + m.start()
                if b == ">" and _EN_NO_RANGE.search(before[: m.start()]):
                    bound = "<="
                elif b == "<" and _EN_NO_RANGE.search(before[: m.start()]):
                    bound = ">="
                break
        if not bound:
            stop = re.search(rf"\d|\b(?:{_WORD})\b", after)
            window = after[: stop.start()] if stop else after
            for p, b in _EN_AFTER_RE:
                m = p.match(window)
                if m:
                    bound, right = b, q.end + m.end()
                    break
        if q.kind == "duration":
            m = re.match(
                r"(?:[- ]period)? ?(?:or (?:more|less|longer) )?(?P<w>before|prior to|in advance|ahead of|earlier|preceding|beforehand)\b",
                text[max(q.end, right if right > q.end else q.end) : q.end + 60],
            )
            m = m or re.match(
                r"(?:'s|’s|s|'|’)? (?:(?:prior|advance|previous)(?: written)?(?: notice| notification)?|(?:written )?(?:notice|notification)\b)",
                after,
            )
            if m:
                when = "before"
            else:
                m2 = re.match(
                    r" ?(?:or (?:more|less|longer) )?(?:after|following|from|of|since|later|subsequent to)\b", after
                )
                if m2:
                    when = "after"
            if when == "before" and bound == "<=" and re.match(r"(?:no|not) later|by", text[left:], re.I):
                bound = ">="
    return replace(q, bound=bound, when=when, outer=(left, right))


# ------------------------------------------------------------------------------------------------------ references


@dataclass(frozen=True, slots=True)
class Reference:
    """A reference to a provision: `ranks` holds, for each atom, the places it may name ({2} for b; {1, 9} for i).

    `relative` is "" or the kind of pointer: "preceding", "following", "this", "same". `explicit` says that the words
    themselves name a provision (Article 5), not a bare mark that may be one. `levels` names each atom's level.
    """

    start: int
    end: int
    ranks: tuple[frozenset[str], ...]
    levels: tuple[str, ...] = ()
    relative: str = ""
    explicit: bool = True
    own: bool = False


_ROMAN = {
    "i": 1, "ii": 2, "iii": 3, "iv": 4, "v": 5, "vi": 6, "vii": 7, "viii": 8, "ix": 9, "x": 10, "xi": 11, "xii": 12, "xiii": 13,
    "xiv": 14, "xv": 15, "xvi": 16, "xvii": 17, "xviii": 18, "xix": 19, "xx": 20,
}  # fmt: skip
_IROHA = {c: n for n, c in enumerate("イロハニホヘトチリヌルヲワカヨタレソ", 1)}
_AIUEO = {c: n for n, c in enumerate("アイウエオカキクケコサシスセソ", 1)}


def _ranks(atom: str) -> frozenset[str]:
    atom = atom.strip("(). ")
    if re.fullmatch(r"\d+(?:\.\d+)+", atom):
        return frozenset([atom])
    low = atom.lower()
    out = set()
    if low.isdigit():
        out.add(str(int(low)))
    if low in _ROMAN:
        out.add(str(_ROMAN[low]))
    if len(low) == 1 and "a" <= low <= "z":
        out.add(str(ord(low) - 96))
    if atom in _IROHA:
        out.add(str(_IROHA[atom]))
    if atom in _AIUEO:
        out.add(str(_AIUEO[atom]))
    value = kanji_value(atom) if not out and re.fullmatch(r"[〇一二三四五六七八九十百千]+", atom) else None
    if value is not None:
        out.add(str(int(value)))
    return frozenset(out)


_JA_LEVELS = {
    "条": "article",
    "項": "paragraph",
    "号": "item",
    "章": "chapter",
    "節": "section",
    "款": "subsection",
    "編": "part",
    "部": "part",
    "目": "division",
}
_JA_REF = re.compile(
    rf"第(?P<dots>\d{{1,2}}(?:\.\d{{1,2}}){{1,3}})(?:条|項|号|節)"
    rf"|第(?P<chap>[IVX]{{1,5}})(?P<cl>条|章|節|部|編)"
    rf"|第(?P<n>{_JA_NUM})(?P<l>条|項(?!目)|号|章|節|款|編|部)(?:の(?P<sub>[一二三四五六七八九十\d]+)(?!(?!第)[一-龥]))?(?P<tail>(?:\d{{1,2}}(?![\d,.年月日か人回名通件%パ分])|[一二三四五六七八九十]{{1,2}}(?=[にの及又、及はをが)]|から|まで|$)(?!の(?:締約国|当事者|概念|国))|(?<=\d)(?:及び|又は|、)\d{{1,2}}(?=[のに及又、])(?!の(?:締約国|当事者|概念|国))|\((?:\d{{1,2}}|[a-z]{{1,4}}|[ア-ソイロハ])\)|[a-z](?![a-zA-Z]))*)"
    rf"|(?<![第\d.〇一二三四五六七八九十百千])(?P<bare>\d{{1,3}})(?P<bl>条|項(?!目))(?:(?P<b2>\d{{1,2}})(?P<bl2>項|号))?"
    rf"|(?<![第条項号の\d.,〇一二三四五六七八九十百千])(?P<cited>[1-9]\d?)(?=(?:及び\d{{1,2}}|又は\d{{1,2}}|から\d{{1,2}}まで)?(?:の(?:規定|定め)|に(?:定める|規定する|掲げる|いう)))"
    rf"|(?P<rel>前各?[一二三四五六七八九十2-9]?(?:条|項|号|章|節|款)|次(?:条|項|号|章|節)|(?:本|この|同)(?:条|項|号|章|節))"
    rf"|(?P<mark>\((?:\d{{1,2}}|[a-z]{{1,3}}|[アイウエオカキクケコロハニホヘト])\))"
    rf"|(?:附属書|付属書|別表|別紙|様式|議定書|附表|付録)(?P<annex>第?(?:[IVX]{{1,4}}(?![A-Za-z])|[A-H](?![A-Za-z])|{_JA_NUM}))"
    rf"|(?P<dotted>(?<![\d.第])\d{{1,2}}(?:\.\d{{1,2}}){{1,3}})(?=(?:\([a-z0-9]+\))?(?:に(?:定め|規定|掲げ|基づ|従|いう|より|よる|おい|関|追加|列|示|記)|の(?:規定|定め|場合|下)|を適用|は、|及び|又は|、|から|まで))"
    rf"|(?P<roman>(?<![A-Za-z])[IVX]{{1,5}})(?![A-Za-z])(?P<tail2>(?:の(?=\d{{1,2}}(?:に|の|及|又|、))|\.?\d{{1,2}}|\((?:\d{{1,2}}|[a-z]{{1,3}})\))*)(?=の|に|及|又|、|で|から)"
)
# Apache License 2.0 の下で: a version
_VERSION = re.compile(
    r"(?<![A-Za-z])(?!(?:Sections?|Articles?|Clauses?|Paragraphs?|Annex|Rule)\b)[A-Z][A-Za-z]+ ?[vV]?$"
)
_EN_SPELT = {"one": "1", "two": "2", "three": "3", "four": "4", "five": "5", "six": "6"}
_EN_LABEL = r"(?:\d{1,4}(?!\d)(?:\.\d{1,2})*(?:bis|ter)?(?: \((?:paragraphs?|paras?\.?) \d{1,2}(?:(?:, | and | or | to )\d{1,2})*\))?|(?:one|two|three|four|five|six)(?= (?:of|and|above|or)\b)|[IVX]{1,5}\b|[A-H]\b|\([a-z0-9]{1,4}\)|\([IVX]+\))(?:\((?:\d{1,2}|[a-z]{1,4}|[A-Z])\))*"
_EN_REF = re.compile(
    rf"\b(?P<l>Articles?|Art\.|paragraphs?|paras?\.?|subparagraphs?|sub-paragraphs?|subsections?|sections?|chapters?|parts?(?= [IVX\d])|items?|clauses?|annex(?:es)?|appendix|appendices|schedules?|rules?|regulations?|titles?|nos?\.|points?|headings?(?= \d)|forms?(?= \d))"
    rf" (?P<list>{_EN_LABEL}(?:(?:,? (?:and|or|to|through) |, | ?[-–] ?){_EN_LABEL}(?! (?:days?|months?|years?|weeks?|hours?|per)\b))*)"
    rf"|\b(?P<rel>(?:the )?(?:(?:immediately )?preceding|foregoing|previous|following|next|same)(?: (?:two|three|four))? (?:Articles?|paragraphs?|items?|sections?|subparagraphs?|chapters?)|this (?:Article|Paragraph|paragraph|item|Section|section|subparagraph|Chapter))\b"
    rf"|(?P<mark>\((?:\d{{1,2}}|[a-z]{{1,4}})\))(?=[,;. )]|$)",
    re.I,
)
_RELATIVE = {"前": "preceding", "次": "following", "本": "this", "こ": "this", "同": "same"}


def references_ja(text: str) -> tuple[Reference, ...]:
    """Read references to provisions in a folded Japanese text (第五条第二項, 第2項1(b), 前項, 附属書I, 11.1に定める)."""
    out: list[Reference] = []
    for m in _JA_REF.finditer(text):
        if m["n"]:
            number = kanji_value(m["n"])
            if number is None or number.denominator != 1:
                continue
            ranks = [frozenset([str(int(number))])]
            levels = [_JA_LEVELS[m["l"]]]
            if m["l"] == "部" and not re.match(
                r"第[一二三四五六七八九十\d]+部(?![門分会局署品])", m[0] + text[m.end() : m.end() + 1]
            ):
                continue
            if m["sub"]:
                sub = kanji_value(m["sub"])
                if sub is not None:
                    ranks.append(frozenset([str(int(sub))]))
                    levels.append("sub")
            for atom in re.findall(r"\d+|\([^)]*\)|[一二三四五六七八九十]+|[a-z]", m["tail"] or ""):
                ranks.append(_ranks(atom))
                levels.append("")
            own = not text[: m.start()].strip(" #*\x00(") and text[m.end() : m.end() + 1] not in tuple(
                "のにをはがも及又若、からとで第"
            )
            out.append(Reference(m.start(), m.end(), tuple(ranks), tuple(levels), own=own))
        elif m["rel"]:
            level = _JA_LEVELS.get(m["rel"][-1], "")
            out.append(Reference(m.start(), m.end(), (), (level,), relative=_RELATIVE[m["rel"][0]], explicit=False))
        elif m["mark"]:
            own = not text[: m.start()].strip() and not re.match(r"[のにをはがも及又若]|から|まで", text[m.end() :])
            out.append(Reference(m.start(), m.end(), (_ranks(m["mark"]),), ("",), explicit=False, own=own))
        elif m["cited"]:
            out.append(Reference(m.start(), m.end(), (_ranks(m["cited"]),), ("",), explicit=False))
        elif m["bare"]:
            own = not text[: m.start()].strip(" #*\x00(")
            bare = [(m["bare"], m["bl"])] + ([(m["b2"], m["bl2"])] if m["b2"] else [])
            atoms = tuple(frozenset([str(int(n))]) for n, _ in bare)
            out.append(Reference(m.start(), m.end(), atoms, tuple(_JA_LEVELS[level] for _, level in bare), own=own))
        elif m["dots"]:
            out.append(Reference(m.start(), m.end(), (_ranks(m["dots"]),), ("",)))
        elif m["chap"]:
            if _ranks(m["chap"]):
                out.append(Reference(m.start(), m.end(), (_ranks(m["chap"]),), (_JA_LEVELS[m["cl"]],)))
        elif m["annex"]:
            atom = m["annex"].lstrip("第")
            value = kanji_value(atom) if not re.fullmatch(r"[A-Z]+", atom) else None
            ranks_ = frozenset([str(int(value))]) if value is not None else _ranks(atom)
            out.append(Reference(m.start(), m.end(), (ranks_,), ("annex",)))
        elif m["dotted"] and _VERSION.search(text[: m.start()]):
            continue
        elif m["dotted"]:
            out.append(Reference(m.start(), m.end(), (_ranks(m["dotted"]),), ("",)))
        elif m["roman"]:
            ranks = [_ranks(m["roman"])]
            ranks += [_ranks(a) for a in re.findall(r"\d+|\([^)]*\)", m["tail2"] or "")]
            if ranks[0]:
                out.append(Reference(m.start(), m.end(), tuple(ranks), ("",) * len(ranks)))
    return tuple(out)


def references_en(text: str) -> tuple[Reference, ...]:
    """Read references to provisions in a folded English text (Article 5, paragraph 2(1)(b), the preceding paragraph)."""
    out: list[Reference] = []
    for m in _EN_REF.finditer(text):
        if m["l"]:
            level = m["l"].lower().rstrip(".").removesuffix("s")
            listed = re.sub(r"\((?:paragraphs?|paras?\.?) ([^)]*)\)", r"\1", m["list"])
            listed = re.sub(
                r"\b(?:one|two|three|four|five|six)\b", lambda n: _EN_SPELT[n[0].lower()], listed, flags=re.I
            )
            atoms = re.findall(r"\d+(?:\.\d+)*|\([^)]*\)|[IVX]+\b|[A-H]\b", listed)
            ranks = tuple(r for r in (_ranks(a) for a in atoms) if r)
            own = not text[: m.start()].strip(" #*(") and not m["l"].lower().endswith("s") and len(ranks) == 1
            own = own and re.match(r"\s*$|[:.)]| [A-Z(“\"]", text[m.end() :]) is not None
            if ranks:
                out.append(Reference(m.start(), m.end(), ranks, (level,) * len(ranks), own=own))
        elif m["rel"]:
            words = m["rel"].lower()
            kind = (
                "this"
                if words.startswith("this")
                else "same"
                if "same" in words
                else "following"
                if re.search("following|next", words)
                else "preceding"
            )
            out.append(
                Reference(m.start(), m.end(), (), (words.split()[-1].rstrip("s"),), relative=kind, explicit=False)
            )
        elif m["mark"]:
            ranks_ = _ranks(m["mark"])
            if ranks_:
                out.append(
                    Reference(m.start(), m.end(), (ranks_,), ("",), explicit=False, own=not text[: m.start()].strip())
                )
    return tuple(out)


# ------------------------------------------------------------------------------------------------------ comparison


@dataclass(frozen=True, slots=True)
class Matching:
    """Which value answers which: index pairs, and what is left on either side (hard values only)."""

    pairs: tuple[tuple[Quantity, Quantity], ...]
    ja: tuple[Quantity, ...]
    en: tuple[Quantity, ...]


def _dates_agree(a: tuple[int, int, int], b: tuple[int, int, int]) -> bool:
    if a[2] != b[2] or (a[1] != b[1] and a[1] and b[1]) or (a[0] != b[0] and a[0] and b[0]):
        return False
    if a[1] != b[1] and not a[2]:
        return False
    shared = [(x, y) for x, y in zip(a, b, strict=True) if x and y]
    return bool(shared)


_DOLLARS = frozenset(["USD", "AUD", "SGD", "CAD", "NZD", "HKD", "dollar"])


def _units_agree(a: Quantity, b: Quantity) -> bool:
    if a.unit == b.unit:
        return True
    return a.kind == b.kind == "money" and "dollar" in (a.unit, b.unit) and {a.unit, b.unit} <= _DOLLARS


def agree(a: Quantity, b: Quantity) -> int:
    """How well two values answer each other: 3 the same, 2 the same in other units, 1 the same figure, 0 not."""
    if a.kind == "date" or b.kind == "date":
        if a.kind == b.kind:
            return 3 if _dates_agree(a.date, b.date) else 0
        d, q = (a, b) if a.kind == "date" else (b, a)
        if d.date[0] and not d.date[1] and q.value == d.date[0] and q.kind in ("number", "ordinal"):
            return 1
        if d.date[1] and not d.date[2] and not d.date[0] and q.value == d.date[1] and q.kind == "number":
            return 0
        return 0
    if a.kind == b.kind:
        if a.kind in ("duration", "money", "measure"):
            if a.value == b.value and _units_agree(a, b):
                return 3
            return 2 if a.sized == b.sized else 0
        return 3 if a.value == b.value else 0
    kinds = {a.kind, b.kind}
    if a.value == b.value:
        if kinds <= {"number", "ordinal", "times", "code"}:
            return 2
        if "number" in kinds or "ordinal" in kinds:
            return 1
    return 0


def compare(ja: Iterable[Quantity], en: Iterable[Quantity]) -> Matching:
    """Match the values of two passages: best answers first, hard with hard before hard with soft.

    Soft values are never left over. A soft value may answer any number of hard ones.
    """
    a, b = list(ja), list(en)
    free_a = [q for q in a if not q.soft]
    free_b = [q for q in b if not q.soft]
    pairs: list[tuple[Quantity, Quantity]] = []
    for wanted in (3, 2, 1):
        for x in list(free_a):
            best = [y for y in free_b if agree(x, y) == wanted]
            if best:
                y = min(best, key=lambda y: (y.bound != x.bound, y.when != x.when, abs(_place(x, a) - _place(y, b))))
                pairs.append((x, y))
                free_a.remove(x)
                free_b.remove(y)
    soft_a, soft_b = [q for q in a if q.soft], [q for q in b if q.soft]
    # a value said twice on one side and once on the other is still said
    facing = {q.value for q in free_a if q.unit} & {q.value for q in free_b if q.unit}

    def said(q: Quantity, soft: list[Quantity], matched: list[Quantity]) -> bool:
        if any(agree(q, x) >= 1 for x in soft if not (q.unit == "occasion" and x.unit == "side")):
            return True  # both sides are two, and do not meet twice for that
        return q.value not in facing and any(agree(q, x) >= 2 for x in matched)

    left_a = [x for x in free_a if not said(x, soft_b, [y for _, y in pairs])]
    left_b = [y for y in free_b if not said(y, soft_a, [x for x, _ in pairs])]
    return Matching(tuple(pairs), tuple(left_a), tuple(left_b))


def _place(q: Quantity, among: Sequence[Quantity]) -> float:
    return among.index(q) / max(1, len(among))
