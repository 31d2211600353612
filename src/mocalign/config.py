"""Settings with their defaults in code.

`load_config()` reads `[tool.mocalign]` of the nearest `pyproject.toml` or the nearest `mocalign.toml`; an unknown key is
refused with the nearest name. Per-check settings stand in `[tool.mocalign.checks.NAME]`, per-folder ones in
`[[tool.mocalign.paths]]`.
"""

from __future__ import annotations

import dataclasses
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from mocalign.errors import ConfigError, nearest
from mocalign.model import Severity

__all__ = ["PROFILES", "STYLES", "CheckSettings", "Config", "config_from_mapping", "load_config"]

PROFILES = ("auto", "moc", "treaty", "law", "contract")
STYLES = ("koyobun", "jtf", "none")
EMBEDDERS = ("auto", "use", "lexical")


@dataclass(frozen=True, slots=True)
class CheckSettings:
    """What a configuration says of one check: on or off, another severity, a floor for its confidence."""

    enabled: bool = True
    severity: Severity | None = None
    min_confidence: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Config:
    """Every setting and its default.

    `select` and `ignore` hold code prefixes or names of checks. `profile` "auto" reads the kind of instrument from its
    title and wording. `style` is the house style of Japanese orthography. `min_confidence` hides what is less sure.
    `dictionary` and `context` say whether the optional dictionary and encoder of words are used where they are installed.
    """

    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    profile: str = "auto"
    style: str = "koyobun"
    glossary: str | None = None
    lang: str | None = None
    fail_on: str = "major"
    min_confidence: float = 0.5
    embedder: str = "auto"
    cache: bool = True
    dictionary: bool = True
    context: bool = True
    checks: tuple[tuple[str, CheckSettings], ...] = ()
    paths: tuple[tuple[str, tuple[tuple[str, Any], ...]], ...] = ()

    def __post_init__(self) -> None:
        for key, known in (("profile", PROFILES), ("style", STYLES), ("embedder", EMBEDDERS)):
            value = getattr(self, key)
            if value not in known and not (key == "embedder" and ":" in value):
                raise ConfigError(f"{key} = {value!r} is unknown{nearest(str(value), known)}")
        if self.fail_on not in ("minor", "major", "critical", "never"):
            raise ConfigError(
                f"fail_on = {self.fail_on!r} is unknown{nearest(str(self.fail_on), ('minor', 'major', 'critical', 'never'))}"
            )
        if self.lang not in (None, "en", "ja"):
            raise ConfigError(f"lang = {self.lang!r} is unknown (known: en, ja)")
        if not 0.0 <= self.min_confidence <= 1.0:
            raise ConfigError(f"min_confidence lies between 0 and 1, not {self.min_confidence}")

    def for_check(self, name: str) -> CheckSettings:
        """Return the settings of one check."""
        return dict(self.checks).get(name, CheckSettings())


def _severity(value: object, where: str) -> Severity:
    try:
        return Severity[str(value)]
    except KeyError:
        raise ConfigError(
            f"{where}: severity = {value!r} is unknown{nearest(str(value), Severity.__members__)}"
        ) from None


def _check_settings(table: object, where: str) -> CheckSettings:
    if not isinstance(table, Mapping):
        raise ConfigError(f"{where}: a table is expected, e.g. {{ enabled = false }}")
    known = {field.name for field in dataclasses.fields(CheckSettings)}
    for key in table:
        if key not in known:
            raise ConfigError(f"{where}: unknown key {key!r}{nearest(str(key), known)}")
    enabled, floor = table.get("enabled", True), table.get("min_confidence", 0.0)
    if not isinstance(enabled, bool):
        raise ConfigError(f"{where}: enabled is true or false, not {enabled!r}")
    if isinstance(floor, bool) or not isinstance(floor, int | float) or not 0 <= floor <= 1:
        raise ConfigError(f"{where}: min_confidence lies between 0 and 1, not {floor!r}")
    return CheckSettings(
        enabled=enabled,
        severity=_severity(table["severity"], where) if "severity" in table else None,
        min_confidence=float(floor),
    )


def config_from_mapping(table: Mapping[str, Any], where: str = "config") -> Config:
    """Make a `Config` of a mapping such as a TOML table.

    Raises `ConfigError` for an unknown key (with the nearest name) or a value of the wrong type.
    """
    fields = {field.name: field for field in dataclasses.fields(Config)}
    values: dict[str, Any] = {}
    for key, value in table.items():
        name = str(key).replace("-", "_")
        if name not in fields:
            raise ConfigError(f"{where}: unknown key {key!r}{nearest(name, fields)}")
        if name in ("select", "ignore"):
            if isinstance(value, str) or not all(isinstance(item, str) for item in value):
                raise ConfigError(f"{where}: {key} is a list of codes or names, e.g. ['ACC', 'LIN001']")
            values[name] = tuple(value)
        elif name == "checks":
            if not isinstance(value, Mapping):
                raise ConfigError(f"{where}: checks is a table of tables")
            values[name] = tuple((str(k), _check_settings(v, f"{where}: checks.{k}")) for k, v in value.items())
        elif name == "paths":
            entries = []
            for entry in value:
                rest = {k: v for k, v in entry.items() if k != "glob"}
                if not isinstance(entry.get("glob"), str):
                    raise ConfigError(f"{where}: each entry of paths needs a glob, e.g. glob = 'drafts/**'")
                config_from_mapping(rest, f"{where}: paths {entry['glob']!r}")
                entries.append((entry["glob"], tuple(sorted(rest.items(), key=lambda item: item[0]))))
            values[name] = tuple(entries)
        else:
            default = fields[name].default
            wanted = bool if isinstance(default, bool) else (int, float) if isinstance(default, float) else str
            if not isinstance(value, wanted) or (wanted is not bool and isinstance(value, bool)):
                kind = "true or false" if wanted is bool else "a number" if wanted is not str else "a string"
                raise ConfigError(f"{where}: {key} is {kind}, not {value!r}")
            values[name] = float(value) if isinstance(default, float) else value
    try:
        return Config(**values)
    except ConfigError as error:
        raise ConfigError(f"{where}: {error}") from None


def load_config(path: str | Path | None = None, *, start: str | Path | None = None) -> Config:
    """Read the settings of a file, or of the nearest `mocalign.toml` or `pyproject.toml` at or above `start`.

    Without any file the defaults hold. Raises `ConfigError` for a file that cannot be read or an unknown key.
    """
    if path is not None:
        return _from_file(Path(path), required=True) or Config()
    folder = Path(start) if start is not None else Path.cwd()
    for place in (folder, *folder.resolve().parents):
        for name in ("mocalign.toml", "pyproject.toml"):
            if (place / name).is_file():
                found = _from_file(place / name, required=False)
                if found is not None:
                    return found
    return Config()


def _from_file(path: Path, *, required: bool) -> Config | None:
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise ConfigError(f"{path}: not a readable TOML file: {error}") from None
    if path.name == "pyproject.toml":
        table = data.get("tool", {}).get("mocalign")
        if table is None:
            return Config() if required else None
        return _placed(config_from_mapping(table, f"{path} [tool.mocalign]"), path)
    return _placed(config_from_mapping(data, str(path)), path)


def _placed(config: Config, path: Path) -> Config:
    """A glossary named in a file lies where that file says, whatever the current folder is."""

    def place(glossary: Any) -> str | None:
        return None if glossary is None else str(path.parent / glossary)

    paths = tuple(
        (glob, tuple((key, place(value) if key == "glossary" else value) for key, value in rest))
        for glob, rest in config.paths
    )
    return dataclasses.replace(config, glossary=place(config.glossary), paths=paths)
