"""Compare two drafts of a pair: what changed in each language, and where the other did not follow."""

from __future__ import annotations

import argparse

from mocalign.verbs.common import add_config_arguments, config_of, interface_language, note_stale

NAME = "drift"
HELP = "compare two drafts: where one language changed and the other did not"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments of the verb."""
    parser.add_argument(
        "--old", nargs="+", required=True, metavar="FILE", help="the old draft: JA, or JA and EN, in this order"
    )
    parser.add_argument("--new", nargs=2, required=True, metavar=("JA", "EN"), help="the new draft")
    parser.add_argument("--followed", action="store_true", help="also report what changed on both sides (neutral)")
    parser.add_argument(
        "-o",
        "--output",
        action="append",
        default=[],
        metavar="FILE",
        help="write a report; the suffix says the format; may be repeated",
    )
    parser.add_argument("--format", default=None, help="format on standard output (default: text, without -o)")
    parser.add_argument("--baseline", action="append", default=[], metavar="FILE", help="JSON report or decisions file")
    parser.add_argument(
        "--fail-on",
        choices=("minor", "major", "critical", "never"),
        help="exit 1 from this severity on (default: major)",
    )
    add_config_arguments(parser)


def run(args: argparse.Namespace) -> int:
    """Run the verb."""
    import os
    import sys

    from mocalign import drift, writers
    from mocalign.cli import out
    from mocalign.errors import ConfigError

    if len(args.old) > 2:
        raise ConfigError(f"--old takes one or two files (JA, then EN), not {len(args.old)}")
    config = config_of(args, args.new[0])
    for path in args.output:
        writers.format_of(path)
    if args.format is not None:
        writers.format_named(args.format)
    report = drift.drift(
        args.old[0], args.old[1] if len(args.old) == 2 else None, *args.new, config=config, followed=args.followed
    )
    if args.baseline:
        report = report.since(*args.baseline)
        note_stale(report)
    lang = interface_language(config)
    terminal = sys.stdout.isatty()
    options = writers.Options(lang=lang, colour=terminal and "NO_COLOR" not in os.environ, fail_on=config.fail_on)
    for path in args.output:
        writers.write(report, path, options)
    if args.format is not None or not args.output:
        name = args.format or "text"
        if name == "text":
            out(drift.overview(report, lang) + "\n")
        out(writers.render(report, name, options))
    return 1 if report.at_least(config.fail_on) else 0
