"""Check many pairs: a manifest (CSV, TSV, JSONL) or a folder whose files are paired by name.

Exit 2 when a pair could not be checked, else 1 when a finding reaches --fail-on, else 0. A run that was killed goes on
where it was when it is started again with the same output folder.
"""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from mocalign.config import Config
from mocalign.verbs.common import add_config_arguments, config_of, interface_language

NAME = "batch"
HELP = "check many pairs: a manifest or a folder"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments of the verb."""
    parser.add_argument(
        "source", metavar="MANIFEST|FOLDER", help="CSV, TSV or JSONL with columns ja, en …, or a folder"
    )
    parser.add_argument("-o", "--output", required=True, metavar="FOLDER", help="where reports and summary go")
    parser.add_argument(
        "--format",
        default="json,html",
        metavar="NAMES",
        help="formats of each report, with commas (default: json,html)",
    )
    parser.add_argument("-j", "--jobs", type=int, metavar="N", help="processes (default: all cores)")
    parser.add_argument("--engine", choices=("local", "dask", "ray"), default="local", help="who does the work")
    parser.add_argument("--scheduler", metavar="ADDRESS", help="an existing Dask scheduler or Ray cluster")
    parser.add_argument(
        "--fail-on",
        choices=("minor", "major", "critical", "never"),
        help="exit 1 from this severity on (default: major)",
    )
    parser.add_argument(
        "--baseline", metavar="FILE", help="decisions file or JSON report, for every pair without its own"
    )
    parser.add_argument("--quiet", action="store_true", help="print nothing but errors")
    add_config_arguments(parser)


def run(args: argparse.Namespace) -> int:
    """Run the verb."""
    import dataclasses

    from mocalign import batch
    from mocalign.cli import note, out
    from mocalign.errors import ReadError
    from mocalign.report import check_baseline

    source = Path(args.source)
    if not source.exists():
        raise ReadError(f"{source}: no such file or folder")
    base = config_of(args, source if source.is_file() else source / "x")

    def config_for(path: Path) -> Config:
        config = config_of(args, path)
        glossary = str(Path(config.glossary).absolute()) if config.glossary else None
        return dataclasses.replace(config, glossary=glossary, paths=())

    plan = (batch.from_folder if source.is_dir() else batch.from_manifest)(source, config_for)
    if args.baseline:
        check_baseline(args.baseline)
        given = str(Path(args.baseline).absolute())
        jobs = tuple(dataclasses.replace(job, baseline=job.baseline or given) for job in plan.jobs)
        plan = dataclasses.replace(plan, jobs=jobs)
    formats = tuple(dict.fromkeys(name.strip() for name in args.format.split(",") if name.strip()))
    settings = batch.Settings(formats=formats, lang=interface_language(base))
    for path in plan.unpaired:
        note(f"mocalign: {path}: no partner was found by name")
    with _Progress(len(plan.jobs), quiet=args.quiet) as progress:
        rows = batch.run(
            plan,
            args.output,
            settings=settings,
            workers=args.jobs,
            engine=args.engine,
            scheduler=args.scheduler,
            on_row=progress.tell,
        )
    failed = [row for row in rows if row.status == "failed"]
    for row in failed:
        note(f"mocalign: {row.name}: {row.error}")
    if not args.quiet:
        totals = batch.summary(rows, plan)["totals"]
        counts = ", ".join(f"{n} {name}" for name, n in totals["findings"].items())
        out(f"{len(rows)} pairs, {len(failed)} failed: {counts}\n{Path(args.output) / 'summary.html'}\n")
    return 2 if failed else 1 if any(row.fails for row in rows) else 0


class _Progress:
    """A bar with an estimate on standard error, only where a person is looking."""

    def __init__(self, total: int, *, quiet: bool) -> None:
        import sys

        self._bar: Any = None
        self._total = total
        self._shown = not quiet and sys.stderr.isatty()

    def __enter__(self) -> _Progress:
        if self._shown:
            from rich.console import Console
            from rich.progress import (
                BarColumn,
                MofNCompleteColumn,
                Progress,
                TextColumn,
                TimeElapsedColumn,
                TimeRemainingColumn,
            )

            columns = (
                BarColumn(),
                MofNCompleteColumn(),
                TimeElapsedColumn(),
                TimeRemainingColumn(),
                TextColumn("{task.description}"),
            )
            self._bar = Progress(*columns, console=Console(stderr=True), transient=True)
            self._bar.start()
            self._task = self._bar.add_task("", total=self._total)
        return self

    def tell(self, row: Any, done: int, skipped: bool) -> None:
        """Move the bar."""
        if self._bar is not None:
            self._bar.update(self._task, completed=done, description="" if skipped else row.name)

    def __exit__(self, *_: object) -> None:
        if self._bar is not None:
            self._bar.stop()
