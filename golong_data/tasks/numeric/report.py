"""Multi-period report: growth, ratio and difference across statements of several entities."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from golong_data.contexts.workspace import Workspace
from golong_data.material import exact
from golong_data.material.columns import summable, value
from golong_data.material.series import Series, series_of, statement
from golong_data.material.tables import (
    ROOM,
    TOKENS_PER_CELL,
    Base,
    draw_base,
    table_block,
)
from golong_data.tasks.numeric.answers import Answer, answer, answered, over_tables
from golong_data.tasks.numeric.config import NumericConfig
from golong_data.tasks.numeric.lazy import report as lazy
from golong_data.tasks.numeric.solve.report import WORDS, Asks, solve
from golong_data.types import Column, Draft, Refused, Table
from golong_data.words import words

NEEDS = "a table of items by entity and year"

SHOWN = 6
"""Items of a statement, at most."""

SMALLEST = 5
"""Change of a percentage that is asked for, in units of its last place."""


@dataclass(frozen=True, slots=True)
class Query:
    """A question across the values that one item has for some entities in two years."""

    operation: str
    """The "change" of one entity, "gap" or "ratio" of two, "mean" or "pooled" change of several."""
    series: Series
    entities: tuple[str, ...]
    early: str
    late: str
    values: Mapping[tuple[int, str], Fraction]
    """(place of the entity, year) -> what its statement says; just what the answer rests on."""

    @property
    def in_points(self) -> bool:
        """Percentages change by points; the percentage change of a percentage confuses."""
        return "%" in self.series.unit

    @property
    def kind(self) -> str:
        """That of its question."""
        points = self.in_points and self.operation not in ("ratio", "pooled")
        return f"{self.operation}_points" if points else self.operation

    def answer(self, points: str) -> Answer:
        """The answer in the form that such a question asks for; `points` are their unit."""
        if self.operation == "ratio":
            top, bottom = self.values[0, self.late], self.values[1, self.early]
            if bottom < 0 or top < 0:
                raise Refused("a ratio of negative values")
            return answer(top / bottom, 3, "")
        early, late = self._of(self.early), self._of(self.late)
        if self.operation == "pooled":
            if not summable(Column(self.series.item, True, self.series.unit)):
                raise Refused("values that do not add up")
            return answer(exact.change(sum(early, Fraction()), sum(late, Fraction())), 2, "%")
        changes = list(map(self._change, early, late))
        unit = points if self.in_points or self.operation == "gap" else "%"
        if self.operation == "mean":
            return answer(exact.mean(changes), 2, unit)
        change = changes[0] - changes[1] if self.operation == "gap" else changes[0]
        return answer(change, None if self.in_points else 2, unit)

    def _of(self, year: str) -> list[Fraction]:
        return [self.values[place, year] for place in range(len(self.entities))]

    def _change(self, old: Fraction, new: Fraction) -> Fraction:
        """Relative for amounts, in points for percentages."""
        if not self.in_points:
            return exact.change(old, new)
        if abs(new - old) * 10**self.series.decimals < SMALLEST:
            raise Refused("a change too small to ask for")
        return new - old

    def fields(self, asks: Asks) -> dict[str, str]:
        """What its question says."""
        *others, last = self.entities
        return {
            "item": self.series.item,
            "early": self.early,
            "late": self.late,
            "first": self.entities[0],
            "second": last,
            "entities": f"{asks.between.join(others)}{asks.last}{last}",
        }


def make(work: Workspace, config: NumericConfig) -> Draft:
    """A statement for each of several entities, and a question across some of them."""
    rng, language = work.rng, config.language
    asks = words(Asks, WORDS, "asks")[language]
    base = draw_base(work, suits, NEEDS, tables=config.tables, language=language)
    key, title = base.keys[0], base.table.title
    series = series_of(base.table)
    rng.shuffle(series)
    series = sorted(series[:SHOWN], key=lambda s: s.item)
    years = {year for s in series for year in s.columns}
    most = ROOM.pieces(work.ctx, len(series) * (len(years) + 2) * TOKENS_PER_CELL)
    if most < config.entities:
        raise Refused("statements do not fit in so short a context")
    used = [c for s in series for c in s.columns.values()]
    complete = [r for r, row in enumerate(base.table.rows) if all(row[c] for c in used)]
    if len(complete) < config.entities + 1:
        raise Refused("too few complete statements")
    total = min(config.entities + 3 * config.distractors, most, len(complete))
    rows, columns = rng.sample(complete, total), range(len(base.table.columns))
    table, changed = base.extract(title, rows, columns, config.counterfactual, rng, together=False)
    query = _query(table, series, config.entities, key, rng)
    found = query.answer(asks.points)
    blocks = []
    for r, row in enumerate(table.rows):
        evidence = [series.index(query.series)] if r < config.entities else []
        stated = statement(title, row[key], row, series, language)
        blocks.append(table_block(work, f"{base.doc_id}@{row[key]}", stated, evidence))
    return answered(
        work,
        config,
        asks,
        query.kind,
        query.fields(asks),
        blocks,
        found,
        exclude={row[key] for row in table.rows},
        counterfactual=sum((r, query.series.columns[year]) in changed for r, year in query.values),
    )


def suits(base: Base) -> bool:
    """Names for the rows and at least one item over several years."""
    return len(base.table.rows) >= 8 and bool(base.keys) and bool(series_of(base.table))


def _query(table: Table, series: Sequence[Series], n: int, key: int, rng: random.Random) -> Query:
    """A question across the first n rows of a table."""
    item = rng.choice(series)
    early, late = sorted(rng.sample(sorted(item.columns), 2))
    operation = rng.choice({1: ("change",), 2: ("gap", "ratio")}.get(n, ("mean", "pooled")))
    used = [(r, year) for r in range(n) for year in (early, late)]
    if operation == "ratio":
        used = [(0, late), (1, early)]
    values: dict[tuple[int, str], Fraction] = {}
    for r, year in used:
        found = value(table.rows[r][item.columns[year]])
        if not found:
            raise Refused("a value is zero or missing")
        values[r, year] = found
    names = tuple(row[key] for row in table.rows[:n])
    return Query(operation, item, names, early, late, values)


GENERATOR = replace(
    over_tables(make, solve, NEEDS, suits, WORDS),
    candidates=lazy.candidates,
    lazy=lazy.READERS,
)
