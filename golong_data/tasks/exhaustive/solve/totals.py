"""Which tally sheets have a wrong total, read by their numbers alone."""

from __future__ import annotations

import re
from dataclasses import dataclass

from golong_data.solving import reading
from golong_data.solving.query import solver
from golong_data.words import words

_ID = re.compile(r"T-\d{4}")


@dataclass(frozen=True, slots=True)
class Cues:
    """What to look for in one language."""

    asked: re.Pattern[str]
    """In the question, with the number of a count."""
    count: re.Pattern[str]
    """On a sheet, with the number of its count."""


@dataclass(frozen=True, slots=True)
class Query:
    """The count that a question is about."""

    number: str
    count: re.Pattern[str]


def reads(question: str) -> Query | None:
    """The count asked about; None for other questions."""
    for cues in words(Cues, "exhaustive/totals", "reads").values():
        if asked := cues.asked.search(question):
            return Query(asked[1], cues.count)
    return None


def finds(query: Query, prompt: str) -> tuple[str, ...] | None:
    """Wherever the total stands, it is the largest number of a sheet: twice that is all of them."""
    found = []
    for text in reading.documents(prompt).values():
        for paragraph in text.split("\n\n"):
            ids, count = _ID.findall(paragraph), query.count.search(paragraph)
            if len(ids) != 1 or not count or count[1] != query.number:
                continue
            rest = query.count.sub("", _ID.sub("", paragraph))
            numbers = [int(number) for number in re.findall(r"\d+", rest)]
            if numbers and 2 * max(numbers) != sum(numbers):
                found += ids
    return tuple(sorted(found)) or None


solve = solver(reads, finds)
