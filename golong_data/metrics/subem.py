"""SubEM: how many of the gold's elements stand in the answer, and how much stands beside them.

hits / max(|G|, |A|), where G holds the gold's elements and A the distinct elements that the
answer lists. That is the published recall, hits / |G|, times a cap by the gold's size,
min(1, |G| / |A|): a list longer than the gold shares the gold's pay among its elements, so
that naming both of two candidates pays what guessing one of them would on average. Recall
alone is LongBench-Pro's score of its tasks 6.1, 8 and 10.

An element of the gold is found where an element of the answer is all of it, as `elements`
reads it: "the box is red", "INV007 (the amounts differ)", "Sports - 25%". A phrase around it
is another element: "a fall of 5.5%", "at most 5.5%", "5.5 million" and "North Korea 5" are
neither 5.5% nor 5.5 nor Korea 5. Numbers are compared by value, word by word: "Sports 25%" is
"Sports 25.00%"; "007" is no number.

Cheats. A dump of 200 ids pays 2 / 200 for a gold of two, in one line or many; a grid of
numbers likewise; an abstention listed beside elements is one more element. A gold that is an
abstention ("No Error"), or empty, is met only by an abstention alone.
"""

from __future__ import annotations

from golong_data.metrics.elements import Gold, abstention_score, golds, is_abstention, listed
from golong_data.metrics.shape import rescaled


def subem(text: str, gold: Gold, *, form: str = "", naive: float = 0.0) -> float:
    """Gold elements found, over the larger of the gold's size and the answer's.

    `form` is that of an element: see `elements`; `naive` takes off what a naive reader earns
    (see `shape.rescaled`). Raises UserError for an unknown form.

    >>> subem("[Answer]\\n5.5%\\n-2.2%\\n7.1%", ["5.5%", "-2.2%"])
    0.6666666666666666
    """
    wanted = golds(gold, form, values=True)
    found = listed(text, wanted)
    if is_abstention(wanted.places):
        return rescaled(abstention_score(found), naive)
    hits = sum(item in wanted for item in found)
    return rescaled(hits / max(len(wanted), len(found)), naive)
