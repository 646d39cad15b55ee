"""How somebody chooses among options without reading: rules over small prompts."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lazily import by_hand, plays

from golong_data.solving.choosing import (
    LOOKS,
    MENTIONS,
    NUMBERS,
    SAYINGS,
    SEVERAL,
    SHAPES,
    places_of,
    readers,
    sentence_around,
    shape,
)
from golong_data.solving.options import offered, stated, takes_several

EVERY = readers(MENTIONS, SHAPES, LOOKS, NUMBERS, SAYINGS)

TOWNS = """Bo moved to Orton. Later Bo moved from Orton to Ashby.
The fair of Selby is a fair of Orton too. Nobody likes Thorn."""


def test_by_mentions() -> None:
    """Orton comes first and most often, Thorn last; the fair is first said of Selby."""
    question = "Whose fair is no fair of Ashby?"
    prompt = by_hand(TOWNS, question, ["Ashby", "Orton", "Selby", "Thorn"])
    assert plays(readers(MENTIONS, SAYINGS), question, prompt) == {
        "first mentioned": "B",
        "last mentioned": "D",
        "most mentioned": "B",
        "least mentioned": "A",  # the first of three
        "said first of it": "C",
        "said last of it": "B",
    }


def test_what_is_said_of_the_subject() -> None:
    """The rare word of the question decides, not the place of a mention."""
    text = "My cat is called Zeno. My dog is called Rufo. My dog was called Bibo. I met Nono."
    question = "How is my dog called?"
    options = ["Zeno", "Rufo", "Bibo", "Nono"]
    answers = plays(EVERY, question, by_hand(text, question, options))
    assert answers["said first of it"] == "B"
    assert answers["said last of it"] == "C"


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        (("12.5%", "13.5%", "12.1%", "30"), "D"),
        (("Quillham & Sons", "Delworth & Sons", "Talstead House", "Ulvham & Sons"), "C"),
        (("上海", "北京", "Oslo", "天津"), "C"),
        (("12", "13", "14", "15"), None),
    ],
)
def test_unlike_the_others(options: tuple[str, ...], expected: str | None) -> None:
    """By shape, not by what it says; none where all look alike."""
    answers = plays(EVERY, "?", by_hand("Nothing.", "Which?", options))
    assert answers.get("unlike the others") == expected


@pytest.mark.parametrize(
    ("options", "ranked"),
    [
        (("187", "9", "162", "1,880", "186"), "BCEAD"),
        (("2016-06-30 (Thursday)", "2016-09-10 (Saturday)", "2015-12-01 (Tuesday)"), "CAB"),
        (("178块3", "176块5", "178块1"), "BCA"),
        (("45:47", "43:15", "43:09"), "CBA"),
        (("$1.2 billion", "$30 million", "$900 million"), "BCA"),
        (("one", "2", "3"), ""),
    ],
)
def test_by_numbers(options: tuple[str, ...], ranked: str) -> None:
    """Numbers with units, dates, times and amounts; nothing where one has none."""
    answers = plays(EVERY, "?", by_hand("Nothing.", "Which?", options))
    found = [answers.get(f"{name} number") for name in ("smallest", "middle", "largest")]
    expected = [ranked[0], ranked[(len(ranked) - 1) // 2], ranked[-1]] if ranked else [None] * 3
    assert found == expected


def test_the_centre_is_what_others_are_made_of() -> None:
    """Each of the others differs from it in one place."""
    options = ["red big oak door", "red big elm door", "blue big oak door", "red big oak gate"]
    answers = plays(EVERY, "?", by_hand("Nothing.", "Which?", options))
    assert answers["centre of the options"] == "A"


def test_options_put_aside_are_never_chosen() -> None:
    """Not even by their looks."""
    options = ["12", "13", "I never said so."]
    found = readers(SHAPES, LOOKS, MENTIONS, aside=lambda: {"I never said so."})
    answers = plays(found, "?", by_hand("12 and 13.", "Which?", options))
    assert answers
    assert "C" not in answers.values()


@pytest.mark.parametrize("code", ["en", "zh"])
def test_letters_come_as_the_prompt_asks_for_them(code: str) -> None:
    """One as a text, several as a tuple in order; none is no answer."""
    one = by_hand("Nothing.", "Which?", ["a", "b", "c"], code=code)
    some = by_hand("Nothing.", "Which?", ["a", "b", "c"], code=code, several=True)
    assert (takes_several(one), takes_several(some)) == (False, True)
    assert stated(one, ["B"]) == "B"
    assert stated(one, ["B", "A"]) is None
    assert stated(some, ["C", "A", "C"]) == ("A", "C")
    assert stated(one, []) is None
    assert stated(some, []) is None


def test_what_is_mentioned_often_where_several_are_right() -> None:
    """As often as the average; where one is right that is no answer."""
    text, options = "Ann met Bo. Bo met Ann. Cy slept.", ["Ann", "Bo", "Cy"]
    some = by_hand(text, "Which?", options, several=True)
    assert plays(SEVERAL, "Which?", some) == {"mentioned often": ("A", "B")}
    assert not plays(SEVERAL, "Which?", by_hand(text, "Which?", options))


@pytest.mark.parametrize(
    ("words", "text", "found"),
    [
        ("Oslo", "Oslo, oslo and Osloer", (0, 6)),
        ("24", "24 of 1,024 or 24.5 or 24.", (0, 23)),
        ("白石", "在白石渡和白石", (1, 5)),
    ],
)
def test_a_mention_is_no_part_of_something_else(
    words: str, text: str, found: tuple[int, ...]
) -> None:
    """Of no longer word or number; Chinese has no borders of words."""
    assert places_of(words, text) == found


@given(st.text(alphabet="ab .!?。\n1", max_size=40), st.integers(0, 39))
def test_a_sentence_lies_around_every_place(text: str, at: int) -> None:
    """Within one line, and the place in it."""
    if at < len(text):
        start, stop = sentence_around(text, at)
        assert start <= at < stop
        assert "\n" not in text[start : stop - 1]


@given(st.text(max_size=60), st.text(max_size=120))
def test_no_text_makes_a_reader_raise(question: str, prompt: str) -> None:
    """Whoever finds no options gives no answer."""
    asked = by_hand(prompt, question or "?", ["x", question or "y"])
    for text in (prompt, asked):
        answers = plays(EVERY, question, text)
        assert set(answers.values()) <= set(offered(text))


def test_shapes_leave_out_how_long_runs_are() -> None:
    """So that all amounts look alike."""
    assert shape("$1,267.55") == shape("$9,1.2") == "$0,0.0"
