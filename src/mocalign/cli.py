"""The command line: verbs and exit codes; the only place that prints.

Exit 0: nothing at or above `--fail-on`. 1: findings. 2: mocalign could not do its work (one clear line, no traceback).
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from importlib import import_module
from typing import NoReturn

from mocalign import __version__
from mocalign.errors import MocalignError, nearest
from mocalign.verbs import VERBS

__all__ = ["main", "note", "out"]


def out(text: str | bytes) -> None:
    """Write to standard output, UTF-8, exactly as given."""
    stream = sys.stdout
    data = text if isinstance(text, bytes) else text.encode("utf-8", "replace")
    if hasattr(stream, "buffer"):
        stream.flush()
        stream.buffer.write(data)
        stream.buffer.flush()
    else:
        stream.write(data.decode("utf-8"))


def note(text: str) -> None:
    """Say something to the person at the terminal, on standard error."""
    print(text, file=sys.stderr)


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        self.exit(2, f"{self.prog}: {message} (see {self.prog} --help)\n")


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(
        prog="mocalign",
        description="Compare the Japanese translation of an international instrument with its English text.",
        epilog="Exit 0: nothing at or above --fail-on; 1: findings; 2: the work could not be done. Nothing uses the network.",
    )
    parser.add_argument("--version", action="version", version=f"mocalign {__version__}")
    verbs = parser.add_subparsers(dest="verb", metavar="VERB", parser_class=_Parser)
    for name in VERBS:
        module = import_module(f"mocalign.verbs.{name}")
        sub = verbs.add_parser(module.NAME, help=module.HELP, description=module.__doc__)
        module.add_arguments(sub)
        sub.set_defaults(run=module.run)
    return parser


def main(argv: Sequence[str] | None = None) -> int:
    """Run one verb and return the exit code."""
    arguments = list(sys.argv[1:] if argv is None else argv)
    if arguments == ["--version"]:
        out(f"mocalign {__version__}\n")
        return 0
    if arguments and not arguments[0].startswith("-") and arguments[0] not in VERBS:
        note(f"mocalign: no verb is called {arguments[0]!r}{nearest(arguments[0], VERBS)}")
        return 2
    parser = _parser()
    args = parser.parse_args(arguments)
    if args.verb is None:
        parser.print_help()
        return 2
    try:
        return int(args.run(args))
    except MocalignError as error:
        note(f"mocalign: {' '.join(str(error).split())}")
        return 2
    except BrokenPipeError:
        sys.stdout = open(os.devnull, "w")  # noqa: SIM115 - the reader has gone; nothing may raise at exit
        return 0
    except KeyboardInterrupt:
        note("mocalign: interrupted")
        return 130
