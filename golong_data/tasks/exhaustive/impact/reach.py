"""Functions that reach another by a chain of calls within one module."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

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
    calls = [c for c in mod.calls if c.form != "dotted" and _is_edge(mod, c)]
    callers: dict[str, set[str]] = {}
    for call in calls:
        callers.setdefault(call.callee, set()).add(call.within)
    targets = [n for n in mod.functions if mod.is_plain(n) and _deep(callers, n)]
    if not targets:
        raise Refused("no function of a module is reached in two calls")
    name = rng.choice(targets)
    distance = rng.randint(min(2, most), most)
    pieces = excerpts.choose(mod, [name, *_steps(calls, name, distance)], size)
    shown = {p.name for p in pieces if p.kind == "function"}
    edges = [c for c in calls if c.within in shown and c.callee in shown]
    steps = _steps(edges, name, distance)
    certain = [c for c in edges if not c.doubtful and _is_bound_once(mod, c)]
    if _steps(certain, name, distance) != steps or any(len(mod.functions[m]) > 1 for m in steps):
        raise Refused("a chain of calls could be argued about")
    nearer = {name: 0, **steps}
    leading = [c for c in edges if c.within in steps and nearer.get(c.callee, distance) < distance]
    home = Shown(mod, tuple(pieces))
    asks = words(Asks, WORDS, "asks")[config.language]
    return Finding(
        name=name,
        shown=(replace(home, evidence=tuple(home.covered(leading).values())),),
        calls=tuple(c for c in calls if c.callee == name),
        gold=tuple(f"{mod.name}.{member}" for member in steps),
        wording=asks.reaches,
        rule=asks.rules["chain"],
        fields={"distance": distance},
    )


def _is_edge(mod: Module, call: Call) -> bool:
    return call.callee in mod.functions and call.within != call.callee


def _is_bound_once(mod: Module, call: Call) -> bool:
    """Whether the name that a call uses means one thing in its module."""
    return call.form != "bare" or mod.bindings.get(call.callee) == 1


def _deep(callers: Mapping[str, set[str]], name: str) -> bool:
    """Whether a function has a caller that another function calls."""
    return any(callers.get(c, set()) - {name, c} for c in callers.get(name, ()) if c != name)


def _steps(calls: Sequence[Call], target: str, distance: int) -> dict[str, int]:
    """Functions that reach the target, with the calls it takes them, in order of discovery."""
    found: dict[str, int] = {}
    front = [target]
    for step in range(1, distance + 1):
        new = [c.within for c in calls if c.callee in front]
        front = [n for n in dict.fromkeys(new) if n not in found and n != target]
        found.update(dict.fromkeys(front, step))
    return found
