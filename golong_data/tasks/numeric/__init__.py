"""Numerical reasoning: questions whose answer is computed from numbers in the context.

Every generator is a module with a `make` and, written apart from it, a `solve`. The answer is
a number, with the unit and the places that its question asks for.
"""

from __future__ import annotations

from collections.abc import Mapping

from golong_data.tasks.generators import task
from golong_data.tasks.numeric import aggregate, count, join, ledger, report
from golong_data.tasks.numeric.config import NumericConfig
from golong_data.types import Generator

GENERATORS: Mapping[str, Generator] = {
    "aggregate": aggregate.GENERATOR,
    "join": join.GENERATOR,
    "report": report.GENERATOR,
    "count": count.GENERATOR,
    "ledger": ledger.GENERATOR,
}

TASK = task(
    "numeric",
    GENERATORS,
    NumericConfig,
    capability="numerical reasoning",
    summary="Computes with numbers out of tables, statements, ledgers and many documents.",
    needs="any documents as filler; tables with a key, a category and measures if it has some",
    metric="math",
    # A count is a small whole number: guessing the most common one is right now and then.
    cheat_ceiling=0.08,
)
