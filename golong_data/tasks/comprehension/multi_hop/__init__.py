"""Several facts joined, out of as many documents: values that they state, or registers.

Both are chosen among by what several documents say together, and in both some statements
override others.
"""

from __future__ import annotations

from dataclasses import dataclass

from golong_data.contexts.workspace import Workspace
from golong_data.material.values import has_values
from golong_data.tasks.comprehension.config import ENOUGH, NEEDS_OR_VALUES, ComprehensionConfig
from golong_data.tasks.comprehension.lazy import multi_hop as lazy
from golong_data.tasks.comprehension.multi_hop import registers, values
from golong_data.tasks.comprehension.solve.multi_hop import solve
from golong_data.tasks.generators import takes_notes
from golong_data.types import Draft, Generator
from golong_data.words import words

WORDS = "comprehension/multi_hop"


@dataclass(frozen=True, slots=True)
class Asks:
    """What is asked in one language."""

    registers: registers.Asks
    values: values.Asks | None = None
    """None where no values are asked about in the language."""


def make(work: Workspace, config: ComprehensionConfig) -> Draft:
    """Values that documents state; registers where there are too few."""
    asks = words(Asks, WORDS, "asks")[config.language]
    if asks.values and has_values(work.corpus):
        return values.make(work, config, asks.values)
    return registers.make(work, config, asks.registers)


GENERATOR = Generator(
    make=make,
    solve=solve,
    words=WORDS,
    needs=NEEDS_OR_VALUES,
    serves=takes_notes,
    least=ENOUGH,
    lazy=lazy.LAZY,
)
