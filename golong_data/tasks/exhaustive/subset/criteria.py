"""What a document may be asked for: words, modules imported, base classes; and how many of them.

A document is a member where at least (or exactly) so many of some of these are shown, and none
of others. That is a hidden group: no text names it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from golong_data.material import groups
from golong_data.material.groups import Holders, Places, essential
from golong_data.material.python import statements
from golong_data.material.renaming import spelt

if TYPE_CHECKING:
    from golong_data.corpus import Corpus


@dataclass(frozen=True, slots=True)
class Family:
    """One sort of trait: where it stands, how it is recognised, what may be ruled out by it."""

    holders: Callable[[Corpus], Holders]
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
    holders=groups.word_holders,
    places=groups.word_places,
    pattern=spelt,
    barred=groups.word_places,
    barring=spelt,
    clause=("word", "word"),
    needles=lambda name: (name,),
    disputed=re.compile(r"(?!)"),
)
IMPORTS = Family(
    holders=statements.import_holders,
    places=statements.import_places,
    pattern=statements.importing,
    barred=statements.import_places,
    barring=statements.importing,
    clause=("module", "module"),
    needles=lambda name: (f"import {name}", f"from {name} import"),
    disputed=re.compile(r"^(?:import\b[^\n]*[,;#\\]|from\b[^\n]*\\$)[^\n]*", re.MULTILINE),
)
BASES = Family(
    holders=statements.base_holders,
    places=statements.base_places,
    pattern=statements.deriving,
    barred=statements.def_places,
    barring=statements.defining,
    clause=("def", "function"),
    needles=lambda name: (f"({name}", f",{name}", f", {name}"),
    disputed=re.compile(r"^class\b[^\n]*\([^)\n]*(?:\(|$)[^\n]*", re.MULTILINE),
)


@dataclass(frozen=True, slots=True)
class Plan:
    """A form of question: `least` of `names` traits, and up to `unless` that rule out."""

    kind: str
    names: int
    least: int
    unless: int
    exactly: bool = False

    def is_met_by(self, count: int) -> bool:
        """Whether so many of the traits are as many as asked for."""
        return count == self.least if self.exactly else count >= self.least


@dataclass(frozen=True, slots=True)
class Traits:
    """The criterion: so many of some traits, as a plan has it, and none of others."""

    family: Family
    plan: Plan
    asked: tuple[str, ...]
    unless: tuple[str, ...]

    def rests_on(self, body: str) -> tuple[int, int] | None:
        """The shortest range without which too few traits are left; None for no member."""
        places = [
            (*found.span(), name)
            for name in self.asked
            for found in self.family.pattern(name).finditer(body)
        ]
        if not self.plan.is_met_by(len({name for _, _, name in places})):
            return None
        if any(self.family.barring(name).search(body) for name in self.unless):
            return None
        if self.plan.kind == "line" and not any(
            all(spelt(name).search(line) for name in self.asked) for line in body.split("\n")
        ):
            return None
        return essential(places, self.plan.least)

    def is_doubtful(self, body: str) -> bool:
        """Whether a disputed line holds what is asked for."""
        names = [spelt(name) for name in (*self.asked, *self.unless)]
        lines = [found[0] for found in self.family.disputed.finditer(body)]
        return any(name.search(line) for name in names for line in lines)


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
