"""Readers of any question on past sessions, who may always say that it was never mentioned."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from golong_data.solving.choosing import (
    LOOKS,
    MENTIONS,
    NUMBERS,
    SAYINGS,
    SHAPES,
    Reader,
    last_mentioned,
    offer,
    readers,
)
from golong_data.solving.options import offered, stated
from golong_data.tasks.dialogue.solve.chats import Cues
from golong_data.types import Gold
from golong_data.words import words


@lru_cache(maxsize=1)
def never() -> frozenset[str]:
    """The option for what was not said, in every language."""
    return frozenset(cues.never for cues in words(Cues, "dialogue/talk", "reads").values())


def _never(question: str, prompt: str) -> Gold | None:
    """The option that nothing was said, whatever is asked."""
    return stated(prompt, [a for a, text in offered(prompt).items() if text in never()])


def _never_unless_said(question: str, prompt: str) -> Gold | None:
    """The same where no option is mentioned at all, else the last one mentioned."""
    last = last_mentioned(offer(question, prompt, never()))
    return stated(prompt, [last]) if last else _never(question, prompt)


LAZY: Mapping[str, Reader] = {
    "never said": _never,
    "last mentioned, else never said": _never_unless_said,
    **readers(MENTIONS, SHAPES, LOOKS, NUMBERS, SAYINGS, aside=never),
}
