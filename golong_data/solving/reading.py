"""Reading a prompt back: what an independent solver starts from.

Nothing here looks at how a prompt was made. It sees the text a model sees: numbered
documents, tables in whatever form, lines that state a value, and a question.
"""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from html.parser import HTMLParser

from golong_data.languages import languages


def _any(texts: Iterable[str]) -> str:
    return f"(?:{'|'.join(map(re.escape, texts))})"


HEADER = re.compile(
    rf"^{_any(words.heading for words in languages().values())}(\d+)\] (.+)$", re.MULTILINE
)
"""The line above a document: its number and its title."""
QUESTION = re.compile(
    rf"^{_any(words.question for words in languages().values())}(.+)$", re.MULTILINE
)
"""The line of a question."""
_NUMBER = re.compile(r"[-−]?\d+(?:,\d{3})*(?:\.\d+)?")
_STATED = re.compile(r'"([^"]*)" is "([^"]*)"')


@dataclass(frozen=True, slots=True)
class Read:
    """A table as read: rows map column names to cells; missing cells are ""."""

    columns: tuple[str, ...]
    rows: tuple[Mapping[str, str], ...]


def question(prompt: str) -> str:
    """The last line that starts as questions do in any language, without those words."""
    found = QUESTION.findall(prompt)
    return found[-1].strip() if found else ""


def context(prompt: str) -> str:
    """What stands before the question's line; empty where there is no question."""
    marks = list(QUESTION.finditer(prompt))
    return prompt[: marks[-1].start()] if marks else ""


def documents(prompt: str) -> dict[str, str]:
    """Title -> text of every numbered document, in order.

    The last one ends where the question starts. Documents may share a title: from the second
    on its number in the text is part of the key.
    """
    text = context(prompt)
    marks = list(HEADER.finditer(text))
    stops = [mark.start() for mark in marks[1:]] + [len(text)] * bool(marks)
    found: dict[str, str] = {}
    for at, (mark, stop) in enumerate(zip(marks, stops, strict=True)):
        key = f"{mark[2]} [{at}]" if mark[2] in found else mark[2]
        found[key] = text[mark.end() : stop].strip("\n")
    return found


def number(text: str) -> Fraction | None:
    """The exact value of a cell that is a plain number, thousands commas allowed."""
    cleaned = text.strip().replace("−", "-")
    if not _NUMBER.fullmatch(cleaned):
        return None
    return Fraction(cleaned.replace(",", ""))


def quantity(text: str) -> Fraction | None:
    """The first number in a phrase such as "$1.2 billion (2023 est.)", its scale applied."""
    found = re.search(rf"({_NUMBER.pattern})(?: (thousand|million|billion|trillion)\b)?", text)
    if not found:
        return None
    value = number(found[1])
    power = {"thousand": 3, "million": 6, "billion": 9, "trillion": 12}.get(found[2] or "", 0)
    return None if value is None else value * 10**power


# --- tables ---------------------------------------------------------------------------


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


# --- answers --------------------------------------------------------------------------


def written(value: Fraction, decimals: int | None) -> str:
    """A value as an answer: rounded to `decimals` places, or exact where that is None.

    Long division on integers, half away from zero.
    """
    if decimals is None:
        decimals = 0
        while (value * 10**decimals).denominator != 1 and decimals < 30:
            decimals += 1
    scaled = value * 10**decimals
    sign = "-" if scaled < 0 else ""
    units = (2 * abs(scaled.numerator) + scaled.denominator) // (2 * scaled.denominator)
    digits = str(units).rjust(decimals + 1, "0")
    if units == 0:
        sign = ""
    return sign + (f"{digits[:-decimals]}.{digits[-decimals:]}" if decimals else digits)


def places(asked: str) -> int | None:
    """Decimal places that a question asks for, or None where it asks for the exact value."""
    found = re.search(r"rounded to (\d+) decimal place", asked)
    if found:
        return int(found[1])
    return 0 if "rounded to a whole number" in asked else None
