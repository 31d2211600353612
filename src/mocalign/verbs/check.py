"""Check a Japanese text, alone or against its English."""

from __future__ import annotations

import argparse

from mocalign.verbs.common import add_config_arguments, config_of, interface_language, note_stale, progress_on_terminal

NAME = "check"
HELP = "check a Japanese text, alone or against its English"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments of the verb."""
    parser.add_argument("ja", metavar="JA", help="the Japanese text, or a bilingual file")
    parser.add_argument("en", metavar="EN", nargs="?", help="the English text")
    parser.add_argument(
        "-o",
        "--output",
        action="append",
        default=[],
        metavar="FILE",
        help="write a report; the suffix says the format; may be repeated",
    )
    parser.add_argument("--format", default=None, help="format on standard output (default: text, without -o)")
    parser.add_argument(
        "--baseline",
        action="append",
        default=[],
        metavar="FILE",
        help="show only what this JSON report or decisions file does not hold; may be repeated",
    )
    parser.add_argument(
        "--fail-on",
        choices=("minor", "major", "critical", "never"),
        help="exit 1 from this severity on (default: major)",
    )
    parser.add_argument(
        "--suggest", action="store_true", help="write exact suggestions into a .docx report as tracked changes"
    )
    parser.add_argument(
        "--side", choices=("ja", "en"), default="ja", help="which of the two files a .docx report is (default: ja)"
    )
    add_config_arguments(parser)


def run(args: argparse.Namespace) -> int:
    """Run the verb."""
    import sys

    from mocalign import writers
    from mocalign.api import review
    from mocalign.cli import out

    config = config_of(args, args.ja)
    for path in args.output:
        writers.format_of(path)
    if args.format is not None:
        writers.format_named(args.format)
    with progress_on_terminal() as tell:
        report = review(args.ja, args.en, config=config, progress=tell)
    if args.baseline:
        report = report.since(*args.baseline)
        note_stale(report)
    terminal = sys.stdout.isatty()
    import os

    options = writers.Options(
        lang=interface_language(config),
        colour=terminal and "NO_COLOR" not in os.environ,
        fail_on=config.fail_on,
        suggest=args.suggest,
        side=args.side,
    )
    for path in args.output:
        writers.write(report, path, options)
    if args.format is not None or not args.output:
        out(writers.render(report, args.format or "text", options))
    return 1 if report.at_least(config.fail_on) else 0
