"""Excerpts of Python modules: whole functions and statements, with edits made in them."""

from __future__ import annotations

import random
from bisect import bisect_right
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass

from golong_data.contexts.edits import Edit, edited
from golong_data.contexts.stitch import Block
from golong_data.material.python.modules import Call, Module, Piece
from golong_data.types import Refused

LEFT_OUT = "# [...]"
"""Stands on a line of its own where an excerpt leaves something out."""

PART = 500
"""Tokens of a part of an excerpt, at least."""


@dataclass(frozen=True, slots=True)
class Excerpt:
    """A module, the pieces of it that are shown, and what of them an answer rests on."""

    mod: Module
    pieces: Sequence[Piece]
    """In order."""
    evidence: tuple[tuple[int, int], ...] = ()
    """Ranges of the document."""

    @property
    def tokens(self) -> int:
        """About so many are shown."""
        return sum(map(self.mod.tokens, self.pieces))

    @property
    def functions(self) -> list[str]:
        """The functions shown."""
        return [piece.name for piece in self.pieces if piece.kind == "function"]

    def covered(self, calls: Iterable[Call]) -> dict[str, tuple[int, int]]:
        """Function shown -> range from its first of these calls to its last."""
        functions = set(self.functions)
        found: dict[str, tuple[int, int]] = {}
        for call in calls:
            if call.within in functions:
                start, end = found.get(call.within, (call.start, call.end))
                found[call.within] = (min(start, call.start), max(end, call.end))
        return found

    def holds(self, start: int, end: int) -> bool:
        """Whether a range of the document lies in one of the pieces."""
        return any(piece.start <= start and end <= piece.end for piece in self.pieces)

    def text(self, edits: Iterable[Edit] = ()) -> tuple[str, tuple[tuple[int, int], ...]]:
        """The text with edits made, and where the evidence lies in it.

        Edits count characters of the document. Those outside of the pieces are left out; evidence
        must lie inside, and where it holds an edit it covers the new text. Where something is left
        out, a comment says so.
        """
        if not all(self.holds(*span) for span in self.evidence):
            raise Refused("a window does not hold what it was cut for")
        made = [edit for edit in edits if self.holds(edit.start, edit.end)]
        made.sort(key=lambda edit: (edit.start, edit.end))
        left_out = _left_out(self.mod, self.pieces)
        whole, spans = edited(self.mod.src.text, [*made, *left_out], self.evidence)
        # What is inserted at the very end of evidence is none of it.
        ends = [end for _, end in self.evidence]
        added = [sum(len(e.text) for e in made if e.start == e.end == end) for end in ends]
        lead = len(whole) - len(whole.lstrip())
        moved = zip(spans, added, strict=True)
        return whole.strip(), tuple((start - lead, end - lead - n) for (start, end), n in moved)

    def block(
        self, title: str, edits: Iterable[Edit] = (), *, mark: str = "", series: str = ""
    ) -> Block:
        """A document of that title, with `mark` behind the id of its module."""
        body, spans = self.text(edits)
        return Block(f"{self.mod.src.id}{mark}", title, body, spans, series=series)

    def parts(self, most: int) -> list[Excerpt]:
        """Up to `most` parts of about one size, a class never taken apart."""
        units: list[list[Piece]] = []
        for piece in self.pieces:
            if units and piece.cls and units[-1][-1].cls == piece.cls:
                units[-1].append(piece)
            else:
                units.append([piece])
        total = self.tokens
        n = min(most, max(1, total // PART))
        found: list[list[Piece]] = [[]]
        used = 0
        for unit in units:
            if found[-1] and used >= total * len(found) / n and len(found) < n:
                found.append([])
            found[-1] += unit
            used += sum(map(self.mod.tokens, unit))
        return [Excerpt(self.mod, pieces, self._evidence_in(pieces)) for pieces in found]

    def _evidence_in(self, pieces: Sequence[Piece]) -> tuple[tuple[int, int], ...]:
        first, last = pieces[0].start, pieces[-1].end
        return tuple(span for span in self.evidence if first <= span[0] and span[1] <= last)


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


# --- what comes into one ---------------------------------------------------------------------


class _Room:
    """Pieces of a module that fit into a number of tokens, each with the head of its class."""

    def __init__(self, mod: Module, size: int) -> None:
        self.mod, self.left = mod, size
        self.heads = {p.name: i for i, p in enumerate(mod.pieces) if p.kind == "head"}
        self.kept: set[int] = set()

    def add(self, i: int) -> bool:
        """Keeps a piece, by its index, if it fits."""
        pieces = self.mod.pieces
        head = self.heads.get(pieces[i].cls)
        new = {i, *([] if head is None else [head])} - self.kept
        cost = sum(self.mod.tokens(pieces[k]) for k in new)
        if cost > self.left:
            return False
        self.kept.update(new)
        self.left -= cost
        return True


def beside(
    mod: Module,
    name: str,
    others: Iterable[str],
    first: Collection[str],
    size: int,
    rng: random.Random,
) -> list[str]:
    """Some of the other functions, as many as fit beside one; two of `first` before the rest."""
    at = {p.name: i for i, p in enumerate(mod.pieces) if p.kind == "function"}
    ordered = sorted(dict.fromkeys(others), key=lambda own: mod.tokens(mod.pieces[at[own]]))
    ahead = [own for own in ordered if own in first][:2]
    rest = [own for own in ordered if own not in ahead]
    rng.shuffle(rest)
    if len(rest) > 1:
        rest = rest[: rng.randint(0, len(rest))]
    room = _Room(mod, size)
    room.add(at[name])
    return [own for own in (*ahead, *rest) if room.add(at[own])]


def choose(mod: Module, wanted: Sequence[str], size: int, imported: str = "") -> Excerpt:
    """An excerpt of about `size` tokens: the wanted functions with imports that name the module
    `imported`, then other imports, then what stands nearest to the wanted.

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


def grow(mod: Module, core: Sequence[int], size: int, soon: Sequence[int] = ()) -> Excerpt:
    """An excerpt of about `size` tokens: the pieces of `core`, by index; then as many as fit of
    those that should come soon, of imports, and of the rest, the nearest first.

    Raises Refused where the core alone does not fit.
    """
    room = _Room(mod, size)
    if not core or not all(map(room.add, core)):
        raise Refused("the functions asked about do not fit into the length asked for")

    def nearest(indices: Iterable[int]) -> list[int]:
        return sorted(indices, key=lambda i: (_distance(core, i), i))

    imports = [i for i, p in enumerate(mod.pieces) if p.kind == "import"]
    for i in (*nearest(soon), *imports):
        room.add(i)
    rest = [i for i, p in enumerate(mod.pieces) if p.kind != "head" and i not in room.kept]
    for i in nearest(rest):
        room.add(i)
    return Excerpt(mod, [mod.pieces[i] for i in sorted(room.kept)])


def _distance(core: Sequence[int], i: int) -> int:
    at = bisect_right(core, i)
    return min(abs(core[k] - i) for k in (at - 1, at) if 0 <= k < len(core))
