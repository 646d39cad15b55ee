"""Scoring predictions against a data set."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from golong_data.build.reader import iterate, read_manifest
from golong_data.build.rows import gold_of, metric_of
from golong_data.errors import UserError, did_you_mean
from golong_data.metrics import score as score_text

Progress = Callable[[str, int, int], None]


def read_predictions(path: Path) -> dict[str, list[str]]:
    """Row id -> completions, from JSON lines of {"id": ..., "completion": ...}.

    Raises UserError with the line number for anything else.
    """
    found: dict[str, list[str]] = defaultdict(list)
    try:
        for number, line in enumerate(path.read_text(encoding="utf-8").split("\n"), start=1):
            if not line.strip():
                continue
            try:
                entry = json.loads(line)
                identifier, completion = entry["id"], entry["completion"]
            except (ValueError, TypeError, KeyError) as error:
                raise _bad_line(path, number) from error
            texts = completion if isinstance(completion, list) else [completion]
            if not isinstance(identifier, str) or not all(isinstance(t, str) for t in texts):
                raise _bad_line(path, number)
            found[identifier] += texts
    except UnicodeDecodeError as error:
        raise UserError("not UTF-8 text.", where=str(path), remedy="Save it as UTF-8.") from error
    except OSError as error:
        raise UserError(
            f"cannot be read: {error.strerror}.", where=str(path), remedy="Check the path."
        ) from error
    if not found:
        raise UserError(
            "there are no predictions in this file.",
            where=str(path),
            remedy='Write one line a row: {"id": "...", "completion": "..."}',
        )
    return dict(found)


def _bad_line(path: Path, number: int) -> UserError:
    return UserError(
        "this line is no prediction.",
        where=f"{path}:{number}",
        remedy='Write one JSON object a line: {"id": "...", "completion": "..."}',
    )


def score_predictions(
    predictions: dict[str, list[str]], folder: Path, progress: Progress
) -> dict[str, Any]:
    """Mean score per task and overall; a row without a prediction counts as 0.

    With several completions a row, its score is their mean.
    """
    total = read_manifest(folder).get("rows", 0)
    rows: list[dict[str, Any]] = []
    for row in _without_prompts(folder):
        info = row["extra_info"]
        gold, metric = gold_of(row), metric_of(row)
        texts = predictions.get(info["id"], [])
        scores = [score_text(text, gold, metric.name, **metric.args) for text in texts]
        mean = sum(scores) / len(scores) if scores else 0.0
        rows.append(
            {
                "id": info["id"],
                "task": f"{info['task']}/{info['subtask']}",
                "completions": len(texts),
                "score": mean,
            }
        )
        progress("rows", len(rows), max(total, len(rows)))
    unknown = set(predictions) - {row["id"] for row in rows}
    if unknown:
        first = min(unknown)
        raise UserError(
            f'{len(unknown)} predictions have an id that is not in the data, such as "{first}".',
            where=str(folder),
            remedy=did_you_mean(first, [row["id"] for row in rows][:20]),
        )
    tasks: dict[str, list[float]] = defaultdict(list)
    for row in rows:
        tasks[row["task"]].append(row["score"])
    return {
        "rows": len(rows),
        "predicted": sum(row["completions"] > 0 for row in rows),
        "score": sum(row["score"] for row in rows) / len(rows),
        "tasks": {
            name: {"rows": len(scores), "score": sum(scores) / len(scores)}
            for name, scores in sorted(tasks.items())
        },
        "per_row": rows,
    }


def _without_prompts(folder: Path) -> Iterator[dict[str, Any]]:
    fields = ("id", "task", "subtask", "metric")
    return iterate(folder, columns=["reward_model", *(f"extra_info.{name}" for name in fields)])
