"""A target: a question with all that has to be in a context for it, and the draft over it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from golong_data.contexts.notes import Note
from golong_data.contexts.stitch import Block, titled_apart
from golong_data.contexts.workspace import Workspace
from golong_data.tasks.forms import TEXT, ask, compose
from golong_data.tasks.retrieval.config import RetrievalConfig
from golong_data.types import Draft
from golong_data.words import words


@dataclass(frozen=True, slots=True)
class Answer:
    """What every answer is."""

    answer_format: str


@dataclass(frozen=True, slots=True)
class Target:
    """A question with what has to be in the context for it."""

    question: str
    gold: str
    blocks: tuple[Block, ...] = ()
    """The first one holds the evidence where blocks hold any."""
    notes: tuple[Note, ...] = ()
    """Still to be planted."""
    forbidden: tuple[str, ...] = ()
    """Strings that no filler may hold."""
    once: tuple[str, ...] = ()
    """Strings that the context must hold exactly once."""
    never: tuple[str, ...] = ()
    """Strings that it must not hold."""
    decoys: tuple[str, ...] = ()
    """Questions of the same form about other things that are in the context."""
    counterfactual: int = 0


def draft(
    work: Workspace,
    config: RetrievalConfig,
    target: Target,
    *,
    blocks: Sequence[Block] = (),
    quoting: Sequence[str] = (),
) -> Draft:
    """The target's question over a finished context, in which its answer is unique.

    `blocks` come beside the target's own; `quoting` are planted lines that may repeat what
    otherwise stands in the context once. Raises Refused where something is not there exactly once.
    """
    answer = words(Answer, "retrieval/answer", "asks")[config.language]
    return compose(
        work,
        config,
        ask(TEXT, config, target.question, answer.answer_format),
        titled_apart([*target.blocks, *blocks]),
        target.gold,
        forbidden=target.forbidden,
        once={text: 1 + sum(line.count(text) for line in quoting) for text in target.once},
        never=target.never,
        counterfactual=target.counterfactual,
    )
