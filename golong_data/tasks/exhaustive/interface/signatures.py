"""Interface questions on functions: their parameters, and whether a release has them."""

from __future__ import annotations

import ast
import random
from collections.abc import Sequence

from golong_data.contexts.edits import Edit
from golong_data.material.python import excerpts, field_changes, noise, signatures
from golong_data.material.python.modules import Function, Module, Piece
from golong_data.tasks.exhaustive.interface.release import Difference, Way
from golong_data.types import Refused

TOUCHED = 0.5
"""Share of the functions that something is changed about, yet not the signature."""

SPREAD = 0.3
"""Share of the changed lists of parameters that get a line for each, where they are plain."""

OPEN = ("__init__", "__new__", "__call__")
"""Special methods whose parameters anybody may choose."""


def _excerpt(mod: Module, size: int, rng: random.Random) -> list[Piece]:
    """Whole functions around a random one, as many as fit."""
    names = [n for n, found in mod.functions.items() if len(found) == 1]
    try:
        return excerpts.choose(mod, [rng.choice(names)], size) if names else []
    except Refused:
        return []


def _elements(mod: Module, pieces: Sequence[Piece]) -> list[str]:
    """Functions of an excerpt that stand there once and whose parameters are plain to see."""
    shown = [p.name for p in pieces if p.kind == "function"]
    found = [mod.functions[name] for name in shown]
    return [f[0].name for f in found if len(f) == 1 and signatures.parenthesised(mod, f[0].node)]


def _change(
    mod: Module, pieces: Sequence[Piece], name: str, kind: str, rng: random.Random
) -> Difference | None:
    function = mod.functions[name][0]
    if kind == "gone":
        piece = next(p for p in pieces if p.kind == "function" and p.name == name)
        return Difference((Edit(piece.start, piece.end, ""),), (name,))
    made = [] if _fixed(function) else signatures.changes(mod, function, rng, (kind,))
    if not made:
        return None
    first, *others = rng.choice(made).edits
    lines = noise.lines_of(first.text, noise.indent_of(function))
    if lines and rng.random() < SPREAD:
        first = Edit(first.start, first.end, lines)
    return Difference((first, *others), (name,))


def _fixed(function: Function) -> bool:
    """Whether callers or Python itself fix which parameters a function has."""
    last = function.name.rpartition(".")[2]
    if last.startswith("__") and last not in OPEN:
        return True
    kept = ("property", ".setter", ".getter", ".deleter")
    return any(ast.unparse(d).endswith(kept) for d in function.node.decorator_list)


def _where(mod: Module, name: str) -> tuple[int, int]:
    found = signatures.parenthesised(mod, mod.functions[name][0].node)
    assert found is not None
    return found


def _touches(
    mod: Module, pieces: Sequence[Piece], made: Sequence[str], rng: random.Random
) -> list[list[Edit]]:
    """Remarks, layout, what functions do, constants and the value of a field."""
    found = [
        noise.touch_function(mod, mod.functions[p.name][0], rng)
        for p in pieces
        if p.kind == "function" and len(mod.functions[p.name]) == 1 and rng.random() < TOUCHED
    ]
    fields = field_changes.shown(mod, pieces)
    if fields:
        found.append(field_changes.MAKERS["value"](mod, rng.choice(fields), rng))
    return [*found, *noise.around(mod, pieces, rng)]


SIGNATURES = Way(
    name="signatures",
    example=("load_table", "Reader.read_row"),
    excerpt=_excerpt,
    elements=_elements,
    kinds=signatures.KINDS,
    change=_change,
    where=_where,
    touches=_touches,
)
