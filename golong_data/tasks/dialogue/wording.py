"""What the words of a language have to offer.

A wording is a sentence with slots: "I keep my {s} in {v}." It is written in small letters
unless its first word has a capital of its own, for it may follow a lead-in ("By the way, ...").
Facts are made of wordings; solvers know the words and names, not the wordings.
"""

from __future__ import annotations

import random
import re
from collections.abc import Mapping
from dataclasses import dataclass

_SLOT = re.compile(r"\{(\w)\}")


@dataclass(frozen=True, slots=True)
class Trait:
    """Something that has one value at a time, and the sentences that speak of it.

    Slots: s the subject, v the value, p another person, d a date. In the facts subject and
    value stand in one sentence.
    """

    qualifiers: tuple[str, ...]
    nouns: tuple[str, ...]
    """A subject is a qualifier and a noun, so that near-misses differ in one of them."""
    kind: str
    """What its values are: a key of `Language.values`."""
    said: tuple[str, ...]
    """The value, for the first time."""
    other: tuple[str, ...]
    """Another person's value of a subject of the same name."""
    plan: tuple[str, ...]
    """A value that was considered and did not come about."""
    asked: tuple[str, ...]
    """Questions for the value that was said and never changed."""
    changed: tuple[str, ...] = ()
    """The value, when it takes the place of another. Empty: it does not change."""
    now: tuple[str, ...] = ()
    """Questions for the latest value."""
    at: tuple[str, ...] = ()
    """Questions for the value on a date."""
    before: tuple[str, ...] = ()
    """Questions for the value before the latest."""
    first: tuple[str, ...] = ()
    """Questions for the value before any change."""
    falls: bool = False
    """Whether it can only become less, as a record does."""
    prompt: tuple[str, ...] = ()
    """What the user asks where it is the assistant that states the value; else empty."""


@dataclass(frozen=True, slots=True)
class Outing:
    """Things of one category that the user does one of at a time, to be counted.

    Slots: v the thing's own name, which stands directly before the noun, p another person.
    """

    category: str
    """What the question calls them, in the plural."""
    noun: str
    """What stands in every sentence about one."""
    said: tuple[str, ...]
    other: tuple[str, ...]
    plan: tuple[str, ...]
    again: tuple[str, ...]
    """Mentions of one that was already done: it counts once."""
    asked: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Spending:
    """Sums of money for a subject. Slots: s the subject, v the amount, p another person."""

    qualifiers: tuple[str, ...]
    nouns: tuple[str, ...]
    said: tuple[str, ...]
    other: tuple[str, ...]
    plan: tuple[str, ...]
    total: tuple[str, ...]
    """Questions for the sum; slot s."""
    more: tuple[str, ...]
    """Questions for the difference of two subjects; slots s (the greater) and t."""


@dataclass(frozen=True, slots=True)
class Deeds:
    """Things done on one day. An event is a verb and an object, slot o in the verb."""

    verbs: tuple[tuple[str, str], ...]
    """(done, to be done): "repaired the {o}", "repair the {o}"."""
    qualifiers: tuple[str, ...]
    nouns: tuple[str, ...]
    today: tuple[str, ...]
    """Slot e: the event, done on the day of the session."""
    ago: tuple[str, ...]
    """Slots w (how long ago) and e."""
    spans: Mapping[str, int]
    """How long ago -> days."""
    other: tuple[str, ...]
    """Slots p and e."""
    plan: tuple[str, ...]
    """Slot i: the event, to be done."""
    first: tuple[str, ...]
    last: tuple[str, ...]
    elapsed: tuple[str, ...]
    """Slots e and f."""
    on: tuple[str, ...]
    """Slot e."""
    order: tuple[str, ...]
    """Slots e, f and g, in no particular order."""
    then: str
    """Between events in order."""


@dataclass(frozen=True, slots=True)
class Talk:
    """What stands around a fact in its exchange."""

    openers: tuple[str, ...]
    """Sentences that a user says before a fact."""
    leads: tuple[str, ...]
    """The same as the beginning of the fact's own sentence: "By the way,"."""
    closers: tuple[str, ...]
    """What a user may say behind one."""
    replies: tuple[str, ...]
    """What the assistant says to a fact."""
    errands: tuple[tuple[str, str], ...]
    """(request, answer): what a user wants who mentions a fact in passing."""


@dataclass(frozen=True, slots=True)
class Language:
    """All words of the task in one language."""

    code: str
    """"en" or "zh"."""
    space: str
    """Between a qualifier and its noun, and between sentences."""
    today: str
    """Slots d (date) and q (question): the day on which the question is asked."""
    never: str
    """The option for what was not said."""
    people: tuple[str, ...]
    """Whose facts they are not."""
    values: Mapping[str, tuple[tuple[str, ...], ...]]
    """Kind of a value -> lists whose entries are put together."""
    talk: Talk
    traits: tuple[Trait, ...]
    outings: tuple[Outing, ...]
    spending: Spending
    deeds: Deeds

    def value(self, kind: str, rng: random.Random) -> str:
        """A random value of a kind."""
        return "".join(rng.choice(part) for part in self.values[kind])

    def distinct(self, kind: str, n: int, rng: random.Random) -> list[str]:
        """`n` different values of a kind, none part of another."""
        found: list[str] = []
        while len(found) < n:
            value = self.value(kind, rng)
            if not any(value in old or old in value for old in found):
                found.append(value)
        return found

    def subject(self, qualifier: str, noun: str) -> str:
        """What the sentences call it: "grey cat"."""
        return f"{qualifier}{self.space}{noun}"


def words(text: str) -> tuple[str, ...]:
    """The words of a text; an underscore joins the words of one name."""
    return tuple(word.replace("_", " ") for word in text.split())


def fill(template: str, **slots: str) -> str:
    """A wording with its slots filled, its first letter as it comes."""
    return _SLOT.sub(lambda m: slots[m[1]], template)


def capital(text: str) -> str:
    """The same as the beginning of a sentence."""
    return text[0].upper() + text[1:]
