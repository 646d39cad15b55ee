"""Functions that reach another by a chain of calls within one module."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from golong_data.contexts.workspace import Workspace
from golong_data.material.python import excerpts as pyexcerpt
from golong_data.material.python.modules import Call, Module
from golong_data.material.python.signatures import release_names
from golong_data.tasks.exhaustive.config import ExhaustiveConfig
from golong_data.tasks.exhaustive.impact_context import (
    Shown,
    blocks_of,
    covered,
    distractors,
    draft,
    older,
    told,
)
from golong_data.tasks.exhaustive.impact_words import REACHES, RULES
from golong_data.types import Draft, Refused


def reaching(
    work: Workspace, config: ExhaustiveConfig, pool: Sequence[int], mod: Module, size: int
) -> Draft:
    """A function of a module and the functions that reach it by a chain of calls.

    Raises Refused where no function is reached in two calls, or a chain could be argued about.
    """
    rng, language, most = work.rng, config.language, config.depth
    sure = [c for c in mod.calls if c.form != "dotted" and _is_edge(mod, c)]
    doubtful = [
        c for c in sure if c.doubtful or (c.form == "bare" and mod.bindings.get(c.callee) != 1)
    ]
    callers: dict[str, set[str]] = {}
    for call in sure:
        callers.setdefault(call.callee, set()).add(call.within)
    targets = [n for n in mod.functions if mod.is_plain(n) and _deep(callers, n)]
    if not targets:
        raise Refused("no function of a module is reached in two calls")
    name = rng.choice(targets)
    distance = rng.randint(min(2, most), most)
    wanted = [name, *_reached(sure, name, distance)]
    pieces = pyexcerpt.choose(mod, wanted, size)
    shown = {p.name for p in pieces if p.kind == "function"}
    edges = [c for c in sure if c.within in shown and c.callee in shown]
    members = _reached(edges, name, distance)
    certain = [c for c in edges if c not in doubtful]
    if _reached(certain, name, distance) != members or any(
        len(mod.functions[m]) > 1 for m in members
    ):
        raise Refused("a chain of calls could be argued about")
    steps = {name: 0, **members}
    leading = [
        c for c in edges if c.within in members and c.callee in steps and steps[c.callee] < distance
    ]
    spans = tuple(covered(pieces, leading).values())
    gold = [f"{mod.name}.{member}" for member in members]
    rules = RULES[language]
    earlier, release = release_names(rng, 2)
    asked = REACHES[language].format(
        target=f"{mod.name}.{name}", distance=distance, release=release
    )
    common = told(mod, release, language)
    question = f"{asked} {rules['chain']} {common}"
    marked = [Shown(mod, tuple(pieces), spans)]
    blocks = blocks_of(config, marked, None, release)
    calls = [c for c in sure if c.callee == name]
    blocks += older(work, config, mod, name, calls, earlier, size // 4)
    last = name.rpartition(".")[2]
    blocks += distractors(work, config, pool, mod, last, marked, size // 4)
    return draft(work, config, question, gold, blocks, mod, last, ())


def _is_edge(mod: Module, call: Call) -> bool:
    return call.callee in mod.functions and call.within != call.callee


def _deep(callers: Mapping[str, set[str]], name: str) -> bool:
    """Whether a function has a caller that another function calls."""
    return any(callers.get(c, set()) - {name, c} for c in callers.get(name, ()) if c != name)


def _reached(calls: Sequence[Call], target: str, distance: int) -> dict[str, int]:
    """Functions that reach the target, with the calls it takes them, in order of discovery."""
    found: dict[str, int] = {}
    front = [target]
    for step in range(1, distance + 1):
        new = [c.within for c in calls if c.callee in front]
        front = [n for n in dict.fromkeys(new) if n not in found and n != target]
        found.update(dict.fromkeys(front, step))
    return found
