"""Misspellings of English words: two neighbouring letters exchanged, or one written twice.

How a word may be misspelt so that it is wrong for certain, which words stand in a corpus, and
which slips of the same two ways it brings along.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from golong_data.contexts.sampling import spread
from golong_data.words import words

if TYPE_CHECKING:
    from golong_data.corpus import Corpus

WORD = re.compile(r"(?<![\w.\-'’/@\\])[a-z]{6,24}(?![\w'’/@(\[=]|[.\-]\w)")
"""An ordinary word in small letters, not a part of an identifier, a path or a compound."""

IN_TEXT = re.compile(rf"(?<=[a-z] ){WORD.pattern}(?=[,;]? [a-z]|\. [A-Z])")
"""One between other words of a sentence: what else a program names is no ordinary word."""

TIMES = 3
"""Times that a word stands in a text, at least, for another to be a misspelling of it."""

READ = 16_000_000
"""Characters of a corpus that are read for words and slips, evenly spread over it."""

WAYS = ("exchanged", "doubled")
"""How a word is misspelt."""


@dataclass(frozen=True, slots=True)
class Words:
    """What an exchange or a letter too many may make of a word without its being wrong."""

    words: tuple[str, ...]
    """Other words."""
    exchanged: re.Pattern[str]
    """An ending that is also spelt the other way round, such as -re for -er."""
    doubled: re.Pattern[str]
    """A suffix before which a letter may stand twice, as in "hopping" and "travelling"."""
    doubling: str
    """Letters that may stand twice wherever they are, as in "tranquillity" and "dragoon"."""


def misspellings(word: str) -> Iterator[str]:
    """The word with two letters inside exchanged, or one of them written twice."""
    for i in range(1, len(word) - 2):
        if word[i] != word[i + 1]:
            yield word[:i] + word[i + 1] + word[i] + word[i + 2 :]
    for i in range(1, len(word) - 1):
        if word[i - 1] != word[i] != word[i + 1]:
            yield word[: i + 1] + word[i:]


def way_of(word: str, wrong: str) -> str:
    """How a misspelling of a word is misspelt."""
    return "doubled" if len(wrong) > len(word) else "exchanged"


def may_be_right(word: str, wrong: str) -> bool:
    """Whether what became of a word may be right as well."""
    right = words(Words, "material/misspellings", "writes")["en"]
    if wrong in right.words:
        return True
    if way_of(word, wrong) == "exchanged":
        return bool(right.exchanged.search(wrong))
    at = next(i for i, (a, b) in enumerate(zip(word, wrong, strict=False)) if a != b)
    return word[at - 1] in right.doubling or bool(right.doubled.fullmatch(word, at))


def sweep(text: str) -> list[str]:
    """Words that stand once in a text and are a misspelling of one that stands often."""
    times = Counter(WORD.findall(text))
    return sorted(
        {
            wrong
            for word, n in times.items()
            if n >= TIMES
            for wrong in misspellings(word)
            if times.get(wrong) == 1
        }
    )


@lru_cache(maxsize=4)
def vocabulary(corpus: Corpus) -> Mapping[str, int]:
    """How often each ordinary word stands in the corpus, or in an even spread of it."""
    share = min(1.0, READ / max(1, 4 * int(corpus.n_tokens[corpus.prose].sum())))
    times: Counter[str] = Counter()
    for at in spread(len(corpus.prose), max(1, int(share * len(corpus.prose)))):
        times.update(WORD.findall(corpus.text(int(corpus.prose[at]))))
    return times


@lru_cache(maxsize=4)
def slips_of(corpus: Corpus) -> tuple[str, ...]:
    """Misspellings of the two ways that a corpus brings along: rare words next to common ones."""
    times = vocabulary(corpus)
    return tuple(
        sorted(
            {
                wrong
                for word, n in times.items()
                if n >= TIMES
                for wrong in misspellings(word)
                if 0 < times.get(wrong, 0) < n
            }
        )
    )
