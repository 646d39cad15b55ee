"""Several facts joined for every option: entries of registers, or values and their corrections."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from fractions import Fraction

from golong_data.solving import numbers, reading
from golong_data.solving.options import lettered, offered, the_one
from golong_data.solving.query import solver
from golong_data.tasks.comprehension.solve import registers
from golong_data.tasks.comprehension.solve.asked import reader
from golong_data.tasks.comprehension.solve.lines import on_line
from golong_data.types import Gold

_QUOTED = re.compile(r'"([^"]+)"')


@dataclass(frozen=True, slots=True)
class Query:
    """What is asked of houses, or of documents by their labels x and y; all else is ""."""

    language: str
    more: str = ""
    """All things at houses insured for more than this; ..."""
    less: str = ""
    """... or the one at the house insured for most of those below this."""
    town: str = ""
    """Where the houses have to lie, ..."""
    item: str = ""
    """... or what is kept in that town."""
    x: str = ""
    above: str = ""
    """Whether x has to lie above the bound or below it."""
    bound: str = ""
    than: str = ""
    """The document whose x is the bound."""
    y: str = ""
    high: str = ""
    """Whether y has to be the highest or above `other`, or the opposite."""
    other: str = ""
    """The bound of y; where there is none, the extreme is asked for."""


reads = reader("multi_hop", Query)


def finds(query: Query, prompt: str) -> Gold | None:
    """Joins what is said of every option; None where something is missing."""
    return (_by_values if query.x else _by_registers)(query, prompt)


# --- registers ------------------------------------------------------------------------------


def _by_registers(query: Query, prompt: str) -> Gold | None:
    options, town = offered(prompt), query.town
    read = registers.read(prompt, [*options.values(), *filter(None, [query.item])], query.language)
    if query.item:
        town = read.town.get(read.kept.get(query.item, ""), "")
        if not town:
            return None
    insured = {}
    for item in options.values():
        house = read.kept.get(item, "")
        if not house or (town and house not in read.town):
            return None
        if not town or read.town[house] == town:
            if house not in read.insured:
                return None
            insured[item] = read.insured[house]
    bound = registers.sum_of(query.more or query.less)
    if query.more:
        return lettered(options, {item for item, n in insured.items() if n > bound}) or None
    most = max((n for n in insured.values() if n < bound), default=None)
    found = [item for item, n in insured.items() if n == most]
    return the_one(options, found[0]) if len(found) == 1 else None


# --- values -------------------------------------------------------------------------------


def _by_values(query: Query, prompt: str) -> Gold | None:
    options, documents = offered(prompt), reading.documents(prompt)
    fixed = _corrections(reading.context(prompt), {query.x, query.y}, documents)

    def value(title: str, label: str) -> Fraction | None:
        text = fixed.get((title, label)) or on_line(documents.get(title, ""), label)
        return numbers.quantity(text) if text else None

    bound = value(query.than, query.x) if query.than else numbers.quantity(query.bound)
    xs = {title: value(title, query.x) for title in options.values()}
    if bound is None or None in xs.values():
        return None
    there = [t for t, x in xs.items() if x is not None and (x > bound) == bool(query.above)]
    if not query.y:
        return lettered(options, there) or None
    ys = {title: y for title in there if (y := value(title, query.y)) is not None}
    if not ys or len(ys) < len(there):
        return None
    if not query.other:
        best = (max if query.high else min)(ys.values())
        found = [title for title, y in ys.items() if y == best]
        return the_one(options, found[0]) if len(found) == 1 else None
    other = numbers.quantity(query.other)
    if other is None:
        return None
    return lettered(options, [t for t, y in ys.items() if (y > other) == bool(query.high)]) or None


def _corrections(
    context: str, labels: Collection[str], titles: Collection[str]
) -> dict[tuple[str, str], str]:
    """(document, label) -> its new value: of three quoted parts of a line, in any order,
    one is a label asked about, one a document's title and one the value."""
    found = {}
    for line in context.split("\n"):
        quoted = _QUOTED.findall(line)
        label = [part for part in quoted if part in labels]
        title = [part for part in quoted if part in titles]
        value = [part for part in quoted if part not in labels and part not in titles]
        if len(label) == len(title) == len(value) == 1:
            found[title[0], label[0]] = value[0]
    return found


solve = solver(reads, finds)
