"""Properties of what the metrics pay for lists, tables, letters and summaries."""

from __future__ import annotations

import itertools
import json
import random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from golong_data.metrics import METRICS, score
from golong_data.metrics.choices import stated_letters
from golong_data.metrics.hygiene import gold_problem, render_gold
from golong_data.metrics.ndcg import ndcg

PROPERTY = settings(max_examples=60, deadline=None, database=None)
SETS = ("f1", "subem")
ORDERS = ("ndcg", "pairwise")
LISTS = SETS + ORDERS

ELEMENTS = st.one_of(
    st.integers(1, 300).map("Part {}".format),
    st.integers(0, 999).map("INV{:03}".format),
    st.tuples(st.sampled_from("ABCDEF"), st.integers(1, 9)).map("{0[0]}{0[1]} B2".format),
    st.decimals(-100, 100, places=1).map("{}%".format),
    st.sampled_from(["load(path, mode)", "Paris, France", "beleive", "Trinidad and Tobago", "-5"]),
    st.integers(1, 40).map("第{}部分".format),
    st.from_regex(r"[b-hj-z]{3,9}( [b-hj-z]{3,9}){0,3}", fullmatch=True),
)
# Of a gold, and of what else may be listed: never the same, in no metric's eyes.
POOLS = st.lists(
    ELEMENTS, min_size=4, max_size=24, unique_by=lambda x: x.replace(".0%", "%")
).filter(lambda pool: gold_problem("subem", pool) is None)
DRESSES = ("{}", "- {}", "* **{}**", "{n}. {}", "({n}) {}", "  {}  ", "`{}`", '"{}",')
MARKERS = (
    "[Answer]\n",
    "**[Answer]**\n",
    "[answer]: \n",
    "【答案】：\n",
    "So:\n\n[Answer]\n\n",
    "",
)
# On lines of their own behind an answer; no letters of options, no elements.
JUNK = st.lists(
    st.sampled_from(
        ["so it goes", "hence,", "(see above).", "", "?", "}", "I hope that helps you."]
    ),
    min_size=1,
    max_size=5,
).map("\n".join)


def answer(items: Any) -> str:
    return "[Answer]\n" + "\n".join(items)


def rng(seed: int) -> random.Random:
    return random.Random(seed)


@pytest.mark.parametrize("name", LISTS)
@PROPERTY
@given(
    pool=POOLS, marker=st.sampled_from(MARKERS), dress=st.sampled_from(DRESSES), gap=st.booleans()
)
def test_the_gold_scores_one_in_any_dress(
    name: str, pool: list[str], marker: str, dress: str, gap: bool
) -> None:
    gold = pool[:12]
    assert gold_problem(name, gold) is None
    lines = [dress.format(item, n=n) for n, item in enumerate(gold, 1)]
    text = marker + ("\n\n" if gap else "\n").join(lines)
    for candidate in (
        text,
        f"<think>{answer(pool[:1])}</think>\n{text}",
        f"{text}\n\nThat is all I found.",
    ):
        assert score(candidate, gold, name) == pytest.approx(1.0)


@pytest.mark.parametrize("name", SETS)
@PROPERTY
@given(pool=POOLS, size=st.integers(1, 12), seed=st.integers())
def test_order_and_repeats_do_not_count(name: str, pool: list[str], size: int, seed: int) -> None:
    gold = pool[::2]
    listed = rng(seed).sample(pool, min(size, len(pool)))
    earned = score(answer(listed), gold, name)
    assert score(answer(sorted(listed)), gold, name) == earned
    assert score(answer([*listed, *listed]), gold, name) == earned


@pytest.mark.parametrize("name", LISTS)
@PROPERTY
@given(pool=POOLS, size=st.integers(1, 12), seed=st.integers())
def test_a_better_list_never_scores_less(name: str, pool: list[str], size: int, seed: int) -> None:
    random_ = rng(seed)
    gold = pool[::2]
    place = {item: n for n, item in enumerate(gold)}
    listed = random_.sample(pool, min(size, len(pool)))
    earned = score(answer(listed), gold, name) - 1e-12
    strangers = [n for n, item in enumerate(listed) if item not in place]
    missing = [item for item in gold if item not in listed]
    if strangers and len(listed) > 1:
        n = random_.choice(strangers)
        assert score(answer(listed[:n] + listed[n + 1 :]), gold, name) >= earned
        if missing and name in SETS:
            assert score(answer([*listed[:n], missing[0], *listed[n + 1 :]]), gold, name) >= earned
    if missing and name in SETS:
        assert score(answer([*listed, missing[0]]), gold, name) >= earned
    for n, (first, second) in enumerate(itertools.pairwise(listed)):
        if name in ORDERS and place.get(first, 99) > place.get(second, 99):
            swapped = [*listed[:n], second, first, *listed[n + 2 :]]
            assert score(answer(swapped), gold, name) >= earned


@pytest.mark.parametrize("name", LISTS)
@PROPERTY
@given(pool=POOLS, size=st.integers(1, 12), seed=st.integers(), junk=JUNK)
def test_more_than_the_answer_never_pays(
    name: str, pool: list[str], size: int, seed: int, junk: str
) -> None:
    gold = pool[::2]
    listed = rng(seed).sample(pool, min(size, len(pool)))
    earned = score(answer(listed), gold, name) + 1e-12
    assert score(f"{answer(listed)}\n{junk}", gold, name) <= earned
    assert score(f"{answer(listed)}\n\n{junk}", gold, name) <= earned
    strangers = [item for item in pool[1::2] if item not in listed]
    assert score(answer([*listed, *strangers]), gold, name) <= earned


@pytest.mark.parametrize(
    "separator", ["\n", ", ", "; ", " | ", "、", " and ", " ", "\t", "/", " - "]
)
@pytest.mark.parametrize(
    "frame", ["[Answer]\n{}", "{}", "[Answer]\nThese are {}.", "\\boxed{{{}}}"]
)
def test_a_dump_of_candidates_pays_nothing_to_speak_of(separator: str, frame: str) -> None:
    every = [f"INV{n:03}" for n in range(200)]
    gold = ["INV007", "INV123"]
    text = frame.format(separator.join(every))
    assert score(text, gold, "f1") <= 0.02
    assert score(text, gold, "subem") <= 0.02
    assert score(text, gold, "pairwise") <= 0.02
    assert score(text, every[150:190:4], "ndcg") == 0.0
    assert score(text, "INV007", "exact_match") == 0.0


@pytest.mark.parametrize("size", [6, 8, 10, 20, 50])
def test_a_random_order_ranks_at_about_nothing(size: int) -> None:
    gold = [f"doc {n}" for n in range(size)]
    random_ = rng(size)
    earned = [ndcg(answer(random_.sample(gold, size)), gold) for _ in range(400)]
    assert sum(earned) / len(earned) <= 0.075


@pytest.mark.parametrize("size", [3, 5, 7])
def test_the_mean_order_is_the_zero_of_ndcg(size: int) -> None:
    # Without clipping the mean over all orders is 0: so what is paid above b at margin 0 is
    # what is lost below it. Seen by its value for the order that comes closest to the mean.
    gold = [f"doc {n}" for n in range(size)]
    every = sorted(ndcg(answer(order), gold, margin=0) for order in itertools.permutations(gold))
    assert every[-1] == 1.0
    assert every[-2] < 1.0
    assert 0.3 <= sum(value > 0 for value in every) / len(every) <= 0.7


# Tables.

CELLS = st.one_of(st.integers(-99, 99), st.sampled_from(["a", "b", "New York", "5%", None, 2.5]))
ROWS = st.lists(st.tuples(CELLS, CELLS).map(list), max_size=8)


def as_json(rows: Any, columns: Any = ("Name", "Amount")) -> str:
    return json.dumps({"columns": list(columns), "data": list(rows)})


@PROPERTY
@given(rows=ROWS, seed=st.integers(), fence=st.booleans())
def test_rows_and_columns_may_stand_in_any_order(rows: Any, seed: int, fence: bool) -> None:
    gold = as_json(rows)
    assert gold_problem("iou", gold) is None
    shuffled = rng(seed).sample(rows, len(rows))
    turned = as_json([row[::-1] for row in shuffled], ("AMOUNT", "name"))
    text = f"```json\n{turned}\n```" if fence else f"<answer>{turned}</answer>"
    assert score(text, gold, "iou") == 1.0


@PROPERTY
@given(rows=ROWS, other=ROWS, more=ROWS)
def test_iou_is_that_of_the_multisets(rows: Any, other: Any, more: Any) -> None:
    earned = score(as_json(other), as_json(rows), "iou")
    assert score(as_json(rows), as_json(other), "iou") == earned
    strangers = [["stranger", n] for n in range(len(more))]
    assert score(as_json(other + strangers), as_json(rows), "iou") <= earned
    if rows:
        repaired = as_json([*other[:-1], rows[0]]) if rows[0] not in other else as_json(other)
        if other and other[-1] not in rows:
            assert score(repaired, as_json(rows), "iou") >= earned


# Letters.

LETTERS = st.sets(st.sampled_from("ABCDEFGHJK"), min_size=1, max_size=4).map(sorted)


@PROPERTY
@given(
    letters=LETTERS,
    dress=st.sampled_from(["{}", "({})", "**{}**", "{}.", "- {}", "({}) Oslo", "{}: Oslo", "“{}”"]),
    marker=st.sampled_from(["[Answer]\n", "**[Answer]**\n", "[答案]\n", "The answer is:\n"]),
)
def test_letters_in_any_dress(letters: list[str], dress: str, marker: str) -> None:
    text = marker + "\n".join(dress.format(letter) for letter in letters)
    assert stated_letters(text) == set(letters)
    assert score(text, letters, "accuracy") == 1.0
    assert score(text, letters[0], "selection") == (len(letters) == 1)


@PROPERTY
@given(letters=LETTERS, other=LETTERS, junk=JUNK)
def test_all_and_only(letters: list[str], other: list[str], junk: str) -> None:
    text = answer(other)
    assert score(text, letters, "accuracy") == (letters == other)
    assert score(f"{text}\n\n{junk}", letters, "accuracy") <= score(text, letters, "accuracy")


@pytest.mark.parametrize("letter", "ABCDEFGHIJKLMNOPQRSTUVWXYZ")
def test_every_letter_can_be_the_answer(letter: str) -> None:
    for text in (letter, f"({letter})", f"The correct answer is ({letter})", f"[Answer] {letter}."):
        assert score(text, letter, "selection") == 1.0
        assert score(text, [letter], "accuracy") == 1.0


# Words.

SENTENCES = st.lists(st.sampled_from("the old tower holds a necklace of stone".split()), min_size=1)


@PROPERTY
@given(words=SENTENCES, cut=st.integers(0, 20), junk=JUNK)
def test_rouge_grows_with_the_part_that_is_told(words: list[str], cut: int, junk: str) -> None:
    gold = " ".join(words)
    assert score(render_gold("rouge_l", gold), gold, "rouge_l") == 1.0
    part = answer([" ".join(words[:cut])])
    more = answer([" ".join(words[: cut + 1])])
    assert score(part, gold, "rouge_l") <= score(more, gold, "rouge_l")
    assert score(f"{part}\n\n{junk}", gold, "rouge_l") <= score(part, gold, "rouge_l")


@PROPERTY
@given(words=SENTENCES, times=st.integers(2, 30))
def test_saying_it_again_pays_less(words: list[str], times: int) -> None:
    gold = " ".join(words)
    assert score(". ".join([gold] * times), gold, "rouge_l") == pytest.approx(2 / (times + 1))


# A single answer.


@PROPERTY
@given(gold=ELEMENTS, marker=st.sampled_from(MARKERS), dress=st.sampled_from(DRESSES), junk=JUNK)
def test_one_answer(gold: str, marker: str, dress: str, junk: str) -> None:
    text = marker + dress.format(gold, n=1)
    assert gold_problem("exact_match", gold) is None
    assert score(text, gold, "exact_match") == 1.0
    assert score(f"{text}\n{junk}", "not " + gold, "exact_match") == 0.0


def test_every_metric_has_a_rendering() -> None:
    assert set(METRICS) == {
        *LISTS,
        "iou",
        "accuracy",
        "selection",
        "rouge_l",
        "exact_match",
        "math",
    }
