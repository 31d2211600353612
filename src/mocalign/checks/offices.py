"""Offices by their field: the Ministry of Finance is a 財務省, whatever the country calls it, and no 外務省.

Ministries, departments, agencies and their ministers are named by what they are in charge of. An office of one side is
answered when an office of the other side shares a field with it, or when its field is spoken of at all.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from mocalign import data
from mocalign.checks.named import Mistaken
from mocalign.pair import Pair

__all__ = ["misnamed"]

_HEAD_JA = r"省|庁|大臣|長官|大臣官房|次官|総局|総裁"
_JA = re.compile(rf"(?P<field>[一-龥々ァ-ヴー・、]{{1,24}}?)(?P<head>{_HEAD_JA})(?![令庁略エ力])")
_HEAD_EN = r"Ministry|Ministries|Minister|Ministers|Department|Secretary|Agency|Office|Directorate|Commissioner|Bureau"
_OF = r"(?:Vice-|Deputy |State |Parliamentary |General )*"
_WORDS = r"[A-Z][\w'’-]+(?:(?:, | and |, and | & | of | for | of the | for the |\s)(?:the )?[A-Z][\w'’-]+)*"
_EN = re.compile(
    rf"\b{_OF}(?:{_HEAD_EN})(?:-General|s)? (?:of|for) (?:the )?(?P<after>{_WORDS})|(?P<before>(?:(?!The |This |Each |Any |Its |Such )[A-Z][\w'’-]+ (?:and )?){{1,4}})(?:{_HEAD_EN})\b"
)


@dataclass(frozen=True, slots=True)
class _Field:
    ja: re.Pattern[str]
    en: re.Pattern[str]


@lru_cache(maxsize=1)
def _fields() -> tuple[_Field, ...]:
    return tuple(_Field(re.compile(r["ja"]), re.compile(rf"\b(?:{r['en']})\b")) for r in data.rows("offices"))


@dataclass(frozen=True, slots=True)
class _Office:
    start: int
    end: int
    fields: frozenset[int]


def _read(text: str, japanese: bool) -> list[_Office]:
    out = []
    for m in (_JA if japanese else _EN).finditer(text):
        said = m["field"] if japanese else m["after"] or m["before"]
        own = frozenset(k for k, f in enumerate(_fields()) if (f.ja if japanese else f.en).search(said))
        if own:
            start = m.start()
            if japanese:  # 日本国財務省: the office alone
                start += min(f.start() for k in own for f in _fields()[k].ja.finditer(said))
            out.append(_Office(start, m.end(), own))
    return out


def misnamed(pair: Pair, number: int) -> Iterator[Mistaken]:
    """Yield the offices of a bead that stand for another one."""
    ja, en = pair.passage("ja", number), pair.passage("en", number)
    if not re.search(_HEAD_JA, ja.text) or not re.search(_HEAD_EN, en.text):
        return
    offices_ja, offices_en = _read(ja.text, True), _read(en.text, False)
    open_ja = [
        o
        for o in offices_ja
        if not any(o.fields & e.fields for e in offices_en)
        and not any(_fields()[k].en.search(en.text) for k in o.fields)
    ]
    open_en = [
        o
        for o in offices_en
        if not any(o.fields & j.fields for j in offices_ja)
        and not any(_fields()[k].ja.search(ja.text) for k in o.fields)
    ]
    for a, b in zip(open_ja, open_en, strict=False):
        yield Mistaken(ja.span(a.start, a.end), en.span(b.start, b.end), 0.88)
