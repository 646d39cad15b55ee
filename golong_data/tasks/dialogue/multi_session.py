"""Facts of several sessions put together: how many, how much in all, how much more."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import asdict, dataclass

from golong_data.contexts.days import Days
from golong_data.contexts.workspace import Workspace
from golong_data.material.alternatives import beside, run_of
from golong_data.tasks.dialogue.config import NEEDS, DialogueConfig
from golong_data.tasks.dialogue.drafting import Fact, finish, offered
from golong_data.tasks.dialogue.lazy import multi_session as lazy
from golong_data.tasks.dialogue.lexicon import lexicon
from golong_data.tasks.dialogue.solve.multi_session import solve
from golong_data.tasks.generators import is_prose
from golong_data.types import Draft, Generator
from golong_data.words import words

WORDS = "dialogue/multi_session"


@dataclass(frozen=True, slots=True)
class Outing:
    """Places of one category that the user goes to one of at a time."""

    category: str
    """What the question calls them, in the plural."""
    noun: str
    """What stands in every sentence about one."""
    did: str
    do: str


@dataclass(frozen=True, slots=True)
class Visits:
    """Sentences about outings. Slots: value (the place's own name), person, those of Outing."""

    said: tuple[str, ...]
    again: tuple[str, ...]
    """Mentions of one that was already done: it counts once."""
    other: tuple[str, ...]
    plan: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Spending:
    """Sums of money for a thing. Slots: thing, value (the amount), person."""

    qualifiers: tuple[str, ...]
    nouns: tuple[str, ...]
    said: tuple[str, ...]
    other: tuple[str, ...]
    plan: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Written:
    """What is planted, in one language."""

    outings: tuple[Outing, ...]
    visits: Visits
    spending: Spending
    money: str
    """An amount: slots whole, and cents or tenths."""


@dataclass(frozen=True, slots=True)
class Questions:
    """What is asked, in one language."""

    counts: tuple[str, ...]
    """Slots as in Outing."""
    totals: tuple[str, ...]
    """Slot thing."""
    differences: tuple[str, ...]
    """Slots thing (the greater) and other."""


def cents(price: str) -> int:
    """An amount that is made up, in hundredths: "$12.50" or "57块5"."""
    whole, *part = re.findall(r"\d+", price.replace(",", ""))
    return int(whole) * 100 + int("".join(part).ljust(2, "0"))


def money(hundredths: int, form: str) -> str:
    """The same the other way round."""
    whole, rest = divmod(hundredths, 100)
    return form.format(whole=whole, cents=rest, tenths=rest // 10 or "")


def make(work: Workspace, config: DialogueConfig, *, said: bool = True) -> Draft:
    """A count, a sum or a difference; without `said` nothing that it is made of was said."""
    kind = work.rng.choice((_count, _count, _total, _more))
    return kind(work, config, said)


def _words(config: DialogueConfig) -> tuple[Written, Questions]:
    written, questions = words(Written, WORDS, "writes"), words(Questions, WORDS, "asks")
    return written[config.language], questions[config.language]


def _others(
    work: Workspace,
    config: DialogueConfig,
    source: Visits | Spending,
    values: Sequence[str],
    **slots: str,
) -> list[str]:
    """A sentence for each value that does not count: other people's and plans in turn."""
    rng, people = work.rng, lexicon(config.language).people
    others = rng.sample(people, len(people))
    found = []
    for i, value in enumerate(values):
        if i % 2:
            found.append(rng.choice(source.plan).format(value=value, **slots))
        else:
            text = rng.choice(source.other)
            found.append(text.format(value=value, person=others.pop(), **slots))
    return found


def _misses(work: Workspace, config: DialogueConfig) -> int:
    """How many facts that do not count are planted: one or two, more where they are near."""
    return 1 + round(config.near * work.rng.randint(1, 3))


# --- how many -------------------------------------------------------------------------------


def _count(work: Workspace, config: DialogueConfig, said: bool) -> Draft:
    rng = work.rng
    written, questions = _words(config)
    visits, outing = written.visits, rng.choice(written.outings)
    slots = asdict(outing)
    days = Days(work, config.language)
    counted, run = run_of(*config.events, config.options - 1, rng)
    n = counted if said else 0
    misses = _misses(work, config)
    names = lexicon(config.language).distinct("thing", n + misses, rng)
    # One that is mentioned twice counts once; losing either mention alone changes nothing, so
    # neither is marked as evidence.
    twice = names[n - 1] if n > 2 and rng.random() < config.near / 2 else ""
    facts = [
        Fact(day, rng.choice(visits.said).format(value=name, **slots), evidence=name != twice)
        for name, day in zip(names[:n], days.spread(n), strict=True)
    ]
    if twice:
        later = days.take((facts[-1].day + days.calendar.days) // 2)
        facts.append(Fact(later, rng.choice(visits.again).format(value=twice, **slots)))
    texts = _others(work, config, visits, names[n:], **slots)
    facts += [Fact(days.any(), text) for text in texts]
    others = [str(k) for k in run if k != counted]
    question = rng.choice(questions.counts).format(**slots)
    ask = offered(question, str(counted), others, said=said)
    return finish(work, config, days, ask, facts, (outing.noun,))


# --- how much -------------------------------------------------------------------------------


def _spent(
    work: Workspace, spending: Spending, thing: str, amounts: Sequence[str], days: Sequence[int]
) -> list[Fact]:
    return [
        Fact(day, work.rng.choice(spending.said).format(thing=thing, value=amount), evidence=True)
        for amount, day in zip(amounts, days, strict=True)
    ]


def _things(work: Workspace, config: DialogueConfig, spending: Spending) -> tuple[str, str, str]:
    """Three different things, of which the second shares its noun with the first."""
    names, rng = lexicon(config.language), work.rng
    q1, q2, q3 = rng.sample(spending.qualifiers, 3)
    n1, n2 = rng.sample(spending.nouns, 2)
    return names.thing(q1, n1), names.thing(q2, n1), names.thing(q3, n2)


def _total(work: Workspace, config: DialogueConfig, said: bool) -> Draft:
    rng = work.rng
    written, questions = _words(config)
    spending = written.spending
    thing, near, _ = _things(work, config, spending)
    days = Days(work, config.language)
    n = rng.randint(*config.events)
    names = lexicon(config.language)
    amounts = names.distinct("price", n + _misses(work, config) + 1, rng)
    mine, others, elsewhere = amounts[:n], amounts[n:-1], amounts[-1]
    facts = _spent(work, spending, thing, mine, days.spread(n)) if said else []
    texts = _others(work, config, spending, others, thing=thing)
    texts.append(rng.choice(spending.said).format(thing=near, value=elsewhere))
    facts += [Fact(days.any(), text) for text in texts]
    total = sum(map(cents, mine))
    pool = [cents(amount) for amount in amounts]
    question = rng.choice(questions.totals).format(thing=thing)
    wrong = _sums(work, pool, n, total, config.options - 2)
    amount, *others = (money(sum_, written.money) for sum_ in (total, *wrong))
    ask = offered(question, amount, others, said=said)
    return finish(work, config, days, ask, facts, (thing,))


def _more(work: Workspace, config: DialogueConfig, said: bool) -> Draft:
    rng = work.rng
    written, questions = _words(config)
    spending = written.spending
    one, near, two = _things(work, config, spending)
    days = Days(work, config.language)
    n = max(2, rng.randint(*config.events)) - 1
    names = lexicon(config.language)
    amounts = names.distinct("price", n + 2 + _misses(work, config), rng)
    # Without `said` nothing was spent on the second, or the question has no answer.
    amounts[: n + 1] = sorted(amounts[: n + 1], key=cents, reverse=True)
    mine, his, others, elsewhere = amounts[:n], amounts[n], amounts[n + 1 : -1], amounts[-1]
    places = days.spread(n + 1)
    facts = _spent(work, spending, one, mine, places[:n])
    if said:
        facts += _spent(work, spending, two, [his], places[n:])
    else:
        facts = [Fact(fact.day, fact.text) for fact in facts]
    texts = _others(work, config, spending, others, thing=two)
    texts.append(rng.choice(spending.said).format(thing=near, value=elsewhere))
    facts += [Fact(days.any(), text) for text in texts]
    difference = sum(map(cents, mine)) - cents(his)
    pool = [cents(amount) for amount in amounts if amount != his]
    question = rng.choice(questions.differences).format(thing=one, other=two)
    wrong = _sums(work, pool, n, difference, config.options - 2, less=cents(his))
    amount, *others = (money(sum_, written.money) for sum_ in (difference, *wrong))
    ask = offered(question, amount, others, said=said)
    return finish(work, config, days, ask, facts, (one, two))


def _sums(
    work: Workspace, pool: Sequence[int], n: int, right: int, options: int, *, less: int = 0
) -> list[int]:
    """Wrong results: what other choices of about `n` of the amounts come to, less an amount.

    Where these are too few on the side of the right one that they are wanted on, it is
    changed by parts of amounts.
    """
    rng = work.rng
    sizes = (min(max(1, n + rng.randint(-1, 1)), len(pool)) for _ in range(50))
    likely = [abs(sum(rng.sample(pool, size)) - less) for size in sizes]
    steps = (rng.choice(pool) // k // 10 * 10 for k in (1, 2, 3, 4))
    spare = [right + sign * step for step in steps for sign in (1, -1)]
    return beside(right, likely, spare, options, rng)


GENERATOR = Generator(
    make=make, solve=solve, words=WORDS, needs=NEEDS, serves=is_prose, lazy=lazy.LAZY
)
