"""What the words of a language have to offer, and how a wording reads back.

A wording is a sentence with slots: "I keep my {s} in {v}." The same sentence is filled when a
fact is planted and turned into a pattern when a solver looks for it, so that both sides share
the words and nothing else.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

SLOT = re.compile(r"\{(\w)\}")


@dataclass(frozen=True, slots=True)
class Trait:
    """Something that has one value at a time, and the sentences that speak of it.

    Slots: s the subject, v the value, p another person, d a date.
    """

    qualifiers: tuple[str, ...]
    nouns: tuple[str, ...]
    """A subject is a qualifier and a noun, so that near-misses differ in one of them."""
    kind: str
    """What its values are: a key of `Language.values`."""
    said: tuple[str, ...]
    """The value, for the first time. Whole sentences, unlike all others here."""
    changed: tuple[str, ...]
    """The value, when it takes the place of another. Empty: it does not change."""
    other: tuple[str, ...]
    """Another person's value of a subject of the same name."""
    plan: tuple[str, ...]
    """A value that was considered and did not come about."""
    asked: tuple[str, ...]
    """Questions for the value that was said and never changed."""
    now: tuple[str, ...] = ()
    """Questions for the latest value."""
    at: tuple[str, ...] = ()
    """Questions for the value on a date."""
    before: tuple[str, ...] = ()
    """Questions for the value before the latest."""
    assistant: bool = False
    """Whether the assistant says the value; the user's sentence then asks for it."""
    prompt: tuple[str, ...] = ()
    """What the user says before the assistant states it."""


@dataclass(frozen=True, slots=True)
class Outing:
    """Things of one category that the user does one of at a time, to be counted.

    Slots: v the thing's own name, p another person.
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
    """Questions for the difference of two subjects; slots s and t."""


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
class Language:
    """All words of the task in one language."""

    code: str
    """"en" or "zh"."""
    space: str
    """Between a qualifier and its noun."""
    today: str
    """Slots d (date) and q (question): the day on which the question is asked."""
    never: str
    """The option for what was not said."""
    openers: tuple[str, ...]
    """What a user says before a fact."""
    closers: tuple[str, ...]
    """What a user may say behind one."""
    replies: tuple[str, ...]
    """What the assistant says to a fact."""
    people: tuple[str, ...]
    """Whose facts they are not."""
    values: Mapping[str, tuple[tuple[str, ...], ...]]
    """Kind of a value -> lists whose entries are put together."""
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


def fill(template: str, **slots: str) -> str:
    """A sentence with its slots filled; the person may open it, so it gets a capital."""
    text = SLOT.sub(lambda m: slots[m[1]], template)
    return text[0].upper() + text[1:]


@lru_cache(maxsize=1 << 12)
def _pattern(template: str, known: tuple[tuple[str, str], ...]) -> re.Pattern[str]:
    given = dict(known)
    parts = []
    at = 0
    for m in SLOT.finditer(template):
        parts.append(re.escape(template[at : m.start()]))
        value = re.escape(given[m[1]]) if m[1] in given else r"[^\n。！？]{1,60}?"
        parts.append(f"(?P<{m[1]}>{value})")
        at = m.end()
    # A stop inside a number does not end a sentence.
    parts.append(re.escape(template[at:]) + r"(?!\d)")
    return re.compile("".join(parts))


def matches(templates: Sequence[str], text: str, **known: str) -> Iterator[re.Match[str]]:
    """Every place of a text where one of the sentences stands with these slots.

    Slots that are not given match up to 60 characters of one sentence.
    """
    for template in templates:
        yield from _pattern(template, tuple(known.items())).finditer(text)


def parse(templates: Sequence[str], text: str) -> dict[str, str] | None:
    """The slots of a text that is one of the sentences, whole."""
    for template in templates:
        m = _pattern(template, ()).fullmatch(text)
        if m:
            return m.groupdict()
    return None


def is_subject(
    language: Language, qualifiers: Sequence[str], nouns: Sequence[str], text: str
) -> bool:
    """Whether a text is a qualifier and a noun of these."""
    return any(
        text == language.subject(qualifier, noun) for qualifier in qualifiers for noun in nouns
    )
