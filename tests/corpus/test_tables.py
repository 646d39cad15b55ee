"""Cells are read exactly and columns typed by what stands in them."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from golong_data.corpus import tables


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ("12", "12"), ("-12.50", "-12.50"), ("+3", "3"), ("1,234,567.8", "1234567.8"),
        (" 7 ", "7"), (".5", "0.5"), ("0", "0"),
    ],
)  # fmt: skip
def test_numbers(cell: str, value: str) -> None:
    assert tables.number(cell) == Decimal(value)


@pytest.mark.parametrize(
    "cell", ["", " ", "NA", "12 km", "1,23", "1e5", "12%", "$5", "--3", "1.2.3", "٣", "nan", "inf"]
)
def test_not_numbers(cell: str) -> None:
    assert tables.number(cell) is None


def test_columns() -> None:
    table = tables.parse(
        "T", 'Place,"GDP 2023 (million US$)",Note,Empty\nA,"1,200.25",x,\nB,-3,,\nC,,y\nD,1,2,3,4'
    )
    place, gdp, note, empty = table.columns
    assert not place.numeric
    assert gdp.numeric
    assert (gdp.unit, gdp.decimals) == ("million US$", 2)
    assert not note.numeric
    assert empty.numeric  # "3" in the last row
    assert [len(row) for row in table.rows] == [4, 4, 4, 4]
    assert table.rows[2] == ("C", "", "y", "")


cells = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), max_size=12)


@given(st.lists(st.lists(cells, min_size=2, max_size=2), min_size=1, max_size=5))
def test_csv_round_trip(rows: list[list[str]]) -> None:
    text = tables.write_csv(["a", "b"], rows)
    expected = [[" ".join(cell.split()) for cell in row] for row in rows]
    assert tables.read_csv(text) == [["a", "b"], *expected]
    assert text.count("\n") == len(rows)
