"""Members of a subset: the documents that meet a criterion, among many that nearly do.

The criterion is what a document shows (words, modules, base classes) or what its labelled
lines state, with something that is left out; or a group that no document names and that
follows from a rule: so many of some words or modules, numbers within ranges. Documents are
short windows of real ones. What counts is decided on the windows as they are shown, and no
filler holds what the criterion turns on.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from golong_data.contexts.excerpts import around, excerpt
from golong_data.contexts.stitch import Block, titled_apart
from golong_data.contexts.windows import Source, source
from golong_data.contexts.workspace import Workspace
from golong_data.material import groups as clusters
from golong_data.tasks.exhaustive.config import ExhaustiveConfig
from golong_data.tasks.exhaustive.criteria import spelt
from golong_data.tasks.exhaustive.labelled import by_label, by_ranges
from golong_data.tasks.exhaustive.membership import Candidate, Criterion, Shape
from golong_data.tasks.exhaustive.subset_reading import solve
from golong_data.tasks.exhaustive.subset_words import ASKED, EXAMPLES, FORMAT, written
from golong_data.tasks.exhaustive.traits import by_traits
from golong_data.tasks.forms import LIST, ask, compose
from golong_data.types import Draft, Generator, Refused

if TYPE_CHECKING:
    from golong_data.corpus import Corpus

__all__ = ["ASKED", "GENERATOR", "make", "serves", "solve"]

WINDOW = (75, 700)
"""Tokens of a document shown, fewest and most."""

MOST = 60
"""Documents shown beside the filler, at most."""

SHARE = 12
"""One document in so many is a member, at most: to list them all must not pay."""

DRAWS = 12
"""Criteria that are tried for one question."""

ENOUGH = 20
"""Traits that a corpus must know before questions on that kind are asked."""

HEADER = 16
"""Tokens of a heading, about."""

SENTENCE = 300
"""Characters within which a sentence has to start or end."""

_HEADING = re.compile(r"^\[(?:Document|文档) \d+\] .*$", re.MULTILINE)
_STOP = re.compile(r"[.!?][\"”’)]*\s+|[。！？][”’」』]*|\n+")


def serves(corpus: Corpus, index: int) -> bool:
    """Prose of some length."""
    return not corpus.is_table(index) and int(corpus.n_tokens[index]) >= 60


def make(work: Workspace, config: ExhaustiveConfig) -> Draft:
    """Windows of many documents, and which of them meet a criterion."""
    # Half of a small corpus is left for filler.
    n = min(MOST, (work.ctx - 600) * 3 // 5 // WINDOW[0], len(clusters.documents(work.corpus)) // 2)
    n = max(1, n)
    size = min(WINDOW[1], max(WINDOW[0], (work.ctx - 600) * 3 // 5 // n))
    fewest, most = config.members
    most = max(2, min(most, n // SHARE))
    wanted = work.rng.randint(max(2, min(fewest, most)), most)
    shape = Shape(wanted, n, size)
    for left in reversed(range(DRAWS)):
        try:
            criterion = _draw(work, config, shape)
            blocks, changed = _windows(work, criterion, shape)
        except Refused:
            if not left:
                raise
            continue
        # A single member is an answer only where nothing better was found.
        if sum(bool(block.evidence) for block in blocks) > 1 or left < DRAWS // 4:
            break
    gold = tuple(sorted(block.title for block in blocks if block.evidence))
    question = written(criterion.kind, criterion.fields, criterion.unless, config.language)
    example = EXAMPLES[config.language]
    if len({title.casefold() for title in gold}) < len(gold):
        raise Refused("titles that cannot be told apart")
    draft = compose(
        work,
        config,
        ask(LIST, config, question, FORMAT[config.language], example),
        blocks,
        gold,
        forbidden=criterion.forbidden,
        counterfactual=changed,
    )
    for needle in criterion.forbidden:
        if _below_headings(draft.context.text, needle) != sum(b.body.count(needle) for b in blocks):
            raise Refused("filler holds what the question turns on")
    return draft


def _below_headings(text: str, needle: str) -> int:
    """How often a string stands in a context, the lines above its documents left out."""
    return text.count(needle) - sum(m[0].count(needle) for m in _HEADING.finditer(text))


def _draw(work: Workspace, config: ExhaustiveConfig, shape: Shape) -> Criterion:
    """A criterion of a random kind that the corpus knows."""
    corpus = work.corpus
    kinds: list[Callable[[], Criterion]] = []
    by = partial(by_traits, work, config, shape)
    if clusters.labels(corpus):
        kinds.append(partial(by_label, work, config, shape))
    if clusters.numbers(corpus):
        kinds.append(partial(by_ranges, work, config, shape))
    if len(clusters.imports(corpus)) > ENOUGH:
        kinds += [partial(by, "import"), partial(by, "modules"), partial(by, "bases")]
    if len(clusters.words(corpus)) > ENOUGH or not kinds:
        kinds += [partial(by, "words"), partial(by, "some"), partial(by, "some")]
    return work.rng.choice(kinds)()


def _windows(work: Workspace, criterion: Criterion, shape: Shape) -> tuple[list[Block], int]:
    """Windows of documents, those of members with evidence; and how many of these were changed.

    What a window shows decides whether it is a member, not what its document holds.
    """
    members: list[tuple[Block, bool]] = []
    near: list[Block] = []
    others: list[Block] = []
    taken: set[int] = set()
    new = spelt(criterion.rename[1]) if criterion.rename else None
    left = (work.ctx - 600) * 3 // 4
    candidates = work.rng.sample(criterion.members, len(criterion.members))
    for at, candidate in enumerate([*candidates, *criterion.near, *criterion.strangers]):
        strange = at >= len(candidates) + len(criterion.near)
        # Two thirds of what is shown come near, or more.
        full = strange and 2 * (len(members) + len(others)) >= len(near)
        if full or len(members) + len(near) + len(others) >= shape.windows or left < 0:
            break
        src = source(work.corpus, candidate.index)
        if candidate.index in taken or any(spelt(w).search(src.title) for w in criterion.words):
            continue
        if at < len(candidates) and len(members) >= shape.wanted:
            continue
        block, cost = _window(work, src, candidate, shape.size)
        span = criterion.rests_on(block.body)
        if not block.body or criterion.doubtful(block.body) or (new and new.search(block.body)):
            continue
        if span and len(members) >= shape.wanted:
            continue
        taken.add(candidate.index)
        left -= cost + HEADER
        if span:
            members.append((replace(block, evidence=(span,)), bool(candidate.edits)))
        else:
            (others if strange else near).append(block)
    shown = len(members) + len(near) + len(others)
    members = members[: max(1, shown // SHARE)]
    if not members or len(near) <= shown // 2:
        raise Refused("too few documents meet the criterion or come near it")
    blocks = titled_apart([*(block for block, _ in members), *near, *others])
    changed = sum(edited for _, edited in members)
    if criterion.rename:
        renamed = [_renamed(block, *criterion.rename) for block in blocks]
        pairs = list(zip(blocks, renamed, strict=True))[: len(members)]
        return renamed, sum(a.body != b.body for a, b in pairs)
    return blocks, changed


def _window(work: Workspace, src: Source, candidate: Candidate, size: int) -> tuple[Block, int]:
    """A window around a place, with about so many tokens.

    It is cut between segments, or between sentences where segments are long.
    """
    a, b = around(src, candidate.start, candidate.end, size, work.rng)
    tokens = int(src.before[b] - src.before[a])
    if tokens <= 2 * size:
        return excerpt(work, src, a, b, edits=candidate.edits), tokens
    chars = int(size * len(src.text) / src.n_tokens) - (candidate.end - candidate.start)
    ahead = int(work.rng.random() * max(chars, 0))
    low, high = candidate.start - ahead, candidate.end + max(chars, 0) - ahead
    least, most = max(0, low - SENTENCE), min(len(src.text), high + SENTENCE)
    starts = [m.end() for m in _STOP.finditer(src.text, least, candidate.start)]
    stops = [m.end() for m in _STOP.finditer(src.text, candidate.end, most)]
    starts = [0, *starts] if not least else starts
    stops = [*stops, most] if most == len(src.text) else stops
    if not starts or not stops or candidate.edits:
        return Block(src.id, src.title, ""), 0
    # The sentences of the place are shown whole, and of what surrounds it as much as has room.
    start = next((at for at in starts if at >= low), starts[-1])
    stop = next((at for at in reversed(stops) if at <= high), stops[0])
    body = src.text[start:stop].strip()
    return Block(src.id, src.title, body), int(len(body) * src.n_tokens / len(src.text))


def _renamed(block: Block, old: str, new: str) -> Block:
    ends = [m.end() for m in spelt(old).finditer(block.body)]

    def moved(position: int) -> int:
        return position + (len(new) - len(old)) * sum(end <= position for end in ends)

    spans = tuple((moved(a), moved(b)) for a, b in block.evidence)
    body = spelt(old).sub(lambda _: new, block.body)
    return replace(block, body=body, evidence=spans, n_tokens=None)


GENERATOR = Generator(
    make=make,
    solve=solve,
    needs="prose of 60 tokens or more",
    serves=serves,
    least=20,
)
