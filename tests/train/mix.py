"""Rows for a tiny model: three capabilities with three metrics, and a model to train on them."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from golong_data.rows.schema import SCHEMA
from golong_data.train.recipe import TrainRecipe, parse_recipe

Row = dict[str, Any]
LETTERS = "abcdefgh"

SETTINGS: dict[str, Any] = {
    "use_cpu": True,
    "learning_rate": 0.005,
    "lr_scheduler_type": "constant",
    "max_steps": 4,
    "per_device_train_batch_size": 96,
    "per_device_eval_batch_size": 16,
    "num_generations": 8,
    "max_completion_length": 8,
    "save_steps": 2,
    "seed": 0,
}


def rows(size: int = 96) -> Iterator[Row]:
    """Repeat a letter, count one on, name two letters: each right answer is seen in the prompt."""
    draw = random.Random(0)
    for index in range(size):
        letters = draw.sample(LETTERS, 2)
        digit = draw.randrange(8)
        kind = index % 3
        if kind == 0:
            yield _row(index, "copy", f"Say {letters[0]}.", "exact_match", label=letters[0])
        elif kind == 1:
            yield _row(index, "count", f"After {digit}?", "math", label=str(digit + 1))
        else:
            yield _row(index, "name", f"List {' and '.join(letters)}.", "f1", listed=letters)


def _row(
    index: int, task: str, question: str, metric: str, label: str = "", listed: Any = ()
) -> Row:
    return {
        "data_source": f"golong_data/{task}",
        "prompt": [{"role": "user", "content": question}],
        "ability": f"the art to {task}",
        "reward_model": {
            "style": "rule",
            "ground_truth": {"doc_ids": list(listed), "golden_label": label, "summary": ""},
        },
        "extra_info": {
            **{field.name: None for field in SCHEMA.field("extra_info").type},
            "id": f"{task}-{index}",
            "task": task,
            "subtask": "",
            "metric": json.dumps({"name": metric, "args": {}}),
            "difficulty": ("easy", "medium", "hard")[index // 3 % 3],
            "n_tokens": len(question),
            "evidence": [],
        },
    }


def write_folder(folder: Path, size: int = 96) -> Path:
    """The rows as `build` would lay them out, without a manifest."""
    (folder / "data").mkdir(parents=True)
    table = pa.Table.from_pylist(list(rows(size)), schema=SCHEMA)
    pq.write_table(table, folder / "data" / "train-00000-of-00001.parquet")
    return folder


def recipe(**changes: Any) -> TrainRecipe:
    """A recipe for the tiny model; changes go to TRL's settings."""
    data = {
        "model": "tiny",
        "held_out": 0.1,
        "warm_up": {"steps": 200, "rows": 32, "learning_rate": 0.01, "noise": 0.5, "tail": 64},
        "trl": SETTINGS | changes,
    }
    return parse_recipe(data, where="test")
