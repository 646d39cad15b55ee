"""A user's own folder of tables and documents."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from support import corpus_of, write_documents

DISTRICTS = "North South East West Harbour Old-Town Riverside Hillside".split()


@pytest.fixture(scope="session")
def own_tables(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two CSV files as an office would export them, with gaps, units, commas and quotes."""
    folder = tmp_path_factory.mktemp("office")
    rng = random.Random(11)
    shops = [f"Shop {n:03}" for n in range(1, 91)]
    sales = ["Shop,District,Manager,Sales 2022 (thousand EUR),Sales 2023 (thousand EUR),Staff"]
    stock = ["Shop,Format,Stock value (EUR),Floor space (sq m)"]
    for shop in shops:
        first = rng.randint(80, 2_400)
        second = first * rng.randint(85, 125) // 100
        manager = rng.choice(['"Diaz, Ana"', "Li Wei", '"O""Brien, Pat"', "Kofi Mensah"])
        gap = "" if rng.random() < 0.04 else str(rng.randint(3, 40))
        district = rng.choice(DISTRICTS)
        sales.append(f'{shop},{district},{manager},"{first:,}","{second:,}",{gap}')
        amount, space = rng.randint(9_000, 400_000), rng.randint(40, 900)
        kind = rng.choice(["kiosk", "store", "mall"])
        stock.append(f"{shop},{kind},{amount}.{rng.randint(0, 99):02},{space}")
    (folder / "sales.csv").write_text("\n".join(sales) + "\n", encoding="utf-8")
    (folder / "stock.csv").write_text("\n".join(stock) + "\n", encoding="utf-8")
    return folder


@pytest.fixture(scope="session")
def office(own_tables: Path) -> Path:
    """The same folder with enough documents beside the tables for 8k prompts."""
    write_documents(own_tables / "reports", corpus_of("factbook"), range(0, 240, 6))
    return own_tables
