"""Asked for what was never said: the questions of the other kinds, their facts left out.

Near-misses stand in the context as in any other row; what the user would have to have said
does not. Nothing but the context tells such a question from the others.
"""

from __future__ import annotations

from collections.abc import Callable

from golong_data.contexts.workspace import Workspace
from golong_data.tasks.dialogue import extraction, multi_session, temporal, update
from golong_data.tasks.dialogue.config import DialogueConfig
from golong_data.tasks.dialogue.transcript import Chats
from golong_data.types import Draft

KINDS: tuple[Callable[..., Draft], ...] = (
    extraction.make,
    multi_session.make,
    temporal.make,
    update.make,
)
ANSWERS: tuple[Callable[[Chats], str | None], ...] = (
    extraction.answer,
    multi_session.answer,
    temporal.answer,
    update.answer,
)


def make(work: Workspace, config: DialogueConfig) -> Draft:
    """A question of another kind whose facts were never said."""
    return work.rng.choice(KINDS)(work, config, said=False)


# --- the independent solver -----------------------------------------------------------------


def answer(chats: Chats) -> str | None:
    """The option that nothing was said, where a question that is understood finds nothing."""
    never = chats.language.never
    return never if any(found(chats) == never for found in ANSWERS) else None
