"""The end of a chain without the way to it: any question that a key holds, answered by itself."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache, partial

from golong_data.solving import reading
from golong_data.solving.choosing import Reader
from golong_data.tasks.retrieval.lazy.continuation import sentences_of
from golong_data.tasks.retrieval.lazy.records import central, records_of
from golong_data.tasks.retrieval.solve import continuation, records
from golong_data.tasks.retrieval.solve.chain import Cues, noted, reads
from golong_data.words import words


@dataclass(frozen=True, slots=True)
class Ends:
    """The questions that keys hold, in the order of the text, and the text without them."""

    asked: Sequence[str]
    keys: Sequence[str]
    rest: str

    def answer(self, question: str) -> str | None:
        """What the text says to one of them."""
        if place := continuation.reads(question):
            return continuation.finds_in(place, self.rest)
        if record := records.reads(question):
            return records.finds_in(record, self.rest)
        return None


@lru_cache(maxsize=2)
def ends_of(prompt: str) -> Ends:
    """Those of a prompt, in whatever language."""
    text = reading.context(prompt)
    for cues in words(Cues, "retrieval/chain", "reads").values():
        notes = noted(text, cues)
        if notes.asked:
            return Ends(tuple(notes.asked.values()), tuple(notes.asked), notes.rest)
    return Ends((), (), text)


def candidates(question: str, prompt: str) -> Sequence[str]:
    """What records state where there are such, else every sentence."""
    ends = ends_of(prompt)
    values = dict.fromkeys(v for record in records_of(ends.rest) for v in record.fields.values())
    return list(values) or sentences_of(ends.rest)


Choice = Callable[[str, Ends], str | None]
"""(first key, ends) -> an answer."""


def _at(place: int, key: str, ends: Ends) -> str | None:
    """The answer at one of the ends."""
    return ends.answer(ends.asked[place]) if ends.asked else None


def _alike(key: str, ends: Ends) -> str | None:
    """The answer at the end whose key has most characters in common with the first one."""

    def shared(other: str) -> int:
        return sum(a == b for a, b in zip(key, other, strict=False))

    best = max(ends.keys, key=shared, default=None)
    return ends.answer(ends.asked[ends.keys.index(best)]) if best else None


def _central(key: str, ends: Ends) -> str | None:
    """The record in the centre of its look-alikes, whatever chain ends there."""
    query = next(filter(None, map(records.reads, ends.asked)), None)
    return central(query, records_of(ends.rest)) if query else None


def _asked_alone(key: str, ends: Ends) -> str | None:
    """The answer to the question whose form stands only once among the ends, if one does."""
    lengths = [len(question) for question in ends.asked]
    odd = max(ends.asked, key=lambda q: abs(len(q) - sum(lengths) / len(lengths)), default=None)
    return ends.answer(odd) if odd else None


def _plays(choice: Choice, question: str, prompt: str) -> str | None:
    query = reads(question)
    return choice(query.key, ends_of(prompt)) if query else None


LAZY: Mapping[str, Reader] = {
    "the first end": partial(_plays, partial(_at, 0)),
    "the last end": partial(_plays, partial(_at, -1)),
    "the end with the key most alike": partial(_plays, _alike),
    "the end unlike the others": partial(_plays, _asked_alone),
    "centre of the look-alikes": partial(_plays, _central),
}
