"""One self-contained HTML page: both texts side by side, findings at their exact characters.

No network, strict Content-Security-Policy (only the page's own style and script, by hash), everything from the documents
escaped, no clock: the same report gives the same bytes.
"""

from __future__ import annotations

import base64
import hashlib
import itertools
import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from importlib.resources import files
from typing import Any

from mocalign.model import Bead, Document, Finding, Segment, Severity, Span
from mocalign.report import Report
from mocalign.writers import Options

__all__ = ["SHAPES", "render", "shown_text"]

SHAPES = {Severity.critical: "◆", Severity.major: "▲", Severity.minor: "●", Severity.neutral: "○"}
LINK_LIMIT = 3000  # beads; beyond it the page leaves the words unlinked and stays light

_EN = {
    "lang": "en",
    "report": "Comparison of the Japanese and the English text",
    "report_ja": "Check of the Japanese text",
    "critical": "critical",
    "major": "major",
    "minor": "minor",
    "neutral": "neutral",
    "contents": "Contents",
    "skip": "Skip to the findings",
    "category": "All categories",
    "search": "Search the texts",
    "only": "Only with findings",
    "open": "Only undecided",
    "prev": "Previous",
    "next": "Next",
    "export": "Export decisions",
    "keys": "Keys",
    "place": "{at} of {all}",
    "accept": "Accept",
    "dismiss": "Dismiss",
    "notebtn": "Note",
    "note": "Note on this finding",
    "accepted": "Accepted.",
    "dismissed": "Dismissed.",
    "reopened": "Open again.",
    "exported": "{n} decisions exported.",
    "nothing": "No paragraph fits the filters.",
    "clean": "Nothing was found.",
    "void_ja": "no Japanese counterpart",
    "void_en": "no English counterpart",
    "moved": "moved",
    "doubtful": "doubtful match",
    "suggestion": "Suggestion",
    "confidence": "confidence",
    "also": "Also at {n} more places",
    "category_head": "Findings by category",
    "segments": "{ja} Japanese and {en} English segments",
    "help": "j / → next finding · k / ← previous · a accept · d dismiss · n note · e export · / search · ? this help",
    "close": "Close",
    "governs": "Authoritative text",
    "governs_en": "English",
    "governs_ja": "Japanese",
    "governs_both": "both, equally",
    "text": "Texts and findings",
    "made": "Made with",
}
_JA = {
    "lang": "ja",
    "report": "日本語文と英文の対照結果",
    "report_ja": "日本語文の点検結果",
    "critical": "致命的",
    "major": "重大",
    "minor": "軽微",
    "neutral": "参考",
    "contents": "目次",
    "skip": "指摘へ移動",
    "category": "全ての分類",
    "search": "本文を検索",
    "only": "指摘のある段落のみ",
    "open": "未判断のみ",
    "prev": "前へ",
    "next": "次へ",
    "export": "判断を書き出す",
    "keys": "キー操作",
    "place": "{all}件中{at}件目",
    "accept": "承認",
    "dismiss": "却下",
    "notebtn": "メモ",
    "note": "この指摘へのメモ",
    "accepted": "承認しました。",
    "dismissed": "却下しました。",
    "reopened": "未判断に戻しました。",
    "exported": "{n}件の判断を書き出しました。",
    "nothing": "条件に合う段落はありません。",
    "clean": "指摘はありません。",
    "void_ja": "対応する日本語なし",
    "void_en": "対応する英語なし",
    "moved": "移動",
    "doubtful": "対応が不確か",
    "suggestion": "修正案",
    "confidence": "確信度",
    "also": "ほか{n}か所",
    "category_head": "分類別の件数",
    "segments": "日本語{ja}段落、英語{en}段落",
    "help": "j / → 次の指摘 · k / ← 前の指摘 · a 承認 · d 却下 · n メモ · e 書き出し · / 検索 · ? この説明",
    "close": "閉じる",
    "governs": "正文",
    "governs_en": "英語",
    "governs_ja": "日本語",
    "governs_both": "両言語（等しく正文）",
    "text": "本文と指摘",
    "made": "作成",
}
STRINGS: Mapping[str, Mapping[str, str]] = {"en": _EN, "ja": _JA}


@dataclass(frozen=True, slots=True)
class _Piece:
    """A run of characters to show: its offsets in the document (end excluded) or a mark of the page's own."""

    start: int
    end: int
    text: str
    css: str = ""


def shown_text(segment: Segment) -> tuple[tuple[int, int, str], ...]:
    """Return (start, end, text) runs of a segment as a page shows them.

    Holes (markup, page furniture) are left out, except the doubled half of a seam; a break inside the segment shows as
    a space, or as ⏎ where a broken paragraph was joined.
    """
    return tuple((p.start, p.end, p.text) for p in _pieces(segment))


def _pieces(segment: Segment) -> list[_Piece]:
    base, text = segment.span.start, segment.span.text
    hidden = [
        h
        for h in segment.holes
        if not any(s.span.overlaps(h) and s.doubled and h.text == s.doubled for s in segment.seams)
    ]
    pieces: list[_Piece] = []
    at = 0

    def visible(start: int, end: int) -> None:
        cut = start
        while cut < end:
            if text[cut] in "\r\n\v\f\x85\u2028\u2029":
                stop = cut
                while stop < end and text[stop].isspace():
                    stop += 1
                seam = any(s.span.start <= base + cut < s.span.end for s in segment.seams)
                pieces.append(_Piece(base + cut, base + stop, "⏎" if seam else " ", "seam" if seam else ""))
                cut = stop
            else:
                stop = cut
                while stop < end and text[stop] not in "\r\n\v\f\x85\u2028\u2029":
                    stop += 1
                pieces.append(_Piece(base + cut, base + stop, text[cut:stop]))
                cut = stop

    for hole in sorted(hidden):
        if hole.start - base > at:
            visible(at, hole.start - base)
        if any(s.span.start < hole.start and hole.end < s.span.end for s in segment.seams):
            pieces.append(_Piece(hole.start, hole.end, "⏎", "seam"))
        at = max(at, hole.end - base)
    visible(at, len(text))
    while pieces and pieces[0].text.isspace():
        pieces.pop(0)
    return pieces


def _marked(segment: Segment, marks: Sequence[tuple[Span, int, Severity]]) -> str:
    """HTML of a segment with its marks; overlapping marks are cut at each other's edges."""
    edges = sorted({m.start for m, _, _ in marks} | {m.end for m, _, _ in marks})
    gaps: dict[int, list[tuple[int, Severity]]] = defaultdict(list)
    for span, number, severity in marks:
        if not span.text:
            gaps[span.start].append((number, severity))
    out: list[str] = []

    def put(start: int, end: int, text: str, css: str) -> None:
        over = [(n, s) for m, n, s in marks if m.start < end and start < m.end]
        body = escape(text)
        if css:
            body = f'<span class="{css}" aria-hidden="true">{body}</span>'
        if over:
            worst = max(s for _, s in over)
            numbers = " ".join(str(n) for n, _ in over)
            body = f'<mark class="{worst.name}" data-f="{numbers}">{body}</mark>'
        out.append(body)

    def gap(at: int) -> None:
        if at in gaps:
            here = gaps.pop(at)
            worst = max(s for _, s in here)
            out.append(f'<mark class="gap {worst.name}" data-f="{" ".join(str(n) for n, _ in here)}"></mark>')

    for piece in _pieces(segment):
        if piece.css or len(piece.text) != piece.end - piece.start:
            gap(piece.start)
            put(piece.start, piece.end, piece.text, piece.css)
            continue
        cuts = [piece.start, *[e for e in edges if piece.start < e < piece.end], piece.end]
        for start, end in itertools.pairwise(cuts):
            gap(start)
            put(start, end, piece.text[start - piece.start : end - piece.start], "")
    for at in sorted(gaps):
        gap(at)
    return "".join(out)


def _utf16(text: str) -> int:
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def _positions(segments: Iterable[Segment]) -> dict[int, int]:
    """Document offset to UTF-16 offset in the cell's text as a browser sees it."""
    at = 0
    out: dict[int, int] = {}
    for segment in segments:
        for piece in _pieces(segment):
            if piece.css or len(piece.text) != piece.end - piece.start:
                out[piece.start] = at
                at += _utf16(piece.text)
                out[piece.end] = at
                continue
            for n, char in enumerate(piece.text):
                out[piece.start + n] = at
                at += 2 if ord(char) > 0xFFFF else 1
            out[piece.end] = at
    return out


def _links(report: Report) -> dict[str, list[list[int]]]:
    """Bead number to [ja start, ja end, en start, en end] in UTF-16 units of the cells."""
    if len(report.alignment.beads) > LINK_LIMIT:
        return {}
    out: dict[str, list[list[int]]] = {}
    for number, pairs in report.links.items():
        bead = report.alignment.beads[number]
        ja, en = _positions(bead.ja), _positions(bead.en)
        rows = [
            [ja[a.start], ja[a.end], en[b.start], en[b.end]]
            for a, b in pairs
            if a.start in ja and a.end in ja and b.start in en and b.end in en
        ]
        if rows:
            out[str(number)] = rows
    return out


def _cell(
    document: Document, segments: Sequence[Segment], marks: Mapping[int, list[tuple[Span, int, Severity]]], void: str
) -> str:
    side = document.lang
    if not segments:
        return f'<div class="text" data-side="{side}" lang="{side}"><span class="void">{escape(void)}</span></div>'
    body = "".join(f'<p class="k-{s.kind}">{_marked(s, marks.get(s.index, []))}</p>' for s in segments)
    return f'<div class="text" data-side="{side}" lang="{side}">{body}</div>'


def _card(finding: Finding, number: int, t: Mapping[str, str]) -> str:
    message = finding.message_ja if t["lang"] == "ja" else finding.message
    name = finding.severity.name
    fix = ""
    if finding.suggestion is not None:
        old = (finding.ja or finding.en or Span(0, "")).text
        fix = f'<p class="fix">{t["suggestion"]}: <del>{escape(old)}</del> → <ins>{escape(finding.suggestion) or "∅"}</ins></p>'
    more = len(finding.also_ja) + len(finding.also_en)
    also = f'<p class="also">{t["also"].format(n=more)}</p>' if more else ""
    return (
        f'<li class="card {name}" id="f{number}" tabindex="-1">'
        f'<div class="head"><span class="sev">{SHAPES[finding.severity]} {t[name]}</span><span>{finding.code} '
        f"{escape(finding.name)}</span><span>{t['confidence']} {finding.confidence:.2f}</span></div>"
        f"<p>{escape(message)}</p>{fix}{also}"
        f'<div class="acts"><button type="button" data-do="accepted" aria-pressed="false">{t["accept"]}</button>'
        f'<button type="button" data-do="dismissed" aria-pressed="false">{t["dismiss"]}</button>'
        f'<button type="button" data-do="note" aria-pressed="false">{t["notebtn"]}</button></div></li>'
    )


def _chart(report: Report, t: Mapping[str, str]) -> str:
    table: dict[str, Counter[Severity]] = defaultdict(Counter)
    for f in report.findings:
        table[f.mqm.split("/")[0]][f.severity] += 1
    if not table:
        return ""
    top = max(sum(c.values()) for c in table.values())
    scale = min(14.0, 180.0 / top)
    rows = []
    for name, counts in sorted(table.items(), key=lambda item: (-sum(item[1].values()), item[0])):
        total, at, bars = sum(counts.values()), 0.0, []
        for severity in sorted(Severity, reverse=True):
            if counts[severity]:
                wide = counts[severity] * scale
                bars.append(f'<rect class="bar-{severity.name}" x="{at:.1f}" y="2" width="{wide:.1f}" height="9"/>')
                at += wide
        rows.append(
            f'<tr><th scope="row">{escape(name)}</th><td><svg width="190" height="13" aria-hidden="true">{"".join(bars)}</svg></td>'
            f"<td>{total}</td></tr>"
        )
    return f'<table class="chart ui" aria-label="{t["category_head"]}">{"".join(rows)}</table>'


def _toc(report: Report, per_bead: Mapping[int, list[int]], t: Mapping[str, str]) -> str:
    rows: list[tuple[int, str, int]] = []
    for number, bead in enumerate(report.alignment.beads):
        heads = [s for s in bead.ja + bead.en if s.kind in ("heading", "title")]
        if heads:
            rows.append((number, "".join(text for _, _, text in shown_text(heads[0]))[:60], 0))
        if not rows:
            rows.append((number, "…", 0))
        at, name, count = rows[-1]
        rows[-1] = (at, name, count + len(per_bead.get(number, [])))
    items = "".join(
        f'<li><a href="#b{n}"><span>{escape(name)}</span><span class="n">{count or ""}</span></a></li>'
        for n, name, count in rows
    )
    return f'<nav class="toc" aria-label="{t["contents"]}"><h2>{t["contents"]}</h2><ol>{items}</ol></nav>'


def _data(report: Report, t: Mapping[str, str]) -> str:
    findings = [
        {
            "fingerprint": f.fingerprint,
            "code": f.code,
            "severity": f.severity.name,
            "category": f.mqm.split("/")[0],
            "label": ".".join(f.label),
            "quote": (f.ja or f.en or Span(0, "")).text[:80],
        }
        for f in report.findings
    ]
    wanted = ("place", "note", "accepted", "dismissed", "reopened", "exported")
    data: dict[str, Any] = {
        "key": hashlib.sha256((report.alignment.ja.sha256 + report.alignment.en.sha256).encode()).hexdigest()[:16],
        "strings": {k: t[k] for k in wanted},
        "findings": findings,
        "links": _links(report),
    }
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    return text.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")


def _hash(text: str) -> str:
    return "'sha256-" + base64.b64encode(hashlib.sha256(text.encode("utf-8")).digest()).decode("ascii") + "'"


def render(report: Report, options: Options) -> str:
    """Return the page. `options.lang` is the language of the interface and of the messages."""
    t = STRINGS[options.lang]
    alignment = report.alignment
    assets = files("mocalign.writers.assets")
    css = assets.joinpath("page.css").read_text(encoding="utf-8")
    script = assets.joinpath("page.js").read_text(encoding="utf-8")

    per_bead: dict[int, list[int]] = defaultdict(list)
    marks: dict[str, dict[int, list[tuple[Span, int, Severity]]]] = {"ja": defaultdict(list), "en": defaultdict(list)}
    for number, f in enumerate(report.findings):
        per_bead[f.bead if f.bead >= 0 else 0].append(number)
        for document, spans in ((alignment.ja, (f.ja, *f.also_ja)), (alignment.en, (f.en, *f.also_en))):
            for span in spans:
                segment = document.segment_at(span.start) if span is not None else None
                if span is not None and segment is not None:
                    marks[document.lang][segment.index].append((span, number, f.severity))

    paired = bool(alignment.ja.segments and alignment.en.segments)
    rows = []
    for number, bead in enumerate(alignment.beads):
        rows.append(_row(number, bead, report, marks, per_bead, paired=paired, t=t))
    title_segment = next((s for s in (*alignment.ja.segments, *alignment.en.segments) if s.kind == "title"), None)
    title = "".join(text for _, _, text in shown_text(title_segment)) if title_segment else t["report"]
    sources = [d.source for d in (alignment.ja, alignment.en) if d.segments]
    counts = "".join(
        f'<li class="{s.name}"><span class="sev {s.name}">{SHAPES[s]}</span> <b>{report.counts[s.name]}</b>{t[s.name]}</li>'
        for s in sorted(Severity, reverse=True)
    )
    severities = "".join(
        f'<button type="button" data-sev="{s.name}" aria-pressed="true"><span class="sev {s.name}">{SHAPES[s]}</span> {t[s.name]}</button>'
        for s in sorted(Severity, reverse=True)
    )
    categories = sorted({f.mqm.split("/")[0] for f in report.findings})
    choices = "".join(f'<option value="{escape(c)}">{escape(c)}</option>' for c in categories)
    made = " · ".join(
        f"{k}: {', '.join(v) if isinstance(v, list | tuple) else v}"
        for k, v in report.signature.items()
        if v not in ("", None)
    )
    governs = report.signature.get("governs")
    line = t["segments"].format(ja=len(alignment.ja), en=len(alignment.en))
    if governs in ("en", "ja", "both"):
        line += f" · {t['governs']}: {t['governs_' + str(governs)]}"
    for document in (alignment.ja, alignment.en):
        line += "".join(f" · {n}" for n in document.notices)
    policy = f"default-src 'none'; style-src {_hash(css)}; script-src {_hash(script)}; img-src data:; base-uri 'none'; form-action 'none'"
    head = "日本語" if alignment.ja.segments else ""
    other = "English" if alignment.en.segments else ""
    return (
        f'<!doctype html>\n<html lang="{t["lang"]}">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{escape(policy)}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n<meta name="robots" content="noindex">\n'
        f"<title>{escape(title[:120])}</title>\n<style>{css}</style>\n</head>\n<body>\n"
        f'<a class="skip" href="#main">{t["skip"]}</a>\n'
        f'<header class="top"><p class="files ui">{t["report" if paired else "report_ja"]}</p><h1>{escape(title)}</h1>'
        f'<p class="files ui">{escape("  ↔  ".join(sources))} · {escape(line)}</p>'
        f'<div class="summary"><ul class="counts ui">{counts}</ul>{_chart(report, t)}</div></header>\n'
        f'<div class="bar" role="toolbar" aria-label="{t["text"]}"><div class="in ui">{severities}'
        f'<select id="category" aria-label="{t["category"]}"><option value="">{t["category"]}</option>{choices}</select>'
        f'<input id="search" type="search" placeholder="{t["search"]}" aria-label="{t["search"]}">'
        f'<button type="button" id="only" aria-pressed="false">{t["only"]}</button>'
        f'<button type="button" id="open" aria-pressed="false">{t["open"]}</button>'
        f'<button type="button" id="prev">{t["prev"]} (k)</button><button type="button" id="next">{t["next"]} (j)</button>'
        f'<button type="button" id="export">{t["export"]}</button><button type="button" id="keys">{t["keys"]} (?)</button>'
        f'<span class="count" id="place" aria-live="polite"></span></div></div>\n'
        f'<p id="said" class="skip" role="status" aria-live="polite"></p>\n'
        f'<div class="shell">{_toc(report, per_bead, t)}\n<main id="main" tabindex="-1" aria-label="{t["text"]}">'
        f'<div class="cols ui" aria-hidden="true"><span></span><span>{head}</span><span>{other}</span></div>\n'
        + "\n".join(rows)
        + f'\n<p class="none ui" id="none" hidden>{t["nothing"]}</p>'
        + ("" if report.findings else f'<p class="none ui">{t["clean"]}</p>')
        + f"</main></div>\n<footer>{t['made']}: {escape(made)}</footer>\n"
        f'<dialog id="help"><p>{t["help"]}</p><form method="dialog"><button>{t["close"]}</button></form></dialog>\n'
        f'<script type="application/json" id="data">{_data(report, t)}</script>\n<script>{script}</script>\n</body>\n</html>\n'
    )


def _row(
    number: int,
    bead: Bead,
    report: Report,
    marks: Mapping[str, Mapping[int, list[tuple[Span, int, Severity]]]],
    per_bead: Mapping[int, list[int]],
    *,
    paired: bool,
    t: Mapping[str, str],
) -> str:
    alignment = report.alignment
    numbers = per_bead.get(number, [])
    label = ".".join(bead.label)
    tags = ""
    if bead.relation == "moved":
        tags += f'<span class="tag">{t["moved"]}</span>'
    elif bead.relation == "match" and bead.score < 0.35:
        tags += f'<span class="tag">{t["doubtful"]} {bead.score:.2f}</span>'
    void_ja = t["void_ja"] if paired else ""
    void_en = t["void_en"] if paired else ""
    cards = "".join(_card(report.findings[n], n, t) for n in numbers)
    listing = f'<ul class="cards" aria-label="{len(numbers)}">{cards}</ul>' if cards else ""
    name = escape(label or str(number + 1))
    return (
        f'<section class="bead{" has" if cards else ""}" id="b{number}" data-b="{number}" aria-label="{name}">'
        f'<div class="label">{escape(label)}{tags}</div>'
        f"{_cell(alignment.ja, bead.ja, marks['ja'], void_ja)}{_cell(alignment.en, bead.en, marks['en'], void_en)}{listing}</section>"
    )
