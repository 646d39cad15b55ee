"""Labelled values that real documents state: one looked up, or several joined.

Where documents hold lines such as "Median age, total: 21.5 years", these are the facts. For a
share of the questions the values of the places on offer are exchanged among them, so all
options still occur and knowing the true ones misleads.
"""

from __future__ import annotations

import random
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from typing import TYPE_CHECKING

from golong_data.contexts.excerpts import Note
from golong_data.contexts.stitch import stitch
from golong_data.contexts.workspace import Workspace
from golong_data.tasks import reading
from golong_data.tasks.comprehension.config import ComprehensionConfig
from golong_data.tasks.comprehension.lines import Line, excerpt_of
from golong_data.tasks.comprehension.planting import scattered
from golong_data.tasks.facts import Fact, read_fact
from golong_data.tasks.options import asked, draft, lettered, offered, the_one
from golong_data.types import Draft, Gold, Refused

if TYPE_CHECKING:
    from golong_data.corpus import Corpus

EXCERPT = (110, 1_200)
"""Tokens of a document shown around a value, fewest and most."""

ENOUGH = 20
"""Documents that must give a label, in one unit, before it is asked about."""

CORRECTION = "Correction to the document "

WHAT = 'What does the document "{title}" state on its line "{label}"?'
WHICH = 'Which of the documents below states "{label}: {text}"?'
RULE = (
    "Each place has a document of its own; where another document corrects one of its lines, the "
    "correction holds. "
)
BEST = 'Of the places below whose "{x}" is {side} {bound}, which has the {end} "{y}"?'
BOTH = 'Which of the places below have "{x}" {side} {bound} and "{y}" {side2} {other}?'
ALONE = 'Which of the places below have "{x}" {side} {bound}?'
THAN = "that of {title}"

_ASIDE = re.compile(r"\s*\([^)]*\)")

Values = Mapping[tuple[int, str], Fact]
"""(document, label) -> its value."""


LABELS = 8
"""Labels that a corpus must have to be asked about."""


def labels(corpus: Corpus) -> int:
    """How many labels enough documents of the corpus state."""
    return len(_stated(corpus))


@lru_cache(maxsize=4)
def _stated(corpus: Corpus) -> Mapping[str, Mapping[int, Fact]]:
    """Label -> document -> value, in the unit that most documents give it in."""
    found: dict[str, dict[str, dict[int, Fact]]] = {}
    for index in corpus.prose.tolist():
        for label, text in corpus.meta(index).get("fields", {}).items():
            fact = read_fact(index, label, text)
            if fact is not None:
                found.setdefault(label, {}).setdefault(fact.unit, {})[index] = fact
    most = {label: max(by.values(), key=len) for label, by in sorted(found.items())}
    return {
        label: facts
        for label, facts in most.items()
        if len(facts) >= ENOUGH and len({fact.value for fact in facts.values()}) >= ENOUGH // 2
    }


# --- one value ----------------------------------------------------------------------------


def fact(work: Workspace, config: ComprehensionConfig) -> Draft:
    """What one document states, among what others state under the same label."""
    rng, knobs = work.rng, config.knobs()
    n = rng.randint(*knobs.options)
    facts = _distinct(work, rng.choice(list(_stated(work.corpus))))
    first = rng.randrange(len(facts))
    if config.level == "hard":  # the nearest values are the ones to be confused
        value = facts[first].value
        facts.sort(key=lambda f: abs(f.value - value))
        shown = facts[: 1 + n + knobs.distractors // 4]
        shown = [shown[0], *rng.sample(shown[1:], len(shown) - 1)]
    else:
        facts.insert(0, facts.pop(first))
        shown = [facts[0], *rng.sample(facts[1:], min(n + knobs.distractors // 3, len(facts) - 1))]
    shown = shown[: max(n, work.ctx // 2 // EXCERPT[0] // 2)]
    texts = [f.text for f in shown]
    swapped = rng.random() < config.counterfactual
    if swapped:
        partner = rng.randrange(1, min(n, len(texts)))
        texts[0], texts[partner] = texts[partner], texts[0]
    titles = [work.corpus.title(f.index) for f in shown]
    if rng.random() < 0.5:
        question = WHAT.format(title=titles[0], label=shown[0].label)
        right, wrong = texts[0], texts[1:n]
    else:
        question = WHICH.format(label=shown[0].label, text=texts[0])
        right, wrong = titles[0], titles[1:n]
    variables, gold = asked(work, config, question, [right], wrong)
    lines = [
        Line(f.index, f.label, f.text, text, at == 0)
        for at, (f, text) in enumerate(zip(shown, texts, strict=True))
    ]
    size = _size(work, len(lines))
    blocks = [excerpt_of(work, [line], size) for line in lines]
    context = stitch(work, blocks, work.room(variables), exclude=frozenset(titles))
    return draft(context, variables, gold, config, "fact", int(swapped))


def _distinct(work: Workspace, label: str) -> list[Fact]:
    """A label's values in random order, each value, text and title once."""
    facts = list(_stated(work.corpus)[label].values())
    work.rng.shuffle(facts)
    kept: list[Fact] = []
    seen: set[str] = set()
    for f in facts:
        keys = {str(f.value), f.text.casefold(), work.corpus.title(f.index)}
        if seen.isdisjoint(keys):
            kept.append(f)
        seen |= keys
    if len(kept) < 10:
        raise Refused("a label's values vary too little")
    return kept


# --- several values joined ----------------------------------------------------------------


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
    rng, knobs, corpus = work.rng, config.knobs(), work.corpus
    several = rng.random() < config.several
    n = max(4, min(rng.randint(*knobs.options), work.ctx * 6 // 10 // EXCERPT[0] // 4))
    x, y = rng.sample(list(_stated(corpus)), 2)
    if knobs.hops == 1:
        y = "" if several else x
    pool = [f.index for f in _distinct(work, y or x)]
    pool = [i for i in pool if i in _stated(corpus)[x] and (not y or i in _stated(corpus)[y])]
    places = pool[:n]
    if len(places) < n:
        raise Refused("too few documents state both values")
    values = {(i, label): _stated(corpus)[label][i] for i in places for label in (x, y) if label}
    swapped = rng.random() < config.counterfactual
    if swapped:
        values = _exchanged(rng, values, x)
    query = _query(work, knobs.hops, values, places, (x, y), several)
    bridged = knobs.hops > 2
    stated = {**values, (query.bound.index, x): query.bound} if bridged else values
    spare = max(0, work.ctx // 2 // EXCERPT[0] // 2 - n)
    final, corrections = _corrected(work, query, stated, min(knobs.overrides, spare))
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
    size = _size(work, len(shown) + len(corrections))
    blocks = []
    for i in shown:
        lines = [
            Line(i, label, _stated(corpus)[label][i].text, f.text, (i, label) in wanted)
            for (index, label), f in stated.items()
            if index == i
        ]
        blocks.append(excerpt_of(work, lines, size))
    notes = [
        Note(_correction(titles[i], label, final[i, label]), matters)
        for ((i, label), matters) in corrections
    ]
    blocks += scattered(work, notes, (CORRECTION,), without=shown)
    context = stitch(
        work,
        blocks,
        work.room(variables),
        exclude=frozenset(titles.values()),
        forbidden=(CORRECTION,),
    )
    return draft(context, variables, gold, config, "multi_hop", n if swapped else 0)


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
    bounds = [f for f in _distinct(work, x) if f.index not in places]
    others = [f for f in _distinct(work, y) if f.index not in places] if y and several else []
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
    work: Workspace, query: Query, stated: Values, most: int
) -> tuple[Values, list[tuple[tuple[int, str], bool]]]:
    """The values after up to `most` corrections, and per correction whether it decides.

    A correction gives a place the value of a document that is not on offer.
    """
    rng, values = work.rng, dict(stated)
    done: list[tuple[int, str]] = []
    for _ in range(12 * most):
        if len(done) == most:
            break
        key = rng.choice([key for key in query.needed(values) if key not in done])
        new = rng.choice(list(_stated(work.corpus)[key[1]].values()))
        trial = {**values, key: new}
        before = {f.value for f in (*values.values(), query.bound, query.other) if f}
        if new.value in before or not query.clean(trial):
            continue
        if query.right(trial) != query.right(values):
            values, done = trial, [*done, key]
    right = query.right(values)
    return values, [(key, query.right({**values, key: stated[key]}) != right) for key in done]


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


def _correction(title: str, label: str, new: Fact) -> str:
    return f'{CORRECTION}"{title}": its line "{label}" should read "{new.text}".'


def _size(work: Workspace, n: int) -> int:
    return min(max(work.ctx * 6 // 10 // n, EXCERPT[0]), EXCERPT[1])


# --- the independent solver ---------------------------------------------------------------

_WHAT = re.compile(r'What does the document "(.+)" state on its line "(.+)"\?$')
_WHICH = re.compile(r'Which of the documents below states "([^"]+)"\?$')
_BEST = re.compile(
    r'Of the places below whose "(?P<x>.+)" is (?P<side>above|below) (?P<bound>.+), which has the '
    r'(?P<end>highest|lowest) "(?P<y>.+)"\?$'
)
_HAVE = re.compile(
    r'Which of the places below have "(?P<x>[^"]+)" (?P<side>above|below) (?P<bound>.+?)'
    r'(?: and "(?P<y>[^"]+)" (?P<side2>above|below) (?P<other>.+))?\?$'
)
_FIXED = re.compile(rf'^{CORRECTION}"(.+)": its line "(.+)" should read "(.+)"\.$', re.MULTILINE)


def solve_fact(question: str, prompt: str) -> Gold | None:
    """Looks the line up in its document, or the document that holds a line."""
    what, which = _WHAT.search(question), _WHICH.search(question)
    if not what and not which:
        return None
    options, documents = offered(prompt), reading.documents(prompt)
    if what:
        head = f"{what[2]}: "
        lines = [x for x in documents.get(what[1], "").split("\n") if x.startswith(head)]
        return the_one(options, lines[0].removeprefix(head).strip()) if len(lines) == 1 else None
    wanted = which[1] if which else ""
    holding = [t for t in options.values() if wanted in documents.get(t, "").split("\n")]
    return the_one(options, holding[0]) if len(holding) == 1 else None


def solve_multi_hop(question: str, prompt: str) -> Gold | None:
    """Reads the values of every place on offer, corrections applied; None where one lacks."""
    m = _BEST.search(question) or _HAVE.search(question)
    if m is None:
        return None
    options, documents = offered(prompt), reading.documents(prompt)
    fixed = {(t, label): new for t, label, new in _FIXED.findall(reading.context(prompt))}

    def value(title: str, label: str) -> Fraction | None:
        if (title, label) in fixed:
            return reading.quantity(fixed[title, label])
        head = f"{label}: "
        lines = [x for x in documents.get(title, "").split("\n") if x.startswith(head)]
        return reading.quantity(lines[0].removeprefix(head)) if len(lines) == 1 else None

    asked_for = m.groupdict()
    than = re.fullmatch(r"that of (.+)", asked_for["bound"])
    bound = value(than[1], m["x"]) if than else reading.quantity(asked_for["bound"])
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
    other = reading.quantity(m["other"])
    if other is None:
        return None
    high = m["side2"] == "above"
    return lettered(options, [t for t, y in known.items() if (y > other) == high]) or None
