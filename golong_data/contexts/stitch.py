"""Stitching: documents put together to a token budget, without tokenising the whole.

A context is a numbered run of documents. Some are *blocks* that the task brings along
(tables, ledger pages, excerpts with evidence); the rest is filler drawn from the corpus.
Blocks go to stratified depths. Lengths are sums of stored segment counts; what is
tokenised is the blocks' own text, the headers, and the head of the one line in which the
last document is cut so that the budget is met to the token.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from golong_data.contexts.sampling import shuffled
from golong_data.contexts.windows import (
    GAP,
    HEADINGS,
    Source,
    clean_ranges,
    count_cached,
    count_window,
    paragraph_near,
    source,
)
from golong_data.contexts.workspace import Workspace
from golong_data.errors import UserError
from golong_data.languages import languages
from golong_data.types import Context, Refused, Span

MIN_TAIL = 48
"""Tokens kept for filler behind the last block, so there is a line to cut."""

NEAR_SHARE = 32
"""A block may miss its place by 1/32 of the filler to stand at the edge of a document or a
paragraph; a document longer than twice that is split to let it in."""


@dataclass(frozen=True, slots=True)
class Block:
    """A document that the sample brings along and that is placed whole."""

    doc_id: str
    title: str
    body: str
    """Starts and ends with a character that is not white space."""
    evidence: tuple[tuple[int, int], ...] = ()
    """Character ranges within `body`."""
    n_tokens: int | None = None
    """Tokens of body + blank line where known; counted otherwise."""
    series: str = ""
    """Blocks of one non-empty series keep the order in which they are given."""


def titled_apart(blocks: Sequence[Block]) -> list[Block]:
    """The blocks with different titles: those that share one get their document's id behind it."""
    times = Counter(block.title for block in blocks)
    return [
        replace(b, title=f"{b.title} ({b.doc_id})") if times[b.title] > 1 else b for b in blocks
    ]


def header(number: int, title: str, *, continued: bool = False, language: str = "en") -> str:
    """The line above a document. Titles are unique within a context, numbers too."""
    more = languages()[language].continued if continued else ""
    return f"{HEADINGS[language]}{number}] {title}{more}\n"


def stitch(
    work: Workspace,
    blocks: Sequence[Block],
    budget: int,
    *,
    exclude: Collection[str] = (),
    forbidden: Sequence[str] = (),
    language: str = "en",
) -> Context:
    """Blocks and filler from the corpus, together `budget` tokens long and never longer.

    `exclude` names titles of corpus documents that must not serve as filler; no filler
    holds any of the `forbidden` strings. The headers are in `language`. Raises Refused where
    the blocks do not fit, UserError where the corpus is too small.
    """
    blocks = [_counted(work, block) for block in blocks]
    costs = [_cost(work, block, language) for block in blocks]
    filler_budget = budget - sum(costs)
    if filler_budget < MIN_TAIL:
        # One unlucky draw: another may bring fewer or shorter documents.
        raise Refused("the question's own documents do not fit into the length asked for")
    queue = _placed(work, blocks, costs, filler_budget)
    builder = _Builder(
        work,
        budget,
        queue,
        reserved=sum(costs),
        near=filler_budget // NEAR_SHARE,
        language=language,
    )
    titles = {block.title for block in blocks}.union(exclude)
    ids = {block.doc_id for block in blocks}
    for src, a, b in _filler(work, titles, ids, forbidden, filler_budget):
        builder.add_filler(src, a, b)
        if builder.full:
            break
    return builder.context()


def _counted(work: Workspace, block: Block) -> Block:
    if block.n_tokens is not None:
        return block
    return replace(block, n_tokens=work.tokenizer.count(block.body + GAP))


def _cost(work: Workspace, block: Block, language: str) -> int:
    """Tokens that a counted block takes, with its header (numbers of up to four digits)."""
    line = header(9999, block.title, language=language)
    return (block.n_tokens or 0) + count_cached(work.tokenizer, line)


def _placed(
    work: Workspace, blocks: Sequence[Block], costs: Sequence[int], filler_budget: int
) -> list[tuple[Block, float, int]]:
    """Each block with its place, in filler tokens before it, and its cost; in order.

    Depths are stratified: one block per m-th of the filler. The first block goes to the
    stratum that `work.depth` names, so that over neighbouring samples it visits them all.
    """
    m = len(blocks)
    if not m:
        return []
    strata = list(range(m))
    work.rng.shuffle(strata)
    first = int(work.depth * m)
    strata.remove(first)
    strata.insert(0, first)
    depths = [(s + work.rng.random()) / m for s in strata]
    depths[0] = work.depth
    for name in sorted({block.series for block in blocks if block.series}):
        members = [i for i, block in enumerate(blocks) if block.series == name]
        for i, depth in zip(members, sorted(depths[i] for i in members), strict=True):
            depths[i] = depth
    reach = filler_budget - MIN_TAIL
    placed = [
        (block, depth * reach, cost)
        for block, depth, cost in zip(blocks, depths, costs, strict=True)
    ]
    return sorted(placed, key=lambda item: item[1])


@dataclass(slots=True)
class _Builder:
    """Text so far, with exact token and character counts, and the blocks still to come."""

    work: Workspace
    budget: int
    queue: list[tuple[Block, float, int]]
    reserved: int
    """Tokens kept back for the blocks in the queue."""
    near: int
    """Filler tokens by which a block may miss its place to stand at a better one."""
    language: str
    """Of the headers."""
    parts: list[str] = field(default_factory=list)
    chars: int = 0
    tokens: int = 0
    """Exact but for headers since the last `_settle`, which count a little too much."""
    headers: list[str] = field(default_factory=list)
    """Those headers."""
    guessed: int = 0
    """Tokens that they were counted as."""
    filled: int = 0
    """Tokens of filler so far, headers included."""
    doc_ids: list[str] = field(default_factory=list)
    evidence: list[Span] = field(default_factory=list)
    full: bool = False

    def add_filler(self, src: Source, a: int, b: int) -> None:
        """Adds segments a..b of a document, letting in the blocks that are due on the way.

        A short document is not split: its blocks go before it or wait for its end. A long
        one is split near the place due, at a paragraph if one is near; where not even a
        segment ends near, it is cut there and its rest left out.
        """
        continued = False
        while self.queue and not self.full:
            due = int(self.queue[0][1]) - self.filled
            window = int(src.before[b] - src.before[a])
            if due >= window or (window <= 2 * self.near and due > window / 2):
                break
            stop = a
            if window > 2 * self.near and due > 0:
                stop = self._split(src, a, b, due)
                if abs(int(src.before[stop] - src.before[a]) - due) > self.near:
                    self._add_window(src, a, b, continued, most=due)
                    a = stop = b
            if stop > a:
                if self._add_window(src, a, stop, continued):
                    return
                a, continued = stop, True
            self._add_block()
        if a < b and not self.full:
            self._add_window(src, a, b, continued)

    def _split(self, src: Source, a: int, b: int, due: int) -> int:
        """The segment of a..b before which to let in a block that is due after so many tokens."""
        target = int(src.before[a]) + due
        limit = int(src.before[a]) + self.budget - self.tokens - self.reserved - MIN_TAIL
        low, want, high = np.searchsorted(
            src.before, [target - self.near, target, min(target + self.near, limit)], side="right"
        )
        return paragraph_near(src, int(want) - 1, max(a, int(low)), max(a, min(b, int(high) - 1)))

    def _open(self, number: int, title: str, *, continued: bool = False) -> None:
        """Adds a header, counted by its title as if its number had four digits."""
        line = self._header(number, title, continued)
        guess = count_cached(self.work.tokenizer, self._header(9999, title, continued))
        self.headers.append(line)
        self.guessed += guess
        self._append(line, guess)

    def _header(self, number: int, title: str, continued: bool) -> str:
        return header(number, title, continued=continued, language=self.language)

    def _settle(self) -> None:
        """Counts the headers for what they are. Their counts add up: each is a segment."""
        exact = self.work.tokenizer.count("".join(self.headers)) if self.headers else 0
        self.tokens += exact - self.guessed
        self.headers, self.guessed = [], 0

    def _append(self, text: str, tokens: int) -> None:
        self.parts.append(text)
        self.chars += len(text)
        self.tokens += tokens

    def _add_block(self) -> None:
        block, _, cost = self.queue.pop(0)
        self.reserved -= cost
        self.doc_ids.append(block.doc_id)
        self._open(len(self.doc_ids), block.title)
        self.evidence += [
            Span(block.doc_id, self.chars + start, self.chars + end)
            for start, end in block.evidence
        ]
        self._append(block.body + GAP, block.n_tokens or 0)

    def _add_window(
        self, src: Source, a: int, b: int, continued: bool, most: int | None = None
    ) -> bool:
        """Adds filler; where the budget ends it is cut and the context is full: then True.

        `most` cuts it after so many tokens, header included, without filling the context.
        """
        number = self.doc_ids.index(src.id) + 1 if continued else len(self.doc_ids) + 1
        head = count_cached(self.work.tokenizer, self._header(9999, src.title, continued))
        tokens = count_window(self.work.tokenizer, src, a, b)
        room = self.budget - self.tokens - self.reserved - head
        if tokens > room:
            self._settle()
            line = self._header(number, src.title, continued)
            room = (
                self.budget - self.tokens - self.reserved - count_cached(self.work.tokenizer, line)
            )
        ends_here = tokens > room and most is None
        if most is not None:
            room = min(room, most - head)
        if tokens <= room:
            text = src.window(a, b) + GAP
        else:
            text, tokens = cut(self.work, src, a, b, room) if room > 2 else ("", 0)
        if text:
            if not continued:
                self.doc_ids.append(src.id)
            self._open(number, src.title, continued=continued)
            self._append(text, tokens)
            self.filled += head + tokens
        if ends_here:
            while self.queue:
                self._add_block()
            self.full = True
        return self.full

    def context(self) -> Context:
        self._settle()
        return Context("".join(self.parts), self.tokens, tuple(self.doc_ids), tuple(self.evidence))


def cut(work: Workspace, src: Source, a: int, b: int, room: int) -> tuple[str, int]:
    """The longest head of segments a..b that fits into `room` tokens, blank line included.

    Whole segments by their stored counts, then a part of the next one by tokenising only
    its head. A table is cut between rows. Returns ("", 0) where nothing fits.
    """
    tokenizer = work.tokenizer
    whole = int(np.searchsorted(src.before, src.before[a] + room, side="right")) - 1
    whole = min(max(whole, a), b - 1)
    kept = int(src.before[whole] - src.before[a])
    line = src.text[src.start(whole) : src.start(whole + 1)]
    if not src.is_table:
        left = room - kept
        piece = tokenizer.head(line, left).rstrip()
        while piece:
            tokens = tokenizer.count(piece + GAP)
            if tokens <= left:
                text = src.text[src.start(a) : src.start(whole)] + piece + GAP
                return text, kept + tokens
            piece = piece[: -max(1, (tokens - left) // 2)].rstrip()
    while whole > a:
        tokens = count_window(tokenizer, src, a, whole)
        if tokens <= room:
            return src.window(a, whole) + GAP, tokens
        whole -= 1
    return "", 0


def _filler(
    work: Workspace,
    titles: Collection[str],
    ids: Collection[str],
    forbidden: Sequence[str],
    needed: int,
) -> Iterator[tuple[Source, int, int]]:
    """Random documents, each once, until the caller has enough: prose first, then tables.

    A document that would be cut starts at a random paragraph instead of its beginning. Raises
    UserError where the corpus is too small, Refused where too much of it is unfit beside this
    question or was left out between its blocks.
    """
    have = there = 0
    pools = (work.corpus.prose, work.corpus.tables)
    drawn = (int(pool[at]) for pool in pools for at in shuffled(len(pool), work.rng))
    for index in drawn:
        src = source(work.corpus, index)
        if src.title in titles or src.id in ids:
            continue
        there += src.n_tokens
        ranges = clean_ranges(src, forbidden)
        if not ranges:
            continue
        a, b = ranges[0]
        size = int(src.before[b] - src.before[a])
        left = max(needed - have, MIN_TAIL)
        if size > left and not src.is_table:
            spare = size - left - MIN_TAIL
            if spare > 0:
                target = src.before[a] + work.rng.randrange(spare)
                at = int(np.searchsorted(src.before, target, side="right")) - 1
                a = max(a, paragraph_near(src, at, a, max(a, at)))
        yield src, a, b
        have += int(src.before[b] - src.before[a])
    if there >= needed:
        raise Refused("too little of the corpus can stand beside the question")
    raise UserError(
        f"the corpus has only {there:,} tokens of filler beside the question's own documents; "
        f"this prompt needs {needed:,}: {needed - there:,} tokens are missing.",
        where=f"corpus {', '.join(work.corpus.names)}",
        remedy="Add documents (--corpus may be given more than once) or ask for a shorter --ctx.",
    )
