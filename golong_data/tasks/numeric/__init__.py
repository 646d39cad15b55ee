"""Numerical reasoning: questions whose answer is computed from numbers in the context.

Five generators, each a module with a `generate` and, written apart from it, a `solve`:
aggregate over one table, join over several, multi-period report, count across documents,
running balance over a ledger.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from golong_data.contexts.workspace import Workspace
from golong_data.tasks import reading
from golong_data.tasks.numeric import aggregate, count, join, ledger, report
from golong_data.tasks.numeric.config import NumericConfig
from golong_data.types import Draft, Task

GENERATORS: Mapping[str, Callable[[Workspace, NumericConfig], Draft]] = {
    "aggregate": aggregate.generate,
    "join": join.generate,
    "report": report.generate,
    "count": count.generate,
    "ledger": ledger.generate,
}
SOLVERS = (aggregate.solve, join.solve, report.solve, count.solve, ledger.solve)


def generate(work: Workspace, config: NumericConfig) -> Draft:
    """A draft by the generator that `work.pick` falls to, by the recipe's weights."""
    weights = [(name, config.generators.get(name, 0.0)) for name in GENERATORS]
    at = work.pick * sum(weight for _, weight in weights)
    for name, weight in weights:
        at -= weight
        if at < 0:
            return GENERATORS[name](work, config)
    return GENERATORS[next(name for name, weight in reversed(weights) if weight)](work, config)


def solve(prompt: str) -> str | None:
    """The answer found in the prompt's text, or None."""
    question, documents = reading.question(prompt), reading.documents(prompt)
    for attempt in SOLVERS:
        found = attempt(question, documents)
        if found is not None:
            return found
    return None


TASK = Task(
    name="numeric",
    capability="numerical reasoning",
    summary="Computes with numbers out of tables, statements, ledgers and many documents.",
    needs="any documents as filler; tables with a key, a category and measures if it has some",
    config=NumericConfig,
    metric="math",
    generate=generate,
    solve=solve,
    # A count is a small whole number: guessing the most common one is right now and then.
    cheat_ceiling=0.08,
)
