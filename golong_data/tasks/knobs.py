"""Knobs of a task: a level's preset with what a config sets in its place, and their bounds."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import fields, replace
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

    Preset = TypeVar("Preset", bound=DataclassInstance)


def turned(preset: Preset, config: object) -> Preset:
    """The preset, with every knob that the config does not leave at None as set there."""
    own = {knob.name: getattr(config, knob.name) for knob in fields(preset)}
    return replace(preset, **{name: value for name, value in own.items() if value is not None})


def check(
    config: object,
    *,
    shares: Collection[str],
    pairs: Mapping[str, tuple[int, int]],
    numbers: Mapping[str, tuple[int, int]],
) -> None:
    """Raises ValueError for a knob of a config, not None, that is out of bounds.

    Shares lie between 0 and 1; pairs are [fewest, most] and numbers single ones, each with
    the least and the most that may be asked for.
    """
    for name in shares:
        share = getattr(config, name)
        if share is not None and not 0 <= share <= 1:
            raise ValueError(f"{name} is a share between 0 and 1")
    for name, (least, most) in pairs.items():
        pair = getattr(config, name)
        if pair is not None and not least <= pair[0] <= pair[1] <= most:
            raise ValueError(
                f"{name} must be [fewest, most] with fewest at least {least} "
                f"and most at most {most}"
            )
    for name, (least, most) in numbers.items():
        number = getattr(config, name)
        if number is not None and not least <= number <= most:
            raise ValueError(f"{name} must be between {least} and {most}")
