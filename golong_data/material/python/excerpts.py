"""Excerpts of Python modules: whole functions and statements, with edits made in them."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence

from golong_data.contexts.edits import Edit, edited
from golong_data.contexts.stitch import Block
from golong_data.material.python.modules import Module, Piece
from golong_data.types import Refused

LEFT_OUT = "# [...]"
"""Stands on a line of its own where an excerpt leaves something out."""

PART = 500
"""Tokens of a part of an excerpt, at least."""


def choose(mod: Module, wanted: Sequence[str], size: int, imported: str = "") -> list[Piece]:
    """Pieces of an excerpt of about `size` tokens, in order: the wanted functions with imports
    that name the module `imported`, then other imports, then what stands nearest to the wanted.

    Raises Refused where the wanted functions alone do not fit.
    """
    names = set(wanted)
    core = [
        i
        for i, p in enumerate(mod.pieces)
        if (p.kind == "function" and p.name in names)
        or (p.kind == "import" and imported and imported in mod.src.text[p.start : p.end])
    ]
    return grow(mod, core, size)


def grow(mod: Module, core: Sequence[int], size: int, soon: Sequence[int] = ()) -> list[Piece]:
    """Pieces of an excerpt of about `size` tokens, in order: those of `core`, by index; then as
    many as fit of those that should come soon, of imports, and of the rest, the nearest first.

    Raises Refused where the core alone does not fit.
    """
    pieces = mod.pieces
    heads = {p.name: i for i, p in enumerate(pieces) if p.kind == "head"}
    kept: set[int] = set()
    left = size

    def add(i: int) -> bool:
        nonlocal left
        new = {i, *([heads[pieces[i].cls]] if pieces[i].cls in heads else [])} - kept
        cost = sum(mod.tokens(pieces[k]) for k in new)
        if cost > left:
            return False
        kept.update(new)
        left -= cost
        return True

    if not core or not all(map(add, core)):
        raise Refused("the functions asked about do not fit into the length asked for")
    for i in sorted(soon, key=lambda i: (_distance(core, i), i)):
        add(i)
    for i, piece in enumerate(pieces):
        if piece.kind == "import" and i not in kept:
            add(i)
    rest = [i for i, p in enumerate(pieces) if i not in kept and p.kind != "head"]
    for i in sorted(rest, key=lambda i: (_distance(core, i), i)):
        add(i)
    return [pieces[i] for i in sorted(kept)]


def _distance(core: Sequence[int], i: int) -> int:
    at = bisect_right(core, i)
    return min(abs(core[k] - i) for k in (at - 1, at) if 0 <= k < len(core))


def assemble(
    mod: Module,
    pieces: Sequence[Piece],
    edits: Sequence[Edit] = (),
    evidence: Sequence[tuple[int, int]] = (),
) -> tuple[str, tuple[tuple[int, int], ...]]:
    """The text of an excerpt with edits made, and where pieces of evidence lie in it.

    Edits and evidence count characters of the document. Edits outside of the pieces are left
    out; evidence must lie inside, and where it holds an edit it covers the new text. Where
    something is left out, a comment says so.
    """

    def inside(start: int, end: int) -> bool:
        return any(piece.start <= start and end <= piece.end for piece in pieces)

    if not all(inside(*span) for span in evidence):
        raise Refused("a window does not hold what it was cut for")
    made = sorted((e for e in edits if inside(e.start, e.end)), key=lambda e: (e.start, e.end))
    whole, spans = edited(mod.src.text, [*made, *_left_out(mod, pieces)], evidence)
    # What is inserted at the very end of evidence is none of it.
    added = [sum(len(e.text) for e in made if e.start == e.end == end) for _, end in evidence]
    lead = len(whole) - len(whole.lstrip())
    moved = zip(spans, added, strict=True)
    return whole.strip(), tuple((start - lead, end - lead - n) for (start, end), n in moved)


def _left_out(mod: Module, pieces: Sequence[Piece]) -> Iterator[Edit]:
    """The stretches between pieces, each replaced by the comment."""
    text, at = mod.src.text, 0
    for piece in pieces:
        if piece.start > at and text[at : piece.start].strip():
            indent = "    " if piece.cls and piece.kind != "head" else ""
            yield Edit(at, piece.start, f"{indent}{LEFT_OUT}\n")
        at = piece.end
    if text[at:].strip():
        yield Edit(at, len(text), f"{LEFT_OUT}\n")


def block(
    mod: Module,
    pieces: Sequence[Piece],
    title: str,
    edits: Sequence[Edit] = (),
    evidence: Sequence[tuple[int, int]] = (),
    *,
    mark: str = "",
    series: str = "",
) -> Block:
    """An excerpt as a document of that title, with `mark` behind the id of its module."""
    body, spans = assemble(mod, pieces, edits, evidence)
    return Block(f"{mod.src.id}{mark}", title, body, spans, series=series)


def parts(mod: Module, pieces: Sequence[Piece], most: int) -> list[list[Piece]]:
    """An excerpt in up to `most` parts of about one size, a class never taken apart."""
    units: list[list[Piece]] = []
    for piece in pieces:
        if units and piece.cls and units[-1][-1].cls == piece.cls:
            units[-1].append(piece)
        else:
            units.append([piece])
    total = sum(map(mod.tokens, pieces))
    n = min(most, max(1, total // PART))
    found: list[list[Piece]] = [[]]
    used = 0
    for unit in units:
        if found[-1] and used >= total * len(found) / n and len(found) < n:
            found.append([])
        found[-1] += unit
        used += sum(map(mod.tokens, unit))
    return found
