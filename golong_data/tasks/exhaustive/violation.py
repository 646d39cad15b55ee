"""Targeted rule violation: all entries of a scattered register that break one rule.

Entries, rules and exceptions are planted into real documents. An entry breaks the rule where
it is on the rule's goods and above the limit that holds for it; exceptions raise the limit
at one place or exempt what one person has countersigned. Near misses stand exactly at a
limit, are covered by an exception, or are on goods that another rule with a like number is about.
"""

from __future__ import annotations

import random
from dataclasses import asdict, dataclass, replace

from golong_data.contexts.budget import Share
from golong_data.contexts.notes import Note, scatter_between_lines
from golong_data.contexts.workspace import Workspace
from golong_data.material.serials import one_digit_off, serial
from golong_data.tasks.exhaustive.config import ExhaustiveConfig
from golong_data.tasks.exhaustive.lazy import violation as lazy
from golong_data.tasks.exhaustive.scarcity import counts
from golong_data.tasks.exhaustive.solve.violation import solve
from golong_data.tasks.forms import LIST, Wording, ask, compose
from golong_data.tasks.generators import takes_notes
from golong_data.types import Draft, Generator, Refused
from golong_data.words import words

WORDS = "exhaustive/violation"

ROOM = Share(7, 10)
ENTRY_COST = 62
"""Tokens that an entry takes in a short context, with its part of a window and header."""

MOST = 160
"""Entries at most."""

SHOWN = 8
"""Goods, places and people of one register."""


@dataclass(frozen=True, slots=True)
class Words:
    """What is planted, in one language."""

    goods: tuple[str, ...]
    places: tuple[str, ...]
    people: tuple[str, ...]
    entries: tuple[str, ...]
    rules: tuple[str, ...]
    raised: tuple[str, ...]
    """An exception for a place."""
    exempt: tuple[str, ...]
    """An exception for a person."""
    forbidden: tuple[str, ...]
    """What nothing but these may hold."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the register."""

    id: str
    quantity: int
    goods: str
    place: str
    person: str
    bay: int
    """In the store: a number of no account."""


@dataclass(frozen=True, slots=True)
class Rule:
    """The rule asked about, with its exceptions as they are drawn."""

    number: int
    goods: str
    limit: int
    place: str
    """Where another limit holds; "" without such an exception."""
    place_limit: int
    person: str
    """Whose entries are exempt; "" without such an exception."""

    def broken_by(self, entry: Entry) -> bool:
        """Whether an entry breaks it."""
        if entry.goods != self.goods or (self.person and entry.person == self.person):
            return False
        return entry.quantity > (self.place_limit if entry.place == self.place else self.limit)


def make(work: Workspace, config: ExhaustiveConfig) -> Draft:
    """A register whose entries break the rule in a few places."""
    rng = work.rng
    asks = words(Wording, WORDS, "asks")[config.language]
    told = words(Words, WORDS, "writes")[config.language]
    most = ROOM.pieces(work.ctx, ENTRY_COST, MOST)
    breaches, n = counts(config.breaches, most, rng)
    if n < 6:
        raise Refused("too little room for a register")
    told = replace(
        told,
        goods=tuple(rng.sample(told.goods, SHOWN)),
        places=tuple(rng.sample(told.places, SHOWN)),
        people=tuple(rng.sample(told.people, SHOWN)),
    )
    # Two more rules with exceptions of their own, on goods that entries are for as well.
    # Any of the numbers may be that of the rule asked about, also the one cut short.
    number = serial(rng)
    numbers = rng.sample((number, one_digit_off(number, rng), number // 10), 3)
    rule, *decoys = (
        _rule(number, goods, config.exceptions, told, rng)
        for number, goods in zip(numbers, rng.sample(told.goods, 3), strict=True)
    )
    entries = _register(rule, breaches, n, told, rng)
    broken = [entry for entry in entries if rule.broken_by(entry)]
    notes = [
        Note(rng.choice(told.entries).format_map(asdict(entry)), entry in broken)
        for entry in entries
    ]
    notes += [Note(text, True) for text in _statements(rule, told, rng)]
    notes += [Note(text, False) for decoy in decoys for text in _statements(decoy, told, rng)]
    question = asks.question.format(rule=rule.number)
    return compose(
        work,
        config,
        ask(LIST, config, question, asks.answer_format),
        scatter_between_lines(work, notes, without=told.forbidden),
        sorted(entry.id for entry in broken),
        forbidden=told.forbidden,
    )


def _rule(number: int, goods: str, exceptions: int, told: Words, rng: random.Random) -> Rule:
    limit = rng.randrange(150, 700, 10)
    kinds = rng.sample(("place", "person"), exceptions)
    return Rule(
        number=number,
        goods=goods,
        limit=limit,
        place=rng.choice(told.places) if "place" in kinds else "",
        place_limit=limit + rng.randrange(60, 200, 10),
        person=rng.choice(told.people) if "person" in kinds else "",
    )


def _statements(rule: Rule, told: Words, rng: random.Random) -> list[str]:
    """The rule and its exceptions in words."""
    number = rule.number
    found = [rng.choice(told.rules).format(rule=number, limit=rule.limit, goods=rule.goods)]
    if rule.place:
        raised = rng.choice(told.raised)
        found.append(raised.format(rule=number, place=rule.place, limit=rule.place_limit))
    if rule.person:
        found.append(rng.choice(told.exempt).format(rule=number, person=rule.person))
    return found


def _register(rule: Rule, breaches: int, n: int, told: Words, rng: random.Random) -> list[Entry]:
    """`n` entries, so many of which break the rule; every exception saves at least one."""
    kinds = ["breach"] * breaches + ["at the limit"]
    kinds += ["saved by place"] * bool(rule.place) + ["saved by person"] * bool(rule.person)
    harmless = ["at the limit", "below", "below", "other goods", "other goods"]
    harmless += [kind for kind in kinds if kind.startswith("saved")]
    kinds += [rng.choice(harmless) for _ in range(n - len(kinds))]
    ids = rng.sample(range(1000, 10_000), len(kinds))
    return [_entry(rule, kind, f"E-{id}", told, rng) for kind, id in zip(kinds, ids, strict=True)]


def _entry(rule: Rule, kind: str, id: str, told: Words, rng: random.Random) -> Entry:
    """An entry of a kind: how it stands to the rule."""
    others = {
        "goods": [goods for goods in told.goods if goods != rule.goods],
        "place": [place for place in told.places if place != rule.place],
        "person": [person for person in told.people if person != rule.person],
    }
    goods, place = rule.goods, rng.choice(others["place"])
    person = rng.choice(others["person"])
    quantity = rule.limit + rng.randint(1, 90)
    if kind == "breach" and rule.place and rng.random() < 0.3:
        place, quantity = rule.place, rule.place_limit + rng.randint(1, 60)
    elif kind == "at the limit":
        quantity = rule.limit
    elif kind == "saved by place":
        place, quantity = rule.place, rng.randint(rule.limit + 1, rule.place_limit)
    elif kind == "saved by person":
        person = rule.person
    elif kind == "below":
        quantity = rule.limit - rng.randint(1, 90)
    elif kind == "other goods":
        goods, person = rng.choice(others["goods"]), rng.choice(told.people)
    return Entry(id, quantity, goods, place, person, rng.randint(2, 60))


GENERATOR = Generator(
    make=make,
    solve=solve,
    words=WORDS,
    needs="prose of some length, to plant entries in",
    serves=takes_notes,
    least=12,
    candidates=lazy.candidates,
    lazy=lazy.READERS,
)
