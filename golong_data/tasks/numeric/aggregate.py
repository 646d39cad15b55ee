"""Aggregate over one table: filter or group, then sum, mean, median, share or change."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import TypeVar

from golong_data.contexts.workspace import Workspace
from golong_data.material import exact
from golong_data.material.columns import category_columns, complete_columns, summable, value
from golong_data.material.tables import (
    Base,
    afford,
    draw_base,
    table_block,
    titles,
)
from golong_data.tasks.numeric.answers import Answer, answer, answered, over_tables
from golong_data.tasks.numeric.config import NumericConfig
from golong_data.tasks.numeric.lazy import aggregate as lazy
from golong_data.tasks.numeric.select import Selection, draw_selection
from golong_data.tasks.numeric.solve.aggregate import WORDS, solve
from golong_data.tasks.numeric.solve.questions import Asks
from golong_data.types import Column, Draft, Refused, Table
from golong_data.words import words

NEEDS = "a table of 12 rows, with a measure and a category"

OPERATIONS: Mapping[str, Callable[[Sequence[Fraction]], Fraction]] = {
    "sum": lambda values: sum(values, Fraction()),
    "mean": exact.mean,
    "median": exact.median,
    "spread": lambda values: max(values) - min(values),
}
"""What is made of one column's values in the rows that meet the conditions."""

KINDS = (*OPERATIONS, "share", "change", "groups")

PERCENT = ("share", "change")
"""Kinds whose answer is a percentage."""

FEW_DECIDE = ("median", "spread")
"""Kinds whose answer rests on some of the rows that they look at."""

_YEAR = re.compile(r"\b(19|20)\d\d\b")

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Query:
    """A question over some rows of a table."""

    kind: str
    """One of KINDS."""
    table: Table
    column: int
    other: int
    """The base of a change, or what rows are grouped by; otherwise the column itself."""
    selection: Selection
    """Without conditions where rows are grouped."""
    rows: tuple[int, ...]
    """Those that meet the conditions, or the group of the largest sum."""

    def value(self, lost: int = -1) -> Fraction:
        """The exact answer, or what it would be without one row."""
        amounts = self._amounts(self.column, self.rows, lost)
        if self.kind in OPERATIONS:
            return OPERATIONS[self.kind](amounts)
        everything = range(len(self.table.rows))
        if self.kind == "groups":
            left = [r for r in everything if r != lost]
            return max(_sums(self.table, self.column, self.other, left).values())
        total = sum(amounts, Fraction())
        if self.kind == "share":
            whole = self._amounts(self.column, everything, lost)
            return exact.percent(total, sum(whole, Fraction()))
        return exact.change(sum(self._amounts(self.other, self.rows, lost), Fraction()), total)

    def answer(self) -> Answer:
        """The answer in the form that such a query asks for."""
        found = self.value()
        if self.kind in PERCENT:
            return answer(found, 2, "%")
        decimals = exact.mean_decimals(found) if self.kind == "mean" else None
        return answer(found, decimals, self.table.columns[self.column].unit)

    def evidence(self, found: Answer) -> tuple[int, ...]:
        """The rows that its answer rests on. Raises Refused where they are too few."""
        deciding = [r for r in self.rows if _written(self.value(r), found.decimals) != found.gold]
        if len(deciding) < (2 if self.kind in FEW_DECIDE else len(self.rows)):
            raise Refused("one piece of evidence does not matter")
        return tuple(deciding)

    def fields(self, language: str) -> dict[str, str]:
        """What its question says."""
        return {
            "table": self.table.title,
            "conditions": self.selection.said(language),
            "column": self.table.columns[self.column].name,
            "other": self.table.columns[self.other].name,
        }

    def _amounts(self, column: int, rows: Iterable[int], lost: int) -> list[Fraction]:
        found = (value(self.table.rows[r][column]) for r in rows if r != lost)
        return [amount for amount in found if amount is not None]


def make(work: Workspace, config: NumericConfig) -> Draft:
    """One table among look-alikes that share its columns, and a query over some rows."""
    rng = work.rng
    base = draw_base(work, suits, NEEDS, tables=config.tables, language=config.language)
    chosen = _columns(base, rng)
    tables = 1 + config.distractors
    size = afford(work, *config.rows, tables=tables, columns=len(chosen))
    size = min(size, len(base.table.rows) * 2 // 3)
    order = rng.sample(range(len(base.table.rows)), len(base.table.rows))
    numbers = rng.sample(range(1, 40), tables)
    title = titles(config.language).extract
    named = [title.format(table=base.table.title, number=n) for n in numbers]
    target, changed = base.extract(named[0], order[:size], chosen, config.counterfactual, rng)
    query, found, evidence = _query(target, config.conditions, rng)
    blocks = [table_block(work, f"{base.doc_id}#{numbers[0]}", target, evidence)]
    for k in range(1, tables):
        # Other rows of the same columns, while there are some.
        rows = order[size * k : size * (k + 1)]
        if len(rows) < min(size, 5):
            break
        extract, _ = base.extract(named[k], rows, chosen, config.counterfactual, rng)
        blocks.append(table_block(work, f"{base.doc_id}#{numbers[k]}", extract))
    return answered(
        work,
        config,
        words(Asks, WORDS, "asks")[config.language],
        query.kind,
        query.fields(config.language),
        blocks,
        found,
        # A document on one of these may state the same numbers, unchanged.
        exclude={base.table.rows[r][i] for r in order[: size * tables] for i in base.keys},
        counterfactual=sum(row in evidence for row, _ in changed),
    )


def suits(base: Base) -> bool:
    """Enough rows, something to measure, something to choose rows by."""
    return len(base.table.rows) >= 12 and bool(
        base.measures and (len(base.measures) >= 2 or base.categories)
    )


def _columns(base: Base, rng: random.Random) -> list[int]:
    """A key, up to two categories and up to four measures, in their order."""
    n = min(len(base.measures), rng.randint(2, 4))
    return sorted({*base.keys[:1], *base.categories[:2], *rng.sample(base.measures, n)})


# --- queries ----------------------------------------------------------------------------


def _query(table: Table, n: int, rng: random.Random) -> tuple[Query, Answer, tuple[int, ...]]:
    """A query of a random kind that the table allows, its answer, and the rows it rests on."""
    kinds = list(KINDS)
    rng.shuffle(kinds)
    reason = ""
    for kind in kinds:
        try:
            query = _drawn(kind, table, n, rng)
            found = query.answer()
            return query, found, query.evidence(found)
        except Refused as refusal:
            reason = str(refusal)
    raise Refused(reason)


def _drawn(kind: str, table: Table, n: int, rng: random.Random) -> Query:
    """A query of one kind over columns and up to n conditions."""
    complete = complete_columns(table)
    amounts = [i for i in complete if summable(table.columns[i])]
    if kind == "groups":
        column = _one_of(amounts, "no amount to add up", rng)
        by = _one_of(category_columns(table), "no category to group by", rng)
        return Query(kind, table, column, by, Selection(()), _largest(table, column, by))
    if kind == "change":
        pairs = [
            (i, j)
            for i in amounts
            for j in amounts
            if i < j and _alike(table.columns[i], table.columns[j])
        ]
        other, column = _one_of(pairs, "no two columns of one kind", rng)
    else:
        fit = complete if kind in ("mean", *FEW_DECIDE) else amounts
        column = other = _one_of(fit, "no complete measure", rng)
    if kind == "share" and any((value(row[column]) or 0) < 0 for row in table.rows):
        raise Refused("negative amounts have no share")
    # The larger the table, the more rows a condition must leave, and the more work.
    fewest = 2 if kind == "share" else max(3, len(table.rows) // 5)
    skip = [table.columns[i].name for i in (column, other)]
    selection = draw_selection(table, n, rng, fewest=fewest, skip=skip)
    return Query(kind, table, column, other, selection, tuple(selection.rows(table)))


def _one_of(options: Sequence[T], otherwise: str, rng: random.Random) -> T:
    if not options:
        raise Refused(otherwise)
    return rng.choice(options)


def _sums(table: Table, column: int, by: int, rows: Iterable[int]) -> dict[str, Fraction]:
    """Group -> the sum of a column over its rows."""
    found: dict[str, Fraction] = {}
    for r in rows:
        group, amount = table.rows[r][by], value(table.rows[r][column])
        if amount is not None:
            found[group] = found.get(group, Fraction()) + amount
    return found


def _largest(table: Table, column: int, by: int) -> tuple[int, ...]:
    """The rows of the group with the largest sum."""
    if not all(row[by] for row in table.rows):
        raise Refused("rows without a group")
    sums = _sums(table, column, by, range(len(table.rows)))
    best = [group for group, amount in sums.items() if amount == max(sums.values())]
    rows = tuple(r for r, row in enumerate(table.rows) if row[by] == best[0])
    if len(best) > 1 or len(rows) < 2:
        raise Refused("no single largest group")
    return rows


def _alike(one: Column, other: Column) -> bool:
    """Whether two columns hold one item, over several periods perhaps."""
    same_item = _YEAR.sub("", one.name).strip() == _YEAR.sub("", other.name).strip()
    return same_item and one.unit == other.unit


def _written(found: Fraction, decimals: int | None) -> str | None:
    """What a solver would write for a value, where that is well defined."""
    try:
        return exact.written(found, decimals)
    except Refused:
        return None


GENERATOR = replace(
    over_tables(make, solve, NEEDS, suits, WORDS),
    candidates=lazy.candidates,
    lazy=lazy.READERS,
)
