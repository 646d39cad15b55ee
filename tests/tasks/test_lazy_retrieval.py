"""What could be quoted is all there; readers who pass over the work quote something of it."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lazily import by_hand, generator_of, pairs, plays, put, taken_from_solvers

from golong_data.tasks.retrieval import GENERATORS
from golong_data.tasks.retrieval.lazy import chain, continuation, records, reply
from golong_data.tasks.retrieval.lazy.records import centre, is_slip

RECIPES = ("retrieval", "retrieval-zh")
each_generator = pytest.mark.parametrize(("recipe", "generator"), pairs(*RECIPES))


@each_generator
def test_the_gold_is_among_the_candidates(recipe: str, generator: str) -> None:
    """In every row, written as the gold is; they are distinct, and so many that guessing fails."""
    found = generator_of(recipe, generator).candidates
    assert found
    for row in put(recipe, generator):
        offered = list(found(row.question, row.prompt))
        assert row.gold in offered
        assert len(set(offered)) == len(offered) >= 6
        assert all(offered)


@each_generator
def test_candidates_come_in_the_order_of_the_text(recipe: str, generator: str) -> None:
    """Of those that the text holds once, each stands behind the one before."""
    found = generator_of(recipe, generator).candidates
    assert found
    for row in put(recipe, generator):
        text = row.prompt[: row.prompt.rindex(row.question)]
        once = [c for c in found(row.question, row.prompt) if len(c) > 12 and text.count(c) == 1]
        assert once == sorted(once, key=text.index)


@each_generator
def test_lazy_readers_quote_a_candidate(recipe: str, generator: str) -> None:
    """Each answers in some row, and always with something that could be the answer."""
    made = generator_of(recipe, generator)
    answered = set()
    assert made.candidates
    for row in put(recipe, generator):
        offered = set(made.candidates(row.question, row.prompt))
        answers = plays(made.lazy, row.question, row.prompt)
        assert set(answers.values()) <= offered
        answered |= set(answers)
    assert answered == set(made.lazy)


@pytest.mark.parametrize("generator", GENERATORS)
def test_other_questions_are_not_of_their_kind(generator: str) -> None:
    """Nor is a prompt without any."""
    made = GENERATORS[generator]
    assert not plays(made.lazy, "", "")
    for recipe, other in pairs(*RECIPES):
        if other != generator:
            row = put(recipe, other)[0]
            assert not plays(made.lazy, row.question, row.prompt)


def test_none_asks_the_solver_of_its_own_questions() -> None:
    """They read questions and lines as it does; `finds` and `solve` are not for them."""
    taken = taken_from_solvers("retrieval")
    assert ("records", "records", "reads") in taken
    assert not {t for t in taken if t[0] == t[1] and t[2] in ("finds", "finds_in", "solve")}


# --- the centre of look-alikes ------------------------------------------------------------------

SIX = st.integers(200_000, 899_999).map(str)


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("345678", "345679", True),
        ("345679", "345681", True),  # two apart, in two places
        ("345678", "343678", True),
        ("345678", "435678", True),
        ("345678", "345778", True),
        ("345678", "365478", False),  # changed over, but no neighbours
        ("345678", "343478", False),
        ("345678", "34567", False),
    ],
)
def test_what_a_slip_is(one: str, other: str, expected: bool) -> None:
    """One place, neighbours changed over, one or two more or less."""
    assert is_slip(one, other) is expected
    assert is_slip(other, one) is expected


@given(SIX, st.integers(0, 10**6))
def test_what_all_others_are_derived_from_is_the_centre(number: str, seed: int) -> None:
    """Wherever it stands among them; others that are derived from these do not change that."""
    rng = random.Random(seed)
    near = {number[:i] + str((int(number[i]) + 3 + i) % 10) + number[i + 1 :] for i in range(1, 6)}
    far = {one[:3] + str((int(one[3]) + 5) % 10) + one[4:] for one in sorted(near)[:2]}
    numbers = rng.sample(sorted({number, *near, *far}), len({number, *near, *far}))
    assert centre(numbers) == number


@given(st.lists(st.text(max_size=8), max_size=8))
def test_texts_without_digits_have_no_centre(texts: list[str]) -> None:
    """And nothing is raised on account of any text."""
    found = centre(texts)
    assert found is None or found in texts


# --- small prompts ------------------------------------------------------------------------------

RECORDS = """Ann Lee (2001): town: Ashby; clerk: Bo Ray. Entered as record no. 345678.
As to Cy Fox (2002): town: Orton; clerk: Di May. Thus record no. 345679.
Ann Lee (2003) has town: Selby; clerk: Ed Roe, see record no. 345687.
town: Thorn; clerk: Fay Oak. Source: record no. 345778, Gus Elm (2001)."""


def test_readers_of_records() -> None:
    """345678 is the one that the others look like."""
    question = 'What does record no. 345687 state as "town"?'
    assert plays(records.LAZY, question, by_hand(RECORDS, question)) == {
        "centre of the look-alikes": "Ashby",
        "first mentioned": "Ashby",
        "last mentioned": "Thorn",
        "whom most records are about": "Ashby",
        "one grep: the key": "Selby",
    }
    assert records.candidates(question, by_hand(RECORDS, question)) == [
        *("Ashby", "Orton", "Selby", "Thorn")
    ]


NOTES = """Key aaaa1111 leads to key bbbb1111.
Key bbbb2222 holds this question: What does record no. 345679 state as "clerk"?
As its question, key bbbb1111 has: What does record no. 345778 state as "clerk"?"""


def test_readers_of_chains() -> None:
    """The way leads to the second end."""
    question = (
        "Notes in the documents lead from key to key. Start at key aaaa1111, follow the notes "
        "until a key holds a question, and answer that question."
    )
    answers = plays(chain.LAZY, question, by_hand(f"{RECORDS}\n{NOTES}", question))
    assert answers["the first end"] == "Di May"
    assert answers["the last end"] == "Fay Oak"
    assert answers["the end with the key most alike"] == "Fay Oak"
    assert answers["centre of the look-alikes"] == "Bo Ray"


def test_readers_of_neighbouring_sentences() -> None:
    """The first line holds a near copy of the given sentence."""
    text = (
        "The mill was sold to Anna Bell in June. She closed it.\n"
        "It was old. The mill was sold to Anna Hill in June. He burnt it. So it goes."
    )
    question = (
        'One document holds exactly this sentence: "The mill was sold to Anna Hill in June." '
        "Quote the sentence that stands directly after it."
    )
    assert plays(continuation.LAZY, question, by_hand(text, question)) == {
        "after the best overlap": "He burnt it.",
        "before the best overlap": "It was old.",
        "from the first one alike": "She closed it.",
        "from the last one alike": "He burnt it.",
        "most like the given one": "The mill was sold to Anna Bell in June.",
        "last sentence": "So it goes.",
    }


def test_readers_of_replies() -> None:
    """Of three replies about one thing the second is of a single sentence and does not count."""
    text = "\n\n".join(
        f"User: Show me {thing} about “{about}”.\nAssistant: {reply}"
        for thing, about, reply in (
            ("a passage", "Oats", "One. Two."),
            ("a single sentence", "Oats", "Three."),
            ("a passage", "Rye", "Four. Five."),
            ("a passage", "Oats", "Six. Seven and more."),
        )
    )
    question = (
        "Conversation 1234 runs through the documents in parts. In it the user makes the request "
        '"Show me a passage about “Oats”." several times. Quote the last sentence of the second '
        "reply to it."
    )
    prompt = by_hand(text, question)
    assert plays(reply.LAZY, question, prompt) == {
        "the first reply": "Two.",
        "the last reply": "Seven and more.",
        "the longest reply": "Seven and more.",
        "counted from the wrong end": "Two.",
        "counted by subject alone": "Three.",
        "counted without the subject": "Three.",
    }
    assert len(reply.candidates(question, prompt)) == 7
