"""No shortcut finds the right option much more often than chance does."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from functools import cache

import pytest
from support import corpus_of, with_args

from golong_data.solving import numbers, reading
from golong_data.solving.options import offered
from golong_data.tasks.comprehension import GENERATORS
from golong_data.types import Sample

RECIPES = (("comprehension", "factbook"), ("comprehension-zh", "sanguo"))
ROWS = 60
"""Of each recipe and generator: chance is known to about 4 points."""
ABOVE = 0.13
"""Over chance: more than three standard errors."""


@cache
def made(generator: str) -> tuple[Sample, ...]:
    """Rows of both recipes."""
    found = []
    for recipe, corpus in RECIPES:
        args = {"generators": {generator: 1}}
        maker = with_args(args, corpus_of(corpus), task=recipe, ctx=8192)
        found += [maker.make(index).sample for index in range(ROWS)]
    return tuple(sample for sample in found if sample)


def bare(option: str) -> str:
    """An option as the context has it: a place or person without "in the hands of"."""
    return re.sub(r"^in the hands of |^in (?=the )|^在(?=.+(?:里|手中)$)|(?:手中|里)$", "", option)


Policy = Callable[[Mapping[str, str], str], Sequence[str]]


def _most(score: Callable[[str, str], float]) -> Policy:
    def policy(options: Mapping[str, str], context: str) -> Sequence[str]:
        scores = {letter: score(bare(text), context) for letter, text in options.items()}
        return [letter for letter in scores if scores[letter] == max(scores.values())]

    return policy


def _middle(options: Mapping[str, str], context: str) -> Sequence[str]:
    """The option whose number is the median; every one where they have no numbers."""
    values = {letter: numbers.quantity(text) for letter, text in options.items()}
    known = sorted((value, letter) for letter, value in values.items() if value is not None)
    return [known[len(known) // 2][1]] if len(known) == len(options) else list(options)


def _corrected(options: Mapping[str, str], context: str) -> Sequence[str]:
    """The options that a correction names in quotes; every one where none does."""
    named = [letter for letter, text in options.items() if f'"{text}"' in context]
    return named or list(options)


POLICIES: Mapping[str, Policy] = {
    "longest": _most(lambda text, context: len(text)),
    "shortest": _most(lambda text, context: -len(text)),
    "most frequent": _most(lambda text, context: context.count(text)),
    "least frequent": _most(lambda text, context: -context.count(text)),
    "first named": _most(lambda text, context: -context.find(text)),
    "last named": _most(lambda text, context: context.rfind(text)),
    "middle number": _middle,
    "corrected": _corrected,
}


@pytest.mark.parametrize("policy", POLICIES)
@pytest.mark.parametrize("generator", GENERATORS)
def test_no_shortcut_pays(generator: str, policy: str) -> None:
    """Choosing by it, ties at random, is right hardly more often than choosing at random."""
    gained = 0.0
    for sample in made(generator):
        prompt = sample.prompt[0].content
        options = offered(prompt)
        right = (sample.gold,) if isinstance(sample.gold, str) else sample.gold
        chosen = POLICIES[policy](options, reading.context(prompt))
        gained += sum(letter in right for letter in chosen) / len(chosen)
        gained -= len(right) / len(options)
    assert gained / len(made(generator)) < ABOVE


def test_no_wrong_name_stands_in_the_quotation() -> None:
    """It could not be the one that is masked."""
    for sample in made("masked"):
        right = (sample.gold,) if isinstance(sample.gold, str) else sample.gold
        for letter, text in offered(sample.prompt[0].content).items():
            stands = re.search(rf"(?<![A-Za-z]){re.escape(text)}(?![A-Za-z])", sample.question)
            assert letter in right or not stands


def test_most_corrections_change_nothing() -> None:
    """At "hard" each that does has others beside it, in the same forms."""
    maker = with_args(
        {"generators": {"multi_hop": 1}, "level": "hard"},
        corpus_of("factbook"),
        ctx=16_384,
        task="comprehension",
    )
    decisive = idle = 0
    for sample in filter(None, (maker.make(index).sample for index in range(15))):
        text = sample.prompt[0].content
        notes = [line for line in text.split("\n") if line.count('"') == 6]
        evidence = {e.text for e in sample.evidence}
        decisive += sum(note in evidence for note in notes)
        idle += sum(note not in evidence for note in notes)
    assert idle > decisive > 15
