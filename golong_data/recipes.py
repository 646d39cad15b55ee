"""Recipes: what to build, in a dozen lines of YAML with no key taken on trust.

A recipe names a task, its arguments, a length, a size, a seed and a corpus. Unknown keys
and values of the wrong kind are refused with the closest known spelling.
"""

from __future__ import annotations

import dataclasses
import re
import types
import typing
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml

from golong_data.errors import UserError, did_you_mean
from golong_data.resources import folder, names
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
            remedy='Start with "task: NAME" and "template: NAME".',
        )
    return parse_recipe(data, where=str(path), default_name=path.stem)


def read_yaml(path: Path, *, what: str = "recipe") -> Any:
    """What a YAML file holds, None for an empty one; errors call the file a `what`."""
    try:
        return yaml.safe_load(path.read_text(encoding="utf-8"))
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        place = f"{path}:{mark.line + 1}" if mark else str(path)
        problem = getattr(error, "problem", None) or "not valid YAML"
        raise UserError(
            f"the {what} is not valid YAML: {problem}.", where=place, remedy="Mend that line."
        ) from error
    except UnicodeDecodeError as error:
        raise UserError(
            f"the {what} is not UTF-8 text.", where=str(path), remedy="Save it as UTF-8."
        ) from error
    except OSError as error:
        raise UserError(
            f"the {what} cannot be read: {error.strerror}.",
            where=str(path),
            remedy="Check the file and its permissions.",
        ) from error


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
    values.setdefault("template", values["task"])
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


# --- strict construction ----------------------------------------------------------------


def strict(cls: type[Any], values: Mapping[str, Any], *, where: str) -> Any:
    """An instance of a dataclass from plain data: unknown keys and wrong kinds refused.

    Understands bool, int, float, str, X | None, Literal, tuple[X, ...], tuple[X, Y] and
    Mapping[str, X]. A `__post_init__` that raises ValueError is reported as a UserError.
    """
    hints = typing.get_type_hints(cls)
    for key in values:
        if key not in hints:
            raise UserError(
                f'unknown key "{key}".', where=where, remedy=did_you_mean(str(key), hints)
            )
    converted = {
        key: _convert(value, hints[key], f"{where}: {key}") for key, value in values.items()
    }
    try:
        return cls(**converted)
    except (TypeError, ValueError) as error:
        raise UserError(f"{error}.", where=where, remedy="Mend that value.") from error


def _convert(value: Any, hint: Any, where: str) -> Any:
    origin, args = typing.get_origin(hint), typing.get_args(hint)
    if hint is Any:
        return value
    if origin in (typing.Union, types.UnionType):
        if value is None and type(None) in args:
            return None
        rest = [arg for arg in args if arg is not type(None)]
        return _convert(value, rest[0], where)
    if origin is typing.Literal:
        if value in args:
            return value
        raise UserError(
            f"{value!r} is not a choice here.",
            where=where,
            remedy=did_you_mean(str(value), map(str, args)),
        )
    if origin is tuple and isinstance(value, (list, tuple)):
        if len(args) == 2 and args[1] is Ellipsis:
            return tuple(_convert(item, args[0], where) for item in value)
        if len(value) == len(args):
            return tuple(_convert(v, a, where) for v, a in zip(value, args, strict=True))
    elif origin in (Mapping, dict) or origin is typing.get_origin(Mapping[str, Any]):
        if isinstance(value, Mapping):
            return {str(k): _convert(v, args[1], where) for k, v in value.items()}
    elif hint is float and isinstance(value, (int, float)) and not isinstance(value, bool):
        return float(value)
    elif hint in (int, str, bool) and type(value) is hint:
        return value
    wanted = getattr(hint, "__name__", str(hint)) if origin is None else str(hint)
    raise UserError(
        f"{value!r} is not of the kind wanted.", where=where, remedy=f"Give a value of: {wanted}."
    )
