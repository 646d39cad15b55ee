"""The knobs of comprehension questions, and what their planted notes need of a context.

Numbers are counts unless said otherwise.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from golong_data.contexts.notes import MOST_OF_IT
from golong_data.tasks.knobs import SHARE, Config, knob, setting, weights

NEEDS = "prose of 120 tokens, to plant notes in"
NEEDS_OR_VALUES = f"{NEEDS}; labelled values in lines of their own are used where there are such"

ENOUGH = 30
"""Documents that a corpus must have for notes to be scattered over it."""

NOTE_COST = 190
"""Tokens that a planted note takes in a short context: the note, its window, its header."""


def affordable(ctx: int) -> int:
    """Notes that a context of this length holds beside some filler."""
    return MOST_OF_IT.pieces(ctx, NOTE_COST)


@dataclass(frozen=True, slots=True)
class ComprehensionConfig(Config):
    """Arguments of the comprehension task."""

    generators: Mapping[str, float] = weights(
        "multi_hop", "fact", "commitment", "reference", "masked"
    )
    """Weight of each generator."""
    several: float = setting(0.4, within=SHARE)
    """Share of the questions with more than one possible letter, where a generator has such."""
    counterfactual: float = setting(0.5, within=SHARE)
    """Share of the questions on real facts and names in which these are exchanged, so that
    knowing them by heart is no help."""
    options: tuple[int, int] = knob((5, 5), (5, 6), (6, 8), within=(4, 8))
    """Options to choose from, fewest and most; short contexts get fewer."""
    hops: int = knob(1, 2, 3, within=(1, 3))
    """Facts that have to be joined for one option; hands that a promise passes through."""
    overrides: int = knob(0, 1, 3, within=(0, 6))
    """Statements that a later one overrides."""
    distractors: int = knob(3, 6, 12, within=(0, 30))
    """Look-alike notes or documents that do not bear on the answer; short contexts get fewer."""
    moves: tuple[int, int] = knob((4, 6), (7, 10), (12, 18), within=(2, 40))
    """Events of a passage whose state is asked for, fewest and most."""
    gaps: int = knob(1, 2, 3, within=(1, 4))
    """Quoted sentences of which one name each is masked, at most."""
