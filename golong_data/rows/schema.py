"""Rows on disk: one Arrow schema for every task, the one that verl reads.

List-valued gold stands in reward_model.ground_truth.doc_ids, scalar gold in golden_label,
as in the published GoLongRL rows.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import pyarrow as pa

from golong_data.errors import UserError
from golong_data.types import Gold, MetricSpec, Sample

_TEXT = pa.string()
_EVIDENCE = pa.struct(
    [("doc_id", _TEXT), ("start", pa.int64()), ("end", pa.int64()), ("text", _TEXT)]
)
SCHEMA = pa.schema(
    [
        ("data_source", _TEXT),
        ("prompt", pa.list_(pa.struct([("role", _TEXT), ("content", _TEXT)]))),
        ("ability", _TEXT),
        (
            "reward_model",
            pa.struct(
                [
                    ("style", _TEXT),
                    (
                        "ground_truth",
                        pa.struct(
                            [
                                ("doc_ids", pa.list_(_TEXT)),
                                ("golden_label", _TEXT),
                                ("summary", _TEXT),
                            ]
                        ),
                    ),
                ]
            ),
        ),
        (
            "extra_info",
            pa.struct(
                [
                    ("id", _TEXT),
                    ("index", pa.int64()),
                    ("split", _TEXT),
                    ("task", _TEXT),
                    ("subtask", _TEXT),
                    ("question", _TEXT),
                    ("language", _TEXT),
                    ("metric", _TEXT),
                    ("ctx", pa.int64()),
                    ("n_tokens", pa.int64()),
                    ("tokenizer", _TEXT),
                    ("seed", pa.int64()),
                    ("recipe", _TEXT),
                    ("evidence", pa.list_(_EVIDENCE)),
                    ("difficulty", _TEXT),
                    ("counterfactual", pa.int64()),
                ]
            ),
        ),
    ]
)


_STATED = (
    "id",
    "task",
    "subtask",
    "question",
    "metric",
    "ctx",
    "n_tokens",
    "tokenizer",
    "evidence",
    "counterfactual",
)
"""What `build` says of every row, and no other data set of all of them."""


def built(row: Mapping[str, Any]) -> dict[str, Any]:
    """A row with all fields of SCHEMA. Raises UserError where it is not as `build` writes it."""
    found: dict[str, Any] = pa.array([row], type=pa.struct(SCHEMA)).to_pylist()[0]
    info = found["extra_info"] or {}
    missing = [name for name in _STATED if info.get(name) is None]
    if missing:
        raise UserError(
            f"this row does not state its {', '.join(missing)}, as rows do that were built.",
            where="extra_info",
            remedy="Name rows of `golong-data build`; show, audit, score and export take others.",
        )
    metric_of(found)
    return found


def to_row(sample: Sample, split: str = "train") -> dict[str, Any]:
    """A sample as plain data of SCHEMA."""
    listed = sample.gold if isinstance(sample.gold, tuple) else ()
    label = sample.gold if isinstance(sample.gold, str) else ""
    return {
        "data_source": f"golong_data/{sample.task}",
        "prompt": [{"role": m.role, "content": m.content} for m in sample.prompt],
        "ability": sample.capability,
        "reward_model": {
            "style": "rule",
            "ground_truth": {"doc_ids": list(listed), "golden_label": label, "summary": ""},
        },
        "extra_info": {
            "id": sample.id,
            "index": sample.index,
            "split": split,
            "task": sample.task,
            "subtask": sample.subtask,
            "question": sample.question,
            "language": sample.language,
            "metric": metric_text(sample.metric),
            "ctx": sample.ctx,
            "n_tokens": sample.n_tokens,
            "tokenizer": sample.tokenizer,
            "seed": sample.seed,
            "recipe": sample.recipe,
            "evidence": [
                {"doc_id": e.doc_id, "start": e.start, "end": e.end, "text": e.text}
                for e in sample.evidence
            ],
            "difficulty": sample.difficulty,
            "counterfactual": sample.counterfactual,
        },
    }


def metric_text(metric: MetricSpec) -> str:
    """A metric specification as JSON text."""
    said = {"name": metric.name, "args": dict(metric.args)}
    if metric.form:
        said["form"] = metric.form
    return json.dumps(said, sort_keys=True)


def metric_of(row: Mapping[str, Any]) -> MetricSpec:
    """The metric specification of a row."""
    data = json.loads(row["extra_info"]["metric"])
    return MetricSpec(data["name"], data["args"], data.get("form", ""))


def gold_of(row: Mapping[str, Any]) -> Gold:
    """The gold answer of a row: a tuple where it is list-valued."""
    truth = row["reward_model"]["ground_truth"]
    return tuple(truth["doc_ids"]) if truth["doc_ids"] else str(truth["golden_label"])


def kind_of(row: Mapping[str, Any]) -> str:
    """What a row is of: task/subtask, or the one that it states."""
    info = row["extra_info"]
    return "/".join(filter(None, (info.get("task"), info.get("subtask"))))


def prompt_of(row: Mapping[str, Any]) -> str:
    """The text of a row's prompt: its messages, of which most rows have one, joined by blank lines.

    Evidence offsets count in it.
    """
    return "\n\n".join(str(m["content"]) for m in row["prompt"])
