"""Items over several periods: tables that spread their years over columns, and statements."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from golong_data.material.tables import titles
from golong_data.types import Column, Table

_PERIOD = re.compile(r"^(?P<before>.*?)\s*\b(?P<year>(?:19|20)\d\d)\b\s*(?P<after>.*)$")


@dataclass(frozen=True, slots=True)
class Series:
    """One item of a table that spreads its periods over columns."""

    item: str
    """The header without the year, unit included."""
    columns: Mapping[str, int]
    """Year -> column index; at least two."""
    unit: str
    decimals: int


def series_of(table: Table) -> list[Series]:
    """Items that the table gives for two or more years, one column a year."""
    found: dict[str, dict[str, int]] = {}
    for i, column in enumerate(table.columns):
        if column.numeric and (m := _PERIOD.match(column.name)):
            found.setdefault(f"{m['before']} {m['after']}".strip(), {})[m["year"]] = i
    return [
        Series(
            item,
            columns,
            table.columns[next(iter(columns.values()))].unit,
            max(table.columns[c].decimals for c in columns.values()),
        )
        for item, columns in sorted(found.items())
        if len(columns) >= 2
    ]


def statement(
    title: str, entity: str, row: Sequence[str], series: Sequence[Series], language: str
) -> Table:
    """A row as a table of its own: items down the side, years across the top."""
    named = titles(language)
    years = sorted({year for s in series for year in s.columns})
    columns = (Column(named.item, False), *(Column(year, True, "", 6) for year in years))
    rows = tuple(
        (s.item, *(row[s.columns[year]] if year in s.columns else "" for year in years))
        for s in series
    )
    return Table(named.statement.format(table=title, entity=entity), columns, rows)
