"""Questions for the value of one of the user's own things: which thing, and which value."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from golong_data.solving.sessions import date_in
from golong_data.tasks.dialogue.solve.chats import Asked, Things, asked
from golong_data.words import words

FILES = ("dialogue/belongings", "dialogue/habits")


@dataclass(frozen=True, slots=True)
class Known:
    """The things to look for in one language, by what they are."""

    things: Mapping[str, Things]


Which = Literal["only", "at", "before", "first"]
"""Where a question says nothing of time, the only value or the latest."""


@dataclass(frozen=True, slots=True)
class Query:
    """The thing asked about, and which of its values is wanted."""

    asked: Asked
    thing: str
    which: Which
    until: datetime.date | None
    """The date that it is asked of (at)."""


def reads(question: str) -> Query | None:
    """The thing that a question names: the longest, where names overlap; None without one."""
    found = asked(question)
    names = _named(found) if found else []
    if found is None or not names:
        return None
    until = date_in(found.text)
    return Query(found, max(names, key=len), "at" if until else _which(found), until)


def _which(question: Asked) -> Which:
    if question.cues.first.search(question.text):
        return "first"
    return "before" if question.cues.before.search(question.text) else "only"


def _named(question: Asked) -> list[str]:
    known = (words(Known, file, "reads").get(question.language) for file in FILES)
    return [
        name
        for found in known
        if found
        for things in found.things.values()
        for name in things.within(question.text, question.cues.space)
    ]
