"""How values of several entities changed or compare, looked up in their statements' text."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache

from golong_data.solving import reading
from golong_data.solving.numbers import number, written
from golong_data.solving.query import solver
from golong_data.solving.tables import table
from golong_data.tasks.numeric.solve import questions
from golong_data.tasks.numeric.solve.questions import Query, reader
from golong_data.words import pattern, words

WORDS = "numeric/report"


@dataclass(frozen=True, slots=True, kw_only=True)
class Asks(questions.Asks):
    """What is asked in one language; kinds that end in "_points" are about percentages."""

    between: str
    """Between two names of a list."""
    last: str
    """Before the last of them."""
    points: str
    """The unit of a difference of percentages."""


@dataclass(frozen=True, slots=True)
class Cues:
    """What to look for in one language."""

    title: re.Pattern[str]
    """Of a statement, with its entity."""
    item: str
    """Header of the column of items."""


@lru_cache(maxsize=64)
def _dated(wording: str) -> re.Pattern[str]:
    """The pattern of a question whose years are four digits, whatever a name holds."""
    found = pattern(wording).pattern
    for year in ("early", "late"):
        found = found.replace(f"(?P<{year}>.+?)", rf"(?P<{year}>\d{{4}})")
    return re.compile(found)


reads = reader(WORDS, Asks, _dated)


def finds(query: Query[Asks], prompt: str) -> str | None:
    """The answer by the statements' text alone."""
    asked = query.fields
    cues = words(Cues, WORDS, "reads")[query.language]
    values: dict[tuple[str, str], Fraction | None] = {}
    for title, text in reading.documents(prompt).items():
        if of := cues.title.fullmatch(title):
            for row in table(text).rows:
                if row.get(cues.item) == asked["item"]:
                    for year in (asked["early"], asked["late"]):
                        values[of[1], year] = number(row.get(year, ""))
    stated = {key: value for key, value in values.items() if value is not None}
    try:
        return written(_value(query, stated), query.places)
    except (LookupError, ZeroDivisionError):
        return None


def _value(query: Query[Asks], values: Mapping[tuple[str, str], Fraction]) -> Fraction:
    asked, names = query.fields, _entities(query)
    if query.kind == "ratio":
        return values[names[0], asked["late"]] / values[names[1], asked["early"]]
    pairs = [(values[name, asked["early"]], values[name, asked["late"]]) for name in names]
    if query.kind == "pooled":
        old, new = (sum(column, Fraction()) for column in zip(*pairs, strict=True))
        return _grown(old, new)
    points = query.kind.endswith("_points")
    changes = [new - old if points else _grown(old, new) for old, new in pairs]
    if query.kind.startswith("gap"):
        return changes[0] - changes[1]
    return sum(changes, Fraction()) / len(changes)


def _entities(query: Query[Asks]) -> list[str]:
    """The entities of a question, named in a list or one by one."""
    if "entities" in query.fields:
        rest, _, last = query.fields["entities"].rpartition(query.asks.last)
        return [*rest.split(query.asks.between), last]
    return [query.fields[field] for field in ("first", "second") if field in query.fields]


def _grown(old: Fraction, new: Fraction) -> Fraction:
    """The percentage by which a value grew."""
    return (new / old - 1) * 100


solve = solver(reads, finds)
