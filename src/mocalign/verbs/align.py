"""Align two texts and print the beads."""

from __future__ import annotations

import argparse
import json

from mocalign.verbs.common import add_config_arguments, config_of

NAME = "align"
HELP = "align two texts and print the beads"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments of the verb."""
    parser.add_argument("ja", metavar="JA")
    parser.add_argument("en", metavar="EN")
    parser.add_argument("--presegmented", action="store_true", help="one segment a line")
    parser.add_argument("--format", choices=("json", "tsv"), default="tsv")
    add_config_arguments(parser)


def run(args: argparse.Namespace) -> int:
    """Run the verb."""
    from mocalign.api import align, read
    from mocalign.cli import out
    from mocalign.model import Document
    from mocalign.readers.text import read as read_text

    config = config_of(args, args.ja)
    if args.presegmented:
        from pathlib import Path

        ja = Document.from_segments("ja", read_text(Path(args.ja)).text.splitlines(), source=args.ja)
        en = Document.from_segments("en", read_text(Path(args.en)).text.splitlines(), source=args.en)
    else:
        ja, en = read(args.ja, "ja"), read(args.en, "en")
    alignment = align(ja, en, config=config)
    if args.format == "json":
        beads = [[[s.index for s in b.ja], [s.index for s in b.en], round(b.score, 4)] for b in alignment.beads]
        out(json.dumps(beads) + "\n")
    else:
        for b in alignment.beads:
            out(
                f"{' '.join(str(s.index) for s in b.ja)}\t{' '.join(str(s.index) for s in b.en)}\t{b.score:.4f}\t{b.relation}\n"
            )
    return 0
