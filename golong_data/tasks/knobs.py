"""Knobs: what makes a question hard, each declared once with its levels, bounds and meaning.

    @dataclass(frozen=True, slots=True)
    class MyConfig(Config):
        generators: Mapping[str, float] = weights("first", "second")
        depth: int = knob(1, 2, 3, within=(1, 6))
        "Steps that a change is followed."

The level presets every knob that a recipe does not set itself. Once made, a config holds the
value of each knob; what it was declared with is read off the class, for messages and pages.
"""

from __future__ import annotations

import ast
import inspect
import textwrap
from collections.abc import Mapping
from dataclasses import Field, dataclass, field, fields
from typing import Any, Literal

from golong_data.languages import languages

Level = Literal["easy", "medium", "hard"]
LEVELS: tuple[Level, ...] = ("easy", "medium", "hard")

SHARE = (0.0, 1.0)
"""Bounds of a knob that is a share."""


def knob(easy: Any, medium: Any, hard: Any, *, within: tuple[float, float] | None = None) -> Any:
    """A field that a level presets. `within` bounds a number, or both ends of a pair."""
    levels = dict(zip(LEVELS, (easy, medium, hard), strict=True))
    return field(default=None, metadata={"levels": levels, "within": within})


def setting(default: Any, *, within: tuple[float, float] | None = None) -> Any:
    """A field with the same default at every level, and its bounds."""
    return field(default=default, metadata={"within": within})


def weights(*equal: str, **others: float) -> Any:
    """The field of a config's generators: those named weigh 1, others as said."""
    default = {**dict.fromkeys(equal, 1.0), **others}
    return field(default_factory=lambda: dict(default), metadata={"known": tuple(default)})


@dataclass(frozen=True, slots=True)
class Config:
    """What the arguments of every task have in common."""

    generators: Mapping[str, float] = field(default_factory=dict)
    """Weight of each generator."""
    level: Level = "medium"
    """Preset for every knob that is not set by itself."""
    language: str = "en"
    """Of the questions and of what is planted; the corpus should be in it."""
    thinking: bool = True
    """Whether the prompt asks to think before the answer."""

    def __post_init__(self) -> None:
        if self.language not in languages():
            known = ", ".join(languages())
            raise ValueError(f'there is no language "{self.language}" (known: {known})')
        for part in fields(self):
            levels = part.metadata.get("levels")
            if levels and getattr(self, part.name) is None:
                object.__setattr__(self, part.name, levels[self.level])
            _check(part, getattr(self, part.name))


def _check(part: Field[Any], value: Any) -> None:
    """Raises ValueError for a value that its field's declaration does not allow."""
    known = part.metadata.get("known")
    if known is not None:
        check_weights(value, known)
    within = part.metadata.get("within")
    if within is None:
        return
    least, most = within
    if within == SHARE:
        if not least <= value <= most:
            raise ValueError(f"{part.name} is a share between 0 and 1")
    elif isinstance(value, tuple):
        if not least <= value[0] <= value[1] <= most:
            raise ValueError(
                f"{part.name} must be [fewest, most] with fewest at least {least} "
                f"and most at most {most}"
            )
    elif not least <= value <= most:
        raise ValueError(f"{part.name} must be between {least} and {most}")


def check_weights(found: Mapping[str, float], known: tuple[str, ...]) -> None:
    """Raises ValueError for weights of generators that do not exist, or that choose none."""
    unknown = sorted(set(found) - set(known))
    if unknown:
        raise ValueError(f"unknown generator {unknown[0]!r} (known: {', '.join(known)})")
    if not any(found.values()) or any(weight < 0 for weight in found.values()):
        raise ValueError("generator weights must not be negative, and one must be above 0")


# --- knobs as their pages show them ---------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Described:
    """One field of a config as it was declared."""

    name: str
    about: str
    """Its docstring on one line."""
    values: tuple[Any, ...]
    """At easy, medium and hard; a single one where the level says nothing."""
    within: tuple[float, float] | None


def described(config: type[Any]) -> tuple[Described, ...]:
    """The fields of a config in order, with what their docstrings say."""
    about: dict[str, str] = {}
    for cls in reversed(config.__mro__[:-1]):
        about |= _docstrings(cls)
    made = config()
    found = []
    for part in fields(config):
        levels = part.metadata.get("levels")
        values = tuple(levels.values()) if levels else (getattr(made, part.name),)
        found.append(
            Described(part.name, about.get(part.name, ""), values, part.metadata.get("within"))
        )
    return tuple(found)


def _docstrings(cls: type[Any]) -> dict[str, str]:
    """Field -> the string that stands below it in the source of its class."""
    tree = ast.parse(textwrap.dedent(inspect.getsource(cls))).body[0]
    assert isinstance(tree, ast.ClassDef)
    return {
        part.target.id: " ".join(below.value.value.split())
        for part, below in zip(tree.body, tree.body[1:], strict=False)
        if isinstance(part, ast.AnnAssign)
        and isinstance(part.target, ast.Name)
        and isinstance(below, ast.Expr)
        and isinstance(below.value, ast.Constant)
        and isinstance(below.value.value, str)
    }
