"""The sentence beside a given one, by no more than likeness or place."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import lru_cache, partial

from golong_data.solving import reading
from golong_data.solving.choosing import Reader
from golong_data.solving.sentences import bag
from golong_data.tasks.retrieval.solve.continuation import Query, reads
from golong_data.tasks.retrieval.solve.sentences import split

Line = tuple[str, ...]
"""The sentences of a line."""

ALIKE = 0.5
"""Words in common with the given sentence, of the words of either, that a hasty reader takes
for it."""


@lru_cache(maxsize=2)
def lines_of(text: str) -> tuple[Line, ...]:
    """The lines that hold sentences, cut into these: kept, as all readers ask for them."""
    return tuple(found for line in text.split("\n") if (found := tuple(split(line))))


def sentences_of(text: str) -> list[str]:
    """Every sentence of a text, once."""
    return list(dict.fromkeys(sentence for line in lines_of(text) for sentence in line))


def candidates(question: str, prompt: str) -> Sequence[str]:
    """Every sentence."""
    return sentences_of(reading.context(prompt))


Place = tuple[Line, int]
"""A sentence: its line and where it stands in it."""


def _near(lines: Sequence[Line], given: str) -> Iterator[tuple[float, Place]]:
    """(likeness, place) of all sentences that have words in common with a given one."""
    wanted = bag(given)
    for line in lines:
        for at, sentence in enumerate(line):
            own = bag(sentence)
            if own & wanted:
                yield len(own & wanted) / len(own | wanted), (line, at)


def _beside(place: Place, step: int) -> str | None:
    line, at = place
    return line[at + step] if 0 <= at + step < len(line) else None


Choice = Callable[[Query, Sequence[Line]], str | None]


def _first_alike(query: Query, lines: Sequence[Line]) -> str | None:
    """From the first sentence that looks like the given one, as far as is asked."""
    found = (place for score, place in _near(lines, query.given) if score >= ALIKE)
    place = next(found, None)
    return _beside(place, query.step) if place else None


def _last_alike(query: Query, lines: Sequence[Line]) -> str | None:
    """The same from the last such sentence."""
    found = [place for score, place in _near(lines, query.given) if score >= ALIKE]
    return _beside(found[-1], query.step) if found else None


def _next_to_best(step: int, query: Query, lines: Sequence[Line]) -> str | None:
    """So many sentences from the best word overlap, wherever the question wants to be."""
    best = max(_near(lines, query.given), key=lambda found: found[0], default=None)
    return _beside(best[1], step) if best else None


def _second_best(query: Query, lines: Sequence[Line]) -> str | None:
    """The sentence most like the given one, but for itself."""
    found = sorted(_near(lines, query.given), key=lambda found: -found[0])
    others = (line[at] for _, (line, at) in found if line[at] != query.given)
    return next(others, None)


def _last(query: Query, lines: Sequence[Line]) -> str | None:
    """The last sentence."""
    return lines[-1][-1] if lines else None


def _plays(choice: Choice, question: str, prompt: str) -> str | None:
    query = reads(question)
    return choice(query, lines_of(reading.context(prompt))) if query else None


LAZY: Mapping[str, Reader] = {
    "after the best overlap": partial(_plays, partial(_next_to_best, 1)),
    "before the best overlap": partial(_plays, partial(_next_to_best, -1)),
    "from the first one alike": partial(_plays, _first_alike),
    "from the last one alike": partial(_plays, _last_alike),
    "most like the given one": partial(_plays, _second_best),
    "last sentence": partial(_plays, _last),
}
