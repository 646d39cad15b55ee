"""What holds for every metric: total, bounded, deterministic, and the one entry to them."""

from __future__ import annotations

import concurrent.futures
import doctest
import functools
import importlib
import json
import multiprocessing
import pkgutil
import time
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import golong_data.metrics
from golong_data.errors import UserError
from golong_data.metrics import METRICS, PROFILES, score
from golong_data.metrics.hygiene import gold_problem, render_gold

PROPERTY = settings(max_examples=60, deadline=None, database=None)
NO_HANG = 30.0  # seconds; says only that a call returns
MODULES = [
    module.name
    for module in pkgutil.walk_packages(golong_data.metrics.__path__, "golong_data.metrics.")
]
GOLDS: dict[str, Any] = {
    "accuracy": ["C", "D"],
    "exact_match": "Oslo",
    "f1": ["Part 1", "Part 12", "B"],
    "iou": json.dumps({"columns": ["n", "m"], "data": [["1", "a"], ["2", "b"]]}),
    "math": "42",
    "ndcg": ["Part 1", "Part 12", "B"],
    "pairwise": ["Part 1", "Part 12", "B"],
    "rouge_l": "the detective finds the necklace in the tower",
    "selection": "C",
    "subem": ["5.5%", "INV007"],
}
WORDS = (
    r"[Answer] [答案] <answer> </answer> <think> </think> \boxed{ { } \ ** ` (1) C D (C) Oslo 42 "
    r"5.5% INV007 a １ ½ 。 、 , ; | and or is : = None 无 的 - • ? ! ''' "
    + '" [ ] {"columns": "data":'
)
PIECES = st.sampled_from(
    [
        *WORDS.split(),
        *("Part 1", "Part 12", "The correct answer is", " ", "- ", "1. ", "\n", "\n\n", "\r\n"),
        *("```json\n", "```", "\0", "\ud800", "\u0300", '{"columns": ["n"], "data": [[1]]}'),
    ]
)
TEXTS = st.one_of(st.text(max_size=80), st.lists(PIECES, max_size=40).map(" ".join))
NAMES = sorted(METRICS)


@pytest.mark.parametrize("name", MODULES)
def test_examples_in_docstrings(name: str) -> None:
    assert doctest.testmod(importlib.import_module(name)).failed == 0


@pytest.mark.parametrize("profile", sorted(PROFILES))
@pytest.mark.parametrize("name", NAMES)
@PROPERTY
@given(text=TEXTS)
def test_no_text_raises(name: str, profile: str, text: str) -> None:
    if name == "math" and profile == "golong":
        text = text[:40]  # each one is a question to the helper process
    for candidate in (text, f"<think>x</think>{text}", f"[Answer]\n{text}"):
        earned = score(candidate, GOLDS[name], name, profile=profile)
        assert 0.0 <= earned <= 1.0
        assert score(candidate, GOLDS[name], name, profile=profile) == earned


@pytest.mark.parametrize("profile", sorted(PROFILES))
@pytest.mark.parametrize("name", [name for name in NAMES if name != "math"])
@PROPERTY
@given(gold=st.one_of(TEXTS, st.lists(TEXTS, max_size=4)), text=TEXTS)
def test_no_gold_raises(name: str, profile: str, gold: Any, text: str) -> None:
    assert 0.0 <= score(f"<think></think>{text}", gold, name, profile=profile) <= 1.0
    if profile == "strict":
        problem = gold_problem(name, gold)
        assert (problem is None) <= (score(render_gold(name, gold), gold, name) == 1.0)


LONG = {
    "lines": "x y\n" * 25_000,
    "elements": "".join(f"Part {i}\n" for i in range(11_000)),
    "commas": ", ".join(f"Part {i}" for i in range(9_000)),
    "and": "Part 1 and " * 9_000,
    "is": "Part 1 is " * 10_000,
    "digits": "5.5% " * 20_000,
    "number": "9" * 100_000,
    "letters": "C, " * 33_000,
    "answers": "The correct answer is (C). " * 3_700,
    "no answer": "The correct answer is not C, " * 3_400,
    "brackets": "[" * 100_000,
    "braces": '{"' * 50_000,
    "columns": '{"columns": [' * 7_600,
    "rows": '{"columns": ["n", "m"], "data": [' + '["1", "a"], ' * 8_000 + '["1", "a"]]}',
    "objects": '{"a": 1} ' * 11_000,
    "quotes": '"' * 100_000,
    "bullets": "- " * 50_000,
    "spaces": " " * 100_000,
    "sentences": "the tower . " * 8_300,
    "distinct sentences": "".join(f"the w{i} tower {i} . " for i in range(5_000)),
    "words": "the necklace " * 7_700,
    "chinese": "侦探在旧灯塔里找到了被盗的项链。" * 6_250,
    "marks": "a" + "\u0300\u0316" * 50_000,
    "markers": "[Answer]" * 12_500,
    "thinking": "<think></think>" * 7_000,
    "semicolons": ";" * 100_000,
    "leads": ":" * 100_000,
}


@pytest.mark.parametrize("kind", sorted(LONG))
def test_long_answers_cost_little(kind: str) -> None:
    started = time.monotonic()
    for profile in PROFILES:
        for name in NAMES:
            if name != "math" or profile == "strict":
                for text in (LONG[kind], f"<think></think>[Answer]\n{LONG[kind]}"):
                    score(text, GOLDS[name], name, profile=profile)
    assert time.monotonic() - started < NO_HANG


def test_threads_and_processes_agree() -> None:
    texts = [f"<think>x</think>{render_gold(name, GOLDS[name])}" for name in NAMES]
    texts += ["<think>x</think>[Answer]\nPart 12\nPart 1", "(C)", "[答案] 侦探找到了项链"]
    calls = [
        functools.partial(score, text, GOLDS[name], name, profile=profile)
        for text in texts
        for name in NAMES
        for profile in PROFILES
    ]
    expected = [call() for call in calls]
    with concurrent.futures.ThreadPoolExecutor(4) as threads:
        assert [done.result() for done in map(threads.submit, calls)] == expected
    context = multiprocessing.get_context("spawn")
    with concurrent.futures.ProcessPoolExecutor(1, mp_context=context) as processes:
        assert [done.result() for done in list(map(processes.submit, calls))] == expected


# The entry.


def test_arguments_of_the_spec_serve_every_profile() -> None:
    text = r"<think>x</think>\boxed{1.2 billion}"
    assert score(text, "1200", "math", unit="million US$") == 1.0
    assert score(text, "1200", "math", profile="golong", unit="million US$") == 0.0
    assert score("x</think>a\nb", ["a", "b"], "pairwise", profile="golong", rescale=True) < 1.0


@pytest.mark.parametrize("language", ["English", "Chinese", "en", "zh", ""])
def test_every_metric_may_be_told_the_language(language: str) -> None:
    for profile in PROFILES:
        for name in NAMES:
            text = f"<think>x</think>{render_gold(name, GOLDS[name])}"
            assert score(text, GOLDS[name], name, profile=profile, language=language) >= 0.0


@pytest.mark.parametrize(
    ("name", "args", "hint"),
    [
        ("rougel", {}, 'Did you mean "rouge_l"'),
        ("f1", {"profile": "golang"}, 'Did you mean "golong"'),
        ("exact_match", {"verbatm": True}, 'Did you mean "verbatim"'),
        ("f1", {"beta": 2}, "argument of metric f1"),
        ("pairwise", {"profile": "golong", "rescal": True}, 'Did you mean "rescale"'),
        ("ndcg", {"k": 0}, "k from 1"),
        ("ndcg", {"margin": -1}, "from 0 up"),
        ("ndcg", {"margin": float("nan")}, "from 0 up"),
    ],
)
def test_what_a_person_can_mend_is_a_user_error(name: str, args: dict[str, Any], hint: str) -> None:
    with pytest.raises(UserError, match=hint):
        score("a", ["a", "b"], name, **args)
