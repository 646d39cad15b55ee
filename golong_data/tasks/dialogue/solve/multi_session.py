"""Facts of several sessions: names counted once each, amounts added up and compared."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from golong_data.solving.query import solver
from golong_data.solving.sessions import holds
from golong_data.tasks.dialogue.solve.chats import UNSAID, Asked, Chats, Things, asked, chosen
from golong_data.words import words


@dataclass(frozen=True, slots=True)
class Cues:
    """What to look for in one language."""

    categories: Mapping[str, str]
    """What a question counts, in the plural -> in the singular."""
    name: str
    """Pattern of the name of a place in front of its noun."""
    money: re.Pattern[str]
    """An amount: its units, and what stands behind their point."""
    things: Things
    """What money is spent on."""

    def amount(self, text: str) -> int:
        """The first amount of a text in hundredths; 0 where there is none."""
        found = self.money.search(text)
        return int(found[1].replace(",", "")) * 100 + int(found[2].ljust(2, "0")) if found else 0


@dataclass(frozen=True, slots=True)
class Query:
    """What is counted, or what money was spent on."""

    asked: Asked
    cues: Cues
    noun: str
    things: tuple[str, ...]
    """One, or two that are compared."""


def reads(question: str) -> Query | None:
    """What the question names; None where it names nothing of the kind."""
    found = asked(question)
    cues = words(Cues, "dialogue/multi_session", "reads").get(found.language) if found else None
    if found is None or cues is None:
        return None
    for category, noun in cues.categories.items():
        if holds(found.text, category):
            return Query(found, cues, noun, ())
    things = tuple(cues.things.within(found.text, found.cues.space))
    return Query(found, cues, "", things) if things else None


def answer(query: Query, chats: Chats) -> str | None:
    """The number, the sum or the difference."""
    if query.noun:
        named = re.compile(query.cues.name + re.escape(query.noun))
        names = {m[1] for s in chats.about(query.noun) for m in named.finditer(s.sentence)}
        return str(len(names)) if names else UNSAID
    sums = [sum(query.cues.amount(s.sentence) for s in chats.about(t)) for t in query.things]
    if not all(sums):
        return UNSAID
    wanted = sums[0] if len(sums) == 1 else abs(sums[0] - sums[1])
    found = (text for text in chats.choices() if query.cues.amount(text) == wanted)
    return next(found, None) if wanted else None


finds = chosen(answer)
solve = solver(reads, finds)
