"""Align two texts and print the beads."""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from mocalign.errors import ConfigError, WriteError
from mocalign.model import Alignment, Document, Lang, Segment
from mocalign.verbs.common import add_config_arguments, config_of, progress_on_terminal

NAME = "align"
HELP = "align two texts and print the beads"
FORMATS = ("json", "tmx", "tsv", "xlsx")
HEAD = ("ja", "en", "score", "relation", "ja text", "en text")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments of the verb."""
    parser.add_argument("ja", metavar="JA")
    parser.add_argument("en", metavar="EN")
    parser.add_argument("--presegmented", action="store_true", help="one segment a line")
    parser.add_argument(
        "--level", choices=("paragraph", "sentence"), default="paragraph", help="what a bead is made of"
    )
    parser.add_argument("--format", choices=FORMATS, help="format on standard output (default: tsv)")
    parser.add_argument(
        "-o",
        "--output",
        action="append",
        default=[],
        metavar="FILE",
        help="write the alignment to a file; the suffix says the format (.tsv, .json, .tmx, .xlsx); may be repeated",
    )
    parser.add_argument(
        "--beads",
        metavar="FILE.tsv",
        help="beads decided by a person, in the form this verb prints: they are kept and the rest is aligned around them",
    )
    add_config_arguments(parser)


def run(args: argparse.Namespace) -> int:
    """Run the verb."""
    from mocalign.api import align, read
    from mocalign.cli import out
    from mocalign.readers.text import read as read_text
    from mocalign.writers import write_bytes

    config = config_of(args, args.ja)
    formats = [_format_of(path) for path in args.output]
    if args.presegmented:
        ja = Document.from_segments("ja", _lines(read_text(Path(args.ja)).text), source=args.ja)
        en = Document.from_segments("en", _lines(read_text(Path(args.en)).text), source=args.en)
    else:
        ja, en = read(args.ja, "ja"), read(args.en, "en")
    decided = read_beads(args.beads) if args.beads else ()
    with progress_on_terminal() as tell:
        alignment = align(ja, en, config=config, beads=decided, progress=tell)
        if args.level == "sentence":
            from mocalign.aligner_sentences import by_sentences
            from mocalign.embed import get_embedder

            alignment = by_sentences(alignment, embedder=get_embedder(config.embedder, cache=config.cache))
    for path, name in zip(args.output, formats, strict=True):
        content = render(alignment, name)
        write_bytes(path, content.encode("utf-8") if isinstance(content, str) else content)
    if args.format or not args.output:
        out(render(alignment, args.format or "tsv"))
    return 0


def _lines(text: str) -> list[str]:
    """The lines of a text; only line feeds divide them, so that a form feed inside a segment does not."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return lines[:-1] if lines[-1] == "" else lines


def _format_of(path: str) -> str:
    name = Path(path).suffix.lower().lstrip(".")
    if name not in FORMATS:
        raise WriteError(f"{path}: no format is known for this suffix; accepted: {', '.join('.' + f for f in FORMATS)}")
    return name


def render(alignment: Alignment, name: str) -> str | bytes:
    """Return an alignment in a format: tsv, json, tmx or xlsx."""
    if name == "json":
        beads = [[[s.index for s in b.ja], [s.index for s in b.en], round(b.score, 4)] for b in alignment.beads]
        return json.dumps(beads) + "\n"
    if name == "tsv":
        rows = ["\t".join(HEAD)]
        for b in alignment.beads:
            sides = [" ".join(str(s.index) for s in side) for side in (b.ja, b.en)]
            rows.append("\t".join([*sides, f"{b.score:.4f}", b.relation, _quote(b.ja, "ja"), _quote(b.en, "en")]))
        return "\n".join(rows) + "\n"
    from mocalign import writers
    from mocalign.report import Report

    return writers.render(Report(alignment, (), {"mocalign": _version(), "checks": []}), name)


def _quote(segments: tuple[Segment, ...], lang: Lang) -> str:
    return " | ".join(" ".join(s.view(lang).text.split()) for s in segments)


def _version() -> str:
    from mocalign import __version__

    return __version__


def read_beads(path: str) -> tuple[tuple[tuple[int, ...], tuple[int, ...]], ...]:
    """Read beads decided by a person: tab-separated, segment numbers of the Japanese and of the English (from 0).

    The first two columns count, several numbers stand with spaces or commas between them, a heading line and empty
    lines are passed over. Raises `ConfigError` with the line that cannot be read.
    """
    try:
        text = Path(path).read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(f"{path}: not a readable beads file: {error}") from None
    out = []
    for number, line in enumerate(text.splitlines(), 1):
        cells = line.split("\t")
        if not line.strip() or line.startswith("#") or (number == 1 and cells[0].strip().lower() == "ja"):
            continue
        try:
            sides = [tuple(int(n) for n in cell.replace(",", " ").split()) for cell in (*cells, "")[:2]]
        except ValueError:
            raise ConfigError(
                f"{path}, line {number}: expected segment numbers, a tab and segment numbers (e.g. '3<TAB>4 5')"
            ) from None
        out.append((sides[0], sides[1]))
    return tuple(out)
