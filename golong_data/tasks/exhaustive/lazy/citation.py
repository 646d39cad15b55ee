"""Sources of statements, taken by words in common, by numbers, or by how documents are shown."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from golong_data.solving.sentences import numbered, pieces
from golong_data.tasks.exhaustive.lazy import alike, listing
from golong_data.tasks.exhaustive.lazy.alike import Labelled
from golong_data.tasks.exhaustive.solve.citation import Query, reads


def _documents(query: Query, prompt: str) -> list[Labelled]:
    """Every document with its text; one that goes on later comes again."""
    return [(query.element.format(number), text) for number, _, text in numbered(prompt)]


def _sentences(query: Query, prompt: str) -> list[Labelled]:
    return [(name, piece) for name, text in _documents(query, prompt) for piece in pieces(text)]


def _parts(query: Query) -> list[str]:
    """The sentences of all statements."""
    return [piece for statement in query.statements for piece in pieces(statement)]


def _every(query: Query, prompt: str) -> Iterator[str]:
    yield from (name for name, _ in _documents(query, prompt))


def _sentence_most_alike(query: Query, prompt: str) -> Iterable[str]:
    return alike.most_like_each(_parts(query), _sentences(query, prompt))


def _document_most_alike(query: Query, prompt: str) -> Iterable[str]:
    """One for each statement, although some rest on two."""
    return alike.most_like_each(query.statements, _documents(query, prompt))


def _rarest_word(query: Query, prompt: str) -> Iterable[str]:
    return alike.with_the_rarest_word(_parts(query), _documents(query, prompt))


def _same_numbers(query: Query, prompt: str) -> Iterable[str]:
    return alike.with_the_numbers(query.statements, _documents(query, prompt))


def _any_number(query: Query, prompt: str) -> Iterable[str]:
    return alike.with_a_number(_documents(query, prompt))


def _in_one_piece(query: Query, prompt: str) -> Iterator[str]:
    """The documents that do not go on later, whatever is asked."""
    times = Counter(_every(query, prompt))
    yield from (name for name, n in times.items() if n == 1)


candidates = listing.candidates(reads, _every)
"""Every document by its number."""

READERS = listing.readers(
    reads,
    {
        "sentence most alike": _sentence_most_alike,
        "document most alike": _document_most_alike,
        "rarest word": _rarest_word,
        "same numbers": _same_numbers,
        "any number": _any_number,
        "documents in one piece": _in_one_piece,
        "every document": _every,
    },
)
