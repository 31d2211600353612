"""The findings benchmark: what share of planted errors is found, and how often clean text is called wrong.

A mutant counts as found in its paragraph when the review of the mutated pair has a finding of minor or above, absent from
the review of the clean twin, in the paragraphs of the mutant (a fault of the document as a whole: anywhere, when it names
the words). It counts as found at its words when the quotation of such a finding touches the wrong words, or the words
that answer them on the other side, and is not much longer than they are. Every finding on a clean text is a false alarm
unless `data/accepted.tsv` lists it with a reason.

    python -m benchmarks.findings --quick --split dev --only figures
"""

from __future__ import annotations

import argparse
import itertools
import json
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.mutate import CLASSES, Mutant, Operator, Source, mutants, operators, source_from_alignment
from benchmarks.mutate import source_from_corpus as _from_corpus
from mocalign import api, corpora, embed
from mocalign.config import Config
from mocalign.model import Alignment, Document, Finding, Severity, Span

__all__ = ["Outcome", "run", "score", "summary"]

SHARED = Path(__file__).resolve().parent.parent.parent / "shared"
WANTED = 24  # mutants of each class, spread over its operators and the instruments
NEAR = 3  # characters of tolerance round the wrong words
ROOM = {"ja": 24, "en": 80}  # how much longer than the wrong words a quotation may be


# --- the pipeline, with everything that does not change kept ----------------------------------------------------------


class CachedEmbedder:
    """Keeps the vector of every text it has seen; encodes new texts one by one, so that figures do not depend on batches."""

    def __init__(self, inner: embed.Embedder) -> None:
        self.inner = inner
        self.known: dict[str, Any] = {}

    @property
    def name(self) -> str:
        """Name of the embedder within."""
        return self.inner.name

    def encode(self, texts: Sequence[str]) -> embed.Vectors:
        """Return vectors of shape (len(texts), dimensions)."""
        for text in dict.fromkeys(texts):
            if text not in self.known:
                self.known[text] = self.inner.encode([text])[0]
        if not texts:
            return self.inner.encode([])
        return np.asarray([self.known[t] for t in texts], dtype=np.float32)


@lru_cache(maxsize=4)
def _embedder(name: str) -> CachedEmbedder:
    found = embed.get_embedder(name)
    return found if isinstance(found, CachedEmbedder) else CachedEmbedder(found)


def _prepare(name: str) -> CachedEmbedder:
    """Let every part of the pipeline share one cached embedder and remember what it has tokenised."""
    found = _embedder(name)
    embed.get_embedder = lambda *_a, **_k: found  # type: ignore[assignment]
    from mocalign import english, japanese

    for module in (japanese, english):
        for function in ("tokens", "sentences"):
            plain = getattr(module, function, None)
            if plain is not None and not hasattr(plain, "cache_info"):
                setattr(module, function, lru_cache(maxsize=20000)(plain))
    return found


def review(ja: str, en: str, config: Config, embedder: embed.Embedder) -> tuple[Alignment, tuple[Finding, ...]]:
    """Parse, align and check two texts; an empty one is a missing side."""
    left = api.parse(ja, "ja") if ja else Document.empty("ja")
    right = api.parse(en, "en") if en else Document.empty("en")
    alignment = api.align(left, right, config=config, embedder=embedder)
    return alignment, api.check(alignment, config)


# --- scoring -----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Outcome:
    """What happened to a mutant. `by` are the codes that found it; `elsewhere` counts new findings in other places.

    `confident` holds (confidence, right) of every new finding.
    """

    mutant: Mutant
    paragraph: bool
    words: bool
    by: tuple[str, ...]
    ja_paragraph: bool | None
    ja_words: bool | None
    ja_by: tuple[str, ...]
    elsewhere: int
    confident: tuple[tuple[float, bool], ...]


def _key(f: Finding) -> tuple[str, str, str]:
    return (f.code, f.ja.text if f.ja else "", f.en.text if f.en else "")


def new_findings(found: Iterable[Finding], clean: Iterable[Finding]) -> list[Finding]:
    """Return the findings that the clean twin does not have: by code and quotation, as a multiset."""
    known = Counter(_key(f) for f in clean)
    out = []
    for finding in found:
        if known[_key(finding)] > 0:
            known[_key(finding)] -= 1
        elif finding.severity >= Severity.minor:
            out.append(finding)
    return out


def _touches(span: Span, place: tuple[int, int], slack: int = 0) -> bool:
    start, end = place[0] - slack, place[1] + slack
    if not span.text:
        return start <= span.start <= end
    return span.start < end and start < span.end


def _spans(f: Finding) -> list[tuple[str, Span]]:
    out = [(lang, s) for lang, s in (("ja", f.ja), ("en", f.en)) if s is not None]
    return out + [("ja", s) for s in f.also_ja] + [("en", s) for s in f.also_en]


def in_place(f: Finding, m: Mutant) -> bool:
    """Tell whether a finding stands in the paragraphs of a mutant, or names its words if it is one of the document."""
    zones = {"ja": m.ja_zone, "en": m.en_zone}
    for lang, span in _spans(f):
        if any(_touches(span, zone, 2) for zone in zones[lang]):
            return True
        if (
            m.document
            and lang == m.side
            and any(w and (w in span.text or (span.text and span.text in w)) for w in m.words)
        ):
            return True
    return m.document and any(w in f.message or w in f.message_ja for w in m.words if len(w) > 1)


def at_words(f: Finding, m: Mutant) -> bool:
    """Tell whether a finding quotes the wrong words or what answers them, and not much more."""
    places = {m.side: (m.span,), "en" if m.side == "ja" else "ja": m.other_spans}
    for lang, span in _spans(f):
        for place in places[lang]:
            if _touches(span, place, NEAR) and len(span.text) <= 2 * (place[1] - place[0]) + ROOM[lang]:
                return True
        if (
            m.document
            and lang == m.side
            and any(w and w in span.text and len(span.text) <= len(w) + ROOM[lang] for w in m.words)
        ):
            return True
    return False


def _judge(found: list[Finding], m: Mutant) -> tuple[bool, bool, tuple[str, ...], list[tuple[float, bool]]]:
    placed = [f for f in found if in_place(f, m)]
    exact = [f for f in placed if at_words(f, m)]
    by = tuple(sorted({f.code for f in (exact or placed)}))
    return bool(placed), bool(exact), by, [(f.confidence, in_place(f, m)) for f in found]


def _accepted() -> set[tuple[str, str, str]]:
    text = files("benchmarks").joinpath("data/accepted.tsv").read_text(encoding="utf-8")
    rows = [line.split("\t") for line in text.splitlines() if line.strip() and not line.startswith("#")][1:]
    return {(r[0], r[1], r[2]) for r in rows}


def _clean_rows(name: str, alignment: Alignment, found: Iterable[Finding]) -> list[dict[str, Any]]:
    accepted = _accepted()
    rows = []
    for f in found:
        quote = f.ja.text if f.ja else f.en.text if f.en else ""
        rows.append(
            {
                "source": name,
                "code": f.code,
                "name": f.name,
                "severity": f.severity.name,
                "confidence": f.confidence,
                "ja": f.ja.text if f.ja else None,
                "en": f.en.text if f.en else None,
                "message": f.message,
                "fingerprint": f.fingerprint,
                "accepted": (name, f.code, quote) in accepted,
            }
        )
    del alignment
    return rows


def bench_source(
    source: Source, chosen: Sequence[Operator], number: Mapping[str, int], seed: int, embedder_name: str
) -> tuple[list[Outcome], dict[str, Any]]:
    """Score all mutants of one source; return outcomes and what the checks say about the clean pair."""
    config = Config(cache=False, embedder=embedder_name)
    embedder = _prepare(embedder_name)
    begun = time.perf_counter()
    alignment, clean = review(source.ja, source.en, config, embedder)
    _, clean_ja = review(source.ja, "", config, embedder)
    outcomes = []
    for m in mutants(source, number=number, seed=seed, chosen=chosen):
        outcomes.append(outcome(m, config, embedder, clean, clean_ja))
    facts = {
        "name": source.name,
        "split": source.split,
        "beads": len(alignment.beads),
        "segments": [len(alignment.ja), len(alignment.en)],
        "findings": _clean_rows(source.name, alignment, clean),
        "findings_ja_only": _clean_rows(source.name, alignment, clean_ja),
        "seconds": time.perf_counter() - begun,
    }
    return outcomes, facts


def outcome(
    m: Mutant, config: Config, embedder: embed.Embedder, clean: Sequence[Finding], clean_ja: Sequence[Finding]
) -> Outcome:
    """Review one mutant, with and without its English, and judge the findings."""
    found = new_findings(review(m.ja_text, m.en_text, config, embedder)[1], clean)
    paragraph, exact, by, confident = _judge(found, m)
    ja: tuple[bool | None, bool | None, tuple[str, ...]] = (None, None, ())
    if m.side == "ja" and m.japanese:
        alone = new_findings(review(m.ja_text, "", config, embedder)[1], clean_ja)
        ja = _judge(alone, m)[:3]
    elsewhere = sum(not right for _, right in confident)
    return Outcome(m, paragraph, exact, by, ja[0], ja[1], ja[2], elsewhere, tuple(confident))


# --- what is run -------------------------------------------------------------------------------------------------------


def sources(split: str, names: Sequence[str] = ()) -> list[Source]:
    """Return the clean instruments of a split ("dev", "test", "all"); instruments with planted defects are left out."""
    found = []
    for name in names or corpora.names():
        if (corpora.folder() / name / "planted.tsv").is_file():
            continue
        source = _from_corpus(name)
        if split == "all" or source.split == split:
            found.append(source)
    return found


def real_sources(embedder: embed.Embedder) -> list[Source]:
    """Return the real documents, aligned by the program itself, when they are here."""
    folder = SHARED / "real"
    found = []
    if folder.is_dir():
        stems = sorted({p.name.rsplit(".ja.", 1)[0] for p in folder.glob("*.ja.*")})
        for stem in stems:
            ja = next(folder.glob(f"{stem}.ja.*"))
            en = next(folder.glob(f"{stem}.en.*"))
            alignment = api.align(api.read(ja, "ja"), api.read(en, "en"), config=Config(cache=False), embedder=embedder)
            found.append(source_from_alignment(f"real/{stem}", alignment))
    return found


def errata_cases() -> list[tuple[Source, Mutant, bool]]:
    """Return the errata as (clean source, mutant, contested) when they are here; the wrong and right halves are ready made."""
    from benchmarks.mutate import source_from_texts

    path = SHARED / "errata" / "errata-dev.jsonl"
    if not path.is_file():
        return []
    out = []
    for line in path.read_text(encoding="utf-8").splitlines():
        case = json.loads(line)
        context = list(zip(case.get("context_ja", []), case.get("context_en", []), strict=True))
        clean = source_from_texts(case["id"], [*context, (case["ja_right"], case["en"])], split="errata")
        english = "en_wrong" in case
        wrong = source_from_texts(
            case["id"], [*context, (case["ja_wrong"], case["en_wrong"] if english else case["en"])], split="errata"
        )
        side = "en" if english else "ja"
        quote = case["en_wrong_span"] if english else case["wrong_span"]
        part = wrong.parts(side)[-1]
        at = wrong.text(side).find(quote, part.start)
        other = () if english or not case["en_span"] else (case["en_span"],)
        places = []
        for words in other:
            found = wrong.en.find(words, wrong.en_parts[-1].start)
            if found >= 0:
                places.append((found, found + len(words)))
        tail: Callable[[str], tuple[int, int]] = lambda s: (wrong.parts(s)[-1].start, wrong.parts(s)[-1].end)  # noqa: E731, B023
        mutant = Mutant(
            source=case["id"], split="errata", operator=case["class"], cls=case["class"], held_out=False,
            japanese=not case["needs_english"], side=side, ja_text=wrong.ja, en_text=wrong.en, span=(at, at + len(quote)),
            before=case["right_span"], after=quote, other=other, other_spans=tuple(places), ja_zone=(tail("ja"),),
            en_zone=(tail("en"),), beads=(len(context),), document=bool(context), words=(quote, case["right_span"]),
            edit=(at, at + len(quote), len(quote)),
        )  # fmt: skip
        out.append((clean, mutant, bool(case.get("contested"))))
    return out


def bench_errata(embedder_name: str) -> tuple[list[Outcome], list[dict[str, Any]], dict[str, bool]]:
    """Score the errata; every finding on a right half is a false alarm."""
    config = Config(cache=False, embedder=embedder_name)
    embedder = _prepare(embedder_name)
    outcomes, alarms, contested = [], [], {}
    for source, mutant, doubtful in errata_cases():
        alignment, clean = review(source.ja, source.en, config, embedder)
        _, clean_ja = review(source.ja, "", config, embedder)
        alarms += _clean_rows(source.name, alignment, clean)
        outcomes.append(outcome(mutant, config, embedder, clean, clean_ja))
        contested[mutant.source] = doubtful
    return outcomes, alarms, contested


def planted(embedder_name: str) -> list[dict[str, Any]]:
    """Return, for each defect of the instruments with planted defects, whether it is found in its line and at its words."""
    config = Config(cache=False, embedder=embedder_name)
    embedder = _prepare(embedder_name)
    rows = []
    for name in corpora.names():
        path = corpora.folder() / name / "planted.tsv"
        if not path.is_file():
            continue
        source = _from_corpus(name)
        _, found = review(source.ja, source.en, config, embedder)
        _, alone = review(source.ja, "", config, embedder)
        starts = [0]
        for line in source.ja.split("\n"):
            starts.append(starts[-1] + len(line) + 1)
        for row in path.read_text(encoding="utf-8").splitlines()[1:]:
            number, text, what, cls, _ = row.split("\t")
            start, end = starts[int(number) - 1], starts[int(number)] - 1
            at = source.ja.find(text, start, end)
            part = next(p for p in source.ja_parts if start <= p.start <= end)
            zone_en = tuple((source.en_parts[i].start, source.en_parts[i].end) for i in source.beads[part.bead].en)
            m = Mutant(
                source=name, split="dev", operator="planted", cls=cls, held_out=False, japanese=True, side="ja",
                ja_text=source.ja, en_text=source.en, span=(at, at + len(text)), before="", after=text, other=(),
                other_spans=(), ja_zone=((start, end),), en_zone=zone_en, beads=(part.bead,), document=cls in ("C16", "C17", "C19"),
                words=(text,), edit=(at, at, 0),
            )  # fmt: skip
            hits = [f for f in found if f.severity >= Severity.minor and in_place(f, m) and at_words(f, m)]
            lone = [f for f in alone if f.severity >= Severity.minor and in_place(f, m) and at_words(f, m)]
            rows.append(
                {
                    "source": name,
                    "line": int(number),
                    "class": cls,
                    "text": text,
                    "what": what,
                    "found": sorted({f.code for f in hits}),
                    "found_ja_only": sorted({f.code for f in lone}),
                }
            )
    return rows


def quota(chosen: Sequence[Operator], instruments: int, *, number: int | None = None) -> dict[str, int]:
    """Return how many mutants each operator makes of each instrument: `number`, or enough for `WANTED` of its class."""
    count = Counter(o.cls for o in chosen)
    return {o.name: number or max(1, -(-WANTED // (count[o.cls] * max(1, instruments)))) for o in chosen}


def amounts(
    clean: Sequence[Source], chosen: Sequence[Operator], *, number: int | None, quick: bool, seed: int
) -> dict[str, int]:
    """Return how many mutants each operator makes of each instrument in a run with these settings."""
    amount = quota(chosen, len(clean), number=number or (1 if quick else None))
    return amount if number or quick else filled(clean, chosen, amount, seed)


def filled(
    sources: Sequence[Source], chosen: Sequence[Operator], amount: Mapping[str, int], seed: int
) -> dict[str, int]:
    """Return the quota with more for the operators of classes that come short of `WANTED`, as far as they find places."""
    out = dict(amount)
    short = list(chosen)
    before: dict[str, int] = {}
    while short:
        count = Counter(m.cls for s in sources for m in mutants(s, number=out, seed=seed, chosen=short))
        growing = {c for c, n in count.items() if n < WANTED and n > before.get(c, 0)}
        before = dict(count)
        short = [o for o in short if o.cls in growing]
        for o in short:
            out[o.name] += 1
    return out


def _task(args: tuple[Source, tuple[str, ...], Mapping[str, int], int, str]) -> tuple[list[Outcome], dict[str, Any]]:
    source, names, number, seed, embedder = args
    table = {o.name: o for o in operators()}
    return bench_source(source, [table[n] for n in names], number, seed, embedder)


def usable(split: str, chosen: Sequence[Operator] | None = None) -> list[Operator]:
    """Return the operators of a split: "dev" leaves out those that are held out."""
    return [o for o in (operators() if chosen is None else chosen) if split != "dev" or o.split == "dev"]


def run(
    *,
    split: str = "test",
    number: int | None = None,
    quick: bool = False,
    only: Sequence[str] = (),
    names: Sequence[str] = (),
    seed: int = 0,
    real: bool = True,
    errata: bool = True,
    embedder: str = "auto",
    processes: int = 2,
    log: Callable[[str], None] = lambda _line: None,
) -> dict[str, Any]:
    """Run the findings benchmark and return its results as plain data (no clock in them).

    `split` "dev" uses the dev instruments and the dev operators, "test" the test instruments and all operators, "all"
    everything. `only` names classes or operators; `names` instruments.
    """
    chosen = [o for o in operators() if not only or o.cls in only or o.name in only]
    if not chosen:
        raise SystemExit(f"no class or operator is called {', '.join(only)}")
    chosen = usable(split, chosen)
    use = tuple(o.name for o in chosen)
    clean = sources(split, names)
    amount = amounts(clean, chosen, number=number, quick=quick, seed=seed)
    tasks = [(source, use, amount, seed, embedder) for source in clean]
    results: list[tuple[list[Outcome], dict[str, Any]]] = []
    if processes > 1 and len(tasks) > 1:
        with ProcessPoolExecutor(processes, mp_context=get_context("spawn")) as pool:
            for result in pool.map(_task, tasks):
                log(f"  {result[1]['name']}: {len(result[0])} mutants, {result[1]['seconds']:.0f} s")
                results.append(result)
    else:
        for task in tasks:
            results.append(_task(task))
            log(f"  {results[-1][1]['name']}: {len(results[-1][0])} mutants, {results[-1][1]['seconds']:.0f} s")
    outcomes = [o for found, _ in results for o in found]
    facts = [f for _, f in results]
    out = summary(outcomes, facts, seed=seed)
    out["settings"] = {
        "split": split,
        "number": number or ("1" if quick else f"{WANTED} a class"),
        "seed": seed,
        "only": list(only),
        "corpora": [f["name"] for f in facts],
    }
    if not only and not names:
        out["planted"] = planted(embedder)
    if real and not only and not names:
        found = [_task((s, use, dict.fromkeys(use, 1), seed, embedder)) for s in real_sources(_prepare(embedder))]
        if found:
            out["real"] = summary([o for a, _ in found for o in a], [f for _, f in found], seed=seed)
            log(f"  real documents: {sum(len(a) for a, _ in found)} mutants")
    if errata and not only and not names and SHARED.is_dir():
        cases, alarms, contested = bench_errata(embedder)
        out["errata"] = summary(cases, [], seed=seed)
        out["errata"]["clean"] = {"cases": len(cases), "findings": alarms}
        out["errata"]["contested"] = sorted(k for k, v in contested.items() if v)
        log(f"  errata: {len(cases)} cases")
    return out


def interval(flags: Sequence[bool], *, seed: int = 0, rounds: int = 1000) -> tuple[float, float]:
    """Return the 95 % bootstrap interval of a share (percentile method, Efron 1979)."""
    if not flags:
        return (0.0, 0.0)
    rng = np.random.default_rng(seed)
    array = np.asarray(flags, dtype=np.float64)
    means = np.sort(rng.choice(array, size=(rounds, len(array))).mean(axis=1))
    return (round(float(means[int(0.025 * rounds)]), 4), round(float(means[int(0.975 * rounds) - 1]), 4))


def score(found: Sequence[Outcome], *, seed: int = 0) -> dict[str, Any]:
    """Return recall of a set of outcomes: paragraph, words, and the same for the Japanese alone."""
    paragraph = [o.paragraph for o in found]
    exact = [o.words for o in found]
    ja = [o for o in found if o.ja_paragraph is not None]
    out: dict[str, Any] = {
        "mutants": len(found),
        "paragraph": _share(paragraph),
        "paragraph_ci": interval(paragraph, seed=seed),
        "words": _share(exact),
        "words_ci": interval(exact, seed=seed),
        "ja_mutants": len(ja),
        "ja_paragraph": _share([bool(o.ja_paragraph) for o in ja]),
        "ja_words": _share([bool(o.ja_words) for o in ja]),
        "elsewhere_per_mutant": round(sum(o.elsewhere for o in found) / max(1, len(found)), 3),
        "by": dict(Counter(code for o in found for code in o.by).most_common()),
    }
    visible = [o for o in ja if o.mutant.japanese]
    if visible:
        out["ja_visible"] = {
            "mutants": len(visible),
            "paragraph": _share([bool(o.ja_paragraph) for o in visible]),
            "words": _share([bool(o.ja_words) for o in visible]),
        }
    return out


def _share(flags: Sequence[bool]) -> float | None:
    return round(sum(flags) / len(flags), 4) if flags else None


def _example(o: Outcome) -> dict[str, Any]:
    m = o.mutant
    text = m.ja_text if m.side == "ja" else m.en_text
    start, end = m.span
    return {
        "key": m.key,
        "before": m.before[:120],
        "context": text[max(0, start - 20) : start] + "⟦" + text[start:end][:120] + "⟧" + text[end : end + 20],
        "other": list(m.other)[:4],
        "found_in_paragraph": o.paragraph,
        "by": list(o.by),
    }


def summary(outcomes: Sequence[Outcome], facts: Sequence[Mapping[str, Any]], *, seed: int = 0) -> dict[str, Any]:
    """Return all figures of a run as plain data."""
    by_class: dict[str, list[Outcome]] = defaultdict(list)
    by_operator: dict[str, list[Outcome]] = defaultdict(list)
    for o in outcomes:
        by_class[o.mutant.cls].append(o)
        by_operator[o.mutant.operator].append(o)
    order = [c.name for c in CLASSES if c.name in by_class] + sorted(set(by_class) - {c.name for c in CLASSES})
    out: dict[str, Any] = {
        "overall": score(outcomes, seed=seed),
        "held_out": score([o for o in outcomes if o.mutant.held_out], seed=seed),
        "classes": {name: score(by_class[name], seed=seed) for name in order},
        "operators": {name: score(by_operator[name], seed=seed) for name in sorted(by_operator)},
        "misses": {name: [_example(o) for o in by_class[name] if not o.words] for name in order},
    }
    shares = [c["paragraph"] for c in out["classes"].values()]
    words = [c["words"] for c in out["classes"].values()]
    out["macro"] = {
        "paragraph": round(sum(shares) / len(shares), 4) if shares else None,
        "words": round(sum(words) / len(words), 4) if words else None,
    }
    groups: dict[str, list[Outcome]] = defaultdict(list)
    group_of = {c.name: c.group for c in CLASSES}
    for o in outcomes:
        if o.mutant.cls in group_of and o.mutant.japanese:
            groups[group_of[o.mutant.cls]].append(o)
    out["groups_ja_only"] = {
        g: {
            "mutants": len(found),
            "paragraph": _share([bool(o.ja_paragraph if o.ja_paragraph is not None else o.paragraph) for o in found]),
            "words": _share([bool(o.ja_words if o.ja_words is not None else o.words) for o in found]),
        }
        for g, found in sorted(groups.items())
    }
    out["clean"] = clean_summary(facts)
    out["calibration"] = calibration(outcomes, facts)
    return out


def clean_summary(facts: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """Return false alarms on the clean texts, per 100 beads (and per 100 segments for the Japanese alone)."""
    beads = sum(f["beads"] for f in facts)
    segments = sum(f["segments"][0] for f in facts)
    out: dict[str, Any] = {"beads": beads, "segments": segments}
    for name, per in (("findings", beads), ("findings_ja_only", segments)):
        rows = [r for f in facts for r in f[name] if not r["accepted"]]
        counts = Counter(r["severity"] for r in rows)
        out[name] = {
            "per_100": {
                s.name: round(100 * counts[s.name] / per, 3) if per else None for s in sorted(Severity, reverse=True)
            },
            "minor_or_above_per_100": round(100 * sum(counts[s.name] for s in Severity if s >= Severity.minor) / per, 3)
            if per
            else None,
            "by_check": dict(Counter(f"{r['code']} {r['name']}" for r in rows).most_common()),
            "list": sorted(
                (r for f in facts for r in f[name]),
                key=lambda r: (r["source"], r["code"], r["ja"] or "", r["en"] or ""),
            ),
        }
    return out


_BINS = (0.0, 0.5, 0.65, 0.8, 0.9, 1.01)


def calibration(outcomes: Sequence[Outcome], facts: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Return, for bands of confidence, the share of findings that are right.

    Right: new findings in the place of a mutant. Wrong: new findings elsewhere, and those on the clean twins.
    """
    rows: list[tuple[float, bool]] = [pair for o in outcomes for pair in o.confident]
    for fact in facts:
        rows += [(r["confidence"], r["accepted"]) for r in fact["findings"] if r["severity"] != "neutral"]
    out = []
    for low, high in itertools.pairwise(_BINS):
        here = [right for confidence, right in rows if low <= confidence < high]
        out.append({"from": low, "to": min(high, 1.0), "findings": len(here), "right": _share(here)})
    return out


def main(argv: Sequence[str] | None = None) -> None:
    """Run and print."""
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.findings", description=__doc__.splitlines()[0] if __doc__ else ""
    )
    parser.add_argument("--split", choices=("dev", "test", "all"), default="dev")
    parser.add_argument("--quick", action="store_true", help="fewer mutants, no real documents, no errata")
    parser.add_argument(
        "--only", action="append", default=[], metavar="CLASS", help="a class or an operator; may be repeated"
    )
    parser.add_argument("--corpus", action="append", default=[], metavar="NAME")
    parser.add_argument("-n", type=int, default=None, help="mutants for each operator and instrument")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument("--misses", type=int, default=0, metavar="N", help="print N misses of each class")
    parser.add_argument("--alarms", action="store_true", help="print the findings on the clean texts")
    parser.add_argument("--errata", action="store_true", help="only the errata")
    parser.add_argument("-o", metavar="FILE", help="write everything as JSON")
    args = parser.parse_args(argv)
    begun = time.perf_counter()
    log = lambda line: print(line, file=sys.stderr)  # noqa: E731
    if args.errata:
        cases, alarms, _ = bench_errata("auto")
        result = summary(cases, [], seed=args.seed)
        result["clean"] = {
            "findings": {"list": alarms, "per_100": {}, "minor_or_above_per_100": len(alarms), "by_check": {}}
        }
    else:
        result = run(
            split=args.split, number=args.n, quick=args.quick, only=args.only, names=args.corpus, seed=args.seed,
            real=not args.quick, errata=not args.quick, processes=args.processes, log=log,
        )  # fmt: skip
    print(f"{'class':20}{'n':>5}{'paragraph':>20}{'words':>7}{'ja-only':>9}{'ja words':>9}{'else':>6}  by")
    rows = list(result["classes"].items())
    if args.only:
        rows += [("- " + k, v) for k, v in result["operators"].items()]
    for name, c in [*rows, ("all", result["overall"]), ("held-out operators", result["held_out"])]:
        if c["mutants"]:
            low, high = c["paragraph_ci"]
            ja = "" if c["ja_paragraph"] is None else f"{c['ja_paragraph']:.2f}"
            jw = "" if c["ja_words"] is None else f"{c['ja_words']:.2f}"
            by = " ".join(f"{k}:{v}" for k, v in list(c["by"].items())[:5])
            print(
                f"{name:20}{c['mutants']:>5}   {c['paragraph']:.2f} [{low:.2f}-{high:.2f}]{c['words']:>7.2f}{ja:>9}{jw:>9}"
                f"{c['elsewhere_per_mutant']:>6.2f}  {by}"
            )
    clean = result["clean"]
    for name in ("findings", "findings_ja_only"):
        if name in clean:
            print(f"clean texts, {name}: per 100 {clean[name]['per_100']}; {clean[name]['by_check']}")
    print(
        "confidence: "
        + "; ".join(f"{c['from']}-{c['to']}: {c['right']} of {c['findings']}" for c in result["calibration"])
    )
    if args.alarms:
        for row in clean["findings"]["list"]:
            print(
                f"  {row['source']} {row['code']} {row['severity']} {row['confidence']} {row['ja']!r} {row['en']!r} {row['message']}"
            )
    for name, examples in result["misses"].items():
        for miss in examples[: args.misses]:
            print(f"  {name}: {miss['key']}: {miss['before']!r} → {miss['context']!r} {miss['other']} {miss['by']}")
    if "planted" in result:
        for row in result["planted"]:
            print(f"  planted {row['class']} {row['text'][:24]}: {row['found']} ja-only {row['found_ja_only']}")
    print(f"{time.perf_counter() - begun:.0f} s", file=sys.stderr)
    if args.o:
        Path(args.o).write_text(json.dumps(result, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
