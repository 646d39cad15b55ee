"""Impact of a changed function: which functions call it so that they must change, or reach it.

The version shown holds a function whose signature was changed and callers that were not.
Its module stands in the context in parts that lie apart, with modules that import it and
modules that have functions of the same name. Only calls that resolve by the rule that the
question states count, so the gold is a matter of reading alone.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from golong_data.contexts.budget import Share
from golong_data.contexts.workspace import Workspace
from golong_data.material.python.modules import by_size, is_module, module
from golong_data.tasks.exhaustive.config import ExhaustiveConfig
from golong_data.tasks.exhaustive.impact.changed import changed
from golong_data.tasks.exhaustive.impact.context import draft
from golong_data.tasks.exhaustive.impact.reach import reaching
from golong_data.tasks.exhaustive.lazy import impact as lazy
from golong_data.tasks.exhaustive.solve.impact import WORDS, solve
from golong_data.tasks.generators import serving
from golong_data.types import Draft, Generator, Refused

if TYPE_CHECKING:
    from golong_data.corpus import Corpus

ROOM = Share(3, 5)
"""For the modules shown, of a context without its frame."""

FRAME = 500
"""Tokens of the question and of headings, about."""

LARGEST = 40_000
"""Tokens of the modules shown, at most."""

TRIES = 12
"""Modules that are tried for one question."""

REACHING = 0.4
"""Share of the questions that ask who reaches a function by a chain of calls."""


def serves(corpus: Corpus, index: int) -> bool:
    """Python modules of some size."""
    return is_module(corpus, index) and int(corpus.n_tokens[index]) >= 400


def make(work: Workspace, config: ExhaustiveConfig) -> Draft:
    """A changed function of a random module and the functions that its change touches."""
    pool = serving(work.corpus, GENERATOR)
    size = min(ROOM.tokens(work.ctx - FRAME), LARGEST)
    way = reaching if work.rng.random() < REACHING else changed
    drawn = by_size(work.corpus, pool, TRIES, work.rng)
    for left, index in zip(reversed(range(TRIES)), drawn, strict=True):
        try:
            found = way(work, config, pool, module(work.corpus, index), size)
            made = draft(work, config, pool, found, size // 4)
        except Refused:
            if not left:
                raise
            continue
        # A single function is an answer only where nothing better was found.
        if len(found.gold) > 1 or left < TRIES // 2:
            return made
    raise Refused("no module has a function that others depend on")


GENERATOR = Generator(
    make=make,
    solve=solve,
    words=WORDS,
    needs="Python source of 400 tokens or more",
    serves=serves,
    least=8,
    candidates=lazy.candidates,
    lazy=lazy.READERS,
)
