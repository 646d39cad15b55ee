"""Who or where, within one passage: pronouns and roles resolved, a state followed.

A house log planted into a real document tells in a few sentences how things pass from hand to
hand and in and out of places; its look-alikes, of another day or house, stand in others.
"""

from __future__ import annotations

import random
from dataclasses import dataclass

from golong_data.contexts.notes import MOST_OF_IT, Note, scatter_singly
from golong_data.contexts.workspace import Workspace
from golong_data.material.worlds import logs, names
from golong_data.material.worlds.logs import Story
from golong_data.tasks.comprehension.config import NEEDS, ComprehensionConfig
from golong_data.tasks.comprehension.lazy import reference as lazy
from golong_data.tasks.comprehension.solve.reference import solve
from golong_data.tasks.forms import compose
from golong_data.tasks.generators import takes_notes
from golong_data.tasks.options import asked
from golong_data.types import Draft, Generator
from golong_data.words import words

WORDS = "comprehension/reference"

PASSAGE_COST = 600
"""Tokens that a passage takes with its window."""

MEANINGS = 0.35
"""Share of the logs with such a word that are asked whom it means."""


@dataclass(frozen=True, slots=True)
class Asks:
    """What is asked in one language, and how options name where a thing is."""

    state: str
    meant: str
    lies: str
    held: str


def make(work: Workspace, config: ComprehensionConfig) -> Draft:
    """A log with its look-alikes, and a question on its end or on one of its words."""
    rng, language = work.rng, config.language
    asks = words(Asks, WORDS, "asks")[language]
    n = rng.randint(*config.options)
    cast = logs.cast(rng, n, language)
    passages = max(1, MOST_OF_IT.pieces(work.ctx, PASSAGE_COST, 1 + config.distractors // 3))
    houses = names.houses(rng, 2, language)
    days = [names.day(date, language) for date in names.dates(rng, passages)]
    keys = [(house, day) for house in houses for day in days]
    (house, day), *rest = rng.sample(keys, len(keys))
    keys = [(house, day), *(k for k in rest if k[0] == house or k[1] == day)][:passages]
    story, *others = [logs.story(rng, cast, config.moves) for _ in keys]
    notes = [
        Note(told.text(rng, *key), told is story)
        for key, told in zip(keys, [story, *others], strict=True)
    ]
    references = [r for r in story.references if story.told.count(r.sentence) == 1]
    if references and rng.random() < MEANINGS:
        asked_of = rng.choice(references)
        sentence = asked_of.sentence.strip()
        question = asks.meant.format(house=house, day=day, word=asked_of.word, sentence=sentence)
        right = asked_of.person
        wrong = rng.sample([p for p in cast.people if p != right], n - 1)
    else:
        thing = max(story.past, key=lambda t: len(story.past[t]))
        question = asks.state.format(house=house, day=day, thing=thing)
        right, *wrong = [
            (asks.held if spot in cast.people else asks.lies).format(who=spot, place=spot)
            for spot in [story.where[thing], *_elsewhere(rng, story, thing, n - 1)]
        ]
    variables, gold = asked(work, config, question, [right], wrong)
    only_here = [*cast.people, *houses]
    blocks = scatter_singly(work, notes, only_here)
    return compose(work, config, variables, blocks, gold, forbidden=only_here)


def _elsewhere(rng: random.Random, story: Story, thing: str, n: int) -> list[str]:
    """n people and places of a log that do not have the thing, those that had it first."""
    end = story.where[thing]
    # Where it was before is what a hasty reader answers.
    before = [spot for spot in dict.fromkeys(reversed(story.past[thing])) if spot != end]
    told = [place for place in story.cast.places if any(place in text for text in story.told)]
    others = [s for s in (*story.cast.people, *told) if s != end and s not in before]
    return (before + rng.sample(others, len(others)))[:n]


GENERATOR = Generator(
    make=make,
    solve=solve,
    words=WORDS,
    needs=NEEDS,
    serves=takes_notes,
    least=8,
    lazy=lazy.LAZY,
)
