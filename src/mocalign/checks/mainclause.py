"""The main clause of an English sentence, found without a parser: its subject, its verb, whether it is passive."""

from __future__ import annotations

import re
from dataclasses import dataclass

__all__ = ["LEAD", "Clause", "head", "main_clause"]


@dataclass(frozen=True, slots=True)
class Clause:
    """The main clause of an English sentence: subject, verb, what follows; offsets of the unit."""

    subject: tuple[int, int]
    verb: str
    after: int
    passive: bool
    copula: bool


# --- English -----------------------------------------------------------------------------------------------------------

_TOKEN = re.compile(r"[A-Za-z][\w'’-]*|[,;:()]")
_FINITE = frozenset(
    "shall will may must should can could would might is are was were has have had does do did intends intend agrees agree undertakes undertake".split()
)
_BE = frozenset("be been being is are was were".split())
_RELATIVE = frozenset("who which that whom whose where when if unless whether because until".split())
_DETERMINER = frozenset(
    "the a an each either any neither both such this these those every all its their his her one another no it they he she we you there".split()
)
LEAD = re.compile(
    r"\W*(?:if|where|when|whenever|once|while|as|unless|until|before|after|in|upon|on|at|within|without|subject|notwithstanding|except|for|to|pursuant|following|during|by|with|provided|should|insofar|having|prior|no (?:later|earlier|sooner)|not (?:later|earlier|less|more)|thereafter|however|under|from|failing|save)\b",
    re.I,
)
_SKIP = re.compile(
    r"\s*(?:(?:at any time|at all times|in (?:turn|writing|addition|particular)|without delay|upon request|where (?:appropriate|necessary)|also|not|then|never|always|only|in principle|as appropriate|endeavou?r to|seek to|strive to|continue to|have the right to|be entitled to|be (?:obliged|required|permitted|allowed|authori[sz]ed|expected|able|free) to|be|been|have|\w+ly|no)\b|,[^,;]{1,80},)"
)
_THROUGH = re.compile(
    r"\s*(?:not )?(?:entitled|obliged|required|permitted|allowed|authori[sz]ed|expected|able|free|bound) to\s+", re.I
)
_PARTICIPLE = re.compile(r"\w+(?:ed|en|wn|id|nt|ld|ught|ade|ung|un|ut|et)$", re.I)
_NP_END = re.compile(
    r"\b(?:who|which|that|whose|whom|where|to|from|by|in|for|under|with|at|on|against|having|being|concerned)\b|,|\(|\b(?!requested|authori[sz]ed|united|concerned|interested|insured|injured|accredited|limited|entrusted|designated|associated|affiliated)\w{3,}ed\b",
    re.I,
)


def main_clause(text: str) -> Clause | None:
    """The main clause of a sentence, where it can be told."""
    for start in _starts(text):
        found = _clause_at(text, start)
        if found is not None:
            return found
    return None


def _starts(text: str) -> list[int]:
    """Where the main clause may begin: behind the comma of what introduces it, or at once."""
    lead = LEAD.match(text)
    if lead is None:
        return [len(text) - len(text.lstrip())]
    out = []
    for m in re.finditer(r",\s+(?:then |and |however, )?", text):
        word = re.match(r"[\w'’-]+", text[m.end() :])
        if word and (word[0].lower() in _DETERMINER or word[0][:1].isupper()):
            out.append(m.end())
    return out


def _clause_at(text: str, start: int) -> Clause | None:
    tokens = list(_TOKEN.finditer(text, start))
    waiting, skip = 0, -1
    for k, token in enumerate(tokens[:40]):
        low = token[0].lower()
        if low in ";:":
            return None
        if k <= skip:
            continue
        if low in _RELATIVE and k:
            following = tokens[k + 1] if k + 1 < len(tokens) else None
            if following is None:
                return None
            if following[0].lower() in _DETERMINER or following[0][:1].isupper():
                waiting += 1
            else:
                skip = k + 1
            continue
        if low in _FINITE:
            if waiting:
                waiting -= 1
                continue
            if not k:
                return None
            return _verb_at(text, start, token)
    return None


def _verb_at(text: str, start: int, finite: re.Match[str]) -> Clause | None:
    subject = (start, finite.start())
    said = text[start : finite.start()]
    if re.search(r"[\n(;:]", said.strip()) or ("," in said and not re.fullmatch(r"[^,]+,[^,]+,\s*", said)):
        return None
    at, be = finite.end(), finite[0].lower() in _BE
    while True:
        through = _THROUGH.match(text, at)
        if through and be:
            at, be = through.end(), False
            continue
        skipped = _SKIP.match(text, at)
        if skipped is None or skipped.end() == at:
            break
        be = be or skipped[0].strip() in _BE
        if re.search(r" to$|right to|entitled to", skipped[0].strip()):
            be = False
        at = skipped.end()
    verb = re.compile(r"\s*([A-Za-z][\w'’-]*)").match(text, at)
    if verb is None:
        return None
    passive = be and _PARTICIPLE.match(verb[1]) is not None
    return Clause(subject, verb[1], verb.end(), passive, be and not passive)


_BODY = re.compile(
    r"(?:Government|Ministry|Department|Minister|Secretary|University|Republic|Bank|Institute|Court|Office|Agency|Commission|Council|Kingdom|State|Board|Party|Embassy|Federation|Union|Commonwealth)s?"
)


def head(text: str, start: int, end: int, *, whole: bool = False) -> tuple[int, int]:
    """The head of a noun phrase: up to its relative clause or its first preposition but "of"."""
    stop = _NP_END.search(text, start + 1, end)
    end = stop.start() if stop else end
    of = re.compile(r"(\w+) of\b").search(text, start, end)
    if of is not None and not whole and not _BODY.fullmatch(of[1]):
        end = of.start() + len(of[1])
    return start, end
