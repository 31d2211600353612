"""Check the bundled instrument and leave an HTML report."""

from __future__ import annotations

import argparse

NAME = "demo"
HELP = "check the bundled instrument and leave an HTML report"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments of the verb."""
    parser.add_argument("-o", "--output", default="mocalign-demo.html", metavar="FILE")


def run(args: argparse.Namespace) -> int:
    """Run the verb."""
    from pathlib import Path

    from mocalign import corpora, writers
    from mocalign.api import review
    from mocalign.cli import out
    from mocalign.config import Config

    corpus = corpora.load("japan-singapore-quantum")
    report = review(corpus.ja, corpus.en, config=Config())
    out(writers.render(report, "text"))
    writers.write(report, args.output)
    out(f"\nReport: {Path(args.output).resolve()}\n")
    return 0
