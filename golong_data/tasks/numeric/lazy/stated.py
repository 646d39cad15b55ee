"""Numbers as printed and as answered: columns of tables, what is picked of them, the answer."""

from __future__ import annotations

import statistics
from collections.abc import Callable, Iterable, Mapping, Sequence
from fractions import Fraction
from typing import TypeVar

from golong_data.solving import reading
from golong_data.solving.numbers import number, written
from golong_data.solving.overlap import commonest
from golong_data.solving.query import solver
from golong_data.solving.tables import Read, table
from golong_data.tasks.numeric.solve.questions import Asks, Query, places
from golong_data.types import Gold

Row = Mapping[str, str]
A = TypeVar("A", bound=Asks)
Value = Callable[[Query[A], str], Fraction | int | None]
"""(the question as read, whole prompt) -> what a lazy reader takes for the answer."""


def rows(prompt: str, title: str) -> Sequence[Row]:
    """Rows of a table by its title; none where there is no such document."""
    return table(reading.documents(prompt).get(title, "")).rows


def column(found: Iterable[Row], name: str) -> list[Fraction]:
    """The numbers of a column, in order."""
    values = (number(row.get(name, "")) for row in found)
    return [value for value in values if value is not None]


def printed(tables: Iterable[Read]) -> list[str]:
    """The distinct numbers in the cells of tables, in order, as answers are written."""
    cells = (cell for found in tables for row in found.rows for cell in row.values())
    values = (number(cell) for cell in cells)
    return list(dict.fromkeys(written(value, None) for value in values if value is not None))


def _first(values: Sequence[Fraction]) -> Fraction:
    return values[0]


def _last(values: Sequence[Fraction]) -> Fraction:
    return values[-1]


def _commonest(values: Sequence[Fraction]) -> Fraction:
    return commonest(values) or values[0]


PICKS: Mapping[str, Callable[[Sequence[Fraction]], Fraction]] = {
    "first number": _first,
    "last number": _last,
    "largest number": max,
    "smallest number": min,
    "commonest number": _commonest,
    "middle number": statistics.median_low,
}
"""What is picked of the numbers of a column, by name."""


def picks(numbers: Callable[[Query[A], str], Sequence[Fraction]]) -> Mapping[str, Value[A]]:
    """A reader a pick, of the numbers that `numbers` finds."""

    def picked(pick: Callable[[Sequence[Fraction]], Fraction]) -> Value[A]:
        def value(query: Query[A], prompt: str) -> Fraction | None:
            found = numbers(query, prompt)
            return pick(found) if found else None

        return value

    return {name: picked(pick) for name, pick in PICKS.items()}


def readers(
    reads: Callable[[str], Query[A] | None], values: Mapping[str, Value[A]]
) -> Mapping[str, Callable[[str, str], Gold | None]]:
    """A generator's `lazy`: each states a number with the places that the question asks for.

    Where its number cannot be had, as of a column without numbers, a reader gives no answer.
    """

    def stated(value: Value[A]) -> Callable[[Query[A], str], str | None]:
        def finds(query: Query[A], prompt: str) -> str | None:
            try:
                found = value(query, prompt)
            except (LookupError, ValueError, ZeroDivisionError):
                return None
            # A row keeps its question without the form of the answer, which the prompt states.
            asked = places(reading.question(prompt))
            return None if found is None else written(Fraction(found), asked)

        return finds

    return {name: solver(reads, stated(value)) for name, value in values.items()}


def candidates(
    reads: Callable[[str], Query[A] | None], found: Callable[[Query[A], str], Sequence[str]]
) -> Callable[[str, str], Sequence[str]]:
    """A generator's `candidates`; none for questions of another kind."""

    def named(question: str, prompt: str) -> Sequence[str]:
        query = reads(question)
        return () if query is None else found(query, prompt)

    return named
