"""Which numbered sentences a text rests on, read by the words that they have in common."""

from __future__ import annotations

import re
from dataclasses import dataclass

from golong_data.solving.query import solver
from golong_data.solving.sentences import alike, bag, numbered, pieces
from golong_data.words import words

_MARK = re.compile(r"\[S(\d+)\] ")
"""Stands before a sentence."""


@dataclass(frozen=True, slots=True)
class Cues:
    """What to look for in one language."""

    asked: re.Pattern[str]
    """The question, with the `title` of a document and a `text`."""


@dataclass(frozen=True, slots=True)
class Query:
    """The document that a question is about, and the text that rests on it."""

    title: str
    text: str


def reads(question: str) -> Query | None:
    """The document and the text asked about; None for other questions."""
    for cues in words(Cues, "exhaustive/statement", "reads").values():
        if asked := cues.asked.match(question):
            return Query(asked["title"], asked["text"])
    return None


def finds(query: Query, prompt: str) -> tuple[str, ...] | None:
    """For each sentence of the text the one numbered sentence that is like it."""
    texts = [text for _, title, text in numbered(prompt) if title == query.title]
    if len(texts) != 1:
        return None
    marked = _MARK.split(texts[0])
    sentences = [
        (int(number), bag(text)) for number, text in zip(marked[1::2], marked[2::2], strict=True)
    ]
    found = []
    for stated in map(bag, pieces(query.text)):
        hits = [number for number, here in sentences if alike(stated, here)]
        if len(hits) != 1:
            return None
        found += hits
    return tuple(f"S{number}" for number in sorted(found)) or None


solve = solver(reads, finds)
