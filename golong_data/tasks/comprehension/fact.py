"""A single fact: what one document or one entry states, among what others state.

Where documents hold lines such as "Median age, total: 21.5 years", these are the facts. For a
share of the questions the asked document exchanges its value with another, so all options
still occur and knowing the true value misleads. Otherwise entries of a loan register, planted
into real documents, say where things are kept; no filler names any of the houses or owners.
"""

from __future__ import annotations

from dataclasses import dataclass

from golong_data.contexts.lines import EXCERPT, SHOWN, affordable_excerpts, excerpt_of
from golong_data.contexts.sampling import turn
from golong_data.contexts.workspace import Workspace
from golong_data.material import values
from golong_data.material.worlds import names, registers
from golong_data.material.worlds.registers import Entry
from golong_data.tasks.comprehension.config import (
    ENOUGH,
    NEEDS_OR_VALUES,
    ComprehensionConfig,
    affordable,
)
from golong_data.tasks.comprehension.lazy import fact as lazy
from golong_data.tasks.comprehension.multi_hop.registers import planted
from golong_data.tasks.comprehension.solve.fact import solve
from golong_data.tasks.forms import compose
from golong_data.tasks.generators import takes_notes
from golong_data.tasks.options import asked
from golong_data.types import Draft, Generator
from golong_data.words import words

WORDS = "comprehension/fact"


@dataclass(frozen=True, slots=True)
class Asks:
    """What is asked in one language."""

    rule: str
    """Which of several entries holds; before the question."""
    where: str
    what: str
    states: str = ""
    """What a document states; "" where no values are asked about in the language."""
    stated_by: str = ""


def make(work: Workspace, config: ComprehensionConfig) -> Draft:
    """Values that documents state; entries of a register where there are too few."""
    asks = words(Asks, WORDS, "asks")[config.language]
    has_values = asks.states and values.has_values(work.corpus)
    return (_stated if has_values else _kept)(work, config, asks)


def _stated(work: Workspace, config: ComprehensionConfig, asks: Asks) -> Draft:
    """What one document states, among what others state under the same label."""
    rng = work.rng
    n = rng.randint(*config.options)
    first = turn(work, values.every(work.corpus))
    facts = values.distinct(work, first.label, first)
    if config.level == "hard":  # the nearest values are the ones to be confused
        facts.sort(key=lambda f: abs(f.value - first.value))
        shown = facts[: 1 + n + config.distractors // 4]
        shown = [first, *rng.sample(shown[1:], len(shown) - 1)]
    else:
        shown = facts[: 1 + n + config.distractors // 3]
    shown = shown[: max(n, affordable_excerpts(work.ctx))]
    texts = [f.text for f in shown]
    swapped = rng.random() < config.counterfactual
    if swapped:
        # All on offer change places in pairs: what differs from the source is not the answer.
        others = range(1, min(n, len(texts)))
        order = [0, *rng.sample(others, len(others))]
        for one, other in zip(order[::2], order[1::2], strict=False):
            texts[one], texts[other] = texts[other], texts[one]
    titles = [work.corpus.title(f.index) for f in shown]
    if rng.random() < 0.5:
        question = asks.states.format(title=titles[0], label=first.label)
        right, wrong = texts[0], texts[1:n]
    else:
        question = asks.stated_by.format(label=first.label, text=texts[0])
        right, wrong = titles[0], titles[1:n]
    variables, gold = asked(work, config, question, [right], wrong)
    size = SHOWN.each(work.ctx, len(shown), *EXCERPT)
    blocks = [
        excerpt_of(work, [f.shown(text, evidence=f is first)], size)
        for f, text in zip(shown, texts, strict=True)
    ]
    return compose(
        work,
        config,
        variables,
        blocks,
        gold,
        exclude=frozenset(titles),
        counterfactual=int(swapped),
    )


def _kept(work: Workspace, config: ComprehensionConfig, asks: Asks) -> Draft:
    """Where a thing is kept, or which thing is kept at a house."""
    rng, language = work.rng, config.language
    n = rng.randint(*config.options)
    items = registers.items(rng, n + config.distractors, language)
    houses = names.houses(rng, n + 2, language)
    moved = min(config.overrides, n - 2)
    if rng.random() < 0.5:
        # The thing was elsewhere before; those houses are options too.
        entries = [Entry("loan", items[0], house, False) for house in houses[1 : moved + 1]]
        entries.append(Entry("loan", items[0], houses[0], True))
        entries += [
            Entry("loan", item, house, False)
            for item, house in zip(items[1:], houses[moved + 1 : n], strict=False)
        ]
        question = asks.where.format(item=items[0])
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
        question = asks.what.format(house=houses[0])
        right, wrong = items[0], items[1:n]
    room = affordable(work.ctx) - len(entries)
    spare = items[n : n + max(0, min(config.distractors, room))]
    entries += [Entry("loan", item, rng.choice(houses[n:]), False) for item in spare]
    rule = asks.rule if moved else ""
    variables, gold = asked(work, config, rule + question, [right], wrong)
    return planted(work, config, variables, gold, entries)


GENERATOR = Generator(
    make=make,
    solve=solve,
    words=WORDS,
    needs=NEEDS_OR_VALUES,
    serves=takes_notes,
    least=ENOUGH,
    lazy=lazy.LAZY,
)
