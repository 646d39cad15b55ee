"""Groups by several numbers within ranges.

Such a group is hidden: no document names it, it follows from what the lines state. Near are
documents with a number too few, and those whose numbers lie just outside of a range.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from golong_data.contexts.edits import Edit
from golong_data.contexts.workspace import Workspace
from golong_data.material import labels
from golong_data.material.groups import essential
from golong_data.material.labels import between, figure, labelled_lines, number_of
from golong_data.tasks.exhaustive.config import ExhaustiveConfig
from golong_data.tasks.exhaustive.solve.subset import Clause
from golong_data.tasks.exhaustive.subset.labelled import around_lines, reach
from golong_data.tasks.exhaustive.subset.membership import Candidate, Group, Shape, asks_in, grade
from golong_data.types import Refused

TRIES = 30
"""Draws of labels."""

LEAST = 2
"""Numbers that lie within their ranges in a member, at least."""

Numbers = Mapping[int, Mapping[str, Fraction]]
"""Document -> label -> its number."""


@dataclass(frozen=True, slots=True)
class Range:
    """Numbers of a label, the bounds excluded; None is no bound."""

    label: str
    low: Fraction | None
    high: Fraction | None

    def holds(self, value: Fraction) -> bool:
        """Whether a number lies in it."""
        return (self.low is None or value > self.low) and (self.high is None or value < self.high)

    def miss(self, value: Fraction) -> Fraction:
        """How far a number outside of it lies from it, relatively."""
        bounds = [bound for bound in (self.low, self.high) if bound is not None]
        return min(abs(value - bound) / (abs(bound) or 1) for bound in bounds)

    def said(self, wordings: Mapping[str, str]) -> str:
        """The condition in words."""
        kind = "below" if self.low is None else "above" if self.high is None else "between"
        low, high = (figure(b) if b is not None else "" for b in (self.low, self.high))
        return wordings[kind].format(label=self.label, low=low, high=high)


@dataclass(frozen=True, slots=True)
class Ranges:
    """The criterion: enough numbers that lie within their ranges."""

    ranges: tuple[Range, ...]

    def hits(self, values: Mapping[str, Fraction]) -> int:
        """How many numbers of a document lie within their ranges."""
        return sum(one.holds(values[one.label]) for one in self.ranges)

    def miss(self, values: Mapping[str, Fraction]) -> float:
        """How far the nearest number outside of its range lies from it."""
        outside = [one for one in self.ranges if not one.holds(values[one.label])]
        return float(min(one.miss(values[one.label]) for one in outside))

    def rests_on(self, body: str) -> tuple[int, int] | None:
        """The shortest range without which too few numbers are left; None for no member."""
        places = [
            (found[0], found[1], one.label)
            for one in self.ranges
            if (found := number_of(body, one.label)) and one.holds(found[2])
        ]
        return essential(places, LEAST) if len(places) >= LEAST else None

    def is_doubtful(self, body: str) -> bool:
        """Whether a label stands more than once."""
        return not labels.stand_once(body, [one.label for one in self.ranges])


def by_ranges(work: Workspace, config: ExhaustiveConfig, shape: Shape) -> Group:
    """Documents in which several numbers, or most of them, lie within ranges."""
    rng, corpus = work.rng, work.corpus
    numbers = labels.stated_numbers(corpus)
    hard = grade(config)
    n_labels = 3 if hard == 2 else LEAST
    for _ in range(TRIES):
        label = rng.choice(list(numbers))
        partners = labels.stated_together(corpus, label, numbers, reach(shape))
        if len(partners) < n_labels - 1:
            continue
        names = (label, *rng.sample(list(partners), n_labels - 1))
        pool = sorted(set.intersection(*(set(partners[name]) for name in names[1:])))
        if len(pool) < shape.windows // 2:
            continue
        values, edits = _valued(work, config, names, pool)
        centre = values[rng.choice(pool)]
        criterion = Ranges(
            tuple(
                _range(work, name, [values[i][name] for i in pool], centre[name], hard)
                for name in names
            )
        )
        hits = {i: criterion.hits(values[i]) for i in pool}
        if sum(n >= LEAST for n in hits.values()) >= shape.wanted:
            break
    else:
        raise Refused("no labels with numbers stand together often enough")
    near = [i for i in rng.sample(pool, len(pool)) if hits[i] < LEAST]
    # One condition too few before several; at hard those that miss it by the least.
    near.sort(key=lambda i: (-hits[i], criterion.miss(values[i]) if hard == 2 else 0))

    def candidate(i: int) -> Candidate:
        return around_lines(corpus, i, names, edits[i])

    asks = asks_in(config.language)
    conditions = asks.between_conditions.join(one.said(asks.conditions) for one in criterion.ranges)
    by_rarity = sorted(names, key=lambda name: (len(labelled_lines(corpus)[name]), name))
    return Group(
        criterion=criterion,
        asked=Clause(
            "ranges" if n_labels == LEAST else "most",
            {"k": str(LEAST), "m": str(n_labels), "conditions": conditions},
        ),
        unless=(),
        members=tuple(candidate(i) for i in pool if hits[i] >= LEAST),
        near=tuple(candidate(i) for i in near),
        forbidden=tuple(f"{name}:" for name in by_rarity[: n_labels - LEAST + 1]),
    )


def _valued(
    work: Workspace, config: ExhaustiveConfig, names: Sequence[str], pool: Sequence[int]
) -> tuple[Numbers, Mapping[int, list[Edit]]]:
    """The numbers of each document, some of them another's; with the edits for those."""
    corpus = work.corpus
    values: dict[int, dict[str, Fraction]] = {i: {} for i in pool}
    edits: dict[int, list[Edit]] = {i: [] for i in pool}
    for name in names:
        lines, numbers = labelled_lines(corpus)[name], labels.stated_numbers(corpus)[name]
        for i in pool:
            source = work.rng.choice(pool) if work.rng.random() < config.counterfactual else i
            values[i][name] = numbers[source]
            if lines[source].text != lines[i].text:
                edits[i].append(Edit(lines[i].value, lines[i].end, lines[source].text))
    return values, edits


def _range(
    work: Workspace, label: str, stated: Sequence[Fraction], around: Fraction, hard: int
) -> Range:
    """A range of a label that holds a number; at easy it is open on one side."""
    ordered = sorted(set(stated))
    at = ordered.index(around)
    wide = len(ordered) * (3 if hard < 2 else 2) // 10
    first = max(0, at - work.rng.randint(wide // 4, wide - wide // 4))
    last = min(len(ordered) - 1, first + wide)
    low = between(ordered[first - 1], ordered[first]) if first else None
    high = between(ordered[last], ordered[last + 1]) if last + 1 < len(ordered) else None
    if not hard and low is not None and high is not None:
        low, high = (low, None) if len(ordered) - first < last else (None, high)
    if low is None and high is None:
        raise Refused("too few numbers to set a range among")
    return Range(label, low, high)
