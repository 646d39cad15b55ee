"""When things happened: the first, the order, the days between, dates told as "weeks ago"."""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from golong_data.contexts.days import Days
from golong_data.contexts.workspace import Workspace
from golong_data.material.alternatives import beside
from golong_data.tasks.dialogue.config import NEEDS, DialogueConfig
from golong_data.tasks.dialogue.drafting import Asked, Fact, finish, offered
from golong_data.tasks.dialogue.lazy import temporal as lazy
from golong_data.tasks.dialogue.lexicon import lexicon
from golong_data.tasks.dialogue.solve.temporal import solve
from golong_data.tasks.generators import is_prose
from golong_data.types import Draft, Generator, Refused
from golong_data.words import words

WORDS = "dialogue/temporal"

SLIPS = (1, -1, 7, -7, 14, -14, 2, -2, 10, -10)
"""By how many days one may well be wrong."""


@dataclass(frozen=True, slots=True)
class Deeds:
    """Things done on one day, and what is said of them. An event is a verb and its thing."""

    verbs: Mapping[str, str]
    """Done -> to be done, slot thing: "repaired the {thing}", "repair the {thing}"."""
    qualifiers: tuple[str, ...]
    nouns: tuple[str, ...]
    today: tuple[str, ...]
    """Slot event, done on the day of the session."""
    ago: tuple[str, ...]
    """Slots when (how long ago) and event."""
    spans: Mapping[str, int]
    """How long ago -> days."""
    other: tuple[str, ...]
    """Slots person and event."""
    plan: tuple[str, ...]
    """Slot deed: the event, to be done."""


@dataclass(frozen=True, slots=True)
class Questions:
    """What is asked, in one language. Events one, two and three are in no particular order."""

    first: tuple[str, ...]
    last: tuple[str, ...]
    elapsed: tuple[str, ...]
    """Slots one and two."""
    date: tuple[str, ...]
    """Slot event."""
    order: tuple[str, ...]
    """Slots one, two and three."""
    then: str
    """Between events in order."""


@dataclass(frozen=True, slots=True)
class Event:
    """Something that the user did."""

    words: str
    to_do: str
    told: int
    """The day of the session."""
    day: int
    """The day on which it was done."""
    ago: str
    """How the session says so; empty where it was the same day."""


Made = tuple[Asked, list[Fact], list[Event]]
"""A question, what is said, and all events that anything is said of."""


def make(work: Workspace, config: DialogueConfig, *, said: bool = True) -> Draft:
    """A question on days; without `said` one of its events was never the user's."""
    kinds = (_extreme, _elapsed, _date, _order) if said else (_elapsed, _date, _order)
    kind = work.rng.choice(kinds)
    days = Days(work, config.language)
    ask, facts, events = kind(work, config, days, said)
    keys = {event.words for event in events} | {event.to_do for event in events}
    return finish(work, config, days, ask, facts, sorted(keys))


def _deeds(config: DialogueConfig) -> Deeds:
    return words(Deeds, WORDS, "writes")[config.language]


def _questions(config: DialogueConfig) -> Questions:
    return words(Questions, WORDS, "asks")[config.language]


def _events(
    work: Workspace,
    config: DialogueConfig,
    told: Sequence[int],
    spans: Mapping[int, str] | None = None,
) -> list[Event]:
    """Events on different days, told on those days; `spans` says of some how long after."""
    deeds, names, rng, n = _deeds(config), lexicon(config.language), work.rng, len(told)
    verbs = [rng.choice(list(deeds.verbs.items())) for _ in range(n)]
    objects = zip(rng.sample(deeds.qualifiers, n), rng.sample(deeds.nouns, n), strict=True)
    found: list[Event] = []
    for i, ((did, to_do), pair, on) in enumerate(zip(verbs, objects, told, strict=True)):
        thing = names.thing(*pair)
        ago = rng.choice(list(deeds.spans)) if rng.random() < config.ago else ""
        ago = (spans or {}).get(i, ago)
        day = on - deeds.spans.get(ago, 0)
        if any(day == other.day for other in found):
            ago, day = "", on
        found.append(Event(did.format(thing=thing), to_do.format(thing=thing), on, day, ago))
    if len({event.day for event in found}) < n:
        raise Refused("two events on one day")
    return found


def _crossed(
    work: Workspace, deeds: Deeds, days: Days, told: Sequence[int], *, last: bool
) -> tuple[list[int], dict[int, str]]:
    """Days and spans with which what was told first was not done first, or last not last.

    A few of the sessions at that end are moved together, so that one of the spans reaches
    over them.
    """
    rng, spans, moved = work.rng, deeds.spans, list(told)
    k = rng.randint(1, min(3, len(told) - 1))
    span, reach = rng.choice([item for item in spans.items() if item[1] >= 10])
    step = reach // (k + 1)
    order = sorted(range(len(told)), key=told.__getitem__, reverse=last)[: k + 1]
    for j, i in enumerate(order[1:], 1):
        moved[i] = days.take(told[order[0]] + (-j if last else j) * step)
    if not last:
        return moved, {**dict.fromkeys(order[:-1], ""), order[-1]: span}
    winner = order[-1]
    over = {
        i: rng.choice([s for s, n in spans.items() if n > moved[i] - moved[winner]] or [span])
        for i in order[:-1]
    }
    return moved, {**over, winner: ""}


def _told(work: Workspace, deeds: Deeds, event: Event, *, evidence: bool = True) -> Fact:
    """The user's sentence about an event."""
    wordings = deeds.ago if event.ago else deeds.today
    text = work.rng.choice(wordings).format(when=event.ago, event=event.words)
    return Fact(event.told, text, evidence)


def _misses(
    work: Workspace, config: DialogueConfig, days: Days, events: Sequence[Event]
) -> list[Fact]:
    """The same things done by another person, or only meant to be done, on other days."""
    deeds, rng, people = _deeds(config), work.rng, lexicon(config.language).people
    others = rng.sample(people, len(people))
    found = []
    for i, event in enumerate(events):
        if i % 2:
            text = rng.choice(deeds.plan).format(deed=event.to_do)
        else:
            text = rng.choice(deeds.other).format(person=others[i], event=event.words)
        found.append(Fact(days.any(), text))
    return found


def _missed(work: Workspace, config: DialogueConfig, events: Sequence[Event]) -> list[Event]:
    """Some of the events, for near-misses: at least one."""
    n = max(1, round(config.near * min(len(events), 3)))
    return work.rng.sample(list(events), n)


# --- the four kinds of question -------------------------------------------------------------


def _extreme(work: Workspace, config: DialogueConfig, days: Days, said: bool) -> Made:
    """Which was first, or last: all the options have to be found to know."""
    deeds, questions, rng = _deeds(config), _questions(config), work.rng
    last = rng.random() < 0.5
    told = days.spread(config.options - 1)
    spans: Mapping[int, str] = {}
    if rng.random() < config.ago:
        told, spans = _crossed(work, deeds, days, told, last=last)
    events = _events(work, config, told, spans)
    right = (max if last else min)(events, key=lambda event: event.day)
    facts = [_told(work, deeds, event) for event in events]
    facts += _misses(work, config, days, _missed(work, config, events))
    ask = Asked(
        rng.choice(questions.last if last else questions.first),
        right.words,
        [event.words for event in events if event is not right],
    )
    return ask, facts, events


def _elapsed(work: Workspace, config: DialogueConfig, days: Days, said: bool) -> Made:
    deeds, questions, rng = _deeds(config), _questions(config), work.rng
    events = _events(work, config, days.spread(4))
    asked = events[:2]
    facts = [_told(work, deeds, event, evidence=said and event in asked) for event in events]
    if not said:
        facts.pop(1)
    facts += _misses(work, config, days, [events[1], events[0]][: 1 + round(config.near)])
    right = abs(asked[0].day - asked[1].day)
    # The right number is any of a group with such steps, not the one in its middle.
    steps = [0, *rng.sample(SLIPS, len(SLIPS))]
    base = right - rng.choice(steps[: config.options])
    gaps = [abs(one.told - two.told) for one, two in itertools.combinations(events, 2)]
    likely = [gaps[0], *(base + step for step in steps), *gaps]
    wrong = beside(right, likely, range(3, 60), config.options - 2, rng)
    one, two = (event.words for event in rng.sample(asked, 2))
    question = rng.choice(questions.elapsed).format(one=one, two=two)
    ask = offered(question, str(right), [str(n) for n in wrong], said=said)
    return ask, facts, events


def _date(work: Workspace, config: DialogueConfig, days: Days, said: bool) -> Made:
    deeds, questions, rng = _deeds(config), _questions(config), work.rng
    events = _events(work, config, days.spread(max(4, config.options - 2)))
    asked = events[0]
    facts = [_told(work, deeds, event, evidence=said and event is asked) for event in events]
    if not said:
        facts.pop(0)
    misses = _misses(work, config, days, [asked, asked][: 1 + round(config.near)])
    # Days that lie as far apart as a session and what it tells of: more than one such pair.
    span = rng.choice(list(deeds.spans.values()))
    other = rng.choice(events[1:])
    near = [asked.told if asked.ago else asked.day - span, other.told, other.told - span]
    near += [fact.day for fact in misses]
    far = [event.told for event in events[1:]]
    far += [asked.day + 7, asked.day - 7]
    question = rng.choice(questions.date).format(event=asked.words)
    dates = [days.dated(day) for day in dict.fromkeys([*near, *far]) if day != asked.day]
    ask = offered(question, days.dated(asked.day), dates, said=said)
    return ask, [*facts, *misses], events


def _order(work: Workspace, config: DialogueConfig, days: Days, said: bool) -> Made:
    deeds, questions, rng = _deeds(config), _questions(config), work.rng
    events = _events(work, config, days.spread(4))
    asked = events[:3]
    facts = [_told(work, deeds, event, evidence=said and event in asked) for event in events]
    if not said:
        facts.pop(rng.randrange(3))
    missing = [e for e in asked if e.told not in {fact.day for fact in facts}]
    facts += _misses(work, config, days, missing or _missed(work, config, asked))
    then = questions.then
    orders = [then.join(e.words for e in order) for order in itertools.permutations(asked)]
    right = then.join(e.words for e in sorted(asked, key=lambda event: event.day))
    one, two, three = (event.words for event in rng.sample(asked, 3))
    question = rng.choice(questions.order).format(one=one, two=two, three=three)
    others = [order for order in orders if order != right]
    ask = offered(question, right, rng.sample(others, len(others)), said=said)
    return ask, facts, events


GENERATOR = Generator(
    make=make, solve=solve, words=WORDS, needs=NEEDS, serves=is_prose, lazy=lazy.LAZY
)
