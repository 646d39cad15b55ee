"""Which documents statements rest on, read by the words that sentences have in common."""

from __future__ import annotations

import re
from dataclasses import dataclass

from golong_data.solving.query import solver
from golong_data.solving.sentences import alike, bag, numbered, pieces
from golong_data.words import words


@dataclass(frozen=True, slots=True)
class Cues:
    """What to look for in one language."""

    asked: re.Pattern[str]
    """In the question, with all that is stated."""
    statement: re.Pattern[str]
    """One statement of it."""
    element: str
    """How a document is called by its number."""


@dataclass(frozen=True, slots=True)
class Query:
    """The statements that a question is about."""

    statements: tuple[str, ...]
    element: str


def reads(question: str) -> Query | None:
    """The statements asked about; None for other questions."""
    for cues in words(Cues, "exhaustive/citation", "reads").values():
        if asked := cues.asked.search(question):
            return Query(tuple(cues.statement.findall(asked[1])), cues.element)
    return None


def finds(query: Query, prompt: str) -> tuple[str, ...] | None:
    """For each sentence of the statements the one document that has one like it."""
    wanted = [bag(piece) for statement in query.statements for piece in pieces(statement)]
    found: list[set[int]] = [set() for _ in wanted]
    for number, _, text in numbered(prompt):
        for here in map(bag, pieces(text)):
            for stated, documents in zip(wanted, found, strict=True):
                if alike(stated, here):
                    documents.add(number)
    if not found or any(len(documents) != 1 for documents in found):
        return None
    return tuple(query.element.format(number) for number in sorted(set.union(*found)))


solve = solver(reads, finds)
