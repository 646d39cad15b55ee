"""A dataclass from plain data, every key and kind checked: recipes, train recipes and words.

What YAML gives is a mapping of anything. Here it becomes an instance of a dataclass, or one
message that names the key and the closest known spelling.
"""

from __future__ import annotations

import collections.abc
import dataclasses
import re
import types
import typing
from collections.abc import Mapping, Sequence
from dataclasses import MISSING
from pathlib import Path
from typing import Any

import yaml

from golong_data.errors import UserError, did_you_mean

_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""The same safe reading in C where PyYAML was built with it: a tenth of the time."""


def read_yaml(path: Path, *, what: str = "recipe") -> Any:
    """What a YAML file holds, None for an empty one; errors call the file a `what`."""
    try:
        loader = _Loader(path.read_text(encoding="utf-8"))
        try:
            return loader.get_single_data()
        finally:
            loader.dispose()
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


def strict(cls: type[Any], values: Mapping[str, Any], *, where: str) -> Any:
    """An instance of a dataclass from plain data: unknown keys and wrong kinds refused.

    Understands bool, int, float, str, X | None, Literal, tuple[X, ...], tuple[X, Y],
    Sequence[X], Mapping[str, X], re.Pattern (of a string) and dataclasses within. None stands
    for the default where that is None. A `__post_init__` that raises ValueError is reported as
    a UserError.
    """
    hints = typing.get_type_hints(cls)
    fields = {field.name: field for field in dataclasses.fields(cls)}
    for key in values:
        if key not in fields:
            raise UserError(
                f'unknown key "{key}".', where=where, remedy=did_you_mean(str(key), fields)
            )
    for key, field in fields.items():
        optional = field.default is not MISSING or field.default_factory is not MISSING
        if key not in values and not optional:
            raise UserError(
                f'the key "{key}" is missing.', where=where, remedy=f"Add a line: {key}: ..."
            )
    converted = {
        key: _convert(value, hints[key], f"{where}: {key}")
        for key, value in values.items()
        if value is not None or fields[key].default is not None
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
    if dataclasses.is_dataclass(hint) and isinstance(value, Mapping):
        return strict(typing.cast(type[Any], hint), value, where=where)
    if origin is tuple and isinstance(value, (list, tuple)):
        if len(args) == 2 and args[1] is Ellipsis:
            return tuple(_convert(item, args[0], where) for item in value)
        if len(value) == len(args):
            return tuple(_convert(v, a, where) for v, a in zip(value, args, strict=True))
    elif origin in (Sequence, collections.abc.Sequence) and isinstance(value, (list, tuple)):
        return tuple(_convert(item, args[0], where) for item in value)
    elif origin in (Mapping, collections.abc.Mapping, dict):
        if isinstance(value, Mapping):
            return {
                _convert(k, args[0], where): _convert(v, args[1], f"{where}: {k}")
                for k, v in value.items()
            }
    elif origin is re.Pattern and isinstance(value, str):
        try:
            return re.compile(value)
        except re.error as error:
            raise UserError(
                f"the pattern does not compile: {error}.", where=where, remedy="Mend it."
            ) from error
    elif hint is float and isinstance(value, (int, float)) and not isinstance(value, bool):
        return float(value)
    elif hint in (int, str, bool) and type(value) is hint:
        return value
    wanted = getattr(hint, "__name__", str(hint)) if origin is None else str(hint)
    raise UserError(
        f"{value!r} is not of the kind wanted.", where=where, remedy=f"Give a value of: {wanted}."
    )
