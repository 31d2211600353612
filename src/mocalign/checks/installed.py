"""The checks of this installation: the built-in ones and those of plug-ins."""

from __future__ import annotations

from mocalign import plugins
from mocalign.checks import CHECKS, Check
from mocalign.errors import ConfigError

__all__ = ["all_checks"]


def all_checks() -> tuple[Check, ...]:
    """Return `CHECKS` with those of installed plug-ins (group `mocalign.checks`), by code.

    Raises `ConfigError` for a plug-in that cannot be loaded or whose code or name is taken.
    """
    names = plugins.names("mocalign.checks")
    if not names:
        return CHECKS
    out = list(CHECKS)
    for name in names:
        given = plugins.load("mocalign.checks", name)
        for check in (given,) if isinstance(given, Check) else given if isinstance(given, list | tuple) else (None,):
            if not isinstance(check, Check):
                raise ConfigError(f"the plug-in {name!r} of mocalign.checks is no Check and no tuple of them")
            if any(check.code == c.code or check.name == c.name for c in out):
                raise ConfigError(f"the plug-in {name!r} brings {check.code} {check.name}, which is taken")
            out.append(check)
    return tuple(sorted(out, key=lambda c: c.code))
