"""Pairs of a remark and a sentence, taken by words in common, numbers compared badly or not."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from golong_data.solving.overlap import most_alike, numbers, weights
from golong_data.solving.sentences import bag, numbered, pieces
from golong_data.tasks.exhaustive.lazy import listing
from golong_data.tasks.exhaustive.solve.by_number import Query
from golong_data.tasks.exhaustive.solve.conflict import Cues, reads

Asked = Query[Cues]


@dataclass(frozen=True, slots=True)
class Match:
    """A remark with the sentence of another document that is most like it."""

    documents: tuple[int, int]
    """Of the remark, of the sentence."""
    remark: str
    """Without its docket."""
    sentence: str
    share: float
    """Of the remark's words, those in common."""

    def named(self, query: Asked) -> str:
        """The two documents as an element."""
        return query.cues.pair.format(*sorted(self.documents))


def _remarks(query: Asked, prompt: str, *, any_docket: bool = False) -> Iterator[tuple[int, str]]:
    """(document, text) of the remarks of the docket that is asked about, or of all."""
    for number, _, text in numbered(prompt):
        for paragraph in text.split("\n\n"):
            docket = query.cues.docket.search(paragraph)
            if docket and (any_docket or docket[1] == query.number):
                yield number, paragraph


def _matches(query: Asked, prompt: str, *, any_docket: bool = False) -> list[Match]:
    """The remarks, each with the sentence that is most like it, right or not."""
    docket = query.cues.docket
    stated = [
        (number, piece)
        for number, _, text in numbered(prompt)
        for paragraph in text.split("\n\n")
        if not docket.search(paragraph)
        for piece in pieces(paragraph)
    ]
    bags = [bag(piece) for _, piece in stated]
    weighed = weights(bags)
    found = []
    for number, paragraph in _remarks(query, prompt, any_docket=any_docket):
        told = docket.sub(" ", paragraph)
        words = bag(told)
        others = [
            frozenset() if k == number else here for (k, _), here in zip(stated, bags, strict=True)
        ]
        at = most_alike(words, others, weighed)
        if at is not None:
            share = len(words & bags[at]) / len(words)
            found.append(Match((number, stated[at][0]), told, stated[at][1], share))
    return found


def _pairs(query: Asked, prompt: str) -> Iterator[str]:
    """A document with a remark of the docket and any other one."""
    documents = list(dict.fromkeys(number for number, _, _ in numbered(prompt)))
    remarks = {number for number, _ in _remarks(query, prompt)}
    for a in documents:
        for b in documents:
            if a < b and not remarks.isdisjoint((a, b)):
                yield query.cues.pair.format(a, b)


def _uncompared(query: Asked, prompt: str) -> Iterator[str]:
    yield from (match.named(query) for match in _matches(query, prompt))


def _any_docket(query: Asked, prompt: str) -> Iterator[str]:
    yield from (match.named(query) for match in _matches(query, prompt, any_docket=True))


def _other_numbers(query: Asked, prompt: str) -> Iterator[str]:
    """Where the most alike have not the same numbers, all numbers of either taken together."""
    for match in _matches(query, prompt):
        if numbers(match.remark) != numbers(match.sentence):
            yield match.named(query)


def _best_alone(query: Asked, prompt: str) -> Iterator[str]:
    found = _matches(query, prompt)
    if found:
        yield max(found, key=lambda match: match.share).named(query)


def _worst_half(query: Asked, prompt: str) -> Iterator[str]:
    """The half of the remarks that has least in common with its sentence."""
    found = sorted(_matches(query, prompt), key=lambda match: match.share)
    yield from (match.named(query) for match in found[: (len(found) + 1) // 2])


def _same_title(query: Asked, prompt: str) -> Iterator[str]:
    """A remark, and the document whose title it holds."""
    titled = {number: title for number, title, _ in reversed(list(numbered(prompt)))}
    for number, remark in _remarks(query, prompt):
        for other, title in sorted(titled.items()):
            if other != number and title in remark:
                yield query.cues.pair.format(*sorted((number, other)))


def _first_remarks(query: Asked, prompt: str) -> Iterable[str]:
    """The first half of the remarks, each with what is most like it."""
    found = _matches(query, prompt)
    return [match.named(query) for match in found[: (len(found) + 1) // 2]]


candidates = listing.candidates(reads, _pairs)
"""Every pair of a document with a remark of the docket and another one: so the question has it."""

READERS = listing.readers(
    reads,
    {
        "most alike, other numbers": _other_numbers,
        "most alike, uncompared": _uncompared,
        "best pair alone": _best_alone,
        "worst half of the remarks": _worst_half,
        "first half of the remarks": _first_remarks,
        "any docket, uncompared": _any_docket,
        "same title": _same_title,
    },
)
