"""Interface questions on fields of classes: their types and values, and whether they are there."""

from __future__ import annotations

import random
from collections.abc import Sequence

from golong_data.contexts.edits import Edit
from golong_data.material.python import excerpts, field_changes, noise, signatures
from golong_data.material.python.modules import Module, Piece
from golong_data.tasks.exhaustive.interface.release import Difference, Way
from golong_data.types import Refused

TOUCHED = 0.5
"""Share of the fields that something is changed about, yet not the type or value."""

TOUCHED_FUNCTIONS = 0.3
"""Share of the functions beside them that something is changed about."""

SWAPPED = 3
"""Pairs of neighbouring fields that change places, at most."""


def _excerpt(mod: Module, size: int, rng: random.Random) -> list[Piece]:
    """What states fields around a random field, as much as fits; then what stands near."""
    starts = [mod.span(f.statement)[0] for stated in mod.fields.values() for f in stated]
    holding = [i for i, p in enumerate(mod.pieces) for at in starts if p.start <= at < p.end]
    try:
        return excerpts.grow(mod, [rng.choice(holding)], size, holding) if holding else []
    except Refused:
        return []


def _elements(mod: Module, pieces: Sequence[Piece]) -> list[str]:
    return [field.name for field in field_changes.shown(mod, pieces)]


def _change(
    mod: Module, pieces: Sequence[Piece], name: str, kind: str, rng: random.Random
) -> Difference | None:
    field = mod.fields[name][0]
    edits = field_changes.MAKERS[kind](mod, field, rng)
    new = (f"{field.cls}.{edits[0].text}",) if kind == "rename" and edits else ()
    return Difference(tuple(edits), (name, *new)) if edits else None


def _where(mod: Module, name: str) -> tuple[int, int]:
    return field_changes.tail(mod, mod.fields[name][0])


def _touches(
    mod: Module, pieces: Sequence[Piece], made: Sequence[str], rng: random.Random
) -> list[list[Edit]]:
    """Remarks, layout, quotes and order of fields; remarks, signatures and insides of methods."""
    fields = field_changes.shown(mod, pieces)
    same = [field for field in fields if field.name not in made]
    found = [noise.swapped_fields(mod, same, rng) for _ in range(rng.randint(1, SWAPPED))]
    for field in fields:
        if rng.random() < TOUCHED:
            found.append(noise.touch_field(mod, field, rng))
    functions = [
        mod.functions[p.name][0]
        for p in pieces
        if p.kind == "function" and len(mod.functions[p.name]) == 1
    ]
    others = [f for f in functions if not f.name.endswith("__")]
    if others:
        options = signatures.changes(mod, rng.choice(others), rng)
        found += [list(change.edits) for change in rng.sample(options, min(1, len(options)))]
    for function in functions:
        if rng.random() < TOUCHED_FUNCTIONS:
            found.append(noise.touch_function(mod, function, rng))
    return [*found, *noise.around(mod, pieces, rng)]


FIELDS = Way(
    name="fields",
    example=("Reader.encoding", "Table.row_limit"),
    excerpt=_excerpt,
    elements=_elements,
    kinds=("value", "type", "rename"),
    change=_change,
    where=_where,
    touches=_touches,
)
