"""Rows for tests of candidates and lazy readers, real ones and small ones written by hand."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from cells import cells_of, generators_of, rows_of_cell

import golong_data
from golong_data.languages import languages
from golong_data.quality.cases import case_of
from golong_data.solving import reading
from golong_data.solving.choosing import Reader
from golong_data.tasks import get_task
from golong_data.types import Generator, Gold

ROWS = 6
"""Of each generator and level, at 4k."""


@dataclass(frozen=True, slots=True)
class Put:
    """A question as a reader sees it, with its gold."""

    question: str
    prompt: str
    gold: Gold
    level: str

    @property
    def elements(self) -> tuple[str, ...]:
        return (self.gold,) if isinstance(self.gold, str) else self.gold


def pairs(*recipes: str) -> list[tuple[str, str]]:
    """(recipe, generator) of these recipes."""
    return [(recipe, name) for recipe in recipes for name in generators_of(recipe)]


def generator_of(recipe: str, name: str) -> Generator:
    """One of a recipe's generators."""
    return get_task(recipe.partition("-")[0]).generators[name]


@cache
def put(recipe: str, generator: str) -> tuple[Put, ...]:
    """Rows of a generator at every level, over the recipe's own corpus."""
    return tuple(_put(recipe, generator))


def _put(recipe: str, generator: str) -> Iterator[Put]:
    for cell in cells_of(recipe, generator):
        rows = rows_of_cell(cell, ROWS, "4k") if not cell.other else iter(())
        for row in filter(None, rows):
            case = case_of(row, 0)
            yield Put(reading.question(case.prompt), case.prompt, case.gold, cell.level)


def by_hand(
    text: str,
    question: str,
    options: Sequence[str] = (),
    *,
    code: str = "en",
    several: bool = False,
) -> str:
    """A prompt with one document, or the sessions of a text; A, B, C ... are its options."""
    words = languages()[code]
    heading = "" if words.sessions and words.sessions.heading in text else f"{words.heading}1] T\n"
    lines = [f"{letter}) {option}" for letter, option in zip("ABCDEFGH", options, strict=False)]
    form = words.options["several" if several else "one"]
    parts = [heading + text, words.question + question, "\n".join(lines), form]
    return "\n\n".join(filter(None, parts))


def plays(readers: Mapping[str, Reader], question: str, prompt: str) -> dict[str, Gold]:
    """What each reader answers who answers at all."""
    answers = {name: reader(question, prompt) for name, reader in readers.items()}
    return {name: answer for name, answer in answers.items() if answer is not None}


def taken_from_solvers(capability: str) -> set[tuple[str, str, str]]:
    """(module, solver, name) of what a capability's lazy readers import from its solvers."""
    folder = Path(golong_data.__file__).parent / "tasks" / capability
    found = set()
    for path in sorted((folder / "lazy").glob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.ImportFrom) and ".solve" in (node.module or ""):
                solver = (node.module or "").rpartition(".")[2]
                found |= {(path.stem, solver, alias.name) for alias in node.names}
    return found
