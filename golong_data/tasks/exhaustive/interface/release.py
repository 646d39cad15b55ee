"""A release of an excerpt: some of its interfaces changed, and much else that does not count.

What the elements are (functions or fields), how they change and what is touched around them
comes in as a `Way`.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

from golong_data.contexts.edits import Edit
from golong_data.material.python.modules import Module, Piece
from golong_data.material.python.noise import apart
from golong_data.types import Refused

GONE = 0.2
"""Share of the changes that take an element out of one release, where that can be done."""


@dataclass(frozen=True, slots=True)
class Difference:
    """One change of an element: its edits, and the names that differ by it."""

    edits: tuple[Edit, ...]
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Release:
    """A changed form of an excerpt, and what differs from the source."""

    edits: tuple[Edit, ...]
    gold: tuple[str, ...]
    here: tuple[tuple[int, int], ...]
    """Ranges of the document that the gold rests on in the source."""
    there: tuple[tuple[int, int], ...]
    """Those in the changed form."""


@dataclass(frozen=True, slots=True)
class Way:
    """What is asked about: the elements of an excerpt and what may change about them."""

    name: Literal["signatures", "fields"]
    example: tuple[str, ...]
    """Elements that no source has."""
    excerpt: Callable[[Module, int, random.Random], list[Piece]]
    elements: Callable[[Module, Sequence[Piece]], list[str]]
    kinds: Sequence[str]
    """Kinds of change; "gone" comes besides."""
    change: Callable[[Module, Sequence[Piece], str, str, random.Random], Difference | None]
    """A change of an element of one kind; None where it cannot be made."""
    where: Callable[[Module, str], tuple[int, int]]
    """What of an element the gold rests on."""
    touches: Callable[[Module, Sequence[Piece], Sequence[str], random.Random], list[list[Edit]]]
    """Changes that do not count, given the elements that were changed."""


def release(
    way: Way,
    mod: Module,
    pieces: Sequence[Piece],
    elements: Sequence[str],
    n: int,
    rng: random.Random,
) -> Release:
    """At most `n` names changed or gone, as many as can be, and much else touched.

    Raises Refused where nothing can be changed.
    """
    order = rng.sample(elements, len(elements))
    classes = Counter(name.rpartition(".")[0] for name in elements)
    options: dict[tuple[str, str], Difference | None] = {}
    made: dict[str, str] = {}
    edits: list[Edit] = []
    gold: list[str] = []

    def fits(name: str, kind: str) -> bool:
        cls = name.rpartition(".")[0]
        if kind == "gone" and cls and not classes[cls] > 1:
            return False
        if (name, kind) not in options:
            options[name, kind] = way.change(mod, pieces, name, kind, rng)
        new = options[name, kind]
        return new is not None and len(gold) + len(new.names) <= n and apart(edits, new.edits)

    while len(gold) < n:
        kinds = rng.sample(way.kinds, len(way.kinds))
        kinds.insert(0 if rng.random() < GONE else len(kinds), "gone")
        pairs = ((name, kind) for kind in kinds for name in order if name not in made)
        pair = next((pair for pair in pairs if fits(*pair)), None)
        if pair is None:
            break
        name, kind = pair
        made[name] = kind
        new = options[name, kind]
        assert new
        edits += new.edits
        gold += new.names
        if kind == "gone":
            classes[name.rpartition(".")[0]] = 0  # a class loses one member at most
    if not gold:
        raise Refused("no interface of a module can be changed")
    for touch in way.touches(mod, pieces, list(made), rng):
        if apart(edits, touch):
            edits += touch
    spans = {name: way.where(mod, name) for name in made}
    return Release(
        edits=tuple(edits),
        gold=tuple(gold),
        here=tuple(spans.values()),
        there=tuple(span for name, span in spans.items() if made[name] != "gone"),
    )
