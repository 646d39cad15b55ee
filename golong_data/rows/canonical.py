"""Rows of any data set that rewards can score, in one schema.

Two forms are read: rows as `golong-data build` writes them, and rows in the published
GoLongRL form (the gold a text, a list or a struct). Both come out with the same columns.
Every row is looked at as the reward function will look at it, so that one that could not be
scored is found here and not after a day of training.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pyarrow as pa

from golong_data.golds import plain
from golong_data.rewards import scoring_of
from golong_data.rows.files import naming, read
from golong_data.rows.formats import Row
from golong_data.rows.schema import SCHEMA

_TEXT = pa.string()
_EXTRA_INFO = pa.struct(
    [
        ("id", _TEXT),
        ("index", pa.int64()),
        ("split", _TEXT),
        ("task", _TEXT),
        ("subtask", _TEXT),
        # What the reward is one of, by the name of its metric: "task" in the sense of TMN.
        ("reward_type", _TEXT),
        ("language", _TEXT),
        # One of the two says how the row is scored.
        ("metric", _TEXT),
        ("reward_mode", _TEXT),
        ("n_tokens", pa.int64()),
        ("tokenizer", _TEXT),
        ("difficulty", _TEXT),
    ]
)
EXPORTED = pa.schema(
    [
        *(SCHEMA.field(name) for name in ("data_source", "prompt", "ability", "reward_model")),
        pa.field("extra_info", _EXTRA_INFO),
    ]
)
"""The built schema without what training does not read: evidence, question, provenance."""


@dataclass(slots=True)
class Tally:
    """What has gone by."""

    rows: int = 0
    splits: Counter[str] = field(default_factory=Counter)
    reward_types: Counter[str] = field(default_factory=Counter)
    tokenizers: set[str] = field(default_factory=set)
    longest: int = 0
    """Tokens of the longest prompt among those that state theirs."""
    unmeasured: int = 0
    """Rows that do not state how long they are."""

    def add(self, row: Row) -> None:
        """Counts one row."""
        info = row["extra_info"]
        self.rows += 1
        self.splits[info["split"]] += 1
        self.reward_types[info["reward_type"]] += 1
        if info["n_tokens"] is None:
            self.unmeasured += 1
        else:
            self.longest = max(self.longest, info["n_tokens"])
            self.tokenizers.add(info["tokenizer"] or "a tokenizer that is not named")

    def as_data(self) -> dict[str, Any]:
        """For a record of the export."""
        return {
            "rows": self.rows,
            "splits": dict(sorted(self.splits.items())),
            "reward_types": dict(sorted(self.reward_types.items())),
            "longest_prompt": self.longest or None,
            "tokenizers": sorted(self.tokenizers),
            "rows_without_length": self.unmeasured,
        }


def read_rows(source: Path) -> Iterator[Row]:
    """Rows of EXPORTED in order, `split` left empty, of any folder or file of rows.

    Raises UserError naming the row that is not fit.
    """
    for index, (where, raw) in enumerate(read(source)):
        with naming(where):
            row = canonical(raw, index)
        yield row


def held_out(identifier: str, share: float) -> bool:
    """Whether a row is held out: by a hash of its id, so that it never changes sides."""
    digest = hashlib.sha256(f"held out\0{identifier}".encode()).digest()
    return int.from_bytes(digest[:7], "big") / 2**56 < share


# --- one form -----------------------------------------------------------------------------


def canonical(row: Mapping[str, Any], index: int) -> Row:
    """A row as one of EXPORTED; `index` is its own where it states none.

    Raises whatever a row of no known form leads to, for `naming` to say.
    """
    info = plain(row.get("extra_info")) or {}
    prompt = _messages(plain(row["prompt"]))
    truth = _ground_truth(plain(row["reward_model"])["ground_truth"])
    source = str(row.get("data_source") or "")
    scoring = scoring_of(source, truth, info)
    known = {
        **{name: _text(info.get(name)) for name in ("metric", "reward_mode", "difficulty")},
        **{name: _text(info.get(name)) for name in ("subtask", "language", "tokenizer")},
        "id": _text(info.get("id")) or _content_id(prompt, truth),
        "index": int(info["index"]) if str(info.get("index")).isdigit() else index,
        "split": "",
        "task": scoring.task,
        "reward_type": scoring.metric,
        "n_tokens": int(info["n_tokens"]) if info.get("n_tokens") else None,
    }
    return {
        "data_source": source,
        "prompt": prompt,
        "ability": str(row.get("ability") or scoring.task),
        "reward_model": {"style": "rule", "ground_truth": truth},
        "extra_info": known,
    }


def _messages(prompt: Any) -> list[dict[str, str]]:
    if isinstance(prompt, str):
        return [{"role": "user", "content": prompt}]
    found = [{"role": str(m["role"]), "content": str(m["content"])} for m in prompt]
    if not found:
        raise ValueError("the prompt is empty")
    return found


def _ground_truth(found: Any) -> dict[str, Any]:
    """The gold as the struct of the schema; rewards read it as they read the original."""
    if isinstance(found, str) and found.lstrip().startswith("{") and "golden_label" in found:
        found = json.loads(found)
    if isinstance(found, list) and found and isinstance(found[-1], Mapping):
        found = found[-1]
    bare = isinstance(found, Mapping) and found.get("golden_label") is None
    if bare and found.get("data") is not None:
        found = {"golden_label": found}
    if not isinstance(found, Mapping):
        listed = isinstance(found, list)
        found = {"doc_ids" if listed else "golden_label": found}
    ids = found.get("doc_ids")
    return {
        "doc_ids": [ids] if isinstance(ids, str) else [str(entry) for entry in ids or ()],
        "golden_label": _text(found.get("golden_label")),
        "summary": _text(found.get("summary")),
    }


def _text(value: Any) -> str:
    if value is None:
        return ""
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _content_id(prompt: list[dict[str, str]], truth: Mapping[str, Any]) -> str:
    """An id for a row without one, which stays with its content."""
    text = json.dumps([prompt, truth], sort_keys=True, ensure_ascii=False)
    return f"row-{hashlib.sha256(text.encode()).hexdigest()[:16]}"
