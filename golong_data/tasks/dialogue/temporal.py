"""When things happened: the first, the order, the days between, dates told as "weeks ago"."""

from __future__ import annotations

import datetime
import itertools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from golong_data.contexts.sessions import dated
from golong_data.contexts.workspace import Workspace
from golong_data.tasks.dialogue.alternatives import beside
from golong_data.tasks.dialogue.config import DialogueConfig
from golong_data.tasks.dialogue.drafting import LANGUAGES, Asked, Days, Fact, finish, offered
from golong_data.tasks.dialogue.transcript import Chats
from golong_data.tasks.dialogue.wording import Language, fill
from golong_data.types import Draft, Refused

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


def _events(
    work: Workspace,
    config: DialogueConfig,
    days: Days,
    told: Sequence[int],
    spans: Mapping[int, str] | None = None,
) -> list[Event]:
    """Events on different days, told on those days; `spans` says of some how long after."""
    deeds, language, rng, n = days.language.deeds, days.language, work.rng, len(told)
    verbs = [rng.choice(deeds.verbs) for _ in range(n)]
    objects = zip(rng.sample(deeds.qualifiers, n), rng.sample(deeds.nouns, n), strict=True)
    found: list[Event] = []
    for i, ((did, to_do), pair, on) in enumerate(zip(verbs, objects, told, strict=True)):
        thing = language.subject(*pair)
        ago = rng.choice(list(deeds.spans)) if rng.random() < config.ago else ""
        ago = (spans or {}).get(i, ago)
        day = on - deeds.spans.get(ago, 0)
        if any(day == other.day for other in found):
            ago, day = "", on
        found.append(Event(did.format(o=thing), to_do.format(o=thing), on, day, ago))
    if len({event.day for event in found}) < n:
        raise Refused("two events on one day")
    return found


def _crossed(
    work: Workspace, days: Days, told: Sequence[int], *, last: bool
) -> tuple[list[int], dict[int, str]]:
    """Days and spans with which what was told first was not done first, or last not last.

    A few of the sessions at that end are moved together, so that one of the spans reaches
    over them.
    """
    rng, spans, moved = work.rng, days.language.deeds.spans, list(told)
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
    return finish(work, config, days, ask, facts, sorted(keys))


def _missed(work: Workspace, config: DialogueConfig, events: Sequence[Event]) -> list[Event]:
    """Some of the events, for near-misses: at least one."""
    n = max(1, round(config.near * min(len(events), 3)))
    return work.rng.sample(list(events), n)


# --- the four kinds of question -------------------------------------------------------------


def _extreme(work: Workspace, config: DialogueConfig, said: bool) -> Draft:
    """Which was first, or last: all the options have to be found to know."""
    language, rng = LANGUAGES[config.language], work.rng
    days = Days(work, language)
    last = rng.random() < 0.5
    told = days.spread(config.options - 1)
    spans: Mapping[int, str] = {}
    if rng.random() < config.ago:
        told, spans = _crossed(work, days, told, last=last)
    events = _events(work, config, days, told, spans)
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
    language, rng = LANGUAGES[config.language], work.rng
    days = Days(work, language)
    events = _events(work, config, days, days.spread(4))
    asked = events[:2]
    facts = [_told(work, language, event, evidence=said and event in asked) for event in events]
    if not said:
        facts.pop(1)
    facts += _misses(work, days, [events[1], events[0]][: 1 + round(config.near)])
    right = abs(asked[0].day - asked[1].day)
    # The right number is any of a group with such steps, not the one in its middle.
    steps = [0, *rng.sample(SLIPS, len(SLIPS))]
    base = right - rng.choice(steps[: config.options])
    gaps = [abs(one.told - two.told) for one, two in itertools.combinations(events, 2)]
    likely = [gaps[0], *(base + step for step in steps), *gaps]
    wrong = beside(right, likely, range(3, 60), config.options - 2, rng)
    both = (event.words for event in rng.sample(asked, 2))
    question = fill(rng.choice(language.deeds.elapsed), **dict(zip("ef", both, strict=True)))
    ask = offered(question, str(right), [str(n) for n in wrong], said=said)
    return _finish(work, config, days, ask, facts, events)


def _on(work: Workspace, config: DialogueConfig, said: bool) -> Draft:
    language, rng = LANGUAGES[config.language], work.rng
    days = Days(work, language)
    events = _events(work, config, days, days.spread(max(4, config.options - 2)))
    asked = events[0]
    facts = [_told(work, language, event, evidence=said and event is asked) for event in events]
    if not said:
        facts.pop(0)
    misses = _misses(work, days, [asked, asked][: 1 + round(config.near)])
    # Days that lie as far apart as a session and what it tells of: more than one such pair.
    span = rng.choice(list(language.deeds.spans.values()))
    other = rng.choice(events[1:])
    near = [asked.told if asked.ago else asked.day - span, other.told, other.told - span]
    near += [fact.day for fact in misses]
    far = [event.told for event in events[1:]]
    far += [asked.day + 7, asked.day - 7]
    question = fill(rng.choice(language.deeds.on), e=asked.words)
    dates = [days.dated(day) for day in dict.fromkeys([*near, *far]) if day != asked.day]
    ask = offered(question, days.dated(asked.day), dates, said=said)
    return _finish(work, config, days, ask, [*facts, *misses], events)


def _order(work: Workspace, config: DialogueConfig, said: bool) -> Draft:
    language, rng = LANGUAGES[config.language], work.rng
    deeds = language.deeds
    days = Days(work, language)
    events = _events(work, config, days, days.spread(4))
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
    question = fill(rng.choice(deeds.order), **slots)
    others = [order for order in orders if order != right]
    ask = offered(question, right, rng.sample(others, len(others)), said=said)
    return _finish(work, config, days, ask, facts, events)


# --- the independent solver -----------------------------------------------------------------


def answer(chats: Chats) -> str | None:
    """The event, number, date or order; or the option that it was never said.

    What is asked for shows in how many events the question names.
    """
    language, question = chats.language, chats.question
    never = language.never
    named = _events_in(chats, question)
    if not named:
        choices = chats.choices()
        if not choices or any(_events_in(chats, text) != [text] for text in choices):
            return None
        when = {date: text for text in choices if (date := _date(chats, text))}
        if len(when) < len(choices):
            return None
        return when[(min if chats.cues.first.search(question) else max)(when)]
    dates = {date: words for words in named if (date := _date(chats, words))}
    if len(dates) < len(named):
        return never
    days = sorted(dates)
    if len(days) == 1:
        return dated(days[0], language.code)
    if len(days) == 2:
        return str((days[1] - days[0]).days)
    return language.deeds.then.join(dates[day] for day in days)


def _events_in(chats: Chats, text: str) -> list[str]:
    """The events that a text names, in no particular order."""
    deeds, language = chats.language.deeds, chats.language
    things = [language.subject(q, n) for q in deeds.qualifiers for n in deeds.nouns]
    held = [thing for thing in things if chats.cues.holds(thing, text)]
    events = (verb.format(o=thing) for thing in held for verb, _ in deeds.verbs)
    return [event for event in events if chats.cues.holds(event, text)]


def _date(chats: Chats, words: str) -> datetime.date | None:
    """The day of an event; None where it is not said, or said in two ways."""
    found = {
        told.date - datetime.timedelta(days=chats.cues.ago(told.sentence))
        for told in chats.about(words)
    }
    return found.pop() if len(found) == 1 else None
