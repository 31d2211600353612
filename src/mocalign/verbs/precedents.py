"""Show how a phrase or clause was rendered in earlier instruments."""

from __future__ import annotations

import argparse
from collections.abc import Sequence

NAME = "precedents"
HELP = "show how a phrase was rendered before"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments of the verb."""
    parser.add_argument("query", metavar="TEXT", help="a word, phrase or clause, Japanese or English")
    parser.add_argument(
        "--in",
        dest="corpus",
        action="append",
        metavar="PATH",
        help="a folder of pairs (x.ja.docx, x.en.docx), a TMX or XLIFF file, or the name of a bundled instrument; "
        "may be repeated (default: the bundled instruments)",
    )
    parser.add_argument("--limit", type=int, default=5, metavar="N", help="at most N hits (default: 5)")
    parser.add_argument("--format", choices=("text", "json"), default="text")


def run(args: argparse.Namespace) -> int:
    """Run the verb."""
    import json
    import os
    import sys

    from mocalign.cli import note, out
    from mocalign.memory import precedents

    found = precedents(args.query, corpus=args.corpus, limit=args.limit)
    if args.format == "json":
        out(json.dumps(found.to_dict(), ensure_ascii=False, indent=1) + "\n")
        return 0
    colour = sys.stdout.isatty() and "NO_COLOR" not in os.environ
    marks = ("\x1b[1;4m", "\x1b[0m") if colour else ("⟦", "⟧")
    for hit in found:
        place = f" {'.'.join(hit.label)}" if hit.label else ""
        out(f"{hit.score:.2f}  {hit.source}{place}\n")
        sides = ((hit.en, hit.en_matches), (hit.ja, hit.ja_matches))
        for text, ranges in sides if found.lang == "en" else sides[::-1]:
            out(f"      {_lit(text, ranges, marks)}\n")
        out("\n")
    if not found.hits:
        note("mocalign: no precedent was found")
    return 0


def _lit(text: str, ranges: Sequence[tuple[int, int]], marks: tuple[str, str]) -> str:
    parts, at = [], 0
    for start, end in ranges:
        parts += [text[at:start], marks[0], text[start:end], marks[1]]
        at = end
    return "".join([*parts, text[at:]])
