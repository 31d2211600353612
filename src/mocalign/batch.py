"""Many pairs: planned from a manifest or a folder, worked on by processes or a cluster, resumed where they were.

Each pair's reports are written as it ends, whole or not at all, with a small state file that holds a digest of
everything they depend on (inputs, settings, versions, formats). A run that finds the digest unchanged and the reports
untouched skips the pair, so a killed run loses nothing but the pairs in flight, and the result has the same bytes
whatever the number of workers, the engine and the interruptions.

    OUT/reports/NAME.json, NAME.html …   one report a pair and format
    OUT/summary.json, .csv, .html        all pairs, in the order of the manifest
    OUT/.mocalign/NAME.json              state, for resuming
"""

from __future__ import annotations

import contextlib
import csv
import dataclasses
import hashlib
import io
import json
import logging
import os
import re
import shutil
import sys
import tempfile
from collections import Counter, deque
from collections.abc import Callable, Generator, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from importlib import import_module
from pathlib import Path, PurePosixPath
from typing import Any, TypeVar

from mocalign.config import Config, config_from_mapping, load_config
from mocalign.errors import (
    ConfigError,
    MissingExtraError,
    MocalignError,
    PromiseError,
    ReadError,
    WriteError,
    nearest,
)
from mocalign.model import Document, Severity
from mocalign.report import Report

__all__ = [
    "ENGINES",
    "Job",
    "Plan",
    "Row",
    "Settings",
    "from_folder",
    "from_manifest",
    "review_many",
    "run",
    "summary",
    "touched",
    "write_summary",
]

ENGINES = ("local", "dask", "ray")
SCHEMA = "mocalign-batch/1"
_LOG = logging.getLogger(__name__)
_T = TypeVar("_T")
_R = TypeVar("_R")


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """One pair. `ja` and `en` are shown as given; with `root` they are paths. One of them may be ""."""

    name: str
    ja: str
    en: str
    root: str
    config: Config
    baseline: str | None = None

    def path(self, given: str) -> Path:
        """Where a file given in the manifest lies."""
        return Path(self.root, given)


@dataclass(frozen=True, slots=True)
class Plan:
    """The pairs of a manifest or folder, in order, and the files of a folder that found no partner."""

    jobs: tuple[Job, ...]
    unpaired: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What all pairs share: the formats of the reports and the language of messages."""

    formats: tuple[str, ...] = ("json", "html")
    lang: str = "en"


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """What became of one pair. `status` is "ok" or "failed"; `fails` says a finding reaches `fail_on`."""

    name: str
    ja: str
    en: str
    status: str
    error: str = ""
    fails: bool = False
    counts: Mapping[str, int] = dataclasses.field(default_factory=dict)
    codes: Mapping[str, int] = dataclasses.field(default_factory=dict)
    segments: Mapping[str, int] = dataclasses.field(default_factory=dict)
    beads: int = 0
    suppressed: int = 0
    files: Mapping[str, str] = dataclasses.field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Outcome:
    """A row and the reports behind it, not yet written: (path below the output folder, content)."""

    row: Row
    files: tuple[tuple[str, bytes], ...] = ()


# ---------------------------------------------------------------- planning

_PLAIN = ("ja", "en", "name", "baseline")
_REMARKS = ("note", "notes", "comment", "comments", "remark", "remarks", "備考")
_SETTINGS = tuple(f.name for f in dataclasses.fields(Config) if f.name not in ("checks", "paths", "lang", "cache"))


def from_manifest(path: str | Path, config_for: Callable[[Path], Config]) -> Plan:
    """Plan the pairs of a CSV, TSV, JSONL or JSON file.

    Columns: `ja`, `en` (paths relative to the manifest; one may be empty), `name`, `baseline`, any setting of `Config`
    (`profile`, `glossary`, `select` …); `note` and columns whose name begins with `#` are ignored. `config_for` gives
    the settings of a path before the columns of its row. Raises `ConfigError`, `ReadError`.
    """
    place = Path(path)
    jobs: list[Job] = []
    for line, row in _rows(place):
        where = f"{place}:{line}"
        for key in row:
            if key not in (*_PLAIN, *_SETTINGS, *_REMARKS) and not key.startswith("#"):
                raise ConfigError(f"{where}: unknown column {key!r}{nearest(key, (*_PLAIN, *_SETTINGS, 'note'))}")
        values = {k: v for k, v in row.items() if v not in (None, "")}
        ja, en = str(values.get("ja", "")), str(values.get("en", ""))
        if not ja and not en:
            raise ConfigError(f"{where}: neither ja nor en is given")
        config = _row_config(values, config_for(place.parent / (ja or en)), place.parent, where)
        baseline = str((place.parent / str(values["baseline"])).absolute()) if "baseline" in values else None
        name = _name(str(values["name"]), where) if "name" in values else _default_name(ja or en)
        jobs.append(Job(name=name, ja=ja, en=en, root=str(place.parent.absolute()), config=config, baseline=baseline))
    if not jobs:
        raise ConfigError(f"{place}: no pairs; a manifest has a header with the columns ja and en")
    return Plan(_unique(jobs, place))


def _rows(place: Path) -> Iterator[tuple[int, dict[str, Any]]]:
    try:
        raw = place.read_bytes()
    except OSError as error:
        raise ReadError(f"{place}: cannot be read: {error.strerror}") from None
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        try:
            text = raw.decode("cp932")  # what Excel saves as CSV on a Japanese system
        except UnicodeDecodeError:
            raise ReadError(f"{place}: neither UTF-8 nor Shift_JIS (CP932)") from None
    suffix = place.suffix.lower()
    if suffix in (".jsonl", ".ndjson", ".json"):
        yield from _json_rows(text, place, lines=suffix != ".json")
        return
    if suffix not in (".csv", ".tsv"):
        raise ReadError(f"{place}: a manifest is .csv, .tsv, .jsonl or .json, or give a folder")
    head = text.splitlines()[0] if text.strip() else ""
    delimiter = "\t" if suffix == ".tsv" or "\t" in head else ";" if ";" in head and "," not in head else ","
    reader = csv.DictReader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        columns = [c.strip().lower() for c in reader.fieldnames or ()]
        if not {"ja", "en"} & set(columns):
            raise ConfigError(f"{place}: the header has no column ja or en, but {', '.join(columns) or 'nothing'}")
        reader.fieldnames = columns
        for row in reader:
            if None in row or None in row.values():
                raise ConfigError(f"{place}:{reader.line_num}: {len(columns)} columns are expected")
            cells = {k: v.strip() for k, v in row.items()}
            if any(cells.values()):
                yield reader.line_num, cells
    except csv.Error as error:
        raise ReadError(f"{place}:{reader.line_num}: {error}") from None


def _json_rows(text: str, place: Path, *, lines: bool) -> Iterator[tuple[int, dict[str, Any]]]:
    def parse(piece: str, line: int) -> Any:
        try:
            return json.loads(piece)
        except json.JSONDecodeError as error:
            raise ReadError(f"{place}:{line}: not JSON: {error.msg}") from None

    if lines:
        rows = [(n, parse(piece, n)) for n, piece in enumerate(text.split("\n"), 1) if piece.strip()]
    else:
        data = parse(text, 1)
        if not isinstance(data, list):
            raise ReadError(f"{place}: a list of objects is expected")
        rows = list(enumerate(data, 1))
    for line, row in rows:
        if not isinstance(row, dict):
            raise ReadError(f'{place}:{line}: an object such as {{"ja": …, "en": …}} is expected')
        yield line, row


def _row_config(values: Mapping[str, Any], config: Config, folder: Path, where: str) -> Config:
    table: dict[str, Any] = {}
    for key in _SETTINGS:
        if key not in values:
            continue
        value = values[key]
        default = getattr(Config(), key)
        if key in ("select", "ignore") and isinstance(value, str):
            value = [item for item in re.split(r"[,;\s]+", value) if item]
        elif isinstance(default, bool) and isinstance(value, str):
            value = {"true": True, "yes": True, "1": True, "false": False, "no": False, "0": False}.get(
                value.lower(), value
            )
        elif isinstance(default, float) and isinstance(value, str):
            with contextlib.suppress(ValueError):
                value = float(value)
        elif key == "glossary":
            value = str((folder / str(value)).absolute())
        table[key] = value
    if not table:
        return config
    other = config_from_mapping(table, where)
    return replace(config, **{key: getattr(other, key) for key in table})


def _name(name: str, where: str) -> str:
    clean = PurePosixPath(name.replace("\\", "/"))
    if clean.is_absolute() or ".." in clean.parts or not clean.parts or re.search(r'[<>:"|?*\x00-\x1f]', name):
        raise ConfigError(
            f"{where}: name = {name!r} cannot name a report; use letters, digits, spaces, '-', '_', '.' or '/'"
        )
    return str(clean)


def _default_name(path: str) -> str:
    parts = [
        p for p in PurePosixPath(path.replace("\\", "/")).parts if p not in ("/", ".", "..") and not p.endswith(":")
    ]
    stem = PurePosixPath(parts[-1]).stem if parts else "pair"
    found = _language(stem)
    stem = found[1] if found else stem
    folders = [p for p in parts[:-1] if _language(p) is None or _language(p, whole=True) is None]
    return "/".join([*folders, stem] if stem else folders or ["pair"])


def _unique(jobs: Sequence[Job], place: Path) -> tuple[Job, ...]:
    """Report names that a file system without case keeps apart; a second a becomes a-2."""
    seen: set[str] = set()
    out = []
    for job in jobs:
        name, number = job.name, 1
        while name.casefold() in seen:
            number += 1
            name = f"{job.name}-{number}"
        seen.add(name.casefold())
        out.append(replace(job, name=name))
    return tuple(out)


_TAGS = {
    "ja": ("ja", "jp", "jpn", "jap", "japanese", "ja-jp", "和文", "日本語", "和訳", "仮訳"),
    "en": ("en", "eng", "english", "en-gb", "en-us", "英文", "英語", "正文"),
}
_TAG_OF = {tag: lang for lang, tags in _TAGS.items() for tag in tags}
_TAG = "|".join(sorted(map(re.escape, _TAG_OF), key=len, reverse=True))
_AFTER = re.compile(rf"^(.*?)[\s._\-–（(\[]+({_TAG})[)）\]]?$", re.IGNORECASE | re.DOTALL)
_BEFORE = re.compile(rf"^[（(\[]?({_TAG})[)）\]]?[\s._\-–]+(.*)$", re.IGNORECASE | re.DOTALL)


def _language(name: str, *, whole: bool = False) -> tuple[str, str] | None:
    """The language a file or folder name carries and what is left of the name: "x.ja" and "ja_x" give ("ja", "x")."""
    if name.lower() in _TAG_OF:
        return _TAG_OF[name.lower()], ""
    if whole:
        return None
    if found := _AFTER.match(name):
        return _TAG_OF[found[2].lower()], found[1]
    if found := _BEFORE.match(name):
        return _TAG_OF[found[1].lower()], found[2]
    return None


def from_folder(folder: str | Path, config_for: Callable[[Path], Config]) -> Plan:
    """Plan the pairs of a folder and its subfolders by their names.

    x.ja.md + x.en.md, x_ja.docx + x_en.pdf, ja_x.md + en_x.md, ja/x.md + en/x.md, x/ja.md + x/en.md. Where one name
    stands in several formats, files of the same format are pairs. What finds no partner is in `Plan.unpaired`.
    """
    from mocalign import readers

    place = Path(folder)
    sides: dict[str, dict[str, list[str]]] = {}
    for path in _walk(place):
        shown = path.relative_to(place)
        if not readers.is_read(path):
            continue
        found = _side(PurePosixPath(shown.as_posix()))
        if found is not None:
            sides.setdefault(found[1], {}).setdefault(found[0], []).append(shown.as_posix())
    jobs: list[Job] = []
    unpaired: list[str] = []

    def add(name: str, ja: str, en: str) -> None:
        jobs.append(
            Job(name=_name(name, str(place)), ja=ja, en=en, root=str(place.absolute()), config=config_for(place / ja))
        )

    for key in sorted(sides):
        ja, en = sides[key].get("ja", []), sides[key].get("en", [])
        if len(ja) == len(en) == 1:
            add(key, ja[0], en[0])
            continue
        by_suffix = {PurePosixPath(p).suffix.lower(): p for p in reversed(en)}
        for path_ja in ja:
            path_en = by_suffix.pop(PurePosixPath(path_ja).suffix.lower(), None)
            if path_en is None:
                unpaired.append(path_ja)
            else:
                add(f"{key}.{PurePosixPath(path_ja).suffix[1:].lower()}", path_ja, path_en)
        unpaired += sorted(p for p in en if p in by_suffix.values() or len(ja) == 0)
    if not jobs:
        raise ConfigError(
            f"{place}: no pairs; files are paired by name: x.ja.md + x.en.md, x_ja.docx + x_en.docx, ja/x.md + en/x.md"
        )
    return Plan(_unique(jobs, place), tuple(sorted(set(unpaired))))


_SKIPPED = frozenset(("node_modules", "__pycache__", "venv"))


def _walk(place: Path) -> Iterator[Path]:
    """Every file below a folder in the order of names; hidden ones, lock files of Word and package folders left out."""
    for root, folders, files in os.walk(place):
        folders[:] = sorted(f for f in folders if not f.startswith(".") and f not in _SKIPPED)
        yield from (Path(root, name) for name in sorted(files) if not name.startswith((".", "~$")))


def _side(path: PurePosixPath) -> tuple[str, str] | None:
    """The language of a file and the key it shares with its partner."""
    folders = list(path.parts[:-1])
    found = _language(path.stem)
    if found is not None:
        rest = [*folders, found[1]] if found[1] else folders
        return found[0], "/".join(rest) or "pair"
    for at in range(len(folders) - 1, -1, -1):
        inside = _language(folders[at])
        if inside is not None:
            rest = [*folders[:at], *([inside[1]] if inside[1] else []), *folders[at + 1 :], path.stem]
            return inside[0], "/".join(rest)
    return None


def touched(folder: Path, files: Iterable[Path]) -> tuple[tuple[Path, Path | None], ...]:
    """The pairs below a folder that files belong to, each once, by name; a Japanese text without a partner alone."""
    from mocalign import readers

    wanted = {path.resolve() for path in files}
    if not any(_side(PurePosixPath(path.as_posix())) for path in wanted):
        return ()
    try:
        plan = from_folder(folder, lambda _: Config())
    except ConfigError:  # no pairs at all
        plan = Plan((), tuple(p.relative_to(folder).as_posix() for p in _walk(folder) if readers.is_read(p)))
    pairs: list[tuple[Path, Path | None]] = [(folder / job.ja, folder / job.en) for job in plan.jobs]
    for path in plan.unpaired:
        found = _side(PurePosixPath(path))
        if found is not None and found[0] == "ja":
            pairs.append((folder / path, None))
    return tuple(p for p in pairs if any(side is not None and side.resolve() in wanted for side in p))


# ---------------------------------------------------------------- one pair


def _suffix(name: str) -> str:
    from mocalign import writers

    suffixes = writers.format_named(name).suffixes
    return suffixes[0] if suffixes else f".{name}.txt"


def _produce(job: Job, settings: Settings, given: Mapping[str, bytes] | None = None) -> _Outcome:
    """Review one pair and render its reports. Never raises for a bad pair: the row says what was wrong.

    `given` holds the contents of the inputs by the path in the job, for a worker on another machine.
    """
    try:
        with _inputs(job, given) as (paths, config, baseline):
            return _reviewed(job, settings, paths, config, baseline)
    except MocalignError as error:
        return _failed(job, str(error))
    except Exception as error:  # one bad pair never stops the rest
        _LOG.warning("%s failed", job.name, exc_info=True)
        return _failed(job, f"internal error: {type(error).__name__}: {error}")


def _reviewed(
    job: Job, settings: Settings, paths: tuple[Path | None, Path | None], config: Config, baseline: Path | None
) -> _Outcome:
    from mocalign import api, writers

    try:
        report = api.review(*paths, config=config)
        if baseline is not None:
            report = report.since(baseline)
    except MocalignError as error:
        text = str(error)
        for path, shown in zip((*paths, baseline), (job.ja, job.en, job.baseline or ""), strict=True):
            if path is not None:  # the file as the manifest names it, wherever this worker has it
                text = text.replace(str(path), shown)
        raise type(error)(text) if not isinstance(error, MissingExtraError) else error from None
    # A report names its texts as the manifest does: the same bytes on every machine.
    alignment = report.alignment
    alignment = replace(alignment, ja=replace(alignment.ja, source=job.ja), en=replace(alignment.en, source=job.en))
    report = replace(report, alignment=alignment)
    options = writers.Options(lang=settings.lang, fail_on=config.fail_on)
    files = []
    for name in settings.formats:
        content = writers.render(report, name, options)
        data = content.encode("utf-8", "replace") if isinstance(content, str) else content
        files.append((f"reports/{job.name}{_suffix(name)}", data))
    row = Row(
        name=job.name,
        ja=job.ja,
        en=job.en,
        status="ok",
        fails=bool(report.at_least(config.fail_on)),
        counts=report.counts,
        codes=dict(sorted(Counter(f.code for f in report.findings).items())),
        segments={"ja": len(alignment.ja), "en": len(alignment.en)},
        beads=len(alignment.beads),
        suppressed=len(report.suppressed),
        files={name: path for name, (path, _) in zip(settings.formats, files, strict=True)},
    )
    return _Outcome(row, tuple(files))


COPIES = "mocalign-inputs-"  # folders of copies for a worker that does not share the disk; its process number follows


@lru_cache(maxsize=1)
def _forget_copies() -> None:
    """Remove the copies of texts that a killed worker of this user left behind, once a process."""
    if sys.platform == "win32":
        return  # no harmless way to ask whether a process lives
    for folder in Path(tempfile.gettempdir()).glob(f"{COPIES}*-*"):
        number = folder.name[len(COPIES) :].partition("-")[0]
        with contextlib.suppress(OSError):
            if number.isdigit() and folder.stat().st_uid == os.getuid() and not _lives(int(number)):
                shutil.rmtree(folder)


def _lives(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


@contextlib.contextmanager
def _inputs(
    job: Job, given: Mapping[str, bytes] | None
) -> Iterator[tuple[tuple[Path | None, Path | None], Config, Path | None]]:
    if given is None:
        ja, en = (job.path(p) if p else None for p in (job.ja, job.en))
        yield (ja, en), job.config, Path(job.baseline) if job.baseline else None
        return
    _forget_copies()
    with tempfile.TemporaryDirectory(prefix=f"{COPIES}{os.getpid()}-") as folder:

        def put(shown: str | None, kind: str) -> Path | None:
            if not shown:
                return None
            if shown not in given:
                return Path(folder, kind, "missing", Path(shown).name)
            place = Path(folder, kind, Path(shown).name)
            place.parent.mkdir(exist_ok=True)
            place.write_bytes(given[shown])
            return place

        glossary = put(job.config.glossary, "glossary")
        config = replace(job.config, glossary=str(glossary) if glossary else None)
        yield (put(job.ja, "ja"), put(job.en, "en")), config, put(job.baseline, "baseline")


def _contents(job: Job) -> dict[str, bytes]:
    """The inputs of a pair, for a worker that does not share this disk; what cannot be read is left to the worker."""
    out = {}
    for shown, path in _files(job):
        with contextlib.suppress(OSError):
            out[shown] = path.read_bytes()
    return out


def _files(job: Job) -> Iterator[tuple[str, Path]]:
    for shown in (job.ja, job.en):
        if shown:
            yield shown, job.path(shown)
    for shown in (job.config.glossary or "", job.baseline or ""):
        if shown:
            yield shown, Path(shown)


# ---------------------------------------------------------------- state on disk


def _key(job: Job, settings: Settings) -> str | None:
    """Digest of everything the reports of a pair depend on; None when an input cannot be read."""
    inputs = {}
    for shown, path in _files(job):
        try:
            with path.open("rb") as stream:
                inputs[shown] = hashlib.file_digest(stream, "sha256").hexdigest()
        except OSError:
            return None
    config = dataclasses.asdict(replace(job.config, paths=(), cache=True, lang=None))
    data = {
        "name": job.name,
        "inputs": sorted((k if not Path(k).is_absolute() else Path(k).name, v) for k, v in inputs.items()),
        "config": config | {"glossary": Path(job.config.glossary).name if job.config.glossary else None},
        "made": _signature(replace(job.config, paths=(), lang=None), bool(job.ja and job.en)),
        "formats": settings.formats,
        "lang": settings.lang,
    }
    text = json.dumps(data, ensure_ascii=False, sort_keys=True, default=str)
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


@lru_cache(maxsize=256)
def _signature(config: Config, paired: bool) -> str:
    from mocalign import api

    return json.dumps(dict(api.signature(config, paired=paired)), ensure_ascii=False, sort_keys=True, default=str)


def _store(outcome: _Outcome, key: str | None, out: Path) -> Row:
    """Write the reports of a pair and then its state: a pair without state is a pair not done."""
    from mocalign.writers import write_bytes

    try:
        for path, content in outcome.files:
            place = out / path
            place.parent.mkdir(parents=True, exist_ok=True)
            write_bytes(place, content)
        if outcome.row.status == "ok" and key is not None:
            digests = {path: hashlib.sha256(content).hexdigest() for path, content in outcome.files}
            state = {
                "schema": "mocalign-batch-state/1",
                "key": key,
                "files": digests,
                "row": dataclasses.asdict(outcome.row),
            }
            place = out / ".mocalign" / f"{outcome.row.name}.json"
            place.parent.mkdir(parents=True, exist_ok=True)
            write_bytes(place, (json.dumps(state, ensure_ascii=False, indent=1) + "\n").encode("utf-8", "replace"))
    except (OSError, WriteError) as error:
        # A full disk or a folder without permission concerns every pair: stop, and say so.
        raise WriteError(f"{out}: cannot be written: {error}") from None
    return outcome.row


def _done(job: Job, key: str | None, out: Path) -> Row | None:
    """The row of a pair that an earlier run finished, if nothing it depends on has changed and its reports are whole."""
    if key is None:
        return None
    try:
        state = json.loads((out / ".mocalign" / f"{job.name}.json").read_text(encoding="utf-8"))
        if state.get("key") != key:
            return None
        for path, digest in state["files"].items():
            with (out / path).open("rb") as stream:
                if hashlib.file_digest(stream, "sha256").hexdigest() != digest:
                    return None
        return Row(**state["row"])
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None


_LEFT = re.compile(r"\..+\.(?:json|html|csv|[a-z]{2,5}|txt)\.[a-z0-9_]{8}")


def _sweep(out: Path) -> None:
    """Remove the half-written files of a run that was killed."""
    for folder in (out / "reports", out / ".mocalign"):
        for path in folder.rglob(".*") if folder.is_dir() else ():
            if path.is_file() and _LEFT.fullmatch(path.name):
                path.unlink(missing_ok=True)
    for path in out.glob(".summary.*"):
        if _LEFT.fullmatch(path.name):
            path.unlink(missing_ok=True)


@contextlib.contextmanager
def _alone(out: Path) -> Iterator[None]:
    """Hold the output folder against a second run; the lock ends with the process, however it ends."""
    try:
        (out / ".mocalign").mkdir(parents=True, exist_ok=True)
        stream = (out / ".mocalign" / "lock").open("wb")
    except OSError as error:
        raise WriteError(f"{out}: cannot be written: {error.strerror}") from None
    with stream:
        try:
            import fcntl

            fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except ImportError:  # Windows: no lock
            pass
        except OSError:
            raise WriteError(f"{out}: another batch is writing to this folder") from None
        yield


# ---------------------------------------------------------------- workers


def _ready(parent: int) -> None:
    """Prepare a worker process: one thread each, and an end when the parent has gone."""
    import threading
    import time

    def watch() -> None:
        while os.getppid() == parent:
            time.sleep(0.5)
        os._exit(1)

    if hasattr(os, "getppid"):
        threading.Thread(target=watch, daemon=True, name="mocalign-watch").start()
    _one_thread()


@lru_cache(maxsize=1)
def _one_thread() -> object:
    """One thread for linear algebra in this process: workers do not compete, and every run adds in the same order."""
    import numpy  # noqa: F401 - its libraries must be there to be told
    from threadpoolctl import threadpool_limits

    return threadpool_limits(limits=1)


class _Died(MocalignError):
    """The process that worked on a pair died, twice."""


def _in_order(items: Iterable[_T], work: Callable[[_T], _R], *, workers: int) -> Iterator[_R | _Died]:
    """Apply `work` in processes; results in the order of the items, at most 8 items a worker in flight.

    When a worker dies (out of memory, a crash in a library) everything unfinished is worked on again, one item at a
    time; an item that kills its process again gives `_Died`.
    """
    from concurrent.futures import BrokenExecutor, Future

    left = iter(items)
    window: deque[tuple[_T, Future[_R] | None]] = deque()
    pool: Any = None
    single: Any = None
    empty = object()

    def submit(item: _T) -> Future[_R] | None:
        nonlocal pool
        try:
            if pool is None:
                pool = _pool(workers)
            made: Future[_R] = pool.submit(work, item)
            return made
        except BrokenExecutor:
            return None

    def again(item: _T) -> _R | _Died:
        nonlocal single
        if single is None:
            single = _pool(1)
        try:
            result: _R = single.submit(work, item).result()
            return result
        except BrokenExecutor:
            _close(single)
            single = None
            return _Died("the process that worked on it died twice (out of memory?)")

    try:
        while True:
            while len(window) < 8 * workers:
                item = next(left, empty)
                if item is empty:
                    break
                window.append((item, submit(item)))  # type: ignore[arg-type]
            if not window:
                break
            first, future = window.popleft()
            result: _R | _Died
            try:
                if future is None:
                    raise BrokenExecutor
                result = future.result()
            except BrokenExecutor:
                # Which item was it? Nobody knows: what had not ended goes one by one.
                if pool is not None:
                    _close(pool)
                    pool = None
                window = deque((i, f if f is not None and f.done() and not f.exception() else None) for i, f in window)
                result = again(first)
            yield result
    finally:
        for made in (pool, single):
            if made is not None:
                _close(made)


def _pool(workers: int) -> Any:
    try:
        from joblib.externals import loky
    except ImportError:
        raise MissingExtraError("working with several processes", "batch") from None
    threads = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1")
    return loky.ProcessPoolExecutor(max_workers=workers, env=threads, initializer=_ready, initargs=(os.getpid(),))


def _close(pool: Any) -> None:
    pool.shutdown(wait=True, kill_workers=True)


def cores() -> int:
    """Number of cores this process may use, container limits considered; 1 without the optional part for processes."""
    try:
        import joblib
    except ImportError:
        return 1
    return int(joblib.cpu_count())


@dataclass(frozen=True, slots=True)
class _Local:
    """Work of a process on this machine: review, write, return the row."""

    settings: Settings
    out: str

    def __call__(self, item: tuple[Job, str | None]) -> Row:
        job, key = item
        return _store(_produce(job, self.settings), key, Path(self.out))


def _locally(
    todo: Sequence[tuple[Job, str | None]], settings: Settings, out: Path, *, workers: int
) -> Generator[Row, None, None]:
    work = _Local(settings, str(out))
    if workers == 1 or len(todo) == 1:
        from threadpoolctl import threadpool_limits

        for item in todo:
            with threadpool_limits(limits=1):
                row = work(item)
            yield row
        return
    for (job, _), result in zip(todo, _in_order(todo, work, workers=workers), strict=True):
        if isinstance(result, _Died):
            yield _failed(job, str(result)).row
        else:
            yield result


def _remote(version: str, job: Job, settings: Settings, given: Mapping[str, bytes]) -> _Outcome:
    """Work of a process on another machine: inputs come with the task, reports go back with the result."""
    from mocalign import __version__

    if version != __version__:
        text = f"a worker has mocalign {__version__}, this is {version}: install the same version everywhere"
        return _failed(job, text)
    _one_thread()
    return _produce(job, settings, given)


def _failed(job: Job, error: object) -> _Outcome:
    text = f"{type(error).__name__}: {error}" if isinstance(error, BaseException) else str(error)
    return _Outcome(Row(name=job.name, ja=job.ja, en=job.en, status="failed", error=" ".join(text.split())[:1000]))


def _on_dask(
    todo: Sequence[tuple[Job, str | None]], settings: Settings, out: Path, *, scheduler: str | None
) -> Generator[Row, None, None]:
    """Work on an existing Dask cluster. It moves tasks away from workers that die; three deaths are a failed pair."""
    from mocalign import __version__

    try:
        distributed: Any = import_module("distributed")
    except ImportError:
        raise MissingExtraError("--engine dask", "dask") from None
    if not scheduler:
        raise ConfigError("--engine dask needs --scheduler, e.g. tcp://127.0.0.1:8786")
    try:
        client = distributed.Client(scheduler, timeout=20, set_as_default=False)
    except (OSError, ValueError, TimeoutError) as error:
        raise ConfigError(f"no Dask scheduler answers at {scheduler}: {error}") from None
    with client:
        width = max(4, 3 * sum(client.nthreads().values()))
        left = iter(todo)
        running: dict[object, tuple[Job, str | None]] = {}
        ended = distributed.as_completed(raise_errors=False, loop=client.loop)

        def add() -> None:
            item = next(left, None)
            if item is not None:
                job, key = item
                name = (
                    f"mocalign-{hashlib.sha256(job.name.encode()).hexdigest()[:12]}-{(key or os.urandom(8).hex())[:16]}"
                )
                future = client.submit(
                    _remote, __version__, job, settings, _contents(job), key=name, pure=False, retries=1
                )
                running[future.key] = item
                ended.add(future)

        for _ in range(width):
            add()
        for future in ended:
            job, key = running.pop(future.key)
            outcome = future.result() if future.status == "finished" else _failed(job, _reason(future))
            future.release()
            yield _store(outcome, key, out)
            add()


def _reason(future: Any) -> object:
    if future.status == "cancelled":
        return "the Dask cluster gave the task up (is the scheduler still there?)"
    error = future.exception(timeout=10)
    return (
        "the worker that had it died, again and again (out of memory?)"
        if type(error).__name__ == "KilledWorker"
        else error
    )


def _on_ray(
    todo: Sequence[tuple[Job, str | None]], settings: Settings, out: Path, *, scheduler: str | None
) -> Generator[Row, None, None]:
    """Work on a Ray cluster (`scheduler` is its address), or on a local one."""
    from mocalign import __version__

    try:
        ray: Any = import_module("ray")
    except ImportError:
        raise MissingExtraError("--engine ray", "ray") from None
    started = not ray.is_initialized()
    if started:
        try:
            ray.init(address=scheduler, log_to_driver=False, logging_level=logging.ERROR)
        except (ConnectionError, OSError, RuntimeError, ValueError) as error:
            raise ConfigError(f"no Ray cluster answers at {scheduler}: {error}") from None
    try:
        task = ray.remote(max_retries=2)(_remote)
        width = max(4, 3 * int(ray.cluster_resources().get("CPU", 1)))
        left = iter(todo)
        running: dict[Any, tuple[Job, str | None]] = {}

        def add() -> None:
            item = next(left, None)
            if item is not None:
                running[task.remote(__version__, item[0], settings, _contents(item[0]))] = item

        for _ in range(width):
            add()
        while running:
            ended, _rest = ray.wait(list(running), num_returns=1)
            for reference in ended:
                job, key = running.pop(reference)
                try:
                    outcome = ray.get(reference)
                except Exception as error:  # a dead worker or node, as Ray reports it
                    outcome = _failed(job, error)
                yield _store(outcome, key, out)
                add()
    finally:
        if started:
            ray.shutdown()


def run(
    plan: Plan,
    out: str | Path,
    *,
    settings: Settings | None = None,
    workers: int | None = None,
    engine: str = "local",
    scheduler: str | None = None,
    on_row: Callable[[Row, int, bool], None] | None = None,
) -> tuple[Row, ...]:
    """Work on all pairs of a plan and return their rows in the order of the plan.

    Reports are written below `out` as they end; pairs that an earlier run finished are skipped. `on_row(row, done,
    skipped)` is told of each. A bad pair gives a row with status "failed". Raises `WriteError` when `out` cannot be
    written, `MissingExtraError` for an engine that is not installed, `ConfigError` for a cluster that does not answer.
    """
    settings = settings or Settings()
    if engine not in ENGINES:
        raise ConfigError(f"engine = {engine!r} is unknown{nearest(engine, ENGINES)}")
    for name in settings.formats:
        _suffix(name)
    count = workers if workers is not None else cores()
    if count < 1:
        raise ConfigError(f"the number of jobs is 1 or more, not {count}")
    place = Path(out)
    rows: dict[str, Row] = {}
    with _alone(place):
        _sweep(place)
        todo: list[tuple[Job, str | None]] = []
        for job in plan.jobs:
            key = _key(job, settings)
            found = _done(job, key, place)
            if found is None:
                todo.append((job, key))
            else:
                rows[job.name] = found
                if on_row is not None:
                    on_row(found, len(rows), True)
        if todo:
            if engine == "dask":
                made = _on_dask(todo, settings, place, scheduler=scheduler)
            elif engine == "ray":
                made = _on_ray(todo, settings, place, scheduler=scheduler)
            else:
                made = _locally(todo, settings, place, workers=min(count, len(todo)))
            with contextlib.closing(made):
                for row in made:
                    rows[row.name] = row
                    if on_row is not None:
                        on_row(row, len(rows), False)
        result = tuple(rows[job.name] for job in plan.jobs)
        write_summary(result, plan, place, settings)
    return result


# ---------------------------------------------------------------- summary


def summary(rows: Sequence[Row], plan: Plan) -> dict[str, Any]:
    """All pairs as plain data, in the order of the plan."""
    counts = {s.name: sum(r.counts.get(s.name, 0) for r in rows) for s in sorted(Severity, reverse=True)}
    codes: Counter[str] = Counter()
    for row in rows:
        codes.update(row.codes)
    return {
        "schema": SCHEMA,
        "totals": {
            "pairs": len(rows),
            "failed": sum(r.status == "failed" for r in rows),
            "with_findings": sum(any(r.counts.values()) for r in rows),
            "findings": counts,
            "codes": dict(sorted(codes.items())),
        },
        "pairs": [dataclasses.asdict(row) for row in rows],
        "unpaired": list(plan.unpaired),
    }


def write_summary(rows: Sequence[Row], plan: Plan, out: Path, settings: Settings) -> None:
    """Write `summary.json`, `summary.csv` and `summary.html`."""
    from mocalign.writers import write_bytes

    data = summary(rows, plan)
    write_bytes(
        out / "summary.json", (json.dumps(data, ensure_ascii=False, indent=1) + "\n").encode("utf-8", "replace")
    )
    write_bytes(out / "summary.csv", _csv(rows).encode("utf-8-sig", "replace"))
    write_bytes(out / "summary.html", _html(data, settings.lang).encode("utf-8", "replace"))


def _csv(rows: Sequence[Row]) -> str:
    from mocalign.writers.shared import formula_safe

    stream = io.StringIO(newline="")
    writer = csv.writer(stream, lineterminator="\r\n")
    names = [s.name for s in sorted(Severity, reverse=True)]
    writer.writerow(["name", "ja", "en", "status", *names, "segments_ja", "segments_en", "codes", "error"])
    for row in rows:
        codes = " ".join(f"{code}:{n}" for code, n in row.codes.items())
        cells = [row.name, row.ja, row.en, row.status]
        figures = [row.counts.get(n, "") for n in names] + [row.segments.get(side, "") for side in ("ja", "en")]
        writer.writerow([*map(formula_safe, cells), *figures, codes, formula_safe(row.error)])
    return stream.getvalue()


_TEXT = {
    "en": {
        "title": "All pairs",
        "pair": "Pair",
        "ja": "Japanese",
        "en": "English",
        "failed": "could not be checked",
        "codes": "Findings by check",
        "all": "{pairs} pairs, {with_findings} with findings, {failed} failed",
        "unpaired": "Files without a partner",
        "first": "Look at these first",
        "paragraphs": "Paragraphs",
        "critical": "critical",
        "major": "major",
        "minor": "minor",
        "neutral": "neutral",
    },
    "ja": {
        "title": "全ての文書",
        "pair": "文書",
        "ja": "和文",
        "en": "英文",
        "failed": "点検できませんでした",
        "codes": "検査別の件数",
        "all": "{pairs}組、うち指摘あり{with_findings}組、失敗{failed}組",
        "unpaired": "対になるファイルのないもの",
        "first": "優先して確認すべき文書",
        "paragraphs": "段落",
        "critical": "致命的",
        "major": "重大",
        "minor": "軽微",
        "neutral": "参考",
    },
}
_STYLE = (
    "body{font:16px/1.5 system-ui,'Hiragino Sans','Noto Sans JP','Noto Sans CJK JP',sans-serif;margin:2rem auto;max-width:72rem;"
    "padding:0 1rem;color:#1b1b1b;background:#fff}h1{font-size:1.5rem}h2{font-size:1.15rem;margin-top:2rem}"
    "table{border-collapse:collapse;width:100%}th,td{padding:.35rem .6rem;border-bottom:1px solid #ddd;text-align:left;"
    "vertical-align:top;overflow-wrap:anywhere}td.n,th.n{text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap}"
    "td.z{color:#767676}tr.bad td{background:#fdecea}td.critical{color:#a4001d;font-weight:700}td.major{color:#8a4b00;font-weight:700}"
    "a{color:#0645ad}thead th{position:sticky;top:0;background:#fff}"
    "@media(prefers-color-scheme:dark){body,thead th{background:#16181b;color:#e8e8e8}th,td{border-color:#3a3d42}"
    "tr.bad td{background:#4a1d1d}a{color:#9cc3ff}td.critical{color:#ff9a9a}td.major{color:#ffc37a}td.z{color:#9a9a9a}}"
)
_FIRST = 20  # pairs named at the top of the page


def _html(data: Mapping[str, Any], lang: str) -> str:
    import base64
    from html import escape
    from urllib.parse import quote

    t = _TEXT["ja" if lang == "ja" else "en"]
    names = [s.name for s in sorted(Severity, reverse=True)]
    digest = base64.b64encode(hashlib.sha256(_STYLE.encode()).digest()).decode()

    def line(row: Mapping[str, Any]) -> str:
        page = row["files"].get("html") or next(iter(row["files"].values()), "")
        name = escape(row["name"])
        head = f'<a href="{escape(quote(page))}">{name}</a>' if page else name
        if row["status"] == "failed":
            return f'<tr class="bad"><td>{head}</td><td colspan="{len(names) + 1}">{t["failed"]}: {escape(row["error"])}</td></tr>'
        cells = "".join(
            f'<td class="n {n if row["counts"].get(n) else "z"}">{row["counts"].get(n, 0)}</td>' for n in names
        )
        size = f"{row['segments'].get('ja', 0)} / {row['segments'].get('en', 0)}"
        return f'<tr><td>{head}</td>{cells}<td class="n">{size}</td></tr>'

    def table(rows: Iterable[Mapping[str, Any]]) -> str:
        heads = "".join(f'<th scope="col" class="n">{t[n]}</th>' for n in names)
        head = f'<tr><th scope="col">{t["pair"]}</th>{heads}<th scope="col" class="n">{t["paragraphs"]}</th></tr>'
        return f"<table><thead>{head}</thead><tbody>{''.join(map(line, rows))}</tbody></table>"

    totals = data["totals"]
    worst = sorted(data["pairs"], key=lambda r: (r["status"] != "failed", *(-r["counts"].get(n, 0) for n in names)))
    worst = [r for r in worst if r["status"] == "failed" or any(r["counts"].get(n) for n in ("critical", "major"))]
    parts = [f"<h1>mocalign: {t['title']}</h1>", f"<p>{escape(t['all'].format(**totals))}: "]
    parts.append(", ".join(f"{totals['findings'][n]} {t[n]}" for n in names) + "</p>")
    if len(data["pairs"]) > _FIRST and worst:
        parts += [f"<h2>{t['first']}</h2>", table(worst[:_FIRST]), f"<h2>{t['title']}</h2>"]
    parts.append(table(data["pairs"]))
    if totals["codes"]:
        from mocalign.checks.installed import all_checks

        titles = {c.code: (c.doc_ja if lang == "ja" else c.doc).strip().splitlines()[0] for c in all_checks()}
        rows = "".join(
            f'<tr><td>{code}</td><td>{escape(titles.get(code, ""))}</td><td class="n">{n}</td></tr>'
            for code, n in sorted(totals["codes"].items(), key=lambda item: (-item[1], item[0]))
        )
        parts += [f"<h2>{t['codes']}</h2>", f"<table><tbody>{rows}</tbody></table>"]
    if data["unpaired"]:
        items = "".join(f"<li>{escape(path)}</li>" for path in data["unpaired"])
        parts += [f"<h2>{t['unpaired']}</h2>", f"<ul>{items}</ul>"]
    return (
        f'<!doctype html>\n<html lang="{"ja" if lang == "ja" else "en"}"><head><meta charset="utf-8">'
        f"<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'sha256-{digest}'\">"
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>mocalign: {t['title']}</title><style>{_STYLE}</style></head>\n<body>\n"
        + "\n".join(parts)
        + "\n</body></html>\n"
    )


# ---------------------------------------------------------------- a library for pipelines

Side = str | Path | Document | None


@dataclass(frozen=True, slots=True)
class _Review:
    config: Config

    def __call__(self, pair: tuple[Side, Side]) -> Report | tuple[str, str]:
        from mocalign import api

        _one_thread()
        try:
            return api.review(*pair, config=self.config)
        except MocalignError as error:
            return type(error).__name__, str(error)  # some errors do not survive pickling; their name and line do


_ERRORS: Mapping[str, type[MocalignError]] = {
    cls.__name__: cls for cls in (ConfigError, MissingExtraError, MocalignError, PromiseError, ReadError, WriteError)
}


def review_many(
    pairs: Iterable[tuple[Side, Side] | str | Path | Document], *, config: Config | None = None, jobs: int = 1
) -> Iterator[Report | MocalignError]:
    """Review pairs and yield their reports in order; a bad pair yields its error instead.

    A pair is (ja, en) or a Japanese text alone, each a path or a `Document`. With `jobs` above 1 the work is done in
    that many processes (extra `batch`); at most eight pairs a process are in flight, so an endless iterable is fine.
    No global state: several threads may each run their own.
    """
    settings = config or load_config()
    if jobs < 1:
        raise ConfigError(f"the number of jobs is 1 or more, not {jobs}")
    sides = (pair if isinstance(pair, tuple) else (pair, None) for pair in pairs)
    if jobs == 1:
        return _reviews(sides, settings)
    return _reviews_in_processes(sides, settings, jobs)


def _reviews(pairs: Iterable[tuple[Side, Side]], config: Config) -> Iterator[Report | MocalignError]:
    from mocalign import api

    for pair in pairs:
        try:
            yield api.review(*pair, config=config)
        except MocalignError as error:
            yield error


def _reviews_in_processes(
    pairs: Iterable[tuple[Side, Side]], config: Config, jobs: int
) -> Iterator[Report | MocalignError]:
    for result in _in_order(pairs, _Review(config), workers=jobs):
        if isinstance(result, tuple):
            kind = _ERRORS.get(result[0], MocalignError)
            error = kind.__new__(kind)
            error.args = (result[1],)
            yield error
        else:
            yield result
