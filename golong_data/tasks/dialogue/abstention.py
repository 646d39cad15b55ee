"""Asked for what was never said: the questions of the other kinds, their facts left out.

Near-misses stand in the context as in any other row; what the user would have to have said
does not. Nothing but the context tells such a question from the others.
"""

from __future__ import annotations

from collections.abc import Callable

from golong_data.contexts.workspace import Workspace
from golong_data.tasks.dialogue import extraction, multi_session, temporal, update
from golong_data.tasks.dialogue.config import NEEDS, DialogueConfig
from golong_data.tasks.dialogue.lazy import any_kind as lazy
from golong_data.tasks.dialogue.solve.abstention import solve
from golong_data.tasks.generators import is_prose
from golong_data.types import Draft, Generator

KINDS: tuple[Callable[..., Draft], ...] = (
    extraction.make,
    multi_session.make,
    temporal.make,
    update.make,
)


def make(work: Workspace, config: DialogueConfig) -> Draft:
    """A question of another kind whose facts were never said."""
    return work.rng.choice(KINDS)(work, config, said=False)


GENERATOR = Generator(
    make=make, solve=solve, words="dialogue/talk", needs=NEEDS, serves=is_prose, lazy=lazy.LAZY
)
