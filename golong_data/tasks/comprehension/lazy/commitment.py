"""Who is bound, by the last note alone, or by who is named beside a duty."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from golong_data.solving import reading
from golong_data.solving.choosing import LOOKS, MENTIONS, SAYINGS, SEVERAL, Reader, readers
from golong_data.solving.options import lettered, offered, stated
from golong_data.tasks.comprehension.solve.commitment import Query, reads
from golong_data.tasks.comprehension.solve.names import names_in
from golong_data.types import Gold


@dataclass(frozen=True, slots=True)
class Note:
    """A line on a duty, at a glance: its date and whom it names, in order."""

    day: datetime.date
    people: Sequence[str]


Notes = Sequence[Note]
"""On one duty, in the order of the text."""


def _notes(query: Query, prompt: str, duty: str) -> list[Note]:
    names = names_in(query.language)
    lines = [line for line in reading.context(prompt).split("\n") if duty in line]
    days = [next(filter(None, map(names.date, names.days(line))), None) for line in lines]
    return [
        Note(day, [name for name in names.people(line) if name != query.to])
        for day, line in zip(days, lines, strict=True)
        if day
    ]


# --- who is bound to a duty ---------------------------------------------------------------------

Named = Callable[[Query, Notes], str | None]
"""Who is taken to be bound."""


def _last_named(query: Query, notes: Notes) -> str | None:
    """Who is named last in the last note of the text."""
    return next((note.people[-1] for note in reversed(notes) if note.people), None)


def _latest_named(query: Query, notes: Notes) -> str | None:
    """Who is named last in the note of the latest date, later than the day asked about or not."""
    return _last_named(query, sorted(notes, key=lambda note: note.day))


def _latest_until(query: Query, notes: Notes) -> str | None:
    """The same among the notes up to that day."""
    day = names_in(query.language).date(query.day)
    return _latest_named(query, [note for note in notes if day and note.day <= day])


def _most_named(query: Query, notes: Notes) -> str | None:
    """Who is named most often beside the duty."""
    counted = Counter(name for note in notes for name in note.people).most_common(1)
    return counted[0][0] if counted else None


def _once_named(query: Query, notes: Notes) -> str | None:
    """Who is named in one note on the duty only, of several the latest."""
    counted = Counter(name for note in notes for name in set(note.people))
    once = [
        n for note in sorted(notes, key=lambda n: n.day) for n in note.people if counted[n] == 1
    ]
    return once[-1] if once else None


def _who(named: Named, question: str, prompt: str) -> Gold | None:
    query = reads(question)
    if query is None or not query.duty:
        return None
    found = named(query, _notes(query, prompt, query.duty))
    return stated(prompt, lettered(offered(prompt), (found,))) if found else None


# --- what somebody is bound to ------------------------------------------------------------------

Mine = Callable[[Query, Notes], bool]
"""Whether a duty is taken to be the person's."""


def _ever_theirs(query: Query, notes: Notes) -> bool:
    """Any note names the person."""
    return any(query.who in note.people for note in notes)


def _last_theirs(query: Query, notes: Notes) -> bool:
    """The last note of the text names the person."""
    return bool(notes) and query.who in notes[-1].people


def _latest_theirs(query: Query, notes: Notes) -> bool:
    """The note of the latest date does, whatever it says."""
    return _last_theirs(query, sorted(notes, key=lambda note: note.day))


def _once_theirs(query: Query, notes: Notes) -> bool:
    """One note names the person, and only one."""
    return sum(query.who in note.people for note in notes) == 1


def _open(mine: Mine, question: str, prompt: str) -> Gold | None:
    query = reads(question)
    if query is None or not query.who:
        return None
    options = offered(prompt)
    found: Collection[str] = [
        letter for letter, duty in options.items() if mine(query, _notes(query, prompt, duty))
    ]
    return stated(prompt, found)


LAZY: Mapping[str, Reader] = {
    "named last in the last note": partial(_who, _last_named),
    "named last in the latest note": partial(_who, _latest_named),
    "named last by the day asked about": partial(_who, _latest_until),
    "named most beside the duty": partial(_who, _most_named),
    "named once beside the duty": partial(_who, _once_named),
    "duties that ever name the person": partial(_open, _ever_theirs),
    "duties whose last note does": partial(_open, _last_theirs),
    "duties whose latest note does": partial(_open, _latest_theirs),
    "duties of which one note does": partial(_open, _once_theirs),
    **SEVERAL,
    **readers(MENTIONS, LOOKS, SAYINGS),
}
