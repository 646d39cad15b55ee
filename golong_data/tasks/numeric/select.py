"""Choosing rows by conditions: what a question says, and which rows that means."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from golong_data.material.exact import number
from golong_data.material.tables import category_columns, numeric_columns, value
from golong_data.types import Refused, Table

OPERATORS = ("is greater than", "is less than")


@dataclass(frozen=True, slots=True)
class Condition:
    """One condition on a row, in the words of the question."""

    column: str
    operator: str
    """"is" for a category, else one of OPERATORS."""
    value: str
    """The category, or a plain number."""

    def __str__(self) -> str:
        if self.operator == "is":
            return f'"{self.column}" is "{self.value}"'
        decimals = len(self.value.partition(".")[2])
        return f'"{self.column}" {self.operator} {number(Fraction(self.value), decimals)}'


def phrase(conditions: Sequence[Condition]) -> str:
    """Conditions joined as a sentence would join them."""
    return " and ".join(map(str, conditions))


def select(table: Table, conditions: Sequence[Condition]) -> list[int]:
    """Numbers of the rows that meet every condition. A missing value meets none."""
    tests = [_test(table, condition) for condition in conditions]
    return [r for r, row in enumerate(table.rows) if all(meets(row) for meets in tests)]


def _test(table: Table, condition: Condition) -> Callable[[tuple[str, ...]], bool]:
    """Whether a row meets one condition, by exact value."""
    c = next(i for i, column in enumerate(table.columns) if column.name == condition.column)
    if condition.operator == "is":
        return lambda row: row[c] == condition.value
    bound, above = Fraction(condition.value), condition.operator == "is greater than"

    def meets(row: tuple[str, ...]) -> bool:
        cell = value(row[c])
        return cell is not None and (cell > bound if above else cell < bound)

    return meets


def draw_conditions(
    table: Table, n: int, rng: random.Random, *, fewest: int, skip: Sequence[str] = ()
) -> tuple[tuple[Condition, ...], list[int]]:
    """Up to n conditions that keep at least `fewest` rows and leave out at least two.

    Returns them with the rows they keep. Raises Refused where no draw works.
    """
    options = [i for i in category_columns(table) if table.columns[i].name not in skip][:2]
    numeric = [i for i in numeric_columns(table) if table.columns[i].name not in skip]
    for _ in range(8):
        conditions: list[Condition] = []
        pool = options + rng.sample(numeric, min(len(numeric), 2))
        rng.shuffle(pool)
        for i in pool[:n]:
            conditions.append(_condition(table, i, rng, strict=n == 1))
        rows = select(table, conditions)
        if conditions and fewest <= len(rows) <= len(table.rows) - 2:
            return tuple(conditions), rows
    raise Refused("no condition splits the table")


def _condition(table: Table, i: int, rng: random.Random, *, strict: bool) -> Condition:
    column = table.columns[i]
    if not column.numeric:
        cells = [row[i] for row in table.rows if row[i]]
        return Condition(column.name, "is", rng.choice(cells))
    values = sorted({v for row in table.rows if (v := value(row[i])) is not None})
    low = len(values) // (4 if strict else 6)
    at = rng.randint(max(low, 1), max(len(values) - low - 1, 1))
    threshold, decimals = round_between(values[at - 1], values[at], column.decimals)
    text = number(threshold, decimals).replace(",", "")
    # With several conditions each keeps the larger side, so that rows remain.
    greater = rng.random() < 0.5 if strict else at < len(values) / 2
    return Condition(column.name, OPERATORS[0 if greater else 1], text)


def round_between(low: Fraction, high: Fraction, decimals: int) -> tuple[Fraction, int]:
    """The roundest number strictly between two values, and its decimals.

    "Roundest" is the coarsest power of ten with a multiple in between. Raises Refused
    where even one more decimal than the values have does not separate them.
    """
    for power in range(9, -decimals - 2, -1):
        unit = Fraction(10) ** power
        multiple = (low // unit + 1) * unit
        if low < multiple < high:
            return multiple, max(0, -power)
    raise Refused("values too close to separate")
