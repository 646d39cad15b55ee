"""Callers that must change: calls that no longer fit the signature, or hand a value elsewhere."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import islice

from golong_data.contexts.workspace import Workspace
from golong_data.material.python.callers import Called, called, resolved
from golong_data.material.python.excerpts import Excerpt, beside, choose
from golong_data.material.python.modules import Module
from golong_data.material.python.signatures import Change
from golong_data.tasks.exhaustive.config import ExhaustiveConfig
from golong_data.tasks.exhaustive.impact.context import Finding
from golong_data.tasks.exhaustive.solve.impact import WORDS, Asks
from golong_data.types import Refused
from golong_data.words import words

SELECTIVE = 0.8
"""Share of the changes that leave some calls as they are, where such a change can be made."""

LOOKED_AT = 4
"""Functions of a module that are looked at for a change that leaves some calls as they are."""


def changed(
    work: Workspace, config: ExhaustiveConfig, pool: Sequence[int], mod: Module, size: int
) -> Finding:
    """A changed function of a module and the functions whose calls of it must change.

    Raises Refused where no function of the module has callers that can be told apart.
    """
    rng = work.rng
    asks = words(Asks, WORDS, "asks")[config.language]
    looked_at = LOOKED_AT if rng.random() < SELECTIVE else 1
    picked: Called | None = None
    for found in islice(called(work.corpus, pool, mod, asks.changes, rng), looked_at):
        selective = found.selective() if looked_at > 1 else ()
        if selective:
            picked = replace(found, changes=selective)
            break
        picked = picked or found
    if picked is None:
        raise Refused("no function of a module has callers that can be told apart")
    kind = rng.choice(sorted({c.kind for c in picked.changes}))
    change = rng.choice([c for c in picked.changes if c.kind == kind])
    shown, gold = _shown(mod, picked, change, size, rng)
    cls, _, last = picked.name.rpartition(".")
    rule = asks.rules["method" if cls else "function"]
    return Finding(
        name=picked.name,
        shown=shown,
        callers={c.within for c in picked.calls},
        gold=gold,
        wording=asks.changed,
        rule=rule.format(name=last, cls=cls, module=mod.name),
        fields={"change": _told(change, asks.changes)},
        edits=change.edits,
    )


def _told(change: Change, wordings: Mapping[str, str]) -> str:
    """A change in words, with all parameters as they were."""
    names = [p.name for p in change.before]
    if any(p.keyword_only for p in change.before):
        names.insert([p.keyword_only for p in change.before].index(True), "*")
    return wordings[change.kind].format(
        old=change.parameter, new=change.new, places=", ".join(names)
    )


def _shown(
    mod: Module, picked: Called, change: Change, size: int, rng: random.Random
) -> tuple[list[Excerpt], list[str]]:
    """What is shown of the modules, and the functions among it that must change.

    Raises Refused where none of those fits.
    """
    name = picked.name
    others = rng.sample(picked.elsewhere, len(picked.elsewhere))
    own = size // 2 if others else size
    callers = [c.within for c in picked.calls]
    broken = {c.within for c in picked.calls if change.breaks(c)}
    wanted = [name, *beside(mod, name, callers, broken, own, rng)]
    shown = [choose(mod, wanted, own)]
    left = size - shown[0].tokens
    for other, calls in others:
        wanted = [c.within for c in calls]
        try:
            shown.append(choose(other, wanted, min(left, size // 3), mod.name))
        except Refused:
            continue
        left -= shown[-1].tokens
    gold: list[str] = []
    for at, one in enumerate(shown):
        hit = one.covered([c for c in resolved(one.mod, mod.name, name) if change.breaks(c)])
        gold += [f"{one.mod.name}.{within}" for within in hit]
        signature = () if at else (change.signature,)
        shown[at] = replace(one, evidence=(*hit.values(), *signature))
    if not gold:
        raise Refused("no call that must change fits into the length asked for")
    return shown, gold
