"""Aggregate over one table: filter or group, then sum, mean, median, share or change."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from golong_data.contexts.stitch import Block
from golong_data.contexts.workspace import Workspace
from golong_data.material import exact
from golong_data.material.tables import (
    Base,
    afford,
    category_columns,
    counterfactual,
    draw_base,
    numeric_columns,
    table_block,
    take,
    value,
)
from golong_data.solving import reading
from golong_data.tasks.forms import VALUE, ask, compose
from golong_data.tasks.numeric.config import NumericConfig
from golong_data.tasks.numeric.select import draw_conditions, phrase
from golong_data.types import Draft, Refused, Table


@dataclass(frozen=True, slots=True)
class Query:
    """A question over some rows: its words, its exact value, the rows it rests on."""

    text: str
    gold: str
    decimals: int | None
    unit: str
    evidence: tuple[int, ...]


def generate(work: Workspace, config: NumericConfig) -> Draft:
    """One table among look-alikes that share its columns, and a query over some rows."""
    rng = work.rng
    base = draw_base(
        work, suits, "a table with 12 rows, a measure and a category", tables=config.tables
    )
    chosen = _columns(base, work)
    tables = 1 + config.distractors
    size = afford(work, *config.rows, tables=tables, columns=len(chosen))
    size = min(size, len(base.table.rows) * 2 // 3)
    order = rng.sample(range(len(base.table.rows)), len(base.table.rows))
    numbers = rng.sample(range(1, 40), tables)
    titles = [f"{base.table.title}, extract {n}" for n in numbers]
    target, changed = counterfactual(
        take(base.table, titles[0], order[:size], chosen),
        base.share(config.counterfactual),
        rng,
    )
    query = _query(target, config.conditions, work)
    blocks = [table_block(work, f"{base.doc_id}#{numbers[0]}", target, query.evidence)]
    blocks += _distractors(work, config, base, chosen, order, size, titles[1:], numbers[1:])
    shown = {base.table.rows[r][i] for r in order[: size * tables] for i in base.keys}
    question = ask(
        VALUE,
        config,
        f'Use only the table "{target.title}". {query.text}',
        exact.answer_format(query.decimals, query.unit),
    )
    return compose(
        work,
        config,
        question,
        blocks,
        query.gold,
        # A document on one of these may state the same numbers, unchanged.
        exclude=shown,
        metric=exact.metric(query.decimals, query.unit),
        counterfactual=sum(row in query.evidence for row, _ in changed),
    )


def suits(base: Base) -> bool:
    """Enough rows, something to measure, something to choose rows by."""
    return len(base.table.rows) >= 12 and bool(
        base.measures and (len(base.measures) >= 2 or base.categories)
    )


def _columns(base: Base, work: Workspace) -> list[int]:
    """A key, up to two categories and up to four measures, in their order."""
    n = min(len(base.measures), work.rng.randint(2, 4))
    return sorted({*base.keys[:1], *base.categories[:2], *work.rng.sample(base.measures, n)})


def _distractors(
    work: Workspace,
    config: NumericConfig,
    base: Base,
    chosen: Sequence[int],
    order: Sequence[int],
    size: int,
    titles: Sequence[str],
    numbers: Sequence[int],
) -> list[Block]:
    """Extracts of the same table with the same columns: other rows while there are some."""
    blocks = []
    for k, (title, n) in enumerate(zip(titles, numbers, strict=True)):
        rows = order[size * (k + 1) : size * (k + 2)]
        if len(rows) < min(size, 5):
            break
        extract, _ = counterfactual(
            take(base.table, title, rows, chosen),
            base.share(config.counterfactual),
            work.rng,
        )
        blocks.append(table_block(work, f"{base.doc_id}#{n}", extract))
    return blocks


# --- queries ----------------------------------------------------------------------------


def _query(table: Table, n_conditions: int, work: Workspace) -> Query:
    makers = list(QUERIES.values())
    work.rng.shuffle(makers)
    reasons = []
    for make in makers:
        try:
            return make(table, n_conditions, work)
        except Refused as refusal:
            reasons.append(str(refusal))
    raise Refused(reasons[-1])


def _values(table: Table, c: int, rows: Sequence[int]) -> list[Fraction]:
    found = [value(table.rows[r][c]) for r in rows]
    return [v for v in found if v is not None]


def _filtered(
    name: str, ask: str, operation: Callable[[Sequence[Fraction]], Fraction]
) -> Callable[[Table, int, Workspace], Query]:
    """A query maker: some rows by conditions, one operation over one measure."""

    def make(table: Table, n: int, work: Workspace) -> Query:
        candidates = [
            i
            for i in numeric_columns(table)
            if (name != "sum" or exact.summable(table.columns[i]))
            and all(row[i] for row in table.rows)
        ]
        if not candidates:
            raise Refused("no complete measure")
        c = work.rng.choice(candidates)
        target = table.columns[c]
        conditions, rows = draw_conditions(
            table, n, work.rng, fewest=_fewest(table), skip=(target.name,)
        )
        values = _values(table, c, rows)
        decimals = exact.mean_decimals(operation(values)) if name == "mean" else None
        gold = exact.written(operation(values), decimals)
        losses = [operation(values[:i] + values[i + 1 :]) for i in range(len(values))]
        keep = range(len(values))
        if name in ("spread", "median"):
            # Only the rows that decide the answer are evidence.
            keep = [i for i in keep if _loose(losses[i], decimals) != gold]  # type: ignore[assignment]
            if len(list(keep)) < 2:
                raise Refused("answer rests on too little")
        else:
            exact.depends_on_each([_loose(loss, decimals) for loss in losses], gold)
        text = f"Consider the rows in which {phrase(conditions)}. " + ask.format(c=target.name)
        return Query(text, gold, decimals, target.unit, tuple(rows[i] for i in keep))

    return make


def _fewest(table: Table) -> int:
    """Rows that a condition must leave: the larger the table, the more work."""
    return max(3, len(table.rows) // 5)


def _loose(value: Fraction, decimals: int | None) -> str | None:
    """What a solver would write for a value, where that is well defined."""
    try:
        return exact.written(value, decimals)
    except Refused:
        return None


def _share(table: Table, n: int, work: Workspace) -> Query:
    """The rows' share of the column's total."""
    c = _summable(table, work)
    if any(v < 0 for v in _values(table, c, range(len(table.rows)))):
        raise Refused("negative amounts have no share")
    conditions, rows = draw_conditions(table, n, work.rng, fewest=2, skip=(table.columns[c].name,))
    part = _values(table, c, rows)
    total = sum(_values(table, c, range(len(table.rows))), Fraction())
    gold = exact.written(exact.percent(sum(part, Fraction()), total), 2)
    losses = [
        _loose(exact.percent(sum(part, Fraction()) - v, total - v), 2) for v in part if v != total
    ]
    exact.depends_on_each(losses, gold)
    if len(losses) != len(part) or not all(part):
        raise Refused("one piece of evidence does not matter")
    text = (
        f"Consider the rows in which {phrase(conditions)}. What percentage of the sum of "
        f'"{table.columns[c].name}" over all rows of this table do they account for?'
    )
    return Query(text, gold, 2, "%", tuple(rows))


def _change(table: Table, n: int, work: Workspace) -> Query:
    """How much one column's sum differs from another's, both in the same unit."""
    options = [
        (i, j)
        for i in numeric_columns(table)
        for j in numeric_columns(table)
        if i < j
        and _stem(table.columns[i].name) == _stem(table.columns[j].name)
        and table.columns[i].unit == table.columns[j].unit
        and all(exact.summable(table.columns[k]) for k in (i, j))
        and all(row[i] and row[j] for row in table.rows)
    ]
    if not options:
        raise Refused("no two columns of one kind")
    i, j = work.rng.choice(options)
    old_name, new_name = table.columns[i].name, table.columns[j].name
    conditions, rows = draw_conditions(
        table, n, work.rng, fewest=_fewest(table), skip=(old_name, new_name)
    )
    old, new = _values(table, i, rows), _values(table, j, rows)
    gold = exact.written(exact.change(sum(old, Fraction()), sum(new, Fraction())), 2)
    losses = [
        _loose(exact.change(sum(old, Fraction()) - a, sum(new, Fraction()) - b), 2)
        for a, b in zip(old, new, strict=True)
    ]
    exact.depends_on_each(losses, gold)
    text = (
        f"Consider the rows in which {phrase(conditions)}. By what percentage does the sum of "
        f'"{new_name}" over these rows differ from the sum of "{old_name}" over them? Take the '
        "latter as the base; a decrease is negative."
    )
    return Query(text, gold, 2, "%", tuple(rows))


def _groups(table: Table, n: int, work: Workspace) -> Query:
    """The largest of the group sums."""
    c = _summable(table, work)
    groups = category_columns(table)
    if not groups:
        raise Refused("no category to group by")
    g = work.rng.choice(groups)
    if not all(row[g] for row in table.rows):
        raise Refused("rows without a group")
    sums: dict[str, Fraction] = {}
    for row in table.rows:
        amount = value(row[c])
        if amount is not None:
            sums[row[g]] = sums.get(row[g], Fraction()) + amount
    best = max(sums, key=lambda name: (sums[name], name))
    rows = [r for r, row in enumerate(table.rows) if row[g] == best]
    if list(sums.values()).count(sums[best]) > 1 or len(rows) < 2:
        raise Refused("no single largest group")
    if any(not value(table.rows[r][c]) for r in rows):
        raise Refused("one piece of evidence does not matter")
    text = (
        f'Group the rows by "{table.columns[g].name}" and add up "{table.columns[c].name}" '
        "within each group. What is the largest of these group sums?"
    )
    gold = exact.written(sums[best], None)
    runner_up = max((v for k, v in sums.items() if k != best), default=Fraction())
    losses = [max(sums[best] - (value(table.rows[r][c]) or 0), runner_up) for r in rows]
    exact.depends_on_each([_loose(loss, None) for loss in losses], gold)
    return Query(text, gold, None, table.columns[c].unit, tuple(rows))


def _summable(table: Table, work: Workspace) -> int:
    options = [
        i
        for i in numeric_columns(table)
        if exact.summable(table.columns[i]) and all(row[i] for row in table.rows)
    ]
    if not options:
        raise Refused("no amount to add up")
    return work.rng.choice(options)


def _stem(name: str) -> str:
    """A header without its year: columns of one stem hold one item over several periods."""
    return (
        re.sub(r"\b(19|20)\d\d\b", "", name).strip()
        if re.search(r"\b(19|20)\d\d\b", name)
        else name
    )


QUERIES: Mapping[str, Callable[[Table, int, Workspace], Query]] = {
    "sum": _filtered(
        "sum", 'What is the sum of "{c}" over these rows?', lambda v: sum(v, Fraction())
    ),
    "mean": _filtered("mean", 'What is the mean of "{c}" over these rows?', exact.mean),
    "median": _filtered("median", 'What is the median of "{c}" over these rows?', exact.median),
    "spread": _filtered(
        "spread",
        'What is the difference between the largest and the smallest value of "{c}" in these rows?',
        lambda v: max(v) - min(v),
    ),
    "share": _share,
    "change": _change,
    "groups": _groups,
}
"""Query makers by name: (table, number of conditions, workspace) -> Query."""


# --- the independent solver ---------------------------------------------------------------

_TABLE = re.compile(r'^Use only the table "([^"]+)"\. ')
_WHERE = re.compile(r"Consider the rows in which (.+?)\. (?=What|By what)")
_TEST = re.compile(r'"([^"]+)" (is greater than|is less than|is) (?:"([^"]*)"|(-?[\d,.]*\d))')


def meets(row: Mapping[str, str], conditions: str) -> bool:
    """Whether a row meets the conditions as the question words them."""
    for name, operator, text, threshold in _TEST.findall(conditions):
        if name not in row:
            return False
        if operator == "is":
            if row[name] != text:
                return False
            continue
        cell, bound = reading.number(row[name]), reading.number(threshold)
        if cell is None or bound is None:
            return False
        if not (cell > bound if operator == "is greater than" else cell < bound):
            return False
    return True


def solve(question: str, documents: Mapping[str, str]) -> str | None:
    """Answers from the table's text alone."""
    named = _TABLE.match(question)
    if not named or named[1] not in documents:
        return None
    rows = list(reading.table(documents[named[1]]).rows)
    where = _WHERE.search(question)
    chosen = [row for row in rows if not where or meets(row, where[1])]
    result = _answer(question, rows, chosen)
    return None if result is None else reading.written(result, reading.places(question))


def _cells(rows: Sequence[Mapping[str, str]], name: str) -> list[Fraction]:
    found = [reading.number(row.get(name, "")) for row in rows]
    return [v for v in found if v is not None]


def _answer(
    question: str, rows: Sequence[Mapping[str, str]], chosen: Sequence[Mapping[str, str]]
) -> Fraction | None:
    if m := re.search(r'largest and the smallest value of "([^"]+)"', question):
        values = _cells(chosen, m[1])
        return max(values) - min(values) if values else None
    if m := re.search(r'percentage of the sum of "([^"]+)" over all rows', question):
        total = sum(_cells(rows, m[1]))
        return Fraction(sum(_cells(chosen, m[1])) * 100) / total if total else None
    if m := re.search(
        r'sum of "([^"]+)" over these rows differ from the sum of "([^"]+)"', question
    ):
        base = sum(_cells(chosen, m[2]))
        return Fraction((sum(_cells(chosen, m[1])) - base) * 100) / base if base else None
    if m := re.search(r'Group the rows by "([^"]+)" and add up "([^"]+)"', question):
        groups = {row[m[1]] for row in rows if m[1] in row}
        sums = [sum(_cells([r for r in rows if r.get(m[1]) == g], m[2])) for g in groups]
        return Fraction(max(sums)) if sums else None
    if m := re.search(r'What is the (sum|mean|median) of "([^"]+)" over these rows', question):
        values = sorted(_cells(chosen, m[2]))
        if not values:
            return None
        if m[1] == "median":
            middle = len(values) // 2
            return values[middle] if len(values) % 2 else (values[middle - 1] + values[middle]) / 2
        return Fraction(sum(values)) / (len(values) if m[1] == "mean" else 1)
    return None
