"""Functions that reach another by a chain of calls within one module."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from golong_data.contexts.workspace import Workspace
from golong_data.material.python.callers import internal, is_bound_once, steps
from golong_data.material.python.excerpts import choose
from golong_data.material.python.modules import Module
from golong_data.tasks.exhaustive.config import ExhaustiveConfig
from golong_data.tasks.exhaustive.impact.context import Finding
from golong_data.tasks.exhaustive.solve.impact import WORDS, Asks
from golong_data.types import Refused
from golong_data.words import words


def reaching(
    work: Workspace, config: ExhaustiveConfig, pool: Sequence[int], mod: Module, size: int
) -> Finding:
    """A function of a module and the functions that reach it by a chain of calls.

    Raises Refused where no function is reached in two calls, or a chain could be argued about.
    """
    rng, most = work.rng, config.depth
    calls = internal(mod)
    callers: dict[str, set[str]] = defaultdict(set)
    for call in calls:
        callers[call.callee].add(call.within)
    targets = [
        name
        for name in mod.functions
        if mod.is_plain(name) and any(callers[caller] - {name} for caller in callers[name])
    ]
    if not targets:
        raise Refused("no function of a module is reached in two calls")
    name = rng.choice(targets)
    distance = rng.randint(min(2, most), most)
    home = choose(mod, [name, *steps(calls, name, distance)], size)
    shown = set(home.functions)
    edges = [c for c in calls if c.within in shown and c.callee in shown]
    found = steps(edges, name, distance)
    certain = [c for c in edges if not c.doubtful and is_bound_once(mod, c)]
    if steps(certain, name, distance) != found or any(len(mod.functions[m]) > 1 for m in found):
        raise Refused("a chain of calls could be argued about")
    nearer = {name: 0, **found}
    leading = [c for c in edges if c.within in found and nearer.get(c.callee, distance) < distance]
    asks = words(Asks, WORDS, "asks")[config.language]
    return Finding(
        name=name,
        shown=[replace(home, evidence=tuple(home.covered(leading).values()))],
        callers=callers[name],
        gold=[f"{mod.name}.{member}" for member in found],
        wording=asks.reaches,
        rule=asks.rules["chain"],
        fields={"distance": distance},
    )
