"""Who promised what to whom, and who is bound at the end.

Notes that lie scattered over real documents tell of promises: given, handed on, kept, waived,
offers declined. Their order is the order of their dates, not of the documents. No filler names
any of the people or duties, so whatever the context says of them is in the notes.
"""

from __future__ import annotations

import datetime
import itertools
import random
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from golong_data.contexts.notes import Note, scatter_singly
from golong_data.contexts.workspace import Workspace
from golong_data.solving import reading
from golong_data.solving.options import lettered, offered, the_one
from golong_data.tasks.comprehension import words
from golong_data.tasks.comprehension.config import ComprehensionConfig
from golong_data.tasks.comprehension.minute_words import (
    DECLINED,
    FORMS,
    HANDED,
    KEPT,
    PROMISED,
    RELEASED,
    WISHED,
)
from golong_data.tasks.comprehension.planting import affordable
from golong_data.tasks.forms import compose
from golong_data.tasks.options import asked
from golong_data.types import Draft, Gold, Refused

WHO = {
    "en": "Dated notes on promises are scattered over the documents. A promise binds whoever gave "
    "it or accepted it last, until it is kept or waived. By the dates of the notes, who is bound "
    "on {day} to {duty}, as was promised to {to}?",
    "zh": "各文档中散见有关承诺的记录，都有日期。承诺由作出者或最后接受者承担，直到兑现或解除。"
    "按记录的日期，截至{day}，由谁承担向{to}许下的“{duty}”这一承诺？",
}
OPEN = {
    "en": "Dated notes on promises are scattered over the documents. A promise binds whoever gave "
    "it or accepted it last, until it is kept or waived. By the dates of the notes, what is {who} "
    "still bound on {day} to do, of all that was promised to {to}?",
    "zh": "各文档中散见有关承诺的记录，都有日期。承诺由作出者或最后接受者承担，直到兑现或解除。"
    "按记录的日期，截至{day}，在向{to}许下的承诺中，{who}仍须完成下列哪些事？",
}

LAST = "\ue002"
"""Stands in a question for the day asked about until the days are drawn."""


@dataclass(frozen=True, slots=True)
class Promise:
    """One promise from its start to its end."""

    duty: str
    to: str
    holders: tuple[str, ...]
    """Who was bound, one after the other; neighbours differ."""
    end: int | None
    """KEPT or RELEASED, or None where it is still open."""


@dataclass(frozen=True, slots=True)
class Event:
    """What one note tells, not dated yet."""

    kind: int
    duty: str
    a: str
    b: str
    evidence: bool


Chain = list[Event]


def make(work: Workspace, config: ComprehensionConfig) -> Draft:
    """Promises of a few persons, and who is bound to what at the end."""
    if work.rng.random() < config.several:
        return _open(work, config)
    return _who(work, config)


def _who(work: Workspace, config: ComprehensionConfig) -> Draft:
    """Who is bound to one duty, whose promise is still open."""
    rng, language = work.rng, config.language
    persons = words.people(rng, rng.randint(*config.options) + 1, language)
    to, others = persons[0], persons[1:]
    duties = words.duties(rng, 12, language)
    # Only long walks come back to somebody, who is then named more often than the others.
    hands = (
        tuple(rng.sample(others, config.hops + 1))
        if config.hops < 3
        else _walk(rng, rng.choice(others), others, config.hops)
    )
    main = Promise(duties[0], to, hands, None)
    chains = [_events(main)]
    for _ in range(config.overrides):
        _decline(rng, chains[0], main, others)
    # Further promises among the same people, the nearest misses first.
    # Somebody, bound in the end or not, has many: being named often tells nothing.
    room = min(affordable(work), len(chains[0]) + config.distractors)
    busy = rng.choice(others)
    for duty in duties[1:]:
        end = rng.choice((None, KEPT, RELEASED))
        start = busy if rng.random() < 0.6 else rng.choice(others)
        other = Promise(duty, to, _walk(rng, start, others, rng.randint(0, 1)), end)
        if sum(map(len, chains)) + len(other.holders) + 1 > room:
            break
        chains.append(_unneeded(_events(other)))
    named = {name for chain in chains for event in chain for name in (event.a, event.b)}
    chains += [
        [Event(WISHED, duties[0], "", person, False)] for person in others if person not in named
    ]
    right = main.holders[-1]
    question = WHO[language].format(duty=duties[0], to=to, day=LAST)
    wrong = [person for person in others if person != right]
    people = [to, *others]
    return _finished(work, config, chains, people, question, [right], wrong, several=False)


def _open(work: Workspace, config: ComprehensionConfig) -> Draft:
    """What one person is still bound to, of several duties."""
    rng, language = work.rng, config.language
    n = max(4, min(rng.randint(*config.options), affordable(work) // 3))
    who, to, *others = words.people(rng, 5, language)
    duties = words.duties(rng, n, language)
    hands = min(config.hops, affordable(work) // n - 2)
    n_right = rng.randint(1, n - 1)
    promises: list[Promise] = []
    for duty in duties:
        # How many notes a duty has says nothing of how it ends.
        steps = rng.randint(0, max(hands, 0) + 1)
        if len(promises) < n_right:  # came to the person or stayed
            holders = tuple(reversed(_walk(rng, who, [who, *others], steps)))
            promises.append(Promise(duty, to, holders, None))
        elif steps and rng.random() < 0.5:  # was the person's, and is over
            holders = tuple(reversed(_walk(rng, who, [who, *others], steps - 1)))
            promises.append(Promise(duty, to, holders, rng.choice((KEPT, RELEASED))))
        elif steps:  # was the person's, and went to another
            holders = (who, *_walk(rng, rng.choice(others), others, steps - 1))
            promises.append(Promise(duty, to, holders, None))
        else:  # was another's all along
            promises.append(Promise(duty, to, (rng.choice(others),), None))
    chains = []
    for promise in promises:
        chain = _events(promise)
        if promise.end is None and promise.holders[-1] != who:
            # Whatever the others do with it afterwards, it is not the person's.
            last = max((i for i, event in enumerate(chain) if who in (event.a, event.b)), default=0)
            chain[last + 1 :] = _unneeded(chain[last + 1 :])
        chains.append(chain)
    for at in rng.sample(range(n), min(config.overrides, n)):
        _decline(rng, chains[at], promises[at], [who, *others])
    question = OPEN[language].format(who=who, to=to, day=LAST)
    right, wrong = duties[:n_right], duties[n_right:]
    people = [to, who, *others]
    return _finished(work, config, chains, people, question, right, wrong, several=True)


def _walk(rng: random.Random, start: str, among: Sequence[str], steps: int) -> tuple[str, ...]:
    """From hand to hand, never from one to the same."""
    walk = [start]
    for _ in range(steps):
        walk.append(rng.choice([person for person in among if person != walk[-1]]))
    return tuple(walk)


def _events(promise: Promise) -> Chain:
    """What the notes say of a promise, in order."""
    first, duty, to = promise.holders[0], promise.duty, promise.to
    chain = [Event(PROMISED, duty, first, to, True)]
    for giver, taker in itertools.pairwise(promise.holders):
        chain.append(Event(HANDED, duty, giver, taker, True))
    if promise.end is not None:
        chain.append(Event(promise.end, duty, promise.holders[-1], to, True))
    return chain


def _unneeded(chain: Chain) -> Chain:
    return [replace(event, evidence=False) for event in chain]


def _decline(rng: random.Random, chain: Chain, promise: Promise, among: Sequence[str]) -> None:
    """Slips in an offer that whoever is bound just then declines."""
    at = rng.randrange(len(promise.holders))
    holder = promise.holders[at]
    bidder = rng.choice([person for person in among if person not in (holder, promise.to)])
    after = [i for i, event in enumerate(chain) if event.kind in (PROMISED, HANDED)][at]
    chain.insert(after + 1, Event(DECLINED, promise.duty, holder, bidder, False))


def _later(rng: random.Random, chains: Sequence[Chain], among: Sequence[str], n: int) -> Chain:
    """What happens to n open promises after the day that is asked about."""
    found = []
    for chain in chains:
        moved = [event for event in chain if event.kind in (PROMISED, HANDED)]
        if not moved or chain[-1].kind in (KEPT, RELEASED):
            continue
        bound = moved[-1].a if moved[-1].kind == PROMISED else moved[-1].b
        taker = rng.choice([p for p in among if p not in (bound, moved[0].b)])
        found.append(Event(HANDED, moved[0].duty, bound, taker, False))
    return rng.sample(found, min(n, len(found)))


def _finished(
    work: Workspace,
    config: ComprehensionConfig,
    chains: Sequence[Chain],
    people: Sequence[str],
    question: str,
    right: Sequence[str],
    wrong: Sequence[str],
    *,
    several: bool,
) -> Draft:
    """The notes dated, scatter_singly and stitched; `LAST` in the question becomes a day.

    The first of `people` is whom the promises are made to.
    """
    rng, language = work.rng, config.language
    order = [k for k, chain in enumerate(chains) for _ in chain]
    rng.shuffle(order)
    queues = [iter(chain) for chain in chains]
    events = [next(queues[k]) for k in order]
    spare = affordable(work) - len(events)
    if spare < 0:
        raise Refused("too many notes for the length asked for")
    later = _later(rng, chains, people[1:], min(spare, config.overrides // 2))
    days = words.dates(rng, len(events) + 1 + len(later))
    last = days.pop(len(events))
    notes = [
        Note(_told(rng, language, date, event), event.evidence)
        for date, event in zip(days, [*events, *later], strict=True)
    ]
    question = question.replace(LAST, words.day(last, language))
    variables, gold = asked(work, config, question, right, wrong, several=several)
    only_here = [*people, *dict.fromkeys(event.duty for event in events)]
    in_order = config.level == "easy"
    if not in_order:
        rng.shuffle(notes)
    blocks = scatter_singly(work, notes, only_here, in_order=in_order)
    return compose(work, config, variables, blocks, gold, forbidden=only_here)


def _told(rng: random.Random, language: str, date: datetime.date, event: Event) -> str:
    form = rng.choice(FORMS[language][event.kind])
    return form.format(a=event.a, b=event.b, duty=event.duty, day=words.day(date, language))


# --- the independent solver ---------------------------------------------------------------

_ASKED = re.compile(
    rf"By the dates of the notes, who is bound on (?P<d1>{words.DAY}) to (?P<duty>.+), as was "
    rf"promised to (?P<to>.+)\?"
    rf"|By the dates of the notes, what is (?P<who>.+) still bound on (?P<d2>{words.DAY}) to do, "
    rf"of all that was promised to (?P<to2>.+)\?"
    rf"|按记录的日期，截至(?P<d3>{words.DAY})，由谁承担向(?P<to3>.+)许下的“(?P<duty3>.+)”这一承诺？"
    rf"|按记录的日期，截至(?P<d4>{words.DAY})，在向(?P<to4>.+)许下的承诺中，(?P<who4>.+)仍须完成下列哪些事？"
)
_DAY = re.compile(words.DAY)
_PERSON = re.compile(words.PERSON)
_OVER = re.compile(
    r"\b(?:kept|fulfilled|was done|call it done|released|let off|waived|no longer|need not"
    r"|called off)\b"
    r"|兑现|履行|办妥|了结|完成|解除|作罢|免除|不再|取消"
)
_REFUSED = re.compile(
    r"\b(?:declined|refused|turned down|does not part with|stayed with|nothing came of)\b"
    r"|没有同意|拒绝|谢绝|未获应允|没有让出|未成|回绝|推辞"
)


def solve(question: str, prompt: str) -> Gold | None:
    """Keeps book of who is bound, by the people a note names and a few words of its verdict."""
    m = _ASKED.search(question)
    if m is None:
        return None
    said = {key.rstrip("0123456789"): value for key, value in m.groupdict().items() if value}
    until, options = words.read_day(said["d"]), offered(prompt)
    duties = [said["duty"]] if "duty" in said else list(options.values())
    notes: dict[str, list[tuple[datetime.date, str]]] = {duty: [] for duty in duties}
    for line in reading.context(prompt).split("\n"):
        for duty in duties:
            days = [words.read_day(found) for found in _DAY.findall(line)] if duty in line else []
            if len(days) == 1 and days[0] and until and days[0] <= until:
                notes[duty].append((days[0], line))
    bound = {
        duty: _bound((line for _, line in sorted(lines)), said["to"])
        for duty, lines in notes.items()
    }
    if "duty" in said:
        holder = bound[said["duty"]]
        return the_one(options, holder) if holder else None
    # A promise of which not all is known leaves the question open.
    if None in bound.values():
        return None
    mine = {duty for duty, holder in bound.items() if holder == said["who"]}
    return lettered(options, mine) or None


def _bound(notes: Iterable[str], to: str) -> str | None:
    """Who is bound after notes on one duty in the order of their dates.

    "" where nobody is any more, None where nothing was promised or the notes have a gap. No
    wording tells giver from taker: who hands a promise on is who is bound just then.
    """
    holder: str | None = None
    binding = [note for note in notes if _OVER.search(note) or _changes(note)]
    for number, note in enumerate(binding):
        people = [name for name in dict.fromkeys(_PERSON.findall(note)) if name != to]
        if number == 0:
            # The first note has to be the promise itself.
            holder = (
                people[0] if to in note and len(people) == 1 and not _OVER.search(note) else None
            )
        elif _OVER.search(note):
            holder = "" if holder and holder in people else None
        else:
            takers = [name for name in people if name != holder]
            holder = takers[0] if holder in people and len(takers) == 1 else None
    return holder


def _changes(note: str) -> bool:
    """Whether two people agree on something: no offer declined, no wish of one alone."""
    return not _REFUSED.search(note) and len(set(_PERSON.findall(note))) == 2
