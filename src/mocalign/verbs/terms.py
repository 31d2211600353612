"""List the terms of a pair with their renderings, counts and places: a glossary to start from."""

from __future__ import annotations

import argparse

from mocalign.verbs.common import add_config_arguments, config_of, interface_language

NAME = "terms"
HELP = "list the terms of a pair with their renderings"


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
        help="write to .xlsx, .csv or .tbx; may be repeated",
    )
    parser.add_argument("--min-count", type=int, default=1, metavar="N", help="only terms with N places or more")
    add_config_arguments(parser)


def run(args: argparse.Namespace) -> int:
    """Run the verb."""
    from pathlib import Path

    from mocalign import readers
    from mocalign.api import align
    from mocalign.cli import out
    from mocalign.embed import get_embedder
    from mocalign.errors import ReadError, WriteError
    from mocalign.termlist import terms
    from mocalign.writers.termfile import SUFFIXES

    config = config_of(args, args.ja)
    for path in args.output:
        if Path(path).suffix.lower() not in SUFFIXES:
            raise WriteError(f"{path}: terms are written to {', '.join(SUFFIXES)}")
    if args.en is not None:
        ja, en = readers.read(args.ja, "ja"), readers.read(args.en, "en")
    elif readers.is_bilingual(args.ja):
        ja, en = readers.read_pair(args.ja)
    else:
        raise ReadError(f"{args.ja}: holds one language; terms needs the English text as a second file")
    embedder = get_embedder(config.embedder, cache=config.cache)
    found = terms(align(ja, en, config=config, embedder=embedder), embedder=embedder, minimum=args.min_count)
    for path in args.output:
        found.save(path, lang=interface_language(config))
    if not args.output:
        for term in found:
            renderings = "; ".join(f"{r.en} ({r.count})" for r in term.renderings)
            places = " ".join(dict.fromkeys(label for r in term.renderings for label in r.labels))
            out(f"{term.count}\t{term.ja}\t{renderings}\t{places}\n")
    return 0
