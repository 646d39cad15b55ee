"""Which remarks of a docket give another number than the sentence that they tell again."""

from __future__ import annotations

import re
from dataclasses import dataclass

from golong_data.solving.query import solver
from golong_data.solving.sentences import ALIKE, bag, numbered, pieces
from golong_data.tasks.exhaustive.solve import by_number
from golong_data.tasks.exhaustive.solve.by_number import Query, reader

SPARE = 6
"""Words of a remark, at most, that say whence it comes."""


@dataclass(frozen=True, slots=True)
class Cues(by_number.Cues):
    """What to look for in one language."""

    docket: re.Pattern[str]
    """Whence a remark comes, with the number of its docket."""
    value: re.Pattern[str]
    """A number in a sentence."""
    pair: str
    """How two documents are called by their numbers."""

    def values(self, text: str) -> list[str]:
        """The numbers in a text."""
        return sorted(value.replace(",", "") for value in self.value.findall(text))


reads = reader("conflict", Cues)


def finds(query: Query[Cues], prompt: str) -> tuple[str, ...] | None:
    """Every remark of the docket against the one sentence elsewhere whose words it holds."""
    cues = query.cues
    remarks, stated = [], []
    for number, _, text in numbered(prompt):
        for paragraph in text.split("\n\n"):
            docket = cues.docket.search(paragraph)
            if docket is None:
                stated += [(number, bag(p), cues.values(p)) for p in pieces(paragraph)]
            elif docket[1] == query.number:
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
