"""A Markdown summary for a pull request or a chat: counts, the findings in a table, what was settled before.

At most `ROWS` findings are listed, the most severe first, so that the text stays below the 65,536 characters a comment
may have. Everything quoted from the documents is escaped: it cannot become a link, an image, a mention or markup.
"""

from __future__ import annotations

import re

from mocalign.model import Finding, Severity
from mocalign.report import Report
from mocalign.writers import Options
from mocalign.writers.places import Lines, is_text, main_side, shown_path

__all__ = ["ROWS", "render"]

ROWS = 60
_QUOTE = 48  # characters of a quotation
_MARKS = {Severity.critical: "◆", Severity.major: "▲", Severity.minor: "●", Severity.neutral: "○"}
_WORDS = {
    "en": {
        "title": "Japanese text against English text",
        "alone": "Japanese text",
        "clean": "Nothing was found.",
        "head": "| | Place | Check | What | Japanese | English |",
        "more": "… and {n} more.",
        "settled": "{n} findings settled by earlier decisions",
        "stale": "{n} decisions that fit no finding any more",
        "critical": "critical",
        "major": "major",
        "minor": "minor",
        "neutral": "neutral",
    },
    "ja": {
        "title": "和文と英文の対照",
        "alone": "和文の点検",
        "clean": "指摘はありません。",
        "head": "| | 箇所 | 検査 | 内容 | 和文 | 英文 |",
        "more": "ほか{n}件。",
        "settled": "判断済みの指摘 {n}件",
        "stale": "対応する指摘のなくなった判断 {n}件",
        "critical": "致命的",
        "major": "重大",
        "minor": "軽微",
        "neutral": "参考",
    },
}


def render(report: Report, options: Options) -> str:
    """Return the summary, ending in a line feed."""
    words = _WORDS["ja" if options.lang == "ja" else "en"]
    ja, en = report.alignment.ja, report.alignment.en
    paired = bool(ja.segments and en.segments)
    names = " / ".join(f"`{_code(shown_path(d))}`" for d in (ja, en) if d.source)
    counts = ", ".join(f"{_MARKS[Severity[k]]} {n} {words[k]}" for k, n in report.counts.items())
    out = [f"### mocalign: {words['title' if paired else 'alone']}", "", f"{names}: {counts}", ""]
    if not report.findings:
        out += [words["clean"], ""]
    else:
        lines = {"ja": Lines(ja.text), "en": Lines(en.text)}
        ordered = sorted(report.findings, key=lambda f: -f.severity)
        out += [words["head"], "|---|---|---|---|---|---|"]
        out += [_row(f, report, options, lines) for f in ordered[:ROWS]]
        if len(ordered) > ROWS:
            out += ["", words["more"].format(n=len(ordered) - ROWS)]
        out.append("")
    if report.suppressed:
        out += _folded(
            words["settled"].format(n=len(report.suppressed)),
            [
                f"{_escape(f.code)} {_escape(_short(main_side(report, f)[1].text))}: {_escape(d.justification)}"
                for f, d in report.suppressed
            ],
        )
    if report.stale:
        out += _folded(
            words["stale"].format(n=len(report.stale)),
            [
                f"{_escape(d.code)} {_escape(_short(d.quote) or d.fingerprint)}: {_escape(d.justification)}"
                for d in report.stale
            ],
        )
    return "\n".join(out).rstrip("\n") + "\n"


def _folded(title: str, items: list[str]) -> list[str]:
    rows = [f"- {item}" for item in items[:ROWS]]
    return [f"<details><summary>{title}</summary>", "", *rows, "", "</details>", ""]


def _row(finding: Finding, report: Report, options: Options, lines: dict[str, Lines]) -> str:
    document, span = main_side(report, finding)
    place = ".".join(finding.label) or "–"
    if is_text(document):
        place += f" ({document.lang}:{lines[document.lang].place(span.start)[0]})"
    message = finding.message_ja if options.lang == "ja" else finding.message
    quotes = [_escape(_short(s.text)) if s is not None else "" for s in (finding.ja, finding.en)]
    cells = [_MARKS[finding.severity], _escape(place), f"{finding.code} {finding.name}", _escape(message), *quotes]
    return f"| {' | '.join(cells)} |"


def _short(text: str) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= _QUOTE else flat[: _QUOTE - 1] + "…"


def _code(text: str) -> str:
    return " ".join(text.replace("`", "'").split())


def _escape(text: str) -> str:
    """One line in which Markdown, HTML, mentions (@) and issue links (#) stay plain text."""
    flat = " ".join(text.split())
    flat = flat.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    flat = re.sub(r"([\\`*_{}\[\]()|~!])", r"\\\1", flat)
    flat = re.sub(r"@(?=\w)", "@\u2060", flat)
    flat = re.sub(r"#(?=\d)", "#\u2060", flat)
    return re.sub(r"(?i)\b(https?|ftp|www)(?=[:.])", "\\1\u2060", flat)
