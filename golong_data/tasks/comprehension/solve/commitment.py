"""Who is bound at the end: a book kept by the people that dated notes name, and their verdicts."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable
from dataclasses import dataclass

from golong_data.solving import reading
from golong_data.solving.options import lettered, offered, the_one
from golong_data.solving.query import solver
from golong_data.tasks.comprehension.solve.asked import reader
from golong_data.tasks.comprehension.solve.names import Names, names_in
from golong_data.types import Gold
from golong_data.words import words


@dataclass(frozen=True, slots=True)
class Verdicts:
    """A few words of notes that say what became of a promise or an offer."""

    over: re.Pattern[str]
    """It is kept or waived."""
    refused: re.Pattern[str]
    """Nothing came of an offer."""


@dataclass(frozen=True, slots=True)
class Query:
    """Who is bound to a duty, or to what somebody is; "" for what is asked for."""

    language: str
    day: str
    to: str
    duty: str = ""
    who: str = ""


reads = reader("commitment", Query)


def finds(query: Query, prompt: str) -> Gold | None:
    """Goes through the notes on each duty up to the day asked about, in their order."""
    names, options = names_in(query.language), offered(prompt)
    until = names.date(query.day)
    duties = [query.duty] if query.duty else list(options.values())
    notes: dict[str, list[tuple[datetime.date, str]]] = {duty: [] for duty in duties}
    for line in reading.context(prompt).split("\n"):
        for duty in duties:
            days = [names.date(day) for day in names.days(line)] if duty in line else []
            if len(days) == 1 and days[0] and until and days[0] <= until:
                notes[duty].append((days[0], line))
    verdicts = words(Verdicts, "material/worlds/promises", "reads")[query.language]
    bound = {
        duty: _bound([line for _, line in sorted(dated)], query.to, names, verdicts)
        for duty, dated in notes.items()
    }
    if query.duty:
        return the_one(options, bound[query.duty] or "")
    # A promise of which not all is known leaves the question open.
    if None in bound.values():
        return None
    mine = {duty for duty, holder in bound.items() if holder == query.who}
    return lettered(options, mine) or None


def _bound(notes: Iterable[str], to: str, names: Names, verdicts: Verdicts) -> str | None:
    """Who is bound after notes on one duty in the order of their dates.

    "" where nobody is any more, None where nothing was promised or the notes have a gap. No
    wording tells giver from taker: who hands a promise on is who is bound just then.
    """
    holder: str | None = None
    promised = False
    for note in notes:
        everybody = list(dict.fromkeys(names.people(note)))
        people = [name for name in everybody if name != to]
        is_over = verdicts.over.search(note) is not None
        # Otherwise two people agree on something: no offer declined, no wish of one alone.
        if not is_over and (verdicts.refused.search(note) or len(everybody) != 2):
            continue
        if not promised:
            # The first note has to be the promise itself.
            holder = people[0] if to in note and len(people) == 1 and not is_over else None
            promised = True
        elif is_over:
            holder = "" if holder and holder in people else None
        else:
            takers = [name for name in people if name != holder]
            holder = takers[0] if holder in people and len(takers) == 1 else None
    return holder


solve = solver(reads, finds)
