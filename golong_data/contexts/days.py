"""The days over which the sessions of one context are spread, and which of them are taken."""

from __future__ import annotations

import datetime
import math
from collections.abc import Sequence
from dataclasses import dataclass

from golong_data.contexts.workspace import Workspace
from golong_data.languages import session_words
from golong_data.types import Refused


@dataclass(frozen=True, slots=True)
class Calendar:
    """The days over which the sessions of one context are spread."""

    start: datetime.date
    days: int

    def date(self, day: int) -> datetime.date:
        """The date of a day."""
        return self.start + datetime.timedelta(days=day)


def dated(date: datetime.date, language: str = "en") -> str:
    """A date as headers and questions give it: "2023-05-04 (Thursday)"."""
    words = session_words(language)
    return words.date.format(day=date, weekday=words.weekdays[date.weekday()])


def free_day(day: int, taken: Sequence[int], calendar: Calendar) -> int:
    """The day nearest to `day` that is not taken. Raises Refused where there is none."""
    for distance in range(calendar.days):
        for candidate in (day + distance, day - distance):
            if 0 <= candidate < calendar.days and candidate not in taken:
                return candidate
    raise Refused("more sessions than days")


class Days:
    """The calendar of one draft, and which of its days hold a fact already."""

    def __init__(self, work: Workspace, language: str) -> None:
        rng = work.rng
        start = datetime.date(2011, 1, 1) + datetime.timedelta(days=rng.randrange(5_000))
        sessions = how_many_sessions(work.ctx)
        self.calendar = Calendar(start, rng.randint(90, 150) + 4 * sessions)
        self.first = int(work.depth * self.calendar.days)
        """Where the first piece of evidence goes."""
        self.language = language
        self.work = work
        self.taken: list[int] = []

    def take(self, day: int) -> int:
        """The nearest free day, which is free no longer."""
        self.taken.append(free_day(day, self.taken, self.calendar))
        return self.taken[-1]

    def any(self) -> int:
        """A free day anywhere."""
        return self.take(self.work.rng.randrange(self.calendar.days))

    def spread(self, n: int) -> list[int]:
        """`n` days, one in each n-th of the calendar, in random order; the first is `first`."""
        if not n:
            return []
        strata = list(range(n))
        strata.remove(int(self.work.depth * n))
        self.work.rng.shuffle(strata)
        total = self.calendar.days
        return [
            self.take(self.first),
            *(self.take(int((s + self.work.rng.random()) / n * total)) for s in strata),
        ]

    def chain(self, before: int, after: int) -> list[int]:
        """Days in order: `before` many, the first piece of evidence, `after` many.

        The day behind the first piece of evidence stays free for questions about it.
        """
        total, rng = self.calendar.days, self.work.rng
        at = min(max(self.first, 2 * before), total - 3 - 2 * after)
        days = [*sorted(rng.sample(range(at - 1), before)), at] if before else [at]
        days += sorted(rng.sample(range(at + 2, total), after))
        self.taken += days
        return days

    def dated(self, day: int) -> str:
        """The date of a day, as questions give it."""
        return dated(self.calendar.date(day), self.language)


def how_many_sessions(ctx: int) -> int:
    """Sessions of a context before the recipe's bounds: 11 at 4k, 46 at 32k, 500 at 1M."""
    return max(4, int(11 * math.pow(ctx / 4096, 0.69)))
