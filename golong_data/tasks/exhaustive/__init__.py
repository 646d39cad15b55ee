"""Exhaustive retrieval: everything in the context that meets what is asked, and no more.

Every generator is a module with a `make` and, written apart from it, a `solve`. The answer
is a set of elements, one a line, and earns the F1 of that set.
"""

from __future__ import annotations

from collections.abc import Mapping

from golong_data.tasks.exhaustive import (
    citation,
    conflict,
    impact,
    interface,
    misspelling,
    statement,
    subset,
    totals,
    violation,
)
from golong_data.tasks.exhaustive.config import ExhaustiveConfig
from golong_data.tasks.generators import task
from golong_data.types import Generator

GENERATORS: Mapping[str, Generator] = {
    "citation": citation.GENERATOR,
    "statement": statement.GENERATOR,
    "conflict": conflict.GENERATOR,
    "violation": violation.GENERATOR,
    "misspelling": misspelling.GENERATOR,
    "totals": totals.GENERATOR,
    "subset": subset.GENERATOR,
    "impact": impact.GENERATOR,
    "interface": interface.GENERATOR,
}

TASK = task(
    "exhaustive",
    GENERATORS,
    ExhaustiveConfig,
    capability="exhaustive retrieval",
    summary="Lists all that meets what is asked: sources, contradictions, breaches, errors.",
    needs="any prose; plain sentences with numbers for two of the generators",
    metric="f1",
    cheat_ceiling=0.15,
)
