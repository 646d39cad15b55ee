"""What the generators share: notes planted into windows of real documents, and the draft."""

from __future__ import annotations

import random
import re
from collections.abc import Sequence
from dataclasses import replace

from golong_data.contexts.excerpts import affordable, passage
from golong_data.contexts.stitch import Block
from golong_data.contexts.windows import source
from golong_data.contexts.workspace import Workspace
from golong_data.tasks.exhaustive.config import ExhaustiveConfig

SCARCE = 13
"""Things of the kind asked for that a context holds for each one that belongs to the answer:
listing them all then earns an F1 of at most 2 / 14."""

NUMBERS = (100_000, 1_000_000)
"""Numbers that rules and counts are told by: so many that no question comes twice."""

WIDEST = 600
"""Tokens of a document shown around planted notes, at most."""

PASSAGE = (150, 500)
"""Tokens of a passage in which words are miswritten, fewest and most."""

TRIES = 40
"""Documents that may turn out unfit before a draw is given up."""

ENOUGH = 12
"""Documents that a corpus must have for notes to be scattered over it."""


def measures(work: Workspace, config: ExhaustiveConfig) -> tuple[int, int, int]:
    """Words to miswrite, passages to show and tokens of each, for the length of the context."""
    most = max(2, min(affordable(work), int(work.ctx * 0.7) // PASSAGE[0]))
    errors = min(work.rng.randint(*config.errors), max(1, most // 3))
    n = min(most, max(8, 3 * errors))
    return errors, n, min(max(int(work.ctx * 0.7) // n, PASSAGE[0]), PASSAGE[1])


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


def miswritten(block: Block, right: re.Match[str], wrong: str, *, evidence: bool) -> Block:
    """The block with what was found in its body replaced by a wrong form."""
    start = right.start()
    body = block.body[:start] + wrong + block.body[right.end() :]
    return replace(block, body=body, evidence=((start, start + len(wrong)),) if evidence else ())


def like_number(number: int, rng: random.Random) -> int:
    """Another number of as many digits, one of which is different."""
    digits = list(str(number))
    at = rng.randrange(len(digits))
    digits[at] = rng.choice([digit for digit in "123456789" if digit != digits[at]])
    return int("".join(digits))
