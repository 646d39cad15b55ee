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
    last_said,
    offer,
    readers,
)
from golong_data.solving.options import offered, stated
from golong_data.solving.sessions import sessions
from golong_data.tasks.dialogue.solve import multi_session, temporal, things
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


def _asked_about(question: str) -> tuple[str, ...]:
    """The words for what a question is about: a thing, what is counted, or one event."""
    if (sums := multi_session.reads(question)) is not None:
        return sums.things or (sums.noun,)
    if (times := temporal.reads(question)) is not None:
        return times.events if len(times.events) == 1 else ()
    query = things.reads(question)
    return (query.thing,) if query else ()


def _never_if_seldom(question: str, prompt: str) -> Gold | None:
    """That it was never said, where what is asked about is seldom named; else what was last said.

    Near misses name it too, as many in every row of a level: what was said comes on top of
    them. Seldom is not more often than half the options are, and of an event, once.
    """
    read, words_asked = sessions(prompt), _asked_about(question)
    if read is None or not words_asked:
        return None
    least = min(sum(1 for _ in read.about(words)) for words in words_asked)
    is_event = temporal.reads(question) is not None
    if least <= (1 if is_event else len(offered(prompt)) // 2):
        return _never(question, prompt)
    last = last_said(offer(question, prompt, never()))
    return stated(prompt, [last]) if last else None


LAZY: Mapping[str, Reader] = {
    "never said": _never,
    "last mentioned, else never said": _never_unless_said,
    "never said if seldom named": _never_if_seldom,
    **readers(MENTIONS, SHAPES, LOOKS, NUMBERS, SAYINGS, aside=never),
}
