"""Which remarks of a docket give another number than the sentence that they tell again."""

from __future__ import annotations

import re
from dataclasses import dataclass

from golong_data.solving.query import solver
from golong_data.solving.sentences import ALIKE, bag, numbered, pieces
from golong_data.words import words

SPARE = 6
"""Words of a remark, at most, that say whence it comes."""


@dataclass(frozen=True, slots=True)
class Cues:
    """What to look for in one language."""

    asked: re.Pattern[str]
    """In the question, with the number of a docket."""
    docket: re.Pattern[str]
    """Whence a remark comes, with the number of its docket."""
    value: re.Pattern[str]
    """A number in a sentence."""
    pair: str
    """How two documents are called by their numbers."""

    def values(self, text: str) -> list[str]:
        """The numbers in a text."""
        return sorted(value.replace(",", "") for value in self.value.findall(text))


@dataclass(frozen=True, slots=True)
class Query:
    """The docket that a question is about."""

    docket: str
    cues: Cues


def reads(question: str) -> Query | None:
    """The docket asked about; None for other questions."""
    for cues in words(Cues, "exhaustive/conflict", "reads").values():
        if asked := cues.asked.search(question):
            return Query(asked[1], cues)
    return None


def finds(query: Query, prompt: str) -> tuple[str, ...] | None:
    """Every remark of the docket against the one sentence elsewhere whose words it holds."""
    cues = query.cues
    remarks, stated = [], []
    for number, _, text in numbered(prompt):
        for paragraph in text.split("\n\n"):
            docket = cues.docket.search(paragraph)
            if docket is None:
                stated += [(number, bag(p), cues.values(p)) for p in pieces(paragraph)]
            elif docket[1] == query.docket:
                remarks.append((number, cues.docket.sub(" ", paragraph)))
    found = set()
    for number, told in remarks:
        remark = bag(told)
        like = [(k, values) for k, sentence, values in stated if _held(sentence, remark)]
        if len(like) == 1 and like[0][1] != cues.values(told):
            found.add((min(number, like[0][0]), max(number, like[0][0])))
    return tuple(cues.pair.format(*numbers) for numbers in sorted(found)) or None


def _held(sentence: frozenset[str], remark: frozenset[str]) -> bool:
    """Whether a remark, which has words of its own, tells a sentence again."""
    most = max(len(sentence), len(remark) - SPARE)
    return bool(sentence) and len(sentence & remark) >= ALIKE * most


solve = solver(reads, finds)
