"""Places chosen by what their documents state, and by corrections in still other documents.

Some corrections change the answer, some do not, so that being corrected tells nothing. For a
share of the questions the places on offer exchange their values: all options still occur, and
knowing the true values misleads.
"""

from __future__ import annotations

import random
import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from golong_data.contexts.lines import EXCERPT, SHOWN, affordable_excerpts, excerpt_of
from golong_data.contexts.notes import Note, scatter_singly
from golong_data.contexts.stitch import Block
from golong_data.contexts.workspace import Workspace
from golong_data.material.values import Fact, distinct, stated
from golong_data.tasks.comprehension.config import ComprehensionConfig
from golong_data.tasks.forms import compose
from golong_data.tasks.options import asked
from golong_data.types import Draft, Refused
from golong_data.words import words

DECOYS = 2
"""Corrections that change nothing, for each that does."""

TRIES = 12
"""Values drawn for one correction."""

BOUNDS = 60
"""Values drawn as bounds until one makes a clean question."""

_ASIDE = re.compile(r"\s*\([^)]*\)")

Key = tuple[int, str]
"""(document, label)."""
Values = Mapping[Key, Fact]


@dataclass(frozen=True, slots=True)
class Asks:
    """What is asked in one language."""

    rule: str
    """That corrections hold; before the question."""
    best: str
    both: str
    alone: str
    than: str
    """A bound that is another place's value."""
    sides: tuple[str, str]
    """Below and above."""
    ends: tuple[str, str]
    """Lowest and highest."""


@dataclass(frozen=True, slots=True)
class Words:
    """What is planted, in one language."""

    corrections: tuple[str, ...]
    """Forms of one correction, its parts in any order."""


@dataclass(frozen=True, slots=True)
class Query:
    """What is asked of the places on offer: a condition on x, then the extreme of y.

    Where several are asked for there is a condition on y instead, or none if y is "".
    """

    places: Sequence[int]
    x: str
    above: bool
    """Whether x has to lie above the bound or below it."""
    bound: Fact
    y: str
    high: bool
    """Whether y has to be the highest, or above `other`."""
    other: Fact | None = None
    several: bool = False

    def right(self, values: Values) -> tuple[int, ...]:
        """The places that answer it."""
        there = self._there(values)
        if not self.y or not there:
            return there
        ys = {i: values[i, self.y].value for i in there}
        if self.other is not None:
            return tuple(i for i in there if (ys[i] > self.other.value) == self.high)
        best = (max if self.high else min)(ys.values())
        return tuple(i for i in there if ys[i] == best)

    def _there(self, values: Values) -> tuple[int, ...]:
        bound = values.get((self.bound.index, self.x), self.bound).value
        return tuple(i for i in self.places if (values[i, self.x].value > bound) == self.above)

    def needed(self, values: Values) -> list[Key]:
        """The values of the places on offer that decide it."""
        found = [(i, self.x) for i in self.places]
        if self.y:
            found += [(i, self.y) for i in self._there(values)]
        return list(dict.fromkeys(found))

    def is_clean(self, values: Values) -> bool:
        """Whether there is one answer, or as many as are no give-away."""
        n = len(self.right(values))
        enough = len(self._there(values)) > 1 or self.several
        return enough and (0 < n < len(self.places) if self.several else n == 1)


def make(work: Workspace, config: ComprehensionConfig, asks: Asks) -> Draft:
    """Places by two labels, with values exchanged, bounds borrowed and corrections planted."""
    rng, by_label = work.rng, stated(work.corpus)
    several = rng.random() < config.several
    n = max(4, min(rng.randint(*config.options), SHOWN.pieces(work.ctx, 4 * EXCERPT[0])))
    x, y = rng.sample(list(by_label), 2)
    if config.hops == 1:
        y = "" if several else x
    pool = [f.index for f in distinct(work, y or x)]
    places = [i for i in pool if i in by_label[x] and (not y or i in by_label[y])][:n]
    if len(places) < n:
        raise Refused("too few documents state both values")
    values = {(i, label): by_label[label][i] for i in places for label in (x, y) if label}
    swapped = rng.random() < config.counterfactual
    if swapped:
        values = _exchanged(rng, values)
    query = _query(work, config.hops, values, places, (x, y), several)
    bridges = [query.bound.index] if config.hops > 2 else []
    known = {**values, **{(i, x): query.bound for i in bridges}}
    spare = max(0, affordable_excerpts(work.ctx) - n)
    final, corrections = _corrected(work, query, known, config.overrides, spare)
    wanted = {key for key in query.needed(final) if key not in corrections}
    wanted |= {(i, x) for i in bridges}
    titles = {i: work.corpus.title(i) for i in {*places, query.bound.index}}
    bound = asks.than.format(title=titles[bridges[0]]) if bridges else _plain(query.bound)
    question = (asks.rule if corrections else "") + _worded(asks, query, bound)
    right = query.right(final)
    variables, gold = asked(
        work,
        config,
        question,
        [titles[i] for i in right],
        [titles[i] for i in places if i not in right],
        several=several,
    )
    shown = [*places, *bridges]
    size = SHOWN.each(work.ctx, len(shown) + len(corrections), *EXCERPT)
    blocks = [_excerpt(work, known, i, wanted, size) for i in shown]
    forms = words(Words, "comprehension/multi_hop", "writes")[config.language].corrections
    notes = []
    for (i, label), matters in corrections.items():
        value = final[i, label].text
        text = rng.choice(forms).format(title=titles[i], label=label, value=value)
        notes.append(Note(text, matters))
    # A label in quotes stands in corrections only.
    only_here = [f'"{label}"' for label in (x, y) if label]
    blocks += scatter_singly(work, notes, only_here, without=shown)
    return compose(
        work,
        config,
        variables,
        blocks,
        gold,
        exclude=frozenset(titles.values()),
        forbidden=only_here,
        counterfactual=n if swapped else 0,
    )


def _excerpt(
    work: Workspace, values: Values, index: int, wanted: Collection[Key], size: int
) -> Block:
    """Windows of a document with its values as they are to be."""
    lines = [
        stated(work.corpus)[label][index].shown(fact.text, evidence=(i, label) in wanted)
        for (i, label), fact in values.items()
        if i == index
    ]
    return excerpt_of(work, lines, size)


def _exchanged(rng: random.Random, values: Values) -> dict[Key, Fact]:
    """The values of each label passed round among the places; nobody keeps their own."""
    found = {}
    for label in dict.fromkeys(label for _, label in values):
        keys = [key for key in values if key[1] == label]
        turn = rng.randrange(1, len(keys))
        for at, key in enumerate(keys):
            found[key] = values[keys[(at + turn) % len(keys)]]
    return found


def _query(
    work: Workspace,
    hops: int,
    values: Values,
    places: Sequence[int],
    labels: tuple[str, str],
    several: bool,
) -> Query:
    """A query with a clean answer; its bounds are values of documents that are not on offer."""
    rng, (x, y) = work.rng, labels
    bounds = [f for f in distinct(work, x) if f.index not in places]
    others = [f for f in distinct(work, y) if f.index not in places] if y and several else []
    taken = {f.value for f in values.values()}
    alone = hops == 1 and not several
    for bound in bounds[:BOUNDS]:
        other = rng.choice(others) if others else None
        above = not alone and rng.random() < 0.5
        high = alone or rng.random() < 0.5
        query = Query(places, x, above, bound, y, high, other, several)
        if query.is_clean(values) and taken.isdisjoint({f.value for f in (bound, other) if f}):
            return query
    raise Refused("no clean answer in the values")


def _corrected(
    work: Workspace, query: Query, known: Values, most: int, room: int
) -> tuple[Values, dict[Key, bool]]:
    """The values after corrections, and per correction whether the answer rests on it.

    Up to `most` change the answer, and for each there are `DECOYS` that do not; all together
    no more than `room`.
    """
    values, done = known, list[Key]()
    most = min(most, room)
    for decides in [True] * most + [False] * min(DECOYS * most, room - most):
        found = _change(work, query, values, done, decides=decides)
        if found is not None:
            key, new = found
            values, done = {**values, key: new}, [*done, key]
    right = query.right(values)
    return values, {key: query.right({**values, key: known[key]}) != right for key in done}


def _change(
    work: Workspace, query: Query, values: Values, done: Sequence[Key], *, decides: bool
) -> tuple[Key, Fact] | None:
    """A value to correct and what it becomes: that of a document that is not on offer."""
    rng = work.rng
    keys = query.needed(values) if decides else [k for k in values if k[0] in query.places]
    touched = {index for index, _ in done}
    keys = [key for key in keys if key[0] not in touched] or [k for k in keys if k not in done]
    taken = {f.value for f in (*values.values(), query.bound, query.other) if f}
    for _ in range(TRIES if keys else 0):
        key = rng.choice(keys)
        new = rng.choice(list(stated(work.corpus)[key[1]].values()))
        trial = {**values, key: new}
        changes = query.right(trial) != query.right(values)
        if new.value not in taken and query.is_clean(trial) and changes == decides:
            return key, new
    return None


def _worded(asks: Asks, query: Query, bound: str) -> str:
    """The question in words."""
    side = asks.sides[query.above]
    if not query.several:
        return asks.best.format(
            x=query.x, side=side, bound=bound, end=asks.ends[query.high], y=query.y
        )
    if query.other is None:
        return asks.alone.format(x=query.x, side=side, bound=bound)
    return asks.both.format(
        x=query.x,
        side=side,
        bound=bound,
        y=query.y,
        side2=asks.sides[query.high],
        other=_plain(query.other),
    )


def _plain(fact: Fact) -> str:
    """A value without what stands in parentheses: dates, estimates."""
    return _ASIDE.sub("", fact.text)
