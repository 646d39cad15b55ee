"""SubEM: how many of the gold's elements stand in the answer, and how much stands beside them.

hits / max(|G|, |A|), where G holds the gold's elements and A the distinct elements that the
answer lists. That is the published recall, hits / |G|, times a cap by the gold's size,
min(1, |G| / |A|): a list longer than the gold shares the gold's pay among its elements, so
that naming both of two candidates pays what guessing one of them would on average. Recall
alone is LongBench-Pro's score of its tasks 6.1, 8 and 10.

An element of the gold is found where a line, or a part of one between commas, is that element
as `elements` reads it ("the box is red", "INV007 (the amounts differ)"), or is a phrase around
it, where the element holds a digit and no other word of the phrase does: "growth of 5.5% over
the year". Words are compared whole: "10" is neither in "2010" nor in "10%", "2.2%" is not in
"-2.2%". So a part of a line names at most one candidate. Numbers are compared by value, word
by word: "Sports 25%" is "Sports 25.00%"; "007" is no number.

Cheats. A dump of 200 ids pays 2 / 200 for a gold of two, in one line or many; a grid of
numbers likewise; an abstention listed beside elements is one more element. A gold that is an
abstention ("No Error"), or empty, is met only by an abstention alone.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache, partial

from golong_data.metrics.elements import (
    Gold,
    abstention_score,
    gold_elements,
    is_abstention,
    key,
    listed,
    readings,
)
from golong_data.metrics.shape import rescaled

_NUMBER = re.compile(r"([+-]?)((?:[1-9]\d{0,2}(?:,\d{3})+)|[1-9]\d*|0)(?:\.(\d*?)0*)?(%?)")
_HAS_DIGIT = re.compile(r"\d")


@dataclass(frozen=True, slots=True)
class _Golds:
    keys: frozenset[str]
    """Keys by value."""
    numbered: Mapping[str, tuple[str, ...]]
    """Those with digits, under the words from the first to the last that holds one."""


def subem(text: str, gold: Gold, *, naive: float = 0.0) -> float:
    """Gold elements found, over the larger of the gold's size and the answer's.

    `naive` takes off what a naive reader earns (see `shape.rescaled`).

    >>> subem("[Answer]\\n5.5%\\n-2.2%\\n7.1%", ["5.5%", "-2.2%"])
    0.6666666666666666
    """
    golds = _golds(gold if isinstance(gold, str) else tuple(gold))
    found = listed(text, golds.keys, partial(_read, golds))
    if is_abstention(golds.keys):
        return rescaled(abstention_score(found), naive)
    hits = sum(item in golds.keys for item in found)
    return rescaled(hits / max(len(golds.keys), len(found)), naive)


@lru_cache(maxsize=4096)
def _golds(gold: str | tuple[str, ...]) -> _Golds:
    keys = frozenset(by_value(key(element)) for element in gold_elements(gold))
    numbered: dict[str, tuple[str, ...]] = {}
    for item in sorted(keys):
        span = _digit_words(item.split(" "))
        if span:
            core = " ".join(item.split(" ")[slice(*span)])
            numbered[core] = (*numbered.get(core, ()), item)
    return _Golds(keys, numbered)


def _read(golds: _Golds, piece: str) -> str:
    own = ""
    for reading in map(by_value, readings(piece)):
        own = own or reading
        if reading in golds.keys:
            return reading
    return _the_one_with_digits(own, golds) or own


def _the_one_with_digits(phrase: str, golds: _Golds) -> str | None:
    """The gold that stands in a phrase, and holds all of its words with digits."""
    words = [word.strip("()[],;:") for word in phrase.split(" ")]
    span = _digit_words(words)
    if span is None:
        return None
    words = [_plain_number(word) for word in words]
    for gold in golds.numbered.get(" ".join(words[slice(*span)]), ()):
        if f" {gold} " in f" {' '.join(words)} ":
            return gold
    return None


def _digit_words(words: list[str]) -> tuple[int, int] | None:
    """From the first to behind the last word that holds a digit."""
    places = [place for place, word in enumerate(words) if _HAS_DIGIT.search(word)]
    return (places[0], places[-1] + 1) if places else None


def by_value(text: str) -> str:
    """`text` with its numbers in one form: 1,200.50 as 1200.5, −2.0% as -2%."""
    if not _HAS_DIGIT.search(text):
        return text
    return " ".join(map(_plain_number, text.replace("\u2212", "-").split(" ")))


def _plain_number(word: str) -> str:
    match = _NUMBER.fullmatch(word)
    if match is None:
        return word
    sign, whole, part, percent = match.groups()
    sign = "-" if sign == "-" and (whole != "0" or part) else ""
    return sign + whole.replace(",", "") + (f".{part}" if part else "") + percent
