"""The question at the end of a chain of keys, followed note by note and then answered."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from golong_data.solving import reading
from golong_data.solving.query import solver
from golong_data.tasks.retrieval.solve import continuation, records
from golong_data.words import read, words


@dataclass(frozen=True, slots=True)
class Asks:
    """How the end of a chain is asked for, in one language."""

    question: str


@dataclass(frozen=True, slots=True)
class Cues:
    """What notes look like in one language."""

    key: re.Pattern[str]
    backward: re.Pattern[str]
    """Words of a note that names the later key first."""
    held: tuple[re.Pattern[str], ...]
    """Whole notes with the question that a key holds, behind the key or before it."""


@dataclass(frozen=True, slots=True)
class Query:
    """Where to start, and what notes look like."""

    key: str
    cues: Cues


@dataclass(frozen=True, slots=True)
class Notes:
    """What the notes of a text say."""

    following: Mapping[str, str]
    """Key -> the next one."""
    asked: Mapping[str, str]
    """Key -> the question that it holds."""
    rest: str
    """The text without the notes that hold questions."""


def reads(question: str) -> Query | None:
    """The first key; None for other questions."""
    cues = words(Cues, "retrieval/chain", "reads")
    for language, asks in words(Asks, "retrieval/chain", "asks").items():
        if named := read(asks.question, question):
            return Query(named["key"], cues[language])
    return None


def finds(query: Query, prompt: str) -> str | None:
    """Follows the notes, then answers the question at their end without the notes in the text."""
    notes = noted(reading.context(prompt), query.cues)
    key = query.key
    for _ in notes.following:
        key = notes.following.get(key, key)
    question = notes.asked.get(key, "")
    if place := continuation.reads(question):
        return continuation.finds_in(place, notes.rest)
    if record := records.reads(question):
        return records.finds_in(record, notes.rest)
    return None


def noted(text: str, cues: Cues) -> Notes:
    """All notes of a text."""
    following: dict[str, str] = {}
    asked: dict[str, str] = {}
    rest = []
    for line in text.split("\n"):
        keys = cues.key.findall(line)
        held = next(filter(None, (pattern.fullmatch(line) for pattern in cues.held)), None)
        if len(keys) == 2:
            first, second = keys[::-1] if cues.backward.search(line) else keys
            following[first] = second
        if len(keys) == 1 and held:
            asked[keys[0]] = held["asked"]
        else:
            rest.append(line)
    return Notes(following, asked, "\n".join(rest))


solve = solver(reads, finds)
