"""What a few scores say about all: bootstrap intervals, pass@k, best of k, length bins."""

from __future__ import annotations

import math
from collections.abc import Sequence

BINS = (8, 16, 32, 64, 128, 256, 1024)
"""Upper bounds of the length bins, in units of 1,024 tokens."""
LEVEL = 0.95
RESAMPLES = 2000
_DISTINCT = 500
_DRAWS = 1_000_000
"""Indices drawn at once, so that memory stays flat however many rows there are."""


def interval(
    values: Sequence[float], *, level: float = LEVEL, resamples: int = RESAMPLES, seed: int = 0
) -> tuple[float, float]:
    """Percentile bootstrap interval of a mean, with rows as the units that are resampled.

    Give one value a row, the mean over its completions where it has several: completions
    of one row are not independent of each other.
    """
    import numpy as np

    if not values:
        return (0.0, 0.0)
    rng = np.random.default_rng(seed)
    data = np.asarray(values, dtype=np.float64)
    distinct, counts = np.unique(data, return_counts=True)
    if len(distinct) <= _DISTINCT:
        # Drawing how often each value comes up is drawing rows, only faster.
        drawn = rng.multinomial(len(data), counts / len(data), size=resamples)
        means = drawn @ distinct / len(data)
    else:
        step = max(1, _DRAWS // len(data))
        sizes = [min(step, resamples - done) for done in range(0, resamples, step)]
        means = np.concatenate(
            [data[rng.integers(len(data), size=(size, len(data)))].mean(axis=1) for size in sizes]
        )
    low, high = np.quantile(means, [(1 - level) / 2, (1 + level) / 2])
    return float(low), float(high)


def pass_at(scores: Sequence[float], k: int) -> float:
    """The chance that at least one of k completions is right, drawn from those at hand.

    Unbiased: 1 - C(n - c, k) / C(n, k) for c right ones of n; right is a score of 1.

    >>> pass_at([1.0, 0.0, 0.0, 0.0], 2)
    0.5
    """
    n, right = len(scores), sum(score >= 1 - 1e-9 for score in scores)
    return 1 - math.comb(n - right, k) / math.comb(n, k)


def best_of(scores: Sequence[float], k: int) -> float:
    """The mean of the best of k completions, over all ways to draw k of those at hand.

    >>> best_of([0.2, 0.4, 0.9], 3), best_of([0.0, 1.0], 1)
    (0.9, 0.5)
    """
    ways = math.comb(len(scores), k)
    ordered = sorted(scores)
    return sum(s * math.comb(i, k - 1) for i, s in enumerate(ordered)) / ways


def length_bin(n_tokens: int) -> str:
    """The bin of a length: the smallest bound that it does not exceed.

    >>> length_bin(8192), length_bin(8193), length_bin(2_000_000)
    ('8k', '16k', 'over 1m')
    """
    for bound in BINS:
        if n_tokens <= bound * 1024:
            return "1m" if bound == 1024 else f"{bound}k"
    return "over 1m"


BIN_NAMES = (*(length_bin(bound * 1024) for bound in BINS), "over 1m")
"""All bins, shortest first."""
