"""Choosing rows by conditions: what a question says, and which rows that means."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from golong_data.material.columns import category_columns, numeric_columns, place_of, value
from golong_data.material.exact import number, round_between
from golong_data.tasks.numeric.solve.conditions import WORDS, Asks
from golong_data.types import Refused, Table
from golong_data.words import words

Side = Literal["above", "below"]
SIDES: tuple[Side, Side] = ("above", "below")


@dataclass(frozen=True, slots=True)
class Condition:
    """One condition on a row."""

    column: str
    kind: Literal["is", "above", "below"]
    """"is" for a category."""
    value: str
    """The category, or a plain number."""

    def met_by(self, cell: str) -> bool:
        """Whether a cell of the column meets it, by exact value. A missing one meets none."""
        if self.kind == "is":
            return cell == self.value
        found, bound = value(cell), Fraction(self.value)
        return found is not None and (found > bound if self.kind == "above" else found < bound)

    def said(self, asks: Asks) -> str:
        """Itself in the words of a question."""
        text = self.value
        if self.kind != "is":
            text = number(Fraction(self.value), len(self.value.partition(".")[2]))
        return asks.kinds[self.kind].format(column=self.column, value=text)


@dataclass(frozen=True, slots=True)
class Selection:
    """Conditions of which a row has to meet every one."""

    conditions: tuple[Condition, ...]

    def rows(self, table: Table) -> list[int]:
        """Numbers of the rows that meet them."""
        tests = [(place_of(table, c.column), c) for c in self.conditions]
        return [r for r, row in enumerate(table.rows) if all(c.met_by(row[i]) for i, c in tests)]

    def said(self, language: str) -> str:
        """Themselves in the words of a question."""
        asks = words(Asks, WORDS, "asks")[language]
        return asks.joint.join(condition.said(asks) for condition in self.conditions)


def draw_selection(
    table: Table, n: int, rng: random.Random, *, fewest: int, skip: Sequence[str] = ()
) -> Selection:
    """Up to n conditions that keep at least `fewest` rows and leave out at least two.

    Raises Refused where no draw works.
    """
    options = [i for i in category_columns(table) if table.columns[i].name not in skip][:2]
    numeric = [i for i in numeric_columns(table) if table.columns[i].name not in skip]
    for _ in range(8):
        pool = options + rng.sample(numeric, min(len(numeric), 2))
        rng.shuffle(pool)
        found = Selection(tuple(_condition(table, i, rng, alone=n == 1) for i in pool[:n]))
        if found.conditions and fewest <= len(found.rows(table)) <= len(table.rows) - 2:
            return found
    raise Refused("no condition splits the table")


def _condition(table: Table, i: int, rng: random.Random, *, alone: bool) -> Condition:
    column = table.columns[i]
    if not column.numeric:
        cells = [row[i] for row in table.rows if row[i]]
        return Condition(column.name, "is", rng.choice(cells))
    values = sorted({v for row in table.rows if (v := value(row[i])) is not None})
    low = len(values) // (4 if alone else 6)
    at = rng.randint(max(low, 1), max(len(values) - low - 1, 1))
    threshold, decimals = round_between(values[at - 1], values[at], column.decimals)
    text = number(threshold, decimals).replace(",", "")
    # With several conditions each keeps the larger side, so that rows remain.
    above = rng.random() < 0.5 if alone else at < len(values) / 2
    return Condition(column.name, "above" if above else "below", text)
