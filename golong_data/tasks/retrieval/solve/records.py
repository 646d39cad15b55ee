"""A value of a record, found by reading all records and keeping those that the question names."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from golong_data.solving import reading
from golong_data.solving.query import solver
from golong_data.words import read, words


@dataclass(frozen=True, slots=True)
class Asks:
    """How a value of a record is asked for, in one language."""

    questions: Mapping[str, str]
    """By how the record is named."""


@dataclass(frozen=True, slots=True)
class Cues:
    """What records look like in one language."""

    lines: tuple[re.Pattern[str], ...]
    """Whole lines, with what a record is about, its fields and its number."""
    between: str
    """Parts two fields."""
    pair: re.Pattern[str]
    """A label and its value."""
    about: re.Pattern[str]
    """Whom or what it is about, and the year."""


@dataclass(frozen=True, slots=True)
class Filed:
    """A record as it is read."""

    number: str
    holder: str
    period: str
    fields: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Query:
    """What a question says of the record: any of number, year, about, given and value."""

    named: Mapping[str, str]
    cues: Cues


def reads(question: str) -> Query | None:
    """What is asked; None for other questions."""
    cues = words(Cues, "retrieval/records", "reads")
    for language, asks in words(Asks, "retrieval/records", "asks").items():
        for wording in asks.questions.values():
            if named := read(wording, question):
                return Query(named, cues[language])
    return None


def finds(query: Query, prompt: str) -> str | None:
    """The value asked for, in the context of a prompt."""
    return finds_in(query, reading.context(prompt))


def finds_in(query: Query, text: str) -> str | None:
    """The value asked for, in a text with one record that the question names."""
    named, found = query.named, list(filed(text, query.cues))
    if "number" in named:
        kept = [record for record in found if record.number == named["number"]]
        if "year" in named:
            holders = [record.holder for record in kept]
            kept = [r for r in found if holders == [r.holder] and r.period == named["year"]]
    elif "given" in named:
        kept = [r for r in found if r.fields.get(named["given"]) == named["value"]]
    else:
        about = _about(named["about"], query.cues)
        kept = [record for record in found if (record.holder, record.period) == about]
    return kept[0].fields.get(named["label"]) if len(kept) == 1 else None


def filed(text: str, cues: Cues) -> Iterator[Filed]:
    """All records of a text."""
    for line in text.split("\n"):
        for found in filter(None, (pattern.fullmatch(line) for pattern in cues.lines)):
            about = _about(found["about"], cues)
            pairs = [cues.pair.fullmatch(pair) for pair in found["fields"].split(cues.between)]
            if about and all(pairs):
                yield Filed(found["number"], *about, {pair[1]: pair[2] for pair in pairs if pair})


def _about(text: str, cues: Cues) -> tuple[str, str] | None:
    """(whom or what, year or "") out of what stands for both."""
    found = cues.about.fullmatch(text)
    return (found["holder"], found["period"] or "") if found else None


solve = solver(reads, finds)
