"""Files that rows lie in, Parquet and JSON: counted, read in order, or only where asked for.

Every row comes with its place: what a message calls it by, and where a person finds it. The
rows of Parquet and of a JSON list count from 0, as `show --index` does; lines from 1.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from golong_data.errors import UserError

Row = dict[str, Any]
Placed = tuple[str, Row]
"""A row with its place."""

BATCH = 16
"""Rows in memory at once: prompts are long."""
_LIST = re.compile(rb"(?:\xef\xbb\xbf)?\s*\[")
"""How a file begins that is one JSON list; a byte order mark may stand before it."""


@dataclass(frozen=True, slots=True)
class Format:
    """What one kind of file can be asked. All raise UserError where it is damaged."""

    count: Callable[[Path], int]
    """Rows in it."""
    read: Callable[[Path, Sequence[str] | None], Iterator[Placed]]
    """All rows in order; columns that are not named may be left out of them."""
    take: Callable[[Path, Sequence[int]], Iterator[Placed]]
    """The rows at some positions, which ascend; what lies beyond the end is not there."""


# --- Parquet --------------------------------------------------------------------------------


def _parquet_count(path: Path) -> int:
    with _parquet(path) as file:
        return int(file.metadata.num_rows)


def _parquet_read(path: Path, columns: Sequence[str] | None) -> Iterator[Placed]:
    number = 0
    with _parquet(path) as file:
        for batch in file.iter_batches(batch_size=BATCH, columns=columns, use_threads=False):
            for row in batch.to_pylist():
                yield f"{path}, row {number}", row
                number += 1


def _parquet_take(path: Path, wanted: Sequence[int]) -> Iterator[Placed]:
    """Only the row groups that hold a row are read."""
    start = 0
    with _parquet(path) as file:
        for group in range(file.num_row_groups):
            end = start + file.metadata.row_group(group).num_rows
            here = [at for at in wanted if start <= at < end]
            if here:
                table = file.read_row_group(group, use_threads=False)
                rows = table.take(pa.array([at - start for at in here])).to_pylist()
                yield from ((f"{path}, row {at}", row) for at, row in zip(here, rows, strict=True))
            start = end


@contextmanager
def _parquet(path: Path) -> Iterator[pq.ParquetFile]:
    try:
        with pq.ParquetFile(path, page_checksum_verification=True) as file:
            yield file
    except (pa.ArrowException, OSError, UnicodeDecodeError) as error:
        if isinstance(error, OSError) and error.errno:
            raise _refused(path, error) from error
        raise UserError(
            "this file cannot be read as Parquet.", where=str(path), remedy=MEND
        ) from error


MEND = "Fetch or write it again; a build of ours is mended by running it again with --resume."


# --- JSON -----------------------------------------------------------------------------------


def _json_count(path: Path) -> int:
    return sum(1 for _ in _entries(path))


def json_rows(path: Path, columns: Sequence[str] | None = None) -> Iterator[Placed]:
    """The objects of JSON lines; of a .json file also those of one list."""
    for where, entry in _entries(path):
        yield where, _row(entry, where)


def _json_take(path: Path, wanted: Sequence[int]) -> Iterator[Placed]:
    """Lines that are not asked for go by unread."""
    asked = iter(wanted)
    at = next(asked, None)
    for number, (where, entry) in enumerate(_entries(path)):
        if at is None:
            return
        if number == at:
            yield where, _row(entry, where)
            at = next(asked, None)


def _entries(path: Path) -> Iterator[tuple[str, Any]]:
    """Lines as bytes, but for blank ones, or the values of a list; each with its place."""
    try:
        with path.open("rb") as file:
            if path.suffix.lower() == ".json":
                text = file.read()
                if _LIST.match(text):
                    for number, value in enumerate(_parsed(text, str(path), 1)):
                        yield f"{path}, row {number}", value
                    return
                file.seek(0)
            for number, line in enumerate(file, start=1):
                if line.strip():
                    yield f"{path}:{number}", line
    except OSError as error:
        raise _refused(path, error) from error


def _row(entry: Any, where: str) -> Row:
    if isinstance(entry, bytes):
        path, _, line = where.rpartition(":")
        entry = _parsed(entry, path, int(line))
    if not isinstance(entry, dict):
        raise UserError("this is no JSON object.", where=where, remedy=_AS_JSON)
    return entry


def _parsed(text: bytes, path: str, line: int) -> Any:
    """What JSON says that begins in a line of a file."""
    try:
        return json.loads(text.decode("utf-8-sig").rstrip())
    except UnicodeDecodeError as error:
        what, at = "is not UTF-8 text", text.count(b"\n", 0, error.start)
    except (ValueError, RecursionError) as error:
        what, at = "is not JSON", getattr(error, "lineno", 1) - 1
    raise UserError(f"this line {what}.", where=f"{path}:{line + at}", remedy=_AS_JSON)


_AS_JSON = "Write one JSON object a line, in UTF-8; a .json file may hold one list of them."


def _refused(path: Path, error: OSError) -> UserError:
    return UserError(
        f"this file cannot be read: {os.strerror(error.errno or 0)}.",
        where=str(path),
        remedy="Check the path and its permissions.",
    )


_PARQUET = Format(_parquet_count, _parquet_read, _parquet_take)
_JSON = Format(_json_count, json_rows, _json_take)
FORMATS: Mapping[str, Format] = {
    ".parquet": _PARQUET,
    ".jsonl": _JSON,
    ".ndjson": _JSON,
    ".json": _JSON,
}
"""Suffix -> what reads it."""
