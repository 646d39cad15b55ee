"""The value of a thing at the time asked for, out of all that it ever had."""

from __future__ import annotations

from golong_data.solving.query import solver
from golong_data.tasks.dialogue.solve.chats import UNSAID, Chats, chosen
from golong_data.tasks.dialogue.solve.things import Query, reads


def answer(query: Query, chats: Chats) -> str | None:
    """The latest value, the first, the last but one, or the one on a date."""
    said = chats.values(query.thing)
    if not said:
        return UNSAID
    values = [value for date, value in said if not query.until or date <= query.until]
    if query.which == "first":
        values = values[:1]
    elif query.which == "before":
        values = values[:-1]
    return values[-1] if values else None


finds = chosen(answer)
solve = solver(reads, finds)
