"""All checks, listed by hand. One file a check; see `base.py` for what a check is."""

from __future__ import annotations

from mocalign.checks import (
    compatibility_character,
    invisible_character,
    old_form_character,
    simplified_character,
)
from mocalign.checks.base import Check, Example, Hit, run, selected

__all__ = ["CHECKS", "Check", "Example", "Hit", "run", "selected"]

CHECKS: tuple[Check, ...] = (
    simplified_character.CHECK,
    old_form_character.CHECK,
    compatibility_character.CHECK,
    invisible_character.CHECK,
)
