"""All policies that the audit plays, by name."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping

from golong_data.quality.cases import Case
from golong_data.quality.cheats import PLAIN, Policy, Pool, written
from golong_data.quality.disguises import ARITHMETIC, DISGUISES, THOUGHTS
from golong_data.quality.shortcuts import SHORTCUTS
from golong_data.types import Gold

POLICIES: Mapping[str, Policy] = {**PLAIN, **SHORTCUTS, **DISGUISES}
"""Policies by name, in the order of tables."""

LAZY = "lazy: "
"""Stands before the names of policies that a generator states itself."""

GUESSES = frozenset(
    {"first candidates", "last candidates", "random candidates", *SHORTCUTS} - {"modal value"}
)
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
        "function words",
        *(f"in a thought of {name}" for name in THOUGHTS),
    }
)
"""Policies that do not put all the right elements into some order, not even by chance."""

NOTHING_DUE = frozenset(
    {
        "empty",
        "answer in thinking only",
        "markers stuffed",
        *ARITHMETIC,
        *(f"in a thought of {name}" for name in THOUGHTS),
    }
)
"""Policies that may earn nothing at all, whatever a task allows to others."""


def lazy_policies(case: Case) -> Mapping[str, Policy]:
    """What the generator of a row says that lazy readers do."""
    stated = case.generator.lazy if case.generator else {}
    return {f"{LAZY}{name}": _lazy(solve) for name, solve in stated.items()}


def _lazy(solve: Callable[[str, str], Gold | None]) -> Policy:
    def policy(case: Case, pool: Pool, rng: random.Random) -> str | None:
        found = solve(case.question, case.prompt)
        if found is None:
            return None
        # A list of one for a scalar, and the other way round, are slips that cost nothing.
        if isinstance(case.gold, str) and not isinstance(found, str):
            return written(case, ", ".join(found))
        listed = isinstance(case.gold, tuple) and isinstance(found, str)
        return written(case, [str(found)] if listed else found)

    return policy
