"""Functions that reach another by a chain of calls within one module."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from golong_data.contexts.workspace import Workspace
from golong_data.material.python import excerpts
from golong_data.material.python.modules import Call, Module
from golong_data.tasks.exhaustive.config import ExhaustiveConfig
from golong_data.tasks.exhaustive.impact.context import Finding, Shown
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
    calls = [c for c in mod.calls if c.form != "dotted" and c.callee in mod.functions]
    calls = [c for c in calls if c.callee != c.within]
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
    home = Shown(mod, excerpts.choose(mod, [name, *_steps(calls, name, distance)], size))
    edges = [c for c in calls if {c.within, c.callee} <= home.functions]
    steps = _steps(edges, name, distance)
    certain = [c for c in edges if not c.doubtful and _is_bound_once(mod, c)]
    if _steps(certain, name, distance) != steps or any(len(mod.functions[m]) > 1 for m in steps):
        raise Refused("a chain of calls could be argued about")
    nearer = {name: 0, **steps}
    leading = [c for c in edges if c.within in steps and nearer.get(c.callee, distance) < distance]
    asks = words(Asks, WORDS, "asks")[config.language]
    return Finding(
        name=name,
        shown=[Shown(mod, home.pieces, tuple(home.covered(leading).values()))],
        callers=callers[name],
        gold=[f"{mod.name}.{member}" for member in steps],
        wording=asks.reaches,
        rule=asks.rules["chain"],
        fields={"distance": distance},
    )


def _is_bound_once(mod: Module, call: Call) -> bool:
    """Whether the name that a call uses means one thing in its module."""
    return call.form != "bare" or mod.bindings.get(call.callee) == 1


def _steps(calls: Sequence[Call], target: str, distance: int) -> dict[str, int]:
    """Functions that reach the target, with the calls it takes them, in order of discovery."""
    found: dict[str, int] = {}
    front = [target]
    for step in range(1, distance + 1):
        new = [c.within for c in calls if c.callee in front]
        front = [n for n in dict.fromkeys(new) if n not in found and n != target]
        found.update(dict.fromkeys(front, step))
    return found
