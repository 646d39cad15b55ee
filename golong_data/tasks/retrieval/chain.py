"""Key chains: each key names the next, the last one holds the question.

The notes are scattered over real documents. Decoy chains, whose keys begin like those of the
right one, lead to other questions, whose answers are in the context as well. Only who
follows every hop knows which question is meant.

After the key chains of LoongRL (arXiv 2510.19363), with real questions at every end.
"""

from __future__ import annotations

import itertools
import random
from collections.abc import Sequence
from dataclasses import dataclass, replace

from golong_data.contexts.budget import Share
from golong_data.contexts.notes import Note, scatter_bundled
from golong_data.contexts.workspace import Workspace
from golong_data.tasks.generators import able_to_serve, is_prose
from golong_data.tasks.retrieval import continuation, records
from golong_data.tasks.retrieval.config import RetrievalConfig
from golong_data.tasks.retrieval.lazy import chain as lazy
from golong_data.tasks.retrieval.solve.chain import Asks, solve
from golong_data.tasks.retrieval.target import Target, draft
from golong_data.types import Draft, Generator, Refused
from golong_data.words import words

WORDS = "retrieval/chain"

SHORT = 6_000
"""Below so many tokens there are at most two decoys."""

MOST_RECORDS = 16
"""Records for a chain to end at: the chain is the point."""

ROOM = Share(1, 3)
"""What notes and the excerpts around them take of a short context."""

MOST_TOKENS = 12_000
"""Tokens of notes and the excerpts around them, at most."""


@dataclass(frozen=True, slots=True)
class Words:
    """How notes are put, in one language."""

    leads: tuple[str, ...]
    """From one key to the next, named in either order."""
    holds: tuple[str, ...]
    """At the end of a chain."""
    mark: str
    """How every note names a key."""

    def notes(self, chain: Sequence[str], question: str, rng: random.Random) -> list[str]:
        """The notes of a chain in order, each in any of the forms."""
        leads = [
            rng.choice(self.leads).format(key=key, next=following)
            for key, following in itertools.pairwise(chain)
        ]
        return [*leads, rng.choice(self.holds).format(key=chain[-1], question=question)]


def make(work: Workspace, config: RetrievalConfig) -> Draft:
    """A question at the end of a chain of keys."""
    rng = work.rng
    asks = words(Asks, WORDS, "asks")[config.language]
    told = words(Words, WORDS, "writes")[config.language]
    decoys = min(config.decoys, 2) if work.ctx < SHORT else config.decoys
    end = _end(work, config, decoys)
    if len(end.decoys) < decoys:
        raise Refused("there are too few other questions for the decoy chains")
    chains = keys(1 + decoys, rng.randint(*config.hops) + 1, config.shared, rng)
    questions = [end.question, *rng.sample(end.decoys, decoys)]
    notes = [
        Note(text, chain is chains[0])
        for chain, question in zip(chains, questions, strict=True)
        for text in told.notes(chain, question, rng)
    ]
    marks = [told.mark.format(key=key) for chain in chains for key in chain]
    asked = replace(
        end,
        question=asks.question.format(key=chains[0][0]),
        forbidden=(*marks, *end.forbidden),
    )
    blocks = scatter_bundled(
        work,
        [*notes, *end.notes],
        min(ROOM.tokens(work.ctx), MOST_TOKENS),
        without=(*asked.forbidden, *end.once),
        exclude=[block.doc_id for block in end.blocks],
    )
    return draft(work, config, asked, blocks=blocks, quoting=[note.text for note in notes])


def _end(work: Workspace, config: RetrievalConfig, decoys: int) -> Target:
    """What the last key asks: to quote a sentence where there are such, or for a record."""
    if able_to_serve(work.corpus, continuation.GENERATOR) and work.rng.random() < 0.5:
        return continuation.target(work, config, twins=0, others=decoys)
    return records.target(work, config, most=MOST_RECORDS)


def keys(n: int, length: int, shared: int, rng: random.Random) -> list[list[str]]:
    """`n` chains of as many different keys; at each place all begin with `shared` characters."""
    chains: list[list[str]] = [[] for _ in range(n)]
    seen: set[str] = set()
    for _ in range(length):
        start = f"{rng.getrandbits(32):08x}"[:shared]
        for chain in chains:
            key = ""
            while not key or key in seen:
                key = start + f"{rng.getrandbits(32):08x}"[shared:]
            seen.add(key)
            chain.append(key)
    return chains


GENERATOR = Generator(
    make=make,
    solve=solve,
    words=WORDS,
    needs="prose, to plant notes in",
    serves=is_prose,
    least=8,
    candidates=lazy.candidates,
    lazy=lazy.LAZY,
)
