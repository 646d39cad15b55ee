"""Sentences of real documents that say something else than their source.

One number or one name becomes another of its kind. Shown so and asked about so, a sentence
cannot be known by heart: what a reader remembers of its source is no help, or misleads.
"""

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from golong_data.contexts.edits import Edit, edited_block
from golong_data.contexts.stitch import Block
from golong_data.contexts.workspace import Workspace
from golong_data.material.names import Names, looked_at, names
from golong_data.material.persons import behind_surname, made_up
from golong_data.types import Refused
from golong_data.words import words

if TYPE_CHECKING:
    from golong_data.corpus import Corpus

_YEAR = re.compile(r"(?<![\d.,])[12]\d{3}(?![\d,]\d)")
_NOTHING = re.compile("(?!)")

LATEST = 2024
"""The last year that a year may become."""

TRIES = 6
"""Values of one kind that are drawn before the other kind is tried."""

RARE = 0.12
"""Share of the documents that may hold a name that comes in the place of another."""


@dataclass(frozen=True, slots=True)
class Words:
    """The numbers and names of documents in one language."""

    number: re.Pattern[str]
    """One that may change. Of one in characters only the first digit does, and only where what is
    counted stands behind it."""
    percent: re.Pattern[str] = _NOTHING
    """Behind a share."""
    day_behind: re.Pattern[str] = _NOTHING
    """Before a day of a month."""
    day_before: re.Pattern[str] = _NOTHING
    """Behind a day of a month."""
    when: re.Pattern[str] = _NOTHING
    """Before a year, also one that is a round number."""
    article: re.Pattern[str] = _NOTHING
    """Before what is no name of its own."""
    digits: str = ""
    """Where numbers are not written in figures: their digits from one on."""
    units: str = ""
    """What else makes a longer number of one that it stands before."""


def _words() -> tuple[Words, ...]:
    """Those of every language: what is shown may be in any."""
    return tuple(words(Words, "material/changes", "writes").values())


@dataclass(frozen=True, slots=True)
class Change:
    """One value of a sentence that becomes another."""

    old: str
    new: str
    everywhere: bool
    """Whether it changes in all of the document that is shown, as a name does; a number
    stands elsewhere for other things."""

    def on(self, text: str) -> str:
        """The text with the new value wherever the old one stands by itself."""
        return alone(self.old).sub(lambda _: self.new, text)

    def fits(self, shown: str) -> bool:
        """Whether a text has nothing of the new value yet and, of a name, nothing old is left."""
        return self.new not in shown and not (self.everywhere and self._is_torn(shown))

    def _is_torn(self, shown: str) -> bool:
        """Whether a name is part of longer ones somewhere, so that it cannot change everywhere."""
        if self.old in self.on(shown):
            return True
        if not self.old[0].isascii():
            return bool(behind_surname(self.old).search(shown))
        old = re.escape(self.old)
        return bool(re.search(rf"[A-Z]\w* {old}\b|\b{old} [A-Z]", shown))


def alone(value: str) -> re.Pattern[str]:
    """A value by itself: a number, or a Latin name, that is no part of a longer one."""
    if value[0].isdigit():
        return re.compile(rf"(?<![\w.,]){re.escape(value)}(?!\w|[.,]\d)")
    if value[0].isascii():
        return re.compile(rf"(?<![\w-]){re.escape(value)}(?![\w-])")
    before = "".join(each.digits + each.units for each in _words() if value[0] in each.digits)
    return re.compile(f"(?<![{before}]){re.escape(value)}" if before else re.escape(value))


def change(
    text: str,
    title: str,
    shown: str,
    substitutes: Substitutes,
    rng: random.Random,
    *,
    taken: Collection[str] = (),
) -> Change | None:
    """Another number or name for a sentence; None where there is none that is fit.

    `shown` is what is shown of the document `title` that holds the sentence. The new value does
    not stand there, nor a new name in any text of `taken`. An old name is gone from it altogether
    and is no part of the title, which stays.
    """

    def fits(found: Change) -> bool:
        named = found.old in title or any(found.new in t for t in taken)
        return found.fits(shown) and found.new not in title and not (found.everywhere and named)

    return next(filter(fits, changes(text, substitutes, rng)), None)


def changes(text: str, substitutes: Substitutes, rng: random.Random) -> Iterator[Change]:
    """Changes of a sentence: first some of its numbers and then of its names, or vice versa."""
    kinds: list[Callable[[str, random.Random], Iterator[Change]]] = [numbers, substitutes.changes]
    for kind in rng.sample(kinds, len(kinds)):
        for found in (next(kind(text, rng), None) for _ in range(TRIES)):
            if found is None:
                break
            yield found


def put(found: Change, block: Block) -> Block:
    """A block with its one piece of evidence changed: a number in it, a name everywhere."""
    ((start, end),) = block.evidence
    span = (0, len(block.body)) if found.everywhere else (start, end)
    places = alone(found.old).finditer(block.body, *span)
    return edited_block(block, [Edit(*m.span(), found.new) for m in places])


def new_names(found: Collection[Change]) -> list[str]:
    """The names among new values: they must stand nowhere else in a context."""
    return [each.new for each in found if each.everywhere]


def check_new(found: Collection[Change], blocks: Sequence[Block], context: str) -> None:
    """Refuses a context in which a new name stands outside the blocks that were changed."""
    for name in new_names(found):
        if context.count(name) != sum(block.body.count(name) for block in blocks):
            raise Refused("a new name stands elsewhere too")


# --- numbers ------------------------------------------------------------------------------


def has_number(text: str) -> bool:
    """Whether a sentence holds a number that may change."""
    return any(each.number.search(text) for each in _words())


def numbers(text: str, rng: random.Random) -> Iterator[Change]:
    """Changes of numbers that stand in a sentence once, in random order."""
    spots = [(m, each) for each in _words() for m in each.number.finditer(text)]
    # One thing is no number of things, and its word is in the singular.
    spots = [(m, each) for m, each in spots if text.count(m[0]) == 1 and m[0] != "1"]
    for spot, told in rng.sample(spots, len(spots)):
        yield Change(spot[0], _another(text, spot, told, rng), everywhere=False)


def _another(text: str, spot: re.Match[str], told: Words, rng: random.Random) -> str:
    """Another number of about the same size, written in the same way, that may stand there."""
    number = spot[0]
    if told.digits:  # the first of them changes, and not to one
        return rng.choice([d for d in told.digits[1:] if d != number[0]]) + number[1:]
    before = text[: spot.start()]
    whole, _, rest = number.replace(",", "").partition(".")
    value = int(whole)
    if number.isdigit() and 1000 <= value <= 2100 and (value % 100 or told.when.search(before)):
        near = [value + sign * step for sign in (-1, 1) for step in range(1, 10)]
        near = [year for year in near if year <= max(LATEST, value - 1)]
        # What comes first in a sentence still comes first.
        others = [int(year) for year in _YEAR.findall(text) if int(year) != value]
        fit = [y for y in near if all((y - o) * (value - o) > 0 for o in others)]
        return str(rng.choice(fit or near))
    most = 10 * value + 10
    if told.percent.match(text, spot.end()):
        most = 99 if value <= 100 else most
    elif told.day_behind.search(before) or told.day_before.match(text, spot.end()):
        most = 28
    # A round number stays as round as it was.
    unit = 10 ** (len(whole) - len(whole.rstrip("0")))
    least = min(value, 2)
    other = value
    while other == value:
        times = round(value // unit * rng.uniform(0.6, 1.6)) + rng.choice((-1, 1))
        other = max(least, min(unit * max(1, times), most))
    written = f"{other:,}" if "," in number else str(other)
    return f"{written}.{rest}" if rest else written


# --- names --------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Substitutes:
    """The names of a corpus, and what may stand for another of its kind."""

    names: Names
    pool: tuple[str, ...]
    """Names that may."""
    made_up: bool
    """Whether Chinese ones are made up instead."""

    def changes(self, text: str, rng: random.Random) -> Iterator[Change]:
        """Changes of names of a sentence, in random order."""
        spots = [
            m
            for m in self.names.spots(text)
            if not any(each.article.search(text[: m.start()]) for each in _words())
        ]
        for spot in rng.sample(spots, len(spots)):
            like = self._like(spot[0], rng)
            if like:
                yield Change(spot[0], like, everywhere=True)

    def _like(self, name: str, rng: random.Random) -> str:
        """Another name of the kind; empty where there is none."""
        if self.made_up and not name[0].isascii():
            return made_up(len(name), rng)
        known = self.names.by_text
        return rng.choice(
            [n for n in self.pool if n != name and known[name].like(known[n])] or [""]
        )


@lru_cache(maxsize=4)
def any_substitutes(corpus: Corpus) -> Substitutes:
    """All names of a corpus."""
    found = names(corpus)
    return Substitutes(found, tuple(found.by_text), made_up=False)


def new_substitutes(work: Workspace) -> Substitutes:
    """Names that the rest of a context can do without: those that few documents hold.

    None are rare enough where the context takes up half of the corpus.
    """
    total = int(work.corpus.n_tokens[work.corpus.prose].sum())
    rare = _rare(work.corpus) if 2 * work.ctx <= total else ()
    return Substitutes(names(work.corpus), rare, made_up=True)


@lru_cache(maxsize=4)
def _rare(corpus: Corpus) -> tuple[str, ...]:
    found = names(corpus)
    read = looked_at(corpus)
    held = Counter(name for i in read for name in found.found(corpus.text(i)))
    return tuple(name for name in found.by_text if held[name] <= RARE * len(read))
