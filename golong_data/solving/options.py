"""Options with letters, read back out of a prompt."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping

from golong_data.languages import languages
from golong_data.solving.reading import QUESTION, context
from golong_data.types import Gold

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


def takes_several(prompt: str) -> bool:
    """Whether more than one letter may be right, as the words below the question say."""
    tail = prompt[len(context(prompt)) :]
    return any(words.options["several"] in tail for words in languages().values())


def stated(prompt: str, letters: Collection[str]) -> Gold | None:
    """Letters as the answer that a prompt asks for: one text, or several of them in order.

    None where there are none, or more than may be right.
    """
    if takes_several(prompt):
        return tuple(sorted(set(letters))) or None
    return next(iter(letters)) if len(set(letters)) == 1 else None
