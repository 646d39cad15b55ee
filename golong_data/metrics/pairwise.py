"""Pairwise accuracy: how many pairs of the gold the answer puts in the right order.

(pairs of gold elements that the answer lists in the gold's order) / C(n, 2), n the gold's
size: what is left out counts against the answer, unlike in the published code, which divides
by the pairs of the answer. Of a repeated element the first occurrence counts, and elements
that are not in the gold earn nothing. A random order of all elements earns 1/2. With
`rescale`, pairs in the wrong order are taken off again: Kendall's tau-a, where a random order
averages 0 before the clipping at 0.

Cheats. First and last of nine: 1/36. Repeating elements in many orders: only the first one
counts. Listing every word of the context: beyond twice the gold's size the score is
multiplied by 2n / (elements listed).
"""

from __future__ import annotations

from bisect import bisect, insort

from golong_data.metrics.elements import Gold, golds, grace, listed


def pairwise(text: str, gold: Gold, *, rescale: bool = False, form: str = "") -> float:
    """Share of the gold's pairs in the right order; `rescale` takes off the wrong ones.

    A gold of fewer than two elements has no order and scores 0. `form` is that of an element:
    see `elements`; raises UserError for an unknown one.

    >>> pairwise("[Answer]\\nb\\na\\nc", ["a", "b", "c"])
    0.6666666666666666
    """
    wanted = golds(gold, form)
    place = wanted.places
    if len(place) < 2:
        return 0.0
    found = listed(text, wanted)
    right = wrong = 0
    before: list[int] = []
    for position in (place[item] for item in found if item in place):
        smaller = bisect(before, position)
        right += smaller
        wrong += len(before) - smaller
        insort(before, position)
    earned = max(0, right - wrong) if rescale else right
    return grace(len(found), len(place)) * earned / (len(place) * (len(place) - 1) // 2)
