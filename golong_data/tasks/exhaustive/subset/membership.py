"""What it takes to be a member: criteria, groups, and the text that a membership rests on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from golong_data.contexts.edits import Edit
from golong_data.languages import language
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


@dataclass(frozen=True, slots=True)
class Candidate:
    """A place in a document that a window is to be cut around."""

    index: int
    start: int
    end: int
    edits: tuple[Edit, ...] = ()


class Criterion(Protocol):
    """What makes a text a member of a group."""

    def rests_on(self, body: str) -> tuple[int, int] | None:
        """The range of a text without which it is no member; None where it is none."""

    def is_doubtful(self, body: str) -> bool:
        """Whether readers may differ over a text, so that it must not be shown."""


@dataclass(frozen=True, slots=True)
class Group:
    """What is asked for, and the documents that come into question."""

    criterion: Criterion
    asked: Clause
    unless: tuple[Clause, ...]
    """What a document that meets it must not have."""
    members: tuple[Candidate, ...]
    near: tuple[Candidate, ...]
    """Documents that come close to it, the best ones first."""
    forbidden: tuple[str, ...]
    """Strings that no filler may hold: without them no document meets the criterion."""
    strangers: tuple[Candidate, ...] = ()
    """Other documents."""
    names: tuple[str, ...] = ()
    """What the title of no window may hold."""
    rename: tuple[str, str] | None = None
    """A name that goes by another one throughout."""

    def question(self, code: str) -> str:
        """In a language: what is asked, then what is left out."""
        return worded(self.asked, self.unless, code)


def asks_in(code: str) -> Asks:
    """The wordings of a language."""
    return words(Asks, WORDS, "asks")[code]


def worded(asked: Clause, unless: Sequence[Clause], code: str) -> str:
    """A question for members, in a language."""
    asks = asks_in(code)
    said = [asks.questions[asked.kind].format(**asked.fields)]
    said += [asks.left_out[clause.kind].format(**clause.fields) for clause in unless]
    return language(code).space.join(said)
