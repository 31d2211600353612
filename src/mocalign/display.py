"""How the nouns look in a notebook, in light and dark, and as tidy pandas frames.

HTML fragments use the theme's own colours (`currentColor`, translucent fills), so that they are good to look at on any
background; everything from documents is escaped; no script, no network.
"""

from __future__ import annotations

import itertools
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from html import escape
from typing import TYPE_CHECKING, Any

from mocalign.errors import MissingExtraError
from mocalign.model import Alignment, Bead, Document, Finding, Segment, Severity, Span
from mocalign.writers.shared import base_name, pieces

if TYPE_CHECKING:
    from mocalign.report import Report
    from mocalign.termlist import TermList

__all__ = [
    "alignment_html",
    "document_html",
    "finding_html",
    "frame",
    "precedents_html",
    "progress_bar",
    "report_html",
    "terms_html",
]

SHAPES = {Severity.critical: "◆", Severity.major: "▲", Severity.minor: "●", Severity.neutral: "○"}
# mid-tones that keep a contrast of 4.5 on white and on the dark grey of notebook themes are too few for text: colour is
# carried by borders and translucent fills, the text stays the theme's own
_RGB = {
    Severity.critical: "214,40,90",
    Severity.major: "224,112,20",
    Severity.minor: "200,160,20",
    Severity.neutral: "120,135,150",
}
ROWS = 30  # rows a table shows before it says how many more there are
_BOX = "font:13px/1.55 system-ui,sans-serif;color:inherit;max-width:72em;text-align:left"
_LINE = "border-bottom:1px solid rgba(128,128,128,.3)"
_CELL = f"padding:.35em .7em .35em 0;vertical-align:top;text-align:left;white-space:normal;{_LINE}"
_FAINT = "opacity:.68"


def _mark(text: str, severity: Severity) -> str:
    rgb = _RGB[severity]
    style = f"color:inherit;background:rgba({rgb},.26);border-bottom:2px solid rgb({rgb});border-radius:2px"
    return f'<mark style="{style}">{escape(text)}</mark>'


def _marked(segment: Segment, document: Document, over: Sequence[tuple[Span, Severity]]) -> str:
    out = []
    for start, end, text in pieces(segment, document.lang):
        if len(text) != end - start:
            out.append(escape(text))
            continue
        edges = {start, end, *(e for s, _ in over for e in (s.start, s.end) if start < e < end)}
        for a, b in itertools.pairwise(sorted(edges)):
            worst = max((v for s, v in over if s.start < b and a < s.end), default=None)
            part = text[a - start : b - start]
            out.append(escape(part) if worst is None else _mark(part, worst))
    return "".join(out)


def _spans(findings: Iterable[Finding]) -> dict[str, list[tuple[Span, Severity]]]:
    out: dict[str, list[tuple[Span, Severity]]] = defaultdict(list)
    for f in findings:
        out["ja"] += [(s, f.severity) for s in (f.ja, *f.also_ja) if s is not None and s.text]
        out["en"] += [(s, f.severity) for s in (f.en, *f.also_en) if s is not None and s.text]
    return out


def _side(segments: Sequence[Segment], document: Document, over: Sequence[tuple[Span, Severity]]) -> str:
    if not segments:
        return f'<span style="{_FAINT}">—</span>'
    parts = []
    for s in segments:
        near = [(m, v) for m, v in over if m.start < s.span.end and s.span.start < m.end]
        body = _marked(s, document, near)
        parts.append(f"<b>{body}</b>" if s.kind in ("title", "heading") else body)
    return f'<span lang="{document.lang}">{"<br>".join(parts)}</span>'


def _table(head: Sequence[str], rows: Iterable[Sequence[str]], *, widths: Sequence[str] = ()) -> str:
    columns = "".join(f'<col style="width:{w}">' for w in widths)
    titles = "".join(f'<th style="{_CELL};font-weight:600;{_FAINT}">{escape(h)}</th>' for h in head)
    titles = f"<thead><tr>{titles}</tr></thead>" if head else ""
    body = "".join(
        '<tr style="background:transparent">' + "".join(f'<td style="{_CELL}">{c}</td>' for c in row) + "</tr>"
        for row in rows
    )
    return (
        '<table style="border-collapse:collapse;border:0;width:100%;table-layout:fixed;font:inherit;color:inherit;margin:.3em 0">'
        f"<colgroup>{columns}</colgroup>{titles}<tbody>{body}</tbody></table>"
    )


def _more(total: int, shown: int) -> str:
    return f'<div style="{_FAINT}">… {total - shown} more</div>' if total > shown else ""


def _chip(severity: Severity, text: str) -> str:
    rgb = _RGB[severity]
    style = f"display:inline-block;padding:0 .55em;margin-right:.4em;border:1px solid rgb({rgb});border-radius:1em;background:rgba({rgb},.14)"
    return f'<span style="{style}">{SHAPES[severity]} {escape(text)}</span>'


def _head(finding: Finding) -> str:
    place = ".".join(finding.label)
    where = f' <span style="{_FAINT}">{escape(place)}</span>' if place else ""
    name = f"<b>{finding.code}</b> {escape(finding.name)}"
    sure = f'<span style="{_FAINT}">confidence {finding.confidence:.2f}</span>'
    return f"{_chip(finding.severity, finding.severity.name)}{name}{where} · {sure}"


def finding_html(finding: Finding) -> str:
    """A finding as a card: what it is, what is wrong, the words on both sides, the suggestion."""
    rgb = _RGB[finding.severity]
    lines = [f"<div>{_head(finding)}</div>", f"<div>{escape(finding.message)}</div>"]
    lines.append(f'<div lang="ja" style="{_FAINT}">{escape(finding.message_ja)}</div>')
    for lang, span in (("ja", finding.ja), ("en", finding.en)):
        if span is not None and span.text:
            lines.append(
                f'<div lang="{lang}"><span style="{_FAINT}">{lang}</span> {_mark(span.text, finding.severity)}</div>'
            )
    if finding.suggestion is not None:
        old = (finding.ja or finding.en or Span(0, "")).text
        new = escape(finding.suggestion) or "∅"
        lines.append(
            f'<div>→ <del style="{_FAINT}">{escape(old)}</del> <ins style="text-decoration:none"><b>{new}</b></ins></div>'
        )
    return (
        f'<div style="{_BOX};border-left:4px solid rgb({rgb});padding:.3em .9em;margin:.4em 0">{"".join(lines)}</div>'
    )


def document_html(document: Document) -> str:
    """A document as a table of its segments: label, kind, text."""
    shown = document.segments[:ROWS]
    rows = [
        (escape(".".join(s.label)), f'<span style="{_FAINT}">{s.kind}</span>', _side((s,), document, ())) for s in shown
    ]
    notices = "".join(f'<div style="{_FAINT}">{escape(n)}</div>' for n in document.notices)
    title = f"<b>{escape(base_name(document) or '—')}</b> · {document.lang} · {len(document)} segments"
    table = _table(("label", "kind", "text"), rows, widths=("5em", "7em", "auto"))
    return f'<div style="{_BOX}"><div>{title}</div>{notices}{table}{_more(len(document), len(shown))}</div>'


def _beads(
    alignment: Alignment,
    beads: Sequence[Bead],
    findings: Sequence[Finding],
    *,
    head: bool = True,
) -> str:
    over = _spans(findings)
    rows = []
    for bead in beads:
        relation = "" if bead.relation == "match" else f'<div style="{_FAINT}">{bead.relation}</div>'
        score = f'<span style="{_FAINT}">{bead.score:.2f}</span>' if bead.ja and bead.en else ""
        rows.append(
            (
                escape(".".join(bead.label)),
                _side(bead.ja, alignment.ja, over["ja"]),
                _side(bead.en, alignment.en, over["en"]),
                score + relation,
            )
        )
    titles = ("", "日本語", "English", "") if head else ()
    return _table(titles, rows, widths=("4.5em", "auto", "auto", "5em"))


def alignment_html(alignment: Alignment) -> str:
    """An alignment as a bilingual table."""
    matched = sum(1 for b in alignment.beads if b.ja and b.en)
    title = f"<b>{len(alignment)} beads</b> · {matched} with both sides · {len(alignment.ja)} ja, {len(alignment.en)} en segments"
    shown = alignment.beads[:ROWS]
    return (
        f'<div style="{_BOX}"><div>{title}</div>{_beads(alignment, shown, ())}{_more(len(alignment), len(shown))}</div>'
    )


def report_html(report: Report) -> str:
    """A report: counts, and each finding under the words it is about."""
    alignment = report.alignment
    counts = "".join(_chip(s, f"{report.counts[s.name]} {s.name}") for s in sorted(Severity, reverse=True))
    names = " ↔ ".join(escape(base_name(d)) for d in (alignment.ja, alignment.en) if d.segments)
    parts = [f"<div>{counts}<span style='{_FAINT}'>{names}</span></div>"]
    by_bead: dict[int, list[Finding]] = defaultdict(list)
    for f in report.findings:
        by_bead[f.bead].append(f)
    shown = 0
    for number in sorted(by_bead, key=lambda n: n if n >= 0 else 1 << 30):
        if shown >= ROWS:
            break
        here = by_bead[number]
        if 0 <= number < len(alignment.beads):
            parts.append(_beads(alignment, (alignment.beads[number],), here, head=False))
        for f in here:
            fix = ""
            if f.suggestion is not None:
                fix = f" → <b>{escape(f.suggestion) or '∅'}</b>"
            rgb = _RGB[f.severity]
            style = f"border-left:4px solid rgb({rgb});padding:.1em .9em;margin:.25em 0"
            parts.append(f'<div style="{style}">{_head(f)}<br>{escape(f.message)}{fix}</div>')
            shown += 1
    if not report.findings:
        parts.append(f'<div style="{_FAINT}">Nothing was found.</div>')
    return f'<div style="{_BOX}">{"".join(parts)}{_more(len(report.findings), shown)}</div>'


def _lit(text: str, ranges: Sequence[tuple[int, int]]) -> str:
    out, at = [], 0
    style = "color:inherit;background:rgba(60,140,220,.28);border-radius:2px"
    for start, end in ranges:
        out.append(f'{escape(text[at:start])}<mark style="{style}">{escape(text[start:end])}</mark>')
        at = end
    return "".join(out) + escape(text[at:])


def precedents_html(hits: Sequence[Any]) -> str:
    """Precedents (`mocalign.memory.Precedent`) as a bilingual table with the matching words lit on both sides."""
    rows = [
        (
            f"{h.score:.2f}",
            f'<span lang="en">{_lit(h.en, h.en_matches)}</span>',
            f'<span lang="ja">{_lit(h.ja, h.ja_matches)}</span>',
            f'<span style="{_FAINT}">{escape(h.source)}<br>{escape(".".join(h.label))}</span>',
        )
        for h in hits
    ]
    table = _table(("", "English", "日本語", ""), rows, widths=("3.5em", "auto", "auto", "11em"))
    return f'<div style="{_BOX}">{table if rows else "—"}</div>'


def terms_html(found: TermList) -> str:
    """Terms as a table: renderings with counts, and places."""
    rows = []
    for term in found.terms[:ROWS]:
        first = term.renderings[0]
        others = ", ".join(f"{escape(r.en)} ({r.count})" for r in term.renderings[1:])
        places = ", ".join(dict.fromkeys(label for r in term.renderings for label in r.labels))
        rows.append(
            (
                f'<span lang="ja">{escape(term.ja)}</span>',
                f"{escape(first.en)}" + (f' <span style="{_FAINT}">· {others}</span>' if others else ""),
                str(term.count),
                f'<span style="{_FAINT}">{escape(places)}</span>',
            )
        )
    table = _table(("日本語", "English", "", ""), rows, widths=("14em", "auto", "3em", "30%"))
    return f'<div style="{_BOX}">{table}{_more(len(found.terms), len(rows))}</div>'


# --- frames and progress -----------------------------------------------------------------------------------------------


def frame(rows: Sequence[Mapping[str, object]], columns: Sequence[str]) -> Any:
    """Return a pandas frame. Raises `MissingExtraError` when pandas is not installed."""
    try:
        import pandas
    except ImportError:
        raise MissingExtraError("a frame", "frame") from None
    return pandas.DataFrame(list(rows), columns=list(columns))


def findings_frame(report: Report) -> Any:
    """One finding a row, tidy: one value a column, spans as their text and offsets."""
    columns = (
        "code name mqm severity confidence label bead relation score ja ja_start ja_end en en_start en_end message "
        "message_ja suggestion fingerprint"
    ).split()
    rows = []
    for f in report.findings:
        bead = report.alignment.beads[f.bead] if f.bead >= 0 else None
        rows.append(
            {
                "code": f.code,
                "name": f.name,
                "mqm": f.mqm,
                "severity": f.severity.name,
                "confidence": f.confidence,
                "label": ".".join(f.label),
                "bead": f.bead,
                "relation": bead.relation if bead else None,
                "score": bead.score if bead else None,
                "ja": f.ja.text if f.ja else None,
                "ja_start": f.ja.start if f.ja else None,
                "ja_end": f.ja.end if f.ja else None,
                "en": f.en.text if f.en else None,
                "en_start": f.en.start if f.en else None,
                "en_end": f.en.end if f.en else None,
                "message": f.message,
                "message_ja": f.message_ja,
                "suggestion": f.suggestion,
                "fingerprint": f.fingerprint,
            }
        )
    out = frame(rows, columns)
    levels = [s.name for s in sorted(Severity)]
    out["severity"] = out["severity"].astype(_ordered(levels))
    for name in ("ja_start", "ja_end", "en_start", "en_end"):
        out[name] = out[name].astype("Int64")
    return out


def _ordered(levels: Sequence[str]) -> Any:
    import pandas

    return pandas.CategoricalDtype(list(levels), ordered=True)


def alignment_frame(alignment: Alignment) -> Any:
    """One bead a row: label, both texts, score, relation."""
    rows = []
    for number, b in enumerate(alignment.beads):
        rows.append(
            {
                "bead": number,
                "label": ".".join(b.label),
                "ja": "\n".join("".join(t for *_, t in pieces(s, "ja")) for s in b.ja),
                "en": "\n".join("".join(t for *_, t in pieces(s, "en")) for s in b.en),
                "score": b.score,
                "relation": b.relation,
            }
        )
    return frame(rows, ("bead", "label", "ja", "en", "score", "relation"))


def document_frame(document: Document) -> Any:
    """One segment a row: label, kind, offsets, text."""
    columns = ("index", "label", "kind", "start", "end", "text")
    rows = [
        {
            "index": s.index,
            "label": ".".join(s.label),
            "kind": s.kind,
            "start": s.span.start,
            "end": s.span.end,
            "text": s.text,
        }
        for s in document.segments
    ]
    return frame(rows, columns)


def progress_bar(what: str = "") -> Callable[..., None]:
    """Return a function of (done, total) or (stage, done, total) that shows a bar with tqdm, in a notebook or a terminal.

    Raises `MissingExtraError` when tqdm is not installed.
    """
    import warnings

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # without ipywidgets tqdm warns and then draws a bar of text, which will do
            from tqdm.auto import tqdm
    except ImportError:
        raise MissingExtraError("a progress bar", "notebook") from None
    bars: dict[str, Any] = {}

    def tell(*state: str | int) -> None:
        stage = str(state[0]) if len(state) == 3 else what
        done, total = int(state[-2]), int(state[-1])
        if stage not in bars:
            bars[stage] = tqdm(total=total, desc=stage or None, leave=False, delay=0.5)
        bars[stage].update(done - bars[stage].n)
        if done >= total:
            bars.pop(stage).close()

    return tell
