"""Records out of real tables: rows of one table of the corpus, each about one thing in one year.

A table serves where a text column names its rows: alone, with years in the names of the
other columns ("Exports 2023"), or together with a column of years. So one thing has records
of several years, beside things with names like its own.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from golong_data.contexts.sampling import spread, turn
from golong_data.contexts.workspace import Workspace
from golong_data.material.changed_numbers import counterfactual
from golong_data.material.records import Record, numbers
from golong_data.material.tables import Base, corpus_base
from golong_data.scripts import has_chinese
from golong_data.types import Table

if TYPE_CHECKING:
    from golong_data.corpus import Corpus

TABLES = 200
"""Tables of a large corpus that records are made of, evenly spread over it."""

LEAST = 24
"""Records that a table must give."""

LABELS = 4
"""Values of a record, at most."""

CLUSTER = 4
"""Look-alikes of a case that are looked for: as many of its holder as of like names."""

NAMES = 400
"""Names of a table among which like ones are looked for."""

ALIKE = 0.6
"""Likeness of two names from which they are easily taken for one another (difflib's ratio)."""

_YEAR = re.compile(r"(?<!\d)(?:1[5-9]|20)\d\d(?!\d)")
_NAME = re.compile(r"[^;；:：=＝→(（]{2,60}")
"""What a record can be about: nothing that its written forms divide by."""
_LABEL = re.compile(r"[^;；:：=＝→为]+")
"""What a label can be, likewise."""


@dataclass(frozen=True, slots=True)
class Case:
    """What one record can be made of."""

    holder: str
    period: str
    row: int
    columns: tuple[tuple[str, int], ...]
    """Label and column of each value that is not missing."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table of the corpus with all that records can be made of."""

    table: Table
    cases: tuple[Case, ...]


def family(work: Workspace, n: int, share: float, *, chinese: bool) -> tuple[Record, ...]:
    """Up to `n` records out of one table, each of which has look-alikes among the others.

    Empty where the corpus has no table that serves in this script. About `share` of the
    values are changed, within the range of their column.
    """
    rng, found = work.rng, _rows(work.corpus, chinese=chinese)
    if not found:
        return ()
    index, row = turn(work, found)
    sheet = _sheet(work.corpus, index)
    table, changed = counterfactual(sheet.table, share, rng)
    first = rng.choice([case for case in sheet.cases if case.row == row])
    names = [name for name, _ in first.columns]
    names = rng.sample(names, min(LABELS, len(names)))
    cases = [
        case
        for case in _clusters(work, sheet, first, n)
        if any(name in names for name, _ in case.columns)
    ]
    return tuple(
        Record(
            number,
            case.holder,
            case.period,
            tuple((name, table.rows[case.row][at]) for name, at in case.columns if name in names),
            frozenset(name for name, at in case.columns if (case.row, at) in changed),
        )
        for number, case in zip(numbers(n, rng), cases, strict=False)
    )


def _clusters(work: Workspace, sheet: Sheet, first: Case, n: int) -> list[Case]:
    """`n` cases in clusters of look-alikes, one around `first` and more around any others.

    A cluster holds some of one holder and some of like names, those of the same year before
    others: only the name tells them apart. All clusters are of one size, so that the one
    drawn first is no centre of the whole.
    """
    rng = work.rng
    rest = rng.sample(sheet.cases, len(sheet.cases))
    by_holder: dict[str, list[Case]] = {}
    for case in rest:
        by_holder.setdefault(case.holder, []).append(case)
    names = [name for name in by_holder if name != first.holder][:NAMES]
    found: dict[Case, None] = {}
    for seed in [first, *rest]:
        if len(found) >= n:
            break
        if seed in found:
            continue
        near = difflib.get_close_matches(
            seed.holder, [name for name in names if name != seed.holder], CLUSTER, ALIKE
        )
        own = [case for case in by_holder[seed.holder] if case != seed]
        alike = sorted(
            (case for name in near for case in by_holder[name]),
            key=lambda case: (case.period != seed.period, near.index(case.holder)),
        )
        found.update(dict.fromkeys([seed, *own[: CLUSTER // 2], *alike[: CLUSTER // 2]]))
    return list(found)[:n]


# --- tables that serve ---------------------------------------------------------------------


@lru_cache(maxsize=8)
def _rows(corpus: Corpus, *, chinese: bool) -> tuple[tuple[int, int], ...]:
    """(table, row) of all rows that a record can be made of: the first of each table first."""
    found: list[tuple[int, int, int]] = []
    for index in (int(corpus.tables[at]) for at in spread(len(corpus.tables), TABLES)):
        if has_chinese(corpus.title(index)) == chinese:
            rows = dict.fromkeys(case.row for case in _sheet(corpus, index).cases)
            found += [(place, index, row) for place, row in enumerate(rows)]
    return tuple((index, row) for _, index, row in sorted(found))


@lru_cache(maxsize=256)
def _sheet(corpus: Corpus, index: int) -> Sheet:
    base = corpus_base(corpus, index)
    cases = tuple(_cases(base))
    return Sheet(base.table, cases if len(cases) >= LEAST else ())


def _cases(base: Base) -> Iterator[Case]:
    """All cases of a table; none where nothing names its rows."""
    table = base.table
    measures = {
        table.columns[at].name: at
        for at in base.measures
        if _LABEL.fullmatch(table.columns[at].name) and not _years(table, at)
    }
    if base.keys:
        key, years = base.keys[0], _by_year(measures)
        yield from (
            case
            for row in range(len(table.rows))
            for period, columns in years.items()
            if (case := _case(table, row, key, period, columns))
        )
        return
    for key, when in _pairs(table):
        yield from (
            case
            for row, cells in enumerate(table.rows)
            if (case := _case(table, row, key, cells[when], measures))
        )
        return


def _by_year(measures: Mapping[str, int]) -> dict[str, dict[str, int]]:
    """Year -> label without it -> column, of columns that name one; "" -> all where none do.

    Only labels of which there are two years.
    """
    found: dict[str, dict[str, int]] = {}
    for name, at in measures.items():
        years = _YEAR.findall(name)
        if len(years) == 1:
            label = " ".join(_YEAR.sub(" ", name).split()).strip(" _.-")
            found.setdefault(years[0], {})[label] = at
    several = [name for columns in found.values() for name in columns]
    found = {
        year: {name: at for name, at in columns.items() if several.count(name) > 1}
        for year, columns in found.items()
    }
    return {year: columns for year, columns in found.items() if columns} or {"": dict(measures)}


def _pairs(table: Table) -> Iterator[tuple[int, int]]:
    """(text column, column of years) that together name each row differently."""
    for when in range(len(table.columns)):
        if not _years(table, when) or any(not row[when] for row in table.rows):
            continue
        for key, column in enumerate(table.columns):
            named = {(row[key], row[when]) for row in table.rows}
            if not column.numeric and len(named) == len(table.rows):
                yield key, when


def _years(table: Table, at: int) -> bool:
    """Whether all values of a column are years: nothing to measure, nothing to change."""
    return all(_YEAR.fullmatch(row[at]) for row in table.rows if row[at])


def _case(table: Table, row: int, key: int, period: str, columns: Mapping[str, int]) -> Case | None:
    cells = table.rows[row]
    stated = tuple((name, at) for name, at in columns.items() if cells[at])
    fit = stated and _NAME.fullmatch(cells[key]) and any(c.isalpha() for c in cells[key])
    return Case(cells[key], period, row, stated) if fit else None
