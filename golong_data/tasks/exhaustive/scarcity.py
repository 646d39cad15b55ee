"""Scarcity: of what looks like the answer a context holds many times more than belongs to it."""

from __future__ import annotations

import random

SCARCE = 13
"""Things of the kind asked for that a context holds for each one that belongs to the answer:
listing them all then earns an F1 of at most 2 / 14."""


def scarce(n: int) -> int:
    """How many of n things may belong to the answer; one at least."""
    return max(1, n // SCARCE)


def counts(wanted: tuple[int, int], most: int, rng: random.Random) -> tuple[int, int]:
    """(how many things belong to the answer, how many there are in all), of `most` at most.

    `wanted` bounds how many belong to it, where there is room.
    """
    right = min(rng.randint(*wanted), scarce(most))
    return right, min(most, max(right * SCARCE, rng.randint(most // 2, most)))
