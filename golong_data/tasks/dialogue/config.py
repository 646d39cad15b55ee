"""The knobs of questions on past sessions, and the presets that turn them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from golong_data.tasks.generators import check_weights
from golong_data.tasks.knobs import check, turned

GENERATORS = {
    "extraction": 1.0,
    "multi_session": 1.0,
    "temporal": 1.0,
    "update": 1.0,
    # The option that something was never mentioned stands in every question: as one of about
    # six it is to be right in a sixth of the rows.
    "abstention": 0.8,
}


@dataclass(frozen=True, slots=True)
class Knobs:
    """How hard one question is."""

    options: int
    """Options to choose from, the one that nothing was said among them."""
    near: float
    """Share of the wrong values that belong to another person, to a plan that came to nothing
    or to a thing whose name shares a word; the others are of things of quite another name."""
    updates: tuple[int, int]
    """How often a value changes (update), fewest and most."""
    events: tuple[int, int]
    """Facts that are counted or added up (multi_session), fewest and most."""
    ago: float
    """Share of the events told on a later day than theirs (temporal): "three weeks ago"."""
    aside: float
    """Share of the facts that are told in passing, beside a request about something else."""


LEVELS: dict[str, Knobs] = {
    "easy": Knobs(5, 0.25, (1, 1), (2, 5), 0.0, 0.3),
    "medium": Knobs(6, 0.75, (1, 2), (2, 6), 0.4, 0.6),
    "hard": Knobs(8, 1.0, (2, 4), (3, 9), 0.8, 0.8),
}


@dataclass(frozen=True, slots=True)
class DialogueConfig:
    """Arguments of the dialogue task; what is left at None comes from the level."""

    generators: Mapping[str, float] = field(default_factory=lambda: dict(GENERATORS))
    """Weight of each generator."""
    level: Literal["easy", "medium", "hard"] = "medium"
    """Preset for the knobs below."""
    language: Literal["en", "zh"] = "en"
    """Of the questions and of what is planted; the template has to be in the same language."""
    thinking: bool = True
    """Whether the prompt asks to think before the answer."""
    layout: Literal["transcript", "messages"] = "transcript"
    """All sessions in one user message, or each turn a chat message of its own."""
    sessions: tuple[int, int] = (10, 500)
    """Sessions of a context, fewest and most; where there is room for fewer, there are fewer."""
    options: int | None = None
    """Options to choose from."""
    near: float | None = None
    """Share of the wrong values that are near-misses."""
    updates: tuple[int, int] | None = None
    """How often a value changes, fewest and most."""
    events: tuple[int, int] | None = None
    """Facts that are counted or added up, fewest and most."""
    ago: float | None = None
    """Share of the events told on a later day than theirs."""
    aside: float | None = None
    """Share of the facts told beside a request about something else."""

    def __post_init__(self) -> None:
        check_weights(self.generators, GENERATORS)
        check(
            self,
            shares=("near", "ago", "aside"),
            pairs={"updates": (1, 6), "events": (2, 12), "sessions": (1, 5_000)},
            numbers={"options": (4, 8)},
        )

    def knobs(self) -> Knobs:
        """The level's knobs with those set here in their place."""
        return turned(LEVELS[self.level], self)
