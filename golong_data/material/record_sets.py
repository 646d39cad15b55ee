"""Made-up record sets, for corpora that hold no tables: plausible, plain, and fictitious.

Names come from Faker's pools, drawn once per process with a fixed seed, so that a sample
depends on nothing but its own generator.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from golong_data.material.exact import pointed
from golong_data.types import Column, Table
from golong_data.words import words

YEARS = (2022, 2023, 2024)
"""That accounts cover."""


@dataclass(frozen=True, slots=True)
class Headings:
    """What stands above one record set."""

    title: str
    text: tuple[str, ...]
    """Columns of text."""
    numeric: tuple[str, ...]
    """Columns of numbers, behind those of text; a unit in parentheses at their end."""


@dataclass(frozen=True, slots=True)
class Words:
    """What record sets are made of, in one language."""

    locale: str
    """Of Faker's names."""
    person: str
    companies: tuple[str, ...]
    departments: tuple[str, ...]
    sites: tuple[str, ...]
    carriers: tuple[str, ...]
    destinations: tuple[str, ...]
    sectors: tuple[str, ...]
    payroll: Headings
    shipments: Headings
    accounts: Headings
    """A column for each year."""


def _words(language: str) -> Words:
    return words(Words, "material/record_sets", "writes")[language]


# --- names ----------------------------------------------------------------------------------


@lru_cache(maxsize=4)
def _names(language: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """First and last names, each different from the others of its kind."""
    from faker import Faker

    fake = Faker(_words(language).locale)
    fake.seed_instance(20_260_101)
    first = dict.fromkeys(fake.first_name() for _ in range(160))
    last = dict.fromkeys(fake.last_name() for _ in range(260))
    return tuple(first), tuple(last)


@lru_cache(maxsize=4)
def people(language: str) -> tuple[str, ...]:
    """600 different personal names."""
    form = _words(language).person
    first, last = _names(language)
    rng = random.Random(1)
    pairs = rng.sample(range(len(first) * len(last)), 600)
    names = ((first[k % len(first)], last[k // len(first)]) for k in pairs)
    return tuple(form.format(first=one, last=other) for one, other in names)


@lru_cache(maxsize=4)
def companies(language: str) -> tuple[str, ...]:
    """400 different company names."""
    forms = _words(language).companies
    _, last = _names(language)
    rng = random.Random(2)
    pairs = rng.sample(range(len(forms) * len(last)), 400)
    return tuple(forms[k % len(forms)].format(last=last[k // len(forms)]) for k in pairs)


# --- record sets ----------------------------------------------------------------------------


def _amount(rng: random.Random, low: int, high: int, decimals: int) -> str:
    scale = 10**decimals
    return pointed(rng.randint(low * scale, high * scale), decimals)


def _spread(rng: random.Random, low: int, high: int, decimals: int = 0) -> str:
    """An amount whose magnitude varies: uniform on a rough logarithmic scale."""
    top = rng.choice([low * 4, (low + high) // 4, high])
    return _amount(rng, low, max(top, low + 1), decimals)


def _table(headings: Headings, decimals: tuple[int, ...], rows: list[list[str]]) -> Table:
    """`decimals` are those of the columns of numbers."""
    columns = [Column(name, numeric=False) for name in headings.text]
    for name, places in zip(headings.numeric, decimals, strict=True):
        unit = name.rpartition(" (")[2].rstrip(")") if name.endswith(")") else ""
        columns.append(Column(name, True, unit, places))
    return Table(headings.title, tuple(columns), tuple(map(tuple, rows)))


def payroll(rng: random.Random, n: int, language: str) -> Table:
    """Employees with pay and leave."""
    told = _words(language)
    rows = [
        [
            name,
            rng.choice(told.departments),
            rng.choice(told.sites),
            _amount(rng, 28_000, 140_000, 0),
            _amount(rng, 100, 9_000, 2),
            _amount(rng, 100, 9_000, 2),
            _amount(rng, 0, 30, 0),
        ]
        for name in rng.sample(people(language), n)
    ]
    return _table(told.payroll, (0, 2, 2, 0), rows)


def shipments(rng: random.Random, n: int, language: str) -> Table:
    """Consignments with weight and freight."""
    told = _words(language)
    rows = [
        [
            f"CN-{number}",
            rng.choice(told.carriers),
            rng.choice(told.destinations),
            _spread(rng, 12, 4_000, 1),
            _spread(rng, 40, 9_000, 2),
            _amount(rng, 1, 90, 0),
        ]
        for number in rng.sample(range(10_000, 99_999), n)
    ]
    return _table(told.shipments, (1, 2, 0), rows)


def accounts(rng: random.Random, n: int, language: str) -> Table:
    """Companies with several items over three years."""
    told = _words(language)
    heads = told.accounts
    by_year = tuple(item.format(year=year) for item in heads.numeric for year in YEARS)
    rows = []
    for name in rng.sample(companies(language), n):
        size = rng.randint(2_000, 400_000)
        cells: list[str] = []
        for share in (100, rng.randint(35, 70), rng.randint(10, 30), rng.randint(3, 25)):
            value = size * share // 100
            for _ in YEARS:
                value = value * rng.randint(82, 128) // 100 + rng.randint(1, 97)
                cells.append(str(value))
        rows.append([name, rng.choice(told.sectors), *cells])
    return _table(Headings(heads.title, heads.text, by_year), (0,) * len(by_year), rows)


RECORD_SETS: Mapping[str, Callable[[random.Random, int, str], Table]] = {
    "payroll": payroll,
    "shipments": shipments,
    "accounts": accounts,
}
"""Record sets by name: (rng, rows, language) -> Table."""
