"""Tables read back out of a prompt, in any of the usual written forms."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html.parser import HTMLParser

_STATED = re.compile(r'"([^"]*)" is "([^"]*)"')


@dataclass(frozen=True, slots=True)
class Read:
    """A table as read: rows map column names to cells; missing cells are ""."""

    columns: tuple[str, ...]
    rows: tuple[Mapping[str, str], ...]


def table(text: str) -> Read:
    """Reads a table in any of the usual written forms; blank lines are no rows."""
    lines = [line for line in text.split("\n") if line.strip()]
    if not lines:
        return Read((), ())
    first = lines[0].lstrip()
    if first.startswith("<table"):
        return _html(text)
    if first.startswith("|"):
        return _grid([_pipes(line) for line in lines if not re.fullmatch(r"[|\s:-]+", line)])
    if first.startswith("{"):
        return _records([_json(line) for line in lines if line.lstrip().startswith("{")])
    if first.startswith("In this entry"):
        return _records([dict(_STATED.findall(line)) for line in lines])
    return _grid(list(csv.reader(lines)))


def _grid(cells: Sequence[Sequence[str]]) -> Read:
    if not cells:
        return Read((), ())
    columns = tuple(cell.strip() for cell in cells[0])
    rows = (row for row in cells[1:] if len(row) == len(columns))
    return Read(
        columns, tuple(dict(zip(columns, map(str.strip, row), strict=True)) for row in rows)
    )


def _records(records: Sequence[Mapping[str, str]]) -> Read:
    columns = tuple(dict.fromkeys(name for record in records for name in record))
    rows = tuple({name: record.get(name, "") for name in columns} for record in records if record)
    return Read(columns, rows)


def _pipes(line: str) -> list[str]:
    inner = line.strip().removeprefix("|").removesuffix("|")
    return [cell.replace("\\|", "|").strip() for cell in re.split(r"(?<!\\)\|", inner)]


def _json(line: str) -> dict[str, str]:
    try:
        # Numbers as they are written: 39.0 must not become 39.
        record = json.loads(line, parse_int=str, parse_float=str)
    except json.JSONDecodeError:
        return {}
    return {name: "" if cell is None else str(cell) for name, cell in record.items()}


class _TableParser(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.grid: list[list[str]] = []
        self._cell: list[str] | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "tr":
            self.grid.append([])
        elif tag in ("td", "th"):
            self._cell = []

    def handle_data(self, data: str) -> None:
        if self._cell is not None:
            self._cell.append(data)

    def handle_endtag(self, tag: str) -> None:
        if tag in ("td", "th") and self._cell is not None and self.grid:
            self.grid[-1].append("".join(self._cell))
            self._cell = None


def _html(text: str) -> Read:
    parser = _TableParser()
    parser.feed(text)
    return _grid(parser.grid)
