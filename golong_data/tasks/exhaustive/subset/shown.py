"""Groups by what documents show: so many of some words, modules or base classes, none of others.

That is a hidden group: no text names it. Near are documents with one too few, with one that is
left out, with too many, or with a mere mention.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from golong_data.contexts.excerpts import Spot
from golong_data.contexts.workspace import Workspace
from golong_data.material.groups import Place
from golong_data.material.renaming import spelt
from golong_data.material.traits import BASES, IMPORTS, WORDS, Search, Sort
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

TRIES = 40
"""Draws of what is asked for."""


@dataclass(frozen=True, slots=True)
class Plan:
    """A form of question: `least` of `names` traits, and up to `unless` that rule out."""

    kind: str
    names: int
    least: int
    unless: int
    exactly: bool = False

    @property
    def counts(self) -> range:
        """How many of the traits are as many as asked for."""
        return range(self.least, (self.least if self.exactly else self.names) + 1)


Plans = tuple[tuple[Plan, ...], ...]
"""From easy to hard."""

SOME_WORDS: Plans = (
    (Plan("some", 3, 2, 0),),
    (Plan("some", 4, 2, 1), Plan("some", 4, 3, 0), Plan("some", 5, 3, 0)),
    (Plan("some", 5, 3, 1), Plan("some", 4, 2, 0, True), Plan("some", 5, 3, 0, True)),
)
ONE_OR_TWO_WORDS: Plans = (
    (Plan("pair", 2, 2, 1), Plan("without", 1, 1, 1)),
    (Plan("pair", 2, 2, 1), Plan("line", 2, 2, 1), Plan("without", 1, 1, 2)),
    (Plan("line", 2, 2, 2), Plan("without", 1, 1, 3)),
)
ONE_MODULE: Plans = tuple((Plan("import", 1, 1, unless),) for unless in (1, 2, 3))
SOME_MODULES: Plans = (
    (Plan("modules", 3, 2, 0),),
    (Plan("modules", 4, 2, 1), Plan("modules", 4, 3, 0)),
    (Plan("modules", 5, 3, 1), Plan("modules", 4, 2, 0, True)),
)
BASE_CLASSES: Plans = (
    (Plan("bases", 2, 1, 1), Plan("bases", 3, 1, 0)),
    (Plan("bases", 3, 1, 1), Plan("bases", 4, 1, 0), Plan("bases", 4, 1, 1)),
    (Plan("base", 1, 1, 3), Plan("bases", 4, 1, 2)),
)
OF_TEXTS = ((WORDS, ONE_OR_TWO_WORDS), (WORDS, SOME_WORDS), (WORDS, SOME_WORDS))
OF_SOURCES = ((IMPORTS, ONE_MODULE), (IMPORTS, SOME_MODULES), (BASES, BASE_CLASSES))


@dataclass(frozen=True, slots=True)
class Shows:
    """A condition: that a text shows a trait, or what may rule out beside one."""

    name: str
    sort: Sort
    rules_out: bool = False

    @property
    def clause(self) -> Clause:
        """As a question says that it rules out."""
        return Clause(self.sort.bar, {"name": self.name})

    def places_in(self, body: str) -> Sequence[Place]:
        """Wherever it stands."""
        pattern = (self.sort.barring if self.rules_out else self.sort.pattern)(self.name)
        return [(*found.span(), self.name) for found in pattern.finditer(body)]

    def is_doubtful_in(self, body: str) -> bool:
        """Whether a disputed line holds it."""
        disputed = self.sort.disputed if self.name in body else None
        lines = disputed.finditer(body) if disputed else ()
        return any(spelt(self.name).search(line[0]) for line in lines)


def by_traits(
    work: Workspace, config: ExhaustiveConfig, shape: Shape, sort: Sort, plans: Plans
) -> Group:
    """Documents that show so many of some traits, and none of others."""
    plan = work.rng.choice(plans[grade(config)])
    search = Search(work, sort, shape.size, shape.windows)
    # Where one is enough they need not stand together.
    draw = search.anywhere if plan.least == 1 else search.together
    for left in reversed(range(TRIES)):
        # Twice as many, while there is hope of it: the same few would come again and again.
        enough = 2 * shape.wanted if left > TRIES // 2 else shape.wanted
        chosen = draw(plan.names, shape.wanted)
        found = search.stretches(chosen, in_line=plan.kind == "line") if chosen else {}
        full = {i: spot for i, (count, spot) in found.items() if count in plan.counts}
        if len(full) < enough:
            continue
        out, blocked = search.ruled_out(chosen, full, plan.unless, enough)
        if len(out) < plan.unless:
            continue
        near = [spot for i, (_, spot) in found.items() if i not in full]
        near += search.mentions(chosen, out, found)
        work.rng.shuffle(near)
        near = list(blocked.values())[: shape.windows // 3] + near
        if len(near) >= shape.windows // 2:
            members = [spot for i, spot in full.items() if i not in blocked]
            return _group(search, config, plan, chosen, out, members, near)
    raise Refused("nothing that documents have in common stands together often enough")


def _group(
    search: Search,
    config: ExhaustiveConfig,
    plan: Plan,
    chosen: Sequence[str],
    out: Sequence[str],
    members: Sequence[Spot],
    near: Sequence[Spot],
) -> Group:
    rng, sort = search.work.rng, search.sort
    asked = rng.sample(chosen, len(chosen))
    new = ""
    if rng.random() < config.counterfactual:
        new = search.substitute(asked[0], [*asked, *out])
    shown = [new, *asked[1:]] if new else asked[:]
    # Filler does without the rarest of them: what is left is one too few.
    holders = sort.holders(search.work.corpus)
    rarest = sorted(shown, key=lambda name: (len(holders[name]), name))
    rarest = rarest[: plan.names - plan.least + 1]
    rng.shuffle(shown)
    unless = tuple(Shows(name, sort, rules_out=True) for name in out)
    # The first thing left out is in some wordings part of what is asked.
    clauses = [one.clause for one in unless[plan.kind == "without" :]]
    question = Clause(plan.kind, _fields(plan, shown, out, config.language))
    return Group(
        question=worded(question, clauses, config.language),
        criterion=Criterion(
            tuple(Shows(name, sort) for name in asked), plan.counts, unless, plan.kind == "line"
        ),
        members=members,
        near=near,
        forbidden=tuple(needle for name in rarest for needle in sort.needles(name)),
        strangers=search.strangers([*asked, *out, *shown]),
        names=(*asked, *shown, *out),
        rename=(asked[0], new) if new else None,
    )


def _fields(
    plan: Plan, shown: Sequence[str], out: Sequence[str], language: str
) -> Mapping[str, str]:
    """What any of the wordings may say."""
    asks = asks_in(language)
    one, two, *_ = *shown, *out
    return {
        "one": one,
        "two": two,
        "name": one,
        "count": (asks.exactly if plan.exactly else asks.at_least).format(k=plan.least),
        "m": str(plan.names),
        "names": asks.between_names.join(asks.quoted.format(name=name) for name in shown),
    }
