"""The audit: what cheating policies earn, per generator of a task, and whether that is too much.

Every policy of `policies.POLICIES` plays every row it applies to, and so does what a generator
says of its own lazy readers; the mean reward is held against a ceiling (`ceilings`), per
generator and over all rows of a task. Two controls stand beside them: the gold as the prompt
asks for it, which has to earn 1 under our own rules, and the gold with slips of form, which is
shown. `coverage` says whether there was anything to pick from, and `adversary` what can be
learned from where candidates stand and what they look like, without the question.
"""

from __future__ import annotations

import random
import statistics
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from golong_data.quality.adversary import LEARNERS, MOST_ROWS, Learned, Met, learned, meet
from golong_data.quality.cases import Case, case_of
from golong_data.quality.ceilings import ceiling_of, limit_of
from golong_data.quality.cheats import Policy, Pool, completion, gold_answer, pool_of, slips
from golong_data.quality.coverage import Coverage, coverage_of, covered
from golong_data.quality.originals import Originals
from golong_data.quality.policies import LAZY, POLICIES, lazy_policies
from golong_data.rewards import earned
from golong_data.rows.files import naming

Progress = Callable[[str, int, int], None]
Column = tuple[str, str, str]
"""(task, generator, metric)"""

GOLD, SLIPS = "gold", "gold, slips of form"
TOTAL = "*"
"""Stands for all generators of a task."""
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
    """One policy over the rows of one generator, or of all of a task, that it applies to."""

    task: str
    subtask: str
    """The generator; TOTAL for all rows of a task, empty where rows name none."""
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
    def column(self) -> Column:
        return self.task, self.subtask, self.metric

    @property
    def name(self) -> str:
        """Task and generator."""
        return named(self.task, self.subtask)

    @property
    def over(self) -> bool:
        """Whether the ceiling is passed."""
        return self.mean > self.limit + 1e-9


@dataclass(frozen=True, slots=True)
class Control:
    """A right answer over the rows of one generator, or of all of a task."""

    task: str
    subtask: str
    metric: str
    name: str
    n: int
    mean: float
    required: float
    """The mean it has to have: 1 for the gold under strict rules, else 0."""
    example: Example

    @property
    def column(self) -> Column:
        return self.task, self.subtask, self.metric

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
    coverage: tuple[Coverage, ...] = ()
    learned: tuple[Learned, ...] = ()

    @property
    def columns(self) -> list[Column]:
        """The columns of the table, in order of appearance, each task's total behind it."""
        return list(dict.fromkeys(c.column for c in self.controls))

    @property
    def policies(self) -> list[str]:
        """The policies that were played, in their usual order."""
        played = dict.fromkeys(cell.policy for cell in self.cells)
        return [*(n for n in POLICIES if n in played), *(n for n in played if n not in POLICIES)]

    def usual_ceiling(self, column: Column) -> float:
        """The ceiling that most policies of a column have."""
        found = [c.ceiling for c in self.cells if c.column == column and c.ceiling]
        return statistics.mode(found) if found else 0.0

    @property
    def over(self) -> tuple[Cell, ...]:
        """The cells whose ceiling is passed."""
        return tuple(cell for cell in self.cells if cell.over)

    @property
    def uncovered(self) -> tuple[Coverage, ...]:
        """The generators whose candidates are not all found."""
        return tuple(found for found in self.coverage if found.short)

    @property
    def leaks(self) -> tuple[Learned, ...]:
        """What an adversary has learned beyond its ceiling."""
        return tuple(found for found in self.learned if found.over)

    @property
    def passed(self) -> bool:
        """Whether no ceiling is passed, the gold is paid and candidates are found."""
        paid = not any(control.short for control in self.controls)
        return paid and not (self.over or self.uncovered or self.leaks)


def named(task: str, subtask: str) -> str:
    """Task and generator as one name.

    >>> named("numeric", "join"), named("numeric", "*"), named("T5.1", "")
    ('numeric/join', 'numeric', 'T5.1')
    """
    return task if subtask in ("", TOTAL) else f"{task}/{subtask}"


def audit(
    rows: Sequence[Mapping[str, Any]],
    *,
    profile: str | None = None,
    policies: Mapping[str, Policy] | None = None,
    learners: Sequence[str] = tuple(LEARNERS),
    originals: Originals | None = None,
    progress: Progress | None = None,
    places: Sequence[str] = (),
) -> Audit:
    """Plays policies against rows, ours or in the published form.

    Without a `profile` each row is scored under its own: "strict" for ours, "golong" for
    published ones. With `originals` the policies know the corpus. `learners` are the
    adversaries that are taught; they take longer than all policies. Raises UserError for a row
    that does not say how it is scored, by its place where `places` gives it.
    """
    cases = []
    for number, row in enumerate(rows):
        with naming(places[number] if places else f"row {number}"):
            cases.append(case_of(row, number, profile))
    cells: list[Cell] = []
    controls: list[Control] = []
    coverage: list[Coverage] = []
    adversaries: list[Learned] = []
    done = 0
    for task in _grouped(cases, lambda case: (case.task, case.scoring.metric)):
        pool = pool_of(task, originals)
        tallies: list[dict[str, _Tally]] = []
        all_met: list[Met] = []
        groups = list(_grouped(task, lambda case: (case.subtask,)))
        for mine in groups:
            paid: dict[str, _Tally] = {}
            seen: list[tuple[bool, bool, int]] = []
            met: list[Met] = []
            for case in mine:
                _play(case, pool, policies, paid)
                seen.append(covered(case))
                if learners and len(met) < MOST_ROWS:
                    met += meet(case)
                case.forget()
                done += 1
                if progress:
                    progress("rows", done, len(cases))
            _enter(mine, mine[0].subtask, paid, cells, controls)
            coverage.append(coverage_of(mine, seen))
            adversaries += learned(mine[0], met, learners, mine[0].subtask)
            tallies.append(paid)
            all_met += met
        if len(groups) > 1:
            _enter(task, TOTAL, _merged(tallies), cells, controls)
            if task[0].kind == "option":
                # Options are alike in all generators; other candidates are not.
                adversaries += learned(task[0], all_met, learners, TOTAL)
    used = {case.scoring.profile for case in cases}
    return Audit(
        ", ".join(sorted(used)),
        len(cases),
        tuple(cells),
        tuple(controls),
        tuple(coverage),
        tuple(adversaries),
    )


def _grouped(
    cases: Sequence[Case], key: Callable[[Case], tuple[str, ...]]
) -> Iterator[Sequence[Case]]:
    """Cases by what they have in common, in order of appearance."""
    found: dict[tuple[str, ...], list[Case]] = {}
    for case in cases:
        found.setdefault(key(case), []).append(case)
    yield from found.values()


@dataclass(slots=True)
class _Tally:
    """What one policy has earned so far."""

    paid: list[float]
    unverified: int
    best: Example


def _merged(tallies: Sequence[Mapping[str, _Tally]]) -> dict[str, _Tally]:
    """What was earned in all generators together, but for lazy readers that not all have."""
    merged: dict[str, _Tally] = {}
    for name in dict.fromkeys(name for paid in tallies for name in paid):
        mine = [paid[name] for paid in tallies if name in paid]
        if name.startswith(LAZY) and len(mine) < len(tallies):
            continue
        example = max((tally.best for tally in mine), key=lambda e: _sign(name) * e.paid)
        merged[name] = _Tally(
            [value for tally in mine for value in tally.paid],
            sum(tally.unverified for tally in mine),
            example,
        )
    return merged


def _enter(
    mine: Sequence[Case],
    subtask: str,
    paid: Mapping[str, _Tally],
    cells: list[Cell],
    controls: list[Control],
) -> None:
    for name, tally in paid.items():
        if name in (GOLD, SLIPS):
            controls.append(_control(mine[0], subtask, name, tally))
        else:
            cells.append(_cell(mine, subtask, name, tally))


def _play(
    case: Case, pool: Pool, policies: Mapping[str, Policy] | None, paid: dict[str, _Tally]
) -> None:
    """One row: controls first, then every policy that applies."""
    _send(case, GOLD, gold_answer(case), paid)
    for text in slips(case):
        _send(case, SLIPS, text, paid)
    played = {**POLICIES, **lazy_policies(case)} if policies is None else policies
    for name, policy in played.items():
        made = policy(case, pool, random.Random(f"{name} {case.id}"))
        if made is not None:
            _send(case, name, completion(made), paid)


def _sign(name: str) -> int:
    """Of controls the worst is shown, of cheats the best."""
    return -1 if name in (GOLD, SLIPS) else 1


def _send(case: Case, name: str, text: str, paid: dict[str, _Tally]) -> None:
    value = earned(text, case.scoring, thinking=False)
    tally = paid.get(name)
    if tally is None or _sign(name) * (value or 0.0) > _sign(name) * tally.best.paid:
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


def _control(case: Case, subtask: str, name: str, tally: _Tally) -> Control:
    required = 1.0 if name == GOLD and case.scoring.profile == "strict" else 0.0
    mean = statistics.fmean(tally.paid)
    metric = case.scoring.metric
    return Control(case.task, subtask, metric, name, len(tally.paid), mean, required, tally.best)


def _cell(mine: Sequence[Case], subtask: str, name: str, tally: _Tally) -> Cell:
    ceiling, chance = ceiling_of(mine, name)
    return Cell(
        task=mine[0].task,
        subtask=subtask,
        metric=mine[0].scoring.metric,
        policy=name,
        n=len(tally.paid),
        mean=statistics.fmean(tally.paid),
        ceiling=ceiling,
        limit=min(1.0, limit_of(name, ceiling, chance, tally.paid)),
        unverified=tally.unverified,
        example=tally.best,
    )
