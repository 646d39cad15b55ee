"""Answers whose form is a number: paid when worked out, in any spelling, and never for a sum."""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from golong_data.corpus.readers.factbook_tables import topics
from golong_data.material.ledgers import told_in
from golong_data.material.record_sets import RECORD_SETS
from golong_data.metrics import math_worker
from golong_data.metrics.bounds import too_large
from golong_data.metrics.math import math, verify

PROPERTY = settings(max_examples=200, deadline=None, database=None)
MOST_SECONDS = 0.2


@pytest.fixture(autouse=True, scope="module")
def _no_helper() -> Any:
    """Whoever asks the helper about a number has lost."""

    def ask(question: object, seconds: float) -> dict[str, str]:
        raise AssertionError(f"asked {question}")

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(math_worker.helper, "ask", ask)
        yield


# Work left to whoever checks it.

ROUTES = (
    r"\boxed{{{}}}",
    "[Answer]\n{}",
    "The final answer is {}",
    r"\boxed{{x = {}}}",
    "Answer: ${}$.",
    r"\boxed{{\text{{The total is }} {}}}",
    r"\boxed{{({})}}",
)
OPERATORS: dict[str, tuple[Callable[[Fraction, Fraction], Fraction], tuple[str, ...]]] = {
    "sum": (lambda a, b: a + b, ("{} + {}", "{}+{}", "{} plus {}")),
    "difference": (lambda a, b: a - b, ("{} - {}", "{} − {}", "{}-{}", "{} minus {}")),
    "product": (
        lambda a, b: a * b,
        (r"{} \times {}", r"{} \cdot {}", "{} * {}", "{}×{}", "({})({})", "{} times {}"),
    ),
    "quotient": (
        lambda a, b: a / b,
        ("{}/{}", r"\frac{{{}}}{{{}}}", r"{} \div {}", "{} ÷ {}", r"\dfrac{{{}}}{{{}}}"),
    ),
}
WRAPS = (
    r"\sqrt{{({0})^2}}",
    "({0}) + 0",
    "1 × ({0})",
    r"\binom{{{0}}}{{1}}",
    r"\int_0^{{{0}}} 1 dx",
    r"\lim_{{x \to {0}}} x",
    r"\max({0}, 0)",
    r"\sum_{{k=1}}^{{1}} {0}",
    "({0})^1",
    "sum([{0}])",
    "round({0}, 2)",
    "-(-({0}))",
    "|{0}|",
)
Term = tuple[Fraction, str]
LEAVES = st.one_of(
    st.integers(-999, 9999).map(lambda n: (Fraction(n), str(n))),
    st.decimals(0, 999, places=2).map(lambda d: (Fraction(d), f"{d:f}")),
)


def joined(operands: tuple[Term, Term], name: str, shape: int, bracket: bool) -> Term | None:
    (a, first), (b, second) = operands
    if name == "quotient" and not b:
        return None
    compute, shapes = OPERATORS[name]
    text = shapes[shape % len(shapes)].format(first, second)
    return compute(a, b), f"({text})" if bracket else text


def operations(operands: st.SearchStrategy[Term]) -> st.SearchStrategy[Term]:
    parts = st.tuples(operands, operands), st.sampled_from(list(OPERATORS))
    found = st.builds(joined, *parts, st.integers(0, 9), st.booleans())
    return found.filter(lambda term: term is not None).map(lambda term: term or (Fraction(), ""))


EXPRESSIONS = operations(st.recursive(LEAVES, operations, max_leaves=4))


def gold_of(value: Fraction) -> str | None:
    """The value as a decimal, rounded where it does not end."""
    scaled = value * 100
    return f"{Decimal(round(scaled)).scaleb(-2):f}" if abs(value) < 10**9 else None


@PROPERTY
@given(term=EXPRESSIONS, route=st.sampled_from(ROUTES))
@example(term=(Fraction(42), "84/2"), route=ROUTES[0])
@example(term=(Fraction(42), r"\frac{84}{2}"), route=ROUTES[1])
def test_arithmetic_left_undone_earns_nothing(term: Term, route: str) -> None:
    value, text = term
    gold = gold_of(value)
    if gold is not None:
        verdict = verify(route.format(text), gold, tolerance="0.005", form="number")
        assert (verdict.score, verdict.status) == (0.0, "wrong"), (text, gold, verdict)


@PROPERTY
@given(value=st.integers(2, 10**6), wrap=st.sampled_from(WRAPS), route=st.sampled_from(ROUTES))
def test_a_function_of_the_gold_earns_nothing(value: int, wrap: str, route: str) -> None:
    verdict = verify(route.format(wrap.format(value)), str(value))
    assert verdict.score == 0.0, verdict


@PROPERTY
@given(term=EXPRESSIONS, chained=st.sampled_from(["{0} = {1}", "x = {0} = {1}", "{1} = {0}"]))
def test_arithmetic_with_its_result_earns_all(term: Term, chained: str) -> None:
    value, text = term
    gold = gold_of(value)
    if gold is not None and Fraction(gold) == value and not any(map(str.isalpha, text)):
        assert math(rf"\boxed{{{chained.format(text, gold)}}}", gold) == 1.0
        # Of a chain that is worked out twice over the last member is the answer.
        assert math(rf"\boxed{{{text} = {gold} = {Decimal(gold) + 1:f}}}", gold) == 0.0


# Spellings of one number.


def grouped(mark: str) -> Callable[[Decimal], str]:
    return lambda value: f"{value:,f}".replace(",", mark)


SPELLINGS: dict[str, Callable[[Decimal], str]] = {
    "plain": lambda v: f"{v:f}",
    "commas": grouped(","),
    "thin spaces": grouped("\u2009"),
    "spaces": grouped(" "),
    "TeX commas": grouped("{,}"),
    "TeX spaces": grouped(r"\,"),
    "trailing zero": lambda v: f"{v:f}0" if "." in f"{v:f}" else f"{v:f}.0",
    "unicode minus": lambda v: f"{v:f}".replace("-", "−"),
    "full width": lambda v: f"{v:f}".translate({ord("0") + n: 0xFF10 + n for n in range(10)}),
    "power of ten": lambda v: rf"{v.scaleb(-3):f} \times 10^{{3}}",
    "e": lambda v: f"{v.scaleb(-2):f}e2",
    "thousand": lambda v: f"{v.scaleb(-3):f} thousand",
    "million": lambda v: rf"{v.scaleb(-6):f} \text{{ million}}",
    "万": lambda v: f"{v.scaleb(-4):f}万",
    "bold": lambda v: f"**{v:f}**",
    "mathbf": lambda v: rf"\mathbf{{{v:f}}}",
    "texttt": lambda v: rf"\texttt{{{v:f}}}",
    "rm": lambda v: rf"{{\rm {v:f}}}",
    "dollars": lambda v: f"${v:f}$",
    "zero width": lambda v: f"\u200b{v:f}\u2060",
    "noun": lambda v: f"{v:f} documents",
    "TeX noun": lambda v: rf"{v:f}\text{{ documents}}",
    "about": lambda v: f"approximately {v:f}",
    "lead": lambda v: f"The total is {v:f}",
    "numbered lead": lambda v: f"The balance after entry 17 is {v:f}",
    "TeX lead": lambda v: rf"\text{{The total is }} {v:f}",
    "label": lambda v: rf"\text{{Mexico: }} {v:f}",
    "equation": lambda v: f"x = {v:f}",
    "working": lambda v: f"{v:f} (20 + 22)",
    "clause": lambda v: f"{v:f} documents state a value above 10",
}
CONTAINERS: dict[str, str] = {
    "box": r"So it is \boxed{{{}}}.",
    "marker": "I add them up.\n\n[Answer]\n{}",
    "phrase": "The rows are two.\nFinal answer: {}",
    "box tokens": "<|begin_of_box|>{}<|end_of_box|>",
    "bare box": r"\boxed {}",
}


@PROPERTY
@given(
    units=st.integers(-(10**9), 10**9),
    places=st.sampled_from([0, 2]),
    spelling=st.sampled_from(sorted(SPELLINGS)),
    container=st.sampled_from(sorted(CONTAINERS)),
)
def test_any_spelling_earns_all_and_its_neighbour_nothing(
    units: int, places: int, spelling: str, container: str
) -> None:
    value, step = Decimal(units).scaleb(-places), Decimal(1).scaleb(-places)
    written = SPELLINGS[spelling](value)
    if container == "bare box" and set(written) & set("{\\"):
        container = "box"
    if container in ("marker", "phrase") and spelling == "rm":
        container = "box"
    text = CONTAINERS[container].format(written)
    assert math(text, f"{value:f}") == 1.0, text
    assert math(text, f"{value + step:f}") == 0.0, text
    assert math(text, f"{value:f}", form="number") == 1.0


def test_json_is_an_answer() -> None:
    for text in ('{"answer": 42}', '```json\n{"answer": "42"}\n```', '{"total": 42.0}'):
        assert math(text, "42") == 1.0
    for text in ('{"answer": [42]}', '{"answer": 41}', '{"a": 42, "b": 42}', '{"answer": null}'):
        assert math(text, "42") == 0.0


# Units.


def column_units() -> set[str]:
    """Units of the columns that questions are asked about: packaged tables, made-up ones."""
    found = {field.unit for _title, fields in topics().values() for field in fields}
    for language in ("en",):  # those that ledgers and record sets are written in
        found.add(told_in(language).unit)
        for make in RECORD_SETS.values():
            found |= {c.unit for c in make(random.Random(0), 8, language).columns}
    return found - {"", "#"}


UNITS = sorted(column_units() | {"万元", "亿元", "万人", "元", "percentage points", "kg CO₂e"})
ODD_UNITS = (
    "(2010 = 100)", "1000 ha", "index, 2015=100", "US$ at constant 2015 prices", "K", "m", "t",
    "°C", "constant 2015 US$", "kg/m³", "deaths/100,000 live births", "$", "x", "or", "42",
)  # fmt: skip


@pytest.mark.parametrize("unit", [*UNITS, *ODD_UNITS])
def test_the_very_unit_asked_for_is_right(unit: str) -> None:
    for gold, next_one in (("1200", "1201"), ("9.1", "9.2"), ("-0.05", "-0.06"), ("1", "2")):
        for text in (f"{gold} {unit}", f"{gold} {unit}.", gold):
            for wrap in (r"\boxed{{{}}}", "[Answer]\n{}", "The answer is {}"):
                assert math(wrap.format(text), gold, unit=unit) == 1.0, (wrap, text)
                assert math(wrap.format(text), next_one, unit=unit) == 0.0, (wrap, text)


@pytest.mark.parametrize("unit", UNITS)
def test_the_unit_as_text_in_a_box_is_right(unit: str) -> None:
    escaped = unit.replace("%", r"\%").replace("$", r"\$")
    for written in ("1,200", "1200", "1200.0"):
        answer = rf"\boxed{{{written}\text{{ {escaped}}}}}"
        assert math(answer, "1200", unit=unit) == 1.0
        assert math(answer, "1201", unit=unit) == 0.0


@pytest.mark.parametrize("unit", UNITS)
def test_another_unit_is_wrong(unit: str) -> None:
    for other in ("furlongs", "grams", "€", "‰ of weight"):
        assert math(rf"\boxed{{42 \text{{ {other}}}}}", "42", unit=unit) == 0.0


# What it costs.

HUGE = [
    "9^{9^{9^{9}}}", "99999999!", "(9!)!", "10^{10^{10}}", "1e999999999",
    "10^{99999999999999999999}",
    "2^{-9^{9}}", "((10^9)!)^2", "5" + "!" * 300, "9^" * 300 + "9", "(9^" * 300 + "9" + ")" * 300,
    r"\binom{1000000}{500000}", "9**9**9**9", r"10^{999999}\cdot 10^{999999}", "x^{9^{9^9}}",
    "1" + "0" * 5000, "1 million " * 39, "1亿" * 200,
]  # fmt: skip


@pytest.mark.parametrize("text", HUGE)
def test_a_huge_answer_is_wrong_and_costs_nothing(text: str) -> None:
    started = time.thread_time()
    for wrap in (r"\boxed{{{}}}", "[Answer]\n{}", "The answer is {}"):
        assert verify(wrap.format(text), "42").status == "wrong"
        if "million" not in text and "亿" not in text and len(text) < 1000:
            assert verify(wrap.format(text), r"\sqrt{2}").status == "wrong"
    assert time.thread_time() - started < MOST_SECONDS


LENGTH = 100_000
PIECES = (
    "1+1=", "<|begin_of_box|>", r"\boxed 1", r"\text{", r"\text{a}", "is 1 ", "(1+", "1亿", "```{",
    '{"a":', "42 documents above 10 ", "=", "≈", "\u200b", "of 1 ", "or ", "9^", "9!", "x is ",
    "：",
)  # fmt: skip


@pytest.mark.parametrize("piece", PIECES)
def test_long_text_costs_little(piece: str) -> None:
    text = (piece * LENGTH)[:LENGTH]
    for whole in (text, f"[Answer]\n{text}", rf"\boxed{{{text}}}", f"{text}}}"):
        started = time.thread_time()
        verify(whole, "42", unit="kg")
        assert time.thread_time() - started < MOST_SECONDS


@pytest.mark.parametrize(
    "text", [r"\sqrt{2}", "2^{10}", "10!", "x^{2^n}", "e^{-x^2}", "(x+1)^{12}", r"\binom{10}{3}",
             "2^{2^{3}}", "3.5^{4}", "x != 3", "10^{-6}"]
)  # fmt: skip
def test_what_people_write_is_not_too_large(text: str) -> None:
    assert not too_large(text)


@pytest.mark.parametrize("text", HUGE[:13])
def test_what_nobody_can_work_out_is_too_large(text: str) -> None:
    assert too_large(text)
