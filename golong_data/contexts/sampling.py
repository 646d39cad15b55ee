"""Some out of many: evenly spread, all in random order, or the one whose turn it is."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from typing import TypeVar

from golong_data.contexts.workspace import Workspace

LAPS = 4
"""Times that the rows of a recipe go through all items; see `turn`."""

T = TypeVar("T")


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


def turn(work: Workspace, items: Sequence[T]) -> T:
    """The item whose turn it is, so that the rows of a recipe differ.

    `work.pick` steps through [0, 1) by the golden ratio, so the picks of n rows lie at least
    0.38/n apart. A generator with 1/LAPS of the weight sees one lap of the items, and none of
    them twice as long as n stays below 0.19 LAPS times their number. Every other time it is
    the next item's turn: a draw that was refused may go on to that one.
    """
    at = int(work.pick * LAPS * len(items)) + work.rng.randrange(2)
    return items[at % len(items)]
