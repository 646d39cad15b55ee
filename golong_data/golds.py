"""The gold of a row, whatever the row came out of: JSON, Parquet, numpy, Arrow."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from golong_data.errors import UserError


@dataclass(frozen=True, slots=True)
class Truth:
    """The gold fields of a row, whatever they came as."""

    doc_ids: tuple[str, ...]
    label: str
    summary: str


def plain(value: Any) -> Any:
    """`value` with numpy arrays and scalars and Arrow scalars as plain lists and values."""
    if value is None or isinstance(value, str | int | float):
        return value
    if isinstance(value, Mapping):
        return {str(key): plain(entry) for key, entry in value.items()}
    if isinstance(value, list | tuple):
        return [plain(entry) for entry in value]
    for name in ("as_py", "tolist"):
        convert = getattr(value, name, None)
        if callable(convert):
            return plain(convert())
    return value


def ground_truth_of(reward_model: Any) -> Any:
    """The gold of a row, from its column reward_model. Raises UserError where there is none."""
    model = mapping_of(reward_model, "reward_model")
    if "ground_truth" not in model:
        raise UserError(
            "there is no ground_truth in it.",
            where="reward_model",
            remedy='Rows have {"style": "rule", "ground_truth": ...} there.',
        )
    return model["ground_truth"]


def mapping_of(value: Any, where: str) -> Mapping[str, Any]:
    """A mapping, also where it comes as JSON text or as an Arrow scalar."""
    if value is None:
        return {}
    if isinstance(value, Mapping):
        return value
    found = plain(value)
    with contextlib.suppress(ValueError):
        found = json.loads(found) if isinstance(found, str) else found
    if not isinstance(found, Mapping):
        raise UserError(
            f"{str(value)[:80]!r} is no mapping.", where=where, remedy="Pass rows as they are."
        )
    return found


def truth_of(ground_truth: Any) -> Truth:
    """The gold fields of a ground truth: a struct, JSON text of one, a list, a scalar.

    Of several structs the last counts. A table that stands there bare, as {"data": ...}, is
    the label.
    """
    found = plain(ground_truth)
    if isinstance(found, str) and "golden_label" in found and found.lstrip().startswith("{"):
        with contextlib.suppress(ValueError):
            found = json.loads(found)
    if isinstance(found, list):
        if not found or not isinstance(found[-1], Mapping):
            return Truth(tuple(map(str, found)), "", "")
        found = found[-1]
    if isinstance(found, Mapping):
        ids = found.get("doc_ids")
        ids = [ids] if isinstance(ids, str) else ids or ()
        label, summary = found.get("golden_label"), found.get("summary")
        if label is None and found.get("data") is not None:
            label = json.dumps(found, ensure_ascii=False)
        return Truth(
            tuple(map(str, ids)),
            "" if label is None else str(label),
            "" if summary is None else str(summary),
        )
    return Truth((), "" if found is None else str(found), "")
