"""IoU over the rows of a table: structured extraction.

The gold is JSON, {"columns": [names], "data": [[cells], ...]}, or a list of objects, one a
row. Then

    score = |A ∩ G| / |A ∪ G| * |columns of G| / |columns of A|

where A and G are the rows as multisets, the intersection takes the smaller count of each row
and the union the larger, and a row is its cells under the gold's column names. The columns of
the answer may stand in any order, case and spacing; a column that the gold has and the answer
has not makes the score 0, one that only the answer has shrinks it. Rows match whole or not at all:
a row with one wrong cell is a wrong row, and it counts in the union. An empty table is met by
an empty table with the right columns.

Cells are equal by value where both are plain numbers (2 = "2.0", "1,200" = 1200, "5%" =
"5.0%"), else as folded text (`elements.line_key`); null is the empty cell. "007" is no number. The
published code compares str(cell) and no column names at all.

The answer's table is the last one behind the marker, or between <answer> and </answer>, or
in the text behind the thinking, in any way of writing that `tabular` reads: JSON of several
shapes, JSON lines, CSV, TSV, Markdown, HTML.

Cheats. Listing all rows of the source pays |G| / |rows|; repeating a right row adds to the
union only; wrong column names, and one easy column instead of all, pay 0.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from golong_data.metrics.answer import after_marker
from golong_data.metrics.dress import without_closing
from golong_data.metrics.elements import line_key
from golong_data.metrics.tabular import Table, last_table, table_of
from golong_data.metrics.text import fold, visible
from golong_data.metrics.thinking import without_thinking

_DECODER = json.JSONDecoder(parse_int=str, parse_float=str, parse_constant=str)
_DASHES = str.maketrans(dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212", "-"))
_NUMBER = re.compile(
    r"([+-]?)(0|[1-9]\d{0,2}(?:,\d{3})+|[1-9]\d*)(?:\.(\d*))?(?:[eE]([+-]?\d{1,3}))?\s*(%?)"
)

Row = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Rows:
    """A table with its cells in comparable form."""

    columns: tuple[str, ...]
    """Folded names."""
    rows: tuple[Row | None, ...]
    """None where a row has not one cell a column."""


def iou(text: str, gold: str | Sequence[str]) -> float:
    """Intersection over union of the answer's and the gold's rows, columns by name.

    >>> gold = '{"columns": ["n"], "data": [[2]]}'
    >>> iou('[Answer] {"columns": ["N"], "data": [["2.0"], [3]]}', gold)
    0.5
    """
    wanted = read_gold(gold)
    found = read_answer(text)
    if wanted is None or found is None:
        return 0.0
    golds = Counter(row for row in wanted.rows if row is not None)
    if golds.total() < len(wanted.rows):
        return 0.0
    place = {name: i for i, name in enumerate(found.columns)}
    if len(place) < len(found.columns) or not place.keys() >= set(wanted.columns):
        return 0.0
    order = [place[name] for name in wanted.columns]
    width = len(wanted.columns) / len(found.columns)
    if not wanted.rows and not found.rows:
        return width
    whole = [row for row in found.rows if row is not None]
    if order != list(range(len(found.columns))):
        whole = [tuple([row[i] for i in order]) for row in whole]
    answers = Counter(whole)
    common = sum((golds & answers).values())
    return width * common / (len(wanted.rows) + len(found.rows) - common)


def read_gold(gold: str | Sequence[str]) -> Rows | None:
    """The table of a gold, a string or a list of one; None where it is none."""
    if not isinstance(gold, str):
        if len(gold) != 1:
            return None
        gold = str(gold[0])
    return _read_gold(gold)


@lru_cache(maxsize=256)
def _read_gold(gold: str) -> Rows | None:
    try:
        value, _ = _DECODER.raw_decode(gold.strip())
    except (ValueError, RecursionError):
        return None
    table = table_of(value)
    return None if table is None else _rows(table)


def read_answer(text: str) -> Rows | None:
    """The table of an answer; None where there is none."""
    rest = without_thinking(text)
    if rest is None:
        return None
    marked = after_marker(rest)
    table = last_table(rest if marked is None else without_closing(marked))
    return None if table is None else _rows(table)


def _rows(table: Table) -> Rows:
    names = tuple(_cell(name).replace(" ", "") for name in table.columns)
    return Rows(names, tuple(None if row is None else tuple(map(_cell, row)) for row in table.rows))


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if not isinstance(value, str):
        return json.dumps(value)
    if not value.isascii():
        value = fold(visible(value)).translate(_DASHES)
    if " " in value or not value.isprintable():
        value = " ".join(value.split())
    if value[:1].isalpha():
        return line_key(value)
    match = _NUMBER.fullmatch(value)
    return line_key(value) if match is None else _number(match)


def _number(match: re.Match[str]) -> str:
    """One spelling for each value: no exponent, no zeros at the ends, no plus."""
    sign, whole, part, exponent, percent = match.groups()
    if "," in whole:
        whole = whole.replace(",", "")
    part = part or ""
    if exponent:
        digits, point = whole + part, len(whole) + int(exponent)
        digits = "0" * -point + digits + "0" * (point - len(digits))
        whole, part = digits[: max(point, 0)].lstrip("0") or "0", digits[max(point, 0) :]
    part = part.rstrip("0")
    value = f"{whole}.{part}" if part else whole
    return f"-{value}{percent}" if sign == "-" and value != "0" else value + percent
