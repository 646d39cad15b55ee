"""Where the numbers come from: a table of the corpus, cut to size, or a made-up one."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import lru_cache
from typing import TYPE_CHECKING, Literal

from golong_data.contexts.stitch import Block
from golong_data.contexts.tables import FORMS
from golong_data.contexts.workspace import Workspace
from golong_data.errors import UserError
from golong_data.material.exact import measures
from golong_data.material.record_sets import RECORD_SETS
from golong_data.types import Column, Refused, Table

if TYPE_CHECKING:
    from golong_data.corpus import Corpus

Whence = Literal["auto", "corpus", "generated"]
"""Tables of the corpus, made-up record sets, or the corpus where it has suitable ones."""

TRIES = 12
GENERATED_ROWS = 240
TOKENS_PER_CELL = 9
"""Rough cost of a cell in a rendered table, for deciding how many rows a length affords."""

_AMBIGUOUS = re.compile(r'["|\\<>\n]')
_PLAIN = re.compile(r"-?\d+(\.\d+)?")


@dataclass(frozen=True, slots=True)
class Base:
    """A table to take rows and columns from."""

    doc_id: str
    table: Table
    real: bool
    """Whether its numbers are those of a source document."""
    keys: tuple[int, ...]
    """Text columns that name each row differently."""
    categories: tuple[int, ...]
    """Text columns with few different values."""
    measures: tuple[int, ...]
    """Columns of measurements with some variety."""

    def share(self, counterfactual: float) -> float:
        """Share of its numbers to change: nobody knows made-up ones by heart."""
        return counterfactual if self.real else 0.0


def base_of(doc_id: str, table: Table, *, real: bool) -> Base:
    """A table with its columns sorted by use."""
    return Base(
        doc_id,
        table,
        real,
        tuple(key_columns(table)),
        tuple(category_columns(table)),
        tuple(numeric_columns(table)),
    )


@lru_cache(maxsize=1 << 16)
def value(cell: str) -> Fraction | None:
    """The exact value of a numeric cell as the source writes it, commas allowed."""
    plain = cell.replace(",", "").removeprefix("+")
    return Fraction(plain) if _PLAIN.fullmatch(plain) else None


def column(table: Table, name: str) -> int:
    """Index of a column by its name."""
    return next(i for i, c in enumerate(table.columns) if c.name == name)


def numeric_columns(table: Table) -> list[int]:
    """Columns that hold measurements with some variety."""
    return [
        i
        for i, c in enumerate(table.columns)
        if measures(c) and len({row[i] for row in table.rows if row[i]}) >= 5
    ]


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


def draw_base(
    work: Workspace, suits: Callable[[Base], bool], wanted: str, *, tables: Whence = "auto"
) -> Base:
    """A random table that suits, of the corpus where it has one and `tables` allows it.

    `wanted` says in words what suits, for the error where the corpus must serve and cannot.
    """
    there = work.corpus.tables
    if tables != "generated" and len(there):
        for index in work.rng.sample(range(len(there)), min(TRIES, len(there))):
            base = corpus_base(work.corpus, int(there[index]))
            if suits(base):
                return base
    if tables == "corpus":
        raise UserError(
            f"{len(there)} tables are there, and none of those tried is {wanted}; at least 1 "
            "more is missing.",
            where=f"corpus {', '.join(work.corpus.names)}",
            remedy='Add such a table, or allow made-up record sets with "tables: auto".',
        )
    makers = [maker for _, maker in sorted(RECORD_SETS.items())]
    work.rng.shuffle(makers)
    for maker in makers:
        table = maker(work.rng, GENERATED_ROWS)
        base = base_of(f"generated/{maker.__name__}", table, real=False)
        if suits(base):
            return base
    raise Refused("no record set suits")


@lru_cache(maxsize=64)
def corpus_base(corpus: Corpus, index: int) -> Base:
    """A table of the corpus, without what a question could not name."""
    return base_of(corpus.id(index), usable(corpus.table(index)), real=True)


def usable(table: Table) -> Table:
    """The table without columns and rows that a question could not name.

    Cells and headers with line breaks, pipes, quotation marks or great length make a
    question ambiguous in some written form.
    """
    columns = [
        i
        for i, c in enumerate(table.columns)
        if 0 < len(c.name) <= 60
        and not _AMBIGUOUS.search(c.name)
        and sum(d.name == c.name for d in table.columns) == 1
    ]
    rows = tuple(tuple(row[i] for i in columns) for row in table.rows)
    kept = tuple(
        row for row in rows if all(len(cell) <= 80 and not _AMBIGUOUS.search(cell) for cell in row)
    )
    return Table(table.title, tuple(table.columns[i] for i in columns), kept)


def afford(work: Workspace, fewest: int, most: int, *, tables: int, columns: int) -> int:
    """How many rows to take, so that all tables fit in about two fifths of the context."""
    limit = work.ctx * 2 // 5 // max(1, tables * columns * TOKENS_PER_CELL)
    if limit < 5:
        raise Refused("tables do not fit in so short a context")
    high = min(most, limit)
    return work.rng.randint(min(fewest, high), high)


def take(table: Table, title: str, rows: Sequence[int], columns: Sequence[int]) -> Table:
    """Some rows and columns of a table under a title of its own."""
    cells = tuple(tuple(table.rows[r][c] for c in columns) for r in rows)
    return Table(title, tuple(table.columns[c] for c in columns), cells)


def counterfactual(
    table: Table, share: float, rng: random.Random, *, together: bool = True
) -> tuple[Table, frozenset[tuple[int, int]]]:
    """The table with a share of its numbers changed, and which cells (row, column).

    A changed number is 70 to 140 % of the old one and within the range of its column, so it
    stays plausible. `together`: the amounts of one row in one unit change by one factor, so
    that a part stays smaller than its whole. Names stay: whoever knows a name's true number
    is misled all the same.
    """
    rows, changed = [list(row) for row in table.rows], set()
    factors: dict[tuple[int, str], int] = {}
    if not share:
        return table, frozenset()
    for c, column in enumerate(table.columns):
        if not measures(column):
            continue
        cells = {r: row[c].replace(",", "") for r, row in enumerate(rows) if row[c]}
        units = [_units(cell, column.decimals) for cell in cells.values()]
        low, high = min(units, default=0), max(units, default=0)
        for r, cell in cells.items():
            factor = change_factor(share, rng)
            if together:
                factor = factors.setdefault((r, column.unit or column.name), factor)
            new = scaled(cell, factor, low, high, column.decimals) if factor else cell
            if new != cell:
                rows[r][c] = new
                changed.add((r, c))
    return replace(table, rows=tuple(map(tuple, rows))), frozenset(changed)


def change_factor(share: float, rng: random.Random) -> int:
    """Thousandths to change a number by, well away from 1,000; 0 to leave it."""
    if rng.random() >= share:
        return 0
    return rng.choice((rng.randint(700, 960), rng.randint(1040, 1400)))


def _units(cell: str, decimals: int) -> int:
    """A number's value in units of 10^-decimals, which must not be coarser than its own."""
    scale: int = 10 ** (decimals - decimals_of(cell))
    return int(cell.replace(".", "")) * scale


def decimals_of(cell: str) -> int:
    """Digits after the decimal point of a number as written."""
    return len(cell.partition(".")[2])


def scaled(cell: str, factor: int, low: int, high: int, decimals: int) -> str:
    """A number times `factor` thousandths, written with as many decimals as it had.

    `low` and `high` bound it, in units of 10^-decimals. Integers throughout.
    """
    own = decimals_of(cell)
    coarse = 10 ** (decimals - own)
    units = int(cell.replace(",", "").replace(".", "")) * factor // 1000
    units = min(max(units, -(-low // coarse)), high // coarse)
    sign, digits = "-" if units < 0 else "", str(abs(units)).rjust(own + 1, "0")
    return sign + (f"{digits[:-own]}.{digits[-own:]}" if own else digits)


def with_commas(table: Table) -> Table:
    """The table with thousands commas in its numbers."""

    def cell(text: str, c: Column) -> str:
        if not c.numeric or not text:
            return text
        whole, point, rest = text.replace(",", "").partition(".")
        sign = "-" if whole.startswith("-") else ""
        return f"{sign}{abs(int(whole)):,}{point}{rest}"

    rows = (tuple(map(cell, row, table.columns)) for row in table.rows)
    return replace(table, rows=tuple(rows))


def table_block(
    work: Workspace,
    doc_id: str,
    table: Table,
    evidence: Sequence[int] = (),
    *,
    form: str | None = None,
    series: str = "",
) -> Block:
    """A table as a document of the context, in a random written form.

    `evidence` lists the rows that the answer rests on.
    """
    chosen = form or work.rng.choice(sorted(FORMS))
    styled = with_commas(table) if chosen != "json_lines" and work.rng.random() < 0.5 else table
    rendered = FORMS[chosen](styled)
    spans = tuple(rendered.rows[row] for row in sorted(evidence))
    return Block(doc_id, table.title, rendered.text, spans, series=series)
