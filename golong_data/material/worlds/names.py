"""Names of what is made up: people, houses and days, in the words of each language.

There are so many that two rows hardly ever ask about the same.
"""

from __future__ import annotations

import datetime
import random
from dataclasses import dataclass

from golong_data.words import words


@dataclass(frozen=True, slots=True)
class Words:
    """What names are made of, in one language."""

    women: tuple[str, ...]
    """Given names."""
    men: tuple[str, ...]
    families: tuple[str, ...]
    person: str
    """A whole name."""
    houses: tuple[str, ...]
    streets: tuple[str, ...]
    house: str
    """A whole address."""
    months: tuple[str, ...]
    day: str
    """A whole date."""


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody made up."""

    name: str
    is_woman: bool


def _words(language: str) -> Words:
    return words(Words, "material/worlds/names", "writes")[language]


def persons(rng: random.Random, n: int, language: str) -> list[Person]:
    """n persons; no two share a given name, some share a family name."""
    told = _words(language)
    given = rng.sample([*told.women, *told.men], n)
    return [
        Person(told.person.format(given=name, family=rng.choice(told.families)), name in told.women)
        for name in given
    ]


def people(rng: random.Random, n: int, language: str) -> list[str]:
    """The names of n persons."""
    return [person.name for person in persons(rng, n, language)]


def houses(rng: random.Random, n: int, language: str) -> list[str]:
    """n houses, near misses of each other: "14 Elm Row", "14 Elm Lane"."""
    told = _words(language)
    names = rng.sample(told.houses, 3)
    streets = rng.sample(told.streets, 2)
    numbers = rng.sample(range(2, 1_000), 4)
    every = [
        told.house.format(number=number, name=name, street=street)
        for name in names
        for street in streets
        for number in numbers
    ]
    return rng.sample(every, n)


def dates(rng: random.Random, n: int) -> list[datetime.date]:
    """n different days of two years, in order."""
    first = datetime.date(2031, 1, 1)
    return [first + datetime.timedelta(d) for d in sorted(rng.sample(range(700), n))]


def day(date: datetime.date, language: str) -> str:
    """A date in words: "14 March 2031"."""
    told = _words(language)
    return told.day.format(d=date.day, month=told.months[date.month - 1], y=date.year)
