"""Join over several tables: conditions stand in one table, the amounts in another."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from golong_data.contexts.workspace import Workspace
from golong_data.material import exact
from golong_data.material.columns import numeric_columns, place_of, summable, value
from golong_data.material.shared_keys import shared_keys, sharing, with_keys
from golong_data.material.tables import (
    Base,
    afford,
    draw_base,
    table_block,
    titles,
)
from golong_data.tasks.numeric.answers import Answer, answer, answered, over_tables
from golong_data.tasks.numeric.config import NumericConfig
from golong_data.tasks.numeric.lazy import join as lazy
from golong_data.tasks.numeric.select import Selection, draw_selection
from golong_data.tasks.numeric.solve.join import WORDS, Asks, solve
from golong_data.types import Draft, Refused, Table
from golong_data.words import words

NEEDS = "a table of 12 rows, with a key and two measures"


@dataclass(frozen=True, slots=True)
class Query:
    """Amounts of one table, over the keys whose rows in the others meet conditions."""

    amounts: Table
    """The first column of every table is the key."""
    column: int
    """Of the amounts."""
    operation: str
    """"sum" or "mean"."""
    others: tuple[Table, ...]
    selections: tuple[Selection, ...]
    """What the rows of each of the others have to meet."""

    def rows(self, table: Table) -> list[int]:
        """Those of a table whose keys count."""
        kept = _kept(self.amounts, self.others, self.selections)
        return [r for r, row in enumerate(table.rows) if row[0] in kept]

    def answer(self) -> Answer:
        """The answer. Raises Refused where it does not rest on every row that counts."""
        cells = [self.amounts.rows[r][self.column] for r in self.rows(self.amounts)]
        values = [value(cell) or Fraction() for cell in cells]
        decimals = None if self.operation == "sum" else exact.mean_decimals(exact.mean(values))
        found = answer(self._value(values), decimals, self.amounts.columns[self.column].unit)
        losses = (self._value(values[:i] + values[i + 1 :]) for i in range(len(values)))
        exact.depends_on_each([exact.written(loss, decimals) for loss in losses], found.gold)
        return found

    def _value(self, values: Sequence[Fraction]) -> Fraction:
        return sum(values, Fraction()) if self.operation == "sum" else exact.mean(values)

    def fields(self, asks: Asks, language: str) -> dict[str, str]:
        """What its question says."""
        named = (asks.named.format(table=table.title) for table in (self.amounts, *self.others))
        clauses = (
            asks.clause.format(table=table.title, conditions=selection.said(language))
            for table, selection in zip(self.others, self.selections, strict=True)
        )
        return {
            "tables": asks.joint.join(named),
            "key": self.amounts.columns[0].name,
            "clauses": asks.joint.join(clauses),
            "column": self.amounts.columns[self.column].name,
            "table": self.amounts.title,
        }


def make(work: Workspace, config: NumericConfig) -> Draft:
    """Two or three tables that share a key, each in an order of its own.

    One holds the amounts; the others say which keys count. They are different tables of
    the corpus where two share enough keys, else one table parted by columns.
    """
    rng, language = work.rng, config.language
    asks = words(Asks, WORDS, "asks")[language]
    n = min(3, max(2, config.entities))
    first = draw_base(work, suits, NEEDS, tables=config.tables, language=language)
    bases = sharing(work, first, n, suits, language)
    total = n + min(config.distractors, 2)
    size = afford(work, *config.rows, tables=total, columns=3)
    shared = shared_keys(bases)
    if len(shared) < 5:
        raise Refused("tables share too few keys")
    keys = rng.sample(shared, min(size, len(shared)))
    numbers = rng.sample(range(1, 40), total)
    sheet = titles(language).sheet
    tables: list[Table] = []
    changes = []
    for base, number in zip(bases, numbers, strict=False):
        rows = with_keys(base, keys, rng)
        columns = _columns(base, rows, rng, amounts=not tables)
        title = sheet.format(table=base.table.title, number=number)
        table, changed = base.extract(title, rows, columns, config.counterfactual, rng)
        tables.append(table)
        changes.append(changed)
    query = _query(tables, rng)
    found = query.answer()
    evidence = [query.rows(table) for table in tables]
    blocks = [
        table_block(work, f"{base.doc_id}#{number}", table, rows)
        for base, number, table, rows in zip(bases, numbers, tables, evidence, strict=False)
    ]
    others = []
    for number, rows in zip(numbers[n:], _other_rows(bases[0], tables[0], keys), strict=False):
        # Sheets of the table of amounts: same columns, other keys, other numbers.
        title = sheet.format(table=bases[0].table.title, number=number)
        columns = [place_of(bases[0].table, column.name) for column in tables[0].columns]
        table, _ = bases[0].extract(title, rows, columns, config.counterfactual, rng)
        others.append((number, table))
    blocks += [table_block(work, f"{bases[0].doc_id}#{number}", table) for number, table in others]
    shown = (*tables, *(table for _, table in others))
    return answered(
        work,
        config,
        asks,
        query.operation,
        query.fields(asks, language),
        blocks,
        found,
        exclude={row[0] for table in shown for row in table.rows},
        counterfactual=sum(
            row in rows
            for rows, changed in zip(evidence, changes, strict=True)
            for row, _ in changed
        ),
    )


def suits(base: Base) -> bool:
    """A key to join on and two measures, so that it can be parted if nothing joins it."""
    return len(base.table.rows) >= 12 and bool(base.keys) and len(base.measures) >= 2


def _columns(base: Base, rows: Sequence[int], rng: random.Random, *, amounts: bool) -> list[int]:
    """The key and one or two measures; a category where there are no amounts to ask for."""
    measures = list(base.measures)
    if amounts:
        measures = [c for c in measures if all(base.table.rows[r][c] for r in rows)]
    picked = rng.sample(measures, min(len(measures), 2))
    if not picked:
        raise Refused("no measure in these rows")
    categories = [] if amounts else [c for c in base.categories if c != base.keys[0]][:1]
    return [base.keys[0], *sorted({*categories, *picked})]


def _other_rows(base: Base, amounts: Table, keys: Sequence[str]) -> list[list[int]]:
    """Rows of the table of amounts for more sheets of as many keys, while there are enough."""
    shown = {row[0] for row in amounts.rows}.union(keys)
    rest = [r for r, row in enumerate(base.table.rows) if row[base.keys[0]] not in shown]
    cuts = (rest[i : i + len(keys)] for i in range(0, len(rest), len(keys)))
    return [rows for rows in cuts if len(rows) >= 5]


# --- the question -------------------------------------------------------------------------


def _query(tables: Sequence[Table], rng: random.Random) -> Query:
    """A question over the amounts of the first table, with a condition in each other one."""
    amounts, others = tables[0], tuple(tables[1:])
    measures = numeric_columns(amounts)
    if not measures:
        raise Refused("no amounts")
    column = rng.choice(measures)
    selections = _selections(amounts, others, rng)
    adds_up = summable(amounts.columns[column])
    operation = rng.choice(["sum", "mean"]) if adds_up else "mean"
    if not all(row[column] for row in amounts.rows):
        raise Refused("missing amounts")
    return Query(amounts, column, operation, others, selections)


def _selections(
    amounts: Table, others: Sequence[Table], rng: random.Random
) -> tuple[Selection, ...]:
    """A condition in each table, such that three keys or more meet all of them, but not all."""
    for _ in range(8):
        found: list[Selection] = []
        for table in others:
            # The same condition in two tables would ask for one of them only.
            used = [condition.column for selection in found for condition in selection.conditions]
            skip = (amounts.columns[0].name, *used)
            found.append(draw_selection(table, 1, rng, fewest=3, skip=skip))
        if 3 <= len(_kept(amounts, others, found)) < len(amounts.rows) - 1:
            return tuple(found)
    raise Refused("conditions leave too few keys")


def _kept(amounts: Table, others: Sequence[Table], selections: Sequence[Selection]) -> set[str]:
    """Keys whose rows meet every condition and that no table lacks."""
    kept = {row[0] for row in amounts.rows}
    for table, selection in zip(others, selections, strict=True):
        kept &= {table.rows[r][0] for r in selection.rows(table)}
    return kept


GENERATOR = replace(
    over_tables(make, solve, NEEDS, suits, WORDS),
    candidates=lazy.candidates,
    lazy=lazy.READERS,
)
