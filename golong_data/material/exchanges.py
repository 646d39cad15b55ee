"""Sentences in which one stretch is exchanged for another of its kind.

A number or a name; where it has neither, a stretch that a donor has in the same surroundings: a
word, a clause. So nobody knows the sentence by heart, and a near copy of it can stand beside it.
The rest of it stays as it was.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from dataclasses import dataclass

from golong_data.material.changes import Substitutes, changes
from golong_data.words import words

LONGER = 8
"""Characters by which a stretch may be longer or shorter than what it replaces."""

Slot = tuple[int, int, list[str]]
"""Where something stands in a sentence, start and end, and what may stand there instead."""


@dataclass(frozen=True, slots=True)
class Words:
    """What may be exchanged in one language."""

    stretches: tuple[re.Pattern[str], ...]
    """Each kind with a `name`, and in its other groups what has to be the same around both."""


def exchanged(text: str, donor: str, substitutes: Substitutes, rng: random.Random) -> str | None:
    """A sentence that differs in one place; None where there is nothing to exchange."""
    for found in changes(text, substitutes, rng):
        if found.fits(text) and text.count(found.old) == 1:
            return found.on(text)
    for told in words(Words, "material/exchanges", "writes").values():
        for stretch in told.stretches:
            slots = [slot for slot in _slots(stretch, text, donor) if slot[2]]
            if slots:
                start, end, choices = rng.choice(slots)
                return text[:start] + rng.choice(choices) + text[end:]
    return None


def _slots(stretch: re.Pattern[str], text: str, donor: str) -> Iterator[Slot]:
    places = list(stretch.finditer(text))
    others: dict[tuple[str | None, ...], set[str]] = {}
    for other in stretch.finditer(donor) if places else ():
        others.setdefault(_around(other), set()).add(other["name"])
    for place in places:
        old, fit = place["name"], others.get(_around(place), ())
        near = (new for new in fit if abs(len(new) - len(old)) <= LONGER and new not in text)
        yield *place.span("name"), sorted(near)


def _around(place: re.Match[str]) -> tuple[str | None, ...]:
    return tuple(text for group, text in place.groupdict().items() if group != "name")
