"""Notes scattered over windows of real documents, one note a document."""

from __future__ import annotations

from golong_data.contexts.workspace import Workspace

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
