"""Notes scattered over windows of real documents, one note a document."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace

from golong_data.contexts.excerpts import SHORTEST, Note, plant, titled_apart
from golong_data.contexts.stitch import Block
from golong_data.contexts.workspace import Workspace
from golong_data.types import Refused

LONGEST = 600
"""Tokens of a document shown around a note, at most."""

TRIES = 40
"""Documents that may turn out unfit before a draw is given up."""

NOTE_COST = 190
"""Tokens that a planted note takes in a short context: the note, its window, its header."""

ENOUGH = 30
"""Documents that a corpus must have for notes to be scattered over it."""


def affordable(work: Workspace) -> int:
    """Notes that a context of this length holds beside some filler."""
    return work.ctx * 7 // 10 // NOTE_COST


def scattered(
    work: Workspace,
    notes: Sequence[Note],
    heads: Sequence[str],
    *,
    in_order: bool = False,
    without: Collection[int] = (),
) -> list[Block]:
    """One block a note, each from a document of its own; none holds one of `heads` otherwise.

    `in_order` keeps the notes' order in the context; documents `without` are left out. Raises
    Refused where too few documents are fit.
    """
    size = min(max(work.ctx // 2 // max(len(notes), 1), SHORTEST), LONGEST)
    prose = work.corpus.prose
    drawn = iter(work.rng.sample(range(len(prose)), min(len(prose), len(notes) + TRIES)))
    blocks: list[Block] = []
    for note in notes:
        for at in drawn:
            if int(prose[at]) in without:
                continue
            try:
                block = _planted(work, int(prose[at]), note, size, heads)
            except Refused:
                continue
            blocks.append(replace(block, series="notes") if in_order else block)
            break
        else:
            raise Refused("too few documents are fit for notes")
    return titled_apart(blocks)


def _planted(work: Workspace, index: int, note: Note, size: int, heads: Sequence[str]) -> Block:
    """A window of about `size` tokens beside the note."""
    room = size + work.tokenizer.count(note.text)
    return plant(work, index, note.text, room, evidence=note.evidence, without=heads)
