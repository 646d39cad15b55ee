"""Rows for training: our folders and the published form, and what is refused."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from support import run_cli

pytest.importorskip("torch")
pytest.importorskip("trl")

from golong_data.errors import UserError
from golong_data.train.data import as_built, load_rows, split
from golong_data.train.run import right_answer

PUBLISHED: list[dict[str, Any]] = [
    {
        "data_source": "longbench_pro",
        "prompt": [{"role": "user", "content": "Which sentences are cited?"}],
        "ability": "citation",
        "reward_model": {
            "style": "rule",
            "ground_truth": {"doc_ids": ["a", "b"], "golden_label": "", "summary": "English"},
        },
        "extra_info": {"reward_mode": "T5.1 Full-Sentence Citation Alignment", "index": 3},
    },
    {
        "data_source": "math_longcot_math_verify",
        "prompt": "How many are there?",
        "reward_model": {"style": "rule", "ground_truth": "42"},
        "extra_info": {},
    },
]


def lines(path: Path, rows: list[Any]) -> Path:
    """Rows as JSON lines."""
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return path


def test_rows_in_the_published_form_are_read(tmp_path: Path) -> None:
    """With the reward type as the task, an id by content, and golds that can be earned."""
    rows = load_rows(lines(tmp_path / "rows.jsonl", PUBLISHED), tmp_path / "cache")
    assert rows["task"][:] == ["f1", "math"]
    assert rows["prompt"][1] == [{"role": "user", "content": "How many are there?"}]
    assert len(set(rows["row_id"][:])) == 2
    assert all(re.fullmatch("row-[0-9a-f]{16}", name) for name in rows["row_id"])
    assert right_answer(rows[1]) == "\\boxed{42}"


def test_held_out_rows_can_be_scored_as_a_data_set(mix: Path, tmp_path: Path) -> None:
    """`as_built` gives rows that `golong-data score` reads, with the same golds."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    from golong_data.rows.schema import SCHEMA

    rows = load_rows(mix, tmp_path / "cache")
    train, held = split(rows, 0.3)
    assert len(train) + len(held) == 96
    assert not set(train["row_id"]) & set(held["row_id"])
    (tmp_path / "held" / "data").mkdir(parents=True)
    table = pa.Table.from_pylist([as_built(row) for row in held], schema=SCHEMA)
    pq.write_table(table, tmp_path / "held" / "data" / "train-0.parquet")
    answers = [{"id": row["row_id"], "completion": right_answer(row)} for row in held]
    scored = run_cli(
        *("score", lines(tmp_path / "p.jsonl", answers), "--data", tmp_path / "held", "--json")
    ).json()
    assert scored["score"] == 1.0
    assert {name.split("/")[0] for name in scored["tasks"]} == {"copy", "count", "name"}


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ({"prompt": "x"}, "this row has no form that is known"),
        (PUBLISHED[0] | {"extra_info": {"reward_mode": "T5.9"}}, "no subtask"),
        (PUBLISHED[1] | {"data_source": "mine"}, "no data source"),
    ],
)
def test_a_row_that_cannot_be_scored_is_named(tmp_path: Path, row: Any, message: str) -> None:
    """Before anything is trained."""
    with pytest.raises(UserError) as error:
        load_rows(lines(tmp_path / "rows.jsonl", [row]), tmp_path / "cache")
    assert message in str(error.value)
    assert "rows.jsonl:1" in str(error.value)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["nowhere", "--config", "tiny-cpu"], "there is no such file or folder"),
        (["{mix}"], "no model is named"),
        (["{mix}", "--config", "tiny"], 'Did you mean "tiny-cpu"'),
        (["{mix}", "--config", "tiny-cpu", "--lerning-rate", "1"], 'Did you mean "learning_rate"'),
        (["{mix}", "--config", "tiny-cpu", "--learning-rate", "high"], "invalid float value"),
        (["{mix}", "--config", "tiny-cpu", "--estimator", "tnm"], "invalid choice"),
        (["{mix}", "--config", "tiny-cpu", "7"], "belongs to no flag"),
        (["{mix}", "--model", "/nowhere/model"], "no such model could be loaded"),
        (["{mix}", "--config", "tiny-cpu", "--max-completion-length", "32760"], "--skip-long"),
        (
            ["{mix}", "--config", "tiny-cpu", "--per-device-train-batch-size", "800"],
            "a batch takes",
        ),
        (["{mix}", "--config", "tiny-cpu", "--resume"], "no run in this folder"),
    ],
)
def test_bad_input_is_one_message_and_exit_code_2(
    mix: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: list[str], message: str
) -> None:
    """What, where, what to do; and no folder is left behind."""
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    out = tmp_path / "out"
    filled = [argument.format(mix=mix) for argument in arguments]
    dry = () if "--resume" in filled else ("--plan",)
    ran = run_cli("train", *filled, "--out", out, *dry)
    assert ran.code == 2, ran.out + ran.err
    assert message in ran.err
    assert "Traceback" not in ran.err
    assert not out.exists()


def test_the_plan_says_what_a_run_takes_and_writes_nothing(mix: Path, tmp_path: Path) -> None:
    """Rows, lengths, steps and memory, with the formula."""
    ran = run_cli("train", mix, "--config", "tiny-cpu", "--plan", "--out", tmp_path / "out")
    assert ran.code == 0, ran.err
    assert "to train on" in ran.out
    assert "steps       12 on 1 process" in ran.out
    assert "weights + gradients" in ran.out
    assert not (tmp_path / "out").exists()


def test_help_names_the_configurations() -> None:
    """And the settings that are ours."""
    out = run_cli("train", "--help").out
    for word in ("tiny-cpu", "smollm2", "golong-4b", "accelerate-zero3", "vllm-server", "torchrun"):
        assert word in out
