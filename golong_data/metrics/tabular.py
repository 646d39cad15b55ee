"""Finds the table of an answer in whatever way it is written.

Read are JSON (`loose_json`): {"columns": [...], "data": [...]} under these and kindred names,
rows as arrays or objects; a list of objects, one a row, or objects one after the other (JSON
lines); an array of arrays whose first one holds the names; an object of columns; any of them
as a value inside other objects. A key that an object leaves out is an empty cell. Further
Markdown and HTML tables, CSV and TSV in a code fence or, where nothing else is there, by
lines. Of several tables the one that stands last counts.

Nothing here knows a gold: which table is taken and how many rows it has depends on the text
alone. A row that has not one cell a column is no row, but it counts.
"""

from __future__ import annotations

import csv
import html
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from golong_data.metrics.dress import undress
from golong_data.metrics.loose_json import values

MAX_WRAPS = 4
"""Objects around a table."""
MAX_BLOCKS = 50
"""Runs of lines, from the last one back, in which CSV without a fence is looked for."""
_COLUMNS = ("columns", "headers", "header", "column_names", "fields")
_DATA = ("data", "rows", "records", "values")
_FENCE = re.compile(
    r"^[^\S\n]{0,3}```[^\S\n]{0,3}(\w{0,20})[^\n]{0,40}\n(.*?)^[^\S\n]{0,3}```", re.M | re.S
)
_RULE = re.compile(r"[^\S\n]*\|?[^\S\n]*:?-+:?[^\S\n]*(?:\|[^\S\n]*:?-+:?[^\S\n]*)*\|?[^\S\n]*")
_HTML_TAG = re.compile(r"<\s{0,3}(/?)\s{0,3}(table|tr|t[hd])\b[^<>]{0,400}>", re.IGNORECASE)
_LINE_BREAK = re.compile(r"<br\s{0,3}/?>", re.IGNORECASE)
_ANY_TAG = re.compile(r"<[^<>]{0,400}>")
_PIPE = re.compile(r"(?<!\\)\|")
_BLANK = re.compile(r"\n[^\S\n]*\n\s*")
_DELIMITERS = "\t,;|"


@dataclass(frozen=True, slots=True)
class Table:
    """A table as written: names, and rows of cells (None where a row is malformed)."""

    columns: Sequence[Any]
    rows: Sequence[Sequence[Any] | None]


def last_table(text: str) -> Table | None:
    """The table that stands last in a text; None where there is none.

    >>> last_table("| n | m |\\n|---|---|\\n| 1 | a |")
    Table(columns=['n', 'm'], rows=[['1', 'a']])
    """
    found = [*_last_json(text)]
    if "|" in text:
        found += _markdown_tables(text)
    if "<" in text:
        found += _html_tables(text)
    if "```" in text:
        found += _fenced_tables(text)
    if found:
        return max(found, key=lambda table_and_line: table_and_line[1])[0]
    return _last_block(text) if any(mark in text for mark in _DELIMITERS) else None


def table_of(value: Any, wraps: int = MAX_WRAPS) -> Table | None:
    """The table that a JSON value is or holds; None where it is none."""
    if isinstance(value, list):
        return _records(value) if _are_objects(value) else _headed(value)
    if not isinstance(value, dict):
        return None
    names = {str(name).strip().lower(): name for name in value}
    columns = next((value[names[name]] for name in _COLUMNS if name in names), None)
    data = next((value[names[name]] for name in _DATA if name in names), None)
    if isinstance(columns, list) and columns and isinstance(data, list):
        return Table(columns, [_row(row, columns) for row in data])
    if not wraps:
        return None
    inner = list(value.values())
    if len(inner) > 1 and _are_objects(inner) and all(map(_is_flat, inner)):
        return _records(inner)
    for item in reversed(inner):
        if isinstance(item, dict | list) and (table := table_of(item, wraps - 1)):
            return table
        if isinstance(item, dict) and _is_flat(item):
            return _records([item])
    if inner and all(isinstance(item, list) and _is_flat(item) for item in inner):
        if len({len(item) for item in inner}) == 1:
            return Table(list(value), [list(row) for row in zip(*inner, strict=True)])
    return None


def _row(row: Any, columns: Sequence[Any]) -> Sequence[Any] | None:
    if isinstance(row, dict):
        return [row.get(name) if isinstance(name, str) else None for name in columns]
    return row if isinstance(row, list) and len(row) == len(columns) else None


def _are_objects(value: Sequence[Any]) -> bool:
    return bool(value) and all(isinstance(item, dict) for item in value)


def _is_flat(value: Any) -> bool:
    """Whether an object or array holds cells only."""
    items = value.values() if isinstance(value, dict) else value
    return bool(value) and not any(isinstance(item, dict | list) for item in items)


def _records(value: Sequence[dict[str, Any]]) -> Table | None:
    names = list(dict.fromkeys(name for row in value for name in row))
    return Table(names, [[row.get(name) for name in names] for row in value]) if names else None


def _headed(value: list[Any]) -> Table | None:
    """The table of an array of arrays, the first of which holds the names."""
    if not value or not all(isinstance(row, list) for row in value):
        return None
    names = value[0]
    if not names or not all(isinstance(name, str) for name in names):
        return None
    return Table(names, [row if len(row) == len(names) else None for row in value[1:]])


def _last_json(text: str) -> Iterator[tuple[Table, int]]:
    """The last table that is JSON, with its line; objects one after the other are one table."""
    run: list[dict[str, Any]] = []
    last: tuple[Table, int] | None = None
    end = 0
    for value, first, line in values(text):
        if isinstance(value, dict) and _is_flat(value):
            if run and first > end + 2:
                run = []
            run.append(value)
            end = line
        elif table := table_of(value):
            run, last = [], (table, line)
    if run and (table := _records(run)):
        last = table, end
    if last is not None:
        yield last


def _fenced_tables(text: str) -> Iterator[tuple[Table, int]]:
    fence: re.Match[str] | None = None
    for found in _FENCE.finditer(text):
        fence = found if found[1].lower() in ("csv", "tsv") else fence
    if fence is not None:
        lines = [line for line in fence[2].split("\n") if line.strip()]
        if table := _delimited(lines, one_column=True):
            yield table, text.count("\n", 0, fence.end())


def _markdown_tables(text: str) -> Iterator[tuple[Table, int]]:
    """Tables with a rule below the names, and runs of lines between bars without one."""
    block: list[str] = []
    for number, line in enumerate([*text.split("\n"), ""]):
        if "|" in line or (len(block) == 1 and _is_rule(line)):
            block.append(line)
        elif block:
            if table := _markdown(block):
                yield table, number - 1
            block = []


def _markdown(block: Sequence[str]) -> Table | None:
    rules = [number for number, line in enumerate(block[:-1], 1) if _is_rule(block[number])]
    if rules:
        header = rules[-1] - 1
    elif len(block) > 1 and all(line.lstrip().startswith("|") for line in block):
        header = 0
    else:
        return None
    names = _cells(block[header])
    rows: list[Sequence[Any] | None] = []
    for line in block[header + 1 :]:
        if not _RULE.fullmatch(line):
            row = _cells(line)
            row += [""] * (len(names) - len(row))  # a cell that is left out at the end is empty
            rows.append(row if len(row) == len(names) else None)
    return Table(names, rows)


def _is_rule(line: str) -> bool:
    return "-" in line and _RULE.fullmatch(line) is not None


def _cells(line: str) -> list[str]:
    line = line.strip().removeprefix("|")
    if line.endswith("|") and not line.endswith("\\|"):
        line = line[:-1]
    return [_plain(cell).replace("\\|", "|") for cell in _PIPE.split(line)]


def _plain(cell: str) -> str:
    if "<" in cell:
        cell = _LINE_BREAK.sub(" ", cell)
    if not cell.isalnum():
        cell = undress(cell)
    return cell.strip()


def _html_tables(text: str) -> Iterator[tuple[Table, int]]:
    rows: list[list[str]] = []
    opened = line = counted = 0
    for tag in _HTML_TAG.finditer(text):
        name, closes = tag[2].lower(), bool(tag[1])
        if opened and rows:
            rows[-1].append(_html_cell(text[opened : tag.start()]))
        opened = tag.end() if name in ("th", "td") and not closes else 0
        line += text.count("\n", counted, tag.end())
        counted = tag.end()
        if name == "tr" and not closes:
            rows.append([])
        elif name == "table":
            if table := _with_header(rows):
                yield table, line
            rows = []
    if table := _with_header(rows):
        yield table, line


def _html_cell(text: str) -> str:
    return html.unescape(_ANY_TAG.sub("", _LINE_BREAK.sub(" ", text))).strip()


def _with_header(rows: Sequence[Sequence[str]]) -> Table | None:
    rows = [row for row in rows if row]
    if not rows:
        return None
    return Table(rows[0], [row if len(row) == len(rows[0]) else None for row in rows[1:]])


def _last_block(text: str) -> Table | None:
    """The last run of lines that a delimiter cuts alike; one such line is an empty table."""
    single: Table | None = None
    for block in _BLANK.split(text)[-MAX_BLOCKS:][::-1]:
        lines = [line for line in block.split("\n") if line.strip() and "```" not in line]
        table = _delimited(lines)
        if table is not None and any(table.rows):
            return table
        single = single or table
    return single


def _delimited(lines: list[str], one_column: bool = False) -> Table | None:
    """The table of lines of CSV or TSV; remarks without a delimiter around them are passed."""
    delimiter = next((mark for mark in _DELIMITERS if any(mark in line for line in lines)), None)
    if delimiter is None:
        if not one_column or not lines:
            return None
        delimiter = ","
    elif not one_column:
        while lines and delimiter not in lines[0]:
            lines = lines[1:]
        while lines and delimiter not in lines[-1]:
            lines = lines[:-1]
    try:
        found = list(csv.reader(lines, delimiter=delimiter, skipinitialspace=True))
    except csv.Error:
        return None
    cells = [[cell.strip() for cell in row] for row in found if row]
    return _with_header(cells)
