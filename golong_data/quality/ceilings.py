"""What a policy may earn: ceilings, and what luck adds to them on few rows.

Ceilings where a task states none: 0 for exact match and math; one over the number of
options for accuracy and selection; 0.15 for F1, SubEM, IoU, NDCG and pairwise; 0.25 for
ROUGE-L. Guessing one of the candidates of the context is right by one over their number,
and so much is allowed. A random order of the right elements may earn 0.05 in NDCG, which is
rescaled for that, and 0.5 in pairwise accuracy, where it is chance; so is whatever else puts
them all into some order, such as the gold of another row with the same labels. A right answer
where none is due (in the thinking, as a sum that is not worked out) may earn nothing. Rows
that abstain are judged with the others of their task: alone they have one answer.

On few rows a lucky guess is no finding: a mean may lie above its ceiling by 1.5 rows or, where
the ceiling is chance, by what luck adds once in ten thousand times, for an audit of all
generators holds thousands of cells; where rewards come in degrees by two standard errors, and
three where the ceiling is chance.
"""

from __future__ import annotations

import math
import statistics
from collections.abc import Mapping, Sequence

from golong_data.quality.cases import Case
from golong_data.quality.policies import GUESSES, LAZY, NO_LIST, NOTHING_DUE
from golong_data.quality.stated import ABSTENTION, ceiling_stated

CEILINGS: Mapping[str, float] = {
    "exact_match": 0.0,
    "math": 0.0,
    "f1": 0.15,
    "subem": 0.15,
    "ndcg": 0.15,
    "pairwise": 0.15,
    "iou": 0.15,
    "rouge_l": 0.25,
}
"""Most that a cheat may earn on average, by metric."""

EXAMPLE = "the prompt's example"

RANDOM_ORDER = 0.05
"""Most that a random order may earn where the metric is rescaled for it (NDCG)."""

OWN_WORDS = 0.05
"""Most that "I do not know" may earn as a summary."""

UNKNOWN_CEILING = 0.15
"""For a metric that is not ours."""


def limit_of(policy: str, ceiling: float, chance: float, paid: Sequence[float]) -> float:
    """The ceiling with what luck may add on so many rows."""
    n = len(paid)
    if policy in NOTHING_DUE:
        return ceiling
    if all(value in (0.0, 1.0) for value in paid):
        return max(ceiling + 1.5 / n, lucky(n, chance) if chance else 0.0)
    error = statistics.stdev(paid) / math.sqrt(n) if n > 1 else 0.5
    return ceiling + (3 if chance else 2) * error


def lucky(n: int, chance: float) -> float:
    """The share of n guesses that is passed once in ten thousand times, each right by `chance`.

    >>> lucky(40, 0.25), lucky(4, 0.25)
    (0.525, 1.0)
    """
    left = 1.0
    for k in range(n):
        log_ways = math.lgamma(n + 1) - math.lgamma(k + 1) - math.lgamma(n - k + 1)
        left -= math.exp(log_ways + k * math.log(chance) + (n - k) * math.log1p(-chance))
        if left < 1e-4:
            return k / n
    return 1.0


def ceiling_of(cases: Sequence[Case], policy: str) -> tuple[float, float]:
    """(ceiling, the part of it that is chance) of a policy over the rows of one task."""
    metric = cases[0].scoring.metric
    if policy in NOTHING_DUE or (policy == EXAMPLE and cases[0].kind != "option"):
        return (OWN_WORDS if cases[0].kind == "summary" else 0.0), 0.0
    if all(case.subtask == ABSTENTION for case in cases):
        return 1.0, 0.0
    own = ceiling_stated(cases[0].task)
    if cases[0].kind == "option":
        chance = statistics.fmean(1 / len(case.options) for case in cases)
        return (chance, chance) if own is None else (own, min(own, chance))
    if cases[0].kind == "scalar" and (policy in GUESSES or policy.startswith(LAZY)):
        chance = statistics.fmean(1 / max(case.choices, 2) for case in cases)
        return (max(own or 0.0, chance), chance)
    if cases[0].kind == "order" and policy not in NO_LIST:
        if metric == "pairwise":
            return 0.5, 0.5
        # A short list comes out right by luck, however the metric is scaled.
        luck = statistics.fmean(1 / math.factorial(min(case.size, 20)) for case in cases)
        stated = CEILINGS["ndcg"] if own is None else own
        chance = max(RANDOM_ORDER, luck)
        return (chance, chance) if policy == "random order" else (max(stated, luck), luck)
    return (CEILINGS.get(metric, UNKNOWN_CEILING) if own is None else own), 0.0
