"""Things by the houses they are kept at, the houses by town and insurance.

The entries of three registers are planted into real documents; of a thing's entries the one
with the highest number holds. No filler names any of the houses or owners.
"""

from __future__ import annotations

import itertools
import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from golong_data.contexts.notes import scatter_singly
from golong_data.contexts.workspace import Workspace
from golong_data.material.worlds import registers
from golong_data.material.worlds.registers import Entry, World
from golong_data.tasks.comprehension.config import ComprehensionConfig, affordable
from golong_data.tasks.forms import compose
from golong_data.tasks.options import asked
from golong_data.types import Draft, Gold, Refused

TRIES = 8
"""Worlds drawn until one has a clean answer."""


@dataclass(frozen=True, slots=True)
class Asks:
    """What is asked in one language."""

    rule: str
    """Which of several entries holds; before the question."""
    most: str
    over: str
    town: str
    """The town that counts, within a question."""
    bridge: str
    """The same by what is kept there."""


@dataclass(frozen=True, slots=True)
class Query:
    """What is asked of the houses of the options."""

    items: Sequence[str]
    town: str
    """The town that counts, or "" for any."""
    bound: int
    several: bool
    """Whether all above the bound are asked for, or the highest below it."""

    def right(self, world: World) -> tuple[str, ...]:
        """The items that answer it."""
        house = {item: world.at[item] for item in self.items}
        there = [i for i in self.items if self.town in ("", world.town[house[i]])]
        if self.several:
            return tuple(i for i in there if world.insured[house[i]] > self.bound)
        sums = [world.insured[house[i]] for i in there if world.insured[house[i]] < self.bound]
        return tuple(i for i in there if sums and world.insured[house[i]] == max(sums))

    def is_clean(self, world: World) -> bool:
        """Whether there is one answer, or some but not all where several may be."""
        found = len(self.right(world))
        return 0 < found < len(self.items) if self.several else found == 1


def make(work: Workspace, config: ComprehensionConfig, asks: Asks) -> Draft:
    """A world in registers, and which of its things lie where the question says."""
    rng, language = work.rng, config.language
    several = rng.random() < config.several
    afford, per_house, bridges = affordable(work.ctx), min(config.hops, 2), int(config.hops > 2)
    n = max(4, min(rng.randint(*config.options), afford - bridges - 3 * per_house - 1))
    spare = max(0, afford - bridges - 3 * per_house - n)
    overrides = min(config.overrides, spare)
    n_houses = min(n, 3 + (spare - overrides) // per_house)
    *options, bridge = items = registers.items(rng, n + 1, language)
    for _ in range(TRIES):
        world = registers.world(rng, options, n_houses, language)
        town = world.town[world.at[options[0]]] if config.hops > 1 else ""
        query = _query(rng, world, options, town, several)
        if query is not None:
            break
    else:
        raise Refused("no clean answer in the registers")
    place = asks.town.format(town=town) if town else ""
    place = asks.bridge.format(item=bridge) if bridges else place
    entries = _entries(rng, overrides, query, world, bridge if bridges else "")
    wording = asks.over if several else asks.most
    question = asks.rule + wording.format(town=place, sum=f"{query.bound:,}")
    right = query.right(world)
    wrong = [item for item in options if item not in right]
    variables, gold = asked(work, config, question, right, wrong, several=several)
    room = max(0, min(config.distractors // 3, afford - len(entries)))
    more = [item for item in registers.items(rng, n + 1 + room, language) if item not in items]
    entries += [Entry("loan", item, rng.choice([*world.town]), False) for item in more[:room]]
    return planted(work, config, variables, gold, entries)


def planted(
    work: Workspace,
    config: ComprehensionConfig,
    question: Mapping[str, str],
    gold: Gold,
    entries: Sequence[Entry],
) -> Draft:
    """The draft over entries of registers, scattered over real documents."""
    if len(entries) > affordable(work.ctx):
        raise Refused("too many entries for the length asked for")
    in_order = config.level == "easy"
    notes = registers.notes(work.rng, entries, config.language, in_order=in_order)
    only_here = registers.named(entries, config.language)
    blocks = scatter_singly(work, notes, only_here)
    return compose(work, config, question, blocks, gold, forbidden=only_here)


def _query(
    rng: random.Random, world: World, options: Sequence[str], town: str, several: bool
) -> Query | None:
    """A query whose bound lies between two sums, if one has a clean answer."""
    gaps = itertools.pairwise(sorted(world.insured.values()))
    bounds = [rng.randrange(low + 1, high) for low, high in gaps if low + 1 < high]
    queries = [Query(options, town, bound, several) for bound in bounds]
    clean = [query for query in queries if query.is_clean(world)]
    return rng.choice(clean) if clean else None


def _entries(
    rng: random.Random, overrides: int, query: Query, world: World, bridge: str
) -> list[Entry]:
    """All that decides a query, and loans that are overridden; the bridge is at one house more."""
    entries = _loans(rng, overrides, query, world)
    used = dict.fromkeys(world.at[item] for item in query.items)
    if query.town:
        entries += [Entry("town", house, world.town[house], True) for house in used]
    there = [house for house in used if query.town in ("", world.town[house])]
    if bridge:
        entries.append(Entry("loan", bridge, rng.choice(there), True))
    return entries + [
        Entry("sum", house, f"{world.insured[house]:,}", house in there) for house in used
    ]


def _loans(rng: random.Random, left: int, query: Query, world: World) -> list[Entry]:
    """Where each option is kept, with up to `left` earlier entries that would change the answer."""
    entries = []
    for item in rng.sample(query.items, len(query.items)):
        elsewhere = [
            house
            for house in world.town
            if query.right(replace(world, at={**world.at, item: house})) != query.right(world)
        ]
        if left and elsewhere:
            entries.append(Entry("loan", item, rng.choice(elsewhere), False))
            left -= 1
        entries.append(Entry("loan", item, world.at[item], True))
    return entries
