"""The one sentence that a quotation fits, and the name that stands at its gap."""

from __future__ import annotations

import re
from dataclasses import dataclass

from golong_data.solving import reading
from golong_data.solving.options import lettered, offered, the_one
from golong_data.solving.query import solver
from golong_data.tasks.comprehension.solve.asked import reader
from golong_data.types import Gold

_EACH = re.compile(r'[(（]\d+[)）] ?["『](.+?)["』](?=[;；] ?[(（]\d|$)')
"""One of some quotations, each with its number."""


@dataclass(frozen=True, slots=True)
class Query:
    """A sentence with a name masked as it is quoted, or some of them."""

    language: str
    one: str = ""
    some: str = ""


reads = reader("masked", Query)


def finds(query: Query, prompt: str) -> Gold | None:
    """Finds each sentence by what is quoted of it and reads the name off."""
    text, options = reading.context(prompt), offered(prompt)
    found = []
    for quote in [query.one] if query.one else _EACH.findall(query.some):
        head, _, tail = quote.partition("____")
        # What stands before the first gap, however much was left out, leads to the sentence.
        before = "[^\n]{1,200}?".join(map(re.escape, head.split("[...]")))
        after = "[^\n]{1,200}?".join(map(re.escape, tail.split("[...]")))
        names = re.findall(before + "([^\n]{1,40}?)" + after.replace("____", r"\1"), text)
        if len(names) != 1:
            return None
        found.append(names[0])
    if query.one:
        return the_one(options, found[0])
    known = set(found) <= set(options.values())
    return (lettered(options, found) or None) if known else None


solve = solver(reads, finds)
