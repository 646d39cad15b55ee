"""A sentence of the n-th reply to a request, counted in the conversation."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from golong_data.solving import reading
from golong_data.solving.query import solver
from golong_data.tasks.retrieval.solve.sentences import split
from golong_data.words import read, words


@dataclass(frozen=True, slots=True)
class Asks:
    """How a reply is asked for, in one language."""

    same: str
    """Where the request comes in the same words."""
    any_words: str
    """Where it comes in different words."""
    ends: Mapping[int, str]
    """Which sentence of the reply, by its place in it."""
    places: tuple[str, ...]
    """Which reply, counted from the first."""
    from_end: tuple[str, ...]
    """Which reply, counted back from the last."""

    def place(self, at: int) -> str:
        """The reply at a place of those to the request, below 0 from the end, in words."""
        return self.places[at] if at >= 0 else self.from_end[-at - 1]

    def place_of(self, place: str) -> int:
        """Where the reply stands that is called so."""
        if place in self.places:
            return self.places.index(place)
        return -1 - self.from_end.index(place)


@dataclass(frozen=True, slots=True)
class Cues:
    """What a conversation looks like in one language."""

    exchange: re.Pattern[str]
    """Request and reply."""
    subject: str
    """What a request is about, in quotation marks."""
    passage: str
    """What is requested, where it counts."""


@dataclass(frozen=True, slots=True)
class Query:
    """Which sentence of which reply, and the request: its words, or what it is about."""

    at: int
    end: int
    request: str
    about: str
    cues: Cues

    def counts(self, request: str) -> bool:
        """Whether a request is the one that is repeated."""
        if self.request:
            return request == self.request
        rest = request.replace(self.cues.subject.format(about=self.about), "", 1)
        return rest != request and self.cues.passage in rest


def reads(question: str) -> Query | None:
    """What is asked; None for other questions."""
    cues = words(Cues, "retrieval/reply", "reads")
    for language, asks in words(Asks, "retrieval/reply", "asks").items():
        if named := read(asks.same, question) or read(asks.any_words, question):
            ends = {end: at for at, end in asks.ends.items()}
            return Query(
                asks.place_of(named["place"]),
                ends[named["end"]],
                named.get("request", ""),
                named.get("about", ""),
                cues[language],
            )
    return None


def finds(query: Query, prompt: str) -> str | None:
    """Reads the conversation, keeps the replies to the request, counts."""
    exchanges = query.cues.exchange.findall(reading.context(prompt))
    replies = [reply for request, reply in exchanges if query.counts(request)]
    if not -len(replies) <= query.at < len(replies):
        return None
    sentences = split(replies[query.at])
    return sentences[query.end] if sentences else None


solve = solver(reads, finds)
