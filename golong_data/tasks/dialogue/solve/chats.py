"""How a reader who has never seen the wordings tells what a sentence says.

A sentence on the thing asked about is the user's own unless it names another person, or holds
a word that says that nothing came of it. Amounts, names and times are read by their looks.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Protocol, TypeVar

from golong_data.solving.options import offered, the_one
from golong_data.solving.sessions import Said, Sessions, holds, sessions
from golong_data.types import Gold
from golong_data.words import words

UNSAID = ""
"""An answer: the question is understood, and nothing that was said answers it."""


@dataclass(frozen=True, slots=True)
class Cues:
    """What to look for in the sentences and questions of one language."""

    asked: re.Pattern[str]
    """A question behind the day that it is asked on."""
    never: str
    """The option for what was not said."""
    space: str
    """Between the words of a thing's name."""
    people: re.Pattern[str]
    """Somebody else."""
    unreal: re.Pattern[str]
    """Only meant, offered, hoped for: it did not come about."""
    first: re.Pattern[str]
    """In questions: the earliest of several."""
    before: re.Pattern[str]
    """In questions: the last but one."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A question without the day it is asked on."""

    text: str
    language: str
    cues: Cues


@dataclass(frozen=True, slots=True)
class Things:
    """What may be spoken of: each is a qualifier and a noun."""

    qualifiers: tuple[str, ...]
    nouns: tuple[str, ...]

    def within(self, text: str, space: str) -> list[str]:
        """Those that a text names."""
        names = (f"{q}{space}{noun}" for q in self.qualifiers for noun in self.nouns)
        return [name for name in names if holds(text, name)]


@dataclass(frozen=True, slots=True)
class Chats:
    """The sessions and options of a prompt."""

    sessions: Sessions
    options: Mapping[str, str]
    """Letter -> text."""
    cues: Cues

    def about(self, words: str) -> Iterator[Said]:
        """The user's own sentences on a thing, in order: not on other people's, not on what
        was only thought of. What the assistant says to the user counts as well."""
        people, unreal = self.cues.people, self.cues.unreal
        for said in self.sessions.about(words):
            if not people.search(said.sentence) and not unreal.search(said.sentence):
                yield said

    def values(self, words: str) -> list[tuple[datetime.date, str]]:
        """The options that those sentences hold, with the dates of the sessions."""
        found = []
        for said in self.about(words):
            held = [text for text in self.choices() if holds(said.sentence, text)]
            found += [(said.date, held[0])] if len(held) == 1 else []
        return found

    def choices(self) -> list[str]:
        """The options but the one for nothing."""
        return [text for text in self.options.values() if text != self.cues.never]


def asked(question: str) -> Asked | None:
    """The question put; None where it does not say which day it is."""
    for language, cues in words(Cues, "dialogue/talk", "reads").items():
        if found := cues.asked.fullmatch(question):
            return Asked(found[1], language, cues)
    return None


# --- from an answer to a letter -----------------------------------------------------------


class _Query(Protocol):
    @property
    def asked(self) -> Asked: ...


Q = TypeVar("Q", bound=_Query)


def chosen(answer: Callable[[Q, Chats], str | None]) -> Callable[[Q, str], Gold | None]:
    """The `finds` of a solver whose `answer` names an option by its text: its letter.

    None where the answer is UNSAID, which is for another solver to choose, or none at all.
    """

    def finds(query: Q, prompt: str) -> Gold | None:
        read, cues = sessions(prompt), query.asked.cues
        chats = Chats(read, offered(prompt), cues) if read else None
        found = answer(query, chats) if chats else None
        return the_one(chats.options, found) if chats and found else None

    return finds
