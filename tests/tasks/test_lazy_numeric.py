"""Candidates and lazy readers of the numeric generators: over rows, and on small prompts."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lazy_rows import each_of, named_by, played, prompt, rows_of

from golong_data.tasks.numeric import GENERATORS
from golong_data.tasks.numeric.lazy import COMPUTED
from golong_data.tasks.numeric.lazy.stated import PICKS

RECIPES = ("numeric",)
each = pytest.mark.parametrize(("recipe", "generator"), each_of(RECIPES))
each_generator = pytest.mark.parametrize("generator", GENERATORS)

NUMBER = re.compile(r"-?\d+(\.\d*[1-9])?")
"""A number as an exact answer is written."""


# --- over rows ------------------------------------------------------------------------------


@each
def test_candidates_are_distinct_numbers(recipe: str, generator: str) -> None:
    """More than one in every row; the gold of what is not computed is among them."""
    candidates = GENERATORS[generator].candidates
    assert candidates
    for row in played(recipe, generator):
        found = candidates(row.question, row.prompt)
        assert len(set(found)) == len(found) > 1
        assert all(NUMBER.fullmatch(number) for number in found)
        assert generator in COMPUTED or set(row.elements) <= set(found)


@each
def test_computed_answers_are_seldom_printed(recipe: str, generator: str) -> None:
    """So they need no candidates of their own: most golds stand in no table."""
    if generator in COMPUTED:
        rows, candidates = played(recipe, generator), GENERATORS[generator].candidates
        assert candidates
        printed = [row for row in rows if row.scoring.gold in candidates(row.question, row.prompt)]
        assert len(printed) <= len(rows) // 2


@each
def test_lazy_readers_state_one_number(recipe: str, generator: str) -> None:
    """A text that is a number, with the places that the prompt asks for."""
    for row in played(recipe, generator):
        places = re.search(r"rounded to (\d+) decimal", row.prompt)
        for name, reader in GENERATORS[generator].lazy.items():
            found = reader(row.question, row.prompt)
            assert found is None or isinstance(found, str), name
            if found is not None and places:
                assert re.fullmatch(rf"-?\d+\.\d{{{places[1]}}}", found), name
            elif found is not None:
                assert re.fullmatch(r"-?\d+(\.\d+)?", found), name


@each_generator
def test_lazy_readers_play_and_are_not_the_solver(generator: str) -> None:
    """Each answers some rows and, unless it is a known finding, not all of them rightly."""
    rows = list(rows_of(RECIPES, generator))
    silent = set()
    for name, reader in GENERATORS[generator].lazy.items():
        paid = [row.paid(found) for row in rows if (found := reader(row.question, row.prompt))]
        if not paid:
            silent.add(name)
        assert not paid or min(paid) < 1, name
    # Notes are planted where a corpus states no values, and few tables have groups of amounts.
    assert silent <= {"any depot", "first group", "group of most rows"}


@each
def test_questions_of_others_are_passed_over(recipe: str, generator: str) -> None:
    """No candidates and no answers where a question is of another generator."""
    made = GENERATORS[generator]
    assert made.candidates
    for other in GENERATORS:
        for row in list(rows_of(RECIPES, other))[:3] if other != generator else ():
            assert not made.candidates(row.question, row.prompt)
            assert not any(reader(row.question, row.prompt) for reader in made.lazy.values())


# --- on small prompts -----------------------------------------------------------------------

SHOPS = """| Shop | Town | Sales | Costs |
| --- | --- | --- | --- |
| A | Ayr | 10 | 8 |
| B | Ayr | 1,030.50 | 5 |
| C | Bath | 20 | 5 |
| D | Bath | 10 | 2 |
| E | Bath | 40 | 20 |"""
STAFF = """Shop,Staff,Age
B,3,9
A,9,1
C,9,9
D,2,9
E,8,2"""
TABLES = {"Shops": SHOPS, "Staff": STAFF, "Ages": STAFF}
IN_BATH = 'Use only the table "Shops". Consider the rows in which "Town" is "Bath".'
GROUPED = (
    'Use only the table "Shops". Group the rows by "Town" and add up "Sales" within each group.'
)
JOINED = (
    'Use only the tables {tables}; they share the column "Shop". Consider every "Shop" for which '
    "{clauses}. Leave out any that is missing from one of the tables. "
    'What is the sum of "Sales" in "Shops" over these?'
)
LARGE = 'in "Staff", "Staff" is greater than 5'
LINES = {
    "One": "Height: 10 m\nDepth: 3 m",
    "Two": "Height: 12 m",
    "Three": "Height: 30 m",
    "Four": "Height: 40 m",
}
NOTES = {
    "One": "Consignment note 1-1: pumps, gross weight 10.5 kg, stored at Dalby.",
    "Two": "Consignment note 1-2: pumps, gross weight 12.5 kg, stored at Dalby.",
    "Three": "Consignment note 1-3: pumps, gross weight 13.5 kg, stored at Corrin.",
}
PAGES = {
    "Ledger of Ash, opening balances": "Account,Opening balance (US$)\nRent,100\nTax,50",
    "Ledger of Ash, page 1": "Entry,Account,Credit (US$),Debit (US$),Status\n"
    "E-1,Rent,7,,posted\nE-2,Rent,,2,void\nE-3,Tax,5,,posted\nE-4,Rent,,3,posted\n"
    "E-5,Rent,40,,posted",
    "Ledger of Elm, opening balances": "Account,Opening balance (US$)\nRent,1000",
    "Ledger of Elm, page 1": "Entry,Account,Credit (US$),Debit (US$),Status\nE-1,Rent,9,,posted",
}
BALANCE = (
    "Use only the ledger of Ash, which is kept on several pages. What is the balance of its "
    'account "Rent" after entry E-4? Start from the opening balance, add the credits, subtract '
    "the debits, and leave out void entries."
)
STATEMENTS = {
    "Trade: statement for Ayr": "Item,2020,2021\nSales,10,15\nDebt,1,2",
    "Trade: statement for Bath": "Item,2020,2021\nSales,100,110\nDebt,4,5",
    "Trade: statement for Cork": "Item,2020,2021\nSales,20,50\nDebt,4,5",
}
ROUNDED = "Give the answer in percent, rounded to 2 decimal places."


@pytest.mark.parametrize(
    ("generator", "documents", "question", "wanted"),
    [
        (
            "aggregate",
            TABLES,
            f'{IN_BATH} What is the sum of "Sales" over these rows?',
            {
                "first number": "10",
                "last number": "40",
                "largest number": "1030.5",
                "smallest number": "10",
                "commonest number": "10",
                "middle number": "20",
                "without the conditions": "1110.5",
                "first condition alone": None,
                "first row that counts": "20",
                "between first and last": "30",
                "share of the rows": None,
                "first group": None,
            },
        ),
        (
            "aggregate",
            TABLES,
            'Use only the table "Shops". Consider the rows in which "Town" is "Bath" and "Costs" '
            'is greater than 4. What is the mean of "Sales" over these rows? '
            "Give the answer rounded to 3 decimal places.",
            {"first condition alone": "23.333", "without the conditions": "222.100"},
        ),
        (
            "aggregate",
            TABLES,
            f'{IN_BATH} What percentage of the sum of "Sales" over all rows of this table do they '
            f"account for? {ROUNDED}",
            {"share of the rows": "60.00", "without the conditions": "100.00"},
        ),
        (
            "aggregate",
            TABLES,
            f'{IN_BATH} By what percentage does the sum of "Sales" over these rows differ from '
            f'the sum of "Costs" over them? Take the latter as the base; a decrease is negative. '
            f"{ROUNDED}",
            {"without the conditions": "2676.25", "first row that counts": "20.00"},
        ),
        (
            "aggregate",
            TABLES,
            f"{GROUPED} What is the largest of these group sums?",
            {
                "group of most rows": "70",
                "first group": "1040.5",
                "without the conditions": "1110.5",
                "first row that counts": None,
            },
        ),
        (
            "join",
            TABLES,
            JOINED.format(tables='"Shops" and "Staff"', clauses=LARGE),
            {
                "without the conditions": "1110.5",
                "conditions of one table": None,
                "rows by their places": "1090.5",
                "first key that counts": "10",
                "largest number": "1030.5",
            },
        ),
        (
            "join",
            TABLES,
            JOINED.format(
                tables='"Shops" and "Staff" and "Ages"',
                clauses=f'{LARGE} and in "Ages", "Age" is greater than 5',
            ),
            {"conditions of one table": "70"},
        ),
        (
            "count",
            LINES,
            'Some of the documents state a value on a line that starts with "Height:". In how many '
            "documents is that value greater than 11 m?",
            {
                "every value": "4",
                "half of them": "2",
                "other side": "1",
                "first half, doubled": "2",
                "any depot": None,
                "one": "1",
            },
        ),
        (
            "count",
            NOTES,
            "Consignment notes are scattered over the documents. How many of them, stored at "
            "Dalby, state a gross weight that is greater than 11 kg?",
            {"every value": "2", "any depot": "2", "other side": "1"},
        ),
        (
            "ledger",
            PAGES,
            BALANCE,
            {
                "opening balance": "100",
                "amount of the entry": "3",
                "opening and that entry": "97",
                "void entries too": "102",
                "to the end of the ledger": "144",
                "without the opening": "4",
                "opening of another ledger": "1004",
                "in every ledger": "1113",
                "credits alone": "107",
            },
        ),
        (
            "report",
            STATEMENTS,
            f'By what percentage did "Sales" of Ayr change from 2020 to 2021? A decrease is '
            f"negative. {ROUNDED}",
            {
                "later value": "15.00",
                "earlier value": "10.00",
                "difference": "5.00",
                "first entity alone": None,
                "one year": None,
                "mean for total": None,
            },
        ),
        (
            "report",
            STATEMENTS,
            'Divide "Sales" of Ayr in 2021 by "Sales" of Bath in 2020. What is the quotient?',
            {"one year": "0.136363"},
        ),
        (
            "report",
            STATEMENTS,
            'Compute the percentage change of "Sales" from 2020 to 2021 for each of Ayr; and Bath. '
            f"What is the unweighted mean of these changes? {ROUNDED}",
            {
                "first entity alone": "50.00",
                "mean for total": "13.64",
                "every entity shown": "70.00",
                "one year": None,
            },
        ),
        (
            "report",
            STATEMENTS,
            'Add up "Sales" of Ayr; and Bath. By what percentage did this total change from 2020 '
            f"to 2021? A decrease is negative. {ROUNDED}",
            {"mean for total": "30.00", "every entity shown": None},
        ),
    ],
)
def test_what_lazy_readers_state(
    generator: str, documents: Mapping[str, str], question: str, wanted: Mapping[str, Any]
) -> None:
    """Each what its name says, and no more."""
    named = named_by(GENERATORS[generator], documents, question)
    found = {reader: named(reader) for reader in wanted}
    # An endless fraction is written with many places.
    assert {name: text and text[:8] for name, text in found.items()} == wanted


@pytest.mark.parametrize(
    ("generator", "documents", "question", "wanted"),
    [
        (
            "aggregate",
            TABLES,
            f'{IN_BATH} What is the sum of "Sales" over these rows?',
            ("10", "8", "1030.5", "5", "20", "2", "40"),
        ),
        (
            "join",
            {**TABLES, "Others": "Shop,Sales\nF,77"},
            JOINED.format(tables='"Shops" and "Staff"', clauses=LARGE),
            ("10", "8", "1030.5", "5", "20", "2", "40", "3", "9", "1"),
        ),
        (
            "ledger",
            PAGES,
            BALANCE,
            ("100", "50", "7", "2", "5", "3", "40"),
        ),
        (
            "report",
            STATEMENTS,
            'By what percentage did "Sales" of Ayr change from 2020 to 2021?'
            " A decrease is negative.",
            ("10", "15", "1", "2", "100", "110", "4", "5", "20", "50"),
        ),
        (
            "count",
            LINES,
            'Some of the documents state a value on a line that starts with "Height:". In how many '
            "documents is that value greater than 11 m?",
            ("0", "1", "2", "3", "4"),
        ),
    ],
)
def test_candidates_are_what_is_asked_about(
    generator: str, documents: Mapping[str, str], question: str, wanted: tuple[str, ...]
) -> None:
    """The numbers of the tables named in the question, without commas; or all counts."""
    candidates = GENERATORS[generator].candidates
    assert candidates
    assert candidates(question, prompt(documents, question)) in (wanted, list(wanted))


@given(st.lists(st.fractions(), min_size=1))
def test_what_is_picked_of_a_column_stands_in_it(values: list[Any]) -> None:
    """No pick computes."""
    assert all(pick(values) in values for pick in PICKS.values())
