"""A single fact, said once by the user or the assistant: a value, a taste, an advice."""

from __future__ import annotations

from golong_data.contexts.days import Days
from golong_data.contexts.workspace import Workspace
from golong_data.tasks.dialogue.config import NEEDS, DialogueConfig
from golong_data.tasks.dialogue.drafting import Asked, finish
from golong_data.tasks.dialogue.lazy import any_kind as lazy
from golong_data.tasks.dialogue.lexicon import lexicon
from golong_data.tasks.dialogue.solve.extraction import solve
from golong_data.tasks.dialogue.traits import near_misses, own, traits
from golong_data.tasks.generators import is_prose
from golong_data.types import Draft, Generator


def make(work: Workspace, config: DialogueConfig, *, said: bool = True) -> Draft:
    """One value among near-misses; without `said` only the near-misses."""
    names, rng = lexicon(config.language), work.rng
    trait, questions = rng.choice(traits(config.language))
    pair = rng.choice(trait.qualifiers), rng.choice(trait.nouns)
    thing = names.thing(*pair)
    days = Days(work, config.language)
    values = names.distinct(trait.kind, config.options - 1, rng)
    facts, right = [], None
    if said:
        right = values.pop()
        facts.append(own(work, trait, thing, right, days.take(days.first), evidence=True))
    facts += near_misses(work, config, days, trait, pair, values)
    question = rng.choice(questions.asked).format(thing=thing)
    return finish(work, config, days, Asked(question, right, values), facts, (thing,))


GENERATOR = Generator(
    make=make,
    solve=solve,
    words="dialogue/belongings",
    needs=NEEDS,
    serves=is_prose,
    lazy=lazy.LAZY,
)
