"""The party stands on another level: a State for its Government, a Ministry for an Agency.

Why it matters: an agreement between Japan and Singapore binds States; 日本国政府とシンガポール共和国との間の協定 is another instrument.

What to do: keep the level of the governing text: Government 政府, Ministry 省, Agency 庁.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from mocalign.checks.base import Check, Example, Hit
from mocalign.checks.units import Unit, units
from mocalign.config import Config
from mocalign.model import Severity
from mocalign.pair import Pair

__all__ = ["CHECK"]

_GOV_JA = re.compile(r"(?:[一-龥]{1,3}国|[ァ-ヴー・]{2,}|日本)政府")
_GOV_EN = re.compile(r"\bgovern\w*|\badministration\b|\bcabinet\b|\bstate\b|\bofficial\w*|\bauthorit\w+", re.I)


def find(pair: Pair, config: Config) -> Iterator[Hit]:
    """Yield each name of a party on a level that the other side does not have."""
    for unit in units(pair):
        yield from _unit(pair, unit)


def _unit(pair: Pair, unit: Unit) -> Iterator[Hit]:
    extra = _GOV_JA.search(unit.ja_text)
    if extra and not _GOV_EN.search(unit.en_text):
        yield Hit(
            f"Japanese {extra[0]}; the English names no Government.",
            f"和文は「{extra[0]}」だが、英文に Government がない。",
            ja=pair.passage("ja", unit.bead).span(unit.ja[0] + extra.start(), unit.ja[0] + extra.end()),
            confidence=0.82,
        )
    lost = re.search(r"\bGovernments? of [A-Z]\w+", unit.en_text)
    if lost and not re.search(r"政府|政権|当局|府|側|省|庁|内閣|行政|公的|国", unit.ja_text):
        return
    if (
        lost
        and "政府" not in unit.ja_text
        and re.search(r"(?:日本国|共和国|王国|連邦|合衆国)(?!政府|の|民|内)", unit.ja_text)
    ):
        at = re.search(r"(?:日本国|共和国|王国|連邦|合衆国)(?!政府|の|民|内)", unit.ja_text)
        if at:
            yield Hit(
                f"English “{lost[0]}”; the Japanese names no Government.",
                f"英文は「{lost[0]}」だが、和文に「政府」がない。",
                ja=pair.passage("ja", unit.bead).span(unit.ja[0] + at.start(), unit.ja[0] + at.end()),
                en=pair.passage("en", unit.bead).span(unit.en[0] + lost.start(), unit.en[0] + lost.end()),
                confidence=0.75,
            )
    for word, own, other, rivals in _LEVELS:
        said = re.search(word, unit.en_text)
        wrong = re.search(other, unit.ja_text)
        if said and wrong and not re.search(own, unit.ja_text) and not re.search(rivals, unit.en_text):
            yield Hit(
                f"English “{said[0]}”, Japanese {wrong[0]}.",
                f"英文は「{said[0]}」、和文は「{wrong[0]}」。",
                ja=pair.passage("ja", unit.bead).span(unit.ja[0] + wrong.start(), unit.ja[0] + wrong.end()),
                en=pair.passage("en", unit.bead).span(unit.en[0] + said.start(), unit.en[0] + said.end()),
                confidence=0.65,
            )


_LEVELS = (
    (
        r"\bMinistry\b",
        r"省(?!略|エネ)|府|大臣|部(?!門|会)",
        r"[一-龥ァ-ヴー]{2,}(?:庁|局(?![長面部地所]))",
        r"\b(?:Agency|Guard|Police|Office|Bureau|Authorit\w+|Directorate|Administration|Department|Post|Pharmac\w+)\b",
    ),
    (
        r"\bAgency\b",
        r"庁|機構|機関|局|センター|法人|公社|院",
        r"[一-龥ァ-ヴー]{2,}省(?!略|エネ|庁)",
        r"\b(?:Ministry|Minister|Department)\b",
    ),
    (
        r"\b(?:Deputy|Vice)[- ](?:Director|Chair\w*|President|Head|Secretary|Governor|Commissioner|Speaker|Mayor)\b",
        r"副|次長|次官|代理|補佐|代行|補|助役|ナンバー2",
        r"[一-龥ァ-ヴー]*(?:議長|委員長|局長|部長|課長|大統領|総裁|長官|知事|市長|事務総長|理事長)",
        r"(?<!Deputy )(?<!Vice-)(?<!Vice )\b(?:Director|Chair\w*|President|Head|Secretary|Governor|Commissioner|Speaker|Mayor)\b",
    ),
    (r"\bVice-Minister\b", r"副大臣|次官|副相|政務", r"(?<!副)大臣", r"(?<!Vice-)\bMinister\b"),
)


CHECK = Check(
    code="ACC402",
    name="level-word-mismatch",
    mqm="accuracy/mistranslation",
    severity=Severity.major,
    doc=__doc__,
    doc_ja="当事者の格（国、政府、省、庁）が異なる。\n\nなぜ問題か：日本国とシンガポール共和国との間の協定と、政府間の協定とは、別の文書である。\n\n対処：正文の格に合わせる。Government は政府、Ministry は省、Agency は庁。",
    find=find,
    examples=(
        Example(
            ja="⟦日本国政府⟧とシンガポール共和国との間の協定を改正する議定書",
            en="Protocol amending the Agreement between Japan and the Republic of Singapore",
        ),
        Example(
            ja="日本国とシンガポール共和国との間の協定を改正する議定書",
            en="Protocol amending the Agreement between Japan and the Republic of Singapore",
        ),
        Example(ja="カナダ政府は、許可証を交付する。", en="The Government of Canada will issue the licences."),
        Example(ja="⟦日本国⟧及びカナダは、協議する。", en="The ⟦Government of Japan⟧ and Canada will consult."),
        Example(ja="⟦事務局長⟧は、会合の議長を務める。", en="The ⟦Deputy Director⟧ chairs the meeting."),
        Example(ja="事務局次長は、会合の議長を務める。", en="The Deputy Director chairs the meeting."),
    ),
)
