"""Columns by their use: which name rows, which sort them, which measure, and what adds up."""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache

from golong_data.types import Column, Table
from golong_data.words import words

_PLAIN = re.compile(r"-?\d+(\.\d+)?")


@dataclass(frozen=True, slots=True)
class Cues:
    """What headers say in one language, in small letters."""

    rates: re.Pattern[str]
    """In the header or unit of what does not add up: rates, ages, averages."""
    labels: re.Pattern[str]
    """In the header of numbers that measure nothing: identifiers and years."""


@lru_cache(maxsize=1 << 12)
def summable(column: Column) -> bool:
    """Whether adding up the column means something: amounts do, rates and ages do not."""
    said = f"{column.name} {column.unit}".lower().replace("_", " ")
    return not any(cues.rates.search(said) for cues in _cues())


@lru_cache(maxsize=1 << 12)
def measures(column: Column) -> bool:
    """Whether the column holds a measurement, not an identifier or a year."""
    said = column.name.lower().replace("_", " ")
    named = bool(said) and not any(cues.labels.search(said) for cues in _cues())
    return column.numeric and named


def names_rows(label: str) -> bool:
    """Whether what stands under a label names something or dates it: "postal code", "Year"."""
    last = label.lower().split()[-1]
    return any(cues.labels.fullmatch(last) for cues in _cues())


def _cues() -> tuple[Cues, ...]:
    return tuple(words(Cues, "material/columns", "reads").values())


@lru_cache(maxsize=1 << 16)
def value(cell: str) -> Fraction | None:
    """The exact value of a numeric cell as the source writes it, commas allowed."""
    plain = cell.replace(",", "").removeprefix("+")
    return Fraction(plain) if _PLAIN.fullmatch(plain) else None


def place_of(table: Table, name: str) -> int:
    """Index of a column by its name."""
    return next(i for i, column in enumerate(table.columns) if column.name == name)


def numeric_columns(table: Table) -> list[int]:
    """Columns that hold measurements with some variety."""
    return [
        i
        for i, c in enumerate(table.columns)
        if measures(c) and len({row[i] for row in table.rows if row[i]}) >= 5
    ]


def complete_columns(table: Table) -> list[int]:
    """Numeric columns without a missing value."""
    return [i for i in numeric_columns(table) if all(row[i] for row in table.rows)]


def key_columns(table: Table) -> list[int]:
    """Text columns that name each row differently."""
    return [
        i
        for i, c in enumerate(table.columns)
        if not c.numeric
        and all(row[i] for row in table.rows)
        and len({row[i] for row in table.rows}) == len(table.rows)
        and all(len(row[i]) <= 60 for row in table.rows)
    ]


def category_columns(table: Table) -> list[int]:
    """Text columns with few different values, each short."""
    return [
        i
        for i, c in enumerate(table.columns)
        if not c.numeric
        and 2 <= len({row[i] for row in table.rows if row[i]}) <= max(2, len(table.rows) // 3)
        and all(len(row[i]) <= 40 for row in table.rows)
    ]
