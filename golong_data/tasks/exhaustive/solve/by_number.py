"""Questions about what goes by one number: a docket, a count, a rule."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, TypeVar

from golong_data.words import words


@dataclass(frozen=True, slots=True)
class Cues:
    """What to look for in one language."""

    asked: re.Pattern[str]
    """In the question, with the number."""


C = TypeVar("C", bound=Cues)


@dataclass(frozen=True, slots=True)
class Query(Generic[C]):
    """The number that a question is about."""

    number: str
    cues: C


def reader(name: str, cls: type[C]) -> Callable[[str], Query[C] | None]:
    """A solver's `reads`: the number asked about; None for other questions."""

    def reads(question: str) -> Query[C] | None:
        for cues in words(cls, f"exhaustive/{name}", "reads").values():
            if asked := cues.asked.search(question):
                return Query(asked[1], cues)
        return None

    return reads
