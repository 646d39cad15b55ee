"""Criteria by labelled lines: the value of a label, or several numbers within ranges.

A group by ranges is hidden: no document names it, it follows from what the lines state. Near
are documents that another value keeps out, and the numbers just outside of a range.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from math import floor
from typing import TYPE_CHECKING

from golong_data.contexts.edits import Edit
from golong_data.contexts.workspace import Workspace
from golong_data.material import groups as clusters
from golong_data.tasks.exhaustive.config import ExhaustiveConfig
from golong_data.tasks.exhaustive.membership import (
    Candidate,
    Criterion,
    Shape,
    essential,
    grade,
)
from golong_data.tasks.exhaustive.subset_words import CONDITION, SEPARATOR, Clause
from golong_data.types import Refused

if TYPE_CHECKING:
    from golong_data.corpus import Corpus

REACH = (260, 3)
"""Characters within which lines stand, at least, and for each token of a window."""

COMMONEST = 3
"""Values of a label, the commonest, of which one may be left out."""

TRIES = 30
"""Draws of labels."""

DECIMALS = range(-9, 7)
"""Decimals that a bound may have; below 0 it is rounded to tens, hundreds, ..."""


@dataclass(frozen=True, slots=True)
class Range:
    """Numbers of a label, the bounds excluded; None is no bound."""

    label: str
    low: Fraction | None
    high: Fraction | None

    def holds(self, value: Fraction) -> bool:
        return (self.low is None or value > self.low) and (self.high is None or value < self.high)


def between(low: Fraction, high: Fraction) -> Fraction:
    """The number between two others that takes the fewest decimals; near their middle.

    >>> between(Fraction("1.47"), Fraction("1.52"))
    Fraction(3, 2)
    """
    for decimals in DECIMALS:
        unit = Fraction(10) ** -decimals
        found = floor((low + high) / 2 / unit + Fraction(1, 2)) * unit
        if low < found < high:
            return found
    return (low + high) / 2


def figure(value: Fraction) -> str:
    """A number as it is written in questions.

    >>> figure(Fraction(12_500)), figure(Fraction("-0.45"))
    ('12,500', '-0.45')
    """
    exact = Decimal(value.numerator) / Decimal(value.denominator)
    text = f"{exact:,f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _line(label: str) -> re.Pattern[str]:
    return re.compile(rf"^{re.escape(label)}: ([^\n]*)$", re.MULTILINE)


def _read(body: str, label: str) -> tuple[int, int, str] | None:
    """The line of a label in a text, and its value."""
    found = _line(label).search(body)
    return (*found.span(), found[1]) if found else None


def _number(body: str, label: str) -> tuple[int, int, Fraction] | None:
    found = _read(body, label)
    read = clusters.plain_number(found[2]) if found else None
    return (found[0], found[1], read[0]) if found and read else None


@lru_cache(maxsize=1024)
def _beside(corpus: Corpus, label: str, reach: int) -> Mapping[str, frozenset[int]]:
    """Other labels whose lines stand within reach, each with the documents where they do."""
    places = clusters.line_places(corpus)
    found: dict[str, set[int]] = {}
    for i, own in clusters.lines(corpus)[label].items():
        for start, end, other in clusters.within(places[i], own.end - reach, own.start + reach):
            if other != label and max(end, own.end) - min(start, own.start) <= reach:
                found.setdefault(other, set()).add(i)
    return {other: frozenset(found[other]) for other in sorted(found)}


def _partners(
    corpus: Corpus, label: str, stated: Mapping[str, Mapping[int, object]], reach: int
) -> dict[str, list[int]]:
    """Labels that stand near one, and documents where both are stated as `stated` has it."""
    found = {
        other: sorted(near.intersection(stated[label], stated[other]))
        for other, near in _beside(corpus, label, reach).items()
        if other in stated
    }
    return {other: both for other, both in found.items() if len(both) >= clusters.LINES}


def _window(corpus: Corpus, index: int, labels: Sequence[str], edits: Sequence[Edit]) -> Candidate:
    stated = [clusters.lines(corpus)[label][index] for label in labels]
    return Candidate(index, min(s.start for s in stated), max(s.end for s in stated), tuple(edits))


def _unique(body: str, labels: Sequence[str]) -> bool:
    return all(body.count(f"{label}:") <= 1 for label in labels)


# --- the value of a label -----------------------------------------------------------------


def by_label(work: Workspace, config: ExhaustiveConfig, shape: Shape) -> Criterion:
    """Documents that state one of the values of a label, but not some value of another."""
    rng, corpus = work.rng, work.corpus
    reach = max(REACH[0], REACH[1] * shape.size)
    lines, categories = clusters.lines(corpus), clusters.labels(corpus)
    valued = {
        label: {i: value for value, found in values.items() for i in found}
        for label, values in categories.items()
    }
    label = rng.choice(list(categories))
    partners = _partners(corpus, label, {**clusters.numbers(corpus), **valued}, reach)
    # Thresholds differ more than values do.
    numeric = [name for name in partners if name not in valued]
    drawn = numeric if numeric and rng.random() < 0.8 else list(partners)
    others = rng.sample(drawn, min(len(drawn), 2 if grade(config) == 2 else 1))
    pool = sorted(set.intersection(*(set(partners[other]) for other in others))) if others else []
    if len(pool) < clusters.LINES:
        raise Refused("no other label stands near often enough")
    ruled = [_left_out(work, other, pool, valued.get(other)) for other in others]
    values = categories[label]
    value = rng.choice([v for v, found in values.items() if len(found) >= clusters.FEWEST])
    words = set(value.split())
    rivals = sorted(values, key=lambda v: (-len(words & set(v.split())), v))
    rivals = [v for v in rivals if v != value][:8]
    members: list[Candidate] = []
    blocked: list[Candidate] = []
    near: list[Candidate] = []
    for i in rng.sample(pool, len(pool)):
        own = lines[label][i]
        new = own.text
        if rng.random() < config.counterfactual:
            # A third comes to have the value: what rules them out has to be looked at.
            new = value if rng.random() < 1 / 3 else rng.choice(rivals)
        edits = (Edit(own.value, own.end, new),) if new != own.text else ()
        stated = "\n".join(f"{other}: {lines[other][i].text}" for other in others)
        out = any(rules_out(stated) for _, rules_out in ruled)
        window = _window(corpus, i, (label, *others), edits)
        (near if new != value else blocked if out else members).append(window)
    if not blocked:
        raise Refused("what is left out takes nothing away")

    def rests_on(body: str) -> tuple[int, int] | None:
        found = _read(body, label)
        if not found or found[2] != value or any(rules_out(body) for _, rules_out in ruled):
            return None
        return found[:2]

    return Criterion(
        kind="label",
        fields={"label": label, "value": value},
        unless=tuple(clause for clause, _ in ruled),
        members=tuple(members),
        near=(*blocked[: shape.windows // 3], *near),
        strangers=(),
        rests_on=rests_on,
        doubtful=lambda body: not _unique(body, (label, *others)),
        forbidden=(f"{label}:",),
    )


def _left_out(
    work: Workspace, other: str, pool: Sequence[int], stated: Mapping[int, str] | None
) -> tuple[Clause, Callable[[str], bool]]:
    """A value of a label, or a side of a number, that rules out; and whether a text has it."""
    if stated is None:
        numbers = clusters.numbers(work.corpus)[other]
        bound = _threshold(work, sorted({numbers[i] for i in pool}))
        above = work.rng.random() < 0.5

        def beyond(body: str) -> bool:
            read = _number(body, other)
            return read is not None and (read[2] > bound) == above

        fields = {"beside": other, "bound": figure(bound)}
        return Clause("above" if above else "below", fields), beyond
    times = Counter(stated[i] for i in pool)
    shared = sorted(v for v in times if 1 < times[v] <= len(pool) // 2)
    if not shared:
        raise Refused("no value of a label is shared by some and not by most")
    unwanted = work.rng.choice(sorted(shared, key=lambda v: (-times[v], v))[:COMMONEST])

    def the_same(body: str) -> bool:
        found = _read(body, other)
        return found is not None and found[2] == unwanted

    return Clause("value", {"beside": other, "other": unwanted}), the_same


def _threshold(work: Workspace, values: Sequence[Fraction]) -> Fraction:
    """A bound in the middle half of some numbers."""
    if len(values) < 4:
        raise Refused("too few numbers to set a bound between")
    at = work.rng.randrange(len(values) // 4, 3 * len(values) // 4)
    return between(values[at], values[at + 1])


# --- numbers within ranges ----------------------------------------------------------------


def by_ranges(work: Workspace, config: ExhaustiveConfig, shape: Shape) -> Criterion:
    """Documents in which several numbers, or most of them, lie within ranges."""
    rng, corpus = work.rng, work.corpus
    numbers = clusters.numbers(corpus)
    hard = grade(config)
    reach = max(REACH[0], REACH[1] * shape.size)
    n_labels = 3 if hard == 2 else 2
    least = 2
    for _ in range(TRIES):
        label = rng.choice(list(numbers))
        partners = _partners(corpus, label, numbers, reach)
        if len(partners) < n_labels - 1:
            continue
        labels = (label, *rng.sample(list(partners), n_labels - 1))
        pool = sorted(set.intersection(*(set(partners[name]) for name in labels[1:])))
        if len(pool) < shape.windows // 2:
            continue
        values, edits = _valued(work, config, labels, pool)
        centre = rng.choice(pool)
        ranges = [
            _range(work, name, [values[i][name] for i in pool], values[centre][name], hard)
            for name in labels
        ]
        hits = {i: sum(r.holds(values[i][r.label]) for r in ranges) for i in pool}
        if sum(n >= least for n in hits.values()) >= shape.wanted:
            break
    else:
        raise Refused("no labels with numbers stand together often enough")
    near = [i for i in rng.sample(pool, len(pool)) if hits[i] < least]
    # One condition too few before several; at hard those that miss it by the least.
    near.sort(key=lambda i: (-hits[i], _miss(ranges, values, i) if hard == 2 else 0))

    def rests_on(body: str) -> tuple[int, int] | None:
        places = [
            (found[0], found[1], r.label)
            for r in ranges
            if (found := _number(body, r.label)) and r.holds(found[2])
        ]
        return essential(places, least) if len(places) >= least else None

    def candidate(i: int) -> Candidate:
        return _window(corpus, i, labels, edits[i])

    by_rarity = sorted(labels, key=lambda name: (len(clusters.lines(corpus)[name]), name))
    return Criterion(
        kind="ranges" if n_labels == least else "most",
        fields={
            "k": str(least),
            "m": str(n_labels),
            "conditions": SEPARATOR[config.language].join(
                _said(r, config.language) for r in ranges
            ),
        },
        unless=(),
        members=tuple(candidate(i) for i in pool if hits[i] >= least),
        near=tuple(candidate(i) for i in near),
        strangers=(),
        rests_on=rests_on,
        doubtful=lambda body: not _unique(body, labels),
        forbidden=tuple(f"{name}:" for name in by_rarity[: n_labels - least + 1]),
    )


def _valued(
    work: Workspace, config: ExhaustiveConfig, labels: Sequence[str], pool: Sequence[int]
) -> tuple[dict[int, dict[str, Fraction]], dict[int, list[Edit]]]:
    """The numbers of each document, some of them another's; with the edits for those."""
    corpus = work.corpus
    values: dict[int, dict[str, Fraction]] = {i: {} for i in pool}
    edits: dict[int, list[Edit]] = {i: [] for i in pool}
    for label in labels:
        lines, numbers = clusters.lines(corpus)[label], clusters.numbers(corpus)[label]
        for i in pool:
            source = work.rng.choice(pool) if work.rng.random() < config.counterfactual else i
            values[i][label] = numbers[source]
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


def _miss(ranges: Sequence[Range], values: Mapping[int, Mapping[str, Fraction]], i: int) -> float:
    """How far the nearest number of a document outside of its range lies from that, relatively."""
    misses = []
    for r in ranges:
        value = values[i][r.label]
        if not r.holds(value):
            bounds = [bound for bound in (r.low, r.high) if bound is not None]
            misses.append(min(abs(value - bound) / (abs(bound) or 1) for bound in bounds))
    return float(min(misses))


def _said(r: Range, language: str) -> str:
    kind = "between" if r.low is not None and r.high is not None else "above"
    if r.low is None:
        kind = "below"
    return CONDITION[kind][language].format(
        label=r.label,
        low=figure(r.low) if r.low is not None else "",
        high=figure(r.high) if r.high is not None else "",
    )
