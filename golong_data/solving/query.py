"""A solver in two steps: what a question asks, and what the prompt says to that."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from golong_data.types import Gold

Query = TypeVar("Query")


def solver(
    reads: Callable[[str], Query | None], finds: Callable[[Query, str], Gold | None]
) -> Callable[[str, str], Gold | None]:
    """A generator's `solve`: (question, whole prompt) -> the gold it finds, or None.

    `reads` gives None where the question is of another kind, `finds` where the prompt does not
    answer it.
    """

    def solve(question: str, prompt: str) -> Gold | None:
        query = reads(question)
        return None if query is None else finds(query, prompt)

    return solve
