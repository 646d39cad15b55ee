"""Which entries break a rule, read by what goods, places and people a paragraph names."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from golong_data.solving import reading
from golong_data.solving.query import solver
from golong_data.tasks.exhaustive.solve import by_number
from golong_data.tasks.exhaustive.solve.by_number import Query, reader

_ID = re.compile(r"E-\d{4}")


@dataclass(frozen=True, slots=True)
class Cues(by_number.Cues):
    """What to look for in one language."""

    rule: re.Pattern[str]
    """In a rule or an exception, with its number."""
    quantity: re.Pattern[str]
    """An amount, with its number."""
    goods: tuple[str, ...]
    places: tuple[str, ...]
    people: tuple[str, ...]

    def amount(self, paragraph: str) -> int:
        """The first quantity of a paragraph."""
        found = self.quantity.search(paragraph)
        return int(found[1]) if found else 0


reads = reader("violation", Cues)


def finds(query: Query[Cues], prompt: str) -> tuple[str, ...] | None:
    """Judges every entry, however it is put, by what the rule's paragraphs say."""
    cues = query.cues
    entries: list[str] = []
    rules: list[str] = []
    for text in reading.documents(prompt).values():
        for paragraph in text.split("\n\n"):
            of = cues.rule.search(paragraph)
            if of and of[1] == query.number:
                rules.append(paragraph)
            elif not of and len(_ID.findall(paragraph)) == 1 and cues.quantity.search(paragraph):
                entries.append(paragraph)
    goods, limits, exempt = _stated(rules, cues)
    if len(goods) != 1 or "" not in limits:
        return None
    found = []
    for paragraph in entries:
        place = _named(paragraph, cues.places)
        limit = limits.get("".join(place), limits[""])
        if (
            goods == _named(paragraph, cues.goods)
            and not exempt & _named(paragraph, cues.people)
            and cues.amount(paragraph) > limit
        ):
            found += _ID.findall(paragraph)
    return tuple(sorted(found)) or None


def _stated(rules: Sequence[str], cues: Cues) -> tuple[set[str], dict[str, int], set[str]]:
    """What a rule and its exceptions say: goods, limits by place ("" for others), the exempt."""
    goods: set[str] = set()
    limits: dict[str, int] = {}
    exempt: set[str] = set()
    for paragraph in rules:
        goods |= _named(paragraph, cues.goods)
        people = _named(paragraph, cues.people)
        exempt |= people
        if not people:
            limits["".join(_named(paragraph, cues.places))] = cues.amount(paragraph)
    return goods, limits, exempt


def _named(paragraph: str, names: Collection[str]) -> set[str]:
    return {name for name in names if name in paragraph}


solve = solver(reads, finds)
