r"""Whether an answer is the gold, as numbers with units or as mathematical expressions.

A gold has a form, which the question asks for (`forms`). Where the row does not say it, a gold
that reads as a number is a "number" and any other an "expression".

- "number": the answer has to be one number, worked out, with or without its unit. It is read
  exactly and compared as a fraction in this process, within microseconds; nothing is ever
  evaluated, so that no answer can be too expensive to check.
- "expression": what does not read as a number (\sqrt{2}, intervals, sets, polynomials) goes to
  math-verify in a helper process that is killed when it is late (see `math_worker`), so that a
  check gives the same verdict on every thread and ends. The gold alone was read within the
  limit when its row was built: a check that is late, out of memory, or over the bounds of
  `bounds`, is so by the answer's doing and the answer is wrong.

A check that could not be made is "unverified", score 0: the gold cannot be read, the helper
could not be started, died or failed.

Policies.

- The answer is taken out as `scalar.scalar_answer` describes: thinking never counts, the last
  complete \boxed{...} wins, and text after it does not matter. Of an equation the right side
  is the answer ("x = 42", "20 + 22 = 42"); of "a ≈ b" it is b where the gold is a number, else
  a. A sentence that states the value is read ("the balance after entry 17 is 42"), and working
  in brackets behind it is passed over ("42 (20 + 22)").
- One value: "41 or 42", \boxed{41, 42}, a grid of numbers, "±42" are wrong for a gold that
  is one value. Without a box the answer is the first line; another line up to the first
  blank one that is itself a number makes it several.
- A number is worked out where only its digits are left to read: 42, 42.0, 4.2e1, 4.2 × 10^1,
  3.5 dozen and the mixed number 1 1/2 are, for these are ways to write a result (whoever
  writes 1 1/2 has done the division). 40 + 2, 6 × 7, 84/2, \frac{84}{2}, \sqrt{1764} and
  \binom{42}{1} are not, whatever their value: the work that the question is about would be
  left to whoever checks it. A fraction is a result only where the gold is written as one, as
  it has to be where no decimal ends: 2/6 and \frac13 are right for 1/3.
- Values are compared exactly, 0.333 is not 1/3, unless `tolerance` (absolute, in the unit asked
  for) or `rel_tolerance` (times the gold's size) is given. Both are inclusive; where both are
  given, one is enough.
- `unit` says in which unit the question asked. An answer may leave it out, or leave out what
  follows "of" or "per capita" or of which year its money is, or say more there ("of land area"
  for "of land"), and is then in that unit; what it does state is taken at its word, and a unit
  that is not the one asked for is wrong. The very words asked for are always right. With unit
  "million US$" and gold "1200", these are right: 1200; 1,200 million US$; $1.2 billion;
  US$1,200,000,000. These are wrong: 1200000000; 1.2; 1,200 dollars; €1,200 million.
- A bare currency sign in front ("$1,200") says which money, not how much of it: people
  write it while the question fixes the scale. So it is right both for the number asked for
  and for the full amount; the spelled-out unit ("1,200 dollars", "1,200 tonnes") is literal.
- With unit "%" and gold "12.5": 12.5, 12.5% and 12.5 percent are right, 0.125 is wrong. With
  no unit and gold "12.5%": 12.5% and 0.125 are right, 12.5 is wrong. Percentage points are
  not per cent; where the question asks for points, "%" and "points" are short for them, since
  it is the question that says of what the difference is taken.
- With no unit and a gold that states one ("1.2 million US$"), that unit without its scale
  is the one asked for: 1200000 and $1.2 million are right, 1.2 is wrong. Where neither states
  a unit, a unit or noun in the answer is passed over: "42 countries" is 42.
- A symbolic answer has to be of the gold's kind: (1, 2), [1, 2] and {1, 2} are three things.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import chain
from typing import Literal

from golong_data.errors import UserError, did_you_mean
from golong_data.metrics.bounds import too_large
from golong_data.metrics.expressions import (
    MAX_EXPRESSION,
    in_unit,
    is_prose,
    is_unevaluated,
    last_exact,
    lists,
    same_kind,
    sides,
    split_unit,
    squash,
    ungrouped,
)
from golong_data.metrics.forms import NUMBER, OF_VALUES
from golong_data.metrics.numbers import Number, read_number, values_in
from golong_data.metrics.scalar import (
    clause_readings,
    scalar_answer,
    scalar_readings,
    stated_readings,
)
from golong_data.metrics.targets import Target, read_against, target_of, with_noun

Status = Literal["correct", "wrong", "unverified"]

MAX_TIMEOUT = 3600.0


@dataclass(frozen=True, slots=True)
class Verdict:
    """What became of one check."""

    score: float
    """1.0 where the status is "correct", else 0.0."""
    status: Status
    reason: str
    """correct: "exact", "tolerance", "identical", "symbolic". wrong: "no answer",
    "several answers", "unreadable", "unevaluated", "unit", "value", "too long", "too large",
    "timeout". unverified: "gold" (it cannot be read), "crash", "start" (no helper could be
    started), "error"."""
    answer: str | None
    """What was taken for the answer."""


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
    form: str = "",
    timeout: float = 2.0,
) -> float:
    """The score of `verify`; a gold of several values cannot be verified and scores 0."""
    if not isinstance(gold, str):
        if len(gold) != 1:
            return 0.0
        gold = gold[0]
    return verify(
        text,
        gold,
        tolerance=tolerance,
        rel_tolerance=rel_tolerance,
        unit=unit,
        form=form,
        timeout=timeout,
    ).score


def verify(
    text: str,
    gold: str,
    *,
    tolerance: str | float | None = None,
    rel_tolerance: str | float | None = None,
    unit: str = "",
    form: str = "",
    timeout: float = 2.0,
) -> Verdict:
    r"""Checks the answer of a completion; never raises on account of `text` or `gold`.

    `timeout` bounds, in seconds, the work of the helper process on this check. Raises
    UserError where a tolerance is no number from 0 up, the timeout not above 0, or the form
    none of `forms.OF_VALUES`.

    >>> verify(r"so \boxed{$1.2 billion}", "1200", unit="million US$").reason
    'exact'
    >>> verify(r"so \boxed{20 + 22}", "42").reason
    'unevaluated'
    """
    limits = _Limits(_limit(tolerance, "tolerance"), _limit(rel_tolerance, "rel_tolerance"))
    if not 0 < timeout <= MAX_TIMEOUT:
        raise UserError(
            f"the timeout is {timeout}",
            where="timeout",
            remedy=f"Give seconds above 0 and up to {MAX_TIMEOUT:.0f}.",
        )
    if form and form not in OF_VALUES:
        raise UserError(
            f'a value has no form "{form}"', where="form", remedy=did_you_mean(form, OF_VALUES)
        )
    found = scalar_answer(text)
    if found is None:
        return _wrong("no answer", None)
    target = target_of(gold, unit, form)
    options = scalar_readings(found, _is_number)
    if options is None:
        return _wrong("several answers", found.text)
    if target.value is not None:
        verdict = _check_number(options, target, target.value, limits)
        if verdict is not None:
            return verdict
    if target.form == NUMBER:
        if target.value is None:
            return Verdict(0.0, "unverified", "gold", found.text)
        return _no_number(options, found.text)
    return _check_expression(options, target, limits, timeout)


def _check_number(
    options: list[str], target: Target, gold: Fraction, limits: _Limits
) -> Verdict | None:
    """The verdict where one of `options`, or what it states, reads as a number, else None."""
    for option in chain(options, stated_readings(options)):
        number = read_against(option, target)
        if number is not None:
            return _judge(number, option, target, gold, limits)
    for option in options:
        number = with_noun(clause_readings(option), target)
        if number is not None:
            return _judge(number, option, target, gold, limits)
    return None


def _judge(number: Number, option: str, target: Target, gold: Fraction, limits: _Limits) -> Verdict:
    if number.fraction and not target.fraction:
        return _wrong("unevaluated", option)
    values = values_in(number, target.asked, target.ratio)
    if not values:
        return _wrong("unit", option)
    gap = min(abs(value - gold) for value in values)
    if not gap:
        return Verdict(1.0, "correct", "exact", option)
    within = gap <= limits.tolerance or gap <= limits.rel_tolerance * abs(gold)
    return Verdict(1.0, "correct", "tolerance", option) if within else _wrong("value", option)


def _no_number(options: list[str], text: str) -> Verdict:
    """The verdict on an answer that does not read as a number, for a gold that is one."""
    option = options[-1] if options else text
    if lists(option):
        return _wrong("several answers", option)
    return _wrong("unevaluated" if is_unevaluated(option) else "unreadable", option)


def _check_expression(
    options: list[str], target: Target, limits: _Limits, timeout: float
) -> Verdict:
    """The verdict by comparing expressions, in the helper process where it takes that."""
    if target.value is None and any(squash(x) == squash(target.text) for x in options):
        return Verdict(1.0, "correct", "identical", target.text)
    option = options[-1] if options else ""
    if target.expression is None:
        return Verdict(0.0, "unverified", "gold", option)
    if len(option) > MAX_EXPRESSION:
        return _wrong("too long", option)
    bare, stated = split_unit(option)
    if not bare or is_prose(bare):
        return _wrong("unreadable", option)
    if not same_kind(bare, target.expression):
        return _wrong("several answers", option)
    if "=" not in target.expression:
        bare = last_exact(bare) if target.value is None else sides(bare)[-1]
    if not lists(bare):
        bare = ungrouped(bare)
    if too_large(bare):
        return _wrong("too large", option)
    expression = in_unit(bare, stated, target.asked, target.ratio)
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

    status = str(helper.ask(question, timeout)["status"])
    if status == "equal":
        return Verdict(1.0, "correct", "symbolic", option)
    if status in _WRONG:
        return _wrong(_WRONG[status], option)
    return Verdict(0.0, "unverified", status, option)


_WRONG = {
    "different": "value",
    "unreadable": "unreadable",
    "timeout": "timeout",
    "memory": "too large",
}
"""What the helper says of an answer that is wrong -> the reason of the verdict."""


def _is_number(text: str) -> bool:
    return read_number(text) is not None


def _wrong(reason: str, answer: str | None) -> Verdict:
    return Verdict(0.0, "wrong", reason, answer)


def _limit(value: str | float | None, name: str) -> Fraction:
    number = Number(Fraction(0)) if value is None else read_number(str(value))
    if number is None or number.value < 0 or number != Number(number.value):
        raise UserError(
            f"{value!r} is no tolerance", where=name, remedy="Give a plain number from 0 up."
        )
    return number.value
