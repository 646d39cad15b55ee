"""Tables as a reader meets them: one table, several written forms.

Every form states each row on a line of its own and loses nothing, so that a row can be
pointed at as evidence and read back.
"""

from __future__ import annotations

import csv
import html
import io
import json
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from golong_data.types import Column, Table

_JSON_NUMBER = re.compile(r"-?(0|[1-9]\d*)(\.\d+)?")


@dataclass(frozen=True, slots=True)
class Rendered:
    """A table as text with the place of each of its rows."""

    text: str
    """No trailing newline."""
    rows: tuple[tuple[int, int], ...]
    """Character range of each row's line within `text`, newline excluded."""


def _join(before: Sequence[str], rows: Sequence[str], after: Sequence[str] = ()) -> Rendered:
    position = sum(len(line) + 1 for line in before)
    ranges = []
    for row in rows:
        ranges.append((position, position + len(row)))
        position += len(row) + 1
    return Rendered("\n".join([*before, *rows, *after]), tuple(ranges))


def _csv_line(cells: Sequence[str]) -> str:
    buffer = io.StringIO()
    csv.writer(buffer, lineterminator="").writerow(cells)
    return buffer.getvalue()


def as_markdown(table: Table) -> Rendered:
    """A Markdown pipe table; pipes inside cells are escaped."""

    def line(cells: Sequence[str]) -> str:
        return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"

    rule = "|" + "|".join(" ---: " if c.numeric else " --- " for c in table.columns) + "|"
    return _join([line([c.name for c in table.columns]), rule], [line(r) for r in table.rows])


def as_csv(table: Table) -> Rendered:
    """Comma-separated values, quoted as RFC 4180 asks."""
    header = _csv_line([c.name for c in table.columns])
    return _join([header], [_csv_line(row) for row in table.rows])


def as_html(table: Table) -> Rendered:
    """An HTML table, one row a line, cells escaped."""

    def line(cells: Sequence[str], tag: str) -> str:
        inner = "".join(f"<{tag}>{html.escape(cell, quote=False)}</{tag}>" for cell in cells)
        return f"<tr>{inner}</tr>"

    head = ["<table>", line([c.name for c in table.columns], "th")]
    return _join(head, [line(row, "td") for row in table.rows], ["</table>"])


def as_json_lines(table: Table) -> Rendered:
    """One JSON object a row; missing cells are null, numbers stand as they were written."""

    def value(column: Column, cell: str) -> str:
        if not cell:
            return "null"
        plain = column.numeric and _JSON_NUMBER.fullmatch(cell)
        return cell if plain else json.dumps(cell, ensure_ascii=False)

    def line(row: Sequence[str]) -> str:
        pairs = (
            f"{json.dumps(c.name, ensure_ascii=False)}: {value(c, cell)}"
            for c, cell in zip(table.columns, row, strict=True)
        )
        return "{" + ", ".join(pairs) + "}"

    return _join([], [line(row) for row in table.rows])


def as_running_text(table: Table) -> Rendered:
    """A sentence a row. Quotation marks inside cells become apostrophes."""

    def quoted(text: str) -> str:
        return '"' + text.replace('"', "'") + '"'

    def line(row: Sequence[str]) -> str:
        stated = [
            f"{quoted(c.name)} is {quoted(cell)}"
            for c, cell in zip(table.columns, row, strict=True)
            if cell
        ]
        return "In this entry, " + ", ".join(stated) + "."

    return _join([], [line(row) for row in table.rows])


FORMS: dict[str, Callable[[Table], Rendered]] = {
    "markdown": as_markdown,
    "csv": as_csv,
    "html": as_html,
    "json_lines": as_json_lines,
    "running_text": as_running_text,
}
"""The written forms by name."""
