"""Pairwise accuracy against chance: how many pairs of the gold are put in the right order.

Of the m gold elements that an answer lists, t = m (m - 1) / 2 pairs stand in some order; tau is
the pairs in the gold's order less those in the other, over t (Kendall's tau-a, 1938). With T =
n (n - 1) / 2 pairs of a gold of n elements

    score = t / T * max(0, (tau - b) / (1 - b)),  b = margin * sd

where sd is that of tau over random orders of m elements, sqrt(2 (2m + 5) / (9 m (m - 1))). So
what is left out counts against the answer, unlike in the published code, which divides by the
pairs of the answer; the first half in perfect order earns its share of the pairs, about a
quarter; and a random order of all averages 0.06 for n = 4, 0.04 for n = 5, 0.02 for n = 10. b
never excludes two neighbours swapped. Luck alone puts 1 order in n! right: a half for n = 2.
With `rescale` off it is the plain share, (pairs in the right order) / T, of which a random
order has half. Of a repeated element the first occurrence counts, and elements that are not
in the gold earn nothing.

Cheats. First and last of nine: 1/36. Repeating elements in many orders: only the first one
counts. Listing every word of the context: beyond twice the gold's size the score is
multiplied by 2n / (elements listed).
"""

from __future__ import annotations

from bisect import bisect, insort
from collections.abc import Iterable
from math import sqrt

from golong_data.errors import UserError
from golong_data.metrics.elements import Gold, golds, grace, listed
from golong_data.metrics.shape import MARGIN, rescaled


def pairwise(
    text: str,
    gold: Gold,
    *,
    rescale: bool = True,
    margin: float = MARGIN,
    form: str = "",
    naive: float = 0.0,
) -> float:
    """Share of the gold's pairs in the right order, above what random orders have.

    A gold of fewer than two elements has no order and scores 0. `form` is that of an element:
    see `elements`; `naive` takes off what a naive reader earns (see `shape.rescaled`). Raises
    UserError where the form is unknown or `margin` below 0.

    >>> pairwise("[Answer]\\nb\\na\\nc", ["a", "b", "c"], rescale=False)
    0.6666666666666666
    """
    if not margin >= 0:
        raise UserError(f"margin is {margin}", where="pairwise", remedy="Give a margin from 0 up.")
    wanted = golds(gold, form)
    place = wanted.places
    if len(place) < 2:
        return 0.0
    found = listed(text, wanted)
    right, wrong = _pairs(place[item] for item in found if item in place)
    pairs = len(place) * (len(place) - 1) // 2
    earned = _above_chance(right, wrong, margin) if rescale else float(right)
    return rescaled(grace(len(found), len(place)) * earned / pairs, naive)


def _pairs(places: Iterable[int]) -> tuple[int, int]:
    """How many pairs of a list are in rising order, and how many are not."""
    right = wrong = 0
    before: list[int] = []
    for place in places:
        smaller = bisect(before, place)
        right += smaller
        wrong += len(before) - smaller
        insort(before, place)
    return right, wrong


def _above_chance(right: int, wrong: int, margin: float) -> float:
    """Pairs that are right beyond what a random order has; all of them where none is wrong."""
    pairs = right + wrong
    if not wrong:
        return float(right)
    m = (1 + sqrt(1 + 8 * pairs)) / 2
    deviation = sqrt(2 * (2 * m + 5) / (9 * m * (m - 1)))
    base = max(0.0, min(margin * deviation, 1 - 2 / pairs))
    return pairs * max(0.0, ((right - wrong) / pairs - base) / (1 - base))
