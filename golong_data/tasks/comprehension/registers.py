"""Entries of registers planted into real documents: one looked up, or several joined.

A loan register says where a thing is kept, a house register in which town a house lies, an
insurance register for how much it is insured. Later entries override earlier ones by their
number, wherever in the context they stand. No filler names any of the houses or owners.
"""

from __future__ import annotations

import itertools
import random
import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from golong_data.contexts.notes import Note, scatter_singly
from golong_data.contexts.workspace import Workspace
from golong_data.solving import reading
from golong_data.solving.options import lettered, offered, the_one
from golong_data.tasks.comprehension import words
from golong_data.tasks.comprehension.config import ComprehensionConfig
from golong_data.tasks.comprehension.planting import affordable
from golong_data.tasks.comprehension.register_words import FORMS, ITEM
from golong_data.tasks.forms import compose
from golong_data.tasks.options import asked
from golong_data.types import Draft, Gold, Refused

ASKED: Mapping[str, Mapping[str, str]] = {
    "en": {
        "rule": "Register entries are scattered over the documents; of several loan entries on "
        "one thing the one with the highest number holds. ",
        "where": "Where is {item} kept?",
        "what": "Which of these is kept at {house}?",
        "most": "Consider the houses where the things below are kept, of these only those that are "
        "insured for less than {sum} crowns{town}. Which thing is kept at the one that is insured "
        "for most?",
        "over": "Which of the things below are kept at a house that is insured for more than {sum} "
        "crowns{town}?",
        "town": " and in {town}",
        "bridge": " and in the same town as the house where {item} is kept",
    },
    "zh": {
        "rule": "各文档中散见簿册的条目；同一物品有多条借存记录时，以编号最大的一条为准。",
        "where": "{item}存放在哪里？",
        "what": "下列哪一件存放于{house}？",
        "most": "下列物品所在的房屋中，只看{town}投保额低于{sum}元的。"
        "其中投保额最高的房屋存放着哪一件？",
        "over": "下列物品中，哪些存放在{town}投保额高于{sum}元的房屋？",
        "town": "位于{town}且",
        "bridge": "与{item}所在房屋同镇且",
    },
}


_NAMED = re.compile(f"{words.HOUSE}|{words.PERSON}")
"""Whom and what no filler may name."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of a register before it has its number."""

    kind: str
    """A key of FORMS."""
    key: str
    """The item of a loan, the house otherwise."""
    value: str
    evidence: bool


# --- one entry ----------------------------------------------------------------------------


def fact(work: Workspace, config: ComprehensionConfig) -> Draft:
    """Where a thing is kept, or which thing is kept at a house."""
    rng, language = work.rng, config.language
    n = rng.randint(*config.options)
    most = affordable(work)
    items = _items(rng, n + config.distractors, language)
    houses = words.houses(rng, n + 2, language)
    moved = min(config.overrides, n - 2)
    rule = ASKED[language]["rule"] if moved else ""
    if rng.random() < 0.5:
        # The thing was elsewhere before; those houses are options too.
        entries = [Entry("loan", items[0], house, False) for house in houses[1 : moved + 1]]
        entries.append(Entry("loan", items[0], houses[0], True))
        entries += [
            Entry("loan", item, house, False)
            for item, house in zip(items[1:], houses[moved + 1 : n], strict=False)
        ]
        question = ASKED[language]["where"].format(item=items[0])
        right, wrong = houses[0], houses[1:n]
    else:
        # Other things were at the house before.
        entries = [Entry("loan", items[0], houses[0], True)]
        for item in items[1 : moved + 1]:
            entries.append(Entry("loan", item, houses[0], False))
            entries.append(Entry("loan", item, rng.choice(houses[1:n]), True))
        entries += [
            Entry("loan", item, rng.choice(houses[1:n]), False) for item in items[moved + 1 : n]
        ]
        question = ASKED[language]["what"].format(house=houses[0])
        right, wrong = items[0], items[1:n]
    spare = items[n : n + max(0, min(config.distractors, most - len(entries)))]
    entries += [Entry("loan", item, rng.choice(houses[n:]), False) for item in spare]
    variables, gold = asked(work, config, rule + question, [right], wrong)
    return _finished(work, config, entries, variables, gold)


def _items(rng: random.Random, n: int, language: str) -> list[str]:
    """n things with owners; things and owners come up more than once."""
    people = words.people(rng, max(4, n // 2), language)
    things = rng.sample(words.THINGS[language], 5)
    every = [
        ITEM[language].format(thing=thing, person=person) for person in people for thing in things
    ]
    return rng.sample(every, n)


# --- several entries joined ---------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class World:
    """What all registers say together."""

    at: Mapping[str, str]
    """Item -> house."""
    town: Mapping[str, str]
    insured: Mapping[str, int]


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


def multi_hop(work: Workspace, config: ComprehensionConfig) -> Draft:
    """Things by the houses they are kept at, the houses by town and insurance."""
    rng, language = work.rng, config.language
    several = rng.random() < config.several
    afford, per_house, bridges = affordable(work), min(config.hops, 2), int(config.hops > 2)
    n = max(4, min(rng.randint(*config.options), afford - bridges - 3 * per_house - 1))
    spare = max(0, afford - bridges - 3 * per_house - n)
    overrides = min(config.overrides, spare)
    n_houses = min(n, 3 + (spare - overrides) // per_house)
    items = _items(rng, n + 1, language)
    options, bridge = items[:n], items[n]
    for _ in range(8):
        world = _world(rng, options, n_houses, language)
        town = world.town[world.at[options[0]]] if config.hops > 1 else ""
        query = _query(rng, world, options, town, several)
        if query is not None:
            break
    else:
        raise Refused("no clean answer in the registers")
    houses, right = list(world.town), query.right(world)
    entries = _loans(rng, overrides, query, world)
    place = _town_entries(rng, config, query, world, bridge, entries)
    for house in dict.fromkeys(world.at[item] for item in options):
        matters = query.town in ("", world.town[house])
        entries.append(Entry("sum", house, f"{world.insured[house]:,}", matters))
    question = ASKED[language]["rule"] + ASKED[language]["over" if several else "most"].format(
        town=place, sum=f"{query.bound:,}"
    )
    wrong = [item for item in options if item not in right]
    variables, gold = asked(work, config, question, right, wrong, several=several)
    room = max(0, min(config.distractors // 3, affordable(work) - len(entries)))
    more = [item for item in _items(rng, n + 1 + room, language) if item not in items][:room]
    entries += [Entry("loan", item, rng.choice(houses), False) for item in more]
    return _finished(work, config, entries, variables, gold)


def _world(rng: random.Random, options: Sequence[str], n_houses: int, language: str) -> World:
    """Every house keeps something; two at least lie in one town."""
    houses = words.houses(rng, n_houses, language)
    towns = rng.sample(words.TOWNS[language], 3)
    chosen = [*houses, *(rng.choice(houses) for _ in options[n_houses:])]
    lies = [towns[0], towns[0], *(rng.choice(towns) for _ in houses[2:])]
    sums = rng.sample(range(12_000, 990_000), n_houses)
    return World(
        at=dict(zip(options, chosen, strict=True)),
        town=dict(zip(houses, lies, strict=True)),
        insured=dict(zip(houses, sums, strict=True)),
    )


def _query(
    rng: random.Random, world: World, options: Sequence[str], town: str, several: bool
) -> Query | None:
    """A query whose bound lies between two sums, if one has a clean answer."""
    sums = sorted(world.insured.values())
    gaps = itertools.pairwise(sums)
    bounds = [rng.randrange(low + 1, high) for low, high in gaps if low + 1 < high]
    queries = [Query(options, town, bound, several) for bound in bounds]
    clean = []
    for query in queries:
        found = len(query.right(world))
        if 0 < found < len(options) if several else found == 1:
            clean.append(query)
    return rng.choice(clean) if clean else None


def _loans(rng: random.Random, left: int, query: Query, world: World) -> list[Entry]:
    """Where each option is kept, with earlier entries that would change the answer."""
    entries = []
    for item in rng.sample(query.items, len(query.items)):
        elsewhere = [
            house
            for house in world.town
            if query.right(World({**world.at, item: house}, world.town, world.insured))
            != query.right(world)
        ]
        if left and elsewhere:
            entries.append(Entry("loan", item, rng.choice(elsewhere), False))
            left -= 1
        entries.append(Entry("loan", item, world.at[item], True))
    return entries


def _town_entries(
    rng: random.Random,
    config: ComprehensionConfig,
    query: Query,
    world: World,
    bridge: str,
    entries: list[Entry],
) -> str:
    """Adds the entries on towns where they count; how the question names the town."""
    language = config.language
    if not query.town:
        return ""
    used = dict.fromkeys(world.at[item] for item in query.items)
    entries += [Entry("town", house, world.town[house], True) for house in used]
    if config.hops < 3:
        return ASKED[language]["town"].format(town=query.town)
    house = rng.choice([h for h in used if world.town[h] == query.town])
    entries.append(Entry("loan", bridge, house, True))
    return ASKED[language]["bridge"].format(item=bridge)


def _finished(
    work: Workspace,
    config: ComprehensionConfig,
    entries: Sequence[Entry],
    variables: dict[str, str],
    gold: Gold,
) -> Draft:
    """Entries numbered in this order, scatter_singly in any, and stitched."""
    rng, language = work.rng, config.language
    if len(entries) > affordable(work):
        raise Refused("too many entries for the length asked for")
    numbers = sorted(rng.sample(range(100, 1000), len(entries)))
    order = list(entries)
    # Unlike things may come in any order: only entries on one thing have theirs.
    shuffled = rng.sample(order, len(order))
    if config.level != "easy":
        order = _keeping_order(order, shuffled)
    notes = [_note(rng, language, entry, n) for entry, n in zip(order, numbers, strict=True)]
    rng.shuffle(notes)
    only_here = sorted({name for note in notes for name in _NAMED.findall(note.text)})
    blocks = scatter_singly(work, notes, only_here)
    return compose(work, config, variables, blocks, gold, forbidden=only_here)


def _keeping_order(entries: Sequence[Entry], shuffled: Sequence[Entry]) -> list[Entry]:
    """`shuffled`, with the entries on one key in the order that they have in `entries`."""
    queues: dict[tuple[str, str], list[Entry]] = {}
    for entry in entries:
        queues.setdefault((entry.kind, entry.key), []).append(entry)
    return [queues[entry.kind, entry.key].pop(0) for entry in shuffled]


def _note(rng: random.Random, language: str, entry: Entry, number: int) -> Note:
    names = {"loan": ("item", "house"), "town": ("house", "town"), "sum": ("house", "sum")}
    key, value = names[entry.kind]
    form = rng.choice(FORMS[language][entry.kind])
    return Note(form.format(**{"n": number, key: entry.key, value: entry.value}), entry.evidence)


# --- the independent solver ---------------------------------------------------------------

_HOUSE = re.compile(words.HOUSE)
_TOWN = re.compile(words.TOWN)
_SUM = re.compile(r"([\d,]+)(?: crowns|元)")
_NUMBER = re.compile(r"\d+")
_WHERE = re.compile(r"Where is (the \w+ of .+) kept\?$|(?:^|。)([^。]+)存放在哪里？$")
_WHAT = re.compile(r"Which of these is kept at (.+)\?$|下列哪一件存放于(.+)？$")
_IN_TOWN = r"(?: and in (?:the same town as the house where (?P<i>.+?) is kept|(?P<t>\w+)))?"
_MOST = re.compile(
    rf"insured for less than (?P<s>[\d,]+) crowns{_IN_TOWN}\. Which thing"
    r"|只看(?:与(?P<i2>.+?)所在房屋同镇且|位于(?P<t2>.+?)且)?投保额低于(?P<s2>[\d,]+)元的"
)
_OVER = re.compile(
    rf"kept at a house that is insured for more than (?P<s>[\d,]+) crowns{_IN_TOWN}\?$"
    r"|哪些存放在(?:与(?P<i2>.+?)所在房屋同镇且|位于(?P<t2>.+?)且)?投保额高于(?P<s2>[\d,]+)元的"
)


@dataclass(frozen=True, slots=True)
class _Read:
    """What the entries of a context say; whatever is named beside a house is said of it."""

    kept: Mapping[str, str]
    """Item -> house, by the entry with the highest number."""
    town: Mapping[str, str]
    insured: Mapping[str, int]


def _read(text: str, items: Collection[str]) -> _Read:
    last: dict[str, tuple[int, str]] = {}
    towns: dict[str, str] = {}
    insured: dict[str, int] = {}
    for line in text.split("\n"):
        houses = _HOUSE.findall(line)
        if len(houses) != 1:
            continue
        (house,), rest = houses, _SUM.sub("", _HOUSE.sub("", line))
        number, town, amount = _NUMBER.search(rest), _TOWN.search(rest), _SUM.search(line)
        item = next((item for item in items if item in line), "")
        if item and number:
            last[item] = max(last.get(item, (-1, "")), (int(number[0]), house))
        elif amount:
            insured[house] = int(amount[1].replace(",", ""))
        elif town:
            towns[house] = town[0]
    return _Read({item: house for item, (_, house) in last.items()}, towns, insured)


def solve_fact(question: str, prompt: str) -> Gold | None:
    """Looks the thing or the house up."""
    where, what = _WHERE.search(question), _WHAT.search(question)
    if not where and not what:
        return None
    context, options = reading.context(prompt), offered(prompt)
    if where:
        item = where[1] or where[2]
        return the_one(options, _read(context, [item]).kept.get(item, ""))
    kept = _read(context, options.values()).kept
    if what is None or any(text not in kept for text in options.values()):
        return None
    there = [item for item in options.values() if kept[item] == (what[1] or what[2])]
    return the_one(options, there[0]) if len(there) == 1 else None


def solve_multi_hop(question: str, prompt: str) -> Gold | None:
    """Joins the registers for every option; None where an entry is missing."""
    most, over = _MOST.search(question), _OVER.search(question)
    m = most or over
    if m is None:
        return None
    options, bridge, town = offered(prompt), m["i"] or m["i2"], m["t"] or m["t2"]
    bound = int((m["s"] or m["s2"]).replace(",", ""))
    read = _read(reading.context(prompt), [*options.values(), *([bridge] if bridge else [])])
    kept, towns, sums = read.kept, read.town, read.insured
    if bridge:
        town = towns.get(kept.get(bridge, ""))
        if town is None:
            return None
    insured = {}
    for item in options.values():
        house = kept.get(item)
        if house is None or (town and house not in towns):
            return None
        if not town or towns[house] == town:
            if house not in sums:
                return None
            insured[item] = sums[house]
    if over:
        return lettered(options, {i for i, amount in insured.items() if amount > bound}) or None
    below = sorted((amount, i) for i, amount in insured.items() if amount < bound)
    if not below or (len(below) > 1 and below[-1][0] == below[-2][0]):
        return None
    return the_one(options, below[-1][1])
