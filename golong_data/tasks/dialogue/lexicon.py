"""What users and assistants talk about in one language: things, people, values.

A wording is a sentence with slots: "I keep my {thing} in {value}." It is written in small
letters unless its first word has a capital of its own, for it may follow a lead-in ("By the
way, ..."). Facts are made of wordings; solvers know words to look for, not the wordings.
"""

from __future__ import annotations

import random
import re
from collections.abc import Mapping
from dataclasses import dataclass

from golong_data.words import words

_RUN = re.compile(r"\{(\d+)\.\.(\d+)(?:\.\.(\d+))?\}")


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The names of things, other people, and values that are made up."""

    space: str
    """Between a qualifier and its noun."""
    people: tuple[str, ...]
    """Whose facts they are not."""
    values: Mapping[str, tuple[tuple[str, ...], ...]]
    """Kind of a value -> lists whose entries are put together, runs of numbers spelt out."""

    def __post_init__(self) -> None:
        values = {
            kind: tuple(tuple(text for entry in part for text in spelt(entry)) for part in parts)
            for kind, parts in self.values.items()
        }
        object.__setattr__(self, "values", values)

    def value(self, kind: str, rng: random.Random) -> str:
        """A random value of a kind."""
        return "".join(rng.choice(part) for part in self.values[kind])

    def distinct(self, kind: str, n: int, rng: random.Random) -> list[str]:
        """`n` different values of a kind, none part of another."""
        found: list[str] = []
        while len(found) < n:
            value = self.value(kind, rng)
            if not any(value in old or old in value for old in found):
                found.append(value)
        return found

    def thing(self, qualifier: str, noun: str) -> str:
        """What the sentences call it: "grey cat"."""
        return f"{qualifier}{self.space}{noun}"


def lexicon(language: str) -> Lexicon:
    """The lexicon of a language."""
    return words(Lexicon, "dialogue/lexicon", "writes")[language]


def spelt(entry: str) -> tuple[str, ...]:
    """What an entry stands for: a run such as "{11..95} minutes" for every number of it.

    >>> spelt("{08..10}h"), spelt("{5..15..5}"), spelt("box")
    (('08h', '09h', '10h'), ('5', '10', '15'), ('box',))
    """
    run = _RUN.search(entry)
    if not run:
        return (entry,)
    numbers = range(int(run[1]), int(run[2]) + 1, int(run[3] or 1))
    before, after, width = entry[: run.start()], entry[run.end() :], len(run[1])
    return tuple(f"{before}{n:0{width}}{after}" for n in numbers)


def capital(text: str) -> str:
    """A wording as the beginning of a sentence."""
    return text[0].upper() + text[1:]
