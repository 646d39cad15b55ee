"""Elements by what their texts have in common with what is stated: words or numbers alone."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from golong_data.solving.overlap import most_alike, numbers, rarest, weights
from golong_data.solving.sentences import bag

Labelled = tuple[str, str]
"""An element, and the text that it stands for or a part of it."""


def most_like_each(stated: Sequence[str], shelf: Sequence[Labelled]) -> Iterator[str]:
    """For each statement the element whose text has most of its rare words."""
    bags = [bag(text) for _, text in shelf]
    weighed = weights(bags)
    for text in stated:
        at = most_alike(bag(text), bags, weighed)
        if at is not None:
            yield shelf[at][0]


def with_the_rarest_word(stated: Sequence[str], shelf: Sequence[Labelled]) -> Iterator[str]:
    """For each statement all elements whose text has its rarest word: a literal search."""
    bags = [bag(text) for _, text in shelf]
    weighed = weights(bags)
    for text in stated:
        word = rarest(bag(text), weighed)
        yield from (name for (name, _), here in zip(shelf, bags, strict=True) if word in here)


def with_the_numbers(stated: Sequence[str], shelf: Sequence[Labelled]) -> Iterator[str]:
    """All elements whose text has a number that a statement has."""
    wanted = frozenset().union(*map(numbers, stated))
    yield from (name for name, text in shelf if wanted & numbers(text))


def with_a_number(shelf: Sequence[Labelled]) -> Iterator[str]:
    """All elements whose text has any number."""
    yield from (name for name, text in shelf if numbers(text))
