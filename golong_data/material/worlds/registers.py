"""Registers of things and houses: where things are kept, where houses lie, how they are insured.

A loan register says at which house a thing is kept, a house register in which town a house
lies, an insurance register for how much it is insured. Of several loan entries on one thing
the one with the highest number holds, wherever it stands.
"""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from golong_data.contexts.notes import Note
from golong_data.material.worlds import names
from golong_data.words import pattern, words

FIELDS = {"loan": ("item", "house"), "town": ("house", "town"), "sum": ("house", "sum")}
"""Kind of entry -> what it is about and what it says of that: fields of its forms."""


@dataclass(frozen=True, slots=True)
class Words:
    """What entries say, in one language."""

    things: tuple[str, ...]
    item: str
    """A thing with its owner."""
    towns: tuple[str, ...]
    forms: Mapping[str, tuple[str, ...]]
    """Kind of entry -> how it is put; `{n}` is its number."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of a register before it has its number."""

    kind: str
    """A key of FIELDS."""
    key: str
    """The item of a loan, the house otherwise."""
    value: str
    evidence: bool


@dataclass(frozen=True, slots=True)
class World:
    """What all registers say together."""

    at: Mapping[str, str]
    """Item -> house."""
    town: Mapping[str, str]
    """House -> town."""
    insured: Mapping[str, int]
    """House -> sum."""


def _words(language: str) -> Words:
    return words(Words, "material/worlds/registers", "writes")[language]


def items(rng: random.Random, n: int, language: str) -> list[str]:
    """n things with owners; things and owners come up more than once."""
    told = _words(language)
    people = names.people(rng, max(4, n // 2), language)
    things = rng.sample(told.things, 5)
    every = [told.item.format(thing=thing, person=person) for person in people for thing in things]
    return rng.sample(every, n)


def world(rng: random.Random, kept: Sequence[str], n_houses: int, language: str) -> World:
    """Every house keeps something of what is `kept`; two at least lie in one town."""
    houses = names.houses(rng, n_houses, language)
    towns = rng.sample(_words(language).towns, 3)
    chosen = [*houses, *(rng.choice(houses) for _ in kept[n_houses:])]
    lies = [towns[0], towns[0], *(rng.choice(towns) for _ in houses[2:])]
    sums = rng.sample(range(12_000, 990_000), n_houses)
    return World(
        at=dict(zip(kept, chosen, strict=True)),
        town=dict(zip(houses, lies, strict=True)),
        insured=dict(zip(houses, sums, strict=True)),
    )


def notes(
    rng: random.Random, entries: Sequence[Entry], language: str, *, in_order: bool
) -> list[Note]:
    """The entries numbered and told, in random order.

    They are numbered as they come where they are `in_order`; otherwise only those on one thing
    are, and unlike ones in any order.
    """
    numbers = sorted(rng.sample(range(100, 1000), len(entries)))
    shuffled = rng.sample(entries, len(entries))
    numbered = zip(entries if in_order else _keeping(entries, shuffled), numbers, strict=True)
    told = [_note(rng, entry, number, _words(language)) for entry, number in numbered]
    rng.shuffle(told)
    return told


def _keeping(entries: Sequence[Entry], shuffled: Sequence[Entry]) -> list[Entry]:
    """`shuffled`, with the entries on one key in the order that they have in `entries`."""
    queues: dict[tuple[str, str], list[Entry]] = {}
    for entry in entries:
        queues.setdefault((entry.kind, entry.key), []).append(entry)
    return [queues[entry.kind, entry.key].pop(0) for entry in shuffled]


def _note(rng: random.Random, entry: Entry, number: int, told: Words) -> Note:
    about, says = FIELDS[entry.kind]
    form = rng.choice(told.forms[entry.kind])
    return Note(form.format(**{"n": number, about: entry.key, says: entry.value}), entry.evidence)


def named(entries: Sequence[Entry], language: str) -> list[str]:
    """The houses and owners that entries name, sorted: whom and what no filler may name."""
    item = pattern(_words(language).item)
    found = set()
    for entry in entries:
        for field, text in zip(FIELDS[entry.kind], (entry.key, entry.value), strict=True):
            owned = item.fullmatch(text)
            if field == "house":
                found.add(text)
            elif field == "item" and owned:
                found.add(owned["person"])
    return sorted(found)
