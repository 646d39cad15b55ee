"""Numbers that made-up things go by: so many that none comes twice, and numbers like them."""

from __future__ import annotations

import random


def serial(rng: random.Random) -> int:
    """A number of six digits."""
    return rng.randrange(100_000, 1_000_000)


def one_digit_off(number: int, rng: random.Random) -> int:
    """Another number of as many digits, one of which is different."""
    digits = list(str(number))
    at = rng.randrange(len(digits))
    digits[at] = rng.choice([digit for digit in "123456789" if digit != digits[at]])
    return int("".join(digits))
