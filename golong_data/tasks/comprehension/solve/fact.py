"""One fact looked up: a line of a document, or where the last entry on a thing puts it."""

from __future__ import annotations

from dataclasses import dataclass

from golong_data.solving import reading
from golong_data.solving.options import offered, the_one
from golong_data.solving.query import solver
from golong_data.tasks.comprehension.solve import registers
from golong_data.tasks.comprehension.solve.asked import reader
from golong_data.tasks.comprehension.solve.lines import on_line


@dataclass(frozen=True, slots=True)
class Query:
    """Where a thing is kept or what is at a house; what a line says or which document has one.

    All else is "".
    """

    language: str
    item: str = ""
    house: str = ""
    title: str = ""
    label: str = ""
    line: str = ""


reads = reader("fact", Query)


def finds(query: Query, prompt: str) -> str | None:
    """Looks the thing or the house up, the line in its document or the document with a line."""
    return (_kept if query.item or query.house else _stated)(query, prompt)


def _kept(query: Query, prompt: str) -> str | None:
    options = offered(prompt)
    if query.item:
        kept = registers.read(prompt, [query.item], query.language).kept
        return the_one(options, kept.get(query.item, ""))
    kept = registers.read(prompt, options.values(), query.language).kept
    if any(item not in kept for item in options.values()):
        return None
    there = [item for item in options.values() if kept[item] == query.house]
    return the_one(options, there[0]) if len(there) == 1 else None


def _stated(query: Query, prompt: str) -> str | None:
    options, documents = offered(prompt), reading.documents(prompt)
    if query.title:
        value = on_line(documents.get(query.title, ""), query.label)
        return None if value is None else the_one(options, value)
    holding = [
        title
        for title in options.values()
        if query.line in map(str.rstrip, documents.get(title, "").split("\n"))
    ]
    return the_one(options, holding[0]) if len(holding) == 1 else None


solve = solver(reads, finds)
