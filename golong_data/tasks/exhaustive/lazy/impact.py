"""Functions that a change may touch, taken by the callee's last name or by where they stand."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from golong_data.solving import python
from golong_data.tasks.exhaustive.lazy import listing
from golong_data.tasks.exhaustive.solve.impact import Query, reads

Module = tuple[str, python.Code]
"""A dotted name, and what is read below it."""

_RELEASE = re.compile(r" \(\d+(?:\.\d+)+\)$")
_PATH = re.compile(r"(.+?)(?:/__init__)?\.py")


@lru_cache(maxsize=2)
def _read(part: re.Pattern[str], prompt: str) -> tuple[Module, ...]:
    """Every module of every release that can be read; read once for all readers of a row."""
    found = []
    for title, text in python.modules(prompt, part).items():
        name = _RELEASE.sub("", title)
        path = _PATH.fullmatch(name)
        code = python.read(text)
        if code is not None:
            found.append((path[1].replace("/", ".") if path else name, code))
    return tuple(found)


def _modules(query: Query, prompt: str) -> tuple[Module, ...]:
    return _read(query.cues.part, prompt)


def _home(query: Query, prompt: str) -> list[Module]:
    """Those that hold the function asked about, every release of its module."""
    found = _modules(query, prompt)
    names = [name for name, _ in found if query.target.startswith(f"{name}.")]
    home = max(names, key=len, default="")
    return [(name, code) for name, code in found if name == home]


def _called(query: Query) -> str:
    """The last name of the function asked about."""
    return query.target.rpartition(".")[2]


def _every(query: Query, prompt: str) -> Iterator[str]:
    for name, code in _modules(query, prompt):
        yield from (f"{name}.{definition.name}" for definition in code.definitions)


def _of_its_module(query: Query, prompt: str) -> Iterator[str]:
    for name, code in _home(query, prompt):
        yield from (f"{name}.{definition.name}" for definition in code.definitions)


def _of_its_class(query: Query, prompt: str) -> Iterator[str]:
    """The other methods of its class; of a function the other functions at the top."""
    around = query.target.rpartition(".")[0]
    for function in _of_its_module(query, prompt):
        if function.rpartition(".")[0] == around and function != query.target:
            yield function


def _callers(modules: Iterable[Module], last: str) -> Iterator[str]:
    """Functions that hold a call of anything of a name."""
    for name, code in modules:
        yield from (f"{name}.{c.owner}" for c in code.calls if c.owner and c.chain[-1] == last)


def _calls_by_name(query: Query, prompt: str) -> Iterator[str]:
    """A search for `name(` in all that is shown."""
    yield from _callers(_modules(query, prompt), _called(query))


def _calls_in_its_module(query: Query, prompt: str) -> Iterator[str]:
    yield from _callers(_home(query, prompt), _called(query))


def _chains_by_name(query: Query, prompt: str) -> Iterator[str]:
    """In its module all that reach it by last names, however long the chain."""
    home = _home(query, prompt)
    reached, left = set[str](), [_called(query)]
    while left:
        found = set(_callers(home, left.pop())) - reached - {query.target}
        reached |= found
        left += [name.rpartition(".")[2] for name in found]
    yield from (name for name in _of_its_module(query, prompt) if name in reached)


candidates = listing.candidates(reads, _every)
"""Every function at the top of a module and every method, of all that is shown."""

READERS = listing.readers(
    reads,
    {
        "calls by name": _calls_by_name,
        "calls by name in its module": _calls_in_its_module,
        "chains by name": _chains_by_name,
        "all beside it": _of_its_class,
        "every function of its module": _of_its_module,
    },
)
