"""Excerpts of real documents: windows of whole segments as blocks, and runs of whole sentences.

Everything looks at a stretch of a document only, so its cost does not grow with the document.
"""

from __future__ import annotations

import random
import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from golong_data.contexts.edits import Edit, edited
from golong_data.contexts.sentences import Sentence, sentences
from golong_data.contexts.stitch import Block
from golong_data.contexts.windows import HEADINGS, Source, count_window
from golong_data.contexts.workspace import Workspace
from golong_data.types import Refused

REACH = 3_000
"""Characters on either side of a place in a document that are looked at for sentences."""

SENTENCE = 300
"""Characters within which a sentence has to start or end, for a window to be cut there."""

_STOP = re.compile(r"[.!?][\"”’)]*\s+|[。！？][”’」』）]*|\n+")


@dataclass(frozen=True, slots=True)
class Spot:
    """A place in a document that a window is to be cut around."""

    index: int
    start: int
    end: int
    edits: tuple[Edit, ...] = ()
    """What is changed in the document."""


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
    for begin, end in [*evidence, *((e.start, e.end) for e in edits)]:
        if begin < start or end > start + len(body):
            raise Refused("a window does not hold what it was cut for")
    text, spans = edited(body, edits, evidence, start=start)
    return Block(src.id, title or src.title, text, spans, _count(work, src, a, b, edits))


def _count(work: Workspace, src: Source, a: int, b: int, edits: Sequence[Edit]) -> int | None:
    """Tokens of a window after edits, of which only the segments that hold one are counted.

    None, to be counted whole, where an edit is not inside of one segment before the last.
    """
    tokens = count_window(work.tokenizer, src, a, b)
    within: dict[int, list[Edit]] = {}
    for edit in edits:
        within.setdefault(src.segment_at(edit.start), []).append(edit)
    for segment, own in within.items():
        start, end = src.start(segment), src.start(segment + 1)
        inside = all(start < edit.start and edit.end < end for edit in own)
        if not inside or segment + 1 == b or not work.corpus.additive:
            return None
        text, _ = edited(src.text[start:end], own, start=start)
        before = int(src.before[segment + 1] - src.before[segment])
        tokens += work.tokenizer.count(text) - before
    return tokens


def window(work: Workspace, src: Source, spot: Spot, size: int) -> tuple[Block, int] | None:
    """A window around a place, and about how many tokens it has: `size`, where that can be.

    It is cut between segments, or between sentences where segments are long. None where neither
    can be.
    """
    a, b = around(src, spot.start, spot.end, size, work.rng)
    tokens = int(src.before[b] - src.before[a])
    if tokens <= 2 * size:
        return excerpt(work, src, a, b, edits=spot.edits), tokens
    chars = max(0, int(size * len(src.text) / src.n_tokens) - (spot.end - spot.start))
    ahead = int(work.rng.random() * chars)
    low, high = spot.start - ahead, spot.end + chars - ahead
    least, most = max(0, low - SENTENCE), min(len(src.text), high + SENTENCE)
    starts = [0] * (not least) + [m.end() for m in _STOP.finditer(src.text, least, spot.start)]
    stops = [m.end() for m in _STOP.finditer(src.text, spot.end, most)]
    stops += [most] * (most == len(src.text))
    if not starts or not stops or spot.edits:
        return None
    # The sentences of the place are shown whole, and of what surrounds it as much as has room.
    start = next((at for at in starts if at >= low), starts[-1])
    stop = next((at for at in reversed(stops) if at <= high), stops[0])
    body = src.text[start:stop].strip()
    return Block(src.id, src.title, body), int(len(body) * src.n_tokens / len(src.text))


# --- runs of whole sentences ----------------------------------------------------------------


def near(src: Source, at: int, reach: int = REACH) -> list[Sentence]:
    """Whole sentences within `reach` characters of a place, offsets of the document."""
    low, high = max(0, at - reach), min(len(src.text), at + reach)
    found = [Sentence(s.start + low, s.end + low, s.text) for s in sentences(src.text[low:high])]
    # What the stretch cuts through is no sentence.
    return found[low > 0 : len(found) - (high < len(src.text))]


def passage(
    src: Source, start: int, end: int, size: int, rng: random.Random
) -> tuple[int, int] | None:
    """A run of whole sentences that holds characters start..end, about `size` tokens long.

    How much of it stands before them is random. None where it would hold a heading.
    """
    chars = max(size * len(src.text) // max(src.n_tokens, 1), end - start)
    run = near(src, (start + end) // 2, end - start + 2 * chars)
    inside = [i for i, s in enumerate(run) if s.end > start and s.start < end]
    if not inside:
        return None
    a, b = inside[0], inside[-1]
    spare = chars - (run[b].end - run[a].start)
    before = rng.randint(0, max(spare, 0))
    while a > 0 and run[inside[0]].start - run[a - 1].start <= before:
        a -= 1
    while b + 1 < len(run) and run[b + 1].end - run[a].start <= chars:
        b += 1
    while a > 0 and run[b].end - run[a - 1].start <= chars:
        a -= 1
    text = src.text[run[a].start : run[b].end]
    if any(heading in text for heading in HEADINGS.values()):
        return None
    return run[a].start, run[b].end


def affordable(work: Workspace) -> int:
    """Documents that may be shown in part, so that whole ones are left to fill the context."""
    total = int(work.corpus.n_tokens[work.corpus.prose].sum())
    return int(len(work.corpus.prose) * min(0.5, max(0.0, 1 - 1.2 * work.ctx / max(total, 1))))
