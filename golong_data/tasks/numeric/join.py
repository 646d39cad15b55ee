"""Join over several tables: conditions stand in one table, the amounts in another."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from fractions import Fraction

from golong_data.contexts.workspace import Workspace
from golong_data.material import exact
from golong_data.material.tables import (
    Base,
    afford,
    base_of,
    corpus_base,
    counterfactual,
    draw_base,
    numeric_columns,
    table_block,
    take,
    value,
)
from golong_data.solving import reading
from golong_data.tasks.forms import VALUE, ask, compose
from golong_data.tasks.numeric.aggregate import meets
from golong_data.tasks.numeric.config import NumericConfig
from golong_data.tasks.numeric.select import Condition, draw_conditions, phrase
from golong_data.types import Draft, Refused, Table


def generate(work: Workspace, config: NumericConfig) -> Draft:
    """Two or three tables that share a key, each in an order of its own.

    One holds the amounts; the others say which keys count. They are different tables of
    the corpus where two share enough keys, else one table parted by columns.
    """
    rng = work.rng
    n_tables = min(3, max(2, config.entities))
    bases = _bases(work, config, n_tables)
    key = bases[0].table.columns[bases[0].keys[0]].name
    total = n_tables + min(config.distractors, 2)
    size = afford(work, *config.rows, tables=total, columns=3)
    shared = _shared_keys(bases)
    if len(shared) < 5:
        raise Refused("tables share too few keys")
    keys = rng.sample(shared, min(size, len(shared)))
    numbers = rng.sample(range(1, 40), total)
    tables, changes = [], []
    for i, base in enumerate(bases):
        part = _part(base, keys, f"{base.table.title}, sheet {numbers[i]}", work, amounts=i == 0)
        part, changed = counterfactual(part, base.share(config.counterfactual), rng)
        tables.append(part)
        changes.append(changed)
    amounts, others = tables[0], tables[1:]
    measures = numeric_columns(amounts)
    if not measures:
        raise Refused("no amounts")
    target = rng.choice(measures)
    column = amounts.columns[target]
    conditions, kept = _conditions(others, key, amounts, work)
    operation = rng.choice(["sum", "mean"]) if exact.summable(column) else "mean"
    if not all(row[target] for row in amounts.rows):
        raise Refused("missing amounts")
    chosen = [r for r, row in enumerate(amounts.rows) if row[0] in kept]
    values = [value(amounts.rows[r][target]) or Fraction() for r in chosen]
    decimals = None if operation == "sum" else exact.mean_decimals(exact.mean(values))
    gold = _operate(values, operation, decimals)
    losses = [values[:i] + values[i + 1 :] for i in range(len(values))]
    exact.depends_on_each([_operate(rest, operation, decimals) for rest in losses], gold)
    evidence = {amounts.title: chosen} | {
        table.title: [r for r, row in enumerate(table.rows) if row[0] in kept] for table in others
    }
    blocks = [
        table_block(work, f"{base.doc_id}#{n}", table, evidence[table.title])
        for base, n, table in zip(bases, numbers, tables, strict=False)
    ]
    sheets = _look_alikes(work, config, bases[0], amounts, keys, numbers[n_tables:])
    blocks += [table_block(work, f"{bases[0].doc_id}#{n}", sheet) for n, sheet in sheets]
    listed = " and ".join(f'"{table.title}"' for table in tables)
    where = " and ".join(
        f'in "{table.title}", {phrase(found)}'
        for table, found in zip(others, conditions, strict=True)
    )
    question = ask(
        VALUE,
        config,
        f'Use only the tables {listed}; they share the column "{key}". Consider every '
        f'"{key}" for which {where}. Leave out any that is missing from one of the tables. What is '
        f'the {operation} of "{column.name}" in "{amounts.title}" over these?',
        exact.answer_format(decimals, column.unit),
    )
    shown = [*tables, *(sheet for _, sheet in sheets)]
    excluded = frozenset(row[0] for table in shown for row in table.rows)
    return compose(
        work,
        config,
        question,
        blocks,
        gold,
        exclude=excluded,
        metric=exact.metric(decimals, column.unit),
        counterfactual=sum(
            row in evidence[table.title]
            for table, changed in zip(tables, changes, strict=True)
            for row, _ in changed
        ),
    )


def _operate(values: Sequence[Fraction], operation: str, decimals: int | None) -> str:
    if not values:
        return ""
    total = sum(values, Fraction())
    return exact.written(total if operation == "sum" else total / len(values), decimals)


def suits(base: Base) -> bool:
    """A key to join on and two measures, so that it can be parted if nothing joins it."""
    return len(base.table.rows) >= 12 and bool(base.keys) and len(base.measures) >= 2


def _bases(work: Workspace, config: NumericConfig, n: int) -> list[Base]:
    """Tables with a key column of the same name and many keys in common."""
    first = draw_base(
        work, suits, "a table with a key column and two measures", tables=config.tables
    )
    key = first.table.columns[first.keys[0]].name
    found = [first]
    keys = set(_keys(first))
    if first.real:
        tables = work.corpus.tables
        for index in work.rng.sample(range(len(tables)), min(10, len(tables))):
            if len(found) == n:
                break
            other = corpus_base(work.corpus, int(tables[index]))
            if other.doc_id in {base.doc_id for base in found} or not suits(other):
                continue
            if other.table.columns[other.keys[0]].name == key and len(
                keys.intersection(_keys(other))
            ) >= max(12, len(keys) // 3):
                found.append(other)
                keys &= set(_keys(other))
    return found if len(found) == n else _parted(first, n, work)


def _parted(base: Base, n: int, work: Workspace) -> list[Base]:
    """One table as n tables: each keeps the key and its own share of the other columns."""
    table, key = base.table, base.keys[0]
    if len(base.measures) < n:
        raise Refused("too few columns to part")
    measures = work.rng.sample(base.measures, len(base.measures))
    categories = [c for c in base.categories if c != key]
    rows = range(len(table.rows))
    parts = []
    for i in range(n):
        columns = [key, *(categories[:1] if i == 1 else []), *sorted(measures[i::n])]
        title = f"{table.title}, part {'ABC'[i]}"
        part = take(table, title, rows, columns)
        parts.append(base_of(f"{base.doc_id}/{'ABC'[i]}", part, real=base.real))
    return parts


def _keys(base: Base) -> list[str]:
    return [row[base.keys[0]] for row in base.table.rows]


def _shared_keys(bases: Sequence[Base]) -> list[str]:
    common = set(_keys(bases[0])).intersection(*(_keys(base) for base in bases[1:]))
    return [key for key in _keys(bases[0]) if key in common]


def _part(base: Base, keys: Sequence[str], title: str, work: Workspace, *, amounts: bool) -> Table:
    """Rows of the shared keys and a few others, shuffled; the key and one or two columns."""
    table, rng, key = base.table, work.rng, base.keys[0]
    wanted = set(keys)
    rows = [r for r, row in enumerate(table.rows) if row[key] in wanted]
    others = [r for r, row in enumerate(table.rows) if row[key] not in wanted]
    rows += rng.sample(others, min(len(others), max(1, len(rows) // 6)))
    rng.shuffle(rows)
    measures = list(base.measures)
    if amounts:
        measures = [c for c in measures if all(table.rows[r][c] for r in rows)]
    picked = rng.sample(measures, min(len(measures), 2))
    if not picked:
        raise Refused("no measure in these rows")
    categories = [] if amounts else [c for c in base.categories if c != key][:1]
    return take(table, title, rows, [key, *sorted({*categories, *picked})])


def _conditions(
    tables: Sequence[Table], key: str, amounts: Table, work: Workspace
) -> tuple[list[tuple[Condition, ...]], set[str]]:
    """A condition a table, such that at least three keys meet all of them, and those keys.

    Keys that are missing from one of the tables do not count.
    """
    for _ in range(8):
        found: list[tuple[Condition, ...]] = []
        joined = {row[0] for row in amounts.rows}
        for table in tables:
            # The same condition in two tables would ask for one of them only.
            used = (condition.column for conditions in found for condition in conditions)
            conditions, rows = draw_conditions(table, 1, work.rng, fewest=3, skip=(key, *used))
            found.append(conditions)
            joined &= {table.rows[r][0] for r in rows}
        if 3 <= len(joined) < len(amounts.rows) - 1:
            return found, joined
    raise Refused("conditions leave too few keys")


def _look_alikes(
    work: Workspace,
    config: NumericConfig,
    base: Base,
    amounts: Table,
    keys: Sequence[str],
    numbers: Sequence[int],
) -> list[tuple[int, Table]]:
    """Other sheets of the table of amounts: same columns, other keys, other numbers."""
    table, key = base.table, base.keys[0]
    wanted = {row[0] for row in amounts.rows}.union(keys)
    rest = [r for r, row in enumerate(table.rows) if row[key] not in wanted]
    columns = [
        next(i for i, c in enumerate(table.columns) if c.name == d.name) for d in amounts.columns
    ]
    sheets = []
    for k, n in enumerate(numbers):
        rows = rest[k * len(keys) : (k + 1) * len(keys)]
        if len(rows) < 5:
            break
        sheet = take(table, f"{table.title}, sheet {n}", rows, columns)
        sheet, _ = counterfactual(sheet, base.share(config.counterfactual), work.rng)
        sheets.append((n, sheet))
    return sheets


# --- the independent solver ---------------------------------------------------------------

_ASKED = re.compile(
    r'Consider every "(?P<key>[^"]+)" for which (?P<where>.+?)\. Leave out any that is missing '
    r"from one of the tables\. What is the (?P<operation>sum|mean)"
    r' of "(?P<column>[^"]+)" in "(?P<table>[^"]+)" over these\?'
)
_CLAUSE = re.compile(r'in "([^"]+)", (.+?)(?= and in "|$)')


def solve(question: str, documents: Mapping[str, str]) -> str | None:
    """Answers by looking each key up in the tables' text."""
    asked = _ASKED.search(question)
    if not asked or not question.startswith("Use only the tables"):
        return None
    key, kept = asked["key"], None
    for title, conditions in _CLAUSE.findall(asked["where"]):
        if title not in documents:
            return None
        found = {
            row[key]
            for row in reading.table(documents[title]).rows
            if key in row and meets(row, conditions)
        }
        kept = found if kept is None else kept & found
    if not kept or asked["table"] not in documents:
        return None
    amounts = {
        row[key]: reading.number(row.get(asked["column"], ""))
        for row in reading.table(documents[asked["table"]]).rows
        if row.get(key) in kept
    }
    values = [v for v in amounts.values() if v is not None]
    if not values:
        return None
    result = Fraction(sum(values)) / (len(values) if asked["operation"] == "mean" else 1)
    return reading.written(result, reading.places(question))
