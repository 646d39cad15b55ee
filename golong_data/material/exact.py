"""Exact arithmetic for golds: fractions in, a decimal string out, no floats anywhere."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from statistics import median as _median

from golong_data.types import Refused


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
        decimals = least_decimals(value)
    scaled = value * 10**decimals
    if scaled.denominator == 2:
        raise Refused("rounding tie")
    units = round(scaled)
    if units == 0 and value != 0:
        raise Refused("rounds to zero")
    return pointed(units, decimals)


def pointed(units: int, decimals: int) -> str:
    """So many units of 10^-decimals as a plain number.

    >>> pointed(-5, 2)
    '-0.05'
    """
    sign, digits = "-" if units < 0 else "", str(abs(units)).rjust(decimals + 1, "0")
    return sign + (f"{digits[:-decimals]}.{digits[-decimals:]}" if decimals else digits)


def least_decimals(value: Fraction, most: int = 12) -> int:
    """How few decimals write a value exactly. Raises Refused where `most` do not."""
    for decimals in range(most + 1):
        if (value * 10**decimals).denominator == 1:
            return decimals
    raise Refused("no exact decimal form")


def mean_decimals(value: Fraction) -> int:
    """Decimal places to ask of a mean: two, or three where it is small."""
    return 2 if abs(value) >= 10 else 3


def number(value: Fraction, decimals: int) -> str:
    """A value of at most so many decimals as people write it, with thousands commas."""
    return with_commas(pointed(int(value * 10**decimals), decimals))


def with_commas(plain: str) -> str:
    """A plain number with thousands commas."""
    whole, point, rest = plain.partition(".")
    sign = "-" if whole.startswith("-") else ""
    return f"{sign}{abs(int(whole)):,}{point}{rest}"


def depends_on_each(values: Sequence[str | None], gold: str) -> None:
    """Refuses a draw whose gold survives the loss of one piece of its evidence.

    `values` holds the gold that each loss would leave (None where it leaves none).
    """
    if any(value == gold for value in values):
        raise Refused("one piece of evidence does not matter")


def round_between(low: Fraction, high: Fraction, decimals: int) -> tuple[Fraction, int]:
    """The roundest number strictly between two values, and its decimals.

    "Roundest" is the coarsest power of ten with a multiple in between. Raises Refused
    where even one more decimal than the values have does not separate them.
    """
    for power in range(9, -decimals - 2, -1):
        unit = Fraction(10) ** power
        multiple = (low // unit + 1) * unit
        if low < multiple < high:
            return multiple, max(0, -power)
    raise Refused("values too close to separate")
