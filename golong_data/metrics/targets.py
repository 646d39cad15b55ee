"""What an answer is held against: a gold with its form and unit, read once, and numbers so read.

How much of an answer is a number depends on the unit asked for (where "K" is asked for, 300K is
kelvin) and on the form, never on the value of the gold.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache

from golong_data.metrics.answer import last_boxed
from golong_data.metrics.expressions import (
    MAX_EXPRESSION,
    in_unit,
    is_prose,
    is_unevaluated,
    lists,
    sides,
    split_unit,
    ungrouped,
)
from golong_data.metrics.forms import EXPRESSION, NUMBER
from golong_data.metrics.numbers import Number, read_number, values_in
from golong_data.metrics.units import RATIOS, Unit, read_unit, unit_head

_MAX_SIDES = 8
"""Members of a chain of equations that are looked at, from its end."""


@dataclass(frozen=True, slots=True)
class Target:
    """A gold with its form and unit, read once."""

    text: str
    form: str
    value: Fraction | None
    """In the unit asked for; None where the gold is no plain number."""
    expression: str | None
    """LaTeX for math-verify; None where the gold cannot be read at all."""
    asked: Unit
    unit: str = ""
    """The unit asked for, word for word."""
    ratio: bool = False
    """The gold was a percentage and no unit was asked for, so it is a pure number."""
    fraction: bool = False
    """Whether an answer may be a fraction: the gold is written as one."""


@lru_cache(maxsize=1024)
def target_of(gold: str, unit: str, form: str) -> Target:
    """The target of a gold; without a form, of that of its looks."""
    text, unit = (last_boxed(gold) or gold).strip(), unit.strip()
    asked = read_unit(unit) if unit else Unit()
    number = read_number(text, asked.name)
    form = form or (EXPRESSION if number is None else NUMBER)
    if number is None:
        if len(text) > MAX_EXPRESSION:
            return Target(text, form, None, None, asked, unit)
        bare, stated = split_unit(text)
        if stated and not unit and stated.name not in RATIOS:
            asked = stated
        if not lists(bare):
            bare = ungrouped(bare)
        expression = in_unit(bare, stated, asked, False)
        readable = bare and not is_prose(bare)
        return Target(text, form, None, expression if readable else None, asked, unit)
    ratio = not unit and unit_head(number.unit) in RATIOS
    if not unit and not ratio:
        asked = Unit(1, number.unit or number.currency)
    values = values_in(number, asked, False)
    if not values:
        return Target(text, form, None, None, asked, unit)
    value = values[0]
    expression = rf"\frac{{{value.numerator}}}{{{value.denominator}}}"
    fraction = number.fraction or form == EXPRESSION
    return Target(text, form, value, expression, asked, unit, ratio, fraction)


def read_against(option: str, target: Target) -> Number | None:
    """The number that an option is, as a whole or as a member of a chain "a = b ≈ c"."""
    number = _read_in_unit(option, target)
    if number is not None or ("=" not in option and "≈" not in option and "\\approx" not in option):
        return number
    if lists(option):
        return None
    # "84/2 = 42" is 42, and so is "42 = 84/2": what is to be worked out gives way.
    for side in reversed(sides(option)[-_MAX_SIDES:]):
        found = _read_in_unit(side, target)
        if found is not None and (target.fraction or not found.fraction):
            return found
        number = number or found
        if target.form != NUMBER or not is_unevaluated(side) or is_prose(side):
            break
    return number


def _read_in_unit(text: str, target: Target) -> Number | None:
    """`read_number`, for which the very unit asked for stands for itself, whatever it holds."""
    number = read_number(text, target.asked.name)
    unit = target.unit
    if not unit or (number and values_in(number, target.asked, target.ratio)):
        return number
    text = text.strip().rstrip(".。")
    rest = ""
    if text[-len(unit) :].casefold() == unit.casefold():
        rest = text[: -len(unit)]
    elif text[: len(unit)].casefold() == unit.casefold():
        rest = text[len(unit) :]
    bare = read_number(rest) if rest else None
    return bare if bare is not None and bare == Number(bare.value) else number


def with_noun(readings: Iterable[str], target: Target) -> Number | None:
    """The number of the longest reading whose noun may be the unit; without one, any noun is."""
    contradicting = None
    for reading in readings:
        number = read_number(reading, target.asked.name)
        if number is None or (target.asked.name and not number.unit):
            continue
        if values_in(number, target.asked, target.ratio):
            return number
        contradicting = contradicting or number
    return contradicting
