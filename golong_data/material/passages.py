"""Passages of two or three sentences, and single sentences, cut out of runs."""

from __future__ import annotations

import random
from collections.abc import Sequence

from golong_data.contexts.neighbours import neighbours
from golong_data.contexts.workspace import Workspace
from golong_data.material.runs import Run, runs

Passage = tuple[str, ...]
"""Its sentences; a single one is a passage of one."""

LENGTH = (2, 3)
"""Sentences of a passage that is no single sentence, fewest and most."""

SINGLE = 0.25
"""Share of single sentences among passages of other documents."""

A_DOCUMENT = 3
"""Passages of one other document, at most."""


def room_for(found: Sequence[Run]) -> int:
    """How many passages can be cut out of runs."""
    return sum(len(run.sentences) // LENGTH[0] for run in found)


def cut(
    found: Sequence[Run], run: Run, at: int, end: int, rng: random.Random
) -> tuple[Passage, list[Passage], list[Passage]]:
    """A document's runs cut up: the passage asked for, the others, and what is left of single ones.

    The asked one has the sentence `at` of `run` as its first (`end` 0) or last (-1). No sentence
    is in two passages.
    """
    texts = run.texts
    if end == 0:
        a, b = at, min(at + rng.randint(*LENGTH), len(texts))
    else:
        a, b = max(0, at + 1 - rng.randint(*LENGTH)), at + 1
    others: list[Passage] = []
    singles: list[Passage] = []
    for rest in [texts[:a], texts[b:], *(other.texts for other in found if other != run)]:
        while len(rest) >= LENGTH[0]:
            size = rng.randint(*LENGTH)
            others.append(tuple(rest[:size]))
            rest = rest[size:]
        singles += [(text,) for text in rest]
    return tuple(texts[a:b]), others, singles


def elsewhere(work: Workspace, run: Run, pool: Sequence[int], n: int) -> list[tuple[str, Passage]]:
    """`n` passages of documents with other titles: (title, passage).

    Documents like the run come first, then any of the pool.
    """
    corpus, rng = work.corpus, work.rng
    about = f"{corpus.title(run.index)} {run.sentences[0].text}"
    near = neighbours(corpus, about, 4 + n // 3, without=frozenset({run.index}))
    titles = {corpus.title(run.index)}
    found: list[tuple[str, Passage]] = []
    for index in [*near, *(rng.choice(pool) for _ in range(n))]:
        title = corpus.title(index)
        if title in titles or len(found) >= n:
            continue
        titles.add(title)
        there = runs(corpus, index)
        for other in rng.sample(there, min(A_DOCUMENT, len(there))):
            if rng.random() < SINGLE:
                found.append((title, (rng.choice(other.texts),)))
            else:
                found.append((title, tuple(other.texts[: rng.randint(*LENGTH)])))
    return found[:n]
