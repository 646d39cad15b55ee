"""Lists of elements out of a question as read and a prompt: candidates and lazy answers."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TypeVar

from golong_data.solving.query import solver
from golong_data.types import Gold

Query = TypeVar("Query")
Names = Callable[[Query, str], Iterable[str]]
"""(the question as read, whole prompt) -> elements, in order of appearance."""
Candidates = Callable[[str, str], Sequence[str]]
Reader = Callable[[str, str], Gold | None]


def candidates(reads: Callable[[str], Query | None], names: Names[Query]) -> Candidates:
    """A generator's `candidates`: distinct elements, none for questions of another kind."""

    def found(question: str, prompt: str) -> Sequence[str]:
        query = reads(question)
        return () if query is None else tuple(dict.fromkeys(names(query, prompt)))

    return found


def readers(
    reads: Callable[[str], Query | None], named: Mapping[str, Names[Query]]
) -> Mapping[str, Reader]:
    """A generator's `lazy`: each answers with distinct elements, or with None for lack of any."""
    return {name: solver(reads, _listed(names)) for name, names in named.items()}


def _listed(names: Names[Query]) -> Callable[[Query, str], Gold | None]:
    def finds(query: Query, prompt: str) -> tuple[str, ...] | None:
        return tuple(dict.fromkeys(names(query, prompt))) or None

    return finds
