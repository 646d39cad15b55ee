"""NDCG@k against chance: how much better than a shuffled list the answer ranks.

raw = DCG / ideal DCG with DCG = sum over ranks r <= k of gain(r) / log2(r + 1). The gold
lists its n elements from most to least relevant, the i-th has the gain n + 1 - i, anything
else 0 (Järvelin and Kekäläinen, TOIS 2002; gains and cut as in LongBench-Pro). k is n unless
given. Of a repeated element the first occurrence counts.

Raw NDCG hardly tells orders apart: a random order of ten gets 0.83 on average. So

    score = max(0, (raw - b) / (1 - b)),  b = mean + margin * sd

with mean and standard deviation of raw over all n! orders of the gold, both in closed form.
With margin 0 a random order averages 0 before the clipping, but 0.17 after it (n = 10), since
only the lucky half is seen. The default margin brings the average that is paid down to 0.05
for n = 6, 0.035 for n = 10 and 0.02 for n = 30. b never excludes the best order but one of
those next to the ideal: it is at most their highest raw value, and 0 for n = 1.

A part of the list, even in the right order, may be worth less than a shuffle of all of it:
the first two of four have raw 0.80, a shuffle 0.87. Such an answer scores 0.

Cheats. Random order: see above. Junk between the elements pushes them down; junk behind them
is free up to n elements, beyond that the score is multiplied by 2n / (elements listed).
"""

from __future__ import annotations

from functools import lru_cache
from math import log2, sqrt

from golong_data.errors import UserError
from golong_data.metrics.elements import Gold, golds, grace, listed

MARGIN = 1.25


def ndcg(
    text: str, gold: Gold, *, k: int | None = None, margin: float = MARGIN, form: str = ""
) -> float:
    """NDCG@k, rescaled so that random orders score about 0 and the ideal order 1.

    `form` is that of an element: see `elements`. Raises UserError where it is unknown, `k` is
    below 1 or `margin` below 0.

    >>> round(ndcg("[Answer]\\nb\\na\\nc\\nd\\ne\\nf", list("abcdef")), 3)
    0.509
    """
    if (k is not None and k < 1) or not margin >= 0:
        raise UserError(
            f"k is {k} and margin {margin}",
            where="ndcg",
            remedy="Give k from 1 and margin from 0 up, or leave them out.",
        )
    wanted = golds(gold, form)
    place = wanted.places
    n = len(place)
    if not n:
        return 0.0
    cut = min(k or n, n)
    found = listed(text, wanted)
    dcg = sum((n - place[x]) / log2(r + 2) for r, x in enumerate(found[:cut]) if x in place)
    ideal, base = _scale(n, cut, float(margin))
    return grace(len(found), n) * max(0.0, (dcg / ideal - base) / (1 - base))


@lru_cache(maxsize=1024)
def _scale(n: int, k: int, margin: float) -> tuple[float, float]:
    """The ideal DCG of n elements at cut k, and the raw value b that scores 0."""
    gains = [float(n - i) for i in range(n)]
    weights = [1 / log2(r + 2) if r < k else 0.0 for r in range(n)]
    # Summed as `ndcg` does it, so that the ideal order scores 1 to the last bit.
    ideal = sum(gain / log2(r + 2) for r, gain in enumerate(gains[:k]))
    if n == 1:
        return ideal, 0.0
    mean_gain, mean_weight = sum(gains) / n, sum(weights) / n
    spread = sum((g - mean_gain) ** 2 for g in gains) * sum((w - mean_weight) ** 2 for w in weights)
    mean, deviation = n * mean_gain * mean_weight, sqrt(spread / (n - 1))
    # The ideal order with two neighbours swapped loses the difference of their weights.
    loss = min(weights[r] - weights[r + 1] for r in range(min(k, n - 1)))
    return ideal, min(mean + margin * deviation, ideal - loss) / ideal
