r"""Reads a number with its unit exactly, out of the text of an answer.

`read_number` takes a text that is one number and nothing else (with or without a currency
sign, scale words and a unit) and gives its parts as exact fractions; a text that is
anything else gives None. Units and scale words are those of `units`.

What is read: 1,234.5 and 1 234.5 (thin spaces too) and 1{,}234; 3/4, ½, 1 1/2,
\frac{3}{4}, \frac34; 1.5e6, 1.5 x 10^6, 1.5 \times 10^{6}, 10⁶; -5, −5, "minus 5", -$5;
1亿2000万 and "1 million 200 thousand"; LaTeX dressing (\text, \left, $...$, \$, \%); "about",
"approximately", ≈, 共 in front, which say nothing against the value. What is not: a decimal
comma, number words, ranges, bounds ("over 5", "5+"), lists, ordinals, sums, products but by a
power of ten. (5) is five: round brackets are no minus sign.

Patterns run on at most `MAX_CHARS` characters and exponents are at most `MAX_EXPONENT`, so
that no input is expensive.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from fractions import Fraction

from golong_data.metrics.plain import MAX_CHARS, undress
from golong_data.metrics.units import (
    MONEY_WORDS,
    RATIOS,
    SCALES,
    Unit,
    ending,
    money_name,
    same_unit,
    tails_agree,
    unit_head,
)

MAX_EXPONENT = 400


@dataclass(frozen=True, slots=True)
class Number:
    """A number as written; its magnitude is `value` times `scale`, in `unit`."""

    value: Fraction
    scale: int | None = None
    """What the scale words multiply to; None where there are none."""
    currency: str = ""
    """Canonical name of the currency sign in front of the number."""
    unit: str = ""
    """Canonical name of the unit behind it."""
    fraction: bool = field(default=False, compare=False)
    """Whether it is written a/b, a division that is still to do; 1 1/2 is not."""


_MONEY = (
    r"(?:u\.s\.[ ]?\$|[a-z]{0,2}\$|[€£₹]|(?:cn|jp)?¥"
    rf"|(?:usd|eur|gbp|jpy|cny|rmb|inr|aud|cad|chf)(?![a-z])|rs\.?(?![a-z])|{'|'.join(MONEY_WORDS)})"
)
_AHEAD = "thousand|million|mn|billion|bn|trillion"
_INTEGER = r"(?:\d{1,3}(?:,\d{3})+(?!\d)|\d{1,3}(?:[ ]\d{3})+(?!\d)|\d+)"
_DECIMAL = rf"(?:{_INTEGER}(?:\.\d*)?|\.\d+)"
_NUMBER = re.compile(
    rf"""(?:(?:[~≈=]|about\b|approximately\b|approx\b\.?|around\b|roughly\b|circa\b|ca\.
            |exactly\b|大?约|大概|[总一]?共有?|[共合总]计|总和)[ ]*)*
    (?P<sign>[+-]|minus[ ]|negative[ ]|负)?[ ]*
    (?P<percent>百分之)?
    (?:(?P<money>{_MONEY})[ ]*(?:(?P<ahead>{_AHEAD})[ ]+)?(?P<sign2>[+-])?)?[ ]*
    (?: (?:(?P<whole>\d+)[ ]+)? (?P<top>{_INTEGER})[ ]*/[ ]*(?P<bottom>{_INTEGER})
      | (?:(?P<factor>{_DECIMAL})[ ]*[×x*·⋅][ ]*)?
        10[ ]?(?:\^|\*\*)[ ]?\(?(?P<power>[+-]?\d{{1,4}})(?!\d)\)?
      | (?P<digits>{_DECIMAL})(?:e(?P<e>[+-]?\d{{1,4}})(?!\d))?
    )
    (?P<suffix>.*)""",
    re.VERBOSE | re.IGNORECASE | re.ASCII,
)
_PLAIN = re.compile(r"[+-]?\d+(?:\.\d+)?", re.ASCII)

# "1亿2000万", "1 million 200 thousand": parts of falling scale, the last with or without one.
_STEPS = "[十百千]?万?[亿億]|[十百千]?[万萬]|千|百|trillion|billion|million|thousand"
_PART = r"\d{1,15}(?:\.\d{1,15})?[ ]?"
_STEP = re.compile(rf"({_PART})({_STEPS})?", re.ASCII)
_COMPOUND = re.compile(
    rf"(?:{_PART}(?:{_STEPS})零?[ ]?){{1,4}}\d{{1,15}}(?![\d.,])(?:[ ]?(?:{_STEPS}))?", re.ASCII
)
_SCALED = re.compile(rf"\d[ ]?(?:{_STEPS})零?[ ]?\d")


def read_number(text: str, asked: str = "") -> Number | None:
    """The number that `text` is, or None. `asked`: canonical name of the unit asked for.

    >>> read_number("US$ 1.2 billion")
    Number(value=Fraction(6, 5), scale=1000000000, currency='usd', unit='', fraction=False)
    """
    if len(text) > MAX_CHARS:
        return None
    text = text.strip()
    if _PLAIN.fullmatch(text):
        return Number(_decimal(text))
    plain = undress(text)
    summed = None
    if _SCALED.search(plain):
        plain, summed = _without_steps(plain)
    match = _NUMBER.fullmatch(plain)
    if match is None:
        return None
    value = _value(match)
    money = money_name(match["money"]) if match["money"] else ""
    end = ending(match["suffix"], bool(money), asked)
    if value is None or end is None or (match["percent"] and end != (None, "")):
        return None
    scale, unit = end
    scales = [SCALES[match["ahead"].lower()]] if match["ahead"] else []
    scales += [each for each in (summed, scale) if each]
    if len(scales) > 1:
        return None  # "1亿2000万 thousand", "US$ million 5 million"
    fraction = match["top"] is not None and not int(match["whole"] or 0)
    return Number(
        value, scales[0] if scales else None, money, "%" if match["percent"] else unit, fraction
    )


def values_in(number: Number, asked: Unit, ratio: bool) -> tuple[Fraction, ...]:
    """What `number` may mean, counted in the unit asked for; empty where units contradict.

    `ratio` says that a pure number is wanted, whose gold is a percentage.
    """
    full = number.value * (number.scale or 1) / asked.scale
    stated_ratio = RATIOS.get(unit_head(number.unit))
    asked_ratio = RATIOS.get(unit_head(asked.name))
    if number.currency:
        money = asked.name.split(" ")[0]
        if ratio or stated_ratio or (money and not same_unit(money, number.currency)):
            return ()
    if stated_ratio:
        if asked.name and not (asked_ratio and tails_agree(asked.name, number.unit)):
            return ()
        return (full * stated_ratio / (asked_ratio or 1),)
    if number.unit:
        agrees = not asked.name or same_unit(asked.name, number.unit)
        return (full,) if agrees and not ratio else ()
    if number.scale is not None:
        return (full,)
    if number.currency:
        return (number.value, full)
    return (number.value,)


def _decimal(digits: str) -> Fraction:
    whole, _, part = digits.replace(",", "").replace(" ", "").partition(".")
    return Fraction(int(whole + part), 10 ** len(part)) if part else Fraction(int(whole))


def _value(match: re.Match[str]) -> Fraction | None:
    if match["top"]:
        bottom = _decimal(match["bottom"])
        if not bottom:
            return None
        value = _decimal(match["top"]) / bottom
        if match["whole"]:
            if value >= 1:
                return None  # "3 5/4" is no mixed number
            value += int(match["whole"])
    else:
        value = _decimal(match["digits"] or match["factor"] or "1")
        exponent = int(match["e"] or match["power"] or 0)
        if abs(exponent) > MAX_EXPONENT:
            return None
        value *= Fraction(10) ** exponent
    negative = (match["sign"] or "+") != "+"
    return -value if negative != (match["sign2"] == "-") else value


def _without_steps(text: str) -> tuple[str, int | None]:
    """`text` with a number of several scales written out, and 1 where there was one.

    Each part must be less than the scale before it leaves room for, so that "3万5" (35,000 as
    it is spoken) and "1万20000" are none.
    """
    match = _COMPOUND.search(text)
    if match is None:
        return text, None
    total, room = Fraction(0), None
    for digits, step in _STEP.findall(match.group()):
        scale = SCALES.get(step, 1)
        part = _decimal(digits) * scale
        if room is not None and (part >= room or scale >= room):
            return text, None
        if not step and len(digits.strip()) < len(str(room)) - 1 and "零" not in match.group():
            return text, None
        total, room = total + part, scale
    if total.denominator != 1:
        return text, None
    return f"{text[: match.start()]}{total}{text[match.end() :]}", 1
