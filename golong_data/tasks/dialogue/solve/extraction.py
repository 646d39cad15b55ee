"""The one value that was ever said of a thing."""

from __future__ import annotations

from golong_data.solving.query import solver
from golong_data.tasks.dialogue.solve import things
from golong_data.tasks.dialogue.solve.chats import UNSAID, Chats, chosen
from golong_data.tasks.dialogue.solve.things import Query


def reads(question: str) -> Query | None:
    """The thing asked about; None where the question speaks of a time."""
    query = things.reads(question)
    return query if query and query.which == "only" else None


def answer(query: Query, chats: Chats) -> str | None:
    """Its value, if it is one."""
    values = {value for _, value in chats.values(query.thing)}
    if not values:
        return UNSAID
    return values.pop() if len(values) == 1 else None


finds = chosen(answer)
solve = solver(reads, finds)
