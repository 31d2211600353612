"""The wording is of another kind of instrument: treaty words in a memorandum without legal force, or the reverse.

Why it matters: shall, agree, Party and 締約国 signal a treaty; in a memorandum that says it binds nobody they are read as
evidence of the contrary.

What to do: use the words of the instrument (will, decide, Participant, 参加者). The practice is that of the foreign ministries
of the United Kingdom and Australia; where the text cites a treaty its words stand.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from mocalign import data
from mocalign.checks.base import Check, Example, Hit
from mocalign.checks.tools import documents, profile, quoted, sides
from mocalign.config import Config
from mocalign.model import Lang, Segment, Severity, View
from mocalign.pair import Pair

__all__ = ["CHECK"]

_UNBOUND_JA = re.compile(
    r"法的(?:な)?拘束力(?:又は[^。、]{1,8})?(?:を有(?:しない|するものではない|さない)|のない|を持たない|の不存在)|拘束力を有しない"
    r"|法的(?:又は[^。、]{1,8})?(?:な)?(?:に強制可能な)?(?:権利|義務)[^。]{0,24}(?:生じさせ(?:ない|るもの|ることを意図するものではない)|創設しない|生じない)"
    r"|(?:権利|義務)[^。]{0,14}(?:を|は)?生じさせる(?:もの|ことを意図するもの)ではない"
)
_UNBOUND_EN = re.compile(
    r"(?:not\s+(?:be\s+)?(?:intended\s+to\s+)?(?:be\s+)?legally\s+binding|non-(?:legally\s+)?binding|does\s+not\s+(?:constitute|create)[^.]{0,60}(?:binding|obligation|rights))",
    re.I,
)


@lru_cache(maxsize=1)
def _words() -> tuple[tuple[str, re.Pattern[str], str, str], ...]:
    return tuple(
        (row["lang"], re.compile(row["pattern"], re.I if row["lang"] == "en" else 0), row["instead"], row["only"])
        for row in data.rows("binding_words")
    )


def find(pair: Pair, config: Config) -> Iterator[Hit]:
    """Yield binding words of a non-binding instrument."""
    unbound = bool(_UNBOUND_JA.search(pair.ja_text) or _UNBOUND_EN.search(pair.en_text))
    kind = profile(pair)
    if not kind:
        return
    soft = kind == "moc"
    if soft and config.profile == "auto" and not unbound and not _TITLE.search(_title(pair)):
        guideline = re.search(r"指針|ガイドライン|guideline", _title(pair), re.I)
        if guideline is None or not _OF_STATES.search(pair.ja_text + pair.en_text):
            return
    answered = tuple(_answers(pair)) if soft and pair.has_japanese and pair.has_english else ()
    yield from answered
    told = {s.start for h in answered for s in (h.ja,) if s is not None}  # said once, with the other side's word
    habit = {} if soft else _habit(pair)
    plain = not unbound and not _MEMORANDUM.search(_title(pair))
    for lang, document in documents(pair):
        for number, segment in enumerate(document.segments):
            if segment.kind in ("title", "note", "signature"):
                continue
            view = pair.view(document, segment)
            skip = quoted(view)
            found: list[tuple[int, int, Hit]] = []
            for word_lang, pattern, instead, only in _words():
                if word_lang != lang or (only == "binding") == soft:
                    continue
                for match in pattern.finditer(view.text):
                    if any(a <= match.start() < b for a, b in skip) or _cites(view.text, match):
                        continue
                    if soft and plain and match[0].endswith(("ければならない", "てはならない")):
                        continue  # guidelines and statements of every kind say so
                    if only == "memorandum" and (plain or _agreed(pair, segment)):
                        continue
                    if only == "closing" and number < len(document.segments) // 2:
                        continue
                    if lang == "ja" and view.span(*match.span()).start in told:
                        continue
                    found.append((*match.span(), _hit(lang, view, match, instead, soft, 0.8)))
            for start, end, hit in found:
                if not any(a <= start and end <= b and (a, b) != (start, end) for a, b, _ in found):
                    yield hit
            if not soft and habit.get(lang):
                for match in _INTENT[lang].finditer(view.text):
                    if not any(a <= match.start() < b for a, b in skip):
                        yield _hit(lang, view, match, "shall" if lang == "en" else "ものとする", soft, 0.68)


def _agreed(pair: Pair, segment: Segment) -> bool:
    """Whether the English of a paragraph says agree itself: the word is the original's, and is reported there."""
    number = pair.bead_of.get(("ja", segment.index), -1)
    return number >= 0 and bool(pair.beads[number].en) and "agree" in pair.passage("en", number).text.lower()


# A word of treaties on one side that answers a word of memoranda on the other: (side, its pattern, what the other side has,
# what it would have were the word right, what to write).
_ANSWERS: tuple[tuple[Lang, str, str, str, str], ...] = (
    ("ja", r"合意(?=する|し[、た]|される)", r"\bdeci(?:de[sd]?|ding|sions?)\b|\bdetermin\w+", r"\bagree", "決定"),
    ("ja", r"(?<![一-鿿])紛争(?=[はをがの])", r"\bdifferences?\b", r"\b(?:disputes?|conflicts?)\b", "相違"),
    (
        "ja",
        r"(?<![一-鿿])義務(?=[をがの])",
        r"\bcommitments?\b",
        r"\b(?:obligat\w+|dut(?:y|ies)|oblige\w*|must)\b",
        "約束",
    ),
    ("en", r"\bagreements?\b", r"認識|了解|理解", r"合意|協定|取決め|取極|同意|契約|一致|条約", "understanding"),
)


def _answers(pair: Pair) -> Iterator[Hit]:
    """合意する in a memorandum whose English decides, agreement where the Japanese says 認識."""
    for number, bead in enumerate(pair.beads):
        if not (bead.ja and bead.en) or any(s.kind in ("title", "note", "signature") for s in bead.ja):
            continue
        passages = {"ja": pair.passage("ja", number), "en": pair.passage("en", number)}
        for lang, word, there, right, instead in _ANSWERS:
            own, other = passages[lang], passages["en" if lang == "ja" else "ja"]
            match = re.search(word, own.text)
            if match is None or re.search(right, other.text, re.I):
                continue
            answer = re.search(there, other.text, re.I)
            if answer is None:
                continue
            here, beyond = own.span(*match.span()), other.span(*answer.span())
            yield Hit(
                f"{match[0]} is wording of a binding instrument; the other side has {answer[0]} ({instead}).",
                f"「{match[0]}」は法的拘束力のある文書の用語。他方の言語は「{answer[0]}」（「{instead}」など）。",
                ja=here if lang == "ja" else beyond,
                en=beyond if lang == "ja" else here,
                confidence=0.7,
            )


# In a text whose rules say shall, a party that merely intends stands out; a condition (a Party that intends to) does not.
_INTENT: dict[Lang, re.Pattern[str]] = {
    "en": re.compile(
        r"(?:(?<=^)|(?<=[\d.;):] ))(?:The|Each|Both|Either|Neither|Every)\s(?:[A-Za-z]+\s){0,2}?"
        r"(?:Part(?:y|ies)|Governments?|Licen[cs]ees?|Licensors?|Suppliers?|Contractors?|Customers?|Administrations?|Authorit(?:y|ies)|authorit(?:y|ies)|Committee|Council|Secretariat|States?|Minister)"
        r"\s(?P<word>intends?\sto)\b"
    ),
    "ja": re.compile(r"(?<=[一-鿿])する(?P<word>意[図向思]を有する)(?=。|$)"),
}


def _habit(pair: Pair) -> dict[Lang, bool]:
    """Whether the rules of a side say shall (or must) again and again."""
    return {
        "en": len(re.findall(r"\b(?:shall|must)\b", pair.en_text)) >= 6,
        "ja": len(re.findall("ものとする|なければならない|てはならない", pair.ja_text)) >= 6,
    }


def _hit(lang: Lang, view: View, match: re.Match[str], instead: str, soft: bool, confidence: float) -> Hit:
    what, what_ja, own, own_ja = _NAMES[soft]
    word = "word" if "word" in match.re.groupindex else 0
    return Hit(
        f"{match[word]} is wording of {what}; {own} writes {instead}.",
        f"「{match[word]}」は{what_ja}の用語。{own_ja}では「{instead}」などとする。",
        **sides(lang, view.span(*match.span(word))),
        confidence=confidence,
    )


_MEMORANDUM = re.compile("覚書|memorandum", re.I)
_TITLE = re.compile(
    "覚書|共同(?:声明|宣言)|memorandum of (?:cooperation|understanding)|joint (?:statement|declaration)", re.I
)
# A guideline binds no one where States or participants make it; that of an enterprise or a project is something else.
_OF_STATES = re.compile(
    r"参加者は|参加国|加盟国|構成国|両国|国家機関|Participants|Member States|national (?:agenc|authorit)|the Governments? of"
)
_NAMES = {
    True: ("a binding instrument", "法的拘束力のある文書", "a memorandum", "覚書"),
    False: ("an instrument that binds nobody", "法的拘束力のない文書", "this kind of instrument", "この種の文書"),
}


def _title(pair: Pair) -> str:
    return " ".join(pair.view(d, d.segments[0]).text for _, d in documents(pair))


_CITED = re.compile(
    r"(?:条約|協定|議定書|憲章|法律|Convention|Agreement|Treaty|Protocol|Act|Charter|Covenant)[^。;]{0,30}$", re.I
)


def _cites(text: str, match: re.Match[str]) -> bool:
    """The word belongs to another instrument: 同条約第三条, Article 5 of the Convention."""
    before, after = text[max(0, match.start() - 30) : match.start()], text[match.end() : match.end() + 60]
    if _CITED.search(before) and re.match(r"第|Article|Part|締約|加盟", match[0], re.I):
        return True
    return bool(
        re.match(
            r"[^.;]{0,40}\bof the (?:Convention|Agreement|Treaty|Protocol|Act|Charter|Covenant|Vienna|United)",
            after,
            re.I,
        )
    )


CHECK = Check(
    code="AUD001",
    name="binding-wording",
    mqm="audience-appropriateness/register",
    severity=Severity.minor,
    needs="either",
    doc=__doc__,
    doc_ja="文書の種類に合わない用語（法的拘束力のない覚書に条約の用語など）が使われている。\n\nなぜ問題か：shall、agree、締約国などは条約であることを示す語であり、拘束力がないという規定と矛盾すると読まれる。\n\n対処：覚書の用語（参加者、決定する等）に改める。他の条約の引用はそのままでよい。",
    find=find,
    profiles=("moc",),
    examples=(
        Example(ja="水素に関する協力覚書\n⟦締約国⟧は、情報を交換する。\n本覚書は、法的拘束力を有しない。"),
        Example(
            en="Memorandum of Cooperation on Hydrogen\nThe Participants ⟦shall⟧ exchange data.\nThis Memorandum is not legally binding."
        ),
        Example(
            ja="水素に関する協力覚書\n参加者は、計画の変更を⟦合意⟧する。\n本覚書は、法的拘束力を有しない。",
            en="Memorandum of Cooperation on Hydrogen\nThe Participants will ⟦decide⟧ on changes of the plan.\nThis Memorandum is not legally binding.",
        ),
        Example(
            ja="水素に関する協力覚書\n参加者は、計画の変更を決定する。\n本覚書は、法的拘束力を有しない。",
            en="Memorandum of Cooperation on Hydrogen\nThe Participants will decide on changes of the plan.\nThis Memorandum is not legally binding.",
        ),
        Example(ja="水素に関する協力覚書\n参加者は、情報を交換する。\n本覚書は、法的拘束力を有しない。"),
        Example(ja="水素に関する日本国とノルドランドとの間の協定\n締約国は、情報を交換するものとする。"),
        Example(en="Agreement on Hydrogen\nThe Parties shall exchange data."),
    ),
)
