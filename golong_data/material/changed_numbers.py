"""Numbers changed, so that whoever knows the true ones by heart is misled.

A changed number stays plausible and keeps its form: as many decimals as before, and within
the range of its column.
"""

from __future__ import annotations

import random
from dataclasses import replace

from golong_data.material.columns import measures
from golong_data.material.exact import pointed
from golong_data.types import Table


def counterfactual(
    table: Table, share: float, rng: random.Random, *, together: bool = True
) -> tuple[Table, frozenset[tuple[int, int]]]:
    """The table with a share of its numbers changed, and which cells (row, column).

    A changed number is 70 to 140 % of the old one and within the range of its column, so it
    stays plausible. `together`: the amounts of one row in one unit change by one factor, so
    that a part stays smaller than its whole. Names stay: whoever knows a name's true number
    is misled all the same.
    """
    rows, changed = [list(row) for row in table.rows], set()
    factors: dict[tuple[int, str], int] = {}
    if not share:
        return table, frozenset()
    for c, column in enumerate(table.columns):
        if not measures(column):
            continue
        cells = {r: row[c].replace(",", "") for r, row in enumerate(rows) if row[c]}
        units = [_units(cell, column.decimals) for cell in cells.values()]
        low, high = min(units, default=0), max(units, default=0)
        for r, cell in cells.items():
            factor = change_factor(share, rng)
            if together:
                factor = factors.setdefault((r, column.unit or column.name), factor)
            new = scaled(cell, factor, low, high, column.decimals) if factor else cell
            if new != cell:
                rows[r][c] = new
                changed.add((r, c))
    return replace(table, rows=tuple(map(tuple, rows))), frozenset(changed)


def change_factor(share: float, rng: random.Random) -> int:
    """Thousandths to change a number by, well away from 1,000; 0 to leave it."""
    if rng.random() >= share:
        return 0
    return rng.choice((rng.randint(700, 960), rng.randint(1040, 1400)))


def _units(cell: str, decimals: int) -> int:
    """A number's value in units of 10^-decimals, which must not be coarser than its own."""
    scale: int = 10 ** (decimals - decimals_of(cell))
    return int(cell.replace(".", "")) * scale


def decimals_of(cell: str) -> int:
    """Digits after the decimal point of a number as written."""
    return len(cell.partition(".")[2])


def scaled(cell: str, factor: int, low: int, high: int, decimals: int) -> str:
    """A number times `factor` thousandths, written with as many decimals as it had.

    `low` and `high` bound it, in units of 10^-decimals. Integers throughout.
    """
    own = decimals_of(cell)
    coarse = 10 ** (decimals - own)
    units = int(cell.replace(",", "").replace(".", "")) * factor // 1000
    units = min(max(units, -(-low // coarse)), high // coarse)
    return pointed(units, own)
