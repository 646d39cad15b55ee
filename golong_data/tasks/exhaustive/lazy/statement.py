"""Numbered sentences, taken by words in common, by numbers, or by where they stand."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from golong_data.solving.sentences import numbered, pieces
from golong_data.tasks.exhaustive.lazy import alike, listing
from golong_data.tasks.exhaustive.lazy.alike import Labelled
from golong_data.tasks.exhaustive.solve.statement import Query, reads

_MARK = re.compile(r"\[(S\d+)\] ")

FEW = 3
"""Sentences that are taken where nothing says how many."""


def _sentences(query: Query, prompt: str) -> list[Labelled]:
    """The numbered sentences of the document that the question names."""
    found: list[Labelled] = []
    for _, title, text in numbered(prompt):
        marked = _MARK.split(text) if title == query.title else ()
        found += zip(marked[1::2], marked[2::2], strict=True)
    return found


def _every(query: Query, prompt: str) -> Iterator[str]:
    yield from (name for name, _ in _sentences(query, prompt))


def _most_alike(query: Query, prompt: str) -> Iterable[str]:
    return alike.most_like_each(pieces(query.text), _sentences(query, prompt))


def _rarest_word(query: Query, prompt: str) -> Iterable[str]:
    return alike.with_the_rarest_word(pieces(query.text), _sentences(query, prompt))


def _same_numbers(query: Query, prompt: str) -> Iterable[str]:
    return alike.with_the_numbers([query.text], _sentences(query, prompt))


def _any_number(query: Query, prompt: str) -> Iterable[str]:
    return alike.with_a_number(_sentences(query, prompt))


def _beside(query: Query, prompt: str) -> Iterator[str]:
    """The one sentence most like the whole text, with those before and behind it."""
    sentences = _sentences(query, prompt)
    for name in alike.most_like_each([query.text], sentences):
        names = [other for other, _ in sentences]
        at = names.index(name)
        yield from names[max(0, at - 1) : at + 2]


def _first(query: Query, prompt: str) -> Iterable[str]:
    return list(_every(query, prompt))[:FEW]


candidates = listing.candidates(reads, _every)
"""Every numbered sentence of the document: the question gives the first and the last of them."""

READERS = listing.readers(
    reads,
    {
        "sentence most alike": _most_alike,
        "rarest word": _rarest_word,
        "same numbers": _same_numbers,
        "any number": _any_number,
        "around the most alike": _beside,
        "first sentences": _first,
        "every sentence": _every,
    },
)
