"""Reading a built data set back, row by row, without loading it whole."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from golong_data.errors import UserError


def shard_paths(folder: Path) -> list[Path]:
    """The Parquet files of a data set, in order.

    Raises UserError where there are none, or where one that the manifest lists is gone.
    """
    for entry in read_manifest(folder).get("shards", ()):
        if not (folder / entry["file"]).is_file():
            raise _damaged(folder / entry["file"], "missing")
    paths = sorted(p for p in (folder / "data").glob("*.parquet") if not p.name.startswith("."))
    if not paths:
        raise UserError(
            "there is no data set in this folder.",
            where=str(folder),
            remedy="Name a folder that `golong-data build` has written (it holds data/*.parquet).",
        )
    return paths


def read_manifest(folder: Path) -> dict[str, Any]:
    """The manifest, or an empty mapping where there is none."""
    path = folder / "manifest.json"
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except OSError:
        return {}
    except ValueError:
        found = None
    if not isinstance(found, dict):
        raise UserError(
            "the manifest is damaged.",
            where=str(path),
            remedy="Run the build again with --resume: it is made anew from the same settings.",
        )
    return found


def iterate(folder: Path, columns: Sequence[str] | None = None) -> Iterator[dict[str, Any]]:
    """All rows in order, a few at a time in memory; `columns` may name struct fields."""
    for path in shard_paths(folder):
        file = _open(path)
        try:
            for batch in file.iter_batches(batch_size=16, columns=columns, use_threads=False):
                yield from batch.to_pylist()
        except (pa.ArrowException, OSError) as error:
            raise _damaged(path) from error


def row(folder: Path, index: int) -> dict[str, Any]:
    """One row by its position in the data set, reading only its row group."""
    at = index
    for path in shard_paths(folder):
        file = _open(path)
        for group in range(file.num_row_groups):
            n = file.metadata.row_group(group).num_rows
            if 0 <= at < n:
                try:
                    table = file.read_row_group(group, use_threads=False)
                except (pa.ArrowException, OSError) as error:
                    raise _damaged(path) from error
                found: dict[str, Any] = table.slice(at, 1).to_pylist()[0]
                return found
            at -= n
    raise UserError(
        f"there is no row {index}; the data set has {index - at:,} rows, counted from 0.",
        where=str(folder),
        remedy="Give a smaller --index.",
    )


def _open(path: Path) -> pq.ParquetFile:
    try:
        return pq.ParquetFile(path, page_checksum_verification=True)
    except (pa.ArrowException, OSError) as error:
        raise _damaged(path) from error


def _damaged(path: Path, what: str = "damaged") -> UserError:
    return UserError(
        f"this shard is {what}.",
        where=str(path),
        remedy="Run the build again with --resume; only damaged shards are made anew.",
    )
