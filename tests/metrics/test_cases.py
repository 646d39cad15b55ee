"""The case tables: what each strict metric pays, what the published code pays, which golds go."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from golong_data.metrics import METRICS, PROFILES, score
from golong_data.metrics.golong import retrieval_calculate
from golong_data.metrics.hygiene import gold_problem

FOLDER = Path(__file__).parent
STRICT = sorted(set(METRICS) - {"math"})  # its table has more to say: see test_math


def table(name: str) -> list[dict[str, Any]]:
    cases: list[dict[str, Any]] = json.loads(
        (FOLDER / f"cases_{name}.json").read_text(encoding="utf-8")
    )
    return cases


TABLES = {name: table(name) for name in [*STRICT, "published", "golong", "hygiene"]}


def holds(earned: float, wanted: float | dict[str, float]) -> bool:
    if isinstance(wanted, dict):
        return wanted.get("min", 0.0) <= earned <= wanted.get("max", 1.0)
    return earned == pytest.approx(wanted, abs=1e-6)


def cases(name: str) -> Any:
    return pytest.mark.parametrize("case", TABLES[name], ids=lambda case: case["id"])


@pytest.mark.parametrize("name", STRICT)
def test_strict(name: str) -> None:
    wrong = {
        case["id"]: (earned, case["score"])
        for case in TABLES[name]
        if not holds(
            earned := score(case["text"], case["gold"], name, **case["args"]), case["score"]
        )
    }
    assert not wrong


@cases("published")
def test_published_lines(case: dict[str, Any]) -> None:
    arguments = case["text"], case["gold"], case["metric"]
    language = case["language"]
    paid = score(*arguments, profile="golong", language=language)
    assert paid == pytest.approx(case["golong"], abs=1e-4)
    if case["strict"] == "refused":
        assert gold_problem(case["metric"], case["gold"]) is not None
    else:
        assert holds(score(*arguments, language=language), case["strict"])


@cases("golong")
def test_golong(case: dict[str, Any]) -> None:
    earned = score(case["text"], case["gold"], case["metric"], profile="golong", **case["args"])
    assert earned == pytest.approx(case["golong"], abs=1e-5)


@cases("hygiene")
def test_hygiene(case: dict[str, Any]) -> None:
    problem = gold_problem(case["metric"], case["gold"], case["args"])
    if case["reason"] is None:
        assert problem is None
    else:
        assert problem is not None
        assert problem.startswith(case["reason"])
        assert "\n" not in problem


def test_the_tables_themselves() -> None:
    for name, found in TABLES.items():
        assert len({case["id"] for case in found}) == len(found), name
        assert all(case["source"] for case in found), name
        assert len(found) >= 40, name
    assert {case["metric"] for case in TABLES["published"]} == set(METRICS)
    assert set(PROFILES["golong"]) == set(METRICS)


@pytest.mark.parametrize(
    ("text", "earned"),
    [
        ("<think>x</think>{ids}{sum}", 1.0),
        ("<think>x</think>{sum} and {ids}", 1.0),
        ("{ids}{sum}", 0.0),
        ("<think>{ids}{sum}</think>", 0.0),
        ("<think>x</think>{ids}", 0.0),
        ("<think>x</think><relevant_doc_ids><|doc_7|></relevant_doc_ids>{sum}", 0.0),
        ("<think>x</think>{ids}<continue_reasoning> </continue_reasoning>", 0.0),
        ("<think>x</think>{ids}<continue_reasoning>\\boxed{{41}}</continue_reasoning>", 0.0),
    ],
)
def test_retrieval_and_calculation_as_published(text: str, earned: float) -> None:
    ids = "<relevant_doc_ids><|doc_7|>, <|doc_12|></relevant_doc_ids>"
    reasoning = "<continue_reasoning>So \\boxed{42}</continue_reasoning>"
    text = text.format(ids=ids, sum=reasoning)
    assert retrieval_calculate(text, "42", doc_ids=["<|doc_12|>", "<|doc_7|>"]) == earned
