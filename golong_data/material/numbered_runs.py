"""Runs: sentences of a document one behind the other, each with a number of its own before it.

A number stands in brackets, "[S12] ". Everything else is as it stands in the document.
"""

from __future__ import annotations

import random
import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from golong_data.contexts.excerpts import near
from golong_data.contexts.neighbours import neighbours
from golong_data.contexts.sentences import Sentence
from golong_data.contexts.stitch import Block
from golong_data.contexts.windows import HEADINGS, Source, source
from golong_data.contexts.workspace import Workspace

BEFORE = "[S"
"""Starts the number of a sentence. No other document of a context may hold it."""

LONGEST = 24_000
"""Characters of a run, at most."""

MARK_CHARS = 14
"""Characters that a number counts for: it takes some tokens of its own."""

BESIDE = (5, 40)
"""Sentences of a run beside another, fewest and most."""

APART = 30
"""What such a run's first number differs by from the other's, at most."""

_LETTER = re.compile(r"[^\W\d_]")
_MARK = re.compile(r"\[S\d+\]")


@dataclass(frozen=True, slots=True)
class Run:
    """Sentences of a document, numbered from `first` on."""

    src: Source
    sentences: Sequence[Sentence]
    first: int

    def number(self, i: int) -> str:
        """That of the sentence at a place of the run."""
        return f"S{self.first + i}"

    def text(self) -> str:
        """The sentences, each a paragraph."""
        return "\n\n".join(s.text for s in self.sentences)

    def block(self, evidence: Collection[int] = ()) -> Block:
        """The run with its numbers; those at places of `evidence` are what an answer rests on."""
        body, spans, at = "", [], self.sentences[0].start
        for i, sentence in enumerate(self.sentences):
            body += f"{self.src.text[at : sentence.start]}[{self.number(i)}] "
            if i in evidence:
                spans.append((len(body), len(body) + len(sentence.text)))
            body += sentence.text
            at = sentence.end
        return Block(self.src.id, self.src.title, body, tuple(spans))


def worded(found: Iterable[Sentence]) -> list[Sentence]:
    """The sentences that have a letter: the number of a verse is none."""
    return [s for s in found if _LETTER.search(s.text)]


def can_be_numbered(src: Source) -> bool:
    """Whether a document holds neither numbers like these nor a heading of documents."""
    return not (_MARK.search(src.text) or any(h in src.text for h in HEADINGS.values()))


def around(
    src: Source, at: int, tokens: int, longest: int, before: int, rng: random.Random
) -> list[Sentence]:
    """At most `longest` sentences that take about `tokens` tokens, numbers included.

    The one at a place stands anywhere behind the first, up to `before` sentences after it.
    """
    chars = min(tokens * len(src.text) // max(src.n_tokens, 1), LONGEST)
    run = worded(near(src, at, chars))
    here = next(i for i, s in enumerate(run) if s.end > at)
    run = run[rng.randint(0, min(here, before)) :]
    while run and (run[-1].end - run[0].start) + len(run) * MARK_CHARS > chars:
        run.pop()
    return run[:longest]


def beside(
    work: Workspace, run: Block, first: int, text: str, n: int, left: int, without: Sequence[str]
) -> list[Block]:
    """At most `n` runs of documents like a text, with numbers near those of a run from `first` on.

    They take at most `left` tokens in all, and none holds a string of `without`.
    """
    found: list[Block] = []
    for index in neighbours(work.corpus, text, 2 * n):
        src = source(work.corpus, index)
        here = worded(near(src, work.rng.randrange(len(src.text))))[: BESIDE[1]]
        if src.id == run.doc_id or src.title == run.title or len(here) < BESIDE[0]:
            continue
        if any(name in src.title + src.text for name in without):
            continue
        other = Run(src, here, work.rng.randint(max(1, first - APART), first + APART)).block()
        left -= work.tokenizer.count(other.body)
        if left < 0 or len(found) == n:
            break
        if BEFORE not in src.text and not any(h in other.body for h in HEADINGS.values()):
            found.append(other)
    return found
