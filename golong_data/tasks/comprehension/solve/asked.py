"""What a question asks: the fields that the patterns of its generator find in it."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from golong_data.words import words

Q = TypeVar("Q")


@dataclass(frozen=True, slots=True)
class Asked:
    """The questions of one language, each with groups named as the fields of a query."""

    asked: tuple[re.Pattern[str], ...]


def reader(generator: str, query: Callable[..., Q]) -> Callable[[str], Q | None]:
    """A solver's `reads`: its query made of the language of a question and the fields found in
    it; None for other questions. What a question has not is left out or ""."""

    def reads(question: str) -> Q | None:
        for language, cues in words(Asked, f"comprehension/{generator}", "reads").items():
            for form in cues.asked:
                if found := form.search(question):
                    return query(language=language, **found.groupdict(""))
        return None

    return reads
