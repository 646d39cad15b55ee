"""What the generators share: targets to ask about, notes scattered over documents, the draft."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from golong_data.contexts.excerpts import SHORTEST, Note, plant, titled_apart
from golong_data.contexts.stitch import Block
from golong_data.contexts.windows import GAP
from golong_data.contexts.workspace import Workspace
from golong_data.tasks.forms import TEXT, ask, compose
from golong_data.tasks.retrieval.config import RetrievalConfig
from golong_data.types import Draft, Refused

WIDEST = 500
"""Tokens of a document shown around planted notes, at most."""

TRIES = 24
"""Documents tried for each excerpt."""

EXACTLY = {
    "en": "Copy the answer exactly as the documents state it, on one line.",
    "zh": "请照原文逐字抄写答案，写成一行。",
}
"""What an answer is."""


@dataclass(frozen=True, slots=True)
class Target:
    """A question with what has to be in the context for it."""

    question: str
    example: str
    """An answer of the same form that is not the gold."""
    gold: str
    blocks: tuple[Block, ...] = ()
    """The first one holds the evidence where blocks hold any."""
    notes: tuple[Note, ...] = ()
    forbidden: tuple[str, ...] = ()
    """Strings that no filler may hold."""
    once: tuple[str, ...] = ()
    """Strings that the context must hold exactly once."""
    never: tuple[str, ...] = ()
    """Strings that it must not hold."""
    decoys: tuple[str, ...] = ()
    """Questions of the same form about other things that are in the context."""
    counterfactual: int = 0


def scatter(
    work: Workspace,
    notes: Sequence[Note],
    tokens: int,
    *,
    without: Sequence[str],
    exclude: Sequence[str] = (),
) -> list[Block]:
    """Notes planted into excerpts of real documents, about `tokens` tokens in all.

    As many excerpts as there are notes where room and corpus allow, else with a few notes each;
    those that hold evidence first. Documents with an id of `exclude` or a string of `without`
    are left alone. Raises Refused where too few documents are fit.
    """
    lines = sum(work.tokenizer.count(note.text + GAP) for note in notes)
    prose = len(work.corpus.prose)
    n = max(1, min(len(notes), (tokens - lines) // SHORTEST, prose // 3))
    size = max(SHORTEST, min((tokens - lines) // n, WIDEST))
    order = work.rng.sample(notes, len(notes))
    used = set(exclude)
    blocks = []
    for i in range(n):
        bundle = order[i::n]
        block = _planted(work, bundle, size, without, used)
        used.add(block.doc_id)
        blocks.append(block)
    return sorted(blocks, key=lambda block: not block.evidence)


def _planted(
    work: Workspace, bundle: Sequence[Note], size: int, without: Sequence[str], used: set[str]
) -> Block:
    text = GAP.join(note.text for note in bundle)
    prose = work.corpus.prose
    for _ in range(TRIES):
        index = int(prose[work.rng.randrange(len(prose))])
        if work.corpus.id(index) in used:
            continue
        try:
            whole = size + work.tokenizer.count(text)
            block = plant(work, index, text, whole, evidence=True, without=without)
        except Refused:
            continue
        at = block.evidence[0][0]
        spans = []
        for note in bundle:
            if note.evidence:
                spans.append((at, at + len(note.text)))
            at += len(note.text) + len(GAP)
        return replace(block, evidence=tuple(spans))
    raise Refused("no document is fit to plant a note in")


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
    blocks = titled_apart([*target.blocks, *blocks])
    return compose(
        work,
        config,
        ask(TEXT, config, target.question, EXACTLY[config.language], [target.example]),
        blocks,
        target.gold,
        forbidden=target.forbidden,
        once={text: 1 + sum(line.count(text) for line in quoting) for text in target.once},
        never=target.never,
        counterfactual=target.counterfactual,
    )
