"""Where the numbers come from: a table of the corpus, cut to size, or a made-up one."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING, Literal

from golong_data.contexts.budget import Share
from golong_data.contexts.stitch import Block
from golong_data.contexts.tables import FORMS
from golong_data.contexts.workspace import Workspace
from golong_data.errors import UserError
from golong_data.material.changed_numbers import counterfactual
from golong_data.material.columns import category_columns, key_columns, numeric_columns
from golong_data.material.exact import with_commas
from golong_data.material.record_sets import RECORD_SETS
from golong_data.types import Column, Refused, Table
from golong_data.words import words

if TYPE_CHECKING:
    from golong_data.corpus import Corpus

Whence = Literal["auto", "corpus", "generated"]
"""Tables of the corpus, made-up record sets, or the corpus where it has suitable ones."""

ROOM = Share(2, 5)
"""What tables take of a context."""

TRIES = 12
"""Tables of the corpus that may turn out not to suit."""

GENERATED_ROWS = 240
"""Rows of a record set."""

TOKENS_PER_CELL = 9
"""Rough cost of a cell in a rendered table, for deciding how many rows a length affords."""

OTHERWISE = "; made-up record sets serve where there is none"
"""Stands behind what a generator needs of a table."""

_AMBIGUOUS = re.compile(r'["|\\<>\n]')


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

    def extract(
        self,
        title: str,
        rows: Sequence[int],
        columns: Sequence[int],
        share: float,
        rng: random.Random,
        *,
        together: bool = True,
    ) -> tuple[Table, frozenset[tuple[int, int]]]:
        """Some rows and columns, a share of the numbers changed if they are real, and which."""
        table = take(self.table, title, rows, columns)
        return counterfactual(table, self.share(share), rng, together=together)


@dataclass(frozen=True, slots=True)
class Titles:
    """What cuts of tables are called in one language."""

    extract: str
    """Some of its rows."""
    sheet: str
    """Some of its rows, beside other tables."""
    part: str
    """Some of its columns."""
    statement: str
    """What it says about one entity."""
    item: str
    """The column of items in a statement."""


def titles(language: str) -> Titles:
    """The titles of one language."""
    return words(Titles, "material/tables", "writes")[language]


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


def draw_base(
    work: Workspace, suits: Callable[[Base], bool], wanted: str, *, tables: Whence, language: str
) -> Base:
    """A random table that suits, of the corpus where it has one and `tables` allows it.

    `wanted` says in words what suits, for the error where the corpus must serve and cannot.
    `language` is that of a made-up one.
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
    names = sorted(RECORD_SETS)
    work.rng.shuffle(names)
    for name in names:
        table = RECORD_SETS[name](work.rng, GENERATED_ROWS, language)
        base = base_of(f"generated/{name}", table, real=False)
        if suits(base):
            return base
    raise Refused("no record set suits")


@lru_cache(maxsize=64)
def corpus_base(corpus: Corpus, index: int) -> Base:
    """A table of the corpus, without what a question could not name."""
    return base_of(corpus.id(index), usable(corpus.table(index)), real=True)


def table_serves(suits: Callable[[Base], bool]) -> Callable[[Corpus, int], bool]:
    """A generator's `serves`: whether a document is a table that suits."""

    def serves(corpus: Corpus, index: int) -> bool:
        return corpus.is_table(index) and suits(corpus_base(corpus, index))

    return serves


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
    """How many rows to take, so that all tables fit in their share of the context."""
    limit = ROOM.pieces(work.ctx, max(1, tables * columns * TOKENS_PER_CELL))
    if limit < 5:
        raise Refused("tables do not fit in so short a context")
    high = min(most, limit)
    return work.rng.randint(min(fewest, high), high)


def take(table: Table, title: str, rows: Sequence[int], columns: Sequence[int]) -> Table:
    """Some rows and columns of a table under a title of its own."""
    cells = tuple(tuple(table.rows[r][c] for c in columns) for r in rows)
    return Table(title, tuple(table.columns[c] for c in columns), cells)


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
    styled = grouped(table) if chosen != "json_lines" and work.rng.random() < 0.5 else table
    rendered = FORMS[chosen](styled)
    spans = tuple(rendered.rows[row] for row in sorted(evidence))
    return Block(doc_id, table.title, rendered.text, spans, series=series)


def grouped(table: Table) -> Table:
    """The table with thousands commas in its numbers."""

    def cell(text: str, column: Column) -> str:
        return with_commas(text.replace(",", "")) if column.numeric and text else text

    rows = (tuple(map(cell, row, table.columns)) for row in table.rows)
    return replace(table, rows=tuple(rows))
