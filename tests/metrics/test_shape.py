"""The shape of the rewards: what chance, half the work and naive readers earn."""

from __future__ import annotations

import doctest
import itertools
import random
from math import factorial
from pathlib import Path
from statistics import fmean, pstdev

import generate
import pytest
import shape as shapes
from hypothesis import given, settings
from hypothesis import strategies as st

from golong_data.errors import UserError
from golong_data.metrics import score, shape

ORDERS = ("ndcg", "pairwise")
PAGE = Path(__file__).parents[2] / "docs" / "metrics.md"
PROPERTY = settings(max_examples=100, deadline=None, database=None)


def answer(elements: list[str]) -> str:
    return "\n".join(["[Answer]", *elements])


def parts(n: int) -> list[str]:
    return [f"Part {k}" for k in range(1, n + 1)]


def earned_by_chance(name: str, n: int) -> list[float]:
    """What all orders of n elements earn, or many drawn ones."""
    gold = parts(n)
    drawn = random.Random(n)
    orders = (
        map(list, itertools.permutations(gold))
        if n <= 6
        else (drawn.sample(gold, n) for _ in range(1500))
    )
    return [score(answer(order), gold, name) for order in orders]


def test_the_table_of_the_page_is_what_the_metrics_pay() -> None:
    text = PAGE.read_text(encoding="utf-8")
    made = generate.table(shapes.HEAD, [line.cells for line in shapes.shapes()])
    assert text.count("<!-- generated: shape -->") == 1
    assert generate.with_blocks(text, {"shape": made}) == text, "run: python docs/generate.py"


@pytest.mark.parametrize("name", ORDERS)
@pytest.mark.parametrize("n", [2, 3])
def test_two_and_three_in_order_pay_luck_and_no_more(name: str, n: int) -> None:
    assert fmean(earned_by_chance(name, n)) == pytest.approx(1 / factorial(n))


@pytest.mark.parametrize("name", ORDERS)
@pytest.mark.parametrize(("n", "most"), [(4, 0.09), (5, 0.065), (6, 0.06), (10, 0.045), (30, 0.03)])
def test_a_random_order_earns_about_nothing(name: str, n: int, most: float) -> None:
    assert fmean(earned_by_chance(name, n)) <= most


@pytest.mark.parametrize("name", ORDERS)
@pytest.mark.parametrize("n", [4, 5, 6, 10, 30])
def test_a_perfect_half_is_worth_more_than_noise(name: str, n: int) -> None:
    noise = earned_by_chance(name, n)
    half = score(answer(parts(n)[: (n + 1) // 2]), parts(n), name)
    assert half > 2 * fmean(noise)
    if name == "ndcg" or n >= 10:
        assert half > fmean(noise) + pstdev(noise)


@given(n=st.integers(1, 40), m=st.integers(1, 40))
@PROPERTY
def test_the_first_of_a_ranking_earn_their_share(n: int, m: int) -> None:
    m = min(m, n)
    assert score(answer(parts(n)[:m]), parts(n), "ndcg") == pytest.approx(m / n)


@given(n=st.integers(2, 40), m=st.integers(1, 39))
@PROPERTY
def test_the_first_in_order_earn_their_share_of_the_pairs(n: int, m: int) -> None:
    m = min(m, n)
    paid = score(answer(parts(n)[:m]), parts(n), "pairwise")
    assert paid == pytest.approx(m * (m - 1) / (n * (n - 1)))


@pytest.mark.parametrize("name", ORDERS)
@given(order=st.permutations(parts(7)), m=st.integers(0, 7))
@PROPERTY
def test_only_the_whole_order_earns_all(name: str, order: list[str], m: int) -> None:
    paid = score(answer(order[:m]), parts(7), name)
    assert 0.0 <= paid <= 1.0
    assert (paid == 1.0) == (order[:m] == parts(7))


@given(order=st.permutations(parts(8)), m=st.integers(1, 8), margin=st.floats(0, 3))
@PROPERTY
def test_chance_is_what_random_lists_have(order: list[str], m: int, margin: float) -> None:
    """The closed form against all lists of m of five gains."""
    gains, weights = (5.0, 4.0, 3.0, 2.0, 1.0), tuple(1 / (r + 2) for r in range(min(m, 5)))
    every = [
        sum(g * w for g, w in zip(found, weights, strict=True))
        for found in itertools.permutations(gains, len(weights))
    ]
    mean, deviation = shape.chance(gains, weights)
    assert mean == pytest.approx(fmean(every))
    assert deviation == pytest.approx(pstdev(every), abs=1e-9)


@pytest.mark.parametrize("name", [*ORDERS, "f1", "subem"])
@given(m=st.integers(0, 9), naive=st.floats(0, 0.99))
@PROPERTY
def test_a_naive_reader_is_taken_off_on_request(name: str, m: int, naive: float) -> None:
    gold = parts(9)
    plain = score(answer(gold[:m]), gold, name)
    paid = score(answer(gold[:m]), gold, name, naive=naive)
    assert paid == pytest.approx(max(0.0, (plain - naive) / (1 - naive)))
    assert (paid == 1.0) == (plain == 1.0)


@pytest.mark.parametrize("name", [*ORDERS, "f1", "subem"])
@pytest.mark.parametrize("naive", [-0.1, 1.0, 2.0, float("nan")])
def test_a_naive_reader_who_earns_everything_is_refused(name: str, naive: float) -> None:
    with pytest.raises(UserError, match="naive is"):
        score("[Answer]\nPart 1", parts(4), name, naive=naive)


def test_examples_in_docstrings() -> None:
    assert doctest.testmod(shape).failed == 0
    assert doctest.testmod(shape).attempted > 0
