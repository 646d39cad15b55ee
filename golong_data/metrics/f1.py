"""F1 of the set of listed elements: exhaustive retrieval.

2 |A ∩ G| / (|A| + |G|), where G holds the gold's elements and A what the answer lists, both
as sets of keys (see `elements`): bullets, bold, blank lines and case do not matter, repeats
count once, order does not count. It is van Rijsbergen's F (Information Retrieval, 1979) at
beta 1, as LongBench-Pro scores its tasks 5, 6.2, 7 and 9.

Cheats. Listing every candidate pays 2|G| / (|candidates| + |G|); listing them on one line,
as JSON or behind a sentence pays the same, as every part counts, whatever the gold. Elements
in the thinking do not count. Of several marked lists the last one counts.

Empty gold, or a gold that is itself an abstention ("None", "No Error", "无"), means that the
right answer is to say so: 1 for an answer that lists an abstention and nothing else, 0 for
any other, the empty answer included.
"""

from __future__ import annotations

from golong_data.metrics.elements import Gold, abstention_score, golds, is_abstention, listed
from golong_data.metrics.shape import rescaled


def f1(text: str, gold: Gold, *, form: str = "", naive: float = 0.0) -> float:
    """Set F1 of the elements listed; empty gold asks for a stated abstention.

    `form` is that of an element: see `elements`; `naive` takes off what a naive reader earns
    (see `shape.rescaled`). Raises UserError for an unknown form.

    >>> f1("[Answer]\\n- Oslo\\n- Bergen\\n- Paris", ["Oslo", "Bergen", "Narvik"])
    0.6666666666666666
    """
    wanted = golds(gold, form)
    found = listed(text, wanted)
    if is_abstention(wanted.places):
        return rescaled(abstention_score(found), naive)
    hits = sum(item in wanted for item in found)
    return rescaled(2 * hits / (len(found) + len(wanted)), naive)
