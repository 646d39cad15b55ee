"""Where the final answer of a completion stands, and the lines of a list answer."""

from __future__ import annotations

import doctest
import time
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from golong_data.metrics import answer
from golong_data.metrics.answer import (
    Answer,
    after_marker,
    after_phrase,
    final_answer,
    last_boxed,
)
from golong_data.metrics.layout import rows
from golong_data.metrics.lines import normalise_line
from golong_data.metrics.scalar import scalar_readings
from golong_data.metrics.text import fold
from golong_data.metrics.thinking import without_thinking


def answer_lines(text: str) -> tuple[str, ...]:
    """The rows of an answer that lists."""
    return tuple(row.text for row in rows(text))


NO_HANG = 30.0  # seconds; says only that a call returns
PROPERTY = settings(max_examples=100, deadline=None, database=None)


def test_examples_in_docstrings() -> None:
    assert doctest.testmod(answer).failed == 0


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (r"\boxed{42}", Answer("boxed", "42")),
        ("<think>[Answer] 41</think>\n[Answer] 42", Answer("marker", "42")),
        (r"[Answer] \boxed{42} as shown", Answer("boxed", "42")),
        (r"\boxed{41} [Answer] 42", Answer("marker", "42")),
        ("\\boxed{42}\n[Answer]\n", Answer("boxed", "42")),
        ("Answer: 41\nThe final answer is 42", Answer("phrase", "42")),
        ("the answer to the question is 42", Answer("phrase", "42")),
        ("所以答案是42", Answer("phrase", "42")),
        ("  42\n", Answer("bare", "42")),
        ("41\n42", None),
        ("", None),
        ("<think>42", None),
        ("<THINK>41</THINK>42", Answer("bare", "42")),
        ("42</think>", None),
    ],
)
def test_final_answer(text: str, expected: Answer | None) -> None:
    assert final_answer(text) == expected


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("a", "a"),
        ("<think>a</think>b", "b"),
        ("a</think>b</think>c", "c"),
        ("<think>a", None),
        ("<think>a</think>b<think>c", None),
        ("<thinking>a</thinking>b", "b"),
    ],
)
def test_thinking_is_dropped(text: str, rest: str | None) -> None:
    assert without_thinking(text) == rest


@pytest.mark.parametrize(
    ("text", "content"),
    [
        ("no box", None),
        ("a boxed gift", None),
        (r"\boxed{a} \boxed{b}", "b"),
        (r"\boxed{a} \boxed{b", "a"),
        (r"\boxed{\frac{1}{2}}", r"\frac{1}{2}"),
        (r"\boxed{\{1\}}", r"\{1\}"),
        (r"\boxed{\left\{1\right.}", r"\left\{1\right."),
        (r"\boxed {a}", "a"),
        (r"\\boxed{a}", "a"),
        (r"\boxed{a \boxed{b} c}", "b"),
        (r"} \boxed{a} {", "a"),
        (r"{ \boxed{a}", "a"),
        (r"\boxed{}", ""),
        (r"\fbox{a}", None),
    ],
)
def test_last_boxed(text: str, content: str | None) -> None:
    assert last_boxed(text) == content


@pytest.mark.parametrize(
    "marker",
    [
        "[Answer]",
        "[ANSWER]:",
        "**[answer]**",
        "**[Answer]:** ",
        "[答案]：",
        "【答案】",
        "[Answer] :",
    ],
)
def test_markers(marker: str) -> None:
    rest = after_marker(f"[Answer] x\n{marker}42")
    assert rest is not None
    assert rest.strip() == "42"
    assert after_marker(marker) is None


@pytest.mark.parametrize(
    "phrase",
    ["The final answer is ", "**Answer:** ", "final answer: ", "Answer = ", "答案：", "答案为"],
)
def test_phrases(phrase: str) -> None:
    rest = after_phrase(f"The answer is 41. {phrase}42")
    assert rest is not None
    assert rest.strip() == "42"
    assert after_phrase("answering the question") is None


@pytest.mark.parametrize(
    ("line", "clean"),
    [
        ("- Oslo", "Oslo"),
        ("* Oslo", "Oslo"),
        ("• Oslo", "Oslo"),
        ("1. Oslo", "Oslo"),
        ("12) Oslo", "Oslo"),
        ("(1) Oslo", "Oslo"),
        ("(1)Oslo", "Oslo"),
        ("1、奥斯陆", "奥斯陆"),
        ("- 1. Oslo", "Oslo"),
        ("**1.** **Oslo**", "Oslo"),
        ("1. `Oslo`", "Oslo"),
        ("*Oslo*", "Oslo"),
        ("  Oslo\t Bergen ", "Oslo Bergen"),
        ("Ｏｓｌｏ，１", "Oslo,1"),
        ("-5", "-5"),
        ("3.5", "3.5"),
        ("(5)", "(5)"),
        ("2.", "2."),
        ("10**6", "10**6"),
        ("snake_case_name", "snake_case_name"),
        ("", ""),
    ],
)
def test_normalise_line(line: str, clean: str) -> None:
    assert normalise_line(line) == clean


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("A\nB\nC", "A B C"),
        ("\n\nA\nB\n", "A B"),
        ("1. A\n2. B", "A B"),
        ("A\nB\n\nI hope that this helps.", "A B"),
        ("A\nB\n\nC", "A B"),
        ("A\n\nB\n\nC", "A B C"),
        ("A\n\nB\n\nI hope that this helps.", "A B"),
        ("A\n\nB\n\n希望这些回答对你有所帮助。", "A B"),
        ("- A\n\n- B\n\nDone", "A B"),
        ("- A\n- B\n\n- C\n- D", "A B C D"),
        ("```\nA\nB\n```", "A B"),
        ("```json\nA\n```\n\nB", "A B"),
        ("", ""),
        ("\n \n", ""),
    ],
)
def test_answer_lines(text: str, lines: str) -> None:
    assert answer_lines(text) == tuple(lines.split())


@pytest.mark.parametrize(
    ("answer", "value"),
    [
        (Answer("boxed", "42. 43"), None),
        (Answer("marker", "\n42"), "42"),
        (Answer("marker", "\n- 42"), "42"),
        (Answer("marker", "\r\n1. 42"), "42"),
        (Answer("marker", "\n42. That is so."), "42"),
        (Answer("marker", "42. That is so."), "42"),
        (Answer("marker", "42, since 6 times 7 is 42"), "42"),
        (Answer("marker", "42 (as shown)"), "42"),
        (Answer("marker", "42 (or 43)"), None),
        (Answer("marker", "42\nas shown\n\n43"), "42"),
        (Answer("phrase", "42\n"), "42"),
        (Answer("bare", "x = 42"), "42"),
        (Answer("bare", "x >= 42"), None),
        (Answer("bare", "The total of all is 42"), "42"),
        (Answer("bare", "The 3 add up to 42."), None),
        (Answer("marker", "```\n42\n```"), "42"),
    ],
)
def test_scalar_readings(answer: Answer, value: str | None) -> None:
    readings = scalar_readings(answer, str.isdigit)
    assert readings is not None
    assert next(filter(str.isdigit, readings), None) == value


@pytest.mark.parametrize("text", ["42\n43", "42\nor\n- 43", "\n1. 42\n2. 43", "42. 43."])
def test_several_values(text: str) -> None:
    assert scalar_readings(Answer("marker", text), str.isdigit) is None


def test_no_line_is_no_reading() -> None:
    assert scalar_readings(Answer("marker", "```\n\n"), str.isdigit) == []


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("plain", "plain"),
        ("４２％", "42%"),
        ("10⁶", "10^6"),
        ("10⁻⁶", "10^−6"),
        ("km²", "km2"),
        ("3½", "3 1/2"),
        ("1\u2009234", "1 234"),
        ("e\u0301", "é"),
    ],
)
def test_fold(text: str, folded: str) -> None:
    assert fold(text) == folded


WORDS = r"[Answer] [答案] \boxed{ { } \ <think> </think> ** ` (1) answer a １ ½ 。".split()
PIECES = st.sampled_from([*WORDS, "- ", "1. ", " is ", "\n", "\n\n", "\0", "\ud800", "\u0300"])
TEXTS = st.one_of(st.text(max_size=80), st.lists(PIECES, max_size=40).map("".join))


def scalar(text: str) -> object:
    return scalar_readings(Answer("marker", text), str.isdigit)


FUNCTIONS: list[Callable[[str], object]] = [
    final_answer,
    answer_lines,
    scalar,
    normalise_line,
    fold,
]


@PROPERTY
@given(text=TEXTS)
def test_every_function_is_total(text: str) -> None:
    for function in FUNCTIONS:
        function(text)
    assert all(line == line.strip() != "" and "\n" not in line for line in answer_lines(text))


@PROPERTY
@given(text=TEXTS)
def test_what_is_found_is_part_of_the_text(text: str) -> None:
    found = final_answer(text)
    assert found is None or found.text in text


@PROPERTY
@given(items=st.lists(st.sampled_from(["Oslo", "Part 3", "A1 B2", "5.5%", "-5"]), min_size=1))
def test_list_dress_does_not_matter(items: list[str]) -> None:
    plain = answer_lines("\n".join(items))
    assert plain == tuple(items)
    for dress in ("- {}", "* **{}**", "{n}. {}", "({n}) {}", "  {}  "):
        lines = [dress.format(item, n=n) for n, item in enumerate(items, 1)]
        assert answer_lines("\n".join(lines)) == plain
        assert answer_lines("\n\n".join(lines)) == plain
        assert answer_lines("\n".join(lines) + "\n\nI hope that this helps you.") == plain


@pytest.mark.parametrize(
    "text",
    [
        r"\boxed{" * 14_000,
        r"\boxed" + " " * 100_000,
        "\\" * 100_000,
        "{" * 100_000,
        "[answer" * 14_000,
        "answer to " * 10_000,
        "答案" * 50_000,
        "answer to " + "*" * 100_000,
        "*" * 100_000,
        "`" * 100_000,
        "x\n" * 50_000,
        "\n" * 100_000,
        "1. " * 33_000,
        "<think>" * 14_000,
        "</think>" * 12_500,
        "a" + "\u0300\u0316" * 50_000,
        "²" * 100_000,
        "\ufdfa" * 100_000,
    ],
    ids=lambda text: repr(text[:12]),
)
def test_cost_is_bounded(text: str) -> None:
    started = time.monotonic()
    for function in FUNCTIONS:
        function(text)
    assert time.monotonic() - started < NO_HANG
