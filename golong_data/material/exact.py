"""Exact arithmetic for golds: fractions in, a decimal string out, no floats anywhere."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from statistics import median as _median

from golong_data.types import Column, MetricSpec, Refused


def mean(values: Sequence[Fraction]) -> Fraction:
    """Arithmetic mean. Raises Refused where there is nothing to average."""
    if not values:
        raise Refused("nothing to average")
    return sum(values, Fraction()) / len(values)


def median(values: Sequence[Fraction]) -> Fraction:
    """Middle value, or the mean of the two middle ones."""
    if not values:
        raise Refused("nothing to take the median of")
    return Fraction(_median(values))


def percent(part: Fraction, whole: Fraction) -> Fraction:
    """`part` as a percentage of `whole`. Raises Refused where whole is not positive."""
    if whole <= 0:
        raise Refused("base of a percentage is not positive")
    return part / whole * 100


def change(old: Fraction, new: Fraction) -> Fraction:
    """Percentage change from old to new, 100 (new - old) / old; old must be positive."""
    return percent(new - old, old)


def written(value: Fraction, decimals: int | None) -> str:
    """The gold string: rounded to `decimals` places, or exact where decimals is None.

    Raises Refused where two careful people could round differently: at a tie, or where
    rounding leaves nothing (0.00 for a value that is not zero).
    """
    if decimals is None:
        decimals = 0
        while (value * 10**decimals).denominator != 1:
            decimals += 1
            if decimals > 12:
                raise Refused("no exact decimal form")
    scaled = value * 10**decimals
    if scaled.denominator == 2:
        raise Refused("rounding tie")
    units = round(scaled)
    if units == 0 and value != 0:
        raise Refused("rounds to zero")
    sign, digits = "-" if units < 0 else "", str(abs(units)).rjust(decimals + 1, "0")
    return sign + (f"{digits[:-decimals]}.{digits[-decimals:]}" if decimals else digits)


def mean_decimals(value: Fraction) -> int:
    """Decimal places to ask of a mean: two, or three where it is small."""
    return 2 if abs(value) >= 10 else 3


def metric(decimals: int | None, unit: str) -> MetricSpec:
    """The math metric with a tolerance of half a unit in the last place asked for."""
    args: dict[str, str] = {"unit": unit} if unit else {}
    if decimals is not None:
        args["tolerance"] = f"{Decimal(5).scaleb(-decimals - 1):f}"
    return MetricSpec("math", args)


def answer_format(decimals: int | None, unit: str) -> str:
    """The sentence that says in which form the answer is wanted."""
    where = f" in {unit}" if unit and unit != "%" else " in percent" if unit == "%" else ""
    if decimals is None:
        return f"Give the exact value{where}."
    if decimals == 0:
        return f"Give the answer{where}{',' * bool(where)} rounded to a whole number."
    plural = "s" if decimals != 1 else ""
    return f"Give the answer{where}{',' * bool(where)} rounded to {decimals} decimal place{plural}."


_INTENSIVE = re.compile(
    r"%|/|\b(per|years?|rates?|ratio|index|age|density|share|average|mean|median|growth|"
    r"inflation|prices?|temp(erature)?|score|percent(age)?|proportion|pressure|speed|wind|"
    r"humidity|height|level|grade|open|close|high|low|min|max)\b"
)
_LABEL = re.compile(
    r"\b(id|ids|code|codes|year|rownames?|row|index|number|no|zip|postcode|phone|rank|"
    r"lat|lon|latitude|longitude|unnamed)\b|^$"
)


@lru_cache(maxsize=1 << 12)
def summable(column: Column) -> bool:
    """Whether adding up the column means something: amounts do, rates and ages do not."""
    return not _INTENSIVE.search(f"{column.name} {column.unit}".lower().replace("_", " "))


@lru_cache(maxsize=1 << 12)
def measures(column: Column) -> bool:
    """Whether the column holds a measurement, not an identifier or a year."""
    return column.numeric and not _LABEL.search(column.name.lower().replace("_", " "))


def number(value: Fraction, decimals: int) -> str:
    """A value of at most so many decimals as people write it, with thousands commas."""
    units = int(value * 10**decimals)
    sign, digits = "-" if units < 0 else "", str(abs(units)).rjust(decimals + 1, "0")
    whole = f"{int(digits[: len(digits) - decimals]):,}"
    return f"{sign}{whole}.{digits[-decimals:]}" if decimals else sign + whole


def depends_on_each(values: Sequence[str | None], gold: str) -> None:
    """Refuses a draw whose gold survives the loss of one piece of its evidence.

    `values` holds the gold that each loss would leave (None where it leaves none).
    """
    if any(value == gold for value in values):
        raise Refused("one piece of evidence does not matter")
