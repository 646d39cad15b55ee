r"""Whether an answer is the gold, as numbers with units or as mathematical expressions.

Nearly all answers are plain numbers. Those are read exactly and compared as fractions in
this process, within microseconds. Whatever does not read as a number (\sqrt{2}, intervals,
sets, polynomials) goes to math-verify in a helper process that is killed when it is late
(see `math_worker`), so that a check gives the same verdict on every thread and ends. A check
that could not be made says so: status "unverified", score 0.

Policies.

- The answer is taken out as `answer.final_answer` describes: thinking never counts, the last
  complete \boxed{...} wins, and text after it does not matter. Of an equation the right side
  is the answer ("x = 42"); of "a ≈ b" it is b where the gold is a number, else a.
- One value: "41 or 42", \boxed{41, 42}, a grid of numbers, "±42" are wrong for a gold that
  is one value. Without a box the answer is the first line; another line up to the first
  blank one that is itself a number makes it several.
- Values are compared exactly, 42 = 42.0 = 84/2 but 0.333 is not 1/3, unless `tolerance`
  (absolute, in the unit asked for) or `rel_tolerance` (times the gold's size) is given. Both
  are inclusive; where both are given, one is enough.
- `unit` says in which unit the question asked. An answer may leave it out, or leave out what
  follows "of" or "per capita", and is then in that unit; what it does state is taken at its
  word, and a unit that is not the one asked for is wrong. With unit "million US$" and gold
  "1200", these are right: 1200; 1,200 million US$; $1.2 billion; US$1,200,000,000. These are
  wrong: 1200000000; 1.2; 1,200 dollars; €1,200 million.
- A bare currency sign in front ("$1,200") says which money, not how much of it: people
  write it while the question fixes the scale. So it is right both for the number asked for
  and for the full amount; the spelled-out unit ("1,200 dollars", "1,200 tonnes") is literal.
- With unit "%" and gold "12.5": 12.5, 12.5% and 12.5 percent are right, 0.125 is wrong. With
  no unit and gold "12.5%": 12.5%, 0.125 and 1/8 are right, 12.5 is wrong. Percentage points
  are not per cent.
- With no unit and a gold that states one ("1.2 million US$"), that unit without its scale
  is the one asked for: 1200000 and $1.2 million are right, 1.2 is wrong. Where neither states
  a unit, a unit or noun in the answer is passed over: "42 countries" is 42.
- A symbolic answer has to be of the gold's kind: (1, 2), [1, 2] and {1, 2} are three things.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from typing import Literal

from golong_data.errors import UserError
from golong_data.metrics.answer import final_answer, last_boxed
from golong_data.metrics.numbers import (
    RATIOS,
    Number,
    Unit,
    read_number,
    read_unit,
    same_unit,
    unit_head,
)
from golong_data.metrics.scalar import scalar_readings

Status = Literal["correct", "wrong", "unverified"]

MAX_EXPRESSION = 1000
"""Characters of an expression that is still handed to math-verify."""
MAX_TIMEOUT = 3600.0


@dataclass(frozen=True, slots=True)
class Verdict:
    """What became of one check."""

    score: float
    """1.0 where the status is "correct", else 0.0."""
    status: Status
    reason: str
    """correct: "exact", "tolerance", "identical", "symbolic". wrong: "no answer",
    "several answers", "unreadable", "unit", "value". unverified: "gold" (it cannot be read),
    "too long", "timeout", "crash", "start" (no helper could be started), "error"."""
    answer: str | None
    """What was taken for the answer."""


@dataclass(frozen=True, slots=True)
class _Target:
    """A gold with its unit, read once."""

    text: str
    value: Fraction | None
    """In the unit asked for; None where the gold is no plain number."""
    expression: str | None
    """LaTeX for math-verify; None where the gold cannot be read at all."""
    asked: Unit
    ratio: bool
    """The gold was a percentage and no unit was asked for, so it is a pure number."""


@dataclass(frozen=True, slots=True)
class _Limits:
    """Tolerances, 0 where none is given: an exact match passes both."""

    tolerance: Fraction
    rel_tolerance: Fraction


def math(
    text: str,
    gold: str | Sequence[str],
    *,
    tolerance: str | float | None = None,
    rel_tolerance: str | float | None = None,
    unit: str = "",
    timeout: float = 2.0,
) -> float:
    """The score of `verify`; a gold of several values cannot be verified and scores 0."""
    if not isinstance(gold, str):
        if len(gold) != 1:
            return 0.0
        gold = gold[0]
    return verify(
        text, gold, tolerance=tolerance, rel_tolerance=rel_tolerance, unit=unit, timeout=timeout
    ).score


def verify(
    text: str,
    gold: str,
    *,
    tolerance: str | float | None = None,
    rel_tolerance: str | float | None = None,
    unit: str = "",
    timeout: float = 2.0,
) -> Verdict:
    r"""Checks the answer of a completion; never raises on account of `text` or `gold`.

    `timeout` bounds, in seconds, the work of the helper process on this check. Raises
    UserError where a tolerance is no number from 0 up, or the timeout not above 0.

    >>> verify(r"so \boxed{$1.2 billion}", "1200", unit="million US$").reason
    'exact'
    """
    limits = _Limits(_limit(tolerance, "tolerance"), _limit(rel_tolerance, "rel_tolerance"))
    if not 0 < timeout <= MAX_TIMEOUT:
        raise UserError(
            f"the timeout is {timeout}",
            where="timeout",
            remedy=f"Give seconds above 0 and up to {MAX_TIMEOUT:.0f}.",
        )
    found = final_answer(text)
    if found is None:
        return _wrong("no answer", None)
    target = _target(gold, unit)
    options = scalar_readings(found, _is_number)
    if options is None:
        return _wrong("several answers", found.text)
    if target.value is not None:
        verdict = _check_number(options, target, target.value, limits)
        if verdict is not None:
            return verdict
    return _check_expression(options, target, limits, timeout)


def _check_number(
    options: list[str], target: _Target, gold: Fraction, limits: _Limits
) -> Verdict | None:
    """The verdict where one of `options` reads as a number, else None."""
    for option in options:
        number = read_number(option, target.asked.name)
        if number is None and not _lists(option):
            number = read_number(_side(option, numeric=True), target.asked.name)
        if number is None:
            continue
        values = _in_unit(number, target.asked, target.ratio)
        if not values:
            return _wrong("unit", option)
        gap = min(abs(value - gold) for value in values)
        if not gap:
            return Verdict(1.0, "correct", "exact", option)
        within = gap <= limits.tolerance or gap <= limits.rel_tolerance * abs(gold)
        return Verdict(1.0, "correct", "tolerance", option) if within else _wrong("value", option)
    return None


def _check_expression(
    options: list[str], target: _Target, limits: _Limits, timeout: float
) -> Verdict:
    """The verdict by comparing expressions, in the helper process where it takes that."""
    if target.value is None and any(_squash(x) == _squash(target.text) for x in options):
        return Verdict(1.0, "correct", "identical", target.text)
    option = options[-1] if options else ""
    if target.expression is None:
        return Verdict(0.0, "unverified", "gold", option)
    if len(option) > MAX_EXPRESSION:
        return Verdict(0.0, "unverified", "too long", option)
    bare, stated = _split_unit(option)
    if not bare or _PROSE.search(bare):
        return _wrong("unreadable", option)
    if not _same_kind(bare, target.expression):
        return _wrong("several answers", option)
    if "=" not in target.expression:
        bare = _side(bare, numeric=target.value is not None)
    if not _lists(bare):
        bare = _GROUPING.sub("", bare)
    expression = _expression_in_unit(bare, stated, target.asked, target.ratio)
    if expression is None:
        return _wrong("unit", option)
    question = {
        "gold": target.expression,
        "answer": expression,
        "tolerance": str(limits.tolerance),
        "rel_tolerance": str(limits.rel_tolerance),
    }
    # Only here: most processes never need the helper, nor the modules it takes to run one.
    from golong_data.metrics.math_worker import helper

    status = helper.ask(question, timeout)["status"]
    if status == "equal":
        return Verdict(1.0, "correct", "symbolic", option)
    if status in ("different", "unreadable"):
        return _wrong("value" if status == "different" else status, option)
    return Verdict(0.0, "unverified", str(status), option)


# Whether an answer is one value.

_APPROX = re.compile(r"≈|\\approx(?![A-Za-z])")
_EQUAL = re.compile(r"(?<![<>!:\\])=")
_GROUPING = re.compile(r"(?<=\d)(?:,|\{,\}|,\\!)(?=\d{3}(?!\d))")
_LISTING = re.compile(
    r"[,;、，；<>≤≥±]|\\\{|(?<![A-Za-z\\])(?:or|and)(?![A-Za-z])|或|和"
    r"|\\(?:pm|mp|cup|in|l?or|vee|le|ge|leq|geq|lt|gt|neq?)(?![A-Za-z])"
)
_KNOWN = "sqrt|sinh|cosh|tanh|arcsin|arccos|arctan|[bpvV]?matrix|cases|array"
# Words and ideographs, and numbers to a base, which math-verify would read as decimal.
_PROSE = re.compile(
    rf"(?<![A-Za-z\\])(?!(?:{_KNOWN})(?![A-Za-z]))[A-Za-z]{{4,}}|[\u4e00-\u9fff]|\d[}})]?\s*_"
)


def _is_number(text: str) -> bool:
    return read_number(text) is not None


def _side(text: str, *, numeric: bool) -> str:
    """The member of a chain "a = b ≈ c" that is the answer; `text` where it is no chain."""
    rounded = [side for side in _APPROX.split(text) if side.strip()] or [text]
    return _EQUAL.split(rounded[-1 if numeric else 0])[-1].strip()


def _lists(text: str) -> bool:
    """Whether `text` holds several values, or a set, a range or a relation."""
    return _LISTING.search(_GROUPING.sub("", text)) is not None


def _same_kind(answer: str, gold: str) -> bool:
    """Whether `answer` may be compared: one value for one value, brackets for brackets."""
    if not _lists(gold):
        return not _lists(answer)
    return "," not in gold or _in_brackets(answer) == _in_brackets(gold)


def _in_brackets(text: str) -> bool:
    text = _squash(text)
    return text[:1] in ("(", "[") and text[-1:] in (")", "]")


# Bringing an answer into the unit that was asked for.


def _in_unit(number: Number, asked: Unit, ratio: bool) -> tuple[Fraction, ...]:
    """What `number` may mean, counted in the unit asked for; empty where units contradict."""
    full = number.value * (number.scale or 1) / asked.scale
    stated_ratio = RATIOS.get(unit_head(number.unit))
    asked_ratio = RATIOS.get(unit_head(asked.name))
    if number.currency:
        money = asked.name.split(" ")[0]
        if ratio or stated_ratio or (money and not same_unit(money, number.currency)):
            return ()
    if stated_ratio:
        if asked.name and not (asked_ratio and _same_tail(asked.name, number.unit)):
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


def _same_tail(asked: str, stated: str) -> bool:
    """Whether "% of GDP" and "‰ of GDP" are parts of the same whole, as far as stated."""
    tails = [name[len(unit_head(name)) :] for name in (asked, stated)]
    return not all(tails) or tails[0] == tails[1]


_UNIT_AT_END = re.compile(r"\\(?:text|textrm|mathrm|mbox)\s*\{([^{}]{1,80})\}\s*$|\\?([%‰])\s*$")


def _split_unit(text: str) -> tuple[str, Unit | None]:
    """An expression without dollar signs and final period, and the unit written after it."""
    text = text.strip().rstrip(".。").strip("$ ").removeprefix("\\(").removesuffix("\\)").strip()
    match = _UNIT_AT_END.search(text)
    if match is None:
        return text, None
    return text[: match.start()].rstrip("\\,;:~ "), read_unit(match[1] or match[2])


def _expression_in_unit(bare: str, stated: Unit | None, asked: Unit, ratio: bool) -> str | None:
    """LaTeX counted in the unit asked for; None where the stated unit contradicts it."""
    if "%" in bare or "‰" in bare:
        return None
    if stated is None:
        return bare
    if stated.name in RATIOS:
        if unit_head(asked.name) == stated.name:
            return bare
        part = RATIOS[stated.name].denominator
        return None if asked.name else rf"\frac{{{bare}}}{{{part}}}"
    if not asked.name:
        return bare if stated.scale == 1 and not ratio else None
    return bare if stated.scale == asked.scale and same_unit(asked.name, stated.name) else None


@lru_cache(maxsize=1024)
def _target(gold: str, unit: str) -> _Target:
    text = (last_boxed(gold) or gold).strip()
    given = bool(unit.strip())
    asked = read_unit(unit) if given else Unit()
    number = read_number(text, asked.name)
    if number is None:
        if len(text) > MAX_EXPRESSION:
            return _Target(text, None, None, asked, False)
        bare, stated = _split_unit(text)
        if stated and not given and stated.name not in RATIOS:
            asked = stated
        if not _lists(bare):
            bare = _GROUPING.sub("", bare)
        expression = _expression_in_unit(bare, stated, asked, False)
        readable = bare and not _PROSE.search(bare)
        return _Target(text, None, expression if readable else None, asked, False)
    ratio = not given and unit_head(number.unit) in RATIOS
    if not given and not ratio:
        asked = Unit(1, number.unit or number.currency)
    values = _in_unit(number, asked, False)
    if not values:
        return _Target(text, None, None, asked, False)
    value = values[0]
    expression = rf"\frac{{{value.numerator}}}{{{value.denominator}}}"
    return _Target(text, value, expression, asked, ratio)


def _squash(text: str) -> str:
    """`text` without what does not change an expression: spaces, dollars, \\left, \\right."""
    return re.sub(r"\\(?:left|right)(?![A-Za-z])|\\[,!;: ]|[\s$]", "", text).rstrip(".。")


def _wrong(reason: str, answer: str | None) -> Verdict:
    return Verdict(0.0, "wrong", reason, answer)


def _limit(value: str | float | None, name: str) -> Fraction:
    number = Number(Fraction(0)) if value is None else read_number(str(value))
    if number is None or number.value < 0 or number != Number(number.value):
        raise UserError(
            f"{value!r} is no tolerance", where=name, remedy="Give a plain number from 0 up."
        )
    return number.value
