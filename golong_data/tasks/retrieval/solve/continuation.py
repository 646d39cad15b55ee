"""The sentence next to a given one, found by counting sentences on the line that holds it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from golong_data.solving import reading
from golong_data.solving.query import solver
from golong_data.tasks.retrieval.solve.sentences import split
from golong_data.words import read, words


@dataclass(frozen=True, slots=True)
class Asks:
    """How a neighbouring sentence is asked for, in one language."""

    question: str
    where: Mapping[int, str]
    """Sentences from the given one to the one asked for, below 0 backwards -> in words."""

    def worded(self, given: str, step: int) -> str:
        """The question for the sentence that stands `step` sentences from a given one."""
        return self.question.format(given=given, where=self.where[step])


@dataclass(frozen=True, slots=True)
class Query:
    """The sentence that is given, and how far from it the one asked for stands."""

    given: str
    step: int


def reads(question: str) -> Query | None:
    """What is given and asked; None for other questions."""
    for asks in words(Asks, "retrieval/continuation", "asks").values():
        if named := read(asks.question, question):
            steps = {where: step for step, where in asks.where.items()}
            step = steps.get(named["where"])
            return None if step is None else Query(named["given"], step)
    return None


def finds(query: Query, prompt: str) -> str | None:
    """The sentence asked for, in the context of a prompt."""
    return finds_in(query, reading.context(prompt))


def finds_in(query: Query, text: str) -> str | None:
    """The sentence asked for, in a text that holds the given one once."""
    if text.count(query.given) != 1:
        return None
    line = next(line for line in text.split("\n") if query.given in line)
    before, _, after = line.partition(query.given)
    found = split(before)[::-1] if query.step < 0 else split(after)
    return found[abs(query.step) - 1] if len(found) >= abs(query.step) else None


solve = solver(reads, finds)
