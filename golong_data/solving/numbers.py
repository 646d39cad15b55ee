"""Numbers read back out of a prompt, exactly, and written as an answer."""

from __future__ import annotations

import re
from fractions import Fraction

_NUMBER = re.compile(r"[-−]?\d+(?:,\d{3})*(?:\.\d+)?")


def number(text: str) -> Fraction | None:
    """The exact value of a cell that is a plain number, thousands commas allowed."""
    cleaned = text.strip().replace("−", "-")
    if not _NUMBER.fullmatch(cleaned):
        return None
    return Fraction(cleaned.replace(",", ""))


def quantity(text: str) -> Fraction | None:
    """The first number in a phrase such as "$1.2 billion (2023 est.)", its scale applied."""
    found = re.search(rf"({_NUMBER.pattern})(?: (thousand|million|billion|trillion)\b)?", text)
    if not found:
        return None
    value = number(found[1])
    power = {"thousand": 3, "million": 6, "billion": 9, "trillion": 12}.get(found[2] or "", 0)
    return None if value is None else value * 10**power


def written(value: Fraction, decimals: int | None) -> str:
    """A value as an answer: rounded to `decimals` places, or exact where that is None.

    Long division on integers, half away from zero.
    """
    if decimals is None:
        decimals = 0
        while (value * 10**decimals).denominator != 1 and decimals < 30:
            decimals += 1
    scaled = value * 10**decimals
    sign = "-" if scaled < 0 else ""
    units = (2 * abs(scaled.numerator) + scaled.denominator) // (2 * scaled.denominator)
    digits = str(units).rjust(decimals + 1, "0")
    if units == 0:
        sign = ""
    return sign + (f"{digits[:-decimals]}.{digits[-decimals:]}" if decimals else digits)
