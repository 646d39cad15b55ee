"""The knobs of exhaustive questions. Numbers are counts unless said otherwise."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from golong_data.tasks.knobs import SHARE, Config, knob, setting, weights

MANY = (1, 1_000)
"""Bounds of what a question may ask for."""


@dataclass(frozen=True, slots=True)
class ExhaustiveConfig(Config):
    """Arguments of the exhaustive task."""

    generators: Mapping[str, float] = weights(
        "citation",
        "statement",
        "conflict",
        "violation",
        "misspelling",
        "totals",
        "subset",
        "impact",
        "interface",
    )
    """Weight of each generator."""
    counterfactual: float = setting(0.5, within=SHARE)
    """Share of the sentences, names and values asked about that are others than in their source."""
    statements: tuple[int, int] = knob((1, 2), (2, 4), (3, 7), within=MANY)
    """Statements of a question on citations, fewest and most; short contexts get fewer."""
    combined: bool = knob(False, True, True)
    """Whether statements may join facts: of two documents, or of several sentences."""
    reworded: bool = knob(False, True, True)
    """Whether statements stand in another order of words than their source."""
    neighbours: int = knob(1, 3, 6, within=(0, 20))
    """Excerpts of documents like those that are asked about (BM25)."""
    conflicts: tuple[int, int] = knob((1, 2), (2, 4), (3, 8), within=MANY)
    """Pairs of documents that contradict each other, fewest and most."""
    agreeing: int = knob(1, 2, 3, within=(0, 6))
    """Restatements that agree, for each one that does not."""
    unasked: int = knob(0, 1, 2, within=(0, 6))
    """Restatements out of dockets that are not asked about, for each pair that contradicts."""
    breaches: tuple[int, int] = knob((1, 3), (2, 5), (3, 10), within=MANY)
    """Entries that break the rule, fewest and most; short contexts get fewer."""
    exceptions: int = knob(0, 1, 2, within=(0, 2))
    """Exceptions to the rule, each stated in a document of its own."""
    errors: tuple[int, int] = knob((2, 3), (3, 6), (5, 12), within=MANY)
    """Misspelt words or wrong totals, fewest and most; short contexts get fewer."""
    members: tuple[int, int] = knob((2, 3), (2, 6), (4, 12), within=MANY)
    """Members of the group that is asked for, fewest and most; short contexts get fewer."""
    depth: int = knob(1, 2, 3, within=(1, 6))
    """Steps along the call graph that a change is followed."""
    changes: int = knob(1, 2, 4, within=(1, 10))
    """Changes to an interface."""
