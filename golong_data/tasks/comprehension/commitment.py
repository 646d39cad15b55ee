"""Who promised what to whom, and who is bound at the end.

Minutes that lie scattered over real documents tell of promises: given, handed on, kept,
released, offers declined. Their order is the order of their dates, not of the documents.
"""

from __future__ import annotations

import datetime
import itertools
import random
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from golong_data.contexts.excerpts import Note
from golong_data.contexts.stitch import stitch
from golong_data.contexts.workspace import Workspace
from golong_data.tasks import reading
from golong_data.tasks.comprehension import words
from golong_data.tasks.comprehension.config import ComprehensionConfig
from golong_data.tasks.comprehension.planting import affordable, scattered
from golong_data.tasks.options import asked, draft, lettered, offered, the_one
from golong_data.types import Draft, Gold, Refused

HEADS = {"en": "Minutes of ", "zh": "议事记录，"}

PROMISED, HANDED, KEPT, RELEASED, DECLINED, WISHED = range(6)

SAID: Mapping[str, Sequence[str]] = {
    "en": (
        "{a} promised {b} to {duty}.",
        "{a} handed the promise to {duty} on to {b}, who accepted it.",
        "{a} reported having kept the promise to {duty}.",
        "{b} released {a} from the promise to {duty}.",
        "{b} offered to take over the promise to {duty}, but {a} declined.",
        "{b} found that somebody ought to {duty}, but promised nothing.",
    ),
    "zh": (
        "{a}向{b}承诺“{duty}”。",
        "{a}把“{duty}”的承诺转交给{b}，对方接受了。",
        "{a}报告说已经兑现“{duty}”的承诺。",
        "{b}解除了{a}关于“{duty}”的承诺。",
        "{b}提出接手“{duty}”的承诺，但{a}没有同意。",
        "{b}认为应当有人{duty}，但没有作出承诺。",
    ),
}
"""What minutes say, by kind of event. a is who is or was bound."""

WHO = {
    "en": "Minutes on promises are scattered over the documents. A promise binds whoever gave it "
    "or accepted it last, until it is kept or released. By the dates of the minutes, who is "
    "bound on {day} to {duty}, as was promised to {to}?",
    "zh": "各文档中散见有关承诺的议事记录。承诺由作出者或最后接受者承担，直到兑现或解除。"
    "按记录的日期，截至{day}，由谁承担向{to}许下的“{duty}”这一承诺？",
}
OPEN = {
    "en": "Minutes on promises are scattered over the documents. A promise binds whoever gave it "
    "or accepted it last, until it is kept or released. By the dates of the minutes, what is "
    "{who} still bound to do on {day}?",
    "zh": "各文档中散见有关承诺的议事记录。承诺由作出者或最后接受者承担，直到兑现或解除。"
    "按记录的日期，截至{day}，{who}仍须完成下列哪些事？",
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
    """One line of minutes, not dated yet."""

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
    rng, knobs, language = work.rng, config.knobs(), config.language
    persons = words.people(rng, rng.randint(*knobs.options) + 1, language)
    to, others = persons[0], persons[1:]
    duties = words.duties(rng, 12, language)
    main = Promise(duties[0], to, _walk(rng, rng.choice(others), others, knobs.hops), None)
    chains = [_events(main)]
    for _ in range(knobs.overrides):
        _decline(rng, chains[0], main, others)
    # Further promises among the same people, the nearest misses first.
    room = min(affordable(work), len(chains[0]) + knobs.distractors)
    for duty in duties[1:]:
        end = rng.choice((None, KEPT, RELEASED))
        other = Promise(duty, to, _walk(rng, rng.choice(others), others, rng.randint(0, 1)), end)
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
    return _finished(work, config, chains, others, question, [right], wrong, several=False)


def _open(work: Workspace, config: ComprehensionConfig) -> Draft:
    """What one person is still bound to, of several duties."""
    rng, knobs, language = work.rng, config.knobs(), config.language
    n = max(4, min(rng.randint(*knobs.options), affordable(work) // 3))
    who, to, *others = words.people(rng, 5, language)
    duties = words.duties(rng, n, language)
    hands = min(knobs.hops, affordable(work) // n - 2)
    n_right = rng.randint(1, n - 1)
    promises: list[Promise] = []
    for duty in duties:
        steps = rng.randint(0, max(hands, 0))
        if len(promises) < n_right:  # came to the person or stayed
            holders = tuple(reversed(_walk(rng, who, [who, *others], steps)))
            promises.append(Promise(duty, to, holders, None))
        elif rng.random() < 0.5:  # was the person's, and is over
            holders = tuple(reversed(_walk(rng, who, [who, *others], steps)))
            promises.append(Promise(duty, to, holders, rng.choice((KEPT, RELEASED))))
        else:  # was the person's, and went to another
            holders = (who, *_walk(rng, rng.choice(others), others, max(steps - 1, 0)))
            promises.append(Promise(duty, to, holders, None))
    chains = []
    for promise in promises:
        chain = _events(promise)
        if promise.end is None and len(promise.holders) > 2 and who not in promise.holders[-2:]:
            # From one of the others to another of them: either way it is not the person's.
            chain[-1] = replace(chain[-1], evidence=False)
        chains.append(chain)
    for at in rng.sample(range(n), min(knobs.overrides, n)):
        _decline(rng, chains[at], promises[at], [who, *others])
    question = OPEN[language].format(who=who, day=LAST)
    right, wrong = duties[:n_right], duties[n_right:]
    return _finished(work, config, chains, [who, *others], question, right, wrong, several=True)


def _walk(rng: random.Random, start: str, among: Sequence[str], steps: int) -> tuple[str, ...]:
    """From hand to hand, never from one to the same."""
    walk = [start]
    for _ in range(steps):
        walk.append(rng.choice([person for person in among if person != walk[-1]]))
    return tuple(walk)


def _events(promise: Promise) -> Chain:
    """What the minutes say of a promise, in order."""
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
    """The minutes dated, scattered and stitched; `LAST` in the question becomes a day."""
    rng, knobs, language = work.rng, config.knobs(), config.language
    order = [k for k, chain in enumerate(chains) for _ in chain]
    rng.shuffle(order)
    queues = [iter(chain) for chain in chains]
    events = [next(queues[k]) for k in order]
    spare = affordable(work) - len(events)
    if spare < 0:
        raise Refused("too many notes for the length asked for")
    later = _later(rng, chains, people, min(spare, knobs.overrides // 2))
    days = words.dates(rng, len(events) + 1 + len(later))
    last = days.pop(len(events))
    notes = [
        Note(_minutes(language, date, event), event.evidence)
        for date, event in zip(days, [*events, *later], strict=True)
    ]
    question = question.replace(LAST, words.day(last, language))
    variables, gold = asked(work, config, question, right, wrong, several=several)
    heads = (HEADS[language],)
    in_order = config.level == "easy"
    if not in_order:
        rng.shuffle(notes)
    blocks = scattered(work, notes, heads, in_order=in_order)
    context = stitch(work, blocks, work.room(variables), forbidden=heads, language=language)
    return draft(context, variables, gold, config, "commitment")


def _minutes(language: str, date: datetime.date, event: Event) -> str:
    said = SAID[language][event.kind].format(a=event.a, b=event.b, duty=event.duty)
    colon = ": " if language == "en" else "："
    return f"{HEADS[language]}{words.day(date, language)}{colon}{said}"


# --- the independent solver ---------------------------------------------------------------

_ASKED = re.compile(
    rf"By the dates of the minutes, who is bound on (?P<d1>{words.DAY}) to (?P<duty>.+), as was "
    rf"promised to (?P<to>.+)\?"
    rf"|By the dates of the minutes, what is (?P<who>.+) still bound to do on (?P<d2>{words.DAY})\?"
    rf"|按记录的日期，截至(?P<d3>{words.DAY})，由谁承担向(?P<to3>.+)许下的“(?P<duty3>.+)”这一承诺？"
    rf"|按记录的日期，截至(?P<d4>{words.DAY})，(?P<who4>.+)仍须完成下列哪些事？"
)
_LINE = re.compile(rf"^(?:Minutes of |议事记录，)({words.DAY})(?:: |：)(.+)$", re.MULTILINE)
_GIVEN = re.compile(r"(.+) promised (.+?) to (.+)\.|(.+)向(.+)承诺“(.+)”。")
_PASSED = re.compile(
    r"(.+) handed the promise to (.+) on to (.+), who accepted it\."
    r"|(.+)把“(.+)”的承诺转交给(.+)，对方接受了。"
)
_OVER = re.compile(
    r"(.+) reported having kept the promise to (.+)\.|(.+)报告说已经兑现“(.+)”的承诺。"
)
_FREED = re.compile(r".+ released (.+) from the promise to (.+)\.|.+解除了(.+)关于“(.+)”的承诺。")


def solve(question: str, prompt: str) -> Gold | None:
    """Reads all minutes in the order of their dates and keeps book of who is bound."""
    m = _ASKED.search(question)
    if m is None:
        return None
    until = words.read_day(m["d1"] or m["d2"] or m["d3"] or m["d4"])
    dated = [(words.read_day(day), said) for day, said in _LINE.findall(reading.context(prompt))]
    lines = sorted((day, said) for day, said in dated if day and until and day <= until)
    bound = _book(said for _, said in lines)
    options = offered(prompt)
    duty = m["duty"] or m["duty3"]
    if duty:
        holder = bound.get(duty)
        return the_one(options, holder) if holder else None
    # A promise of which not all is known leaves the question open.
    if any(bound.get(text) is None for text in options.values()):
        return None
    who = m["who"] or m["who4"]
    return lettered(options, {text for text in options.values() if bound[text] == who}) or None


def _book(lines: Iterable[str]) -> dict[str, str | None]:
    """Duty -> who is bound; "" where nobody is any more, None where the minutes have a gap."""
    bound: dict[str, str | None] = {}
    for said in lines:
        if m := _PASSED.fullmatch(said):
            giver, duty, taker = filter(None, m.groups())
            bound[duty] = taker if bound.get(duty) == giver else None
        elif (m := _OVER.fullmatch(said)) or (m := _FREED.fullmatch(said)):
            holder, duty = filter(None, m.groups())
            bound[duty] = "" if bound.get(duty) == holder else None
        elif m := _GIVEN.fullmatch(said):
            giver, _, duty = filter(None, m.groups())
            bound[duty] = giver
    return bound
