"""Options with letters, read back out of a prompt."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping

from golong_data.solving.reading import QUESTION

_OPTION = re.compile(r"^([A-Z])\) (.+)$", re.MULTILINE)


def offered(prompt: str) -> dict[str, str]:
    """Letter -> text of the options that stand behind the question."""
    marks = list(QUESTION.finditer(prompt))
    tail = prompt[marks[-1].start() :] if marks else ""
    return {m[1]: m[2].strip() for m in _OPTION.finditer(tail)}


def lettered(options: Mapping[str, str], right: Collection[str]) -> tuple[str, ...]:
    """The letters of the options with these texts, in order."""
    return tuple(letter for letter, text in options.items() if text in right)


def the_one(options: Mapping[str, str], right: str) -> str | None:
    """The letter of the option with this text, if it is one."""
    found = lettered(options, (right,))
    return found[0] if len(found) == 1 else None
