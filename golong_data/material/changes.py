"""Sentences of real documents that say something else than their source.

One number or one name becomes another of its kind. Shown so and asked about so, a sentence
cannot be known by heart: what a reader remembers of its source is no help, or misleads.
"""

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING

from golong_data.contexts.sampling import spread
from golong_data.contexts.stitch import Block
from golong_data.contexts.workspace import Workspace
from golong_data.material.groups import COMPOUND, SURNAMES
from golong_data.material.names import Names, names
from golong_data.types import Refused

if TYPE_CHECKING:
    from golong_data.corpus import Corpus

_MONTHS = (
    "January|February|March|April|May|June|July|August|September|October|November|December|"
    "Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec"
)
NUMBER = re.compile(
    r"(?<![\w.,:/-])(?:[1-9]\d{0,2}(?:,\d{3})+|[1-9]\d*)(?:\.\d+)?(?![\w:/-]|[.,]\d)"
    r"(?! ?% (?:CI|confidence))"
)
NUMERAL = re.compile(
    r"(?<![〇零一二两三四五六七八九十百千万第])[一二三四五六七八九][十百千万]+余?(?=[人骑军兵里员年岁步艘口座匹])"
)
"""A Chinese amount with what is counted behind it, so that only its first digit may change."""
_DIGITS = "二三四五六七八九"
_PERCENT = re.compile(r" ?(?:%|percent\b|per cent\b)")
_DAY_BEHIND = re.compile(rf"\b(?:{_MONTHS})\.? $")
_WHEN = re.compile(r"\b(?:in|since|by|until|from|to|before|after|and|of) $", re.IGNORECASE)
"""What stands before a year, also one that is a round number."""
_YEAR = re.compile(r"(?<![\d.,])[12]\d{3}(?![\d,]\d)")
_DAY_BEFORE = re.compile(rf" (?:{_MONTHS})\b")

LATEST = 2024
"""The last year that a year may become."""

TRIES = 6
"""Values of one kind that are drawn before the other kind is tried."""

RARE = 0.12
"""Share of the documents that may hold a name that comes in the place of another."""

LOOKED_AT = 300
"""Documents in which names are counted, evenly spread over a corpus."""


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


def alone(value: str) -> re.Pattern[str]:
    """A value by itself: a number, or a Latin name, that is no part of a longer one."""
    if value[0].isdigit():
        return re.compile(rf"(?<![\w.,]){re.escape(value)}(?!\w|[.,]\d)")
    if value[0].isascii():
        return re.compile(rf"(?<![\w-]){re.escape(value)}(?![\w-])")
    if value[0] in "一" + _DIGITS:
        return re.compile(rf"(?<![一{_DIGITS}十百千万第]){re.escape(value)}")
    return re.compile(re.escape(value))


def change(
    text: str, title: str, shown: str, kin: Kin, rng: random.Random, *, taken: Collection[str] = ()
) -> Change | None:
    """Another number or name for a sentence; None where there is none that is fit.

    `shown` is what is shown of the document `title` that holds the sentence. The new value does
    not stand there, nor a new name in any text of `taken`. An old name is gone from it altogether
    and is no part of the title, which stays.
    """
    draws: list[Callable[[str, random.Random], Iterator[Change]]] = [numbers, kin.changes]
    for draw in rng.sample(draws, len(draws)):
        for found in (next(draw(text, rng), None) for _ in range(TRIES)):
            if found is None:
                break
            torn = found.old in title or _torn(found, shown) or any(found.new in t for t in taken)
            if found.new not in title + shown and not (found.everywhere and torn):
                return found
    return None


def _torn(found: Change, shown: str) -> bool:
    """Whether a name is part of longer ones somewhere, so that it cannot change everywhere."""
    if found.old in found.on(shown):
        return True
    longer = rf"[A-Z]\w* {re.escape(found.old)}\b|\b{re.escape(found.old)} [A-Z]"
    if not found.old[0].isascii():
        longer = f"(?:[{''.join(sorted(SURNAMES))}]|{'|'.join(sorted(COMPOUND))}){found.old}"
    return bool(re.search(longer, shown))


def put(found: Change, block: Block) -> Block:
    """A block with its one piece of evidence changed: a number in it, a name everywhere."""
    ((start, end),) = block.evidence
    parts = [block.body[:start], block.body[start:end], block.body[end:]]
    parts = [found.on(p) if found.everywhere or i == 1 else p for i, p in enumerate(parts)]
    span = (len(parts[0]), len(parts[0]) + len(parts[1]))
    return replace(block, body="".join(parts), evidence=(span,), n_tokens=None)


def check_new(found: Collection[Change], blocks: Sequence[Block], context: str) -> None:
    """Refuses a context in which a new name stands outside the blocks that were changed."""
    for each in found:
        inside = sum(block.body.count(each.new) for block in blocks)
        if each.everywhere and context.count(each.new) != inside:
            raise Refused("a new name stands elsewhere too")


# --- numbers ------------------------------------------------------------------------------


def numbers(text: str, rng: random.Random) -> Iterator[Change]:
    """Changes of numbers that stand in a sentence once, in random order."""
    spots = [*NUMBER.finditer(text), *NUMERAL.finditer(text)]
    # One thing is no number of things, and its word is in the singular.
    spots = [m for m in spots if text.count(m[0]) == 1 and m[0] != "1"]
    for spot in rng.sample(spots, len(spots)):
        yield Change(spot[0], _another(text, spot, rng), everywhere=False)


def _another(text: str, spot: re.Match[str], rng: random.Random) -> str:
    """Another number of about the same size, written in the same way, that may stand there."""
    number = spot[0]
    if not number[0].isascii():
        return rng.choice([d for d in _DIGITS if d != number[0]]) + number[1:]
    before = text[: spot.start()]
    whole, _, rest = number.replace(",", "").partition(".")
    value = int(whole)
    if number.isdigit() and 1000 <= value <= 2100 and (value % 100 or _WHEN.search(before)):
        near = [value + sign * step for sign in (-1, 1) for step in range(1, 10)]
        near = [year for year in near if year <= max(LATEST, value - 1)]
        # What comes first in a sentence still comes first.
        others = [int(year) for year in _YEAR.findall(text) if int(year) != value]
        fit = [y for y in near if all((y - o) * (value - o) > 0 for o in others)]
        return str(rng.choice(fit or near))
    most = 10 * value + 10
    if _PERCENT.match(text, spot.end()):
        most = 99 if value <= 100 else most
    elif _DAY_BEHIND.search(before) or _DAY_BEFORE.match(text, spot.end()):
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

_GIVEN = "机凯济谦伦俭允恪靖谌衡峻修琮琰畅翊祗弘渊邈觊亮朗彦慎绍康敏达顺昶夔璋瑜茂胤雍"
"""What the Chinese of old were called behind their surname."""
_ARTICLE = re.compile(r"\b(?:the|a|an|The|A|An) $")


@dataclass(frozen=True, slots=True)
class Kin:
    """The names of a corpus, and what may stand for another of its kind."""

    names: Names
    rare: tuple[str, ...]
    """Names that few documents hold: the rest of a context has to do without them."""

    def changes(self, text: str, rng: random.Random) -> Iterator[Change]:
        """Changes of names of a sentence, in random order."""
        spots = [m for m in self.names.spots(text) if not _ARTICLE.search(text[: m.start()])]
        for spot in rng.sample(spots, len(spots)):
            like = self._like(spot[0], rng)
            if like:
                yield Change(spot[0], like, everywhere=True)

    def _like(self, name: str, rng: random.Random) -> str:
        """Another name of the kind; a Chinese one is made up. Empty where there is none."""
        if not name[0].isascii():
            surnames = sorted(SURNAMES) if len(name) == 2 else sorted(COMPOUND)
            return rng.choice(surnames) + rng.choice(_GIVEN)
        known = self.names.by_text
        return rng.choice(
            [n for n in self.rare if n != name and known[name].like(known[n])] or [""]
        )


def kin_of(work: Workspace) -> Kin:
    """The names of the corpus; none are rare enough where the context takes up half of it."""
    found = names(work.corpus)
    total = int(work.corpus.n_tokens[work.corpus.prose].sum())
    return Kin(found, _rare(work.corpus) if 2 * work.ctx <= total else ())


@lru_cache(maxsize=4)
def _rare(corpus: Corpus) -> tuple[str, ...]:
    found = names(corpus)
    looked_at = [corpus.text(int(corpus.prose[i])) for i in spread(len(corpus.prose), LOOKED_AT)]
    held = Counter(name for text in looked_at for name in found.found(text))
    return tuple(name for name in found.by_text if held[name] <= RARE * len(looked_at))
