"""Promises that change hands: given, handed on, kept or waived; offers of others are declined.

A promise binds whoever gave it or accepted it last, until it is kept or waived.
"""

from __future__ import annotations

import datetime
import itertools
import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from golong_data.contexts.notes import Note
from golong_data.material.worlds import names
from golong_data.words import words

Kind = Literal["promised", "handed", "kept", "released", "declined", "wished"]

ENDS: tuple[Kind, Kind] = ("kept", "released")
"""What ends a promise."""


@dataclass(frozen=True, slots=True)
class Words:
    """What notes on promises say, in one language."""

    verbs: tuple[str, ...]
    sides: tuple[str, ...]
    objects: tuple[str, ...]
    duty: str
    """What is promised: a verb, a side and an object."""
    forms: Mapping[Kind, tuple[str, ...]]
    """Kind of event -> how it is put."""


@dataclass(frozen=True, slots=True)
class Event:
    """What one note tells, not dated yet."""

    kind: Kind
    duty: str
    a: str
    """Who is or was bound."""
    b: str
    """The other person."""
    evidence: bool


Chain = list[Event]


@dataclass(frozen=True, slots=True)
class Promise:
    """One promise from its start to its end."""

    duty: str
    to: str
    holders: tuple[str, ...]
    """Who was bound, one after the other; neighbours differ."""
    end: Kind | None
    """What ended it; None where it is still open."""

    def bound(self) -> str | None:
        """Who is bound at the end; None where nobody is any more."""
        return None if self.end else self.holders[-1]

    def events(self) -> Chain:
        """What notes say of it, in order."""
        chain = [Event("promised", self.duty, self.holders[0], self.to, True)]
        for giver, taker in itertools.pairwise(self.holders):
            chain.append(Event("handed", self.duty, giver, taker, True))
        if self.end is not None:
            chain.append(Event(self.end, self.duty, self.holders[-1], self.to, True))
        return chain


def _words(language: str) -> Words:
    return words(Words, "material/worlds/promises", "writes")[language]


def duties(rng: random.Random, n: int, language: str) -> list[str]:
    """n things to do, near misses of each other: "repair the northern gate"."""
    told = _words(language)
    verbs, sides = rng.sample(told.verbs, 3), rng.sample(told.sides, 3)
    objects = rng.sample(told.objects, 3)
    every = [
        told.duty.format(verb=verb, side=side, object=thing)
        for verb in verbs
        for side in sides
        for thing in objects
    ]
    return rng.sample(every, n)


def walk(rng: random.Random, start: str, among: Sequence[str], steps: int) -> tuple[str, ...]:
    """From hand to hand, never from one to the same."""
    found = [start]
    for _ in range(steps):
        found.append(rng.choice([person for person in among if person != found[-1]]))
    return tuple(found)


def unneeded(chain: Chain) -> Chain:
    """The same events where no answer rests on them."""
    return [replace(event, evidence=False) for event in chain]


def decline(rng: random.Random, chain: Chain, promise: Promise, among: Sequence[str]) -> None:
    """Slips in an offer that whoever is bound just then declines."""
    at = rng.randrange(len(promise.holders))
    holder = promise.holders[at]
    bidder = rng.choice([person for person in among if person not in (holder, promise.to)])
    after = [i for i, event in enumerate(chain) if event.kind in ("promised", "handed")][at]
    chain.insert(after + 1, Event("declined", promise.duty, holder, bidder, False))


def later(rng: random.Random, chains: Sequence[Chain], among: Sequence[str], n: int) -> Chain:
    """What may happen to n of the open promises after all else."""
    found: Chain = []
    for chain in chains:
        moved = [event for event in chain if event.kind in ("promised", "handed")]
        if not moved or chain[-1].kind in ENDS:
            continue
        bound = moved[-1].a if moved[-1].kind == "promised" else moved[-1].b
        taker = rng.choice([p for p in among if p not in (bound, moved[0].b)])
        found.append(Event("handed", moved[0].duty, bound, taker, False))
    return rng.sample(found, min(n, len(found)))


def note(rng: random.Random, event: Event, date: datetime.date, language: str) -> Note:
    """A dated note on an event."""
    form = rng.choice(_words(language).forms[event.kind])
    day = names.day(date, language)
    return Note(form.format(a=event.a, b=event.b, duty=event.duty, day=day), event.evidence)
