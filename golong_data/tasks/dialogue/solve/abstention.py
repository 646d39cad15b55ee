"""What was never said: a question that another solver understands, and finds nothing for."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

from golong_data.solving.query import solver
from golong_data.tasks.dialogue.solve import extraction, multi_session, temporal, update
from golong_data.tasks.dialogue.solve.chats import UNSAID, Asked, Chats, asked, chosen

KINDS: tuple[Any, ...] = (extraction, multi_session, temporal, update)
"""Modules with a `reads` and an `answer`."""


@dataclass(frozen=True, slots=True)
class Query:
    """A question that is understood."""

    asked: Asked
    answers: tuple[Callable[[Chats], str | None], ...]
    """What each kind that understands it makes of the chats."""


def reads(question: str) -> Query | None:
    """The question as all kinds read it; None where none does."""
    found = asked(question)
    answers = tuple(
        partial(kind.answer, query) for kind in KINDS if (query := kind.reads(question)) is not None
    )
    return Query(found, answers) if found and answers else None


def answer(query: Query, chats: Chats) -> str | None:
    """The option that nothing was said, where a question that is understood finds nothing."""
    unsaid = any(answer(chats) == UNSAID for answer in query.answers)
    return chats.cues.never if unsaid else None


finds = chosen(answer)
solve = solver(reads, finds)
