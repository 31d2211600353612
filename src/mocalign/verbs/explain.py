"""Explain a check: what it finds, why that matters, what to do."""

from __future__ import annotations

import argparse

from mocalign.verbs.common import interface_language

NAME = "explain"
HELP = "explain a check, or list all checks"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments of the verb."""
    parser.add_argument("code", metavar="CODE", nargs="?", help="code or name of a check; without it, all in a list")
    parser.add_argument("--lang", choices=("en", "ja"))


def run(args: argparse.Namespace) -> int:
    """Run the verb."""
    from mocalign.checks import CHECKS
    from mocalign.cli import out
    from mocalign.config import Config
    from mocalign.errors import ConfigError, nearest

    ja = interface_language(Config(lang=args.lang)) == "ja"
    if args.code is None:
        for c in CHECKS:
            title = (c.doc_ja if ja else c.doc).strip().splitlines()[0]
            out(f"{c.code}  {c.name:32} {c.severity.name:9} {title}\n")
        return 0
    for c in CHECKS:
        if args.code in (c.code, c.name):
            out(f"{c.code} {c.name} ({c.mqm}; {c.severity.name})\n\n{(c.doc_ja if ja else c.doc).strip()}\n")
            flagged = [e for e in c.examples if e.flagged]
            clean = [e for e in c.examples if not e.flagged]
            for title, examples in (
                ("指摘する例" if ja else "Found", flagged),
                ("指摘しない例" if ja else "Not found", clean),
            ):
                out(f"\n{title}:\n")
                for e in examples:
                    out("".join(f"  {side}: {text}\n" for side, text in (("ja", e.ja), ("en", e.en)) if text))
            return 0
    names = [c.code for c in CHECKS] + [c.name for c in CHECKS]
    raise ConfigError(f"no check is called {args.code!r}{nearest(args.code, names)}")
