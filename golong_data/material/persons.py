"""Chinese names of persons: a surname of one character or two, and one character behind it."""

from __future__ import annotations

import random
import re
from dataclasses import dataclass
from functools import lru_cache

from golong_data.material import wordlist
from golong_data.words import words


@dataclass(frozen=True, slots=True)
class Words:
    """What people are called."""

    surnames: str
    """Of one character each."""
    compound: tuple[str, ...]
    """Surnames of two."""
    given: str
    """What may stand behind a surname, a character each."""


def _words() -> Words:
    return words(Words, "material/persons", "writes")["zh"]


@lru_cache(maxsize=1)
def persons() -> frozenset[str]:
    """Such names in the word list of jieba."""
    told = _words()
    return frozenset(
        word
        for word, _, tag in wordlist.entries()
        if tag == "nr"
        and (
            (len(word) == 2 and word[0] in told.surnames)
            or (len(word) == 3 and word[:2] in told.compound)
        )
    )


def made_up(length: int, rng: random.Random) -> str:
    """A name of two characters, or of three for any other length."""
    told = _words()
    return rng.choice(sorted(told.surnames if length == 2 else told.compound)) + rng.choice(
        told.given
    )


def behind_surname(name: str) -> re.Pattern[str]:
    """A name where it stands behind a surname, as a part of a longer one."""
    told = _words()
    return re.compile(f"(?:[{told.surnames}]|{'|'.join(told.compound)}){name}")
