"""Rows of any data set that rewards can score, in one schema.

Two forms are read: folders that `golong-data build` has written, and rows in the published
GoLongRL form (Parquet or JSON lines; the gold a text, a list or a struct). Both come out with
the same columns. Every row is looked at as the reward function will look at it, so that one
that could not be scored is found here and not after a day of training.
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
import pyarrow.parquet as pq

from golong_data.errors import UserError
from golong_data.rewards import plain, scoring_of
from golong_data.rows.files import iterate
from golong_data.rows.schema import SCHEMA

Row = dict[str, Any]

SUFFIXES = (".parquet", ".jsonl")
BATCH = 16
"""Rows in memory at once: prompts are long."""

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
    """Rows of EXPORTED in order, `split` left empty.

    `source` is a folder that `build` has written, a folder with .parquet or .jsonl files in
    it or in its data/, or one such file. Raises UserError naming the row that is not fit.
    """
    for index, (where, raw) in enumerate(_raw(source)):
        try:
            yield _canonical(raw, index)
        except (KeyError, TypeError, AttributeError, ValueError) as error:
            raise UserError(
                f"this row has no form that is known ({type(error).__name__}: {error}).",
                where=where,
                remedy="Rows have prompt, reward_model.ground_truth, data_source and "
                "extra_info, as `golong-data build` writes them.",
            ) from error
        except UserError as error:
            raise UserError(
                error.what, where=f"{where}: {error.where}", remedy=error.remedy
            ) from error


def files_of(source: Path) -> list[Path]:
    """The files that a data set's rows lie in. Raises UserError where there are none."""
    if source.is_file() and source.suffix in SUFFIXES:
        return [source]
    folder = source / "data" if (source / "data").is_dir() else source
    found = sorted(
        path
        for path in folder.glob("*")
        if path.suffix in SUFFIXES and not path.name.startswith((".", "dropped"))
    )
    if not found:
        raise UserError(
            "there is no data set here.",
            where=str(source),
            remedy="Name a folder that `golong-data build` has written, or rows in the "
            "published form as .parquet or .jsonl files.",
        )
    return found


def held_out(identifier: str, share: float) -> bool:
    """Whether a row is held out: by a hash of its id, so that it never changes sides."""
    digest = hashlib.sha256(f"held out\0{identifier}".encode()).digest()
    return int.from_bytes(digest[:7], "big") / 2**56 < share


# --- files --------------------------------------------------------------------------------


def _raw(source: Path) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Rows as they are, each with what to call it in a message."""
    if (source / "manifest.json").is_file():
        for number, built in enumerate(iterate(source)):
            yield f"{source}, row {number}", built
        return
    for path in files_of(source):
        lines = path.suffix == ".jsonl"
        for number, row in enumerate(_lines(path) if lines else _parquet(path)):
            yield f"{path}:{number + 1}" if lines else f"{path}, row {number}", row


def _parquet(path: Path) -> Iterator[Mapping[str, Any]]:
    try:
        with pq.ParquetFile(path) as file:
            for batch in file.iter_batches(batch_size=BATCH, use_threads=False):
                yield from batch.to_pylist()
    except (pa.ArrowException, OSError) as error:
        raise UserError(
            "this file cannot be read as Parquet.",
            where=str(path),
            remedy="Fetch or write it again, or take it out of the folder.",
        ) from error


def _lines(path: Path) -> Iterator[Mapping[str, Any]]:
    with path.open("rb") as file:
        for number, line in enumerate(file, start=1):
            try:
                row = json.loads(line)
            except ValueError as error:
                raise UserError(
                    "this line is not JSON.",
                    where=f"{path}:{number}",
                    remedy="Write one row a line, as JSON in UTF-8.",
                ) from error
            yield row


# --- one form -----------------------------------------------------------------------------


def _canonical(row: Mapping[str, Any], index: int) -> Row:
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
