"""Amounts of one table over the keys that others choose, looked up in the tables' text."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from golong_data.solving import reading
from golong_data.solving.numbers import number, written
from golong_data.solving.query import solver
from golong_data.solving.tables import table
from golong_data.tasks.numeric.solve import questions
from golong_data.tasks.numeric.solve.conditions import conditions, conjunction
from golong_data.tasks.numeric.solve.questions import Query, reader

WORDS = "numeric/join"


@dataclass(frozen=True, slots=True, kw_only=True)
class Asks(questions.Asks):
    """What is asked in one language."""

    named: str
    """A table in the list of those to use."""
    clause: str
    """The conditions in one table."""
    joint: str
    """Between tables, and between clauses."""


reads = reader(WORDS, Asks)


def finds(query: Query[Asks], prompt: str) -> str | None:
    """The answer by looking each key up."""
    asked, documents = query.fields, reading.documents(prompt)
    key = asked["key"]
    amounts = {
        row[key]: number(row.get(asked["column"], ""))
        for row in table(documents.get(asked["table"], "")).rows
        if key in row
    }
    kept = set(amounts)
    clauses = conjunction(asked["clauses"], query.asks.joint, {"": query.asks.clause})
    for _, said in clauses or ():
        tests = conditions(said["conditions"], query.language) or ()
        rows = table(documents.get(said["table"], "")).rows
        kept &= {row[key] for row in rows if key in row and all(test.met_by(row) for test in tests)}
    values = [value for key in kept if (value := amounts[key]) is not None]
    if not clauses or not values:
        return None
    total = Fraction(sum(values))
    return written(total / len(values) if query.kind == "mean" else total, query.places)


solve = solver(reads, finds)
