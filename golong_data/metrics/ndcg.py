"""NDCG@k against chance: how much better than a shuffled list of its length the answer ranks.

DCG = sum over ranks r <= k of gain(r) / log2(r + 1). The gold lists its n elements from most
to least relevant, the i-th has the gain n + 1 - i, anything else 0 (Järvelin and Kekäläinen,
TOIS 2002; gains and cut as in LongBench-Pro). k is n unless given. Of a repeated element the
first occurrence counts.

Raw NDCG, DCG over that of the gold, hardly tells orders apart: a random order of ten gets 0.83
on average, and the first half in perfect order, which is worth more than any shuffle, less
than most. So a list of m elements is held against lists of m elements:

    score = h / k * max(0, (DCG - b) / (DCG* - b)),  b = mean + margin * sd

with h the gold elements among the first k, DCG* that of the m first in perfect order, mean and
standard deviation those of m elements in random order, both in closed form (see `shape`). The
first m of n in perfect order earn m / n, so work earns in proportion. With margin 0 a random
order averages 0 before the clipping, but 0.17 after it (n = 10), since only the lucky half is
seen; the default margin brings what is paid on average down to 0.06 for n = 5, 0.034 for
n = 10 and 0.02 for n = 30. b never excludes the order next to the best one.

Of n elements 1 order in n! is right by luck, and no scale takes that away: 1/2 for n = 2, 1/6
for n = 3. That is what shuffles of two and of three earn; of four it is 0.085.

Cheats. Random order: see above. Junk between the elements pushes them down; junk behind them
is free up to n elements, beyond that the score is multiplied by 2n / (elements listed).
"""

from __future__ import annotations

from functools import lru_cache
from math import log2

from golong_data.errors import UserError
from golong_data.metrics.elements import Gold, golds, grace, listed
from golong_data.metrics.shape import MARGIN, chance, rescaled


def ndcg(
    text: str,
    gold: Gold,
    *,
    k: int | None = None,
    margin: float = MARGIN,
    form: str = "",
    naive: float = 0.0,
) -> float:
    """NDCG@k, rescaled so that random orders score about 0 and the ideal order 1.

    `form` is that of an element: see `elements`; `naive` takes off what a naive reader earns
    (see `shape.rescaled`). Raises UserError where the form is unknown, `k` is below 1 or
    `margin` below 0.

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
    place, n = wanted.places, len(wanted)
    found = listed(text, wanted) if n else ()
    if not found:
        return rescaled(0.0, naive)
    cut = min(k or n, n)
    first = found[:cut]
    dcg = sum((n - place[x]) / log2(r + 2) for r, x in enumerate(first) if x in place)
    share = sum(x in place for x in first) / cut
    ideal, base = _scale(n, len(first), float(margin))
    ranked = max(0.0, (dcg - base) / (ideal - base))
    return rescaled(grace(len(found), n) * share * ranked, naive)


@lru_cache(maxsize=1024)
def _scale(n: int, m: int, margin: float) -> tuple[float, float]:
    """DCG of the first m of n elements in perfect order, and the DCG that scores 0."""
    gains = [float(n - i) for i in range(n)]
    weights = [1 / log2(r + 2) for r in range(m)]
    # Summed as `ndcg` does it, so that the ideal order scores 1 to the last bit.
    ideal = sum(gain / log2(r + 2) for r, gain in enumerate(gains[:m]))
    # Next to it: two neighbours swapped, or the last element left for the one behind it.
    losses = [weights[r] - weights[r + 1] for r in range(m - 1)] + weights[-1:] * (m < n)
    if not losses:
        return ideal, 0.0
    mean, deviation = chance(tuple(gains), tuple(weights))
    return ideal, min(mean + margin * deviation, ideal - min(losses))
