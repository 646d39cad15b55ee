"""The knobs of comprehension questions, and the presets that turn them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from golong_data.tasks.generators import check_weights
from golong_data.tasks.knobs import check, turned

GENERATORS = ("multi_hop", "fact", "commitment", "reference", "masked")


@dataclass(frozen=True, slots=True)
class Knobs:
    """How hard one question is."""

    options: tuple[int, int]
    """Options to choose from, fewest and most; short contexts get fewer."""
    hops: int
    """Facts that have to be joined for one option; hands that a promise passes through."""
    overrides: int
    """Statements that a later one overrides."""
    distractors: int
    """Look-alike notes or documents that do not bear on the answer; short contexts get fewer."""
    moves: tuple[int, int]
    """Events of a passage whose state is asked for, fewest and most."""
    gaps: int
    """Quoted sentences of which one name each is masked, at most."""


LEVELS: dict[str, Knobs] = {
    "easy": Knobs((5, 5), 1, 0, 3, (4, 6), 1),
    "medium": Knobs((5, 6), 2, 1, 6, (7, 10), 2),
    "hard": Knobs((6, 8), 3, 3, 12, (12, 18), 3),
}


@dataclass(frozen=True, slots=True)
class ComprehensionConfig:
    """Arguments of the comprehension task; what is left at None comes from the level."""

    generators: Mapping[str, float] = field(default_factory=lambda: dict.fromkeys(GENERATORS, 1.0))
    """Weight of each generator."""
    level: Literal["easy", "medium", "hard"] = "medium"
    """Preset for the knobs below."""
    language: Literal["en", "zh"] = "en"
    """Of the questions and of what is planted; the template has to be in the same language."""
    thinking: bool = True
    """Whether the prompt asks to think before the answer."""
    several: float = 0.4
    """Share of the questions with more than one possible letter, where a generator has such."""
    counterfactual: float = 0.5
    """Share of the questions on real facts and names in which these are exchanged, so that
    knowing them by heart is no help."""
    options: tuple[int, int] | None = None
    """Options to choose from, fewest and most."""
    hops: int | None = None
    """Facts that have to be joined for one option; hands that a promise passes through."""
    overrides: int | None = None
    """Statements that a later one overrides."""
    distractors: int | None = None
    """Look-alike notes or documents."""
    moves: tuple[int, int] | None = None
    """Events of a passage, fewest and most."""
    gaps: int | None = None
    """Quoted sentences of which one name each is masked, at most."""

    def __post_init__(self) -> None:
        check_weights(self.generators, GENERATORS)
        check(
            self,
            shares=("several", "counterfactual"),
            pairs={"options": (4, 8), "moves": (2, 40)},
            numbers={"hops": (1, 3), "overrides": (0, 6), "distractors": (0, 30), "gaps": (1, 4)},
        )

    def knobs(self) -> Knobs:
        """The level's knobs with those set here in their place."""
        return turned(LEVELS[self.level], self)
