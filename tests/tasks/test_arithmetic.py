"""Golds are exact: what generators write and what solvers read agree to the last digit."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal, localcontext
from fractions import Fraction

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from golong_data.material import exact
from golong_data.material.changed_numbers import scaled
from golong_data.material.columns import measures as is_measure
from golong_data.material.columns import summable, value
from golong_data.metrics import score
from golong_data.quality.cheats import answer
from golong_data.solving import numbers, reading
from golong_data.solving.tables import table as read_table
from golong_data.tasks.numeric.answers import Answer
from golong_data.tasks.numeric.select import SIDES, Condition, Selection, Side
from golong_data.tasks.numeric.solve.questions import places
from golong_data.types import Column, Refused, Table

fractions = st.fractions(-(10**9), 10**9, max_denominator=10**6)
cents = st.integers(-(10**10), 10**10).map(lambda n: Fraction(n, 100))


def gold_or_none(number: Fraction, decimals: int | None) -> str | None:
    """What a generator writes, or None where it refuses."""
    try:
        return exact.written(number, decimals)
    except Refused:
        return None


# --- written ----------------------------------------------------------------------------


@given(fractions, st.integers(0, 8))
def test_rounded_answers_of_generator_and_solver_agree(number: Fraction, decimals: int) -> None:
    """Wherever the generator does not refuse, the solver writes the same string."""
    gold = gold_or_none(number, decimals)
    assume(gold is not None)
    assert numbers.written(number, decimals) == gold


@given(cents)
def test_exact_answers_of_generator_and_solver_agree(number: Fraction) -> None:
    """All digits, no trailing zeros, no exponent."""
    gold = exact.written(number, None)
    assert numbers.written(number, None) == gold
    assert Fraction(gold) == number
    assert "." not in gold or not gold.endswith("0")


@given(fractions, st.integers(0, 8))
def test_a_written_number_is_the_nearest(number: Fraction, decimals: int) -> None:
    """Less than half a unit in the last place away, with just so many decimals."""
    gold = gold_or_none(number, decimals)
    assume(gold is not None)
    assert gold
    assert abs(Fraction(gold) - number) < Fraction(1, 2) / 10**decimals
    assert len(gold.partition(".")[2]) == decimals


@given(st.integers(-(10**9), 10**9), st.integers(0, 6))
def test_a_tie_is_refused(units: int, decimals: int) -> None:
    """Two careful people would round it differently."""
    with pytest.raises(Refused, match="tie"):
        exact.written((units + Fraction(1, 2)) / 10**decimals, decimals)


@pytest.mark.parametrize(
    ("number", "decimals", "reason"),
    [
        (Fraction(1, 1000), 2, "rounds to zero"),
        (Fraction(-1, 1000), 2, "rounds to zero"),
        (Fraction(-5, 4), 1, "tie"),
        (Fraction(1, 3), None, "no exact decimal form"),
    ],
)
def test_what_has_no_clean_form_is_refused(
    number: Fraction, decimals: int | None, reason: str
) -> None:
    """No 0.00 for what is not zero, no endless digits."""
    with pytest.raises(Refused, match=reason):
        exact.written(number, decimals)


@pytest.mark.parametrize(
    ("number", "decimals", "text"),
    [
        (Fraction(0), 2, "0.00"),
        (Fraction(-126, 100), 1, "-1.3"),
        (Fraction(5), None, "5"),
        (Fraction(1, 8), None, "0.125"),
        (Fraction(123456789, 100), None, "1234567.89"),
        (Fraction(-1, 100), None, "-0.01"),
    ],
)
def test_numbers_are_written_plainly(number: Fraction, decimals: int | None, text: str) -> None:
    """No sign on zero, no thousands commas, a zero before the point."""
    assert exact.written(number, decimals) == numbers.written(number, decimals) == text


@given(fractions, st.integers(0, 4), st.sampled_from(["", "%", "million US$"]))
def test_the_metric_takes_the_gold_and_no_neighbour(
    number: Fraction, decimals: int, unit: str
) -> None:
    """One unit in the last place off is wrong: the tolerance is half of one."""
    gold = gold_or_none(number, decimals)
    assume(gold is not None)
    assert gold
    args = Answer(gold, decimals, unit).metric().args
    beside = numbers.written(Fraction(gold) + Fraction(1, 10**decimals), decimals)
    assert score(answer(gold), gold, "math", **args) == 1.0
    assert score(answer(beside), gold, "math", **args) == 0.0


# --- operations -------------------------------------------------------------------------


@given(st.lists(cents, min_size=1, max_size=30))
def test_mean_and_median_are_exact(values: list[Fraction]) -> None:
    """Against their definitions."""
    ordered = sorted(values)
    low, high = (len(values) - 1) // 2, len(values) // 2
    assert exact.mean(values) * len(values) == sum(values)
    assert exact.median(values) == (ordered[low] + ordered[high]) / 2


@given(cents, cents)
def test_a_change_leads_from_the_old_value_to_the_new(old: Fraction, new: Fraction) -> None:
    """old + old * change / 100 = new; a base that is not positive is refused."""
    if old <= 0:
        with pytest.raises(Refused):
            exact.change(old, new)
        return
    assert old + old * exact.change(old, new) / 100 == new


@pytest.mark.parametrize("operation", [exact.mean, exact.median])
def test_nothing_has_no_mean(operation: Callable[[Sequence[Fraction]], Fraction]) -> None:
    """An empty selection is refused."""
    with pytest.raises(Refused):
        operation([])


@given(cents, st.integers(2, 6))
def test_a_number_is_written_as_people_write_it(amount: Fraction, decimals: int) -> None:
    """With thousands commas, and read back exactly."""
    text = exact.number(amount, decimals)
    assert numbers.number(text) == amount
    with localcontext(prec=60):
        assert text == f"{Decimal(amount.numerator) / amount.denominator:,.{decimals}f}"


@pytest.mark.parametrize(
    ("name", "unit", "adds_up"),
    [
        ("Sales 2023", "thousand EUR", True),
        ("Population", "", True),
        ("Staff", "", True),
        ("Floor_space", "sq m", True),
        ("Median age", "years", False),
        ("Inflation rate 2022", "%", False),
        ("GDP per capita", "US$", False),
        ("Density", "people/sq km", False),
        ("mean_temperature", "", False),
    ],
)
def test_only_amounts_are_added_up(name: str, unit: str, adds_up: bool) -> None:
    """Sums of rates, ages and averages mean nothing."""
    assert summable(Column(name, True, unit)) is adds_up


@pytest.mark.parametrize(
    ("name", "measures"),
    [("Sales", True), ("id", False), ("row_number", False), ("Year", False), ("ZIP code", False)],
)
def test_identifiers_and_years_are_not_measurements(name: str, measures: bool) -> None:
    """A mean of ZIP codes is no question."""
    assert is_measure(Column(name, True)) is measures
    assert not is_measure(Column(name, False))


def test_evidence_that_does_not_matter_refuses_the_draw() -> None:
    """The gold must not survive the loss of any piece."""
    exact.depends_on_each(["1", None, "3"], "2")
    with pytest.raises(Refused):
        exact.depends_on_each(["1", "2"], "2")


# --- choosing rows ----------------------------------------------------------------------


@given(cents, cents, st.integers(2, 5))
def test_a_threshold_lies_strictly_between_and_is_the_roundest(
    a: Fraction, b: Fraction, decimals: int
) -> None:
    """Written with its decimals it is itself; no coarser power of ten would do."""
    low, high = sorted((a, b))
    if low == high:
        with pytest.raises(Refused):
            exact.round_between(low, high, decimals)
        return
    threshold, places = exact.round_between(low, high, decimals)
    assert low < threshold < high
    assert Fraction(exact.number(threshold, places).replace(",", "")) == threshold
    if places > 0:
        unit = Fraction(1, 10 ** (places - 1))
        assert not low < (low // unit + 1) * unit < high


@given(
    rows=st.lists(
        st.tuples(st.sampled_from("abc"), st.none() | st.integers(-9_999, 9_999)), min_size=1
    ),
    threshold=st.integers(-99_999, 99_999),
    side=st.sampled_from(SIDES),
    letter=st.none() | st.sampled_from("abc"),
)
def test_selecting_rows_is_what_the_words_say(
    rows: list[tuple[str, int | None]], threshold: int, side: Side, letter: str | None
) -> None:
    """Polars and a plain loop agree; a missing value meets no condition."""
    table = Table(
        "T",
        (Column("Kind", False), Column("Amount", True, "", 1)),
        tuple((k, "" if n is None else numbers.written(Fraction(n, 10), 1)) for k, n in rows),
    )
    bound = Fraction(threshold, 100)
    conditions = [Condition("Amount", side, numbers.written(bound, 2))]
    if letter:
        conditions.append(Condition("Kind", "is", letter))

    def meets(n: int) -> bool:
        return Fraction(n, 10) > bound if side == "above" else Fraction(n, 10) < bound

    wanted = [
        i
        for i, (kind, n) in enumerate(rows)
        if n is not None and meets(n) and letter in (None, kind)
    ]
    assert Selection(tuple(conditions)).rows(table) == wanted


@given(st.integers(-(10**6), 10**6), st.integers(0, 3), st.integers(0, 2), st.integers(700, 1400))
def test_a_changed_number_keeps_its_form_and_its_range(
    units: int, decimals: int, extra: int, factor: int
) -> None:
    """As many decimals as before, and within the column's bounds to one unit of them."""
    cell = numbers.written(Fraction(units, 10**decimals), decimals)
    fine = 10 ** (decimals + extra)
    low, high = sorted((units * 10**extra * 9 // 10, units * 10**extra * 11 // 10))
    new = scaled(cell, factor, low, high, decimals + extra)
    found, unit = value(new), Fraction(1, 10**decimals)
    assert len(new.partition(".")[2]) == decimals
    assert found is not None
    assert Fraction(low, fine) - unit <= found <= Fraction(high, fine) + unit


# --- reading a prompt back --------------------------------------------------------------

HAND_WRITTEN = {
    "markdown": """\
| Key | Amount (US$) | Note |
| --- | ---: | :--- |
| a | 1,200.5 | x\\|y |
| b |  | - |""",
    "csv": 'Key,Amount (US$),Note\na,"1,200.5",x|y\nb,,-',
    "html": """\
<table>
  <thead><tr><th>Key</th><th>Amount (US$)</th><th>Note</th></tr></thead>
  <tr><td>a</td><td>1,200.5</td><td>x|y</td></tr>
  <tr><td>b</td><td></td><td>-</td></tr>
</table>""",
    "json lines": """\
{"Key": "a", "Amount (US$)": "1,200.5", "Note": "x|y"}
{"Key": "b", "Amount (US$)": null, "Note": "-"}""",
    "running text": """\
In this entry, "Key" is "a", "Amount (US$)" is "1,200.5", "Note" is "x|y".
In this entry, "Key" is "b", "Note" is "-".""",
}


@pytest.mark.parametrize("text", HAND_WRITTEN.values(), ids=HAND_WRITTEN)
def test_a_hand_written_table_is_read(text: str) -> None:
    """Each form says the same; blank lines are no rows."""
    for written in (text, text.replace("\n", "\n\n")):
        read = read_table(written)
        assert read.columns == ("Key", "Amount (US$)", "Note")
        assert [dict(row) for row in read.rows] == [
            {"Key": "a", "Amount (US$)": "1,200.5", "Note": "x|y"},
            {"Key": "b", "Amount (US$)": "", "Note": "-"},
        ]


@pytest.mark.parametrize("text", ["", "\n \n", "|---|", "<table></table>", "{broken"])
def test_what_is_no_table_has_no_rows(text: str) -> None:
    """Nothing raises."""
    assert read_table(text).rows == ()


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("1,234.50", Fraction(12345, 10)),
        ("-3", Fraction(-3)),
        ("−3", Fraction(-3)),
        ("0.10", Fraction(1, 10)),
        ("12 km", None),
        ("1,23", None),
        ("1e5", None),
        ("-", None),
        ("", None),
    ],
)
def test_a_cell_is_a_number_or_it_is_not(text: str, number: Fraction | None) -> None:
    """Exactly, with thousands commas in their places."""
    assert numbers.number(text) == number


def test_documents_and_question_are_found_in_a_prompt() -> None:
    """By their numbered headers; the last question counts."""
    prompt = (
        "Read.\n\n[Document 1] One\nline a\n\nQuestion: a decoy?\n\n[Document 2] Two\nline b\n\n"
        "[Document 1] One (continued)\nmore\n\nQuestion: How many?\n"
    )
    assert reading.question(prompt) == "How many?"
    found = reading.documents(prompt)
    assert list(found) == ["One", "Two", "One (continued)"]
    assert found["Two"] == "line b"
    twins = reading.documents("[Document 1] A\nx\n\n[Document 2] A\ny\n\nQuestion: B?")
    assert list(twins.values()) == ["x", "y"]
    assert reading.question("no question") == ""
    assert reading.documents("no documents") == {}


@pytest.mark.parametrize("unit", ["", "%", "million US$"])
@pytest.mark.parametrize("decimals", [None, 0, 1, 2, 5])
def test_the_form_asked_for_is_understood(decimals: int | None, unit: str) -> None:
    """What a question ends in, the solver reads."""
    assert places(Answer("1", decimals, unit).format("en")) == decimals
