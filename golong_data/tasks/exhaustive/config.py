"""The knobs of exhaustive questions, and the presets that turn them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from golong_data.tasks.generators import check_weights
from golong_data.tasks.knobs import check, turned

GENERATORS = (
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
Language = Literal["en", "zh"]


@dataclass(frozen=True, slots=True)
class Knobs:
    """How hard one question is. Numbers are counts unless said otherwise."""

    statements: tuple[int, int]
    """Statements of a question on citations, fewest and most; short contexts get fewer."""
    combined: bool
    """Whether statements may join facts: of two documents, or of up to three sentences."""
    reworded: bool
    """Whether statements stand in another order of words than their source."""
    neighbours: int
    """Excerpts of documents like those that are asked about (BM25)."""
    conflicts: tuple[int, int]
    """Pairs of documents that contradict each other, fewest and most."""
    agreeing: int
    """Restatements that agree, for each one that does not."""
    unasked: int
    """Restatements out of dockets that are not asked about, for each pair that contradicts."""
    breaches: tuple[int, int]
    """Entries that break the rule, fewest and most; short contexts get fewer."""
    exceptions: int
    """Exceptions to the rule, each stated in a document of its own."""
    errors: tuple[int, int]
    """Misspelt words or wrong totals, fewest and most; short contexts get fewer."""
    members: tuple[int, int]
    """Members of the group that is asked for, fewest and most; short contexts get fewer."""
    depth: int
    """Steps along the call graph that a change is followed."""
    changes: int
    """Changes to an interface."""


LEVELS: dict[str, Knobs] = {
    "easy": Knobs(
        statements=(1, 2),
        combined=False,
        reworded=False,
        neighbours=1,
        conflicts=(1, 2),
        agreeing=1,
        unasked=0,
        breaches=(1, 3),
        exceptions=0,
        errors=(2, 3),
        members=(2, 3),
        depth=1,
        changes=1,
    ),
    "medium": Knobs(
        statements=(2, 4),
        combined=True,
        reworded=True,
        neighbours=3,
        conflicts=(2, 4),
        agreeing=2,
        unasked=1,
        breaches=(2, 5),
        exceptions=1,
        errors=(3, 6),
        members=(2, 6),
        depth=2,
        changes=2,
    ),
    "hard": Knobs(
        statements=(3, 7),
        combined=True,
        reworded=True,
        neighbours=6,
        conflicts=(3, 8),
        agreeing=3,
        unasked=2,
        breaches=(3, 10),
        exceptions=2,
        errors=(5, 12),
        members=(4, 12),
        depth=3,
        changes=4,
    ),
}


@dataclass(frozen=True, slots=True)
class ExhaustiveConfig:
    """Arguments of the exhaustive task; what is left at None comes from the level."""

    generators: Mapping[str, float] = field(default_factory=lambda: dict.fromkeys(GENERATORS, 1.0))
    """Weight of each generator."""
    level: Literal["easy", "medium", "hard"] = "medium"
    """Preset for every knob below."""
    language: Language = "en"
    """Of the questions and of what is planted; the corpus should be in it."""
    thinking: bool = True
    """Whether the prompt asks to think before the answer."""
    counterfactual: float = 0.5
    """Share of the sentences, names and values asked about that are others than in their source."""
    statements: tuple[int, int] | None = None
    """Statements of a question on citations, fewest and most."""
    combined: bool | None = None
    """Whether statements may join facts of two documents, or of several sentences."""
    reworded: bool | None = None
    """Whether statements stand in another order of words than their source."""
    neighbours: int | None = None
    """Excerpts of documents like those that are asked about."""
    conflicts: tuple[int, int] | None = None
    """Pairs of documents that contradict each other, fewest and most."""
    agreeing: int | None = None
    """Restatements that agree, for each one that does not."""
    unasked: int | None = None
    """Restatements out of dockets that are not asked about, for each pair that contradicts."""
    breaches: tuple[int, int] | None = None
    """Entries that break the rule, fewest and most."""
    exceptions: int | None = None
    """Exceptions to the rule, each stated in a document of its own."""
    errors: tuple[int, int] | None = None
    """Misspelt words or wrong totals, fewest and most."""
    members: tuple[int, int] | None = None
    """Members of the group that is asked for, fewest and most."""
    depth: int | None = None
    """Steps along the call graph that a change is followed."""
    changes: int | None = None
    """Changes to an interface."""

    def __post_init__(self) -> None:
        check_weights(self.generators, GENERATORS)
        check(
            self,
            shares=("counterfactual",),
            pairs=dict.fromkeys(
                ("statements", "conflicts", "breaches", "errors", "members"), (1, 1_000)
            ),
            numbers={
                "neighbours": (0, 20),
                "agreeing": (0, 6),
                "unasked": (0, 6),
                "exceptions": (0, 2),
                "depth": (1, 6),
                "changes": (1, 10),
            },
        )

    def knobs(self) -> Knobs:
        """The level's knobs with those set here in their place."""
        return turned(LEVELS[self.level], self)
