"""How many values of lines or of planted notes pass a bound, read off the documents' text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from golong_data.solving import reading
from golong_data.solving.numbers import quantity
from golong_data.solving.query import solver
from golong_data.tasks.numeric.solve.questions import Asks, Query, reader
from golong_data.words import words

WORDS = "numeric/count"


@dataclass(frozen=True, slots=True)
class Cues:
    """What to look for in one language."""

    note: re.Pattern[str]
    """A note, with its weight and its depot."""


reads = reader(WORDS, Asks)


def finds(query: Query[Asks], prompt: str) -> str | None:
    """The count by the documents' text alone."""
    bound = quantity(query.fields["bound"])
    texts = reading.documents(prompt).values()
    found = (quantity(stated) for text in texts for stated in _stated(query, text))
    values = [value for value in found if value is not None]
    if not values or bound is None:
        return None
    above = query.kind.endswith("above")
    return str(sum(value > bound if above else value < bound for value in values))


def _stated(query: Query[Asks], text: str) -> Iterator[str]:
    """The values of a document, as they are written."""
    if "label" in query.fields:
        head = f"{query.fields['label']}:"
        yield from (line.removeprefix(head) for line in text.split("\n") if line.startswith(head))
        return
    cues = words(Cues, WORDS, "reads")[query.language]
    for weight, depot in cues.note.findall(text):
        if query.fields.get("depot", depot) == depot:
            yield weight


solve = solver(reads, finds)
