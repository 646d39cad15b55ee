"""Amounts of a table, taken without the other tables or with one of them alone."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from golong_data.solving import reading
from golong_data.solving.tables import table
from golong_data.tasks.numeric.lazy import stated
from golong_data.tasks.numeric.lazy.stated import Row, column
from golong_data.tasks.numeric.solve.conditions import conditions, conjunction
from golong_data.tasks.numeric.solve.join import Asks, reads
from golong_data.tasks.numeric.solve.questions import Query

Asked = Query[Asks]


def _amounts(query: Asked, prompt: str) -> Sequence[Row]:
    return stated.rows(prompt, query.fields["table"])


def _numbers(query: Asked, prompt: str) -> list[Fraction]:
    return column(_amounts(query, prompt), query.fields["column"])


def _clauses(query: Asked) -> list[dict[str, str]]:
    """The conditions by the table that they are on."""
    found = conjunction(query.fields["clauses"], query.asks.joint, {"": query.asks.clause})
    return [fields for _, fields in found or ()]


def _meeting(query: Asked, prompt: str, clause: dict[str, str]) -> list[Row]:
    tests = conditions(clause["conditions"], query.language) or ()
    found = stated.rows(prompt, clause["table"])
    return [row for row in found if all(test.met_by(row) for test in tests)]


def _made(query: Asked, numbers: Sequence[Fraction]) -> Fraction | None:
    """The sum or the mean, as asked."""
    if not numbers:
        return None
    total = sum(numbers, Fraction())
    return total / len(numbers) if query.kind == "mean" else total


def _without_conditions(query: Asked, prompt: str) -> Fraction | None:
    return _made(query, _numbers(query, prompt))


def _one_condition(query: Asked, prompt: str) -> Fraction | None:
    """By the conditions in the first of the other tables, where there are several."""
    clauses = _clauses(query)
    if len(clauses) < 2:
        return None
    keys = {row[query.fields["key"]] for row in _meeting(query, prompt, clauses[0])}
    own = [row for row in _amounts(query, prompt) if row.get(query.fields["key"]) in keys]
    return _made(query, column(own, query.fields["column"]))


def _same_places(query: Asked, prompt: str) -> Fraction | None:
    """As if rows stood in one order in both tables, so that keys need not be looked up."""
    clause, amounts = _clauses(query)[0], _amounts(query, prompt)
    rows, met = stated.rows(prompt, clause["table"]), _meeting(query, prompt, clause)
    own = [amounts[at] for at, row in enumerate(rows) if row in met and at < len(amounts)]
    return _made(query, column(own, query.fields["column"]))


def _first_key(query: Asked, prompt: str) -> Fraction | None:
    """The amount of the first key that meets the conditions in the first of the other tables."""
    key = query.fields["key"]
    for row in _meeting(query, prompt, _clauses(query)[0]):
        own = [amount for amount in _amounts(query, prompt) if amount.get(key) == row.get(key)]
        if numbers := column(own, query.fields["column"]):
            return numbers[0]
    return None


def _printed(query: Asked, prompt: str) -> list[str]:
    documents = reading.documents(prompt)
    titles = [query.fields["table"], *(clause["table"] for clause in _clauses(query))]
    return stated.printed(table(documents.get(title, "")) for title in titles)


candidates = stated.candidates(reads, _printed)
"""The numbers of the tables asked about; the answer is computed."""

READERS = stated.readers(
    reads,
    {
        **stated.picks(_numbers),
        "without the conditions": _without_conditions,
        "conditions of one table": _one_condition,
        "rows by their places": _same_places,
        "first key that counts": _first_key,
    },
)
