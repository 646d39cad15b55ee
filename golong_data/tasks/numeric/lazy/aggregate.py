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
from golong_data.tasks.numeric.solve.conditions import conditions
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


def _chosen(query: Asked, prompt: str) -> list[Row]:
    """The rows that meet the conditions; none where rows are grouped."""
    said = query.fields.get("conditions")
    tests = conditions(said, query.language) or () if said else ()
    found = _rows(query, prompt) if tests else ()
    return [row for row in found if all(test.met_by(row) for test in tests)]


def _numbers(query: Asked, prompt: str) -> list[Fraction]:
    return column(_rows(query, prompt), query.fields["column"])


def _without_conditions(query: Asked, prompt: str) -> Fraction | None:
    """The same of all rows; of a group the sum of all."""
    numbers = _numbers(query, prompt)
    if query.kind == "change":
        base = sum(column(_rows(query, prompt), query.fields["other"]))
        return (sum(numbers) - base) * Fraction(100) / base
    if query.kind == "share":
        return None
    return OPERATIONS.get(query.kind, OPERATIONS["sum"])(numbers)


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
        "first row that counts": _first_chosen,
        "between first and last": _ends_of_the_chosen,
        "share of the rows": _share_of_the_rows,
        "group of most rows": _group_of_most_rows,
        "first group": _first_group,
    },
)
