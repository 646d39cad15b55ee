"""Members of a subset: the documents that meet a criterion, among many that nearly do.

The criterion is what a document shows (words, modules, base classes) or what its labelled
lines state, with something that is left out; or a group that no document names and that
follows from a rule: so many of some words or modules, numbers within ranges. Documents are
short windows of real ones. What counts is decided on the windows as they are shown, and no
filler holds what the criterion turns on.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from golong_data.contexts.budget import Share
from golong_data.contexts.excerpts import window
from golong_data.contexts.stitch import Block, titled_apart
from golong_data.contexts.windows import source
from golong_data.contexts.workspace import Workspace
from golong_data.material import labels
from golong_data.material.groups import documents, word_holders
from golong_data.material.python.statements import import_holders
from golong_data.material.renaming import Renaming, spelt
from golong_data.solving.reading import HEADER
from golong_data.tasks.exhaustive.config import ExhaustiveConfig
from golong_data.tasks.exhaustive.lazy import subset as lazy
from golong_data.tasks.exhaustive.solve.subset import WORDS, solve
from golong_data.tasks.exhaustive.subset.membership import Group, Shape, asks_in
from golong_data.tasks.exhaustive.subset.shown import OF_SOURCES, OF_TEXTS, by_traits
from golong_data.tasks.exhaustive.subset.stated import by_label, by_ranges
from golong_data.tasks.forms import LINES, LIST, ask, compose
from golong_data.types import Draft, Generator, Refused

if TYPE_CHECKING:
    from golong_data.corpus import Corpus

FRAME = 600
"""Tokens of the question and around it, about."""

ROOM = Share(3, 5)
"""For the documents shown beside the filler, of a context without its frame."""

MOST_OF_IT = Share(3, 4)
"""What they may take at most, where some are long."""

WINDOW = (75, 700)
"""Tokens of a document shown, fewest and most."""

MOST = 60
"""Documents shown beside the filler, at most."""

SPARSE = 12
"""One document in so many is a member, at most: to list them all must not pay."""

DRAWS = 12
"""Groups that are tried for one question."""

ENOUGH = 20
"""Traits that a corpus must know before questions on that kind are asked."""

HEADING = 16
"""Tokens of a heading, about."""


def serves(corpus: Corpus, index: int) -> bool:
    """Prose of some length."""
    return not corpus.is_table(index) and int(corpus.n_tokens[index]) >= 60


def make(work: Workspace, config: ExhaustiveConfig) -> Draft:
    """Windows of many documents, and which of them meet a criterion."""
    room = work.ctx - FRAME
    # Half of a small corpus is left for filler.
    n = max(1, min(ROOM.pieces(room, WINDOW[0], MOST), len(documents(work.corpus)) // 2))
    fewest, most = config.members
    most = max(2, min(most, n // SPARSE))
    wanted = work.rng.randint(max(2, min(fewest, most)), most)
    shape = Shape(wanted, n, ROOM.each(room, n, *WINDOW))
    for left in reversed(range(DRAWS)):
        try:
            group = _drawn(work, config, shape)
            blocks, changed = _windows(work, group, shape)
        except Refused:
            if not left:
                raise
            continue
        # A single member is an answer only where nothing better was found.
        if sum(bool(block.evidence) for block in blocks) > 1 or left < DRAWS // 4:
            break
    gold = tuple(sorted(block.title for block in blocks if block.evidence))
    if len({title.casefold() for title in gold}) < len(gold):
        raise Refused("titles that cannot be told apart")
    asks = asks_in(config.language)
    draft = compose(
        work,
        config,
        ask(LIST, config, group.question, asks.answer_format),
        blocks,
        gold,
        forbidden=group.forbidden,
        metric=LINES,
        counterfactual=changed,
    )
    # Titles may hold what no text does.
    text = HEADER.sub("", draft.context.text)
    for needle in group.forbidden:
        if text.count(needle) != sum(block.body.count(needle) for block in blocks):
            raise Refused("filler holds what the question turns on")
    return draft


def _drawn(work: Workspace, config: ExhaustiveConfig, shape: Shape) -> Group:
    """A group of a random kind that the corpus knows."""
    corpus = work.corpus
    kinds: list[Callable[[Workspace, ExhaustiveConfig, Shape], Group]] = []
    if labels.shared_values(corpus):
        kinds.append(by_label)
    if labels.stated_numbers(corpus):
        kinds.append(by_ranges)
    if len(import_holders(corpus)) > ENOUGH:
        kinds += [partial(by_traits, sort=sort, plans=plans) for sort, plans in OF_SOURCES]
    if len(word_holders(corpus)) > ENOUGH or not kinds:
        kinds += [partial(by_traits, sort=sort, plans=plans) for sort, plans in OF_TEXTS]
    return work.rng.choice(kinds)(work, config, shape)


def _windows(work: Workspace, group: Group, shape: Shape) -> tuple[list[Block], int]:
    """Windows of documents, those of members with evidence; and how many of these were changed.

    What a window shows decides whether it is a member, not what its document holds.
    """
    members: list[Block] = []
    near: list[Block] = []
    others: list[Block] = []
    edited: set[str] = set()
    taken: set[int] = set()
    new = spelt(group.rename[1]) if group.rename else None
    left = MOST_OF_IT.tokens(work.ctx - FRAME)
    meant = work.rng.sample(group.members, len(group.members))
    for at, spot in enumerate([*meant, *group.near, *group.strangers]):
        strange = at >= len(meant) + len(group.near)
        # Two thirds of what is shown come near, or more.
        full = strange and 2 * (len(members) + len(others)) >= len(near)
        if full or len(members) + len(near) + len(others) >= shape.windows or left < 0:
            break
        enough = len(members) >= shape.wanted
        src = source(work.corpus, spot.index)
        if (enough and at < len(meant)) or spot.index in taken:
            continue
        if any(spelt(name).search(src.title) for name in group.names):
            continue
        cut = window(work, src, spot, shape.size)
        if cut is None:
            continue
        block, cost = cut
        span = group.criterion.rests_on(block.body)
        doubtful = group.criterion.is_doubtful(block.body) or (new and new.search(block.body))
        if doubtful or not block.body or (span and enough):
            continue
        taken.add(spot.index)
        left -= cost + HEADING
        if spot.edits:
            edited.add(src.id)
        if span:
            members.append(replace(block, evidence=(span,)))
        else:
            (others if strange else near).append(block)
    shown = len(members) + len(near) + len(others)
    members = members[: max(1, shown // SPARSE)]
    if not members or len(near) <= shown // 2:
        raise Refused("too few documents meet the criterion or come near it")
    blocks = titled_apart([*members, *near, *others])
    if group.rename:
        old, now = group.rename
        changed = sum(bool(spelt(old).search(block.body)) for block in members)
        return [Renaming({old: now}).on_block(block) for block in blocks], changed
    return blocks, sum(block.doc_id in edited for block in members)


GENERATOR = Generator(
    make=make,
    solve=solve,
    words=WORDS,
    needs="prose of 60 tokens or more",
    serves=serves,
    least=20,
    candidates=lazy.candidates,
    lazy=lazy.READERS,
)
