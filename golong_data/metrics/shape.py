"""The shape of a reward: what chance pays, what half the work pays, and the zero of a scale.

A metric in [0, 1] of which a naive reader earns much tells work from luck only in what is
above it. `rescaled` moves the zero there. For lists in order `chance` gives, in closed form,
what a random list of the same length has: its mean, and how far it strays.
"""

from __future__ import annotations

from functools import lru_cache
from math import sqrt

from golong_data.errors import UserError

MARGIN = 1.25
"""Standard deviations above the mean of random orders at which an order begins to earn."""


def rescaled(score: float, naive: float) -> float:
    """A score with the mean of a stated naive reader as its zero; 1 stays 1.

    Raises UserError where `naive` is not from 0 up to, but not including, 1.

    >>> round(rescaled(0.6, 0.2), 9), rescaled(0.1, 0.2)
    (0.5, 0.0)
    """
    if not 0 <= naive < 1:
        raise UserError(
            f"naive is {naive}",
            where="naive",
            remedy="Give what a naive reader earns on average, from 0 to below 1, or leave it out.",
        )
    return max(0.0, (score - naive) / (1 - naive)) if naive else score


@lru_cache(maxsize=1024)
def chance(gains: tuple[float, ...], weights: tuple[float, ...]) -> tuple[float, float]:
    """Mean and standard deviation of sum(weight * gain) over random lists of distinct gains.

    The gains are drawn without replacement, one for each weight: the permutation statistic of
    Wald and Wolfowitz (1944) with the weights that are not there as zeros.

    >>> chance((2.0, 1.0), (1.0, 0.5))
    (2.25, 0.25)
    """
    n = len(gains)
    mean, total = sum(gains) / n, sum(weights)
    if n == 1:
        return mean * total, 0.0
    spread = sum((gain - mean) ** 2 for gain in gains)
    uneven = sum(weight * weight for weight in weights) - total * total / n
    return mean * total, sqrt(max(0.0, spread * uneven / (n - 1)))
