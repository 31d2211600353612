"""The instrument, or its parties, go by two names.

Why it matters: Participants who are Parties in one paragraph, or an Agreement that calls itself this Memorandum, make the
reader ask whether somebody, or something, else is meant; the name also says whether the text binds.

What to do: write the name that the text fixes.

How it is found: a name that stands once or twice beside one that stands again and again, in the place of a subject or after
"this", neither defined nor the name of another instrument that the text cites.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from mocalign.checks.base import Check, Example, Hit
from mocalign.checks.tools import also, documents, profile, quoted, sides
from mocalign.config import Config
from mocalign.model import Document, Lang, Segment, Severity, Span, View
from mocalign.pair import Pair

__all__ = ["CHECK"]

_OFTEN = 4  # uses of the name that the text fixes
_RARE = 2  # uses of the other
_SELF_JA = re.compile(
    r"(?<![一-鿿])(?:この|本)(?P<name>(?:協力)?覚書|協定|条約|議定書|憲章|契約|規約|法律|取決め|取極|声明|宣言|指針|ガイドライン)(?=[はのにをがで、及])"
)
_SELF_EN = re.compile(
    r"\b[Tt]his (?P<name>Memorandum|Agreement|Treaty|Convention|Protocol|Charter|Contract|Arrangement|Act|Statement|Declaration|Guideline|Licen[cs]e|Covenant)\b(?! (?:of|on|between|for) [A-Z])"
)
_PARTY_EN = re.compile(
    r"(?:(?:^|(?<=[\d.;:)] ))(?:The|Each|Both|Either|Neither|All)|\b(?:the|each|both|either|neither|other|by a|of a))(?: (?:requested|requesting|receiving|sending|other|disclosing|providing|two))? (?P<name>(?:Contracting )?Part(?:y|ies)|Participants?|Sides?|Signator(?:y|ies))\b(?! (?:to|concerned|State)\b)"
)
_PARTY_JA = re.compile(
    r"(?:^|(?<=[。、])|(?<=[各両全]))(?P<name>締約国|当事国|参加国|参加者|当事者|締約者)(?=[はがの])"
)
# Terms of use are a contract, a licence an agreement: the text may call itself either.
_CONTRACTS = ("契約", "規約", "contract", "agreement", "license", "licence")
_KINDS = {"party": "party", "parties": "party", "participant": "participant", "side": "side", "signator": "signatory"}


def find(pair: Pair, config: Config) -> Iterator[Hit]:
    """Yield the rare name of what goes by another name everywhere else."""
    for lang, document in documents(pair):
        yield from _rare(pair, lang, document, _SELF_EN if lang == "en" else _SELF_JA, "instrument", "この文書")
        if profile(pair) in ("moc", "treaty"):
            yield from _rare(pair, lang, document, _PARTY_EN if lang == "en" else _PARTY_JA, "parties", "当事者")


def _rare(
    pair: Pair, lang: Lang, document: Document, pattern: re.Pattern[str], what: str, what_ja: str
) -> Iterator[Hit]:
    places: dict[str, list[tuple[str, Span]]] = {}
    for _, view in _running(pair, document):
        marks = quoted(view)
        for match in pattern.finditer(view.text):
            if not any(a <= match.start() < b for a, b in marks):
                key = _kind(match["name"])
                places.setdefault(key, []).append((match["name"], view.span(*match.span("name"))))
    if len(places) < 2:
        return
    own = max(places, key=lambda k: len(places[k]))
    if len(places[own]) < _OFTEN or sum(len(v) >= len(places[own]) / 3 for v in places.values()) > 1:
        return
    text = pair.ja_text if lang == "ja" else pair.en_text
    head = pair.view(document, document.segments[0]).text
    for name, found in places.items():
        words = {w for w, _ in found}
        if name == "party" and profile(pair) == "moc":
            continue  # the word of a treaty, which binding-wording reports
        if name == own or len(found) > _RARE or any(_given(text, head, w) for w in words):
            continue
        usual = places[own][0][0]
        yield Hit(
            f"{found[0][0]}: elsewhere the text calls the {what} {usual} ({len(places[own])} times).",
            f"「{found[0][0]}」：他の箇所では{what_ja}を「{usual}」と呼んでいる（{len(places[own])}回）。",
            **sides(lang, found[0][1]),
            **also(lang, tuple(s for _, s in found[1:])),
            confidence=0.74,
        )


def _running(pair: Pair, document: Document) -> Iterator[tuple[Segment, View]]:
    for segment in document.segments:
        if segment.kind not in ("title", "heading", "signature", "note"):
            yield segment, pair.body(document, segment)


def _kind(name: str) -> str:
    low = name.lower().removeprefix("contracting ").removeprefix("協力")
    if low in _CONTRACTS:
        return "contract"
    return next((k for start, k in _KINDS.items() if low.startswith(start)), low)


def _given(text: str, head: str, word: str) -> bool:
    """Whether a name is defined, stands in the title, or belongs to another instrument that the text names."""
    if word in head or re.search(rf"[「“\"](?:the |this |この|本|各|両)?{re.escape(word)}[」”\"]", text):
        return True
    if word.isascii():
        # the Vienna Convention, the Charter of the United Nations: the text has another one to speak of
        return re.search(rf"[A-Z][a-z]+ {re.escape(word)}\b|\b{re.escape(word)} (?:of|on|between|concerning|for) [A-Zt]", text) is not None and not word.startswith(("Part", "Side", "Sign"))  # fmt: skip
    return re.search(rf"[一-鿿ァ-ヴー]{{2,}}{re.escape(word)}", text) is not None and word not in (
        "締約国",
        "参加者",
        "当事者",
    )


CHECK = Check(
    code="AUD002",
    name="mixed-names",
    mqm="audience-appropriateness/register",
    severity=Severity.minor,
    needs="either",
    doc=__doc__,
    doc_ja="文書自身又はその当事者が二つの名で呼ばれている。\n\nなぜ問題か：別の者、別の文書を指すと読まれ、文書の拘束力の有無にも疑いが生じる。\n\n対処：文書で定めた名に統一する。",
    find=find,
    examples=(
        Example(
            en="Agreement on Hydrogen\nThis Agreement applies to research.\nThis Agreement binds both.\nThe Annex to this Agreement lists fees.\nThis Agreement ends in June.\nNothing in this ⟦Memorandum⟧ affects the law.",
        ),
        Example(
            en="Agreement on Hydrogen\nThis Agreement applies to research.\nThis Agreement binds both.\nThe Annex to this Agreement lists fees.\nThis Agreement ends in June.\nThe Vienna Convention applies; this Convention is in force.",
        ),
        Example(
            ja="水素に関する協定\nこの協定は、研究に適用する。\nこの協定の附属書は、一部を成す。\nこの協定は、改正することができる。\nこの協定は、十年間効力を有する。\nこの⟦覚書⟧の規定は、法令に影響を及ぼさない。",
        ),
        Example(
            en="Agreement between Japan and Nordland on Hydrogen\nThe Parties shall meet.\nEach Party shall report.\nThe Parties shall consult.\nEither Party may withdraw.\nThe ⟦Participants⟧ shall bear their costs.\nThe participants of a seminar receive a certificate.",
        ),
        Example(
            ja="水素に関する日本国とノルドランドとの間の協定\n両締約国は、会合する。\n各締約国は、報告する。\n両締約国は、協議する。\n各締約国は、費用を負担する。\n⟦参加者⟧は、連絡先を指定する。",
        ),
        Example(
            ja="水素に関する日本国とノルドランドとの間の協定\n両締約国は、会合する。\n各締約国は、報告する。\n両締約国は、協議する。\n各締約国は、費用を負担する。\n研修の参加者は、報告書を提出する。",
        ),
    ),
)
