"""Rows as lazy readers get them, and small prompts made by hand."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import pytest
from cells import LEVELS, Cell, generators_of, missing_corpora, rows_of_cell

from golong_data.quality.cheats import answer, completion
from golong_data.rewards import Scoring, earned, scoring_of
from golong_data.types import Generator, Gold

EACH = 4
"""Rows of a level."""


@dataclass(frozen=True)
class Played:
    """A row to be answered."""

    question: str
    """As rows keep it: without the form of the answer."""
    prompt: str
    scoring: Scoring

    @property
    def elements(self) -> tuple[str, ...]:
        """The gold as a list."""
        gold = self.scoring.gold
        return (gold,) if isinstance(gold, str) else gold

    def paid(self, gold: Gold) -> float:
        """What an answer earns."""
        text = answer(gold, self.scoring.metric)
        return earned(completion(text), self.scoring) or 0.0


@cache
def played(recipe: str, generator: str) -> tuple[Played, ...]:
    """The first rows of every level of a generator."""
    rows = [
        row
        for level in LEVELS
        for row in rows_of_cell(Cell(recipe, generator, level, False), EACH, "8k")
    ]
    assert all(rows)
    return tuple(
        Played(
            row["extra_info"]["question"],
            "\n\n".join(message["content"] for message in row["prompt"]),
            scoring_of(
                row["data_source"],
                row["reward_model"]["ground_truth"],
                row["extra_info"],
                profile="strict",
            ),
        )
        for row in rows
        if row
    )


def each_of(recipes: Sequence[str]) -> list[Any]:
    """(recipe, generator) of all that recipes give weight, as parameters of a test."""
    found = []
    for recipe in recipes:
        missing = missing_corpora(recipe)
        skip = pytest.mark.skipif(bool(missing), reason=f"no corpus {', '.join(missing)}")
        for generator in generators_of(recipe):
            name = f"{recipe}-{generator}"
            found.append(pytest.param(recipe, generator, id=name, marks=skip))
    return found


def rows_of(recipes: Sequence[str], generator: str) -> Iterator[Played]:
    """Rows of all recipes that a generator asks in and whose corpora are there."""
    for recipe in recipes:
        if generator in generators_of(recipe) and not missing_corpora(recipe):
            yield from played(recipe, generator)


def prompt(documents: Mapping[str, str], question: str) -> str:
    """A prompt made by hand: documents by title, and a question."""
    shown = [
        f"[Document {k}] {title}\n{text}" for k, (title, text) in enumerate(documents.items(), 1)
    ]
    return "\n\n".join([*shown, "The collection ends here.", f"Question: {question}"])


def named_by(
    generator: Generator, documents: Mapping[str, str], question: str
) -> Callable[[str], Any]:
    """What a lazy reader answers to a prompt made by hand, by the reader's name."""
    text = prompt(documents, question)
    return lambda reader: generator.lazy[reader](question, text)
