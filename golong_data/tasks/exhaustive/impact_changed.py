"""Callers that must change: calls that no longer fit the signature, or hand a value elsewhere."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from typing import TYPE_CHECKING

from golong_data.contexts.windows import source
from golong_data.contexts.workspace import Workspace
from golong_data.material.python import excerpts as pyexcerpt
from golong_data.material.python import modules as pycode
from golong_data.material.python.modules import Call, Module
from golong_data.material.python.signatures import (
    Change,
    bound,
    changes,
    must_change,
    release_names,
)
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
from golong_data.tasks.exhaustive.impact_words import CHANGED, CHANGES, RULES
from golong_data.types import Draft, Refused

if TYPE_CHECKING:
    from golong_data.corpus import Corpus

TELLING = 0.8
"""Share of the changes that leave some calls as they are, where such a change can be made."""

SEARCHED = 1_500
"""Documents of a corpus in which other callers are looked for."""


COMMON = 0.25
"""Share of a corpus's modules that may hold the name of a function that is asked about."""

LOOKED_AT = 4
"""Functions of a module that are looked at for a change that leaves some calls as they are."""


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A function whose signature may change."""

    name: str
    calls: Sequence[Call]
    """In its own module."""
    elsewhere: Sequence[tuple[Module, list[Call]]]
    """In others."""
    options: Sequence[Change]
    """Changes by which some calls no longer fit."""


def resolved(mod: Module, home: str, target: str) -> list[Call]:
    """Calls in a module of function `target` of module `home`, all that look like it.

    Raises Refused where a name that they use is bound more than once.
    """
    if "." in target:
        if mod.name != home:
            return []
        return [c for c in mod.calls if c.form == "self" and c.callee == target]
    own = mod.name == home
    found = []
    bare = own or mod.imports.get(target) == f"{home}.{target}"
    if bare:
        found += [c for c in mod.calls if c.form == "bare" and c.callee == target]
        if mod.bindings.get(target) != 1:
            raise Refused("a name of the function is bound again")
    if not own and mod.imports.get(home) == home:
        top = home.partition(".")[0]
        if mod.bindings.get(top, 0) != sum(name.partition(".")[0] == top for name in mod.imports):
            raise Refused("a name of the module is bound again")
        found += [c for c in mod.calls if c.form == "dotted" and c.callee == f"{home}.{target}"]
    return found


def _sound(calls: Sequence[Call], target: str) -> bool:
    """Whether a careful reader could not argue about any of them."""
    return not any(c.starred or c.doubtful or c.within == target for c in calls)


def changed(
    work: Workspace, config: ExhaustiveConfig, pool: Sequence[int], mod: Module, size: int
) -> Draft:
    """A changed function of a module and the functions whose calls of it must change.

    Raises Refused where no function of the module has callers that can be told apart.
    """
    rng = work.rng
    wants_telling = rng.random() < TELLING
    picked: _Candidate | None = None
    for candidate in islice(_candidates(work, pool, mod), LOOKED_AT):
        every = [*candidate.calls, *(c for _, found in candidate.elsewhere for c in found)]
        telling = [c for c in candidate.options if not all(must_change(a, c) for a in every)]
        if wants_telling and telling:
            picked = replace(candidate, options=telling)
            break
        picked = picked or candidate
        if not wants_telling:
            break
    if picked is None:
        raise Refused("no function of a module has callers that can be told apart")
    kind = rng.choice(sorted({c.kind for c in picked.options}))
    change = rng.choice([c for c in picked.options if c.kind == kind])
    return _ask(work, config, pool, mod, picked, change, size)


def _candidates(work: Workspace, pool: Sequence[int], mod: Module) -> Iterator[_Candidate]:
    """Functions whose callers can be told apart, in random order."""
    names = [name for name in mod.functions if mod.is_plain(name)]
    work.rng.shuffle(names)
    for name in names:
        once = "." in name or mod.bindings.get(name) == 1
        calls = resolved(mod, mod.name, name) if once else []
        if len({c.within for c in calls}) < (1 if "." not in name else 2):
            continue
        if not _sound(calls, name) or not all(c.within in mod.functions for c in calls):
            continue
        if "." in name and any(c.form == "dotted" and c.callee == name for c in mod.calls):
            continue  # called by the name of its class as well, which the rule leaves out
        if "." not in name and _common(work.corpus, pool, name):
            continue
        elsewhere = _elsewhere(work.corpus, pool, mod, name) if "." not in name else []
        options = [
            change
            for change in changes(mod, mod.functions[name][0], work.rng)
            if change.kind in CHANGES["en"] and _asks(change, calls, elsewhere)
        ]
        if options:
            yield _Candidate(name, calls, elsewhere, options)


def _common(corpus: Corpus, pool: Sequence[int], name: str) -> bool:
    """Whether so many modules hold a name that few are left as filler, which must not."""
    looked_at = pool[:: max(1, len(pool) // SEARCHED)]
    holding = sum(name in source(corpus, index).text for index in looked_at)
    return holding > COMMON * len(looked_at)


def _elsewhere(
    corpus: Corpus, pool: Sequence[int], mod: Module, name: str
) -> list[tuple[Module, list[Call]]]:
    """Other modules that call a function by an import of it."""
    step = max(1, len(pool) // SEARCHED)
    stated = (f"import {mod.name}", f"from {mod.name} import ")
    found = []
    for index in pool[::step]:
        text = source(corpus, index).text
        if f"{name}(" not in text or not any(s in text for s in stated):
            continue
        try:
            other = pycode.module(corpus, index)
            calls = resolved(other, mod.name, name) if other.name != mod.name else []
        except Refused:
            continue
        calls = [c for c in calls if c.within]
        plain = all(len(other.functions[c.within]) == 1 for c in calls)
        if calls and plain and _sound(calls, ""):
            found.append((other, calls))
        if len(found) >= 12:
            break
    return found


def _asks(
    change: Change,
    calls: Sequence[Call],
    elsewhere: Sequence[tuple[Module, list[Call]]],
) -> bool:
    """Whether some calls must change, and all fitted before."""
    every = [*calls, *(c for _, found in elsewhere for c in found)]
    hits = sum(must_change(c, change) for c in every)
    return hits > 0 and len(every) > 1 and all(bound(c, change.before) is not None for c in every)


def _ask(
    work: Workspace,
    config: ExhaustiveConfig,
    pool: Sequence[int],
    mod: Module,
    candidate: _Candidate,
    change: Change,
    size: int,
) -> Draft:
    name, calls, elsewhere = candidate.name, candidate.calls, candidate.elsewhere
    rng, language = work.rng, config.language
    others = rng.sample(elsewhere, len(elsewhere))
    home_size = size // 2 if others else size
    shown = [_show(mod, [name, *_fitting(mod, name, calls, change, home_size, rng)], home_size)]
    left = size - sum(map(mod.tokens, shown[0].pieces))
    for other, found in others:
        wanted = list(dict.fromkeys(c.within for c in found))
        try:
            chosen = _show(other, wanted, min(left, size // 3), mod.name)
        except Refused:
            continue
        shown.append(chosen)
        left -= sum(map(other.tokens, chosen.pieces))
    gold: list[str] = []
    marked: list[Shown] = []
    for one in shown:
        here = [c for c in resolved(one.mod, mod.name, name) if must_change(c, change)]
        hit = covered(one.pieces, here)
        gold += [f"{one.mod.name}.{within}" for within in hit]
        spans = tuple(hit.values()) + ((change.signature,) if one.mod is mod else ())
        marked.append(Shown(one.mod, one.pieces, spans))
    if not gold:
        raise Refused("no call that must change fits into the length asked for")
    old = [p.name for p in change.before]
    if any(p.keyword_only for p in change.before):
        old.insert([p.keyword_only for p in change.before].index(True), "*")
    words = CHANGES[language][change.kind].format(
        old=change.parameter, new=change.new, places=", ".join(old)
    )
    cls, _, last = name.rpartition(".")
    rules = RULES[language]
    rule = rules["method" if cls else "function"].format(name=last, cls=cls, module=mod.name)
    earlier, release = release_names(rng, 2)
    asked = CHANGED[language].format(target=f"{mod.name}.{name}", change=words, release=release)
    common = told(mod, release, language)
    question = f"{asked} {rule} {common}"
    blocks = blocks_of(config, marked, change, release)
    blocks += older(work, config, mod, name, calls, earlier, size // 4)
    blocks += distractors(work, config, pool, mod, last, shown, size // 4)
    forbidden = () if cls else (last,)
    return draft(work, config, question, gold, blocks, mod, last, forbidden)


def _fitting(
    mod: Module,
    name: str,
    calls: Sequence[Call],
    change: Change,
    size: int,
    rng: random.Random,
) -> list[str]:
    """Some callers that fit beside the function, two that must change first of all."""
    costs = {p.name: mod.tokens(p) for p in mod.pieces if p.kind == "function"}
    heads = {p.name: mod.tokens(p) for p in mod.pieces if p.kind == "head"}
    ordered = sorted(dict.fromkeys(c.within for c in calls if c.within), key=lambda n: costs[n])
    hits = {c.within for c in calls if must_change(c, change)}
    first = [name for name in ordered if name in hits][:2]
    rest = [name for name in ordered if name not in first]
    rng.shuffle(rest)
    ordered = first + rest[: rng.randint(0, len(rest))] if len(rest) > 1 else first + rest
    left = size - costs[name] - heads.get(name.rpartition(".")[0], 0)
    opened = {name.rpartition(".")[0]}
    chosen = []
    for own in ordered:
        cls = own.rpartition(".")[0]
        cost = costs[own] + (0 if cls in opened else heads.get(cls, 0))
        if cost <= left:
            chosen.append(own)
            opened.add(cls)
            left -= cost
    return chosen


def _show(mod: Module, wanted: Sequence[str], size: int, imported: str = "") -> Shown:
    return Shown(mod, tuple(pyexcerpt.choose(mod, wanted, size, imported)), ())
