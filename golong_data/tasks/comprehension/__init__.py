"""Comprehension: questions with options, about what the documents of a context say together.

Five generators, each a module with a `make` and, written apart from it, a `solve`: facts of
several documents joined, a single fact, commitments that change hands, references within one
passage, masked names.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from golong_data.contexts.workspace import Workspace
from golong_data.tasks.comprehension import (
    commitment,
    joined,
    masked,
    reference,
    registers,
    stated,
    values,
)
from golong_data.tasks.comprehension.config import ComprehensionConfig
from golong_data.tasks.comprehension.planting import ENOUGH
from golong_data.tasks.generators import generate_by, solve_by, takes_notes
from golong_data.types import Draft, Generator, Gold, Task

_NOTES = "prose of 120 tokens, to plant notes in"
_VALUES = "; labelled values in lines of their own are used where there are such"


def _real_or_planted(
    real: Callable[[Workspace, ComprehensionConfig], Draft],
    planted: Callable[[Workspace, ComprehensionConfig], Draft],
) -> Callable[[Workspace, ComprehensionConfig], Draft]:
    """Values that documents state, in English; registers where there are too few."""

    def make(work: Workspace, config: ComprehensionConfig) -> Draft:
        if config.language == "en" and values.labels(work.corpus) >= values.LABELS:
            return real(work, config)
        return planted(work, config)

    return make


def _either(*solvers: Callable[[str, str], Gold | None]) -> Callable[[str, str], Gold | None]:
    """The answer of the first that finds one."""

    def solve(question: str, prompt: str) -> Gold | None:
        answers = (solver(question, prompt) for solver in solvers)
        return next((answer for answer in answers if answer is not None), None)

    return solve


GENERATORS: Mapping[str, Generator] = {
    "multi_hop": Generator(
        make=_real_or_planted(joined.multi_hop, registers.multi_hop),
        solve=_either(joined.solve_multi_hop, registers.solve_multi_hop),
        needs=_NOTES + _VALUES,
        serves=takes_notes,
        least=ENOUGH,
    ),
    "fact": Generator(
        make=_real_or_planted(stated.fact, registers.fact),
        solve=_either(stated.solve_fact, registers.solve_fact),
        needs=_NOTES + _VALUES,
        serves=takes_notes,
        least=ENOUGH,
    ),
    "commitment": Generator(
        make=commitment.make,
        solve=commitment.solve,
        needs=_NOTES,
        serves=takes_notes,
        least=ENOUGH,
    ),
    "reference": Generator(
        make=reference.make,
        solve=reference.solve,
        needs=_NOTES,
        serves=takes_notes,
        least=8,
    ),
    "masked": Generator(
        make=masked.make,
        solve=masked.solve,
        needs="sentences with names that recur in other documents",
        serves=masked.serves,
        least=ENOUGH,
    ),
}

TASK = Task(
    name="comprehension",
    capability="comprehension",
    summary="Chooses among options by joining facts, following promises and resolving names.",
    needs="prose documents; labelled values and recurring names if it has them",
    config=ComprehensionConfig,
    metric="accuracy",
    generate=generate_by(GENERATORS),
    solve=solve_by(GENERATORS),
    generators=GENERATORS,
)
