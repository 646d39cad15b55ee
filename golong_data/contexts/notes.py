"""Notes planted into real documents: paragraphs of their own, scattered over a context.

There are three ways to scatter, side by side: bundled into windows of segments, singly into
such windows, and between the lines of whole sentences. Each draws otherwise.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from golong_data.contexts.budget import Share
from golong_data.contexts.excerpts import affordable, around, passage
from golong_data.contexts.sentences import sentences
from golong_data.contexts.stitch import Block, titled_apart
from golong_data.contexts.windows import GAP, source
from golong_data.contexts.workspace import Workspace
from golong_data.types import Refused

SHORTEST = 120
"""Tokens of a document shown around something planted, at least."""

WIDEST = 600
"""Tokens shown around it, at most."""

BUNDLED = 500
"""Tokens shown around a bundle, at most."""

MOST_OF_IT = Share(7, 10)
"""What planted notes and the passages around them take, unless said otherwise."""

TRIES = 40
"""Documents that may turn out unfit before a draw is given up."""

BUNDLE_TRIES = 24
"""Documents tried for each bundle."""


@dataclass(frozen=True, slots=True)
class Note:
    """Text to be planted as a paragraph of its own, and whether the answer rests on it."""

    text: str
    evidence: bool


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


# --- bundled into windows -------------------------------------------------------------------


def scatter_bundled(
    work: Workspace,
    notes: Sequence[Note],
    tokens: int,
    *,
    without: Sequence[str],
    exclude: Sequence[str] = (),
) -> list[Block]:
    """Notes planted into windows of real documents, about `tokens` tokens in all.

    As many windows as there are notes where room and corpus allow, else with a few notes each;
    those that hold evidence first. Documents with an id of `exclude` or a string of `without`
    are left alone. Raises Refused where too few documents are fit.
    """
    lines = sum(work.tokenizer.count(note.text + GAP) for note in notes)
    prose = len(work.corpus.prose)
    n = max(1, min(len(notes), (tokens - lines) // SHORTEST, prose // 3))
    size = max(SHORTEST, min((tokens - lines) // n, BUNDLED))
    order = work.rng.sample(notes, len(notes))
    used = set(exclude)
    blocks = []
    for i in range(n):
        block = _with_bundle(work, order[i::n], size, without, used)
        used.add(block.doc_id)
        blocks.append(block)
    return sorted(blocks, key=lambda block: not block.evidence)


def _with_bundle(
    work: Workspace, bundle: Sequence[Note], size: int, without: Sequence[str], used: set[str]
) -> Block:
    text = GAP.join(note.text for note in bundle)
    prose = work.corpus.prose
    for _ in range(BUNDLE_TRIES):
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


# --- singly into windows --------------------------------------------------------------------


def scatter_singly(
    work: Workspace,
    notes: Sequence[Note],
    heads: Sequence[str],
    *,
    in_order: bool = False,
    without: Collection[int] = (),
) -> list[Block]:
    """One block a note, each from a document of its own; none holds one of `heads` otherwise.

    `in_order` keeps the notes' order in the context; documents `without` are left out. Raises
    Refused where too few documents are fit.
    """
    size = Share(1, 2).each(work.ctx, len(notes), SHORTEST, WIDEST)
    prose = work.corpus.prose
    drawn = iter(work.rng.sample(range(len(prose)), min(len(prose), len(notes) + TRIES)))
    blocks: list[Block] = []
    for note in notes:
        for at in drawn:
            if int(prose[at]) in without:
                continue
            try:
                block = _with_note(work, int(prose[at]), note, size, heads)
            except Refused:
                continue
            blocks.append(replace(block, series="notes") if in_order else block)
            break
        else:
            raise Refused("too few documents are fit for notes")
    return titled_apart(blocks)


def _with_note(work: Workspace, index: int, note: Note, size: int, heads: Sequence[str]) -> Block:
    """A window of about `size` tokens beside the note."""
    room = size + work.tokenizer.count(note.text)
    return plant(work, index, note.text, room, evidence=note.evidence, without=heads)


# --- between lines --------------------------------------------------------------------------


def scatter_between_lines(
    work: Workspace,
    notes: Sequence[Note],
    *,
    without: Sequence[str],
    share: Share = MOST_OF_IT,
    exclude: Collection[str] = (),
) -> list[Block]:
    """Notes in random order, planted into passages that take about `share` of the context.

    A document each where there is room, otherwise a few to a document. Documents titled as
    in `exclude` or with a string of `without` are left alone. Raises Refused where too few
    documents are fit.
    """
    own = sum(work.tokenizer.count(note.text + GAP) for note in notes)
    room = max(share.tokens(work.ctx) - own, SHORTEST)
    n = max(1, min(len(notes), room // SHORTEST, affordable(work)))
    size = min(room // n, WIDEST)
    prose = work.corpus.prose
    drawn = iter(work.rng.sample(range(len(prose)), min(len(prose), 2 * n + TRIES)))
    order = work.rng.sample(notes, len(notes))
    blocks: list[Block] = []
    for bundle in (order[i::n] for i in range(n)):
        for at in drawn:
            index = int(prose[at])
            if work.corpus.title(index) in exclude:
                continue
            block = _between_lines(work, index, bundle, size, without)
            if block is not None:
                blocks.append(block)
                break
        else:
            raise Refused("too few documents are fit for notes")
    return titled_apart(blocks)


def _between_lines(
    work: Workspace, index: int, notes: Sequence[Note], size: int, without: Sequence[str]
) -> Block | None:
    """A passage of about `size` tokens with the notes between its lines; None if it is unfit."""
    src = source(work.corpus, index)
    at = work.rng.randrange(max(1, len(src.text)))
    run = passage(src, at, at + 1, size, work.rng)
    if run is None or any(text in src.text for text in without):
        return None
    text = src.text[run[0] : run[1]]
    places = [0, *(m.end() for m in re.finditer("\n", text)), len(text)]
    if len(places) < 4:  # one long line: between its sentences
        places = [0, *(s.end for s in sentences(text))]
    cuts = sorted(work.rng.choices(places, k=len(notes)))
    body, spans = "", []
    for note, start, end in zip(notes, [0, *cuts], cuts, strict=False):
        body = _below(body, text[start:end].strip("\n").rstrip())
        body = _below(body, note.text)
        if note.evidence:
            spans.append((len(body) - len(note.text), len(body)))
    body = _below(body, text[cuts[-1] :].strip("\n").rstrip())
    return Block(src.id, src.title, body, tuple(spans))


def _below(body: str, text: str) -> str:
    """Text as a paragraph of its own behind what there is."""
    return body + GAP * bool(body and text) + text
