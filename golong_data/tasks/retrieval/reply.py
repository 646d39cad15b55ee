"""The n-th reply to a repeated request: a conversation runs through the documents, in parts.

The user asks again and again for a passage about the same subject and is given a different
one each time. Between them come requests about other subjects and for a single sentence
about the same one. Every reply is text of the corpus, so nothing but the order of the
requests says which is meant.

After multi-round co-reference resolution (MRCR, arXiv 2409.12640), with real text as replies.
"""

from __future__ import annotations

import itertools
import random
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING

from golong_data.contexts.budget import Share
from golong_data.contexts.sampling import turn
from golong_data.contexts.sentences import joined
from golong_data.contexts.stitch import Block
from golong_data.contexts.windows import GAP
from golong_data.contexts.workspace import Workspace
from golong_data.material.passages import Passage, cut, elsewhere, room_for
from golong_data.material.runs import Run, has_run, places, quoted_from, runs
from golong_data.tasks.generators import serving
from golong_data.tasks.retrieval.config import RetrievalConfig
from golong_data.tasks.retrieval.continuation import LEAST
from golong_data.tasks.retrieval.lazy import reply as lazy
from golong_data.tasks.retrieval.solve.reply import Asks, solve
from golong_data.tasks.retrieval.target import Target, draft
from golong_data.types import Draft, Generator
from golong_data.words import words

if TYPE_CHECKING:
    from golong_data.corpus import Corpus

WORDS = "retrieval/reply"

ROOM = Share(9, 20)
"""What the conversation takes of a short context, at most."""

EACH = 130
"""Tokens of an exchange, about."""

PART = 1_000
"""Tokens of the context for each part of the conversation."""

PASSAGES = 4
"""Passages that a document must have room for."""


@dataclass(frozen=True, slots=True)
class Exchange:
    """A request and its reply."""

    request: str
    reply: Passage


@dataclass(frozen=True, slots=True)
class Words:
    """How a conversation is put, in one language."""

    requests: tuple[str, ...]
    """Their subject stands in quotation marks."""
    passage: str
    """What is requested where the reply has several sentences."""
    sentence: str
    """What is requested where it has one."""
    exchange: str
    marks: tuple[str, ...]
    """What no filler may hold."""
    title: str

    def exchanged(self, about: str, reply: Passage, rng: random.Random) -> Exchange:
        """A reply about a subject, and the request for it in any of the forms."""
        thing = self.passage if len(reply) > 1 else self.sentence
        return Exchange(rng.choice(self.requests).format(thing=thing, about=about), reply)


@dataclass(frozen=True, slots=True)
class Query:
    """What is asked: a sentence of one of the replies to the request that comes again."""

    counted: Sequence[Exchange]
    at: int
    """Of that reply; below 0 it is counted from the last one."""
    end: int
    """Of the sentence in it: 0 or -1."""

    @property
    def asked(self) -> Exchange:
        """The one with that reply."""
        return self.counted[self.at]

    @property
    def right(self) -> str:
        """The answer."""
        return self.asked.reply[self.end]

    def evidence(self) -> Sequence[Exchange]:
        """Those that have to be counted."""
        return self.counted[self.at :] if self.at < 0 else self.counted[: self.at + 1]


def make(work: Workspace, config: RetrievalConfig) -> Draft:
    """A conversation in parts, and a sentence of one of its replies."""
    rng = work.rng
    asks = words(Asks, WORDS, "asks")[config.language]
    told = words(Words, WORDS, "writes")[config.language]
    run, at = turn(work, _places(work.corpus))
    # A sentence with one after it can open a passage, one with one before it can close it.
    end = rng.choice([0] * run.has(at + 1) + [-1] * run.has(at - 1))
    replies, place, singles = _replies(work, config, run, at, end)
    if not config.paraphrased:
        told = replace(told, requests=(rng.choice(told.requests),))
    about = work.corpus.title(run.index)
    counted = [told.exchanged(about, reply, rng) for reply in replies]
    between = [told.exchanged(about, reply, rng) for reply in singles[: len(replies) // 2]]
    room = max(ROOM.pieces(work.ctx, EACH), len(counted) + 4)
    n = rng.randint(*(min(wanted, room) for wanted in config.exchanges))
    pool = quoted_from(serving(work.corpus, GENERATOR))
    others = elsewhere(work, run, pool, n - len(counted) - len(between))
    between += [told.exchanged(subject, reply, rng) for subject, reply in others]
    exchanges = _merged(counted, between, rng)
    from_end = config.from_end and rng.random() < 0.5
    query = Query(counted, place - len(counted) if from_end else place, end)
    number = rng.randint(1_000, 9_999)
    question = (asks.any_words if config.paraphrased else asks.same).format(
        number=number,
        request=query.asked.request,
        about=about,
        end=asks.ends[end],
        place=asks.place(query.at),
    )
    found = Target(
        question=question,
        gold=query.right,
        forbidden=told.marks,
        once=(query.right,),
    )
    return draft(work, config, found, blocks=_parts(work, told, number, exchanges, query))


def serves(corpus: Corpus, index: int) -> bool:
    """Whether a document has passages enough to be asked for several times."""
    return has_run(corpus, index) and room_for(runs(corpus, index)) >= PASSAGES


@lru_cache(maxsize=4)
def _places(corpus: Corpus) -> tuple[tuple[Run, int], ...]:
    """(run, place in it) of every sentence of the documents that serve."""
    return places(corpus, serving(corpus, GENERATOR), lambda run, at: True)


def _replies(
    work: Workspace, config: RetrievalConfig, run: Run, at: int, end: int
) -> tuple[list[Passage], int, list[Passage]]:
    """The replies to the request, the place of the right one, and single sentences beside them."""
    rng = work.rng
    right, others, singles = cut(runs(work.corpus, run.index), run, at, end, rng)
    fewest, most = (min(n, 1 + len(others)) for n in config.repeats)
    replies = rng.sample(others, rng.randint(fewest, most) - 1)
    place = rng.randrange(len(replies) + 1)
    replies.insert(place, right)
    return replies, place, singles


def _merged(
    counted: Sequence[Exchange], between: Sequence[Exchange], rng: random.Random
) -> list[Exchange]:
    """All exchanges in random order, but the counted ones in theirs."""
    marks = [True] * len(counted) + [False] * len(between)
    rng.shuffle(marks)
    rest = iter(rng.sample(between, len(between)))
    mine = iter(counted)
    return [next(mine if mark else rest) for mark in marks]


def _parts(
    work: Workspace, told: Words, number: int, exchanges: Sequence[Exchange], query: Query
) -> list[Block]:
    """The conversation as blocks in order; marked are the requests counted, and the answer."""
    n = min(len(exchanges), max(2, work.ctx // PART))
    cuts = [i * len(exchanges) // n for i in range(n + 1)]
    evidence = query.evidence()
    blocks = []
    for part, (a, b) in enumerate(itertools.pairwise(cuts), 1):
        texts, spans, start = [], [], 0
        for exchange in exchanges[a:b]:
            text = told.exchange.format(request=exchange.request, reply=joined(exchange.reply))
            if exchange in evidence:
                spans.append((start, start + text.index("\n")))
            if exchange is query.asked:
                at = start + text.rindex(query.right)
                spans.append((at, at + len(query.right)))
            texts.append(text)
            start += len(text) + len(GAP)
        title = told.title.format(number=number, part=part)
        body = GAP.join(texts)
        blocks.append(
            Block(f"conversation/{part}", title, body, tuple(spans), series="conversation")
        )
    return blocks


GENERATOR = Generator(
    make=make,
    solve=solve,
    words=WORDS,
    needs="about eight plain sentences, neighbouring ones on one line",
    serves=serves,
    least=LEAST,
    candidates=lazy.candidates,
    lazy=lazy.LAZY,
)
