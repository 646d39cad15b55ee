"""Several labelled values joined: places chosen by what their documents state.

Notes in other documents correct some of the values. Some corrections change the answer, some do
not, so that being corrected tells nothing. For a share of the questions the places on offer
exchange their values: all options still occur, and knowing the true values misleads.
"""

from __future__ import annotations

import random
import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from golong_data.contexts.notes import Note, scatter_singly
from golong_data.contexts.workspace import Workspace
from golong_data.material.facts import Fact
from golong_data.solving import numbers, reading
from golong_data.solving.options import lettered, offered, the_one
from golong_data.tasks.comprehension.config import ComprehensionConfig
from golong_data.tasks.comprehension.lines import Line, excerpt_of
from golong_data.tasks.comprehension.values import EXCERPT, distinct, excerpt_size, stated
from golong_data.tasks.forms import compose
from golong_data.tasks.options import asked
from golong_data.types import Draft, Gold, Refused

RULE = (
    "Notes in other documents correct some of the values; where a value is corrected, the "
    "correction holds. "
)
BEST = 'Of the documents below whose "{x}" is {side} {bound}, which has the {end} "{y}"?'
BOTH = 'Which of the documents below have "{x}" {side} {bound} and "{y}" {side2} {other}?'
ALONE = 'Which of the documents below have "{x}" {side} {bound}?'
THAN = 'that of "{title}"'

CORRECTIONS = (
    'Correction to the document "{title}": its line "{label}" should read "{value}".',
    'In the document "{title}" the line "{label}" has to be read as "{value}".',
    '"{value}" is what the line "{label}" of the document "{title}" ought to say.',
    'The line "{label}" is wrong in the document "{title}"; "{value}" is right.',
    'For "{label}" the document "{title}" should give "{value}".',
    'Please read "{value}" on the line "{label}" of the document "{title}".',
    'What the document "{title}" states on its line "{label}" is replaced by "{value}".',
    'As an erratum, "{value}" takes the place of what "{title}" says on its line "{label}".',
    'On its line "{label}" the document "{title}" is out of date; it is now "{value}".',
)
"""Forms of one correction, its parts in any order."""

DECOYS = 2
"""Corrections that change nothing, for each that does."""

_ASIDE = re.compile(r"\s*\([^)]*\)")

Values = Mapping[tuple[int, str], Fact]
"""(document, label) -> its value."""


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

    def needed(self, values: Values) -> list[tuple[int, str]]:
        """The values of the places on offer that decide it."""
        found = [(i, self.x) for i in self.places]
        if self.y:
            found += [(i, self.y) for i in self._there(values)]
        return list(dict.fromkeys(found))

    def clean(self, values: Values) -> bool:
        """Whether there is one answer, or as many as are no give-away."""
        n = len(self.right(values))
        enough = len(self._there(values)) > 1 or self.several
        return enough and (0 < n < len(self.places) if self.several else n == 1)


def multi_hop(work: Workspace, config: ComprehensionConfig) -> Draft:
    """Places chosen by what several documents state, and by corrections in still others."""
    rng, corpus = work.rng, work.corpus
    several = rng.random() < config.several
    n = max(4, min(rng.randint(*config.options), work.ctx * 6 // 10 // EXCERPT[0] // 4))
    x, y = rng.sample(list(stated(corpus)), 2)
    if config.hops == 1:
        y = "" if several else x
    pool = [f.index for f in distinct(work, y or x)]
    pool = [i for i in pool if i in stated(corpus)[x] and (not y or i in stated(corpus)[y])]
    places = pool[:n]
    if len(places) < n:
        raise Refused("too few documents state both values")
    values = {(i, label): stated(corpus)[label][i] for i in places for label in (x, y) if label}
    swapped = rng.random() < config.counterfactual
    if swapped:
        values = _exchanged(rng, values, x)
    query = _query(work, config.hops, values, places, (x, y), several)
    bridged = config.hops > 2
    known = {**values, (query.bound.index, x): query.bound} if bridged else values
    spare = max(0, work.ctx // 2 // EXCERPT[0] // 2 - n)
    final, corrections = _corrected(work, query, known, config.overrides, spare)
    right = query.right(final)
    corrected = {key for key, _ in corrections}
    wanted = [key for key in query.needed(final) if key not in corrected]
    wanted += [(query.bound.index, x)] * bridged
    question = _worded(work, query, bridged)
    titles = {i: corpus.title(i) for i in {*places, query.bound.index}}
    variables, gold = asked(
        work,
        config,
        (RULE if corrections else "") + question,
        [titles[i] for i in right],
        [titles[i] for i in places if i not in right],
        several=several,
    )
    shown = [*places, *([query.bound.index] * bridged)]
    size = excerpt_size(work, len(shown) + len(corrections))
    blocks = []
    for i in shown:
        lines = [
            Line(i, label, stated(corpus)[label][i].text, f.text, (i, label) in wanted)
            for (index, label), f in known.items()
            if index == i
        ]
        blocks.append(excerpt_of(work, lines, size))
    notes = [
        Note(_correction(rng, titles[i], label, final[i, label]), matters)
        for ((i, label), matters) in corrections
    ]
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


def _exchanged(
    rng: random.Random, values: dict[tuple[int, str], Fact], x: str
) -> dict[tuple[int, str], Fact]:
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
    for bound in bounds[:60]:
        other = rng.choice(others) if others else None
        above = not alone and rng.random() < 0.5
        high = alone or rng.random() < 0.5
        query = Query(places, x, above, bound, y, high, other, several)
        if query.clean(values) and taken.isdisjoint({f.value for f in (bound, other) if f}):
            return query
    raise Refused("no clean answer in the values")


def _corrected(
    work: Workspace, query: Query, known: Values, most: int, room: int
) -> tuple[Values, list[tuple[tuple[int, str], bool]]]:
    """The values after corrections, and per correction whether the answer rests on it.

    Up to `most` change the answer, and for each there are `DECOYS` that do not; all together
    no more than `room`.
    """
    values, done = known, list[tuple[int, str]]()
    most = min(most, room)
    for decides in [True] * most + [False] * min(DECOYS * most, room - most):
        found = _change(work, query, values, done, decides=decides)
        if found is not None:
            key, new = found
            values, done = {**values, key: new}, [*done, key]
    right = query.right(values)
    return values, [(key, query.right({**values, key: known[key]}) != right) for key in done]


def _change(
    work: Workspace, query: Query, values: Values, done: Sequence[tuple[int, str]], *, decides: bool
) -> tuple[tuple[int, str], Fact] | None:
    """A value to correct and what it becomes: that of a document that is not on offer."""
    rng = work.rng
    keys = query.needed(values) if decides else [k for k in values if k[0] in query.places]
    touched = {index for index, _ in done}
    keys = [key for key in keys if key[0] not in touched] or [k for k in keys if k not in done]
    taken = {f.value for f in (*values.values(), query.bound, query.other) if f}
    for _ in range(12 if keys else 0):
        key = rng.choice(keys)
        new = rng.choice(list(stated(work.corpus)[key[1]].values()))
        trial = {**values, key: new}
        changes = query.right(trial) != query.right(values)
        if new.value not in taken and query.clean(trial) and changes == decides:
            return key, new
    return None


def _worded(work: Workspace, query: Query, bridged: bool) -> str:
    """The question in words."""
    side, side2 = (("below", "above")[flag] for flag in (query.above, query.high))
    title = work.corpus.title(query.bound.index)
    bound = THAN.format(title=title) if bridged else _plain(query.bound)
    if not query.several:
        end = "highest" if query.high else "lowest"
        return BEST.format(x=query.x, side=side, bound=bound, end=end, y=query.y)
    if query.other is None:
        return ALONE.format(x=query.x, side=side, bound=bound)
    other = _plain(query.other)
    return BOTH.format(x=query.x, side=side, bound=bound, y=query.y, side2=side2, other=other)


def _plain(fact: Fact) -> str:
    """A value without what stands in parentheses: dates, estimates."""
    return _ASIDE.sub("", fact.text)


def _correction(rng: random.Random, title: str, label: str, new: Fact) -> str:
    return rng.choice(CORRECTIONS).format(title=title, label=label, value=new.text)


# --- the independent solver ---------------------------------------------------------------

_BEST = re.compile(
    r'Of the documents below whose "(?P<x>.+)" is (?P<side>above|below) (?P<bound>.+), which has '
    r'the (?P<end>highest|lowest) "(?P<y>.+)"\?$'
)
_HAVE = re.compile(
    r'Which of the documents below have "(?P<x>[^"]+)" (?P<side>above|below) (?P<bound>.+?)'
    r'(?: and "(?P<y>[^"]+)" (?P<side2>above|below) (?P<other>.+))?\?$'
)
_QUOTED = re.compile(r'"([^"]+)"')


def solve_multi_hop(question: str, prompt: str) -> Gold | None:
    """Reads the values of every place on offer, corrections applied; None where one lacks."""
    m = _BEST.search(question) or _HAVE.search(question)
    if m is None:
        return None
    options, documents = offered(prompt), reading.documents(prompt)
    fixed = _corrections(reading.context(prompt), {m["x"], m.groupdict().get("y")}, documents)

    def value(title: str, label: str) -> Fraction | None:
        if (title, label) in fixed:
            return numbers.quantity(fixed[title, label])
        head = f"{label}: "
        lines = [x for x in documents.get(title, "").split("\n") if x.startswith(head)]
        return numbers.quantity(lines[0].removeprefix(head)) if len(lines) == 1 else None

    asked_for = m.groupdict()
    than = re.fullmatch(r'that of "(.+)"', asked_for["bound"])
    bound = value(than[1], m["x"]) if than else numbers.quantity(asked_for["bound"])
    xs = {title: value(title, m["x"]) for title in options.values()}
    if bound is None or None in xs.values():
        return None
    there = [t for t, x in xs.items() if x is not None and (x > bound) == (m["side"] == "above")]
    if "end" not in asked_for and not asked_for["y"]:
        return lettered(options, there) or None
    ys = {title: value(title, m["y"]) for title in there}
    known = {title: y for title, y in ys.items() if y is not None}
    if not known or len(known) < len(ys):
        return None
    if "end" in asked_for:
        best = (max if m["end"] == "highest" else min)(known.values())
        found = [title for title, y in known.items() if y == best]
        return the_one(options, found[0]) if len(found) == 1 else None
    other = numbers.quantity(m["other"])
    if other is None:
        return None
    high = m["side2"] == "above"
    return lettered(options, [t for t, y in known.items() if (y > other) == high]) or None


def _corrections(
    context: str, labels: Collection[str | None], titles: Collection[str]
) -> dict[tuple[str, str], str]:
    """(document, label) -> its new value: of three quoted parts of a line, in any order,
    one is a label asked about, one a document's title and one the value."""
    found = {}
    for line in context.split("\n"):
        quoted = _QUOTED.findall(line)
        label = [part for part in quoted if part in labels]
        title = [part for part in quoted if part in titles]
        value = [part for part in quoted if part not in labels and part not in titles]
        if len(label) == len(title) == len(value) == 1:
            found[title[0], label[0]] = value[0]
    return found
