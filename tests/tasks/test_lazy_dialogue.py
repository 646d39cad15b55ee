"""Readers of questions on past sessions who pass over the work: what they choose, and when."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pytest
from lazily import by_hand, generator_of, pairs, plays, put, taken_from_solvers

from golong_data.solving.choosing import Reader
from golong_data.solving.options import offered
from golong_data.tasks.dialogue import GENERATORS
from golong_data.tasks.dialogue.lazy import any_kind, multi_session, temporal
from golong_data.types import Gold

RECIPES = ("dialogue", "dialogue-chat", "dialogue-zh")
NEVER = "I never mentioned it."
each_generator = pytest.mark.parametrize(("recipe", "generator"), pairs(*RECIPES))


@each_generator
def test_readers_choose_what_is_offered(recipe: str, generator: str) -> None:
    """A letter of the prompt, as the gold is one."""
    made = generator_of(recipe, generator)
    assert made.candidates is None
    for row in put(recipe, generator):
        for name, answer in plays(made.lazy, row.question, row.prompt).items():
            assert isinstance(answer, str), name
            assert answer in offered(row.prompt), name


@pytest.mark.parametrize("generator", GENERATORS)
def test_each_reader_has_rows_to_answer(generator: str) -> None:
    """Of some recipe and level."""
    answered = {
        name
        for recipe in RECIPES
        for row in put(recipe, generator)
        for name in plays(GENERATORS[generator].lazy, row.question, row.prompt)
    }
    assert answered == set(GENERATORS[generator].lazy)


@each_generator
def test_who_never_remembers_is_paid_for_what_was_never_said(recipe: str, generator: str) -> None:
    """In every such row, and in no other: so it is a figure over all generators."""
    reader = generator_of(recipe, generator).lazy["never said"]
    right = [reader(row.question, row.prompt) == row.gold for row in put(recipe, generator)]
    assert set(right) == {generator == "abstention"}


@pytest.mark.parametrize("generator", GENERATORS)
def test_no_prompt_makes_them_raise(generator: str) -> None:
    """Those of other generators, or none at all."""
    made = GENERATORS[generator]
    assert not plays(made.lazy, "", "")
    for recipe, other in pairs(*RECIPES):
        row = put(recipe, other)[0]
        answers = plays(made.lazy, row.question, row.prompt)
        assert set(answers.values()) <= set(offered(row.prompt))


def test_none_asks_the_solver_of_its_own_questions() -> None:
    """They read questions and sessions as it does; `finds` and `solve` are not for them."""
    taken = taken_from_solvers("dialogue")
    assert ("temporal", "temporal", "reads") in taken
    assert not {t for t in taken if t[2] in ("finds", "solve", "answer")}


# --- small prompts ------------------------------------------------------------------------------


def sessions(*said: str) -> str:
    """Sessions on the first days of the months of 2020, one sentence of the user each."""
    return "\n\n".join(
        f"[Session {n}] 2020-{n:02}-01 (Monday)\nUser: {text}\nAssistant: Good to know."
        for n, text in enumerate(said, 1)
    )


def answers(
    readers: Mapping[str, Reader], text: str, question: str, options: Sequence[str]
) -> dict[str, Gold]:
    """What they choose of these options, the last of which is that nothing was said."""
    asked = f"Today is 2020-12-01 (Tuesday). {question}"
    return plays(readers, asked, by_hand(text, asked, [*options, NEVER]))


CATS = sessions(
    "My young cat is called Satiko.",
    "My sister has a young cat that is called Rurix.",
    "My old dog is called Lulo.",
)


def test_readers_of_any_question() -> None:
    """The sister's cat is the last one spoken of, her dog the last thing."""
    found = answers(
        any_kind.LAZY, CATS, "What did I name my young cat?", ["Rurix", "Lulo", "Satiko"]
    )
    expected = {
        "never said": "D",
        "last mentioned, else never said": "B",
        "first mentioned": "C",
        "last mentioned": "B",
        "said first of it": "C",
        "said last of it": "A",
    }
    assert {name: found[name] for name in expected} == expected
    none = answers(any_kind.LAZY, CATS, "What did I name my young cat?", ["Zevi", "Tarix"])
    assert none["last mentioned, else never said"] == "C"
    assert "last mentioned" not in none


@pytest.mark.parametrize(("n", "expected"), [(1, "D"), (2, "D"), (3, "A"), (4, "A")])
def test_what_is_seldom_named_is_taken_for_never_said(n: int, expected: str) -> None:
    """Up to half as often as there are options, of which here are four."""
    text = sessions(*["My sister has a young cat that is called Rurix."] * n)
    found = answers(
        any_kind.LAZY, text, "What did I name my young cat?", ["Rurix", "Lulo", "Satiko"]
    )
    assert found["never said if seldom named"] == expected


DEEDS = sessions(
    "Today I sold the red kettle.",
    "Exactly four weeks ago I painted the brass sledge.",
    "Two days ago I cleaned the oval mirror.",
    "My uncle sold the red kettle.",
    "This morning I bought the heavy bench.",
)
EVENTS = ("painted the brass sledge", "sold the red kettle", "cleaned the oval mirror")


@pytest.mark.parametrize(
    ("question", "name", "expected"),
    [
        ("Which of these did I do first?", "by the day of the first telling", "B"),
        ("Which of these did I do last?", "by the day of the first telling", "B"),
        ("Which of these did I do first?", "first: first told as ago", "A"),
        ("Which of these did I do first?", "first: last told as ago", "C"),
        ("Which of these did I do first?", "first: first told not as ago", "B"),
        ("Which of these did I do last?", "last: first told as ago", "A"),
        ("Which of these did I do last?", "last: last told not as ago", "B"),
    ],
)
def test_readers_of_the_first_and_the_last(question: str, name: str, expected: str) -> None:
    """The uncle's sale is the last that is told; the mirror was told two days later."""
    found = answers(temporal.LAZY, DEEDS, question, EVENTS)
    assert found[name] == expected
    assert not {n for n in found if n.startswith("first:" if "last" in question else "last:")}


def test_readers_of_dates_and_days_between() -> None:
    """By the sessions, not by what is said of the day."""
    date = answers(
        temporal.LAZY,
        DEEDS,
        "On which date did I say I cleaned the oval mirror?",
        ["2020-03-01 (Monday)", "2020-02-28 (Saturday)", "2020-04-01 (Monday)"],
    )
    assert date["by the day of the first telling"] == "A"
    assert date["smallest number"] == "B"
    days = answers(
        temporal.LAZY,
        DEEDS,
        "How many days passed between the day I sold the red kettle and the day I cleaned the "
        "oval mirror?",
        ["58", "60", "31"],
    )
    assert days["by the day of the first telling"] == "B"
    assert days["by the day of the last telling"] == "C"


def test_readers_of_an_order() -> None:
    """As told, as told for the last time, as asked."""
    kettle, sledge, mirror = "sold the red kettle", EVENTS[0], EVENTS[2]
    orders = [(kettle, sledge, mirror), (sledge, mirror, kettle), (mirror, kettle, sledge)]
    found = answers(
        temporal.LAZY,
        DEEDS,
        f"Put these into the order in which they happened: I {mirror}, I {kettle}, I {sledge}.",
        [", then ".join(order) for order in orders],
    )
    assert found["by the day of the first telling"] == "A"
    assert found["by the day of the last telling"] == "B"
    assert found["in the order of the question"] == "C"


def test_readers_of_counts() -> None:
    """Two caves were explored, one of them twice; one is the aunt's, one was closed."""
    text = sessions(
        "I explored the Delstead cave.",
        "I went back to the Delstead cave for a second time.",
        "My aunt explored the Jormoor cave.",
        "I almost explored the Quillwick cave, but it was closed.",
        "Today I explored the Ulvham cave.",
    )
    found = answers(
        multi_session.LAZY,
        text,
        "How many different caves did I say I explored?",
        ["2", "3", "4", "5"],
    )
    expected = {
        "everything mentioned": "C",
        "other people's as well": "B",
        "what came to nothing as well": "B",
        "mentions counted": "D",
    }
    assert {name: found[name] for name in expected} == expected


def test_readers_of_sums() -> None:
    """The colleague's money and what was not bought do not count."""
    text = sessions(
        "I paid $10.50 for sailing gear.",
        "My colleague spent $20.00 on sailing gear.",
        "I nearly paid $5.00 for sailing gear, but the card was declined.",
        "I paid $7.00 for baking books.",
    )
    asked = "How much money did I spend on sailing gear in all?"
    found = answers(
        multi_session.LAZY, text, asked, ["$10.50", "$35.50", "$30.50", "$15.50", "$5.00"]
    )
    expected = {
        "everything mentioned": "B",
        "other people's as well": "C",
        "what came to nothing as well": "D",
        "said last of it": "E",
    }
    assert {name: found[name] for name in expected} == expected
