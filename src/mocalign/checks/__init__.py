"""All checks, listed by hand. One file a check; see `base.py` for what a check is."""

from __future__ import annotations

from mocalign.checks import (
    and_or_mismatch,
    bound_mismatch,
    compatibility_character,
    date_mismatch,
    exception_mismatch,
    extra_segment,
    invisible_character,
    kana_slip,
    kanji_slip,
    modality_mismatch,
    negation_mismatch,
    number_mismatch,
    old_form_character,
    opposite_word,
    quantifier_mismatch,
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
    negation_mismatch.CHECK,
    exception_mismatch.CHECK,
    quantifier_mismatch.CHECK,
    and_or_mismatch.CHECK,
    opposite_word.CHECK,
    modality_mismatch.CHECK,
    simplified_character.CHECK,
    old_form_character.CHECK,
    compatibility_character.CHECK,
    invisible_character.CHECK,
    kana_slip.CHECK,
    kanji_slip.CHECK,
)
