"""What texts have in common with what is asked: a search by words, and no reading.

Words that few of the texts hold weigh more, as in every search engine (inverse document
frequency, Robertson and Sparck Jones 1976). Words are those of `sentences.bag`.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Hashable, Iterable, Mapping, Sequence
from typing import TypeVar

Bag = frozenset[str]
T = TypeVar("T", bound=Hashable)

_NUMBER = re.compile(r"\d+(?:[.,]\d+)*|[一二三四五六七八九十百千万]{2,}")


def weights(texts: Iterable[Bag]) -> Mapping[str, float]:
    """Word -> its weight: the logarithm of one more than all texts over those that hold it."""
    bags = list(texts)
    held = Counter(word for bag in bags for word in bag)
    return {word: math.log(1 + len(bags) / n) for word, n in held.items()}


def overlap(asked: Bag, text: Bag, weighed: Mapping[str, float]) -> float:
    """The weight of the words in common; those that have none weigh nothing."""
    return sum(weighed.get(word, 0.0) for word in asked & text)


def most_alike(asked: Bag, texts: Sequence[Bag], weighed: Mapping[str, float]) -> int | None:
    """The place of the text with the largest overlap, the first of several; None without one."""
    found = [overlap(asked, text, weighed) for text in texts]
    return found.index(max(found)) if any(found) else None


def rarest(asked: Bag, weighed: Mapping[str, float]) -> str | None:
    """The word asked for that the fewest texts hold, of those that any holds; None without one."""
    known = sorted(word for word in asked if word in weighed)
    return max(known, key=weighed.__getitem__, default=None)


def numbers(text: str) -> frozenset[str]:
    """The numbers in a text, in digits without commas or in Chinese numerals."""
    return frozenset(found.replace(",", "") for found in _NUMBER.findall(text))


def commonest(values: Iterable[T]) -> T | None:
    """The value that comes most often, the first of several; None where there is none."""
    found = Counter(values).most_common(1)
    return found[0][0] if found else None
