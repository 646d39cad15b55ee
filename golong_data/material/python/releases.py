"""Releases of an excerpt: some of its interfaces changed, and much else that does not count.

Interfaces are the signatures of functions, or the fields of classes with their types and values.
"""

from __future__ import annotations

import ast
import random
from abc import ABC, abstractmethod
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar

from golong_data.contexts.edits import Edit
from golong_data.material.python import field_changes, noise, signatures
from golong_data.material.python.excerpts import Excerpt, choose, grow
from golong_data.material.python.modules import Function, Module
from golong_data.types import Refused

GONE = 0.2
"""Share of the changes that take an interface out of one release, where that can be done."""

TOUCHED = 0.5
"""Share of the functions, or fields, that something is changed about, yet not the interface."""

METHODS_TOUCHED = 0.3
"""Share of the functions beside fields that something is changed about."""

SWAPPED = 3
"""Pairs of neighbouring fields that change places, at most."""

SPREAD = 0.3
"""Share of the changed lists of parameters that get a line for each, where they are plain."""

OPEN = ("__init__", "__new__", "__call__")
"""Special methods whose parameters anybody may choose."""


@dataclass(frozen=True, slots=True)
class Difference:
    """One change of an interface: its edits, and the names that differ by it."""

    edits: Sequence[Edit]
    names: Sequence[str]


@dataclass(frozen=True, slots=True)
class Interfaces(ABC):
    """The interfaces of an excerpt, and what may change about them."""

    excerpt: Excerpt

    kinds: ClassVar[Sequence[str]]
    """Kinds of change; "gone" comes besides."""

    @classmethod
    @abstractmethod
    def drawn(cls, mod: Module, size: int, rng: random.Random) -> Interfaces:
        """Those of a random excerpt. Raises Refused where a module has none that fit."""

    @property
    @abstractmethod
    def names(self) -> list[str]:
        """What each is called."""

    @abstractmethod
    def change(self, name: str, kind: str, rng: random.Random) -> Difference | None:
        """A change of one kind; None where it cannot be made."""

    @abstractmethod
    def where(self, name: str) -> tuple[int, int]:
        """What an interface says of itself."""

    @abstractmethod
    def touches(self, made: Collection[str], rng: random.Random) -> list[list[Edit]]:
        """Changes that do not count, where those of some names are made."""

    @property
    def mod(self) -> Module:
        """The module that it is of."""
        return self.excerpt.mod

    @property
    def functions(self) -> list[Function]:
        """Functions of the excerpt that its module has once."""
        shown = [self.mod.functions[name] for name in self.excerpt.functions]
        return [found[0] for found in shown if len(found) == 1]


class Signatures(Interfaces):
    """The functions of an excerpt, by their parameters."""

    kinds = signatures.KINDS

    @classmethod
    def drawn(cls, mod: Module, size: int, rng: random.Random) -> Interfaces:
        """Whole functions around a random one, as many as fit."""
        once = [name for name, found in mod.functions.items() if len(found) == 1]
        return cls(choose(mod, [rng.choice(once)] if once else [], size))

    @property
    def names(self) -> list[str]:
        """Functions whose parameters are plain to see."""
        return [f.name for f in self.functions if signatures.parenthesised(self.mod, f.node)]

    def change(self, name: str, kind: str, rng: random.Random) -> Difference | None:
        """Other parameters, on a line each now and then; or none of the function."""
        function = self.mod.functions[name][0]
        if kind == "gone":
            piece = next(p for p in self.excerpt.pieces if p.kind == "function" and p.name == name)
            return Difference([Edit(piece.start, piece.end, "")], [name])
        made = [] if _fixed(function) else signatures.changes(self.mod, function, rng, (kind,))
        if not made:
            return None
        first, *others = rng.choice(made).edits
        lines = noise.lines_of(first.text, noise.indent_of(function))
        if lines and rng.random() < SPREAD:
            first = Edit(first.start, first.end, lines)
        return Difference([first, *others], [name])

    def where(self, name: str) -> tuple[int, int]:
        """The parameters of a function."""
        found = signatures.parenthesised(self.mod, self.mod.functions[name][0].node)
        assert found is not None
        return found

    def touches(self, made: Collection[str], rng: random.Random) -> list[list[Edit]]:
        """Remarks, layout, what functions do, and the value of a field."""
        mod = self.mod
        drawn = (f for f in self.functions if rng.random() < TOUCHED)
        found = [noise.touch_function(mod, function, rng) for function in drawn]
        fields = field_changes.shown(self.excerpt)
        if fields:
            found.append(field_changes.MAKERS["value"](mod, rng.choice(fields), rng))
        return found


def _fixed(function: Function) -> bool:
    """Whether callers or Python itself fix which parameters a function has."""
    last = function.name.rpartition(".")[2]
    if last.startswith("__") and last not in OPEN:
        return True
    kept = ("property", ".setter", ".getter", ".deleter")
    return any(ast.unparse(d).endswith(kept) for d in function.node.decorator_list)


class Fields(Interfaces):
    """The fields of an excerpt's classes, by their types and values."""

    kinds = ("value", "type", "rename")

    @classmethod
    def drawn(cls, mod: Module, size: int, rng: random.Random) -> Interfaces:
        """What states fields around a random field, as much as fits; then what stands near."""
        starts = [mod.span(f.statement)[0] for stated in mod.fields.values() for f in stated]
        holding = [i for i, p in enumerate(mod.pieces) for at in starts if p.start <= at < p.end]
        core = [rng.choice(holding)] if holding else []
        return cls(grow(mod, core, size, holding))

    @property
    def names(self) -> list[str]:
        """Fields that are stated once."""
        return [field.name for field in field_changes.shown(self.excerpt)]

    def change(self, name: str, kind: str, rng: random.Random) -> Difference | None:
        """Another type, value or name, of which both differ; or none of the field."""
        field = self.mod.fields[name][0]
        edits = field_changes.MAKERS[kind](self.mod, field, rng)
        new = [f"{field.cls}.{edits[0].text}"] if kind == "rename" and edits else []
        return Difference(edits, [name, *new]) if edits else None

    def where(self, name: str) -> tuple[int, int]:
        """Type and value of a field."""
        return field_changes.tail(self.mod, self.mod.fields[name][0])

    def touches(self, made: Collection[str], rng: random.Random) -> list[list[Edit]]:
        """Remarks, layout, quotes and order of fields; signatures and insides of methods."""
        mod, functions = self.mod, self.functions
        fields = field_changes.shown(self.excerpt)
        same = [field for field in fields if field.name not in made]
        found = [noise.swapped_fields(mod, same, rng) for _ in range(rng.randint(1, SWAPPED))]
        drawn = (field for field in fields if rng.random() < TOUCHED)
        found += [noise.touch_field(mod, field, rng) for field in drawn]
        others = [f for f in functions if not f.name.endswith("__")]
        if others:
            options = signatures.changes(mod, rng.choice(others), rng)
            found += [list(change.edits) for change in rng.sample(options, min(1, len(options)))]
        methods = (f for f in functions if rng.random() < METHODS_TOUCHED)
        return found + [noise.touch_function(mod, function, rng) for function in methods]


KINDS: Mapping[str, type[Interfaces]] = {"signatures": Signatures, "fields": Fields}


@dataclass(frozen=True, slots=True)
class Release:
    """A changed form of an excerpt, and what differs from the source."""

    edits: Sequence[Edit]
    differing: Sequence[str]
    here: tuple[tuple[int, int], ...]
    """Ranges of the document that this rests on in the source."""
    there: tuple[tuple[int, int], ...]
    """Those in the changed form."""


def release(shown: Interfaces, n: int, rng: random.Random) -> Release:
    """At most `n` names changed or gone, as many as can be, and much else touched.

    Raises Refused where nothing can be changed.
    """
    names = shown.names
    order = rng.sample(names, len(names))
    members = Counter(name.rpartition(".")[0] for name in names)
    options: dict[tuple[str, str], Difference | None] = {}
    made: dict[str, str] = {}
    edits: list[Edit] = []
    differing: list[str] = []

    def fitting(name: str, kind: str) -> Difference | None:
        """A change that leaves room for the others, and for each class a member."""
        cls = name.rpartition(".")[0]
        if kind == "gone" and cls and not members[cls] > 1:
            return None
        if (name, kind) not in options:
            options[name, kind] = shown.change(name, kind, rng)
        new = options[name, kind]
        fits = new and len(differing) + len(new.names) <= n and noise.apart(edits, new.edits)
        return new if fits else None

    while len(differing) < n:
        kinds = rng.sample(shown.kinds, len(shown.kinds))
        kinds.insert(0 if rng.random() < GONE else len(kinds), "gone")
        pairs = ((name, kind) for kind in kinds for name in order if name not in made)
        found = next(((*pair, new) for pair in pairs if (new := fitting(*pair))), None)
        if found is None:
            break
        name, made[name], new = found
        edits += new.edits
        differing += new.names
        if made[name] == "gone":
            members[name.rpartition(".")[0]] = 0  # a class loses one member at most
    if not differing:
        raise Refused("no interface of a module can be changed")
    touches = shown.touches(made, rng)
    for touch in [*touches, *noise.around(shown.excerpt, rng)]:
        if noise.apart(edits, touch):
            edits += touch
    spans = {name: shown.where(name) for name in made}
    there = tuple(span for name, span in spans.items() if made[name] != "gone")
    return Release(edits, differing, tuple(spans.values()), there)
