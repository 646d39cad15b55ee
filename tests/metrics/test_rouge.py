"""What a summary earns: the formula of ROUGE-L, and what function words add to it."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from golong_data.metrics import score
from golong_data.metrics.words import FUNCTION_WORDS, words

PROPERTY = settings(max_examples=60, deadline=None, database=None)
CONTENT = "tower necklace stone widow harbour plan".split()
FUNCTION = "the of and to a in was it".split()
TEXTS = st.lists(st.sampled_from(CONTENT + FUNCTION), min_size=1, max_size=20)
OF_CONTENT = st.lists(st.sampled_from(CONTENT), min_size=1, max_size=20)
REFERENCE = (
    "The committee approved the harbour plan after a long debate and asked the town for money."
)
CHINESE = "侦探在旧灯塔里找到了被盗的项链，并在黎明之前把它归还给了寡妇。"


def f_measure(first: Sequence[str], second: Sequence[str]) -> float:
    """ROUGE-L by the table of Lin (2004), section 3.1: P and R over words, beta 1."""
    table = [[0] * (len(second) + 1) for _ in range(len(first) + 1)]
    for i, a in enumerate(first, 1):
        for j, b in enumerate(second, 1):
            longest = max(table[i - 1][j], table[i][j - 1])
            table[i][j] = table[i - 1][j - 1] + 1 if a == b else longest
    return 2 * table[-1][-1] / (len(first) + len(second)) if first and second else 0.0


def content(text: Sequence[str]) -> list[str]:
    return [word for word in text if word not in FUNCTION_WORDS]


@PROPERTY
@given(first=OF_CONTENT, second=OF_CONTENT)
def test_of_content_words_it_is_rouge_l(first: list[str], second: list[str]) -> None:
    earned = score(" ".join(first), " ".join(second), "rouge_l")
    assert earned == pytest.approx(f_measure(first, second))


@PROPERTY
@given(first=TEXTS, second=TEXTS)
def test_function_words_lend_half_as_much_again(first: list[str], second: list[str]) -> None:
    expected = f_measure(first, second)
    if content(second):
        expected = min(expected, 1.5 * f_measure(content(first), content(second)))
    assert score(" ".join(first), " ".join(second), "rouge_l") == pytest.approx(expected)


@PROPERTY
@given(noise=st.lists(st.sampled_from(sorted(FUNCTION_WORDS)), max_size=40))
def test_function_words_alone_earn_nothing(noise: list[str]) -> None:
    assert score(" ".join(noise), REFERENCE, "rouge_l") == 0.0
    assert score("".join(noise), CHINESE, "rouge_l", language="zh") <= 0.1  # pieces may join


@pytest.mark.parametrize("reference", [REFERENCE, CHINESE])
def test_the_function_words_of_the_reference_itself(reference: str) -> None:
    chinese = not reference.isascii()
    pieces = words(reference, chinese)
    fitting = [word for word in pieces if word in FUNCTION_WORDS]
    assert len(fitting) > len(pieces) / 3
    assert score(" ".join(fitting), reference, "rouge_l") == 0.0
    half = pieces[: len(pieces) // 2]
    assert score(" ".join(half), reference, "rouge_l") >= 0.6


@PROPERTY
@given(
    places=st.sets(st.integers(0, len(REFERENCE)), max_size=9),
    char=st.sampled_from("\u200b\u2060\ufeff\u200e\u00ad"),
)
def test_what_nobody_sees_parts_no_words(places: set[int], char: str) -> None:
    text = "".join(char + c if i in places else c for i, c in enumerate(REFERENCE))
    assert score(f"[Answer]\n{text}", REFERENCE, "rouge_l") == 1.0
