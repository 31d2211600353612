"""Check the pairs that some files belong to: for a pre-commit hook or the changed files of a pull request.

Partners are found by name below the current folder (x.ja.md + x.en.md, ja/x.md + en/x.md …). Files whose name carries no
language are none of its business; a Japanese text without a partner is checked alone.
"""

from __future__ import annotations

import argparse

from mocalign.verbs.common import add_config_arguments, config_of, interface_language, note_stale

NAME = "changed"
HELP = "check the pairs that the given files belong to (pre-commit)"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments of the verb."""
    parser.add_argument("files", metavar="FILE", nargs="*", help="files that changed")
    parser.add_argument("--format", default="text", help="format on standard output (default: text)")
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
    from pathlib import Path

    from mocalign import writers
    from mocalign.api import review
    from mocalign.batch import touched
    from mocalign.cli import out

    writers.format_named(args.format)
    colour = sys.stdout.isatty() and "NO_COLOR" not in os.environ
    worst = 0
    for ja, en in touched(Path(), [Path(name) for name in args.files]):
        config = config_of(args, ja)
        report = review(str(ja), str(en) if en is not None else None, config=config)
        if args.baseline:
            report = report.since(*args.baseline)
            if len(args.files) == 1:  # with more, another pair may hold what fits nothing here
                note_stale(report)
        options = writers.Options(lang=interface_language(config), colour=colour, fail_on=config.fail_on)
        if report.findings or args.format != "text":
            out(writers.render(report, args.format, options))
        worst = max(worst, 1 if report.at_least(config.fail_on) else 0)
    return worst
