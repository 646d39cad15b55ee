"""When things were done: by the date of the session, and by what it says of how long ago."""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping
from dataclasses import dataclass

from golong_data.solving.query import solver
from golong_data.solving.sessions import date_in, holds
from golong_data.tasks.dialogue.solve.chats import UNSAID, Asked, Chats, Things, asked, chosen
from golong_data.words import words


@dataclass(frozen=True, slots=True)
class Cues:
    """What to look for in one language."""

    verbs: tuple[str, ...]
    """What was done, up to the thing."""
    things: Things
    choice: re.Pattern[str]
    """In questions: one of the options is wanted."""
    recent: Mapping[str, int]
    """Words for days not long ago -> how many days."""
    ago: re.Pattern[str]
    """So long ago: its number and its unit."""
    numbers: Mapping[str, int]
    units: Mapping[str, int]
    """Days of each."""

    def days_ago(self, sentence: str) -> int:
        """How many days before its session a sentence's event was; 0 where it says nothing."""
        for word, days in self.recent.items():
            if holds(sentence, word):
                return days
        m = self.ago.search(sentence)
        return self.numbers[m[1].lower()] * self.units[m[2].lower()] if m else 0

    def events_in(self, text: str, space: str) -> list[str]:
        """The events that a text names, in no particular order."""
        events = (verb + thing for thing in self.things.within(text, space) for verb in self.verbs)
        return [event for event in events if holds(text, event)]


@dataclass(frozen=True, slots=True)
class Query:
    """The events asked about. What is wanted of them shows in how many they are: the date of
    one, the days between two, the order of more; of none, one of the options."""

    asked: Asked
    cues: Cues
    events: tuple[str, ...]

    def day(self, chats: Chats, event: str) -> datetime.date | None:
        """The day of an event; None where it is not said, or said in two ways."""
        found = {
            said.date - datetime.timedelta(days=self.cues.days_ago(said.sentence))
            for said in chats.about(event)
        }
        return found.pop() if len(found) == 1 else None


def reads(question: str) -> Query | None:
    """The events that a question names; None where it names none and offers none."""
    found = asked(question)
    cues = words(Cues, "dialogue/temporal", "reads").get(found.language) if found else None
    if found is None or cues is None:
        return None
    events = tuple(cues.events_in(found.text, found.cues.space))
    return Query(found, cues, events) if events or cues.choice.search(found.text) else None


def answer(query: Query, chats: Chats) -> str | None:
    """The date, the number, the order; or the first or last of the options."""
    if not query.events:
        return _extreme(query, chats)
    days = {day: event for event in query.events if (day := query.day(chats, event))}
    if len(days) < len(query.events):
        return UNSAID
    ordered = sorted(days)
    if len(ordered) == 1:
        return next((text for text in chats.choices() if date_in(text) == ordered[0]), None)
    if len(ordered) == 2:
        return str((ordered[1] - ordered[0]).days)
    events = [days[day] for day in ordered]
    return next((text for text in chats.choices() if _in_order(text, events)), None)


def _extreme(query: Query, chats: Chats) -> str | None:
    """The option that was done first, or last; None where the options are no events."""
    cues, choices = query.asked.cues, chats.choices()
    if any(query.cues.events_in(text, cues.space) != [text] for text in choices):
        return None
    days = {day: text for text in choices if (day := query.day(chats, text))}
    if not choices or len(days) < len(choices):
        return None
    return days[(min if cues.first.search(query.asked.text) else max)(days)]


def _in_order(text: str, events: list[str]) -> bool:
    """Whether a text names all these events, one behind the other."""
    places = [text.find(event) for event in events]
    return -1 not in places and places == sorted(places)


finds = chosen(answer)
solve = solver(reads, finds)
