"""People, houses and days of what is made up, found in a text by patterns of the solver's own."""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass

from golong_data.words import words


@dataclass(frozen=True, slots=True)
class Names:
    """How they look in one language."""

    person: re.Pattern[str]
    house: re.Pattern[str]
    day: re.Pattern[str]
    """With the groups d, month and y."""
    months: tuple[str, ...]

    def people(self, text: str) -> list[str]:
        """Everybody named, in order."""
        return self.person.findall(text)

    def days(self, text: str) -> list[str]:
        """Every date, as it is written."""
        return [m[0] for m in self.day.finditer(text)]

    def date(self, day: str) -> datetime.date | None:
        """What a date as it is written means; None where there is no such day."""
        m = self.day.fullmatch(day)
        if m is None or m["month"] not in self.months:
            return None
        try:
            return datetime.date(int(m["y"]), self.months.index(m["month"]) + 1, int(m["d"]))
        except ValueError:
            return None


def names_in(language: str) -> Names:
    """How names look in a language."""
    return words(Names, "material/worlds/names", "reads")[language]
