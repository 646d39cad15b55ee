"""Multi-period report: growth, ratio and difference across statements of several entities."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from golong_data.contexts.workspace import Workspace
from golong_data.material import exact
from golong_data.material.tables import (
    TOKENS_PER_CELL,
    Base,
    counterfactual,
    draw_base,
    table_block,
    take,
    value,
)
from golong_data.solving import reading
from golong_data.tasks.forms import VALUE, ask, compose
from golong_data.tasks.numeric.config import NumericConfig
from golong_data.types import Column, Draft, Refused, Table

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


def generate(work: Workspace, config: NumericConfig) -> Draft:
    """A statement for each of several entities, and a question across some of them."""
    rng = work.rng
    base = draw_base(work, suits, "a table of items by entity and year", tables=config.tables)
    key = base.keys[0]
    series = items(base.table)
    rng.shuffle(series)
    series = sorted(series[:6], key=lambda s: s.item)
    years = sorted({year for s in series for year in s.columns})
    n_most = work.ctx * 2 // 5 // (len(series) * (len(years) + 2) * TOKENS_PER_CELL)
    if n_most < config.entities:
        raise Refused("statements do not fit in so short a context")
    complete = [
        r
        for r, row in enumerate(base.table.rows)
        if all(row[c] for s in series for c in s.columns.values())
    ]
    if len(complete) < config.entities + 1:
        raise Refused("too few complete statements")
    total = min(config.entities + 3 * config.distractors, n_most, len(complete))
    rows = rng.sample(complete, total)
    table, changed = counterfactual(
        take(base.table, base.table.title, rows, range(len(base.table.columns))),
        base.share(config.counterfactual),
        rng,
        together=False,
    )
    picked = list(range(total))
    asked = picked[: config.entities]
    plan = _plan(table, series, asked, key, work)
    blocks = []
    for r in picked:
        used = plan.cells.get(r, [])
        statement = _statement(base, table, r, key, series, years)
        rows = sorted({[s.item for s in series].index(item) for item, _ in used})
        blocks.append(table_block(work, f"{base.doc_id}@{table.rows[r][key]}", statement, rows))
    question = ask(VALUE, config, plan.text, exact.answer_format(plan.decimals, plan.unit))
    used_columns = {
        (r, s.columns[year])
        for r, cells in plan.cells.items()
        for item, year in cells
        for s in series
        if s.item == item
    }
    return compose(
        work,
        config,
        question,
        blocks,
        plan.gold,
        exclude={table.rows[r][key] for r in picked},
        metric=exact.metric(plan.decimals, plan.unit),
        counterfactual=len(used_columns & changed),
    )


def items(table: Table) -> list[Series]:
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


def suits(base: Base) -> bool:
    """Names for the rows and at least one item over several years."""
    return len(base.table.rows) >= 8 and bool(base.keys) and bool(items(base.table))


def title(base: Base, table: Table, row: int, key: int) -> str:
    """The title of one entity's statement."""
    return f"{base.table.title}: statement for {table.rows[row][key]}"


def _statement(
    base: Base, table: Table, row: int, key: int, series: Sequence[Series], years: Sequence[str]
) -> Table:
    """One entity's items down the side, years across the top."""
    columns = (Column("Item", False), *(Column(year, True, "", 6) for year in years))
    rows = tuple(
        (s.item, *(table.rows[row][s.columns[y]] if y in s.columns else "" for y in years))
        for s in series
    )
    return Table(title(base, table, row, key), columns, rows)


# --- questions ----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Plan:
    """A question with its gold and the cells it rests on: row -> (item, year) pairs."""

    text: str
    gold: str
    decimals: int | None
    unit: str
    cells: Mapping[int, list[tuple[str, str]]]


def _plan(
    table: Table, series: Sequence[Series], rows: Sequence[int], key: int, work: Workspace
) -> Plan:
    rng = work.rng
    makers = (
        [_growth]
        if len(rows) == 1
        else [_gap, _ratio]
        if len(rows) == 2
        else [_mean_growth, _pooled]
    )
    s = rng.choice(list(series))
    early, late = sorted(rng.sample(sorted(s.columns), 2))

    def cell(r: int, year: str) -> Fraction:
        found = value(table.rows[r][s.columns[year]])
        if not found:
            raise Refused("a value is zero or missing")
        return found

    entities = [table.rows[r][key] for r in rows]
    return rng.choice(makers)(s, early, late, list(rows), entities, cell)


Cell = Callable[[int, str], Fraction]


def _growth(
    s: Series, early: str, late: str, rows: list[int], entities: list[str], cell: Cell
) -> Plan:
    """One entity's change: relative for amounts, in points for percentages."""
    change, decimals, unit = _change(s, cell(rows[0], early), cell(rows[0], late))
    ask = "By how much" if _in_points(s) else "By what percentage"
    text = f'{ask} did "{s.item}" of {entities[0]} change from {early} to {late}?'
    gold = exact.written(change, decimals)
    return Plan(
        f"{text} A decrease is negative.", gold, decimals, unit, _used(s, rows, early, late)
    )


def _in_points(s: Series) -> bool:
    """Percentages change by points; the percentage change of a percentage confuses."""
    return "%" in s.unit


def _change(s: Series, old: Fraction, new: Fraction) -> tuple[Fraction, int | None, str]:
    """The change with the decimals and the unit it is asked in."""
    if _in_points(s):
        if abs(new - old) * 10**s.decimals < 5:
            raise Refused("a change too small to ask for")
        return new - old, None, "percentage points"
    return exact.change(old, new), 2, "%"


def _gap(
    s: Series, early: str, late: str, rows: list[int], entities: list[str], cell: Cell
) -> Plan:
    """Difference of two changes, in percentage points."""
    (first, decimals, _), (second, _, _) = (_change(s, cell(r, early), cell(r, late)) for r in rows)
    kind = "change in percentage points" if _in_points(s) else "percentage change"
    text = (
        f'Take the {kind} of "{s.item}" from {early} to {late}. By how many percentage '
        f"points is the change of {entities[0]} above that of {entities[1]}? The result is "
        "negative if it is below."
    )
    gold = exact.written(first - second, decimals)
    return Plan(text, gold, decimals, "percentage points", _used(s, rows, early, late))


def _ratio(
    s: Series, early: str, late: str, rows: list[int], entities: list[str], cell: Cell
) -> Plan:
    """Quotient of two entities' values in two different years."""
    top, bottom = cell(rows[0], late), cell(rows[1], early)
    if bottom < 0 or top < 0:
        raise Refused("a ratio of negative values")
    text = (
        f'Divide "{s.item}" of {entities[0]} in {late} by "{s.item}" of {entities[1]} in {early}. '
        "What is the quotient?"
    )
    cells = {rows[0]: [(s.item, late)], rows[1]: [(s.item, early)]}
    return Plan(text, exact.written(top / bottom, 3), 3, "", cells)


def _mean_growth(
    s: Series, early: str, late: str, rows: list[int], entities: list[str], cell: Cell
) -> Plan:
    """Mean of several entities' changes."""
    changes = [_change(s, cell(r, early), cell(r, late)) for r in rows]
    kind = "change in percentage points" if _in_points(s) else "percentage change"
    text = (
        f'Compute the {kind} of "{s.item}" from {early} to {late} for each of '
        f"{_listed(entities)}. What is the unweighted mean of these changes?"
    )
    gold = exact.written(exact.mean([value for value, _, _ in changes]), 2)
    return Plan(text, gold, 2, changes[0][2], _used(s, rows, early, late))


def _pooled(
    s: Series, early: str, late: str, rows: list[int], entities: list[str], cell: Cell
) -> Plan:
    if not exact.summable(Column(s.item, True, s.unit)):
        raise Refused("values that do not add up")
    old = sum((cell(r, early) for r in rows), Fraction())
    new = sum((cell(r, late) for r in rows), Fraction())
    text = (
        f'Add up "{s.item}" of {_listed(entities)}. By what percentage did this total change from '
        f"{early} to {late}? A decrease is negative."
    )
    return Plan(text, exact.written(exact.change(old, new), 2), 2, "%", _used(s, rows, early, late))


def _used(s: Series, rows: Sequence[int], *years: str) -> dict[int, list[tuple[str, str]]]:
    return {r: [(s.item, year) for year in years] for r in rows}


def _listed(entities: Sequence[str]) -> str:
    return f"{'; '.join(entities[:-1])}; and {entities[-1]}"


# --- the independent solver ---------------------------------------------------------------


def solve(question: str, documents: Mapping[str, str]) -> str | None:
    """Answers from the statements' text alone."""
    statements = {
        name.rpartition(": statement for ")[2]: text
        for name, text in documents.items()
        if ": statement for " in name
    }

    def look_up(entity: str, item: str, year: str) -> Fraction:
        for row in reading.table(statements.get(entity, "")).rows:
            if row.get("Item") == item:
                found = reading.number(row.get(year, ""))
                if found is not None:
                    return found
        raise LookupError(entity)

    try:
        result = _answer(question, look_up)
    except (LookupError, ZeroDivisionError):
        return None
    return None if result is None else reading.written(result, reading.places(question))


def _answer(question: str, look_up: Callable[[str, str, str], Fraction]) -> Fraction | None:
    def change(kind: str, entity: str, item: str, early: str, late: str) -> Fraction:
        old, new = look_up(entity, item, early), look_up(entity, item, late)
        return (
            new - old
            if kind in ("how much", "change in percentage points")
            else (new / old - 1) * 100
        )

    years = r"from (\d{4}) to (\d{4})"
    kinds = "(change in percentage points|percentage change)"
    if m := re.search(
        rf'By (how much|what percentage) did "([^"]+)" of (.+) change {years}\?', question
    ):
        return change(m[1], m[3], m[2], m[4], m[5])
    if m := re.search(
        rf'Take the {kinds} of "([^"]+)" {years}\. By how many percentage points is the change of '
        r"(.+) above that of (.+)\? The result",
        question,
    ):
        return change(m[1], m[5], m[2], m[3], m[4]) - change(m[1], m[6], m[2], m[3], m[4])
    if m := re.search(
        r'Divide "([^"]+)" of (.+) in (\d{4}) by "([^"]+)" of (.+) in (\d{4})\.', question
    ):
        return look_up(m[2], m[1], m[3]) / look_up(m[5], m[4], m[6])
    if m := re.search(
        rf'Compute the {kinds} of "([^"]+)" {years} for each of (.+)\. What is the unweighted mean',
        question,
    ):
        found = [change(m[1], e, m[2], m[3], m[4]) for e in _entities(m[5])]
        return sum(found, Fraction()) / len(found)
    if m := re.search(
        rf'Add up "([^"]+)" of (.+)\. By what percentage did this total change {years}', question
    ):
        early, late = (
            sum((look_up(e, m[1], year) for e in _entities(m[2])), Fraction())
            for year in (m[3], m[4])
        )
        return (late / early - 1) * 100
    return None


def _entities(listed: str) -> list[str]:
    return [name.removeprefix("and ") for name in listed.split("; ")]
