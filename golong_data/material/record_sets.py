"""Made-up record sets, for corpora that hold no tables: plausible, plain, and fictitious.

Names come from Faker's pools, drawn once per process with a fixed seed, so that a sample
depends on nothing but its own generator.
"""

from __future__ import annotations

import random
from functools import lru_cache

from golong_data.types import Column, Table

_CITIES = "Aldport Brenhollow Carrowmere Dunsfield Eastwick Farleigh Glenholt Harrowby".split()
_DEPARTMENTS = "Accounts Engineering Legal Logistics Marketing Research Support".split()
_CARRIERS = ("Northline", "Bluewater Freight", "Castell Haulage", "Orion Cargo", "Tern Express")
_SECTORS = ("Chemicals", "Food", "Machinery", "Retail", "Software", "Transport")


@lru_cache(maxsize=1)
def _names() -> tuple[tuple[str, ...], tuple[str, ...]]:
    """First and last names, each different from the others of its kind."""
    from faker import Faker

    fake = Faker("en_US")
    fake.seed_instance(20_260_101)
    first = dict.fromkeys(fake.first_name() for _ in range(160))
    last = dict.fromkeys(fake.last_name() for _ in range(260))
    return tuple(first), tuple(last)


@lru_cache(maxsize=1)
def people() -> tuple[str, ...]:
    """600 different personal names."""
    first, last = _names()
    rng = random.Random(1)
    pairs = rng.sample(range(len(first) * len(last)), 600)
    return tuple(f"{first[k % len(first)]} {last[k // len(first)]}" for k in pairs)


@lru_cache(maxsize=1)
def companies() -> tuple[str, ...]:
    """400 different company names."""
    _, last = _names()
    forms = ("{} Inc", "{} Ltd", "{} Group", "{} and Sons", "{} Holdings", "{} Partners")
    rng = random.Random(2)
    pairs = rng.sample(range(len(forms) * len(last)), 400)
    return tuple(forms[k % len(forms)].format(last[k // len(forms)]) for k in pairs)


def _amount(rng: random.Random, low: int, high: int, decimals: int) -> str:
    scale = 10**decimals
    units = rng.randint(low * scale, high * scale)
    return f"{units // scale}.{units % scale:0{decimals}}" if decimals else str(units)


def _spread(rng: random.Random, low: int, high: int, decimals: int = 0) -> str:
    """An amount whose magnitude varies: uniform on a rough logarithmic scale."""
    top = rng.choice([low * 4, (low + high) // 4, high])
    return _amount(rng, low, max(top, low + 1), decimals)


def _table(
    title: str, text: tuple[str, ...], numeric: dict[str, int], rows: list[list[str]]
) -> Table:
    columns = [Column(name, numeric=False) for name in text]
    for name, decimals in numeric.items():
        unit = name.rpartition(" (")[2].rstrip(")") if name.endswith(")") else ""
        columns.append(Column(name, True, unit, decimals))
    return Table(title, tuple(columns), tuple(map(tuple, rows)))


def payroll(rng: random.Random, n: int) -> Table:
    """Employees with pay and leave."""
    rows = [
        [
            name,
            rng.choice(_DEPARTMENTS),
            rng.choice(_CITIES[:5]),
            _amount(rng, 28_000, 140_000, 0),
            _amount(rng, 100, 9_000, 2),
            _amount(rng, 100, 9_000, 2),
            _amount(rng, 0, 30, 0),
        ]
        for name in rng.sample(people(), n)
    ]
    numeric = {
        "Salary (US$)": 0,
        "Overtime pay 2023 (US$)": 2,
        "Overtime pay 2024 (US$)": 2,
        "Leave taken (days)": 0,
    }
    return _table("Payroll register", ("Employee", "Department", "Site"), numeric, rows)


def shipments(rng: random.Random, n: int) -> Table:
    """Consignments with weight and freight."""
    numbers = rng.sample(range(10_000, 99_999), n)
    rows = [
        [
            f"CN-{number}",
            rng.choice(_CARRIERS),
            rng.choice(_CITIES[3:]),
            _spread(rng, 12, 4_000, 1),
            _spread(rng, 40, 9_000, 2),
            _amount(rng, 1, 90, 0),
        ]
        for number in numbers
    ]
    numeric = {"Weight (kg)": 1, "Freight (US$)": 2, "Packages": 0}
    return _table("Shipment register", ("Consignment", "Carrier", "Destination"), numeric, rows)


def accounts(rng: random.Random, n: int) -> Table:
    """Companies with several items over three years."""
    numeric = {
        f"{item} {year} (thousand US$)": 0
        for item in ("Revenue", "Cost of sales", "Operating expenses", "Capital expenditure")
        for year in (2022, 2023, 2024)
    }
    rows = []
    for name in rng.sample(companies(), n):
        size = rng.randint(2_000, 400_000)
        cells: list[str] = []
        for share in (100, rng.randint(35, 70), rng.randint(10, 30), rng.randint(3, 25)):
            value = size * share // 100
            for _ in range(3):
                value = value * rng.randint(82, 128) // 100 + rng.randint(1, 97)
                cells.append(str(value))
        rows.append([name, rng.choice(_SECTORS), *cells])
    return _table("Company accounts", ("Company", "Sector"), numeric, rows)


RECORD_SETS = {"payroll": payroll, "shipments": shipments, "accounts": accounts}
"""Record sets by name: (rng, rows) -> Table."""
