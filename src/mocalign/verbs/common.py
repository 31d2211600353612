"""Arguments and steps that several verbs share."""

from __future__ import annotations

import argparse
import dataclasses
import os
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from fnmatch import fnmatch
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mocalign.config import PROFILES, STYLES, Config, config_from_mapping, load_config

if TYPE_CHECKING:
    from mocalign.report import Report

PATIENCE = 2.0  # seconds of work before a bar appears

__all__ = ["add_config_arguments", "config_of", "interface_language", "note_stale", "progress_on_terminal"]


def note_stale(report: Report) -> None:
    """Say on standard error which decisions fit no finding any more."""
    from mocalign.cli import note

    for decision in report.stale:
        place = f" at {decision.label}" if decision.label else ""
        quote = f" {decision.quote!r}" if decision.quote else ""
        note(
            f"mocalign: decision {decision.fingerprint} ({decision.code}{place}{quote}) fits no finding any more: "
            "the text it was made for has changed or gone"
        )


def _list(value: str) -> tuple[str, ...]:
    return tuple(item.strip() for item in value.split(",") if item.strip())


def add_config_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the options that override the configuration file."""
    group = parser.add_argument_group("settings")
    group.add_argument("--config", metavar="FILE", help="read settings from FILE instead of the nearest configuration")
    group.add_argument(
        "--select", type=_list, metavar="CODES", help="only these checks: codes, prefixes or names, with commas"
    )
    group.add_argument("--ignore", type=_list, metavar="CODES", help="not these checks")
    group.add_argument("--profile", choices=PROFILES, help="kind of instrument (default: read from the text)")
    group.add_argument("--style", choices=STYLES, help="house style of Japanese orthography (default: koyobun)")
    group.add_argument("--glossary", metavar="FILE", help="terms with their renderings: CSV, TSV, XLSX or TBX")
    group.add_argument("--min-confidence", type=float, metavar="N", help="hide findings less sure than N (0 to 1)")
    group.add_argument("--embedder", metavar="NAME", help="auto, use, lexical, st:MODEL or http://127.0.0.1:PORT/…")
    group.add_argument(
        "--no-cache", dest="cache", action="store_false", default=None, help="neither read nor write the cache"
    )
    group.add_argument("--lang", choices=("en", "ja"), help="language of messages (default: from the locale)")


def config_of(args: argparse.Namespace, path: str | Path | None = None) -> Config:
    """Return the configuration for a path: file, then the per-folder entries that fit, then the command line."""
    start = Path(path).parent if path is not None else None
    config = load_config(getattr(args, "config", None), start=start if start and start.is_dir() else None)
    for glob, settings in config.paths:
        if path is not None and (fnmatch(str(path), glob) or fnmatch(str(Path(path).resolve()), f"*/{glob}")):
            other = config_from_mapping(dict(settings))
            config = dataclasses.replace(
                config, **{k.replace("-", "_"): getattr(other, k.replace("-", "_")) for k, _ in settings}
            )
    names = (
        "select",
        "ignore",
        "profile",
        "style",
        "glossary",
        "min_confidence",
        "embedder",
        "cache",
        "lang",
        "fail_on",
    )
    given: dict[str, Any] = {n: getattr(args, n) for n in names if getattr(args, n, None) is not None}
    return dataclasses.replace(config, **given)


def interface_language(config: Config) -> str:
    """Return "ja" or "en": the setting, else the locale of the environment."""
    if config.lang:
        return config.lang
    for key in ("LC_ALL", "LC_MESSAGES", "LANG"):
        value = os.environ.get(key, "")
        if value:
            return "ja" if value.lower().startswith("ja") else "en"
    return "en"


@contextmanager
def progress_on_terminal() -> Iterator[Callable[[str, int, int], None] | None]:
    """A bar on standard error for work that takes long, on a terminal only; yields what the stages report to."""
    if not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import Progress, TaskID

    began = time.monotonic()
    tasks: dict[str, TaskID] = {}
    bar = Progress(console=Console(stderr=True), transient=True)

    def tell(stage: str, done: int, total: int) -> None:
        if time.monotonic() - began < PATIENCE:
            return
        bar.start()
        if stage not in tasks:
            tasks[stage] = bar.add_task(stage, total=total)
        bar.update(tasks[stage], completed=done, total=total)

    try:
        yield tell
    finally:
        bar.stop()
