"""All checks, listed by hand. One file a check; see `base.py` for what a check is."""

from __future__ import annotations

from mocalign.checks import (
    compatibility_character,
    date_mismatch,
    extra_segment,
    invisible_character,
    number_mismatch,
    old_form_character,
    simplified_character,
    unit_mismatch,
    untranslated_segment,
)
from mocalign.checks.base import Check, Example, Hit, run, selected

__all__ = ["CHECKS", "Check", "Example", "Hit", "run", "selected"]

CHECKS: tuple[Check, ...] = (
    untranslated_segment.CHECK,
    extra_segment.CHECK,
    number_mismatch.CHECK,
    date_mismatch.CHECK,
    unit_mismatch.CHECK,
    simplified_character.CHECK,
    old_form_character.CHECK,
    compatibility_character.CHECK,
    invisible_character.CHECK,
)
