r"""Whether an expression is too large to be worth a computer algebra system's time.

A model can write ``9^{9^{9^9}}`` or ``99999999!`` in a few characters. No gold is such a number,
so the answer is wrong whatever its value. The sizes of powers, factorials and binomials of
plain integers are bounded here from the innermost outwards, and none beyond 64 bits is ever
computed. What hides its size better runs into the time limit.
"""

from __future__ import annotations

import re
from math import factorial

MAX_BITS = 1_000_000
"""Bits of a power of integers that is still handed on."""
MAX_FACTORIAL = 5_000
_STEPS = 64
"""Powers within powers that are followed."""
_HUGE = "\0"
_LARGE = "9" * 20
"""Stands for a number that may be written but is no exponent nor under another "!"."""

_E_NOTATION = re.compile(r"\d[eE][+-]?\d{5}")
_BINOMIAL = re.compile(r"\\[dt]?binom\s{0,3}\{?\s{0,3}\d{5}")
_WRAPPED = re.compile(r"[({]\s{0,3}(\d{1,999})\s{0,3}[)}](?=\s{0,3}(?:[!^)}]|\*\*|$))")
_FACTORIAL = re.compile(r"(?<![\d.])(\d{1,999})\s{0,3}!(?!=)")
# The last power of a tower: right of it stands no further exponent.
_POWER = re.compile(
    r"(?<![\d.])(\d{1,999})\s{0,3}(?:\^|\*\*)\s{0,3}"
    r"(?:\{\s{0,3}(-?\d{1,999})\s{0,3}\}|\(\s{0,3}(-?\d{1,999})\s{0,3}\)|(-?\d{1,999}))"
    r"(?!\s{0,3}(?:[\^!\d]|\*\*))"
)
_OF_MORE = re.compile(r"(?:[)}A-Za-z]|\.\d{1,99})\s{0,3}(?:\^|\*\*)\s{0,3}[{(]?\s{0,3}-?\d{5}")


def too_large(text: str) -> bool:
    r"""Whether `text` holds a power, factorial or binomial beyond the bounds.

    >>> too_large("9^{9^{9^9}}"), too_large("(9!)!"), too_large(r"2^{10} + \frac{5!}{2}")
    (True, True, False)
    """
    if _E_NOTATION.search(text) or _BINOMIAL.search(text):
        return True
    if "^" not in text and "!" not in text and "**" not in text:
        return False
    for _ in range(_STEPS):
        smaller = _FACTORIAL.sub(_factorial, _WRAPPED.sub(r"\1", text))
        smaller = _POWER.sub(_power, smaller)
        if _HUGE in smaller or _OF_MORE.search(smaller):
            return True
        if smaller == text:
            return False
        text = smaller
    return True


def _factorial(match: re.Match[str]) -> str:
    n = int(match[1])
    if n > MAX_FACTORIAL:
        return _HUGE
    return str(factorial(n)) if n <= 12 else _LARGE


def _power(match: re.Match[str]) -> str:
    base, exponent = int(match[1]), int(match[2] or match[3] or match[4])
    if base < 2 or exponent == 0:
        return "1"
    bits = base.bit_length() * abs(exponent)
    if bits > MAX_BITS:
        return _HUGE
    if bits > 64:
        return _LARGE
    return str(base**exponent) if exponent > 0 else "1"
