"""Who promised what to whom, and who is bound at the end.

Notes that lie scattered over real documents tell of promises: given, handed on, kept, waived,
offers declined. Their order is the order of their dates, not of the documents. No filler names
any of the people or duties, so whatever the context says of them is in the notes.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from golong_data.contexts.notes import scatter_singly
from golong_data.contexts.workspace import Workspace
from golong_data.material.worlds import names, promises
from golong_data.material.worlds.promises import ENDS, Chain, Event, Promise
from golong_data.tasks.comprehension.config import (
    ENOUGH,
    NEEDS,
    ComprehensionConfig,
    affordable,
)
from golong_data.tasks.comprehension.lazy import commitment as lazy
from golong_data.tasks.comprehension.solve.commitment import solve
from golong_data.tasks.forms import compose
from golong_data.tasks.generators import takes_notes
from golong_data.tasks.options import asked
from golong_data.types import Draft, Generator, Refused
from golong_data.words import words

WORDS = "comprehension/commitment"

DUTIES = 12
"""Different duties of one context, at most."""


@dataclass(frozen=True, slots=True)
class Asks:
    """What is asked in one language."""

    who: str
    """Who is bound to one duty."""
    open: str
    """What one person is still bound to."""


@dataclass(frozen=True, slots=True)
class Case:
    """What happens to some promises, and what is asked about them."""

    chains: Sequence[Chain]
    """The events of each promise in order."""
    people: Sequence[str]
    """Whom the promises are made to, then all others."""
    question: Callable[..., str]
    """The question with the `day` that it asks about."""
    right: Sequence[str]
    wrong: Sequence[str]
    several: bool


def make(work: Workspace, config: ComprehensionConfig) -> Draft:
    """Promises of a few persons, and who is bound to what at the end: dated and scattered."""
    rng, language = work.rng, config.language
    asks = words(Asks, WORDS, "asks")[language]
    case = (_open if rng.random() < config.several else _who)(work, config, asks)
    order = [k for k, chain in enumerate(case.chains) for _ in chain]
    rng.shuffle(order)
    queues = [iter(chain) for chain in case.chains]
    events = [next(queues[k]) for k in order]
    spare = affordable(work.ctx) - len(events)
    if spare < 0:
        raise Refused("too many notes for the length asked for")
    # What comes after the day asked about does not count.
    later = promises.later(rng, case.chains, case.people[1:], min(spare, config.overrides // 2))
    days = names.dates(rng, len(events) + 1 + len(later))
    day = names.day(days.pop(len(events)), language)
    notes = [
        promises.note(rng, event, date, language)
        for date, event in zip(days, [*events, *later], strict=True)
    ]
    variables, gold = asked(
        work, config, case.question(day=day), case.right, case.wrong, several=case.several
    )
    only_here = [*case.people, *dict.fromkeys(event.duty for event in events)]
    in_order = config.level == "easy"
    if not in_order:
        rng.shuffle(notes)
    blocks = scatter_singly(work, notes, only_here, in_order=in_order)
    return compose(work, config, variables, blocks, gold, forbidden=only_here)


def _who(work: Workspace, config: ComprehensionConfig, asks: Asks) -> Case:
    """Who is bound to one duty, whose promise is still open."""
    rng, language = work.rng, config.language
    to, *others = people = names.people(rng, rng.randint(*config.options) + 1, language)
    duty, *duties = promises.duties(rng, DUTIES, language)
    # Only long walks come back to somebody, who is then named more often than the others.
    hands = (
        tuple(rng.sample(others, config.hops + 1))
        if config.hops < 3
        else promises.walk(rng, rng.choice(others), others, config.hops)
    )
    main = Promise(duty, to, hands, None)
    chains = [main.events()]
    for _ in range(config.overrides):
        promises.decline(rng, chains[0], main, others)
    # Further promises among the same people, the nearest misses first.
    # Somebody, bound in the end or not, has many: being named often tells nothing.
    room = min(affordable(work.ctx), len(chains[0]) + config.distractors)
    busy = rng.choice(others)
    for another in duties:
        end = rng.choice((None, *ENDS))
        start = busy if rng.random() < 0.6 else rng.choice(others)
        other = Promise(another, to, promises.walk(rng, start, others, rng.randint(0, 1)), end)
        if sum(map(len, chains)) + len(other.holders) + 1 > room:
            break
        chains.append(promises.unneeded(other.events()))
    named = {name for chain in chains for event in chain for name in (event.a, event.b)}
    idle = [person for person in others if person not in named]
    chains += [[Event("wished", duty, "", person, False)] for person in idle]
    right = main.holders[-1]
    wrong = [person for person in others if person != right]
    question = partial(asks.who.format, duty=duty, to=to)
    return Case(chains, people, question, [right], wrong, several=False)


def _open(work: Workspace, config: ComprehensionConfig, asks: Asks) -> Case:
    """What one person is still bound to, of several duties."""
    rng, language = work.rng, config.language
    room = affordable(work.ctx)
    n = max(4, min(rng.randint(*config.options), room // 3))
    who, to, *others = names.people(rng, 5, language)
    duties = promises.duties(rng, n, language)
    hands = max(min(config.hops, room // n - 2), 0)
    n_right = rng.randint(1, n - 1)
    # How many notes a duty has says nothing of how it ends.
    made = [
        _ending(work, duty, to, who, others, rng.randint(0, hands + 1), stays=at < n_right)
        for at, duty in enumerate(duties)
    ]
    chains = []
    for promise in made:
        chain = promise.events()
        if promise.end is None and promise.bound() != who:
            # Whatever the others do with it afterwards, it is not the person's.
            last = max((i for i, event in enumerate(chain) if who in (event.a, event.b)), default=0)
            chain[last + 1 :] = promises.unneeded(chain[last + 1 :])
        chains.append(chain)
    for at in rng.sample(range(n), min(config.overrides, n)):
        promises.decline(rng, chains[at], made[at], [who, *others])
    right = [promise.duty for promise in made if promise.bound() == who]
    wrong = [promise.duty for promise in made if promise.bound() != who]
    question = partial(asks.open.format, who=who, to=to)
    return Case(chains, [to, who, *others], question, right, wrong, several=True)


def _ending(
    work: Workspace,
    duty: str,
    to: str,
    who: str,
    others: Sequence[str],
    steps: int,
    *,
    stays: bool,
) -> Promise:
    """A promise that somebody is bound by at the end, or not, after so many steps."""
    rng = work.rng
    if stays:  # came to the person or stayed
        holders = tuple(reversed(promises.walk(rng, who, [who, *others], steps)))
        return Promise(duty, to, holders, None)
    if steps and rng.random() < 0.5:  # was the person's, and is over
        holders = tuple(reversed(promises.walk(rng, who, [who, *others], steps - 1)))
        return Promise(duty, to, holders, rng.choice(ENDS))
    if steps:  # was the person's, and went to another
        holders = (who, *promises.walk(rng, rng.choice(others), others, steps - 1))
        return Promise(duty, to, holders, None)
    return Promise(duty, to, (rng.choice(others),), None)  # was another's all along


GENERATOR = Generator(
    make=make,
    solve=solve,
    words=WORDS,
    needs=NEEDS,
    serves=takes_notes,
    least=ENOUGH,
    lazy=lazy.LAZY,
)
