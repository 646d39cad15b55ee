"""What it takes to be a member: criteria, groups, and the text that a membership rests on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from golong_data.contexts.excerpts import Spot
from golong_data.languages import language
from golong_data.material.groups import Place, essential
from golong_data.tasks.exhaustive.config import ExhaustiveConfig
from golong_data.tasks.exhaustive.solve.subset import WORDS, Asks, Clause
from golong_data.words import words

BESIDE = 3
"""From so many neighbours on, questions are of medium difficulty."""

HARDEST = 6
"""From so many neighbours on, they are hard."""


def grade(config: ExhaustiveConfig) -> int:
    """0, 1 or 2: how much a criterion asks for, by the knob `neighbours`."""
    return (config.neighbours >= BESIDE) + (config.neighbours >= HARDEST)


@dataclass(frozen=True, slots=True)
class Shape:
    """How many documents a question shows, and how large."""

    wanted: int
    """Members."""
    windows: int
    """Documents shown beside the filler."""
    size: int
    """Tokens of each."""


class Condition(Protocol):
    """One thing that a text may show or state."""

    @property
    def clause(self) -> Clause:
        """As a question says that it rules out."""

    def places_in(self, body: str) -> Sequence[Place]:
        """Where a text does so."""

    def is_doubtful_in(self, body: str) -> bool:
        """Whether readers may differ over it."""


@dataclass(frozen=True, slots=True)
class Criterion:
    """What makes a text a member of a group: so many of some conditions, and none of others."""

    asked: tuple[Condition, ...]
    counts: range
    """How many of them may hold."""
    unless: tuple[Condition, ...] = ()
    in_line: bool = False
    """Whether all have to hold on one line."""

    def rests_on(self, body: str) -> tuple[int, int] | None:
        """The shortest range without which too few conditions hold; None for no member."""
        places = [place for one in self.asked for place in one.places_in(body)]
        if len({what for _, _, what in places}) not in self.counts:
            return None
        if any(one.places_in(body) for one in self.unless):
            return None
        lines = body.split("\n") if self.in_line else ()
        if lines and not any(all(one.places_in(line) for one in self.asked) for line in lines):
            return None
        return essential(places, self.counts.start)

    def is_doubtful(self, body: str) -> bool:
        """Whether readers may differ over a text, so that it must not be shown."""
        return any(one.is_doubtful_in(body) for one in (*self.asked, *self.unless))


@dataclass(frozen=True, slots=True)
class Group:
    """What is asked for, and the documents that come into question."""

    question: str
    criterion: Criterion
    members: Sequence[Spot]
    near: Sequence[Spot]
    """Documents that come close to it, the best ones first."""
    forbidden: tuple[str, ...]
    """Strings that no filler may hold: without them no document meets the criterion."""
    strangers: Sequence[Spot] = ()
    """Other documents."""
    names: tuple[str, ...] = ()
    """What the title of no window may hold."""
    rename: tuple[str, str] | None = None
    """A name that goes by another one throughout."""


def asks_in(code: str) -> Asks:
    """The wordings of a language."""
    return words(Asks, WORDS, "asks")[code]


def worded(asked: Clause, unless: Sequence[Clause], code: str) -> str:
    """A question for members, in a language: what is asked, then what is left out."""
    asks = asks_in(code)
    said = [asks.questions[asked.kind].format(**asked.fields)]
    said += [asks.left_out[clause.kind].format(**clause.fields) for clause in unless]
    return language(code).space.join(said)
