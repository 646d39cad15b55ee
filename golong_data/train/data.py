"""Rows for training: as we build them, and in the published GoLongRL form.

Both become one data set with the columns that rewards, estimator and sampler read. It lies
in Arrow files that are mapped into memory, so that its size does not matter and processes
share it.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import datasets

from golong_data.errors import UserError
from golong_data.rewards import Scoring, scoring_of
from golong_data.rows.canonical import held_out, read_rows
from golong_data.rows.files import files_of
from golong_data.rows.schema import SCHEMA

_TEXT = datasets.Value("string")
FEATURES = datasets.Features(
    {
        "prompt": datasets.List({"role": _TEXT, "content": _TEXT}),
        "data_source": _TEXT,
        "reward_model": {
            "style": _TEXT,
            "ground_truth": {
                "doc_ids": datasets.List(_TEXT),
                "golden_label": _TEXT,
                "summary": _TEXT,
            },
        },
        "extra_info": {"metric": _TEXT, "reward_mode": _TEXT, "task": _TEXT},
        "row_id": _TEXT,
        "task": _TEXT,
        "name": _TEXT,
        "subtask": _TEXT,
        "capability": _TEXT,
        "difficulty": _TEXT,
        "n_tokens": datasets.Value("int64"),
    }
)


def load_rows(path: Path, cache: Path, *, task_by: str = "metric") -> datasets.Dataset:
    """The rows of a folder or file, checked one by one when they are first read.

    Arrow files go below `cache` and are used again while the files of the data set stay as
    they are. Raises UserError naming the row that is not fit.
    """
    files = files_of(path)
    stamps = [(file.name, file.stat().st_size, file.stat().st_mtime_ns) for file in files]
    key = json.dumps([str(path.resolve()), stamps, task_by, str(FEATURES)])
    name = hashlib.sha256(key.encode()).hexdigest()[:32]
    try:
        return datasets.Dataset.from_generator(
            _generate,
            features=FEATURES,
            cache_dir=str(cache / "rows"),
            gen_kwargs={"path": str(path), "task_by": task_by},
            fingerprint=name,
        )
    except datasets.exceptions.DatasetGenerationError as error:
        cause = error.__cause__ or error.__context__
        raise cause if isinstance(cause, UserError) else error from error


def split(rows: datasets.Dataset, share: float) -> tuple[datasets.Dataset, datasets.Dataset]:
    """Rows to train on, and held-out rows: a row's side depends on its id alone."""
    held = [held_out(identifier, share) for identifier in rows["row_id"]]
    kept = [index for index, out in enumerate(held) if not out]
    return rows.select(kept), rows.select([index for index, out in enumerate(held) if out])


def as_built(row: Mapping[str, Any]) -> dict[str, Any]:
    """A row in the schema of `build`, so that `golong-data score` reads it."""
    scoring = _scoring(row)
    metric = row["extra_info"]["metric"]
    if not metric and scoring.doc_ids is None:
        metric = json.dumps({"name": scoring.metric, "args": dict(scoring.args)})
    text = {"question": "", "language": "", "tokenizer": "", "recipe": "", "split": "held-out"}
    return {
        **{name: row[name] for name in ("data_source", "prompt", "reward_model")},
        "ability": row["capability"],
        "extra_info": {
            **{field.name: None for field in SCHEMA.field("extra_info").type},
            **text,
            "id": row["row_id"],
            "task": row["name"],
            "subtask": row["subtask"],
            "difficulty": row["difficulty"],
            "n_tokens": row["n_tokens"],
            "metric": metric,
            "evidence": [],
        },
    }


def _generate(path: str, task_by: str) -> Iterator[dict[str, Any]]:
    for row in read_rows(Path(path)):
        yield _prepared(row, task_by)


def _prepared(row: Mapping[str, Any], task_by: str) -> dict[str, Any]:
    """A row of `read_rows` with what training reads of it beside each other."""
    info = row["extra_info"]
    choice = {"metric": info["reward_type"], "task": info["task"], "capability": row["ability"]}
    return {
        **{name: row[name] for name in ("prompt", "data_source", "reward_model")},
        "extra_info": {name: info[name] for name in ("metric", "reward_mode", "task")},
        "row_id": info["id"],
        "task": choice[task_by],
        "name": info["task"],
        "subtask": info["subtask"] or info["reward_mode"],
        "capability": row["ability"],
        "difficulty": info["difficulty"],
        "n_tokens": info["n_tokens"] or 0,
    }


def _scoring(row: Mapping[str, Any]) -> Scoring:
    return scoring_of(row["data_source"], row["reward_model"]["ground_truth"], row["extra_info"])
