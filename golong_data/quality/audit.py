"""The audit: what cheating policies earn, per task, and whether that is too much.

Every policy of `cheats.POLICIES` plays every row it applies to, and its mean reward is held
against a ceiling: what the task states (`Task.cheat_ceiling`) or what its kind of metric
allows by chance. Two controls stand beside them: the gold as the prompt asks for it, which
has to earn 1 under our own rules, and the gold with slips of form, which is shown.

Ceilings where a task states none: 0 for exact match and math; one over the number of
options for accuracy and selection; 0.15 for F1, SubEM, IoU, NDCG and pairwise; 0.25 for
ROUGE-L. Guessing one of the candidates of the context is right by one over their number,
and so much is allowed. A random order of the right elements may earn 0.05 in NDCG, which is
rescaled for that, and 0.5 in pairwise accuracy, where it is chance; so is whatever else puts
them all into some order, such as the gold of another row with the same labels.

On few rows a lucky guess is no finding: a mean may lie above its ceiling by 1.5 rows or, where
the ceiling is chance, by what luck adds once in a thousand times; where rewards come in
degrees by two standard errors, and three where the ceiling is chance.
"""

from __future__ import annotations

import math
import random
import statistics
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from golong_data.errors import UserError
from golong_data.quality.cases import Case, case_of
from golong_data.quality.cheats import (
    POLICIES,
    Policy,
    Pool,
    completion,
    gold_answer,
    pool_of,
    slips,
)
from golong_data.rewards import earned
from golong_data.rows.files import naming
from golong_data.tasks import get_task
from golong_data.types import Task

Progress = Callable[[str, int, int], None]

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

GUESSES = frozenset({"first candidates", "last candidates", "random candidates"})
"""Policies that name one of the candidates where one is asked for."""

NO_LIST = frozenset(
    {
        "empty",
        "refusal",
        "question repeated",
        "context echoed",
        "answer in thinking only",
        "markers stuffed",
        "first and last",
        "number grid",
    }
)
"""Policies that do not put all the right elements into some order, not even by chance."""

RANDOM_ORDER = 0.05
"""Most that a random order may earn where the metric is rescaled for it (NDCG)."""

UNKNOWN_CEILING = 0.15
"""For a metric that is not ours."""

GOLD, SLIPS = "gold", "gold, slips of form"
EXAMPLE = 1500
"""Characters kept of an example."""


@dataclass(frozen=True, slots=True)
class Example:
    """The completion of a policy that earned most."""

    row: str
    question: str
    gold: str
    completion: str
    paid: float


@dataclass(frozen=True, slots=True)
class Cell:
    """One policy over the rows of one task that it applies to."""

    task: str
    metric: str
    policy: str
    n: int
    mean: float
    ceiling: float
    limit: float
    """The ceiling with what luck may add on so many rows."""
    unverified: int
    """Checks that could not be made; they count as 0."""
    example: Example

    @property
    def over(self) -> bool:
        """Whether the ceiling is passed."""
        return self.mean > self.limit + 1e-9


@dataclass(frozen=True, slots=True)
class Control:
    """A right answer over the rows of one task."""

    task: str
    metric: str
    name: str
    n: int
    mean: float
    required: float
    """The mean it has to have: 1 for the gold under strict rules, else 0."""
    example: Example

    @property
    def short(self) -> bool:
        """Whether right answers earn too little."""
        return self.mean < self.required - 1e-9


@dataclass(frozen=True, slots=True)
class Audit:
    """What an audit found."""

    profile: str
    rows: int
    cells: tuple[Cell, ...]
    controls: tuple[Control, ...]

    @property
    def columns(self) -> list[tuple[str, str]]:
        """(task, metric) of every column of the table, in order of appearance."""
        return list(dict.fromkeys((c.task, c.metric) for c in self.controls))

    @property
    def policies(self) -> list[str]:
        """The policies that were played, in their usual order."""
        played = dict.fromkeys(cell.policy for cell in self.cells)
        return [*(n for n in POLICIES if n in played), *(n for n in played if n not in POLICIES)]

    def usual_ceiling(self, column: tuple[str, str]) -> float:
        """The ceiling that most policies of a column have."""
        found = [c.ceiling for c in self.cells if (c.task, c.metric) == column]
        return statistics.mode(found) if found else 0.0

    @property
    def over(self) -> tuple[Cell, ...]:
        """The cells whose ceiling is passed."""
        return tuple(cell for cell in self.cells if cell.over)

    @property
    def passed(self) -> bool:
        """Whether no ceiling is passed and the gold is paid."""
        return not self.over and not any(control.short for control in self.controls)


def audit(
    rows: Sequence[Mapping[str, Any]],
    *,
    profile: str | None = None,
    policies: Mapping[str, Policy] | None = None,
    progress: Progress | None = None,
    places: Sequence[str] = (),
) -> Audit:
    """Plays policies against rows, ours or in the published form.

    Without a `profile` each row is scored under its own: "strict" for ours, "golong" for
    published ones. Raises UserError for a row that does not say how it is scored, by its place
    where `places` gives it.
    """
    cases = []
    for number, row in enumerate(rows):
        with naming(places[number] if places else f"row {number}"):
            cases.append(case_of(row, number, profile))
    groups: dict[tuple[str, str], list[Case]] = {}
    for case in cases:
        groups.setdefault((case.task, case.scoring.metric), []).append(case)
    cells: list[Cell] = []
    controls: list[Control] = []
    done = 0
    for mine in groups.values():
        pool = pool_of(mine)
        paid: dict[str, _Tally] = {}
        for case in mine:
            _play(case, pool, POLICIES if policies is None else policies, paid)
            done += 1
            if progress:
                progress("rows", done, len(cases))
        for name, tally in paid.items():
            if name in (GOLD, SLIPS):
                controls.append(_control(mine[0], name, tally))
            else:
                cells.append(_cell(mine, name, tally))
    used = {case.scoring.profile for case in cases}
    return Audit(", ".join(sorted(used)), len(cases), tuple(cells), tuple(controls))


@dataclass(slots=True)
class _Tally:
    """What one policy has earned so far."""

    paid: list[float]
    unverified: int
    best: Example


def _play(case: Case, pool: Pool, policies: Mapping[str, Policy], paid: dict[str, _Tally]) -> None:
    """One row: controls first, then every policy that applies."""
    _send(case, GOLD, gold_answer(case), paid)
    for text in slips(case):
        _send(case, SLIPS, text, paid)
    for name, policy in policies.items():
        made = policy(case, pool, random.Random(f"{name} {case.id}"))
        if made is not None:
            _send(case, name, completion(made), paid)


def _send(case: Case, name: str, text: str, paid: dict[str, _Tally]) -> None:
    value = earned(text, case.scoring, thinking=False)
    tally = paid.get(name)
    # Of controls the worst is shown, of cheats the best.
    sign = -1 if name in (GOLD, SLIPS) else 1
    if tally is None or sign * (value or 0.0) > sign * tally.best.paid:
        best = Example(
            row=case.id,
            question=_cut(case.question),
            gold=_cut("\n".join(case.elements)),
            completion=_cut(text),
            paid=value or 0.0,
        )
        if tally is None:
            tally = paid[name] = _Tally([], 0, best)
        tally.best = best
    tally.paid.append(value or 0.0)
    tally.unverified += value is None


def _cut(text: str) -> str:
    """The start and the end of a long text."""
    if len(text) <= EXAMPLE:
        return text
    half = EXAMPLE // 2
    return f"{text[:half]}\n[... {len(text) - 2 * half:,} characters ...]\n{text[-half:]}"


def _control(case: Case, name: str, tally: _Tally) -> Control:
    required = 1.0 if name == GOLD and case.scoring.profile == "strict" else 0.0
    mean = statistics.fmean(tally.paid)
    metric = case.scoring.metric
    return Control(case.task, metric, name, len(tally.paid), mean, required, tally.best)


def _cell(mine: Sequence[Case], name: str, tally: _Tally) -> Cell:
    stated, chance = ceiling_of(mine, name)
    return Cell(
        task=mine[0].task,
        metric=mine[0].scoring.metric,
        policy=name,
        n=len(tally.paid),
        mean=statistics.fmean(tally.paid),
        ceiling=stated,
        limit=min(1.0, _limit(stated, chance, tally.paid)),
        unverified=tally.unverified,
        example=tally.best,
    )


def _limit(ceiling: float, chance: float, paid: Sequence[float]) -> float:
    """The ceiling with what luck may add on so many rows."""
    n = len(paid)
    if all(value in (0.0, 1.0) for value in paid):
        return max(ceiling + 1.5 / n, lucky(n, chance) if chance else 0.0)
    error = statistics.stdev(paid) / math.sqrt(n) if n > 1 else 0.5
    return ceiling + (3 if chance else 2) * error


def lucky(n: int, chance: float) -> float:
    """The share of n guesses that is passed once in a thousand times, each right by `chance`.

    >>> lucky(40, 0.25), lucky(4, 0.25)
    (0.475, 1.0)
    """
    left = 1.0
    for k in range(n):
        log_ways = math.lgamma(n + 1) - math.lgamma(k + 1) - math.lgamma(n - k + 1)
        left -= math.exp(log_ways + k * math.log(chance) + (n - k) * math.log1p(-chance))
        if left < 1e-3:
            return k / n
    return 1.0


def ceiling_of(cases: Sequence[Case], policy: str) -> tuple[float, float]:
    """(ceiling, the part of it that is chance) of a policy over the rows of one task."""
    metric = cases[0].scoring.metric
    own = _stated(cases[0].task)
    if cases[0].kind == "option":
        chance = statistics.fmean(1 / len(case.options) for case in cases)
        return (chance, chance) if own is None else (own, min(own, chance))
    if cases[0].kind == "scalar" and policy in GUESSES:
        chance = statistics.fmean(1 / max(len(case.candidates), 2) for case in cases)
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


def _stated(task: str) -> float | None:
    """The ceiling that a task of ours states; None where it leaves it to the metric."""
    try:
        ceiling = get_task(task).cheat_ceiling
    except UserError:
        return None
    return None if ceiling == _DEFAULT_CEILING else ceiling


_DEFAULT_CEILING = next(
    field.default for name, field in Task.__dataclass_fields__.items() if name == "cheat_ceiling"
)
