"""Several symptoms of one cause become one finding.

A slip leaves its word unexplained, an omitted item leaves a gap in the numbering, a lost sentence loses its figures: the
cause is reported and the symptoms at the same words are not. Where two findings speak of the same words with the same
standing, the surer one stays, strengthened by the other.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace

from mocalign.model import Finding, Severity, Span

__all__ = ["free_rendering", "one_cause"]

_WHOLE_EN = ("ACC001", "ACC003")  # a passage of the English is missing
_WHOLE_JA = ("ACC002", "ACC004")  # a passage of the Japanese has no counterpart
_WHOLE = ("ACC001", "ACC002")
_HEADING = "DES014"  # a heading that is missing, with both places
_GAPS = ("DES002", "LOC002")  # what a missing item leaves behind
_REACH = 2  # beads between a missing item and the gap it leaves


_WORDS = ("ACC501", "ACC502", "ACC503", "ACC504")  # words without a counterpart
_MANY, _EVERY = 5, 20  # so many of them, and more than one in so many passages, are a way of translating
_SURE, _HINT = 0.93, 0.6


def free_rendering(findings: Sequence[Finding], passages: int, decided: Collection[str] = ()) -> tuple[Finding, ...]:
    """Words without a counterpart all over a document are its freedom: all but the nearly certain become hints.

    `passages` is the number of beads with both sides; `decided` are the codes whose severity the user has set.
    """
    doubtful = {
        n for n, f in enumerate(findings)
        if f.code in _WORDS and f.code not in decided and f.severity > Severity.neutral and f.confidence < _SURE
    }  # fmt: skip
    if len(doubtful) < _MANY or len(doubtful) * _EVERY <= passages:
        return tuple(findings)
    return tuple(
        replace(f, severity=Severity.neutral, confidence=min(f.confidence, _HINT)) if n in doubtful else f
        for n, f in enumerate(findings)
    )


def _standing(finding: Finding) -> int:
    """3 for a whole passage, 2 for what names its fault, 1 for words that merely have no counterpart."""
    if finding.code in _WHOLE_EN + _WHOLE_JA:
        return 3
    return 1 if finding.code.startswith("ACC5") else 2


def one_cause(findings: Sequence[Finding]) -> tuple[Finding, ...]:
    """Return the findings without those that another one explains, in the same order."""
    named = {s for f in findings if f.code == _HEADING for s in (f.en, f.ja) if s is not None}
    kept = [f for f in findings if not (f.code in _WHOLE and (f.en or f.ja) in named)]
    ranked = sorted(range(len(kept)), key=lambda n: (-_standing(kept[n]), -kept[n].confidence, n))
    gone: set[int] = set()
    near: dict[int, list[int]] = {}
    for n, finding in enumerate(kept):
        near.setdefault(finding.bead, []).append(n)
    for n in ranked:
        if n in gone:
            continue
        cause = kept[n]
        beads = range(cause.bead - _REACH, cause.bead + _REACH + 1) if cause.code == "ACC001" else (cause.bead,)
        for other in (m for bead in beads for m in near.get(bead, ())):
            if other == n or other in gone or cause.bead < 0:
                continue
            symptom = kept[other]
            if _explains(cause, symptom):
                gone.add(other)
                if _standing(symptom) == _standing(cause) == 2:
                    both = 1 - (1 - kept[n].confidence) * (1 - symptom.confidence)
                    severity = max(kept[n].severity, symptom.severity)
                    kept[n] = replace(kept[n], confidence=round(min(0.97, both), 4), severity=severity)
    return tuple(f for n, f in enumerate(kept) if n not in gone)


def _explains(cause: Finding, symptom: Finding) -> bool:
    """Whether the fault that `cause` names is what `symptom` noticed."""
    high, low = _standing(cause), _standing(symptom)
    if high < low or cause.confidence < symptom.confidence - 0.2:
        return False
    if high == 3:
        if cause.bead != symptom.bead:
            return symptom.code in _GAPS
        if cause.code in _WHOLE_EN:
            return _inside(symptom.en, cause.en) and symptom.code not in _WHOLE_EN
        return _inside(symptom.ja, cause.ja) and symptom.code not in _WHOLE_JA
    if cause.bead != symptom.bead:
        return False
    if low == 1:
        return low < high and (_same(cause.ja, symptom.ja) or _same(cause.en, symptom.en))
    # two names for one fault: the same words on every side both of them quote
    if cause.code == symptom.code or not (cause.code.startswith("ACC") and symptom.code.startswith("ACC")):
        return False
    sides = [(cause.ja, symptom.ja), (cause.en, symptom.en)]
    quoted = [(a, b) for a, b in sides if a is not None and b is not None]
    return bool(quoted) and all(_same(a, b) for a, b in quoted)


def _inside(part: Span | None, whole: Span | None) -> bool:
    return part is not None and whole is not None and whole.start <= part.start and part.end <= whole.end


def _same(a: Span | None, b: Span | None) -> bool:
    """Whether two spans share most of the shorter one, without the longer being a whole passage."""
    if a is None or b is None:
        return False
    shared = min(a.end, b.end) - max(a.start, b.start)
    short, long = sorted((len(a.text), len(b.text)))
    return shared > 0 and shared * 2 >= short and long <= max(24, 6 * short)
