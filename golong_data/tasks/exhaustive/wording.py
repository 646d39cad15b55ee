"""Wordings that a question is written by and read back by: the one thing both sides share."""

from __future__ import annotations

import re
from functools import lru_cache

_FIELD = re.compile(r"\\\{(\w+)\\\}")


@lru_cache(maxsize=256)
def pattern(wording: str) -> re.Pattern[str]:
    """A pattern of what `wording.format(...)` gives, with its fields as groups.

    A field that comes again is the same text again.

    >>> pattern("Is {a} in {b}?").fullmatch("Is x in y?").groupdict()
    {'a': 'x', 'b': 'y'}
    """
    seen: set[str] = set()

    def group(field: re.Match[str]) -> str:
        name = field[1]
        again = name in seen
        seen.add(name)
        return f"(?P={name})" if again else f"(?P<{name}>.+?)"

    return re.compile(_FIELD.sub(group, re.escape(wording)))


def read(wording: str, question: str) -> dict[str, str] | None:
    """The fields of a question that starts as `wording` says; None where it does not."""
    found = pattern(wording).match(question)
    return found.groupdict() if found else None
