"""Which words are misspelt, read off the words and characters that a context has.

English words by those that stand once beside one of nearly the same letters that stands often,
Chinese words by what stands where one of their characters should and sounds like it.
"""

from __future__ import annotations

import importlib
import re
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Protocol

from golong_data.scripts import CJK
from golong_data.solving import reading
from golong_data.solving.query import solver
from golong_data.words import words

_WORD = re.compile(r"(?<![\w.\-'’/@\\])[a-z]{6,24}(?![\w'’/@(\[=]|[.\-]\w)")

OFTEN = 3
"""Times that the right spelling stands in the context, at least."""


@dataclass(frozen=True, slots=True)
class EnglishCues:
    """What to look for in a question on English words, in one language."""

    letters: re.Pattern[str]
    """The letters with one of which the words begin."""
    only: Mapping[str, str]
    """Way of misspelling -> what says that it alone counts."""


@dataclass(frozen=True, slots=True)
class ChineseCues:
    """What to look for in a question on Chinese words, in one language."""

    listed: re.Pattern[str]
    """The words, with marks between them."""


class Query(Protocol):
    """Which words a question asks for."""

    def found_in(self, text: str) -> Collection[str]:
        """Those in a text."""


@dataclass(frozen=True, slots=True)
class Misspelt:
    """A question for words that are rare and nearly like frequent ones."""

    letters: tuple[str, ...]
    only: str
    """How they are misspelt; "" where that does not matter."""

    def found_in(self, text: str) -> list[str]:
        """Rare words are compared with frequent ones of the same letters, doubled ones aside."""
        seen = Counter(m[0] for m in _WORD.finditer(text))
        by_letters: dict[tuple[str, ...], list[str]] = {}
        for word, n in seen.items():
            if n >= OFTEN:
                by_letters.setdefault(tuple(sorted(word)), []).append(word)
        return [
            word
            for word, n in seen.items()
            if n == 1
            and word[0] in self.letters
            and (
                (self.only != "doubled" and _exchanged(word, by_letters))
                or (self.only != "exchanged" and _doubled(word, seen))
            )
        ]


@dataclass(frozen=True, slots=True)
class Miswritten:
    """A question for wrong forms of listed words."""

    listed: tuple[str, ...]

    def found_in(self, text: str) -> set[str]:
        """Looks at every place where all but one character of a listed word stand."""
        found: set[str] = set()
        for word in self.listed:
            for at, char in enumerate(word):
                rest = f"(?<={word[:at]})([{CJK}])(?={word[at + 1 :]})"
                for other in set(re.findall(rest, text)) - {char}:
                    if _sounds(other) & _sounds(char):
                        found.add(word[:at] + other + word[at + 1 :])
        return found


def reads(question: str) -> Query | None:
    """Which words are asked for; None for other questions."""
    for english in words(EnglishCues, "exhaustive/misspelling/english", "reads").values():
        if asked := english.letters.search(question):
            only = (way for way, says in english.only.items() if says in question)
            return Misspelt(tuple(re.findall("[a-z]", asked[1])), next(only, ""))
    for chinese in words(ChineseCues, "exhaustive/misspelling/chinese", "reads").values():
        if asked := chinese.listed.search(question):
            return Miswritten(tuple(re.findall(f"[{CJK}]+", asked[1])))
    return None


def finds(query: Query, prompt: str) -> tuple[str, ...] | None:
    """The wrong forms, as they stand in the context."""
    return tuple(sorted(query.found_in(reading.context(prompt)))) or None


def _exchanged(word: str, by_letters: Mapping[tuple[str, ...], Sequence[str]]) -> bool:
    for other in by_letters.get(tuple(sorted(word)), ()):
        apart = [i for i, (a, b) in enumerate(zip(word, other, strict=True)) if a != b]
        if len(apart) == 2 and apart[1] == apart[0] + 1 and 0 < apart[0] < len(word) - 2:
            return True
    return False


def _doubled(word: str, seen: Mapping[str, int]) -> bool:
    for m in re.finditer(r"(?<!^)(.)\1", word):
        inside = m.end() < len(word)
        single = word[: m.start()] + word[m.start() + 1 :]
        triple = word[m.start() - 1] == m[1] or word[m.end() : m.end() + 1] == m[1]
        if inside and not triple and seen.get(single, 0) >= OFTEN:
            return True
    return False


@lru_cache(maxsize=1 << 14)
def _sounds(char: str) -> frozenset[str]:
    """The syllables that a character may stand for, tones aside."""
    pypinyin: Any = importlib.import_module("pypinyin")
    (found,) = pypinyin.pinyin(char, style=pypinyin.Style.NORMAL, heteronym=True)
    return frozenset(found)


solve = solver(reads, finds)
