"""Whether the audit had anything to play with: candidates found, and the gold among them.

A policy that picks candidates earns nothing where there are none, and its zero says nothing.
So every row of a generator of ours has to have candidates, and its gold has to be among them,
unless a reason stands against it: a result that is worked out stands nowhere.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from golong_data.quality.cases import Case
from golong_data.quality.stated import built_in

REASONS: Mapping[str, str] = {
    "math": "the gold is worked out, not copied",
    "rouge_l": "the gold is a summary in words of its own",
    "iou": "the gold is a table of its own",
}
"""Metric -> why its gold need not be among the candidates."""

FOREIGN = "not a task of ours"


@dataclass(frozen=True, slots=True)
class Coverage:
    """The candidates of one generator's rows."""

    task: str
    subtask: str
    metric: str
    n: int
    found: float
    """Share of rows that have candidates, more of them than are right."""
    gold: float
    """Share of rows whose gold is among its candidates."""
    mean: float
    """Candidates a row."""
    reason: str
    """Why the gold need not be among them, or why nothing is asked of these rows; or empty."""

    @property
    def short(self) -> bool:
        """Whether too little is covered."""
        if self.reason == FOREIGN:
            return False
        return self.found < 1 or (not self.reason and self.gold < 1)


def covered(case: Case) -> tuple[bool, bool, int]:
    """Of one row: whether it has candidates, whether the gold is among them, how many."""
    return _has_candidates(case), _has_gold(case), len(case.found)


def coverage_of(cases: Sequence[Case], rows: Sequence[tuple[bool, bool, int]]) -> Coverage:
    """The coverage of one generator's rows, of which each was looked at by `covered`."""
    first, n = cases[0], len(rows)
    reason = REASONS.get(first.scoring.metric, "")
    found, gold, candidates = zip(*rows, strict=True)
    return Coverage(
        task=first.task,
        subtask=first.subtask,
        metric=first.scoring.metric,
        n=n,
        found=sum(found) / n,
        gold=sum(gold) / n,
        mean=sum(candidates) / n,
        reason=reason if built_in(first.task) else FOREIGN,
    )


def _has_candidates(case: Case) -> bool:
    # Where an order is asked for, the right elements may well be all there are.
    right = case.size if case.kind in ("list", "scalar") else 1
    return len(case.found) > right or (case.kind == "order" and len(case.found) >= case.size)


def _has_gold(case: Case) -> bool:
    """Whether every element of the gold is a candidate; numbers may be written otherwise."""
    known = set(case.found)
    if case.kind == "table":
        return known.issuperset(case.rows)
    if known.issuperset(case.elements):
        return True
    plain = {text.replace(",", "") for text in known}
    return case.numeric and plain.issuperset(e.replace(",", "") for e in case.elements)
