"""Numbers for rows of a table, taken without choosing the rows or without computing."""

from __future__ import annotations

import statistics
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction

from golong_data.solving import reading
from golong_data.solving.tables import table
from golong_data.tasks.numeric.lazy import stated
from golong_data.tasks.numeric.lazy.stated import Row, column
from golong_data.tasks.numeric.solve.aggregate import reads
from golong_data.tasks.numeric.solve.conditions import Condition, conditions
from golong_data.tasks.numeric.solve.questions import Asks, Query

Asked = Query[Asks]

OPERATIONS: Mapping[str, Callable[[Sequence[Fraction]], Fraction]] = {
    "sum": lambda values: sum(values, Fraction()),
    "mean": statistics.mean,
    "median": statistics.median,
    "spread": lambda values: max(values) - min(values),
}
"""Kind of question -> what is made of the numbers of a column."""


def _rows(query: Asked, prompt: str) -> Sequence[Row]:
    return stated.rows(prompt, query.fields["table"])


def _conditions(query: Asked) -> Sequence[Condition]:
    """What rows have to meet; nothing where they are grouped."""
    said = query.fields.get("conditions")
    return (conditions(said, query.language) or ()) if said else ()


def _meeting(rows: Sequence[Row], tests: Sequence[Condition]) -> list[Row]:
    return [row for row in rows if all(test.met_by(row) for test in tests)]


def _chosen(query: Asked, prompt: str) -> list[Row]:
    """The rows that meet the conditions; none where rows are grouped."""
    tests = _conditions(query)
    return _meeting(_rows(query, prompt), tests) if tests else []


def _numbers(query: Asked, prompt: str) -> list[Fraction]:
    return column(_rows(query, prompt), query.fields["column"])


def _made(query: Asked, rows: Sequence[Row], every: Sequence[Row]) -> Fraction:
    """What is asked of some rows; of grouped ones the sum of all."""
    numbers = column(rows, query.fields["column"])
    if query.kind == "change":
        base = sum(column(rows, query.fields["other"]))
        return (sum(numbers) - base) * Fraction(100) / base
    if query.kind == "share":
        return sum(numbers) * Fraction(100) / sum(column(every, query.fields["column"]))
    return OPERATIONS.get(query.kind, OPERATIONS["sum"])(numbers)


def _without_conditions(query: Asked, prompt: str) -> Fraction:
    rows = _rows(query, prompt)
    return _made(query, rows, rows)


def _first_condition(query: Asked, prompt: str) -> Fraction | None:
    """By the first of several conditions alone."""
    tests, rows = _conditions(query), _rows(query, prompt)
    return _made(query, _meeting(rows, tests[:1]), rows) if len(tests) > 1 else None


def _first_chosen(query: Asked, prompt: str) -> Fraction | None:
    """What the first row says that meets the conditions."""
    return next(iter(column(_chosen(query, prompt), query.fields["column"])), None)


def _ends_of_the_chosen(query: Asked, prompt: str) -> Fraction | None:
    """The middle between the first and the last number of the rows that meet the conditions."""
    numbers = column(_chosen(query, prompt), query.fields["column"])
    return (numbers[0] + numbers[-1]) / 2 if numbers else None


def _share_of_the_rows(query: Asked, prompt: str) -> Fraction | None:
    """Of how many rows, not of how much."""
    if query.kind != "share":
        return None
    return Fraction(100 * len(_chosen(query, prompt)), len(_rows(query, prompt)))


def _group_of_most_rows(query: Asked, prompt: str) -> Fraction | None:
    return _group(query, prompt, lambda groups: Counter(groups).most_common(1)[0][0])


def _first_group(query: Asked, prompt: str) -> Fraction | None:
    return _group(query, prompt, lambda groups: groups[0])


def _group(query: Asked, prompt: str, pick: Callable[[Sequence[str]], str]) -> Fraction | None:
    """The sum of one group, picked by the cells that rows are grouped by."""
    rows, by = _rows(query, prompt), query.fields.get("other", "")
    if query.kind != "groups" or not rows:
        return None
    group = pick([row[by] for row in rows])
    own = [row for row in rows if row[by] == group]
    return sum(column(own, query.fields["column"]), Fraction())


def _printed(query: Asked, prompt: str) -> list[str]:
    return stated.printed([table(reading.documents(prompt).get(query.fields["table"], ""))])


candidates = stated.candidates(reads, _printed)
"""The numbers of the table asked about; the answer is computed."""

READERS = stated.readers(
    reads,
    {
        **stated.picks(_numbers),
        "without the conditions": _without_conditions,
        "first condition alone": _first_condition,
        "first row that counts": _first_chosen,
        "between first and last": _ends_of_the_chosen,
        "share of the rows": _share_of_the_rows,
        "group of most rows": _group_of_most_rows,
        "first group": _first_group,
    },
)
