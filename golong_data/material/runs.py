"""Runs: neighbouring plain sentences of real documents, on one line.

A run holds only sentences about whose ends no reader can be in doubt: no full stop stands
inside them before a space. So "the sentence after this one" means one thing.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

from golong_data.contexts.sampling import spread
from golong_data.contexts.sentences import Sentence, quotable, sentences

if TYPE_CHECKING:
    from golong_data.corpus import Corpus

GLANCE = 6_000
"""Characters of a document that decide whether it serves: many are asked."""

READ = 40_000
"""Characters of a document in which runs are looked for."""

DOCUMENTS = 1_000
"""Documents of a large corpus that are quoted from, evenly spread over those that serve."""

_INNER_STOP = re.compile(r"[.!?][\"”’)]*\s|[。！？]")
_LABEL = re.compile(r"[A-Z][\w /-]{0,40}:\s")
_END = "\"'”’)」』.!?。！？"


@dataclass(frozen=True, slots=True)
class Run:
    """Neighbouring sentences of one line of a document, two or more."""

    index: int
    """Of the document in its corpus."""
    sentences: tuple[Sentence, ...]
    n_tokens: int
    """Of the line that holds them."""

    @property
    def texts(self) -> list[str]:
        """Its sentences without their places."""
        return [sentence.text for sentence in self.sentences]

    def has(self, at: int) -> bool:
        """Whether a sentence of it stands at a place."""
        return 0 <= at < len(self.sentences)


def is_plain(sentence: Sentence) -> bool:
    """Whether a sentence can be quoted and ends where it does beyond doubt."""
    text = sentence.text
    whole = all(text.count(a) == text.count(b) for a, b in ("()", "（）"))
    inside = text.rstrip(_END)
    plain_inside = not _INNER_STOP.search(inside) and not _LABEL.match(text)
    return quotable(sentence) and whole and plain_inside


def has_run(corpus: Corpus, index: int) -> bool:
    """Whether a document is prose, and its start has a run."""
    return not corpus.is_table(index) and bool(_runs_of(corpus.text(index)[:GLANCE]))


@lru_cache(maxsize=1 << 12)
def runs(corpus: Corpus, index: int) -> tuple[Run, ...]:
    """The runs of a document, in order."""
    text = corpus.text(index)[:READ]
    segments = corpus.segments(index)
    found = []
    for run in _runs_of(text):
        first, last = np.searchsorted(segments.ends, [run[0].start, run[-1].end - 1], side="right")
        found.append(Run(index, run, int(segments.tokens[first : last + 1].sum())))
    return tuple(found)


def _runs_of(text: str) -> list[tuple[Sentence, ...]]:
    found: list[tuple[Sentence, ...]] = []
    run: list[Sentence] = []
    seen: set[str] = set()
    for sentence in sentences(text):
        joined = run and text[run[-1].end : sentence.start] in ("", " ")
        fit = is_plain(sentence) and sentence.text not in seen
        seen.add(sentence.text)
        if not (joined and fit):
            if len(run) > 1:
                found.append(tuple(run))
            run = []
        if fit:
            run.append(sentence)
    return [*found, tuple(run)] if len(run) > 1 else found


# --- of many documents --------------------------------------------------------------------


def quoted_from(serving: Sequence[int]) -> tuple[int, ...]:
    """Of the documents that serve, those that are quoted from: at most DOCUMENTS."""
    return tuple(serving[at] for at in spread(len(serving), DOCUMENTS))


def places(
    corpus: Corpus, serving: Sequence[int], fits: Callable[[Run, int], bool]
) -> tuple[tuple[Run, int], ...]:
    """(run, place in it) of all sentences that fit, of the documents that are quoted from.

    First the first ones of all documents, then the second ones, and so on.
    """
    found: list[tuple[int, tuple[Run, int]]] = []
    for index in quoted_from(serving):
        here = [(run, at) for run in runs(corpus, index) for at in range(len(run.sentences))]
        found += enumerate(place for place in here if fits(*place))
    return tuple(place for _, place in sorted(found, key=lambda item: item[0]))


def one_each(
    corpus: Corpus,
    indices: Sequence[int],
    n: int,
    fits: Callable[[Run], bool],
    rng: random.Random,
) -> list[Run]:
    """Up to `n` runs that fit, of as many of these documents, the first of them first."""
    found: dict[int, Run] = {}
    for index in indices:
        fit = [run for run in runs(corpus, index) if fits(run)]
        if fit and len(found) < n and index not in found:
            found[index] = rng.choice(fit)
    return list(found.values())


def text_of(corpus: Corpus, indices: Sequence[int]) -> str:
    """All runs of some documents as one text."""
    return " ".join(text for i in indices for run in runs(corpus, i) for text in run.texts)
