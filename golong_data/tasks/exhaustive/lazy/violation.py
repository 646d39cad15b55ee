"""Entries of a register, taken by one side of the rule alone or without having read it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from golong_data.solving import reading
from golong_data.solving.overlap import commonest
from golong_data.tasks.exhaustive.lazy import listing
from golong_data.tasks.exhaustive.solve.by_number import Query
from golong_data.tasks.exhaustive.solve.violation import Cues, reads

Asked = Query[Cues]

_ID = re.compile(r"E-\d{4}")

FEW = 3
"""Entries that are taken where nothing says how many."""


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry as it is skimmed."""

    id: str
    goods: str
    quantity: int


def _paragraphs(prompt: str) -> Iterator[str]:
    for text in reading.documents(prompt).values():
        yield from text.split("\n\n")


def _goods(text: str, cues: Cues) -> str:
    """The first listed goods that a text names; empty where it names none."""
    return next((goods for goods in cues.goods if goods in text), "")


def _entries(query: Asked, prompt: str) -> list[Entry]:
    cues = query.cues
    return [
        Entry(ids[0], _goods(text, cues), cues.amount(text))
        for text in _paragraphs(prompt)
        if len(ids := _ID.findall(text)) == 1
    ]


def _rule(query: Asked, prompt: str) -> tuple[str, int, int]:
    """The rule's goods, the limit beside them, and the highest limit of rule and exceptions."""
    cues, goods, limit, highest = query.cues, "", 0, 0
    for text in _paragraphs(prompt):
        of = cues.rule.search(text)
        if of and of[1] == query.number:
            highest = max(highest, cues.amount(text))
            if _goods(text, cues):
                goods, limit = _goods(text, cues), cues.amount(text)
    return goods, limit, highest


def _every(query: Asked, prompt: str) -> Iterator[str]:
    yield from (entry.id for entry in _entries(query, prompt))


def _of_its_goods(query: Asked, prompt: str) -> Iterator[str]:
    goods, _, _ = _rule(query, prompt)
    yield from (e.id for e in _entries(query, prompt) if e.goods == goods)


def _without_exceptions(query: Asked, prompt: str) -> Iterator[str]:
    """The rule's one sentence as a pattern, whatever exceptions there are."""
    goods, limit, _ = _rule(query, prompt)
    yield from (e.id for e in _entries(query, prompt) if e.goods == goods and e.quantity > limit)


def _above_every_limit(query: Asked, prompt: str) -> Iterator[str]:
    goods, _, limit = _rule(query, prompt)
    yield from (e.id for e in _entries(query, prompt) if e.goods == goods and e.quantity > limit)


def _whatever_goods(query: Asked, prompt: str) -> Iterator[str]:
    _, limit, _ = _rule(query, prompt)
    yield from (e.id for e in _entries(query, prompt) if e.quantity > limit)


def _of_the_commonest_goods(query: Asked, prompt: str) -> Iterator[str]:
    entries = _entries(query, prompt)
    goods = commonest(e.goods for e in entries)
    yield from (e.id for e in entries if e.goods == goods)


def _above_the_commonest(query: Asked, prompt: str) -> Iterator[str]:
    """Those of the commonest goods above the quantity that comes most often: no rule is read."""
    entries = _entries(query, prompt)
    goods = commonest(e.goods for e in entries)
    limit = commonest(e.quantity for e in entries if e.goods == goods)
    yield from (e.id for e in entries if e.goods == goods and limit and e.quantity > limit)


def _largest(query: Asked, prompt: str) -> Iterable[str]:
    found = sorted(_entries(query, prompt), key=lambda e: -e.quantity)
    return [e.id for e in found[:FEW]]


candidates = listing.candidates(reads, _every)
"""Every entry."""

READERS = listing.readers(
    reads,
    {
        "exceptions ignored": _without_exceptions,
        "above every limit": _above_every_limit,
        "of its goods": _of_its_goods,
        "above its limit, any goods": _whatever_goods,
        "commonest goods": _of_the_commonest_goods,
        "above the commonest quantity": _above_the_commonest,
        "largest quantities": _largest,
        "every entry": _every,
    },
)
