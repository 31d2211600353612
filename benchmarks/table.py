"""Results as text: the Markdown table, its place in the README, and what changed between two runs."""

from __future__ import annotations

import copy
import hashlib
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from benchmarks import costs
from benchmarks.mutate import CLASSES

__all__ = ["compare", "headline", "markdown", "refresh", "without_texts"]

BEGIN, END = "<!-- bench -->", "<!-- /bench -->"


def _number(value: float | None, digits: int = 2) -> str:
    return "–" if value is None else f"{value:.{digits}f}"


def _row(cells: Sequence[str]) -> str:
    return "| " + " | ".join(cells) + " |"


def _peer(result: Mapping[str, Any], tool: str, name: str) -> str:
    found = result.get("peers", {}).get(tool, {}).get("classes", {}).get(name)
    return _number(found["paragraph"]) if found else "–"


def findings_table(result: Mapping[str, Any]) -> str:
    """The table of classes: recall of mocalign and of the peers on the same mutants."""
    found = result["findings"]
    peers = [t for t in result.get("peers", {}) if "classes" in result["peers"][t]]
    head = ["class", "mutants", "found in its paragraph (95 %)", "at its words", "Japanese alone", *peers]
    lines = [_row(head), _row(["---", *["---:"] * (len(head) - 1)])]
    titles = {c.name: c.title for c in CLASSES}
    for name, c in found["classes"].items():
        low, high = c["paragraph_ci"]
        alone = c.get("ja_visible")
        lines.append(
            _row(
                [
                    titles.get(name, name),
                    str(c["mutants"]),
                    f"{_number(c['paragraph'])} ({_number(low)}–{_number(high)})",
                    _number(c["words"]),
                    _number(alone["paragraph"]) if alone else "–",
                    *(_peer(result, t, name) for t in peers),
                ]
            )
        )
    whole = found["overall"]
    low, high = whole["paragraph_ci"]
    lines.append(
        _row(
            [
                "**all mutants**",
                str(whole["mutants"]),
                f"**{_number(whole['paragraph'])}** ({_number(low)}–{_number(high)})",
                f"**{_number(whole['words'])}**",
                _number(whole.get("ja_visible", {}).get("paragraph")),
                *(_number(result["peers"][t]["overall"]) for t in peers),
            ]
        )
    )
    if found["held_out"]["mutants"]:
        held = found["held_out"]
        lines.append(
            _row(
                [
                    "of these by held-out operators",
                    str(held["mutants"]),
                    _number(held["paragraph"]),
                    _number(held["words"]),
                    _number(held.get("ja_visible", {}).get("paragraph")),
                    *["" for _ in peers],
                ]
            )
        )
    clean = found["clean"]["findings"]
    lines.append(
        _row(
            [
                "**false alarms on clean text, per 100 paragraph pairs**",
                str(found["clean"]["beads"]),
                f"**{_number(clean['minor_or_above_per_100'])}**",
                "",
                f"{_number(found['clean']['findings_ja_only']['minor_or_above_per_100'])}",
                *(_number(result["peers"][t]["clean_per_100"]) for t in peers),
            ]
        )
    )
    return "\n".join(lines)


def _clean_line(found: Mapping[str, Any]) -> str:
    rates = found["clean"]["findings"]["per_100"]
    return ", ".join(f"{severity} {_number(rate)}" for severity, rate in rates.items())


def _calibration(rows: Sequence[Mapping[str, Any]]) -> str:
    return "; ".join(
        f"{row['from']:.2f}–{row['to']:.2f}: {_number(row['right'])} of {row['findings']}"
        for row in rows
        if row["findings"]
    )


def alignment_table(result: Mapping[str, Any]) -> str:
    """The table of the aligner and its peers, one row a condition."""
    keys = (
        "strict_f1",
        "strict_precision",
        "strict_recall",
        "lax_f1",
        "alone_precision",
        "alone_recall",
        "moved_precision",
        "moved_recall",
    )
    names = ("strict F1", "strict P", "strict R", "lax F1", "alone P", "alone R", "moved P", "moved R")
    lines = [_row(["aligner", "texts", "condition", *names]), _row(["---", "---", "---", *["---:"] * len(names)])]
    for part in result["alignment"]:
        if "skipped" in part:
            lines.append(_row([part["aligner"], part["texts"], f"skipped: {part['skipped']}", *[""] * len(names)]))
            continue
        for condition, row in part["table"].items():
            lines.append(_row([part["aligner"], part["texts"], condition, *(_number(row.get(k), 3) for k in keys)]))
    for part in result["alignment"]:
        if part.get("calibration"):
            lines += ["", f"Scores of beads, {part['texts']}: of beads scored so, the share that is right.", ""]
            lines += [_row(["beads", "scored", "number", "mean score", "right"]), "|---|---|---:|---:|---:|"]
            for r in part["calibration"]:
                scored = f"{r['from']} to {r['to']}"
                lines.append(
                    _row([r["beads"], scored, str(r["number"]), _number(r["mean score"], 3), _number(r["right"], 3)])
                )
    return "\n".join(lines)


def _short_table(part: Mapping[str, Any]) -> list[str]:
    """Recall by class of a set that is too small for intervals."""
    titles = {c.name: c.title for c in CLASSES}
    lines = [_row(["class", "cases", "in the paragraph", "at the words"]), _row(["---", "---:", "---:", "---:"])]
    for name, c in part["classes"].items():
        lines.append(_row([titles.get(name, name), str(c["mutants"]), _number(c["paragraph"]), _number(c["words"])]))
    return lines


def markdown(result: Mapping[str, Any]) -> str:
    """Return the whole result as Markdown."""
    signature = result["signature"]
    out = ["# Results", ""]
    out.append(
        f"mocalign {signature['mocalign']}; embedder {signature['embedder']}; dictionaries {signature['dictionary']}, "
        f"{signature['bilingual']}; seed {signature['seed']}; mutants: {signature['number']}; "
        f"findings on the {signature['split']} instruments ({', '.join(result['findings']['settings']['corpora'])})."
    )
    out += ["", "## Findings", "", findings_table(result), ""]
    found = result["findings"]
    out.append(f"False alarms per 100 paragraph pairs by severity: {_clean_line(found)}.")
    if found.get("calibration"):
        out.append(f"\nShare of findings that are right, by confidence: {_calibration(found['calibration'])}.")
    if found.get("groups_ja_only"):
        rows = ", ".join(
            f"{g}: {_number(v['paragraph'])} / {_number(v['words'])} of {v['mutants']}"
            for g, v in found["groups_ja_only"].items()
            if g != "X"
        )
        out.append(f"\nJapanese alone, paragraph / words, by group of classes: {rows}.")
    for key, title in (("real", "Real documents"), ("errata", "Published errata (wrong and right halves)")):
        if key in found:
            part = found[key]
            whole = part["overall"]
            text = f"{whole['mutants']} cases, {_number(whole['paragraph'])} found in their paragraph, {_number(whole['words'])} at their words"
            if key == "real":
                text += f"; false alarms per 100 paragraph pairs: {_clean_line(part)}"
            else:
                wrong = [r for r in part["clean"]["findings"] if r["severity"] != "neutral"]
                text += f"; {len(wrong)} findings of minor or above on the {part['clean']['cases']} right halves"
            out += ["", f"### {title}", "", text + ".", "", *_short_table(part)]
    if found.get("planted"):
        done = sum(bool(r["found"]) for r in found["planted"])
        out += ["", "### Planted defects of the bundled instrument", "", f"{done} of {len(found['planted'])} found."]
        out += [
            "",
            _row(["line", "text", "class", "found by", "Japanese alone"]),
            _row(["---:", "---", "---", "---", "---"]),
        ]
        for r in found["planted"]:
            by = ", ".join(r["found"]) or "not found"
            out.append(_row([str(r["line"]), r["text"], r["class"], by, ", ".join(r["found_ja_only"]) or "–"]))
    for tool, value in result.get("peers", {}).items():
        note = f"skipped: {value['skipped']}" if "skipped" in value else value["version"]
        out += ["", f"Peer {tool}: {note}."]
    if result.get("alignment"):
        out += ["", "## Alignment", "", alignment_table(result)]
    if result.get("costs"):
        out += ["", "## What each stage and check costs", "", costs.table(result["costs"])]
    if result.get("speed"):
        keys = list(result["speed"][0])
        out += ["", "## Speed and memory", "", _row(keys), _row(["---:"] * len(keys))]
        out += [_row([str(row[k]) for k in keys]) for row in result["speed"]]
    return "\n".join(out) + "\n"


def headline(parts: Sequence[Mapping[str, Any]]) -> str:
    """Strict F1 of beads on the test instruments: a row a condition, a column an aligner."""
    shown = {p["aligner"]: p["table"] for p in parts if p.get("headline") and "table" in p}
    lines = [_row(["paragraphs aligned, strict F1", *shown]), _row(["---", *["---:"] * len(shown)])]
    for condition in next(iter(shown.values()), {}):
        figures = [_number(table.get(condition, {}).get("strict_f1"), 3) for table in shown.values()]
        lines.append(_row([condition, *figures]))
    return "\n".join(lines)


def without_texts(result: Mapping[str, Any]) -> dict[str, Any]:
    """Return a result without sentences of texts that are not the project's: their quotations become digests.

    Comparisons still tell one finding from another.
    """
    out: dict[str, Any] = copy.deepcopy(dict(result))
    for name in ("real", "errata"):
        part = out.get("findings", {}).get(name)
        if part is None:
            continue
        part["misses"] = {cls: [{"key": m["key"]} for m in rows] for cls, rows in part.get("misses", {}).items()}
        clean = part.get("clean", {})
        lists = [
            clean[k] if isinstance(clean[k], list) else clean[k]["list"] for k in clean if k.startswith("findings")
        ]
        for row in (r for rows in lists for r in rows):
            row.pop("message", None)
            for side in ("ja", "en"):
                if row.get(side):
                    row[side] = hashlib.sha256(row[side].encode()).hexdigest()[:12]
    return out


def refresh(readme: Path, result: Mapping[str, Any]) -> bool:
    """Put the table of findings between the two marks of a README; False when it has no marks."""
    text = readme.read_text(encoding="utf-8")
    if BEGIN not in text:
        return False
    before, rest = text.split(BEGIN, 1)
    after = rest.split(END, 1)[1] if END in rest else rest
    found = result["findings"]
    block = [findings_table(result), "", f"False alarms per 100 paragraph pairs by severity: {_clean_line(found)}."]
    if result.get("alignment"):
        block += ["", headline(result["alignment"])]
    block += [
        "",
        "Made by `python -m benchmarks --readme`; test instruments, seed " + str(result["signature"]["seed"]) + ".",
    ]
    readme.write_text(f"{before}{BEGIN}\n\n" + "\n".join(block) + f"\n\n{END}{after}", encoding="utf-8")
    return True


def _listed(result: Mapping[str, Any]) -> Counter[tuple[str, str, str, str, str]]:
    rows: list[Mapping[str, Any]] = list(result["findings"]["clean"]["findings"]["list"])
    rows += result["findings"].get("real", {}).get("clean", {}).get("findings", {}).get("list", [])
    rows += result["findings"].get("errata", {}).get("clean", {}).get("findings", [])
    return Counter((r["source"], r["code"], r["severity"], r["ja"] or "", r["en"] or "") for r in rows)


def compare(old: Mapping[str, Any], new: Mapping[str, Any]) -> str:
    """Return what changed between two results: class by class, mutant by mutant, finding by finding on the clean texts."""
    out = []
    for key in sorted(set(old["signature"]) | set(new["signature"])):
        if old["signature"].get(key) != new["signature"].get(key) and not isinstance(new["signature"].get(key), dict):
            out.append(f"signature {key}: {old['signature'].get(key)} → {new['signature'].get(key)}")
    before, after = old["findings"], new["findings"]
    for name in dict.fromkeys([*before["classes"], *after["classes"]]):
        a, b = before["classes"].get(name), after["classes"].get(name)
        if a is None or b is None:
            out.append(f"{name}: {'new' if a is None else 'gone'}")
            continue
        changes = [
            f"{key} {_number(a[key])} → {_number(b[key])}"
            for key in ("mutants", "paragraph", "words", "ja_paragraph")
            if a[key] != b[key]
        ]
        if changes:
            out.append(f"{name}: {', '.join(changes)}")
        lost = {m["key"] for m in misses(after, name)} - {m["key"] for m in misses(before, name)}
        won = {m["key"] for m in misses(before, name)} - {m["key"] for m in misses(after, name)}
        out += [f"  - no longer found: {k}" for k in sorted(lost)] + [f"  + now found: {k}" for k in sorted(won)]
    gone, come = _listed(old) - _listed(new), _listed(new) - _listed(old)
    for mark, rows in (("-", gone), ("+", come)):
        for (source, code, severity, ja, en), count in sorted(rows.items()):
            quote = re.sub(r"\s+", " ", ja)[:60]
            times = f" ×{count}" if count > 1 else ""
            out.append(f"clean {mark} {source} {code} {severity} {quote!r} {en[:60]!r}{times}")
    old_rows = {(p["aligner"], p["texts"]): p for p in old.get("alignment", []) if "table" in p}
    for part in new.get("alignment", []):
        was = old_rows.get((part["aligner"], part["texts"]), {}).get("table", {})
        for condition, row in part.get("table", {}).items():
            for key in ("strict_f1", "lax_f1"):
                if condition in was and was[condition].get(key) != row.get(key):
                    out.append(
                        f"alignment {part['aligner']} {part['texts']} {condition} {key}: {was[condition].get(key)} → {row.get(key)}"
                    )
    return "\n".join(out) if out else "nothing changed"


def misses(found: Mapping[str, Any], name: str) -> Sequence[Mapping[str, Any]]:
    """The misses of a class."""
    rows: Sequence[Mapping[str, Any]] = found["misses"].get(name, [])
    return rows
