"""Show how a text is cut: one segment a line with index, kind and label."""

from __future__ import annotations

import argparse

NAME = "segment"
HELP = "show how a text is cut into labelled segments"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments of the verb."""
    parser.add_argument("language", metavar="ja|en", choices=("ja", "en"))
    parser.add_argument("file", metavar="FILE")
    parser.add_argument("--format", choices=("tsv", "json"), default="tsv")


def run(args: argparse.Namespace) -> int:
    """Run the verb."""
    import json

    from mocalign.api import read
    from mocalign.cli import out

    document = read(args.file, args.language)
    rows = [
        {
            "index": s.index,
            "kind": s.kind,
            "label": list(s.label),
            "start": s.span.start,
            "end": s.span.end,
            "text": s.text,
        }
        for s in document.segments
    ]
    if args.format == "json":
        out(json.dumps(rows, ensure_ascii=False, indent=1) + "\n")
        return 0
    for s in document.segments:
        out(f"{s.index}\t{s.kind}\t{'.'.join(s.label)}\t{s.view(document.lang).text}\n")
    return 0
