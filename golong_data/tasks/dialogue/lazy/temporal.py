"""Times and orders by when things are told, or by how they are told."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import permutations

from golong_data.solving.choosing import Reader
from golong_data.solving.options import lettered, offered, stated
from golong_data.solving.sessions import Said, Sessions, date_in, sessions
from golong_data.tasks.dialogue.lazy import any_kind
from golong_data.tasks.dialogue.solve.temporal import Query, reads
from golong_data.types import Gold


@dataclass(frozen=True, slots=True)
class Told:
    """An event as it is mentioned, whoever did it and whether or not it came about."""

    event: str
    said: Said


@dataclass(frozen=True, slots=True)
class Times:
    """A question on times with what there is to choose by."""

    query: Query
    sessions: Sessions
    options: Mapping[str, str]

    @property
    def wants_first(self) -> bool:
        """Whether the first of the options is asked for, else the last one."""
        return self.query.asked.cues.first.search(self.query.asked.text) is not None

    def told(self, events: Sequence[str]) -> list[Told]:
        """All mentions of these events, event by event in the order of the text."""
        return [Told(event, said) for event in events for said in self.sessions.about(event)]

    def in_order(self) -> list[Told]:
        """All mentions of the options, where these are events, in the order of the text."""
        found = self.told(list(self.options.values()))
        text = self.sessions.text
        return sorted(found, key=lambda told: (told.said.date, text.find(told.said.sentence)))

    def is_ago(self, told: Told) -> bool:
        """Whether it is told on a later day."""
        return self.query.cues.days_ago(told.said.sentence) > 0


def _times(question: str, prompt: str) -> Times | None:
    query, read = reads(question), sessions(prompt)
    if query is None or read is None:
        return None
    options = {a: t for a, t in offered(prompt).items() if t not in any_kind.never()}
    return Times(query, read, options)


# --- by the day of telling ----------------------------------------------------------------------


def _day(times: Times, event: str, place: int) -> datetime.date | None:
    days = [told.said.date for told in times.told([event])]
    return days[place] if days else None


def _as_told(place: int, times: Times) -> str | None:
    """The option by the sessions' own dates, at the first or the last mention of each event."""
    events = times.query.events
    if not events:
        found = times.in_order()
        return found[0 if times.wants_first else -1].event if found else None
    days = {event: day for event in events if (day := _day(times, event, place))}
    if len(days) < len(events):
        return None
    if len(events) == 1:
        return next((t for t in times.options.values() if date_in(t) == days[events[0]]), None)
    if len(events) == 2:
        first, second = days.values()
        return str(abs((first - second).days))
    ordered = sorted(events, key=days.__getitem__)
    return next((text for text in times.options.values() if _names(text, ordered)), None)


def _as_asked(times: Times) -> str | None:
    """The order in which the question names the events."""
    events = sorted(times.query.events, key=times.query.asked.text.find)
    if len(events) < 3:
        return None
    return next((text for text in times.options.values() if _names(text, events)), None)


def _names(text: str, events: Sequence[str]) -> bool:
    """Whether a text names events in this order and in no other."""
    found = [order for order in permutations(events) if _ascending([text.find(e) for e in order])]
    return found == [tuple(events)]


def _ascending(places: Sequence[int]) -> bool:
    return -1 not in places and sorted(places) == list(places)


# --- by how it is told --------------------------------------------------------------------------


def _told_so(ago: bool, first: bool, place: int, times: Times) -> str | None:
    """Of the options told as long ago, or of the others, the first one or the last one.

    For questions that ask for the `first` event, or for those that ask for the last.
    """
    if times.query.events or times.wants_first != first:
        return None
    found = [told.event for told in times.in_order() if times.is_ago(told) == ago]
    return found[place] if found else None


def _plays(choice: Callable[[Times], str | None], question: str, prompt: str) -> Gold | None:
    times = _times(question, prompt)
    found = choice(times) if times else None
    return stated(prompt, lettered(times.options, (found,))) if times and found else None


LAZY: Mapping[str, Reader] = {
    "by the day of the first telling": partial(_plays, partial(_as_told, 0)),
    "by the day of the last telling": partial(_plays, partial(_as_told, -1)),
    "in the order of the question": partial(_plays, _as_asked),
    **{
        f"{end}: {place} told {how} ago": partial(
            _plays, partial(_told_so, how == "as", end == "first", 0 if place == "first" else -1)
        )
        for end in ("first", "last")
        for how in ("as", "not as")
        for place in ("first", "last")
    },
    **any_kind.LAZY,
}
