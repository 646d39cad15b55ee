"""When things happened: the first, the order, the days between, dates told as "weeks ago"."""

from __future__ import annotations

import datetime
import itertools
from collections.abc import Sequence
from dataclasses import dataclass

from golong_data.contexts.sessions import dated
from golong_data.contexts.workspace import Workspace
from golong_data.tasks.dialogue.config import DialogueConfig
from golong_data.tasks.dialogue.drafting import LANGUAGES, Asked, Days, Fact, finish
from golong_data.tasks.dialogue.transcript import Chats
from golong_data.tasks.dialogue.wording import Language, fill, parse
from golong_data.types import Draft, Refused

SUBTASK = "temporal"

SLIPS = (1, -1, 7, -7, 14, -14, 2, -2, 10, -10)
"""By how many days one may well be wrong."""


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


def make(work: Workspace, config: DialogueConfig, *, said: bool = True) -> Draft:
    """A question on days; without `said` one of its events was never the user's."""
    kinds = (_extreme, _elapsed, _on, _order) if said else (_elapsed, _on, _order)
    return work.rng.choice(kinds)(work, config, said)


def _events(work: Workspace, config: DialogueConfig, days: Days, n: int) -> list[Event]:
    """Events on different days, told on different days; the first where evidence starts."""
    deeds, language, rng = days.language.deeds, days.language, work.rng
    verbs = [rng.choice(deeds.verbs) for _ in range(n)]
    objects = zip(rng.sample(deeds.qualifiers, n), rng.sample(deeds.nouns, n), strict=True)
    found: list[Event] = []
    for (did, to_do), pair, told in zip(verbs, objects, days.spread(n), strict=True):
        thing = language.subject(*pair)
        ago = rng.choice(list(deeds.spans)) if rng.random() < config.knobs().ago else ""
        day = told - deeds.spans.get(ago, 0)
        if any(day == other.day for other in found):
            ago, day = "", told
        found.append(Event(did.format(o=thing), to_do.format(o=thing), told, day, ago))
    if len({event.day for event in found}) < n:
        raise Refused("two events on one day")
    return found


def _told(work: Workspace, language: Language, event: Event, *, evidence: bool = True) -> Fact:
    """The user's sentence about an event."""
    deeds, rng = language.deeds, work.rng
    if event.ago:
        text = fill(rng.choice(deeds.ago), w=event.ago, e=event.words)
    else:
        text = fill(rng.choice(deeds.today), e=event.words)
    return Fact(event.told, text, evidence)


def _misses(work: Workspace, days: Days, events: Sequence[Event]) -> list[Fact]:
    """The same things done by another person, or only meant to be done, on other days."""
    language, rng = days.language, work.rng
    people = rng.sample(language.people, len(language.people))
    found = []
    for i, event in enumerate(events):
        if i % 2:
            text = fill(rng.choice(language.deeds.plan), i=event.to_do)
        else:
            text = fill(rng.choice(language.deeds.other), p=people[i], e=event.words)
        found.append(Fact(days.any(), text))
    return found


def _finish(
    work: Workspace,
    config: DialogueConfig,
    days: Days,
    ask: Asked,
    facts: list[Fact],
    events: Sequence[Event],
) -> Draft:
    keys = {event.words for event in events} | {event.to_do for event in events}
    return finish(work, config, SUBTASK, days, ask, facts, sorted(keys))


def _missed(work: Workspace, config: DialogueConfig, events: Sequence[Event]) -> list[Event]:
    """Some of the events, for near-misses: at least one."""
    n = max(1, round(config.knobs().near * min(len(events), 3)))
    return work.rng.sample(list(events), n)


# --- the four kinds of question -------------------------------------------------------------


def _extreme(work: Workspace, config: DialogueConfig, said: bool) -> Draft:
    """Which was first, or last: all the options have to be found to know."""
    language, rng = LANGUAGES[config.language], work.rng
    days = Days(work, language)
    events = _events(work, config, days, config.knobs().options - 1)
    last = rng.random() < 0.5
    right = (max if last else min)(events, key=lambda event: event.day)
    facts = [_told(work, language, event) for event in events]
    facts += _misses(work, days, _missed(work, config, events))
    ask = Asked(
        rng.choice(language.deeds.last if last else language.deeds.first),
        right.words,
        [event.words for event in events if event is not right],
    )
    return _finish(work, config, days, ask, facts, events)


def _elapsed(work: Workspace, config: DialogueConfig, said: bool) -> Draft:
    language, knobs, rng = LANGUAGES[config.language], config.knobs(), work.rng
    days = Days(work, language)
    events = _events(work, config, days, 4)
    asked = events[:2]
    facts = [_told(work, language, event, evidence=said and event in asked) for event in events]
    if not said:
        facts.pop(1)
    facts += _misses(work, days, [events[1], events[0]][: 1 + round(knobs.near)])
    right = abs(asked[0].day - asked[1].day)
    # The right number is any of a group with such steps, not the one in its middle.
    steps = [0, *rng.sample(SLIPS, len(SLIPS))][: knobs.options]
    base = right - rng.choice(steps)
    gaps = [abs(one.told - two.told) for one, two in itertools.combinations(events, 2)]
    wrong = [gaps[0], *(base + step for step in steps), *gaps, *range(3, 12)]
    ask = Asked(
        fill(
            rng.choice(language.deeds.elapsed),
            **dict(zip("ef", (event.words for event in rng.sample(asked, 2)), strict=True)),
        ),
        str(right) if said else None,
        [str(days) for days in dict.fromkeys(wrong) if days > 0 and days != right],
    )
    return _finish(work, config, days, ask, facts, events)


def _on(work: Workspace, config: DialogueConfig, said: bool) -> Draft:
    language, knobs, rng = LANGUAGES[config.language], config.knobs(), work.rng
    days = Days(work, language)
    events = _events(work, config, days, max(4, knobs.options - 2))
    asked = events[0]
    facts = [_told(work, language, event, evidence=said and event is asked) for event in events]
    if not said:
        facts.pop(0)
    misses = _misses(work, days, [asked, asked][: 1 + round(knobs.near)])
    # Days that lie as far apart as a session and what it tells of: more than one such pair.
    span = rng.choice(list(language.deeds.spans.values()))
    other = rng.choice(events[1:])
    near = [asked.told if asked.ago else asked.day - span, other.told, other.told - span]
    near += [fact.day for fact in misses]
    far = [event.told for event in events[1:]]
    ask = Asked(
        fill(rng.choice(language.deeds.on), e=asked.words),
        days.dated(asked.day) if said else None,
        [days.dated(d) for d in dict.fromkeys([*near, *far, asked.day + 7]) if d != asked.day],
    )
    return _finish(work, config, days, ask, [*facts, *misses], events)


def _order(work: Workspace, config: DialogueConfig, said: bool) -> Draft:
    language, rng = LANGUAGES[config.language], work.rng
    deeds = language.deeds
    days = Days(work, language)
    events = _events(work, config, days, 4)
    asked = events[:3]
    facts = [_told(work, language, event, evidence=said and event in asked) for event in events]
    if not said:
        facts.pop(rng.randrange(3))
    missing = [e for e in asked if e.told not in {fact.day for fact in facts}]
    facts += _misses(work, days, missing or _missed(work, config, asked))
    orders = [
        deeds.then.join(event.words for event in order) for order in itertools.permutations(asked)
    ]
    right = deeds.then.join(e.words for e in sorted(asked, key=lambda event: event.day))
    slots = dict(zip("efg", (event.words for event in rng.sample(asked, 3)), strict=True))
    ask = Asked(
        fill(rng.choice(deeds.order), **slots),
        right if said else None,
        rng.sample([order for order in orders if order != right or not said], 5),
    )
    return _finish(work, config, days, ask, facts, events)


# --- the independent solver -----------------------------------------------------------------


def answer(chats: Chats) -> str | None:
    """The event, number, date or order; or the option that it was never said."""
    deeds, never = chats.language.deeds, chats.language.never
    if chats.question in (*deeds.first, *deeds.last):
        when = {w: _date(chats, w) for w in chats.options.values() if w != never}
        known = {w: date for w, date in when.items() if date}
        if len(known) < len(when):
            return None
        pick = max if chats.question in deeds.last else min
        return pick(known, key=lambda words: known[words])
    elapsed = parse(deeds.elapsed, chats.question)
    if elapsed:
        one, two = _date(chats, elapsed["e"]), _date(chats, elapsed["f"])
        return str(abs((one - two).days)) if one and two else never
    on = parse(deeds.on, chats.question)
    if on:
        date = _date(chats, on["e"])
        return dated(date, chats.language.code) if date else never
    order = parse(deeds.order, chats.question)
    if order:
        dates = {words: _date(chats, words) for words in order.values()}
        found = sorted((date, words) for words, date in dates.items() if date)
        return deeds.then.join(words for _, words in found) if len(found) == 3 else never
    return None


def _date(chats: Chats, words: str) -> datetime.date | None:
    """The day of an event; None where it is not said, or said in two ways."""
    deeds = chats.language.deeds
    found = {told.date for told in chats.told(deeds.today, e=words)}
    for ago, days in deeds.spans.items():
        # A sentence may start with it, in a capital.
        for spelt in dict.fromkeys((ago, ago[0].upper() + ago[1:])):
            for told in chats.told(deeds.ago, w=spelt, e=words):
                found.add(told.date - datetime.timedelta(days=days))
    return found.pop() if len(found) == 1 else None
