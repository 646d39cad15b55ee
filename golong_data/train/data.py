"""Rows for training: our built folders, and rows in the published GoLongRL form.

Both become one data set with the columns that rewards, estimator and sampler read. It lies
in Arrow files that are mapped into memory, so that its size does not matter and processes
share it.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import datasets
import pyarrow.parquet as pq

from golong_data.build.reader import iterate
from golong_data.build.rows import SCHEMA
from golong_data.errors import UserError
from golong_data.rewards import Scoring, plain, scoring_of
from golong_data.train.curriculum import held_out

BY = ("metric", "task", "capability")
"""What a task may be for the estimator: the reward type as published, our task, a capability."""
SUFFIXES = (".parquet", ".jsonl")

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
    """The rows of a data set, checked one by one when they are first read.

    `path` is a folder that `build` has written, a folder of Parquet or JSON lines files, or
    one such file. Arrow files go below `cache` and are used again while the files of the
    data set stay as they are. Raises UserError naming the row that is not fit.
    """
    files = _files(path)
    stamps = [(file.name, file.stat().st_size, file.stat().st_mtime_ns) for file in files]
    key = json.dumps([str(path.resolve()), stamps, task_by, str(FEATURES)])
    name = hashlib.sha256(key.encode()).hexdigest()[:32]
    try:
        found = datasets.Dataset.from_generator(
            _generate,
            features=FEATURES,
            cache_dir=str(cache / "rows"),
            gen_kwargs={"path": str(path), "task_by": task_by},
            fingerprint=name,
        )
    except datasets.exceptions.DatasetGenerationError as error:
        cause = error.__cause__ or error.__context__
        raise cause if isinstance(cause, UserError) else error from error
    if not len(found):
        raise UserError("there are no rows in it.", where=str(path), remedy="Build some.")
    return found


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


def _files(path: Path) -> list[Path]:
    if path.is_file() and path.suffix in SUFFIXES:
        return [path]
    folder = path / "data" if (path / "data").is_dir() else path
    found = [p for suffix in SUFFIXES for p in sorted(folder.glob(f"*{suffix}"))]
    found = [p for p in found if not p.name.startswith((".", "dropped"))]
    if not found:
        raise UserError(
            "there is no data set here.",
            where=str(path),
            remedy="Name a folder that `golong-data build` has written, or rows in the "
            "published form as .parquet or .jsonl files.",
        )
    return found


def _generate(path: str, task_by: str) -> Iterator[dict[str, Any]]:
    for number, row in enumerate(_read(Path(path))):
        try:
            yield _prepared(row, task_by)
        except (KeyError, TypeError, AttributeError) as error:
            raise UserError(
                f"row {number} is in no form that is known ({type(error).__name__}: {error}).",
                where=path,
                remedy="Rows have prompt, reward_model.ground_truth, data_source and "
                "extra_info, as `golong-data build` writes them.",
            ) from error
        except UserError as error:
            where = f"{path}: row {number}: {error.where}"
            raise UserError(error.what, where=where, remedy=error.remedy) from error


def _read(path: Path) -> Iterator[dict[str, Any]]:
    if (path / "manifest.json").is_file():
        yield from iterate(path)
        return
    for file in _files(path):
        if file.suffix == ".jsonl":
            yield from _read_lines(file)
        else:
            for batch in pq.ParquetFile(file).iter_batches(batch_size=16, use_threads=False):
                yield from batch.to_pylist()


def _read_lines(file: Path) -> Iterator[dict[str, Any]]:
    with file.open(encoding="utf-8") as lines:
        for number, line in enumerate(lines, start=1):
            try:
                row = json.loads(line)
            except ValueError as error:
                raise UserError(
                    "this line is not JSON.", where=f"{file}:{number}", remedy="Mend the line."
                ) from error
            yield row


def _prepared(row: Mapping[str, Any], task_by: str) -> dict[str, Any]:
    info = plain(row.get("extra_info")) or {}
    truth = plain(row["reward_model"])["ground_truth"]
    prepared = {
        "prompt": _messages(plain(row["prompt"])),
        "data_source": row.get("data_source") or "",
        "reward_model": {"style": "rule", "ground_truth": _truth(truth)},
        "extra_info": {
            "metric": info.get("metric") or "",
            "reward_mode": info.get("reward_mode") or "",
            "task": info.get("task") or "",
        },
        "subtask": str(info.get("subtask") or info.get("reward_mode") or ""),
        "capability": str(row.get("ability") or ""),
        "difficulty": str(info.get("difficulty") or ""),
        "n_tokens": int(info.get("n_tokens") or 0),
    }
    scoring = _scoring(prepared)
    choice = {"metric": scoring.metric, "task": scoring.task, "capability": prepared["capability"]}
    prepared |= {"name": scoring.task, "task": choice[task_by] or scoring.task}
    prepared["row_id"] = str(info.get("id") or _content_id(prepared))
    return prepared


def _scoring(row: Mapping[str, Any]) -> Scoring:
    return scoring_of(row["data_source"], row["reward_model"]["ground_truth"], row["extra_info"])


def _messages(prompt: Any) -> list[dict[str, str]]:
    if isinstance(prompt, str):
        return [{"role": "user", "content": prompt}]
    return [{"role": str(m["role"]), "content": str(m["content"])} for m in prompt]


def _truth(truth: Any) -> dict[str, Any]:
    if isinstance(truth, str) and truth.lstrip().startswith("{") and "golden_label" in truth:
        truth = json.loads(truth)
    if not isinstance(truth, Mapping):
        listed: Sequence[Any] = truth if isinstance(truth, list) else ()
        label = "" if isinstance(truth, list) else str(truth)
        return {"doc_ids": [str(entry) for entry in listed], "golden_label": label, "summary": ""}
    ids = truth.get("doc_ids") or []
    return {
        "doc_ids": [ids] if isinstance(ids, str) else [str(entry) for entry in ids],
        "golden_label": str(truth.get("golden_label") or ""),
        "summary": str(truth.get("summary") or ""),
    }


def _content_id(row: Mapping[str, Any]) -> str:
    """An id of a row that has none: a hash of prompt and gold."""
    text = json.dumps([row["prompt"], row["reward_model"]], sort_keys=True, ensure_ascii=False)
    return f"row-{hashlib.sha256(text.encode()).hexdigest()[:16]}"
