"""A fact by its heading or by the line quoted, or by whatever entry comes first or last."""

from __future__ import annotations

from collections.abc import Mapping

from golong_data.solving import reading
from golong_data.solving.choosing import (
    LOOKS,
    MENTIONS,
    NUMBERS,
    SAYINGS,
    SHAPES,
    Reader,
    offer,
    readers,
)
from golong_data.solving.options import offered, stated, the_one
from golong_data.tasks.comprehension.solve.fact import reads
from golong_data.types import Gold


def _titled(question: str, prompt: str) -> Gold | None:
    """The option mentioned soonest behind the heading of the document that is named."""
    query = reads(question)
    if query is None or not query.title:
        return None
    found = offer(question, prompt)
    headings = [m.end() for m in reading.HEADER.finditer(found.text) if m[2] == query.title]
    behind = [
        (at, letter)
        for letter, places in found.mentions.items()
        for at in places
        if headings and at > headings[0]
    ]
    return stated(prompt, [min(behind)[1]]) if behind else None


def _headed(question: str, prompt: str) -> Gold | None:
    """The heading above the line that the question quotes."""
    query = reads(question)
    at = reading.context(prompt).find(f"\n{query.line}\n") if query and query.line else -1
    above = [m[2] for m in reading.HEADER.finditer(prompt, 0, max(at, 0))]
    letter = the_one(offered(prompt), above[-1]) if above else None
    return stated(prompt, [letter]) if letter else None


LAZY: Mapping[str, Reader] = {
    "first option behind the title": _titled,
    "one grep: the line quoted": _headed,
    **readers(MENTIONS, SHAPES, LOOKS, NUMBERS, SAYINGS),
}
