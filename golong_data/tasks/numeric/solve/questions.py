"""What a question asks: its kind, the fields of its words, the places of its answer."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Generic, TypeVar

from golong_data.words import pattern, words


@dataclass(frozen=True, slots=True, kw_only=True)
class Asks:
    """The questions of a generator in one language."""

    questions: Mapping[str, str]
    """Kind of question -> its words."""
    answer_format: str = ""
    """Where all its answers have one."""


@dataclass(frozen=True, slots=True)
class Formats:
    """In which form an answer is wanted, in one language."""

    exact: str
    exact_in: str
    """With its unit."""
    rounded: str
    rounded_in: str
    units: Mapping[str, str]
    """Units that a sentence names otherwise."""


A = TypeVar("A", bound=Asks)


@dataclass(frozen=True, slots=True)
class Query(Generic[A]):
    """A question as read."""

    kind: str
    fields: Mapping[str, str]
    places: int | None
    """Decimal places asked for; None for the exact value."""
    language: str
    asks: A
    """The words that it is put in."""


def reader(
    name: str, cls: type[A], compiled: Callable[[str], re.Pattern[str]] = pattern
) -> Callable[[str], Query[A] | None]:
    """A solver's `reads`: the first question of a file of words that fits."""

    def reads(question: str) -> Query[A] | None:
        for language, asks in words(cls, name, "asks").items():
            for kind, wording in asks.questions.items():
                if found := compiled(wording).match(question):
                    return Query(kind, found.groupdict(), places(question), language, asks)
        return None

    return reads


def places(question: str) -> int | None:
    """Decimal places that a question asks for, or None where it asks for the exact value."""
    for formats in words(Formats, "numeric/answers", "asks").values():
        for wording in (formats.rounded_in, formats.rounded):
            if found := pattern(wording).search(question):
                return int(found["places"])
    return None
