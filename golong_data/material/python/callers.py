"""Calls of a function: in its own module, and in others of the corpus that import it.

Which functions reach one by chains of calls, and which have callers that a change of the
signature would break.
"""

from __future__ import annotations

import random
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from golong_data.contexts.windows import source
from golong_data.material.python.modules import Call, Module, module
from golong_data.material.python.signatures import Change, bound, changes
from golong_data.types import Refused

if TYPE_CHECKING:
    from golong_data.corpus import Corpus

SEARCHED = 1_500
"""Modules in which others than the function's own are looked for."""

ENOUGH = 12
"""Modules with callers that are looked for, at most."""

COMMON = 0.25
"""Share of a corpus's modules that may hold the name of a function whose callers are asked for."""


def resolved(mod: Module, home: str, name: str) -> list[Call]:
    """Calls in a module of function `name` of module `home`, all that look like it.

    Raises Refused where a name that they use is bound more than once.
    """
    if "." in name:
        if mod.name != home:
            return []
        return [c for c in mod.calls if c.form == "self" and c.callee == name]
    own = mod.name == home
    found = []
    if own or mod.imports.get(name) == f"{home}.{name}":
        found += [c for c in mod.calls if c.form == "bare" and c.callee == name]
        if mod.bindings.get(name) != 1:
            raise Refused("a name of the function is bound again")
    if not own and mod.imports.get(home) == home:
        top = home.partition(".")[0]
        if mod.bindings.get(top, 0) != sum(known.partition(".")[0] == top for known in mod.imports):
            raise Refused("a name of the module is bound again")
        found += [c for c in mod.calls if c.form == "dotted" and c.callee == f"{home}.{name}"]
    return found


def certain(calls: Sequence[Call]) -> bool:
    """Whether a careful reader could argue about none of them."""
    return not any(call.starred or call.doubtful for call in calls)


def elsewhere(
    corpus: Corpus, modules: Sequence[int], mod: Module, name: str
) -> list[tuple[Module, list[Call]]]:
    """Other modules, among these, with their calls of a function, where all of them are certain."""
    stated = (f"import {mod.name}", f"from {mod.name} import ")
    found = []
    for index in modules[:: max(1, len(modules) // SEARCHED)]:
        text = source(corpus, index).text
        if f"{name}(" not in text or not any(s in text for s in stated):
            continue
        try:
            other = module(corpus, index)
            calls = resolved(other, mod.name, name) if other.name != mod.name else []
        except Refused:
            continue
        plain = all(len(other.functions[call.within]) == 1 for call in calls)
        if calls and plain and certain(calls):
            found.append((other, calls))
        if len(found) >= ENOUGH:
            break
    return found


def share_holding(corpus: Corpus, modules: Sequence[int], name: str) -> float:
    """The share of modules, of an even spread of these, whose text holds a name."""
    looked_at = modules[:: max(1, len(modules) // SEARCHED)]
    return sum(name in source(corpus, index).text for index in looked_at) / len(looked_at)


# --- chains of calls within a module --------------------------------------------------------


def internal(mod: Module) -> list[Call]:
    """Calls of a module's functions by others of its own."""
    calls = [c for c in mod.calls if c.form != "dotted" and c.callee in mod.functions]
    return [call for call in calls if call.callee != call.within]


def steps(calls: Sequence[Call], target: str, distance: int) -> dict[str, int]:
    """Functions that reach the target, with the calls it takes them, in order of discovery."""
    found: dict[str, int] = {}
    front = [target]
    for step in range(1, distance + 1):
        new = [c.within for c in calls if c.callee in front]
        front = [n for n in dict.fromkeys(new) if n not in found and n != target]
        found.update(dict.fromkeys(front, step))
    return found


def is_bound_once(mod: Module, call: Call) -> bool:
    """Whether the name that a call uses means one thing in its module."""
    return call.form != "bare" or mod.bindings.get(call.callee) == 1


# --- functions whose callers a change would break -------------------------------------------


@dataclass(frozen=True, slots=True)
class Called:
    """A function whose signature may change, with all calls of it."""

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


def called(
    corpus: Corpus,
    modules: Sequence[int],
    mod: Module,
    kinds: Collection[str],
    rng: random.Random,
) -> Iterator[Called]:
    """Functions whose callers can be told apart, in random order, with changes of these kinds."""
    names = [name for name in mod.functions if mod.is_plain(name)]
    rng.shuffle(names)
    for name in names:
        is_method = "." in name
        once = is_method or mod.bindings.get(name) == 1
        calls = resolved(mod, mod.name, name) if once else []
        if len({c.within for c in calls}) < (2 if is_method else 1) or not certain(calls):
            continue
        if any(c.within == name for c in calls):
            continue
        if is_method and any(c.form == "dotted" and c.callee == name for c in mod.calls):
            continue  # called by the name of its class as well, which no rule covers
        # What surrounds a question must not hold the name, so few modules would be left.
        if not is_method and share_holding(corpus, modules, name) > COMMON:
            continue
        others = [] if is_method else elsewhere(corpus, modules, mod, name)
        found = Called(name, tuple(calls), tuple(others))
        made = changes(mod, mod.functions[name][0], rng)
        made = [change for change in made if change.kind in kinds and found.is_broken_by(change)]
        if made:
            yield replace(found, changes=tuple(made))
