"""Verbatim continuation: quote the sentence that stands next to a given one.

Near copies of the given sentence stand in other documents, each before another sentence, so
whoever matches roughly quotes the wrong one. Where the answer is changed, so are sentences
that nothing is asked about.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache, partial
from typing import TYPE_CHECKING

from golong_data.contexts.budget import Share
from golong_data.contexts.edits import Edit
from golong_data.contexts.excerpts import around, excerpt
from golong_data.contexts.neighbours import neighbours
from golong_data.contexts.sampling import turn
from golong_data.contexts.sentences import Sentence, gap_after
from golong_data.contexts.stitch import Block
from golong_data.contexts.windows import Source, source
from golong_data.contexts.workspace import Workspace
from golong_data.material.changes import any_substitutes
from golong_data.material.exchanges import exchanged
from golong_data.material.runs import Run, has_run, one_each, places, quoted_from, runs, text_of
from golong_data.tasks.generators import serving
from golong_data.tasks.retrieval.config import RetrievalConfig
from golong_data.tasks.retrieval.lazy import continuation as lazy
from golong_data.tasks.retrieval.solve.continuation import Asks, solve
from golong_data.tasks.retrieval.target import Target, draft
from golong_data.types import Draft, Generator, Refused
from golong_data.words import words

if TYPE_CHECKING:
    from golong_data.corpus import Corpus

WORDS = "retrieval/continuation"

WIDEST = 900
"""Tokens of an excerpt, at most."""

DONORS = 12
"""Documents that give words and clauses for exchanges, at least."""

TRIES = 4
"""Changes of a sentence that are drawn for each near copy of it: all of them differ."""

VARIED = 8
"""Sentences changed beside an answer that is, at least, where so many can be."""

LEAST = 24
"""Documents with quotable sentences before a corpus is asked for them."""


@dataclass(frozen=True, slots=True)
class Place:
    """A sentence of a run, and another of it that is asked for by the first."""

    run: Run
    at: int
    """Of the sentence that is given."""
    step: int
    """Sentences from there to the one asked for."""

    @property
    def given(self) -> str:
        """What the question quotes."""
        return self.run.sentences[self.at].text

    @property
    def right(self) -> Sentence:
        """The one asked for."""
        return self.run.sentences[self.at + self.step]

    def shown(self) -> tuple[Sentence, ...]:
        """Both, and what stands between them."""
        low, high = sorted((self.at, self.at + self.step))
        return self.run.sentences[low : high + 1]


def make(work: Workspace, config: RetrievalConfig) -> Draft:
    """A sentence of a real document, and the one next to it as the answer."""
    return draft(work, config, target(work, config, twins=config.twins, others=config.neighbours))


def target(work: Workspace, config: RetrievalConfig, *, twins: int, others: int) -> Target:
    """Such a question with its excerpt, and excerpts of documents like the one it is about.

    `twins` of them hold a near copy of the given sentence; about the `others` the same
    could be asked.
    """
    rng, steps, n = work.rng, config.steps, twins + others
    asks = words(Asks, WORDS, "asks")[config.language]
    size = min(Share(1, 6 + n).tokens(work.ctx), WIDEST)
    run, at = turn(work, _places(work.corpus, steps, size))
    step = rng.choice([s for s in steps if run.has(at + s)])
    place = Place(run, at, step)
    about = " ".join(run.texts)
    near = neighbours(work.corpus, about, max(4 * n, DONORS), without=frozenset({run.index}))
    alike = _alike(work, place, near, n, size)
    donor = text_of(work.corpus, [*near, *(other.index for other in alike)])
    change = partial(exchanged, donor=donor, substitutes=any_substitutes(work.corpus), rng=rng)
    old = new = place.right.text
    if rng.random() < config.counterfactual:
        new = change(old) or old
    # Where the answer is not what its source says, neither is much of what stands around it.
    each = -(-VARIED // (1 + len(alike))) if new != old else 0
    vary = partial(_variations, work, n=each, change=change)
    blocks = [_excerpt(work, place, size, new, vary)]
    decoys = []
    copies = _near_copies(place.given, min(twins, len(alike)), change)
    for other, near_copy in itertools.zip_longest(alike[:twins], copies):
        blocks.append(_window(work, other, size, vary, near=near_copy))
    for other in alike[twins:]:
        fit = [i for i in range(len(other.sentences)) if other.has(i + step)]
        given = other.sentences[rng.choice(fit)]
        decoys.append(asks.worded(given.text, step))
        blocks.append(_window(work, other, size, vary, kept=given))
    return Target(
        question=asks.worded(place.given, step),
        gold=new,
        blocks=tuple(blocks),
        once=(place.given, new),
        never=(old,) if new != old else (),
        decoys=tuple(decoys),
        counterfactual=int(new != old),
    )


@lru_cache(maxsize=8)
def _places(corpus: Corpus, steps: tuple[int, ...], most: int) -> tuple[tuple[Run, int], ...]:
    """(run, place in it) of every sentence that can be given, of lines up to `most` tokens."""

    def fits(run: Run, at: int) -> bool:
        return run.n_tokens <= most and any(run.has(at + step) for step in steps)

    found = places(corpus, serving(corpus, GENERATOR), fits)
    if not found:
        raise Refused("no sentence that can be given fits into the length asked for")
    return found


def _alike(work: Workspace, place: Place, near: Sequence[int], n: int, most: int) -> list[Run]:
    """Up to `n` runs about which the same could be asked, the nearest documents' first."""
    pool = quoted_from(serving(work.corpus, GENERATOR))
    indices = [*near, *(work.rng.choice(pool) for _ in range(4 * n))]
    indices = [index for index in indices if index != place.run.index]

    def fits(run: Run) -> bool:
        return run.n_tokens <= most and run.has(abs(place.step))

    return one_each(work.corpus, indices, n, fits, work.rng)


def _near_copies(text: str, n: int, change: Callable[[str], str | None]) -> list[str]:
    """Up to `n` different sentences that differ from one in one place each."""
    found: dict[str, None] = {}
    for _ in range(TRIES * n):
        copy = change(text) if len(found) < n else None
        if copy is None:
            break
        found[copy] = None
    return list(found)


Vary = Callable[[Source, int, int, Sequence[tuple[int, int]]], list[Edit]]
"""(document, segments a..b of it, ranges that stay) -> changes of other sentences there."""


def _variations(
    work: Workspace,
    src: Source,
    a: int,
    b: int,
    kept: Sequence[tuple[int, int]],
    *,
    n: int,
    change: Callable[[str], str | None],
) -> list[Edit]:
    """Up to `n` sentences of a window changed, none that touches one of the ranges `kept`."""
    low = src.start(a)
    high = low + len(src.window(a, b))
    fit = [
        s
        for run in runs(work.corpus, src.index)
        for s in run.sentences
        if low <= s.start and s.end <= high
        if all(s.end < start or end < s.start for start, end in kept)
    ]
    found: list[Edit] = []
    for sentence in work.rng.sample(fit, len(fit)):
        new = change(sentence.text) if len(found) < n else None
        if new is not None:
            found.append(Edit(sentence.start, sentence.end, new))
    return found


def _excerpt(work: Workspace, place: Place, size: int, new: str, vary: Vary) -> Block:
    """A window around both sentences, each sentence from one to the other marked."""
    src, shown, right = source(work.corpus, place.run.index), place.shown(), place.right
    start, end = shown[0].start, shown[-1].end
    a, b = around(src, start, end, size, work.rng)
    edits = vary(src, a, b, [(start, end)])
    edits += [Edit(right.start, right.end, new)] if new != right.text else []
    return excerpt(work, src, a, b, evidence=[(s.start, s.end) for s in shown], edits=edits)


def _window(
    work: Workspace,
    run: Run,
    size: int,
    vary: Vary,
    *,
    near: str | None = None,
    kept: Sentence | None = None,
) -> Block:
    """A window around a run, a near copy of another sentence put between two of its own.

    The sentence `kept` stays as it is.
    """
    src = source(work.corpus, run.index)
    there = work.rng.choice(run.sentences[1:]).start
    a, b = around(src, there, there + 1, size, work.rng)
    edits = vary(src, a, b, [(there, there), *([(kept.start, kept.end)] if kept else [])])
    edits += [Edit(there, there, near + gap_after(near))] if near else []
    return excerpt(work, src, a, b, edits=edits)


GENERATOR = Generator(
    make=make,
    solve=solve,
    words=WORDS,
    needs="two neighbouring plain sentences on one line",
    serves=has_run,
    least=LEAST,
    candidates=lazy.candidates,
    lazy=lazy.LAZY,
)
