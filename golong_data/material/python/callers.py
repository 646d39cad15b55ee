"""Calls of a function: in its own module, and in others of the corpus that import it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from golong_data.contexts.windows import source
from golong_data.material.python.modules import Call, Module, module
from golong_data.types import Refused

if TYPE_CHECKING:
    from golong_data.corpus import Corpus

SEARCHED = 1_500
"""Modules in which others than the function's own are looked for."""

ENOUGH = 12
"""Modules with callers that are looked for, at most."""


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
        calls = [call for call in calls if call.within]
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
