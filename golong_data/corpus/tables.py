"""Tables as the tasks see them: CSV text in, typed columns and text cells out.

Numbers stay as written; `number` reads a cell exactly (Decimal, never a float), so gold
computed from a table has no rounding of its own.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Sequence
from decimal import Decimal

from golong_data.types import Column, Table

_NUMBER = re.compile(r"[+-]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?|[+-]?\.\d+")
_UNIT = re.compile(r"\(([^()]*)\)\s*$")


def number(cell: str) -> Decimal | None:
    """The exact value of a plain number, or None for anything else.

    >>> number("1,234.50"), number("-3"), number("12 km"), number("1,23")
    (Decimal('1234.50'), Decimal('-3'), None, None)
    """
    text = cell.strip()
    # ASCII only: \d would also take digits that few readers can compare.
    if not text.isascii() or not _NUMBER.fullmatch(text):
        return None
    return Decimal(text.replace(",", ""))


def unit(header: str) -> str:
    """The unit in trailing parentheses of a header, or "".

    >>> unit("GDP 2023 (million US$)")
    'million US$'
    """
    match = _UNIT.search(header)
    return match[1].strip() if match else ""


def column(name: str, cells: Sequence[str]) -> Column:
    """What is known of a column from its header and its cells."""
    filled = [cell.strip() for cell in cells if cell.strip()]
    numeric = bool(filled) and all(number(cell) is not None for cell in filled)
    digits = (len(cell.partition(".")[2]) for cell in filled) if numeric else ()
    return Column(name=name, numeric=numeric, unit=unit(name), decimals=max(digits, default=0))


def read_csv(text: str, delimiter: str = ",") -> list[list[str]]:
    """The rows of CSV text; fields of any length are accepted, empty lines are not rows."""
    # The module's limit guards servers against hostile input; documents may be long.
    csv.field_size_limit(1 << 30)
    return [row for row in csv.reader(io.StringIO(text), delimiter=delimiter) if row]


def write_csv(header: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Normalised CSV text: cells stripped, white space inside a cell made single spaces."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    for row in (header, *rows):
        writer.writerow([" ".join(cell.split()) for cell in row])
    return out.getvalue().rstrip("\n")


def parse(title: str, text: str) -> Table:
    """The table in CSV text whose first line is the header.

    Short rows are filled with empty cells and long ones cut, so every row fits the header.
    """
    rows = read_csv(text)
    header = rows[0] if rows else []
    width = len(header)
    body = tuple(
        tuple(row) if len(row) == width else (*row, *[""] * width)[:width] for row in rows[1:]
    )
    columns = tuple(column(name, [row[i] for row in body]) for i, name in enumerate(header))
    return Table(title=title, columns=columns, rows=body)
