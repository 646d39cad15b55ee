"""Excerpts: windows of real documents as blocks, with lines changed or planted in them."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from golong_data.contexts.stitch import Block
from golong_data.contexts.windows import GAP, Source, count_window, source
from golong_data.contexts.workspace import Workspace
from golong_data.types import Refused

SHORTEST = 120
"""Tokens of a document shown around something planted, at least."""


@dataclass(frozen=True, slots=True)
class Note:
    """Text to be planted as a paragraph of its own, and whether the answer rests on it."""

    text: str
    evidence: bool


@dataclass(frozen=True, slots=True)
class Edit:
    """Characters start..end of a document replaced by other text."""

    start: int
    end: int
    text: str


def around(src: Source, start: int, end: int, size: int, rng: random.Random) -> tuple[int, int]:
    """Segments that hold characters start..end and about `size` tokens in all.

    The share of the window that lies before the characters is random.
    """
    first, last = src.segment_at(start), src.segment_at(end - 1)
    core = int(src.before[last + 1] - src.before[first])
    low = src.before[first] - rng.random() * max(size - core, 0)
    a = min(first, int(np.searchsorted(src.before, low, side="left")))
    high = src.before[a] + max(size, core)
    b = max(last + 1, int(np.searchsorted(src.before, high, side="right")) - 1)
    return a, b


def excerpt(
    work: Workspace,
    src: Source,
    a: int,
    b: int,
    *,
    evidence: Sequence[tuple[int, int]] = (),
    edits: Sequence[Edit] = (),
    title: str = "",
) -> Block:
    """Segments a..b of a document as a block, with edits made.

    `evidence` and `edits` count characters of the document as it is; a piece of evidence
    that holds an edit covers the new text. Raises Refused where something lies outside.
    """
    start, body = src.start(a), src.window(a, b)
    ordered = sorted(edits, key=lambda edit: edit.start)
    for begin, end in [*evidence, *((e.start, e.end) for e in ordered)]:
        if begin < start or end > start + len(body):
            raise Refused("a window does not hold what it was cut for")
    parts, at = [], start
    for edit in ordered:
        parts += [src.text[at : edit.start], edit.text]
        at = edit.end
    parts.append(src.text[at : start + len(body)])

    def moved(position: int) -> int:
        done = (e for e in ordered if e.end <= position)
        return position - start + sum(len(e.text) - (e.end - e.start) for e in done)

    # An insertion at the very start of a piece of evidence belongs to it.
    spans = tuple(
        (
            moved(begin) - sum(len(e.text) for e in ordered if e.start == e.end == begin),
            moved(end),
        )
        for begin, end in evidence
    )
    tokens = None if edits else count_window(work.tokenizer, src, a, b)
    return Block(src.id, title or src.title, "".join(parts), spans, tokens)


def plant(
    work: Workspace,
    index: int,
    note: str,
    size: int,
    *,
    evidence: bool,
    without: Sequence[str] = (),
) -> Block:
    """A window of a document with the note as a paragraph of its own somewhere in it.

    Raises Refused where the document is too short or holds a string of `without`.
    """
    src = source(work.corpus, index)
    if src.n_tokens < SHORTEST // 2 or any(text in src.text for text in without):
        raise Refused("a document is unfit to plant a note in")
    at = src.start(work.rng.randrange(src.n_segments))
    a, b = around(src, at, at + 1, max(size - work.tokenizer.count(note), 1), work.rng)
    cut = work.rng.randint(a, b)
    before, after = src.window(a, cut), src.window(cut, b)
    body = GAP.join(part for part in (before, note, after) if part)
    if work.tokenizer.count(body) > 2 * size:
        raise Refused("a document has segments too long to excerpt")
    start = len(before) + len(GAP) if before else 0
    spans = ((start, start + len(note)),) if evidence else ()
    return Block(src.id, src.title, body, spans)


def titled_apart(blocks: Sequence[Block]) -> list[Block]:
    """The blocks with different titles: those that share one get their document's id behind it."""
    times = Counter(block.title for block in blocks)
    return [
        replace(b, title=f"{b.title} ({b.doc_id})") if times[b.title] > 1 else b for b in blocks
    ]
