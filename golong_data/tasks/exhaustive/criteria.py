"""Criteria that a document meets or nearly meets, drawn from what a corpus has in common."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from golong_data.contexts.excerpts import Edit
from golong_data.contexts.workspace import Workspace
from golong_data.tasks.exhaustive import clusters
from golong_data.tasks.exhaustive.config import ExhaustiveConfig
from golong_data.types import Refused

if TYPE_CHECKING:
    from golong_data.corpus import Corpus

TRIES = 60
"""Draws of a pair of words."""

NEAR = {"en": 500, "zh": 160}
"""Characters within which two words stand, by their script."""

ONE_LINE = 6
"""From so many neighbours on, two words have to stand in one line."""

BESIDE = 3
"""From so many neighbours on, they may have to."""

OFTEN = 8
"""Documents that share an import or a base class, at least, where such can be found."""

LATIN = re.compile(r"[A-Za-z]")


@dataclass(frozen=True, slots=True)
class Candidate:
    """A place in a document that a window is to be cut around."""

    index: int
    start: int
    end: int
    edits: tuple[Edit, ...] = ()


@dataclass(frozen=True, slots=True)
class Criterion:
    """What is asked, and how to find on a text what it rests on."""

    kind: str
    fields: Mapping[str, str]
    members: tuple[Candidate, ...]
    near: tuple[Candidate, ...]
    """Documents that come close to it, and do not meet it."""
    rests_on: Callable[[str], tuple[int, int] | None]
    """The range of a text without which it is no member; None where it is none."""
    forbidden: tuple[str, ...]
    rename: tuple[str, str] | None = None
    """A name that goes by another one throughout."""


# --- two names ----------------------------------------------------------------------------


def spelt(name: str) -> re.Pattern[str]:
    """A name as it is spelt; of Latin letters only as a whole word."""
    word = re.escape(name)
    return re.compile(rf"\b{word}\b" if LATIN.search(name) else word)


def _rests_on(text: str, kind: str, one: str, two: str) -> tuple[int, int] | None:
    """The range of a member without which it is none; of two words the one that takes less."""
    places = [[m.span() for m in spelt(name).finditer(text)] for name in (one, two)]
    if not places[0] or bool(places[1]) == (kind == "without"):
        return None
    if kind == "line":
        rows = [{text.count("\n", 0, start) for start, _ in found} for found in places]
        if rows[0].isdisjoint(rows[1]):
            return None
    ranges = [(found[0][0], found[-1][1]) for found in places if found]
    return min(ranges, key=lambda r: r[1] - r[0])


def by_pair(work: Workspace, config: ExhaustiveConfig, wanted: int, n: int) -> Criterion:
    """Two words that occur together: both, both in one line, or one without the other."""
    rng, corpus = work.rng, work.corpus
    near = config.knobs().neighbours
    kinds = ["pair", "without"] if near < BESIDE else ["pair", "line", "without"]
    kind = rng.choice(kinds if near < ONE_LINE else ["line", "without"])
    one, two, together, alone = _pair(work, wanted, spare=kind != "without")
    rename = None
    if rng.random() < config.counterfactual:
        others = [x for x in clusters.names(corpus) if bool(LATIN.search(x)) == _is_latin(one)]
        rename = (one, rng.choice(others))
    name = rename[1] if rename else one
    filling = rng.sample(alone[1], len(alone[1]))
    if kind == "without":
        # As many that hold both as hold only the other one.
        members, close = alone[0], [*together[: n // 3], *filling]
    else:
        members, close = together, rng.sample([*alone[0], *filling], len(alone[0]) + len(filling))
    return Criterion(
        kind=kind,
        fields={"one": name, "two": two},
        members=tuple(members),
        near=(*close, *_strangers(work, (one, two, name), n)),
        rests_on=lambda body: _rests_on(body, kind, one, two),
        forbidden=(name,) if kind == "without" else (two,),
        rename=rename,
    )


def _is_latin(word: str) -> bool:
    return bool(LATIN.search(word))


def _pair(
    work: Workspace, wanted: int, *, spare: bool
) -> tuple[str, str, list[Candidate], tuple[list[Candidate], list[Candidate]]]:
    """Two words, the places where they stand together, and those where one stands alone.

    With `spare` they stand together more often than is wanted, so that there is a choice.
    """
    rng, corpus = work.rng, work.corpus
    index = clusters.names(corpus)
    known = list(index)
    for left in reversed(range(TRIES if known else 0)):
        one = rng.choice(known)
        reach = NEAR["en" if _is_latin(one) else "zh"]
        text = corpus.text(rng.choice(index[one]))
        at = spelt(one).search(text)
        if not at:
            continue
        beside = text[max(0, at.start() - reach) : at.end() + reach]
        partners = [x for x in known if x in beside and x not in one and one not in x]
        if not partners:
            continue
        two = rng.choice(partners)
        if len(index[one]) < len(index[two]):
            one, two = two, one  # filler does without the rarer word
        shared = [i for i in index[one] if i in set(index[two])]
        together = [c for i in shared if (c := _together(corpus, i, one, two, reach))]
        met = {c.index for c in together}
        alone = [
            [c for i in index[name] if i not in met and (c := _first(corpus, i, name))]
            for name in (one, two)
        ]
        # Twice as many, while there is hope of it: the same few would come again and again.
        enough = (2 * wanted if left > TRIES // 2 else wanted + 1) if spare else wanted
        if len(together) >= enough and sum(map(len, alone)) >= 3 * wanted:
            return one, two, together, (alone[0], alone[1])
    raise Refused("no two words of the corpus occur together often enough")


def _together(corpus: Corpus, index: int, one: str, two: str, reach: int) -> Candidate | None:
    """The place of a document where two names stand nearest to each other."""
    text = corpus.text(index)
    ones = [m.span() for m in spelt(one).finditer(text)]
    twos = [m.span() for m in spelt(two).finditer(text)]
    spans = [(min(a[0], b[0]), max(a[1], b[1])) for a in ones for b in twos]
    best = min(spans, key=lambda s: s[1] - s[0], default=None)
    if best is None or best[1] - best[0] > reach:
        return None
    return Candidate(index, *best)


def _first(corpus: Corpus, index: int, name: str) -> Candidate | None:
    found = spelt(name).search(corpus.text(index))
    return Candidate(index, *found.span()) if found else None


def _strangers(work: Workspace, needles: Sequence[str], n: int) -> list[Candidate]:
    """Random places of random documents without any of these strings."""
    pool = clusters.documents(work.corpus)
    found = []
    for index in work.rng.sample(pool, min(len(pool), 2 * n)):
        text = work.corpus.text(index)
        if not any(needle in text for needle in needles):
            at = work.rng.randrange(len(text))
            found.append(Candidate(index, at, at + 1))
    return found


# --- the value of a label -----------------------------------------------------------------


def by_label(work: Workspace, config: ExhaustiveConfig, wanted: int, n: int) -> Criterion:
    """Documents that state one of the values that a label has."""
    rng, corpus = work.rng, work.corpus
    label = rng.choice(list(clusters.labels(corpus)))
    values = clusters.labels(corpus)[label]
    shared = [v for v, found in values.items() if len(found) >= clusters.FEWEST]
    value = rng.choice(shared)
    words = set(value.split())
    others = sorted(values, key=lambda v: (-len(words & set(v.split())), v))
    others = [v for v in others if v != value][: max(6, len(shared))]
    stated = [(i, v) for v, found in values.items() for i in found]
    members: list[Candidate] = []
    near: list[Candidate] = []
    for i, own in rng.sample(stated, min(len(stated), 2 * n)):
        new = own
        if rng.random() < config.counterfactual or (own != value and len(members) < wanted):
            new = value if rng.random() < 2 * wanted / n else rng.choice(others)
        text = corpus.text(i)
        at = text.index(f"{label}: {own}")
        end = at + len(label) + 2 + len(own)
        edits = (Edit(end - len(own), end, new),) if new != own else ()
        (members if new == value else near).append(Candidate(i, at, end, edits))
    if not members:
        raise Refused("no document states the value")
    line = re.compile(rf"^{re.escape(label)}: {re.escape(value)}$", re.MULTILINE)

    def rests_on(body: str) -> tuple[int, int] | None:
        found = line.search(body)
        return found.span() if found else None

    return Criterion(
        kind="label",
        fields={"label": label, "value": value},
        members=tuple(members),
        near=tuple(near),
        rests_on=rests_on,
        forbidden=(f"{label}:",),
    )


# --- statements of Python -----------------------------------------------------------------


def _statement(kind: str, name: str) -> re.Pattern[str]:
    word = re.escape(name)
    if kind == "import":
        forms = rf"^(?:import {word}(?: as \w+)?|from {word} import [^\n]*)[ \t]*$"
    else:
        forms = rf"^class \w+ *\((?:[^()\n]*,)? *{word} *(?:,[^()\n]*)?\):"
    return re.compile(forms, re.MULTILINE)


def by_statement(work: Workspace, config: ExhaustiveConfig, kind: str, n: int) -> Criterion:
    """Documents that import a module, or derive a class from another."""
    rng, corpus = work.rng, work.corpus
    index = clusters.imports(corpus) if kind == "import" else clusters.bases(corpus)
    if not index:
        raise Refused("no statement of Python is common enough")
    often = [name for name, found in index.items() if len(found) >= OFTEN]
    name = rng.choice(often or list(index))
    rename = (name, rng.choice(list(index))) if rng.random() < config.counterfactual else None
    shown = rename[1] if rename else name
    pattern = _statement(kind, name)
    members: list[Candidate] = []
    near: list[Candidate] = []
    for i in clusters.documents(corpus):
        text = corpus.text(i)
        if name not in text:
            continue
        found = pattern.search(text)
        if found:
            members.append(Candidate(i, *found.span()))
        else:
            at = text.index(name)
            near.append(Candidate(i, at, at + len(name)))
    near = rng.sample(near, min(len(near), n // 2)) + _strangers(work, (name, shown), n)

    def rests_on(body: str) -> tuple[int, int] | None:
        spans = [m.span() for m in pattern.finditer(body)]
        return (spans[0][0], spans[-1][1]) if spans else None

    return Criterion(
        kind=kind,
        fields={"name": shown},
        members=tuple(members),
        near=tuple(near),
        rests_on=rests_on,
        forbidden=(shown,),
        rename=rename,
    )
