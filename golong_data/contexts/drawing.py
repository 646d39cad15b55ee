"""Positions out of many: evenly spread, or all of them in random order."""

from __future__ import annotations

import random
from collections.abc import Iterator


def spread(total: int, limit: int | None) -> list[int]:
    """At most `limit` of the positions 0 .. total - 1, evenly spread.

    >>> spread(10, 4)
    [0, 2, 5, 7]
    """
    n = total if limit is None else min(limit, total)
    return [i * total // n for i in range(n)]


def shuffled(total: int, rng: random.Random) -> Iterator[int]:
    """The positions 0 .. total - 1 in random order, lazily: cost is per draw."""
    moved: dict[int, int] = {}
    for i in range(total):
        j = rng.randrange(i, total)
        picked = moved.get(j, j)
        moved[j] = moved.get(i, i)
        yield picked
