"""Callers that must change: calls that no longer fit the signature, or hand a value elsewhere."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice

from golong_data.contexts.workspace import Workspace
from golong_data.material.python import excerpts
from golong_data.material.python.callers import certain, elsewhere, resolved, share_holding
from golong_data.material.python.modules import Call, Module
from golong_data.material.python.signatures import Change, bound, changes
from golong_data.tasks.exhaustive.config import ExhaustiveConfig
from golong_data.tasks.exhaustive.impact.context import Finding, Shown
from golong_data.tasks.exhaustive.solve.impact import WORDS, Asks
from golong_data.types import Refused
from golong_data.words import words

SELECTIVE = 0.8
"""Share of the changes that leave some calls as they are, where such a change can be made."""

COMMON = 0.25
"""Share of a corpus's modules that may hold the name of a function that is asked about."""

LOOKED_AT = 4
"""Functions of a module that are looked at for a change that leaves some calls as they are."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A function whose signature may change."""

    name: str
    calls: tuple[Call, ...]
    """In its own module."""
    elsewhere: tuple[tuple[Module, list[Call]], ...]
    """In others."""
    changes: tuple[Change, ...] = ()
    """Those by which some calls no longer fit."""

    @property
    def every(self) -> list[Call]:
        """Its calls in all modules."""
        return [*self.calls, *(call for _, found in self.elsewhere for call in found)]

    def is_broken_by(self, change: Change) -> bool:
        """Whether some calls must change, and all fitted before."""
        every = self.every
        return (
            len(every) > 1
            and any(map(change.breaks, every))
            and all(bound(call, change.before) is not None for call in every)
        )

    def selective(self) -> tuple[Change, ...]:
        """Changes that leave some calls as they are."""
        return tuple(c for c in self.changes if not all(map(c.breaks, self.every)))


def changed(
    work: Workspace, config: ExhaustiveConfig, pool: Sequence[int], mod: Module, size: int
) -> Finding:
    """A changed function of a module and the functions whose calls of it must change.

    Raises Refused where no function of the module has callers that can be told apart.
    """
    rng = work.rng
    asks = words(Asks, WORDS, "asks")[config.language]
    wants_selective = rng.random() < SELECTIVE
    picked: Candidate | None = None
    for candidate in islice(_candidates(work, pool, mod, asks.changes), LOOKED_AT):
        selective = candidate.selective()
        if wants_selective and selective:
            picked = replace(candidate, changes=selective)
            break
        picked = picked or candidate
        if not wants_selective:
            break
    if picked is None:
        raise Refused("no function of a module has callers that can be told apart")
    kind = rng.choice(sorted({c.kind for c in picked.changes}))
    change = rng.choice([c for c in picked.changes if c.kind == kind])
    shown, gold = _shown(mod, picked, change, size, rng)
    cls, _, last = picked.name.rpartition(".")
    rule = asks.rules["method" if cls else "function"]
    return Finding(
        name=picked.name,
        shown=tuple(shown),
        calls=picked.calls,
        gold=tuple(gold),
        wording=asks.changed,
        rule=rule.format(name=last, cls=cls, module=mod.name),
        fields={"change": _told(change, asks.changes)},
        change=change,
    )


def _candidates(
    work: Workspace, pool: Sequence[int], mod: Module, kinds: Mapping[str, str]
) -> Iterator[Candidate]:
    """Functions whose callers can be told apart, in random order, with changes of these kinds."""
    names = [name for name in mod.functions if mod.is_plain(name)]
    work.rng.shuffle(names)
    for name in names:
        is_method = "." in name
        once = is_method or mod.bindings.get(name) == 1
        calls = resolved(mod, mod.name, name) if once else []
        if len({c.within for c in calls}) < (2 if is_method else 1) or not certain(calls):
            continue
        if any(c.within == name or c.within not in mod.functions for c in calls):
            continue
        if is_method and any(c.form == "dotted" and c.callee == name for c in mod.calls):
            continue  # called by the name of its class as well, which the rule leaves out
        # Filler must not hold the name, so few modules would be left.
        if not is_method and share_holding(work.corpus, pool, name) > COMMON:
            continue
        others = [] if is_method else elsewhere(work.corpus, pool, mod, name)
        found = Candidate(name, tuple(calls), tuple(others))
        made = changes(mod, mod.functions[name][0], work.rng)
        made = [change for change in made if change.kind in kinds and found.is_broken_by(change)]
        if made:
            yield replace(found, changes=tuple(made))


def _told(change: Change, wordings: Mapping[str, str]) -> str:
    """A change in words, with all parameters as they were."""
    names = [p.name for p in change.before]
    if any(p.keyword_only for p in change.before):
        names.insert([p.keyword_only for p in change.before].index(True), "*")
    return wordings[change.kind].format(
        old=change.parameter, new=change.new, places=", ".join(names)
    )


def _shown(
    mod: Module, candidate: Candidate, change: Change, size: int, rng: random.Random
) -> tuple[list[Shown], list[str]]:
    """What is shown of the modules, and the functions among it that must change.

    Raises Refused where none of those fits.
    """
    name = candidate.name
    others = rng.sample(candidate.elsewhere, len(candidate.elsewhere))
    own = size // 2 if others else size
    wanted = [name, *_fitting(mod, name, candidate.calls, change, own, rng)]
    shown = [Shown(mod, tuple(excerpts.choose(mod, wanted, own)))]
    left = size - shown[0].tokens
    for other, found in others:
        wanted = list(dict.fromkeys(c.within for c in found))
        try:
            pieces = excerpts.choose(other, wanted, min(left, size // 3), mod.name)
        except Refused:
            continue
        shown.append(Shown(other, tuple(pieces)))
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


def _fitting(
    mod: Module, name: str, calls: Sequence[Call], change: Change, size: int, rng: random.Random
) -> list[str]:
    """Some callers that fit beside the function, two that must change first of all."""
    costs = {p.name: mod.tokens(p) for p in mod.pieces if p.kind == "function"}
    heads = {p.name: mod.tokens(p) for p in mod.pieces if p.kind == "head"}
    ordered = sorted(dict.fromkeys(c.within for c in calls if c.within), key=lambda n: costs[n])
    hits = {c.within for c in calls if change.breaks(c)}
    first = [own for own in ordered if own in hits][:2]
    rest = [own for own in ordered if own not in first]
    rng.shuffle(rest)
    ordered = first + rest[: rng.randint(0, len(rest))] if len(rest) > 1 else first + rest
    opened = {name.rpartition(".")[0]}
    left = size - costs[name] - sum(heads.get(cls, 0) for cls in opened)
    chosen = []
    for own in ordered:
        cls = own.rpartition(".")[0]
        cost = costs[own] + (0 if cls in opened else heads.get(cls, 0))
        if cost <= left:
            chosen.append(own)
            opened.add(cls)
            left -= cost
    return chosen
