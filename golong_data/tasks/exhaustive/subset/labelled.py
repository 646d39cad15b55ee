"""Groups by the value of a label, less those that state some value of another.

Near are documents that another value keeps out, and those that are left out.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from golong_data.contexts.edits import Edit
from golong_data.contexts.workspace import Workspace
from golong_data.material import labels
from golong_data.material.groups import FEWEST
from golong_data.material.labels import between, figure, labelled_lines, line_of, number_of
from golong_data.tasks.exhaustive.config import ExhaustiveConfig
from golong_data.tasks.exhaustive.solve.subset import Clause
from golong_data.tasks.exhaustive.subset.membership import Candidate, Group, Shape, grade
from golong_data.types import Refused

if TYPE_CHECKING:
    from golong_data.corpus import Corpus

REACH = (260, 3)
"""Characters within which lines stand, at least, and for each token of a window."""

COMMONEST = 3
"""Values of a label, the commonest, of which one may be left out."""

NUMERIC = 0.8
"""Share of the questions that leave out by a number, where one stands near."""

ALIKE = 8
"""Values most like the one asked for, of which one may take its place."""


@dataclass(frozen=True, slots=True)
class States:
    """Left out: texts that state a value of a label."""

    label: str
    value: str

    @property
    def clause(self) -> Clause:
        """As the question says it."""
        return Clause("value", {"beside": self.label, "other": self.value})

    def holds(self, body: str) -> bool:
        """Whether a text states it."""
        found = line_of(body, self.label)
        return found is not None and found[2] == self.value


@dataclass(frozen=True, slots=True)
class Beyond:
    """Left out: texts that state a number on one side of a bound."""

    label: str
    bound: Fraction
    above: bool

    @property
    def clause(self) -> Clause:
        """As the question says it."""
        fields = {"beside": self.label, "bound": figure(self.bound)}
        return Clause("above" if self.above else "below", fields)

    def holds(self, body: str) -> bool:
        """Whether a text states such a number."""
        found = number_of(body, self.label)
        return found is not None and (found[2] > self.bound) == self.above


@dataclass(frozen=True, slots=True)
class Value:
    """The criterion: a value of a label, and nothing that is left out."""

    label: str
    value: str
    unless: tuple[States | Beyond, ...]

    def rests_on(self, body: str) -> tuple[int, int] | None:
        """The line of the label; None for no member."""
        found = line_of(body, self.label)
        out = any(one.holds(body) for one in self.unless)
        return found[:2] if found and found[2] == self.value and not out else None

    def is_doubtful(self, body: str) -> bool:
        """Whether a label stands more than once."""
        return not labels.stand_once(body, (self.label, *(one.label for one in self.unless)))


def reach(shape: Shape) -> int:
    """Characters within which lines must stand to be shown together."""
    return max(REACH[0], REACH[1] * shape.size)


def around_lines(
    corpus: Corpus, index: int, names: Sequence[str], edits: Sequence[Edit]
) -> Candidate:
    """The place of a document where the lines of some labels stand."""
    stated = [labelled_lines(corpus)[name][index] for name in names]
    return Candidate(index, min(s.start for s in stated), max(s.end for s in stated), tuple(edits))


def by_label(work: Workspace, config: ExhaustiveConfig, shape: Shape) -> Group:
    """Documents that state one of the values of a label, but not some value of another."""
    rng, corpus = work.rng, work.corpus
    lines, shared = labelled_lines(corpus), labels.shared_values(corpus)
    valued = {
        label: {i: value for value, found in values.items() for i in found}
        for label, values in shared.items()
    }
    label = rng.choice(list(shared))
    stated = {**labels.stated_numbers(corpus), **valued}
    partners = labels.stated_together(corpus, label, stated, reach(shape))
    # Thresholds differ more than values do.
    numeric = [name for name in partners if name not in valued]
    drawn = numeric if numeric and rng.random() < NUMERIC else list(partners)
    others = rng.sample(drawn, min(len(drawn), 2 if grade(config) == 2 else 1))
    pool = sorted(set.intersection(*(set(partners[other]) for other in others))) if others else []
    if len(pool) < labels.LINES:
        raise Refused("no other label stands near often enough")
    unless = tuple(_left_out(work, other, pool, valued.get(other)) for other in others)
    values = shared[label]
    value = rng.choice([v for v, found in values.items() if len(found) >= FEWEST])
    alike = _alike(value, values)
    members: list[Candidate] = []
    blocked: list[Candidate] = []
    near: list[Candidate] = []
    for i in rng.sample(pool, len(pool)):
        own = lines[label][i]
        new = own.text
        if rng.random() < config.counterfactual:
            # A third comes to have the value: what rules them out has to be looked at.
            new = value if rng.random() < 1 / 3 else rng.choice(alike)
        edits = (Edit(own.value, own.end, new),) if new != own.text else ()
        beside = "\n".join(f"{other}: {lines[other][i].text}" for other in others)
        out = any(one.holds(beside) for one in unless)
        candidate = around_lines(corpus, i, (label, *others), edits)
        (near if new != value else blocked if out else members).append(candidate)
    if not blocked:
        raise Refused("what is left out takes nothing away")
    return Group(
        criterion=Value(label, value, unless),
        asked=Clause("label", {"label": label, "value": value}),
        unless=tuple(one.clause for one in unless),
        members=tuple(members),
        near=(*blocked[: shape.windows // 3], *near),
        forbidden=(f"{label}:",),
    )


def _alike(value: str, values: Mapping[str, object]) -> list[str]:
    """Other values of a label, those with the most words in common."""
    own = set(value.split())
    found = sorted(values, key=lambda v: (-len(own & set(v.split())), v))
    return [v for v in found if v != value][:ALIKE]


def _left_out(
    work: Workspace, other: str, pool: Sequence[int], stated: Mapping[int, str] | None
) -> States | Beyond:
    """A value of a label, or where it has none, a side of its number."""
    if stated is None:
        numbers = labels.stated_numbers(work.corpus)[other]
        bound = _threshold(work, sorted({numbers[i] for i in pool}))
        return Beyond(other, bound, work.rng.random() < 0.5)
    times = Counter(stated[i] for i in pool)
    some = sorted(v for v in times if 1 < times[v] <= len(pool) // 2)
    if not some:
        raise Refused("no value of a label is shared by some and not by most")
    return States(other, work.rng.choice(sorted(some, key=lambda v: (-times[v], v))[:COMMONEST]))


def _threshold(work: Workspace, values: Sequence[Fraction]) -> Fraction:
    """A bound in the middle half of some numbers."""
    if len(values) < 4:
        raise Refused("too few numbers to set a bound between")
    at = work.rng.randrange(len(values) // 4, 3 * len(values) // 4)
    return between(values[at], values[at + 1])
