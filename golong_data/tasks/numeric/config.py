"""The knobs of numeric questions, and the presets that turn them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from golong_data.material.tables import Whence
from golong_data.tasks.generators import check_weights
from golong_data.tasks.knobs import check, turned

GENERATORS = ("aggregate", "join", "report", "count", "ledger")


@dataclass(frozen=True, slots=True)
class Knobs:
    """How hard one question is. Numbers are counts unless said otherwise."""

    rows: tuple[int, int]
    """Rows of a table, fewest and most; short contexts get fewer."""
    conditions: int
    """Conditions that a row or a document has to meet."""
    distractors: int
    """Look-alike tables, statements or ledgers beside those that are asked about."""
    entities: int
    """Entities (report) or tables (join: at least 2, at most 3) that a question spans."""
    documents: tuple[int, int]
    """Documents to count over, fewest and most; short contexts get fewer."""
    entries: tuple[int, int]
    """Entries of a ledger, fewest and most; short contexts get fewer."""


LEVELS: dict[str, Knobs] = {
    "easy": Knobs((8, 14), 1, 1, 1, (6, 12), (16, 30)),
    "medium": Knobs((14, 28), 1, 2, 2, (8, 30), (30, 60)),
    "hard": Knobs((28, 60), 2, 3, 4, (12, 80), (60, 160)),
}


@dataclass(frozen=True, slots=True)
class NumericConfig:
    """Arguments of the numeric task; what is left at None comes from the level."""

    generators: Mapping[str, float] = field(default_factory=lambda: dict.fromkeys(GENERATORS, 1.0))
    """Weight of each generator."""
    level: Literal["easy", "medium", "hard"] = "medium"
    """Preset for every knob below."""
    tables: Whence = "auto"
    """Tables of the corpus, made-up record sets, or the corpus where it has suitable ones."""
    counterfactual: float = 0.5
    """Share of the real numbers that are changed, so that knowing them by heart is no help."""
    rows: tuple[int, int] | None = None
    """Rows of a table, fewest and most."""
    conditions: int | None = None
    """Conditions that a row or a document has to meet."""
    distractors: int | None = None
    """Look-alike tables, statements or ledgers."""
    entities: int | None = None
    """Entities of a report or tables of a join that a question spans."""
    documents: tuple[int, int] | None = None
    """Documents to count over, fewest and most."""
    entries: tuple[int, int] | None = None
    """Entries of a ledger, fewest and most."""

    def __post_init__(self) -> None:
        check_weights(self.generators, GENERATORS)
        check(
            self,
            shares=("counterfactual",),
            pairs={"rows": (5, 10_000), "documents": (3, 10_000), "entries": (5, 10_000)},
            numbers={"conditions": (1, 3), "distractors": (0, 20), "entities": (1, 12)},
        )

    def knobs(self) -> Knobs:
        """The level's knobs with those set here in their place."""
        return turned(LEVELS[self.level], self)
