"""Groups by what labelled lines state: a value of a label, or numbers within ranges.

A value is asked for less those documents that state some value of another label, or a number
on one side of a bound. Near are documents that another value keeps out, and those that are left
out. Numbers within ranges make a hidden group: no document names it, it follows from what the
lines state. Near are documents with a number too few, and those whose numbers lie just outside.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from golong_data.contexts.edits import Edit
from golong_data.contexts.excerpts import Spot
from golong_data.contexts.workspace import Workspace
from golong_data.material import labels
from golong_data.material.groups import FEWEST, Place
from golong_data.material.labels import between, figure, labelled_lines, line_of, number_of
from golong_data.tasks.exhaustive.config import ExhaustiveConfig
from golong_data.tasks.exhaustive.solve.subset import Clause
from golong_data.tasks.exhaustive.subset.membership import (
    Criterion,
    Group,
    Shape,
    asks_in,
    grade,
    worded,
)
from golong_data.types import Refused

if TYPE_CHECKING:
    from golong_data.corpus import Corpus

REACH = (260, 3)
"""Characters within which lines stand, at least, and for each token of a window."""

COMMONEST = 3
"""Values of a label, the commonest, of which one may be left out."""

NUMERIC = 0.8
"""Share of the questions for a value that leave out by a number, where one stands near."""

ALIKE = 8
"""Values most like the one asked for, of which one may take its place."""

TRIES = 30
"""Draws of labels with numbers."""

LEAST = 2
"""Numbers that lie within their ranges in a member, at least."""


@dataclass(frozen=True, slots=True)
class _Labelled:
    """A condition on the line of a label."""

    label: str

    def is_doubtful_in(self, body: str) -> bool:
        """Whether the label stands more than once."""
        return not labels.stand_once(body, (self.label,))


@dataclass(frozen=True, slots=True)
class States(_Labelled):
    """A value of a label."""

    value: str

    @property
    def clause(self) -> Clause:
        """As a question says it."""
        return Clause("value", {"label": self.label, "value": self.value})

    def places_in(self, body: str) -> Sequence[Place]:
        """The line that states it."""
        found = line_of(body, self.label)
        return [(*found[:2], self.label)] if found and found[2] == self.value else []


@dataclass(frozen=True, slots=True)
class Range(_Labelled):
    """Numbers of a label, the bounds excluded; None is no bound."""

    low: Fraction | None = None
    high: Fraction | None = None

    @property
    def clause(self) -> Clause:
        """As a question says it."""
        kind = "below" if self.low is None else "above" if self.high is None else "between"
        low, high = (figure(b) if b is not None else "" for b in (self.low, self.high))
        return Clause(kind, {"label": self.label, "low": low, "high": high})

    def holds(self, value: Fraction) -> bool:
        """Whether a number lies in it."""
        return (self.low is None or value > self.low) and (self.high is None or value < self.high)

    def miss(self, value: Fraction) -> Fraction:
        """How far a number outside of it lies from it, relatively."""
        bounds = [bound for bound in (self.low, self.high) if bound is not None]
        return min(abs(value - bound) / (abs(bound) or 1) for bound in bounds)

    def places_in(self, body: str) -> Sequence[Place]:
        """The line with a number that lies in it."""
        found = number_of(body, self.label)
        return [(*found[:2], self.label)] if found and self.holds(found[2]) else []


def reach(shape: Shape) -> int:
    """Characters within which lines must stand to be shown together."""
    return max(REACH[0], REACH[1] * shape.size)


def around_lines(corpus: Corpus, index: int, names: Sequence[str], edits: Sequence[Edit]) -> Spot:
    """The place of a document where the lines of some labels stand."""
    stated = [labelled_lines(corpus)[name][index] for name in names]
    return Spot(index, min(s.start for s in stated), max(s.end for s in stated), tuple(edits))


def _with_all(partners: Mapping[str, Sequence[int]], names: Sequence[str]) -> list[int]:
    """The documents in which all of some labels stand near."""
    return sorted(set.intersection(*(set(partners[name]) for name in names)))


# --- a value --------------------------------------------------------------------------------


def by_label(work: Workspace, config: ExhaustiveConfig, shape: Shape) -> Group:
    """Documents that state one of the values of a label, but not some value of another."""
    rng, corpus = work.rng, work.corpus
    lines, shared = labelled_lines(corpus), labels.shared_values(corpus)
    valued = {label: {i for found in shared[label].values() for i in found} for label in shared}
    label = rng.choice(list(shared))
    stated = {**labels.stated_numbers(corpus), **valued}
    partners = labels.stated_together(corpus, label, stated, reach(shape))
    # Thresholds differ more than values do.
    numeric = [name for name in partners if name not in valued]
    drawn = numeric if numeric and rng.random() < NUMERIC else list(partners)
    others = rng.sample(drawn, min(len(drawn), 2 if grade(config) == 2 else 1))
    pool = _with_all(partners, others) if others else []
    if len(pool) < labels.LINES:
        raise Refused("no other label stands near often enough")
    unless = tuple(
        (_some_value if other in valued else _side)(work, other, pool) for other in others
    )
    values = shared[label]
    value = rng.choice([v for v, found in values.items() if len(found) >= FEWEST])
    alike = _alike(value, values)
    members: list[Spot] = []
    blocked: list[Spot] = []
    near: list[Spot] = []
    for i in rng.sample(pool, len(pool)):
        own = lines[label][i]
        new = own.text
        if rng.random() < config.counterfactual:
            # A third comes to have the value: what rules them out has to be looked at.
            new = value if rng.random() < 1 / 3 else rng.choice(alike)
        edits = (Edit(own.value, own.end, new),) if new != own.text else ()
        beside = "\n".join(f"{other}: {lines[other][i].text}" for other in others)
        out = any(one.places_in(beside) for one in unless)
        spot = around_lines(corpus, i, (label, *others), edits)
        (near if new != value else blocked if out else members).append(spot)
    if not blocked:
        raise Refused("what is left out takes nothing away")
    asked = Clause("label", {"label": label, "value": value})
    return Group(
        question=worded(asked, [one.clause for one in unless], config.language),
        criterion=Criterion((States(label, value),), range(1, 2), unless),
        members=members,
        near=[*blocked[: shape.windows // 3], *near],
        forbidden=(f"{label}:",),
    )


def _alike(value: str, values: Mapping[str, object]) -> list[str]:
    """Other values of a label, those with the most words in common."""
    own = set(value.split())
    found = sorted(values, key=lambda v: (-len(own & set(v.split())), v))
    return [v for v in found if v != value][:ALIKE]


def _some_value(work: Workspace, label: str, pool: Sequence[int]) -> States:
    """A value that some of the documents state, and not most."""
    times = Counter(labelled_lines(work.corpus)[label][i].text for i in pool)
    some = sorted(v for v in times if 1 < times[v] <= len(pool) // 2)
    if not some:
        raise Refused("no value of a label is shared by some and not by most")
    return States(label, work.rng.choice(sorted(some, key=lambda v: (-times[v], v))[:COMMONEST]))


def _side(work: Workspace, label: str, pool: Sequence[int]) -> Range:
    """Numbers on one side of a bound in the middle half of what the documents state."""
    numbers = labels.stated_numbers(work.corpus)[label]
    values = sorted({numbers[i] for i in pool})
    if len(values) < 4:
        raise Refused("too few numbers to set a bound between")
    at = work.rng.randrange(len(values) // 4, 3 * len(values) // 4)
    bound = between(values[at], values[at + 1])
    return Range(label, low=bound) if work.rng.random() < 0.5 else Range(label, high=bound)


# --- numbers --------------------------------------------------------------------------------


def by_ranges(work: Workspace, config: ExhaustiveConfig, shape: Shape) -> Group:
    """Documents in which several numbers, or most of them, lie within ranges."""
    rng, corpus = work.rng, work.corpus
    numbers = labels.stated_numbers(corpus)
    hard = grade(config)
    n = 3 if hard == 2 else LEAST
    for _ in range(TRIES):
        label = rng.choice(list(numbers))
        partners = labels.stated_together(corpus, label, numbers, reach(shape))
        if len(partners) < n - 1:
            continue
        names = (label, *rng.sample(list(partners), n - 1))
        pool = _with_all(partners, names[1:])
        if len(pool) < shape.windows // 2:
            continue
        values, edits = _valued(work, config, names, pool)
        centre = rng.choice(pool)
        ranges = tuple(_range(work, name, values[name], centre, hard) for name in names)
        outside = {i: [r for r in ranges if not r.holds(values[r.label][i])] for i in pool}
        members = [i for i in pool if n - len(outside[i]) >= LEAST]
        if len(members) >= shape.wanted:
            break
    else:
        raise Refused("no labels with numbers stand together often enough")
    near = [i for i in rng.sample(pool, len(pool)) if n - len(outside[i]) < LEAST]

    def distance(i: int) -> tuple[int, float]:
        misses = (float(r.miss(values[r.label][i])) for r in outside[i])
        return len(outside[i]), min(misses) if hard == 2 else 0

    # One condition too few before several; at hard those that miss it by the least.
    near.sort(key=distance)
    asks = asks_in(config.language)
    clauses = [one.clause for one in ranges]
    said = asks.between_conditions.join(asks.conditions[c.kind].format(**c.fields) for c in clauses)
    fields = {"k": str(LEAST), "m": str(n), "conditions": said}
    by_rarity = sorted(names, key=lambda name: (len(labelled_lines(corpus)[name]), name))
    return Group(
        question=worded(Clause("ranges" if n == LEAST else "most", fields), (), config.language),
        criterion=Criterion(ranges, range(LEAST, n + 1)),
        members=[around_lines(corpus, i, names, edits[i]) for i in members],
        near=[around_lines(corpus, i, names, edits[i]) for i in near],
        forbidden=tuple(f"{name}:" for name in by_rarity[: n - LEAST + 1]),
    )


def _valued(
    work: Workspace, config: ExhaustiveConfig, names: Sequence[str], pool: Sequence[int]
) -> tuple[dict[str, dict[int, Fraction]], dict[int, list[Edit]]]:
    """Label -> document -> its number, some of them another's; with the edits for those."""
    values: dict[str, dict[int, Fraction]] = {name: {} for name in names}
    edits: dict[int, list[Edit]] = {i: [] for i in pool}
    for name in names:
        lines = labelled_lines(work.corpus)[name]
        numbers = labels.stated_numbers(work.corpus)[name]
        for i in pool:
            source = work.rng.choice(pool) if work.rng.random() < config.counterfactual else i
            values[name][i] = numbers[source]
            if lines[source].text != lines[i].text:
                edits[i].append(Edit(lines[i].value, lines[i].end, lines[source].text))
    return values, edits


def _range(
    work: Workspace, label: str, stated: Mapping[int, Fraction], centre: int, hard: int
) -> Range:
    """A range of a label that holds a document's number; at easy it is open on one side."""
    ordered = sorted(set(stated.values()))
    wide = len(ordered) * (3 if hard < 2 else 2) // 10
    at = ordered.index(stated[centre])
    first = max(0, at - work.rng.randint(wide // 4, wide - wide // 4))
    last = min(len(ordered) - 1, first + wide)
    low = between(ordered[first - 1], ordered[first]) if first else None
    high = between(ordered[last], ordered[last + 1]) if last + 1 < len(ordered) else None
    if not hard and low is not None and high is not None:
        low, high = (low, None) if len(ordered) - first < last else (None, high)
    if low is None and high is None:
        raise Refused("too few numbers to set a range among")
    return Range(label, low, high)
