"""A balance, added up from the text of a ledger's pages."""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction

from golong_data.solving import reading
from golong_data.solving.numbers import number, written
from golong_data.solving.query import solver
from golong_data.solving.tables import table
from golong_data.tasks.numeric.solve.questions import Asks, Query, reader
from golong_data.words import words

WORDS = "numeric/ledger"


@dataclass(frozen=True, slots=True)
class Cues:
    """What to look for in one language."""

    title: re.Pattern[str]
    """Of a page, with its owner."""
    opening: str
    """Header of the balances that accounts start from; those of entries follow."""
    entry: str
    account: str
    credit: str
    debit: str
    status: str
    void: str
    """The status of an entry that does not count."""


reads = reader(WORDS, Asks)


def finds(query: Query[Asks], prompt: str) -> str | None:
    """The balance by the pages' text alone."""
    asked = query.fields
    cues = words(Cues, WORDS, "reads")[query.language]
    opening: list[Fraction] = []
    balance, last = Fraction(), ""
    for title, text in reading.documents(prompt).items():
        page = cues.title.match(title)
        for row in table(text).rows if page and page[1] == asked["owner"] else ():
            amounts = {name: number(cell) or Fraction() for name, cell in row.items()}
            # Entry numbers have one width, so their order is that of their text.
            entry = row.get(cues.entry, "")
            if row.get(cues.account) != asked["account"] or entry > asked["entry"]:
                continue
            if cues.opening in row:
                opening.append(amounts[cues.opening])
            elif row.get(cues.status) != cues.void:
                balance += amounts.get(cues.credit, 0) - amounts.get(cues.debit, 0)
                last = max(last, entry)
    if not opening or last != asked["entry"]:
        return None
    return written(sum(opening, balance), 2)


solve = solver(reads, finds)
