"""What of an interface differs between two releases, read by their tokens."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from golong_data.solving import python
from golong_data.solving.query import solver
from golong_data.solving.reading import documents
from golong_data.words import read, words

WORDS = "exhaustive/interface"


@dataclass(frozen=True, slots=True)
class Asked:
    """The wording of one kind of question."""

    question: str
    answer_format: str
    """Elements that no source has."""


@dataclass(frozen=True, slots=True)
class Asks:
    """Wordings of the questions, in one language."""

    kinds: Mapping[str, Asked]
    """By what may differ: "signatures", "fields"."""


@dataclass(frozen=True, slots=True)
class Query:
    """Two releases to compare."""

    kind: str
    first: str
    """Title of the document."""
    second: str


def reads(question: str) -> Query | None:
    """The releases asked about, and what of them; None for other questions."""
    for asks in words(Asks, WORDS, "asks").values():
        for kind, asked in asks.kinds.items():
            if said := read(asked.question, question):
                return Query(kind, said["first"], said["second"])
    return None


def finds(query: Query, prompt: str) -> tuple[str, ...] | None:
    """The names whose statements differ; None where a release cannot be read."""
    texts = documents(prompt)
    stated = READERS[query.kind]
    first, second = (stated(texts.get(title, "")) for title in (query.first, query.second))
    if not first or not second:
        return None
    differing = [n for n in {*first, *second} if first.get(n) != second.get(n)]
    return tuple(sorted(differing)) or None


def _signatures(text: str) -> Mapping[str, list[str]] | None:
    """Function -> its parameter lists; None where one cannot be read."""
    code = python.read(text)
    if code is None or any(d.parameters is None for d in code.definitions):
        return None
    return {
        name: sorted(str(d.parameters) for d in code.definitions if d.name == name)
        for name in {d.name for d in code.definitions}
    }


READERS: Mapping[str, Callable[[str], Mapping[str, list[str]] | None]] = {
    "signatures": _signatures,
    "fields": python.fields,
}
"""Kind of question -> what a text states: name -> all that is said of it."""

solve = solver(reads, finds)
