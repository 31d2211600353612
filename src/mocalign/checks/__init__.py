"""All checks, listed by hand. One file a check; see `base.py` for what a check is."""

from __future__ import annotations

from mocalign.checks import (
    bound_mismatch,
    compatibility_character,
    date_mismatch,
    extra_segment,
    invisible_character,
    kana_slip,
    number_mismatch,
    old_form_character,
    reference_mismatch,
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
    bound_mismatch.CHECK,
    reference_mismatch.CHECK,
    simplified_character.CHECK,
    old_form_character.CHECK,
    compatibility_character.CHECK,
    invisible_character.CHECK,
    kana_slip.CHECK,
)
