"""SubEM: how many of the gold's elements stand in the answer, and how much stands beside them.

hits / max(|G|, |A|), where G holds the gold's elements and A the distinct elements that the
answer lists. That is the published recall, hits / |G|, times a cap by the gold's size,
min(1, |G| / |A|): a list longer than the gold shares the gold's pay among its elements, so
that naming both of two candidates pays what guessing one of them would on average. Recall
alone is LongBench-Pro's score of its tasks 6.1, 8 and 10.

An element of the gold is found in a line, or in a part of one between commas, that is

- the element itself, or the element behind a lead-in ("Growth: 5.5%", "the box is red");
- the element with a remark behind it that names neither number nor alternative
  ("INV007 (the amounts differ)");
- a phrase around it, where the element holds a digit and no other word of the phrase does
  ("growth of 5.5% over the year"), on word boundaries: "10" is neither in "2010" nor in
  "10%", "2.2%" is not in "-2.2%".

So a part of a line names at most one candidate. Numbers are compared by value, word by word:
"Sports 25%" is "Sports 25.00%"; "007" is no number.

Cheats. A dump of 200 ids pays 2 / 200 for a gold of two, in one line or many; a grid of
numbers likewise; an abstention listed beside elements is one more element. A gold that is an
abstention ("No Error"), or empty, is met only by an abstention alone.
"""

from __future__ import annotations

import re
from collections.abc import Container
from functools import lru_cache

from golong_data.metrics.answer import without_remark
from golong_data.metrics.elements import (
    Gold,
    abstention_score,
    gold_elements,
    is_abstention,
    key,
    line_key,
    listed,
    plain,
)

_NUMBER = re.compile(r"([+-]?)((?:[1-9]\d{0,2}(?:,\d{3})+)|[1-9]\d*|0)(?:\.(\d*?)0*)?(%?)")
_HAS_DIGIT = re.compile(r"\d")


def subem(text: str, gold: Gold) -> float:
    """Gold elements found, over the larger of the gold's size and the answer's.

    >>> subem("[Answer]\\n5.5%\\n-2.2%\\n7.1%", ["5.5%", "-2.2%"])
    0.6666666666666666
    """
    golds = _golds(gold if isinstance(gold, str) else tuple(gold))
    found = listed(text, golds, _read)
    if is_abstention(golds):
        return abstention_score(found)
    hits = sum(item in golds for item in found)
    return hits / max(len(golds), len(found))


@lru_cache(maxsize=4096)
def _golds(gold: str | tuple[str, ...]) -> frozenset[str]:
    return frozenset(by_value(key(element)) for element in gold_elements(gold))


def _read(piece: str, golds: Container[str]) -> str:
    own = by_value(line_key(piece))
    if own in golds:
        return own
    for reading in (without_remark(piece), piece):
        value = by_value(plain(reading, _Values(golds)))
        if value in golds:
            return value
    return _the_one_with_digits(own, golds) or own


class _Values:
    """Golds as a container that compares by value."""

    def __init__(self, golds: Container[str]) -> None:
        self._golds = golds

    def __contains__(self, item: object) -> bool:
        return by_value(str(item)) in self._golds


def _the_one_with_digits(phrase: str, golds: Container[str]) -> str | None:
    """The gold that the words with digits of a phrase make up, where they stand together."""
    words = phrase.split(" ")
    places = [i for i, word in enumerate(words) if _HAS_DIGIT.search(word)]
    if not places or places[-1] - places[0] >= _MAX_WORDS:
        return None
    first, last = places[0], places[-1] + 1
    for start in range(max(0, last - _MAX_WORDS), first + 1):
        for end in range(last, min(len(words), start + _MAX_WORDS) + 1):
            candidate = line_key(" ".join(words[start:end]).strip("()[]"))
            if candidate in golds:
                return candidate
    return None


_MAX_WORDS = 8
"""Words of a gold element that is looked for inside a phrase."""


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
