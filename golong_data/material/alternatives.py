"""Wrong numbers for a right one whose rank among them tells nothing."""

from __future__ import annotations

import random
from collections.abc import Iterable


def beside(
    right: int, likely: Iterable[int], spare: Iterable[int], n: int, rng: random.Random
) -> list[int]:
    """`n` wrong numbers, of which any number from none to all are below the right one.

    Those that are `likely` mistakes go first, `spare` ones fill up. Where one side has too
    few, the other gives more. All are above zero.
    """
    below: list[int] = []
    above: list[int] = []
    for wrong in dict.fromkeys([*likely, *spare]):
        if wrong > 0 and wrong != right:
            (below if wrong < right else above).append(wrong)
    least, most = max(0, n - len(above)), min(n, len(below))
    k = rng.randint(0, n)
    k = max(least, min(k, most))
    return below[:k] + above[: n - k]


def run_of(fewest: int, most: int, size: int, rng: random.Random) -> tuple[int, range]:
    """A number of `fewest` to `most`, and `size` numbers in a row that it is one of.

    The run is drawn first where it can be, so that neither its start nor its end tells
    which of them it is.
    """
    if most - fewest + 1 >= size:
        start = rng.randint(fewest, most - size + 1)
        return rng.randrange(start, start + size), range(start, start + size)
    n = rng.randint(fewest, most)
    start = rng.randint(max(1, most - size + 1), max(1, fewest))
    return n, range(start, start + size)
