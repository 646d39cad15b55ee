"""What a document may be asked for: words, modules imported, base classes; and how many of them.

A document is a member where at least (or exactly) so many of some of these are shown, and none
of others. That is a hidden group: no text names it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from golong_data.material import groups as clusters
from golong_data.material.groups import Index, Places

if TYPE_CHECKING:
    from golong_data.corpus import Corpus

LATIN = re.compile(r"[A-Za-z]")


# --- what is looked for -------------------------------------------------------------------


@lru_cache(maxsize=1024)
def spelt(name: str) -> re.Pattern[str]:
    """A name as it is spelt; of Latin letters only as a whole word."""
    word = re.escape(name)
    # What stands before is looked at last: patterns that start with letters are found faster.
    return re.compile(rf"{word}(?<!\w{word})\b" if LATIN.search(name) else word)


def importing(name: str) -> re.Pattern[str]:
    """A statement of one line at the left margin that imports a module."""
    word = re.escape(name)
    forms = rf"^(?:import {word}(?: as \w+)?|from {word} import [^\n]*)[ \t]*$"
    return re.compile(forms, re.MULTILINE)


def deriving(name: str) -> re.Pattern[str]:
    """A class line at the left margin that names a base, however it is spaced."""
    word = re.escape(name)
    forms = rf"^class \w+ *\((?:[^()\n]*,)? *{word} *(?:,[^()\n]*)?\):"
    return re.compile(forms, re.MULTILINE)


def _defining(name: str) -> re.Pattern[str]:
    return re.compile(rf"^[ \t]*(?:async +)?def +{re.escape(name)} *\(", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Family:
    """One sort of trait: where it stands, how it is recognised, what may be ruled out by it."""

    index: Callable[[Corpus], Index]
    places: Callable[[Corpus], Places]
    pattern: Callable[[str], re.Pattern[str]]
    barred: Callable[[Corpus], Places]
    """Places of what may be ruled out beside it."""
    barring: Callable[[str], re.Pattern[str]]
    clause: tuple[str, str]
    """The sentence that rules something out, and its field."""
    needles: Callable[[str], tuple[str, ...]]
    """Strings without which a text cannot have the trait."""
    disputed: re.Pattern[str]
    """Lines that readers may count or not, where they hold what is asked for."""


WORDS = Family(
    index=clusters.words,
    places=clusters.word_places,
    pattern=spelt,
    barred=clusters.word_places,
    barring=spelt,
    clause=("word", "word"),
    needles=lambda name: (name,),
    disputed=re.compile(r"(?!)"),
)
IMPORTS = Family(
    index=clusters.imports,
    places=clusters.import_places,
    pattern=importing,
    barred=clusters.import_places,
    barring=importing,
    clause=("module", "module"),
    needles=lambda name: (f"import {name}", f"from {name} import"),
    disputed=re.compile(r"^(?:import\b[^\n]*[,;#\\]|from\b[^\n]*\\$)[^\n]*", re.MULTILINE),
)
BASES = Family(
    index=clusters.bases,
    places=clusters.base_places,
    pattern=deriving,
    barred=clusters.def_places,
    barring=_defining,
    clause=("def", "function"),
    needles=lambda name: (f"({name}", f",{name}", f", {name}"),
    disputed=re.compile(r"^class\b[^\n]*\([^)\n]*(?:\(|$)[^\n]*", re.MULTILINE),
)


# --- how much is asked for ----------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Plan:
    """A form of question: `least` of `names` traits, and up to `unless` that rule out."""

    kind: str
    names: int
    least: int
    unless: int
    exactly: bool = False


FAMILIES: Mapping[str, tuple[Family, tuple[tuple[Plan, ...], ...]]] = {
    "words": (
        WORDS,
        (
            (Plan("pair", 2, 2, 1), Plan("without", 1, 1, 1)),
            (Plan("pair", 2, 2, 1), Plan("line", 2, 2, 1), Plan("without", 1, 1, 2)),
            (Plan("line", 2, 2, 2), Plan("without", 1, 1, 3)),
        ),
    ),
    "some": (
        WORDS,
        (
            (Plan("some", 3, 2, 0),),
            (Plan("some", 4, 2, 1), Plan("some", 4, 3, 0), Plan("some", 5, 3, 0)),
            (Plan("some", 5, 3, 1), Plan("some", 4, 2, 0, True), Plan("some", 5, 3, 0, True)),
        ),
    ),
    "import": (
        IMPORTS,
        (
            (Plan("import", 1, 1, 1),),
            (Plan("import", 1, 1, 2),),
            (Plan("import", 1, 1, 3),),
        ),
    ),
    "modules": (
        IMPORTS,
        (
            (Plan("modules", 3, 2, 0),),
            (Plan("modules", 4, 2, 1), Plan("modules", 4, 3, 0)),
            (Plan("modules", 5, 3, 1), Plan("modules", 4, 2, 0, True)),
        ),
    ),
    "bases": (
        BASES,
        (
            (Plan("bases", 2, 1, 1), Plan("bases", 3, 1, 0)),
            (Plan("bases", 3, 1, 1), Plan("bases", 4, 1, 0), Plan("bases", 4, 1, 1)),
            (Plan("base", 1, 1, 3), Plan("bases", 4, 1, 2)),
        ),
    ),
}
"""Name -> family, and its plans from easy to hard."""
