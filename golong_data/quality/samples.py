"""Rows to look at, from wherever they are: a data set, a file of rows, a recipe.

Of a long data set the rows are taken evenly over its whole length, and only the row groups
that hold them are read.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from golong_data.contexts.sampling import spread
from golong_data.errors import UserError
from golong_data.making.sample import Maker
from golong_data.rows.files import shard_paths
from golong_data.rows.schema import to_row

Progress = Callable[[str, int, int], None]
Row = dict[str, Any]

SUFFIXES = (".parquet", ".jsonl", ".ndjson", ".json")
"""Files that rows are read from."""


def is_rows_file(target: str) -> bool:
    """Whether a target names a file of rows rather than a recipe."""
    return Path(target).suffix.lower() in SUFFIXES


def stored_rows(path: Path, limit: int | None) -> list[Row]:
    """Rows of a data set's folder or of a file, at most `limit`, evenly spread."""
    if path.is_dir():
        return _of_parquet(_parquet_files(path), limit)
    if not path.is_file():
        raise UserError("there is no such file.", where=str(path), remedy="Check the path given.")
    if path.suffix.lower() == ".parquet":
        return _of_parquet([path], limit)
    return _of_json(path, limit)


def made_rows(maker: Maker, n: int, progress: Progress) -> list[Row]:
    """The first rows of a recipe, made on the spot; indices that give none are passed over."""
    rows = []
    for index in range(n):
        sample = maker.make(index).sample
        if sample is not None:
            rows.append(to_row(sample))
        progress("rows made", index + 1, n)
    return rows


def _parquet_files(folder: Path) -> Sequence[Path]:
    if (folder / "data").is_dir():
        return shard_paths(folder)
    found = sorted(p for p in folder.glob("*.parquet") if not p.name.startswith("."))
    return found or shard_paths(folder)


def _of_parquet(paths: Sequence[Path], limit: int | None) -> list[Row]:
    groups = list(_row_groups(paths))
    wanted = iter(spread(sum(n for _, _, n in groups), limit))
    rows: list[Row] = []
    start, at = 0, next(wanted, None)
    for path, group, n in groups:
        here = []
        while at is not None and at < start + n:
            here.append(at - start)
            at = next(wanted, None)
        start += n
        if here:
            try:
                table = pq.ParquetFile(path).read_row_group(group, use_threads=False)
                rows += table.take(pa.array(here)).to_pylist()
            except (pa.ArrowException, OSError) as error:
                raise _unreadable(path) from error
    return rows


def _row_groups(paths: Sequence[Path]) -> Iterator[tuple[Path, int, int]]:
    """(path, group, rows) of every row group."""
    for path in paths:
        try:
            metadata = pq.ParquetFile(path).metadata
        except (pa.ArrowException, OSError) as error:
            raise _unreadable(path) from error
        for group in range(metadata.num_row_groups):
            yield path, group, metadata.row_group(group).num_rows


def _of_json(path: Path, limit: int | None) -> list[Row]:
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise _unreadable(path) from error
    if text.lstrip().startswith("["):
        try:
            listed = json.loads(text)
        except ValueError as error:
            raise _unreadable(path) from error
        return [_row(listed[i], f"{path}: row {i}") for i in spread(len(listed), limit)]
    lines = [(i, line) for i, line in enumerate(text.split("\n"), start=1) if line.strip()]
    rows = []
    for i in spread(len(lines), limit):
        number, line = lines[i]
        try:
            rows.append(_row(json.loads(line), f"{path}:{number}"))
        except ValueError as error:
            raise UserError(
                "this line is not JSON.",
                where=f"{path}:{number}",
                remedy="Write one JSON object a line.",
            ) from error
    return rows


def _row(data: Any, where: str) -> Row:
    if not isinstance(data, dict):
        raise UserError("this is no row.", where=where, remedy="A row is a JSON object.")
    return data


def _unreadable(path: Path) -> UserError:
    return UserError(
        "no rows can be read from this file.",
        where=str(path),
        remedy=f"Give intact {', '.join(SUFFIXES)} in UTF-8.",
    )
