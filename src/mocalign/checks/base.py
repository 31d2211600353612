"""What a check is: an immutable value with its page, its logic and its examples.

`find(pair, config)` yields `Hit`s; `run()` turns them into `Finding`s: it fills in place, label and fingerprint, applies
the settings and demotes what rests on a doubtful bead. Examples are the tests: what stands inside ⟦ ⟧ must be found and
nothing else, and an example without marks must stay silent.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

from mocalign.checks.causes import free_rendering, one_cause
from mocalign.config import Config
from mocalign.errors import ConfigError, PromiseError, nearest
from mocalign.model import Bead, Document, Finding, Segment, Severity, Span, fingerprint
from mocalign.pair import Pair

__all__ = ["Check", "Example", "Hit", "run", "selected"]

PREFIXES = ("ACC", "TER", "LIN", "STY", "LOC", "DES", "AUD")
DOUBTFUL = 0.35  # a bead scored below this is doubtful


@dataclass(frozen=True, slots=True)
class Hit:
    """What `find` reports. `message` and `message_ja` say in one sentence what is wrong and why it is believed.

    `ja` and `en` are spans of the documents (at least one). `suggestion` is the exact text for the exact span: for `ja`
    when there is one, else for `en`. `severity` None means the check's own. `also_ja`/`also_en` are further places of the
    same fault. `rests_on_bead` False says the finding holds whatever the alignment is.
    """

    message: str
    message_ja: str
    ja: Span | None = None
    en: Span | None = None
    confidence: float = 0.9
    severity: Severity | None = None
    suggestion: str | None = None
    also_ja: tuple[Span, ...] = ()
    also_en: tuple[Span, ...] = ()
    rests_on_bead: bool | None = None

    def __post_init__(self) -> None:
        if self.ja is None and self.en is None:
            raise PromiseError("a hit points at Japanese or English text")
        if not self.message or not self.message_ja:
            raise PromiseError("a hit has a message in English and in Japanese")


@dataclass(frozen=True, slots=True)
class Example:
    """A small pair that is its own test; ⟦ ⟧ marks what must be found, on either side.

    Paragraphs are separated by a line feed. `en` "" means no English side. `settings` are `Config` keywords.
    `suggestion` is compared when given.
    """

    ja: str = ""
    en: str = ""
    suggestion: str | None = None
    settings: tuple[tuple[str, object], ...] = ()
    presegmented: bool = True

    @property
    def flagged(self) -> bool:
        """Tell whether something must be found."""
        return "⟦" in self.ja + self.en


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """One kind of fault. `name` reads after "allow"; `doc` is the page: title line, *Why it matters*, *What to do*.

    `needs` is "ja" (Japanese alone), "en" (English alone), "either" (runs on whatever is there) or "both".
    """

    code: str
    name: str
    mqm: str
    severity: Severity
    doc: str
    doc_ja: str
    find: Callable[[Pair, Config], Iterator[Hit]] = field(repr=False)
    examples: tuple[Example, ...] = field(repr=False)
    needs: str = "both"
    profiles: tuple[str, ...] = ()
    default: bool = True

    def __post_init__(self) -> None:
        if not re.fullmatch(rf"(?:{'|'.join(PREFIXES)})\d{{3}}", self.code):
            raise PromiseError(f"the code of a check is a prefix and three digits, not {self.code!r}")
        if not re.fullmatch(r"[a-z0-9]+(?:-[a-z0-9]+)*", self.name):
            raise PromiseError(f"the name of a check is lower case with hyphens, not {self.name!r}")
        if self.needs not in ("ja", "en", "either", "both"):
            raise PromiseError(f"{self.code}: needs is ja, en, either or both")

    @property
    def needs_english(self) -> bool:
        """Tell whether the check has nothing to say without the English side."""
        return self.needs in ("en", "both")

    @property
    def title(self) -> str:
        """First line of the page."""
        return self.doc.strip().splitlines()[0]


def selected(checks: Iterable[Check], config: Config) -> tuple[Check, ...]:
    """Return the checks that a configuration turns on.

    Raises `ConfigError` for a selector or a table that names no check, with the nearest name.
    """
    from mocalign.checks.drift_pages import DRIFT  # these import this module, and no check of a pair needs them

    checks = tuple(checks)
    known = (*checks, *DRIFT)  # one configuration serves `check` and `drift`
    names = {c.code for c in known} | {c.name for c in known} | set(PREFIXES)
    for selector in config.select + config.ignore:
        if selector not in names and not any(c.code.startswith(selector) for c in known if selector):
            raise ConfigError(f"no check is called {selector!r}{nearest(selector, names)}")
    for name, _ in config.checks:
        if name not in {c.name for c in known}:
            raise ConfigError(f"no check is called {name!r}{nearest(name, {c.name for c in known})}")

    def chosen(check: Check, selectors: tuple[str, ...]) -> bool:
        return any(check.name == s or check.code.startswith(s) for s in selectors)

    return tuple(
        c
        for c in checks
        if (chosen(c, config.select) if config.select else c.default)
        and not chosen(c, config.ignore)
        and config.for_check(c.name).enabled
    )


def run(
    pair: Pair, config: Config, checks: Iterable[Check], *, progress: Callable[[str, int, int], None] | None = None
) -> tuple[Finding, ...]:
    """Run checks over a pair and return their findings in the order of the text.

    The order and content depend on the input alone. `progress` is told a stage, how many checks are done and how many
    there are.
    """
    findings: list[Finding] = []
    chosen = selected(checks, config)
    for done, check in enumerate(chosen):
        if progress is not None:
            progress("checking", done, len(chosen))
        if check.needs in ("en", "both") and not pair.has_english:
            continue
        if check.needs in ("ja", "both") and not pair.has_japanese:
            continue
        settings = config.for_check(check.name)
        for hit in check.find(pair, config):
            finding = _finding(check, hit, pair, settings.severity)
            if finding.confidence >= max(settings.min_confidence, config.min_confidence):
                findings.append(finding)
    passages = sum(bool(b.ja and b.en) for b in pair.beads)
    decided = {c.code for c in chosen if config.for_check(c.name).severity is not None}
    return free_rendering(one_cause(_merged(sorted(set(findings), key=_order))), passages, decided)


def _order(finding: Finding) -> tuple[object, ...]:
    return (
        finding.bead if finding.bead >= 0 else 1 << 30,
        finding.ja.start if finding.ja else 1 << 60,
        finding.en.start if finding.en else 1 << 60,
        finding.code,
        finding.message,
    )


def _merged(findings: list[Finding]) -> tuple[Finding, ...]:
    """Two findings of one code at the very same characters are one."""
    seen: set[tuple[object, ...]] = set()
    out = []
    for f in findings:
        key = (f.code, f.ja, f.en)
        if key not in seen:
            seen.add(key)
            out.append(f)
    return tuple(out)


def _finding(check: Check, hit: Hit, pair: Pair, override: Severity | None) -> Finding:
    segments: list[tuple[Document, Segment]] = []
    for document, span in ((pair.ja, hit.ja), (pair.en, hit.en)):
        if span is not None:
            if document.text[span.start : span.end] != span.text:
                raise PromiseError(
                    f"{check.code} quotes {span.text!r}, which is not at {span.start} of {document.source}"
                )
            segment = document.segment_at(span.start)
            if segment is not None:
                segments.append((document, segment))
    number = pair.bead_of.get((segments[0][0].lang, segments[0][1].index), -1) if segments else -1
    bead: Bead | None = pair.beads[number] if number >= 0 else None
    own = hit.severity if hit.severity is not None else check.severity
    severity = override if override is not None else own  # neutral is 0 and must not read as absent
    confidence = hit.confidence
    rests = check.needs == "both" if hit.rests_on_bead is None else hit.rests_on_bead
    if rests and bead is not None and bead.relation in ("match", "moved") and bead.score < DOUBTFUL:
        confidence *= 0.5 + 0.5 * bead.score / DOUBTFUL
        if override is None and severity > Severity.minor:
            severity = Severity(severity - 1)
    label = next((s.label for _, s in segments if s.label), bead.label if bead else ())
    paragraph = "\n".join(pair.body(d, s).text for d, s in segments)
    return Finding(
        code=check.code,
        name=check.name,
        mqm=check.mqm,
        severity=severity,
        confidence=round(confidence, 4),
        message=hit.message,
        message_ja=hit.message_ja,
        bead=number,
        label=label,
        ja=hit.ja,
        en=hit.en,
        suggestion=hit.suggestion,
        fingerprint=fingerprint(check.code, [s.text if s else "" for s in (hit.ja, hit.en)], paragraph),
        also_ja=hit.also_ja,
        also_en=hit.also_en,
    )
