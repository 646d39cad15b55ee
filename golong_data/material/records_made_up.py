"""Made-up records of persons: they share their first and last names, and have several each."""

from __future__ import annotations

import math
import random
from dataclasses import dataclass
from functools import lru_cache

from golong_data.material.records import Record, numbers
from golong_data.types import Refused
from golong_data.words import words

YEARS = range(1996, 2026)
"""That records are of."""


@dataclass(frozen=True, slots=True)
class Words:
    """What made-up records state, in one language."""

    labels: tuple[str, str, str]
    """Of a place, of a person and of an amount."""
    locale: str
    """Of the names that Faker gives."""
    person: str
    """First and last name in their order."""
    town: str
    """Faker's names for the parts of a place's name."""


def family(n: int, rng: random.Random, language: str) -> tuple[Record, ...]:
    """`n` records of persons, each of which has look-alikes among the others.

    All numbers differ, and so do all pairs of holder and year, all clerks, all amounts and,
    as far as there are names for them, all towns. Amounts are as alike as the numbers are.
    """
    told = words(Words, "material/records", "writes")[language]
    given = numbers(n, rng)
    holders = _holders(n, rng, told)
    towns, people = _towns(told), _people(told)
    places = rng.sample(towns, min(n, len(towns)))
    taken = {holder for holder, _ in holders}
    clerks = [person.name for person in rng.sample(people, min(2 * n, len(people)))]
    clerks = [clerk for clerk in clerks if clerk not in taken]
    if len(clerks) < n:
        raise Refused("there are too few names for so many records")
    amounts = [f"{int(digits[:4]):,}.{digits[4:]}" for digits in numbers(n, rng)]
    values = zip((places[i % len(places)] for i in range(n)), clerks, amounts, strict=False)
    return tuple(
        Record(number, holder, str(year), tuple(zip(told.labels, stated, strict=True)))
        for number, (holder, year), stated in zip(given, holders, values, strict=True)
    )


def _holders(n: int, rng: random.Random, told: Words) -> list[tuple[str, int]]:
    """Holder and year of `n` records, in random order.

    They are drawn by fours: two persons who share a first or last name, each in the same two
    years. So each record has others of its holder and a namesake in its own year, but for up to
    three of the last four. All come out of a few names and years, which is why fours overlap.
    """
    people = _people(told)
    side = max(2, math.isqrt(n) // 2)
    firsts = rng.sample(sorted({person.first for person in people}), side)
    lasts = rng.sample(sorted({person.last for person in people}), side)
    alike = [p for p in people if p.first in firsts and p.last in lasts]
    years = rng.sample(YEARS, min(len(YEARS), max(3, -(-2 * n // len(alike)))))
    found: dict[tuple[str, int], None] = {}
    while len(found) < n:
        one = rng.choice(alike)
        other = rng.choice([p for p in alike if (p.first == one.first) != (p.last == one.last)])
        both = rng.sample(years, 2)
        found.update(dict.fromkeys((p.name, year) for p in (one, other) for year in both))
    return rng.sample(list(found)[:n], n)


@dataclass(frozen=True, slots=True)
class _Person:
    first: str
    last: str
    name: str


@lru_cache(maxsize=2)
def _people(told: Words) -> tuple[_Person, ...]:
    """Persons of whom many share a first or a last name."""
    from faker import Faker

    fake = Faker(told.locale)
    fake.seed_instance(20_260_102)
    firsts = list(dict.fromkeys(fake.first_name() for _ in range(150)))[:60]
    lasts = list(dict.fromkeys(fake.last_name() for _ in range(200)))[:60]
    everyone = [
        _Person(first, last, told.person.format(first=first, last=last))
        for first in firsts
        for last in lasts
    ]
    rng = random.Random(3)
    return tuple(rng.sample(everyone, len(everyone)))


@lru_cache(maxsize=2)
def _towns(told: Words) -> tuple[str, ...]:
    """Names of places, each different."""
    from faker import Faker

    fake = Faker(told.locale)
    fake.seed_instance(20_260_103)
    return tuple(dict.fromkeys(fake.parse(told.town) for _ in range(4_000)))
