"""Recipes: what to build, in a dozen lines of YAML with no key taken on trust.

A recipe names a task, its arguments, a length, a size, a seed and a corpus. Unknown keys
and values of the wrong kind are refused with the closest known spelling.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from golong_data.errors import UserError, did_you_mean
from golong_data.resources import folder, names
from golong_data.strict import read_yaml, strict
from golong_data.tokens import format_size, parse_size
from golong_data.types import Recipe

SUFFIX = ".yaml"
MAX_ROWS = 10_000_000
DEFAULT_CORPUS = ("factbook", "factbook-tables")
"""What a recipe draws on if it names no corpus: embedded, no network needed."""
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}")


def recipe_names() -> list[str]:
    """Names of the built-in recipes."""
    return names("recipes", SUFFIX)


def load_recipe(name: str) -> Recipe:
    """A built-in recipe by name, or a recipe file by its path.

    Raises UserError naming the file and the key.
    """
    path = Path(name)
    if path.suffix in (".yaml", ".yml") or "/" in name:
        if not path.is_file():
            raise UserError(
                "there is no such recipe file.", where=name, remedy="Check the path given."
            )
    else:
        path = folder("recipes") / f"{name}{SUFFIX}"
        if not path.is_file():
            raise UserError(
                f'there is no recipe "{name}".',
                where="recipe",
                remedy=did_you_mean(name, recipe_names()),
            )
    data = read_yaml(path)
    if not isinstance(data, Mapping):
        raise UserError(
            "a recipe is a mapping of keys to values.",
            where=str(path),
            remedy='Start with "task: NAME" and "ctx: 64k".',
        )
    return parse_recipe(data, where=str(path), default_name=path.stem)


def parse_recipe(data: Mapping[str, Any], *, where: str, default_name: str = "") -> Recipe:
    """A Recipe from plain data, every key checked. `where` is named in errors."""
    values = {"name": default_name, **data}
    if isinstance(values.get("corpus"), str):
        values["corpus"] = [values["corpus"]]
    for key in ("task", "ctx"):
        if key not in values:
            raise UserError(
                f'the key "{key}" is missing.', where=where, remedy=f"Add a line: {key}: ..."
            )
    values.setdefault("corpus", list(DEFAULT_CORPUS))
    try:
        values["ctx"] = parse_size(values["ctx"])
    except UserError as error:
        raise UserError(error.what, where=f"{where}: ctx", remedy=error.remedy) from None
    recipe: Recipe = strict(Recipe, values, where=where)
    if not _NAME.fullmatch(recipe.name):
        raise UserError(
            f'"{recipe.name}" is no recipe name.',
            where=f"{where}: name",
            remedy="Use up to 64 letters, digits, dots, dashes and underscores.",
        )
    if not 1 <= recipe.size <= MAX_ROWS:
        raise UserError(
            f"{recipe.size} rows cannot be built.",
            where=f"{where}: size",
            remedy=f"Ask for 1 to {MAX_ROWS:,} rows.",
        )
    return recipe


def override(recipe: Recipe, **changes: Any) -> Recipe:
    """The recipe with the given fields replaced; None leaves a field as it is."""
    kept = {key: value for key, value in changes.items() if value is not None}
    data = {**as_data(recipe), **kept}
    return parse_recipe(data, where="command line")


def as_data(recipe: Recipe) -> dict[str, Any]:
    """Plain data that `parse_recipe` reads back to an equal recipe."""
    data = dataclasses.asdict(recipe)
    data["corpus"] = list(recipe.corpus)
    data["args"] = dict(recipe.args)
    return data


def slug(recipe: Recipe) -> str:
    """A short name for a build: "numeric-64k"."""
    return f"{recipe.name}-{format_size(recipe.ctx)}"
