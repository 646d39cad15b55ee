"""What is meant on the command line: rows that are there, or a recipe to make them by."""

from __future__ import annotations

from pathlib import Path

from golong_data.errors import UserError, did_you_mean
from golong_data.recipes import load_recipe, recipe_names
from golong_data.rows.files import files_of
from golong_data.rows.formats import FORMATS
from golong_data.types import Recipe

_YAML = (".yaml", ".yml")


def rows_at(text: str) -> Path:
    """A folder or file of rows. Raises UserError where there is none, or a recipe is named."""
    if _is_recipe(text):
        raise UserError(
            "this is a recipe, and rows are asked for.",
            where=text,
            remedy=f"Build some first: golong-data build --recipe {text}",
        )
    path = Path(text)
    files_of(path)
    return path


def rows_or_recipe(text: str) -> Path | Recipe:
    """A folder or file of rows, or a recipe, by its file or its built-in name.

    Raises UserError for what is neither.
    """
    if _is_recipe(text):
        return load_recipe(text)
    path = Path(text)
    is_name = "/" not in text and path.suffix.lower() not in (*FORMATS, *_YAML)
    if is_name and not path.exists():
        raise UserError(
            f'there is no recipe "{text}", and no such file or folder.',
            where="command line",
            remedy=did_you_mean(text, recipe_names()),
        )
    return rows_at(text)


def _is_recipe(text: str) -> bool:
    """A folder of rows comes before the recipe that is called like it."""
    path = Path(text)
    if path.is_dir():
        return False
    return text in recipe_names() or (path.suffix in _YAML and path.is_file())
