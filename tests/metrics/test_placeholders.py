"""Answers written into the placeholder that the prompt shows."""

from __future__ import annotations

import doctest
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from golong_data.metrics import placeholders, score
from golong_data.metrics.placeholders import filled

PROPERTY = settings(max_examples=200, deadline=None, database=None)

FILLED = [
    ("f1", ["E-0001", "E-0002"], "[Answer]\n<E-0001>\n<E-0002>"),
    ("f1", ["E-0001", "E-0002"], "[Answer]\n<element>E-0001</element>\n<element>E-0002</element>"),
    ("f1", ["Oslo", "Bergen"], "[Answer]\n- <Oslo>\n- <Bergen>"),
    ("f1", ["Oslo", "Bergen"], "[Answer]\n<Oslo>, <Bergen>"),
    ("f1", ["a.b._c"], "[Answer]\n`<a.b._c>`"),
    ("f1", ["Document 3 and Document 7"], "[Answer]\n<Document 3 and Document 7>"),
    ("f1", ["文档3", "文档4"], "[答案]\n〈文档3〉\n〈文档4〉"),
    ("selection", "B", "[Answer]\n<B>"),
    ("selection", "B", "[Answer]\n<letter>B</letter>"),
    ("accuracy", ["B"], "[答案]\n〈B〉"),
    ("math", "42", r"\boxed{<42>}"),
    ("math", "1200", r"\boxed{<number>1,200</number>}"),
    ("exact_match", "Stavanger", "[Answer]\n<Stavanger>"),
    ("exact_match", "Stavanger", "[Answer]\n<the answer>Stavanger</the answer>"),
    ("exact_match", "The mill burned down.", "[Answer]\n<The mill burned down.>"),
]
LEFT = [
    ("f1", ["Oslo", "Bergen"], "[Answer]\n<element>\n<element>"),
    ("f1", ["Oslo"], "[Answer]\n<Bergen>"),
    ("math", "42", r"\boxed{<number>}"),
    ("math", "42", r"\boxed{x<42>y}"),
    ("math", "42", r"\boxed{<42}"),
    ("exact_match", "Stavanger", "[Answer]\n<the answer>"),
    ("selection", "B", "[Answer]\n<letter>"),
]


@pytest.mark.parametrize(("metric", "gold", "text"), FILLED)
def test_a_filled_placeholder_is_the_answer(metric: str, gold: Any, text: str) -> None:
    assert score(text, gold, metric) == 1.0


@pytest.mark.parametrize(("metric", "gold", "text"), LEFT)
def test_a_placeholder_left_or_filled_with_something_else_earns_nothing(
    metric: str, gold: Any, text: str
) -> None:
    assert score(text, gold, metric) == 0.0


@pytest.mark.parametrize(
    "markup", ["<li>Oslo</li>", "<ul>", "<br>", '<a href="x">Oslo</a>', "a < b > c", "x <y", "<>"]
)
def test_markup_and_relations_are_left_alone(markup: str) -> None:
    assert filled(markup) == markup


@given(st.text("<>/ab \n", max_size=60))
@PROPERTY
def test_nothing_but_brackets_and_tags_goes(text: str) -> None:
    kept = iter(text)
    assert all(char in kept for char in filled(text))


def test_examples_in_docstrings() -> None:
    assert doctest.testmod(placeholders).failed == 0
    assert doctest.testmod(placeholders).attempted > 0
