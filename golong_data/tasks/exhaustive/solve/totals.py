"""Which tally sheets have a wrong total, read by their numbers alone."""

from __future__ import annotations

import re
from dataclasses import dataclass

from golong_data.solving import reading
from golong_data.solving.query import solver
from golong_data.tasks.exhaustive.solve import by_number
from golong_data.tasks.exhaustive.solve.by_number import Query, reader

_ID = re.compile(r"T-\d{4}")


@dataclass(frozen=True, slots=True)
class Cues(by_number.Cues):
    """What to look for in one language."""

    count: re.Pattern[str]
    """On a sheet, with the number of its count."""


reads = reader("totals", Cues)


def finds(query: Query[Cues], prompt: str) -> tuple[str, ...] | None:
    """Wherever the total stands, it is the largest number of a sheet: twice that is all of them."""
    found = []
    for text in reading.documents(prompt).values():
        for paragraph in text.split("\n\n"):
            ids, count = _ID.findall(paragraph), query.cues.count.search(paragraph)
            if len(ids) != 1 or not count or count[1] != query.number:
                continue
            rest = query.cues.count.sub("", _ID.sub("", paragraph))
            numbers = [int(number) for number in re.findall(r"\d+", rest)]
            if numbers and 2 * max(numbers) != sum(numbers):
                found += ids
    return tuple(sorted(found)) or None


solve = solver(reads, finds)
