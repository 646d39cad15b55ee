"""Scores of predictions: figures against hand-made ones, intervals, lengths, workers."""

from __future__ import annotations

import itertools
import json
import random
from math import comb
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from kinds import MAKERS, our_row
from support import run_cli

from golong_data.errors import UserError
from golong_data.quality import scoring
from golong_data.quality.cheats import answer
from golong_data.quality.estimates import best_of, interval, length_bin, pass_at
from golong_data.quality.scoring import read_predictions, score_predictions
from golong_data.rows.schema import SCHEMA

LENGTHS = (4000, 8192, 8193, 65536, 1 << 20, (1 << 20) + 1)


def silent(what: str, done: int, total: int) -> None:
    """No progress is shown."""


def gold_of(row: dict[str, Any]) -> Any:
    """A row's gold."""
    truth = row["reward_model"]["ground_truth"]
    return truth["doc_ids"] or truth["golden_label"]


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[dict[str, Any]]]:
    """A data set of six rows of each kind, one of each length."""
    folder: Path = tmp_path_factory.mktemp("scored")
    rows = [our_row(metric, i, n_tokens=n) for metric in MAKERS for i, n in enumerate(LENGTHS)]
    (folder / "data").mkdir()
    table = pa.Table.from_pylist(rows, schema=SCHEMA)
    pq.write_table(table, folder / "data" / "train-00000-of-00001.parquet", row_group_size=7)
    return folder, rows


def right(rows: list[dict[str, Any]]) -> dict[str, list[str]]:
    """The right answer to every row."""
    return {
        row["extra_info"]["id"]: [
            answer(gold_of(row), json.loads(row["extra_info"]["metric"])["name"])
        ]
        for row in rows
    }


# --- estimates ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("scores", "k", "wanted"),
    [
        ([1, 0, 0, 0], 1, 1 / 4),
        ([1, 0, 0, 0], 2, 1 / 2),
        ([1, 1, 0, 0], 2, 1 - 1 / 6),
        ([0, 0, 0], 2, 0.0),
        ([1, 0], 2, 1.0),
        ([0.99, 0.5], 2, 0.0),
    ],
)
def test_pass_at_k_by_hand(scores: list[float], k: int, wanted: float) -> None:
    """1 - C(n - c, k) / C(n, k); only a score of 1 is right."""
    assert pass_at(scores, k) == pytest.approx(wanted)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from([0.0, 0.25, 1.0]), min_size=1, max_size=7), st.data())
def test_pass_at_k_and_best_of_k_are_means_over_all_draws(
    scores: list[float], data: st.DataObject
) -> None:
    """Counted out over every way to draw k completions."""
    k = data.draw(st.integers(1, len(scores)))
    draws = list(itertools.combinations(scores, k))
    assert len(draws) == comb(len(scores), k)
    assert pass_at(scores, k) == pytest.approx(sum(1.0 in d for d in draws) / len(draws))
    assert best_of(scores, k) == pytest.approx(sum(max(d) for d in draws) / len(draws))


def test_intervals_cover_what_they_should() -> None:
    """Of 300 samples of 80 rows about 95 % hold the true mean; binary and graded scores."""
    rng = random.Random(0)
    for draw, true in ((lambda: float(rng.random() < 0.3), 0.3), (rng.random, 0.5)):
        held = 0
        for _ in range(300):
            low, high = interval([draw() for _ in range(80)], resamples=500)
            held += low <= true <= high
        assert 0.90 <= held / 300 <= 0.985


def test_an_interval_is_the_same_twice_and_holds_the_mean() -> None:
    """Seeded; a single value has no width; no values, no figure."""
    rng = random.Random(1)
    values = [rng.random() for _ in range(700)]
    assert interval(values) == interval(values)
    low, high = interval(values)
    assert low < sum(values) / 700 < high
    assert interval([0.4] * 9) == pytest.approx((0.4, 0.4))
    assert interval([]) == (0.0, 0.0)


def test_both_ways_to_resample_agree() -> None:
    """Few distinct values are drawn by their counts, many row by row."""
    rng = random.Random(2)
    coarse = [round(rng.random(), 2) for _ in range(900)]
    fine = [value + rng.random() * 1e-9 for value in coarse]
    assert len(set(fine)) > 500 > len(set(coarse))
    assert interval(coarse) == pytest.approx(interval(fine), abs=2e-3)


def test_length_bins() -> None:
    """8k holds what is at most 8,192 tokens long."""
    assert [length_bin(n) for n in LENGTHS] == ["8k", "8k", "16k", "64k", "1m", "over 1m"]


# --- scoring --------------------------------------------------------------------------------


def test_right_answers_score_one_per_task_and_per_length(
    data: tuple[Path, list[dict[str, Any]]],
) -> None:
    """Every kind of gold, by its own metric."""
    folder, rows = data
    found = score_predictions(right(rows), folder, silent)
    assert (found["score"], found["rows"], found["predicted"]) == (1.0, 60, 60)
    assert found["interval"] == [1.0, 1.0]
    assert {name: entry["rows"] for name, entry in found["tasks"].items()} == {
        f"{metric}_task": 6 for metric in MAKERS
    }
    assert {name: entry["rows"] for name, entry in found["lengths"].items()} == {
        "8k": 20,
        "16k": 10,
        "64k": 10,
        "1m": 10,
        "over 1m": 10,
    }
    assert "pass_at" not in found


def test_rows_without_a_prediction_count_as_nothing(
    data: tuple[Path, list[dict[str, Any]]],
) -> None:
    """Half the rows answered rightly is a half."""
    folder, rows = data
    found = score_predictions(right(rows[::2]), folder, silent)
    assert (found["score"], found["predicted"]) == (0.5, 30)


def test_several_completions_by_hand(data: tuple[Path, list[dict[str, Any]]]) -> None:
    """Mean, pass@k and best of k of two rows with four and one with two; the rest empty."""
    folder, rows = data
    mine = [row for row in rows if row["extra_info"]["task"] == "f1_task"][:3]
    gold = {row["extra_info"]["id"]: gold_of(row) for row in mine}
    names = list(gold)
    full = [answer(gold[name]) for name in names]
    half = [answer([*gold[name][:1], "INV-x"]) for name in names]  # one of two: F1 1/2
    predictions = {
        names[0]: [full[0], "no", "no", "no"],
        names[1]: [half[1], half[1], "no", full[1]],
        names[2]: ["no", half[2]],
    }
    found = score_predictions(predictions, folder, silent)["tasks"]["f1_task"]
    assert found["score"] == pytest.approx((1 / 4 + 2 / 4 + 1 / 4) / 6)
    assert found["completions"] == 10
    assert {k: entry["rows"] for k, entry in found["pass_at"].items()} == {"1": 6, "2": 6, "4": 5}
    assert found["pass_at"]["1"]["score"] == pytest.approx((1 / 4 + 1 / 4) / 6)
    assert found["pass_at"]["2"]["score"] == pytest.approx((1 / 2 + 1 / 2) / 6)
    assert found["pass_at"]["4"]["score"] == pytest.approx(2 / 5)
    of_two = 1 / 2 + (3 * 1 + 1 / 2 * 3) / 6 + 1 / 2
    assert found["best_of"]["2"]["score"] == pytest.approx(of_two / 6)
    assert found["best_of"]["4"]["score"] == pytest.approx(2 / 5)


def test_more_completions_of_a_row_do_not_narrow_the_interval(
    data: tuple[Path, list[dict[str, Any]]],
) -> None:
    """Rows are the units: the same completion four times says no more than once."""
    folder, rows = data
    once = {name: texts for i, (name, texts) in enumerate(right(rows).items()) if i % 3}
    four = {name: texts * 4 for name, texts in once.items()}
    narrow, wide = (score_predictions(p, folder, silent) for p in (once, four))
    assert narrow["interval"] == wide["interval"]
    assert narrow["interval"][0] < narrow["score"] < narrow["interval"][1]


def test_checks_that_could_not_be_made_are_counted(tmp_path: Path) -> None:
    """They count as 0, and it is said how many they were."""
    row = our_row("math", 0)
    row["reward_model"]["ground_truth"]["golden_label"] = "quite a lot of them"
    (tmp_path / "data").mkdir()
    table = pa.Table.from_pylist([row, our_row("math", 1)], schema=SCHEMA)
    pq.write_table(table, tmp_path / "data" / "train-00000-of-00001.parquet")
    found = score_predictions({"math-0": ["\\boxed{12}"] * 3}, tmp_path, silent)
    assert (found["unverified"], found["score"]) == (3, 0.0)
    assert found["per_row"][0]["unverified"] == 3


def test_workers_change_nothing(
    data: tuple[Path, list[dict[str, Any]]], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Spawned processes, many chunks, the same figures in the same order."""
    folder, rows = data
    monkeypatch.setattr(scoring, "CHUNK", 10_000)
    monkeypatch.setattr(scoring, "PATIENCE", 0.0)
    predictions = {name: [*texts, "no", "[Answer]\nA"] for name, texts in right(rows).items()}
    seen: list[tuple[int, int]] = []
    alone = score_predictions(predictions, folder, lambda what, *at: seen.append(at))
    assert score_predictions(predictions, folder, silent, workers=2) == alone
    assert len(seen) > 3
    assert seen[-1][0] == 60


def test_predictions_of_other_rows_are_refused(data: tuple[Path, list[dict[str, Any]]]) -> None:
    """With a hint at what was meant."""
    with pytest.raises(UserError, match="f1-00") as caught:
        score_predictions({"f1-00": ["x"]}, data[0], silent)
    assert "Did you mean" in caught.value.remedy


# --- the command ----------------------------------------------------------------------------


def write(path: Path, predictions: dict[str, list[str]]) -> Path:
    """Predictions as JSON lines, one a completion."""
    entries = [{"id": k, "completion": t} for k, texts in predictions.items() for t in texts]
    path.write_text("".join(f"{json.dumps(entry)}\n" for entry in entries), encoding="utf-8")
    return path


def test_the_command_prints_tasks_lengths_and_pass_at_k(
    data: tuple[Path, list[dict[str, Any]]], tmp_path: Path
) -> None:
    """At 80 columns; what is missing is said on stderr."""
    folder, rows = data
    predictions = {name: [*texts, "no"] for name, texts in right(rows[:59]).items()}
    path = write(tmp_path / "predictions.jsonl", predictions)
    ran = run_cli("score", path, "--data", folder, "--workers", 1)
    assert ran.code == 0
    assert max(map(len, ran.out.split("\n"))) <= 80
    for text in ("f1_task", "95 % interval", "over 1m", "pass at", "best of"):
        assert text in ran.out
    assert "1 rows have no prediction" in ran.err
    found = run_cli("score", path, "--data", folder, "--json").json()
    assert found["predicted"] == 59
    assert found["pass_at"]["2"]["score"] == pytest.approx(59 / 60)
    assert read_predictions(path) == predictions
