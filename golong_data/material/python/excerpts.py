"""Excerpts of Python modules: whole functions and statements, with edits made in them."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

from golong_data.contexts.edits import Edit
from golong_data.material.python.modules import Module, Piece
from golong_data.types import Refused

LEFT_OUT = "# [...]"
"""Stands on a line of its own where an excerpt leaves something out."""


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

    Edits and evidence count characters of the document and lie inside the pieces; evidence
    that holds an edit covers the new text. Where something is left out, a comment says so.
    """
    text = mod.src.text
    parts: list[str] = []
    marks: list[tuple[int, int, int]] = []  # document start, end, start in the excerpt
    length = 0

    def put(piece: str, start: int, end: int) -> None:
        nonlocal length
        parts.append(piece)
        marks.append((start, end, length))
        length += len(piece)

    at = 0
    ordered = sorted(edits, key=lambda edit: (edit.start, edit.end))
    for piece in pieces:
        if piece.start > at and (parts or text[: piece.start].strip()):
            indent = "    " if piece.cls and piece.kind != "head" else ""
            put(f"{indent}{LEFT_OUT}\n", at, at)
        at = piece.start
        for edit in (e for e in ordered if piece.start <= e.start and e.end <= piece.end):
            put(text[at : edit.start], at, edit.start)
            put(edit.text, edit.start, edit.end)
            at = edit.end
        put(text[at : piece.end], at, piece.end)
        at = piece.end
    if text[at:].strip():
        put(f"{LEFT_OUT}\n", at, at)
    whole = "".join(parts)
    lead = len(whole) - len(whole.lstrip())

    def moved(position: int, *, end: bool) -> int:
        # The end of an edit's range is the end of its text, the start its start.
        for start, stop, out in reversed(marks) if end else marks:
            if start < stop and (start < position <= stop if end else start <= position < stop):
                return out + position - start - lead
        raise Refused("a window does not hold what it was cut for")

    def ends(position: int) -> int:
        for (start, stop, out), part in zip(marks, parts, strict=True):
            if start < stop == position:
                return out + len(part) - lead
        return moved(position, end=True)

    spans = tuple((moved(begin, end=False), ends(stop)) for begin, stop in evidence)
    return whole.strip(), spans
