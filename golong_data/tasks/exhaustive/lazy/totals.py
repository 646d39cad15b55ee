"""Tally sheets, taken without adding up their figures, or by the last digits alone."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from golong_data.solving import reading
from golong_data.tasks.exhaustive.lazy import listing
from golong_data.tasks.exhaustive.solve.by_number import Query
from golong_data.tasks.exhaustive.solve.totals import Cues, reads

Asked = Query[Cues]

_ID = re.compile(r"T-\d{4}")

FEW = 3
"""Sheets that are taken where nothing says how many."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet as it is skimmed."""

    id: str
    count: str
    numbers: tuple[int, ...]
    """The largest is its total, wherever that stands."""

    def ends_wrong(self) -> bool:
        """Whether the last digit of the total is not that of the sum."""
        return bool(self.numbers) and (2 * max(self.numbers) - sum(self.numbers)) % 10 != 0


def _sheets(query: Asked, prompt: str) -> list[Sheet]:
    found = []
    for text in reading.documents(prompt).values():
        for paragraph in text.split("\n\n"):
            ids, count = _ID.findall(paragraph), query.cues.count.search(paragraph)
            if len(ids) == 1 and count:
                rest = query.cues.count.sub("", _ID.sub("", paragraph))
                numbers = tuple(map(int, re.findall(r"\d+", rest)))
                found.append(Sheet(ids[0], count[1], numbers))
    return found


def _every(query: Asked, prompt: str) -> Iterator[str]:
    yield from (sheet.id for sheet in _sheets(query, prompt))


def _of_the_count(query: Asked, prompt: str) -> Iterator[str]:
    yield from (sheet.id for sheet in _sheets(query, prompt) if sheet.count == query.number)


def _first(query: Asked, prompt: str) -> Iterable[str]:
    return list(_of_the_count(query, prompt))[:FEW]


def _last_digits(query: Asked, prompt: str) -> Iterator[str]:
    for sheet in _sheets(query, prompt):
        if sheet.count == query.number and sheet.ends_wrong():
            yield sheet.id


def _any_count(query: Asked, prompt: str) -> Iterator[str]:
    """By the last digits, and whatever count a sheet is of."""
    yield from (sheet.id for sheet in _sheets(query, prompt) if sheet.ends_wrong())


def _most_figures(query: Asked, prompt: str) -> Iterable[str]:
    """The longest sheets: more can go wrong on them."""
    own = [sheet for sheet in _sheets(query, prompt) if sheet.count == query.number]
    return [sheet.id for sheet in sorted(own, key=lambda sheet: -len(sheet.numbers))[:FEW]]


def _smallest_totals(query: Asked, prompt: str) -> Iterable[str]:
    own = [sheet for sheet in _sheets(query, prompt) if sheet.count == query.number]
    return [
        sheet.id for sheet in sorted(own, key=lambda sheet: max(sheet.numbers, default=0))[:FEW]
    ]


candidates = listing.candidates(reads, _every)
"""Every sheet, of whatever count."""

READERS = listing.readers(
    reads,
    {
        "last digits": _last_digits,
        "last digits, any count": _any_count,
        "every sheet of the count": _of_the_count,
        "first sheets": _first,
        "longest sheets": _most_figures,
        "smallest totals": _smallest_totals,
        "every sheet": _every,
    },
)
