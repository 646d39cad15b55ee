"""A value that was overridden: the latest, the first, the one before, the one on a date."""

from __future__ import annotations

from golong_data.contexts.days import Days
from golong_data.contexts.workspace import Workspace
from golong_data.tasks.dialogue.config import NEEDS, DialogueConfig
from golong_data.tasks.dialogue.drafting import Asked, finish
from golong_data.tasks.dialogue.lazy import any_kind as lazy
from golong_data.tasks.dialogue.lexicon import lexicon
from golong_data.tasks.dialogue.solve.update import solve
from golong_data.tasks.dialogue.traits import near_misses, own, traits
from golong_data.tasks.generators import is_prose
from golong_data.types import Draft, Generator

FORMS = ("now", "now", "at", "before", "first")
"""Ways to ask, the latest value twice as often."""


def make(work: Workspace, config: DialogueConfig, *, said: bool = True) -> Draft:
    """A chain of values among near-misses; without `said` only the near-misses.

    All values of the chain are options, which bounds its length.
    """
    names, rng = lexicon(config.language), work.rng
    trait, questions = rng.choice([pair for pair in traits(config.language) if pair[0].changed])
    pair = rng.choice(trait.qualifiers), rng.choice(trait.nouns)
    thing = names.thing(*pair)
    form = rng.choice(FORMS)
    days = Days(work, config.language)
    values = names.distinct(trait.kind, config.options - 1, rng)
    length = min(1 + rng.randint(*config.updates), len(values) - 1) if said else 0
    chain, others = values[:length], values[length:]
    if trait.falls:
        chain.sort(reverse=True)
    facts, right, on = [], None, days.any() if not said else 0
    if said:
        # What the answer is: the last value, any of them, the last but one, the first.
        places = {"now": length - 1, "at": rng.randrange(length), "before": length - 2, "first": 0}
        at = places[form]
        needed = {at, length - 1} if form == "before" else {at}
        right = chain[at]
        when = days.chain(at, length - 1 - at)
        if form == "at":
            until = [*when[1:], days.calendar.days][at]
            on = rng.randrange(when[at] + 1, until)
        facts = [
            own(work, trait, thing, value, day, evidence=i in needed, changed=i > 0)
            for i, (value, day) in enumerate(zip(chain, when, strict=True))
        ]
    facts += near_misses(work, config, days, trait, pair, others)
    wrong = [value for value in chain if value != right] + others
    question = rng.choice(getattr(questions, form)).format(thing=thing, date=days.dated(on))
    return finish(work, config, days, Asked(question, right, wrong), facts, (thing,))


GENERATOR = Generator(
    make=make,
    solve=solve,
    words="dialogue/belongings",
    needs=NEEDS,
    serves=is_prose,
    lazy=lazy.LAZY,
)
