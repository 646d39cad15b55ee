"""What a question asks: the fields that the patterns of its generator find in it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from golong_data.words import words


@dataclass(frozen=True, slots=True)
class Asked:
    """The questions of one language, each with groups named as the fields of a query."""

    asked: tuple[re.Pattern[str], ...]


def fields_of(question: str, generator: str) -> dict[str, str] | None:
    """The language of a question and its fields, "" where it has none; None for other questions."""
    for language, cues in words(Asked, f"comprehension/{generator}", "reads").items():
        for form in cues.asked:
            if found := form.search(question):
                return {"language": language, **found.groupdict("")}
    return None
