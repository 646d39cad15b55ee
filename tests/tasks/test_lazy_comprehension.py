"""Readers of comprehension questions who pass over the work: what they choose, and when."""

from __future__ import annotations

import pytest
from lazily import by_hand, generator_of, pairs, plays, put, taken_from_solvers

from golong_data.solving.options import offered
from golong_data.tasks.comprehension import GENERATORS
from golong_data.tasks.comprehension.lazy import commitment, fact, masked, multi_hop, reference
from golong_data.types import Gold

RECIPES = ("comprehension", "comprehension-zh")
VALUES = {
    "fact": {"first option behind the title", "one grep: the line quoted"},
    "multi_hop": {
        "without the corrections",
        "the first condition alone",
        "the second condition alone",
        "what is corrected",
    },
}
"""Readers of questions on values, which are asked in English only: in Chinese the same
generators ask about registers."""
REGISTERS = {"multi_hop": {"without the town", "without the bound", "entries in their order"}}
each_generator = pytest.mark.parametrize(("recipe", "generator"), pairs(*RECIPES))


@each_generator
def test_readers_choose_what_is_offered(recipe: str, generator: str) -> None:
    """Letters of the prompt, shaped like the gold."""
    made = generator_of(recipe, generator)
    assert made.candidates is None
    for row in put(recipe, generator):
        for name, answer in plays(made.lazy, row.question, row.prompt).items():
            assert type(answer) is type(row.gold), name
            assert set(answer) <= set(offered(row.prompt)), name
            assert len(set(answer)) == len(answer) > 0, name


@pytest.mark.parametrize("generator", GENERATORS)
def test_each_reader_has_rows_to_answer(generator: str) -> None:
    """And those of values and of registers those that they are for."""
    answered = {
        recipe: {
            name
            for row in put(recipe, generator)
            for name in plays(GENERATORS[generator].lazy, row.question, row.prompt)
        }
        for recipe in RECIPES
    }
    assert answered["comprehension"] | answered["comprehension-zh"] == set(
        GENERATORS[generator].lazy
    )
    assert not answered["comprehension-zh"] & VALUES.get(generator, set())
    assert not answered["comprehension"] & REGISTERS.get(generator, set())


@pytest.mark.parametrize("generator", GENERATORS)
def test_no_prompt_makes_them_raise(generator: str) -> None:
    """Those of other generators, or none at all."""
    made = GENERATORS[generator]
    assert not plays(made.lazy, "", "")
    for recipe, other in pairs(*RECIPES):
        row = put(recipe, other)[0]
        answers = plays(made.lazy, row.question, row.prompt)
        assert {letter for answer in answers.values() for letter in answer} <= set(
            offered(row.prompt)
        )


def test_none_asks_the_solver_of_its_own_questions() -> None:
    """They read questions and lines as it does; `finds` and `solve` are not for them."""
    taken = taken_from_solvers("comprehension")
    assert ("fact", "fact", "reads") in taken
    assert not {t for t in taken if t[2] in ("finds", "solve")}


# --- small prompts ------------------------------------------------------------------------------


def test_readers_of_masked_names() -> None:
    """Chad is named more often, but Mali stands in the sentence quoted."""
    text = "Chad lost the war to Niger in 1950. Mali lost the long war in 1987. Chad and Chad."
    one = (
        'One sentence of the documents is quoted here with a name masked: "____ lost the '
        '[...] in 1987." Which name stands at ____?'
    )
    answers = plays(masked.LAZY, one, by_hand(text, one, ["Chad", "Mali", "Niger"]))
    assert answers["best word overlap"] == "B"
    assert answers["most mentioned"] == "A"
    some = (
        'Sentences of the documents are quoted here with one name masked in each: (1) "____ '
        'lost the [...] in 1987."; (2) "Chad lost the war to ____ in 1950.". Which names '
        "stand at ____?"
    )
    prompt = by_hand(text, some, ["Chad", "Mali", "Niger"], several=True)
    assert plays(masked.LAZY, some, prompt)["best word overlap"] == ("B", "C")


LOG = (
    "House log of 4 Gorse Row, 20 April 2031; present: Ms Ada Corbin (the driver); Mr Hugo Crewe "
    "(the cook); Ms Nora Lovell (the nurse). The brass key is in the glass case at the start. "
    "Ada Corbin takes the brass key out of the glass case. Ada Corbin gives it to Hugo Crewe. "
    "He puts the brass key into the tin box. Nora Lovell takes the red book."
)


def test_readers_of_logs() -> None:
    """The key is in the tin box in the end; the last one named has nothing to do with it."""
    question = (
        "One document holds the house log of 4 Gorse Row of 20 April 2031. Where is the brass "
        "key at the end of that log?"
    )
    options = ["in the tin box", "in the glass case", "in the oak chest"]
    hands = [f"in the hands of {name}" for name in ("Ada Corbin", "Hugo Crewe", "Nora Lovell")]
    answers = plays(reference.LAZY, question, by_hand(LOG, question, [*options, *hands]))
    expected = {
        "last named in the log": "F",
        "last place of the log": "A",
        "last person of the log": "F",
        "first named in the log": "B",
        "most named in the log": "B",
        "not named in the log": "C",
        "last named with the thing": "A",
    }
    assert {name: answers[name] for name in expected} == expected
    assert "last person before" not in answers


def test_readers_of_a_word_in_a_log() -> None:
    """Before the sentence Ada and Hugo are named, in this order."""
    question = (
        "One document holds the house log of 4 Gorse Row of 20 April 2031. Who is meant by "
        '"He" in its sentence "He puts the brass key into the tin box."?'
    )
    options = ["Hugo Crewe", "Ada Corbin", "Nora Lovell"]
    answers = plays(reference.LAZY, question, by_hand(LOG, question, options))
    expected = {
        "last person before": "A",
        "last person but one before": "B",
        "first of the sentence before": "B",
        "last of the sentence before": "A",
    }
    assert {name: answers[name] for name in expected} == expected
    assert "last named in the log" not in answers


PROFILES = """Age: 20 years
[Document 2] Chad
Area: 500 sq km
Age: 30 years
[Document 3] Mali
Area: 700 sq km
Age: 40 years
[Document 4] Peru
Area: 90 sq km
Age: 50 years
[Document 5] Notes
In the document "Peru" the line "Area" has to be read as "800 sq km"."""


def test_readers_of_facts() -> None:
    """A title and a line are found by their letters."""
    titled = 'What does the document "Mali" state on its line "Age"?'
    prompt = by_hand(PROFILES, titled, ["20 years", "30 years", "40 years", "50 years"])
    assert plays(fact.LAZY, titled, prompt)["first option behind the title"] == "C"
    line = 'Which of the documents below states "Area: 700 sq km"?'
    answers = plays(fact.LAZY, line, by_hand(PROFILES, line, ["Chad", "Mali", "Peru"]))
    assert answers["one grep: the line quoted"] == "B"


def test_readers_of_joined_values() -> None:
    """With its correction Peru is above the bound and the oldest; without it Mali is."""
    both = 'Of the documents below whose "Area" is above 600 sq km, which has the highest "Age"?'
    answers = plays(multi_hop.LAZY, both, by_hand(PROFILES, both, ["Chad", "Mali", "Peru"]))
    expected = {
        "without the corrections": "B",
        "the first condition alone": "B",
        "the second condition alone": "C",
        "what is corrected": "C",
    }
    assert {name: answers[name] for name in expected} == expected
    none = PROFILES.partition("[Document 5]")[0]
    answers = plays(multi_hop.LAZY, both, by_hand(none, both, ["Chad", "Mali", "Peru"]))
    assert "without the corrections" not in answers


REGISTERS_TEXT = """The loan register, entry 700, puts the map at 1 Alder Row.
The loan register, entry 300, puts the map at 2 Birch Row.
The loan register, entry 400, puts the harp at 2 Birch Row.
The loan register, entry 500, puts the lamp at 3 Cedar Row.
The land register, entry 801, has 1 Alder Row in Ashmere.
The land register, entry 802, has 2 Birch Row in Ashmere.
The land register, entry 803, has 3 Cedar Row in Dalbury.
Insurance, entry 901: 1 Alder Row, 900 crowns.
Insurance, entry 902: 2 Birch Row, 200 crowns.
Insurance, entry 903: 3 Cedar Row, 800 crowns."""


def test_readers_of_joined_registers() -> None:
    """Only the map is in Ashmere and insured for enough, by the entry with the higher number."""
    question = (
        "Which of the things below are kept at a house that is insured for more than 500 "
        "crowns and in Ashmere?"
    )
    prompt = by_hand(REGISTERS_TEXT, question, ["the map", "the harp", "the lamp"], several=True)
    answers = plays(multi_hop.LAZY, question, prompt)
    assert answers["without the town"] == ("A", "C")
    assert answers["without the bound"] == ("A", "B")
    assert "entries in their order" not in answers  # which finds nothing insured for so much


NOTES = """Ada Corbin gave Hugo Crewe a promise on 3 May 2031: to mend the mill.
As of 5 June 2032 Nora Lovell answers for the promise to mend the mill in place of Ada Corbin.
On 7 June 2032 Otto offered to take over the promise to mend the mill; Nora Lovell declined.
As of 9 July 2031 Oda Mercer answers for the promise to mend the mill in place of Ada Corbin."""


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("named last in the last note", "A"),
        ("named last in the latest note", "B"),
        ("named last by the day asked about", "A"),
        ("named most beside the duty", "A"),
        ("named once beside the duty", "C"),
    ],
)
def test_readers_of_promises(name: str, expected: Gold) -> None:
    """Oda Mercer is named once and bound in 2031."""
    question = (
        "By the dates of the notes, who is bound on 1 January 2032 to mend the mill, as was "
        "promised to Hugo Crewe?"
    )
    prompt = by_hand(NOTES, question, ["Ada Corbin", "Nora Lovell", "Oda Mercer"])
    assert plays(commitment.LAZY, question, prompt)[name] == expected


def test_readers_of_what_somebody_promised() -> None:
    """Of two duties Ada Corbin has given one away."""
    text = f"{NOTES}\nAda Corbin gave Hugo Crewe a promise on 4 May 2031: to sell the barn."
    question = (
        "By the dates of the notes, what is Ada Corbin still bound on 1 January 2033 to do, "
        "of all that was promised to Hugo Crewe?"
    )
    prompt = by_hand(text, question, ["mend the mill", "sell the barn"], several=True)
    answers = plays(commitment.LAZY, question, prompt)
    assert answers["duties that ever name the person"] == ("A", "B")
    assert answers["duties whose last note does"] == ("A", "B")
    assert answers["duties whose latest note does"] == ("B",)
    assert answers["duties of which one note does"] == ("B",)
