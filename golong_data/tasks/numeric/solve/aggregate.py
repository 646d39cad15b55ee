"""What some rows of a table add up to, or come to otherwise, read off the table's text."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction

from golong_data.solving import reading
from golong_data.solving.numbers import number, written
from golong_data.solving.query import solver
from golong_data.solving.tables import table
from golong_data.tasks.numeric.solve.conditions import conditions
from golong_data.tasks.numeric.solve.questions import Asks, Query, reader

WORDS = "numeric/aggregate"

Row = Mapping[str, str]


reads = reader(WORDS, Asks)


def finds(query: Query[Asks], prompt: str) -> str | None:
    """The answer by the table's text alone."""
    asked = query.fields
    rows = table(reading.documents(prompt).get(asked["table"], "")).rows
    tests = conditions(asked["conditions"], query.language) if "conditions" in asked else ()
    if tests is None:
        return None
    chosen = [row for row in rows if all(test.met_by(row) for test in tests)]
    try:
        return written(_value(query.kind, asked, rows, chosen), query.places)
    except (ValueError, ZeroDivisionError):  # no rows, or none that has a number there
        return None


def _value(
    kind: str, asked: Mapping[str, str], rows: Sequence[Row], chosen: Sequence[Row]
) -> Fraction:
    numbers = sorted(_numbers(chosen, asked["column"]))
    match kind:
        case "spread":
            return max(numbers) - min(numbers)
        case "median":
            middle = numbers[(len(numbers) - 1) // 2 : len(numbers) // 2 + 1]
            return Fraction(sum(middle), len(middle))
        case "mean":
            return Fraction(sum(numbers), len(numbers))
        case "share":
            return Fraction(sum(numbers) * 100) / sum(_numbers(rows, asked["column"]))
        case "change":
            base = sum(_numbers(chosen, asked["other"]))
            return (sum(numbers) - base) * Fraction(100) / base
        case "groups":
            groups = {row.get(asked["other"]) for row in rows} - {None}
            own = ([row for row in rows if row.get(asked["other"]) == group] for group in groups)
            return max(Fraction(sum(_numbers(group, asked["column"]))) for group in own)
    if not numbers:
        raise ValueError("nothing to add up")
    return Fraction(sum(numbers))


def _numbers(rows: Sequence[Row], column: str) -> list[Fraction]:
    found = (number(row.get(column, "")) for row in rows)
    return [value for value in found if value is not None]


solve = solver(reads, finds)
