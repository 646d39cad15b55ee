"""The knobs of numeric questions, and the presets that turn them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from golong_data.tasks.generators import check_weights

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
    tables: Literal["auto", "corpus", "generated"] = "auto"
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
        if not 0 <= self.counterfactual <= 1:
            raise ValueError("counterfactual is a share between 0 and 1")
        for name, least in (("rows", 5), ("documents", 3), ("entries", 5)):
            pair = getattr(self, name)
            if pair is not None and not least <= pair[0] <= pair[1] <= 10_000:
                raise ValueError(f"{name} must be [fewest, most] with fewest at least {least}")
        for name, least, most in (
            ("conditions", 1, 3),
            ("distractors", 0, 20),
            ("entities", 1, 12),
        ):
            value = getattr(self, name)
            if value is not None and not least <= value <= most:
                raise ValueError(f"{name} must be between {least} and {most}")

    def knobs(self) -> Knobs:
        """The level's knobs with those set here in their place."""
        preset = LEVELS[self.level]
        return Knobs(
            rows=self.rows or preset.rows,
            conditions=preset.conditions if self.conditions is None else self.conditions,
            distractors=preset.distractors if self.distractors is None else self.distractors,
            entities=preset.entities if self.entities is None else self.entities,
            documents=self.documents or preset.documents,
            entries=self.entries or preset.entries,
        )
