"""What is made up for source code: remarks, names, numbers of releases."""

from __future__ import annotations

import random
from dataclasses import dataclass
from functools import lru_cache

from golong_data.words import words


@dataclass(frozen=True, slots=True)
class MadeUp:
    """Words that come into sources. They are English, as source code is in any language."""

    remarks: tuple[str, ...]
    """Written into comments and docstrings."""
    parameters: tuple[str, ...]
    """Names of parameters, for modules that have few of their own."""
    name_parts: tuple[str, ...]
    """Come into the name of a function, so that knowing the source is no help."""


@lru_cache(maxsize=1)
def made_up() -> MadeUp:
    """The words of templates/words/material/python.yaml."""
    return words(MadeUp, "material/python", "writes")["en"]


def another_name(name: str, rng: random.Random) -> str:
    """A function's name with one of its words made up; a single word gets one behind it."""
    parts = name.split("_")
    at = [i for i, part in enumerate(parts) if part]
    if len(at) > 1:
        parts[rng.choice(at)] = rng.choice(made_up().name_parts)
    else:
        parts.append(rng.choice(made_up().name_parts))
    return "_".join(parts)


def release_names(rng: random.Random, n: int) -> list[str]:
    """Release numbers that rise."""
    major, minor = rng.randint(1, 9), rng.randint(0, 40)
    found = []
    for _ in range(n):
        found.append(f"{major}.{minor}.{rng.randint(0, 9)}")
        minor += rng.randint(1, 4)
    return found
