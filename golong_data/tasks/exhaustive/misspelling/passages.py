"""Passages in which words are miswritten, one each."""

from __future__ import annotations

import random
import re
from collections.abc import Sequence
from dataclasses import replace

from golong_data.contexts.budget import Share
from golong_data.contexts.edits import Edit, edited
from golong_data.contexts.excerpts import affordable, passage
from golong_data.contexts.stitch import Block
from golong_data.contexts.windows import source
from golong_data.contexts.workspace import Workspace
from golong_data.tasks.exhaustive.config import ExhaustiveConfig

ROOM = Share(7, 10)
TOKENS = (150, 500)
"""Tokens of a passage, fewest and most."""


def measures(work: Workspace, config: ExhaustiveConfig) -> tuple[int, int, int]:
    """Words to miswrite, passages to show and tokens of each, for the length of the context."""
    most = max(2, ROOM.pieces(work.ctx, TOKENS[0], affordable(work)))
    errors = min(work.rng.randint(*config.errors), max(1, most // 3))
    n = min(most, max(8, 3 * errors))
    return errors, n, ROOM.each(work.ctx, n, *TOKENS)


def passages_without(
    work: Workspace, documents: Sequence[int], n: int, size: int, without: Sequence[str]
) -> list[Block]:
    """At most `n` passages of about `size` tokens from different documents, as blocks.

    None holds a string of `without`. Titles may be the same.
    """
    found: list[Block] = []
    for index in work.rng.sample(documents, min(len(documents), 2 * n)):
        if len(found) == n:
            break
        src = source(work.corpus, index)
        at = work.rng.randrange(len(src.text))
        run = passage(src, at, at + 1, size, work.rng)
        text = src.text[run[0] : run[1]] if run else ""
        if text and not any(string in text for string in without):
            found.append(Block(src.id, src.title, text))
    return found


class Planting:
    """Passages of which each takes one wrong form of a word, in random order."""

    def __init__(self, blocks: Sequence[Block], rng: random.Random) -> None:
        self.blocks = list(blocks)
        self.free = rng.sample(range(len(blocks)), len(blocks))
        """Those that have none yet."""

    def put(self, k: int, right: re.Match[str], wrong: str, *, evidence: bool) -> None:
        """Replaces what was found in the body of a passage."""
        marks = (right.span(),) if evidence else ()
        body, spans = edited(self.blocks[k].body, (Edit(*right.span(), wrong),), marks)
        self.blocks[k] = replace(self.blocks[k], body=body, evidence=spans)
        self.free.remove(k)
